"""The matrix: who knows what, since when, from whom; as values, as text, as a page.

``UNSPOKEN_BLESS=1`` writes what comes out into ``expected/``, to be read before it is kept.
"""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

import html5lib
import pytest

import unspoken
from unspoken import DiagnosticError, parse_ledger
from unspoken.language import render_all
from unspoken.ledger.matrix import Matrix, matrix_of
from unspoken.ledger.matrix_html import html_of
from unspoken.ledger.matrix_text import text_of

HERE = Path(__file__).parent / "expected"
EXAMPLE = files("unspoken.faces.cli") / "templates" / "blue_letter.ledger"
BLUE_LETTER = EXAMPLE.read_text("utf-8")
NOVEL = parse_ledger(BLUE_LETTER, "blue_letter.ledger")

SHOWN = {
    "matrix.txt": lambda: str(NOVEL.matrix()),
    "matrix-chapter-1.txt": lambda: text_of(NOVEL.matrix("1"), width=72),
    "matrix.html": lambda: html_of(NOVEL.matrix(), "0").decode(),
    "findings.txt": lambda: render_all(parse_ledger(BROKEN, "blue_letter.ledger").findings),
    "intended.txt": lambda: "\n".join(f"{one.reason}\n{one.diagnostic}" for one in NOVEL.intended),
}

BROKEN = (
    BLUE_LETTER.replace("Dora (hiding)", "Dora")
    .replace("Dora whispers to Ben: Anna burnt the letter\n", "")
    .replace("before: In the study", "after: In the garden")
    .replace(" (intended: the reader has to hear it once)", "")
    .replace(" (intended: he lets her know that he knows)", "")
    .replace("Anna tells Ben: Uncle", "Anna whispers to Ben: Uncle")
    .replace("present: Anna, Ben, Dora, Mr Pell", "present: Ben, Dora, Mr Pell")
)
"""The shipped example, with a few things taken out of it."""


@pytest.mark.parametrize("name", SHOWN)
def test_the_shipped_example(name: str) -> None:
    text = SHOWN[name]()
    if os.environ.get("UNSPOKEN_BLESS"):
        (HERE / name).write_text(text, encoding="utf-8")
    assert text == (HERE / name).read_text(encoding="utf-8")


def test_the_shipped_example_is_sound() -> None:
    assert NOVEL.findings == ()


def matrix(below: str, **asked: object) -> Matrix:
    return parse_ledger(f"people: Anna, Ben, Dora\n{below}\n").matrix(**asked)  # type: ignore[arg-type]


def test_since_when_and_from_whom() -> None:
    found = matrix(
        "Anna knows: P is so\nchapter 1\nscene: A\nAnna tells Ben: P is so\n"
        "chapter 2\nscene: B\npresent: Ben, Dora (eavesdropping), Anna\n"
        "Ben tells Anna: P is so"
    )
    cells = [found.cell(name, "P is so") for name in found.people]
    since = [cell.since for cell in cells]
    assert [(one and (one.way, one.source, one.chapter, one.line)) for one in since] == [
        ("beginning", None, None, None),
        ("told", "Anna", "1", 5),
        ("overheard", "Ben", "2", 9),
    ]
    assert {cell.state for cell in cells} == {"knows"}


def test_wrong_suspected_forgotten() -> None:
    found = matrix(
        "scene: A\nAnna lies to Ben: P is so\nscene: B\nDora suspects: P is so\n"
        "Anna learns: Q is so\nAnna forgets: Q is so"
    )
    assert [cell.state for row in found.rows for cell in row.cells] == [
        *(None, "wrong", "suspects"),
        *(None, None, None),
    ]
    assert [row.truth for row in found.rows] == [False, True]
    history = found.cell("Anna", "Q is so").history
    assert [entry.holds for entry in history] == [True, None]


