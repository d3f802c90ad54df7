"""What can be said in a storyworld: expressions over fluents and beliefs, as frozen values.

Made by ``language`` (from text) or by an author (from Python), read by ``compiled``. Equality is
equality of meaning-as-written: origins do not count. Nothing here evaluates anything.

The grammar and every reading is that of the Sabre planner 0.8 (Ware and Siler 2021).
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from msgspec.structs import force_setattr

from unspoken.model.origin import Span, Written


class Variable(Written, frozen=True):
    """A typed name that ranges over the entities of its type (or over False, True)."""

    name: str
    type: str
    origin: Span | None = None


class Literal(Written, frozen=True):
    """``True``, ``False`` or a number (always a float: ``Literal(1.0)``)."""

    value: bool | float
    origin: Span | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.value, bool):
            force_setattr(self, "value", float(self.value))

    def __eq__(self, other: object) -> bool:
        # True == 1.0 in Python, but not in a storyworld.
        return (
            isinstance(other, Literal)
            and isinstance(self.value, bool) == isinstance(other.value, bool)
            and self.value == other.value
        )

    def __hash__(self) -> int:
        return hash((isinstance(self.value, bool), self.value))


class Unknown(Written, frozen=True):
    """The value written ``?``."""

    origin: Span | None = None


class EntityTerm(Written, frozen=True):
    """An entity, by name."""

    name: str
    origin: Span | None = None


class VariableTerm(Written, frozen=True):
    """A use of a parameter or of a quantifier's variable; the innermost binder of the name."""

    name: str
    origin: Span | None = None


Term: TypeAlias = EntityTerm | VariableTerm | Literal
"""What may stand as an argument: an entity, a variable, or a constant that a signature names."""

Parameter: TypeAlias = Variable | EntityTerm | Literal
"""A place in a signature: a typed variable, or one fixed constant."""


class Property(Written, frozen=True):
    """A declared property. ``range`` is ``boolean``, ``number`` or a type's name.

    ``whole``: a number of an inner life, which who is surprised moves by whole steps rather than
    know it no more. ``unknown_to``: who takes it to be false at the beginning, in whoever's mind,
    where nothing else is said of them. No text declares either; ``compiled.lower`` says it of what
    sections declare.
    """

    name: str
    parameters: tuple[Parameter, ...]
    range: str
    origin: Span | None = None
    whole: bool = False
    unknown_to: tuple[str, ...] = ()
    aside = frozenset({"origin", "whole", "unknown_to"})


class Fluent(Written, frozen=True):
    """A property of given things: ``at(Tara)``; with minds, outermost first,
    ``believes(Tara, believes(Willow, at(Tara)))`` is ``Fluent(at, (Tara,), (Tara, Willow))``."""

    property: Property
    arguments: tuple[Term, ...] = ()
    minds: tuple[Term, ...] = ()
    origin: Span | None = None


class Believes(Written, frozen=True):
    """``believes(c, e)`` around anything but a fluent: e with every fluent read in c's mind."""

    character: Term
    expression: Expression
    origin: Span | None = None


class Possible(Written, frozen=True):
    """Of the beginning: what somebody (None: everybody, and that is common knowledge) takes to be
    possible. ``alternatives`` is a disjunction of statements, each of what may be so; ``Or`` and
    ``exists`` may stand anywhere in it, and conditions on constants."""

    character: Term | None
    alternatives: Expression
    origin: Span | None = None


class KnowsWhether(Written, frozen=True):
    """Of the beginning: somebody knows what a fluent is, and that is common knowledge. (As a
    condition, knowing is written out in terms of ``believes``.)"""

    character: Term
    fluent: Fluent
    origin: Span | None = None


class And(Written, frozen=True):
    parts: tuple[Expression, ...]
    origin: Span | None = None


class Or(Written, frozen=True):
    parts: tuple[Expression, ...]
    origin: Span | None = None


class Not(Written, frozen=True):
    expression: Expression
    origin: Span | None = None


class If(Written, frozen=True):
    """``if(c) e elseif(c) e else e``; without ``else`` the missing branch is True."""

    branches: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression | None = None
    origin: Span | None = None


class Quantity(Enum):
    """The four binders: two make a truth of truths, two a number of numbers."""

    FORALL = "forall"
    EXISTS = "exists"
    SUM = "sum"
    PRODUCT = "product"


class Quantifier(Written, frozen=True):
    quantity: Quantity
    variable: Variable
    body: Expression
    origin: Span | None = None


class Assign(Written, frozen=True):
    """``fluent = value``: an effect or an initial statement, never a condition."""

    fluent: Fluent
    value: Expression
    origin: Span | None = None


class Comparator(Enum):
    EQ = "=="
    NE = "!="
    GE = ">="
    LE = "<="
    GT = ">"
    LT = "<"


class Comparison(Written, frozen=True):
    comparator: Comparator
    left: Expression
    right: Expression
    origin: Span | None = None


class IsA(Written, frozen=True):
    """``e : type``, a type test."""

    expression: Expression
    type: str
    origin: Span | None = None


class Operator(Enum):
    MULTIPLY = "*"
    DIVIDE = "/"
    ADD = "+"
    SUBTRACT = "-"


class Arithmetic(Written, frozen=True):
    operator: Operator
    left: Expression
    right: Expression
    origin: Span | None = None


Expression: TypeAlias = (
    Literal
    | Unknown
    | EntityTerm
    | VariableTerm
    | Fluent
    | Believes
    | Possible
    | KnowsWhether
    | And
    | Or
    | Not
    | If
    | Quantifier
    | Assign
    | Comparison
    | IsA
    | Arithmetic
)

TRUE = Literal(True)
FALSE = Literal(False)


def number_text(value: float) -> str:
    """A number as a storyworld writes it, in digits, without an exponent.

    Raises ValueError for one that is not finite, which no text can say.
    """
    number = Decimal(repr(float(value)))
    if not number.is_finite():
        raise ValueError(f"{value} cannot be written in a storyworld")
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
