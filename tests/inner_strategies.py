"""Worlds with inner lives, invented: for every test that wants many that nobody thought of.

    @given(lives())

A world of ``strategies.worlds``, with the author's own actions ``blush`` and ``thunder``, in which
people have hunches, wishes and norms, blush and are linked. In order by the language's own rules:
parsing what is printed gives no error. What may be doubtful about it is warned about.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Literal as OneOf
from typing import get_args

from hypothesis.strategies import SearchStrategy
from msgspec.structs import replace

from tests.chance import either, invented, perhaps, pick, several, some
from tests.strategies import Scope, a_condition, a_world
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

PERSON = "character"
WHO, WHOM = Variable("who", PERSON), Variable("whom", PERSON)
PAIR = (WHO, WHOM)


def lives(*, triggers: bool = True) -> SearchStrategy[Storyworld]:
    """Whole worlds, of everything that can be said about inner lives."""
    return invented(_lives, triggers)


_SHARES = (0.0, 0.05, 0.3, 0.5, 1.0)


def _lives(chance: Random, triggers: bool) -> Storyworld:
    world = _with_own_actions(a_world(chance, triggers))
    made: list[Hunch | Drive | Rule] = [*_hunches(chance, world)]
    made += [_drive(chance, f"drive{n}") for n in range(chance.randint(0, 2))]
    made += [_rule(chance, world, f"rule{n}") for n in range(chance.randint(0, 1))]
    chance.shuffle(made)  # they may stand in any order among each other
    hunches = [one for one in made if isinstance(one, Hunch)]
    drives = [one for one in made if isinstance(one, Drive)]
    rules = [one for one in made if isinstance(one, Rule)]
    properties = (*world.properties, *(one.property for one in made))
    world = replace(world, properties=properties)
    initial = several(chance, 0, 2, _level, world, hunches, drives) if hunches or drives else []
    if hunches or drives:
        actions = [_needing(chance, world, one, hunches, drives) for one in world.actions]
        world = replace(world, actions=tuple(actions))

    signs = [_sign(chance, world, hunches, f"sign{n}") for n in range(len(hunches))]
    wishes = [_wish(chance, world, drives, f"wish{n}") for n in range(chance.randint(0, 3))]
    norms = [_norm(chance, world, f"norm{n}") for n in range(chance.randint(0, 3))]
    channels = [_channel(chance, world, f"bond{n}") for n in range(chance.randint(0, 1))]
    tempered = some(chance, world.characters)
    inner = InnerLife(
        tuple(hunches),
        tuple(signs),
        tuple(drives),
        tuple(wishes),
        tuple(norms),
        tuple(
            Temperament(name, pick(chance, _SHARES), pick(chance, _SHARES), pick(chance, _SHARES))
            for name in tempered
        ),
        tuple(several(chance, 0, 2, _tell)),
        tuple(several(chance, 0, 2, _thunder)),
        tuple(channels),
        tuple(several(chance, 0, 1, _presence, world)),
        tuple(rules),
        _feelings(chance),
        _runs(chance, world),
    )
    return replace(world, initial=(*world.initial, *initial), inner=inner)


def _thunder(chance: Random) -> Occasion:
    return Occasion("thunder", (), pick(chance, [0.1, 0.3, 1.0]), chance.randint(0, 3))


def _presence(chance: Random, world: Storyworld) -> Presence:
    return Presence("here", PAIR, a_condition(chance, world, *PAIR))


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


def _hunches(chance: Random, world: Storyworld) -> list[Hunch]:
    pool = [one for one in world.properties if one.range == "boolean"]
    hunches = []
    for number, of in enumerate(some(chance, pool, 0, 2)):
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
        prop = Property(f"hunch{number}", some(chance, variables, len(variables)), "number")
        low, high = chance.randint(-3, -1), chance.randint(1, 3)
        hunches.append(Hunch(prop, Fluent(of, arguments), low, high))
    return hunches


def _drive(chance: Random, name: str) -> Drive:
    parameters = pick(chance, [(WHO,), PAIR])
    roles = get_args(DriveRole) if len(parameters) == 2 else ("none", "anxiety")
    low, high = chance.randint(-5, 0), chance.randint(1, 10)
    return Drive(
        Property(name, parameters, "number"),
        low,
        high,
        chance.randint(low, high),
        perhaps(chance, pick, [0.5, 4.0, 20.0]),
        pick(chance, roles),
        tuple(several(chance, 0, 2, _moved)),
    )


def _moved(chance: Random) -> tuple[str, int]:
    return pick(chance, FEELINGS), pick(chance, [-2, 1, 3])


def _rule(chance: Random, world: Storyworld, name: str) -> Rule:
    names = [one.name for one in world.actions] + [one.name for one in world.triggers]
    events = some(chance, names, 1, 2)
    known = some(chance, world.characters)
    return Rule(Property(name, (), "boolean"), tuple(events), tuple(known))


def _level(
    chance: Random, world: Storyworld, hunches: Sequence[Hunch], drives: Sequence[Drive]
) -> Expression:
    """Somebody's odds, or a level, at the beginning."""
    levels: list[Hunch | Drive] = [*hunches, *drives]
    one = pick(chance, levels)
    fluent = _uses_of(chance, world, one.property)
    level = Literal(float(chance.randint(one.low, one.high)))
    if isinstance(one, Hunch):
        minds = (EntityTerm(pick(chance, world.characters)),)
        return Assign(replace(fluent, minds=minds), level)
    return Assign(fluent, level)


