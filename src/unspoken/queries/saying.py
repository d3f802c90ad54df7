"""The words of answers: that something is so, that somebody holds it, what somebody did.

Receives expressions, facts and events by names; hands on clauses in which nobody says *I*. What has
no words stands as a storyworld writes it. Gives the same in plain, too (``plain``), with every name
marked: by that, what somebody asks is known again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Literal as OneOf

from unspoken.chronicle.events import Chain, Event, Fact, Value, phrase_of
from unspoken.ledger.phrases import Form, form_of
from unspoken.model import (
    And,
    Expression,
    Fluent,
    Not,
    Or,
    Storyworld,
    Variable,
)
from unspoken.queries.first_person import as_own
from unspoken.queries.query import (
    Call,
    believed,
    call_text,
    denied_phrase,
    held_possible,
    known,
    known_whether,
)
from unspoken.queries.words import Words
from unspoken.telling.conditions import Conditions, together
from unspoken.telling.morph import finite, lemma_of, participle, past, third
from unspoken.telling.propositions import term
from unspoken.telling.setting import split_name
from unspoken.telling.unsaid import wished
from unspoken.telling.wording import Wording, act_wording

Tense = OneOf["past", "present"]

APOSTROPHE = "\u2019"

_SLOT = re.compile(r"\{(\w+)('s)?\}")
_VERB = re.compile(r"\[([^\]]+)\]")


class Saying:
    """Words for a storyworld; ``lines``: the events of a ledger, whose acts are its lines;
    ``mind``: who says it, as *I*; ``tense``: in which what is so is said."""

    def __init__(
        self,
        storyworld: Storyworld,
        lines: Sequence[Event] | None = None,
        mind: str | None = None,
        tense: Tense = "present",
    ) -> None:
        self.words = Words(storyworld, mind)
        self._tense = tense
        self._mind = mind
        self._lines = lines is not None
        self._happened = _told_later(lines or ())
        self.setting = self.words.setting
        self._conditions = Conditions(self.setting)

    # That something is so

    def proposition(self, claim: Expression, *, so: bool = True) -> Wording:
        """That a claim holds, or does not."""
        knower = known(claim)
        if knower is not None:
            verb = "[know]" if so else "[do not] know"
            return self._held(knower[0], verb, knower[1])
        believer = believed(claim)
        if believer is not None:
            verb = "[think]" if so else "[do not] think"
            return self._held(believer[0], verb, believer[1])
        open_to = held_possible(claim)
        if open_to is not None:
            verb = "[think] it possible" if so else "[rule] out"
            return self._held(open_to[0], verb, open_to[1])
        knower = known_whether(claim)
        if knower is not None:
            return self._knows_whether(*knower, so=so)
        phrase = denied_phrase(claim)
        if phrase is not None:
            return self.proposition(phrase, so=not so)
        match claim:
            case Fluent() if not claim.property.name:
                return self._phrase(str(term(claim.arguments[0], {})), so=so)
            case Not(inner):
                return self.proposition(inner, so=not so)
            case And(parts) | Or(parts):
                both = isinstance(claim, And) is so
                return together(
                    [self.proposition(part, so=so) for part in parts], " and " if both else " or "
                )
        return self._conditions.of(claim, so=so)

    def _held(self, holder: object, verb: str, claim: Expression) -> Wording:
        binding = {"h": str(getattr(holder, "name", "?"))}
        head = Wording(f"{{h}} {verb} that ", binding)
        return together([head, self.proposition(claim)], "")

    def whereabouts(self, fact: Fact) -> int | None:
        return self._conditions.whereabouts(fact)

    def called(self, fact: Fact) -> Wording | None:
        """What a value is called: *Willow's partner*, *where the book is*."""
        return self._conditions.called(fact)

    def asked_for(self, fact: Fact) -> Wording:
        """The same, as what one does not know: *who Willow's partner is*."""
        called = self.called(fact)
        if called is None:
            return together(
                [Wording("what ", {}), self._conditions.named(fact), Wording(" [be]", {})], ""
            )
        if called.text.startswith(("what ", "where ")):
            return called
        domain = self.setting.domain(Variable("x", self._ranges.get(fact.property, "")))
        who = "who" if set(domain) & {*self.setting.characters} else "what"
        return together([Wording(f"{who} ", {}), called, Wording(" [be]", {})], "")

    @cached_property
    def _ranges(self) -> Mapping[str, str]:
        return {one.name: one.range for one in self.setting.world.properties}

    def _knows_whether(self, holder: object, asked: Expression, *, so: bool) -> Wording:
        verb = "[know]" if so else "[do not] know"
        head = Wording(f"{{h}} {verb} ", {"h": str(getattr(holder, "name", "?"))})
        if isinstance(asked, Fluent) and asked.property.range != "boolean":
            arguments = tuple(term(one, {}) for one in asked.arguments)
            return together([head, self.asked_for(Fact(asked.property.name, arguments))], "")
        return together([head, Wording("whether ", {}), self.proposition(asked)], "")

    def fact(self, fact: Fact, value: Value) -> Wording:
        """That a fact has a value; that it is not known which."""
        free = phrase_of(fact)
        if free is not None:
            if value is None:
                return together([Wording("it [be not] known whether ", {}), self._phrase(free)], "")
            return self._phrase(free, so=value is True)
        if value is None:
            return together([Wording("it [be not] known ", {}), self.asked_for(fact)], "")
        return self._conditions.said(fact, value)

    def has_words(self, fact: Fact, value: Value) -> bool:
        """Whether a fact is well said: not by a quotation, nor by a degree."""
        text = self.fact(fact, value).text
        return "“" not in text and "the degree to which" not in text

    def may_be(self, fact: Fact, values: Sequence[Value]) -> Wording:
        """That a fact has one of these values: *the thief is Rosa, Felix or Ines*."""
        if set(values) == {True, False}:
            return together([Wording("it may be that ", {}), self.fact(fact, True)], "")
        each = [self.fact(fact, value) for value in values]
        first = each[0]
        slots = [
            [role for role, name in one.binding.items() if name == value]
            for one, value in zip(each, values, strict=True)
        ]
        if len({one.text for one in each}) > 1 or any(len(roles) != 1 for roles in slots):
            return together(each, " or ")
        (role,) = slots[0]
        roles = {f"{role}{place}": str(value) for place, value in enumerate(values)}
        *others, last = (f"{{{one}}}" for one in roles)
        text = first.text.replace(f"{{{role}}}", f"{', '.join(others)} or {last}")
        others_named = {one: name for one, name in first.binding.items() if one != role}
        return Wording(text, {**others_named, **roles})

    def _phrase(self, phrase: str, *, so: bool = True) -> Wording:
        """A free phrase, as it was written; what happened, in the past."""
        told = _plainly(self._happened.get(phrase, phrase))
        own = None if self._mind is None else as_own(told, self._mind)
        return _denied(own or Wording(told, {}), so=so)

    def holding(self, minds: Chain, wording: Wording, verb: str = "[think] that") -> Wording:
        """That the last of them holds something, as the others hold."""
        for depth, who in enumerate(reversed(minds)):
            said = verb if depth == 0 else "[think] that"
            wording = together([Wording(f"{{h}} {said} ", {"h": who}), wording], "")
        return wording

    def clause(self, wording: Wording, tense: Tense | None = None) -> str:
        return self.words.clause(wording, tense or self._tense)

    # That somebody did something

    def act(self, event: Event) -> str:
        """``Tara opened the door``, ``there was an alarm``; of a ledger's line, its words."""
        if self._lines:
            return self._line(event)
        deed = self.deed(event)
        told = self.clause(deed, "past")
        return told if deed.binding else told[:1].lower() + told[1:]

    def _line(self, event: Event) -> str:
        who = event.participants
        what = str(event.arguments[-1]) if event.arguments else ""
        others = [str(one) for one in event.arguments[:-1] if one not in who]
        whom = self.words.names(others, "me") if others else "somebody"
        told = self._happened.get(what, what)
        if self._mind is not None:
            told = self.clause(self._phrase(what))
        said = _LINES[event.name].format(whom=whom, what=told)
        if event.name == "learns" and others:
            said += f" from {whom}"
        return said if event.name in _NOBODYS or not who else f"{self.names(who)} {said}"

    def deed(self, event: Event) -> Wording:
        """What was done, or happened."""
        call = (event.name, event.arguments)
        who = self.doer(call, event.who)
        agents = tuple(dict.fromkeys((who, *event.participants))) if who else ()
        return self.done(call, who, agents)

    def doer(self, call: Call, who: str | None) -> str | None:
        """Whose an act is said to be: what somebody says, or what betrays them, is theirs."""
        spoken = self.setting.speech(*call) is not None or self.setting.betrays(*call) is not None
        if who is None and spoken:
            return next((one for one in call[1] if isinstance(one, str)), None)
        return who

    def done(self, call: Call, who: str | None, agents: Sequence[str] = ()) -> Wording:
        """That somebody did something."""
        name, arguments = call
        if who is None:
            return act_wording(name, arguments, (), self.setting)
        if self.setting.speech(name, arguments) is None:
            return act_wording(name, arguments, agents or (who,), self.setting)
        act = wished(name, arguments, who, self.setting).act
        verb, _, rest = act.text.partition(" ")
        verb = verb if verb.startswith("[") else f"[{verb}]"
        return Wording(f"{{doer}} {verb} {rest}".strip(), {**act.binding, "doer": who})

    def would(self, call: Call, who: str) -> str:
        """``Tara would open the door``."""
        act = wished(*call, who, self.setting).act
        return self.clause(
            Wording(f"{{doer}} [will] {act.text}", {**act.binding, "doer": who}), "past"
        )

    def to_do(self, call: Call, who: str) -> str:
        """``open the door``."""
        said = self.would(call, who)
        return said.partition(" would ")[2] or call_text(call)

    def somebody(self, told: Wording, one: str, word: str = "some") -> Wording:
        """The same of whoever, or whatever, it is: ``somebody`` (``anybody``) in place of one."""
        sort = self.setting.sort(one)
        called = word + {"character": "body", "place": "where"}.get(sort, "thing")
        roles = [role for role, thing in told.binding.items() if thing == one]
        text = told.text
        for role in roles:
            text = text.replace(f"{{{role}}}", called).replace(f"{{{role}'s}}", f"{called}'s")
        rest = {role: thing for role, thing in told.binding.items() if role not in roles}
        return Wording(text, rest)

    def name(self, entity: str) -> str:
        """As a subject: *I*, if it is whoever speaks."""
        return self.words.names((entity,))

    def whom(self, entity: str) -> str:
        """As an object."""
        return "me" if entity == self._mind else self.setting.name(entity)

    def whose(self, entity: str) -> str:
        return "my" if entity == self._mind else f"{self.setting.name(entity)}{APOSTROPHE}s"

    def knowing(self, people: Sequence[str]) -> str:
        """``I know``, ``Tara knows``."""
        return f"{self.names(people)} {self.does(people, 'know')}"

    def does(self, people: Sequence[str], verb: str) -> str:
        """A verb as these have it: *knows*, *know*; *am*, *was*."""
        alone = "1s" if self._mind in people else "3s"
        return finite(verb, self._tense, alone if len(people) == 1 else "p")

    def names(self, people: Sequence[str]) -> str:
        return self.words.names(people)


