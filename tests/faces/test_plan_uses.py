"""``unspoken plan`` beyond one shortest story: all of them, counted, with demands; and why."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.faces.conftest import SHORTEST, Unspoken, beside, on_terminals, read_until

LIMITS = ["--author-limit", 4, "--character-limit", 3, "--epistemic-limit", 2]

TWO_WAYS = """\
unspoken 1;
entity Ada : character;
property door() : boolean;
property out() : boolean;
action open() { effect: door(); consenting: Ada; };
action smash() { effect: door(); consenting: Ada; };
action leave() { precondition: door(); effect: out(); consenting: Ada; };
utility(): out();
utility(Ada): out();
"""

ENDLESS = """\
unspoken 1;
entity Ada : character;
property coins() : number; property shells() : number;
coins() = 0; shells() = 0;
action find() { effect: coins() = coins() + 1; };
action dig() { effect: shells() = shells() + 1; };
utility(): if(coins() >= 5) 1 else 0;
"""
"""Five coins are found in one way; and shells, which nobody wants, in any number."""

DAYDREAM = ENDLESS.replace("shells() + 1;", "shells() + 1; consenting: Ada;")
DAYDREAM += "utility(Ada): if(shells() == shells() + 1) 1 else 0;"
"""Whether Ada has a reason to dig, nobody can say without a limit."""

ENOUGH = "stopped: 1 story so far; there may be more (try --author-limit and --character-limit)\n"


@pytest.fixture(autouse=True)
def worlds(folder: Path) -> None:
    (folder / "two.story").write_text(TWO_WAYS, encoding="utf-8")
    (folder / "endless.story").write_text(ENDLESS, encoding="utf-8")


def test_all(unspoken: Unspoken) -> None:
    said = unspoken("plan", "two.story", "--all", *LIMITS)
    assert said.out == "open()\nleave()\n\nsmash()\nleave()\n"
    assert said.err == "all: 2 stories; there are no more within the limits\n"
    assert said.code == 0
    assert unspoken("plan", "two.story", "--all").out == said.out
    assert unspoken("plan", "two.story", "--all", "--quiet").err == ""


def test_all_with_their_reasons(unspoken: Unspoken) -> None:
    said = unspoken("plan", "two.story", "--all", "--explain", *LIMITS)
    first, second = said.out.split("\n\n")
    Path("first.plan").write_text(first, encoding="utf-8")
    Path("second.plan").write_text(second, encoding="utf-8")
    assert unspoken("replay", "two.story", "first.plan").code == 0
    assert unspoken("replay", "two.story", "second.plan").code == 0


def test_all_as_lines_of_json(unspoken: Unspoken) -> None:
    said = unspoken("plan", "two.story", "--all", "--json", *LIMITS)
    *stories, last = map(json.loads, said.out.splitlines())
    assert [story["plan"][0] for story in stories] == ["open()", "smash()"]
    assert stories[0]["utility"] == 1.0
    assert stories[0]["reasons"][0]["reasons"][0]["character"] == "Ada"
    assert last == {"solutions": 2, "all": True}
    assert said.err == ""


def test_counted(unspoken: Unspoken) -> None:
    said = unspoken("plan", "two.story", "--count", *LIMITS)
    assert (said.code, said.out, said.err) == (0, "2\n", "")
    said = unspoken("plan", "two.story", "--count", "--json", *LIMITS)
    assert json.loads(said.out) == {"solutions": 2, "all": True}


def test_none_at_all(unspoken: Unspoken) -> None:
    said = unspoken("plan", "two.story", "--all", "--author-limit", 1)
    assert (said.code, said.out) == (1, "")
    assert said.err == "all: 0 stories; there are no more within the limits\n"
    said = unspoken("plan", "two.story", "--count", "--author-limit", 1)
    assert (said.code, said.out) == (1, "0\n")


def test_time_was_up_before_all_were_found(unspoken: Unspoken) -> None:
    words = ["plan", "endless.story", "--seconds", 0.5]
    said = unspoken(*words, "--all")
    assert said.code == 1
    assert said.out == "find()\n" * 5
    assert said.err == ENOUGH
    said = unspoken(*words, "--count")
    assert (said.code, said.out) == (1, "1\n")
    assert said.err == ENOUGH


def test_what_to_do_where_reasons_take_all_the_time(unspoken: Unspoken, folder: Path) -> None:
    (folder / "daydream.story").write_text(DAYDREAM, encoding="utf-8")
    words = ["plan", "daydream.story", "--all", "--seconds", 0.5]
    said = unspoken(*words)
    assert said.out == ""
    assert said.err == (
        "stopped: 0 stories so far; there may be more (try --character-limit: without it, to be "
        "sure that somebody has no reason takes going through all that they imagine)\n"
    )
    assert unspoken(*words, "--character-limit", 3).out == "find()\n" * 5


@on_terminals
@pytest.mark.parametrize("how", ["--all", "--count"])
def test_ctrl_c_keeps_what_was_found(folder: Path, how: str) -> None:
    """Pressed when the search has long been past the one story, which takes five acts."""
    ours, theirs = os.openpty()
    words = ["plan", "endless.story", how, "--json"]
    with beside(folder, *words, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        err = read_until(ours, rb"\d\d acts ahead")
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=120)
    os.close(ours)
    *stories, last = map(json.loads, out.splitlines())
    assert process.returncode == 130
    assert [story["plan"] for story in stories] == ([["find()"] * 5] if how == "--all" else [])
    assert last == {"solutions": 1, "all": False}
    assert b"Traceback" not in err


@pytest.mark.parametrize(
    ("demands", "story"),
    [
        (["--must", "smash"], "smash leave"),
        (["--must", "leave()", "--never", "open"], "smash leave"),
        (["--through", "door() & !out()"], "open leave"),
        (["--through", "door()", "--demands-only"], "open"),
        (["--through", "believes(Ada, door())", "--never", "open", "--demands-only"], "smash"),
    ],
)
def test_demands(unspoken: Unspoken, demands: list[str], story: str) -> None:
    acts = [f"{name}()" for name in story.split()]
    words = ["two.story", *demands]
    assert unspoken("plan", *words).out.splitlines() == acts
    assert json.loads(unspoken("plan", *words, "--json").out)["plan"] == acts
    assert unspoken("plan", *words, "--all").out.splitlines()[: len(acts)] == acts
    assert unspoken("plan", *words, "--explain", "--output", "a.plan").code == 0
    said = unspoken("replay", "two.story", "a.plan", *demands)
    assert (said.code, said.out.partition(":")[0]) == (0, "valid")
    assert (
        unspoken("replay", "two.story", "a.plan", *demands, "--never", story.split()[0]).code == 1
    )


def test_demands_that_nothing_can_meet(unspoken: Unspoken) -> None:
    said = unspoken("plan", "two.story", "--never", "leave", *LIMITS)
    assert said.code == 1
    assert "no story brings the author's utility to 1 and does all that is demanded" in said.err
    said = unspoken("plan", "two.story", "--through", "!door() & out()", "--demands-only", *LIMITS)
    assert "no story does all that is demanded within author limit 4" in said.err


def test_demands_that_make_no_sense(unspoken: Unspoken) -> None:
    said = unspoken("plan", "two.story", "--must", "smesh", "--through", "dor()")
    assert said.code == 1
    assert "must:1:1" in said.err
    assert "did you mean `smash`?" in said.err
    assert "through:1:1" in said.err
    assert "did you mean `door`?" in said.err
    assert unspoken("plan", "two.story", "--demands-only").code == 2
    assert unspoken("plan", "two.story", "--demands-only", "--must", "open", "--goal", 1).code == 2


def test_how_short_it_is(unspoken: Unspoken) -> None:
    assert unspoken("plan", "two.story", *LIMITS).err == "found: 2 acts; no story has fewer\n"
    assert unspoken("plan", "two.story", "--any", "--budget", 0, *LIMITS).code == 0
    data = json.loads(unspoken("plan", "two.story", "--json", *LIMITS).out)
    assert data["shortest"] is True
    assert unspoken("plan", "two.story", "--budget", -1).code == 2


@pytest.mark.parametrize("option", ["--output", "--chronicle", "--why"])
def test_what_is_about_one_story(unspoken: Unspoken, option: str) -> None:
    said = unspoken("plan", "two.story", "--all", option, "open")
    assert said.code == 2
    assert f"{option} cannot be" in said.err


def test_why(unspoken: Unspoken) -> None:
    said = unspoken("plan", "letter.story", "--why", "confess(Ben, *)")
    assert said.out.splitlines()[0] == "2. confess(Ben, Ada)"
    assert said.out.splitlines()[1].startswith("   ╰─ Ben, for together()")
    said = unspoken("plan", "letter.story", "--why", "*")
    assert [line[3:] for line in said.out.splitlines() if line[0].isdigit()] == SHORTEST


def test_why_not(unspoken: Unspoken) -> None:
    words = ["why-not", "letter.story", "embrace(Ada, Ben)"]
    said = unspoken(*words)
    assert said.code == 0
    assert said.out == (
        "embrace(Ada, Ben), at the beginning\n"
        "├─ it is not possible while `believes(Ada, loves(Ben, Ada)) == False`\n"
        "├─ Ada knows that it is not\n"
        "╰─ Ben knows that it is not\n"
    )
    after = "find_letter(Ben); confess(Ben, Ada)"
    assert "nothing stands in its way" in unspoken(*words, "--after", after).out
    assert unspoken(*words, "--after", 2).out == unspoken(*words, "--after", after).out
    data = json.loads(unspoken(*words, "--json").out)
    assert data["possible"] is False
    assert [one["finding"] for one in data["accounts"]] == ["impossible", "impossible"]
    data = json.loads(unspoken(*words, "--after", after, "--json").out)
    assert data["accounts"][0]["reason"]["character"] == "Ada"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["elope(Ada, Ben)"], 1),
        (["confess(Ben, Ada)", "--after", "embrace(Ada, Ben)"], 1),
        (["confess(Ben, Ada)", "--character-limit", 0], 2),
        (["confess(Ben, Ada)", "--seconds", 0], 2),
    ],
)
def test_what_cannot_be_asked(unspoken: Unspoken, words: list[object], code: int) -> None:
    said = unspoken("why-not", "letter.story", *words)
    assert said.code == code
    assert said.err.startswith("error: ")
