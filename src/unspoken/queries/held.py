"""What minds hold, at any time: a chronicle made ready to be asked often.

Receives a chronicle; hands on values. The same answers as ``Chronicle.value``, which looks through
all of it each time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Set

from unspoken.chronicle.events import Chain, Chronicle, Fact, Value


class TooDeep(Exception):
    """That a chronicle does not follow minds as deep as this chain."""

    def __init__(self, minds: Chain, depth: int) -> None:
        super().__init__(f"{' > '.join(minds)}: the chronicle follows minds {depth} deep")
        self.minds = minds
        self.depth = depth


class Held:
    """Values by mind, fact and time. ``()`` is truth."""

    def __init__(self, chronicle: Chronicle) -> None:
        self.chronicle = chronicle
        self._changes: dict[tuple[Chain, Fact], list[tuple[int, Value]]] = {}
        self._among: dict[tuple[Chain, Fact, int], tuple[Value, ...]] = {}
        for event in chronicle.events:
            for change in event.changes:
                self._note((), change.fact, event.number, change.after)
            if event.fact is not None:
                self._note(event.minds, event.fact, event.number, event.after)
                if event.among:
                    self._among[event.minds, event.fact, event.number] = event.among

    def _note(self, minds: Chain, fact: Fact, number: int, after: Value) -> None:
        self._changes.setdefault((minds, fact), []).append((number, after))

    def value(self, minds: Chain, fact: Fact, before: int | None = None) -> Value:
        """What ``minds`` hold of a fact before the event of that number (None: at the end). Raises
        KeyError for a fact that the story does not have, TooDeep for minds that it does not
        follow."""
        if len(minds) > self.chronicle.depth:
            raise TooDeep(minds, self.chronicle.depth)
        changes = self._changes.get((minds, fact), ())
        place = (
            len(changes)
            if before is None
            else bisect_left(changes, before, key=lambda change: change[0])
        )
        if place:
            return changes[place - 1][1]
        chain = minds
        while fact not in self.chronicle.beginning.get(chain, {}):
            if not chain:
                raise KeyError(fact)
            chain = chain[:-1]
        return self.chronicle.beginning[chain][fact]

    def may_be(self, minds: Chain, fact: Fact, before: int | None = None) -> tuple[Value, ...]:
        """The values that a fact may have to ``minds``, of all worlds that they take to be
        possible, before the event of that number. Raises as ``value`` does."""
        value = self.value(minds, fact, before)
        last = len(self.chronicle.events) if before is None else before
        changed = self.changed(minds, fact, last)
        if changed is not None:
            return self._among.get((minds, fact, changed), (value,))
        chain = minds
        while chain and fact not in self.chronicle.possible.get(chain, {}):
            if fact in self.chronicle.beginning.get(chain, {}):
                return (value,)
            chain = chain[:-1]
        return self.chronicle.possible[chain][fact] if chain else (value,)

    def values(self, minds: Chain, fact: Fact, start: int, end: int) -> Iterator[Value]:
        """Every value held from before the event ``start`` until before the event ``end``."""
        yield self.value(minds, fact, start)
        for number, after in self._changes.get((minds, fact), ()):
            if start <= number < end:
                yield after

    def changed(self, minds: Chain, fact: Fact, before: int) -> int | None:
        """The last event before another by which this changed; None: none did."""
        changes = self._changes.get((minds, fact), ())
        place = bisect_left(changes, before, key=lambda change: change[0])
        return changes[place - 1][0] if place else None

    def all_changes(self, minds: Chain, fact: Fact) -> list[tuple[int, Value]]:
        """By which events it changed, and to what."""
        return self._changes.get((minds, fact), [])

    def changing(self, properties: Set[str]) -> Iterator[int]:
        """The numbers of the events that change one of these properties, in truth or in a mind."""
        for (_, fact), changes in self._changes.items():
            if fact.property in properties:
                yield from (number for number, _ in changes)

    def exists(self, fact: Fact) -> bool:
        return fact in self.chronicle.beginning[()]
