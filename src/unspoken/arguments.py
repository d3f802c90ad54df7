"""What a Python caller hands to the library, looked at where it comes in, as mypy would.

Receives arguments; raises TypeError and ValueError that say what is wanted. The command line has
looked at its own already.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, TypeAlias, get_args

Texts: TypeAlias = str | Sequence[str]
"""One text or several."""


def texts(given: Texts) -> tuple[str, ...]:
    """A text alone is one, not letters."""
    return (given,) if isinstance(given, str) else tuple(given)


def at_least(least: float, **values: object) -> None:
    """Numbers by name. None is always fine: it leaves the choice to the world."""
    for name, value in values.items():
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(f"{name} is a number, and not {value!r}")
        if math.isnan(value) or value < least:
            wanted = "a number" if least == -math.inf else f"{least:g} or more"
            raise ValueError(f"{name} is {wanted}, and not {value}")


def one_of(name: str, value: object, literal: Any) -> None:
    """One of the words of a ``Literal``."""
    words = get_args(literal)
    if value not in words:
        listed = ", ".join(map(repr, words[:-1]))
        raise ValueError(f"{name} is {listed} or {words[-1]!r}, and not {value!r}")
