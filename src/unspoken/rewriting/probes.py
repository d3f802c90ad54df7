"""Forbidden facts: by which words a paragraph would show what its mind cannot know.

Receives the chronicle and the model; hands on probes for each mind: the words of what others saw,
did and thought without it, less the words of its own story. They stay on this side of the wire.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from unspoken.chronicle.events import Chronicle
from unspoken.model import Storyworld
from unspoken.rewriting.signs import COMMON
from unspoken.telling import Options, Sentence, tell, trace
from unspoken.telling.setting import Setting

LEAST = 2
"""How many words of one fact give it away."""


class Probe(Struct, frozen=True):
    """``words``: stems by which a fact would be known; ``text``: it, as another mind has it."""

    words: frozenset[str]
    text: str

    def fires(self, said: frozenset[str]) -> bool:
        return len(self.words & said) >= LEAST


def stems(text: str) -> frozenset[str]:
    """The words of a text that carry something, without their endings."""
    found = re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower().replace("\u2019", "'"))
    return frozenset(_stem(word) for word in found if word not in COMMON and len(word) > 2)


def _stem(word: str) -> str:
    """Alike for *knock*, *knocks*, *knocked*, *knocking*; that is all that is wanted."""
    for ending in ("ingly", "edly", "ing", "ed", "es", "ly", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def probes(chronicle: Chronicle, storyworld: Storyworld, mind: str | None) -> tuple[Probe, ...]:
    """Of everything that others had and this mind had not."""
    own = frozenset(trace(chronicle, mind))
    known = [sentence.text for sentence in _told(chronicle, storyworld, mind)]
    setting = Setting(storyworld)
    others = (*_thoughts(chronicle, storyworld, mind, own), *_unseen(chronicle, setting, own))
    return probes_of(others, known)


def probes_of(others: Iterable[str], own: Iterable[str]) -> tuple[Probe, ...]:
    """Of texts that others have, by what is not in one's own."""
    known = frozenset(stem for text in own for stem in stems(text))
    found: dict[frozenset[str], Probe] = {}
    for text in others:
        words = stems(text) - known
        if len(words) >= LEAST:
            found.setdefault(words, Probe(words, text))
    return tuple(found.values())


def _told(chronicle: Chronicle, storyworld: Storyworld, mind: str | None) -> Iterator[Sentence]:
    view = "external" if mind is None else "limited"
    telling = tell(chronicle, storyworld, Options(view=view, through=mind))  # type: ignore[arg-type]
    for paragraph in telling.paragraphs:
        yield from paragraph.sentences


def _thoughts(
    chronicle: Chronicle, storyworld: Storyworld, mind: str | None, own: frozenset[int]
) -> Iterator[str]:
    """What others are told through: each sentence that is of something this mind had not."""
    for other in chronicle.characters:
        if other != mind:
            for sentence in _told(chronicle, storyworld, other):
                if not sentence.events or not own.issuperset(sentence.events):
                    yield sentence.text


def _unseen(chronicle: Chronicle, setting: Setting, own: Iterable[int]) -> Iterator[str]:
    """Other ways in which acts that it did not perceive could have been told."""
    perceived = set(own)
    for act in chronicle.acts():
        if act.number not in perceived:
            for _, frame, _ in setting.frames(act.name, act.arguments):
                yield from (re.sub(r"[{}\[\]]", " ", text) for text in frame.texts)
            speech = setting.speech(act.name, act.arguments)
            if speech is not None:
                yield from speech[0].says
