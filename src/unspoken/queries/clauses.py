"""What a clause of a question is about: which fact, which act, in whose mind.

Receives a case and clauses with marked names; hands on claims. A clause is known by the words in
which the same thing would be told (``saying.plain``), tense, articles and denial aside
(``ledger.phrases.form_of``, by which a ledger's phrases are told apart): so that what we say can be
asked. What each kind of thing is known by: ``facts``, ``acts``, ``values``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from unspoken.language import parse_condition
from unspoken.model import EntityTerm, Expression, Or
from unspoken.queries.acts import FORMAL, Acts
from unspoken.queries.facts import Facts, Found
from unspoken.queries.likeness import Vocabulary
from unspoken.queries.naming import Names
from unspoken.queries.query import Call, believing, knowing
from unspoken.queries.query import denied as denial
from unspoken.queries.values import Values

_MIND = re.compile(
    r"(?P<who>#\d+|she|he|they) (?:(?P<not>does not|do not|did not|doesn't|didn't) )?"
    r"(?:(?P<know>knows?|knew|realises?|realised|realizes?|realized|learned|learnt)"
    r"|(?:thinks?|thought|believes?|believed|suspects?|suspected|supposes?|is sure|was sure))"
    r"(?: that| whether| if)? (?P<what>.+)"
)
_NAMED = re.compile(r"#\d+")
_EITHER = re.compile(r"#\d+(?:, #\d+)*,? or #\d+")
_SAID_SO = ((re.compile(r"\b(?:is|was|are|were) in love with\b"), "loves"),)


class Clauses:
    """``possible``: all acts that there are, whether or not they happen."""

    def __init__(self, names: Names, possible: Callable[[], Iterable[Call]] = tuple) -> None:
        self.names = names
        self.case = names.case
        vocabulary = Vocabulary(self.case.storyworld)
        self.facts = Facts(names, vocabulary)
        self.acts = Acts(names, vocabulary, possible)
        self.values = Values(self.facts)

    # Claims

    def claim(self, text: str, people: tuple[str, ...] = ()) -> Expression | None:
        """What a clause says. ``people``: whom pronouns can mean, the likeliest first."""
        text = text.strip()
        if FORMAL.match(text):
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
            readings = [*self.facts.readings(variant)] or self.facts.open_readings(variant)
            found += (Found((*one.rank, place), one.claim) for one in readings)
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
