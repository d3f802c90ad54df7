"""Why somebody would begin with an act: judged by trying everything, and the same whatever was
asked before."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from random import Random

import pytest
from hypothesis import given, note, reject
from hypothesis import strategies as st

from tests.agreement import Sides, Undefined
from tests.planning.worlds import COUNTING, GATE, grounded
from tests.reference.expressions import IllFormed
from tests.reference.semantics import Event
from tests.reference.semantics import State as Believed
from tests.reference.validity import Limits, Validity
from tests.strategies import choose, plots, walks, worlds
from unspoken.engine import EngineError, GroundEvent, GroundWorld, Reason, State
from unspoken.language import to_text
from unspoken.model import Storyworld

PLENTY = 1_000_000


@given(plots(), st.sampled_from([(1, 0), (3, 1), (3, 2), (4, 1)]), walks(2))
def test_trying_everything_agrees(
    world: Storyworld, limits: tuple[int, int], walk: list[int]
) -> None:
    note(to_text(world))
    try:
        sides = Sides(world)
    except Undefined:
        reject()
    sides.leave_out_what_never_changes_anything()
    far, deep = limits
    everything = Validity(sides.judge)
    plain = Validity(sides.judge, shortest_reasons=True)
    raw = sides.raw
    here, there = sides.start
    try:
        for move in walk:
            for who in sides.engine.characters:
                believed, number = here.mind(who), raw.mind(there, sides.engine.character(who))
                for event, act in sides.possible(believed, number):
                    if who not in event.consenting:
                        continue
                    found = raw.reason(
                        number,
                        sides.engine.character(who),
                        act,
                        character_limit=far,
                        epistemic_limit=deep,
                        work=PLENTY,
                    )
                    asked = event, believed, 1, 1, Limits(0, far, deep)
                    if found is None:
                        assert not list(plain.explanations(who, *asked)), (who, event.name)
                    else:
                        acts = [str(sides.engine.events[place]) for place in found[0]]
                        known = [
                            list(map(str, r.rest)) for r in everything.explanations(who, *asked)
                        ]
                        assert acts in known, (who, event.name)
            options = list(sides.successors(here, there))
            if not options:
                break
            _, here, there = choose(move, options)
    except (IllFormed, EngineError):
        reject()


@given(plots(), walks(3))
def test_trying_everything_without_some_steps_agrees(world: Storyworld, walk: list[int]) -> None:
    """One deed of its own after the other is taken from the ways that are found. (Others do a
    single act each here, so nobody imagines the deeds.)"""
    note(to_text(world))
    try:
        sides = Sides(world)
    except Undefined:
        reject()
    sides.leave_out_what_never_changes_anything()
    here, there = sides.start
    try:
        for who in sides.engine.characters:
            believed = here.mind(who)
            number = sides.raw.mind(there, sides.engine.character(who))
            for event, act in sides.possible(believed, number):
                if who in event.consenting:
                    without_some_steps(sides, who, (believed, event), (number, act), walk)
    except (IllFormed, EngineError):
        reject()


def without_some_steps(
    sides: Sides, who: str, here: tuple[Believed, Event], there: tuple[int, int], walk: list[int]
) -> None:
    raw, judge = sides.raw, sides.judge
    without: list[tuple[Believed, Event]] = []
    numbers: list[tuple[int, int]] = []
    for move in walk:
        found = raw.reason(
            there[0],
            sides.engine.character(who),
            there[1],
            character_limit=4,
            epistemic_limit=1,
            work=PLENTY,
            without=numbers,
        )
        asked = here[1], here[0], 1, 1, Limits(0, 4, 1)
        plain = Validity(judge, without=without, shortest_reasons=True).explanations(who, *asked)
        if found is None:
            assert not plain
            return
        ways = Validity(judge, without=without).explanations(who, *asked)
        acts = [str(sides.engine.events[place]) for place in found[0]]
        (way, *_) = (one.rest for one in ways if list(map(str, one.rest)) == acts)
        own = []
        state, place = judge.apply(*here), raw.apply(*there)
        for step, later in zip(way, found[0], strict=True):
            if list(step.act.consenting) == [who]:
                own.append(((state, step.act), (place, later)))
            state, place = judge.apply(state, step.act), raw.apply(place, later)
        if not own:
            return
        chosen = choose(move, own)
        without.append(chosen[0])
        numbers.append(chosen[1])


Asked = tuple[State, str, GroundEvent, int, int, int]


def questions(ground: GroundWorld, walk: Sequence[int]) -> Iterator[Asked]:
    """Everybody's options along a walk, with several limits and amounts of work."""
    state: State = ground.initial
    for move in walk:
        for who in ground.characters:
            believed = state.mind(who)
            for act in believed.options(who):
                for work in (1, 5, 40, 300):
                    for far, deep in ((1, 0), (3, 1), (4, 2)):
                        yield believed, who, act, far, deep, work
        possible = state.possible()
        if possible:
            state = state.after(choose(move, possible))


