"""What an expression says once its variables are filled: conditions, quantities, assignments.

Receives model expressions with an environment of values for their variables; hands on ground
trees that ``semantics`` reads in a state. Conditions come out with negation pushed to the atoms,
because an atom and its negation can both fail (1.6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import Protocol, TypeAlias, cast

from msgspec import Struct
from msgspec.structs import replace

from unspoken.model import (
    TRUE,
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
    Literal,
    Not,
    Operator,
    Or,
    Parameter,
    Quantifier,
    Quantity,
    Storyworld,
    Term,
    Unknown,
    Variable,
    VariableTerm,
)

Value: TypeAlias = bool | float | str | None
"""Unknown, a truth, a number, or an entity by its name."""

Chain: TypeAlias = tuple[str, ...]
"""Characters, outermost first, no character twice running; empty for what is true."""

Reader: TypeAlias = Callable[[Chain, int], Value]
"""The value of a fluent (by its place in ``Grounder.fluents``) along a chain of minds."""


class WorldsReader(Protocol):
    """A reader where minds may hold several worlds: it also reads each of them."""

    def __call__(self, chain: Chain, fluent: int) -> Value: ...
    def within(self, character: str) -> Iterable[WorldsReader]: ...


Environment: TypeAlias = Mapping[str, Value]


class IllFormed(Exception):
    """The world contradicts itself, divides by zero, or never settles."""


# Quantities: things with a value in a state.


class Constant(Struct, frozen=True):
    value: Value


class Read(Struct, frozen=True):
    chain: Chain
    fluent: int


class Calculate(Struct, frozen=True):
    operator: Operator
    left: Amount
    right: Amount


class Choose(Struct, frozen=True):
    """The first branch whose condition holds, else ``otherwise``."""

    branches: tuple[tuple[Condition, Amount], ...]
    otherwise: Amount


class Truth(Struct, frozen=True):
    condition: Condition


Amount: TypeAlias = Constant | Read | Calculate | Choose | Truth

# Conditions: things that hold or do not, with negation nowhere but in the comparators.


class Atom(Struct, frozen=True):
    comparator: Comparator
    left: Amount
    right: Amount


class AllOf(Struct, frozen=True):
    parts: tuple[Condition, ...]


class AnyOf(Struct, frozen=True):
    parts: tuple[Condition, ...]


class Within(Struct, frozen=True):
    """In all worlds that a character takes to be possible (it believes so), or in any."""

    mind: str
    all: bool
    condition: Condition


Condition: TypeAlias = Atom | AllOf | AnyOf | Within

ALWAYS = AllOf(())
NEVER = AnyOf(())


class Assignment(Struct, frozen=True):
    """``[chain]fluent = amount`` where ``condition`` holds, both read where the event happens."""

    condition: Condition
    chain: Chain
    fluent: int
    amount: Amount


# Reading them (1.6).


def same(left: Value, right: Value) -> bool:
    """Identity of values: unknown is one more value, and True is not the number 1."""
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def is_number(value: Value) -> bool:
    return isinstance(value, float)


def compare(comparator: Comparator, left: Value, right: Value) -> bool:
    if comparator is Comparator.EQ:
        return same(left, right)
    if comparator is Comparator.NE:
        return not same(left, right)
    if is_number(left) and is_number(right):
        assert isinstance(left, float)
        assert isinstance(right, float)
        if comparator is Comparator.GE:
            return left >= right
        if comparator is Comparator.LE:
            return left <= right
        return left > right if comparator is Comparator.GT else left < right
    # An unknown side, or no numbers at all: <= and >= act as ==, < and > are false.
    return comparator in (Comparator.GE, Comparator.LE) and same(left, right)


def calculate(operator: Operator, left: Value, right: Value) -> Value:
    if left is None or right is None:
        return None
    assert isinstance(left, float)
    assert isinstance(right, float)
    if operator is Operator.ADD:
        return left + right
    if operator is Operator.SUBTRACT:
        return left - right
    if operator is Operator.MULTIPLY:
        return left * right + 0.0  # there is no negative zero
    if right == 0.0:
        raise IllFormed("division by zero")
    return left / right + 0.0


def amount_of(amount: Amount, read: Reader) -> Value:
    match amount:
        case Constant(value):
            return value
        case Read(chain, fluent):
            return read(chain, fluent)
        case Calculate(operator, left, right):
            return calculate(operator, amount_of(left, read), amount_of(right, read))
        case Choose(branches, otherwise):
            for condition, chosen in branches:
                if holds(condition, read):
                    return amount_of(chosen, read)
            return amount_of(otherwise, read)
        case Truth(condition):
            return holds(condition, read)


def holds(condition: Condition, read: Reader) -> bool:
    match condition:
        case Atom(comparator, left, right):
            return compare(comparator, amount_of(left, read), amount_of(right, read))
        case AllOf(parts):
            return all(holds(part, read) for part in parts)
        case AnyOf(parts):
            return any(holds(part, read) for part in parts)
        case Within(mind, all_of_them, inner):
            worlds = cast("WorldsReader", read).within(mind)
            return (all if all_of_them else any)(holds(inner, world) for world in worlds)


def grounds(condition: Condition, read: Reader) -> Iterator[Atom]:
    """The atoms of every disjunct of a condition that is true here (2.4), in textual order.

    The disjuncts of a conjunction pair the disjuncts of its parts, so the true ones together hold
    the atoms of all true disjuncts of each part; nothing need be multiplied out. A conditional
    amount inside an atom is what it comes to here, and its condition is an atom beside it.
    """
    if not holds(condition, read):
        return
    match condition:
        case Atom(comparator, left, right):
            conditions: list[Condition] = []
            left, right = (chosen(side, read, conditions) for side in (left, right))
            for met in conditions:
                yield from grounds(met, read)
            yield Atom(comparator, left, right)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from grounds(part, read)
        case Within():
            pass  # see grounds_within


Minds: TypeAlias = tuple[tuple[str, bool], ...]
"""Nested minds, each with whether all of its worlds are meant or any."""


def around(minds: Minds, condition: Condition) -> Condition:
    """The condition on the worlds of nested minds."""
    for mind, all_of_them in reversed(minds):
        condition = Within(mind, all_of_them, condition)
    return condition


def grounds_within(
    condition: Condition, read: Reader, minds: Minds = ()
) -> Iterator[tuple[Minds, Atom]]:
    """What ``grounds`` leaves out: the atoms about worlds of minds, with these minds."""
    if not holds(around(minds, condition), read):
        return
    match condition:
        case Atom():
            if minds:
                yield minds, condition
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from grounds_within(part, read, minds)
        case Within(mind, all_of_them, inner):
            yield from grounds_within(inner, read, (*minds, (mind, all_of_them)))


def chosen(amount: Amount, read: Reader, conditions: list[Condition]) -> Amount:
    """The amount with every ``Choose`` replaced by the branch taken here; what made it be taken
    is added to ``conditions``."""
    match amount:
        case Calculate(operator, left, right):
            return Calculate(
                operator, chosen(left, read, conditions), chosen(right, read, conditions)
            )
        case Choose(branches, otherwise):
            for condition, branch in branches:
                if holds(condition, read):
                    conditions.append(condition)
                    return chosen(branch, read, conditions)
                conditions.append(negation(condition))
            return chosen(otherwise, read, conditions)
        case _:
            return amount


def reads(amount: Amount) -> Iterator[Read]:
    match amount:
        case Read():
            yield amount
        case Calculate(_, left, right):
            yield from reads(left)
            yield from reads(right)
        case _:
            return


OPPOSITE = {
    Comparator.EQ: Comparator.NE,
    Comparator.NE: Comparator.EQ,
    Comparator.GE: Comparator.LT,
    Comparator.LT: Comparator.GE,
    Comparator.LE: Comparator.GT,
    Comparator.GT: Comparator.LE,
}


def negation(condition: Condition) -> Condition:
    match condition:
        case Atom(Comparator.EQ, left, Constant(bool() as truth)):
            return Atom(Comparator.EQ, left, Constant(not truth))  # what is no truth is the other
        case Atom(comparator, left, right):
            return Atom(OPPOSITE[comparator], left, right)
        case AllOf(parts):
            return any_of(negation(part) for part in parts)
        case AnyOf(parts):
            return all_of(negation(part) for part in parts)
        case Within(mind, all_of_them, inner):
            return within(mind, not all_of_them, negation(inner))


def within(mind: str, all_of_them: bool, condition: Condition) -> Condition:
    if condition in (ALWAYS, NEVER):
        return condition
    return Within(mind, all_of_them, condition)


def all_of(parts: Iterable[Condition]) -> Condition:
    """Of parts that are worked out one by one, none is after one that never holds."""
    kept = []
    for part in parts:
        if part == NEVER:
            return NEVER
        if part != ALWAYS:
            kept.append(part)
    return kept[0] if len(kept) == 1 else AllOf(tuple(kept))


def any_of(parts: Iterable[Condition]) -> Condition:
    kept = []
    for part in parts:
        if part == ALWAYS:
            return ALWAYS
        if part != NEVER:
            kept.append(part)
    return kept[0] if len(kept) == 1 else AnyOf(tuple(kept))


def atom(comparator: Comparator, left: Amount, right: Amount) -> Condition:
    if isinstance(left, Constant) and isinstance(right, Constant):
        return ALWAYS if compare(comparator, left.value, right.value) else NEVER
    return Atom(comparator, left, right)


class Grounder:
    """Fills variables: a world's entities by type, its fluents by place, its expressions.

    ``constants``: fluents that never have another value, which are written as that value (4).
    """

    def __init__(
        self,
        world: Storyworld,
        constants: Mapping[int, Value] | None = None,
        *,
        several: bool = False,
    ) -> None:
        self.world = world
        self.several = several
        """May minds hold several worlds? Then beliefs are conditions on these."""
        self.constants = constants or {}
        self.members: dict[str, tuple[Value, ...]] = {"boolean": (False, True)}
        types = {name for declared in world.types for name in (declared.name, *declared.parents)}
        entities = world.numbered_entities
        of = {entity.name: world.types_of(entity) for entity in entities}
        for name in types.union({"entity", "character"}, *of.values()):
            self.members[name] = tuple(e.name for e in entities if name in of[e.name])
        self.fluents: list[tuple[int, tuple[Value, ...]]] = [
            (place, tuple(filling.arguments))
            for place, declared in enumerate(world.properties)
            for filling in self.fillings(declared.parameters)
        ]
        self._places = {fluent: place for place, fluent in enumerate(self.fluents)}
        self._properties = {declared: place for place, declared in enumerate(world.properties)}
        self._truths: dict[object, tuple[Expression, Condition]] = {}

    def fillings(self, parameters: tuple[Parameter, ...]) -> Iterator[Filling]:
        """Every way to fill a signature, in ranging order (4)."""
        ranges: list[tuple[Value, ...]] = []
        for parameter in parameters:
            match parameter:
                case Variable(_, type_name):
                    ranges.append(self.members[type_name])
                case EntityTerm(name):
                    ranges.append((name,))
                case Literal(value):
                    ranges.append((value,))
        for arguments in product(*ranges):
            yield Filling(
                arguments,
                {
                    parameter.name: value
                    for parameter, value in zip(parameters, arguments, strict=True)
                    if isinstance(parameter, Variable)
                },
            )

    def fluent(self, fluent: Fluent, environment: Environment) -> int:
        arguments = tuple(term(argument, environment) for argument in fluent.arguments)
        return self._places[self._properties[fluent.property], arguments]

    def chain(self, around: Chain, minds: tuple[Term, ...], environment: Environment) -> Chain:
        """``around`` with further minds inside; what c believes that c believes is what c
        believes (2.1)."""
        result = around
        for mind in minds:
            character = term(mind, environment)
            assert isinstance(character, str)
            if result[-1:] != (character,):
                result += (character,)
        return result

    def is_truth(self, expression: Expression, environment: Environment) -> bool:
        """Is it of the kind boolean (1.5)?"""
        match expression:
            case Literal(value):
                return isinstance(value, bool)
            case VariableTerm(name):
                return isinstance(environment[name], bool)
            case Fluent(declared):
                return declared.range == "boolean"
            case Believes(_, inner):
                return self.is_truth(inner, environment)
            case If(branches):
                return self.is_truth(branches[0][1], environment)
            case Quantifier(quantity):
                return quantity in (Quantity.FORALL, Quantity.EXISTS)
            case And() | Or() | Not() | Comparison() | IsA():
                return True
            case _:
                return False

    def condition(
        self,
        expression: Expression,
        environment: Environment,
        around: Chain = (),
        positive: bool = True,
    ) -> Condition:
        """What has to hold for the expression to be true; for its negation, if not positive."""

        def inner(part: Expression, sign: bool = positive) -> Condition:
            return self.condition(part, environment, around, sign)

        if self.several and around:
            there = self.condition(expression, environment, around[1:], positive)
            return within(around[0], positive, there)
        if self.several and (mind := outermost(expression)) is not None:
            character, believed = mind
            chain = self.chain((), (character,), environment)
            return self.condition(believed, environment, chain, positive)
        match expression:
            case Literal(bool(value)):
                return ALWAYS if value == positive else NEVER
            case VariableTerm(name):
                return ALWAYS if environment[name] is positive else NEVER
            case Fluent():
                return atom(
                    Comparator.EQ, self.amount(expression, environment, around), Constant(positive)
                )
            case Believes(character, believed):
                chain = self.chain(around, (character,), environment)
                return self.condition(believed, environment, chain, positive)
            case Not(denied):
                return inner(denied, not positive)
            case And(parts):
                return (all_of if positive else any_of)(inner(part) for part in parts)
            case Or(parts):
                return (any_of if positive else all_of)(inner(part) for part in parts)
            case If():
                return inner(without_if(expression))
            case Quantifier(quantity, variable, body):
                instances = (
                    self.condition(body, {**environment, variable.name: value}, around, positive)
                    for value in self.members[variable.type]
                )
                join = all_of if (quantity is Quantity.FORALL) == positive else any_of
                return join(instances)
            case Comparison(comparator, left, right):
                return self.comparison(
                    comparator if positive else OPPOSITE[comparator],
                    left,
                    right,
                    environment,
                    around,
                )
            case IsA(tested, type_name):
                # Unknown is of no type: the test fails, and is one more value that differs from
                # every member.
                amount = self.amount(tested, environment, around)
                comparator = Comparator.EQ if positive else Comparator.NE
                members = (
                    atom(comparator, amount, Constant(value)) for value in self.members[type_name]
                )
                return any_of(members) if positive else all_of(members)
            case _:
                raise TypeError(f"not a condition: {expression}")

    def comparison(
        self,
        comparator: Comparator,
        left: Expression,
        right: Expression,
        environment: Environment,
        around: Chain,
    ) -> Condition:
        """Truths are compared by cases, so that each atom is about one boolean and can be mended
        without making a boolean unknown; everything else is one atom."""
        if not (self.is_truth(left, environment) and self.is_truth(right, environment)):
            return atom(
                comparator,
                self.amount(left, environment, around),
                self.amount(right, environment, around),
            )
        if comparator in (Comparator.LT, Comparator.GT):
            return NEVER
        alike = comparator is not Comparator.NE or self.several
        cases = (
            (
                self.truth(side, environment, around, truth == as_said)
                for side, as_said in ((left, True), (right, alike))
            )
            for truth in (True, False)
        )
        found = any_of(all_of(case) for case in cases)
        if self.several and comparator is Comparator.NE:
            return negation(found)
        return found

    def truth(
        self, truth: Expression, environment: Environment, around: Chain, positive: bool
    ) -> Condition:
        """That an expression has this truth value: what somebody believes has the one that all
        its worlds agree about, and may have none.

        Worked out once for each expression as it stands in memory, which is kept there: both sides
        of a comparison are asked for twice, and those inside them again.
        """
        key = id(truth), tuple(environment.items()), around, positive
        if key not in self._truths:
            self._truths[key] = truth, self._truth(truth, environment, around, positive)
        return self._truths[key][1]

    def _truth(
        self, truth: Expression, environment: Environment, around: Chain, positive: bool
    ) -> Condition:
        if not self.several:
            return self.condition(truth, environment, around, positive)
        if around:
            return within(around[0], True, self.truth(truth, environment, around[1:], positive))
        if (mind := outermost(truth)) is not None:
            chain = self.chain((), (mind[0],), environment)
            return self.truth(mind[1], environment, chain, positive)
        return self.condition(truth, environment, around, positive)

    def amount(
        self, expression: Expression, environment: Environment, around: Chain = ()
    ) -> Amount:
        def inner(part: Expression) -> Amount:
            return self.amount(part, environment, around)

        match expression:
            case Literal(value):
                return Constant(value)
            case Unknown():
                return Constant(None)
            case EntityTerm() | VariableTerm():
                return Constant(term(expression, environment))
            case Fluent():
                chain = self.chain(around, expression.minds, environment)
                fluent = self.fluent(expression, environment)
                if fluent in self.constants:
                    return Constant(self.constants[fluent])
                return Read(chain, fluent)
            case _ if self.is_truth(expression, environment):
                return Truth(self.condition(expression, environment, around))
            case Believes(character, believed):
                chain = self.chain(around, (character,), environment)
                return self.amount(believed, environment, chain)
            case Arithmetic(operator, left, right):
                return Calculate(operator, inner(left), inner(right))
            case Quantifier(quantity, variable, body):
                operator = Operator.ADD if quantity is Quantity.SUM else Operator.MULTIPLY
                total: Amount = Constant(0.0 if quantity is Quantity.SUM else 1.0)
                for member in self.members[variable.type]:
                    instance = self.amount(body, {**environment, variable.name: member}, around)
                    total = Calculate(operator, total, instance)
                return total
            case If(branches, otherwise):
                assert otherwise is not None
                return Choose(
                    tuple(
                        (self.condition(when, environment, around), inner(then))
                        for when, then in branches
                    ),
                    inner(otherwise),
                )
            case _:
                raise TypeError(f"not a value: {expression}")

    def assignments(
        self,
        expression: Expression | None,
        environment: Environment,
        around: Chain = (),
        when: Condition = ALWAYS,
        positive: bool = True,
    ) -> Iterator[Assignment]:
        """The conditional assignments that an effect (or initial statement) comes to (1.5)."""

        def assign(
            target: Expression, value: Expression, sign: bool = True
        ) -> Iterator[Assignment]:
            if not isinstance(target, Fluent):
                raise TypeError(f"not something to assign to: {target}")
            chain = self.chain(around, target.minds, environment)
            fluent = self.fluent(target, environment)
            if not self.is_truth(value, environment):
                yield Assignment(when, chain, fluent, self.amount(value, environment, around))
                return
            # One conditional assignment for each value (4): what is neither true nor false, being
            # about unknown numbers, assigns nothing.
            for truth in (True, False):
                applies = self.truth(value, environment, around, truth == sign)
                if applies != NEVER:
                    yield Assignment(all_of((when, applies)), chain, fluent, Constant(truth))

        match expression:
            case None | Literal(True):
                return
            case Fluent():
                yield from assign(expression, TRUE, positive)
            case Not(denied):
                yield from self.assignments(denied, environment, around, when, not positive)
            case Believes(character, believed):
                chain = self.chain(around, (character,), environment)
                yield from self.assignments(believed, environment, chain, when, positive)
            case And(parts):
                for part in parts:
                    yield from self.assignments(part, environment, around, when)
            case Assign(fluent, value):
                yield from assign(fluent, value)
            case Comparison(comparator, left, right):
                yield from assign(left, right, (comparator is Comparator.EQ) == positive)
            case If(branches, otherwise):
                earlier: tuple[Condition, ...] = (when,)
                for test, then in branches:
                    condition = self.condition(test, environment, around)
                    met = all_of((*earlier, condition))
                    yield from self.assignments(then, environment, around, met)
                    earlier = (*earlier, self.condition(test, environment, around, False))
                yield from self.assignments(otherwise, environment, around, all_of(earlier))
            case Quantifier(Quantity.FORALL, variable, body):
                for member in self.members[variable.type]:
                    bound = {**environment, variable.name: member}
                    yield from self.assignments(body, bound, around, when)
            case _:
                raise TypeError(f"not an effect: {expression}")


class Filling(Struct, frozen=True):
    """Arguments for a signature, and what its variables thereby stand for."""

    arguments: tuple[Value, ...]
    environment: dict[str, Value]


def term(term: Term, environment: Environment) -> Value:
    match term:
        case EntityTerm(name):
            return name
        case VariableTerm(name):
            return environment[name]
        case Literal(value):
            return value


def outermost(expression: Expression) -> tuple[Term, Expression] | None:
    """Whose the outermost mind of an expression is, and what is read in it."""
    match expression:
        case Believes(character, inner):
            return character, inner
        case Fluent(_, _, (character, *inner)):
            return character, replace(expression, minds=tuple(inner))
    return None


def without_if(expression: If) -> Expression:
    """A conditional as a condition: ``if(a) b`` says that a implies b; with an ``else``, that b
    holds under a and the rest otherwise (1.5)."""
    (test, then), *more = expression.branches
    if not more and expression.otherwise is None:
        return Or((Not(test), then))
    rest = If(tuple(more), expression.otherwise) if more else expression.otherwise
    assert rest is not None
    return Or((And((test, then)), And((Not(test), rest))))
