"""Tests that authors write: what they mean, how they are printed, and what is wrong with them."""

from __future__ import annotations

from importlib import resources
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import unspoken
from tests.strategies import conditions, worlds
from unspoken.language import Diagnostic, expression_text, format_text, parse, render_all, to_text
from unspoken.language.story_tests import read_tests
from unspoken.model import (
    Claim,
    EntityTerm,
    EventUse,
    Retelling,
    Saying,
    Share,
    StoryTest,
    Storyworld,
)
from unspoken.model.tests import CLAIMS

WORLD = """
unspoken 1;
entity Ann : character; entity Ben : character; entity Hall : place; entity Yard : place;
property at(who : character) : place;
property open() : boolean;
property loves(who : character, whom : character) : boolean;
at(Ann) = Hall;
action open() { effect: open() & loves(Ann, Ben); consenting: Ann; };
action go(who : character, to : place) { effect: at(who) = to; consenting: who; };
utility(): open();
"""


@pytest.fixture(scope="module")
def world() -> Storyworld:
    model, diagnostics = parse(WORLD)
    assert model is not None, diagnostics
    return model


def read(text: str, world: Storyworld) -> StoryTest:
    """The one test in a file beside the world, and the same in the world itself."""
    tests, diagnostics = read_tests(text, world)
    assert tests is not None, render_all(diagnostics)
    within, diagnostics = parse(WORLD + text)
    assert within is not None, render_all(diagnostics)
    assert within.tests == tests
    (test,) = tests
    return test


def wrong(text: str, world: Storyworld) -> list[tuple[str, str]]:
    """Codes, and the text that each points at; the same in a file of tests as in the world."""
    _, beside = read_tests(text, world)
    _, within = parse(WORLD + text)
    assert [marked(one) for one in within] == [marked(one) for one in beside]
    return [marked(one) for one in beside]


def marked(one: Diagnostic) -> tuple[str, str]:
    assert one.span is not None
    return one.code, one.span.source.text[one.span.start : one.span.end]


def said(item: object) -> str:
    if isinstance(item, EventUse):
        named = ("*" if one is None else getattr(one, "name", "?") for one in item.arguments)
        return f"happens {item.event}({', '.join(named)})"
    return expression_text(item)  # type: ignore[arg-type]


def test_what_a_test_is_over_and_asserts(world: Storyworld) -> None:
    test = read(
        """
        test "Most evenings" {
            over: runs 20;  seed: 5;  rounds: 7;  until: knows(Ben, open());
            given: loves(Ben, Ann), at(Ben) = Yard;
            at_end: open(), believes(Ben, !open());
            never: go(Ben, *), happens open();
            in_order: go, at(Ann) == Yard;
            says Ann: "The Hall";  never_says: "ghost*", "no one";
            blessed: Ann first present, acts;
            in: at least 15;
        };
        """,
        world,
    )
    assert (test.title, test.over, test.runs, test.seed, test.rounds) == (
        *("Most evenings", "run", 20, 5),
        7,
    )
    assert test.until is not None
    assert expression_text(test.until) == "open() & believes(Ben, open())"
    assert [expression_text(one) for one in test.given] == ["loves(Ben, Ann)", "at(Ben) = Yard"]
    assert [(claim.kind, *map(said, claim.items)) for claim in test.claims] == [
        ("at_end", "open()"),
        ("at_end", "believes(Ben, !open())"),
        ("never", "happens go(Ben, *)"),
        ("never", "happens open()"),
        ("in_order", "happens go(*, *)", "at(Ann) == Yard"),
    ]
    assert test.sayings == (
        Saying(True, "Ann", "The Hall"),
        Saying(False, "alternate", "ghost*"),
        Saying(False, "alternate", "no one"),
    )
    assert test.blessed == (Retelling("Ann", "first", "present"), Retelling("acts"))
    assert test.share == Share("least", 15)


def test_what_it_asks_of_plans(world: Storyworld) -> None:
    test = read(
        'test "No other way" { goal: 1; within: 4; demand: go(Ann, Yard), open();'
        " without: go(Ben, *); impossible: happens open(); possible: open(); };",
        world,
    )
    assert (test.over, test.goal, test.within) == ("plan", 1, 4)
    assert list(map(said, test.demand)) == ["happens go(Ann, Yard)", "open()"]
    assert test.without == (EventUse("go", (EntityTerm("Ben"), None)),)
    assert not test.is_about_one_story


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("knows(Ann, open())", "open() & believes(Ann, open())"),
        ("!knows(Ann, open())", "!(open() & believes(Ann, open()))"),
        ("mistaken(Ann, !open())", "!!open() & believes(Ann, !open())"),
        (
            "nobody_knows(open())",
            "open() & forall(anybody : character) believes(anybody, !open())",
        ),
        (
            "knows_only(Ann, open())",
            "open() & forall(anybody : character)"
            " (if(anybody == Ann) believes(anybody, open()) else believes(anybody, !open()))",
        ),
    ],
)
def test_short_for_who_knows(world: Storyworld, short: str, full: str) -> None:
    as_short = read(f'test "x" {{ at_end: {short}; }};', world)
    assert as_short == read(f'test "x" {{ at_end: {full}; }};', world)
    assert format_text(f'test "x" {{ at_end: {short}; }}')[0] == (
        f'test "x" {{ at_end: {short}; }};\n'
    )


