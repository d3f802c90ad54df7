"""What a thought, a feeling or a wish says of the world: the facts that somebody learns who
perceives it whole.

Receives an inner event and the view of the mind it went on in; hands on facts as that mind holds
them. Facts come in two kinds here: what the thinker holds, and what it is the thinker's to know,
its own heart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from unspoken.chronicle import Event, Motive, Weighed
from unspoken.chronicle.events import AIMS
from unspoken.engine import (
    GroundFluent,
    GroundWorld,
    NamedValue,
    State,
    Telling,
    call_text,
    fluent_text,
    term_text,
)
from unspoken.model import Expression, Fluent, Norm, Storyworld, Wish
from unspoken.model.substitute import fillings, substitute
from unspoken.simulation.motives import Motives
from unspoken.simulation.reading import fluents_of

Sayings: TypeAlias = Mapping[str, Sequence[Expression]]
"""What wishes and norms say, by their texts."""


class Held(NamedTuple):
    """A fact as a mind holds it, within ``minds`` that it imagines (() is what it believes)."""

    minds: tuple[str, ...]
    fluent: GroundFluent
    value: NamedValue


class Contents:
    """What the inner events of a world's characters are about."""

    def __init__(self, motives: Motives) -> None:
        self._motives = motives
        ground = motives.ground
        self._ground = ground
        self._world = ground.world
        self._hunches = {hunch.of: hunch for hunch in motives.hunches}
        self._about: dict[str, tuple[Expression, ...]] = {}
        self._grounds: dict[str, tuple[Expression, ...]] = {}
        for who in motives.characters:
            for wish in motives.wishes(who):
                self._about[wish.text] = (wish.wants,)
        inner = self._world.inner
        sections: list[tuple[Wish | Norm, Expression | None]] = [
            *((wish, wish.wants) for wish in inner.wishes),
            *((norm, norm.shows) for norm in inner.norms),
        ]
        for section, says in sections:
            for filling in fillings(self._world, section.parameters):
                text = call_text(section.name, tuple(map(term_text, filling.arguments)))
                self._about[text] = () if says is None else (substitute(says, filling.terms),)
                ground_of = section.condition
                if ground_of is not None:
                    self._grounds[text] = (substitute(ground_of, filling.terms),)

    def knows(self, about: str) -> bool:
        """Is there such a wish or norm (or is it nothing in particular)?"""
        return about in ("", *self._about)

    def of(self, event: Event, events: Sequence[Event], mind: State) -> tuple[Held, ...]:
        """The facts, each once, that an inner event says, as the mind it went on in holds them;
        what it does not know is left out. A feeling says what it is about; a suppressed wish also
        what it rests on (``if``)."""
        return _known(self._of(event, events, mind, self._about))

    def betrayed(self, event: Event, events: Sequence[Event], mind: State) -> tuple[Held, ...]:
        """The same, and what it might give away besides: what a feeling's wish or norm rests on."""
        grounds = self._of(event, events, mind, self._grounds)
        return _known((*self._of(event, events, mind, self._about), *grounds))

    def _of(
        self, event: Event, events: Sequence[Event], mind: State, said: Sayings
    ) -> Iterator[Held]:
        match event.kind:
            case "think" if event.name == "" and event.causes:
                yield from self._of(events[event.causes[0]], events, mind, said)
            case "believe" | "surprise" if event.fact is not None:
                fluent = fluent_named(
                    self._ground, call_text(event.fact.property, event.fact.arguments)
                )
                if fluent is not None:
                    yield Held(event.minds[1:], fluent, value_at(mind, event.minds[1:], fluent))
            case "feel":
                yield from self._said_by(said.get(event.about, ()), mind)
            case "unsaid":
                wished = None if event.decision is None else event.decision.wished
                for motive in () if wished is None else _heart_of(wished):
                    for sayings in (self._about, self._grounds):
                        yield from self._said_by(sayings.get(motive.name, ()), mind)
            case _:
                return

    def _said_by(self, expressions: Iterable[Expression], mind: State) -> Iterator[Held]:
        for expression in expressions:
            yield from facts_in(self._ground, self._world, expression, mind)

    def tellings(
        self, thinker: str, hearer: str, held: Sequence[Held], known: bool
    ) -> list[Telling]:
        """What ``hearer`` comes to believe of it: that ``thinker`` holds it so; where it is its own
        heart, that it is so, for sure. ``known``: the thinker knows that it is heard."""
        told: list[Telling] = []
        for minds, fluent, value in held:
            told.append(((hearer, thinker, *minds), fluent, value))
            if known:
                told.append(((thinker, hearer, thinker, *minds), fluent, value))
            hunch = self._hunches.get(str(fluent))
            if hunch is not None and hunch.heart == thinker and not minds:
                told += self.surely((hearer,), str(fluent), value)
                if known:
                    told += self.surely((thinker, hearer), str(fluent), value)
        return possible(self._ground, told)

    def surely(self, chain: tuple[str, ...], fluent: str, value: NamedValue) -> list[Telling]:
        """That ``chain`` holds a fact beyond doubt: its odds, if it has any, go all the way."""
        told: list[Telling] = [(chain, fluent, value)]
        hunch = self._hunches.get(fluent)
        if hunch is not None and chain and chain[-1] != hunch.heart:
            told.append((chain, hunch.text, float(hunch.high if value else hunch.low)))
        return told


def _known(found: Iterable[Held]) -> tuple[Held, ...]:
    return tuple(dict.fromkeys(held for held in found if held.value is not None))


def _heart_of(wished: Weighed) -> Iterator[Motive]:
    """What a suppressed wish is about: what it was most wished for, and what it was held back so
    as not to show."""
    yield from [one for one in wished.pulls if one.kind in AIMS][:1]
    yield from [one for one in wished.restraints if one.kind == "norm"][:1]


def facts_in(
    ground: GroundWorld, world: Storyworld, expression: Expression, mind: State
) -> Iterator[Held]:
    """The facts that a closed expression reads in a mind, whatever their values."""
    for fluent in fluents_of(world, expression):
        yield from _held(ground, fluent, mind)


def _held(ground: GroundWorld, fluent: Fluent, mind: State) -> Iterator[Held]:
    found = fluent_named(ground, fluent_text(fluent))
    if found is not None:
        minds = tuple(map(term_text, fluent.minds))
        yield Held(minds, found, value_at(mind, minds, found))


def fluent_named(ground: GroundWorld, text: str) -> GroundFluent | None:
    """A ground fluent by its text; None where the world has none."""
    try:
        return ground.fluent(text)
    except KeyError:
        return None


def value_at(state: State, minds: Sequence[str], fluent: GroundFluent) -> NamedValue:
    """What a fluent is in a mind within minds, outermost first."""
    for name in minds:
        state = state.mind(name)
    return state.value(fluent)


def possible(ground: GroundWorld, told: Iterable[Telling]) -> list[Telling]:
    """Of what might be told, what a fluent of this world can be; each place once, first said."""
    found: dict[tuple[tuple[str, ...], str], Telling] = {}
    for chain, named, value in told:
        fluent = fluent_named(ground, named) if isinstance(named, str) else named
        if fluent is not None and ground.raw.may_be(fluent.number, ground.value_of(value)):
            place = tuple(who for at, who in enumerate(chain) if at == 0 or chain[at - 1] != who)
            found.setdefault((place, str(fluent)), (place, fluent, value))
    return list(found.values())
