"""``unspoken fmt``: in place, at a stroke, never over other work, no comment lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import unspoken as package
from tests.faces.conftest import LETTER, Unspoken

UNTIDY = """\
// A world of two.
unspoken 1;   /* conventional */
entity   Ann:character ;entity Bob : character;
property likes(a:character,b : character):boolean; // may be one-sided
  likes(Ann,Bob);
action smile( a : character ) { effect : likes( Bob , a ); /* it helps */ consenting:a; };
// the end
"""


def test_in_place(unspoken: Unspoken) -> None:
    Path("a.story").write_text(UNTIDY, encoding="utf-8")
    before = package.load("a.story").model
    said = unspoken("fmt", "a.story", "letter.story")
    assert said.code == 0
    assert "a.story formatted\n" in said.out
    text = Path("a.story").read_text(encoding="utf-8")
    assert text != UNTIDY
    assert package.load("a.story").model == before
    for comment in ("A world of two", "conventional", "may be one-sided", "it helps", "the end"):
        assert text.count(comment) == 1
    again = unspoken("fmt", "a.story")
    assert (again.code, again.out) == (0, "")
    assert Path("a.story").read_text(encoding="utf-8") == text


def test_check_writes_nothing(unspoken: Unspoken) -> None:
    Path("a.story").write_text(UNTIDY, encoding="utf-8")
    said = unspoken("fmt", "--check", "a.story")
    assert (said.code, said.out) == (1, "a.story would change\n")
    assert Path("a.story").read_text(encoding="utf-8") == UNTIDY
    unspoken("fmt", "a.story")
    assert unspoken("fmt", "--check", "a.story").code == 0


@pytest.mark.parametrize("name", ["night_visit", "paste_diamonds", "wrong_bench", "letter"])
def test_templates_mean_the_same_afterwards(unspoken: Unspoken, name: str) -> None:
    unspoken("new", "mine", "-t", name)
    before = package.load("mine.story").model
    assert unspoken("fmt", "mine.story").code == 0
    assert package.load("mine.story").model == before


def test_what_does_not_parse_stays(unspoken: Unspoken) -> None:
    broken = LETTER.replace("};", "}", 1).replace("entity Ben", "entity Ben Ben")
    Path("a.story").write_text(broken, encoding="utf-8")
    Path("b.story").write_text(UNTIDY, encoding="utf-8")
    said = unspoken("fmt", "a.story", "b.story")
    assert said.code == 1
    assert "a.story:2:" in said.err
    assert Path("a.story").read_text(encoding="utf-8") == broken
    assert Path("b.story").read_text(encoding="utf-8") != UNTIDY


def test_what_changed_underneath_stays(unspoken: Unspoken, monkeypatch: pytest.MonkeyPatch) -> None:
    from unspoken.language import format_text

    Path("a.story").write_text(UNTIDY, encoding="utf-8")

    def slow(text: str, name: str) -> object:
        Path("a.story").write_text("type edited;\n", encoding="utf-8")
        return format_text(text, name)

    monkeypatch.setattr("unspoken.language.format_text", slow)
    said = unspoken("fmt", "a.story")
    assert said.code == 1
    assert "changed by somebody else in the meantime" in said.err
    assert Path("a.story").read_text(encoding="utf-8") == "type edited;\n"


def test_line_ends_and_marks_are_kept(unspoken: Unspoken) -> None:
    Path("a.story").write_bytes(b"\xef\xbb\xbf" + UNTIDY.replace("\n", "\r\n").encode())
    assert unspoken("fmt", "a.story").code == 0
    data = Path("a.story").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") > 3


def test_json(unspoken: Unspoken) -> None:
    Path("a.story").write_text(UNTIDY, encoding="utf-8")
    data = json.loads(unspoken("fmt", "--json", "a.story", "nowhere.story").out)
    assert data["changed"] == ["a.story"]
    assert [d["code"] for d in data["diagnostics"]] == ["no-such-file"]


def test_a_shipped_story_is_nobodys_to_format(unspoken: Unspoken) -> None:
    said = unspoken("fmt", "night_visit")
    assert said.code == 2
    assert "there is no `night_visit` here" in said.err
