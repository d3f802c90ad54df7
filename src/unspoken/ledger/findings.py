"""What the checks find, and what of it the author means.

Receives findings one by one, each with the line or scene that it is about; hands on ``Findings``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from unspoken.language import Diagnostic, Note, problem
from unspoken.ledger.model import Intended, Ledger, Line, Scene
from unspoken.model import Span

Mark: TypeAlias = tuple[str, Span]
"""A second place that matters, with its role in the message."""


class Exempted(NamedTuple):
    """A finding that the author means to be so, and why."""

    diagnostic: Diagnostic
    reason: str


class Findings(NamedTuple):
    """What was found, in the order of the text."""

    found: tuple[Diagnostic, ...]
    intended: tuple[Exempted, ...]


class Collector:
    """The findings so far."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.said: list[tuple[Diagnostic, Intended | None]] = []

    def say(
        self,
        code: str,
        owner: Line | Scene,
        span: Span | None = None,
        notes: Iterable[Mark | None] = (),
        **facts: object,
    ) -> None:
        kept = [Note(*note) for note in notes if note is not None]
        found = problem(code, owner.span if span is None else span, kept, **facts)
        self.said.append((found, owner.intended))

    def findings(self) -> Findings:
        """All of them. An ``intended`` that none of them needed is one, too."""
        used = {id(intended) for _, intended in self.said if intended is not None}
        for owner in self.owners():
            if owner.intended is not None and id(owner.intended) not in used:
                span = owner.intended.span
                self.said.append((problem("intended-for-nothing", span), None))
        self.said.sort(key=lambda one: one[0].span.start if one[0].span is not None else -1)
        return Findings(
            tuple(diagnostic for diagnostic, intended in self.said if intended is None),
            tuple(
                Exempted(diagnostic, intended.reason)
                for diagnostic, intended in self.said
                if intended is not None
            ),
        )

    def owners(self) -> Iterable[Line | Scene]:
        yield from self.ledger.known
        for scene in self.ledger.scenes:
            yield scene
            yield from scene.lines


def about(line: Line) -> Span:
    """The place of what a line is about; of all of it, where it is about nothing."""
    return line.span if line.about is None else line.about
