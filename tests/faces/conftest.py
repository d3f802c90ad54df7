"""The command line in a folder of its own: words in; exit code, output and complaints out."""

from __future__ import annotations

import contextlib
import math
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from unspoken.faces.cli import progress
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

ENDLESS = """\
unspoken 1;
entity Ada : character; entity Ben : character; entity Cai : character;
property coins(who : character) : number;
coins(Ada) = 0; coins(Ben) = 0; coins(Cai) = 0;
action find(who : character) { effect: coins(who) = coins(who) + 1; };
action lose(who : character) { effect: coins(who) = coins(who) - 1; };
utility(): if (coins(Ada) > 100) 2 elseif (coins(Ada) > 0) 1 else 0;
"""

SHORTEST = ["find_letter(Ben)", "confess(Ben, Ada)", "embrace(Ada, Ben)"]


class Said(Struct, frozen=True):
    """What a command line came to."""

    code: int
    out: str
    err: str


Unspoken = Callable[..., Said]


@pytest.fixture(autouse=True)
def no_machine_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """No search says that it goes on, however long one takes here."""
    monkeypatch.setattr(progress, "LONG", math.inf)


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


on_terminals = pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals here")


@contextlib.contextmanager
def beside(folder: Path, *words: str, **streams: int) -> Iterator[subprocess.Popen[str]]:
    """``unspoken`` in a process of its own, ended with the test whatever becomes of it.

    Ctrl-C reaches it also where the tests run in the background, in which shells have it ignored.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "unspoken", *words],
        cwd=folder,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        start_new_session=True,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
        **streams,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def read_until(terminal: int, mark: bytes) -> bytes:
    """What is shown until it has a mark, a pattern, in it; fails where it does not come."""
    said = b""
    while not re.search(mark, said):
        ready, _, _ = select.select([terminal], [], [], 120)
        assert ready, said
        assert len(said) < 100_000, said[-200:]
        said += os.read(terminal, 1024)
    return said


def wait_until_it_waits(process: subprocess.Popen[str]) -> None:
    """Until a process that has shown its prompt also sleeps until something is typed.

    A Ctrl-C just before that is noted, but wakes nobody: it would be waited for in vain.
    """
    state = Path(f"/proc/{process.pid}/stat")
    if not state.exists():
        time.sleep(1)
    while state.exists() and state.read_text(encoding="utf-8").rpartition(") ")[2][0] != "S":
        time.sleep(0.001)
