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
from functools import partial
from typing import TypeAlias, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from msgspec import Struct
from msgspec.structs import replace

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
    return _worlds(triggers, whole)


def uncertain(*, triggers: bool = True) -> SearchStrategy[Storyworld]:
    """Worlds in which minds hold several worlds possible."""
    return _worlds(triggers, False).flatmap(_with_possibilities)


Demanded: TypeAlias = Expression | int | tuple[int, Expression]


def plots(*, whole: bool = False) -> SearchStrategy[Storyworld]:
    """Tiny worlds of things to bring about, one after another, by people who may be mistaken:
    few enough choices that every plan of a few acts can be tried, and many have solutions.
    ``whole``: as in ``worlds``."""
    return _plots().flatmap(_with_whole_numbers) if whole else _plots()


def conditions(world: Storyworld, *variables: Variable) -> SearchStrategy[Expression]:
    """Questions about a world: is this so? Of anybody, where there are variables."""
    return _conditions(Scope(world, variables), 2)


def demands(world: Storyworld) -> SearchStrategy[tuple[list[Demanded], ...]]:
    """Scenes, musts, what is never to happen, and what is to be kept after so many scenes; all of
    it made of the world's own facts and, by their place among the actions, acts."""
    conditions = _conditions(Scope(world), 1)
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


@st.composite
def _with_whole_numbers(draw: DrawFn, world: Storyworld) -> Storyworld:
    anybody = st.lists(st.sampled_from(world.characters), unique=True)
    properties = tuple(
        replace(
            declared,
            whole=declared.range == "number" and draw(_mostly),
            unknown_to=tuple(draw(anybody)) if declared.range == "boolean" else (),
        )
        for declared in world.properties
    )
    world = replace(world, properties=properties)
    scope = Scope(world)
    shown = []
    for n in range(draw(st.integers(1, 2))):
        needs = draw(st.lists(_of_numbers(scope), min_size=1, max_size=3))
        if len(needs) > 1 and draw(_sometimes):
            needs = [Or(tuple(needs))]
        target = _fluent(draw, scope, "number", minds=1)
        value: Expression = _constant(draw, scope, "number")
        if draw(_mostly):
            value = Arithmetic(Operator.ADD, target, Literal(1.0))
        people = draw(st.lists(st.sampled_from(scope.terms("character")), max_size=1))
        shown.append(Action(f"show{n}", (), _all(needs), Assign(target, value), tuple(people)))
    mistaken = [draw(_held_numbers(scope)) for _ in range(draw(st.integers(2, 5)))]
    return replace(world, actions=(*world.actions, *shown), initial=(*world.initial, *mistaken))


@st.composite
def _with_possibilities(draw: DrawFn, world: Storyworld) -> Storyworld:
    """The same with what people take to be possible at the beginning, and what they know; and acts
    that tell people what is so, which they only then know."""
    scope = Scope(world)
    people = scope.terms("character")
    said: list[Expression] = []
    for _ in range(_pick(draw, [1, 1, 2])):
        ways = [_all(draw(st.lists(_possible(scope), min_size=1, max_size=2))) for _ in range(3)]
        possible: Expression = Possible(
            draw(st.none() | st.sampled_from(people)), Or(tuple(ways[: _pick(draw, [2, 2, 3])]))
        )
        if draw(_sometimes):
            possible = Believes(_pick(draw, people), possible)
        said.append(possible)
    for _ in range(draw(st.integers(0, 2))):
        fluent = _fluent(draw, scope, "boolean", "number", *scope.entity_ranges, minds=0)
        said.append(KnowsWhether(_pick(draw, people), fluent))
    initial = [*world.initial]
    for one in said:
        initial.insert(draw(st.integers(0, len(initial))), one)
    asking = []
    for n in range(draw(st.integers(1, 2))):
        fluent = _fluent(draw, scope, "boolean", "number", *scope.entity_ranges, minds=0)
        who = _pick(draw, people)
        told: Expression = Assign(replace(fluent, minds=(who,)), fluent)
        if draw(_sometimes):
            told = If(((draw(_conditions(scope, 1)), told),))
        seer = Variable("seer", "character")
        seeing = _conditions(scope.binding(seer), 0).map(partial(Observing, seer))
        seen = draw(st.none() | seeing)
        needs = [draw(_conditions(scope, 2))] if draw(_sometimes) else []
        asking.append(Action(f"ask{n}", (), _all(needs), told, (), seen))
    return replace(world, initial=tuple(initial), actions=(*world.actions, *asking))


