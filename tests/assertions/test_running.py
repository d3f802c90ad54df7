"""Tests that authors write: what holds, what does not, over which runs, and what is blessed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import unspoken
from tests.faces.conftest import LETTER, SHORTEST
from unspoken import DiagnosticError
from unspoken.assertions import Report, Result
from unspoken.assertions.running import UNSETTLED
from unspoken.model import Share
from unspoken.model.tests import ShareWord
from unspoken.simulation.run import Simulation
from unspoken.story import Story
from unspoken.world import World

SPEECH = """
speech confess(who : character, whom : character) { says: "I love you"; };
"""

DICE = """\
unspoken 1;
entity Ann : character; entity Ben : character;
property won(who : character) : boolean; property over() : boolean;
action win(who : character) { precondition: !over(); effect: won(who) & over(); };
"""
"""A world in which one or the other wins, nobody knows who before: by the seed."""


def letter(*tests: str) -> World:
    return unspoken.parse(LETTER + SPEECH + "\n".join(tests), "letter.story")


def one(world: World, **wanted: object) -> Result:
    (result,) = world.test(**wanted).results  # type: ignore[arg-type]
    return result


def faults(result: Result) -> list[str]:
    return [fault.message for fault in result.faults]


def test_all_that_holds_of_a_plan() -> None:
    world = letter(
        'test "Ada comes to know" {',
        "at_end: knows(Ada, loves(Ben, Ada)); never: confess(Ada, *);",
        'says Ben: "i love you"; never_says: "ghost*"; impossible: confess(Ada, Ada);',
        "possible: embrace; };",
    )
    result = one(world)
    assert result.holds, str(result)
    assert (result.seeds, result.met, result.notes) == ((0,), 1, ())
    assert str(result) == "Ada comes to know: holds\n"


def test_each_thing_that_does_not_hold_is_said_with_its_place_and_what_to_do() -> None:
    result = one(
        letter(
            'test "x" {',
            "never: confess(Ben, *), embrace; at_end: together();",
            'says: "I hate you"; never_says Ben: "love you*"; };',
        )
    )
    assert [
        (f.span and f.span.line, f.message, f.label, f.because, f.help) for f in result.faults
    ] == [
        (
            *(28, "`never` does not hold: confess(Ben, *)"),
            *("it happens: act 2, confess(Ben, Ada)", None),
            "`unspoken plan letter.story --explain` shows it",
        ),
        (
            *(28, "`never` does not hold: embrace"),
            *("it happens: act 3, embrace(Ada, Ben)", None),
            "`unspoken plan letter.story --explain` shows it",
        ),
        (
            *(29, "`says` does not hold: “I hate you” (as told in turn)"),
            *("nowhere in what is told", None),
            "`unspoken tell letter.story --heads alternate` shows it",
        ),
        (
            *(29, "`never_says` does not hold: “love you*” (as told through Ben)"),
            *("it is said", "there it is: “I love you,” Ben said."),
            "`unspoken tell letter.story --through Ben` shows it",
        ),
    ]
    assert "29 │ says: " in str(result)


def test_a_plan_as_it_is_demanded() -> None:
    demanded = "demand: confess(Ben, *), believes(Ben, loves(Ada, Ben)); goal: 1; within: 3;"
    (fault,) = one(letter(f'test "x" {{ {demanded} never: embrace; }};')).faults
    assert fault.label == "it happens: act 3, embrace(Ada, Ben)"
    assert fault.help == (
        "`unspoken plan letter.story --must 'confess(Ben, *)' "
        "--through 'believes(Ben, loves(Ada, Ben))' --goal 1 --author-limit 3 --explain` shows it"
    )
    (fault,) = one(letter('test "x" { within: 2; at_end: together(); };')).faults
    assert fault.code == "no-story-to-test"


def test_no_story_is_a_fault_unless_it_is_claimed() -> None:
    impossible = "without: find_letter; impossible: embrace, together();"
    assert one(letter(f'test "x" {{ {impossible} }};')).holds
    (fault,) = one(letter('test "x" { without: find_letter; at_end: together(); };')).faults
    assert fault.code == "no-story-to-test"
    assert fault.label.startswith("everything was tried")
    assert (
        fault.help
        == "`unspoken plan letter.story --never 'find_letter(*)' --explain` shows what there is"
    )


def test_what_is_possible_and_what_is_not() -> None:
    result = one(
        letter('test "x" { possible: confess(Ben, Ben); impossible: embrace; within: 4; };')
    )
    assert [(f.message, f.label, f.because, f.help) for f in result.faults] == [
        (
            "`possible` does not hold: confess(Ben, Ben)",
            *("no story within the limits has it", None),
            "`unspoken bridge letter.story --scene 'confess(Ben, Ben)' --within 4` "
            "says what stands in the way",
        ),
        (
            "`impossible` does not hold: embrace",
            "there is a story that has it",
            "it has it by find_letter(Ben); confess(Ben, Ada); embrace(Ada, Ben)",
            "`unspoken plan letter.story --demands-only --must 'embrace(*, *)' "
            "--author-limit 4 --explain` shows it",
        ),
    ]
    (fault,) = one(letter('test "x" { goal: 9; possible: embrace; within: 4; };')).faults
    assert fault.help is not None
    assert fault.help.endswith("--explain` finds none either")
    within = 'test "x" { impossible: embrace; within: 2; };'
    assert one(letter(within)).holds
    beginning = one(letter('test "x" { impossible: !together(); within: 2; };'))
    assert [fault.because for fault in beginning.faults] == ["it is so from the beginning"]


def test_more_about_the_beginning() -> None:
    """The letter need not be found, and may then be left out."""
    given = "given: believes(Ben, loves(Ada, Ben)); without: find_letter;"
    assert one(
        letter(f'test "x" {{ {given} at_end: together(); impossible: find_letter; }};')
    ).holds
    (fault,) = one(letter(f'test "x" {{ {given} never: embrace; }};')).faults
    assert fault.label == "it happens: act 2, embrace(Ada, Ben)"
    assert fault.help is None, "no command begins so"


def test_a_search_that_takes_too_long_settles_nothing() -> None:
    counting = """
    unspoken 1; property n() : number; n() = 0; action up() { effect: n() = n() + 1; };
    property m() : number; m() = 0; action also() { effect: m() = m() + 2; };
    test "x" { impossible: m() == 3; };
    """
    (fault,) = one(unspoken.parse(counting), seconds=0.2).faults
    assert (fault.code, fault.label) == ("not-settled", "after 0.2 seconds")


def test_a_world_that_contradicts_itself_ends_its_tests_and_no_others() -> None:
    """One that only shows where it is gone through."""
    world = unspoken.parse(
        """
        unspoken 1; entity Ann : character; property n() : number; n() = 1;
        action halve() { effect: n() = 1 / (n() - 1); }; utility(): n();
        test "x" { possible: n() == 7; goal: 7; within: 3; };
        test "y" { given: n() = 3; over: run; rounds: 1; at_end: n() == 0.5; };
        """
    )
    first, second = world.test().results
    assert [fault.code for fault in first.faults] == ["division-by-zero", "no-story-to-test"]
    assert second.holds


# Runs


def dice(test: str) -> World:
    return unspoken.parse(f'{DICE}test "Ann wins" {{ over: runs 12; {test} }};', "dice.story")


def winners(runs: int, who: str = "Ann") -> list[int]:
    world = unspoken.parse(DICE)
    return [seed for seed in range(runs) if f"win({who})" in world.run(seed=seed).acts]


def test_the_seeds_make_a_difference() -> None:
    assert 2 <= len(winners(12)) <= 10


@pytest.mark.parametrize(
    ("share", "holds"),
    [
        ("all", lambda met: met == 12),
        ("most", lambda met: met > 6),
        ("some", lambda met: met > 0),
        ("none", lambda met: met == 0),
    ],
)
@pytest.mark.parametrize("claim", ["won(Ann)", "won(Ben)", "over()", "won(Ann) & won(Ben)"])
def test_in_so_many_runs(share: str, holds: Callable[[int], bool], claim: str) -> None:
    met = {"over()": 12, "won(Ann)": len(winners(12)), "won(Ben)": len(winners(12, "Ben"))}
    check_share(claim, share, met.get(claim, 0), holds=holds(met.get(claim, 0)))


@pytest.mark.parametrize("who", ["Ann", "Ben"])
def test_in_at_least_and_at_most_so_many(who: str) -> None:
    met = len(winners(12, who))
    check_share(f"won({who})", f"at least {met}", met, holds=True)
    check_share(f"won({who})", f"at least {met + 1}", met, holds=False)
    check_share(f"won({who})", f"at most {met}", met, holds=True)
    check_share(f"won({who})", f"at most {met - 1}", met, holds=False)


def check_share(claim: str, share: str, met: int, *, holds: bool) -> None:
    result = one(dice(f"at_end: {claim}; in: {share};"))
    assert (result.met, result.seeds) == (met, tuple(range(12)))
    assert result.holds == holds
    if not holds and share != "all":
        assert result.faults[0].code == "share-unmet"
        assert f"holds in {met} of 12 runs, and `in: {share}` wants" in result.faults[0].message


def test_runs_in_which_it_does_not_hold_are_named() -> None:
    won, lost = winners(12), winners(12, "Ben")
    (fault,) = one(dice("at_end: won(Ann);")).faults
    assert fault.message == "`at_end` does not hold: won(Ann)"
    assert fault.label == f"with seed {lost[0]}, it is not so at the end"
    named = ", ".join(map(str, lost))
    assert fault.because == (
        f"not in {len(lost)} of 12 runs, those with the seeds {named}. "
        "!won(Ann), from the beginning"
    )
    seed = f"--seed {lost[0]} " if lost[0] else ""
    assert fault.help == f"`unspoken run dice.story {seed}--explain` shows it"
    (fault,) = one(dice("at_end: won(Ann); in: none;")).faults
    assert fault.label == f"holds with the seeds {', '.join(map(str, won))}"


def test_all_that_is_claimed_holds_in_the_same_run() -> None:
    assert one(dice("at_end: over(); never: won(Ben); in: some;")).met == len(winners(12))
    assert one(dice("sometime: won(Ann), won(Ben); in: none;")).holds


def test_other_runs_than_the_test_names() -> None:
    world = dice("at_end: won(Ann); in: at least 6;")
    lost = winners(12, "Ben")[0]
    result = one(world, seed=lost)
    assert (result.seeds, result.met, result.kept) == ((lost,), 0, ())
    assert one(world, seed=winners(12)[0]).holds
    assert one(world, seed=5, seeds=4).seeds == (5, 6, 7, 8)
    assert one(world, seeds=5).test.share == Share("least", 3)
    assert one(dice("at_end: won(Ann); in: at most 6;"), seeds=5).test.share == Share("many", 2)


def test_a_story_is_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    world = dice("at_end: over();")
    more = (
        'test "Y" { over: runs 3; seed: 11; sometime: over(); };'
        'test "Z" { over: run; at_end: over(); };'
    )
    world = unspoken.parse(world.to_text() + more)
    seeds: list[int] = []
    run = world.run

    def counted(rounds: int | None = None, until: str | None = None, seed: int = 0) -> Story:
        seeds.append(seed)
        return run(rounds, until, seed)

    monkeypatch.setattr(world, "run", counted)
    world.test()
    assert seeds == [*range(12), 12, 13]


RUNS = """
unspoken 1; property n() : number; n() = 0;
entity Ann : character; action up() { effect: n() = n() + 1; };
test "a" { over: run; rounds: 4; at_end: n() == 4; };
test "b" { over: run; until: n() >= 7; at_end: n() == 7; };
test "c" { over: run; rounds: 4; until: n() >= 2; at_end: n() == 2; };
test "d" { over: run; rounds: 4; given: n() = 1; at_end: n() == 5; };
test "e" { over: run; rounds: 3; at_end: n() == 3; };
"""
PLANS = """
unspoken 1; property n() : number; n() = 0; entity Ann : character;
action one() { effect: n() = n() + 1; }; action also() { effect: n() = n() + 1; };
utility(): n();
test "a" { without: one; sometime: also; never: one; impossible: happens one; within: 2; };
test "b" { without: also; sometime: one; never: also; possible: one; within: 2; };
test "c" { demand: also, one; sometime: also, one; at_end: n() == 2; };
test "d" { goal: 1; within: 2; at_end: n() == 1; };
test "e" { goal: 3; at_end: n() == 3; impossible: n() == 4; within: 3; };
test "f" { given: n() = 7; goal: 8; at_end: n() == 8; possible: n() == 9; within: 2; };
test "g" { demand: also; goal: 1; within: 1; sometime: also; };
"""


@pytest.mark.parametrize("text", [RUNS, PLANS])
def test_tests_that_ask_for_other_stories_get_others(text: str) -> None:
    report = unspoken.parse(text).test()
    assert report.holds, str(report)


def test_a_story_that_may_yet_be_another_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    world = letter('test "x" { at_end: together(); };')
    assert one(world).notes == ()
    monkeypatch.setattr(Story, "is_settled", False)
    assert one(world).notes == (UNSETTLED,)


def test_whoever_stops_keeps_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the next test would have its story already, or where Ctrl-C ends a run."""
    tests = 'test "A" { over: run; at_end: over(); }; test "B" { over: run; sometime: over(); };'
    world = unspoken.parse(DICE + tests)
    heard: list[str] = []
    report = world.test(on_result=lambda one: heard.append(one.title), stopped=lambda: bool(heard))
    assert heard == ["A"] == [result.title for result in report.results]
    assert report.stopped
    assert not report.holds

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Simulation, "step", interrupted)
    report = world.test()
    assert (report.results, report.stopped) == ((), True)


