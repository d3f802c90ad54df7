"""Expressions as Sabre reads them: the splitting rule.

A stretch of tokens is tried against a fixed list of alternatives; one with an operator looks for
that operator outside all brackets and splits there, a binary one at its leftmost place. The first
alternative that succeeds wins, so the first in the list binds loosest: ``&`` is looser than ``|``,
``*`` looser than ``+``. Reading never looks names up, so it never takes a choice back.

``read`` gives a node for any stretch. It first tries the rule silently; if no alternative fits, it
splits at the operator that the rule would try first, says what is wrong with the parts that fail,
and keeps the others.

Effort: the places of operators are listed once for each pair of brackets and found by bisection;
what a stretch gave is remembered, so that alternatives that fail late cost nothing twice.
"""

from __future__ import annotations

from bisect import bisect_left

from unspoken.language.brackets import Balanced
from unspoken.language.diagnostics import Diagnostic
from unspoken.language.operands import MAX_DEPTH, Operands, shown
from unspoken.language.tree import (
    Atom,
    Bad,
    Binary,
    Binding,
    Chain,
    Conditional,
    Group,
    Negation,
    Node,
    Test,
)
from unspoken.model import Source

_CHAINS = ("&", "|")
_COMPARISONS = ("==", "!=", ">=", "<=", ">", "<")
_ARITHMETIC = ("*", "/", "+", "-")
_OPERATORS = frozenset((*_CHAINS, "=", *_COMPARISONS, ":", *_ARITHMETIC))

_Level = dict[str, list[int]]
"""The places of each operator (and of ``else``, ``elseif``) outside brackets, ascending."""


class _TooDeep(Exception):
    pass