_LINES: Mapping[str, str] = {
    "tells": "told {whom} that {what}",
    "says": "said that {what}",
    "whispers to": "whispered to {whom} that {what}",
    "writes to": "wrote to {whom} that {what}",
    "lies to": "lied to {whom}, that {what}",
    "lies": "lied that {what}",
    "uses": "acted on it that {what}",
    "learns": "learned that {what}",
    "believes": "took it that {what}",
    "suspects": "suspected that {what}",
    "forgets": "forgot that {what}",
    "happens": "{what}",
    "revealed": "it came out that {what}",
    "no longer": "it was no longer so that {what}",
    "enters": "came in",
    "leaves": "left",
    "wakes": "woke",
    "falls asleep": "fell asleep",
    "hides": "hid",
    "comes out": "came out",
    "steps aside": "stepped aside",
    "comes back": "came back",
}
"""What a ledger's lines tell, by their verbs."""
_NOBODYS = ("happens", "revealed", "no longer")


def phrase_wording(phrase: str, *, so: bool = True) -> Wording:
    """A free phrase, as it was written."""
    return _denied(Wording(_plainly(phrase), {}), so=so)


def _plainly(phrase: str) -> str:
    """A phrase without what would mean a slot or a verb."""
    return phrase.translate(str.maketrans("[]{}", "()()"))


