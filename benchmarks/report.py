"""Results by date: one JSON file with every run and the machine, one table to read."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import asdict

import unspoken
from benchmarks.measure import Measurement
from benchmarks.plot import crowd_svg, growth_svg

RESULTS = Path(__file__).parent / "results"

IDEAS = "ideas"
"""The task whose rows are also shown side by side, by these facts:"""

COMPARED = (
    "first ms",
    "first transitions",
    "first acts",
    "proven ms",
    "proven transitions",
    "MiB",
)


def machine() -> dict[str, object]:
    """What the figures depend on, as far as it can be found out."""
    model = ""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
        model = next((line.partition(": ")[2] for line in lines if "model name" in line), "")
    load = os.getloadavg() if hasattr(os, "getloadavg") else ()
    return {
        "processor": model or platform.processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "unspoken": unspoken.__version__,
        "commit": _commit(),
        "load_before": [round(value, 2) for value in load],
    }


def _commit() -> str:
    said = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=RESULTS.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip()


def table(measurements: Sequence[Measurement]) -> str:
    """A Markdown table, one row for each subject of each task."""
    lines: list[str] = []
    for task in dict.fromkeys(m.task for m in measurements):
        rows = [m for m in measurements if m.task == task]
        keys = list(dict.fromkeys(key for row in rows for key in row.facts))
        lines += [
            f"\n## {task}\n",
            "| subject | who | median | best | runs | unit | "
            + " | ".join([*keys, "verified"])
            + " |",
            "|---|---|--:|--:|--:|---" + "|---" * (len(keys) + 1) + "|",
        ]
        for row in rows:
            cells = [row.subject, row.who]
            if row.runs:
                cells += [_figure(row.median), _figure(row.best), str(len(row.runs)), row.unit]
            else:
                cells += ["-", "-", "0", row.unit]
            cells += [_cell(row.facts.get(key)) for key in keys]
            cells.append({True: "yes", False: "NO", None: ""}[row.verified])
            lines.append("| " + " | ".join(cells) + " |")
        if task == IDEAS:
            for fact in COMPARED:
                lines += [f"\n### {task}: {fact}\n", matrix(rows, fact).rstrip()]
    return "\n".join(lines) + "\n"


def matrix(measurements: Sequence[Measurement], fact: str) -> str:
    """A Markdown table of one fact: a row for each subject, a column for each of those compared
    (``who``). Where there is no figure, ``-``."""
    rows = list(dict.fromkeys(m.subject for m in measurements))
    columns = list(dict.fromkeys(m.who for m in measurements))
    cells = {(m.subject, m.who): m.facts.get(fact) for m in measurements}
    lines = ["| " + " | ".join(["", *columns]) + " |", "|---" + "|--:" * len(columns) + "|"]
    for row in rows:
        found = [_cell(cells.get((row, column))) or "-" for column in columns]
        lines.append("| " + " | ".join([row, *found]) + " |")
    return "\n".join(lines) + "\n"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return _figure(value)
    return "" if value is None else str(value)


def keep(measurements: Sequence[Measurement], about: dict[str, object], folder: Path) -> Path:
    """Write DATE.json, DATE.md and, where they were measured, DATE-growth.svg and DATE-crowd.svg
    into a folder; the JSON file's path."""
    now = datetime.now(UTC)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{now:%Y-%m-%d-%H%M}.json"
    data = {
        "date": now.isoformat(timespec="seconds"),
        "machine": about,
        "measurements": [asdict(measurement) for measurement in measurements],
    }
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    lines = [
        f"# {now:%Y-%m-%d %H:%M} UTC\n",
        *(f"- {key}: {value}" for key, value in about.items()),
    ]
    path.with_suffix(".md").write_text("\n".join(lines) + "\n" + table(measurements), "utf-8")
    for name, picture in (("growth", growth_svg), ("crowd", crowd_svg)):
        drawn = picture(measurements)
        if drawn is not None:
            path.with_name(f"{path.stem}-{name}.svg").write_text(drawn, encoding="utf-8")
    return path
