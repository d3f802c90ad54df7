"""What follows from a ledger, in its chronicle: who perceives what, and who knows of whom."""

from __future__ import annotations

import json
from itertools import permutations

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspoken import parse_ledger
from unspoken.chronicle import Chronicle, from_json, phrase, to_json
from unspoken.chronicle.lived import lived
from unspoken.chronicle.schema import schema
from unspoken.chronicle.words import fact_text, line

PEOPLE = ("Anna", "Ben", "Carl", "Dora")

MODES = {
    # who is there so: sees, hears, is seen
    "": (True, True, True),
    "asleep": (False, False, True),
    "hiding": (True, True, False),
    "eavesdropping": (False, True, False),
    "out of earshot": (True, False, True),
    "on the telephone": (False, True, True),
}


def of(below: str) -> Chronicle:
    return parse_ledger(f"title: T\npeople: {', '.join(PEOPLE)}\n{below}", "t.ledger").chronicle


def lines(chronicle: Chronicle) -> list[str]:
    return [said for event in chronicle.events if (said := line(event)) is not None]


BURNT = """\
Carl knows: the house is mortgaged
chapter 1: Monday
scene: The garden
present: Anna, Ben, Dora (hiding)
happens: Anna burns the will
Ben lies to Anna: it was a copy
Anna leaves
chapter 2
scene: The attic
before: The garden
present: Carl
Carl suspects: Anna burnt the will
"""


def test_a_ledger_becomes_a_chronicle() -> None:
    chronicle = of(BURNT)
    assert lines(chronicle) == [
        "suspects(Carl, Anna burnt the will)",
        "happens(Anna burns the will)",
        "Anna now believes Anna burns the will",
        "Ben now believes Anna burns the will",
        "Ben now believes Anna believes Anna burns the will",
        "Dora now believes Anna burns the will",
        "Dora now believes Anna believes Anna burns the will",
        "Anna now believes Ben believes Anna burns the will",
        "Dora now believes Ben believes Anna burns the will",
        "lies to(Ben, Anna, it was a copy)",
        "Anna now believes it was a copy",
        "Dora now believes it was a copy",
        "Ben now believes Anna believes it was a copy",
        "Anna now believes Ben believes it was a copy",
        "Dora now believes Ben believes it was a copy",
        "Dora now believes Anna believes it was a copy",
        "leaves(Anna)",
    ]
    assert [(scene.title, scene.time, scene.told, scene.chapter) for scene in chronicle.scenes] == [
        ("The attic", 1, 2, "2"),
        ("The garden", 2, 1, "1"),
    ]
    assert chronicle.value((), phrase("it was a copy")) is False
    assert chronicle.value(("Anna",), phrase("it was a copy")) is True
    assert chronicle.value(("Ben", "Dora"), phrase("Anna burns the will")) is None
    assert chronicle.value(("Carl",), phrase("Anna burns the will")) is None, "a suspicion is none"


def test_it_is_saved_and_loaded_without_loss() -> None:
    chronicle = of(BURNT)
    text = to_json(chronicle)
    assert from_json(text) == chronicle
    jsonschema.validate(json.loads(text), schema())


def test_as_somebody_lived_it_it_has_nothing_else() -> None:
    kept = lived(of(BURNT), "Carl")
    assert lines(kept) == ["suspects(Carl, Anna burnt the will)"]
    assert "garden" not in to_json(kept)


def test_what_is_known_from_the_beginning() -> None:
    chronicle = of(
        "Carl knows: P is so\nAnna, Ben know: Q is so\neverybody knows: R is so\nscene: A"
    )
    p, q, r = map(phrase, ("P is so", "Q is so", "R is so"))
    assert [chronicle.value((who,), p) for who in PEOPLE] == [None, None, True, None]
    assert [chronicle.value((who,), q) for who in PEOPLE] == [True, True, None, None]
    assert chronicle.value(("Anna", "Ben"), q) is True, "those named together know it of each other"
    assert chronicle.value(("Anna", "Carl"), q) is None
    assert all(chronicle.value(pair, r) is True for pair in permutations(PEOPLE, 2))
    assert chronicle.value((), p) is True


@pytest.mark.parametrize(
    ("fact", "who", "believed"), [("P is so", "Ben", None), ("Q is so", "Ben", True)]
)
def test_what_cannot_be_beside_it_is_held_no_longer(fact: str, who: str, believed: object) -> None:
    chronicle = of(
        "contradict: P is so; Q is so\nscene: A\npresent: Anna, Ben\nBen believes: P is so\n"
        "Anna learns: Q is so\nAnna tells Ben: Q is so"
    )
    held = chronicle.value((who,), phrase(fact))
    assert held is (False if believed is None else believed)
    assert chronicle.value((), phrase("P is so")) is False


def test_who_learns_that_somebody_knows_a_thing_knows_it_too() -> None:
    chronicle = of(
        "Anna knows: P is so\nscene: A\npresent: Anna, Ben\n"
        "Anna tells Ben: Dora knows that P is so (intended: a lie)"
    )
    p = phrase("P is so")
    assert chronicle.value(("Ben",), p) is chronicle.value(("Ben", "Dora"), p) is True


def test_a_lie_does_not_change_who_knows_better() -> None:
    chronicle = of(
        "Anna knows: P is not so\nscene: A\npresent: Anna, Ben, Carl\nBen lies to Anna: P is so"
    )
    p = phrase("P is so")
    assert [chronicle.value((who,), p) for who in PEOPLE] == [False, None, True, None]
    assert chronicle.value(("Ben", "Anna"), p) is True, "he thinks that she believes him"


def test_told_off_the_page() -> None:
    chronicle = of("Anna knows: P is so\nscene: A\npresent: Ben\nBen learns: P is so (from Anna)")
    (learned,) = (event for event in chronicle.events if event.minds == ("Ben",))
    assert learned.percepts["Ben"].how == "told"
    assert chronicle.value(("Anna", "Ben"), phrase("P is so")) is True


def test_free_phrases_are_shown_as_they_stand() -> None:
    fact = phrase("the will was forged")
    assert [fact_text(fact, value) for value in (True, False, None)] == [
        "the will was forged",
        "not: the will was forged",
        "unknown: the will was forged",
    ]


present = st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(list(MODES)), min_size=1)


@given(present, st.data())
def test_who_perceives_what(there: dict[str, str], data: st.DataObject) -> None:
    """Against the table in LEDGER.md, for things that happen and things that are said."""
    named = ", ".join(f"{name} ({mode})" if mode else name for name, mode in there.items())
    awake = [name for name, mode in there.items() if mode != "asleep"]
    text = f"scene: A\npresent: {named}\nhappens: it rains\n"
    speaker = data.draw(st.sampled_from(awake)) if awake else None
    if speaker is not None:
        text += f"{speaker} learns: P is so\n{speaker} says: P is so\n"
    chronicle = of(text)
    rain, said = phrase("it rains"), phrase("P is so")
    sees, hears = [{n for n, m in there.items() if MODES[m][i]} for i in (0, 1)]
    seen = {name for name, mode in there.items() if MODES[mode][2]}
    for one in PEOPLE:
        assert (chronicle.value((one,), rain) is True) == (one in sees)
        if speaker is not None:
            assert (chronicle.value((one,), said) is True) == (one in hears | {speaker})
    for one, other in permutations(PEOPLE, 2):
        together = {one, other} <= sees and other in seen
        assert (chronicle.value((one, other), rain) is True) == together
        if speaker is not None:
            both = {one, other} <= hears | {speaker}
            knows = both and ((one in sees and other in seen) or other == speaker)
            assert (chronicle.value((one, other), said) is True) == knows
