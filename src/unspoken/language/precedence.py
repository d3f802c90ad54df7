"""Expressions as mathematics reads them: for files that begin ``unspoken 1;`` and in our sections.

Tightest first: ``!`` and unary ``-``; ``*`` ``/``; ``+`` ``-``, left to right; the comparisons and
``:``; ``=``; ``&``; ``|``. ``if`` and the quantifiers reach as far right as they can. Comparisons
do not chain: ``a == b == c`` has no reading that everybody would guess, so it wants brackets.

The same tree comes out as from ``splitting``; what is wrong is said, and becomes a ``Bad`` node.
"""

from __future__ import annotations

from unspoken.language.operands import JOINED, MAX_DEPTH, QUANTITIES, Operands, shown
from unspoken.language.tree import (
    Atom,
    Bad,
    Binary,
    Binding,
    Call,
    Chain,
    Conditional,
    Group,
    Minus,
    Negation,
    Node,
    Test,
)

_LOOSE_TO_TIGHT = (
    ("|",),
    ("&",),
    ("=",),
    ("==", "!=", ">=", "<=", ">", "<", ":"),
    ("+", "-"),
    ("*", "/"),
)
_TIGHTNESS = {
    operator: tightness
    for tightness, operators in enumerate(_LOOSE_TO_TIGHT, 1)
    for operator in operators
}
_COMPARING = _TIGHTNESS["=="]


class _TooDeep(Exception):
    pass


