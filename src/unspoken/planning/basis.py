"""What the acts of a story and everybody's reasons for them rest on: facts, in the world and in
minds, and what in the end there is to gain.

Receives a grounded world and a plan with its reasons; hands on values. A precondition, or a term
of a utility, rests on as few of the facts that it reads as settle it (of a true ``|``, the first
part that is true). Read by ``bridge`` (what must a reader know?) and ``recognition`` (what must
they have believed?).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from unspoken.engine import GroundEvent, GroundWorld, NamedValue, State, fluent_text, text_of
from unspoken.model import (
    And,
    Arithmetic,
    Believes,
    Comparison,
    EntityTerm,
    Expression,
    Fluent,
    If,
    IsA,
    Not,
    Operator,
    Or,
    Quantifier,
    Quantity,
    Term,
    Variable,
)
from unspoken.model.substitute import substitute
from unspoken.planning.facts import instances, precondition, within_minds
from unspoken.planning.plan import Plan, Reason, Step

Chain = tuple[str, ...]
"""Minds, outermost first; () is the world."""


class Held(Struct, frozen=True, order=True):
    """That ``minds`` take ``fluent`` to have ``value``; prints as a condition of the language."""

    minds: Chain
    fluent: str
    value: NamedValue

    def __str__(self) -> str:
        text = self.bare
        for mind in reversed(self.minds):
            text = f"believes({mind}, {text})"
        return text

    @property
    def bare(self) -> str:
        """The same without whose mind it is in: ``!open()``, ``at(Tara) == Room``."""
        if isinstance(self.value, bool):
            return self.fluent if self.value else f"!{self.fluent}"
        return f"{self.fluent} == {text_of(self.value)}"


class Motive(Struct, frozen=True):
    """Why ``character`` takes part in an act. ``gained``: the facts it expects to bring about that
    make the difference to its utility, as it would be then (from ``before`` to ``after``).
    ``held``: what it believes, then and there, that this rests on: what makes the act possible and
    the gain one. ``then``: the acts that it expects to follow."""

    character: str
    then: tuple[str, ...]
    gained: tuple[Held, ...]
    held: tuple[Held, ...]
    before: float | None
    after: float | None


class Basis(Struct, frozen=True):
    """What one act of a story rests on: ``needs``, what makes it possible in the world;
    ``motives``, one for each who takes part; ``assumed``: the facts at the story's beginning, in
    the world and in minds, from which all that is handed down unchanged."""

    act: str
    needs: tuple[Held, ...]
    motives: tuple[Motive, ...]
    assumed: tuple[Held, ...]


def bases(ground: GroundWorld, plan: Plan) -> tuple[Basis, ...]:
    """What each act of a plan rests on. The reasons are taken as they stand; whether they hold is
    ``replay``'s affair. Raises KeyError for an act that the world lacks."""
    path: list[State] = [ground.initial]
    found = []
    for step in plan:
        found.append(_basis(path, step))
        path.append(path[-1].after(step.act))
    return tuple(found)


def _basis(path: list[State], step: Step) -> Basis:
    act = path[-1].ground.action(step.act)
    rested: list[_Rested] = list(_possible(path, (), act))
    needs = tuple(dict.fromkeys(rest.held for rest in rested))
    motives = []
    for reason in step.reasons:
        motive, more = _motive(path, (), act, reason)
        motives.append(motive)
        rested.extend(more)
    assumed = (rest.origin for rest in rested if rest.origin is not None)
    return Basis(step.act, needs, tuple(motives), tuple(dict.fromkeys(assumed)))


class _Rested(Struct, frozen=True):
    """A fact that something rests on, as it is then; and ``origin``, the same at the beginning of
    the story, if nothing has touched it since."""

    held: Held
    origin: Held | None


def _possible(path: Sequence[State], chain: Chain, act: GroundEvent) -> Iterator[_Rested]:
    return _rest(path, chain, settling(path[-1], precondition(act)))


