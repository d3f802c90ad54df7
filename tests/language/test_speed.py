"""A long file is read whole, and twice the lines are no more than twice the work.

How long that takes is a benchmark's business (``python -m benchmarks --tasks reading``): work is
counted here, in calls, so that a busy machine makes no difference.
"""

from __future__ import annotations

from benchmarks.files import long_file
from tests.work import calls
from unspoken.language import format_text, parse
from unspoken.language.parser import read_tree
from unspoken.model import Source

LINEAR = 2.3
"""What twice the lines may cost. Anything that looks at pairs comes to 3 and more."""


def test_ten_thousand_lines() -> None:
    text = long_file(10_000)
    assert text.count("\n") >= 10_000
    world, diagnostics = parse(text)
    assert world is not None
    assert {one.code for one in diagnostics} == {"surprising-mix"}
    printed, said = format_text(text)
    assert printed is not None
    assert {one.code for one in said} <= {"surprising-mix"}
    again, diagnostics = parse(printed)
    assert not diagnostics, "brackets make the surprising mix a plain one"
    assert again == world
    assert printed.count("// Somebody goes somewhere.") == len(world.actions)


def test_the_tree_takes_work_by_the_line() -> None:
    once, twice = (Source("long", long_file(lines)) for lines in (600, 1200))
    assert calls(lambda: read_tree(twice)) < LINEAR * calls(lambda: read_tree(once))


def test_formatting_takes_work_by_the_line() -> None:
    once, twice = long_file(600), long_file(1200)
    assert calls(lambda: format_text(twice)) < LINEAR * calls(lambda: format_text(once))


def test_parsing_takes_work_by_the_line() -> None:
    once, twice = long_file(1200), long_file(2400)
    assert calls(lambda: parse(twice)) < LINEAR * calls(lambda: parse(once))
