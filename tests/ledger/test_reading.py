"""How a ledger is read: forgivingly; several mistakes in one run, each with place and mend."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspoken import parse_ledger
from unspoken.chronicle import from_json, to_json
from unspoken.language import as_json
from unspoken.ledger import chronicle_of, course_of
from unspoken.ledger.matrix import matrix_of
from unspoken.ledger.model import (
    EAVESDROPPING,
    HERE,
    HIDING,
    ON_THE_TELEPHONE,
    Claim,
    Ledger,
)
from unspoken.ledger.order import story_order
from unspoken.ledger.phrases import form_of, is_slip

PEOPLE = "people: Anna, Ben (also Mr Hale; Benny), Dora\n"


def ledger(below: str) -> Ledger:
    novel = parse_ledger(PEOPLE + below)
    assert not [one for one in novel.findings if one.severity == "error"], novel.findings
    return novel.ledger


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna burns the will", "anna burnt the will."),
        ("Anna burns the will", "that Anna has burnt the will"),
        ("the will was forged", "The will is forged"),
        ("Anna had gone", "Anna goes"),
        ("the will “was” forged", 'the will "was" forged'),
        ("Ben doesn\u2019t know the way", "Ben does not know the way"),
        ("Ben can't swim", "Ben cannot swim"),
    ],
)
def test_one_fact(one: str, other: str) -> None:
    assert form_of(one) == form_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna loves Ben", "Ben loves Anna"),
        ("the key is in room 12", "the key is in room 13"),
        ("the letters are in the box", "the letter is in the bin"),
    ],
)
def test_two_facts(one: str, other: str) -> None:
    assert form_of(one).words != form_of(other).words


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("the will was forged", "the will was not forged"),
        ("the will was forged", "the will wasn't forged"),
        ("Anna burnt the will", "Anna did not burn the will"),
        ("Anna burnt the will", "Anna never burnt the will"),
        ("Anna burns the will", "Anna doesn't burn the will"),
        ("Ben can swim", "Ben cannot swim"),
        ("Ben will come", "Ben won't come"),
    ],
)
def test_the_contrary(yes: str, no: str) -> None:
    assert form_of(yes).words == form_of(no).words
    assert (form_of(yes).denied, form_of(no).denied) == (False, True)


@pytest.mark.parametrize(
    ("word", "other", "slip"),
    [
        ("forged", "forgde", True),
        ("forged", "froged", True),
        ("forged", "forgd", True),
        ("forged", "forgged", True),
        ("forged", "gorged", False),
        ("Monday", "Sunday", False),
        ("forged", "forced", True),
        ("letter", "lesson", False),
    ],
)
def test_a_slip_of_the_pen(word: str, other: str, slip: bool) -> None:
    assert is_slip(word, other) == is_slip(other, word) == slip


def test_people_have_other_names() -> None:
    book = ledger("scene: A\nMr Hale learns: Benny is ill\nBen uses: Mr Hale is ill")
    first, second = book.scenes[0].lines
    assert first.who == second.who == ("Ben",)
    assert first.claim == second.claim


def test_groups_and_everybody() -> None:
    book = ledger("group The girls: Anna, Dora\nthe girls know: P is so\neverybody knows: Q is so")
    assert [line.who for line in book.known] == [("Anna", "Dora"), ("Anna", "Ben", "Dora")]


def test_of_a_group_those_are_told_who_are_there() -> None:
    novel = parse_ledger(
        PEOPLE
        + "Dora knows: P is so\nscene: A\npresent: Dora, Ben\nDora tells everybody: P is so\n"
        "Ben uses: P is so\nscene: B\npresent: Anna\nAnna uses: P is so"
    )
    assert [(one.code, one.facts["who"]) for one in novel.findings] == [("cannot-know", "Anna")]
    assert novel.chronicle.events[0].arguments == ("Dora", "Ben", "P is so")


def test_other_wordings() -> None:
    book = ledger(
        "same: the will was forged; the will is a forgery; the will is not genuine\n"
        "Anna knows: the will is not genuine\nBen knows: the will was a forgery\n"
        "scene: A\nDora suspects: the will is genuine"
    )
    claims = [*(line.claim for line in book.known), book.scenes[0].lines[0].claim]
    fact = "the will was forged"
    assert claims == [Claim(fact, True), Claim(fact, True), Claim(fact, False)]


def test_a_fact_is_called_as_it_is_first_affirmed() -> None:
    book = ledger("scene: A\nAnna suspects: Ben does not swim\nAnna suspects: Ben swims\n")
    assert book.facts == ("Ben swims",)
    denied = ledger("scene: A\nAnna suspects: it was not forged\n")
    assert denied.facts == ("it was forged",)


def test_facts_about_minds() -> None:
    book = ledger(
        "Anna knows: P is so\nscene: A\n"
        "Anna suspects: Benny knows that P is so\n"
        "Anna suspects: Ben does not know that P is so\n"
        "Anna suspects: Ben believes that P is not so\n"
        "Anna suspects: Ben knows the way"
    )
    assert [line.claim for line in book.scenes[0].lines] == [
        Claim("P is so", True, ("Ben",)),
        Claim("P is so", None, ("Ben",)),
        Claim("P is so", False, ("Ben",)),
        Claim("Ben knows the way", True),
    ]


def test_present() -> None:
    book = ledger("scene: A\npresent: Anna, Ben (in hiding) and Dora (on the phone)")
    assert book.scenes[0].present == (("Anna", HERE), ("Ben", HIDING), ("Dora", ON_THE_TELEPHONE))


def test_who_is_there_where_no_line_says_so() -> None:
    book = ledger(
        "Anna knows: P is so\nscene: A\nAnna tells Ben: P is so\nDora enters (listening)\n"
    )
    assert book.scenes[0].present == (("Anna", HERE), ("Ben", HERE))
    assert book.scenes[0].lines[1].presence == EAVESDROPPING


def test_comments_remarks_and_foreign_line_ends() -> None:
    book = parse_ledger(
        "# a note\r\npeople: Anna // who there is\r\n\r\n\tscene: Room #5, http://x\r\n"
        "present: Anna\r\nhappens: it rains (she smiles) (intended: x) # no\r\n"
    ).ledger
    (scene,) = book.scenes
    assert scene.title == "Room #5, http://x"
    assert scene.lines[0].words == "it rains"
    assert scene.lines[0].intended is not None
    assert scene.lines[0].intended.reason == "x"


SCENES = {
    "as told": ("A\nB\nC", "ABC"),
    "a look back": ("A\nB\nC before: A\nD", "CABD"),
    "looks back, one after another": ("A\nB before: A\nC before: A\nD", "BCAD"),
    "a look ahead": ("A after: C\nB\nC\nD", "BCAD"),
    "two after the same": ("A\nB after: A\nC after: A\nD", "ABCD"),
    "by times": ("A when: 3\nB when: 1\nC\nD when: 2", "BCDA"),
    "below zero": ("A\nB when: -1\nC when: 0", "BAC"),
    "by dates": ("A when: 1923-05-04\nB when: 1923-04-30\nC when: 1923-04-30 10:00", "BCA"),
    "beside what is moved itself": ("A\nB after: C\nC before: A\nD", "CBAD"),
}


@pytest.mark.parametrize(("scenes", "order"), SCENES.values(), ids=SCENES)
def test_the_order_in_which_scenes_happen(scenes: str, order: str) -> None:
    text = "people: Anna\n"
    for line in scenes.split("\n"):
        text += f"scene: {line[0]}\n{line[2:]}\npresent: Anna\n"
    book = parse_ledger(text).ledger
    assert "".join(book.scenes[place].title for place in book.order) == order
    assert not story_order(book.scenes)[1]


def test_a_time_below_a_chapter_is_that_of_its_scenes() -> None:
    book = ledger("chapter 1\nwhen: 5\nscene: A\nchapter 2\nwhen: 1\nscene: B\nscene: C")
    assert book.order == (1, 2, 0)
    assert [chapter.name for chapter in book.chapters] == ["1", "2"]


WRONG = """\
People: Rose, Tom Hale (also Tom), Ida
Chapter One: Arrival
Scene: By the weir
Present: Rose, Tom and Idda
Tom tells Rose that the mill burns
Tom whispers: the money is gone
Tom says to Rose: he set the fire
Ida sees: Tom ran away
Rose and Ida leave.
Rose asks Tom: why?
Tom is arrested
Rose uess: Tom ran away
"""


def test_several_mistakes_in_one_run() -> None:
    said = parse_ledger(WRONG).findings
    assert [(one.span.line, one.help) for one in said if one.span is not None] == [
        (4, "did you mean `Ida`?"),
        (5, "put a colon before the fact: `Tom tells Rose: the mill burns`"),
        (6, "write to whom: `Tom whispers to Ben: ...`"),
        (7, "write `Tom tells Rose: ...`"),
        (
            8,
            "write `Ida learns: ...`; or `happens: ...`, where everybody who is there sees it",
        ),
        (10, "a question tells nothing: leave it out, or write what `Rose tells` by it"),
        (11, "if it happens, write `happens: Tom is arrested`"),
        (12, "did you mean `uses`?"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":",
        "(",
        "people:",
        "scene:",
        "chapter",
        "a: b: c",
        "people: ,,(also)\n:(\x00)",
        "happens",
    ],
)
def test_nothing_that_can_be_written_makes_it_stumble(text: str) -> None:
    novel = parse_ledger(text)
    assert all(str(one) for one in novel.findings)
    assert chronicle_of(course_of(novel.ledger)).events == ()


words = st.sampled_from(
    (
        *(
            "Anna",
            "ben",
            "Mr Hale",
            "tells",
            "lies to",
            "says",
            "knows",
            "learns",
            "uses",
            "enters",
        ),
        *("scene", "chapter", "present", "when", "before", "after", "happens", "secret of"),
        *("no longer", "same", "contradict", "group", "people", ":", ";", ",", "(", ")"),
        *("(intended: x)", "(from", "not", "that", "3", "1923-05-04", "asleep", "{x}", "//", "#"),
        *("\t", "“", "\u2019s", "\N{ESC}"),
    )
)
texts = st.lists(st.lists(words, max_size=7).map(" ".join), max_size=12).map("\n".join)


@given(texts | st.text(max_size=80))
def test_whatever_is_written_is_read(below: str) -> None:
    """Every finding can be shown, whatever stands there; and the chronicle is one."""
    novel = parse_ledger(PEOPLE + below)
    assert all(
        str(one) and as_json(one) for one in [*novel.findings, *(e[0] for e in novel.intended)]
    )
    chronicle = chronicle_of(course_of(novel.ledger))
    assert from_json(to_json(chronicle)) == chronicle
    assert str(matrix_of(chronicle))
    assert sorted(novel.ledger.order) == list(range(len(novel.ledger.scenes)))
