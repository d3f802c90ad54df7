"""Claims about one story: as the engine's states have it, by nothing but their definition; and what
is said where one breaks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, note, reject, settings
from hypothesis import strategies as st

import unspoken
from tests.faces.conftest import LETTER
from tests.queries.test_evaluation import gone_through
from tests.strategies import conditions, walks, worlds
from unspoken.assertions.claims import claim_text, fits, judge
from unspoken.chronicle import Event
from unspoken.engine import EngineError, GroundWorld
from unspoken.language import to_text
from unspoken.model import Claim, EntityTerm, EventUse, Literal, Storyworld
from unspoken.model.tests import CLAIMS, ClaimKind, Item
from unspoken.queries.case import Case

ABOUT_ONE: list[ClaimKind] = [kind for kind in CLAIMS if "possible" not in kind]


@st.composite
def claims(draw: st.DrawFn, world: Storyworld, acts: Sequence[Event]) -> Claim:
    """Something claimed of a story; acts that happen in it are claimed more often than others."""
    kind = draw(st.sampled_from(ABOUT_ONE))
    some = [EventUse(act.name, tuple(map(_term, act.arguments))) for act in acts]
    some += [EventUse(act.name, (None,) * len(act.arguments)) for act in acts]
    some += [EventUse(a.name, (None,) * len(a.parameters)) for a in world.actions]
    facts: st.SearchStrategy[Item] = conditions(world)
    items = facts if kind in ("at_end", "always") or not some else facts | st.sampled_from(some)
    if kind == "in_order":
        return Claim(kind, tuple(draw(st.lists(items, min_size=2, max_size=3))))
    return Claim(kind, (draw(items),))


def _term(value: object) -> EntityTerm | Literal:
    return EntityTerm(value) if isinstance(value, str) else Literal(value)  # type: ignore[arg-type]


def is_so(claim: Claim, holds: dict[Item, list[bool]], happens: dict[Item, list[bool]]) -> bool:
    """By the definitions. ``holds``: of facts, at the beginning and after each act; ``happens``: of
    acts, the same, where the first cannot be."""
    first, *_ = claim.items
    where = happens[first] if isinstance(first, EventUse) else holds[first]
    match claim.kind:
        case "at_end":
            return where[-1]
        case "always":
            return all(where)
        case "never":
            return not any(where)
        case "sometime":
            return any(where)
    return _in_order(claim.items, holds, happens, 0)


def _in_order(
    items: Sequence[Item],
    holds: dict[Item, list[bool]],
    happens: dict[Item, list[bool]],
    since: int,
) -> bool:
    """Whether there is any way to find one after the other."""
    if not items:
        return True
    item, *others = items
    if isinstance(item, EventUse):
        places = [n for n, does in enumerate(happens[item]) if does and n > since]
    else:
        places = [n for n, does in enumerate(holds[item]) if does and n >= since]
    return any(_in_order(others, holds, happens, place) for place in places)


@settings(deadline=None)
@given(worlds(), walks(5), st.data())
def test_a_claim_holds_if_it_is_so(world: Storyworld, walk: list[int], data: st.DataObject) -> None:
    try:
        chronicle, states = gone_through(GroundWorld(world), walk)
        acts = list(chronicle.acts())
        claim = data.draw(claims(world, acts))
        note(f"{to_text(world)}\n{claim_text(claim)}")
        facts = [item for item in claim.items if not isinstance(item, EventUse)]
        holds: dict[Item, list[bool]] = {
            fact: [state.evaluate(fact) is True for state in states] for fact in facts
        }
    except EngineError:
        reject()
    happens: dict[Item, list[bool]] = {
        item: [False, *(fits(item, act) for act in acts)]
        for item in claim.items
        if isinstance(item, EventUse)
    }
    verdict = judge(claim, Case(chronicle, world))
    assert verdict.holds == is_so(claim, holds, happens)
    assert bool(verdict.when) == (not verdict.holds)


# What is said.

TOLD = (
    LETTER
    + """
