"""How hard to look: ``UNSPOKEN_TESTS=thorough`` tries thousands of invented worlds."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from unspoken.language import parse_file
from unspoken.model import Storyworld

# As the command line has it: with all that tests keep, looking for cycles is most of the time.
gc.set_threshold(200_000)

_slow = settings(deadline=None, suppress_health_check=list(HealthCheck))
# Making a failing world smaller can take minutes; that is for whoever looks into it.
_quick = [phase for phase in Phase if phase is not Phase.shrink and phase is not Phase.explain]
settings.register_profile("dev", _slow, max_examples=50, derandomize=True, phases=_quick)
settings.register_profile("thorough", _slow, max_examples=5000)
THOROUGH = os.environ.get("UNSPOKEN_TESTS") == "thorough"
settings.load_profile("thorough" if THOROUGH else "dev")

ROOT = Path(__file__).parent.parent


def sabre_folder() -> Path:
    """The folder of Sabre's problems and solutions; skips the test where it is absent."""
    folder = Path(os.environ.get("UNSPOKEN_SABRE", ROOT.parent / "shared" / "data" / "sabre"))
    if not folder.is_dir():
        pytest.skip(f"Sabre's problems are not at {folder} (see UNSPOKEN_SABRE)")
    return folder


def sabre_world(name: str) -> Storyworld:
    """One of Sabre's problems, read."""
    return read_world(sabre_folder() / "problems" / f"{name}.txt")


def read_world(file: Path) -> Storyworld:
    """A world that has no errors."""
    world, diagnostics = parse_file(file)
    assert world is not None, diagnostics
    return world
