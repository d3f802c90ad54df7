"""Answers as plain data: what is said, of whose mind, since when, and what it rests on.

Receives nothing; whoever answers makes them. The saved form (``as_json``) is part of what is
promised to whoever reads it: nothing is renamed or taken away within a version.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct, to_builtins

from unspoken.chronicle.events import Chain, EventNumber, How, Value
from unspoken.queries.query import Head

VERSION = 1

SHOWN = 8
"""How many points are listed where not all are asked for."""
OF_A_SENTENCE: frozenset[Head] = frozenset(
    ("whether", "value", "since", "who", "why", "why not", "happened")
)
"""What one sentence answers: then what it rests on is shown; else, the points themselves."""


class Evidence(Struct, frozen=True):
    """An event that an answer rests on. ``act``: its story time; ``place``: where it is found, as
    one says it (``act 6``; of a ledger, ``chapter 2, line 31``). ``who``: whose percept or mind it
    is evidence of; ``how`` it came to them, and ``by`` whom, where somebody told them."""

    event: EventNumber
    act: int
    place: str
    words: str
    who: str | None = None
    how: How | None = None
    by: str | None = None


class Stretch(Struct, frozen=True):
    """A stretch of time: after which act it began (0: from the beginning), and with which it ended
    (None: it did not)."""

    since: int
    until: int | None


class Point(Struct, frozen=True):
    """One thing that belongs to an answer. ``fact``: what it is about, as the formal language has
    it (or an act, or a feeling). ``minds``: who holds it (outermost first; nobody: it is so), and
    ``value`` what they take it to be; ``truth``: how it is, where the question was about that, too.
    """

    words: str
    fact: str = ""
    minds: Chain = ()
    value: Value = None
    truth: Value = None
    stretches: tuple[Stretch, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Answer(Struct, frozen=True):
    """``question``: as it was asked; ``form``: as it was understood, which can be asked instead.
    ``verdict``: yes or no, where that was the question and it is known. ``words``: the answer, in
    a sentence or two; ``points``: what it consists of."""

    question: str
    form: str
    head: Head
    verdict: bool | None
    words: str
    points: tuple[Point, ...] = ()

    def __str__(self) -> str:
        return self.text()

    def text(self, *, brief: bool = False, full: bool = False) -> str:
        """The answer for people; ``brief``: the sentence alone, where that answers it; ``full``:
        all points, each with what it rests on."""
        return "\n".join(self._lines(brief, full))

    def _lines(self, brief: bool, full: bool) -> Iterator[str]:
        yield self.words
        named = [point for point in self.points if point.words]
        shown = named if full else named[:SHOWN]
        if not (brief and self.head in OF_A_SENTENCE):
            yield from (f"  {point.words}" for point in shown if not full)
            if len(shown) < len(named):
                yield f"  ... and {len(named) - len(shown)} more"
        if full and not brief:
            for point in self.points:
                yield from ([f"  {point.words}"] if point.words else [])
                yield from _placed(point.evidence, "      " if point.words else "  ")
        elif not brief:
            shown = [one for one in self.points if not one.words or self.head == "why"]
            yield from _placed([found for one in shown for found in one.evidence], "  ")

    def as_json(self) -> dict[str, Any]:
        """The answer as JSON has it."""
        return {"version": VERSION, **to_builtins(self)}


def _placed(found: Sequence[Evidence], margin: str) -> Iterator[str]:
    """Evidence, a line for each event."""
    width = max((len(one.place) for one in found), default=0)
    told = dict.fromkeys((one.place, one.words) for one in found)
    for place, words in told:
        yield f"{margin}{place.ljust(width)}  {words}" if width else f"{margin}{words}"
