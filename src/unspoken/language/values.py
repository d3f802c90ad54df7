"""Expressions as values and conditions: from the tree to the model, every type checked.

``read`` gives the model's expression, or None where something is wrong that has been said (what
contains a None is None, silently), and all that is known about its type.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from msgspec.structs import replace

from unspoken.language.lookup import Lookup, around_fluent
from unspoken.language.operands import ATTITUDES
from unspoken.language.scope import Variables
from unspoken.language.tree import (
    Atom,
    Attitude,
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
    bare,
)
from unspoken.language.types import ANY, BOOLEAN, NUMBER, UNKNOWN, Sort
from unspoken.model import (
    And,
    Arithmetic,
    Believes,
    Comparator,
    Comparison,
    Expression,
    Fluent,
    If,
    IsA,
    Literal,
    Not,
    Operator,
    Or,
    Quantifier,
    Quantity,
    Span,
    Term,
    Unknown,
    Variable,
)

Read: TypeAlias = tuple[Expression | None, Sort]

COMPARATORS = {comparator.value: comparator for comparator in Comparator}
_OPERATORS = {operator.value: operator for operator in Operator}


_TIMES = {"knows": 1, "knows_whether": 2, "possible": 0}
"""How often each doubles what it is about."""

_MOST_KNOWN = 10


class Values(Lookup):
    """Reads nodes in the places of values and conditions."""

    _known = 0

    # Conditions.

    def condition(self, node: Node, variables: Variables) -> Expression | None:
        """A node in the place of something true or false."""
        expression, sort = self.read(node, variables)
        return expression if self._wants(BOOLEAN, "boolean", node, sort) else None

    def number(self, node: Node, variables: Variables) -> Expression | None:
        """A node in the place of a number."""
        expression, sort = self.read(node, variables)
        return expression if self._wants(NUMBER, "number", node, sort) else None

    def _wants(self, wanted: Sort, name: str, node: Node, sort: Sort) -> bool:
        if sort in (wanted, ANY):
            return True
        if sort == UNKNOWN and name == "number":
            return True
        self.complain(f"not-{name}", node, found=self.kind_in_words(sort))
        return False

    # Values (and everything else that is no effect).

    def read(self, node: Node, variables: Variables) -> Read:
        """A node as a value, with all that is known about its type."""
        match node:
            case Atom():
                return self._atom(node, variables)
            case Call():
                return self._call(node, variables)
            case Binary():
                return self._binary(node, variables)
            case Chain():
                return self._chain(node, variables)
            case Believing():
                return self._believing(node, variables)
            case Attitude():
                return self._attitude(node, variables), BOOLEAN
            case Group():
                return self.read(node.body, variables)
            case Negation():
                body = self.condition(node.body, variables)
                return (Not(body, self.span(node)) if body is not None else None), BOOLEAN
            case Conditional():
                return self._conditional(node, variables)
            case Binding():
                return self._binding(node, variables)
            case Test():
                return self._test(node, variables)
            case Minus():
                return self._minus(node, variables)
            case Bad():
                return None, ANY

    def _atom(self, node: Atom, variables: Variables) -> Read:
        if node.kind == "number":
            return Literal(float(node.text), self.span(node)), NUMBER
        if node.kind == "unknown":
            return Unknown(self.span(node)), UNKNOWN
        if node.text in ("True", "False"):
            return Literal(node.text == "True", self.span(node)), BOOLEAN
        argument = self._name(node, variables)
        return (argument.term, argument.sort) if argument is not None else (None, ANY)

    def _call(self, node: Call, variables: Variables) -> Read:
        is_belief = node.name.text == "believes" and len(node.arguments) == 2
        if is_belief and not self.properties.named("believes"):
            character, body = node.arguments
            return self.read(Believing(character, body, node.start, node.end), variables)
        attitude = self.as_attitude(node)
        if attitude is not None:
            return self.read(attitude, variables)
        fluent = self.fluent(node, variables)
        if fluent is None:
            return None, ANY
        return fluent, self.types.sort(fluent.property.range)

    def as_attitude(self, node: Call) -> Attitude | None:
        """``knows(c, x)`` with a bare word is an attitude, unless a property is called so."""
        word, given = node.name.text, node.arguments
        if word not in ATTITUDES or len(given) != 2 or self.properties.named(word):
            return None
        return Attitude(word, given[0], given[1], node.start, node.end)

    def _attitude(self, node: Attitude, variables: Variables) -> Expression | None:
        """What somebody knows, or takes to be possible, in terms of what it believes."""
        if node.character is None:
            self.complain("whose-possibility", node)
            return None
        # What is known is said more than once, within another again for each time.
        self._known += _TIMES[node.word]
        if self._known > _MOST_KNOWN:
            self.complain("too-deep", node, limit=_MOST_KNOWN)
            fact = None
        else:
            fact = self._what_is_known(node, variables)
        self._known -= _TIMES[node.word]
        character = self.character(node.character, variables)
        if fact is None or character is None:
            return None
        span = self.span(node)
        if isinstance(fact, Fluent) and fact.property.range != "boolean":
            same = Comparison(Comparator.EQ, believed(character, fact, span), fact, span)
            return And((same, Comparison(Comparator.NE, fact, Unknown(span), span)), span)
        denied = fact.expression if isinstance(fact, Not) else Not(fact, fact.origin)
        if node.word == "possible":
            return Not(believed(character, denied, span), span)
        known = And((fact, believed(character, fact, span)), span)
        if node.word == "knows":
            return known
        return Or((known, And((denied, believed(character, denied, span)), span)), span)

    def _what_is_known(self, node: Attitude, variables: Variables) -> Expression | None:
        """What somebody may know: that something is so; of what it knows whether, what a property
        is, too, as where it gets to know it."""
        if node.word != "knows_whether" or not isinstance(bare(node.body), Call | Believing):
            return self.condition(node.body, variables)
        expression, sort = self.read(bare(node.body), variables)
        if isinstance(expression, Fluent):
            return expression
        return expression if self._wants(BOOLEAN, "boolean", node.body, sort) else None

    def _believing(self, node: Believing, variables: Variables) -> Read:
        inner = bare(node.body)
        if isinstance(inner, Call) or (isinstance(inner, Believing) and around_fluent(inner)):
            fluent = self.fluent(node, variables)
            if fluent is None:
                return None, ANY
            return fluent, self.types.sort(fluent.property.range)
        character = self.character(node.character, variables)
        expression, sort = self.read(inner, variables)
        if character is None or expression is None:
            return None, sort
        return Believes(character, expression, self.span(node)), sort

    def _chain(self, node: Chain, variables: Variables) -> Read:
        parts = [self.condition(part, variables) for part in node.parts]
        whole = tuple(part for part in parts if part is not None)
        if len(whole) < len(parts):
            return None, BOOLEAN
        make = And if node.operator == "&" else Or
        return make(whole, self.span(node)), BOOLEAN

    def _conditional(self, node: Conditional, variables: Variables) -> Read:
        branches: list[tuple[Expression | None, Expression | None]] = []
        sorts: list[tuple[Node, Sort]] = []
        for condition, branch in node.branches:
            test = self.condition(condition, variables)
            expression, sort = self.read(branch, variables)
            branches.append((test, expression))
            sorts.append((branch, sort))
        otherwise: Expression | None = None
        if node.otherwise is not None:
            otherwise, sort = self.read(node.otherwise, variables)
            sorts.append((node.otherwise, sort))
        elif sorts[0][1] not in (BOOLEAN, ANY):
            found = self.kind_in_words(sorts[0][1])
            self.complain("missing-else", node, found=found)
            return None, ANY
        common = self._common(sorts)
        whole = tuple((c, e) for c, e in branches if c is not None and e is not None)
        if len(whole) < len(branches) or (node.otherwise is not None and otherwise is None):
            return None, common
        return If(whole, otherwise, self.span(node)), common

    def _common(self, sorts: Sequence[tuple[Node, Sort]]) -> Sort:
        """What is known about a thing that is one of several."""
        known = [(node, sort) for node, sort in sorts if sort not in (UNKNOWN, ANY)]
        if len(known) < len(sorts) and any(sort == ANY for _, sort in sorts):
            return ANY
        if not known:
            return UNKNOWN
        common = known[0][1]
        for node, sort in known[1:]:
            if not common & sort:
                self.complain(
                    "mixed-branches",
                    node,
                    first=self.kind_in_words(known[0][1]),
                    found=self.kind_in_words(sort),
                )
                return ANY
            common &= sort
        return common

    def bind(self, node: Binding, variables: Variables) -> tuple[Variable, Variables]:
        """The variable of a quantifier, and the scope of its body."""
        kind = self.variable_type(node.type)
        variable = Variable(
            node.variable.text, kind, self.place(node.variable.start, node.type.end)
        )
        self.warn_hiding(node.variable, variables)
        return variable, {**variables, variable.name: variable}

    def _binding(self, node: Binding, variables: Variables) -> Read:
        variable, inner = self.bind(node, variables)
        quantity = Quantity(node.quantity)
        truth = quantity in (Quantity.FORALL, Quantity.EXISTS)
        body = self.condition(node.body, inner) if truth else self.number(node.body, inner)
        sort = BOOLEAN if truth else NUMBER
        if body is None:
            return None, sort
        return Quantifier(quantity, variable, body, self.span(node)), sort

    def _binary(self, node: Binary, variables: Variables) -> Read:
        if node.operator == "=":
            self.complain("assignment-in-condition", At(node.at, node.at + 1))
            self.read(node.left, variables)
            self.read(node.right, variables)
            return None, ANY
        if node.operator in _OPERATORS:
            left = self.number(node.left, variables)
            right = self.number(node.right, variables)
            if left is None or right is None:
                return None, NUMBER
            operator = _OPERATORS[node.operator]
            return Arithmetic(operator, left, right, self.span(node)), NUMBER
        left, left_sort = self.read(node.left, variables)
        right, right_sort = self.read(node.right, variables)
        if left is None or right is None:
            return None, BOOLEAN
        self._warn_unlike(node, left_sort, right_sort)
        comparator = COMPARATORS[node.operator]
        return Comparison(comparator, left, right, self.span(node)), BOOLEAN

    def _warn_unlike(self, node: Binary, left: Sort, right: Sort) -> None:
        """Comparing unlike kinds is legal and never equal: probably a slip."""
        if node.operator == "!=" or UNKNOWN in (left, right) or ANY in (left, right):
            return
        if node.operator == "==" and left & right:
            return
        if node.operator in ("<", ">", "<=", ">=") and left == right == NUMBER:
            return
        self.complain(
            "unlike-comparison" if node.operator == "==" else "unordered-comparison",
            node,
            left=self.kind_in_words(left),
            right=self.kind_in_words(right),
            operator=node.operator,
        )

    def _test(self, node: Test, variables: Variables) -> Read:
        expression, _ = self.read(node.body, variables)
        if not self.types.is_known(node.type.text):
            if node.type.text not in self.broken:
                self.complain(
                    "unknown-type", node.type, name=node.type.text, known=self.types.names()
                )
            return None, BOOLEAN
        if expression is None:
            return None, BOOLEAN
        return IsA(expression, node.type.text, self.span(node)), BOOLEAN

    def _minus(self, node: Minus, variables: Variables) -> Read:
        body = self.number(node.body, variables)
        if body is None:
            return None, NUMBER
        if isinstance(body, Literal) and isinstance(bare(node.body), Atom):
            return Literal(0.0 - body.value, self.span(node)), NUMBER
        zero = Literal(0.0, self.span(node))
        return Arithmetic(Operator.SUBTRACT, zero, body, self.span(node)), NUMBER


def believed(character: Term, fact: Expression, origin: Span | None) -> Expression:
    """That somebody believes something."""
    if isinstance(fact, Fluent):
        return replace(fact, minds=(character, *fact.minds), origin=origin)
    return Believes(character, fact, origin)


class At:
    """A place without a node, such as that of an operator."""

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
