"""Peers are run beside us, and nobody's time counts for a wrong answer."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

import unspoken
from benchmarks.measure import Measurement
from benchmarks.pairs import Goal, plans, verified
from benchmarks.processes import Peer, Run, run
from benchmarks.report import keep, table
from tests.faces.conftest import LETTER, SHORTEST


@pytest.fixture
def goal(tmp_path: Path) -> Goal:
    world = tmp_path / "a letter.story"
    world.write_text(LETTER, encoding="utf-8")
    return Goal("letter", world, 1.0, 3, 3, 2)


def test_a_peer_is_a_name_and_a_command() -> None:
    peer = Peer.read("other=solve --limit {author_limit} '{world}'")
    places = {"world": "/a b/c.txt", "author_limit": 3}
    assert peer.words(places) == ["solve", "--limit", "3", "/a b/c.txt"]


@pytest.mark.parametrize("text", ["", "name", "name=", "=solve {world}", "name=solve"])
def test_what_is_no_peer(text: str) -> None:
    with pytest.raises(ValueError, match="a peer is"):
        Peer.read(text)


@pytest.mark.parametrize(
    ("acts", "right"),
    [
        (SHORTEST, True),
        (SHORTEST[:2], False),
        ([SHORTEST[0], SHORTEST[2]], False),
        (["elope(Ada, Ben)"], False),
        ([], False),
        (["confess(Ada, Ben)", *SHORTEST], False),  # over the limit
    ],
)
def test_only_right_answers_are_verified(goal: Goal, acts: list[str], right: bool) -> None:
    world = unspoken.load(goal.world)
    output = "\n".join(["searching...", *acts, "done (in 3 ms)", "goal(together())"])
    assert verified(world, goal, Run(1.0, 1.0, 1.0, 0, output)) is right


def test_reasons_are_judged_where_they_are_given(goal: Goal) -> None:
    world = unspoken.load(goal.world)
    text = world.plan().text
    assert verified(world, goal, Run(1.0, 1.0, 1.0, 0, text))
    spoiled = text.replace("| embrace(Ada, Ben)\n", "", 1)
    assert not verified(world, goal, Run(1.0, 1.0, 1.0, 0, spoiled))


def test_side_by_side(goal: Goal) -> None:
    command = f"{shlex.quote(sys.executable)} -m unspoken plan {{world}}"
    peers = [
        Peer("same", command),
        Peer("liar", f"{shlex.quote(sys.executable)} -c \"print('wait()')\" {{world}}"),
    ]
    ours, same, liar = plans(goal, peers, runs=2, seconds=60)
    assert [m.verified for m in (ours, same, liar)] == [True, True, False]
    assert len(ours.runs) == len(same.runs) == 2
    assert isinstance(same.facts["theirs / ours"], float)
    assert "theirs / ours" not in liar.facts


def test_out_of_time() -> None:
    result = run([sys.executable, "-c", "import time; time.sleep(60)"], seconds=0.2)
    assert result.code is None
    assert result.milliseconds < 10_000


def test_results_are_kept_whole(tmp_path: Path) -> None:
    measured = [
        Measurement("plans", "letter", "ms", (3.0, 1.0, 2.0), verified=True, facts={"acts": 3}),
        Measurement("plans", "other", "ms", (), verified=None),
        Measurement("rates", "letter", "1/s", (5.0, 7.0)),
    ]
    rows = table(measured).splitlines()
    assert "| letter | unspoken | 2 | 1 | 3 | ms | 3 | yes |" in rows
    assert "| letter | unspoken | 6 | 7 | 2 | 1/s |  |" in rows
    path = keep(measured, {"cores": 2}, tmp_path)
    assert '"runs": [\n    3.0,\n    1.0,\n    2.0\n   ]' in path.read_text(encoding="utf-8")
    assert path.with_suffix(".md").is_file()
