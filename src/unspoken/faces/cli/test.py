"""``unspoken test``: whether what authors assert of their stories holds."""
# ruff: noqa: PT028 (a command called `test` is no test of pytest's)

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from msgspec.structs import replace

from unspoken.faces.cli.options import Json, Quiet
from unspoken.faces.cli.progress import Progress

if TYPE_CHECKING:
    from unspoken.assertions import Report, Result, StoryTest
    from unspoken.language import Diagnostic
    from unspoken.world import World


def test(
    *worlds: Annotated[
        str,
        Parameter(
            name="WORLD",
            help="Storyworlds (files, folders, or shipped stories' names). Without any: all in "
            "this folder, and below it, that have tests.",
        ),
    ],
    only: Annotated[
        tuple[str, ...],
        Parameter(help="Only the test of this title. Repeatable.", negative=""),
    ] = (),
    seed: Annotated[
        int | None,
        Parameter(help="Of tests over runs: the run with this seed, whatever the tests say."),
    ] = None,
    seeds: Annotated[
        int | None, Parameter(help="Of tests over runs: so many runs, from the first seed on.")
    ] = None,
    bless: Annotated[
        bool,
        Parameter(help="Keep every text that is to be as it was blessed, as it is now."),
    ] = False,
    seconds: Annotated[
        float | None,
        Parameter(help="The most for each search for what is `possible`. [default: 60]"),
    ] = None,
    fail_fast: Annotated[
        bool, Parameter(name="--fail-fast", help="Stop at the first that does not hold.")
    ] = False,
    junit: Annotated[
        Path | None, Parameter(help="Write what came of it here, too, as JUnit XML.")
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Find out whether what you assert of your stories holds.

    A test stands in a storyworld, or in a file beside it that has its name and ends in `.tests`:

        test "Willow comes to know" {
            over: runs 20;          // or: plan, run, saved "evening.json"
            at_end: knows(Willow, loves(Tara, Willow));
            never: confess(Buffy, *);     // always sometime in_order
            never_says: "vampire*";       // says
            blessed: Tara first;          // this telling, word for word
            in: most;                     // all some none, at least 15
        };

    What does not hold comes with the place, the first moment at which it broke, what decided it
    there, and the command that shows it. Ends with 0 if all hold, with 1 if something does not, or
    a world has mistakes. Ctrl-C shows what is done, and ends with 130.

    For example:

        unspoken test
        unspoken test night_visit --only "Willow comes to know" --seed 7
        unspoken test night.story --bless
        unspoken test --junit results.xml --quiet
    """
    from unspoken.faces.cli.main import INTERRUPTED
    from unspoken.faces.cli.searching import at_least, patience
    from unspoken.faces.cli.terminal import FINE, WRONG, exit_code
    from unspoken.files import check_output, write_output

    at_least("--seeds", seeds, 1, "a test is over something")
    at_least("--seed", seed, 0, "seeds are numbers from 0 on")
    check_output(junit)
    session = _Session(quiet=quiet, json=json, fail_fast=fail_fast)
    session.load(worlds, only)
    with session.until_interrupted():
        for name, world in session.worlds.items():
            asked = session.asked(world, only)
            if only and not asked:
                continue
            session.begin(name)
            came = world.test(
                *asked,
                seed=seed,
                seeds=seeds,
                bless=bless,
                seconds=patience(60.0 if seconds is None else seconds),
                on_result=session.came,
                on_story=session.goes_on,
                stopped=lambda: session.over,
            )
            session.end(came)
            if session.over:
                break
    if junit is not None:
        write_output(junit, session.as_junit())
    session.sum_up()
    if session.interrupted:
        return INTERRUPTED
    if session.faults:
        return exit_code(session.faults) if not session.reports else WRONG
    return FINE if all(report.holds for report in session.reports) else WRONG


class _Session:
    """What has come of the tests so far, shown as it comes."""

    def __init__(self, *, quiet: bool, json: bool, fail_fast: bool) -> None:
        self._quiet = quiet
        self._json = json
        self._fail_fast = fail_fast
        self.worlds: dict[str, World] = {}
        self.faults: list[Diagnostic] = []
        self.reports: list[Report] = []
        self.interrupted = False
        self.over = False
        self._name = ""
        self._results: list[Result] = []
        self._took: dict[tuple[int, int], float] = {}
        self._since = 0.0
        self._progress = _Runs("testing", quiet=quiet)

    def load(self, names: Sequence[str], only: Sequence[str]) -> None:
        """The worlds that are meant, as far as they can be read. Raises DiagnosticError where there
        is nothing to test."""
        import unspoken
        from unspoken import sources
        from unspoken.faces.cli.terminal import report
        from unspoken.language import DiagnosticError, failure

        for name in names or sources.with_tests(Path()):
            try:
                world = unspoken.load(name)
                if not world.tests:
                    raise failure("no-tests", where=f"`{name}`")
                self.worlds[name] = world
            except DiagnosticError as error:
                self.faults += error.diagnostics
        if not self.worlds and not self.faults:
            raise failure("no-tests", where="this folder, or below it")
        tests = [one for world in self.worlds.values() for one in world.tests]
        for title in only if not self.faults else ():
            if not any(one.is_called(title) for one in tests):
                raise failure("no-such-test", name=title, known=[one.title for one in tests])
        if not self._json:
            report(self.faults)

    def asked(self, world: World, only: Sequence[str]) -> list[str]:
        """Of the titles, those that a world has; none where all its tests are meant."""
        return [title for title in only if any(one.is_called(title) for one in world.tests)]

    @contextmanager
    def until_interrupted(self) -> Iterator[None]:
        """Ctrl-C ends it, wherever it is; what is done is kept."""

        def interrupt(*_: object) -> None:
            self.interrupted = self.over = True
            raise KeyboardInterrupt

        before = signal.signal(signal.SIGINT, interrupt)
        try:
            with self._progress:
                yield
        except KeyboardInterrupt:
            from unspoken.assertions import Report

            self.reports.append(Report(self._name, tuple(self._results), stopped=True))
        finally:
            signal.signal(signal.SIGINT, before)

    def begin(self, name: str) -> None:
        """The tests of a world come next."""
        self._name, self._results, self._since = name, [], time.monotonic()
        if not (self._quiet or self._json):
            print(name)

    def goes_on(self, test: StoryTest, seed: int) -> None:
        """A story is made for a test."""
        self._progress.title = test.title
        self._progress.update({"run": seed - test.seed + 1, "runs": test.runs})

    def came(self, result: Result) -> None:
        """What came of a test."""
        self._progress.wipe()
        now = time.monotonic()
        self._took[len(self.reports), len(self._results)] = now - self._since
        self._results.append(result)
        self._since = now
        if self._fail_fast and not result.holds:
            self.over = True
        if self._json:
            return
        from unspoken.faces.cli.terminal import wants_colour

        if not self._quiet:
            print(f"  {'holds' if result.holds else 'FAILS'}  {result.title}{_more(result)}")
            for one in result.newly:
                print(f"         blessed {one.path}{' (new)' if one.was is None else ''}")
            for note in result.notes:
                print(f"         ({note})")
        if not result.holds:
            sys.stdout.write(f"{result.text(colour=wants_colour(sys.stdout))}\n")
        sys.stdout.flush()

    def end(self, came: Report) -> None:
        """The tests of a world are done."""
        from unspoken.faces.cli.terminal import report

        self.reports.append(replace(came, world=self._name))
        if not (self._quiet or self._json):
            report(came.warnings)

    def sum_up(self) -> None:
        """How it stands with all of them."""
        from unspoken.faces.cli.terminal import counted, write_json
        from unspoken.language import as_json

        results = [result for report in self.reports for result in report.results]
        if self._json:
            write_json(
                {
                    "worlds": [_as_data(report) for report in self.reports],
                    "stopped": self.over,
                    "diagnostics": [as_json(fault) for fault in self.faults],
                }
            )
        elif not self._quiet and results:
            failed = sum(not result.holds for result in results)
            said = f"{failed} of {counted(len(results), 'test')} {_do(failed)} not hold"
            if not failed:
                said = f"{counted(len(results), 'test')}: all hold"
            print(f"{said}; stopped before the rest" if self.over else said)

    def as_junit(self) -> bytes:
        """All of it, as JUnit XML."""
        from unspoken import __version__
        from unspoken.assertions import junit

        return junit(self.reports, self._took, datetime.now(), __version__)


class _Runs(Progress):
    """How far the runs of a test are."""

    title = ""
    notice = ""

    def line(self, figures: Mapping[str, int], seconds: float) -> str:
        """``testing  Most evenings, run 7 of 20  0:03``"""
        minutes, rest = divmod(int(seconds), 60)
        run = f", run {figures['run']:,} of {figures['runs']:,}" if figures["runs"] > 1 else ""
        return f"testing  {self.title}{run}  {minutes}:{rest:02} (Ctrl-C: what is done)"


def _do(number: int) -> str:
    return "does" if number == 1 else "do"


def _more(result: Result) -> str:
    """Over how many runs, where there are several."""
    return f" ({result.met} of {len(result.seeds)} runs)" if len(result.seeds) > 1 else ""


def _as_data(report: Report) -> dict[str, object]:
    from unspoken.language import as_json

    return {
        "world": report.world,
        "holds": report.holds,
        "stopped": report.stopped,
        "tests": [_result(result) for result in report.results],
        "warnings": [as_json(warning) for warning in report.warnings],
    }


def _result(result: Result) -> dict[str, object]:
    from unspoken.language import as_json

    return {
        "title": result.title,
        "line": None if result.test.origin is None else result.test.origin.line,
        "holds": result.holds,
        "seeds": list(result.seeds),
        "met": result.met,
        "faults": [as_json(fault) for fault in result.faults],
        "blessed": [
            {
                "path": str(one.path),
                "state": one.state,
                "places": [
                    {"where": place.where, "text": place.marked()} for place in one.differences
                ],
            }
            for one in result.kept
        ],
        "newly": [str(one.path) for one in result.newly],
        "notes": list(result.notes),
    }
