"""Answers about what was done, felt, perceived and left undone, and why.

Receives a case and a query; hands on answers. How a decision is put into words is given by whoever
knows of decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from unspoken.chronicle.events import Decision, Event, Value
from unspoken.chronicle.words import degree, feeling_text
from unspoken.language import parse_condition
from unspoken.model import Variable
from unspoken.queries.answer import Answer, Evidence, Point
from unspoken.queries.case import Case
from unspoken.queries.evidence import evidence
from unspoken.queries.holding import is_heart
from unspoken.queries.query import Call, Query, call_text
from unspoken.queries.saying import capital

Explain = Callable[[str, Decision], str]
"""A decision of somebody's in lines."""
Gained = Callable[[Case, Event, str], tuple[tuple[str, ...], tuple[str, ...]]]
"""What somebody expects to gain by what is done, and what to put an end to, as conditions."""

_SEEN = {
    "did": "did it",
    "saw": "saw it",
    "told": "was told",
    "noticed": "noticed it",
    "inferred": "concluded it",
    "sensed": "sensed it",
    "thought": "thought it",
    "remembered": "remembered it",
}


def matching(case: Case, call: Call | None, *kinds: str) -> list[Event]:
    """The events of an act, of these kinds (none: that were done)."""
    wanted = kinds or ("act", "say", "think", "happen")
    return [
        event
        for event in case.chronicle.events
        if event.kind in wanted and event.name and is_such(event, call)
    ]


def is_such(event: Event, call: Call | None) -> bool:
    """Whether an event is an act; None in it: with whoever and whatever it was done."""
    if call is None or event.name != call[0] or len(event.arguments) != len(call[1]):
        return False
    pairs = zip(event.arguments, call[1], strict=True)
    return all(wanted is None or own == wanted for own, wanted in pairs)


def perceived(case: Case, query: Query, question: str) -> Answer:
    """What somebody perceived; or whether they perceived an act."""
    if query.act is not None:
        return (_perceived_act if query.minds else _who_perceived)(case, query, question)
    name, say = query.minds[0], case.words
    until = case.moment(query.when)
    points = [
        Point(
            f"{placed(case, event)}{capital(say.act(event))}{_fragment(event, name)}",
            call_text((event.name, event.arguments)),
            (name,),
            None,
            None,
            (),
            (evidence(case, event, name, event.percepts[name].how),),
        )
        for event in case.chronicle.events[:until]
        if name in event.percepts and is_outer(case, event) and event.who != name
    ]
    words = (
        f"{say.name(name)} perceived {len(points)} thing{'' if len(points) == 1 else 's'}"
        " that others did or that happened."
        if points
        else f"{say.name(name)} perceived nothing of it."
    )
    return Answer(question, query.text, "perceived", None, words, tuple(points))


def placed(case: Case, event: Event) -> str:
    place = case.place(event)
    return f"{place}: " if place else ""


def _fragment(event: Event, name: str) -> str:
    percept = event.percepts[name]
    return f" ({_SEEN[percept.how]}{'' if percept.whole else ', in part'})"


def is_outer(case: Case, event: Event) -> bool:
    """Whether it is something that one perceives, and that can be told: of laws at work, those that
    betray somebody, or are called after what happens."""
    if not event.name or "." in event.name:
        return False
    if event.kind == "happen":
        betrays = case.setting.betrays(event.name, event.arguments) is not None
        return case.is_ledger or betrays or not event.arguments
    return event.kind in ("act", "say", "think", "refuse", "fail")


def _perceived_act(case: Case, query: Query, question: str) -> Answer:
    assert query.act is not None
    name, say, until = query.minds[0], case.words, case.moment(query.when)
    call, ever = call_text(query.act), matching(case, query.act)
    events = [event for event in ever if event.number < until]
    seen = [event for event in events if name in event.percepts]
    done = say.clause(say.deed(ever[0]), "past") if ever else f"`{call}`"
    verdict = bool(seen)
    if not ever:
        words = never(case, "No", query.act)
    elif not events:
        place = case.place(ever[0])
        words = f"No: that came later, {place + ', when' if place else 'when'} {done}."
    elif seen:
        place = case.place(seen[0])
        how = _SEEN[seen[0].percepts[name].how]
        words = f"Yes: {say.name(name)} {how}, {place + ', when' if place else 'when'} {done}."
    else:
        words = f"No: {say.name(name)} did not perceive that {done}."
    point = Point(
        "",
        call,
        (name,),
        verdict,
        bool(events),
        (),
        tuple(evidence(case, e, name if e in seen else None) for e in events),
    )
    return Answer(question, query.text, "perceived", verdict, words, (point,))


def never(case: Case, no: str, call: Call) -> str:
    """That nobody did something; whoever is interviewed knows only of what they perceived."""
    if case.root:
        return f"{no or 'Never'}, as far as {case.words.knowing(case.root)}."
    return capital(f"{no}: it never happened".removeprefix(": ")) + f"{undone(case, call)}."


