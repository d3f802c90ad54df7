"""Runs of a world: round after round, everybody decides by their own view, and things happen.

Receives a grounded world and a seed; hands on moments. Everything is keyed by names and texts:
neither the order of declarations nor an option that nobody has any use for changes what happens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from unspoken.chronicle import Chronicle, Decision, Intention
from unspoken.chronicle.record import DEPTH, Recorder, beginning, chronicle_of, possible
from unspoken.engine import GroundEvent, GroundWorld, State, StateGraph, load
from unspoken.model import Drive, RunSettings, Storyworld
from unspoken.simulation.canonical import canonical
from unspoken.simulation.channels import Channels
from unspoken.simulation.choice import under_way
from unspoken.simulation.concerns import Stakes
from unspoken.simulation.content import Contents
from unspoken.simulation.course import Course
from unspoken.simulation.deciding import decide
from unspoken.simulation.explain import WhyNot, why_not
from unspoken.simulation.feelings import Feelings
from unspoken.simulation.foresight import Foresight
from unspoken.simulation.keyed import draw
from unspoken.simulation.moment import Chooser, Ended, Moment, Opening, Record, Witness
from unspoken.simulation.motives import GroundDrive, Motives
from unspoken.simulation.records import ending
from unspoken.simulation.tells import Tells
from unspoken.simulation.turns import inner, turn
from unspoken.simulation.uses import uses

QUIET = 3
"""Rounds running without an act, and a run is over."""
RISING = 0.01
"""While somebody's pressure still rises by more than this in a round, something may yet happen."""


