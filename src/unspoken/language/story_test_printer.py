"""Tests as sections again: a model's ``tests`` to the tree that ``printer`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from unspoken.language.forms import HAPPENS
from unspoken.language.inner_printer import use_call
from unspoken.language.pieces import (
    a_texts,
    a_words,
    an_entry,
    number_word,
    plain_word,
    text_word,
    tree_of,
)
from unspoken.language.tokens import quoted
from unspoken.language.tree import Atom, Entry, Item, Section, Word
from unspoken.model import EventUse, Share, StoryTest
from unspoken.model.tests import CLAIMS
from unspoken.model.tests import Item as Asserted


def test_sections(tests: Iterable[StoryTest]) -> Iterator[Section]:
    """The sections that say what tests assert."""
    for test in tests:
        title = Atom("text", quoted(test.title), 0, 0)
        yield Section("test", title, (), tuple(_entries(test)), 0, 0)


def _entries(test: StoryTest) -> Iterator[Entry]:
    yield an_entry("over", [a_words(*_over(test))])
    yield from _numbers(seed=test.seed or None, rounds=test.rounds)
    if test.until is not None:
        yield an_entry("until", [Item((), tree_of(test.until), 0, 0)])
    yield from _numbers(goal=test.goal, within=test.within)
    if test.given:
        yield an_entry("given", [Item((), tree_of(one), 0, 0) for one in test.given])
    if test.demand:
        yield an_entry("demand", map(_item, test.demand))
    if test.without:
        yield an_entry("without", [Item((), use_call(use), 0, 0) for use in test.without])
    for kind in CLAIMS:
        items = [item for claim in test.claims if claim.kind == kind for item in claim.items]
        if items:
            yield an_entry(kind, map(_item, items))
    yield from _told(test)
    if test.share != Share():
        yield an_entry("in", [a_words(*_share(test.share))])


def _numbers(**numbers: float | None) -> Iterator[Entry]:
    for key, number in numbers.items():
        if number is not None:
            yield an_entry(key, [a_words(number_word(number))])


def _told(test: StoryTest) -> Iterator[Entry]:
    for says, key in ((True, "says"), (False, "never_says")):
        phrases: dict[str, list[str]] = {}
        for one in test.sayings:
            if one.says == says:
                phrases.setdefault(one.eyes, []).append(one.phrase)
        for eyes, said in phrases.items():
            yield a_texts(key, said, eyes)
    if test.blessed:
        words = [[plain_word(word) for word in str(one).split()] for one in test.blessed]
        yield an_entry("blessed", [a_words(*some) for some in words])


def _over(test: StoryTest) -> list[Word]:
    if test.over == "saved":
        return [plain_word("saved"), text_word(test.saved)]
    if test.over == "run" and test.runs != 1:
        return [plain_word("runs"), number_word(test.runs)]
    return [plain_word(test.over)]


def _share(share: Share) -> list[Word]:
    if share.word not in ("least", "many"):
        return [plain_word(share.word)]
    word = "least" if share.word == "least" else "most"
    return [plain_word("at"), plain_word(word), number_word(share.number)]


def _item(item: Asserted) -> Item:
    if isinstance(item, EventUse):
        return Item((plain_word(HAPPENS),), use_call(item), 0, 0)
    return Item((), tree_of(item), 0, 0)
