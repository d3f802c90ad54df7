"""Filling in variables: what a section says of anybody, said of somebody.

Receives model values, hands on model values; nothing is evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import overload

from msgspec import Struct
from msgspec.structs import replace

from unspoken.model.expressions import (
    And,
    Arithmetic,
    Assign,
    Believes,
    Comparison,
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
    Quantifier,
    Term,
    Unknown,
    Variable,
    VariableTerm,
)
from unspoken.model.inner import EventUse
from unspoken.model.storyworld import Storyworld


@overload
def substitute(expression: Fluent, terms: Mapping[str, Term]) -> Fluent: ...
@overload
def substitute(expression: Expression, terms: Mapping[str, Term]) -> Expression: ...
def substitute(expression: Expression, terms: Mapping[str, Term]) -> Expression:
    """The expression with its free variables of these names replaced by terms.

    A quantifier's own variable hides an outer one of its name, and is renamed where it would
    catch a variable that a term brings in.
    """
    if not terms:
        return expression

    def inner(part: Expression) -> Expression:
        return substitute(part, terms)

    match expression:
        case Literal() | Unknown() | EntityTerm():
            return expression
        case VariableTerm():
            return substitute_term(expression, terms)
        case Fluent():
            return _in_fluent(expression, terms)
        case Believes(character, believed):
            filled = substitute_term(character, terms)
            return replace(expression, character=filled, expression=inner(believed))
        case Possible(subject, alternatives):
            whose = None if subject is None else substitute_term(subject, terms)
            return replace(expression, character=whose, alternatives=inner(alternatives))
        case KnowsWhether(character, fluent):
            knower = substitute_term(character, terms)
            return replace(expression, character=knower, fluent=_in_fluent(fluent, terms))
        case And(parts) | Or(parts):
            return replace(expression, parts=tuple(inner(part) for part in parts))
        case Not(denied):
            return replace(expression, expression=inner(denied))
        case If(branches, otherwise):
            pairs = tuple((inner(condition), inner(branch)) for condition, branch in branches)
            rest = None if otherwise is None else inner(otherwise)
            return replace(expression, branches=pairs, otherwise=rest)
        case Quantifier():
            return _in_quantifier(expression, terms)
        case Assign(fluent, value):
            return replace(expression, fluent=_in_fluent(fluent, terms), value=inner(value))
        case Comparison(_, left, right) | Arithmetic(_, left, right):
            return replace(expression, left=inner(left), right=inner(right))
        case IsA(tested):
            return replace(expression, expression=inner(tested))


def substitute_term(term: Term, terms: Mapping[str, Term]) -> Term:
    """The term that stands in for this one: itself, unless it is one of the variables."""
    return terms.get(term.name, term) if isinstance(term, VariableTerm) else term


def substitute_use(use: EventUse, terms: Mapping[str, Term]) -> EventUse:
    """A use of events with its variables replaced; ``*`` stays."""
    arguments = tuple(
        None if argument is None else substitute_term(argument, terms) for argument in use.arguments
    )
    return replace(use, arguments=arguments)


def _in_fluent(fluent: Fluent, terms: Mapping[str, Term]) -> Fluent:
    return replace(
        fluent,
        arguments=tuple(substitute_term(argument, terms) for argument in fluent.arguments),
        minds=tuple(substitute_term(mind, terms) for mind in fluent.minds),
    )


def _in_quantifier(quantifier: Quantifier, terms: Mapping[str, Term]) -> Quantifier:
    variable = quantifier.variable
    outer = {name: term for name, term in terms.items() if name != variable.name}
    brought = {term.name for term in outer.values() if isinstance(term, VariableTerm)}
    if variable.name in brought:
        fresh = fresh_name(variable.name, brought | names_in(quantifier.body))
        outer[variable.name] = VariableTerm(fresh)
        variable = replace(variable, name=fresh)
    return replace(quantifier, variable=variable, body=substitute(quantifier.body, outer))


def fresh_name(name: str, taken: set[str]) -> str:
    """``name.1``, ``name.2``, ...: the first that is not taken."""
    number = 1
    while f"{name}.{number}" in taken:
        number += 1
    return f"{name}.{number}"


def names_in(expression: Expression) -> set[str]:
    """Every variable's name that an expression uses or binds."""
    match expression:
        case VariableTerm(name):
            return {name}
        case Fluent(_, arguments, minds):
            terms = (*arguments, *minds)
            return {term.name for term in terms if isinstance(term, VariableTerm)}
        case Believes(character, believed):
            return names_in(character) | names_in(believed)
        case Possible(subject, alternatives):
            return names_in(alternatives) | (names_in(subject) if subject is not None else set())
        case KnowsWhether(character, fluent):
            return names_in(character) | names_in(fluent)
        case And(parts) | Or(parts):
            return set().union(*map(names_in, parts))
        case Not(inner) | IsA(inner):
            return names_in(inner)
        case If(branches, otherwise):
            rest = set() if otherwise is None else names_in(otherwise)
            return rest.union(*(names_in(part) for pair in branches for part in pair))
        case Quantifier(_, variable, body):
            return {variable.name} | names_in(body)
        case Assign(left, right) | Comparison(_, left, right) | Arithmetic(_, left, right):
            return names_in(left) | names_in(right)
        case _:
            return set()


class Filling(Struct, frozen=True):
    """Arguments for a signature, and what its variables thereby stand for."""

    arguments: tuple[Term, ...]
    terms: dict[str, Term]


def fillings(world: Storyworld, parameters: Sequence[Parameter]) -> Iterator[Filling]:
    """Every way to fill a signature, typed parameters by entities of their type (False, True for
    booleans) in ranging order, the last one fastest; a fixed parameter stands for itself."""
    entities = [(entity.name, world.types_of(entity)) for entity in world.numbered_entities]

    def members(type_name: str) -> list[Term]:
        if type_name == "boolean":
            return [Literal(False), Literal(True)]
        return [
            EntityTerm(name)
            for name, types in entities
            if type_name == "entity" or type_name in types
        ]

    ranges = [
        members(parameter.type) if isinstance(parameter, Variable) else [parameter]
        for parameter in parameters
    ]
    for arguments in product(*ranges):
        pairs = zip(parameters, arguments, strict=True)
        yield Filling(
            arguments,
            {parameter.name: term for parameter, term in pairs if isinstance(parameter, Variable)},
        )
