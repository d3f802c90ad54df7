"""Acts and facts in a few plain words, as the one whose mind it is might put them."""

from __future__ import annotations

import pytest

import unspoken
from unspoken.chronicle.events import Fact, Value
from unspoken.telling.plainly import Plainly


@pytest.fixture(scope="module")
def tara() -> Plainly:
    return Plainly(unspoken.load("night_visit").model, "Tara")


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("open_door", ("Tara",), "open the door"),
        ("confess", ("Tara", "Willow"), "tell Willow that I like her"),
        ("shut_eyes", ("Tara",), "shut my eyes"),
        ("offer_spell", ("Tara", "Willow"), "ask whether Willow wants to do the spell after all"),
        ("walk", ("Tara", "Landing", "Path"), "walk from the landing to the path"),
    ],
)
def test_an_act_of_ones_own(
    tara: Plainly, name: str, arguments: tuple[str, ...], words: str
) -> None:
    assert tara.act(name, arguments) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("sit_down", "sit down with me"),
        ("join_hands", "join hands with me"),
        ("move_closer", "move closer to me"),
        ("cup_cheek", "cup my cheek"),
        ("kiss", "kiss me"),
    ],
)
def test_an_act_of_anothers(tara: Plainly, name: str, words: str) -> None:
    assert tara.act(name, ("Willow", "Tara"), doer="Willow") == words
    assert tara.would(name, ("Willow", "Tara"), "Willow") == f"Willow would {words}"


def test_what_somebody_would_do_is_said_of_oneself_too(tara: Plainly) -> None:
    assert tara.would("open_door", ("Tara",), "Tara") == "I would open the door"


def test_a_question_is_about_the_one_who_is_asked() -> None:
    vale = Plainly(unspoken.load("paste_diamonds").model, "Vale")
    assert vale.act("question", ("Vale", "Pym")) == "ask Pym what he has seen"


LOVES = Fact("loves", ("Willow", "Tara"))


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [
        (Fact("at", ("Willow",)), "Landing", "Willow is on the landing"),
        (LOVES, True, "Willow loves me"),
        (LOVES, False, "Willow does not love me"),
        (Fact("open"), True, "It is open"),
        (Fact("danger"), True, "There is danger"),
        (Fact("zorp"), True, "There is a zorp"),
        (Fact("zorp", ("Tara",)), True, None),
    ],
)
def test_a_fact(tara: Plainly, fact: Fact, value: Value, words: str | None) -> None:
    assert tara.fact(fact, value) == words


def test_what_is_held_of_it(tara: Plainly) -> None:
    mine = Fact("loves", ("Tara", "Willow"))
    assert tara.held("Tara", "[be] sure that", LOVES, True) == "I am sure that Willow loves me"
    assert tara.held("Willow", "[think] that", mine, True) == "Willow thinks that I love her"
    no_words = tara.held("Willow", "[do not] know that", Fact("danger"), True)
    assert no_words == "Willow does not know that there is danger"


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [
        (LOVES, True, "Willow loves me"),
        (Fact("danger"), True, "There is danger"),
        (Fact("pair", ("Willow", "Tara")), False, "“Pair” does not hold from Willow to me"),
        (Fact("in_step", ("Tara", "Willow")), 2.0, "“In step” of me and Willow is 2"),
        (
            Fact("asked_for", ("Tara", "Willow")),
            "Book",
            "“Asked for” of me and Willow is the book",
        ),
        (Fact("asked_for", ("Tara",)), None, "“Asked for” of me is unknown"),
    ],
)
def test_any_fact_has_words(tara: Plainly, fact: Fact, value: Value, words: str) -> None:
    assert tara.said(fact, value) == words
