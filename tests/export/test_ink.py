"""Ink, compiled by inkjs and played by bink: two makers' work, neither ours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.export.editions import edition, edition_of, texts, told
from tests.export.players import compiled, missing
from unspoken.export import render
from unspoken.export.play import AGAIN, END, ONWARD


def begun(data: bytes) -> Any:
    """A story about to be played."""
    try:
        from bink.story import Story
    except (ImportError, RuntimeError):
        missing("bink, which plays Ink, is not installed")
    return Story(_compiled(data))


_compiled = cache(compiled)


def fresh() -> Any:
    return begun(render(edition(), "ink"))


def lines(story: Any) -> list[tuple[str, list[str]]]:
    """Everything up to the next choice: each line with its tags."""
    found = []
    while story.can_continue():
        text = story.cont().removesuffix("\n")
        found.append((text, list(story.get_current_tags())))
    return found


def choose(story: Any, text: str) -> list[tuple[str, list[str]]]:
    offered = list(story.get_current_choices())
    assert text in offered, offered
    story.choose_choice_index(offered.index(text))
    return lines(story)


def play(story: Any, *choices: str) -> list[str]:
    """The story told by these choices, then going on to the end."""
    lines(story)
    found: list[str] = []
    for choice in choices:
        found = [text for text, _ in choose(story, choice)]
    while ONWARD in list(story.get_current_choices()):
        found += [text for text, _ in choose(story, ONWARD)]
    return found


@settings(max_examples=4)
@given(st.lists(texts, min_size=30, max_size=60))
def test_any_text_comes_back(said: list[str]) -> None:
    story = begun(render(edition_of(said, title=said[0], note=said[1]), "ink"))
    tags = list(story.get_global_tags())
    assert tags == [f"title: {said[0]}", f"note: {said[1]}", f"tags: {', '.join(said)}"]
    assert [text for text, _ in lines(story)] == [said[0], said[1], *said]


def test_one_chooses_whose_eyes() -> None:
    story = fresh()
    lines(story)
    assert list(story.get_current_choices())[:-1] == ["Both, in turn", "Willow", "Tara"]
    for reading in edition().eyes:
        assert_is_told(play(fresh(), reading.label), [p.text for p in reading.paragraphs])


def assert_is_told(found: Sequence[str], wanted: Sequence[str]) -> None:
    """The same words; where a scene ends within a paragraph, that is two."""
    assert " ".join(found) == " ".join(wanted)


def test_every_line_has_its_mind_and_form() -> None:
    story = fresh()
    lines(story)
    for text, tags in choose(story, "Tara"):
        assert "mind: Tara" in tags
        forms = next(tag for tag in tags if tag.startswith("form: "))
        assert set(forms.removeprefix("form: ").split(", ")) <= {
            *("NV", "NI", "DS", "IS", "DT", "FDT", "FIT", "IT")
        }, text


def test_one_can_change_eyes_where_two_meet() -> None:
    story = fresh()
    lines(story)
    choose(story, "Willow")
    change = "The same moment, through Tara\u2019s eyes"
    assert change not in list(story.get_current_choices()), "Tara is not at the club"
    while change not in list(story.get_current_choices()):
        choose(story, ONWARD)
    there = choose(story, change)
    assert all("mind: Tara" in tags for _, tags in there)
    assert any("handle" in text for text, _ in there), "the same moment"
    assert not any("hear me" in text for text, _ in there), "and nothing that comes after"


def test_it_ends_and_begins_again() -> None:
    story = fresh()
    play(story, "Willow")
    assert {AGAIN, END} <= set(story.get_current_choices())
    choose(story, AGAIN)
    assert "Tara" in list(story.get_current_choices())
    play(story, "Tara")
    choose(story, END)
    assert not story.can_continue()
    assert not list(story.get_current_choices())


def test_what_it_is_about() -> None:
    story = fresh()
    tags = list(story.get_global_tags())
    assert "title: The Night Visit" in tags
    assert "pairing: Willow/Tara" in tags
    lines(story)
    shown = [text for text, _ in choose(story, "About this story")]
    assert "Rating: General" in shown
    assert list(story.get_current_choices())


def test_through_one_mind_there_is_no_question() -> None:
    here = edition(through="Tara")
    story = begun(render(here, "ink"))
    assert_is_told([text for text, _ in lines(story)][2:], told(here))
    assert not list(story.get_current_choices())


@pytest.mark.parametrize("name", ["paste_diamonds", "wrong_bench"])
def test_three_heads(name: str) -> None:
    here = edition(name)
    data = render(here, "ink")
    for reading in here.eyes:
        found = play(begun(data), reading.label)
        assert_is_told(found, [p.text for p in reading.paragraphs])
