"""A question as it is understood, and its form in the formal language, which gives it back.

Comes first among what answers questions about a chronicle. Receives nothing; knows neither English
nor any chronicle.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from unspoken.chronicle.events import Chain, Value
from unspoken.chronicle.words import value_text
from unspoken.language.printer import expression_text
from unspoken.model import (
    And,
    Believes,
    Comparator,
    Comparison,
    EntityTerm,
    Expression,
    Fluent,
    Not,
    Or,
    Property,
    Term,
    Unknown,
)
from unspoken.model import Literal as Constant
from unspoken.telling.propositions import walk

Head = Literal[
    "whether",  # is it so
    "value",  # what value something has: where somebody is, who the thief is
    "which",  # who or what it is so of
    "who",  # who holds it, or knows it
    "since",  # since when it is so: through which events, from whom
    "thinks",  # what somebody holds, of the world or of another mind
    "knowledge",  # what of that is so
    "possibilities",  # what may be one way or another, to somebody
    "wrong",  # who is wrong about what, about the world and about minds
    "common",  # what is common knowledge in a group
    "unknown",  # what somebody does not know
    "hides",  # what somebody knows, and others do not
    "did",  # what somebody did
    "said",  # what somebody said, or said to somebody
    "lied",  # who said what they held to be false
    "happened",  # whether an act was done, when, and by whom
    "perceived",  # what somebody perceived
    "wants",  # what somebody wishes, and whether it is so
    "fears",  # what somebody dreads
    "unsaid",  # what was wished, and not done or said
    "feels",  # what somebody feels
    "changed",  # what changed somebody's mind
    "why",  # why an act was done
    "why not",  # why it was not
    "now",  # what somebody would do at the end
    "unseen",  # what would be otherwise if somebody had not perceived an act
]

Call: TypeAlias = tuple[str, tuple[Value, ...]]
"""An act, by its name and arguments."""


class When(Struct, frozen=True):
    """Before or after which act (by its place among the acts; ``call``: as it is written), or at
    the end of which chapter; nothing of it: at the end."""

    relation: Literal["end", "beginning", "before", "after", "chapter"] = "end"
    act: int | None = None
    call: str = ""
    chapter: str = ""

    @property
    def text(self) -> str:
        match self.relation:
            case "end":
                return ""
            case "beginning":
                return " at the beginning"
            case "chapter":
                return f" in chapter {self.chapter}"
        return f" {self.relation} {self.call or self.act}"


class Query(Struct, frozen=True):
    """``minds``: in whose mind (outermost first), or who perceived, wished, did; of ``common``, the
    group. ``claim``: what it is about, and ``about``: of whom or what, or to whom it was said.
    ``act``: what was done; None in it: whoever or whatever it was."""

    head: Head
    minds: Chain = ()
    claim: Expression | None = None
    knows: bool = False
    """Of ``who``: whether it must be so, too."""
    about: str | None = None
    act: Call | None = None
    when: When = When()

    @property
    def text(self) -> str:
        """The question in the formal language."""
        return _WRITTEN[self.head](self) + self.when.text


def knowing(character: Term, fact: Expression) -> Expression:
    """That it is so, and somebody holds it."""
    return And((fact, believing(character, fact)))


def believing(character: Term, fact: Expression) -> Expression:
    """That somebody holds it, as the language has it: of a fluent, a fluent."""
    if isinstance(fact, Fluent):
        return Fluent(fact.property, fact.arguments, (character, *fact.minds))
    return Believes(character, fact)


def possible(character: Term, fact: Expression) -> Expression:
    """That somebody does not rule it out, as the language has it."""
    return Not(believing(character, fact.expression if isinstance(fact, Not) else Not(fact)))


def denied(fact: Expression) -> Expression:
    """That it is not so. Of a ledger's phrase that is more than that nobody says so."""
    if isinstance(fact, Not):
        return fact.expression
    if isinstance(fact, Fluent) and not fact.property.name:
        return Comparison(Comparator.EQ, fact, Constant(False))
    return denied_phrase(fact) or Not(fact)


def denied_phrase(fact: Expression) -> Fluent | None:
    """The phrase that is denied, where that is what an expression says."""
    match fact:
        case Comparison(Comparator.EQ, Fluent() as inner, Constant(False)):
            return None if inner.property.name else inner
    return None


def within(minds: Chain, fact: Expression) -> Expression:
    """The same, as a chain of minds holds it."""
    for who in reversed(minds):
        fact = believing(EntityTerm(who), fact)
    return fact


def known(expression: Expression) -> tuple[Term, Expression] | None:
    """Who knows what, where that is what an expression says."""
    if not isinstance(expression, And) or len(expression.parts) != 2:
        return None
    fact, belief = expression.parts
    believer = believed(belief)
    return (believer[0], fact) if believer is not None and believer[1] == fact else None


def believed(expression: Expression) -> tuple[Term, Expression] | None:
    """Who believes what, where that is what an expression says."""
    match expression:
        case Believes(character, inner):
            return character, inner
        case Fluent(declared, arguments, (first, *others)):
            return first, Fluent(declared, arguments, tuple(others))
    return None


