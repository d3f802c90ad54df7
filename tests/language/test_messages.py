"""Every message has a file; every file's world or ledger provokes exactly that message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import unspoken.language
from unspoken import parse_ledger
from unspoken.language import Diagnostic, as_json, parse, render
from unspoken.language.diagnostics import codes, definition

SOURCES = Path(unspoken.language.__file__).parents[1]

WITH_WORLD = [code for code in codes() if definition(code).world is not None]
WITH_LEDGER = [code for code in codes() if definition(code).ledger is not None]
WITHOUT_EITHER = [code for code in codes() if code not in {*WITH_WORLD, *WITH_LEDGER}]


def provoked(code: str) -> list[Diagnostic]:
    """What is found in the text that a message's file has."""
    words = definition(code)
    if words.ledger is not None:
        return list(parse_ledger(words.ledger, f"{code}.ledger").findings)
    return parse(words.world or "", f"{code}.story")[1]


@pytest.mark.parametrize("code", [*WITH_WORLD, *WITH_LEDGER])
def test_its_text_provokes_exactly_this_message(code: str) -> None:
    words = definition(code)
    diagnostics = provoked(code)
    assert [diagnostic.code for diagnostic in diagnostics] == [code]
    (diagnostic,) = diagnostics
    assert diagnostic.severity == words.severity
    picture = render(diagnostic)
    assert picture.startswith(f"{words.severity}: ")
    assert f"{code}.{'story' if words.world is not None else 'ledger'}:" in picture
    assert "^" in picture
    assert "{" not in diagnostic.message.replace("`{`", "")
    assert "?" not in re.sub(
        r"`[^`]*`|means\?|mean .*\?|what\?|it\?|this\?|values\?|who\?",
        "",
        f"{diagnostic.message} {diagnostic.label}",
    )  # a fact was missing


@pytest.mark.parametrize("code", [*WITH_WORLD, *WITH_LEDGER])
def test_its_facts_are_plain(code: str) -> None:
    import json

    (diagnostic,) = provoked(code)
    data = as_json(diagnostic)
    assert json.loads(json.dumps(data)) == data
    assert data["message"] == diagnostic.message


@pytest.mark.parametrize("code", WITHOUT_EITHER)
def test_a_message_without_a_text_says_who_provokes_it(code: str) -> None:
    assert definition(code).provoked_by


@pytest.mark.parametrize("code", codes())
def test_it_explains_itself(code: str) -> None:
    words = definition(code)
    assert len(words.explanation) > 20
    assert not words.message.endswith(".")
    assert words.message[0].islower() or words.message[0] in "`{"


def test_every_code_in_the_sources_has_a_message() -> None:
    said = set()
    for file in sorted(SOURCES.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        said |= set(re.findall(r"\b(?:problem|complain|complain_at|say)\(\s*\"([a-z-]+)\"", text))
    assert said
    assert said <= set(codes())
