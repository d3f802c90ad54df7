"""Balanced tokens to a tree: definitions, parts and sections. Expressions are read by
``splitting`` or ``precedence``.

Nearly every function reads one thing and is named for it. Reading never fails: what is wrong is
said, the rest of that definition is skipped, and the next one is read. Several faults come out of
one run, and nothing is said twice about one place.
"""

from __future__ import annotations

from unspoken.language.brackets import DEFINITION_WORDS
from unspoken.language.diagnostics import Diagnostic
from unspoken.language.forms import BARE, FORMS, TITLED
from unspoken.language.operands import shown
from unspoken.language.reading import ACTION_PARTS, TRIGGER_PARTS, Skip
from unspoken.language.section_parser import APPARATUS, SectionParser
from unspoken.language.tokens import tokenize
from unspoken.language.tree import (
    Atom,
    Definition,
    EntityDefinition,
    EventDefinition,
    File,
    ParameterNode,
    Part,
    PropertyDefinition,
    Signature,
    Statement,
    TypeDefinition,
    UtilityDefinition,
)
from unspoken.model import Source

DEFINITIONS = ("type", "entity", "property", "action", "trigger", "utility", *FORMS)


_EXPRESSION_WORDS = (
    *("if", "else", "elseif", "forall", "exists", "sum", "product"),
    *("and", "or", "not", "AND", "OR", "NOT"),
)


def read_tree(source: Source) -> tuple[File, list[Diagnostic]]:
    """The tree of a text, whatever it holds, and what is wrong with its form."""
    tokens = tokenize(source)
    parser = _Parser(tokens)
    file = parser.file()
    return file, _each_place_once(tokens.diagnostics)


