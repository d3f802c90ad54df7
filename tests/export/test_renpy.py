"""Ren'Py: no engine can be had from a package index, so the part of its language that is written
is read here by its published rules (renpy.org/doc/html: Language Basics, Text), strictly: whatever
else there is is a fault. One whole script is kept, to be looked at (``UNSPOKEN_BLESS=1``). Where
the engine is installed (Debian has it), it reads one, too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct, field
from msgspec.structs import replace

from tests.export.editions import MARKS, PIECES, STORIES, edition, edition_of, texts
from unspoken.export import render
from unspoken.export.scenes import parts
from unspoken.export.texts import clean

KEPT = Path(__file__).parent / "expected" / "letter.rpy"

STRING = r'"((?:[^"\\\n]|\\.)*)"'
LINES = {
    "define": r"define (\w+) = Character\(None\)",
    "label": r"label (\w+):",
    "say": rf"    (?:(\w+) )?{STRING}(?:  \# ([A-Z]+))?",
    "jump": r"    jump (\w+)",
    "return": r"    return",
    "menu": r"    menu:",
    "question": rf"        {STRING}",
    "choice": rf"        {STRING}:",
    "chosen": r"            (?:jump (\w+)|return)",
}


class Label(Struct):
    said: list[tuple[str, str]] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    ends: bool = False


def shown(string: str) -> str:
    """What a player sees of a string: escapes read, nothing interpolated, styles left out."""
    text = re.sub(r"[ \n\u00a0]+", " ", string)
    text = re.sub(
        r"\\(u([0-9a-f]{1,4})|.)",
        lambda found: chr(int(found[2], 16)) if found[2] else {"n": "\n"}.get(found[1], found[1]),
        text,
    )
    tokens = re.findall(r"\[\[|\{\{|%%|【【|\{/?[ib]\}|[^\[{%【]|.", text)
    for token in tokens:
        assert token not in ("[", "{", "%", "【"), f"{token} would mean something in {string}"
    return "".join("" if re.fullmatch(r"\{/?[ib]\}", token) else token[:1] for token in tokens)


def read(data: bytes) -> dict[str, Label]:
    """Labels in order. Indentation, names and the end of every label are as they must be."""
    labels: dict[str, Label] = {}
    defined: set[str] = set()
    here, before = Label(), ""
    for line in data.decode().split("\n"):
        if not line or line.startswith("#"):
            continue
        fitting = [kind for kind, form in LINES.items() if re.fullmatch(form, line)]
        assert len(fitting) == 1, line
        (kind,) = fitting
        found = re.fullmatch(LINES[kind], line)
        assert found is not None
        match kind:
            case "define":
                defined.add(found[1])
            case "label":
                assert before in ("", "define", "jump", "return", "chosen"), "it would fall through"
                assert found[1] not in labels
                here = labels[found[1]] = Label()
            case "say":
                assert found[1] is None or found[1] in defined
                here.said.append((found[1] or "", shown(found[2])))
            case "jump":
                here.leads.append(found[1])
            case "return":
                here.ends = True
            case "question":
                assert before == "menu"
            case "choice":
                assert before in ("menu", "question", "chosen")
                here.choices.append(shown(found[1]))
            case "chosen":
                assert before == "choice"
                here.leads.append(found[1] or "return")
        before = kind
    assert before in ("jump", "return", "chosen")
    leads = {to for label in labels.values() for to in label.leads} - {"return"}
    assert leads <= set(labels)
    assert set(labels) - leads == {"start"}
    return labels


@given(st.lists(texts, min_size=1, max_size=4), texts)
def test_any_text_comes_back(said: list[str], title: str) -> None:
    labels = read(render(edition_of(said, title=title, note=said[0]), "renpy"))
    assert [text for _, text in labels["start"].said] == [title, said[0]]
    found = [text for name, label in labels.items() if "ada" in name for _, text in label.said]
    assert found == said


@pytest.mark.parametrize("name", STORIES)
def test_shipped_stories(name: str) -> None:
    here = edition(name)
    labels = read(render(here, "renpy"))
    for part in parts(here):
        label = labels[f"unspoken_{part.name}"]
        lines = [line for paragraph in part.paragraphs for line in paragraph.lines]
        assert [text for _, text in label.said] == [line.text for line in lines]
        assert [who for who, _ in label.said] == [
            f"through_{(line.mind or '').lower()}" for line in lines
        ]
    assert labels["unspoken_eyes"].choices == [
        *(reading.label for reading in here.eyes),
        "About this story",
    ]


def test_thoughts_are_in_italics() -> None:
    assert b'"{i}Can you hear me?{/i} Tara thought."' in render(edition(), "renpy")


def test_the_engine_itself(tmp_path: Path) -> None:
    """It parses the script and would show every text as it is. (``【`` doubled is one from 8.1.)"""
    engine = shutil.which("renpy", path=f"{os.environ['PATH']}{os.pathsep}/usr/games")
    if engine is None:
        pytest.skip("the engine, Ren'Py, is not installed")
    said = ["".join(PIECES[place : place + 3]) for place in range(0, len(PIECES), 3)]
    said = [
        clean(text)
        for text in [*said, *MARKS, MARKS.replace("【", "")]
        if "【" not in text and clean(text)
    ]
    (tmp_path / "game").mkdir()
    shutil.copy(Path(__file__).parent / "players" / "said.rpy", tmp_path / "game")
    script = render(edition_of(said, title=said[0], note=said[1]), "renpy")
    (tmp_path / "game" / "script.rpy").write_bytes(script)
    silent = {**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    subprocess.run([engine, tmp_path, "lint"], env=silent, capture_output=True, check=False)
    shown = json.loads((tmp_path / "said.json").read_text(encoding="utf-8"))
    assert shown == [said[0], said[1], *said]


def test_a_script_to_be_looked_at() -> None:
    here = edition_of(["Ada [knocked] {twice}.", "100% sure.", "Stop."], title="The Letter")
    second = replace(here.readings[0], key="ben", label="Ben", mind="Ben")
    here = replace(here, readings=(*here.readings, second))
    data = render(here, "renpy")
    if os.environ.get("UNSPOKEN_BLESS"):
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_bytes(data)
    read(data)
    assert data == KEPT.read_bytes()
