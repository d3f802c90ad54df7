"""Many different stories that meet the same demands, and what all such stories have in common.

Receives a grounded world, limits and demands; hands on a ``Pool``. From the shortest story it goes
on by leaving out: one of its acts (or all acts of a name, or all that somebody does) is ruled out,
and the shortest story without it is looked for, and so on from that one. So each new story differs
from those before it in something that cannot be put down to order (top-k planning by partitioning
the rest, after Lawler 1972; forbidding plans, Katz, Sohrabi and Udrea 2020), where listing
stories by length would give many orders of the same acts first. And where nothing is left, that is
a proof: the act ruled out occurs in every story within the limits (a landmark). What it cannot
find is a story that has, beside others, all the acts of every story found; ``solutions`` lists
those too.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from unspoken.engine import GroundWorld
from unspoken.planning.candidates import same_story
from unspoken.planning.demands import Demands
from unspoken.planning.plan import Limits, Outcome, Plan, Solution
from unspoken.planning.solve import BUDGET, solve

OnProgress = Callable[[Mapping[str, int]], None]

MOST = 60
"""Stories that a pool holds at most, by default."""


class Effort(Struct, frozen=True):
    """How much may be spent. ``each``: transitions for each search; ``more``: for all that follow
    the first; ``stories``: as many are enough. ``seconds``: in all; whoever says for how long has
    the first search, too, bounded by nothing else. Without them no clock decides what comes out."""

    each: int = 300_000
    more: int = 3_000_000
    stories: int = MOST
    seconds: float | None = None


EFFORT = Effort()


class Pool(Struct, frozen=True):
    """``plans``: different stories, in the order found, the shortest first. ``always``: acts
    without which there is no such story within the limits (proved). ``outcome``: how the search
    for the first ended. ``whole``: nothing was cut short, by the effort or by somebody's patience.
    """

    outcome: Outcome
    plans: tuple[Plan, ...]
    always: tuple[str, ...]
    whole: bool
    transitions: int
    searches: int


class Searching(Struct):
    """Searches with the same world and limits, one after the other, within one effort."""

    ground: GroundWorld
    limits: Limits
    effort: Effort = EFFORT
    on_progress: OnProgress | None = None
    transitions: int = 0
    searches: int = 0
    whole: bool = True
    cut_short: bool = False
    """Time is up, or somebody pressed Ctrl-C."""
    _left: int = 0
    _waited: float = 0.0

    def __post_init__(self) -> None:
        self._left = self.effort.more

    def solve(self, demands: Demands, limits: Limits | None = None) -> Solution:
        """The shortest story that meets the demands; with seconds, the first time with as much
        effort as a plan is looked for with."""
        limits = limits or self.limits
        is_first = self.searches == 0
        by_the_clock = is_first and self.effort.seconds is not None
        budget = BUDGET if by_the_clock else math.inf
        most: int | None = self.effort.each
        if not is_first:
            most = min(self.effort.each, self._left)
        elif by_the_clock:
            most = None
        solution = solve(
            self.ground,
            limits=limits,
            demands=demands,
            demands_only=True,
            budget=budget,
            transitions=most,
            seconds=self._seconds(),
            on_progress=self._show if self.on_progress is not None else None,
        )
        used = int(solution.stats["transitions"])
        milliseconds = solution.stats["milliseconds"]
        self._waited += milliseconds / 1000
        self.transitions += used
        self.searches += 1
        if not is_first:
            self._left -= used
        # Without a limit on what characters imagine, nothing is proven to be a shortest.
        could_prove = limits.character is not None and not solution.shortest
        if solution.outcome == "stopped" or (solution.outcome == "found" and could_prove):
            self.whole = False
            is_spent = (most is not None and used >= most) or milliseconds >= budget * 1000
            self.cut_short = self.cut_short or not is_spent
        return solution

    @property
    def ended(self) -> bool:
        """Nothing more should be begun."""
        return self.cut_short or self._left <= 0

    def _seconds(self) -> float | None:
        if self.effort.seconds is None:
            return None
        return max(0.0, self.effort.seconds - self._waited)

    def _show(self, figures: Mapping[str, int]) -> None:
        assert self.on_progress is not None
        so_far = self.transitions + figures.get("transitions", 0)
        self.on_progress({**figures, "transitions": so_far})


def gather(searching: Searching, demands: Demands) -> Pool:
    """Different stories that meet the demands. Raises as ``solve`` does."""
    first = searching.solve(demands)
    plans: dict[tuple[str, ...], Plan] = {}
    always: list[str] = []
    if first.outcome == "found" and first.plan is not None:
        plans[same_story(first.plan)] = first.plan
        always = _leave_out(searching, demands, first.plan, plans)
    return Pool(
        outcome=first.outcome,
        plans=tuple(plans.values()),
        always=tuple(always),
        whole=searching.whole and not searching.ended,
        transitions=searching.transitions,
        searches=searching.searches,
    )


Ban = frozenset[str]


def _leave_out(
    searching: Searching, demands: Demands, first: Plan, plans: dict[tuple[str, ...], Plan]
) -> list[str]:
    always: list[str] = []
    # What was ruled out, and the shortest story then; None: there is none.
    known: list[tuple[Ban, Plan | None]] = [(frozenset(), first)]
    seen: set[Ban] = {frozenset()}
    order = 0
    waiting: list[tuple[int, int, int, Ban, Plan]] = [(0, len(first), order, frozenset(), first)]
    while waiting:
        depth, _, _, banned, plan = heapq.heappop(waiting)
        for unit in _units(searching.ground, plan, coarse=depth == 0):
            bans = banned | unit
            if bans in seen or not unit.isdisjoint(always) or _is_known(bans, known):
                continue
            seen.add(bans)
            if searching.ended or len(plans) >= searching.effort.stories:
                searching.whole = False
                return always
            never = (*demands.never, *sorted(bans))
            solution = searching.solve(replace(demands, never=never))
            if solution.outcome == "impossible":
                known.append((bans, None))
                if not banned and len(unit) == 1:
                    always.extend(unit)
            if solution.outcome == "found" and solution.plan is not None:
                known.append((bans, solution.plan))
                plans.setdefault(same_story(solution.plan), solution.plan)
                order += 1
                heapq.heappush(waiting, (depth + 1, len(solution.plan), order, bans, solution.plan))
    return always


def _is_known(bans: Ban, known: Sequence[tuple[Ban, Plan | None]]) -> bool:
    """Whether the shortest story without these acts is known without a search: one that was found
    with less ruled out and has none of them anyway; or none, as there was none with less."""
    return any(
        fewer <= bans and (plan is None or bans.isdisjoint(plan.acts)) for fewer, plan in known
    )


def _units(ground: GroundWorld, plan: Plan, *, coarse: bool) -> Iterator[Ban]:
    """What can be ruled out of a plan: each of its acts; then, if ``coarse``, all that somebody in
    it could do, and all acts of a name in it."""
    acts = list(dict.fromkeys(plan.acts))
    for act in acts:
        yield frozenset((act,))
    if not coarse:
        return
    actions = [event for event in ground.events if event.is_action]
    actors = dict.fromkeys(reason.character for step in plan for reason in step.reasons)
    for actor in actors:
        yield frozenset(str(event) for event in actions if actor in event.consenting)
    for name in dict.fromkeys(act.partition("(")[0] for act in acts):
        yield frozenset(str(event) for event in actions if event.name == name)
