"""Inner lives as sections again: a model's ``InnerLife`` to the tree that ``printer`` prints.

What has the value that it has when nobody says anything is left out, but for numbers that an author
will want to see beside each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from unspoken.language.pieces import (
    a_section,
    a_words,
    an_entry,
    name_atom,
    number_word,
    plain_word,
    term_atom,
    tree_of,
)
from unspoken.language.tree import Atom, Call, Entry, Item, Section
from unspoken.model import (
    Channel,
    Drive,
    EventUse,
    Expression,
    FeelingSettings,
    Hunch,
    InnerLife,
    Norm,
    Occasion,
    Presence,
    Property,
    Rule,
    RunSettings,
    Sign,
    Storyworld,
    Tell,
    Temperament,
    Wish,
)


def inner_properties(inner: InnerLife) -> tuple[Property, ...]:
    """The properties that hunches, drives and rules declare."""
    hunches = (hunch.property for hunch in inner.hunches)
    drives = (drive.property for drive in inner.drives)
    return (*hunches, *drives, *(rule.property for rule in inner.rules))


def inner_definitions(world: Storyworld) -> Iterator[Section]:
    """The sections that say what a world's ``inner`` says."""
    inner = world.inner
    yield from _declaring(world)
    for sign in inner.signs:
        yield a_section("sign", sign.name, sign.parameters, _sign(sign))
    for wish in inner.wishes:
        yield a_section("wish", wish.name, wish.parameters, _wish(wish))
    for norm in inner.norms:
        yield a_section("norm", norm.name, norm.parameters, _norm(norm))
    for temperament in inner.temperaments:
        yield _named("temperament", temperament.character, _temperament(temperament))
    for tell in inner.tells:
        yield a_section("tell", tell.event, tell.parameters, _tell(tell))
    for occasion in inner.occasions:
        yield a_section("occasion", occasion.event, occasion.parameters, _occasion(occasion))
    for channel in inner.channels:
        yield a_section("channel", channel.name, channel.parameters, _channel(channel))
    for presence in inner.presences:
        yield a_section("presence", presence.name, presence.parameters, _presence(presence))
    for kind, entries in (("feelings", _feelings(inner.feelings)), ("run", _run(inner.run))):
        said = tuple(entries)
        if said:
            yield Section(kind, None, (), said, 0, 0)


def _declaring(world: Storyworld) -> Iterator[Section]:
    """What declares properties, in the order of the properties."""
    inner = world.inner
    sections: list[tuple[Property, Section]] = []
    for hunch in inner.hunches:
        prop = hunch.property
        sections.append((prop, a_section("hunch", prop.name, prop.parameters, _hunch(hunch))))
    for drive in inner.drives:
        prop = drive.property
        sections.append((prop, a_section("drive", prop.name, prop.parameters, _drive(drive))))
    for rule in inner.rules:
        sections.append((rule.property, _named("rule", rule.property.name, _rule(rule))))
    order: Mapping[Property, int] = {one: place for place, one in enumerate(world.properties)}
    sections.sort(key=lambda one: order.get(one[0], len(order)))
    return (section for _, section in sections)


def _named(kind: str, name: str, entries: Iterable[Entry]) -> Section:
    return Section(kind, name_atom(name), (), tuple(entries), 0, 0)


# The sections.


def _hunch(hunch: Hunch) -> Iterator[Entry]:
    yield _expression("of", hunch.of)
    yield _number("from", hunch.low)
    yield _number("to", hunch.high)


def _sign(sign: Sign) -> Iterator[Entry]:
    if sign.seen is not None:
        yield _uses("seen", sign.seen)
    if sign.when is not None:
        yield _expression("when", sign.when)
    if sign.condition is not None:
        yield _expression("if", sign.condition)
    yield _expression("for", sign.of)
    yield _number("weight", sign.weight)


