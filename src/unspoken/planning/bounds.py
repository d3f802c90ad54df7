"""What an expression can come to at most, whatever happens, as far as its text shows.

Receives an expression; hands on a number. A bound, not the least one: a number that the world
keeps counts as without bounds, and so does what is said of all of a type.
"""

from __future__ import annotations

import math
from typing import TypeAlias

from unspoken.model import Arithmetic, Believes, Expression, If, Literal, Operator
from unspoken.model.truths import is_truth

Interval: TypeAlias = tuple[float, float]

ANY: Interval = (-math.inf, math.inf)
TRUTH: Interval = (0.0, 1.0)


def at_most(expression: Expression) -> float:
    """No known value of it is higher."""
    return _interval(expression)[1] + 0.0  # of the two zeros, the one without a sign


def _interval(expression: Expression) -> Interval:
    match expression:
        case Literal(value=value):
            return float(value), float(value)
        case _ if is_truth(expression):
            return TRUTH
        case Believes(expression=believed):
            return _interval(believed)
        case If(branches=branches, otherwise=otherwise):
            last = TRUTH if otherwise is None else _interval(otherwise)
            ways = [*(_interval(branch) for _, branch in branches), last]
            return min(low for low, _ in ways), max(high for _, high in ways)
        case Arithmetic(operator=operator, left=left, right=right):
            return _arithmetic(operator, _interval(left), _interval(right))
    return ANY


def _arithmetic(operator: Operator, left: Interval, right: Interval) -> Interval:
    if not all(map(math.isfinite, (*left, *right))):
        return ANY
    match operator:
        case Operator.ADD:
            return left[0] + right[0], left[1] + right[1]
        case Operator.SUBTRACT:
            return left[0] - right[1], left[1] - right[0]
        case Operator.MULTIPLY:
            corners = [a * b for a in left for b in right]
            return min(corners), max(corners)
    return ANY
