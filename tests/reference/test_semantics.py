"""The reference itself, by the definitions it claims to follow."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, reject, settings

from tests.reference.expressions import IllFormed
from tests.reference.semantics import Judge, State, chains, value
from tests.strategies import choose, walks, worlds
from unspoken.model import Storyworld

few = settings(max_examples=settings().max_examples // 3)


def states(world: Storyworld, walk: list[int]) -> tuple[Judge, list[State]]:
    """The states along a walk."""
    try:
        judge = Judge(world)
        met = [judge.initial]
        for move in walk:
            options = judge.possible(met[-1])
            if not options:
                break
            met.append(judge.apply(met[-1], choose(move, options)))
    except IllFormed:
        reject()
    return judge, met


@few
@given(worlds(), walks(3))
def test_states_are_equal_iff_no_chain_of_minds_tells_them_apart(
    world: Storyworld, walk: list[int]
) -> None:
    judge, met = states(world, walk)
    met += [mind for state in met for mind in map(state.mind, judge.characters)]
    # Two graphs of n nodes each that differ do so within 2n steps (Moore); the longest chains
    # that can be tried here are a little shorter.
    for one, other in combinations(met[:6], 2):
        depth = min(5, len(one.nodes) + len(other.nodes))
        fluents = range(len(judge.fluents))
        alike = all(
            value(one, chain, fluent) == value(other, chain, fluent)
            for chain in chains(judge.characters, depth)
            for fluent in fluents
        )
        assert alike == (one == other)


@few
@given(worlds(), walks(3))
def test_everybody_believes_that_it_believes_what_it_believes(
    world: Storyworld, walk: list[int]
) -> None:
    judge, met = states(world, walk)
    for state in met:
        for character in judge.characters:
            mind = state.mind(character)
            assert mind.mind(character) == mind


@few
@given(worlds(triggers=False), walks(3))
def test_who_sees_nothing_and_is_told_nothing_believes_what_it_did(
    world: Storyworld, walk: list[int]
) -> None:
    judge, met = states(world, walk)
    for action in judge.possible(met[-1]):
        try:
            after = judge.apply(met[-1], action)
        except IllFormed:
            continue
        told = {chain[0] for chain, _ in action.sets(met[-1]) if chain}
        for character in judge.characters:
            if character not in told and not action.observes(character, met[-1]):
                assert after.mind(character) == met[-1].mind(character)
