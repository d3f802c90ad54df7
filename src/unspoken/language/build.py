"""Storyworlds from Python: the same trees as from text, so the same checks and the same errors.

    from unspoken.language.build import World, believes, character

    world = World("note")
    place = world.type("place")
    tara, willow = world.entities(character, "Tara", "Willow")
    hall, attic = world.entities(place, "Hall", "Attic")
    at = world.property("at", who=character, returns=place)

    world.initially(at(tara) == hall, believes(tara, at(willow) == attic))
    who, to, c = character("who"), place("to"), character("c")
    world.action("walk", who, to, precondition=at(who) != to, effect=at(who) == to,
                 consenting=who, observing=(c, (at(c) == to) | (at(c) == at(who))))
    world.utility(at(tara) == at(willow))
    storyworld = world.storyworld()          # raises DiagnosticError if something is wrong

Calling a type makes a variable of it. ``&``, ``|``, ``~``, ``==`` and the others make expressions;
where an effect is wanted, ``==`` says what comes to be so. ``None`` is the unknown value. Each
piece remembers the line that made it, and an error shows that line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import EllipsisType
from typing import NoReturn, TypeAlias

from unspoken.language.diagnostics import Diagnostic, DiagnosticError, has_errors, problem
from unspoken.language.origins import Spot, caller
from unspoken.language.resolve import resolve
from unspoken.language.tokens import quoted, tokenize
from unspoken.language.tree import (
    ApparatusDefinition,
    Atom,
    Believing,
    Binary,
    Binding,
    Call,
    Chain,
    Conditional,
    Definition,
    EntityDefinition,
    Entry,
    EventDefinition,
    File,
    Item,
    Negation,
    Node,
    ParameterNode,
    Part,
    PropertyDefinition,
    Section,
    Signature,
    Statement,
    Test,
    TypeDefinition,
    UtilityDefinition,
    Word,
)
from unspoken.model import Source, Span, Storyworld

Value: TypeAlias = "Expr | bool | int | float | None"
"""What may stand as a value: an expression, a constant, or None for the unknown."""

Conditions: TypeAlias = "Expr | bool | Sequence[Expr]"
"""One, or several that must all hold (or all come to be so)."""


def _here() -> Spot:
    return caller(__file__)


class Expr:
    """A piece of a world's language. Operators on it make larger pieces."""

    __slots__ = ("node",)

    def __init__(self, node: Node) -> None:
        self.node = node

    def __eq__(self, other: object) -> Expr:  # type: ignore[override]
        return _binary("==", self, other)

    def __ne__(self, other: object) -> Expr:  # type: ignore[override]
        return _binary("!=", self, other)

    def __lt__(self, other: Value) -> Expr:
        return _binary("<", self, other)

    def __le__(self, other: Value) -> Expr:
        return _binary("<=", self, other)

    def __gt__(self, other: Value) -> Expr:
        return _binary(">", self, other)

    def __ge__(self, other: Value) -> Expr:
        return _binary(">=", self, other)

    def __add__(self, other: Value) -> Expr:
        return _binary("+", self, other)

    def __radd__(self, other: Value) -> Expr:
        return _binary("+", other, self)

    def __sub__(self, other: Value) -> Expr:
        return _binary("-", self, other)

    def __rsub__(self, other: Value) -> Expr:
        return _binary("-", other, self)

    def __mul__(self, other: Value) -> Expr:
        return _binary("*", self, other)

    def __rmul__(self, other: Value) -> Expr:
        return _binary("*", other, self)

    def __truediv__(self, other: Value) -> Expr:
        return _binary("/", self, other)

    def __rtruediv__(self, other: Value) -> Expr:
        return _binary("/", other, self)

    def __and__(self, other: Value) -> Expr:
        return _chain("&", self, other)

    def __or__(self, other: Value) -> Expr:
        return _chain("|", self, other)

    def __invert__(self) -> Expr:
        here = _here()
        return _Piece(Negation(self.node, here, here))

    def becomes(self, value: Value) -> Expr:
        """The effect that this property gets the value. (``==`` says the same in an effect.)"""
        return _binary("=", self, value)

    def is_a(self, kind: Kind) -> Expr:
        """Whether it is of a type."""
        here = _here()
        return _Piece(Test(self.node, _atom(kind.name, here), here, here))

    def __bool__(self) -> NoReturn:
        raise DiagnosticError([problem("truth-of-expression", _here().span)])

    __hash__ = None  # type: ignore[assignment]


