"""What follows of minds that take several worlds to be possible, where only the values that each
fact may have in them are known, and not which go together.

Receives who holds what, an expression, a chain of minds and a moment; hands on whether it holds in
all of their worlds, in none, or neither, as far as that follows: nothing is said to be so, or not
to be so, that might be otherwise.

Whatever an expression reads, each choice of values is tried (*Ann or Ben did it* holds of either).
That an expression holds for all choices, or for none, follows however they go together; that it
holds for some, where one value of one fact is enough for it: some world has that value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from unspoken.chronicle.events import Chain, Fact, Value
from unspoken.model import (
    And,
    Believes,
    Comparison,
    Expression,
    If,
    Not,
    Or,
    Quantifier,
    Quantity,
)
from unspoken.model.truths import belief, opposite, spelled
from unspoken.queries.held import Held
from unspoken.telling.holds import value_of, within
from unspoken.telling.propositions import Bindings, walk
from unspoken.telling.setting import Setting

MOST = 2000
"""Choices of values that are tried; of what would take more, nothing is said."""

World: TypeAlias = Mapping[Fact, Value]
"""What has been chosen so far of what the innermost mind's facts may be."""


class _Open(Exception):
    """That a fact of the innermost mind is read of which nothing has been chosen yet."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(fact)
        self.fact = fact


class _Untold(Exception):
    """That something is read which may be otherwise in each of the worlds around it."""


def judged(
    expression: Expression, held: Held, setting: Setting, minds: Chain, before: int | None
) -> bool | None:
    """Whether an expression holds in all worlds that ``minds`` take to be possible (False: in none;
    None: neither, or that does not follow)."""
    judge = _Judge(held, setting, before)
    return judge.among(expression, minds, {}, every=True, of_one=not minds)


class _Judge:
    def __init__(self, held: Held, setting: Setting, before: int | None) -> None:
        self.held = held
        self.setting = setting
        self.before = before

    def among(
        self, part: Expression, minds: Chain, bindings: Bindings, *, every: bool, of_one: bool
    ) -> bool | None:
        """Whether it holds in all worlds of a mind (``every``), or in any. ``of_one``: these are
        the worlds of one mind, and not of all that others think it may be: then what is so in some
        of them is not denied by all, and the other way round."""

        def again(
            inner: Expression, chain: Chain = minds, bindings: Bindings = bindings
        ) -> bool | None:
            return self.among(inner, chain, bindings, every=every, of_one=of_one)

        match part:
            case Comparison() if (cases := spelled(part)) is not None:
                return again(cases)
            case Not(inner) if (pushed := _pushed(inner)) is not None:
                return again(pushed)
            case And(parts) if every:
                return _all(map(again, parts))
            case Or(parts) if not every:
                return _any(map(again, parts))
            case Quantifier(quantity, variable, body) if quantity is _SPREAD[every]:
                domain = self.setting.domain(variable)
                each = (again(body, minds, {**bindings, variable.name: one}) for one in domain)
                return _all(each) if every else _any(each)
        believed = belief(part if every else _denied(part))
        if believed is not None:
            whose, inner = believed
            asked = inner if every else Not(inner)
            is_own = len(within(minds, whose[:1], bindings)) == 1
            chain = within(minds, whose, bindings)
            return self.among(asked, chain, bindings, every=every, of_one=of_one or is_own)
        found = self._tried(part, minds, bindings)
        outcomes = {outcome for _, outcome in found}
        if len(outcomes) == 1:
            return outcomes.pop()
        return not every if of_one and _suffices(found, not every) else None

    def _tried(
        self, part: Expression, minds: Chain, bindings: Bindings
    ) -> list[tuple[World, bool | None]]:
        """How it comes out for each choice of the values that it reads."""
        found: list[tuple[World, bool | None]] = []
        waiting: list[World] = [{}]
        while waiting:
            world = waiting.pop()
            try:
                found.append((world, self._in(part, minds, world, bindings)))
            except _Open as read:
                values = self.held.may_be(minds, read.fact, self.before)
                waiting += [{**world, read.fact: value} for value in values]
            if len(found) + len(waiting) > MOST:
                return [({}, None)]
        return found

    def _in(self, part: Expression, minds: Chain, world: World, bindings: Bindings) -> bool | None:
        """Whether it holds in a world of a mind; None: that does not follow. Raises _Open."""

        def again(inner: Expression, bindings: Bindings = bindings) -> bool | None:
            return self._in(inner, minds, world, bindings)

        match part:
            case Comparison() if (cases := spelled(part)) is not None:
                return again(cases)
            case And(parts):
                return _all(map(again, parts))
            case Or(parts):
                return _any(map(again, parts))
            case Quantifier(Quantity.FORALL | Quantity.EXISTS as quantity, variable, body):
                domain = self.setting.domain(variable)
                each = (again(body, {**bindings, variable.name: one}) for one in domain)
                return _all(each) if quantity is Quantity.FORALL else _any(each)
            case If(branches, otherwise):
                for condition, result in branches:
                    holds = again(condition)
                    if holds is not False:
                        return again(result) if holds else None
                return True if otherwise is None else again(otherwise)
            case Not(inner) if (pushed := _pushed(inner)) is not None:
                return again(pushed)
        for every, held in ((True, part), (False, _denied(part))):
            believed = belief(held)
            if believed is not None:
                whose, inner = believed
                chain = within(minds, whose, bindings)
                asked = inner if every else Not(inner)
                of_one = len(within(minds, whose[:1], bindings)) == 1
                return self.among(asked, chain, bindings, every=every, of_one=of_one)
        denied = _denied(part)
        if denied is not None:
            return _not(again(denied))
        return self._read(part, minds, world, bindings)

    def _read(
        self, part: Expression, minds: Chain, world: World, bindings: Bindings
    ) -> bool | None:
        """The same of what has no parts to be judged by themselves."""
        reads = _Reads(self.held, minds, world, _is_of_values(part))
        try:
            chain = (*minds, _HERE)
            return value_of(part, reads, self.setting, bindings, chain, self.before) is True
        except _Untold:
            return None


_HERE = ""
"""In a chain of minds: the one world that is looked at, of all that the minds before it have. What
a mind believes of its own beliefs is about all of its worlds."""


class _Reads:
    """Who holds what in a world of a mind. ``of_values``: a value that is open to a mind is
    unknown, as in every condition that compares what somebody takes a value to be."""

    def __init__(self, held: Held, minds: Chain, world: World, of_values: bool) -> None:
        self._held = held
        self._minds = minds
        self._world = world
        self._of_values = of_values

    def value(self, minds: Chain, fact: Fact, before: int | None = None) -> Value:
        inner = minds[len(self._minds) + 1 :]
        own = inner[:1] == self._minds[-1:]
        chain = self._minds + (inner[1:] if own else inner)
        if not inner and fact in self._world:
            return self._world[fact]
        values = self._held.may_be(chain, fact, before)
        if not values[1:]:
            return values[0]
        if not inner:
            raise _Open(fact)
        if not self._of_values or len(self._minds) > own:
            raise _Untold
        return None


_SPREAD: Mapping[bool, Quantity] = {True: Quantity.FORALL, False: Quantity.EXISTS}
"""What can be judged case by case, of all worlds and of any."""


def _pushed(denied: Expression) -> Expression | None:
    """What it comes to that something is not so; None for what is judged itself. Of beliefs: that
    not all worlds have it, not that all have it not."""
    return None if isinstance(denied, Believes) else opposite(denied)


def _denied(part: Expression) -> Expression | None:
    return part.expression if isinstance(part, Not) else None


def _is_of_values(part: Expression) -> bool:
    """Whether nothing in it is about what all worlds of a mind have, or any."""
    return all(belief(one) is None for one in walk(part))  # type: ignore[arg-type]


def _suffices(found: list[tuple[World, bool | None]], outcome: bool) -> bool:
    """Whether one value of one fact brings an outcome about whatever the others are."""
    choices = {choice for world, _ in found for choice in world.items()}
    return any(
        all(one is outcome for world, one in found if world.get(fact, value) == value)
        for fact, value in choices
    )


def _all(parts: Iterable[bool | None]) -> bool | None:
    found = set(parts)
    return False if False in found else None if None in found else True


def _any(parts: Iterable[bool | None]) -> bool | None:
    found = set(parts)
    return True if True in found else None if None in found else False


def _not(part: bool | None) -> bool | None:
    return None if part is None else not part
