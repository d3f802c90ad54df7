"""What a town costs (``town``): acts, by how many perceive them, by how many people there are, by
how long they have lived; and a thousand people for a thousand rounds.

Each town lives in a process of its own, so that memory is its own. An act's cost is the processor's
time in ``Crowd.apply`` and nothing else: in a town that has lived for a while, acts that its people
really did are timed one by one, and sorted by the minds that they changed. A run's cost is
everything: draws, decisions, acts, the loop in Python.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.measure import Measurement
from benchmarks.town import town
from unspoken.language import parse
from unspoken.simulation.crowd import CrowdRun

PEOPLE = (100, 300, 1000, 3000)
CROWDING = (3, 6, 12, 24)
"""People to a place: what makes for more who perceive an act."""

WARM, TIMED = 100, 100
"""Rounds before the clock starts, and rounds under it."""

WHOLE = 1000
"""People, and rounds, of the whole run."""


def crowds(runs: int) -> Iterator[Measurement]:
    """Acts by perceivers and by people, at the same time of life; then the whole run."""
    shown = []
    for people in PEOPLE:
        found = _acts("crowd: people", str(people), runs, people=people)
        yield found
        if people in (PEOPLE[0], PEOPLE[-1]):
            shown.append((people, found.facts["us by minds changed"]))
    for people, by in shown:
        assert isinstance(by, dict)
        for minds, microseconds in by.items():
            task = f"crowd: minds changed, of {people}"
            yield Measurement(task, minds, "us/act", (microseconds,))
    for crowding in CROWDING:
        yield _acts("crowd: people to a place", str(crowding), runs, people=1000, crowding=crowding)
    for warm in (100, 400, 900):
        yield _acts("crowd: rounds lived", str(warm), runs, people=300, warm=warm)
    yield _whole(runs)


def _acts(task: str, subject: str, runs: int, **asked: int) -> Measurement:
    found = [_lived(**asked) for _ in range(runs)]
    last = found[-1]
    return Measurement(
        task,
        subject,
        "us/act",
        tuple(one["microseconds"] / one["acts"] for one in found),
        facts={
            "minds changed": round(last["touched"] / last["acts"], 2),
            "acts": last["acts"],
            "minds": last["minds"],
            "MiB of minds": round(last["bytes"] / 2**20, 1),
            "MiB": round(last["MiB"]),
            "ms to begin": round(last["begin"]),
            "us by minds changed": last["by"],
        },
    )


def _whole(runs: int) -> Measurement:
    found = [_lived(people=WHOLE, warm=0, rounds=WHOLE, timing=0) for _ in range(runs)]
    last = found[-1]
    return Measurement(
        "crowd: whole run",
        f"{WHOLE} people, {WHOLE} rounds",
        "s",
        tuple(one["seconds"] for one in found),
        facts={
            "s to begin": round(last["begin"] / 1000, 1),
            "processor s": round(last["processor"], 1),
            "acts": last["acts"],
            "MiB": round(last["MiB"]),
        },
    )


def _lived(**asked: int) -> dict[str, Any]:
    """What a town cost, in a process of its own."""
    words = [sys.executable, "-m", "benchmarks.crowds", json.dumps(asked)]
    done = subprocess.run(words, check=True, capture_output=True, text=True, env=os.environ)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def live(
    people: int,
    crowding: int = 6,
    warm: int = WARM,
    rounds: int = TIMED,
    timing: int = 1,
    seed: int = 2026,
) -> dict[str, Any]:
    """A town's life. ``timing``: whether each act is timed by itself: then the same acts, in the
    same order, are applied to a second crowd that has nothing else to do."""
    world, diagnostics = parse(town(people, seed, crowding=crowding), "town")
    assert world is not None, diagnostics
    start = time.perf_counter()
    run = CrowdRun(world, seed)
    begin = (time.perf_counter() - start) * 1000
    for _ in range(warm):
        run.step()
    start, processor = time.perf_counter(), time.process_time()
    happened = [one for _ in range(rounds) for one in run.step()]
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    spent = 0.0
    by: dict[int, list[float]] = {}
    if timing:
        twin = CrowdRun(world, seed)
        for _ in range(warm):
            twin.step()
        crowd = twin.crowd
        for one in happened:
            number = crowd.act(one.act)
            began = time.thread_time()
            crowd.raw.apply(number)
            took = (time.thread_time() - began) * 1e6
            spent += took
            by.setdefault(len(one.touched), []).append(took)
    size = run.crowd.size()
    return {
        "begin": begin,
        "seconds": seconds,
        "processor": processor,
        "microseconds": spent,
        "acts": len(happened),
        "touched": sum(len(one.touched) for one in happened),
        "by": {
            str(minds): round(sorted(took)[len(took) // 2], 1)
            for minds, took in sorted(by.items())
            if len(took) >= 20
        },
        "minds": size["minds"],
        "bytes": size["bytes"],
        "MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(live(**json.loads(sys.argv[1]))))
