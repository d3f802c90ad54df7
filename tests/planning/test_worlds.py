"""Plans of people who hold several worlds possible: nobody acts on what it does not know."""

from __future__ import annotations

import pytest

import unspoken
from unspoken import Story
from unspoken.language import render
from unspoken.planning import read_plan

INSPECTOR = """
unspoken 1;
type suspect : character;
entity Vale : character; entity Pym : character;
entity Ann : suspect; entity Ben : suspect; entity Cy : suspect;
property guilty(who : suspect) : boolean;
property cleared(who : suspect) : boolean;
property accused() : suspect;
guilty(Cy);
possible(exists(who : suspect) guilty(who));
forall(who : suspect) knows_whether(who, guilty(who));

action alibi(who : suspect) {
    precondition: !guilty(who) & !cleared(who);
    effect: cleared(who);
    consenting: who;
};
action accuse(who : suspect) {
    precondition: accused() == ?;
    effect: accused() = who;
    consenting: Vale;
};

utility(): if(exists(who : suspect) (accused() == who & guilty(who))) 1 else 0;
utility(Vale): if(exists(who : suspect) (accused() == who & guilty(who))) 1 else 0;
utility(Ann): if(possible(Vale, guilty(Ann))) 0 else 1;
utility(Ben): if(possible(Vale, guilty(Ben))) 0 else 1;
"""

SURE = INSPECTOR.replace("accused() == ?;", "accused() == ? & believes(Vale, guilty(who));")
"""In a run people take chances with what they do not know; this one does not."""

SEARCH = """
unspoken 1;
type room;
entity Vale : character; entity Attic : room; entity Barn : room; entity Cellar : room;
property letter() : room;
property read() : boolean;
letter() = Cellar;
possible(letter() == Attic | letter() == Barn | letter() == Cellar);
action search(room : room) {
    effect: if(letter() == room) believes(Vale, letter()) = room;
    consenting: Vale; };
action fetch(room : room) {
    precondition: letter() == room; effect: read(); consenting: Vale; };
utility(): if(read()) 1 else 0;
utility(Vale):
    (if(read()) 10 else 0) - (sum(room : room) if(possible(Vale, letter() == room)) 1 else 0);
"""


def planned(text: str) -> Story:
    story = unspoken.parse(text).plan(goal=1, author_limit=6, character_limit=4)
    assert story.plan is not None, story.outcome
    return story


def test_the_inspector_accuses_when_all_others_are_ruled_out() -> None:
    story = planned(INSPECTOR)
    assert sorted(story.acts[:2]) == ["alibi(Ann)", "alibi(Ben)"]
    assert story.acts[2:] == ("accuse(Cy)",)
    vale = story.states[1].mind("Vale")
    assert vale.possible_values("guilty(Cy)") == (False, True)
    assert story.minds("Vale").believes("guilty(Cy) & !guilty(Ann) & !guilty(Ben)")
    assert unspoken.parse(INSPECTOR).replay(story.plan).is_valid


@pytest.mark.parametrize(
    "acts",
    [
        "accuse(Cy)\n| goal(Vale, guilty(Cy))\ngoal(guilty(Cy))\n",
        "alibi(Ann)\n| goal(Ann, cleared(Ann))\n"
        "accuse(Cy)\n| goal(Vale, guilty(Cy))\ngoal(guilty(Cy))\n",
    ],
)
def test_replay_does_not_believe_that_anybody_accuses_on_a_guess(acts: str) -> None:
    plan, diagnostics = read_plan(acts, "guess.plan")
    assert plan is not None, diagnostics
    verdict = unspoken.parse(INSPECTOR).replay(plan)
    assert not verdict.is_valid
    assert verdict.fault is not None
    assert "accuse(Cy)" in render(verdict.fault)


def test_who_wants_to_know_looks_until_it_knows() -> None:
    story = planned(SEARCH)
    assert story.acts[-1] == "fetch(Cellar)"
    *looking, last = [state.mind("Vale").possible_values("letter()") for state in story.states[:-1]]
    assert looking, "it has to be looked for"
    assert all(len(rooms) > 1 for rooms in looking)
    assert last == ("Cellar",), "it was found, or was nowhere else"


def test_a_run_does_the_same_of_itself() -> None:
    run = unspoken.parse(SURE).run(until="accused() != ?")
    assert run.acts[-1] == "accuse(Cy)"
    assert {"alibi(Ann)", "alibi(Ben)"} <= set(run.acts)
    assert run.minds("Pym").value("guilty(Cy)") is True
    assert run.minds("Vale").mind("Pym").knows_whether("guilty(Cy)")


def test_what_minds_say_of_several_worlds() -> None:
    world = unspoken.parse(INSPECTOR)
    story = world.plan(goal=1)
    with pytest.raises(unspoken.DiagnosticError, match="guilt"):
        story.minds("Vale").possible_values("guilt(Cy)")
    early = unspoken.parse(SURE).run(until="cleared(Ann) | cleared(Ben)")
    assert early.acts[0] in ("alibi(Ann)", "alibi(Ben)")
    vale = early.minds("Vale")
    assert vale.value("guilty(Cy)") is None
    assert vale.possible_values("guilty(Cy)") == (False, True)
    assert len(vale.worlds) == 2
    assert vale.considers("guilty(Cy)")
    assert vale.considers("!guilty(Cy)")
    assert not vale.considers("guilty(Cy) & guilty(Ann)")
    assert not vale.knows_whether("guilty(Cy)")
    assert vale.knows_whether("exists(who : suspect) guilty(who)")
    assert {world.value("guilty(Cy)") for world in vale.worlds} == {False, True}
