"""What is wrong or doubtful, line by line: along the course, with what everybody holds by then.

Receives a course; hands its findings to a ``Collector``. What a finding needs besides is worked out
only where there is one (``reasons``).
"""

from __future__ import annotations

from collections.abc import Iterable

from unspoken.ledger.course import Course, Holding, Step
from unspoken.ledger.findings import Collector, Mark, about
from unspoken.ledger.model import Claim, Line
from unspoken.ledger.phrases import LITTLE, form_of
from unspoken.ledger.reasons import Reasons, Source, at, names, state
from unspoken.ledger.room import Room
from unspoken.ledger.secrets import Secrets
from unspoken.ledger.words import MOVES, VERBS, Verb


class Along:
    """The course, gone along once."""

    def __init__(self, course: Course, found: Collector, unclear: frozenset[str]) -> None:
        self.course, self.ledger = course, course.ledger
        self.say = found.say
        self.unclear = unclear
        self.held: dict[Holding, bool | None] = dict(course.beginning)
        self.since: dict[Holding, Source] = {}
        self.about: dict[str, list[Step]] = {}
        self.reasons = Reasons(self.ledger, self.since, self.about, self.held)
        self.secrets = Secrets(self.ledger.people, self.held, found)
        self.claimed: dict[str, Line] = {}
        """For each fact, the line by which it is so, or is not."""

    def walk(self) -> None:
        """Everything, from the beginning to the end."""
        self.beginning()
        steps = iter(self.course.steps)
        for place in self.ledger.order:
            scene = self.ledger.scenes[place]
            room = Room(scene)
            for line in scene.lines:
                if line.verb == "secret" and line.claim is not None:
                    self.secrets.begin(line, line.claim)
                    continue
                step = next(steps)
                if line.verb in MOVES:
                    self.move(line, room)
                elif line.claim is not None:
                    self.doing(line, line.claim, step, room)
                self.take(step)

    def beginning(self) -> None:
        for line in self.ledger.known:
            assert line.claim is not None
            if line.verb == "secret":
                self.secrets.begin(line, line.claim)
                continue
            for fact, other, value in self.against(line.claim):
                known = self.claimed.get(other)
                if known is not None:
                    self.contradiction(line, fact, other if value else f"not {other}", known)
            self.claimed[line.claim.fact] = line

    def take(self, step: Step) -> None:
        """What a step changes; and what it says is so."""
        line, claim = step.line, step.line.claim
        for belief in step.beliefs:
            key = (belief.minds, belief.fact)
            self.held[key] = belief.after
            self.since[key] = Source(step, belief)
        self.secrets.take(step)
        if claim is None:
            return
        self.about.setdefault(claim.fact, []).append(step)
        if line.verb == "no longer":
            self.claimed.pop(claim.fact, None)
        elif not claim.minds and claim.value is not None and _asserts(line):
            self.claimed[claim.fact] = line

    def move(self, line: Line, room: Room) -> None:
        before = {name: room.how(name) for name in line.who}
        for name in room.move(line):
            presence, since = before[name]
            words = "is there already" if line.verb == "enters" else state(presence, since)
            if presence is not None and presence.name == "here":
                words = {"wakes": "is not asleep", "enters": "is there already"}.get(
                    line.verb, "is in plain sight"
                )
            note = None if since is None else ("since", since.span)
            self.say("cannot-move", line, None, [note], who=name, verb=line.verb, state=words)

    def doing(self, line: Line, claim: Claim, step: Step, room: Room) -> None:
        verb = VERBS.get(line.verb)
        if verb is None:
            self.happening(line, claim)
            return
        away = self.there(line, verb, step, room)
        if claim.fact in self.unclear:
            return
        if verb.needs:
            for name in line.who:
                if name not in away:  # else they know it only where they should be
                    self.can_know(name, claim, line, step)
        if line.verb == "learns":
            self.happening(line, claim)
            if line.source in self.ledger.people:
                self.can_know(line.source, claim, line, step)
        if verb.is_lie:
            self.lie(line, claim, room)
        elif verb.reach != "within" or line.verb == "learns":
            self.told_again(line, claim, room)
        if verb.reach == "aloud":
            self.secrets.let_slip(line, claim, room)

    def happening(self, line: Line, claim: Claim) -> None:
        """Something is so from now on: is anything that is so against it?"""
        if line.verb == "no longer":
            return
        for fact, other, value in self.against(claim):
            if value or line.verb != "happens":  # that something happens can well be new
                self.contradiction(
                    line, fact, other if value else f"not: {other}", self.claimed[other]
                )

    def against(self, claim: Claim) -> Iterable[tuple[str, str, bool]]:
        """What else would have to be otherwise, if this is so: the claim's fact, the other, and
        whether that is then affirmed or denied."""
        if claim.minds or claim.value is None:
            return
        line = self.claimed.get(claim.fact)
        if line is not None and line.claim is not None and line.claim.value is not claim.value:
            yield claim.fact, claim.fact, claim.value is False
        for pair in self.ledger.exclusive:
            if claim.value and claim.fact in pair:
                other = pair[1] if pair[0] == claim.fact else pair[0]
                held = self.claimed.get(other)
                if held is not None and held.claim is not None and held.claim.value:
                    yield claim.fact, other, True

    def contradiction(self, line: Line, fact: str, other: str, since: Line) -> None:
        note = ("since", about(since))
        self.say(
            "contradiction", line, line.about, [note], fact=line.words, other=other, since=at(since)
        )

    def there(self, line: Line, verb: Verb, step: Step, room: Room) -> list[str]:
        """Are all there who should be? Those who are not."""
        place = self.ledger.place_of(self.ledger.scenes[step.scene])
        roles = [(name, _ROLES.get(line.verb, "speak"), room.can_act(name)) for name in line.who]
        if verb.reach in ("aloud", "alone"):
            for name in line.whom:
                is_fit = name in line.loose or room.hears(name)
                roles.append((name, "hear this", is_fit))
        away = [(name, role) for name, role, is_fit in roles if not is_fit]
        for name, role in away:
            presence, since = room.how(name)
            self.say(
                "not-there",
                line,
                None,
                [None if since is None else ("since", since.span)],
                who=name,
                role=role,
                state=state(presence, since),
                place=place,
                enter=f"{name} enters" if presence is None else None,
                wake=f"{name} wakes"
                if presence is not None and presence.name == "asleep"
                else None,
            )
        return [name for name, _ in away]

    def can_know(self, name: str, claim: Claim, line: Line, step: Step) -> None:
        if claim.minds == (name,):
            claim = claim._replace(minds=())
        if self.held.get(((name, *claim.minds), claim.fact)) is claim.value:
            return
        reasons = self.reasons
        knowers = reasons.knowers(claim)
        missed = reasons.missed(name, claim)
        chain = [
            reasons.who_knows(claim),
            reasons.own(name, claim),
            None if missed is None else missed.words,
            reasons.later(name, claim, self.course.steps[step.time :], bool(knowers)),
        ]
        first = self.mark("first", knowers[0], claim) if knowers else None
        if missed is not None and (first is None or first[1].line != missed.span.line):
            marks = [first, ("missed", missed.span)]
        else:
            marks = [first]
        others = () if claim.fact in self.about else self.about
        self.say(
            "cannot-know",
            line,
            None,
            marks,
            who=name,
            fact=line.words,
            first=knowers[0] if knowers else None,
            missed=missed.words if missed else None,
            place=self.ledger.place_of(self.ledger.scenes[step.scene]),
            why="; ".join(one for one in chain if one),
            suggestion=_like(claim.fact, others),
        )

    def mark(self, role: str, name: str, claim: Claim) -> Mark | None:
        """Where somebody came to hold it, if that was not so from the beginning."""
        source = self.since.get(((name, *claim.minds), claim.fact))
        return None if source is None else (role, about(source.step.line))

    def told_again(self, line: Line, claim: Claim, room: Room) -> None:
        who = line.who if line.verb == "learns" else room.addressed(line)
        if not who or not all(
            self.held.get(((name, *claim.minds), claim.fact)) is claim.value for name in who
        ):
            return
        if claim.value is None:
            return
        why = [self.reasons.way(name, claim) for name in who[:3]]
        if line.verb != "learns" and not claim.minds:
            for speaker in line.who[:1]:
                aware = all(
                    self.held.get(((speaker, name), claim.fact)) is claim.value for name in who
                )
                why.append(
                    f"and {speaker} knows that" if aware else f"which {speaker} does not know"
                )
        self.say(
            "told-again",
            line,
            None,
            [self.mark("since", who[0], claim)],
            whom=names(who),
            verb="knows" if len(who) == 1 else "know",
            fact=line.words,
            why=", ".join(why),
        )

    def lie(self, line: Line, claim: Claim, room: Room) -> None:
        for name in line.who:
            if self.held.get(((name, *claim.minds), claim.fact)) is claim.value:
                why = self.reasons.way(name, claim)
                self.say("no-lie", line, who=name, fact=line.words, why=why)
        for name in room.addressed(line):
            held = self.held.get(((name, *claim.minds), claim.fact))
            if held is not None and held is not claim.value:
                why = self.reasons.way(name, claim)
                self.say("knows-better", line, who=name, fact=line.words, why=why)


_ROLES = {
    "uses": "act on this",
    "learns": "learn this",
    "believes": "come to believe this",
    "suspects": "suspect this",
    "forgets": "forget this",
}


def _like(fact: str, known: Iterable[str]) -> str | None:
    """The known fact that has most of its words, and may have been meant."""
    words = frozenset(form_of(fact).words) - LITTLE
    best, most = None, 0.6
    for other in known:
        others = frozenset(form_of(other).words) - LITTLE
        alike = len(words & others) / max(1, len(words | others))
        if alike > most:
            best, most = other, alike
    return best


def _asserts(line: Line) -> bool:
    """Whether a line says that something is so from now on."""
    return line.verb in ("happens", "revealed", "learns")
