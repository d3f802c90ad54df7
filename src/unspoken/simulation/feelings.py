"""Feelings, as a mind keeps them: each with its strength, its cause, and what it is about.

Receives what appraisal found; hands on what is felt in a round. Frozen values: every change gives
another collection, and the strength of a round is worked out from when a feeling arose, so that
reading changes nothing. Knows neither the world nor what a word is felt at (``appraisal``).

The same word about the same thing towards the same person is one feeling. Where it comes again
from another cause, the two combine as 1 - prod(1 - s), up to what the thing is worth (``most``);
from the same cause, the stronger counts. So no feeling grows without end, however often it comes.

A compound keeps what it is made of, since each part rests on a belief of its own: when one of its
grounds is taken back, what is left is the other feeling. What grows little by little is noticed
again when there is as much of it again: what it was when last noticed, and once more that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from unspoken.chronicle.events import EventNumber
from unspoken.model import FEELINGS
from unspoken.model.inner import FeelingSettings
from unspoken.simulation.fading import SLIGHT, combined, faded

Basis: TypeAlias = tuple[str | tuple[str, ...], ...]
"""The belief that a feeling rests on, by kind and names: ``("wish", "near(Tara, Willow)")``. When
it is retracted the feeling ends. () where nothing that is believed can take it back."""

Key: TypeAlias = tuple[str, str, str, Basis]
"""What makes a feeling one and not another: word, about, toward, basis."""

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


class Feeling(Struct, frozen=True):
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
    parts: tuple[Feeling, ...] = ()
    """Of a compound, what it is made of: each as strong as by itself, in the same round."""
    low: float = 0.0
    """How strong it was when it was last noticed, or has been since, if that is less."""

    @property
    def pleasant(self) -> bool:
        return self.word in PLEASANT

    @property
    def key(self) -> Key:
        """What makes it one feeling and not another."""
        return (self.word, self.about, self.toward or "", self.basis)

    @property
    def simple(self) -> tuple[Feeling, ...]:
        """What it is made of; itself, if it is no compound."""
        return self.parts or (self,)

    def is_a(self, word: str) -> bool:
        """Does the word fit: is it this one, or what this one is made of?"""
        return word == self.word or word in PARTS.get(self.word, ())

    def left(self, change: Callable[[Feeling], float]) -> tuple[Feeling, ...]:
        """What is left of it: all, as strong as ``change`` says; of a compound, what is left of
        its parts, taken together for as long as they make it."""
        if not self.parts:
            strength = min(self.strength, max(0.0, change(self)))
            same = strength == self.strength
            return (self,) if same else (replace(self, strength=strength),) if strength else ()
        parts = tuple(left for part in self.parts for left in part.left(change))
        if parts == self.parts:
            return (self,)
        of_event, *of_deed = PARTS[self.word]
        event, deed = _strongest(parts, (of_event,)), _strongest(parts, of_deed)
        if not event or not deed:
            return parts
        strength = min(self.strength, combined(event, deed))
        return (replace(self, strength=strength, parts=parts),)


def _strongest(feelings: Iterable[Feeling], words: Iterable[str]) -> float:
    return max((one.strength for one in feelings if one.word in words), default=0.0)


def once_each(feelings: Iterable[Feeling]) -> tuple[Feeling, ...]:
    """The same from the same cause but once, as strong as the strongest, in an order that depends
    on nothing but what they are."""
    found: dict[tuple[object, ...], Feeling] = {}
    for one in sorted(feelings, key=lambda one: (one.cause, one.key, one.strength)):
        key = (*one.key, one.cause)
        found[key] = replace(one, most=max(one.most, found.get(key, one).most))
    return tuple(found.values())


class Feelings(Struct, frozen=True):
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
            yield self._by_now(one, round)

    def _by_now(self, one: Feeling, round: int) -> Feeling:
        parts = tuple(self._by_now(part, round) for part in one.parts)
        strength, since = self.level(one, round), max(round, one.round)
        return replace(one, strength=strength, round=since, parts=parts)

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
        """What is left of each (``Feeling.left``), given how strong it is in the round. Those left
        as they are keep the round they date from; what is left of a broken compound is a feeling
        like any other."""
        kept, freed = [], []
        for one in self.kept:
            now = self._by_now(one, round)
            left = [each for each in now.left(change) if each.strength >= FAINT]
            if left == [now]:
                kept.append(one)
            elif [each.key for each in left] == [now.key]:
                kept += left
            else:
                freed += left
        return replace(self, kept=tuple(kept)).added(freed, round)

    def added(self, new: Iterable[Feeling], round: int) -> Feelings:
        """With new feelings, in whatever order they come; what became too faint is forgotten."""
        new = once_each(new)
        for one in new:
            if one.word not in FEELINGS:
                raise ValueError(f"no word for a feeling: {one.word}")
        kept = [one for one in self.kept if self.level(one, round) >= FAINT]
        lasting = (one for one in new if one.strength >= FAINT)
        return replace(self, kept=self._joined(kept, lasting, round))

    def _joined(
        self, old: Iterable[Feeling], new: Iterable[Feeling], round: int
    ) -> tuple[Feeling, ...]:
        kept = {one.key: one for one in old}
        for one in new:
            earlier = kept.get(one.key)
            kept[one.key] = (
                replace(one, strength=min(1.0, one.strength), round=round)
                if earlier is None
                else self._once_more(self._by_now(earlier, round), one, round)
            )
        return tuple(kept[key] for key in sorted(kept))

    def _once_more(self, old: Feeling, new: Feeling, round: int) -> Feeling:
        most = max(old.most, new.most)
        strength = max(old.strength, new.strength)
        if old.cause != new.cause:
            strength = max(strength, min(most, combined(old.strength, new.strength)))
        return replace(
            new,
            strength=min(1.0, strength),
            most=most,
            round=round,
            parts=self._joined(old.parts, new.parts, round),
            low=min(old.low, old.strength),
        )

    def noticed(self, anew: Collection[Key], round: int) -> tuple[Feelings, tuple[Feeling, ...]]:
        """What of all that is felt is noticed in a round, and the feelings after it was. Noticed
        is what gives cause to it by itself (``anew``, by keys), and what has come to as much again
        as it was: in proportion, as it adds up. So what grows from the floor to the full is noticed
        some six times, however small the steps, and what wavers is not noticed at every turn."""
        found = tuple(one for one in self.felt(round) if one.key in anew or _has_grown(one))
        keys = {one.key for one in found}
        kept = tuple(
            replace(one, low=self.level(one, round)) if one.key in keys else one
            for one in self.kept
        )
        return replace(self, kept=kept), found

    def to_plain(self) -> list[dict[str, Any]]:
        """As plain data, for saving. The settings are the world's and not kept."""
        return [_to_plain(one) for one in self.kept]

    @classmethod
    def from_plain(
        cls, plain: Iterable[Mapping[str, Any]], settings: FeelingSettings | None = None
    ) -> Feelings:
        """From what ``to_plain`` made. A word that this version does not know raises ValueError."""
        kept = tuple(map(_of_plain, plain))
        unknown = sorted({each.word for one in kept for each in (one, *one.parts)} - set(FEELINGS))
        if unknown:
            raise ValueError(f"no word for a feeling: {', '.join(unknown)}")
        return cls(kept, settings or FeelingSettings())


