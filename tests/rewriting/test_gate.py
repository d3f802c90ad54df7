"""The gate: what it turns away and why, what it lets pass, and what it misses, counted."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import unspoken
from unspoken.rewriting.gate import Gate
from unspoken.rewriting.locks import Locked
from unspoken.rewriting.probes import probes_of
from unspoken.telling.plan import Span
from unspoken.telling.setting import Setting

FOLDER = Path(__file__).parent
MARKED = re.compile(r"\[([^\]]*)\]")


def section(file: str, name: str) -> str:
    """A part of a file of texts."""
    text = (FOLDER / file).read_text("utf-8")
    return text.partition(f"\n== {name}\n")[2].partition("\n== ")[0]


def page(name: str) -> list[tuple[str, str]]:
    """Through whom, and the paragraph."""
    return re.findall(r"^(\w+): (.+)$", section("pages.txt", name), re.MULTILINE)


@cache
def setting(name: str) -> Setting:
    return Setting(unspoken.load(name).model)


def span(text: str, name: str) -> Span:
    who = text.removesuffix("’s")  # noqa: RUF001
    if who in setting(name).characters:
        return Span(text, "mention", who)
    return Span(text, "quoted")


def gate(name: str, place: int) -> Gate:
    mind, text = page(name)[place]
    spans = tuple(span(found, name) for found in MARKED.findall(text))
    numbers = iter(range(1, len(spans) + 1))
    kept = Locked(MARKED.sub(lambda _: f"⟦{next(numbers)}⟧", text), spans)
    own = [MARKED.sub(r"\1", each) for who, each in page(name) if who == mind]
    others = [MARKED.sub(r"\1", each) for who, each in page(name) if who != mind]
    sentences = [one for text in others for one in re.split(r"(?<=[.?!]) ", text)]
    forbidden = probes_of(sentences, own)
    return Gate(setting(name), mind, kept, forbidden, is_past=True, is_first=False)


def answers(kind: str) -> list[tuple[str, int, str]]:
    found = re.findall(r"^(\w+) (\d+) (.+)$", section("answers.txt", kind), re.MULTILINE)
    return [(story, int(place), answer) for story, place, answer in found]


def turned_away(kind: str) -> tuple[int, int]:
    every = answers(kind)
    return sum(bool(gate(name, place).reasons(text)) for name, place, text in every), len(every)


def test_the_figures_in_the_readme() -> None:
    """Of planted leaks in plain words, of paraphrased ones, and of fair answers."""
    plain, other, fair = map(turned_away, ("plain leaks", "paraphrased leaks", "fair"))
    said = (
        f"of {plain[1]} leaks in plain words it turns {plain[0]} away, of {other[1]} paraphrased "
        f"ones {other[0]}, and of {fair[1]} fair answers {fair[0]}"
    )
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    assert said in " ".join(readme.split())


@pytest.mark.parametrize("place", range(19))
def test_a_paragraph_as_it_is_passes(place: int) -> None:
    guard = gate("night_visit", place)
    assert guard.reasons(guard.locked.text) == ()


DOOR = (
    "Who came up here so late? ⟦1⟧ breathed in, held it, and turned the handle. Of all the people "
    "it might have been. So ⟦2⟧ had come to say, kindly, that it would never happen."
)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("⟦2⟧", "Willow", "the marks are not all there, once each and in order"),
        ("⟦1⟧", "⟦2⟧", "the marks are not all there, once each and in order"),
        ("⟦1⟧", "⟦3⟧", "the marks are not all there, once each and in order"),
        ("⟦1⟧", "⟦1⟧⟦1⟧", "the marks are not all there, once each and in order"),
        ("⟦1⟧", "⟦1⟧⟦", "the marks are not all there, once each and in order"),
        ("handle.", "handle.\n", "it is not one paragraph"),
        ("handle.", "handle. “No.”", "it has quotation marks in it"),
        ("handle.", "**handle**.", "it has marks in it that are no prose"),
        ("Who came", "Here is the paragraph. Who came", "it has a comment in it"),
        ("never happen.", "never happen", "it has no end"),
        ("handle.", "handle, 手.", "it has characters that the story has not"),
        ("Of all the people it might have been. ", "", "it is too short"),
        ("here so late", "here with Xander", "it has a new name in it: Xander"),
        ("Of all the people", "Xander ran. Of all", "it has a new name in it: Xander"),
        ("here so late", "here with buffy", "it has a new name in it: buffy"),
        ("here so late", "here at midnight", "it has a new number or time in it: midnight"),
        ("here so late", "here at 11", "it has a new number in it"),
        ("the handle", "the lap", "it has a new place or thing in it: lap"),
        ("held it", "holds it, and is still", "it changes the tense: is"),
        ("held it", "held my own", "it says I"),
        ("held it", "held him", "it says *he*, and there is nobody so called"),
        ("had come to say", "hoped", "it says what goes on in Willow: hoped"),
        ("So ⟦2⟧", "⟦2⟧", "what stood as a guess about ⟦2⟧ stands as a fact"),
        ("it might", "in truth it might", "it knows better than its mind: in truth"),
        ("held it", "sweater in the mirror", "it has something in it that its mind cannot know"),
    ],
)
def test_each_reason(old: str, new: str, reason: str) -> None:
    guard = gate("night_visit", 6)
    assert guard.locked.text == DOOR
    answer = DOOR.replace(old, new)
    if reason.startswith("it says what goes on"):
        answer = answer.replace("So ", "And ")
    if reason == "it is too short":
        answer = answer.replace("breathed in, held it, and ", "")
    assert reason in guard.reasons(answer)


def test_reasons_say_nothing_of_what_is_guarded() -> None:
    reasons = " ".join(gate("night_visit", 6).reasons(DOOR.replace("held it", "sweater, mirror")))
    assert "cannot know" in reasons
    assert not re.search(r"sweater|mirror|Willow|tug", reasons)


@pytest.mark.parametrize(
    "text", ["", " ", "⟦", "⟦1", "⟦99999999999⟧", "\ud800", "a" * 100_000 + "."]
)
def test_anything_at_all_is_turned_away(text: str) -> None:
    assert gate("night_visit", 6).reasons(text)
