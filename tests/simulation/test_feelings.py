"""What is felt as time goes by: feelings fade, combine and are kept; mood and drives follow."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from unspoken.chronicle.events import EventNumber
from unspoken.model import FEELINGS, Drive, Property, Variable
from unspoken.model.inner import FeelingSettings
from unspoken.simulation.drives import Moved, push
from unspoken.simulation.fading import combined, faded
from unspoken.simulation.feelings import FAINT, Feeling, Feelings
from unspoken.simulation.mood import HALF_LIFE, Mood

strengths = st.floats(0.0, 1.0)
rounds = st.integers(0, 30)


def feeling(
    word: str = "joy",
    strength: float = 0.5,
    cause: int = 1,
    *,
    about: str = "near(A, B)",
    toward: str | None = None,
    round: int = 0,
    most: float = 1.0,
) -> Feeling:
    return Feeling(word, strength, EventNumber(cause), about, toward, round, ("wish", about), most)


feelings = st.builds(
    feeling,
    st.sampled_from(FEELINGS),
    strengths,
    st.integers(1, 4),
    about=st.sampled_from(("a()", "b()")),
    toward=st.none() | st.sampled_from(("Ann", "Ben")),
    most=st.sampled_from((0.3, 0.8, 1.0)),
)


def test_half_is_left_after_a_half_life() -> None:
    felt = Feelings(settings=FeelingSettings(half_life=4.0)).added([feeling()], 0)
    assert [felt.strength("joy", round) for round in (0, 4, 8)] == pytest.approx([0.5, 0.25, 0.125])
    assert felt.strength("joy", 12) == 0.0  # below the floor


def test_an_earlier_round_knows_no_more_than_the_first() -> None:
    felt = Feelings().added([feeling(round=5)], 5)
    assert felt.strength("joy", 3) == 0.5


@given(st.lists(feelings), rounds, rounds)
def test_feelings_only_fade(new: list[Feeling], first: int, later: int) -> None:
    felt = Feelings().added(new, 0)
    first, later = sorted((first, later))
    for word in FEELINGS:
        assert 0 <= felt.strength(word, later) <= felt.strength(word, first) <= 1
    assert len(felt.felt(later)) <= len(felt.felt(first))


@given(st.lists(feelings), rounds)
def test_reading_changes_nothing(new: list[Feeling], round: int) -> None:
    felt = Feelings().added(new, 0)
    same = Feelings().added(new, 0)
    for i in range(round):
        felt.felt(i)
        felt.strength("joy", i)
        felt.on(("wish", "a()"), i)
    assert felt == same
    assert felt.felt(round) == same.felt(round)


@given(st.lists(feelings), st.randoms())
def test_order_of_arrival_decides_nothing(new: list[Feeling], random) -> None:  # type: ignore[no-untyped-def]
    mixed = random.sample(new, len(new))
    assert Feelings().added(new, 0) == Feelings().added(mixed, 0)
    assert Mood().nudged(new, 0) == Mood().nudged(mixed, 0)


def test_another_cause_adds_up_to_what_the_wish_weighs() -> None:
    felt = Feelings()
    seen = []
    for i in range(1000):
        felt = felt.added([feeling("hope", 0.2, i, most=0.5)], 0)
        seen.append(felt.strength("hope", 0))
    assert seen[:4] == pytest.approx([0.2, 0.36, 0.488, 0.5])
    assert max(seen) == 0.5
    assert len(felt.kept) == 1


def test_one_cause_counts_once() -> None:
    felt = Feelings()
    for strength in (0.2, 0.4, 0.3):
        felt = felt.added([feeling("hope", strength, 7)], 0)
    assert felt.strength("hope", 0) == pytest.approx(0.4)


def test_the_latest_cause_is_kept() -> None:
    felt = Feelings().added([feeling(cause=1)], 0).added([feeling(cause=2, round=1)], 1)
    assert [(one.cause, one.round) for one in felt.kept] == [(2, 1)]


def test_the_same_word_about_other_things_is_taken_together() -> None:
    felt = Feelings().added([feeling(about="a()"), feeling(about="b()")], 0)
    assert felt.strength("joy", 0) == pytest.approx(0.75)
    assert len(felt.felt(0)) == 2


def test_toward_whom() -> None:
    felt = Feelings().added([feeling(toward="Ann"), feeling(toward="Ben", strength=0.3)], 0)
    assert felt.strength("joy", 0, "Ben") == 0.3
    assert felt.strength("joy", 0, "Cat") == 0.0


def test_a_compound_is_also_what_it_is_made_of() -> None:
    felt = Feelings().added([feeling("anger")], 0)
    assert felt.strength("distress", 0) == felt.strength("reproach", 0) == 0.5
    assert felt.strength("joy", 0) == 0.0


def test_hidden_words_and_the_floor() -> None:
    settings = FeelingSettings(hidden=("gloating",), floor=0.2)
    felt = Feelings(settings=settings).added([feeling("gloating"), feeling("joy", 0.19)], 0)
    assert felt.felt(0) == ()
    # But what is too weak to be felt may add up.
    assert [one.word for one in felt.added([feeling("joy", 0.19, 2)], 0).felt(0)] == ["joy"]


def test_the_faint_is_forgotten() -> None:
    felt = Feelings().added([feeling(strength=FAINT / 2)], 0)
    assert felt.kept == ()
    felt = Feelings().added([feeling(strength=0.5)], 0).added([feeling("hope", round=99)], 99)
    assert [one.word for one in felt.kept] == ["hope"]


def test_a_word_that_is_none() -> None:
    with pytest.raises(ValueError, match="glee"):
        Feelings().added([feeling("glee")], 0)
    plain = Feelings().added([feeling()], 0).to_plain()
    with pytest.raises(ValueError, match="glee"):
        Feelings.from_plain([{**plain[0], "word": "glee"}])


@given(st.lists(feelings), rounds)
def test_what_is_saved_comes_back(new: list[Feeling], round: int) -> None:
    settings = FeelingSettings(half_life=3.0)
    felt = Feelings(settings=settings).added(new, 0)
    saved = json.loads(json.dumps(felt.to_plain()))
    assert Feelings.from_plain(saved, settings) == felt
    mood = Mood().nudged(new, round)
    assert Mood.from_plain(json.loads(json.dumps(mood.to_plain()))) == mood
    moved = Moved(3, round)
    assert Moved.from_plain(json.loads(json.dumps(moved.to_plain()))) == moved


def test_what_a_feeling_is_made_of_and_rests_on_is_saved() -> None:
    lie = ("lie", ("loves(Ann, Ben)", "True"), ("Ann", "loves(Ben, Ann)", "False"))
    parts = (feeling("distress"), replace(feeling("guilt"), basis=lie))
    whole = replace(feeling("remorse"), parts=parts)
    felt, _ = Feelings().added([whole, replace(parts[1], cause=EventNumber(2))], 0).noticed((), 0)
    assert [one.low for one in felt.kept] == [0.5, 0.5]
    assert Feelings.from_plain(json.loads(json.dumps(felt.to_plain()))) == felt


def test_what_version_2_saved_is_still_read() -> None:
    """Of a lie it kept one untruth, flat; of no feeling how strong it was when last noticed."""
    (plain,) = Feelings().added([feeling("guilt")], 0).to_plain()
    del plain["low"]
    (felt,) = Feelings.from_plain([{**plain, "basis": ["lie", "Ann", "at(Ben)", "?"]}]).kept
    assert felt.basis == ("lie", ("Ann", "at(Ben)", "?"))
    assert Feelings((felt,)).noticed((), 0)[1] == ()


@given(st.lists(strengths))
def test_combining_never_sums(given: list[float]) -> None:
    together = combined(*given)
    assert max(given, default=0.0) - 1e-12 <= together <= min(1.0, sum(given)) + 1e-12


def test_what_never_fades() -> None:
    assert faded(0.7, 1000, None) == 0.7
    assert faded(0.7, 1, 0) == 0.0


# Mood.


@given(st.lists(st.lists(feelings, max_size=4), max_size=20))
def test_mood_keeps_its_bounds(felt: list[list[Feeling]]) -> None:
    mood = Mood()
    for round, together in enumerate(felt):
        mood = mood.nudged(together, round)
        assert -1 <= mood.valence <= 1
        assert -1 <= mood.arousal <= 1


def test_mood_follows_slowly_and_forgets_slowly() -> None:
    mood = Mood().nudged([feeling("distress", 1.0)], 3)
    assert (mood.valence, mood.arousal) == pytest.approx((-0.25, -0.0625))
    assert mood.at(3 + int(HALF_LIFE)).valence == pytest.approx(mood.valence / 2)
    assert mood.nudged([feeling("joy", 1.0)], 4).valence > mood.valence
    assert mood.nudged([], 9) == mood


@given(st.lists(feelings, min_size=1), rounds, rounds)
def test_mood_only_fades(felt: list[Feeling], first: int, later: int) -> None:
    mood = Mood().nudged(felt, 0)
    first, later = sorted((first, later))
    assert abs(mood.at(later).valence) <= abs(mood.at(first).valence) + 1e-12
    assert mood.at(first).at(later).valence == pytest.approx(mood.at(later).valence)


# Drives.

WHO, WHOM = Variable("who", "character"), Variable("whom", "character")
AFFECTION = Drive(
    Property("affection", (WHO, WHOM), "number"),
    low=0,
    high=10,
    baseline=4,
    half_life=5.0,
    role="liking",
    moved_by=(("gratitude", 2), ("anger", -3), ("distress", -1)),
)
ANXIETY = replace(
    AFFECTION, property=Property("anxiety", (WHO,), "number"), moved_by=(("dread", 4),)
)


def test_feelings_push_drives() -> None:
    assert push(AFFECTION, "Ann", [feeling("gratitude", 1.0, toward="Ann")]) == 2
    assert push(AFFECTION, "Ann", [feeling("gratitude", 0.7, toward="Ann")]) == 1
    assert push(AFFECTION, "Ann", [feeling("gratitude", 0.2, toward="Ann")]) == 0
    assert push(AFFECTION, "Ann", [feeling("anger", 0.5, toward="Ann")]) == -2
    assert push(AFFECTION, "Ann", [feeling("gratitude", 1.0, toward="Ben")]) == 0
    assert push(AFFECTION, "Ann", [feeling("hope", 1.0, toward="Ann")]) == 0
    assert push(ANXIETY, None, [feeling("dread", 1.0, toward="Ben")]) == 4


def test_a_compound_that_is_not_named_pushes_as_its_part() -> None:
    assert push(AFFECTION, "Ann", [feeling("remorse", 1.0, toward="Ann")]) == -1
    assert push(AFFECTION, "Ann", [feeling("anger", 1.0, toward="Ann")]) == -3


def test_one_cause_pushes_no_more_than_one_feeling_can() -> None:
    many = [feeling("anger", 1.0, about=f"{i}", toward="Ann") for i in range(5)]
    assert push(AFFECTION, "Ann", many) == -3
    other = [replace(one, cause=EventNumber(2)) for one in many]
    assert push(AFFECTION, "Ann", [*many, *other]) == -6


def test_drives_drift_home() -> None:
    moved = Moved(10, 0)
    assert [moved.at(AFFECTION, round) for round in (0, 5, 10, 15, 60)] == [10, 7, 6, 5, 4]
    assert Moved(0, 0).at(AFFECTION, 5) == 2
    assert Moved(10, 0).at(replace(AFFECTION, half_life=None), 60) == 10


def test_drives_stay_within_bounds() -> None:
    assert Moved(9, 0).pushed(AFFECTION, 5, 0) == Moved(10, 0)
    assert Moved(1, 0).pushed(AFFECTION, -5, 0) == Moved(0, 0)


def test_a_push_starts_from_where_the_drive_has_drifted_to() -> None:
    assert Moved(10, 0).pushed(AFFECTION, 1, 5) == Moved(8, 5)
    assert Moved(10, 0).pushed(AFFECTION, 0, 5) == Moved(10, 0)


@given(st.integers(0, 10), rounds, rounds)
def test_drifting_is_monotone_and_reading_changes_nothing(
    level: int, first: int, later: int
) -> None:
    moved = Moved(level, 0)
    first, later = sorted((first, later))
    away = [abs(moved.at(AFFECTION, round) - AFFECTION.baseline) for round in (first, later)]
    assert away[0] >= away[1]


@given(st.integers(0, 400), st.floats(0.1, 100.0))
def test_fading_is_by_halves(rounds: int, half_life: float) -> None:
    """As exact as the machine's own power is, without it."""
    assert faded(1.0, rounds, half_life) == pytest.approx(0.5 ** (rounds / half_life), rel=1e-13)
