"""The small steps of the parser: look at a token, accept it, expect it, complain, skip.

``parser`` reads definitions with them, ``section_parser`` our own sections. What is wrong is said
where it is found; then ``Skip`` unwinds to whoever knows where the next thing begins.
"""

from __future__ import annotations

from typing import NoReturn

from unspoken.language.brackets import BETWEEN_BRANCHES, DEFINITION_WORDS, balance
from unspoken.language.forms import BARE, TITLED
from unspoken.language.operands import shown
from unspoken.language.precedence import Precedence
from unspoken.language.splitting import Splitting
from unspoken.language.tokens import Token, Tokens
from unspoken.language.tree import Atom, Bad, Node, ParameterNode

ACTION_PARTS = ("precondition", "effect", "consenting", "observing")
TRIGGER_PARTS = ("precondition", "effect")


class Skip(Exception):
    """The rest of a definition makes no sense any more; the reason has been said."""


class Reading:
    """A place in balanced tokens, and the small steps from there."""

    def __init__(self, tokens: Tokens) -> None:
        self.source = tokens.source
        self.comments = tokens.comments
        self.diagnostics = tokens.diagnostics
        balanced = balance(tokens.source, tokens.tokens, tokens.diagnostics)
        self.tokens = balanced.tokens
        self.partner = balanced.partner
        self.index = 0
        self.mathematics = Precedence(tokens.source, balanced, self.diagnostics)
        self.expressions: Precedence | Splitting = Splitting(
            tokens.source, balanced, self.diagnostics
        )
        self.version: int | None = None
        self.broken: set[str] = set()

    # Small steps.

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def ahead(self, count: int) -> Token:
        return self.tokens[min(self.index + count, len(self.tokens) - 1)]

    def at(self, symbol: str) -> bool:
        token = self.tokens[self.index]
        return token.kind == "symbol" and token.text == symbol

    def accept(self, symbol: str) -> bool:
        if self.at(symbol):
            self.index += 1
            return True
        return False

    def behind(self) -> int:
        """The end of the token before this one."""
        return self.tokens[self.index - 1].end if self.index else 0

    def complain(self, code: str, start: int, end: int, **facts: object) -> None:
        self.expressions.complain(code, start, end, **facts)

    def expect(self, symbol: str) -> None:
        if not self.accept(symbol):
            self.fail_expected(symbol)

    def fail_expected(self, expected: str) -> NoReturn:
        """Complain that something else was expected; a missing sign at the end of the token
        before, a wrong word under the word."""
        token = self.token
        if token.kind == "bad":
            raise Skip
        if token.kind in ("symbol", "end") or len(expected) == 1:
            place = self.behind()
            words = f"`{expected}`" if len(expected) == 1 else expected
            self.complain("expected", place, place, expected=words, found=shown(token))
        else:
            self.complain("expected", token.start, token.end, expected=expected, found=shown(token))
        raise Skip

    def name(self, what: str) -> Atom:
        token = self.token
        if token.kind != "name":
            self.fail_expected(what)
        self.index += 1
        return Atom("name", token.text, token.start, token.end)

    # Words.

    def names(self, what: str) -> tuple[Atom, ...]:
        """``name, name``; one more comma at the end is tolerated."""
        names = [self.name(what)]
        while self.accept(","):
            if self.token.kind != "name":
                break
            names.append(self.name(what))
        return tuple(names)

    def parameters(self) -> tuple[ParameterNode, ...]:
        self.expect("(")
        parameters: list[ParameterNode] = []
        while not self.at(")"):
            parameters.append(self.parameter())
            if not self.accept(",") and not self.at(")"):
                self.fail_expected(",")
        self.index += 1
        return tuple(parameters)

    def parameter(self) -> ParameterNode:
        """``name : type``, or a bare constant."""
        token = self.token
        name = self.expressions.atom(self.index)
        if name is None or name.kind == "unknown":
            self.fail_expected("a parameter")
            raise Skip
        self.index += 1
        if not self.at(":") or name.kind != "name":
            return ParameterNode(name, None, token.start, token.end)
        self.index += 1
        kind = self.name("a type")
        return ParameterNode(name, kind, token.start, kind.end)

    # Expressions.

    def expression_end(self) -> int:
        """Where the expression that begins here ends: at the next ``;`` or ``}``, or at what
        surely begins something else because a ``;`` was forgotten."""
        tokens, partner = self.tokens, self.partner
        index = self.index
        while True:
            token = tokens[index]
            if token.kind == "end" or token.text == ";" or token.text == "}":
                return index
            if (
                index > self.index
                and token.kind == "name"
                and self.value_ends_before(index)
                and (self.starts_line_with_definition(index) or self.starts_line_with_part(index))
            ):
                return index
            index = partner[index] + 1 if partner[index] > index else index + 1

    def value_ends_before(self, index: int) -> bool:
        before = self.tokens[index - 1]
        return before.kind != "symbol" or before.text in (")", "}")

    def starts_line_with_part(self, index: int) -> bool:
        token = self.tokens[index]
        if token.text not in ACTION_PARTS:
            return False
        if "\n" not in self.source.text[self.tokens[index - 1].end : token.start]:
            return False
        return self.tokens[index + 1].text == ":" or (
            token.text == "observing" and self.tokens[index + 1].text == "("
        )

    def expression(self, end: int, reader: Precedence | Splitting | None = None) -> Node:
        """The expression from here to ``end``. Where a bracket was already complained about, no
        more is said: what follows from that is not worth reading."""
        reader = reader or self.expressions
        start = self.index
        said = len(self.diagnostics)
        if start >= end:
            reader.complain_empty(end)
            return Bad(self.behind(), self.behind())
        from_, to = self.tokens[start].start, self.tokens[end].start
        known = any(
            d.span is not None and d.severity == "error" and from_ <= d.span.start <= to
            for d in self.diagnostics[:said]
        )
        node = reader.read(start, end)
        if known:
            del self.diagnostics[said:]
        self.index = end
        return node

    # Where something else surely begins.

    def starts_line_with_definition(self, index: int) -> bool:
        token = self.tokens[index]
        if token.kind != "name" or index == 0:
            return False
        if "\n" not in self.source.text[self.tokens[index - 1].end : token.start]:
            return False
        following = self.tokens[index + 1]
        if token.text in TITLED and following.kind == "text":
            return True
        if token.text in DEFINITION_WORDS:
            return following.kind == "name" and following.text not in BETWEEN_BRANCHES
        return (token.text in BARE and following.text == "{") or (
            token.text == "utility" and following.text == "("
        )
