"""Made-up stories with their answers; and whether a question can be answered by a shortcut.

A shortcut answers another, easier question than was asked, or always the same. A set that a
shortcut does well on says little of whoever does well on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from unspoken.theory_of_mind.answers import Answerer
from unspoken.theory_of_mind.generate import Recipe, stories
from unspoken.theory_of_mind.story import Answer, Question, TemplateStory

SHORTCUTS = ("truth", "without the first mind", "without the last mind", "not known, no")
TRIED = 20
"""For each hard question that is wanted, so many are looked at."""


def _easier(name: str, question: Question) -> Question | None:
    """An easier question; None where there is none."""
    minds = question.minds
    knower = minds[-1:] if question.kind == "knows" else ()
    others = minds[: len(minds) - len(knower)]
    if not others:
        return None
    match name:
        case "truth":
            return replace(question, minds=knower)
        case "without the first mind":
            return replace(question, minds=others[1:] + knower)
        case _:
            return replace(question, minds=others[:-1] + knower)


def guess(answerer: Answerer, name: str, story: TemplateStory, question: Question) -> Answer:
    """What a shortcut answers. (Whether somebody knows something: yes, they will.)"""
    if name == "not known, no":
        return False if question.kind in ("whether", "knows") else None
    easier = _easier(name, question)
    if easier is None:
        return True if question.kind == "knows" else answerer.answer(story, question)
    return answerer.answer(story, easier)


def is_hard(answerer: Answerer, story: TemplateStory, question: Question) -> bool:
    """Is every shortcut wrong? (What is asked of no mind is not hard.)"""
    answer = answerer.answer(story, question)
    return all(guess(answerer, name, story, question) != answer for name in SHORTCUTS)


def labelled(
    count: int,
    seed: int = 0,
    recipe: Recipe | None = None,
    *,
    hard: bool = False,
    answerer: Answerer | None = None,
) -> Iterator[tuple[TemplateStory, list[tuple[Question, Answer]]]]:
    """So many stories, each with its questions and their answers. ``hard``: only questions that no
    shortcut answers, the deepest first, as many as are found, up to what the recipe says."""
    recipe, answerer = recipe or Recipe(), answerer or Answerer()
    wanted = recipe.questions
    if hard:
        recipe = replace(recipe, questions=TRIED * wanted)
    for story, questions in stories(count, seed, recipe):
        if hard:
            found = [one for one in questions if is_hard(answerer, story, one)]
            questions = sorted(found, key=lambda one: -one.order)[:wanted]
        yield story, [(one, answerer.answer(story, one)) for one in questions]
