"""Forms of questions about minds: who knows, who is wrong, since when, what changed it.

Each is a pattern, and what makes a query of what it finds, or None where that cannot be meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from unspoken.model import And, EntityTerm, Expression
from unspoken.queries.patterns import (
    ABOUT,
    AMONG,
    ANYBODY,
    DO,
    FROM,
    HOLDS,
    IS,
    KNOW,
    LEARN,
    MIND,
    OTHER,
    STILL,
    THAT,
    THINK,
    THIRD,
    WHAT,
    WHO,
    Forms,
    Matched,
    of_one,
    turned,
)
from unspoken.queries.query import Query, believing, knowing

if TYPE_CHECKING:
    from unspoken.queries.english import English


def _knows(english: English, found: Matched) -> Query | None:
    return _mind(english, found, knowing)


def _believes(english: English, found: Matched) -> Query | None:
    return _mind(english, found, believing)


def _mind(english: English, found: Matched, make: Callable[..., Expression]) -> Query | None:
    who = english.person(found["who"])
    if who is None:
        return None
    claim = english.claim(found["what"], who)
    if claim is not None:
        return Query("whether", claim=make(EntityTerm(who), claim))
    call = english.seen(found["what"]) if make is knowing else None
    return None if call is None else Query("perceived", (who,), act=call)


def _who(english: English, found: Matched) -> Query | None:
    claim = english.claim(found["what"])
    knows = re.match(f"{KNOW}|knew|is aware", found["verb"]) is not None
    return None if claim is None else Query("who", claim=claim, knows=knows)


def _since(english: English, found: Matched) -> Query | None:
    who = english.person(found["who"])
    if who is None:
        return None
    claim = english.claim(found["what"], who)
    if claim is None:
        call = english.seen(found["what"])
        return None if call is None else Query("perceived", (who,), act=call)
    verb = found["verb"]
    make = believing if re.search(r"think|believe", verb) else knowing
    return Query("since", claim=make(EntityTerm(who), claim))


def _since_plain(english: English, found: Matched) -> Query | None:
    claim = english.claim(turned(found["what"]))
    return None if claim is None else Query("since", claim=claim)


def _told(english: English, found: Matched) -> Query | None:
    who = english.person(found["who"])
    claim = None if who is None else english.claim(found["what"], who)
    if who is None or claim is None:
        return None
    return Query("since", claim=believing(EntityTerm(who), claim))


def _thinks(english: English, found: Matched) -> Query | None:
    groups = found.groupdict()
    minds = [english.person(found["who"])]
    for key in ("other", "third"):
        if groups.get(key):
            others = tuple(p for p in english.people if p != minds[-1])
            resolved = english.names.resolved(groups[key], others)
            minds.append(next((n for n in map(english.names.person, resolved) if n), None))
    if None in minds:
        return None
    chain = tuple(name for name in minds if name)
    about = english.about(groups.get("about"), chain[-1])
    knows = re.fullmatch(f"{KNOW}|knows|knew", groups.get("verb") or "") is not None
    return Query("knowledge" if knows else "thinks", chain, about=about)


def _wrong(english: English, found: Matched) -> Query | None:
    groups = found.groupdict()
    who = english.person(groups.get("who"))
    if groups.get("who") and who is None:
        return None
    about = english.about(groups.get("about"), who)
    return Query("wrong", (who,) if who else (), about=about)


def _common(english: English, found: Matched) -> Query | None:
    group = english.group(found.groupdict().get("group"))
    what = found.groupdict().get("what")
    if group is None or (group and len(group) < 2):
        return None
    claim = english.claim(turned(what)) or english.claim(what) if what else None
    if what and claim is None:
        return None
    return Query("common", group, claim=claim)


def _both_know(english: English, found: Matched) -> Query | None:
    group, claim = english.group(found["group"]), english.claim(found["what"])
    if not group or claim is None:
        return None
    return Query("whether", claim=And(tuple(knowing(EntityTerm(who), claim) for who in group)))


def _changed(english: English, found: Matched) -> Query | None:
    who = english.person(found["who"])
    about = found.groupdict().get("about")
    if who is None:
        return None
    claim = english.claim(re.sub(r"^(?:whether|that|if) ", "", about), who) if about else None
    if claim is not None:
        return Query("changed", (who,), claim=claim)
    return Query("changed", (who,), about=english.about(about, who))


OF_MINDS: Forms = (
    (rf"{IS} {WHAT} common knowledge{AMONG}", _common),
    (rf"is it common knowledge{AMONG} that {WHAT}", _common),
    (rf"{DO} (?P<group>.+? and \S+) (?:both )?know{THAT} {WHAT}", _both_know),
    (rf"{DO} {ANYBODY} (?P<verb>know|think|believe){THAT} {WHAT}", _who),
    (rf"what {DO} every(?:one|body) know", _common),
    (rf"what {DO} (?P<group>.+?) (?:both|all) know", _common),
    (rf"what is common knowledge{AMONG}", _common),
    (rf"(?:{DO}|can) {WHO} {STILL}{KNOW}{THAT} {WHAT}", _knows),
    (rf"{IS} {WHO} aware{THAT} {WHAT}", _knows),
    (rf"(?:{DO}|can) {WHO} {STILL}{THINK}{THAT} {WHAT}", _believes),
    (rf"{IS} {WHO} (?:sure|certain|convinced){THAT} {WHAT}", _believes),
    (rf"who (?:all )?(?P<verb>{HOLDS}|realise[sd]|is aware){THAT} {WHAT}", _who),
    (
        rf"what {DO} {WHO} {THINK}{THAT} {OTHER} {HOLDS}{THAT} {THIRD}"
        rf" (?P<verb>{HOLDS}){ABOUT}",
        _thinks,
    ),
    (rf"what {DO} {WHO} {THINK}{THAT} {OTHER} (?P<verb>{HOLDS}){ABOUT}", _thinks),
    (rf"what {DO} {WHO} (?:{THINK} wrongly|wrongly {THINK})", _wrong),
    (rf"what {DO} {WHO} (?P<verb>{THINK}|{KNOW}){ABOUT}", _thinks),
    (rf"who {DO} not (?P<verb>{KNOW}){THAT} {WHAT}", _who),
    (rf"what {DO} {WHO} not {KNOW}", of_one("unknown")),
    (rf"what {IS} {WHO} (?:hiding|concealing|keeping secret){FROM}", of_one("hides")),
    (rf"what secrets? {DO} {WHO} (?:have|keep|hide){FROM}", of_one("hides")),
    (rf"(?:who (?:all )?{IS}|{IS} {ANYBODY}) (?:wrong|mistaken){ABOUT}", _wrong),
    (rf"what {IS} {ANYBODY} (?:wrong|mistaken) about", _wrong),
    (rf"what {IS} {WHO} (?:wrong|mistaken) about", _wrong),
    (rf"{IS} {WHO} (?:wrong|mistaken){ABOUT}", _wrong),
    (
        rf"(?:when|since when|how|how long|through what|from whom|where) (?:{DO}|has|had) {WHO}"
        rf" (?:first )?(?P<verb>{LEARN}){THAT} {WHAT}",
        _since,
    ),
    (rf"(?:since when|when|how long) (?P<what>(?:{DO}|{IS}|has|have|had) .+)", _since_plain),
    (rf"who told {WHO}(?: that| of| about)? {WHAT}", _told),
    (rf"what (?:changed|made) {WHO}(?:'s)? (?:change {MIND}|mind){ABOUT}", _changed),
    (rf"(?:when|why|how) did {WHO} change {MIND}{ABOUT}", _changed),
)