class Precedence(Operands):
    """Reads expressions with the precedences of mathematics and logic."""

    _index = 0
    _end = 0
    _depth = 0
    _unsigned: Atom | None = None
    """The number of ``n-1`` without its sign, while it waits to be read as an operand."""

    def read(self, start: int, end: int) -> Node:
        """The expression in the stretch; with complaints and ``Bad`` parts if it is none."""
        saved = (self._index, self._end)
        self._index, self._end = start, end
        said = len(self.diagnostics)
        try:
            node = self._expression()
            if self._index < end and len(self.diagnostics) == said:
                if start < self._index:
                    self._complain_rest(start)
                else:
                    self.complain_leaf(start, end)
                node = self.bad(start, end)
        except _TooDeep:
            self._depth = self._known = 0
            self.complain_at("too-deep", start, limit=MAX_DEPTH)
            node = self.bad(start, end)
        self._index, self._end = saved
        return node

    def _peek(self) -> str:
        if self._index >= self._end:
            return ""
        token = self.tokens[self._index]
        return token.text if token.kind in ("symbol", "name") else ""

    def _symbol(self) -> str:
        if self._index >= self._end:
            return ""
        token = self.tokens[self._index]
        return token.text if token.kind == "symbol" else ""

    def _expression(self, minimum: int = 1) -> Node:
        """An expression whose operators outside brackets bind at least so tightly."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _TooDeep
        first = self._index
        left = self._prefix()
        steps = 0
        compared = False
        while self._index < self._end:
            operator, glued = self._operator()
            tightness = _TIGHTNESS.get(operator, 0)
            if tightness < minimum:
                break
            steps += 1
            if self._depth + steps > MAX_DEPTH:
                raise _TooDeep
            if operator in ("&", "|"):
                left = self._chain(operator, left)
                steps -= 1  # a chain lies flat
            elif operator == ":":
                left = self._test(left)
            else:
                if operator == "=":
                    self._check_assigned(left, first)
                left = self._binary(operator, left, glued, again=compared)
                compared = tightness == _COMPARING
        self._depth -= 1
        return left

    def _operator(self) -> tuple[str, bool]:
        """The operator here, if any; and whether it is the sign of a number like that of ``n-1``,
        which the lexer, as Sabre has it, made one word of."""
        token = self.tokens[self._index]
        if token.kind == "number" and token.text.startswith("-"):
            return "-", True
        return (token.text if token.kind == "symbol" else ""), False

    def _chain(self, operator: str, first: Node) -> Node:
        parts = [first]
        signs: list[int] = []
        while self._symbol() == operator:
            sign = self.tokens[self._index]
            self._index += 1
            if self._index >= self._end and len(parts) > 1:
                break  # a separator behind the last part is tolerated
            signs.append(sign.start)
            parts.append(self._expression(_TIGHTNESS[operator] + 1))
        return Chain(operator, tuple(parts), tuple(signs), parts[0].start, parts[-1].end)

    def _test(self, body: Node) -> Node:
        self._index += 1
        if self._index < self._end and self.tokens[self._index].kind == "name":
            token = self.tokens[self._index]
            self._index += 1
            kind = Atom("name", token.text, token.start, token.end)
            return Test(body, kind, body.start, kind.end)
        place = self.tokens[self._index - 1].end
        found = shown(self.tokens[self._index])
        self.complain("expected", place, place, expected="a type", found=found)
        return Bad(body.start, place)

    def _check_assigned(self, left: Node, first: int) -> None:
        """Left of ``=`` stands a fluent."""
        if not isinstance(left, Bad) and self.fluent(first, self._index) is None:
            written = self.source.text[left.start : left.end]
            self.complain("assign-to-constant", left.start, left.end, left=written)

    def _binary(self, operator: str, left: Node, glued: bool, *, again: bool) -> Node:
        sign = self.tokens[self._index]
        self._index += 1
        tighter = _TIGHTNESS[operator] + 1
        if glued:
            self._unsigned = Atom("number", sign.text[1:], sign.start + 1, sign.end)
        right = self._expression(tighter)
        if again and _TIGHTNESS[operator] == _COMPARING:
            self.complain("chained-comparison", sign.start, sign.end, operator=operator)
            return Bad(left.start, right.end)
        return Binary(operator, left, right, sign.start, left.start, right.end)

    def _prefix(self) -> Node:
        if self._unsigned is not None:
            number, self._unsigned = self._unsigned, None
            return number
        if self._symbol() not in ("!", "-"):
            return self._operand()
        sign = self.tokens[self._index]
        self._index += 1
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _TooDeep
        body = self._prefix()
        self._depth -= 1
        if sign.text == "!":
            return Negation(body, sign.start, body.end)
        if isinstance(body, Atom) and body.kind == "number" and body.text[0] != "-":
            digits = f"-{body.text}" if float(body.text) else body.text
            return Atom("number", digits, sign.start, body.end)
        return Minus(body, sign.start, body.end)

    def _operand(self) -> Node:
        start, end = self._index, self._end
        if start >= end:
            self.complain_empty(start)
            return self.bad(start, start)
        tokens, partner = self.tokens, self.partner
        token = tokens[start]
        if token.text == "(" and token.kind == "symbol":
            close = partner[start]
            self._index = close + 1
            if close == start + 1:
                self.complain("expected-value", token.start, tokens[close].end, found="`()`")
                return self.bad(start, close + 1)
            return Group(self._inside(start + 1, close), token.start, tokens[close].end)
        if token.kind == "symbol":
            self.complain_empty(start)
            return self.bad(start, start)
        if start + 1 < end and tokens[start + 1].text == "(" and token.kind == "name":
            return self._worded(start, partner[start + 1])
        atom = self.atom(start)
        if atom is None:
            self.complain_leaf(start, start + 1)
            self._index += 1
            return self.bad(start, start + 1)
        self._index += 1
        return atom

    def _worded(self, start: int, close: int) -> Node:
        """What begins with a word and a bracket: a call, ``believes``, ``if``, a quantifier."""
        tokens = self.tokens
        word = tokens[start].text
        call: Call | Node | None = self.fluent(start, close + 1)
        if call is not None:
            self._index = close + 1
            if not (word == "if" and self._operand_follows()):
                return call
        if self.is_believes(start, close + 1):
            self._index = close + 1
            return self.believing(start, close + 1, self._inside(start + 4, close))
        attitude = self.attitude(start, close + 1)
        if attitude is not None:
            self._index = close + 1
            body = self._inside(attitude[2], close)
            return self.attitude_of(attitude, start, close + 1, body)
        if word == "if":
            return self._conditional(start, close)
        binder = self.binder(start, self._end)
        if binder is not None:
            quantity, variable, kind, self._index = binder
            body = self._expression()
            return Binding(quantity, variable, kind, body, tokens[start].start, body.end)
        self._index = close + 1
        said = len(self.diagnostics)
        if word in QUANTITIES:
            self.complain_leaf(start, self._end)
        else:
            self.complain_leaf(start, close + 1)
        if len(self.diagnostics) == said:
            self.complain_at("expected-value", start, found=f"`{word}`")
        if word in QUANTITIES:
            self._index = self._end
        return self.bad(start, close + 1)

    def _operand_follows(self) -> bool:
        """Whether something stands here that would begin an operand: then ``if(x)`` before it was
        no call of a property named ``if``."""
        if self._index >= self._end:
            return False
        token = self.tokens[self._index]
        return token.kind != "symbol" or token.text in ("(", "!")

    def _conditional(self, start: int, close: int) -> Node:
        tokens = self.tokens
        from_ = tokens[start].start
        branches: list[tuple[Node, Node]] = []
        while True:
            condition = self._inside(start + 2, close)
            self._index = close + 1
            branches.append((condition, self._expression()))
            if self._peek() != "elseif":
                break
            start_of_piece = self._index
            if start_of_piece + 1 >= self._end or tokens[start_of_piece + 1].text != "(":
                self.complain_leaf(start_of_piece, self._end)
                self._index = self._end
                break
            start, close = start_of_piece, self.partner[start_of_piece + 1]
        otherwise: Node | None = None
        if self._peek() == "else":
            self._index += 1
            otherwise = self._expression()
        last = otherwise if otherwise is not None else branches[-1][1]
        return Conditional(tuple(branches), otherwise, from_, last.end)

    def _inside(self, start: int, end: int) -> Node:
        """The expression between brackets."""
        saved = (self._index, self._end)
        self._index, self._end = start, end
        said = len(self.diagnostics)
        node = self._expression()
        if self._index < end and len(self.diagnostics) == said:
            self._complain_rest(start)
            node = self.bad(start, end)
        self._index, self._end = saved
        return node

    def _complain_rest(self, start: int) -> None:
        """Something stands behind a whole expression: say what was expected instead."""
        index = self._index
        token = self.tokens[index]
        if token.kind == "symbol":
            joined = JOINED if token.text == "," else ""
            self.complain_at("expected-operator", index, found=shown(token), joined=joined)
            return
        begin = index - 1
        if self.tokens[begin].text == ")":
            begin = self.partner[begin]
            if begin > start and self.tokens[begin - 1].kind == "name":
                begin -= 1
        self.complain_leaf(begin, self._end)
