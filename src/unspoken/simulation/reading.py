"""Reading conditions with doubt: surely so, surely not, or neither.

The language itself knows no third value: ``at(X) != Room`` holds where ``at(X)`` is unknown. A
mind that wishes for a thing must tell *not* from *who knows*. Expressions in, expressions out, to
be asked of a state like any other (Kleene's strong three-valued logic, spelled in two).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from unspoken.model import (
    And,
    Arithmetic,
    Assign,
    Believes,
    Comparator,
    Comparison,
    Expression,
    Fluent,
    If,
    IsA,
    Not,
    Or,
    Quantifier,
    Quantity,
    Storyworld,
    Unknown,
)
from unspoken.model.substitute import fillings, substitute

_OPPOSITE = {
    Comparator.EQ: Comparator.NE,
    Comparator.NE: Comparator.EQ,
    Comparator.GE: Comparator.LT,
    Comparator.LT: Comparator.GE,
    Comparator.LE: Comparator.GT,
    Comparator.GT: Comparator.LE,
}


def surely(expression: Expression) -> Expression:
    """A condition that holds where this one does whatever the unknown may be."""
    return _surely(expression, True)


def surely_not(expression: Expression) -> Expression:
    """A condition that holds where this one fails whatever the unknown may be."""
    return _surely(expression, False)


def _surely(expression: Expression, wanted: bool) -> Expression:
    match expression:
        case Not(inner):
            return _surely(inner, not wanted)
        case And(parts):
            kept = tuple(_surely(part, wanted) for part in parts)
            return And(kept) if wanted else Or(kept)
        case Or(parts):
            kept = tuple(_surely(part, wanted) for part in parts)
            return Or(kept) if wanted else And(kept)
        case If(branches, otherwise):
            return _surely_of_cases(branches, otherwise, wanted)
        case Quantifier(Quantity.FORALL | Quantity.EXISTS, _, body):
            quantity = expression.quantity
            if not wanted:
                every = quantity is Quantity.FORALL
                quantity = Quantity.EXISTS if every else Quantity.FORALL
            return replace(expression, quantity=quantity, body=_surely(body, wanted))
        case Believes(_, inner):
            return replace(expression, expression=_surely(inner, wanted))
        case Comparison(comparator, left, right):
            if not wanted:
                expression = replace(expression, comparator=_OPPOSITE[comparator])
            if isinstance(left, Unknown) or isinstance(right, Unknown):
                return expression  # asks about the unknown itself
            known = [Comparison(Comparator.NE, f, Unknown()) for f in (*_read(left), *_read(right))]
            return And((expression, *known)) if known else expression
        case IsA(Fluent() as tested):
            known_of = Comparison(Comparator.NE, tested, Unknown())
            return And((expression if wanted else Not(expression), known_of))
        case _:
            return expression if wanted else Not(expression)


def _surely_of_cases(
    branches: tuple[tuple[Expression, Expression], ...],
    otherwise: Expression | None,
    wanted: bool,
) -> Expression:
    """A conditional, as a condition: some case applies and its branch is so. (A little too
    careful: where it is unknown which case applies, all being alike is not noticed.)"""
    cases: list[Expression] = []
    earlier: list[Expression] = []
    for condition, branch in branches:
        cases.append(And((*earlier, _surely(condition, True), _surely(branch, wanted))))
        earlier.append(_surely(condition, False))
    if otherwise is not None:
        cases.append(And((*earlier, _surely(otherwise, wanted))))
    elif wanted:
        cases.append(And(tuple(earlier)))  # without else, the missing branch is True
    return Or(tuple(cases))


def _read(side: Expression) -> Iterator[Fluent]:
    """The fluents that a side of a comparison reads, where they can be unknown."""
    match side:
        case Fluent(declared):
            if declared.range != "boolean":
                yield side
        case Arithmetic(_, left, right):
            yield from _read(left)
            yield from _read(right)
        case Believes(character, inner):
            for fluent in _read(inner):
                yield replace(fluent, minds=(character, *fluent.minds))
        case _:
            pass


def fluents_of(world: Storyworld, expression: Expression) -> Iterator[Fluent]:
    """The fluents that a closed expression reads, whatever the state, with the minds around them;
    quantifiers spelled out."""

    def inner(*parts: Expression | None) -> Iterator[Fluent]:
        for part in parts:
            if part is not None:
                yield from fluents_of(world, part)

    match expression:
        case Fluent():
            yield expression
        case Believes(character, believed):
            for fluent in inner(believed):
                yield replace(fluent, minds=(character, *fluent.minds))
        case And(parts) | Or(parts):
            yield from inner(*parts)
        case Not(part) | IsA(part):
            yield from inner(part)
        case If(branches, otherwise):
            yield from inner(*(part for pair in branches for part in pair), otherwise)
        case Quantifier(_, variable, body):
            for filling in fillings(world, (variable,)):
                yield from inner(substitute(body, filling.terms))
        case Assign(left, right) | Comparison(_, left, right) | Arithmetic(_, left, right):
            yield from inner(left, right)
        case _:
            pass
