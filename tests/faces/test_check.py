"""``unspoken check``, and the ways in which a file is no storyworld."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.faces.conftest import LETTER, Unspoken

MALFORMED = """\
type place;
entity Ann : charcter;
property at(who : character) : plaec
at(Ann) = Home;
action go(who : character, to : place) {
  effect: at(who) = to
  consenting: who;
};
"""


def test_fine(unspoken: Unspoken) -> None:
    said = unspoken("check", "letter.story")
    assert (said.code, said.out, said.err) == (0, "nothing to mend in 1 file\n", "")
    assert unspoken("check", "--quiet", "letter.story").out == ""


def test_shipped_stories_are_fine(unspoken: Unspoken) -> None:
    said = unspoken("check", "night_visit", "paste_diamonds", "wrong_bench")
    assert said.code == 0
    assert "nothing to mend in 3 files" in said.out


def test_several_mistakes_in_one_run(unspoken: Unspoken) -> None:
    Path("bad.story").write_text(MALFORMED, encoding="utf-8")
    said = unspoken("check", "bad.story", "letter.story")
    assert said.code == 1
    assert "bad.story:3:" in said.out
    assert "bad.story:6:" in said.out
    assert said.out.count("error: ") >= 3
    assert said.out.rstrip().endswith("in 2 files")


def test_json(unspoken: Unspoken) -> None:
    Path("bad.story").write_text(MALFORMED, encoding="utf-8")
    said = unspoken("check", "--json", "bad.story")
    data = json.loads(said.out)
    assert said.code == 1
    assert data["errors"] + data["warnings"] == len(data["diagnostics"])
    assert data["errors"] >= 3
    assert {d["place"]["file"] for d in data["diagnostics"]} == {"bad.story"}


def test_a_missing_file_is_a_mistake_of_the_command(unspoken: Unspoken) -> None:
    said = unspoken("check", "leter.story")
    assert said.code == 2
    assert "there is no `leter.story` here" in said.out
    assert "did you mean `letter.story`?" in said.out


def test_a_shipped_name_misspelt(unspoken: Unspoken) -> None:
    assert "did you mean `night_visit`?" in unspoken("check", "night_vist").out


def test_what_may_have_been_meant_is_near_whatever_it_ends_in(unspoken: Unspoken) -> None:
    Path("t3.story").write_text(LETTER, encoding="utf-8")
    Path("letter.tests").write_text("", encoding="utf-8")
    for asked, meant in (
        ("letter", "letter.story"),
        ("leter", "letter.story"),
        ("letter.stroy", "letter.story"),
        ("t4.story", None),
        ("x.story", None),
        ("lets.story", None),
    ):
        said = unspoken("check", asked).out
        assert f"there is no `{asked}` here" in said
        assert ("did you mean" in said) == (meant is not None)
        assert meant is None or f"did you mean `{meant}`?" in said


def test_a_folder(unspoken: Unspoken) -> None:
    Path("mine").mkdir()
    said = unspoken("check", "mine")
    assert said.code == 2
    assert "`mine` is a folder without a `world.story`" in said.out
    Path("mine/world.story").write_text(LETTER, encoding="utf-8")
    assert unspoken("check", "mine").code == 0


def test_a_file_comes_before_a_shipped_story(unspoken: Unspoken) -> None:
    Path("night_visit").write_text("nonsense", encoding="utf-8")
    assert unspoken("check", "night_visit").code == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x7fELF\x00\x01\x02", "is not a text"),
        ("type caf\u00e9;\n// caf\u00e9".encode("latin-1"), "not in UTF-8: line 1"),
        (b"type a;\n\ntype b\xff;", "not in UTF-8: line 3"),
        (LETTER.encode("utf-16"), "is not a text"),
    ],
)
def test_what_is_no_text(unspoken: Unspoken, content: bytes, words: str) -> None:
    Path("odd.story").write_bytes(content)
    said = unspoken("check", "odd.story")
    assert said.code == 1
    assert words in said.out


def test_a_byte_order_mark_and_foreign_line_ends(unspoken: Unspoken) -> None:
    Path("odd.story").write_bytes(b"\xef\xbb\xbf" + LETTER.replace("\n", "\r\n").encode())
    assert unspoken("check", "odd.story").code == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(unspoken: Unspoken) -> None:
    Path("letter.story").chmod(0)
    said = unspoken("check", "letter.story")
    assert said.code == 2
    assert "cannot be read: permission denied" in said.out


@pytest.mark.parametrize("name", ["a" * 5000, "x\0y", "/dev/null/x", ""])
def test_names_that_no_file_can_have(unspoken: Unspoken, name: str) -> None:
    assert unspoken("check", name).code == 2


def test_an_empty_file_is_a_world_with_nothing_in_it(unspoken: Unspoken) -> None:
    Path("empty.story").write_text("", encoding="utf-8")
    assert unspoken("check", "empty.story").code == 0
