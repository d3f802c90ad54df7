"""Answers that are a name: what value something has, of whom or what something is so.

Receives a case and a query; hands on answers.
"""

from __future__ import annotations

from msgspec.structs import replace

from unspoken.model import Expression, Fluent, Not, Quantifier
from unspoken.queries.answer import Answer, Point
from unspoken.queries.case import Case
from unspoken.queries.evidence import of_fact
from unspoken.queries.holding import (
    Asked,
    fact_form,
    name_of,
    point_of,
    sentence,
    since,
    spans_of_asked,
)
from unspoken.queries.instances import instances
from unspoken.queries.query import Query
from unspoken.queries.saying import capital


def value(case: Case, query: Query, question: str) -> Answer:
    """What value something has, or what somebody takes it to be."""
    assert isinstance(query.claim, Fluent)
    moment, say = case.moment(query.when), case.words
    minds = tuple(name_of(mind) for mind in query.claim.minds)
    fact = case.fact(query.claim)
    value = case.value(fact, moment, minds)
    claim = None if value is None else case.claim(fact, value)
    if claim is None:
        may_be = case.may_be(fact, moment, minds)
        if may_be[1:]:
            words = say.clause(say.holding(minds, say.may_be(fact, may_be)))
        elif minds:
            words = say.clause(say.holding(minds, say.asked_for(fact), "[do not] know"))
        else:
            words = say.clause(say.fact(fact, None))
        rests = of_fact(case, case.chain(minds), fact, moment)
        point = Point("", fact_form(case, fact), minds, None, None, (), rests)
        return Answer(question, query.text, "value", None, f"{capital(words)}.", (point,))
    asked = Asked(minds, False, claim)
    span = next((span for span in spans_of_asked(case, asked) if moment in span), None)
    words = capital(sentence(case, asked, moment, True))
    told = "" if span is None else f", {since(case, span, asked)}"
    whole = point_of(case, asked, moment, True)
    point = replace(whole, fact=fact_form(case, fact), value=value)
    return Answer(question, query.text, "value", None, f"{words}{told}.", (point,))


def which(case: Case, query: Query, question: str) -> Answer:
    """Of whom or what something is so."""
    assert isinstance(query.claim, Quantifier)
    moment, say = case.moment(query.when), case.words
    points: list[Point] = []
    people: list[str] = []
    for name, claim in instances(case, query.claim, moment):
        if isinstance(claim, Not) and _is_doubled(case, claim.expression):
            continue  # that somebody does not love herself
        asked = Asked.of(claim)
        span = next((span for span in spans_of_asked(case, asked) if moment in span), None)
        told = "" if span is None else f", {since(case, span, asked)}"
        words = f"{capital(sentence(case, asked, moment, True))}{told}"
        if words not in [point.words for point in points]:
            points.append(replace(point_of(case, asked, moment, True), words=words))
        people.append(name)
    if len(points) == 1:
        (point,) = points
        points = [replace(point, words="")]
        words = f"{point.words}."
    elif points:
        words = f"{capital(say.names(people))}:"
    else:
        words = capital(sentence(case, Asked.of(query.claim), moment, False)) + "."
    return Answer(question, query.text, "which", None, words, tuple(points))


def _is_doubled(case: Case, claim: Expression) -> bool:
    """Whether a claim is of somebody and themselves."""
    arguments = case.fact(claim).arguments if isinstance(claim, Fluent) else ()
    return len({*arguments}) < len(arguments)
