"""How great a number can get, going by a world's text: intervals, by their ends.

Receives a storyworld; hands on the least and the greatest value that a term can come to. A guess,
generous for what is reckoned and blind to what is counted up without end: it only settles in what
units an author counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from unspoken.model import (
    Action,
    And,
    Arithmetic,
    Assign,
    Believes,
    Comparison,
    Drive,
    Expression,
    Fluent,
    Hunch,
    If,
    Literal,
    Not,
    Operator,
    Or,
    Quantifier,
    Quantity,
    Storyworld,
    Trigger,
)
from unspoken.model.substitute import fillings

Span: TypeAlias = tuple[float, float]


class Spans:
    """The spans of a world's number properties, and of terms over them."""

    def __init__(self, world: Storyworld) -> None:
        self.world = world
        self._of_property: dict[str, Span] = {}
        inner = world.inner
        bounded: tuple[Drive | Hunch, ...] = (*inner.drives, *inner.hunches)
        for one in bounded:
            self._of_property[one.property.name] = (float(one.low), float(one.high))
        found: dict[str, list[float]] = {}
        for expression in _texts(world):
            for name, value in _numbers(expression):
                found.setdefault(name, []).append(value)
        for name, values in found.items():
            self._of_property.setdefault(name, (min(0.0, *values), max(0.0, *values)))

    def of(self, expression: Expression) -> Span:
        match expression:
            case Literal(value):
                return float(value), float(value)
            case Fluent(declared):
                return self._of_property.get(declared.name, (0.0, 1.0))
            case Believes(_, inner):
                return self.of(inner)
            case If(branches, otherwise):
                spans = [self.of(branch) for _, branch in branches]
                spans += [] if otherwise is None else [self.of(otherwise)]
                return min(low for low, _ in spans), max(high for _, high in spans)
            case Quantifier(quantity, variable, body):
                low, high = self.of(body)
                count = sum(1 for _ in fillings(self.world, (variable,)))
                if quantity is Quantity.SUM:
                    return low * count, high * count
                most = max(abs(low), abs(high), 1.0) ** count
                return (-most if low < 0 else min(low, 1.0)), most
            case Arithmetic(operator, left, right):
                return _reckoned(operator, self.of(left), self.of(right))
            case _:
                return 0.0, 1.0


def _reckoned(operator: Operator, left: Span, right: Span) -> Span:
    (a, b), (c, d) = left, right
    match operator:
        case Operator.ADD:
            return a + c, b + d
        case Operator.SUBTRACT:
            return a - d, b - c
        case Operator.MULTIPLY:
            ends = [a * c, a * d, b * c, b * d]
        case Operator.DIVIDE:
            # Near zero a quotient has no bounds; go by the ends that can be divided by.
            ends = [x / y for x in (a, b) for y in (c, d) if y] or [0.0, 1.0]
    return min(ends), max(ends)


def _texts(world: Storyworld) -> Iterator[Expression]:
    yield from world.initial
    events: tuple[Action | Trigger, ...] = (*world.actions, *world.triggers)
    for event in events:
        yield event.precondition
        if event.effect is not None:
            yield event.effect
    for utility in world.utilities:
        yield utility.expression


def _numbers(expression: Expression) -> Iterator[tuple[str, float]]:
    """The numbers that number properties are given or compared with."""
    match expression:
        case Assign(fluent, value):
            if fluent.property.range == "number":
                yield from ((fluent.property.name, one) for one in _literals(value))
        case Comparison(_, left, right):
            for one, other in ((left, right), (right, left)):
                if isinstance(one, Fluent) and one.property.range == "number":
                    yield from ((one.property.name, number) for number in _literals(other))
        case And(parts) | Or(parts):
            for part in parts:
                yield from _numbers(part)
        case Not(inner) | Quantifier(_, _, inner) | Believes(_, inner):
            yield from _numbers(inner)
        case If(branches, otherwise):
            for pair in branches:
                for part in pair:
                    yield from _numbers(part)
            if otherwise is not None:
                yield from _numbers(otherwise)
        case _:
            pass


def _literals(expression: Expression) -> Iterator[float]:
    match expression:
        case Literal(float() as value):
            yield value
        case Arithmetic(_, left, right):
            yield from _literals(left)
            yield from _literals(right)
        case If(branches, otherwise):
            for _, branch in branches:
                yield from _literals(branch)
            if otherwise is not None:
                yield from _literals(otherwise)
        case Believes(_, inner):
            yield from _literals(inner)
        case _:
            pass
