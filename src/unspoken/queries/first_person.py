"""A ledger's phrases as somebody in them says them: of *Lena sank the boat*, Lena says *I*.

Receives a phrase and who says it; hands on a wording that has a slot for them, or None where no
rule is sure enough: then the phrase stands as it is written.
"""

from __future__ import annotations

import re

from unspoken.telling.morph import lemma_of, past, third
from unspoken.telling.wording import Wording

_OTHERS = re.compile(
    r"\b(?:he|him|his|himself|she|hers?|herself|they|them|their|theirs|themselves|themself)\b", re.I
)
"""What may mean whoever says it, or somebody else."""
_MORE = re.compile(r"\b(?:and|but|or)\b")
"""What may join a second verb, which would have to agree as well."""


def as_own(phrase: str, who: str) -> Wording | None:
    """A phrase about somebody, with a slot wherever they are named."""
    name = rf"\b{re.escape(who)}\b"
    if _OTHERS.search(phrase) or not re.search(name, phrase):
        return None
    said = re.sub(rf"{name}['\u2019]s(?!\w)", "{own's}", phrase)
    said = re.sub(rf"(?<= ){name}$", "{own}", said)  # whom it is done to
    doing = re.match(rf"{name} (\w+)(.*)", said, re.DOTALL)
    if doing is not None:
        verb = _agreeing(doing[1], doing[2])
        if verb is None:
            return None
        said = f"{{own}} {verb}{doing[2]}"
    return None if re.search(name, said) else Wording(said, {"own": who})


def _agreeing(word: str, rest: str) -> str | None:
    """A verb as it agrees with whoever it is; None: it is no verb, or not the only one."""
    word = word if lemma_of(word) else re.sub(r"t$", "ed", word)  # *burnt* is our *burned*
    lemma = lemma_of(word)
    if lemma is None:
        return None
    if word == past(lemma):
        return f"[past {lemma}]"
    return f"[{lemma}]" if word == third(lemma) and not _MORE.search(rest) else None
