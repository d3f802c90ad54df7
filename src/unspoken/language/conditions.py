"""A condition or a statement on its own, asked about a finished world:
``loves(Willow, Tara) & !asleep(Tara)``.

Receives a text, or a stretch of one, and a model; hands on (expression, diagnostics), always both.
Operators bind as in mathematics, whichever way the world itself is written.
"""

from __future__ import annotations

from unspoken.language.checking import Checker
from unspoken.language.diagnostics import Diagnostic, has_errors, problem
from unspoken.language.reading import Reading
from unspoken.language.scope import Declared, Signatures, World
from unspoken.language.tokens import tokenize
from unspoken.language.tree import Node
from unspoken.model import Expression, Property, Source, Span, Storyworld


def parse_condition(
    text: str | Span, world: Storyworld, name: str = "<condition>"
) -> tuple[Expression | None, list[Diagnostic]]:
    """The condition that a text describes in a world, or None if something is wrong; and what is
    wrong. ``name`` is shown in messages. A span is a text within another, which has a name."""
    read = _read(text, world, name)
    if isinstance(read, Diagnostic):
        return None, [read]
    node, checker = read
    expression = checker.condition(node, {})
    return (None if has_errors(checker.diagnostics) else expression), checker.diagnostics


def parse_value(
    text: str | Span, world: Storyworld, name: str = "<value>"
) -> tuple[Expression | None, list[Diagnostic]]:
    """What a text describes in a world, of whatever kind; as ``parse_condition``."""
    read = _read(text, world, name)
    if isinstance(read, Diagnostic):
        return None, [read]
    node, checker = read
    expression, _ = checker.read(node, {})
    return (None if has_errors(checker.diagnostics) else expression), checker.diagnostics


def parse_statement(
    text: str | Span, world: Storyworld, name: str = "<statement>"
) -> tuple[Expression | None, list[Diagnostic]]:
    """What a text makes so, as a statement about a world's beginning does; else as
    ``parse_condition``. ``==`` is taken for ``=``, for nothing can be asked here."""
    read = _read(text, world, name)
    if isinstance(read, Diagnostic):
        return None, [read]
    node, checker = read
    expression = checker.statement(node, {})
    diagnostics = [one for one in checker.diagnostics if one.code != "comparison-as-effect"]
    return (None if has_errors(diagnostics) else expression), diagnostics


def _read(text: str | Span, world: Storyworld, name: str) -> tuple[Node, Checker] | Diagnostic:
    if isinstance(text, Span):
        source, start, whole = text.source, text.start, text.source.text[: text.end]
    else:
        source, start, whole = Source(name, text), 0, text
    reading = Reading(tokenize(source, start, len(whole)))
    end = len(reading.tokens) - 1
    if end == 0:
        return problem("expected-value", Span(source, start, len(whole)), found="nothing")
    names, properties = known_names(world)
    node = reading.mathematics.read(0, end)
    return node, Checker(names, properties, lambda a, b: Span(source, a, b), reading.diagnostics)


def condition_within(text: str, checker: Checker) -> Expression | None:
    """A condition made of what was read, and found right, with a checker."""
    source = Source("<condition>", text)
    reading = Reading(tokenize(source))
    node = reading.mathematics.read(0, len(reading.tokens) - 1)
    quiet = Checker(checker.world, checker.properties, lambda a, b: Span(source, a, b), [])
    return quiet.condition(node, {})


def known_names(world: Storyworld) -> tuple[World, Signatures[Property]]:
    """What the names of a finished world refer to."""
    names = World()
    for declared in world.types:
        names.types.declare(declared.name, declared.parents, declared.origin)
    names.entities.update((entity.name, entity) for entity in world.entities)
    properties: Signatures[Property] = Signatures(names)
    for thing in world.properties:
        properties.add(Declared(thing.name, thing.parameters, thing, thing.origin))
    return names, properties
