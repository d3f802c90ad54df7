"""Whether a condition holds, in truth or in a mind however deep, at any time of a chronicle; and in
which stretches of it.

Receives a chronicle and the model; hands on values, and ``Span`` of moments. A moment is when all
that an act sets off is over: in between, minds are still making of it what they can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct

from unspoken.chronicle.events import Chain, Chronicle, Value
from unspoken.model import Believes, EntityTerm, Expression, Storyworld
from unspoken.queries.held import Held
from unspoken.telling.holds import value_of
from unspoken.telling.propositions import properties_in
from unspoken.telling.setting import Setting

Exact: TypeAlias = Callable[[Expression, int], bool]
"""Whether a condition holds after so many acts. Of minds that take several worlds to be possible, a
chronicle has what each fact may be, but not which go together: *one of them did it* is believed
though neither part is."""


class Span(Struct, frozen=True):
    """A stretch in which something holds: from before the event ``start`` (0: from the beginning)
    until before the event ``end`` (None: it still does at the end)."""

    start: int
    end: int | None

    def __contains__(self, before: int) -> bool:
        return self.start <= before and (self.end is None or before < self.end)


def spans_of(held: Iterable[tuple[int, bool]]) -> tuple[Span, ...]:
    """The stretches of what holds at some moments, in order, and not at others."""
    found: list[Span] = []
    start: int | None = None
    for moment, is_so in held:
        if is_so and start is None:
            start = moment
        elif not is_so and start is not None:
            found.append(Span(start, moment))
            start = None
    return (*found, *(() if start is None else (Span(start, None),)))


class Evaluation:
    """A chronicle of a world, ready to be asked often. ``exact``: what knows better than it."""

    def __init__(
        self, chronicle: Chronicle, storyworld: Storyworld, exact: Exact | None = None
    ) -> None:
        self.chronicle = chronicle
        self._exact = exact
        self.setting = Setting(storyworld)
        self.held = Held(chronicle)

    def value(self, expression: Expression, before: int | None = None, minds: Chain = ()) -> Value:
        """What an expression comes to before the event of that number (None: at the end), as
        ``minds`` have it (outermost first; nobody: in truth). Raises TooDeep where the chronicle
        does not follow minds so deep."""
        value = value_of(expression, self.held, self.setting, {}, minds, before)
        if self._exact is None or not isinstance(value, bool):
            return value
        for mind in reversed(minds):
            expression = Believes(EntityTerm(mind), expression)
        events = self.chronicle.events[:before]
        return self._exact(expression, events[-1].time if events else 0)

    def holds(self, condition: Expression, before: int | None = None, minds: Chain = ()) -> bool:
        """Whether it does: what is not known does not."""
        return self.value(condition, before, minds) is True

    def spans(self, condition: Expression, minds: Chain = ()) -> tuple[Span, ...]:
        """When a condition holds."""
        moments = self.moments_of(condition)
        return spans_of((moment, self.holds(condition, moment, minds)) for moment in moments)

    def moments_of(self, condition: Expression) -> list[int]:
        """The beginning, and every moment at which something that it reads has changed."""
        numbers = self.held.changing(properties_in(condition))
        return sorted({0, *(self.moments[number] for number in numbers)})

    @cached_property
    def moments(self) -> tuple[int, ...]:
        """For each event, the moment after it: the number of the first event of a later time."""
        events = self.chronicle.events
        found, after = [0] * len(events), len(events)
        for event in reversed(events):
            if event.number + 1 < len(events) and events[event.number + 1].time != event.time:
                after = event.number + 1
            found[event.number] = after
        return tuple(found)
