"""Runs of whole programs, ours and peers', as a person would start them: time and peak memory."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

OURS = Path(sys.executable).parent / "unspoken"
"""The program of the environment that the benchmark itself runs in."""

_ACT = re.compile(r"^[^\W\d_][^\s()|]*\(.*\)$")


@dataclass(frozen=True)
class Run:
    """What one process did. ``mebibytes``: its peak resident memory."""

    milliseconds: float
    mebibytes: float
    code: int | None
    """None: stopped by us after the time allowed."""
    output: str

    def acts(self) -> list[str]:
        """The lines that are acts, ``name(Arg, Arg)``; the closing ``goal(...)`` is none."""
        lines = (line.strip() for line in self.output.splitlines())
        return [line for line in lines if _ACT.match(line) and not line.startswith("goal(")]

    def plan_text(self) -> str:
        """The plan with its reasons, without whatever else was printed around it."""
        lines = (line.rstrip() for line in self.output.splitlines())
        return "".join(f"{line}\n" for line in lines if line.startswith("|") or _ACT.match(line))


@dataclass(frozen=True)
class Peer:
    """A name and the command that solves one goal, with places to fill."""

    name: str
    command: str

    @classmethod
    def read(cls, text: str) -> Peer:
        """From ``NAME=command``. Raises ValueError."""
        name, equals, command = text.partition("=")
        if not (name.strip() and equals and "{world}" in command):
            raise ValueError("a peer is NAME='command with {world} in it'")
        return cls(name.strip(), command.strip())

    def words(self, places: Mapping[str, object]) -> list[str]:
        """The command for one goal; a place is filled after splitting, so paths keep spaces."""
        return [word.format_map(dict(places)) for word in shlex.split(self.command)]


UNSPOKEN = Peer(
    "unspoken",
    f"{shlex.quote(str(OURS))} plan {{world}} --goal {{goal}} --author-limit {{author_limit}}"
    " --character-limit {character_limit} --epistemic-limit {epistemic_limit} --explain --quiet",
)


def run(words: Sequence[str], seconds: float) -> Run:
    """Run a program to its end, or for so many seconds.

    Raises FileNotFoundError where there is no such program.
    """
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            list(words), stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL
        )
        stopped = False
        status, usage = 0, None
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if not stopped and time.perf_counter() - start > seconds:
                process.kill()
                stopped = True
            time.sleep(0.0005)
        elapsed = (time.perf_counter() - start) * 1000
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    per_mebibyte = 2**20 if sys.platform == "darwin" else 2**10
    code = None if stopped else process.returncode
    return Run(elapsed, usage.ru_maxrss / per_mebibyte, code, text)
