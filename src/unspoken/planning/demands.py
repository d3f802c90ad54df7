"""What an author demands of a story beside its end: acts that must or must not occur, facts that
it passes through, scenes in order, facts that nothing contradicts.

Receives texts, as an author writes them; hands on the numbers that the engine takes. A fact is a
condition in the storyworld's own language, with operators that bind as in mathematics; an act is
named by a *pattern*: ``knock(Willow, *)`` (``*``: whatever it is), or ``knock`` for every act of
that name. Being met is a matter of the earliest occasion and needs no search
(``crates/unspoken-engine/src/demands.rs``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypedDict

from msgspec import Struct

from unspoken.engine import EventNumber, GroundEvent, GroundWorld, text_of
from unspoken.language import (
    Diagnostic,
    DiagnosticError,
    has_errors,
    parse_condition,
    problem,
)
from unspoken.model import Source, Span

if TYPE_CHECKING:
    from unspoken.engine import raw as raw_types

MOST = 32
"""As many acts and facts in any order as the engine keeps track of."""


class Scene(Struct, frozen=True):
    """A fact that comes to hold, or, with ``is_event``, an act that occurs."""

    text: str
    is_event: bool = False


class Keep(Struct, frozen=True):
    """A fact that holds in every state from the one on in which ``after`` scenes have been met; 0:
    from the beginning."""

    fact: str
    after: int = 0


class Demands(Struct, frozen=True):
    """``scenes``: met in this order (one state may meet several, one act only one). ``must``:
    patterns of acts, each of which occurs, in any order. ``never``: patterns of acts that do not.
    ``through``: facts, each of which holds at some time, be it at the beginning, in any order.
    ``keep``: facts that are never contradicted."""

    scenes: tuple[Scene, ...] = ()
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    keep: tuple[Keep, ...] = ()

    def __bool__(self) -> bool:
        return any((self.scenes, self.must, self.never, self.through, self.keep))

    def __str__(self) -> str:
        return "; ".join(f"{name} {text}" for name, text in self.named())

    def named(self) -> Iterator[tuple[str, str]]:
        """Each demand's text with what it is called, in the order of the fields."""
        for place, scene in enumerate(self.scenes, start=1):
            yield f"scene {place}", scene.text
        for name, texts in (("must", self.must), ("never", self.never), ("through", self.through)):
            for text in texts:
                yield name, text
        for keep in self.keep:
            yield f"keep after scene {keep.after}" if keep.after else "keep", keep.fact


NONE = Demands()


class Numbered(TypedDict):
    """Demands as the engine takes them."""

    scenes: list[raw_types.Demand]
    musts: list[raw_types.Demand]
    never: list[int]
    keep: list[tuple[int, str]]


def numbered(ground: GroundWorld, demands: Demands) -> Numbered:
    """The demands in the engine's numbers; ``musts`` are ``must`` and then ``through``.

    Raises DiagnosticError with everything that makes no sense in this world: names that nothing
    has, patterns that no act fits, texts that are no conditions. Raises ValueError for something to
    keep after more scenes than there are.
    """
    for keep in demands.keep:
        if not 0 <= keep.after <= len(demands.scenes):
            raise ValueError(f"no scene {keep.after}: there are {len(demands.scenes)}")
    reader = _Reader(ground, [])
    result: Numbered = {
        "scenes": [
            reader.event(f"scene {place}", scene.text)
            if scene.is_event
            else reader.fact(f"scene {place}", scene.text)
            for place, scene in enumerate(demands.scenes, start=1)
        ],
        "musts": [
            *(reader.event("must", text) for text in demands.must),
            *(reader.fact("through", text) for text in demands.through),
        ],
        "never": sorted({act for text in demands.never for act in reader.acts("never", text)}),
        "keep": [(keep.after, reader.condition("keep", keep.fact)) for keep in demands.keep],
    }
    if len(result["musts"]) > MOST:
        reader.diagnostics.append(
            problem("too-many-demands", None, found=len(result["musts"]), most=MOST)
        )
    if has_errors(reader.diagnostics):
        raise DiagnosticError(reader.diagnostics)
    return result


