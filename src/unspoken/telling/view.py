"""One mind's part of a chronicle: the first station of the telling, and its guard.

Receives a chronicle, hands on a ``View``: only what one mind perceived, did and believed. A view
has no truth in it, no other mind's reasons, no number that counts what this mind did not perceive;
what the type cannot carry cannot leak. ``trace`` keeps, apart from the view, which event of the
chronicle each item is: for provenance, never for choices in a single mind's telling.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property
from typing import NewType

from msgspec import Struct, field

from unspoken.chronicle.events import (
    ACTS,
    CHANGES,
    Chain,
    Chronicle,
    Event,
    EventNumber,
    Fact,
    How,
    Intention,
    Kind,
    Value,
)

LocalId = NewType("LocalId", int)
"""An item's place in its view."""

OUTER = ACTS | frozenset[Kind](("happen", "refuse", "fail"))
"""Kinds of events that a mind perceives; the others go on in it."""

_CAMERA_SEES = frozenset[Kind](("act", "say", "refuse", "fail"))


class Content(Struct, frozen=True, gc=False):
    """What somebody attends to in a thought that is no act: a feeling (its word), a wish that was
    not followed (the act), a belief or a surprise (the fact and its new value)."""

    kind: Kind
    name: str = ""
    arguments: tuple[Value, ...] = ()
    toward: str | None = None
    minds: Chain = ()
    fact: Fact | None = None
    after: Value = None


class Item(Struct, frozen=True, gc=False):
    """One thing that a mind perceived or that went on in it. (Nothing in it leads back to it: the
    collector of cycles need not look, and a long story is thousands of items.)

    ``time`` counts the moments of this mind (several items may share one). ``causes`` are the
    causes within the view. ``intention`` is this mind's own. Inner items (``believe``,
    ``surprise``) carry the name of what caused them only where that was a law at work in this very
    mind (``inferred``); whose act was behind the others is known if that act is an item. ``feel``
    and ``unsaid`` are this mind's own, and so are ``strength``, ``about`` and ``because``, as in
    the chronicle. ``thought``: what a thought that is no act attends to; None if it is another's
    and came as a fragment. ``wavered``: this mind's own act was a near thing.
    ``among``, ``was_among``: of a belief, the values that the fact may still have, and might have
    before, where the mind takes several worlds to be possible. What another felt or
    wished is an item only where it was sensed, and then has of it what a sensed thought has.
    """

    id: LocalId
    time: int
    kind: Kind
    how: How
    who: str | None = None
    name: str = ""
    arguments: tuple[Value, ...] = ()
    participants: tuple[str, ...] = ()
    causes: tuple[LocalId, ...] = ()
    intention: Intention | None = None
    minds: Chain = ()
    fact: Fact | None = None
    before: Value = None
    after: Value = None
    strength: float = 0.0
    toward: str | None = None
    about: str = ""
    because: str = ""
    thought: Content | None = None
    wavered: bool = False
    among: tuple[Value, ...] = ()
    was_among: tuple[Value, ...] = ()

    @property
    def is_act(self) -> bool:
        """Whether this is a step of the story: what somebody (or the author) did, said, or thought
        as an act."""
        return self.kind in ACTS and self.name != ""

    @property
    def is_sensed(self) -> bool:
        """Whether this goes on in somebody else, and was sensed."""
        return self.how == "sensed" and self.fact is None and not self.is_act

    @property
    def is_attempt(self) -> bool:
        """Whether this is where an act of this mind's came to nothing."""
        return self.kind == "fail" and self.how == "did"


