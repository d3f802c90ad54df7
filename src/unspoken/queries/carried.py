"""What a page lets its reader know of minds: for each told sentence, what it carries.

Receives a chronicle, the model and a telling of it; hands on what some mind held, from when until
when, with the sentence that says so. An author's thought carries the literals of its proposition
that are about other hearts and minds, about what somebody is newly known for, or about what the
words name; a belief in our own words carries itself. A condition that somebody does *not* believe
something is when a thought comes, not what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from unspoken.chronicle.events import Chain, Chronicle, Event, Fact, Value
from unspoken.model import (
    And,
    Believes,
    Comparator,
    Comparison,
    EntityTerm,
    Expression,
    Fluent,
    Literal,
    Not,
    VariableTerm,
)
from unspoken.queries.held import Held
from unspoken.telling import Sentence, Telling
from unspoken.telling.lexicon import IN_THE_HEART
from unspoken.telling.propositions import term
from unspoken.telling.setting import Setting, split_name

Place = tuple[int, int]
"""A sentence: its paragraph, and its place there."""

_THOUGHT = re.compile(r"thought (\d+)\.")
_REST = re.compile(r"#[1-9]")
"""A sentence that goes on with a thought."""
_BELIEF = ("belief ", "seen ")


class Carried(Struct, frozen=True):
    """That ``minds`` held a fact to have a value from before the event ``start`` until before the
    event ``end``; ``time``: of the act that brought it (None: it was so from the beginning)."""

    minds: Chain
    fact: Fact
    value: Value
    start: int
    end: int
    time: int | None
    place: Place


class Page:
    """A telling with the chronicle behind it: what it tells, and what its sentences carry."""

    def __init__(self, chronicle: Chronicle, setting: Setting, telling: Telling) -> None:
        self.chronicle = chronicle
        self.setting = setting
        self.telling = telling
        self.held = Held(chronicle)

    @cached_property
    def sentences(self) -> Mapping[Place, Sentence]:
        return {
            (p, s): sentence
            for p, paragraph in enumerate(self.telling.paragraphs)
            for s, sentence in enumerate(paragraph.sentences)
        }

    @cached_property
    def told(self) -> Mapping[int, Place]:
        """The events that are told, each with the sentence that does it first."""
        places: dict[int, Place] = {}
        for place, sentence in self.sentences.items():
            for number in sentence.events:
                places.setdefault(number, place)
        return places

    @property
    def heads(self) -> tuple[str, ...]:
        """Through whom it is told."""
        found = {paragraph.mind for paragraph in self.telling.paragraphs}
        return tuple(name for name in self.chronicle.characters if name in found)

    @cached_property
    def acts(self) -> tuple[Event, ...]:
        """The acts that are told, in story order."""
        return tuple(act for act in self.chronicle.acts() if act.number in self.told)

    @property
    def is_of_one(self) -> bool:
        """Whether it is told through one mind, and must stay within that."""
        return self.telling.options.view == "limited"

    def names(self, entity: str) -> bool:
        """Whether somebody or something is ever mentioned, or called by name in other words."""
        if entity in self._mentioned:
            return True
        called = re.escape(self.setting.name(entity).removeprefix("the "))
        return re.search(rf"\b{called}\b", self.telling.text, re.IGNORECASE) is not None

    @cached_property
    def _mentioned(self) -> frozenset[str]:
        spans = (span for sentence in self.sentences.values() for span in sentence.spans)
        return frozenset(span.entity for span in spans if span.entity is not None)

    def is_heart(self, fact: Fact) -> bool:
        """Whether a fact is about what somebody feels or is inclined to."""
        return bool({word.lower() for word in split_name(fact.property)} & IN_THE_HEART)

    def window(self, time: int) -> tuple[int, int]:
        """From after what a moment brought until the next moment begins."""
        later = (e.number for e in self.chronicle.events if e.time > time)
        end = next(later, len(self.chronicle.events))
        return end, end + 1

    @cached_property
    def carried(self) -> tuple[Carried, ...]:
        """Everything that the page's thoughts and beliefs carry, in its order."""
        reached: dict[str | None, int] = {}
        found: dict[tuple[Chain, Fact, Value, int | None], Carried] = {}
        for place, sentence in self.sentences.items():
            mind = sentence.mind
            if _REST.search(sentence.frame):
                continue
            time = self._time(sentence)
            if time is None:
                start, end = 0, reached.get(mind, 0) + 1
            else:
                start, end = self.window(time)
            for minds, fact, value in self._literals(sentence):
                one = Carried(minds, fact, value, start, end, time, place)
                if self._is_so(one):
                    found.setdefault((minds, fact, value, time), one)
            reached[mind] = max([reached.get(mind, 0), *sentence.events])
        return tuple(found.values())

    def _time(self, sentence: Sentence) -> int | None:
        if not sentence.events:
            return None
        return self.chronicle.events[max(sentence.events)].time

    def _is_so(self, one: Carried) -> bool:
        if not self.held.exists(one.fact):
            return False
        held = self.held.values(one.minds, one.fact, one.start, one.end)
        return all(value == one.value for value in held)

    def _literals(self, sentence: Sentence) -> Iterator[tuple[Chain, Fact, Value]]:
        mind = sentence.mind
        if mind is None:
            return
        if sentence.frame.startswith(_BELIEF):
            for number in sentence.events:
                event = self.chronicle.events[number]
                if event.fact is not None and event.after is not None:
                    yield event.minds, event.fact, event.after
        thought = _THOUGHT.match(sentence.frame)
        if thought is None or ".fragment." in sentence.frame:
            return
        proposition = self.setting.world.telling.thoughts[int(thought[1])].proposition
        for inner, fact, value in literals(proposition, sentence.binding):
            minds = (mind, *(inner[1:] if inner[:1] == (mind,) else inner))
            if self._is_said(sentence, minds, fact, value):
                yield minds, fact, value

    def _is_said(self, sentence: Sentence, minds: Chain, fact: Fact, value: Value) -> bool:
        """Whether a thought's words say so, and it is not just when they come to mind."""
        own = fact.arguments[:1] == (sentence.mind,)
        if len(minds) > 1 or (self.is_heart(fact) and not own):
            return True
        if own and not self.is_heart(fact):
            return False
        changed = any(self.chronicle.events[n].fact == fact for n in sentence.events)
        if changed and fact.arguments[:1] and fact.arguments[0] in self.setting.characters:
            return True
        about = {one for one in (*fact.arguments, value) if isinstance(one, str)} - {sentence.mind}
        named = {span.entity for span in sentence.spans}
        return bool(about) and all(
            one in named or re.search(rf"\b{re.escape(one)}\b", sentence.text, re.IGNORECASE)
            for one in about
        )


def literals(
    proposition: Expression, binding: Mapping[str, Value], minds: Chain = ()
) -> Iterator[tuple[Chain, Fact, Value]]:
    """What a conjunction says of facts and of what minds hold of them. That somebody does not
    believe something says nothing of the kind."""
    match proposition:
        case And(parts):
            for part in parts:
                yield from literals(part, binding, minds)
        case Believes(character, part):
            yield from literals(part, binding, (*minds, str(term(character, binding))))
        case Fluent() if proposition.property.range == "boolean":
            yield *_of(proposition, binding, minds), True
        case Not(Fluent() as fluent) if fluent.property.range == "boolean" and not fluent.minds:
            yield *_of(fluent, binding, minds), False
        case Comparison(Comparator.EQ, Fluent() as fluent, right):
            if isinstance(right, EntityTerm | VariableTerm | Literal):
                yield *_of(fluent, binding, minds), term(right, binding)


def _of(fluent: Fluent, binding: Mapping[str, Value], minds: Chain) -> tuple[Chain, Fact]:
    inner = tuple(str(term(mind, binding)) for mind in fluent.minds)
    arguments = tuple(term(argument, binding) for argument in fluent.arguments)
    return (*minds, *inner), Fact(fluent.property.name, arguments)
