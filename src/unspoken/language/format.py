"""``unspoken fmt``: the same world in the one style, comments kept."""

from __future__ import annotations

from collections.abc import Iterator

from unspoken.language.diagnostics import Diagnostic, has_errors
from unspoken.language.layout import lay_out
from unspoken.language.parser import read_tree
from unspoken.language.printing import Printer
from unspoken.language.tree import (
    EventDefinition,
    File,
    Node,
    Section,
    Statement,
    UtilityDefinition,
    shape,
)
from unspoken.model import Source


def format_text(text: str, name: str = "<text>") -> tuple[str | None, list[Diagnostic]]:
    """The text in the one style; None, with what is wrong, if it cannot be read.

    What comes out means the same, holds the same comments, and is formatted already.
    """
    file, diagnostics = read_tree(Source(name, text))
    if has_errors(diagnostics):
        return None, diagnostics
    printed = lay_out(Printer(file).document()) if file.definitions or file.comments else ""
    if file.version is not None and not printed:
        printed = f"unspoken {file.version};\n"
    if not _says_the_same(file, printed):
        cautious = Printer(file)
        cautious.always_brackets = True
        printed = lay_out(cautious.document())
        assert _says_the_same(file, printed), f"cannot print {name} without changing it"
    return printed, diagnostics


def _says_the_same(file: File, printed: str) -> bool:
    again, diagnostics = read_tree(Source(file.source.name, printed))
    if has_errors(diagnostics) or len(again.definitions) != len(file.definitions):
        return False
    return list(map(shape, _expressions(file))) == list(map(shape, _expressions(again)))


def _expressions(file: File) -> Iterator[Node]:
    """Every expression of a file, in order."""
    for definition in file.definitions:
        if isinstance(definition, UtilityDefinition | Statement):
            yield definition.expression
        elif isinstance(definition, EventDefinition):
            for part in definition.parts:
                if part.expression is not None:
                    yield part.expression
        elif isinstance(definition, Section):
            for entry in definition.entries:
                for item in entry.items:
                    if item.expression is not None:
                        yield item.expression