class Kind:
    """A type. Called with a name, it makes a variable of that type."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, name: str) -> Variable:
        here = _here()
        return Variable(_named(name, here), self, here)

    def __repr__(self) -> str:
        return f"<type {self.name}>"


class _Piece(Expr):
    """Any expression but a variable. A class beside ``Variable``, not above it: Python lets the
    right operand of a comparison go first if its class is below that of the left."""

    __slots__ = ()


class Variable(Expr):
    """A typed name: a parameter, or what a quantifier goes over."""

    __slots__ = ("kind",)

    def __init__(self, atom: Atom, kind: Kind, here: Spot) -> None:
        super().__init__(atom)
        self.kind = kind


class PropertyName:
    """A property. Called with things, it makes an expression: ``at(tara)``."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, *things: Value) -> Expr:
        here = _here()
        arguments = tuple(_argument(thing, here) for thing in things)
        return _Piece(Call(_atom(self.name, here), arguments, here, here))

    def __repr__(self) -> str:
        return f"<property {self.name}>"


boolean = Kind("boolean")
number = Kind("number")
entity = Kind("entity")
character = Kind("character")
unknown = _Piece(Atom("unknown", "?", 0, 0))


# Expressions that Python has no operators for.


def believes(who: Expr, what: Conditions) -> Expr:
    """What is so in somebody's mind."""
    here = _here()
    return _Piece(Believing(_argument(who, here), _all(what, here), here, here))


def when(condition: Conditions, then: Value, otherwise: Value | EllipsisType = ...) -> Expr:
    """``if(condition) then else otherwise``; without ``otherwise``, a truth or an effect."""
    here = _here()
    last = None if isinstance(otherwise, EllipsisType) else _lift(otherwise, here)
    return _Piece(Conditional(((_all(condition, here), _lift(then, here)),), last, here, here))


def forall(variable: Variable, body: Conditions) -> Expr:
    """For each entity of the variable's type."""
    return _bind("forall", variable, body)


def exists(variable: Variable, body: Conditions) -> Expr:
    """For some entity of the variable's type."""
    return _bind("exists", variable, body)


def total(variable: Variable, body: Value) -> Expr:
    """The sum over the entities of the variable's type."""
    return _bind("sum", variable, body)


def product(variable: Variable, body: Value) -> Expr:
    """The product over the entities of the variable's type."""
    return _bind("product", variable, body)


# Worlds.


