"""A ledger as a chronicle: whatever asks a chronicle can ask a ledger, too.

Receives a course; hands on the chronicle, of which every event has its line in the ledger. A fact
is a free phrase; the scenes stand beside the events, by the time from which they last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from unspoken.chronicle import (
    Chain,
    Change,
    Chronicle,
    Event,
    EventNumber,
    Fact,
    Percept,
    Scene,
    Value,
    phrase,
)
from unspoken.ledger.course import Course, Step
from unspoken.ledger.model import Ledger
from unspoken.ledger.words import DOINGS


def chronicle_of(course: Course) -> Chronicle:
    """The chronicle of a course."""
    ledger = course.ledger
    facts = {fact: phrase(fact) for fact in ledger.facts}
    events: list[Event] = []
    for step in course.steps:
        events += _events(step, EventNumber(len(events)), facts)
    return Chronicle(
        world=ledger.title or Path(ledger.source.name).stem,
        characters=ledger.people,
        entities=tuple((name, ("character",)) for name in ledger.people),
        beginning=_beginning(course, facts),
        events=tuple(events),
        depth=course.depth,
        source=ledger.source.name,
        scenes=tuple(_scenes(ledger, course)),
    )


def _events(step: Step, first: EventNumber, facts: Mapping[str, Fact]) -> Iterator[Event]:
    line, time = step.line, step.time
    whom = (name for name in line.whom if name in step.perceived)
    named = (*line.who, *whom) if line.verb in DOINGS else ()
    if line.verb == "learns" and line.source is not None and line.source in step.perceived:
        named = (*named, line.source)
    arguments = (*named, *((line.words,) if line.words else ()))
    percepts = {name: Percept(how, time) for name, how in step.perceived.items()}
    yield Event(
        number=first,
        time=time,
        kind=step.kind,
        who=step.who,
        name=line.verb,
        arguments=arguments,
        percepts=percepts,
        participants=() if step.who is None else line.who,
        changes=tuple(
            Change(facts[one.fact], one.before, one.after) for one in step.beliefs if not one.minds
        ),
        **_supposed(step, facts),
        line=line.number,
    )
    causes, number = (first,), first
    kept: dict[tuple[str, str], Mapping[str, Percept]] = {}
    for belief in step.beliefs:
        if not belief.minds:
            continue
        who, number = belief.minds[0], EventNumber(number + 1)
        key = (who, belief.how)
        if key not in kept:
            kept[key] = {who: Percept(belief.how, time)}
        yield Event(
            number=number,
            time=time,
            kind="believe",
            who=who,
            name=line.verb,
            arguments=arguments,
            causes=causes,
            percepts=kept[key],
            minds=belief.minds,
            fact=facts[belief.fact],
            before=belief.before,
            after=belief.after,
            line=line.number,
        )


def _supposed(step: Step, facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Of a suspicion, the fact: it is thought of, and nothing changes about it."""
    claim = step.line.claim
    if step.line.verb != "suspects" or claim is None or step.who is None:
        return {}
    held = step.held
    return {"minds": (step.who,), "fact": facts[claim.fact], "before": held, "after": held}


def _scenes(ledger: Ledger, course: Course) -> Iterator[Scene]:
    """In story time. A scene without a line begins with the next one."""
    begins: dict[int, int] = {}
    for step in course.steps:
        begins.setdefault(step.scene, step.time)
    following = (course.steps[-1].time if course.steps else 0) + 1
    found = []
    for place in reversed(ledger.order):
        following = begins.get(place, following)
        scene = ledger.scenes[place]
        chapter = ledger.chapter_of(scene)
        found.append(
            Scene(
                scene.title,
                following,
                told=place + 1,
                chapter=None if chapter is None else chapter.name,
                chapter_title="" if chapter is None else chapter.title,
                line=scene.span.line,
            )
        )
    yield from reversed(found)


def _beginning(course: Course, facts: Mapping[str, Fact]) -> dict[Chain, dict[Fact, Value]]:
    """For truth all facts; for a chain of minds, what differs from the chain without its last."""
    held, people = course.beginning, course.ledger.people
    known = dict.fromkeys(fact for _, fact in held)
    found: dict[Chain, dict[Fact, Value]] = {
        (): {fact: held.get(((), name)) for name, fact in facts.items()}
    }
    for one in people:
        found[(one,)] = {
            facts[name]: held.get(((one,), name))
            for name in known
            if held.get(((one,), name)) != held.get(((), name))
        }
        for other in people if course.depth > 1 else ():
            if other != one:
                found[one, other] = {
                    facts[name]: held.get(((one, other), name))
                    for name in known
                    if held.get(((one, other), name)) != held.get(((one,), name))
                }
    return found
