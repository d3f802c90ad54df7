"""The formal language of questions: the world's own expressions, and a few heads (``ASKING.md``).

    who knows loves(Tara, Willow)
    common(Willow, Tara: open()) after 6

Receives texts and what knows names and clauses; hands on queries, or what is wrong, with the place.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from unspoken.language import DiagnosticError, parse_condition, problem
from unspoken.language.conditions import parse_value
from unspoken.model import Expression, Fluent, Source, Span
from unspoken.queries.clauses import Clauses
from unspoken.queries.phrased import parse_phrased
from unspoken.queries.query import Call, Head, Query, When

CALL = r"[A-Za-z_]\w*\s*\([^()]*\)"
_TIMES = (
    (re.compile(r"\s+(?P<relation>before|after)\s+(?:act\s+)?(?P<act>\d+)\s*$"), "act"),
    (re.compile(rf"\s+(?P<relation>before|after)\s+(?P<call>{CALL})\s*$"), "call"),
    (
        re.compile(
            r"\s+(?:at|by)\s+the\s+(?P<end>end|beginning|start)(?:\s+of\s+(?:it|the\s+story))?\s*$"
        ),
        "end",
    ),
    (re.compile(r"\s+(?:in|by|at the end of|after)\s+chapter\s+(?P<chapter>\S+)\s*$"), "chapter"),
)
_OF_PEOPLE: tuple[Head, ...] = (
    *(
        "thinks",
        "knowledge",
        "possibilities",
        "wrong",
        "perceived",
        "unsaid",
        "feels",
        "changed",
        "now",
        "common",
        "unseen",
    ),
    *("unknown", "hides", "did", "said", "lied", "wants", "fears"),
)
_HEADS: dict[str, Head] = {head: head for head in (*_OF_PEOPLE, "happened")}
_OF_NOBODY = frozenset(("wrong", "unsaid", "common", "lied", "did"))
"""Heads that are about everybody, where nobody is named."""
_HEADED = re.compile(
    rf"\s*(?P<head>{'|'.join(_HEADS)})\s*"
    r"\((?P<inside>.*)\)\s*(?:(?:about|to|from)\s+(?P<about>.+?))?\s*"
)
_WHICH = re.compile(r"\s*which(?P<rest>\s*\([^()]*:[^()]*\).+)")
_WORDED = re.compile(
    r"\s*(?P<head>who\s+(?:knows|believes)|since\s+when|why\s+not|why)\s+(?P<rest>.+)"
)
_EXPRESSION = re.compile(r'\s*(?:[!(]\s*)*(?:[A-Za-z_]\w*\s*\(|"|“)')


def time_of(text: str, clauses: Clauses) -> tuple[str, When] | None:
    """A question without the time that it ends with, and that time."""
    for pattern, kind in _TIMES:
        found = pattern.search(text)
        if found is None:
            continue
        rest = text[: found.start()]
        if kind == "end":
            return rest, When("end" if found["end"] == "end" else "beginning")
        if kind == "chapter":
            return rest, When("chapter", chapter=found["chapter"].rstrip("?.:"))
        if kind == "act":
            return rest, When(found["relation"], act=int(found["act"]))  # type: ignore[arg-type]
        call = clauses.acts.formal(found["call"])
        when = None if call is None else clauses.case.when_of(found["relation"], call)  # type: ignore[arg-type]
        if when is not None:
            return rest, when
    return None


def is_value(expression: Expression | None) -> bool:
    """Whether an expression stands for something that is neither true nor false."""
    return isinstance(expression, Fluent) and expression.property.range != "boolean"


def read(question: str, clauses: Clauses) -> Query | None:
    """The query that a text of the formal language is; None: it is not of that language. Raises
    DiagnosticError where it makes no sense in this world."""
    text = question.strip().rstrip("?").rstrip()
    timed = time_of(text, clauses)
    text, when = timed or (text, When())
    reader = _Reader(Source("<question>", question), clauses)
    offset = len(question) - len(question.lstrip())
    query = reader.query(text, offset)
    return None if query is None else replace(query, when=when)


class _Reader:
    def __init__(self, source: Source, clauses: Clauses) -> None:
        self.source = source
        self.clauses = clauses
        self.case = clauses.case

    def query(self, text: str, at: int) -> Query | None:
        worded = _WORDED.fullmatch(text)
        if worded is not None:
            return self._worded(worded, at)
        headed = _HEADED.fullmatch(text)
        if headed is not None and not self._is_property(headed["head"]):
            return self._headed(headed, at)
        which = _WHICH.fullmatch(text)
        if which is not None:
            return Query("which", claim=self._which(which["rest"]))
        if not _EXPRESSION.match(text):
            return None
        if not self.case.is_ledger:
            value, _ = parse_value(text, self.case.storyworld)
            if is_value(value):
                return Query("value", claim=value)
        return Query("whether", claim=self._claim(text, at))

    def _which(self, rest: str) -> Expression:
        asked = Source(self.source.name, f"exists{rest}")
        whole = Span(asked, 0, len(asked.text))
        claim, wrong = parse_condition(whole, self.case.storyworld)
        if claim is None:
            raise DiagnosticError(wrong)
        return claim

    def _is_property(self, name: str) -> bool:
        return any(one.name == name for one in self.case.storyworld.properties)

    def _worded(self, found: re.Match[str], at: int) -> Query | None:
        head, rest = " ".join(found["head"].split()), found["rest"]
        if not _EXPRESSION.match(rest):
            return None
        at += found.start("rest")
        if head in ("why", "why not"):
            return Query(head, act=self._act(rest, at))  # type: ignore[arg-type]
        claim = self._claim(rest, at)
        if head == "since when":
            return Query("since", claim=claim)
        return Query("who", claim=claim, knows=head == "who knows")

    def _headed(self, found: re.Match[str], at: int) -> Query:
        head, inside = _HEADS[found["head"]], found["inside"]
        start = at + found.start("inside")
        if head == "happened":
            act = self._act(inside, start) if inside.strip() else None
            return Query(head, act=act)
        first, colon, second = self._parts(inside, act_first=head == "unseen")
        after = start + len(first) + len(colon)
        if head == "unseen":
            return Query(head, self._people(second, after), act=self._act(first, start))
        people = self._people(first, start)
        if not people and head not in _OF_NOBODY and not (head == "perceived" and colon):
            self._complain("expected", start, start, expected="a character", found="nothing")
        about = found["about"]
        if about is not None:
            about = self._entity(about.strip())
        query = Query(head, people, about=about)
        if head == "feels" and len(people) > 1:
            return replace(query, minds=people[:1], about=people[1])
        if not colon:
            return query
        if head == "perceived":
            return replace(query, act=self._act(second, after))
        return replace(query, claim=self._claim(second, after))

    def _parts(self, inside: str, *, act_first: bool) -> tuple[str, str, str]:
        """What stands before the colon and after it."""
        if act_first:
            return inside.rpartition(":") if ":" in inside else (inside, "", "")
        return inside.partition(":")

    def _people(self, text: str, at: int) -> tuple[str, ...]:
        people, start = [], at
        for part in text.split(","):
            name = part.strip()
            marked = self.clauses.names.mark(name)
            person = self.clauses.names.person(marked)
            if name and person is None:
                begin = start + part.index(name)
                self._complain(
                    "nobody-of-that-name",
                    begin,
                    begin + len(name),
                    name=name,
                    known=list(self.case.characters),
                )
            if person is not None:
                people.append(person)
            start += len(part) + 1
        return tuple(people)

    def _entity(self, text: str) -> str:
        marked = self.clauses.names.mark(text)
        return self.clauses.names.entity(marked) or text

    def _claim(self, text: str, at: int) -> Expression:
        if self.case.is_ledger:
            claim, wrong = parse_phrased(text, self.clauses)
        else:
            whole = Source(self.source.name, self.source.text)
            claim, wrong = parse_condition(Span(whole, at, at + len(text)), self.case.storyworld)
        if claim is None:
            raise DiagnosticError(wrong)
        return claim

    def _act(self, text: str, at: int) -> Call:
        call = self.clauses.acts.formal_pattern(text)
        if call is None:
            known = sorted({action.name for action in self.case.storyworld.actions})
            name = text.partition("(")[0].strip()
            begin = at + (len(text) - len(text.lstrip()))
            self._complain(
                "no-such-action" if name not in known else "not-an-act",
                begin,
                begin + len(text.strip()),
                name=name if name not in known else text.strip(),
                known=known,
            )
        assert call is not None
        return call

    def _complain(self, code: str, start: int, end: int, **facts: object) -> None:
        raise DiagnosticError([problem(code, Span(self.source, start, end), **facts)])
