"""What questions are put to: a chronicle with its words, in truth or as one mind lived it.

Receives a chronicle, and the model or the ledger's people; hands on values, stretches of time,
names and places. ``root``: whose view of it this is; then nothing of it is from outside that mind,
acts are counted as that mind has them, and what is "so" is what that mind takes to be so.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from functools import cached_property
from typing import Literal

from msgspec.structs import replace

from unspoken.chronicle.events import (
    ACTS,
    Chain,
    Chronicle,
    Event,
    Fact,
    Percept,
    Scene,
    Value,
    phrase_of,
)
from unspoken.chronicle.lived import lived
from unspoken.chronicle.words import fact_text
from unspoken.language import parse_condition
from unspoken.ledger.model import Ledger
from unspoken.model import Entity, Expression, Fluent, Storyworld, Telling, Voice
from unspoken.queries.answer import Stretch
from unspoken.queries.deciding import deciding
from unspoken.queries.evaluation import Evaluation, Exact, Span
from unspoken.queries.query import Call, When, call_text, phrase_fluent
from unspoken.queries.saying import Saying
from unspoken.telling.propositions import term
from unspoken.telling.view import OUTER


class Case:
    """A chronicle ready for questions. ``also``: other names, and whose they are; ``same``: what
    other wordings of a ledger's facts come to (``Ledger.same``). ``exact``: as for ``Evaluation``.
    """

    def __init__(
        self,
        chronicle: Chronicle,
        storyworld: Storyworld,
        *,
        root: str | None = None,
        also: Mapping[str, str] | None = None,
        same: Mapping[tuple[str, ...], tuple[str, bool]] | None = None,
        exact: Exact | None = None,
    ) -> None:
        self.chronicle = chronicle if root is None else _as_own(lived(chronicle, root), root)
        self.storyworld = storyworld
        self.root: Chain = () if root is None else (root,)
        self.also, self.same = also or {}, same or {}
        self._lines = chronicle.events if is_of_ledger(chronicle) else None
        self.evaluation = Evaluation(self.chronicle, storyworld, exact)
        self.setting = self.evaluation.setting
        self.held = self.evaluation.held

    @cached_property
    def words(self) -> Saying:
        """The words of answers; whoever is interviewed says *I*."""
        return Saying(self.storyworld, self._lines, self._speaker)

    @cached_property
    def then(self) -> Case:
        """The same case, of which what is so is said in the past."""
        then = copy(self)
        then.words = Saying(self.storyworld, self._lines, self._speaker, "past")
        return then

    @property
    def _speaker(self) -> str | None:
        return self.root[0] if self.root else None

    @cached_property
    def asked_words(self) -> Saying:
        """The words of questions."""
        return Saying(self.storyworld, self._lines) if self.root else self.words

    @property
    def characters(self) -> tuple[str, ...]:
        return self.chronicle.characters

    @cached_property
    def setting_names(self) -> frozenset[str]:
        """Everybody and everything that has a name."""
        return frozenset(name for name, _ in self.chronicle.entities)

    @cached_property
    def is_ledger(self) -> bool:
        """Whether its facts are free phrases."""
        return is_of_ledger(self.chronicle)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """All that can be so; not what authors did not write (``compiled.lower``)."""
        return tuple(f for f in self.chronicle.beginning[()] if "." not in f.property)

    # Values

    def chain(self, minds: Chain) -> Chain:
        """A chain of minds as the chronicle has it: nobody twice running."""
        found: Chain = self.root
        for who in minds:
            if found[-1:] != (who,):
                found = (*found, who)
        return found

    def holds(self, claim: Expression, moment: int, minds: Chain = ()) -> bool:
        return self.evaluation.holds(claim, moment, self.chain(minds))

    def is_held(self, claim: Expression, moment: int, minds: Chain) -> bool | None:
        """Whether minds hold it; None: that is not to be told."""
        if not self.evaluation.has_worlds:
            return self.holds(claim, moment, minds)
        return self.evaluation.is_held(claim, moment, minds, self.root)

    def value(self, fact: Fact, moment: int, minds: Chain = ()) -> Value:
        return self.held.value(self.chain(minds), fact, moment)

    def may_be(self, fact: Fact, moment: int, minds: Chain = ()) -> tuple[Value, ...]:
        """The values that a fact may have, to minds that take several worlds to be possible."""
        return self.held.may_be(self.chain(minds), fact, moment)

    def ever(self, fact: Fact, minds: Chain) -> frozenset[Value]:
        """All that a fact may be, at any time, to minds that take several worlds to be possible."""
        moments = {0, *self.evaluation.moments}
        open_to = (self.may_be(fact, moment, minds) for moment in moments)
        return frozenset(value for values in open_to if values[1:] for value in values)

    def spans(self, claim: Expression, minds: Chain = ()) -> tuple[Span, ...]:
        return self.evaluation.spans(claim, self.chain(minds))

    def claim(self, fact: Fact, value: Value) -> Expression | None:
        """That a fact has a value, as an expression."""
        free = phrase_of(fact)
        if free is not None:
            return phrase_fluent(free)
        text = fact_text(fact, value)
        if text not in self._claims:
            self._claims[text], _ = parse_condition(text, self.storyworld)
        return self._claims[text]

    @cached_property
    def _claims(self) -> dict[str, Expression | None]:
        return {}

    def fact(self, fluent: Fluent) -> Fact:
        """The fact that a fluent is about, in whoever's mind."""
        return Fact(fluent.property.name, tuple(term(one, {}) for one in fluent.arguments))

    def read(
        self, claim: Expression, moment: int, minds: Chain = (), *, every: bool = False
    ) -> tuple[tuple[Chain, Fact], ...]:
        """What decides whether a claim holds; or all (``every``) that could."""
        return deciding(self.evaluation, claim, moment, self.chain(minds), every=every)

    # Time

    def moment(self, when: When) -> int:
        """Before which event that is. Raises LookupError where the story has no such time."""
        events = self.chronicle.events
        match when.relation:
            case "end":
                return len(events)
            case "beginning":
                return 0
            case "chapter":
                return self._chapter_end(when.chapter)
        if when.act is None or not 0 <= when.act <= self.last:
            raise LookupError(when.act)
        later = (
            e.number
            for e in events
            if e.time > when.act or (e.time == when.act and when.relation == "before")
        )
        return next(later, len(events))

    def when_of(self, relation: Literal["before", "after"], call: Call) -> When | None:
        """Before or after an act: the first of its kind."""
        for event in self.chronicle.events:
            if event.kind in (*ACTS, "happen") and (event.name, event.arguments) == call:
                return When(relation, event.time, call_text(call))
        return None

    @property
    def last(self) -> int:
        """The story time of the last event."""
        return max((event.time for event in self.chronicle.events), default=0)

    def _chapter_end(self, chapter: str) -> int:
        scenes = self.chronicle.scenes
        places = [n for n, scene in enumerate(scenes) if scene.chapter == chapter]
        if not places:
            raise LookupError(chapter)
        following = scenes[max(places) + 1].time if max(places) + 1 < len(scenes) else None
        events = self.chronicle.events
        if following is None:
            return len(events)
        return next((e.number for e in events if e.time >= following), len(events))

    def stretch(self, span: Span) -> Stretch:
        return Stretch(self.time(span.start), None if span.end is None else self.time(span.end))

    def time(self, moment: int) -> int:
        """The story time of what came just before a moment; 0 for the beginning."""
        return self.chronicle.events[moment - 1].time if moment else 0

    def place(self, event: Event) -> str:
        """Where an event is found: ``act 6``, ``chapter 2, line 31``; nothing for one's own view,
        in which nobody counts."""
        if self.root:
            return ""
        if not self.is_ledger:
            return f"act {event.time}"
        scene = self.scene(event.time)
        chapter = f"chapter {scene.chapter}, " if scene and scene.chapter else ""
        return f"{chapter}line {event.line}"

    def scene(self, time: int) -> Scene | None:
        return next((one for one in reversed(self.chronicle.scenes) if one.time <= time), None)

    def moved(self, who: str) -> frozenset[str]:
        """The properties of which somebody ever changes their mind, or takes another to."""
        if who not in self._moved:
            events = (e for e in self.chronicle.events if e.minds[:1] == (who,) and e.fact)
            self._moved[who] = frozenset(event.fact.property for event in events if event.fact)
        return self._moved[who]

    @cached_property
    def _moved(self) -> dict[str, frozenset[str]]:
        return {}

    # Events

    def root_of(self, event: Event) -> Event:
        """What set an event off, within the same moment: the act, as a rule."""
        while event.causes:
            cause = self.chronicle.events[event.causes[0]]
            if cause.time != event.time:
                break
            event = cause
        return event

    def changed_by(self, minds: Chain, fact: Fact, before: int) -> Event | None:
        """The event by which this was last changed; None: it was so from the beginning."""
        number = self.held.changed(minds, fact, before)
        return None if number is None else self.chronicle.events[number]

    @cached_property
    def acts(self) -> tuple[Event, ...]:
        """What was done, in order; of a ledger, its lines."""
        return tuple(self.chronicle.acts())


