"""Choosing among wordings: by keyed draws, from what has been used least.

Kept for the length of one telling and shared by everything that words its sentences: what was used,
and what came last.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from unspoken.telling.draws import Key, choose
from unspoken.telling.morph import Tense
from unspoken.telling.plan import Options, SentencePlan
from unspoken.telling.setting import Setting
from unspoken.telling.view import LocalId, View

Choice = tuple[str, tuple[str, Mapping[str, str]]]
"""A frame's id, and its text with what fills its slots."""


class Choices(Struct):
    """What a telling chooses from, and what it has chosen so far."""

    setting: Setting
    views: Mapping[str | None, View]
    options: Options
    used: Counter[str] = field(default_factory=Counter)
    last: str = ""
    """The frame of the sentence before."""
    tagged: bool = False
    """Whether that sentence said whose thought it was."""
    talking: frozenset[str] = frozenset()
    """Who spoke last, and to whom."""
    scene: tuple[str | None, str] | None = None
    """Whose eyes these are, and the place that was named last: *there*."""
    past: bool = False
    """Whether what is worded is in a flashback, which is told in the past."""

    @property
    def tense(self) -> Tense:
        return "past" if self.past else self.options.tense

    def key(self, stage: str, mind: str | None, *rest: Key) -> tuple[Key, ...]:
        """The key of a draw."""
        return (stage, self.options.seed, mind, *rest)

    def note(self, sentences: Sequence[SentencePlan]) -> None:
        """Remembers which wordings a unit's sentences were made from, whatever was added."""
        wordings = [re.split(r"[#+]", sentence.frame)[0] for sentence in sentences]
        self.used.update(dict.fromkeys(wordings, 1))
        self.last = wordings[-1]
        self.tagged = sentences[-1].frame.endswith("+tag")
        place = self._place_in(sentences[-1])
        if place or not self.last.startswith(("belief ", "seen ")):
            self.scene = (sentences[-1].mind, place) if place else None

    def _place_in(self, sentence: SentencePlan) -> str:
        """The place that a sentence names last, in a slot or in its author's words; or to which
        somebody goes in it, whatever it is called (*out among the hollyhocks*)."""
        found = ""
        for piece in sentence.pieces:
            if piece.template is None:
                continue
            for role, one in piece.binding.items():
                if self.setting.types(one) and self.setting.sort(one) == "place":
                    named = self.setting.name(one) in piece.template.plain
                    last = next(reversed(piece.template.roles), "")
                    if named or role in (last, "to"):
                        found = one
        return found

    def least_used(
        self, options: Sequence[Choice], stage: str, mind: str | None, item: LocalId
    ) -> Choice:
        """One of the options used least so far, never the last one again if there is another."""
        fresh = [option for option in options if option[0] != self.last] or list(options)
        least = min(self.used[frame] for frame, _ in fresh)
        best = [option for option in fresh if self.used[option[0]] == least]
        return choose(best, *self.key(stage, mind, item))
