"""What the parser makes of a text: a tree as written, brackets and all, nothing looked up yet.

Read by ``resolve`` (which finds out what the names mean) and by ``format`` (which prints it
again). Every node has character offsets; a stretch that could not be read is a ``Bad`` node, about
which everybody else keeps quiet, since the parser has spoken.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct, field

from unspoken.language.tokens import Comment
from unspoken.model import Source

AtomKind: TypeAlias = Literal["name", "number", "unknown", "any", "text"]


class Bad(Struct):
    """What could not be read."""

    start: int
    end: int


class Atom(Struct):
    """One word: a name (also ``True`` and ``False``), a number, or ``?``; in a use of an event also
    ``*``, whatever it is; as a section's name also a text."""

    kind: AtomKind
    text: str
    start: int
    end: int


class Call(Struct):
    """``name(word, word)``: a property of given things."""

    name: Atom
    arguments: tuple[Atom, ...]
    start: int
    end: int


class Believing(Struct):
    """``believes(character, body)``."""

    character: Atom
    body: Node
    start: int
    end: int


class Attitude(Struct):
    """``knows(character, body)``, ``knows_whether(...)``, ``possible(...)``; of ``possible(body)``
    everybody is the subject (``character`` None)."""

    word: str
    character: Atom | None
    body: Node
    start: int
    end: int


class Group(Struct):
    """``(body)``: brackets that somebody wrote."""

    body: Node
    start: int
    end: int


class Chain(Struct):
    """``a & b & c`` or ``a | b | c``. ``operators`` are the offsets of the signs."""

    operator: str
    parts: tuple[Node, ...]
    operators: tuple[int, ...]
    start: int
    end: int


class Negation(Struct):
    """``!body``."""

    body: Node
    start: int
    end: int


class Minus(Struct):
    """``-body``, which only mathematics knows (not Sabre)."""

    body: Node
    start: int
    end: int


class Conditional(Struct):
    """``if(condition) node elseif(condition) node else otherwise``."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node | None
    start: int
    end: int


class Binding(Struct):
    """``forall(variable : type) body`` and its three sisters."""

    quantity: str
    variable: Atom
    type: Atom
    body: Node
    start: int
    end: int


class Binary(Struct):
    """``left operator right``: ``=``, a comparison or arithmetic. ``at``: the sign's offset."""

    operator: str
    left: Node
    right: Node
    at: int
    start: int
    end: int


class Test(Struct):
    """``body : type``."""

    body: Node
    type: Atom
    start: int
    end: int


Node: TypeAlias = (
    Bad
    | Atom
    | Call
    | Believing
    | Attitude
    | Group
    | Chain
    | Negation
    | Minus
    | Conditional
    | Binding
    | Binary
    | Test
)


def children(node: Node) -> Iterator[Node]:
    """The expressions directly inside an expression, left to right."""
    if isinstance(node, Believing | Attitude | Group | Negation | Minus | Binding | Test):
        yield node.body
    elif isinstance(node, Chain):
        yield from node.parts
    elif isinstance(node, Binary):
        yield node.left
        yield node.right
    elif isinstance(node, Conditional):
        for condition, branch in node.branches:
            yield condition
            yield branch
        if node.otherwise is not None:
            yield node.otherwise


def bare(node: Node) -> Node:
    """The node inside any brackets around it."""
    while isinstance(node, Group):
        node = node.body
    return node


