"""A crowd's run beside the ordinary one: the same acts by the same people in the same rounds."""

from __future__ import annotations

from itertools import pairwise

import pytest

from benchmarks.town import town
from unspoken.chronicle.events import ACTS
from unspoken.engine import call_text
from unspoken.language import parse
from unspoken.model import Storyworld
from unspoken.simulation.crowd import CrowdRun, NotForCrowds, beyond_crowds
from unspoken.simulation.run import Simulation


def world_of(text: str) -> Storyworld:
    world, diagnostics = parse(text, "town")
    assert world is not None, diagnostics
    return world


def ordinarily(world: Storyworld, seed: int, rounds: int) -> list[list[str]]:
    """What is done in each round of an ordinary run, and, after "!", what was tried in vain."""
    simulation = Simulation(world, seed)
    moments = list(simulation.moments(rounds=rounds))
    done = []
    for before, after in pairwise(moments):
        events = after.events[len(before.events) :]
        told = []
        for event in events:
            if event.kind in ACTS and event.name:
                told.append(call_text(event.name, event.arguments))
            elif event.kind == "fail" and event.decision is not None:
                told.append("!" + event.decision.chosen.act)
        done.append(told)
    return done


def crowded(world: Storyworld, seed: int, rounds: int, threads: int = 2) -> list[list[str]]:
    run = CrowdRun(world, seed, threads=threads)
    return [
        [("" if one.done else "!") + one.act for one in run.step()]
        for _ in range(rounds)
        if run.quiet < 3
    ]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_small_town_lives_the_same_life_both_ways(seed: int) -> None:
    world = world_of(town(9, seed, matters=2, crowding=2))
    both = ordinarily(world, seed, 25), crowded(world, seed, 25)
    assert both[0] == both[1]
    assert any(act.startswith("tell") for acts in both[1] for act in acts)


MISTAKEN = """\
unspoken 1;
type room;
entity Ann : character; entity Ben : character;
entity Hall : room; entity Loft : room;
property at(who : character) : room;
property greeted(who : character) : boolean;
action go(who : character, from : room, to : room) {
    precondition: at(who) == from & from != to;
    effect: at(who) = to;
    consenting: who;
    observing(c : character): c == who;
};
action greet(who : character, whom : character) {
    precondition: at(who) == at(whom) & who != whom;
    effect: greeted(whom);
    consenting: who;
    observing(c : character): at(c) == at(who);
};
wish kind(Ann) { wants: greeted(Ben); weight: 0.5; };
wish away(Ben) { wants: at(Ben) == Loft; weight: 0.4; };
wish grim(Ben) { wants: greeted(Ann); weight: -0.9; };
run { rounds: 9; foresight: 1; };
at(Ann) = Hall; at(Ben) = Loft; believes(Ann, at(Ben) = Hall);
"""


def test_who_is_mistaken_finds_out_and_tries_again_later() -> None:
    world = world_of(MISTAKEN)
    both = ordinarily(world, 3, 9), crowded(world, 3, 9)
    assert both[0] == both[1]
    assert both[1][0] == ["!greet(Ann, Ben)"]


def test_threads_change_nothing() -> None:
    world = world_of(town(60, 5))
    assert crowded(world, 5, 8, threads=1) == crowded(world, 5, 8, threads=3)


def test_what_is_no_crowd_is_refused() -> None:
    norm = "norm shy(Ann) { against: impose; acts: greet(Ann, *); weight: 0.2; };"
    world = world_of(MISTAKEN + norm)
    assert beyond_crowds(world) == ("norm",)
    with pytest.raises(NotForCrowds, match="no norm"):
        CrowdRun(world)