class View(Struct, frozen=True, dict=True):
    """What one mind has: its items in the order in which it perceived them, and its beliefs at
    the beginning, along every chain of minds that starts with it. ``mind`` None: a camera, which
    sees acts and hears speech and believes nothing."""

    mind: str | None
    items: tuple[Item, ...]
    beginning: Mapping[Chain, Mapping[Fact, Value]] = field(default_factory=dict)
    possible: Mapping[Chain, Mapping[Fact, tuple[Value, ...]]] = field(default_factory=dict)
    """What facts may be, to begin with, along chains that take several worlds to be possible."""

    @cached_property
    def has_worlds(self) -> bool:
        """Whether some chain of minds takes several worlds to be possible, at any time."""
        return bool(self.possible) or any(item.among or item.was_among for item in self.items)

    @cached_property
    def _changes(self) -> Mapping[tuple[Chain, Fact], list[LocalId]]:
        """The items by which a chain of minds changes about a fact, in order."""
        changes: dict[tuple[Chain, Fact], list[LocalId]] = {}
        for item in self.items:
            if item.fact is not None:
                changes.setdefault((item.minds, item.fact), []).append(item.id)
        return changes

    @cached_property
    def consequences(self) -> Mapping[LocalId, tuple[Item, ...]]:
        """What each item is a cause of, within the view."""
        found: dict[LocalId, list[Item]] = {}
        for item in self.items:
            for cause in item.causes:
                found.setdefault(cause, []).append(item)
        return {cause: tuple(items) for cause, items in found.items()}

    def changed(self, minds: Chain, fact: Fact, before: LocalId | None = None) -> LocalId | None:
        """The last item (before another) by which the chain of minds changed about a fact."""
        changes = self._changes.get((minds, fact))
        if changes is None:
            return None
        place = len(changes) if before is None else bisect_left(changes, before)
        return changes[place - 1] if place else None

    def value(self, minds: Chain, fact: Fact, before: LocalId | None = None) -> Value:
        """What the chain of minds (it begins with ours) holds of a fact before an item (None: at
        the end). Raises KeyError for a fact that the story does not have."""
        last = self.changed(minds, fact, before)
        if last is not None:
            return self.items[last].after
        beginning, chain = self.beginning, minds
        while chain:
            if chain in beginning and fact in beginning[chain]:
                return beginning[chain][fact]
            chain = chain[:-1]
        raise KeyError(fact)

    def may_be(self, minds: Chain, fact: Fact, before: LocalId | None = None) -> tuple[Value, ...]:
        """The values that a fact may have to the chain of minds before an item: the one that it is
        taken to have, or those of all the worlds that are possible to it. Raises KeyError for a
        fact that the story does not have."""
        value = self.value(minds, fact, before)
        last = self.changed(minds, fact, before)
        if last is not None:
            return self.items[last].among or (value,)
        chain = minds
        while chain:
            if fact in self.possible.get(chain, {}):
                return self.possible[chain][fact]
            if fact in self.beginning.get(chain, {}):
                break
            chain = chain[:-1]
        return (value,)


Trail = tuple[tuple[int, EventNumber], ...]
"""By local id, the chronicle's time at which a mind had each item of its view, and its number."""


def view(chronicle: Chronicle, mind: str | None) -> View:
    """What ``mind`` perceived, believed and did (None: what a camera would have recorded)."""
    return view_and_trail(chronicle, mind)[0]


def view_and_trail(chronicle: Chronicle, mind: str | None) -> tuple[View, Trail]:
    """The view, and apart from it the way back to the chronicle."""
    perceived = _perceived(chronicle, mind)
    local = {event.number: LocalId(i) for i, (event, _) in enumerate(perceived)}
    moments: dict[int, int] = {}
    items = []
    for event, time in perceived:
        moment = moments.setdefault(time, len(moments))
        if mind is not None and event.who == mind and event.kind in CHANGES:
            items.append(_change(event, mind, local, moment))
        else:
            items.append(_item(event, mind, local, moment, chronicle))
    beginning = {} if mind is None else _beginning(chronicle, mind)
    unsure = {chain: among for chain, among in chronicle.possible.items() if chain[:1] == (mind,)}
    seen = View(mind, tuple(items), beginning, unsure)
    return seen, tuple([(time, event.number) for event, time in perceived])


def trace(chronicle: Chronicle, mind: str | None) -> tuple[EventNumber, ...]:
    """By local id, the chronicle's number of each item of ``view(chronicle, mind)``."""
    return tuple(event.number for event, _ in _perceived(chronicle, mind))


def times_of(chronicle: Chronicle, mind: str | None) -> tuple[int, ...]:
    """By local id, the chronicle's time at which this mind had each item of its view."""
    return tuple(time for _, time in _perceived(chronicle, mind))


def _perceived(chronicle: Chronicle, mind: str | None) -> list[tuple[Event, int]]:
    """The events of a view, in its order, each with the time at which this mind had it: nothing
    before what set it off, as far as it perceives that. The sort is stable, and two events of one
    mind keep their order whatever stands between them in the chronicle."""
    if mind is None:
        found = [(event, event.time) for event in chronicle.events if event.kind in _CAMERA_SEES]
    else:
        found = []
        times: dict[EventNumber, int] = {}
        for event in chronicle.of_mind(mind):
            if event.who == mind or event.kind in OUTER or _is_inner(event):
                time = max(event.percepts[mind].time, 0)
                for cause in event.causes:
                    if cause in times and times[cause] > time:
                        time = times[cause]
                times[event.number] = time
                found.append((event, time))
    found.sort(key=lambda one: one[1])
    return found


