"""What an expression speaks of, without asking whether it holds: properties it reads, facts it
sets, whose minds are in it.

Receives expressions of the model; looks at no view and no state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

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
    if isinstance(part, VariableTerm):
        return bindings.get(part.name)
    return part.name if isinstance(part, EntityTerm) else part.value


def fluents_in(expression: Expression) -> tuple[Fluent, ...]:
    """All that an expression reads."""
    return tuple(part for part in walk(expression) if isinstance(part, Fluent))


def properties_in(expression: Expression) -> frozenset[str]:
    """The names of all properties that an expression reads."""
    return frozenset(fluent.property.name for fluent in fluents_in(expression))


def facts_in(fluents: Iterable[Fluent], bindings: Bindings) -> frozenset[Fact] | None:
    """The facts that these speak of; None if that is more than the bindings say."""
    found = set()
    for fluent in fluents:
        for argument in fluent.arguments:
            if isinstance(argument, VariableTerm) and argument.name not in bindings:
                return None
        found.add(Fact(fluent.property.name, tuple(term(a, bindings) for a in fluent.arguments)))
    return frozenset(found)


def walk(part: object) -> Iterator[object]:
    """An expression and everything in it."""
    waiting = [part]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            waiting.extend(reversed(part))
            continue
        kind: Any = type(part)
        names = _fields(kind)
        if names is not None:
            yield part
            waiting.extend([getattr(part, name) for name in reversed(names)])


@cache
def _fields(kind: type) -> tuple[str, ...] | None:
    """What of a part there is to go into; None where it is no part of its own."""
    if not issubclass(kind, Struct) or issubclass(kind, VariableTerm | EntityTerm):
        return None
    return tuple(name for name in kind.__struct_fields__ if name not in ("origin", "property"))


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
