"""Where two texts differ, so that a writer sees it: by sentence and word, in its place.

Receives the text as it was blessed and as it is; hands on ``Place``s, each a stretch of pieces that
stayed, went, or came. Pages that are the same are not repeated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from msgspec import Struct

Fate: TypeAlias = Literal["kept", "gone", "new"]
Piece: TypeAlias = tuple[Fate, str]

_SENTENCE = re.compile(r".*?[.!?…]+[\u201d\u2019\"')\]]*(?:\s+|$)|.+?(?:\n+|$)", re.DOTALL)
_WORD = re.compile(r"\w+(?:[\u2019'-]\w+)*\s*|\W")
_FEW = 8
"""So many words of a sentence that stayed are shown beside what did not."""
_ALIKE = 0.4
"""Sentences less alike than this are two, and not one reworded."""


class Place(Struct, frozen=True):
    """One place where they differ. ``where``: which paragraph (or line) of the new text, from 1."""

    where: int
    pieces: tuple[Piece, ...]

    def __str__(self) -> str:
        return self.marked()

    def marked(self, gone: str = "[-{}-]", new: str = "{{+{}+}}") -> str:
        """In one line, what went and what came marked."""
        how = {"kept": "{}", "gone": gone, "new": new}
        line = "".join(_outside(how[fate], text) for fate, text in self.pieces)
        return re.sub(r"\s{2,}", " ", line).strip(_AROUND)


def places(before: str, now: str, *, by_line: bool = False) -> tuple[Place, ...]:
    """Where they differ, in order; none where they are the same. ``by_line``: the texts are lists,
    of which a line stays as it is or is another."""
    split = _lines if by_line else _sentences
    old, new = split(before), split(now)
    found: list[Place] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            continue
        where = sum(one.count("\n") > 0 for one in new[:first]) + 1
        ahead, behind = _beside(new, first, last, by_line=by_line)
        gone, came = old[start:end], new[first:last]
        changed = _replaced(gone, came) if by_line else _reworded(gone, came)
        pieces = [*ahead, *changed, *behind]
        found.append(Place(where, tuple(_joined(pieces, "; " if by_line else " ¶ "))))
    return tuple(found)


def _beside(
    new: Sequence[str], first: int, last: int, *, by_line: bool
) -> tuple[list[Piece], list[Piece]]:
    """What stands before a place and behind it: of prose, in the same paragraph."""
    ahead: list[Piece] = []
    behind: list[Piece] = []
    if first and (by_line or "\n" not in new[first - 1]):
        ahead = [("kept", _tail(new[first - 1]))]
    if last < len(new) and (by_line or (last and "\n" not in new[last - 1])):
        behind = [("kept", _head(new[last]))]
    return ahead, behind


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in text.splitlines()]


def _sentences(text: str) -> list[str]:
    """Sentences, each with the white space behind it; a line break ends one, too."""
    return [found for line in _paragraphs(_lines(text)) for found in _SENTENCE.findall(line)]


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Lines, an empty one being the end of the one before."""
    found: list[str] = []
    for line in lines:
        if not line.strip() and found:
            found[-1] += line
        else:
            found.append(line)
    return found


def _reworded(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    """Sentences that became others, word by word where one is like the other."""
    pieces: list[Piece] = []
    while old and new and _ratio(old[0], new[0]) >= _ALIKE:
        pieces += _by_word(old[0], new[0])
        old, new = old[1:], new[1:]
    ends: list[Piece] = []
    while old and new and _ratio(old[-1], new[-1]) >= _ALIKE:
        ends = [*_by_word(old[-1], new[-1]), *ends]
        old, new = old[:-1], new[:-1]
    return [*pieces, *_replaced(old, new), *ends]


def _replaced(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    return [*(("gone", one) for one in old), *(("new", one) for one in new)]


def _ratio(old: str, new: str) -> float:
    return SequenceMatcher(None, _WORD.findall(old), _WORD.findall(new), autojunk=False).ratio()


def _by_word(old: str, new: str) -> list[Piece]:
    before, now = _WORD.findall(old), _WORD.findall(new)
    pieces: list[Piece] = []
    codes = SequenceMatcher(None, before, now, autojunk=False).get_opcodes()
    for place, (tag, start, end, first, last) in enumerate(codes):
        if tag == "equal":
            kept = now[first:last]
            is_first, is_last = place == 0, place == len(codes) - 1
            if is_first and len(kept) > _FEW:
                kept = ["… ", "".join(kept[-_FEW:]).lstrip()]
            elif is_last and len(kept) > _FEW:
                kept = ["".join(kept[:_FEW]).rstrip(), " … "]
            elif len(kept) > 2 * _FEW and not (is_first or is_last):
                kept = ["".join(kept[:_FEW]).rstrip(), " … ", "".join(kept[-_FEW:]).lstrip()]
            pieces.append(("kept", "".join(kept)))
            continue
        pieces += [("gone", "".join(before[start:end]))] if end > start else []
        pieces += [("new", "".join(now[first:last]))] if last > first else []
    return pieces


def _tail(sentence: str) -> str:
    words = _WORD.findall(sentence)
    return sentence if len(words) <= _FEW else "… " + "".join(words[-_FEW:]).lstrip()


def _head(sentence: str) -> str:
    words = _WORD.findall(sentence)
    return sentence if len(words) <= _FEW else "".join(words[:_FEW]).rstrip() + " …"


def _joined(pieces: Sequence[Piece], line_end: str) -> list[Piece]:
    """Neighbours of one fate together, on one line."""
    found: list[Piece] = []
    for fate, text in pieces:
        flat = re.sub(r"\s*\n\s*", line_end, text) if text.strip() else " "
        if found and found[-1][0] == fate:
            flat = found.pop()[1] + flat
        found.append((fate, flat))
    return found


_AROUND = " ¶;"
"""What stands between words, and belongs to none."""


def _outside(mark: str, text: str) -> str:
    """Marks stand around words, and not around the space before or behind them."""
    words = text.strip(_AROUND)
    if not words:
        return text
    start = text.index(words)
    return f"{text[:start]}{mark.format(words)}{text[start + len(words) :]}"
