"""Which facts decide: the fluents that an expression reads in a state, and their values.

Receives expressions of the model and states of the engine; hands on short conditions in the
storyworld's own language. Says why a utility is what it is, and what a precondition lacks.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from unspoken.engine import (
    GroundEvent,
    GroundWorld,
    NamedValue,
    State,
    fluent_text,
    term_text,
    text_of,
)
from unspoken.model import (
    And,
    Arithmetic,
    Assign,
    Believes,
    Comparison,
    EntityTerm,
    Expression,
    Fluent,
    If,
    IsA,
    Literal,
    Not,
    Or,
    Quantifier,
    Term,
    Variable,
    number_text,
)
from unspoken.model.substitute import substitute


class FluentValue(Struct, frozen=True):
    """A fluent, with the minds it is read in, and its value; prints as ``at(Tara) == Hall``."""

    fluent: str
    value: NamedValue

    def __str__(self) -> str:
        return f"{self.fluent} == {text_of(self.value)}"


def reached(state: State, whose: str | None) -> str:
    """A condition that holds in a state and accounts for its utility for a character (None: the
    author): all the facts that the utility reads there."""
    for utility in state.ground.world.utilities:
        if utility.character == whose:
            return " & ".join(map(str, read(state, utility.expression))) or "True"
    return "True"


def lacking(state: State, act: GroundEvent) -> tuple[FluentValue, ...]:
    """The facts by which the precondition of an act fails in a state; empty if it holds."""
    whole = precondition(act)
    parts = whole.parts if isinstance(whole, And) else (whole,)
    false = (part for part in parts if not state.evaluate(part))
    return tuple(dict.fromkeys(found for part in false for found in read(state, part)))


def precondition(event: GroundEvent) -> Expression:
    """What must hold for an act or trigger, with its arguments in place."""
    return substitute(event.schema.precondition, event.terms)


def read(state: State, expression: Expression) -> tuple[FluentValue, ...]:
    """The fluents that a closed expression reads in a state, in order, each once; of a conditional
    only the branch taken."""
    return tuple(dict.fromkeys(_read(state, expression, ())))


def _read(state: State, expression: Expression, minds: tuple[Term, ...]) -> Iterator[FluentValue]:
    match expression:
        case Fluent():
            fluent = replace(expression, minds=(*minds, *expression.minds))
            yield FluentValue(_text(fluent), state.evaluate(fluent))
        case Believes(character, inner):
            yield from _read(state, inner, (*minds, character))
        case And(parts) | Or(parts):
            for part in parts:
                yield from _read(state, part, minds)
        case Not(inner) | IsA(inner):
            yield from _read(state, inner, minds)
        case Comparison(_, left, right) | Arithmetic(_, left, right):
            yield from _read(state, left, minds)
            yield from _read(state, right, minds)
        case If(branches, otherwise):
            for condition, branch in branches:
                yield from _read(state, condition, minds)
                if state.evaluate(within_minds(condition, minds)):
                    yield from _read(state, branch, minds)
                    return
            if otherwise is not None:
                yield from _read(state, otherwise, minds)
        case Quantifier(_, variable, body):
            for term in instances(state.ground, variable):
                yield from _read(state, substitute(body, {variable.name: term}), minds)
        case Assign(fluent, value):
            yield from _read(state, fluent, minds)
            yield from _read(state, value, minds)
        case _:
            pass  # constants


def within_minds(expression: Expression, minds: tuple[Term, ...]) -> Expression:
    """An expression as the innermost of some minds, outermost first, reads it."""
    for mind in reversed(minds):
        expression = Believes(mind, expression)
    return expression


def instances(ground: GroundWorld, variable: Variable) -> list[Term]:
    """What a quantifier's variable ranges over, in order."""
    if variable.type == "boolean":
        return [Literal(False), Literal(True)]
    world = ground.world
    return [
        EntityTerm(entity.name)
        for entity in world.numbered_entities
        if variable.type in world.types_of(entity)
    ]


def _text(fluent: Fluent) -> str:
    text = fluent_text(fluent)
    for mind in reversed(fluent.minds):
        text = f"believes({term_text(mind)}, {text})"
    return text


def worth_text(utility: float | None) -> str:
    """What a utility comes to, in words; None: it is unknown."""
    return "unknown" if utility is None else number_text(utility)