def test_a_property_called_knows_wins() -> None:
    text = """
    unspoken 1; entity Ann : character; property knows(who : character, what : character) : boolean;
    action learn(who : character) { effect: knows(who, Ann); };
    test "x" { over: plan; at_end: knows(Ann, Ann); };
    """
    model, diagnostics = parse(text)
    assert model is not None, render_all(diagnostics)
    (claim,) = model.tests[0].claims
    assert said(claim.items[0]) == "knows(Ann, Ann)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("over: runs; at_end: open();", [("wrong-item", "runs")]),
        ("over: rums; at_end: open();", [("unknown-value", "rums")]),
        ("over: runs 0; at_end: open();", [("wrong-item", "runs 0")]),
        ("over: runs 2.5; at_end: open();", [("wrong-item", "runs 2.5")]),
        ("over: run, plan; at_end: open();", [("wrong-item", "run")]),
        ("over: run; in: most; at_end: open();", [("idle-setting", "in")]),
        ("over: runs 3; in: often; at_end: open();", [("wrong-item", "often")]),
        ("over: runs 3; in: at most 3; at_end: open();", [("share-of-runs", "3")]),
        ("over: runs 3; in: at least 4; at_end: open();", [("share-of-runs", "4")]),
        ("over: runs 3; in: at least 0; at_end: open();", [("share-of-runs", "0")]),
        ("over: run; goal: 1; at_end: open();", [("idle-setting", "goal")]),
        ("rounds: 3; at_end: open();", [("idle-setting", "rounds")]),
        ('over: saved "a.json"; within: 3; at_end: open();', [("idle-setting", "within")]),
        ("rounds: 0; over: run; at_end: open();", [("out-of-range", "0")]),
        ("at_end: go(Ann, Yard);", [("act-for-fact", "go(Ann, Yard)")]),
        ("always: happens open();", [("act-for-fact", "happens open()")]),
        ("never: go(Ann);", [("wrong-count", "go")]),
        ("never: go(Yard, *);", [("wrong-argument", "Yard")]),
        ("never: walk(Ann, *);", [("unknown-event", "walk")]),
        ("never: opem();", [("unknown-property", "opem")]),
        ("in_order: open();", [("wrong-item", "open()")]),
        ("at_end: mistaken(Bem, open());", [("unknown-name", "Bem")]),
        ("at_end: mistaken(Ben, opem());", [("unknown-property", "opem")]),
        ("at_end: mistaken(Ben);", [("expected", "")]),
        ("at_end: open()\nnever: !open();", [("missing-semicolon", "")]),
        ("at_all: open();", [("unknown-key", "at_all")]),
        ("at_end: open(); at_end: !open();", [("repeated-key", "at_end")]),
        ("says Bem: 'x';", [("unknown-value", "Bem")]),
        ("blessed: Ann second;", [("unknown-value", "second")]),
        ("blessed: alternate first;", [("wrong-item", "alternate first")]),
        ("blessed: acts first;", [("unknown-value", "first")]),
        ("given: 3; at_end: open();", [("not-an-effect", "3")]),
        ("", [("test-of-nothing", 'test "x"')]),
        ("never: False;", [("claim-never-changes", "False")]),
        ("at_end: loves(Ben, Ann) | Ann == Ben;", []),
        ("sometime: Ann != Ben;", [("claim-never-changes", "Ann != Ben")]),
    ],
)
def test_what_is_wrong(world: Storyworld, text: str, expected: list[tuple[str, str]]) -> None:
    assert wrong(f'test "x" {{ {text} }};'.replace("'", '"'), world) == expected


def test_several_mistakes_come_in_one_run(world: Storyworld) -> None:
    text = """
    test "one" { at_end: opem(); never: walk(*); };
    test { at_end: open(); };
    test "two" { over: runs 3; in: sometimes; at_end: open(); };
    test "TWO" { at_end: open(); };
    """
    assert [code for code, _ in wrong(text, world)] == [
        "unknown-property",
        "unknown-event",
        "expected",
        "wrong-item",
        "repeated-test",
    ]