@pytest.mark.parametrize(
    ("word", "holds"),
    [("all", [12]), ("most", [7, 12]), ("some", [1, 6, 7, 12]), ("none", [0])],
)
def test_how_many_are_enough(word: ShareWord, holds: list[int]) -> None:
    assert [met for met in (0, 1, 6, 7, 12) if Share(word).holds(met, 12)] == holds


# Saved stories


def test_a_story_that_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "letter.story"
    path.write_text(LETTER + 'test "x" { over: saved "a.json"; at_end: together(); };')
    world = unspoken.load(path)
    none, missing = one(world).faults
    assert (none.help, missing.code) == (None, "no-such-file")  # no command has it
    world.plan(goal=1).save(tmp_path / "a.json")
    assert one(world).holds
    world.run(0).save(tmp_path / "a.json")
    (fault,) = one(world).faults
    assert fault.message == "`at_end` does not hold: together()"


# In a file beside the world


def test_tests_beside_the_world(tmp_path: Path) -> None:
    path = tmp_path / "letter.story"
    path.write_text(LETTER + 'test "in it" { at_end: together(); };')
    beside = tmp_path / "letter.tests"
    beside.write_text('test "beside" { never: together(); };')
    world = unspoken.load(path)
    assert [test.title for test in world.tests] == ["in it", "beside"]
    report = world.test()
    assert [(result.title, result.holds) for result in report.results] == [
        ("in it", True),
        ("beside", False),
    ]
    assert f"{beside}:1:" in str(report.results[1])
    assert [result.title for result in world.test("BESIDE").results] == ["beside"]
    assert [result.title for result in world.test(world.tests[0]).results] == ["in it"]
    with pytest.raises(
        DiagnosticError, match=r"no test is called `besides`\n.*did you mean `beside`"
    ):
        world.test("besides")
    beside.write_text('test "beside" { never: togehter(); };')
    with pytest.raises(DiagnosticError, match="togehter"):
        _ = unspoken.load(path).tests


