"""Ledgers on the command line: ``check``, ``matrix``, and what wants a storyworld."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import unspoken as package
from tests.faces.conftest import LETTER, Unspoken
from unspoken.chronicle import from_json

NOVEL = """\
title: The Mill
people: Rose, Tom, Ida
chapter 1: Spring
scene: By the weir
present: Rose, Tom, Ida (asleep)
happens: Tom sets fire to the mill
Tom lies to Rose: the mill is insured
chapter 2
scene: At the station
present: Rose, Ida
Ida says: Tom set fire to the mill (intended: she dreamt it)
Rose tells Ida: Tom set fire to the mill
Ida uses: the mill is insured
"""


@pytest.fixture(autouse=True)
def novel(folder: Path) -> Path:
    path = folder / "novel.ledger"
    path.write_text(NOVEL, encoding="utf-8")
    return path


def test_check(unspoken: Unspoken) -> None:
    said = unspoken("check", "novel.ledger")
    assert said.code == 1
    assert "novel.ledger:13:1" in said.out
    assert "= because: until here only Rose believes it: Tom lied to Rose (line 7)" in said.out
    assert said.out.endswith("1 error and 1 warning (2 intended) in 1 file\n")
    assert "\nintended: " not in said.out


def test_warnings_alone_leave_the_exit_code_at_0(unspoken: Unspoken, novel: Path) -> None:
    novel.write_text(NOVEL.replace("Ida uses", "Ida suspects"), encoding="utf-8")
    said = unspoken("check", "novel.ledger", "--quiet")
    assert said.code == 0
    assert said.out.startswith("warning: Ida knows this already")


def test_what_is_intended_is_listed(unspoken: Unspoken) -> None:
    said = unspoken("check", "novel.ledger", "--intended")
    assert "intended: she dreamt it\nerror: Ida cannot know this yet: Tom set" in said.out


def test_storyworlds_and_ledgers_in_one_run(unspoken: Unspoken) -> None:
    said = unspoken("check", "letter.story", "novel.ledger", "--json")
    data = json.loads(said.out)
    assert (said.code, data["errors"], data["warnings"]) == (1, 1, 1)
    assert [one["code"] for one in data["diagnostics"]] == ["told-again", "cannot-know"]
    meant = [(one["diagnostic"]["code"], one["reason"]) for one in data["intended"]]
    assert meant == [("cannot-know", "she dreamt it"), ("told-again", "she dreamt it")]


def test_a_ledger_is_told_by_its_ending_or_its_first_line(unspoken: Unspoken) -> None:
    Path("mill.txt").write_text(f"// mine\n\n{NOVEL}", encoding="utf-8")
    assert "cannot know this yet" in unspoken("check", "mill.txt").out
    Path("world.txt").write_text(LETTER, encoding="utf-8")
    assert unspoken("check", "world.txt").code == 0


def test_matrix(unspoken: Unspoken) -> None:
    said = unspoken("matrix", "novel.ledger", "--chapter", 1, "--people", "Rose, Ida")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[:5] == [
        "The Mill: who knows what, at the end of chapter 1, Spring",
        "",
        "                           Rose      Ida",
        "Tom sets fire to the mill  1 saw*    .",
        "the mill is insured        x 1 Tom*  .",
    ]


@pytest.mark.parametrize("words", [("matrix",), ("ask", "who is wrong?"), ("matrix", "--json")])
def test_a_ledger_that_is_not_understood_is_not_answered(
    unspoken: Unspoken, novel: Path, words: tuple[str, ...]
) -> None:
    novel.write_text(NOVEL.replace("people: Rose, Tom, Ida\n", ""), encoding="utf-8")
    command, *more = words
    said = unspoken(command, "novel.ledger", *more)
    assert said.code == 1
    assert "nobody here is called `Rose`" in said.out + said.err
    assert "understood: Rose tells Ida" in said.out + said.err
    assert "obody is wrong" not in said.out


def test_matrix_as_data(unspoken: Unspoken) -> None:
    data = json.loads(unspoken("matrix", "novel.ledger", "--facts", "insured", "--json").out)
    (row,) = data["rows"]
    assert (row["fact"], row["truth"]) == ("the mill is insured", False)
    assert dict(zip(data["people"], [cell["state"] for cell in row["cells"]], strict=True)) == {
        "Rose": "wrong",
        "Ida": "wrong",
    }


def test_matrix_as_a_page_is_written_over_until_somebody_changes_it(unspoken: Unspoken) -> None:
    said = unspoken("matrix", "novel.ledger", "--html", "m.html")
    assert said.out == "m.html: 2 facts, 3 people\n"
    assert unspoken("matrix", "novel.ledger", "--html", "m.html", "--quiet").out == ""
    page = Path("m.html")
    page.write_text(page.read_text("utf-8").replace("Rose", "Rosa"), encoding="utf-8")
    assert unspoken("matrix", "novel.ledger", "--html", "m.html").code == 2
    assert unspoken("matrix", "novel.ledger", "--html", "novel.ledger").code == 2


def test_the_chronicle_of_a_ledger_is_kept_and_shows_the_same(unspoken: Unspoken) -> None:
    assert unspoken("matrix", "novel.ledger", "--save", "novel.json").code == 0
    kept = from_json(Path("novel.json").read_text("utf-8"))
    assert kept == package.load_ledger("novel.ledger").chronicle
    both = [unspoken("matrix", name).out for name in ("novel.json", "novel.ledger")]
    assert both[0] == both[1]


def test_no_matrix_of_people_that_a_chronicle_does_not_have(unspoken: Unspoken) -> None:
    assert unspoken("plan", "letter.story", "--chronicle", "a.json").code == 0
    data = json.loads(Path("a.json").read_text(encoding="utf-8"))
    Path("a.json").write_text(json.dumps(data | {"characters": ["Zed"]}), encoding="utf-8")
    said = unspoken("matrix", "a.json")
    assert (said.code, said.out) == (1, "")
    assert "what Ada thinks, who is none of its characters" in said.err


def test_the_matrix_of_a_run(unspoken: Unspoken) -> None:
    unspoken("plan", "letter.story", "--chronicle", "letter.json", "--quiet")
    said = unspoken("matrix", "letter.json")
    assert said.code == 0
    assert "together()" in said.out


@pytest.mark.parametrize(
    "words", ["tell novel.ledger", "plan novel.ledger", "tell novel.json", "fmt novel.ledger"]
)
def test_nobody_acts_in_a_ledger(unspoken: Unspoken, words: str) -> None:
    unspoken("matrix", "novel.ledger", "--save", "novel.json")
    said = unspoken(*words.split())
    assert said.code == 2
    assert "`novel.ledger` is a ledger and no storyworld" in said.err
