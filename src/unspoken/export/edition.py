"""What is exported: tellings of one story through several eyes, and the author's apparatus.

Receives a chronicle, the model and the options of the telling; hands on an ``Edition``, whose texts
are clean: one line each, without what no format can hold. Uses only what a ``Telling`` makes
public. An edition through one mind has nothing in it that this mind could not know, numbers of
events and lines of the storyworld aside, which only ``json`` writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import PurePath
from uuid import NAMESPACE_URL, UUID, uuid5

from msgspec import Struct
from msgspec.structs import replace

from unspoken.chronicle.events import Chronicle, Event
from unspoken.export.screenplay import Screenplay, screenplay
from unspoken.export.texts import Line, Paragraph, Run, clean, clean_runs, slugs, spaced
from unspoken.model import Storyworld
from unspoken.seal import colophon
from unspoken.telling import Options, Sentence, Telling, tell, times_of, trace

__all__ = ["Edition", "Line", "Paragraph", "Reading", "Run", "Shared", "edition"]

IN_TURN, CAMERA = "in_turn", "from_outside"
REPLAY, OMNISCIENT = "once_each", "from_above"
NOT_PLAYED = (CAMERA, REPLAY, OMNISCIENT)
"""Readings that are nobody's in particular at any moment."""

KEYS = {
    "author": "Author",
    "series": "Series",
    "fandom": "Fandom",
    "characters": "Characters",
    "pairing": "Pairing",
    "rating": "Rating",
    "tags": "Tags",
}
"""What of the apparatus is listed, in this order, and how it is headed."""


class Reading(Struct, frozen=True):
    """The story through somebody's eyes. ``key``: a short name for files, letters, digits and
    ``_``. ``mind``: whose they are; None in turn, and from outside."""

    key: str
    label: str
    mind: str | None
    paragraphs: tuple[Paragraph, ...]

    @property
    def words(self) -> int:
        return sum(len(paragraph.text.split()) for paragraph in self.paragraphs)


class Shared(Struct, frozen=True):
    """Something done or said before everybody: who perceives it, and when they all have."""

    time: int
    minds: frozenset[str]


