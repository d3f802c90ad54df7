"""Answers to questions about template stories: asked of the ordinary engine, of a state of its.

Receives stories and questions; hands on answers, and for each mind on the way to one, since which
step it holds what it holds. Keeps the worlds of settings that it has met lately.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

from msgspec import Struct

from unspoken.engine import GroundWorld, NamedValue, State
from unspoken.language import parse, sound
from unspoken.theory_of_mind.story import Answer, Question, Setting, TemplateStory, entity
from unspoken.theory_of_mind.world import acts, companies, world_text

KEPT = 32
"""So many worlds are kept; what was asked least lately goes."""


class Held(Struct, frozen=True):
    """What the last of ``minds`` holds, as the others see it, and since which step (0: always)."""

    minds: tuple[str, ...]
    answer: Answer
    since: int


class Answerer:
    """Answers questions about stories. ``write``: the storyworld of a setting, as text."""

    def __init__(
        self,
        write: Callable[[Setting, frozenset[tuple[str, ...]]], str] = world_text,
    ) -> None:
        self._write = write
        self._worlds: OrderedDict[object, GroundWorld] = OrderedDict()
        self._lately: tuple[TemplateStory, list[State]] | None = None

    def world(self, story: TemplateStory) -> GroundWorld:
        """The world that a story happens in, grounded."""
        met = companies(story)
        key = story.setting, met
        if key not in self._worlds:
            model = sound(parse(self._write(story.setting, met), "theory of mind"))
            self._worlds[key] = GroundWorld(model)
            if len(self._worlds) > KEPT:
                self._worlds.popitem(last=False)
        self._worlds.move_to_end(key)
        return self._worlds[key]

    def states(self, story: TemplateStory) -> list[State]:
        """The beginning, and the state after each step."""
        if self._lately is None or self._lately[0] is not story:
            states = [self.world(story).initial]
            for deeds in acts(story):
                states.append(states[-1].along(deeds)[-1])
            self._lately = story, states
        return self._lately[1]

    def answer(self, story: TemplateStory, question: Question) -> Answer:
        """The answer. Raises StoryError for a question that makes no sense in the story."""
        story.check(question)
        states = self.states(story)
        moment = -1 if question.after is None else question.after
        return _asked(story.setting, states[moment], question)

    def reasons(self, story: TemplateStory, question: Question) -> list[Held]:
        """What is so, and what each mind of the question in turn holds, as those before it see it,
        with the step since which it does."""
        story.check(question)
        states = self.states(story)
        end = len(story.steps) if question.after is None else question.after
        found = []
        for depth in range(question.order + 1):
            minds = question.minds[:depth]
            kind = "thing" if question.kind in ("whether", "knows") else question.kind
            part = Question(kind, minds, question.about, question.by)
            held = _asked(story.setting, states[end], part)
            since = end
            while since and _asked(story.setting, states[since - 1], part) == held:
                since -= 1
            found.append(Held(minds, held, since))
        return found


def _asked(setting: Setting, state: State, question: Question) -> Answer:
    if question.kind == "knows":
        *others, knower = question.minds
        outer = _within(state, others)
        fluent = f"lies({entity(question.about)})"
        so = outer.value(fluent)
        return so is not None and outer.mind(entity(knower)).value(fluent) == so
    mind = _within(state, question.minds)
    about = entity(question.about)
    match question.kind:
        case "person":
            return _named(setting, mind.value(f"at({about})"))
        case "said":
            return _named(setting, mind.value(f"said({entity(question.by or '')}, {about})"))
        case "whether":
            return mind.value(f"lies({about})") == entity(question.value or "")
        case "room":
            box = _named(setting, mind.value(f"lies({about})"))
            return None if box is None else setting.room_of[box]
        case _:
            return _named(setting, mind.value(f"lies({about})"))


def _within(state: State, minds: Sequence[str]) -> State:
    for who in minds:
        state = state.mind(entity(who))
    return state


def _named(setting: Setting, value: NamedValue) -> str | None:
    """The story's name for what the engine calls by its own."""
    return None if value is None else setting.name_of[str(value)]
