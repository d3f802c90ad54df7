"""Tokens to balanced tokens: what the parser reads always has a partner for each bracket.

A bracket that is never closed gets a closing one of no width at the place where it was most
likely forgotten; one that closes nothing is left out. Both are said once, and the parser behind
need not know. Receives tokens, hands on tokens and, for each bracket, its partner's place.
"""

from __future__ import annotations

from msgspec import Struct

from unspoken.language.diagnostics import Diagnostic, Note, problem
from unspoken.language.forms import NAMED, TITLED
from unspoken.language.tokens import Token
from unspoken.model import Source, Span

DEFINITION_WORDS = frozenset(("type", "entity", "property", "action", "trigger", *NAMED, *TITLED))
"""Words that begin a definition when a name (or a title) follows."""

BETWEEN_BRANCHES = ("else", "elseif")
"""What follows a branch: a definition's word before it is a thing of that name."""

_CLOSER = {"(": ")", "{": "}"}
_OPENER = {")": "(", "}": "{"}


class Balanced(Struct, frozen=True):
    """``partner[i]``: the index of the bracket that belongs to bracket i (else -1)."""

    tokens: list[Token]
    partner: list[int]


def balance(source: Source, tokens: list[Token], diagnostics: list[Diagnostic]) -> Balanced:
    """Give every bracket a partner, reporting what had to be added or left out."""
    partner, unclosed, stray = _pair(tokens, source.text)
    if not unclosed and not stray:
        return Balanced(tokens, partner)
    insertions: dict[int, list[Token]] = {}
    for opener, end in unclosed:
        place = _where_forgotten(tokens, partner, opener, end)
        before = tokens[place - 1]
        closer = _CLOSER[tokens[opener].text]
        insertions.setdefault(place, []).append(Token("symbol", closer, before.end, before.end))
        diagnostics.append(
            problem(
                "unclosed-bracket",
                Span(source, before.end, before.end),
                [Note("opener", Span(source, tokens[opener].start, tokens[opener].end))],
                bracket=tokens[opener].text,
                expected=f"`{closer}`",
                found=f"`{tokens[place].text}`" if tokens[place].text else "the end of the file",
            )
        )
    for index in stray:
        token = tokens[index]
        diagnostics.append(
            problem(
                "stray-bracket",
                Span(source, token.start, token.end),
                bracket=token.text,
                opener=_OPENER[token.text],
            )
        )
    dropped = set(stray)
    mended: list[Token] = []
    for index, token in enumerate(tokens):
        mended.extend(insertions.get(index, ()))
        if index not in dropped:
            mended.append(token)
    return Balanced(mended, _pair(mended, source.text)[0])


def _pair(tokens: list[Token], text: str) -> tuple[list[int], list[tuple[int, int]], list[int]]:
    """Partners; brackets never closed, innermost first, with the index before which their stretch
    surely ends; and closing brackets that close nothing."""
    partner = [-1] * len(tokens)
    unclosed: list[tuple[int, int]] = []
    stray: list[int] = []
    open_brackets: list[int] = []
    open_braces = 0
    for index, token in enumerate(tokens):
        sign = token.text
        if token.kind != "symbol":
            if (
                sign in DEFINITION_WORDS
                and open_brackets
                and token.kind == "name"
                and starts_definition(tokens, index)
            ):
                open_braces = 0
                while open_brackets:
                    unclosed.append((open_brackets.pop(), index))
        elif sign == "(" or sign == "{":
            open_brackets.append(index)
            open_braces += sign == "{"
        elif sign == ")" or sign == "}":
            wanted = _OPENER[sign]
            innermost = tokens[open_brackets[-1]].text if open_brackets else ""
            closes = open_braces > 0 if sign == "}" else innermost == "("
            if not closes:
                stray.append(index)
                continue
            open_braces -= sign == "}"
            while tokens[open_brackets[-1]].text != wanted:
                unclosed.append((open_brackets.pop(), index))
            opener = open_brackets.pop()
            partner[opener], partner[index] = index, opener
        elif sign == ";" and open_brackets and tokens[open_brackets[-1]].text == "(":
            if _meant_as_comma(tokens, index, text):
                continue
            while open_brackets and tokens[open_brackets[-1]].text == "(":
                unclosed.append((open_brackets.pop(), index))
    while open_brackets:
        unclosed.append((open_brackets.pop(), len(tokens) - 1))
    return partner, unclosed, stray


def _meant_as_comma(tokens: list[Token], index: int, text: str) -> bool:
    """Whether a closing ``)`` follows this ``;`` on its line: then it stands for a ``,``."""
    following = index + 1
    while tokens[following].text not in ("(", ")", "{", "}", ";", ""):
        following += 1
    closing = tokens[following]
    return closing.text == ")" and "\n" not in text[tokens[index].end : closing.start]


def starts_definition(tokens: list[Token], index: int) -> bool:
    """Whether a definition surely begins here: ``action name (``, behind a ``;`` or bracket or at
    the start of a line where nothing is left open."""
    if tokens[index].text not in DEFINITION_WORDS or index + 2 >= len(tokens):
        return False
    named = "text" if tokens[index].text in TITLED else "name"
    if tokens[index + 1].kind != named or tokens[index + 2].text not in ("(", ":", ";", "{"):
        return False
    if tokens[index + 1].text in BETWEEN_BRANCHES:
        return False
    before = tokens[index - 1] if index else None
    return before is None or before.kind != "symbol" or before.text in (";", "{", "}", ")")


def _where_forgotten(tokens: list[Token], partner: list[int], opener: int, end: int) -> int:
    """The index before which the closing bracket was most likely forgotten: behind the words of
    an argument list or of ``forall(x : T``, else as late as can be."""
    if tokens[opener].text == "{" or opener == 0 or tokens[opener - 1].kind != "name":
        return end
    before = tokens[opener - 1].text
    if before in ("if", "elseif", "believes"):
        return end
    index = opener + 1
    while index < end:
        if tokens[index].kind == "symbol":
            return index
        index += 1
        if index < end and tokens[index].text == ":":
            index += 1
            continue
        if index >= end or tokens[index].text != ",":
            return index
        index += 1
    return index