def undone(case: Case, call: Call) -> str:
    """`` that Willow opened the door``: what never happened, somebody for whoever it would be."""
    name, arguments = call
    schemas = [one for one in case.storyworld.actions if one.name == name]
    schema = next((one for one in schemas if len(one.parameters) == len(arguments)), None)
    if schema is None:
        return f": `{call_text(call)}`"
    left: list[Value] = []
    filled: list[Value] = []
    for one, parameter in zip(arguments, schema.parameters, strict=True):
        if one is None and isinstance(parameter, Variable):
            used = {*arguments, *left}
            domain = case.setting.domain(parameter)
            one = next((value for value in domain if value not in used), None)
            left.append(one)
        filled.append(one)
    whole = (name, tuple(filled))
    who = case.words.doer(whole, case.setting.agent(*whole))
    told = case.words.done(whole, who)
    slots = {role: thing for role, thing in told.binding.items() if f"{{{role}" in told.text}
    silent = {one for one in arguments if one is not None} - {*slots.values()}
    for one in left:
        told = case.words.somebody(told, str(one))
    if None in filled or silent:
        return f": `{call_text(call)}`"
    return f" that {case.words.clause(told, 'past')}"


def _who_perceived(case: Case, query: Query, question: str) -> Answer:
    """Who perceived an act."""
    say, until = case.words, case.moment(query.when)
    call = call_text(query.act or ("", ()))
    events = [event for event in matching(case, query.act) if event.number < until]
    points = [
        Point(
            f"{placed(case, event)}{say.name(name)}{_fragment(event, name)}",
            call,
            (name,),
            None,
            None,
            (),
            (evidence(case, event, name, event.percepts[name].how),),
        )
        for event in events
        for name in case.characters
        if name in event.percepts
    ]
    if not events:
        words = never(case, "Nobody", query.act or ("", ()))
    else:
        people = tuple(dict.fromkeys(point.minds[0] for point in points))
        who = say.names(people) if people else "Nobody"
        words = f"{who} perceived that {say.act(events[0])}."
    return Answer(question, query.text, "perceived", None, words, tuple(points))


def unsaid(case: Case, query: Query, question: str) -> Answer:
    """What was wished, and not done or said."""
    say, until = case.words, case.moment(query.when)
    found: dict[tuple[str, str], list[Event]] = {}
    for event in case.chronicle.events[:until]:
        if event.kind == "unsaid" and event.who and event.who in (query.minds or (event.who,)):
            key = (event.who, call_text((event.name, event.arguments)))
            found.setdefault(key, []).append(event)
    points = []
    for (name, call), events in found.items():
        last = max(events, key=lambda event: event.strength or 0.0)
        act = (last.name, last.arguments)
        said = f"{say.name(name)} wished to {say.to_do(act, name)}"
        often = "" if len(events) == 1 else f", {len(events)} times"
        held_back = case.setting.reason(last.because, name) if last.because else ""
        why = f"; what held it back: {held_back}" if held_back else ""
        instead = f"; instead: {_in_words(case, last.about, name)}" if last.about else ""
        points.append(
            Point(
                f"{said}{often}{why}{instead}",
                call,
                (name,),
                None,
                None,
                (),
                tuple(
                    Evidence(e.number, e.time, case.place(e), "so it was held back", name)
                    for e in events
                ),
            )
        )
    people = tuple(dict.fromkeys(point.minds[0] for point in points))
    things = f"{len(points)} thing{'' if len(points) == 1 else 's'}"
    whose = say.names(query.minds) if query.minds else "anybody"
    words = (
        f"{say.names(people)} left {things} undone or unsaid:"
        if points
        else f"Nothing that {whose} wished was left undone, as far as this story records it."
    )
    return Answer(question, query.text, "unsaid", None, words, tuple(points))


def _in_words(case: Case, act: str, who: str) -> str:
    """What an act written as a call comes to, as an infinitive."""
    name, opened, arguments = act.removesuffix(")").partition("(")
    call = (name, tuple(filter(None, arguments.split(", "))))
    is_known = opened and case.setting.schema(*call) is not None
    return f"to {case.words.to_do(call, who)}" if is_known else f"to {act}"


