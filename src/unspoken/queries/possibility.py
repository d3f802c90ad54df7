"""Plain English for what may be one way or another, to somebody: ``does Brook think it possible
that Rosa is the thief?``

As ``english``, which these forms are handed to: they come before its own, since what somebody
thinks to be possible would be taken for what they think.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unspoken.chronicle.events import Fact
from unspoken.model import EntityTerm, Expression, Not
from unspoken.queries.patterns import Form, Make, Matched
from unspoken.queries.query import Query, believing, possible

if TYPE_CHECKING:
    from unspoken.queries.english import English

_WHO = r"(?P<who>#\d+|she|he|they)"
_HOLD = r"(?:think|believe|hold|consider|find|deem)"
_DO = r"(?:do|does|did|can|could)"
_THAT = r"(?: that| whether)?"


def _possible(english: English, found: Matched) -> Query | None:
    who = english.person(found["who"])
    claim = None if who is None else english.claim(found["what"], who)
    if who is None or claim is None:
        return None
    return Query("whether", claim=possible(EntityTerm(who), claim))


def _could(english: English, found: Matched) -> Query | None:
    """*could Rosa be the thief?*: to somebody who is named, or to whoever is asked."""
    root = english.clauses.case.root
    who = root[0] if found["to"] is None and root else english.person(found["who"])
    said = re.sub(r"^(?:be|have)\b", lambda verb: _PRESENT[verb[0]], found["rest"])
    claim = english.claim(f"{found['subject']} {said}", who)
    if who is None or claim is None:
        return None
    return Query("whether", claim=possible(EntityTerm(who), claim))


_PRESENT = {"be": "is", "have": "has"}


def _possibilities(english: English, found: Matched) -> Query | None:
    who = english.person(found["who"])
    return None if who is None else Query("possibilities", (who,))


def _rules_out(english: English, found: Matched) -> Query | None:
    who = english.person(found["who"])
    claim = None if who is None else _open_once(english, who, found["what"])
    if who is None or claim is None:
        return None
    since = found.groupdict().get("when") is not None
    return Query("since" if since else "whether", claim=believing(EntityTerm(who), Not(claim)))


def _open_once(english: English, who: str, what: str) -> Expression | None:
    """What can be ruled out: a clause; or a name, of the one thing that could ever have been it."""
    case = english.clauses.case
    name = english.names.entity(what)
    if name is None:
        return english.claim(what, who)
    facts: list[Fact] = [fact for fact in case.facts if name in case.ever(fact, (who,))]
    return case.claim(facts[0], name) if len(facts) == 1 else None


_FORMS: tuple[tuple[str, Make], ...] = (
    (rf"{_DO} {_WHO} (?:still )?{_HOLD} it (?:to be )?possible{_THAT} (?P<what>.+)", _possible),
    (rf"is it (?:still )?possible (?:for|to) {_WHO}{_THAT} (?P<what>.+)", _possible),
    (
        r"(?:could|can|may|might) (?P<subject>#\d+|it|the \w+) (?P<rest>.+?)"
        r"(?P<to>,? (?:for|to|according to|as far as) (?P<who>#\d+)(?: knows| can tell)?)?",
        _could,
    ),
    (
        rf"(?P<when>when|since when|how) (?:{_DO}|has|had) {_WHO} (?:rule|ruled) out{_THAT}"
        r" (?P<what>.+)",
        _rules_out,
    ),
    (rf"(?:{_DO}|has|had) {_WHO} (?:rule|ruled) out{_THAT} (?P<what>.+)", _rules_out),
    (rf"(?:what|whom?) {_DO} {_WHO} (?:{_HOLD} (?:to be )?possible|suspect)", _possibilities),
    (rf"what (?:is|was) (?:still )?possible (?:for|to) {_WHO}", _possibilities),
)
POSSIBLE: tuple[Form, ...] = tuple((re.compile(pattern), make) for pattern, make in _FORMS)
