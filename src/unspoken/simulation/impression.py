"""What one mind makes of another: where they are, what they feel, what they think, what they want.

Receives a view; hands on facts, the most telling first. Everything comes from that view: what is
believed of another, rightly or not.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from unspoken.engine import GroundFluent, NamedValue
from unspoken.simulation.motives import GroundHunch
from unspoken.simulation.view import View

EVEN = 0.5
"""As likely as not."""


class Held(Struct, frozen=True):
    """A fact as it is held: by the mind itself or, ``theirs``, by the other, as the mind believes.
    ``likelihood``: of what may be so or not, how likely it is taken to be. ``own``: where the other
    holds something else, what the mind itself holds."""

    fluent: GroundFluent
    value: NamedValue
    theirs: bool = False
    likelihood: float | None = None
    own: NamedValue = None


class Wanted(Struct, frozen=True):
    """What the other is taken to wish for or, ``against``, to wish not to be so; and whether it is
    so, to the other's mind, as the mind believes."""

    name: str
    against: bool
    is_so: bool


class Impression(Struct, frozen=True):
    """``held``: the most telling first; ``wanted``: the strongest first."""

    whose: str
    of: str
    held: tuple[Held, ...]
    wanted: tuple[Wanted, ...]


def impression(view: View, other: str) -> Impression:
    """What the view's owner makes of another."""
    mind = view.of_mind(other)
    wishes = [
        (wish.text, one.strength, one.satisfied)
        for wish, one in zip(mind.wishes, mind.standings, strict=True)
        if one.strength
    ]
    wishes.sort(key=lambda one: (-abs(one[1]), one[0]))
    return Impression(
        view.who,
        other,
        tuple(dict.fromkeys(_held(view, other))),
        tuple(Wanted(name, weight < 0, so >= 0.5) for name, weight, so in wishes),
    )


def _held(view: View, other: str) -> Iterator[Held]:
    """Where they are; what is in their heart, and what they think is in mine; in what else they are
    wrong, or do not know; and what else is so of them."""
    theirs = view.of_mind(other)
    both = [
        (fluent, mine, value)
        for (fluent, mine), (_, value) in zip(
            view.believed.values(), theirs.believed.values(), strict=True
        )
        if fluent.name not in _inner(view)
    ]
    hearts = {one.of for one in view.motives.hunches}
    of_them = [one for one in both if one[0].arguments[:1] == (other,)]
    for fluent, mine, _ in of_them:
        if isinstance(mine, str):
            yield Held(fluent, mine)
    fluents = {str(fluent): (fluent, mine, value) for fluent, mine, value in both}
    for reader, is_theirs in ((view, False), (theirs, True)):
        whose, toward = (view.who, other) if is_theirs else (other, view.who)
        for hunch in _of_heart(reader, whose, toward):
            fluent, mine, value = fluents[hunch.of]
            chance = reader.probability(hunch)
            if toward not in fluent.arguments and chance == EVEN:
                continue  # nobody has thought of it
            yield Held(fluent, value if is_theirs else mine, is_theirs, chance)
    for fluent, mine, value in both:
        if mine != value and str(fluent) not in hearts:
            yield Held(fluent, value, True, own=mine)
    for fluent, mine, _ in of_them:
        if mine not in (False, None, 0.0) and str(fluent) not in hearts:
            yield Held(fluent, mine)


def _of_heart(view: View, whose: str, toward: str) -> Iterator[GroundHunch]:
    """What might be in somebody's heart, first what concerns one who is named."""
    found = [one for one in view.motives.hunches if one.heart == whose]
    return iter(sorted(found, key=lambda one: (f", {toward})" not in one.of, one.text)))


def _inner(view: View) -> frozenset[str]:
    """What is no fact of the world: odds, levels of drives, known rules, what is generated."""
    ground = view.motives.ground
    inner = ground.world.inner
    names = {hunch.property.name for hunch in inner.hunches}
    names |= {drive.property.name for drive in inner.drives}
    names |= {rule.property.name for rule in inner.rules}
    return frozenset(names | {fluent.name for fluent in ground.fluents if "." in fluent.name})
