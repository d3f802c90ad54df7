"""What telling costs: a clause, by how long the story is and by stage; and a whole `unspoken tell`
from a cold start, by what it spends its time on.

The processor's time throughout (``METHOD.md``): a telling waits for nothing.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from msgspec.structs import replace

import unspoken
from benchmarks.measure import Measurement
from benchmarks.processes import OURS, run
from unspoken.chronicle import Chronicle
from unspoken.model import Storyworld
from unspoken.telling import Options, Telling, View, tell, view
from unspoken.telling.beats import beats
from unspoken.telling.discourse import in_one_mind
from unspoken.telling.order import Stretch
from unspoken.telling.realise import realise
from unspoken.telling.sentences import Writer
from unspoken.telling.setting import Setting

T = TypeVar("T")

LONG = ("night_visit", 40), ("prize_marmalade", 40)
"""Runs of so many rounds at most, of which beginnings are told, and the whole."""
PARTS = (0.25, 0.5, 1.0)
ROUNDS = 6
MINDS = 6


def shipped(stories: Mapping[str, str], runs: int) -> Iterator[Measurement]:
    """Every story that is shipped, planned or, if there is nothing to plan, run for a while;
    through each of its (first few) characters and by all of them in turn."""
    for name in stories:
        loaded = unspoken.load(name)
        story = loaded.run(ROUNDS) if loaded.model.runs_by_itself else loaded.plan()
        if not story.found:
            continue
        world, chronicle = loaded.model, story.chronicle
        for eyes in (None, *chronicle.characters[:MINDS]):
            options = Options() if eyes is None else Options("limited", eyes)
            subject = f"{name} through {eyes or 'each in turn'}"
            yield _told("telling", subject, chronicle, world, options, runs)
        yield from _stages(name, chronicle, world, runs)


def lengths(runs: int) -> Iterator[Measurement]:
    """Ever longer beginnings of long runs."""
    for name, rounds in LONG:
        world = unspoken.load(name)
        whole = world.run(rounds).chronicle
        for part in PARTS:
            events = whole.events[: round(len(whole.events) * part)]
            chronicle = replace(whole, events=events)
            for eyes in (None, whole.characters[0]):
                options = Options() if eyes is None else Options("limited", eyes)
                subject = f"{name}, {len(events)} events, through {eyes or 'each in turn'}"
                yield _told("telling: length", subject, chronicle, world.model, options, runs)


def _told(
    task: str,
    subject: str,
    chronicle: Chronicle,
    world: Storyworld,
    options: Options,
    runs: int,
) -> Measurement:
    spent, told = _repeated(lambda: tell(chronicle, world, options), runs)
    count = {"words": told.words, "clauses": clauses(told)}
    return Measurement(task, subject, "ms", spent, facts={**count, **_each(spent, count)})


def _each(spent: tuple[float, ...], count: Mapping[str, int]) -> Mapping[str, object]:
    """The best time by the clause and by the word, in microseconds."""
    return {
        f"us a {what.removesuffix('s')}": round(min(spent) * 1000 / max(number, 1), 1)
        for what, number in reversed(tuple(count.items()))
    }


def _stages(name: str, chronicle: Chronicle, world: Storyworld, runs: int) -> Iterator[Measurement]:
    """One telling through the first mind, stage by stage."""
    mind = chronicle.characters[0]
    options = Options("limited", mind)
    setting = Setting.of(world)
    count = {"clauses": clauses(tell(chronicle, world, options))}

    def stage(what: str, work: Callable[[], T]) -> tuple[Measurement, T]:
        spent, made = _repeated(work, runs)
        subject = f"{name} through {mind}: {what}"
        facts = {**count, **_each(spent, count)}
        return Measurement("telling: stages", subject, "ms", spent, facts=facts), made

    measured, own = stage("view", lambda: view(chronicle, mind))
    yield measured
    measured, kept = stage("beats", lambda: beats(own, setting))
    yield measured
    moments = tuple(((mind, beat),) for beat in kept)
    passages = in_one_mind((Stretch(moments),))
    views: dict[str | None, View] = {mind: own}
    measured, plans = stage(
        "sentences", lambda: Writer(setting, views, options).paragraphs(passages)
    )
    yield measured
    measured, _ = stage("realise", lambda: realise(plans, views, setting, options))
    yield measured


def clauses(told: Telling) -> int:
    """The finite verbs that the telling made."""
    sentences = (sentence for paragraph in told.paragraphs for sentence in paragraph.sentences)
    return sum(span.kind == "verb" for sentence in sentences for span in sentence.spans)


def _repeated(work: Callable[[], T], runs: int) -> tuple[tuple[float, ...], T]:
    """What a call makes, and the processor's milliseconds for each time after the first, which
    reads words and patterns that stay."""
    made = work()
    spent = []
    for _ in range(runs):
        start = time.process_time()
        made = work()
        spent.append((time.process_time() - start) * 1000)
    return tuple(spent), made


# From a cold start


def cold_start(runs: int, seconds: float) -> Iterator[Measurement]:
    """Whole processes, from nothing to the last word; then what `unspoken tell` spends, by stage.
    Modules are compiled beforehand, as an installer does it."""
    with tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for words in (["--version"], ["tell"]):
            command = [str(OURS), *words]
            run(command, seconds, environment)
            results = [run(command, seconds, environment) for _ in range(runs)]
            yield Measurement(
                "cold start",
                " ".join(["unspoken", *words]),
                "ms",
                tuple(result.milliseconds for result in results),
                verified=all(result.code == 0 for result in results),
                facts={
                    "ms of processor": round(min(result.processor for result in results)),
                    "MiB": max(result.mebibytes for result in results),
                },
            )
        command = [sys.executable, "-m", "benchmarks.stages"]
        run(command, seconds, environment)
        found = [json.loads(run(command, seconds, environment).output) for _ in range(runs)]
        for stage in found[0]:
            spent = tuple(each[stage] for each in found)
            yield Measurement("cold start: stages", stage, "ms", spent)