@st.composite
def _possible(draw: DrawFn, scope: Scope) -> Expression:
    """Something that may be so, in truth or in a mind."""
    fluent = _fluent(draw, scope, "boolean", "number", *scope.entity_ranges, minds=0)
    if draw(_sometimes):
        fluent = replace(fluent, minds=(_pick(draw, scope.terms("character")),))
    return Assign(fluent, _constant(draw, scope, fluent.property.range))


@st.composite
def _held_numbers(draw: DrawFn, scope: Scope) -> Expression:
    """What somebody mostly wrongly takes a number to be; or what it is."""
    target = _fluent(draw, scope, "number", minds=0)
    minds = draw(st.lists(st.sampled_from(scope.terms("character")), max_size=2))
    level = draw(st.sampled_from([-3.0, -1.0, 0.0, 1.0, 2.5, 3.0, 5.0]))
    held: Expression = Literal(level)
    if level < 0:
        held = Arithmetic(Operator.SUBTRACT, Literal(0.0), Literal(-level))
    return Assign(replace(target, minds=tuple(minds)), held)


@st.composite
def _of_numbers(draw: DrawFn, scope: Scope) -> Expression:
    """Numbers compared, mostly with one that is given, or with each other."""
    left = _fluent(draw, scope, "number", minds=1)
    comparator = draw(st.sampled_from([*ORDERED, *ALIKE]))
    if draw(_sometimes):
        return Comparison(comparator, _number(draw, scope, 1), _number(draw, scope, 1))
    if draw(_sometimes):
        return Comparison(comparator, left, _fluent(draw, scope, "number", minds=1))
    return Comparison(comparator, left, Literal(draw(st.sampled_from([0.0, 1.0, 1.5, 2.0]))))


