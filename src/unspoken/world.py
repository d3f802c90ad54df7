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

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

from unspoken import sources
from unspoken.language import DiagnosticError, problem
from unspoken.model import Source, Span, Storyworld
from unspoken.sources import failure

if TYPE_CHECKING:
    from unspoken.chronicle import Chronicle
    from unspoken.engine import GroundWorld, NamedValue, State
    from unspoken.language import Diagnostic
    from unspoken.language.scenes import Script
    from unspoken.model import Expression
    from unspoken.planning import (
        Count,
        Demands,
        Limits,
        Outcome,
        Plan,
        Solution,
        Solutions,
        Verdict,
    )
    from unspoken.planning.bridge import Bridge
    from unspoken.planning.recognition import Inference
    from unspoken.telling import Telling

T = TypeVar("T")
Heads: TypeAlias = Literal["alternate", "limited", "camera"]
OnProgress: TypeAlias = Callable[[Mapping[str, int]], None]
Texts: TypeAlias = str | Sequence[str]
"""One text or several."""


def load(path: str | Path) -> World:
    """The storyworld in a file, in a folder (its ``world.story``), or shipped under that name.

    Raises DiagnosticError where there is none, or where it has mistakes.
    """
    return _read(sources.find(path))


def parse(text: str, name: str = "<text>") -> World:
    """The storyworld that a text describes. Raises DiagnosticError where it has mistakes."""
    return _read(Source(name, text))


def load_chronicle(path: str | Path, world: str | Path | None = None) -> Story:
    """The story that a saved chronicle keeps. Its world is the one it names, beside it or where
    one stands, unless ``world`` says where it is.

    Raises DiagnosticError where either is not there or not what it should be.
    """
    from unspoken.chronicle import ChronicleError, from_json

    text = sources.read(Path(path)).text
    try:
        chronicle = from_json(text)
    except ChronicleError as error:
        raise failure(error.code, path=str(path), **error.facts) from None
    if world is None:
        named = chronicle.source or chronicle.world
        beside = Path(path).parent / named
        if not (beside.exists() or Path(named).exists() or named in stories()):
            raise failure("chronicle-without-world", source=named)
        world = beside if beside.exists() else named
    return load(world).retell(chronicle)


def stories() -> list[str]:
    """The names of the stories that are shipped; ``load`` takes them."""
    return sources.shipped()


def _found(read: T | None, diagnostics: list[Diagnostic]) -> T:
    if read is None:
        raise DiagnosticError(diagnostics)
    return read


def _read(source: Source) -> World:
    from unspoken.language import parse

    start = time.perf_counter()
    model, diagnostics = parse(source.text, source.name)
    if model is None:
        raise DiagnosticError(diagnostics)
    return World(model, tuple(diagnostics), (time.perf_counter() - start) * 1000)