def shape(node: Node) -> object:
    """What a node says, without places and brackets: equal for two texts that say the same."""
    match node:
        case Atom():
            if node.kind == "number":
                return float(node.text)
            return node.text
        case Call() if node.name.text == "believes" and len(node.arguments) == 2:
            return ("believes", *(shape(one) for one in node.arguments))
        case Call():
            return ("call", node.name.text, *(shape(one) for one in node.arguments))
        case Group():
            return shape(node.body)
        case Believing():
            return ("believes", shape(node.character), shape(node.body))
        case Attitude():
            whose = node.character and shape(node.character)
            return (node.word, whose, shape(node.body))
        case Binding():
            words = (node.quantity, node.variable.text, node.type.text)
            return (*words, shape(node.body))
        case Test():
            return (":", shape(node.body), node.type.text)
        case Conditional():
            branches = tuple((shape(c), shape(e)) for c, e in node.branches)
            return ("if", branches, node.otherwise and shape(node.otherwise))
        case Chain() | Binary():
            return (node.operator, *(shape(one) for one in children(node)))
        case Bad():
            return ("bad",)
    return (type(node).__name__, *(shape(one) for one in children(node)))


# Definitions.


class ParameterNode(Struct):
    """``name : type``, or a bare constant (``type`` None)."""

    name: Atom
    type: Atom | None
    start: int
    end: int


class Signature(Struct):
    name: Atom
    parameters: tuple[ParameterNode, ...]
    start: int
    end: int


class TypeDefinition(Struct):
    name: Atom
    parents: tuple[Atom, ...]
    start: int
    end: int


class EntityDefinition(Struct):
    name: Atom
    types: tuple[Atom, ...]
    start: int
    end: int


class PropertyDefinition(Struct):
    signature: Signature
    range: Atom
    start: int
    end: int


class Part(Struct):
    """``precondition: ...``, ``effect: ...``, ``consenting: ...`` or ``observing(v : T): ...``:
    of ``expression``, ``names`` and ``variable`` those that the key calls for."""

    key: Atom
    expression: Node | None
    names: tuple[Atom, ...]
    variable: ParameterNode | None
    start: int
    end: int


class EventDefinition(Struct):
    """An action or a trigger."""

    kind: Literal["action", "trigger"]
    signature: Signature
    parts: tuple[Part, ...]
    start: int
    end: int


class UtilityDefinition(Struct):
    character: Atom | None
    expression: Node
    start: int
    end: int


class Statement(Struct):
    """A statement about the beginning."""

    expression: Node
    start: int
    end: int


class Item(Struct):
    """One of the things after a key: words, numbers and texts, or an expression, or a use of an
    event (a ``Call``, or an ``Atom`` for all of that name). Both: ``happens`` before a use, or
    ``mistaken`` and whose mistake it is before the fact."""

    words: tuple[Word, ...]
    expression: Node | None
    start: int
    end: int


class Word(Struct):
    """A word, number or text of one of our sections, as written."""

    kind: Literal["name", "number", "text"]
    text: str
    start: int
    end: int


class Entry(Struct):
    """``key word*: item, item``."""

    key: Atom
    words: tuple[Atom, ...]
    items: tuple[Item, ...]
    start: int
    end: int


class Section(Struct):
    """One of ``forms`` with its entries. ``whole``: none of them had to be left out."""

    kind: str
    name: Atom | None
    parameters: tuple[ParameterNode, ...]
    entries: tuple[Entry, ...]
    start: int
    end: int
    whole: bool = True


class ApparatusDefinition(Struct):
    """``title "..."`` and its like."""

    key: Atom
    texts: tuple[Word, ...]
    start: int
    end: int


Definition: TypeAlias = (
    TypeDefinition
    | EntityDefinition
    | PropertyDefinition
    | EventDefinition
    | UtilityDefinition
    | Statement
    | Section
    | ApparatusDefinition
)


class File(Struct):
    """A whole text. ``version`` None: read as Sabre reads; 1: operators bind as in mathematics.
    ``version_place``: the offsets of the version line. ``broken``: names that definitions which
    could not be read seem to declare; that they are unknown is not worth saying."""

    source: Source
    version: int | None
    definitions: tuple[Definition, ...]
    comments: list[Comment] = field(default_factory=list)
    version_place: tuple[int, int] = (0, 0)
    broken: frozenset[str] = frozenset()
