"""Which fact a clause tells: one with all that it is about, or with somebody left open.

Receives a case and clauses with marked names; hands on readings. A fact is known by the words in
which it would be told. What is not said so, but has the same names in the same order and the words
of a property, is taken to be meant, as long as no word of it is left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from unspoken.chronicle.events import Fact, Value, phrase_of
from unspoken.chronicle.words import fact_text
from unspoken.language import parse_condition
from unspoken.ledger.phrases import Form, form_of
from unspoken.model import Expression, Or, Property, Variable
from unspoken.queries.likeness import HOLE, Vocabulary, active, is_mark, short, stems
from unspoken.queries.naming import MARK, Names
from unspoken.queries.query import denied as denial
from unspoken.queries.query import phrase_fluent
from unspoken.queries.saying import plain, spelt
from unspoken.telling.lexicon import PREPOSITIONS, WHEREABOUTS
from unspoken.telling.morph import lemma_of, participle

_ANYBODY = re.compile(r"\b(?:any|some)(?:one|body|thing)\b")
_NOBODY = re.compile(r"\b(?:nobody|no one|nothing)\b")
_BOTH_WAYS = frozenset(("engaged", "married", "related"))
"""What is so of two, whichever is named first."""
_MINDS = frozenset(("think", "know", "believ", "suspect", "after", "befor", "when", "if"))
"""What makes a clause say more than a fact."""


class Found(NamedTuple):
    """A reading: the lower its rank, the likelier."""

    rank: tuple[int, ...]
    claim: Expression


class Facts:
    """The facts of a case, by how they are told."""

    def __init__(self, names: Names, vocabulary: Vocabulary) -> None:
        self.names = names
        self.case = names.case
        self.vocabulary = vocabulary

    def readings(self, text: str) -> Iterator[Found]:
        """What a clause can say."""
        text = active(text)
        form = form_of(text)
        same = self.case.same.get(form_of(self.names.unmark(text)).words)
        if same is not None:
            said = phrase_fluent(same[0])
            yield Found((0, 0), denial(said) if form.denied != same[1] else said)
        named = self.names.named(text)
        twice = len(MARK.findall(text)) > len(named)
        for fact, value in self._candidates(frozenset(named), frozenset(form.words)):
            is_doubled = len(set(fact.arguments)) < len(fact.arguments)
            rank = None if is_doubled and not twice else self._rank(form, named, fact, value)
            claim = None if rank is None else self._claim(fact, value)
            if rank is not None and claim is not None:
                denied = form.denied != (rank[0] < 2 and self._form(fact, value).denied)
                yield Found((*rank, int(is_doubled)), denial(claim) if denied else claim)

    def _claim(self, fact: Fact, value: Value) -> Expression | None:
        claim = self.case.claim(fact, value)
        turned = Fact(fact.property, fact.arguments[::-1])
        if fact.property in _BOTH_WAYS and turned in self.case.facts and turned != fact:
            other = self.case.claim(turned, value)
            return None if claim is None or other is None else Or((claim, other))
        return claim

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
            values = self.range_of(fact)
            if values == "boolean":
                if own == named:
                    yield fact, True
            elif values == "number":
                if own == named:
                    yield from ((fact, number) for number in numbers)
            else:
                for value in sorted(named):
                    if own | {value} == named and values in self.case.setting.types(value):
                        yield fact, value

    def range_of(self, fact: Fact) -> str:
        declared = self._declared.get((fact.property, len(fact.arguments)))
        return "boolean" if declared is None else declared.range

    @cached_property
    def _declared(self) -> dict[tuple[str, int], Property]:
        return {(one.name, len(one.parameters)): one for one in self.case.storyworld.properties}

    def _rank(
        self, form: Form, named: Sequence[str], fact: Fact, value: Value, hole: Value = None
    ) -> tuple[int, ...] | None:
        """How near a clause is to what tells a fact; ``hole``: who stands for whoever is open."""
        own = self._form(fact, value)
        if hole is not None:
            mark = self.names.marks[str(hole)]
            own = Form(tuple(HOLE if word == mark else word for word in own.words), own.denied)
        told = own.words if HOLE in form.words or hole is None else _without_hole(own.words)
        if told is None:
            return None
        if told == form.words:
            return (0,)
        if short(told) == short(form.words):
            return (1,)
        if phrase_of(fact) is not None or _is_passive(form.words, own.words):
            return None
        things = [one for one in (*fact.arguments, value) if isinstance(one, str)]
        order = [HOLE if one == hole else self.names.marks[one] for one in dict.fromkeys(things)]
        asked = [word.removesuffix("'s") for word in form.words if is_mark(word.removesuffix("'s"))]
        if hole is not None and HOLE not in form.words:
            if order[-1:] != [HOLE]:
                return None
            order = order[:-1]
        whose = {word for word in form.words if word.endswith("'s")}
        if order != list(dict.fromkeys(asked)) or not whose <= {*own.words}:
            return None
        have, want = stems(form.words), stems(spelt(fact.property))
        if fact.property.lower() in WHEREABOUTS and not have and hole is None:
            return 2, 0
        left = have - want - (stems(own.words) if hole is not None else frozenset())
        accounted = not left & _MINDS and self.vocabulary.accounts(left, want)
        return (2, len(left)) if want and want <= have and accounted else None

    def _form(self, fact: Fact, value: Value) -> Form:
        key = (fact, value)
        if key not in self._forms:
            free = phrase_of(fact)
            told = (
                self.names.mark(free)
                if free is not None
                else plain(self.case.words.fact(fact, value), self.names.marks)
            )
            self._forms[key] = form_of(told)
        return self._forms[key]

    @cached_property
    def _forms(self) -> dict[tuple[Fact, Value], Form]:
        return {}

    # With somebody left open

    def open_readings(self, text: str) -> Iterator[Found]:
        """What a clause can say of somebody, whoever it is: *@ loves #1*, *anybody loves #1*, and
        what says it of less than it takes, *#1 is engaged*: to somebody."""
        if self.case.is_ledger:
            return
        denied, said = _NOBODY.search(text) is not None, _NOBODY.sub(HOLE, text)
        said = active(_ANYBODY.sub(HOLE, said))
        form, named = form_of(said), self.names.named(said)
        seen: set[tuple[object, ...]] = set()
        for fact, value, place in self._with_a_hole(frozenset(named)):
            slots = (*fact.arguments, *(() if isinstance(value, bool) else (value,)))
            rank = self._rank(form, named, fact, value, slots[place])
            key = (fact.property, slots[:place], slots[place + 1 :], rank)
            if rank is None or key in seen:
                continue
            seen.add(key)
            claim = self._somebody(fact, value, place)
            if claim is not None:
                turned = form.denied != denied
                yield Found((*rank, 0), denial(claim) if turned else claim)
        if HOLE in said and not named:
            yield from self._of_two(form, denied)

    def _of_two(self, form: Form, denied: bool) -> Iterator[Found]:
        """*@ is engaged*, *@ loves @*: of somebody, and somebody else."""
        seen: set[str] = set()
        for fact in self.case.facts:
            if len({*fact.arguments}) != 2 or self.range_of(fact) != "boolean":
                continue
            marks = [self.names.marks[str(one)] for one in fact.arguments]
            own = self._form(fact, True)
            told = tuple(HOLE if word in marks else word for word in own.words)
            if fact.property in seen or form.words not in (told, _without_hole(told)):
                continue
            seen.add(fact.property)
            claim = self._somebody(fact, True, 0, 1)
            if claim is not None:
                yield Found((1, 0), denial(claim) if form.denied != denied else claim)

    def _with_a_hole(self, named: frozenset[str]) -> Iterator[tuple[Fact, Value, int]]:
        """Facts with one more thing than is named, and the place of that."""
        for fact in self.case.facts:
            arguments = [str(one) for one in fact.arguments]
            if len(set(arguments)) < len(arguments):
                continue
            values = self.range_of(fact)
            if values == "number":
                continue
            if values == "boolean":
                for place, one in enumerate(arguments):
                    if {*arguments[:place], *arguments[place + 1 :]} == named and one not in named:
                        yield fact, True, place
                continue
            domain = [str(one) for one in self.case.setting.domain(Variable("x", values))]
            if set(arguments) == named:
                yield from ((fact, one, len(arguments)) for one in domain if one not in named)
            for place, one in enumerate(arguments):
                rest = {*arguments[:place], *arguments[place + 1 :]}
                for value in sorted(named - rest):
                    if one not in named and rest | {value} == named and value in domain:
                        yield fact, value, place

    def _somebody(self, fact: Fact, value: Value, *places: int) -> Expression | None:
        """That it is so of somebody, in the place of one (or more) of those who are in it."""
        given = self._declared[fact.property, len(fact.arguments)]
        arguments, heads = list(fact.arguments), ""
        for place, variable in zip(places, "xy", strict=False):
            if place == len(arguments):
                kind, value = self._kind(given.range, str(value)), variable
            else:
                parameter = given.parameters[place]
                if not isinstance(parameter, Variable):
                    return None
                kind, arguments[place] = parameter.type, variable
            heads += f"exists({variable} : {kind}) "
        text = fact_text(Fact(fact.property, tuple(arguments)), value)
        if fact.property in _BOTH_WAYS and len(arguments) == 2:
            text = f"({text} | {fact_text(Fact(fact.property, tuple(arguments[::-1])), value)})"
        return parse_condition(heads + text, self.case.storyworld)[0]

    def _kind(self, declared: str, example: str) -> str:
        """Of whom it can be so: of people alone, if it is told as it is of a person (*who has*)."""
        is_person = self.case.setting.sort(example) == "character"
        return "character" if is_person else declared


def _without_hole(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """*#1 is engaged*, of *#1 is engaged to @*."""
    if words[-1:] != (HOLE,):
        return None
    return words[:-2] if words[-2] in PREPOSITIONS else words[:-1]


def _is_passive(asked: Sequence[str], told: Sequence[str]) -> bool:
    """Whether a clause says that something is done to whom it begins with: *#1 is loved*."""
    if "be" not in asked or "be" in told:
        return False
    after = asked[asked.index("be") + 1 :]
    verb = lemma_of(after[0]) if after else None
    return verb is not None and participle(verb) == after[0]
