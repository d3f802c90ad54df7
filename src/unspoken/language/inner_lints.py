"""What is well-formed about inner lives and most likely not meant: warnings as in ``lints``.

Nothing here looks at states: it is enough to know what any effect may bring about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from unspoken.language.diagnostics import Diagnostic, problem
from unspoken.language.facts import Claim, claim, fluents, outcomes, truth
from unspoken.model import (
    Action,
    And,
    Arithmetic,
    Channel,
    Drive,
    EntityTerm,
    EventUse,
    Expression,
    Fluent,
    InnerLife,
    Literal,
    Norm,
    Not,
    Operator,
    Or,
    Parameter,
    Property,
    Quantifier,
    Span,
    Storyworld,
    Trigger,
    Unknown,
    Variable,
    VariableTerm,
)
from unspoken.model.substitute import names_in


def events_of(inner: InnerLife) -> frozenset[str]:
    """The names of the events that inner lives make something of."""
    uses = [
        *(sign.seen for sign in inner.signs),
        *(use for norm in inner.norms for use in norm.acts),
        *(use for channel in inner.channels for use in (channel.whole, channel.fragment)),
    ]
    return frozenset(
        (
            *(use.event for use in uses if use is not None),
            *(tell.event for tell in inner.tells),
            *(occasion.event for occasion in inner.occasions),
        )
    )


def lint_inner(world: Storyworld) -> Iterator[Diagnostic]:
    """Warnings about the inner lives of a world in which nothing is wrong."""
    inner = world.inner
    changes = Changes(world)
    yield from _nobody(world)
    for hunch in inner.hunches:
        signs = [sign for sign in inner.signs if sign.of.property == hunch.property]
        moved = signs or hunch.of.property in changes.assigned  # what settles it, sets the odds
        if not moved and not changes.is_told(hunch.property):
            yield problem("hunch-without-sign", hunch.origin, name=hunch.property.name)
    for sign in inner.signs:
        if sign.seen is not None and _is_hidden(world, sign.seen):
            yield problem("sign-never-seen", sign.seen.origin, name=sign.seen.event)
    for drive in inner.drives:
        if changes.only_rises(drive):
            yield problem(
                "drive-never-falls", drive.origin, name=drive.property.name, high=drive.high
            )
    for wish in inner.wishes:
        if not changes.may_come_to_mind(wish.wants):
            yield problem("wish-never-changes", wish.wants.origin or wish.origin, name=wish.name)
    for channel in inner.channels:
        yield from _channel(channel, changes)
    yield from _outside_bounds(world)
    yield from _hidden_feelings(inner)
    for norm in inner.norms:
        yield from _idle_parameters(norm)
    yield from _everything_forbidden(world)


class Changes:
    """What any event may change, and what is so at the beginning."""

    def __init__(self, world: Storyworld) -> None:
        inner = world.inner
        events: list[Action | Trigger] = [*world.actions, *world.triggers]
        self.made = [one for event in events for one in outcomes(event.effect)]
        self.given = [one for statement in world.initial for one in outcomes(statement)]
        self.assigned = {one.fluent.property for one in self.made}
        self.known_true = {rule.property for rule in inner.rules}
        """Laws that only some know hold from the beginning."""
        self.of_itself = {
            *(hunch.property for hunch in inner.hunches),
            *(drive.property for drive in inner.drives),
        }
        # A mind changes by hunches too, and where it sees done what it thought impossible.
        asked = (one for event in events for one in fluents(event.precondition))
        self.in_minds = {
            *(hunch.of.property for hunch in inner.hunches),
            *self.known_true,
            *(one.property for one in asked),
        }

    def is_told(self, prop: Property) -> bool:
        """Whether the author says anything of it, at the beginning or in an effect."""
        return any(one.fluent.property == prop for one in (*self.made, *self.given))

    def may_come_to_mind(self, condition: Expression) -> bool:
        """Whether a mind may ever change its mind about a condition."""
        moving = self.assigned | self.of_itself | self.in_minds
        return any(one.property in moving for one in fluents(condition))

    def may_change(self, condition: Expression) -> bool:
        """Whether it may come to hold, or cease to, in the world or in the minds that it is
        about."""
        moving = self.assigned | self.of_itself
        return any(
            one.property in moving or (one.minds and one.property in self.in_minds)
            for one in fluents(condition)
        )

    def may_turn(self, condition: Expression, to: bool) -> bool:
        """Whether anything may make a condition of the world true (or false) that was not."""
        match condition:
            case Literal():
                return False
            case Not(inner):
                return self.may_turn(inner, not to)
            case And(parts) | Or(parts):
                return any(self.may_turn(part, to) for part in parts)
            case Quantifier():
                return self.may_turn(condition.body, to)
        asked = claim(condition)
        if asked is not None and not asked.fluent.minds:
            prop = asked.fluent.property
            return prop in self.of_itself or any(
                _makes(one, asked, to) for one in self.made if one.key == asked.key
            )
        return self.may_come_to_mind(condition)

    def may_hold(self, condition: Expression) -> bool:
        """Whether a condition of the world may hold, at the beginning or some time."""
        if truth(condition) is False:
            return False
        match condition:
            case And(parts):
                return all(map(self.may_hold, parts))
            case Or(parts):
                return any(map(self.may_hold, parts))
            case Quantifier():
                return self.may_hold(condition.body)
        asked = claim(condition)
        if asked is None or not asked.holds or asked.fluent.minds:
            return True
        prop = asked.fluent.property
        if asked.value in (Literal(False), Unknown()) or prop in self.known_true | self.of_itself:
            return True
        claims = (one for one in (*self.made, *self.given) if one.key == asked.key)
        return any(_makes(one, asked, True) for one in claims)

    def only_rises(self, drive: Drive) -> bool:
        """Whether something raises a drive and nothing ever lowers it."""
        if drive.half_life is not None or any(by < 0 for _, by in drive.moved_by):
            return False
        effects = [one for one in self.made if one.fluent.property == drive.property]
        return bool(effects or drive.moved_by) and all(map(_raises, effects))


def _makes(made: Claim, asked: Claim, to: bool) -> bool:
    """Whether an outcome may make a claim about the same property true (or false)."""
    constants = (Literal, EntityTerm, Unknown)
    if not (isinstance(made.value, constants) and isinstance(asked.value, constants)):
        return True
    if not made.holds:
        return True
    return ((made.value == asked.value) == asked.holds) == to


def _raises(made: Claim) -> bool:
    """Whether an outcome has the form ``level = level + 2``."""
    match made.value:
        case Arithmetic(Operator.ADD, Fluent() as level, Literal(by)) | Arithmetic(
            Operator.ADD, Literal(by), Fluent() as level
        ):
            return by > 0 and level.property == made.fluent.property
    return False


def _channel(channel: Channel, changes: Changes) -> Iterator[Diagnostic]:
    place = channel.open.origin or channel.origin
    if not changes.may_hold(channel.open):
        yield problem("channel-never-opens", place, name=channel.name)
    elif any(True for _ in fluents(channel.open)) and not changes.may_turn(channel.open, False):
        yield problem("channel-never-closes", place, name=channel.name)


# People.


def _nobody(world: Storyworld) -> Iterator[Diagnostic]:
    """Sections about things of a type that nothing in the world has."""
    inner = world.inner
    there_are = {"boolean"}.union(*(world.types_of(entity) for entity in world.entities))
    for kind, name, parameters, origin in _heads(inner):
        for parameter in parameters:
            if isinstance(parameter, Variable) and parameter.type not in there_are:
                yield problem(
                    "about-nobody",
                    parameter.origin or origin,
                    kind=kind,
                    name=name,
                    type=parameter.type,
                )


def _heads(inner: InnerLife) -> Iterator[tuple[str, str, Iterable[Parameter], Span | None]]:
    for hunch in inner.hunches:
        yield "hunch", hunch.property.name, hunch.property.parameters, hunch.origin
    for sign in inner.signs:
        yield "sign", sign.name, sign.parameters, sign.origin
    for drive in inner.drives:
        yield "drive", drive.property.name, drive.property.parameters, drive.origin
    for wish in inner.wishes:
        yield "wish", wish.name, wish.parameters, wish.origin
    for norm in inner.norms:
        yield "norm", norm.name, norm.parameters, norm.origin
    for channel in inner.channels:
        yield "channel", channel.name, channel.parameters, channel.origin


def _is_hidden(world: Storyworld, use: EventUse) -> bool:
    """Whether nobody ever sees any of these."""
    return all(
        action.observing is not None and truth(action.observing.condition) is False
        for action in world.actions
        if action.name == use.event
    )


# Numbers and words that do not count.


def _outside_bounds(world: Storyworld) -> Iterator[Diagnostic]:
    """Odds and levels at the beginning that are more than there can be."""
    bounds = {
        **{one.property: ("odds", one.low, one.high) for one in world.inner.hunches},
        **{one.property: ("level", one.low, one.high) for one in world.inner.drives},
    }
    for statement in world.initial:
        for one in outcomes(statement):
            if one.fluent.property not in bounds or not isinstance(one.value, Literal):
                continue
            what, low, high = bounds[one.fluent.property]
            if not low <= one.value.value <= high:
                yield problem(
                    "outside-bounds",
                    one.value.origin or statement.origin,
                    what=what,
                    name=one.fluent.property.name,
                    low=low,
                    high=high,
                )


def _hidden_feelings(inner: InnerLife) -> Iterator[Diagnostic]:
    """Feelings that this world does without, waited for all the same."""
    hidden = inner.feelings.hidden
    for tell in inner.tells:
        for feeling in tell.feelings:
            if feeling in hidden:
                yield problem("hidden-feeling", tell.origin, feeling=feeling, kind="tell")
    for drive in inner.drives:
        for feeling, _ in drive.moved_by:
            if feeling in hidden:
                yield problem("hidden-feeling", drive.origin, feeling=feeling, kind="drive")


def _idle_parameters(norm: Norm) -> Iterator[Diagnostic]:
    """Parameters that a norm says nothing of: it would count once for each that they can be."""
    said = {norm.before.name} if isinstance(norm.before, VariableTerm) else set()
    for condition in (norm.shows, norm.condition):
        if condition is not None:
            said |= names_in(condition)
    for use in norm.acts:
        said |= {one.name for one in use.arguments if isinstance(one, VariableTerm)}
    for parameter in norm.parameters[1:]:
        if isinstance(parameter, Variable) and parameter.name not in said:
            yield problem(
                "idle-parameter",
                parameter.origin or norm.origin,
                name=parameter.name,
                norm=norm.name,
                type=parameter.type,
            )


# Absolutes that leave nothing to do.


def _everything_forbidden(world: Storyworld) -> Iterator[Diagnostic]:
    """Characters whose every act some absolute norm of theirs forbids, always."""
    always = [
        norm
        for norm in world.inner.norms
        if norm.weight is None and norm.before is None and norm.condition is None and norm.acts
    ]
    if not always:
        return
    types = {entity.name: world.types_of(entity) for entity in world.entities}
    said: set[tuple[str, ...]] = set()
    for who in world.characters:
        norms = [norm for norm in always if _is_held_by(norm, who, types[who])]
        acts = [act for act in world.actions if _may_do(act, who, types[who])]
        found = [
            next((norm for norm in norms if _forbids(world, norm, act, who)), None) for act in acts
        ]
        forbidding = [norm for norm in norms if norm in found]
        names = tuple(norm.name for norm in forbidding)
        if acts and None not in found and names not in said:
            said.add(names)
            *others, last = forbidding
            others_named = tuple(norm.name for norm in others)
            yield problem("everything-forbidden", last.origin, who=who, norms=others_named)


def _is_held_by(norm: Norm, who: str, types: frozenset[str]) -> bool:
    holder = norm.parameters[0]
    return holder.type in types if isinstance(holder, Variable) else holder.name == who


def _may_do(action: Action, who: str, types: frozenset[str]) -> bool:
    """Whether an action may be somebody's own: the first who consents does it."""
    if not action.consenting:
        return False
    match action.consenting[0]:
        case EntityTerm(name):
            return name == who
        case VariableTerm(name):
            return any(
                isinstance(one, Variable) and one.name == name and one.type in types
                for one in action.parameters
            )
    return False


def _forbids(world: Storyworld, norm: Norm, action: Action, who: str) -> bool:
    """Whether a norm is against every use of an action that is somebody's own."""
    return any(
        use.event == action.name
        and len(use.arguments) == len(action.parameters)
        and all(
            _covers(world, norm, action, argument, parameter, who)
            for argument, parameter in zip(use.arguments, action.parameters, strict=True)
        )
        for use in norm.acts
    )


def _covers(
    world: Storyworld,
    norm: Norm,
    action: Action,
    argument: object,
    parameter: Parameter,
    who: str,
) -> bool:
    doer = action.consenting[0]
    is_doer = isinstance(parameter, Variable) and doer == VariableTerm(parameter.name)
    match argument:
        case None:
            return True
        case EntityTerm(name):
            return name == who if is_doer else argument == parameter
        case VariableTerm(name):
            for place, one in enumerate(norm.parameters):
                if isinstance(one, Variable) and one.name == name:
                    if place == 0:
                        return is_doer
                    wide = isinstance(parameter, Variable) and one.type in world.ancestors(
                        parameter.type
                    )
                    return wide
    return False
