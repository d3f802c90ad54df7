"""Tests, from the tree's sections to ``model.StoryTest``: those of a world, and those in a file
beside it.

    test "Willow comes to know" {
        over: runs 20;
        at_end: knows(Willow, loves(Tara, Willow));
        in: most;
    };

Receives sections, with the world's names all known, and complains like the checker does;
``read_tests`` receives a text and a model, and hands on (tests, diagnostics), always both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from unspoken.language.checking import Checker
from unspoken.language.conditions import condition_within, known_names
from unspoken.language.diagnostics import Diagnostic, Note, has_errors
from unspoken.language.forms import HAPPENS
from unspoken.language.inner_reading import InnerReading, is_whole
from unspoken.language.parser import read_tree
from unspoken.language.pieces import a_signature
from unspoken.language.scenes import SHORT
from unspoken.language.scope import Declared, Signatures
from unspoken.language.section_reading import name_of
from unspoken.language.story_test_lints import lint_tests
from unspoken.language.tokens import text_value
from unspoken.language.tree import Atom, Call, Entry, EventDefinition, Item, Section
from unspoken.model import (
    Claim,
    Expression,
    Retelling,
    Saying,
    Share,
    Source,
    Span,
    StoryTest,
    Storyworld,
)
from unspoken.model.tests import ABOUT_ALL, ACTS, CLAIMS, EYES, Over
from unspoken.model.tests import Item as Asserted

OVER = "`plan`, `run`, `runs 20`, or `saved` and a file's name in quotation marks"
SHARE = "`all`, `most`, `some`, `none`, `at least 15` or `at most 2`"
ACTS_TOO = ("never", "sometime", "in_order", "possible", "impossible", "demand")
"""Keys behind which acts may stand beside facts."""
_OF_RUNS = ("rounds", "until", "in")
_OF_PLANS = ("goal", "within", "demand", "without")
_PERSONS = ("third", "first")
_TENSES = ("past", "present")


def read_tests(
    text: str, world: Storyworld, name: str = "<tests>"
) -> tuple[tuple[StoryTest, ...] | None, list[Diagnostic]]:
    """The tests in a text, or None if something is wrong; and what is wrong or doubtful. Titles
    that the world's own tests have are taken."""
    source = Source(name, text)
    file, diagnostics = read_tree(source)
    names, properties = known_names(world)
    checker = Checker(names, properties, lambda a, b: Span(source, a, b), diagnostics, file.broken)
    events: Signatures[EventDefinition] = Signatures(names)
    for action in world.actions:
        signature = a_signature(action.name, action.parameters)
        definition = EventDefinition("action", signature, (), 0, 0)
        events.add(Declared(action.name, action.parameters, definition, action.origin))
    sections: list[Section] = []
    for one in file.definitions:
        if isinstance(one, Section) and one.kind == "test":
            sections.append(one)
        else:
            checker.complain("not-a-test", one)
    reader = StoryTests(checker, events, diagnostics, over_by_default(world))
    tests = reader.read(sections, taken=world.tests)
    if not has_errors(diagnostics):
        diagnostics.extend(lint_tests(world, tests))
    diagnostics.sort(key=lambda one: one.span.start if one.span is not None else -1)
    return (None if has_errors(diagnostics) else tests), diagnostics


def over_by_default(world: Storyworld) -> Over:
    """What a test is over that does not say it: what `unspoken tell` would tell."""
    return "run" if world.runs_by_itself else "plan"


