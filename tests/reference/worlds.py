"""States in which minds may hold several worlds possible, and how they change, slow and obvious.

The same as ``semantics`` for minds of sets of worlds (`decisions/minds.md`, "Possible worlds").
Receives a model; hands on a ``WorldsJudge``. A state is a finite graph of worlds, equal to another
iff no question about any mind, however nested, tells them apart (they are bisimilar).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain as chain_of
from itertools import groupby, product
from typing import Protocol, TypeAlias

from msgspec import Struct, field
from msgspec.structs import asdict

from tests.reference.expressions import (
    Chain,
    Grounder,
    IllFormed,
    Value,
    amount_of,
    around,
    grounds,
    grounds_within,
    holds,
    reads,
    same,
    term,
)
from tests.reference.semantics import Event, Judge, Pins, assigned, merge, parts_of, told
from tests.reference.semantics import as_mind_of as within
from unspoken.model import (
    And,
    Believes,
    Comparator,
    Expression,
    If,
    KnowsWhether,
    Or,
    Possible,
    Quantifier,
    Quantity,
)
from unspoken.model.origin import Written

PATIENCE = 50
"""Rounds, or triggers in one, before a world is said never to settle."""


class World(Protocol):
    """A possible state of affairs, with the worlds that each mind in it takes to be possible."""

    @property
    def facts(self) -> tuple[Value, ...]: ...
    def worlds(self, character: str) -> frozenset[World]: ...


Nodes: TypeAlias = tuple[tuple[tuple[Value, ...], tuple[tuple[int, ...], ...]], ...]


class State(Written, frozen=True, dict=True):
    """A world as a graph: each node its facts, and for each character the nodes of its worlds. No
    two nodes are alike, and their order is that of what they are."""

    characters: tuple[str, ...]
    nodes: Nodes
    root: int
    parts: dict[tuple[Nodes, int], State] = field(default_factory=dict)
    """What was reached from here or there, each once: by the nodes of where, and which of them."""
    aside = frozenset({"parts"})

    def __repr__(self) -> str:
        return f"State({self.characters}, {self.nodes}, {self.root})"

    @property
    def facts(self) -> tuple[Value, ...]:
        return self.nodes[self.root][0]

    def worlds(self, character: str) -> frozenset[State]:
        return self._worlds[self.characters.index(character)]

    @cached_property
    def _worlds(self) -> tuple[frozenset[State], ...]:
        return tuple(
            frozenset(self._part(target) for target in targets)
            for targets in self.nodes[self.root][1]
        )

    def _part(self, root: int) -> State:
        """The part that can be reached from a node. Its nodes stand in the same order."""
        key = self.nodes, root
        if key not in self.parts:
            self.parts[key] = self._from(root)
        return self.parts[key]

    def _from(self, root: int) -> State:
        found = {root}
        waiting = [root]
        while waiting:
            for targets in self.nodes[waiting.pop()][1]:
                waiting += [target for target in targets if target not in found]
                found.update(targets)
        place = {node: number for number, node in enumerate(sorted(found))}
        nodes = (self.nodes[node] for node in sorted(found))
        moved = (
            (f, tuple(tuple(place[t] for t in there) for there in minds)) for f, minds in nodes
        )
        return State(self.characters, tuple(moved), place[root], self.parts)

    @cached_property
    def _hash(self) -> int:
        return hash((self.nodes, self.root))

    def __hash__(self) -> int:
        return self._hash


def order(value: Value) -> tuple[int, float, str]:
    """Any order will do, if it is one (to Python, True is the number 1)."""
    if value is None or isinstance(value, bool):
        return (0, 2.0 if value is None else float(value), "")
    return (2, 0.0, value) if isinstance(value, str) else (1, value, "")


def graph(
    characters: tuple[str, ...],
    nodes: Sequence[tuple[tuple[Value, ...], tuple[tuple[int, ...], ...]]],
    root: int,
) -> State:
    """What can be reached from a root, with nodes that nothing tells apart made one: they begin as
    those with equal facts, and are split by the classes of their targets until nothing splits."""
    reached = [root]
    met = {root}
    for node in reached:
        for targets in nodes[node][1]:
            for target in targets:
                if target not in met:
                    met.add(target)
                    reached.append(target)
    signs: dict[int, object] = {n: tuple(map(order, nodes[n][0])) for n in reached}
    classes: dict[int, int] = {}
    while True:
        kinds = sorted(set(signs.values()))  # type: ignore[type-var]
        places = {kind: place for place, kind in enumerate(kinds)}
        finer = {node: places[signs[node]] for node in reached}
        if len(kinds) == len(set(classes.values())):
            break
        classes = finer
        signs = {
            node: (
                classes[node],
                tuple(
                    tuple(sorted({classes[target] for target in targets}))
                    for targets in nodes[node][1]
                ),
            )
            for node in reached
        }
    merged = {
        classes[node]: (
            nodes[node][0],
            tuple(tuple(sorted({classes[t] for t in targets})) for targets in nodes[node][1]),
        )
        for node in reached
    }
    return State(characters, tuple(merged[kind] for kind in sorted(merged)), classes[root])


def unfold(world: World, characters: tuple[str, ...]) -> State:
    """The finite graph that a world describes."""
    met = [world]
    places = {world: 0}
    nodes = []
    for one in met:
        minds = []
        for character in characters:
            for other in one.worlds(character):
                if other not in places:
                    places[other] = len(met)
                    met.append(other)
            minds.append(tuple(places[other] for other in one.worlds(character)))
        nodes.append((one.facts, tuple(minds)))
    return graph(characters, nodes, 0)


def reached(world: World, chain: Chain) -> set[World]:
    """The worlds that a chain of minds takes to be possible."""
    worlds = {world}
    for character in chain:
        worlds = {other for one in worlds for other in one.worlds(character)}
    return worlds


def agreed(worlds: set[World], fluent: int) -> Value:
    """The value that a fluent has in all of some worlds; else it is unknown."""
    first, *others = (world.facts[fluent] for world in worlds)
    return first if all(same(first, other) for other in others) else None


class Reading(Struct, frozen=True):
    """Reads conditions in a world."""

    world: World

    def __call__(self, chain: Chain, fluent: int) -> Value:
        return agreed(reached(self.world, chain), fluent)

    def within(self, character: str) -> Iterator[Reading]:
        return map(Reading, self.world.worlds(character))


def addressed(event: WorldsEvent, world: World, character: str) -> Pins:
    """What an event tells a character in a world, as seen from inside its mind."""
    sets = event.effects(world).items()
    return merge(tuple(((c[1:], f), v) for (c, f), v in sets if c[:1] == (character,)))


class Change(Struct, frozen=True, dict=True):
    """What becomes of a world: an event, if its owner sees it, and then values that are set in it
    (no chain) and in minds there."""

    before: World
    event: WorldsEvent | None
    pins: Pins = ()

    @cached_property
    def seen(self) -> tuple[Value, ...]:
        """The facts after the event, before anything is told."""
        facts = list(self.before.facts)
        if self.event is not None:
            for (chain, fluent), new in self.event.effects(self.before).items():
                if not chain:
                    facts[fluent] = new
        return tuple(facts)

    @cached_property
    def facts(self) -> tuple[Value, ...]:
        facts = list(self.seen)
        for (chain, fluent), pinned in self.pins:
            if not chain:
                facts[fluent] = pinned
        return tuple(facts)

    def telling(self, owner: str | None, character: str) -> Pins:
        """What minds there are told, of the mind of a character: by the event, then by the pins."""
        sets: Pins = ()
        if self.event is not None:
            sets = told(self.event.effects(self.before), owner)
        pins = merge(sets, self.pins)
        return tuple(((c[1:], f), v) for (c, f), v in pins if c[:1] == (character,))


class Changed(Struct, frozen=True):
    """One of the worlds of a mind (``owner`` None: the actual world) that change together."""

    change: Change
    owner: str | None
    family: frozenset[Change]

    @property
    def facts(self) -> tuple[Value, ...]:
        return self.change.facts

    def worlds(self, character: str) -> frozenset[World]:
        if character == self.owner:
            return frozenset(Changed(one, self.owner, self.family) for one in self.family)
        changes = mind_after(self.change, character, self.change.telling(self.owner, character))
        return together(changes, character)


def together(changes: frozenset[Change], owner: str | None) -> frozenset[World]:
    """The worlds of a mind after they have changed."""
    unmoved = frozenset(one.before for one in changes)
    nothing = all(one.event is None and not one.pins for one in changes)
    if nothing and owner is not None and all(w.worlds(owner) == unmoved for w in unmoved):
        return unmoved
    return frozenset(Changed(one, owner, changes) for one in changes)


def mind_after(around_it: Change, character: str, news: Pins) -> frozenset[Change]:
    """What becomes of the worlds of a character's mind in a world that changes."""
    worlds = around_it.before.worlds(character)
    event = around_it.event
    if event is None or not event.sees(character, around_it.before):
        return keeping(frozenset(Change(one, None) for one in worlds), news)
    worlds = possible_before(event, around_it.before, character)
    heard = addressed(event, around_it.before, character)
    alike = frozenset(one for one in worlds if addressed(event, one, character) == heard)
    if alike:
        return keeping(frozenset(Change(one, event) for one in alike), news)
    own = {one: own_pins(addressed(event, one, character)) for one in worlds}
    return frozenset(tidy(Change(one, event, merge(own[one], news))) for one in worlds)


