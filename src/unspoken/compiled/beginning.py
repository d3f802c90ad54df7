"""How a world with inner lives begins: what its initial statements say of rules, drives and odds.

Receives a resolved ``Storyworld``; hands on plain initial statements. Rules and drives come first,
then the author's statements in their order, and what these say of odds after all of them:

1. Whoever is said to believe something outright that there are odds of is sure of it, as after an
   effect; where it is said of the world, everybody is of whom nothing else is said.
2. Odds that are given to nobody are everybody's, but those of whom 1 says that they are sure. The
   world itself has none.
3. Odds that are given to somebody are as they are given, whatever else is said.

All of it stands at the very chain of minds that it is said of, and holds as far within as nothing
else is said: so beliefs that are stated and their odds never come from different chains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from unspoken.compiled.leaves import Leaf, Names, leaves, rewritten
from unspoken.compiled.odds import Odds, first_of, use_of
from unspoken.compiled.phrases import all_of, number, over, within
from unspoken.model import (
    TRUE,
    Assign,
    Expression,
    Fluent,
    Property,
    Quantity,
    Storyworld,
    Trigger,
    Variable,
    VariableTerm,
)
from unspoken.model.substitute import fresh_name, names_in


def begin(world: Storyworld) -> tuple[Expression, ...]:
    """The initial statements that say the same without ``inner``."""
    return tuple(_Beginning(world).statements())


def bounds_of(world: Storyworld) -> dict[Property, tuple[int, int]]:
    """The least and the greatest number that odds and levels can be."""
    return {
        **{hunch.property: (hunch.low, hunch.high) for hunch in world.inner.hunches},
        **{drive.property: (drive.low, drive.high) for drive in world.inner.drives},
    }


class _Beginning:
    def __init__(self, world: Storyworld) -> None:
        self.world = world
        self.bounds = bounds_of(world)
        self.odds = {hunch.property for hunch in world.inner.hunches}
        self.matters = {hunch.of.property for hunch in world.inner.hunches}

    def statements(self) -> Iterator[Expression]:
        for rule in self.world.inner.rules:
            yield Assign(Fluent(rule.property), TRUE)
        for drive in self.world.inner.drives:
            level = Fluent(drive.property, tuple(map(use_of, drive.property.parameters)))
            variables = [p for p in drive.property.parameters if isinstance(p, Variable)]
            yield over(Quantity.FORALL, variables, Assign(level, number(drive.baseline)))
        given: list[Leaf] = []
        for statement in self.world.initial:
            event = Trigger("", (), TRUE, statement)
            names = Names(event)
            found = tuple(leaves(statement, names))
            given += (leaf for leaf in found if leaf.fluent.property in self.odds)
            factual = rewritten(statement, self._factual)
            if any(leaf.fluent.property in self.matters for leaf in found):
                about = [Odds(self.world, one, event, names) for one in self.world.inner.hunches]
                factual = rewritten(factual, partial(_outright, about), names)
            if factual != TRUE:
                yield factual
        everybodys = [leaf for leaf in given if not leaf.minds]
        yield from map(self._given, everybodys)
        yield from map(_everybodys, everybodys)
        yield from (self._given(replace(leaf, value=number(0))) for leaf in everybodys)
        yield from (self._given(leaf) for leaf in given if leaf.minds)

    def _factual(self, fluent: Fluent, value: Expression) -> Expression | None:
        """What a statement says of anything but odds."""
        if fluent.property in self.odds:
            return TRUE
        if fluent.property in self.bounds:
            return Assign(fluent, within(value, *self.bounds[fluent.property]))
        return None

    def _given(self, leaf: Leaf) -> Expression:
        """What a statement says of odds."""
        value = within(leaf.value, *self.bounds[leaf.fluent.property])
        return _said(leaf, Assign(replace(leaf.fluent, minds=leaf.minds), value))


def _everybodys(leaf: Leaf) -> Expression:
    """The odds at which everybody has come to hold something are their own."""
    said = _said(leaf, leaf.fluent)
    who = Variable(fresh_name("who", names_in(said)), "character")
    theirs = replace(leaf.fluent, minds=(VariableTerm(who.name),))
    return _said(leaf, over(Quantity.FORALL, (who,), Assign(theirs, theirs)))


def _said(leaf: Leaf, effect: Expression) -> Expression:
    """For everything that the leaf is about, where its condition holds."""
    return over(Quantity.FORALL, leaf.binders, first_of(((leaf.condition, effect),)))


def _outright(about: Sequence[Odds], fluent: Fluent, value: Expression) -> Expression | None:
    """A fact, and the odds that go with it: before it, as its value may depend on it."""
    fact = Leaf(replace(fluent, minds=()), fluent.minds, (), TRUE, value)
    concerned = [odds for odds in about if odds.hunch.of.property == fluent.property]
    going_with_it = [effect for odds in concerned for effect in _sure(odds, fact)]
    return all_of((*going_with_it, Assign(fluent, value))) if going_with_it else None


def _sure(odds: Odds, fact: Leaf) -> Iterator[Expression]:
    found = tuple(odds.outright(fact))
    if found:
        split = len(found[0].target) - len(odds.hunch.property.parameters)
        theirs = Fluent(odds.hunch.property, found[0].target[split:], found[0].target[:split])
        branches = [(one.condition, Assign(theirs, one.value)) for one in found]
        yield over(Quantity.FORALL, found[0].binders, first_of(branches))
