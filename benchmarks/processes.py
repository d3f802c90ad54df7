"""Runs of whole programs, ours and peers', as a person would start them: time and peak memory."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

OURS = Path(sys.executable).parent / "unspoken"
"""The program of the environment that the benchmark itself runs in."""

_ACT = re.compile(r"^[^\W\d_][^\s()|]*\(.*\)$")


class Run(Struct, frozen=True):
    """What one process did. ``processor``: the milliseconds that all its threads computed;
    ``mebibytes``: its peak resident memory."""

    milliseconds: float
    processor: float
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


class Peer(Struct, frozen=True):
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
    " --character-limit {character_limit} --epistemic-limit {epistemic_limit}"
    " --any --explain --quiet",
)


def run(words: Sequence[str], seconds: float, environment: Mapping[str, str] | None = None) -> Run:
    """Run a program to its end, or for so many seconds; in our environment, or in another.

    Raises FileNotFoundError where there is no such program.
    """
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            list(words),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        watch = _Watch(process.pid, seconds)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = (time.perf_counter() - start) * 1000
        watch.ended.set()
        watch.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    per_mebibyte = 2**20 if sys.platform == "darwin" else 2**10
    peak = watch.peak or usage.ru_maxrss
    code = None if watch.stopped else process.returncode
    processor = (usage.ru_utime + usage.ru_stime) * 1000
    return Run(elapsed, processor, peak / per_mebibyte, code, text)


class _Watch(threading.Thread):
    """Looks at a process now and then: how much memory it has had, whether its time is up.

    The system's own account of a child (``ru_maxrss``) begins with the size of whoever started it,
    and so never tells of less than the benchmark itself; /proc, where there is one, does.
    """

    def __init__(self, pid: int, seconds: float) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.peak = 0
        self.stopped = False
        self._pid = pid
        self._end = time.perf_counter() + seconds

    def run(self) -> None:
        while not self.ended.wait(0.005):
            with contextlib.suppress(OSError):
                status = Path(f"/proc/{self._pid}/status").read_text(encoding="utf-8")
                found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
                self.peak = max(self.peak, int(found[1])) if found else self.peak
            if time.perf_counter() > self._end and not self.stopped:
                self.stopped = True
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self._pid, signal.SIGKILL)
