"""``unspoken new``: what it writes is a world, and it never writes over one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.faces.conftest import Unspoken
from unspoken.faces.cli.new import DEFAULT, ending, templates
from unspoken.sources import find


def test_the_beginners_world_is_about_ten_lines(unspoken: Unspoken) -> None:
    said = unspoken("new", "mine")
    assert said.code == 0
    assert "Next: unspoken tell mine.story" in said.out
    lines = Path("mine.story").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 12
    assert all(len(line) <= 120 for line in lines)


@pytest.mark.parametrize("template", templates())
def test_every_template_is_without_mistakes(unspoken: Unspoken, template: str) -> None:
    file = f"mine{ending(template)}"
    assert unspoken("new", file, "-t", template, "--quiet").out == ""
    said = unspoken("check", file)
    assert (said.code, said.out.partition(" (")[0][:15]) == (0, "nothing to mend"), said.out


def test_a_ledger_is_called_one(unspoken: Unspoken) -> None:
    said = unspoken("new", "novel", "--template", "ledger")
    assert said.out == "novel.ledger is yours. Next: unspoken check novel.ledger\n"


def test_not_through_a_dangling_link_either(unspoken: Unspoken) -> None:
    Path("mine.story").symlink_to("elsewhere.story")
    assert unspoken("new", "mine").code == 2
    assert not Path("elsewhere.story").exists()


def test_an_unknown_template(unspoken: Unspoken) -> None:
    said = unspoken("new", "mine", "--template", "leter")
    assert said.code == 2
    assert "did you mean `letter`?" in said.err
    assert not Path("mine.story").exists()


def test_a_folder_that_is_not_there(unspoken: Unspoken) -> None:
    said = unspoken("new", "nowhere/mine")
    assert said.code == 2
    assert "`nowhere/mine.story` cannot be written: no such file or directory" in said.err


def test_json(unspoken: Unspoken) -> None:
    assert json.loads(unspoken("new", "mine", "--json").out) == {
        "file": "mine.story",
        "template": DEFAULT,
    }


@pytest.mark.parametrize("template", [name for name in templates() if ending(name) == ".story"])
def test_every_template_becomes_a_story(unspoken: Unspoken, template: str) -> None:
    unspoken("new", "mine", "-t", template)
    words = ["tell", "mine.story"]
    if template == "prize_marmalade":  # long; tests/stories has the whole of this very text
        assert Path("mine.story").read_text(encoding="utf-8") == find(template).text
        unspoken("run", "mine.story", "--turns", 3, "--save", "mine.json")
        words = ["tell", "mine.json"]
    said = unspoken(*words)
    assert said.code == 0, said.err
    assert said.out
