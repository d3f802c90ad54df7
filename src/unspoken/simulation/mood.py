"""Mood: how somebody is, all in all, slowly following what is felt.

Receives feelings; hands on valence and arousal. Two numbers and the round they date from. The only
thing mood does is to shift daring (``choice.daring`` takes the valence, for at most a fifth).

Valence and arousal of the words: signs and rough sizes after Gebhard (2005, ALMA), table 2, which
places the words of OCC in Mehrabian's space of pleasure, arousal and dominance; rounded to
quarters, since nothing here could tell them apart more finely.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from msgspec import Struct

from unspoken.simulation.fading import combined, faded
from unspoken.simulation.feelings import Feeling

HALF_LIFE = 16.0
"""In rounds: four times as slow as feelings are by default."""

NUDGE = 0.25
"""How far a feeling at full strength draws mood towards where it lies."""

PLACES: Mapping[str, tuple[float, float]] = {
    "hope": (0.5, 0.25),
    "fear": (-0.75, 0.75),
    "joy": (1.0, 0.5),
    "satisfaction": (0.75, -0.25),
    "relief": (0.5, -0.5),
    "distress": (-1.0, -0.25),
    "disappointment": (-0.75, -0.25),
    "fears_confirmed": (-1.0, -0.5),
    "reproach": (-0.5, 0.25),
    "admiration": (0.5, 0.25),
    "guilt": (-0.75, -0.25),
    "shame": (-0.75, 0.25),
    "pride": (0.75, 0.25),
    "anger": (-0.75, 1.0),
    "gratitude": (0.75, 0.25),
    "gratification": (1.0, 0.5),
    "remorse": (-0.75, -0.25),
    "happy_for": (0.75, 0.25),
    "pity": (-0.5, -0.25),
    "resentment": (-0.5, 0.25),
    "gloating": (0.25, 0.25),
    "embarrassment": (-0.5, 0.75),
    "dread": (-0.75, 0.5),
    "jealousy": (-0.75, 0.75),
    "love": (1.0, 0.5),
}
"""Where each word lies: valence and arousal, -1 to 1."""


class Mood(Struct, frozen=True):
    """Valence and arousal (-1 to 1, 0 is neither) as they were in ``round``."""

    valence: float = 0.0
    arousal: float = 0.0
    round: int = 0

    def at(self, round: int) -> Mood:
        """The mood of a later round: half as marked after each half-life."""
        gone = round - self.round
        if gone <= 0:
            return self
        return Mood(
            faded(self.valence, gone, HALF_LIFE), faded(self.arousal, gone, HALF_LIFE), round
        )

    def nudged(self, felt: Iterable[Feeling], round: int) -> Mood:
        """After feelings that arose together, in whatever order: drawn towards where they lie on
        the average, by as much as they come to together. Never past them, so never out of bounds.
        """
        felt = sorted(felt, key=lambda one: (one.key, one.strength))
        total = fsum(one.strength for one in felt)
        if total <= 0:
            return self
        valence = fsum(one.strength * PLACES[one.word][0] for one in felt) / total
        arousal = fsum(one.strength * PLACES[one.word][1] for one in felt) / total
        share = combined(*(NUDGE * one.strength for one in felt))
        now = self.at(round)
        return Mood(
            now.valence + share * (valence - now.valence),
            now.arousal + share * (arousal - now.arousal),
            now.round,
        )

    def to_plain(self) -> list[float]:
        """As plain data, for saving: valence, arousal, round."""
        return [self.valence, self.arousal, self.round]

    @classmethod
    def from_plain(cls, plain: Sequence[float]) -> Mood:
        valence, arousal, round = plain
        return cls(float(valence), float(arousal), int(round))