def _each_place_once(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """In the order of the text, and of several complaints about one place only the first."""
    kept: dict[int, Diagnostic] = {}
    for diagnostic in diagnostics:
        if diagnostic.span is not None:
            kept.setdefault(diagnostic.span.start, diagnostic)
    return [kept[place] for place in sorted(kept)]


class _Parser(SectionParser):
    # The file.

    def file(self) -> File:
        first = self.token.start
        self.version_line()
        version_place = (first, self.behind())
        definitions: list[Definition] = []
        while self.token.kind != "end":
            if self.at(";"):
                if self.index == 0 or self.tokens[self.index - 1].text == ";":
                    self.complain("empty-statement", self.token.start, self.token.end)
                self.index += 1
                continue
            if self.at("}"):
                self.index += 1  # its opener went with a definition that was skipped
                continue
            definition = self.definition()
            if definition is not None:
                definitions.append(definition)
        return File(
            self.source,
            self.version,
            tuple(definitions),
            self.comments,
            version_place,
            frozenset(self.broken),
        )

    def version_line(self) -> None:
        if self.token.text != "unspoken" or self.ahead(1).kind != "number":
            return
        number = self.ahead(1)
        if number.text != "1":
            self.complain("unknown-version", number.start, number.end, version=number.text)
        self.version = 1
        self.expressions = self.mathematics
        self.index += 2
        self.definition_end(said=False)

    def definition(self) -> Definition | None:
        """One definition and the ``;`` behind it."""
        start = self.index
        definition: Definition | None = None
        try:
            definition = self.one_definition()
        except Skip:
            self.broken.update(
                token.text for token in self.tokens[start : start + 2] if token.kind == "name"
            )
        if definition is None:
            self.skip_to_end(start)
        self.definition_end(said=definition is None)
        return definition

    def one_definition(self) -> Definition:
        token, following = self.token, self.ahead(1)
        word = token.text
        if token.kind == "name":
            if following.kind == "name" or (word in DEFINITION_WORDS and following.kind == "end"):
                match word:
                    case "type":
                        return self.type_definition()
                    case "entity":
                        return self.entity_definition()
                    case "property":
                        return self.property_definition()
                    case "action" | "trigger":
                        return self.event_definition()
                    case _ if word in FORMS:
                        return self.section()
                reads_on = word in _EXPRESSION_WORDS or following.text in _EXPRESSION_WORDS
                if not reads_on and not self.forgotten_semicolon():
                    self.complain_unknown_definition()
                    raise Skip
            elif word in BARE and following.text == "{":
                return self.section()
            elif word == "utility" and self.is_utility():
                return self.utility_definition()
            elif word in TITLED and (following.kind == "text" or following.text == "{"):
                return self.section()  # whose title may be missing
            elif following.kind == "text":
                if word not in APPARATUS:
                    self.complain_unknown_definition()
                    raise Skip
                return self.apparatus()
            elif word in DEFINITION_WORDS and following.text in (":", ";", "{"):
                self.index += 1
                self.fail_expected("a name")
            elif following.text == "{" and word not in ("if", "else"):
                self.complain_unknown_definition()
                raise Skip
        if token.kind == "text":
            self.complain("text-as-value", token.start, token.end)
            raise Skip
        expression = self.expression(self.expression_end())
        return Statement(expression, expression.start, expression.end)

    def complain_unknown_definition(self) -> None:
        token = self.token
        self.complain(
            "unknown-definition",
            token.start,
            token.end,
            name=token.text,
            known=(*DEFINITIONS, *APPARATUS),
        )

    def forgotten_semicolon(self) -> bool:
        """Two words on different lines are two statements run together."""
        return "\n" in self.source.text[self.token.end : self.ahead(1).start]

    def definition_end(self, said: bool) -> None:
        """The ``;`` behind a definition; a forgotten one is said once and taken as written."""
        if self.accept(";") or self.token.kind == "end":
            return
        if said:
            return
        place = self.behind()
        self.complain("missing-semicolon", place, place, found=shown(self.token))

    def skip_to_end(self, start: int) -> None:
        """Skip to the ``;`` that ends the definition, or to what surely begins another one."""
        self.index = start
        while self.token.kind != "end" and not self.at(";"):
            if self.index > start and self.starts_line_with_definition(self.index):
                return
            partner = self.partner[self.index]
            if partner > self.index:
                closes_block = self.token.text == "{"
                self.index = partner + 1
                if closes_block:
                    return
            elif self.at("}"):
                self.index += 1
                return
            else:
                self.index += 1

    # Definitions.

    def type_definition(self) -> TypeDefinition:
        start = self.token.start
        self.index += 1
        name = self.name("a type's name")
        parents: tuple[Atom, ...] = ()
        if self.accept(":"):
            parents = self.names("a type")
        return TypeDefinition(name, parents, start, self.behind())

    def entity_definition(self) -> EntityDefinition:
        start = self.token.start
        self.index += 1
        name = self.name("an entity's name")
        if not self.accept(":"):
            self.complain("entity-without-type", name.start, name.end, name=name.text)
            raise Skip
        return EntityDefinition(name, self.names("a type"), start, self.behind())

    def property_definition(self) -> PropertyDefinition:
        start = self.token.start
        self.index += 1
        signature = self.signature("a property's name")
        if not self.accept(":"):
            self.complain(
                "property-without-type", self.behind(), self.behind(), name=signature.name.text
            )
            raise Skip
        range_ = self.name("a type")
        return PropertyDefinition(signature, range_, start, self.behind())

    def signature(self, what: str) -> Signature:
        name = self.name(what)
        if not self.at("("):
            self.complain("missing-brackets", name.end, name.end, name=name.text)
            raise Skip
        parameters = self.parameters()
        return Signature(name, parameters, name.start, self.behind())

    def event_definition(self) -> EventDefinition:
        start = self.token.start
        kind = self.token.text
        self.index += 1
        signature = self.signature("an action's name" if kind == "action" else "a trigger's name")
        if not self.at("{"):
            self.fail_expected("{")
        close = self.partner[self.index]
        self.index += 1
        parts: list[Part] = []
        known = ACTION_PARTS if kind == "action" else TRIGGER_PARTS
        while self.index < close:
            part = self.part(kind, known, close)
            if part is not None:
                parts.append(part)
        self.index = close + 1
        return EventDefinition(
            "action" if kind == "action" else "trigger",
            signature,
            tuple(parts),
            start,
            self.behind(),
        )

    def part(self, kind: str, known: tuple[str, ...], close: int) -> Part | None:
        """One part of an action or trigger and the ``;`` behind it."""
        said = len(self.diagnostics)
        part: Part | None = None
        try:
            part = self.one_part(kind, known)
        except Skip:
            self.skip_part(close)
        if self.index >= close:
            return part
        if not self.accept(";"):
            if len(self.diagnostics) == said:
                place = self.behind()
                self.complain("missing-semicolon", place, place, found=shown(self.token))
            if not self.starts_line_with_part(self.index):
                self.skip_part(close)
                self.accept(";")
        return part

    def skip_part(self, close: int) -> None:
        while self.index < close and not self.at(";"):
            if self.starts_line_with_part(self.index) and self.tokens[self.index - 1].text != "{":
                return
            partner = self.partner[self.index]
            self.index = partner + 1 if partner > self.index else self.index + 1
        self.index = min(self.index, close)

    def one_part(self, kind: str, known: tuple[str, ...]) -> Part:
        token = self.token
        if token.text == ";":
            self.complain("empty-statement", token.start, token.end)
            raise Skip
        key = self.name(f"a part of the {kind}")
        if key.text not in known:
            self.complain(
                "unknown-part",
                key.start,
                key.end,
                name=key.text,
                known=known,
                kind=f"a{'n' if kind == 'action' else ''} {kind}",
            )
            raise Skip
        variable: ParameterNode | None = None
        if key.text == "observing" and self.at("("):
            variable = self.observing_variable()
        elif key.text == "observing":
            self.complain("observing-without-variable", key.start, key.end)
            raise Skip
        self.expect(":")
        if key.text == "consenting":
            names = self.consenting()
            return Part(key, None, names, None, key.start, self.behind())
        expression = self.expression(self.expression_end())
        return Part(key, expression, (), variable, key.start, self.behind())

    def observing_variable(self) -> ParameterNode:
        open_ = self.index
        close = self.partner[open_]
        parameters = self.parameters()
        if len(parameters) != 1 or parameters[0].type is None:
            self.complain(
                "observing-without-variable",
                self.tokens[open_].start,
                self.tokens[close].end,
            )
            raise Skip
        return parameters[0]

    def consenting(self) -> tuple[Atom, ...]:
        bracketed = self.accept("(")
        names: tuple[Atom, ...] = ()
        if self.token.kind == "name":
            names = self.names("a character")
        if bracketed:
            self.expect(")")
        return names

    def is_utility(self) -> bool:
        if self.ahead(1).text != "(":
            return False
        close = self.partner[self.index + 1]
        behind = self.tokens[close + 1]
        return behind.text == ":" or (
            close - self.index <= 3 and behind.text not in ("=", "==", "!=", "&", "|", ";")
        )

    def utility_definition(self) -> UtilityDefinition:
        start = self.token.start
        self.index += 2
        close = self.partner[self.index - 1]
        character: Atom | None = None
        if self.index < close:
            character = self.name("a character")
            if self.index < close:
                self.complain(
                    "utility-variable",
                    character.start,
                    self.tokens[close - 1].end,
                    name=character.text,
                )
                raise Skip
        self.index = close + 1
        self.expect(":")
        expression = self.expression(self.expression_end())
        return UtilityDefinition(character, expression, start, self.behind())
