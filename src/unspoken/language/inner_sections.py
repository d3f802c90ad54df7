"""Inner lives: from the tree's sections to ``model.InnerLife``.

Hunches, drives and rules declare properties, which every expression of the file may use; so
``declare`` comes first, before any expression is read, and ``read`` later. Receives the tree's
sections; complains like the checker does. What is only doubtful is left to ``inner_lints``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeVar, cast, get_args

from unspoken.language.diagnostics import Note, problem
from unspoken.language.facts import outcomes
from unspoken.language.inner_reading import INFINITE, InnerReading, Parameters, is_whole, typed
from unspoken.language.lookup import with_article
from unspoken.language.section_reading import name_of
from unspoken.language.tree import (
    Atom,
    Entry,
    Section,
    Signature,
)
from unspoken.model import (
    FEELINGS,
    REFUSAL,
    UNSPOKEN,
    Carried,
    Channel,
    Drive,
    DriveRole,
    EntityTerm,
    FeelingSettings,
    Fluent,
    Hunch,
    InnerLife,
    Norm,
    NormKind,
    Occasion,
    Presence,
    Property,
    Rule,
    RunSettings,
    Sign,
    Tell,
    Temperament,
    Trigger,
    Variable,
    VariableTerm,
    Wish,
)

T = TypeVar("T")

Declare = Callable[[Property, Signature], bool]
"""Makes a property known; False if it cannot be, which has been said."""

ROLES: tuple[str, ...] = get_args(DriveRole)
NORM_KINDS: tuple[str, ...] = get_args(NormKind)
CARRIED: tuple[str, ...] = get_args(Carried)
ABSOLUTE = "absolute"

_FOUND_BY_ITSELF = ("lie", "harm")
"""Kinds of deeds that are found without being told which acts they are."""
_TOWARDS = ("liking", "trust", "deference")
"""Roles of drives that somebody has towards somebody."""
_MENDS = {
    "acts": "say which acts are meant: `acts: knock(who), go(who, *);`",
    "shows": "say what must not show, and before whom: `shows: loves(who, whom); before: whom;`",
    "before": "say before whom: `before: anyone;`, or one of the parameters, or a character",
}
_NAMED = ("sign", "wish", "norm", "channel", "presence")
"""What is told apart by name, and by whom it is about."""
_DECLARING = {"hunch": "number", "drive": "number", "rule": "boolean"}
_ONCE = ("temperament", "feelings", "run")


class InnerSections(InnerReading):
    """Reads everything that is about inner lives."""

    def declare(self, sections: Sequence[Section], declare: Declare) -> tuple[Property, ...]:
        """The properties that sections declare, in the order of the text."""
        self.heads: dict[int, tuple[Variable, ...]] = {}
        self.declared: dict[int, Property] = {}
        self.declaring: dict[int, str] = {}
        for section in sections:
            range_ = _DECLARING.get(section.kind)
            if range_ is None:
                continue
            name = name_of(section)
            end = section.parameters[-1].end if section.parameters else name.end
            signature = Signature(name, section.parameters, name.start, end)
            parameters = self.heads[id(section)] = self._variables(section)
            thing = Property(name.text, parameters, range_, self._header(section))
            if declare(thing, signature):
                self.declared[id(section)] = thing
                self.declaring[id(thing)] = section.kind
                self.check.used_properties.add(id(thing))
        return tuple(self.declared.values())

    def read(self, sections: Sequence[Section]) -> InnerLife:
        """All that is said about inner lives; in each kind, in the order of the text."""
        self._complain_repeated_sections(sections, _ONCE)
        self._complain_same_names(sections)
        self.hunched: dict[int, Section] = {}

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
            presences=all_of("presence", self._presence),
            rules=all_of("rule", self._rule),
            feelings=feelings[-1] if feelings else FeelingSettings(),
            run=run[-1] if run else RunSettings(),
        )

    def _complain_same_names(self, sections: Sequence[Section]) -> None:
        """Two of a name that could be about the same people: one rule bound twice."""
        world = self.check.world
        seen: dict[tuple[str, str, int], list[tuple[Section, Parameters]]] = {}
        for section in sections:
            if section.kind not in _NAMED:
                continue
            name = name_of(section)
            parameters = self._quietly(section)
            alike = seen.setdefault((section.kind, name.text, len(parameters)), [])
            for earlier, others in alike:
                if all(map(world.overlap, others, parameters)):
                    note = Note("first", self.check.span(name_of(earlier)))
                    self.complain("same-name", name, [note], kind=section.kind, name=name.text)
                    break
            alike.append((section, parameters))

    # What is held more or less surely, and what counts as a sign.

    def _hunch(self, section: Section) -> Hunch | None:
        entries = self._entries(section)
        thing = self.declared.get(id(section))
        variables = typed(self.heads[id(section)])
        of = self._fluent(self._needed(section, entries, "of"), variables)
        low = self._whole(entries.get("from"), -3)
        high = self._whole(entries.get("to"), 3)
        if not low < 0 < high:
            place = entries.get("to") or entries.get("from") or name_of(section)
            self.complain("hunch-bounds", place, low=low, high=high)
        if thing is None or of is None:
            return None
        self._check_hunched(section, entries["of"], of, variables)
        return Hunch(thing, of, low, high, self._header(section))

    def _check_hunched(
        self, section: Section, entry: Entry, of: Fluent, variables: dict[str, Variable]
    ) -> None:
        """Odds are of something true or false, of each filling once, and kept in one place."""
        prop = of.property
        if prop.range != "boolean":
            found = with_article(prop.range)
            self.complain("hunch-of-no-truth", entry.items[0], name=prop.name, range=found)
        used = {one.name for one in of.arguments if isinstance(one, VariableTerm)}
        for node in section.parameters:
            if node.name.text in variables and node.name.text not in used:
                self.complain("hunch-parameter", node, name=node.name.text, of=prop.name)
        earlier = self.hunched.setdefault(id(prop), section)
        if earlier is not section:
            note = Note("first", self.check.span(name_of(earlier)))
            self.complain("repeated-hunch", name_of(section), [note], name=prop.name)

    def check_triggers(self, triggers: Sequence[Trigger]) -> None:
        """Odds are somebody's, and nobody sees a trigger."""
        for trigger in triggers:
            for one in outcomes(trigger.effect):
                prop = one.fluent.property
                if self.declaring.get(id(prop)) == "hunch" and not one.fluent.minds:
                    place = one.fluent.origin or trigger.origin
                    self.diagnostics.append(
                        problem("odds-of-nobody", place, trigger=trigger.name, name=prop.name)
                    )

    def _sign(self, section: Section) -> Sign | None:
        entries = self._entries(section)
        parameters = self._variables(section)
        self._holder(section, parameters)
        variables = typed(parameters)
        of = self._fluent(self._needed(section, entries, "for"), variables)
        seen = self._use(entries.get("seen"), variables)
        when = self._condition(entries.get("when"), variables)
        condition = self._condition(entries.get("if"), variables)
        weight = self._whole(entries.get("weight"), 1)
        self._check_weight(entries, weight)
        if ("seen" in entries) == ("when" in entries) and section.whole:
            found = "both `seen` and `when`" if "seen" in entries else "neither `seen` nor `when`"
            self.complain("sign-needs-one", name_of(section), found=found)
        if of is None:
            return None
        self._check_declared_by(entries["for"], of, "hunch")
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
        baseline = low
        if low < high:
            baseline = self._whole(entries.get("baseline"), low, low, high)
        else:
            place = entries.get("to") or entries["from"]
            self.complain("empty-range", place, low=low, high=high)
        half_life = self._within(entries.get("half_life"), None, 0, INFINITE, open_=True)
        role = self._word(entries.get("role"), ROLES) or "none"
        moved_by: list[tuple[str, int]] = []
        for item in self._items(entries.get("moved_by")):
            words = item.words
            if [word.kind for word in words] != ["name", "number"] or not is_whole(words[1].text):
                wanted = "feelings, each with a whole number: `gratitude 2, anger -3`"
                self.complain("wrong-item", item, key="moved_by", wanted=wanted)
                continue
            if self._known_value(words[0], "moved_by", FEELINGS):
                moved_by.append((words[0].text, int(float(words[1].text))))
        self._holder(section, self.heads[id(section)])
        if role in _TOWARDS and len(section.parameters) < 2:
            self.complain("role-wants-two", entries["role"].items[0], role=role)
        thing = self.declared.get(id(section))
        if thing is None:
            return None
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
        variables = typed(parameters)
        wants = self._condition(self._needed(section, entries, "wants"), variables)
        weight = self._within(entries.get("weight"), 1.0, -1, 1)
        drive = self._fluent(entries.get("drive"), variables)
        condition = self._condition(entries.get("if"), variables)
        self._check_weight(entries, weight)
        if drive is not None:
            self._check_declared_by(entries["drive"], drive, "drive")
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
        variables = typed(parameters)
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
        self._check_norm(section, entries, against)
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

    def _check_norm(self, section: Section, entries: dict[str, Entry], kind: str) -> None:
        """Whether deeds of this kind can be told, and nothing is said that does not count."""
        wanted = ""
        if kind == "lose_face":
            if "shows" in entries and "before" not in entries:
                wanted = "before"
            elif "shows" not in entries and "acts" not in entries:
                wanted = "shows"
        elif kind not in _FOUND_BY_ITSELF and "acts" not in entries:
            wanted = "acts"
        if wanted and section.whole:
            mend = _MENDS[wanted]
            self.complain("norm-needs", name_of(section), kind=kind, key=wanted, mend=mend)
        if "shows" in entries and kind != "lose_face":
            self.complain("idle-shows", entries["shows"].key, kind=kind)

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
        name = Atom("name", word.text, word.start, word.end)
        term = self.check.character(name, variables, also=("anyone",))
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
        parameters = self._own_event(section)
        variables = typed(parameters)
        who = self._parameter(self._needed(section, entries, "of"), variables)
        toward = self._parameter(entries.get("toward"), variables)
        shown = self._words(self._needed(section, entries, "shows"), (*FEELINGS, UNSPOKEN, REFUSAL))
        above = self._within(entries.get("above"), 0.5, 0, 1)
        if who is None or above is None:
            return None
        return Tell(
            name_of(section).text, parameters, who, shown, above, toward, self._header(section)
        )

    def _occasion(self, section: Section) -> Occasion | None:
        entries = self._entries(section)
        parameters = self._own_event(section)
        chance = self._within(self._needed(section, entries, "chance"), None, 0, 1, open_=True)
        after = self._whole(entries.get("after"), 0, 0)
        if chance is None:
            return None
        return Occasion(name_of(section).text, parameters, chance, after, self._header(section))

    # Between minds.

    def _channel(self, section: Section) -> Channel | None:
        entries = self._entries(section)
        parameters = self._variables(section)
        variables = typed(parameters)
        self._wants_ends(section, parameters, "the thinker and the hearer", "thinker", "hearer")
        open_ = self._condition(self._needed(section, entries, "open"), variables)
        carries = self._words(entries.get("carries"), CARRIED)
        strength = self._within(entries.get("strength"), 0.3, 0, 1)
        concealment = self._within(entries.get("concealment"), 0.4, 0, 1)
        whole = self._use(entries.get("whole"), variables, of_itself=True)
        fragment = self._use(entries.get("fragment"), variables, of_itself=True)
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

    def _presence(self, section: Section) -> Presence | None:
        entries = self._entries(section)
        parameters = self._variables(section)
        ends = "the one and who is there with them"
        self._wants_ends(section, parameters, ends, "one", "other", exactly=True)
        when = self._condition(self._needed(section, entries, "when"), typed(parameters))
        if when is None:
            return None
        return Presence(name_of(section).text, parameters, when, self._header(section))

    def _wants_ends(
        self,
        section: Section,
        parameters: Sequence[Variable],
        ends: str,
        one: str,
        other: str,
        *,
        exactly: bool = False,
    ) -> None:
        """The first two parameters (``exactly``: and there are no more) are characters."""
        count = len(section.parameters)
        if count < 2 or (exactly and count > 2):
            where = name_of(section)
            self.complain("two-ends", where, kind=section.kind, ends=ends, one=one, other=other)
        for place in range(min(2, len(parameters))):
            self._wants_character(section, place, parameters)

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
            entries.get("half_life"), default.half_life, 0, INFINITE, open_=True
        )
        floor = self._within(entries.get("floor"), default.floor, 0, 1)
        if half_life is None or floor is None:
            return None
        return FeelingSettings(hidden, half_life, floor)

    def _run(self, section: Section) -> RunSettings | None:
        entries = self._entries(section)
        default = RunSettings()
        temperature = self._within(entries.get("temperature"), default.temperature, 0, INFINITE)
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
