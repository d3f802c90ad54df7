"""Re-checks a plan and all its reasons, step by step, and says in words what is wrong.

Receives a grounded world and a plan; hands on a ``Verdict``. The judging is Rust and shares no
code with the search (``crates/unspoken-engine/src/replay.rs``); there are no limits. A plan must
come with its reasons: nothing is searched for, and an act of somebody's that has none is refused
as unexplained. What an author demanded of a plan is no part of it: it is judged by what is
demanded here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from unspoken.engine import EventNumber, GroundWorld, State, StateNumber
from unspoken.language import Diagnostic, parse_condition, problem, render
from unspoken.planning.demands import NONE, Demands, matching, numbered
from unspoken.planning.facts import lacking, read, worth_text
from unspoken.planning.plan import Plan, Reason, Step

if TYPE_CHECKING:
    from unspoken.engine import raw as raw_types


class Place(Struct, frozen=True):
    """Where in a plan something is: inside these reasons, outermost first, each with the act that
    it is for. ``around``: the acts of the innermost plan (a reason's begins with the explained
    act); ``step``: the one of them that it is about, or None for the whole."""

    within: tuple[tuple[Step, Reason], ...]
    around: tuple[Step, ...]
    step: Step | None

    def __str__(self) -> str:
        """``Nora's reason for dive(), in Olaf's reason for row()``; nothing for the plan."""
        return ", in ".join(
            f"{reason.character}'s reason for {step.act}" for step, reason in reversed(self.within)
        )


class Verdict(Struct, frozen=True):
    """``fault``: the first thing wrong, None for a valid plan; ``place``: where. ``before`` and
    ``after``: the author's utility at the start, and at the end if all acts are possible."""

    fault: Diagnostic | None
    place: Place | None
    before: float | None
    after: float | None

    @property
    def is_valid(self) -> bool:
        return self.fault is None

    def __bool__(self) -> bool:
        return self.is_valid

    def __str__(self) -> str:
        if self.fault is not None:
            return render(self.fault)
        before, after = worth_text(self.before), worth_text(self.after)
        return f"valid: the author's utility rises from {before} to {after}\n"


def replay(
    ground: GroundWorld, plan: Plan, demands: Demands = NONE, *, goal_wanted: bool = True
) -> Verdict:
    """Judges a plan from the initial state, by the demands too. Unless ``goal_wanted``, they are
    all that counts: the author need gain nothing, and what they do not need can be left out.

    Raises EngineError if the world contradicts itself on the way, DiagnosticError if the demands
    make no sense in it.
    """
    unknown = next(_unknown_names(ground, plan.steps), None)
    if unknown is not None:
        return Verdict(unknown, None, ground.initial.utility(), None)
    acts = [_number(ground, step) for step in plan]
    reasons = [_stated(ground, step) for step in plan]
    raw = ground.raw.replay(acts, reasons, goal_wanted, **numbered(ground, demands))
    if raw.rule is None:
        return Verdict(None, None, raw.utility_before, raw.utility_after)
    place = _place(ground, plan, raw)
    if raw.rule in ("demand-unmet", "forbidden-act", "contradicted-fact"):
        fault = _demand_fault(ground, plan, demands, place, raw)
    else:
        fault = _fault(ground, place, raw)
    return Verdict(fault, place, raw.utility_before, raw.utility_after)


def _unknown_names(ground: GroundWorld, steps: Sequence[Step]) -> Iterator[Diagnostic]:
    for step in steps:
        if not ground.has_action(step.act):
            known = sorted({str(event) for event in ground.events if event.is_action})
            yield problem("unknown-act", step.origin, name=step.act, known=known)
        for reason in step.reasons:
            if reason.character not in ground.characters:
                yield problem(
                    "reason-of-nobody",
                    reason.origin,
                    name=reason.character,
                    known=list(ground.characters),
                )
            yield from _unknown_names(ground, reason.rest)


def _number(ground: GroundWorld, step: Step) -> EventNumber:
    return ground.action(step.act).number


