"""Whether an expression holds in a mind: conditions of frames, propositions of thoughts.

Receives a view and an expression of the model, and reads the view's beliefs, nothing else. The
rules for unknown values are the storyworld language's: ``==`` compares by identity, ``<`` with an
unknown side is false, ``<=`` is true of two unknowns. A mind that takes several worlds to be
possible holds what holds in all of them. (A view has what each fact may be, one by one, so what
holds only because of how they go together counts as unsure.)
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias, TypeVar, cast

from msgspec import Struct

from unspoken.chronicle.events import Chain, Fact, Value
from unspoken.model import (
    And,
    Arithmetic,
    Assign,
    Believes,
    Comparator,
    Comparison,
    EntityTerm,
    Expression,
    Fluent,
    If,
    IsA,
    KnowsWhether,
    Literal,
    Not,
    Operator,
    Or,
    Possible,
    Quantifier,
    Quantity,
    Term,
    Unknown,
    VariableTerm,
)
from unspoken.model.truths import opposite, spelled
from unspoken.telling.propositions import Bindings, term, walk
from unspoken.telling.setting import Setting
from unspoken.telling.thoughts import Condition, Way
from unspoken.telling.view import LocalId, View

_ORDER: Mapping[Comparator, Callable[[float, float], bool]] = {
    Comparator.GT: operator.gt,
    Comparator.LT: operator.lt,
    Comparator.GE: operator.ge,
    Comparator.LE: operator.le,
}
_ARITHMETIC: Mapping[Operator, Callable[[float, float], float]] = {
    Operator.ADD: operator.add,
    Operator.SUBTRACT: operator.sub,
    Operator.MULTIPLY: operator.mul,
    Operator.DIVIDE: operator.truediv,
}


Moment = TypeVar("Moment", bound=int, contravariant=True)
"""Before which item, or event."""


class Held(Protocol[Moment]):
    """What has a value for every fact along every chain of minds, at any time: a view (chains
    that begin with its mind), or a chronicle (any chain; the empty one is truth)."""

    def value(self, minds: Chain, fact: Fact, before: Moment | None = None) -> Value: ...


def holds(
    expression: Expression,
    view: View,
    setting: Setting,
    bindings: Bindings,
    before: LocalId | None = None,
) -> bool:
    """Whether the view's mind holds the expression before an item (None: at the end)."""
    return _in_its_mind(meaning(expression, setting), view, bindings, before)


def obstacle(way: Way, view: View, setting: Setting, before: LocalId) -> Condition | None:
    """What keeps the view's mind from a thought in a way before an item: the first condition that
    it does not hold."""
    kept = setting.meanings.get(id(way))
    if kept is None:
        asked = [(one, _meaning(one.expression, setting, way.binding)) for one in way.conditions]
        kept = setting.meanings[id(way)] = (way, asked)
    for condition, meant in kept[1]:
        if not _in_its_mind(meant, view, way.binding, before):
            return cast(Condition, condition)
    return None


def _in_its_mind(meant: Meaning, view: View, bindings: Bindings, before: LocalId | None) -> bool:
    if view.mind is None:
        return False
    if not view.has_worlds:
        return meant(view, bindings, (view.mind,), before) is True
    return _Supposed(view, {}).everywhere(meant, bindings, (view.mind,), before)


class _Unsure(Exception):
    """What is asked has several values in the worlds of a mind."""

    def __init__(self, minds: Chain, fact: Fact, among: tuple[Value, ...]) -> None:
        super().__init__(minds, fact)
        self.minds, self.fact, self.among = minds, fact, among


class _Supposed(Struct, frozen=True):
    """A view, where what it is unsure of is supposed to be one of what it may be."""

    view: View
    given: Mapping[tuple[Chain, Fact], Value]

    def value(self, minds: Chain, fact: Fact, before: LocalId | None = None) -> Value:
        if (minds, fact) in self.given:
            return self.given[minds, fact]
        among = self.view.may_be(minds, fact, before)
        if len(among) > 1:
            raise _Unsure(minds, fact, among)
        return among[0]

    def everywhere(
        self, meant: Meaning, bindings: Bindings, minds: Chain, before: LocalId | None
    ) -> bool:
        """Whether something holds whatever it may be that it asks about."""
        try:
            return meant(self, bindings, minds, before) is True
        except _Unsure as asked:
            key = (asked.minds, asked.fact)
            return all(
                _Supposed(self.view, {**self.given, key: value}).everywhere(
                    meant, bindings, minds, before
                )
                for value in asked.among
            )


