"""What minds hold at the end of a story, as Python sees them.

Stands on ``stage``, beside ``story``, which hands them out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct

from unspoken.language import failure
from unspoken.stage import Stage

if TYPE_CHECKING:
    from unspoken.engine import NamedValue, State


class Minds(Struct, frozen=True):
    """What one mind holds at the end of a story; ``mind`` goes on into the minds that it
    believes in: ``story.minds("Tara").mind("Willow")`` is what Tara takes Willow to think."""

    world: Stage
    state: State

    def mind(self, name: str) -> Minds:
        """A mind within this one. Raises DiagnosticError for a name that is nobody's."""
        return Minds(self.world, self.state.mind(self.world.somebody(name)))

    def believes(self, condition: str) -> bool:
        """Whether this mind holds a condition true: ``believes("loves(Willow, Tara)")``. What it
        does not know, it does not believe. Raises DiagnosticError where the condition makes no
        sense in this world."""
        expression = self.world.condition(condition)
        with self.world.in_words():
            return self.state.evaluate(expression) is True

    def knows_whether(self, condition: str) -> bool:
        """Whether this mind holds a condition true or holds it false: it is not left open. (Whether
        it is right cannot be said of a mind alone: ``story.truth``.)"""
        return self.believes(condition) or self.believes(f"!({condition})")

    def considers(self, condition: str) -> bool:
        """Whether this mind takes a condition to be possible: true in one of its ``worlds``."""
        return any(world.believes(condition) for world in self.worlds)

    @property
    def worlds(self) -> tuple[Minds, ...]:
        """The worlds that this mind takes to be possible; only one, if it commits to that."""
        return tuple(Minds(self.world, world) for world in self.state.worlds)

    def value(self, fluent: str) -> NamedValue:
        """What this mind takes a fluent's value to be: ``value("at(Tara)")``. None: it does not
        know. Raises DiagnosticError where there is no such fluent."""
        with self._fluent(fluent):
            return self.state.value(fluent)

    def possible_values(self, fluent: str) -> tuple[NamedValue, ...]:
        """What a fluent may be, to this mind: ``possible_values("killer()")`` are the suspects. One
        value, where all its ``worlds`` agree. Raises as ``value``."""
        with self._fluent(fluent):
            return self.state.possible_values(fluent)

    @contextmanager
    def _fluent(self, fluent: str) -> Iterator[None]:
        try:
            yield
        except KeyError:
            known = [str(each) for each in self.state.ground.fluents]
            raise failure("no-such-fluent", name=fluent, known=known) from None
