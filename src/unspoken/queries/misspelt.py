"""What a question that is not understood may have meant, and what of it the story does not have.

Receives what questions a case, and a question; hands on the question with its words put right, if
that is understood, and whatever it names that nothing in the story is called.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from unspoken.queries.likeness import FILLING
from unspoken.queries.saying import spelt
from unspoken.telling.morph import lemma_of
from unspoken.telling.verbs import words

if TYPE_CHECKING:
    from unspoken.queries.questioning import Questioning

_ASKED = words(
    """where who whom what which when why how does did would will know knows think thinks believe
    believes feel feels about learn told tell say said see saw perceive notice wrong common
    knowledge between among changed mind whether since want wants wish fear hiding lie lied happened
    happen now not each other both everybody anybody nobody everyone anyone somebody if had seen
    heard true case me you your my after before chapter beginning end act love loves for so can why
    no from"""
)
"""What questions are made of, whatever the story."""
_WORD = re.compile(r"(?<![#\w'\u2019])[A-Za-z]+(?![\w'\u2019]*\()")
_NEAR = 0.75


def meant(questioning: Questioning, question: str) -> str | None:
    """The question as it may have been meant."""
    called = questioning.clauses.names.spoken_names
    pool = [*called, *sorted(_ASKED)]
    marked = questioning.clauses.names.mark(question)

    def mended(found: re.Match[str]) -> str:
        low = found[0].casefold()
        if low in _ASKED or low in FILLING or _is_known(questioning, low):
            return found[0]
        near = get_close_matches(low, pool, n=1, cutoff=_NEAR) if len(low) > 3 else []
        if not near:
            return found[0]
        return questioning.case.asked_words.name(called[near[0]]) if near[0] in called else near[0]

    text = questioning.clauses.names.spoken(_WORD.sub(mended, marked))
    if text == questioning.clauses.names.spoken(marked) or questioning.query(text) is None:
        return None
    return text


def missing(questioning: Questioning, question: str) -> str | None:
    """Who or what is named and not in the story: *Giles*, *the moon*."""
    marked = questioning.clauses.names.mark(question)
    for found in _WORD.finditer(marked):
        low, before = found[0].casefold(), marked[: found.start()].rstrip()
        named = before != "" and found[0][0].isupper() and found[0] != "I"
        if low in _ASKED or low in FILLING or _is_known(questioning, low):
            continue
        if named:
            return found[0]
        if before.casefold().endswith(" the"):
            return f"the {low}"
    return None


def _is_known(questioning: Questioning, word: str) -> bool:
    """Whether the story has a word for something of its own."""
    facts, clauses = questioning.case.facts, questioning.clauses
    if questioning.case.is_ledger:
        said = " ".join(str(fact.arguments[0]) for fact in facts).casefold()
        return word in re.findall(r"\w+", said)
    names = {part for fact in facts for part in spelt(fact.property)}
    return bool({word, lemma_of(word)} & names) or clauses.facts.vocabulary.has(word)
