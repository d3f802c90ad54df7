"""What the names in expressions refer to, and what to say when they refer to nothing.

The ground of ``values`` and ``checking``: names, arguments, fluents, characters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeAlias

from unspoken.language.diagnostics import Diagnostic, Note, problem
from unspoken.language.scope import Argument, Declared, Signatures, Variables, World, parameter_type
from unspoken.language.tree import Atom, Believing, Call, Node, bare
from unspoken.language.types import BOOLEAN, NUMBER, UNKNOWN, Sort, fits
from unspoken.model import (
    EntityTerm,
    Fluent,
    Literal,
    Property,
    Span,
    Term,
    Variable,
    VariableTerm,
    number_text,
)


class Placed(Protocol):
    """Anything of a tree: it knows where it stands."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Place: TypeAlias = Callable[[int, int], Span]
"""Makes the span of a stretch of the tree."""


class Lookup:
    """Looks names up in a world whose types, entities and properties are known."""

    def __init__(
        self,
        world: World,
        properties: Signatures[Property],
        place: Place,
        diagnostics: list[Diagnostic],
        broken: frozenset[str] = frozenset(),
    ) -> None:
        self.world = world
        self.types = world.types
        self.properties = properties
        self.place = place
        self.diagnostics = diagnostics
        self.broken = broken
        self.doubtful_types: dict[str, bool] = {}
        """Types that came to be by what is probably a misspelling: was a mismatch said?"""
        self.used_properties: set[int] = set()
        self.used_entities: set[str] = set()

    # Complaints.

    def span(self, node: Placed) -> Span:
        return self.place(node.start, node.end)

    def complain(
        self, code: str, node: Placed, notes: Sequence[Note | None] = (), **facts: object
    ) -> None:
        self.diagnostics.append(problem(code, self.span(node), notes, **facts))

    def kind_in_words(self, sort: Sort) -> str:
        """A sort as an error names it: the narrowest types in it."""
        if sort == UNKNOWN:
            return "unknown"
        if sort == BOOLEAN:
            return "true or false"
        if sort == NUMBER:
            return "a number"
        narrowest = [
            name
            for name in self.types.names()
            if name in sort
            and not any(name in self.types.sort(other) for other in sort if other != name)
        ]
        return " and ".join(with_article(name) for name in narrowest)

    # Names.

    def _name(self, node: Atom, variables: Variables, also: Sequence[str] = ()) -> Argument | None:
        """A name in the place of a value: the innermost variable, else an entity. ``also``: words
        that could stand there, too."""
        variable = variables.get(node.text)
        if variable is not None:
            sort = self.types.sort(variable.type)
            return Argument(VariableTerm(node.text, self.span(node)), sort)
        if node.text in self.world.entities:
            self.used_entities.add(node.text)
            sort = self.world.entity_sort(node.text)
            return Argument(EntityTerm(node.text, self.span(node)), sort)
        if node.text not in self.broken:
            known = (*variables, *self.world.entities, *also)
            if self.properties.named(node.text):
                self.complain("property-without-brackets", node, name=node.text)
            else:
                self.complain("unknown-name", node, name=node.text, known=known)
        return None

    def argument(self, node: Atom, variables: Variables) -> Argument | None:
        """A word in the place of an argument."""
        if node.kind == "unknown":
            self.complain("unknown-as-argument", node)
            return None
        if node.kind == "number":
            return Argument(Literal(float(node.text), self.span(node)), NUMBER)
        if node.text in ("True", "False"):
            return Argument(Literal(node.text == "True", self.span(node)), BOOLEAN)
        return self._name(node, variables)

    def variable_type(self, node: Atom) -> str:
        """The type of a variable: known, and not ``number``."""
        name = node.text
        if not self.types.is_known(name):
            if name not in self.broken:
                self.complain("unknown-type", node, name=name, known=self.types.names())
        elif name == "number":
            self.complain("number-variable", node)
        return name

    def warn_hiding(self, node: Atom, variables: Variables) -> None:
        """Say so if a new variable hides another variable or an entity."""
        outer = variables.get(node.text)
        if outer is not None:
            note = Note("hidden", outer.origin) if outer.origin is not None else None
            self.complain("hidden-name", node, [note], name=node.text, kind="variable")
        elif node.text in self.world.entities:
            origin = self.world.entities[node.text].origin
            note = Note("hidden", origin) if origin is not None else None
            self.complain("hidden-name", node, [note], name=node.text, kind="entity")

    # Fluents.

    def fluent(self, node: Node, variables: Variables) -> Fluent | None:
        """A property of given things, perhaps as believed by somebody."""
        if isinstance(node, Believing):
            character = self.character(node.character, variables)
            inner = self.fluent(bare(node.body), variables)
            if character is None or inner is None:
                return None
            minds = (character, *inner.minds)
            return Fluent(inner.property, inner.arguments, minds, self.span(node))
        if not isinstance(node, Call):
            return None
        if not self.properties.named(node.name.text):
            for argument in node.arguments:
                self.argument(argument, variables)
            if node.name.text == "believes":
                self.complain("bad-believes", node)
            elif node.name.text not in self.broken:
                known = self.properties.names()
                wanted = "utility(Tara): ..." if node.name.text == "utility" else ""
                self.complain(
                    "unknown-property",
                    node.name,
                    name=node.name.text,
                    known=known,
                    wanted=wanted,
                )
            return None
        arguments = [self.argument(argument, variables) for argument in node.arguments]
        if any(argument is None for argument in arguments):
            return None
        given = [argument for argument in arguments if argument is not None]
        declared = self.properties.select(node.name.text, given)
        if declared is None:
            self.complain_mismatch(node.name, node.arguments, given, self.properties, "property")
            return None
        self.used_properties.add(id(declared.thing))
        terms = tuple(argument.term for argument in given)
        return Fluent(declared.thing, terms, (), self.span(node))

    def complain_mismatch(
        self,
        name: Atom,
        nodes: Sequence[Placed],
        given: Sequence[Argument],
        signatures: Signatures[Any],
        kind: str,
    ) -> None:
        """Say why no signature of that name takes these arguments."""
        follows = [self._follows(argument.sort) for argument in given]
        if any(follows):
            return
        overloads: list[Declared[Any]] = list(signatures.named(name.text))
        of_count = [one for one in overloads if len(one.parameters) == len(given)]
        first = overloads[0]
        notes = [Note("declared", first.origin) if first.origin is not None else None]
        if not of_count:
            counts = sorted({len(one.parameters) for one in overloads})
            self.complain(
                "wrong-count",
                name,
                notes,
                name=name.text,
                kind=kind,
                given=_things(len(given), "argument"),
                wanted=" or ".join(str(count) for count in counts),
                signatures=[signature_text(one) for one in overloads],
            )
            return
        if len(of_count) == 1:
            only = of_count[0]
            for node, argument, parameter in zip(nodes, given, only.parameters, strict=True):
                if not self.world.accepts(parameter, argument):
                    self.complain(
                        "wrong-argument",
                        node,
                        [Note("declared", only.origin) if only.origin is not None else None],
                        argument=_term_text(argument.term),
                        found=self.kind_in_words(argument.sort),
                        wanted=with_article(parameter_type(parameter))
                        if isinstance(parameter, Variable)
                        else parameter_type(parameter),
                        name=name.text,
                        signatures=[signature_text(only)],
                    )
            return
        self.complain(
            "no-such-overload",
            name,
            notes,
            name=name.text,
            kind=kind,
            given=[self.kind_in_words(argument.sort) for argument in given],
            signatures=[signature_text(one) for one in of_count],
        )

    def _follows(self, sort: Sort) -> bool:
        """Whether a mismatch of this sort only follows from a misspelt type, which was complained
        about, as was one mismatch because of it."""
        doubtful = sort & self.doubtful_types.keys()
        said = any(self.doubtful_types[name] for name in doubtful)
        self.doubtful_types.update(dict.fromkeys(doubtful, True))
        return said

    def character(self, node: Atom, variables: Variables, also: Sequence[str] = ()) -> Term | None:
        """A word in the place of a character, in whose mind something is so. ``also``: words that
        could stand there, too."""
        if node.kind != "name" or node.text in ("True", "False"):
            self.complain("not-a-character", node, name=node.text, found="a constant")
            return None
        argument = self._name(node, variables, also)
        if argument is None:
            return None
        if not fits(argument.sort, "character"):
            if self._follows(argument.sort):
                return None
            found = self.kind_in_words(argument.sort)
            self.complain("not-a-character", node, name=node.text, found=found)
            return None
        return argument.term


def around_fluent(node: Believing) -> bool:
    """Whether it is a belief about a fluent, and so a fluent itself."""
    inner = bare(node.body)
    return isinstance(inner, Call) or (isinstance(inner, Believing) and around_fluent(inner))


def signature_text(declared: Declared[Any]) -> str:
    """A signature as an error shows it."""
    inside = ", ".join(
        f"{parameter.name} : {parameter.type}"
        if isinstance(parameter, Variable)
        else parameter_type(parameter)
        for parameter in declared.parameters
    )
    return f"{declared.name}({inside})"


def _term_text(term: Term) -> str:
    if isinstance(term, Literal):
        return str(term.value) if isinstance(term.value, bool) else number_text(term.value)
    return term.name


def with_article(name: str) -> str:
    """A type as an error names one thing of it."""
    if name in ("boolean", "number"):
        return "true or false" if name == "boolean" else "a number"
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _things(count: int, noun: str) -> str:
    if count == 0:
        return f"no {noun}s"
    return f"{count} {noun}" + ("s" if count != 1 else "")