class World:
    """A storyworld without mistakes. ``warnings``: what is doubtful in it."""

    def __init__(
        self,
        model: Storyworld,
        warnings: tuple[Diagnostic, ...] = (),
        parsing_milliseconds: float = 0.0,
    ) -> None:
        self.model = model
        self.warnings = warnings
        self.milliseconds = {"parsing": parsing_milliseconds}

    def __repr__(self) -> str:
        return f"<World {self.model.name}: {', '.join(self.characters)}>"

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def characters(self) -> tuple[str, ...]:
        return self.model.characters

    @cached_property
    def ground(self) -> GroundWorld:
        """The world grounded in the engine, once. Raises DiagnosticError where it contradicts
        itself."""
        from unspoken.engine import load

        start = time.perf_counter()
        with self.in_words():
            ground = load(self.model)
        self.milliseconds["compiling"] = (time.perf_counter() - start) * 1000
        return ground

    @property
    def initial(self) -> State:
        """How things stand at the beginning: ``world.initial.mind("Tara").value("at(Willow)")``."""
        with self.in_words():
            return self.ground.initial

    def to_text(self) -> str:
        """The world as a storyworld; ``parse`` of it gives an equal world."""
        from unspoken.language import to_text

        return to_text(self.model)

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

        demands = _demands(must, never, through)
        ground = self.ground
        with self.in_words():
            solution = solve(
                ground,
                self._goal(goal, demands, demands_only),
                self._limits(author_limit, character_limit, epistemic_limit),
                demands=demands,
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
        """All stories that ``plan`` could give, the short ones first, as they are found; what is
        asked as there. It can be closed, and it is a context that closes itself."""
        from unspoken.planning import Solutions

        demands = _demands(must, never, through)
        ground = self.ground
        with self.in_words():
            solutions = Solutions(
                ground,
                self._goal(goal, demands, demands_only),
                self._limits(author_limit, character_limit, epistemic_limit),
                demands,
                seconds=seconds,
                on_progress=on_progress,
            )
        return Stories(self, solutions, seed)

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
        return World(replace(self.model, initial=tuple(initial)), self.warnings)

    def read_scenes(self, text: str, name: str = "<scenes>") -> Script:
        """Scenes that stand, as a file has them (``language/scenes.py``). Raises
        DiagnosticError."""
        from unspoken.language.scenes import read_scenes

        return _found(*read_scenes(text, self.model, name))

    def bridge(
        self,
        *scenes: str,
        script: Script | None = None,
        keep: Sequence[str] = (),
        never: Sequence[str] = (),
        given: Sequence[str] = (),
        cast: Sequence[str] = (),
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

        more = add_to(
            script or Script(),
            self.model,
            scenes=scenes,
            keep=keep,
            never=never,
            given=given,
            cast=cast,
            within=within,
            candidates=candidates,
        )
        whole = _found(*more)
        if not whole.scenes:
            raise failure("no-scene")
        world = self.supposing(*whole.given) if whole.given else self
        ground = world.ground
        with world.in_words():
            found = bridge(
                ground,
                whole,
                self._limits(None, character_limit, epistemic_limit),
                effort=Effort(seconds=seconds),
                on_progress=on_progress,
            )
        return Bridged(world, found, seed)

    def infer(
        self,
        *happened: str,
        in_order: bool = False,
        suppose: Sequence[str] = (),
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

        items = [item for one in happened for item in _found(*read_items(one, self.model))]
        if not items:
            raise failure("nothing-happened")
        limits = self._limits(within, character_limit, epistemic_limit)
        choices = [_found(*read_alternatives(one, self.model)) for one in suppose]
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

    def _limits(self, author: int | None, character: int | None, epistemic: int | None) -> Limits:
        from unspoken.planning import Limits

        settings = self.model.plan
        return Limits(
            settings.author_limit if author is None else author,
            settings.character_limit if character is None else character,
            settings.epistemic_limit if epistemic is None else epistemic,
        )

    def _goal(self, goal: float | None, demands: Demands, demands_only: bool) -> float | None:
        """None: only the demands count, if there are any."""
        from unspoken.planning import default_goal

        if demands_only:
            return None
        if goal is None:
            goal = self.model.plan.goal
        author_wants = any(utility.character is None for utility in self.model.utilities)
        if goal is None and demands and author_wants:
            return default_goal(self.ground)
        return goal

    def read_plan(self, text: str, name: str = "<plan>") -> Plan:
        """A plan in its text form (``str(story)`` or ``story.text``). Raises DiagnosticError."""
        from unspoken.planning import read_plan

        names = {event.name for event in self.model.actions}
        is_act = self.ground.has_action if "goal" in names else None
        plan, diagnostics = read_plan(text, name, is_act=is_act)
        if plan is None:
            raise DiagnosticError(diagnostics)
        return plan

    def replay(
        self,
        plan: Plan | str,
        *,
        must: Texts = (),
        never: Texts = (),
        through: Texts = (),
        demands_only: bool = False,
    ) -> Verdict:
        """Judges a plan with all its reasons, step by step, and by the demands it was made for;
        shares no code with the search."""
        from unspoken.planning import replay

        if isinstance(plan, str):
            plan = self.read_plan(plan)
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

    @contextmanager
    def in_words(self) -> Iterator[None]:
        """What the engine complains of as codes and facts, raised as a diagnostic."""
        from unspoken.engine import EngineError

        try:
            yield
        except EngineError as error:
            code, facts = error.args
            event = str(facts.get("event", "")).partition("(")[0]
            try:
                said = problem(code, self._origin(event), **facts)
            except KeyError:  # a fault of ours, which no author can mend
                raise error from None
            raise DiagnosticError([said]) from None

    def _origin(self, event: str) -> Span | None:
        actions = {action.name: action.origin for action in self.model.actions}
        triggers = {trigger.name: trigger.origin for trigger in self.model.triggers}
        return {**actions, **triggers}.get(event)


def _demands(must: Texts, never: Texts, through: Texts) -> Demands:
    from unspoken.planning import Demands

    def texts(given: Texts) -> tuple[str, ...]:
        return (given,) if isinstance(given, str) else tuple(given)

    return Demands(must=texts(must), never=texts(never), through=texts(through))


class Stories(Iterator["Story"]):
    """All stories, as they are found. ``ended``: all were given."""

    def __init__(self, world: World, solutions: Solutions, seed: int) -> None:
        self.world = world
        self._solutions = solutions
        self._seed = seed

    def __next__(self) -> Story:
        with self.world.in_words():
            plan = next(self._solutions)
        return Story(self.world, plan, seed=self._seed)

    def count(self) -> Count:
        """How many more there are, without looking at them. Ctrl-C ends it with what was counted
        so far."""
        from unspoken.planning import count

        with self.world.in_words():
            return count(self._solutions)

    @property
    def ended(self) -> bool:
        return self._solutions.ended

    def close(self) -> None:
        """No more are wanted."""
        self._solutions.close()

    def __enter__(self) -> Stories:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True)
class Bridged:
    """What lies between scenes; its text says it for people. ``bridge`` has everything as values
    (``planning/bridge.py``)."""

    world: World
    bridge: Bridge
    seed: int = 0

    @property
    def found(self) -> bool:
        return bool(self.bridge.candidates)

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        """The candidates, the best first, each a story to be told, asked and saved."""
        plans = [candidate.plan for candidate in self.bridge.candidates]
        return tuple(Story(self.world, plan, seed=self.seed) for plan in plans)

    def text(self, *, explain: bool = False) -> str:
        """The candidates in words; with ``explain``, all reasons of everybody as trees."""
        from unspoken.planning.bridge_text import bridge_text

        return bridge_text(self.bridge, explain=explain)

    def __str__(self) -> str:
        return self.text()


@dataclass(frozen=True)
class Minds:
    """What one mind holds at the end of a story; ``mind`` goes on into the minds that it
    believes in: ``story.minds("Tara").mind("Willow")`` is what Tara takes Willow to think."""

    world: World
    state: State

    def mind(self, name: str) -> Minds:
        """A mind within this one. Raises DiagnosticError for a name that is nobody's."""
        if name not in self.world.characters:
            known = list(self.world.characters)
            raise failure("nobody-of-that-name", name=name, known=known)
        return Minds(self.world, self.state.mind(name))

    def believes(self, condition: str) -> bool:
        """Whether this mind holds a condition true: ``believes("loves(Willow, Tara)")``. What it
        does not know, it does not believe. Raises DiagnosticError where the condition makes no
        sense in this world."""
        from unspoken.language import parse_condition

        expression, diagnostics = parse_condition(condition, self.world.model)
        if expression is None:
            raise DiagnosticError(diagnostics)
        with self.world.in_words():
            return self.state.evaluate(expression) is True

    def value(self, fluent: str) -> NamedValue:
        """What this mind takes a fluent's value to be: ``value("at(Tara)")``. None: it does not
        know. Raises DiagnosticError where there is no such fluent."""
        try:
            return self.state.value(fluent)
        except KeyError:
            known = [str(each) for each in self.state.ground.fluents]
            raise failure("no-such-fluent", name=fluent, known=known) from None


class Story:
    """A story of a world: a plan with reasons, what came of looking for it, and its chronicle.

    ``plan`` is None where the search met nothing at all that raises the author's utility, and in
    a story that comes from a saved chronicle.
    """

    def __init__(
        self,
        world: World,
        plan: Plan | None,
        *,
        solution: Solution | None = None,
        chronicle: Chronicle | None = None,
        seed: int = 0,
    ) -> None:
        self.world = world
        self.plan = plan
        self.solution = solution
        self.seed = seed
        if chronicle is not None:
            self.__dict__["chronicle"] = chronicle

    def __repr__(self) -> str:
        return f"<Story of {self.world.name}: {', '.join(self.acts) or self.outcome}>"

    def __str__(self) -> str:
        return self.text

    @property
    def outcome(self) -> Outcome:
        """``found``; ``impossible`` within the limits, everything was tried; or ``stopped``."""
        return "found" if self.solution is None else self.solution.outcome

    @property
    def found(self) -> bool:
        return self.outcome == "found"

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts in order, each as ``name(Arg, Arg)``."""
        if self.plan is not None:
            return self.plan.acts
        from unspoken.chronicle.fit import acts_of

        return acts_of(self.chronicle) if "chronicle" in self.__dict__ else ()

    @property
    def text(self) -> str:
        """The plan with its reasons in its text form, which ``World.replay`` reads."""
        from unspoken.planning import print_plan

        return "" if self.plan is None else print_plan(self.plan)

    @property
    def reasons(self) -> str:
        """Why everybody does what they do, as a tree for people."""
        from unspoken.planning import tree

        return "" if self.plan is None else tree(self.plan)

    @cached_property
    def chronicle(self) -> Chronicle:
        """What happened, who perceived it, and whose mind changed. Raises DiagnosticError where
        there is no story."""
        from unspoken.chronicle.plans import record_plan

        self._must_be()
        assert self.plan is not None
        with self.world.in_words():
            return record_plan(self.world.ground, self.plan, seed=self.seed)

    def minds(self, name: str) -> Minds:
        """What a character believes at the end. Raises DiagnosticError for nobody's name."""
        return Minds(self.world, self.states[-1]).mind(name)

    @cached_property
    def states(self) -> tuple[State, ...]:
        """How things stand at the beginning and after each act: one more than there are acts."""
        states = [self.world.initial]
        with self.world.in_words():
            for act in self.acts:
                states.append(states[-1].after(act))
        return tuple(states)

    def to_json(self) -> str:
        """The chronicle in its saved form, which ``load_chronicle`` reads."""
        from unspoken.chronicle import to_json

        return to_json(self.chronicle)

    def save(self, path: str | Path) -> None:
        """Save the chronicle. Raises DiagnosticError where that cannot be done."""
        from unspoken.files import write_output

        write_output(Path(path), self.to_json())

    def tell(self, through: str | None = None, **how: object) -> str:
        """The story as prose. ``through``: only what this character knows, thinks and feels.
        Other settings as for ``telling``."""
        return self.telling(through, **how).text  # type: ignore[arg-type]

    def telling(
        self,
        through: str | None = None,
        *,
        heads: Heads | None = None,
        person: Literal["first", "third"] = "third",
        tense: Literal["past", "present"] = "past",
        words: int | None = None,
        seed: int | None = None,
    ) -> Telling:
        """The story as prose, with what every sentence was made from.

        ``heads``: ``alternate`` between those who act (the default), ``limited`` to ``through``,
        or a ``camera`` that sees into nobody. ``words``: about how long, at most. Raises
        DiagnosticError where there is no story, or nobody of that name.
        """
        from unspoken.telling import Options, tell

        self._must_be()
        if heads is None:
            heads = "alternate" if through is None else "limited"
        known = self.world.characters
        if through is not None and through not in known:
            raise failure("nobody-of-that-name", name=through, known=list(known))
        if (through is None) == (heads == "limited"):
            whom = through or "nobody"
            raise failure("heads-and-through", heads=heads, through=whom, known=list(known))
        if person == "first" and heads != "limited":
            raise failure("first-person-of-many", known=list(known))
        view = {"alternate": "alternating", "limited": "limited", "camera": "external"}[heads]
        options = Options(
            view=view,  # type: ignore[arg-type]
            through=through,
            person=person,
            tense=tense,
            seed=self.seed if seed is None else seed,
            words=words,
        )
        telling = tell(self.chronicle, self.world.model, options)
        if not telling.paragraphs:
            who = through or "nobody"
            raise failure("nothing-to-tell", why=f"{who} perceives nothing of it")
        return telling

    def _must_be(self) -> None:
        if self.plan is None and "chronicle" not in self.__dict__:
            raise failure("nothing-to-tell", why=self.why_not)

    @property
    def why_not(self) -> str:
        """Why there is no story, in words; empty where there is one."""
        from unspoken.planning import why_not

        return "" if self.solution is None else why_not(self.solution)
