"""Plain English for the common questions: ``does Willow know that Tara loves her?``

Receives texts and what knows names and clauses; hands on queries, or None for what is none of the
forms. A form is a pattern and what it asks; the clauses in it are any that the story could tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec.structs import replace

from unspoken.model import And, EntityTerm, Expression
from unspoken.queries.clauses import Clauses
from unspoken.queries.formal import time_of
from unspoken.queries.query import Call, Query, When, believing, knowing, within

_SHORT: Mapping[str, str] = {
    "won't": "will not",
    "can't": "can not",
    "cannot": "can not",
    "shan't": "shall not",
    "who's": "who is",
    "what's": "what is",
    "how's": "how is",
    "where's": "where is",
    "who'd": "who would",
    "didnt": "did not",
    "doesnt": "does not",
}
_KNOW = r"(?:know|realise|realize|understand)"
_THINK = r"(?:think|believe|suspect|suppose|assume)"
_HOLDS = r"(?:thinks|thought|believes|believed|suspects|suspected|knows|knew)"
_LEARN = (
    r"(?:(?:learn|find out|discover|realise|realize|hear|come to (?:know|learn|think|believe)"
    r"|get to know|know|think|believe|begin to (?:think|believe|know)"
    r"|known|learned|learnt|found out|thought|believed)(?: of it)?)"
)
_SEE = r"(?:see|perceive|hear|notice|sense|witness)"
_SEEN = r"(?:see|seen|saw|perceived?|noticed?|heard?|sensed?|witness(?:ed)?)"
_PERSON = r"#\d+|she|he|they|her|him"
_WHO = rf"(?P<who>{_PERSON})"
_OTHER = rf"(?P<other>{_PERSON})"
_THIRD = rf"(?P<third>{_PERSON})"
_DO = r"(?:do|does|did)"
_IS = r"(?:is|was|are|were)"
_STILL = r"(?:now |already |still )?"
_THAT = r"(?: that| whether| if)?"
_WHAT = r"(?P<what>.+)"
_ABOUT = r"(?: (?:about|of|as to|regarding) (?P<about>.+))?"
_ANYBODY = r"(?:any|some|every)(?:one|body)"
_ANYTHING = re.compile(rf"{_ANYBODY}|(?:any|some|every)thing|all")
_MIND = r"(?:her|his|their) mind"
_TOWARDS = r"(?: (?:about|towards?|for) (?P<about>.+))?"
_AMONG = r"(?: (?:of|among|between|to|for) (?P<group>[^:]+?))?"
_OMIT = (
    r"(?:not dare(?: to (?:say|do))?|not say|not do|leave unsaid|leave undone|hold back"
    r"|(?:want|wish)(?: to (?:do|say))?)"
)

Matched: TypeAlias = "re.Match[str]"
Make: TypeAlias = Callable[["English", Matched], Query | None]
Form: TypeAlias = "tuple[re.Pattern[str], Make]"


class English:
    """Reads questions about one case. ``before``: forms that are tried before all others."""

    def __init__(self, clauses: Clauses, before: Sequence[Form] = ()) -> None:
        self._forms = (*before, *FORMS)
        self.clauses = clauses
        self.names = clauses.names
        self.people: tuple[str, ...] = ()

    def query(self, question: str) -> Query | None:
        """What a question asks; None: it is none of the forms."""
        text = tidied(self.names.mark(question))
        if self.clauses.case.root:  # who is asked
            text = _as_asked(text, self.names.marks[self.clauses.case.root[0]])
        self.people = tuple(name for name in self.names.named(text) if name in self.names.people)
        for asked, when in self._timed(text):
            for pattern, make in self._forms:
                found = pattern.fullmatch(asked)
                query = None if found is None else make(self, found)
                if query is not None:
                    return replace(query, when=when)
        return None

    def _timed(self, text: str) -> Iterator[tuple[str, When]]:
        """The question, and the question without the time that it ends with."""
        found = time_of(self.names.unmark(text), self.clauses)
        if found is not None:
            rest, when = found
            yield tidied(self.names.mark(rest)), when
        for relation in _RELATIONS:
            head, between, tail = text.rpartition(f" {relation} ")
            call = self.clauses.act(tail, None, self.people) if between else None
            at = None if call is None else self.clauses.case.when_of(relation, call)
            if at is not None:
                yield head, at
        yield text, When()

    # What the parts of a form are

    def person(self, mark: str | None) -> str | None:
        """Who is meant by a mark or a pronoun."""
        if mark is None:
            return None
        for one in self.names.resolved(mark, self.people):
            name = self.names.person(one)
            if name is not None:
                return name
        return None

    def group(self, text: str | None) -> tuple[str, ...] | None:
        """``Willow, Tara and Buffy``; nobody named: everybody."""
        if not text:
            return ()
        parts = re.split(r",? and |, ?| & ", text)
        people = [self.person(part.strip()) for part in parts]
        return None if None in people else tuple(name for name in people if name)

    def claim(self, text: str, first: str | None = None) -> Expression | None:
        """``first``: whom a pronoun means last: whoever has the mind that it is in."""
        people = self.people
        if first is not None:
            people = (*(name for name in people if name != first), first)
        nearest = self.clauses.claim(text, people)
        return nearest

    def about(self, text: str | None, holder: str | None = None) -> str | None:
        if not text or _ANYTHING.fullmatch(text):
            return None
        for variant in self.names.resolved(text, tuple(p for p in self.people if p != holder)):
            name = self.names.entity(variant)
            if name is not None:
                return name
        return self.names.spoken(text).removeprefix("the ")

    def act(self, text: str, who: str | None, *, any_act: bool = False) -> Call | None:
        return self.clauses.act(text, who, self.people, any_act=any_act)


def tidied(text: str) -> str:
    """A question in small letters, without short forms, courtesies and marks."""
    words = text.translate(_QUOTES).strip().rstrip("?!. ")
    parts = re.split(r'("[^"]*"|[A-Za-z_]\w*\s*\([^()]*\))', words)
    said = "".join(part if place % 2 else _plain(part) for place, part in enumerate(parts))
    said = re.sub(r"^(does|do|did|is|are|was|were|has|have|had) not ", r"\1 ", said.strip())
    said = re.sub(r"^(?:and|so|but|then|please|tell me|well)[, ]+", "", said.strip())
    return " ".join(said.split())


_RELATIONS: tuple[Literal["before", "after"], ...] = ("after", "before")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'"})
_OWN = re.compile(r"\b(?:i|me|my|mine|myself|you|your|yours|yourself)\b")


def _as_asked(text: str, mark: str) -> str:
    """The question with whoever is asked in place of *I* and *you*."""
    return _OWN.sub(lambda found: mark + ("'s" if found[0] in ("my", "your") else ""), text)


def _plain(text: str) -> str:
    text = text.casefold()
    for short, whole in _SHORT.items():
        text = re.sub(rf"\b{re.escape(short)}\b", whole, text)
    return re.sub(r"n't\b", " not", text)


# What the forms ask


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
    call = english.act(found["what"], None)
    return Query("perceived", (who,), act=call) if call is not None and make is knowing else None


def _knows_where(english: English, found: Matched) -> Query | None:
    who = english.person(found["who"])
    fact = english.clauses.where(found["what"], english.people)
    case = english.clauses.case
    if who is None or fact is None:
        return None
    value = case.value(fact, len(case.chronicle.events))
    claim, _ = (case.claim(fact, value), None) if value is not None else (None, None)
    return None if claim is None else Query("whether", claim=knowing(EntityTerm(who), claim))


def _thinks_where(english: English, found: Matched) -> Query | None:
    who = english.person(found["who"]) if "who" in found.groupdict() else None
    fact = english.clauses.where(found["what"], english.people)
    case = english.clauses.case
    if fact is None:
        return None
    minds = () if who is None else (who,)
    value = case.value(fact, len(case.chronicle.events), minds)
    claim = None if value is None else case.claim(fact, value)
    return None if claim is None else Query("whether", claim=within(minds, claim))


def _who(english: English, found: Matched) -> Query | None:
    claim = english.claim(found["what"])
    knows = re.match(_KNOW, found["verb"]) is not None or found["verb"].startswith("is aware")
    return None if claim is None else Query("who", claim=claim, knows=knows)


def _since(english: English, found: Matched) -> Query | None:
    who = english.person(found["who"])
    if who is None:
        return None
    claim = english.claim(found["what"], who)
    if claim is None:
        call = english.act(found["what"], None)
        return None if call is None else Query("perceived", (who,), act=call)
    verb = found["verb"]
    make = believing if re.search(r"think|believe", verb) else knowing
    return Query("since", claim=make(EntityTerm(who), claim))


def _since_plain(english: English, found: Matched) -> Query | None:
    claim = english.claim(_turned(found["what"]))
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
    knows = re.fullmatch(f"{_KNOW}|knows|knew", groups.get("verb") or "") is not None
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
    claim = english.claim(_turned(what)) or english.claim(what) if what else None
    if what and claim is None:
        return None
    return Query("common", group, claim=claim)


def _both_know(english: English, found: Matched) -> Query | None:
    group, claim = english.group(found["group"]), english.claim(found["what"])
    if not group or claim is None:
        return None
    return Query("whether", claim=And(tuple(knowing(EntityTerm(who), claim) for who in group)))


def _of_one(head: str) -> Make:
    def make(english: English, found: Matched) -> Query | None:
        groups = found.groupdict()
        who = english.person(groups.get("who"))
        if who is None and groups.get("who"):
            return None
        about = english.about(groups.get("about"), who)
        return Query(head, (who,) if who else (), about=about)  # type: ignore[arg-type]

    return make


def _changed(english: English, found: Matched) -> Query | None:
    who = english.person(found["who"])
    about = found.groupdict().get("about")
    if who is None:
        return None
    claim = english.claim(re.sub(r"^(?:whether|that|if) ", "", about), who) if about else None
    if claim is not None:
        return Query("changed", (who,), claim=claim)
    return Query("changed", (who,), about=english.about(about, who))


def _why(english: English, found: Matched) -> Query | None:
    who = english.person(found["who"])
    call = None if who is None else english.act(found["what"], who)
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
    call = english.act(what, None)
    if call is None:  # "Willow knock": whoever is seen doing it
        doer = english.names.named(what)
        own = next((n for n in doer if n in english.names.people), None)
        rest = what.split(" ", 1)[1] if " " in what and what.startswith("#") else ""
        call = english.act(rest, own) if rest and own else None
    return None if call is None else Query("unseen", (who,), act=call)


def _whether(english: English, found: Matched) -> Query | None:
    claim = english.claim(found["what"])
    return None if claim is None else Query("whether", claim=claim)


def _turned_whether(english: English, found: Matched) -> Query | None:
    said = _turned(found[0])
    claim = english.claim(said) if said != found[0] else None
    return None if claim is None else Query("whether", claim=claim)


def _saw(english: English, found: Matched) -> Query | None:
    who = english.person(found["who"])
    call = None if who is None else english.act(found["what"], None)
    return None if who is None or call is None else Query("perceived", (who,), act=call)


_FRONTED = re.compile(
    r"(?P<aux>does|do|did|is|are|was|were|has|have|had) "
    r"(?P<subject>#\d+(?:'s \w+|(?:, #\d+)*,? or #\d+)?|it|there|she|he|they|the \w+|\w+)"
    r"(?P<rest> .*)?"
)


def _turned(text: str) -> str:
    """A question as a statement: *does Tara love Willow*, Tara loves Willow."""
    found = _FRONTED.fullmatch(text)
    if found is None:
        return text
    aux, rest = found["aux"], found["rest"] or ""
    if aux in ("does", "do", "did"):
        return found["subject"] + rest
    return f"{found['subject']} {aux}{rest}"


_FORMS: tuple[tuple[str, Make], ...] = (
    (rf"(?:{_DO}|can) {_WHO} {_STILL}{_KNOW} where (?P<what>\S+) {_IS}", _knows_where),
    (rf"where {_DO} {_WHO} {_THINK}{_THAT} (?P<what>\S+) {_IS}", _thinks_where),
    (rf"where {_IS} (?P<what>\S+)", _thinks_where),
    (rf"{_IS} {_WHAT} common knowledge{_AMONG}", _common),
    (rf"is it common knowledge{_AMONG} that {_WHAT}", _common),
    (rf"{_DO} (?P<group>.+? and \S+) (?:both )?know{_THAT} {_WHAT}", _both_know),
    (rf"{_DO} {_ANYBODY} (?P<verb>know|think|believe){_THAT} {_WHAT}", _who),
    (rf"what {_DO} every(?:one|body) know", _common),
    (rf"what {_DO} (?P<group>.+?) (?:both|all) know", _common),
    (rf"what is common knowledge{_AMONG}", _common),
    (rf"(?:{_DO}|can) {_WHO} {_STILL}{_KNOW}{_THAT} {_WHAT}", _knows),
    (rf"{_IS} {_WHO} aware{_THAT} {_WHAT}", _knows),
    (rf"(?:{_DO}|can) {_WHO} {_STILL}{_THINK}{_THAT} {_WHAT}", _believes),
    (rf"{_IS} {_WHO} (?:sure|certain|convinced){_THAT} {_WHAT}", _believes),
    (rf"who (?:all )?(?P<verb>{_HOLDS}|realise[sd]|is aware){_THAT} {_WHAT}", _who),
    (
        rf"what {_DO} {_WHO} {_THINK}{_THAT} {_OTHER} {_HOLDS}{_THAT} {_THIRD}"
        rf" (?P<verb>{_HOLDS}){_ABOUT}",
        _thinks,
    ),
    (rf"what {_DO} {_WHO} {_THINK}{_THAT} {_OTHER} (?P<verb>{_HOLDS}){_ABOUT}", _thinks),
    (rf"what {_DO} {_WHO} (?P<verb>{_THINK}|{_KNOW}){_ABOUT}", _thinks),
    (rf"(?:who (?:all )?{_IS}|{_IS} {_ANYBODY}) (?:wrong|mistaken){_ABOUT}", _wrong),
    (rf"what {_IS} {_ANYBODY} (?:wrong|mistaken) about", _wrong),
    (rf"what {_IS} {_WHO} (?:wrong|mistaken) about", _wrong),
    (rf"{_IS} {_WHO} (?:wrong|mistaken){_ABOUT}", _wrong),
    (
        rf"(?:when|since when|how|how long|through what|from whom|where) (?:{_DO}|has|had) {_WHO}"
        rf" (?:first )?(?P<verb>{_LEARN}){_THAT} {_WHAT}",
        _since,
    ),
    (rf"(?:since when|when|how long) (?P<what>(?:{_DO}|{_IS}|has|have|had) .+)", _since_plain),
    (rf"who told {_WHO}(?: that| of| about)? {_WHAT}", _told),
    (rf"why (?:{_DO}|would|will) {_WHO} not {_WHAT}", _why_not),
    (rf"why (?:{_DO}|would|will) not {_WHO} {_WHAT}", _why_not),
    (rf"why (?:{_DO}|is|was|has) {_WHO} {_WHAT}", _why),
    (rf"what {_DO} {_WHO} {_SEE}", _of_one("perceived")),
    (rf"{_DO} {_WHO} {_SEE}{_THAT} {_WHAT}", _saw),
    (rf"what {_DO} {_WHO} {_OMIT}", _of_one("unsaid")),
    (rf"what {_IS} (?:left |never )?(?:unsaid|undone|not said|said)", _of_one("unsaid")),
    (rf"what (?:changed|made) {_WHO}(?:'s)? (?:change {_MIND}|mind){_ABOUT}", _changed),
    (rf"(?:when|why|how) did {_WHO} change {_MIND}{_ABOUT}", _changed),
    (rf"what (?:would|will) {_WHO} do(?: now| next| then)?", _of_one("now")),
    (
        rf"what (?:if|would (?:be (?:different|otherwise)|have happened) if) {_WHO}"
        rf" (?:had not|{_DO} not|has not|never|had never) {_SEEN}{_THAT} {_WHAT}",
        _unseen,
    ),
    (rf"(?:how|what) {_DO} {_WHO} feel{_TOWARDS}", _of_one("feels")),
    (rf"is it (?:true|so|the case|a fact) that {_WHAT}", _whether),
    (_FRONTED.pattern, _turned_whether),
)
FORMS = tuple((re.compile(pattern), make) for pattern, make in _FORMS)
"""The forms, the more special before the more general."""