def test_a_test_of_nothing_is_warned_about() -> None:
    report = letter('test "x" { over: plan; };').test()
    assert report.holds
    assert [warning.code for warning in report.warnings] == ["test-of-nothing"]


# Blessed texts


@pytest.fixture
def blessing(tmp_path: Path) -> Path:
    path = tmp_path / "letter.story"
    path.write_text(LETTER + SPEECH + 'test "As told" { blessed: Ben first, acts, Ada present; };')
    return path


def kept(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*.txt"))
    }


def test_what_is_blessed_is_kept_beside_the_world(blessing: Path) -> None:
    world = unspoken.load(blessing)
    result = one(world)
    assert [fault.code for fault in result.faults] == ["never-blessed"] * 3
    assert not kept(blessing.parent), "nothing is written unless it is blessed"
    result = one(world, bless=True)
    assert result.holds
    assert [path.name for path in (each.path for each in result.newly)] == [
        "ben-first.txt",
        "acts.txt",
        "ada-present.txt",
    ]
    assert kept(blessing.parent) == {
        "letter.blessed/as-told/acts.txt": "".join(f"{act}\n" for act in SHORTEST),
        "letter.blessed/as-told/ada-present.txt": world.plan().tell("Ada", tense="present") + "\n",
        "letter.blessed/as-told/ben-first.txt": world.plan().tell("Ben", person="first") + "\n",
    }
    again = one(world)
    assert again.holds
    assert [each.state for each in again.kept] == ["same"] * 3
    assert not one(world, bless=True).newly


