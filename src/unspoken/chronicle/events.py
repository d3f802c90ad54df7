"""The chronicle: the log of a story. The narrow waist of the line.

Whatever tells, answers or draws reads a chronicle and the model, never the engine. One list of
events, plain values throughout; names, not numbers. ``record.py`` makes it from acts and the
engine, ``storage.py`` saves and loads it (``schema.json``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from math import fsum
from typing import Any, Literal, NamedTuple, NewType, TypeAlias

from msgspec import Struct, field

VERSION = 4
"""Of the saved form. A reader refuses a newer one."""

ONE_WORLD = 3
"""The version that says all there is to say where each mind takes one world to be the case."""

EventNumber = NewType("EventNumber", int)
"""An event's place in the chronicle's list."""

Value: TypeAlias = bool | float | str | None
"""None unknown; a str is an entity's name."""

Chain: TypeAlias = tuple[str, ...]
"""Minds, outermost first: ("Tara", "Willow") is what Tara believes Willow believes. () is truth."""

Kind = Literal[
    "act",  # somebody (or the author: who is None) does something
    "say",  # an act of speech
    "think",  # a thought: perceived by its thinker, unless something carries it
    "happen",  # a law of the world at work (a trigger)
    "believe",  # a mind changes about a fact
    "surprise",  # a mind sees what it thought impossible, and mends a belief
    "feel",  # an emotion, with its strength and its cause
    "unsaid",  # what somebody wanted and did not do
    "refuse",  # somebody who was asked does not take part
    "fail",  # somebody tries an act, and it cannot be done
]

CHANGES: frozenset[Kind] = frozenset(("believe", "surprise"))
"""Kinds of what a mind comes to hold."""

ACTS: frozenset[Kind] = frozenset(("act", "say", "think"))
"""Kinds of what somebody (or the author) does; those that have a name are the story's steps."""

How = Literal[
    "did",  # it was this mind's own act
    "saw",  # observed it
    "told",  # an act or law put the belief there without being seen
    "noticed",  # a law of perception brought it (a trigger that gives a belief)
    "inferred",  # the mind's own laws led there
    "sensed",  # through a channel
    "thought",  # it was this mind's own thought
    "remembered",  # it was, and of something earlier
]


class Fact(NamedTuple):
    """A property of given things, by names. A proposition when a value stands beside it. In the
    chronicle of a ledger, a free phrase (``phrase``)."""

    property: str
    arguments: tuple[Value, ...] = ()


def phrase(text: str) -> Fact:
    """A free phrase as a fact: no property has it, and its one argument is the phrase itself."""
    return Fact("", (text,))


def phrase_of(fact: Fact) -> str | None:
    """The phrase that a fact is, where it is a free one."""
    return str(fact.arguments[0]) if not fact.property and fact.arguments else None


class Percept(Struct, frozen=True):
    """That a mind perceived an event: how, and when in story time. Of a change of belief: how the
    belief came. ``whole`` False: a fragment, without what it is about."""

    how: How
    time: int
    whole: bool = True


class Intention(Struct, frozen=True):
    """Why a character took part in an act: what it meant to follow (acts as told by name and
    arguments; the act itself not repeated), and what it was worth to it."""

    character: str
    then: tuple[tuple[str, tuple[Value, ...]], ...]
    before: float
    after: float


MotiveKind = Literal["wish", "dread", "utility", "norm", "pressure", "steadiness"]
"""A ``dread`` is a wish of negative weight: that something should not be so."""

AIMS: frozenset[MotiveKind] = frozenset(("wish", "dread", "utility"))
"""Kinds of what somebody wants, rather than what holds it back or keeps it going."""


class Motive(Struct, frozen=True):
    """Something that speaks for an option (``amount`` > 0) or against it: a wish, norm, ... by
    ``name`` as text (``be_near(Tara, Willow)``). ``supposing``: the conditions, unsure to this
    mind, under which it would come so, with how likely (``likelihood``) it takes them to be.
    ``then``: the acts foreseen after the option itself, through which it would come so."""

    kind: MotiveKind
    name: str
    amount: float
    supposing: tuple[str, ...] = ()
    likelihood: float = 1.0
    then: tuple[str, ...] = ()


