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
from unspoken.model import Believes, EntityTerm, Expression, Not, Storyworld
from unspoken.model.truths import is_truth
from unspoken.queries.held import Held
from unspoken.queries.undecided import judged
from unspoken.telling.holds import value_of
from unspoken.telling.propositions import properties_in
from unspoken.telling.setting import Setting

Exact: TypeAlias = Callable[[Expression, int], bool]
"""Whether a condition holds before the event of that number, by the states of the story. Of minds
that take several worlds to be possible, a chronicle has what each fact may be, but not which go
together: *it was Ann, with the rope, or Ben, with the knife*."""


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
        self.has_worlds = chronicle.has_worlds

    def value(self, expression: Expression, before: int | None = None, minds: Chain = ()) -> Value:
        """What an expression comes to before the event of that number (None: at the end), as
        ``minds`` have it (outermost first; nobody: in truth). Of a condition, None is that these
        take both to be possible, or that it is not to be told. Raises TooDeep where the chronicle
        does not follow minds so deep, and ``exact`` is not at hand."""
        if not self.has_worlds or not is_truth(expression):
            return value_of(expression, self.held, self.setting, {}, minds, before)
        if self._exact is None:
            return judged(expression, self.held, self.setting, minds, before)
        moment = len(self.chronicle.events) if before is None else before
        if self._exact(_as_held(minds, expression), moment):
            return True
        is_open = minds and self._exact(Not(_as_held(minds, Not(expression))), moment)
        return None if is_open else False

    def is_held(
        self, condition: Expression, before: int | None, minds: Chain, root: Chain = ()
    ) -> bool | None:
        """Whether minds hold a condition (``root``: as it has it); None: that is not to be told,
        since it is not known which of several things they take to go together."""
        value = self.value(_as_held(minds, condition), before, root)
        return value if isinstance(value, bool) else None

    def settled(self, condition: Expression, before: int, minds: Chain) -> int:
        """Since which moment it has come to what it comes to then; where each mind takes one world
        to be the case, that moment itself, before which a fact has last changed anyway."""
        if not self.has_worlds:
            return before
        value = self.value(condition, before, minds)
        for moment in reversed([one for one in self.moments_of(condition) if one < before]):
            if self.value(condition, moment, minds) != value:
                break
            before = moment
        return before

    def holds(self, condition: Expression, before: int | None = None, minds: Chain = ()) -> bool:
        """Whether it does: what is not known does not."""
        return self.value(condition, before, minds) is True

    def spans(self, condition: Expression, minds: Chain = ()) -> tuple[Span, ...]:
        """When a condition holds."""
        moments = self.moments_of(condition)
        return spans_of((moment, self.holds(condition, moment, minds)) for moment in moments)

    def moments_of(self, condition: Expression) -> list[int]:
        """The beginning, and every moment at which something that it reads has changed; of minds
        that take several worlds to be possible, every moment: less may go together than did."""
        if self.has_worlds:
            return sorted({0, *self.moments})
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


def _as_held(minds: Chain, expression: Expression) -> Expression:
    for mind in reversed(minds):
        expression = Believes(EntityTerm(mind), expression)
    return expression
