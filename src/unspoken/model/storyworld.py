"""A storyworld: types, entities, properties, actions, triggers, a beginning, utilities, how it is
told, and what must hold of its stories. Frozen values with the field's names (Ghallab, Nau,
Traverso), nothing more.

Receives nothing; ``language`` and authors make these, ``compiled`` numbers them, ``chronicle``
and ``telling`` read them. Deliberately does not know text, numbers of things, or the engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from unspoken.model.expressions import (
    TRUE,
    And,
    Believes,
    Expression,
    If,
    Parameter,
    Possible,
    Property,
    Quantifier,
    Term,
    Variable,
)
from unspoken.model.inner import InnerLife
from unspoken.model.origin import Source, Span, Written
from unspoken.model.telling import Telling
from unspoken.model.tests import StoryTest

BUILT_IN_TYPES = ("boolean", "number", "entity", "character")
"""The types that every world has. Their order is that of FORMAT.md's first type numbers."""


class Type(Written, frozen=True):
    """A declared (or silently created) type; ``entity`` is the parent of those without one."""

    name: str
    parents: tuple[str, ...] = ("entity",)
    origin: Span | None = None


class Entity(Written, frozen=True):
    name: str
    types: tuple[str, ...]
    origin: Span | None = None


class Observing(Struct, frozen=True):
    """Who sees an action: those ``variable``s for whom ``condition`` holds before it."""

    variable: Variable
    condition: Expression


class Action(Written, frozen=True):
    """An action schema. ``effect`` None: changes nothing. ``consenting`` empty: the author's own
    action. ``observing`` None: everybody sees it."""

    name: str
    parameters: tuple[Parameter, ...] = ()
    precondition: Expression = TRUE
    effect: Expression | None = None
    consenting: tuple[Term, ...] = ()
    observing: Observing | None = None
    documentation: str = ""
    origin: Span | None = None
    aside = frozenset({"documentation", "origin"})


class Trigger(Written, frozen=True):
    """A law that every mind knows: while its precondition holds, its effect happens."""

    name: str
    parameters: tuple[Parameter, ...] = ()
    precondition: Expression = TRUE
    effect: Expression | None = None
    documentation: str = ""
    origin: Span | None = None
    aside = frozenset({"documentation", "origin"})


class Utility(Written, frozen=True):
    """What the author (``character`` None) or a character wants more of."""

    character: str | None
    expression: Expression
    origin: Span | None = None


class PlanSettings(Struct, frozen=True):
    """The goal and limits an author gives in ``plan { ... }``; None: the language's default."""

    goal: float | None = None
    author_limit: int | None = None
    character_limit: int | None = None
    epistemic_limit: int | None = None


class Storyworld(Written, frozen=True, dict=True):
    """A whole world. Tuples are in declaration order, which numbers things and breaks ties.

    ``properties``: after the declared ones, those that hunches, drives and rules declare.
    """

    name: str
    types: tuple[Type, ...] = ()
    entities: tuple[Entity, ...] = ()
    properties: tuple[Property, ...] = ()
    actions: tuple[Action, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    initial: tuple[Expression, ...] = ()
    utilities: tuple[Utility, ...] = ()
    plan: PlanSettings = PlanSettings()
    inner: InnerLife = InnerLife()
    telling: Telling = Telling()
    tests: tuple[StoryTest, ...] = ()
    source: Source | None = None
    aside = frozenset({"source"})

    def ancestors(self, type_name: str) -> frozenset[str]:
        """The type itself and everything it extends, near and far."""
        known = self._ancestors
        if type_name not in known:
            found: set[str] = set()
            waiting = [type_name]
            while waiting:
                name = waiting.pop()
                if name not in found:
                    found.add(name)
                    waiting.extend(self._parents.get(name, ()))
            known[type_name] = frozenset(found)
        return known[type_name]

    @cached_property
    def _parents(self) -> Mapping[str, set[str]]:
        parents = {"character": {"entity"}}
        for declared in self.types:
            parents.setdefault(declared.name, set()).update(declared.parents)
        return parents

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        """What has been asked."""
        return {}

    def types_of(self, entity: Entity) -> frozenset[str]:
        """All types of an entity, inherited ones included."""
        return frozenset().union(*map(self.ancestors, entity.types))

    @cached_property
    def numbered_entities(self) -> tuple[Entity, ...]:
        """Entities in the order in which parameters and quantifiers range: characters first,
        then the others, each in declaration order."""
        is_character = {e.name: "character" in self.types_of(e) for e in self.entities}
        return tuple(sorted(self.entities, key=lambda entity: not is_character[entity.name]))

    @property
    def has_worlds(self) -> bool:
        """Does the beginning say that somebody takes several worlds to be possible?"""
        return any(map(_says_what_is_possible, self.initial))

    @property
    def author_utility(self) -> Utility | None:
        """What the author wants of it; None: nothing."""
        return next((one for one in self.utilities if one.character is None), None)

    @property
    def runs_by_itself(self) -> bool:
        """Does the author want nothing of it, while its people have wishes? Then there is nothing
        to plan, but much that may happen."""
        return self.author_utility is None and bool(self.inner.wishes)

    @property
    def characters(self) -> tuple[str, ...]:
        """Names of the characters, in order."""
        return tuple(e.name for e in self.entities if "character" in self.types_of(e))


def _says_what_is_possible(statement: Expression) -> bool:
    match statement:
        case Possible():
            return True
        case Believes(_, inner) | Quantifier(_, _, inner):
            return _says_what_is_possible(inner)
        case And(parts):
            return any(map(_says_what_is_possible, parts))
        case If(branches):
            return any(_says_what_is_possible(inner) for _, inner in branches)
    return False