def _change(event: Event, mind: str, local: Mapping[EventNumber, LocalId], moment: int) -> Item:
    """What this mind comes to hold: most of what a long story leaves in one, so made quickly."""
    how = event.percepts[mind].how
    inferred = how == "inferred"
    return Item(
        id=local[event.number],
        time=moment,
        kind=event.kind,
        how=how,
        who=mind,
        name=event.name if inferred else "",
        arguments=event.arguments if inferred else (),
        causes=_causes(event, local),
        minds=event.minds,
        fact=event.fact,
        before=event.before,
        after=event.after,
        among=event.among,
        was_among=event.was_among,
    )


def _causes(event: Event, local: Mapping[EventNumber, LocalId]) -> tuple[LocalId, ...]:
    return tuple(sorted([local[cause] for cause in event.causes if cause in local]))


def _item(
    event: Event,
    mind: str | None,
    local: Mapping[EventNumber, LocalId],
    moment: int,
    chronicle: Chronicle,
) -> Item:
    own = event.who is not None and event.who == mind
    sensed = event.kind not in OUTER and not own
    outer = event.kind in OUTER or sensed
    how: How = "saw" if mind is None else event.percepts[mind].how
    named = event.kind in OUTER or how == "inferred" or (own and event.kind in ("feel", "unsaid"))
    return Item(
        id=local[event.number],
        time=moment,
        kind=event.kind,
        how=how,
        who=event.who,
        name=event.name if named else "",
        arguments=event.arguments if named else (),
        participants=event.participants if outer else (),
        causes=_causes(event, local),
        intention=next((i for i in event.intentions if i.character == mind), None),
        minds=() if outer else event.minds,
        fact=None if outer else event.fact,
        before=None if outer else event.before,
        after=None if outer else event.after,
        among=() if outer else event.among,
        was_among=() if outer else event.was_among,
        strength=(event.strength or 0.0) if own or event.kind == "think" or sensed else 0.0,
        toward=event.toward if own else None,
        about=_about(event, mind) if _is_inner(event) else "",
        because=event.because if own else "",
        thought=_content(event, mind, chronicle),
        wavered=own and event.decision is not None and event.decision.hesitated,
    )


def _is_inner(event: Event) -> bool:
    """Whether it goes on in somebody, and is no act."""
    return event.kind in ("feel", "unsaid") or (event.kind == "think" and not event.is_act)


FRAGMENT = "?"
"""What a fragment of a thought is about, to whoever senses it."""


def _about(event: Event, mind: str | None) -> str:
    """What an inner event is about, to its owner; to whoever senses it, of what kind it is."""
    if mind is None or event.who is None or event.who == mind:
        return event.about
    kind = event.about if event.kind == "think" else event.kind
    return kind if event.percepts[mind].whole else FRAGMENT


def _content(event: Event, mind: str | None, chronicle: Chronicle) -> Content | None:
    """What a thought is about, as far as it reached this mind: the thinker has it, and whoever
    senses it whole; and so with a feeling or a wish that is sensed itself."""
    if not _is_inner(event) or mind is None or not event.percepts[mind].whole:
        return None
    if event.kind == "think":
        if not event.causes:
            return None
        found = chronicle.events[event.causes[0]]
    elif event.who != mind:
        found = event
    else:
        return None
    is_act = found.kind in ("feel", "unsaid")
    return Content(
        kind=found.kind,
        name=found.name if is_act else "",
        arguments=found.arguments if found.kind == "unsaid" else (),
        toward=found.toward,
        minds=found.minds,
        fact=found.fact,
        after=found.after,
    )


def _beginning(chronicle: Chronicle, mind: str) -> Mapping[Chain, Mapping[Fact, Value]]:
    """Beliefs at the beginning. Where the mind's own chain says nothing it believes what is so:
    that is settled here, so that truth need not come along."""
    own = chronicle.beginning.get((mind,), {})
    chains: dict[Chain, Mapping[Fact, Value]] = {}
    chains[mind,] = {**chronicle.beginning.get((), {}), **own}
    for chain, values in chronicle.beginning.items():
        if len(chain) > 1 and chain[0] == mind:
            chains[chain] = values
    return chains
