"""Laws of choice, over options made up by the dozen."""

from __future__ import annotations

from itertools import pairwise
from math import exp
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from unspoken.chronicle.events import Motive, Weighed
from unspoken.simulation.choice import (
    MOST_PRESSURE,
    NEAR,
    WAIT,
    Disposition,
    Option,
    Pressure,
    choose,
    daring,
    desire,
    lost,
    pressure_after,
    takes_part,
    under_way,
    weigh,
)

SHARES = st.integers(1, 20).map(lambda twentieths: twentieths / 20)
NAMES = st.sampled_from(["near(A)", "safe(A)", "known(A)", "glad(B)"])


def motives(sign: int) -> st.SearchStrategy[tuple[Motive, ...]]:
    one = st.builds(
        Motive,
        st.sampled_from(["wish", "utility"]) if sign > 0 else st.sampled_from(["wish", "norm"]),
        NAMES,
        SHARES.map(lambda share: sign * share),
    )
    return st.lists(one, max_size=3, unique_by=lambda m: (m.kind, m.name)).map(tuple)


def options(of: str = "abcde") -> st.SearchStrategy[list[Option]]:
    one = st.builds(
        Option,
        st.sampled_from([f"{act}()" for act in of]),
        motives(1),
        motives(-1),
        st.lists(st.sampled_from(["honest(A)", "kind(A)"]), max_size=1).map(tuple),
        SHARES,
    )
    return st.lists(one, max_size=len(of), unique_by=lambda option: option.act)


dispositions = st.builds(
    Disposition,
    who=st.just("A"),
    seed=st.integers(0, 5),
    round=st.integers(0, 5),
    temperature=st.sampled_from([0.0, 0.3]),
    under_way=st.sampled_from([(), ("a()",), ("b()", "c()")]),
    pressure=st.dictionaries(
        st.sampled_from(["a()", "b()"]), st.tuples(SHARES, st.integers(0, 5)), max_size=2
    ).map(Pressure),
)


@given(options(), dispositions, st.randoms(use_true_random=False))
def test_the_order_of_options_decides_nothing(
    offered: list[Option], disposition: Disposition, dice: Random
) -> None:
    shuffled = dice.sample(offered, len(offered))
    assert choose(shuffled, disposition) == choose(offered, disposition)


@given(options("abc"), options("xyz"), dispositions)
def test_options_that_nothing_speaks_for_change_nothing(
    offered: list[Option], others: list[Option], disposition: Disposition
) -> None:
    hopeless = [replace(other, pulls=()) for other in others]
    assert choose([*offered, *hopeless], disposition) == choose(offered, disposition)


@given(options("abc"), dispositions)
def test_an_option_that_nobody_would_take_moves_no_dice(
    offered: list[Option], disposition: Disposition
) -> None:
    spurned = Option("z()", (Motive("wish", "near(A)", 1e-6),), (Motive("norm", "n(A)", -1000.0),))
    spurned = replace(spurned, daring=0.0)
    before, after = choose(offered, disposition), choose([*offered, spurned], disposition)
    assert after.chosen == before.chosen
    assert before.runner_up is None or after.runner_up == before.runner_up


@given(options(), dispositions)
def test_a_motive_found_twice_counts_once(offered: list[Option], disposition: Disposition) -> None:
    doubled = [replace(one, pulls=one.pulls * 2, restraints=one.restraints * 2) for one in offered]
    assert choose(doubled, disposition) == choose(offered, disposition)


def test_the_same_motive_for_another_reason_counts_again() -> None:
    sure = Motive("wish", "near(A)", 0.3, ("p()",), 0.5)
    other = replace(sure, supposing=("!p()",))
    assert weigh(Option("a()", (sure, other)), Disposition("A")).pull == 0.6


@given(options(), dispositions)
def test_absolute_norms_are_never_broken(offered: list[Option], disposition: Disposition) -> None:
    decision = choose(offered, disposition)
    assert not decision.chosen.forbidden
    assert decision.runner_up is None or not decision.runner_up.forbidden


