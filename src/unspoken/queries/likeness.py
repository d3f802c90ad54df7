"""How words of a question are like words of a story: by their stems, by who stands in which role,
and by what a storyworld itself says together.

Receives texts with marked names; hands on stems and whether roles agree. A word that nothing
accounts for is never passed over: *did Ann sell the moon* is not *has Ann sold something*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

from unspoken.ledger.phrases import LITTLE
from unspoken.model import Storyworld
from unspoken.queries.naming import MARK
from unspoken.telling.lexicon import PREPOSITIONS
from unspoken.telling.morph import lemma_of, participle, past
from unspoken.telling.setting import split_name
from unspoken.telling.verbs import words

HOLE = "@"
"""Whoever or whatever is asked for, in a clause: *@ loves #1*."""

FILLING = (
    LITTLE
    | PREPOSITIONS
    | set(words("""be have do is was are has that it its there own and ever even really all"""))
    | set(words("""she he they him them herself himself any something anything"""))
)
"""What says nothing of its own."""
_WORD = re.compile(r"[a-z']+")
_HELD = re.compile(r"\{[^}]*\}")
_BY = re.compile(rf"(?P<x>#\d+|{HOLE}) (?:is|was|are|were|be|been) (?P<verb>\w+)(?: by (?P<y>.+))?")
_TO = frozenset(("to", "into", "onto", "at", "in", "on", "towards", "toward"))


def short(said: Iterable[str]) -> tuple[str, ...]:
    """The words, but for articles and prepositions."""
    return tuple(word for word in said if word not in LITTLE and word not in PREPOSITIONS)


def stem(word: str) -> str:
    bare = word.strip("'\u2019")
    found = lemma_of(bare) or _by_ending(bare)
    return found[:-1] if found[-1:] == found[-2:-1] else found


def _by_ending(word: str) -> str:
    """``loved`` and ``loves`` are ``love``, by the look of them."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e")


def stems(text: Iterable[str]) -> frozenset[str]:
    """The stems of the words that say something, and are no names."""
    said = (word for word in text if word not in FILLING and word != HOLE)
    return frozenset(stem(word) for word in said if not MARK.match(word))


def is_mark(word: str) -> bool:
    return word == HOLE or MARK.fullmatch(word) is not None


def same_roles(asked: Sequence[str], told: Sequence[str], doer: str | None) -> bool:
    """Whether everybody named in a clause has the part in it that they have in what is told: who
    does it (``doer``, a mark), from where, to whom; those without a preposition in their order."""
    if asked and is_mark(asked[0]) and doer is not None and asked[0] != doer:
        return False
    mine, own = _placed(asked[1:]), _placed(told[1:])
    for mark, before in mine:
        ways = {way for one, way in own if one == mark}
        if before and ways and before not in ways and not (before != "from" and "" in ways):
            return False
    bare = [mark for mark, before in mine if not before]
    order = [mark for mark, before in own if not before]
    return [mark for mark in bare if mark in order] == [mark for mark in order if mark in bare]


def _placed(words: Sequence[str]) -> list[tuple[str, str]]:
    """Those named, each with the preposition before it, directions to somewhere being one."""
    found = []
    for place, word in enumerate(words):
        if is_mark(word):
            before = words[place - 1] if place else ""
            way = before if before in PREPOSITIONS else ""
            found.append((word, "to" if way in _TO else way))
    return found


def active(text: str) -> str:
    """*#1 is loved by #2*: #2 loved #1. *#1 is loved*: by somebody, as far as is said."""
    found = _BY.fullmatch(text)
    verb = lemma_of(found["verb"]) if found else None
    if found is None or verb is None or participle(verb) != found["verb"] or not found["y"]:
        return text
    return f"{found['y']} {past(verb)} {found['x']}"


def by_somebody(text: str) -> str | None:
    """*#1 was kissed*, of whoever did it: *@ kissed #1*; None for what says by whom, or is no such
    clause."""
    found = _BY.fullmatch(text)
    if found is None or found["y"] or found["x"] == HOLE:
        return None
    told = active(f"{text} by {HOLE}")
    return None if told.startswith(found["x"]) else told


class Vocabulary:
    """What a storyworld says, sentence by sentence: the words that its names, gists, frames and
    thoughts have together."""

    def __init__(self, world: Storyworld) -> None:
        told = world.telling
        names = [*(one.name for one in world.actions), *(one.name for one in world.triggers)]
        texts = [" ".join(split_name(name)) for name in names]
        texts += [speech.gist for speech in told.speeches if speech.gist]
        texts += [text for frame in told.frames for text in frame.texts]
        texts += [text for one in told.thoughts for _, given in one.forms for text in given]
        said = [_WORD.findall(_HELD.sub(" ", text).casefold()) for text in texts]
        self._said = frozenset(word for words in said for word in words)
        self._together = [stems(words) for words in said]

    def has(self, word: str) -> bool:
        """Whether the world says a word at all, or another form of the verb that it is."""
        is_form = lemma_of(word) is not None
        return word in self._said or (is_form and any(stem(word) in one for one in self._together))

    def accounts(self, left: Set[str], said: Set[str]) -> bool:
        """Whether the world itself says each of these words with some of what is ``said``:
        *the teapot* with *break*, where somebody says that a cat broke the teapot."""
        return all(
            any(word in one and not one.isdisjoint(said) for one in self._together) for word in left
        )
