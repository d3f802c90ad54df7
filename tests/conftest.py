"""How hard to look: ``UNSPOKEN_TESTS=thorough`` tries thousands of invented worlds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from unspoken.language import parse_file
from unspoken.model import Storyworld

_slow = settings(deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("dev", _slow, max_examples=60, derandomize=True)
settings.register_profile("thorough", _slow, max_examples=5000)
settings.load_profile(os.environ.get("UNSPOKEN_TESTS", "dev"))

ROOT = Path(__file__).parent.parent


def sabre_folder() -> Path:
    """The folder of Sabre's problems and solutions; skips the test where it is absent."""
    folder = Path(os.environ.get("UNSPOKEN_SABRE", ROOT.parent / "shared" / "data" / "sabre"))
    if not folder.is_dir():
        pytest.skip(f"Sabre's problems are not at {folder} (see UNSPOKEN_SABRE)")
    return folder


def sabre_world(name: str) -> Storyworld:
    """One of Sabre's problems, read."""
    world, diagnostics = parse_file(sabre_folder() / "problems" / f"{name}.txt")
    assert world is not None, diagnostics
    return world
