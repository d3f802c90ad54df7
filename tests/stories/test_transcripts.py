"""Every shipped story still comes to what its transcripts say, and has them, and stays short."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.transcripts import STORIES, THROUGH, transcript, transcripts

LINES = {"night_visit": 1200, "prize_marmalade": 750, "small_town": 370}
"""The first two are run as well, and long, and towns are made by the dozen; every other story shows
that little is needed."""


@pytest.mark.parametrize(
    ("path", "command"), transcripts().items(), ids=lambda value: str(value).rpartition("/")[2]
)
def test_a_story_comes_to_what_its_transcript_says(path: Path, command: str) -> None:
    assert transcript(command) == path.read_text(encoding="utf-8")


def test_every_story_has_transcripts_and_a_page_about_it() -> None:
    shipped = {path.parent.name for path in STORIES.glob("*/world.story")}
    assert shipped == set(THROUGH)
    assert all((STORIES / story / "README.md").exists() for story in shipped)


@pytest.mark.parametrize("story", THROUGH)
def test_a_story_is_short(story: str) -> None:
    lines = (STORIES / story / "world.story").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LINES.get(story, 150)