def _drive(drive: Drive) -> Iterator[Entry]:
    yield _number("from", drive.low)
    yield _number("to", drive.high)
    yield _number("baseline", drive.baseline)
    if drive.half_life is not None:
        yield _number("half_life", drive.half_life)
    if drive.role != "none":
        yield _names("role", drive.role)
    if drive.moved_by:
        items = [a_words(plain_word(word), number_word(by)) for word, by in drive.moved_by]
        yield an_entry("moved_by", items)


def _wish(wish: Wish) -> Iterator[Entry]:
    yield _expression("wants", wish.wants)
    yield _number("weight", wish.weight)
    if wish.drive is not None:
        yield _expression("drive", wish.drive)
    if wish.condition is not None:
        yield _expression("if", wish.condition)


def _norm(norm: Norm) -> Iterator[Entry]:
    yield _names("against", norm.against)
    if norm.acts:
        yield _uses("acts", *norm.acts)
    if norm.shows is not None:
        yield _expression("shows", norm.shows)
    if norm.before is not None:
        yield _names("before", norm.before if isinstance(norm.before, str) else norm.before.name)
    if norm.weight is None:
        yield _names("weight", "absolute")
    else:
        yield _number("weight", norm.weight)
    if norm.condition is not None:
        yield _expression("if", norm.condition)


def _temperament(temperament: Temperament) -> Iterator[Entry]:
    yield _number("daring", temperament.daring)
    yield _number("composure", temperament.composure)
    yield _number("steadiness", temperament.steadiness)


def _presence(presence: Presence) -> Iterator[Entry]:
    yield _expression("when", presence.when)


def _tell(tell: Tell) -> Iterator[Entry]:
    yield _names("of", tell.who.name)
    if tell.toward is not None:
        yield _names("toward", tell.toward.name)
    yield _names("shows", *tell.feelings)
    yield _number("above", tell.above)


def _occasion(occasion: Occasion) -> Iterator[Entry]:
    yield _number("chance", occasion.chance)
    if occasion.after:
        yield _number("after", occasion.after)


def _channel(channel: Channel) -> Iterator[Entry]:
    yield _expression("open", channel.open)
    yield _names("carries", *channel.carries)
    yield _number("strength", channel.strength)
    yield _number("concealment", channel.concealment)
    if channel.whole is not None:
        yield _uses("whole", channel.whole)
    if channel.fragment is not None:
        yield _uses("fragment", channel.fragment)


def _rule(rule: Rule) -> Iterator[Entry]:
    yield _names("of", *rule.events)
    if rule.known:
        yield _names("known", *rule.known)


def _feelings(settings: FeelingSettings) -> Iterator[Entry]:
    default = FeelingSettings()
    if settings.hidden:
        yield _names("hide", *settings.hidden)
    if settings.half_life != default.half_life:
        yield _number("half_life", settings.half_life)
    if settings.floor != default.floor:
        yield _number("floor", settings.floor)


def _run(run: RunSettings) -> Iterator[Entry]:
    default = RunSettings()
    if run.rounds != default.rounds:
        yield _number("rounds", run.rounds)
    if run.until is not None:
        yield _expression("until", run.until)
    for key in ("foresight", "minds", "thoughts", "temperature"):
        value = getattr(run, key)
        if value != getattr(default, key):
            yield _number(key, value)


# Entries.


def _expression(key: str, expression: Expression) -> Entry:
    return an_entry(key, [Item((), tree_of(expression), 0, 0)])


def _number(key: str, value: float) -> Entry:
    return an_entry(key, [a_words(number_word(value))])


def _names(key: str, *names: str) -> Entry:
    return an_entry(key, [a_words(plain_word(name)) for name in names])


def _uses(key: str, *uses: EventUse) -> Entry:
    return an_entry(key, [Item((), use_call(use), 0, 0) for use in uses])


def use_call(use: EventUse) -> Call:
    arguments = tuple(
        Atom("any", "*", 0, 0) if term is None else term_atom(term) for term in use.arguments
    )
    return Call(name_atom(use.event), arguments, 0, 0)
