"""What our own sections look like: their heads, and what stands behind each key.

Data for ``section_parser`` (which reads by it), ``printing`` and ``sections``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Head: TypeAlias = Literal["bare", "named", "called"]
"""``plan {``, ``voice Tara {`` or ``frame knock(who : character) {``."""

Behind: TypeAlias = Literal["words", "expressions", "uses"]
"""Behind a key: words, numbers and texts; expressions; or uses of events, ``knock(who, *)``."""


@dataclass(frozen=True, slots=True)
class Form:
    """``keys`` None: whatever is no key of ``expressions`` is a key for words."""

    head: Head
    words: tuple[str, ...] | None = ()
    expressions: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...] | None:
        """Every key there is; None: any."""
        return None if self.words is None else (*self.words, *self.expressions, *self.uses)

    def behind(self, key: str) -> Behind:
        if key in self.expressions:
            return "expressions"
        return "uses" if key in self.uses else "words"


FORMS: Mapping[str, Form] = {
    "plan": Form("bare", ("goal", "author_limit", "character_limit", "epistemic_limit")),
    "voice": Form("named", ("name", "pronoun", "article", "manner", "known_as", "gloss", "inside")),
    "frame": Form("called", ("who", "text"), ("needs",)),
    "thought": Form("called", None, ("that",)),
    "speech": Form("called", ("mode", "gist", "says")),
    "hunch": Form("called", ("from", "to"), ("of",)),
    "sign": Form("called", ("weight",), ("when", "if", "for"), ("seen",)),
    "drive": Form("called", ("from", "to", "baseline", "half_life", "role", "moved_by")),
    "wish": Form("called", ("weight",), ("wants", "drive", "if")),
    "norm": Form("called", ("against", "before", "weight"), ("shows", "if"), ("acts",)),
    "temperament": Form("named", ("daring", "composure", "steadiness")),
    "tell": Form("called", ("of", "toward", "shows", "above")),
    "occasion": Form("called", ("chance", "after")),
    "channel": Form(
        "called", ("carries", "strength", "concealment"), ("open",), ("whole", "fragment")
    ),
    "presence": Form("called", (), ("when",)),
    "rule": Form("named", ("of", "known")),
    "feelings": Form("bare", ("hide", "half_life", "floor")),
    "run": Form("bare", ("rounds", "foresight", "minds", "thoughts", "temperature"), ("until",)),
}
"""By the word that begins it. No word is reserved: a section is what has a section's head."""

BARE = tuple(kind for kind, form in FORMS.items() if form.head == "bare")
NAMED = tuple(kind for kind, form in FORMS.items() if form.head != "bare")
