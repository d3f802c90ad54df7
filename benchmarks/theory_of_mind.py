"""Theory of mind: a hundred thousand questions, each answered by the engine and by brute force;
then how long an answer takes as stories have more people, more steps, deeper questions.

Brute force is the tests' (``tests/theory_of_mind/replay.py``); it shares no code with the engine.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from benchmarks.measure import Measurement
from tests.theory_of_mind.replay import Replay
from unspoken.theory_of_mind import Answer, Answerer, Question, Recipe, TemplateStory, stories
from unspoken.theory_of_mind.labelled import SHORTCUTS, guess

SEED = 2026
QUESTIONS = 100_000
TASK = "theory of mind"

PEOPLE = (2, 3, 4, 5, 6, 7, 8)
STEPS = (10, 20, 40, 80, 160)
ORDERS = (0, 1, 2, 4, 6, 8, 12)
GROWN = 20
"""Stories for each size."""

Made = Sequence[tuple[TemplateStory, list[Question]]]


def minds(runs: int, questions: int = QUESTIONS) -> Iterator[Measurement]:
    """Both parts."""
    yield from agreement(questions)
    yield from growth(runs)


def agreement(questions: int = QUESTIONS) -> Iterator[Measurement]:
    """Every question answered twice; what a shortcut gets right, by order; and the rate of all."""
    recipe = Recipe()
    count = -(-questions // recipe.questions)
    answerer = Answerer()
    asked: Counter[object] = Counter()
    agreed: Counter[object] = Counter()
    unknown: Counter[object] = Counter()
    guessed: dict[str, Counter[object]] = defaultdict(Counter)
    spent: dict[str, float] = defaultdict(float)
    wrong = 0
    for story, found in stories(count, SEED, recipe):
        start = time.process_time()
        ours = [answerer.answer(story, question) for question in found]
        middle = time.process_time()
        brute = Replay(story)
        theirs = [brute.answer(question) for question in found]
        spent["unspoken"] += middle - start
        spent["brute force"] += time.process_time() - middle
        for question, answer, other in zip(found, ours, theirs, strict=True):
            wrong += answer != other
            for key in (
                question.order,
                question.kind,
                "earlier" if question.after else "at the end",
            ):
                asked[key] += 1
                agreed[key] += answer == other
                unknown[key] += answer is None
                for name in SHORTCUTS:
                    guessed[name][key] += guess(answerer, name, story, question) == answer
    total = count * recipe.questions
    for who, seconds in spent.items():
        facts: dict[str, object] = {"questions": total, "stories": count, "disagree": wrong}
        rate = (total / seconds,)
        yield Measurement(f"{TASK}: all", "questions", "1/s", rate, who, wrong == 0, facts)
    orders = sorted(key for key in asked if isinstance(key, int))
    kinds = sorted(str(key) for key in asked if not isinstance(key, int))
    keys: list[int | str] = [*orders, *kinds]
    for key in keys:
        said = f"order {key}" if isinstance(key, int) else str(key)
        shares: dict[str, object] = {
            name: _percent(guessed[name][key], asked[key]) for name in SHORTCUTS
        }
        facts = {"not known": _percent(unknown[key], asked[key]), **shares}
        right = (float(agreed[key]),)
        yield Measurement(
            f"{TASK}: agreed", said, f"of {asked[key]}", right, verified=wrong == 0, facts=facts
        )


def growth(runs: int) -> Iterator[Measurement]:
    """Microseconds a question, everything counted: worlds, steps, answers."""
    usual = Recipe(people=(5, 5), rooms=(3, 3), things=(2, 2), steps=(20, 20))
    for people in PEOPLE:
        yield from _grown(runs, f"{people} people", replace(usual, people=(people, people)))
    for steps in STEPS:
        yield from _grown(runs, f"{steps} steps", replace(usual, steps=(steps, steps)))
    for order in ORDERS:
        yield from _grown(runs, f"order {order}", replace(usual, orders=(order,)))


def _grown(runs: int, subject: str, recipe: Recipe) -> Iterator[Measurement]:
    made = list(stories(GROWN, SEED, recipe))
    count = sum(len(questions) for _, questions in made)
    ours, theirs = [], []
    same = True
    for _ in range(runs):
        spent, answers = _timed(_by_engine, made)
        ours.append(spent / count)
        spent, others = _timed(_by_force, made)
        theirs.append(spent / count)
        same = same and answers == others
    task = f"{TASK}: growth"
    yield Measurement(task, subject, "us/question", tuple(ours), verified=same)
    yield Measurement(task, subject, "us/question", tuple(theirs), "brute force", same)


def _timed(how: Callable[[Made], list[Answer]], made: Made) -> tuple[float, list[Answer]]:
    start = time.process_time()
    answers = how(made)
    return (time.process_time() - start) * 1e6, answers


def _by_engine(made: Made) -> list[Answer]:
    answerer = Answerer()
    return [answerer.answer(story, one) for story, questions in made for one in questions]


def _by_force(made: Made) -> list[Answer]:
    found: list[Answer] = []
    for story, questions in made:
        brute = Replay(story)
        found += [brute.answer(one) for one in questions]
    return found


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%"
