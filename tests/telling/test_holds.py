"""What a view's mind holds of a condition, with a number that it does not know."""

from __future__ import annotations

import pytest

from unspoken.chronicle import Fact
from unspoken.language import parse, parse_condition
from unspoken.telling.holds import holds
from unspoken.telling.setting import Setting
from unspoken.telling.view import View

WORLD = """
unspoken 1;
entity Ann : character;
entity Ben : character;
property n() : number;
property p() : boolean;
"""
VIEW = View("Ann", (), {("Ann",): {Fact("n"): None, Fact("p"): True}})


@pytest.mark.parametrize(
    ("condition", "held"),
    [
        ("p()", True),
        ("!p()", False),
        ("!!p()", True),
        ("n() > 3", False),
        ("!(n() > 3)", False),
        ("n() <= 3", False),
        ("!!(n() > 3)", False),
        ("!(n() > 3 | !p())", False),
        ("!(p() & n() == 3)", True),
        ("!believes(Ben, n() > 3)", False),
        ("!believes(Ben, n() == 3)", True),
        ("!forall(c : character) n() > 3", False),
        ("!exists(c : character) n() == 3", True),
        ("p() == (n() == ?)", True),
        ("p() != (n() > 3)", False),
        ("!p() == (n() > 3)", False),
        ("p() == !(n() > 3)", False),
    ],
)
def test_negation_and_unknowns(condition: str, held: bool) -> None:
    world, _ = parse(WORLD)
    assert world is not None
    expression, diagnostics = parse_condition(condition, world)
    assert expression is not None, diagnostics
    assert holds(expression, VIEW, Setting(world), {}) is held
