"""What somebody would do now, as the answer to a question.

    story.ask("what would Tara do now?")

Receives a case, a query and a story on its stage; hands on answers. In a run, it is what they
decide at that moment; after a plan, the acts by which they expect to gain.
"""

from __future__ import annotations

from unspoken.asking.staged import Staged
from unspoken.queries.answer import Answer, Point
from unspoken.queries.case import Case
from unspoken.queries.query import Query
from unspoken.queries.saying import capital


def now(case: Case, query: Query, question: str, staged: Staged) -> Answer:
    """What somebody would do."""
    answer = _decides if staged.chronicle.is_run else _expects
    words, points = answer(case, query.minds[0], staged.acts_until(case, query), staged)
    return Answer(question, query.text, "now", None, capital(words), points)


def _expects(
    case: Case, who: str, until: int | None, staged: Staged
) -> tuple[str, tuple[Point, ...]]:
    """Everything by which they expect to gain, the best first."""
    ground, say = staged.stage.ground, case.words
    state = ground.initial.along(staged.acts[:until])[-1]
    found = [
        (act, reason)
        for act in state.options(who)
        if (reason := staged.reason(ground, state, who, act)) is not None
    ]
    if not found:
        name = say.name(who)
        return f"{name} would do nothing: there is no act by which {name} expects to gain.", ()
    found.sort(key=lambda pair: (pair[1].before - pair[1].after, str(pair[0])))
    points = []
    for act, reason in found:
        then = "; ".join(map(str, reason.acts))
        rest = f", and then: {then}" if then else ""
        would = say.would((act.name, act.arguments), who)
        text = f"{would} ({reason.before:g} to {reason.after:g}){rest}"
        points.append(Point(text, str(act), (who,)))
    best = found[0][0]
    return f"{say.would((best.name, best.arguments), who)}.", tuple(points)


def _decides(
    case: Case, who: str, until: int | None, staged: Staged
) -> tuple[str, tuple[Point, ...]]:
    """What they decide, and why."""
    from unspoken.simulation.choice import WAIT
    from unspoken.simulation.explain import words as explained

    simulation, moment = staged.moment(until)
    decision = simulation.decision(moment, who)
    act, say = decision.chosen.act, case.words
    if act == WAIT:
        words = f"{say.name(who)} would wait."
    else:
        event = simulation.ground.action(act)
        words = f"{say.would((event.name, event.arguments), who)}."
    _, *lines = explained(who, staged.reasons.decision(decision)).splitlines()
    point = Point("\n  ".join(line.strip() for line in lines), act, (who,))
    return words, (point,) if lines else ()
