"""Screenplays, text in, text out: who says what, and what goes on within."""

from __future__ import annotations

import pytest

import unspoken
from tests.export.editions import STORIES, edition

TEAPOT = """
unspoken 1;
plan { goal: 1; };
entity Colin : character;
entity Greta : character;
entity Kitchen : place;
property at(who : character) : place;
property loves(a : character, b : character) : boolean;
property engaged(a : character, b : character) : boolean;
forall(c : character) at(c) = Kitchen;
loves(Colin, Greta);
loves(Greta, Colin);
believes(Greta, !loves(Colin, Greta));
believes(Colin, !loves(Greta, Colin));
action propose(who : character, to : character) {
  precondition: who != to & loves(who, to) & at(who) == at(to);
  effect: believes(to, loves(who, to)) & engaged(who, to);
  consenting: who;
  observing(c : character): at(c) == at(who);
};
action accept(who : character, of : character) {
  precondition: engaged(of, who) & who != of & at(who) == at(of);
  effect: engaged(who, of) & believes(of, loves(who, of));
  consenting: who;
  observing(c : character): at(c) == at(who);
};
utility(): if(engaged(Greta, Colin) & engaged(Colin, Greta)) 1 else 0;
utility(Colin): if(engaged(Greta, Colin) & engaged(Colin, Greta)) 1 else 0;
utility(Greta): if(engaged(Greta, Colin) & engaged(Colin, Greta)) 1 else 0;
voice Colin { pronoun: he; };
voice Greta { pronoun: she; };
thought unloved(me : character, other : character) {
  that: loves(me, other) & !loves(other, me);
  plain: "{other} [do not] care for {me}";
};
"""


def test_a_note_is_in_the_words_of_whoever_it_stands_under() -> None:
    """And it names everybody else: who was named elsewhere is not named in it."""
    played = unspoken.parse(TEAPOT).plan().tell(as_="screenplay")
    notes = [line for line in played.splitlines() if line.startswith("[[")]
    assert notes[:-1] == [
        "[[Colin: I think that Greta doesn\u2019t care for me.]]",
        "[[Greta: So Colin loves me after all.]]",
        "[[Colin: So Greta loves me after all.]]",
    ]


@pytest.mark.parametrize("name", STORIES)
def test_nobody_speaks_of_themselves_by_name(name: str) -> None:
    for element in edition(name).screenplay:
        who, colon, text = element.text.partition(": ")
        if element.kind == "note" and colon:
            assert who not in text


def test_a_comma_before_who_said_it_is_a_full_stop_without() -> None:
    (spoken,) = [e.text for e in edition("paste_diamonds").screenplay if "One hears" in e.text]
    assert spoken == "One hears that thieves go for a desk, sir. I should begin with the study."
