"""Draws: functions of their keys, spread as they should be."""

from __future__ import annotations

from math import exp

from unspoken.simulation.keyed import draw, draws, gumbel


def test_a_draw_is_what_its_key_makes_it() -> None:
    assert draw(7, 3, "Ann", "go()") == 0.29510922254601113, "on every machine"
    assert len({draw(seed, "a") for seed in range(100)}) == 100
    assert draw(1, "a", "b") != draw(1, "ab") != draw(1, "b", "a")
    assert draw(1, 2) != draw(1, "2"), "a number is not its digits"


def test_many_draws_are_the_draws_one_by_one() -> None:
    drawn = draws(7, 3, "turn")
    for name in ("Ann", "Ben", "", "\x1f", "Zoë"):
        assert drawn(name) == draw(7, 3, "turn", name)


def test_draws_are_even_and_never_at_the_ends() -> None:
    drawn = [draw(0, n) for n in range(20_000)]
    assert 0 < min(drawn) < 0.001
    assert 0.999 < max(drawn) < 1
    assert abs(sum(drawn) / len(drawn) - 0.5) < 0.01
    tenths = [sum(1 for d in drawn if int(d * 10) == tenth) for tenth in range(10)]
    assert all(abs(count - 2000) < 200 for count in tenths)


def test_the_greatest_falls_as_often_as_softmax_says() -> None:
    values, temperature, draws = {"a": 0.9, "b": 0.5, "c": 0.0, "d": -0.4}, 0.5, 30_000
    weights = {name: exp(value / temperature) for name, value in values.items()}
    falls = dict.fromkeys(values, 0)
    for seed in range(draws):
        falls[
            max(values, key=lambda name: values[name] + temperature * gumbel(seed, "Ann", name))
        ] += 1
    for name in values:
        assert abs(falls[name] / draws - weights[name] / sum(weights.values())) < 0.01
