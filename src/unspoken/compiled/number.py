"""Model -> numbered world: names become numbers, scopes become slots, nothing is evaluated.

Receives a resolved ``Storyworld``; hands on the JSON of FORMAT.md and the ``Numbering`` by
which the engine's numbers become names again. Knows no meaning: grounding and all semantics are
the engine's.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeAlias

from msgspec import Struct

from unspoken.model import (
    BUILT_IN_TYPES,
    Action,
    And,
    Arithmetic,
    Assign,
    Believes,
    Comparison,
    Entity,
    EntityTerm,
    Expression,
    Fluent,
    If,
    IsA,
    KnowsWhether,
    Literal,
    Not,
    Or,
    Parameter,
    Possible,
    Property,
    Quantifier,
    Storyworld,
    Term,
    Trigger,
    Unknown,
    Variable,
    VariableTerm,
)

VERSION = 1
"""Of FORMAT.md."""

Json: TypeAlias = Any


class Numbering:
    """The numbers of a storyworld's types, entities and properties.

    Raises KeyError (in use) for a name that the world lacks: a resolved model has none.
    """

    def __init__(self, world: Storyworld) -> None:
        self.entities: tuple[Entity, ...] = world.numbered_entities
        self.entity = {entity.name: number for number, entity in enumerate(self.entities)}
        types_of = [world.types_of(entity) for entity in self.entities]
        self.characters = sum("character" in types for types in types_of)
        declared = dict.fromkeys(
            [
                *BUILT_IN_TYPES,
                *(declared.name for declared in world.types),
                *(name for entity in self.entities for name in entity.types),
            ]
        )
        self.type_names = tuple(declared)
        self.type = {name: number for number, name in enumerate(self.type_names)}
        self.members = [
            [number for number, types in enumerate(types_of) if name in types or name == "entity"]
            for name in self.type_names
        ]
        self.members[0] = self.members[1] = []
        self.property: dict[Property, int] = {
            declared: number for number, declared in enumerate(world.properties)
        }


class _Scope(Struct):
    """Slots of the variables in reach, innermost last, within one definition."""

    numbering: Numbering
    bound: dict[str, int]
    next_slot: list[int]

    @classmethod
    def of(cls, numbering: Numbering) -> _Scope:
        return cls(numbering, {}, [0])

    def bind(self, name: str) -> tuple[int, _Scope]:
        slot = self.next_slot[0]
        self.next_slot[0] += 1
        return slot, _Scope(self.numbering, {**self.bound, name: slot}, self.next_slot)

    def term(self, term: Term) -> Json:
        match term:
            case VariableTerm(name):
                return ["variable", self.bound[name]]
            case EntityTerm(name):
                return ["entity", self.numbering.entity[name]]
            case Literal(bool() as value):
                return ["boolean", value]
            case Literal(value):
                return ["number", value]

    def expression(self, expression: Expression) -> Json:
        inner = self.expression
        match expression:
            case VariableTerm() | EntityTerm() | Literal():
                return self.term(expression)
            case Unknown():
                return ["unknown"]
            case Fluent(declared, arguments, minds):
                number = self.numbering.property[declared]
                return [
                    "fluent",
                    number,
                    [self.term(a) for a in arguments],
                    [self.term(m) for m in minds],
                ]
            case Believes(character, body):
                return ["believes", self.term(character), inner(body)]
            case Possible(whose, alternatives):
                subject = None if whose is None else self.term(whose)
                return ["possible", subject, inner(alternatives)]
            case KnowsWhether(character, fluent):
                return ["knows", self.term(character), inner(fluent)]
            case And(parts):
                return ["and", [inner(part) for part in parts]]
            case Or(parts):
                return ["or", [inner(part) for part in parts]]
            case Not(body):
                return ["not", inner(body)]
            case If(branches, otherwise):
                pairs = [[inner(condition), inner(branch)] for condition, branch in branches]
                return ["if", pairs, None if otherwise is None else inner(otherwise)]
            case Quantifier(quantity, variable, body):
                slot, within = self.bind(variable.name)
                type_number = self.numbering.type[variable.type]
                return [quantity.value, slot, type_number, within.expression(body)]
            case Assign(fluent, value):
                return ["assign", inner(fluent), inner(value)]
            case Comparison(comparator, left, right):
                return ["compare", comparator.value, inner(left), inner(right)]
            case IsA(body, type_name):
                return ["is", inner(body), self.numbering.type[type_name]]
            case Arithmetic(operator, left, right):
                return ["arithmetic", operator.value, inner(left), inner(right)]

    def parameters(self, parameters: tuple[Parameter, ...]) -> tuple[list[Json], _Scope]:
        scope = self
        numbered: list[Json] = []
        for parameter in parameters:
            if isinstance(parameter, Variable):
                slot, scope = scope.bind(parameter.name)
                type_number = self.numbering.type[parameter.type]
                numbered.append({"variable": slot, "type": type_number})
            else:
                numbered.append({"constant": self.term(parameter)})
        return numbered, scope


def _property(numbering: Numbering, declared: Property) -> Json:
    parameters, _ = _Scope.of(numbering).parameters(declared.parameters)
    numbered: Json = {
        "name": declared.name,
        "parameters": parameters,
        "range": numbering.type[declared.range],
    }
    if declared.whole:
        numbered["whole"] = True
    if declared.unknown_to:
        numbered["unknown_to"] = [numbering.entity[name] for name in declared.unknown_to]
    return numbered


def _event(numbering: Numbering, event: Action | Trigger) -> Json:
    parameters, scope = _Scope.of(numbering).parameters(event.parameters)
    numbered: dict[str, Json] = {
        "name": event.name,
        "parameters": parameters,
        "precondition": scope.expression(event.precondition),
        "effect": None if event.effect is None else scope.expression(event.effect),
    }
    if isinstance(event, Action):
        numbered["consenting"] = [scope.term(term) for term in event.consenting]
        observing = None
        if event.observing is not None:
            slot, within = scope.bind(event.observing.variable.name)
            condition = within.expression(event.observing.condition)
            observing = {"variable": slot, "condition": condition}
        numbered["observing"] = observing
    return numbered


def _constant(value: Json) -> Json:
    """A value that the engine gave back, as it is stated to it."""
    match value:
        case None:
            return ["unknown"]
        case bool():
            return ["boolean", value]
        case int():
            return ["entity", value]
        case _:
            return ["number", value]


def number_expression(numbering: Numbering, expression: Expression) -> str:
    """A closed expression as the engine's ``evaluate`` takes it."""
    return json.dumps(_Scope.of(numbering).expression(expression))