def possible_before(event: WorldsEvent, outer: World, observer: str) -> frozenset[World]:
    """The worlds in which an observer takes an event to have been possible: those of its own in
    which it was, or, if there is none, all of its own, mended."""
    worlds = outer.worlds(observer)
    possible = frozenset(one for one in worlds if holds(event.precondition, Reading(one)))
    if possible:
        return possible
    mends = (Change(one, None, surprise(event, outer, one, observer)) for one in worlds)
    return together(frozenset(mends), observer)


def own_pins(pins: Pins) -> Pins:
    return tuple(pinned for pinned in pins if not pinned[0][0])


def keeping(changes: frozenset[Change], news: Pins) -> frozenset[Change]:
    """Worlds after their mind is told something: of what is so in any of them, all must be so in
    those that it keeps, if there is such a world. Then it is set, so that the rest is so, too."""
    known = [
        (fluent, new)
        for (_, fluent), new in own_pins(news)
        if any(same(one.seen[fluent], new) for one in changes)
    ]
    kept = [one for one in changes if all(same(one.seen[f], new) for f, new in known)]
    return frozenset(tidy(Change(one.before, one.event, news)) for one in kept or changes)


def tidy(change: Change) -> Change:
    """Without the pins that set what is so already."""
    pins = tuple(p for p in change.pins if p[0][0] or not same(change.seen[p[0][1]], p[1]))
    return Change(change.before, change.event, pins)


