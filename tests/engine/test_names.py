"""Values and calls as a storyworld writes them."""

from __future__ import annotations

import pytest

from unspoken.engine import load, text_of
from unspoken.language import parse


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "?"),
        (True, "True"),
        (2.0, "2"),
        (-0.5, "-0.5"),
        (0.00001, "0.00001"),
        ("Tara", "Tara"),
    ],
)
def test_values_as_texts(value: float | str | None, text: str) -> None:
    assert text_of(value) == text


def test_a_fluent_of_a_small_number_is_found_by_its_text() -> None:
    world, diagnostics = parse(
        "entity A : character; entity B : character;"
        "property level(0.00001) : boolean; level(0.00001);"
        "action dim() { effect: !level(0.00001); };"
    )
    assert world is not None, diagnostics
    assert load(world).initial.value("level(0.00001)") is True
