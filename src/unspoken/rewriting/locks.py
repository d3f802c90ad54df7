"""Words that must come back as they are: speech, thoughts in their thinker's words, names.

Receives a paragraph; hands on its text with ``⟦1⟧``, ``⟦2⟧``, … in their places, and puts them
back.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from unspoken.telling.plan import Paragraph, Span

MARK = re.compile(r"⟦([0-9]{1,4})⟧")


class Locked(Struct, frozen=True):
    """``text``: with marks; ``spans``: what stands under them, the first under 1."""

    text: str
    spans: tuple[Span, ...]

    @property
    def words(self) -> int:
        """How many words are free."""
        return len(MARK.sub(" ", self.text).split())

    def filled(self, text: str) -> str:
        """A text with its marks replaced by what they stand for. Raises IndexError for a mark that
        this paragraph has not."""
        return MARK.sub(lambda mark: self.spans[int(mark[1]) - 1].text, text)


def locked(paragraph: Paragraph, is_name: Callable[[str], bool]) -> Locked:
    """``is_name``: whether an entity is called by a name, and not by a word."""
    kept: list[Span] = []
    texts = []
    for sentence in paragraph.sentences:
        text = ""
        for span in sentence.spans:
            if _is_kept(span, is_name):
                kept.append(span)
                text += f"⟦{len(kept)}⟧"
            else:
                text += span.text
        texts.append(text)
    return Locked(" ".join(texts), tuple(kept))


def _is_kept(span: Span, is_name: Callable[[str], bool]) -> bool:
    if span.kind == "quoted":
        return re.search(r"\w", span.text) is not None
    return span.kind == "mention" and not span.pronoun and is_name(span.entity or "")
