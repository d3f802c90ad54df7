"""When two phrases are the same fact, and when they only nearly are.

Receives free phrases; hands on what they come to (``Form``): the words that count, and whether it
is denied. Case, a full stop, quotation marks, a leading *that*, and the tense of the first verb do
not count: *Anna burns the will* and *Anna has burnt the will* are one fact, *Anna did not burn the
will* is its contrary. Knows no ledger.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple, TypeAlias

from unspoken.telling.morph import participle, past, third
from unspoken.telling.verbs import IRREGULAR, REGULAR


class Form(NamedTuple):
    """What a phrase comes to. ``words``: the words that count, in order."""

    words: tuple[str, ...]
    denied: bool


_NOT = frozenset(("not", "never"))
_BE = dict.fromkeys(("is", "are", "am", "was", "were"), "be")
_HAVE = frozenset(("has", "have", "had"))
_DO = frozenset(("do", "does", "did"))
_SHORT = {"can't": "can", "won't": "will", "shan't": "shall"}
_PASTS = {"burnt": "burn", "learnt": "learn", "dreamt": "dream", "leapt": "leap", "leant": "lean"}
_PLAIN = str.maketrans({"\u2019": "'", "\u2018": "'", **dict.fromkeys('“”",;', " ")})


@cache
def _finite() -> Mapping[str, str]:
    """Finite forms to their verbs. A form that two verbs share (*found*, *lay*) is given to the
    later one in the table, always the same."""
    known = sorted((*IRREGULAR, *REGULAR))
    forms = {form: verb for verb in known for form in (third(verb), past(verb))}
    return {**forms, **{verb: verb for verb in known}, **_PASTS, **_BE}


@cache
def _participles() -> Mapping[str, str]:
    known = sorted((*IRREGULAR, *REGULAR))
    return {**{participle(verb): verb for verb in known}, **_PASTS, "been": "be"}


@cache
def form_of(phrase: str) -> Form:
    """What a phrase comes to."""
    words = [word.strip(".!?:") for word in phrase.casefold().translate(_PLAIN).split()]
    words = [word for word in words if word]
    if words[:1] == ["that"]:
        del words[0]
    kept: list[str] = []
    denied = False
    for word in words:
        if word in _NOT or word == "cannot" or word.endswith("n't"):
            denied = not denied
            word = {"cannot": "can", **_SHORT}.get(word, word.removesuffix("n't"))
            if word in _NOT:
                word = ""
            if (word or (kept[-1] if kept else "")) in _DO:  # "does not burn", "didn't burn"
                word = "" if word else kept.pop() and ""
        if word:
            kept.append(word)
    return Form(_timeless(kept), denied)


def _timeless(words: list[str]) -> tuple[str, ...]:
    """The words with the first verb, behind the first word, in its base form."""
    finite = _finite()
    for place in range(1, len(words)):
        if words[place] in _HAVE and place + 1 < len(words):
            verb = _participles().get(words[place + 1])
            if verb is not None:
                return (*words[:place], verb, *words[place + 2 :])
        verb = "have" if words[place] in _HAVE else finite.get(words[place])
        if verb is not None:
            return (*words[:place], verb, *words[place + 1 :])
    return tuple(words)


def affirmed(phrase: str) -> str:
    """A denied phrase without its *not*: how the fact is called where nobody affirms it."""
    words = re.sub(r"\b(?:not|never)\s+", "", re.sub(r"n['\u2019]t\b", "", phrase))
    return re.sub(r"\bcannot\b", "can", words).strip()


Words: TypeAlias = tuple[str, ...]


def near(forms: Iterable[Words], names: frozenset[str]) -> Mapping[Words, Words]:
    """For the words of each fact, those of an earlier one that they nearly are: all words alike but
    the little ones, or but one that is misspelt. ``names``: words that are never misspelt."""
    found: dict[Words, Words] = {}
    alike: dict[Words, Words] = {}
    gaps: dict[tuple[int, Words, Words], list[Words]] = {}
    for words in forms:
        short = tuple(word for word in words if word not in LITTLE)
        if short in alike and short:
            found[words] = alike[short]
        else:
            alike[short] = words
        for place, word in enumerate(words):
            if len(word) < 4 or word in names or not word.isalpha():
                continue
            others = gaps.setdefault((place, words[:place], words[place + 1 :]), [])
            for other in others:
                if words not in found and is_slip(word, other[place]):
                    found[words] = other
            if len(others) < _SAME_GAP:
                others.append(words)
    return found


LITTLE = frozenset(("the", "a", "an", "his", "her", "their", "already", "now", "still", "just"))
"""Words that make no fact another, most of the time."""

_SAME_GAP = 20
"""So many phrases that are alike but for one word are looked at, and no more: time stays linear."""


def is_slip(word: str, other: str) -> bool:
    """Whether one is the other with one letter wrong, missing, too many, or two in each other's
    place; the first letter is right."""
    if word == other or word[0] != other[0] or abs(len(word) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    rest, other_rest = word[start:], other[start:]
    return (
        rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (rest[:2] == other_rest[:2][::-1] and rest[2:] == other_rest[2:])
    )
