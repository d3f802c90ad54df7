"""The matrix: who knows what, since when, from whom; at the end of a story or of a chapter.

Receives a chronicle, of a ledger or of a world; hands on rows of facts with a cell for each person,
as plain values. Knows no ledger: what it needs of scenes and chapters stands in the chronicle.
``matrix_text`` and ``matrix_html`` show it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from unspoken.chronicle import Chronicle, Event, Fact, Percept, Scene, Value
from unspoken.chronicle.words import fact_text
from unspoken.language import failure

Way: TypeAlias = Literal[
    "beginning", "did", "saw", "told", "overheard", "learned", "supposed", "concluded"
]

State: TypeAlias = Literal["knows", "wrong", "suspects"]
"""Of a belief: right, as far as anybody can tell, or wrong about the world; or but a suspicion."""


class Entry(Struct, frozen=True):
    """What somebody came to hold of a fact. ``holds``: the value (False: that it is not so; None:
    nothing any more). ``chapter``, ``scene``: where (None: from the beginning), and ``told``: the
    scene's place in the telling; ``time``: in story
    time; ``line``: of the ledger, or of the world. ``source``: from whom. ``is_wrong``: about the
    world as it is then."""

    holds: Value
    way: Way
    source: str | None
    chapter: str | None
    scene: str | None
    told: int | None
    time: int
    line: int | None
    is_suspicion: bool = False
    is_wrong: bool = False


class Cell(Struct, frozen=True):
    """One person and one fact: how it stands (None: nothing), since which entry, and all that led
    there. ``is_new``: since this chapter."""

    state: State | None
    since: Entry | None
    history: tuple[Entry, ...] = ()
    is_new: bool = False


class Row(Struct, frozen=True):
    """A fact, how it is in truth, and a cell for each of the matrix's people."""

    fact: str
    truth: Value
    cells: tuple[Cell, ...]


class Matrix(Struct, frozen=True):
    """Who knows what. ``chapter``: at whose end (None: the story's), ``chapters``: all of them, by
    name, with their titles. Of people and facts, those of whom something can be said."""

    title: str
    chapter: str | None
    chapters: Mapping[str, str]
    people: tuple[str, ...]
    rows: tuple[Row, ...]
    is_whole: bool = True

    def __str__(self) -> str:
        from unspoken.ledger.matrix_text import text_of

        return text_of(self)

    def cell(self, person: str, fact: str) -> Cell:
        """One of its cells. Raises KeyError where it has no such row or column."""
        for row in self.rows:
            if row.fact == fact and person in self.people:
                return row.cells[self.people.index(person)]
        raise KeyError((person, fact))


def matrix_of(
    chronicle: Chronicle,
    chapter: str | None = None,
    people: Sequence[str] = (),
    facts: Sequence[str] = (),
) -> Matrix:
    """The matrix of a chronicle, at the end of a chapter or of all. ``people``: only these;
    ``facts``: only those in whose words one of these texts is. Raises DiagnosticError."""
    chapters = _chapters(chronicle)
    for name in people:
        if name not in chronicle.characters:
            raise failure("nobody-of-that-name", name=name, known=list(chronicle.characters))
    if chapter is not None and chapter not in chapters:
        raise failure("no-such-chapter", name=chapter, known=list(chapters))
    gathered = _Gathered(chronicle, chapter)
    shown = [
        fact
        for fact in gathered.facts
        if not facts or any(text.casefold() in _words(fact).casefold() for text in facts)
    ]
    if facts and not shown:
        raise failure(
            "no-such-fact", name=", ".join(facts), known=[_words(f) for f in gathered.facts]
        )
    cast = [
        name
        for name in people or chronicle.characters
        if people or any((name, fact) in gathered.entries for fact in shown)
    ]
    rows = tuple(
        Row(
            _words(fact),
            gathered.truth.get(fact),
            tuple(gathered.cell(name, fact) for name in cast),
        )
        for fact in shown
    )
    return Matrix(chronicle.world, chapter, chapters, tuple(cast), rows, not (people or facts))


def _chapters(chronicle: Chronicle) -> dict[str, str]:
    """The chapters in the order of the book, with their titles."""
    told = sorted(chronicle.scenes, key=lambda scene: scene.told)
    return {scene.chapter: scene.chapter_title for scene in told if scene.chapter is not None}


def _words(fact: Fact) -> str:
    """A fact as somebody holds it to be: a phrase, or ``at(Tara)``."""
    return fact_text(fact, True)


