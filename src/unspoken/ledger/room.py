"""Who is there, and how, at any line of a scene; and which comings and goings cannot be.

Receives a scene; follows it line by line. One place decides who perceives what.
"""

from __future__ import annotations

from typing import NamedTuple

from unspoken.ledger.model import ASLEEP, HERE, Line, Presence, Scene
from unspoken.ledger.words import MOVES, VERBS


class Since(NamedTuple):
    """How somebody is (None: not there), and the line that says so (None: since the scene's
    beginning)."""

    presence: Presence | None
    line: Line | None


class Room:
    """The people in a scene, as it goes on."""

    def __init__(self, scene: Scene) -> None:
        self.there: dict[str, Presence] = dict(scene.present)
        self._since: dict[str, Line] = {}

    def how(self, name: str) -> Since:
        """How somebody is there, and since which line."""
        return Since(self.there.get(name), self._since.get(name))

    def move(self, line: Line) -> list[str]:
        """Lets somebody come or go; those for whom that cannot be."""
        move = MOVES[line.verb]
        into = line.presence if line.presence is not None else move.into
        wrong = [name for name in line.who if self.there.get(name) not in move.out_of]
        for name in line.who:
            self._since[name] = line
            if into is None:
                self.there.pop(name, None)
            else:
                self.there[name] = into
        return wrong

    def can_act(self, name: str) -> bool:
        """Whether somebody is there and awake."""
        return self.there.get(name) not in (None, ASLEEP)

    def hears(self, name: str) -> bool:
        """Whether somebody is there and hears what is said."""
        how = self.there.get(name)
        return how is not None and how.hears

    def perceivers(self, line: Line) -> dict[str, Presence]:
        """Who perceives what a line says, themselves included; addressed people always do, for
        that they cannot is a fault of its own."""
        verb = VERBS.get(line.verb)
        if verb is None:
            return {name: how for name, how in self.there.items() if how.sees}
        if verb.reach == "within":
            return {}
        found = {name: self.there.get(name, HERE) for name in line.who}
        found |= {name: self.there.get(name, HERE) for name in self.addressed(line)}
        if verb.reach == "aloud":
            found |= {name: how for name, how in self.there.items() if how.hears}
        return found

    def addressed(self, line: Line) -> tuple[str, ...]:
        """To whom something is said: those named, those of a group who hear it, or else all who
        hear it and are known to."""
        verb = VERBS[line.verb]
        if verb.to != "everybody":
            return tuple(
                name
                for name in line.whom
                if name not in line.loose or verb.reach == "afar" or self.hears(name)
            )
        return tuple(
            name
            for name, how in self.there.items()
            if how.hears and how.seen and name not in line.who
        )
