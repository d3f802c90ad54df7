"""The one door to the compiled engine: a grounded world, spoken to by name.

Receives a model, numbers it and grounds it (Rust); hands on light handles. A ``State`` is a pair
(grounded world, number): equal handles are states that no question about any mind, however
nested, can tell apart. A ``Mind`` is a state too: the one a character believes in.
Knows no search strategy and no prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple, NewType, TypeAlias

from msgspec import Struct

from unspoken import _engine
from unspoken.compiled import (
    Numbering,
    certain,
    lower,
    number,
    number_expression,
    odds_about,
    schemas_as_written,
)
from unspoken.engine.graph import NamedValue, StateGraph, differs
from unspoken.engine.texts import call_text, fluent_text, term_of, text_of, tidy_call
from unspoken.engine.unknown import Unknown
from unspoken.model import (
    Action,
    Expression,
    Hunch,
    Property,
    Storyworld,
    Term,
    Trigger,
    Variable,
)

FluentNumber = NewType("FluentNumber", int)
EventNumber = NewType("EventNumber", int)
StateNumber = NewType("StateNumber", int)

EngineError = _engine.EngineError


class GroundFluent(Struct, frozen=True):
    """A property with all its arguments filled."""

    number: FluentNumber
    name: str
    arguments: tuple[NamedValue, ...]

    def __str__(self) -> str:
        return call_text(self.name, self.arguments)


class GroundEvent(Struct, frozen=True):
    """An action or trigger with all its arguments filled, and its schema."""

    number: EventNumber
    schema: Action | Trigger
    arguments: tuple[NamedValue, ...]
    consenting: tuple[str, ...]

    @property
    def is_action(self) -> bool:
        return isinstance(self.schema, Action)

    @property
    def name(self) -> str:
        return self.schema.name

    @property
    def terms(self) -> dict[str, Term]:
        """What the variables of its schema stand for."""
        pairs = zip(self.schema.parameters, self.arguments, strict=True)
        return {place.name: term_of(value) for place, value in pairs if isinstance(place, Variable)}

    def __str__(self) -> str:
        return call_text(self.schema.name, self.arguments)


Telling: TypeAlias = tuple[Sequence[str], str | GroundFluent, NamedValue]
"""Something to be told: to which chain of minds (outermost first; () the truth), of which fluent,
what value."""


class Pin(NamedTuple):
    """Something told."""

    chain: tuple[str, ...]
    fluent: GroundFluent
    value: NamedValue

    def __str__(self) -> str:
        text = str(self.fluent)
        for who in reversed(self.chain):
            text = f"believes({who}, {text})"
        return f"{text} = {text_of(self.value)}"


Deed: TypeAlias = tuple["State | None", GroundEvent]
"""What somebody could do, in the state in which it would do it, or (None) in any."""

_TOLD = Action("")


class MintedEvent(GroundEvent, frozen=True):
    """What was told from without: ``pins`` come about whatever was the case, and ``observers`` see
    it. It has a nameless schema, and is an event like any other to ``State.after`` and ``Trace``;
    no search offers it or counts on it. Its number says only when it was first told."""

    pins: tuple[Pin, ...]
    observers: tuple[str, ...]

    def __str__(self) -> str:
        return " & ".join(map(str, self.pins))


class GroundWorld:
    """A storyworld, grounded, with every state that has been met.

    ``start``: a state that ``state_of`` is to read, perhaps another world's (it may lie beyond what
    this one could come to by itself).

    Raises EngineError (code, facts) if the world contradicts itself.
    """

    def __init__(self, world: Storyworld, start: StateGraph | None = None) -> None:
        self.world = world
        self.lowered = lower(world)
        self._numbering = Numbering(self.lowered)
        several = start is not None and start.has_worlds
        self.has_worlds = several or world.has_worlds
        self._ground((), several)
        besides = () if start is None else tuple(self._beyond_reach(start))
        if besides:
            self._ground(besides, several)

    def _ground(
        self,
        besides: Iterable[tuple[int, Sequence[_engine.Value], _engine.Value]],
        several: bool,
    ) -> None:
        world = self.world
        numbered = number(self.lowered, _open_properties(world), besides, several=several)
        self.raw = _engine.Engine(numbered)
        self._entity_names = [entity.name for entity in self._numbering.entities]
        self.characters = tuple(self._entity_names[: self._numbering.characters])
        self.fluents = tuple(
            GroundFluent(
                FluentNumber(i), self.lowered.properties[schema].name, self.named_all(arguments)
            )
            for i, (schema, arguments) in enumerate(self.raw.fluents())
        )
        schemas = schemas_as_written(world, self.lowered)
        self.events = tuple(
            GroundEvent(
                EventNumber(i),
                schemas[kind][schema],
                self.named_all(arguments),
                tuple(self._entity_names[who] for who in consenting),
            )
            for i, (kind, schema, arguments, consenting) in enumerate(self.raw.events())
        )
        # Where overloads share a text, the first declared wins, as in the language.
        self._fluent_of = {str(fluent): fluent for fluent in reversed(self.fluents)}
        self._action_of = {str(e): e for e in reversed(self.events) if e.is_action}
        self.texts = _told_apart(
            [(schema, str(self.fluents[i])) for i, (schema, _) in enumerate(self.raw.fluents())]
        )
        """What the fluents, in order, are called in a ``StateGraph``."""
        self._changing = self.raw.size()["fluents"]
        self._odds: dict[str, list[tuple[str, Hunch]]] = {}
        for of, odds, hunch in odds_about(world):
            self._odds.setdefault(fluent_text(of), []).append((fluent_text(odds), hunch))
        self._questions: dict[str, Question] = {}
        self._minted: dict[int, MintedEvent] = {}

    def named(self, value: _engine.Value) -> NamedValue:
        """A value from the engine, with an entity's number made its name."""
        if isinstance(value, int) and not isinstance(value, bool):
            return self._entity_names[value]
        return value

    def named_all(self, values: Sequence[_engine.Value]) -> tuple[NamedValue, ...]:
        return tuple(self.named(value) for value in values)

    def value_of(self, value: NamedValue) -> _engine.Value:
        """A value as the engine has it. Raises KeyError for a name that nothing has."""
        if isinstance(value, str):
            return self._numbering.entity[value]
        return value if value is None or isinstance(value, bool) else float(value)

    def character(self, name: str) -> int:
        """The number of a character. Raises KeyError for a name that is nobody's."""
        if name not in self.characters:
            raise Unknown("character", name, self.characters)
        return self._numbering.entity[name]

    def fluent(self, text: str) -> GroundFluent:
        """The fluent written ``at(Tara)``. Raises KeyError where there is none."""
        found = self._fluent_of.get(tidy_call(text))
        if found is None:
            raise Unknown("fluent", text, self._fluent_of)
        return found

    def action(self, text: str) -> GroundEvent:
        """The ground action written ``knock(Willow, Door)``. Raises KeyError where there is none
        (or where it can never happen, so that grounding left it out)."""
        found = self._action_of.get(tidy_call(text))
        if found is None:
            raise Unknown("act", text, self._action_of)
        return found

    def has_action(self, text: str) -> bool:
        """Whether ``knock(Willow, Door)`` is something that can ever be done here."""
        return tidy_call(text) in self._action_of

    def number_expression(self, expression: Expression) -> str:
        """A closed expression, resolved in this world, as the engine takes it."""
        return number_expression(self._numbering, expression)

    def event(self, number: int) -> GroundEvent:
        """The event of a number: one of ``events``, or one that was minted."""
        return self.events[number] if number < len(self.events) else self._minted[number]

    def question(self, expression: Expression) -> Question:
        """A closed expression, resolved in this world, to be asked of many states."""
        numbered = self.number_expression(expression)
        if numbered not in self._questions:
            self._questions[numbered] = Question(self, self.raw.question(numbered))
        return self._questions[numbered]

    def mint(self, pins: Iterable[Telling], observers: Iterable[str] = ()) -> MintedEvent:
        """The event of telling these things, seen by ``observers``, who step it in their minds as
        they would any event; the same event for the same content. Who is told what a hunch is
        about is sure of it, unless told odds too.

        Raises KeyError for a name that there is not, and EngineError (``beyond-reach``,
        ``contradictory-effect``) for a value that the fluent can never have, or two at once.
        """
        told = [
            ([self.character(who) for who in chain], self._fluent(fluent), self.value_of(value))
            for chain, fluent, value in self._with_odds(pins)
        ]
        seeing = sorted({self.character(who) for who in observers})
        number = self.raw.mint([(c, fluent.number, v) for c, fluent, v in told], seeing)
        if number not in self._minted:
            # What is always so needs no telling, and who believes something believes that it does.
            said = {
                Pin(tuple(self.characters[who] for who, _ in groupby(chain)), fluent, self.named(v))
                for chain, fluent, v in told
                if fluent.number < self._changing
            }
            self._minted[number] = MintedEvent(
                EventNumber(number),
                _TOLD,
                (),
                (),
                tuple(sorted(said, key=lambda pin: (pin.chain, str(pin.fluent)))),
                tuple(self.characters[who] for who in seeing),
            )
        return self._minted[number]

    def state_of(self, graph: StateGraph) -> State:
        """The state that a graph describes, settled: ``state_of(state.graph()) == state`` of any
        settled state, and in a fresh engine of this world a state with all the same answers.

        In another world: fluents that the graph does not have are, in every state of it, as they
        are in truth at this world's beginning; those that this world does not have are left out; a
        character that is new takes each state, whoever believes in it, to be the case. Raises
        EngineError: ``vanished-entity`` if somebody or something is gone, ``beyond-reach`` for a
        value that a fluent can never have here (see ``start``), ``malformed-graph`` if it is no
        state.
        """
        self._refuse_vanished(graph)
        beginning = self.named_all(self.raw.values(self.raw.initial()))
        texts = list(zip(self.texts, beginning, strict=True))
        nodes = range(len(graph.nodes))
        for text, constant in texts[self._changing :]:
            for value in (graph.value(place, text, constant) for place in nodes):
                if differs(value, constant):
                    raise EngineError("beyond-reach", {"fluent": text, "value": text_of(value)})
        written = [
            (
                [self.value_of(graph.value(i, text, at)) for text, at in texts[: self._changing]],
                [graph.nodes[i].worlds(who, i) for who in self.characters],
            )
            for i in nodes
        ]
        return State(self, StateNumber(self.raw.state_of(written)))

    def _refuse_vanished(self, graph: StateGraph) -> None:
        known = set(self.texts)
        for node in graph.nodes:
            for who in node.minds:
                if who not in self.characters:
                    raise EngineError("vanished-entity", {"entity": who})
            for text, value in node.facts.items():
                if isinstance(value, str) and text in known and value not in self._numbering.entity:
                    raise EngineError("vanished-entity", {"entity": value, "fluent": text})

    def _beyond_reach(
        self, graph: StateGraph
    ) -> Iterator[tuple[int, Sequence[_engine.Value], _engine.Value]]:
        """Values that fluents have in a graph and could never have here: property, arguments,
        value."""
        self._refuse_vanished(graph)
        for place, (schema, arguments) in enumerate(self.raw.fluents()):
            text = self.texts[place]
            told = [node.facts[text] for node in graph.nodes if text in node.facts]
            for value in {(type(value), value): self.value_of(value) for value in told}.values():
                if self.raw.fits(place, value) and not self.raw.may_be(place, value):
                    yield schema, arguments, value

    def reason(
        self,
        believed: State,
        who: str,
        act: GroundEvent,
        *,
        character_limit: int,
        epistemic_limit: int,
        work: int,
        without: Iterable[Deed] = (),
    ) -> Reason | None:
        """Why ``who``, believing ``believed``, would begin with ``act`` (``Reason``).

        At most ``character_limit`` acts, the first among them, with the reasons of others looked
        for at most ``epistemic_limit`` minds deep. None where there is no reason, or none that so
        much ``work`` finds: counted in transitions looked at (and what costs as much), never in
        time. ``who`` itself would do nothing that is in ``without``: it looks for a way as if
        these deeds were impossible to it (but for ``act``). The answer depends on the arguments
        alone, whatever was asked before, also in another engine. Raises KeyError for a name that
        is nobody's.
        """
        found = self.raw.reason(
            believed.number,
            self.character(who),
            act.number,
            character_limit=character_limit,
            epistemic_limit=epistemic_limit,
            work=work,
            without=[(None if at is None else at.number, deed.number) for at, deed in without],
        )
        if found is None:
            return None
        rest, before, after = found
        return Reason(who, act, tuple(self.events[i] for i in rest), before, after)

    def _with_odds(self, pins: Iterable[Telling]) -> list[Telling]:
        told = [(tuple(chain), self._fluent(fluent), value) for chain, fluent, value in pins]
        said = {(chain, str(fluent)) for chain, fluent, _ in told}
        more = [
            (chain, self.fluent(odds), float(certain(hunch, bool(value))))
            for chain, fluent, value in told
            for odds, hunch in self._odds.get(str(fluent), ())
            if (chain, odds) not in said
        ]
        return [*told, *more]

    def _fluent(self, fluent: str | GroundFluent) -> GroundFluent:
        return self.fluent(fluent) if isinstance(fluent, str) else fluent

    @property
    def initial(self) -> State:
        """The settled initial state."""
        return State(self, StateNumber(self.raw.initial()))


