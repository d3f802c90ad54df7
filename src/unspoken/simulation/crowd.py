"""Runs of worlds with many people: the same rounds as ``run``, for those who want simply.

Receives a world; hands on what happens, round by round. What decides here is wishes (with their
conditions and drives) and daring, one act ahead: a run of this kind and an ordinary one with
``foresight: 1`` do the same acts in the same order (a test compares them). What it does not have it
refuses: norms, hunches, tells, channels, utilities, drives that move, acts that several must
consent to, temperature, ``until``. Nobody feels or thinks anything that is written down, and no
chronicle is kept: only what was done.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from unspoken.engine import term_text
from unspoken.engine.crowd import Crowd, Happening
from unspoken.model import (
    EntityTerm,
    Expression,
    Fluent,
    Literal,
    Storyworld,
    Term,
    Variable,
    Wish,
    substitute,
)
from unspoken.simulation.canonical import canonical
from unspoken.simulation.keyed import draws
from unspoken.simulation.reading import surely, surely_not

QUIET = 3
"""Rounds running without an act, and a run is over."""


class NotForCrowds(ValueError):
    """A world that has what crowds do not. ``found``: what, in the words of the language."""

    def __init__(self, found: tuple[str, ...]) -> None:
        super().__init__(f"a crowd has no {', no '.join(found)}")
        self.found = found


def beyond_crowds(world: Storyworld) -> tuple[str, ...]:
    """What a world has that crowds do not; nothing, if it can be run."""
    inner = world.inner
    found = {
        "norm": inner.norms,
        "hunch": inner.hunches,
        "tell": inner.tells,
        "channel": inner.channels,
        "drive that moves": [d for d in inner.drives if d.moved_by or d.half_life is not None],
        "drive of anxiety": [drive for drive in inner.drives if drive.role == "anxiety"],
        "utility of a character's": [u for u in world.utilities if u.character is not None],
        "act of several": [a for a in world.actions if len(a.consenting) > 1],
        "temperature": inner.run.temperature > 0,
        "until": inner.run.until is not None,
        "mind of several possible worlds": world.has_worlds,
    }
    return tuple(name for name, there in found.items() if there)


def things(world: Storyworld) -> dict[str, list[Term]]:
    """What variables of each type range over."""
    kinds = {entity.types for entity in world.entities}
    types_of = {kind: {one for name in kind for one in world.ancestors(name)} for kind in kinds}
    found: dict[str, list[Term]] = {"boolean": [Literal(False), Literal(True)]}
    for entity in world.entities:
        for name in sorted(types_of[entity.types] | {"entity"}):
            found.setdefault(name, []).append(EntityTerm(entity.name))
    return found


class CrowdRun:
    """A run under a seed; ``depth``: how deep minds are kept. Raises NotForCrowds."""

    def __init__(self, world: Storyworld, seed: int = 0, depth: int = 2, threads: int = 2) -> None:
        if found := beyond_crowds(world):
            raise NotForCrowds(found)
        self.world = canonical(world)
        self.seed = seed
        self.threads = threads
        self.crowd = Crowd(self.world, depth)
        self.rounds = 0
        self.quiet = 0
        self._things = things(world)
        for wish in world.inner.wishes:
            self._wish(wish)
        for temperament in world.inner.temperaments:
            self.crowd.dare(temperament.character, temperament.daring)
        chances = {one.event: one for one in world.inner.occasions}
        events = sorted((act.text, number) for number, act in enumerate(self.crowd.acts))
        acts = self.crowd.acts
        self._occasions = [
            (text, number, chances[acts[number].name].chance, chances[acts[number].name].after)
            for text, number in events
            if acts[number].name in chances
        ]
        self._authors = [
            text
            for text, number in events
            if not acts[number].consenting and acts[number].name not in chances
        ]
        self._people = sorted((name, self.crowd.character(name)) for name in self.crowd.characters)

    def _wish(self, wish: Wish) -> None:
        drives = {drive.property.name: drive for drive in self.world.inner.drives}
        ranges = [
            self._things[one.type] if isinstance(one, Variable) else [one]
            for one in wish.parameters
        ]
        for arguments in product(*ranges):
            pairs = zip(wish.parameters, arguments, strict=True)
            terms = {one.name: term for one, term in pairs if isinstance(one, Variable)}
            wants = substitute(wish.wants, terms)
            whose = term_text(arguments[0])
            drive: tuple[Expression, float] | None = None
            if wish.drive is not None:
                level: Fluent = substitute(wish.drive, terms)
                drive = (level, float(drives[level.property.name].high))
            self.crowd.wish(
                whose,
                surely(wants),
                surely_not(wants),
                wish.weight,
                None if wish.condition is None else substitute(wish.condition, terms),
                drive,
            )

    def step(self) -> tuple[Happening, ...]:
        """A round: occasions by their chances, then everybody's turn in the order that the seed
        says, then, if nothing was done, an act of the author's that changes something."""
        round = self.rounds
        drawn = draws(self.seed, round, "occasion")
        occasions = [
            number
            for text, number, chance, after in self._occasions
            if round >= after and drawn(text) < chance
        ]
        drawn = draws(self.seed, round, "turn")
        turns = sorted((drawn(name), name, who) for name, who in self._people)
        order = [who for _, _, who in turns]
        happened = self.crowd.round(round, occasions, order, self.threads)
        self.rounds += 1
        if not happened:
            happened = tuple(self._author_acts(round))
        self.quiet = 0 if happened or self._may_yet_come() else self.quiet + 1
        return happened

    def _author_acts(self, round: int) -> Iterator[Happening]:
        drawn = draws(self.seed, round, "author")
        keyed = sorted((drawn(text), text) for text in self._authors)
        for _, text in keyed:
            if self.crowd.allows(text) and self.crowd.happens(text):
                yield Happening(text, None, True, ())
                return

    def _may_yet_come(self) -> bool:
        return any(chance > 0 and self.crowd.allows(text) for text, _, chance, _ in self._occasions)

    def happenings(self, rounds: int) -> Iterator[Happening]:
        """What happens in at most so many rounds, until nothing does any more."""
        for _ in range(rounds):
            if self.quiet >= QUIET:
                return
            yield from self.step()
