"""Feelings, as a mind keeps them: each with its strength, its cause, and what it is about.

Receives what appraisal found; hands on what is felt in a round. Frozen values: every change gives
another collection, and the strength of a round is worked out from when a feeling arose, so that
reading changes nothing. Knows neither the world nor what a word is felt at (``appraisal``).

The same word about the same thing towards the same person is one feeling. Where it comes again
from another cause, the two combine as 1 - prod(1 - s), up to what the thing is worth (``most``);
from the same cause, the stronger counts. So no feeling grows without end, however often it comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from unspoken.chronicle.events import EventNumber
from unspoken.model import FEELINGS
from unspoken.model.inner import FeelingSettings
from unspoken.simulation.fading import combined, faded

Basis: TypeAlias = tuple[str, ...]
"""The belief that a feeling rests on, by kind and names: ``("wish", "near(Tara, Willow)")``. When
it is retracted the feeling ends. () where nothing that is believed can take it back."""

PLEASANT = frozenset(
    (
        *("hope", "joy", "satisfaction", "relief", "admiration", "pride"),
        *("gratitude", "gratification", "happy_for", "gloating", "love"),
    )
)
"""The words that feel good. Every other feels bad."""

FAINT = 0.01
"""What is weaker is forgotten: far below any floor, but smaller things may still add up."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "anger": ("distress", "reproach"),
    "gratitude": ("joy", "admiration"),
    "gratification": ("joy", "pride"),
    "remorse": ("distress", "shame", "guilt"),
}
"""What a compound stands for. It takes their place (Steunebrink, Dastani and Meyer 2009: it is a
special case of each), so whoever asks for a part finds the compound too."""


@dataclass(frozen=True, slots=True)
class Feeling:
    """A feeling, as strong (0 to 1) as it was in the ``round`` that it dates from. ``cause``: the
    event that gave rise to it, the latest if several did. ``about``: a wish or norm, as text."""

    word: str
    strength: float
    cause: EventNumber
    about: str
    toward: str | None
    round: int
    basis: Basis = ()
    most: float = 1.0
    """No repetition makes it stronger than this: what the wish or norm weighs."""

    @property
    def pleasant(self) -> bool:
        return self.word in PLEASANT

    @property
    def key(self) -> tuple[str, str, str, Basis]:
        """What makes it one feeling and not another."""
        return (self.word, self.about, self.toward or "", self.basis)

    def is_a(self, word: str) -> bool:
        """Does the word fit: is it this one, or what this one is made of?"""
        return word == self.word or word in PARTS.get(self.word, ())


@dataclass(frozen=True, slots=True)
class Feelings:
    """All that a mind feels, by word, about and toward; as strong as when it arose."""

    kept: tuple[Feeling, ...] = ()
    settings: FeelingSettings = field(default_factory=FeelingSettings)

    def level(self, feeling: Feeling, round: int) -> float:
        """0 to 1: what is left of one of them in a round."""
        return faded(feeling.strength, round - feeling.round, self.settings.half_life)

    def all(self, round: int) -> Iterator[Feeling]:
        """Everything that is left in a round, as strong as it is then, whether or not it is strong
        enough to be felt."""
        for one in self.kept:
            yield replace(one, strength=self.level(one, round), round=max(round, one.round))

    def felt(self, round: int) -> tuple[Feeling, ...]:
        """What is felt in a round, the strongest first: nothing below the floor, no hidden word."""
        felt = [one for one in self.all(round) if self._shows(one)]
        return tuple(sorted(felt, key=lambda one: (-one.strength, one.key)))

    def _shows(self, feeling: Feeling) -> bool:
        return feeling.strength >= self.settings.floor and feeling.word not in self.settings.hidden

    def strength(self, word: str, round: int, toward: str | None = None) -> float:
        """How strongly a word is felt, whatever about; and towards somebody, if one is named.
        A compound counts as what it is made of."""
        return combined(
            *(
                one.strength
                for one in self.felt(round)
                if one.is_a(word) and toward in (None, one.toward)
            )
        )

    def on(self, basis: Basis, round: int) -> tuple[Feeling, ...]:
        """All that rests on a belief, as strong as it is in a round."""
        return tuple(one for one in self.all(round) if basis and one.basis == basis)

    def changed(self, change: Callable[[Feeling], float], round: int) -> Feelings:
        """Each as strong as ``change`` says, given how strong it is in the round; what nothing is
        left of is gone. Those left as they are keep the round they date from."""
        kept = []
        for one in self.kept:
            now = replace(one, strength=self.level(one, round), round=max(round, one.round))
            left = min(now.strength, max(0.0, change(now)))
            if left >= FAINT:
                kept.append(one if left == now.strength else replace(now, strength=left))
        return replace(self, kept=tuple(kept))

    def added(self, new: Iterable[Feeling], round: int) -> Feelings:
        """With new feelings, in whatever order they come; what became too faint is forgotten."""
        together: dict[tuple[object, ...], Feeling] = {}
        for one in sorted(new, key=lambda one: (one.cause, one.key, one.strength)):
            if one.word not in FEELINGS:
                raise ValueError(f"no word for a feeling: {one.word}")
            if one.strength >= FAINT:
                key = (*one.key, one.cause)
                first = together.get(key, one)
                together[key] = replace(one, most=max(one.most, first.most))  # the stronger is last
        kept = {one.key: one for one in self.kept if self.level(one, round) >= FAINT}
        for one in together.values():
            kept[one.key] = self._joined(kept.get(one.key), one, round)
        return replace(self, kept=tuple(kept[key] for key in sorted(kept)))

    def _joined(self, old: Feeling | None, new: Feeling, round: int) -> Feeling:
        level = 0.0 if old is None else self.level(old, round)
        if old is None:
            strength, most = new.strength, new.most
        else:
            most = max(old.most, new.most)
            if old.cause == new.cause:
                strength = max(level, new.strength)
            else:
                strength = max(level, new.strength, min(most, combined(level, new.strength)))
        return replace(new, strength=min(1.0, strength), most=most, round=round)

    def to_plain(self) -> list[dict[str, Any]]:
        """As plain data, for saving. The settings are the world's and not kept."""
        return [
            {
                "word": one.word,
                "strength": one.strength,
                "cause": one.cause,
                "about": one.about,
                "toward": one.toward,
                "round": one.round,
                "basis": list(one.basis),
                "most": one.most,
            }
            for one in self.kept
        ]

    @classmethod
    def from_plain(
        cls, plain: Iterable[Mapping[str, Any]], settings: FeelingSettings | None = None
    ) -> Feelings:
        """From what ``to_plain`` made. A word that this version does not know raises ValueError."""
        kept = [
            Feeling(
                word=str(one["word"]),
                strength=float(one["strength"]),
                cause=EventNumber(int(one["cause"])),
                about=str(one["about"]),
                toward=None if one["toward"] is None else str(one["toward"]),
                round=int(one["round"]),
                basis=tuple(map(str, one["basis"])),
                most=float(one["most"]),
            )
            for one in plain
        ]
        unknown = sorted({one.word for one in kept} - set(FEELINGS))
        if unknown:
            raise ValueError(f"no word for a feeling: {', '.join(unknown)}")
        return cls(tuple(kept), settings or FeelingSettings())