def test_what_is_so_no_longer_is_wrong_for_whoever_has_not_seen_it() -> None:
    found = matrix(
        "scene: A\npresent: Anna, Ben\nhappens: P is so\nBen leaves\nno longer: P is so",
    )
    assert found.cell("Ben", "P is so").state == "wrong"
    anna = found.cell("Anna", "P is so")
    assert anna.state == "knows"
    assert anna.since is not None
    assert anna.since.holds is False


def test_at_the_end_of_a_chapter_in_story_time() -> None:
    """A look back that is told later has happened by then."""
    text = (
        "chapter 1\nscene: A\npresent: Anna\nhappens: P is so\n"
        "chapter 2\nscene: B\nbefore: A\npresent: Ben\nhappens: Q is so\n"
        "chapter 3\nscene: C\npresent: Dora\nhappens: R is so"
    )
    found = matrix(text, chapter="1")
    assert [row.fact for row in found.rows] == ["Q is so", "P is so"]
    assert found.cell("Anna", "P is so").is_new
    assert not found.cell("Ben", "Q is so").is_new
    assert [row.fact for row in matrix(text, chapter="2").rows] == ["Q is so"]


def test_only_some() -> None:
    assert NOVEL.matrix(people=["Dora", "Ben"]).people == ("Dora", "Ben")
    assert [row.fact for row in NOVEL.matrix(facts=["MORTGAGE"]).rows] == [
        "the house is mortgaged",
        "Edith knew nothing of the mortgage",
    ]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"chapter": "9"}, "no-such-chapter"),
        ({"people": ["Bem"]}, "nobody-of-that-name"),
        ({"facts": ["treasure"]}, "no-such-fact"),
    ],
)
def test_what_is_not_in_it(asked: dict[str, object], code: str) -> None:
    with pytest.raises(DiagnosticError) as raised:
        NOVEL.matrix(**asked)  # type: ignore[arg-type]
    assert [one.code for one in raised.value.diagnostics] == [code]


def test_as_many_side_by_side_as_fit() -> None:
    people = [f"Person{number}" for number in range(40)]
    book = parse_ledger(f"people: {', '.join(people)}\neverybody knows: the lamp fell\nscene: A\n")
    text = text_of(book.matrix(), width=80)
    assert max(map(len, text.splitlines())) <= 80
    assert all(text.count(f" {name} ") + text.count(f" {name}\n") == 1 for name in people)


def test_nothing_known() -> None:
    assert str(matrix("scene: A")) == "Nobody knows anything yet.\n"
    assert "<tbody>" in html_of(matrix("scene: A"), "0").decode()


def test_the_page_is_html_with_real_headings() -> None:
    text = html_of(NOVEL.matrix(), "0").decode()
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    tables = page.findall(".//table")
    assert len(tables) == 4, "all of it, and each chapter"
    whole = tables[0]
    assert [th.text for th in whole.findall("thead/tr/th[@scope='col']")] == [
        "Fact",
        *NOVEL.ledger.people,
    ]
    for row in whole.findall("tbody/tr"):
        assert len(row.findall("th[@scope='row']")) == 1
        assert len(row.findall("td")) == len(NOVEL.ledger.people)
    assert "http" not in text, "nothing from anywhere else"


def test_what_is_written_is_escaped() -> None:
    found = matrix("Anna knows: <b>P</b> & Q\nscene: A")
    assert "&lt;b&gt;P&lt;/b&gt; &amp; Q" in html_of(found, "0").decode()


def test_of_a_world_that_was_run() -> None:
    """What is everybody's from the beginning is not said; what somebody is wrong about is."""
    chronicle = unspoken.load("wrong_bench").plan().chronicle
    found = matrix_of(chronicle)
    assert found.people == chronicle.characters
    assert not found.chapters
    assert found.cell("Hugo", "at(Letter)").state == "wrong"
    since = found.cell("Mabel", "blessing(Agatha)").since
    assert since is not None
    assert (since.way, since.source) == ("overheard", "Agatha")