class Edition(Struct, frozen=True):
    """A story to be exported.

    ``readings``: the main one first (in turn, once through each, from above, or from outside), then
    through each head, then from outside; or, of an edition through one mind, just that. ``names``:
    of the characters, by their entities. ``shared``: who perceives what is done, in order (through
    one mind: that it does). ``events``: those of the chronicle that its sentences were made from,
    through one mind as that mind had them. ``identifier``: the same for the same words, wherever
    its files are, and for no others.
    """

    world: str
    title: str
    apparatus: tuple[tuple[str, tuple[str, ...]], ...]
    readings: tuple[Reading, ...]
    names: Mapping[str, str]
    shared: tuple[Shared, ...]
    events: tuple[Event, ...]
    screenplay: Screenplay
    options: Options
    version: str

    @property
    def main(self) -> Reading:
        return self.readings[0]

    @property
    def eyes(self) -> tuple[Reading, ...]:
        """The readings that go through minds: those that can be played."""
        inner = tuple(one for one in self.readings if one.key not in NOT_PLAYED)
        return inner or self.readings

    def said(self, key: str) -> tuple[str, ...]:
        """What the author says under a key of the apparatus; nothing where nothing is said."""
        return tuple(text for name, texts in self.apparatus if name == key for text in texts)

    @property
    def note(self) -> str:
        return " ".join(self.said("note"))

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The apparatus to be listed: a heading, and what stands under it."""
        said = ((heading, ", ".join(self.said(key))) for key, heading in KEYS.items())
        return tuple((heading, text) for heading, text in said if text)

    @property
    def language(self) -> str:
        """As BCP 47 has it: ``en``, ``en-GB``."""
        said = "".join(self.said("language")[:1])
        return said if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", said) else "en"

    @property
    def identifier(self) -> UUID:
        told = (
            f"{one.key}\n{paragraph.heading}\n{paragraph.text}"
            for one in self.readings
            for paragraph in one.paragraphs
        )
        said = (f"{key}: {' '.join(texts)}" for key, texts in self.apparatus)
        work = "\n".join([self.world, self.title, str(self.options.seed), *said, *told])
        return uuid5(NAMESPACE_URL, f"unspoken:{work}")

    @property
    def colophon(self) -> str:
        """The line with the place for the seal: every format ends with it."""
        return colophon(self.version, self.options.seed)


def edition(
    chronicle: Chronicle, storyworld: Storyworld, options: Options, version: str
) -> Edition:
    """An edition through ``options.through``; or, where that is None, as ``options.view`` says,
    through each head, and from outside. ``version``: of Unspoken.

    Raises as ``telling.tell``: UnknownMind, NotOneMind, NotI.
    """
    main = tell(chronicle, storyworld, options)
    heads: tuple[str, ...] = ()
    if options.view != "limited":
        turns = replace(options, view="alternating", person="third", hindsight=False)
        told = main if options.view == "alternating" else tell(chronicle, storyworld, turns)
        found = {paragraph.mind for paragraph in told.paragraphs}
        heads = tuple(name for name in chronicle.characters if name in found)
    names = _names(storyworld, chronicle.characters)
    readings = list(_readings(chronicle, storyworld, options, heads, names, main))
    minds = frozenset(chronicle.characters if options.through is None else (options.through,))
    used = {event for line in _lines(readings) for event in line.events}
    apparatus = tuple(
        (key, tuple(filter(None, map(clean, texts)))) for key, texts in storyworld.telling.apparatus
    )
    world, title = world_and_title(storyworld)
    return Edition(
        world=world,
        title=title,
        apparatus=apparatus,
        readings=tuple(readings),
        names=names,
        shared=tuple(_shared(chronicle, minds)),
        events=tuple(_events(chronicle, used, options.through)),
        screenplay=_screenplay(chronicle, storyworld, options, heads, names),
        options=options,
        version=version,
    )


def world_and_title(storyworld: Storyworld) -> tuple[str, str]:
    """The name of a world, and what its author calls the story, or else that name in words."""
    world = PurePath(storyworld.name).stem
    if world == "world":
        world = PurePath(storyworld.name).parent.name or world
    said = [t for key, texts in storyworld.telling.apparatus if key == "title" for t in texts]
    return world, " ".join(filter(None, map(clean, said))) or spaced(world)


def _readings(
    chronicle: Chronicle,
    storyworld: Storyworld,
    options: Options,
    heads: tuple[str, ...],
    names: Mapping[str, str],
    main: Telling,
) -> Iterator[Reading]:
    """The main one first, none that is empty. One head alone needs no turns."""

    def through(mind: str) -> Telling:
        return tell(chronicle, storyworld, replace(options, view="limited", through=mind))

    keys = slugs([*heads, options.through or ""])
    if options.view == "limited" and options.through is not None:
        mind = options.through
        yield _reading(keys[mind], names[mind], mind, main, chronicle)
        return
    labels = {
        "alternating": (IN_TURN, "Both, in turn" if len(heads) == 2 else "All, in turn"),
        "replay": (REPLAY, "Once through each"),
        "omniscient": (OMNISCIENT, "From above"),
        "external": (CAMERA, "From outside"),
    }
    is_one_head = options.view == "alternating" and len(heads) == 1
    if not is_one_head and (heads or options.view != "alternating"):
        yield _reading(*labels[options.view], None, main, chronicle)
    for mind in heads:
        telling = main if is_one_head else through(mind)
        reading = _reading(keys[mind], names[mind], mind, telling, chronicle)
        if reading.paragraphs:
            yield reading
    if options.view == "external":
        return
    seen = replace(options, view="external", through=None, person="third", hindsight=False)
    outside = tell(chronicle, storyworld, seen)
    if outside.paragraphs or not heads:
        yield _reading(*labels["external"], None, outside, chronicle)


def _reading(
    key: str, label: str, mind: str | None, telling: Telling, chronicle: Chronicle
) -> Reading:
    return Reading(key, clean(label), mind, tuple(paragraphs(telling, chronicle)))


def paragraphs(telling: Telling, chronicle: Chronicle) -> Iterator[Paragraph]:
    """A telling's paragraphs with the story time of each line: when its mind had perceived what it
    tells, never before what stands above it through the same mind."""
    reached: dict[str | None, int] = {}
    times: dict[str | None, Mapping[int, int]] = {}
    for paragraph in telling.paragraphs:
        if paragraph.heading:
            reached.clear()
        lines = []
        for sentence in paragraph.sentences:
            mind = sentence.mind
            if mind not in times:
                times[mind] = _times(chronicle, mind)
            had = (times[mind][number] for number in sentence.events)
            reached[mind] = max([reached.get(mind, 0), *had])
            line = _line(sentence, reached[mind])
            if line.text:
                lines.append(line)
        if lines:
            heading = clean(paragraph.heading)
            yield Paragraph(paragraph.mind, tuple(lines), heading, paragraph.past)


def _times(chronicle: Chronicle, mind: str | None) -> Mapping[int, int]:
    """When a mind (or a camera) had what it has, by the events' numbers."""
    return dict(zip(trace(chronicle, mind), times_of(chronicle, mind), strict=True))


