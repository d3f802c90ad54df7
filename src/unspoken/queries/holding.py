"""Answers about what is so and what minds hold: whether, who, since when, what all.

Receives a case and a query; hands on answers. What is asked of one mind alone is answered from that
mind's view of it, so that no word of the answer depends on what is not in it.
"""

from __future__ import annotations

from msgspec import Struct

from unspoken.chronicle.events import Chain, Fact, Value
from unspoken.model import (
    Comparator,
    Comparison,
    EntityTerm,
    Expression,
    Fluent,
    Not,
    Quantifier,
)
from unspoken.queries.answer import Answer, Point
from unspoken.queries.case import Case
from unspoken.queries.evaluation import Span, spans_of
from unspoken.queries.evidence import behind
from unspoken.queries.instances import is_of_somebody, of_somebody, said_of_two
from unspoken.queries.query import (
    Query,
    believed,
    call_text,
    denied,
    formal,
    known,
    possible,
)
from unspoken.queries.saying import capital, spelt
from unspoken.telling.lexicon import IN_THE_HEART
from unspoken.telling.wording import Wording


class Asked(Struct, frozen=True):
    """A claim taken apart: who is said to hold it (outermost first), whether rightly, and what."""

    minds: Chain
    knows: bool
    core: Expression

    @classmethod
    def of(cls, claim: Expression) -> Asked:
        knower = known(claim)
        if knower is not None:
            return cls((name_of(knower[0]),), True, knower[1])
        minds: Chain = ()
        believer = believed(claim)
        while believer is not None:
            minds, claim = (*minds, name_of(believer[0])), believer[1]
            believer = believed(claim)
        return cls(minds, False, claim)


def name_of(term: object) -> str:
    return str(getattr(term, "name", "?"))


def whether(case: Case, query: Query, question: str) -> Answer:
    """Whether something is so, or whether somebody holds it, or knows it."""
    assert query.claim is not None
    asked, moment = Asked.of(query.claim), case.moment(query.when)
    verdict = _verdict(case, asked, moment)
    said = sentence(case, asked, moment, verdict)
    point = point_of(case, asked, moment, verdict)
    spans = spans_of_asked(case, asked)
    now = next((span for span in spans if moment in span), None)
    told = since(case, now, asked) if verdict and now is not None else ""
    if told and told != f"since {said}":  # of one's own doing, it would be said twice
        said += f", {told}"
    elif now is None and spans and query.when.relation == "end":
        past = [span for span in spans if span.end is not None and span.end <= moment]
        if past and past[-1].start:
            said += f". It was so {between(case, past[-1], asked)}"
        elif past:
            said += f". It was so from the beginning {_until(case, past[-1], asked)}"
    start = {True: "Yes: ", False: "No: ", None: _open_start(case, asked, moment)}[verdict]
    return Answer(question, query.text, "whether", verdict, f"{start}{said}.", (point,))


def _verdict(case: Case, asked: Asked, moment: int) -> bool | None:
    if not asked.minds:
        value = case.evaluation.value(asked.core, moment, case.chain(()))
        return value if isinstance(value, bool) else None
    if asked.knows and not _is_so(case, asked.core, moment):
        return False
    return case.is_held(asked.core, moment, asked.minds)


def _open_start(case: Case, asked: Asked, moment: int) -> str:
    """How an answer begins that is neither yes nor no."""
    if not case.evaluation.has_worlds:
        return "That is not known: "
    if _is_open_to_root(case, asked, moment):
        return f"{case.words.name(case.root[0])} cannot tell: "
    return "That is not to be told of minds that hold several things possible: whether "


def _is_open_to_root(case: Case, asked: Asked, moment: int) -> bool:
    """Whether it is for sure that whoever is interviewed takes both to be possible."""
    claims = (asked.core, Not(asked.core))
    mine = case.root and not asked.minds
    return bool(mine) and all(case.is_held(one, moment, case.root) is False for one in claims)


def _is_so(case: Case, claim: Expression, moment: int) -> bool:
    """Whether it is so; of a ledger, whether nothing says that it is not."""
    if case.is_ledger:
        return not case.holds(denied(claim), moment) or case.holds(claim, moment)
    return case.holds(claim, moment)


def spans_of_asked(case: Case, asked: Asked) -> tuple[Span, ...]:
    if not asked.knows:
        return case.spans(asked.core, asked.minds)
    moments = case.evaluation.moments_of(asked.core)
    return spans_of((m, _verdict(case, asked, m) is True) for m in moments)


