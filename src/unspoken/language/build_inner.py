"""Inner lives from Python: the part of ``build.World`` that makes the sections about them.

    sure = world.hunch("sure", who, whom, of=loves(who, whom))
    world.sign("smiles", who, whom, seen=act("smile", whom, ...), of=sure(whom, who))
    world.wish("near", who, whom, wants=at(who) == at(whom), weight=0.5, condition=loves(who, whom))
    world.norm("late", who, against="impose", acts=act("knock", who), before="anyone", weight=0.2)

What Python keeps to itself (``if``, ``for``, ``from``) is called as in the model: ``condition``,
``of``, ``low``. In a use of events ``...`` is whatever it is, and a name alone is all of that name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import EllipsisType
from typing import TypeAlias

from unspoken.language.build_expressions import (
    Building,
    Conditions,
    Expr,
    Plain,
    PropertyName,
    Value,
    Variable,
    an_argument,
    an_atom,
    an_entry,
    an_item,
    conjoined,
    lifted,
    new_name,
    several,
    spot_here,
    word_of,
)
from unspoken.language.origins import Spot
from unspoken.language.tree import Atom, Call, Entry, Item, Section


class Use:
    """Some events of one name, made by ``act``."""

    __slots__ = ("node",)

    def __init__(self, node: Call) -> None:
        self.node = node


Used: TypeAlias = "Use | str"
"""Some events: a use, or the name of all of them."""


def act(name: str, *arguments: Value | EllipsisType) -> Use:
    """The events of a name with these arguments; ``...`` for whatever it is."""
    here = spot_here()
    atoms = tuple(
        Atom("any", "*", here, here) if isinstance(one, EllipsisType) else an_argument(one, here)
        for one in arguments
    )
    return Use(Call(new_name(name, here), atoms, here, here))


class InnerBuilding(Building):
    """Says what goes on inside characters."""

    def hunch(
        self, name: str, *parameters: Variable, of: Expr, low: int = -3, high: int = 3
    ) -> PropertyName:
        """Hold ``of`` more or less surely; the odds are a property."""
        here = spot_here()
        entries = [
            _expression("of", of, here),
            an_entry("from", [an_item(low, here)], here),
            an_entry("to", [an_item(high, here)], here),
        ]
        self._section("hunch", new_name(name, here), parameters, entries, here)
        return PropertyName(name)

    def sign(
        self,
        name: str,
        *parameters: Variable,
        of: Expr,
        weight: int = 1,
        seen: Used | None = None,
        when: Conditions | None = None,
        condition: Conditions | None = None,
    ) -> None:
        """Say what speaks for or against a hunch ``of`` which are the odds; the first parameter
        is the reader."""
        here = spot_here()
        entries = [
            *_uses("seen", seen, here),
            *_condition("when", when, here),
            *_condition("if", condition, here),
            _expression("for", of, here),
            an_entry("weight", [an_item(weight, here)], here),
        ]
        self._section("sign", new_name(name, here), parameters, entries, here)

    def drive(
        self,
        name: str,
        *parameters: Variable,
        low: int = 0,
        high: int = 10,
        baseline: int | None = None,
        half_life: float | None = None,
        role: str = "none",
        moved_by: Mapping[str, int] | None = None,
    ) -> PropertyName:
        """Give characters a level that rises and falls; it is a property."""
        here = spot_here()
        entries = [
            an_entry("from", [an_item(low, here)], here),
            an_entry("to", [an_item(high, here)], here),
            *_word("baseline", baseline, here),
            *_word("half_life", half_life, here),
            *_word("role", Plain(role), here),
        ]
        if moved_by:
            items = [
                Item((word_of(Plain(feeling), here), word_of(by, here)), None, here, here)
                for feeling, by in moved_by.items()
            ]
            entries.append(an_entry("moved_by", items, here))
        self._section("drive", new_name(name, here), parameters, entries, here)
        return PropertyName(name)

    def wish(
        self,
        name: str,
        *parameters: Expr,
        wants: Conditions,
        weight: float = 1,
        drive: Expr | None = None,
        condition: Conditions | None = None,
    ) -> None:
        """Say what somebody wants to be so, or (with a negative weight) not to be so. The first
        parameter is whose wish it is; an entity stands for itself alone."""
        here = spot_here()
        entries = [
            *_condition("wants", wants, here),
            an_entry("weight", [an_item(weight, here)], here),
            *([_expression("drive", drive, here)] if drive is not None else []),
            *_condition("if", condition, here),
        ]
        self._section("wish", new_name(name, here), parameters, entries, here)

    def norm(
        self,
        name: str,
        *parameters: Expr,
        against: str,
        weight: float | None,
        acts: Used | Sequence[Used] = (),
        shows: Conditions | None = None,
        before: Expr | str | None = None,
        condition: Conditions | None = None,
    ) -> None:
        """Say what somebody holds against a kind of deed. ``weight`` None: absolute. ``before``:
        somebody, or ``"anyone"``; left out: also when alone."""
        here = spot_here()
        used = [acts] if isinstance(acts, Use | str) else acts
        witness = before if before is None or isinstance(before, str) else _name_of(before, here)
        entries = [
            *_word("against", Plain(against), here),
            *_uses("acts", used, here),
            *_condition("shows", shows, here),
            *_word("before", Plain(witness) if witness is not None else None, here),
            *_word("weight", Plain("absolute") if weight is None else weight, here),
            *_condition("if", condition, here),
        ]
        self._section("norm", new_name(name, here), parameters, entries, here)

    def temperament(
        self,
        whom: Expr,
        *,
        daring: float | None = None,
        composure: float | None = None,
        steadiness: float | None = None,
    ) -> None:
        """Say how somebody is."""
        here = spot_here()
        entries = (
            *_word("daring", daring, here),
            *_word("composure", composure, here),
            *_word("steadiness", steadiness, here),
        )
        name = an_argument(whom, here)
        self._definitions.append(Section("temperament", name, (), entries, here, here))

    def tell(
        self,
        event: str,
        *parameters: Variable,
        who: Variable,
        feelings: str | Sequence[str],
        above: float = 0.5,
        toward: Variable | None = None,
    ) -> None:
        """Let an action of the author's betray that ``who`` feels one of ``feelings``, holds
        something back (``unspoken``), or does not do what it is asked (``refusal``)."""
        here = spot_here()
        target = Plain(_name_of(toward, here)) if toward is not None else None
        entries = [
            *_word("of", Plain(_name_of(who, here)), here),
            *_word("toward", target, here),
            _names("shows", several(feelings), here),
            an_entry("above", [an_item(above, here)], here),
        ]
        self._section("tell", new_name(event, here), parameters, entries, here)

    def occasion(self, event: str, *parameters: Variable, chance: float, after: int = 0) -> None:
        """Let an action of the author's happen each round with a chance, from a round on."""
        here = spot_here()
        entries = [*_word("chance", chance, here), *_word("after", after, here)]
        self._section("occasion", new_name(event, here), parameters, entries, here)

    def channel(
        self,
        name: str,
        *parameters: Variable,
        open: Conditions,
        carries: Sequence[str] = (),
        strength: float | None = None,
        concealment: float | None = None,
        whole: Used | None = None,
        fragment: Used | None = None,
    ) -> None:
        """Let what goes on in the first parameter's mind be perceived by the second."""
        here = spot_here()
        entries = [
            *_condition("open", open, here),
            *([_names("carries", carries, here)] if carries else []),
            *_word("strength", strength, here),
            *_word("concealment", concealment, here),
            *_uses("whole", whole, here),
            *_uses("fragment", fragment, here),
        ]
        self._section("channel", new_name(name, here), parameters, entries, here)

    def presence(self, name: str, one: Variable, other: Variable, when: Conditions) -> None:
        """Say when ``other`` is there with ``one``; read in the mind of ``one``."""
        here = spot_here()
        self._section(
            "presence", new_name(name, here), (one, other), [*_condition("when", when, here)], here
        )

    def rule(
        self, name: str, events: str | Sequence[str], *, known: Expr | Sequence[Expr] = ()
    ) -> PropertyName:
        """Say that only some know of what lets these events happen; that is a property."""
        here = spot_here()
        knowing = (known,) if isinstance(known, Expr) else known
        entries = [_names("of", several(events), here)]
        if knowing:
            entries.append(_names("known", [_name_of(one, here) for one in knowing], here))
        atom = new_name(name, here)
        self._definitions.append(Section("rule", atom, (), tuple(entries), here, here))
        return PropertyName(name)

    def feelings(
        self,
        *,
        hide: str | Sequence[str] = (),
        half_life: float | None = None,
        floor: float | None = None,
    ) -> None:
        """Say which feelings there are not, how fast they fade, and which are too weak."""
        here = spot_here()
        entries = (
            *([_names("hide", several(hide), here)] if hide else []),
            *_word("half_life", half_life, here),
            *_word("floor", floor, here),
        )
        self._definitions.append(Section("feelings", None, (), entries, here, here))

    def run(self, *, until: Conditions | None = None, **settings: float) -> None:
        """Set how a run goes: ``rounds``, ``until``, ``foresight``, ``minds``, ``thoughts``,
        ``temperature``."""
        here = spot_here()
        numbers = (an_entry(key, [an_item(value, here)], here) for key, value in settings.items())
        entries = (*_condition("until", until, here), *numbers)
        self._definitions.append(Section("run", None, (), entries, here, here))


# Entries.


def _expression(key: str, expression: Expr, here: Spot) -> Entry:
    return an_entry(key, [Item((), lifted(expression, here), here, here)], here)


def _condition(key: str, condition: Conditions | None, here: Spot) -> Iterator[Entry]:
    if condition is not None:
        yield an_entry(key, [Item((), conjoined(condition, here), here, here)], here)


def _word(key: str, value: str | float | None, here: Spot) -> Iterator[Entry]:
    if value is not None:
        yield an_entry(key, [an_item(value, here)], here)


def _names(key: str, names: Sequence[str], here: Spot) -> Entry:
    return an_entry(key, [an_item(Plain(name), here) for name in names], here)


def _uses(key: str, uses: Used | Sequence[Used] | None, here: Spot) -> Iterator[Entry]:
    listed = [uses] if isinstance(uses, Use | str) else uses or ()
    items = [
        Item((), one.node if isinstance(one, Use) else an_atom(one, here), here, here)
        for one in listed
    ]
    if items:
        yield an_entry(key, items, here)


def _name_of(value: Expr, here: Spot) -> str:
    return an_argument(value, here).text
