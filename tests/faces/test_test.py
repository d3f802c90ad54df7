"""``unspoken test``: words in; text, data, JUnit XML, files and exit codes out."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.faces.conftest import LETTER, Unspoken, beside
from unspoken.language import format_text

TESTS = """\
test "Ada comes to know" { at_end: knows(Ada, loves(Ben, Ada)); };
test "Nobody tells" { never: confess; };
test "Mostly" { over: runs 3; sometime: find_letter; in: most; };
"""


@pytest.fixture
def tests(folder: Path) -> Path:
    """A file of tests that belongs to letter.story: the second does not hold."""
    path = folder / "letter.tests"
    path.write_text(TESTS, encoding="utf-8")
    return path


@pytest.fixture
def fine(folder: Path) -> Path:
    """A world, further down, whose tests all hold."""
    path = folder / "drafts" / "old" / "fine.story"
    path.parent.mkdir(parents=True)
    path.write_text(LETTER + 'test "Fine" { at_end: together(); };', encoding="utf-8")
    return path


BROKEN = """\
letter.story
  holds  Ada comes to know
  FAILS  Nobody tells
error: `never` does not hold: confess
  ┌─ letter.tests:2:30
  │
2 │ test "Nobody tells" { never: confess; };
  │                              ^^^^^^^ it happens: act 2, confess(Ben, Ada)
  │
  = help: `unspoken plan letter.story --explain` shows it

  holds  Mostly (3 of 3 runs)
