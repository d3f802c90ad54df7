"""What the engine answers is what brute force answers, and what the laws say; and neither comes by
itself: each law that is left out, on either side, shows.

``python -m benchmarks --tasks theory_of_mind`` compares a hundred thousand answers.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from tests.agreement import Sides
from tests.theory_of_mind import replay
from tests.theory_of_mind.laws import Law, laws
from unspoken.language import format_text, parse
from unspoken.theory_of_mind import Answer, Answerer, Question, Recipe, TemplateStory, stories
from unspoken.theory_of_mind.labelled import SHORTCUTS, guess
from unspoken.theory_of_mind.world import LAWS, acts, companies, story_text, world_text

RECIPES = {
    "as they are": Recipe(),
    "two people": Recipe(people=(2, 2), rooms=(1, 2), questions=20),
    "a crowd": Recipe(people=(7, 8), steps=(30, 40), share=2),
    "one room": Recipe(people=(4, 4), rooms=(1, 1), things=(2, 3), steps=(20, 30)),
}
COUNTS = {"as they are": 60, "two people": 20, "a crowd": 5, "one room": 22}


@pytest.mark.parametrize("law", laws(), ids=lambda law: str(law.story.name))
def test_laws(law: Law) -> None:
    answerer, brute = Answerer(), replay.Replay(law.story)
    for question, answer in law.answers:
        assert answerer.answer(law.story, question) == answer, question
        assert brute.answer(question) == answer, question


@pytest.mark.parametrize("recipe", RECIPES)
def test_engine_and_brute_force_agree(recipe: str) -> None:
    answerer = Answerer()
    for story, questions in stories(COUNTS[recipe], 11, RECIPES[recipe]):
        brute = replay.Replay(story)
        for question in questions:
            engine = answerer.answer(story, question)
            assert engine == brute.answer(question), f"{question}\n" + "\n".join(
                f"{number} {one}" for number, one in enumerate(story.steps, 1)
            )


def test_the_reference_agrees_on_every_mind_at_every_step() -> None:
    """The semantics, slow and obvious, makes of acts what the engine does, however deep."""
    recipe = Recipe(people=(2, 3), rooms=(1, 2), things=(1, 1), steps=(10, 15), share=1)
    for story, _ in stories(8, 17, recipe):
        world, _ = parse(world_text(story.setting, companies(story)), "a story")
        assert world is not None
        sides = Sides(world)
        state, number = sides.start
        for act in (act for deeds in acts(story) for act in deeds):
            state = sides.judge.apply(state, sides.judge.action(act))
            number = sides.raw.apply(number, sides.engine.action(act).number)
            sides.same(state, number)


def test_every_act_is_possible_when_it_happens() -> None:
    answerer = Answerer()
    for story, _ in stories(20, 12):
        states = answerer.states(story)
        for one, before, deeds in zip(story.steps, states, acts(story), strict=False):
            for deed in deeds:
                assert before.allows(before.ground.action(deed)), f"{one}: {deed}"
                before = before.after(deed)


def test_a_story_is_a_storyworld_in_the_one_style() -> None:
    for story, _ in stories(3, 13, Recipe(share=1)):
        text = story_text(story)
        world, diagnostics = parse(text, "a story")
        assert world is not None
        assert not diagnostics
        assert format_text(text)[0] == text


@cache
def asked() -> list[tuple[TemplateStory, list[tuple[Question, Answer]]]]:
    """The laws, and questions of all orders that brute force answers."""
    made = [(story, replay.Replay(story), found) for story, found in stories(40, 14)]
    return [
        *((law.story, list(law.answers)) for law in laws()),
        *((story, [(one, brute.answer(one)) for one in found]) for story, brute, found in made),
    ]


@pytest.mark.parametrize("order", range(1, 7))
def test_no_shortcut_does(order: int) -> None:
    """Many questions of each order are answered neither by the truth nor with a mind left out."""
    answerer = Answerer()
    some = [
        (story, question)
        for story, found in stories(60, 15, Recipe(orders=(order,)))
        for question in found
    ]
    for name in SHORTCUTS:
        right = sum(
            guess(answerer, name, story, one) == answerer.answer(story, one) for story, one in some
        )
        assert right < 0.97 * len(some), name


# Each is a law of the storyworld left out: what stands in an action, and what instead.
MUTANTS = [
    *((name, " & !distracted(c)", "") for name in ("found", "enter", "see", "miss", "leave")),
    *((name, " & !distracted(c)", "") for name in ("move", "say", "doze")),
    *((name, " | watches(c) == who", "") for name in ("found", "move", "look", "peek", "say")),
    *((name, " | watches(c) == who", "") for name in ("tell", "doze", "wake", "leave")),
    *((name, "trusts(h, who) & ", "") for name in ("say", "tell")),
    *((name, " & !distracted(h)", "") for name in ("say", "tell")),
    *((name, " | watches(h) == who", "") for name in ("say", "tell")),
    *((name, " & believes(h, believes(who, lies(what))) = where", "") for name in ("say", "tell")),
    *(
        (name, "believes(who, lies(t)) = ?", "believes(who, lies(t)) = where")
        for name in ("look", "peek")
    ),
    ("tell", "c == whom & !distracted(c) |", "False |"),
    ("tell", "c == who |", "False |"),
    ("found", " else at(c) != here", ""),
    ("doze", "c != who & ", ""),
    ("spy", "c == who", "True"),
    ("lay", "False", "True"),
    ("drift", "False", "True"),
    ("return", "effect: !distracted(who)", "effect: distracted(who)"),
]


@pytest.mark.parametrize(("action", "old", "new"), MUTANTS)
def test_a_law_left_out_of_the_storyworld_shows(action: str, old: str, new: str) -> None:
    found = re.search(rf"action {action}\(.*?\n\}};", LAWS, re.DOTALL)
    assert found
    body = re.sub(r"\s+", " ", found[0])
    assert old in body
    changed = LAWS.replace(found[0], body.replace(old, new))
    answerer = Answerer(lambda setting, met: world_text(setting, met).replace(LAWS, changed))
    assert wrong(answerer.answer)


REPLAY_MUTANTS = [
    ("return View(dict.fromkeys(self.people, AWAY))", "return View({})"),
    ("and who not in self.absent", ""),
    ("there(who, event.room)", "place.get(who) is not None"),
    ("= lights.watches.get(who) == doer and doer is not None", "= False"),
    (
        "self.view(chain[:-1], count - 1)\n            for thing",
        "self.view((), count - 1)\n            for thing",
    ),
    ("elif before.lies.get(thing) == event.words[1]:", "elif False:"),
    ("trusting = self.view(chain[:-1], count - 1).trusts", "trusting = set()"),
    ("if heard and self.convinced(chain[:-1], count)", "if False"),
    ("who == event.words[1] and who not in lights.absent", "who == event.words[1]"),
    ("met = who in event.company and who not in lights.absent", "met = who in event.company"),
    ("elif view.place[who] == room:", "elif False:"),
    (
        "                        view.lies[thing] = None\n                view.lies.update",
        "                        pass\n                view.lies.update",
    ),
    ("return (there and who != doer) or watching", "return there or watching"),
    ("if not self.perceived(tuple(others), count):\n            return False", "pass"),
]


@pytest.mark.parametrize(("old", "new"), REPLAY_MUTANTS)
def test_a_law_left_out_of_brute_force_shows(old: str, new: str) -> None:
    text = Path(replay.__file__).read_text(encoding="utf-8")
    assert text.count(old) == 1
    mutant = ModuleType("mutant")
    mutant.__dict__["__name__"] = replay.__name__  # where its classes look for their module
    exec(compile(text.replace(old, new), "mutant", "exec"), mutant.__dict__)
    kept: dict[str, replay.Replay] = {}

    def answer(story: TemplateStory, question: Question) -> Answer:
        brute = kept.setdefault(story.name, mutant.__dict__["Replay"](story))
        try:
            return brute.answer(question)
        except KeyError:
            return "nonsense"

    assert wrong(answer)


def wrong(answer: object) -> bool:
    """Does it give a wrong answer to anything?"""
    assert callable(answer)
    return any(
        answer(story, question) != expected
        for story, found in asked()
        for question, expected in found
    )


def test_worlds_of_large_companies_have_only_those_that_meet() -> None:
    [(story, _)] = stories(1, 16, Recipe(people=(8, 8)))
    assert len(companies(story)) < 2**7
