"""Manners of speech keep the words, and keep to their measure."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspoken.model.telling import Manner
from unspoken.telling.manner import joined, said, stammered, unstammered

sentences = st.lists(
    st.sampled_from(["I", "don't", "think", "you", "want", "Tara", "b", "shall", "it's", "so-so"]),
    min_size=1,
    max_size=30,
).map(" ".join)


@given(sentences, st.integers(0, 99))
def test_a_stammer_keeps_every_word(text: str, seed: int) -> None:
    spoken = stammered(text, 0.9, "bdgkptwysi", {"Tara"}, seed)
    assert unstammered(spoken).lower() == text.lower()


@given(sentences, st.integers(0, 99))
def test_never_two_running_and_two_in_twelve(text: str, seed: int) -> None:
    words = stammered(text, 1.0, "bdgkptwysi", {"Tara"}, seed).split()
    stumbles = [unstammered(word) != word for word in words]
    assert not any(a and b for a, b in pairwise(stumbles))
    assert all(sum(stumbles[i : i + 12]) <= 2 for i in range(len(stumbles)))
    assert not any(
        stumble and "Tara" in word for stumble, word in zip(stumbles, words, strict=True)
    )


@given(st.lists(sentences, min_size=1, max_size=6), st.integers(0, 50), st.booleans())
def test_content_only_drops_beats(beats: list[str], seed: int, terse: bool) -> None:
    manner = Manner("terse", (50.0,)) if terse else Manner("ramble", (80.0,))
    words = re.findall(r"\w+", said(beats, [manner, Manner("trail_off", (50.0,))], (), seed))
    every = re.findall(r"\w+", joined(beats, runs_on=not terse))
    assert words == every[: len(words)]


@pytest.mark.parametrize(
    ("beats", "words"),
    [
        (["come in"], "Come in."),
        (["can you hear me"], "Can you hear me?"),
        (["do you want to", "come in"], "Do you want to… come in?"),
        (["is what now", "Tara, what is it"], "Is what now? Tara, what is it?"),
        (
            ["what if it isn't only guilt", "don't be stupid"],
            "What if it isn't only guilt? Don't be stupid.",
        ),
        (["when you came", "I knew"], "When you came. I knew."),
        (["My dear Hugo", "the answer is yes"], "My dear Hugo, the answer is yes."),
        (["Stop!", "now"], "Stop! Now."),
    ],
)
def test_beats_become_an_utterance(beats: list[str], words: str) -> None:
    assert joined(beats) == words


def test_a_rambler_goes_on() -> None:
    beats = ["one", "two", "three", "four", "five", "six"]
    assert said(beats, [], ()) == "One, two."
    assert said(beats, [Manner("terse")], ()) == "One."
    assert said(beats, [Manner("ramble", (100.0,))], ()) == "One, two, three, four, five, six."
    assert said(beats, [Manner("ramble", (50.0,))], ()) == "One, two, three, four."


def test_what_matters_does_not_go_by_without_a_stammer() -> None:
    manner = Manner("stammer", (30.0, 50.0, "l"))
    assert all("l-like" in said(["I like you"], [manner], (), seed) for seed in range(30))
