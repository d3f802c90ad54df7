"""The formats in which question sets are read: those shipped, and anybody's own.

``FORMATS.md``, beside this folder, describes them, and how to write another.
"""

from __future__ import annotations

from importlib import import_module

from unspoken.theory_of_mind.formats.babi import Babi
from unspoken.theory_of_mind.formats.exploretom import ExploreToM
from unspoken.theory_of_mind.formats.hitom import HiToM
from unspoken.theory_of_mind.formats.reading import Case, Format, Problem, Reading
from unspoken.theory_of_mind.formats.template import Template

SHIPPED: tuple[Format, ...] = (Template(), Babi(), HiToM(), ExploreToM())

__all__ = ["SHIPPED", "Case", "Format", "Problem", "Reading", "find"]


def find(name: str) -> Format:
    """The shipped format of that name, or one's own, as ``module:attribute``. Raises KeyError."""
    for shipped in SHIPPED:
        if shipped.name == name:
            return shipped
    module, colon, attribute = name.partition(":")
    if not colon:
        raise KeyError(name)
    try:
        found: Format = getattr(import_module(module), attribute)
    except (ImportError, AttributeError):
        raise KeyError(name) from None
    return found
