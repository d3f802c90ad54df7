"""What every command has in common: help, versions, exit codes, no traceback ever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import unspoken as package
from tests.faces.conftest import Unspoken
from unspoken.faces.cli import main

README = Path(__file__).parent.parent.parent / "README.md"
PROGRAM = [sys.executable, "-m", "unspoken"]


def test_version(unspoken: Unspoken) -> None:
    said = unspoken("--version")
    assert (said.code, said.out, said.err) == (0, f"{package.__version__}\n", "")


def test_the_version_loads_next_to_nothing() -> None:
    """So that it is there at once (how soon, `python -m benchmarks --tasks cold_start` says)."""
    code = (
        "import sys; from unspoken.faces.cli.main import run; run(['--version']);"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in"
        " ('cyclopts', 'rich', 'json') or m.startswith('unspoken.')))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = said.stdout.splitlines()[-1]
    assert loaded == "['unspoken.faces', 'unspoken.faces.cli', 'unspoken.faces.cli.main']"


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"]])
def test_help_names_every_command_and_what_it_does(unspoken: Unspoken, words: list[str]) -> None:
    said = unspoken(*words)
    assert said.code == 0
    for name in main.COMMANDS:
        line = next(line for line in said.out.splitlines() if line.startswith(f"│ {name} "))
        assert len(line.strip("│ ").split()) > 3, f"{name} says what it does"


@pytest.mark.parametrize("name", main.COMMANDS)
def test_every_command_teaches(unspoken: Unspoken, name: str) -> None:
    said = unspoken(name, "--help")
    assert said.code == 0
    assert "For example:" in said.out
    assert f"unspoken {name}" in said.out


@pytest.mark.parametrize("name", main.COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"unspoken {name}" in README.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [n for n in main.COMMANDS if n != "completion"])
def test_every_command_has_json_and_quiet(unspoken: Unspoken, name: str) -> None:
    said = unspoken(name, "--help")
    assert "--json" in said.out
    assert "--quiet" in said.out


@pytest.mark.parametrize(
    "words",
    [["tel"], ["check", "--jsn", "letter.story"], ["plan"], ["new"], ["check"], ["new", "a", "b"]],
)
def test_usage_errors_are_2(unspoken: Unspoken, words: list[str]) -> None:
    said = unspoken(*words)
    assert said.code == 2
    assert said.err
    assert not said.out


def test_did_you_mean_a_command(unspoken: Unspoken) -> None:
    assert 'Did you mean "check"?' in unspoken("chek", "letter.story").err


def test_a_mistake_of_our_own_is_no_traceback(
    unspoken: Unspoken, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the sky fell")

    monkeypatch.setattr("unspoken.language.parse", broken)
    assert main.run(["check", "letter.story"]) == main.OURS
    said = capsys.readouterr().err
    assert "RuntimeError: the sky fell" in said
    assert "Traceback" not in said


def test_a_closed_pipe_is_no_mistake(folder: Path) -> None:
    """``| head`` closes the pipe before all is said."""
    program = " ".join(PROGRAM)
    (folder / "bad.story").write_text("nonsense;\n" * 5000, encoding="utf-8")
    said = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{program} check --json bad.story | head -1"],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )
    assert said.stdout == "{\n"
    assert said.stderr == ""
    assert said.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk here")
def test_a_full_disk(folder: Path) -> None:
    with open("/dev/full", "w") as full:
        said = subprocess.run(
            [*PROGRAM, "check", "letter.story"],
            cwd=folder,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert said.returncode == 2
    assert said.stderr.startswith("error: the result cannot be written: no space left on device")
    assert "Traceback" not in said.stderr


def test_nowhere_to_write(folder: Path) -> None:
    said = subprocess.run(
        ["bash", "-c", f"{' '.join(PROGRAM)} tell letter.story >&-"],
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert (said.returncode, said.stderr) == (0, "")


def test_interrupted(unspoken: Unspoken, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("unspoken.language.parse", interrupted)
    said = unspoken("check", "letter.story")
    assert said.code == main.INTERRUPTED
    assert said.err == "\nstopped\n"


def test_no_colour_where_nobody_sees_it(unspoken: Unspoken) -> None:
    Path("bad.story").write_text("type a : b c;\n", encoding="utf-8")
    said = unspoken("check", "bad.story")
    assert said.code == 1
    assert "\x1b" not in said.out + said.err


def test_a_terminal_that_cannot_show_it(folder: Path) -> None:
    in_encoding = {
        encoding: subprocess.run(
            [*PROGRAM, "tell"],
            cwd=folder,
            env={**os.environ, "PYTHONIOENCODING": encoding},
            capture_output=True,
            check=True,
        ).stdout.decode(encoding)
        for encoding in ("utf-8", "ascii")
    }
    assert not in_encoding["utf-8"].isascii()
    assert in_encoding["ascii"] == in_encoding["utf-8"].encode("ascii", "replace").decode()


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals here")
@pytest.mark.parametrize(("no_colour", "coloured"), [("", True), ("1", False)])
def test_colour_on_a_terminal_unless_unwanted(folder: Path, no_colour: str, coloured: bool) -> None:
    (folder / "bad.story").write_text("type a : b c;\n", encoding="utf-8")
    ours, theirs = os.openpty()
    subprocess.run(
        [*PROGRAM, "check", "bad.story"],
        cwd=folder,
        stdout=theirs,
        env={**os.environ, "NO_COLOR": no_colour, "TERM": "xterm"},
        check=False,
    )
    os.close(theirs)
    said = os.read(ours, 65536)
    os.close(ours)
    assert (b"\x1b[" in said) == coloured
