"""Conditions about a ledger: ``believes(Ben, "Anna burns the will")``, as the world's own are.

Receives a text and what knows phrases; hands on (expression, diagnostics). Each phrase and each
name is given a word of the same length, and the whole is read as a storyworld's conditions are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from unspoken.language import Diagnostic, parse_condition, problem
from unspoken.model import (
    And,
    Believes,
    Entity,
    EntityTerm,
    Expression,
    Fluent,
    If,
    Not,
    Or,
    Property,
    Quantifier,
    Source,
    Span,
    Storyworld,
    Term,
)
from unspoken.queries.query import believing, denied

if TYPE_CHECKING:
    from unspoken.queries.clauses import Clauses

_PHRASE = re.compile(r'["“”]([^"“”]*)["“”]')


def parse_phrased(text: str, clauses: Clauses) -> tuple[Expression | None, list[Diagnostic]]:
    """The condition that a text is, its phrases in quotation marks."""
    meant: dict[str, Expression] = {}
    asked, unknown = Source("<question>", text), []

    def phrase(found: re.Match[str]) -> str:
        name = f"p{len(meant)}"
        claim = clauses.claim(clauses.names.mark(found[1]))
        if claim is None:
            known = [str(fact.arguments[0]) for fact in clauses.case.facts]
            span = Span(asked, *found.span())
            unknown.append(problem("no-such-fact", span, name=found[1], known=known))
            return found[0]
        meant[name] = claim
        return f"{name}()".ljust(len(found[0]))

    words = _PHRASE.sub(phrase, text)
    if unknown:
        return None, unknown
    people = {name: re.sub(r"\W", "_", name) for name in clauses.case.characters}
    for name in sorted(people, key=len, reverse=True):
        words = re.sub(rf"\b{re.escape(name)}\b", people[name], words)
    world = Storyworld(
        "ledger",
        entities=tuple(Entity(called, ("character",)) for called in people.values()),
        properties=tuple(Property(name, (), "boolean") for name in meant),
    )
    expression, diagnostics = parse_condition(words, world, "<question>")
    placed = [
        replace(one, span=replace(one.span, source=asked)) if one.span else one
        for one in diagnostics
    ]
    if expression is None:
        return None, placed
    back = {called: name for name, called in people.items()}
    return _put_back(expression, meant, back), placed


def _put_back(part: Expression, meant: dict[str, Expression], people: dict[str, str]) -> Expression:
    def back(one: Expression) -> Expression:
        return _put_back(one, meant, people)

    match part:
        case Fluent(declared, _, minds):
            claim = meant[declared.name]
            for mind in reversed(minds):
                claim = believing(_person(mind, people), claim)
            return claim
        case Believes(character, inner):
            return believing(_person(character, people), back(inner))
        case And(parts):
            return And(tuple(map(back, parts)))
        case Or(parts):
            return Or(tuple(map(back, parts)))
        case Not(inner):
            return denied(back(inner))
        case Quantifier():
            return replace(part, body=back(part.body))
        case If(branches, otherwise):
            return If(
                tuple((back(a), back(b)) for a, b in branches),
                None if otherwise is None else back(otherwise),
            )
    return part


def _person(term: Term, people: dict[str, str]) -> Term:
    return EntityTerm(people[term.name]) if isinstance(term, EntityTerm) else term
