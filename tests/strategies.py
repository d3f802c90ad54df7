"""Small well-formed worlds, invented: for every test that wants many worlds nobody thought of.

    @given(worlds())             a ``Storyworld``, type-checked but perhaps contradictory
    @given(worlds(), walks())    and choices of what to do in it, see ``choose``
    @given(plots())              a tiny world in which somebody wants something, for planning
    data.draw(conditions(world)) something that may be so in a world
    @given(lives())              a world in which people have inner lives: ``inner_strategies``

Worlds have two or three characters, a few places and things, booleans, numbers and entities,
nested and mistaken beliefs, conditional effects, effects on beliefs, and triggers. They are
written as the parser would make them (``believes`` of a fluent is a fluent with minds, numbers
are not negative), so that they can be printed and read back. The effects of an event may contradict
each other and triggers may undo each other: ``Judge(world, strict=True)`` finds such worlds out.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeAlias, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from msgspec import Struct
from msgspec.structs import replace

from tests.chance import either, invented, mostly, pick, several, some, sometimes
from unspoken.model import (
    TRUE,
    Action,
    And,
    Arithmetic,
    Assign,
    Believes,
    Comparator,
    Comparison,
    Entity,
    EntityTerm,
    Expression,
    Fluent,
    If,
    IsA,
    KnowsWhether,
    Literal,
    Not,
    Observing,
    Operator,
    Or,
    Possible,
    Property,
    Quantifier,
    Quantity,
    Storyworld,
    Term,
    Trigger,
    Type,
    Unknown,
    Utility,
    Variable,
    VariableTerm,
)

T = TypeVar("T")

CHARACTERS = ("Ann", "Ben", "Cat")
PLACES = ("Attic", "Barn")
THINGS = ("Key", "Lamp")

ORDERED = (Comparator.GE, Comparator.LE, Comparator.GT, Comparator.LT)
ALIKE = (Comparator.EQ, Comparator.NE)


class Scope(Struct, frozen=True):
    """What may be spoken of: the world's nouns, and the variables bound so far."""

    world: Storyworld
    variables: tuple[Variable, ...] = ()

    def binding(self, *variables: Variable) -> Scope:
        return Scope(self.world, (*self.variables, *variables))

    def terms(self, type_name: str) -> list[Term]:
        """Everything of a type that may stand as an argument, the variables first."""
        if type_name == "boolean":
            bound = [VariableTerm(v.name) for v in self.variables if v.type == "boolean"]
            return [*bound, Literal(True), Literal(False)]
        ancestors = self.world.ancestors
        found: list[Term] = [
            VariableTerm(v.name) for v in self.variables if type_name in ancestors(v.type)
        ]
        # Variables twice: what an action says should mostly be about its own parameters.
        return found * 2 + [
            EntityTerm(e.name) for e in self.world.entities if type_name in self.world.types_of(e)
        ]

    def properties(self, *ranges: str) -> list[Property]:
        return [p for p in self.world.properties if p.range in ranges]

    @property
    def entity_ranges(self) -> list[str]:
        ranges = (p.range for p in self.world.properties)
        return sorted({r for r in ranges if r not in ("boolean", "number")})


def worlds(*, triggers: bool = True, whole: bool = False) -> SearchStrategy[Storyworld]:
    """Whole worlds, of everything the language has. ``whole``: with numbers that a surprise moves
    by whole steps (as it does odds), which acts compare and about which people are mistaken, and
    with truths that are unknown to some (as rules are)."""
    return invented(a_world, triggers, whole)


def uncertain(*, triggers: bool = True) -> SearchStrategy[Storyworld]:
    """Worlds in which minds hold several worlds possible."""
    return invented(_with_possibilities, triggers)


def a_condition(chance: Random, world: Storyworld, *variables: Variable) -> Expression:
    return _condition(chance, Scope(world, variables), 2)


Demanded: TypeAlias = Expression | int | tuple[int, Expression]


def plots(*, whole: bool = False) -> SearchStrategy[Storyworld]:
    """Tiny worlds of things to bring about, one after another, by people who may be mistaken:
    few enough choices that every plan of a few acts can be tried, and many have solutions.
    ``whole``: as in ``worlds``."""
    return invented(_plot, whole)