def surprise(event: WorldsEvent, outer: World, mind: World, observer: str) -> Pins:
    """What an observer has to mend in one of its worlds, in none of which an event was possible."""
    outside, inside = Reading(outer), Reading(mind)
    if not holds(event.precondition, outside):
        return ()
    mended: dict[tuple[Chain, int], Value] = {}

    def learn(chain: Chain, fluent: int, new: Value) -> None:
        if new is None and fluent in event.booleans:
            return
        place = within(observer, chain), fluent
        if mended.setdefault(place, new) is None:
            mended[place] = new  # a known value beats unknown

    for atom in grounds(event.precondition, outside):
        if not holds(atom, inside):
            for read in (*reads(atom.left), *reads(atom.right)):
                equal = atom.comparator is Comparator.EQ
                learn(read.chain, read.fluent, outside(read.chain, read.fluent) if equal else None)
    for minds, atom in grounds_within(event.precondition, outside):
        if holds(around(minds, atom), inside):
            continue
        sure = holds(around(tuple((mind, True) for mind, _ in minds), atom), outside)
        equal = sure and atom.comparator is Comparator.EQ
        for read in (*reads(atom.left), *reads(atom.right)):
            whose = (*(who for who, _ in minds), *read.chain)
            chain = tuple(who for who, _ in groupby(whose))
            learn(chain, read.fluent, outside(chain, read.fluent) if equal else None)
    return merge(tuple(mended.items()))