class Simulation:
    """A world whose people act on their own. Holds nothing that changes what happens: the next
    moment is a function of the world, the moment, the seed and the choosers.

    ``settings``: as the world says, where nothing else is said. ``ground``: the world grounded
    already, of use if its order is the canonical one. ``start``: a state that ``resume`` or a next
    chapter is to begin with.
    """

    def __init__(
        self,
        world: Storyworld,
        seed: int = 0,
        settings: RunSettings | None = None,
        depth: int = DEPTH,
        *,
        ground: GroundWorld | None = None,
        start: StateGraph | None = None,
    ) -> None:
        self.world = world
        ordered = canonical(world)
        if ground is None or ground.world != ordered:
            ground = load(ordered, start)
        self.ground = ground
        self.seed = seed
        self.settings = settings or ground.world.inner.run
        self.names = tuple(sorted(ground.characters))
        self.motives = Motives(ground)
        self.foresight = Foresight(self.motives, self.settings.foresight, self.settings.minds)
        self.stakes = Stakes(self.motives)
        self.recorder = Recorder(ground, depth, by_name=True)
        self.contents = Contents(self.motives)
        self.channels = Channels(self.motives, self.contents)
        self.tells = Tells(self.motives)
        self.until = None if self.settings.until is None else ground.question(self.settings.until)
        inner = ground.world.inner
        self._drives = {drive.property.name: drive for drive in inner.drives}
        self._occasions = sorted(
            (
                (use, occasion.chance, occasion.after)
                for occasion in inner.occasions
                for use in uses(ground, ground.world, occasion.event, occasion.parameters)
            ),
            key=lambda one: (str(one[0].event), one[1:]),
        )
        kept_back = self.tells.names | self.channels.names
        kept_back |= {occasion.event for occasion in inner.occasions}
        self._authors = sorted(
            (
                event
                for event in ground.events
                if event.is_action and not event.consenting and event.name not in kept_back
            ),
            key=str,
        )

    def declared(self, drive: GroundDrive) -> Drive:
        """A drive as its author declared it."""
        return self._drives[drive.text.partition("(")[0]]

    def begin(self, start: Moment | None = None) -> Moment:
        """The moment before the first round: how the world begins, or as it was left."""
        if start is not None:
            return start
        state: State = self.ground.initial
        feelings = Feelings(settings=self.ground.world.inner.feelings)
        return Moment(
            opening=Opening(
                beginning(state, self.recorder.depth),
                self.recorder.depth,
                possible=possible(state, self.recorder.depth),
            ),
            state=state,
            round=0,
            quiet=0,
            time=0,
            minds={who: Record(feelings=feelings) for who in self.names},
            events=(),
        )

    def step(
        self,
        moment: Moment,
        choosers: Mapping[str, Chooser] | None = None,
        *,
        witness: Witness | None = None,
    ) -> Moment:
        """The moment a round later."""
        course = Course(self, moment, witness)
        done = self._occur(course)
        for who in self._order(moment.round):
            if course.held:
                break
            done = turn(course, who, dict(choosers or {})) or done
        if not done and not course.held:
            done = self._author_acts(course)
        done = done or self._may_yet_come(course, moment)
        return course.ends(0 if done else moment.quiet + 1)

    def _order(self, round: int) -> list[str]:
        return sorted(self.names, key=lambda who: (draw(self.seed, round, "turn", who), who))

    def _occur(self, course: Course) -> bool:
        """Occasions, each by its chance."""
        done = False
        for use, chance, after in self._occasions:
            drawn = draw(self.seed, course.round, "occasion", str(use.event))
            if course.held:
                break
            rounds = course.round - course.opening.round
            if rounds >= after and drawn < chance and course.state.allows(use.event):
                course.happens(use.event)
                done = True
        return done

    def _author_acts(self, course: Course) -> bool:
        """Where nobody does anything, the world may: one act of the author's that changes it."""
        keyed = sorted(
            (draw(self.seed, course.round, "author", str(event)), str(event), event)
            for event in self._authors
            if course.state.allows(event)
        )
        for _, _, event in keyed:
            if course.state.after(event) != course.state:
                course.happens(event)
                return True
        return False

    def _may_yet_come(self, course: Course, moment: Moment) -> bool:
        """Is an occasion still to come, does somebody mean to ask once more what was refused
        once, or does something build up in somebody?"""
        if any(
            one.refusals == 1 and one.until > course.round
            for who in self.names
            for one in course.records[who].rebuffed.values()
        ):
            return True
        if any(chance > 0 and course.state.allows(use.event) for use, chance, _ in self._occasions):
            return True
        return any(
            course.records[who].pressure.level(act, course.round)
            > moment.minds[who].pressure.level(act, course.round - 1) + RISING
            for who in self.names
            for act in course.records[who].pressure.held
        )

    def ended(self, moment: Moment) -> Ended | None:
        """Why a run is over at a moment, apart from the number of its rounds."""
        if moment.held:
            return "until"
        return "quiet" if moment.quiet >= QUIET else None

    def moments(
        self,
        start: Moment | None = None,
        rounds: int | None = None,
        choosers: Mapping[str, Chooser] | None = None,
    ) -> Iterator[Moment]:
        """The beginning, and the moment after each round, until the run is over: at most so many
        rounds more. Whoever stops listening keeps what there is."""
        moment = self.begin(start)
        yield moment
        for _ in range(self.settings.rounds if rounds is None else rounds):
            if self.ended(moment) == "until" or (not choosers and self.ended(moment)):
                return
            moment = self.step(moment, choosers)
            yield moment

    def chronicle(self, moment: Moment) -> Chronicle:
        """The log up to a moment."""
        opening = moment.opening
        whole = chronicle_of(
            self.world,
            opening.beginning,
            moment.events,
            depth=opening.depth,
            seed=self.seed,
            unsure=opening.possible,
        )
        return replace(whole, previous=opening.previous, ending=ending(moment))

    def why_not(self, moment: Moment, act: GroundEvent) -> WhyNot:
        """Why the one whose act it is to begin does not do it as things stand, by its own view."""
        if not act.consenting:
            return WhyNot("", str(act), "others")
        course, who = Course(self, moment), act.consenting[0]
        return why_not(
            self.foresight,
            course.view(who),
            act,
            inner(course, who),
            rebuffed=moment.minds[who].gives_rest(str(act), moment.round),
        )

    def decision(self, moment: Moment, who: str) -> Decision:
        """What somebody would do as things stand, and how they come to that."""
        course = Course(self, moment)
        return decide(self.foresight, course.view(who), inner(course, who))

    def intentions(self, act: GroundEvent, decision: Decision) -> tuple[Intention, ...]:
        """What the one who decided on an act means to follow it with."""
        then = [self.ground.action(later) for later in under_way(decision)]
        acts = tuple((event.name, event.arguments) for event in then)
        return (Intention(act.consenting[0], acts, 0.0, decision.chosen.pull),)
