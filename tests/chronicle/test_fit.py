"""Whether a chronicle is of a world: its own, and what no longer fits when the world changes."""

from __future__ import annotations

import subprocess
import sys

import pytest

import unspoken
from unspoken.chronicle import Chronicle
from unspoken.chronicle.fit import foreign

LAMP = """\
unspoken 1;
entity Ann : character;
entity Ben : character;
type place;
entity Hall : place;
property lit(place : place) : boolean;
property warm(place : place) : boolean;
property glad() : boolean;
action light(c : character, place : place) {
  precondition: !lit(place);
  effect: lit(place);
  consenting: c;
};
trigger warms(place : place) { precondition: lit(place) & !warm(place); effect: warm(place); };
utility(): lit(Hall) & warm(Hall);
utility(Ann): lit(Hall) & warm(Hall);
"""


@pytest.fixture(scope="module")
def chronicle() -> Chronicle:
    return unspoken.parse(LAMP, "lamp").plan().chronicle


def test_it_is_of_its_own_world(chronicle: Chronicle) -> None:
    assert foreign(chronicle, unspoken.parse(LAMP).ground) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Ben", "Eve", "it is about Ann, Ben"),
        ("light", "kindle", "act `light(Ann, Hall)`, which the world does not have"),
        ("warms", "heats", "trigger `warms`, which the world does not have"),
        ("Hall", "Loft", "entity `Hall`, which the world does not have"),
        ("glad", "merry", "property `glad`, which the world does not have"),
        (
            "precondition: !lit",
            "precondition: lit",
            "act `light(Ann, Hall)`, which is never possible there",
        ),
    ],
)
def test_what_the_world_lacks_is_named(chronicle: Chronicle, old: str, new: str, said: str) -> None:
    assert old in LAMP
    found = foreign(chronicle, unspoken.parse(LAMP.replace(old, new)).ground)
    assert found is not None
    assert found.removeprefix("it tells of the ") == said


def test_the_same_thing_is_named_whatever_the_hashes() -> None:
    script = (
        "import unspoken; from unspoken.chronicle.fit import foreign\n"
        f"lamp = {LAMP!r}\n"
        "other = lamp.replace('glad', 'merry').replace('warm(', 'mild(').replace('lit(', 'lamp(')\n"
        "chronicle = unspoken.parse(lamp).plan().chronicle\n"
        "print(foreign(chronicle, unspoken.parse(other).ground))\n"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(4)
    ]
    assert said == ["it tells of the property `lit`, which the world does not have\n"] * 4
