"""Data: as the schema that is shipped has it, with what each sentence was made from."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace

import unspoken
from tests.export.editions import STORIES, edition, edition_of, story, texts
from unspoken.chronicle.events import Event
from unspoken.export import Edition, render
from unspoken.telling import times_of, trace

SCHEMA = json.loads((files("unspoken.export") / "schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def read(edition: Edition) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(render(edition, "json"))
    VALIDATOR.validate(data)
    return data


def sentences(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [s for r in data["readings"] for p in r["paragraphs"] for s in p["sentences"]]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@given(st.lists(texts, min_size=1, max_size=4), texts)
def test_any_text_comes_back(said: list[str], title: str) -> None:
    data = read(edition_of(said, title=title))
    assert [sentence["text"] for sentence in sentences(data)] == said
    assert data["title"] == title


@pytest.mark.parametrize("name", STORIES)
def test_every_sentence_says_where_it_comes_from(name: str) -> None:
    data = read(edition(name))
    events = {event["number"]: event for event in data["events"]}
    chronicle = story(name).chronicle
    for sentence in sentences(data):
        assert "".join(run["text"] for run in sentence["runs"]) == sentence["text"]
        for number in sentence["events"]:
            assert events[number]["kind"] == chronicle.events[number].kind
            if sentence["mind"] is not None:
                assert sentence["mind"] in events[number]["perceived_by"]
    assert any(sentence["lines"] for sentence in sentences(data))


def test_through_one_mind_nobody_else_perceives() -> None:
    data = read(edition(through="Tara"))
    assert {who for event in data["events"] for who in event["perceived_by"]} == {"Tara"}


def test_through_one_mind_events_have_its_time() -> None:
    """When it had them; others' time, and that it was late, are no business of its edition's."""
    chronicle = story().chronicle

    def late(event: Event) -> Event:
        own = {who: replace(p, time=p.time + 5) for who, p in event.percepts.items()}
        return replace(event, percepts=own)

    moved = replace(chronicle, events=tuple(map(late, chronicle.events)))
    data = read(unspoken.load("night_visit").retell(moved).edition("Tara"))
    times = dict(zip(trace(moved, "Tara"), times_of(moved, "Tara"), strict=True))
    assert data["events"]
    for event in data["events"]:
        assert event["time"] == times[event["number"]] > moved.events[event["number"]].time


def test_the_apparatus_as_the_author_wrote_it() -> None:
    said = {row["key"]: row["texts"] for row in read(edition())["apparatus"]}
    assert said["tags"] == ["missing scene", "mutual pining", "first kiss", "mind link"]
