"""Variables filled in, in everything that an expression can be."""

from __future__ import annotations

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from tests.strategies import conditions, worlds
from unspoken.engine import EngineError, load
from unspoken.language import parse
from unspoken.model import (
    EntityTerm,
    EventUse,
    Expression,
    Literal,
    Quantifier,
    Quantity,
    Storyworld,
    Term,
    Variable,
    VariableTerm,
    fillings,
    substitute,
    substitute_use,
)

WORLD = """unspoken 1;
type place;
entity Ann : character; entity Ben : character; entity Attic : place; entity Barn : place;
property at(c : character) : place;
property likes(c : character, d : character) : boolean;
property coins(c : character) : number;
property lit(b : boolean) : boolean;
"""


def read(effects: str) -> tuple[Storyworld, Expression, Expression]:
    """A precondition and an effect with the variables x, y, p and b."""
    precondition, effect = effects.split(" => ")
    world, said = parse(
        f"{WORLD} action act(x : character, y : character, p : place, b : boolean) "
        f"{{ precondition: {precondition}; effect: {effect}; }};",
        "world",
    )
    assert world is not None, said
    assert world.actions[0].effect is not None
    return world, world.actions[0].precondition, world.actions[0].effect


FILLED: list[tuple[str, str]] = [
    ("at(x) == p => at(x) = p", "at(Ann) == Attic => at(Ann) = Attic"),
    (
        "believes(x, believes(y, likes(y, x))) => believes(y, likes(x, y))",
        "believes(Ann, believes(Ben, likes(Ben, Ann))) => believes(Ben, likes(Ann, Ben))",
    ),
    (
        "believes(x, at(y) == p | !likes(x, y)) => if(lit(b)) lit(b) else !lit(b)",
        "believes(Ann, at(Ben) == Attic | !likes(Ann, Ben)) "
        "=> if(lit(True)) lit(True) else !lit(True)",
    ),
    (
        "forall(z : character) z == x | likes(z, y) => forall(z : character) likes(z, x)",
        "forall(z : character) z == Ann | likes(z, Ben) => forall(z : character) likes(z, Ann)",
    ),
    (
        "exists(x : character) likes(x, y) "
        "=> coins(x) = coins(y) + 1 - sum(y : character) coins(y)",
        "exists(x : character) likes(x, Ben) "
        "=> coins(Ann) = coins(Ben) + 1 - sum(y : character) coins(y)",
    ),
    (
        "coins(x) >= 2 & x != y & at(x) : place => coins(x) = ?",
        "coins(Ann) >= 2 & Ann != Ben & at(Ann) : place => coins(Ann) = ?",
    ),
]


@pytest.mark.parametrize(("written", "filled"), FILLED)
def test_substitute(written: str, filled: str) -> None:
    terms: dict[str, Term] = {
        "x": EntityTerm("Ann"),
        "y": EntityTerm("Ben"),
        "p": EntityTerm("Attic"),
        "b": Literal(True),
    }
    _, *before = read(written)
    _, *after = read(filled)
    assert [substitute(one, terms) for one in before] == after


def test_a_quantifier_does_not_catch_what_comes_in() -> None:
    """``exists(z) likes(z, x)`` with z for x is not ``exists(z) likes(z, z)``."""
    _, condition, _ = read("exists(z : character) likes(z, x) => likes(x, y)")
    moved = substitute(condition, {"x": VariableTerm("z")})
    assert isinstance(moved, Quantifier)
    assert moved.variable.name != "z"
    back = substitute(moved, {"z": EntityTerm("Ann")})
    _, meant, _ = read("exists(z : character) likes(z, Ann) => likes(x, y)")
    ground = load(read("lit(b) => likes(x, y)")[0])
    assert ground.number_expression(back) == ground.number_expression(meant)


@given(st.data())
def test_filling_means_what_quantifying_means(data: st.DataObject) -> None:
    """What holds of somebody is what holds of one of them, filled in."""
    world = data.draw(worlds(triggers=False))
    someone = Variable("someone", data.draw(st.sampled_from(["character", "place", "boolean"])))
    condition = data.draw(conditions(world, someone))
    try:
        initial = load(world).initial
    except EngineError:  # a world that contradicts itself
        reject()
    whole = Quantifier(Quantity.EXISTS, someone, condition)
    singly = [substitute(condition, one.terms) for one in fillings(world, (someone,))]
    for state in (initial, *(initial.mind(name) for name in world.characters)):
        assert state.evaluate(whole) == any(state.evaluate(one) for one in singly)


def test_fillings_range_as_quantifiers_do() -> None:
    world, _, _ = read("lit(b) => likes(x, y)")
    signature = (Variable("x", "character"), EntityTerm("Barn"), Variable("b", "boolean"))
    found = list(fillings(world, signature))
    assert [one.arguments for one in found] == [
        (EntityTerm(who), EntityTerm("Barn"), Literal(truth))
        for who in ("Ann", "Ben")
        for truth in (False, True)
    ]
    assert all(set(one.terms) == {"x", "b"} for one in found)
    assert len(list(fillings(world, (Variable("e", "entity"),)))) == 4


def test_a_use_keeps_what_it_leaves_open() -> None:
    use = EventUse("knock", (VariableTerm("who"), None))
    assert substitute_use(use, {"who": EntityTerm("Ann")}) == EventUse(
        "knock", (EntityTerm("Ann"), None)
    )
