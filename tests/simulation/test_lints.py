"""What of inner lives comes to nothing as the world begins, and what does not."""

from __future__ import annotations

import pytest

import unspoken
from tests.faces.test_every_message import SECRET
from unspoken.simulation.lints import lint

UNAWARE = "believes(Ben, !loves(Ada, Ben));"
SUPPOSED = "believes(Ada, believes(Ben, !loves(Ada, Ben)));"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("", 1),
        (UNAWARE, 1),
        (UNAWARE + SUPPOSED, 0),
        (SUPPOSED, 0),
        ("!loves(Ada, Ben);", 0),
        ("hunch sure(a : character, b : character) { of: loves(a, b); };", 1),
        (
            "hunch sure(a : character, b : character) { of: loves(a, b); };"
            "believes(Ada, believes(Ben, sure(Ada, Ben))) = 1;",
            0,
        ),
    ],
)
def test_what_a_norm_hides_must_be_unknown_to_its_holders_mind(said: str, found: int) -> None:
    assert len(lint(unspoken.parse(SECRET + said).model)) == found


def test_a_norm_before_anyone_hides_from_whoever_does_not_know() -> None:
    world = SECRET.replace("before: other", "before: anyone") + "entity Cy : character;"
    (warning,) = lint(unspoken.parse(world).model)
    assert warning.message.endswith("as Ada sees it, everybody knows it already at the beginning")
    cy = "believes(Ada, believes(Cy, !loves(Ada, Ben)));"
    assert lint(unspoken.parse(world + cy).model) == []