class Splitting(Operands):
    """Reads expressions by the splitting rule."""

    def __init__(self, source: Source, balanced: Balanced, diagnostics: list[Diagnostic]) -> None:
        super().__init__(source, balanced, diagnostics)
        self._memo: dict[tuple[int, int], Node | None] = {}
        self._levels: dict[int, _Level] = {}
        self._depth = 0

    def read(self, start: int, end: int) -> Node:
        """The expression in the stretch; with complaints and ``Bad`` parts if it is none."""
        self._memo.clear()
        self._levels.clear()
        try:
            node = self._try(start, end, self._level(start, end))
            if node is None:
                node = self._mend(start, end, self._level(start, end))
        except _TooDeep:
            self._depth = 0
            self.complain_at("too-deep", start, limit=MAX_DEPTH)
            return self.bad(start, end)
        return node

    # The rule.

    def _try(self, start: int, end: int, level: _Level) -> Node | None:
        if end - start <= 1:
            return self.atom(start) if end > start else None
        key = (start, end)
        if key in self._memo:
            return self._memo[key]
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _TooDeep
        node = self._alternatives(start, end, level)
        self._depth -= 1
        self._memo[key] = node
        return node

    def _alternatives(self, start: int, end: int, level: _Level) -> Node | None:
        tokens = self.tokens
        first = tokens[start]
        from_, to = first.start, tokens[end - 1].end
        node: Node | None
        if first.text == "(" and self.partner[start] == end - 1:
            body = self._inside(start)
            return Group(body, from_, to) if body is not None else None
        node = self.fluent(start, end)
        if node is not None:
            return node
        if self.is_believes(start, end):
            body = self._try(start + 4, end - 1, self._level(start + 4, end - 1))
            if body is not None:
                return self.believing(start, end, body)
        attitude = self.attitude(start, end)
        if attitude is not None:
            inner = attitude[2], end - 1
            body = self._try(*inner, self._level(*inner))
            if body is not None:
                return self.attitude_of(attitude, start, end, body)
        for operator in _CHAINS:
            if operator in level:
                node = self._chain(operator, start, end, level)
                if node is not None:
                    return node
        if first.text == "!":
            body = self._try(start + 1, end, level)
            if body is not None:
                return Negation(body, from_, to)
        if first.text == "if" and tokens[start + 1].text == "(":
            node = self._conditional(start, end, level)
            if node is not None:
                return node
        binder = self.binder(start, end) if first.kind == "name" else None
        if binder is not None and binder[0] in ("forall", "exists"):
            node = self._binding(binder, start, end, level)
            if node is not None:
                return node
        if "=" in level:
            at = self._leftmost("=", start, end, level)
            if at is not None:
                left = self.fluent(start, at)
                right = self._try(at + 1, end, level) if left is not None else None
                if left is not None and right is not None:
                    return Binary("=", left, right, tokens[at].start, from_, to)
        for operator in _COMPARISONS:
            if operator in level:
                node = self._binary(operator, start, end, level)
                if node is not None:
                    return node
        if ":" in level:
            at = self._leftmost(":", start, end, level)
            if at == end - 2 and tokens[at + 1].kind == "name":
                body = self._try(start, at, level)
                kind = self.atom(at + 1)
                if body is not None and kind is not None:
                    return Test(body, kind, from_, to)
        if binder is not None and binder[0] in ("sum", "product"):
            node = self._binding(binder, start, end, level)
            if node is not None:
                return node
        for operator in _ARITHMETIC:
            if operator in level:
                node = self._binary(operator, start, end, level)
                if node is not None:
                    return node
        return None

    def _inside(self, open_: int) -> Node | None:
        start, end = open_ + 1, self.partner[open_]
        return self._try(start, end, self._level(start, end))

    def _chain(self, operator: str, start: int, end: int, level: _Level) -> Node | None:
        places = self._places(operator, start, end, level)
        if not places:
            return None
        parts: list[Node] = []
        bounds = self._bounds(places, start, end)
        if len(bounds) < 2:
            return None
        for part_start, part_end in bounds:
            part = self._try(part_start, part_end, level)
            if part is None:
                return None
            parts.append(part)
        tokens = self.tokens
        signs = tuple(tokens[place].start for place in places[: len(parts) - 1])
        return Chain(operator, tuple(parts), signs, tokens[start].start, parts[-1].end)

    def _bounds(self, places: list[int], start: int, end: int) -> list[tuple[int, int]]:
        """The stretches between separators; one at the very end may stand for nothing."""
        starts = [start, *(place + 1 for place in places)]
        bounds = list(zip(starts, [*places, end], strict=True))
        if bounds[-1][0] == end:
            bounds.pop()
        return bounds

    def _conditional(self, start: int, end: int, level: _Level) -> Node | None:
        branches: list[tuple[Node, Node]] = []
        otherwise: Node | None = None
        pieces = self._pieces(start, end, level)
        for number, (piece_start, piece_end) in enumerate(pieces):
            word = self.tokens[piece_start].text
            if word == "else" and number == len(pieces) - 1 and number > 0:
                otherwise = self._try(piece_start + 1, piece_end, level)
                if otherwise is None:
                    return None
                continue
            if word == "else" or piece_end - piece_start < 4:
                return None
            if self.tokens[piece_start + 1].text != "(":
                return None
            condition = self._inside(piece_start + 1)
            branch = self._try(self.partner[piece_start + 1] + 1, piece_end, level)
            if condition is None or branch is None:
                return None
            branches.append((condition, branch))
        tokens = self.tokens
        return Conditional(tuple(branches), otherwise, tokens[start].start, tokens[end - 1].end)

    def _pieces(self, start: int, end: int, level: _Level) -> list[tuple[int, int]]:
        """Cut at each ``elseif`` and, when none remains ahead, at each ``else``."""
        cuts = self._places("elseif", start, end, level)
        cuts += self._places("else", cuts[-1] if cuts else start, end, level)
        starts = [start, *cuts]
        return list(zip(starts, [*cuts, end], strict=True))

    def _binding(
        self, binder: tuple[str, Atom, Atom, int], start: int, end: int, level: _Level
    ) -> Node | None:
        word, variable, kind, body_start = binder
        body = self._try(body_start, end, level)
        if body is None:
            return None
        tokens = self.tokens
        return Binding(word, variable, kind, body, tokens[start].start, tokens[end - 1].end)

    def _binary(self, operator: str, start: int, end: int, level: _Level) -> Node | None:
        at = self._leftmost(operator, start, end, level)
        if at is None:
            return None
        left = self._try(start, at, level)
        if left is None:
            return None
        right = self._try(at + 1, end, level)
        if right is None:
            return None
        tokens = self.tokens
        return Binary(
            operator, left, right, tokens[at].start, tokens[start].start, tokens[end - 1].end
        )

    # Places of operators.

    def _level(self, start: int, end: int) -> _Level:
        level = self._levels.get(start)
        if level is None:
            level = {}
            tokens, partner = self.tokens, self.partner
            index = start
            while index < end:
                token = tokens[index]
                text = token.text
                if text == "(":
                    index = partner[index]
                elif (token.kind == "symbol" and text in _OPERATORS) or text in ("else", "elseif"):
                    level.setdefault(text, []).append(index)
                index += 1
            self._levels[start] = level
        return level

    def _leftmost(self, operator: str, start: int, end: int, level: _Level) -> int | None:
        places = level.get(operator)
        if not places:
            return None
        found = bisect_left(places, start)
        return places[found] if found < len(places) and places[found] < end else None

    def _places(self, operator: str, start: int, end: int, level: _Level) -> list[int]:
        places = level.get(operator)
        if not places:
            return []
        return places[bisect_left(places, start) : bisect_left(places, end)]

    # What to say when no alternative fits.

    def _mend(self, start: int, end: int, level: _Level) -> Node:
        """A node for a stretch that failed, and complaints about the parts that made it fail."""
        if start >= end:
            self.complain_empty(end)
            return self.bad(start, end)
        node = self._try(start, end, level)
        if node is not None:
            return node
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _TooDeep
        node = self._mend_parts(start, end, level)
        self._depth -= 1
        return node

    def _mend_parts(self, start: int, end: int, level: _Level) -> Node:
        tokens = self.tokens
        first = tokens[start]
        from_, to = first.start, tokens[end - 1].end
        if first.text == "(" and self.partner[start] == end - 1 and end - start > 2:
            inner = (start + 1, end - 1)
            return Group(self._mend(*inner, self._level(*inner)), from_, to)
        if self.is_believes(start, end):
            inner = (start + 4, end - 1)
            body = self._mend(*inner, self._level(*inner))
            return self.believing(start, end, body)
        attitude = self.attitude(start, end)
        if attitude is not None:
            inner = (attitude[2], end - 1)
            body = self._mend(*inner, self._level(*inner))
            return self.attitude_of(attitude, start, end, body)
        if first.text == "if" and self._places("else", start, end, level):
            pieces = self._pieces(start, end, level)
            doubled = [piece for piece, _ in pieces if tokens[piece].text == "else"]
            if len(doubled) > 1:
                self.complain_at("double-else", doubled[1])
                return self.bad(start, end)
        for operator in _CHAINS:
            places = self._places(operator, start, end, level)
            if places:
                return self._mend_chain(operator, places, start, end, level)
        if first.text == "!" and end - start > 1:
            return Negation(self._mend(start + 1, end, level), from_, to)
        if first.text == "if" and tokens[start + 1].text == "(" and end - start > 1:
            return self._mend_conditional(start, end, level)
        binder = self.binder(start, end) if first.kind == "name" else None
        if binder is not None:
            word, variable, kind, body_start = binder
            body = self._mend(body_start, end, level)
            return Binding(word, variable, kind, body, from_, to)
        at = self._leftmost("=", start, end, level)
        if at is not None:
            left = self.fluent(start, at)
            if left is None:
                left = self._mend(start, at, level)
                if not isinstance(left, Bad):
                    self.complain(
                        "assign-to-constant",
                        left.start,
                        left.end,
                        left=self.source.text[left.start : left.end],
                    )
            right = self._mend(at + 1, end, level)
            return Binary("=", left, right, tokens[at].start, from_, to)
        for operator in _COMPARISONS:
            at = self._leftmost(operator, start, end, level)
            if at is not None:
                return self._mend_binary(operator, at, start, end, level)
        at = self._leftmost(":", start, end, level)
        if at is not None:
            return self._mend_test(at, start, end, level)
        for operator in _ARITHMETIC:
            at = self._leftmost(operator, start, end, level)
            if at is not None:
                if operator == "-" and at == start:
                    self.complain_at("unary-minus", at)
                    return self.bad(start, end)
                return self._mend_binary(operator, at, start, end, level)
        self.complain_leaf(start, end)
        return self.bad(start, end)

    def _mend_chain(
        self, operator: str, places: list[int], start: int, end: int, level: _Level
    ) -> Node:
        bounds = self._bounds(places, start, end)
        if len(bounds) < 2:
            self.complain_empty(end)
            return self._mend(*bounds[0], level)
        parts: list[Node] = []
        skip = False
        for part_start, part_end in bounds:
            if skip and part_start >= part_end:
                continue
            skip = part_start >= part_end  # `a && b` is one mistake, not two
            if skip and part_start > start and self.tokens[part_end].text == operator:
                self.complain_empty(part_end)
                continue
            parts.append(self._mend(part_start, part_end, level))
        tokens = self.tokens
        signs = tuple(tokens[place].start for place in places[: len(parts) - 1])
        return Chain(operator, tuple(parts), signs, tokens[start].start, tokens[end - 1].end)

    def _mend_conditional(self, start: int, end: int, level: _Level) -> Node:
        branches: list[tuple[Node, Node]] = []
        otherwise: Node | None = None
        tokens = self.tokens
        for piece_start, piece_end in self._pieces(start, end, level):
            if tokens[piece_start].text == "else" and piece_start > start:
                otherwise = self._mend(piece_start + 1, piece_end, level)
            elif piece_end - piece_start < 2 or tokens[piece_start + 1].text != "(":
                self.complain_leaf(piece_start, piece_end)
            else:
                inner = (piece_start + 2, self.partner[piece_start + 1])
                condition = self._mend(*inner, self._level(*inner))
                branches.append((condition, self._mend(inner[1] + 1, piece_end, level)))
        return Conditional(tuple(branches), otherwise, tokens[start].start, tokens[end - 1].end)

    def _mend_binary(self, operator: str, at: int, start: int, end: int, level: _Level) -> Node:
        tokens = self.tokens
        left = self._mend(start, at, level)
        right = self._mend(at + 1, end, level) if not self._said_twice(at) else self.bad(at, end)
        return Binary(
            operator, left, right, tokens[at].start, tokens[start].start, tokens[end - 1].end
        )

    def _said_twice(self, at: int) -> bool:
        """Whether the last complaint was already about the operator at this place."""
        if not self.diagnostics or self.diagnostics[-1].span is None:
            return False
        return self.diagnostics[-1].span.start == self.tokens[at].start

    def _mend_test(self, at: int, start: int, end: int, level: _Level) -> Node:
        tokens = self.tokens
        body = self._mend(start, at, level)
        if at + 1 >= end or tokens[at + 1].kind != "name":
            if at + 1 >= end:
                self.complain(
                    "expected",
                    tokens[at].end,
                    tokens[at].end,
                    expected="a type",
                    found=shown(tokens[end]),
                )
            else:
                self.complain_at("expected", at + 1, expected="a type", found=shown(tokens[at + 1]))
            return self.bad(start, end)
        if at + 2 < end:
            self.complain_leaf(at + 1, end)
        token = tokens[at + 1]
        kind = Atom("name", token.text, token.start, token.end)
        return Test(body, kind, tokens[start].start, tokens[end - 1].end)
