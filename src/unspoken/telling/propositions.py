"""What an expression speaks of, without asking whether it holds: properties it reads, facts it
sets, whose minds are in it.

Receives expressions of the model; looks at no view and no state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass

from unspoken.chronicle.events import Chain, Fact, Value
from unspoken.model import (
    And,
    Assign,
    Believes,
    Comparison,
    EntityTerm,
    Expression,
    Fluent,
    If,
    Literal,
    Not,
    Quantifier,
    Term,
    Variable,
    VariableTerm,
)

Bindings = Mapping[str, Value]
Domain = Callable[[Variable], tuple[Value, ...]]
"""What a variable ranges over."""


def term(part: Term, bindings: Bindings) -> Value:
    """What an argument stands for."""
    match part:
        case Literal(value):
            return value
        case VariableTerm(name):
            return bindings.get(name)
        case EntityTerm(name):
            return name


def properties_in(expression: Expression) -> frozenset[str]:
    """The names of all properties that an expression reads."""
    return frozenset(part.property.name for part in walk(expression) if isinstance(part, Fluent))


def walk(part: object) -> Iterator[object]:
    """An expression and everything in it."""
    if isinstance(part, tuple):
        for each in part:
            yield from walk(each)
    elif is_dataclass(part) and not isinstance(part, VariableTerm | EntityTerm):
        yield part
        for field in fields(part):
            if field.name not in ("origin", "property"):
                yield from walk(getattr(part, field.name))


def assigned(
    effect: Expression, bindings: Bindings, domain: Domain, minds: Chain = ()
) -> Iterator[tuple[Chain, Fact]]:
    """The facts that an effect can set, in the world () or along a chain of minds; conditions on
    them do not count."""
    match effect:
        case And(parts):
            for part in parts:
                yield from assigned(part, bindings, domain, minds)
        case Not(part) | Assign(part, _) | Comparison(_, part, _):
            yield from assigned(part, bindings, domain, minds)
        case Believes(character, part):
            inside = (*minds, str(term(character, bindings)))
            yield from assigned(part, bindings, domain, inside)
        case If(branches, otherwise):
            for _, branch in branches:
                yield from assigned(branch, bindings, domain, minds)
            if otherwise is not None:
                yield from assigned(otherwise, bindings, domain, minds)
        case Quantifier(_, variable, body):
            for value in domain(variable):
                yield from assigned(body, {**bindings, variable.name: value}, domain, minds)
        case Fluent(declared, arguments, inner):
            chain = (*minds, *(str(term(mind, bindings)) for mind in inner))
            yield chain, Fact(declared.name, tuple(term(a, bindings) for a in arguments))
        case _:
            return
