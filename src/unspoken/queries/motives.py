"""Questions about what moves people: what they felt, wanted and did not do, meant by an act; and
whose a thought was.

Receives a page, hands on drafts. A wrong purpose is an act that this person never did, meant, or
wished for; a wrong feeling one that did not stir in that moment, and that is not like the right
one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from unspoken.chronicle.events import Event
from unspoken.chronicle.words import call_of, value_text
from unspoken.model import Action, EntityTerm, Variable, VariableTerm
from unspoken.queries.question import Asking, Draft, distinct
from unspoken.queries.words import Call
from unspoken.telling import Sentence
from unspoken.telling.feelings import NOUNS
from unspoken.telling.plan import THOUGHT

_GOOD = {
    "joy": ("joy", "satisfaction", "gratification", "relief", "happy_for", "pride"),
    "gratitude": ("gratitude", "admiration", "love"),
    "hope": ("hope",),
}
_BAD = {
    "fear": ("fear", "dread", "fears_confirmed"),
    "shame": ("shame", "embarrassment"),
    "guilt": ("guilt", "remorse"),
    "disappointment": ("distress", "disappointment", "pity"),
    "anger": ("reproach", "anger", "resentment", "jealousy", "gloating"),
}
"""Feelings that a reader cannot be asked to tell apart by a line each, under one that is offered
for all of them where they are wrong."""
_FAR = {
    **dict.fromkeys(("joy", "gratitude"), "hope"),
    **dict.fromkeys(("fear", "shame", "disappointment"), "anger"),
    **dict.fromkeys(("guilt", "anger"), "fear"),
    "hope": "joy",
}
"""What is no nearer to each than that it is good, or bad, as well."""

_A_LINE = 4
"""How many words a thought has at least that can be told by itself."""
_MOST_ACTS = 200
"""How many acts of a kind are looked at for wrong purposes."""


def felt(asking: Asking) -> Iterator[Draft]:
    """Which emotion stirred in somebody in whose eyes it is told."""
    for place, sentence in asking.page.sentences.items():
        for number in sentence.events:
            event = asking.page.chronicle.events[number]
            when = asking.when(event.time)
            if event.kind != "feel" or when is None or event.who != sentence.mind:
                continue
            if event.who is None or f" {event.name}." not in sentence.frame:
                continue
            there = {
                e.name
                for e in asking.page.chronicle.events
                if e.kind == "feel" and e.who == event.who and abs(e.time - event.time) <= 1
            }
            wrong = [one for one, alike in _unlike(event.name) if not there & {*alike}]
            who = asking.words.names([event.who])
            yield Draft(
                "felt",
                (event.who,),
                f"{when}, what did {who} feel?",
                _called(event.name),
                tuple(map(_called, wrong)),
                (number,),
                (place,),
            )


def _unlike(feeling: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The one that is far, though as good or as bad; then those that are the contrary."""
    for own, contrary in ((_GOOD, _BAD), (_BAD, _GOOD)):
        for name, alike in own.items():
            if feeling in alike:
                yield _FAR[name], own[_FAR[name]]
                yield from contrary.items()


def wanted(asking: Asking) -> Iterator[Draft]:
    """What somebody would have done, and did not."""
    for place, sentence in asking.page.sentences.items():
        for number in sentence.events:
            event = asking.page.chronicle.events[number]
            who, when = event.who, asking.when(event.time)
            if event.kind != "unsaid" or when is None or who is None or who != sentence.mind:
                continue
            call = (event.name, event.arguments)
            right = asking.words.to_do(call, who)
            if right is None:
                continue
            wished = {
                (e.name, e.arguments)
                for e in asking.page.chronicle.events
                if e.kind == "unsaid" and e.who == who
            }
            before = [
                (e.name, e.arguments)
                for e in asking.page.acts
                if e.who == who and e.time < event.time
            ]
            done = (c for c in reversed(before) if c not in wished)
            others = (*_never(asking, who, call), *done)
            yield Draft(
                "wanted",
                (who,),
                f"{when}, what would {asking.words.names([who])} have liked to do, and did not?",
                right,
                tuple(distinct((asking.words.to_do(c, who) for c in others), right)),
                (number,),
                (place,),
            )


def why(asking: Asking) -> Iterator[Draft]:
    """What an act was meant to lead to, where that is told too."""
    for act in asking.page.acts:
        who, done, read = act.who, asking.done(act), asking.read(act)
        if who is None or (done is None and read is None):
            continue
        purpose = _purpose(act, who)
        place = None if purpose is None else _told_as(asking, act, purpose)
        if purpose is None or place is None:
            continue
        if _is_plain(asking, act, purpose):
            continue
        if asking.page.is_of_one and who not in asking.page.heads:
            continue
        right = _in_order(asking, purpose, who)
        if right is None:
            continue
        wrong = (_in_order(asking, call, who) for call in _never(asking, who, purpose))
        places = (asking.page.told[act.number], place)
        here = f"here: “{read}”" if done is None else f"when {done}"
        yield Draft(
            "why",
            (who,),
            f"What did {asking.words.names([who])} have in mind {here}?",
            right,
            tuple(distinct(wrong, right)),
            (act.number,),
            places,
        )


