"""The tasks: each a function from settings to measurements, and one line in ``TASKS``."""

from __future__ import annotations

import csv
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

import unspoken
from benchmarks import tellings
from benchmarks.crowds import crowds
from benchmarks.files import reading
from benchmarks.goals import goals, ideas
from benchmarks.growth import growth
from benchmarks.measure import Measurement, milliseconds
from benchmarks.novels import checking
from benchmarks.pairs import Goal, plans
from benchmarks.processes import Peer
from benchmarks.theory_of_mind import minds
from unspoken.engine import GroundWorld, State

SEED = 2026


class Settings(Struct, frozen=True):
    """What to measure on, how often, beside whom. ``seconds``: the most for one run."""

    sabre: Path
    runs: int
    seconds: float
    only: list[str] | None
    peers: list[Peer]

    def wanted(self, name: str) -> bool:
        return self.only is None or name in self.only

    def problems(self) -> dict[str, Path]:
        """The storyworlds of the data folder, by name; none where there is no such folder."""
        found = sorted((self.sabre / "problems").glob("*.txt"))
        return {path.stem: path for path in found if self.wanted(path.stem)}

    def goals(self) -> list[Goal]:
        table = self.sabre / "goals.csv"
        if not table.is_file():
            return []
        with table.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        return [
            Goal(
                row["name"],
                self.sabre / "problems" / f"{row['file']}.txt",
                float(row["goal"]),
                int(row["author_temporal_limit"]),
                int(row["character_temporal_limit"]),
                int(row["epistemic_limit"]),
            )
            for row in rows
            if self.wanted(row["name"])
        ]

    def stories(self) -> dict[str, str]:
        """The shipped stories, by the names that ``unspoken.load`` takes."""
        return {name: name for name in unspoken.stories() if self.wanted(name)}


def grounding(settings: Settings) -> Iterator[Measurement]:
    """Parsing; numbering and grounding; the first look ahead, to whatever raises the author's
    utility, which makes its network: separately, on every problem and shipped story."""
    subjects: dict[str, str | Path] = {**settings.problems(), **settings.stories()}
    for name, source in subjects.items():
        parsing: list[float] = []
        compiling: list[float] = []
        looking: list[float] = []
        world: unspoken.World
        ground: GroundWorld
        for _ in range(settings.runs):
            spent, world = milliseconds(lambda source=source: unspoken.load(source))  # type: ignore[misc]
            parsing.append(spent)
            model = world.model
            spent, ground = milliseconds(lambda model=model: GroundWorld(model))  # type: ignore[misc]
            compiling.append(spent)
            start, raw = ground.initial, ground.raw
            looking.append(
                milliseconds(
                    lambda raw=raw, start=start: raw.outlook(  # type: ignore[misc]
                        start.number, None, above=start.utility()
                    )
                )[0]
            )
        size = ground.raw.size()
        facts: dict[str, object] = {
            key: size[key] for key in ("fluents", "actions", "triggers") if key in size
        }
        yield Measurement("grounding: parse", name, "ms", tuple(parsing))
        yield Measurement("grounding: number and ground", name, "ms", tuple(compiling), facts=facts)
        yield Measurement("grounding: first look ahead", name, "ms", tuple(looking))


def long_files(settings: Settings) -> Iterator[Measurement]:
    """Reading and formatting, by lines."""
    return reading(settings.runs)


def transitions(settings: Settings, steps: int = 2000) -> Iterator[Measurement]:
    """Random walks: a fresh engine, and the same walk over states that it knows already."""
    subjects: dict[str, str | Path] = {**settings.problems(), **settings.stories()}
    for name, source in subjects.items():
        model = unspoken.load(source).model
        fresh: list[float] = []
        again: list[float] = []
        states = 0
        for _ in range(settings.runs):
            ground = GroundWorld(model)
            for rates in (fresh, again):
                start = time.perf_counter()
                _walk(ground.initial, random.Random(SEED), steps)
                rates.append(steps / (time.perf_counter() - start))
            states = ground.raw.size().get("states", 0)
        facts: dict[str, object] = {"steps": steps, "states": states}
        yield Measurement("transitions: fresh", name, "1/s", tuple(fresh), facts=facts)
        yield Measurement("transitions: again", name, "1/s", tuple(again))


def _walk(start: State, draw: random.Random, steps: int) -> None:
    """So many random steps, from the start again wherever nothing more is possible, and after
    thirty steps, about as long as stories are."""
    raw = start.ground.raw
    state, taken = start.number, 0
    for _ in range(steps):
        choices = raw.possible(state)
        if not choices or taken == 30:
            state, taken = start.number, 0
            choices = raw.possible(state)
        if not choices:
            return
        state = raw.apply(state, draw.choice(choices))  # type: ignore[assignment]
        taken += 1


def planning(settings: Settings) -> Iterator[Measurement]:
    """A first plan for every goal by a whole process; with peers, in pairs."""
    for goal in settings.goals():
        yield from plans(goal, settings.peers, settings.runs, settings.seconds)


def goals_inside(settings: Settings) -> Iterator[Measurement]:
    """Every goal from inside, to its shortest plan."""
    return goals(settings.goals(), settings.runs, settings.seconds)


def ideas_left_out(settings: Settings) -> Iterator[Measurement]:
    """Every goal with each idea of the search left out in turn."""
    return ideas(settings.goals(), settings.seconds)


def growing(settings: Settings) -> Iterator[Measurement]:
    """Limits and people made more, one at a time, in worlds made for it."""
    return growth(settings.seconds)


def crowd(settings: Settings) -> Iterator[Measurement]:
    """Towns: what acts cost, by perceivers and by people; a thousand people, a thousand rounds."""
    return crowds(settings.runs)


def novels(settings: Settings) -> Iterator[Measurement]:
    """Ledgers checked, by scenes and by people."""
    return checking(settings.runs, settings.seconds)


def theory_of_mind(settings: Settings) -> Iterator[Measurement]:
    """A hundred thousand questions, beside brute force; answers by people, steps and order."""
    return minds(settings.runs)


def telling(settings: Settings) -> Iterator[Measurement]:
    """Shipped stories told, each through all of its minds; by stage; and by length."""
    yield from tellings.shipped(settings.stories(), settings.runs)
    yield from tellings.lengths(settings.runs)


def cold_start(settings: Settings) -> Iterator[Measurement]:
    """Whole processes, from nothing to the last word, and what they spend by stage."""
    return tellings.cold_start(settings.runs, settings.seconds)


TASKS: dict[str, Callable[[Settings], Iterator[Measurement]]] = {
    "reading": long_files,
    "grounding": grounding,
    "transitions": transitions,
    "goals": goals_inside,
    "plans": planning,
    "ideas": ideas_left_out,
    "growth": growing,
    "crowd": crowd,
    "novels": novels,
    "theory_of_mind": theory_of_mind,
    "telling": telling,
    "cold_start": cold_start,
}
