"""The names and the facts of a ledger: who is called what, and which phrases are one fact.

Receives, from ``reading``, lists of people and phrases with their places; hands on names as they
stand in the ledger, and claims. What is wrong in them it hands to whoever made it (``complain``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

from unspoken.ledger.model import Claim
from unspoken.ledger.phrases import Words, affirmed, form_of
from unspoken.ledger.pieces import Piece, listed, parts
from unspoken.ledger.words import EVERYBODY

_MIND = re.compile(
    r"(.+?)\s+(?:(?:does|did)\s+(not)\s+know|knows|knew|believes|believed)\s+that\s+(.+)"
)


class Naming:
    """What is called how. ``close`` when all names are declared, before any phrase is read."""

    def __init__(self, complain: Callable[..., None]) -> None:
        self.complain = complain
        self.people: list[str] = []
        self.names: dict[str, tuple[str, ...]] = {}
        """Whoever is called so, or are, in small letters: people, other names, groups."""
        self.longest: tuple[str, ...] = ()
        """The same, the longest first."""
        self.facts: dict[str, None] = {}
        """Every fact that is spoken of, in order."""
        self._first_words: set[str] = set()
        """With which people's names begin."""
        self._groups: set[str] = set(EVERYBODY)
        self._others: re.Pattern[str] | None = None
        self._unknown: set[str] = set()
        self._wordings: dict[Words, str] = {}
        """How each fact is called; by what its phrase comes to."""
        self._meant: dict[Words, tuple[Words, bool]] = {}
        """Other wordings: what they come to, and whether they deny it."""

    # Names

    def declare(self, people: Piece) -> None:
        """``Anna, Ben (also Mr Hale; Benny)``"""
        for name, note in listed(people):
            self.call(name, (name.text,))
            if name.text not in self.people:
                self.people.append(name.text)
                self._first_words.add(name.text.partition(" ")[0])
            for other in () if note is None else parts(note):
                also = other.part(5) if other.text.startswith("also ") else other
                for piece, _ in listed(also):
                    self.call(piece, (name.text,))
        self.names |= dict.fromkeys(EVERYBODY, tuple(self.people))

    def call(self, name: Piece, who: tuple[str, ...]) -> None:
        """Somebody is called so."""
        known = self.names.setdefault(name.text.casefold(), who)
        if known != who:
            self.complain("same-name-twice", name, name=name.text, whose=", ".join(known))

    def group(self, name: Piece, who: tuple[str, ...]) -> None:
        """Several are called so."""
        self.call(name, who)
        self._groups.add(name.text.casefold())

    def close(self) -> None:
        """No more names will be declared."""
        self.longest = tuple(sorted(self.names, key=lambda name: (-len(name), name)))
        also = [
            re.escape(name)
            for name in self.longest
            if len(self.names[name]) == 1 and self.names[name][0].casefold() != name
        ]
        if also:
            self._others = re.compile(rf"(?<!\w)(?:{'|'.join(also)})(?!\w)", re.IGNORECASE)

    def who(self, piece: Piece) -> tuple[str, ...]:
        """The people whom a list names; a name that nobody has is complained about."""
        alone = self.names.get(piece.text.casefold())
        if alone is not None:
            return alone
        found: dict[str, None] = {}
        for name, _ in listed(piece):
            called = self.names.get(name.text.casefold())
            if called is not None:
                found |= dict.fromkeys(called)
            elif name.text.casefold() not in self._unknown:
                self._unknown.add(name.text.casefold())
                self.complain("not-among-people", name, name=name.text, known=self.people)
        return tuple(found)

    def loose(self, piece: Piece) -> frozenset[str]:
        """Of the people whom a list names, those who are not named themselves, but a group."""
        named: set[str] = set()
        meant: set[str] = set()
        for name, _ in listed(piece):
            called = self.names.get(name.text.casefold(), ())
            (meant if name.text.casefold() in self._groups else named).update(called)
        return frozenset(meant - named)

    def agent(self, phrase: str) -> str | None:
        """The person whose name a phrase begins with."""
        named = self.named(phrase)
        if named.partition(" ")[0] not in self._first_words:
            return None
        found = [name for name in self.people if named.startswith(f"{name} ")]
        return max(found, key=len) if found else None

    def named(self, text: str) -> str:
        """A phrase with people by their own names, where it has their other names."""
        if self._others is None:
            return text
        return self._others.sub(lambda found: self.names[found.group().casefold()][0], text)

    # Phrases

    def same(self, wordings: Piece) -> None:
        """Phrases, semicolons between them, that are one fact."""
        forms = [form_of(self.named(piece.text)) for piece in parts(wordings)]
        for first, other in product(forms[:1], forms[1:]):
            if other.words != first.words:
                self._meant[other.words] = (first.words, first.denied != other.denied)

    def wordings(self) -> dict[Words, tuple[str, bool]]:
        """The facts that other wordings are, and whether they deny them."""
        return {
            other: (self._wordings[words], contrary)
            for other, (words, contrary) in self._meant.items()
            if words in self._wordings
        }

    def hear(self, phrases: Piece) -> None:
        """A fact is called as it is first affirmed, wherever that is."""
        for piece in parts(phrases):
            text = self.about_a_mind(piece.text)[2]
            for phrase in (piece.text,) if text is piece.text else (piece.text, text):
                form = form_of(self.named(phrase))
                if not form.denied:
                    self._wordings.setdefault(form.words, _plain(phrase))

    def about_a_mind(self, text: str) -> tuple[tuple[str, ...], bool | None, str]:
        """``Anna knows that ...``: whose mind, whether it does, and what; else nobody's."""
        found = _MIND.fullmatch(text)
        who = self.names.get(found.group(1).casefold(), ()) if found else ()
        if found is None or len(who) != 1:
            return (), True, text
        return who, None if found.group(2) else True, found.group(3)

    def claim(self, piece: Piece, minds_too: bool) -> Claim | None:
        """What a phrase says; ``minds_too``: it can be about what somebody knows."""
        minds, value, text = self.about_a_mind(piece.text) if minds_too else ((), True, piece.text)
        form = form_of(self.named(text))
        words, denied = form.words, form.denied
        if words in self._meant:
            words, contrary = self._meant[words]
            denied = denied != contrary
        if not words:
            self.complain("line-without-phrase", piece)
            return None
        fact = self._wordings.setdefault(words, affirmed(_plain(text)))
        self.facts.setdefault(fact)
        return Claim(fact, None if value is None else not denied, minds)


def _plain(phrase: str) -> str:
    return " ".join(phrase.split()).rstrip(".")
