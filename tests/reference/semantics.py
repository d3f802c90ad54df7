"""States and how they change, as the semantics page defines them (2, 3.3).

Receives a model; hands on a ``Judge``: the settled beginning, what an action makes of a state,
values along any chain of minds, utilities. States are plain values, equal iff no chain of minds
tells them apart.

What follows from an event is described lazily, one mind at a time (``Pinned``, ``Stepped``,
``Swept``: each has facts, and a view for each mind), then unfolded into a finite graph, which is
minimised and numbered from its root.

Whose mind: a view is followed as the actual state (owner None) or as the mind of its owner, who
believes that it believes what it believes: the owner's own mind is the same view (2.1).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import ceil, floor
from typing import Protocol, TypeAlias

from msgspec import Struct, field

from tests.reference.expressions import (
    ALWAYS,
    NEVER,
    Assignment,
    Atom,
    Chain,
    Condition,
    Constant,
    Filling,
    Grounder,
    IllFormed,
    Read,
    Reader,
    Value,
    amount_of,
    grounds,
    holds,
    reads,
    same,
    term,
)
from unspoken.model import Action, And, Comparator, Expression, Property, Storyworld, Trigger

Pins: TypeAlias = tuple[tuple[tuple[Chain, int], Value], ...]
"""Values to set, each along a chain of minds; a dict's items, so that views can be compared."""

PATIENCE = 1000
"""Triggers fired, or rounds of settling, before a world is said never to settle."""


class View(Protocol):
    """A possible state of affairs, with minds that hold further ones."""

    @property
    def facts(self) -> tuple[Value, ...]: ...
    def mind(self, character: str) -> View: ...


def value(view: View, chain: Chain, fluent: int) -> Value:
    for character in chain:
        view = view.mind(character)
    return view.facts[fluent]


def reader(view: View) -> Reader:
    return lambda chain, fluent: value(view, chain, fluent)


class State(Struct, frozen=True, eq=False, dict=True):
    """A graph of nodes, the root first, the rest breadth first; no two nodes alike.

    Equal values are equal beliefs to any depth (2.2).
    """

    characters: tuple[str, ...]
    nodes: tuple[tuple[tuple[Value, ...], tuple[int, ...]], ...]

    @property
    def facts(self) -> tuple[Value, ...]:
        return self.nodes[0][0]

    @cached_property
    def _minds(self) -> dict[str, State]:
        return {
            character: State(self.characters, breadth_first(self.nodes, root))
            for character, root in zip(self.characters, self.nodes[0][1], strict=True)
        }

    def mind(self, character: str) -> State:
        """beta(character, self)."""
        return self._minds[character]

    @cached_property
    def _key(self) -> tuple[object, ...]:
        # True == 1.0 in Python; a fluent never holds both, so the nodes will do.
        return self.nodes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, State) and self._key == other._key

    @cached_property
    def _hash(self) -> int:
        return hash(self._key)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return self._hash


Nodes: TypeAlias = Sequence[tuple[tuple[Value, ...], tuple[int, ...]]]


def breadth_first(nodes: Nodes, root: int) -> tuple[tuple[tuple[Value, ...], tuple[int, ...]], ...]:
    """What can be reached from a root, renumbered in the order of meeting it."""
    order = [root]
    place = {root: 0}
    for node in order:
        for target in nodes[node][1]:
            if target not in place:
                place[target] = len(order)
                order.append(target)
    return tuple((nodes[n][0], tuple(place[target] for target in nodes[n][1])) for n in order)


def unfold(view: View, characters: tuple[str, ...]) -> State:
    """The finite graph that a view describes, with nodes that no chain tells apart made one."""
    views = [view]
    place = {view: 0}
    nodes: list[tuple[tuple[Value, ...], tuple[int, ...]]] = []
    for met in views:
        minds = []
        for character in characters:
            mind = met.mind(character)
            if mind not in place:
                place[mind] = len(views)
                views.append(mind)
            minds.append(place[mind])
        nodes.append((met.facts, tuple(minds)))

    # Moore's refinement: begin with equal facts, split classes whose minds are in different
    # classes, until nothing splits.
    numbers: dict[object, int] = {}
    classes = [numbers.setdefault(facts, len(numbers)) for facts, _ in nodes]
    while True:
        before = len(numbers)
        numbers = {}
        classes = [
            numbers.setdefault((classes[n], *(classes[t] for t in targets)), len(numbers))
            for n, (_, targets) in enumerate(nodes)
        ]
        if len(numbers) == before:
            break
    merged: list[tuple[tuple[Value, ...], tuple[int, ...]]] = [((), ())] * before
    for n, (facts, targets) in enumerate(nodes):
        merged[classes[n]] = (facts, tuple(classes[t] for t in targets))
    return State(characters, breadth_first(merged, classes[0]))


