"""What a mind took to be possible, and what the sight of something has ruled out.

Receives the inner items of a moment and the view, hands on notions: where a mind was unsure among
several worlds, what might be so (*Ann might be guilty, or Ben, or Cy*), told before what first
narrows it, and what is left (*so Ann wasn't guilty, leaving only Ben and Cy*). Rests on
what each fact may be, one by one, and never says that one of several must be: which go together is
not in a view.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from unspoken.chronicle.events import Fact, Value
from unspoken.telling.conditions import Conditions
from unspoken.telling.plan import Notion
from unspoken.telling.setting import Setting, split_name
from unspoken.telling.view import Item, LocalId, View
from unspoken.telling.wording import Wording, belief_wording, negative

MOST = 4
"""More possibilities than this are not listed."""
OPENING, FOUND = 1.2, 1.5
"""What it is worth to tell what was possible, and what is left of it."""

_SLOT = re.compile(r"\{(\w+)('s)?\}")
_VERB = re.compile(r"^([^\[]*)\[(?!not )([^\]]+)\](.*)$")

Option = tuple[Fact, Value]
"""Something that may be so."""


class _Clause(Struct, frozen=True):
    """An option in words, cut at its verb, its slots its own."""

    head: str
    verb: str
    tail: str
    slot: str
    """Who or what tells it from the others: *{x1}*."""
    binding: tuple[tuple[str, str], ...]


def narrowed(
    items: Sequence[Item], view: View, setting: Setting, covered: frozenset[str]
) -> Iterator[tuple[frozenset[Fact], Notion]]:
    """The notions of what these items leave possible, each with the facts that it tells.
    ``covered``: properties that something else tells of."""
    mind = view.mind or ""
    own = [item for item in items if item.fact and item.minds == (mind,) and item.was_among]
    start, end = items[0].id, LocalId(items[-1].id + 1)
    for name in dict.fromkeys(item.fact.property for item in own if item.fact):
        if name in covered:
            continue
        for facts in _together([i.fact for i in own if i.fact and i.fact.property == name], view):
            sources = tuple(item.id for item in own if item.fact in facts)
            before = _options(facts, view, start)
            left = [one for one in before if one[1] in view.may_be((mind,), one[0], end)]
            found = _left(before, left, view, end, setting)
            if found is None:
                continue
            if not any(i.was_among and i.fact in facts for i in view.items[:start]):
                opening = _opening(before, setting)
                if opening is not None:
                    yield frozenset(), _notion(opening, (), start, OPENING)
            yield frozenset(facts), _notion(found, sources, end, FOUND)


def _notion(wording: Wording, items: tuple[LocalId, ...], at: LocalId, stake: float) -> Notion:
    return Notion(items, at, wording.binding, stake, True, wording=wording, fresh=bool(items))


def _together(changed: Sequence[Fact], view: View) -> Iterator[tuple[Fact, ...]]:
    """The facts that are looked at as one question: who is guilty; each other fact by itself."""
    mind = view.mind or ""
    first = changed[0]
    if len(first.arguments) != 1 or set(view.may_be((mind,), first, LocalId(0))) - {False, True}:
        for fact in dict.fromkeys(changed):
            yield (fact,)
        return
    known = view.beginning.get((mind,), {})
    yield tuple(fact for fact in known if fact.property == first.property)


def _options(facts: Sequence[Fact], view: View, before: LocalId) -> list[Option]:
    """What may be so, of facts that the mind is unsure of."""
    found: list[Option] = []
    for fact in facts:
        among = view.may_be((view.mind or "",), fact, before)
        if len(among) > 1:
            found += [(fact, value) for value in among if value not in (False, None)]
    return found


def _opening(options: Sequence[Option], setting: Setting) -> Wording | None:
    """*Ann might be guilty, or Ben*; *the letter might be in the barn or in the cellar*."""
    clauses = _clauses(options, setting)
    if clauses is None or not 1 <= len(clauses) <= MOST:
        return None
    first, *others = clauses
    text = f"{first.head}[may {first.verb}]{first.tail}"
    if not others:
        text += ", or not"
    elif _same_subject(clauses):
        text += "".join(f",{one.tail}" for one in others[:-1]) + f" or{others[-1].tail}"
    else:
        text += "".join(f", or {one.slot}" for one in others)
    return Wording(text, _bound(clauses))


def _left(
    before: Sequence[Option],
    left: Sequence[Option],
    view: View,
    end: LocalId,
    setting: Setting,
) -> Wording | None:
    """What is so, if only one thing can be; else what is not, and what may still be. None: nothing
    has been ruled out, or there are no words for it."""
    mind = view.mind or ""
    settled = [one for one in left if view.may_be((mind,), one[0], end) == (one[1],)]
    if settled:
        clauses = _clauses(settled, setting)
        if clauses is None:
            return None
        text = " and ".join(f"{one.head}[{one.verb}]{one.tail}" for one in clauses)
        return Wording(text, _bound(clauses))
    gone = [one for one in before if one not in left]
    out, rest = _clauses(gone, setting), _clauses(left, setting)
    if not out or rest is None or len(out) > MOST:
        return None
    first = out[0]
    if _same_subject(out):
        text = negative(f"{first.head}[{first.verb}]{first.tail}")
        text += "".join(f" or{one.tail}" for one in out[1:])
    else:
        heads = " and ".join(one.slot for one in out)
        text = negative(f"{heads} [{first.verb}]{first.tail}")
    if 2 <= len(rest) <= MOST:
        slots = [one.slot.replace("}", "left}") for one in rest]
        text += f", leaving only {', '.join(slots[:-1])} and {slots[-1]}"
    still = {f"{role}left": entity for role, entity in _bound(rest).items()}
    return Wording(text, {**_bound(out), **still})


def _clauses(options: Sequence[Option], setting: Setting) -> list[_Clause] | None:
    """The options in words; None if there are none for one of them."""
    found = []
    for number, (fact, value) in enumerate(options, 1):
        wording = _said(fact, value, setting)
        if wording is None:
            return None
        text = _SLOT.sub(rf"{{\g<1>{number}\g<2>}}", wording.text)
        cut = _VERB.match(text)
        if cut is None:
            return None
        role = "v" if "v" in wording.binding else "x"
        binding = tuple((f"{name}{number}", one) for name, one in wording.binding.items())
        head, verb, tail = cut.groups()
        found.append(_Clause(head, verb, tail, f"{{{role}{number}}}", binding))
    return found


def _said(fact: Fact, value: Value, setting: Setting) -> Wording | None:
    """That a fact has a value; of one that is about nothing but itself, *Ann is the killer*, *the
    letter is in the barn*."""
    wording = belief_wording(fact, value, setting)
    if wording is not None:
        return wording
    if fact.arguments or not isinstance(value, str) or not setting.types(value):
        return Conditions(setting).fact(fact, value)
    name = " ".join(word.lower() for word in split_name(fact.property))
    sort = setting.sort(value)
    if sort == "character":
        return Wording(f"{{v}} [be] the {name}", {"v": value})
    where = f"{setting.preposition(value)} " if sort == "place" else ""
    return Wording(f"the {name} [be] {where}{{v}}", {"v": value})


def _same_subject(clauses: Sequence[_Clause]) -> bool:
    """Whether only what is said of somebody or something differs, and not whom it is said of."""
    return all(clause.slot not in clause.head for clause in clauses)


def _bound(clauses: Sequence[_Clause]) -> dict[str, str]:
    return {role: entity for clause in clauses for role, entity in clause.binding}
