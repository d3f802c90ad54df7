"""Conditions and amounts put together from others, as short as can be without a state.

Receives and hands on model values; used by what rewrites worlds (``lower``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from unspoken.model import (
    FALSE,
    TRUE,
    And,
    Arithmetic,
    Believes,
    Comparator,
    Comparison,
    Expression,
    Fluent,
    If,
    IsA,
    Literal,
    Not,
    Operator,
    Or,
    Quantifier,
    Quantity,
    Term,
    Variable,
    VariableTerm,
)


def all_of(parts: Iterable[Expression]) -> Expression:
    """All of these hold; those of conjunctions among them stand by themselves."""
    kept: dict[Expression, None] = {}
    for part in parts:
        kept.update(dict.fromkeys(part.parts if isinstance(part, And) else (part,)))
    kept.pop(TRUE, None)
    if FALSE in kept:
        return FALSE
    return next(iter(kept), TRUE) if len(kept) <= 1 else And(tuple(kept))


def any_of(parts: Iterable[Expression]) -> Expression:
    """At least one of these holds."""
    kept = dict.fromkeys(parts)
    kept.pop(FALSE, None)
    if TRUE in kept:
        return TRUE
    return next(iter(kept), FALSE) if len(kept) <= 1 else Or(tuple(kept))


def denied(condition: Expression) -> Expression:
    match condition:
        case Literal(bool(value)):
            return Literal(not value)
        case Not(inner):
            return inner
        case _:
            return Not(condition)


def equal(left: Term, right: Term) -> Expression:
    """Are two terms the same thing?"""
    if left == right:
        return TRUE
    if isinstance(left, VariableTerm) or isinstance(right, VariableTerm):
        return Comparison(Comparator.EQ, left, right)
    return FALSE


def believed(minds: Sequence[Term], expression: Expression) -> Expression:
    """The expression as these minds read it, the outermost first."""
    if not minds or not is_about_the_world(expression):
        return expression
    if isinstance(expression, Fluent):
        return replace(expression, minds=(*minds, *expression.minds))
    for mind in reversed(minds):
        expression = Believes(mind, expression)
    return expression


def is_about_the_world(expression: Expression) -> bool:
    """Does it read any fluent?"""
    match expression:
        case Fluent():
            return True
        case And(parts) | Or(parts):
            return any(map(is_about_the_world, parts))
        case Believes(_, inner) | Not(inner) | IsA(inner) | Quantifier(_, _, inner):
            return is_about_the_world(inner)
        case Comparison(_, left, right) | Arithmetic(_, left, right):
            return is_about_the_world(left) or is_about_the_world(right)
        case If(branches, otherwise):
            inside = [part for pair in branches for part in pair]
            return any(map(is_about_the_world, inside)) or (
                otherwise is not None and is_about_the_world(otherwise)
            )
        case _:
            return False


def stands(fluent: Fluent, truth: bool) -> Expression:
    """A boolean fluent has this value. (It is never unknown.)"""
    return fluent if truth else Not(fluent)


def number(value: float) -> Literal:
    return Literal(float(value))


def plus(left: Expression, right: Expression) -> Expression:
    """A sum; a negative number is taken away, and nothing is not added."""
    if isinstance(right, Literal) and right.value == 0.0:
        return left
    if isinstance(left, Literal) and left.value == 0.0:
        return right
    if isinstance(right, Literal) and right.value < 0:
        return Arithmetic(Operator.SUBTRACT, left, Literal(-right.value))
    return Arithmetic(Operator.ADD, left, right)


def worth(condition: Expression, amount: Expression) -> Expression:
    """The amount where the condition holds, else 0."""
    return amount if condition == TRUE else If(((condition, amount),), number(0))


def within(value: Expression, low: int | None, high: int | None) -> Expression:
    """The number kept between bounds, where there are any. Unknown stays unknown."""
    if isinstance(value, Literal):
        least = value.value if low is None else max(float(low), value.value)
        return Literal(float(least if high is None else min(float(high), least)))
    branches: list[tuple[Expression, Expression]] = []
    if high is not None:
        branches.append((Comparison(Comparator.GT, value, number(high)), number(high)))
    if low is not None:
        branches.append((Comparison(Comparator.LT, value, number(low)), number(low)))
    return If(tuple(branches), value) if branches else value


def over(quantity: Quantity, variables: Sequence[Variable], body: Expression) -> Expression:
    """The body bound by these variables, the first outermost."""
    for variable in reversed(variables):
        body = Quantifier(quantity, variable, body)
    return body