def sentence(case: Case, asked: Asked, moment: int, verdict: bool | None) -> str:
    """How it is, in a clause."""
    say, core, minds = case.words, asked.core, asked.minds
    if isinstance(core, Quantifier) and is_of_somebody(core):
        return of_somebody(case, core, minds, moment, knows=asked.knows)
    core = said_of_two(core, lambda part: case.holds(part, moment, minds))
    other = None if verdict is not False else _other_value(case, asked, moment)
    if other is not None:
        return other
    so, not_so = say.proposition(core), say.proposition(core, so=False)
    if not minds:
        is_open = verdict is None and _is_open_to_root(case, asked, moment)
        open_to = _may_be(case, core, moment) if is_open else None
        held = open_to or (so if verdict is not False else not_so)
        is_guess = verdict is not None and not {*case.root} & {*held.binding.values()}
        return say.clause(say.holding(case.root, held) if is_guess else held)
    if verdict is None:
        return say.clause(say.holding(minds, so))
    if verdict:
        return say.clause(say.holding(minds, so, "[know] that" if asked.knows else "[think] that"))
    if case.holds(core, moment, minds):  # asked whether they know it
        truth = case.evaluation.value(core, moment, case.chain(()))
        be = say.does(("it",), "be")
        wrong = f"{be} wrong" if truth is False else f"it {be} not known whether that {be} so"
        return f"{say.clause(say.holding(minds, so))}, and {wrong}"
    if case.holds(denied(core), moment, minds):
        told = say.clause(say.holding(minds, not_so))
        right = asked.knows and case.holds(denied(core), moment)
        return f"{told}, and so it is" if right else told
    if not asked.knows and case.holds(possible(EntityTerm(minds[-1]), core), moment, minds[:-1]):
        return say.clause(say.holding(minds, so, "[think] it possible, not certain, that"))
    if asked.knows and len(minds) == 1:
        whether_so = say.clause(say.holding(minds, so, "[do not] know that"))
        return (
            whether_so.replace(" know that ", " know whether ", 1) if _is_open(core) else whether_so
        )
    return say.clause(say.holding(minds, so, "[do not] think that"))


def _other_value(case: Case, asked: Asked, moment: int) -> str | None:
    """What somebody takes a value to be, who does not take it to be this; that they do not know."""
    match asked.core:
        case Comparison(Comparator.EQ, Fluent(minds=()) as fluent, EntityTerm()) if asked.minds:
            fact, say = case.fact(fluent), case.words
            value = case.value(fact, moment, asked.minds)
            if value is not None:
                return say.clause(say.holding(asked.minds, say.fact(fact, value)))
            if not case.may_be(fact, moment, asked.minds)[1:]:
                return say.clause(say.holding(asked.minds, say.asked_for(fact), "[do not] know"))
    return None


def _may_be(case: Case, core: Expression, moment: int) -> Wording | None:
    """What else a fact may be, in whose view it may be this."""
    for chain, fact in case.read(core, moment, every=True):
        values = case.held.may_be(chain, fact, moment)
        if values[1:]:
            return case.words.may_be(fact, values)
    return None


def _is_open(core: Expression) -> bool:
    return believed(core) is None and known(core) is None


def point_of(case: Case, asked: Asked, moment: int, verdict: bool | None) -> Point:
    minds = asked.minds
    value = case.evaluation.value(asked.core, moment, case.chain(minds))
    truth = case.evaluation.value(asked.core, moment, case.chain(())) if asked.knows else None
    rests = behind(case, asked.core, minds, moment)
    if asked.knows and not verdict and not minds[1:] and truth is not value:
        mine = {(one.event, one.who) for one in rests}
        more = behind(case, asked.core, (), moment)
        rests = (*(e for e in more if (e.event, e.who) not in mine), *rests)
    return Point(
        "",
        formal(asked.core),
        minds,
        value,
        truth,
        tuple(case.stretch(span) for span in spans_of_asked(case, asked)),
        tuple(sorted(rests, key=lambda one: one.event)),
    )


def since(case: Case, span: Span, asked: Asked) -> str:
    """``since act 6, when Tara opened the door``; ``from the beginning``."""
    if not span.start:
        return "from the beginning"
    at = _at(case, span.start, asked)
    return f"since {at.removeprefix(_WHEN)}" if at else "for some time now"