def _rest(path: Sequence[State], chain: Chain, fluents: Sequence[Fluent]) -> Iterator[_Rested]:
    """``path``: what ``chain`` took the world to be from the story's beginning on, imagined acts
    included."""
    for fluent in fluents:
        inner = tuple(_name(mind) for mind in fluent.minds)
        text = fluent_text(fluent)
        values = [_value(state, inner, text) for state in path]
        # Everybody knows what they believe: a mind within the same mind is that mind.
        minds = tuple(mind for mind, _ in groupby((*chain, *inner)))
        held = Held(minds, text, values[-1])
        same = all(value == values[-1] for value in values)
        yield _Rested(held, held if same else None)


def _motive(
    path: Sequence[State], chain: Chain, act: GroundEvent, reason: Reason
) -> tuple[Motive, list[_Rested]]:
    who = reason.character
    chain = (*chain, who)
    along: list[State] = [state.mind(who) for state in path]
    before = along[-1]
    # What it believes now; what it only imagines to come about is no belief to be had.
    now = len(along)
    rested = list(_possible(along, chain, act))
    along.append(along[-1].after(act))
    deeper: list[_Rested] = []
    for step in reason.rest:
        event = before.ground.action(step.act)
        rested.extend(_possible(along, chain, event))
        for other in step.reasons:
            deeper.extend(_motive(along, chain, event, other)[1])
        along.append(along[-1].after(event))
    gained, weighed = _stakes(before, along[-1], who)
    rested.extend(_rest([*along[:now], along[-1]], chain, weighed))
    rested.extend(deeper)
    held = []
    for rest in rested:
        current = _now(before, len(chain), rest.held)
        if current == rest.held and rest.held not in held:
            held.append(rest.held)
    gains = tuple(rest.held for rest in _rest(along[-1:], chain, gained))
    motive = Motive(
        character=who,
        then=tuple(step.act for step in reason.rest),
        gained=gains,
        held=tuple(held),
        before=before.utility(who) if reason.before is None else reason.before,
        after=along[-1].utility(who) if reason.after is None else reason.after,
    )
    return motive, rested


def _now(before: State, depth: int, held: Held) -> Held:
    """The same fact as the owner of a reason holds it before the act."""
    state = before
    for mind in held.minds[depth:]:
        state = state.mind(mind)
    return Held(held.minds, held.fluent, state.value(held.fluent))


def gains(before: State, after: State, who: str) -> tuple[str, ...]:
    """The facts, as conditions, that make the difference to a character's utility between two
    states, as they are in the second."""
    texts = []
    for fluent in _stakes(before, after, who)[0]:
        minds = tuple(_name(mind) for mind in fluent.minds)
        text = fluent_text(fluent)
        texts.append(str(Held(minds, text, _value(after, minds, text))))
    return tuple(texts)


def _stakes(before: State, after: State, who: str) -> tuple[list[Fluent], list[Fluent]]:
    """Of the terms of a utility that are worth more in one state than in the other (where there
    are none, of those that differ): the fluents that made the difference, and those beside them
    that did not change."""
    differ: list[Expression] = []
    rise: list[Expression] = []
    for utility in before.ground.world.utilities:
        if utility.character != who:
            continue
        for sign, term in _terms(before, utility.expression, 1):
            first, last = before.evaluate(term), after.evaluate(term)
            if first == last:
                continue
            differ.append(term)
            known = not isinstance(first, str | None) and not isinstance(last, str | None)
            if known and sign * (float(last or 0) - float(first or 0)) > 0:
                rise.append(term)
    gained: list[Fluent] = []
    weighed: list[Fluent] = []
    for term in rise or differ:
        for fluent in (*settling(after, term), *settling(before, term)):
            changed = before.evaluate(fluent) != after.evaluate(fluent)
            into = gained if changed else weighed
            if fluent not in into:
                into.append(fluent)
    return gained, weighed


