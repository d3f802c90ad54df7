"""What an act is the beginning of: the way on from it that one mind would mean to take.

Receives a view and an act; hands on the acts that are to follow, how things stand at the end, and
which norms are broken by then. The engine gives the shortest way (``GroundWorld.reason``), and
knows no norms. So where one's own later deeds on it break some, it is asked again without these:
first for a way that breaks none, then for ways that break less; without the deeds at all, and
without them only as things would stand then (a theft may be innocent once nobody looks). The best
is kept, by what it brings and what it costs; none that is forbidden is. So it is not by the name of
an act that a way is innocent.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import fsum, inf, prod
from typing import NamedTuple, TypeAlias

from unspoken.engine import Deed, GroundEvent
from unspoken.simulation.norms import Breach, breaches
from unspoken.simulation.view import View

Case: TypeAlias = tuple[float, tuple[str, ...]]
"""An amount, and the acts through which it would come so."""

Deeds: TypeAlias = frozenset[Deed]

NOTHING: Case = (0.0, ())

LATER = 0.9
"""What each act that is still to come takes away from how much its outcome counts."""

ASKED = 32
"""How often the engine is asked, at most, for the ways on from one act. Of many deeds that are
alike one is enough, as all that are as bad where it would be done are left out with it; hardly
any act leads to a breach, so all this asking takes a hundredth of a run."""


class Step(NamedTuple):
    """An act that is meant to be done, how things stand before it, the acts up to it (the first
    left out), and the norms that it breaks, if it is one's own."""

    view: View
    act: GroundEvent
    then: tuple[str, ...]
    breaches: tuple[Breach, ...]


class Way(NamedTuple):
    """Acts that are to follow an act (``rest``), how things stand at the end, and by each norm that
    is broken by then, also by the act itself, what that costs most (below 0)."""

    rest: tuple[str, ...]
    end: View
    costs: Mapping[str, Case]

    @property
    def discount(self) -> float:
        """How much of what it comes to counts now."""
        return prod([LATER] * len(self.rest))


class Without(NamedTuple):
    """Deeds to be left out: ``all`` that break a norm, as far as they were met, or only some; and
    in ``any_state``, or only (False) as things would stand then. None: none have been met yet."""

    deeds: Deeds = frozenset()
    all: bool = True
    any_state: bool | None = None

    def more(self, steps: Sequence[Step]) -> Iterator[Without]:
        """What else to leave out, as these steps are a way without the deeds."""
        met = [_bad(step.view) for step in steps]
        forbidden = {deed for bad in met for deed, badness in bad.items() if badness == inf}
        for any_state in (True, False) if self.any_state is None else (self.any_state,):

            def left_out(found: Iterable[Deed], anywhere: bool = any_state) -> Deeds:
                return self.deeds.union((None, act) if anywhere else (at, act) for at, act in found)

            if self.all:
                yield Without(left_out(chain(*met)), True, any_state)
            for step, bad in zip(steps, met, strict=True):
                if step.breaches:
                    as_bad = [one for one in bad if bad[one] >= _guilt(step.breaches)]
                    yield Without(left_out([*forbidden, *as_bad]), False, any_state)


def way_on(view: View, act: GroundEvent, *, acts: int, minds: int, work: int) -> Way:
    """The best way on from an act, as far as one looks; none but the act, if there is no other."""
    first = Step(view, act, (), breaches(view, act))
    once = view.after(act)
    found: list[tuple[float, Way]] = []
    waiting = deque([Without()])
    asked: set[Deeds] = set()
    fewest = inf
    while waiting and len(asked) < ASKED:
        without = waiting.popleft()
        if without.deeds in asked:
            continue
        asked.add(without.deeds)
        reason = view.motives.ground.reason(
            view.believed,
            view.who,
            act,
            character_limit=acts,
            epistemic_limit=minds,
            work=work,
            without=without.deeds,
        )
        if reason is None:
            continue
        steps, end = _followed(once, reason.acts)
        fewest = min(fewest, len(steps))
        guilt = fsum(_guilt(step.breaches) for step in steps)
        if guilt < inf:
            way = Way(steps[-1].then if steps else (), end, _costs([first, *steps]))
            found.append((guilt, way))
        if any(step.breaches for step in steps):
            more = list(without.more(steps))
            waiting.extendleft(reversed([one for one in more if one.all]))
            waiting.extend(one for one in more if not one.all)
        elif len(steps) == fewest:
            break  # there is no better reason to do wrong
    # What is only put off is no better: a longer way has to break less than a shorter one.
    ways = [
        (guilt, way)
        for guilt, way in found
        if not any(other <= guilt and len(one.rest) < len(way.rest) for other, one in found)
    ]
    if not ways:
        return Way((), once, _costs([first]))
    return max(ways, key=lambda one: (_worth(view, one[1]), -one[0]))[1]


def _followed(view: View, acts: Sequence[GroundEvent]) -> tuple[list[Step], View]:
    """Acts as steps from a view, and how things stand after them."""
    steps: list[Step] = []
    then: tuple[str, ...] = ()
    for act in acts:
        then = (*then, str(act))
        own = act.consenting[:1] == (view.who,)
        steps.append(Step(view, act, then, breaches(view, act) if own else ()))
        view = view.after(act)
    return steps, view


def _guilt(broken: Sequence[Breach]) -> float:
    """What a deed costs that breaks these; infinity, if one is absolute."""
    return fsum(inf if one.norm.weight is None else one.weight for one in broken)


def _bad(view: View) -> dict[Deed, float]:
    """What one could do then that would break norms, and what that would cost."""
    judged = ((act, breaches(view, act)) for act in view.options())
    return {(view.believed, act): _guilt(broken) for act, broken in judged if broken}


def _costs(steps: Sequence[Step]) -> dict[str, Case]:
    """What each norm is broken by most, by an act and what is meant to follow it; what is still to
    come counts less, as what is hoped of it does."""
    found: dict[str, Case] = {}
    for place, step in enumerate(steps):
        for one in step.breaches:
            cost = (-one.weight * prod([LATER] * place), step.then)
            found[one.norm.text] = min(found.get(one.norm.text, NOTHING), cost)
    return found


def _worth(view: View, way: Way) -> float:
    """What a way comes to for its owner, the costs counted; so far as it could matter."""
    rise = fsum(
        now.strength * (then.satisfied - now.satisfied)
        for now, then in zip(view.standings, way.end.standings, strict=True)
    )
    return round(rise * way.discount + fsum(cost for cost, _ in way.costs.values()), 9)
