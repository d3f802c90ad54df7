"""Verb groups in words: *[past not be] sure* becomes *hadn't been sure*.

Receives the words of a group, a tense and a person; hands on the finite verb and what follows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from unspoken.telling import morph
from unspoken.telling.morph import Person, Tense, finite, is_auxiliary, participle
from unspoken.telling.template import is_done, takes_participle


class Group(Struct, frozen=True):
    """A verb group in words: its finite verb, and what comes after that."""

    form: str
    tail: str
    lemma: str
    tense: Tense


@lru_cache(maxsize=4096)
def group(
    words: tuple[str, ...],
    tense: Tense,
    person: Person,
    past: bool,
    negated: bool,
    inverted: bool,
    contracts: bool,
) -> Group:
    """The group in a tense; ``past``: before that; ``inverted``: its subject inside it;
    ``contracts``: *wasn't*, not *was not*."""
    lemma, tense, tail = _finite_first(words, tense, past=past, negated=negated, inverted=inverted)
    form = finite(lemma, tense, person)
    if negated:
        form = morph.negated(form, contracts and not (lemma == "be" and form == "am"))
    return Group(form, tail, lemma, tense)


def _finite_first(
    words: tuple[str, ...], tense: Tense, *, past: bool, negated: bool, inverted: bool
) -> tuple[str, Tense, str]:
    """A verb group as its finite lemma, the tense of that, and the words after it."""
    head, *rest = words
    if past:
        if tense == "past":
            return "have", "past", _tail([participle(head), *_chained(head, rest)])
        tense = "past"
    auxiliary = is_auxiliary(head) or (
        head == "have" and bool(rest) and takes_participle("have", rest[0])
    )
    if auxiliary or (head == "do" and (negated or inverted)):
        return head, tense, _tail(_chained(head, rest))
    if negated or inverted:
        return "do", tense, _tail([head, *_chained(head, rest)])
    return head, tense, _tail(_chained(head, rest))


def _tail(words: Sequence[str]) -> str:
    return "".join(f" {word}" for word in words)


def _chained(head: str, rest: Sequence[str]) -> list[str]:
    """The words after the first: a participle after *have* and *be*, else as they are."""
    words, auxiliary = [], head
    for word in rest:
        if auxiliary in ("have", "be") and takes_participle(auxiliary, word):
            words.append(word if is_done(word) else participle(word))
        else:
            words.append(word)
        auxiliary = word
    return words