class Pinned(Struct, frozen=True, dict=True):
    """A view, as ``owner``'s mind, with some values set; nothing else of it changes.

    Pins are told from the inside: those of the owner's own mind have the empty chain.
    """

    inner: View
    pins: Pins
    owner: str | None

    @cached_property
    def facts(self) -> tuple[Value, ...]:
        facts = list(self.inner.facts)
        for (chain, fluent), pinned in self.pins:
            if not chain:
                facts[fluent] = pinned
        return tuple(facts)

    def mind(self, character: str) -> View:
        if character == self.owner:
            return self
        mind = self.inner.mind(character)
        return pin(mind, within(self.pins, character), character)


def pin(view: View, pins: Pins, owner: str | None) -> View:
    """``view`` with the pins set, the later over the earlier."""
    if isinstance(view, Pinned) and view.owner == owner:
        return Pinned(view.inner, merge(view.pins, pins), owner)
    return Pinned(view, pins, owner) if pins else view


def merge(*all_pins: Pins) -> Pins:
    """One value for each place, the last; in a fixed order, so that equal pins are equal."""
    merged = {place: pinned for pins in all_pins for place, pinned in pins}
    return tuple(sorted(merged.items(), key=lambda item: item[0]))


def within(pins: Pins, character: str) -> Pins:
    """What the pins set in a character's mind, as seen from inside it."""
    return tuple(((c[1:], f), v) for (c, f), v in pins if c[:1] == (character,))


def as_mind_of(owner: str | None, chain: Chain) -> Chain:
    """In the mind of c, ``[c]f`` is f."""
    return chain[1:] if owner is not None and chain[:1] == (owner,) else chain


class Event(Struct, frozen=True, eq=False):
    """A ground action or trigger. ``name`` is as in a plan: ``walk(Tom, Home, Market)``."""

    kind: int
    schema: int
    arguments: tuple[Value, ...]
    name: str
    precondition: Condition
    assignments: tuple[Assignment, ...]
    consenting: tuple[str, ...] = ()
    observing: dict[str, Condition] = field(default_factory=dict)
    """By character; a character that is not in it sees everything."""
    whole: frozenset[int] = frozenset()
    """The fluents that a surprise moves by whole steps."""

    def observes(self, character: str, view: View) -> bool:
        return holds(self.observing.get(character, ALWAYS), reader(view))

    def sets(self, view: View) -> dict[tuple[Chain, int], Value]:
        """Every value the event sets, judged and computed in ``view`` (2.3, 1 and 2b)."""
        return assigned(self.assignments, reader(view), self.name)


def assigned(
    assignments: Iterable[Assignment], read: Reader, where: str
) -> dict[tuple[Chain, int], Value]:
    found: dict[tuple[Chain, int], Value] = {}
    for assignment in assignments:
        if holds(assignment.condition, read):
            place = assignment.chain, assignment.fluent
            new = amount_of(assignment.amount, read)
            if not same(found.setdefault(place, new), new):
                raise IllFormed(f"{where} sets one thing to two values")
    return found


def told(sets: dict[tuple[Chain, int], Value], owner: str | None) -> Pins:
    """As pins on the owner's mind: what it is told of its own mind comes after the facts, over
    them (`decisions/minds.md`, "Whose mind")."""
    plain: list[tuple[tuple[Chain, int], Value]] = []
    own: list[tuple[tuple[Chain, int], Value]] = []
    for (chain, fluent), new in sets.items():
        inside = as_mind_of(owner, chain)
        (plain if inside == chain else own).append(((inside, fluent), new))
    return merge(tuple(plain), tuple(own))


