"""Worlds with inner lives, invented: for every test that wants many that nobody thought of.

    @given(lives())

A world of ``strategies.worlds``, with the author's own actions ``blush`` and ``thunder``, in which
people have hunches, wishes and norms, blush and are linked. In order by the language's own rules:
parsing what is printed gives no error. What may be doubtful about it is warned about.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal as OneOf
from typing import TypeVar, get_args

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from msgspec.structs import replace

from tests.strategies import Scope, conditions, worlds
from unspoken.model import (
    FEELINGS,
    REFUSAL,
    TRUE,
    UNSPOKEN,
    Action,
    And,
    Assign,
    Carried,
    Channel,
    Comparator,
    Comparison,
    Drive,
    DriveRole,
    EntityTerm,
    EventUse,
    Expression,
    FeelingSettings,
    Fluent,
    Hunch,
    InnerLife,
    Literal,
    Norm,
    NormKind,
    Not,
    Occasion,
    Parameter,
    Presence,
    Property,
    Rule,
    RunSettings,
    Sign,
    Storyworld,
    Tell,
    Temperament,
    Term,
    Variable,
    VariableTerm,
    Wish,
)

T = TypeVar("T")

PERSON = "character"
WHO, WHOM = Variable("who", PERSON), Variable("whom", PERSON)
PAIR = (WHO, WHOM)


def lives(*, triggers: bool = True) -> SearchStrategy[Storyworld]:
    """Whole worlds, of everything that can be said about inner lives."""
    return _lives(triggers)


def _few(one: SearchStrategy[T], most: int = 2) -> SearchStrategy[list[T]]:
    return st.lists(one, max_size=most)


def _perhaps(one: SearchStrategy[T]) -> SearchStrategy[T | None]:
    return st.none() | one


_shares = st.sampled_from([0.0, 0.05, 0.3, 0.5, 1.0])


@st.composite
def _lives(draw: DrawFn, triggers: bool) -> Storyworld:
    world = _with_own_actions(draw(worlds(triggers=triggers)))
    made: list[Hunch | Drive | Rule] = [*draw(_hunches(world))]
    made += [draw(_drives(f"drive{n}")) for n in range(draw(st.integers(0, 2)))]
    made += [draw(_rules(world, f"rule{n}")) for n in range(draw(st.integers(0, 1)))]
    made = draw(st.permutations(made))  # they may stand in any order among each other
    hunches = [one for one in made if isinstance(one, Hunch)]
    drives = [one for one in made if isinstance(one, Drive)]
    rules = [one for one in made if isinstance(one, Rule)]
    properties = (*world.properties, *(one.property for one in made))
    world = replace(world, properties=properties)
    initial = draw(_few(_levels(world, hunches, drives))) if hunches or drives else []
    if hunches or drives:
        actions = [draw(_needing(world, one, hunches, drives)) for one in world.actions]
        world = replace(world, actions=tuple(actions))

    def several(make: SearchStrategy[T]) -> tuple[T, ...]:
        return tuple(draw(_few(make)))

    signs = [draw(_signs(world, hunches, f"sign{n}")) for n in range(len(hunches))]
    wishes = [draw(_wishes(world, drives, f"wish{n}")) for n in range(draw(st.integers(0, 3)))]
    norms = [draw(_norms(world, f"norm{n}")) for n in range(draw(st.integers(0, 3)))]
    channels = [draw(_channels(world, f"bond{n}")) for n in range(draw(st.integers(0, 1)))]
    tempered = draw(st.lists(st.sampled_from(world.characters), unique=True))
    inner = InnerLife(
        tuple(hunches),
        tuple(signs),
        tuple(drives),
        tuple(wishes),
        tuple(norms),
        tuple(Temperament(name, draw(_shares), draw(_shares), draw(_shares)) for name in tempered),
        several(_tells()),
        several(st.builds(Occasion, st.just("thunder"), st.just(()), _above_nothing, _rounds)),
        tuple(channels),
        several(st.builds(Presence, st.just("here"), st.just(PAIR), conditions(world, *PAIR)))[:1],
        tuple(rules),
        draw(_feelings()),
        draw(_runs(world)),
    )
    return replace(world, initial=(*world.initial, *initial), inner=inner)


_above_nothing = st.sampled_from([0.1, 0.3, 1.0])
_rounds = st.integers(0, 3)


def _with_own_actions(world: Storyworld) -> Storyworld:
    """The world with something that befalls people, and something that befalls all."""
    flag = next(one for one in world.properties if one.range == "boolean")
    scope = Scope(world, PAIR)
    arguments = [
        scope.terms(one.type)[0] if isinstance(one, Variable) else one for one in flag.parameters
    ]
    blush = Action("blush", PAIR, effect=Fluent(flag, tuple(arguments)))
    fixed = [
        Scope(world).terms(one.type)[0] if isinstance(one, Variable) else one
        for one in flag.parameters
    ]
    thunder = Action("thunder", effect=Not(Fluent(flag, tuple(fixed))))
    return replace(world, actions=(*world.actions, blush, thunder))


@st.composite
def _hunches(draw: DrawFn, world: Storyworld) -> list[Hunch]:
    pool = [one for one in world.properties if one.range == "boolean"]
    hunches = []
    several = draw(st.lists(st.sampled_from(pool), max_size=2, unique=True))
    for number, of in enumerate(several):
        variables = [
            Variable(f"v{place}", one.type)
            for place, one in enumerate(of.parameters)
            if isinstance(one, Variable)
        ]
        names = iter(variables)
        arguments = tuple(
            VariableTerm(next(names).name) if isinstance(one, Variable) else one
            for one in of.parameters
        )
        prop = Property(f"hunch{number}", tuple(draw(st.permutations(variables))), "number")
        low, high = draw(st.integers(-3, -1)), draw(st.integers(1, 3))
        hunches.append(Hunch(prop, Fluent(of, arguments), low, high))
    return hunches


@st.composite
def _drives(draw: DrawFn, name: str) -> Drive:
    parameters = draw(st.sampled_from([(WHO,), PAIR]))
    roles = get_args(DriveRole) if len(parameters) == 2 else ("none", "anxiety")
    low, high = draw(st.integers(-5, 0)), draw(st.integers(1, 10))
    moved = st.tuples(st.sampled_from(FEELINGS), st.sampled_from([-2, 1, 3]))
    return Drive(
        Property(name, parameters, "number"),
        low,
        high,
        draw(st.integers(low, high)),
        draw(_perhaps(st.sampled_from([0.5, 4.0, 20.0]))),
        draw(st.sampled_from(roles)),
        tuple(draw(_few(moved))),
    )


@st.composite
def _rules(draw: DrawFn, world: Storyworld, name: str) -> Rule:
    names = [one.name for one in world.actions] + [one.name for one in world.triggers]
    events = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    known = draw(st.lists(st.sampled_from(world.characters), unique=True))
    return Rule(Property(name, (), "boolean"), tuple(events), tuple(known))


@st.composite
def _levels(
    draw: DrawFn, world: Storyworld, hunches: Sequence[Hunch], drives: Sequence[Drive]
) -> Expression:
    """Somebody's odds, or a level, at the beginning."""
    levels: list[Hunch | Drive] = [*hunches, *drives]
    one = draw(st.sampled_from(levels))
    fluent = draw(_uses_of(world, one.property))
    level = Literal(float(draw(st.integers(one.low, one.high))))
    if isinstance(one, Hunch):
        minds = (EntityTerm(draw(st.sampled_from(world.characters))),)
        return Assign(replace(fluent, minds=minds), level)
    return Assign(fluent, level)