class WorldsEvent(Event, frozen=True, eq=False):
    """A ground action or trigger in such a world."""

    booleans: frozenset[int] = frozenset()

    def sees(self, character: str, world: World) -> bool:
        condition = self.observing.get(character)
        return condition is None or holds(condition, Reading(world))

    def effects(self, world: World) -> dict[tuple[Chain, int], Value]:
        """Every value that it sets, judged and computed in a world."""
        return assigned(self.assignments, Reading(world), self.name)


class Swept(Struct, frozen=True):
    """A world of a mind whose laws have fired, the minds in it not having had their turn."""

    fired: State
    owner: str | None
    family: frozenset[State]
    fire: Callable[[frozenset[State], str | None], frozenset[State]]

    @property
    def facts(self) -> tuple[Value, ...]:
        return self.fired.facts

    def worlds(self, character: str) -> frozenset[World]:
        family = self.family
        if character != self.owner:
            family = self.fire(self.fired.worlds(character), character)
        return frozenset(Swept(one, character, family, self.fire) for one in family)


Inside: TypeAlias = tuple[tuple[tuple[Chain, int], Value], ...]
"""What was said of minds in a world, as seen from there."""

View: TypeAlias = frozenset[tuple[tuple[Value, ...], Inside]]
"""Worlds at the beginning, each with what was said of minds there."""


class Imagined(Struct, frozen=True):
    """One of the worlds of somebody's mind at the beginning, before triggers.

    ``chain``: whose mind it is, if anything was said of just that; else None, and it is the view of
    the minds around. ``said``: what was said of it in the world around.
    """

    beginning: Beginning
    chain: Chain | None
    owner: str | None
    base: View
    said: Inside
    world: tuple[tuple[Value, ...], Inside]

    @property
    def facts(self) -> tuple[Value, ...]:
        return self.world[0]

    def worlds(self, character: str) -> frozenset[World]:
        facts, inside = self.world
        if character == self.owner:
            mine = filled(self.base, self.said)
            alike = (one for one in mine if self.beginning.agree(character, facts, one[0]))
            made = (
                Imagined(self.beginning, self.chain, self.owner, self.base, self.said, one)
                for one in alike
            )
            return frozenset(made)
        shared = self.base
        if self.owner is not None:
            outer = dict(self.said)
            shared = frozenset(
                (one, tuple(item for item in there if item[0] not in outer))
                for one, there in filled(self.base, self.said)
            )
        return self.beginning.believed(self.chain, character, facts, inside, shared)


def filled(view: View, said: Inside) -> View:
    """Worlds of a mind of which more is said: it keeps those in which that is so, and where it is
    so in none, it becomes so."""
    own = [(fluent, new) for (chain, fluent), new in said if not chain]
    deeper = tuple(item for item in said if item[0][0])
    return frozenset(
        (with_values(facts, own), merge(there, deeper)) for facts, there in kept(view, own)
    )


def kept(
    view: frozenset[tuple[tuple[Value, ...], Inside]], news: Sequence[tuple[int, Value]]
) -> list[tuple[tuple[Value, ...], Inside]]:
    known = [(f, new) for f, new in news if any(same(facts[f], new) for facts, _ in view)]
    found = [one for one in view if all(same(one[0][f], new) for f, new in known)]
    return found or list(view)


