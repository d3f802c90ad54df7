"""What is wrong or doubtful in a ledger: who says what they cannot know, and the like.

Receives a ledger and its course; hands on ``Findings``: diagnostics, and apart from them those that
the author means (``intended``), with the reasons given. Goes along the course once; what a finding
needs besides is worked out only where there is one (``reasons``).
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from unspoken.language import Diagnostic, Note, problem
from unspoken.ledger.course import Belief, Course, Holding, Step
from unspoken.ledger.model import Claim, Intended, Ledger, Line, Scene
from unspoken.ledger.order import story_order
from unspoken.ledger.phrases import form_of, near
from unspoken.ledger.reasons import Reasons, Source, at, names, state
from unspoken.ledger.room import Room
from unspoken.ledger.words import MOVES, VERBS, Verb
from unspoken.model import Span


class Exempted(NamedTuple):
    """A finding that the author means to be so, and why."""

    diagnostic: Diagnostic
    reason: str


class Findings(NamedTuple):
    """What was found, in the order of the text."""

    found: tuple[Diagnostic, ...]
    intended: tuple[Exempted, ...]


class _Secret(NamedTuple):
    line: Line
    keepers: frozenset[str]


def check(course: Course) -> Findings:
    """Everything that the checks find."""
    checker = _Checker(course)
    checker.phrases()
    checker.order()
    checker.beginning()
    checker.walk()
    checker.unused()
    return checker.findings()


class _Checker:
    def __init__(self, course: Course) -> None:
        self.course = course
        self.ledger: Ledger = course.ledger
        self.said: list[tuple[Diagnostic, Intended | None]] = []
        self.held: dict[Holding, bool | None] = dict(course.beginning)
        self.since: dict[Holding, Source] = {}
        self.about: dict[str, list[Step]] = {}
        self.reasons = Reasons(self.ledger, self.since, self.about, self.held)
        self.unclear: set[str] = set()
        """Facts that are nearly others: nothing else is said of them."""
        self.claimed: dict[str, Line] = {}
        """For each fact, the line by which it is so, or is not."""
        self.secrets: dict[str, _Secret] = {}

    def findings(self) -> Findings:
        used = {id(intended) for _, intended in self.said if intended is not None}
        for owner in self.owners():
            if owner.intended is not None and id(owner.intended) not in used:
                span = owner.intended.span
                self.said.append((problem("intended-for-nothing", span), None))
        self.said.sort(key=lambda one: one[0].span.start if one[0].span is not None else -1)
        return Findings(
            tuple(diagnostic for diagnostic, intended in self.said if intended is None),
            tuple(
                Exempted(diagnostic, intended.reason)
                for diagnostic, intended in self.said
                if intended is not None
            ),
        )

    def owners(self) -> Iterable[Line | Scene]:
        yield from self.ledger.known
        for scene in self.ledger.scenes:
            yield scene
            yield from scene.lines

    def say(
        self,
        code: str,
        owner: Line | Scene,
        span: Span | None = None,
        notes: Iterable[tuple[str, Span] | None] = (),
        **facts: object,
    ) -> None:
        kept = [Note(*note) for note in notes if note is not None]
        found = problem(code, owner.span if span is None else span, kept, **facts)
        self.said.append((found, owner.intended))

    # The text as a whole

    def lines(self) -> Iterable[Line]:
        """Every line about a fact, in the order of the text."""
        yield from self.ledger.known
        for scene in self.ledger.scenes:
            yield from scene.lines

    def phrases(self) -> None:
        """Phrases that nearly are others."""
        first: dict[str, Line] = {}
        counts: dict[str, int] = {}
        for line in self.lines():
            if line.claim is not None:
                fact = line.claim.fact
                first.setdefault(fact, line)
                counts[fact] = counts.get(fact, 0) + 1
        words = {fact: form_of(fact).words for fact in first}
        people = frozenset(part.casefold() for name in self.ledger.people for part in name.split())
        facts = {form: fact for fact, form in words.items()}
        for form, other_form in near(words.values(), people).items():
            fact, other = facts[form], facts[other_form]
            if min(counts[fact], counts[other]) > 1:
                continue
            if counts[fact] > counts[other]:
                fact, other = other, fact
            line = first[fact]
            self.say(
                "nearly-another",
                line,
                line.about,
                [("other", _about(first[other]))],
                fact=fact,
                other=other,
            )
            if line.intended is None:
                self.unclear |= {fact, other}

    def order(self) -> None:
        scenes = self.ledger.scenes
        titles = [f"“{scene.title}”" for scene in scenes]
        for knot in story_order(scenes)[1]:
            scene = scenes[knot.scene]
            self.say(
                "order-cannot-be",
                scene,
                scene.moved.span if scene.moved is not None else None,
                scene=scene.title,
                side=knot.side,
                other=scenes[knot.other].title,
                why=knot.why.format(*titles),
            )

    def unused(self) -> None:
        """What somebody learns, and nothing ever comes of."""
        learned: dict[str, Line] = {}
        used = set()
        for line in self.in_story_order():
            if line.claim is None:
                continue
            if line.verb in ("learns", "knows"):
                learned.setdefault(line.claim.fact, line)
                if line.source not in self.ledger.people:
                    continue
            if line.verb not in _NO_USE:
                used.add(line.claim.fact)
        for fact, line in learned.items():
            if fact not in used | self.unclear:
                self.say("never-used", line, line.about, who=names(line.who), fact=line.words)

    def in_story_order(self) -> Iterable[Line]:
        yield from self.ledger.known
        for place in self.ledger.order:
            yield from self.ledger.scenes[place].lines

    # Along the course

    def beginning(self) -> None:
        for line in self.ledger.known:
            assert line.claim is not None
            if line.verb == "secret":
                self.secret(line, line.claim)
                continue
            for fact, other, value in self.against(line.claim):
                known = self.claimed.get(other)
                if known is not None:
                    self.contradiction(line, fact, other if value else f"not {other}", known)
            self.claimed[line.claim.fact] = line

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

    def walk(self) -> None:
        steps = iter(self.course.steps)
        for place in self.ledger.order:
            scene = self.ledger.scenes[place]
            room = Room(scene)
            for line in scene.lines:
                if line.verb == "secret" and line.claim is not None:
                    self.secret(line, line.claim)
                    continue
                step = next(steps)
                if line.verb in MOVES:
                    self.move(line, room)
                elif line.claim is not None:
                    self.doing(line, line.claim, step, room)
                self.take(step)

    def take(self, step: Step) -> None:
        """What a step changes; and what that makes of secrets."""
        line, claim = step.line, step.line.claim
        for belief in step.beliefs:
            key = (belief.minds, belief.fact)
            self.held[key] = belief.after
            self.since[key] = Source(step, belief)
            if len(belief.minds) == 1 and belief.fact in self.secrets:
                self.out(belief, line)
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
            words = "is there already" if line.verb == "enters" else state(name, presence, since)
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
        self.there(line, verb, step, room)
        if claim.fact in self.unclear:
            return
        if verb.needs:
            for name in line.who:
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
            self.let_slip(line, claim, step, room)

    def happening(self, line: Line, claim: Claim) -> None:
        """Something is so from now on: is anything that is so against it?"""
        if line.verb == "no longer":
            return
        for fact, other, value in self.against(claim):
            if value or line.verb != "happens":  # that something happens can well be new
                self.contradiction(
                    line, fact, other if value else f"not: {other}", self.claimed[other]
                )

    def contradiction(self, line: Line, fact: str, other: str, since: Line) -> None:
        note = ("since", _about(since))
        self.say(
            "contradiction", line, line.about, [note], fact=line.words, other=other, since=at(since)
        )

    def there(self, line: Line, verb: Verb, step: Step, room: Room) -> None:
        place = self.ledger.place_of(self.ledger.scenes[step.scene])
        roles = [(name, _ROLES.get(line.verb, "speak"), room.can_act(name)) for name in line.who]
        if verb.reach in ("aloud", "alone"):
            for name in line.whom:
                presence = room.there.get(name)
                roles.append((name, "hear this", presence is not None and presence.hears))
        for name, role, is_fit in roles:
            if is_fit:
                continue
            presence, since = room.how(name)
            self.say(
                "not-there",
                line,
                None,
                [None if since is None else ("since", since.span)],
                who=name,
                role=role,
                state=state(name, presence, since),
                place=place,
                enter=f"{name} enters" if presence is None else None,
                wake=f"{name} wakes"
                if presence is not None and presence.name == "asleep"
                else None,
            )

    def can_know(self, name: str, claim: Claim, line: Line, step: Step) -> None:
        if claim.minds == (name,):
            claim = claim._replace(minds=())
        if self.held.get(((name, *claim.minds), claim.fact)) is claim.value:
            return
        reasons = self.reasons
        missed = reasons.missed(name, claim)
        coming = self.course.steps[step.time :]
        known = [fact for fact in self.about if fact != claim.fact]
        if self.about.get(claim.fact):
            known = []
        chain = [
            reasons.who_knows(claim),
            reasons.own(name, claim),
            None if missed is None else missed.words,
            reasons.later(name, claim, coming, bool(reasons.knowers(claim))),
        ]
        first = next(iter(reasons.knowers(claim)), None)
        source = self.since.get(((first, *claim.minds), claim.fact)) if first else None
        self.say(
            "cannot-know",
            line,
            None,
            [
                None
                if source is None or source.step is None
                else ("first", _about(source.step.line)),
                None if missed is None else ("missed", missed.span),
            ],
            who=name,
            fact=line.words,
            first=first,
            missed=missed.words if missed else None,
            place=self.ledger.place_of(self.ledger.scenes[step.scene]),
            why="; ".join(one for one in chain if one),
            suggestion=_like(claim.fact, known),
        )

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
        source = self.since.get(((who[0], *claim.minds), claim.fact))
        self.say(
            "told-again",
            line,
            None,
            [
                None
                if source is None or source.step is None
                else ("since", _about(source.step.line))
            ],
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

    # Secrets

    def secret(self, line: Line, claim: Claim) -> None:
        for name in line.who:
            if self.held.get(((name,), claim.fact)) is not claim.value:
                self.say("keeper-unaware", line, line.about, who=name, fact=line.words)
        self.secrets[claim.fact] = _Secret(line, frozenset(line.who))

    def out(self, belief: Belief, line: Line) -> None:
        """Somebody has come to know a secret: does everybody now?"""
        if line.verb == "revealed":
            self.secrets.pop(belief.fact, None)
            return
        secret = self.secrets[belief.fact]
        if belief.after is True and all(
            self.held.get(((name,), belief.fact)) is True for name in self.ledger.people
        ):
            del self.secrets[belief.fact]
            self.say(
                "secret-of-all",
                secret.line,
                secret.line.about,
                [("last", line.span)],
                fact=secret.line.words,
                last=belief.minds[0],
            )

    def let_slip(self, line: Line, claim: Claim, step: Step, room: Room) -> None:
        secret = self.secrets.get(claim.fact)
        if secret is None or claim.minds or VERBS[line.verb].is_lie:
            return
        listeners = [
            name
            for name, how in room.there.items()
            if how.hears and how.seen and name in step.perceived
        ]
        new = [
            name
            for name in listeners
            if name not in (*line.who, *line.whom, *secret.keepers)
            and self.held.get(((name,), claim.fact)) is None
        ]
        if new:
            self.say(
                "secret-let-slip",
                line,
                None,
                [("secret", secret.line.span)],
                who=names(line.who),
                whom=names(new),
                fact=line.words,
                verb="hears" if len(new) == 1 else "hear",
            )


_ROLES = {
    "uses": "act on this",
    "learns": "learn this",
    "believes": "come to believe this",
    "suspects": "suspect this",
    "forgets": "forget this",
}


_NO_USE = ("happens", "no longer", "secret", "forgets")


def _like(fact: str, known: Iterable[str]) -> str | None:
    """The known fact whose wording is so near that it may have been meant."""
    return next(iter(get_close_matches(fact, list(known), n=1, cutoff=0.8)), None)


def _asserts(line: Line) -> bool:
    """Whether a line says that something is so from now on."""
    return line.verb in ("happens", "revealed", "learns")


def _about(line: Line) -> Span:
    return line.span if line.about is None else line.about