def conditions(world: Storyworld, *variables: Variable) -> SearchStrategy[Expression]:
    """Questions about a world: is this so? Of anybody, where there are variables."""
    return invented(a_condition, world, *variables)


def demands(world: Storyworld) -> SearchStrategy[tuple[list[Demanded], ...]]:
    """Scenes, musts, what is never to happen, and what is to be kept after so many scenes; all of
    it made of the world's own facts and, by their place among the actions, acts."""
    conditions = invented(_condition, Scope(world), 1)
    acts = st.integers(0, 1000)
    scenes = st.lists(conditions | acts, max_size=2)
    keep = st.tuples(st.integers(0, 2), conditions)
    return st.tuples(
        scenes, st.lists(conditions | acts, max_size=2), st.lists(acts, max_size=1), _few(keep)
    )


def _few(one: SearchStrategy[T]) -> SearchStrategy[list[T]]:
    return st.lists(one, max_size=1) | st.just([])


def walks(longest: int = 6) -> SearchStrategy[list[int]]:
    """What to do, move by move; ``choose`` reads each move as one of what is possible then."""
    return st.lists(st.integers(0, 1000), min_size=1, max_size=longest)


def choose(move: int, options: Sequence[T]) -> T:
    return options[move % len(options)]


def _with_whole_numbers(chance: Random, world: Storyworld) -> Storyworld:
    properties = tuple(
        replace(
            declared,
            whole=declared.range == "number" and mostly(chance),
            unknown_to=some(chance, world.characters) if declared.range == "boolean" else (),
        )
        for declared in world.properties
    )
    world = replace(world, properties=properties)
    scope = Scope(world)
    shown = []
    for n in range(chance.randint(1, 2)):
        needs = several(chance, 1, 3, _of_numbers, scope)
        if len(needs) > 1 and sometimes(chance):
            needs = [Or(tuple(needs))]
        target = _fluent(chance, scope, "number", minds=1)
        value: Expression = _constant(chance, scope, "number")
        if mostly(chance):
            value = Arithmetic(Operator.ADD, target, Literal(1.0))
        people = several(chance, 0, 1, pick, scope.terms("character"))
        shown.append(Action(f"show{n}", (), _all(needs), Assign(target, value), tuple(people)))
    mistaken = [_held_numbers(chance, scope) for _ in range(chance.randint(2, 5))]
    return replace(world, actions=(*world.actions, *shown), initial=(*world.initial, *mistaken))


def _with_possibilities(chance: Random, triggers: bool) -> Storyworld:
    """A world with what people take to be possible at the beginning, and what they know; and acts
    that tell people what is so, which they only then know."""
    world = a_world(chance, triggers)
    scope = Scope(world)
    people = scope.terms("character")
    said: list[Expression] = []
    for _ in range(pick(chance, [1, 1, 2])):
        ways = [_all(several(chance, 1, 2, _possible, scope)) for _ in range(3)]
        possible: Expression = Possible(
            pick(chance, people) if either(chance) else None,
            Or(tuple(ways[: pick(chance, [2, 2, 3])])),
        )
        if sometimes(chance):
            possible = Believes(pick(chance, people), possible)
        said.append(possible)
    for _ in range(chance.randint(0, 2)):
        fluent = _fluent(chance, scope, "boolean", "number", *scope.entity_ranges, minds=0)
        said.append(KnowsWhether(pick(chance, people), fluent))
    initial = [*world.initial]
    for one in said:
        initial.insert(chance.randint(0, len(initial)), one)
    asking = []
    for n in range(chance.randint(1, 2)):
        fluent = _fluent(chance, scope, "boolean", "number", *scope.entity_ranges, minds=0)
        who = pick(chance, people)
        told: Expression = Assign(replace(fluent, minds=(who,)), fluent)
        if sometimes(chance):
            told = If(((_condition(chance, scope, 1), told),))
        seer = Variable("seer", "character")
        seen = None
        if either(chance):
            seen = Observing(seer, _condition(chance, scope.binding(seer), 0))
        needs = [_condition(chance, scope, 2)] if sometimes(chance) else []
        asking.append(Action(f"ask{n}", (), _all(needs), told, (), seen))
    return replace(world, initial=tuple(initial), actions=(*world.actions, *asking))