@given(options(), dispositions)
def test_deed_and_wish(offered: list[Option], disposition: Disposition) -> None:
    """Without noise the deed is worth most of all that is allowed; the wish is pulled at most, and
    is only kept where something held it back."""
    disposition = replace(disposition, temperature=0.0)
    decision = choose(offered, disposition)
    weighed = [weigh(one, disposition) for one in offered]
    allowed = [one.total for one in weighed if not one.forbidden and desire(one) > 0]
    assert decision.chosen.total == max([0.0, *allowed])
    greatest = max((desire(one) for one in weighed), default=0.0)
    wished = decision.wished
    if wished is not None:
        assert desire(wished) == greatest > 0
        assert wished.restraints or wished.forbidden
        assert wished.pull > decision.chosen.pull
        assert wished.act != decision.chosen.act
    elif not disposition.under_way:
        assert desire(decision.chosen) == greatest
    if decision.torn:
        assert decision.chosen.act == WAIT
        assert greatest > 0


@given(options(), dispositions)
def test_a_near_thing_is_a_hesitation(offered: list[Option], disposition: Disposition) -> None:
    decision = choose(offered, replace(disposition, temperature=0.0))
    if decision.runner_up is None:
        assert not decision.hesitated
    else:
        gap = decision.chosen.total - decision.runner_up.total
        assert gap >= 0
        assert decision.hesitated == (gap < NEAR)


def test_two_absolutes_leave_only_waiting() -> None:
    pull = (Motive("wish", "near(A)", 0.8),)
    speak = Option("speak()", pull, forbidden=("hidden(A)",))
    lie = Option("lie()", (Motive("wish", "near(A)", 0.5),), forbidden=("honest(A)",))
    decision = choose([speak, lie], Disposition("A"))
    assert decision.chosen.act == WAIT
    assert decision.torn == ("hidden(A)", "honest(A)")
    assert decision.wished is not None
    assert decision.wished.act == "speak()"
    free = Option("hum()", (Motive("wish", "calm(A)", 0.01),))
    assert choose([speak, lie, free], Disposition("A")).torn == ()
    assert choose([speak], Disposition("A")).torn == (), "one collides with nothing"


def test_ties_go_by_text() -> None:
    pull = (Motive("wish", "near(A)", 0.8),)
    tied = [Option("b()", pull), Option("a()", pull)]
    decision = choose(tied, Disposition("A"))
    assert (decision.chosen.act, decision.hesitated) == ("a()", True)


def test_restraints_weigh_by_daring() -> None:
    option = Option("a()", (Motive("wish", "near(A)", 0.5),), (Motive("norm", "n(A)", -0.4),))
    totals = {
        share: weigh(replace(option, daring=share), Disposition("A")).total
        for share in (0.0, 0.5, 1.0)
    }
    assert totals[0.0] == 0.5 - 0.8
    assert totals[0.5] == 0.5 - 0.4
    assert totals[1.0] == 0.5


@given(SHARES, SHARES, SHARES)
def test_mood_gives_daring_and_anxiety_takes_it(base: float, mood: float, anxiety: float) -> None:
    assert 0 <= daring(base, -mood) <= daring(base) <= daring(base, mood) <= 1
    assert daring(base, mood) - daring(base) <= 0.2 + 1e-9
    assert daring(base, 0, anxiety) <= daring(base)
    assert daring(base, 0, 1.0) == 0


def test_affection_overtakes_anxiety_exactly_once() -> None:
    """The level rises by steps: first she waits, from some step on she speaks."""
    deeds = []
    for level in range(11):
        pull = (Motive("wish", "near(A)", 0.1 * level),) if level else ()
        option = Option("speak()", pull, (Motive("norm", "hidden(A)", -0.45),))
        deeds.append(choose([option], Disposition("A")).chosen.act)
    assert deeds[0] == WAIT
    assert deeds[-1] == "speak()"
    assert sum(1 for one, other in pairwise(deeds) if one != other) == 1


def test_being_about_it_already_cuts_dithering() -> None:
    """Two acts alternately a hair better; with steadiness, she sticks to what she is about."""

    def switches(steadiness: float) -> int:
        doing, count = "", 0
        for turn in range(100):
            pulls = {"a()": 0.5 + 0.02 * (turn % 2), "b()": 0.51}
            offered = [Option(act, (Motive("wish", "w(A)", p),)) for act, p in pulls.items()]
            disposition = Disposition("A", steadiness=steadiness, under_way=(doing,))
            done = choose(offered, disposition).chosen.act
            count += done != doing
            doing = done
        return count

    assert switches(0.0) == 100
    assert switches(0.05) == 1


