"""``unspoken play``: a story from within one of its characters."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import unspoken as package
from tests.faces.conftest import (
    Said,
    Unspoken,
    beside,
    on_terminals,
    read_until,
    wait_until_it_waits,
)
from tests.faces.test_run import PARTY
from unspoken.faces.cli import play as module

Played = Callable[..., Said]


@pytest.fixture(autouse=True)
def party(folder: Path) -> Path:
    path = folder / "party.story"
    path.write_text(PARTY, encoding="utf-8")
    return path


@pytest.fixture
def played(unspoken: Unspoken, monkeypatch: pytest.MonkeyPatch) -> Played:
    """``unspoken play`` with these words, and this typed."""

    def command(typed: str, *words: object) -> Said:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        return unspoken("play", *words)

    return command


NEWLINE = "\n"


def scenes(out: str) -> list[str]:
    """What stands between the prompts."""
    return re.split(r"^> .*\n", out, flags=re.MULTILINE)


def test_what_one_would_rather_and_does_not_dare_is_marked_and_may_be_dared(
    played: Played,
) -> None:
    said = played("", "party.story", "--as", "Ann")
    assert said.code == 0
    first = scenes(said.out)[0]
    assert "  1 speak to Ben (I would rather, and do not dare)" in first.splitlines()
    assert "* 2 wait" in first.splitlines()
    assert "  3 speak to Cy" in first.splitlines(), "what there is no reason for comes last"
    dared = played("1\n", "party.story", "--as", "Ann")
    assert "I speak to Ben" in scenes(dared.out)[1]
    by_itself = played("\n", "party.story", "--as", "Ann")
    assert "I speak to Ben" not in by_itself.out


def test_where_nothing_comes_of_waiting_it_says_so(played: Played) -> None:
    first, waited, *_ = scenes(played("2\n", "night_visit", "--as", "Tara").out)
    assert "* 1 open the door" in first
    assert waited.startswith("\nNothing happens that I notice.\n\n* 1 open the door\n")
    assert "Nothing happens" not in scenes(played("", "party.story", "--as", "Ann").out)[0]


def test_why(played: Played) -> None:
    out = played("w\nw 1\nw 7\n", "party.story", "--as", "Ann").out
    _, own, option, none, _ = scenes(out)
    assert own.splitlines()[:2] == [
        "I would wait.",
        "I would rather speak to Ben, and do not dare.",
    ]
    assert "  for it: the wish `speech (Ben)`, strongly" in own.splitlines()
    against = "against it: a fear for the wish `pride`, very strongly; then Ben would shrug"
    assert against in " ".join(own.split())
    assert option.splitlines()[0] == "speak to Ben:"
    assert against in " ".join(option.split())
    assert none == "There is no choice 7.\n"


TOAST = """\
unspoken 1;
run { rounds: 2; };
entity Ben : character; entity Cy : character;
property toasted() : boolean;
action toast(one : character, other : character) {
  precondition: one == Ben & other == Cy & !toasted(); effect: toasted();
  consenting: one, other;
};
wish glass(Ben) { wants: toasted(); weight: 1; };
"""


@pytest.mark.parametrize(("typed", "told"), [("1", "Ben toasts me"), ("2", "I draw back")])
def test_one_is_asked_to_take_part(played: Played, typed: str, told: str) -> None:
    Path("toast.story").write_text(TOAST)
    said = played(f"{typed}\n", "toast.story", "--as", "Cy")
    asked, after, *_ = scenes(said.out)
    assert asked.endswith("Ben wants to toast me.\n\n* 1 take part\n  2 refuse\n")
    assert told in after


def test_undo(played: Played) -> None:
    out = played("1\nu\nu\n", "party.story", "--as", "Ann").out
    first, dared, again, nothing, _ = scenes(out)
    assert first.endswith(again)
    assert dared != again
    assert nothing == "There is nothing to take back.\n"


def test_what_one_makes_of_a_mind(played: Played) -> None:
    out = played("m Willow\nm buffy more\nm\nm Xander\n", "night_visit", "--as", "Tara").out
    _, willow, buffy, whose, nobody, _ = scenes(out)
    lines = willow.splitlines()
    assert "Willow is at the Bronze." in lines
    assert "I can hardly believe that Willow loves me." in lines, "she is wrong"
    assert "Willow can hardly believe that I love her." in lines
    assert len(lines) <= 14
    assert "Buffy is at the Bronze." in buffy.splitlines()
    assert whose == "Whose? Willow, Buffy\n"
    assert "nobody in this story is called `Xander`" in nobody


def test_it_is_told_from_within_and_only_what_is_new(played: Played) -> None:
    out = played("\n" * 30, "night_visit", "--as", "Tara").out
    told = [scene for scene in scenes(out) if "It is over" not in scene]
    sentences = re.findall(r"[^.?!…”]{25,}[.?!…”]", " ".join(" ".join(told).split()))
    prose = [one.strip() for one in sentences if "* 1" not in one]
    assert len(prose) == len(set(prose)), "nothing is told twice"
    assert "Willow is on the landing" not in out.partition("I breathe in")[0]
    for hers in ("in my coat", "I climb", "I knock", "the Bronze to the path"):
        assert hers not in out, "what only Willow knows"


def test_what_was_thought_all_along_is_told_where_it_comes_up(played: Played) -> None:
    began = " ".join(played("q\n", "wrong_bench", "--as", "Hugo").out.split())
    assert "roses. Of course Mabel goes to that bench every day of her life." in began


def test_a_game_is_kept_after_every_choice_and_goes_on(played: Played) -> None:
    kept = played("1\n2\n", "party.story", "--as", "Ann", "--save", "game.json")
    assert kept.code == 0
    assert json.loads(Path("game.json").read_text())["ending"]["round"] >= 1
    again = played("", "game.json", "--as", "Ann")
    assert again.code == 0
    assert "speak to Ben" not in scenes(again.out)[0].partition("* ")[2], "that is done"
    as_another = played("", "game.json", "--as", "Ben")
    assert "I am Ben." in as_another.out


@pytest.mark.parametrize("choices", [1, 4, 7])
def test_a_game_goes_on_as_if_it_had_never_stopped(played: Played, choices: int) -> None:
    """Also in the middle of a round, where it is shown again and where it is taken back."""
    once = ["night_visit", "--as", "Tara", "--seed", 3]
    back = "u\n" * (choices + 1)
    whole = scenes(played(f"{NEWLINE * choices}{back}", *once).out)
    kept = scenes(played(NEWLINE * choices, *once, "--save", "game.json").out)
    saved = Path("game.json").read_text(encoding="utf-8")
    *recap, _ = scenes(played(back, "game.json").out)
    assert recap[0].endswith(kept[choices]), "what was shown last is shown again"
    assert all(line in "".join(kept) for line in recap[0].splitlines())
    assert recap[1:] == whole[choices + 1 : -1]
    assert recap[-1] == "There is nothing to take back.\n"
    played("", "game.json", "--save", "game.json")
    assert Path("game.json").read_text(encoding="utf-8") == saved
    played(f"{NEWLINE}q\ns\n", "game.json")
    gone_on = Path("game.json").read_text(encoding="utf-8")
    played(NEWLINE * (choices + 1), *once, "--save", "whole.json")
    assert Path("whole.json").read_text(encoding="utf-8") == gone_on


def test_a_game_has_as_many_rounds_as_it_had(played: Played) -> None:
    played("\n", "party.story", "--as", "Ann", "--turns", 1, "--save", "game.json")
    assert "The time is up" in played("", "game.json").out
    longer = played("u\n", "game.json", "--turns", 2).out
    assert "The time is up" not in longer
    assert "There is nothing" not in longer


def test_a_world_that_was_changed_since_is_noticed(played: Played) -> None:
    played("1\n2\n", "party.story", "--as", "Ann", "--save", "game.json")
    story = Path("party.story")
    story.write_text(f"// Moved down.\n{PARTY}", encoding="utf-8")
    assert "not as it was" not in played("", "game.json").out
    story.write_text(PARTY.replace("pride(Ann)", "vanity(Ann)"), encoding="utf-8")
    first, nothing, _ = scenes(played("u\n", "game.json").out)
    assert first.startswith("The world is not as it was when this game was saved")
    assert nothing == "There is nothing to take back.\n"
    story.write_text(PARTY.replace("speak", "talk"), encoding="utf-8")
    said = played("", "game.json")
    assert said.code == 1
    assert "the act `speak(Ann, Ben)`, which the world does not have" in said.err


def test_a_saved_game_of_before_goes_on(played: Played) -> None:
    """As it was saved before choices were kept."""
    played("1\n2\n", "party.story", "--as", "Ann", "--save", "game.json")
    data = json.loads(Path("game.json").read_text(encoding="utf-8"))
    del data["played"]
    Path("game.json").write_text(json.dumps({**data, "unspoken_chronicle": 3}), encoding="utf-8")
    assert played("", "game.json").code == 2, "it does not say whom to play"
    _, nothing, _ = scenes(played("u\n", "game.json", "--as", "Ann").out)
    assert nothing == "There is nothing to take back.\n"


def test_a_game_goes_on_as_a_run_and_is_told(unspoken: Unspoken, played: Played) -> None:
    played("1\n", "party.story", "--as", "Ann", "--save", "game.json")
    assert unspoken("run", "game.json").code == 0
    assert "Ann" in unspoken("tell", "game.json").out


def test_saving_when_told_so(played: Played) -> None:
    out = played("s game.json\ns\nq\n", "party.story", "--as", "Ann").out
    _, saved, again, _ = scenes(out)
    goes_on = "(unspoken play game.json goes on with it.)\n"
    assert saved == f"Saved in game.json.\n{goes_on}"
    assert again == "Saved in game.json.\n"
    package.load_chronicle("game.json")


def test_a_game_without_a_file_is_saved_in_a_new_one(played: Played) -> None:
    for name in ("party-Ann.json", "party-Ann-2.json"):
        out = played("s\n1\ns\nq\n", "party.story", "--as", "Ann").out
        assert out.count(f"Saved in {name}.\n") == 2
        package.load_chronicle(name)


def test_a_name_may_be_short_if_it_is_one_persons(played: Played) -> None:
    _, one, none, _ = scenes(played("m wil\nm x\n", "night_visit", "--as", "Tara").out)
    assert "Willow is at the Bronze." in one
    assert "nobody in this story is called `x`" in none


def test_nothing_of_an_authors_is_written_over(played: Played) -> None:
    before = Path("party.story").read_bytes()
    out = played("s party.story\n", "party.story", "--as", "Ann").out
    assert "party.story" in scenes(out)[1]
    assert "Saved" not in out
    assert played("", "party.story", "--as", "Ann", "--save", "party.story").code == 2
    assert Path("party.story").read_bytes() == before


@pytest.mark.parametrize(
    ("typed", "is_saved"),
    [
        ("1\nq\nn\n", False),
        ("1\nq\nend.json\n", True),
        ("1\nq\nparty.story\nend.json\n", True),
        ("1\nq\nwhat\ns end.json\n", True),
        ("1\nq\n\nu\nq\nno\n", False),
        ("1\nq\nu\nu\nq\nn\n", False),
        ("q\n", False),
        ("1\n", False),
    ],
)
def test_quitting_asks_where_something_would_be_lost(
    played: Played, typed: str, is_saved: bool
) -> None:
    said = played(typed, "party.story", "--as", "Ann")
    assert said.code == 0
    assert ("Not saved." in said.out) == ("1\nq" in typed)
    assert Path("end.json").exists() == is_saved


def test_what_is_typed_wrong(played: Played) -> None:
    out = played("dance\n9\n-1\n?\n", "party.story", "--as", "Ann").out
    _, dance, nine, negative, helped, _ = scenes(out)
    assert dance == "`dance` is nothing that I know: 1 to 4, Enter, or ? (help)\n"
    assert nine.startswith("`9` is nothing")
    assert negative.startswith("`-1` is nothing")
    assert helped == f"{module.HELP}\n"


def test_it_ends(played: Played) -> None:
    out = played("\n" * 3, "party.story", "--as", "Ann", "--until", "warmed(Cy)").out
    assert "This is where the story ends." in out
    assert "It is over. (u takes the last choice back, s saves, q quits)" in out
    timed = played("\n\n", "party.story", "--as", "Ann", "--turns", 1).out
    assert "The time is up" in timed


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("party.story", 2, "it is not said whom to play"),
        ("party.story --as Bem", 2, "nobody in this story is called `Bem`"),
        ("party.story --as Ann --turns 0", 2, "a game has rounds"),
        ("party.story --as Ann --until said(Ann,Bem)", 1, "Bem"),
        ("nowhere.story --as Ann", 2, "nowhere.story"),
        ("old.json --as Ann", 1, "does not say how things stood at its end"),
        ("old.json --as Ann --seed 1", 2, "a saved run goes on with the seed"),
    ],
)
def test_what_makes_no_sense(played: Played, words: str, code: int, message: str) -> None:
    saved = package.load("party.story").run(rounds=1).to_json()
    Path("old.json").write_text(saved.partition(',\n"ending"')[0] + "\n}\n")
    said = played("", *words.split())
    assert said.code == code
    assert message in said.err


def test_the_next_chapter_is_played(unspoken: Unspoken, played: Played) -> None:
    unspoken("run", "party.story", "--save", "a.json")
    out = played("", "party.story", "--as", "Cy", "--after", "a.json").out
    assert "warm" not in out, "she is warm already"


def test_scenes_as_data(played: Played) -> None:
    out = played("w\n1\nq\nn\n", "party.story", "--as", "Ann", "--json").out
    first, why, second, asked = [json.loads(line) for line in out.splitlines()]
    assert first["scene"]["choices"][0] == {
        "number": 1,
        "place": 0,
        "act": "speak(Ann, Ben)",
        "words": "speak to Ben",
        "mark": "undared",
    }
    assert why["said"][0] == "I would wait."
    assert "I speak to Ben" in second["scene"]["prose"][0]
    assert asked["asked"].startswith("Not saved.")


def test_eighty_columns_and_no_colour(played: Played) -> None:
    out = played("\n" * 12 + "w\nm Willow more\n", "night_visit", "--as", "Tara").out
    assert max(map(len, out.splitlines())) <= 80
    assert "\x1b" not in out


@on_terminals
@pytest.mark.parametrize("no_colour", [False, True])
def test_on_a_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch, no_colour: bool) -> None:
    """A pseudo-terminal: coloured, unless NO_COLOR; Ctrl-D and Ctrl-C ask, and again quit."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_colour:
        monkeypatch.setenv("NO_COLOR", "1")
    ours, theirs = os.openpty()
    words = ["play", "party.story", "--as", "Ann"]
    with beside(folder, *words, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        said = read_until(ours, b"> ")
        assert (b"\x1b[1m* 2 wait" in said) == (not no_colour)
        os.write(ours, b"1\n")
        assert b"I speak to Ben" in read_until(ours, b"> ")
        os.write(ours, b"\x04")
        read_until(ours, b"goes on: ")
        os.write(ours, b"\n")
        read_until(ours, b"> ")
        wait_until_it_waits(process)
        process.send_signal(signal.SIGINT)
        read_until(ours, b"goes on: ")
        wait_until_it_waits(process)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=120) == 0
    os.close(ours)


def test_from_python() -> None:
    play = package.load("party.story").play("Ann")
    assert play.turn is not None
    assert play.turn.decision.wished is not None
    places = [option.act for option in play.turn.options]
    play.choose(places.index("speak(Ann, Ben)"))
    assert any(event.name == "speak" for event in play.perceived)
    assert play.undo()
    assert all(event.name != "speak" for event in play.perceived)