def number(
    world: Storyworld,
    open_properties: Collection[Property] = (),
    besides: Iterable[tuple[int, Sequence[Json], Json]] = (),
    *,
    several: bool = False,
) -> str:
    """The numbered world, as JSON (FORMAT.md). The model must have been resolved.

    ``open_properties`` may be told any value from without, and ``besides`` says of fluents
    (property, arguments and value, as the engine gives them back) what else they may be told.
    ``several``: minds may hold several worlds, though no statement says so."""
    numbering = Numbering(world)
    # A later utility of the same owner replaces an earlier one.
    utilities = {utility.character: utility for utility in world.utilities}
    numbered: dict[str, Json] = {
        "unspoken_world": VERSION,
        "name": world.name,
        "types": [
            {"name": name, "entities": members}
            for name, members in zip(numbering.type_names, numbering.members, strict=True)
        ],
        "entities": [entity.name for entity in numbering.entities],
        "characters": numbering.characters,
        "properties": [_property(numbering, declared) for declared in world.properties],
        "actions": [_event(numbering, action) for action in world.actions],
        "triggers": [_event(numbering, trigger) for trigger in world.triggers],
        "initial": [_Scope.of(numbering).expression(statement) for statement in world.initial],
        "utilities": [
            {
                "character": None if who is None else numbering.entity[who],
                "expression": _Scope.of(numbering).expression(utility.expression),
            }
            for who, utility in utilities.items()
        ],
        "open": [i for i, declared in enumerate(world.properties) if declared in open_properties],
        "besides": [
            ["assign", ["fluent", name, [_constant(a) for a in arguments], []], _constant(value)]
            for name, arguments, value in besides
        ],
    }
    if several:
        numbered["several"] = True
    return json.dumps(numbered)
