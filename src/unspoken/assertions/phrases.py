"""Whether words stand in a told story, and in which sentence."""

from __future__ import annotations

import re

_ALIKE = str.maketrans("\u2019\u2018\u201c\u201d\u00a0", "''\"\" ")
"""What a writer types, for what is printed."""

_END = re.compile(r"[.!?…][\u201d\u2019\"')]*(?=\s|$)|\n")


def sentence_with(phrase: str, text: str) -> str | None:
    """The first sentence in which a phrase stands as whole words, capitals or not; with ``*`` at
    its end, whatever the last word ends in. None: in no sentence."""
    found = _pattern(phrase).search(text.translate(_ALIKE))
    if found is None:
        return None
    ends = [end.end() for end in _END.finditer(text, 0, found.start())]
    stop = _END.search(text, found.end() - 1)
    return text[max(ends, default=0) : len(text) if stop is None else stop.end()].strip()


def _pattern(phrase: str) -> re.Pattern[str]:
    words = phrase.translate(_ALIKE).split()
    any_end = words[-1].endswith("*")
    words[-1] = words[-1].rstrip("*")
    spelled = r"\s+".join(map(re.escape, words))
    before = r"(?<!\w)" if re.match(r"\w", spelled) else ""
    behind = r"\w*" if any_end else r"(?!\w)" if re.search(r"\w$", spelled) else ""
    return re.compile(f"{before}{spelled}{behind}", re.IGNORECASE)