def _stated(ground: GroundWorld, step: Step) -> list[raw_types.StatedReason]:
    return [
        (
            ground.character(reason.character),
            [_number(ground, inner) for inner in reason.rest],
            [_stated(ground, inner) for inner in reason.rest],
        )
        for reason in step.reasons
    ]


def _place(ground: GroundWorld, plan: Plan, raw: raw_types.Verdict) -> Place:
    steps = plan.steps
    within: list[tuple[Step, Reason]] = []
    for act, character in raw.within:
        step = steps[act]
        name = ground.characters[character]
        reason = next(reason for reason in step.reasons if reason.character == name)
        within.append((step, reason))
        # In a reason, act 0 is the explained act.
        steps = (step, *reason.rest)
    return Place(tuple(within), steps, None if raw.act is None else steps[raw.act])


def _fault(ground: GroundWorld, place: Place, raw: raw_types.Verdict) -> Diagnostic:
    """The verdict as a diagnostic: at the act, or at the end of the reason that it is about."""
    assert raw.rule is not None
    owner = place.within[-1][1] if place.within else None
    origin = owner.origin if owner is not None else None
    facts: dict[str, object] = {
        "where": str(place),
        "owner": "the author" if owner is None else owner.character,
    }
    if place.step is not None:
        origin = place.step.origin
        facts["act"] = place.step.act
    if raw.character is not None:
        facts["character"] = ground.characters[raw.character]
    match raw.rule:
        case "impossible-act":
            assert raw.state is not None
            assert place.step is not None
            state = State(ground, StateNumber(raw.state))
            missing = lacking(state, ground.action(place.step.act))
            facts["because"] = " and ".join(f"`{fact}`" for fact in missing)
            facts["whose_world"] = _whose_world(place)
        case "no-rise":
            facts["doing"] = "the story" if owner is None else f"`{facts['act']}`"
        case "not-minimal":
            spare = [step for n, step in enumerate(place.around) if n not in raw.kept]
            facts["spare"] = list(dict.fromkeys(step.act for step in spare))
            origin = origin or spare[0].origin
    facts["before"], facts["after"] = map(worth_text, (raw.before, raw.after))
    return problem(raw.rule, origin, **facts)


def _demand_fault(
    ground: GroundWorld, plan: Plan, demands: Demands, place: Place, raw: raw_types.Verdict
) -> Diagnostic:
    """At the act that does what it must not; where something never happens, at the last one."""
    assert raw.rule is not None
    assert raw.state is not None
    step = place.step or (plan.steps[-1] if plan.steps and raw.rule == "demand-unmet" else None)
    origin = None if step is None else step.origin
    if raw.demand is None:
        assert step is not None
        fitting = (text for text in demands.never if _fits(ground, text, step.act))
        return problem(raw.rule, origin, act=step.act, pattern=next(fitting, step.act))
    kind, number = raw.demand
    facts: dict[str, object] = {"when": f"after `{step.act}`" if step else "at the beginning"}
    if kind == "scene":
        scene = demands.scenes[number]
        facts["demand"], is_event = scene.text, scene.is_event
        if number:
            facts["earlier"] = demands.scenes[number - 1].text
    elif kind == "must":
        facts["demand"] = (*demands.must, *demands.through)[number]
        is_event = number < len(demands.must)
    else:
        facts["demand"], is_event = demands.keep[number].fact, False
    if not is_event:
        expression, _ = parse_condition(str(facts["demand"]), ground.world)
        assert expression is not None, "it was numbered"
        values = read(State(ground, StateNumber(raw.state)), expression)
        facts["because"] = " and ".join(f"`{value}`" for value in values)
    return problem(raw.rule, origin, **facts)


def _fits(ground: GroundWorld, pattern: str, act: str) -> bool:
    found = matching(ground, pattern, "never")
    return not isinstance(found, Diagnostic) and ground.action(act) in found


def _whose_world(place: Place) -> str:
    if not place.within:
        return "the world"
    *outer, (_, reason) = place.within
    words = f"the world that {reason.character} believes in"
    return words + "".join(f", as {reason.character} imagines" for _, reason in reversed(outer))
