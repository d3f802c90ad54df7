"""Scenes that stand, as a writer puts them down: what a story must pass through, and what nothing
in between may contradict.

    scene "At the club": gathering(), refused(Willow, Tara);
    keep: !knows(Oz, loves(Willow, Tara));
    scene "The answer": declared(Willow, Tara), happens confess(Tara, *);
    with: Willow, Tara;  never: alarm;  given: at(Oz) = Road;  within: 12;  candidates: 5;

Receives a text and a model; hands on (``Script``, diagnostics), always both. An item is a fact (a
condition), one of the short forms of ``SHORT`` about who knows it, or an act that happens: a
pattern such as ``knock(Willow, *)`` whose name is an action's (``happens`` before it settles it
where a property has that name too). Does not know what can happen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from unspoken.language.conditions import parse_condition, parse_statement
from unspoken.language.diagnostics import Diagnostic, closest, has_errors, problem
from unspoken.language.operands import shown
from unspoken.language.reading import Reading, Skip
from unspoken.language.tokens import Token, text_value, tokenize
from unspoken.model import Expression, Source, Span, Storyworld
from unspoken.model.origin import Written

T = TypeVar("T")

KEYS = ("scene", "keep", "never", "given", "with", "within", "candidates")

_BINDERS = frozenset(("if", "else", "elseif", "forall", "exists", "sum", "product"))

_OTHER_CALLS = _BINDERS | {"believes", "True", "False"}

_WHO = "anybody"

SHORT: Mapping[str, Callable[[str, str], str]] = {
    "knows": lambda who, fact: f"{fact} & believes({who}, {fact})",
    "knows_only": lambda who, fact: (
        f"{fact} & forall({_WHO} : character) "
        f"(if({_WHO} == {who}) believes({_WHO}, {fact}) else believes({_WHO}, !{fact}))"
    ),
    "mistaken": lambda who, fact: f"!{fact} & believes({who}, {fact})",
    "nobody_knows": lambda _, fact: (
        f"{fact} & forall({_WHO} : character) believes({_WHO}, !{fact})"
    ),
}
"""What is short for which condition, by who and which fact: ``knows(Tara, F)``: it is so, and she
believes it. ``knows_only(Tara, F)``: and nobody else does. ``mistaken(Tara, F)``: she believes it,
and it is not so. ``nobody_knows(F)``: it is so, and nobody believes it."""


class Item(Written, frozen=True):
    """A fact or an act that an author wrote down. ``text``: as written. Of a fact, ``formula`` is
    the condition in full and ``expression`` what it means; of an act, both are None and
    ``pattern`` says which."""

    text: str
    formula: str | None
    expression: Expression | None
    pattern: str | None
    origin: Span


class WrittenScene(Struct, frozen=True):
    """What stands in a scene, in order."""

    title: str
    items: tuple[Item, ...]


class WrittenKeep(Struct, frozen=True):
    """A fact that nothing contradicts from the scene of that number on (1: the first)."""

    item: Item
    since: int = 1


class Script(Struct, frozen=True):
    """Everything a writer said about the scenes that stand; None and () where nothing was."""

    scenes: tuple[WrittenScene, ...] = ()
    keep: tuple[WrittenKeep, ...] = ()
    never: tuple[str, ...] = ()
    given: tuple[Expression, ...] = ()
    cast: tuple[str, ...] = ()
    within: int | None = None
    candidates: int | None = None


def read_scenes(
    text: str, world: Storyworld, name: str = "<scenes>"
) -> tuple[Script | None, list[Diagnostic]]:
    """The scenes that a text describes, or None if something is wrong; and what is wrong."""
    reader = _Reader(Source(name, text), world)
    script = reader.script()
    return reader.result(script)


def add_to(
    script: Script,
    world: Storyworld,
    *,
    scenes: Sequence[str] = (),
    keep: Sequence[str] = (),
    never: Sequence[str] = (),
    given: Sequence[str] = (),
    cast: Sequence[str] = (),
    within: int | None = None,
    candidates: int | None = None,
) -> tuple[Script | None, list[Diagnostic]]:
    """A script with more in it, each text as it would stand behind its key in a file; numbers
    replace those of the script. ``never``: patterns, which are not looked at yet."""
    diagnostics: list[Diagnostic] = []

    readers: list[_Reader] = []

    def reader(name: str, text: str) -> _Reader:
        readers.append(_Reader(Source(name, text), world))
        return readers[-1]

    numbers = range(len(script.scenes) + 1, len(script.scenes) + len(scenes) + 1)
    new_scenes = []
    for number, text in zip(numbers, scenes, strict=True):
        name = f"scene {number}"
        one = reader(name, text)
        new_scenes.append(WrittenScene(name, tuple(one.items(one.whole))))
    kept = [reader("keep", text) for text in keep]
    new_keep = [WrittenKeep(item) for one in kept for item in one.facts(one.whole, "keep")]
    told = [reader("given", text) for text in given]
    new_given = [expression for one in told for expression in one.statements(one.whole)]
    called = [reader("with", text) for text in cast]
    new_cast = [name for one in called for name in one.people(one.whole)]
    diagnostics = [found for one in readers for found in one.diagnostics]
    whole = replace(
        script,
        scenes=(*script.scenes, *new_scenes),
        keep=(*script.keep, *new_keep),
        never=(*script.never, *never),
        given=(*script.given, *new_given),
        cast=tuple(dict.fromkeys((*script.cast, *new_cast))),
        within=script.within if within is None else within,
        candidates=script.candidates if candidates is None else candidates,
    )
    return (None if has_errors(diagnostics) else whole), diagnostics


def read_items(
    text: str, world: Storyworld, name: str = "<happened>"
) -> tuple[tuple[Item, ...] | None, list[Diagnostic]]:
    """Facts and acts with commas between, as they stand behind ``scene:``; but what ``&`` joins
    stays one fact, for here each fact may hold at a time of its own."""
    reader = _Reader(Source(name, text), world)
    parts = [reader.item(*part) for part in reader.parts(reader.whole)]
    items = tuple(item for item in parts if item is not None)
    return (None if has_errors(reader.diagnostics) else items), reader.diagnostics


def read_alternatives(
    text: str, world: Storyworld, name: str = "<suppose>"
) -> tuple[tuple[tuple[str, Expression], ...] | None, list[Diagnostic]]:
    """``FACT | FACT``: statements about the beginning, of which one or the other may be so; each as
    written and as what it means."""
    reader = _Reader(Source(name, text), world)
    found = tuple(reader.alternatives(reader.whole))
    return (None if has_errors(reader.diagnostics) else found), reader.diagnostics


class _Reader(Reading):
    """Reads statement by statement; what is wrong in one leaves the others alone."""

    def __init__(self, source: Source, world: Storyworld) -> None:
        super().__init__(tokenize(source))
        self.unreadable = len(self.diagnostics)
        self.world = world
        self.actions = {action.name for action in world.actions}
        self.properties = {declared.name for declared in world.properties}

    @property
    def whole(self) -> int:
        """Where everything ends."""
        return len(self.tokens) - 1

    def at_end(self) -> bool:
        return self.token.kind == "end"

    def result(self, read: T) -> tuple[T | None, list[Diagnostic]]:
        self.diagnostics.sort(key=lambda one: one.span.start if one.span is not None else -1)
        return (None if has_errors(self.diagnostics) else read), self.diagnostics

    # Statements

    def script(self) -> Script:
        scenes: list[WrittenScene] = []
        keep: list[tuple[Item, Span | None]] = []
        never: list[str] = []
        given: list[Expression] = []
        cast: list[str] = []
        numbers: dict[str, int] = {}
        while not self.at_end():
            if self.accept(";"):
                continue
            said = len(self.diagnostics)
            end = self.statement_end()
            try:
                key, title = self.head()
                match key:
                    case "scene":
                        name = f"scene {len(scenes) + 1}"
                        if title is not None:
                            name = text_value(title.source.text[title.start : title.end])
                        scenes.append(WrittenScene(name, tuple(self.items(end))))
                    case "keep":
                        keep.extend((item, title) for item in self.facts(end, "keep"))
                    case "never":
                        never.extend(self.written(*part) for part in self.parts(end))
                    case "given":
                        given.extend(self.statements(end))
                    case "with":
                        cast.extend(self.people(end))
                    case _:
                        numbers[key] = self.amount(end, key)
            except Skip:
                pass
            self.index = end
            if not self.accept(";") and not self.at_end() and len(self.diagnostics) == said:
                place = self.behind()
                self.complain("missing-semicolon", place, place, found=shown(self.token))
        places = {scene.title: place for place, scene in reversed([*enumerate(scenes, 1)])}
        return Script(
            scenes=tuple(scenes),
            keep=tuple(WrittenKeep(item, self.since(title, places)) for item, title in keep),
            never=tuple(never),
            given=tuple(given),
            cast=tuple(dict.fromkeys(cast)),
            within=numbers.get("within"),
            candidates=numbers.get("candidates"),
        )

    def statement_end(self) -> int:
        """Where the next ``;`` is, or what surely begins another statement because one was
        forgotten."""
        index = self.index
        while self.tokens[index].kind != "end" and self.tokens[index].text != ";":
            if index > self.index and self.starts_statement(index):
                break
            partner = self.partner[index]
            index = partner + 1 if partner > index else index + 1
        return index

    def starts_statement(self, index: int) -> bool:
        token, following = self.tokens[index], self.tokens[index + 1]
        if token.kind != "name" or token.text not in KEYS:
            return False
        if "\n" not in self.source.text[self.tokens[index - 1].end : token.start]:
            return False
        return following.text in (":", "after") or following.kind == "text"

    def head(self) -> tuple[str, Span | None]:
        """``scene "title" :``, ``keep after "title" :`` or another key and its ``:``."""
        word = self.name("`scene`, `keep`, `with` or another key")
        if word.text not in KEYS:
            self.complain(
                "unknown-key",
                word.start,
                word.end,
                name=word.text,
                kind="file of scenes",
                known=KEYS,
            )
            raise Skip
        title: Span | None = None
        wants_title = word.text == "scene"
        if word.text == "keep" and self.token.text == "after":
            self.index += 1
            wants_title = True
            if self.token.kind != "text":
                self.fail_expected("a scene's title in quotation marks")
        if wants_title and self.token.kind == "text":
            title = Span(self.source, self.token.start, self.token.end)
            self.index += 1
        self.expect(":")
        return word.text, title

    def since(self, title: Span | None, places: Mapping[str, int]) -> int:
        if title is None:
            return 1
        name = text_value(title.source.text[title.start : title.end])
        if name not in places:
            known = list(places)
            self.diagnostics.append(problem("no-such-scene", title, name=name, known=known))
        return places.get(name, 1)

    # What stands behind a key

    def parts(self, end: int, sign: str = ",") -> Iterator[tuple[int, int]]:
        """The stretches of tokens between commas (or another sign) outside brackets, none of them
        empty."""
        start = index = self.index
        while index <= end:
            if index == end or self.tokens[index].text == sign:
                if index > start:
                    yield start, index
                elif index < end or start == self.index or sign == "|":
                    place = self.tokens[index - 1].end if index else 0
                    self.complain(
                        "expected",
                        place,
                        place,
                        expected="a value",
                        found=shown(self.tokens[index]),
                    )
                start = index + 1
            partner = self.partner[index]
            index = partner + 1 if end > partner > index else index + 1

    def span(self, start: int, end: int) -> Span:
        return Span(self.source, self.tokens[start].start, self.tokens[end - 1].end)

    def written(self, start: int, end: int) -> str:
        """A stretch of the text, on one line."""
        span = self.span(start, end)
        return " ".join(self.source.text[span.start : span.end].split())

    def items(self, end: int) -> Iterator[Item]:
        for start, stop in self.parts(end):
            for first, last in self.conjuncts(start, stop):
                item = self.item(first, last)
                if item is not None:
                    yield item

    def conjuncts(self, start: int, end: int) -> list[tuple[int, int]]:
        """The parts of ``FACT & FACT``, so that one can say which of them it is about; nothing is
        cut that a ``|`` or a binder holds together."""
        cuts = []
        index = start
        while index < end:
            token = self.tokens[index]
            if token.text == "|" or (token.kind == "name" and token.text in _BINDERS):
                return [(start, end)]
            if token.text == "&":
                cuts.append(index)
            partner = self.partner[index]
            index = partner + 1 if end > partner > index else index + 1
        edges = [start - 1, *cuts, end]
        parts = [(left + 1, right) for left, right in pairwise(edges)]
        return parts if all(first < last for first, last in parts) else [(start, end)]

    def facts(self, end: int, where: str) -> Iterator[Item]:
        """Items that can only be facts."""
        for item in self.items(end):
            if item.pattern is None:
                yield item
            else:
                self.diagnostics.append(
                    problem("act-for-fact", item.origin, text=item.text, where=where)
                )

    def item(self, start: int, end: int) -> Item | None:
        first, text, origin = self.tokens[start], self.written(start, end), self.span(start, end)
        if first.text == "happens" and end > start + 1 and self.tokens[start + 1].kind == "name":
            return Item(text, None, None, self.written(start + 1, end), origin)
        is_call = end == start + 1 or (
            self.tokens[start + 1].text == "(" and self.partner[start + 1] == end - 1
        )
        if is_call and first.text not in self.properties:
            if first.text in self.actions:
                return Item(text, None, None, text, origin)
            if first.text in SHORT and end > start + 2:
                return self.short(start, end)
            if self.is_nearly_an_action(first):
                actions = [action.name for action in self.world.actions]
                self.complain(
                    "no-such-action",
                    first.start,
                    first.end,
                    name=first.text,
                    known=list(dict.fromkeys(actions)),
                )
                return None
        expression = self.condition(origin)
        return None if expression is None else Item(text, text, expression, None, origin)

    def is_nearly_an_action(self, name: Token) -> bool:
        """Whether a word that nothing is called is likeliest to be a misspelt action."""
        if name.kind != "name" or name.text in _OTHER_CALLS:
            return False
        near = closest(name.text, sorted(self.actions | self.properties))
        return near in self.actions - self.properties

    def short(self, start: int, end: int) -> Item | None:
        """``knows(Tara, FACT)`` and its like, spelled out."""
        form, text, origin = (
            self.tokens[start].text,
            self.written(start, end),
            self.span(start, end),
        )
        who, begin = "", start + 2
        if form != "nobody_knows":
            name = self.tokens[begin]
            if name.kind != "name" or self.tokens[begin + 1].text != ",":
                self.index = begin
                self.complain(
                    "expected",
                    name.start,
                    name.end,
                    expected="a character, a comma and a fact",
                    found=shown(name),
                )
                return None
            if not self.is_somebody(begin):
                return None
            who, begin = name.text, begin + 2
        if begin >= end - 1:
            place = self.tokens[end - 1].start
            self.complain("expected", place, place, expected="a fact", found="`)`")
            return None
        if self.condition(self.span(begin, end - 1)) is None:
            return None
        formula = SHORT[form](who, f"({self.written(begin, end - 1)})")
        expression, _ = parse_condition(formula, self.world)
        return None if expression is None else Item(text, formula, expression, None, origin)

    def condition(self, span: Span) -> Expression | None:
        return self.told(span, *parse_condition(span, self.world))

    def statement(self, span: Span) -> Expression | None:
        return self.told(span, *parse_statement(span, self.world))

    def told(
        self, span: Span, expression: Expression | None, diagnostics: list[Diagnostic]
    ) -> Expression | None:
        """What was read in a span. Where a word or bracket in it was already complained about, no
        more is said: what follows from that is not worth reading."""
        if not any(
            one.span is not None and span.start <= one.span.start <= span.end
            for one in self.diagnostics[: self.unreadable]
        ):
            self.diagnostics.extend(diagnostics)
        return expression

    def statements(self, end: int) -> Iterator[Expression]:
        for start, stop in self.parts(end):
            expression = self.statement(self.span(start, stop))
            if expression is not None:
                yield expression

    def alternatives(self, end: int) -> Iterator[tuple[str, Expression]]:
        seen: list[Expression] = []
        for start, stop in self.parts(end, "|"):
            expression = self.statement(self.span(start, stop))
            if expression in seen:
                self.complain_wrong("suppose", "alternatives that differ", start, stop)
            elif expression is not None:
                seen.append(expression)
                yield self.written(start, stop), expression

    def people(self, end: int) -> Iterator[str]:
        for start, stop in self.parts(end):
            if stop > start + 1:
                self.complain_wrong("with", "characters with commas between", start, stop)
            elif self.is_somebody(start):
                yield self.tokens[start].text

    def is_somebody(self, index: int) -> bool:
        token = self.tokens[index]
        known = list(self.world.characters)
        if token.text not in known:
            self.complain("unknown-entity", token.start, token.end, name=token.text, known=known)
        return token.text in known

    def amount(self, end: int, key: str) -> int:
        token = self.token
        if end != self.index + 1 or not token.text.isdigit() or int(token.text) < 1:
            self.complain_wrong(
                key, "a whole number from 1 on", self.index, max(end, self.index + 1)
            )
            return 1
        return int(token.text)

    def complain_wrong(self, key: str, wanted: str, start: int, end: int) -> None:
        span = self.span(start, end)
        self.complain("wrong-item", span.start, span.end, key=key, wanted=wanted)