def _denied(said: Wording, *, so: bool) -> Wording:
    return said if so else Wording(f"it [be not] so that {said.text}", said.binding)


def _told_later(lines: Sequence[Event]) -> Mapping[str, str]:
    """What happens, as it is told afterwards: as somebody in the ledger does, or in the past."""
    told: dict[Form, str] = {}
    for event in lines:
        if event.name != "happens" and event.arguments:
            phrase = str(event.arguments[-1])
            told.setdefault(form_of(phrase), phrase)
    happened = [str(event.arguments[-1]) for event in lines if event.name == "happens"]
    later = {phrase: told.get(form_of(phrase), in_the_past(phrase)) for phrase in happened}
    return later | {told: told for told in later.values()}


def in_the_past(phrase: str) -> str:
    """*Anna burns the will*, told later: its first verb in the past."""
    words = phrase.split()
    for place, word in enumerate(words[1:], start=1):
        lemma = lemma_of(word.lower())
        if lemma is not None and third(lemma) == word.lower() and lemma != "be":
            return " ".join((*words[:place], past(lemma), *words[place + 1 :]))
        if lemma is not None or word in ("is", "are"):
            return phrase
    return phrase


def plain(wording: Wording, marked: dict[str, str]) -> str:
    """A wording in the present, names as they are marked, and without pronouns."""

    def slot(found: re.Match[str]) -> str:
        name = wording.binding.get(found[1], found[1])
        return marked.get(name, name) + (found[2] or "")

    return _VERB.sub(_present, _SLOT.sub(slot, wording.text))


def _present(found: re.Match[str]) -> str:
    words = found[1].split()
    denied = "not" in words
    words = [word for word in words if word != "not"]
    verb, *rest = words
    if verb == "past":
        verb, *rest = rest
    if verb == "have" and rest:
        return " ".join(("has", "not" if denied else "", participle(rest[0]), *rest[1:]))
    if verb == "be":
        return " ".join(("is", *(("not",) if denied else ()), *rest))
    if verb == "will":
        return " ".join(rest)
    if denied:
        return " ".join(("does not", *words)) if verb != "do" else "does not"
    return " ".join((third(verb), *rest))


def capital(text: str) -> str:
    """As a sentence begins."""
    return text[:1].upper() + text[1:]


def spelt(name: str) -> list[str]:
    """The words of a name, in small letters."""
    return [word.lower() for word in split_name(name)]
