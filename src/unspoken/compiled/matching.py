"""Uses of things (``smile(other)``, ``loves(who, whom)``) matched with what stands there: which
terms fill which variables, and what then still has to hold.

Receives and hands on model values; the world is asked for its types only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from unspoken.compiled.phrases import equal
from unspoken.model import (
    FALSE,
    TRUE,
    EntityTerm,
    Expression,
    IsA,
    Literal,
    Storyworld,
    Term,
    Variable,
    VariableTerm,
)


class Match(Struct, frozen=True):
    terms: dict[str, Term]
    conditions: tuple[Expression, ...]


def types_of(world: Storyworld, term: Term, types: Mapping[str, str]) -> frozenset[str]:
    """Every type that whatever this term stands for surely has."""
    match term:
        case Literal(value):
            return frozenset({"boolean" if isinstance(value, bool) else "number"})
        case VariableTerm(name):
            if types[name] == "boolean":
                return frozenset({"boolean"})
            return world.ancestors(types[name]) | {"entity"}
        case EntityTerm(name):
            entity = next(entity for entity in world.entities if entity.name == name)
            return world.types_of(entity) | {"entity"}


def narrowed(world: Storyworld, term: Term, type_name: str, types: Mapping[str, str]) -> Expression:
    """What has to hold for a term to be of a type: nothing, if it surely is."""
    surely = types_of(world, term, types)
    if type_name in surely:
        return TRUE
    if not isinstance(term, VariableTerm) or "boolean" in (type_name, *surely):
        return FALSE
    return IsA(term, type_name)


def matched(
    world: Storyworld,
    pattern: Sequence[Term | None],
    actual: Sequence[Term],
    variables: Sequence[Variable],
    types: Mapping[str, str],
) -> Match | None:
    """``pattern`` with its ``variables`` filled so that it is ``actual``; None if it never is.

    ``types``: of the variables in ``actual``. In the pattern, None is whatever it is.
    """
    open_ = {variable.name: variable for variable in variables}
    terms: dict[str, Term] = {}
    conditions: list[Expression] = []
    for place, term in zip(pattern, actual, strict=True):
        if place is None:
            continue
        if isinstance(place, VariableTerm) and place.name in open_:
            if place.name not in terms:
                terms[place.name] = term
                conditions.append(narrowed(world, term, open_[place.name].type, types))
                continue
            place = terms[place.name]
        conditions.append(equal(place, term))
    if FALSE in conditions:
        return None
    return Match(terms, tuple(condition for condition in conditions if condition != TRUE))
