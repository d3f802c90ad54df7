"""The reverse question: given what is known to have happened, which intentions and beliefs explain
it, and what else must have happened.

Receives a grounded world and observations (acts or facts, as a writer puts them down); hands on a
``Recognition``. An explanation is a story in which everything observed happens, everybody acts for
reasons of their own, and nothing is done that is not needed for it: what the observers saw is
taken as a part of a plan that they did not see the whole of (plan recognition as planning, Ramírez
and Geffner 2009), with the beliefs of whoever acts, right or wrong, as part of what is inferred
("Belief and Intention Recognition in Narrative Planning", and the model of belief and intention of
Shirvani, Farrell and Ware, "Combining Intentionality and Belief: Revisiting Believable Character
Plans", 2018, that the reasons here follow). What the beliefs were at the very beginning can be
asked by supposition: each a beginning of its own, and those remain under which everything can be
explained (abduction); the world's beginning is the caller's to change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from unspoken.engine import GroundWorld, NamedValue, State, load
from unspoken.language.scenes import Item
from unspoken.model import Expression
from unspoken.planning.basis import Held, Motive, bases
from unspoken.planning.bridge import demanded_scene
from unspoken.planning.demands import MOST, Demands, matching
from unspoken.planning.gather import EFFORT, Effort, OnProgress, Searching, gather
from unspoken.planning.plan import Limits, Outcome, Plan
from unspoken.planning.reader import is_scenery, unchanging

LIKELY = 40
"""For so many acts at most it is asked whether they can have happened at all."""


class Belief(Struct, frozen=True):
    """That somebody held ``held`` when they acted, and how it was: ``truth``, the value in the
    world or in the mind that it is about. ``stories``: in how many of the explanations."""

    held: Held
    truth: NamedValue
    stories: int

    @property
    def is_mistaken(self) -> bool:
        return self.held.value != self.truth


class Intention(Struct, frozen=True):
    """What somebody meant by an act: ``gained`` and ``then`` as in ``Motive``. ``stories``: in how
    many of the explanations."""

    gained: tuple[Held, ...]
    then: tuple[str, ...]
    stories: int


class Part(Struct, frozen=True):
    """One character's part in an act that happened: what it may have meant by it, and the beliefs
    that this rested on, the lie of the land aside; the most frequent first. ``stories``: in how
    many of the explanations it has this part."""

    act: str
    character: str
    stories: int
    intentions: tuple[Intention, ...]
    beliefs: tuple[Belief, ...]


class Recognition(Struct, frozen=True):
    """What explains the observations.

    ``seen``: the acts that the observations may be of. ``plans``: the explanations found, all
    different stories, the shortest first. ``must``: unobserved acts of every explanation within the
    limits (proved). ``may``: those of some explanation, with how many. ``cannot``: acts that happen
    in no story with all that was observed (proved; only asked of a world with few). ``parts``: for
    each act that was observed or must have happened, and everybody who takes part in it, why.
    ``unexplained``: where there is no explanation, the observations that cannot even by themselves
    be explained. ``whole``: everything was searched to the end. ``cut_short``: time was up, or
    somebody pressed Ctrl-C.
    """

    happened: tuple[Item, ...]
    seen: frozenset[str]
    limits: Limits
    outcome: Outcome
    plans: tuple[Plan, ...]
    must: tuple[str, ...]
    may: tuple[tuple[str, int], ...]
    cannot: tuple[str, ...]
    parts: tuple[Part, ...]
    unexplained: tuple[str, ...]
    whole: bool
    cut_short: bool
    transitions: int


def observed(happened: Sequence[Item], in_order: bool) -> Demands:
    """Observations as demands on a story. Out of order, an act that is observed twice is the same
    act; in order, another."""
    if in_order:
        return Demands(
            scenes=tuple(demand for item in happened for demand in demanded_scene([item]))
        )
    return Demands(
        must=tuple(item.pattern for item in happened if item.pattern is not None),
        through=tuple(item.formula for item in happened if item.formula is not None),
    )


def recognise(
    ground: GroundWorld,
    happened: Sequence[Item],
    limits: Limits,
    *,
    in_order: bool = False,
    effort: Effort = EFFORT,
    on_progress: OnProgress | None = None,
) -> Recognition:
    """What explains what happened, of which there is something.

    Raises DiagnosticError where an act that is observed can never happen, EngineError if the world
    contradicts itself on the way.
    """
    assert happened, "nothing happened that could be explained"
    demands = observed(happened, in_order)
    searching = Searching(ground, limits, effort, on_progress)
    pool = gather(searching, demands)
    seen = _seen(ground, happened)
    acts = dict.fromkeys(act for plan in pool.plans for act in plan.acts if act not in seen)
    counts = {act: sum(act in plan.acts for plan in pool.plans) for act in acts}
    unexplained: tuple[str, ...] = ()
    if pool.outcome == "impossible":
        unexplained = tuple(_unexplained(searching, happened))
    return Recognition(
        happened=tuple(happened),
        seen=seen,
        limits=limits,
        outcome=pool.outcome,
        plans=pool.plans,
        must=tuple(act for act in acts if act in pool.always),
        may=tuple((act, counts[act]) for act in acts if act not in pool.always),
        cannot=tuple(_cannot(searching, demands, {*acts, *seen})) if pool.plans else (),
        parts=tuple(_parts(ground, pool.plans, seen.union(pool.always))),
        unexplained=unexplained,
        whole=searching.whole and not searching.ended,
        cut_short=searching.cut_short,
        transitions=searching.transitions,
    )


AS_WRITTEN = "the world as it is written"


class Inference(Struct, frozen=True):
    """What explains what happened, under each supposition about the beginning, in words; its text
    says all of it for people."""

    supposed: tuple[tuple[str, Recognition], ...]

    @property
    def found(self) -> bool:
        return any(one.plans for _, one in self.supposed)

    @property
    def cut_short(self) -> bool:
        return any(one.cut_short for _, one in self.supposed)

    def __bool__(self) -> bool:
        return self.found

    def __str__(self) -> str:
        from unspoken.planning.recognition_text import recognition_text

        return recognition_text(self.supposed)


def recognise_supposing(
    ground: GroundWorld,
    happened: Sequence[Item],
    choices: Sequence[Sequence[tuple[str, Expression]]],
    limits: Limits,
    *,
    in_order: bool = False,
    seconds: float | None = None,
    on_progress: OnProgress | None = None,
) -> Inference:
    """What explains what happened, for each way of choosing one statement about the beginning from
    each of ``choices``, as written and as what it means; from a single one, the statement or
    nothing. Ends early when Ctrl-C is pressed. Raises as ``recognise``."""
    found: list[tuple[str, Recognition]] = []
    effort = Effort(seconds=seconds)
    for chosen in product(*((None, *one) if len(one) == 1 else one for one in choices)):
        said = [one for one in chosen if one is not None]
        beginning = (*ground.world.initial, *(statement for _, statement in said))
        supposed = load(replace(ground.world, initial=beginning)) if said else ground
        recognition = recognise(
            supposed, happened, limits, in_order=in_order, effort=effort, on_progress=on_progress
        )
        found.append((" & ".join(text for text, _ in said) or AS_WRITTEN, recognition))
        if recognition.cut_short and seconds is None:
            break
    return Inference(tuple(found))


def _seen(ground: GroundWorld, happened: Sequence[Item]) -> frozenset[str]:
    """The acts that an observation may be of."""
    found: set[str] = set()
    for item in happened:
        acts = matching(ground, item.pattern, "happened") if item.pattern is not None else ()
        if isinstance(acts, tuple):
            found.update(map(str, acts))
    return frozenset(found)


def _unexplained(searching: Searching, happened: Sequence[Item]) -> Iterator[str]:
    if len(happened) == 1:  # that is what was searched for already
        yield happened[0].text
        return
    for item in happened:
        if searching.ended:
            return
        if searching.solve(observed([item], in_order=False)).outcome == "impossible":
            yield item.text


def _cannot(searching: Searching, demands: Demands, known: Iterable[str]) -> Iterator[str]:
    known = set(known)
    others = [
        str(event)
        for event in searching.ground.events
        if event.is_action and str(event) not in known
    ]
    if len(others) > LIKELY or len(demands.must) + len(demands.through) >= MOST:
        return
    for act in others:
        if searching.ended:
            return
        more = replace(demands, must=(*demands.must, act))
        if searching.solve(more).outcome == "impossible":
            yield act


def _parts(ground: GroundWorld, plans: Sequence[Plan], seen: frozenset[str]) -> Iterator[Part]:
    """Everybody's part in some acts, over all explanations."""
    motives: dict[tuple[str, str], list[tuple[Motive, State]]] = {}
    for plan in plans:
        done: set[tuple[str, str]] = set()
        state = ground.initial
        for basis in bases(ground, plan):
            if basis.act in seen:
                for motive in basis.motives:
                    key = (basis.act, motive.character)
                    if key not in done:  # of an act done twice, the first time
                        motives.setdefault(key, []).append((motive, state))
                        done.add(key)
            state = state.after(basis.act)
    for (act, character), found in motives.items():
        yield Part(
            act, character, len(found), tuple(_intentions(found)), tuple(_beliefs(ground, found))
        )


def _intentions(found: Sequence[tuple[Motive, State]]) -> list[Intention]:
    counts: dict[tuple[tuple[Held, ...], tuple[str, ...]], int] = {}
    for motive, _ in found:
        key = (motive.gained, motive.then)
        counts[key] = counts.get(key, 0) + 1
    intentions = [Intention(gained, then, count) for (gained, then), count in counts.items()]
    return sorted(intentions, key=lambda one: -one.stories)


def _beliefs(ground: GroundWorld, found: Sequence[tuple[Motive, State]]) -> list[Belief]:
    still = unchanging(ground)
    counts: dict[tuple[Held, NamedValue], int] = {}
    for motive, state in found:
        for held in motive.held:
            if is_scenery(ground, still, held.fluent):
                continue
            key = (held, _truth(state, held))
            counts[key] = counts.get(key, 0) + 1
    beliefs = [Belief(held, truth, count) for (held, truth), count in counts.items()]
    return sorted(beliefs, key=lambda one: -one.stories)


def _truth(state: State, held: Held) -> NamedValue:
    """How it is with what a belief is about: the world, or the mind that its owner imagines."""
    for mind in held.minds[1:]:
        state = state.mind(mind)
    return state.value(held.fluent)