def test_what_is_not_as_it_was_blessed_is_shown(blessing: Path) -> None:
    one(unspoken.load(blessing), bless=True)
    blessing.write_text(blessing.read_text().replace("I love you", "I have always loved you"))
    world = unspoken.load(blessing)
    result = one(world)
    assert faults(result) == [
        "`Ben first` is not as it was blessed",
        "`Ada present` is not as it was blessed",
    ]
    assert [fault.label for fault in result.faults] == ["it differs in 1 place"] * 2
    path = blessing.parent / "letter.blessed" / "as-told" / "ben-first.txt"
    assert f"{path}: [-gone-] {{+new+}}\n  paragraph 1: " in str(result)
    assert " “I [-love-] {+have always loved+} you,” I said. Ada embraced me.\n" in str(result)
    coloured = result.text(colour=True)
    assert "\x1b[31;9mlove\x1b[0m \x1b[32mhave always loved\x1b[0m" in coloured
    before = kept(blessing.parent)
    assert kept(blessing.parent) == before
    assert one(world, bless=True).holds
    assert one(world).holds
    assert (
        kept(blessing.parent)["letter.blessed/as-told/acts.txt"]
        == before["letter.blessed/as-told/acts.txt"]
    )


def test_line_ends_are_no_difference(blessing: Path) -> None:
    one(unspoken.load(blessing), bless=True)
    acts = blessing.parent / "letter.blessed" / "as-told" / "acts.txt"
    acts.write_bytes(acts.read_bytes().replace(b"\n", b"\r\n"))
    assert one(unspoken.load(blessing)).holds


