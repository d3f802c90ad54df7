"""Values of the model as pieces of a tree, for ``printer`` and ``inner_printer``.

The pieces have no places (all offsets are 0): nobody wrote them.
"""

from __future__ import annotations

from collections.abc import Iterable

from unspoken.language.tokens import quoted
from unspoken.language.tree import (
    Atom,
    Attitude,
    Believing,
    Binary,
    Binding,
    Call,
    Chain,
    Conditional,
    Entry,
    Item,
    Negation,
    Node,
    ParameterNode,
    Section,
    Signature,
    Test,
    Word,
)
from unspoken.model import (
    And,
    Arithmetic,
    Assign,
    Believes,
    Comparison,
    EntityTerm,
    Expression,
    Fluent,
    If,
    IsA,
    KnowsWhether,
    Literal,
    Not,
    Or,
    Parameter,
    Possible,
    Quantifier,
    Term,
    Unknown,
    Variable,
    VariableTerm,
    number_text,
)

# Expressions.


def tree_of(expression: Expression) -> Node:
    """The tree that reads as the expression."""
    match expression:
        case Literal() | EntityTerm() | VariableTerm():
            return term_atom(expression)
        case Unknown():
            return Atom("unknown", "?", 0, 0)
        case Fluent():
            node: Node = Call(
                name_atom(expression.property.name),
                tuple(map(term_atom, expression.arguments)),
                0,
                0,
            )
            for mind in reversed(expression.minds):
                node = Believing(term_atom(mind), node, 0, 0)
            return node
        case Believes():
            return Believing(term_atom(expression.character), tree_of(expression.expression), 0, 0)
        case Possible():
            whose = expression.character
            body = tree_of(expression.alternatives)
            mind_atom = term_atom(whose) if whose is not None else None
            return Attitude("possible", mind_atom, body, 0, 0)
        case KnowsWhether():
            knower = term_atom(expression.character)
            return Attitude("knows_whether", knower, tree_of(expression.fluent), 0, 0)
        case And() | Or():
            return _chain("&" if isinstance(expression, And) else "|", expression.parts)
        case Not():
            return Negation(tree_of(expression.expression), 0, 0)
        case If():
            branches = tuple((tree_of(c), tree_of(e)) for c, e in expression.branches)
            otherwise = expression.otherwise
            return Conditional(
                branches, tree_of(otherwise) if otherwise is not None else None, 0, 0
            )
        case Quantifier():
            variable = expression.variable
            body = tree_of(expression.body)
            name, kind = name_atom(variable.name), name_atom(variable.type)
            return Binding(expression.quantity.value, name, kind, body, 0, 0)
        case Assign():
            return Binary("=", tree_of(expression.fluent), tree_of(expression.value), 0, 0, 0)
        case Comparison():
            left, right = tree_of(expression.left), tree_of(expression.right)
            return Binary(expression.comparator.value, left, right, 0, 0, 0)
        case IsA():
            return Test(tree_of(expression.expression), name_atom(expression.type), 0, 0)
        case Arithmetic():
            left, right = tree_of(expression.left), tree_of(expression.right)
            return Binary(expression.operator.value, left, right, 0, 0, 0)


def _chain(operator: str, parts: tuple[Expression, ...]) -> Node:
    """One part stands for itself; of no parts, all are true and none is."""
    if not parts:
        return name_atom("True" if operator == "&" else "False")
    if len(parts) == 1:
        return tree_of(parts[0])
    return Chain(operator, tuple(map(tree_of, parts)), (), 0, 0)


def term_atom(term: Term) -> Atom:
    if not isinstance(term, Literal):
        return name_atom(term.name)
    if isinstance(term.value, bool):
        return name_atom(str(term.value))
    return Atom("number", number_text(term.value), 0, 0)


def name_atom(name: str) -> Atom:
    """A name."""
    return Atom("name", name, 0, 0)


# Parts of definitions and sections.


def a_signature(name: str, parameters: Iterable[Parameter]) -> Signature:
    """``name(parameters)``."""
    nodes = tuple(
        ParameterNode(name_atom(one.name), name_atom(one.type), 0, 0)
        if isinstance(one, Variable)
        else ParameterNode(term_atom(one), None, 0, 0)
        for one in parameters
    )
    return Signature(name_atom(name), nodes, 0, 0)


def a_section(
    kind: str, name: str, parameters: Iterable[Parameter], entries: Iterable[Entry]
) -> Section:
    """A section with parameters."""
    signature = a_signature(name, parameters)
    return Section(kind, signature.name, signature.parameters, tuple(entries), 0, 0)


def an_entry(key: str, items: Iterable[Item], *words: str) -> Entry:
    """``key words: items``."""
    return Entry(name_atom(key), tuple(map(name_atom, words)), tuple(items), 0, 0)


def a_texts(key: str, texts: Iterable[str], *words: str) -> Entry:
    """``key words: "text", "text"``."""
    return an_entry(key, [a_words(text_word(text)) for text in texts], *words)


def a_words(*words: Word) -> Item:
    """One of the things after a key."""
    return Item(words, None, 0, 0)


def text_word(text: str) -> Word:
    """A text in quotation marks."""
    return Word("text", quoted(text), 0, 0)


def plain_word(word: str) -> Word:
    """A word without quotation marks."""
    return Word("name", word, 0, 0)


def number_word(value: float) -> Word:
    """A number in digits."""
    return Word("number", number_text(float(value)), 0, 0)
