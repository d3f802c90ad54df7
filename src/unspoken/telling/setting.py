"""The storyworld as the telling looks things up in it: types, voices, frames, ways to think.

Receives a storyworld; hands on lookups. Everything here is known to every reader before the
first page (what is declared, never what holds), so any mind's telling may use it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property, lru_cache, partial
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, cast

from msgspec import Struct

from unspoken.chronicle.events import Chain, Fact, Value
from unspoken.model import (
    Action,
    Channel,
    Entity,
    EntityTerm,
    Expression,
    Frame,
    Norm,
    Parameter,
    Speech,
    Storyworld,
    Trigger,
    Variable,
    VariableTerm,
    Voice,
)
from unspoken.model.inner import EventUse
from unspoken.model.telling import Pronoun
from unspoken.telling import lexicon
from unspoken.telling.propositions import assigned
from unspoken.telling.thoughts import Thoughts, Way
from unspoken.telling.verbs import words

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")

Sort = Literal["character", "place", "thing", "status"]


class Passing(Struct, frozen=True):
    """That an event is a thought coming through a channel: whose, to whom, and whether whole."""

    thinker: str
    hearer: str
    whole: bool


_PLACES = words(
    """place room location landform area spot building region site town city land house"""
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_+|(?<=[A-Z])(?=[A-Z][a-z])")
_NO_ARTICLE = words("""home work bed school church town heaven hell""")


def once(lookup: Callable[Concatenate[S, P], T]) -> cached_property[Callable[P, T]]:
    """A lookup that keeps what it found: what is declared does not change."""

    def kept(asked: S) -> Callable[P, T]:
        return cast(Callable[P, T], cache(partial(lookup, asked)))

    return cached_property(kept)


class Setting:
    """A storyworld with its lookups, made once for a world (``Setting.of``)."""

    @staticmethod
    def of(world: Storyworld) -> Setting:
        """The setting of this very world; kept for as long as few others are told."""
        return _setting(_Same(world))

    def __init__(self, world: Storyworld) -> None:
        self.world = world
        self._types: Mapping[Value, frozenset[str]] = {
            e.name: world.types_of(e) | {"entity"} for e in world.entities
        }
        self.characters = world.characters
        self._voices = {voice.entity: voice for voice in world.telling.voices}
        self._domains: dict[str, tuple[Value, ...]] = {"boolean": (False, True)}
        self.meanings: dict[int, tuple[Expression | Way, Any]] = {}
        """Of expressions, and of ways to think, by their ids: kept for ``holds``."""

    # What things are

    def types(self, value: Value) -> frozenset[str]:
        """All types of an entity (none if there is no such entity), or of a constant."""
        if isinstance(value, bool):
            return frozenset(("boolean",))
        return self._types.get(value, frozenset())

    def domain(self, variable: Variable) -> tuple[Value, ...]:
        """What a variable ranges over, in order."""
        if variable.type not in self._domains:
            self._domains[variable.type] = tuple(
                e.name for e in self._entities if variable.type in self._types[e.name]
            )
        return self._domains[variable.type]

    @cached_property
    def _entities(self) -> tuple[Entity, ...]:
        return self.world.numbered_entities

    @once
    def sort(self, entity: str) -> Sort:
        """Whether prose treats an entity as a person, a place, a thing or a state of things."""
        types = self.types(entity)
        if "character" in types:
            return "character"
        if any("status" in t.lower() or t in ("relationship", "state") for t in types):
            return "status"
        return "place" if types & _PLACES and "item" not in types else "thing"

    # How they are named

    def voice(self, entity: str) -> Voice | None:
        return self._voices.get(entity)

    @once
    def pronoun(self, entity: str) -> Pronoun | None:
        """The declared pronoun. Nobody's is guessed; a thing is *it*, or *they* if many."""
        voice = self._voices.get(entity)
        if voice is not None and voice.pronoun is not None:
            return voice.pronoun
        if self.sort(entity) in ("character", "place"):
            return None
        return "they" if self.is_plural(entity) else "it"

    @once
    def may_be_called(self, entity: str, pronoun: Pronoun) -> bool:
        """Whether a reader might take a pronoun to mean this entity: *it* a place, too, though we
        never call one so; *they* anybody, together with another."""
        if pronoun == "they" and entity in self.characters:
            return True
        called = "it" if self.sort(entity) == "place" else self.pronoun(entity)
        return called == pronoun

    @once
    def is_plural(self, entity: str) -> bool:
        """Whether a thing's name is that of several: the papers."""
        if self.sort(entity) == "character":
            return False
        name = self._bare_name(entity).lower().partition(" of ")[0]
        return name.endswith("s") and not name.endswith(("ss", "us", "is"))

    @once
    def name(self, entity: str) -> str:
        """The name, with the definite article where it takes one: *Tara*, *the lamp*."""
        bare = self._bare_name(entity)
        return f"the {bare}" if self.article(entity) else bare

    @once
    def indefinite_name(self, entity: str) -> str | None:
        """The bare name of what is new to everybody, if its voice gives it *a* or *an*."""
        return self._bare_name(entity) if self.article(entity) in ("a", "an") else None

    @once
    def article(self, entity: str) -> str:
        """``the``, ``a``, ``an`` or ``""``: as declared, else by the look of the name."""
        voice = self._voices.get(entity)
        if voice is not None and voice.article is not None:
            return voice.article
        if self.sort(entity) == "character":
            return ""
        bare = self._bare_name(entity)
        if self.sort(entity) == "place" and " " in bare and bare[0].isupper():
            return ""
        named = bool(re.search(r"\d", bare)) or bare.lower() in _NO_ARTICLE
        return "" if named else "the"

    @once
    def preposition(self, place: str) -> str:
        """*at*, *in* or *on*, for being somewhere."""
        last = self._bare_name(place).lower().split()[-1]
        return "in" if last in lexicon.IN else "on" if last in lexicon.ON else "at"

    def _bare_name(self, entity: str) -> str:
        voice = self._voices.get(entity)
        if voice is not None and voice.name is not None:
            return voice.name
        words = split_name(entity)
        if self.sort(entity) == "character":
            return " ".join(words)
        if re.search(r"\d", entity) or entity.startswith(("Mac", "Mc")):
            return entity
        if self.sort(entity) == "place" and len(words) > 1:
            return " ".join(words)
        return " ".join(words).lower()

    # What happens in it

    @cached_property
    def _events(self) -> Mapping[str, tuple[Action | Trigger, ...]]:
        events: tuple[Action | Trigger, ...] = (*self.world.actions, *self.world.triggers)
        return _by_name((event.name, event) for event in events)

    @once
    def schema(self, name: str, arguments: tuple[Value, ...]) -> Action | Trigger | None:
        """The first action or trigger of that name whose parameters contain the arguments."""
        for event in self._events.get(name, ()):
            if len(event.parameters) == len(arguments) and all(
                self._fits(value, parameter)
                for value, parameter in zip(arguments, event.parameters, strict=True)
            ):
                return event
        return None

    def _fits(self, value: Value, parameter: Parameter) -> bool:
        match parameter:
            case Variable(_, type_name):
                return type_name == "entity" or type_name in self.types(value)
            case EntityTerm(name):
                return value == name
            case _:
                return parameter.value == value

    def bind(
        self, parameters: tuple[Variable, ...], name: str, arguments: tuple[Value, ...]
    ) -> Mapping[str, Value] | None:
        """The parameters of a frame or speech bound to an event's arguments; None if it is about
        another event. Constants of the event's signature may be left out."""
        given = arguments
        if len(parameters) != len(arguments):
            schema = self.schema(name, arguments)
            if schema is None:
                return None
            given = tuple(
                value
                for value, p in zip(arguments, schema.parameters, strict=True)
                if isinstance(p, Variable)
            )
            if len(parameters) != len(given):
                return None
        if not all(self._fits(v, p) for v, p in zip(given, parameters, strict=True)):
            return None
        return {p.name: v for p, v in zip(parameters, given, strict=True)}

    @once
    def effects(self, name: str, arguments: tuple[Value, ...]) -> frozenset[tuple[Chain, Fact]]:
        """The facts that an event changes as its author wrote it, in the world () or in minds."""
        schema = self.schema(name, arguments)
        if schema is None or schema.effect is None:
            return frozenset()
        binding = {
            parameter.name: value
            for parameter, value in zip(schema.parameters, arguments, strict=True)
            if isinstance(parameter, Variable)
        }
        return frozenset(assigned(schema.effect, binding, self.domain))

    @once
    def agent(self, name: str, arguments: tuple[Value, ...]) -> str | None:
        """The first character whose consent an action needs."""
        schema = self.schema(name, arguments)
        if not isinstance(schema, Action) or not schema.consenting:
            return None
        first = schema.consenting[0]
        if isinstance(first, EntityTerm):
            return first.name
        for value, parameter in zip(arguments, schema.parameters, strict=True):
            if isinstance(parameter, Variable) and parameter.name == getattr(first, "name", None):
                return value if isinstance(value, str) else None
        return None

    @once
    def betrays(
        self, name: str, arguments: tuple[Value, ...]
    ) -> tuple[str, tuple[str, ...]] | None:
        """Whom an event betrays, and which feelings it may show, if it is a tell."""
        for tell in self.world.inner.tells:
            if tell.event == name:
                bindings = self.bind(tell.parameters, name, arguments)
                if bindings is not None and isinstance(bindings.get(tell.who.name), str):
                    return str(bindings[tell.who.name]), tell.feelings
        return None

    @once
    def passing(self, name: str, arguments: tuple[Value, ...]) -> Passing | None:
        """Whose thought comes to whom by an event that a channel declares."""
        for channel in self.world.inner.channels:
            for use, whole in ((channel.whole, True), (channel.fragment, False)):
                ends = _ends(use, channel, arguments) if use and use.event == name else None
                if ends is not None:
                    return Passing(*ends, whole)
        return None

    def norm(self, text: str) -> Norm | None:
        """The norm of which a restraint's text (``hidden(Tara, Willow)``) speaks."""
        name = text.split("(")[0].strip()
        return next((norm for norm in self.world.inner.norms if norm.name == name), None)

    def reason(self, text: str, who: str) -> str:
        """A wish or a norm by its name, as words, with whom it is about besides its holder:
        *“tell it” towards Edda*; anything else as it stands."""
        name, _, arguments = text.removesuffix(")").partition("(")
        inner = self.world.inner
        if name not in {*(one.name for one in inner.wishes), *(one.name for one in inner.norms)}:
            return text
        others = [self.name(one) for one in arguments.split(", ") if one not in ("", who)]
        towards = f" towards {' and '.join(others)}" if others else ""
        return f"“{name.replace('_', ' ')}”{towards}"

    # What authors wrote about it

    @cached_property
    def thoughts(self) -> Thoughts:
        """The world's thoughts, as minds may have them."""
        return Thoughts(self.world.telling.thoughts, self.domain)

    @cached_property
    def _frames(self) -> Mapping[str, tuple[tuple[int, Frame], ...]]:
        return _by_name((f.event, (i, f)) for i, f in enumerate(self.world.telling.frames))

    @cached_property
    def _speeches(self) -> Mapping[str, tuple[Speech, ...]]:
        return _by_name((speech.event, speech) for speech in self.world.telling.speeches)

    @once
    def frames(
        self, name: str, arguments: tuple[Value, ...]
    ) -> tuple[tuple[int, Frame, Mapping[str, Value]], ...]:
        """The frames for an event, each with its place among all and its slots."""
        found = []
        for place, frame in self._frames.get(name, ()):
            bindings = self.bind(frame.parameters, name, arguments)
            if bindings is not None:
                found.append((place, frame, bindings))
        return tuple(found)

    @once
    def speech(
        self, name: str, arguments: tuple[Value, ...]
    ) -> tuple[Speech, Mapping[str, Value]] | None:
        """What makes an event an act of speech, with its slots."""
        for speech in self._speeches.get(name, ()):
            bindings = self.bind(speech.parameters, name, arguments)
            if bindings is not None:
                return speech, bindings
        return None


