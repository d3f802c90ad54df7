"""The *I* that tells, looking back: it knows what it came to believe later, and nobody else's mind.

Receives one mind's view, the later items of which it may read; says of what the mind makes of
somebody's heart that it thought otherwise in the end. Truth is not here: what it came to believe
may be wrong, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from unspoken.chronicle.events import Fact
from unspoken.model import And, Believes, Fluent
from unspoken.telling.choosing import Choices
from unspoken.telling.holds import holds
from unspoken.telling.narrator import Narrator, asserts, in_own_words
from unspoken.telling.plan import Notion, SentencePlan, Unit
from unspoken.telling.propositions import term, walk
from unspoken.telling.setting import Setting
from unspoken.telling.view import Item, View
from unspoken.telling.wording import belief_wording, in_the_heart

GAP = 8
"""After how many sentences it may look back again."""

_NOT_YET = "{I} [do not] know yet that "


class Hindsight(Narrator):
    """``learnt``: what it has said already that it was to know."""

    def __init__(self, view: View, setting: Setting) -> None:
        super().__init__(GAP)
        self.view, self.setting = view, setting
        self.learnt: set[Fact] = set()

    def aside(
        self, unit: Unit, plans: Sequence[SentencePlan], choices: Choices
    ) -> SentencePlan | None:
        notion = unit.notion
        if notion is None or notion.stirs is not None or not asserts(plans):
            return None
        for later in self._given_up(notion):
            assert later.fact is not None
            wording = belief_wording(later.fact, later.after, self.setting)
            if wording is not None and later.fact not in self.learnt:
                self.learnt.add(later.fact)
                text = _NOT_YET + wording.text
                stage = f"yet {later.fact.property}"
                return in_own_words((text,), stage, unit, wording.binding, choices)
        return None

    def _given_up(self, notion: Notion) -> Iterator[Item]:
        """The items by which what is thought of another's heart here was given up for good. (What
        somebody believes about it changes with what it is told: nobody is wrong by that.)"""
        mind = self.view.mind or ""
        if notion.thought is None:
            item = self.view.items[notion.items[-1]]
            if item.fact is not None and item.minds == (mind,) and notion.elsewhere:
                yield from self._changed(item.fact, notion)
            return
        proposition = self.setting.world.telling.thoughts[notion.thought].proposition
        for part in proposition.parts if isinstance(proposition, And) else (proposition,):
            lasts = holds(part, self.view, self.setting, notion.binding)
            if not lasts and not any(isinstance(one, Believes) for one in walk(part)):
                for one in walk(part):
                    if isinstance(one, Fluent) and not one.minds:
                        arguments = tuple(term(a, notion.binding) for a in one.arguments)
                        fact = Fact(one.property.name, arguments)
                        if in_the_heart(fact, mind):
                            yield from self._changed(fact, notion)

    def _changed(self, fact: Fact, notion: Notion) -> Iterator[Item]:
        """The last change about a fact, if it comes after a notion and is one."""
        minds = (self.view.mind or "",)
        at = self.view.changed(minds, fact)
        if at is not None and at >= notion.at:
            item = self.view.items[at]
            if item.after not in (None, self.view.value(minds, fact, notion.at)):
                yield item
