"""What the sections about inner lives are read with: holders, conditions, uses of events, ranges.

Between ``section_reading``, which every section of ours is read with, and ``inner_sections``.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from unspoken.language.diagnostics import Note
from unspoken.language.lookup import signature_text
from unspoken.language.scope import Argument, Declared
from unspoken.language.section_reading import SectionReading, name_of
from unspoken.language.tree import (
    Atom,
    Call,
    Entry,
    EventDefinition,
    Item,
    Node,
    Section,
    Word,
    bare,
)
from unspoken.language.types import ANY, fits
from unspoken.model import (
    EntityTerm,
    EventUse,
    Expression,
    Fluent,
    Term,
    Variable,
    VariableTerm,
    number_text,
)

Parameters = tuple[Variable | EntityTerm, ...]
INFINITE = float("inf")


class InnerReading(SectionReading):
    """Reads parts of the sections about inner lives."""

    declaring: dict[int, str]
    """What kind of section declared a property (by its ``id``)."""

    # Heads.

    def _mixed_parameters(self, section: Section) -> Parameters:
        """Typed variables, and entities that stand for themselves alone."""
        fixed: dict[int, EntityTerm] = {}
        entities = self.check.world.entities
        for place, node in enumerate(section.parameters):
            name = node.name
            if node.type is not None or name.kind != "name":
                continue
            if name.text not in entities and name.text not in self.check.broken:
                self.complain("unknown-parameter", name, name=name.text, known=tuple(entities))
            fixed[place] = EntityTerm(name.text, self.check.span(node))
            self.check.used_entities.add(name.text)
        variables = iter(self._variables(section, fixed))
        ordered = (fixed.get(n) or next(variables, None) for n in range(len(section.parameters)))
        return tuple(one for one in ordered if one is not None)

    def _holder(self, section: Section, parameters: Sequence[object]) -> None:
        """Whose it is: the first parameter, a character."""
        if not section.parameters:
            self.complain("held-by-nobody", name_of(section), kind=section.kind)
            return
        self._wants_character(section, 0, parameters)

    def _wants_character(self, section: Section, place: int, parameters: Sequence[object]) -> None:
        """Whether the parameter at a place is a character."""
        one = parameters[place] if place < len(parameters) else None
        if not isinstance(one, Variable | EntityTerm):
            return
        sort = self.check.world.parameter_sort(one)
        if not fits(sort, "character"):
            self.complain(
                "not-a-character",
                section.parameters[place],
                name=one.name,
                found=self.check.kind_in_words(sort),
            )

    def _quietly(self, section: Section) -> Parameters:
        """A section's parameters as they are meant, whatever may be wrong with them."""
        return tuple(
            Variable(node.name.text, node.type.text)
            if node.type is not None
            else EntityTerm(node.name.text)
            for node in section.parameters
        )

    # Entries.

    def _items(self, entry: Entry | None) -> Sequence[Item]:
        return entry.items if entry is not None else ()

    def _expression_of(self, entry: Entry | None, wanted: str) -> Node | None:
        """The one expression behind a key."""
        if entry is None:
            return None
        if len(entry.items) > 1:
            self.complain("wrong-item", entry.items[1], key=entry.key.text, wanted=wanted)
            return None
        return entry.items[0].expression

    def _condition(self, entry: Entry | None, variables: dict[str, Variable]) -> Expression | None:
        node = self._expression_of(entry, "one condition")
        return self.check.condition(node, variables) if node is not None else None

    def _fluent(self, entry: Entry | None, variables: dict[str, Variable]) -> Fluent | None:
        wanted = "one property of given things, such as `loves(who, whom)`"
        node = self._expression_of(entry, wanted)
        if node is None or entry is None:
            return None
        inside = bare(node)
        if not isinstance(inside, Call):
            self.complain("wrong-item", node, key=entry.key.text, wanted=wanted)
            return None
        return self.check.fluent(inside, variables)

    def _check_weight(self, entries: dict[str, Entry], weight: float | None) -> None:
        if weight == 0:
            self.complain("weightless", entries["weight"].items[0])

    def _check_declared_by(self, entry: Entry, fluent: Fluent, kind: str) -> None:
        """Whether a property is one that a hunch (or a drive) declares."""
        if self.declaring.get(id(fluent.property)) != kind:
            known = tuple(
                one.name
                for one in map(attrgetter("thing"), self.check.properties)
                if self.declaring.get(id(one)) == kind
            )
            self.complain(f"not-a-{kind}", entry.items[0], name=fluent.property.name, known=known)

    # Uses of events.

    def _use(
        self, entry: Entry | None, variables: dict[str, Variable], *, of_itself: bool = False
    ) -> EventUse | None:
        """The one action behind a key. ``of_itself``: it must be the author's own."""
        if entry is None:
            return None
        if len(entry.items) > 1:
            self.complain("wrong-item", entry.items[1], key=entry.key.text, wanted="one action")
            return None
        return self._use_of(entry.items[0], variables, of_itself=of_itself)

    def _use_of(
        self, item: Item, variables: dict[str, Variable], *, of_itself: bool = False
    ) -> EventUse | None:
        """Some actions of one name. Without brackets: all of that name."""
        node = item.expression
        name = node.name if isinstance(node, Call) else node
        if not isinstance(name, Atom) or not self._event(name):
            return None
        overloads = self.events.named(name.text)
        terms: list[Term | None] = [None] * len(overloads[0].parameters)
        selected: Declared[EventDefinition] | None = overloads[0]
        if isinstance(node, Call):
            terms = []
            given: list[Argument] = []
            for atom in node.arguments:
                argument = Argument(VariableTerm("*"), ANY)
                if atom.kind != "any":
                    read = self.check.argument(atom, variables)
                    if read is None:
                        return None
                    argument = read
                terms.append(None if atom.kind == "any" else argument.term)
                given.append(argument)
            selected = self.events.select(name.text, given)
            if selected is None:
                self.check.complain_mismatch(name, node.arguments, given, self.events, "action")
        elif len({len(one.parameters) for one in overloads}) > 1:
            signatures = [signature_text(one) for one in overloads]
            self.complain("which-action", name, name=name.text, signatures=signatures)
            return None
        if selected is None or not self._is_action(name, selected, of_itself=of_itself):
            return None
        return EventUse(name.text, tuple(terms), self.check.span(item))

    def _is_action(
        self, name: Atom, selected: Declared[EventDefinition], *, of_itself: bool
    ) -> bool:
        """Whether it is an action; if need be, one of the author's that happens of itself."""
        note = Note("declared", selected.origin) if selected.origin is not None else None
        if selected.thing.kind != "action":
            self.complain("trigger-for-action", name, [note], name=name.text)
            return False
        who = [part.names for part in selected.thing.parts if part.key.text == "consenting"]
        if of_itself and who and who[-1]:
            self.complain("not-of-itself", name, [note], name=name.text, who=who[-1][0].text)
            return False
        return True

    def _own_event(self, section: Section) -> tuple[Variable, ...]:
        """The parameters of a section that speaks of an action of the author's own."""
        parameters = self._event_parameters(section)
        selected = self._selects(name_of(section).text, parameters)
        if selected is not None:
            self._is_action(name_of(section), selected, of_itself=True)
        return parameters

    def _event(self, name: Atom) -> bool:
        if self.events.named(name.text):
            return True
        if name.text not in self.check.broken:
            self.complain("unknown-event", name, name=name.text, known=self.events.names())
        return False

    # Words.

    def _nobody(self, name: Atom) -> bool:
        """Whether a word is a character's name."""
        self.check.used_entities.add(name.text)
        return self.check.character(name, {}) is not None

    def _parameter(
        self, entry: Entry | None, variables: dict[str, Variable]
    ) -> VariableTerm | None:
        """One of the parameters, which is a character."""
        word = self._single(entry, "name", "one of the parameters")
        if word is None or entry is None:
            return None
        if not self._known_value(word, entry.key.text, tuple(variables)):
            return None
        term = self.check.character(Atom("name", word.text, word.start, word.end), variables)
        return term if isinstance(term, VariableTerm) else None

    def _known_value(self, word: Atom | Word, key: str, known: tuple[str, ...]) -> bool:
        if word.text in known:
            return True
        self.complain("unknown-value", word, name=word.text, key=key, known=known)
        return False

    def _single_names(self, entry: Entry | None) -> list[Atom]:
        """Names behind a key, with commas between."""
        names: list[Atom] = []
        for item in self._items(entry):
            if len(item.words) != 1 or item.words[0].kind != "name":
                assert entry is not None
                wanted = "names, with commas between"
                self.complain("wrong-item", item, key=entry.key.text, wanted=wanted)
                continue
            word = item.words[0]
            names.append(Atom("name", word.text, word.start, word.end))
        return names

    def _words(self, entry: Entry | None, known: tuple[str, ...]) -> tuple[str, ...]:
        """Some of the words that are known for a key, each once."""
        if entry is None:
            return ()
        names = self._single_names(entry)
        found = [one.text for one in names if self._known_value(one, entry.key.text, known)]
        return tuple(dict.fromkeys(found))

    # Numbers.

    def _within(
        self,
        entry: Entry | None,
        default: float | None,
        low: float,
        high: float,
        *,
        open_: bool = False,
    ) -> float | None:
        """A number from ``low`` to ``high``; ``open_``: more than ``low``."""
        if entry is None:
            return default
        number = self._number(entry)
        if number is None or ((low < number or (number == low and not open_)) and number <= high):
            return number
        self.complain(
            "out-of-range", entry.items[0], key=entry.key.text, wanted=_range(low, high, open_)
        )
        return None

    def _whole(
        self,
        entry: Entry | None,
        default: int,
        low: float = -INFINITE,
        high: float = INFINITE,
    ) -> int:
        number = self._within(entry, default, low, high)
        if number is None:
            return default
        if not float(number).is_integer():
            assert entry is not None
            self.complain("wrong-item", entry.items[0], key=entry.key.text, wanted="a whole number")
            return default
        return int(number)


def typed(parameters: Sequence[object]) -> dict[str, Variable]:
    """The variables among parameters, by name."""
    return {one.name: one for one in parameters if isinstance(one, Variable)}


def is_whole(text: str) -> bool:
    """Whether the text of a number says a whole one."""
    return float(text).is_integer()


def _range(low: float, high: float, open_: bool) -> str:
    """A range of numbers in words."""
    least = f"a number above {number_text(low)}" if open_ else f"a number from {number_text(low)}"
    if high == INFINITE:
        return least if open_ else f"{least} on"
    return f"{least}, at most {number_text(high)}" if open_ else f"{least} to {number_text(high)}"
