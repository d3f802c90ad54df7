"""Plain English for the common questions: ``does Willow know that Tara loves her?``

Receives texts and what knows names and clauses; hands on queries, or None for what is none of the
forms. A form is a pattern and what it asks; the clauses in it are any that the story could tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec.structs import replace

from unspoken.chronicle.events import Fact
from unspoken.model import Expression
from unspoken.queries.clauses import Clauses
from unspoken.queries.formal import time_of
from unspoken.queries.forms_of_acts import OF_ACTS
from unspoken.queries.forms_of_minds import OF_MINDS
from unspoken.queries.forms_of_things import OF_PLACES, OF_WHOM
from unspoken.queries.patterns import ANYTHING, Form
from unspoken.queries.query import Call, Query, When

FORMS = tuple(
    (re.compile(pattern), make) for pattern, make in (*OF_PLACES, *OF_MINDS, *OF_ACTS, *OF_WHOM)
)
"""The forms, the more special before the more general."""
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


class English:
    """Reads questions about one case. ``before``: forms that are tried before all others."""

    def __init__(self, clauses: Clauses, before: Sequence[Form] = ()) -> None:
        self._forms = (*before, *FORMS)
        self.clauses = clauses
        self.names = clauses.names
        self.people: tuple[str, ...] = ()
        self.when = When()

    def query(self, question: str) -> Query | None:
        """What a question asks; None: it is none of the forms."""
        text = tidied(self.names.mark(question))
        if self.clauses.case.root:  # who is asked
            text = _as_asked(text, self.names.marks[self.clauses.case.root[0]])
        self.people = tuple(name for name in self.names.named(text) if name in self.names.people)
        for asked, when in self._timed(text):
            self.when = when
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
            call = self.clauses.acts.act(tail, None, self.people) if between else None
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
        if not text or ANYTHING.fullmatch(text):
            return None
        for variant in self.names.resolved(text, tuple(p for p in self.people if p != holder)):
            name = self.names.entity(variant)
            if name is not None:
                return name
        return self.names.spoken(text).removeprefix("the ")

    def where(self, text: str) -> Fact | None:
        """The fact of where something is."""
        return self.clauses.values.where(text, self.people)

    def called(self, text: str) -> Fact | None:
        """The fact whose value is called so."""
        return self.clauses.values.called(text, self.people)

    def claim_now(self, fact: Fact) -> Expression | None:
        """That a fact has the value that it has, at the time that the question is about."""
        case = self.clauses.case
        try:
            value = case.value(fact, case.moment(self.when))
        except LookupError:
            return None
        return None if value is None else case.claim(fact, value)

    def pattern(self, text: str) -> Call | None:
        """The acts that a clause tells, with whoever it leaves open."""
        return self.clauses.acts.pattern(text, self.people)

    def seen(self, text: str) -> Call | None:
        """The act that somebody may have perceived; where nobody did it, that one."""
        return self.act(text, None) or self.pattern(text)

    def act(self, text: str, who: str | None, *, any_act: bool = False) -> Call | None:
        return self.clauses.acts.act(text, who, self.people, any_act=any_act)


def tidied(text: str) -> str:
    """A question in small letters, without short forms, courtesies and marks."""
    words = text.translate(_QUOTES).strip().rstrip("?!. ")
    parts = re.split(r'("[^"]*"|[A-Za-z_]\w*\s*\([^()]*\))', words)
    said = "".join(part if place % 2 else _plain(part) for place, part in enumerate(parts))
    said = re.sub(r"^(does|do|did|is|are|was|were|has|have|had) not ", r"\1 ", said.strip())
    said = re.sub(r"^(?:has|have) (#\d+) got ", r"does \1 have ", said)
    said = re.sub(r"\b(?:really|actually|ever|even) ", "", said)
    said = re.sub(r"^(who|what) else ", r"\1 ", said)
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
