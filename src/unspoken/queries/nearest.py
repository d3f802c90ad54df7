"""Questions that a story can be asked: the best of them, and the nearest to one that it cannot.

Receives what questions a case; hands on questions in English, each of which is understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from unspoken.chronicle.events import Fact, Value
from unspoken.queries.english import tidied
from unspoken.queries.holding import is_heart
from unspoken.queries.query import Query
from unspoken.queries.saying import APOSTROPHE
from unspoken.telling.lexicon import WHEREABOUTS

if TYPE_CHECKING:
    from unspoken.queries.questioning import Questioning

NEAREST = 5
"""How many questions are offered in place of one that is not understood."""
BEST = 17
"""How many questions a story's page has."""


_CHANGED = f"what changed {{}}{APOSTROPHE}s mind about whether {{}}?"


def nearest(questioning: Questioning, question: str) -> tuple[str, ...]:
    """The questions that are most like it, each of another form."""
    names = questioning.clauses.names
    text = tidied(names.mark(question))
    named = set(names.named(text))
    words = set(re.findall(r"[a-z]+", text))
    first = text.split(" ")[:2]

    def likeness(one: str) -> tuple[float, ...]:
        other = tidied(names.mark(one))
        has = set(re.findall(r"[a-z]+", other))
        shared = len(words & has) / max(1, len(words | has))
        people = set(names.named(other))
        begins = sum(a == b for a, b in zip(first, other.split(" "), strict=False))
        return (begins + 3 * shared + len(named & people) - 0.5 * len(people - named),)

    known = [*possible(questioning, named)]
    ordered = sorted(known, key=lambda pair: (*(-x for x in likeness(pair[1])), pair[1]))
    chosen: dict[str, str] = {}
    for form, one in ordered:
        if form not in chosen and questioning.query(one) is not None:
            chosen[form] = one
        if len(chosen) == NEAREST:
            break
    return tuple(chosen.values())


def best(questioning: Questioning, most: int = BEST) -> tuple[str, ...]:
    """The questions whose answers tell most of a story."""
    asked = dict.fromkeys(_best(questioning))
    return tuple(one for one in asked if questioning.query(one) is not None)[:most]


def _best(questioning: Questioning) -> Iterator[str]:
    case, moment = questioning.case, len(questioning.case.chronicle.events)
    say, people = case.asked_words, case.characters
    told = [pair for pair in _telling(questioning) if say.has_words(*pair)]
    for place, (fact, value) in enumerate(told[:2]):
        is_so = case.value(fact, moment) == value
        know, learn = ("know", "learn") if is_so else ("think", "come to think")
        if not place:
            yield f"who {know}s that {say.clause(say.fact(fact, value))}?"
        others = [one for one in people if not (is_heart(fact) and one in fact.arguments[:1])]
        learned = [one for one in others if case.held.all_changes(case.chain((one,)), fact)]
        for name in [one for one in others if case.value(fact, moment, (one,)) != value][:1]:
            yield f"does {_held(questioning, name, fact, value, know)}?"
        for name in [one for one in learned if case.value(fact, moment, (one,)) == value][:1]:
            yield f"when did {_held(questioning, name, fact, value, learn)}?"
            if not place:
                inner = _held(questioning, name, fact, value, know).partition(" that ")[2]
                yield _CHANGED.format(say.name(name), inner)
    yield "who is wrong?"
    changes = {
        name: sum(len(case.held.all_changes(case.chain((name,)), fact)) for fact in case.facts)
        for name in people
    }
    central = sorted(people, key=lambda name: (-changes[name], people.index(name)))
    if central[1:]:
        one, other = (say.name(name) for name in central[:2])
        yield f"what does {other} think {one} thinks?"
        yield f"what do {one} and {other} both know?"
    if not case.root:
        yield from _of_hearts(questioning, central)
    reasons = [
        act
        for act in case.acts
        if act.who and (act.decision or any(i.then for i in act.intentions))
    ]
    for act in reasons[:1] + reasons[-1:]:
        who = act.who or ""
        yield f"why did {say.name(who)} {say.to_do((act.name, act.arguments), who)}?"
    if any(event.kind == "unsaid" for event in case.chronicle.events):
        yield "what was left unsaid?"
    if "unseen" in questioning.answering:
        yield from _missed(questioning)
    if "now" in questioning.answering and case.chronicle.is_run:
        yield f"what would {say.name(central[0])} do now?"


def _of_hearts(questioning: Questioning, central: list[str]) -> Iterator[str]:
    """What the central characters want, and what one of them keeps from others."""
    say = questioning.case.asked_words
    if "wants" in questioning.answering:
        yield f"what does {say.name(central[0])} want?"
    for name in central:
        if questioning.answer(Query("hides", (name,))).points:
            yield f"what is {say.name(name)} hiding?"
            return


def _held(questioning: Questioning, name: str, fact: Fact, value: Value, verb: str) -> str:
    """``Tara know that Willow loves her``."""
    say = questioning.case.asked_words
    said = say.clause(say.holding((name,), say.fact(fact, value), "[know] that"))
    return said.replace(" knows that ", f" {verb} that ", 1)


