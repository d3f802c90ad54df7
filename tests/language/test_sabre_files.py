"""The published problem files of the Sabre planner are storyworlds, unchanged."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from unspoken.language import parse_file, render_all

ROOT = Path(__file__).resolve().parents[2]
SABRE = Path(os.environ.get("UNSPOKEN_SABRE", ROOT.parent / "shared" / "data" / "sabre"))
PROBLEMS = sorted((SABRE / "problems").glob("*.txt"))

pytestmark = pytest.mark.skipif(not PROBLEMS, reason=f"no Sabre problem files in {SABRE}")

KNOWN_WARNINGS = {"fantasy": ["comparison-as-effect"], "lovers": ["unused-property"]}


@pytest.mark.parametrize("path", PROBLEMS, ids=lambda path: path.stem)
def test_problem_file_is_a_storyworld(path: Path) -> None:
    world, diagnostics = parse_file(path)
    assert world is not None, render_all(diagnostics)
    assert [one.code for one in diagnostics] == KNOWN_WARNINGS.get(path.stem, [])
    assert world.name == path.stem
    assert world.actions
    assert world.characters
