"""What is a word, a number, a sign, a comment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspoken.language.tokens import quoted, text_value, tokenize
from unspoken.model import Source


def cut(text: str) -> str:
    """Each token as kind:text, then the comments, then the codes of diagnostics."""
    result = tokenize(Source("<test>", text))
    words = [f"{one.kind}:{one.text}" for one in result.tokens[:-1]]
    words += [f"comment:{one.text}" for one in result.comments]
    words += [f"!{one.code}" for one in result.diagnostics]
    return " ".join(words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.b A' x_1 \u00e9t\u00e9 goal", "name:a.b name:A' name:x_1 name:\u00e9t\u00e9 name:goal"),
        ("a==b!=c>=d", "name:a symbol:== name:b symbol:!= name:c symbol:>= name:d"),
        ("= ==!", "symbol:= symbol:== symbol:!"),
        ("1.50 .5 5. -2 -2.5", "number:1.50 number:.5 number:5. number:-2 number:-2.5"),
        ("x-1", "name:x number:-1"),
        ("x - 1", "name:x symbol:- number:1"),
        ("-x", "symbol:- name:x"),
        ("-.5", "symbol:- number:.5"),
        ("1e5", "bad:1e5 !bad-word"),
        ("1.2.3", "bad:1.2.3 !bad-word"),
        ("_x", "bad:_x !bad-word"),
        ("-0", "bad:-0 !bad-number"),
        ("-1x", "bad:-1x !bad-word"),
        ("=?;", "symbol:= unknown:? symbol:;"),
        ("?x", "bad:?x !bad-word"),
        ("x?", "name:x?"),
        ("[a]", "symbol:[ name:a symbol:]"),
        ("a // b\nc", "name:a name:c comment:// b"),
        ("a /* b\n */ c", "name:a name:c comment:/* b\n */"),
        ("a /*/ b /* c */ d", "name:a name:b name:d comment:/*/ comment:/* c */"),
        ("/**/ a", "name:a comment:/**/"),
        ("a /* b", "name:a comment:/* b !unclosed-comment"),
        ("a//b", "name:a comment://b"),
        ('"a \\" b" c', 'text:"a \\" b" name:c'),
        ('"a', 'text:"a !unclosed-text'),
        ('a"b', 'name:a"b'),
        ("\ufeffa", "name:a"),
        ("a\tb\r\nc", "name:a name:b name:c"),
        ("9" * 400, f"bad:{'9' * 400} !bad-number"),
        ("", ""),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert cut(text) == expected


@given(st.text())
def test_every_character_is_accounted_for(text: str) -> None:
    result = tokenize(Source("<test>", text))
    pieces = [(one.start, one.end) for one in (*result.tokens, *result.comments)]
    at = 0
    for start, end in sorted(pieces):
        assert not text[at:start].strip("\ufeff").strip()
        assert start >= at
        at = max(at, end)
    assert at == len(text)


@given(st.text(st.characters(exclude_characters="\n\x0b\x0c\r\x1c\x1d\x1e\x85\u2028\u2029")))
def test_a_text_says_what_was_quoted(value: str) -> None:
    assert text_value(quoted(value)) == value


def test_a_line_break_in_a_text_is_one_space() -> None:
    assert text_value('"one \n     two\n\n  three"') == "one two three"
