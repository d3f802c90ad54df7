"""A ledger's text becomes a ``Ledger``, and what is wrong with the text.

Receives a source; hands on both, always. Reads line by line: what is wrong in one leaves the
others alone. Does not know what follows from the lines (``course``) or what is doubtful in them
(``checks``).
LEDGER.md, beside this file, says how a ledger is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from itertools import combinations

from msgspec import Struct, field

from unspoken.language import Diagnostic, Note, problem
from unspoken.language.diagnostics import closest
from unspoken.ledger.model import (
    HERE,
    Chapter,
    Intended,
    Ledger,
    Line,
    Moved,
    Presence,
    Scene,
)
from unspoken.ledger.naming import Naming
from unspoken.ledger.order import story_order
from unspoken.ledger.pieces import Cut, Piece, cut, lines, listed, parts
from unspoken.ledger.words import AS_WELL, INSTEAD, KEYS, MOVES, VERBS
from unspoken.model import Source, Span

_KEY = re.compile(rf"({'|'.join(KEYS)})(?!\w)\s*(.*)", re.IGNORECASE)


def _by_form(table: Mapping[str, object]) -> dict[str, str]:
    return {form: name for name, row in table.items() for form in row.forms}  # type: ignore[attr-defined]


_VERB_FORMS, _MOVE_FORMS = _by_form(VERBS), _by_form(MOVES)


def _doing(forms: Mapping[str, str]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(rf"(.+?)\s+({'|'.join(longest_first)})(?!\w)\s*(.*)")


_VERB, _MOVE = _doing(_VERB_FORMS), _doing(_MOVE_FORMS)
_NUMBER = re.compile(r"(?:[^\W\d]+\s+)?(-?\d+(?:\.\d+)?)")

_ABOVE = ("knows", "secret")
"""What can stand above the first scene, of what a scene has."""

_NEVER_IN_SCENES = ("knows",)


def read(source: Source) -> tuple[Ledger, list[Diagnostic]]:
    """The ledger that a text describes, without the lines that are wrong; and what is wrong."""
    reader = _Reader(source)
    ledger = reader.ledger()
    reader.diagnostics.sort(key=lambda one: one.span.start if one.span is not None else -1)
    return ledger, reader.diagnostics


class _Draft(Struct):
    """A scene while it is read. ``beside``: the titles that it stands before and after."""

    title: str
    chapter: int | None
    span: Span
    intended: Intended | None
    clock: float
    when: str | None = None
    beside: dict[str, Piece] = field(default_factory=dict)
    present: dict[str, Presence] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self.cuts = [cut(line) for line in lines(source)]
        self.title = ""
        self.naming = Naming(self.complain)
        self.exclusive: list[tuple[str, str]] = []
        self.chapters: list[Chapter] = []
        self.known: list[Line] = []
        self.drafts: list[_Draft] = []
        self.clock = 0.0

    def ledger(self) -> Ledger:
        self.declare()
        for one in self.cuts:
            self.line(one)
        scenes = tuple(self.scenes())
        return Ledger(
            source=self.source,
            title=self.title,
            people=tuple(self.naming.people),
            chapters=tuple(self.chapters),
            known=tuple(self.known),
            scenes=scenes,
            order=story_order(scenes)[0],
            facts=tuple(self.naming.facts),
            exclusive=tuple(self.exclusive),
            names={
                name: who[0]
                for name, who in self.naming.names.items()
                if len(who) == 1 and who[0].casefold() != name
            },
            same=self.naming.wordings(),
        )

    def complain(
        self, code: str, place: Piece | Span, note: Note | None = None, /, **facts: object
    ) -> None:
        span = place.span(self.source) if isinstance(place, Piece) else place
        self.diagnostics.append(problem(code, span, [note], **facts))

    def key(self, one: Cut) -> tuple[str, Piece]:
        """The key that a line begins with, in small letters, and what follows it before the colon;
        "" if it begins with none."""
        found = _KEY.fullmatch(one.head.text)
        if found is None:
            return "", one.head
        return found.group(1).lower(), one.head.part(found.start(2))

    def declare(self) -> None:
        """What the rest leans on, wherever it stands: people, groups of them, wordings."""
        keyed = [(*self.key(one), one) for one in self.cuts if one.body is not None]
        for key, _, one in keyed:
            if key == "people":
                self.naming.declare(_whole_body(one))
        for key, name, one in keyed:
            if key == "group" and name.text and one.body is not None:
                self.naming.group(name, self.naming.who(one.body))
        self.naming.close()
        for key, _, one in keyed:
            if key == "same" and one.body is not None:
                self.naming.same(one.body)
        for _, _, one in keyed:
            if one.body is not None:
                self.naming.hear(one.body)

    # Lines

    def line(self, one: Cut) -> None:
        key, rest = self.key(one)
        if one.whole.text.count("(") != one.whole.text.count(")"):
            self.complain("unclosed-note", one.whole)
        elif key and (one.body is not None or key == "chapter"):
            self.keyed(key, rest, one)
        elif one.body is None:
            self.move(one)
        elif found := _VERB.fullmatch(one.head.text):
            verb = _VERB_FORMS[found.group(2)]
            who = self.naming.who(one.head.part(0, found.end(1)))
            rest = one.head.part(found.start(3))
            if verb == "says" and rest.text.startswith("to "):
                self.unclear(one, mend=f"write `{found.group(1)} tells {rest.text[3:]}: ...`")
                return
            whom = self.naming.who(rest) if rest.text not in ("", "that") else ()
            self.act(verb, who, whom, one, self.naming.loose(rest))
        else:
            self.unclear(one)

    def keyed(self, key: str, rest: Piece, one: Cut) -> None:
        body = one.body if one.body is not None else one.head.part(len(one.head.text))
        match key:
            case "people" | "group" | "same":
                if key == "group" and not rest.text:
                    self.unclear(one, mend="name it: `group The family: Anna, Ben`")
            case "title":
                self.title = body.text
            case "chapter":
                self.chapter(rest.text, body.text, one)
            case "scene":
                self.drafts.append(
                    _Draft(
                        title=body.text or f"scene {len(self.drafts) + 1}",
                        chapter=len(self.chapters) - 1 if self.chapters else None,
                        span=one.head.span(self.source),
                        intended=self.notes(one)[0],
                        clock=self.clock,
                    )
                )
            case "contradict":
                claims = [self.naming.claim(piece, False) for piece in parts(body)]
                facts = [claim.fact for claim in claims if claim is not None]
                self.exclusive += combinations(dict.fromkeys(facts), 2)
            case "present" | "when" | "before" | "after":
                self.header(key, body, one)
            case "secret":
                between = re.match(r"(?:of|between)\s+", rest.text)
                who = self.naming.who(rest.part(between.end())) if between else ()
                if not who:
                    self.unclear(one, mend="say whose: `secret between Anna, Ben: ...`")
                else:
                    self.act("secret", who, (), one)
            case _:
                agent = self.naming.agent(body.text)
                self.act(key, () if agent is None else (agent,), (), one)

    def chapter(self, number: str, title: str, one: Cut) -> None:
        name = number or str(len(self.chapters) + 1)
        if any(chapter.name == name for chapter in self.chapters):
            self.complain("repeated-chapter", one.head, name=name)
        self.chapters.append(Chapter(name, title))

    def header(self, key: str, body: Piece, one: Cut) -> None:
        draft = self.drafts[-1] if self.drafts else None
        above = draft is None or draft.chapter != (
            len(self.chapters) - 1 if self.chapters else None
        )
        if key == "when" and (above or draft is None):
            self.clock = self.time(body)
        elif draft is None or above:
            self.complain(
                "misplaced-line",
                one.head,
                name=key,
                why="no scene has begun here",
                mend="put it below `scene: ...`",
            )
        elif draft.lines:
            self.complain(
                "misplaced-line",
                one.head,
                name=key,
                why="the scene is under way",
                mend="`Anna enters`, `Anna leaves` say who comes and goes"
                if key == "present"
                else "put it right below `scene: ...`",
            )
        elif key == "when":
            self.clock = draft.clock = self.time(body)
            draft.when = body.text
        elif key == "present":
            for name, note in listed(_whole_body(one)):
                presence = HERE if note is None else self.presence(note)
                draft.present |= dict.fromkeys(self.naming.who(name), presence)
        else:
            draft.beside[key] = body
            draft.intended = self.notes(one)[0] or draft.intended

    def time(self, body: Piece) -> float:
        found = _NUMBER.fullmatch(body.text)
        if found is not None:
            return float(found.group(1))
        try:
            return (datetime.fromisoformat(body.text) - datetime.min).total_seconds() / 86400
        except (ValueError, TypeError):
            self.complain("bad-when", body, text=body.text)
            return self.clock

    def presence(self, note: Piece) -> Presence:
        if note.text.lower() not in AS_WELL:
            self.complain("unknown-presence", note, name=note.text, known=list(AS_WELL))
        return AS_WELL.get(note.text.lower(), HERE)

    def move(self, one: Cut) -> None:
        found = _MOVE.fullmatch(one.head.text)
        if found is None or found.group(3):
            self.unclear(one)
            return
        verb = _MOVE_FORMS[found.group(2)]
        presence = None
        if verb == "enters":
            for note in one.notes:
                if note.text.lower() in AS_WELL:
                    presence = AS_WELL[note.text.lower()]
        self.add(
            Line(
                verb=verb,
                who=self.naming.who(one.head.part(0, found.end(1))),
                whom=(),
                claim=None,
                words="",
                span=one.head.span(self.source),
                presence=presence,
                intended=self.notes(one)[0],
            ),
            one,
        )

    def act(
        self,
        verb: str,
        who: tuple[str, ...],
        whom: tuple[str, ...],
        one: Cut,
        loose: frozenset[str] = frozenset(),
    ) -> None:
        """A line about a fact."""
        assert one.body is not None
        row = VERBS.get(verb)
        addressed = row is not None and row.to == "names"
        if row is not None and addressed != bool(whom) and self.all_known(one):
            self.unclear(one, mend=_ADDRESS[addressed].format(verb=verb, head=one.head.text))
            return
        if not one.body.text:
            self.complain("line-without-phrase", one.head)
            return
        intended, source = self.notes(one)
        claim = self.naming.claim(one.body, row is not None)
        if claim is not None and (who or row is None):
            self.add(
                Line(
                    verb=verb,
                    who=who,
                    whom=tuple(name for name in whom if name not in who),
                    claim=claim,
                    words=one.body.text.rstrip("."),
                    span=one.head.span(self.source),
                    about=one.body.span(self.source),
                    source=source,
                    intended=intended,
                    loose=loose,
                ),
                one,
            )

    def all_known(self, one: Cut) -> bool:
        """Whether nobody in the line's head has been complained of."""
        stop = one.head.start + len(one.head.text)
        return not any(
            said.span is not None and one.head.start <= said.span.start < stop
            for said in self.diagnostics
        )

    def add(self, line: Line, one: Cut) -> None:
        if line.verb in _NEVER_IN_SCENES and self.drafts:
            self.complain(
                "misplaced-line",
                one.head,
                name=line.verb,
                why="`knows` is for what is known before the story begins",
                mend="move it above the first scene; or write `learns`, from here on, or `uses`",
            )
        elif self.drafts:
            self.drafts[-1].lines.append(line)
        elif line.verb in _ABOVE:
            self.known.append(line)
        else:
            self.complain(
                "misplaced-line",
                one.head,
                name=line.verb,
                why="no scene has begun",
                mend="begin one above it: `scene: In the garden`",
            )

    def unclear(self, one: Cut, mend: str | None = None) -> None:
        """A line that is not understood; ``mend``, or what it may have been meant to be."""
        self.complain(
            "unclear-line",
            one.head,
            line=one.head.text,
            mend=mend or self.mend(one),
            verbs=list(VERBS),
            moves=list(MOVES),
            keys=list(KEYS),
        )

    def mend(self, one: Cut) -> str | None:
        """What a line that is not understood may have been meant to be."""
        text = one.head.text
        name = next((n for n in self.naming.longest if text.casefold().startswith(f"{n} ")), "")
        said = text[len(name) :].strip(" ,")
        word = said.partition(" ")[0].casefold() if name else ""
        if one.body is None and name and _VERB.match(text):
            before, that, fact = text.partition(" that ")
            fact = fact if that else "the will was forged"
            return f"put a colon before the fact: `{before if that else 'Anna tells Ben'}: {fact}`"
        if word in INSTEAD:
            return INSTEAD[word].format(who=text[: len(name)])
        known = [*_VERB_FORMS, *_MOVE_FORMS] if name else list(KEYS)
        near = get_close_matches(said.casefold(), known, n=1, cutoff=0.75)
        near = near or get_close_matches(word, known, n=1, cutoff=0.8)
        if near:
            return f"did you mean `{near[0]}`?"
        return f"if it happens, write `happens: {text}`" if name and one.body is None else None

    # Notes

    def notes(self, one: Cut) -> tuple[Intended | None, str | None]:
        """``(intended: why)`` and ``(from whom or what)``; any other remark is the author's own."""
        intended, source = None, None
        for note in one.notes:
            word, colon, rest = note.text.partition(":")
            if word.strip().lower() == "intended" and rest.strip():
                intended = Intended(rest.strip(), note.span(self.source))
            elif note.text.startswith("from "):
                source = note.text.removeprefix("from ").strip()
                source = next(iter(self.naming.names.get(source.casefold(), ())), source)
            elif word.strip().lower() == "intended" or (
                colon and closest(word.strip(), ("intended",))
            ):
                self.complain("unknown-note", note, name=word.strip())
        return intended, source

    # Scenes

    def scenes(self) -> Iterator[Scene]:
        titles: dict[str, int] = {}
        for place, draft in enumerate(self.drafts):
            titles.setdefault(draft.title.casefold(), place)
        for draft in self.drafts:
            sides = {side: self.scene_called(title, titles) for side, title in draft.beside.items()}
            moved = None
            if any(place is not None for place in sides.values()):
                first = next(iter(draft.beside.values()))
                moved = Moved(sides.get("before"), sides.get("after"), first.span(self.source))
            yield Scene(
                title=draft.title,
                chapter=draft.chapter,
                present=tuple(draft.present.items()) or tuple(_taking_part(draft.lines)),
                lines=tuple(draft.lines),
                span=draft.span,
                clock=draft.clock,
                when=draft.when,
                moved=moved,
                intended=draft.intended,
            )

    def scene_called(self, title: Piece, titles: Mapping[str, int]) -> int | None:
        place = titles.get(title.text.strip('“”"').casefold())
        if place is None:
            known = [draft.title for draft in self.drafts]
            self.complain("no-such-scene", title, name=title.text, known=known)
        return place


def _whole_body(one: Cut) -> Piece:
    """What stands behind the colon, brackets and all."""
    return one.whole.part(one.whole.text.index(":") + 1)


_ADDRESS = {
    True: "say to whom: `{head} Ben: ...`",
    False: "only a few can be addressed; leave out the names behind `{verb}`, or write `tells`",
}


def _taking_part(written: list[Line]) -> Iterator[tuple[str, Presence]]:
    """Who is there, where no line says so: whoever does or is told something, and does not only
    come in."""
    seen: set[str] = set()
    for line in written:
        if line.verb == "secret":
            continue
        told = () if line.verb == "writes to" else line.whom
        for name in (*line.who, *(name for name in told if name not in line.loose)):
            if name not in seen and line.verb != "enters":
                yield name, HERE
            seen.add(name)
