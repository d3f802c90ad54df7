"""Storyworlds as text: text -> tokens -> tree -> model, and back to text.

Receives text (or, in ``build``, Python calls); hands on always both, a result and diagnostics.
Nothing an author can write makes this raise. Deliberately does not know the engine, planning, or
how a story is told.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from unspoken.language.diagnostics import (
    Diagnostic,
    DiagnosticError,
    Note,
    Severity,
    as_json,
    failure,
    has_errors,
    problem,
    render,
    render_all,
    sound,
)
from unspoken.language.parser import read_tree
from unspoken.language.resolve import resolve
from unspoken.model import Source, Storyworld

if TYPE_CHECKING:
    from unspoken.language.conditions import parse_condition
    from unspoken.language.format import format_text
    from unspoken.language.printer import expression_text, to_text

__all__ = [
    "Diagnostic",
    "DiagnosticError",
    "Note",
    "Severity",
    "as_json",
    "expression_text",
    "failure",
    "format_text",
    "has_errors",
    "parse",
    "parse_condition",
    "parse_file",
    "problem",
    "render",
    "render_all",
    "sound",
    "to_text",
]

# What reading a world does not need is imported when it is first asked for (PEP 562): a command
# that tells a story should not wait for the formatter.
_LATER = {
    "expression_text": "unspoken.language.printer",
    "format_text": "unspoken.language.format",
    "parse_condition": "unspoken.language.conditions",
    "to_text": "unspoken.language.printer",
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)


def parse(
    text: str, name: str = "<text>", *, lints: bool = True
) -> tuple[Storyworld | None, list[Diagnostic]]:
    """The world that a text describes, or None if something is wrong; and everything that is
    wrong or doubtful, in the order of the text. ``name`` is shown in messages. ``lints`` False:
    what is doubtful only about the world as a whole is not looked for."""
    tree, diagnostics = read_tree(Source(name, text))
    world, more = resolve(tree, lints=lints and not has_errors(diagnostics))
    diagnostics.extend(more)
    diagnostics.sort(key=lambda one: one.span.start if one.span is not None else -1)
    if has_errors(diagnostics):
        return None, diagnostics
    return world, diagnostics


def parse_file(path: str | Path) -> tuple[Storyworld | None, list[Diagnostic]]:
    """``parse`` of a file. Raises OSError if it cannot be read, UnicodeDecodeError if it is no
    UTF-8 text."""
    return parse(Path(path).read_text(encoding="utf-8"), str(path))
