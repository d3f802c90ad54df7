"""Demands: what an author writes, what the engine gets, and what is said of nonsense."""

from __future__ import annotations

import pytest

from tests.planning.worlds import GATE, grounded
from unspoken.engine import GroundWorld
from unspoken.language import Diagnostic, DiagnosticError, render
from unspoken.planning import Demands, Keep, Scene
from unspoken.planning.demands import matching, numbered

DOORS = """
type place;
entity Ann : character;
entity Ben : character;
entity Hall : place;
entity Yard : place;
property at(c : character) : place;
property bell() : boolean;
property level() : number;
at(Ann) = Hall;
at(Ben) = Hall;
action walk(c : character, to : place) {
    precondition: at(c) != to; effect: at(c) = to; consenting: c;
};
action lift(n : boolean) { effect: bell() = n; };
action ring() { effect: bell(); };
action crash() { precondition: level() > 3; effect: bell(); };
"""


@pytest.fixture(scope="module")
def doors() -> GroundWorld:
    return grounded(DOORS)


@pytest.mark.parametrize(
    ("pattern", "acts"),
    [
        ("ring", "ring()"),
        ("ring()", "ring()"),
        (" ring ( ) ", "ring()"),
        ("walk(Ann, Yard)", "walk(Ann, Yard)"),
        ("walk(Ann,*)", "walk(Ann, Hall) walk(Ann, Yard)"),
        ("walk(*, Yard)", "walk(Ann, Yard) walk(Ben, Yard)"),
        ("walk(*, *)", "walk(Ann, Hall) walk(Ann, Yard) walk(Ben, Hall) walk(Ben, Yard)"),
        ("walk", "walk(Ann, Hall) walk(Ann, Yard) walk(Ben, Hall) walk(Ben, Yard)"),
        ("lift(True)", "lift(True)"),
    ],
)
def test_patterns(doors: GroundWorld, pattern: str, acts: str) -> None:
    found = matching(doors, pattern, "must")
    assert not isinstance(found, Diagnostic), str(found)
    assert " ".join(map(str, found)) == acts


@pytest.mark.parametrize(
    ("pattern", "picture"),
    [
        (
            "wallk(Ann, *)",
            """\
error: no action is called `wallk`
  ┌─ must:1:1
  │
1 │ wallk(Ann, *)
  │ ^^^^^ not declared in this world
  │
  = help: did you mean `walk`?
""",
        ),
        (
            "walk(Anne, *)",
            """\
error: `walk` can never have `Anne` here
  ┌─ must:1:6
  │
1 │ walk(Anne, *)
  │      ^^^^ in no act that can happen
  │
  = help: did you mean `Ann`?
""",
        ),
        (
            "walk(Ann,  Ben )",
            """\
error: `walk` can never have `Ben` here
  ┌─ must:1:12
  │
1 │ walk(Ann,  Ben )
  │            ^^^ in no act that can happen
  │
  = help: here can stand `Hall` and `Yard`, or `*` for any
""",
        ),
        (
            "walk(Ann)",
            """\
error: `walk` is given 1 and has 2 arguments
  ┌─ must:1:1
  │
1 │ walk(Ann)
  │ ^^^^ `walk(*, *)` is any of that name
  │
  = help: write `walk` alone for every act of that name, or `*` for what may be anything
""",
        ),
        (
            "crash",
            """\
error: `crash` fits nothing that can ever happen in this world
  ┌─ must:1:1
  │
1 │ crash
  │ ^^^^^ no such act
  │
  = help: acts whose precondition no course of events can fulfil do not count
""",
        ),
        (
            "walk Ann",
            """\
error: `walk Ann` does not say which acts are meant
  ┌─ must:1:1
  │
1 │ walk Ann
  │ ^^^^^^^^ not an act
  │
  = help: write `NAME(ARGUMENT, ...)`, with `*` for any argument, or `NAME` alone
""",
        ),
    ],
)
def test_patterns_that_mean_nothing(doors: GroundWorld, pattern: str, picture: str) -> None:
    found = matching(doors, pattern, "must")
    assert isinstance(found, Diagnostic)
    assert render(found) == picture


def test_in_numbers() -> None:
    gate = grounded(GATE)
    numbers = {str(event): event.number for event in gate.events}
    demands = Demands(
        scenes=(Scene("paid() & !there()"), Scene("open", is_event=True)),
        must=("pay()",),
        never=("thaw", "sing"),
        through=("believes(Ben, there())",),
        keep=(Keep("!out()", after=1),),
    )
    raw = numbered(gate, demands)
    assert [kind for kind, _ in raw["scenes"]] == ["pass", "act"]
    assert raw["scenes"][1] == ("act", [numbers["open()"]])
    assert raw["musts"][0] == ("act", [numbers["pay()"]])
    assert [kind for kind, _ in raw["musts"]] == ["act", "pass"]
    assert raw["never"] == sorted([numbers["thaw()"], numbers["sing()"]])
    assert [after for after, _ in raw["keep"]] == [1]
    assert demands
    assert not Demands()
    assert str(demands) == (
        "scene 1 paid() & !there(); scene 2 open; must pay(); never thaw; never sing; "
        "through believes(Ben, there()); keep after scene 1 !out()"
    )


def test_everything_wrong_is_said_at_once() -> None:
    demands = Demands(
        scenes=(Scene("at(Ann)"),),
        must=("reech",),
        through=("believes(Bet, open())", "open() & "),
        keep=(Keep("2"),),
    )
    with pytest.raises(DiagnosticError) as raised:
        numbered(grounded(GATE), demands)
    places = [(one.code, str(one.span)) for one in raised.value.diagnostics]
    assert places == [
        ("unknown-property", "scene 1:1:1"),
        ("no-such-action", "must:1:1"),
        ("unknown-name", "through:1:10"),
        ("expected-value", "through:1:9"),
        ("not-boolean", "keep:1:1"),
    ]
