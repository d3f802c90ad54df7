"""Why no story passes through the scenes: the first scene that cannot be reached, in it the first
fact, and what stands in the way.

Receives a script and the means to search; hands on an ``Impasse``. Everything in it comes of
searches with less demanded: one scene after the other, one fact of the scene after the other; then
the same without what is to be kept or must not happen, and with more acts. So each of its
statements is as sure as the search that it comes from; ``proved`` says whether all were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from unspoken.engine import GroundEvent, GroundWorld, State
from unspoken.language.facts import fluents, outcomes
from unspoken.language.scenes import Item, Script, WrittenScene
from unspoken.planning.demands import Demands, matching
from unspoken.planning.facts import lacking
from unspoken.planning.gather import Searching
from unspoken.planning.plan import Plan
from unspoken.planning.why_not import WhyNot, why_not

LONGER = 2
"""How many times as many acts are tried where the scenes cannot be reached within the limit."""

WAYS = 3
"""So many acts that would bring the fact about are spoken of."""

PATIENCE = 2.0
"""Seconds for finding out about each."""


class Contradiction(Struct, frozen=True):
    """A fact that is to be kept, without which the rest can be reached: by ``plan``, in which
    ``act`` is the first to contradict it (None: it does not hold to begin with)."""

    fact: str
    plan: Plan
    act: str | None


class Impasse(Struct, frozen=True):
    """``scene``: the number of the first scene that no story reaches, from 1. ``item``: the first
    fact or act in it that cannot be reached. ``beside``: the facts of the scene that it cannot be
    reached *together* with; () if it cannot be reached at all after the scenes before.
    ``kept``, ``never``: what is to be kept, or must not happen, without any one of which it could
    be. ``fixed``: nothing in this world, neither act nor law, ever changes what it is about.
    ``longer``: how many acts it would take, where that is more than allowed. ``so_far``: the
    shortest story as far as one gets. ``speaking``: the names of the actions that can bring
    about something of the kind. ``ways``: the acts that would do it there, and why they do not
    happen: those that come nearest first. ``proved``:
    everything was searched to the end."""

    scene: int
    title: str
    item: Item
    beside: tuple[str, ...]
    kept: tuple[Contradiction, ...]
    never: tuple[str, ...]
    fixed: bool
    longer: int | None
    so_far: Plan
    speaking: tuple[str, ...]
    ways: tuple[WhyNot, ...]
    proved: bool


Demanded = Callable[[Script], Demands]


def impasse(searching: Searching, script: Script, demanded: Demanded) -> Impasse | None:
    """What stands in the way of a script that no story was found for; None if the search was
    stopped before anything could be told."""
    so_far = Plan(())
    for place, scene in enumerate(script.scenes, start=1):
        before = script.scenes[: place - 1]
        for count in range(1, len(scene.items) + 1):
            part = replace(scene, items=scene.items[:count])
            if searching.ended:
                return None
            solution = searching.solve(demanded(replace(script, scenes=(*before, part))))
            if solution.outcome == "found" and solution.plan is not None:
                so_far = solution.plan
                continue
            return _impasse(searching, script, demanded, place, count, so_far)
    return None


def _impasse(
    searching: Searching,
    script: Script,
    demanded: Demanded,
    place: int,
    count: int,
    so_far: Plan,
) -> Impasse:
    scene = script.scenes[place - 1]
    item = scene.items[count - 1]
    stuck = replace(script, scenes=_scenes(script, place, scene.items[:count]))

    def reached(less: Script) -> bool:
        return not searching.ended and searching.solve(demanded(less)).outcome == "found"

    beside: tuple[str, ...] = ()
    if count > 1 and reached(replace(stuck, scenes=_scenes(script, place, (item,)))):
        beside = tuple(one.text for one in scene.items[: count - 1])
    kept = tuple(_contradictions(searching, stuck, demanded))
    never = tuple(
        act
        for number, act in enumerate(script.never)
        if reached(replace(stuck, never=(*script.never[:number], *script.never[number + 1 :])))
    )
    longer = None
    if searching.limits.author is not None and not searching.ended:
        wider = replace(searching.limits, author=searching.limits.author * LONGER)
        solution = searching.solve(demanded(stuck), wider)
        if solution.outcome == "found" and solution.plan is not None:
            longer = len(solution.plan)
    return Impasse(
        scene=place,
        title=scene.title,
        item=item,
        beside=beside,
        kept=kept,
        never=never,
        fixed=_is_fixed(searching.ground, item),
        longer=longer,
        so_far=so_far,
        speaking=_speaking(searching.ground, item),
        ways=tuple(_ways(searching, so_far, item)),
        proved=searching.whole,
    )


def _scenes(script: Script, place: int, items: Sequence[Item]) -> tuple[WrittenScene, ...]:
    """The scenes up to one, of which only some items stand."""
    scene = replace(script.scenes[place - 1], items=tuple(items))
    return (*script.scenes[: place - 1], scene)


def _contradictions(
    searching: Searching, script: Script, demanded: Demanded
) -> Iterator[Contradiction]:
    for number, keep in enumerate(script.keep):
        if searching.ended:
            return
        others = (*script.keep[:number], *script.keep[number + 1 :])
        solution = searching.solve(demanded(replace(script, keep=others)))
        if solution.outcome == "found" and solution.plan is not None:
            assert keep.item.expression is not None, "only facts are kept"
            yield _contradiction(searching.ground, solution.plan, keep.item)


def _contradiction(ground: GroundWorld, plan: Plan, kept: Item) -> Contradiction:
    """The last time that the fact comes to be otherwise is what matters: before, the first scene
    need not have been reached."""
    assert kept.expression is not None
    state: State = ground.initial
    held, breaking = state.evaluate(kept.expression) is True, None
    for act in plan.acts:
        state = state.after(act)
        holds = state.evaluate(kept.expression) is True
        if held and not holds:
            breaking = act
        held = holds
    return Contradiction(kept.text, plan, breaking)


def _speaking(ground: GroundWorld, item: Item) -> tuple[str, ...]:
    if item.expression is None:
        return ()
    wanted = {fluent.property for fluent in fluents(item.expression)}
    names = (
        action.name
        for action in ground.world.actions
        if not wanted.isdisjoint(claim.fluent.property for claim in outcomes(action.effect))
    )
    return tuple(dict.fromkeys(names))


def _is_fixed(ground: GroundWorld, item: Item) -> bool:
    world = ground.world
    effects = [
        *(action.effect for action in world.actions),
        *(trigger.effect for trigger in world.triggers),
    ]
    moving = {claim.fluent.property for effect in effects for claim in outcomes(effect)}
    return item.expression is not None and not any(
        fluent.property in moving for fluent in fluents(item.expression)
    )


def _ways(searching: Searching, so_far: Plan, item: Item) -> Iterator[WhyNot]:
    """The acts that would bring a fact about at the end of a story, or that are what is missing;
    first those that lack least."""
    ground = searching.ground
    state = ground.initial.along(so_far.acts)[-1]
    expression = item.expression
    acts: Sequence[GroundEvent] = ()
    if item.pattern is not None:
        found = matching(ground, item.pattern, "scene")
        acts = found if isinstance(found, tuple) else ()
    elif expression is not None and not _is_fixed(ground, item):
        acts = [
            event
            for event in ground.events
            if event.is_action
            and not state.evaluate(expression)
            and state.after(event).evaluate(expression)
        ]
    for act in sorted(acts, key=lambda act: len(lacking(state, act)))[:WAYS]:
        why = why_not(ground, str(act), so_far.acts, searching.limits, seconds=PATIENCE)
        if not why.nothing_against:
            yield why