def by_arguments(expression: Expression, setting: Setting, bindings: Bindings) -> bool | None:
    """Whether an expression holds by what its variables stand for alone; None if it asks what
    anybody holds."""
    if any(isinstance(part, Fluent | Believes) for part in walk(expression)):
        return None
    return meaning(expression, setting)(_Nobody(), bindings, (), None) is True


class _Nobody:
    """Whoever is asked nothing."""

    def value(self, minds: Chain, fact: Fact, before: object = None) -> Value:
        raise KeyError(fact)


def value_of(
    expression: Expression,
    view: Held[Moment],
    setting: Setting,
    bindings: Bindings,
    minds: Chain,
    before: Moment | None,
) -> Value:
    """The value of an expression along a chain of minds; unknown for arithmetic on an unknown."""
    return meaning(expression, setting)(view, bindings, minds, before)


Meaning: TypeAlias = Callable[[Held[Any], Bindings, Chain, Any], Value]
"""An expression as a function of who holds what, its bindings, a chain of minds and a moment."""


def meaning(expression: Expression, setting: Setting) -> Meaning:
    """What ``value_of`` asks, made once for an expression of a world and then kept: the same few
    conditions are asked of every moment."""
    kept = setting.meanings.get(id(expression))
    if kept is None:
        # The expression is kept with it, so that no other can have its id.
        kept = setting.meanings[id(expression)] = (expression, _meaning(expression, setting, {}))
    found: Meaning = kept[1]
    return found


def _meaning(expression: Expression, setting: Setting, known: Bindings) -> Meaning:
    """``known``: what is bound already, so that facts of nothing else are looked up as they are."""

    def of(part: Expression) -> Meaning:
        return _meaning(part, setting, known)

    match expression:
        case Literal(value):
            return lambda view, bindings, minds, before: value
        case Unknown():
            return lambda view, bindings, minds, before: None
        case EntityTerm(name):
            return lambda view, bindings, minds, before: name
        case VariableTerm(name):
            return lambda view, bindings, minds, before: bindings.get(name)
        case Fluent():
            return _of_fluent(expression, known)
        case Believes(character, part):
            return _of_belief(character, of(part), None)
        case And(parts):
            return _until(False, [of(part) for part in parts])
        case Or(parts):
            return _until(True, [of(part) for part in parts])
        case Not(Believes(character, part)):
            return _of_belief(character, of(Not(part)), of(part))
        case Not(part):
            pushed = opposite(part)
            if pushed is not None:
                denied = of(pushed)
                return lambda *asked: denied(*asked) is True
            affirmed = of(part)
            return lambda *asked: affirmed(*asked) is not True
        case If(branches, otherwise):
            each = [(of(condition), of(result)) for condition, result in branches]
            return _of_branches(each, None if otherwise is None else of(otherwise))
        case Quantifier(quantity, variable, body):
            free = {name: value for name, value in known.items() if name != variable.name}
            each_body = _meaning(body, setting, free)
            return _of_quantifier(quantity, variable.name, setting.domain(variable), each_body)
        case Comparison(_, left, right) if (
            not (_is_kept(left) and _is_kept(right)) and (cases := spelled(expression)) is not None
        ):
            return of(cases)
        case Comparison(comparator, left, right):
            first, second = of(left), of(right)
            return lambda *asked: compare(comparator, first(*asked), second(*asked))
        case IsA(part, type_name):
            named = of(part)
            return lambda *asked: type_name in setting.types(named(*asked))
        case Arithmetic(sign, left, right):
            return _of_arithmetic(sign, of(left), of(right))
        case Assign() | Possible() | KnowsWhether():
            return lambda view, bindings, minds, before: False


def _is_kept(part: Expression) -> bool:
    """Whether it is compared by its value, which is there to be read; of a ledger's facts, that may
    be neither true nor false."""
    return isinstance(part, Fluent | Literal)


def _until(decides: bool, parts: Sequence[Meaning]) -> Meaning:
    """All parts (one that is not true decides), or any (one that is true does)."""

    def value(view: Held[Any], bindings: Bindings, minds: Chain, before: Any) -> Value:
        for part in parts:
            if (part(view, bindings, minds, before) is True) is decides:
                return decides
        return not decides

    return value


