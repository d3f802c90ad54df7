"""A world in the one order that is everybody's: by name.

Receives a storyworld; hands on one that means the same, and in which nothing comes first because it
was written first. Where searches take the first of several that are as good, and where laws and
people are gone through in order, a run then goes by names. Two things keep their order, for it is
part of what a world means: triggers (which sets in first) and statements about the beginning.
"""

from __future__ import annotations

from msgspec.structs import replace

from unspoken.model import Storyworld


def canonical(world: Storyworld) -> Storyworld:
    """The world with its entities, types, properties and actions by name; of several actions or
    properties of one name (overloads), the first declared stays first. The very same world if that
    is how it is written."""
    ordered = replace(
        world,
        types=tuple(sorted(world.types, key=lambda one: one.name)),
        entities=tuple(sorted(world.entities, key=lambda one: one.name)),
        properties=tuple(sorted(world.properties, key=lambda one: one.name)),
        actions=tuple(sorted(world.actions, key=lambda one: one.name)),
        inner=replace(
            world.inner,
            hunches=tuple(sorted(world.inner.hunches, key=lambda one: one.property.name)),
            signs=tuple(sorted(world.inner.signs, key=lambda one: one.name)),
            drives=tuple(sorted(world.inner.drives, key=lambda one: one.property.name)),
            rules=tuple(sorted(world.inner.rules, key=lambda one: one.property.name)),
        ),
    )
    return world if ordered == world else ordered
