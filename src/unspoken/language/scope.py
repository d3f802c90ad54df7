"""The names of a world: what each use of a name refers to, overloads included.

A name's kind follows from its position, so a type, an entity, a property and a variable may share
one. Where several signatures share a name and arity, a use selects the first declared one whose
parameter types contain the argument types.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from msgspec import Struct, field

from unspoken.language.types import ANY, BOOLEAN, NUMBER, Sort, Types, fits
from unspoken.model import Entity, EntityTerm, Literal, Parameter, Span, Term, Variable, number_text


class Argument(Struct, frozen=True):
    """An argument of a use: the term, and all that is known about its types."""

    term: Term
    sort: Sort


T = TypeVar("T")


class Declared(Struct, Generic[T]):
    """Something with a signature: a property, or an action or trigger."""

    name: str
    parameters: tuple[Parameter, ...]
    thing: T
    origin: Span | None


class Signatures(Generic[T]):
    """Everything of a kind that has a signature, in declaration order."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._by_name: dict[str, list[Declared[T]]] = {}

    def add(self, declared: Declared[T]) -> None:
        self._by_name.setdefault(declared.name, []).append(declared)

    def __iter__(self) -> Iterator[Declared[T]]:
        return (one for overloads in self._by_name.values() for one in overloads)

    def names(self) -> tuple[str, ...]:
        return tuple(self._by_name)

    def named(self, name: str) -> Sequence[Declared[T]]:
        """All that share the name, in declaration order."""
        return self._by_name.get(name, ())

    def select(self, name: str, arguments: Sequence[Argument]) -> Declared[T] | None:
        """The first declared signature that the arguments fit."""
        for declared in self._by_name.get(name, ()):
            if len(declared.parameters) == len(arguments) and all(
                self._world.accepts(parameter, argument)
                for parameter, argument in zip(declared.parameters, arguments, strict=True)
            ):
                return declared
        return None


class World(Struct):
    """What names refer to, wherever in the world they stand."""

    types: Types = field(default_factory=Types)
    entities: dict[str, Entity] = field(default_factory=dict)

    def entity_sort(self, name: str) -> Sort:
        """All types of an entity, inherited ones included."""
        return self.types.sort_of_all(self.entities[name].types)

    def characters(self) -> tuple[str, ...]:
        """The names of all entities that are characters, in order."""
        return tuple(n for n in self.entities if fits(self.entity_sort(n), "character"))

    def parameter_sort(self, parameter: Parameter) -> Sort:
        """What is known about the things that a parameter may stand for."""
        if isinstance(parameter, Variable):
            return self.types.sort(parameter.type)
        if isinstance(parameter, EntityTerm):
            return self.entity_sort(parameter.name) if parameter.name in self.entities else ANY
        return BOOLEAN if isinstance(parameter.value, bool) else NUMBER

    def overlap(self, first: Parameter, second: Parameter) -> bool:
        """Whether some argument fits both parameters."""
        if isinstance(first, Variable) and isinstance(second, Variable):
            a, b = self.types.sort(first.type), self.types.sort(second.type)
            return fits(a, second.type) or fits(b, first.type)
        if isinstance(first, Variable):
            return fits(self.parameter_sort(second), first.type)
        if isinstance(second, Variable):
            return fits(self.parameter_sort(first), second.type)
        return first == second

    def accepts(self, parameter: Parameter, argument: Argument) -> bool:
        """Whether the argument fits the parameter: by type, or as that very constant."""
        if argument.sort == ANY:
            return True
        if isinstance(parameter, Variable):
            return fits(argument.sort, parameter.type) or not self.types.is_known(parameter.type)
        if isinstance(parameter, Literal):
            return argument.term == parameter
        return isinstance(argument.term, EntityTerm) and argument.term.name == parameter.name


Variables = Mapping[str, Variable]
"""The variables in scope, by name: the innermost binder of each."""


def parameter_type(parameter: Parameter) -> str:
    """A parameter as an error names it: its type, or the constant."""
    if isinstance(parameter, Variable):
        return parameter.type
    if isinstance(parameter, EntityTerm):
        return parameter.name
    value = parameter.value
    return str(value) if isinstance(value, bool) else number_text(value)
