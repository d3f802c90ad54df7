"""Trees as fully bracketed text, for tests."""

from __future__ import annotations

from unspoken.language.parser import read_tree
from unspoken.language.tree import (
    Atom,
    Bad,
    Believing,
    Binary,
    Binding,
    Call,
    Chain,
    Conditional,
    Group,
    Minus,
    Negation,
    Node,
    Test,
    UtilityDefinition,
)
from unspoken.model import Source

SABRE, MATHEMATICS = "", "unspoken 1; "


def shape(node: Node) -> str:
    """The tree with one pair of brackets around each operator's expression, and no others."""
    match node:
        case Bad():
            return "BAD"
        case Atom():
            return node.text
        case Call():
            return f"{node.name.text}({', '.join(one.text for one in node.arguments)})"
        case Believing():
            return f"believes({node.character.text}, {shape(node.body)})"
        case Group():
            return shape(node.body)
        case Chain():
            return "(" + f" {node.operator} ".join(shape(part) for part in node.parts) + ")"
        case Negation():
            return f"!{shape(node.body)}"
        case Minus():
            return f"-{shape(node.body)}"
        case Conditional():
            words = [
                f"{'elseif' if number else 'if'}({shape(condition)}) {shape(branch)}"
                for number, (condition, branch) in enumerate(node.branches)
            ]
            if node.otherwise is not None:
                words.append(f"else {shape(node.otherwise)}")
            return f"({' '.join(words)})"
        case Binding():
            variable = f"{node.variable.text} : {node.type.text}"
            return f"({node.quantity}({variable}) {shape(node.body)})"
        case Binary():
            return f"({shape(node.left)} {node.operator} {shape(node.right)})"
        case Test():
            return f"({shape(node.body)} : {node.type.text})"


def read_expression(text: str, reading: str) -> tuple[str, list[str]]:
    """The shape of an expression in a reading, and the codes of what is wrong with it."""
    file, diagnostics = read_tree(Source("<test>", f"{reading}utility(): {text};"))
    (definition,) = file.definitions
    assert isinstance(definition, UtilityDefinition)
    return shape(definition.expression), [one.code for one in diagnostics]
