"""``unspoken export`` and ``Story.export``: files for others, and nothing of theirs lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import unspoken as library
from tests.faces.conftest import Unspoken
from unspoken import DiagnosticError
from unspoken.export import FORMATS
from unspoken.seal import is_sealed


@pytest.mark.parametrize("ending", [ending for each in FORMATS for ending in each.endings])
def test_the_ending_says_the_format(unspoken: Unspoken, ending: str) -> None:
    path = Path(f"out{ending}")
    said = unspoken("export", "letter.story", "--output", path)
    assert said.code == 0, said.err
    assert said.out.startswith(f"out{ending}: ")
    assert is_sealed(path.read_bytes())
    assert unspoken("export", "letter.story", "-o", path, "--quiet").out == "", (
        "again, in its place"
    )


@pytest.mark.parametrize("name", [each.name for each in FORMATS if each.is_text])
def test_texts_go_to_the_terminal(unspoken: Unspoken, name: str) -> None:
    said = unspoken("export", "letter.story", "--as", name)
    assert said.code == 0, said.err
    unspoken("export", "letter.story", "--as", name, "--output", "out")
    assert said.out.encode() == Path("out").read_bytes()


def test_the_shipped_story(unspoken: Unspoken) -> None:
    said = unspoken("export", "--output", "visit.epub")
    assert said.out.endswith("(EPUB 3); both, in turn; Willow; Tara; from outside\n")
    said = unspoken("export", "--output", "visit.md")
    assert said.out.endswith("(CommonMark); both, in turn\n"), "and no eyes that are not in it"
    said = unspoken("export", "--output", "visit.ink")
    assert said.out.endswith("with Ink; both, in turn; Willow; Tara\n")
    said = unspoken("export", "--output", "visit.fountain")
    assert said.out.endswith(": a screenplay\n"), "which has eyes of its own"


def test_through_one_mind(unspoken: Unspoken) -> None:
    how = ("--through", "Ben", "--person", "first", "--tense", "present", "--words", "40")
    said = unspoken("export", "letter.story", "--as", "text", *how)
    assert "I find the letter." in said.out
    data = json.loads(unspoken("export", "letter.story", "--as", "json", *how).out)
    assert data["telling"] == {
        "person": "first",
        "tense": "present",
        "order": "chronological",
        "hindsight": False,
        "seed": 0,
        "words": 40,
    }


def test_a_saved_run(unspoken: Unspoken) -> None:
    assert unspoken("new", "blush", "--template", "blush").code == 0
    unspoken("run", "blush.story", "--save", "a.json", "--quiet", "--seed", "2")
    saved = unspoken("export", "a.json", "--as", "text")
    assert saved.code == 0, saved.err
    assert saved.out == unspoken("export", "blush.story", "--as", "text", "--seed", "2").out
    assert unspoken("export", "a.json", "--output", "a.json").code == 2, "not over what it read"
    assert unspoken("export", "a.json", "--run", "--as", "text").code == 2


def test_work_is_not_written_over(unspoken: Unspoken) -> None:
    unspoken("export", "letter.story", "--output", "game.ink")
    game = Path("game.ink")
    game.write_text(game.read_text().replace("letter", "postcard"))
    mine = game.read_bytes()
    said = unspoken("export", "letter.story", "--output", "game.ink")
    assert said.code == 2
    assert "`game.ink` is not written over" in said.err
    assert game.read_bytes() == mine
    Path("notes.md").write_text("# Mine\n")
    assert unspoken("export", "letter.story", "--output", "notes.md").code == 2


def test_json(unspoken: Unspoken) -> None:
    said = json.loads(unspoken("export", "letter.story", "-o", "a.html", "--json").out)
    assert said["format"] == "html"
    assert said["output"] == "a.html"
    assert [one["mind"] for one in said["readings"]] == [None, "Ada", "Ben", None]
    text = json.loads(unspoken("export", "letter.story", "--as", "ink", "--json").out)["text"]
    assert text == unspoken("export", "letter.story", "--as", "ink").out


def test_help_names_every_format(unspoken: Unspoken) -> None:
    said = " ".join(unspoken("export", "--help").out.replace("│", " ").split())
    assert all(each.name in said for each in FORMATS)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--as", "fountian"], "did you mean `fountain`?"),
        (["--as", "pdf"], "there are `markdown`"),
        ([], "say --as with one of `markdown`"),
        (["--output", "a.docx"], "in which format `a.docx` is to be"),
        (["--as", "epub"], "--output story.epub"),
        (["--as", "text", "--through", "Bem"], "did you mean `Ben`?"),
        (["--as", "text", "--person", "first"], "the first person needs one mind"),
        (["--as", "text", "--words", "0"], "--words cannot be `0`"),
        (["--as", "text", "--output", "nowhere/a.txt"], "cannot be written"),
    ],
)
def test_what_cannot_be_exported(unspoken: Unspoken, words: list[str], complaint: str) -> None:
    said = unspoken("export", "letter.story", *words)
    assert said.code == 2
    assert complaint in " ".join(said.err.replace("│", " ").split())
    assert said.out == ""


def test_from_python(folder: Path) -> None:
    story = library.load("letter.story").plan()
    story.export("letter.epub")
    story.export("ben.txt", "Ben", person="first", tense="present")
    assert "I find the letter." in Path("ben.txt").read_text(encoding="utf-8")
    story.export("letter", format="fountain")
    assert Path("letter").read_text(encoding="utf-8").startswith("Title: Letter\n")
    for path, format, code in (
        ("letter.docx", None, "unclear-format"),
        ("letter.epub", "docx", "no-such-format"),
        ("letter.story", "text", "not-written-over"),
    ):
        with pytest.raises(DiagnosticError) as raised:
            story.export(path, format=format)
        assert [one.code for one in raised.value.diagnostics] == [code]


def test_questions(unspoken: Unspoken) -> None:
    how = ("export", "letter.story", "--questions")
    said = unspoken(*how, "--output", "letter.md")
    assert said.code == 0, said.err
    assert said.out.startswith("letter.md: Markdown (CommonMark); ")
    assert "## Questions" in Path("letter.md").read_text("utf-8")
    data = json.loads(unspoken(*how, "--as", "json", "--through", "Ada", "--person", "first").out)
    assert data["telling"]["through"] == "Ada"
    played = unspoken(*how, "--as", "ink")
    assert played.code == 2
    assert "questions are read, not played" in played.err