def _needing(
    chance: Random,
    world: Storyworld,
    action: Action,
    hunches: Sequence[Hunch],
    drives: Sequence[Drive],
) -> Action:
    """An action; it may take that somebody is sure enough of something, or near enough a level."""
    if either(chance):
        return action
    one = pick(chance, [*hunches, *drives])
    variables = [p for p in action.parameters if isinstance(p, Variable)]
    level = _uses_of(chance, world, one.property, *variables)
    minds = several(chance, 0, 1, pick, Scope(world, tuple(variables)).terms(PERSON))
    comparator = pick(chance, list(Comparator))
    mark = Literal(float(chance.randint(max(0, one.low), one.high)))
    need = Comparison(comparator, replace(level, minds=tuple(minds)), mark)
    earlier = () if action.precondition == TRUE else (action.precondition,)
    return replace(action, precondition=And((*earlier, need)) if earlier else need)


def _uses_of(chance: Random, world: Storyworld, prop: Property, *variables: Variable) -> Fluent:
    return Fluent(prop, tuple(_terms(chance, world, prop.parameters, variables)))


def _terms(
    chance: Random,
    world: Storyworld,
    parameters: Sequence[Parameter],
    variables: Sequence[Variable],
) -> list[Term]:
    scope = Scope(world, tuple(variables))
    return [
        pick(chance, scope.terms(one.type)) if isinstance(one, Variable) else one
        for one in parameters
    ]


def _act(
    chance: Random, actions: Sequence[Action], world: Storyworld, *variables: Variable
) -> EventUse:
    action = pick(chance, actions)
    terms = _terms(chance, world, action.parameters, variables)
    return EventUse(action.name, tuple(term if either(chance) else None for term in terms))


def _sign(chance: Random, world: Storyworld, hunches: Sequence[Hunch], name: str) -> Sign:
    seen = perhaps(chance, _act, world.actions, world, *PAIR)
    return Sign(
        name,
        PAIR,
        _uses_of(chance, world, pick(chance, hunches).property, *PAIR),
        pick(chance, [-2, -1, 1, 2]),
        seen,
        a_condition(chance, world, *PAIR) if seen is None else None,
        perhaps(chance, a_condition, world, *PAIR),
    )


def _head(
    chance: Random, world: Storyworld
) -> tuple[tuple[Variable | EntityTerm, ...], tuple[Variable, ...]]:
    """Whose a wish or a norm is and whom it is about; and the variables among them."""
    one = EntityTerm(pick(chance, world.characters))
    whose: list[Variable | EntityTerm] = [WHO, one]
    about: list[Variable | EntityTerm] = [WHOM, one]
    parameters = (pick(chance, whose), *several(chance, 0, 1, pick, about))
    return parameters, tuple(one for one in parameters if isinstance(one, Variable))


def _wish(chance: Random, world: Storyworld, drives: Sequence[Drive], name: str) -> Wish:
    parameters, variables = _head(chance, world)
    drive = None
    scaled = either(chance)
    if drives and scaled:
        drive = _uses_of(chance, world, pick(chance, drives).property, *variables)
    return Wish(
        name,
        parameters,
        a_condition(chance, world, *variables),
        pick(chance, [-1.0, -0.25, 0.5, 1.0]),
        drive,
        perhaps(chance, a_condition, world, *variables),
    )


def _norm(chance: Random, world: Storyworld, name: str) -> Norm:
    parameters, variables = _head(chance, world)
    kind: NormKind = pick(chance, get_args(NormKind))
    needs_acts = kind not in ("lie", "harm", "lose_face")
    known: list[VariableTerm | EntityTerm | OneOf["anyone"]] = ["anyone"]
    known += [EntityTerm(world.characters[0]), *(VariableTerm(one.name) for one in variables)]
    return Norm(
        name,
        parameters,
        kind,
        perhaps(chance, pick, [0.2, 0.8, 1.0]),
        tuple(several(chance, int(needs_acts), 2, _act, world.actions, world, *variables)),
        a_condition(chance, world, *variables) if kind == "lose_face" else None,
        pick(chance, known) if kind == "lose_face" else perhaps(chance, pick, known),
        perhaps(chance, a_condition, world, *variables),
    )


def _tell(chance: Random) -> Tell:
    who, whom = some(chance, [VariableTerm(one.name) for one in PAIR], 2)
    feelings = some(chance, [*FEELINGS, UNSPOKEN, REFUSAL], 1, 3)
    toward = whom if either(chance) else None
    return Tell("blush", PAIR, who, feelings, pick(chance, _SHARES), toward)


def _channel(chance: Random, world: Storyworld, name: str) -> Channel:
    own = [action for action in world.actions if not action.consenting]
    return Channel(
        name,
        PAIR,
        a_condition(chance, world, *PAIR),
        some(chance, get_args(Carried), 1, 3),
        pick(chance, _SHARES),
        pick(chance, _SHARES),
        perhaps(chance, _act, own, world, *PAIR),
        perhaps(chance, _act, own, world, *PAIR),
    )


def _feelings(chance: Random) -> FeelingSettings:
    hidden = some(chance, FEELINGS, 0, 2)
    return FeelingSettings(hidden, pick(chance, [0.5, 4.0]), pick(chance, _SHARES))


def _runs(chance: Random, world: Storyworld) -> RunSettings:
    return RunSettings(
        pick(chance, [1, 12, 40]),
        perhaps(chance, a_condition, world),
        chance.randint(1, 3),
        chance.randint(0, 2),
        chance.randint(0, 2),
        pick(chance, [0.0, 0.5]),
    )
