"""Inner lives: from the tree's sections to ``model.InnerLife``.

Hunches, drives and rules declare properties, which every expression of the file may use; so
``declare`` comes first, before any expression is read, and ``read`` later. Receives the tree's
sections; complains like the checker does. What is only doubtful is left to ``inner_lints``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeVar, cast, get_args

from unspoken.language.scope import Argument
from unspoken.language.section_reading import SectionReading, name_of
from unspoken.language.tree import (
    Atom,
    Call,
    Entry,
    Item,
    Node,
    Section,
    Signature,
    Word,
    bare,
)
from unspoken.language.types import ANY, fits
from unspoken.model import (
    FEELINGS,
    UNSPOKEN,
    Carried,
    Channel,
    Drive,
    DriveRole,
    EntityTerm,
    EventUse,
    Expression,
    FeelingSettings,
    Fluent,
    Hunch,
    InnerLife,
    Norm,
    NormKind,
    Occasion,
    Property,
    Rule,
    RunSettings,
    Sign,
    Tell,
    Temperament,
    Term,
    Variable,
    VariableTerm,
    Wish,
    number_text,
)

T = TypeVar("T")

Declare = Callable[[Property, Signature], bool]
"""Makes a property known; False if it cannot be, which has been said."""

Parameters = tuple[Variable | EntityTerm, ...]

ROLES: tuple[str, ...] = get_args(DriveRole)
NORM_KINDS: tuple[str, ...] = get_args(NormKind)
CARRIED: tuple[str, ...] = get_args(Carried)
ABSOLUTE = "absolute"

_DECLARING = {"hunch": "number", "drive": "number", "rule": "boolean"}
_ONCE = ("temperament", "feelings", "run")
_INFINITE = float("inf")


class InnerSections(SectionReading):
    """Reads everything that is about inner lives."""

    def declare(self, sections: Sequence[Section], declare: Declare) -> tuple[Property, ...]:
        """The properties that sections declare, in the order of the text."""
        self.declared: dict[int, Property] = {}
        self.declaring: dict[int, str] = {}
        for section in sections:
            range_ = _DECLARING.get(section.kind)
            if range_ is None:
                continue
            name = name_of(section)
            end = section.parameters[-1].end if section.parameters else name.end
            signature = Signature(name, section.parameters, name.start, end)
            thing = Property(name.text, self._variables(section), range_, self._header(section))
            if declare(thing, signature):
                self.declared[id(section)] = thing
                self.declaring[id(thing)] = section.kind
                self.check.used_properties.add(id(thing))
        return tuple(self.declared.values())

    def read(self, sections: Sequence[Section]) -> InnerLife:
        """All that is said about inner lives; in each kind, in the order of the text."""
        self._complain_repeated_sections(sections, _ONCE)

        def all_of(kind: str, read: Callable[[Section], T | None]) -> tuple[T, ...]:
            found = (read(section) for section in sections if section.kind == kind)
            return tuple(one for one in found if one is not None)

        feelings = all_of("feelings", self._feelings)
        run = all_of("run", self._run)
        return InnerLife(
            hunches=all_of("hunch", self._hunch),
            signs=all_of("sign", self._sign),
            drives=all_of("drive", self._drive),
            wishes=all_of("wish", self._wish),
            norms=all_of("norm", self._norm),
            temperaments=all_of("temperament", self._temperament),
            tells=all_of("tell", self._tell),
            occasions=all_of("occasion", self._occasion),
            channels=all_of("channel", self._channel),
            rules=all_of("rule", self._rule),
            feelings=feelings[-1] if feelings else FeelingSettings(),
            run=run[-1] if run else RunSettings(),
        )

    # What is held more or less surely, and what counts as a sign.

    def _hunch(self, section: Section) -> Hunch | None:
        entries = self._entries(section)
        thing = self.declared.get(id(section))
        variables = _typed(thing.parameters if thing is not None else ())
        of = self._fluent(self._needed(section, entries, "of"), variables)
        low = self._whole(entries.get("from"), -3)
        high = self._whole(entries.get("to"), 3)
        if thing is None or of is None:
            return None
        return Hunch(thing, of, low, high, self._header(section))

    def _sign(self, section: Section) -> Sign | None:
        entries = self._entries(section)
        parameters = self._variables(section)
        self._holder(section, parameters)
        variables = _typed(parameters)
        of = self._fluent(self._needed(section, entries, "for"), variables)
        seen = self._use(entries.get("seen"), variables)
        when = self._condition(entries.get("when"), variables)
        condition = self._condition(entries.get("if"), variables)
        weight = self._whole(entries.get("weight"), 1)
        if of is None:
            return None
        return Sign(
            name_of(section).text,
            parameters,
            of,
            weight,
            seen,
            when,
            condition,
            self._header(section),
        )

    # What is wanted and what is held against.

    def _drive(self, section: Section) -> Drive | None:
        entries = self._entries(section)
        low = self._whole(entries.get("from"), 0)
        high = self._whole(entries.get("to"), 10)
        baseline = self._whole(entries.get("baseline"), low)
        half_life = self._within(entries.get("half_life"), None, 0, _INFINITE, open_=True)
        role = self._word(entries.get("role"), ROLES) or "none"
        moved_by: list[tuple[str, int]] = []
        for item in self._items(entries.get("moved_by")):
            words = item.words
            if [word.kind for word in words] != ["name", "number"] or not _is_whole(words[1].text):
                wanted = "feelings, each with a whole number: `gratitude 2, anger -3`"
                self.complain("wrong-item", item, key="moved_by", wanted=wanted)
                continue
            if self._known_value(words[0], "moved_by", FEELINGS):
                moved_by.append((words[0].text, int(float(words[1].text))))
        thing = self.declared.get(id(section))
        if thing is None:
            return None
        self._holder(section, thing.parameters)
        return Drive(
            thing,
            low,
            high,
            baseline,
            half_life,
            cast(DriveRole, role),
            tuple(moved_by),
            self._header(section),
        )

    def _wish(self, section: Section) -> Wish | None:
        entries = self._entries(section)
        parameters = self._mixed_parameters(section)
        self._holder(section, parameters)
        variables = _typed(parameters)
        wants = self._condition(self._needed(section, entries, "wants"), variables)
        weight = self._within(entries.get("weight"), 1.0, -1, 1)
        drive = self._fluent(entries.get("drive"), variables)
        condition = self._condition(entries.get("if"), variables)
        if wants is None or weight is None:
            return None
        return Wish(
            name_of(section).text,
            parameters,
            wants,
            weight,
            drive,
            condition,
            self._header(section),
        )

    def _norm(self, section: Section) -> Norm | None:
        entries = self._entries(section)
        parameters = self._mixed_parameters(section)
        self._holder(section, parameters)
        variables = _typed(parameters)
        against = self._word(self._needed(section, entries, "against"), NORM_KINDS)
        weight = self._norm_weight(self._needed(section, entries, "weight"))
        acts = tuple(
            use
            for item in self._items(entries.get("acts"))
            if (use := self._use_of(item, variables)) is not None
        )
        shows = self._condition(entries.get("shows"), variables)
        before = self._before(entries.get("before"), variables)
        condition = self._condition(entries.get("if"), variables)
        if against is None:
            return None
        return Norm(
            name_of(section).text,
            parameters,
            cast(NormKind, against),
            weight,
            acts,
            shows,
            before,
            condition,
            self._header(section),
        )

    def _norm_weight(self, entry: Entry | None) -> float | None:
        """A norm's weight; None: absolute (or wrong, which has been said)."""
        if entry is None:
            return None
        word = entry.items[0].words[0] if entry.items[0].words else None
        if word is not None and word.kind == "name":
            self._word(entry, (ABSOLUTE,))
            return None
        return self._within(entry, 1.0, 0, 1, open_=True)

    def _before(
        self, entry: Entry | None, variables: dict[str, Variable]
    ) -> VariableTerm | EntityTerm | Literal["anyone"] | None:
        word = self._single(entry, "name", "one of the parameters, a character or `anyone`")
        if word is None:
            return None
        if word.text == "anyone":
            return "anyone"
        term = self.check.character(Atom("name", word.text, word.start, word.end), variables)
        return term if isinstance(term, VariableTerm | EntityTerm) else None

    def _temperament(self, section: Section) -> Temperament | None:
        entries = self._entries(section)
        name = name_of(section)
        self._nobody(name)
        default = Temperament(name.text)
        daring = self._within(entries.get("daring"), default.daring, 0, 1)
        composure = self._within(entries.get("composure"), default.composure, 0, 1)
        steadiness = self._within(entries.get("steadiness"), default.steadiness, 0, 1)
        if daring is None or composure is None or steadiness is None:
            return None
        return Temperament(name.text, daring, composure, steadiness, self._header(section))

    # What happens of itself.

    def _tell(self, section: Section) -> Tell | None:
        entries = self._entries(section)
        parameters = self._event_parameters(section)
        variables = _typed(parameters)
        who = self._parameter(self._needed(section, entries, "of"), variables)
        toward = self._parameter(entries.get("toward"), variables)
        shown = self._words(self._needed(section, entries, "shows"), (*FEELINGS, UNSPOKEN))
        above = self._within(entries.get("above"), 0.5, 0, 1)
        if who is None or above is None:
            return None
        return Tell(
            name_of(section).text, parameters, who, shown, above, toward, self._header(section)
        )

    def _occasion(self, section: Section) -> Occasion | None:
        entries = self._entries(section)
        parameters = self._event_parameters(section)
        chance = self._within(self._needed(section, entries, "chance"), None, 0, 1, open_=True)
        after = self._whole(entries.get("after"), 0, 0)
        if chance is None:
            return None
        return Occasion(name_of(section).text, parameters, chance, after, self._header(section))

    # Between minds.

    def _channel(self, section: Section) -> Channel | None:
        entries = self._entries(section)
        parameters = self._variables(section)
        variables = _typed(parameters)
        open_ = self._condition(self._needed(section, entries, "open"), variables)
        carries = self._words(entries.get("carries"), CARRIED)
        strength = self._within(entries.get("strength"), 0.3, 0, 1)
        concealment = self._within(entries.get("concealment"), 0.4, 0, 1)
        whole = self._use(entries.get("whole"), variables)
        fragment = self._use(entries.get("fragment"), variables)
        if open_ is None or strength is None or concealment is None:
            return None
        return Channel(
            name_of(section).text,
            parameters,
            open_,
            cast(tuple[Carried, ...], carries) or ("thoughts", "feelings", "wishes"),
            strength,
            concealment,
            whole,
            fragment,
            self._header(section),
        )

    def _rule(self, section: Section) -> Rule | None:
        entries = self._entries(section)
        events: list[str] = []
        for word in self._single_names(self._needed(section, entries, "of")):
            if self._event(word):
                events.append(word.text)
        known: list[str] = []
        for word in self._single_names(entries.get("known")):
            if self._nobody(word):
                known.append(word.text)
        thing = self.declared.get(id(section))
        if thing is None:
            return None
        return Rule(thing, tuple(events), tuple(known), self._header(section))

    # Settings.

    def _feelings(self, section: Section) -> FeelingSettings | None:
        entries = self._entries(section)
        default = FeelingSettings()
        hidden = self._words(entries.get("hide"), FEELINGS)
        half_life = self._within(
            entries.get("half_life"), default.half_life, 0, _INFINITE, open_=True
        )
        floor = self._within(entries.get("floor"), default.floor, 0, 1)
        if half_life is None or floor is None:
            return None
        return FeelingSettings(hidden, half_life, floor)

    def _run(self, section: Section) -> RunSettings | None:
        entries = self._entries(section)
        default = RunSettings()
        temperature = self._within(entries.get("temperature"), default.temperature, 0, _INFINITE)
        if temperature is None:
            return None
        return RunSettings(
            self._whole(entries.get("rounds"), default.rounds, 1),
            self._condition(entries.get("until"), {}),
            self._whole(entries.get("foresight"), default.foresight, 1),
            self._whole(entries.get("minds"), default.minds, 0),
            self._whole(entries.get("thoughts"), default.thoughts, 0),
            temperature,
        )

    # Heads.

    def _mixed_parameters(self, section: Section) -> Parameters:
        """Typed variables, and entities that stand for themselves alone."""
        fixed: dict[int, EntityTerm] = {}
        for place, node in enumerate(section.parameters):
            if node.type is None and node.name.text in self.check.world.entities:
                fixed[place] = EntityTerm(node.name.text, self.check.span(node))
                self.check.used_entities.add(node.name.text)
        variables = iter(self._variables(section, fixed))
        ordered = (fixed.get(n) or next(variables, None) for n in range(len(section.parameters)))
        return tuple(one for one in ordered if one is not None)

    def _holder(self, section: Section, parameters: Sequence[object]) -> None:
        """Whose it is: the first parameter, a character."""
        if not section.parameters:
            self.complain("held-by-nobody", name_of(section), kind=section.kind)
            return
        first = parameters[0] if parameters else None
        if not isinstance(first, Variable | EntityTerm):
            return
        sort = self.check.world.parameter_sort(first)
        if not fits(sort, "character"):
            self.complain(
                "not-a-character",
                section.parameters[0],
                name=first.name,
                found=self.check.kind_in_words(sort),
            )

    # Entries.

    def _needed(self, section: Section, entries: dict[str, Entry], key: str) -> Entry | None:
        if key not in entries:
            self.complain("missing-key", name_of(section), kind=section.kind, key=key)
        return entries.get(key)

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

    def _use(self, entry: Entry | None, variables: dict[str, Variable]) -> EventUse | None:
        if entry is None:
            return None
        if len(entry.items) > 1:
            self.complain("wrong-item", entry.items[1], key=entry.key.text, wanted="one action")
            return None
        return self._use_of(entry.items[0], variables)

    def _use_of(self, item: Item, variables: dict[str, Variable]) -> EventUse | None:
        """Some events of one name. Without brackets: all of that name."""
        node = item.expression
        name = node.name if isinstance(node, Call) else node
        if not isinstance(name, Atom) or not self._event(name):
            return None
        overloads = self.events.named(name.text)
        origin = self.check.span(item)
        if not isinstance(node, Call):
            return EventUse(name.text, (None,) * len(overloads[0].parameters), origin)
        terms: list[Term | None] = []
        given: list[Argument] = []
        for atom in node.arguments:
            if atom.kind == "any":
                terms.append(None)
                given.append(Argument(VariableTerm("*"), ANY))
                continue
            argument = self.check.argument(atom, variables)
            if argument is None:
                return None
            terms.append(argument.term)
            given.append(argument)
        if self.events.select(name.text, given) is None:
            self.check.complain_mismatch(name, node.arguments, given, self.events, "action")
            return None
        return EventUse(name.text, tuple(terms), origin)

    def _event(self, name: Atom) -> bool:
        if self.events.named(name.text):
            return True
        if name.text not in self.check.broken:
            self.complain("unknown-event", name, name=name.text, known=self.events.names())
        return False

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

    def _whole(self, entry: Entry | None, default: int, low: float = -_INFINITE) -> int:
        number = self._within(entry, default, low, _INFINITE)
        if number is None:
            return default
        if not float(number).is_integer():
            assert entry is not None
            self.complain("wrong-item", entry.items[0], key=entry.key.text, wanted="a whole number")
            return default
        return int(number)


def _typed(parameters: Sequence[object]) -> dict[str, Variable]:
    return {one.name: one for one in parameters if isinstance(one, Variable)}


def _is_whole(text: str) -> bool:
    return float(text).is_integer()


def _range(low: float, high: float, open_: bool) -> str:
    """A range of numbers in words."""
    least = f"a number above {number_text(low)}" if open_ else f"a number from {number_text(low)}"
    if high == _INFINITE:
        return least if open_ else f"{least} on"
    return f"{least}, at most {number_text(high)}" if open_ else f"{least} to {number_text(high)}"