class World:
    """A storyworld in the making. ``checked`` and ``storyworld`` give the model."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._definitions: list[Definition] = []
        self._source = _here().span.source

    def checked(self) -> tuple[Storyworld | None, list[Diagnostic]]:
        """The model (None if something is wrong) and what is wrong or doubtful, like ``parse``."""
        file = File(Source(self.name, ""), None, tuple(self._definitions))
        world, diagnostics = resolve(file, _place)
        if world is not None:
            world = replace(world, name=self.name, source=self._source)
        return world, diagnostics

    def storyworld(self) -> Storyworld:
        """The model. Raises DiagnosticError if something is wrong."""
        world, diagnostics = self.checked()
        if world is None:
            raise DiagnosticError([one for one in diagnostics if has_errors([one])])
        return world

    # Things.

    def type(self, name: str, *parents: Kind) -> Kind:
        """Declare a type, or give a type more parents."""
        here = _here()
        names = tuple(_atom(parent.name, here) for parent in parents)
        self._definitions.append(TypeDefinition(_named(name, here), names, here, here))
        return Kind(name)

    def entity(self, name: str, *kinds: Kind) -> Expr:
        """Declare an entity of one or more types."""
        return self._entity(name, kinds, _here())

    def entities(self, kind: Kind, *names: str) -> tuple[Expr, ...]:
        """Declare several entities of a type."""
        here = _here()
        return tuple(self._entity(name, (kind,), here) for name in names)

    def _entity(self, name: str, kinds: Sequence[Kind], here: Spot) -> Expr:
        atom = _named(name, here)
        if not kinds:
            raise DiagnosticError([problem("entity-without-type", here.span, name=name)])
        names = tuple(_atom(kind.name, here) for kind in kinds)
        self._definitions.append(EntityDefinition(atom, names, here, here))
        return _Piece(atom)

    def property(
        self, name: str, /, returns: Kind = boolean, **parameters: Kind | Expr
    ) -> PropertyName:
        """Declare a property; each parameter has a type, or is one fixed entity."""
        here = _here()
        nodes: list[ParameterNode] = []
        for parameter, kind in parameters.items():
            if isinstance(kind, Kind):
                named = _named(parameter, here)
                nodes.append(ParameterNode(named, _atom(kind.name, here), here, here))
            else:
                nodes.append(ParameterNode(_argument(kind, here), None, here, here))
        signature = Signature(_named(name, here), tuple(nodes), here, here)
        self._definitions.append(
            PropertyDefinition(signature, _atom(returns.name, here), here, here)
        )
        return PropertyName(name)

    # What happens.

    def action(
        self,
        name: str,
        *parameters: Expr,
        precondition: Conditions | None = None,
        effect: Conditions | None = None,
        consenting: Expr | Sequence[Expr] = (),
        observing: tuple[Variable, Conditions] | None = None,
    ) -> None:
        """Declare an action. ``observing``: a variable, and who sees it; None: everybody."""
        here = _here()
        parts = self._parts(precondition, effect, here)
        who = (consenting,) if isinstance(consenting, Expr) else tuple(consenting)
        if who:
            names = tuple(_argument(one, here) for one in who)
            parts.append(Part(_atom("consenting", here), None, names, None, here, here))
        if observing is not None:
            variable, condition = observing
            node = _all(condition, here)
            key = _atom("observing", here)
            parts.append(Part(key, node, (), _parameter(variable, here), here, here))
        self._event("action", name, parameters, parts, here)

    def trigger(
        self,
        name: str,
        *parameters: Expr,
        precondition: Conditions | None = None,
        effect: Conditions | None = None,
    ) -> None:
        """Declare a trigger."""
        here = _here()
        parts = self._parts(precondition, effect, here)
        self._event("trigger", name, parameters, parts, here)

    def _parts(
        self, precondition: Conditions | None, effect: Conditions | None, here: Spot
    ) -> list[Part]:
        parts: list[Part] = []
        if precondition is not None:
            node = _all(precondition, here)
            parts.append(Part(_atom("precondition", here), node, (), None, here, here))
        if effect is not None:
            node = _as_effect(_all(effect, here))
            parts.append(Part(_atom("effect", here), node, (), None, here, here))
        return parts

    def _event(
        self, kind: str, name: str, parameters: Sequence[Expr], parts: list[Part], here: Spot
    ) -> None:
        nodes = tuple(_parameter(one, here) for one in parameters)
        signature = Signature(_named(name, here), nodes, here, here)
        self._definitions.append(
            EventDefinition(
                "action" if kind == "action" else "trigger", signature, tuple(parts), here, here
            )
        )

    # How things stand, and who wants what.

    def initially(self, *statements: Expr) -> None:
        """Say how things stand at the beginning, in order."""
        here = _here()
        for statement in statements:
            node = _as_effect(_lift(statement, here))
            self._definitions.append(Statement(node, node.start, node.end))

    def utility(self, what: Value, of: Expr | None = None) -> None:
        """What the author (or ``of`` a character) wants more of."""
        here = _here()
        whose = _argument(of, here) if of is not None else None
        self._definitions.append(UtilityDefinition(whose, _lift(what, here), here, here))

    # Planning and telling.

    def plan(self, **settings: float) -> None:
        """Set ``goal``, ``author_limit``, ``character_limit``, ``epistemic_limit``."""
        here = _here()
        entries = tuple(_entry(key, [_item(value, here)], here) for key, value in settings.items())
        self._definitions.append(Section("plan", None, (), entries, here, here))

    def about(self, **apparatus: str | Sequence[str]) -> None:
        """Say ``title``, ``note``, ``author``, ``tags`` and so on."""
        here = _here()
        for key, texts in apparatus.items():
            words = tuple(_word(text, here) for text in _several(texts))
            self._definitions.append(ApparatusDefinition(_atom(key, here), words, here, here))

    def voice(
        self,
        whom: Expr,
        *,
        name: str | None = None,
        pronoun: str | None = None,
        article: str | None = None,
        manner: Sequence[tuple[str | float, ...]] = (),
        known_as: dict[str, str] | None = None,
        gloss: dict[str, str | Sequence[str]] | None = None,
        inside: dict[str, str | Sequence[str]] | None = None,
    ) -> None:
        """Say how an entity is named and how it speaks. ``manner``: for each its name and
        settings, such as ``("stammer", 15, 50, "dtpbvwm")``."""
        here = _here()
        entries: list[Entry] = []
        if name is not None:
            entries.append(_entry("name", [_item(name, here)], here))
        if pronoun is not None:
            entries.append(_entry("pronoun", [_item(_Plain(pronoun), here)], here))
        if article is not None:
            entries.append(_entry("article", [_item(article, here)], here))
        if manner:
            items = [
                Item(
                    (_word(_Plain(str(named)), here), *(_word(one, here) for one in settings)),
                    None,
                    here,
                    here,
                )
                for named, *settings in manner
            ]
            entries.append(_entry("manner", items, here))
        for knower, text in (known_as or {}).items():
            entries.append(_entry("known_as", [_item(text, here)], here, knower))
        for key, glosses in (("gloss", gloss), ("inside", inside)):
            for feeling, texts in (glosses or {}).items():
                items = [_item(text, here) for text in _several(texts)]
                entries.append(_entry(key, items, here, feeling))
        self._section("voice", _argument(whom, here), (), entries, here)

    def frame(
        self,
        event: str,
        *parameters: Variable,
        text: str | Sequence[str],
        who: str = "any",
        needs: Conditions = (),
    ) -> None:
        """Say how an action or trigger may be told."""
        here = _here()
        entries = [_entry("who", [_item(_Plain(who), here)], here)]
        wanted = [needs] if isinstance(needs, Expr | bool) else list(needs)
        if wanted:
            items = [Item((), _lift(need, here), here, here) for need in wanted]
            entries.append(_entry("needs", items, here))
        entries.append(_entry("text", [_item(one, here) for one in _several(text)], here))
        self._section("frame", _named(event, here), parameters, entries, here)

    def thought(
        self, name: str, *parameters: Variable, that: Conditions, **forms: str | Sequence[str]
    ) -> None:
        """Say how a proposition may be thought; the first parameter is the thinker."""
        here = _here()
        entries = [_entry("that", [Item((), _all(that, here), here, here)], here)]
        for form, texts in forms.items():
            entries.append(_entry(form, [_item(one, here) for one in _several(texts)], here))
        self._section("thought", _named(name, here), parameters, entries, here)

    def speech(
        self,
        event: str,
        *parameters: Variable,
        mode: str = "aloud",
        gist: str | None = None,
        says: str | Sequence[str] = (),
    ) -> None:
        """Make an action an act of speech."""
        here = _here()
        entries = [_entry("mode", [_item(_Plain(mode), here)], here)]
        if gist is not None:
            entries.append(_entry("gist", [_item(gist, here)], here))
        if says:
            entries.append(_entry("says", [_item(one, here) for one in _several(says)], here))
        self._section("speech", _named(event, here), parameters, entries, here)

    def _section(
        self, kind: str, name: Atom, parameters: Sequence[Expr], entries: list[Entry], here: Spot
    ) -> None:
        nodes = tuple(_parameter(one, here) for one in parameters)
        self._definitions.append(Section(kind, name, nodes, tuple(entries), here, here))


# Trees.


class _Plain(str):
    """A word of a section that is no text."""


def _place(start: int, end: int) -> Span:
    if isinstance(start, Spot):
        return start.span
    return Span(Source("<python>", ""), 0, 0)


def _atom(name: str, here: Spot) -> Atom:
    return Atom("name", name, here, here)


def _named(name: str, here: Spot) -> Atom:
    """A name that is new. Raises DiagnosticError if no text could say it."""
    tokens = tokenize(Source("", name)).tokens
    if len(tokens) != 2 or tokens[0].kind != "name" or name in ("True", "False"):
        raise DiagnosticError([problem("bad-name", here.span, name=name)])
    return _atom(tokens[0].text, here)


def _lift(value: object, here: Spot) -> Node:
    if isinstance(value, Expr):
        node = value.node
        return Atom(node.kind, node.text, here, here) if isinstance(node, Atom) else node
    if value is None:
        return Atom("unknown", "?", here, here)
    if isinstance(value, bool):
        return _atom(str(value), here)
    if isinstance(value, int | float):
        return Atom("number", repr(float(value)), here, here)
    raise DiagnosticError([problem("foreign-value", here.span, found=type(value).__name__)])


def _argument(value: object, here: Spot) -> Atom:
    node = _lift(value, here)
    if not isinstance(node, Atom):
        raise DiagnosticError([problem("nested-argument", here.span, name="believes")])
    return node


def _all(conditions: object, here: Spot) -> Node:
    """One condition, or several joined."""
    if not isinstance(conditions, list | tuple):
        return _lift(conditions, here)
    nodes = tuple(_lift(one, here) for one in conditions)
    if len(nodes) == 1:
        return nodes[0]
    return Chain("&", nodes, (), here, here) if nodes else _atom("True", here)


def _binary(operator: str, left: object, right: object) -> Expr:
    here = _here()
    return _Piece(Binary(operator, _lift(left, here), _lift(right, here), here, here, here))


def _chain(operator: str, left: Expr, right: object) -> Expr:
    here = _here()
    first: tuple[Node, ...] = (left.node,)
    if isinstance(left.node, Chain) and left.node.operator == operator:
        first = left.node.parts
    return _Piece(Chain(operator, (*first, _lift(right, here)), (), here, here))


def _bind(quantity: str, variable: Variable, body: object) -> Expr:
    here = _here()
    name, kind = _argument(variable, here), _atom(variable.kind.name, here)
    return _Piece(Binding(quantity, name, kind, _all(body, here), here, here))


def _parameter(value: Expr, here: Spot) -> ParameterNode:
    kind = _atom(value.kind.name, here) if isinstance(value, Variable) else None
    return ParameterNode(_argument(value, here), kind, here, here)


def _as_effect(node: Node) -> Node:
    """Where an effect is wanted, ``==`` says what comes to be so."""
    match node:
        case Binary(operator="=="):
            return replace(node, operator="=")
        case Chain(operator="&"):
            return replace(node, parts=tuple(_as_effect(part) for part in node.parts))
        case Believing() | Binding():
            return replace(node, body=_as_effect(node.body))
        case Conditional():
            branches = tuple((test, _as_effect(branch)) for test, branch in node.branches)
            last = node.otherwise
            return replace(
                node, branches=branches, otherwise=_as_effect(last) if last is not None else None
            )
    return node


def _entry(key: str, items: Iterable[Item], here: Spot, *words: str) -> Entry:
    named = tuple(_atom(word, here) for word in words)
    return Entry(_atom(key, here), named, tuple(items), here, here)


def _item(value: str | float, here: Spot) -> Item:
    return Item((_word(value, here),), None, here, here)


def _word(value: str | float, here: Spot) -> Word:
    if isinstance(value, _Plain):
        return Word("name", value, here, here)
    if isinstance(value, str):
        return Word("text", quoted(value), here, here)
    return Word("number", repr(float(value)), here, here)


def _several(texts: str | Sequence[str]) -> Sequence[str]:
    return (texts,) if isinstance(texts, str) else texts
