"""Keyed draws: every choice of the telling, made by what it is about and by nothing else.

There is no stream of random numbers: a draw depends on the seed and its own key, so that an
event which a mind did not perceive cannot shift the dice of those which it did.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")
Key = str | int | float | bool | None


def draw(*key: Key) -> float:
    """A number in [0, 1) that is a function of the key alone, on every machine."""
    text = "\x1f".join([f"{type(part).__name__}:{part}" for part in key])
    digest = blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest[:7], "big") / 2**56


def choose(options: Sequence[T], *key: Key) -> T:
    """One of the options, all alike."""
    if len(options) == 1:
        return options[0]
    return options[int(draw(*key) * len(options))]


def weigh(options: Sequence[tuple[T, float]], *key: Key) -> T:
    """One of the options by weight; at least one weight must be positive."""
    if len(options) == 1:
        return options[0][0]
    left = draw(*key) * sum(weight for _, weight in options)
    for option, weight in options:
        left -= weight
        if left < 0:
            return option
    return next(option for option, weight in reversed(options) if weight > 0)
