"""Answers about what was done and said: what happened, whether, when and by whom; and who lied.

Receives a case and a query; hands on answers.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from unspoken.chronicle.events import Event, Fact, Value
from unspoken.queries.answer import Answer, Point
from unspoken.queries.case import Case
from unspoken.queries.deeds import is_outer, matching, never, placed
from unspoken.queries.evidence import evidence
from unspoken.queries.query import Query, call_text
from unspoken.queries.saying import capital


def happened(case: Case, query: Query, question: str) -> Answer:
    """Whether an act was done, when and by whom; of whatever is left open, all that was."""
    assert query.act is not None
    ever = matching(case, query.act, "act", "say", "think", "happen")
    events = [one for one in ever if one in _asked_about(case, query)]
    if not ever:
        no = "Nobody" if question.casefold().startswith("who ") else "No"
        words = never(case, no, query.act)
    elif not events:
        words = f"No: not then, but {_when(case, ever[0])}."
    elif len(events) == 1:
        words = f"Yes: {_when(case, events[0])}."
    else:
        words = f"Yes, {len(events)} times: {'; '.join(_when(case, one) for one in events)}."
    points = tuple(_point(case, one, "") for one in events)
    if not events:
        points = (Point("", call_text(query.act), (), False),)
    if question.casefold().startswith(("when ", "who ", "what ")) and events:
        words = capital("; ".join(_when(case, one) for one in events)) + "."
    return Answer(question, query.text, "happened", bool(events), words, points)


def _when(case: Case, event: Event) -> str:
    """``act 6, when Tara opened the door``."""
    place = case.place(event)
    done = case.words.act(event)
    return f"{place}, when {done}" if place else done


def _asked_about(case: Case, query: Query) -> list[Event]:
    """What was done in the time that is asked about: until then; or from then on, after it."""
    moment, events = case.moment(query.when), case.chronicle.events
    if query.when.relation == "after":
        return list(events[moment:])
    return list(events if query.when.relation == "beginning" else events[:moment])


def _point(case: Case, event: Event, words: str) -> Point:
    call = call_text((event.name, event.arguments))
    minds = (event.who,) if event.who else ()
    return Point(words, call, minds, None, None, (), (evidence(case, event),))


def did(case: Case, query: Query, question: str) -> Answer:
    """What somebody did, or all that happened."""
    return _all(case, query, question, "did nothing", "Nothing happened")


def said(case: Case, query: Query, question: str) -> Answer:
    """What somebody said, perhaps to somebody."""
    to = f" to {case.words.whom(query.about)}" if query.about else ""
    return _all(case, query, question, f"said nothing{to}", f"Nothing was said{to}")


def _all(case: Case, query: Query, question: str, nothing: str, at_all: str) -> Answer:
    say, points = case.words, []
    for event in _asked_about(case, query):
        if not is_outer(case, event) or not _is_of(case, query, event):
            continue
        points.append(_point(case, event, f"{placed(case, event)}{capital(say.act(event))}"))
    known = "" if case.root == () else f", as far as {say.knowing(case.root)}"
    if not points:
        who = say.names(query.minds)
        words = f"{who} {nothing}{known}." if query.minds else f"{at_all}{known}."
    elif len(points) == 1:
        words, points = f"{points[0].words}.", [replace(points[0], words="")]
    else:
        what = "said" if query.head == "said" else "did"
        to = f" to {say.whom(query.about)}" if query.about else ""
        words = f"What {say.names(query.minds)} {what}{to}:" if query.minds else "What happened:"
    return Answer(question, query.text, query.head, None, words, tuple(points))


def _is_of(case: Case, query: Query, event: Event) -> bool:
    joined = [name for name in event.participants if name not in event.arguments]
    if query.minds and not {*query.minds} & {event.who, *joined}:
        return False
    if query.head == "did":
        return True
    if not (event.kind == "say" or (case.is_ledger and event.name in _SAYING)):
        return False
    others = {*event.arguments} & {*case.characters} - {event.who}
    return query.about is None or query.about in (others or event.percepts)


_SAYING = frozenset(("tells", "says", "whispers to", "writes to", "lies to", "lies"))
"""A ledger's lines in which somebody says something."""


def lied(case: Case, query: Query, question: str) -> Answer:
    """Who made somebody believe by what they did what they themselves held to be false."""
    say, points, liars = case.words, [], []
    for event in _asked_about(case, query):
        if query.minds and event.who not in query.minds:
            continue
        for whom, fact in _lies(case, event):
            if query.about not in (None, whom) or event.who is None:
                continue
            liars.append(event.who)
            held = say.clause(say.holding((event.who,), say.fact(fact, _own(case, event, fact))))
            then = f"; but {held}" if fact.property else ""
            words = f"{placed(case, event)}{capital(say.act(event))}{then}"
            points.append(_point(case, event, words))
    points = list({point.words: point for point in points}.values())
    to = f" to {say.whom(query.about)}" if query.about else ""
    if points:
        yes = "Yes: " if query.minds else ""
        words = f"{yes}{say.names(list(dict.fromkeys(liars)))} lied{to}:"
    elif case.root:
        words = f"Not as far as {say.knowing(case.root)}."
    elif query.minds:
        words = f"No: {say.names(query.minds)} made nobody believe what {_held_false(case, query)}."
    else:
        words = f"Nobody lied{to}, as far as this story tells."
    verdict = bool(points) if query.minds else None
    return Answer(question, query.text, "lied", verdict, words, tuple(points))


def _held_false(case: Case, query: Query) -> str:
    return f"{case.words.names(query.minds)} held to be false"


def _own(case: Case, event: Event, fact: Fact) -> Value:
    """What whoever did something holds of a fact when all that came of it is over."""
    after = case.evaluation.moments[event.number]
    return None if event.who is None else case.value(fact, after, (event.who,))


def _lies(case: Case, event: Event) -> Iterator[tuple[str, Fact]]:
    """To whom something was a lie, and about what."""
    if case.is_ledger:
        if event.name in ("lies", "lies to") and is_outer(case, event):
            fact = next((f for f in case.facts if f.arguments[0] == event.arguments[-1]), None)
            others = [str(one) for one in event.arguments[:-1] if one not in event.participants]
            if fact is not None:
                yield from ((one, fact) for one in others or [*event.percepts])
        return
    if event.who is None or not event.name:
        return
    after = case.evaluation.moments[event.number]
    for one in case.chronicle.events[event.number + 1 : after]:
        chain = one.minds[len(case.root) :] if one.minds[: len(case.root)] == case.root else ()
        if one.fact is None or len(chain) != 1 or chain == (event.who,):
            continue
        percept, held = one.percepts.get(chain[0]), case.value(one.fact, after, chain)
        own = case.value(one.fact, after, (event.who,))
        told = percept is not None and percept.how in ("told", "saw") and held == one.after
        false = held is not None and own not in (None, held) and "." not in one.fact.property
        if told and false and case.root_of(one) is event:
            yield chain[0], one.fact
