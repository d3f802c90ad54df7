"""Whether what an author claims of a story is so; and if not, since when, and what decides it.

Receives a claim and a ``Case`` of the story; hands on a ``Verdict``. A story is looked at in
its moments: at the beginning, and whenever all that an act sets off is over.
"""

from __future__ import annotations

from msgspec import Struct

from unspoken.assertions.evidence import act_text, because
from unspoken.chronicle.events import Event
from unspoken.language import expression_text
from unspoken.model import Claim, EntityTerm, EventUse, Expression, Literal, Term
from unspoken.model.tests import Item
from unspoken.queries.case import Case
from unspoken.queries.evaluation import Span
from unspoken.queries.held import TooDeep


class Verdict(Struct, frozen=True):
    """Whether a claim holds of a story. ``when``: where it broke, in words; ``because``: what
    decides it there."""

    holds: bool
    when: str = ""
    because: tuple[str, ...] = ()


HOLDS = Verdict(True)


def judge(claim: Claim, case: Case) -> Verdict:
    """Whether a claim about one story holds of this one."""
    try:
        return _Judge(case).verdict(claim)
    except TooDeep as error:
        return Verdict(False, "it cannot be seen", (str(error),))


class _Judge:
    def __init__(self, case: Case) -> None:
        self._case = case
        self._acts = case.acts
        self._end = len(case.chronicle.events)

    def verdict(self, claim: Claim) -> Verdict:
        if claim.kind == "in_order":
            return self._in_order(claim.items)
        (item,) = claim.items
        if isinstance(item, EventUse):
            return self._happens(item) if claim.kind == "sometime" else self._never_happens(item)
        match claim.kind:
            case "at_end":
                return self._at_end(item)
            case "always":
                return self._always(item)
            case "never":
                return self._never(item)
            case "sometime":
                return self._sometime(item)
        raise ValueError(f"{claim.kind} is not about one story")

    # Acts

    def _happens(self, use: EventUse) -> Verdict:
        if any(fits(use, one) for one in self._acts):
            return HOLDS
        same = [self._act(one) for one in self._acts if one.name == use.event]
        instead = (f"what happens is {'; '.join(same[:3])}",) if same else ()
        return Verdict(False, "it does not happen", instead)

    def _never_happens(self, use: EventUse) -> Verdict:
        act = next((one for one in self._acts if fits(use, one)), None)
        return HOLDS if act is None else Verdict(False, f"it happens: {self._act(act)}")

    # Facts

    def _sometime(self, fact: Expression) -> Verdict:
        if self._case.spans(fact):
            return HOLDS
        return Verdict(False, "it is never so; at the end", self._because(fact, self._end))

    def _never(self, fact: Expression) -> Verdict:
        spans = self._case.spans(fact)
        return self._broken("it is so", fact, spans[0].start) if spans else HOLDS

    def _at_end(self, fact: Expression) -> Verdict:
        if self._case.holds(fact, self._end):
            return HOLDS
        spans = self._case.spans(fact)
        when = "it is not so at the end"
        if spans and spans[-1].end is not None:
            when = f"it is not so any more after {self._after(spans[-1].end)}"
        return Verdict(False, when, self._because(fact, self._end))

    def _always(self, fact: Expression) -> Verdict:
        spans = self._case.spans(fact)
        if not spans or spans[0].start > 0:
            return self._broken("it is not so", fact, 0)
        if spans[0].end is None:
            return HOLDS
        return self._broken("it is not so any more", fact, spans[0].end)

    def _broken(self, what: str, fact: Expression, moment: int) -> Verdict:
        at = f"{what} after {self._after(moment)}" if moment else f"{what} at the beginning"
        return Verdict(False, at, self._because(fact, moment))

    def _in_order(self, items: tuple[Item, ...]) -> Verdict:
        """Each as early as it can be: whatever is possible later is then possible, too."""
        moment = 0
        for place, item in enumerate(items):
            if isinstance(item, EventUse):
                found = next(
                    (one for one in self._acts if one.number >= moment and fits(item, one)), None
                )
                reached = None if found is None else self._case.evaluation.moments[found.number]
            else:
                reached = _first_in(self._case.spans(item), moment)
            if reached is None:
                behind = f" after {item_text(items[place - 1])} ({self._place(moment)})"
                missing = f"{item_text(item)} does not come{behind if place else ''}"
                return Verdict(False, missing, self._earlier(item))
            moment = reached
        return HOLDS

    # In words.

    def _because(self, fact: Expression, moment: int) -> tuple[str, ...]:
        return because(self._case, fact, moment)

    def _after(self, moment: int) -> str:
        return act_text(self._case, self._case.chronicle.events[moment - 1])

    def _place(self, moment: int) -> str:
        return self._after(moment) if moment else "the beginning"

    def _act(self, act: Event) -> str:
        return act_text(self._case, act)

    def _earlier(self, item: Item) -> tuple[str, ...]:
        if isinstance(item, EventUse):
            found = next((one for one in self._acts if fits(item, one)), None)
            return (f"it came earlier: {self._act(found)}",) if found is not None else ()
        spans = self._case.spans(item)
        if not spans:
            return ("it is never so", *self._because(item, self._end))
        end = spans[-1].end
        assert end is not None
        return (f"it was so until {self._after(end)}",)


def _first_in(spans: tuple[Span, ...], moment: int) -> int | None:
    """The first moment, from one on, within one of the stretches."""
    for span in spans:
        if span.end is None or span.end > moment:
            return max(span.start, moment)
    return None


def fits(use: EventUse, act: Event) -> bool:
    """Whether an act is one of those meant."""
    return (
        use.event == act.name
        and len(use.arguments) == len(act.arguments)
        and all(
            wanted is None or _value(wanted) == found
            for wanted, found in zip(use.arguments, act.arguments, strict=True)
        )
    )


def _value(term: Term) -> object:
    match term:
        case EntityTerm(name):
            return name
        case Literal(value):
            return value
    raise ValueError(f"{term} stands for nothing")


def pattern(use: EventUse) -> str:
    """``knock(Willow, *)``."""
    return f"{use.event}({', '.join(_argument(one) for one in use.arguments)})"


def _argument(term: Term | None) -> str:
    return "*" if term is None else expression_text(term)


def item_text(item: Item) -> str:
    """An act or a fact as somebody writes it."""
    return pattern(item) if isinstance(item, EventUse) else expression_text(item)


def claim_text(claim: Claim) -> str:
    """What is claimed, as it was written."""
    if claim.origin is not None:
        text = claim.origin.source.text[claim.origin.start : claim.origin.end]
        return " ".join(text.split())
    return ", ".join(map(item_text, claim.items))
