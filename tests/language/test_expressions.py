"""Every row of the table of readings, in Sabre's reading and in that of mathematics."""

from __future__ import annotations

import pytest

from tests.language.shapes import MATHEMATICS, SABRE, read_expression
from tests.work import calls

# Written; as Sabre reads it; as mathematics does ("error: CODE" where there is no reading).
TABLE = [
    ("a() | b() & c()", "((a() | b()) & c())", "(a() | (b() & c()))"),
    ("a() & b() | c()", "(a() & (b() | c()))", "((a() & b()) | c())"),
    ("a() & b() & c()", "(a() & b() & c())", "(a() & b() & c())"),
    ("!a() & b()", "(!a() & b())", "(!a() & b())"),
    ("!a() | b()", "(!a() | b())", "(!a() | b())"),
    ("!x() == y()", "!(x() == y())", "(!x() == y())"),
    (
        "forall(c : T) p(c) & q(c)",
        "((forall(c : T) p(c)) & q(c))",
        "(forall(c : T) (p(c) & q(c)))",
    ),
    (
        "exists(c : T) p(c) | q(c)",
        "((exists(c : T) p(c)) | q(c))",
        "(exists(c : T) (p(c) | q(c)))",
    ),
    (
        "forall(c : T) x(c) == y()",
        "(forall(c : T) (x(c) == y()))",
        "(forall(c : T) (x(c) == y()))",
    ),
    ("if(a()) x() & y()", "((if(a()) x()) & y())", "(if(a()) (x() & y()))"),
    (
        "if(a()) x() & y() else z()",
        "(if(a()) (x() & y()) else z())",
        "(if(a()) (x() & y()) else z())",
    ),
    ("f() = y() == z()", "(f() = (y() == z()))", "(f() = (y() == z()))"),
    ("a() == b() == c()", "(a() == (b() == c()))", "error: chained-comparison"),
    ("a() != b() == c()", "((a() != b()) == c())", "error: chained-comparison"),
    ("n() + m() * 2", "((n() + m()) * 2)", "(n() + (m() * 2))"),
    ("n() * m() + 2", "(n() * (m() + 2))", "((n() * m()) + 2)"),
    ("n() - m() - 1", "(n() - (m() - 1))", "((n() - m()) - 1)"),
    ("n() - m() + 1", "((n() - m()) + 1)", "((n() - m()) + 1)"),
    ("n() + m() - 1", "(n() + (m() - 1))", "((n() + m()) - 1)"),
    ("8 / 4 / 2", "(8 / (4 / 2))", "((8 / 4) / 2)"),
    (
        "sum(c : T) n(c) + 1",
        "(sum(c : T) (n(c) + 1))",
        "(sum(c : T) (n(c) + 1))",
    ),
    (
        "1 + sum(c : T) n(c)",
        "(1 + (sum(c : T) n(c)))",
        "(1 + (sum(c : T) n(c)))",
    ),
    ("if(a()) 1 else 0 + 5", "(if(a()) 1 else (0 + 5))", "(if(a()) 1 else (0 + 5))"),
    (
        "if(a()) 1 else 0 + if(b()) 1 else 0",
        "((if(a()) 1 else 0) + (if(b()) 1 else 0))",
        "(if(a()) 1 else (0 + (if(b()) 1 else 0)))",
    ),
    (
        "if(a()) 1 else if(b()) 2 else 3",
        "error: double-else",
        "(if(a()) 1 else (if(b()) 2 else 3))",
    ),
    (
        "if(a()) 1 elseif(b()) 2 else 3",
        "(if(a()) 1 elseif(b()) 2 else 3)",
        "(if(a()) 1 elseif(b()) 2 else 3)",
    ),
    (
        "if(a()) 1 else (if(b()) 2 else 3)",
        "(if(a()) 1 else (if(b()) 2 else 3))",
        "(if(a()) 1 else (if(b()) 2 else 3))",
    ),
    ("n()-1", "error: minus-trap", "(n() - 1)"),
    ("n() -1", "error: minus-trap", "(n() - 1)"),
    ("n() - 1", "(n() - 1)", "(n() - 1)"),
    ("n() - -1", "(n() - -1)", "(n() - -1)"),
    ("n() -1 * 2", "error: minus-trap", "(n() - (1 * 2))"),
    ("-n()", "error: unary-minus", "-n()"),
    ("- 1", "error: unary-minus", "-1"),
    ("(a() | b()) & c()", "((a() | b()) & c())", "((a() | b()) & c())"),
    ("a() & b() &", "(a() & b())", "(a() & b())"),
    ("a() &", "error: expected-value", "error: expected-value"),
    ("& a()", "error: expected-value", "error: expected-value"),
    ("e() : T", "(e() : T)", "(e() : T)"),
    ("e() == f() : T", "(e() == (f() : T))", "((e() == f()) : T)"),
    ("x() < y() > z()", "((x() < y()) > z())", "error: chained-comparison"),
    ("believes(c, x())", "believes(c, x())", "believes(c, x())"),
    ("believes(c, x()) = y()", "(believes(c, x()) = y())", "(believes(c, x()) = y())"),
    ("believes(c, x() = y())", "believes(c, (x() = y()))", "believes(c, (x() = y()))"),
    ("!believes(c, x() & y())", "!believes(c, (x() & y()))", "!believes(c, (x() & y()))"),
    ("x() == ?", "(x() == ?)", "(x() == ?)"),
    ("x() =?", "(x() = ?)", "(x() = ?)"),
    ("if == forall", "(if == forall)", "(if == forall)"),
    ("sum() + product()", "(sum() + product())", "(sum() + product())"),
    ("!forall(c : T) p(c)", "!(forall(c : T) p(c))", "!(forall(c : T) p(c))"),
    ("at(holder(x)) == y", "error: nested-argument", "error: nested-argument"),
    ("p() q()", "error: expected-operator", "error: expected-operator"),
    ("a() = b() = c()", "(a() = (b() = c()))", "error: assign-to-constant"),
]


