"""Choosing among wordings: by keyed draws, from what has been used least.

Kept for the length of one telling and shared by everything that words its sentences: what was used,
and what came last.
"""

from __future__ import annotations

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
    texts: Counter[str] = field(default_factory=Counter)
    """How often each text was chosen."""
    last: str = ""
    """The frame of the sentence before."""
    tagged: bool = False
    """Whether that sentence said whose thought it was."""
    concluded: bool = False
    """Whether that sentence began with *so*."""
    talking: frozenset[str] = frozenset()
    """Who spoke last, and to whom."""
    scene: tuple[str | None, str] | None = None
    """Whose eyes these are, and the place that was named last: *there*."""
    past: bool = False
    """Whether what is worded is in a flashback, which is told in the past."""

    @property
    def tense(self) -> Tense:
        return "past" if self.past else self.options.tense

    @property
    def has_heads(self) -> bool:
        """Whether the telling goes from head to head, so that a thought may need to say whose."""
        return self.options.view in ("alternating", "omniscient")

    def key(self, stage: str, mind: str | None, *rest: Key) -> tuple[Key, ...]:
        """The key of a draw."""
        return (stage, self.options.seed, mind, *rest)

    def note(self, sentences: Sequence[SentencePlan]) -> None:
        """Remembers which wordings a unit's sentences were made from, whatever was added."""
        wordings = [_wording(sentence.frame) for sentence in sentences]
        for wording in dict.fromkeys(wordings):
            self.used[wording] += 1
        last, self.last = sentences[-1], wordings[-1]
        self.tagged = last.frame.endswith("+tag")
        self.concluded = _concludes(last)
        place = self._place_in(last)
        if place or not self.last.startswith(("belief ", "seen ")):
            self.scene = (last.mind, place) if place else None

    def _place_in(self, sentence: SentencePlan) -> str:
        """The place that a sentence names last, in a slot or in its author's words; or to which
        somebody goes in it, whatever it is called (*out among the hollyhocks*)."""
        found = ""
        for piece in sentence.pieces:
            if piece.template is None:
                continue
            for role, one in piece.binding.items():
                if self.setting.sort(one) == "place":
                    named = self.setting.name(one) in piece.template.plain
                    last = next(reversed(piece.template.roles), "")
                    if named or role in (last, "to"):
                        found = one
        return found

    def least_used(
        self, options: Sequence[Choice], stage: str, mind: str | None, item: LocalId
    ) -> Choice:
        """One of the options whose text was used least so far, whether for this mind or for those
        who look on, never the last one again if there is another."""
        fresh = [option for option in options if option[0] != self.last] or list(options)
        least = min(self.texts[text] for _, (text, _) in fresh)
        best = [option for option in fresh if self.texts[option[1][0]] == least]
        chosen = choose(best, *self.key(stage, mind, item))
        self.texts[chosen[1][0]] += 1
        return chosen


def _wording(frame: str) -> str:
    """A frame without what was made of it."""
    return frame.split("#", 1)[0].split("+", 1)[0]


def _concludes(sentence: SentencePlan) -> bool:
    template = sentence.pieces[0].template
    opening = "" if template is None or not template.parts else template.parts[0]
    return sentence.lead == "So " or getattr(opening, "text", "").startswith("So ")