def ask(ground: GroundWorld, asked: Asked) -> Reason | None:
    believed, who, act, far, deep, work = asked
    return ground.reason(believed, who, act, character_limit=far, epistemic_limit=deep, work=work)


def said(reason: Reason | None) -> object:
    """What does not depend on the engine that said it."""
    if reason is None:
        return None
    acts = [str(act) for act in reason.acts]
    return reason.who, str(reason.first), acts, reason.before, reason.after


@given(st.one_of(plots(), worlds()), walks(3), st.randoms(use_true_random=False))
def test_the_order_of_asking_makes_no_difference(
    world: Storyworld, walk: list[int], random: Random
) -> None:
    note(to_text(world))
    try:
        one, other = GroundWorld(world), GroundWorld(world)
        in_order = list(questions(one, walk))
        shuffled = list(enumerate(questions(other, walk)))
        random.shuffle(shuffled)
        answers = [said(ask(one, asked)) for asked in in_order]
        others = {place: said(ask(other, asked)) for place, asked in shuffled}
    except EngineError:
        reject()
    assert answers == [others[place] for place in range(len(answers))]


def test_what_is_in_a_reason() -> None:
    ground = grounded(GATE)
    pay = ground.action("pay()")
    reason = ground.reason(
        ground.initial.mind("Ann"), "Ann", pay, character_limit=4, epistemic_limit=2, work=PLENTY
    )
    assert reason is not None
    assert (reason.who, reason.first, reason.before, reason.after) == ("Ann", pay, 0.0, 2.0)
    assert [str(act) for act in reason.acts] == ["reach()", "open()"]


@pytest.mark.parametrize(("far", "deep"), [(2, 2), (4, 1), (4, 0)])
def test_limits_cut_it_off(far: int, deep: int) -> None:
    ground = grounded(GATE)
    asked = ground.initial.mind("Ann"), "Ann", ground.action("pay()"), far, deep, PLENTY
    assert ask(ground, asked) is None


def test_so_much_work_and_no_less_finds_it_whatever_was_asked() -> None:
    used = grounded(GATE)

    def found(ground: GroundWorld, work: int) -> bool:
        pay = ground.action("pay()")
        return ask(ground, (ground.initial.mind("Ann"), "Ann", pay, 4, 2, work)) is not None

    assert found(used, PLENTY)
    enough = next(work for work in itertools.count() if found(used, work))
    assert 10 < enough < 1000
    for work in (0, 1, enough // 2, enough - 1, enough, enough + 1):
        fresh = grounded(GATE)
        ask(fresh, (fresh.initial.mind("Ben"), "Ben", fresh.action("sing()"), 5, 3, PLENTY))
        assert found(fresh, work) == (work >= enough)
        assert found(fresh, PLENTY), "more work is worked with"
        assert found(fresh, work) == (work >= enough)


def test_a_world_without_end_is_left_in_time() -> None:
    ground = grounded(COUNTING)
    rest = ground.action("rest(Ann)")
    asked = ground.initial.mind("Ann"), "Ann", rest, 1000, 1000, 5000
    assert ask(ground, asked) is None


def test_what_is_impossible_has_no_reason() -> None:
    ground = grounded(GATE)
    leave = ground.action("leave()")
    assert ask(ground, (ground.initial.mind("Ben"), "Ben", leave, 3, 1, PLENTY)) is None
    with pytest.raises(EngineError) as raised:
        ask(ground, (ground.initial, "Ben", ground.mint([((), "paid()", True)]), 3, 1, PLENTY))
    assert raised.value.args[0] == "unknown-action"
