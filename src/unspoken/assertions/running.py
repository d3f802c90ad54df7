"""Runs the tests of a world: finds the stories that each is over, judges them, counts.

Receives a world (behind a protocol), its tests, and what somebody wants of them this time; hands on
a ``Result`` for each. What the stories are is decided elsewhere, and so is whether a claim holds of
one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from unspoken import sources
from unspoken.assertions.blessed import Kept, by_nobody, kept
from unspoken.assertions.claims import Verdict, claim_text, item_text, judge
from unspoken.assertions.phrases import sentence_with
from unspoken.assertions.results import Report, Result
from unspoken.assertions.subjects import Stopped, Subject, Subjects, World
from unspoken.language import Diagnostic, DiagnosticError, failure, problem
from unspoken.language.story_test_lints import lint_tests
from unspoken.model import Claim, Retelling, Saying, Share, StoryTest
from unspoken.model.tests import ABOUT_ALL

SECONDS = 60.0
"""How long a search for what is possible may take, unless somebody says otherwise."""

UNSETTLED = "the story found is not proven to be the shortest: in more time, another may be"


class Wanted(Struct, frozen=True):
    """What somebody wants of tests this time. ``only``: these, by title or as they are. ``seed``
    and ``seeds``: other runs than the tests name, the first and how many; what is blessed is then
    left alone. ``bless``: keep every text as it is now. ``seconds``: the most for each search for
    what is possible."""

    only: tuple[str | StoryTest, ...] = ()
    seed: int | None = None
    seeds: int | None = None
    bless: bool = False
    seconds: float | None = SECONDS


WHATEVER = Wanted()


def report(
    world: World,
    wanted: Wanted = WHATEVER,
    on_result: Callable[[Result], None] = lambda _: None,
    on_story: Callable[[StoryTest, int], None] = lambda *_: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Report:
    """What comes of a world's tests; ``on_result`` hears each as it comes, ``on_story`` of each
    story before it is made. Raises DiagnosticError for a title that none has, and where a shipped
    story's texts are to be blessed."""
    asked = [_called(one, world.tests) for one in wanted.only] or list(world.tests)
    source = world.model.source
    folder = None if source is None else sources.path_beside(source, sources.BLESSED)
    if wanted.bless and source is not None and sources.is_shipped(source):
        raise failure("shipped-story", name=source.name)
    subjects = Subjects(world, wanted.seconds, on_story, stopped)
    results: list[Result] = []
    is_over = True
    try:
        for test in asked:
            if stopped():
                raise Stopped
            results.append(_Trial(subjects, _as_wanted(test, wanted), wanted, folder).result())
            on_result(results[-1])
    except Stopped:
        is_over = False
    warnings = list(lint_tests(world.model, asked))
    left = by_nobody(folder, asked) if folder is not None and not wanted.only else ()
    if left:
        warnings.append(problem("blessed-by-nobody", None, paths=[str(path) for path in left]))
    return Report(world.model.name, tuple(results), tuple(warnings), stopped=not is_over)


def _called(title: str | StoryTest, tests: Sequence[StoryTest]) -> StoryTest:
    if isinstance(title, StoryTest):
        return title
    found = next((one for one in tests if one.is_called(title)), None)
    if found is None:
        known = [one.title for one in tests]
        raise failure("no-such-test", name=title, known=known)
    return found


