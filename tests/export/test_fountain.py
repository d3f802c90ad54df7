"""Screenplays, read back by fountain-py, and by screenplay-tools beside it."""

from __future__ import annotations

import pytest
from fountain.document import FountainDocument
from fountain.elements import ElementType as Kind
from fountain.parser import FountainParser
from hypothesis import given
from hypothesis import strategies as st
from screenplay_tools.fountain.parser import Parser
from screenplay_tools.screenplay import ElementType

from tests.export.editions import STORIES, edition, edition_of, texts
from unspoken.export import render
from unspoken.export.fountain import JOINER


def read(data: bytes) -> FountainDocument:
    parser = FountainParser()
    text = data.decode()
    assert parser.validate(text) == []
    return parser.parse(text)


def of_kind(document: FountainDocument, kind: Kind) -> list[str]:
    found = [one for one in document.elements if one.type is kind]
    assert not any(one.formatting for one in found), "nothing is emphasised"
    return [one.text.replace(JOINER, "") for one in found]


def plain(text: str) -> str:
    """Without what the format cannot hold: joiners, which it needs itself."""
    return text.replace(JOINER, "")


@given(st.lists(texts.filter(plain), min_size=1, max_size=4))
def test_any_text_comes_back(said: list[str]) -> None:
    document = read(render(edition_of(said), "fountain"))
    wanted = [plain(text) for text in said]
    assert of_kind(document, Kind.ACTION) == wanted
    assert of_kind(document, Kind.DIALOGUE) == [text for text in wanted for _ in "sv"]
    assert of_kind(document, Kind.CHARACTER) == ["ADA"] * (2 * len(said))
    assert not of_kind(document, Kind.PARENTHETICAL)
    notes = [text.removeprefix("[[").removesuffix("]]") for text in of_kind(document, Kind.NOTE)]
    assert notes[:-1] == wanted
    assert {one.type for one in document.elements} <= {
        *(Kind.ACTION, Kind.DIALOGUE, Kind.CHARACTER, Kind.NOTE),
        *(Kind.SCENE_HEADING, Kind.CENTERED, Kind.TITLE_PAGE),
    }


@pytest.mark.parametrize("name", STORIES)
def test_shipped_stories(name: str) -> None:
    here = edition(name)
    document = read(render(here, "fountain"))
    assert of_kind(document, Kind.ACTION) == [e.text for e in here.screenplay if e.kind == "action"]
    spoken = [e.text for e in here.screenplay if e.kind in ("speech", "voice")]
    assert of_kind(document, Kind.DIALOGUE) == spoken
    assert len(of_kind(document, Kind.SCENE_HEADING)) >= 1


def test_the_night_visit_as_a_screenplay() -> None:
    document = read(render(edition(), "fountain"))
    assert document.metadata["title"] == "The Night Visit"
    assert document.metadata["pairing"] == "Willow/Tara"
    assert document.metadata["tags"].startswith("missing scene, ")
    cues = [one for one in document.elements if one.type is Kind.CHARACTER]
    assert {one.text for one in cues} == {"WILLOW", "TARA"}
    assert any(one.metadata.get("extension") == "V.O." for one in cues)
    assert "I l-like you." in of_kind(document, Kind.DIALOGUE)
    assert any("Tara: " in note for note in of_kind(document, Kind.NOTE))
    assert not any("“" in text for text in of_kind(document, Kind.ACTION)), "speech is dialogue"


def test_another_reader_agrees() -> None:
    parser = Parser()
    parser.mergeActions = False
    parser.add_text(render(edition(), "fountain").decode())
    here = edition().screenplay
    lines = [e.text_raw for e in parser.script.elements if e.type is ElementType.DIALOGUE]
    assert lines == [e.text for e in here if e.kind in ("speech", "voice")]
    titles = {entry.key: entry.text_raw for entry in parser.script.titleEntries}
    assert titles["Title"] == "The Night Visit"


def test_through_one_mind_nothing_else_is_seen() -> None:
    text = render(edition(through="Tara"), "fountain").decode()
    assert "alarm" not in text
    assert "[[Willow: " not in text
