"""The texts of an edition: runs of words, the lines and paragraphs made of them; and how they are
cleaned, once and for all formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import category, normalize

from msgspec import Struct

from unspoken.telling import Form


class Run(Struct, frozen=True):
    """Some words of a line. ``thought``: in the thinker's own words, which formats set off."""

    text: str
    thought: bool = False


class Line(Struct, frozen=True):
    """A told sentence. ``time``: how far the telling through its mind has come by it, in that
    mind's time. ``events`` and
    ``sources``: its provenance, numbers in the chronicle and lines of the storyworld."""

    runs: tuple[Run, ...]
    form: Form
    mind: str | None
    time: int
    thinker: str | None = None
    speaker: str | None = None
    events: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


class Paragraph(Struct, frozen=True):
    """``heading``: what stands above it, where the story begins again. ``past``: it is in a
    flashback."""

    mind: str | None
    lines: tuple[Line, ...]
    heading: str = ""
    past: bool = False

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def time(self) -> int:
        """When it begins."""
        return self.lines[0].time

    @property
    def forms(self) -> tuple[Form, ...]:
        return tuple(dict.fromkeys(line.form for line in self.lines))

    @property
    def runs(self) -> tuple[Run, ...]:
        """All its words, lines with a space between."""
        runs = [run for line in self.lines for run in (*line.runs, Run(" "))]
        return clean_runs(runs[:-1])


_SPACES = re.compile(r"[^\S\u00a0\u2007\u202f]+")
"""Whitespace, lines' ends too; spaces that keep words together are words' own."""


def clean(text: str) -> str:
    """A text that any format can hold: one line, one space between words, no control characters
    and nothing that is no character. Cleaning twice changes nothing."""
    return "".join(run.text for run in clean_runs([Run(text)]))


def clean_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The same for words in several runs; thoughts neither begin nor end with a space."""
    kept: list[Run] = []
    for run in _without_edges(runs):
        text = _SPACES.sub(" ", "".join(filter(_is_kept, run.text)))
        if not kept:
            text = text.lstrip()
        elif kept[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if not text:
            continue
        if kept and kept[-1].thought == run.thought:
            text = kept.pop().text + text
        kept.append(Run(text, run.thought))
    while kept:
        last = kept.pop()
        if text := last.text.rstrip():
            return (*kept, Run(text, last.thought))
    return ()


def _without_edges(runs: Iterable[Run]) -> Iterator[Run]:
    """Spaces around thoughts moved out of them, and those of any kind that are no word's made
    plain."""
    for run in runs:
        text = "".join(filter(_is_kept, _SPACES.sub(" ", run.text)))
        inner = text.strip()
        if not run.thought or not inner:
            yield Run(text)
            continue
        start = text.index(inner)
        yield Run(text[:start])
        yield Run(inner, thought=True)
        yield Run(text[start + len(inner) :])


def _is_kept(character: str) -> bool:
    code = ord(character)
    if category(character) in ("Cc", "Cs") or character == "\ufeff":
        return False
    return not (0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE)  # Unicode's noncharacters


def spaced(name: str) -> str:
    """An identifier as words: ``NightVisit`` and ``night_visit`` as people write them."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").replace("-", " ")
    words = clean(words)
    return words[:1].upper() + words[1:]


def slugs(names: Sequence[str]) -> dict[str, str]:
    """For each name a key of its own of small ASCII letters, digits and ``_``."""
    keys: dict[str, str] = {}
    for name in names:
        plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        key = re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "mind"
        taken = set(keys.values()) | {"in_turn", "once_each", "from_above", "from_outside"}
        number = 2
        while key in taken:
            key = f"{key.rstrip('0123456789')}{number}"
            number += 1
        keys.setdefault(name, key)
    return keys
