"""The values between the stages of the telling, and the telling itself.

``Beat``s are cut into ``Unit``s, which are arranged into ``Passage``s (discourse), worded as
``SentencePlan``s (sentences), and become ``Sentence``s of ``Span``s (realise). A ``Telling``
renders to text and keeps, for every sentence, what it was made from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from unspoken.chronicle.events import EventNumber
from unspoken.telling.morph import Person, Tense
from unspoken.telling.template import Case, Template
from unspoken.telling.view import Item, LocalId
from unspoken.telling.wording import Wording

Form = Literal[
    "NV",  # narration of what could be seen
    "NI",  # narration of what a mind took in
    "DS",  # direct speech
    "IS",  # indirect speech, or the report of a speech act
    "DT",  # direct thought, tagged
    "FDT",  # direct thought, untagged
    "FIT",  # free indirect thought
    "IT",  # indirect thought
    "N",  # what a narrator knows better than the mind does at its hour
]
"""After Leech and Short (Style in Fiction, 1981)."""

THOUGHT = frozenset[Form](("DT", "FDT", "FIT", "IT"))

Register = Literal["narration", "free", "indirect", "direct", "quoted"]
"""Whose words: the narrator's, the mind's in the narrator's tense (free, indirect), or its own
(direct thought; quoted: words already final)."""


Eyes = Literal["limited", "alternating", "replay", "omniscient", "external"]
"""Through one mind; in turn through several; the same minutes once through each of them; through
all of them, by somebody who knows how things are besides; from outside."""

Order = Literal["chronological", "flashback"]


class Options(Struct, frozen=True):
    """How a chronicle is to be told. ``through`` names the mind of a limited view. ``words``: how
    many at most, as long as something is told. ``hindsight``: an *I* that tells knows what
    it came to believe later. ``apart``: every sentence will be read by itself, so that no pronoun
    may point out of it."""

    view: Eyes = "alternating"
    through: str | None = None
    person: Literal["first", "third"] = "third"
    tense: Tense = "past"
    seed: int = 0
    words: int | None = None
    order: Order = "chronological"
    hindsight: bool = False
    apart: bool = False


class Notion(Struct, frozen=True):
    """Something that goes through a mind.

    ``thought``: the place of the author's wordings among the world's thoughts, or None and
    ``wording`` ours. ``elsewhere``: it is about what only another mind can know, so it must read
    as an inference. ``seen``: the eye brought it. ``where``: it is where somebody is, as people
    come and go. ``fresh``: it has come up now; else it was there from the beginning. ``stirs``:
    what it is where no belief is behind it: a feeling, what was not done, a sensed thought, an
    attempt that failed, or an act before which this mind wavered.
    """

    items: tuple[LocalId, ...]
    at: LocalId
    binding: Mapping[str, str]
    stake: float
    elsewhere: bool
    thought: int | None = None
    wording: Wording | None = None
    believer: str | None = None
    surprise: bool = False
    seen: bool = False
    where: bool = False
    fresh: bool = True
    stirs: Item | None = None

    @property
    def opens(self) -> bool:
        """Whether it is what was taken to be possible, before what first narrows it."""
        return self.wording is not None and not self.fresh


class Beat(Struct, frozen=True):
    """A moment of one mind: what it perceived and what that left in it."""

    mind: str | None
    first: LocalId
    """The first item of the moment."""
    acts: tuple[Item, ...]
    notions: tuple[Notion, ...] = ()


class Unit(Struct, frozen=True):
    """One thing to tell through one mind: an act or a notion."""

    mind: str | None
    act: Item | None = None
    notion: Notion | None = None

    @property
    def items(self) -> tuple[LocalId, ...]:
        if self.act is not None:
            return (self.act.id,)
        return self.notion.items if self.notion is not None else ()


class Passage(Struct, frozen=True):
    """A run of units through one mind: a paragraph to be. ``past``: it is in a flashback."""

    mind: str | None
    units: tuple[Unit, ...]
    past: bool = False


class Piece(Struct, frozen=True):
    """Part of a sentence in one register. ``quoted`` text is final; a template is not."""

    register: Register
    template: Template | None = None
    binding: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


class SentencePlan(Struct, frozen=True):
    """A sentence before its words are final. ``thinker``: whose thought or reported words it
    gives; ``lead``: a marker of inference before it; ``end``: its closing mark; ``joint``: it
    speaks of the teller and others as *they*; ``alone``: it takes its own paragraph."""

    form: Form
    frame: str
    pieces: tuple[Piece, ...]
    mind: str | None
    items: tuple[LocalId, ...]
    thinker: str | None = None
    lead: str = ""
    end: str = "."
    speaker: str | None = None
    elsewhere: bool = False
    joint: bool = False
    alone: bool = False


class ParagraphPlan(Struct, frozen=True):
    mind: str | None
    sentences: tuple[SentencePlan, ...]
    past: bool = False


class Span(Struct, frozen=True, gc=False):
    """A stretch of a sentence: plain text, a mention (``entity``, ``case``; ``pronoun`` or not), a
    finite verb (``lemma``, ``tense``, ``person``), or quoted words."""

    text: str
    kind: Literal["text", "mention", "verb", "quoted"] = "text"
    entity: str | None = None
    case: Case | None = None
    clause: int = 0
    pronoun: bool = False
    reflexive: bool = False
    lemma: str | None = None
    tense: Tense | None = None
    person: Person | None = None
    subject: tuple[str, ...] = ()


class Sentence(Struct, frozen=True):
    """A told sentence with its provenance: the items of its mind's view, the events of the
    chronicle that they are, and the lines of the storyworld that these come from. ``binding``: who
    and what its slots were filled with."""

    spans: tuple[Span, ...]
    form: Form
    frame: str
    mind: str | None
    items: tuple[LocalId, ...]
    thinker: str | None = None
    speaker: str | None = None
    elsewhere: bool = False
    binding: Mapping[str, str] = field(default_factory=dict)
    events: tuple[EventNumber, ...] = ()
    lines: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


class Paragraph(Struct, frozen=True):
    """``past``: it is in a flashback. ``heading``: what stands above it, where the story begins
    again through this mind."""

    mind: str | None
    sentences: tuple[Sentence, ...]
    past: bool = False
    heading: str = ""

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)


class Telling(Struct, frozen=True):
    """A chronicle as prose."""

    paragraphs: tuple[Paragraph, ...]
    options: Options

    @property
    def text(self) -> str:
        """The prose: headings and paragraphs with an empty line between them, no line break at
        the end."""
        blocks = ((paragraph.heading, paragraph.text) for paragraph in self.paragraphs)
        return "\n\n".join(text for block in blocks for text in block if text)

    @property
    def words(self) -> int:
        return len(self.text.split())
