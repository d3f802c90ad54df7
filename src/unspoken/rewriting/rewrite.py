"""A telling, paragraph by paragraph, to a language model and back.

Receives a chronicle, the model, a telling and something to ask; hands on ``Rewritten``: the telling
with those paragraphs replaced that passed the gate, and a report on each. What fails is told as it
was. Alike for the same answers, whatever answers them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Literal, Protocol

from msgspec import Struct
from msgspec.structs import replace

from unspoken.chronicle.events import Chronicle
from unspoken.language import failure
from unspoken.model import Storyworld
from unspoken.queries.words import Words
from unspoken.rewriting.brief import Brief, brief
from unspoken.rewriting.cache import Cache
from unspoken.rewriting.endpoint import EndpointError
from unspoken.rewriting.gate import Gate
from unspoken.rewriting.locks import MARK, Locked, locked
from unspoken.rewriting.probes import Probe, probes
from unspoken.telling import Sentence, Span, Telling, View, view
from unspoken.telling.plan import THOUGHT, Paragraph

TRIES = 3
"""How often a paragraph is asked for: once, and twice more with the reasons."""
FEWEST = 6
"""How many free words a paragraph has at least that is worth it."""
SILENCES = 2
"""After how many paragraphs running without an answer nobody is asked any more."""

Outcome = Literal["rewritten", "too short", "refused", "no answer"]


class Ask(Protocol):
    """Whatever answers a brief: ``Endpoint``, or any other. Raises EndpointError."""

    @property
    def model(self) -> str: ...

    def ask(self, brief: Brief) -> str: ...


class Report(Struct, frozen=True):
    """What became of a paragraph: ``refused`` by the gate, for ``reasons``, or ``no answer``."""

    outcome: Outcome
    reasons: tuple[str, ...] = ()
    tries: int = 0


class Rewritten(Struct, frozen=True):
    """``reports``: one for each paragraph of the telling."""

    telling: Telling
    reports: tuple[Report, ...]

    @property
    def text(self) -> str:
        return self.telling.text


def rewrite(
    chronicle: Chronicle,
    storyworld: Storyworld,
    telling: Telling,
    ask: Ask,
    cache: Cache | None = None,
    *,
    cached_only: bool = False,
) -> Rewritten:
    """A telling in other words. ``cached_only``: nothing is asked that the cache does not answer.

    Raises DiagnosticError where it does not, and where the cache cannot be written.
    """
    work = _Work(chronicle, storyworld, telling, ask, cache, cached_only)
    told = [work.paragraph(place) for place in range(len(telling.paragraphs))]
    paragraphs = tuple(paragraph for paragraph, _ in told)
    return Rewritten(replace(telling, paragraphs=paragraphs), tuple(report for _, report in told))


class _Work:
    def __init__(
        self,
        chronicle: Chronicle,
        storyworld: Storyworld,
        telling: Telling,
        ask: Ask,
        cache: Cache | None,
        cached_only: bool,
    ) -> None:
        self.chronicle = chronicle
        self.storyworld = storyworld
        self.telling = telling
        self.asked = ask
        self.cache = cache
        self.cached_only = cached_only
        self.words = Words(storyworld)
        self.silences = 0
        self._probes: dict[str | None, tuple[Probe, ...]] = {}

    @cached_property
    def views(self) -> Mapping[str | None, View]:
        minds = dict.fromkeys(paragraph.mind for paragraph in self.telling.paragraphs)
        return {mind: view(self.chronicle, mind) for mind in minds}

    def paragraph(self, place: int) -> tuple[Paragraph, Report]:
        paragraph = self.telling.paragraphs[place]
        setting = self.words.setting
        kept = locked(paragraph, lambda entity: setting.sort(entity) == "character")
        if kept.words < FEWEST:
            return paragraph, Report("too short")
        before = self.telling.paragraphs[:place]
        first = brief(
            self.views[paragraph.mind],
            paragraph,
            kept,
            [one for one in before if one.mind == paragraph.mind],
            self.words,
            self.telling.options,
        )
        gate = Gate(
            setting,
            paragraph.mind,
            kept,
            self._forbidden(paragraph.mind),
            is_past=self.telling.options.tense == "past",
            is_first=self.telling.options.person == "first",
            given=first.user,
        )
        return self._tried(paragraph, kept, first, gate)

    def _tried(
        self, paragraph: Paragraph, kept: Locked, first: Brief, gate: Gate
    ) -> tuple[Paragraph, Report]:
        now, reasons = first, tuple[str, ...]()
        for tries in range(1, TRIES + 1):
            try:
                answer = self._answer(now)
            except EndpointError as error:
                self.silences = SILENCES if error.lasting else self.silences + 1
                return paragraph, Report("no answer", (str(error),), tries)
            self.silences = 0
            answer = re.sub(" +", " ", answer.strip())
            reasons = gate.reasons(answer)
            if not reasons:
                return _replaced(paragraph, kept, answer), Report("rewritten", (), tries)
            now = first.again(reasons)
        return paragraph, Report("refused", reasons, TRIES)

    def _answer(self, asked: Brief) -> str:
        """From the cache, or else from whoever is asked."""
        model = self.asked.model
        found = None if self.cache is None else self.cache.get(model, asked)
        if found is not None:
            return found
        if self.cached_only:
            raise failure("not-cached", model=model)
        if self.silences >= SILENCES:
            raise EndpointError("nobody answered before")
        answer = self.asked.ask(asked)
        if self.cache is not None:
            self.cache.put(model, asked, answer)
        return answer

    def _forbidden(self, mind: str | None) -> tuple[Probe, ...]:
        if mind not in self._probes:
            self._probes[mind] = probes(self.chronicle, self.storyworld, mind)
        return self._probes[mind]


def _replaced(paragraph: Paragraph, kept: Locked, answer: str) -> Paragraph:
    """A paragraph in other words: one sentence, with the provenance of all."""
    spans = []
    for part in _parts(answer):
        mark = MARK.fullmatch(part)
        spans.append(Span(part) if mark is None else kept.spans[int(mark[1]) - 1])
    every = paragraph.sentences
    one = Sentence(
        spans=tuple(spans),
        form="FIT" if all(sentence.form in THOUGHT for sentence in every) else "NV",
        frame="rewritten",
        mind=paragraph.mind,
        items=tuple(dict.fromkeys(item for sentence in every for item in sentence.items)),
        thinker=every[0].thinker if len({s.thinker for s in every}) == 1 else None,
        elsewhere=any(sentence.elsewhere for sentence in every),
        events=tuple(dict.fromkeys(event for sentence in every for event in sentence.events)),
        lines=tuple(dict.fromkeys(line for sentence in every for line in sentence.lines)),
    )
    return replace(paragraph, sentences=(one,))


def _parts(text: str) -> list[str]:
    """A text cut before and after each mark."""
    cut = MARK.sub(lambda mark: f"\0{mark[0]}\0", text)
    return [part for part in cut.split("\0") if part]