@st.composite
def _needing(
    draw: DrawFn,
    world: Storyworld,
    action: Action,
    hunches: Sequence[Hunch],
    drives: Sequence[Drive],
) -> Action:
    """An action; it may take that somebody is sure enough of something, or near enough a level."""
    if draw(st.booleans()):
        return action
    one = draw(st.sampled_from([*hunches, *drives]))
    variables = [p for p in action.parameters if isinstance(p, Variable)]
    level = draw(_uses_of(world, one.property, *variables))
    minds = draw(_few(st.sampled_from(Scope(world, tuple(variables)).terms(PERSON)), 1))
    comparator = draw(st.sampled_from(list(Comparator)))
    mark = Literal(float(draw(st.integers(max(0, one.low), one.high))))
    need = Comparison(comparator, replace(level, minds=tuple(minds)), mark)
    earlier = () if action.precondition == TRUE else (action.precondition,)
    return replace(action, precondition=And((*earlier, need)) if earlier else need)


@st.composite
def _uses_of(draw: DrawFn, world: Storyworld, prop: Property, *variables: Variable) -> Fluent:
    return Fluent(prop, tuple(draw(_terms(world, prop.parameters, variables))))


@st.composite
def _terms(
    draw: DrawFn,
    world: Storyworld,
    parameters: Sequence[Parameter],
    variables: Sequence[Variable],
) -> list[Term]:
    scope = Scope(world, tuple(variables))
    return [
        draw(st.sampled_from(scope.terms(one.type))) if isinstance(one, Variable) else one
        for one in parameters
    ]


