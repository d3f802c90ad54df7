"""What is declared of a property, besides its name: who brings it about, what its parameters are
called, what people do in its world.

Receives a setting; hands on lookups for facts. Reads what is declared, never what holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from unspoken.chronicle.events import Fact
from unspoken.chronicle.words import value_text
from unspoken.model import (
    Action,
    And,
    Assign,
    Expression,
    Fluent,
    If,
    Literal,
    Property,
    Variable,
)
from unspoken.telling.setting import Setting, split_name
from unspoken.telling.verbs import words
from unspoken.telling.word_classes import lemma_of_participle

ROLES = ("x", "y", "z")
_LINKS = words("""about against at by for from in into of on to towards with""")
"""What parameters are called that say how they go on: ``owes(who, about)``."""


class Declared:
    """Lookups for the facts of a world."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    @cached_property
    def verbs(self) -> tuple[str, ...]:
        """What people do in this world, by the first words of their actions' names."""
        acts = (action.name for action in self.setting.world.actions if action.consenting)
        return tuple(dict.fromkeys(spelt_out(name)[0] for name in acts))

    @cached_property
    def declared(self) -> Mapping[tuple[str, int], Property]:
        return {(one.name, len(one.parameters)): one for one in self.setting.world.properties}

    @cached_property
    def types(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.setting.world.types)

    def people(self, fact: Fact) -> list[bool]:
        return [self.setting.sort(str(one)) == "character" for one in fact.arguments]

    def lemma(self, word: str) -> str | None:
        return lemma_of_participle(word, self.verbs)

    def bringing(self, fact: Fact) -> Action | None:
        """The first action that makes such facts so."""
        actions = self.setting.world.actions
        return next((one for one in actions if brings(one.effect, fact)), None)

    def about(self, action: Action, fact: Fact) -> list[str | None]:
        (fluent, *_) = brings(action.effect, fact)
        return [getattr(argument, "name", None) for argument in fluent.arguments]

    def link(self, fact: Fact, place: int) -> str:
        declared = self.declared.get((fact.property, len(fact.arguments)))
        parameter = None if declared is None else declared.parameters[place]
        name = parameter.name.lower() if isinstance(parameter, Variable) else ""
        return name if name in _LINKS else ""

    def links(self, fact: Fact) -> list[str]:
        """The prepositions that what follows the first argument is called by; "" for the others."""
        return [self.link(fact, place) for place in range(1, len(fact.arguments))]


def is_first(action: Action, fact: Fact, about: Sequence[str | None]) -> bool:
    """Whether whoever a fact is first about brings it about."""
    agent = getattr(action.consenting[0], "name", None) if action.consenting else None
    return agent is not None and agent in about[:1]


def passes_on(action: Action, fact: Fact) -> bool:
    """Whether an action makes such facts so in some cases only: whoever has promised lets the next
    one promise too, who is not promised anything."""
    effect = action.effect
    parts = effect.parts if isinstance(effect, And) else (effect,)
    return not any(brings(part, fact) for part in parts if not isinstance(part, If))


def brings(effect: Expression | None, fact: Fact) -> list[Fluent]:
    """Where an effect makes facts of this property so, in the world."""
    match effect:
        case And(parts):
            return [found for part in parts for found in brings(part, fact)]
        case If(branches, otherwise):
            every = [*(branch for _, branch in branches), otherwise]
            return [found for branch in every for found in brings(branch, fact)]
        case Fluent(minds=()) if effect.property.name == fact.property:
            return [effect] if len(effect.arguments) == len(fact.arguments) else []
        case Assign(Fluent(minds=()) as fluent, Literal(True)):
            return brings(fluent, fact)
    return []


def roles_of(fact: Fact) -> dict[str, str]:
    names = ROLES if len(fact.arguments) <= len(ROLES) else map(str, range(len(fact.arguments)))
    return {
        (role if role in ROLES else f"x{role}"): value_text(one)
        for role, one in zip(names, fact.arguments, strict=False)
    }


def spelt_out(name: str) -> list[str]:
    return [word.lower() for word in split_name(name)]
