"""What the command line shows: diagnostics, prose as wide as the terminal, JSON.

Receives diagnostics and texts from the commands; writes results to standard output and everything
else to standard error. Knows no stories.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterable
from typing import TextIO

from unspoken.language import Diagnostic, DiagnosticError, as_json, failure, render_all

FINE, WRONG, USAGE = 0, 1, 2


OF_THE_COMMAND = frozenset(
    {
        "no-such-file",
        "folder-without-world",
        "is-a-folder",
        "unreadable-file",
        "unwritable-file",
        "file-exists",
        "not-written-over",
        "nobody-of-that-name",
        "nobody-to-play",
        "bad-option",
        "no-such-template",
        "not-in-the-story",
        "heads-and-through",
        "first-person-of-many",
        "hindsight-of-nobody",
        "no-scene",
        "nothing-happened",
        "no-such-format",
        "unclear-format",
        "needs-a-file",
        "no-such-chapter",
        "no-such-test",
        "no-tests",
        "shipped-story",
        "no-such-fact",
        "no-ledger",
        "ledger-is-no-world",
        "no-endpoint",
        "not-cached",
    }
)
"""Faults of the command and not of the story: exit code 2."""


def bad_option(option: str, value: object, reason: str, advice: str) -> DiagnosticError:
    """A value that an option cannot have."""
    return failure("bad-option", option=option, value=value, reason=reason, advice=advice)


def exit_code(diagnostics: Iterable[Diagnostic]) -> int:
    """1 or 2, where the diagnostics ended the command."""
    only_command = all(diagnostic.code in OF_THE_COMMAND for diagnostic in diagnostics)
    return USAGE if only_command else WRONG


def report(diagnostics: Iterable[Diagnostic], *, json_too: bool = False) -> None:
    """Diagnostics as a person reads them, on standard error; with ``json_too`` as data instead,
    on standard output."""
    listed = list(diagnostics)
    if not listed:
        return
    if json_too:
        write_json({"diagnostics": [as_json(diagnostic) for diagnostic in listed]})
    else:
        sys.stderr.write(render_all(listed, colour=wants_colour(sys.stderr)))


def counted(number: int, thing: str) -> str:
    """``2 errors``, ``1 error``; nothing for none."""
    return f"{number} {thing}{'' if number == 1 else 's'}" if number else ""


def wants_colour(stream: TextIO) -> bool:
    """Whether a stream shows colours: a terminal does, unless NO_COLOR is set (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def write_json(value: object) -> None:
    """One JSON value on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def write_json_line(value: object) -> None:
    """One JSON value on a line of its own."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def write_prose(text: str) -> None:
    """Paragraphs on standard output: filled on a terminal, one a line where another program
    reads them."""
    if not sys.stdout.isatty():
        sys.stdout.write(text.rstrip("\n") + "\n")
        return
    width = min(shutil.get_terminal_size().columns, 80) - 2
    paragraphs = text.rstrip("\n").split("\n")
    filled = (
        textwrap.fill(p, width, break_long_words=False, break_on_hyphens=False) for p in paragraphs
    )
    sys.stdout.write("\n".join(filled) + "\n")