def to_plan_by(ground: GroundWorld, demands: Demands) -> Numbered:
    """The demands in the engine's numbers, for a search. Tells come of feelings, of which plans
    know nothing: none happens in a plan unless it is asked for."""
    result = numbered(ground, demands)
    tells = {tell.event for tell in ground.world.inner.tells}
    if tells:
        asked = {
            act
            for kind, what in (*result["scenes"], *result["musts"])
            if kind == "act"
            for act in what
        }
        result["never"] = sorted(
            {*result["never"], *(e.number for e in ground.events if e.name in tells)} - asked
        )
    return result


class _Reader(Struct):
    """Reads one text after the other; ``name`` is what a message calls it."""

    ground: GroundWorld
    diagnostics: list[Diagnostic]

    def event(self, name: str, text: str) -> raw_types.Demand:
        return "act", self.acts(name, text)

    def fact(self, name: str, text: str) -> raw_types.Demand:
        return "pass", self.condition(name, text)

    def condition(self, name: str, text: str) -> str:
        expression, diagnostics = parse_condition(text, self.ground.world, name)
        self.diagnostics.extend(diagnostics)
        return "" if expression is None else self.ground.number_expression(expression)

    def acts(self, name: str, text: str) -> list[EventNumber]:
        found = matching(self.ground, text, name)
        if isinstance(found, Diagnostic):
            self.diagnostics.append(found)
            return []
        return [event.number for event in found]


# Patterns of acts

_PATTERN = re.compile(r"\s*([^\s(),*]+)\s*(?:\(([^()]*)\)\s*)?$")

ANY = "*"
"""In the place of an argument: whatever it is."""


def matching(ground: GroundWorld, text: str, name: str) -> tuple[GroundEvent, ...] | Diagnostic:
    """The acts that a pattern fits, in order, at least one; or why there are none. ``name`` is
    what a message calls the text."""
    source = Source(name, text)
    form = _PATTERN.match(text)
    if form is None:
        whole = Span(source, 0, len(text)) if text.strip() else None
        return problem("not-a-pattern", whole, text=text)
    called = form.group(1)
    same_name = [event for event in ground.events if event.is_action and event.name == called]
    if not same_name:
        names = list(dict.fromkeys(action.name for action in ground.world.actions))
        span = Span(source, *form.span(1))
        if called in names:
            return problem("act-never-possible", span, pattern=called)
        return problem("no-such-action", span, name=called, known=names)
    if form.group(2) is None:
        return tuple(same_name)
    arguments = list(_arguments(source, form.start(2), form.group(2)))
    counts = sorted({len(event.arguments) for event in same_name})
    if len(arguments) not in counts:
        return problem(
            "pattern-arguments",
            Span(source, *form.span(1)),
            name=called,
            given=len(arguments),
            wanted=" or ".join(map(str, counts)),
            any=f"{called}({', '.join([ANY] * counts[0])})",
        )
    same_count = [event for event in same_name if len(event.arguments) == len(arguments)]
    for place, (argument, span) in enumerate(arguments):
        possible = list(dict.fromkeys(text_of(event.arguments[place]) for event in same_count))
        if argument not in (ANY, *possible):
            return problem("no-act-with-argument", span, name=argument, act=called, known=possible)
    wanted = [argument for argument, _ in arguments]
    found = tuple(event for event in same_count if _fits(event, wanted))
    if not found:
        tidy = f"{called}({', '.join(wanted)})"
        return problem("act-never-possible", Span(source, *form.span(0)), pattern=tidy)
    return found


def _fits(event: GroundEvent, wanted: Sequence[str]) -> bool:
    return all(
        pattern in (ANY, text_of(argument))
        for pattern, argument in zip(wanted, event.arguments, strict=True)
    )


def _arguments(source: Source, start: int, text: str) -> Iterator[tuple[str, Span]]:
    if not text.strip():
        return
    for part in text.split(","):
        argument = part.strip()
        left = start + len(part) - len(part.lstrip())
        yield argument, Span(source, left, left + len(argument))
        start += len(part) + 1
