"""Where two texts differ: what is shown, and that nothing that differs is left out."""
# ruff: noqa: RUF001 (prose has typographic quotation marks)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspoken.assertions.difference import places

VISIT = (
    "“I know it’s late,” Willow says. So it is only about this morning. I am glad.\n"
    "\n"
    "My knees remember that they are tired. I smile before I can decide not to. Something in her "
    "face gives, and is a smile, and stays one for longer than either of us is ready for.\n"
    "\n"
    "She sits down.\n"
)


def shown(old: str, new: str, *, by_line: bool = False) -> list[str]:
    return [f"{one.where}: {one}" for one in places(old, new, by_line=by_line)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "I am glad.",
            "I am sorry.",
            "1: … it is only about this morning. I am [-glad-]{+sorry+}.",
        ),
        (
            " I am glad.",
            "",
            "1: … late,” Willow says. So it is only about this morning. [-I am glad.-]",
        ),
        (
            "I smile",
            "I laugh, nearly,",
            "2: … knees remember that they are tired. I [-smile-] {+laugh, nearly,+} before I can "
            "decide not to. Something in her face gives, and …",
        ),
        (
            "a smile, and stays",
            "a laugh, and stays",
            "2: … before I can decide not to. … her face gives, and is a [-smile-]{+laugh+}, and "
            "stays one for longer than …",
        ),
    ],
)
def test_what_went_and_came_stands_in_its_place(old: str, new: str, expected: str) -> None:
    assert shown(VISIT, VISIT.replace(old, new)) == [expected]


def test_each_place_comes_by_itself() -> None:
    new = VISIT.replace("late", "early").replace("sits down", "stays where she is")
    assert [one[:2] for one in shown(VISIT, new)] == ["1:", "3:"]


def test_a_list_is_compared_by_line() -> None:
    old, new = "knock(Willow)\nwait()\nopen(Tara)\n", "knock(Willow)\nopen(Tara)\nleave(Tara)\n"
    assert shown(old, new, by_line=True) == [
        "2: knock(Willow); [-wait()-]; open(Tara)",
        "3: open(Tara); {+leave(Tara)+}",
    ]


def test_the_same_is_the_same() -> None:
    assert not places(VISIT, VISIT)
    assert not places("", "")
    assert not places("a.\r\n", "a.\n")


WORDS = st.lists(
    st.sampled_from(["Tara ", "smiles. ", "Willow’s ", "“No,” ", "\n\n", "…", "she "]), max_size=12
).map("".join)


@given(WORDS, WORDS)
def test_what_differs_is_shown(old: str, new: str) -> None:
    """Unless only white space does; and what is marked as gone was there, as new is there."""
    found = places(old, new)
    assert bool(found) or old.split() == new.split()
    for one in found:
        for fate, text in one.pieces:
            for word in text.replace("¶", " ").replace("…", " ").split():
                assert word in (old if fate == "gone" else new), (fate, text)