def test_nothing_is_blessed_over_what_somebody_changes_meanwhile(
    blessing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = unspoken.load(blessing)
    one(world, bless=True)
    folder = blessing.parent / "letter.blessed" / "as-told"
    (folder / "acts.txt").write_text("mine\n")
    from unspoken.assertions.blessed import Kept

    bless = Kept.bless

    def meanwhile(kept: Kept) -> None:
        kept.path.write_text("mine, again\n")
        bless(kept)

    monkeypatch.setattr(Kept, "bless", meanwhile)
    assert [fault.code for fault in one(world, bless=True).faults] == ["changed-underneath"]
    assert (folder / "acts.txt").read_text() == "mine, again\n"


def test_each_run_is_blessed_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "dice.story"
    path.write_text(DICE + 'test "T" { over: runs 2; seed: 3; blessed: acts; };')
    assert one(unspoken.load(path), bless=True).holds
    assert list(kept(tmp_path)) == [
        "dice.blessed/t/acts-seed-3.txt",
        "dice.blessed/t/acts-seed-4.txt",
    ]


def test_what_is_blessed_is_not_compared_with_other_runs(tmp_path: Path) -> None:
    path = tmp_path / "dice.story"
    path.write_text(DICE + 'test "T" { over: runs 2; blessed: acts; };')
    world = unspoken.load(path)
    assert not one(world).holds
    assert one(world, seed=0).holds
    assert one(world, seeds=2, bless=True).holds
    assert not kept(tmp_path)


def test_what_no_test_blesses_any_more_is_pointed_at(blessing: Path) -> None:
    one(unspoken.load(blessing), bless=True)
    blessing.write_text(blessing.read_text().replace('"As told"', '"It is told"', 1))
    world = unspoken.load(blessing)
    (warning,) = world.test().warnings
    assert warning.code == "blessed-by-nobody"
    assert [Path(path).name for path in warning.facts["paths"]] == [  # type: ignore[attr-defined]
        "acts.txt",
        "ada-present.txt",
        "ben-first.txt",
    ]
    assert not world.test("It is told").warnings, "there may be other tests"


def test_what_a_shipped_story_has_blessed_stays() -> None:
    with pytest.raises(DiagnosticError, match="`paste_diamonds` is shipped"):
        unspoken.load("paste_diamonds").test(bless=True)


@pytest.mark.parametrize("name", [*unspoken.stories()])
def test_shipped_stories_hold(name: str) -> None:
    world = unspoken.load(name)
    report = world.test()
    assert report.holds, str(report)
    assert not report.warnings
    assert bool(world.tests) == (name in ("night_visit", "paste_diamonds"))


def test_a_report_is_plain() -> None:
    report = letter('test "x" { at_end: together(); };').test()
    assert isinstance(report, Report)
    assert (report.world, report.holds, report.stopped) == ("letter", True, False)
    assert hash(report.results[0].test) == hash(report.results[0].test)
