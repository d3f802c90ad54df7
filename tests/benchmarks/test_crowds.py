"""Towns for measuring: they live, what they cost is found out, and a picture can be drawn of it."""

from __future__ import annotations

from msgspec.structs import replace

import unspoken
from benchmarks.crowds import live
from benchmarks.measure import Measurement
from benchmarks.plot import crowd_svg
from benchmarks.town import town
from unspoken.language import parse


def test_a_town_is_what_its_seed_makes_it() -> None:
    assert town(20, 1) == town(20, 1)
    assert town(20, 1) != town(20, 2)


def test_a_life_is_measured() -> None:
    found = live(people=40, warm=5, rounds=10)
    assert found["acts"] > 10
    assert found["microseconds"] > 0
    assert found["touched"] >= found["acts"] * 0.9, "hardly anything happens unnoticed"
    assert found["minds"] > 40


def test_the_picture_of_towns() -> None:
    facts: dict[str, object] = {"minds changed": 3.5, "MiB of minds": 2.0}
    rows = [
        Measurement("crowd: people", subject, "us/act", (40.0,), facts=facts)
        for subject in ("100", "300")
    ]
    picture = crowd_svg([*rows, Measurement("crowd: whole run", "all of it", "s", (1.0,))])
    assert picture is not None
    assert picture.count("<polyline") == 3
    assert crowd_svg([]) is None


def test_the_shipped_town_is_one_of_these() -> None:
    made, diagnostics = parse(town(12, matters=3, crowding=3), "small_town")
    assert not diagnostics
    assert made is not None
    shipped = unspoken.load("small_town").model
    assert replace(shipped, name=made.name) == made