def between(case: Case, span: Span, asked: Asked) -> str:
    """``from act 6, when Tara opened the door, until act 7, when ...``."""
    at = _at(case, span.start, asked)
    start = f"from {at or 'some time'}" if span.start else "from the beginning"
    return start if span.end is None else f"{start}, {_until(case, span, asked)}"


def _until(case: Case, span: Span, asked: Asked) -> str:
    assert span.end is not None
    return f"until {_at(case, span.end, asked) or 'some time'}"


_WHEN = "the moment when "
"""What marks a time in one's own view, in which nobody counts."""


def _at(case: Case, moment: int, asked: Asked) -> str:
    """By which act something came about; nothing where that is not known."""
    time = case.time(moment)
    chains = [asked.minds, ()] if asked.knows else [asked.minds]
    found = [
        one
        for minds in chains
        for one in behind(case, asked.core, minds, moment)
        if one.act == time
    ]
    event = case.chronicle.events[found[-1].event if found else moment - 1]
    event = case.root_of(event)
    place = case.place(event)
    if not event.name:
        return place
    done = case.words.act(event)
    return f"{place}, when {done}" if place else _WHEN + done


def who(case: Case, query: Query, question: str) -> Answer:
    """Who holds something, or knows it."""
    assert query.claim is not None
    moment, say = case.moment(query.when), case.words
    core = query.claim
    points: list[Point] = []
    holders: list[str] = []
    others: list[str] = []
    for name in case.characters:
        asked = Asked((name,), query.knows, core)
        held = _verdict(case, asked, moment)
        (holders if held else others).append(name)
        if held:
            point = point_of(case, asked, moment, held)
            span = next((s for s in spans_of_asked(case, asked) if moment in s), None)
            told = "" if span is None else f", {since(case, span, asked)}"
            points.append(
                Point(f"{say.name(name)}{told}", *(getattr(point, f) for f in _AFTER_WORDS))
            )
    clause = say.clause(say.proposition(core))
    verb = say.does(holders or ("",), "know" if query.knows else "think")
    if not holders:
        words = f"Nobody {verb} that {clause}."
        if query.knows and case.evaluation.value(core, moment, case.chain(())) is not True:
            words = f"Nobody: it {say.does(('it',), 'be')} not so that {clause}."
    else:
        rest = f", {say.names(others)} {say.does(others, 'do')} not" if others else ""
        words = f"{capital(say.names(holders))} {verb} that {clause}{rest}."
    return Answer(question, query.text, "who", None, words, tuple(points))


_AFTER_WORDS = ("fact", "minds", "value", "truth", "stretches", "evidence")


def since_when(case: Case, query: Query, question: str) -> Answer:
    """Since when something is so, through which events, and from whom."""
    assert query.claim is not None
    asked, moment = Asked.of(query.claim), case.moment(query.when)
    spans = [span for span in spans_of_asked(case, asked) if span.start <= moment]
    holding = case.words.proposition(query.claim)
    clause = case.words.clause(holding)
    if not spans:
        verdict = _verdict(case, asked, moment)
        words = f"Never: {sentence(case, asked, moment, verdict)}."
        return Answer(
            question, query.text, "since", False, words, (point_of(case, asked, moment, verdict),)
        )
    last = spans[-1]
    at = last.start if moment not in last else moment
    point = point_of(case, asked, at, True)
    told = since(case, last, asked) if moment in last else between(case, last, asked)
    if len(spans) > 1:
        told += f"; before that, {between(case, spans[-2], asked)}"
    words = f"{capital(told)}: {clause}."
    return Answer(question, query.text, "since", None, words, (point,))


def called(case: Case, about: str) -> str:
    return case.words.whom(about) if about in case.setting_names else f"the {about}"


def fact_form(case: Case, fact: Fact) -> str:
    """A fact as the formal language has it."""
    return (
        f'"{fact.arguments[0]}"'
        if not fact.property
        else call_text((fact.property, fact.arguments))
    )


def is_about(case: Case, about: str | None, fact: Fact, value: Value) -> bool:
    """Whether a fact concerns somebody or something: it has it in it, or its words have."""
    if about is None:
        return True
    if about in fact.arguments or about == value:
        return True
    return case.is_ledger and about.casefold() in str(fact.arguments[0]).casefold()


def is_heart(fact: Fact) -> bool:
    return bool(set(spelt(fact.property)) & IN_THE_HEART)
