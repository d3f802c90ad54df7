"""Wordings that tell more than the eye sees, found by their words.

A frame's text is *coloured* if it has a pluperfect, a number or a time, a negation, a cause or
purpose, or an adverb of intent. Until its author declares what the teller must hold (``needs``),
or that it is for witnesses, only the agent's own telling uses it. What is said aloud in it (between
quotation marks) is heard by whoever looks on, and colours nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from unspoken.telling.morph import is_verb
from unspoken.telling.template import _TOKEN as _SLOT_OR_VERB

_COLOURS = (
    r"\[past\b",
    r"\bhad\s+\w+(?:ed|en|n)\b",
    r"\b(?:not|never|no|nobody|nothing|nowhere|none|neither|nor|without)\b|n['\u2019]t\b",
    r"\b\d+\b|o['\u2019]clock|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twice|"
    r"noon|midnight|yesterday|today|tonight|tomorrow|morning|evening|earlier|hours?|minutes?|"
    r"weeks?|years?|already|since)\b",
    r"\b(?:because|so that|in order to|so as to|for fear|hoping|meaning to|wanting to|trying to|"
    r"intending|as planned|in vain)\b",
    r"\b(?:deliberately|intentionally|purposely|on purpose|pretending|secretly|reluctantly|"
    r"gladly|hopefully|accidentally|by accident|by mistake)\b",
)
_COLOURED = re.compile("|".join(_COLOURS), re.IGNORECASE)
_QUOTED = re.compile('\u201c[^\u201d]*\u201d|"[^"]*"')
_TO = re.compile(r"\bto ([a-z]+)\b")


def said_aloud(text: str) -> tuple[str, ...]:
    """What stands between quotation marks in a template's text."""
    return tuple(_QUOTED.findall(text))


@lru_cache(maxsize=4096)
def is_coloured(text: str) -> bool:
    """Whether a template's text says more than a witness can see."""
    told = _QUOTED.sub(" ", text)
    if _COLOURED.search(told):
        return True
    plain = _SLOT_OR_VERB.sub(" ", told)
    return any(is_verb(found.group(1)) for found in _TO.finditer(plain))
