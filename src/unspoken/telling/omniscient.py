"""Everything, told by somebody who also knows how things are: the only place that reads truth.

Receives a chronicle, whose beginning and changes say what was so at any time, and whose feelings
and unspoken wishes say what went on in everybody; says of a told thought that it is wrong, of what
was not said that neither said it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from unspoken.chronicle.events import Chronicle, Event, EventNumber, Value
from unspoken.model import And, Expression, Not
from unspoken.telling.beats import is_elsewhere
from unspoken.telling.choosing import Choices
from unspoken.telling.holds import value_of
from unspoken.telling.narrator import Narrator, asserts, in_own_words
from unspoken.telling.plan import Notion, SentencePlan, Unit
from unspoken.telling.propositions import facts_in, fluents_in, walk
from unspoken.telling.setting import Setting
from unspoken.telling.view import Item, LocalId, View, trace

GAP = 9
"""After how many sentences the narrator may speak again."""

_WRONG = ("{I} [be] wrong", "{I} [be] mistaken", "{I} [have] it all wrong")
_AS_WRONG = ("{I} [be] as wrong as {other} [be]", "{I} [be] no nearer the truth than {other}")
_NOT_SO = ("There [be] no truth in it", "It [be not] so")
_NOR = ("Nor [do {other}]",)
_NEITHER = ("Neither of them [say] it", "Neither of them [say] so")
_THE_SAME = ("{other} [feel] the same, and neither of them [say] so",)


class Omniscient(Narrator):
    """``wrong``: what it has said of, by the thought and those whom that is about; ``silent``: of
    whose silence."""

    def __init__(
        self, chronicle: Chronicle, views: Mapping[str | None, View], setting: Setting
    ) -> None:
        super().__init__(GAP)
        self.chronicle, self.views, self.setting = chronicle, views, setting
        self.numbers = {mind: trace(chronicle, mind) for mind in views}
        self.wrong: set[tuple[object, tuple[str, ...]]] = set()
        self.silent: set[frozenset[str]] = set()

    def aside(
        self, unit: Unit, plans: Sequence[SentencePlan], choices: Choices
    ) -> SentencePlan | None:
        notion = unit.notion
        if notion is None or unit.mind is None:
            return None
        if notion.stirs is not None:
            return self._unspoken(unit, notion.stirs, plans, choices)
        if not asserts(plans):
            return None
        if notion.thought is not None:
            return self._of_thought(unit, notion, notion.thought, choices)
        return self._of_belief(unit, notion, choices)

    # What is wrong

    def _of_thought(
        self, unit: Unit, notion: Notion, place: int, choices: Choices
    ) -> SentencePlan | None:
        """A thought, where part of what it takes for granted is not so, and the rest is."""
        mind = unit.mind or ""
        proposition = self.setting.world.telling.thoughts[place].proposition
        parts = proposition.parts if isinstance(proposition, And) else (proposition,)
        before = self._before(mind, notion.at)
        false = [part for part in parts if not self._is_so(part, notion, before)]
        if not false or not all(self._is_so(Not(part), notion, before) for part in false):
            return None
        if any(self._is_nowhere(part, notion, before) for part in false):
            return None
        about = tuple(notion.binding.values())
        if (place, about) in self.wrong:
            return None
        self.wrong.add((place, about))
        if not any(is_elsewhere(walk(part), mind, notion.binding) for part in false):
            return in_own_words(_NOT_SO, "not so", unit, {}, choices)
        other = about[-1]
        if len(about) == 2 and (place, about[::-1]) in self.wrong:
            return in_own_words(_AS_WRONG, "as wrong", unit, {"other": other}, choices)
        return in_own_words(_WRONG, "wrong", unit, {}, choices)

    def _is_so(self, part: Expression, notion: Notion, before: EventNumber) -> bool:
        return value_of(part, self.chronicle, self.setting, notion.binding, (), before) is True

    def _is_nowhere(self, part: Expression, notion: Notion, before: EventNumber) -> bool:
        """Whether it rests on something that only minds hold a value of: a tale is told, and what
        the world says of it is nothing."""
        found = facts_in([f for f in fluents_in(part) if not f.minds], notion.binding)
        return any(self.chronicle.value((), fact, before) is None for fact in found or ())

    def _of_belief(self, unit: Unit, notion: Notion, choices: Choices) -> SentencePlan | None:
        """A belief that was inferred, and is not how things are, or not what the other holds."""
        if not notion.items:
            return None
        mind = unit.mind or ""
        item = self.views[mind].items[notion.items[-1]]
        if item.fact is None or item.after is None or notion.seen:
            return None
        before = self._before(mind, notion.at)
        if self.chronicle.value(item.minds[1:], item.fact, before) in (item.after, None):
            return None
        if (item.fact, item.minds) in self.wrong:
            return None
        self.wrong.add((item.fact, item.minds))
        return in_own_words(_NOT_SO, "not so", unit, {}, choices)

    def _before(self, mind: str, at: LocalId) -> EventNumber:
        """The number of the event before which a mind is when it comes to an item of its view."""
        return EventNumber(self.numbers[mind][at - 1] + 1 if at > 0 else 0)

    # What is not said

    def _unspoken(
        self, unit: Unit, item: Item, plans: Sequence[SentencePlan], choices: Choices
    ) -> SentencePlan | None:
        mind = unit.mind or ""
        event = self.chronicle.events[self.numbers[mind][item.id]]
        other = self._alike(event)
        if other is None or frozenset((mind, other)) in self.silent:
            return None
        self.silent.add(frozenset((mind, other)))
        binding = {"other": other}
        if event.kind == "feel":
            return in_own_words(_THE_SAME, "the same", unit, binding, choices)
        said = plans[-1].frame == "unsaid said" and plans[-1].form == "DT"
        asked = any(piece.text.endswith("?") for piece in plans[-1].pieces)
        texts = _NOR if said and not asked else _NEITHER
        return in_own_words(texts, texts[0][:7], unit, binding, choices)

    def _alike(self, event: Event) -> str | None:
        """Who had the same in mind towards whoever had this towards it, before it, with nothing
        said about it by either since; if that was so, and none of them can tell."""
        mind, toward = event.who, event.toward
        if event.kind == "unsaid":
            if self.setting.speech(event.name, event.arguments) is None:
                return None
            others = [a for a in event.arguments if isinstance(a, str) and a != mind]
            toward = next((a for a in others if self.setting.sort(a) == "character"), None)
        elif event.kind != "feel":
            return None
        if mind is None or toward is None or toward == mind or toward in event.percepts:
            return None
        for earlier in reversed(self.chronicle.events[: event.number]):
            if earlier.kind == "say" and earlier.who in (mind, toward):
                return None
            if earlier.kind == event.kind and earlier.who == toward and earlier.name == event.name:
                back = earlier.toward if event.kind == "feel" else _other(earlier)
                return toward if back == mind and mind not in earlier.percepts else None
        return None


def _other(event: Event) -> Value:
    return next((a for a in event.arguments if a != event.who), None)
