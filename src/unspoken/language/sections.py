"""Plans and telling: from the tree's sections to ``model.PlanSettings`` and ``model.Telling``.

Each key has a small table of what may stand behind it. Receives the tree's sections, with the
world's names all known; complains like the checker does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast, get_args

from unspoken.language.section_reading import WITH_WORD, SectionReading, name_of
from unspoken.language.tokens import text_value
from unspoken.language.tree import (
    ApparatusDefinition,
    Entry,
    Item,
    Section,
    Word,
)
from unspoken.language.types import fits
from unspoken.language.values import At
from unspoken.model import (
    Expression,
    Frame,
    Manner,
    PlanSettings,
    Speech,
    Telling,
    Thought,
    Voice,
)
from unspoken.model.telling import Mode, Pronoun, Teller, Words

MANNERS = {
    "stammer": (
        2,
        'at most two numbers from 0 to 100, and the letters, as in `stammer 15 50 "dtp"`',
    ),
    "trail_off": (2, "at most two numbers from 0 to 100, as in `trail_off 20`"),
    "ramble": (1, "at most one number from 0 to 100, as in `ramble 70`"),
    "terse": (0, "no settings: it is just `terse`"),
}
"""Of each, how many numbers it takes, and what it takes in words."""

MOST_OFTEN = 100.0
ARTICLES = ("the", "a", "an", "")
PRONOUNS = get_args(Pronoun)
TELLERS = get_args(Teller)
MODES = get_args(Mode)
FREE_SLOTS = ("I", "me", "my", "mine", "myself", "you", "your", "here", "now")
"""What may stand in braces in every text besides the parameters."""
_SLOT = re.compile(r"\{([^{}]*)\}")


class Sections(SectionReading):
    """Reads plans and all that is about telling."""

    def read(
        self, sections: Sequence[Section], apparatus: Sequence[ApparatusDefinition]
    ) -> tuple[PlanSettings, Telling]:
        """The plan's settings and everything about the telling."""
        plan = PlanSettings()
        voices: list[Voice] = []
        frames: list[Frame] = []
        thoughts: list[Thought] = []
        speeches: list[Speech] = []
        self._complain_repeated_sections(sections, ("plan", "voice"))
        for section in sections:
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
        entries = self._entries(section)
        goal = self._number(entries.get("goal"))
        limits = [
            self._limit(entries.get(key))
            for key in ("author_limit", "character_limit", "epistemic_limit")
        ]
        return PlanSettings(goal, *limits)

    def _voice(self, section: Section) -> Voice:
        name = name_of(section)
        entities = self.check.world.entities
        if name.text not in entities and name.text not in self.check.broken:
            self.complain("unknown-entity", name, name=name.text, known=tuple(entities))
        self.check.used_entities.add(name.text)
        entries = self._entries(section)
        known_as: list[tuple[str, str]] = []
        gloss: list[tuple[str, Words]] = []
        inside: list[tuple[str, Words]] = []
        for entry in section.entries:
            if entry.key.text not in WITH_WORD or len(entry.words) != 1:
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
        entries = self._entries(section)
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
            event=name_of(section).text,
            parameters=parameters,
            texts=self._needed_texts(section, entries, "text", (*_slots(section), "words")),
            who=cast(Teller, who),
            needs=tuple(needs),
            origin=self._header(section),
        )

    def _thought(self, section: Section) -> Thought | None:
        variables = {variable.name: variable for variable in self._variables(section)}
        if not variables:
            self.complain("thought-without-thinker", name_of(section))
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
        entries = self._entries(section)
        proposition: Expression | None = None
        that = self._needed(section, entries, "that")
        if that is not None and len(that.items) > 1:
            self.complain("wrong-item", that.items[1], key="that", wanted="one condition")
        elif that is not None and (node := that.items[0].expression) is not None:
            proposition = self.check.condition(node, variables)
        forms: list[tuple[str, Words]] = []
        for key, entry in entries.items():
            if key != "that":
                forms.append((key, self._texts(entry, _slots(section))))
        if not forms:
            self._needed(section, entries, "plain")
        if proposition is None:
            return None
        return Thought(
            name_of(section).text,
            tuple(variables.values()),
            proposition,
            tuple(forms),
            self._header(section),
        )

    def _speech(self, section: Section) -> Speech:
        entries = self._entries(section)
        parameters = self._event_parameters(section)
        slots = _slots(section)
        mode = self._word(entries.get("mode"), MODES) or "aloud"
        says: Words = ()
        if "says" in entries:
            says = self._texts(entries["says"], slots)
        gist = self._text(entries.get("gist"), slots)
        return Speech(
            name_of(section).text, parameters, cast(Mode, mode), gist, says, self._header(section)
        )

    # Entries.

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
                self.complain(
                    "unknown-value", name, name=name.text, key="manner", known=tuple(MANNERS)
                )
                continue
            values = tuple(
                float(one.text) if one.kind == "number" else text_value(one.text)
                for one in settings
            )
            numbers = [one for one in values if isinstance(one, float)]
            most, wanted = MANNERS[name.text]
            letters = len(values) - len(numbers)
            often = all(0 <= one <= MOST_OFTEN for one in numbers)
            if not often or len(numbers) > most or letters > (name.text == "stammer"):
                self.complain("wrong-item", item, key=name.text, wanted=wanted)
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
        entry = self._needed(section, entries, key)
        return self._texts(entry, slots) if entry is not None else ()

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


def _slots(section: Section) -> tuple[str, ...]:
    return tuple(parameter.name.text for parameter in section.parameters)
