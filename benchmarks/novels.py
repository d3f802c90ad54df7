"""Novels for measuring: ledgers of so many scenes and people, in which nobody says what they
cannot know; and how long it takes to check them.

A scene has from two to eight people, a few things that happen, and a few that somebody tells who
knows them; one scene in ten is told out of its order. What a novel is like is a function of its
seed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

import unspoken
from benchmarks.measure import Measurement, milliseconds
from benchmarks.processes import OURS, run

SIZES = ((75, 40), (150, 40), (300, 10), (300, 40), (300, 80), (600, 40), (1200, 40))
"""Scenes, and people."""

LINES = 10
"""In each scene, besides who is there."""


def novel(scenes: int, people: int, seed: int = 2026) -> str:
    """The text of a ledger."""
    draw = random.Random(seed)
    names = [f"Person{number}" for number in range(people)]
    lines = [f"title: A novel of {scenes} scenes", f"people: {', '.join(names)}"]
    known: dict[str, list[str]] = {name: [] for name in names}
    for number in range(scenes):
        if number % 10 == 0:
            lines += ["", f"chapter {number // 10 + 1}"]
        lines += ["", f"scene: scene {number}"]
        if number % 10 == 9:
            lines.append(f"after: scene {number - 1}")
        present = draw.sample(names, draw.randint(2, min(8, people)))
        lines.append(f"present: {', '.join(present)}")
        for place in range(LINES):
            speaker = draw.choice(present)
            hearers = [name for name in present if name != speaker]
            if not known[speaker] or place % 3 == 0:
                fact = f"deed {number} {place} was done"
                lines.append(f"happens: {fact}")
                for name in present:
                    known[name].append(fact)
                continue
            fact = draw.choice(known[speaker][-20:])
            hearer = draw.choice(hearers)
            lines.append(f"{speaker} whispers to {hearer}: {fact}")
            known[hearer].append(fact)
    return "\n".join(lines) + "\n"


def checking(runs: int, seconds: float) -> Iterator[Measurement]:
    """Read, followed and checked in this process, the processor's time a line staying where it is
    as long as the work grows with the lines; the same as a whole process; and the chronicle, for
    whatever asks one."""
    for scenes, people in SIZES:
        text = novel(scenes, people)
        count = text.count("\n")
        checked: list[float] = []
        worked: list[float] = []
        recorded: list[float] = []
        sound, events = True, 0
        for _ in range(runs):
            began = time.process_time()
            spent, findings = milliseconds(
                lambda text=text: unspoken.parse_ledger(text).findings  # type: ignore[misc]
            )
            worked.append((time.process_time() - began) * 1000)
            checked.append(spent)
            sound = sound and not any(one.severity == "error" for one in findings)
            book = unspoken.parse_ledger(text)
            spent, events = milliseconds(lambda book=book: len(book.chronicle.events))  # type: ignore[misc]
            recorded.append(spent)
        name = f"{scenes:,} scenes, {people} people"
        found = Measurement("novels: check", name, "ms", tuple(checked), verified=sound)
        facts: dict[str, object] = {
            "lines": count,
            "processor ms": round(min(worked)),
            "processor us a line": round(min(worked) * 1000 / count),
        }
        yield replace(found, facts=facts)
        yield _process(name, text, runs, seconds)
        found = Measurement("novels: chronicle", name, "ms", tuple(recorded))
        yield replace(found, facts={"events": events})


def _process(name: str, text: str, runs: int, seconds: float) -> Measurement:
    """``unspoken check``, from nothing to the last line."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "novel.ledger"
        file.write_text(text, encoding="utf-8")
        done = [run([str(OURS), "check", "--quiet", str(file)], seconds) for _ in range(runs)]
    return Measurement(
        "novels: check as a process",
        name,
        "ms",
        tuple(one.milliseconds for one in done),
        verified=all(one.code == 0 for one in done),
        facts={"MiB": max(one.mebibytes for one in done)},
    )
