"""Non-interference, tried: whatever is changed that a mind cannot perceive, its telling stays the
same to the byte.

One trial is one telling through one mind, after everything outside that mind has been changed at
random: events that it overlooks are deleted, made into others, invented; truth and other minds
change where its own beliefs do not follow; others lose their reasons and their decisions; all
events get new numbers. ``Trials`` is for suites and for benchmarks: any number of trials, each the
same whenever it is made.
"""

from __future__ import annotations

import gc
import sys
from functools import cache, lru_cache
from multiprocessing import Pool
from random import Random
from typing import Any

from msgspec.structs import replace

from tests.telling.ways import Told, planned, run
from tests.telling.worlds import renumbered
from unspoken.chronicle.events import Chain, Chronicle, Event, EventNumber, Fact, Percept, Value
from unspoken.telling import Options, Telling, tell, view

LONGEST = 36
"""Events of a story that is told in trials: its beginning is a story, too."""


def altered(chronicle: Chronicle, mind: str, rng: Random) -> Chronicle:
    """Another chronicle of which this mind has the same."""
    events: list[Event] = []
    acts = [event for event in chronicle.events if event.is_act]
    strangers = [who for who in chronicle.characters if who != mind]
    for event, own in zip(chronicle.events, owned(chronicle, mind), strict=True):
        if own is not None:
            events.append(own)
        elif acts and rng.random() < 0.5:
            other = rng.choice(acts)
            events.append(
                replace(event, name=other.name, arguments=other.arguments, who=None, kind="act")
            )
        if acts and strangers and rng.random() < 0.3:
            who = rng.choice(strangers)
            events.append(unseen(rng.choice(acts), who, event.time, 100_000 + len(events)))
    others: dict[Chain, Any] = {
        chain: values
        for chain, values in chronicle.beginning.items()
        if chain[1:] and chain[0] == mind
    }
    truth, own = _another_truth(chronicle, mind, rng)
    beginning = {**others, (mind,): own, (): truth}
    if strangers:
        beginning = {(rng.choice(strangers),): {}, **beginning}
    return replace(chronicle, events=renumbered(events), beginning=beginning)


_owned: dict[tuple[int, str], tuple[Chronicle, list[Event | None]]] = {}


def owned(chronicle: Chronicle, mind: str) -> list[Event | None]:
    """Of each event, with nothing left of it but what this mind has; None where it has nothing.
    Worked out once for each chronicle as it stands in memory, which is kept there."""
    key = id(chronicle), mind
    if key not in _owned:
        passed = passed_to(mind, chronicle)
        found: list[Event | None] = []
        for event in chronicle.events:
            if mind in event.percepts:
                found.append(as_perceived(event, mind))
            elif event.number in passed:
                # What came through is what passed, and nothing else of it.
                found.append(replace(event, about="", because="", strength=None, line=None))
            else:
                found.append(None)
        _owned[key] = chronicle, found
    return _owned[key][1]


def _another_truth(
    chronicle: Chronicle, mind: str, rng: Random
) -> tuple[dict[Fact, Value], dict[Fact, Value]]:
    """Other things are so; what this mind believes is what it believed."""
    so = chronicle.beginning.get((), {})
    own = dict(chronicle.beginning.get((mind,), {}))
    values: dict[str, list[Value]] = {}
    for fact, value in so.items():
        values.setdefault(fact.property, []).append(value)
    for each in values.values():
        each.append(None)
    truth: dict[Fact, Value] = {}
    for fact, value in so.items():
        believed = own.get(fact, value)
        possible = (False, True) if isinstance(value, bool) else values[fact.property]
        truth[fact] = rng.choice(possible)
        own.pop(fact, None)
        if truth[fact] is not believed:
            own[fact] = believed
    return truth, own


