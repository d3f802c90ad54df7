"""What ``unspoken tell --rewrite`` adds: which options go together, and what became of what."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from unspoken.faces.cli.terminal import bad_option

if TYPE_CHECKING:
    from unspoken.rewriting import Rewritten

KEY = "UNSPOKEN_API_KEY"
"""The environment's variable that has the key, if the endpoint wants one."""


def key() -> str | None:
    return os.environ.get(KEY) or None


def check_together(rewrite: str | None, as_: str, others: Mapping[str, object]) -> None:
    """What ``--rewrite`` needs, and what needs it. Raises DiagnosticError."""
    for option, value in others.items():
        if rewrite is None and value:
            raise bad_option(option, value, "nothing is rewritten", "say --rewrite URL, too")
    if rewrite is None:
        return
    if as_ != "prose":
        raise bad_option("--rewrite", rewrite, "only prose is rewritten", f"leave `--as {as_}` out")
    if not others["--model"]:
        raise bad_option("--rewrite", rewrite, "no model is named", "say --model NAME, too")
    if others["--cached-only"] and others["--cache"] is None:
        raise bad_option("--cached-only", "on", "no cache is named", "say --cache FOLDER, too")


def became(rewritten: Rewritten) -> str:
    """What became of each paragraph, in lines."""
    reports = rewritten.reports
    done = sum(report.outcome == "rewritten" for report in reports)
    lines = [f"rewritten: {done} of {len(reports)} paragraphs; the others are told as they were"]
    for place, report in enumerate(reports, start=1):
        if report.outcome not in ("rewritten", "too short"):
            lines.append(f"  paragraph {place}, {report.outcome}: {'; '.join(report.reasons)}")
    return "\n".join(lines)


def as_data(rewritten: Rewritten) -> list[dict[str, object]]:
    """The same as data, one for each paragraph."""
    return [
        {"outcome": one.outcome, "reasons": list(one.reasons), "tries": one.tries}
        for one in rewritten.reports
    ]