class Stepped(Struct, frozen=True, dict=True):
    """A view after an event, before triggers (2.3)."""

    before: View
    event: Event
    owner: str | None

    @cached_property
    def _told(self) -> Pins:
        return told(self.event.sets(self.before), self.owner)

    @cached_property
    def facts(self) -> tuple[Value, ...]:
        return Pinned(self.before, self._told, self.owner).facts

    def mind(self, character: str) -> View:
        if character == self.owner:
            return self
        if self.event.observes(character, self.before):
            mind: View = Stepped(mended(self.event, self.before, character), self.event, character)
        else:
            mind = self.before.mind(character)
        return pin(mind, within(self._told, character), character)


def mended(event: Event, outer: View, observer: str) -> View:
    """The mind of an observer, put right so that it can see the event happen."""
    mind = outer.mind(observer)
    return pin(mind, surprise(event, outer, mind, observer), observer)


def surprise(event: Event, outer: View, mind: View, observer: str) -> Pins:
    """What the observer has to mend in order to see the event happen (2.4).

    Of the atoms that are true outside and false in the mind, those that are an ``==`` have all
    their fluents set to what they are outside, the others have theirs made unknown
    (`decisions/minds.md`, "Surprise"; the page speaks of atoms with one fluent only). Whole
    numbers, of which the page knows none, are left to ``stepwise``.
    """
    outside, inside = reader(outer), reader(mind)
    if holds(event.precondition, inside):
        return ()
    mended: dict[tuple[Chain, int], Value] = {}
    atoms = list(grounds(event.precondition, outside))
    for atom in atoms:
        if holds(atom, inside):
            continue
        for read in (*reads(atom.left), *reads(atom.right)):
            if read.fluent in event.whole:
                continue
            new = outside(read.chain, read.fluent) if atom.comparator is Comparator.EQ else None
            place = as_mind_of(observer, read.chain), read.fluent
            if mended.setdefault(place, new) is None:
                mended[place] = new  # a known value beats unknown
    moved = stepwise(atoms, event.whole, outside, inside, mended, observer)
    return merge(tuple(mended.items()), tuple(moved.items()))


def stepwise(
    atoms: Sequence[Atom],
    whole: frozenset[int],
    outside: Reader,
    inside: Reader,
    mended: Mapping[tuple[Chain, int], Value],
    observer: str,
) -> dict[tuple[Chain, int], Value]:
    """Whole numbers, as the observer of true atoms comes to take them.

    While an atom fails in its mind, as far as that is mended, and speaks of a whole number that
    it has not moved yet, it moves the first: to the first value on the way to what is so with
    which all atoms about it hold, the other numbers being as it has moved them or as they are.
    """
    moved: dict[tuple[Chain, int], Value] = {}
    believed = {place: new for place, new in mended.items() if new is not None}

    def reading(first: Mapping[tuple[Chain, int], Value], otherwise: Reader) -> Reader:
        def read(chain: Chain, fluent: int) -> Value:
            place = as_mind_of(observer, chain), fluent
            return first[place] if place in first else otherwise(chain, fluent)

        return read

    def places(atom: Atom) -> list[tuple[tuple[Chain, int], Read]]:
        found = (*reads(atom.left), *reads(atom.right))
        return [((as_mind_of(observer, read.chain), read.fluent), read) for read in found]

    def next_to_move() -> tuple[tuple[Chain, int], Read] | None:
        for atom in atoms:
            if not makes_sense_and_holds(atom, reading({**believed, **moved}, inside)):
                for place, read in places(atom):
                    if read.fluent in whole and place not in moved:
                        return place, read
        return None

    while (found := next_to_move()) is not None:
        place, read = found
        about = [atom for atom in atoms if place in [other for other, _ in places(atom)]]
        so = outside(read.chain, read.fluent)
        for value in on_the_way(inside(read.chain, read.fluent), so):
            tried = reading({**moved, place: value}, outside)
            if value is so or all(makes_sense_and_holds(atom, tried) for atom in about):
                moved[place] = value
                break
    return moved


def on_the_way(held: Value, so: Value) -> Iterator[Value]:
    """A number, the whole ones between it and another, and that; of unknown ones only the last."""
    if isinstance(held, float) and isinstance(so, float):
        yield held
        between = [float(n) for n in range(floor(min(held, so)), ceil(max(held, so)) + 1)]
        between = [n for n in between if min(held, so) < n < max(held, so)]
        yield from between if held < so else reversed(between)
    yield so


