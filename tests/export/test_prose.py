"""Text, Markdown and HTML, read back: plain, by markdown-it (CommonMark), by html5lib (strict)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.export.editions import STORIES, edition, edition_of, texts, told
from unspoken.export import render

HTML = "{http://www.w3.org/1999/xhtml}"


def markdown(data: bytes) -> dict[str, list[str]]:
    """The texts of headings, list items and paragraphs (those after the first rule), and of
    emphasis."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(data.decode())
    assert {token.type for token in tokens} <= {
        *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "hr"),
        *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
    }
    found: dict[str, list[str]] = {"h1": [], "p": [], "li": [], "em": [], "head": []}
    kind, rules = "", 0
    for token in tokens:
        rules += token.type == "hr"
        if token.type in ("heading_open", "list_item_open"):
            kind = token.tag
        if token.type == "paragraph_open" and not token.hidden:
            kind = "p" if rules else "head"
        if token.type == "inline":
            assert not {"s_open", "link_open", "html_inline", "code_inline", "softbreak"} & {
                child.type for child in token.children or ()
            }
            found[kind].append("".join(child.content for child in token.children or ()))
            inside = False
            for child in token.children or ():
                inside = (inside or child.type == "em_open") and child.type != "em_close"
                if inside and child.content:
                    found["em"].append(child.content)
    return found


def html(data: bytes) -> Element:
    """The page's root; anything not as the standard has it raises."""
    return html5lib.HTMLParser(strict=True).parse(data.decode())


def paragraphs(root: Element, article: str) -> list[str]:
    found = root.find(f".//{HTML}article[@id='through-{article}']")
    assert found is not None
    return ["".join(one.itertext()) for one in found.iter(f"{HTML}p")]


@given(st.lists(texts, min_size=1, max_size=4), texts)
def test_any_text_comes_back_from_plain_text(said: list[str], title: str) -> None:
    blocks = render(edition_of(said, title=title), "text").decode().split("\n\n")
    assert blocks[0] == f"{title}\nTags: {', '.join(said)}"
    assert blocks[1:-2] == said


@given(st.lists(texts, min_size=1, max_size=4), texts)
def test_any_text_comes_back_from_markdown(said: list[str], title: str) -> None:
    read = markdown(render(edition_of(said, title=title, note=said[0]), "markdown"))
    assert read["p"][:-1] == said
    assert read["h1"] == [title]
    assert read["li"] == [f"Tags: {', '.join(said)}"]
    assert "".join(read["em"]) == said[0] + said[-1]


@given(st.lists(texts, min_size=1, max_size=4), texts)
def test_any_text_comes_back_from_html(said: list[str], title: str) -> None:
    root = html(render(edition_of(said, title=title, note=said[-1]), "html"))
    assert paragraphs(root, "ada") == said
    assert root.findtext(f".//{HTML}h1") == title
    assert root.findtext(f".//{HTML}title") == title
    assert root.findtext(f".//{HTML}dd") == ", ".join(said)
    assert [each.text for each in root.iter(f"{HTML}i")] == said[-1:]


@pytest.mark.parametrize("name", STORIES)
def test_shipped_stories(name: str) -> None:
    told_here = edition(name)
    assert markdown(render(told_here, "markdown"))["p"][:-1] == told(told_here)
    root = html(render(told_here, "html"))
    for reading in told_here.readings:
        assert paragraphs(root, reading.key) == [each.text for each in reading.paragraphs]


def attributes(root: Element) -> Iterator[tuple[str, str]]:
    for element in root.iter():
        yield from element.attrib.items()


def test_a_page_needs_nothing_from_anywhere() -> None:
    data = render(edition(), "html")
    root = html(data)
    names = {name for name, _ in attributes(root)}
    assert not names & {"src", "srcset", "href", "style", "onclick"}
    assert not {one.tag.removeprefix(HTML) for one in root.iter()} & {"link", "img", "iframe"}
    assert not re.search(rb"url\(|@import|https?:|//[a-z]+\.", data)


def test_a_page_reads_without_its_script() -> None:
    """The main reading is shown, the others are not, nor are buttons that would do nothing."""
    root = html(render(edition(), "html"))
    shown = [one for one in root.iter(f"{HTML}article") if "hidden" not in one.attrib]
    assert [one.get("id") for one in shown] == ["through-in_turn"]
    assert [one.get("hidden") for one in root.iter(f"{HTML}nav")] == [""]


def test_a_page_is_accessible() -> None:
    root = html(render(edition(), "html"))
    assert root.get("lang") == "en"
    for landmark in ("header", "nav", "main", "footer", "h1"):
        assert len(list(root.iter(f"{HTML}{landmark}"))) == 1, landmark
    buttons = list(root.iter(f"{HTML}button"))
    assert [one.get("aria-pressed") for one in buttons] == ["true", "false", "false", "false"]
    ids = {one.get("id") for one in root.iter(f"{HTML}article")}
    assert {one.get("aria-controls") for one in buttons} == ids
    style = root.findtext(f".//{HTML}style") or ""
    for wanted in ("prefers-color-scheme: dark", "prefers-reduced-motion", "@media print"):
        assert wanted in style


def test_a_page_through_one_mind_has_no_buttons_and_no_times() -> None:
    """When something is perceived counts what others do meanwhile."""
    root = html(render(edition(through="Tara"), "html"))
    assert not list(root.iter(f"{HTML}button"))
    assert not list(root.iter(f"{HTML}script"))
    assert "data-time" not in {name for name, _ in attributes(root)}


def test_the_apparatus_is_on_the_page() -> None:
    root = html(render(edition(), "html"))
    rows = [
        (div.findtext(f"{HTML}dt"), div.findtext(f"{HTML}dd"))
        for dl in root.iter(f"{HTML}dl")
        for div in dl
    ]
    assert rows == list(edition().rows)
    assert [name for name, _ in rows] == ["Fandom", "Characters", "Pairing", "Rating", "Tags"]


def test_several_readings_keep_their_places() -> None:
    """Story time never goes back within a reading through one mind."""
    for reading in edition().readings:
        if reading.mind is not None:
            times = [line.time for paragraph in reading.paragraphs for line in paragraph.lines]
            assert times == sorted(times)
