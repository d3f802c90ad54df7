"""What an author wrote as a condition, in plain words; and the terms of a utility as wishes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import unspoken
from unspoken.telling.plainly import Plainly

WORLD = """
unspoken 1;
type person : character;  type room;  type thing;
entity Ann : person;  entity Ben : person;  entity Hall : room;  entity Lap : room;
entity Book : thing;
property at(who : person) : room;  property lies(what : thing) : room;
property likes(who : person) : room;  property friend(who : person) : person;
property open() : boolean;  property danger() : boolean;  property knocked() : boolean;
property asked(who : person) : boolean;  property read(who : person) : boolean;
property sold(who : person) : boolean;  property shaken(who : person) : boolean;
property loves(who : person, whom : person) : boolean;
property distance(one : person, other : person) : number;  property warmth(who : person) : number;
at(Ann) = Hall;  at(Ben) = Hall;  lies(Book) = Hall;  likes(Ann) = Hall;  likes(Ben) = Hall;
friend(Ann) = Ben;  friend(Ben) = Ann;
action knock(who : person) { effect: knocked();  consenting: who; };
action question(who : person, whom : person) { effect: asked(whom);  consenting: who; };
action reply(who : person) { effect: !asked(who);  consenting: who; };
action peruse(who : person) { effect: read(who);  consenting: who; };
trigger quake(who : person) {
  precondition: danger() & !shaken(who);  effect: shaken(who);
};
utility(Ann): UTILITY;
voice Ann { pronoun: she; };  voice Ben { pronoun: he; };
"""


def wish(term: str, mind: str | None = None) -> str:
    world = unspoken.parse(WORLD.replace("UTILITY", term), "wishes")
    (found,) = (w for w in world.simulation().motives.wishes("Ann") if w.kind == "utility")
    return Plainly(world.model, mind).wish(found.wants, found.weight)


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("if(distance(Ann, Ben) == 0) 1 else 0", "the distance from Ann to Ben is 0"),
        ("if(distance(Ann, Ben) < 3) 1 else 0", "the distance from Ann to Ben is less than 3"),
        (
            "if(!(distance(Ann, Ben) < 3)) 1 else 0",
            "the distance from Ann to Ben is at least 3",
        ),
        ("loves(Ben, Ann)", "Ben loves Ann"),
        ("open() & loves(Ben, Ann)", "it is open and Ben loves Ann"),
        ("open() | knocked()", "it is open or somebody has knocked"),
        ("!knocked()", "nobody has knocked"),
        ("if(asked(Ann)) -1 else 0", "Ann has not been asked"),
        ("if(read(Ben)) 1 else 0", "Ben has read something"),
        ("if(shaken(Ben)) 0 else 1", "Ben is not shaken"),
        ("if(at(Ann) == likes(Ann)) 1 else 0", "Ann is where she likes"),
        ("if(lies(Book) == Lap) 1 else 0", "the book lies on the lap"),
        ("if(friend(Ann) == Ben) 1 else 0", "Ben is Ann\u2019s friend"),
        ("if(believes(Ben, loves(Ann, Ben))) 2 else 0", "Ben thinks that Ann loves him"),
        ("if(believes(Ben, loves(Ann, Ben))) 0 else 1", "Ben does not think that Ann loves him"),
        ("warmth(Ben)", "Ben\u2019s warmth is as high as can be"),
        ("0 - warmth(Ben)", "Ben\u2019s warmth is as low as can be"),
        ("if(danger()) -1 else 0", "there is no danger"),
        ("if(sold(Ben)) 1 else 0", "Ben has sold something"),
        (
            "if(open()) 2 elseif(loves(Ben, Ann)) 1 else 0",
            "it is open or, failing that, Ben loves Ann",
        ),
    ],
)
def test_a_term_of_a_utility(term: str, words: str) -> None:
    assert wish(term) == words


def test_in_ones_own_words() -> None:
    assert wish("open() & loves(Ben, Ann)", "Ann") == "it is open and Ben loves me"
    assert wish("if(at(Ann) == likes(Ann)) 1 else 0", "Ann") == "I am where I like"


def unspoken_says(*words: str, typed: str = "") -> str:
    command = (sys.executable, "-m", "unspoken", *words)
    return subprocess.run(command, input=typed, capture_output=True, text=True, check=True).stdout


def test_runs_and_games_show_them(tmp_path: Path) -> None:
    file = tmp_path / "wishes.story"
    file.write_text(WORLD.replace("UTILITY", "if(read(Ann)) 1 else 0"))
    explained = unspoken_says("run", str(file), "--explain", "--quiet")
    assert "for it: the wish that Ann has read something, very strongly" in explained
    assert "about the wish that Ann has read something" in explained
    asked = unspoken_says("play", str(file), "--as", "Ann", typed="w\nq\n")
    assert "for it: the wish that I have read something, very strongly" in asked
    asked = unspoken_says("play", str(file), "--as", "Ben", "--turns", "1", typed="m Ann\nq\n")
    assert (
        "Ann wishes: that Ann has read something." in asked
        or "Ann wishes: that she has read something." in asked
    )
