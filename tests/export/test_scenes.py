"""Where a story is cut, and where eyes can be changed: never to what a mind has yet to perceive."""

from __future__ import annotations

from importlib.resources import files

import pytest

import unspoken
from tests.export.editions import STORIES, edition, story
from unspoken.export import Edition
from unspoken.export.scenes import parts, scene_ends, starts
from unspoken.story import Story


@pytest.fixture(scope="module", params=[*STORIES, "a run"])
def made(request: pytest.FixtureRequest) -> tuple[Story, Edition]:
    if request.param != "a run":
        return story(request.param), edition(request.param)
    template = files("unspoken.faces.cli") / "templates" / "blush.story"
    ran = unspoken.parse(template.read_text(encoding="utf-8")).run(seed=2)
    return ran, ran.edition()


Made = tuple[Story, Edition]


def test_every_reading_is_told_whole_in_its_order(made: Made) -> None:
    _, here = made
    for reading in here.eyes:
        pieces = [part for part in parts(here) if part.reading is reading]
        assert [part.onward for part in pieces] == [*(part.name for part in pieces[1:]), None]
        found = [line for part in pieces for each in part.paragraphs for line in each.lines]
        wanted = [line for each in reading.paragraphs for line in each.lines]
        assert found == wanted


def test_names_are_unique_and_lead_somewhere(made: Made) -> None:
    _, here = made
    names = [part.name for part in parts(here)]
    assert len(set(names)) == len(names)
    for part in parts(here):
        assert {name for _, name in part.across} <= set(names)
        assert all(other is not part.reading for other, _ in part.across)
    assert [name for _, name in starts(parts(here))]


def test_a_change_of_eyes_leads_to_nothing_not_perceived_yet(made: Made) -> None:
    """Whoever changes is told what the other mind had perceived by the end of that scene."""
    told, here = made
    ends = scene_ends(here)
    assert list(ends) == sorted(set(ends))
    by_name = {part.name: part for part in parts(here)}
    for part in parts(here):
        for _, name in part.across:
            there = by_name[name]
            assert there.scene == part.scene
            for paragraph in there.paragraphs:
                for line in paragraph.lines:
                    for number in line.events:
                        percept = told.chronicle.events[number].percepts.get(line.mind or "")
                        assert percept is not None
                        assert percept.time <= ends[part.scene - 1]


def test_one_changes_only_where_both_were(made: Made) -> None:
    told, here = made
    ends = (-1, *scene_ends(here))
    for part in parts(here):
        for other, _ in part.across:
            minds = {part.reading.mind, other.mind} - {None}
            after, end = ends[part.scene - 1], ends[part.scene]
            assert any(
                minds <= event.percepts.keys()
                and after < max(event.percepts[mind].time for mind in minds) <= end
                for event in told.chronicle.acts()
            )


def test_the_visit_is_cut_where_the_door_opens() -> None:
    """Until then nobody could change: Willow is outside, and Tara with her book."""
    outside, inside, *_ = (part for part in parts(edition()) if part.reading.mind == "Tara")
    assert outside.across == ()
    assert "handle" not in outside.paragraphs[-1].text
    assert "handle" in inside.paragraphs[0].text
    assert "Willow" in {other.mind for other, _ in inside.across}
