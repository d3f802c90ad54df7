"""Searches are looked at from inside, worlds made to grow do what is said of them, and a picture
is drawn of it."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from msgspec.structs import replace

import unspoken
from benchmarks.family import fetching
from benchmarks.goals import VARIANTS, goals, ideas
from benchmarks.inside import Question, ask
from benchmarks.measure import Measurement
from benchmarks.pairs import Goal
from benchmarks.plot import growth_svg
from benchmarks.report import keep, table
from tests.faces.conftest import LETTER


@pytest.fixture
def question(tmp_path: Path) -> Question:
    world = tmp_path / "fetching.story"
    world.write_text(fetching(walkers=2, things=1), encoding="utf-8")
    return Question(world, 1.0, 5, 5, 2, seconds=30, budget=30)


def test_an_answer_says_what_it_took(question: Question) -> None:
    answer = ask(question)
    assert (answer.outcome, answer.acts, answer.shortest, answer.valid) == ("found", 5, True, True)
    assert answer.first_acts is not None
    assert answer.first_acts >= 5
    assert answer.first_milliseconds is not None
    assert 0 < answer.first_milliseconds <= answer.milliseconds
    assert 0 < answer.fresh < answer.transitions
    assert answer.mebibytes > 5


def test_nothing_is_proven_by_running_out_of_time(question: Question) -> None:
    assert ask(replace(question, author_limit=4)).is_settled
    stopped = ask(replace(question, seconds=0.0))
    assert (stopped.outcome, stopped.is_settled, stopped.valid) == ("stopped", False, None)


def test_no_answer_is_an_error(question: Question, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no answer"):
        ask(replace(question, world=tmp_path / "nowhere.story"))


@pytest.mark.parametrize(("walkers", "rooms", "things"), [(1, 2, 1), (3, 4, 2)])
def test_the_family_is_as_told(walkers: int, rooms: int, things: int) -> None:
    world = unspoken.parse(fetching(walkers, rooms, things))
    assert len(world.characters) == walkers + 1
    mind = world.initial.mind("Walker1")
    assert world.initial.value(f"lies(Thing{things})") == f"Room{rooms}"
    assert mind.value(f"lies(Thing{things})") is None
    assert mind.mind("Elder").value("lies(Thing1)") is None
    assert world.initial.mind("Elder").mind("Walker1").value("lies(Thing1)") is None


def test_ideas_are_left_out_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "letter.story"
    path.write_text(LETTER, encoding="utf-8")
    goal = Goal("letter", path, 1.0, 3, 3, 2)
    (whole,) = goals([goal], runs=2, seconds=30)
    assert len(whole.runs) == 2
    measured = list(ideas([goal], seconds=30))
    assert [m.who for m in measured] == list(VARIANTS)
    assert all(m.verified and m.facts["acts"] == 3 for m in [whole, *measured])
    shown = table(measured)
    assert f"|  | {' | '.join(VARIANTS)} |" in shown
    assert f"| letter | {' | '.join('3' * len(VARIANTS))} |" in shown


def test_a_picture_of_growth(tmp_path: Path) -> None:
    rows = [
        Measurement(
            "growth: walkers",
            str(n),
            "ms",
            (10.0**n,),
            facts={
                "first ms": None if n == 1 else 5.0,
                "proven ms": None if n == 3 else 10.0**n,
                "transitions": 100 * n,
                "MiB": 20.0 * n,
            },
        )
        for n in (1, 2, 3)
    ]
    picture = growth_svg(rows)
    assert picture is not None
    shapes = [element.tag.rpartition("}")[2] for element in ElementTree.fromstring(picture).iter()]
    assert shapes.count("circle") == 3 + 2 + 3 + 3
    assert picture.count('fill="white" stroke') == 3, "the last point of each measure is a ring"
    assert growth_svg([Measurement("plans", "letter", "ms", (1.0,))]) is None
    path = keep(rows, {"cores": 2}, tmp_path)
    assert path.with_name(f"{path.stem}-growth.svg").read_text(encoding="utf-8") == picture
