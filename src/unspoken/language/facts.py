"""What can be told from the form of a condition or an effect alone, without a state.

A *claim* says of a fluent that it has, or has not, a value; conditions that are conjunctions of
claims can be compared with what effects bring about. Everything else counts as "who knows".
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from unspoken.model import (
    FALSE,
    TRUE,
    And,
    Arithmetic,
    Assign,
    Believes,
    Comparator,
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
    Quantity,
    Term,
    Unknown,
)


class Claim(Struct, frozen=True):
    """``fluent == value``, or ``fluent != value`` if not ``holds``."""

    fluent: Fluent
    value: Expression
    holds: bool = True

    @property
    def key(self) -> tuple[object, int]:
        """Two claims with different keys are never about the same value."""
        return self.fluent.property, len(self.fluent.minds)

    def settles(self, other: Claim) -> bool | None:
        """Whether the other claim is true, given that this one is; None: who knows."""
        if self.fluent != other.fluent or not self.holds:
            return True if self == other else None
        if self.value == other.value:
            return other.holds
        if _is_constant(self.value) and _is_constant(other.value):
            return not other.holds
        return None


def conjuncts(condition: Expression) -> Iterator[Expression]:
    """The parts of a condition that must all hold, minds pushed inwards."""
    if isinstance(condition, And):
        for part in condition.parts:
            yield from conjuncts(part)
    elif isinstance(condition, Believes):
        for part in conjuncts(condition.expression):
            yield _in_mind(condition, part)
    elif isinstance(condition, Not) and isinstance(condition.expression, Not):
        yield from conjuncts(condition.expression.expression)
    else:
        yield condition


def claim(conjunct: Expression) -> Claim | None:
    """A conjunct as a claim, if it has that form."""
    match conjunct:
        case Fluent():
            return Claim(conjunct, TRUE)
        case Not(Fluent() as fluent):
            return Claim(fluent, FALSE)
        case Not(Believes() as belief):
            # What somebody does not rule out, it need not hold.
            one = claim(_in_mind(belief, Not(belief.expression)))
            return one if one is not None and not one.holds else None
        case Not(Comparison(comparator, Fluent() as fluent, value)):
            if comparator in (Comparator.EQ, Comparator.NE):
                return Claim(fluent, value, comparator is Comparator.NE)
        case Comparison(comparator, Fluent() as fluent, value):
            if comparator in (Comparator.EQ, Comparator.NE):
                return Claim(fluent, value, comparator is Comparator.EQ)
    return None


def outcomes(effect: Expression | None) -> Iterator[Claim]:
    """Everything that an effect may bring about, conditional or not."""
    match effect:
        case Assign(fluent, value):
            yield Claim(fluent, value)
        case Fluent():
            yield Claim(effect, TRUE)
        case Not(Fluent() as fluent):
            yield Claim(fluent, FALSE)
        case Comparison(Comparator.EQ, Fluent() as fluent, value):
            yield Claim(fluent, value)
        case Comparison(Comparator.NE, Fluent() as fluent, value):
            yield Claim(fluent, Not(value))
        case And(parts):
            for part in parts:
                yield from outcomes(part)
        case If(branches, otherwise):
            for _, branch in branches:
                yield from outcomes(branch)
            yield from outcomes(otherwise)
        case Quantifier():
            yield from outcomes(effect.body)
        case Believes(character, body):
            for one in outcomes(body):
                minds = (character, *one.fluent.minds)
                fluent = Fluent(one.fluent.property, one.fluent.arguments, minds)
                yield Claim(fluent, _read_by(character, one.value), one.holds)


def is_unconditional(effect: Expression | None) -> bool:
    """Whether all that an effect may bring about comes about."""
    match effect:
        case And(parts):
            return all(is_unconditional(part) for part in parts)
        case Believes():
            return is_unconditional(effect.expression)
        case If() | Quantifier():
            return False
    return True


def fluents(expression: Expression) -> Iterator[Fluent]:
    """Every fluent that an expression reads, minds pushed inwards."""
    match expression:
        case Fluent():
            yield expression
        case And(parts) | Or(parts):
            for part in parts:
                yield from fluents(part)
        case Not(inner):
            yield from fluents(inner)
        case Believes(character, inner):
            for fluent in fluents(inner):
                minds = (character, *fluent.minds)
                yield Fluent(fluent.property, fluent.arguments, minds)
        case If(branches, otherwise):
            for condition, branch in branches:
                yield from fluents(condition)
                yield from fluents(branch)
            if otherwise is not None:
                yield from fluents(otherwise)
        case Quantifier():
            yield from fluents(expression.body)
        case Assign(fluent, value):
            yield fluent
            yield from fluents(value)
        case Comparison(_, left, right) | Arithmetic(_, left, right):
            yield from fluents(left)
            yield from fluents(right)
        case IsA(inner):
            yield from fluents(inner)


def truth(condition: Expression) -> bool | None:
    """Whether a condition is always true or never; None: who knows."""
    match condition:
        case Literal(bool() as value):
            return value
        case Not(inner):
            inside = truth(inner)
            return None if inside is None else not inside
        case Believes(_, inner):
            return truth(inner)
        case Comparison(comparator, left, right):
            return _compare(comparator, left, right)
        case Or(parts):
            known = [truth(part) for part in parts]
            return True if True in known else False if set(known) == {False} else None
        case And():
            return _truth_of_all(list(conjuncts(condition)))
        case Quantifier(Quantity.EXISTS, _, inner):
            return False if truth(inner) is False else None
        case Quantifier(Quantity.FORALL, _, inner):
            return True if truth(inner) is True else None
    return None


def _truth_of_all(parts: list[Expression]) -> bool | None:
    known = [truth(part) for part in parts if not isinstance(part, And)]
    if False in known:
        return False
    claims = [one for part in parts if (one := claim(part)) is not None]
    for number, first in enumerate(claims):
        if any(first.settles(second) is False for second in claims[number + 1 :]):
            return False
    return True if set(known) == {True} else None


def _compare(comparator: Comparator, left: Expression, right: Expression) -> bool | None:
    if comparator not in (Comparator.EQ, Comparator.NE):
        return None
    if not (_is_constant(left) and _is_constant(right)):
        return None
    return (left == right) == (comparator is Comparator.EQ)


def _is_constant(expression: Expression) -> bool:
    return isinstance(expression, Literal | EntityTerm | Unknown)


def _in_mind(belief: Believes, inner: Expression) -> Expression:
    """A conjunct of what somebody believes, as a conjunct of its own."""
    one = claim(inner)
    if one is None:
        return Believes(belief.character, inner)
    minds = (belief.character, *one.fluent.minds)
    fluent = Fluent(one.fluent.property, one.fluent.arguments, minds)
    comparator = Comparator.EQ if one.holds else Comparator.NE
    return Comparison(comparator, fluent, _read_by(belief.character, one.value))


def _read_by(character: Term, value: Expression) -> Expression:
    """A value as a mind reads it."""
    if _is_constant(value) or not any(True for _ in fluents(value)):
        return value
    return Believes(character, value)
