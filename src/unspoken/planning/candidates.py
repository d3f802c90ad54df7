"""Which of many stories to show: none twice, the best first, and no two alike.

Receives plans with what they cost; hands on a few of them. Values only.

Two plans are the *same story* if they are the same acts, whatever the order: orders in which
nothing depends on the order are one story (Mazurkiewicz's traces), and a writer who is shown the
same acts turned round has been shown nothing new. How like two stories are is measured on what
tells them apart from the others at hand: acts that all of them share do not count. The choice is
by maximal marginal relevance (Carbonell and Goldstein 1998), as for diverse plans (Coman and
Muñoz-Avila 2011).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from unspoken.planning.plan import Plan

T = TypeVar("T")

Story = tuple[str, ...]
"""The acts of a story without their order: sorted."""

BALANCE = 0.5
"""How much the quality of a candidate counts beside its difference from those already chosen."""

ACTS, MEANS, ACTORS = 0.5, 0.25, 0.25
"""What the likeness of two stories is made of: the acts, their names, and who takes part."""


def same_story(plan: Plan) -> Story:
    """Equal for plans that are the same story."""
    return tuple(sorted(plan.acts))


class _Face(Struct, frozen=True):
    """What a plan is compared by."""

    acts: frozenset[tuple[str, int]]
    means: frozenset[tuple[str, int]]
    actors: frozenset[str]


def _face(plan: Plan) -> _Face:
    return _Face(
        _multiset(plan.acts),
        _multiset(act.partition("(")[0] for act in plan.acts),
        frozenset(reason.character for step in plan for reason in step.reasons),
    )


def _multiset(things: Iterable[str]) -> frozenset[tuple[str, int]]:
    """Each thing with the number of its occurrence, so that twice is not once."""
    return frozenset(
        (thing, place) for thing, count in Counter(things).items() for place in range(count)
    )


def _overlap(first: frozenset[T], second: frozenset[T], shared: frozenset[T]) -> float:
    """The part of both together that both have, with what everybody has left out (Jaccard); 1
    where nothing remains."""
    union = (first | second) - shared
    return len((first & second) - shared) / len(union) if union else 1.0


class Likeness:
    """How like two of these plans are: 0 to 1."""

    def __init__(self, plans: Sequence[Plan]) -> None:
        self._faces = {id(plan): _face(plan) for plan in plans}
        faces = list(self._faces.values())
        self._acts = frozenset.intersection(*(face.acts for face in faces))
        self._means = frozenset.intersection(*(face.means for face in faces))
        self._actors = frozenset.intersection(*(face.actors for face in faces))

    def __call__(self, first: Plan, second: Plan) -> float:
        a, b = self._faces[id(first)], self._faces[id(second)]
        return (
            ACTS * _overlap(a.acts, b.acts, self._acts)
            + MEANS * _overlap(a.means, b.means, self._means)
            + ACTORS * _overlap(a.actors, b.actors, self._actors)
        )


class Scored(Struct, Generic[T], frozen=True):
    """A plan, what it costs (0 or more; less is better), and whatever belongs to it."""

    plan: Plan
    cost: float
    thing: T


def ranked(pool: Sequence[Scored[T]]) -> list[Scored[T]]:
    """Each story once, by its cheapest plan, the cheapest first; ties by length, then by acts."""
    order = sorted(pool, key=lambda one: (one.cost, len(one.plan), one.plan.acts))
    best: dict[Story, Scored[T]] = {}
    for one in order:
        best.setdefault(same_story(one.plan), one)
    return list(best.values())


def choose(
    pool: Sequence[Scored[T]],
    wanted: int,
    like: Callable[[Plan, Plan], float] | None = None,
) -> list[Scored[T]]:
    """At most ``wanted`` of a pool, no story twice: the best, then always the one that is good
    and least like those chosen; in the order of ``ranked``."""
    waiting = ranked(pool)
    if not waiting or wanted < 1:
        return []
    like = like or Likeness([one.plan for one in waiting])
    least = waiting[0].cost
    chosen = [waiting.pop(0)]
    while waiting and len(chosen) < wanted:

        def worth(one: Scored[T]) -> float:
            quality = (least + 1) / (one.cost + 1)
            return BALANCE * quality - (1 - BALANCE) * max(like(one.plan, c.plan) for c in chosen)

        best = max(waiting, key=worth)  # of equals the first, which is the better one
        waiting.remove(best)
        chosen.append(best)
    return ranked(chosen)
