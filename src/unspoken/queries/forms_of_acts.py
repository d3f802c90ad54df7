"""Forms of questions about what was done, said, seen, felt, wished, and why.

Each is a pattern, and what makes a query of what it finds, or None where that cannot be meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unspoken.queries.patterns import (
    DO,
    IS,
    OMIT,
    OTHER,
    SAW,
    SAY,
    SEE,
    SEEN,
    THAT,
    TOWARDS,
    WHAT,
    WHO,
    Forms,
    Make,
    Matched,
    of_one,
)
from unspoken.queries.query import Head, Query

if TYPE_CHECKING:
    from unspoken.queries.english import English


def _why(english: English, found: Matched) -> Query | None:
    who = english.person(found["who"])
    if who is None:
        return None
    call = english.act(found["what"], who)
    call = call or english.pattern(f"{english.names.marks[who]} {found['what']}")
    return None if call is None else Query("why", act=call)


def _why_not(english: English, found: Matched) -> Query | None:
    who = english.person(found["who"])
    call = None if who is None else english.act(found["what"], who, any_act=True)
    return None if call is None else Query("why not", act=call)


def _unseen(english: English, found: Matched) -> Query | None:
    who = english.person(found["who"])
    what = found["what"]
    if who is None:
        return None
    call = english.seen(what)
    if call is None:  # "Willow knock": whoever is seen doing it
        doer = english.names.named(what)
        own = next((n for n in doer if n in english.names.people), None)
        rest = what.split(" ", 1)[1] if " " in what and what.startswith("#") else ""
        call = english.act(rest, own) if rest and own else None
    return None if call is None else Query("unseen", (who,), act=call)


def _saw(english: English, found: Matched) -> Query | None:
    who = english.person(found["who"])
    call = None if who is None else english.seen(found["what"])
    return None if who is None or call is None else Query("perceived", (who,), act=call)


def _who_saw(english: English, found: Matched) -> Query | None:
    call = english.seen(found["what"])
    return None if call is None else Query("perceived", act=call)


def _all_that_was_done(english: English, found: Matched) -> Query | None:
    return Query("did")


def _to_somebody(head: Head) -> Make:
    """Of whoever did it, to whomever: both may be left open."""

    def make(english: English, found: Matched) -> Query | None:
        groups = found.groupdict()
        marks = [groups.get("who"), groups.get("other")]
        who, other = map(english.person, marks)
        if [who is None, other is None] != [mark is None for mark in marks]:
            return None
        return Query(head, (who,) if who else (), about=other)

    return make


OF_ACTS: Forms = (
    (rf"who (?:all )?{SAW}{THAT} {WHAT}", _who_saw),
    (r"what (?:has )?(?:happened|happens|was done)", _all_that_was_done),
    (rf"what {DO} (?:everybody|everyone|they all|all of them) do", _all_that_was_done),
    (rf"what {DO} {WHO} do", of_one("did")),
    (rf"{IS} {WHO} (?:there|present|around) when {WHAT}", _saw),
    (rf"what {DO} {WHO} {SAY}(?:(?: to)? {OTHER})?", _to_somebody("said")),
    (rf"(?:did|does|has) {WHO} (?:lie|lied)(?: to {OTHER})?", _to_somebody("lied")),
    (rf"{IS} {WHO} (?:lying|a liar)(?: to {OTHER})?", _to_somebody("lied")),
    (rf"who (?:lied|lies|{IS} lying)(?: to {OTHER})?", _to_somebody("lied")),
    (rf"who (?:deceived|deceives) {OTHER}", _to_somebody("lied")),
    (rf"who (?:{IS}|has been|had been) (?:deceived|lied to)(?: by {WHO})?", of_one("lied")),
    (rf"who {DO} {WHO} (?:lie to|deceive)", of_one("lied")),
    (rf"what {DO} {WHO} (?:want|wish|desire|hope)(?: for)?", of_one("wants")),
    (rf"what {DO} {WHO} (?:fear|dread)", of_one("fears")),
    (rf"what {IS} {WHO} (?:afraid|scared) of", of_one("fears")),
    (rf"why (?:{DO}|would|will) {WHO} not {WHAT}", _why_not),
    (rf"why (?:{DO}|would|will) not {WHO} {WHAT}", _why_not),
    (rf"why (?:{DO}|is|was|has) {WHO} {WHAT}", _why),
    (rf"what {DO} {WHO} {SEE}", of_one("perceived")),
    (rf"{DO} {WHO} {SEE}{THAT} {WHAT}", _saw),
    (rf"what {DO} {WHO} {OMIT}", of_one("unsaid")),
    (rf"what {IS} (?:left |never )?(?:unsaid|undone|not said|said)", of_one("unsaid")),
    (rf"what (?:would|will) {WHO} do(?: now| next| then)?", of_one("now")),
    (
        rf"what (?:if|would (?:be (?:different|otherwise)|have happened) if) {WHO}"
        rf" (?:had not|{DO} not|has not|never|had never) {SEEN}{THAT} {WHAT}",
        _unseen,
    ),
    (rf"(?:how|what) {DO} {WHO} feel{TOWARDS}", of_one("feels")),
)
