"""Stories as values: made up alike under one seed, well formed, and refused where they are not."""

from __future__ import annotations

from collections import Counter

import msgspec.structs
import pytest

from tests.theory_of_mind.laws import SETTING
from unspoken.theory_of_mind import (
    Answerer,
    Container,
    Question,
    Recipe,
    Setting,
    StoryError,
    TemplateStory,
    labelled,
    step,
    stories,
)
from unspoken.theory_of_mind.labelled import is_hard
from unspoken.theory_of_mind.story import KINDS, from_json, to_json
from unspoken.theory_of_mind.words import question_text, report_lines


def test_the_same_seed_the_same_stories() -> None:
    def told(seed: int, count: int) -> list[str]:
        return ["\n".join(report_lines(*made)) for made in labelled(count, seed)]

    assert told(1, 3) == told(1, 4)[:3]
    assert told(1, 1) != told(2, 1)


def test_stories_have_all_kinds_of_steps_and_questions_of_all_orders() -> None:
    made = list(stories(150, 3))
    assert {one.kind for story, _ in made for one in story.steps} == set(KINDS)
    asked = Counter((one.kind, one.order) for _, questions in made for one in questions)
    wanted = {"thing", "person", "said", "whether", "knows"}
    assert set(asked) == {(kind, order) for kind in wanted for order in range(7)} - {("knows", 0)}
    assert all(len(set(questions)) == len(questions) == 30 for _, questions in made)


def test_a_recipe_is_kept_to() -> None:
    recipe = Recipe(
        people=(2, 2), rooms=(1, 1), steps=(5, 5), orders=(2,), kinds=frozenset({"enter", "move"})
    )
    for story, questions in stories(20, 4, recipe):
        assert len(story.setting.people) == 2
        assert len(story.setting.rooms) == 1
        assert {one.kind for one in story.steps[story.beginning :]} <= {"enter", "move"}
        assert {one.order for one in questions} == {2}


def test_hard_questions_are_hard() -> None:
    answerer = Answerer()
    found = 0
    for story, asked in labelled(10, 5, Recipe(questions=5), hard=True):
        found += len(asked)
        assert all(is_hard(answerer, story, question) for question, _ in asked)
    assert found > 10


def test_json_says_all_of_it() -> None:
    for story, asked in labelled(5, 6):
        again, found = from_json(to_json(story, asked))
        assert again == story
        assert found == [(question, answer, True) for question, answer in asked]


STEPS = {
    "jump Anne": "no step `jump`",
    "enter Anne": "wants person, room",
    "enter Mira kitchen": "no person called Mira",
    "enter Anne box": "no room called box",
    "leave Anne kitchen": "Anne is not in kitchen",
    "enter Anne kitchen; enter Anne garden": "Anne is in kitchen",
    "enter Anne kitchen; move Anne apple jar": "not in garden, where jar stands",
    "enter Anne kitchen; look Anne jar": "not in garden, where jar stands",
    "show apple box": "apple is not in box",
    "say Anne apple box": "Anne is in no room",
    "tell Anne Anne apple box": "not do that to themselves",
    "wake Anne": "Anne does attend",
    "enter Anne kitchen; drift Anne; wake Anne": "Anne does attend",
    "enter Anne kitchen; doze Anne; move Anne apple box": "does not attend, and does nothing",
    "stop Anne Ben": "Anne does not watch Ben",
}


@pytest.mark.parametrize("steps", STEPS)
def test_what_cannot_happen_is_refused(steps: str) -> None:
    with pytest.raises(StoryError, match=STEPS[steps]):
        TemplateStory("no", SETTING, tuple(step(*one.split()) for one in steps.split("; ")))


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (Question("thing", ("Mira",), "apple"), "no person called Mira"),
        (Question("thing", (), "Anne"), "no thing called Anne"),
        (Question("person", (), "apple"), "no person called apple"),
        (Question("said", (), "apple"), "no person called None"),
        (Question("whether", (), "apple", value="kitchen"), "no container called kitchen"),
        (Question("knows", (), "apple"), "whether who knows it"),
        (Question("thing", (), "apple", after=3), "no step 3"),
        (Question("why", (), "apple"), "no question `why`"),  # type: ignore[arg-type]
    ],
)
def test_what_makes_no_sense_is_refused(question: Question, why: str) -> None:
    with pytest.raises(StoryError, match=why):
        Answerer().answer(TemplateStory("empty", SETTING, ()), question)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"things": ("Anne",)}, "one name: Anne"),
        ({"things": ("anne",)}, "but for capitals"),
        ({"things": ("elsewhere",)}, "but for capitals"),
        ({"things": ("2nd",)}, "begins with no letter"),
        ({"things": ("true",)}, "can be called true"),
        ({"things": ("with nobody",)}, "can be called with nobody"),
        ({"containers": (Container("box", "moon"),)}, "moon, which is no room"),
        ({"containers": (Container("box", "kitchen"), Container("box", "garden"))}, "one name"),
    ],
)
def test_settings_in_which_names_clash_are_refused(changes: dict[str, object], why: str) -> None:
    def world() -> object:
        setting = msgspec.structs.replace(SETTING, **changes)  # type: ignore[arg-type]
        return Answerer().world(TemplateStory("clash", setting, ()))

    with pytest.raises(StoryError, match=why):
        world()


SAID = {
    Question("thing", (), "apple"): "Where is the apple?",
    Question("room", (), "apple"): "In which room is the apple?",
    Question("person", (), "Anne"): "Where is Anne?",
    Question("said", (), "apple", by="Ben"): "Where did Ben say that the apple was?",
    Question("whether", (), "apple", value="box"): "Is the apple in the box?",
    Question("knows", ("Ben",), "apple"): "Does Ben know where the apple is?",
    Question("thing", ("Ben",), "apple"): "Where does Ben think that the apple is?",
    Question("room", ("Ben",), "apple"): "In which room does Ben think that the apple is?",
    Question("thing", ("Ben", "Cleo"), "apple"): (
        "Where does Ben think that Cleo thinks that the apple is?"
    ),
    Question("said", ("Ben",), "apple", by="Anne"): (
        "Where does Ben think that Anne said that the apple was?"
    ),
    Question("knows", ("Ben", "Anne"), "apple"): (
        "Does Ben think that Anne knows where the apple is?"
    ),
    Question("whether", ("Ben", "Anne"), "apple", value="box", after=4): (
        "As of line 4, does Ben think that Anne thinks that the apple is in the box?"
    ),
    Question("thing", (), "apple", after=0): "At first, where is the apple?",
}


@pytest.mark.parametrize("question", SAID)
def test_questions_in_english(question: Question) -> None:
    assert question_text(question, SETTING) == SAID[question]


def test_worlds_are_shared_by_stories_of_one_setting() -> None:
    answerer = Answerer()
    made = [story for story, _ in stories(20, 7)]
    assert len({id(answerer.world(story)) for story in made}) == 2
    small = Setting(("Anne",), ("kitchen",), (), ())
    assert answerer.answer(TemplateStory("a", small, ()), Question("person", (), "Anne")) == (
        "elsewhere"
    )