def _terms(state: State, expression: Expression, sign: int) -> Iterator[tuple[int, Expression]]:
    """What a utility adds up (1) and takes off (-1)."""
    match expression:
        case Arithmetic(Operator.ADD | Operator.SUBTRACT as operator, left, right):
            yield from _terms(state, left, sign)
            yield from _terms(state, right, sign if operator is Operator.ADD else -sign)
        case Quantifier(Quantity.SUM, variable, body):
            for instance in _instances(state, variable, body):
                yield from _terms(state, instance, sign)
        case _:
            yield sign, expression


# What settles an expression


def settling(state: State, expression: Expression) -> tuple[Fluent, ...]:
    """Fluents, each once, whose values in a state settle what a closed expression is there."""
    return tuple(dict.fromkeys(_settling(state, expression, ())))


def mentioned(state: State, expression: Expression) -> tuple[Fluent, ...]:
    """Every fluent that a closed expression speaks of, whatever holds."""
    return tuple(dict.fromkeys(_settling(state, expression, (), everything=True)))


def _settling(
    state: State, expression: Expression, minds: tuple[Term, ...], *, everything: bool = False
) -> Iterator[Fluent]:
    def inside(part: Expression) -> Iterator[Fluent]:
        return _settling(state, part, minds, everything=everything)

    def holds(part: Expression) -> bool:
        return state.evaluate(within_minds(part, minds)) is True

    def some(parts: Sequence[Expression], decisive: bool) -> Iterator[Fluent]:
        """The first part that is ``decisive`` settles the whole; else it takes them all."""
        deciding = [part for part in parts if holds(part) is decisive] if not everything else []
        for part in deciding[:1] or parts:
            yield from inside(part)

    match expression:
        case Fluent(property_, arguments, inner):
            yield Fluent(property_, arguments, (*minds, *inner))
        case Believes(character, believed):
            yield from _settling(state, believed, (*minds, character), everything=everything)
        case And(parts):
            yield from some(parts, False)
        case Or(parts):
            yield from some(parts, True)
        case Quantifier(quantity, variable, body):
            parts = tuple(_instances(state, variable, body))
            if quantity in (Quantity.FORALL, Quantity.EXISTS):
                yield from some(parts, quantity is Quantity.EXISTS)
            else:
                for part in parts:
                    yield from inside(part)
        case Not(part) | IsA(part):
            yield from inside(part)
        case Comparison(_, left, right) | Arithmetic(_, left, right):
            yield from inside(left)
            yield from inside(right)
        case If(branches, otherwise):
            for condition, branch in branches:
                yield from inside(condition)
                taken = holds(condition)
                if taken or everything:
                    yield from inside(branch)
                if taken and not everything:
                    return
            if otherwise is not None:
                yield from inside(otherwise)
        case _:
            pass  # constants


def entities(expression: Expression) -> Iterator[str]:
    """The entities that a closed expression names itself, values included."""
    match expression:
        case EntityTerm(name):
            yield name
        case Fluent(_, arguments, minds):
            for term in (*minds, *arguments):
                yield from entities(term)
        case Believes(character, inner):
            yield from entities(character)
            yield from entities(inner)
        case And(parts) | Or(parts):
            for part in parts:
                yield from entities(part)
        case Not(inner) | IsA(inner) | Quantifier(_, _, inner):
            yield from entities(inner)
        case Comparison(_, left, right) | Arithmetic(_, left, right):
            yield from entities(left)
            yield from entities(right)
        case If(branches, otherwise):
            for condition, branch in branches:
                yield from entities(condition)
                yield from entities(branch)
            if otherwise is not None:
                yield from entities(otherwise)
        case _:
            pass


def _instances(state: State, variable: Variable, body: Expression) -> Iterator[Expression]:
    for term in instances(state.ground, variable):
        yield substitute(body, {variable.name: term})


def _name(term: Term) -> str:
    assert isinstance(term, EntityTerm), "a closed expression's minds are somebody's"
    return term.name


def _value(state: State, minds: Chain, fluent: str) -> NamedValue:
    for mind in minds:
        state = state.mind(mind)
    return state.value(fluent)


__all__ = ["Basis", "Chain", "Held", "Motive", "bases", "entities", "mentioned"]
