"""How far off things look is never farther than they are: on invented worlds, against trying
everything; and on worlds where the distance is known, what exactly is said."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, note, reject
from hypothesis import strategies as st
from msgspec import Struct, field

from tests.planning.worlds import COUNTING, GATE, grounded
from tests.strategies import choose, conditions, plots, walks, worlds
from unspoken._engine import Engine, EngineError
from unspoken.engine import GroundWorld, NamedValue
from unspoken.language import parse_condition, to_text
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


class Aim(Struct, frozen=True):
    """What is wanted, besides a height of utility."""

    character: int | None
    through: tuple[str, ...] = ()
    acts: tuple[tuple[int, ...], ...] = ()
    never: tuple[int, ...] = ()


class Reached(Struct):
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
        assert (about == 0) == (at_least == 0) == (far == 0)
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


@given(st.one_of(worlds(), plots(), worlds(whole=True), plots(whole=True)), walks(4))
def test_a_height_is_never_nearer_than_said(world: Storyworld, moves: list[int]) -> None:
    ground = engine(world)
    try:
        start = wander(ground.raw, moves)
        for character in everybody(ground):
            check(ground.raw, start, Aim(character))
    except EngineError:
        reject()


@given(st.one_of(worlds(), plots(), worlds(whole=True), plots(whole=True)), walks(3), st.data())
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


@given(
    st.one_of(worlds(), plots(), worlds(whole=True), plots(whole=True)),
    walks(5),
    st.lists(st.integers(0, 1000), min_size=4, max_size=4),
)
def test_what_was_seen_before_changes_nothing(
    world: Storyworld, moves: list[int], which: list[int]
) -> None:
    """Somebody who has looked from elsewhere, and for less and more, says what one says who looks
    for the first time."""
    ground = engine(world)

    def look(raw: Engine, question: tuple[int, int | None, float, tuple[int, ...], int]) -> object:
        steps, character, mark, never, within = question
        state = wander(raw, moves[:steps])
        return raw.outlook(state, character, above=mark, never=never, within=within)

    acts = any(event.is_action for event in ground.events)
    questions = [
        (steps, character, mark, never, within)
        for steps in range(len(moves) + 1)
        for character in everybody(ground)
        for mark in (0.0, 1.0)
        for never in ((), (0,))[: 1 + acts]
        for within in (1, 2, 0, 3, 99)
    ]
    try:
        said = [look(ground.raw, question) for question in questions]
        for place in which:
            question, before = choose(place, list(zip(questions, said, strict=True)))
            assert look(GroundWorld(world).raw, question) == before, question
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


@given(
    st.one_of(worlds(), plots(), worlds(whole=True), plots(whole=True)),
    walks(2),
    st.integers(0, 1000),
)
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
            assert 0 < said[0] <= depth, f"{to_text(wanted)} is {depth} acts away, not {said[0]}"


def said(
    ground: GroundWorld, *, through: Sequence[str] = (), within: int = 99, **wanted: float
) -> str:
    """What is said of the beginning, for the author: ``at_least about helpful, acts``."""
    conditions = []
    for text in through:
        expression, diagnostics = parse_condition(text, ground.world, "wanted")
        assert expression is not None, diagnostics
        conditions.append(ground.number_expression(expression))
    raw = ground.raw
    outlook = raw.outlook(raw.initial(), None, through=conditions, within=within, **wanted)
    if outlook is None:
        return "never"
    at_least, about, helpful = outlook
    return " ".join([str(at_least), str(about), *(str(ground.events[act]) for act in helpful)])


def test_all_that_a_story_wants_is_counted() -> None:
    gate = grounded(GATE)
    assert said(gate, at_least=1.0) == "3 4 sing() thaw()"
    assert said(gate, at_least=1.0, within=3) == "never", "each of four acts alone is in the way"
    assert said(gate, above=1.0) == "never"
    assert said(gate, at_least=0.0) == "0 0"
    assert said(gate, through=["paid()", "there()"]) == "1 2 sing() thaw()"
    assert said(gate, through=["paid()", "there()"], within=1) == "never"


def test_numbers_take_a_step_at_a_time() -> None:
    assert said(grounded(COUNTING), at_least=3.0) == "3 3 count(Ann)"
    assert said(grounded(COUNTING), through=["n() <= 0 - 2"]) == "2 2 rest(Ann)"
    assert said(grounded(COUNTING), through=["n() == 0"]) == "0 0"


MINDS = """
type place;
entity Ann : character;
entity Ben : character;
entity Hall : place;
entity Yard : place;
property open() : boolean;
property in(c : character) : boolean;
property deaf(c : character) : boolean;
property at(c : character) : place;
property hears(c : character) : number;
property wary() : boolean;
property far() : boolean;
property dim() : boolean;
property lit() : boolean;
open();
dim();
believes(Ben, !dim());
far();
believes(Ben, !open());
at(Ann) = Yard;
believes(Ben, at(Ann) = Hall);
believes(Ann, believes(Ben, hears(Ben) = 5));
action enter() { precondition: open(); effect: in(Ann) & if(open()) wary(); };
action leave() { precondition: at(Ann) != Hall; effect: in(Ben) & !far(); };
action knock() { effect: hears(Ben) = hears(Ben) + 1; observing(c : character): c == Ben; };
action shout() { effect: believes(Ann, hears(Ben) = 9); observing(c : character): !far(); };
action light() { effect: if(dim()) lit(); };
action lie() { effect: believes(Ben, believes(Ann, in(Ben))); observing(c : character): c == Ann; };
trigger hush(c : character) {
    precondition: hears(c) > 0 & !deaf(c); effect: deaf(c);
};
"""
"""Ann and Ben, who may be mistaken, see one another's doings or not."""


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("believes(Ben, open())", "1 1 enter()"),  # mended by what is so
        ("believes(Ben, wary())", "1 1 enter()"),  # and in time for what hangs on it
        ("believes(Ben, at(Ann) == ?)", "1 1 leave()"),  # forgotten
        ("believes(Ben, at(Ann) == Yard)", "never"),
        ("at(Ann) == ?", "never"),
        ("believes(Ben, hears(Ben) == 1)", "1 1 knock()"),
        ("believes(Ann, hears(Ben) == 1)", "1 1 shout()"),  # between what she thinks and is told
        ("believes(Ann, hears(Ben) == 10)", "never"),  # she does not see him hear
        ("believes(Ann, hears(Ben) == 9)", "1 1 shout()"),  # told
        ("believes(Ben, hears(Ben) == 9)", "9 9 knock()"),
        ("believes(Ann, believes(Ben, hears(Ben) > 4))", "0 0"),
        ("deaf(Ben)", "1 1 knock()"),  # by a law
        ("believes(Ben, deaf(Ben))", "1 1 knock()"),  # which he knows
        ("believes(Ann, deaf(Ben))", "1 1 shout()"),  # and so does she
        ("believes(Ben, believes(Ann, in(Ben)))", "1 1 lie()"),
        ("believes(Ann, believes(Ben, in(Ann)))", "1 1 enter()"),
        ("in(Ann) & in(Ben) & hears(Ben) > 1", "2 4 enter() leave() knock()"),
        ("!open() | deaf(Ann)", "never"),
        ("believes(Ben, lit()) & lit()", "never"),  # to his mind there was light enough
        ("lit() | believes(Ben, lit())", "1 1 light()"),
    ],
)
def test_what_is_said_of_minds(wanted: str, expected: str) -> None:
    assert said(grounded(MINDS), through=[wanted]) == expected


