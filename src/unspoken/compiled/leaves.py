"""What an effect assigns, one assignment at a time, and under what conditions.

Receives an event schema; hands on its assignments as ``Leaf`` values with everything that stood
around them, and effects with some assignments replaced. Variables of quantifiers get names of
their own, so that leaves of one event can be put together in any way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from unspoken.compiled.phrases import all_of, believed, denied
from unspoken.model import (
    FALSE,
    TRUE,
    Action,
    And,
    Assign,
    Believes,
    Comparator,
    Comparison,
    Expression,
    Fluent,
    If,
    Not,
    Quantifier,
    Quantity,
    Term,
    Trigger,
    Variable,
    VariableTerm,
    substitute,
)
from unspoken.model.substitute import fresh_name, names_in


class Names:
    """The variables of an event schema: their types, and new ones that nothing in it has."""

    def __init__(self, event: Action | Trigger) -> None:
        self.types = {p.name: p.type for p in event.parameters if isinstance(p, Variable)}
        self._taken = set(self.types) | names_in(event.precondition)
        if event.effect is not None:
            self._taken |= names_in(event.effect)
        if isinstance(event, Action) and event.observing is not None:
            self._taken |= {event.observing.variable.name} | names_in(event.observing.condition)

    def fresh(self, name: str, type_name: str) -> Variable:
        variable = Variable(fresh_name(name, self._taken), type_name)
        self._taken.add(variable.name)
        self.types[variable.name] = type_name
        return variable


class Leaf(Struct, frozen=True):
    """``fluent = value`` (without its minds), in what ``minds`` believe, for everything that
    ``binders`` range over, where ``condition`` holds; both read where the event happens."""

    fluent: Fluent
    minds: tuple[Term, ...]
    binders: tuple[Variable, ...]
    condition: Expression
    value: Expression


def leaves(effect: Expression | None, names: Names) -> Iterator[Leaf]:
    """Every assignment of an effect."""
    if effect is not None:
        yield from _leaves(effect, names, (), (), TRUE)


def _leaves(
    effect: Expression,
    names: Names,
    minds: tuple[Term, ...],
    binders: tuple[Variable, ...],
    condition: Expression,
) -> Iterator[Leaf]:
    one = assignment(effect)
    if one is not None:
        fluent, value = one
        value = believed(minds, value)
        yield Leaf(replace(fluent, minds=()), (*minds, *fluent.minds), binders, condition, value)
        return
    match effect:
        case And(parts):
            for part in parts:
                yield from _leaves(part, names, minds, binders, condition)
        case Believes(character, inner):
            yield from _leaves(inner, names, (*minds, character), binders, condition)
        case If(branches, otherwise):
            earlier = condition
            for test, branch in branches:
                met = believed(minds, test)
                yield from _leaves(branch, names, minds, binders, all_of((earlier, met)))
                earlier = all_of((earlier, believed(minds, denied(test))))
            if otherwise is not None:
                yield from _leaves(otherwise, names, minds, binders, earlier)
        case Quantifier(Quantity.FORALL, variable, body):
            fresh = names.fresh(variable.name, variable.type)
            body = substitute(body, {variable.name: VariableTerm(fresh.name)})
            yield from _leaves(body, names, minds, (*binders, fresh), condition)


def assignment(effect: Expression) -> tuple[Fluent, Expression] | None:
    """The fluent and the value, if the effect is one assignment, however it is written."""
    match effect:
        case Fluent():
            return effect, TRUE
        case Assign(fluent, value):
            return fluent, value
        case Comparison(Comparator.EQ, Fluent() as fluent, value):
            return fluent, value
        case Comparison(Comparator.NE, Fluent() as fluent, value):
            return fluent, denied(value)
        case Not(Fluent() as fluent):
            return fluent, FALSE
        case Not(Believes(character, inner)):
            opposite = assignment(Not(inner))
            if opposite is None:
                return None
            fluent, value = opposite
            minds = (character, *fluent.minds)
            return replace(fluent, minds=minds), believed((character,), value)
        case Not(inner):
            opposite = assignment(inner)
            return None if opposite is None else (opposite[0], denied(opposite[1]))
    return None


Rewrite = Callable[[Fluent, Expression], Expression | None]
"""What stands in an assignment's place: ``TRUE`` nothing, None the assignment itself."""


def rewritten(effect: Expression, rewrite: Rewrite, names: Names | None = None) -> Expression:
    """The effect (or initial statement) with its assignments rewritten. With ``names``, the
    variables of its quantifiers are new, and known to them."""
    one = assignment(effect)
    if one is not None:
        return rewrite(*one) or effect
    match effect:
        case And(parts):
            new = tuple(rewritten(part, rewrite, names) for part in parts)
            return effect if new == parts else all_of(new)
        case Believes(_, inner) | Not(inner):
            inner = rewritten(inner, rewrite, names)
            return TRUE if inner == TRUE else replace(effect, expression=inner)
        case If(branches, otherwise):
            pairs = tuple((test, rewritten(branch, rewrite, names)) for test, branch in branches)
            rest = None if otherwise is None else rewritten(otherwise, rewrite, names)
            nothing = rest in (None, TRUE) and all(branch == TRUE for _, branch in pairs)
            return TRUE if nothing else replace(effect, branches=pairs, otherwise=rest)
        case Quantifier(_, variable, body):
            if names is not None:
                fresh = names.fresh(variable.name, variable.type)
                body = substitute(body, {variable.name: VariableTerm(fresh.name)})
                effect = replace(effect, variable=fresh)
            body = rewritten(body, rewrite, names)
            return TRUE if body == TRUE else replace(effect, body=body)
    return effect