def makes_sense_and_holds(atom: Atom, read: Reader) -> bool:
    try:
        return holds(atom, read)
    except IllFormed:
        return False


class Laws(Struct, frozen=True, eq=False):
    """The triggers, and the order of trying them.

    The order is a matter of definition only for worlds whose triggers do not always settle in the
    same state; ``firings`` (how many may fire at a node before its minds have their turn) and the
    order of ``triggers`` can be varied to find such worlds.
    """

    triggers: tuple[Event, ...]
    firings: int = PATIENCE
    fired: dict[tuple[View, str | None], View] = field(default_factory=dict)

    def fire(self, view: View, owner: str | None) -> View:
        """2.5: while some trigger's precondition holds, apply the first, then look again."""
        key = view, owner
        if key not in self.fired:
            self.fired[key] = self._fire(view, owner)
        return self.fired[key]

    def _fire(self, view: View, owner: str | None) -> View:
        met = {view}
        for _ in range(self.firings):
            read = reader(view)
            law = next((law for law in self.triggers if holds(law.precondition, read)), None)
            if law is None:
                return view
            view = pin(view, told(law.sets(view), owner), owner)
            if self.firings == PATIENCE and view in met:
                break
            met.add(view)
        if self.firings == PATIENCE:
            raise IllFormed("the triggers undo each other")
        return view


class Swept(Struct, frozen=True, dict=True):
    """A view after one round of triggers: here to their fixed point, with what they tell each
    mind delivered at once; then in each mind likewise (2.5, Order)."""

    before: View
    laws: Laws
    owner: str | None

    @cached_property
    def _fired(self) -> View:
        return self.laws.fire(self.before, self.owner)

    @property
    def facts(self) -> tuple[Value, ...]:
        return self._fired.facts

    def mind(self, character: str) -> View:
        if character == self.owner:
            return self
        return Swept(self._fired.mind(character), self.laws, character)


class Imagined(Struct, frozen=True, dict=True):
    """The beginning, before triggers, as believed along a chain of minds (2.1)."""

    beginning: Beginning
    chain: Chain

    @cached_property
    def facts(self) -> tuple[Value, ...]:
        fluents = range(len(self.beginning.defaults))
        return tuple(self.beginning.value(self.chain, fluent) for fluent in fluents)

    def mind(self, character: str) -> View:
        if self.chain[-1:] == (character,):
            return self
        chain = (*self.chain, character)
        if any(pinned[: len(chain)] == chain for pinned, _ in self.beginning.pins):
            return Imagined(self.beginning, chain)
        return Shared(self.facts, self.beginning.unknown).mind(character)


class Shared(Struct, frozen=True):
    """Facts that everyone takes everyone to believe, to any depth, but for what some do not."""

    facts: tuple[Value, ...]
    unknown: frozenset[tuple[str, int]] = frozenset()

    def mind(self, character: str) -> View:
        facts = tuple(
            False if (character, fluent) in self.unknown else fact
            for fluent, fact in enumerate(self.facts)
        )
        return Shared(facts, self.unknown)


class Beginning(Struct, frozen=True, eq=False):
    """The state built so far by the initial statements: defaults, and what was said.

    ``unknown``: to whom what is false, in whoever's mind, unless something else was said of them.
    """

    defaults: tuple[Value, ...]
    pins: dict[tuple[Chain, int], Value] = field(default_factory=dict)
    unknown: frozenset[tuple[str, int]] = frozenset()

    def value(self, chain: Chain, fluent: int) -> Value:
        """What was said of it; else what is so without the innermost character."""
        while (chain, fluent) not in self.pins and chain:
            if (chain[-1], fluent) in self.unknown:
                return False
            chain = chain[:-1]
        return self.pins.get((chain, fluent), self.defaults[fluent])


def parts_of(statement: Expression) -> Iterator[Expression]:
    """The parts of an outermost conjunction apply one after another, each in the state built so
    far (2.1)."""
    if isinstance(statement, And):
        for part in statement.parts:
            yield from parts_of(part)
    else:
        yield statement


