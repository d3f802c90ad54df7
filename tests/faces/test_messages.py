"""Everything that can go wrong has its words, and no words lie about that nothing uses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from unspoken.language import diagnostics

ROOT = Path(__file__).parent.parent.parent

# Faults that no storyworld can cause, only a fault of ours or of the machine.
OURS = {
    *("broken-engine", "broken-invariant", "no-thread", "search-under-way"),
    *("malformed-expression", "malformed-graph", "malformed-world", "unknown-version"),
    *("no-depth", "no-such-idea", "not-a-condition", "unknown-demand", "unknown-fluent"),
    *("too-many-events", "too-many-fluents"),  # more than four thousand million
}


def in_rust() -> set[str]:
    texts = [path.read_text("utf-8") for path in (ROOT / "crates").rglob("src/**/*.rs")]
    found = {code for text in texts for code in re.findall(r'Fault::new\(\s*"([a-z-]+)"', text)}
    return found - OURS


def in_python() -> set[str]:
    """Codes given to ``failure`` and ``problem`` outside of the language, whose tests see to it."""
    texts = [
        path.read_text("utf-8")
        for path in (ROOT / "src" / "unspoken").rglob("*.py")
        if "language" not in path.relative_to(ROOT).parts
    ]
    pattern = r'(?:failure|problem)\(\s*"([a-z0-9-]+)"'
    return {code for text in texts for code in re.findall(pattern, text)}


def test_some_were_found() -> None:
    assert {"contradictory-effect", "endless-triggers"} <= in_rust()
    assert {"no-such-file", "newer-chronicle", "nobody-of-that-name"} <= in_python()


@pytest.mark.parametrize("code", sorted(in_rust() | in_python()))
def test_every_fault_has_its_words(code: str) -> None:
    words = diagnostics.definition(code)
    assert words.provoked_by or words.ledger, "not by a world alone"
    assert words.explanation


def test_the_faults_of_the_command_are_known() -> None:
    from unspoken.faces.cli.terminal import OF_THE_COMMAND

    assert set(diagnostics.codes()) >= OF_THE_COMMAND


@pytest.mark.parametrize("code", diagnostics.codes())
def test_no_words_that_nothing_says(code: str) -> None:
    if diagnostics.definition(code).provoked_by:
        places = [*(ROOT / "src").rglob("*.py"), *(ROOT / "crates").rglob("*.rs")]
        assert any(f'"{code}"' in path.read_text("utf-8") for path in places)