def with_values(facts: tuple[Value, ...], news: Sequence[tuple[int, Value]]) -> tuple[Value, ...]:
    changed = list(facts)
    for fluent, new in news:
        changed[fluent] = new
    return tuple(changed)


Alternatives: TypeAlias = list[list[tuple[tuple[Chain, int], Value]]]


class Beginning:
    """What the initial statements say."""

    def __init__(self, grounder: Grounder, defaults: tuple[Value, ...]) -> None:
        self.grounder = grounder
        self.defaults = defaults
        self.pins: dict[tuple[Chain, int], Value] = {}
        self.choices: list[tuple[Chain, Alternatives]] = []
        self.informed: set[tuple[str, int]] = set()

    def value(self, chain: Chain, fluent: int) -> Value:
        """In the state built so far, as far as no choice is concerned."""
        while (chain, fluent) not in self.pins and chain:
            chain = chain[:-1]
        return self.pins.get((chain, fluent), self.defaults[fluent])

    def state(self, part: Expression, environment: Mapping[str, Value], chain: Chain = ()) -> None:
        match part:
            case Possible(character, alternatives):
                minds = () if character is None else (character,)
                whose = self.grounder.chain(chain, minds, environment)
                found = self.alternatives(alternatives, environment, whose, len(whose))
                if not found:
                    raise IllFormed("nothing is possible")
                spoken = {place for one in found for place, _ in one if not place[0]}
                for said in found:  # what only the others speak of is as if nothing were said
                    silent = sorted(spoken - {place for place, _ in said})
                    said += [(place, self.defaults[place[1]]) for place in silent]
                self.choices.append((whose, found))
            case KnowsWhether(character, fluent):
                knower = term(character, environment)
                assert isinstance(knower, str)
                self.informed.add((knower, self.grounder.fluent(fluent, environment)))
            case Believes(character, inner) if speaks_of_worlds(inner):
                self.state(
                    inner, environment, self.grounder.chain(chain, (character,), environment)
                )
            case And(parts) if speaks_of_worlds(part):
                for one in parts:
                    self.state(one, environment, chain)
            case Quantifier(Quantity.FORALL, variable, body) if speaks_of_worlds(body):
                for member in self.grounder.members[variable.type]:
                    self.state(body, {**environment, variable.name: member}, chain)
            case If(((condition, body),), None) if speaks_of_worlds(body):
                if holds(self.grounder.condition(condition, environment, chain), self.value):
                    self.state(body, environment, chain)
            case _:
                assert not chain
                for place, new in self.assigned(part, environment, ()):
                    self.set(place, new)

    def set(self, place: tuple[Chain, int], new: Value) -> None:
        chain, fluent = place
        self.pins[place] = new
        if chain:  # what is said later wins
            for whose, alternatives in self.choices:
                if chain[: len(whose)] == whose:
                    gone = chain[len(whose) :], fluent
                    alternatives[:] = [[s for s in one if s[0] != gone] for one in alternatives]

    def assigned(
        self, part: Expression, environment: Mapping[str, Value], around_it: Chain
    ) -> list[tuple[tuple[Chain, int], Value]]:
        found: dict[tuple[Chain, int], Value] = {}
        for one in self.grounder.assignments(part, environment, around_it):
            if holds(one.condition, self.value):
                new = amount_of(one.amount, self.value)
                if not same(found.setdefault((one.chain, one.fluent), new), new):
                    raise IllFormed("the beginning sets one thing to two values")
        return sorted(found.items(), key=lambda item: item[0])

    def alternatives(
        self, part: Expression, environment: Mapping[str, Value], chain: Chain, depth: int
    ) -> Alternatives:
        def inner(one: Expression, **more: Value) -> Alternatives:
            return self.alternatives(one, {**environment, **more}, chain, depth)

        def all_of_them(several: list[Alternatives]) -> Alternatives:
            return [list(chain_of(*ways)) for ways in product(*several)]

        match part:
            case Or(parts):
                return list(chain_of(*map(inner, parts)))
            case And(parts):
                return all_of_them(list(map(inner, parts)))
            case Quantifier(Quantity.EXISTS | Quantity.FORALL as quantity, variable, body):
                members = self.grounder.members[variable.type]
                several = [inner(body, **{variable.name: member}) for member in members]
                exists = quantity is Quantity.EXISTS
                return list(chain_of(*several)) if exists else all_of_them(several)
            case Believes(character, believed):
                deeper = self.grounder.chain(chain, (character,), environment)
                return self.alternatives(believed, environment, deeper, depth)
        said = self.assigned(part, environment, chain)
        return [[((c[depth:], fluent), new) for (c, fluent), new in said]]

    def agree(self, who: str, one: tuple[Value, ...], other: tuple[Value, ...]) -> bool:
        return all(same(one[f], other[f]) for knower, f in self.informed if knower == who)

    def view(self, chain: Chain) -> View:
        """What a chain of minds takes to be possible, by what was said of it and its outer ones."""
        facts = tuple(self.value((), fluent) for fluent in range(len(self.defaults)))
        ways: View = frozenset({(facts, ())})
        for length in range(len(chain) + 1):
            outer = chain[:length]
            if outer:
                news = [(f, new) for (c, f), new in self.pins.items() if c == outer]
                ways = frozenset((with_values(w, news), there) for w, there in kept(ways, news))
            for whose, alternatives in self.choices:
                if whose == outer:
                    ways = frozenset(
                        (
                            with_values(w, [(f, new) for (c, f), new in one if not c]),
                            merge(there, tuple(item for item in one if item[0][0])),
                        )
                        for w, there in ways
                        for one in alternatives
                    )
        return ways

    def is_spoken_of(self, chain: Chain) -> bool:
        spoken = [c for c, _ in self.pins] + [c for c, _ in self.choices]
        return any(c[: len(chain)] == chain for c in spoken)

    def believed(
        self,
        chain: Chain | None,
        character: str,
        facts: tuple[Value, ...],
        inside: Inside,
        shared: View,
    ) -> frozenset[World]:
        """The worlds of a character's mind, in a world with these facts, in which this was said of
        minds, and which is one of ``shared``."""
        deeper: Chain | None = None
        if chain is not None and self.is_spoken_of((*chain, character)):
            deeper = (*chain, character)
        base = shared if deeper is None else self.view(deeper)
        said = tuple(((c[1:], f), v) for (c, f), v in inside if c[:1] == (character,))
        view = filled(base, said)
        if not any(self.agree(character, facts, one) for one, _ in view):
            known = {((), f): facts[f] for knower, f in self.informed if knower == character}
            said = merge(said, tuple(known.items()))
            view = filled(base, said)
        return frozenset(
            Imagined(self, deeper, character, base, said, one)
            for one in view
            if self.agree(character, facts, one[0])
        )

    def root(self) -> World:
        facts = tuple(self.value((), fluent) for fluent in range(len(self.defaults)))
        so: dict[tuple[Chain, int], Value] = {}
        for whose, alternatives in self.choices:
            if not whose:
                for one in alternatives:
                    if all(same(facts[f], new) for (c, f), new in one if not c):
                        so.update(item for item in one if item[0][0])
                        break
        inside = tuple(sorted(so.items(), key=lambda item: item[0]))
        return Imagined(self, (), None, self.view(()), (), (facts, inside))


