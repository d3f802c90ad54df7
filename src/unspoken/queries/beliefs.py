"""Questions about what minds hold: of the world, of hearts, of each other; rightly or not.

Receives a page, hands on drafts. An option is wrong only where the mind in question held otherwise,
or nothing, all the while that is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from msgspec.structs import replace

from unspoken.chronicle.events import Chain, EventNumber, Fact, Value
from unspoken.model import Variable
from unspoken.queries.carried import Carried
from unspoken.queries.question import Asking, Draft, distinct
from unspoken.telling.lexicon import WHEREABOUTS

_STEMS = {
    1: "{when}, which of these did {0} believe?",
    2: "{when}, which of these did {0} think that {1} believed?",
    3: "{when}, which of these did {0} think that {1} thought that {2} believed?",
}
_OWN_HEART = "{when}, which of these was true of {0}?"


def believed(asking: Asking) -> Iterator[Draft]:
    """What a mind held that the page carries."""
    for one in asking.page.carried:
        when, right = asking.when(one.time), asking.words.fact(one.fact, one.value)
        stem = _STEMS.get(len(one.minds))
        if when is None or right is None or stem is None:
            continue
        of_self = len(one.minds) == 1 and one.fact.arguments[:1] == one.minds
        wrong = _others(asking, one, right)
        if of_self and asking.page.is_heart(one.fact):
            stem, wrong = _OWN_HEART, _other_feelings(asking, one, right)
        names = [asking.words.names([mind]) for mind in one.minds]
        yield Draft(
            "believed",
            one.minds,
            stem.format(*names, when=when),
            right,
            tuple(wrong),
            _events(asking, one),
            (one.place,),
        )


def mistaken(asking: Asking) -> Iterator[Draft]:
    """What was so although somebody held otherwise, where the page carries both."""
    truths = {(one.fact, one.value): one for one in asking.page.carried if len(one.minds) == 1}
    for one in asking.page.carried:
        if len(one.minds) != 1 or not isinstance(one.value, bool):
            continue
        so = {*asking.page.held.values((), one.fact, one.start, one.end)}
        truth = truths.get((one.fact, not one.value))
        when, right = asking.when(one.time), asking.words.fact(one.fact, not one.value)
        if so != {not one.value} or truth is None or when is None or right is None:
            continue
        who = asking.words.names(one.minds)
        stem = f"{when}, which of these was so, although {who} did not believe it?"
        in_truth = replace(one, minds=(), value=not one.value)
        wrong = tuple(_others(asking, in_truth, right))
        places = (one.place, truth.place)
        yield Draft("mistaken", one.minds, stem, right, wrong, _events(asking, one), places)


def knew(asking: Asking) -> Iterator[Draft]:
    """Who all held in the end what was so: everybody of whom the page carries it, or who is
    whose heart it is; nobody else did."""
    page = asking.page
    people = [name for name in page.chronicle.characters if page.names(name)]
    last = len(page.chronicle.events)
    by_fact: dict[tuple[Fact, Value], dict[str, Carried]] = {}
    for one in page.carried:
        if len(one.minds) == 1:
            by_fact.setdefault((one.fact, one.value), {})[one.minds[0]] = one
    for (fact, value), carried in by_fact.items():
        said = asking.words.fact(fact, value)
        if fact.property in WHEREABOUTS or said is None:
            continue  # where everybody is, is no secret
        if page.held.value((), fact, last) != value:
            continue
        knowing = [who for who in people if page.held.value((who,), fact, last) == value]
        shown = [who for who in knowing if who in carried or fact.arguments[:1] == (who,)]
        others = [one for one in knowing if fact.arguments[:1] != (one,)]
        if knowing != shown or not others or len(knowing) == len(page.chronicle.characters):
            continue
        sets = [list(some) for size in (1, 2, 3) for some in combinations(people, size)]
        near = sorted(sets, key=lambda some: len(set(some) ^ set(knowing)))
        yield Draft(
            "knew",
            (),
            f"By the end, who was aware that {said}?",
            _only(asking, knowing),
            tuple(_only(asking, some) for some in near if some != knowing),
            tuple(e for one in carried.values() for e in _events(asking, one)),
            tuple(one.place for one in carried.values()),
        )


def _only(asking: Asking, people: list[str]) -> str:
    return f"{asking.words.names(people)}, and nobody else"


def _events(asking: Asking, one: Carried) -> tuple[EventNumber, ...]:
    """The changes of mind that the answer stands on; none where it was so from the beginning."""
    changes = asking.page.chronicle.events[: one.start]
    found = [e.number for e in changes if e.fact == one.fact and e.minds == one.minds]
    return tuple(found[-1:])


def _others(asking: Asking, one: Carried, right: str) -> Iterator[str]:
    """What the same mind did not hold: the contrary, the like of others, what else the page speaks
    of. That a feeling is returned suggests itself: only where the page denies it."""
    facts = [(one.fact, value) for value in _values(asking, one.fact)]
    like = [(fact, value) for fact in _siblings(asking, one.fact) for value in (one.value, True)]
    told = [
        (each.fact, value)
        for each in asking.page.carried
        for value in (each.value, not each.value)
        if isinstance(each.value, bool)
    ]
    texts = (
        asking.words.fact(fact, value)
        for fact, value in (*facts, *like, *told)
        if _never(asking, one, one.minds, fact, value)
        if not _is_returned(fact, one.fact) or _is_denied(asking, one, fact, value)
    )
    yield from distinct(texts, right)


def _other_feelings(asking: Asking, one: Carried, right: str) -> Iterator[str]:
    """What was not so of one's own heart, nor thought so by its owner."""
    like = [each.fact for each in asking.page.carried if asking.page.is_heart(each.fact)]
    texts = (
        asking.words.fact(fact, value)
        for fact in (one.fact, *_siblings(asking, one.fact), *like)
        if fact.arguments[:1] == one.minds and len(set(fact.arguments)) == len(fact.arguments)
        if all(not isinstance(a, str) or asking.page.names(a) for a in fact.arguments)
        for value in (True, False)
        if _never(asking, one, one.minds, fact, value)
        if asking.page.is_of_one or _never(asking, one, (), fact, value)
    )
    yield from distinct(texts, right)