def _possible(chance: Random, scope: Scope) -> Expression:
    """Something that may be so, in truth or in a mind."""
    fluent = _fluent(chance, scope, "boolean", "number", *scope.entity_ranges, minds=0)
    if sometimes(chance):
        fluent = replace(fluent, minds=(pick(chance, scope.terms("character")),))
    return Assign(fluent, _constant(chance, scope, fluent.property.range))


def _held_numbers(chance: Random, scope: Scope) -> Expression:
    """What somebody mostly wrongly takes a number to be; or what it is."""
    target = _fluent(chance, scope, "number", minds=0)
    minds = several(chance, 0, 2, pick, scope.terms("character"))
    level = pick(chance, [-3.0, -1.0, 0.0, 1.0, 2.5, 3.0, 5.0])
    held: Expression = Literal(level)
    if level < 0:
        held = Arithmetic(Operator.SUBTRACT, Literal(0.0), Literal(-level))
    return Assign(replace(target, minds=tuple(minds)), held)


def _of_numbers(chance: Random, scope: Scope) -> Expression:
    """Numbers compared, mostly with one that is given, or with each other."""
    left = _fluent(chance, scope, "number", minds=1)
    comparator = pick(chance, [*ORDERED, *ALIKE])
    if sometimes(chance):
        return Comparison(comparator, _number(chance, scope, 1), _number(chance, scope, 1))
    if sometimes(chance):
        return Comparison(comparator, left, _fluent(chance, scope, "number", minds=1))
    return Comparison(comparator, left, Literal(pick(chance, [0.0, 1.0, 1.5, 2.0])))


def a_world(chance: Random, triggers: bool, whole: bool = False) -> Storyworld:
    characters = CHARACTERS[: chance.randint(2, 3)]
    places = PLACES[: chance.randint(1, 2)]
    things = THINGS[: chance.randint(0, 1)]
    types = [Type("place")]
    if things:
        types.append(Type("thing", pick(chance, [("entity",), ("place",)])))
    if sometimes(chance):
        types.append(Type("character", ("place",)))
    entities = [
        *(Entity(name, ("character",)) for name in characters),
        *(Entity(name, ("place",)) for name in places),
        *(Entity(name, ("thing",)) for name in things),
    ]
    if sometimes(chance):
        entities.reverse()  # characters are numbered first wherever they are declared
    c = Variable("c", "character")
    pool = [
        Property("at", (c,), "place"),
        Property("open", (Variable("p", "place"),), "boolean"),
        Property("glad", (c,), "boolean"),
        Property("told", (), "boolean"),
        Property("owner", (), "character"),
        Property("coins", (c,), "number"),
        Property("hour", (), "number"),
        Property("likes", (c, Variable("d", "character")), "boolean"),
        Property("thought", (), "entity"),
        Property("sung", (Variable("b", "boolean"),), "boolean"),
        Property("rank", (EntityTerm("Ann"), Variable("c", "character")), "number"),
    ]
    properties = list(some(chance, pool, 2, 5))
    if not any(p.range == "boolean" for p in properties):
        properties.append(Property("late", (), "boolean"))
    if whole and not any(p.range == "number" for p in properties):
        properties.append(Property("coins", (c,), "number"))
    world = Storyworld("invented", tuple(types), tuple(entities), tuple(properties))
    scope = Scope(world)
    count = chance.randint(2, 5)
    actions = tuple(_action(chance, scope, f"act{n}") for n in range(count))
    laws: tuple[Trigger, ...] = ()
    if triggers:
        count = chance.randint(0, 3)
        laws = tuple(_trigger(chance, scope, f"law{n}") for n in range(count))
    initial = several(chance, 1, 6, _statement, scope)
    wanting = [None, *characters]
    utilities = [
        Utility(character, _utility(chance, scope))
        for character in wanting
        if character is None or mostly(chance)
    ]
    world = Storyworld(
        "invented",
        tuple(types),
        tuple(entities),
        tuple(properties),
        actions,
        laws,
        tuple(initial),
        tuple(utilities),
    )
    return _with_whole_numbers(chance, world) if whole else world