def _line(sentence: Sentence, time: int) -> Line:
    """A sentence as a line. A thought in the thinker's own words is to be set off: all of it where
    nothing else stands in the sentence, else what is quoted."""
    runs = []
    for thought, spans in groupby(
        sentence.spans,
        lambda span: sentence.form == "FDT" or (sentence.form == "DT" and span.kind == "quoted"),
    ):
        runs.append(Run("".join(span.text for span in spans), thought))
    return Line(
        runs=clean_runs(runs),
        form=sentence.form,
        mind=sentence.mind,
        time=time,
        thinker=sentence.thinker,
        speaker=sentence.speaker,
        events=tuple(sentence.events),
        sources=tuple(sentence.lines),
    )


def _lines(readings: Iterable[Reading]) -> Iterator[Line]:
    for reading in readings:
        for paragraph in reading.paragraphs:
            yield from paragraph.lines


def _shared(chronicle: Chronicle, minds: frozenset[str]) -> Iterator[Shared]:
    times = {mind: _times(chronicle, mind) for mind in minds}
    for event in chronicle.events:
        if event.kind in ("act", "say", "refuse", "fail"):
            perceiving = minds & event.percepts.keys()
            if perceiving:
                yield Shared(max(times[mind][event.number] for mind in perceiving), perceiving)


def _events(chronicle: Chronicle, used: set[int], through: str | None) -> Iterator[Event]:
    """The events that were used; of an edition through one mind as that mind had them: when, and
    that nobody else did."""
    times = None if through is None else _times(chronicle, through)
    for event in chronicle.events:
        if event.number in used:
            if times is not None and through is not None:
                own = {through: event.percepts[through]}
                event = replace(event, time=times[event.number], percepts=own)
            yield event


def _names(storyworld: Storyworld, characters: Iterable[str]) -> dict[str, str]:
    given = {voice.entity: clean(voice.name or "") for voice in storyworld.telling.voices}
    return {who: given.get(who) or spaced(who) for who in characters}


def _screenplay(
    chronicle: Chronicle,
    storyworld: Storyworld,
    options: Options,
    heads: tuple[str, ...],
    names: Mapping[str, str],
) -> Screenplay:
    """In the present and in order, however the readings are told; of an edition through one mind,
    through that mind. What goes on within is told as *I*, each thing by itself."""
    options = replace(
        options, tense="present", person="third", order="chronological", hindsight=False
    )
    if options.view != "limited":
        options = replace(options, view="external", through=None)
    seen = tell(chronicle, storyworld, options)
    within = [
        tell(
            chronicle,
            storyworld,
            replace(options, view="limited", through=mind, person="first", apart=True),
        )
        for mind in (heads if options.through is None else (options.through,))
    ]
    times = {int(event.number): event.time for event in chronicle.events}
    if options.through is not None:
        times.update(_times(chronicle, options.through))
    return screenplay(seen, within, chronicle, times, names)
