"""Values, terms, fluents and events of a grounded world as texts, and texts as they are looked up.

Receives what has no variables; knows no world.
"""

from __future__ import annotations

from collections.abc import Sequence

from unspoken.engine.graph import NamedValue
from unspoken.model import EntityTerm, Fluent, Literal, Parameter, Term, number_text


def text_of(value: NamedValue) -> str:
    """A value as a storyworld writes it: ``True``, ``1.5``, ``?``, ``Tara``."""
    if value is None:
        return "?"
    return number_text(value) if isinstance(value, float) else str(value)


def call_text(name: str, arguments: Sequence[NamedValue]) -> str:
    """``name(Arg, Arg)``, the text form of ground fluents and events."""
    return f"{name}({', '.join(map(text_of, arguments))})"


def tidy_call(text: str) -> str:
    """``name(Arg, Arg)`` however it was spaced, as ``call_text`` writes it."""
    name, bracket, rest = text.strip().partition("(")
    if not bracket:
        return f"{name}()"
    arguments = [part.strip() for part in rest.rstrip().removesuffix(")").split(",")]
    return f"{name.strip()}({', '.join(part for part in arguments if part)})"


def term_text(term: Term | Parameter) -> str:
    """A term as a storyworld writes it."""
    return text_of(term.value) if isinstance(term, Literal) else term.name


def term_of(value: NamedValue) -> Term:
    """An argument of an event, as a term of the model."""
    if isinstance(value, str):
        return EntityTerm(value)
    assert value is not None, "no argument is unknown"
    return Literal(value)


def fluent_text(fluent: Fluent) -> str:
    """What ``GroundFluent`` calls a fluent without variables, whatever minds it is read in."""
    return f"{fluent.property.name}({', '.join(map(term_text, fluent.arguments))})"
