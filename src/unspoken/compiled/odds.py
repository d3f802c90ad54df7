"""What an event does to the odds at which minds hold a hunch.

Receives an event schema and a hunch; hands on effects. Four things move odds, the first that
applies to somebody's odds wins, and signs add up:

1. *authored*: the author's own effects on the odds. Signs given by the same event count too.
2. *outright*: an effect on what the hunch is about. Whoever it is made true for is sure of it.
3. *proven*: a precondition of an action. Whoever sees the action knows that what it takes was so,
   and is sure of it from then on; whoever sees somebody act on a belief that it did not think
   it had (``believes(c, f)`` as a precondition) takes it to lean that way, no more. Without this
   the odds of a mind that is surprised would at once undo what it has just seen.
4. *signs*: whoever observes it adds the weights of all signs that the action gives it.

All of them are effects on ``believes(reader, odds)`` with the action's own observing condition, so
they are judged wherever the event is: in the world, and as each mind imagines the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum

from msgspec import Struct
from msgspec.structs import replace

from unspoken.compiled.leaves import Leaf, Names
from unspoken.compiled.matching import matched, narrowed, types_of
from unspoken.compiled.phrases import (
    all_of,
    any_of,
    believed,
    denied,
    equal,
    number,
    over,
    plus,
    stands,
    within,
    worth,
)
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
    Hunch,
    If,
    Literal,
    Not,
    Or,
    Parameter,
    Quantifier,
    Quantity,
    Sign,
    Storyworld,
    Term,
    Trigger,
    Variable,
    VariableTerm,
    fillings,
    substitute,
    substitute_term,
)
from unspoken.model.substitute import names_in


class Rank(IntEnum):
    AUTHORED = 0
    OUTRIGHT = 1
    NOTICED = 2
    PROVEN = 3
    SIGN = 4


class Contribution(Struct, frozen=True):
    """``value`` set (of signs: added) to the odds at ``target`` (minds, then arguments), for
    everything that ``binders`` range over, where ``condition`` holds. What is only noticed sets
    nothing: it leaves the odds to what is done where it is noticed."""

    rank: Rank
    target: tuple[Term, ...]
    binders: tuple[Variable, ...]
    condition: Expression
    value: Expression


class Need(Struct, frozen=True):
    """What a precondition needs something to come to in what ``minds`` believe. Not ``sure``: only
    where ``path`` holds, and other ways might do."""

    minds: tuple[Term, ...] = ()
    truth: bool = True
    binders: tuple[Variable, ...] = ()
    path: Expression = TRUE
    sure: bool = True


class _About(Struct, frozen=True):
    """Odds that go with a fluent: whose, with what arguments (``binders``: any); what has to hold
    for the fluent to be what the hunch is about; whose heart it is in."""

    minds: tuple[Term, ...]
    arguments: tuple[Term, ...]
    binders: tuple[Variable, ...]
    conditions: tuple[Expression, ...]
    heart: Term | None

    @property
    def target(self) -> tuple[Term, ...]:
        return (*self.minds, *self.arguments)


class Odds:
    """What one event schema does to one hunch's odds."""

    def __init__(
        self, world: Storyworld, hunch: Hunch, event: Action | Trigger, names: Names
    ) -> None:
        self.world = world
        self.hunch = hunch
        self.event = event
        self.names = names
        self.parameters = tuple(p for p in hunch.property.parameters if isinstance(p, Variable))

    # Where odds come from.

    def authored(self, leaf: Leaf) -> Contribution:
        """Odds are somebody's: those that an action gives to nobody go to all who see it."""
        minds, binders, condition, value = leaf.minds, leaf.binders, leaf.condition, leaf.value
        if not minds and isinstance(self.event, Action):
            seer, sees = self._seer()
            minds, binders = (VariableTerm(seer.name),), (*binders, seer)
            condition = all_of((sees, believed(minds, condition)))
            value = believed(minds, value)
        target = (*minds, *leaf.fluent.arguments)
        return Contribution(Rank.AUTHORED, target, binders, condition, value)

    def outright(self, leaf: Leaf) -> Iterator[Contribution]:
        """Where the leaf makes the hunch's matter true or false, its odds go along."""
        found = self._about(leaf.fluent, leaf.minds)
        if found is None:
            return
        for value, met in self._certain(leaf.value):
            yield Contribution(
                Rank.OUTRIGHT,
                found.target,
                (*leaf.binders, *found.binders),
                all_of((leaf.condition, met, *found.conditions)),
                value,
            )

    def _certain(self, value: Expression) -> tuple[tuple[Expression, Expression], ...]:
        """Odds that go with a truth that is assigned, and when."""
        match value:
            case Literal(bool(truth)):
                return ((number(certain(self.hunch, truth)), TRUE),)
            case _:
                high, low = (number(certain(self.hunch, truth)) for truth in (True, False))
                return ((high, value), (low, denied(value)))

    def noticed(self, one: Contribution) -> Contribution:
        """In the mind of whoever sees the action, this happens as well."""
        seer, sees = self._seer()
        watching = VariableTerm(seer.name)
        condition = all_of((sees, believed((watching,), one.condition)))
        target = (watching, *one.target)
        return Contribution(Rank.NOTICED, target, (*one.binders, seer), condition, one.value)

    def proven(self) -> Iterator[Contribution]:
        if not isinstance(self.event, Action):
            return
        hunch = self.hunch
        for fluent, need in needs(self.event.precondition, self.names):
            if fluent.property != hunch.of.property:
                continue
            found = self._about(fluent, need.minds)
            if found is None:
                continue
            seer, sees = self._seer()
            watching = VariableTerm(seer.name)
            here = stands(replace(fluent, minds=need.minds), need.truth)
            otherwise = stands(replace(fluent, minds=(watching, *need.minds)), not need.truth)
            news: Expression
            if not need.sure:
                unforeseen = denied(believed((watching,), self.event.precondition))
                news = all_of((need.path, unforeseen, otherwise))
            elif found.minds:
                news = otherwise
            elif found.heart is not None:
                # Nobody needs to be shown its own heart, unless it was wrong about it.
                news = any_of((_other(watching, found.heart), otherwise))
            else:
                news = TRUE
            value = certain(hunch, need.truth)
            if found.minds:
                value = max(-1, min(1, value))
            yield Contribution(
                Rank.PROVEN,
                (watching, *found.target),
                (*need.binders, *found.binders, seer),
                all_of((sees, *found.conditions, here, news)),
                number(value),
            )

    def signs(self, signs: Iterable[Sign]) -> Iterator[Contribution]:
        event = self.event
        if not isinstance(event, Action):
            return
        shown = tuple(map(use_of, event.parameters))
        for sign in signs:
            use = sign.seen
            if use is None or use.event != event.name or len(use.arguments) != len(shown):
                continue
            found = matched(self.world, use.arguments, shown, sign.parameters, self.names.types)
            if found is None:
                continue
            terms, binders = dict(found.terms), []
            for parameter in sign.parameters:
                if parameter.name not in terms:
                    binder = self.names.fresh(parameter.name, parameter.type)
                    binders.append(binder)
                    terms[parameter.name] = VariableTerm(binder.name)
            reader = terms[sign.parameters[0].name]
            condition = all_of(
                (*found.conditions, self._sees(reader), *given_to(self.hunch, sign, terms))
            )
            if condition != FALSE:
                arguments = (substitute_term(term, terms) for term in sign.of.arguments)
                target = (reader, *arguments)
                weight = number(sign.weight)
                yield Contribution(Rank.SIGN, target, tuple(binders), condition, weight)

    def _sees(self, who: Term) -> Expression:
        """``who`` observes the action."""
        if not isinstance(self.event, Action) or self.event.observing is None:
            return TRUE
        observing = self.event.observing
        return substitute(observing.condition, {observing.variable.name: who})

    def _seer(self) -> tuple[Variable, Expression]:
        seer = self.names.fresh("seer", "character")
        return seer, self._sees(VariableTerm(seer.name))

    def _about(self, fluent: Fluent, minds: tuple[Term, ...]) -> _About | None:
        """The odds that go with a fluent along a chain of minds; None: not of this hunch."""
        of = self.hunch.of
        split = len(minds) - len(of.minds)
        if split < 0:
            return None
        found = matched(
            self.world,
            (*of.arguments, *of.minds),
            (*fluent.arguments, *minds[split:]),
            self.parameters,
            self.names.types,
        )
        if found is None:
            return None
        arguments: list[Term] = []
        binders: list[Variable] = []
        for parameter in self.hunch.property.parameters:
            if not isinstance(parameter, Variable):
                arguments.append(parameter)
            elif parameter.name in found.terms:
                arguments.append(found.terms[parameter.name])
            else:
                binders.append(self.names.fresh(parameter.name, parameter.type))
                arguments.append(VariableTerm(binders[-1].name))
        heart = fluent.arguments[0] if has_a_heart(self.world, self.hunch) else None
        return _About(minds[:split], tuple(arguments), tuple(binders), found.conditions, heart)

    # Put together.

    def effects(self, contributions: Iterable[Contribution]) -> Iterator[Expression]:
        """One effect for all that may be about the same odds."""
        groups: dict[int, list[Contribution]] = {}
        for one in sorted(contributions, key=lambda one: one.rank):
            minds = len(one.target) - len(self.hunch.property.parameters)
            groups.setdefault(minds, []).append(one)
        if isinstance(self.event, Action):
            # What a mind is told comes over what it does for itself when it sees the action; so
            # it must not be told of odds that it then sets outright.
            for minds in sorted(groups):
                made = [one for one in groups[minds] if one.rank <= Rank.OUTRIGHT]
                if made and minds + 1 in groups:
                    groups[minds + 1] += map(self.noticed, made)
                    groups[minds + 1].sort(key=lambda one: one.rank)
        for minds, group in sorted(groups.items()):
            yield self._effect(minds, group)

    def _effect(self, minds: int, group: Sequence[Contribution]) -> Expression:
        target, variables, aligned = self._aligned(minds, group)
        declared = self.hunch.property
        odds = Fluent(declared, target[minds:], target[:minds])
        low, high = self.hunch.low, self.hunch.high
        signs = [one for one in aligned if one.rank is Rank.SIGN]
        total: Expression = number(0)
        for one in signs:
            amount = worth(one.condition, one.value)
            total = plus(total, over(Quantity.SUM, one.binders, amount))
        branches: list[tuple[Expression, Expression]] = []
        elsewhere: list[Expression] = []
        for one in aligned:
            met = over(Quantity.EXISTS, one.binders, one.condition)
            if one.rank is Rank.NOTICED:
                elsewhere.append(denied(met))
            elif one.rank is not Rank.SIGN:
                value = one.value
                if one.rank is Rank.AUTHORED:
                    value = within(plus(value, total), low, high)
                branches.append((all_of((met, *elsewhere)), Assign(odds, value)))
        if signs:
            given = any_of(over(Quantity.EXISTS, one.binders, one.condition) for one in signs)
            if len(signs) == 1 and not signs[0].binders:
                total = signs[0].value
            weights = [one.value.value for one in signs if isinstance(one.value, Literal)]
            least = low if any(weight < 0 for weight in weights) else None
            most = high if any(weight > 0 for weight in weights) else None
            more = within(plus(odds, total), least, most)
            branches.append((all_of((given, *elsewhere)), Assign(odds, more)))
        return over(Quantity.FORALL, variables, first_of(branches))

    def _aligned(
        self, minds: int, group: Sequence[Contribution]
    ) -> tuple[tuple[Term, ...], tuple[Variable, ...], list[Contribution]]:
        """The least general target that all contributions are cases of (Plotkin's
        anti-unification), the variables that it ranges over, and the contributions as
        conditions on these; what is left of their own binders is in no target."""
        types = ["character"] * minds + [
            p.type if isinstance(p, Variable) else "" for p in self.hunch.property.parameters
        ]
        target: list[Term] = []
        variables: list[Variable] = []
        terms: list[dict[str, Term]] = [{} for _ in group]
        conditions: list[list[Expression]] = [[] for _ in group]
        shared: dict[tuple[Term, ...], Term] = {}
        for place, type_name in enumerate(types):
            column = tuple(one.target[place] for one in group)
            own = [_binder(one, term) for one, term in zip(group, column, strict=True)]
            if column in shared:
                target.append(shared[column])
                continue
            if not any(own) and len(set(column)) == 1:
                target.append(column[0])
                continue
            first = own[0]
            alike = first is not None and all(b is not None and b.type == first.type for b in own)
            if first is not None and alike and first.name not in terms[0]:
                variable = first
            else:
                variable = self.names.fresh("any", type_name)
            variables.append(variable)
            here = VariableTerm(variable.name)
            target.append(here)
            if alike:
                shared[column] = here
            for n, (binder, term) in enumerate(zip(own, column, strict=True)):
                if binder is None:
                    conditions[n].append(equal(here, term))
                elif binder.name in terms[n]:
                    conditions[n].append(equal(here, terms[n][binder.name]))
                else:
                    terms[n][binder.name] = here
                    conditions[n].append(narrowed(self.world, here, binder.type, self.names.types))
        aligned = [
            Contribution(
                one.rank,
                tuple(target),
                tuple(binder for binder in one.binders if binder.name not in terms[n]),
                all_of((*conditions[n], substitute(one.condition, terms[n]))),
                substitute(one.value, terms[n]),
            )
            for n, one in enumerate(group)
        ]
        return tuple(target), tuple(variables), aligned


