"""Keyed draws: what chance there is in a run, fixed by what it is about and by nothing else.

There is no stream of random numbers: a draw is a function of the seed and its key, so that a mind
that weighs one option more, or a character that is declared elsewhere, moves nobody else's dice.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from math import log
from typing import TypeAlias

Key: TypeAlias = str | int


def draw(seed: int, *key: Key) -> float:
    """A number strictly between 0 and 1 that depends on seed and key alone, on every machine."""
    text = "\x1f".join(f"{type(part).__name__}:{part}" for part in (seed, *key))
    digest = blake2b(text.encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") // 2**12 + 0.5) / 2**52


def draws(seed: int, *key: Key) -> Callable[[str], float]:
    """``draw`` for many keys that begin alike and end in a text."""
    text = "".join(f"{type(part).__name__}:{part}\x1f" for part in (seed, *key)) + "str:"
    begun = blake2b(text.encode(), digest_size=8)

    def drawn(last: str) -> float:
        one = begun.copy()
        one.update(last.encode())
        return (int.from_bytes(one.digest(), "big") // 2**12 + 0.5) / 2**52

    return drawn


def gumbel(seed: int, *key: Key) -> float:
    """A draw from the standard Gumbel distribution, likewise: the greatest of value plus
    temperature times this falls on each option as often as softmax says (Gumbel-max)."""
    return -log(-log(draw(seed, *key)))
