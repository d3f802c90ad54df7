"""Scenes that stand, as a writer puts them down: what they mean, and what is wrong with them."""

from __future__ import annotations

import pytest

from unspoken.language import Diagnostic, parse, parse_condition
from unspoken.language.scenes import Script, add_to, read_alternatives, read_items, read_scenes
from unspoken.model import Storyworld

WORLD = """
unspoken 1;
entity Ann : character; entity Ben : character; entity Cat : character;
entity Hall : place; entity Yard : place;
property at(who : character) : place;
property open() : boolean;
property loves(who : character, whom : character) : boolean;
at(Ann) = Hall;
action open() { effect: open(); consenting: Ann; };
action go(who : character, to : place) { effect: at(who) = to; consenting: who; };
"""


@pytest.fixture(scope="module")
def world() -> Storyworld:
    model, diagnostics = parse(WORLD)
    assert model is not None, diagnostics
    return model


def read(text: str, world: Storyworld) -> Script:
    script, diagnostics = read_scenes(text, world)
    assert script is not None, [str(one) for one in diagnostics]
    return script


def faults(text: str, world: Storyworld) -> list[tuple[str, str]]:
    """Codes, and the text that each points at."""
    script, diagnostics = read_scenes(text, world)
    assert script is None
    return [(one.code, marked(one)) for one in diagnostics]


def marked(one: Diagnostic) -> str:
    assert one.span is not None
    return one.span.source.text[one.span.start : one.span.end]


def test_a_file_of_scenes(world: Storyworld) -> None:
    script = read(
        """
        // Between the two.
        scene "In the hall": at(Ann) == Hall, loves(Ann, Ben) & !open();
        keep: !loves(Ben, Ann);
        scene "Later": go(Ben, *), happens open(), at(Ann) == Yard | open();
        keep after "Later": at(Ben) != Hall;
        with: Ben, Ann, Ben;  never: go(Cat, *), open;
        given: loves(Ann, Ben), at(Ben) = Yard;
        within: 7;  candidates: 2
        """,
        world,
    )
    assert [scene.title for scene in script.scenes] == ["In the hall", "Later"]
    facts, later = (scene.items for scene in script.scenes)
    assert [item.formula for item in facts] == ["at(Ann) == Hall", "loves(Ann, Ben)", "!open()"]
    assert [item.pattern for item in later] == ["go(Ben, *)", "open()", None]
    assert [(keep.item.text, keep.since) for keep in script.keep] == [
        ("!loves(Ben, Ann)", 1),
        ("at(Ben) != Hall", 2),
    ]
    assert script.cast == ("Ben", "Ann")
    assert script.never == ("go(Cat, *)", "open")
    assert len(script.given) == 2
    assert (script.within, script.candidates) == (7, 2)


def test_a_name_that_is_a_property_and_an_action_is_a_fact_unless_it_happens(
    world: Storyworld,
) -> None:
    items, _ = read_items("open(), happens open()", world)
    assert items is not None
    assert [(item.formula, item.pattern) for item in items] == [("open()", None), (None, "open()")]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("open() & at(Ann) == Hall & !open()", ["open()", "at(Ann) == Hall", "!open()"]),
        ("(open() & !open())", ["(open() & !open())"]),
        ("open() & open() | !open()", ["open() & open() | !open()"]),
        (
            "open() & forall(x : character) open() & at(x) == Hall",
            ["open() & forall(x : character) open() & at(x) == Hall"],
        ),
        ("if(open()) open() & open()", ["if(open()) open() & open()"]),
    ],
)
def test_facts_joined_by_and_are_facts_of_their_own(
    world: Storyworld, text: str, facts: list[str]
) -> None:
    (scene,) = read(f"scene: {text};", world).scenes
    assert [item.formula for item in scene.items] == facts
    together, _ = read_items(text, world)
    assert together is not None
    assert len(together) == 1, "what was observed together stays together"


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("knows(Ann, open())", "(open()) & believes(Ann, (open()))"),
        ("mistaken(Ann, open())", "!(open()) & believes(Ann, (open()))"),
        (
            "nobody_knows(open())",
            "(open()) & forall(anybody : character) believes(anybody, !(open()))",
        ),
        (
            "knows_only(Ann, open())",
            "(open()) & forall(anybody : character) (if(anybody == Ann) "
            "believes(anybody, (open())) else believes(anybody, !(open())))",
        ),
        (
            "knows(Ann, believes(Ben, at(Ann) == Hall | open()))",
            "(believes(Ben, at(Ann) == Hall | open())) & "
            "believes(Ann, (believes(Ben, at(Ann) == Hall | open())))",
        ),
    ],
)
def test_short_forms(world: Storyworld, short: str, full: str) -> None:
    items, _ = read_items(short, world)
    assert items is not None
    assert (items[0].text, items[0].formula) == (short, full)
    assert parse_condition(full, world)[0] == items[0].expression


