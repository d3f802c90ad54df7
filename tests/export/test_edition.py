"""Editions: what is in them, that they tell what ``tell`` tells, and that nothing leaks."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from msgspec.structs import replace

import unspoken
from tests.export.editions import STORIES, edition, story, told
from tests.faces.conftest import LETTER
from tests.telling.worlds import renumbered
from unspoken import DiagnosticError
from unspoken.chronicle.events import Chronicle, Event, Percept
from unspoken.export import FORMATS, format_of, render
from unspoken.seal import colophon, is_sealed, seal

NAMES = [each.name for each in FORMATS]


@pytest.mark.parametrize("name", STORIES)
def test_it_tells_what_is_told(name: str) -> None:
    here = edition(name)
    assert "\n\n".join(told(here)) == story(name).tell()
    for reading in here.readings:
        text = "\n\n".join(paragraph.text for paragraph in reading.paragraphs)
        if reading.mind is not None:
            assert text == story(name).tell(through=reading.mind)
        elif reading is not here.main:
            assert text == story(name).tell(heads="camera")


def test_who_is_in_it() -> None:
    labels = [(reading.key, reading.label) for reading in edition().readings]
    assert labels == [
        ("in_turn", "Both, in turn"),
        ("willow", "Willow"),
        ("tara", "Tara"),
        ("from_outside", "From outside"),
    ]
    assert [reading.key for reading in edition(through="Tara").readings] == ["tara"]


def test_one_head_needs_no_turns() -> None:
    template = files("unspoken.faces.cli") / "templates" / "letter.story"
    here = unspoken.parse(template.read_text(encoding="utf-8"), "letter.story").plan().edition()
    assert [reading.mind for reading in here.readings] == ["Ben", None]
    assert here.title == "Letter", "after its file, where the author gives none"


def test_how_it_is_told() -> None:
    first = story().edition("Tara", person="first", tense="present", words=80)
    assert "I say." in first.main.paragraphs[1].text
    assert first.main.words < edition(through="Tara").main.words
    assert story().edition(seed=5).main != edition().main
    with pytest.raises(DiagnosticError, match="nobody in this story is called `Tora`"):
        story().edition("Tora")
    with pytest.raises(DiagnosticError, match="the first person needs one mind"):
        story().edition(person="first")


def test_other_words_are_another_book() -> None:
    first = story()
    ways: list[dict[str, object]] = [{}, {"tense": "present"}, {"words": 80}, {"seed": 4}]
    ways += [{"heads": "replay"}, {"heads": "omniscient"}, {"order": "flashback"}]
    found = {first.edition(**way).identifier for way in ways}  # type: ignore[arg-type]
    assert len(found) == len(ways)
    assert first.edition().identifier == first.edition().identifier


@pytest.mark.parametrize(("heads", "key"), [("replay", "once_each"), ("omniscient", "from_above")])
def test_other_heads_come_first(heads: str, key: str) -> None:
    here = story().edition(heads=heads)  # type: ignore[arg-type]
    assert [one.key for one in here.readings] == [key, "willow", "tara", "from_outside"]
    assert [one.key for one in here.eyes] == ["willow", "tara"], "what is played goes through minds"
    text = "\n\n".join(
        block for p in here.main.paragraphs for block in (p.heading, p.text) if block
    )
    assert text == story().tell(heads=heads)
    for name in ("markdown", "html", "text"):
        headings = render(here, name).decode().count("Willow\n\n") + render(
            here, name
        ).decode().count("<h2>Willow</h2>")
        assert (headings > 0) is (heads == "replay"), name


def test_the_same_world_and_seed_the_same_bytes(tmp_path: Path) -> None:
    """In another process, with other hashes, and the world in another place."""
    (tmp_path / "letter.story").write_text(LETTER, encoding="utf-8")
    command = (
        "import unspoken; from unspoken.export import FORMATS\n"
        "story = unspoken.load('letter.story').plan()\n"
        "for each in FORMATS: story.export(each.name, format=each.name)"
    )
    subprocess.run(
        [sys.executable, "-c", command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONHASHSEED": "7"},
        check=True,
    )
    here = unspoken.parse(LETTER, "/elsewhere/letter.story").plan().edition()
    for name in NAMES:
        assert (tmp_path / name).read_bytes() == render(here, name), name


@pytest.mark.parametrize("who", ["Willow", "Tara", "Buffy"])
def test_through_one_mind_nothing_leaks(who: str) -> None:
    """The export is the same bytes when nothing is left of the story but what this mind has, and
    other things go on in between."""
    alone = unspoken.load("night_visit").retell(only(story().chronicle, who)).edition(who)
    for name in NAMES:
        if name != "json":  # which numbers the events of the chronicle
            assert render(alone, name) == render(edition(through=who), name), name


def only(chronicle: Chronicle, who: str) -> Chronicle:
    """What ``who`` has of a story, at other times."""

    def seen(event: Event) -> Event:
        percept = event.percepts[who]
        later = Percept(percept.how, 3 * percept.time + 1, percept.whole)
        return replace(event, time=3 * event.time + 1, percepts={who: later})

    events = [seen(event) for event in chronicle.events if who in event.percepts]
    return replace(chronicle, events=renumbered(events))


def test_a_format_by_its_files() -> None:
    assert len({ending for each in FORMATS for ending in each.endings}) == sum(
        len(each.endings) for each in FORMATS
    )
    for each in FORMATS:
        for ending in each.endings:
            assert format_of(f"a.b{ending.upper()}") is each
    assert format_of("story.docx") is None


@pytest.mark.parametrize("name", NAMES)
def test_every_export_is_sealed(name: str) -> None:
    data = render(edition(), name)
    assert is_sealed(data)
    for changed in (data + b" ", data[:-1], data.replace(b"Tara", b"Cara", 1), b" " + data):
        assert changed == data or not is_sealed(changed)


def test_a_seal_that_a_story_speaks_of_is_none() -> None:
    line = colophon("0.1.0", 0)
    data = seal(f"He read: “{line}”\n\n{line}\n".encode())
    assert is_sealed(data)
    assert not is_sealed(line.encode())
    with pytest.raises(ValueError, match="colophon"):
        seal(b"nothing")
