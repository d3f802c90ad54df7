"""What somebody wishes or dreads, and how that stands, as the answer to a question.

    story.ask("what does Tara want?")

Receives a case, a query and the motives of a world; hands on answers, in which a term of a utility
is a wish like any other. How a wish stands is asked of whoever has it; the truth, of nobody who is
interviewed.
"""

from __future__ import annotations

from unspoken.chronicle.events import Event
from unspoken.language.printer import expression_text
from unspoken.model import Expression, If, Literal, Quantifier
from unspoken.queries.answer import Answer, Point
from unspoken.queries.case import Case
from unspoken.queries.instances import is_of_somebody, worded
from unspoken.queries.query import Query
from unspoken.simulation.motives import GroundWish, Motives
from unspoken.telling.conditions import Conditions


def wished(case: Case, query: Query, question: str, motives: Motives) -> Answer:
    """All that somebody wants (or fears), the strongest first."""
    (name,), say = query.minds[:1], case.words
    fears = query.head == "fears"
    found = [one for one in motives.wishes(name) if _is_dread(one) is fears]
    points = []
    for one in sorted(found, key=lambda one: (-abs(one.weight), one.text)):
        clause = _clause(case, one, fears=fears)
        standing = _standing(case, query, one)
        points.append(Point(f"that {clause}{standing}", one.text, (name,), abs(one.weight)))
    verb = say.does((name,), "fear" if fears else "want")
    words = f"{say.name(name)} {verb}:"
    if not points:
        words = f"There is nothing that {say.name(name)} {verb}, as far as this world says."
    return Answer(question, query.text, query.head, None, words, tuple(points))


def met(
    case: Case, event: Event, who: str, motives: Motives
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What somebody wishes and an act makes so, to them; and what they dread and it puts an end
    to."""
    gains: list[str] = []
    ended: list[str] = []
    before, after, mind = event.number, case.evaluation.moments[event.number], case.chain((who,))
    for one in motives.wishes(who):
        condition, is_to_be = _condition(one), not _is_dread(one)
        had, has = (case.evaluation.value(condition, at, mind) for at in (before, after))
        is_said = "“" not in case.words.proposition(condition).text
        if (had, has) == (not is_to_be, is_to_be) and is_said:
            (gains if is_to_be else ended).append(" ".join(expression_text(condition).split()))
    return tuple(gains), tuple(ended)


def _is_dread(wish: GroundWish) -> bool:
    """What is not to be so; of a utility, what counts against it."""
    if wish.kind == "wish":
        return wish.weight < 0
    gain = _gain(wish.wants)
    return gain is not None and gain * wish.weight < 0


def _gain(wants: Expression) -> float | None:
    """What a term of a utility counts where its one condition holds, over what it does else."""
    match wants:
        case If(((_, Literal(value)),), Literal(other)):
            return float(value) - float(other)
    return None


def _condition(wish: GroundWish) -> Expression:
    """What is to be so, or not to be."""
    if _gain(wish.wants) is not None and isinstance(wish.wants, If):
        return wish.wants.branches[0][0]
    return wish.wants


def _clause(case: Case, wish: GroundWish, *, fears: bool) -> str:
    condition = _condition(wish)
    if isinstance(condition, Quantifier) and is_of_somebody(condition):
        somebody = worded(case, condition, so=True)
        if somebody is not None:
            return case.words.clause(somebody)
    if fears or condition is not wish.wants or wish.kind == "wish":
        return case.words.clause(case.words.proposition(condition))
    return case.words.clause(Conditions(case.setting).of_wish(wish.wants, wish.weight))


def _standing(case: Case, query: Query, wish: GroundWish) -> str:
    """Whether it is so, to whoever has the wish, and in truth."""
    moment, condition = case.moment(query.when), _condition(wish)
    held = case.evaluation.value(condition, moment, case.chain(query.minds[:1]))
    truth = case.evaluation.value(condition, moment, case.chain(()))
    if not isinstance(truth, bool):
        return ""
    so = "; so it is" if truth else "; that is not so"
    if held is truth:
        return so
    thinks = "thinks that it is" if held is True else "does not think so"
    return f"{so}, but {case.words.name(query.minds[0])} {thinks}"
