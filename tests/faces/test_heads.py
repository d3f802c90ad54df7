"""Telling through somebody to whom little or nothing happens, or whose thought an act refutes."""

from __future__ import annotations

import pytest

import unspoken

CONFESSION = """\
unspoken 1;
entity Hugo : character; entity Iris : character; entity Nell : character;
property broke(who : character) : boolean;
broke(Hugo); believes(Iris, !broke(Hugo)); believes(Nell, !broke(Hugo));
believes(Hugo, believes(Iris, !broke(Hugo)) & believes(Nell, !broke(Hugo)));
action own_up(Hugo) {
  precondition: broke(Hugo);
  effect: believes(Iris, broke(Hugo));
  consenting: Hugo;
  observing(c : character): c != Nell;
};
utility(): believes(Iris, broke(Hugo));
utility(Hugo): believes(Iris, broke(Hugo));
thought unsuspected(me : character, other : character) {
  that: broke(me) & believes(other, !broke(me));
  plain: "{other} [suspect] nothing";
};
"""


def test_a_mind_that_perceives_nothing_has_no_story() -> None:
    story = unspoken.parse(CONFESSION).plan()
    with pytest.raises(unspoken.DiagnosticError) as refused:
        story.tell(through="Nell")
    assert refused.value.diagnostics[0].code == "nothing-to-tell"
    assert "Nell perceives nothing of it" in str(refused.value)


def test_a_thought_is_not_told_after_what_refutes_it() -> None:
    told = unspoken.parse(CONFESSION).plan().tell(through="Hugo")
    assert "Iris suspect" not in told
    assert "Nell suspect" in told
