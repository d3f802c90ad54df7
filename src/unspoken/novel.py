"""A ledger, and all that can be asked of it: the line as one library, for plain scenes.

    novel = unspoken.load_ledger("novel.ledger")
    novel.findings                        # who says what they cannot know, ...
    print(novel.matrix(chapter="3"))      # who knows what, since when, from whom

Stands behind every face, as ``world`` does for storyworlds. A ledger that has mistakes is one,
too: they are its findings. A file that is not there or no text raises ``DiagnosticError``; so does
asking what happens in a ledger of which a line is not understood: the answer would be wrong.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from unspoken import sources
from unspoken.ledger import check, course_of, read
from unspoken.model import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unspoken.chronicle import Chronicle
    from unspoken.language import Diagnostic
    from unspoken.ledger import Exempted, Findings, Ledger
    from unspoken.ledger.course import Course
    from unspoken.ledger.matrix import Matrix
    from unspoken.queries.answer import Answer
    from unspoken.queries.questioning import Questioning


def load_ledger(path: str | Path) -> Novel:
    """The ledger in a file. Raises DiagnosticError where there is none."""
    return Novel(sources.find_ledger(path))


def parse_ledger(text: str, name: str = "<text>") -> Novel:
    """The ledger that a text is."""
    return Novel(Source(name, text))


class Novel:
    """What a ledger says, and what follows from it."""

    def __init__(self, source: Source) -> None:
        self.ledger: Ledger
        self.ledger, misread = read(source)
        self._misread = tuple(misread)

    def __repr__(self) -> str:
        return f"Novel({self.ledger.title or self.ledger.source.name!r})"

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the text; or, where nothing is, what is wrong or doubtful in what it
        says. What the author means is left out."""
        return self._misread or self._checked.found

    @property
    def intended(self) -> tuple[Exempted, ...]:
        """What would be found, but is meant, each with the author's reason."""
        return () if self._misread else self._checked.intended

    @cached_property
    def chronicle(self) -> Chronicle:
        """Who perceived what, whose mind changed, and because of what, in story time. Raises
        DiagnosticError where a line is not understood."""
        from unspoken.language import DiagnosticError, has_errors
        from unspoken.ledger.record import chronicle_of

        if has_errors(self._misread):
            raise DiagnosticError(self._misread)
        return chronicle_of(self._course)

    def matrix(
        self,
        chapter: str | None = None,
        people: Sequence[str] = (),
        facts: Sequence[str] = (),
    ) -> Matrix:
        """Who knows what, since when, from whom: at the end, or at the end of a chapter; of all,
        or of these people and of the facts whose phrases have one of these texts in them. Raises
        DiagnosticError where there is no such chapter, person or fact."""
        from unspoken.ledger.matrix import matrix_of

        return matrix_of(self.chronicle, chapter, people, facts)

    def ask(self, question: str, as_: str | None = None) -> Answer:
        """The answer to a question, in English or in the formal language of questions
        (``queries/ASKING.md``), in which a fact is its phrase in quotation marks: ``novel.ask("does
        Ben know that Anna burnt the will?")``. A value; ``str()`` says it. ``as_``: answered by
        this character, of what they know. Raises DiagnosticError where the question is not
        understood, with the nearest that are."""
        return self.questioning(as_).ask(question)

    def questioning(self, as_: str | None = None) -> Questioning:
        """Whoever answers many questions, at the cost of one."""
        from unspoken.queries.questioning import of_ledger

        return of_ledger(self.chronicle, self.ledger, as_)

    @cached_property
    def _course(self) -> Course:
        return course_of(self.ledger)

    @cached_property
    def _checked(self) -> Findings:
        return check(self._course)
