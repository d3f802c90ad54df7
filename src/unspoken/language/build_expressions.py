"""Expressions from Python, and the pieces of trees that ``build`` and ``build_inner`` make of them.

Receives Python values and operators on them; hands on nodes of the tree, each with the place of the
call that made it. Authors import everything from ``build``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import EllipsisType
from typing import NoReturn, TypeAlias

from unspoken.language.diagnostics import DiagnosticError, problem
from unspoken.language.origins import Spot, caller
from unspoken.language.tokens import quoted, tokenize
from unspoken.language.tree import (
    Atom,
    Attitude,
    Believing,
    Binary,
    Binding,
    Call,
    Chain,
    Conditional,
    Definition,
    Entry,
    Item,
    Negation,
    Node,
    ParameterNode,
    Section,
    Test,
    Word,
)
from unspoken.model import Source

_BUILDERS = tuple(
    str(Path(__file__).with_name(f"{name}.py"))
    for name in ("build", "build_expressions", "build_inner")
)
"""The files between an author's line and the tree."""

Value: TypeAlias = "Expr | bool | int | float | None"
"""What may stand as a value: an expression, a constant, or None for the unknown."""

Conditions: TypeAlias = "Expr | bool | Sequence[Expr]"
"""One, or several that must all hold (or all come to be so)."""


def spot_here() -> Spot:
    return caller(*_BUILDERS)


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
        here = spot_here()
        return Piece(Negation(self.node, here, here))

    def becomes(self, value: Value) -> Expr:
        """The effect that this property gets the value. (``==`` says the same in an effect.)"""
        return _binary("=", self, value)

    def is_a(self, kind: Kind) -> Expr:
        """Whether it is of a type."""
        here = spot_here()
        return Piece(Test(self.node, an_atom(kind.name, here), here, here))

    def __bool__(self) -> NoReturn:
        raise DiagnosticError([problem("truth-of-expression", spot_here().span)])

    __hash__ = None  # type: ignore[assignment]


class Kind:
    """A type. Called with a name, it makes a variable of that type."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, name: str) -> Variable:
        here = spot_here()
        return Variable(new_name(name, here), self, here)

    def __repr__(self) -> str:
        return f"<type {self.name}>"


class Piece(Expr):
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
        here = spot_here()
        arguments = tuple(an_argument(thing, here) for thing in things)
        return Piece(Call(an_atom(self.name, here), arguments, here, here))

    def __repr__(self) -> str:
        return f"<property {self.name}>"


boolean = Kind("boolean")
number = Kind("number")
entity = Kind("entity")
character = Kind("character")
unknown = Piece(Atom("unknown", "?", 0, 0))


# Expressions that Python has no operators for.


def believes(who: Expr, what: Conditions) -> Expr:
    """What is so in somebody's mind."""
    here = spot_here()
    return Piece(Believing(an_argument(who, here), conjoined(what, here), here, here))


def knows(who: Expr, what: Conditions) -> Expr:
    """That something is so, and somebody believes it."""
    return _attitude("knows", who, what)


def knows_whether(who: Expr, what: Conditions) -> Expr:
    """That somebody knows of something that it is so, or knows that it is not. As an effect or a
    statement about the beginning: that it (gets to) know what a property is."""
    return _attitude("knows_whether", who, what)


def possible(*who_and_what: Conditions) -> Expr:
    """That somebody takes something to be possible: ``possible(who, what)``. As a statement about
    the beginning, what it takes to be possible; without ``who``, what everybody does."""
    *who, what = who_and_what
    return _attitude("possible", who[0] if who else None, what)


def when(condition: Conditions, then: Value, otherwise: Value | EllipsisType = ...) -> Expr:
    """``if(condition) then else otherwise``; without ``otherwise``, a truth or an effect."""
    here = spot_here()
    last = None if isinstance(otherwise, EllipsisType) else lifted(otherwise, here)
    return Piece(Conditional(((conjoined(condition, here), lifted(then, here)),), last, here, here))


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


