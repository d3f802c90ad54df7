"""Manners of speech: how a character says what it says.

Receives the beats of an utterance; hands on its words. Three layers in a fixed order: content (how
many beats), syntax (trailing off), spelling (the stammer). Content only drops beats, spelling
keeps every word: ``unstammered(stammered(s)) == s``. Thoughts do not come through here.

What was said must be the same for everyone who heard it, so draws are keyed by the utterance and
not by the hearer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from unspoken.model.telling import Manner
from unspoken.telling.draws import Key, draw
from unspoken.telling.setting import Setting

USUAL_BEATS = 2
"""How many beats of an utterance somebody without a manner of speech uses."""

AROUSAL = 0.5
"""How much an utterance matters to its speaker, from 0 to 1. Feelings do not say yet."""

OFTEN = 0.5
"""The level from which an utterance does not go by without a stammer."""
STAMMERS_IN_TWELVE = 2
HARD = "bcdgkmpqtw"
"""What a stammerer stumbles over, if its voice does not say."""

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_STAMMERED = re.compile(r"\b([^\W\d_]{1,2})-(?=\1[^\W\d_])|\bI-(?=I\b)", re.IGNORECASE)
_ENDED = re.compile(r"[.?!…]$")
_QUESTION = re.compile(
    r"(?:[A-Z]\w+, |(?:and|but|so|or) )*(?:"
    r"(?:do|does|did|can|could|will|would|shall|should|may|must|have|has|had)(?:n['\u2019]t)? "
    r"(?:I|you|we|they|he|she|it|this|that|there|the|your|my|any\w*|some\w*|[A-Z]\w+)\b"
    r"|(?:is|are|was|were|am)(?:n['\u2019]t)? \w"
    r"|(?:what|who|why|how|when|where|which)(?:['\u2019]s)? "
    r"(?:if|is|are|was|were|do|does|did|can|could|will|would|should|have|has|had|about)\b)"
)
_VOCATIVE = re.compile(r"[A-Z]\w+, ")
_DANGLING = re.compile(r"\b(?:to|and|or|a|an|the|if|of|my|your|with|for)$")


def said(
    beats: Sequence[str], manners: Sequence[Manner], locked: Collection[str], *key: Key
) -> str:
    """The words of an utterance. ``locked``: words no stammer touches (names)."""
    settings = {manner.name: manner.settings for manner in manners}
    used = list(beats)[: _how_many(len(beats), settings, *key)]
    words = joined(used, runs_on="ramble" in settings)
    trails = "trail_off" in settings and not words.endswith(("?", "!"))
    if trails and draw("trail_off", *key) < _level(settings["trail_off"]):
        words = re.sub(r"[.…]+$", "", words) + "…"
    if "stammer" in settings:
        given = [s for s in settings["stammer"] if isinstance(s, str)]
        hard = given[0] if given else HARD
        level = _level(settings["stammer"])
        plain, words = words, stammered(words, level, hard, locked, *key)
        if words == plain and level >= OFTEN:
            words = stammered(words, 1.0, hard, locked, *key, most=1)
    return words


def joined(beats: Sequence[str], *, runs_on: bool = False) -> str:
    """Beats as one utterance: a beat with its own mark ends a sentence, a question gets one; a beat
    that begins with a capital begins a sentence, unless the speaker runs on."""
    text = ""
    asks = False
    """Whether a question was broken off, and has not ended yet."""
    for beat in map(_marked, beats):
        asks = (asks or _QUESTION.match(beat[:1].lower() + beat[1:]) is not None) and (
            beat.endswith("…") or not _ENDED.search(beat)
        )
        if not text:
            text = beat
        elif text.endswith("…"):
            text += " " + beat
        elif _ENDED.search(text):
            text += " " + beat[:1].upper() + beat[1:]
        elif beat[:1].isupper() and not runs_on:
            text += ". " + beat
        else:
            text += ", " + beat
    text = text[:1].upper() + text[1:]
    return text if _ENDED.search(text) or not text else text + ("?" if asks else ".")


@lru_cache(maxsize=4096)
def _marked(beat: str) -> str:
    """A beat with a question mark if it is a question; one that breaks off before its verb, with
    an ellipsis."""
    beat = beat.strip()
    small = beat if _VOCATIVE.match(beat) else beat[:1].lower() + beat[1:]
    if _ENDED.search(beat) or not _QUESTION.match(small):
        return beat
    return beat + ("…" if _DANGLING.search(beat) else "?")


def with_names(beat: str, entities: Mapping[str, str], setting: Setting) -> str:
    """A beat with names for its slots; the speaker's own words need no agreement."""

    def name(slot: re.Match[str]) -> str:
        entity = entities.get(slot.group(1))
        return (slot.group(1) if entity is None else setting.name(entity)) + (slot.group(2) or "")

    return re.sub(r"\{(\w+)('s)?\}", name, beat)


def stammered(
    text: str,
    level: float,
    hard: str,
    locked: Collection[str],
    *key: Key,
    most: int | None = None,
) -> str:
    """The text with some hard beginnings said twice; never two words running, at most two in any
    twelve."""
    found: list[str] = []
    at = 0
    places: list[int] = []
    for place, word in enumerate(_WORD.finditer(text)):
        found.append(text[at : word.start()])
        at = word.end()
        plain = word.group()
        due = (
            plain[0].lower() in hard.lower()
            and (len(plain) > len(_stumble(plain)) or plain == "I")
            and plain not in locked
            and (not places or place - places[-1] > 1)
            and (most is None or len(places) < most)
            and sum(place - earlier < 12 for earlier in places) < STAMMERS_IN_TWELVE
            and draw("stammer", place, *key) < level
        )
        if due:
            places.append(place)
            found.append(_stumble(plain) + "-" + _kept_case(plain))
        else:
            found.append(plain)
    return "".join(found) + text[at:]


def unstammered(text: str) -> str:
    """The text without stammers (a capital at a stumble goes with it: compare ignoring case)."""
    return _STAMMERED.sub("", text)


def _how_many(beats: int, settings: dict[str, tuple[float | str, ...]], *key: Key) -> int:
    """A terse speaker uses one beat, a rambler more than others, up to all."""
    if "terse" in settings:
        return 1
    if "ramble" in settings and beats > USUAL_BEATS:
        more = (beats - USUAL_BEATS) * min(1.0, _level(settings["ramble"], 1.0))
        return USUAL_BEATS + math.ceil(more)
    return min(beats, USUAL_BEATS)


def _level(settings: tuple[float | str, ...], otherwise: float = 0.3) -> float:
    """Base and what arousal adds, both in hundredths: ``15 50``."""
    numbers = [s for s in settings if isinstance(s, float | int)]
    if not numbers:
        return otherwise
    return (numbers[0] + (numbers[1] * AROUSAL if len(numbers) > 1 else 0.0)) / 100


def _stumble(word: str) -> str:
    pair = word[:2].lower() in ("th", "sh", "ch") and len(word) > 2
    return word[:2] if pair else word[:1]


def _kept_case(word: str) -> str:
    return (
        word
        if word == "I" or word[:2].isupper() or word.startswith(("I'", "I\u2019"))
        else (word[:1].lower() + word[1:])
    )
