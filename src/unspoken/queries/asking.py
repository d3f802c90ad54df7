"""A question in words, and its answer: read as the formal language or as English, and answered.

    question -> formal | english -> Query -> holding | comparing | deeds -> Answer

Receives a case and questions; hands on answers, or raises ``NotUnderstood`` with the nearest that
would be. What needs more than the chronicle (what somebody would do now) is answered by whoever has
it (``unspoken.asking``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from unspoken.queries import comparing, deeds, done, hidden, holding, thinking, which
from unspoken.queries.answer import Answer
from unspoken.queries.case import Case
from unspoken.queries.clauses import Clauses
from unspoken.queries.english import English
from unspoken.queries.formal import read
from unspoken.queries.naming import Names
from unspoken.queries.possibility import POSSIBLE
from unspoken.queries.query import Call, Head, Query

Answering = Callable[[Case, Query, str], Answer]

ANSWERING: Mapping[Head, Answering] = {
    "whether": holding.whether,
    "value": which.value,
    "which": which.which,
    "who": holding.who,
    "since": holding.since_when,
    "thinks": thinking.thinks,
    "knowledge": thinking.thinks,
    "possibilities": thinking.thinks,
    "wrong": comparing.wrong,
    "common": comparing.common,
    "changed": comparing.changed,
    "unknown": hidden.unknown,
    "hides": hidden.hides,
    "did": done.did,
    "said": done.said,
    "lied": done.lied,
    "happened": done.happened,
    "perceived": deeds.perceived,
    "unsaid": deeds.unsaid,
    "feels": deeds.feels,
    "why": deeds.why,
}


class NotUnderstood(Exception):
    """A question that is none of the forms. ``nearest``: questions like it that are; ``meant``: the
    question itself, its words put right; ``missing``: what it names, and nothing is called."""

    def __init__(
        self,
        question: str,
        nearest: tuple[str, ...],
        meant: str | None = None,
        missing: str | None = None,
    ) -> None:
        super().__init__(question)
        self.question = question
        self.nearest = nearest
        self.meant = meant
        self.missing = missing


class NoSuchTime(Exception):
    """A time that the story does not have."""


class Questioning:
    """A case, questioned. ``more``: answers to what the chronicle alone does not tell;
    ``possible``: all acts that there are, whether or not they happen."""

    def __init__(
        self,
        case: Case,
        more: Mapping[Head, Answering] | None = None,
        possible: Callable[[], Iterable[Call]] = tuple,
    ) -> None:
        self.case = case
        self.answering = {**ANSWERING, **(more or {})}
        self._possible = possible

    @cached_property
    def clauses(self) -> Clauses:
        return Clauses(Names(self.case), self._possible)

    @cached_property
    def english(self) -> English:
        return English(self.clauses, () if self.case.is_ledger else POSSIBLE)

    def query(self, question: str) -> Query | None:
        """What a question asks; None where it is not understood. Raises ``formal.Misread``."""
        found = read(question, self.clauses)
        return self.english.query(question) if found is None else found

    def ask(self, question: str) -> Answer:
        """The answer. Raises NotUnderstood, ``formal.Misread``, NoSuchTime, ``held.TooDeep``."""
        query = self.query(question)
        if query is None or query.head not in self.answering:
            from unspoken.queries.misspelt import meant, missing
            from unspoken.queries.nearest import nearest

            near, right = nearest(self, question), meant(self, question)
            raise NotUnderstood(question, near, right, None if right else missing(self, question))
        return self.answer(query, question)

    def best(self) -> tuple[str, ...]:
        """The questions whose answers tell most of the story."""
        from unspoken.queries.nearest import best

        return best(self)

    def answer(self, query: Query, question: str = "") -> Answer:
        try:
            self.case.moment(query.when)
        except LookupError:
            raise NoSuchTime(query.when.text.strip()) from None
        return self.answering[query.head](self.case, query, question or query.text)
