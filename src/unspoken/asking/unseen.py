"""What if somebody had not seen an act, as the answer to a question.

    story.ask("what if Tara had not seen that Willow knocked?")

Receives a case, a query and a story on its stage; hands on answers. The world is changed, not the
engine: in another world, in which the act is not seen, the story is gone through again as far as it
goes on, and what everybody holds at its end is compared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from unspoken.asking.staged import Staged
from unspoken.chronicle.fit import acts_of
from unspoken.language import failure
from unspoken.model import (
    Action,
    And,
    Assign,
    Believes,
    Comparator,
    Comparison,
    EntityTerm,
    Expression,
    Fluent,
    If,
    Literal,
    Not,
    Observing,
    Quantifier,
    Storyworld,
    Term,
    Variable,
    VariableTerm,
)
from unspoken.queries.answer import Answer, Point
from unspoken.queries.case import Case
from unspoken.queries.comparing import differences
from unspoken.queries.query import Query, call_text

if TYPE_CHECKING:
    from unspoken.chronicle import Chronicle
    from unspoken.chronicle.events import Value
    from unspoken.engine import GroundEvent, GroundWorld, State


def unseen(case: Case, query: Query, question: str, staged: Staged) -> Answer:
    """What would be otherwise."""
    assert query.act is not None
    (who,), (name, arguments) = query.minds[:1], query.act
    say = case.words
    done = [act for act in case.acts if (act.name, act.arguments) == query.act]
    if not done:
        known = list(dict.fromkeys(call_text((act.name, act.arguments)) for act in case.acts))
        raise failure("not-in-the-story", pattern=call_text(query.act), known=known)
    seen = [act for act in done if who in act.percepts]
    if not seen or who in done[0].participants:
        why = "took part in it" if seen else "did not perceive it"
        words = f"{say.name(who)} {why}: nothing would be otherwise."
        return Answer(question, query.text, "unseen", False, words)
    world = blinded(staged.stage.model, name, arguments, who)
    again = _run_again if staged.chronicle.is_run else _done_again
    made, acts, stopped = again(world, case, staged)
    here = next((act.number for act in case.acts[acts : acts + 1]), len(case.chronicle.events))
    points = [Point(stopped)] if stopped else []
    points += differences(case, Case(made, case.storyworld), here)
    told = f"If {say.name(who)} had not perceived that {say.act(done[0])}"
    words = f"{told}:" if points else f"{told}, nothing else would be otherwise."
    return Answer(question, query.text, "unseen", bool(points), words, tuple(points))


def _run_again(world: Storyworld, case: Case, staged: Staged) -> tuple[Chronicle, int, str]:
    """The run in that world; after how many acts to compare it; and where its acts are others."""
    simulation, moment = staged.again(world)
    made = simulation.chronicle(moment)
    acts, others = staged.acts, acts_of(made)
    pairs = enumerate(zip(acts, others, strict=False), start=1)
    place = next((n for n, (one, other) in pairs if one != other), None)
    if place is None and len(acts) == len(others):
        return made, len(acts), ""
    place = place or min(len(acts), len(others)) + 1
    before = f"`{acts[place - 1]}`" if place <= len(acts) else "the end"
    now = f"`{others[place - 1]}`" if place <= len(others) else "the end"
    told = f"It would go on otherwise from act {place}: {now}, and not {before}"
    return made, len(others), told


def _done_again(world: Storyworld, case: Case, staged: Staged) -> tuple[Chronicle, int, str]:
    """The acts of a plan in that world, as far as they can be done and those who do them still have
    a reason; how many these are; and why there it ends."""
    from unspoken.chronicle.record import record
    from unspoken.engine import load

    ground, stopped = load(world), ""
    state: State = ground.initial
    done: list[GroundEvent] = []
    last = len(staged.acts)
    for place, text in enumerate(staged.acts, start=1):
        try:
            act = ground.action(text)
        except KeyError:
            continue  # nothing would come of it
        if not state.allows(act):
            stopped = f"It would end before act {place}: `{text}` could not be done"
        elif unwilling := _unwilling(ground, state, act, staged, staged.states[place - 1]):
            why = f"{case.words.name(unwilling)} would have no reason for `{text}`"
            stopped = f"It would not go on from act {place}: {why}"
        if stopped:
            last = place - 1
            break
        done.append(act)
        state = state.after(act)
    return record(ground, done, depth=staged.chronicle.depth), last, stopped


def _unwilling(
    ground: GroundWorld, state: State, act: GroundEvent, staged: Staged, before: State
) -> str | None:
    """Who has no reason for an act any more, of those who had one as things stood before."""
    was = staged.stage.ground
    own = was.action(str(act))
    for who in act.consenting:
        if state.mind(who).graph() == before.mind(who).graph():
            continue
        had = staged.reason(was, before, who, own) is not None
        if had and staged.reason(ground, state, who, act) is None:
            return who
    return None


def blinded(world: Storyworld, name: str, arguments: tuple[Value, ...], who: str) -> Storyworld:
    """The world in which somebody never sees an act of these arguments, nor takes from it what it
    would have them believe. Raises KeyError where there is no such action."""
    given = [EntityTerm(one) if isinstance(one, str) else Literal(one) for one in arguments]  # type: ignore[arg-type]
    made = []
    is_changed = False
    for action in world.actions:
        if action.name == name and _takes(action, given):
            observing = action.observing
            variable = observing.variable if observing else Variable("anybody", "character")
            these = tuple(
                Comparison(Comparator.EQ, VariableTerm(parameter.name), value)
                for parameter, value in zip(action.parameters, given, strict=True)
                if isinstance(parameter, Variable)
            )

            def but(seer: Term, these: tuple[Expression, ...] = these) -> Expression:
                return Not(And((Comparison(Comparator.EQ, seer, EntityTerm(who)), *these)))

            seen = but(VariableTerm(variable.name))
            condition = seen if observing is None else And((observing.condition, seen))
            action = replace(
                action,
                observing=Observing(variable, condition),
                effect=None if action.effect is None else _told_only(action.effect, but),
            )
            is_changed = True
        made.append(action)
    if not is_changed:
        raise KeyError(name)
    return replace(world, actions=tuple(made))


def _told_only(effect: Expression, to: Callable[[Term], Expression]) -> Expression:
    """An effect that makes those believe something of whom a condition holds."""

    def again(part: Expression) -> Expression:
        return _told_only(part, to)

    match effect:
        case And(parts):
            return And(tuple(map(again, parts)))
        case Quantifier():
            return replace(effect, body=again(effect.body))
        case If(branches, otherwise):
            told = tuple((condition, again(result)) for condition, result in branches)
            return If(told, None if otherwise is None else again(otherwise))
        case Not(inner) | Assign(inner):
            whose = _whose(inner)
        case _:
            whose = _whose(effect)
    return effect if whose is None else If(((to(whose), effect),))


def _whose(set_: Expression) -> Term | None:
    """In whose mind something is set."""
    match set_:
        case Believes(character, _):
            return character
        case Fluent(minds=(first, *_)):
            return first
    return None


def _takes(action: Action, given: Sequence[EntityTerm | Literal]) -> bool:
    """Whether an action's places are as many, and those that are fixed are these."""
    return len(action.parameters) == len(given) and all(
        isinstance(place, Variable) or place == one
        for place, one in zip(action.parameters, given, strict=True)
    )
