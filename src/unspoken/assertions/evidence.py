"""Why a condition holds in a story at some moment, or does not: the values that decide it, each
with whose it is, since when, and how it came.

Receives an ``Evaluation`` of the story; hands on sentences.
"""

from __future__ import annotations

from collections.abc import Iterator

from unspoken.chronicle.events import Chain, Event, Fact, How, Value
from unspoken.chronicle.words import call_of, fact_text
from unspoken.model import (
    And,
    Believes,
    Expression,
    If,
    Not,
    Or,
    Quantifier,
    Quantity,
)
from unspoken.queries.evaluation import Evaluation
from unspoken.telling.holds import value_of, within
from unspoken.telling.propositions import Bindings

MOST = 4
"""As many values as are worth reading."""

_HOW: dict[How, str] = {
    "did": "by doing it",
    "saw": "by seeing it",
    "told": "by being told",
    "noticed": "by noticing",
    "inferred": "by inference",
    "sensed": "by sensing it",
    "thought": "by thinking of it",
    "remembered": "by remembering",
}


def because(evaluation: Evaluation, condition: Expression, before: int | None) -> tuple[str, ...]:
    """What decides it before the event of that number (None: at the end)."""
    read = dict.fromkeys(_Reasons(evaluation, before).of(condition, (), {}))
    said = [_said(evaluation, minds, fact, before) for minds, fact in read]
    return (*said[:MOST], *([f"and {len(said) - MOST} more"] if len(said) > MOST else []))


class _Reasons:
    """Which values decide a condition at a moment."""

    def __init__(self, evaluation: Evaluation, before: int | None) -> None:
        self._evaluation = evaluation
        self._before = before

    def of(
        self, part: Expression, minds: Chain, bindings: Bindings
    ) -> Iterator[tuple[Chain, Fact]]:
        match part:
            case And(parts) | Or(parts):
                yield from self._of_some(part, [(one, bindings) for one in parts], minds, bindings)
            case Quantifier(Quantity.FORALL | Quantity.EXISTS, variable, body):
                domain = self._evaluation.setting.domain(variable)
                cases: list[tuple[Expression, Bindings]] = [
                    (body, {**bindings, variable.name: one}) for one in domain
                ]
                yield from self._of_some(part, cases, minds, bindings)
            case Not(inner):
                yield from self.of(inner, minds, bindings)
            case Believes(character, inner):
                yield from self.of(inner, within(minds, (character,), bindings), bindings)
            case If(branches, otherwise):
                for condition, result in branches:
                    yield from self.of(condition, minds, bindings)
                    if self._holds(condition, minds, bindings):
                        yield from self.of(result, minds, bindings)
                        return
                if otherwise is not None:
                    yield from self.of(otherwise, minds, bindings)
            case _:
                reads = _Reads(self._evaluation, [])
                value_of(part, reads, self._evaluation.setting, bindings, minds, self._before)
                yield from reads.found

    def _of_some(
        self,
        whole: Expression,
        cases: list[tuple[Expression, Bindings]],
        minds: Chain,
        bindings: Bindings,
    ) -> Iterator[tuple[Chain, Fact]]:
        """Of cases that all hold, or of which none does, all; else the first that is like the
        whole."""
        whole_holds = self._holds(whole, minds, bindings)
        like = [one for one in cases if self._holds(one[0], minds, one[1]) == whole_holds]
        for case, its in like if len(like) == len(cases) else like[:1]:
            yield from self.of(case, minds, its)

    def _holds(self, part: Expression, minds: Chain, bindings: Bindings) -> bool:
        evaluation = self._evaluation
        held, setting = evaluation.held, evaluation.setting
        return value_of(part, held, setting, bindings, minds, self._before) is True


class _Reads:
    """Notes what is read."""

    def __init__(self, evaluation: Evaluation, found: list[tuple[Chain, Fact]]) -> None:
        self._evaluation = evaluation
        self.found = found

    def value(self, minds: Chain, fact: Fact, before: int | None = None) -> Value:
        value = self._evaluation.held.value(minds, fact, before)
        self.found.append((minds, fact))
        return value


def _said(evaluation: Evaluation, minds: Chain, fact: Fact, before: int | None) -> str:
    """``Willow believes loves(Tara, Willow), since act 7, knock(Willow), by seeing it``."""
    value = evaluation.held.value(minds, fact, before)
    said = fact_text(fact, value)
    for mind in reversed(minds):
        said = f"{mind} believes {said}"
    change = _last_change(evaluation, minds, fact, before)
    if change is None:
        return f"{said}, from the beginning"
    since = f"{said}, since {act_text(evaluation, change)}"
    how = change.percepts.get(change.who or "") if minds else None
    if how is None:
        return since
    teller = _teller(evaluation, change)
    return f"{since}, {_HOW[how.how] if teller is None else f'from {teller}'}"


def _teller(evaluation: Evaluation, change: Event) -> str | None:
    """Who said what changed a mind, where somebody else did."""
    return next(
        (
            act.who
            for act in evaluation.chronicle.acts()
            if (act.time, act.name, act.kind) == (change.time, change.name, "say")
            and act.who != change.who
        ),
        None,
    )


def _last_change(
    evaluation: Evaluation, minds: Chain, fact: Fact, before: int | None
) -> Event | None:
    """What made it what it is. A mind whose belief never changed has gone along with the mind
    around it."""
    for event in reversed(evaluation.chronicle.events[:before]):
        if minds and event.minds == minds and event.fact == fact:
            return event
        if not minds and any(change.fact == fact for change in event.changes):
            return event
    return None


def act_text(evaluation: Evaluation, event: Event) -> str:
    """The act at whose time something happened: ``act 7, knock(Willow)``; a law that it set off is
    named, too."""
    acts = [one for one in evaluation.chronicle.acts() if one.time <= event.time]
    if not acts:
        return "the beginning"
    act = acts[-1]
    said = f"act {len(acts)}, {call_of(act)}"
    law = event.name and not event.is_act and call_of(event) != call_of(act)
    return f"{said}, by {call_of(event)}" if law else said
