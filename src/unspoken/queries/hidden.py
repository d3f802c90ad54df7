"""Answers about what does not reach a mind: what somebody does not know, and what they keep to
themselves.

Receives a case and a query; hands on answers.
"""

from __future__ import annotations

from collections.abc import Iterator

from unspoken.chronicle.events import Fact, Value
from unspoken.queries.answer import Answer, Point
from unspoken.queries.case import Case
from unspoken.queries.evidence import of_fact
from unspoken.queries.holding import fact_form, is_heart
from unspoken.queries.query import Query
from unspoken.queries.saying import capital


def unknown(case: Case, query: Query, question: str) -> Answer:
    """What is so, and somebody does not know: hearts first, then what came about last."""
    (name,), say, moment = query.minds[:1], case.words, case.moment(query.when)
    points = []
    for fact, truth in _telling(case, moment):
        value = case.value(fact, moment, (name,))
        if value == truth and value is not None:
            continue
        words = capital(say.clause(say.fact(fact, truth)))
        if value is not None:
            words += f"; {say.clause(say.holding((name,), say.fact(fact, value)))}"
        rests = of_fact(case, case.chain((name,)), fact, moment)
        points.append(Point(words, fact_form(case, fact), (name,), value, truth, (), rests))
    number = f"{len(points)} thing{'' if len(points) == 1 else 's'}"
    words = f"{say.name(name)} {say.does((name,), 'do')} not know of {number}:"
    if not points:
        words = (
            f"There is nothing told here that {say.name(name)} {say.does((name,), 'do')} not know."
        )
    return Answer(question, query.text, "unknown", None, words, tuple(points))


def hides(case: Case, query: Query, question: str) -> Answer:
    """What somebody knows, and takes others not to know, who do not."""
    (name,), say, moment = query.minds[:1], case.words, case.moment(query.when)
    points = []
    for fact, truth in _telling(case, moment):
        if truth is None or case.value(fact, moment, (name,)) != truth:
            continue
        others = [
            other
            for other in case.characters
            if other != name
            and query.about in (None, other)
            and case.value(fact, moment, (other,)) != truth
            and _taken_to_hold(case, name, other, fact, moment) != truth
        ]
        if others:
            words = f"{capital(say.clause(say.fact(fact, truth)))}; from {say.names(others)}"
            rests = of_fact(case, case.chain((name,)), fact, moment)
            points.append(Point(words, fact_form(case, fact), (name,), truth, truth, (), rests))
    words = f"What {say.name(name)} {say.does((name,), 'be')} hiding:"
    if not points:
        whom = f" from {say.whom(query.about)}" if query.about else ""
        hiding = f"{say.name(name)} {say.does((name,), 'be')} hiding nothing"
        words = f"{hiding}{whom} that this story tells of."
    return Answer(question, query.text, "hides", None, words, tuple(points))


def _taken_to_hold(case: Case, name: str, other: str, fact: Fact, moment: int) -> Value:
    """What somebody takes another to hold; as deep as minds are followed."""
    if case.chronicle.depth - len(case.root) < 2:
        return case.value(fact, moment, (other,))
    return case.value(fact, moment, (name, other))


def _telling(case: Case, moment: int) -> Iterator[tuple[Fact, Value]]:
    """What is worth being known or hidden: what is so, and has words; but for who is where, which
    nobody hides. Hearts first."""
    facts = sorted(case.facts, key=lambda fact: not is_heart(fact))
    for fact in facts:
        if len(set(fact.arguments)) < len(fact.arguments):
            continue
        truth = case.value(fact, moment)
        moves = case.words.whereabouts(fact) == 0 and set(fact.arguments) <= {*case.characters}
        if truth is False or isinstance(truth, float) or moves:
            continue
        of_somebody = bool(fact.arguments) and {*fact.arguments} <= {*case.characters}
        if of_somebody or case.words.has_words(fact, truth):
            yield fact, truth