property watched() : boolean;
test "x" { CLAIM };
"""
)


def verdict(claim: str) -> tuple[str, ...]:
    """When a claim breaks, in the story that the planner finds of the letter, and what decides it;
    nothing where it holds."""
    world = unspoken.parse(TOLD.replace("CLAIM", claim))
    story = world.plan(goal=1)
    (one,) = world.tests[0].claims
    found = judge(one, Case(story.chronicle, world.model))
    return () if found.holds else (found.when, *found.because)


@pytest.mark.parametrize(
    "claim",
    [
        "at_end: knows(Ada, loves(Ben, Ada))",
        "at_end: together() & !watched()",
        "always: loves(Ada, Ben)",
        "always: believes(Ada, !loves(Ben, Ada)) | knows(Ada, loves(Ben, Ada))",
        "never: confess(Ada, *)",
        "never: together() & believes(Ada, !loves(Ben, Ada))",
        "sometime: embrace",
        "sometime: believes(Ben, loves(Ada, Ben)) & !together()",
        "sometime: mistaken(Ben, !loves(Ada, Ben))",
        "in_order: find_letter, confess(Ben, *), embrace",
        "in_order: !together(), mistaken(Ada, !loves(Ben, Ada)), embrace, together()",
        "in_order: embrace, together(), loves(Ada, Ben)",
        "in_order: !together(), loves(Ada, Ben), find_letter",
    ],
)
def test_it_holds(claim: str) -> None:
    assert verdict(f"{claim};") == ()


ADA_KNOWS = "Ada believes loves(Ben, Ada), since act 2, confess(Ben, Ada), by seeing it"


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (
            "at_end: mistaken(Ada, !loves(Ben, Ada))",
            ("it is not so any more after act 2, confess(Ben, Ada)", ADA_KNOWS),
        ),
        (
            "at_end: together() & watched()",
            ("it is not so at the end", "!watched(), from the beginning"),
        ),
        (
            "at_end: believes(Ben, watched()) | watched()",
            (
                "it is not so at the end",
                "Ben believes !watched(), from the beginning",
                "!watched(), from the beginning",
            ),
        ),
        (
            "at_end: exists(c : character) believes(c, watched())",
            (
                "it is not so at the end",
                "Ada believes !watched(), from the beginning",
                "Ben believes !watched(), from the beginning",
            ),
        ),
        (
            "at_end: forall(c : character) believes(c, loves(c, Ben))",
            ("it is not so at the end", "Ben believes !loves(Ben, Ben), from the beginning"),
        ),
        (
            "always: !together()",
            (
                "it is not so any more after act 3, embrace(Ada, Ben)",
                "together(), since act 3, embrace(Ada, Ben)",
            ),
        ),
        (
            "always: together()",
            ("it is not so at the beginning", "!together(), from the beginning"),
        ),
        ("never: confess(Ben, *)", ("it happens: act 2, confess(Ben, Ada)",)),
        (
            "never: !together()",
            ("it is so at the beginning", "!together(), from the beginning"),
        ),
        (
            "never: knows(Ada, loves(Ben, Ada))",
            (
                "it is so after act 2, confess(Ben, Ada)",
                "loves(Ben, Ada), from the beginning",
                ADA_KNOWS,
            ),
        ),
        (
            "never: believes(Ben, believes(Ada, loves(Ben, Ada)))",
            (
                "it is so after act 2, confess(Ben, Ada)",
                "Ben believes Ada believes loves(Ben, Ada), since act 2, confess(Ben, Ada), "
                "by seeing it",
            ),
        ),
        (
            "sometime: confess(Ada, *)",
            ("it does not happen", "what happens is act 2, confess(Ben, Ada)"),
        ),
        ("sometime: watched()", ("it is never so; at the end", "!watched(), from the beginning")),
        (
            "in_order: embrace, confess",
            (
                "confess(*, *) does not come after embrace(*, *) (act 3, embrace(Ada, Ben))",
                "it came earlier: act 2, confess(Ben, Ada)",
            ),
        ),
        (
            "in_order: together(), !together()",
            (
                "!together() does not come after together() (act 3, embrace(Ada, Ben))",
                "it was so until act 3, embrace(Ada, Ben)",
            ),
        ),
        (
            "in_order: embrace, loves(Ada, Ben), find_letter",
            (
                "find_letter(*) does not come after loves(Ada, Ben) (act 3, embrace(Ada, Ben))",
                "it came earlier: act 1, find_letter(Ben)",
            ),
        ),
        (
            "at_end: !together() & watched() & loves(Ada, Ben)",
            ("it is not so at the end", "together(), since act 3, embrace(Ada, Ben)"),
        ),
        (
            "in_order: watched(), together()",
            ("watched() does not come", "it is never so", "!watched(), from the beginning"),
        ),
        (
            "never: believes(Ada, believes(Ben, believes(Ada, believes(Ben, together()))))",
            (
                "it cannot be seen",
                "Ada > Ben > Ada > Ben: the chronicle follows minds 3 deep",
            ),
        ),
    ],
)
def test_it_says_since_when_and_what_decides_it(claim: str, said: tuple[str, ...]) -> None:
    assert verdict(f"{claim};") == said


def test_it_says_from_whom_somebody_has_it() -> None:
    said = 'speech confess(who : character, whom : character) { says: "I love you"; };'
    world = unspoken.parse(TOLD.replace("CLAIM", "never: knows(Ada, loves(Ben, Ada));") + said)
    (claim,) = world.tests[0].claims
    found = judge(claim, Case(world.plan(goal=1).chronicle, world.model))
    assert found.because[1] == (
        "Ada believes loves(Ben, Ada), since act 2, confess(Ben, Ada), from Ben"
    )


def test_of_much_that_decides_it_a_little_is_said() -> None:
    people = " ".join(f"entity P{n} : character;" for n in range(9))
    world = unspoken.parse(
        f"unspoken 1; {people} property dark() : boolean; action fall() {{ effect: dark(); }};"
        'test "x" { over: run; at_end: exists(c : character) !dark() & believes(c, dark()); };'
        'test "y" { over: run; never: forall(c : character) believes(c, dark()); };'
    )
    first, second = (
        judge(test.claims[0], Case(world.run(1).chronicle, world.model)).because
        for test in world.tests
    )
    assert first == ("dark(), since act 1, fall()",), "what is not so decides it"
    assert second[0] == "P0 believes dark(), since act 1, fall(), by seeing it"
    assert (len(second), second[-1]) == (5, "and 5 more")
