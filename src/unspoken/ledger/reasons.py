"""How somebody came to know something, and how somebody else missed it, in words.

Receives the course so far, as ``checks`` goes along it; hands on clauses with their lines. The
chain that is missing, where somebody says what they cannot know, is put together here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from unspoken.ledger.course import Belief, Holding, Step
from unspoken.ledger.model import ASLEEP, Claim, Ledger, Line, Presence, Scene
from unspoken.ledger.room import Room
from unspoken.ledger.words import MOVES, VERBS
from unspoken.model import Span


class Source(NamedTuple):
    """What a mind last changed by; no step: it was so from the beginning."""

    step: Step | None
    belief: Belief | None


class Missed(NamedTuple):
    """An occasion on which somebody could have come to know a thing: why not, and the line that
    says so (of the occasion itself, if there is no other)."""

    words: str
    span: Span


def names(people: Sequence[str]) -> str:
    """``Anna, Ben and Carl``; at most four are named."""
    shown = list(people)
    if len(shown) > 5:
        shown = [*shown[:4], f"{len(shown) - 4} more"]
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def at(line: Line) -> str:
    """``(line 12)``"""
    return f"(line {line.number})"


class Reasons:
    """Clauses about the course up to where ``checks`` stands. ``since`` and ``about`` are kept by
    it: what each mind last changed by, and the steps so far by what they are about."""

    def __init__(
        self,
        ledger: Ledger,
        since: Mapping[Holding, Source],
        about: Mapping[str, list[Step]],
        held: Mapping[Holding, bool | None],
    ) -> None:
        self.ledger = ledger
        self.since, self.about, self.held = since, about, held

    def way(self, name: str, claim: Claim) -> str:
        """How somebody came to know it: ``Dora saw it from hiding (line 12)``."""
        source = self.since.get(((name, *claim.minds), claim.fact))
        if source is None or source.step is None or source.belief is None:
            return f"{name} has known it from the beginning"
        line, how = source.step.line, source.belief.how
        verb = VERBS.get(line.verb)
        if how == "inferred":
            said = f"{name} could conclude it"
        elif verb is None:
            said = f"{name} {'did' if how == 'did' else 'saw'} it{self.manner(name, source.step)}"
        elif name in line.who and (verb.needs or verb.is_lie):
            said = f"{name} {_PAST.get(line.verb, 'said')} it"
        elif verb.reach != "within":
            speaker = names(line.who)
            if verb.to == "names" and name not in line.whom:
                said = f"{name} overheard {speaker}{self.manner(name, source.step)}"
            elif verb.is_lie:
                said = f"{speaker} lied to {name}"
            elif verb.reach == "afar":
                said = f"{speaker} wrote to {name}"
            else:
                said = f"{speaker} told {name}"
        elif line.source in self.ledger.people:
            said = f"{name} has it from {line.source}"
        else:
            said = f"{name} {_PAST.get(line.verb, 'learned')} it"
        return f"{said} {at(line)}"

    def manner(self, name: str, step: Step) -> str:
        """`` from hiding``, where somebody was there in another way than the rest."""
        presence = self.room_at(step).there.get(name)
        return {"hiding": " from hiding", "out of earshot": " from afar"}.get(
            presence.name if presence else "", ""
        )

    def knowers(self, claim: Claim) -> list[str]:
        """Who holds it, in the order in which they came to."""
        held = [
            name
            for name in self.ledger.people
            if self.held.get(((name, *claim.minds), claim.fact)) is claim.value
        ]
        return sorted(held, key=lambda name: self.when(name, claim))

    def when(self, name: str, claim: Claim) -> int:
        source = self.since.get(((name, *claim.minds), claim.fact))
        return 0 if source is None or source.step is None else source.step.time

    def who_knows(self, claim: Claim) -> str:
        """``until here only Anna knows it: Anna did it (line 12)``."""
        who = self.knowers(claim)
        if claim.value is None or not who:
            return "until here nobody knows it"
        ways = ", ".join(self.way(name, claim) for name in who[:4])
        verb = "knows" if len(who) == 1 else "know"
        return f"until here only {names(who)} {verb} it: {ways}"

    def own(self, name: str, claim: Claim) -> str | None:
        """What somebody has instead of the knowledge: a suspicion, the contrary, a memory lost."""
        key: Holding = ((name, *claim.minds), claim.fact)
        source = self.since.get(key)
        held = self.held.get(key)
        if source is not None and source.step is not None:
            if source.step.line.verb == "forgets":
                return f"{name} has forgotten it {at(source.step.line)}"
            if held is not None and held is not claim.value:
                return f"{name} takes it not to be so: {self.way(name, claim)}"
        for step in reversed(self.about.get(claim.fact, [])):
            if step.line.verb == "suspects" and name in step.line.who:
                return f"{name} only suspects it {at(step.line)}"
        return None

    def missed(self, name: str, claim: Claim) -> Missed | None:
        """Why somebody does not know of it from the last occasion on which others learned it."""
        for step in reversed(self.about.get(claim.fact, [])):
            verb = VERBS.get(step.line.verb)
            if (verb is not None and verb.reach == "within") or name in step.perceived:
                continue
            if verb is not None and verb.reach == "afar":
                return Missed(f"that was in writing, to {names(step.line.whom)}", step.line.span)
            if verb is not None and verb.reach == "alone":
                return Missed(f"that was whispered to {names(step.line.whom)}", step.line.span)
            presence, line = self.room_at(step).how(name)
            words = state(name, presence, line)
            return Missed(f"{name} {words}", step.line.span if line is None else line.span)
        return None

    def later(self, name: str, claim: Claim, coming: Sequence[Step], is_known: bool) -> str | None:
        """Where somebody comes to know it after all, too late; or, where nobody knows it yet,
        where anybody does."""
        minds = (name, *claim.minds)
        for step in coming[1:]:
            line = step.line
            for belief in step.beliefs:
                if (belief.minds, belief.fact, belief.after) == (minds, claim.fact, claim.value):
                    place = self.ledger.place_of(self.ledger.scenes[step.scene])
                    return f"{name} comes to know it only later, in {place} {at(line)}"
            if not is_known and line.claim == claim and line.verb in _BRINGS:
                place = self.ledger.place_of(self.ledger.scenes[step.scene])
                return f"it {_BRINGS[line.verb]} only later, in {place} {at(line)}"
        return None if is_known else "no line says how anybody comes to know it"

    def room_at(self, step: Step) -> Room:
        """The scene's people as they are when a line of it is reached."""
        return room_at(self.ledger.scenes[step.scene], step.line)


_BRINGS = {"happens": "happens", "revealed": "comes out", "learns": "is learned"}

_PAST = {
    "believes": "believed",
    "uses": "used",
    "learns": "learned",
    "tells": "told",
    "writes to": "wrote",
    "whispers to": "whispered",
}


def room_at(scene: Scene, line: Line) -> Room:
    """The people of a scene as they are when a line of it is reached."""
    room = Room(scene)
    for one in scene.lines:
        if one is line:
            break
        if one.verb in MOVES:
            room.move(one)
    return room


def state(name: str, presence: Presence | None, line: Line | None) -> str:
    """How somebody is, as the rest of a sentence: ``has left (line 10)``."""
    since = f" {at(line)}" if line is not None else ""
    if presence is None:
        return f"has left{since}" if line is not None else "is not there"
    if presence is ASLEEP:
        return f"is asleep{since}"
    return f"is {presence.name}{since}"