def _plot(chance: Random, whole: bool) -> Storyworld:
    people = CHARACTERS[: 3 if sometimes(chance) else 2]
    c = Variable("c", "character")
    glad, coins = Property("glad", (c,), "boolean"), Property("coins", (c,), "number")
    plain = [Property(name, (), "boolean") for name in ("told", "late", "open", "lost")]
    properties = (glad, coins, *plain)
    types = (Type("place"),)
    entities = (*(Entity(name, ("character",)) for name in people), Entity("Attic", ("place",)))
    scope = Scope(Storyworld("plot", types, entities, properties))
    steps = [Fluent(p) for p in plain] + [Fluent(glad, (EntityTerm(name),)) for name in people]
    steps = chance.sample(steps, pick(chance, [2, 3, 3, 4]))

    actions = []
    for n, step in enumerate(steps):
        needs: list[Expression] = [Not(step)] if mostly(chance) else []
        if n and mostly(chance):
            needs.append(steps[n - 1])
        if sometimes(chance):
            needs.append(_condition(chance, scope, 1))
        effects: list[Expression] = [step]
        if sometimes(chance):
            effects.append(_assignment(chance, scope, 1))
        if sometimes(chance):
            purse = Fluent(coins, (EntityTerm(pick(chance, people)),))
            more = Arithmetic(Operator.ADD, purse, Literal(pick(chance, [1.0, -1.0])))
            effects.append(Assign(purse, more))
        consenting = pick(
            chance,
            [people[:1], people[:1], people[1:2], people[-1:], people[:2], people[::-1], ()],
        )
        observing = None
        if sometimes(chance):
            seer = Variable("seer", "character")
            observing = Observing(seer, _condition(chance, scope.binding(seer), 0))
        actions.append(
            Action(
                f"act{n}",
                (),
                _all(needs),
                _all(effects),
                tuple(EntityTerm(name) for name in consenting),
                observing,
            )
        )
    if sometimes(chance):
        actions.append(_action(chance, scope, "other"))
    laws = (_trigger(chance, scope, "law"),) if sometimes(chance) else ()

    def worth(wanted: list[Fluent]) -> Expression:
        points = [If(((one, Literal(1.0)),), Literal(0.0)) for one in wanted]
        total: Expression = points[0]
        for point in points[1:]:
            total = Arithmetic(Operator.ADD, total, point)
        return total

    utilities = [Utility(None, worth(steps[-1:] if mostly(chance) else steps))]
    for name in people:
        wanted = list(some(chance, steps[:-1], 0, 2))
        if not wanted or mostly(chance):
            wanted.append(steps[-1])  # what the author wants too, at the end of the road
        worths: Expression = worth(wanted)
        if sometimes(chance):
            worths = Arithmetic(Operator.ADD, worths, Fluent(coins, (EntityTerm(name),)))
        elif sometimes(chance):
            worths = _utility(chance, scope)
        utilities.append(Utility(name, worths))
    initial = several(chance, 0, 2, _mistake, scope, steps)
    if sometimes(chance):
        initial.append(_statement(chance, scope))
    world = Storyworld(
        "plot",
        types,
        entities,
        properties,
        tuple(actions),
        laws,
        tuple(initial),
        tuple(utilities),
    )
    return _with_whole_numbers(chance, world) if whole else world


def _mistake(chance: Random, scope: Scope, steps: list[Fluent]) -> Expression:
    step = pick(chance, steps)
    minds = several(chance, 1, 2, pick, scope.terms("character"))
    return Fluent(step.property, step.arguments, tuple(minds))


def _action(chance: Random, scope: Scope, name: str) -> Action:
    parameters = _parameters(chance, 2)
    inside = scope.binding(*parameters)
    observing = None
    if mostly(chance):
        seer = Variable("seer", pick(chance, ["character", "character", "entity"]))
        # The seer is one of the characters, whatever type it is declared to have.
        seeing = inside.binding(Variable("seer", "character"))
        observing = Observing(seer, _condition(chance, seeing, 1))
        if seer.type == "entity":
            observing = Observing(seer, _condition(chance, inside.binding(seer), 1))
    people = dict.fromkeys(several(chance, 0, 2, pick, inside.terms("character")))
    return Action(
        name,
        tuple(parameters),
        _precondition(chance, inside, parameters),
        _effects(chance, inside),
        tuple(people),
        observing,
    )


def _parameters(chance: Random, most: int) -> list[Variable]:
    kinds = ["character", "character", "character", "place", "place", "boolean"]
    types = several(chance, 0, most, pick, kinds)
    return [Variable(name, kind) for name, kind in zip("xy", types, strict=False)]


