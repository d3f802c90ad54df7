"""Text to tokens: the first step of the language, which never fails.

Receives a ``Source``; hands on tokens, comments and diagnostics. A word that is no word becomes a
token of kind ``bad`` with a diagnostic, so that everything after it still has something to read.
The rules are those of the Sabre planner 0.8, to which we add ``"texts"`` for our own sections.
Deliberately does not know what any word means: none is reserved.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, Protocol, TypeAlias

from msgspec import Struct

from unspoken.language.diagnostics import Diagnostic, problem
from unspoken.model import Source, Span

Kind: TypeAlias = Literal["name", "number", "unknown", "text", "symbol", "bad", "end"]

_TOKEN = re.compile(
    r"""
    [\s\ufeff]* (?:
      (?P<comment>//[^\n]* | /\*/ | /\*.*?\*/)
    | (?P<open_comment>/\*.*)
    | (?P<text>"(?:[^"\\]|\\.)*")
    | (?P<open_text>"[^\n]*)
    | (?P<negative>-[0-9][^\s\ufeff(){},;:\[\]*/+\-&|!=<>]*)
    | (?P<symbol>==|!=|>=|<=|[(){},;:\[\]*/+\-&|!=<>])
    | (?P<name>[A-Za-z][^\s\ufeff(){},;:\[\]*/+\-&|!=<>]*)
    | (?P<word>[^\s\ufeff(){},;:\[\]*/+\-&|!=<>]+)
    | (?P<nothing>\Z)
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_NUMBER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_ESCAPE_OR_BREAK = re.compile(r"\\(.)|\s*\n\s*", re.DOTALL)


class _Complain(Protocol):
    def __call__(self, code: str, start: int, end: int, **facts: object) -> None: ...


class Token(NamedTuple):
    """A word, number, text or symbol with its place: character offsets, the end exclusive."""

    kind: Kind
    text: str
    start: int
    end: int


class Comment(Struct, frozen=True):
    """A comment as written, opener and closer included."""

    text: str
    start: int
    end: int
    own_line: bool
    """Nothing but white space stands before it on its line."""


class Tokens(Struct, frozen=True):
    """A source cut up. ``tokens`` ends with one of kind ``end``."""

    source: Source
    tokens: list[Token]
    comments: list[Comment]
    diagnostics: list[Diagnostic]


def tokenize(source: Source, start: int = 0, end: int | None = None) -> Tokens:
    """Cut a source, or the stretch of it from ``start`` to ``end``, into tokens and comments;
    whatever it holds, no character goes missing."""
    text = source.text
    stop = len(text) if end is None else end
    tokens: list[Token] = []
    comments: list[Comment] = []
    diagnostics: list[Diagnostic] = []

    def complain(code: str, start: int, end: int, **facts: object) -> None:
        diagnostics.append(problem(code, Span(source, start, end), **facts))

    for match in _TOKEN.finditer(text, start, stop):
        group = match.lastgroup
        assert group is not None
        start, end = match.span(group)
        word = text[start:end]
        if group == "symbol":
            tokens.append(Token("symbol", word, start, end))
        elif group == "name":
            tokens.append(Token("name", word, start, end))
        elif group == "word" or group == "negative":
            tokens.append(_word(word, start, end, complain))
        elif group == "comment":
            comments.append(Comment(word.rstrip(), start, end, _starts_line(text, start)))
        elif group == "text":
            tokens.append(Token("text", word, start, end))
        elif group == "open_comment":
            comments.append(Comment(word.rstrip(), start, end, _starts_line(text, start)))
            complain("unclosed-comment", start, start + 2)
        elif group == "open_text":
            word = word.rstrip()
            tokens.append(Token("text", word, start, start + len(word)))
            complain("unclosed-text", start, start + len(word))
    tokens.append(Token("end", "", stop, stop))
    return Tokens(source, tokens, comments, diagnostics)


def text_value(raw: str) -> str:
    r"""What a text token says: quotes off, ``\"`` and ``\\`` undone, line breaks made one space."""
    inner = raw[1:-1] if len(raw) > 1 and raw.endswith('"') else raw[1:]
    return _ESCAPE_OR_BREAK.sub(lambda found: found.group(1) or " ", inner)


def quoted(value: str) -> str:
    """The text token that says ``value``; the inverse of ``text_value``."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _word(word: str, start: int, end: int, complain: _Complain) -> Token:
    if word[0].isalpha():
        return Token("name", word, start, end)
    if _NUMBER.fullmatch(word):
        if float(word) in (float("inf"), float("-inf")):
            complain("bad-number", start, end, number=word[:20] + "...", reason="it is too large")
            return Token("bad", word, start, end)
        if word[0] == "-" and float(word) == 0:
            complain("bad-number", start, end, number=word, reason="zero has no sign")
            return Token("bad", word, start, end)
        return Token("number", word, start, end)
    if word == "?":
        return Token("unknown", word, start, end)
    complain("bad-word", start, end, word=word)
    return Token("bad", word, start, end)


def _starts_line(text: str, offset: int) -> bool:
    return not text[text.rfind("\n", 0, offset) + 1 : offset].strip(" \t\r\ufeff")
