"""Whether a rewritten paragraph may stand: every cheap check there is, each with its reason.

Receives what was sent and what came back; hands on reasons why it will not do, which may be said to
whoever wrote it: they name what is in the answer, never what a probe guards. Knows more than the
brief: the world's names, and the forbidden facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from unspoken.rewriting import signs
from unspoken.rewriting.locks import MARK, Locked
from unspoken.rewriting.probes import Probe, stems
from unspoken.telling.setting import Setting

SHORTEST, LONGEST, SLACK = 0.7, 1.5, 4
"""How the length may change, and by how many words it always may."""

_WORD = re.compile(r"[A-Za-z]+(?:['\u2019-][A-Za-z]+)*")
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*[”\u2019)]*")
_META = re.compile(
    r"^(?:sure|certainly|here (?:is|'s)|here\u2019s|of course[,!]|paragraph:|rewritten)", re.I
)
_LETTERS = {*"\u2018\u2019\u2013—…⟦⟧", *"àâäçèéêëîïñôöûüÉ"}
"""What a paragraph may have beside ASCII."""
_BEFORE = 4
"""How many words may stand between somebody and what is said of their mind."""


class Gate(Struct, frozen=True, dict=True):
    """For one paragraph. ``mind``: whose it is; ``probes``: what that mind cannot know; ``given``:
    what else the brief says."""

    setting: Setting
    mind: str | None
    locked: Locked
    probes: tuple[Probe, ...]
    is_past: bool
    is_first: bool
    given: str = ""

    def reasons(self, answer: str) -> tuple[str, ...]:
        """Why it will not do; nothing, where it will. What is not even well formed is not read
        further."""
        for check in (self._form, self._locks):
            if found := tuple(check(answer)):
                return found
        checks = (
            *(self._length, self._names, self._numbers, self._things, self._tense, self._person),
            *(self._pronouns, self._minds, self._truth, self._forbidden),
        )
        return tuple(dict.fromkeys(reason for check in checks for reason in check(answer)))

    # What it looks like

    def _form(self, answer: str) -> Iterator[str]:
        if not answer.strip():
            yield "it is empty"
        if "\n" in answer.strip() or any(
            ord(c) < 32 or 127 <= ord(c) < 160 for c in answer.strip()
        ):
            yield "it is not one paragraph"
        if _META.search(answer.strip()) and not _META.search(self.locked.text):
            yield "it has a comment in it"
        if re.search(r"[*_#<>`{}\[\]\\|]|https?:", answer):
            yield "it has marks in it that are no prose"
        if re.search(r"[“”\"„«»]", MARK.sub("", answer)):
            yield "it has quotation marks in it"
        if not re.search(r"[.!?…⟧][\u2019)]?\s*$", answer):
            yield "it has no end"
        if not answer.isascii() and re.search(
            r"[^\x20-\x7e\u2018\u2019…\u2013—⟦⟧éèêëàâäïîôöûüçñÉ]", answer
        ):
            yield "it has characters that the story has not"

    def _locks(self, answer: str) -> Iterator[str]:
        found = [int(number) for number in MARK.findall(answer)]
        wanted = list(range(1, len(self.locked.spans) + 1))
        if found != wanted or re.search(r"[⟦⟧]", MARK.sub("", answer)):
            yield "the marks are not all there, once each and in order"

    def _length(self, answer: str) -> Iterator[str]:
        before, now = self.locked.words, len(MARK.sub(" ", answer).split())
        if now > max(before * LONGEST, before + SLACK):
            yield "it is too long"
        if now < min(before * SHORTEST, before - SLACK):
            yield "it is too short"

    # What it speaks of

    @cached_property
    def _old(self) -> str:
        return self.locked.filled(self.locked.text)

    @cached_property
    def _old_free(self) -> frozenset[str]:
        return frozenset(map(_plain, _WORD.findall(MARK.sub(" ", self.locked.text))))

    @cached_property
    def _old_words(self) -> frozenset[str]:
        return frozenset(_plain(word) for word in _WORD.findall(self._old))

    def _new(self, answer: str) -> list[str]:
        """The free words that the paragraph has not, as written."""
        free = _WORD.findall(MARK.sub(" ", answer))
        return [word for word in free if _plain(word) not in self._old_words]

    def _names(self, answer: str) -> Iterator[str]:
        """Words with a capital where only names have one; at the beginning of a sentence, those
        that a verb follows and that are no everyday words."""
        for sentence in _sentences(MARK.sub("⟦", answer)):
            found = _WORD.findall(sentence)
            for place, word in enumerate(found):
                known = self._old_words | signs.FIRST
                if not word[0].isupper() or _plain(word) in known:
                    continue
                if place > 0 or self._is_named(word) or _begins_as_a_name(found):
                    yield f"it has a new name in it: {word}"
        for word in self._new(answer):
            if self._is_named(word):
                yield f"it has a new name in it: {word}"

    def _is_named(self, word: str) -> bool:
        return _plain(word).removesuffix("'s") in self._characters

    @cached_property
    def _characters(self) -> frozenset[str]:
        names = (self.setting.name(entity) for entity in self.setting.characters)
        return frozenset(part.lower() for name in names for part in name.split())

    def _numbers(self, answer: str) -> Iterator[str]:
        if re.search(r"\d", MARK.sub("", answer)) and not re.search(r"\d", self._old):
            yield "it has a new number in it"
        for word in self._new(answer):
            if _plain(word) in signs.NUMBERS:
                yield f"it has a new number or time in it: {word}"

    def _things(self, answer: str) -> Iterator[str]:
        given = self.given.lower()
        for word in self._new(answer):
            if _plain(word) in self._entities and _plain(word) not in given:
                yield f"it has a new place or thing in it: {word}"

    @cached_property
    def _entities(self) -> frozenset[str]:
        others = (
            e.name for e in self.setting.world.entities if e.name not in self.setting.characters
        )
        names = (self.setting.name(entity).removeprefix("the ").lower() for entity in others)
        return frozenset(names) - signs.COMMON

    # How it is told

    def _tense(self, answer: str) -> Iterator[str]:
        wrong, right = (signs.PRESENT, signs.PAST) if self.is_past else (signs.PAST, signs.PRESENT)
        words = [_plain(word) for word in _WORD.findall(MARK.sub(" ", answer))]
        if self._old_free & wrong:
            return  # it goes both ways already
        for word in words:
            if word in wrong - right:
                yield f"it changes the tense: {word}"

    def _person(self, answer: str) -> Iterator[str]:
        says_i = any(_plain(word) in signs.FIRST for word in _WORD.findall(MARK.sub(" ", answer)))
        said_i = bool(self._old_free & signs.FIRST)
        if says_i and not said_i and not self.is_first:
            yield "it says I"
        if self.is_first and said_i and not says_i:
            yield "it does not say I"

    def _pronouns(self, answer: str) -> Iterator[str]:
        words = {_plain(word) for word in _WORD.findall(MARK.sub(" ", answer))}
        for pronoun, forms in signs.PRONOUNS.items():
            if words & forms and not (self._old_words & forms or pronoun in self._classes):
                yield f"it says *{pronoun}*, and there is nobody so called"

    @cached_property
    def _classes(self) -> frozenset[str | None]:
        """The pronouns of those who are in the paragraph."""
        here = {span.entity for span in self.locked.spans} | {self.mind}
        here |= {e.name for e in self.setting.world.entities if e.name.lower() in self._old_words}
        return frozenset(self.setting.pronoun(one) for one in here if one is not None)

    # What it gives away

    def _minds(self, answer: str) -> Iterator[str]:
        """What goes on in another, said and not guessed."""
        told = {(who, word) for who, word, _ in self._said_of_minds(self.locked.text)}
        for who, word, guessed in self._said_of_minds(answer):
            if not guessed and (who, word) not in told:
                yield f"it says what goes on in {self.setting.name(who)}: {word}"
        still = self._guessed(answer)
        for number in sorted(self._guessed(self.locked.text) - still):
            if self._is_other(number):
                yield f"what stood as a guess about ⟦{number}⟧ stands as a fact"

    def _guessed(self, text: str) -> frozenset[int]:
        """The marks in sentences that show themselves to be guesses."""
        return frozenset(
            int(mark[1])
            for sentence in _sentences(text)
            if _is_guess(sentence)
            for mark in MARK.finditer(sentence)
        )

    def _is_other(self, number: int) -> bool:
        span = self.locked.spans[number - 1]
        return span.kind == "mention" and span.entity not in (None, self.mind)

    def _said_of_minds(self, text: str) -> Iterator[tuple[str, str, bool]]:
        """Of whom, what, and whether as a guess."""
        for sentence in _sentences(text):
            for mark in MARK.finditer(sentence):
                span = self.locked.spans[int(mark[1]) - 1]
                if not self._is_other(int(mark[1])) or span.entity is None:
                    continue
                after = [
                    _plain(word) for word in _WORD.findall(sentence[mark.end() :].split("⟦")[0])
                ]
                own = span.text.endswith(("\u2019s", "'s", "\u2019"))
                for word in after[: 1 if own else _BEFORE]:
                    if word in (signs.INSIDES if own else signs.MINDS):
                        yield span.entity, word, _is_guess(sentence)
        yield from self._of_those_meant(text)

    def _of_those_meant(self, text: str) -> Iterator[tuple[str, str, bool]]:
        """The same where a pronoun can only mean another: not of the mind's class, nor of two."""
        of_mind = None if self.mind is None else self.setting.pronoun(self.mind)
        here = dict.fromkeys(
            s.entity for s in self.locked.spans if s.kind == "mention" and s.entity
        )
        for who in here:
            pronoun = self.setting.pronoun(who)
            if who == self.mind or pronoun == of_mind or pronoun not in signs.PRONOUNS:
                continue
            for sentence in _sentences(text):
                words = [_plain(word) for word in _WORD.findall(sentence)]
                for place, word in enumerate(words):
                    if word == pronoun:
                        for inner in words[place + 1 : place + 1 + _BEFORE]:
                            if inner in signs.MINDS:
                                yield who, inner, _is_guess(sentence)

    def _truth(self, answer: str) -> Iterator[str]:
        free = MARK.sub(" ", answer)
        for found in signs.TRUTH.finditer(free):
            if found[0].lower() not in self._old.lower():
                yield f"it knows better than its mind: {found[0]}"
        for word in self._new(answer):
            if _plain(word) in signs.FACTIVE:
                yield f"it says that something is so which its mind can only take to be: {word}"

    def _forbidden(self, answer: str) -> Iterator[str]:
        said = stems(MARK.sub(" ", answer)) - stems(self._old)
        if any(probe.fires(said) for probe in self.probes):
            yield "it has something in it that its mind cannot know"


def _plain(word: str) -> str:
    return word.lower().replace("\u2019", "'")


def _begins_as_a_name(found: list[str]) -> bool:
    first, *rest = map(_plain, found)
    if first in signs.COMMON or first.endswith(("ly", "ing")) or not rest:
        return False
    return rest[0].endswith("ed") or rest[0] in signs.PAST | signs.PRESENT | signs.MINDS


def _is_guess(sentence: str) -> bool:
    """Whether it shows itself to be one, by words that are free."""
    return signs.GUESSES.search(MARK.sub("", sentence).strip()) is not None


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in _SENTENCE.findall(text) if sentence.strip()]
