"""What is true or false, among expressions, and what it comes to that two such are compared.

Receives and hands on expressions; knows nobody who holds them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from unspoken.model.expressions import (
    FALSE,
    And,
    Believes,
    Comparator,
    Comparison,
    Expression,
    Fluent,
    If,
    IsA,
    Literal,
    Not,
    Or,
    Quantifier,
    Quantity,
    Term,
)


def is_truth(expression: Expression) -> bool:
    """Is it a condition, rather than a number or an entity?"""
    match expression:
        case Literal(value):
            return isinstance(value, bool)
        case Fluent(declared):
            return declared.range == "boolean"
        case Believes(_, inner):
            return is_truth(inner)
        case If(branches):
            return is_truth(branches[0][1])
        case Quantifier(quantity):
            return quantity in (Quantity.FORALL, Quantity.EXISTS)
        case And() | Or() | Not() | Comparison() | IsA():
            return True
        case _:
            return False


def spelled(compared: Comparison) -> Expression | None:
    """Two truths compared, by cases: both so, or both not so. That is not the same as to compare
    what they come to: of a number that is not known, neither ``n > 3`` nor ``!(n > 3)`` holds
    (semantics 1.6). That a belief is not so is here that all worlds of its mind deny it. None
    where other values are compared."""
    left, right = compared.left, compared.right
    if not (is_truth(left) and is_truth(right)):
        return None
    if compared.comparator in (Comparator.GT, Comparator.LT):
        return FALSE
    alike = Or((And((left, right)), And((_not_so(left), _not_so(right)))))
    return Not(alike) if compared.comparator is Comparator.NE else alike


def belief(expression: Expression | None) -> tuple[tuple[Term, ...], Expression] | None:
    """Who (outermost first) believes what, where that is what an expression says."""
    match expression:
        case Believes(character, inner):
            return (character,), inner
        case Fluent(minds=(_, *_)) if expression.property.range == "boolean":
            return expression.minds, Fluent(expression.property, expression.arguments)
    return None


def _not_so(truth: Expression) -> Expression:
    believed = belief(truth)
    if believed is None:
        return Not(truth)
    (first, *others), inner = believed
    return Believes(first, _not_so(_around(others, inner)))


def _around(minds: Sequence[Term], truth: Expression) -> Expression:
    for mind in reversed(minds):
        truth = Believes(mind, truth)
    return truth


_OPPOSITE: Mapping[Comparator, Comparator] = {
    Comparator.GT: Comparator.LE,
    Comparator.LE: Comparator.GT,
    Comparator.LT: Comparator.GE,
    Comparator.GE: Comparator.LT,
    Comparator.EQ: Comparator.NE,
    Comparator.NE: Comparator.EQ,
}


def opposite(part: Expression) -> Expression | None:
    """Negation goes down to the comparisons, whose opposites decide about unknowns; None: it goes
    no further."""
    match part:
        case Not(inner):
            return inner
        case And(parts):
            return Or(tuple(map(Not, parts)))
        case Or(parts):
            return And(tuple(map(Not, parts)))
        case Believes(character, inner):
            return Believes(character, Not(inner))
        case Quantifier(Quantity.FORALL, variable, body):
            return Quantifier(Quantity.EXISTS, variable, Not(body))
        case Quantifier(Quantity.EXISTS, variable, body):
            return Quantifier(Quantity.FORALL, variable, Not(body))
        case Comparison(comparator, left, right):
            return Comparison(_OPPOSITE[comparator], left, right)
        case _:
            return None