@st.composite
def _acts(
    draw: DrawFn, actions: Sequence[Action], world: Storyworld, *variables: Variable
) -> EventUse:
    action = draw(st.sampled_from(actions))
    terms = draw(_terms(world, action.parameters, variables))
    return EventUse(action.name, tuple(draw(_perhaps(st.just(term))) for term in terms))


@st.composite
def _signs(draw: DrawFn, world: Storyworld, hunches: Sequence[Hunch], name: str) -> Sign:
    seen = draw(_perhaps(_acts(world.actions, world, *PAIR)))
    return Sign(
        name,
        PAIR,
        draw(_uses_of(world, draw(st.sampled_from(hunches)).property, *PAIR)),
        draw(st.sampled_from([-2, -1, 1, 2])),
        seen,
        draw(conditions(world, *PAIR)) if seen is None else None,
        draw(_perhaps(conditions(world, *PAIR))),
    )


@st.composite
def _heads(
    draw: DrawFn, world: Storyworld
) -> tuple[tuple[Variable | EntityTerm, ...], tuple[Variable, ...]]:
    """Whose a wish or a norm is and whom it is about; and the variables among them."""
    one = st.just(EntityTerm(draw(st.sampled_from(world.characters))))
    parameters = (draw(st.just(WHO) | one), *draw(_few(st.just(WHOM) | one, 1)))
    return parameters, tuple(one for one in parameters if isinstance(one, Variable))


@st.composite
def _wishes(draw: DrawFn, world: Storyworld, drives: Sequence[Drive], name: str) -> Wish:
    parameters, variables = draw(_heads(world))
    drive = None
    scaled = draw(st.booleans())
    if drives and scaled:
        drive = draw(_uses_of(world, draw(st.sampled_from(drives)).property, *variables))
    return Wish(
        name,
        parameters,
        draw(conditions(world, *variables)),
        draw(st.sampled_from([-1.0, -0.25, 0.5, 1.0])),
        drive,
        draw(_perhaps(conditions(world, *variables))),
    )


@st.composite
def _norms(draw: DrawFn, world: Storyworld, name: str) -> Norm:
    parameters, variables = draw(_heads(world))
    kind: NormKind = draw(st.sampled_from(get_args(NormKind)))
    needs_acts = kind not in ("lie", "harm", "lose_face")
    acts = _acts(world.actions, world, *variables)
    known: list[VariableTerm | EntityTerm | OneOf["anyone"]] = ["anyone"]
    known += [EntityTerm(world.characters[0]), *(VariableTerm(one.name) for one in variables)]
    before = st.sampled_from(known)
    return Norm(
        name,
        parameters,
        kind,
        draw(_perhaps(st.sampled_from([0.2, 0.8, 1.0]))),
        tuple(draw(st.lists(acts, min_size=int(needs_acts), max_size=2))),
        draw(conditions(world, *variables)) if kind == "lose_face" else None,
        draw(before if kind == "lose_face" else _perhaps(before)),
        draw(_perhaps(conditions(world, *variables))),
    )


@st.composite
def _tells(draw: DrawFn) -> Tell:
    shown = st.lists(
        st.sampled_from([*FEELINGS, UNSPOKEN, REFUSAL]), min_size=1, max_size=3, unique=True
    )
    who, whom = draw(st.permutations([VariableTerm(one.name) for one in PAIR]))
    feelings = tuple(draw(shown))
    return Tell("blush", PAIR, who, feelings, draw(_shares), draw(_perhaps(st.just(whom))))


@st.composite
def _channels(draw: DrawFn, world: Storyworld, name: str) -> Channel:
    carries = st.lists(st.sampled_from(get_args(Carried)), min_size=1, max_size=3, unique=True)
    own = [action for action in world.actions if not action.consenting]
    return Channel(
        name,
        PAIR,
        draw(conditions(world, *PAIR)),
        tuple(draw(carries)),
        draw(_shares),
        draw(_shares),
        draw(_perhaps(_acts(own, world, *PAIR))),
        draw(_perhaps(_acts(own, world, *PAIR))),
    )


def _feelings() -> SearchStrategy[FeelingSettings]:
    hidden = st.lists(st.sampled_from(FEELINGS), max_size=2, unique=True).map(tuple)
    return st.builds(FeelingSettings, hidden, st.sampled_from([0.5, 4.0]), _shares)


@st.composite
def _runs(draw: DrawFn, world: Storyworld) -> RunSettings:
    return RunSettings(
        draw(st.sampled_from([1, 12, 40])),
        draw(_perhaps(conditions(world))),
        draw(st.integers(1, 3)),
        draw(st.integers(0, 2)),
        draw(st.integers(0, 2)),
        draw(st.sampled_from([0.0, 0.5])),
    )
