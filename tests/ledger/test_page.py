"""LEDGER.md says how a ledger is written: all of it, and nothing that is not so."""

from __future__ import annotations

import re
import textwrap
from importlib.resources import files

import pytest

from unspoken import parse_ledger
from unspoken.ledger.model import PRESENCES
from unspoken.ledger.words import KEYS, MOVES, VERBS

PAGE = (files("unspoken.ledger") / "LEDGER.md").read_text("utf-8")
EXAMPLE = textwrap.dedent(re.findall(r"(?:^    .*\n|^\n)+", PAGE, re.MULTILINE)[1])


def test_its_example_is_one() -> None:
    novel = parse_ledger(EXAMPLE)
    assert novel.ledger.title == "The Blue Letter"
    assert len(novel.ledger.scenes) == 2
    assert not [one for one in novel.findings if one.severity == "error"]


@pytest.mark.parametrize("word", [*KEYS, *VERBS, *MOVES, *(p.name for p in PRESENCES)])
def test_it_says_every_word(word: str) -> None:
    assert word in PAGE


def test_who_perceives_is_as_in_its_table() -> None:
    rows = re.findall(r"^\| `([\w ]+)`[^|]* \| (yes|no) \| (yes|no) \| (yes|no) \|$", PAGE, re.M)
    said = {name: tuple(word == "yes" for word in words) for name, *words in rows}
    assert said == {p.name: (p.sees, p.hears, p.seen) for p in PRESENCES}


def test_who_must_know_is_as_in_its_table() -> None:
    """Whoever needs knowledge is named in the last column, and nobody else."""
    rows = 0
    for name, verb in VERBS.items():
        row = re.search(rf"^\| `\w+ {name}\b[^|]*\|[^|]*\|([^|]*)\|$", PAGE, re.M)
        if row is not None:
            rows += 1
            who = bool(row.group(1).strip()) and not row.group(1).strip().startswith("nobody")
            assert who == verb.needs, name
    assert rows == len(VERBS) - 1, "`knows` stands elsewhere"
