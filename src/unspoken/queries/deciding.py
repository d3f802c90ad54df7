"""Which values decide whether a condition holds at a moment: those of the first part that is as
true, or as false, as the whole.

Receives an ``Evaluation`` and a condition; hands on facts, each with the minds in which it is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from unspoken.chronicle.events import Chain, Fact, Value
from unspoken.model import And, Believes, Expression, If, Not, Or, Quantifier, Quantity
from unspoken.queries.evaluation import Evaluation
from unspoken.telling.holds import value_of, within
from unspoken.telling.propositions import Bindings

Read = tuple[Chain, Fact]
"""In whose mind (outermost first; nobody: in truth) what is read."""


def deciding(
    evaluation: Evaluation,
    condition: Expression,
    before: int | None = None,
    minds: Chain = (),
    *,
    every: bool = False,
) -> tuple[Read, ...]:
    """What decides it before the event of that number (None: at the end); or all (``every``) that
    could. Raises TooDeep."""
    found = _Deciding(evaluation, before, every).of(condition, minds, {})
    return tuple(dict.fromkeys(found))


class _Deciding:
    def __init__(self, evaluation: Evaluation, before: int | None, every: bool) -> None:
        self._evaluation = evaluation
        self._before = before
        self._every = every

    def of(self, part: Expression, minds: Chain, bindings: Bindings) -> Iterator[Read]:
        match part:
            case And(parts) | Or(parts):
                yield from self._of_some(part, [(one, bindings) for one in parts], minds, bindings)
            case Quantifier(Quantity.FORALL | Quantity.EXISTS, variable, body):
                domain = self._evaluation.setting.domain(variable)
                cases = [(body, {**bindings, variable.name: one}) for one in domain]
                yield from self._of_some(part, cases, minds, bindings)
            case Not(inner):
                yield from self.of(inner, minds, bindings)
            case Believes(character, inner):
                yield from self.of(inner, within(minds, (character,), bindings), bindings)
            case If(branches, otherwise):
                for condition, result in branches:
                    yield from self.of(condition, minds, bindings)
                    holds = self._holds(condition, minds, bindings)
                    if holds or self._every:
                        yield from self.of(result, minds, bindings)
                    if holds and not self._every:
                        return
                if otherwise is not None:
                    yield from self.of(otherwise, minds, bindings)
            case _:
                reads = _Reads(self._evaluation)
                value_of(part, reads, self._evaluation.setting, bindings, minds, self._before)
                yield from reads.found

    def _of_some(
        self,
        whole: Expression,
        cases: Sequence[tuple[Expression, Bindings]],
        minds: Chain,
        bindings: Bindings,
    ) -> Iterator[Read]:
        """Of cases that all hold, or of which none does, all; else the first that is like the
        whole."""
        whole_holds = self._holds(whole, minds, bindings)
        like = [one for one in cases if self._holds(one[0], minds, one[1]) == whole_holds]
        some = cases if self._every or len(like) == len(cases) else like[:1]
        for case, its in some:
            yield from self.of(case, minds, its)

    def _holds(self, part: Expression, minds: Chain, bindings: Bindings) -> bool:
        evaluation = self._evaluation
        held, setting = evaluation.held, evaluation.setting
        return value_of(part, held, setting, bindings, minds, self._before) is True


class _Reads:
    """Values, noting which were asked for."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._held = evaluation.held
        self.found: list[Read] = []

    def value(self, minds: Chain, fact: Fact, before: int | None = None) -> Value:
        value = self._held.value(minds, fact, before)
        self.found.append((minds, fact))
        return value
