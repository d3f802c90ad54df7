"""What decides whether a condition holds in a story at some moment, as whoever wrote the condition
writes: each value with whose it is, since when, and how it came.

Receives a ``Case`` of the story; hands on sentences.
"""

from __future__ import annotations

from unspoken.chronicle.events import Chain, Event, Fact, How
from unspoken.chronicle.words import call_of, held_text
from unspoken.model import Expression
from unspoken.queries.case import Case
from unspoken.queries.evidence import told_by

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


def because(case: Case, condition: Expression, moment: int) -> tuple[str, ...]:
    """What decides it at a moment."""
    said = [_said(case, minds, fact, moment) for minds, fact in case.read(condition, moment)]
    return (*said[:MOST], *([f"and {len(said) - MOST} more"] if len(said) > MOST else []))


def _said(case: Case, minds: Chain, fact: Fact, moment: int) -> str:
    """``Willow believes loves(Tara, Willow), since act 7, knock(Willow), by seeing it``."""
    said = held_text(minds, fact, case.value(fact, moment, minds))
    change = case.changed_by(minds, fact, moment)
    if change is None:
        return f"{said}, from the beginning"
    since = f"{said}, since {act_text(case, change)}"
    if not minds or minds[0] not in change.percepts:
        return since
    teller = told_by(case, case.root_of(change), minds[0])
    how = _HOW[change.percepts[minds[0]].how] if teller is None else f"from {teller}"
    return f"{since}, {how}"


def act_text(case: Case, event: Event) -> str:
    """The act at whose time something happened: ``act 7, knock(Willow)``; a law that it set off is
    named, too."""
    act = case.acts[event.time - 1]
    said = f"{case.place(act)}, {call_of(act)}"
    law = event.name and not event.is_act and call_of(event) != call_of(act)
    return f"{said}, by {call_of(event)}" if law else said
