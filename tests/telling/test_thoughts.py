"""When a thought of the author's comes up: once nothing keeps the mind from it any more."""

from __future__ import annotations

import pytest

from unspoken.chronicle import Fact
from unspoken.language import parse
from unspoken.telling.beats import beats
from unspoken.telling.setting import Setting
from unspoken.telling.view import Item, LocalId, View

WORLD = """
unspoken 1;
type thing;
entity Ann : character;
entity Bowl : thing;
entity Cup : thing;
property broken(t : thing) : boolean;
property home(c : character) : boolean;

thought ruin(me : character) {
  that: %s;
  plain: "There [be] nothing left to drink from";
};
"""
FACTS = {
    "bowl": Fact("broken", ("Bowl",)),
    "cup": Fact("broken", ("Cup",)),
    "home": Fact("home", ("Ann",)),
}


def comes_up(when: str, *changes: str) -> list[int]:
    """After which changes (*cup*: it is so; *-cup*: it is not) Ann has the thought anew."""
    world, diagnostics = parse(WORLD % when)
    assert world is not None, diagnostics
    beginning = {("Ann",): dict.fromkeys(FACTS.values(), False)}
    items = [
        Item(
            LocalId(i),
            2 * i,
            "believe",
            "saw",
            "Ann",
            minds=("Ann",),
            fact=FACTS[change.removeprefix("-")],
            before=change.startswith("-"),
            after=not change.startswith("-"),
        )
        for i, change in enumerate(changes)
    ]
    told = beats(View("Ann", tuple(items), beginning), Setting(world))
    return [beat.first for beat in told for n in beat.notions if n.thought == 0 and n.fresh]


BOTH = "broken(Bowl) & broken(Cup)"
ALL = "home(me) & forall(t : thing) broken(t)"


@pytest.mark.parametrize(
    ("when", "changes", "at"),
    [
        (BOTH, "bowl cup", [1]),
        (BOTH, "cup bowl", [1]),
        (BOTH, "cup -cup bowl cup", [3]),
        (BOTH, "bowl -bowl cup bowl", [3]),
        (BOTH, "bowl cup -cup cup", [1]),
        (ALL, "home bowl cup", [2]),
        (ALL, "bowl cup home", [2]),
        (ALL, "home bowl -home cup home", [4]),
        ("!broken(Cup)", "cup -cup", [1]),
        ("!broken(Cup) | broken(Bowl)", "bowl", []),
    ],
)
def test_a_thought_comes_when_the_last_thing_against_it_changes(
    when: str, changes: str, at: list[int]
) -> None:
    assert comes_up(when, *changes.split()) == at