def certain(hunch: Hunch, truth: bool) -> int:
    """The odds of who is sure that what the hunch is about is so, or is not so."""
    return hunch.high if truth else hunch.low


def odds_about(world: Storyworld) -> Iterator[tuple[Fluent, Fluent, Hunch]]:
    """Everything that hunches are about, with its odds, without variables."""
    for hunch in world.inner.hunches:
        odds = Fluent(hunch.property, tuple(map(use_of, hunch.property.parameters)))
        for filling in fillings(world, hunch.property.parameters):
            of = substitute(hunch.of, filling.terms)
            yield of, substitute(odds, filling.terms), hunch


def use_of(parameter: Parameter) -> Term:
    """A parameter as an argument within its signature's scope."""
    return VariableTerm(parameter.name) if isinstance(parameter, Variable) else parameter


def has_a_heart(world: Storyworld, hunch: Hunch) -> bool:
    """Is the hunch about what is in somebody, who then knows it?"""
    if not hunch.of.arguments:
        return False
    types = {p.name: p.type for p in hunch.property.parameters if isinstance(p, Variable)}
    return "character" in types_of(world, hunch.of.arguments[0], types)


def given_to(hunch: Hunch, sign: Sign, terms: dict[str, Term]) -> Iterator[Expression]:
    """What else has to hold for a sign to be given to its reader: its own condition, as the reader
    sees it; and that it is not about the reader's own heart, unless the author says so
    (``for: sure(reader, ...)``)."""
    first = sign.parameters[0].name
    reader = terms[first]
    if hunch.of.arguments:
        filled = zip(hunch.property.parameters, sign.of.arguments, strict=True)
        meant = {p.name: term for p, term in filled if isinstance(p, Variable)}
        heart = substitute_term(hunch.of.arguments[0], meant)
        if heart != VariableTerm(first):
            yield _other(reader, substitute_term(heart, terms))
    if sign.condition is not None:
        yield believed((reader,), substitute(sign.condition, terms))