def _has_grown(one: Feeling) -> bool:
    again = combined(one.low, one.low) - SLIGHT
    return one.strength > one.low and one.strength >= again


def _to_plain(one: Feeling) -> dict[str, Any]:
    plain = {
        "word": one.word,
        "strength": one.strength,
        "cause": one.cause,
        "about": one.about,
        "toward": one.toward,
        "round": one.round,
        "basis": [part if isinstance(part, str) else list(part) for part in one.basis],
        "most": one.most,
        "low": one.low,
    }
    return {**plain, "parts": list(map(_to_plain, one.parts))} if one.parts else plain


def _basis_of(plain: Sequence[Any]) -> Basis:
    basis = tuple(part if isinstance(part, str) else tuple(map(str, part)) for part in plain)
    if basis[:1] == ("lie",) and isinstance(basis[1], str):  # before version 3: the first untruth
        return ("lie", tuple(map(str, plain[1:])))
    return basis


def _of_plain(plain: Mapping[str, Any]) -> Feeling:
    strength = float(plain["strength"])
    return Feeling(
        word=str(plain["word"]),
        strength=strength,
        cause=EventNumber(int(plain["cause"])),
        about=str(plain["about"]),
        toward=None if plain["toward"] is None else str(plain["toward"]),
        round=int(plain["round"]),
        basis=_basis_of(plain["basis"]),
        most=float(plain["most"]),
        parts=tuple(map(_of_plain, plain.get("parts", ()))),
        low=float(plain.get("low", strength)),  # before version 3 nobody kept it
    )
