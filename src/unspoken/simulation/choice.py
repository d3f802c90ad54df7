"""Choosing: from what speaks for and against each option to one deed, and what stays undone.

Receives options with their motives, by text; hands on a ``Decision`` of the chronicle. Pure: no
state, no engine, no order of options matters. Motives are never averaged into a compromise: one
option wins, and where restraint is why it is not the one most wished for, that is kept
(``unspoken``) and weighs on (``Pressure``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum

from msgspec import Struct, field
from msgspec.structs import replace

from unspoken.chronicle.events import AIMS, Decision, Motive, Weighed
from unspoken.simulation.fading import faded
from unspoken.simulation.keyed import gumbel

WAIT = ""
NEAR = 0.05
"""Closer than this, and it is a hesitation."""
DEPOSIT = 0.25
"""Of the pull that was lost, what stays as pressure."""
MOST_PRESSURE = 1.0
PRESSURE_HALF_LIFE = 8.0
"""Rounds."""
MOOD_DARING = 0.2
"""What the best of moods adds to daring, and the worst takes away."""


class Option(Struct, frozen=True):
    """An act and what speaks for and against it, before temperament: restraints are what they
    would be to somebody of middling daring. ``daring``: 0 to 1, where this act is concerned."""

    act: str
    pulls: tuple[Motive, ...] = ()
    restraints: tuple[Motive, ...] = ()
    forbidden: tuple[str, ...] = ()
    daring: float = 0.5


class Pressure(Struct, frozen=True):
    """What somebody has held back, by act: (amount, round of the last deposit). Reading never
    changes it: the level of a round is worked out from these two."""

    held: Mapping[str, tuple[float, int]] = field(default_factory=dict)

    def level(self, act: str, round: int) -> float:
        """0 to 1: what is left in that round."""
        amount, since = self.held.get(act, (0.0, round))
        return faded(amount, round - since, PRESSURE_HALF_LIFE)

    def deposit(self, act: str, lost: float, round: int) -> Pressure:
        """After an act was held back for which there was so much more pull than for the deed."""
        amount = min(MOST_PRESSURE, self.level(act, round) + DEPOSIT * max(0.0, lost))
        return Pressure(dict(sorted({**self.held, act: (amount, round)}.items())))

    def spend(self, act: str) -> Pressure:
        """After the act was done."""
        return Pressure({other: held for other, held in self.held.items() if other != act})


class Disposition(Struct, frozen=True):
    """How one mind chooses in one round. ``under_way``: the acts of what it is about already.
    ``temperature`` 0: the best always; else with what softmax gives it."""

    who: str
    seed: int = 0
    round: int = 0
    temperature: float = 0.0
    steadiness: float = 0.05
    under_way: tuple[str, ...] = ()
    pressure: Pressure = field(default_factory=Pressure)

    def noise(self, act: str) -> float:
        if self.temperature <= 0:
            return 0.0
        return self.temperature * gumbel(self.seed, self.round, self.who, act)


def daring(temperament: float, valence: float = 0.0, anxiety: float = 0.0) -> float:
    """Daring here and now, 0 to 1: the temperament's, shifted by mood (``valence`` -1 to 1), less
    the share that anxiety (0 to 1) takes."""
    shifted = min(1.0, max(0.0, temperament + MOOD_DARING * valence))
    return shifted * (1.0 - min(1.0, max(0.0, anxiety)))


def weigh(option: Option, disposition: Disposition) -> Weighed:
    """An option as this mind weighs it: each motive once, strongest first; restraints by daring;
    with the pressure that has built up, and for what is under way a little more."""
    pulls = _once(option.pulls)
    pressure = disposition.pressure.level(option.act, disposition.round)
    if pressure > 0 and pulls:
        pulls = _once((*pulls, Motive("pressure", option.act, pressure)))
    if pulls and option.act in disposition.under_way and disposition.steadiness > 0:
        pulls = _once((*pulls, Motive("steadiness", option.act, disposition.steadiness)))
    scale = 2.0 * (1.0 - option.daring)
    restraints = _once(replace(one, amount=one.amount * scale) for one in option.restraints)
    restraints = tuple(one for one in restraints if one.amount < 0)
    return Weighed(option.act, pulls, restraints, tuple(sorted(set(option.forbidden))))


def _once(motives: Iterable[Motive]) -> tuple[Motive, ...]:
    """Each motive once for each reason, whatever found it twice; strongest first."""
    kept: dict[tuple[object, ...], Motive] = {}
    for one in motives:
        key = (one.kind, one.name, one.supposing, one.then, one.amount > 0)
        if key not in kept or abs(one.amount) > abs(kept[key].amount):
            kept[key] = one
    return tuple(
        sorted(kept.values(), key=lambda m: (-abs(m.amount), m.kind, m.name, m.supposing, m.then))
    )


def desire(weighed: Weighed) -> float:
    """What one would do it for were nothing in the way: all pull but that of habit."""
    return fsum(motive.amount for motive in weighed.pulls if motive.kind != "steadiness")


def choose(options: Iterable[Option], disposition: Disposition) -> Decision:
    """The deed among these and waiting, and what was wished. Each act at most once."""
    return decide((weigh(option, disposition) for option in options), disposition)


def decide(options: Iterable[Weighed], disposition: Disposition) -> Decision:
    """As ``choose``, of what is weighed already."""
    # What nothing speaks for is no option: it must not so much as cause a hesitation.
    weighed = sorted((one for one in options if desire(one) > 0), key=lambda one: one.act)
    wait = Weighed(WAIT)
    allowed = [wait, *(one for one in weighed if not one.forbidden)]
    scores = {one.act: one.total + disposition.noise(one.act) for one in (wait, *weighed)}
    ranked = sorted(allowed, key=lambda one: (-scores[one.act], one.act))
    chosen, runner_up = ranked[0], (ranked[1] if len(ranked) > 1 else None)
    wish = min(weighed, key=lambda one: (-desire(one), one.act), default=None)
    return Decision(
        chosen,
        runner_up,
        wish if wish is not None and _held_back(wish, chosen, disposition) else None,
        runner_up is not None and scores[chosen.act] - scores[runner_up.act] < NEAR,
        _torn(weighed),
    )


def _held_back(wish: Weighed, chosen: Weighed, disposition: Disposition) -> bool:
    """Is restraint why the deed is not what was wished? Would it have been done without?"""
    if wish.act == chosen.act or not (wish.restraints or wish.forbidden):
        return False
    free = wish.pull + disposition.noise(wish.act)
    deed = chosen.pull + disposition.noise(chosen.act)
    return free > deed


def _torn(weighed: list[Weighed]) -> tuple[str, ...]:
    """The absolutes that leave only waiting, though there is pull, where they are several: one by
    itself collides with nothing."""
    norms = {norm for one in weighed for norm in one.forbidden}
    if len(norms) < 2 or any(not one.forbidden for one in weighed):
        return ()
    return tuple(sorted(norms))


def lost(decision: Decision) -> float:
    """How much more pull there was for what was wished than for what was done; pressure itself
    aside, so that it does not feed on itself. 0 where nothing was held back."""
    if decision.wished is None:
        return 0.0
    return max(0.0, _wishes(decision.wished) - _wishes(decision.chosen))


def _wishes(weighed: Weighed) -> float:
    return fsum(motive.amount for motive in weighed.pulls if motive.kind in AIMS)


def pressure_after(pressure: Pressure, decision: Decision, round: int) -> Pressure:
    """What is spent by the deed, and what builds up by what it was not."""
    if decision.chosen.act != WAIT:
        pressure = pressure.spend(decision.chosen.act)
    if decision.wished is None:
        return pressure
    return pressure.deposit(decision.wished.act, lost(decision), round)


def under_way(decision: Decision) -> tuple[str, ...]:
    """The acts that the deed is meant to be followed by: those of its strongest reason."""
    reasons = (one for one in decision.chosen.pulls if one.kind in AIMS)
    return next((one.then for one in reasons), ())


def takes_part(weighed: Weighed) -> bool:
    """Does somebody who is asked to join in an act do so?"""
    return not weighed.forbidden and weighed.total >= 0


def strongest_restraint(weighed: Weighed) -> str:
    """What holds back from an option most, as text: an absolute norm, or the greatest restraint."""
    if weighed.forbidden:
        return weighed.forbidden[0]
    return weighed.restraints[0].name if weighed.restraints else ""