def held_possible(expression: Expression) -> tuple[Term, Expression] | None:
    """Who does not rule out what, where that is what an expression says."""
    believer = believed(expression.expression) if isinstance(expression, Not) else None
    match believer:
        case (who, Not(inner)):
            return who, inner
    return None


def known_whether(expression: Expression) -> tuple[Term, Expression] | None:
    """Who knows of what whether it is so, or of a fluent, what it is, where that is what an
    expression says."""
    match expression:
        case Or((And() as affirmed, And() as denied)):
            one, other = known(affirmed), known(denied)
            if one is not None and other is not None and one[0] == other[0]:
                is_same = other[1] == Not(one[1]) or one[1] == Not(other[1])
                return one if is_same else None
        case And(
            (
                Comparison(Comparator.EQ, Fluent(minds=(who, *_)) as held, Fluent() as fact),
                Comparison(Comparator.NE, so, Unknown()),
            )
        ) if so == fact and held == believing(who, fact):
            return who, fact
    return None


def phrase_fluent(phrase: str) -> Fluent:
    """A ledger's free phrase, as an expression."""
    return Fluent(Property("", (), "boolean"), (EntityTerm(phrase),))


_ATTITUDES = (
    ("knows", known),
    ("believes", believed),
    ("possible", held_possible),
    ("knows_whether", known_whether),
)


def formal(expression: Expression) -> str:
    """An expression in a line, as it is asked: ``knows`` and its like where they can be said."""
    for word, taken in _ATTITUDES:
        found = taken(expression)
        if found is not None:
            return f"{word}({_name(found[0])}, {formal(found[1])})"
    phrase = denied_phrase(expression)
    if phrase is not None:
        return f"!{formal(phrase)}"
    match expression:
        case Fluent() if not expression.property.name:
            return f'"{_name(expression.arguments[0])}"'
        case Not(inner) if _is_of_phrases(inner):
            return f"!{formal(inner)}"
        case And(parts) | Or(parts) if _is_of_phrases(expression):
            sign = " & " if isinstance(expression, And) else " | "
            return f"({sign.join(map(formal, parts))})"
    return " ".join(expression_text(expression).split())


def _is_of_phrases(expression: Expression) -> bool:
    """Whether an expression has free phrases in it, which no storyworld can write."""
    return any(isinstance(part, Fluent) and not part.property.name for part in walk(expression))


def _name(term: Term) -> str:
    return getattr(term, "name", "?")


def call_text(call: Call) -> str:
    """``knock(Willow)``; of whoever and whatever it was, ``propose(Colin, ?)``."""
    name, arguments = call
    return f"{name}({', '.join(map(value_text, arguments))})"


def _headed(query: Query) -> str:
    """``perceived(Tara)``, ``wrong(Tara) about Oz``."""
    about = f" about {query.about}" if query.about else ""
    act = f": {call_text(query.act)}" if query.act else ""
    return f"{query.head}({', '.join(query.minds)}{act}){about}"


def _to(query: Query) -> str:
    """``said(Colin) to Nora``, ``hides(Colin) from Nora``."""
    way = "from" if query.head == "hides" else "to"
    to = f" {way} {query.about}" if query.about else ""
    return f"{query.head}({', '.join(query.minds)}){to}"


def _which(query: Query) -> str:
    """``which(x : character) loves(x, Tara)``."""
    return f"which{_of_claim(query).removeprefix('exists')}"


def _of_claim(query: Query) -> str:
    assert query.claim is not None
    return formal(query.claim)


def _who(query: Query) -> str:
    return f"who {'knows' if query.knows else 'believes'} {_of_claim(query)}"


def _common(query: Query) -> str:
    what = "" if query.claim is None else f": {formal(query.claim)}"
    return f"common({', '.join(query.minds)}{what})"


def _changed(query: Query) -> str:
    what = "" if query.claim is None else f": {formal(query.claim)}"
    about = f" about {query.about}" if query.about else ""
    return f"changed({', '.join(query.minds)}{what}){about}"


def _act(query: Query) -> str:
    assert query.act is not None
    return call_text(query.act)


_WRITTEN: Mapping[Head, Callable[[Query], str]] = {
    **dict.fromkeys(
        ("thinks", "knowledge", "possibilities", "wrong", "perceived", "unsaid", "feels", "now"),
        _headed,
    ),
    **dict.fromkeys(("unknown", "hides", "did", "said", "lied", "wants", "fears"), _to),
    **dict.fromkeys(("whether", "value"), _of_claim),
    "which": _which,
    "happened": lambda query: f"happened({_act(query) if query.act else ''})",
    "who": _who,
    "since": lambda query: f"since when {_of_claim(query)}",
    "common": _common,
    "changed": _changed,
    "why": lambda query: f"why {_act(query)}",
    "why not": lambda query: f"why not {_act(query)}",
    "unseen": lambda query: f"unseen({_act(query)}: {query.minds[0]})",
}
