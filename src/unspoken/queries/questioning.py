"""A question in words, and its answer: read as the formal language or as English, and answered.

    question -> formal | english -> Query -> holding | comparing | deeds -> Answer

Receives a case and questions; hands on answers, or raises ``DiagnosticError`` with the nearest
questions that would be understood. What needs more than the chronicle (what somebody would do now)
is answered by whoever has it (``unspoken.asking``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from unspoken.language import DiagnosticError, failure
from unspoken.queries import comparing, deeds, done, hidden, holding, thinking, which
from unspoken.queries.answer import Answer
from unspoken.queries.case import Case, ledger_case
from unspoken.queries.clauses import Clauses
from unspoken.queries.english import English
from unspoken.queries.formal import read
from unspoken.queries.held import TooDeep
from unspoken.queries.naming import Names
from unspoken.queries.possibility import POSSIBLE
from unspoken.queries.query import Call, Head, Query

if TYPE_CHECKING:
    from unspoken.chronicle import Chronicle
    from unspoken.ledger import Ledger

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


class Questioning:
    """A case, questioned. ``more``: answers to what the chronicle alone does not tell;
    ``possible``: all acts that there are, whether or not they happen; ``deepen``: the same story,
    minds followed so deep."""

    def __init__(
        self,
        case: Case,
        more: Mapping[Head, Answering] | None = None,
        possible: Callable[[], Iterable[Call]] = tuple,
        deepen: Callable[[int], Questioning] | None = None,
    ) -> None:
        self.case = case
        self.answering = {**ANSWERING, **(more or {})}
        self._possible = possible
        self._deepen = deepen

    @cached_property
    def clauses(self) -> Clauses:
        return Clauses(Names(self.case), self._possible)

    @cached_property
    def english(self) -> English:
        return English(self.clauses, () if self.case.is_ledger else POSSIBLE)

    def query(self, question: str) -> Query | None:
        """What a question asks; None where it is not understood. Raises DiagnosticError
        where it is formal, and makes no sense in this world."""
        found = read(question, self.clauses)
        return self.english.query(question) if found is None else found

    def ask(self, question: str) -> Answer:
        """The answer. Raises DiagnosticError where the question is not understood, where the story
        has no such time, and where minds are not followed as deep, and cannot be."""
        try:
            query = self.query(question)
            if query is None or query.head not in self.answering:
                raise self._not_understood(question)
            return self.answer(query, question)
        except TooDeep as error:
            if self._deepen is None:
                minds = " > ".join(error.minds)
                raise failure("minds-not-followed", minds=minds, depth=error.depth) from None
            return self._deepen(len(error.minds)).ask(question)

    def _not_understood(self, question: str) -> DiagnosticError:
        from unspoken.queries.misspelt import meant, missing
        from unspoken.queries.nearest import nearest

        near = "".join(f"\n      {one}" for one in nearest(self, question))
        right = meant(self, question)
        gone = None if right else missing(self, question)
        facts = {"meant": right, "missing": gone, "nearest": near}
        given = {name: fact for name, fact in facts.items() if fact}
        return failure("question-not-understood", question=question, **given)

    def best(self) -> tuple[str, ...]:
        """The questions whose answers tell most of the story."""
        from unspoken.queries.nearest import best

        return best(self)

    def answer(self, query: Query, question: str = "") -> Answer:
        """The answer to a query. Raises TooDeep; DiagnosticError for a time that there is not."""
        try:
            self.case.moment(query.when)
        except LookupError:
            asked = query.when.text.strip()
            raise failure("no-such-time", asked=asked, last=self.case.last) from None
        case = self.case.then if _is_of_the_past(query, question) else self.case
        return self.answering[query.head](case, query, question or query.text)


_WAS = re.compile(r"(?:\w+ )?(?:was|were|did|had|knew|thought|believed)\b", re.IGNORECASE)


def _is_of_the_past(query: Query, question: str) -> bool:
    """Whether it is asked what was so, at a time that is over."""
    is_over = query.when.relation != "end" and query.head in _OF_WHAT_IS_SO
    return is_over and _WAS.match(question) is not None


_OF_WHAT_IS_SO: frozenset[Head] = frozenset(("whether", "value", "which", "who"))


def of_ledger(
    chronicle: Chronicle, ledger: Ledger | None = None, who: str | None = None
) -> Questioning:
    """A ledger, to be asked; or what a saved chronicle has of one. Raises DiagnosticError for
    nobody's name."""
    if who is not None and who not in chronicle.characters:
        raise failure("nobody-of-that-name", name=who, known=list(chronicle.characters))
    return Questioning(ledger_case(chronicle, ledger, who))
