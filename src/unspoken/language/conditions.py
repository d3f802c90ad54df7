"""A condition on its own, asked about a finished world: ``loves(Willow, Tara) & !asleep(Tara)``.

Receives a text and a model; hands on (expression, diagnostics), always both. Operators bind as in
mathematics, whichever way the world itself is written.
"""

from __future__ import annotations

from unspoken.language.checking import Checker
from unspoken.language.diagnostics import Diagnostic, has_errors, problem
from unspoken.language.reading import Reading
from unspoken.language.scope import Declared, Signatures, World
from unspoken.language.tokens import tokenize
from unspoken.model import Expression, Property, Source, Span, Storyworld


def parse_condition(
    text: str, world: Storyworld, name: str = "<condition>"
) -> tuple[Expression | None, list[Diagnostic]]:
    """The condition that a text describes in a world, or None if something is wrong; and what is
    wrong. ``name`` is shown in messages."""
    source = Source(name, text)
    reading = Reading(tokenize(source))
    end = len(reading.tokens) - 1
    if end == 0:
        return None, [problem("expected-value", Span(source, 0, 0), found="nothing")]
    node = reading.mathematics.read(0, end)
    diagnostics = reading.diagnostics
    names, properties = _names(world)
    checker = Checker(names, properties, lambda start, end: Span(source, start, end), diagnostics)
    expression = checker.condition(node, {})
    return (None if has_errors(diagnostics) else expression), diagnostics


def _names(world: Storyworld) -> tuple[World, Signatures[Property]]:
    """What the names of a finished world refer to."""
    names = World()
    for declared in world.types:
        names.types.declare(declared.name, declared.parents, declared.origin)
    names.entities.update((entity.name, entity) for entity in world.entities)
    properties: Signatures[Property] = Signatures(names)
    for thing in world.properties:
        properties.add(Declared(thing.name, thing.parameters, thing, thing.origin))
    return names, properties