class StoryTests(InnerReading):
    """Reads tests."""

    def __init__(
        self,
        check: Checker,
        events: Signatures[EventDefinition],
        diagnostics: list[Diagnostic],
        over: Over,
    ) -> None:
        super().__init__(check, events, diagnostics)
        self._over_by_default = over

    def read(
        self, sections: Sequence[Section], taken: Sequence[StoryTest] = ()
    ) -> tuple[StoryTest, ...]:
        """All tests, in the order of the text."""
        first = {one.slug: one.origin for one in taken}
        tests: list[StoryTest] = []
        for section in sections:
            if section.kind != "test":
                continue
            test = self._test(section)
            if test.slug in first:
                earlier = first[test.slug]
                note = Note("first", earlier) if earlier is not None else None
                self.complain("repeated-test", name_of(section), [note], title=test.title)
            first.setdefault(test.slug, test.origin)
            tests.append(test)
        return tuple(tests)

    def _test(self, section: Section) -> StoryTest:
        entries = self._entries(section)
        over, runs, saved = self._over(entries.get("over"))
        seed = self._within(entries.get("seed"), 0, 0, 2**53) or 0
        self._check_idle(entries, over, runs)
        return StoryTest(
            title=text_value(name_of(section).text),
            over=over,
            runs=runs,
            saved=saved,
            seed=int(seed),
            rounds=self._count(entries.get("rounds")),
            until=self._condition(entries.get("until"), {}),
            share=self._share(entries.get("in"), runs),
            goal=self._number(entries.get("goal")),
            within=self._count(entries.get("within")),
            given=tuple(self._given(entries.get("given"))),
            demand=tuple(self._asserted(entries.get("demand"))),
            without=tuple(
                use
                for item in self._items(entries.get("without"))
                if (use := self._use_of(item, {})) is not None
            ),
            claims=tuple(self._claims(entries)),
            sayings=tuple(self._sayings(section)),
            blessed=tuple(self._blessed(entries.get("blessed"))),
            origin=self._header(section),
        )

    # What it is over.

    def _over(self, entry: Entry | None) -> tuple[Over, int, str]:
        if entry is None:
            return self._over_by_default, 1, ""
        words = entry.items[0].words
        match [(word.kind, word.text) for word in words]:
            case [("name", "plan")] if len(entry.items) == 1:
                return "plan", 1, ""
            case [("name", "run")] if len(entry.items) == 1:
                return "run", 1, ""
            case [("name", "runs"), ("number", number)] if len(entry.items) == 1:
                if is_whole(number) and float(number) >= 1:
                    return "run", int(float(number)), ""
            case [("name", "saved"), ("text", file)] if len(entry.items) == 1:
                return "saved", 1, text_value(file)
            case [("name", name)] if len(entry.items) == 1:
                if name not in ("runs", "saved"):
                    known = ("plan", "run", "runs", "saved")
                    self.complain("unknown-value", words[0], name=name, key="over", known=known)
                    return self._over_by_default, 1, ""
        self.complain("wrong-item", entry.items[0], key="over", wanted=OVER)
        return self._over_by_default, 1, ""

    def _check_idle(self, entries: dict[str, Entry], over: Over, runs: int) -> None:
        """Whether nothing is said that does not count."""
        idle = {
            "plan": _OF_RUNS,
            "run": () if any(kind in entries for kind in ABOUT_ALL) else _OF_PLANS,
            "saved": (*_OF_RUNS, *_OF_PLANS, "given"),
        }[over]
        for key in idle:
            if key in entries:
                needs = "runs" if key in _OF_RUNS else "plans"
                self.complain("idle-setting", entries[key].key, key=key, over=over, needs=needs)
        if "in" in entries and over == "run" and runs == 1:
            self.complain("idle-setting", entries["in"].key, key="in", over="one run", needs="runs")

    def _share(self, entry: Entry | None, runs: int) -> Share:
        if entry is None:
            return Share()
        match [(word.kind, word.text) for word in entry.items[0].words]:
            case [("name", "all" | "most" | "some" | "none" as word)] if len(entry.items) == 1:
                return Share(word)
            case [("name", "at"), ("name", "least" | "most" as word), ("number", number)] if len(
                entry.items
            ) == 1 and is_whole(number):
                count = int(float(number))
                if (1 <= count <= runs) if word == "least" else (0 <= count < runs):
                    return Share("least" if word == "least" else "many", count)
                place = entry.items[0].words[-1]
                self.complain("share-of-runs", place, number=count, runs=runs, word=word)
                return Share()
        self.complain("wrong-item", entry.items[0], key="in", wanted=SHARE)
        return Share()

    def _count(self, entry: Entry | None) -> int | None:
        return self._whole(entry, 1, 1) if entry is not None else None

    def _given(self, entry: Entry | None) -> Iterator[Expression]:
        for item in self._items(entry):
            if item.expression is not None:
                effect = self.check.effect(item.expression, {})
                if effect is not None:
                    yield effect

    # What is asserted.

    def _claims(self, entries: dict[str, Entry]) -> Iterator[Claim]:
        for key, entry in entries.items():
            if key not in CLAIMS:
                continue
            kind = key
            items = [(item, self._item(item, key)) for item in entry.items]
            if kind == "in_order":
                found = tuple(one for _, one in items if one is not None)
                if len(items) < 2:
                    wanted = "two or more acts or facts, one after the other"
                    self.complain("wrong-item", entry.items[0], key=key, wanted=wanted)
                start, end = entry.items[0].start, entry.items[-1].end
                yield Claim(kind, found, self.check.place(start, end))
                continue
            for item, one in items:
                if one is not None:
                    yield Claim(kind, (one,), self.check.span(item))

    def _asserted(self, entry: Entry | None) -> Iterator[Asserted]:
        for item in self._items(entry):
            one = self._item(item, "demand")
            if one is not None:
                yield one

    def _item(self, item: Item, key: str) -> Asserted | None:
        """A fact; or, where that makes sense, an act."""
        node = item.expression
        if node is None:
            return None
        head = item.words[0].text if item.words else ""
        name = node.name if isinstance(node, Call) else node
        is_act = head == HAPPENS or (
            not item.words
            and isinstance(name, Atom)
            and not self.check.properties.named(name.text)
            and bool(self.events.named(name.text))
        )
        starred = isinstance(node, Call) and any(one.kind == "any" for one in node.arguments)
        if is_act or starred:
            use = self._use_of(item, {})
            if use is not None and key not in ACTS_TOO:
                self.complain(
                    "act-for-fact", item, text=self._text(item.start, item.end), where=key
                )
                return None
            return use
        fact = self.check.condition(node, {})
        if fact is None or not head:
            return fact
        return self._short(item, head)

    def _short(self, item: Item, form: str) -> Expression | None:
        """``mistaken(Tara, F)`` and its like, where F makes sense."""
        who = ""
        if len(item.words) > 1:
            word = item.words[1]
            if not self._nobody(Atom("name", word.text, word.start, word.end)):
                return None
            who = word.text
        assert item.expression is not None
        fact = self._text(item.expression.start, item.expression.end)
        return condition_within(SHORT[form](who, f"({fact})"), self.check)

    def _text(self, start: int, end: int) -> str:
        span = self.check.place(start, end)
        return span.source.text[span.start : span.end]

    # How it is told.

    def _sayings(self, section: Section) -> Iterator[Saying]:
        for entry in section.entries:
            if entry.key.text not in ("says", "never_says"):
                continue
            eyes: str = EYES[0]
            if entry.words:
                if not self._known_value(entry.words[0], entry.key.text, self._eyes):
                    continue
                eyes = entry.words[0].text
            for item in entry.items:
                if len(item.words) != 1 or item.words[0].kind != "text":
                    wanted = "texts in quotation marks, with commas between"
                    self.complain("wrong-item", item, key=entry.key.text, wanted=wanted)
                    continue
                phrase = text_value(item.words[0].text)
                if not phrase.strip(" *"):
                    self.complain("wrong-item", item, key=entry.key.text, wanted="some words")
                    continue
                origin = self.check.span(item)
                yield Saying(entry.key.text == "says", eyes, phrase, origin)

    def _blessed(self, entry: Entry | None) -> Iterator[Retelling]:
        for item in self._items(entry):
            first, *others = item.words
            known = (*self._eyes, ACTS)
            if first.kind != "name" or not self._known_value(first, "blessed", known):
                if first.kind != "name":
                    wanted = "whose telling, or `acts`: `Tara`, `Tara first present`, `alternate`"
                    self.complain("wrong-item", item, key="blessed", wanted=wanted)
                continue
            manner = {word.text for word in others}
            allowed = (*_PERSONS, *_TENSES) if first.text != ACTS else ()
            unknown = [word for word in others if word.text not in allowed]
            if unknown:
                self.complain(
                    "unknown-value",
                    unknown[0],
                    name=unknown[0].text,
                    key="blessed",
                    known=allowed or (ACTS,),
                )
                continue
            if "first" in manner and first.text in EYES and first.text != "replay":
                self.complain(
                    "wrong-item", item, key="blessed", wanted="somebody's eyes, for a first person"
                )
                continue
            yield Retelling(
                first.text,
                "first" if "first" in manner else "third",
                "present" if "present" in manner else "past",
                self.check.span(item),
            )

    @property
    def _eyes(self) -> tuple[str, ...]:
        return (*self.check.world.characters(), *EYES)
