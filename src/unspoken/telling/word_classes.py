"""What kind of word a word of a name is: an adjective, a participle, a verb, a noun.

Receives words in small letters; hands on what they are, and the lemmas of verbs. Guesses by the
look of a word where no table has it; a guess that could be wrong is not made (None, False).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from unspoken.telling import lexicon
from unspoken.telling.morph import is_verb, participle, past
from unspoken.telling.verbs import IRREGULAR, words

_STATES = words(
    """anxious awful brave bright calm certain clean clear clever closed cold composed cruel dark
    deaf dirty done dry dumb eager empty fair false famous firm fresh full gentle glad good
    grand great grim hard heavy honest hot humble keen kind lame lit loud loyal mad mean mute
    naked neat nervous new numb odd old over pale poisoned polite present absent private public
    puzzled quick quiet ready real right rude scarlet secret sharp shut shy slow smart so soft
    sore sorry sound startled strange strict strong stuck sure sweet tall tame tender together
    tough true upset vain warm weak wet whole wicked wild wise wrong young"""
)
"""Names of properties that say how somebody, or everything, is."""
_ADJECTIVE = re.compile(r"\w{3,}(?:less|ful|ous|ive|able|ible|ry|ty|ny|py|ky|zy)")
_NOUN = re.compile(
    r"\w{2,}(?:[^e]er|tor|sor|ist|ian|ant|ness|ment|tion|sion|ship|hood|(?<!l)ess|ee)"
)
_NOUNS = words(
    """alibi alarm ally answer baby blame body bounty bridge captive cavalry chief child city clue
    company county coward crime culprit danger debt door duty enemy entry exit fire fool friend
    ghost grudge guest guard haunt heir hero hint home host hostage key king lamp leak lie liar
    light link map mark motive path place plot party penalty promise queen quest reason riddle
    road route secret sign spy storm story talent thief threat trail trap truth victim wall way
    weapon wife will witch witness wizard"""
)
_NOT_PARTICIPLES = words(
    """beloved breed crooked creed exceed feed greed hundred indeed kindred naked need proceed
    rugged sacred seed shed speed succeed weed wicked"""
)
_HABITS = words("""always business hops ideas lens news odds strokes tales""")
"""What ends in *s* and is no verb."""


def is_adjective(spelt: str) -> bool:
    known = spelt in _STATES or spelt in lexicon.TRUE_OF_ONE
    return known or (_ADJECTIVE.fullmatch(spelt) is not None and not is_noun(spelt))


def is_noun(word: str) -> bool:
    """Whether a word is surely a noun that there may be one of."""
    return word in _NOUNS or word in lexicon.KIN or _NOUN.fullmatch(word) is not None


def is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def lemma_of_participle(word: str, verbs: Collection[str] = ()) -> str | None:
    """The verb of which a word is the participle, the first of ``verbs`` or of ours, else by the
    rule for *-ed*; None if it is none."""
    own = (verb for verb in verbs if participle(verb) == word)
    return next(own, None) or _lemma(word)


@lru_cache(maxsize=1024)
def _lemma(word: str) -> str | None:
    lemma: str
    stems = (word[:-1], word[:-2], word[:-3], word[:-3] + "y") if word.endswith("ed") else ()
    for lemma in (*stems, *IRREGULAR):
        if is_verb(lemma) and participle(lemma) == word:
            return lemma
    if len(word) < 5 or word in _NOT_PARTICIPLES or is_adjective(word):
        return None
    return next((stem for stem in stems if participle(stem) == word), None)


def lemma_of_past(word: str) -> str | None:
    """The irregular verb of which a word is the past, and not the participle: *knew*."""
    return next((verb for verb in IRREGULAR if past(verb) == word != participle(verb)), None)


def lemma_of_third(word: str, verbs: Collection[str] = ()) -> str | None:
    """The verb of which a word is the third person: *likes*; None if it is none that we know."""
    if word == "has":
        return "have"
    if not word.endswith("s") or word in _HABITS:
        return None
    bare = _bare(word)
    return bare if bare in verbs or is_verb(bare) else None


def guessed_third(word: str) -> str | None:
    """The same of a relation between two, which is hardly ever called by a plural: *controls*."""
    return _bare(word) if is_plural(word) and word not in _HABITS and len(word) > 3 else None


def _bare(word: str) -> str:
    """A verb without its *s*: goes, carries, likes."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "oes")):
        return word[:-2]
    return word[:-1]