def thinker(asking: Asking) -> Iterator[Draft]:
    """Whose a thought was that stands on the page without its owner's name."""
    owners: dict[str, set[str]] = {}
    for sentence in asking.page.sentences.values():
        if _is_thought(sentence) and sentence.thinker is not None:
            owners.setdefault(sentence.text, set()).add(sentence.thinker)
    everybody = sorted({who for some in owners.values() for who in some})
    for place, sentence in asking.page.sentences.items():
        who = sentence.thinker
        if who is None or owners.get(sentence.text) != {who} or len(everybody) < 2:
            continue
        if len(sentence.text.split()) < _A_LINE:
            continue
        if any(span.entity == who and not span.pronoun for span in sentence.spans):
            continue
        others = [one for one in asking.page.chronicle.characters if one != who]
        others = [one for one in others if asking.page.names(one)]
        yield Draft(
            "thinker",
            (who,),
            f"Whose thought was this: “{sentence.text}”?",
            asking.words.names([who]),
            tuple(asking.words.names([one]) for one in others),
            sentence.events,
            (place,),
        )


def _is_thought(sentence: Sentence) -> bool:
    return sentence.form in THOUGHT


def _called(feeling: str) -> str:
    return NOUNS.get(feeling, feeling)


def _purpose(act: Event, who: str) -> Call | None:
    """The last act that somebody meant to follow, the last of its own if there is one."""
    then: list[Call] = [call for one in act.intentions if one.character == who for call in one.then]
    return then[-1] if then else None


def _is_plain(asking: Asking, act: Event, purpose: Call) -> bool:
    """Whether an act says itself what it is for: whoever asks somebody in means them to come."""
    next_to = {one.character: one.then[:1] for one in act.intentions}
    theirs = asking.words.setting.agent(*purpose) != act.who
    return theirs and next_to.get(act.who or "") == (purpose,)


def _told_as(asking: Asking, act: Event, purpose: Call) -> tuple[int, int] | None:
    """Where a purpose can be read: it came about, or it is thought of beside the act."""
    page = asking.page
    for event in page.chronicle.events[act.number :]:
        done = event.is_act and (event.name, event.arguments) == purpose
        if done and event.number in page.told:
            return page.told[event.number]
    paragraph, _ = page.told[act.number]
    for place, sentence in page.sentences.items():
        mentions = {span.entity for span in sentence.spans}
        others = {one for one in purpose[1] if isinstance(one, str)} - {act.who}
        if place[0] == paragraph and _is_thought(sentence) and others & mentions:
            return place
    return None


def _in_order(asking: Asking, call: Call, who: str) -> str | None:
    """``to open the door``; ``that Mabel would read the letter``."""
    doer = asking.words.setting.agent(*call) or who
    said = asking.words.to_do(call, who) if doer == who else asking.words.would(call, doer)
    return None if said is None else f"{'to' if doer == who else 'that'} {said}"


def _never(asking: Asking, who: str, right: Call) -> Iterator[Call]:
    """Acts that somebody could be thought to have in mind, and never did, meant or wished for:
    first what is about as many of the same people and things. Where the right one is to be done by
    another, others might do it too."""
    ruled_out: set[str] = set()
    done = {asking.words.would(right, asking.words.setting.agent(*right) or who)}
    for event in asking.page.chronicle.events:
        if event.who == who or who in event.participants:
            ruled_out.add(call_of(event))
            if event.is_act:
                done.add(asking.words.would((event.name, event.arguments), who))
        for intention in event.intentions:
            if intention.character == who:
                ruled_out.update(map(_text, intention.then))
        if event.decision is not None and event.who == who:
            weighed = (event.decision.chosen, event.decision.runner_up, event.decision.wished)
            for option in filter(None, weighed):
                ruled_out.add(option.act)
                ruled_out.update(act for motive in option.pulls for act in motive.then)
    doer = asking.words.setting.agent(*right) or who
    others = [one for one in asking.page.chronicle.characters if asking.page.names(one)]
    acts = [
        call
        for one in ([who] if doer == who else [who, *others])
        for action in asking.words.setting.world.actions
        if action.consenting and (one == who or action.name == right[0])
        for call in _of(asking, action, one, right)
        if _text(call) not in ruled_out
        if (said := asking.words.would(call, one)) is not None
        if not any(text in said for text in done if text is not None)
    ]
    shared = {one for one in right[1] if isinstance(one, str)}
    yield from sorted(acts, key=lambda c: (-len(shared & {*c[1]}), c[0] != right[0], _text(c)))


def _text(call: Call) -> str:
    return f"{call[0]}({', '.join(map(value_text, call[1]))})"


def _of(asking: Asking, action: Action, who: str, right: Call) -> Iterator[Call]:
    """An action by somebody, towards what the page or the right one names."""
    setting = asking.words.setting
    first = action.consenting[0]
    ranges = []
    for parameter in action.parameters:
        own = isinstance(parameter, Variable) and isinstance(first, VariableTerm)
        if own and parameter.name == first.name:  # type: ignore[union-attr]
            values = [who] if who in setting.domain(parameter) else []  # type: ignore[arg-type]
        elif isinstance(parameter, Variable):
            values = [
                str(one)
                for one in setting.domain(parameter)
                if one != who and (one in right[1] or asking.page.names(str(one)))
            ]
        elif isinstance(parameter, EntityTerm):
            values = [parameter.name]
        else:
            values = []
        ranges.append(values[:5])
    for place, arguments in enumerate(product(*ranges)):
        if place >= _MOST_ACTS:
            return
        if len(set(arguments)) == len(arguments) and setting.agent(action.name, arguments) == who:
            yield action.name, arguments
