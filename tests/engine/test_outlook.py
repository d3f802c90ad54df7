"""How far off things look is never farther than they are: on invented worlds, against trying
everything; and on worlds where the distance is known, what exactly is said."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hypothesis import given, note, reject
from hypothesis import strategies as st

from tests.strategies import choose, conditions, plots, walks, worlds
from unspoken._engine import Engine, EngineError
from unspoken.engine import GroundWorld, NamedValue
from unspoken.language import to_text
from unspoken.model import (
    Comparator,
    Comparison,
    EntityTerm,
    Expression,
    Fluent,
    Literal,
    Storyworld,
    Term,
    Unknown,
)

DEPTH = 3
MOST = 250
"""How far everything is tried, and how many states that may take."""


@dataclass(frozen=True)
class Aim:
    """What is wanted, besides a height of utility."""

    character: int | None
    through: tuple[str, ...] = ()
    acts: tuple[tuple[int, ...], ...] = ()
    never: tuple[int, ...] = ()


@dataclass
class Reached:
    """Everything that can be reached: for each number of acts, the utilities first met then of
    states at which all that was to be passed and done has been."""

    utilities: list[list[float]] = field(default_factory=list)
    complete: bool = True
    """Does nothing lie beyond?"""


def tried(raw: Engine, start: int, aim: Aim) -> Reached:
    """Breadth first, by every act that ``aim.character`` may count on."""
    events = raw.events()
    reached = Reached()

    def passing(state: int, passed: frozenset[int]) -> frozenset[int]:
        now = (i for i, text in enumerate(aim.through) if raw.evaluate(state, text) is True)
        return passed.union(now)

    first = (start, passing(start, frozenset()), frozenset[int]())
    seen, layer = {first}, [first]
    for depth in range(DEPTH + 1):
        utilities = []
        for state, passed, done in layer:
            if len(passed) == len(aim.through) and len(done) == len(aim.acts):
                utility = raw.utility(state, aim.character)
                if utility is not None:
                    utilities.append(utility)
        reached.utilities.append(utilities)
        following = []
        for state, passed, done in layer if depth < DEPTH else ():
            for act in raw.possible(state):
                if act in aim.never or (aim.character is not None and not events[act][3]):
                    continue
                after = raw.apply(state, act)
                groups = (i for i, group in enumerate(aim.acts) if act in group)
                node = (after, passing(after, passed), done.union(groups))
                if node not in seen:
                    seen.add(node)
                    following.append(node)
            if len(seen) > MOST:
                reached.complete = False
                return reached
        layer = following
    reached.complete = not layer
    return reached


def check(raw: Engine, start: int, aim: Aim) -> None:
    reached = tried(raw, start, aim)
    heights = sorted({height for heights in reached.utilities for height in heights})

    def outlook(
        mark: dict[str, float], within: int | None = None
    ) -> tuple[int, int, list[int]] | None:
        limit = {} if within is None else {"within": within}
        return raw.outlook(
            start,
            aim.character,
            through=aim.through,
            acts=aim.acts,
            never=aim.never,
            **mark,
            **limit,
        )

    marks = [(h, {"at_least": h}) for h in heights]
    marks += [(higher, {"above": h}) for h, higher in itertools.pairwise(heights)]
    for height, mark in marks:
        far = next(
            d for d, found in enumerate(reached.utilities) if max(found, default=-1e99) >= height
        )
        said = outlook(mark)
        assert said is not None, f"{mark} is {far} acts away, not never"
        at_least, about, helpful = said
        assert at_least <= far, f"{mark} is {far} acts away, not {at_least}"
        assert about >= at_least
        assert (about == 0) == (at_least == 0)
        assert helpful == sorted(set(helpful))
        for within in range(at_least):
            assert outlook(mark, within=within) is None
        for within in range(far, about + 1):
            closer = outlook(mark, within=within)
            assert closer is not None, f"{mark} is {far} acts away, not beyond {within}"
            assert at_least <= closer[0] <= far, f"{mark} is {far} acts away, not {closer[0]}"
            assert closer[1:] == said[1:]
    if reached.complete and heights:
        # What is said to be possible need not be, but nothing to do is nothing to do.
        said = outlook({"above": heights[-1]})
        assert said is None or said[0] > 0


def everybody(ground: GroundWorld) -> Iterator[int | None]:
    yield None
    yield from range(len(ground.characters))


def engine(world: Storyworld) -> GroundWorld:
    note(to_text(world))
    try:
        return GroundWorld(world)
    except EngineError:
        reject()


def wander(raw: Engine, moves: Sequence[int]) -> int:
    """A state somewhere: half of the moves act, half go into a mind."""
    state = raw.initial()
    for move in moves:
        possible = raw.possible(state)
        if move % 4 == 0 or not possible:
            state = raw.mind(state, choose(move // 4, (0, 1)))
        else:
            state = raw.apply(state, choose(move // 4, possible))
    return state


@given(st.one_of(worlds(), plots()), walks(4))
def test_a_height_is_never_nearer_than_said(world: Storyworld, moves: list[int]) -> None:
    ground = engine(world)
    try:
        start = wander(ground.raw, moves)
        for character in everybody(ground):
            check(ground.raw, start, Aim(character))
    except EngineError:
        reject()


@given(st.one_of(worlds(), plots()), walks(3), st.data())
def test_demands_are_never_nearer_than_said(
    world: Storyworld, moves: list[int], data: st.DataObject
) -> None:
    ground = engine(world)
    raw = ground.raw
    count = sum(1 for event in ground.events if event.is_action)
    if not count:
        reject()
    acts = st.integers(0, count - 1)
    wanted = data.draw(st.lists(conditions(world), max_size=2))
    groups = data.draw(st.lists(st.lists(acts, min_size=1, max_size=2), max_size=2))
    never = data.draw(st.lists(acts, max_size=1))
    try:
        through = tuple(map(ground.number_expression, wanted))
        start = wander(raw, moves)
        check(raw, start, Aim(None, through, tuple(map(tuple, groups)), tuple(never)))
    except EngineError:
        reject()


def term(value: NamedValue) -> Expression:
    if value is None:
        return Unknown()
    return EntityTerm(value) if isinstance(value, str) else Literal(value)


def readings(ground: GroundWorld, state: int) -> Iterator[tuple[Fluent, NamedValue]]:
    """Every fluent in every mind and mind within a mind, with its value."""
    schemas = ground.raw.fluents()
    chains = [(), *((c,) for c in ground.characters), *itertools.permutations(ground.characters, 2)]
    for chain in chains:
        here = state
        for who in chain:
            here = ground.raw.mind(here, ground.character(who))
        values = ground.named_all(ground.raw.values(here))
        for (schema, arguments), value in zip(schemas, values, strict=True):
            filled: list[Term] = [term(argument) for argument in ground.named_all(arguments)]
            minds = tuple(EntityTerm(who) for who in chain)
            yield Fluent(ground.world.properties[schema], tuple(filled), minds), value


@given(st.one_of(worlds(), plots()), walks(2), st.integers(0, 1000))
def test_values_in_minds_are_never_nearer_than_said(
    world: Storyworld, moves: list[int], which: int
) -> None:
    """Of all that anybody comes to believe within two acts, forty things."""
    ground = engine(world)
    raw = ground.raw
    try:
        start = wander(raw, moves)
        depths, states = {start: 0}, [start]
        for state in states:
            if depths[state] < 2 and len(depths) < 60:
                for act in raw.possible(state):
                    after = raw.apply(state, act)
                    if after not in depths:
                        depths[after] = depths[state] + 1
                        states.append(after)
    except EngineError:
        reject()
    first: dict[tuple[Fluent, NamedValue], int] = {}
    for state, depth in depths.items():
        for reading in readings(ground, state):
            first.setdefault(reading, depth)
    fresh = [(reading, depth) for reading, depth in first.items() if depth]
    for (fluent, value), depth in fresh[which % max(1, len(fresh) - 40) :][:40]:
        wanted = Comparison(Comparator.EQ, fluent, term(value))
        condition = ground.number_expression(wanted)
        for within in (depth, 9):
            said = raw.outlook(start, None, through=[condition], within=within)
            assert said is not None, f"{to_text(wanted)} is {depth} acts away"
            assert said[0] <= depth, f"{to_text(wanted)} is {depth} acts away, not {said[0]}"