def _other(who: Term, whom: Term) -> Expression:
    return denied(equal(who, whom))


def depends_on_more(one: Contribution) -> bool:
    """Does the value depend on more than whose odds they are?"""
    named = {term.name for term in one.target if isinstance(term, VariableTerm)}
    return any(b.name not in named and b.name in names_in(one.value) for b in one.binders)


def _binder(one: Contribution, term: Term) -> Variable | None:
    if not isinstance(term, VariableTerm):
        return None
    return next((binder for binder in one.binders if binder.name == term.name), None)


def first_of(branches: Sequence[tuple[Expression, Expression]]) -> Expression:
    """The effect of the first branch whose condition holds."""
    kept: list[tuple[Expression, Expression]] = []
    for condition, effect in branches:
        if condition == TRUE:
            return If(tuple(kept), effect) if kept else effect
        kept.append((condition, effect))
    return If(tuple(kept))


def needs(
    condition: Expression, names: Names, need: Need = Need()
) -> Iterator[tuple[Fluent, Need]]:
    """The boolean fluents (without their minds) on which a precondition depends, and how."""

    def one_of(parts: Sequence[Expression], need: Need) -> Iterator[tuple[Fluent, Need]]:
        for part in parts:
            here = part if need.truth else denied(part)
            path = all_of((need.path, believed(need.minds, here)))
            yield from needs(part, names, replace(need, path=path, sure=False))

    match condition:
        case Fluent(_, _, minds):
            yield replace(condition, minds=()), replace(need, minds=(*need.minds, *minds))
        case Believes(character, inner):
            yield from needs(inner, names, replace(need, minds=(*need.minds, character)))
        case Not(inner):
            yield from needs(inner, names, replace(need, truth=not need.truth))
        case And(parts) | Or(parts):
            if isinstance(condition, And) == need.truth:
                for part in parts:
                    yield from needs(part, names, need)
            else:
                yield from one_of(parts, need)
        case If(((test, then), *more), otherwise):
            rest = If(tuple(more), otherwise) if more else otherwise
            other = Not(test) if rest is None else And((Not(test), rest))
            yield from needs(Or((And((test, then)), other)), names, need)
        case Quantifier(quantity, variable, body):
            fresh = names.fresh(variable.name, variable.type)
            body = substitute(body, {variable.name: VariableTerm(fresh.name)})
            need = replace(need, binders=(*need.binders, fresh))
            if (quantity is Quantity.FORALL) == need.truth:
                yield from needs(body, names, need)
            else:
                yield from one_of((body,), need)
        case Comparison(Comparator.EQ | Comparator.NE as comparator, left, Literal(bool(value))):
            same = value == (comparator is Comparator.EQ)
            yield from needs(left, names, replace(need, truth=need.truth == same))
        case Comparison(Comparator.EQ | Comparator.NE, Literal(bool()) as left, right):
            yield from needs(replace(condition, left=right, right=left), names, need)