1 of 3 tests does not hold
"""


@pytest.mark.usefixtures("tests")
def test_what_holds_and_what_does_not(unspoken: Unspoken) -> None:
    said = unspoken("test", "letter.story")
    assert (said.code, said.out, said.err) == (1, BROKEN, "")
    assert unspoken("test", "letter.story").out == BROKEN, "the same again"
    assert "\x1b" not in said.out, "colour is for terminals"


@pytest.mark.usefixtures("tests")
def test_the_command_that_it_names_shows_it(unspoken: Unspoken) -> None:
    said = unspoken("plan", "letter.story", "--explain")
    assert (said.code, "confess(Ben, Ada)" in said.out) == (0, True)


@pytest.mark.usefixtures("tests", "fine")
def test_all_worlds_from_here_on_that_have_tests(unspoken: Unspoken, folder: Path) -> None:
    hidden = folder / ".hidden" / "x.story"
    hidden.parent.mkdir()
    hidden.write_text('nonsense test "x"')
    said = unspoken("test")
    assert said.code == 1
    named = [line for line in said.out.splitlines() if line.endswith(".story")]
    assert named == ["letter.story", "drafts/old/fine.story"]
    assert said.out.endswith("\n1 of 4 tests does not hold\n")
    fine = unspoken("test", "drafts/old/fine.story")
    assert (fine.code, fine.out.splitlines()[-1]) == (0, "1 test: all hold")


@pytest.mark.usefixtures("tests")
def test_only_some(unspoken: Unspoken) -> None:
    said = unspoken("test", "--only", "ADA comes to know!", "--only", "mostly")
    assert (said.code, said.out.splitlines()[-1]) == (0, "2 tests: all hold")
    wrong = unspoken("test", "--only", "Nobody tell")
    assert wrong.code == 2
    assert "did you mean `Nobody tells`?" in wrong.err


@pytest.mark.usefixtures("tests")
def test_quietly(unspoken: Unspoken) -> None:
    said = unspoken("test", "--quiet")
    assert said.code == 1
    assert said.out.startswith("error: `never` does not hold")
    assert said.out.count("\n") == 8
    assert unspoken("test", "-q", "--only", "Mostly").out == ""


@pytest.mark.usefixtures("tests", "fine")
def test_the_first_that_does_not_hold_ends_it(unspoken: Unspoken) -> None:
    said = unspoken("test", "--fail-fast")
    assert said.code == 1
    assert said.out.endswith("\n1 of 2 tests does not hold; stopped before the rest\n")


@pytest.mark.usefixtures("tests")
def test_one_run_alone(unspoken: Unspoken) -> None:
    said = unspoken("test", "--only", "Mostly", "--seed", "7", "--json")
    (world,) = json.loads(said.out)["worlds"]
    assert [test["seeds"] for test in world["tests"]] == [[7]]
    said = unspoken("test", "--only", "Mostly", "--seeds", "2", "--json")
    (world,) = json.loads(said.out)["worlds"]
    assert [test["seeds"] for test in world["tests"]] == [[0, 1]]
    assert unspoken("test", "--seeds", "0").code == 2
    assert unspoken("test", "--seed", "-1").code == 2


@pytest.mark.usefixtures("tests")
def test_as_data(unspoken: Unspoken) -> None:
    said = unspoken("test", "--json")
    data = json.loads(said.out)
    assert (said.code, said.err, data["stopped"], data["diagnostics"]) == (1, "", False, [])
    (world,) = data["worlds"]
    assert (world["world"], world["holds"]) == ("letter.story", False)
    assert [(test["title"], test["line"], test["holds"]) for test in world["tests"]] == [
        ("Ada comes to know", 1, True),
        ("Nobody tells", 2, False),
        ("Mostly", 3, True),
    ]
    (fault,) = world["tests"][1]["faults"]
    assert fault["code"] == "claim-broken"
    assert fault["place"]["file"] == "letter.tests"


def test_mistakes_in_a_world_do_not_hide_the_others(unspoken: Unspoken, folder: Path) -> None:
    (folder / "a.story").write_text('test "x" { at_end: p(); };')
    (folder / "b.story").write_text(LETTER + 'test "x" { at_end: together(); };')
    said = unspoken("test")
    assert said.code == 1
    assert "no property is called `p`" in said.err
    assert said.out.splitlines()[-1] == "1 test: all hold"
    assert unspoken("test", "a.story", "b.story", "--json").code == 1


def test_nothing_to_test(unspoken: Unspoken, tmp_path: Path) -> None:
    said = unspoken("test")
    assert (said.code, "there are no tests in this folder, or below it" in said.err) == (2, True)
    assert "there are no tests in `letter.story`" in unspoken("test", "letter.story").err


@pytest.mark.usefixtures("tests")
def test_tests_are_checked_and_formatted(unspoken: Unspoken, tests: Path) -> None:
    assert unspoken("check", "letter.tests").code == 0
    tests.write_text(TESTS.replace(": ", " : "))
    assert unspoken("fmt", "letter.tests").out == "letter.tests formatted\n"
    assert tests.read_text() == TESTS == format_text(TESTS)[0]
    tests.write_text('test "x" { at_end: p(), q(); };\ntest "y" { over: plan; };')
    said = unspoken("check", "letter.tests")
    assert (said.code, said.out.splitlines()[-1]) == (1, "2 errors in 1 file")
    tests.write_text('test "y" { over: plan; };')
    said = unspoken("check", "letter.tests")
    assert (said.code, said.out.splitlines()[-1]) == (0, "1 warning in 1 file")
    assert "asserts nothing" in unspoken("test", "letter.story").err


# What is blessed


def test_blessing(unspoken: Unspoken, folder: Path) -> None:
    story = folder / "letter.story"
    story.write_text(LETTER + 'test "As told" { blessed: Ben first; };')
    first = unspoken("test")
    assert first.code == 1
    assert "error: nobody has blessed `Ben first` yet" in first.out
    said = unspoken("test", "letter.story", "--only", "As told", "--bless")
    path = "letter.blessed/as-told/ben-first.txt"
    assert said.out == (
        f"letter.story\n  holds  As told\n         blessed {path} (new)\n1 test: all hold\n"
    )
    assert (folder / path).read_text() == unspoken(
        *("tell", "letter.story", "--through", "Ben", "--person", "first")
    ).out
    assert unspoken("test").code == 0
    (folder / path).write_text("I never found a letter. I embraced Ada.\n")
    said = unspoken("test")
    assert said.code == 1
    assert f"= because: in {path}" in said.out
    assert f"\n{path}: [-gone-] {{+new+}}\n  paragraph 1: " in said.out
    assert unspoken("test", "--bless").out.splitlines()[2] == f"         blessed {path}"
    assert unspoken("test").code == 0


# JUnit XML

REQUIRED = {
    "testsuites": set(),
    "testsuite": {
        *("name", "package", "id", "timestamp", "hostname"),
        *("tests", "failures", "errors", "time"),
    },
    "properties": set(),
    "property": {"name", "value"},
    "testcase": {"name", "classname", "time"},
    "failure": {"message", "type"},
    "system-out": set(),
    "system-err": set(),
}
"""Every element that may be there and its attributes, by the schemas of Ant and Jenkins."""
INSIDE = {
    "testsuites": ["testsuite"],
    "testsuite": ["properties", "testcase", "system-out", "system-err"],
    "properties": ["property"],
    "testcase": ["failure"],
}
"""What may stand in what, in this order."""


def check_junit(element: ElementTree.Element) -> None:
    """An element, and what is in it, by the rules of the schemas."""
    assert set(element.keys()) == REQUIRED[element.tag]
    order = [INSIDE.get(element.tag, []).index(child.tag) for child in element]
    assert order == sorted(order)
    if element.tag == "testsuite":
        assert [child.tag for child in element][:1] == ["properties"]
        assert [child.tag for child in element][-2:] == ["system-out", "system-err"]
        cases = element.findall("testcase")
        assert int(element.get("tests", "")) == len(cases)
        failed = [case for case in cases if case.find("failure") is not None]
        assert int(element.get("failures", "")) == len(failed)
        assert len(element.get("timestamp", "")) == len("2026-11-28T15:00:00")
        assert "/" not in element.get("package", "/")
    for child in element:
        check_junit(child)


@pytest.mark.usefixtures("tests", "fine")
def test_junit(unspoken: Unspoken, folder: Path) -> None:
    said = unspoken("test", "--junit", "results.xml", "--quiet")
    assert said.code == 1
    root = ElementTree.parse(folder / "results.xml").getroot()
    check_junit(root)
    assert [suite.get("name") for suite in root] == ["letter.story", "drafts/old/fine.story"]
    first = root[0]
    assert [case.get("name") for case in first.iter("testcase")] == [
        "Ada comes to know",
        "Nobody tells",
        "Mostly",
    ]
    (failure,) = root.iter("failure")
    assert failure.get("message") == "`never` does not hold: confess"
    assert f"{failure.text}\n" == said.out
    seeds = {one.get("name"): one.get("value") for one in first.iter("property")}
    assert seeds == {
        "seeds of Ada comes to know": "0",
        "seeds of Nobody tells": "0",
        "seeds of Mostly": "0 1 2",
    }
    assert unspoken("test", "--junit", "results.xml", "-q").code == 1, "ours may be written over"
    (folder / "results.xml").write_text("<mine/>")
    said = unspoken("test", "--junit", "results.xml")
    assert (said.code, said.out) == (2, "")
    assert (folder / "results.xml").read_text() == "<mine/>"


def test_junit_says_what_xml_cannot(unspoken: Unspoken, folder: Path) -> None:
    strange = 'test "a\x07b <&> \\"c\\"" { never: embrace; };'
    (folder / "letter.story").write_text(LETTER + strange)
    unspoken("test", "--junit", "results.xml")
    root = ElementTree.parse(folder / "results.xml").getroot()
    check_junit(root)
    assert [case.get("name") for case in root.iter("testcase")] == ['a\ufffdb <&> "c"']


# Ctrl-C

SLOW = """\
unspoken 1; entity Ann : character; property n() : number; n() = 0;
action up() { effect: n() = n() + 1; };
test "Quick" { over: run; rounds: 3; at_end: n() == 3; };
test "Slow" { over: runs 100000; rounds: 50; at_end: n() == 50; };
"""


def lines(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None
    yield from process.stdout


def test_ctrl_c_keeps_what_is_done(folder: Path) -> None:
    (folder / "slow.story").write_text(SLOW)
    words = ("test", "slow.story", "--junit", "results.xml")
    with beside(folder, *words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        said = lines(process)
        for line in said:
            if "Quick" in line:
                break
        process.send_signal(signal.SIGINT)
        rest = list(said)
        assert process.wait() == 130
    assert rest == ["1 test: all hold; stopped before the rest\n"]
    root = ElementTree.parse(folder / "results.xml").getroot()
    check_junit(root)
    assert [case.get("name") for case in root.iter("testcase")] == ["Quick"]
    assert [one.text for one in root.iter("system-out")] == ["stopped before all were done"]