def _as_own(chronicle: Chronicle, who: str) -> Chronicle:
    """A chronicle that somebody lived, without what they have no part in: how much happened in
    between, by whose act a belief came that they saw nobody bring."""
    times: dict[int, int] = {}
    for event in chronicle.events:
        times.setdefault(event.time, len(times) + 1)
    return replace(
        chronicle, events=tuple(_own_event(event, who, times) for event in chronicle.events)
    )


def _own_event(event: Event, who: str, times: Mapping[int, int]) -> Event:
    percept = event.percepts.get(who)
    own = event.who == who
    inferred = percept is not None and percept.how == "inferred"
    named = event.kind in OUTER or inferred or (own and event.kind in ("feel", "unsaid"))
    return replace(
        event,
        time=times[event.time],
        name=event.name if named else "",
        arguments=event.arguments if named else (),
        line=None,
        percepts={
            name: Percept(one.how, times[event.time], one.whole)
            for name, one in event.percepts.items()
        },
    )


def ledger_case(
    chronicle: Chronicle, ledger: Ledger | None = None, root: str | None = None
) -> Case:
    """The case of a ledger's chronicle. ``ledger``: for other names of people, and other wordings
    of facts."""
    people = tuple(Entity(name, ("character",)) for name in chronicle.characters)
    voices = tuple(Voice(name, name=name) for name in chronicle.characters)
    world = Storyworld(chronicle.world, entities=people, telling=Telling(voices=voices))
    if ledger is None:
        return Case(chronicle, world, root=root)
    return Case(chronicle, world, root=root, also=ledger.names, same=ledger.same)


def is_of_ledger(chronicle: Chronicle) -> bool:
    """Whether a chronicle is a ledger's."""
    return any(phrase_of(fact) is not None for fact in chronicle.beginning.get((), {}))
