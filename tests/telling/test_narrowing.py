"""What minds of several worlds held possible, and what they saw ruled out, told through them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

import unspoken
from tests.planning.test_worlds import INSPECTOR, SEARCH
from tests.telling.laws import broken
from unspoken.language import parse_condition
from unspoken.telling import Options, tell, view
from unspoken.telling.holds import holds
from unspoken.telling.setting import Setting
from unspoken.telling.view import LocalId

WORLD = unspoken.parse(INSPECTOR)
STORY = WORLD.plan(goal=1, author_limit=6, character_limit=4).chronicle
SOUGHT = unspoken.parse(SEARCH)
FOUND = SOUGHT.plan(goal=1, author_limit=6, character_limit=4).chronicle


def test_what_was_possible_and_what_is_left() -> None:
    text = tell(STORY, WORLD.model, Options("limited", "Vale")).text
    assert "Ann might be guilty, or Ben, or Cy" in text
    assert text.index("might be guilty") < text.index("Ann alibied")
    assert "So Ann wasn\u2019t guilty, leaving only Ben and Cy" in text
    assert "So Cy was guilty" in text.partition("Ben alibied")[2]
    present = tell(STORY, WORLD.model, Options("limited", "Vale", "first", "present")).text
    assert "Ann may be guilty, or Ben, or Cy." in present


def test_a_value_that_was_sought() -> None:
    text = tell(FOUND, SOUGHT.model, Options("limited", "Vale")).text
    might = "The letter might be in the attic, at the barn or in the cellar."
    assert f"{might} Vale searched" in text
    assert "So the letter was in the cellar." in text


def test_whoever_knew_it_all_along_wonders_at_nothing() -> None:
    text = tell(STORY, WORLD.model, Options("limited", "Cy")).text
    assert "guilty" not in text


@pytest.mark.parametrize("heads", ["alternating", "omniscient", "replay"])
def test_the_laws_hold(heads: str) -> None:
    for chronicle, world in ((STORY, WORLD.model), (FOUND, SOUGHT.model)):
        for seed in range(4):
            telling = tell(chronicle, world, Options(heads, seed=seed))  # type: ignore[arg-type]
            assert broken(telling, world) == []


def test_what_others_hold_possible_is_not_in_it() -> None:
    """Others' worlds, and which of one's own is true, leave the telling as it is."""
    possible = {chain: v for chain, v in STORY.possible.items() if chain[0] == "Vale"}
    so = {fact: not v if v in (True, False) else v for fact, v in STORY.beginning[()].items()}
    own = {**STORY.beginning[()], **STORY.beginning["Vale",]}
    kept = {chain: v for chain, v in STORY.beginning.items() if chain[:1] == ("Vale",)}
    other = replace(STORY, possible=possible, beginning={**kept, ("Vale",): own, (): so})
    for seed in range(3):
        options = Options("limited", "Vale", seed=seed)
        assert tell(other, WORLD.model, options).text == tell(STORY, WORLD.model, options).text


@pytest.mark.parametrize(
    ("condition", "at_first", "later"),
    [
        ("guilty(Ann)", False, False),
        ("!guilty(Ann)", False, True),
        ("guilty(Ben)", False, False),
        ("!guilty(Ben)", False, False),
        ("guilty(Ben) | !guilty(Ben)", True, True),
        ("!(guilty(Ann) & guilty(Ben))", False, True),
        ("!forall(who : suspect) guilty(who)", False, True),
        ("possible(Vale, guilty(Ann))", True, False),
        ("possible(Vale, guilty(Ben))", True, True),
        ("!possible(Vale, guilty(Ann))", False, True),
        ("believes(Vale, guilty(Ben) | !guilty(Ben))", True, True),
        ("!believes(Vale, !guilty(Ann))", True, False),
        ("knows_whether(Vale, guilty(Ann))", False, True),
        ("!believes(Ben, guilty(Ben))", False, False),
        ("!cleared(Ann)", True, False),
    ],
)
def test_a_mind_holds_what_is_so_in_all_its_worlds(
    condition: str, at_first: bool, later: bool
) -> None:
    expression, diagnostics = parse_condition(condition, WORLD.model)
    assert expression is not None, diagnostics
    seen = view(STORY, "Vale")
    after = next(item.id for item in seen.items if item.name == "alibi" and item.id)
    setting = Setting(WORLD.model)
    assert holds(expression, seen, setting, {}, LocalId(0)) is at_first
    assert holds(expression, seen, setting, {}, after) is later
