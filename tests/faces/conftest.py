"""The command line in a folder of its own: words in; exit code, output and complaints out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from unspoken.faces.cli.main import run

LETTER = """\
unspoken 1;
entity Ada : character; entity Ben : character;
property loves(who : character, whom : character) : boolean;
property together() : boolean;
loves(Ada, Ben) & loves(Ben, Ada);
believes(Ada, !loves(Ben, Ada)) & believes(Ben, !loves(Ada, Ben));
believes(Ben, believes(Ada, !loves(Ben, Ada)));
action find_letter(Ben) {
  effect: believes(Ben, loves(Ada, Ben));
  observing(c : character): c == Ben;
};
action confess(who : character, whom : character) {
  precondition: who != whom & loves(who, whom);
  effect: believes(whom, loves(who, whom));
  consenting: who;
};
action embrace(Ada, Ben) {
  precondition: believes(Ada, loves(Ben, Ada));
  effect: together();
  consenting: Ada, Ben;
};
utility(): together();
utility(Ada): together() & loves(Ben, Ada);
utility(Ben): together() & loves(Ada, Ben);
"""

SHORTEST = ["find_letter(Ben)", "confess(Ben, Ada)", "embrace(Ada, Ben)"]


@dataclass(frozen=True)
class Said:
    """What a command line came to."""

    code: int
    out: str
    err: str


Unspoken = Callable[..., Said]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in, with letter.story in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "letter.story").write_text(LETTER, encoding="utf-8")
    return tmp_path


@pytest.fixture
def unspoken(folder: Path, capsys: pytest.CaptureFixture[str]) -> Unspoken:
    """Runs ``unspoken`` with these words, here."""

    def command(*words: object) -> Said:
        code = run([str(word) for word in words])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        assert "mistake of its own" not in captured.err, captured.err
        return Said(code, captured.out, captured.err)

    return command