class Weighed(Struct, frozen=True):
    """An option (``""``: to wait) and everything that speaks for and against it, each motive once.
    ``forbidden``: the absolute norms it breaks."""

    act: str
    pulls: tuple[Motive, ...] = ()
    restraints: tuple[Motive, ...] = ()
    forbidden: tuple[str, ...] = ()

    @property
    def pull(self) -> float:
        # Exactly rounded: the same in any order, and by any version of Python.
        return fsum(motive.amount for motive in self.pulls)

    @property
    def total(self) -> float:
        return fsum(motive.amount for motive in (*self.pulls, *self.restraints))


class Decision(Struct, frozen=True):
    """How somebody came to do what they did: the deed, the next best, and what they would have
    done had nothing held them back. ``hesitated``: it was a near thing. ``torn``: the absolute
    norms, several, that left nothing to do but wait."""

    chosen: Weighed
    runner_up: Weighed | None = None
    wished: Weighed | None = None
    hesitated: bool = False
    torn: tuple[str, ...] = ()


class Change(Struct, frozen=True):
    """A fact of the world that an event changed. Truth: no mind need have noticed."""

    fact: Fact
    before: Value
    after: Value


class Scene(Struct, frozen=True):
    """A scene of a ledger, from the story time of its first event until the next scene's. ``told``:
    its place in the telling, from 1. ``chapter``: the chapter's number or name; ``line``: where it
    stands in the ledger."""

    title: str
    time: int
    told: int
    chapter: str | None = None
    chapter_title: str = ""
    line: int | None = None


class Event(Struct, frozen=True):
    """One thing that happened, in the world or inside a head.

    ``time`` counts the acts of the story from 1; 0 is the beginning. ``who``: the first consenting
    character of an act (None: nobody's, the author's), or the owner of an inner event. ``name``
    and ``arguments``: the action or trigger; for ``believe`` and ``surprise`` they are the act or
    law that caused it (the name "" if it was so from the beginning). In a ledger's chronicle, the
    name is the line's verb, and the last argument its phrase. ``causes``: events without
    which this would not have been. ``percepts``: exactly the minds that perceived it.
    ``changes``: what an act or law changed in the world. ``minds``, ``fact``, ``before``,
    ``after``: for inner events, whose belief (nested: outermost first, ``minds[0] == who``), about
    what, from, to.
    """

    number: EventNumber
    time: int
    kind: Kind
    who: str | None
    name: str
    arguments: tuple[Value, ...] = ()
    causes: tuple[EventNumber, ...] = ()
    percepts: Mapping[str, Percept] = field(default_factory=dict)
    participants: tuple[str, ...] = ()
    intentions: tuple[Intention, ...] = ()
    changes: tuple[Change, ...] = ()
    minds: Chain = ()
    fact: Fact | None = None
    before: Value = None
    after: Value = None
    strength: float | None = None
    """0 to 1: of a feeling, of what was unsaid, of a thought (its salience), of what spoke against
    what was refused."""
    toward: str | None = None
    """Of a feeling or a thought: towards or about whom."""
    about: str = ""
    """``feel``: the wish or norm concerned, as text. ``unsaid``: what was done instead (empty:
    waited); ``name`` and ``arguments`` are what was wished. ``think``, where it is no act: the kind
    of the inner event that is attended to, which is the first of ``causes``."""
    because: str = ""
    """``unsaid``: the restraint that won, as text."""
    decision: Decision | None = None
    """Of an act, done, tried or refused, and of what was unsaid."""
    line: int | None = None
    """The line of the storyworld where the action or trigger is written."""
    among: tuple[Value, ...] = ()
    """Of a belief: the values that the fact may still have, to a mind that takes several worlds to
    be possible (``after`` is then unknown). ``was_among``: before the event."""
    was_among: tuple[Value, ...] = ()

    @property
    def is_act(self) -> bool:
        """Was it one of the world's actions? (A thought need not be one.)"""
        return self.kind in ACTS and self.name != ""