class Judge:
    """A world with every event ground: where it begins, and what becomes of a state.

    Raises IllFormed where the world contradicts itself or never settles; if ``strict``, also
    where it matters which trigger fires first, since the page then does not define the result
    (2.5, Choice).

    ``constants`` are fluents, by their places, that grounding finds never to have another value
    anywhere (4); by default those that nothing assigns to. That they are constants matters to
    surprise alone, which does not call them in doubt. Whoever claims more of them than the default
    shows whether they are by comparing values.
    """

    def __init__(
        self,
        world: Storyworld,
        *,
        strict: bool = False,
        constants: Mapping[int, Value] | None = None,
    ) -> None:
        self.world = world
        self.characters = world.characters
        self._ground({} if constants is None else constants)
        if constants is None:
            self._ground(self._untouched())
        self.laws = Laws(self.triggers)
        backwards = tuple(reversed(self.triggers))
        others = (Laws(backwards), Laws(self.triggers, 1), Laws(backwards, 1))
        self._other_orders = others if strict and self.triggers else ()
        self._utilities = {
            utility.character: self.grounder.amount(utility.expression, {})
            for utility in world.utilities
        }
        self._after: dict[tuple[State, Event], State] = {}
        self._settled: dict[State, State] = {}

    def _ground(self, constants: Mapping[int, Value]) -> None:
        self.grounder = self._grounder(constants)
        self.fluents = self.grounder.fluents
        whole = {self.world.properties.index(declared) for declared in self.whole()}
        numbered = enumerate(self.fluents)
        self._whole = frozenset(fluent for fluent, (place, _) in numbered if place in whole)
        self.actions = tuple(self._events(self.world.actions))
        self.triggers = tuple(self._events(self.world.triggers))

    def _grounder(self, constants: Mapping[int, Value]) -> Grounder:
        return Grounder(self.world, constants)

    def _untouched(self) -> dict[int, Value]:
        """The fluents about which all minds agree at the start and that no event assigns to."""
        events = (*self.actions, *self.triggers)
        touched = {assignment.fluent for event in events for assignment in event.assignments}
        nodes = self.unsettled_initial().nodes
        return {
            fluent: nodes[0][0][fluent]
            for fluent in range(len(self.fluents))
            if fluent not in touched and len({facts[fluent] for facts, _ in nodes}) == 1
        }

    def _events(self, schemas: Sequence[Action | Trigger]) -> Iterator[Event]:
        for place, schema in enumerate(schemas):
            for filling in self.grounder.fillings(schema.parameters):
                event = self._event(place, schema, filling)
                if event.precondition != NEVER:
                    # 2.3: two unconditional different values are an error, also from grounding.
                    certain = [a for a in event.assignments if a.condition == ALWAYS]
                    constant = [a for a in certain if isinstance(a.amount, Constant)]
                    assigned(constant, reader(Shared(())), event.name)
                    yield event

    def _event(self, place: int, schema: Action | Trigger, filling: Filling) -> Event:
        environment = filling.environment
        consenting: tuple[str, ...] = ()
        observing: dict[str, Condition] = {}
        if isinstance(schema, Action):
            people = (term(character, environment) for character in schema.consenting)
            consenting = tuple(dict.fromkeys(str(character) for character in people))
            if schema.observing is not None:
                variable, condition = schema.observing.variable.name, schema.observing.condition
                for character in self.characters:
                    seen_by = {**environment, variable: character}
                    observing[character] = self.grounder.condition(condition, seen_by)
        return Event(
            0 if isinstance(schema, Action) else 1,
            place,
            filling.arguments,
            f"{schema.name}({', '.join(map(str, filling.arguments))})",
            self.grounder.condition(schema.precondition, environment),
            tuple(self.grounder.assignments(schema.effect, environment)),
            consenting,
            observing,
            self._whole,
        )

    def whole(self) -> Collection[Property]:
        """The properties whose values a surprise moves by whole steps."""
        return [declared for declared in self.world.properties if declared.whole]

    @cached_property
    def initial(self) -> State:
        """The settled initial state."""
        return self.settle(self.unsettled_initial())

    def unsettled_initial(self) -> State:
        declared = [self.world.properties[place] for place, _ in self.fluents]
        default = {"boolean": False, "number": 0.0}
        beginning = Beginning(
            tuple(default.get(one.range) for one in declared),
            unknown=frozenset(
                (who, fluent) for fluent, one in enumerate(declared) for who in one.unknown_to
            ),
        )
        grounder = Grounder(self.world)  # nothing is constant yet
        for statement in self.world.initial:
            for part in parts_of(statement):
                assignments = grounder.assignments(part, {})
                beginning.pins.update(assigned(assignments, beginning.value, "the beginning"))
        return unfold(Imagined(beginning, ()), self.characters)

    def settle(self, state: State) -> State:
        """The state when no trigger is left to fire, in reality or in any mind (2.5).

        The page has a mind settle once it was told (2.3, 2c) and also reality before the minds
        (2.5); taken in turns until nothing moves, the difference is one of order only.
        """
        if state not in self._settled:
            settled = self._settle(state, self.laws)
            for laws in self._other_orders:
                if self._settle(state, laws) != settled:
                    raise IllFormed("it matters which trigger fires first")
            self._settled[state] = settled
        return self._settled[state]

    def _settle(self, state: State, laws: Laws) -> State:
        for _ in range(PATIENCE):
            settled = unfold(Swept(state, laws, None), self.characters)
            if settled == state:
                return state
            state = settled
        raise IllFormed("the triggers never settle")

    def apply(self, state: State, action: Event) -> State:
        """The settled state after an action. The precondition is the caller's business."""
        key = state, action
        if key not in self._after:
            self._after[key] = self.settle(self.step(state, action))
        return self._after[key]

    def step(self, state: State, action: Event) -> State:
        """The state after an action, before triggers."""
        return unfold(Stepped(state, action, None), self.characters)

    def witnesses(
        self, state: State, action: Event, depth: int
    ) -> tuple[set[Chain], set[tuple[Chain, int, Value, Value]]]:
        """Who sees an action, as those before it in the chain imagine, and what each had to mend:
        along which chain, of what fluent, from what, to what."""
        seen: set[Chain] = set()
        mends: set[tuple[Chain, int, Value, Value]] = set()

        def look(chain: Chain, view: View) -> None:
            for character in self.characters:
                if chain[-1:] == (character,) or not action.observes(character, view):
                    continue
                inner = (*chain, character)
                seen.add(inner)
                mind, right = view.mind(character), mended(action, view, character)
                for (deeper, fluent), new in surprise(action, view, mind, character):
                    old = value(mind, deeper, fluent)
                    if not same(old, new):
                        mends.add(((*inner, *deeper), fluent, old, new))
                if len(inner) < depth:
                    look(inner, right)

        look((), state)
        return seen, mends

    def is_possible(self, state: State, action: Event) -> bool:
        return holds(action.precondition, reader(state))

    def possible(self, state: State) -> list[Event]:
        return [action for action in self.actions if self.is_possible(state, action)]

    def value(self, state: State, chain: Chain, fluent: int) -> Value:
        return value(state, chain, fluent)

    def name(self, fluent: int) -> str:
        """A fluent as it is written: ``at(Tom)``."""
        declared, arguments = self.fluents[fluent]
        return f"{self.world.properties[declared].name}({', '.join(map(str, arguments))})"

    def fluent(self, name: str) -> int:
        """The place of a fluent by its name; of overloads that share it, the first declared."""
        return next(f for f in range(len(self.fluents)) if self.name(f) == name)

    def action(self, name: str) -> Event:
        """By its name as in a plan: ``walk(Tom, Home, Market)``."""
        return next(action for action in self.actions if action.name == name)

    def utility(self, state: State, character: str | None) -> float | None:
        """3.3; None where it is unknown."""
        amount = self._utilities.get(character, Constant(0.0))
        result = amount_of(amount, reader(state))
        if result is None:
            return None
        if isinstance(result, str):
            raise IllFormed(f"the utility of {character} is {result}")
        return float(result)

    def holds(self, state: State, expression: Expression, chain: Chain = ()) -> bool:
        """A condition without free variables, read along a chain of minds."""
        return holds(self.grounder.condition(expression, {}, chain), reader(state))


def chains(characters: Sequence[str], depth: int) -> Iterator[tuple[str, ...]]:
    """Every chain of at most so many minds, nobody twice running."""
    level: list[tuple[str, ...]] = [()]
    for _ in range(depth + 1):
        yield from level
        level = [(*chain, c) for chain in level for c in characters if chain[-1:] != (c,)]
