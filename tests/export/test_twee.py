"""Twee, read by pytwee; the passages' text by html5lib, as a browser reads what Twine's story
formats hand it."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytwee.story import Story
from pytwee.twee3 import Parser

from tests.export.editions import STORIES, edition, edition_of, texts
from unspoken.export import render
from unspoken.export.scenes import parts

LINK = re.compile(r"\[\[([^\[\]|<>]+)->(\w+)\]\]")

MARKUP = re.compile(
    r"""\[\[ | \]\] | << | >> | :: | // | '' | __ | ~~ | \^\^ | \{\{ | @@ | == | -- | \$\w | ^_\w
      | \( \w+ : | \|\w*> | ^[!*\#>|+=-] | ^\d+\. | \\ | ` | <(?!/?(em|strong)>) | \*\* | {
    """,
    re.VERBOSE | re.MULTILINE,
)
"""What means something in SugarCube, Harlowe, Chapbook or Snowman."""


def read(data: bytes) -> Story:
    story = Story()
    parser = Parser(story)
    for line in data.decode().split("\n"):
        parser(line)
    del parser  # it hands over its last passage when it is thrown away
    return story


def blocks(passage: Any) -> list[str]:
    """A passage's paragraphs as a reader sees them, links aside."""
    found = []
    for block in passage.context.strip().split("\n\n"):
        without = LINK.sub("", block).strip()
        if without:
            assert not MARKUP.search(without), "only what every story format shows as it is"
            tree = html5lib.HTMLParser(strict=True).parseFragment(without)
            found.append("".join(tree.itertext()))
    return found


@given(st.lists(texts, min_size=1, max_size=4), texts)
def test_any_text_comes_back(said: list[str], title: str) -> None:
    story = read(render(edition_of(said, title=title), "twee"))
    passages = {passage.header.name: passage for passage in story.passages}
    found = [
        block
        for name, passage in passages.items()
        if name.startswith("ada")
        for block in blocks(passage)
    ]
    assert found == said
    assert blocks(passages["about"])[:-1] == [title, f"Tags: {', '.join(said)}"]
    assert story.title == title


@pytest.mark.parametrize("name", STORIES)
def test_shipped_stories(name: str) -> None:
    here = edition(name)
    story = read(render(here, "twee"))
    passages = {passage.header.name: passage for passage in story.passages}
    assert len(passages) == len(story.passages)
    assert {"eyes", "about"} < set(passages)
    for part in parts(here):
        passage = passages[part.name]
        assert blocks(passage) == [paragraph.text for paragraph in part.paragraphs]
        assert part.reading.key in passage.header.tags
        assert set(passage.header.tags) - {part.reading.key} <= {
            *("NV", "NI", "DS", "IS", "DT", "FDT", "FIT", "IT")
        }
        leads = [target for _, target in LINK.findall(passage.context)]
        onward = part.onward or "eyes"
        assert sorted(leads) == sorted([onward, *(name for _, name in part.across)])


def test_one_can_get_everywhere() -> None:
    story = read(render(edition(), "twee"))
    leads = {p.header.name: [to for _, to in LINK.findall(p.context)] for p in story.passages}
    reached: set[str] = set()
    waiting = [story.data["start"]]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += leads[name]
    assert reached == set(leads)
    labels = [label for label, _ in LINK.findall(next(iter(story.passages)).context)]
    offered = [
        label
        for passage in story.passages
        if passage.header.name == "eyes"
        for label, _ in LINK.findall(passage.context)
    ]
    assert offered[:3] == ["Both, in turn", "Willow", "Tara"], labels


def test_what_twine_needs() -> None:
    story = read(render(edition(), "twee"))
    assert story.title == "The Night Visit"
    assert isinstance(story.data["ifid"], UUID)
    again = read(render(edition(), "twee"))
    assert again.data["ifid"] == story.data["ifid"]
    assert b'"ifid": "' + str(story.data["ifid"]).upper().encode() in render(edition(), "twee")


def test_a_title_may_begin_like_a_passage() -> None:
    """The title is the one text that Twine takes as it is."""
    story = read(render(edition_of(["Well."], title=":: Colons"), "twee"))
    assert story.title == ":: Colons"
