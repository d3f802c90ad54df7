"""The page's fifteen small worlds, and every world on which we were once wrong: what must come of
each, asked of the reference and of the engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.expectations import (
    Answers,
    ReferenceAnswers,
    check,
    expectations,
    world_files,
)
from unspoken.language import parse_file
from unspoken.model import Storyworld

FILES = [*world_files("cases"), *world_files("reference/regressions")]


def read(file: Path) -> Storyworld:
    world, diagnostics = parse_file(file)
    assert world is not None, diagnostics
    return world


@pytest.mark.parametrize("side", [ReferenceAnswers])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_comes_of_it(file: Path, side: Callable[[Storyworld], Answers]) -> None:
    answers = side(read(file))
    expected = expectations(file.read_text(encoding="utf-8"))
    assert expected, "the file says nothing"
    for one in expected:
        check(one, answers)