class _Same:
    """A world as a key: itself, not one that says the same."""

    def __init__(self, world: Storyworld) -> None:
        self.world = world

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.world is self.world

    def __hash__(self) -> int:
        return id(self.world)


@lru_cache(maxsize=16)
def _setting(same: _Same) -> Setting:
    return Setting(same.world)


def _by_name(named: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    found: dict[str, list[T]] = {}
    for name, value in named:
        found.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in found.items()}


def _ends(use: EventUse, channel: Channel, arguments: tuple[Value, ...]) -> tuple[str, str] | None:
    """Thinker and hearer, if the arguments are such as the channel's use of the event names."""
    found: dict[str, Value] = {}
    for given, value in zip(use.arguments, arguments, strict=False):
        if isinstance(given, VariableTerm) and found.setdefault(given.name, value) != value:
            return None
        if isinstance(given, EntityTerm) and given.name != value:
            return None
    thinker, hearer = (found.get(variable.name) for variable in channel.parameters[:2])
    if not isinstance(thinker, str) or not isinstance(hearer, str):
        return None
    return thinker, hearer


@cache
def is_going(name: str) -> bool:
    """Whether an action is by its name a way of going somewhere."""
    return split_name(name)[0].lower() in lexicon.MOTION


def split_name(name: str) -> tuple[str, ...]:
    """The words of a name: pick_up, pickUp, SkullIsland."""
    return tuple(word for word in _CAMEL.split(name) if word)
