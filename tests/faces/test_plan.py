"""``unspoken plan`` and ``replay``: a story with its reasons, there and back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faces.conftest import (
    ENDLESS,
    LETTER,
    SHORTEST,
    Unspoken,
    beside,
    on_terminals,
    read_until,
)


def test_one_act_a_line(unspoken: Unspoken) -> None:
    said = unspoken("plan", "letter.story")
    assert said.code == 0
    assert said.out.splitlines() == SHORTEST
    assert said.err == "found: 3 acts; no story has fewer\n"
    said = unspoken("plan", "letter.story", "--character-limit", 3, "--epistemic-limit", 2)
    assert said.err == "found: 3 acts; no story has fewer\n"
    assert unspoken("plan", "letter.story", "--quiet").err == ""


def test_explained(unspoken: Unspoken) -> None:
    said = unspoken("plan", "letter.story", "--explain")
    lines = said.out.splitlines()
    assert [line for line in lines if not line.startswith("|")][:-1] == SHORTEST
    assert "| embrace(Ada, Ben)" in lines
    assert lines[-1].startswith("goal(")


def test_there_and_back(unspoken: Unspoken) -> None:
    assert unspoken("plan", "letter.story", "--explain", "--output", "a.plan").out == ""
    said = unspoken("replay", "letter.story", "a.plan")
    assert (said.code, said.out) == (0, "valid: the author's utility rises from 0 to 1\n")
    assert unspoken("replay", "letter.story", "a.plan", "--quiet").out == ""
    data = json.loads(unspoken("replay", "letter.story", "a.plan", "--json").out)
    assert data == {"valid": True, "before": 0.0, "after": 1.0, "fault": None}


@pytest.mark.parametrize("spoiled", ["removed", "swapped", "unexplained", "unknown", "binary"])
def test_a_spoiled_plan(unspoken: Unspoken, spoiled: str) -> None:
    lines = unspoken("plan", "letter.story", "--explain").out.splitlines(keepends=True)
    text = {
        "removed": lines[1:],
        "swapped": [lines[-2], *lines[:-2], lines[-1]],
        "unexplained": [line for line in lines if not line.startswith("|")],
        "unknown": ["elope(Ada, Ben)\n", *lines],
        "binary": ["\0"],
    }[spoiled]
    Path("a.plan").write_text("".join(text), encoding="utf-8")
    said = unspoken("replay", "letter.story", "a.plan")
    assert said.code == 1
    assert said.err.startswith("error: ")
    assert said.out == ""


def test_json(unspoken: Unspoken) -> None:
    data = json.loads(unspoken("plan", "letter.story", "--json").out)
    assert data["outcome"] == "found"
    assert data["plan"] == SHORTEST
    assert [step["act"] for step in data["reasons"]] == SHORTEST
    assert [r["character"] for r in data["reasons"][2]["reasons"]] == ["Ada", "Ben"]
    confession = data["reasons"][1]["reasons"][0]
    assert confession["character"] == "Ben"
    assert [step["act"] for step in confession["then"]] == ["embrace(Ada, Ben)"]
    assert data["utility"] == 1.0
    stats = data["stats"]
    for key in ("parsing", "compiling", "searching"):
        assert stats[f"{key}_milliseconds"] > 0
    assert stats["transitions"] > 0
    assert stats["states"] > 0
    assert stats["peak_memory_bytes"] > 1_000_000


def test_settings_of_the_world_and_of_the_command(unspoken: Unspoken) -> None:
    Path("a.story").write_text(LETTER + "plan { goal: 1; author_limit: 2; };\n", encoding="utf-8")
    assert unspoken("plan", "a.story").code == 1
    data = json.loads(unspoken("plan", "a.story", "--json").out)
    assert data["limits"] == {"author": 2, "character": None, "epistemic": None}
    assert unspoken("plan", "a.story", "--author-limit", 3).code == 0


def test_a_goal_nobody_can_reach(unspoken: Unspoken) -> None:
    said = unspoken("plan", "letter.story", "--goal", 7, "--author-limit", 4)
    assert said.code == 1
    assert "impossible: everything was tried" in said.err
    assert "does not reach 7 within author limit 4" in said.err
    data = json.loads(
        unspoken("plan", "letter.story", "--goal", 7, "--author-limit", 4, "--json").out
    )
    assert data["outcome"] == "impossible"


@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("--author-limit", 0, "at least one act"),
        ("--author-limit", -1, "at least one act"),
        ("--character-limit", 0, "at least one act ahead"),
        ("--epistemic-limit", -1, "cannot be less deep"),
        ("--seconds", 0, "time must pass"),
        ("--goal", "nan", "a goal is a number"),
    ],
)
def test_limits_that_nothing_can_keep(
    unspoken: Unspoken, option: str, value: object, reason: str
) -> None:
    said = unspoken("plan", "letter.story", option, value)
    assert said.code == 2
    assert f"{option} cannot be" in said.err
    assert reason in said.err


def test_not_even_a_number(unspoken: Unspoken) -> None:
    said = unspoken("plan", "letter.story", "--author-limit", "many")
    assert said.code == 2
    assert "many" in said.err


def test_limits_beyond_everything(unspoken: Unspoken) -> None:
    endless = ["--author-limit", 10**30, "--character-limit", 10**30, "--seconds", "1e300"]
    assert unspoken("plan", "letter.story", *endless).out.splitlines() == SHORTEST


def test_stopped_in_time_with_the_best_so_far(unspoken: Unspoken) -> None:
    Path("endless.story").write_text(ENDLESS, encoding="utf-8")
    said = unspoken("plan", "endless.story", "--goal", 2, "--seconds", 0.3)
    assert said.code == 1
    assert said.out == "// not what was wanted, only the best that was met\nfind(Ada)\n"
    assert said.err.startswith("stopped: ")
    assert "the best that was met is short of that" in said.err
    Path("short.plan").write_text(said.out, encoding="utf-8")
    assert unspoken("replay", "endless.story", "short.plan").code == 0  # the heading is a comment


@on_terminals
def test_ctrl_c_gives_the_best_so_far(folder: Path) -> None:
    """Pressed when a search is shown to go on."""
    (folder / "endless.story").write_text(ENDLESS, encoding="utf-8")
    ours, theirs = os.openpty()
    words = ["plan", "endless.story", "--goal", "2"]
    with beside(folder, *words, "--json", stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        err = read_until(ours, b"situations looked at")
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=120)
    os.close(ours)
    data = json.loads(out)
    assert process.returncode == 1
    assert data["outcome"] == "stopped"
    assert data["plan"] == ["find(Ada)"]
    assert b"Traceback" not in err


@on_terminals
def test_progress_on_a_terminal_only(folder: Path) -> None:
    (folder / "endless.story").write_text(ENDLESS, encoding="utf-8")
    ours, theirs = os.openpty()
    words = ["plan", "endless.story", "--goal", "2", "--seconds", "1.6"]
    for more, shown in (([], True), (["--quiet"], False)):
        subprocess.run(
            [sys.executable, "-m", "unspoken", *words, *more],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=theirs,
            check=False,
        )
        said = os.read(ours, 1 << 20)
        assert (b"situations looked at" in said) == shown


def test_off_a_terminal_a_long_search_says_once_that_it_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By a clock of the test's own; one that counts things says nothing."""
    from unspoken.faces.cli import progress

    now = [0.0]
    monkeypatch.setattr(progress, "LONG", 10.0)
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    figures = {"depth": 1, "states": 1, "count": 1}
    for one, said in (
        (progress.Progress("planning"), ["still planning: `--seconds N` ends it"]),
        (progress.Progress("planning", quiet=True), []),
        (progress.Counting("answering", 9), []),
    ):
        now[0] = 0.0
        with one:
            for now[0] in (9.0, 10.0, 11.0, 99.0):
                one.update(figures)
                assert now[0] > 9 or capsys.readouterr().err == ""
        lines = capsys.readouterr()
        assert [line.partition(" after")[0] for line in lines.err.splitlines()] == said
        assert lines.out == ""


