"""Acts and facts in a few plain words, as the one whose mind it is might put them: *tell Tara that
I love her*, *Tara is in the room*.

Receives acts and facts by names; hands on clauses. What an author wrote for readers (frames) is
left alone: it tells more than somebody knows who has not done it yet.
"""

from __future__ import annotations

from collections.abc import Sequence

from unspoken.chronicle.events import Fact, Value
from unspoken.chronicle.words import fact_text
from unspoken.model import Storyworld
from unspoken.telling.plan import Options, ParagraphPlan, Piece, SentencePlan
from unspoken.telling.realise import realise
from unspoken.telling.setting import Setting
from unspoken.telling.template import parse
from unspoken.telling.unsaid import wished
from unspoken.telling.view import View
from unspoken.telling.wording import Wording, belief_wording

_WILL = "will"
"""Between a subject and an infinitive, and not told."""


class Plainly:
    """Words for ``mind``, who says *I*; ``view``: what decides how it calls people."""

    def __init__(self, storyworld: Storyworld, mind: str, view: View | None = None) -> None:
        self._setting = Setting(storyworld)
        self._mind = mind
        self._view = View(mind, ()) if view is None else view

    def act(self, name: str, arguments: Sequence[Value], doer: str | None = None) -> str:
        """An act as an infinitive: ``open the door``; somebody else's, where ``doer`` is given."""
        return self._will(name, arguments, doer or self._mind)[1]

    def would(self, name: str, arguments: Sequence[Value], doer: str) -> str:
        """``Tara would open the door``."""
        return " would ".join(self._will(name, arguments, doer))

    def _will(self, name: str, arguments: Sequence[Value], doer: str) -> tuple[str, str]:
        """The subject, and the rest: only with a subject is it clear of whom the rest speaks."""
        act = wished(name, tuple(arguments), doer, self._setting).act
        text = self._said(Wording(f"{{doer}} [{_WILL}] {act.text}", {**act.binding, "doer": doer}))
        subject, _, rest = text.partition(f" {_WILL} ")
        return subject, rest

    def fact(self, fact: Fact, value: Value) -> str | None:
        """``Tara is in the room``; None for what has no words of its own."""
        wording = belief_wording(fact, value, self._setting)
        return None if wording is None else self._said(wording)

    def held(self, other: str, how: str, fact: Fact, value: Value) -> str:
        """``Willow is sure that I love her``; ``how``: a verb and *that*, as ``[be] sure that``.
        What has no words of its own stands as in a storyworld."""
        wording = belief_wording(fact, value, self._setting)
        if wording is None:
            wording = Wording(f"`{fact_text(fact, value)}`", {})
        binding = {**wording.binding, "holder": other}
        return self._said(Wording(f"{{holder}} {how} {wording.text}", binding))

    def name(self, entity: str) -> str:
        """What this mind calls somebody or something."""
        return self._said(Wording("{x}", {"x": entity}))

    def _said(self, wording: Wording) -> str:
        piece = Piece("narration", parse(wording.text)[0], wording.binding)
        plan = SentencePlan("IS", "plainly", (piece,), self._mind, (), end="")
        options = Options("limited", self._mind, person="first", tense="present")
        plans = [ParagraphPlan(self._mind, (plan,))]
        return realise(plans, {self._mind: self._view}, self._setting, options)[0].text
