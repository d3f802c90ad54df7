"""What an answer rests on: through which events, perceived how, told by whom.

Receives a case, claims and moments; hands on ``Evidence``. Whoever was told is followed back to
whoever told them, and on, to where it began.
"""

from __future__ import annotations

from collections.abc import Iterator

from unspoken.chronicle.events import ACTS, Chain, Event, Fact, How
from unspoken.model import Expression
from unspoken.queries.answer import Evidence
from unspoken.queries.case import Case
from unspoken.queries.saying import capital

_HOW: dict[How, str] = {
    "told": "{who} took it so",
    "noticed": "{who} noticed",
    "inferred": "{who} could conclude it",
    "sensed": "{who} sensed it",
    "thought": "so {who} thought",
    "remembered": "{who} remembered",
}
"""How a change came about in somebody, where it was not by their own act or before their eyes."""


def behind(case: Case, claim: Expression, minds: Chain, moment: int) -> tuple[Evidence, ...]:
    """What made a claim hold (or not) along a chain of minds, at a moment."""
    found: dict[tuple[int, str | None], Evidence] = {}
    moment = case.evaluation.settled(claim, moment, case.chain(minds))
    for chain, fact in case.read(claim, moment, minds):
        for one in _of_fact(case, chain, fact, moment, frozenset()):
            found.setdefault((one.event, one.who), one)
    return tuple(sorted(found.values(), key=lambda one: one.event))


def of_fact(case: Case, minds: Chain, fact: Fact, moment: int) -> tuple[Evidence, ...]:
    """What made a mind (as the chronicle has it) hold what it holds of a fact."""
    found = {(e.event, e.who): e for e in _of_fact(case, minds, fact, moment, frozenset())}
    return tuple(sorted(found.values(), key=lambda one: one.event))


def _of_fact(
    case: Case, minds: Chain, fact: Fact, moment: int, told: frozenset[str]
) -> Iterator[Evidence]:
    change = case.changed_by(minds, fact, moment)
    if change is None:
        return
    root = case.root_of(change)
    if not root.name:  # it came of itself; or nobody knows by whose act
        return
    if not minds:
        yield evidence(case, root)
        return
    who, by = minds[0], told_by(case, root, minds[0])
    yield evidence(case, root, who, change.percepts[who].how, by)
    if by is not None and by not in told:
        others = minds[2:] if minds[1:2] == (by,) else minds[1:]  # of their own mind
        yield from _of_fact(case, (by, *others), fact, root.number, told | {who})


def told_by(case: Case, act: Event, who: str) -> str | None:
    """Who told somebody something by an act."""
    if act.name == "learns" and act.kind == "act":  # a ledger's: from somebody
        others = [one for one in act.arguments[:-1] if one in case.characters]
        return next((str(one) for one in others if one not in act.participants), None)
    if act.kind == "say" and act.who != who:
        return act.who
    return None


def evidence(
    case: Case, event: Event, who: str | None = None, how: How | None = None, by: str | None = None
) -> Evidence:
    """An event, as evidence of what came of it in somebody."""
    words = case.words.act(event) if event.kind != "feel" else event.name
    return Evidence(
        event.number,
        event.time,
        case.place(event),
        f"{capital(words)}{_perceived(case, event, who, how, by)}",
        who,
        how,
        by,
    )


def _perceived(case: Case, event: Event, who: str | None, how: How | None, by: str | None) -> str:
    """How somebody came by it, where that does not go without saying."""
    own = who in event.participants or (event.who is None and event.arguments[:1] == (who,))
    if who is None or how in (None, "did") or own:
        return ""
    name = case.words.name(who)
    if by is not None:
        addressed = who in event.arguments or (case.is_ledger and who not in event.percepts)
        return "" if addressed else f"; {name} heard it"
    if how == "saw":
        heard = event.kind == "say" or event.name in ("says", "tells")
        sensed = event.kind == "think"
        return f"; {name} {'sensed' if sensed else 'heard' if heard else 'saw'} it"
    seen = event.percepts.get(who)
    if how == "told" and seen is not None and event.kind in ACTS:
        return ""
    return "; " + _HOW.get(how or "told", "").format(who=name)
