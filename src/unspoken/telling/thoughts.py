"""The author's thoughts as minds may have them: who can think each, of whom, and what it hangs on.

Made from a world's wordings of thoughts, once for all its tellings; looks at no view. ``beats``
asks in a view which of them a mind has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import NamedTuple

from unspoken.chronicle.events import Fact
from unspoken.model import Fluent
from unspoken.model.telling import Thought
from unspoken.telling.propositions import Domain, facts_in, fluents_in, properties_in


class Way(NamedTuple):
    """One way to fill a thought's variables. ``facts``: those on which it then depends; None if it
    may be any of the thought's properties."""

    binding: Mapping[str, str]
    facts: frozenset[Fact] | None


class Thoughts:
    """A world's thoughts, by their places. ``domain``: what a variable ranges over."""

    def __init__(self, thoughts: Sequence[Thought], domain: Domain) -> None:
        self._thoughts = thoughts
        self._domain = domain
        self._ways: dict[tuple[int, str], tuple[Way, ...]] = {}

    @cached_property
    def _reads(self) -> tuple[tuple[Fluent, ...], ...]:
        return tuple(fluents_in(thought.proposition) for thought in self._thoughts)

    @cached_property
    def properties(self) -> tuple[frozenset[str], ...]:
        """For each thought, the properties on which it depends."""
        return tuple(properties_in(thought.proposition) for thought in self._thoughts)

    def ways(self, place: int, thinker: str) -> tuple[Way, ...]:
        """The ways to fill a thought's variables, the first one with the thinker; no two alike."""
        key = (place, thinker)
        if key not in self._ways:
            reads = self._reads[place]
            bindings = self._bindings(self._thoughts[place], thinker)
            self._ways[key] = tuple(Way(one, facts_in(reads, one)) for one in bindings)
        return self._ways[key]

    def _bindings(self, thought: Thought, thinker: str) -> Iterator[Mapping[str, str]]:
        if not thought.variables or thinker not in self._domain(thought.variables[0]):
            return
        others = [self._domain(variable) for variable in thought.variables[1:]]
        names = [variable.name for variable in thought.variables]
        for values in product((thinker,), *others):
            if len(set(values)) == len(values) and all(isinstance(v, str) for v in values):
                yield {n: v for n, v in zip(names, values, strict=True) if isinstance(v, str)}
