"""``frozen`` makes what ``dataclass(frozen=True, slots=True)`` does."""

from __future__ import annotations

import copy
import pickle
from dataclasses import (
    FrozenInstanceError,
    asdict,
    astuple,
    dataclass,
    field,
    fields,
    is_dataclass,
    replace,
)
from typing import Any

import pytest

from unspoken.model.frozen import frozen


@frozen
class Ours:
    a: int
    b: str = "b"
    c: list[int] = field(default_factory=list)
    d: object = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.a < 0:
            raise ValueError


@dataclass(frozen=True, slots=True)
class Theirs:
    a: int
    b: str = "b"
    c: list[int] = field(default_factory=list)
    d: object = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.a < 0:
            raise ValueError


@frozen
class One:
    x: object


@frozen
class Further(One):
    y: object = 2

    def __repr__(self) -> str:
        return "mine"


@frozen
class Nothing:
    pass


GIVEN: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((1,), {}),
    ((1, "x"), {"d": 5}),
    ((2,), {"c": [1], "b": "y"}),
]


@pytest.mark.parametrize(("given", "named"), GIVEN)
def test_it_is_as_a_dataclass_is(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    ours, theirs = Ours(*given, **named), Theirs(*given, **named)
    assert repr(ours).replace("Ours", "Theirs") == repr(theirs)
    assert (asdict(ours), astuple(ours)) == (asdict(theirs), astuple(theirs))
    assert [one.name for one in fields(ours)] == [one.name for one in fields(theirs)]
    assert asdict(replace(ours, a=7)) == asdict(replace(theirs, a=7))
    assert Ours.__match_args__ == Theirs.__match_args__  # type: ignore[attr-defined]
    assert not hasattr(ours, "__dict__")
    assert is_dataclass(ours)


def test_what_counts_makes_equal() -> None:
    assert Ours(1, d=2) == Ours(1, d=3)
    assert Ours(1) != Ours(2)
    assert Ours(1) != Theirs(1)
    assert One(1) != Further(1)
    assert (One(1) == One(1), Nothing() == Nothing(), Further(1) == Further(1, 2)) == (True,) * 3
    assert {One(1), One(1), One(2)} == {One(1), One(2)}
    assert len({Nothing(), Nothing()}) == 1


def test_each_has_a_list_of_its_own() -> None:
    assert Ours(1).c is not Ours(1).c


def test_it_stays_as_it_is() -> None:
    ours = Ours(1)
    with pytest.raises(FrozenInstanceError):
        ours.a = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        ours.new = 2  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError):
        del ours.a
    assert ours == Ours(1)


def test_it_is_checked_when_it_is_made() -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Ours(-1)
    with pytest.raises(TypeError):
        Ours()  # type: ignore[call-arg]


def test_one_of_another() -> None:
    assert (Further("x").x, Further("x").y, repr(Further(1)), repr(One(1))) == (
        "x",
        2,
        "mine",
        "One(x=1)",
    )


def test_copies_and_pickles() -> None:
    ours = Ours(1, "x", [1, 2])
    assert copy.copy(ours) == ours == copy.deepcopy(ours)
    assert copy.deepcopy(ours).c is not ours.c
    further = Further([1])
    assert pickle.loads(pickle.dumps(further)) == further
