"""What an author asserts about a world's stories: tests, which stand in the world or beside it.

``language`` reads and prints them, ``assertions`` finds out whether they hold. What is asserted is
about finished stories, so nothing here changes what a world means.
"""

from __future__ import annotations

import re
from typing import Literal as OneOf
from typing import TypeAlias, get_args

from msgspec import Struct

from unspoken.model.expressions import Expression
from unspoken.model.inner import EventUse
from unspoken.model.origin import Span, Written

Item: TypeAlias = Expression | EventUse
"""A fact, or an act that happens."""

ClaimKind = OneOf[
    "at_end",  # so when the story is over
    "always",  # so at the beginning and after every act
    "never",  # at no such moment so; an act: does not happen
    "sometime",  # so at one of them; an act: happens
    "in_order",  # one after the other
    "possible",  # some story within the limits has it
    "impossible",  # none has
]
CLAIMS: tuple[ClaimKind, ...] = get_args(ClaimKind)
ABOUT_ALL: tuple[ClaimKind, ...] = ("possible", "impossible")
"""Claims about all stories that there can be, and not about those that a test is over."""

Over = OneOf["plan", "run", "saved"]
"""The story that `unspoken plan` finds; runs; or a chronicle that was kept."""

ShareWord = OneOf["all", "most", "some", "none", "least", "many"]

Eyes = OneOf["alternate", "omniscient", "camera", "replay"]
EYES: tuple[Eyes, ...] = get_args(Eyes)
"""Whose eyes a story is told through, besides a character's."""

ACTS = "acts"
"""What is blessed where no telling is: the list of acts."""


def slug(title: str) -> str:
    """What of a title a file can be named after: its letters and digits."""
    return re.sub(r"[\W_]+", "-", title.casefold()).strip("-") or "test"


class Claim(Written, frozen=True):
    """One thing asserted. Of ``in_order`` there are several items, else one."""

    kind: ClaimKind
    items: tuple[Item, ...]
    origin: Span | None = None


class Retelling(Written, frozen=True):
    """The story as told through somebody's eyes (a character's name, or one of ``EYES``); or its
    ``ACTS``."""

    eyes: str
    person: OneOf["third", "first"] = "third"
    tense: OneOf["past", "present"] = "past"
    origin: Span | None = None

    def __str__(self) -> str:
        person = " first" if self.person == "first" else ""
        return f"{self.eyes}{person}{' present' if self.tense == 'present' else ''}"


class Saying(Written, frozen=True):
    """That a phrase stands in the story as it is told (``says``), or does not; with ``*`` at its
    end, whatever the last word ends in."""

    says: bool
    eyes: str
    phrase: str
    origin: Span | None = None


class Share(Struct, frozen=True):
    """In how many of the runs what is asserted holds. ``least`` and ``many``: in ``number`` of them
    or more, or or fewer."""

    word: ShareWord = "all"
    number: int = 0

    def holds(self, met: int, of: int) -> bool:
        """Whether that is enough, and not too many."""
        match self.word:
            case "all":
                return met == of
            case "most":
                return 2 * met > of
            case "some":
                return met > 0
            case "none":
                return met == 0
            case "least":
                return met >= self.number
            case "many":
                return met <= self.number

    def __str__(self) -> str:
        if self.word in ("least", "many"):
            return f"at {'least' if self.word == 'least' else 'most'} {self.number}"
        return self.word


class StoryTest(Written, frozen=True):
    """What must hold of some stories, or of all.

    Of plans: ``goal``, ``within`` (the most acts), ``demand``, ``without`` (acts that do not
    happen). Of runs: how many (``runs``), the first ``seed``, ``rounds``, ``until``, and in how
    many of them (``share``) all that is claimed and said must hold. ``given``: more about the
    beginning. ``saved``: the chronicle's file, beside the world's.
    """

    title: str
    over: Over = "plan"
    runs: int = 1
    saved: str = ""
    seed: int = 0
    rounds: int | None = None
    until: Expression | None = None
    share: Share = Share()
    goal: float | None = None
    within: int | None = None
    given: tuple[Expression, ...] = ()
    demand: tuple[Item, ...] = ()
    without: tuple[EventUse, ...] = ()
    claims: tuple[Claim, ...] = ()
    sayings: tuple[Saying, ...] = ()
    blessed: tuple[Retelling, ...] = ()
    origin: Span | None = None

    def __str__(self) -> str:
        return self.title

    @property
    def seeds(self) -> range:
        """Those of the stories that it is over."""
        return range(self.seed, self.seed + self.runs)

    @property
    def slug(self) -> str:
        """What tells it from other tests."""
        return slug(self.title)

    def is_called(self, title: str) -> bool:
        """Whether it is the test of that title; capitals, spaces and signs make no difference."""
        return self.slug == slug(title)

    @property
    def is_about_one_story(self) -> bool:
        """Does it assert anything of the stories that it is over?"""
        about_one = any(claim.kind not in ABOUT_ALL for claim in self.claims)
        return about_one or bool(self.sayings or self.blessed)