def speaks_of_worlds(part: Expression) -> bool:
    match part:
        case Possible() | KnowsWhether():
            return True
        case Believes(_, inner) | Quantifier(_, _, inner):
            return speaks_of_worlds(inner)
        case And(parts):
            return any(map(speaks_of_worlds, parts))
        case If(branches):
            return any(speaks_of_worlds(inner) for _, inner in branches)
    return False


class WorldsJudge(Judge):
    """A world in which minds may hold several worlds: where it begins and what becomes of it."""

    def _ground(self, constants: Mapping[int, Value]) -> None:
        super()._ground(constants)
        self._after_laws: dict[tuple[frozenset[World], str | None], frozenset[State]] = {}
        self.booleans = frozenset(
            place
            for place, (declared, _) in enumerate(self.fluents)
            if self.world.properties[declared].range == "boolean"
        )
        self.actions = tuple(map(self._here, self.actions))
        self.triggers = tuple(map(self._here, self.triggers))

    def _grounder(self, constants: Mapping[int, Value]) -> Grounder:
        return Grounder(self.world, constants, several=True)

    def _here(self, event: Event) -> WorldsEvent:
        fields = asdict(event)
        constants = self.grounder.constants  # what never changes is no news to anybody
        kept = (one for one in event.assignments if one.fluent not in constants)
        fields["assignments"] = tuple(kept)
        return WorldsEvent(**fields, booleans=self.booleans)

    def _untouched(self) -> dict[int, Value]:
        return {}  # the engine says which fluents never change

    @cached_property
    def start(self) -> State:
        """The settled beginning."""
        declared = [self.world.properties[place] for place, _ in self.fluents]
        default: dict[str, Value] = {"boolean": False, "number": 0.0}
        beginning = Beginning(
            Grounder(self.world), tuple(default.get(one.range) for one in declared)
        )
        for statement in self.world.initial:
            for part in parts_of(statement):
                beginning.state(part, {})
        return self.at_rest(unfold(beginning.root(), self.characters))

    def at_rest(self, state: State) -> State:
        for _ in range(PATIENCE):
            family = self._fired(frozenset({state}), None)
            (fired,) = family
            swept = unfold(Swept(fired, None, family, self._fired), self.characters)
            if swept == state:
                return state
            state = swept
        raise IllFormed("the triggers never settle")

    def _fired(self, worlds: frozenset[World], owner: str | None) -> frozenset[State]:
        key = worlds, owner
        if key not in self._after_laws:
            self._after_laws[key] = self._fire(worlds, owner)
        return self._after_laws[key]

    def _fire(self, worlds: frozenset[World], owner: str | None) -> frozenset[State]:
        """The worlds of a mind when no law is due in any: until then the first that is due happens
        in each, in all at once. In one of several, a law is due only if it changes anything."""
        family = frozenset(
            one if isinstance(one, State) else unfold(one, self.characters) for one in worlds
        )
        for _ in range(PATIENCE):
            changes = set()
            moved = False
            for one in family:
                pins = self._due(one, owner, len(family) > 1)
                moved |= pins is not None
                changes.add(Change(one, None, pins or ()))
            if not moved:
                return family
            after = (Changed(one, owner, frozenset(changes)) for one in changes)
            family = frozenset(unfold(one, self.characters) for one in after)
        raise IllFormed("the triggers undo each other")

    def _due(self, one: State, owner: str | None, several: bool) -> Pins | None:
        laws = (law for law in self.triggers if isinstance(law, WorldsEvent))
        for law in laws:
            if holds(law.precondition, Reading(one)):
                pins = told(law.effects(one), owner)
                if not several or any(
                    not same(agreed(reached(one, c), f), new) for (c, f), new in pins
                ):
                    return pins
        return None

    def after(self, state: State, action: WorldsEvent) -> State:
        """The settled state after an action."""
        change = Change(state, action)
        stepped = Changed(change, None, frozenset({change}))
        return self.at_rest(unfold(stepped, self.characters))

    def can(self, state: State) -> list[WorldsEvent]:
        """What is possible."""
        events = (one for one in self.actions if isinstance(one, WorldsEvent))
        return [one for one in events if holds(one.precondition, Reading(state))]

    def is_so(self, state: State, expression: Expression) -> bool:
        return holds(self.grounder.condition(expression, {}), Reading(state))
