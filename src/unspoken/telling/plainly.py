"""Acts and facts in a few plain words, as the one whose mind it is might put them: *tell Tara that
I love her*, *Tara is in the room*.

Receives acts and facts by names; hands on clauses. What an author wrote for readers (frames) is
left alone: it tells more than somebody knows who has not done it yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from unspoken.chronicle.events import Fact, Value
from unspoken.model import Expression, Storyworld
from unspoken.telling.conditions import Conditions
from unspoken.telling.plan import Options, ParagraphPlan, Piece, SentencePlan
from unspoken.telling.realise import realise
from unspoken.telling.setting import Setting
from unspoken.telling.template import parse
from unspoken.telling.unsaid import wished
from unspoken.telling.view import View
from unspoken.telling.wording import Wording, act_wording

_WILL = "will"
"""Between a subject and an infinitive, and not told."""


class Plainly:
    """Words for ``mind``, who says *I* (None: for nobody in it); ``view``: what decides how it
    calls people."""

    def __init__(self, storyworld: Storyworld, mind: str | None, view: View | None = None) -> None:
        self._setting = Setting(storyworld)
        self._conditions = Conditions(self._setting)
        self._mind = mind
        self._view = View(mind, ()) if view is None else view

    def act(self, name: str, arguments: Sequence[Value], doer: str | None = None) -> str:
        """An act as an infinitive: ``open the door``; somebody else's, where ``doer`` is given."""
        return self._will(name, arguments, doer or self._mind or "")[1]

    def does(self, name: str, arguments: Sequence[Value], doer: str) -> str:
        """``Tara opens the door``."""
        act = wished(name, tuple(arguments), doer, self._setting).act
        verb, _, rest = act.text.partition(" ")
        return self._said(Wording(f"{{doer}} [{verb}] {rest}", {**act.binding, "doer": doer}))

    def happens(self, name: str, arguments: Sequence[Value]) -> str:
        """What nobody does, as a clause: ``the clock strikes``; that a thought comes through."""
        passing = self._setting.passing(name, tuple(arguments))
        if passing is None:
            wording = act_wording(name, arguments, (), self._setting)
            text = wording.text[:1].lower() + wording.text[1:]
            return self._within(Wording(text, wording.binding))
        text = "a thought of {thinker's} [come] through to {hearer}"
        return self._within(Wording(text, {"thinker": passing.thinker, "hearer": passing.hearer}))

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
        """``Tara is in the room``; None for what there are no words for."""
        wording = self._conditions.fact(fact, value)
        return None if wording is None else self._said(wording)

    def clause(self, fact: Fact, value: Value) -> str | None:
        """The same as it stands within a sentence: ``the lamp is in the room``."""
        wording = self._conditions.fact(fact, value)
        return None if wording is None else self._within(wording)

    def said(self, fact: Fact, value: Value) -> str:
        """The same of any fact: what there are no words for is quoted."""
        return self._said(self._conditions.said(fact, value))

    def condition(self, condition: Expression) -> str:
        """``the study has been searched``."""
        return self._within(self._conditions.of(condition))

    def wish(self, wants: Expression, weight: float = 1.0) -> str:
        """What somebody is after by whose utility a term counts so much, as a clause."""
        return self._within(self._conditions.of_wish(wants, weight))

    def held(self, other: str, how: str, fact: Fact, value: Value) -> str:
        """``Willow is sure that I love her``; ``how``: a verb and *that*, as ``[be] sure that``.
        What there are no words for is quoted."""
        wording = self._conditions.said(fact, value)
        binding = {**wording.binding, "holder": other}
        return self._said(Wording(f"{{holder}} {how} {wording.text}", binding))

    def _within(self, wording: Wording) -> str:
        """A clause as it stands after *that*."""
        told = self._said(Wording(f"that {wording.text}", wording.binding))
        return told.removeprefix("That ")

    def name(self, entity: str) -> str:
        """What this mind calls somebody or something."""
        return self._said(Wording("{x}", {"x": entity}))

    def _said(self, wording: Wording) -> str:
        piece = Piece("narration", parse(wording.text)[0], wording.binding)
        plan = SentencePlan("IS", "plainly", (piece,), self._mind, (), end="")
        person: Literal["first", "third"] = "third" if self._mind is None else "first"
        options = Options("limited", self._mind, person=person, tense="present")
        plans = [ParagraphPlan(self._mind, (plan,))]
        return realise(plans, {self._mind: self._view}, self._setting, options)[0].text