def _precondition(chance: Random, scope: Scope, parameters: list[Variable]) -> Expression:
    parts: list[Expression] = []
    if len(parameters) == 2 and mostly(chance):
        # Two arguments that are one make many worlds contradict themselves.
        x, y = (VariableTerm(p.name) for p in parameters)
        parts.append(Comparison(Comparator.NE, x, y))
    parts += several(chance, 0, 2, _condition, scope, 2)
    return _all(parts)


def _all(parts: Sequence[Expression]) -> Expression:
    if not parts:
        return TRUE
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _trigger(chance: Random, scope: Scope, name: str) -> Trigger:
    """A law whose effect undoes its own precondition: it makes true what it found untrue."""
    parameters = _parameters(chance, 1)
    inside = scope.binding(*parameters)
    target = _fluent(chance, inside, "boolean", *inside.entity_ranges, "number", minds=1)
    new = _constant(chance, inside, target.property.range)
    guard: Expression = Comparison(Comparator.NE, target, new)
    if isinstance(new, Literal) and isinstance(new.value, bool):
        guard = Not(target) if new.value else target
    others = several(chance, 1, 2, _condition, inside, 1)
    return Trigger(name, tuple(parameters), And((guard, *others)), Assign(target, new))


def _statement(chance: Random, scope: Scope) -> Expression:
    shape = chance.randint(0, 7)
    if shape == 0:
        variable = Variable("v", pick(chance, ["character", "place"]))
        return Quantifier(
            Quantity.FORALL, variable, _assignment(chance, scope.binding(variable), 1)
        )
    if shape == 1:
        return If(((_condition(chance, scope, 1), _assignment(chance, scope, 1)),))
    if shape == 2:
        return And((_assignment(chance, scope, 2), _assignment(chance, scope, 2)))
    return _assignment(chance, scope, 2)


def _effects(chance: Random, scope: Scope) -> Expression:
    parts = several(chance, 1, 3, _effect, scope)
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _effect(chance: Random, scope: Scope) -> Expression:
    shape = chance.randint(0, 7)
    if shape <= 1:
        first = (_condition(chance, scope, 1), _assignment(chance, scope, 2))
        if shape == 1 and either(chance):
            second = (_condition(chance, scope, 0), _assignment(chance, scope, 1))
            branches = (first, second) if sometimes(chance) else (first,)
            return If(branches, _assignment(chance, scope, 2))
        return If((first,))
    if shape == 2:
        variable = Variable("each", "character")
        return Quantifier(
            Quantity.FORALL, variable, _assignment(chance, scope.binding(variable), 1)
        )
    return _assignment(chance, scope, 2)


def _assignment(chance: Random, scope: Scope, minds: int) -> Expression:
    target = _fluent(chance, scope, "boolean", "number", *scope.entity_ranges, minds=minds)
    kind = target.property.range
    if kind == "boolean" and either(chance):
        return target if either(chance) else Not(target)
    computed = not either(chance)
    new = _value(chance, scope, kind) if computed else _constant(chance, scope, kind)
    inner: Expression = Assign(target, new)
    if chance.randint(0, 7) == 7:
        inner = Comparison(Comparator.EQ, target, new)  # in an effect it assigns, too
    if minds and sometimes(chance):
        # What the character believes the value to be, where the other copies the real one.
        return Believes(pick(chance, scope.terms("character")), inner)
    return inner


def _fluent(chance: Random, scope: Scope, *ranges: str, minds: int) -> Fluent:
    chosen = pick(chance, scope.properties(*ranges))
    arguments = tuple(
        pick(chance, scope.terms(p.type)) if isinstance(p, Variable) else p
        for p in chosen.parameters
    )
    depth = pick(chance, [0, 0, 0, 1, 1, 2]) if minds else 0
    people = scope.terms("character")
    chain = tuple(pick(chance, people) for _ in range(min(depth, minds)))
    return Fluent(chosen, arguments, chain)


def _constant(chance: Random, scope: Scope, kind: str) -> Expression:
    if kind == "boolean":
        return Literal(either(chance))
    if kind == "number":
        if chance.randint(0, 4) == 4:
            return Unknown()
        return Literal(pick(chance, [0.0, 1.0, 2.0, 3.0]))
    if sometimes(chance) or not scope.terms(kind):
        return Unknown()
    return pick(chance, scope.terms(kind))


