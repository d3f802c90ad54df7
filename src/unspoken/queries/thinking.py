"""Answers about all that a mind holds: what somebody thinks, knows, or leaves open.

Receives a case and a query; hands on answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from unspoken.chronicle.events import Fact, Value
from unspoken.queries.answer import Answer, Point, Stretch
from unspoken.queries.case import Case
from unspoken.queries.evidence import of_fact
from unspoken.queries.holding import (
    Asked,
    called,
    fact_form,
    is_about,
    is_heart,
    since,
    spans_of_asked,
)
from unspoken.queries.query import Head, Query, denied
from unspoken.queries.saying import capital
from unspoken.telling.lexicon import WHEREABOUTS


def thinks(case: Case, query: Query, question: str) -> Answer:
    """What somebody holds of the world, or of another's mind; what of it is so (``knowledge``); or
    what they take to be one way or another (``possibilities``)."""
    moment, minds, say = case.moment(query.when), query.minds, case.words
    points = []
    for fact in case.facts:
        value = case.value(fact, moment, minds)
        may_be = case.may_be(fact, moment, minds) if value is None else ()
        if not may_be[1:] and not _is_worth_it(case, query, fact, value, moment):
            continue
        if not _is_asked(case, query, fact, value, may_be, moment):
            continue
        claim = case.claim(fact, value)
        text = say.clause(say.may_be(fact, may_be) if may_be[1:] else say.fact(fact, value))
        if case.is_ledger and value is False and claim is not None:
            claim = denied(claim)
        asked = None if claim is None or value is None else Asked(minds, False, claim)
        told = ""
        stretches: tuple[Stretch, ...] = ()
        if asked is not None:
            spans = spans_of_asked(case, asked)
            span = next((s for s in spans if moment in s), None)
            told = "" if span is None else f", {since(case, span, asked)}"
            stretches = tuple(map(case.stretch, spans))
        rests = of_fact(case, case.chain(minds), fact, moment)
        points.append(
            Point(capital(text) + told, fact_form(case, fact), minds, value, None, stretches, rests)
        )
    points.sort(key=lambda point: _weight(case, query, point, moment))
    *outer, last = minds
    named = "".join(f"{say.name(one)} {say.does((one,), 'think')} that " for one in outer)
    named += say.name(last)
    about = f" about {called(case, query.about)}" if query.about else ""
    verb = say.does((last,), _VERBS[query.head]) + (
        " open" if query.head == "possibilities" else ""
    )
    words = (
        f"{named} {verb} nothing{about} that the story speaks of."
        if not points
        else f"{named} {verb}{about}:"
    )
    return Answer(question, query.text, query.head, None, words, tuple(points))


_VERBS: Mapping[Head, str] = {
    "thinks": "think",
    "knowledge": "know",
    "possibilities": "leave",
}


def _is_asked(
    case: Case, query: Query, fact: Fact, value: Value, may_be: Sequence[Value], moment: int
) -> bool:
    """Whether what a mind holds of a fact belongs to what is asked."""
    if may_be[1:] and query.about not in (None, *fact.arguments, *may_be):
        return False
    if query.head == "possibilities":
        return bool(may_be[1:])
    if query.head != "knowledge":
        return True
    # Of a ledger, what nothing says is not so.
    truth = case.value(fact, moment, query.minds[:-1])
    return value is not None and (truth == value or (case.is_ledger and truth is None))


def _weight(case: Case, query: Query, point: Point, moment: int) -> tuple[int, ...]:
    """What comes first: what can change, and of that what is held of hearts, then what another is
    taken to hold otherwise than one does oneself, then what was learned last."""
    fact = next(f for f in case.facts if fact_form(case, f) == point.fact)
    own = case.value(fact, moment, query.minds[:-1]) if query.minds[1:] else point.value
    latest = max((one.event for one in point.evidence), default=-1)
    heart = is_heart(fact) and isinstance(point.value, bool)
    moved = fact.property in case.moved(case.chain(query.minds[:1])[-1])
    return not moved, not heart, own == point.value, -latest


def _is_worth_it(case: Case, query: Query, fact: Fact, value: Value, moment: int) -> bool:
    """What is told of all that a mind holds: what it came to hold, what it holds of hearts; about
    somebody, whatever it affirms. Decided by nothing but this mind."""
    if not is_about(case, query.about, fact, value) or len(set(fact.arguments)) < len(
        fact.arguments
    ):
        return False
    if case.is_ledger:
        return value is not None
    chain = case.chain(query.minds)
    if case.held.changed(chain, fact, moment) is not None:
        return True
    if is_heart(fact):
        turned = Fact(fact.property, fact.arguments[::-1])
        loved = case.held.exists(turned) and case.value(turned, moment, query.minds) is True
        return value is True or (value is False and loved)
    if query.about is None:
        return False
    return value not in (False, None) and (value is True or fact.property.lower() in WHEREABOUTS)
