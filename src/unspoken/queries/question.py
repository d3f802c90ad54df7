"""A question to a reader, and what the kinds of questions have in common: when is meant.

Receives a page; hands on drafts, whose options are not in order yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal

from msgspec import Struct

from unspoken.chronicle.events import Chain, Event, EventNumber
from unspoken.queries.carried import Page, Place
from unspoken.queries.words import Words

Kind = Literal[
    "believed",  # what a mind held, of the world, of a heart, of what another mind holds
    "mistaken",  # what was so although a mind held otherwise
    "knew",  # who all came to hold what was so
    "felt",  # which emotion something stirred
    "wanted",  # what somebody would have done, and did not
    "why",  # what an act was meant to lead to
    "thinker",  # whose a thought was
]


_QUOTES = "“”"


class Draft(Struct, frozen=True):
    """A question with its right answer and what else could be offered, the best first.

    ``minds``: about whose mind it is, outermost first. ``events``: of the chronicle, that make the
    answer right; ``places``: the sentences that carry it.
    """

    kind: Kind
    minds: Chain
    stem: str
    right: str
    wrong: tuple[str, ...]
    events: tuple[EventNumber, ...]
    places: tuple[Place, ...]


class Asking(Struct, frozen=True, dict=True):
    """A page, and the words to ask about it."""

    page: Page
    words: Words

    def when(self, time: int | None) -> str | None:
        """*At the beginning*, or *right after* what the page tells as done then: in our words, or
        else in its own. None where nothing can be said of it."""
        if time is None:
            return "At the beginning"
        acts = [act for act in self.page.acts if act.time == time]
        done = next(filter(None, map(self.done, acts)), None)
        read = next(filter(None, map(self.read, acts)), None) if done is None else None
        if read is not None:
            return f"Right after “{read}”"
        return None if done is None else f"Right after {done}"

    def done(self, act: Event) -> str | None:
        """``Tara opened the door``, in our words; None where they would not be clear to whoever has
        only the page."""
        said = self.words.act(act)
        known = all(not isinstance(one, str) or self.page.names(one) for one in act.arguments)
        return said if said is not None and known and self._acts_so_called[said] == 1 else None

    def read(self, act: Event) -> str | None:
        """The page's own words for an act that can be quoted; None where there are none."""
        text = self.page.sentences[self.page.told[act.number]].text
        quotes = set(text) & set(_QUOTES)
        return text.rstrip(".") if self._told_so[text] == 1 and not quotes else None

    @cached_property
    def _acts_so_called(self) -> Counter[str | None]:
        return Counter(map(self.words.act, self.page.acts))

    @cached_property
    def _told_so(self) -> Counter[str]:
        return Counter(sentence.text for sentence in self.page.sentences.values())


def distinct(texts: Iterable[str | None], *but: str) -> Iterator[str]:
    """Each text once, without those that are none or are ruled out."""
    seen = set(but)
    for text in texts:
        if text is not None and text not in seen:
            seen.add(text)
            yield text
