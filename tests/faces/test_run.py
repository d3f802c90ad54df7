"""``unspoken run``: what happens where everybody acts on their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

import unspoken as package
from tests.faces.conftest import Unspoken, beside

PARTY = """\
unspoken 1;
run { rounds: 12; };
entity Ann : character; entity Ben : character; entity Cy : character;
property said(who : character, whom : character) : boolean;
property hurt(who : character) : boolean;
property warmed(who : character) : boolean;
action speak(who : character, whom : character) {
  precondition: who != whom & !said(who, whom); effect: said(who, whom); consenting: who;
};
action shrug(who : character, whom : character) {
  precondition: said(whom, who) & !hurt(whom) & who == Ben; effect: hurt(whom); consenting: who;
};
action warm(who : character) { precondition: !warmed(who); effect: warmed(who); consenting: who; };
action toast(one : character, other : character) {
  precondition: one == Ben & other == Cy & !warmed(Cy); effect: warmed(Cy);
  consenting: one, other;
};
action rain() { precondition: !hurt(Cy); effect: hurt(Cy); };
occasion rain() { chance: 0.2; after: 3; };
wish speech(Ann, whom : character) { wants: said(Ann, Ben); weight: 0.5; if: whom == Ben; };
wish pride(Ann) { wants: !hurt(Ann); weight: 0.9; };
wish scorn(Ben) { wants: hurt(Ann); weight: 0.8; };
wish cosy(Cy) { wants: warmed(Cy); weight: 0.4; };
temperament Ann { daring: 0; };
"""


@pytest.fixture(autouse=True)
def party(folder: Path) -> Path:
    path = folder / "party.story"
    path.write_text(PARTY, encoding="utf-8")
    return path


def test_it_tells_what_happens_round_by_round(unspoken: Unspoken) -> None:
    said = unspoken("run", "party.story")
    assert said.code == 0
    lines = said.out.splitlines()
    assert "round 1" in lines
    assert "  warm(Cy)" in lines
    assert any(line.startswith("    Cy feels joy") for line in lines), "what goes on within"
    assert any(line.startswith("    Ann would, and does not: speak(Ann, Ben)") for line in lines)
    assert said.err == "ended: the rounds are over (--turns for more)\n"


TIRED = """\
unspoken 1;
entity Ann : character; entity Ben : character;
property danced() : boolean; property tired() : boolean;
action dance(Ann, Ben) { precondition: !danced(); effect: danced(); consenting: Ann, Ben; };
wish fun(Ann) { wants: danced(); weight: 0.6; };
wish polite(Ben) { wants: danced(); weight: 0.1; };
wish rest(Ben) { wants: danced(); weight: -0.4; if: tired(); };
tired(); believes(Ann, !tired());
"""
LOCKED = """\
unspoken 1;
entity Ann : character;
property locked() : boolean; property inside() : boolean;
action enter(Ann) { precondition: !locked() & !inside(); effect: inside(); consenting: Ann; };
locked(); believes(Ann, !locked());
wish warmth(Ann) { wants: inside(); weight: 1; };
"""


def test_where_nobody_has_anything_more_to_do(unspoken: Unspoken) -> None:
    said = unspoken("run", "letter.story")
    assert said.err == "ended: nobody has anything more to do\n"


def test_quiet_says_nothing_else(unspoken: Unspoken) -> None:
    assert unspoken("run", "party.story", "--quiet").err == ""


def test_why_under_each_deed_and_what_was_not_dared(unspoken: Unspoken) -> None:
    out = unspoken("run", "party.story", "--explain").out
    deed = out[out.index("  warm(Cy)") :].splitlines()
    assert deed[1] == "      for it: the wish cosy(Cy), somewhat"
    undone = out[out.index("would, and does not: speak(Ann, Ben)") :]
    assert "against it: a fear for the wish pride(Ann)" in undone
    assert "by shrug(Ben, Ann)" in undone


def test_why_under_what_came_to_nothing(unspoken: Unspoken) -> None:
    """Who refuses, why; who cannot, what it was wished for and what stood in the way."""
    Path("dance.story").write_text(TIRED, encoding="utf-8")
    out = unspoken("run", "dance.story", "--explain", "--turns", "1").out
    assert out.splitlines()[1:4] == [
        "    Ben does not take part: dance(Ann, Ben)",
        "      for it: the wish polite(Ben), a little",
        "      against it: the dread rest(Ben), somewhat",
    ]
    Path("door.story").write_text(LOCKED, encoding="utf-8")
    out = unspoken("run", "door.story", "--explain", "--turns", "1").out
    assert out.splitlines()[1:5] == [
        "    Ann tries, and cannot: enter(Ann)",
        "      for it: the wish warmth(Ann), very strongly",
        "      The next best was to wait.",
        "    Ann finds: locked()",
    ]


@pytest.mark.parametrize(
    ("act", "why"),
    [
        ("speak(Ann, Ben)", "Ann wishes to, and does not for fear of shrug(Ben, Ann)."),
        ("speak(Ben, Ann)", "Ben does not: nothing that Ben wishes would come of it."),
        ("warm(Cy)", "Cy does not, believing that `warmed(Cy) == True`."),
        ("rain()", "Nobody decides on rain(): it happens of itself, or not."),
    ],
)
def test_why_not(unspoken: Unspoken, act: str, why: str) -> None:
    said = unspoken("run", "party.story", "--why-not", act, "--turns", 2)
    assert why in said.out.splitlines()
    assert said.code == 0


def test_changes_of_belief_only_if_asked_for(unspoken: Unspoken) -> None:
    belief = "    Cy now believes warmed(Cy)"
    assert belief in unspoken("run", "party.story", "--all-beliefs").out.splitlines()
    assert belief not in unspoken("run", "party.story").out.splitlines()


def test_same_seed_same_bytes(unspoken: Unspoken) -> None:
    first = unspoken("run", "party.story", "--json", "--seed", 3)
    assert first.code == 0
    assert json.loads(first.out)["seed"] == 3
    assert first.out == unspoken("run", "party.story", "--json", "--seed", 3).out
    several = {unspoken("run", "party.story", "--seed", seed).out for seed in range(6)}
    assert len(several) > 1


def test_a_run_goes_on_where_it_was_left(unspoken: Unspoken) -> None:
    whole = unspoken("run", "party.story", "--json", "--turns", 9, "--quiet").out
    first = unspoken("run", "party.story", "--turns", 4, "--save", "a.json")
    assert first.err == "ended: the rounds are over (--turns for more)\n"
    second = unspoken("run", "a.json", "--turns", 5, "--save", "a.json")
    assert Path("a.json").read_text() == whole, "saved over itself: it is the same run"
    everything = unspoken("run", "party.story", "--turns", 9)
    assert first.out + second.out == everything.out


def test_a_next_chapter(unspoken: Unspoken) -> None:
    unspoken("run", "party.story", "--save", "a.json")
    said = unspoken("run", "party.story", "--after", "a.json", "--save", "b.json")
    assert said.code == 0
    assert "warm(Cy)" not in said.out, "she is warm already"
    assert json.loads(Path("b.json").read_text())["previous"] == "party.story"
    kept = Path("a.json").read_bytes()
    again = unspoken("run", "party.story", "--after", "a.json", "--save", "a.json")
    assert again.code == 2
    assert Path("a.json").read_bytes() == kept


def test_it_ends_when_something_holds(unspoken: Unspoken) -> None:
    said = unspoken("run", "party.story", "--until", "warmed(Cy)")
    assert said.err == "ended: what it was to go on until has come about\n"
    assert "rain()" not in said.out


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("party.story --turns 0", 2, "--turns cannot be `0`: a run has rounds"),
        ("party.story --until said(Ann,Bem)", 1, "Bem"),
        ("party.story --until said(", 1, "^"),
        ("party.story --why-not elope(Ann)", 1, "elope"),
        ("party.story --why-not speak", 1, "`speak` fits several acts"),
        ("party.story --save party.story", 2, "party.story"),
        ("nowhere.story", 2, "nowhere.story"),
        ("old.json", 1, "does not say how things stood at its end"),
        ("old.json --seed 3", 2, "a saved run goes on with the seed that it began with"),
        ("old.json --after old.json", 2, "a saved run has its beginning"),
        ("party.story --after old.json", 1, "does not say how things stood at its end"),
        ("party.story --after letter.json", 1, "Ada"),
    ],
)
def test_what_makes_no_sense(unspoken: Unspoken, words: str, code: int, message: str) -> None:
    saved = package.load("party.story").run(rounds=1).to_json()
    Path("old.json").write_text(saved.partition(',\n"ending"')[0] + "\n}\n")
    unspoken("run", "letter.story", "--turns", 1, "--save", "letter.json")
    said = unspoken("run", *words.split())
    assert said.code == code
    assert message in said.err


def test_told_at_once_and_told_from_what_was_saved(unspoken: Unspoken) -> None:
    unspoken("run", "party.story", "--seed", 2, "--save", "a.json")
    assert (
        unspoken("tell", "party.story", "--run", "--seed", 2).out == unspoken("tell", "a.json").out
    )
    assert unspoken("tell", "a.json", "--through", "Cy", "--person", "first").code == 0
    assert unspoken("tell", "a.json", "--run").code == 2
    unspoken("run", "party.story", "--turns", 2, "--save", "b.json")
    told = unspoken("tell", "party.story", "--run", "--turns", 2).out
    assert told == unspoken("tell", "b.json").out != unspoken("tell", "party.story", "--run").out
    assert told == unspoken("tell", "party.story", "--turns", 2).out
    assert "--turns cannot be" in unspoken("tell", "a.json", "--turns", 2).err
    said = unspoken("tell", "party.story", "--run", "--goal", 1)
    assert said.code == 2
    assert "a run is not planned" in said.err


def test_stopped_it_keeps_what_has_happened(folder: Path) -> None:
    """Ctrl-C while rounds go by; 130, and what there is can be gone on with."""
    (folder / "long.story").write_text(
        "unspoken 1; run { rounds: 1000000; }; entity Ann : character; property n() : number;"
        "n() = 0; action tick() { effect: n() = n() + 1; };",
        encoding="utf-8",
    )
    words = ["run", "long.story", "--save", "a.json"]
    with beside(folder, *words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        while "round 3" not in process.stdout.readline():
            pass
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert err == "stopped; what has happened is kept\n"
    happened = out.count("tick()")
    kept = package.load_chronicle(folder / "a.json")
    assert len(kept.acts) >= happened
    assert len(kept.acts) >= 3
    assert not [name for name in os.listdir(folder) if name.startswith(".")]


def test_from_python() -> None:
    story = package.load("party.story").run(rounds=6)
    assert story.explain("warm(Cy)").startswith("Cy: warm(Cy).")
    (held_back,) = {one.wished.act for one in story.decisions("Ann") if one.wished is not None}
    assert held_back == "speak(Ann, Ben)"
    assert story.why_not_now("speak(Ann, Ben)").finding == "restrained"
    for wrong in (lambda: story.decisions("Bem"), lambda: story.explain("speak(Ann, Ben)")):
        with pytest.raises(package.DiagnosticError):
            wrong()


SEEN = """\
unspoken 1;
run { rounds: 3; };
entity Ann : character; entity Ben : character; entity Cy : character;
property lit() : boolean;
property cold() : boolean;
cold();
believes(Ben, believes(Cy, !cold()));
action light(Ann) {
  precondition: !lit(); effect: lit(); consenting: Ann;
  observing(c : character): c == Ann | c == Ben;
};
wish warmth(Ann) { wants: lit(); weight: 1; };
"""


def test_what_is_believed_at_the_end(unspoken: Unspoken) -> None:
    """What is new or wrong; of what others are taken to believe, only what one does not hold."""
    Path("seen.story").write_text(SEEN, encoding="utf-8")
    listed = unspoken("run", "seen.story").out
    assert "believes" not in listed
    ending = unspoken("run", "seen.story", "--beliefs").out.removeprefix(listed)
    assert ending.splitlines() == [
        "Ann believes:",
        "  lit()",
        "Ben believes:",
        "  lit()",
        "  Cy believes !cold() (wrong)",
        "Cy believes:",
        "  !lit() (wrong)",
    ]
