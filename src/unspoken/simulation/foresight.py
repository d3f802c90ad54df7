"""What comes of an act, as one mind foresees: what would further its wishes, and what it fears.

Receives a view; hands on, for each act that the mind believes possible, the motives for and
against it. For each world that the mind takes to be possible (``View.suppose``), a short plan of
which the act is the beginning, if it knows one (``ways``), else what the act brings at once; and
what others would do right after, each for its own best as this mind believes. Every wish counts
once for an act and once against it, in each world: by the best that it is meant to come to, and by
the worst that others might make of it. Every norm counts once against it in each world: by the
worst that the act, and those that are meant to follow it, would do there.

Everything depends on the believed state alone, and is kept by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import fsum, inf
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from unspoken.chronicle.events import Motive, MotiveKind
from unspoken.engine import GroundEvent
from unspoken.simulation.fading import SLIGHT
from unspoken.simulation.memo import Memo
from unspoken.simulation.motives import GroundHunch, Motives
from unspoken.simulation.norms import breaches
from unspoken.simulation.view import MOST_SUPPOSED, View
from unspoken.simulation.ways import LATER, NOTHING, Case, way_on

Key: TypeAlias = tuple[int, str, int]
"""A believed state, whose it is, and an act."""

Pattern: TypeAlias = tuple[bool | None, ...]
"""Of some hunches, which are supposed to be so and which not; None: either."""

WORK = 500
"""Transitions looked at, at most, for one reason. In the shipped night visit (five acts ahead) and
nine published worlds (three) 200 lead to the same decisions as 20000; where many know many, most
of the time goes into reasons that are not there, in proportion to this."""


class Bearing(NamedTuple):
    """What an act comes to for one wish, in one world."""

    hoped: Case
    feared: Case


class Consequence(NamedTuple):
    """What an act comes to in one world: for each wish that it matters to, by its place; and by
    each norm that it would break, what that costs (below 0)."""

    wishes: Mapping[int, Bearing] = {}
    norms: Mapping[str, Case] = {}


class Foreseen(Struct, frozen=True):
    """What an act promises and threatens: motives for and against it, strongest first."""

    pulls: tuple[Motive, ...] = ()
    restraints: tuple[Motive, ...] = ()


class Foresight:
    """What characters of one world foresee. ``acts``: how far ahead; ``minds``: how deep into
    others' reasons; ``work``: the effort spent at most on looking for one reason."""

    def __init__(self, motives: Motives, acts: int = 3, minds: int = 2, work: int = WORK) -> None:
        self.motives = motives
        self.acts = acts
        self.minds = minds
        self.work = work
        self._foreseen: Memo[Key, Foreseen] = Memo()
        self._consequences: Memo[Key, Consequence] = Memo()
        self._best: Memo[tuple[int, str], GroundEvent | None] = Memo()

    def foresee(self, view: View, act: GroundEvent) -> Foreseen:
        """What ``view.who`` foresees of an act of its own, or one it is asked to take part in."""
        key = (view.believed.number, view.who, act.number)
        return self._foreseen.get(key, lambda: self._look(view, act))

    def _look(self, view: View, act: GroundEvent) -> Foreseen:
        hunches = self._bearing(view, act)
        worlds = list(view.suppose(hunches))
        found = {world.so: self._in_world(world.view, act) for world in worlds}

        def motives(kind: MotiveKind, name: str, cases: Mapping[Pattern, Case]) -> Iterator[Motive]:
            for so, (amount, then) in _folded(cases, len(hunches)):
                if amount:
                    likelihood = fsum(w.likelihood for w in worlds if _agrees(w.so, so))
                    supposing = tuple(
                        hunch.supposing(wanted)
                        for hunch, wanted in zip(hunches, so, strict=True)
                        if wanted is not None
                    )
                    yield Motive(kind, name, amount * likelihood, supposing, likelihood, then)

        pulls: list[Motive] = []
        restraints: list[Motive] = []
        for place, wish in enumerate(view.wishes):
            bearings = {so: one.wishes.get(place) for so, one in found.items()}
            if any(bearings.values()):
                for side, sign in ((pulls, 1), (restraints, -1)):
                    cases: dict[Pattern, Case] = {
                        so: _towards(one, sign) for so, one in bearings.items()
                    }
                    side += motives(wish.moves_as, wish.text, cases)
        for norm in sorted(set().union(*(one.norms for one in found.values()))):
            costs: dict[Pattern, Case] = {
                so: one.norms.get(norm, NOTHING) for so, one in found.items()
            }
            restraints += motives("norm", norm, costs)
        return Foreseen(_strongest_first(pulls), _strongest_first(restraints))

    def _bearing(self, view: View, act: GroundEvent) -> tuple[GroundHunch, ...]:
        """The hunches that could matter most: what one's wishes ask about; then the hearts of those
        they concern; then the hearts of those who are named by the act or would perceive it. Of
        equals the least sure."""
        unsure = view.unsure()
        if not unsure:
            return ()
        both = zip(view.wishes, view.standings, strict=True)
        wishes = [wish for wish, standing in both if standing.strength]
        concerned = set().union(*(wish.mentions for wish in wishes))
        there = {*view.observers(act), *act.consenting, *map(str, act.arguments)}
        asked, near, far = [], [], []
        for hunch in unsure:
            if any(hunch.bears_on(wish) for wish in wishes):
                asked.append(hunch)
            elif hunch.heart in concerned:
                near.append(hunch)
            elif hunch.heart in there:
                far.append(hunch)
        return tuple((asked + near + far)[:MOST_SUPPOSED])

    def _in_world(self, view: View, act: GroundEvent) -> Consequence:
        """In one world, what an act comes to at its best and at its worst."""
        key = (view.believed.number, view.who, act.number)
        return self._consequences.get(key, lambda: self._worked_out(view, act))

    def _worked_out(self, view: View, act: GroundEvent) -> Consequence:
        if not view.believed.allows(act) or self.unwilling(view, act):
            return Consequence()
        once = view.after(act)
        way = way_on(view, act, acts=self.acts, minds=self.minds, work=self.work)
        rest = way.rest
        reactions = [
            (str(reaction), after.standings) for reaction, after in self._reactions(view, act, once)
        ]
        reactions = [one for one in reactions if rest[:1] != one[:1]]  # not what is meant anyway
        now, then, at_last = view.standings, once.standings, way.end.standings
        found = {}
        for place, (strength, satisfied) in enumerate(now):
            if not strength:
                continue
            step = strength * (then[place].satisfied - satisfied)
            meant = strength * (at_last[place].satisfied - satisfied) * way.discount
            hoped, feared = (meant, rest), (min(0.0, meant), rest)
            for reaction, after in reactions:
                change = after[place].satisfied - then[place].satisfied
                if change:
                    change *= strength * LATER
                    hoped = max(hoped, (step + change, (reaction,)))
                    feared = min(feared, (min(0.0, step) + change, (reaction,)))
            if hoped[0] or feared[0]:
                found[place] = Bearing(hoped, feared)
        return Consequence(found, way.costs)

    # What others do.

    def _reactions(
        self, view: View, act: GroundEvent, once: View
    ) -> Iterator[tuple[GroundEvent, View]]:
        """What those who perceive an act would do right after, and would not do anyway. Whoever
        looks one act ahead sees its own."""
        if self.acts < 2:
            return
        for other in view.others():
            if other not in act.consenting and not view.observes(act, other):
                continue
            reaction = self.best(once.of_mind(other))
            if reaction is None or reaction == self.best(view.of_mind(other)):
                continue
            if once.believed.allows(reaction):
                yield reaction, once.after(reaction)

    def best(self, view: View) -> GroundEvent | None:
        """The act that furthers somebody's wishes most at once, against their norms; None where
        none does."""
        key = (view.believed.number, view.who)
        return self._best.get(key, lambda: self._best_of(view))

    def _best_of(self, view: View) -> GroundEvent | None:
        gains = ((self.gain(view, act), act) for act in view.options())
        worth = [
            (-gain, str(act), act)
            for gain, act in gains
            if gain > SLIGHT and not self.unwilling(view, act)
        ]
        return min(worth, key=lambda one: one[:2])[2] if worth else None

    def gain(self, view: View, act: GroundEvent) -> float:
        """What an act is worth at once to somebody, norms counted; minus infinity where it breaks
        an absolute one."""
        now, then = view.standings, view.after(act).standings
        gain = 0.0
        if now is not then:
            for was, would_be in zip(now, then, strict=True):
                gain += was.strength * (would_be.satisfied - was.satisfied)
        for one in breaches(view, act):
            if one.norm.weight is None:
                return -inf
            gain -= one.weight
        return gain

    def unwilling(self, view: View, act: GroundEvent) -> tuple[str, ...]:
        """Who of the others whom an act takes would not join in, as the view's owner believes;
        whoever begins it, or asks for it, wants it."""
        return tuple(
            other
            for other in sorted(set(act.consenting) - {view.who, act.consenting[0]})
            if self.gain(view.of_mind(other), act) < -SLIGHT
        )


def _towards(bearing: Bearing | None, sign: int) -> Case:
    if bearing is None:
        return NOTHING
    amount, then = bearing.hoped if sign > 0 else bearing.feared
    return (amount, then) if amount * sign > SLIGHT else NOTHING


def _folded(cases: Mapping[Pattern, Case], hunches: int) -> Iterator[tuple[Pattern, Case]]:
    """The cases, with what makes no difference left open (None)."""
    found = cases
    for place in range(hunches):
        flipped = {so: (*so[:place], not so[place], *so[place + 1 :]) for so in found}
        if all(found[so] == found[flipped[so]] for so in found):
            found = {(*so[:place], None, *so[place + 1 :]): found[so] for so in found}
    yield from found.items()


def _agrees(so: Pattern, pattern: Pattern) -> bool:
    return all(wanted in (None, is_so) for is_so, wanted in zip(so, pattern, strict=True))


def _strongest_first(motives: list[Motive]) -> tuple[Motive, ...]:
    return tuple(sorted(motives, key=lambda m: (-abs(m.amount), m.kind, m.name, m.supposing)))
