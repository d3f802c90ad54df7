"""The table of feelings: every row fires where it should, and not one step beside; and its laws."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from unspoken.chronicle.events import EventNumber
from unspoken.model import FEELINGS
from unspoken.model.inner import FeelingSettings
from unspoken.simulation.appraisal import (
    SETTLED,
    TURNS,
    Appraised,
    Concern,
    Concerns,
    appraise,
)
from unspoken.simulation.feelings import FAINT, PARTS, PLEASANT, Basis, Feeling, Feelings
from unspoken.simulation.mood import PLACES
from unspoken.simulation.rows import (
    COMPOUNDS,
    ROWS,
    Attribution,
    Deed,
    Encounter,
    Eyes,
    Fortune,
    Input,
    Prospect,
    Rivalry,
    Thwarted,
    words,
)

# Every row: an input at which it fires, and inputs one step beside, at which it does not.
BY_ANN, BY_ME = Deed("Ann", "kind(Me)", -0.5), Deed("Me", "kind(Me)", -0.5)
WELL_ANN, WELL_ME = replace(BY_ANN, weight=0.5), replace(BY_ME, weight=0.5)
TABLE: tuple[tuple[str, Input, tuple[Input, ...]], ...] = (
    (
        "hope(good=True, settled=False)",
        Prospect(0.5, 0.0, 0.99),
        (Prospect(0.5, 0.5, 0.5), Prospect(0.5, 0.5, 1.0), Prospect(0.5, 0.5, 0.4)),
    ),
    (
        "fear(good=False, settled=False)",
        Prospect(0.5, 1.0, 0.01),
        (Prospect(0.5, 0.5, 0.5), Prospect(0.5, 0.5, 0.0), Prospect(0.5, 0.5, 0.6)),
    ),
    (
        "joy(good=True, settled=True)",
        Prospect(0.5, 0.99, 1.0),
        (Prospect(0.5, 0.5, 0.99), Prospect(-0.5, 0.5, 1.0), Prospect(0.5, 1.0, 1.0)),
    ),
    (
        "satisfaction(good=True, settled=True, expected=hoped)",
        Prospect(0.5, 0.6, 1.0, "hoped"),
        (
            Prospect(0.5, 0.6, 1.0, "open"),
            Prospect(0.5, 0.6, 1.0, "feared"),
            Prospect(0.5, 0.6, 0.9, "hoped"),
            Prospect(0.5, 0.6, 0.0, "hoped"),
        ),
    ),
    (
        "relief(good=True, settled=True, expected=feared)",
        Prospect(-0.5, 0.6, 0.0, "feared"),
        (
            Prospect(-0.5, 0.6, 0.0, "open"),
            Prospect(-0.5, 0.6, 0.0, "hoped"),
            Prospect(-0.5, 0.6, 0.1, "feared"),
            Prospect(-0.5, 0.6, 1.0, "feared"),
        ),
    ),
    (
        "distress(good=False, settled=True)",
        Prospect(0.5, 0.01, 0.0),
        (Prospect(0.5, 0.5, 0.01), Prospect(-0.5, 0.5, 0.0), Prospect(0.5, 0.0, 0.0)),
    ),
    (
        "disappointment(good=False, settled=True, expected=hoped)",
        Prospect(0.5, 0.6, 0.0, "hoped"),
        (
            Prospect(0.5, 0.6, 0.0, "open"),
            Prospect(0.5, 0.6, 0.0, "feared"),
            Prospect(0.5, 0.6, 0.1, "hoped"),
            Prospect(0.5, 0.6, 1.0, "hoped"),
        ),
    ),
    (
        "disappointment(reckoned_on=True)",
        Thwarted(0.5),
        (Thwarted(0.0),),
    ),
    (
        "fears_confirmed(good=False, settled=True, expected=feared)",
        Prospect(0.5, 0.4, 0.0, "feared"),
        (
            Prospect(0.5, 0.4, 0.0, "open"),
            Prospect(0.5, 0.4, 0.0, "hoped"),
            Prospect(0.5, 0.4, 0.1, "feared"),
            Prospect(0.5, 0.4, 1.0, "feared"),
        ),
    ),
    (
        "reproach(good=False, own=False)",
        Attribution(BY_ANN, own=False),
        (
            Attribution(BY_ANN, own=True),
            Attribution(WELL_ANN, own=False),
            Attribution(replace(BY_ANN, weight=0.0), own=False),
        ),
    ),
    (
        "admiration(good=True, own=False)",
        Attribution(WELL_ANN, own=False),
        (
            Attribution(WELL_ME, own=True),
            Attribution(BY_ANN, own=False),
            Attribution(replace(BY_ANN, weight=0.0), own=False),
        ),
    ),
    (
        "guilt(good=False, own=True, face=False)",
        Attribution(BY_ME, own=True),
        (
            Attribution(BY_ME, own=False),
            Attribution(WELL_ME, own=True),
            Attribution(replace(BY_ME, face=True), own=True),
        ),
    ),
    (
        "shame(good=False, own=True, face=True)",
        Attribution(replace(BY_ME, face=True), own=True),
        (
            Attribution(replace(BY_ME, face=True), own=False),
            Attribution(replace(WELL_ME, face=True), own=True),
            Attribution(BY_ME, own=True),
        ),
    ),
    (
        "shame(good=False, own=True, onlookers=True)",
        Attribution(replace(BY_ME, onlookers=True), own=True),
        (
            Attribution(replace(BY_ME, onlookers=True), own=False),
            Attribution(replace(WELL_ME, onlookers=True), own=True),
            Attribution(BY_ME, own=True),
        ),
    ),
    (
        "pride(good=True, own=True)",
        Attribution(WELL_ME, own=True),
        (
            Attribution(WELL_ANN, own=False),
            Attribution(BY_ME, own=True),
            Attribution(replace(BY_ME, weight=0.0), own=True),
        ),
    ),
    (
        "happy_for(good=True, settled=True, liked=True)",
        Fortune(0.5, 1.0, 0.0, 1.0),
        (
            Fortune(0.0, 1.0, 0.0, 1.0),
            Fortune(-0.5, 1.0, 0.0, 1.0),
            Fortune(0.5, 1.0, 0.0, 0.5),
            Fortune(0.5, 1.0, 1.0, 0.0),
            Fortune(0.5, 1.0, 1.0, 1.0),
        ),
    ),
    (
        "pity(good=False, settled=True, liked=True)",
        Fortune(0.5, -1.0, 0.0, 1.0),
        (
            Fortune(0.0, -1.0, 0.0, 1.0),
            Fortune(-0.5, -1.0, 0.0, 1.0),
            Fortune(0.5, -1.0, 0.0, 0.5),
            Fortune(0.5, 1.0, 0.0, 1.0),
        ),
    ),
    (
        "resentment(good=True, settled=True, liked=False)",
        Fortune(-0.5, 1.0, 0.5, 1.0),
        (
            Fortune(0.0, 1.0, 0.5, 1.0),
            Fortune(0.5, 1.0, 0.5, 1.0),
            Fortune(-0.5, 1.0, 0.0, 0.5),
            Fortune(-0.5, 1.0, 0.5, 0.0),
        ),
    ),
    (
        "gloating(good=False, settled=True, liked=False)",
        Fortune(-0.5, 1.0, 0.5, 0.0),
        (
            Fortune(0.0, 1.0, 0.5, 0.0),
            Fortune(0.5, 1.0, 0.5, 0.0),
            Fortune(-0.5, 1.0, 1.0, 0.5),
            Fortune(-0.5, 1.0, 0.5, 1.0),
        ),
    ),
    (
        "embarrassment(faced=True)",
        Eyes(0.8, 1.0, 1.0, was_present=False, present=True),
        (
            Eyes(0.8, 0.0, 1.0, was_present=True, present=False),
            Eyes(0.8, 1.0, 1.0, was_present=True, present=True),
            Eyes(0.8, 0.0, 0.0, was_present=False, present=True),
            Eyes(0.8, 1.0, 0.0, was_present=True, present=True),
        ),
    ),
    (
        "dread(found_out=True, present=False)",
        Eyes(0.8, 0.5, 1.0, was_present=False, present=False),
        (
            Eyes(0.8, 0.5, 1.0, was_present=False, present=True),
            Eyes(0.8, 0.5, 0.5, was_present=False, present=False),
            Eyes(0.8, 0.5, 0.4, was_present=False, present=False),
        ),
    ),
    (
        "dread(found_out=True, sure=False)",
        Eyes(0.8, 0.5, 0.99, was_present=True, present=True),
        (
            Eyes(0.8, 0.5, 1.0, was_present=True, present=True),
            Eyes(0.8, 0.5, 0.4, was_present=True, present=True),
            Eyes(0.8, 0.5, 0.5, was_present=False, present=True),
        ),
    ),
    (
        "jealousy(lost=True)",
        Rivalry(0.5, 0.2, 0.5),
        (Rivalry(0.5, 0.5, 0.5), Rivalry(0.5, 0.5, 0.2), Rivalry(0.0, 0.2, 0.5)),
    ),
    (
        "love(dear=True, good=True)",
        Encounter(0.75, 0.1),
        (Encounter(0.74, 0.1), Encounter(0.75, 0.0), Encounter(-1.0, 0.1)),
    ),
)


def test_every_row_is_tried() -> None:
    assert [name for name, _, _ in TABLE] == [str(row) for row in ROWS]


def test_every_word_can_be_felt() -> None:
    assert {row.word for row in ROWS} | {one.word for one in COMPOUNDS} == set(FEELINGS)
    assert set(PLACES) == set(FEELINGS)
    assert set(PARTS) == {one.word for one in COMPOUNDS}
    for one in COMPOUNDS:
        assert set(PARTS[one.word]) == {one.event, *one.deed}


def test_pleasant_words_raise_the_mood() -> None:
    assert {word for word, (valence, _) in PLACES.items() if valence > 0} == PLEASANT


@pytest.mark.parametrize(
    ("row", "fires", "beside"),
    [(row, fires, beside) for row, (_, fires, beside) in zip(ROWS, TABLE, strict=True)],
    ids=[name for name, _, _ in TABLE],
)
def test_row(row, fires, beside) -> None:  # type: ignore[no-untyped-def]
    assert row.fires(fires)
    assert 0 < words(fires)[row.word] <= 1
    assert beside, "show where it stops"
    for other in beside:
        same_word = [one for one in ROWS if one.word == row.word and one is not row]
        if not any(one.fires(other) for one in same_word):
            assert row.word not in words(other), other
        assert not row.fires(other) or row.word not in words(other), other


def test_a_row_wants_each_of_its_conditions() -> None:
    """For every condition of every row, some input beside fails by that one alone."""
    for row, (_, _, beside) in zip(ROWS, TABLE, strict=True):
        for name in row.when:
            rest = row._replace(when={k: v for k, v in row.when.items() if k != name})
            spoiled = [one for one in beside if rest.fires(one) and not row.fires(one)]
            assert spoiled, f"{row}: nothing shows that {name} matters"


# Whole minds.


def mind(
    wishes: Mapping[str, Concern] | None = None,
    *,
    liking: float = 0.0,
    present: bool = False,
    eyes: float | None = None,
    harm: float | None = None,
    rival: float | None = None,
    fortune: float | None = None,
) -> Concerns:
    return Concerns(
        "Me",
        wishes=wishes or {},
        fortunes={} if fortune is None else {("Ann", "fed(Ann)"): Concern(1.0, fortune)},
        harms={} if harm is None else {("Ann", "fed(Ann)"): Concern(1.0, harm)},
        eyes={} if eyes is None else {("secret(Me)", "Ann"): Concern(0.8, eyes)},
        rivals={} if rival is None else {("loved(Me)", "Ann", "Ben"): Concern(0.6, rival)},
        liking={"Ann": liking} if liking else {},
        present=frozenset({"Ann"} if present else ()),
    )


def wish(level: float, weight: float = 0.8, **more: float) -> dict[str, Concern]:
    return {"safe(Me)": Concern(weight, level)}


def go(
    *minds: Concerns,
    deeds: tuple[Deed, ...] = (),
    doer: str | None = None,
    felt_as: FeelingSettings | None = None,
) -> Appraised:
    """The last change, after all the ones before; one event a round. The deeds are in the last."""
    found = Appraised(Feelings(settings=felt_as or FeelingSettings(floor=0.0)), (), (), ())
    for i, (before, after) in enumerate(itertools.pairwise(minds), 1):
        last = i == len(minds) - 1
        found = appraise(
            before,
            after,
            found.feelings,
            EventNumber(i),
            i,
            doer=doer if last else None,
            deeds=deeds if last else (),
        )
    return found


def felt(found: Appraised) -> dict[str, float]:
    return {one.word: round(one.strength, 3) for one in found.arisen}


def test_hope_then_satisfaction() -> None:
    found = go(mind(wish(0.5)), mind(wish(0.9)), mind(wish(1.0)))
    # The hope of 0.8 * 0.4, a round old, is what the satisfaction comes from.
    assert felt(found) == {"satisfaction": 0.269, "joy": 0.08}
    assert [one.word for one in found.ended] == ["hope"]
    assert "hope" not in {one.word for one in found.feelings.felt(2)}


def test_fear_then_relief() -> None:
    found = go(mind(wish(0.5)), mind(wish(0.1)), mind(wish(1.0)))
    assert felt(found) == {"relief": 0.72, "joy": 0.72}
    assert {one.word for one in found.feelings.felt(2)} == {"joy", "relief"}


def test_hope_dashed_and_fear_confirmed() -> None:
    assert set(felt(go(mind(wish(0.5)), mind(wish(0.9)), mind(wish(0.0))))) == {
        "distress",
        "disappointment",
    }
    assert set(felt(go(mind(wish(0.5)), mind(wish(0.1)), mind(wish(0.0))))) == {
        "distress",
        "fears_confirmed",
    }


def test_what_was_never_expected_is_joy_alone() -> None:
    assert set(felt(go(mind(wish(0.0)), mind(wish(1.0))))) == {"joy"}
    assert set(felt(go(mind(wish(0.5)), mind(wish(1.0))))) == {"joy"}


def test_a_standing_hope_outweighs_the_odds() -> None:
    """Somebody who has begun to hope is let down, however long the odds still were."""
    found = go(mind(wish(0.0)), mind(wish(0.3)), mind(wish(0.0)))
    assert set(felt(found)) == {"distress", "disappointment"}


def test_of_a_mixed_expectation_the_likelier_counts() -> None:
    assert set(felt(go(mind(wish(0.7)), mind(wish(1.0))))) == {"joy", "satisfaction"}
    assert set(felt(go(mind(wish(0.3)), mind(wish(1.0))))) == {"joy", "relief"}


def test_an_amount_is_no_chance() -> None:
    """A term of a utility that lies between is not thereby open."""
    before, after = Concern(1.0, 0.2, measured=True), Concern(1.0, 0.6, measured=True)
    assert felt(go(mind({"gold()": before}), mind({"gold()": after}))) == {"joy": 0.4}


def test_a_wish_that_was_none_is_not_appraised() -> None:
    assert not go(mind(), mind(wish(1.0))).arisen
    assert not go(mind(wish(0.0, weight=0.0)), mind(wish(1.0, weight=0.0))).arisen


# Compounds.

WORSE, BETTER = (wish(1.0), wish(0.0)), (wish(0.0), wish(1.0))


@pytest.mark.parametrize(
    ("word", "wishes", "deed"),
    [
        ("anger", WORSE, BY_ANN),
        ("gratitude", BETTER, WELL_ANN),
        ("gratification", BETTER, WELL_ME),
        ("remorse", WORSE, BY_ME),
        ("remorse", WORSE, replace(BY_ME, face=True)),
        ("remorse", WORSE, replace(BY_ME, onlookers=True)),
    ],
)
def test_compound(
    word: str, wishes: tuple[dict[str, Concern], dict[str, Concern]], deed: Deed
) -> None:
    before, after = map(mind, wishes)
    whole = go(before, after, deeds=(deed,), doer=deed.doer)
    assert felt(whole) == {word: 0.9}  # 1 - (1 - 0.8)(1 - 0.5), in the place of its parts
    event_alone = go(before, after, doer=deed.doer)
    deed_alone = go(before, before, deeds=(deed,), doer=deed.doer)
    parts = {*felt(event_alone), *felt(deed_alone)}
    assert word not in parts
    assert parts <= set(PARTS[word])
    # The wrong kind of deed makes no compound of it.
    turned = go(before, after, deeds=(replace(deed, weight=-deed.weight),), doer=deed.doer)
    assert word not in felt(turned)
    # A compound that this world does without leaves its parts.
    without = FeelingSettings(hidden=(word,), floor=0.0)
    left = go(before, after, deeds=(deed,), doer=deed.doer, felt_as=without)
    assert set(felt(left)) == parts


def test_a_compound_leaves_what_was_expected() -> None:
    """Anger takes the place of distress and reproach, not of the hope that was dashed."""
    found = go(mind(wish(0.5)), mind(wish(0.9)), mind(wish(0.0)), deeds=(BY_ANN,), doer="Ann")
    assert set(felt(found)) == {"anger", "disappointment"}
    (anger,) = (one for one in found.arisen if one.word == "anger")
    assert (anger.toward, anger.about, anger.cause) == ("Ann", "safe(Me)", 2)


def test_blame_by_another_norm_stays() -> None:
    lie = replace(BY_ANN, norm="honest(Me)", weight=-0.3)
    found = go(*map(mind, WORSE), deeds=(lie, BY_ANN), doer="Ann")
    assert felt(found) == {"anger": 0.9, "reproach": 0.3}


# Others.


def test_others_fortune_needs_liking() -> None:
    def words_at(liking: float) -> set[str]:
        return {
            *felt(go(mind(fortune=0.0, liking=liking), mind(fortune=1.0, liking=liking))),
            *felt(go(mind(fortune=1.0, liking=liking), mind(fortune=0.0, liking=liking))),
        }

    assert words_at(0.5) == {"happy_for", "pity"}
    assert words_at(0.0) == set()
    assert words_at(-0.5) == {"resentment", "gloating"}


def test_before_the_eyes_of_one_who_knows() -> None:
    found = go(mind(eyes=0.0, present=True), mind(eyes=1.0, present=True))
    assert felt(found) == {"embarrassment": 0.8}
    assert felt(go(mind(eyes=0.0), mind(eyes=1.0))) == {"dread": 0.8}
    half = go(mind(eyes=0.0, present=True), mind(eyes=0.5, present=True))
    assert felt(half) == {"embarrassment": 0.4, "dread": 0.4}


def test_the_one_who_knows_comes_in() -> None:
    found = go(mind(eyes=0.0), mind(eyes=1.0), mind(eyes=1.0, present=True))
    assert felt(found) == {"embarrassment": 0.8}
    assert not go(mind(eyes=0.0), mind(eyes=0.0, present=True)).arisen


def test_love_needs_a_dear_person_and_something_good() -> None:
    assert felt(go(mind(liking=0.8), mind(liking=0.8, present=True))) == {"love": 0.4}
    assert not go(mind(liking=0.7), mind(liking=0.7, present=True)).arisen
    assert not go(mind(liking=0.8, present=True), mind(liking=0.8, present=True)).arisen
    kind = go(
        mind(BETTER[0], liking=0.8, present=True),
        mind(BETTER[1], liking=0.8, present=True),
        doer="Ann",
    )
    assert felt(kind) == {"joy": 0.8, "love": 0.64}


# Taking back.

HARM = replace(BY_ME, basis=("harm", "Ann", "fed(Ann)"), most=0.5, toward="Ann")
PRAISE = replace(HARM, weight=0.5)
TAKEN_BACK: tuple[tuple[str, tuple[Concerns, ...], tuple[Deed, ...], set[str]], ...] = (
    ("joy", (mind(wish(0.0)), mind(wish(1.0)), mind(wish(0.0))), (), {"distress"}),
    ("joy", (mind(wish(0.0)), mind(wish(1.0)), mind(wish(0.5))), (), {"fear"}),
    ("distress", (mind(wish(1.0)), mind(wish(0.0)), mind(wish(1.0))), (), {"relief"}),
    ("distress", (mind(wish(1.0)), mind(wish(0.0)), mind(wish(0.5))), (), {"hope"}),
    ("satisfaction", (mind(wish(0.9)), mind(wish(1.0)), mind(wish(0.0))), (), {"disappointment"}),
    ("relief", (mind(wish(0.1)), mind(wish(1.0)), mind(wish(0.5))), (), {"fear"}),
    ("disappointment", (mind(wish(0.9)), mind(wish(0.0)), mind(wish(1.0))), (), {"relief"}),
    ("fears_confirmed", (mind(wish(0.1)), mind(wish(0.0)), mind(wish(0.5))), (), {"hope"}),
    ("anger", (*map(mind, WORSE), mind(wish(1.0))), (BY_ANN,), {"relief"}),
    ("remorse", (*map(mind, WORSE), mind(wish(1.0))), (BY_ME,), {"relief"}),
    ("gratitude", (*map(mind, BETTER), mind(wish(0.0))), (WELL_ANN,), {"disappointment"}),
    ("gratification", (*map(mind, BETTER), mind(wish(0.0))), (WELL_ME,), {"disappointment"}),
    ("guilt", (mind(harm=1.0), mind(harm=0.0), mind(harm=1.0)), (HARM,), {"relief"}),
    (
        "shame",
        (mind(harm=1.0), mind(harm=0.0), mind(harm=1.0)),
        (replace(HARM, face=True),),
        {"relief"},
    ),
    ("pride", (mind(harm=0.0), mind(harm=1.0), mind(harm=0.0)), (PRAISE,), {"disappointment"}),
    (
        "admiration",
        (mind(harm=0.0), mind(harm=1.0), mind(harm=0.0)),
        (replace(PRAISE, doer="Ann"),),
        {"disappointment"},
    ),
    (
        "happy_for",
        (*(mind(fortune=level, liking=0.5) for level in (0.0, 1.0, 0.0)),),
        (),
        {"pity"},
    ),
    ("pity", (*(mind(fortune=level, liking=0.5) for level in (1.0, 0.0, 1.0)),), (), {"happy_for"}),
    (
        "resentment",
        (*(mind(fortune=level, liking=-0.5) for level in (0.0, 1.0, 0.0)),),
        (),
        {"gloating"},
    ),
    (
        "gloating",
        (*(mind(fortune=level, liking=-0.5) for level in (1.0, 0.0, 1.0)),),
        (),
        {"resentment"},
    ),
    (
        "embarrassment",
        (*(mind(eyes=level, present=True) for level in (0.0, 1.0, 0.0)),),
        (),
        {"relief"},
    ),
    ("dread", (mind(eyes=0.0), mind(eyes=1.0), mind(eyes=0.0)), (), {"relief"}),
    ("jealousy", (mind(rival=0.0), mind(rival=1.0), mind(rival=0.0)), (), {"relief"}),
    ("hope", (mind(wish(0.0)), mind(wish(0.9)), mind(wish(0.0))), (), {"disappointment"}),
    ("fear", (mind(wish(1.0)), mind(wish(0.1)), mind(wish(1.0))), (), {"relief"}),
)


@pytest.mark.parametrize(
    ("word", "minds", "deeds", "turned"),
    TAKEN_BACK,
    ids=[f"{word}-{'-'.join(turned)}" for word, _, _, turned in TAKEN_BACK],
)
def test_taken_back(
    word: str, minds: tuple[Concerns, ...], deeds: tuple[Deed, ...], turned: set[str]
) -> None:
    """When the belief behind a feeling turns, it ends and something else is felt."""
    before, after, back = minds
    doer = deeds[0].doer if deeds else None
    first = go(before, after, deeds=deeds, doer=doer)
    assert word in felt(first)
    last = appraise(after, back, first.feelings, EventNumber(2), 2)
    ended = {one.word for one in last.ended}
    assert ended & {word, *PARTS.get(word, ())}
    assert turned <= set(felt(last))
    assert word not in {one.word for one in last.feelings.felt(2)}
    # As long as nothing turns, it stays.
    same = appraise(after, after, first.feelings, EventNumber(2), 2)
    assert not same.ended
    assert not same.arisen
    assert word in {one.word for one in same.feelings.felt(2)}


def test_everything_that_can_be_taken_back_is_tried() -> None:
    assert {word for word, *_ in TAKEN_BACK} >= SETTLED | TURNS.keys()
    never = {"reproach", "love"}  # about a deed that was done; about somebody who is dear
    assert {word for word, *_ in TAKEN_BACK} == set(FEELINGS) - never


GROUNDS = [
    ("anger", WORSE, (1.0, 0.0), replace(HARM, doer="Ann", toward=None)),
    ("gratitude", BETTER, (0.0, 1.0), replace(PRAISE, doer="Ann")),
    ("gratification", BETTER, (0.0, 1.0), PRAISE),
    ("remorse", WORSE, (1.0, 0.0), HARM),
    ("remorse", WORSE, (1.0, 0.0), replace(HARM, onlookers=True)),
]


@pytest.mark.parametrize(("word", "wishes", "harms", "deed"), GROUNDS)
def test_a_compound_whose_one_ground_is_taken_back_is_the_other_feeling(
    word: str,
    wishes: tuple[dict[str, Concern], dict[str, Concern]],
    harms: tuple[float, float],
    deed: Deed,
) -> None:
    event, *of_deed = PARTS[word]
    first = go(mind(wishes[0], harm=harms[0]), now := mind(wishes[1], harm=harms[1]), deeds=(deed,))
    assert set(felt(first)) == {word}

    def then(after: Concerns) -> tuple[dict[str, float], set[str]]:
        last = appraise(now, after, first.feelings, EventNumber(2), 1)
        left = {one.word: round(one.strength, 3) for one in last.feelings.felt(1)}
        new = {one.word for one in last.noticed}
        assert set(left) == new, "what is left has another name, and is noticed under it"
        return left, {one.word for one in last.ended}

    left, ended = then(mind(wishes[0], harm=harms[1]))
    assert ended == {event}
    of_deed = [one for one in of_deed if one in left]
    assert of_deed
    assert all(left[one] == 0.5 for one in of_deed)
    assert not {word, event} & set(left)

    left, ended = then(mind(wishes[1], harm=harms[0]))
    assert ended == set(of_deed)
    assert left[event] == 0.8
    assert not {word, *of_deed} & set(left)

    left, _ = then(mind(wishes[0], harm=harms[0]))
    assert not {word, event, *of_deed} & set(left)


def test_a_compound_of_which_a_part_is_half_taken_back_is_less() -> None:
    first = go(mind(WORSE[0], harm=1.0), now := mind(WORSE[1], harm=0.0), deeds=(HARM,), doer="Me")
    last = appraise(now, mind(WORSE[1], harm=0.6), first.feelings, EventNumber(2), 1)
    (remorse,) = (one for one in last.feelings.felt(1) if one.word == "remorse")
    assert remorse.strength == pytest.approx(1 - (1 - 0.8) * (1 - 0.2))
    again = appraise(now, mind(WORSE[0], harm=0.0), last.feelings, EventNumber(3), 1)
    assert again.feelings.strength("guilt", 1) == pytest.approx(0.2)


def test_the_same_again_is_one_compound_and_each_part_is_still_its_own() -> None:
    """Two wrongs that cost the same wish: one is made good, and the remorse is for the other."""
    other = replace(HARM, basis=("harm", "Ann", "safe(Ann)"))
    before, now = mind(WORSE[0], harm=1.0), mind(WORSE[1], harm=0.0)
    first = go(before, now, deeds=(HARM,), doer="Me")
    second = appraise(before, now, first.feelings, EventNumber(2), 1, doer="Me", deeds=(other,))
    (remorse,) = (one for one in second.feelings.felt(1) if one.word == "remorse")
    assert [one.word for one in remorse.parts] == ["distress", "guilt", "guilt"]
    last = appraise(now, mind(WORSE[1], harm=1.0), second.feelings, EventNumber(3), 1)
    assert [one.basis for one in last.ended] == [HARM.basis]
    (remorse,) = (one for one in last.feelings.felt(1) if one.word == "remorse")
    assert {one.word: one.basis for one in remorse.parts}["guilt"] == other.basis


def test_who_is_done_out_of_a_kindness_is_disappointed_about_that_alone() -> None:
    """Not about whoever did the kindness, though it has come to nothing."""
    kind = replace(WELL_ANN, basis=("wish", "safe(Me)"), most=0.5)
    last = go(*map(mind, BETTER), deeds=(kind,), doer="Ann")
    back = appraise(mind(BETTER[1]), mind(BETTER[0]), last.feelings, EventNumber(2), 1)
    assert {one.word for one in back.ended} == {"joy", "admiration"}
    assert {(one.word, one.about) for one in back.arisen} == {
        ("distress", "safe(Me)"),
        ("disappointment", "safe(Me)"),
    }


def test_half_a_turn_lessens() -> None:
    first = go(mind(harm=1.0), mind(harm=0.0), deeds=(HARM,), doer="Me")
    last = appraise(mind(harm=0.0), mind(harm=0.4), first.feelings, EventNumber(2), 1)
    assert {one.word: round(one.strength, 3) for one in last.feelings.felt(1)} == {
        "guilt": 0.3,
        "relief": 0.2,
    }


def test_a_lesser_fear_lessens_the_hope() -> None:
    found = go(mind(wish(0.5)), mind(wish(0.9)), mind(wish(0.8)))
    assert {one.word: round(one.strength, 3) for one in found.feelings.felt(2)} == {
        "hope": 0.189,  # 0.32 a round later, less 0.08
        "fear": 0.08,
    }


def test_small_things_are_noticed_when_they_add_up() -> None:
    levels = [mind(wish(level, 0.5)) for level in (0.2, 0.35, 0.5)]
    floor = FeelingSettings(floor=0.1)
    assert go(*levels[:2], felt_as=floor).noticed == ()
    (hope,) = go(*levels, felt_as=floor).noticed
    assert (hope.word, hope.cause) == ("hope", 2)
    assert hope.strength == pytest.approx(1 - (1 - 0.075 * 0.5**0.25) * (1 - 0.075))
    assert go(*levels, levels[-1], felt_as=floor).noticed == ()


def test_what_grows_little_by_little_is_noticed_at_each_time_as_much_again() -> None:
    """And not at every step, nor only once."""
    floor = FeelingSettings(floor=0.1, half_life=None)
    standing, noticed = Feelings(settings=floor), []
    steps = [mind(wish(i / 50, 1.0)) for i in range(50)]
    for i, (before, after) in enumerate(itertools.pairwise(steps)):
        found = appraise(before, after, standing, EventNumber(i), 0)
        standing = found.feelings
        noticed += [one.strength for one in found.noticed]
    # After 6, 12, 24 and 48 of the steps.
    assert noticed == pytest.approx([1 - 0.98**steps for steps in (6, 12, 24, 48)])


def test_what_wavers_is_not_noticed_at_every_turn() -> None:
    """It fades by as much as comes anew."""
    floor = FeelingSettings(floor=0.1, half_life=4.0)
    standing, noticed = Feelings(settings=floor), []
    for i in range(60):
        before, after = mind(wish(0.5 + i / 200, 1.0)), mind(wish(0.5 + (i + 7) / 200, 1.0))
        found = appraise(before, after, standing, EventNumber(i), i)
        standing = found.feelings
        noticed += [i for _ in found.noticed]
    assert len(noticed) == 2
    assert noticed[-1] < 20


def test_what_has_faded_and_grows_again_is_noticed_again() -> None:
    floor = FeelingSettings(floor=0.1, half_life=4.0)
    up = (mind(wish(0.5)), mind(wish(0.6)))
    first = go(mind(wish(0.2)), mind(wish(0.6)), felt_as=floor)
    (hope,) = first.noticed
    assert appraise(*up, first.feelings, EventNumber(2), 1).noticed == ()
    (again,) = appraise(*up, first.feelings, EventNumber(2), 11).noticed
    assert 0.1 < again.strength < hope.strength


# Laws.

levels = st.sampled_from((0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0))
weights = st.sampled_from((-1.0, -0.5, -0.1, 0.1, 0.5, 1.0))
names = st.sampled_from(("Ann", "Ben"))


@st.composite
def concerns(draw: st.DrawFn) -> Concerns:
    concern = st.builds(Concern, weights, levels, st.booleans(), st.none() | names)
    face = st.builds(Concern, st.sampled_from((0.1, 0.5, 1.0)), levels)
    return Concerns(
        "Me",
        wishes=draw(st.dictionaries(st.sampled_from(("a()", "b()")), concern)),
        fortunes=draw(st.dictionaries(st.tuples(names, st.just("c()")), concern)),
        harms=draw(st.dictionaries(st.tuples(names, st.just("c()")), concern)),
        eyes=draw(st.dictionaries(st.tuples(st.just("n()"), names), face)),
        rivals=draw(st.dictionaries(st.tuples(st.just("a()"), names, st.just("Cat")), face)),
        liking=draw(st.dictionaries(names, weights)),
        present=draw(st.frozensets(names)),
    )


deeds = st.lists(
    st.builds(
        Deed,
        st.just("Ann") | st.just("Me"),
        st.sampled_from(("n()", "m()")),
        weights,
        st.booleans(),
        st.booleans(),
        st.none() | names,
        st.sampled_from(((), ("harm", "Ann", "c()"), ("wish", "a()"))),
    ),
    max_size=3,
)


@given(st.lists(concerns(), min_size=2, max_size=6), deeds)
def test_strengths_stay_between_0_and_1(minds: list[Concerns], done: list[Deed]) -> None:
    standing = Feelings()
    for i, (before, after) in enumerate(itertools.pairwise(minds)):
        found = appraise(before, after, standing, EventNumber(i), i, doer="Ann", deeds=done)
        for one in (*found.arisen, *found.ended, *found.feelings.kept):
            assert 0 < one.strength <= 1
        for one in found.arisen:
            assert one.cause == i
        words_now = {one.word for one in found.feelings.kept}
        assert all(0 <= found.feelings.strength(word, i) <= 1 for word in words_now)
        standing = found.feelings


@given(concerns(), concerns(), deeds, st.randoms())
def test_order_decides_nothing(before: Concerns, after: Concerns, done: list[Deed], random) -> None:  # type: ignore[no-untyped-def]
    def shuffled(given: Concerns) -> Concerns:
        def other(part: Mapping) -> dict:  # type: ignore[type-arg]
            items = list(part.items())
            random.shuffle(items)
            return dict(items)

        return replace(
            given,
            **{
                name: other(getattr(given, name))
                for name in ("wishes", "fortunes", "harms", "eyes", "rivals", "liking")
            },
        )

    one = appraise(before, after, Feelings(), EventNumber(1), 1, doer="Ann", deeds=done)
    mixed = random.sample(done, len(done))
    other = appraise(
        shuffled(before), shuffled(after), Feelings(), EventNumber(1), 1, doer="Ann", deeds=mixed
    )
    assert one == other


MIRROR = {
    "hope": "fear",
    "joy": "distress",
    "satisfaction": "fears_confirmed",
    "relief": "disappointment",
}
MIRROR |= {bad: good for good, bad in MIRROR.items()}


@given(weights, st.lists(levels, min_size=2, max_size=5))
def test_the_opposite_wish_feels_the_opposite(weight: float, path: list[float]) -> None:
    def arisen(weight: float) -> list[dict[str, float]]:
        standing, found = Feelings(), []
        for i, (p, q) in enumerate(itertools.pairwise(path)):
            before, after = mind(wish(p, weight)), mind(wish(q, weight))
            result = appraise(before, after, standing, EventNumber(i), i)
            found.append({one.word: one.strength for one in result.arisen})
            standing = result.feelings
        return found

    mirrored = [{MIRROR[word]: amount for word, amount in one.items()} for one in arisen(weight)]
    for one, other in zip(mirrored, arisen(-weight), strict=True):
        assert one == pytest.approx(other)


@given(levels, levels)
def test_the_opposite_liking_feels_the_opposite(p: float, q: float) -> None:
    opposite = {"happy_for": "resentment", "pity": "gloating"}
    liked = felt(go(mind(fortune=p, liking=0.5), mind(fortune=q, liking=0.5)))
    disliked = felt(go(mind(fortune=p, liking=-0.5), mind(fortune=q, liking=-0.5)))
    assert {opposite[word]: amount for word, amount in liked.items()} == disliked


@settings(max_examples=8)
@given(levels, levels)
def test_nothing_grows_without_end(p: float, q: float) -> None:
    """A belief that goes up and down a thousand times moves nobody beyond what the wish weighs."""
    standing = Feelings()
    for i in range(1000):
        level = (p, q) if i % 2 else (q, p)
        before, after = (mind(wish(one, weight=0.3)) for one in level)
        standing = appraise(before, after, standing, EventNumber(i), i // 2).feelings
    assert len(standing.kept) <= len(FEELINGS)
    assert all(one.strength <= 0.3 + 1e-9 for one in standing.kept)


@given(concerns(), concerns())
def test_nothing_is_felt_where_nothing_changes(before: Concerns, after: Concerns) -> None:
    standing = appraise(before, after, Feelings(), EventNumber(1), 1).feelings
    again = appraise(after, after, standing, EventNumber(2), 2)
    assert again.arisen == ()
    # What is open ends when it is settled, and that is settled already.
    assert {one.word for one in again.ended} <= {"hope", "fear"}


def test_what_is_felt_rests_on_something() -> None:
    basis: Basis = ("wish", "safe(Me)")
    found = go(mind(wish(0.5)), mind(wish(0.9)))
    (hope,) = found.feelings.on(basis, 1)
    assert replace(hope, low=0.0) == Feeling(
        "hope", pytest.approx(0.32), EventNumber(1), "safe(Me)", None, 1, basis, 0.8
    )  # type: ignore[arg-type]
    assert found.feelings.on((), 1) == ()
    assert hope.strength > FAINT