class Played(Struct, frozen=True):
    """How a game came about: ``who`` was played, with these ``choices``, each an act as text
    (``""``: to wait, or to refuse; None: what ``who`` would do of itself). The game was begun after
    so many ``events``, when things stood as ``begun`` says, in the form of an ending, and is over
    after the round ``last``. ``until``: or when this has come about, where that is not as the world
    says."""

    who: str
    choices: tuple[str | None, ...]
    last: int
    events: int
    begun: Mapping[str, Any]
    until: str | None = None


class Chronicle(Struct, frozen=True, dict=True):
    """A story as it was: its beginning and its events.

    ``beginning`` holds, for () and for every chain of minds to ``depth`` (nobody twice running),
    the values that differ from the chain without its last mind; () holds all of them.
    ``ending``: how things stand after it, to go on from (``simulation/saving.py``), as plain JSON.
    ``previous``: the chronicle whose ending is this one's beginning. ``scenes``: those of a ledger,
    in the order in which they happen; the chronicle of a world has none. ``played``: of a game.
    ``possible``: for chains of minds that take several worlds to be possible at the beginning, the
    values that a fact may have where these differ about it, and where the chain without its last
    mind does not say it.
    """

    world: str
    characters: tuple[str, ...]
    entities: tuple[tuple[str, tuple[str, ...]], ...]
    """Every entity with all its types, in order."""
    beginning: Mapping[Chain, Mapping[Fact, Value]]
    events: tuple[Event, ...]
    depth: int
    seed: int = 0
    source: str | None = None
    version: int = ONE_WORLD
    previous: str | None = None
    ending: Mapping[str, Any] | None = None
    scenes: tuple[Scene, ...] = ()
    played: Played | None = None
    possible: Mapping[Chain, Mapping[Fact, tuple[Value, ...]]] = field(default_factory=dict)

    @property
    def is_run(self) -> bool:
        """Whether its people acted on their own, and it keeps how they were left."""
        return self.ending is not None

    @property
    def has_worlds(self) -> bool:
        """Whether somebody takes several worlds to be possible, at any time."""
        undecided = (event.among or event.was_among for event in self.events)
        return bool(self.possible) or any(undecided)

    def may_be(self, minds: Chain, fact: Fact, before: int | None = None) -> tuple[Value, ...]:
        """The values that a fact may have to ``minds`` before the event of that number (None: at
        the end): the one that they take it to have, or all those of the worlds that they take to
        be possible. Raises KeyError for a fact that the story does not have."""
        value = self.value(minds, fact, before)
        for event in reversed(self.events[:before]):
            if event.fact == fact and event.minds == minds:
                return event.among or (value,)
        chain = minds
        while chain:
            if fact in self.possible.get(chain, {}):
                return self.possible[chain][fact]
            if fact in self.beginning.get(chain, {}):
                break
            chain = chain[:-1]
        return (value,)

    def value(self, minds: Chain, fact: Fact, before: int | None = None) -> Value:
        """What ``minds`` hold of ``fact`` before the event of that number (None: at the end).

        Raises KeyError for a fact that the story does not have.
        """
        for event in reversed(self.events[:before]):
            if not minds:
                for change in event.changes:
                    if change.fact == fact:
                        return change.after
            elif event.fact == fact and event.minds == minds:
                return event.after
        chain = minds
        while True:
            values = self.beginning.get(chain, {})
            if fact in values:
                return values[fact]
            if not chain:
                raise KeyError(fact)
            chain = chain[:-1]

    def acts(self) -> Iterator[Event]:
        """What was done, in order: a story is played again by these."""
        return (event for event in self.events if event.is_act)

    def of_mind(self, mind: str) -> Sequence[Event]:
        """What a mind perceived, did, thought, believed, in order: its whole story."""
        return self._of_minds.get(mind, ())

    @cached_property
    def _of_minds(self) -> Mapping[str, Sequence[Event]]:
        found: dict[str, list[Event]] = {}
        for event in self.events:
            for mind in event.percepts:
                found.setdefault(mind, []).append(event)
        return found
