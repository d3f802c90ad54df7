"""What both readings of expressions share: single words, argument lists, binder heads, complaints.

``splitting`` (Sabre's reading) and ``precedence`` (mathematics') build on this. A *stretch* is a
pair of token indices, the end exclusive; brackets inside a stretch are balanced (``brackets``).
"""

from __future__ import annotations

from collections.abc import Sequence

from unspoken.language.brackets import Balanced
from unspoken.language.diagnostics import Diagnostic, Note, problem
from unspoken.language.tokens import Token
from unspoken.language.tree import Atom, Attitude, Bad, Believing, Call, Node
from unspoken.model import Source, Span

MAX_DEPTH = 60
"""How deeply an expression may be nested; everything behind the parser may rely on it."""

WORDY_OPERATORS = {"and": "&", "or": "|", "not": "!", "AND": "&", "OR": "|", "NOT": "!"}

JOINED = "conditions and effects are joined with `&`"

QUANTITIES = frozenset(("forall", "exists", "sum", "product"))

ATTITUDES = frozenset(("knows", "knows_whether", "possible"))
"""Words for what somebody holds, beside ``believes``; a property may have such a name."""


class Operands:
    """Reads the parts of expressions from balanced tokens, and takes complaints down."""

    def __init__(self, source: Source, balanced: Balanced, diagnostics: list[Diagnostic]) -> None:
        self.source = source
        self.tokens = balanced.tokens
        self.partner = balanced.partner
        self.diagnostics = diagnostics

    def complain(
        self, code: str, start: int, end: int, notes: Sequence[Note] = (), /, **facts: object
    ) -> None:
        """Take a diagnostic down; ``start`` and ``end`` are character offsets."""
        self.diagnostics.append(problem(code, Span(self.source, start, end), notes, **facts))

    def complain_at(self, code: str, index: int, **facts: object) -> None:
        """Take a diagnostic about one token down."""
        token = self.tokens[index]
        self.complain(code, token.start, token.end, **facts)

    def atom(self, index: int) -> Atom | None:
        """A single word in the place of a value or argument."""
        token = self.tokens[index]
        if token.kind == "name" or token.kind == "number" or token.kind == "unknown":
            return Atom(token.kind, token.text, token.start, token.end)
        return None

    def call(self, start: int, end: int) -> Call | None:
        """``name(word, word)``, if that is what the whole stretch holds."""
        tokens = self.tokens
        if end - start < 3 or tokens[start].kind != "name" or tokens[start + 1].text != "(":
            return None
        close = self.partner[start + 1]
        if close != end - 1:
            return None
        arguments: list[Atom] = []
        index = start + 2
        while index < close:
            argument = self.atom(index)
            if argument is None:
                return None
            arguments.append(argument)
            index += 1
            if index < close:
                if tokens[index].text != ",":
                    return None
                index += 1
        name = tokens[start]
        return Call(
            Atom("name", name.text, name.start, name.end),
            tuple(arguments),
            name.start,
            tokens[close].end,
        )

    def fluent(self, start: int, end: int) -> Node | None:
        """A call, or ``believes(character, fluent)``: what may stand left of ``=``."""
        beliefs: list[tuple[int, int]] = []
        while self.is_believes(start, end):
            call = self.call(start, end)
            if call is not None:
                break
            beliefs.append((start, end))
            start, end = start + 4, end - 1
        node: Node | None = self.call(start, end)
        if node is None:
            return None
        if len(beliefs) > MAX_DEPTH:
            return None
        for start, end in reversed(beliefs):
            node = self.believing(start, end, node)
        return node

    def is_believes(self, start: int, end: int) -> bool:
        """Whether the whole stretch is ``believes(word, ...)`` with something after the comma."""
        tokens = self.tokens
        return (
            end - start >= 6
            and tokens[start].text == "believes"
            and tokens[start + 1].text == "("
            and tokens[start + 3].text == ","
            and self.partner[start + 1] == end - 1
            and self.atom(start + 2) is not None
        )

    def believing(self, start: int, end: int, body: Node) -> Believing:
        character = self.atom(start + 2)
        assert character is not None
        return Believing(character, body, self.tokens[start].start, self.tokens[end - 1].end)

    def attitude(self, start: int, end: int) -> tuple[str, Atom | None, int] | None:
        """``knows(word, ...)`` and its like, or ``possible(...)``, if that is the whole stretch:
        the word, whose attitude it is, and where the body begins."""
        tokens = self.tokens
        if (
            end - start < 4
            or tokens[start].text not in ATTITUDES
            or tokens[start + 1].text != "("
            or self.partner[start + 1] != end - 1
        ):
            return None
        word = tokens[start].text
        if end - start >= 6 and tokens[start + 3].text == ",":
            character = self.atom(start + 2)
            return (word, character, start + 4) if character is not None else None
        return (word, None, start + 2) if word == "possible" else None

    def attitude_of(
        self, found: tuple[str, Atom | None, int], start: int, end: int, body: Node
    ) -> Attitude:
        word, character, _ = found
        return Attitude(word, character, body, self.tokens[start].start, self.tokens[end - 1].end)

    def binder(self, start: int, end: int) -> tuple[str, Atom, Atom, int] | None:
        """``forall(variable : type)`` at the head of a stretch: its words, and where the body
        begins."""
        tokens = self.tokens
        if (
            end - start < 7
            or tokens[start].text not in QUANTITIES
            or tokens[start + 1].text != "("
            or self.partner[start + 1] != start + 5
            or tokens[start + 2].kind != "name"
            or tokens[start + 3].text != ":"
            or tokens[start + 4].kind != "name"
        ):
            return None
        variable, kind = tokens[start + 2], tokens[start + 4]
        return (
            tokens[start].text,
            Atom("name", variable.text, variable.start, variable.end),
            Atom("name", kind.text, kind.start, kind.end),
            start + 6,
        )

    def bad(self, start: int, end: int) -> Bad:
        """A node for a stretch that could not be read."""
        if start < end:
            return Bad(self.tokens[start].start, self.tokens[end - 1].end)
        place = self.tokens[start - 1].end if start else 0
        return Bad(place, place)

    # Complaints about stretches without an operator outside brackets.

    def complain_empty(self, index: int) -> None:
        """Something belongs before the token at ``index``, or behind the one before it."""
        token = self.tokens[index]
        before = self.tokens[index - 1] if index else None
        if before is not None and token.text == before.text and token.text in ("&", "|", "="):
            self.complain("doubled-operator", before.start, token.end, operator=token.text)
            return
        place = before.end if before is not None else 0
        if token.kind == "symbol" and token.text not in (";", "}", ")", ","):
            self.complain("expected-value", token.start, token.end, found=shown(token))
        else:
            self.complain("expected-value", place, place, found=shown(token))

    def complain_leaf(self, start: int, end: int) -> None:
        """Say what is wrong with a stretch that has no operator outside its brackets."""
        tokens, partner = self.tokens, self.partner
        first = tokens[start]
        if first.kind == "bad":
            return  # the lexer has spoken
        if first.kind == "text":
            self.complain_at("text-as-value", start)
            return
        if first.kind == "symbol" and first.text != "(":
            self.complain_at("expected-value", start, found=shown(first))
            return
        behind = start + 1
        if first.text == "(":
            behind = partner[start] + 1
            if behind == start + 2:
                self.complain("expected-value", first.start, tokens[start + 1].end, found="`()`")
                return
        elif behind < end and tokens[behind].text == "(":
            if self._complain_arguments(start, partner[behind]):
                return
            behind = partner[behind] + 1
        if behind >= end:
            return
        found = tokens[behind]
        if found.kind == "bad":
            return
        if found.kind == "number" and found.text.startswith("-"):
            self.complain_at("minus-trap", behind, number=found.text, digits=found.text[1:])
        elif first.text in WORDY_OPERATORS:
            self.complain_at(
                "worded-operator", start, word=first.text, operator=WORDY_OPERATORS[first.text]
            )
        elif found.text in WORDY_OPERATORS:
            self.complain_at(
                "worded-operator", behind, word=found.text, operator=WORDY_OPERATORS[found.text]
            )
        elif found.text in ("else", "elseif"):
            self.complain_at("stray-else", behind, word=found.text)
        elif first.text in ("if", "elseif", *QUANTITIES) and found.text != "(":
            self.complain_at("expected", behind, expected="`(`", found=shown(found))
        else:
            place = tokens[behind - 1].end
            self.complain(
                "expected-operator",
                place,
                place,
                found=shown(found),
                joined=JOINED if found.text == "," else "",
            )

    def _complain_arguments(self, start: int, close: int) -> bool:
        """Complain about ``name(...)`` if its inside is no argument list."""
        tokens = self.tokens
        name = tokens[start].text
        if name in QUANTITIES and self.binder(start, close + 2) is None:
            if start + 2 <= close:
                self.complain("bad-binder", tokens[start + 1].start, tokens[close].end, word=name)
            return True
        if name in QUANTITIES:
            if tokens[close + 1].text in (";", "}", ")", ",", "&", "|") or (
                tokens[close + 1].kind == "end"
            ):
                self.complain_empty(close + 1)
                return True
            return False
        if name == "if" or name == "elseif":
            if close == start + 2:
                self.complain_empty(close)
                return True
            return False
        if name == "believes" and start + 3 <= close and tokens[start + 3].text != ",":
            self.complain_at("bad-believes", start)
            return True
        if name == "believes":
            return False
        index = start + 2
        while index < close:
            token = tokens[index]
            if token.kind == "bad":
                return True
            if self.atom(index) is None:
                if token.kind == "text":
                    self.complain_at("text-as-value", index)
                elif token.text == ",":
                    self.complain_empty(index)
                elif token.text == "(" or token.kind == "symbol":
                    self.complain_at("nested-argument", index, name=name)
                return True
            if tokens[index + 1].text == "(":
                inner = self.partner[index + 1]
                self.complain(
                    "nested-argument",
                    token.start,
                    tokens[inner].end,
                    name=name,
                )
                return True
            index += 1
            if index < close and tokens[index].text != ",":
                if tokens[index].kind == "symbol" and tokens[index].text not in (";", ":"):
                    self.complain("nested-argument", token.start, tokens[close - 1].end, name=name)
                else:
                    self.complain(
                        "expected", token.end, token.end, expected="`,`", found=shown(tokens[index])
                    )
                return True
            index += 1
        return False


def shown(token: Token) -> str:
    """A token as a message names it."""
    if token.kind == "end":
        return "the end of the file"
    return f"`{token.text}`" if len(token.text) <= 24 else f"`{token.text[:23]}…`"