def test_only_tests_stand_in_a_file_of_tests(world: Storyworld) -> None:
    tests, diagnostics = read_tests('entity Cat : character; test "x" { at_end: open(); };', world)
    assert tests is None
    assert [marked(one)[0] for one in diagnostics] == ["not-a-test"]


def test_a_title_is_told_apart_from_those_of_the_world() -> None:
    model, _ = parse(WORLD + 'test "One" { at_end: open(); };')
    assert model is not None
    _, diagnostics = read_tests('test "one" { at_end: open(); };', model)
    assert [one.code for one in diagnostics] == ["repeated-test"]


def test_an_unclosed_test_is_found_where_it_is(world: Storyworld) -> None:
    text = 'test "one" { at_end: open();\ntest "two" { at_end: opem(); };'
    codes = [code for code, _ in wrong(text, world)]
    assert codes == ["unclosed-bracket", "unknown-property"]


def test_the_grammar_shows_tests_that_can_be_read() -> None:
    page = resources.files("unspoken.language").joinpath("GRAMMAR.md").read_text("utf-8")
    section = page[page.index("## What must hold") : page.index("## Where Sabre leaves")]
    text = "".join(line for line in section.splitlines(keepends=True) if line.startswith("    "))
    tests, diagnostics = read_tests(text, unspoken.load("night_visit").model)
    assert tests is not None, render_all(diagnostics)
    assert len(tests) == 4
    assert not diagnostics


def test_no_word_is_reserved() -> None:
    text = "property test(what : character) : boolean; entity Ann : character; test(Ann);"
    model, diagnostics = parse(text)
    assert model is not None, render_all(diagnostics)


def test_the_one_style() -> None:
    text = """
    test  "x"{ over:runs 20;at_end : open( ),  mistaken( Ben ,open()&!open()); // why
    never: happens   open, go( Ann,* ) }
    """
    expected = """\
    test "x" {
        over: runs 20;
        at_end: open(), mistaken(Ben, open() & !open());  // why
        never: happens open, go(Ann, *);
    };
    """
    assert format_text(dedent(text))[0] == dedent(expected)
    assert format_text(dedent(expected))[0] == dedent(expected)


@settings(max_examples=60, deadline=None)
@given(worlds(), st.data())
def test_whatever_is_asserted_can_be_printed_and_read(
    model: Storyworld, data: st.DataObject
) -> None:
    """``parse(to_text(world)) == world``, for tests of everything that tests may have."""
    facts = conditions(model)
    uses = st.sampled_from(model.actions).map(
        lambda action: EventUse(action.name, (None,) * len(action.parameters))
    )
    singles = [kind for kind in CLAIMS if kind != "in_order"]
    kinds = data.draw(st.lists(st.sampled_from(singles), unique=True, max_size=4))
    kinds.sort(key=CLAIMS.index)
    with_acts = ("never", "sometime", "possible", "impossible")
    claims = [
        Claim(kind, (item,))
        for kind in kinds
        for item in data.draw(
            st.lists(facts | uses if kind in with_acts else facts, min_size=1, max_size=2)
        )
    ]
    over = data.draw(st.sampled_from(["plan", "run", "saved"]))
    is_run, is_plan = over == "run", over == "plan"
    runs = data.draw(st.integers(2, 5)) if is_run else 1
    shares = [Share(), Share("most"), Share("none"), Share("least", 2), Share("many", 1)]
    people = st.sampled_from(model.characters)
    test = StoryTest(
        data.draw(st.text(st.characters(codec="utf-8", categories=["L", "P", "Zs"]), max_size=9)),
        over,  # type: ignore[arg-type]
        runs,
        "a b.json" if over == "saved" else "",
        data.draw(st.integers(0, 9)),
        rounds=data.draw(st.integers(1, 9)) if is_run else None,
        until=data.draw(facts) if is_run else None,
        share=data.draw(st.sampled_from(shares)) if is_run else Share(),
        goal=data.draw(st.sampled_from([None, -1.0, 2.5])) if is_plan else None,
        within=data.draw(st.sampled_from([None, 7])) if is_plan else None,
        demand=tuple(data.draw(st.lists(facts | uses, max_size=2))) if is_plan else (),
        without=tuple(data.draw(st.lists(uses, max_size=2))) if is_plan else (),
        claims=tuple(claims),
        sayings=(Saying(True, data.draw(people), "a “b”"), Saying(False, "replay", 'c"d*')),
        blessed=(Retelling(data.draw(people), "first"), Retelling("camera", tense="present")),
    )
    model = Storyworld(**{**fields(model), "tests": (test,)})
    text = to_text(model)
    again, diagnostics = parse(text, model.name)
    assert again is not None, render_all(diagnostics)
    assert again.tests == model.tests
    assert format_text(text)[0] == text


def fields(model: Storyworld) -> dict[str, object]:
    return {name: getattr(model, name) for name in Storyworld.__struct_fields__}