class _Gathered:
    """What the events of a chronicle come to, up to the end of a chapter."""

    def __init__(self, chronicle: Chronicle, chapter: str | None) -> None:
        self.chapter = chapter
        self.people = frozenset(chronicle.characters)
        self.times = [scene.time for scene in chronicle.scenes]
        self.scenes = chronicle.scenes
        last = self.last_time(chapter)
        self.truth: dict[Fact, Value] = dict(chronicle.beginning.get((), {}))
        self.entries: dict[tuple[str, Fact], list[Entry]] = {}
        self.acts: dict[int, Event] = {}
        self.facts: dict[Fact, None] = {}
        for chain, values in chronicle.beginning.items():
            if len(chain) == 1:
                self.begin(chain[0], {**chronicle.beginning.get((), {}), **values})
        for event in chronicle.events:
            if last is not None and event.time > last:
                break
            self.hear(event)

    def last_time(self, chapter: str | None) -> int | None:
        """The story time at which the last of a chapter's scenes, in story time, is over."""
        if chapter is None:
            return None
        place = max(n for n, scene in enumerate(self.scenes) if scene.chapter == chapter)
        return self.times[place + 1] - 1 if place + 1 < len(self.times) else None

    def begin(self, name: str, values: Mapping[Fact, Value]) -> None:
        """What somebody holds from the beginning: of free phrases, those that they hold; other
        facts are everybody's, and only what is not so is worth a word."""
        for fact, value in values.items():
            usual = self.truth.get(fact) if fact.property else None
            if value != usual:
                entry = Entry(value, "beginning", None, None, None, None, 0, None)
                self.add(name, fact, replace(entry, is_wrong=self.is_wrong(fact, value)))

    def add(self, name: str, fact: Fact, entry: Entry) -> None:
        self.facts.setdefault(fact)
        self.entries.setdefault((name, fact), []).append(entry)

    def hear(self, event: Event) -> None:
        for change in event.changes:
            self.truth[change.fact] = change.after
        self.acts[event.number] = event
        if event.fact is not None and len(event.minds) == 1 and "." not in event.fact.property:
            name = event.minds[0]
            if event.kind == "think":
                entry = self.entry(event, event.after, "concluded", None)
                self.add(name, event.fact, replace(entry, way="supposed", is_suspicion=True))
                return
            cause = self.acts.get(event.causes[0]) if event.causes else None
            way, source = self.way(name, event.percepts.get(name), cause)
            self.add(name, event.fact, self.entry(event, event.after, way, source))

    def is_wrong(self, fact: Fact, holds: Value) -> bool:
        """Whether it is another way in truth, now."""
        truth = self.truth.get(fact)
        return holds is not None and truth is not None and truth != holds

    def entry(self, event: Event, holds: Value, way: Way, source: str | None) -> Entry:
        scene = self.scene_at(event.time)
        return Entry(
            holds,
            way,
            source,
            None if scene is None else scene.chapter,
            None if scene is None else scene.title,
            None if scene is None else scene.told,
            event.time,
            event.line,
            is_wrong=event.fact is not None and self.is_wrong(event.fact, holds),
        )

    def scene_at(self, time: int) -> Scene | None:
        place = bisect_right(self.times, time) - 1
        return self.scenes[place] if place >= 0 else None

    def way(
        self, name: str, percept: Percept | None, cause: Event | None
    ) -> tuple[Way, str | None]:
        """How a belief came to somebody, and from whom."""
        how = "noticed" if percept is None else percept.how
        if how == "did" or cause is None:
            return ("did", None) if how == "did" else ("concluded", None)
        if cause.kind == "say" and cause.who is not None and cause.who != name:
            addressed = [one for one in cause.arguments if one in self.people]
            overheard = len(addressed) > 1 and name not in addressed
            return ("overheard" if overheard else "told"), cause.who
        if how == "inferred":
            return "concluded", None
        if how == "thought":
            return "supposed", None
        if how == "told":
            others = [str(one) for one in cause.arguments if one in self.people and one != name]
            return "told", others[-1] if others else None
        return ("saw", None) if how in ("saw", "sensed") else ("learned", None)

    def cell(self, name: str, fact: Fact) -> Cell:
        history = tuple(self.entries.get((name, fact), ()))
        if not history:
            return Cell(None, None)
        since = history[-1]
        if since.is_suspicion:
            sure = [entry for entry in history if not entry.is_suspicion]
            since = sure[-1] if sure and sure[-1].holds is not None else since
        is_new = self.chapter is not None and since.chapter == self.chapter
        if since.is_suspicion or since.holds is None:
            return Cell("suspects" if since.is_suspicion else None, since, history, is_new)
        wrong = self.is_wrong(fact, since.holds)
        return Cell("wrong" if wrong else "knows", since, history, is_new)
