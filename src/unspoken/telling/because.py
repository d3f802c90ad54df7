"""What led to what, as far as minds know: for the order of a telling, and for notes beside it.

Receives views and which events their items are; hands on events. An item points back to its causes
in its view; an act also to what last changed, for a mind that perceived it, about the facts that
its author made it depend on. Reads no truth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from unspoken.chronicle.events import Chronicle, EventNumber, Fact
from unspoken.model import Action, Fluent, Variable
from unspoken.telling.propositions import term, walk
from unspoken.telling.setting import Setting
from unspoken.telling.view import Item, LocalId, View, trace, view


class Because(Struct, dict=True):
    """``numbers``: by mind, the events of its view's items. ``beyond``: a chronicle whose causes
    count even where no mind has both ends of them; None for what is one mind's."""

    views: Mapping[str | None, View]
    numbers: Mapping[str | None, tuple[EventNumber, ...]]
    setting: Setting
    beyond: Chronicle | None = None
    _led: dict[EventNumber, frozenset[EventNumber]] = field(default_factory=dict)

    @classmethod
    def of(cls, chronicle: Chronicle, mind: str | None, setting: Setting) -> Because:
        """To one mind, as far as it knows; to nobody in particular (None), as far as anybody."""
        minds = chronicle.characters if mind is None else (mind,)
        views: dict[str | None, View] = {one: view(chronicle, one) for one in minds}
        numbers: dict[str | None, tuple[EventNumber, ...]] = {
            one: trace(chronicle, one) for one in minds
        }
        return cls(views, numbers, setting, chronicle if mind is None else None)

    def __post_init__(self) -> None:
        self._straight: dict[EventNumber, frozenset[EventNumber]] = {}
        self._places: dict[EventNumber, list[tuple[str | None, LocalId]]] = {}
        for mind, own in self.numbers.items():
            for place, number in enumerate(own):
                self._places.setdefault(number, []).append((mind, LocalId(place)))

    def straight(self, event: EventNumber) -> frozenset[EventNumber]:
        """What an event points back to, without anything between."""
        if event not in self._straight:
            found = {
                self.numbers[mind][cause]
                for mind, place in self._places.get(event, ())
                for cause in self._causes(self.views[mind], self.views[mind].items[place])
            }
            found.update(self.beyond.events[event].causes if self.beyond else ())
            self._straight[event] = frozenset(found)
        return self._straight[event]

    def led(self, event: EventNumber) -> frozenset[EventNumber]:
        """An event, and all that led to it."""
        if event not in self._led:
            found = {event}
            left = [event]
            while left:
                new = self.straight(left.pop()) - found
                found |= new
                left.extend(new)
            self._led[event] = frozenset(found)
        return self._led[event]

    def _causes(self, view: View, item: Item) -> Iterator[LocalId]:
        yield from item.causes
        if view.mind is None or not item.is_act:
            return
        schema = self.setting.schema(item.name, item.arguments)
        if not isinstance(schema, Action) or schema.precondition is None:
            return
        binding = {
            parameter.name: value
            for parameter, value in zip(schema.parameters, item.arguments, strict=True)
            if isinstance(parameter, Variable)
        }
        for part in walk(schema.precondition):
            if isinstance(part, Fluent) and not part.minds:
                fact = Fact(part.property.name, tuple(term(a, binding) for a in part.arguments))
                changed = view.changed((view.mind,), fact, item.id)
                if changed is not None:
                    yield changed
