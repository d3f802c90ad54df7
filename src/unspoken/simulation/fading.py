"""How strengths are reckoned with. What fades does so by half-lives: a value and the round that it
dates from are all that is kept, and the value of a later round is worked out when it is asked for.
Reading never changes anything.
"""

from __future__ import annotations

from functools import lru_cache
from math import ldexp, sqrt

SLIGHT = 1e-9
"""Differences below this are the machine's, not the story's."""


def faded(value: float, rounds: float, half_life: float | None) -> float:
    """What is left of a value after so many rounds; all of it where it never fades (None), and
    before it was there."""
    if half_life is None or rounds <= 0:
        return value
    return value * _halved(rounds / half_life) if half_life > 0 else 0.0


@lru_cache(maxsize=4096)
def _halved(times: float) -> float:
    """0.5 ** times, out of square roots and products alone: these every machine rounds alike,
    which its ``pow`` need not, and a run is the same bytes everywhere."""
    whole = int(times)
    left, part = times - whole, 0.5
    result = ldexp(1.0, -whole)
    while left:
        left, part = left * 2.0, sqrt(part)
        if left >= 1.0:
            left -= 1.0
            result *= part
    return result


def combined(*strengths: float) -> float:
    """Several strengths (0 to 1) taken together: 1 - prod(1 - s), in whatever order they come.
    Never more than 1, and never a sum."""
    total = 0.0
    for strength in sorted(strengths):
        total += strength * (1.0 - total)
    return total