def _of_fluent(fluent: Fluent, known: Bindings) -> Meaning:
    name, inner = fluent.property.name, fluent.minds
    # A variable by its name, or what is there whoever is asked.
    slots = [
        (a.name, None)
        if isinstance(a, VariableTerm) and a.name not in known
        else (None, term(a, known))
        for a in fluent.arguments
    ]
    made: Fact | None = None
    if all(slot is None for slot, _ in slots):
        made = Fact(name, tuple(one for _, one in slots))
    otherwise: Value = {"boolean": False, "number": 0.0}.get(fluent.property.range)

    def value(view: Held[Any], bindings: Bindings, minds: Chain, before: Any) -> Value:
        fact = made or Fact(
            name, tuple([one if slot is None else bindings.get(slot) for slot, one in slots])
        )
        chain = within(minds, inner, bindings) if inner else minds
        if inner and chain == minds and isinstance(view, _Supposed):
            view = view.view  # what one believes oneself is what is so in all one's worlds
        try:
            return view.value(chain, fact, before)
        except KeyError:
            return otherwise

    return value


def _of_belief(character: Term, inside: Meaning, denied: Meaning | None) -> Meaning:
    """That somebody believes something; or, where what that is comes as ``denied``, that somebody
    does not (``inside``: believes its opposite, if there is but one world). What one believes
    oneself is what is so in all one's worlds."""

    def value(view: Held[Any], bindings: Bindings, minds: Chain, before: Any) -> Value:
        chain = within(minds, (character,), bindings)
        if not isinstance(view, _Supposed) or chain != minds:
            return inside(view, bindings, chain, before)
        every = _Supposed(view.view, {})
        if denied is not None:
            return not every.everywhere(denied, bindings, chain, before)
        return every.everywhere(inside, bindings, chain, before)

    return value


def _of_branches(branches: Sequence[tuple[Meaning, Meaning]], otherwise: Meaning | None) -> Meaning:
    def value(view: Held[Any], bindings: Bindings, minds: Chain, before: Any) -> Value:
        for condition, result in branches:
            if condition(view, bindings, minds, before) is True:
                return result(view, bindings, minds, before)
        return True if otherwise is None else otherwise(view, bindings, minds, before)

    return value


def _of_quantifier(
    quantity: Quantity, name: str, domain: tuple[Value, ...], body: Meaning
) -> Meaning:
    def value(view: Held[Any], bindings: Bindings, minds: Chain, before: Any) -> Value:
        each = [body(view, {**bindings, name: one}, minds, before) for one in domain]
        return _quantified(quantity, each)

    return value


def _of_arithmetic(sign: Operator, left: Meaning, right: Meaning) -> Meaning:
    def value(view: Held[Any], bindings: Bindings, minds: Chain, before: Any) -> Value:
        a, b = left(view, bindings, minds, before), right(view, bindings, minds, before)
        if not _is_number(a) or not _is_number(b) or (sign is Operator.DIVIDE and b == 0):
            return None
        return _ARITHMETIC[sign](a, b)  # type: ignore[arg-type]

    return value


def compare(comparator: Comparator, left: Value, right: Value) -> bool:
    """One comparison of two values."""
    same = left == right and isinstance(left, bool) == isinstance(right, bool)
    if comparator is Comparator.EQ:
        return same
    if comparator is Comparator.NE:
        return not same
    if _is_number(left) and _is_number(right):
        return _ORDER[comparator](left, right)  # type: ignore[arg-type]
    return same and comparator in (Comparator.GE, Comparator.LE)


def within(minds: Chain, inner: tuple[Term, ...], bindings: Bindings) -> Chain:
    """A chain with further minds in it; what one believes of one's own beliefs is those beliefs."""
    chain = minds
    for character in inner:
        name = term(character, bindings)
        if isinstance(name, str) and chain[-1:] != (name,):
            chain = (*chain, name)
    return chain


def _quantified(quantity: Quantity, values: list[Value]) -> Value:
    if quantity is Quantity.FORALL:
        return all(value is True for value in values)
    if quantity is Quantity.EXISTS:
        return any(value is True for value in values)
    total = 0.0 if quantity is Quantity.SUM else 1.0
    for value in values:
        if not _is_number(value):
            return None
        assert isinstance(value, float | int)
        total = total + value if quantity is Quantity.SUM else total * value
    return total


def _is_number(value: Value) -> bool:
    return isinstance(value, float | int) and not isinstance(value, bool)