@st.composite
def _worlds(draw: DrawFn, triggers: bool, whole: bool) -> Storyworld:
    characters = CHARACTERS[: draw(st.integers(2, 3))]
    places = PLACES[: draw(st.integers(1, 2))]
    things = THINGS[: draw(st.integers(0, 1))]
    types = [Type("place")]
    if things:
        types.append(Type("thing", _pick(draw, [("entity",), ("place",)])))
    if draw(_sometimes):
        types.append(Type("character", ("place",)))
    entities = [
        *(Entity(name, ("character",)) for name in characters),
        *(Entity(name, ("place",)) for name in places),
        *(Entity(name, ("thing",)) for name in things),
    ]
    if draw(_sometimes):
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
    properties = draw(st.lists(st.sampled_from(pool), min_size=2, max_size=5, unique=True))
    if not any(p.range == "boolean" for p in properties):
        properties.append(Property("late", (), "boolean"))
    if whole and not any(p.range == "number" for p in properties):
        properties.append(Property("coins", (c,), "number"))
    world = Storyworld("invented", tuple(types), tuple(entities), tuple(properties))
    scope = Scope(world)
    count = draw(st.integers(2, 5))
    actions = tuple(draw(_actions(scope, f"act{n}")) for n in range(count))
    laws: tuple[Trigger, ...] = ()
    if triggers:
        count = draw(st.integers(0, 3))
        laws = tuple(draw(_triggers(scope, f"law{n}")) for n in range(count))
    initial = draw(st.lists(_statements(scope), min_size=1, max_size=6))
    wanting = [None, *characters]
    utilities = [
        Utility(character, draw(_utilities(scope)))
        for character in wanting
        if character is None or draw(_mostly)
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
    return draw(_with_whole_numbers(world)) if whole else world


@st.composite
def _plots(draw: DrawFn) -> Storyworld:
    people = CHARACTERS[: 3 if draw(_sometimes) else 2]
    c = Variable("c", "character")
    glad, coins = Property("glad", (c,), "boolean"), Property("coins", (c,), "number")
    plain = [Property(name, (), "boolean") for name in ("told", "late", "open", "lost")]
    properties = (glad, coins, *plain)
    types = (Type("place"),)
    entities = (*(Entity(name, ("character",)) for name in people), Entity("Attic", ("place",)))
    scope = Scope(Storyworld("plot", types, entities, properties))
    steps = [Fluent(p) for p in plain] + [Fluent(glad, (EntityTerm(name),)) for name in people]
    steps = draw(st.permutations(steps))[: _pick(draw, [2, 3, 3, 4])]

    actions = []
    for n, step in enumerate(steps):
        needs: list[Expression] = [Not(step)] if draw(_mostly) else []
        if n and draw(_mostly):
            needs.append(steps[n - 1])
        if draw(_sometimes):
            needs.append(draw(_conditions(scope, 1)))
        effects: list[Expression] = [step]
        if draw(_sometimes):
            effects.append(_assignment(draw, scope, 1))
        if draw(_sometimes):
            purse = Fluent(coins, (EntityTerm(_pick(draw, people)),))
            more = Arithmetic(Operator.ADD, purse, Literal(_pick(draw, [1.0, -1.0])))
            effects.append(Assign(purse, more))
        consenting = draw(
            st.sampled_from(
                [people[:1], people[:1], people[1:2], people[-1:], people[:2], people[::-1], ()]
            )
        )
        observing = None
        if draw(_sometimes):
            seer = Variable("seer", "character")
            observing = Observing(seer, draw(_conditions(scope.binding(seer), 0)))
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
    if draw(_sometimes):
        actions.append(draw(_actions(scope, "other")))
    laws = (draw(_triggers(scope, "law")),) if draw(_sometimes) else ()

    def worth(wanted: list[Fluent]) -> Expression:
        points = [If(((one, Literal(1.0)),), Literal(0.0)) for one in wanted]
        total: Expression = points[0]
        for point in points[1:]:
            total = Arithmetic(Operator.ADD, total, point)
        return total

    utilities = [Utility(None, worth(steps[-1:] if draw(_mostly) else steps))]
    for name in people:
        wanted = draw(st.lists(st.sampled_from(steps[:-1]), max_size=2, unique=True))
        if not wanted or draw(_mostly):
            wanted.append(steps[-1])  # what the author wants too, at the end of the road
        worths: Expression = worth(wanted)
        if draw(_sometimes):
            worths = Arithmetic(Operator.ADD, worths, Fluent(coins, (EntityTerm(name),)))
        elif draw(_sometimes):
            worths = draw(_utilities(scope))
        utilities.append(Utility(name, worths))
    initial = draw(st.lists(_mistakes(scope, steps), max_size=2))
    if draw(_sometimes):
        initial.append(draw(_statements(scope)))
    return Storyworld(
        "plot",
        types,
        entities,
        properties,
        tuple(actions),
        laws,
        tuple(initial),
        tuple(utilities),
    )


@st.composite
def _mistakes(draw: DrawFn, scope: Scope, steps: list[Fluent]) -> Expression:
    step = _pick(draw, steps)
    minds = draw(st.lists(st.sampled_from(scope.terms("character")), min_size=1, max_size=2))
    return Fluent(step.property, step.arguments, tuple(minds))


_BELOW = tuple(st.integers(0, most) for most in range(100))


def _pick(draw: DrawFn, options: Sequence[T]) -> T:
    """As ``draw(st.sampled_from(options))``, but Hypothesis need not make and check a strategy
    anew each time, which took half of the time. So with what plain functions draw, below."""
    return options[draw(_BELOW[len(options) - 1])]


_sometimes: SearchStrategy[bool] = st.integers(0, 3).map(lambda n: n == 3)
_mostly: SearchStrategy[bool] = st.integers(0, 3).map(lambda n: n != 3)


@st.composite
def _actions(draw: DrawFn, scope: Scope, name: str) -> Action:
    parameters = _parameters(draw, 2)
    inside = scope.binding(*parameters)
    observing = None
    if draw(_mostly):
        seer = Variable("seer", _pick(draw, ["character", "character", "entity"]))
        # The seer is one of the characters, whatever type it is declared to have.
        seeing = inside.binding(Variable("seer", "character"))
        observing = Observing(seer, draw(_conditions(seeing, 1)))
        if seer.type == "entity":
            observing = Observing(seer, draw(_conditions(inside.binding(seer), 1)))
    people = draw(st.lists(st.sampled_from(inside.terms("character")), max_size=2, unique=True))
    return Action(
        name,
        tuple(parameters),
        draw(_preconditions(inside, parameters)),
        draw(_effects(inside)),
        tuple(people),
        observing,
    )


def _parameters(draw: DrawFn, most: int) -> list[Variable]:
    kinds = st.sampled_from(["character", "character", "character", "place", "place", "boolean"])
    types = draw(st.lists(kinds, max_size=most))
    return [Variable(name, kind) for name, kind in zip("xy", types, strict=False)]


@st.composite
def _preconditions(draw: DrawFn, scope: Scope, parameters: list[Variable]) -> Expression:
    parts: list[Expression] = []
    if len(parameters) == 2 and draw(_mostly):
        # Two arguments that are one make many worlds contradict themselves.
        x, y = (VariableTerm(p.name) for p in parameters)
        parts.append(Comparison(Comparator.NE, x, y))
    parts += draw(st.lists(_conditions(scope, 2), max_size=2))
    return _all(parts)


def _all(parts: Sequence[Expression]) -> Expression:
    if not parts:
        return TRUE
    return parts[0] if len(parts) == 1 else And(tuple(parts))


@st.composite
def _triggers(draw: DrawFn, scope: Scope, name: str) -> Trigger:
    """A law whose effect undoes its own precondition: it makes true what it found untrue."""
    parameters = _parameters(draw, 1)
    inside = scope.binding(*parameters)
    target = _fluent(draw, inside, "boolean", *inside.entity_ranges, "number", minds=1)
    new = _constant(draw, inside, target.property.range)
    guard: Expression = Comparison(Comparator.NE, target, new)
    if isinstance(new, Literal) and isinstance(new.value, bool):
        guard = Not(target) if new.value else target
    others = draw(st.lists(_conditions(inside, 1), min_size=1, max_size=2))
    return Trigger(name, tuple(parameters), And((guard, *others)), Assign(target, new))


@st.composite
def _statements(draw: DrawFn, scope: Scope) -> Expression:
    shape = draw(st.integers(0, 7))
    if shape == 0:
        variable = Variable("v", _pick(draw, ["character", "place"]))
        return Quantifier(Quantity.FORALL, variable, _assignment(draw, scope.binding(variable), 1))
    if shape == 1:
        return If(((draw(_conditions(scope, 1)), _assignment(draw, scope, 1)),))
    if shape == 2:
        return And((_assignment(draw, scope, 2), _assignment(draw, scope, 2)))
    return _assignment(draw, scope, 2)


@st.composite
def _effects(draw: DrawFn, scope: Scope) -> Expression:
    parts = draw(st.lists(_effect(scope), min_size=1, max_size=3))
    return parts[0] if len(parts) == 1 else And(tuple(parts))


@st.composite
def _effect(draw: DrawFn, scope: Scope) -> Expression:
    shape = draw(st.integers(0, 7))
    if shape <= 1:
        first = (draw(_conditions(scope, 1)), _assignment(draw, scope, 2))
        if shape == 1 and draw(st.booleans()):
            second = (draw(_conditions(scope, 0)), _assignment(draw, scope, 1))
            branches = (first, second) if draw(_sometimes) else (first,)
            return If(branches, _assignment(draw, scope, 2))
        return If((first,))
    if shape == 2:
        variable = Variable("each", "character")
        return Quantifier(Quantity.FORALL, variable, _assignment(draw, scope.binding(variable), 1))
    return _assignment(draw, scope, 2)


def _assignment(draw: DrawFn, scope: Scope, minds: int) -> Expression:
    target = _fluent(draw, scope, "boolean", "number", *scope.entity_ranges, minds=minds)
    kind = target.property.range
    if kind == "boolean" and draw(st.booleans()):
        return target if draw(st.booleans()) else Not(target)
    computed = not draw(st.booleans())
    new = _value(draw, scope, kind) if computed else _constant(draw, scope, kind)
    inner: Expression = Assign(target, new)
    if draw(st.integers(0, 7)) == 7:
        inner = Comparison(Comparator.EQ, target, new)  # in an effect it assigns, too
    if minds and draw(_sometimes):
        # What the character believes the value to be, where the other copies the real one.
        return Believes(_pick(draw, scope.terms("character")), inner)
    return inner


def _fluent(draw: DrawFn, scope: Scope, *ranges: str, minds: int) -> Fluent:
    chosen = _pick(draw, scope.properties(*ranges))
    arguments = tuple(
        _pick(draw, scope.terms(p.type)) if isinstance(p, Variable) else p
        for p in chosen.parameters
    )
    depth = _pick(draw, [0, 0, 0, 1, 1, 2]) if minds else 0
    people = scope.terms("character")
    chain = tuple(_pick(draw, people) for _ in range(min(depth, minds)))
    return Fluent(chosen, arguments, chain)


def _constant(draw: DrawFn, scope: Scope, kind: str) -> Expression:
    if kind == "boolean":
        return Literal(draw(st.booleans()))
    if kind == "number":
        if draw(st.integers(0, 4)) == 4:
            return Unknown()
        return Literal(_pick(draw, [0.0, 1.0, 2.0, 3.0]))
    if draw(_sometimes) or not scope.terms(kind):
        return Unknown()
    return _pick(draw, scope.terms(kind))


def _value(draw: DrawFn, scope: Scope, kind: str) -> Expression:
    """A value of a kind, computed."""
    if kind == "boolean":
        return draw(_conditions(scope, 1))
    if kind == "number":
        return _number(draw, scope, 1)
    below = [r for r in scope.entity_ranges if kind in scope.world.ancestors(r)]
    if draw(_sometimes):
        branches = ((draw(_conditions(scope, 0)), _fluent(draw, scope, *below, minds=1)),)
        return If(branches, _constant(draw, scope, kind))
    return _fluent(draw, scope, *below, minds=2)


def _number(draw: DrawFn, scope: Scope, depth: int) -> Expression:
    numeric = bool(scope.properties("number"))
    shape = draw(st.integers(0, 6 if depth else 3))
    if shape <= 2 and numeric:
        return _fluent(draw, scope, "number", minds=2)
    if shape <= 3:
        return Literal(_pick(draw, [0.0, 1.0, 2.0, 0.5]))
    if shape == 4:
        left = _number(draw, scope, depth - 1)
        operator = _pick(draw, list(Operator))
        if operator is Operator.DIVIDE:
            return Arithmetic(operator, left, Literal(_pick(draw, [2.0, 4.0])))
        return Arithmetic(operator, left, _number(draw, scope, depth - 1))
    if shape == 5:
        body = _number(draw, scope.binding(Variable("s", "character")), depth - 1)
        quantity = _pick(draw, [Quantity.SUM, Quantity.PRODUCT])
        return Quantifier(quantity, Variable("s", "character"), body)
    then = _number(draw, scope, depth - 1)
    return If(((draw(_conditions(scope, 0)), then),), _number(draw, scope, depth - 1))


@st.composite
def _conditions(draw: DrawFn, scope: Scope, depth: int) -> Expression:
    shape = draw(st.integers(0, 11 if depth else 4))
    if shape <= 1:
        fluent = _fluent(draw, scope, "boolean", minds=2)
        return fluent if draw(st.booleans()) else Not(fluent)
    if shape <= 4:
        return _comparison(draw, scope)
    inner = _conditions(scope, depth - 1)
    if shape <= 6:
        return And((draw(inner), draw(inner)))
    if shape <= 8:
        return Or((draw(inner), draw(inner)))
    if shape == 9:
        denied = draw(inner)
        return Not(denied)
    if shape == 10:
        variable = Variable(f"q{depth}", _pick(draw, ["character", "place"]))
        quantity = _pick(draw, [Quantity.FORALL, Quantity.EXISTS])
        body = draw(_conditions(scope.binding(variable), depth - 1))
        return Quantifier(quantity, variable, body)
    if draw(_sometimes):
        return If(((draw(inner), draw(inner)),), draw(inner) if draw(st.booleans()) else None)
    believed = draw(inner)
    character = _pick(draw, scope.terms("character"))
    if isinstance(believed, Fluent):
        return Fluent(believed.property, believed.arguments, (character, *believed.minds))
    return Believes(character, believed)


def _comparison(draw: DrawFn, scope: Scope) -> Expression:
    kinds = [k for k in ("boolean", "number") if scope.properties(k)] + scope.entity_ranges
    kind = _pick(draw, kinds)
    left = _fluent(draw, scope, kind, minds=2)
    if kind == "number":
        comparator = _pick(draw, [*ORDERED, *ALIKE])
        if draw(_sometimes):
            return Comparison(comparator, _number(draw, scope, 1), _number(draw, scope, 1))
        new = _constant(draw, scope, kind)
        return Comparison(comparator, left, new)
    if kind == "boolean":
        return Comparison(_pick(draw, ALIKE), left, draw(_conditions(scope, 0)))
    if draw(st.integers(0, 9)) == 9:
        return IsA(left, _pick(draw, ["character", "place"]))
    comparator = _pick(draw, ALIKE)
    if draw(_sometimes):
        return Comparison(comparator, left, _fluent(draw, scope, *scope.entity_ranges, minds=2))
    return Comparison(comparator, left, _constant(draw, scope, kind))


@st.composite
def _utilities(draw: DrawFn, scope: Scope) -> Expression:
    shape = draw(st.integers(0, 3))
    if shape == 0 and scope.properties("number"):
        return _number(draw, scope, 1)
    if shape == 1:
        branches = ((draw(_conditions(scope, 1)), Literal(_pick(draw, [1.0, 2.0]))),)
        return If(branches, _number(draw, scope, 0))
    return draw(_conditions(scope, 1))
