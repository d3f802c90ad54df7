"""Which value a question asks for: where somebody is, who the thief is, what Mabel likes.

Receives what knows facts, and texts with marked names; hands on what has that value, as an
expression. A value is known by what it would be called (``Conditions.called``); a place, by any
property that says where a thing is.
"""

from __future__ import annotations

from unspoken.chronicle.events import Fact
from unspoken.chronicle.words import value_text
from unspoken.language.conditions import parse_value
from unspoken.ledger.phrases import form_of
from unspoken.model import Fluent, Variable
from unspoken.queries.facts import Facts
from unspoken.queries.likeness import short
from unspoken.queries.saying import plain


class Values:
    """What has a value in a case."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.names = facts.names
        self.case = facts.case

    def where(self, text: str, people: tuple[str, ...]) -> Fact | None:
        """The fact of where somebody or something is."""
        say = self.case.words
        for variant in self.names.resolved(text, people):
            name = self.names.entity(variant.strip())
            found = [fact for fact in self._of_one if fact.arguments == (name,)]
            found = [fact for fact in found if self._is_of_places(fact)]
            ranked = [(rank, fact) for fact in found if (rank := say.whereabouts(fact)) is not None]
            if ranked:
                return min(ranked, key=lambda pair: pair[0])[1]
        return None

    @property
    def _of_one(self) -> list[Fact]:
        facts = [fact for fact in self.case.facts if fact.property]
        return [fact for fact in facts if self.facts.range_of(fact) not in ("boolean", "number")]

    def _is_of_places(self, fact: Fact) -> bool:
        domain = self.case.setting.domain(Variable("x", self.facts.range_of(fact)))
        return any(self.case.setting.sort(str(one)) == "place" for one in domain)

    def called(self, text: str, people: tuple[str, ...]) -> Fact | None:
        """The fact whose value is called so: *#1's partner*, *the thief*, *what #1 likes*."""
        variants = [short(form_of(one).words) for one in self.names.resolved(text, people)]
        for fact in self.case.facts:
            if not fact.property or self.facts.range_of(fact) == "boolean":
                continue
            called = self.case.words.called(fact)
            told = called and short(form_of(plain(called, self.names.marks)).words)
            if told and told in variants:
                return fact
        return None

    def fluent(self, fact: Fact) -> Fluent | None:
        """What has the value, as an expression."""
        text = f"{fact.property}({', '.join(map(value_text, fact.arguments))})"
        found, _ = parse_value(text, self.case.storyworld)
        return found if isinstance(found, Fluent) else None
