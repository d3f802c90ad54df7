"""Tree to model: every definition checked, every name looked up.

Kinds are read in a fixed order (types; entities; properties, actions and triggers; statements;
utilities; sections), each in the order of the text, so definitions may stand in any order. What is
wrong is said and left out; the model is handed on only if nothing was wrong.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from pathlib import PurePath
from typing import TypeVar

from msgspec.structs import replace

from unspoken.language.checking import Checker, Place
from unspoken.language.diagnostics import Diagnostic, Note, closest, has_errors, problem
from unspoken.language.inner_sections import InnerSections
from unspoken.language.scope import Declared, Signatures, World, parameter_type
from unspoken.language.sections import Sections
from unspoken.language.story_tests import StoryTests, over_by_default
from unspoken.language.tokens import Comment
from unspoken.language.tree import (
    ApparatusDefinition,
    Atom,
    EntityDefinition,
    EventDefinition,
    File,
    ParameterNode,
    Part,
    PropertyDefinition,
    Section,
    Signature,
    Statement,
    TypeDefinition,
    UtilityDefinition,
    bare,
)
from unspoken.language.types import ANY, BOOLEAN, CLOSED, NUMBER, fits
from unspoken.model import (
    TRUE,
    Action,
    Entity,
    EntityTerm,
    Expression,
    Literal,
    Observing,
    Parameter,
    Property,
    Span,
    Storyworld,
    Term,
    Trigger,
    Utility,
    Variable,
)

T = TypeVar("T")
_Kind = TypeVar("_Kind")


def resolve(
    file: File, place: Place | None = None, *, lints: bool = True
) -> tuple[Storyworld | None, list[Diagnostic]]:
    """The model that a tree means (None if something is wrong), and what is wrong or doubtful.

    ``place`` makes the span of a stretch; by default one of the file's own source. ``lints`` False:
    what is only doubtful about the whole world may wait.
    """
    source = file.source
    resolver = _Resolver(file, place or (lambda start, end: Span(source, start, end)))
    return resolver.world(lints=lints)


class _Resolver:
    def __init__(self, file: File, place: Place) -> None:
        self.file = file
        self.place = place
        self.diagnostics: list[Diagnostic] = []
        self.names = World()
        self.properties: Signatures[Property] = Signatures(self.names)
        self.events: Signatures[EventDefinition] = Signatures(self.names)
        self.check = Checker(self.names, self.properties, place, self.diagnostics, file.broken)
        self.types = self.names.types
        self.comment_ends = [comment.end for comment in file.comments]

    def world(self, *, lints: bool) -> tuple[Storyworld | None, list[Diagnostic]]:
        self.declare_types()
        self.declare_entities()
        declared_properties = tuple(self.declare_property(d) for d in self.all(PropertyDefinition))
        properties = tuple(d for d in declared_properties if d is not None)
        inner = InnerSections(self.check, self.events, self.diagnostics)
        properties += inner.declare(self.all(Section), self.add_property)
        headers = [self.declare_event(d) for d in self.all(EventDefinition)]
        actions: list[Action] = []
        triggers: list[Trigger] = []
        for definition, parameters in zip(self.all(EventDefinition), headers, strict=True):
            if definition.kind == "action":
                actions.append(self.action(definition, parameters))
            else:
                triggers.append(self.trigger(definition, parameters))
        inner.check_triggers(triggers)
        initial = [self.check.statement(s.expression, {}) for s in self.all(Statement)]
        utilities = self.utilities()
        sections = Sections(self.check, self.events, self.diagnostics)
        plan, telling = sections.read(self.all(Section), self.all(ApparatusDefinition))
        world = Storyworld(
            name=_name_of_world(PurePath(self.file.source.name)),
            types=self.types.model(),
            entities=tuple(self.names.entities.values()),
            properties=properties,
            actions=tuple(actions),
            triggers=tuple(triggers),
            initial=tuple(one for one in initial if one is not None),
            utilities=utilities,
            plan=plan,
            inner=inner.read(self.all(Section)),
            telling=telling,
            source=self.file.source,
        )
        tests = StoryTests(self.check, self.events, self.diagnostics, over_by_default(world))
        world = replace(world, tests=tests.read(self.all(Section)))
        broken = has_errors(self.diagnostics)
        if lints and not broken:
            from unspoken.language.lints import lint

            self.diagnostics.extend(lint(self.file, world, self.check, self.place))
        return (None if broken else world), self.diagnostics

    def all(self, kind: type[T]) -> list[T]:
        return [one for one in self.file.definitions if isinstance(one, kind)]

    # Types and entities.

    def declare_types(self) -> None:
        types = self.types
        declared = [definition.name.text for definition in self.all(TypeDefinition)]
        for definition in self.all(TypeDefinition):
            name = definition.name.text
            if name in CLOSED:
                self.check.complain("closed-type", definition.name, name=name)
                continue
            if name == "entity":  # everything extends it anyway, and it extends nothing
                if definition.parents:
                    self.check.complain("type-cycle", definition, path="entity : ... : entity")
                continue
            types.declare(name, (), self.check.span(definition))
        for definition in self.all(TypeDefinition):
            if definition.name.text in CLOSED or definition.name.text == "entity":
                continue
            parents: list[str] = []
            for parent in definition.parents:
                if parent.text in CLOSED:
                    self.check.complain("closed-type", parent, name=parent.text)
                    continue
                self.create_silently(parent, declared)
                parents.append(parent.text)
            types.declare(definition.name.text, parents, None)
            cycle = types.cycle()
            if cycle is not None:
                self.check.complain("type-cycle", definition, path=" : ".join(cycle))
                types.forget_parents(definition.name.text)
        for entity in self.all(EntityDefinition):
            for kind in entity.types:
                if kind.text in CLOSED:
                    self.check.complain("closed-type", kind, name=kind.text)
                else:
                    self.create_silently(kind, declared)

    def create_silently(self, name: Atom, declared: Iterable[str]) -> None:
        """A type that is used as a parent or as an entity's type need not be declared."""
        if self.types.is_known(name.text):
            return
        self.types.declare(name.text, (), self.check.span(name))
        known = [*declared, "character"]
        if name.text not in self.file.broken and closest(name.text, known) is not None:
            self.check.complain("silent-type", name, name=name.text, known=known)
            self.check.doubtful_types[name.text] = False

    def declare_entities(self) -> None:
        for definition in self.all(EntityDefinition):
            name = definition.name.text
            given = [one.text for one in definition.types if one.text not in CLOSED]
            before = self.names.entities.get(name)
            if before is not None:
                common = self.types.sort_of_all(before.types) & self.types.sort_of_all(given)
                if common <= {"entity"}:
                    note = None if before.origin is None else Note("first", before.origin)
                    both = ", ".join((*before.types, *given))
                    self.check.complain("unlike-types", definition, [note], name=name, both=both)
                given = [*before.types, *given]
            origin = before.origin if before is not None else self.check.span(definition)
            types = tuple(dict.fromkeys(given))
            self.names.entities[name] = Entity(name, types, origin)

    # Signatures.

    def parameters(self, signature: Signature, *, strict: bool) -> tuple[Parameter, ...]:
        """A signature's parameters. ``strict``: names must differ (a property's need not)."""
        parameters: list[Parameter] = []
        seen: dict[str, ParameterNode] = {}
        for node in signature.parameters:
            parameter = self.parameter(node)
            if isinstance(parameter, Variable) and strict:
                if parameter.name in seen:
                    note = Note("first", self.check.span(seen[parameter.name]))
                    self.check.complain("repeated-parameter", node, [note], name=parameter.name)
                elif parameter.name in self.names.entities:
                    self.check.warn_hiding(node.name, {})
                seen[parameter.name] = node
            parameters.append(parameter)
        return tuple(parameters)

    def parameter(self, node: ParameterNode) -> Parameter:
        name = node.name
        if node.type is not None:
            kind = self.check.variable_type(node.type)
            return Variable(name.text, kind, self.check.span(node))
        if name.kind == "number":
            return Literal(float(name.text), self.check.span(node))
        if name.text in ("True", "False"):
            return Literal(name.text == "True", self.check.span(node))
        if name.text not in self.names.entities and name.text not in self.file.broken:
            known = tuple(self.names.entities)
            self.check.complain("unknown-parameter", name, name=name.text, known=known)
        self.check.used_entities.add(name.text)
        return EntityTerm(name.text, self.check.span(node))

    def declare_property(self, definition: PropertyDefinition) -> Property | None:
        signature = definition.signature
        parameters = self.parameters(signature, strict=False)
        range_ = definition.range.text
        if not self.types.is_known(range_) and range_ not in self.file.broken:
            self.check.complain(
                "unknown-type", definition.range, name=range_, known=self.types.names()
            )
        thing = Property(signature.name.text, parameters, range_, self.check.span(definition))
        return thing if self.add_property(thing, signature) else None

    def add_property(self, thing: Property, signature: Signature) -> bool:
        """Make a property known, unless a use could not tell it from an earlier one."""
        declared = Declared(thing.name, thing.parameters, thing, self.check.span(signature))
        if self.clashes(declared, self.properties, signature, "property"):
            return False
        self.properties.add(declared)
        if self.diagnostics and self.diagnostics[-1].code == "covered-signature":
            self.check.used_properties.add(id(thing))  # it cannot be used, and that has been said
        return True

    def declare_event(self, definition: EventDefinition) -> tuple[Parameter, ...]:
        signature = definition.signature
        parameters = self.parameters(signature, strict=True)
        declared = Declared(signature.name.text, parameters, definition, self.check.span(signature))
        if not self.clashes(declared, self.events, signature, definition.kind):
            self.events.add(declared)
        return parameters

    def clashes(
        self, new: Declared[_Kind], known: Signatures[_Kind], node: Signature, kind: str
    ) -> bool:
        """Whether a use could not tell the new signature from an earlier one.

        Equal signatures, and overlaps that involve a constant, are errors; a signature whose
        every use goes to an earlier, wider one is worth a warning.
        """
        for earlier in known.named(new.name):
            if len(earlier.parameters) != len(new.parameters):
                continue
            pairs = list(zip(earlier.parameters, new.parameters, strict=True))
            note = Note("earlier", earlier.origin) if earlier.origin is not None else None
            same = all(parameter_type(a) == parameter_type(b) for a, b in pairs)
            constants = any(not isinstance(p, Variable) for pair in pairs for p in pair)
            if same or (constants and all(self.names.overlap(a, b) for a, b in pairs)):
                code = "repeated-signature" if same else "ambiguous-signature"
                self.check.complain(code, node, [note], name=new.name, kind=kind)
                return True
            if all(self.covers(a, b) for a, b in pairs):
                self.check.complain("covered-signature", node, [note], name=new.name, kind=kind)
                return False
        return False

    def covers(self, earlier: Parameter, later: Parameter) -> bool:
        """Whether everything that fits the later parameter fits the earlier."""
        if not isinstance(earlier, Variable):
            return earlier == later
        sort = self.names.parameter_sort(later)
        return sort != ANY and fits(sort, earlier.type)

    # Actions and triggers.

    def action(self, definition: EventDefinition, parameters: tuple[Parameter, ...]) -> Action:
        variables = {p.name: p for p in parameters if isinstance(p, Variable)}
        parts = self.parts(definition)
        observing: Observing | None = None
        if "observing" in parts:
            observing = self.observing(parts["observing"], variables)
        consenting: tuple[Term, ...] = ()
        if "consenting" in parts:
            consenting = self.consenting(parts["consenting"], variables)
        return Action(
            name=definition.signature.name.text,
            parameters=parameters,
            precondition=self.precondition(parts, variables),
            effect=self.effect(parts, variables),
            consenting=consenting,
            observing=observing,
            documentation=self.documentation(definition.start),
            origin=self.place(definition.start, definition.signature.end),
        )

    def trigger(self, definition: EventDefinition, parameters: tuple[Parameter, ...]) -> Trigger:
        variables = {p.name: p for p in parameters if isinstance(p, Variable)}
        parts = self.parts(definition)
        return Trigger(
            name=definition.signature.name.text,
            parameters=parameters,
            precondition=self.precondition(parts, variables),
            effect=self.effect(parts, variables),
            documentation=self.documentation(definition.start),
            origin=self.place(definition.start, definition.signature.end),
        )

    def parts(self, definition: EventDefinition) -> dict[str, Part]:
        """The parts by key; a later one replaces an earlier one, which is worth a warning."""
        parts: dict[str, Part] = {}
        for part in definition.parts:
            earlier = parts.get(part.key.text)
            if earlier is not None:
                self.check.complain(
                    "repeated-part",
                    earlier.key,
                    [Note("later", self.check.span(part.key))],
                    name=part.key.text,
                )
            parts[part.key.text] = part
        return parts

    def precondition(self, parts: dict[str, Part], variables: dict[str, Variable]) -> Expression:
        part = parts.get("precondition")
        if part is None or part.expression is None:
            return TRUE
        return self.check.condition(part.expression, variables) or TRUE

    def effect(self, parts: dict[str, Part], variables: dict[str, Variable]) -> Expression | None:
        part = parts.get("effect")
        if part is None or part.expression is None:
            return None
        node = bare(part.expression)
        if isinstance(node, Atom) and node.text == "True":
            return None  # says in so many words that nothing changes
        return self.check.effect(part.expression, variables)

    def consenting(self, part: Part, variables: dict[str, Variable]) -> tuple[Term, ...]:
        terms: dict[str, Term] = {}
        for name in part.names:
            term = self.check.character(name, variables)
            if term is not None:
                terms.setdefault(name.text, term)
        return tuple(terms.values())

    def observing(self, part: Part, variables: dict[str, Variable]) -> Observing | None:
        node = part.variable
        if node is None or node.type is None or part.expression is None:
            return None
        kind = node.type.text
        if not self.types.is_known(kind):
            self.check.variable_type(node.type)
        elif not fits(self.types.sort("character"), kind):
            self.check.complain("observing-type", node.type, name=kind)
        variable = Variable(node.name.text, kind, self.check.span(node))
        self.check.warn_hiding(node.name, variables)
        condition = self.check.condition(part.expression, {**variables, variable.name: variable})
        return Observing(variable, condition) if condition is not None else None

    # Utilities.

    def utilities(self) -> tuple[Utility, ...]:
        found: dict[str | None, Utility] = {}
        for definition in self.all(UtilityDefinition):
            character: str | None = None
            if definition.character is not None:
                character = definition.character.text
                if self.check.character(definition.character, {}) is None:
                    self.check.read(definition.expression, {})
                    continue
            expression, sort = self.check.read(definition.expression, {})
            if sort not in (BOOLEAN, NUMBER, ANY):
                self.check.complain(
                    "not-a-utility",
                    definition.expression,
                    found=self.check.kind_in_words(sort),
                )
                continue
            if expression is None:
                continue
            earlier = found.pop(character, None)
            span = self.check.span(definition)
            if earlier is not None and earlier.origin is not None:
                self.diagnostics.append(
                    problem(
                        "repeated-utility",
                        earlier.origin,
                        [Note("later", span)],
                        character=character or "",
                    )
                )
            found[character] = Utility(character, expression, span)
        return tuple(found.values())

    # Documentation.

    def documentation(self, start: int) -> str:
        """The text of the comment that stands right before a definition; of several ``//`` lines
        in a row, all."""
        comments = self.file.comments
        index = bisect_right(self.comment_ends, start)
        text = self.file.source.text
        lines: list[str] = []
        below = start
        while index > 0:
            comment = comments[index - 1]
            gap = text[comment.end : below]
            if gap.strip() or not comment.own_line or (lines and gap.count("\n") > 1):
                break
            block = comment.text.startswith("/*")
            if block and lines:
                break
            lines.insert(0, _comment_text(comment))
            if block:
                break
            below = comment.start
            index -= 1
        return "\n".join(lines)


def _name_of_world(path: PurePath) -> str:
    """A file's name without its ending; for the ``world.story`` of a folder, the folder's."""
    return path.parent.name or path.stem if path.stem == "world" else path.stem


def _comment_text(comment: Comment) -> str:
    """What a comment says, without its marks."""
    if comment.text.startswith("//"):
        return comment.text[2:].strip()
    lines = [line.strip() for line in comment.text[2:].removesuffix("*/").splitlines()]
    return "\n".join(line.lstrip("*").strip() for line in lines).strip()
