"""One goal, solved by us and by peers in turn, each answer verified before its time counts."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

import unspoken
from benchmarks.measure import Measurement
from benchmarks.processes import UNSPOKEN, Peer, Run, run


class Goal(Struct, frozen=True):
    """One line of goals.csv."""

    name: str
    world: Path
    goal: float
    author_limit: int
    character_limit: int
    epistemic_limit: int

    def places(self) -> dict[str, object]:
        """What a peer's command may ask for."""
        return {
            "world": self.world,
            "goal": f"{self.goal:g}",
            "author_limit": self.author_limit,
            "character_limit": self.character_limit,
            "epistemic_limit": self.epistemic_limit,
        }


def plans(goal: Goal, peers: list[Peer], runs: int, seconds: float) -> Iterator[Measurement]:
    """Ours, theirs, ours, theirs, ...; a peer that ran out of time once is not run again."""
    world = unspoken.load(goal.world)
    who = [UNSPOKEN, *peers]
    results: dict[str, list[Run]] = {peer.name: [] for peer in who}
    verdicts: dict[str, bool] = {}
    for _ in range(runs):
        for peer in who:
            earlier = results[peer.name]
            if earlier and earlier[-1].code is None:
                continue
            result = run(peer.words(goal.places()), seconds)
            results[peer.name].append(result)
            if result.code is not None:
                valid = verified(world, goal, result)
                verdicts[peer.name] = verdicts.get(peer.name, True) and valid
    ours = results[UNSPOKEN.name]
    for peer in who:
        theirs = results[peer.name]
        finished = tuple(result.milliseconds for result in theirs if result.code is not None)
        facts: dict[str, object] = {
            "acts": len(theirs[-1].acts()),
            "MiB": max(result.mebibytes for result in theirs),
            "outcome": "out of time" if theirs[-1].code is None else f"exit {theirs[-1].code}",
        }
        verdict = verdicts[peer.name] if finished else None
        if peer is not UNSPOKEN and verdict and verdicts.get(UNSPOKEN.name):
            pairs = zip(theirs, ours, strict=False)
            ratios = [their.milliseconds / our.milliseconds for their, our in pairs]
            facts["theirs / ours"] = statistics.geometric_mean(ratios)
        yield Measurement("plans", goal.name, "ms", finished, peer.name, verdict, facts)


def verified(world: unspoken.World, goal: Goal, result: Run) -> bool:
    """Whether an answer is a solution. With reasons, they are replayed with the acts. Without,
    only the acts are followed: possible one after the other, within the limit, to the goal."""
    try:
        if any(line.startswith("|") for line in result.output.splitlines()):
            verdict = world.replay(result.plan_text())
            reached = verdict.after is not None and verdict.after >= goal.goal
            return verdict.is_valid and reached and len(result.acts()) <= goal.author_limit
        return _reaches(world, result.acts(), goal)
    except (unspoken.DiagnosticError, KeyError):
        return False


def _reaches(world: unspoken.World, acts: list[str], goal: Goal) -> bool:
    state = world.initial
    for act in acts:
        if world.ground.action(act) not in state.possible():
            return False
        state = state.after(act)
    utility = state.utility()
    return 0 < len(acts) <= goal.author_limit and utility is not None and utility >= goal.goal
