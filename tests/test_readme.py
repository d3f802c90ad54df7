"""README.md shows what really comes out: every example in it is run, and compared.

``UNSPOKEN_BLESS=1 pytest tests/test_readme.py`` writes what comes out into it, to be read as a
reader would before it is kept.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from code import InteractiveInterpreter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import shipped
from unspoken.engine import NamedValue, State, text_of
from unspoken.faces.cli.main import run

README = Path(__file__).parent.parent / "README.md"
BLESS = bool(os.environ.get("UNSPOKEN_BLESS"))

TRACEBACK = "Traceback (most recent call last):\n  ...\n"

SHOWN = [
    "at(Willow)",
    "lies(Book)",
    "partner(Willow)",
    "loves(Willow, Tara)",
    "loves(Tara, Willow)",
    "bond_rule()",
]


def commands(block: str, folder: Path) -> str:
    """A ``console`` block: after ``$``, a command; then what it prints, as on a terminal."""
    said = []
    for line in block.splitlines():
        if line.startswith("$ "):
            # What a slow machine says on the way is not shown.
            out = re.sub(r"^still \w+: .*\n", "", command(line[2:], folder), flags=re.MULTILINE)
            if " tell " in line:  # filled, as where people read it
                out = "\n".join(textwrap.fill(p, 96) for p in out.split("\n"))
            said.append(f"{line}\n{out}")
    return "".join(said)


def command(line: str, folder: Path) -> str:
    """What a line prints. Only what takes a shell is given to one: to start a Python for each
    command would take longer than most of them."""
    words = list(shlex.shlex(line, posix=True, punctuation_chars=True))
    if words[0] == "unspoken" and not any(set(word) <= set("();<>|&") for word in words):
        printed = io.StringIO()
        with (
            contextlib.chdir(folder),
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
        ):
            run(shlex.split(line)[1:])
        return printed.getvalue()
    programs = Path(sys.executable).parent
    result = subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return result.stdout


def conversation(block: str, folder: Path) -> str:
    """A ``python`` block: after ``>>>``, what is typed; then what is answered."""
    interpreter = InteractiveInterpreter({"__name__": "__readme__"})
    said = []
    with contextlib.chdir(folder):
        for line in block.splitlines():
            if line.startswith(">>> "):
                out, err = io.StringIO(), io.StringIO()
                with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                    interpreter.runsource(line[4:])
                complaint = err.getvalue()
                if complaint:
                    complaint = f"{TRACEBACK}{complaint[complaint.index('unspoken.') :].rstrip()}\n"
                said.append(f"{line}\n{out.getvalue()}{complaint}")
    return "".join(said)


def minds(block: str, folder: Path) -> str:
    """The table of minds, as the door opens."""
    story = shipped.planned("night_visit")
    now = story.states[story.acts.index("open_door(Tara)") + 1]
    columns: list[tuple[str, State, State]] = [("truth", now, now)]
    for who, whom in (("Willow", "Tara"), ("Tara", "Willow")):
        columns.append((f"{who} believes", now.mind(who), now))
        columns.append((f"that {whom} believes", now.mind(who).mind(whom), now.mind(whom)))
    rows = [["", *(name for name, _, _ in columns)]]
    for fluent in SHOWN:
        rows.append([fluent, *(cell(fluent, held, real, now) for _, held, real in columns)])
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def cell(fluent: str, held: State, real: State, now: State) -> str:
    """A value, and whether it is wrong: about the other's mind, or about the world."""
    value: NamedValue = held.value(fluent)
    mark = ""
    if value != real.value(fluent):
        mark = "x" if real is now else "o"
    return f"{text_of(value)} {mark}".strip()


RUNNERS: dict[str, Callable[[str, Path], str]] = {
    "console": commands,
    "python": conversation,
    "text": minds,
}


def test_everything_shown_is_what_comes_out(tmp_path: Path) -> None:
    if shutil.which("bash") is None:
        pytest.skip("no bash here")
    text = README.read_text(encoding="utf-8")

    def shown(found: re.Match[str]) -> str:
        kind, block = found.group(1), found.group(2)
        return f"```{kind}\n{RUNNERS[kind](block, tmp_path)}```\n"

    really = re.sub(r"^```(console|python|text)\n(.*?)^```\n", shown, text, flags=re.M | re.S)
    if BLESS:
        README.write_text(really, encoding="utf-8")
    assert really == text
