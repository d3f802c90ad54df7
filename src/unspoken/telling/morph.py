"""The forms of English words: the last rules a sentence goes through.

Receives lemmas and grammatical features; hands on words. Knows nothing of stories. The spelling
is British (*travelled*); the past of *dream*, *burn*, *learn* is regular, that of *dare* too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal

from unspoken.telling.verbs import (
    BE,
    CONTRACTED_NOT,
    IRREGULAR,
    IRREGULAR_PLURALS,
    LAST_SYLLABLE_STRESSED,
    MODALS,
    REGULAR,
    SILENT_H,
    UNDOUBLED_L,
    VOWEL_LETTER_CONSONANT_SOUND,
)

Tense = Literal["past", "present"]
Person = Literal["1s", "2s", "3s", "p"]
"""First, second, third singular; plural, all persons alike."""

_MODAL = frozenset(MODALS) - {"dare", "need"}
_VOWELS = "aeiou"
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_SYLLABLE = re.compile(r"[aeiouy]+")


def past(lemma: str) -> str:
    """The simple past: *go* to *went*. Of *be* the singular, *was*."""
    if lemma == "be":
        return "was"
    if lemma in _MODAL:
        return MODALS[lemma]
    if lemma in IRREGULAR:
        return IRREGULAR[lemma][0]
    return _with_ed(lemma)


@lru_cache(maxsize=4096)
def participle(lemma: str) -> str:
    """The past participle: *go* to *gone*."""
    if lemma == "be":
        return "been"
    if lemma in IRREGULAR:
        return IRREGULAR[lemma][1]
    return _with_ed(lemma)


def gerund(lemma: str) -> str:
    """The form in -ing: *lie* to *lying*."""
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) and lemma != "be":
        return lemma[:-1] + "ing"
    return _doubled(lemma) + "ing"


def third(lemma: str) -> str:
    """The third person singular of the present: *go* to *goes*."""
    if lemma in _MODAL:
        return lemma
    special = {"be": "is", "have": "has", "quiz": "quizzes"}.get(lemma)
    return special or _with_s(lemma)


@lru_cache(maxsize=4096)
def finite(lemma: str, tense: Tense, person: Person) -> str:
    """A finite form: *be*, past, plural, to *were*."""
    if lemma == "be":
        return BE[tense][person]
    if tense == "past":
        return past(lemma)
    return third(lemma) if person == "3s" else lemma


def negated(form: str, contract: bool) -> str:
    """A finite auxiliary with *not*: *was* to *wasn't* (or *was not*)."""
    if contract and form in CONTRACTED_NOT:
        return CONTRACTED_NOT[form]
    return "cannot" if form == "can" else f"{form} not"


def is_auxiliary(lemma: str) -> bool:
    """Whether a verb negates and inverts without *do*. (*have* does so as an auxiliary only.)"""
    return lemma == "be" or lemma in _MODAL


def is_verb(word: str) -> bool:
    """Whether we know the word as a verb's lemma."""
    return word in IRREGULAR or word in REGULAR or word in MODALS or word == "be"


@cache
def _inflected() -> Mapping[str, str]:
    forms = {
        form: lemma
        for lemma in sorted({*REGULAR, *IRREGULAR})
        for form in (third(lemma), gerund(lemma), participle(lemma), past(lemma))
    }
    return forms | {form: "be" for person in BE.values() for form in person.values()}


def lemma_of(form: str) -> str | None:
    """The known verb of which the word is a form, other than its lemma: *struck* to *strike*."""
    return _inflected().get(form)


def plural(noun: str) -> str:
    """The plural of a noun, or of the last word of a phrase."""
    head, space, last = noun.rpartition(" ")
    if last in IRREGULAR_PLURALS:
        return head + space + IRREGULAR_PLURALS[last]
    if last.endswith("o") and last[-2:-1] not in _VOWELS:
        return head + space + last + ("s" if last in ("photo", "piano", "memo") else "es")
    return head + space + _with_s(last)


def possessive(noun: str) -> str:
    """*Tara* to *Tara's*, *the papers* to *the papers'*, *James* to *James's*."""
    lower_plural = noun.startswith("the ") and noun.endswith("s") and not noun.endswith("ss")
    return noun + ("'" if lower_plural else "'s")


def indefinite(noun: str) -> str:
    """A noun phrase with *a* or *an* before it, by sound as far as spelling shows it."""
    word = noun.lower()
    if word.startswith(SILENT_H) or re.match(r"(?:8|11\b|18\b)", word):
        return f"an {noun}"
    if re.match(r"[aefhilmnorsx](?:[^a-z]|$)", word) or re.match(r"[AEFHILMNORSX]\d", noun):
        return f"an {noun}"
    vowel = word[:1] in _VOWELS and not word.startswith(VOWEL_LETTER_CONSONANT_SOUND)
    if word.startswith(("unin", "unim", "utt", "uninh")):
        vowel = True
    return f"{'an' if vowel else 'a'} {noun}"


def _with_ed(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ied"
    if lemma.endswith("c"):
        return lemma + "ked"
    return _doubled(lemma) + "ed"


def _with_s(word: str) -> str:
    if _SIBILANT.search(word):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    if word.endswith("o") and word[-2:-1] not in _VOWELS:
        return word + "es"
    return word + "s"


def _doubled(lemma: str) -> str:
    """The stem before -ed and -ing: its last consonant doubled where English does so."""
    if lemma.endswith("c"):
        return lemma + "k"
    if not re.search(r"(?:^|[^aeiou]|qu)[aeiouy][^aeiouwxy]$", lemma):
        return lemma
    if len(_SYLLABLE.findall(lemma.replace("qu", "q"))) == 1:
        return lemma + lemma[-1]
    if lemma.endswith("l") and lemma not in UNDOUBLED_L:
        return lemma + "l"
    return lemma + lemma[-1] if lemma in LAST_SYLLABLE_STRESSED | set(IRREGULAR) else lemma
