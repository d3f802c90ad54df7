"""The stories that tests are over: each is found, run or fetched once, however many tests ask.

Receives a world, behind a protocol that ``unspoken.World`` fulfils; hands on stories by what a test
asks for, and the commands with which somebody can see them.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal, Protocol

from msgspec import Struct

from unspoken.assertions.claims import item_text, pattern
from unspoken.chronicle import Chronicle
from unspoken.language import DiagnosticError, expression_text
from unspoken.model import EventUse, Expression, StoryTest, Storyworld
from unspoken.model.tests import ACTS, EYES, Eyes, Item, Retelling
from unspoken.queries.case import Case
from unspoken.queries.evaluation import Exact

NEVER_POSSIBLE = ("act-never-possible", "no-act-with-argument")
"""What is said of an act that nothing could bring about: there is no such act."""


class Story(Protocol):
    """A story that was found, run or kept."""

    @property
    def ended(self) -> str | None: ...
    @property
    def chronicle(self) -> Chronicle: ...
    @property
    def exact(self) -> Exact | None: ...
    @property
    def acts(self) -> tuple[str, ...]: ...
    @property
    def outcome(self) -> str: ...
    @property
    def why_none(self) -> str: ...
    @property
    def is_settled(self) -> bool: ...
    def tell(
        self,
        through: str | None = None,
        *,
        heads: Eyes | None = None,
        person: Literal["first", "third"] = "third",
        tense: Literal["past", "present"] = "past",
    ) -> str: ...


class World(Protocol):
    """A storyworld that finds and runs stories."""

    @property
    def model(self) -> Storyworld: ...
    @property
    def tests(self) -> Sequence[StoryTest]: ...
    def plan(
        self,
        goal: float | None = None,
        author_limit: int | None = None,
        *,
        must: Sequence[str] = (),
        never: Sequence[str] = (),
        through: Sequence[str] = (),
        demands_only: bool = False,
        first_only: bool = False,
        seconds: float | None = None,
        seed: int = 0,
    ) -> Story: ...
    def run(self, rounds: int | None = None, until: str | None = None, seed: int = 0) -> Story: ...
    def supposing(self, *statements: Expression) -> World: ...
    def kept(self, name: str) -> Story: ...


class Stopped(Exception):
    """Somebody had enough."""


class Found(Struct, frozen=True):
    """What a search came to. ``outcome``: ``found``, ``impossible`` or ``stopped``."""

    outcome: str
    acts: tuple[str, ...] = ()


class Subject:
    """A story, ready to be asked, and told, often."""

    def __init__(self, story: Story, model: Storyworld) -> None:
        self.story = story
        self._model = model
        self._told: dict[Retelling, str] = {}

    @cached_property
    def case(self) -> Case:
        """Its chronicle, to be asked."""
        return Case(self.story.chronicle, self._model, exact=self.story.exact)

    def text(self, retelling: Retelling) -> str:
        """What is to be blessed of it: its acts, or how it is told."""
        if retelling.eyes == ACTS:
            return "".join(f"{act}\n" for act in self.story.acts)
        if retelling not in self._told:
            self._told[retelling] = self._tell(retelling)
        return self._told[retelling]

    def _tell(self, retelling: Retelling) -> str:
        """As somebody tells it; nothing where they perceive nothing of it."""
        heads = next((eyes for eyes in EYES if eyes == retelling.eyes), None)
        try:
            return self.story.tell(
                retelling.eyes if heads is None else None,
                heads=heads,
                person=retelling.person,
                tense=retelling.tense,
            )
        except DiagnosticError as error:
            if any(one.code == "nothing-to-tell" for one in error.diagnostics):
                return ""
            raise


MOST_KEPT = 100
"""So many stories are kept for other tests; a run of a big world takes megabytes."""


class Subjects:
    """The stories of a world, as tests ask for them. ``seconds``: the most that a search for what
    is possible may take. ``on_story`` hears before each is made. ``stopped``: whether somebody
    had enough."""

    def __init__(
        self,
        world: World,
        seconds: float | None = None,
        on_story: Callable[[StoryTest, int], None] = lambda *_: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._world = world
        self._worlds: dict[tuple[Expression, ...], World] = {(): world}
        self._subjects: dict[object, Subject] = {}
        self._found: dict[object, Found] = {}
        self._seconds = seconds
        self._on_story = on_story
        self._stopped = stopped

    def subject(self, test: StoryTest, seed: int) -> Subject:
        """One of the stories that a test is over. Raises DiagnosticError where there is none."""
        if test.over == "run":
            key: object = ("run", test.given, test.rounds, test.until, seed)
        elif test.over == "saved":
            key = ("saved", test.saved)
        else:
            key = ("plan", test.given, test.goal, test.within, test.demand, test.without, seed)
        found = self._subjects.get(key)
        if found is None:
            self._on_story(test, seed)
            found = Subject(self._make(test, seed), self._world.model)
            if len(self._subjects) < MOST_KEPT:
                self._subjects[key] = found
        return found

    def _make(self, test: StoryTest, seed: int) -> Story:
        if test.over == "saved":
            return self._world.kept(test.saved)
        world = self._supposing(test.given)
        if test.over == "run":
            until = None if test.until is None else expression_text(test.until)
            story = world.run(test.rounds, until, seed)
            if story.ended is None:
                raise Stopped
        else:
            story = self._plan(test, test.demand, seed=seed)
        self._look_up()
        return story

    def possible(self, test: StoryTest, item: Item) -> Found:
        """Whether there is a story with an item, within a test's limits, that has what it demands.
        Raises DiagnosticError for demands that make no sense."""
        key = (test.given, test.goal, test.within, test.demand, test.without, item)
        if key not in self._found:
            self._found[key] = self._search(test, item)
        return self._found[key]

    def _search(self, test: StoryTest, item: Item) -> Found:
        try:
            story = self._plan(
                test,
                (*test.demand, item),
                demands_only=test.goal is None,
                first_only=True,
                seconds=self._seconds,
            )
        except DiagnosticError as error:
            if all(one.code in NEVER_POSSIBLE for one in error.diagnostics):
                return Found("impossible")
            raise
        self._look_up()
        return Found(story.outcome, story.acts)

    def _plan(
        self,
        test: StoryTest,
        demand: Sequence[Item],
        *,
        demands_only: bool = False,
        first_only: bool = False,
        seconds: float | None = None,
        seed: int = 0,
    ) -> Story:
        """A story with what is demanded. Acts that nothing could bring about need not be left
        out."""
        must, through = _demands(demand)
        without = [pattern(use) for use in test.without]
        while True:
            try:
                return self._supposing(test.given).plan(
                    test.goal,
                    test.within,
                    must=must,
                    never=without,
                    through=through,
                    demands_only=demands_only,
                    first_only=first_only,
                    seconds=seconds,
                    seed=seed,
                )
            except DiagnosticError as error:
                idle = [one for one in without if _is_idle(one, error)]
                if not idle:
                    raise
                without = [one for one in without if one not in idle]

    def _supposing(self, given: tuple[Expression, ...]) -> World:
        if given not in self._worlds:
            self._worlds[given] = self._world.supposing(*given)
        return self._worlds[given]

    def _look_up(self) -> None:
        if self._stopped():
            raise Stopped

    # Commands

    @property
    def _name(self) -> str:
        source = self._world.model.source
        return self._world.model.name if source is None else source.name

    def show(self, test: StoryTest, seed: int) -> str:
        """The command that shows one of the stories of a test; none for what only tests suppose."""
        if test.given:
            return ""
        if test.over == "saved":
            return _command("matrix", str(Path(self._name).parent / test.saved))
        if test.over == "run":
            return _command("run", self._name, *_running(test, seed), "--explain")
        return _command("plan", self._name, *_limits(test, test.demand), "--explain")

    def show_search(self, test: StoryTest, item: Item, *, none: bool) -> tuple[str, str]:
        """The command that looks for a story with an item, likewise, and what it does. ``none``: of
        which there is none."""
        if test.given:
            return "", ""
        if none and not test.demand and test.goal is None:
            never = [word for use in test.without for word in ("--never", pattern(use))]
            within = [] if test.within is None else ["--within", str(test.within)]
            scene = ["--scene", item_text(item), *never, *within]
            return _command("bridge", self._name, *scene), "says what stands in the way"
        only = ["--demands-only"] if test.goal is None else []
        options = _limits(test, (*test.demand, item))
        shown = "finds none either" if none else "shows it"
        return _command("plan", self._name, *only, *options, "--explain"), shown

    def show_told(self, test: StoryTest, seed: int, eyes: str) -> str:
        """The command that tells one of the stories of a test; none where it would be another."""
        how = ["--heads" if eyes in EYES else "--through", eyes]
        if test.over == "saved":
            return _command("tell", str(Path(self._name).parent / test.saved), *how)
        is_other = test.given or _limits(test, test.demand) or test.rounds or test.until
        if is_other:
            return self.show(test, seed)
        run = ["--run"] if test.over == "run" else []
        return _command("tell", self._name, *run, *how, *(["--seed", str(seed)] if seed else []))

    def bless(self, test: StoryTest) -> str:
        """The command that blesses what a test is to bless."""
        return _command("test", self._name, "--only", test.title, "--bless")


def _command(*words: str) -> str:
    return shlex.join(("unspoken", *words))


def _running(test: StoryTest, seed: int) -> list[str]:
    """How a run goes, as options."""
    options = ["--seed", str(seed)] if seed else []
    options += ["--turns", str(test.rounds)] if test.rounds is not None else []
    options += [] if test.until is None else ["--until", expression_text(test.until)]
    return options


def _limits(test: StoryTest, demand: Sequence[Item]) -> list[str]:
    """What is asked of a plan, as options."""
    options: list[str] = []
    for item in demand:
        word = "--must" if isinstance(item, EventUse) else "--through"
        options += [word, item_text(item)]
    for use in test.without:
        options += ["--never", pattern(use)]
    options += [] if test.goal is None else ["--goal", f"{test.goal:g}"]
    options += [] if test.within is None else ["--author-limit", str(test.within)]
    return options


def _is_idle(unwanted: str, error: DiagnosticError) -> bool:
    """Whether nothing could bring an act about that is to be left out."""
    places = (one.span for one in error.diagnostics if one.code in NEVER_POSSIBLE)
    return any(
        (place.source.name, place.source.text) == ("never", unwanted)
        for place in places
        if place is not None
    )


def _demands(items: Sequence[Item]) -> tuple[list[str], list[str]]:
    """Acts that occur, and facts that hold at some time."""
    acts = [pattern(item) for item in items if isinstance(item, EventUse)]
    facts = [expression_text(item) for item in items if not isinstance(item, EventUse)]
    return acts, facts
