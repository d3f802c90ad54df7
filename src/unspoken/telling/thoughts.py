"""The author's thoughts as minds may have them: who can think each, of whom, and what it hangs on.

Made from a world's wordings of thoughts, once for all its tellings; looks at no view. ``beats``
asks in a view which of them a mind has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import NamedTuple

from msgspec import Struct

from unspoken.chronicle.events import Fact
from unspoken.model import Believes, Fluent
from unspoken.model.telling import Thought
from unspoken.telling.propositions import Domain, facts_in, fluents_in, properties_in, walk


class Way(NamedTuple):
    """One way to fill a thought's variables. ``thought``: its place among all. ``facts``: those on
    which it then depends; None if it may be any of the thought's properties."""

    thought: int
    binding: Mapping[str, str]
    facts: frozenset[Fact] | None


class Own(Struct, frozen=True):
    """The ways in which one mind can have the thoughts, in order, and by what they hang on."""

    ways: tuple[Way, ...]
    by_fact: Mapping[Fact, Sequence[int]]
    by_property: Mapping[str, Sequence[int]]
    """Those that may hang on any fact of a property."""

    def touched(self, changed: Collection[Fact]) -> list[tuple[int, Way]]:
        """The ways that hang on facts, each with its place, in order."""
        found: set[int] = set()
        for fact in changed:
            found.update(self.by_fact.get(fact, ()))
            found.update(self.by_property.get(fact.property, ()))
        return [(place, self.ways[place]) for place in sorted(found)]


class Thoughts:
    """A world's thoughts, by their places. ``domain``: what a variable ranges over."""

    def __init__(self, thoughts: Sequence[Thought], domain: Domain) -> None:
        self._thoughts = thoughts
        self._domain = domain
        self._own: dict[str, Own] = {}

    @cached_property
    def properties(self) -> tuple[frozenset[str], ...]:
        """For each thought, the properties on which it depends."""
        return tuple(properties_in(thought.proposition) for thought in self._thoughts)

    @cached_property
    def parts(self) -> tuple[tuple[Believes | Fluent, ...], ...]:
        """For each thought, all beliefs and facts of which it speaks."""
        return tuple(
            tuple(part for part in walk(thought.proposition) if isinstance(part, Believes | Fluent))
            for thought in self._thoughts
        )

    def of(self, thinker: str) -> Own:
        """The ways to fill the thoughts' variables, the first ones with the thinker; no two
        alike."""
        if thinker not in self._own:
            self._own[thinker] = self._made(thinker)
        return self._own[thinker]

    def _made(self, thinker: str) -> Own:
        ways: list[Way] = []
        by_fact: dict[Fact, list[int]] = {}
        by_property: dict[str, list[int]] = {}
        for place, thought in enumerate(self._thoughts):
            reads = fluents_in(thought.proposition)
            for binding in self._bindings(thought, thinker):
                facts = facts_in(reads, binding)
                if facts is None:
                    for name in self.properties[place]:
                        by_property.setdefault(name, []).append(len(ways))
                for fact in facts or ():
                    by_fact.setdefault(fact, []).append(len(ways))
                ways.append(Way(place, binding, facts))
        return Own(tuple(ways), by_fact, by_property)

    def _bindings(self, thought: Thought, thinker: str) -> Iterator[Mapping[str, str]]:
        if not thought.variables or thinker not in self._domain(thought.variables[0]):
            return
        others = [self._domain(variable) for variable in thought.variables[1:]]
        names = [variable.name for variable in thought.variables]
        for values in product((thinker,), *others):
            if len(set(values)) == len(values) and all(isinstance(v, str) for v in values):
                yield {n: v for n, v in zip(names, values, strict=True) if isinstance(v, str)}
