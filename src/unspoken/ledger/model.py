"""What a ledger says, as frozen values: people, scenes, and in each scene its lines.

Comes first in the package. Receives nothing; knows neither the text's form nor what follows from
it. A fact is named by its phrase, as it is first worded; facts have no value but true and false.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct, field

from unspoken.model import Source, Span
from unspoken.model.origin import Written


class Presence(NamedTuple):
    """How somebody is in a scene: whether they see what happens, hear what is said, and are known
    to be there by those who see."""

    name: str
    sees: bool
    hears: bool
    seen: bool


HERE = Presence("here", True, True, True)
ASLEEP = Presence("asleep", False, False, True)
HIDING = Presence("hiding", True, True, False)
EAVESDROPPING = Presence("eavesdropping", False, True, False)
OUT_OF_EARSHOT = Presence("out of earshot", True, False, True)
ON_THE_TELEPHONE = Presence("on the telephone", False, True, True)

PRESENCES = (ASLEEP, HIDING, EAVESDROPPING, OUT_OF_EARSHOT, ON_THE_TELEPHONE)
"""What can stand in brackets behind a name."""


class Claim(NamedTuple):
    """What a phrase says: that the fact holds, or does not; with ``minds``, that it is so in that
    mind ("Anna knows that ..."), None: that this mind has no such knowledge."""

    fact: str
    value: bool | None = True
    minds: tuple[str, ...] = ()


class Passage(Written, frozen=True):
    """What stands somewhere in a ledger."""

    aside = frozenset({"span", "about"})


class Intended(Passage, frozen=True):
    """Why an author means a line to be as it is. ``span``: where that stands."""

    reason: str
    span: Span


class Line(Passage, frozen=True):
    """One line in a scene (or above the first): who does what, to whom, and what it is about.

    ``verb``: a key of ``words.VERBS`` or ``words.MOVES``, or ``happens``, ``revealed``,
    ``no longer``, ``secret``. Of what happens, ``who`` is the person whose name begins the phrase.
    ``words``: the phrase as written. ``source``: what stands in brackets behind ``from``; a
    person's name, if it is one. ``presence``: how somebody enters. ``span``: what stands before
    the colon, ``about``: the phrase behind it.
    """

    verb: str
    who: tuple[str, ...]
    whom: tuple[str, ...]
    claim: Claim | None
    words: str
    span: Span
    about: Span | None = None
    source: str | None = None
    presence: Presence | None = None
    intended: Intended | None = None
    loose: frozenset[str] = frozenset()
    """Those of ``whom`` who are meant only if they are there: of a group, or of everybody."""

    @property
    def number(self) -> int:
        """Of the line in the text, from 1."""
        return self.span.line


class Chapter(Struct, frozen=True):
    """A chapter, in the order of the book. ``name``: its number as written, or its place."""

    name: str
    title: str

    @property
    def words(self) -> str:
        """``chapter 3``."""
        return f"chapter {self.name}"


class Moved(Passage, frozen=True):
    """Where in story time a scene stands that is not told in its place: right ``before`` or right
    ``after`` another (their places among the scenes), or both: after one and before another."""

    before: int | None = None
    after: int | None = None
    span: Span | None = None


class Scene(Passage, frozen=True):
    """A scene. ``clock``: its place in story time, as the nearest ``when`` says, and ``when``: that
    as written, where it stands in the scene itself. ``chapter``: its place among the chapters."""

    title: str
    chapter: int | None
    present: tuple[tuple[str, Presence], ...]
    lines: tuple[Line, ...]
    span: Span
    clock: float = 0.0
    when: str | None = None
    moved: Moved | None = None
    intended: Intended | None = None


class Ledger(Struct, frozen=True):
    """A whole ledger. ``known``: the lines above the first scene, what is so from the beginning.
    ``facts``: every fact, in the order in which they are first named. ``exclusive``: pairs of
    facts of which only one can be so. ``scenes`` stand as told, ``order`` has their places as
    they happen."""

    source: Source
    title: str
    people: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    known: tuple[Line, ...]
    scenes: tuple[Scene, ...]
    order: tuple[int, ...]
    facts: tuple[str, ...]
    exclusive: tuple[tuple[str, str], ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """Other names of people, in small letters, and whose they are."""
    same: Mapping[tuple[str, ...], tuple[str, bool]] = field(default_factory=dict)
    """What other wordings come to (``phrases.Form``): the fact, and whether they deny it."""

    def chapter_of(self, scene: Scene) -> Chapter | None:
        """The chapter that a scene stands in."""
        return None if scene.chapter is None else self.chapters[scene.chapter]

    def place_of(self, scene: Scene) -> str:
        """Where a scene is found: ``“The garden” (chapter 3)``."""
        chapter = self.chapter_of(scene)
        return f"“{scene.title}”" + (f" ({chapter.words})" if chapter else "")
