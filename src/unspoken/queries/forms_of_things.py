"""Forms of questions about where, who and which: places, values, and of whom something is so.

Each is a pattern, and what makes a query of what it finds, or None where that cannot be meant. What
is asked for is a hole in a clause: *who loves Tara* is *@ loves Tara*.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unspoken.chronicle.events import Fact
from unspoken.model import And, EntityTerm, Expression, Not, Quantifier
from unspoken.queries.likeness import HOLE, by_somebody
from unspoken.queries.patterns import (
    DO,
    FRONTED,
    IS,
    KNOW,
    STILL,
    THAT,
    THINK,
    WHAT,
    WHO,
    Forms,
    Matched,
    turned,
)
from unspoken.queries.query import Query, denied, knowing, within

if TYPE_CHECKING:
    from unspoken.queries.english import English


# Where something is, and what is called so


def _where(english: English, found: Matched) -> Query | None:
    return _valued(english, found, english.where(found["what"]))


def _called(english: English, found: Matched) -> Query | None:
    return _valued(english, found, english.called(found["what"]))


def _called_what(english: English, found: Matched) -> Query | None:
    """*What does Mabel like*: what she likes."""
    return _valued(english, found, english.called(f"what {found['what']}"))


def _valued(english: English, found: Matched, fact: Fact | None) -> Query | None:
    who = english.person(found.groupdict().get("who"))
    if fact is None or (who is None and found.groupdict().get("who")):
        return None
    fluent = english.clauses.values.fluent(fact)
    minds = () if who is None else (who,)
    return None if fluent is None else Query("value", claim=within(minds, fluent))


def _knows_where(english: English, found: Matched) -> Query | None:
    return _knows_value(english, found, english.where(found["what"]))


def _who_knows_where(english: English, found: Matched) -> Query | None:
    fact = english.where(found["what"])
    claim = None if fact is None else english.claim_now(fact)
    return None if claim is None else Query("who", claim=claim, knows=True)


def _knows_called(english: English, found: Matched) -> Query | None:
    return _knows_value(english, found, english.called(found["what"]))


def _knows_value(english: English, found: Matched, fact: Fact | None) -> Query | None:
    """Whether somebody knows what it is at the time that is asked about; where nobody can, what
    they take it to be."""
    who = english.person(found["who"])
    if who is None or fact is None:
        return None
    claim = english.claim_now(fact)
    if claim is None:
        return _valued(english, found, fact)
    return Query("whether", claim=knowing(EntityTerm(who), claim))


# Of whom something is so


def _open(english: English, text: str, first: str | None = None) -> Quantifier | None:
    """What a clause with a hole in it says of somebody."""
    claim = english.claim(text, first)
    match claim:
        case Quantifier():
            return claim
        case Not(Quantifier() as inner):
            return Quantifier(inner.quantity, inner.variable, denied(inner.body))
    return None


def _which(english: English, found: Matched) -> Query | None:
    what = re.sub(r"\bwhom?\b", HOLE, found["what"])
    return _asked_for(english, f"{HOLE} {what}")


def _which_object(english: English, found: Matched) -> Query | None:
    verb = "" if found["aux"] in ("do", "does", "did") else f"{found['aux']} "
    return _asked_for(english, f"{found['who']} {verb}{found['what']} {HOLE}")


def _asked_for(english: English, text: str) -> Query | None:
    claim = _open(english, text)
    if claim is not None:
        return Query("which", claim=claim)
    call = english.pattern(text)
    return None if call is None else Query("happened", act=call)


def _thinks_which(english: English, found: Matched) -> Query | None:
    who = english.person(found["who"])
    claim = None if who is None else _open(english, f"{HOLE} {found['what']}", who)
    if who is None or claim is None:
        return None
    inner = within((who,), claim.body)
    return Query("which", claim=Quantifier(claim.quantity, claim.variable, inner))


def _knows_which(english: English, found: Matched) -> Query | None:
    who = english.person(found["who"])
    claim = None if who is None else _open(english, f"{HOLE} {found['what']}", who)
    if who is None or claim is None:
        return None
    inner = knowing(EntityTerm(who), claim.body)
    return Query("whether", claim=Quantifier(claim.quantity, claim.variable, inner))


# Whether it is so, or was done


def _whether(english: English, found: Matched) -> Query | None:
    claim = english.claim(found["what"])
    return None if claim is None else Query("whether", claim=claim)


def _each_other(english: English, found: Matched) -> Query | None:
    group = english.group(found["group"])
    if group is None or len(group) != 2:
        return None
    (one, other), what = group, found["what"]
    marks = english.names.marks
    claims: list[Expression] = []
    for a, b in ((one, other), (other, one)):
        claim = english.claim(f"{marks[a]} {what} {marks[b]}")
        if claim is None:
            return None
        claims.append(claim)
    return Query("whether", claim=And(tuple(claims)))


def _turned_whether(english: English, found: Matched) -> Query | None:
    said = turned(found[0])
    claim = english.claim(said) if said != found[0] else None
    return None if claim is None else Query("whether", claim=claim)


def _happened(english: English, found: Matched) -> Query | None:
    told = turned(found["what"])
    call = english.pattern(by_somebody(told) or told)
    return None if call is None else Query("happened", act=call)


_WHICH = r"(?:who|whom|what|which)"
_AUX = rf"(?P<aux>{DO}|{IS}|has|have|had)"

OF_PLACES: Forms = (
    (rf"(?:{DO}|can) {WHO} {STILL}{KNOW} where (?P<what>\S+) {IS}", _knows_where),
    (rf"who (?:all )?(?:knows|knew) where (?P<what>\S+) {IS}", _who_knows_where),
    (rf"where {DO} {WHO} {THINK}{THAT} (?P<what>\S+) {IS}", _where),
    (rf"where {IS} (?P<what>\S+)", _where),
    (rf"(?:{DO}|can) {WHO} {STILL}{KNOW} {_WHICH} {WHAT} {IS}", _knows_called),
    (rf"(?:{DO}|can) {WHO} {STILL}{KNOW} {_WHICH} {IS} {WHAT}", _knows_called),
    (rf"(?:{DO}|can) {WHO} {STILL}{KNOW} (?P<what>what .+)", _knows_called),
    (rf"(?:{DO}|can) {WHO} {STILL}{KNOW} (?:who|what) {WHAT}", _knows_which),
    (rf"{_WHICH} {DO} {WHO} {THINK}{THAT} {WHAT} {IS}", _called),
    (rf"{_WHICH} {DO} {WHO} {THINK}{THAT} {WHAT}", _thinks_which),
    (rf"{_WHICH} {IS} {WHAT}", _called),
)
"""Where something is, what is called so; and who knows it."""
OF_WHOM: Forms = (
    (rf"what {DO} {WHAT}", _called_what),
    (rf"{_WHICH} {_AUX} {WHO} {WHAT}", _which_object),
    (rf"(?:who|what) {WHAT}", _which),
    (rf"{DO} (?P<group>\S+ and \S+) (?P<what>.+) (?:each other|one another)", _each_other),
    (rf"is it (?:true|so|the case|a fact) that {WHAT}", _whether),
    (FRONTED.pattern, _turned_whether),
    (rf"(?:when )?(?P<what>(?:{DO}|{IS}|has|have|had) .+)", _happened),
)
"""Of whom something is so, and whether it is; whether and when something was done."""
