"""The page's fifteen small worlds, and every world on which we were once wrong: what must come of
each, asked of the reference and of the engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import read_world
from tests.engine_answers import EngineAnswers
from tests.expectations import (
    Answers,
    ReferenceAnswers,
    check,
    expectations,
    world_files,
    world_name,
)
from unspoken.model import Storyworld

# What the engine does otherwise, and why.
NOT_YET: dict[tuple[str, object], str] = {
    ("roundabout_reason", EngineAnswers): "the planner considers one shortest reason for each act",
}


@pytest.mark.parametrize("side", [ReferenceAnswers, EngineAnswers])
@pytest.mark.parametrize("file", world_files("cases", "reference/regressions"), ids=world_name)
def test_what_comes_of_it(
    file: Path, side: Callable[[Storyworld], Answers], request: pytest.FixtureRequest
) -> None:
    if (file.stem, side) in NOT_YET:
        reason = NOT_YET[file.stem, side]
        request.applymarker(pytest.mark.xfail(strict=True, reason=reason))
    answers = side(read_world(file))
    expected = expectations(file.read_text(encoding="utf-8"))
    assert expected, "the file says nothing"
    for one in expected:
        check(one, answers)
