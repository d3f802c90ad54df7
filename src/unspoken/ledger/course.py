"""What follows from a ledger: step by step, what happens, who perceives it, whose mind changes.

Receives a ledger; hands on its ``Course``, in story time: light values, for there are many. Minds
are followed two deep: whoever perceives something with others who are seen to be there knows that
they know it, too. ``record`` makes the chronicle of it; ``checks`` looks for what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations
from typing import NamedTuple, TypeAlias

from msgspec import Struct, field

from unspoken.chronicle.events import Chain, How, Kind
from unspoken.ledger.model import Claim, Ledger, Line, Presence
from unspoken.ledger.room import Room
from unspoken.ledger.words import MOVES, VERBS

Holding: TypeAlias = tuple[Chain, str]
"""A fact in a mind, () the truth."""


class Belief(NamedTuple):
    """That a mind (or truth, for ()) changes about a fact, and how that came to it."""

    minds: Chain
    fact: str
    before: bool | None
    after: bool | None
    how: How


class Step(Struct, frozen=True):
    """What one line comes to. ``perceived``: by whom, and how."""

    line: Line
    scene: int
    time: int
    kind: Kind
    who: str | None
    perceived: Mapping[str, How]
    beliefs: tuple[Belief, ...]
    held: bool | None = None
    """Of a suspicion: what whoever has it holds of the fact."""


class Course(Struct, frozen=True):
    """All of it. ``beginning``: what is held before the first scene. ``depth``: of the minds."""

    ledger: Ledger
    beginning: Mapping[Holding, bool | None]
    steps: tuple[Step, ...]
    depth: int


DEPTH = 2


def course_of(ledger: Ledger, depth: int = DEPTH) -> Course:
    """What follows from a ledger, in minds as deep as that."""
    world = _World(ledger, depth)
    beginning = dict(world.held)
    return Course(ledger, beginning, tuple(world.steps()), depth)


class _World(Struct):
    """Truth and minds as they are at some time."""

    ledger: Ledger
    depth: int
    held: dict[Holding, bool | None] = field(default_factory=dict)
    _beliefs: list[Belief] = field(default_factory=list)
    _doers: dict[str, str] = field(default_factory=dict)
    """Of what somebody did: who. Whoever knows of it knows that they do, too."""
    _partners: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one, other in self.ledger.exclusive:
            self._partners[one] = (*self._partners.get(one, ()), other)
            self._partners[other] = (*self._partners.get(other, ()), one)
        for line in self.ledger.known:
            if line.verb == "knows" and line.claim is not None:
                self.come_true(line.claim)
                self.share(line.claim, dict.fromkeys(line.who, "noticed"))
        self._beliefs.clear()

    def steps(self) -> Iterator[Step]:
        time = 0
        for place in self.ledger.order:
            scene = self.ledger.scenes[place]
            room = Room(scene)
            for line in scene.lines:
                if line.verb == "secret":
                    continue
                time += 1
                seen = room.perceivers(line)
                perceived = self.take(line, seen)
                if line.verb in MOVES:
                    room.move(line)
                    for name in line.who:
                        perceived[name] = "did"
                beliefs = tuple(self._beliefs)
                self._beliefs.clear()
                who = next((name for name in line.who if name in perceived), None)
                fact = "" if line.claim is None else line.claim.fact
                held = self.held.get(((line.who[0],), fact)) if line.verb == "suspects" else None
                yield Step(line, place, time, _kind(line, who), who, perceived, beliefs, held)

    def take(self, line: Line, seen: Mapping[str, Presence]) -> dict[str, How]:
        """What a line does to truth and minds; who perceives it, and how."""
        own: How = "thought" if line.verb in ("suspects", "believes") else "did"
        perceived: dict[str, How] = {
            name: own if name in line.who else "saw" for name in seen or line.who
        }
        claim = line.claim
        if claim is None:
            return perceived
        pairs = self.meetings(line, seen)
        verb = VERBS.get(line.verb)
        if line.verb == "no longer":
            claim = claim._replace(value=not claim.value)
        if verb is None:  # it happens, is revealed, or is no longer so
            self.come_true(claim)
            if line.verb == "happens" and line.who and line.who[0] in perceived:
                self._doers[claim.fact] = line.who[0]
            self.learn(claim, perceived)
            self.meet(claim, pairs, perceived)
        elif verb.is_lie:
            self.come_true(claim._replace(value=None if claim.minds else not claim.value), False)
            self.told(claim, line, perceived, pairs, lie=True)
        elif verb.reach != "within":
            self.told(claim, line, perceived, pairs, lie=False)
        elif line.verb == "learns":
            self.come_true(claim)
            others: dict[str, How] = {}
            if line.source is not None and line.source in self.ledger.people:
                others[line.source] = "did"
            self.share(claim, others | dict.fromkeys(line.who, "told" if others else "noticed"))
            perceived |= others
        elif line.verb == "believes":
            self.learn(claim, dict.fromkeys(line.who, "thought"))
        elif line.verb == "forgets":
            self.learn(claim._replace(value=None), dict.fromkeys(line.who, "did"))
        elif verb.needs:  # whoever uses what they cannot know is taken to know it from then on
            self.learn(claim, dict.fromkeys(line.who, "did"))
        return perceived

    def told(
        self,
        claim: Claim,
        line: Line,
        perceived: Mapping[str, How],
        pairs: tuple[Chain, ...],
        lie: bool,
    ) -> None:
        """Everybody who hears it believes it; of a lie, whoever knows better does not, nor does
        the liar."""
        if lie:
            believers = {
                name: how
                for name, how in perceived.items()
                if name not in line.who
                and self.held.get(((name, *claim.minds), claim.fact)) in (None, claim.value)
            }
        else:
            believers = dict(perceived)
        self.learn(claim, believers)
        self.meet(claim, pairs, perceived)

    def meetings(self, line: Line, seen: Mapping[str, Presence]) -> tuple[Chain, ...]:
        """Who, of those who perceive something, knows of whom that they do: whoever sees, of those
        who are seen; whoever only hears, of those who speak and are spoken to."""
        if self.depth < 2 or len(seen) < 2:
            return ()
        spoken = {*line.who, *line.whom}
        return tuple(
            (one, other)
            for one, other in permutations(seen, 2)
            if (seen[one].sees and seen[other].seen) or other in spoken
        )

    def share(self, claim: Claim, who: Mapping[str, How]) -> None:
        """Several people learn it together, and so know it of each other."""
        self.learn(claim, who)
        self.meet(claim, tuple(permutations(who, 2)), who)

    def learn(self, claim: Claim, who: Mapping[str, How]) -> None:
        for name, how in who.items():
            if claim.minds == (name,):
                continue
            self.hold((name, *claim.minds), claim, how)
            if claim.minds and claim.value is not None:  # that she knows it says that it is so
                self.hold((name,), claim, how)
            doer = self._doers.get(claim.fact, name)
            if doer != name and claim.value is True and not claim.minds:
                self.hold((name, doer), claim, how)

    def meet(self, claim: Claim, pairs: tuple[Chain, ...], perceived: Mapping[str, How]) -> None:
        """Who takes whom to hold it now."""
        if not claim.minds:
            for pair in pairs:
                self.hold(pair, claim, perceived[pair[0]])

    def hold(self, minds: Chain, claim: Claim, how: How) -> None:
        """A mind comes to hold something; whatever cannot be beside it, it holds no longer."""
        if len(minds) > self.depth:
            return
        self.change(minds, claim.fact, claim.value, how)
        if claim.value is True:
            for other in self._partners.get(claim.fact, ()):
                if self.held.get((minds, other)) is True:
                    self.change(minds, other, False, "inferred")

    def come_true(self, claim: Claim, anew: bool = True) -> None:
        """It is so from now on, ``anew``: even if it was not before."""
        if claim.minds or (not anew and self.held.get(((), claim.fact)) is not None):
            return
        self.change((), claim.fact, claim.value, "did")
        if claim.value is True:
            for other in self._partners.get(claim.fact, ()):
                self.change((), other, False, "did")

    def change(self, minds: Chain, fact: str, value: bool | None, how: How) -> None:
        before = self.held.get((minds, fact))
        if before is not value:
            self.held[minds, fact] = value
            self._beliefs.append(Belief(minds, fact, before, value, how))


def _kind(line: Line, who: str | None) -> Kind:
    verb = VERBS.get(line.verb)
    if verb is not None and verb.reach != "within":
        return "say"
    if line.verb == "suspects":
        return "think"
    return "happen" if who is None else "act"
