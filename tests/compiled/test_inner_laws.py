"""What has to hold in every world with hunches, signs and drives: tried on invented ones, walked
through at random, and held to a direct reading of what the author wrote (tests/reference)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, note, reject
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from msgspec.structs import replace

from tests.agreement import Sides, Undefined
from tests.inner_strategies import lives
from tests.reference.expressions import IllFormed
from tests.reference.inner import InnerJudge
from tests.reference.semantics import State as JudgedState
from tests.reference.semantics import chains
from tests.strategies import choose, walks
from unspoken.compiled import lower
from unspoken.engine import EngineError, GroundWorld, State, load
from unspoken.language import parse, to_text
from unspoken.model import InnerLife, Storyworld

NOUNS = """unspoken 1;
type place;
entity Ann : character; entity Ben : character; entity Cat : character;
entity Attic : place; entity Barn : place;
property at(c : character) : place;
property glad(c : character) : boolean;
property likes(c : character, d : character) : boolean;
hunch fond(c : character, d : character) { of: likes(c, d); from: -2; to: 3; };
hunch cheer(c : character) { of: glad(c); from: -1; to: 1; };
drive warm(c : character, d : character) { from: 0; to: 6; baseline: 2; };
"""
NEEDS = [
    "glad(x)",
    "!glad(x)",
    "likes(x, y)",
    "!likes(x, y)",
    "believes(y, likes(x, y))",
    "!believes(x, likes(y, x))",
    "(glad(x) | likes(x, y))",
    "at(x) == at(y)",
]
# How sure somebody is, and how warm: for whoever sees the act, perhaps news.
LEVELS = [
    "believes(x, fond(y, x)) >= 2",
    "believes(x, fond(y, x)) < 0",
    "believes(x, cheer(y)) != 0",
    "believes(y, cheer(x)) == 1",
    "fond(x, y) <= 0",
    "fond(y, x) != 1",
    "believes(y, fond(x, y)) > believes(y, fond(y, x))",
    "believes(y, fond(x, y)) + believes(y, cheer(x)) >= 1",
    "(cheer(x) >= 0 | believes(x, fond(x, y)) > 0)",
    "warm(x, y) >= 4",
    "believes(x, warm(y, x)) < 2",
    "warm(x, y) != warm(y, x)",
]
# Of each line at most one: so no act says two things about one.
EFFECTS = [
    ["at(x) = Barn", "at(x) = Attic", "at(y) = at(x)"],
    ["glad(y)", "!glad(y)", "believes(x, !glad(y))"],
    ["likes(x, y)", "!likes(x, y)"],
    ["believes(y, likes(x, y))", "believes(y, !likes(x, y))"],
    ["believes(y, fond(x, y)) = believes(y, fond(x, y)) + 1", "believes(y, fond(x, y)) = -9"],
    ["fond(x, y) = 1", "cheer(x) = -1"],
    ["warm(x, y) = warm(x, y) + 3", "warm(y, x) = warm(x, y) - 3", "believes(y, warm(x, y)) = 9"],
]
SEEN = ["at(o) == at(x)", "o == y", "o != x", "believes(o, at(o) == at(x))"]
USES = ["act{}(other, reader)", "act{}(other, *)", "act{}(other, third)", "act{}(reader, other)"]
ODDS = ["fond(other, reader)", "fond(other, third)", "cheer(other)", "cheer(third)"]
ODDS += ["fond(reader, other)"]
GUARDS = ["glad(other)", "reader != third", "believes(other, glad(reader))"]
WHEN = [
    "at(other) == at(reader)",
    "glad(other) & !glad(reader)",
    "likes(other, third)",
    "believes(other, glad(reader))",
    "fond(other, reader) > 0",
]
LEARNT = ["believes(Ben, custom())", "believes(Ann, !custom())", "!custom()", "custom()"]
STARTS = [
    "at({0}) = Barn",
    "glad({0})",
    "likes({0}, {1})",
    "believes({1}, at({0})) = Barn",
    "likes({0}, {1}) & !glad({2})",
    "believes({1}, likes({0}, {1}))",
    "believes({1}, likes({0}, {1}) = glad({0}))",
    "forall(x : character) if(x != {0}) believes(x, !likes({0}, {1}))",
    "believes({0}, believes({1}, !likes({0}, {1})))",
    "believes({1}, glad({0}) & believes({2}, !glad({0})))",
    "fond({0}, {1}) = -1",
    "forall(x : character) if(believes(x, glad({0}))) believes(x, cheer({0}) = -1)",
    "believes({1}, fond({0}, {1}) = 5)",
    "believes({1}, fond({0}, {1})) = -2",
    "believes({1}, fond({0}, {2})) = 1",
    "believes({1}, believes({0}, cheer({1}))) = 1",
    "forall(x : character) believes({0}, fond(x, {0})) = 3",
    "forall(x : character) believes({0}, fond({0}, x)) = 2",
    "forall(x : character) believes({0}, believes({1}, fond(x, {1}))) = -1",
    "forall(x : character) warm({0}, x) = 5",
    "believes({1}, warm({0}, {1})) = 6",
    "believes({1}, believes({0}, warm({2}, {0}))) = 0",
    "believes({0}, believes({1}, at({0}))) = Barn",
]


@st.composite
def worlds(draw: DrawFn) -> str:
    """Somebody does things to somebody, is seen, and is read."""

    def some(options: list[str], most: int) -> list[str]:
        return draw(st.lists(st.sampled_from(options), max_size=most, unique=True))

    text = [NOUNS]
    acts = draw(st.integers(2, 3))
    for n in range(acts):
        needs = " & ".join(["x != y", *some(NEEDS, 2), *some(LEVELS, 2)])
        lines = draw(st.lists(st.sampled_from(EFFECTS), min_size=1, max_size=3, unique_by=id))
        effects = " & ".join(draw(st.sampled_from(line)) for line in lines)
        seen = draw(st.sampled_from(["", *(f"observing(o : character): {s};" for s in SEEN)]))
        text.append(
            f"action act{n}(x : character, y : character) {{ precondition: {needs};"
            f" effect: {effects}; consenting: x; {seen} }};"
        )
    for n in range(draw(st.integers(1, 4))):
        use = draw(st.sampled_from(USES)).format(draw(st.integers(0, acts - 1)))
        odds = draw(st.sampled_from(ODDS))
        weight = draw(st.sampled_from([1, 1, 2, -1, -2]))
        guard = "".join(f"if: {guard};" for guard in some(GUARDS, 1))
        third = ", third : character" if "third" in use + odds + guard else ""
        text.append(
            f"sign sign{n}(reader : character, other : character{third}) {{"
            f" seen: {use}; for: {odds}; weight: {weight}; {guard} }};"
        )
    for n in range(draw(st.integers(0, 2))):
        when, odds = draw(st.sampled_from(WHEN)), draw(st.sampled_from(ODDS))
        weight = draw(st.sampled_from([1, 2, -1, -2]))
        guard = "".join(f"if: {guard};" for guard in some(GUARDS, 1))
        third = ", third : character" if "third" in when + odds + guard else ""
        text.append(
            f"sign coming{n}(reader : character, other : character{third}) {{"
            f" when: {when}; for: {odds}; weight: {weight}; {guard} }};"
        )
    if draw(st.booleans()):
        text.append("trigger cry(x : character) {")
        text.append("    precondition: glad(x) & at(x) == Barn; effect: !glad(x); };")
        events = some([*(f"act{n}" for n in range(acts)), "cry"], 2) or ["cry"]
        known = draw(st.sampled_from(["", " known: Ann;", " known: Ann, Ben, Cat;"]))
        text.append(f"rule custom {{ of: {', '.join(events)};{known} }};")
        text += [f"{start};" for start in some(LEARNT, 1)]
    for n in range(draw(st.integers(0, 2))):
        head = draw(st.sampled_from(["x : character", "Ben"]))
        head = f"{head}, y : character"
        wants = draw(st.sampled_from(NEEDS))
        drive = draw(st.sampled_from(["", " drive: warm(x, y);", " drive: warm(y, x);"]))
        guard = "".join(f" if: {need};" for need in some(NEEDS, 1))
        weight = draw(st.sampled_from([1, 0.5, -0.25]))
        body = f"wants: {wants}; weight: {weight};{drive}{guard}"
        if head.startswith("Ben"):
            body = re.sub(r"\bx\b", "Ben", body)
        text.append(f"wish wish{n}({head}) {{ {body} }};")
    for start in some(STARTS, 5):
        text.append(start.format(*draw(st.permutations(["Ann", "Ben", "Cat"]))) + ";")
    return "\n".join(text)


def read(text: str) -> Storyworld:
    world, said = parse(text, "invented")
    assert world is not None, said
    return world


def grounded(world: Storyworld) -> GroundWorld:
    try:
        return load(world)
    except EngineError:
        reject()


def walked(ground: GroundWorld, walk: list[int]) -> Iterator[State]:
    state = ground.initial
    yield state
    for move in walk:
        options = state.possible()
        if not options:
            return
        state = state.after(choose(move, options))
        yield state


def minds(state: State, depth: int) -> Iterator[tuple[tuple[str, ...], State]]:
    for chain in chains(state.ground.characters, depth):
        mind = state
        for who in chain:
            mind = mind.mind(who)
        yield chain, mind


def pairs(ground: GroundWorld) -> Iterator[tuple[str, str]]:
    """What hunches are about, and the odds."""
    for c in ground.characters:
        yield f"glad({c})", f"cheer({c})"
        for d in ground.characters:
            yield f"likes({c}, {d})", f"fond({c}, {d})"


@given(worlds(), walks())
def test_everybody_believes_what_the_sign_of_their_odds_says(text: str, walk: list[int]) -> None:
    ground = grounded(read(text))
    for state in walked(ground, walk):
        for chain, mind in minds(state, 3):
            for of, odds in pairs(ground):
                leaning, believed = mind.value(odds), mind.value(of)
                assert isinstance(leaning, float)
                assert leaning == 0 or (leaning > 0) == believed, (chain, of, leaning, believed)
                low, high = (-2, 3) if odds.startswith("fond") else (-1, 1)
                assert low <= leaning <= high


@given(worlds(), walks())
def test_no_hunch_makes_anything_true(text: str, walk: list[int]) -> None:
    """Truth goes its way as if nobody had hunches."""
    world = read(text)
    ground, bare = grounded(world), grounded(replace(world, inner=InnerLife()))
    state, simply = ground.initial, bare.initial
    for move in walk if bare.events else ():
        act = choose(move, [e for e in bare.events if e.is_action and ground.has_action(str(e))])
        state, simply = state.after(str(act)), simply.after(act)
        for fluent, value in simply.values():
            if fluent.name in ("at", "glad", "likes"):
                assert state.value(str(fluent)) == value, (str(act), str(fluent))


@given(worlds(), walks())
def test_drives_stay_in_their_bounds(text: str, walk: list[int]) -> None:
    ground = grounded(read(text))
    for state in walked(ground, walk):
        for chain, mind in minds(state, 2):
            for fluent, level in mind.values():
                if fluent.name == "warm":
                    assert isinstance(level, float)
                    assert 0 <= level <= 6, (chain, str(fluent), level)


@given(worlds(), walks(4))
def test_the_lowered_world_is_what_the_engine_has(text: str, walk: list[int]) -> None:
    """The plain world that is made, through the slow reference, is the engine's."""
    try:
        sides = Sides(lower(read(text)), strict=False)
    except Undefined:
        reject()
    here = sides.start
    for move in walk:
        options = sides.possible(*here)
        if not options:
            break
        event, place = choose(move, options)
        try:
            here = sides.judge.apply(here[0], event), sides.raw.apply(here[1], place)
        except IllFormed:
            break
        sides.same(*here)
    sides.deep_values(*here, depth=3)


