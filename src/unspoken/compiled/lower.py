"""Inner lives as state: hunches, signs, drives and rules become plain properties, triggers and
effects, and wishes become utilities, so that the engine and the planner know them too.

Receives a resolved ``Storyworld``; hands on one that says the same without ``inner`` (the very
same one if there is nothing to do). The author's events keep their places; what is generated
comes after. What it all means:

*Hunch.* Its odds are a number in each mind. The trigger ``NAME.settles`` makes every mind believe
what the sign of its odds says (at 0: whatever it believed), and that the heart it is about knows
it. Odds in the world itself only move together with what they are about, so the truth never
settles anything. What else moves odds stands in ``odds.py``.

*Sign.* ``seen``: an effect of the action, for every reader that observes it (``odds.py``).
``when``: a trigger ``NAME.given``, and a property of that name in the reader's mind: given once.

*Drive.* A number that begins at its baseline; effects on it stay within its bounds.

Both numbers are whole, and stay known to whoever is surprised (``Property.whole``).

*Rule.* A condition of its events, true, and false in the minds of all who are not said to know it,
whoever imagines them (``Property.unknown_to``). An action that is seen to follow it teaches it, by
surprise.

*Wish.* Its holder's utility is worth its weight more where condition and wish hold.

Generated names have a dot; should an author's have it too, a number makes them differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from msgspec.structs import replace

from unspoken.compiled.beginning import begin, bounds_of
from unspoken.compiled.leaves import Leaf, Names, leaves, rewritten
from unspoken.compiled.odds import (
    Contribution,
    Odds,
    Rank,
    depends_on_more,
    given_to,
    has_a_heart,
    use_of,
)
from unspoken.compiled.phrases import (
    all_of,
    any_of,
    believed,
    number,
    plus,
    within,
    worth,
)
from unspoken.model import (
    FALSE,
    TRUE,
    Action,
    Arithmetic,
    Assign,
    Comparator,
    Comparison,
    EntityTerm,
    Expression,
    Fluent,
    Hunch,
    InnerLife,
    Not,
    Operator,
    Property,
    Rule,
    Storyworld,
    Term,
    Trigger,
    Utility,
    VariableTerm,
    Wish,
    fillings,
    substitute,
)
from unspoken.model.substitute import fresh_name
from unspoken.model.truths import is_truth

Event = TypeVar("Event", Action, Trigger)

FAR = 2**53
"""Beyond this not every whole number is a 64-bit float, so there are no steps to take."""


def lower(world: Storyworld) -> Storyworld:
    """The world with everything that is state, and what everybody wants, said in plain terms."""
    inner = world.inner
    if not (inner.hunches or inner.drives or inner.rules or inner.wishes):
        return world
    return _Lowering(world).lowered()


def schemas_as_written(
    world: Storyworld, lowered: Storyworld
) -> tuple[tuple[Action | Trigger, ...], tuple[Action | Trigger, ...]]:
    """The lowered world's actions and triggers, with the effects that the author gave them (but
    with the rules that they follow); and, as they are, the triggers that nobody wrote."""

    def as_written(one: Event, other: Event) -> Event:
        return replace(one, precondition=other.precondition)

    actions = map(as_written, world.actions, lowered.actions)
    triggers = map(as_written, world.triggers, lowered.triggers)
    return (*actions,), (*triggers, *lowered.triggers[len(world.triggers) :])


class _Lowering:
    def __init__(self, world: Storyworld) -> None:
        self.world = world
        self.inner = world.inner
        self.hunches = {hunch.property: hunch for hunch in self.inner.hunches}
        self.bounds = bounds_of(world)
        self.taken = {
            *(declared.name for declared in world.properties),
            *(action.name for action in world.actions),
            *(trigger.name for trigger in world.triggers),
        }
        self.given: list[Property] = []

    def lowered(self) -> Storyworld:
        world = self.world
        actions = tuple(self._event(self._ruled(action)) for action in world.actions)
        triggers = tuple(self._event(self._ruled(trigger)) for trigger in world.triggers)
        settling = tuple(self._settling(hunch) for hunch in self.inner.hunches)
        noticing = tuple(self._noticing())
        return replace(
            world,
            properties=(*map(self._declared, world.properties), *self.given),
            actions=actions,
            triggers=(*triggers, *settling, *noticing),
            initial=begin(world),
            utilities=tuple(self._utilities()),
            inner=InnerLife(),
        )

    def _name(self, name: str) -> str:
        name = fresh_name(name, self.taken) if name in self.taken else name
        self.taken.add(name)
        return name

    def _declared(self, declared: Property) -> Property:
        for rule in self.inner.rules:
            if rule.property == declared:
                unknown_to = (name for name in self.world.characters if name not in rule.known)
                return replace(declared, unknown_to=tuple(unknown_to))
        bounds = self.bounds.get(declared)
        if bounds is None or declared.range != "number" or max(map(abs, bounds)) > FAR:
            return declared
        return replace(declared, whole=True)

    # Events.

    def _ruled(self, event: Event) -> Event:
        follows: list[Rule] = [rule for rule in self.inner.rules if event.name in rule.events]
        if not follows:
            return event
        conditions = [*map(_holds, follows), event.precondition]
        return replace(event, precondition=all_of(conditions))

    def _event(self, event: Event) -> Event:
        names = Names(event)
        assigned = tuple(leaves(event.effect, names))
        replaced: set[Property] = set()
        effects: list[Expression] = []
        for hunch in self.inner.hunches:
            odds = Odds(self.world, hunch, event, names)
            moved = self._moved(odds, assigned)
            if moved is not None:
                replaced.add(hunch.property)
                effects += odds.effects(moved)
        effect = event.effect
        if effect is not None:
            effect = rewritten(effect, lambda f, v: self._bounded(f, v, replaced))
        if effects:
            effect = all_of((TRUE if effect is None else effect, *effects))
        return event if effect == event.effect else replace(event, effect=effect)

    def _moved(self, odds: Odds, assigned: tuple[Leaf, ...]) -> list[Contribution] | None:
        """All that an event does to a hunch's odds; None if what the author wrote will do."""
        hunch = odds.hunch
        authored = [leaf for leaf in assigned if leaf.fluent.property == hunch.property]
        # What is given to somebody, over what is given to all who see it.
        found = [odds.authored(leaf) for leaf in sorted(authored, key=lambda leaf: not leaf.minds)]
        if any(map(depends_on_more, found)):
            return None
        for leaf in assigned:
            if leaf.fluent.property == hunch.of.property:
                found += odds.outright(leaf)
        found += odds.proven()
        found += odds.signs(sign for sign in self.inner.signs if sign.of.property == hunch.property)
        as_written = all(one.rank is Rank.AUTHORED for one in found) and all(
            leaf.minds for leaf in authored
        )
        return None if as_written else found

    def _bounded(
        self, fluent: Fluent, value: Expression, replaced: set[Property]
    ) -> Expression | None:
        if fluent.property in replaced:
            return TRUE
        if fluent.property not in self.bounds:
            return None
        return Assign(fluent, within(value, *self.bounds[fluent.property]))

    # Laws.

    def _settling(self, hunch: Hunch) -> Trigger:
        """What a mind believes is the sign of its odds."""
        declared, of = hunch.property, hunch.of
        odds = Fluent(declared, tuple(map(use_of, declared.parameters)))
        likely = Comparison(Comparator.GT, odds, number(0))
        unlikely = Comparison(Comparator.LT, odds, number(0))
        effects = [Assign(of, likely)]
        if has_a_heart(self.world, hunch):
            effects.append(Assign(replace(of, minds=(of.arguments[0], *of.minds)), likely))
        return Trigger(
            self._name(f"{declared.name}.settles"),
            declared.parameters,
            any_of((all_of((likely, Not(of))), all_of((unlikely, of)))),
            all_of(effects),
            origin=hunch.origin,
        )

    def _noticing(self) -> Iterator[Trigger]:
        """Signs that are noticed once, when something comes to hold in the reader's mind."""
        for sign in self.inner.signs:
            hunch = self.hunches.get(sign.of.property)
            if sign.when is None or hunch is None:
                continue
            name = self._name(f"{sign.name}.given")
            given = Property(name, sign.parameters, "boolean", sign.origin)
            terms: dict[str, Term] = {p.name: VariableTerm(p.name) for p in sign.parameters}
            reader = VariableTerm(sign.parameters[0].name)
            done = Fluent(given, tuple(terms.values()), (reader,))
            condition = all_of(
                (Not(done), believed((reader,), sign.when), *given_to(hunch, sign, terms))
            )
            if condition == FALSE:
                continue
            odds = replace(sign.of, minds=(reader,))
            low, high = (hunch.low, None) if sign.weight < 0 else (None, hunch.high)
            more = within(plus(odds, number(sign.weight)), low, high)
            self.given.append(given)
            effect = all_of((done, Assign(odds, more)))
            yield Trigger(name, sign.parameters, condition, effect, origin=sign.origin)

    # What everybody wants.

    def _utilities(self) -> Iterator[Utility]:
        # A later utility of the same owner replaces an earlier one.
        declared = {utility.character: utility for utility in self.world.utilities}
        wanted = {name: list(self._wanted(name)) for name in self.world.characters}
        for who, utility in declared.items():
            extra = wanted.pop(who, []) if who is not None else []
            yield replace(utility, expression=_sum(utility.expression, extra)) if extra else utility
        for who, extra in wanted.items():
            if extra:
                yield Utility(who, _sum(None, extra))

    def _wanted(self, name: str) -> Iterator[Expression]:
        """What each of a character's wishes, filled in, adds to its utility."""
        for wish in self.inner.wishes:
            for filling in fillings(self.world, wish.parameters):
                if filling.arguments[0] == EntityTerm(name):
                    yield self._worth(wish, filling.terms)

    def _worth(self, wish: Wish, terms: dict[str, Term]) -> Expression:
        parts = (wish.wants,) if wish.condition is None else (wish.condition, wish.wants)
        condition = all_of(substitute(part, terms) for part in parts)
        if wish.drive is None:
            return worth(condition, number(wish.weight))
        high = self.bounds.get(wish.drive.property, (0, 1))[1] or 1
        level = substitute(wish.drive, terms)
        return worth(condition, Arithmetic(Operator.MULTIPLY, number(wish.weight / high), level))


def _holds(rule: Rule) -> Expression:
    return Fluent(rule.property)


def _sum(declared: Expression | None, extra: list[Expression]) -> Expression:
    total: Expression = number(0)
    if declared is not None:
        total = worth(declared, number(1)) if is_truth(declared) else declared
    for one in extra:
        total = plus(total, one)
    return total