def _never(asking: Asking, one: Carried, minds: Chain, fact: Fact, value: Value) -> bool:
    """Whether a mind holds all the while something else, and knows that it does."""
    held = {*asking.page.held.values(minds, fact, one.start, one.end)}
    return value not in held and None not in held


def _values(asking: Asking, fact: Fact) -> list[Value]:
    """The values that a fact can have; of a number, none."""
    world = asking.words.setting.world
    ranges = [one.range for one in world.properties if one.name == fact.property]
    return [v for one in ranges[:1] for v in asking.words.setting.domain(Variable("", one))]


def _siblings(asking: Asking, fact: Fact) -> list[Fact]:
    """The same of others whom the page names, one thing changed, or the two changed about; nobody
    doubled."""
    page = asking.page
    found = []
    for other in page.chronicle.beginning[()]:
        if other.property != fact.property or other == fact:
            continue
        changed = sum(a != b for a, b in zip(other.arguments, fact.arguments, strict=False))
        returned = _is_returned(other, fact)
        named = all(not isinstance(a, str) or page.names(a) for a in other.arguments)
        apart = len(set(other.arguments)) == len(other.arguments)
        if named and apart and (returned or changed == 1):
            found.append((not returned, other))
    return [other for _, other in sorted(found, key=lambda pair: (pair[0], repr(pair[1])))]


def _is_returned(fact: Fact, other: Fact) -> bool:
    """Whether two facts are the same of two people, the other way round."""
    turned = fact.property == other.property and fact.arguments == other.arguments[::-1]
    return turned and fact != other


def _is_denied(asking: Asking, one: Carried, fact: Fact, value: Value) -> bool:
    """Whether the page lets one know that this mind, or the outermost, held otherwise."""
    return any(
        each.fact == fact and each.value != value and each.minds in (one.minds, one.minds[:1])
        for each in asking.page.carried
    )