@given(worlds(), walks(5))
def test_lowering_says_what_the_author_wrote(text: str, walk: list[int]) -> None:
    """A direct reading of inner lives, wishes included, comes to the same in every mind."""
    follow(read(text), walk)


@given(lives(), walks(3))
def test_whatever_can_be_said_of_inner_lives_is_what_it_says(
    world: Storyworld, walk: list[int]
) -> None:
    """The same of worlds of everything that the language has."""
    note(to_text(world))
    follow(world, walk)


def follow(world: Storyworld, walk: list[int]) -> None:
    ground = grounded(world)
    try:
        judge = InnerJudge(world)
        judged = judge.initial
        state = ground.initial
        agree(judge, judged, state)
        for move in walk:
            options = state.possible()
            if not options:
                break
            act = choose(move, options)
            judged, state = judge.apply(judged, judge.action(str(act))), state.after(act)
            note(str(act))
            agree(judge, judged, state)
    except IllFormed:
        reject()


def agree(judge: InnerJudge, judged: JudgedState, state: State) -> None:
    places = {judge.name(place): place for place in range(len(judge.fluents))}
    differing = [
        (chain, str(fluent), judge.value(judged, chain, places[str(fluent)]), value)
        for chain, mind in minds(state, 3)
        for fluent, value in mind.values()
        if judge.value(judged, chain, places[str(fluent)]) != value
    ]
    assert not differing, differing
    for chain in chains(judge.characters, 2):
        here, there = judged, state
        for who in chain:
            here, there = here.mind(who), there.mind(who)
        for who in judge.characters:
            wanted = judge.utility(here, who)
            assert there.utility(who) == pytest.approx(wanted, abs=1e-12), (chain, who)
    # Grounding may leave out what never changes anything.
    possible = [act for act in judge.possible(judged) if state.ground.has_action(act.name)]
    assert [act.name for act in possible] == [str(act) for act in state.possible()]