def test_a_property_of_that_name_comes_before_the_short_form() -> None:
    model, _ = parse(WORLD + "property knows(who : character, what : boolean) : boolean;")
    assert model is not None
    items, _ = read_items("knows(Ann, True)", model)
    assert items is not None
    assert items[0].formula == "knows(Ann, True)"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("scene: opn();", [("unknown-property", "opn")]),
        ("scene: at(Ann) = Hall;", [("assignment-in-condition", "=")]),
        ("scene: at(Ann) == Hal;", [("unknown-name", "Hal")]),
        ("scene: open();; keep: go(Ann, Hall)", [("act-for-fact", "go(Ann, Hall)")]),
        ('scene "A": open(); keep after "B": open();', [("no-such-scene", '"B"')]),
        ("scen: open();", [("unknown-key", "scen")]),
        ("scene: ;", [("expected", "")]),
        ("scene: open(),, open();", [("expected", "")]),
        ("scene open();", [("expected", "")]),
        ("with: Dora;", [("unknown-entity", "Dora")]),
        ("with: Ann Ben;", [("wrong-item", "Ann Ben")]),
        ("within: 0;", [("wrong-item", "0")]),
        ("within: soon;", [("wrong-item", "soon")]),
        ("scene: knows(Dora, open());", [("unknown-entity", "Dora")]),
        ("scene: knows(open());", [("expected", "open")]),
        ("scene: knows(Ann, );", [("expected", "")]),
        ("scene: knows(Ann, opn());", [("unknown-property", "opn")]),
        ("given: loves(Ann, Hall);", [("wrong-argument", "Hall")]),
        ("scene: open()\nkeep: open();", [("missing-semicolon", "")]),
        ("scene: (open();", [("unclosed-bracket", "")]),
    ],
)
def test_what_is_wrong_is_said_where_it_is(
    world: Storyworld, text: str, found: list[tuple[str, str]]
) -> None:
    assert faults(text, world) == found


def test_several_faults_in_one_run(world: Storyworld) -> None:
    text = "scene: opn();\nkeep: go(Ann, Hall);\nwith: Dora;"
    assert [code for code, _ in faults(text, world)] == [
        "unknown-property",
        "act-for-fact",
        "unknown-entity",
    ]


def test_options_come_on_top_of_a_file(world: Storyworld) -> None:
    script = read('scene "A": open(); with: Ann; within: 3;', world)
    more, diagnostics = add_to(
        script,
        world,
        scenes=["at(Ann) == Yard, go"],
        keep=["open()"],
        never=["go(Cat, *)"],
        given=["at(Ben) = Hall"],
        cast=["Ben", "Ann"],
        within=9,
    )
    assert more is not None, diagnostics
    assert [scene.title for scene in more.scenes] == ["A", "scene 2"]
    assert [keep.since for keep in more.keep] == [1]
    assert more.cast == ("Ann", "Ben")
    assert (more.within, more.candidates, len(more.given)) == (9, None, 1)
    none, diagnostics = add_to(script, world, scenes=["opn()"], keep=["go"], cast=["Dora"])
    assert none is None
    assert [(one.code, one.span and one.span.source.name) for one in diagnostics] == [
        ("unknown-property", "scene 2"),
        ("act-for-fact", "keep"),
        ("unknown-entity", "with"),
    ]


def test_alternatives(world: Storyworld) -> None:
    found, _ = read_alternatives("at(Ben) == Hall | believes(Ann, open() & loves(Ann, Ben))", world)
    assert found is not None
    assert [text for text, _ in found] == [
        "at(Ben) == Hall",
        "believes(Ann, open() & loves(Ann, Ben))",
    ]
    none, diagnostics = read_alternatives("open() | opn() | at(Ben) > Hall", world)
    assert none is None
    assert [one.code for one in diagnostics] == ["unknown-property", "not-an-effect"]
