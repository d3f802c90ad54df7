"""Answers that compare minds: who is wrong about what, what is common knowledge, what changed
somebody's mind.

Receives a case and a query; hands on answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise, product

from unspoken.chronicle.events import Chain, Fact, Value
from unspoken.model import Expression
from unspoken.queries.answer import Answer, Point
from unspoken.queries.case import Case
from unspoken.queries.evaluation import Span, spans_of
from unspoken.queries.evidence import behind, of_fact
from unspoken.queries.holding import (
    Asked,
    called,
    fact_form,
    is_about,
    is_heart,
    since,
)
from unspoken.queries.query import Query, formal
from unspoken.queries.saying import capital


def wrong(case: Case, query: Query, question: str) -> Answer:
    """Who is wrong: about the world, and about what others hold."""
    moment, say = case.moment(query.when), case.words
    asked = query.minds[:1] or case.characters
    points = [
        *_about_world(case, query, asked, moment),
        *_about_minds(case, query, asked, moment),
    ]
    points.sort(key=lambda point: _weight(case, point, moment))
    people = [name for name in asked if any(p.minds[0] == name for p in points)]
    about = f" about {called(case, query.about)}" if query.about else ""
    if not points:
        whom = say.name(query.minds[0]) if query.minds else "Nobody"
        be = say.does(query.minds[:1] or ("",), "be")
        words = f"{whom} {be} {'not ' if query.minds else ''}wrong{about}."
    else:
        worldly = sum(len(point.minds) == 1 for point in points)
        counts = [
            _counted(number, what)
            for number, what in (
                (worldly, "about the world"),
                (len(points) - worldly, "about a mind"),
            )
            if number
        ]
        are = say.does(people, "be")
        words = f"{say.names(people)} {are} wrong{about}, {' and '.join(counts)}."
    verdict = bool(points) if query.minds else None
    return Answer(question, query.text, "wrong", verdict, words, tuple(points))


def _weight(case: Case, point: Point, moment: int) -> tuple[bool | int, ...]:
    """What comes first: mistakes about hearts, and about the world; last, what somebody takes
    another to share of their own mistakes."""
    fact = next(one for one in case.facts if fact_form(case, one) == point.fact)
    heart = is_heart(fact) and isinstance(point.value, bool)
    own = case.value(fact, moment, point.minds[:1])
    is_shared = len(point.minds) > 1 and own == point.value and own != case.value(fact, moment)
    return is_shared and not heart, not heart, len(point.minds)


def _counted(number: int, what: str) -> str:
    return f"in {number} thing{'' if number == 1 else 's'} {what}"


def _about_world(case: Case, query: Query, people: tuple[str, ...], moment: int) -> Iterator[Point]:
    for fact in case.facts:
        truth = case.value(fact, moment)
        for name in people:
            value = case.value(fact, moment, (name,))
            if value is None or truth is None or value == truth:
                continue
            if is_about(case, query.about, fact, value) or is_about(case, query.about, fact, truth):
                yield _mistake(case, (name,), fact, value, truth, moment)


def _about_minds(case: Case, query: Query, people: tuple[str, ...], moment: int) -> Iterator[Point]:
    """What somebody takes another to hold, and they do not."""
    if case.chronicle.depth - len(case.root) < 2:
        return
    for fact, name, other in product(case.facts, people, case.characters):
        if name == other:
            continue
        value = case.value(fact, moment, (name, other))
        actual = case.value(fact, moment, (other,))
        if value is None or value == actual:
            continue
        if query.about in (None, other) or is_about(case, query.about, fact, value):
            yield _mistake(case, (name, other), fact, value, actual, moment)


def _mistake(
    case: Case, minds: Chain, fact: Fact, value: Value, truth: Value, moment: int
) -> Point:
    say = case.words
    thought = say.clause(say.holding(minds, say.fact(fact, value)))
    if len(minds) > 1 and truth is None:
        held = f"{say.name(minds[1])} {say.does(minds[1:2], 'do')} not know"
    else:
        so = say.fact(fact, truth)
        held = say.clause(so if len(minds) == 1 else say.holding(minds[1:], so))
    spans = _apart(case, minds, fact)
    span = next((one for one in spans if moment in one), None)
    claim = case.claim(fact, value if value is not False else True)
    told = ""
    if span is not None and claim is not None:
        told = f" (wrong {since(case, span, Asked(minds, True, claim))})"
    return Point(
        f"{capital(thought)}; but {held}{told}",
        fact_form(case, fact),
        minds,
        value,
        truth,
        tuple(map(case.stretch, spans)),
        of_fact(case, case.chain(minds), fact, moment),
    )


def _apart(case: Case, minds: Chain, fact: Fact) -> tuple[Span, ...]:
    """When a mind is wrong about a fact, or about what the mind within it holds of it."""
    moments = case.evaluation.moments
    numbers = case.held.changing({fact.property})
    found = []
    for moment in sorted({0, *(moments[number] for number in numbers)}):
        value, truth = case.value(fact, moment, minds), case.value(fact, moment, minds[1:])
        known = truth is not None or len(minds) > 1
        found.append((moment, value is not None and known and value != truth))
    return spans_of(found)


Exact = Callable[[Chain, Expression, int], bool]
"""Whether a group has common knowledge of something, to any depth, before the event of a number."""


def common(case: Case, query: Query, question: str, exact: Exact | None = None) -> Answer:
    """Whether something is common knowledge in a group, or all that is: everybody knows it,
    everybody knows that everybody does, and so on: as deep as the chronicle follows minds, or,
    where ``exact`` tells, to any depth."""
    group = query.minds or case.characters
    depth = "to any depth"
    if exact is None:
        depth = f"{case.chronicle.depth - len(case.root)} minds deep"
    if query.claim is not None:
        return _is_common(case, query, question, group, query.claim, exact, depth)
    return _all_common(case, query, question, group, exact, depth)


def _is_common(
    case: Case,
    query: Query,
    question: str,
    group: Chain,
    claim: Expression,
    exact: Exact | None,
    depth: str,
) -> Answer:
    moment, say = case.moment(query.when), case.words
    spans = _shared(case, group, claim, exact)
    span = next((one for one in spans if moment in one), None)
    lacking = None if span else next(_lacking(case, group, claim, moment), None)
    proposition, of_whom = say.proposition(claim), f"common knowledge of {say.names(group)}"
    clause = say.clause(proposition)
    if span is not None:
        told = since(case, span, Asked((), False, claim))
        words = f"Yes: {clause}, and that is {of_whom} ({depth}), {told}."
    elif not case.holds(claim, moment):
        words = f"No: {say.clause(say.proposition(claim, so=False))}."
    elif lacking is not None:
        but = say.clause(say.holding(lacking, proposition, "[do not] think that"))
        words = f"No: that {clause} is not {of_whom}: {but}."
    else:
        words = f"No: that {clause} is not {of_whom}, though it seems so for some minds."
    rests = dict.fromkeys(
        one
        for chain in ([*_chains(group, 2)] if lacking is None else [lacking])
        for one in behind(case, claim, chain, moment)
    )
    point = Point(
        "",
        formal(claim),
        (),
        span is not None,
        None,
        tuple(map(case.stretch, spans)),
        tuple(sorted(rests, key=lambda one: (one.event, one.who or ""))),
    )
    return Answer(question, query.text, "common", span is not None, words, (point,))


def _all_common(
    case: Case, query: Query, question: str, group: Chain, exact: Exact | None, depth: str
) -> Answer:
    moment, say = case.moment(query.when), case.words
    points = []
    for fact in case.facts:
        value = case.value(fact, moment)
        claim = case.claim(fact, value) if value is not None else None
        concerned = _has_changed(case, fact) and is_about(case, query.about, fact, value)
        if claim is None or not concerned:
            continue
        spans = _shared(case, group, claim, exact)
        span = next((one for one in spans if moment in one), None)
        if span is not None:
            told = since(case, span, Asked((), False, claim))
            words = f"{capital(say.clause(say.fact(fact, value)))}, {told}"
            stretches = tuple(map(case.stretch, spans))
            points.append(Point(words, formal(claim), (), value, None, stretches))
    points.sort(key=lambda point: point.stretches[-1].since)
    found = "1 thing that came about or was learned"
    if len(points) != 1:
        found = f"{len(points)} things that came about or were learned"
    words = f"Common knowledge of {say.names(group)} ({depth}): {found}."
    if not points:
        words = f"Nothing that came about is common knowledge of {say.names(group)}."
    return Answer(question, query.text, "common", None, words, tuple(points))


def _has_changed(case: Case, fact: Fact) -> bool:
    return any(
        case.held.all_changes(chain, fact) for chain in [(), *((c,) for c in case.characters)]
    )


def _chains(group: tuple[str, ...], depth: int) -> Iterator[Chain]:
    """Every chain of minds of a group, nobody twice running."""
    for length in range(1, depth + 1):
        for chain in product(group, repeat=length):
            if all(a != b for a, b in pairwise(chain)):
                yield chain


def _lacking(case: Case, group: tuple[str, ...], claim: Expression, moment: int) -> Iterator[Chain]:
    """Whose minds do not hold it, the shallowest first."""
    depth = case.chronicle.depth - len(case.root)
    for chain in _chains(group, depth):
        if not case.holds(claim, moment, chain):
            yield chain


def _shared(
    case: Case, group: tuple[str, ...], claim: Expression, exact: Exact | None
) -> tuple[Span, ...]:
    """When it is so, and common knowledge."""
    return spans_of(
        (
            moment,
            case.holds(claim, moment)
            and next(_lacking(case, group, claim, moment), None) is None
            and (exact is None or exact(group, claim, moment)),
        )
        for moment in case.evaluation.moments_of(claim)
    )


def changed(case: Case, query: Query, question: str) -> Answer:
    """What changed somebody's mind: about something, or at all."""
    (name,), say = query.minds[:1], case.words
    until, chain = case.moment(query.when), case.chain((name,))
    read = None if query.claim is None else {*case.read(query.claim, until, (name,), every=True)}
    points = []
    for event in case.chronicle.events[:until]:
        fact = event.fact
        if fact is None or event.before == event.after or "." in fact.property:
            continue
        if event.minds != chain if read is None else (event.minds, fact) not in read:
            continue
        if not is_about(case, query.about, fact, event.after):
            continue
        minds = (name, *event.minds[len(chain) :])
        after = say.clause(say.holding(minds, say.fact(fact, event.after)))
        before = say.clause(say.holding(minds, say.fact(fact, event.before)), "past")
        root = case.root_of(event)
        text = f"{case.place(root)}: {after}".removeprefix(": ")
        if event.before not in (None, False) or event.after is None:
            text += f" (before, {before})"
        rests = of_fact(case, event.minds, fact, event.number + 1)
        points.append(
            Point(text, fact_form(case, fact), event.minds, event.after, event.before, (), rests)
        )
    about = ""
    if query.claim is not None:
        about = f" as to whether {say.clause(say.proposition(query.claim))}"
    elif query.about:
        about = f" about {called(case, query.about)}"
    mind = f"{say.whose(name)} mind{about}"
    if not points:
        words = f"Nothing changed {mind}."
    elif not any(point.evidence for point in points):
        words = f"{capital(mind)} was changed, {say.name(name)} could not say by what."
    else:
        last = [point.evidence[-1].event for point in points if point.evidence]
        acts = [case.chronicle.events[number] for number in dict.fromkeys(last)]
        told = [f"{case.place(act)}, when {say.act(act)}".removeprefix(", ") for act in acts]
        first = "; ".join((*told[:3], *(("...",) if told[3:] else ())))
        words = f"{mind} was changed {_times(len(acts))}: {first}{'' if told[3:] else '.'}"
    return Answer(question, query.text, "changed", None, capital(words), tuple(points))


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def differences(case: Case, other: Case, moment: int) -> list[Point]:
    """Who holds otherwise at the end of another course of the story than at a moment of this one:
    hearts first."""
    end, say, points = len(other.chronicle.events), case.words, []
    chains: list[Chain] = [(a,) for a in case.characters]
    chains += [(a, b) for a in case.characters for b in case.characters if a != b]
    for minds in chains:
        for fact in case.facts:
            value, before = other.value(fact, end, minds), case.value(fact, moment, minds)
            if value == before:
                continue
            words = capital(say.clause(say.holding(minds, say.fact(fact, value))))
            rank = len(minds), not (is_heart(fact) and isinstance(value, bool))
            points.append((rank, Point(words, fact_form(case, fact), minds, value, before)))
    points.sort(key=lambda pair: pair[0])
    return [point for _, point in points]
