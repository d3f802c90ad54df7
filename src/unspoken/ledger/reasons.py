"""How somebody came to know something, and how somebody else missed it, in words.

Receives the course so far, as ``checks`` goes along it; hands on clauses with their lines. The
chain that is missing, where somebody says what they cannot know, is put together here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from unspoken.ledger.course import Belief, Holding, Step
from unspoken.ledger.model import Claim, Ledger, Line, Presence, Scene
from unspoken.ledger.room import Room
from unspoken.ledger.words import MOVES, VERBS
from unspoken.model import Span


class Source(NamedTuple):
    """What a mind last changed by."""

    step: Step
    belief: Belief


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
        if source is None:
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
        return 0 if source is None else source.step.time

    def who_knows(self, claim: Claim) -> str:
        """``until here only Anna knows it: Anna did it (line 12)``."""
        who = self.knowers(claim)
        if claim.minds and not who:
            return f"until here nobody knows how much {claim.minds[0]} knows of it"
        if claim.value is None or not who:
            return "until here nobody knows it"
        ways = ", ".join(self.way(name, claim) for name in who[:4])
        truth = self.held.get(((), claim.fact))
        verb = "know" if claim.minds or truth in (None, claim.value) else "believe"
        verb += "s" if len(who) == 1 else ""
        return f"until here only {names(who)} {verb} it: {ways}"

    def own(self, name: str, claim: Claim) -> str | None:
        """What somebody has instead of the knowledge: a suspicion, the contrary, a memory lost."""
        key: Holding = ((name, *claim.minds), claim.fact)
        source = self.since.get(key)
        held = self.held.get(key)
        if source is not None:
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
                return Missed(
                    f"it was in a letter to {names(step.line.whom)} {at(step.line)}", step.line.span
                )
            if verb is not None and verb.reach == "alone":
                return Missed(
                    f"it was whispered to {names(step.line.whom)} {at(step.line)}", step.line.span
                )
            presence, line = self.room_at(step).how(name)
            words = state(presence, line, was=True)
            if line is None:
                words += f" {at(step.line)}"
            return Missed(f"{name} {words}", step.line.span if line is None else line.span)
        return None

    def later(self, name: str, claim: Claim, coming: Sequence[Step], is_known: bool) -> str | None:
        """Where somebody comes to know it after all, too late; or, where nobody knows it yet,
        where anybody does."""
        for step in coming:
            line, verb = step.line, VERBS.get(step.line.verb)
            if line.claim != claim or line.verb == "no longer":
                continue
            where = (
                f"only later, in {self.ledger.place_of(self.ledger.scenes[step.scene])} {at(line)}"
            )
            brings = verb is None or verb.reach != "within" or line.verb == "learns"
            if brings and name in step.perceived and name not in self.speakers(line):
                return f"{name} comes to know it {where}"
            if not is_known and line.verb in _BRINGS:
                return f"it {_BRINGS[line.verb]} {where}"
        return None if is_known or claim.minds else "no line says how anybody comes to know it"

    def speakers(self, line: Line) -> tuple[str, ...]:
        """Those who say it, and so have to know it."""
        verb = VERBS.get(line.verb)
        return line.who if verb is not None and verb.needs else ()

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


def state(presence: Presence | None, line: Line | None, was: bool = False) -> str:
    """How somebody is, or was, as the rest of a sentence: ``has left (line 10)``."""
    since = f" {at(line)}" if line is not None else ""
    if presence is None and line is not None:
        return f"{'had' if was else 'has'} left{since}"
    how = "not there" if presence is None else presence.name
    return f"{'was' if was else 'is'} {how}{since}"
