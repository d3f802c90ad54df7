"""What the readers of our own sections share: heads, entries, words and numbers.

``sections`` reads with it what is about plans and telling, ``inner_sections`` inner lives. Receives
a section of the tree, with the world's names all known; complains like the checker does.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from unspoken.language.checking import Checker, Placed
from unspoken.language.diagnostics import Diagnostic, Note
from unspoken.language.forms import FORMS
from unspoken.language.lookup import signature_text
from unspoken.language.scope import Argument, Declared, Signatures
from unspoken.language.tree import Atom, Entry, EventDefinition, ParameterNode, Section, Word
from unspoken.language.types import fits
from unspoken.language.values import At
from unspoken.model import EntityTerm, Span, Variable, VariableTerm

WITH_WORD = ("known_as", "gloss", "inside")
"""Keys of a voice that take a word before the colon."""

PERHAPS_WORD = ("says", "never_says")
"""Keys of a test that may have one."""


class SectionReading:
    """Reads parts of sections in a world whose names are all known."""

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

    # Names.

    def _header(self, section: Section) -> Span:
        last = section.parameters[-1] if section.parameters else section.name
        return self.check.place(section.start, last.end if last is not None else section.start)

    def _variables(self, section: Section, fixed: Container[int] = ()) -> tuple[Variable, ...]:
        """The parameters of a section, all with types, but those at the places ``fixed``."""
        variables: list[Variable] = []
        seen: dict[str, ParameterNode] = {}
        for place, node in enumerate(section.parameters):
            if place in fixed:
                continue
            if node.type is None:
                self.complain("parameter-without-type", node.name, name=node.name.text)
                continue
            if node.name.text in seen:
                self.complain(
                    "repeated-parameter",
                    node,
                    [Note("first", self.check.span(seen[node.name.text]))],
                    name=node.name.text,
                )
            seen[node.name.text] = node
            self.check.warn_hiding(node.name, {})
            kind = self.check.variable_type(node.type)
            variables.append(Variable(node.name.text, kind, self.check.span(node)))
        return tuple(variables)

    def _event_parameters(self, section: Section) -> tuple[Variable, ...]:
        """The parameters of a section that speaks of an action or trigger, which they select as
        the arguments of a use would."""
        variables = self._variables(section)
        name = name_of(section)
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
        name = name_of(section)
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

    def _entries(self, section: Section) -> dict[str, Entry]:
        """The entries by key; unknown keys and repeated ones are complained about."""
        known = FORMS[section.kind].keys
        entries: dict[str, Entry] = {}
        seen: dict[str, Entry] = {}
        for entry in section.entries:
            key = entry.key.text
            if known is not None and key not in known:
                self.complain("unknown-key", entry.key, name=key, kind=section.kind, known=known)
                continue
            wanted = 1 if section.kind == "voice" and key in WITH_WORD else 0
            may = section.kind == "test" and key in PERHAPS_WORD and len(entry.words) == 1
            if len(entry.words) != wanted and not may:
                self._complain_words(entry, wanted)
            full = " ".join((key, *(word.text for word in entry.words)))
            if full in seen:
                note = Note("first", self.check.span(seen[full].key))
                self.complain("repeated-key", entry.key, [note], name=full, kind=section.kind)
            seen[full] = entry
            entries[key] = entry
        return entries

    def _needed(self, section: Section, entries: dict[str, Entry], key: str) -> Entry | None:
        """The entry of a key; without it, the section says nothing."""
        if key not in entries and section.whole:
            self.complain("missing-key", name_of(section), kind=section.kind, key=key)
        return entries.get(key)

    def _complain_words(self, entry: Entry, wanted: int) -> None:
        key = entry.key.text
        if wanted:
            example = "known_as stranger" if key == "known_as" else f"{key} dread"
            self.complain("key-wants-word", entry.key, key=key, example=example)
        else:
            self.complain("key-without-word", entry.words[0], key=key, word=entry.words[0].text)

    def _complain_repeated_sections(
        self, sections: Sequence[Section], kinds: Sequence[str]
    ) -> None:
        """Of these kinds there is one section, or one for each name."""
        seen: dict[tuple[str, str], Section] = {}
        for section in sections:
            if section.kind in kinds:
                name = section.name.text if section.name is not None else ""
                earlier = seen.setdefault((section.kind, name), section)
                if earlier is not section:
                    self._complain_repeated(section, earlier)

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


def name_of(section: Section) -> Atom:
    """The name of a section that has one."""
    assert section.name is not None
    return section.name
