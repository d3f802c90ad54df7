"""Asks the engine for a story, minds the clock and the keyboard, and gives the answer in names.

Receives a grounded world, a goal and limits; hands on a ``Solution``. The search itself is Rust
and runs on a thread of its own (``crates/unspoken-engine/src/search``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from unspoken.engine import GroundEvent, GroundWorld, Mind, State
from unspoken.language import DiagnosticError, failure, problem
from unspoken.planning.basis import gains
from unspoken.planning.bounds import at_most
from unspoken.planning.demands import NONE, Demands, to_plan_by
from unspoken.planning.facts import reached, read
from unspoken.planning.plan import Limits, Plan, Reason, Solution, Step

if TYPE_CHECKING:
    from unspoken.engine import raw as raw_types

LOOK_EVERY = 0.1
"""Seconds between two looks at a search under way."""

NO_LIMITS = Limits()

BUDGET = 10.0
"""Seconds for making a first plan shorter, unless somebody says otherwise."""


def default_goal(ground: GroundWorld) -> float:
    """The least rise worth the name: the author's utility at the start, rounded away from zero if
    that is more, else plus 1. Raises DiagnosticError if no plan can raise it, because the author
    wants nothing or the start's utility is unknown."""
    wanted = ground.world.author_utility
    if wanted is None:
        raise failure("author-wants-nothing")
    start = ground.initial.utility()
    if start is None:
        unknown = [str(fact) for fact in read(ground.initial, wanted.expression)]
        fault = problem("author-utility-unknown", wanted.origin, facts=unknown)
        raise DiagnosticError([fault])
    rounded = math.copysign(math.ceil(abs(start)), start)
    return rounded if rounded > start else start + 1


def goal_of(
    ground: GroundWorld, goal: float | None, demands: Demands, demands_only: bool
) -> float | None:
    """What the author's utility has to reach: the goal; else the one in the world's ``plan``
    section; else ``default_goal``. None: the demands are all that counts, because somebody says so
    or the author wants nothing. Raises DiagnosticError where a goal is wanted that no plan can
    reach, as ``default_goal``."""
    if demands and demands_only:
        return None
    if goal is None:
        goal = ground.world.plan.goal
    if goal is None and demands and ground.world.author_utility is None:
        return None
    least = default_goal(ground)
    return least if goal is None else goal


def short_of(ground: GroundWorld, goal: float | None, limits: Limits) -> float | None:
    """What the author's utility can come to at most, if the goal is more than that and a search
    for it would have no end but by chance; within an author's limit, the best met is of use."""
    wanted = ground.world.author_utility
    if goal is None or wanted is None or limits.author is not None:
        return None
    most = at_most(wanted.expression)
    return most if goal > most else None


def solve(
    ground: GroundWorld,
    goal: float | None = None,
    limits: Limits = NO_LIMITS,
    *,
    demands: Demands = NONE,
    demands_only: bool = False,
    budget: float = BUDGET,
    first_only: bool = False,
    transitions: int | None = None,
    seconds: float | None = None,
    on_progress: Callable[[Mapping[str, int]], None] | None = None,
) -> Solution:
    """A story that raises the author's utility to ``goal`` and meets the demands, with everybody's
    reasons: the shortest, as far as ``budget`` seconds, counted from the beginning, suffice to make
    the first one met shorter; with ``first_only``, that one. What the goal is else, ``goal_of``
    says; with ``demands_only`` there is none.

    ``transitions`` and ``seconds`` bound the effort as a whole, as Ctrl-C does: if there is no
    story by then, the outcome is ``stopped``, with the best plan so far. ``on_progress`` is called
    about ten times a second with ``depth``, ``states``, ``transitions``, ``explanations``, ``best``
    (the acts of the shortest story so far); the engine itself is busy until the search has ended,
    and whoever asks it something waits. Raises EngineError if the world contradicts itself on the
    way, DiagnosticError as ``goal_of`` and ``demands.numbered``.
    """
    goal = goal_of(ground, goal, demands, demands_only)
    most = short_of(ground, goal, limits)
    search = ground.raw.search(
        goal,
        counted(limits.author) if most is None else 0,
        counted(limits.character),
        counted(limits.epistemic),
        transitions=transitions,
        milliseconds=_milliseconds(seconds),
        budget=_milliseconds(budget),
        any=first_only,
        **to_plan_by(ground, demands),
    )
    try:
        while not search.wait(LOOK_EVERY):
            if on_progress is not None:
                on_progress(search.progress())
    except KeyboardInterrupt:
        _stop(search)
    except BaseException:
        _stop(search)
        raise
    raw = search.plan()
    stats = dict(search.stats())
    shortest = bool(stats.pop("shortest"))
    peak = peak_memory()
    if peak is not None:
        stats["peak_memory_bytes"] = peak
    return Solution(
        outcome=search.outcome(),
        plan=None if raw is None else in_names(ground, raw),
        goal=goal,
        limits=limits,
        stats=stats,
        demands=demands,
        shortest=shortest,
        most=most,
    )


def _milliseconds(seconds: float | None) -> int | None:
    return None if seconds is None or math.isinf(seconds) else max(0, round(seconds * 1000))


def counted(limit: int | None) -> int | None:
    """A limit as the engine counts: beyond 32 bits nothing is a limit to anybody."""
    return None if limit is None or limit >= 2**32 else limit


def in_names(ground: GroundWorld, raw: raw_types.Plan) -> Plan:
    """A plan of the engine's, with names, and with what everybody expects to reach in words."""
    state, steps = ground.initial, []
    for act, reasons in zip(raw.acts, raw.reasons, strict=True):
        steps.append(_step(state, ground.events[act], reasons))
        state = state.after(ground.events[act])
    return Plan(tuple(steps), raw.utility, reached(state, None))


def _step(state: State, event: GroundEvent, reasons: list[raw_types.Reason]) -> Step:
    named = []
    for raw in reasons:
        mind = state.mind(state.ground.characters[raw.character])
        named.append(named_reason(mind, event, raw))
    return Step(str(event), tuple(named))


def named_reason(mind: Mind, event: GroundEvent, raw: raw_types.Reason) -> Reason:
    """A reason of the engine's for an act in a mind, likewise."""
    owner, events = mind.whose[-1], mind.ground.events
    imagined, rest = mind.after(event), []
    for act, reasons in zip(raw.rest, raw.reasons, strict=True):
        rest.append(_step(imagined, events[act], reasons))
        imagined = imagined.after(events[act])
    goal = reached(imagined, owner)
    return Reason(
        character=owner,
        rest=tuple(rest),
        before=raw.utility_before,
        after=raw.utility_after,
        goal=goal,
        gained=gains(mind, imagined, owner),
    )


def _stop(search: raw_types.Search) -> None:
    search.stop()
    # It looks at its stop flag all the time; a second Ctrl-C gets through.
    while not search.wait(LOOK_EVERY):
        pass


def peak_memory() -> int | None:
    """The most memory that this process has had, in bytes; None where the system does not tell."""
    with suppress(ImportError):
        import resource
        import sys

        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return None