def _value(chance: Random, scope: Scope, kind: str) -> Expression:
    """A value of a kind, computed."""
    if kind == "boolean":
        return _condition(chance, scope, 1)
    if kind == "number":
        return _number(chance, scope, 1)
    below = [r for r in scope.entity_ranges if kind in scope.world.ancestors(r)]
    if sometimes(chance):
        branches = ((_condition(chance, scope, 0), _fluent(chance, scope, *below, minds=1)),)
        return If(branches, _constant(chance, scope, kind))
    return _fluent(chance, scope, *below, minds=2)


def _number(chance: Random, scope: Scope, depth: int) -> Expression:
    numeric = bool(scope.properties("number"))
    shape = chance.randint(0, 6 if depth else 3)
    if shape <= 2 and numeric:
        return _fluent(chance, scope, "number", minds=2)
    if shape <= 3:
        return Literal(pick(chance, [0.0, 1.0, 2.0, 0.5]))
    if shape == 4:
        left = _number(chance, scope, depth - 1)
        operator = pick(chance, list(Operator))
        if operator is Operator.DIVIDE:
            return Arithmetic(operator, left, Literal(pick(chance, [2.0, 4.0])))
        return Arithmetic(operator, left, _number(chance, scope, depth - 1))
    if shape == 5:
        body = _number(chance, scope.binding(Variable("s", "character")), depth - 1)
        quantity = pick(chance, [Quantity.SUM, Quantity.PRODUCT])
        return Quantifier(quantity, Variable("s", "character"), body)
    then = _number(chance, scope, depth - 1)
    return If(((_condition(chance, scope, 0), then),), _number(chance, scope, depth - 1))


def _condition(chance: Random, scope: Scope, depth: int) -> Expression:
    shape = chance.randint(0, 11 if depth else 4)
    if shape <= 1:
        fluent = _fluent(chance, scope, "boolean", minds=2)
        return fluent if either(chance) else Not(fluent)
    if shape <= 4:
        return _comparison(chance, scope)

    def inner() -> Expression:
        return _condition(chance, scope, depth - 1)

    if shape <= 6:
        return And((inner(), inner()))
    if shape <= 8:
        return Or((inner(), inner()))
    if shape == 9:
        denied = inner()
        return Not(denied)
    if shape == 10:
        variable = Variable(f"q{depth}", pick(chance, ["character", "place"]))
        quantity = pick(chance, [Quantity.FORALL, Quantity.EXISTS])
        body = _condition(chance, scope.binding(variable), depth - 1)
        return Quantifier(quantity, variable, body)
    if sometimes(chance):
        return If(((inner(), inner()),), inner() if either(chance) else None)
    believed = inner()
    character = pick(chance, scope.terms("character"))
    if isinstance(believed, Fluent):
        return Fluent(believed.property, believed.arguments, (character, *believed.minds))
    return Believes(character, believed)


def _comparison(chance: Random, scope: Scope) -> Expression:
    kinds = [k for k in ("boolean", "number") if scope.properties(k)] + scope.entity_ranges
    kind = pick(chance, kinds)
    left = _fluent(chance, scope, kind, minds=2)
    if kind == "number":
        comparator = pick(chance, [*ORDERED, *ALIKE])
        if sometimes(chance):
            return Comparison(comparator, _number(chance, scope, 1), _number(chance, scope, 1))
        new = _constant(chance, scope, kind)
        return Comparison(comparator, left, new)
    if kind == "boolean":
        return Comparison(pick(chance, ALIKE), left, _condition(chance, scope, 0))
    if chance.randint(0, 9) == 9:
        return IsA(left, pick(chance, ["character", "place"]))
    comparator = pick(chance, ALIKE)
    if sometimes(chance):
        return Comparison(comparator, left, _fluent(chance, scope, *scope.entity_ranges, minds=2))
    return Comparison(comparator, left, _constant(chance, scope, kind))


def _utility(chance: Random, scope: Scope) -> Expression:
    shape = chance.randint(0, 3)
    if shape == 0 and scope.properties("number"):
        return _number(chance, scope, 1)
    if shape == 1:
        branches = ((_condition(chance, scope, 1), Literal(pick(chance, [1.0, 2.0]))),)
        return If(branches, _number(chance, scope, 0))
    return _condition(chance, scope, 1)