def _missed(questioning: Questioning) -> Iterator[str]:
    """What if somebody had not seen the act that changed most in them, of what others did."""
    case, say = questioning.case, questioning.case.asked_words
    counts: dict[tuple[int, str], int] = {}
    for event in case.chronicle.events:
        if event.kind in ("believe", "surprise") and event.who is not None:
            act = case.root_of(event)
            is_heart_of = event.fact is not None and is_heart(event.fact)
            if act.is_act and event.who in act.percepts and event.who not in act.participants:
                key = (act.number, event.who)
                counts[key] = counts.get(key, 0) + 1 + 3 * is_heart_of
    if counts and not case.chronicle.is_run:
        number, who = min(counts, key=lambda key: (-counts[key], key))
        yield f"what if {say.name(who)} had not seen that {say.act(case.chronicle.events[number])}?"


def possible(questioning: Questioning, named: set[str]) -> Iterator[tuple[str, str]]:
    """Questions with the name of their form; about those who are named first."""
    case = questioning.case
    say, people = case.asked_words, case.characters
    spoken = {name: say.name(name) for name in people}
    order = sorted(people, key=lambda name: (name not in named, people.index(name)))
    if not case.root and len(people) > 1:
        yield "wrong", "who is wrong?"
    facts = _telling(questioning)
    if named:
        facts.sort(key=lambda pair: -len(named & {*pair[0].arguments, pair[1]}))
    for fact, value in facts[:8]:
        wording = say.fact(fact, value)
        clause = say.clause(wording)
        if "`" in clause:
            continue
        yield "who", f"who knows that {clause}?"
        for name in order:
            if name in fact.arguments[:1] and is_heart(fact):
                continue
            for form, verb, ask in (
                ("knows", "[know] that", "does {} know that {}?"),
                ("learned", "[know] that", "when did {} learn that {}?"),
                ("thinks", "[think] that", "does {} think that {}?"),
                ("told", "[know] that", "how did {} learn that {}?"),
                (
                    "changed-about",
                    "[know] that",
                    f"what changed {{}}{APOSTROPHE}s mind about whether {{}}?",
                ),
            ):
                said = say.clause(say.holding((name,), wording, verb))
                inner = said.partition(" that ")[2]
                yield form, ask.format(spoken[name], inner)
    for name in order:
        yield "is-wrong", f"what is {spoken[name]} wrong about?"
        yield "thinks-what", f"what does {spoken[name]} think?"
        yield "perceived", f"what did {spoken[name]} see?"
        yield "did", f"what did {spoken[name]} do?"
        yield "unknown", f"what does {spoken[name]} not know?"
        if not case.is_ledger:
            yield "where", f"where is {spoken[name]}?"
        yield "changed", f"what changed {spoken[name]}{APOSTROPHE}s mind?"
        for other in order:
            if other != name:
                yield "thinks2", f"what does {spoken[name]} think {spoken[other]} thinks?"
                yield "about", f"what does {spoken[name]} think about {spoken[other]}?"
                yield "common", f"what do {spoken[name]} and {spoken[other]} both know?"
                if not case.is_ledger:
                    yield "feels", f"how does {spoken[name]} feel about {spoken[other]}?"
    for event in case.acts:
        if (
            event.who is None
            or case.is_ledger
            or (event.kind == "think" and event.who in case.root)
        ):
            continue
        call = (event.name, event.arguments)
        if event.intentions or event.decision:
            yield "why", f"why did {spoken[event.who]} {say.to_do(call, event.who)}?"
        for name in order:
            if name in event.percepts and name != event.who and "unseen" in questioning.answering:
                yield "unseen", f"what if {spoken[name]} had not seen that {say.act(event)}?"
    if any(event.kind == "unsaid" for event in case.chronicle.events):
        yield "unsaid", "what was left unsaid?"
    for name in order:
        if "now" in questioning.answering:
            yield "now", f"what would {spoken[name]} do now?"
        if "why not" in questioning.answering:
            for event in case.acts:
                if event.who == name:
                    call = (event.name, event.arguments)
                    yield "why not", f"why does {spoken[name]} not {say.to_do(call, name)}?"


def _telling(questioning: Questioning) -> list[tuple[Fact, Value]]:
    """What is most worth asking about: what minds came to differ on, changed their mind about, and
    hearts first."""
    case = questioning.case
    moment = len(case.chronicle.events)
    ranked = []
    for place, fact in enumerate(case.facts):
        if len(set(fact.arguments)) < len(fact.arguments):
            continue
        truth = case.value(fact, moment)
        held = [case.value(fact, moment, (name,)) for name in case.characters]
        changes = sum(
            len(case.held.all_changes(case.chain((name,)), fact)) for name in case.characters
        )
        differ = len({repr(value) for value in (truth, *held)}) - 1
        if truth is None or (truth is False and not changes) or (not changes and not differ):
            continue
        value = True if isinstance(truth, bool) else truth
        is_somewhere = fact.property.lower() in WHEREABOUTS
        is_worded = case.asked_words.has_words(fact, value)
        score = 4 * is_heart(fact) + min(changes, 4) + 3 * bool(differ) - 5 * is_somewhere
        score += 2 * is_worded + 2 * (len({*fact.arguments} & {*case.characters}) > 1)
        ranked.append((-score, place, fact, value))
    return [(fact, value) for _, _, fact, value in sorted(ranked, key=lambda one: one[:2])]