def _told_apart(fluents: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """The texts of fluents, given with the places of their properties: of overloads that share a
    text, those declared later are numbered."""
    overloads: dict[str, list[int]] = {}
    for schema, text in sorted(fluents):
        overloads.setdefault(text, []).append(schema)
    places = ((text, overloads[text].index(schema)) for schema, text in fluents)
    return tuple(f"{text} #{place + 1}" if place else text for text, place in places)


def _open_properties(world: Storyworld) -> tuple[Property, ...]:
    """What a run moves from without, whether or not any event does: odds, what they are the odds
    of, and drives."""
    hunches, drives = world.inner.hunches, world.inner.drives
    return (
        *(hunch.property for hunch in hunches),
        *(hunch.of.property for hunch in hunches),
        *(drive.property for drive in drives),
    )


class Question(Struct, frozen=True, eq=False):
    """A closed expression, kept by the engine ready to be asked of states."""

    ground: GroundWorld
    number: int

    def of(self, state: State) -> NamedValue:
        """What ``State.evaluate`` says; conditions give a bool."""
        return self.ground.named(self.ground.raw.ask(state.number, self.number))


class Questions:
    """Some questions to be asked together, again and again: one call for all."""

    def __init__(self, ground: GroundWorld, questions: Iterable[Question]) -> None:
        self.ground = ground
        self._numbers = [question.number for question in questions]

    def of(self, state: State) -> list[NamedValue]:
        """What each says of a state, in order."""
        names = self.ground._entity_names
        answers = self.ground.raw.ask_all(state.number, self._numbers)
        return [names[one] if type(one) is int else one for one in answers]


class Reason(Struct, frozen=True):
    """Why somebody would begin with an act (``semantics.md`` 3.1): by ``first`` and then ``acts``,
    its own and others', each of whom has a reason too as far as it believes, it comes from
    ``before`` to ``after``, and could not do without the first."""

    who: str
    first: GroundEvent
    acts: tuple[GroundEvent, ...]
    before: float
    after: float


class State(Struct, frozen=True):
    """A state of a grounded world: what is true, and what everybody believes, to any depth."""

    ground: GroundWorld
    number: StateNumber

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.number} of {self.ground.world.name}>"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, State) and self.ground is other.ground and self.number == other.number
        )

    def __ne__(self, other: object) -> bool:  # as inherited, it would not ask the above
        return not self == other

    def __hash__(self) -> int:
        return hash(self.number)

    def mind(self, character: str) -> Mind:
        """The state a character believes in; it may stand for several ``worlds``, and then has the
        values that all of them have. Raises KeyError for a name that is nobody's."""
        chain = (*(self.whose if isinstance(self, Mind) else ()), character)
        number = self.ground.raw.mind(self.number, self.ground.character(character))
        return Mind(self.ground, StateNumber(number), chain)

    @property
    def worlds(self) -> tuple[State, ...]:
        """The worlds that it stands for: itself, or those that a mind takes to be possible."""
        numbers = self.ground.raw.worlds(self.number)
        if list(numbers) == [self.number]:
            return (self,)
        return tuple(State(self.ground, StateNumber(number)) for number in numbers)

    @property
    def has_worlds(self) -> bool:
        """May minds here take several worlds to be possible?"""
        return self.ground.has_worlds

    def possible_values(self, fluent: str | GroundFluent) -> tuple[NamedValue, ...]:
        """The values that a fluent has in any of its ``worlds``, in order. Raises KeyError for a
        fluent that does not exist."""
        number = self.ground._fluent(fluent).number
        return self.ground.named_all(self.ground.raw.values_of(self.number, number))

    def value(self, fluent: str | GroundFluent) -> NamedValue:
        """The value of a fluent here; None where its ``worlds`` differ. Raises KeyError for one
        that does not exist."""
        number = self.ground._fluent(fluent).number
        return self.ground.named(self.ground.raw.value(self.number, (), number))

    def values(self) -> Iterator[tuple[GroundFluent, NamedValue]]:
        """Every fluent with its value here, in order."""
        values = self.ground.named_all(self.ground.raw.values(self.number))
        return zip(self.ground.fluents, values, strict=True)

    def evaluate(self, expression: Expression) -> NamedValue:
        """A closed expression, resolved in this world, read here; conditions give a bool."""
        numbered = self.ground.number_expression(expression)
        return self.ground.named(self.ground.raw.evaluate(self.number, numbered))

    def common(self, group: Iterable[str], condition: Expression) -> bool:
        """Whether everybody of a group believes a condition, believes that everybody does, and so
        on, to any depth: it holds in every state that their minds lead to, however often."""
        group, question = tuple(group), self.ground.question(condition)
        found: dict[StateNumber, None] = {}
        waiting: list[State] = [self]
        while waiting:
            state = waiting.pop()
            for mind in map(state.mind, group):
                if mind.number not in found:
                    if question.of(mind) is not True:
                        return False
                    found[mind.number] = None
                    waiting.append(mind)
        return True

    def utility(self, whose: str | None = None) -> float | None:
        """A character's utility here (None: the author's); None where it is unknown. Where this
        stands for several ``worlds``, the least that it is in any."""
        character = None if whose is None else self.ground.character(whose)
        return self.ground.raw.utility(self.number, character)

    def possible(self) -> tuple[GroundEvent, ...]:
        """The actions whose precondition holds here, in order."""
        return tuple(self.ground.events[i] for i in self.ground.raw.possible(self.number))

    def options(self, who: str) -> tuple[GroundEvent, ...]:
        """Those of them that are ``who``'s to begin: whose first consenting character it is.
        Raises KeyError for a name that is nobody's."""
        options = self.ground.raw.options(self.number, self.ground.character(who))
        return tuple(self.ground.events[i] for i in options)

    def observes(self, event: GroundEvent, who: str) -> bool:
        """Does ``who`` see the event if it happens here? Raises KeyError for a name that is
        nobody's."""
        character = self.ground.character(who)
        return self.ground.raw.observes(self.number, event.number, character)

    def allows(self, event: GroundEvent) -> bool:
        """Does the precondition of an action or trigger hold here?"""
        return self.ground.raw.is_possible(self.number, event.number)

    def after(self, action: str | GroundEvent) -> State:
        """The state after an action and all that it sets off, whether or not it is possible.
        Raises KeyError for an action that does not exist."""
        if isinstance(action, str):
            action = self.ground.action(action)
        return State(self.ground, StateNumber(self.ground.raw.apply(self.number, action.number)))

    def along(self, actions: Iterable[str | GroundEvent]) -> list[State]:
        """This state, and those after each action in turn, as ``after``: one more than there are
        actions."""
        return [*accumulate(actions, State.after, initial=self)]

    def graph(self) -> StateGraph:
        """This state as plain data, exact to any depth. Raises EngineError (``possible-worlds``)
        where it stands for several ``worlds``."""
        ground = self.ground
        order = [ground.character(who) for who in sorted(ground.characters)]
        return StateGraph.compact(
            [
                (
                    dict(zip(ground.texts, ground.named_all(values), strict=False)),
                    dict(zip(ground.characters, minds, strict=True)),
                )
                for values, minds in ground.raw.graph(self.number, order)
            ]
        )

    def told(self, pins: Iterable[Telling], observers: Iterable[str] = ()) -> State:
        """The state after these things were told, and all that this sets off (``mint`` says what
        may be told)."""
        return self.after(self.ground.mint(pins, observers))


class Mind(State, frozen=True, eq=False):
    """The state that ``whose[-1]`` believes in, as the outer ones of ``whose`` imagine."""

    whose: tuple[str, ...]


def load(world: Storyworld, start: StateGraph | None = None) -> GroundWorld:
    """Number and ground a resolved world, in which a story may go on from ``start``."""
    return GroundWorld(world, start)
