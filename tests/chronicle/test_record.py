"""What is noted of an act is all that changes by it."""

from __future__ import annotations

import unspoken
from unspoken.chronicle import Fact
from unspoken.chronicle.record import record

FORGETTING = """
unspoken 1; entity Ann : character; entity Ben : character;
property told() : boolean;
told(); believes(Ann, told()); believes(Ben, !told());
action forget(Ann) {
  precondition: told() & believes(Ann, told());
  effect: !believes(Ann, told());
  consenting: Ann;
};
"""


def test_what_a_surprise_mends_and_the_act_turns_back() -> None:
    """Ben finds that Ann must have known, and at once that she does no longer: as he had it."""
    ground = unspoken.parse(FORGETTING).ground
    after = ground.initial.after("forget(Ann)")
    chronicle = record(ground, [ground.action("forget(Ann)")])
    told = Fact("told")
    assert ground.initial.mind("Ben").mind("Ann").value("told()") is False
    assert after.mind("Ben").mind("Ann").value("told()") is False
    for minds in ((), ("Ann",), ("Ben",), ("Ben", "Ann"), ("Ann", "Ben")):
        state = after
        for who in minds:
            state = state.mind(who)
        assert chronicle.value(minds, told) == state.value("told()"), minds
    changes = [(e.kind, e.before, e.after) for e in chronicle.events if e.minds == ("Ben", "Ann")]
    assert changes == [("surprise", False, True), ("believe", True, False)]