def as_perceived(event: Event, mind: str) -> Event:
    """An event with nothing left of it but what this mind has."""
    tried = event.kind == "surprise" and event.percepts[mind].how == "noticed"
    inferred = event.percepts[mind].how == "inferred"
    nobody_knows_by_whom = event.fact is not None and not inferred and not tried
    own = event.who == mind
    kept = replace(
        event,
        name="bell" if nobody_knows_by_whom else event.name,
        arguments=() if nobody_knows_by_whom else event.arguments,
        percepts={mind: event.percepts[mind]},
        intentions=tuple(one for one in event.intentions if one.character == mind),
        decision=event.decision if own else None,
        because=event.because if own else "",
        changes=(),
        line=None,
    )
    if own or event.kind not in ("feel", "unsaid"):
        return kept
    if event.percepts[mind].whole:
        return replace(kept, about="x()")
    return replace(kept, about="x()", name="hope", arguments=(), toward=None)


def passed_to(mind: str, chronicle: Chronicle) -> set[EventNumber]:
    """What goes on in others and came to this mind whole."""
    return {
        event.causes[0]
        for event in chronicle.events
        if event.about and event.who != mind and mind in event.percepts
        if event.causes and event.percepts[mind].whole
    }


def unseen(like: Event, who: str, time: int, number: int) -> Event:
    """Something that only somebody else knows of."""
    return Event(
        number=EventNumber(number),
        time=time,
        kind="act",
        who=who,
        name=like.name,
        arguments=like.arguments,
        percepts={who: Percept("did", time)},
        participants=(who,),
    )


def bytes_of(telling: Telling) -> bytes:
    """All of a telling that its mind decides: its words, and what each sentence is made from
    within its view."""
    return repr(
        [
            (p.mind, p.past, p.heading, [(s.text, s.form, s.frame, s.items) for s in p.sentences])
            for p in telling.paragraphs
        ]
    ).encode()


@lru_cache
def bases() -> tuple[Told, ...]:
    """Short stories: the shipped ones, planned and run, or their beginnings."""
    found = [run(name, seed) for name in ("wrong_bench", "paste_diamonds") for seed in range(3)]
    found += [run("night_visit"), run("prize_marmalade", 0, 3), run("small_town", 1, 1)]
    found += filter(None, (planned(name) for name in ("wrong_bench", "paste_diamonds")))
    return tuple(
        Told(one.world, replace(one.chronicle, events=one.chronicle.events[:LONGEST]))
        for one in found
    )


@cache
def _before(base: int, options: Options) -> bytes:
    """A story told as it was."""
    world, chronicle = bases()[base]
    return bytes_of(tell(chronicle, world, options))


def trial(number: int) -> str | None:
    """The trial of that number: None if the telling stayed the same, else what it was."""
    rng = Random(number)
    base = rng.randrange(len(bases()))
    world, chronicle = bases()[base]
    mind = rng.choice(chronicle.characters)
    person = rng.choice(("first", "third"))
    options = Options(
        "limited",
        mind,
        person,  # type: ignore[arg-type]
        rng.choice(("past", "present")),  # type: ignore[arg-type]
        seed=rng.randrange(3),
        order=rng.choice(("chronological", "flashback")),  # type: ignore[arg-type]
        hindsight=person == "first" and rng.random() < 0.5,
    )
    after = altered(chronicle, mind, rng)
    if bytes_of(tell(after, world, options)) == _before(base, options):
        return None
    same = view(after, mind) == view(chronicle, mind)
    return f"trial {number}: base {base}, {options}; its view {'the same' if same else 'changed'}"


def main(first: str, beyond: str, processes: str = "") -> None:
    """``python -m tests.telling.interference 0 1000000``: so many trials, on all cores, or in so
    many processes. They are done in order: from where it says that it has come, it can go on."""
    gc.set_threshold(200_000)
    numbers = range(int(first), int(beyond))
    failed = 0
    with Pool(int(processes) if processes else None) as pool:
        for number, bad in zip(numbers, pool.imap(trial, numbers, chunksize=200), strict=True):
            if bad is not None:
                failed += 1
                print(bad, flush=True)
            if (number + 1) % 10_000 == 0 or number + 1 == numbers.stop:
                done = number + 1 - numbers.start
                print(f"{done} trials, up to {number + 1}: {failed} failed", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
