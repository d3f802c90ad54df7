"""What a clause of a question is about: which fact, which act, in whose mind.

Receives a case and clauses with marked names; hands on claims and acts. A clause is known by the
words in which the same thing would be told (``saying.plain``), tense, articles and denial aside
(``ledger.phrases.form_of``, by which a ledger's phrases are told apart): so that what we say can be
asked. What is not said so but has the same names and the words of a property is taken to be meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from unspoken.chronicle.events import Fact, Value, phrase_of
from unspoken.chronicle.words import value_text
from unspoken.language import parse_condition
from unspoken.ledger.phrases import LITTLE, Form, form_of
from unspoken.model import EntityTerm, Expression, Or
from unspoken.queries.naming import Names
from unspoken.queries.query import Call, believing, knowing, phrase_fluent
from unspoken.queries.query import denied as denial
from unspoken.queries.saying import plain, spelt
from unspoken.telling.lexicon import PREPOSITIONS, WHEREABOUTS
from unspoken.telling.morph import lemma_of
from unspoken.telling.wording import Wording

_MIND = re.compile(
    r"(?P<who>#\d+|she|he|they) (?:(?P<not>does not|do not|did not|doesn't|didn't) )?"
    r"(?:(?P<know>knows?|knew|realises?|realised|realizes?|realized|learned|learnt)"
    r"|(?:thinks?|thought|believes?|believed|suspects?|suspected|supposes?|is sure|was sure))"
    r"(?: that| whether| if)? (?P<what>.+)"
)
_NAMED = re.compile(r"#\d+")
_EITHER = re.compile(r"#\d+(?:, #\d+)*,? or #\d+")
_SAID_SO = ((re.compile(r"\b(?:is|was|are|were) in love with\b"), "loves"),)
_FORMAL = re.compile(r'\s*(?:[!(]\s*)*(?:[A-Za-z_]\w*\s*\(|")')
_LOOSE = frozenset(
    (
        *LITTLE,
        *PREPOSITIONS,
        *("be", "have", "do", "is", "was", "are", "has", "that", "it", "there"),
    )
) | frozenset(("she", "he", "they", "him", "them", "herself", "himself", "of", "any", "something"))
_MINDS = frozenset(("think", "know", "believe", "suspect", "after", "befor", "when", "if"))
"""What makes a clause say more than a fact."""
_MOST_LEFT = 2
"""So many words of a clause may stand for nothing."""


class Found(NamedTuple):
    """A reading: the lower its rank, the likelier."""

    rank: tuple[int, ...]
    claim: Expression


class Clauses:
    """``possible``: all acts that there are, whether or not they happen."""

    def __init__(self, names: Names, possible: Callable[[], Iterable[Call]] = tuple) -> None:
        self.names = names
        self.case = names.case
        self._possible = possible

    # Claims

    def claim(self, text: str, people: tuple[str, ...] = ()) -> Expression | None:
        """What a clause says. ``people``: whom pronouns can mean, the likeliest first."""
        text = text.strip()
        if _FORMAL.match(text):
            return self.formal(text)
        nested = _MIND.fullmatch(text)
        if nested is not None:
            inner = self._of_mind(nested, people)
            if inner is not None:
                return inner
        either = None if self.case.is_ledger else _EITHER.search(text)
        if either is not None:
            before, after = text[: either.start()], text[either.end() :]
            each = [
                self.claim(f"{before}{one}{after}", people) for one in _NAMED.findall(either[0])
            ]
            parts = tuple(part for part in each if part is not None)
            return Or(parts) if len(parts) == len(each) else None
        for pattern, said in _SAID_SO:
            text = pattern.sub(said, text)
        found: list[Found] = []
        for place, variant in enumerate(self.names.resolved(text, people)):
            found += (Found((*one.rank, place), one.claim) for one in self._readings(variant))
        return min(found, key=lambda one: one.rank).claim if found else None

    def _of_mind(self, found: re.Match[str], people: tuple[str, ...]) -> Expression | None:
        for who in self.names.resolved(found["who"], people):
            name = self.names.person(who)
            if name is None:
                continue
            inner = self.claim(found["what"], (*people, *(() if name in people else (name,))))
            if inner is None:
                return None
            make = knowing if found["know"] else believing
            claim = make(EntityTerm(name), inner)
            return denial(claim) if found["not"] else claim
        return None

    def formal(self, text: str) -> Expression | None:
        """An expression of the world's own, or a ledger's phrase in quotation marks."""
        if self.case.is_ledger:
            from unspoken.queries.phrased import parse_phrased

            return parse_phrased(self.names.unmark(text), self)[0]
        return parse_condition(self.names.unmark(text), self.case.storyworld)[0]

    def _readings(self, text: str) -> Iterator[Found]:
        form = form_of(text)
        same = self.case.same.get(form_of(self.names.unmark(text)).words)
        if same is not None:
            said = phrase_fluent(same[0])
            yield Found((0, 0), denial(said) if form.denied != same[1] else said)
        named = self.names.named(text)
        words = frozenset(form.words)
        for fact, value in self._candidates(frozenset(named), words):
            rank = self._rank(form, named, fact, value)
            if rank is not None:
                claim = self.case.claim(fact, value)
                denied = form.denied != self._form(fact, value).denied and rank[0] < 2
                denied = denied or (form.denied and rank[0] >= 2)
                if claim is not None:
                    yield Found(rank, denial(claim) if denied else claim)

    def _candidates(
        self, named: frozenset[str], words: frozenset[str]
    ) -> Iterator[tuple[Fact, Value]]:
        numbers = [float(word) for word in words if re.fullmatch(r"\d+(?:\.\d+)?", word)]
        for fact in self.case.facts:
            if phrase_of(fact) is not None:
                yield fact, True
                continue
            own = frozenset(one for one in fact.arguments if isinstance(one, str))
            if not own <= named:
                continue
            values = self._values(fact)
            if values is bool:
                if own == named:
                    yield fact, True
            elif values is float:
                if own == named:
                    yield from ((fact, number) for number in numbers)
            else:
                for value in sorted(named):
                    if own | {value} == named and values in self.case.setting.types(value):
                        yield fact, value

    def _values(self, fact: Fact) -> type | str:
        return self._ranges.get((fact.property, len(fact.arguments)), bool)

    @cached_property
    def _ranges(self) -> dict[tuple[str, int], type | str]:
        kinds: dict[str, type | str] = {"boolean": bool, "number": float}
        return {
            (one.name, len(one.parameters)): kinds.get(one.range, one.range)
            for one in self.case.storyworld.properties
        }

    def _rank(
        self, form: Form, named: tuple[str, ...], fact: Fact, value: Value
    ) -> tuple[int, ...] | None:
        doubled = int(len(set(fact.arguments)) < len(fact.arguments))
        own = self._form(fact, value)
        if own.words == form.words:
            return 0, doubled
        if _short(own.words) == _short(form.words):
            return 1, doubled
        if phrase_of(fact) is not None:
            return None
        arguments = [one for one in (*fact.arguments, value) if isinstance(one, str)]
        if list(dict.fromkeys(arguments)) != list(named):
            return None
        if all(isinstance(one, str) for one in fact.arguments):
            have = {_stem(word) for word in form.words if not word.startswith("#")}
            want = {_stem(word) for word in spelt(fact.property)} - _LOOSE
            if fact.property.lower() in WHEREABOUTS and have <= _LOOSE:
                return 2, doubled, 0
            left = have - want - _LOOSE
            if want and want <= have and len(left) <= _MOST_LEFT and not left & _MINDS:
                return 2, doubled, len(left)
        return None

    def _form(self, fact: Fact, value: Value) -> Form:
        key = (fact, value)
        if key not in self._forms:
            free = phrase_of(fact)
            text = (
                self.names.mark(free)
                if free is not None
                else self.plain(self.case.words.fact(fact, value))
            )
            self._forms[key] = form_of(text)
        return self._forms[key]

    @cached_property
    def _forms(self) -> dict[tuple[Fact, Value], Form]:
        return {}

    def plain(self, wording: Wording) -> str:
        return plain(wording, self.names.marks)

    # Indirect questions

    def where(self, text: str, people: tuple[str, ...]) -> Fact | None:
        """The fact of where somebody or something is."""
        for variant in self.names.resolved(text, people):
            name = self.names.entity(variant.strip())
            for fact in self.case.facts:
                if fact.property.lower() in WHEREABOUTS and fact.arguments == (name,):
                    return fact
        return None

    # Acts

    def act(
        self, text: str, who: str | None, people: tuple[str, ...], *, any_act: bool = False
    ) -> Call | None:
        """The act that a clause tells: one of the story's, or (``any_act``) any that there is.
        ``who``: whose it is, where the clause leaves that out."""
        text = text.strip()
        if self.case.is_ledger:
            return None
        if _FORMAL.match(text):
            return self.formal_act(text)
        whole = text if who is None else f"{self.names.marks[who]} {text}"
        variants = [
            one for one in self.names.resolved(whole, people) if one.startswith("#") or who is None
        ]
        found: list[tuple[tuple[int, ...], Call]] = []
        seen: set[Call] = set()
        for order, (call, doers) in enumerate(self._acts(who, any_act)):
            if call in seen:
                continue
            seen.add(call)
            for doer in doers:
                for place, variant in enumerate(variants):
                    rank = self._act_rank(variant, call, doer)
                    if rank is not None:
                        found.append(((*rank, place, order), call))
        return min(found)[1] if found else None

    def formal_act(self, text: str) -> Call | None:
        """``knock(Willow)``, as a storyworld writes it."""
        found = re.fullmatch(r"\s*([A-Za-z_]\w*)\s*\(([^()]*)\)\s*", self.names.unmark(text))
        if found is None:
            return None
        arguments = tuple(part.strip() for part in found[2].split(",") if part.strip())
        for call, _ in self._acts(None, True):
            if call[0] == found[1] and tuple(map(value_text, call[1])) == arguments:
                return call
        return None

    def _acts(
        self, who: str | None, any_act: bool
    ) -> Iterator[tuple[Call, tuple[str | None, ...]]]:
        """Acts, with those whose they may be said to be."""
        for event in self.case.chronicle.events:
            if event.name and event.kind in (
                "act",
                "say",
                "think",
                "unsaid",
                "refuse",
                "fail",
                "happen",
            ):
                doers = tuple(dict.fromkeys((event.who, *event.participants)))
                of_itself = event.who is None and who in event.arguments
                if who is None or who in doers or of_itself:
                    yield (event.name, event.arguments), (who,) if who else doers
        for call in self._possible() if any_act else ():
            agent = self.case.setting.agent(*call)
            if who is None or agent == who:
                yield call, (agent,)

    def _act_rank(self, text: str, call: Call, doer: str | None) -> tuple[int, ...] | None:
        named = set(self.names.named(text))
        arguments = {one for one in call[1] if isinstance(one, str)}
        for one in sorted(named - arguments - {doer}):
            # What the act is called by, as in leave_letter, is named by accident.
            if not set(spelt(one)) <= set(spelt(call[0])):
                return None
            text = text.replace(self.names.marks[one], " ".join(spelt(one)))
        form, own = form_of(text), self._act_form(call, doer)
        left = len(arguments - named)
        if form.words == own.words:
            return 0, left
        if _short(form.words) == _short(own.words):
            return 1, left
        have = {_stem(word) for word in form.words if not word.startswith("#")}
        want = {
            _stem(word) for word in (spelt(call[0]) if not self.case.is_ledger else own.words)
        } - _LOOSE
        want = {word for word in want if not word.startswith("#")}
        if want and want <= have:
            return 2, left, len(have - want - _LOOSE)
        said = {_stem(w) for w in own.words if not w.startswith("#")} - _LOOSE
        if have - _LOOSE and have - _LOOSE <= said and doer is not None:
            return 3, left, len(said - have)
        return None

    def _act_form(self, call: Call, doer: str | None) -> Form:
        key = (call, doer)
        if key not in self._act_forms:
            text = self.plain(self.case.words.done(call, doer, (doer,) if doer else ()))
            self._act_forms[key] = form_of(text)
        return self._act_forms[key]

    @cached_property
    def _act_forms(self) -> dict[tuple[Call, str | None], Form]:
        return {}


def _short(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in LITTLE and word not in PREPOSITIONS)


def _stem(word: str) -> str:
    bare = word.strip("'\u2019")
    return lemma_of(bare) or _past_stem(bare)


def _past_stem(word: str) -> str:
    """``loved`` and ``loves`` are ``love``, by the look of them."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e")
