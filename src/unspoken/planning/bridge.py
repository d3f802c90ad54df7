"""The missing scene: what must, or may, have happened between scenes that stand.

Receives a grounded world and a ``Script`` (the scenes, as a writer put them down); hands on a
``Bridge``: several short stories that pass through the scenes in order, everybody in them acting
for reasons of their own, none of them contradicting what is to be kept; or an ``Impasse``: which
scene, and which fact of it, cannot be reached, and what stands in the way.

The acts and facts of a scene: first its acts happen, in order; then there is a state in which all
its facts hold together. A scene that holds at the beginning is where the story begins; otherwise
what leads to the first scene is planned too, and told apart (``Candidate.lead_in``).

Candidates are ranked by what they cost a writer, in acts: each act counts one, each piece of news
for a reader who knows only the scenes (``reader``) counts one, and each of the cast who does
nothing counts ``ABSENCE``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from unspoken.engine import GroundWorld
from unspoken.language.scenes import Item, Script
from unspoken.model import Expression
from unspoken.planning.basis import Basis, bases
from unspoken.planning.candidates import Likeness, Scored, choose
from unspoken.planning.demands import Demands, Keep, Scene, matching
from unspoken.planning.gather import EFFORT, Effort, OnProgress, Searching, gather
from unspoken.planning.impasse import Impasse, impasse
from unspoken.planning.plan import Limits, Outcome, Plan
from unspoken.planning.reader import News, Reader

ABSENCE = 2
"""What it costs, in acts, that one of the cast takes part in nothing."""

WANTED = 5


class Candidate(Struct, frozen=True):
    """One story between the scenes. ``met``: for each scene the number of acts after which it
    stands; the first ``lead_in`` acts lead to the first scene. ``bases``: for each act, what it and
    everybody's reasons rest on. ``news``: what a reader of the scenes would learn. ``absent``: who
    of the cast takes part in nothing after the first scene."""

    plan: Plan
    met: tuple[int, ...]
    bases: tuple[Basis, ...]
    news: News
    absent: tuple[str, ...]

    @property
    def lead_in(self) -> int:
        """How many acts come before the first scene; none if it is the only one, for then the
        beginning is where the bridge begins."""
        return self.met[0] if len(self.met) > 1 else 0

    @property
    def cost(self) -> int:
        return len(self.plan) + len(self.news) + ABSENCE * len(self.absent)

    @property
    def actors(self) -> tuple[str, ...]:
        """Who takes part, in the order of their first act."""
        return tuple(
            dict.fromkeys(motive.character for basis in self.bases for motive in basis.motives)
        )


class Bridge(Struct, frozen=True):
    """What lies between the scenes. ``outcome``: ``found``; ``impossible`` within the limits;
    ``stopped`` before anything was found. ``always``: acts of every story within the limits
    (proved). ``stories``: how many different ones were found, the candidates among them; with
    ``whole`` the search among them was not cut short. ``impasse``: where nothing was found."""

    script: Script
    limits: Limits
    outcome: Outcome
    candidates: tuple[Candidate, ...]
    always: tuple[str, ...]
    stories: int
    whole: bool
    impasse: Impasse | None = None
    demands: Demands = field(default_factory=Demands)
    transitions: int = 0


def demanded(script: Script, scenes: int | None = None) -> Demands:
    """The script as demands on a story, with its first so many ``scenes``."""
    wanted: list[Scene] = []
    ends = [0]
    for scene in script.scenes[:scenes]:
        wanted.extend(demanded_scene(scene.items))
        ends.append(len(wanted))
    return Demands(
        scenes=tuple(wanted),
        never=script.never,
        keep=tuple(
            Keep(str(keep.item.formula), ends[keep.since])
            for keep in script.keep
            if keep.since < len(ends)
        ),
    )


def demanded_scene(items: Sequence[Item]) -> Iterator[Scene]:
    """A scene's acts, in order, and then its facts, together."""
    for item in items:
        if item.pattern is not None:
            yield Scene(item.pattern, is_event=True)
    facts = [f"({item.formula})" for item in items if item.formula is not None]
    if facts:
        yield Scene(" & ".join(facts))


def bridge(
    ground: GroundWorld,
    script: Script,
    limits: Limits,
    *,
    effort: Effort = EFFORT,
    on_progress: OnProgress | None = None,
) -> Bridge:
    """What lies between the scenes of a script, of which there is at least one.

    ``script.within`` stands for the most acts of the whole story, where it is given, instead of
    ``limits.author``. Raises DiagnosticError where an act that is demanded can never happen,
    EngineError if the world contradicts itself on the way.
    """
    assert script.scenes, "somebody asks for a bridge to nowhere"
    if script.within is not None:
        limits = replace(limits, author=script.within)
    demands = demanded(script)
    searching = Searching(ground, limits, effort, on_progress)
    pool = gather(searching, demands)
    reader = Reader(ground, _shown(script), _named(ground, script))
    scored = [
        Scored(plan, candidate.cost, candidate)
        for plan in pool.plans
        for candidate in [_candidate(ground, script, reader, plan)]
    ]
    wanted = WANTED if script.candidates is None else script.candidates
    like = Likeness(pool.plans) if pool.plans else None
    chosen = [one.thing for one in choose(scored, wanted, like)]
    stuck = None
    if pool.outcome == "impossible":
        stuck = impasse(searching, script, demanded)
    return Bridge(
        script=script,
        limits=limits,
        outcome=pool.outcome,
        candidates=tuple(chosen),
        always=tuple(act for act in (chosen[0].plan.acts if chosen else ()) if act in pool.always),
        stories=len(pool.plans),
        whole=pool.whole,
        impasse=stuck,
        demands=demands,
        transitions=searching.transitions,
    )


def _shown(script: Script) -> Iterator[Expression]:
    items = [item for scene in script.scenes for item in scene.items]
    for item in (*items, *(keep.item for keep in script.keep)):
        if item.expression is not None:
            yield item.expression
    yield from script.given


def _named(ground: GroundWorld, script: Script) -> Iterator[str]:
    """Whom and what the scenes' acts name, and the cast."""
    yield from script.cast
    for scene in script.scenes:
        for item in scene.items:
            if item.pattern is not None:
                named = item.pattern.partition("(")[2].rstrip(") ").split(",")
                yield from (name.strip() for name in named)


def _candidate(ground: GroundWorld, script: Script, reader: Reader, plan: Plan) -> Candidate:
    rests = bases(ground, plan)
    met = _met(ground, script, plan)
    lead_in = met[0] if len(met) > 1 else 0
    acting = {reason.character for step in plan.steps[lead_in:] for reason in step.reasons}
    return Candidate(
        plan=plan,
        met=met,
        bases=rests,
        news=reader.news(rests),
        absent=tuple(name for name in script.cast if name not in acting),
    )


def _met(ground: GroundWorld, script: Script, plan: Plan) -> tuple[int, ...]:
    """After how many acts each scene stands, each as early as can be."""
    states = ground.initial.along(plan.acts)
    found: list[int] = []
    now = 0
    for scene in script.scenes:
        for item in scene.items:
            if item.pattern is not None:
                acts = matching(ground, item.pattern, "scene")
                names = {str(act) for act in acts} if isinstance(acts, tuple) else set()
                while now < len(plan) and plan.acts[now] not in names:
                    now += 1
                now += 1
        facts = [item.expression for item in scene.items if item.expression is not None]
        while now < len(plan) and not all(states[now].evaluate(fact) for fact in facts):
            now += 1
        now = min(now, len(plan))
        found.append(now)
    return tuple(found)
