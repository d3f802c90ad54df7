"""Our inflection against lemminflect's table, and what that table does not hold."""

from __future__ import annotations

import pytest

from tests.telling.laws import KNOWN_ERRORS, forms
from unspoken.telling import morph
from unspoken.telling.verbs import IRREGULAR, REGULAR

LEMMAS = sorted((set(IRREGULAR) | REGULAR) - {"be"})


@pytest.mark.parametrize(
    ("tag", "form"),
    [
        ("VBD", morph.past),
        ("VBN", morph.participle),
        ("VBG", morph.gerund),
        ("VBZ", morph.third),
    ],
)
def test_verbs(tag: str, form: object) -> None:
    assert callable(form)
    wrong = {lemma: form(lemma) for lemma in LEMMAS if form(lemma) not in forms(lemma, tag)}
    assert wrong == {}


def test_every_known_error_is_one() -> None:
    """The list shrinks when lemminflect learns."""
    import lemminflect

    for (lemma, tag), form in KNOWN_ERRORS.items():
        assert form not in lemminflect.getInflection(lemma, tag), (lemma, tag)


@pytest.mark.parametrize(
    ("lemma", "expected"),
    [
        ("travel", "travelled travelling travels"),
        ("stop", "stopped stopping stops"),
        ("open", "opened opening opens"),
        ("panic", "panicked panicking panics"),
        ("die", "died dying dies"),
        ("cry", "cried crying cries"),
        ("see", "saw seeing sees"),
        ("quit", "quit quitting quits"),
        ("fix", "fixed fixing fixes"),
        ("echo", "echoed echoing echoes"),
        ("refer", "referred referring refers"),
        ("have", "had having has"),
        ("dye", "dyed dyeing dyes"),
    ],
)
def test_forms(lemma: str, expected: str) -> None:
    assert f"{morph.past(lemma)} {morph.gerund(lemma)} {morph.third(lemma)}" == expected


def test_be_and_modals() -> None:
    assert [morph.finite("be", "present", p) for p in ("1s", "2s", "3s", "p")] == [
        "am",
        "are",
        "is",
        "are",
    ]
    assert morph.finite("be", "past", "p") == "were"
    assert morph.finite("can", "present", "3s") == "can"
    assert morph.finite("will", "past", "3s") == "would"
    assert morph.negated("does", contract=True) == "doesn't"
    assert morph.negated("am", contract=True) == "am not"
    assert morph.negated("can", contract=False) == "cannot"


@pytest.mark.parametrize(
    ("noun", "plural"),
    [("key", "keys"), ("witch", "witches"), ("knife", "knives"), ("city", "cities")],
)
def test_plurals(noun: str, plural: str) -> None:
    assert morph.plural(noun) == plural


@pytest.mark.parametrize(
    "phrase",
    ["an apple", "an hour", "a unicorn", "a user", "an umbrella", "a one-off", "an R11", "a key"],
)
def test_articles(phrase: str) -> None:
    assert morph.indefinite(phrase.split(" ", 1)[1]) == phrase


def test_possessives() -> None:
    assert morph.possessive("Tara") == "Tara's"
    assert morph.possessive("James") == "James's"
    assert morph.possessive("the papers") == "the papers'"