def test_what_a_closer_look_finds_is_said() -> None:
    wanted = ["in(Ann) & in(Ben) & hears(Ben) > 1"]
    minds = grounded(MINDS)
    assert said(minds, through=wanted, within=2) == "never"
    assert said(minds, through=wanted, within=3) == "3 4 enter() leave() knock()"
    assert said(minds, through=wanted, within=4) == "2 4 enter() leave() knock()"


def test_demands_of_acts() -> None:
    ground = grounded(GATE)
    acts = {event.name: int(event.number) for event in ground.events}

    def outlook(*groups: str, never: str = "") -> tuple[int, int, list[int]] | None:
        return ground.raw.outlook(
            ground.raw.initial(),
            None,
            acts=[[acts[name] for name in group.split()] for group in groups],
            never=[acts[name] for name in never.split()],
        )

    assert outlook("leave") == (3, 3, [acts["thaw"]])
    assert outlook("sing", "thaw") == (2, 2, [acts["sing"], acts["thaw"]])
    assert outlook("sing thaw", "thaw sing") == (1, 1, [acts["sing"]])
    assert outlook("leave", never="thaw") == (4, 4, [acts["sing"]])
    assert outlook("leave", never="thaw pay sing") is None


def test_nobody_counts_on_the_author() -> None:
    ground = grounded(GATE)
    raw, ben = ground.raw, ground.character("Ben")
    outlook = raw.outlook(raw.initial(), ben, above=0.0)
    assert outlook is not None
    assert outlook[:2] == (4, 4), "pay, reach, open, leave: he does not expect a thaw"


IDLERS = """
entity Ann : character;
entity Ben : character;
entity Cat : character;
entity Dan : character;
entity Eve : character;
property alive(c : character) : boolean;
property glad() : boolean;
property fed() : boolean;
alive(Ann); alive(Ben); alive(Cat); alive(Dan); alive(Eve);
action slay(c : character) { precondition: alive(c); effect: !alive(c); consenting: Ann; };
action feed() { precondition: !fed(); effect: fed(); consenting: Cat; };
action cheer() { effect: glad(); consenting: Dan; };
action bless() { effect: glad(); };
action sulk() { effect: !glad(); consenting: Ben; };
utility(): !alive(Ben);
utility(Ann): !alive(Ben);
utility(Ben): if(!alive(Ben)) 0 else (1 + (if(fed()) 1 else 0));
utility(Cat): alive(Cat) & alive(Ben);
utility(Dan): alive(Dan);
utility(Eve): glad();
"""
"""Ann wants to slay. Cat loses if anybody does, and so never feeds Ben, who then has nothing to
gain. Dan has nothing to gain and never cheers; nobody but he and the author could make Eve glad."""


def test_who_never_consents() -> None:
    ground = grounded(IDLERS)
    idle = [who for who in ground.characters if ground.raw.never_consents(ground.character(who))]
    assert idle == ["Ben", "Cat", "Dan", "Eve"]


@given(st.one_of(worlds(), plots(), worlds(whole=True), plots(whole=True)), walks(3))
def test_those_who_never_consent_never_gain(world: Storyworld, moves: list[int]) -> None:
    """In no world that one is in, actual or imagined, does an act raise one's utility, except the
    author's or of others who never consent."""
    ground = engine(world)
    raw, events = ground.raw, ground.raw.events()
    idle = {who for who in range(len(ground.characters)) if raw.never_consents(who)}
    if not idle:
        return
    try:
        wander(raw, moves)
        for state in range(min(raw.size()["states"], 60)):
            for act in raw.possible(state):
                consenting = set(events[act][3])
                after = raw.apply(state, act)
                for who in idle:
                    if consenting and (who in consenting or not consenting & idle):
                        before, then = raw.utility(state, who), raw.utility(after, who)
                        gained = before is not None and then is not None and then > before
                        assert not gained, f"{ground.events[act]} pleases {ground.characters[who]}"
    except EngineError:
        reject()
