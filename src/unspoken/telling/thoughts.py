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
from unspoken.model import And, Believes, Expression, Fluent
from unspoken.model.telling import Thought
from unspoken.telling.propositions import Domain, facts_in, fluents_in, properties_in, walk


class Condition(NamedTuple):
    """Something that must hold for a thought to be had. ``reads``: the facts on which it depends,
    or the properties, where it may be any fact of them."""

    expression: Expression
    reads: frozenset[Fact | str]


class Way(NamedTuple):
    """One way to fill a thought's variables. ``thought``: its place among all. ``conditions``: all
    that must hold for it, in order."""

    thought: int
    binding: Mapping[str, str]
    conditions: tuple[Condition, ...]


class Thoughts:
    """A world's thoughts, by their places. ``domain``: what a variable ranges over."""

    def __init__(self, thoughts: Sequence[Thought], domain: Domain) -> None:
        self._thoughts = thoughts
        self._domain = domain
        self._own: dict[str, tuple[Way, ...]] = {}

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

    def of(self, thinker: str) -> tuple[Way, ...]:
        """The ways to fill the thoughts' variables, the first ones with the thinker; no two
        alike."""
        if thinker not in self._own:
            self._own[thinker] = tuple(self._made(thinker))
        return self._own[thinker]

    def _made(self, thinker: str) -> Iterator[Way]:
        for place, thought in enumerate(self._thoughts):
            proposition = thought.proposition
            parts = proposition.parts if isinstance(proposition, And) else (proposition,)
            read = [(part, fluents_in(part)) for part in parts]
            for binding in self._bindings(thought, thinker):
                conditions = [Condition(part, _read(fluents, binding)) for part, fluents in read]
                yield Way(place, binding, tuple(conditions))

    def _bindings(self, thought: Thought, thinker: str) -> Iterator[Mapping[str, str]]:
        if not thought.variables or thinker not in self._domain(thought.variables[0]):
            return
        others = [self._domain(variable) for variable in thought.variables[1:]]
        names = [variable.name for variable in thought.variables]
        for values in product((thinker,), *others):
            if len(set(values)) == len(values) and all(isinstance(v, str) for v in values):
                yield {n: v for n, v in zip(names, values, strict=True) if isinstance(v, str)}


def _read(fluents: Sequence[Fluent], binding: Mapping[str, str]) -> frozenset[Fact | str]:
    """The facts that these speak of; where that is more than the binding says, their properties."""
    facts = facts_in(fluents, binding)
    return frozenset(fluent.property.name for fluent in fluents) if facts is None else facts