def _as_wanted(test: StoryTest, wanted: Wanted) -> StoryTest:
    """The test over other runs: of more or fewer, the same share is wanted."""
    if test.over != "run" or (wanted.seed is None and wanted.seeds is None):
        return test
    runs = wanted.seeds or 1
    share = test.share
    if share.word == "least":
        share = replace(share, number=-(-share.number * runs // test.runs))
    elif share.word == "many":
        share = replace(share, number=share.number * runs // test.runs)
    seed = test.seed if wanted.seed is None else wanted.seed
    return replace(test, runs=runs, seed=seed, share=share, blessed=())


class _Trial:
    """One test being made. ``folder``: where blessed texts stand; None: there is no place."""

    def __init__(
        self, subjects: Subjects, test: StoryTest, wanted: Wanted, folder: Path | None
    ) -> None:
        self._subjects = subjects
        self._folder = folder
        self._test = test
        self._wanted = wanted
        self._kept: list[Kept] = []
        self._newly: list[Kept] = []
        self._notes: list[str] = []

    def result(self) -> Result:
        test = self._test
        seeds = tuple(test.seeds) if test.is_about_one_story else ()
        faults: list[Diagnostic] = []
        met = 0
        try:
            faults += [fault for claim in test.claims for fault in self._about_all(claim)]
            found, met = self._over_stories(seeds)
            faults += found
        except DiagnosticError as error:
            faults += [self._no_story(error.diagnostics[0].message), *error.diagnostics]
        return Result(
            test,
            seeds,
            met,
            tuple(sorted(faults, key=self._place)),
            tuple(self._kept),
            tuple(self._notes),
            tuple(self._newly),
        )

    def _place(self, fault: Diagnostic) -> float:
        """Where it stands in the test; last what stands elsewhere, or nowhere."""
        origin = self._test.origin
        here = origin is not None and fault.span is not None and fault.span.source is origin.source
        return fault.span.start if here and fault.span is not None else float("inf")

    # About all stories

    def _about_all(self, claim: Claim) -> Iterator[Diagnostic]:
        if claim.kind not in ABOUT_ALL:
            return
        (item,) = claim.items
        found = self._subjects.possible(self._test, item)
        if found.outcome == "stopped":
            seconds = self._wanted.seconds or 0
            text = item_text(item)
            more = f"{10 * seconds:g}"
            yield problem("not-settled", claim.origin, item=text, seconds=f"{seconds:g}", more=more)
        elif (found.outcome == "found") != (claim.kind == "possible"):
            when, why = "no story within the limits has it", ""
            if found.outcome == "found":
                when = "there is a story that has it"
                why = (
                    f"it has it by {'; '.join(found.acts)}"
                    if found.acts
                    else ("it is so from the beginning")
                )
            yield self._broken(
                claim,
                Verdict(False, when, (why,) if why else ()),
                *self._subjects.show_search(self._test, item, none=claim.kind == "possible"),
            )

    # About the stories that it is over

    def _over_stories(self, seeds: Sequence[int]) -> tuple[list[Diagnostic], int]:
        """What does not hold of them, and of how many all holds."""
        test = self._test
        claims = [claim for claim in test.claims if claim.kind not in ABOUT_ALL]
        asserted: list[Claim | Saying] = [*claims, *test.sayings]
        broken: dict[int, dict[int, Verdict]] = {}
        faults: list[Diagnostic] = []
        met: list[int] = []
        for seed in seeds:
            subject = self._subjects.subject(test, seed)
            if subject.story.outcome != "found":
                return [self._no_story(subject.story.why_none)], 0
            if not subject.story.is_settled:
                self._notes = [UNSETTLED]
            verdicts = {
                place: verdict
                for place, one in enumerate(asserted)
                if not (verdict := self._judge(one, subject)).holds
            }
            for place, verdict in verdicts.items():
                broken.setdefault(place, {})[seed] = verdict
            if not verdicts:
                met.append(seed)
            faults += self._bless(subject, seed)
        if seeds and not test.share.holds(len(met), len(seeds)):
            faults = [*self._unmet(asserted, broken, met), *faults]
        return faults, len(met)

    def _judge(self, asserted: Claim | Saying, subject: Subject) -> Verdict:
        if isinstance(asserted, Claim):
            return judge(asserted, subject.case)
        sentence = sentence_with(asserted.phrase, subject.text(Retelling(asserted.eyes)))
        if (sentence is not None) == asserted.says:
            return Verdict(True)
        if sentence is None:
            return Verdict(False, "nowhere in what is told")
        return Verdict(False, "it is said", (f"there it is: {sentence}",))

    def _unmet(
        self,
        asserted: Sequence[Claim | Saying],
        broken: dict[int, dict[int, Verdict]],
        met: Sequence[int],
    ) -> Iterator[Diagnostic]:
        """That it holds in too few runs, or too many; and where each part of it breaks."""
        test = self._test
        too_many = test.share.word in ("none", "many")
        if test.share != Share():
            seed = met[0] if too_many else min(seed for its in broken.values() for seed in its)
            yield problem(
                "share-unmet",
                test.origin,
                title=test.title,
                met=len(met),
                runs=test.runs,
                share=str(test.share),
                seeds=list(met),
                command=self._subjects.show(test, seed),
            )
        if too_many:
            return
        for place, verdicts in sorted(broken.items()):
            seed, verdict = next(iter(verdicts.items()))
            seeds = list(verdicts) if test.runs > 1 else []
            one = asserted[place]
            if isinstance(one, Saying):
                command = self._subjects.show_told(test, seed, one.eyes)
            else:
                command = self._subjects.show(test, seed)
            yield self._broken(one, verdict, command, seeds=seeds)

    def _broken(
        self,
        asserted: Claim | Saying,
        verdict: Verdict,
        command: str,
        shows: str = "shows it",
        seeds: Sequence[int] = (),
    ) -> Diagnostic:
        if isinstance(asserted, Claim):
            key: str = asserted.kind
            claim = claim_text(asserted)
        else:
            key = "says" if asserted.says else "never_says"
            claim = f"“{asserted.phrase}” (as told {_through(asserted.eyes)})"
        when = f"with seed {seeds[0]}, {verdict.when}" if seeds else verdict.when
        return problem(
            "claim-broken",
            asserted.origin or self._test.origin,
            key=key,
            claim=claim,
            when=when,
            why="; ".join(verdict.because),
            seeds=list(seeds),
            broken=len(seeds),
            runs=self._test.runs,
            command=command,
            shows=shows,
        )

    def _no_story(self, why: str) -> Diagnostic:
        is_saved = self._test.over == "saved"  # and cannot be had, by no command either
        command = "" if is_saved else self._subjects.show(self._test, self._test.seed)
        title = self._test.title
        return problem("no-story-to-test", self._test.origin, title=title, why=why, command=command)

    # Blessed texts

    def _bless(self, subject: Subject, seed: int) -> Iterator[Diagnostic]:
        if self._folder is None:
            return
        for retelling in self._test.blessed:
            text = subject.text(retelling)
            try:
                one = kept(self._folder, self._test, retelling, seed, text)
                if one.state != "same" and self._wanted.bless:
                    one.bless()
                    self._newly.append(one)
                    continue
            except DiagnosticError as error:  # a file that is no text, or cannot be written
                yield from error.diagnostics
                continue
            self._kept.append(one)
            if one.state == "same":
                continue
            facts = {
                "what": f"{retelling}, seed {seed}" if self._test.runs > 1 else str(retelling),
                "path": str(one.path),
                "command": self._subjects.bless(self._test),
            }
            origin = retelling.origin or self._test.origin
            if one.state == "new":
                yield problem("never-blessed", origin, **facts)
            else:
                count = len(one.differences)
                places = f"it differs in {count} place{'s' if count != 1 else ''}"
                yield problem("blessed-differs", origin, places=places, **facts)


def _through(eyes: str) -> str:
    """Whose telling is meant, in words."""
    return {
        "alternate": "in turn",
        "omniscient": "from above",
        "camera": "from outside",
        "replay": "through each head",
    }.get(eyes, f"through {eyes}")