def test_noise_falls_as_softmax_says() -> None:
    offered = [
        Option("a()", (Motive("wish", "near(A)", 0.6),)),
        Option("b()", (Motive("wish", "near(A)", 0.4),)),
    ]
    draws, falls = 20_000, {"": 0, "a()": 0, "b()": 0}
    for seed in range(draws):
        falls[choose(offered, Disposition("A", seed, temperature=0.5)).chosen.act] += 1
    weights = {"": 1.0, "a()": exp(1.2), "b()": exp(0.8)}
    for act, weight in weights.items():
        assert abs(falls[act] / draws - weight / sum(weights.values())) < 0.01


# Pressure


@given(st.lists(st.tuples(SHARES.map(lambda s: 3 * s), st.integers(0, 9)), max_size=30))
def test_pressure_is_capped(deposits: list[tuple[float, int]]) -> None:
    pressure = Pressure()
    for amount, round in sorted(deposits, key=lambda one: one[1]):
        pressure = pressure.deposit("a()", amount, round)
        assert 0 <= pressure.level("a()", round) <= MOST_PRESSURE


@given(SHARES, st.integers(0, 40))
def test_pressure_halves_in_eight_rounds(amount: float, later: int) -> None:
    pressure = Pressure({"a()": (amount, 3)})
    assert abs(pressure.level("a()", 3 + later + 8) - pressure.level("a()", 3 + later) / 2) < 1e-12


def test_pressure_is_spent_by_doing() -> None:
    pressure = Pressure({"a()": (0.5, 0), "b()": (0.25, 0)})
    option = Option("a()", (Motive("wish", "near(A)", 0.5),))
    done = choose([option], Disposition("A", pressure=pressure))
    after = pressure_after(pressure, done, 0)
    assert (after.level("a()", 0), after.level("b()", 0)) == (0.0, 0.25)


def test_what_is_held_back_breaks_out() -> None:
    """Near by 0.6 pulls, 0.75 restrains: nothing happens for some turns, then it does, and after
    that the pressure is gone."""
    option = Option(
        "speak()", (Motive("wish", "near(A)", 0.6),), (Motive("norm", "hidden(A)", -0.95),)
    )
    pressure, deeds = Pressure(), []
    for round in range(12):
        decision = choose([option], Disposition("A", round=round, pressure=pressure))
        deeds.append(decision.chosen.act)
        if decision.chosen.act == WAIT:
            assert decision.wished is not None
            assert lost(decision) == 0.6, "pressure does not feed on itself"
        pressure = pressure_after(pressure, decision, round)
        assert (pressure.level("speak()", round) == 0) == (decision.chosen.act == "speak()")
    assert deeds.index("speak()") == 3
    assert deeds.count("speak()") < len(deeds) - 3, "and it has to build up again"


def test_what_is_not_wished_for_does_not_break_out() -> None:
    option = Option("speak()", (), (Motive("norm", "hidden(A)", -0.1),))
    pressure = Pressure({"speak()": (1.0, 0)})
    assert choose([option], Disposition("A", pressure=pressure)).chosen.act == WAIT


# What follows from a decision


def test_the_intention_under_way_is_that_of_the_strongest_reason() -> None:
    near = Motive("wish", "near(A)", 0.8, then=("climb(A)", "knock(A)"))
    warm = Motive("wish", "warm(A)", 0.2, then=("sit(A)",))
    decision = choose([Option("go(A)", (warm, near))], Disposition("A"))
    assert under_way(decision) == ("climb(A)", "knock(A)")


def test_somebody_asked_takes_part_unless_it_is_against_them() -> None:
    assert takes_part(Weighed("a()"))
    assert takes_part(Weighed("a()", (Motive("wish", "w(A)", 0.2),)))
    assert not takes_part(Weighed("a()", (), (Motive("wish", "w(A)", -0.2),)))
    assert not takes_part(Weighed("a()", (Motive("wish", "w(A)", 1.0),), (), ("honest(A)",)))
