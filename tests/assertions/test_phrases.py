"""Whether words stand in a told story."""
# ruff: noqa: RUF001 (prose has typographic quotation marks)

from __future__ import annotations

import pytest

from unspoken.assertions.phrases import sentence_with

TOLD = (
    "“I’ll come in,” Willow says. It is late, isn’t it?  Tara’s vampires… are not here.\nShe sits."
)


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("willow", "“I’ll come in,” Willow says."),
        ("I'll COME  in", "“I’ll come in,” Willow says."),
        ("\"I'll", "“I’ll come in,” Willow says."),
        ("isn't it?", "It is late, isn’t it?"),
        ("vampire", None),
        ("vampire*", "Tara’s vampires…"),
        ("vampires", "Tara’s vampires…"),
        ("ire*", None),
        ("come on", None),
        ("sits", "She sits."),
        ("says. It", "“I’ll come in,” Willow says. It is late, isn’t it?"),
        ("she* sits", None),
    ],
)
def test_a_phrase_stands_in_a_sentence(phrase: str, sentence: str | None) -> None:
    assert sentence_with(phrase, TOLD) == sentence
