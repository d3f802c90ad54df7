"""Our own sections: from the tree to ``model.Telling`` and ``model.PlanSettings``.

Each key has a small table of what may stand behind it. Receives the tree's sections, with the
world's names all known; complains like the checker does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast, get_args

from unspoken.language.checking import Checker, Placed
from unspoken.language.diagnostics import Diagnostic, Note
from unspoken.language.lookup import signature_text
from unspoken.language.scope import Argument, Declared, Signatures
from unspoken.language.tokens import text_value
from unspoken.language.tree import (
    ApparatusDefinition,
    Atom,
    Entry,
    EventDefinition,
    Item,
    Section,
    Word,
)
from unspoken.language.types import fits
from unspoken.language.values import At
from unspoken.model import (
    EntityTerm,
    Expression,
    Frame,
    Manner,
    PlanSettings,
    Span,
    Speech,
    Telling,
    Thought,
    Variable,
    VariableTerm,
    Voice,
)
from unspoken.model.telling import Mode, Pronoun, Teller, Words

PLAN_KEYS = ("goal", "author_limit", "character_limit", "epistemic_limit")
VOICE_KEYS = ("name", "pronoun", "article", "manner", "known_as", "gloss", "inside")
FRAME_KEYS = ("who", "needs", "text")
SPEECH_KEYS = ("mode", "gist", "says")
MANNERS = ("stammer", "trail_off", "ramble", "terse")
ARTICLES = ("the", "a", "an", "")
PRONOUNS = get_args(Pronoun)
TELLERS = get_args(Teller)
MODES = get_args(Mode)
FREE_SLOTS = ("I", "me", "my", "mine", "myself", "you", "your", "here", "now")
"""What may stand in braces in every text besides the parameters."""
_WITH_WORD = ("known_as", "gloss", "inside")
_SLOT = re.compile(r"\{([^{}]*)\}")


class Sections:
    """Reads the sections of a world whose names are all known."""

    def __init__(
        self,
        check: Checker,
        events: Signatures[EventDefinition],
        diagnostics: list[Diagnostic],
    ) -> None:
        self.check = check
        self.events = events
        self.diagnostics = diagnostics
        self.complain = check.complain

    def read(
        self, sections: Sequence[Section], apparatus: Sequence[ApparatusDefinition]
    ) -> tuple[PlanSettings, Telling]:
        """The plan's settings and everything about the telling."""
        plan = PlanSettings()
        voices: list[Voice] = []
        frames: list[Frame] = []
        thoughts: list[Thought] = []
        speeches: list[Speech] = []
        seen: dict[tuple[str, str], Section] = {}
        for section in sections:
            if section.kind in ("plan", "voice"):
                name = section.name.text if section.name is not None else ""
                earlier = seen.setdefault((section.kind, name), section)
                if earlier is not section:
                    self._complain_repeated(section, earlier)
            match section.kind:
                case "plan":
                    plan = self._plan(section)
                case "voice":
                    voices.append(self._voice(section))
                case "frame":
                    frames.append(self._frame(section))
                case "thought":
                    thought = self._thought(section)
                    if thought is not None:
                        thoughts.append(thought)
                case "speech":
                    speeches.append(self._speech(section))
        told = tuple(
            (one.key.text, tuple(text_value(text.text) for text in one.texts)) for one in apparatus
        )
        return plan, Telling(told, tuple(voices), tuple(frames), tuple(thoughts), tuple(speeches))

    # The sections.

    def _plan(self, section: Section) -> PlanSettings:
        entries = self._entries(section, PLAN_KEYS)
        goal = self._number(entries.get("goal"))
        limits = [
            self._limit(entries.get(key))
            for key in ("author_limit", "character_limit", "epistemic_limit")
        ]
        return PlanSettings(goal, *limits)

    def _voice(self, section: Section) -> Voice:
        name = _name_of(section)
        entities = self.check.world.entities
        if name.text not in entities and name.text not in self.check.broken:
            self.complain("unknown-entity", name, name=name.text, known=tuple(entities))
        self.check.used_entities.add(name.text)
        entries = self._entries(section, VOICE_KEYS)
        known_as: list[tuple[str, str]] = []
        gloss: list[tuple[str, Words]] = []
        inside: list[tuple[str, Words]] = []
        for entry in section.entries:
            if entry.key.text not in _WITH_WORD or len(entry.words) != 1:
                continue
            word = entry.words[0]
            texts = self._texts(entry, ())
            if entry.key.text == "known_as":
                if word.text != "stranger" and word.text not in entities:
                    known = ("stranger", *self.check.world.characters())
                    self.complain("unknown-entity", word, name=word.text, known=known)
                if len(entry.items) > 1:
                    self.complain("wrong-item", entry.items[1], key="known_as", wanted="one text")
                known_as.append((word.text, texts[0] if texts else ""))
            else:
                (gloss if entry.key.text == "gloss" else inside).append((word.text, texts))
        return Voice(
            entity=name.text,
            name=self._text(entries.get("name")),
            pronoun=cast("Pronoun | None", self._word(entries.get("pronoun"), PRONOUNS)),
            article=self._article(entries.get("article")),
            manners=self._manners(entries.get("manner")),
            known_as=tuple(known_as),
            gloss=tuple(gloss),
            inside=tuple(inside),
            origin=self._header(section),
        )

    def _frame(self, section: Section) -> Frame:
        entries = self._entries(section, FRAME_KEYS)
        parameters = self._event_parameters(section)
        variables = {parameter.name: parameter for parameter in parameters}
        needs: list[Expression] = []
        if "needs" in entries:
            for item in entries["needs"].items:
                if item.expression is None:
                    continue
                need = self.check.condition(item.expression, variables)
                if need is not None:
                    needs.append(need)
        who = self._word(entries.get("who"), TELLERS) or "any"
        return Frame(
            event=_name_of(section).text,
            parameters=parameters,
            texts=self._needed_texts(section, entries, "text", (*_slots(section), "words")),
            who=cast(Teller, who),
            needs=tuple(needs),
            origin=self._header(section),
        )

    def _thought(self, section: Section) -> Thought | None:
        variables = {variable.name: variable for variable in self._variables(section)}
        if not variables:
            self.complain("thought-without-thinker", _name_of(section))
            return None
        thinker = next(iter(variables.values()))
        sort = self.check.types.sort(thinker.type)
        if not fits(sort, "character"):
            self.complain(
                "not-a-character",
                section.parameters[0],
                name=thinker.name,
                found=self.check.kind_in_words(sort),
            )
        entries = self._entries(section, None)
        proposition: Expression | None = None
        if "that" not in entries:
            self.complain("missing-key", _name_of(section), kind="thought", key="that")
        elif len(entries["that"].items) > 1:
            self.complain(
                "wrong-item", entries["that"].items[1], key="that", wanted="one condition"
            )
        elif (node := entries["that"].items[0].expression) is not None:
            proposition = self.check.condition(node, variables)
        forms: list[tuple[str, Words]] = []
        for key, entry in entries.items():
            if key != "that":
                forms.append((key, self._texts(entry, _slots(section))))
        if not forms:
            self.complain("missing-key", _name_of(section), kind="thought", key="plain")
        if proposition is None:
            return None
        return Thought(
            _name_of(section).text,
            tuple(variables.values()),
            proposition,
            tuple(forms),
            self._header(section),
        )

    def _speech(self, section: Section) -> Speech:
        entries = self._entries(section, SPEECH_KEYS)
        parameters = self._event_parameters(section)
        slots = _slots(section)
        mode = self._word(entries.get("mode"), MODES) or "aloud"
        says: Words = ()
        if "says" in entries:
            says = self._texts(entries["says"], slots)
        gist = self._text(entries.get("gist"), slots)
        return Speech(
            _name_of(section).text, parameters, cast(Mode, mode), gist, says, self._header(section)
        )

    # Names.

    def _header(self, section: Section) -> Span:
        last = section.parameters[-1] if section.parameters else section.name
        return self.check.place(section.start, last.end if last is not None else section.start)

    def _variables(self, section: Section) -> tuple[Variable, ...]:
        """The parameters of a section: all with types."""
        variables: list[Variable] = []
        seen: set[str] = set()
        for node in section.parameters:
            if node.type is None:
                self.complain("parameter-without-type", node.name, name=node.name.text)
                continue
            if node.name.text in seen:
                self.complain(
                    "repeated-parameter",
                    node,
                    [Note("first", self.check.span(section.parameters[0]))],
                    name=node.name.text,
                )
            seen.add(node.name.text)
            kind = self.check.variable_type(node.type)
            variables.append(Variable(node.name.text, kind, self.check.span(node)))
        return tuple(variables)

    def _event_parameters(self, section: Section) -> tuple[Variable, ...]:
        """The parameters of a section that speaks of an action or trigger, which they select as
        the arguments of a use would."""
        variables = self._variables(section)
        name = _name_of(section)
        if len(variables) < len(section.parameters) or name.text in self.check.broken:
            return variables
        if not self.events.named(name.text):
            self.complain("unknown-event", name, name=name.text, known=self.events.names())
            return variables
        if self._selects(name.text, variables) is None:
            self._complain_selects_nothing(section, variables)
        return variables

    def _selects(
        self, name: str, variables: Sequence[Variable]
    ) -> Declared[EventDefinition] | None:
        sorts = [self.check.types.sort(variable.type) for variable in variables]
        arguments = [
            Argument(VariableTerm(variable.name), sort)
            for variable, sort in zip(variables, sorts, strict=True)
        ]
        selected = self.events.select(name, arguments)
        if selected is not None:
            return selected
        for declared in self.events.named(name):
            # A fixed thing in the signature is named here by a variable of one of its types.
            if len(declared.parameters) == len(variables) and all(
                fits(self.check.world.parameter_sort(parameter), variable.type)
                if isinstance(parameter, EntityTerm)
                else self.check.world.accepts(parameter, argument)
                for parameter, argument, variable in zip(
                    declared.parameters, arguments, variables, strict=True
                )
            ):
                return declared
        return None

    def _complain_selects_nothing(self, section: Section, variables: Sequence[Variable]) -> None:
        name = _name_of(section)
        overloads = self.events.named(name.text)
        first = overloads[0]
        self.complain(
            "no-such-event",
            name,
            [Note("declared", first.origin) if first.origin is not None else None],
            name=name.text,
            kind=first.thing.kind,
            given=f"({', '.join(variable.type for variable in variables)})",
            signatures=[signature_text(one) for one in overloads],
        )

    # Entries.

    def _entries(self, section: Section, known: tuple[str, ...] | None) -> dict[str, Entry]:
        """The entries by key; unknown keys and repeated ones are complained about. ``known``
        None: any key will do."""
        entries: dict[str, Entry] = {}
        seen: dict[str, Entry] = {}
        for entry in section.entries:
            key = entry.key.text
            if known is not None and key not in known:
                self.complain("unknown-key", entry.key, name=key, kind=section.kind, known=known)
                continue
            wanted = 1 if section.kind == "voice" and key in _WITH_WORD else 0
            if len(entry.words) != wanted:
                self._complain_words(entry, wanted)
            full = " ".join((key, *(word.text for word in entry.words)))
            if full in seen:
                note = Note("first", self.check.span(seen[full].key))
                self.complain("repeated-key", entry.key, [note], name=full, kind=section.kind)
            seen[full] = entry
            entries[key] = entry
        return entries

    def _complain_words(self, entry: Entry, wanted: int) -> None:
        key = entry.key.text
        if wanted:
            example = "known_as stranger" if key == "known_as" else f"{key} dread"
            self.complain("key-wants-word", entry.key, key=key, example=example)
        else:
            self.complain("key-without-word", entry.words[0], key=key, word=entry.words[0].text)

    def _complain_repeated(self, section: Section, earlier: Section) -> None:
        self.complain(
            "repeated-section",
            section.name or At(section.start, section.start + len(section.kind)),
            [Note("first", self.check.span(At(earlier.start, earlier.start + len(earlier.kind))))],
            kind=section.kind,
            whose=f" of `{section.name.text}`" if section.name is not None else "",
        )

    def _single(self, entry: Entry | None, kind: str, wanted: str) -> Word | None:
        """The one word, number or text behind a key."""
        if entry is None:
            return None
        item = entry.items[0]
        if len(entry.items) > 1 or len(item.words) != 1 or item.words[0].kind != kind:
            place: Placed = entry.items[1] if len(entry.items) > 1 else item
            self.complain("wrong-item", place, key=entry.key.text, wanted=wanted)
            return None
        return item.words[0]

    def _number(self, entry: Entry | None) -> float | None:
        word = self._single(entry, "number", "a number")
        return float(word.text) if word is not None else None

    def _limit(self, entry: Entry | None) -> int | None:
        number = self._number(entry)
        if number is None or entry is None:
            return None
        if number < 0 or not number.is_integer():
            self.complain(
                "wrong-item", entry.items[0], key=entry.key.text, wanted="a whole number from 0 on"
            )
            return None
        return int(number)

    def _word(self, entry: Entry | None, known: tuple[str, ...]) -> str | None:
        word = self._single(entry, "name", "one word")
        if word is None or entry is None:
            return None
        if word.text not in known:
            self.complain("unknown-value", word, name=word.text, key=entry.key.text, known=known)
            return None
        return word.text

    def _article(self, entry: Entry | None) -> str | None:
        article = self._text(entry)
        if article is not None and entry is not None and article not in ARTICLES:
            self.complain(
                "unknown-value",
                entry.items[0],
                name=article,
                key="article",
                known=tuple(f'"{one}"' for one in ARTICLES),
            )
        return article

    def _manners(self, entry: Entry | None) -> tuple[Manner, ...]:
        manners: list[Manner] = []
        for item in entry.items if entry is not None else ():
            name, *settings = item.words
            if name.kind != "name" or any(setting.kind == "name" for setting in settings):
                self.complain(
                    "wrong-item", item, key="manner", wanted="the name of a manner with settings"
                )
                continue
            if name.text not in MANNERS:
                self.complain("unknown-value", name, name=name.text, key="manner", known=MANNERS)
            values = tuple(
                float(one.text) if one.kind == "number" else text_value(one.text)
                for one in settings
            )
            manners.append(Manner(name.text, values))
        return tuple(manners)

    # Texts.

    def _text(self, entry: Entry | None, slots: tuple[str, ...] = ()) -> str | None:
        word = self._single(entry, "text", "one text in quotation marks")
        if word is None:
            return None
        self._check_slots(word, slots)
        return text_value(word.text)

    def _texts(self, entry: Entry, slots: tuple[str, ...]) -> Words:
        texts: list[str] = []
        for item in entry.items:
            word = self._text_of(entry, item)
            if word is not None:
                self._check_slots(word, slots)
                texts.append(text_value(word.text))
        return tuple(texts)

    def _text_of(self, entry: Entry, item: Item) -> Word | None:
        if len(item.words) != 1 or item.words[0].kind != "text":
            wanted = "texts in quotation marks, with commas between"
            self.complain("wrong-item", item, key=entry.key.text, wanted=wanted)
            return None
        return item.words[0]

    def _needed_texts(
        self, section: Section, entries: dict[str, Entry], key: str, slots: tuple[str, ...]
    ) -> Words:
        if key not in entries:
            self.complain("missing-key", _name_of(section), kind=section.kind, key=key)
            return ()
        return self._texts(entries[key], slots)

    def _check_slots(self, word: Word, slots: tuple[str, ...]) -> None:
        """What stands in braces must be a parameter or one of the free slots."""
        parameters = tuple(slot for slot in slots if slot != "words")
        for found in _SLOT.finditer(word.text):
            inside = found.group(1).strip()
            name = inside.removesuffix("'s").removesuffix("\N{RIGHT SINGLE QUOTATION MARK}s")
            if inside in FREE_SLOTS or name in slots:
                continue
            place = At(word.start + found.start(), word.start + found.end())
            self.complain(
                "unknown-slot", place, name=name, known=(*slots, *FREE_SLOTS), slots=parameters
            )


def _name_of(section: Section) -> Atom:
    assert section.name is not None
    return section.name


def _slots(section: Section) -> tuple[str, ...]:
    return tuple(parameter.name.text for parameter in section.parameters)
