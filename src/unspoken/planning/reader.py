"""What a reader who knows only the scenes that stand would learn from a story between them.

Receives the scenes' facts and the bases of a story's acts; hands on ``News``. The reader knows what
the scenes and the kept facts speak of: these facts, in these minds, and whoever and whatever they
name. News is what a story takes for granted beyond that:

- somebody or something that takes part and that no scene has named;
- a fact at the story's beginning on which an act or a reason rests, and which no scene has shown.

Not news is what the story itself brings about, for the reader sees it happen; what is as a reader
supposes if nobody says otherwise (false, zero, unknown); the lie of the land, that is, facts that
nothing can change and that are about no character; and a belief that agrees with what it is
about, since a reader takes everybody to know what is so. The number of news measures how much a
writer still has to plant before the missing scene can be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from unspoken.engine import GroundWorld, State, fluent_text
from unspoken.language.facts import outcomes
from unspoken.model import EntityTerm, Expression
from unspoken.planning.basis import Basis, Chain, Held, entities, mentioned


class News(Struct, frozen=True):
    """``names``: who and what no scene has named. ``facts``: what the reader must be told about the
    beginning; those about the world first."""

    names: tuple[str, ...]
    facts: tuple[Held, ...]

    def __len__(self) -> int:
        return len(self.names) + len(self.facts)


class Reader:
    """Somebody who has read the scenes, and nothing else."""

    def __init__(
        self, ground: GroundWorld, shown: Iterable[Expression], named: Iterable[str] = ()
    ) -> None:
        self._ground = ground
        self._start = ground.initial
        self._shown: set[tuple[Chain, str]] = set()
        self._names = set(named)
        for expression in shown:
            self._names.update(entities(expression))
            for fluent in mentioned(self._start, expression):
                minds = tuple(mind.name for mind in fluent.minds if isinstance(mind, EntityTerm))
                self._shown.add((minds, fluent_text(fluent)))
        self._still = unchanging(ground)

    def news(self, bases: Sequence[Basis]) -> News:
        """What these acts bring up that the reader has not been shown."""
        names: dict[str, None] = {}
        facts: dict[Held, None] = {}
        for basis in bases:
            event = self._ground.action(basis.act)
            things = [thing for thing in event.arguments if isinstance(thing, str)]
            names.update(dict.fromkeys((*event.consenting, *things)))
            facts.update(dict.fromkeys(map(self._stated, basis.assumed)))
        return News(
            tuple(name for name in names if name not in self._names),
            tuple(sorted(filter(self._is_news, facts), key=lambda held: len(held.minds))),
        )

    def _stated(self, held: Held) -> Held:
        """The same fact where it must be said: a belief that is what the outer mind, or the world,
        has too, goes without saying there."""
        minds = held.minds
        while minds and self._value(minds, held) == self._value(minds[:-1], held):
            minds = minds[:-1]
        return Held(minds, held.fluent, held.value)

    def _is_news(self, held: Held) -> bool:
        if (held.minds, held.fluent) in self._shown:
            return False
        if held.minds:
            return True
        if held.value in (None, False, 0.0):
            return False
        return not is_scenery(self._ground, self._still, held.fluent)

    def _value(self, minds: Chain, held: Held) -> object:
        state: State = self._start
        for mind in minds:
            state = state.mind(mind)
        return state.value(held.fluent)


def unchanging(ground: GroundWorld) -> frozenset[str]:
    """The names of the properties that neither act nor law ever changes."""
    world = ground.world
    effects = [
        *(action.effect for action in world.actions),
        *(trigger.effect for trigger in world.triggers),
    ]
    moving = {claim.fluent.property.name for effect in effects for claim in outcomes(effect)}
    return frozenset(declared.name for declared in world.properties) - moving


def is_scenery(ground: GroundWorld, still: frozenset[str], fluent: str) -> bool:
    """Whether a fluent is of the lie of the land: nothing changes it, and it is about nobody."""
    name, _, arguments = fluent.partition("(")
    about = {part.strip() for part in arguments.rstrip(")").split(",")}
    return name in still and about.isdisjoint(ground.characters)


__all__ = ["News", "Reader", "is_scenery", "unchanging"]
