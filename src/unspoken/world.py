"""The line as one library: a world is loaded, a story planned, minds are asked, prose is told.

    world = unspoken.load("night.story")
    story = world.plan(goal=1)
    story.minds("Tara").believes("loves(Willow, Tara)")
    print(story.tell(through="Tara"))

Stands behind every face and knows each station by name; does nothing itself. A station is
imported when it is first needed. Whatever an author got wrong is raised as ``DiagnosticError``,
whose text is the excerpt with the place marked.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from unspoken import arguments, sources
from unspoken.arguments import Texts, texts
from unspoken.language import DiagnosticError, failure, sound
from unspoken.running import Running
from unspoken.story import Story

if TYPE_CHECKING:
    from unspoken.assertions import Report, Result
    from unspoken.chronicle import Chronicle
    from unspoken.language.scenes import Script
    from unspoken.model import Expression, StoryTest
    from unspoken.planning import Demands, Plan, Verdict, WhyNot
    from unspoken.planning.recognition import Inference
    from unspoken.results import Bridged, Stories

OnProgress: TypeAlias = Callable[[Mapping[str, int]], None]


class World(Running):
    """A storyworld without mistakes, and all that can be asked of it."""

    def plan(
        self,
        goal: float | None = None,
        author_limit: int | None = None,
        character_limit: int | None = None,
        epistemic_limit: int | None = None,
        *,
        must: Texts = (),
        never: Texts = (),
        through: Texts = (),
        demands_only: bool = False,
        budget: float | None = None,
        first_only: bool = False,
        seconds: float | None = None,
        seed: int = 0,
        on_progress: OnProgress | None = None,
    ) -> Story:
        """The shortest story in which the author's utility reaches ``goal`` and everybody has
        reasons for all they do.

        What is left out is taken from the world's ``plan`` section, and then has no limit (the
        goal: the least rise). ``must`` and ``never``: acts that occur and that do not, as
        ``knock(Willow, *)`` (``*``: anything) or just ``knock``; ``through``: conditions that hold
        at some time. With ``demands_only``, these are all that counts, and there is no goal.

        The first story met is made shorter for ``budget`` seconds (10), unless ``first_only``;
        ``solution.shortest`` tells whether it is proven that there is none shorter. ``seconds``
        ends the search early, as Ctrl-C does; ``outcome`` tells ``found``, ``impossible`` and
        ``stopped`` apart. ``seed`` is for what is free in the telling. ``on_progress`` hears
        several times a second how far the search is. Raises DiagnosticError for demands that make
        no sense in this world.
        """
        from unspoken.planning import solve
        from unspoken.planning.solve import BUDGET

        arguments.at_least(-math.inf, goal=goal)
        arguments.at_least(0, budget=budget, seconds=seconds)
        demands = _demands(must, never, through)
        ground = self.ground
        with self.in_words():
            solution = solve(
                ground,
                goal,
                self.limits(author_limit, character_limit, epistemic_limit),
                demands=demands,
                demands_only=demands_only,
                budget=BUDGET if budget is None else budget,
                first_only=first_only,
                seconds=seconds,
                on_progress=on_progress,
            )
        return Story(self, solution.plan, solution=solution, seed=seed)

    def solutions(
        self,
        goal: float | None = None,
        author_limit: int | None = None,
        character_limit: int | None = None,
        epistemic_limit: int | None = None,
        *,
        must: Texts = (),
        never: Texts = (),
        through: Texts = (),
        demands_only: bool = False,
        seconds: float | None = None,
        seed: int = 0,
        on_progress: OnProgress | None = None,
    ) -> Stories:
        """All stories within the limits of which nothing can be left out while everybody keeps
        their reasons, the short ones first, as they are found; the same acts in another order are
        another story. What is asked as for ``plan``, which goes past the limits where there is
        none. Without ``character_limit`` even the first may take long: that somebody has no reason
        is known only when all that they imagine was gone through. It can be closed, and it is a
        context that closes itself."""
        from unspoken.planning import Solutions
        from unspoken.results import Stories

        arguments.at_least(-math.inf, goal=goal)
        demands = _demands(must, never, through)
        ground = self.ground
        with self.in_words():
            solutions = Solutions(
                ground,
                goal,
                self.limits(author_limit, character_limit, epistemic_limit),
                demands,
                demands_only=demands_only,
                seconds=seconds,
                on_progress=on_progress,
            )
        return Stories(self, solutions, seed)

    def why_not(
        self,
        act: str,
        after: Texts = (),
        *,
        character_limit: int | None = None,
        epistemic_limit: int | None = None,
        seconds: float | None = None,
    ) -> WhyNot:
        """Why ``act`` does not happen after these acts: which precondition fails, who lacks a
        reason, and what the nearest thing to a reason lacks. A value; ``str()`` says it. What that
        lacks is looked for with a bounded effort, so that it may take a ``character_limit`` to say.

        Raises DiagnosticError for acts that do not exist, or of ``after``, cannot happen.
        """
        from unspoken.planning.why_not import why_not

        done = texts(after)
        limits = self.limits(None, character_limit, epistemic_limit)
        ground = self.ground
        with self.in_words():
            return why_not(ground, act, done, limits, seconds=seconds)

    def supposing(self, *statements: str | Expression) -> World:
        """The same world with more said about its beginning, after all that is said already:
        ``supposing("at(Tara) = Hall", "believes(Willow, open())")``. Raises DiagnosticError where
        a statement makes no sense in it."""
        from unspoken.language.conditions import parse_statement

        initial = list(self.model.initial)
        for statement in statements:
            if isinstance(statement, str):
                said, diagnostics = parse_statement(statement, self.model)
                if said is None:
                    raise DiagnosticError(diagnostics)
                statement = said
            initial.append(statement)
        return World(replace(self.model, initial=tuple(initial)))

    def read_scenes(self, text: str, name: str = "<scenes>") -> Script:
        """Scenes that stand, as a file has them (``language/scenes.py``). Raises
        DiagnosticError."""
        from unspoken.language.scenes import read_scenes

        return sound(read_scenes(text, self.model, name))

    def bridge(
        self,
        *scenes: str,
        script: Script | None = None,
        keep: Texts = (),
        never: Texts = (),
        given: Texts = (),
        cast: Texts = (),
        within: int | None = None,
        candidates: int | None = None,
        character_limit: int | None = None,
        epistemic_limit: int | None = None,
        seconds: float | None = None,
        seed: int = 0,
        on_progress: OnProgress | None = None,
    ) -> Bridged:
        """The missing scene: several short stories that pass through these scenes in order.

        A scene is facts and acts with commas between: ``"at(Willow) == Room, knock(Willow)"``;
        further scenes of a ``script`` stand before. ``keep``: facts that nothing contradicts from
        the first scene on. ``never``: patterns of acts that do not happen. ``given``: more about
        the beginning. ``cast``: who should take part. ``within``: the most acts (default: the
        ``author_limit`` of the world's ``plan`` section). ``candidates``: how many stories are
        wanted. Other arguments as for ``plan``. Raises DiagnosticError where anything of it makes
        no sense in this world.
        """
        from unspoken.language.scenes import Script, add_to
        from unspoken.planning.bridge import bridge
        from unspoken.planning.gather import Effort
        from unspoken.results import Bridged

        added = add_to(
            script or Script(),
            self.model,
            scenes=scenes,
            keep=texts(keep),
            never=texts(never),
            given=texts(given),
            cast=texts(cast),
            within=within,
            candidates=candidates,
        )
        whole = sound(added)
        if not whole.scenes:
            raise failure("no-scene")
        world = self.supposing(*whole.given) if whole.given else self
        ground = world.ground
        with world.in_words():
            found = bridge(
                ground,
                whole,
                self.limits(None, character_limit, epistemic_limit),
                effort=Effort(seconds=seconds),
                on_progress=on_progress,
            )
        return Bridged(world, found, seed)

    def infer(
        self,
        *happened: str,
        in_order: bool = False,
        suppose: Texts = (),
        within: int | None = None,
        character_limit: int | None = None,
        epistemic_limit: int | None = None,
        seconds: float | None = None,
        on_progress: OnProgress | None = None,
    ) -> Inference:
        """What explains what is known to have happened: acts (``"knock(Willow)"``, with ``*`` for
        any argument) and facts that held at some time, in any order unless ``in_order``.

        ``suppose``: each has statements about the beginning with ``|`` between, one of which may
        be so; each combination is tried. A statement alone is tried beside the world as it is
        written. Other arguments as for ``bridge``; ``seconds`` for each beginning. Raises
        DiagnosticError where anything of it makes no sense in this world.
        """
        from unspoken.language.scenes import read_alternatives, read_items
        from unspoken.planning.recognition import recognise_supposing

        items = [item for one in happened for item in sound(read_items(one, self.model))]
        if not items:
            raise failure("nothing-happened")
        limits = self.limits(within, character_limit, epistemic_limit)
        choices = [sound(read_alternatives(one, self.model)) for one in texts(suppose)]
        with self.in_words():
            return recognise_supposing(
                self.ground,
                items,
                choices,
                limits,
                in_order=in_order,
                seconds=seconds,
                on_progress=on_progress,
            )

    @cached_property
    def tests(self) -> tuple[StoryTest, ...]:
        """What the author asserts: the tests in the world, and those in the file beside it. Raises
        DiagnosticError where that has mistakes."""
        from unspoken.language.story_tests import read_tests

        source = self.model.source and sources.beside(self.model.source, sources.TESTS)
        if not source:
            return self.model.tests
        return (*self.model.tests, *sound(read_tests(source.text, self.model, source.name)))

    def test(
        self,
        *only: str | StoryTest,
        seed: int | None = None,
        seeds: int | None = None,
        bless: bool = False,
        seconds: float | None = 60.0,
        on_result: Callable[[Result], None] = lambda _: None,
        on_story: Callable[[StoryTest, int], None] = lambda *_: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Report:
        """Whether what the author asserts holds: all tests, or ``only`` some, by title or as they
        are in ``tests``.

        ``seed`` and ``seeds``: other runs than the tests name, the first and how many. ``bless``:
        keep every text that is to be as it was blessed, as it is now. ``seconds``: the most for
        each search for what is possible. ``stopped``: asked between stories; Ctrl-C in a run, too,
        ends it with what is done. Raises DiagnosticError for a title that no test has.
        """
        from unspoken.assertions import Wanted, report

        return report(self, Wanted(only, seed, seeds, bless, seconds), on_result, on_story, stopped)

    def kept(self, name: str) -> Story:
        """The story in a saved chronicle beside the world's file. Raises DiagnosticError."""
        beside = Path("." if self.model.source is None else self.model.source.name).parent
        return self.retell(sources.read_chronicle(beside / name))

    def read_plan(self, text: str, name: str = "<plan>") -> Plan:
        """A plan in its text form (``str(story)`` or ``story.text``). Raises DiagnosticError."""
        from unspoken.planning import read_plan

        names = {event.name for event in self.model.actions}
        is_act = self.ground.has_action if "goal" in names else None
        return sound(read_plan(text, name, is_act=is_act))

    def replay(
        self,
        plan: Plan | Story | str | Sequence[str],
        *,
        must: Texts = (),
        never: Texts = (),
        through: Texts = (),
        demands_only: bool = False,
    ) -> Verdict:
        """Judges a plan with all its reasons (acts alone have none), step by step, and by the
        demands it was made for; shares no code with the search."""
        from unspoken.planning import Plan, Step
        from unspoken.planning.replay import replay

        if isinstance(plan, Story):
            plan = plan.plan or plan.acts
        if isinstance(plan, str):
            plan = self.read_plan(plan)
        elif not isinstance(plan, Plan):
            plan = Plan(tuple(map(Step, plan)))
        demands = _demands(must, never, through)
        with self.in_words():
            return replay(self.ground, plan, demands, goal_wanted=not demands_only)

    def retell(self, chronicle: Chronicle, seed: int | None = None) -> Story:
        """The story that a chronicle keeps. Raises DiagnosticError if it is of another world."""
        from unspoken.chronicle.fit import foreign

        strange = foreign(chronicle, self.ground)
        if strange is not None:
            raise failure("chronicle-of-another-world", world=self.name, problem=strange)
        return Story(self, None, chronicle=chronicle, seed=chronicle.seed if seed is None else seed)


def _demands(must: Texts, never: Texts, through: Texts) -> Demands:
    from unspoken.planning import Demands

    return Demands(must=texts(must), never=texts(never), through=texts(through))
