"""Expressions as effects, and as statements about the beginning.

Together with ``values``, the checker: three ways to read a node, by where it stands, as a
condition, as a value, as an effect.
"""

from __future__ import annotations

from msgspec.structs import replace

from unspoken.language.diagnostics import Note
from unspoken.language.facts import fluents
from unspoken.language.lookup import Place, Placed, around_fluent, with_article
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
    Negation,
    Node,
    Test,
    bare,
)
from unspoken.language.types import UNKNOWN, Sort, fits
from unspoken.language.values import COMPARATORS, At, Values
from unspoken.model import (
    And,
    Assign,
    Believes,
    Comparison,
    Expression,
    Fluent,
    If,
    KnowsWhether,
    Not,
    Or,
    Possible,
    Quantifier,
    Quantity,
)

__all__ = ["Checker", "Place", "Placed"]


class Checker(Values):
    """Reads expressions against a world whose types, entities and properties are known."""

    _beginning = False
    """Is what is read about the beginning?"""

    _possible = False
    """Is it something possible, where ``==`` says what may be so?"""

    def statement(self, node: Node, variables: Variables) -> Expression | None:
        """A node in the place of a statement about the beginning."""
        self._beginning = True
        read = self.effect(node, variables)
        self._beginning = False
        return read

    def effect(self, node: Node, variables: Variables) -> Expression | None:
        """A node in the place of something that comes to be so."""
        match node:
            case Group():
                return self.effect(node.body, variables)
            case Bad():
                return None
            case Chain() if node.operator == "&":
                parts = [self.effect(part, variables) for part in node.parts]
                whole = tuple(part for part in parts if part is not None)
                return And(whole, self.span(node)) if len(whole) == len(parts) else None
            case Binary() if node.operator == "=":
                return self._assign(node, variables)
            case Binary() if node.operator in ("==", "!="):
                return self._comparison_as_effect(node, variables)
            case Attitude():
                return self._attitude_as_effect(node, variables)
            case Call():
                attitude = self.as_attitude(node)
                if attitude is not None:
                    return self._attitude_as_effect(attitude, variables)
                return self._comes_true(node, variables)
            case Negation():
                body = bare(node.body)
                if isinstance(body, Call) or (isinstance(body, Believing) and around_fluent(body)):
                    fluent = self._comes_true(body, variables)
                    return Not(fluent, self.span(node)) if fluent is not None else None
            case Believing():
                if around_fluent(node):
                    return self._comes_true(node, variables)
                character = self.character(node.character, variables)
                inner = self.effect(node.body, variables)
                if character is None or inner is None:
                    return None
                return Believes(character, inner, self.span(node))
            case Conditional():
                return self._conditional_effect(node, variables)
            case Binding() if node.quantity == "forall":
                variable, scope = self.bind(node, variables)
                body_effect = self.effect(node.body, scope)
                if body_effect is None:
                    return None
                return Quantifier(Quantity.FORALL, variable, body_effect, self.span(node))
        self.complain("not-an-effect", node, found=_construct(node))
        return None

    def _attitude_as_effect(self, node: Attitude, variables: Variables) -> Expression | None:
        """What is possible, at the beginning; and that somebody gets to know what a fluent is."""
        character = None
        if node.character is not None:
            character = self.character(node.character, variables)
            if character is None:
                return None
        if node.word == "possible" and self._beginning and not self._possible:
            self._possible = True
            alternatives = self._alternatives(node.body, variables)
            self._possible = False
            if alternatives is None:
                return None
            return Possible(character, alternatives, self.span(node))
        if node.word != "knows_whether" or character is None or self._possible:
            self.complain("not-an-effect", node, found=_construct(node))
            return None
        fluent = self.fluent(bare(node.body), variables)
        if fluent is None:
            if not isinstance(bare(node.body), Call | Believing | Bad):
                self.complain("knows-no-fluent", node.body)
            return None
        if not self._beginning:
            told = replace(fluent, minds=(character, *fluent.minds))
            return Assign(told, fluent, self.span(node))
        if fluent.minds:
            self.complain("knows-no-fluent", node.body)
            return None
        return KnowsWhether(character, fluent, self.span(node))

    def _alternatives(self, node: Node, variables: Variables) -> Expression | None:
        """What may be so: statements, joined by ``|`` and ``&``, with conditions on constants."""
        match node:
            case Group():
                return self._alternatives(node.body, variables)
            case Chain():
                parts = [self._alternatives(part, variables) for part in node.parts]
                whole = tuple(part for part in parts if part is not None)
                make = And if node.operator == "&" else Or
                return make(whole, self.span(node)) if len(whole) == len(parts) else None
            case Binding() if node.quantity in ("forall", "exists"):
                variable, scope = self.bind(node, variables)
                body = self._alternatives(node.body, scope)
                if body is None:
                    return None
                return Quantifier(Quantity(node.quantity), variable, body, self.span(node))
            case Believing() if not around_fluent(node):
                character = self.character(node.character, variables)
                inner = self._alternatives(node.body, variables)
                if character is None or inner is None:
                    return None
                return Believes(character, inner, self.span(node))
            case Binary() if isinstance(bare(node.left), Atom) and node.operator in ("==", "!="):
                return self._constant(node, variables)
            case Test() if isinstance(bare(node.body), Atom):
                return self._constant(node, variables)
            case Negation() if isinstance(bare(node.body), Binary | Test):
                return self._constant(node, variables)
        return self.effect(node, variables)

    def _constant(self, node: Node, variables: Variables) -> Expression | None:
        """A condition among alternatives: it can only be about what never changes."""
        condition = self.condition(node, variables)
        if condition is not None and next(fluents(condition), None) is not None:
            self.complain("possible-condition", node)
            return None
        return condition

    def _comes_true(self, node: Node, variables: Variables) -> Fluent | None:
        """A bare fluent as an effect: it becomes True, so it must be a boolean."""
        fluent = self.fluent(node, variables)
        if fluent is None:
            return None
        range_ = fluent.property.range
        if range_ != "boolean" and self.types.is_known(range_):
            self.complain(
                "bare-fluent", node, name=fluent.property.name, range=with_article(range_)
            )
            return None
        return fluent

    def _assign(self, node: Binary, variables: Variables) -> Assign | None:
        fluent = self._left_of_assignment(node, variables)
        value, sort = self.read(node.right, variables)
        if fluent is None or value is None:
            return None
        if not self._assignable(fluent, node.right, sort):
            return None
        return Assign(fluent, value, self.span(node))

    def _left_of_assignment(self, node: Binary, variables: Variables) -> Fluent | None:
        left = bare(node.left)
        if isinstance(left, Bad):
            return None
        if isinstance(left, Call) or (isinstance(left, Believing) and around_fluent(left)):
            return self.fluent(left, variables)
        if node.operator == "=":
            self.read(left, variables)
            return None  # the parser has spoken
        self.complain("not-an-effect", node, found=_construct(node))
        return None

    def _assignable(self, fluent: Fluent, right: Node, sort: Sort) -> bool:
        """The static check: the value's declared type is the fluent's type or below it."""
        range_ = fluent.property.range
        if not self.types.is_known(range_) or fits(sort, range_):
            return True
        if sort == UNKNOWN:
            if range_ != "boolean":
                return True
            self.complain("unknown-boolean", right, name=fluent.property.name)
            return False
        origin = fluent.property.origin
        self.complain(
            "wrong-value",
            right,
            [Note("declared", origin) if origin is not None else None],
            name=fluent.property.name,
            wanted=with_article(range_),
            found=self.kind_in_words(sort),
        )
        return False

    def _comparison_as_effect(self, node: Binary, variables: Variables) -> Expression | None:
        """``f == v`` (and, for a boolean, ``f != v``) is taken as an assignment, as Sabre does."""
        fluent = self._left_of_assignment(node, variables)
        value, sort = self.read(node.right, variables)
        if fluent is None or value is None:
            return None
        if node.operator == "!=" and fluent.property.range != "boolean":
            self.complain("not-an-effect", node, found="`!=`")
            return None
        if not self._assignable(fluent, node.right, sort):
            return None
        if not self._possible:
            self.complain("comparison-as-effect", At(node.at, node.at + 2), operator=node.operator)
        return Comparison(COMPARATORS[node.operator], fluent, value, self.span(node))

    def _conditional_effect(self, node: Conditional, variables: Variables) -> Expression | None:
        branches: list[tuple[Expression, Expression]] = []
        whole = True
        for condition, branch in node.branches:
            test = self.condition(condition, variables)
            effect = self.effect(branch, variables)
            if test is None or effect is None:
                whole = False
            else:
                branches.append((test, effect))
        otherwise: Expression | None = None
        if node.otherwise is not None:
            otherwise = self.effect(node.otherwise, variables)
            whole = whole and otherwise is not None
        return If(tuple(branches), otherwise, self.span(node)) if whole else None


def _construct(node: Node) -> str:
    """What a node is, in words."""
    match node:
        case Chain():
            return f"`{node.operator}`"
        case Binary():
            return f"`{node.operator}`"
        case Binding():
            return f"`{node.quantity}`"
        case Negation():
            return "`!` around more than a property"
        case Test():
            return "a type test"
        case Atom():
            return f"`{node.text}`"
        case Attitude():
            return f"`{node.word}`"
        case _:
            return "this"