def test_the_chronicle_beside_the_plan(unspoken: Unspoken) -> None:
    assert unspoken("plan", "letter.story", "--chronicle", "a.json").code == 0
    assert json.loads(Path("a.json").read_text(encoding="utf-8"))["world"] == "letter"


@pytest.mark.parametrize("option", ["--output", "--chronicle"])
def test_where_nothing_can_be_written(unspoken: Unspoken, option: str) -> None:
    said = unspoken("plan", "letter.story", option, "nowhere/a")
    assert said.code == 2
    assert "`nowhere/a` cannot be written" in said.err


def test_a_world_with_mistakes(unspoken: Unspoken) -> None:
    Path("a.story").write_text(LETTER.replace("loves(who : ch", "loves(who : cg"), "utf-8")
    said = unspoken("plan", "a.story")
    assert said.code == 1
    assert "a.story:3:" in said.err


@pytest.mark.parametrize(
    "words",
    [
        "plan letter.story --output letter.story",
        "plan letter.story --chronicle letter.story",
        "bridge letter.story between.scenes --save between.scenes",
        "bridge letter.story between.scenes --save letter.story",
        "tell told.json --save told.json",
    ],
)
def test_what_a_command_reads_is_never_written_over(unspoken: Unspoken, words: str) -> None:
    Path("between.scenes").write_text('scene "A": together();\n', encoding="utf-8")
    assert unspoken("tell", "letter.story", "--save", "told.json").code == 0
    before = {path: path.read_bytes() for path in Path().iterdir() if path.is_file()}
    said = unspoken(*words.split())
    assert said.code == 2
    assert f"`{words.split()[-1]}` is not written over" in said.err
    assert {path: path.read_bytes() for path in Path().iterdir() if path.is_file()} == before


@pytest.mark.parametrize("form", [[], ["--explain"], ["--why", "*"], ["--why", "confess"]])
def test_a_plan_may_be_written_over(unspoken: Unspoken, form: list[str]) -> None:
    for _ in range(2):
        assert unspoken("plan", "letter.story", *form, "--output", "a.plan").code == 0
    assert unspoken("plan", "letter.story", "--chronicle", "a.plan").code == 0
    assert unspoken("plan", "letter.story", "--output", "a.plan").code == 0