def feels(
    case: Case, query: Query, question: str, reworded: Callable[[Event], Event] | None = None
) -> Answer:
    """What somebody feels, or towards somebody. ``reworded``: a feeling with words for what it is
    about."""
    name, toward = query.minds[0], query.about
    say, until = case.words, case.moment(query.when)
    points = []
    for fact in case.facts:
        arguments = fact.arguments
        if not is_heart(fact) or arguments[:1] != (name,) or len(set(arguments)) < len(arguments):
            continue
        if toward is not None and toward not in arguments:
            continue
        value = case.value(fact, until, (name,))
        if not say.has_words(fact, value):
            continue  # how sure somebody is, and the like: no feeling
        told = capital(say.clause(say.fact(fact, value)))
        if value is True or (isinstance(value, float) and value):
            points.append(
                Point(
                    told,
                    call_text((fact.property, arguments)),
                    (name,),
                    value,
                )
            )
    last: dict[tuple[str, str | None], Event] = {}
    for event in case.chronicle.events[:until]:
        if event.kind == "feel" and event.who == name and toward in (None, event.toward):
            last[event.name, event.toward] = event
    for felt in sorted(last.values(), key=lambda e: e.number):
        event = felt if reworded is None else reworded(felt)
        told = feeling_text(event.name, event.toward and say.whom(event.toward))
        dread = "the dread " if event.about.startswith("the dread ") else ""
        reason = case.setting.reason(event.about.removeprefix("the dread "), name)
        about = f", about {dread}{reason}" if event.about else ""
        strength = degree(event.strength or 0.0)
        why = [
            case.chronicle.events[n] for n in event.causes if 0 <= n < len(case.chronicle.events)
        ]
        points.append(
            Point(
                f"{placed(case, event)}{told}, {strength}{about}",
                event.name,
                (name,),
                event.strength,
                None,
                (),
                tuple(evidence(case, case.root_of(one)) for one in why[:1]),
            )
        )
    to = f" towards {say.whom(toward)}" if toward else ""
    feels = f"{say.name(name)} {say.does((name,), 'feel')}"
    words = (
        f"What {feels}{to}, as far as it is told:"
        if points
        else f"The story does not say that {feels} anything{to}."
    )
    return Answer(question, query.text, "feels", None, words, tuple(points))


def why(
    case: Case,
    query: Query,
    question: str,
    explain: Explain | None = None,
    gained: Gained | None = None,
) -> Answer:
    """Why an act was done: what each of those who took part meant by it, or how it was decided."""
    say = case.words
    events = matching(case, query.act, "act", "say", "think")
    events = events or matching(case, query.act, "refuse", "fail", "unsaid")
    points: list[Point] = []
    sentences: list[str] = []
    for event in events:
        for text, point in _reasons(case, event, explain, gained):
            sentences.append(text)
            points.append(point)
    if not events:
        words = never(case, "", query.act or ("", ()))
    elif not sentences:
        event = events[0]
        done = say.act(event)
        cause = [case.chronicle.events[n] for n in event.causes if n >= 0]
        cause = [one for one in cause if case.root_of(one).name]
        if cause:
            words = f"{capital(done)}; that came of this: {say.act(case.root_of(cause[0]))}."
        elif event.who is None or not event.participants:
            words = f"Nobody decided on it: {done}."
        else:
            words = f"The story does not say why {done}."
        points = [
            Point(
                "", call_text(query.act or ("", ())), (), None, None, (), (evidence(case, event),)
            )
        ]
    else:
        words = " ".join(dict.fromkeys(sentences))
    return Answer(question, query.text, "why", None, words, tuple(points))


def _reasons(
    case: Case, event: Event, explain: Explain | None, gained: Gained | None
) -> Iterator[tuple[str, Point]]:
    say, call = case.words, call_text((event.name, event.arguments))
    rests = (evidence(case, event),)
    done = capital(say.act(event))
    if event.decision is not None and event.who is not None and explain is not None:
        lines = explain(event.who, event.decision).splitlines()
        text = "\n  ".join(line.strip() for line in lines[1:])
        yield f"{done}.", Point(text, call, (event.who,), None, None, (), rests)
        return
    for meant in event.intentions:
        name = meant.character
        gains, ended = gained(case, event, name) if gained is not None else ((), ())
        so_that = ", and".join(
            f" {word} {_and([_condition(case, text) for text in texts])}"
            for word, texts in (("so that", gains), ("because", ended))
            if texts
        )
        then = [_foreseen(case, one, name) for one in meant.then]
        if not then:
            words = (
                f"{done}: {say.name(name)} did it{so_that or ', for what it was worth in itself'}."
            )
        else:
            words = f"{done}: {say.name(name)} did it{so_that}, and expected that {_and(then)}."
        acts = "; ".join(map(call_text, meant.then))
        worth = f"worth {meant.before:g} before, {meant.after:g} after"
        yield (
            words,
            Point(
                f"to {say.whom(name)}: {worth}{'; to follow: ' + acts if acts else ''}",
                call,
                (name,),
                meant.after,
                meant.before,
                (),
                rests,
            ),
        )


def _condition(case: Case, text: str) -> str:
    claim, _ = parse_condition(text, case.storyworld)
    return (
        f"`{text}`" if claim is None else case.words.clause(case.words.proposition(claim), "past")
    )


def _foreseen(case: Case, call: Call, name: str) -> str:
    """An act that somebody expected to follow."""
    who = case.setting.agent(*call)
    return case.words.would(call, who) if who is not None else f"`{call_text(call)}` would follow"


def _and(parts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
