"""A view holds what one mind has, and a telling through it is a function of that: whatever is
altered outside a mind, its telling stays the same to the byte."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.chance import chances, either, pick
from tests.telling.worlds import CHAINS, CHARACTERS, FACTS, WORLD, chronicles, renumbered
from unspoken.chronicle.events import Chronicle, Event, EventNumber, Fact, Percept, Value
from unspoken.telling import Options, tell, trace, view
from unspoken.telling.plan import Telling

minds = st.sampled_from(CHARACTERS)
seeds = st.integers(0, 5)


def told(chronicle: Chronicle, mind: str, seed: int) -> Telling:
    return tell(chronicle, WORLD, Options(view="limited", through=mind, seed=seed))


def overlooks(mind: str, event: Event) -> bool:
    """Whether an event leaves nothing in a mind."""
    return mind not in event.percepts


@given(chronicles(), minds, chances)
def test_nothing_that_a_mind_does_not_perceive_changes_its_telling(
    chronicle: Chronicle, mind: str, chance: Random
) -> None:
    """Events it overlooks are deleted, altered, invented; truth and other minds change where its
    own beliefs do not follow; everything gets new numbers; others lose their reasons, their
    decisions and what held them back; what was behind a change of mind is forgotten."""
    before = told(chronicle, mind, 3).text
    events: list[Event] = []
    passed = passed_to(mind, chronicle)
    for event in chronicle.events:
        if not overlooks(mind, event):
            inferred = event.percepts[mind].how == "inferred"
            told_by_nobody_knows_whom = event.fact and not inferred
            events.append(
                replace(
                    event,
                    name="bell" if told_by_nobody_knows_whom else event.name,
                    arguments=() if told_by_nobody_knows_whom else event.arguments,
                    percepts={c: p for c, p in event.percepts.items() if c == mind},
                    intentions=tuple(i for i in event.intentions if i.character == mind),
                    decision=event.decision if event.who == mind else None,
                    because=event.because if event.who == mind else "",
                    line=None,
                )
            )
            if event.who != mind:
                events[-1] = replace(events[-1], **unpassed(event, mind))
        elif event.number in passed:
            # What came through is what passed, and nothing else of it.
            events.append(replace(event, about="", because="", strength=None, line=None))
        elif either(chance):
            events.append(replace(event, name="bell", arguments=(), who=None, kind="act"))
        if either(chance):
            stranger = pick(chance, [c for c in CHARACTERS if c != mind])
            events.append(unseen(stranger, event.time, 1000 + len(events)))
    own = dict(chronicle.beginning.get((mind,), {}))
    truth: dict[Fact, Value] = {}
    for fact, values in FACTS:
        believed = own.get(fact, chronicle.beginning[()][fact])
        truth[fact] = pick(chance, values)
        own.pop(fact, None)
        if truth[fact] != believed:
            own[fact] = believed
    others = {c: v for c, v in chronicle.beginning.items() if c and c[0] == mind and c[1:]}
    altered = replace(
        chronicle,
        events=renumbered(events),
        beginning={("Dan" if mind != "Dan" else "Ann",): {}, **others, (mind,): own, (): truth},
    )
    assert view(altered, mind) == view(chronicle, mind)
    assert told(altered, mind, 3).text == before


def unpassed(event: Event, mind: str) -> dict[str, Any]:
    """What is changed in somebody else's event: of what goes on in another, all that does not
    pass; of a fragment, everything but that it came."""
    if event.kind not in ("feel", "unsaid"):
        return {}
    if event.percepts[mind].whole:
        return {"about": "x()"}
    return {"about": "x()", "name": "hope", "arguments": (), "toward": None}


def passed_to(mind: str, chronicle: Chronicle) -> set[EventNumber]:
    """What goes on in others and came to this mind whole."""
    return {
        event.causes[0]
        for event in chronicle.events
        if event.about and event.who != mind and mind in event.percepts
        if event.causes and event.percepts[mind].whole
    }


def unseen(who: str, time: int, number: int) -> Event:
    return Event(
        number=EventNumber(number),
        time=time,
        kind="act",
        who=who,
        name="wave",
        arguments=(who, next(c for c in CHARACTERS if c != who)),
        percepts={who: Percept("did", time)},
        participants=(who,),
    )


@given(chronicles(), minds)
def test_time_in_a_view_does_not_count_what_was_missed(chronicle: Chronicle, mind: str) -> None:
    slow = replace(
        chronicle,
        events=tuple(
            replace(
                e,
                time=e.time * 7 + 2,
                percepts={c: replace(p, time=p.time * 7 + 2) for c, p in e.percepts.items()},
            )
            for e in chronicle.events
        ),
    )
    assert view(slow, mind) == view(chronicle, mind)


@given(chronicles(), minds)
def test_a_view_believes_what_the_chronicle_says_it_does(chronicle: Chronicle, mind: str) -> None:
    """Where no percept came late: then the view's order is the chronicle's."""
    prompt = replace(
        chronicle,
        events=tuple(
            replace(e, percepts={c: replace(p, time=e.time) for c, p in e.percepts.items()})
            for e in chronicle.events
        ),
    )
    own = view(prompt, mind)
    for chain in CHAINS:
        if chain[0] == mind and len(chain) < 3:
            for fact, _ in FACTS:
                assert own.value(chain, fact) == prompt.value(chain, fact)


@given(chronicles(), minds)
def test_a_view_is_traced_to_the_events_it_came_from(chronicle: Chronicle, mind: str) -> None:
    own, numbers = view(chronicle, mind), trace(chronicle, mind)
    assert len(own.items) == len(numbers)
    for item, number in zip(own.items, numbers, strict=True):
        event = chronicle.events[number]
        assert item.kind == event.kind
        assert item.how == event.percepts[mind].how
    assert [item.id for item in own.items] == list(range(len(own.items)))
    assert [item.time for item in own.items] == sorted(item.time for item in own.items)


def test_a_belief_that_follows_truth_is_the_minds_own() -> None:
    truth = {Fact("hungry", ("Ann",)): True, Fact("hungry", ("Dan",)): True}
    chronicle = Chronicle(
        world="party",
        characters=CHARACTERS,
        entities=(),
        beginning={
            (): truth,
            ("Bea",): {Fact("hungry", ("Dan",)): False},
            ("Ann",): {Fact("hungry", ("Ann",)): False},
            ("Bea", "Ann"): {Fact("hungry", ("Ann",)): False},
        },
        events=(),
        depth=2,
    )
    own = view(chronicle, "Bea")
    assert own.value(("Bea",), Fact("hungry", ("Ann",))) is True
    assert own.value(("Bea",), Fact("hungry", ("Dan",))) is False
    assert own.value(("Bea", "Ann"), Fact("hungry", ("Ann",))) is False
    assert own.value(("Bea", "Ann"), Fact("hungry", ("Dan",))) is False
    assert set(own.beginning) == {("Bea",), ("Bea", "Ann")}