def _check(written: str, expected: str, reading: str) -> None:
    shape, codes = read_expression(written, reading)
    if expected.startswith("error: "):
        assert codes == [expected.removeprefix("error: ")]
    else:
        assert (shape, codes) == (expected, [])


@pytest.mark.parametrize(("written", "sabre", "mathematics"), TABLE)
def test_as_sabre_reads(written: str, sabre: str, mathematics: str) -> None:
    _check(written, sabre, SABRE)


@pytest.mark.parametrize(("written", "sabre", "mathematics"), TABLE)
def test_as_mathematics_reads(written: str, sabre: str, mathematics: str) -> None:
    _check(written, mathematics, MATHEMATICS)


LONG: list[tuple[str, str, str, str, int]] = [
    # Begins, goes on so many times, ends, so many times more; the number of times.
    ("", "(", "a()", ")", 3000),
    ("", "!", "a()", "", 3000),
    ("n()", " - n()", "", "", 3000),
    ("n()", " + n()", "", "", 3000),
    ("n()", " = n()", "", "", 3000),
    ("!a() | b()", " & !a() | b()", "", "", 3000),
    ("", "if(a()) ", "b()", "", 3000),
    ("", "if(a()) 1 else ", "2", "", 500),
    ("", "believes(c, ", "a()", ")", 500),
    ("n()", " : n()", "", "", 1000),
    ("n() * m()", " < n() * m()", "", "", 500),
    ("", "forall(c : T) ", "a()", "", 1000),
    ("", "- ", "1", "", 2000),
]


@pytest.mark.parametrize("reading", [SABRE, MATHEMATICS])
@pytest.mark.parametrize(("begin", "on", "end", "close", "times"), LONG)
def test_nothing_takes_long_or_overflows(
    begin: str, on: str, end: str, close: str, times: int, reading: str
) -> None:
    """Twice as long is at most about twice the work, counted in calls."""

    def text(times: int) -> str:
        return begin + on * times + end + close * times

    read_expression(text(times), reading)
    once, twice = (
        calls(lambda n=n: read_expression(text(n), reading))  # type: ignore[misc]
        for n in (times // 4, times // 2)
    )
    assert twice < 2.3 * once
