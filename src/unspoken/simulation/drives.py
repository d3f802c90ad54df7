"""How drives move: pushed by feelings, and drifting back to where they are at home.

Receives a drive as its author declares it, and feelings; hands on whole numbers for the state. The
level stands in the state, since wishes and plans read it; when it was last moved is kept beside it
(``Moved``), so that a level is worked out from that and never by small steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import copysign, floor, fsum

from msgspec import Struct

from unspoken.model import Drive
from unspoken.simulation.fading import faded
from unspoken.simulation.feelings import Feeling


def push(drive: Drive, whom: str | None, felt: Iterable[Feeling]) -> int:
    """By how much feelings that just arose move a drive (towards ``whom``, if it has a second
    parameter: then only feelings towards that one do). Each counts by its strength; those of one
    cause together by no more than the greatest that the author gives to one; then rounded.

    A compound that the author does not name counts as what it is made of.
    """
    amounts = dict(drive.moved_by)
    most = max((abs(amount) for amount in amounts.values()), default=0)
    by_cause: dict[int, list[float]] = {}
    for one in felt:
        if whom is None or one.toward == whom:
            by_cause.setdefault(one.cause, []).append(_amount(amounts, one) * one.strength)
    total = 0
    for pushes in by_cause.values():
        together = fsum(pushes)
        total += _whole(max(-float(most), min(float(most), together)))
    return total


def _amount(amounts: dict[str, int], feeling: Feeling) -> int:
    if feeling.word in amounts:
        return amounts[feeling.word]
    parts = [amount for word, amount in amounts.items() if feeling.is_a(word)]
    return max(parts, key=lambda amount: (abs(amount), amount), default=0)


def _whole(number: float) -> int:
    """The nearest whole number; halves away from zero, so that up and down are alike."""
    return int(copysign(floor(abs(number) + 0.5), number))


class Moved(Struct, frozen=True):
    """The level that a drive had in the round when it was last moved."""

    level: int
    round: int

    def at(self, drive: Drive, round: int) -> int:
        """The level of a later round, on its way back to the baseline."""
        away = faded(self.level - drive.baseline, round - self.round, drive.half_life)
        return clamped(drive, drive.baseline + _whole(away))

    def pushed(self, drive: Drive, by: int, round: int) -> Moved:
        """After it was moved; what was not moved goes on drifting from where it was."""
        if by == 0:
            return self
        return Moved(clamped(drive, self.at(drive, round) + by), round)

    def to_plain(self) -> list[int]:
        """As plain data, for saving."""
        return [self.level, self.round]

    @classmethod
    def from_plain(cls, plain: Sequence[int]) -> Moved:
        level, round = plain
        return cls(int(level), int(round))


def clamped(drive: Drive, level: int) -> int:
    """Within the drive's bounds."""
    return max(drive.low, min(drive.high, level))
