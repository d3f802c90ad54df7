"""One mind's own view: what it believes, what it wishes, and nothing else.

Receives the state that somebody believes in; hands on answers. A view holds no reference to the
real state, nor to any mind but this one and those it imagines: what it does not carry cannot leak
into what is decided or felt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import fsum
from typing import NamedTuple

from unspoken.engine import GroundEvent, Mind, State, Telling
from unspoken.model import DriveRole
from unspoken.simulation.motives import GroundHunch, GroundNorm, GroundWish, Motives, Standing

MOST_SUPPOSED = 2
"""Hunches that are supposed either way at a time: four worlds at most."""


class Supposed(NamedTuple):
    """A world that a mind takes to be possible: how likely, and what it supposes of each of the
    hunches that it is not sure of."""

    likelihood: float
    view: View
    so: tuple[bool, ...]


class View:
    """What ``who`` believes, in the state ``believed``, and what moves it there."""

    __slots__ = ("_unsure", "believed", "motives", "who")

    def __init__(self, motives: Motives, who: str, believed: State) -> None:
        self.motives = motives
        self.who = who
        self.believed = believed
        self._unsure: tuple[GroundHunch, ...] | None = None

    @classmethod
    def of(cls, motives: Motives, mind: Mind) -> View:
        """The view of the one whose mind it is; of the innermost, if they are several."""
        return cls(motives, mind.whose[-1], mind)

    def __repr__(self) -> str:
        return f"<View of {self.who}, {self.believed.number}>"

    # What it believes.

    def others(self) -> tuple[str, ...]:
        """Everybody else, by name."""
        return tuple(name for name in self.motives.characters if name != self.who)

    def of_mind(self, other: str) -> View:
        """What another sees, as this mind believes."""
        return View(self.motives, other, self.believed.mind(other))

    def options(self) -> tuple[GroundEvent, ...]:
        """The acts that it believes it could do now, by text."""
        return tuple(sorted(self.believed.options(self.who), key=str))

    def after(self, act: GroundEvent) -> View:
        """What it would believe after an act, as it foresees."""
        return View(self.motives, self.who, self.believed.after(act))

    def observes(self, act: GroundEvent, other: str) -> bool:
        """Would (or did) somebody perceive an act, as this mind believes?"""
        return self.believed.observes(act, other)

    def observers(self, act: GroundEvent) -> tuple[str, ...]:
        """The others who would perceive an act, by name."""
        return tuple(other for other in self.others() if self.observes(act, other))

    def near(self) -> frozenset[str]:
        """Who is here: as the author says (``presence``); else whoever would perceive most of what
        one could do now, by kinds of acts (a single kind may be seen from afar: that somebody walks
        off, that a bell rings)."""
        presence = self.motives.presence(self.who)
        if presence is not None:
            return frozenset(
                other
                for other, questions in presence.items()
                if any(question.of(self.believed) is True for question in questions)
            )
        kinds: dict[str, set[str]] = {}
        for act in self.options():
            kinds.setdefault(act.name, set()).update(self.observers(act))
        return frozenset(
            other
            for other in self.others()
            if 2 * sum(other in seen_by for seen_by in kinds.values()) > len(kinds)
        )

    def present(self, other: str) -> bool:
        """Is somebody here, as this mind believes?"""
        return other in self.near()

    # What moves it.

    @property
    def wishes(self) -> tuple[GroundWish, ...]:
        return self.motives.wishes(self.who)

    @property
    def standings(self) -> tuple[Standing, ...]:
        """How its wishes stand, in their order."""
        return self.motives.standings(self.who, self.believed)

    @property
    def norms(self) -> tuple[GroundNorm, ...]:
        """Those that apply, as things stand."""
        return self.motives.norms_at(self.who, self.believed)

    def satisfied(self, wish: GroundWish) -> float:
        """How far it believes a wish of its own is met: 1, 0, or between."""
        return wish.at(self.believed).satisfied

    def strength(self, wish: GroundWish) -> float:
        """What a wish of its own weighs now, -1 to 1; 0 where it is none."""
        return wish.at(self.believed).strength

    def level(self, role: DriveRole, towards: str | None = None) -> float:
        """What its drives of a role come to towards somebody (None: those towards nobody), -1 to
        1: each in proportion to its greatest."""
        total = 0.0
        for drive in self.motives.drives_of(self.who):
            if drive.role == role and drive.whom == towards:
                level = drive.level.of(self.believed)
                greatest = max(abs(drive.low), abs(drive.high))
                if isinstance(level, float) and greatest:
                    total += level / greatest
        return max(-1.0, min(1.0, total))

    def liking(self, other: str) -> float:
        return self.level("liking", other)

    def trust(self, other: str) -> float:
        return self.level("trust", other)

    def deference(self, other: str) -> float:
        return self.level("deference", other)

    def anxiety(self, act: GroundEvent | None = None) -> float:
        """0 to 1: what it is anxious about at large, or towards those who would perceive the act,
        take part in it or are named by it; the most of these."""
        near = set()
        if act is not None:
            named = {name for name in act.arguments if isinstance(name, str)}
            near = {*act.consenting, *named, *self.observers(act)}
        levels = [
            self.level("anxiety"),
            *(self.level("anxiety", other) for other in self.others() if other in near),
        ]
        return max(0.0, *levels)

    # What it is not sure of.

    def probability(self, hunch: GroundHunch) -> float:
        """How likely it takes something to be, 0 to 1, by its odds. Of its own heart it is sure."""
        return hunch.likelihood(self.who, self.believed)

    def unsure(self) -> tuple[GroundHunch, ...]:
        """The hunches that could be either way to this mind, the least sure first."""
        if self._unsure is None:
            found = [(abs(self.probability(one) - 0.5), one) for one in self.motives.hunches]
            doubtful = [one for one in found if one[0] < 0.5]
            doubtful.sort(key=lambda one: (one[0], one[1].text))
            self._unsure = tuple(hunch for _, hunch in doubtful)
        return self._unsure

    def suppose(self, hunches: Sequence[GroundHunch]) -> Iterator[Supposed]:
        """The worlds that differ in these, each so or not so, with how likely each is."""
        chances = [self.probability(one) for one in hunches]
        for so in product((True, False), repeat=len(hunches)):
            likelihood = 1.0
            for chance, wanted in zip(chances, so, strict=True):
                likelihood *= chance if wanted else 1.0 - chance
            yield Supposed(likelihood, self._supposing(hunches, so), so)

    def _supposing(self, hunches: Sequence[GroundHunch], so: Sequence[bool]) -> View:
        """What it would believe if it were sure: of each of these that it is so, or that it is
        not, and that the one whose heart it is knows."""
        if not hunches:
            return self
        pins: list[Telling] = []
        for hunch, wanted in zip(hunches, so, strict=True):
            odds = float(hunch.high if wanted else hunch.low)
            for chain in [(), *([(hunch.heart,)] if hunch.heart is not None else [])]:
                pins += [(chain, hunch.of, wanted), (chain, hunch.text, odds)]
        return View(self.motives, self.who, self.believed.told(pins, [self.who]))

    def expected(self, wish: GroundWish) -> float:
        """How far a wish is met in the worlds that it takes to be possible, by likelihood."""
        read = [one for one in self.unsure() if one.bears_on(wish)][:MOST_SUPPOSED]
        return fsum(
            supposed.likelihood * supposed.view.satisfied(wish) for supposed in self.suppose(read)
        )
