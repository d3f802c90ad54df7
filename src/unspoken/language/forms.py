"""What our own sections look like: their heads, and what stands behind each key.

Data for ``section_parser`` (which reads by it), ``printing`` and ``sections``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from unspoken.model.tests import CLAIMS

Head: TypeAlias = Literal["bare", "named", "called", "titled"]
"""``plan {``, ``voice Tara {``, ``frame knock(who : character) {`` or ``test "Tara learns" {``."""

Behind: TypeAlias = Literal["words", "expressions", "uses", "items"]
"""Behind a key: words, numbers and texts; expressions; uses of events, ``knock(who, *)``; or items,
each a fact or a use."""


class Form(Struct, frozen=True):
    """``keys`` None: whatever is no key of ``expressions`` is a key for words."""

    head: Head
    words: tuple[str, ...] | None = ()
    expressions: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    items: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...] | None:
        """Every key there is; None: any."""
        if self.words is None:
            return None
        return (*self.words, *self.expressions, *self.uses, *self.items)

    def behind(self, key: str) -> Behind:
        if key in self.expressions:
            return "expressions"
        if key in self.uses:
            return "uses"
        # Behind a key that is none, most likely what most keys of the section have.
        is_item = key in self.items or (self.items and key not in (self.words or ()))
        return "items" if is_item else "words"


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
    "test": Form(
        "titled",
        (
            *("over", "seed", "rounds", "in", "goal", "within"),
            *("says", "never_says", "blessed"),
        ),
        ("until", "given"),
        ("without",),
        (*CLAIMS, "demand"),
    ),
}
"""By the word that begins it. No word is reserved: a section is what has a section's head."""

BARE = tuple(kind for kind, form in FORMS.items() if form.head == "bare")
TITLED = tuple(kind for kind, form in FORMS.items() if form.head == "titled")
NAMED = tuple(kind for kind, form in FORMS.items() if form.head in ("named", "called"))

HAPPENS = "happens"
"""Before an act, where a property has its name, too."""

SHORT = ("knows_only", "mistaken", "nobody_knows")
"""What is short for a condition about who knows what, as an item (``scenes.SHORT``). ``knows`` may
stand within conditions, too."""