# Trees.


class Plain(str):
    """A word of a section that is no text."""


def an_atom(name: str, here: Spot) -> Atom:
    return Atom("name", name, here, here)


def new_name(name: str, here: Spot) -> Atom:
    """A name that is new. Raises DiagnosticError if no text could say it."""
    tokens = tokenize(Source("", name)).tokens
    if len(tokens) != 2 or tokens[0].kind != "name" or name in ("True", "False"):
        raise DiagnosticError([problem("bad-name", here.span, name=name)])
    return an_atom(tokens[0].text, here)


def lifted(value: object, here: Spot) -> Node:
    if isinstance(value, Expr):
        node = value.node
        return Atom(node.kind, node.text, here, here) if isinstance(node, Atom) else node
    if value is None:
        return Atom("unknown", "?", here, here)
    if isinstance(value, bool):
        return an_atom(str(value), here)
    if isinstance(value, int | float):
        return Atom("number", repr(float(value)), here, here)
    raise DiagnosticError([problem("foreign-value", here.span, found=type(value).__name__)])


def an_argument(value: object, here: Spot) -> Atom:
    node = lifted(value, here)
    if not isinstance(node, Atom):
        raise DiagnosticError([problem("nested-argument", here.span, name="believes")])
    return node


def conjoined(conditions: object, here: Spot) -> Node:
    """One condition, or several joined."""
    if not isinstance(conditions, list | tuple):
        return lifted(conditions, here)
    nodes = tuple(lifted(one, here) for one in conditions)
    if len(nodes) == 1:
        return nodes[0]
    return Chain("&", nodes, (), here, here) if nodes else an_atom("True", here)


def _binary(operator: str, left: object, right: object) -> Expr:
    here = spot_here()
    return Piece(Binary(operator, lifted(left, here), lifted(right, here), here, here, here))


def _chain(operator: str, left: Expr, right: object) -> Expr:
    here = spot_here()
    first: tuple[Node, ...] = (left.node,)
    if isinstance(left.node, Chain) and left.node.operator == operator:
        first = left.node.parts
    return Piece(Chain(operator, (*first, lifted(right, here)), (), here, here))


def _attitude(word: str, who: object, what: object) -> Expr:
    here = spot_here()
    whose = None if who is None else an_argument(who, here)
    return Piece(Attitude(word, whose, conjoined(what, here), here, here))


def _bind(quantity: str, variable: Variable, body: object) -> Expr:
    here = spot_here()
    name, kind = an_argument(variable, here), an_atom(variable.kind.name, here)
    return Piece(Binding(quantity, name, kind, conjoined(body, here), here, here))


def parameter_of(value: Expr, here: Spot) -> ParameterNode:
    kind = an_atom(value.kind.name, here) if isinstance(value, Variable) else None
    return ParameterNode(an_argument(value, here), kind, here, here)


def an_entry(key: str, items: Iterable[Item], here: Spot, *words: str) -> Entry:
    named = tuple(an_atom(word, here) for word in words)
    return Entry(an_atom(key, here), named, tuple(items), here, here)


def an_item(value: str | float, here: Spot) -> Item:
    return Item((word_of(value, here),), None, here, here)


def word_of(value: str | float, here: Spot) -> Word:
    if isinstance(value, Plain):
        return Word("name", value, here, here)
    if isinstance(value, str):
        return Word("text", quoted(value), here, here)
    return Word("number", repr(float(value)), here, here)


def several(texts: str | Sequence[str]) -> Sequence[str]:
    return (texts,) if isinstance(texts, str) else texts


# Worlds.


class Building:
    """Definitions in the making."""

    def __init__(self) -> None:
        self._definitions: list[Definition] = []

    def _section(
        self, kind: str, name: Atom, parameters: Sequence[Expr], entries: list[Entry], here: Spot
    ) -> None:
        nodes = tuple(parameter_of(one, here) for one in parameters)
        self._definitions.append(Section(kind, name, nodes, tuple(entries), here, here))
