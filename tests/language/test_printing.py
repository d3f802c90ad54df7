"""Text goes in, the same text comes out: formatting, and printing models."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.language.shapes import MATHEMATICS, SABRE, read_expression
from tests.language.test_sabre_files import PROBLEMS
from tests.strategies import worlds
from unspoken.language import format_text, parse, parse_file, render_all, to_text
from unspoken.language.tokens import tokenize
from unspoken.model import Source, Storyworld

STORIES = sorted((Path(__file__).parents[2] / "src" / "unspoken" / "stories").rglob("*.story"))
FILES = [*PROBLEMS, *STORIES]


def _id(path: Path) -> str:
    return path.stem if path.suffix == ".txt" else path.parent.name


def formatted(text: str) -> str:
    """The formatted text, after the laws of formatting have been checked."""
    once, diagnostics = format_text(text)
    assert once is not None, render_all(diagnostics)
    assert format_text(once)[0] == once
    assert parse(once)[0] == parse(text)[0]
    assert comments(once) == comments(text)
    return once


def comments(text: str) -> list[str]:
    return ["".join(one.text.split()) for one in tokenize(Source("", text)).comments]


@pytest.mark.parametrize("path", FILES, ids=_id)
def test_files_keep_meaning_and_comments(path: Path) -> None:
    formatted(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=_id)
def test_models_of_files_are_printed_and_read_again(path: Path) -> None:
    world, _ = parse_file(path)
    assert world is not None
    again, diagnostics = parse(to_text(world), world.name)
    assert again == world, render_all(diagnostics)


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_invented_models_are_printed_and_read_again(world: Storyworld) -> None:
    """In either reading; and what is printed is in the one style already."""
    text = to_text(world)
    again, diagnostics = parse(text, world.name)
    assert again is not None, render_all(diagnostics)
    assert again == world
    assert format_text(text)[0] == text
    again, diagnostics = parse(MATHEMATICS + text, world.name)
    assert again is not None, render_all(diagnostics)
    # Sums and products may lean to the other side.
    printed = to_text(again)
    assert len(printed) >= len(text)
    assert (
        printed.replace("(", "").replace(")", "").split()
        == text.replace("(", "").replace(")", "").split()
    )


def check_style(text: str, expected: str) -> None:
    expected = dedent(expected).strip() + "\n"
    assert format_text(dedent(text))[0] == expected
    assert format_text(expected)[0] == expected


def test_brackets_come_where_mathematics_would_differ() -> None:
    check_style(
        """
        utility(): n() + m() * 2;
        utility(A): n() - m() - 1;
        utility(B): ((n() * m()) + 2);
        utility(C): n() + m() + 1;
        action go() { precondition: a() & b() | c() & !x() == y(); };
        """,
        """
        utility(): (n() + m()) * 2;
        utility(A): n() - (m() - 1);
        utility(B): (n() * m()) + 2;
        utility(C): n() + m() + 1;

        action go() {
            precondition: a() & (b() | c()) & !(x() == y());
        };
        """,
    )


def test_a_file_of_mathematics_has_the_brackets_that_it_needs() -> None:
    check_style(
        """
        unspoken   1 ;
        utility(): (n() + (m() * 2)) - (1 - n());
        action go() { precondition: (a() & b()) | (c() & (d() | e())); };
        """,
        """
        unspoken 1;
        utility(): n() + m() * 2 - (1 - n());

        action go() {
            precondition: a() & b() | c() & (d() | e());
        };
        """,
    )


def test_comments_stay_where_they_were() -> None:
    check_style(
        """
        /* What there is. */
        type place;   // where people are
        type  item; // what they have


        // Who there is.
        entity Tara:character  ;
        action go( who:character , to:place ) // walking
        { // begins
          // before the precondition
          precondition: at(who)!=to   // elsewhere
             & /* still */ alive(who);
          // before the effect
          effect: at(who)=to;
          // the end
        };
        // goodbye
        """,
        """
        /* What there is. */
        type place;  // where people are
        type item;   // what they have

        // Who there is.
        entity Tara : character;

        action go(who : character, to : place) {  // walking
            // begins
            // before the precondition
            precondition:
                at(who) != to &  // elsewhere
                /* still */
                alive(who);
            // before the effect
            effect: at(who) = to;
            // the end
        };
        // goodbye
        """,
    )


def test_long_things_are_broken_at_their_operators() -> None:
    check_style(
        """
        action give(giver : character, gift : item, receiver : character,
            place_where_it_all_happens : place) {
          precondition: giver != receiver & at(giver) == place_where_it_all_happens &
             (at(receiver) == place_where_it_all_happens | at(receiver) == somewhere_else_entirely
             | lost(receiver));
        };
        voice Tara { name: "Tara"; gloss dread: "one hand flat on the page,
            as though it might otherwise get away from her", "and nothing else"; };
        """,
        """
        action give(
            giver : character,
            gift : item,
            receiver : character,
            place_where_it_all_happens : place
        ) {
            precondition:
                giver != receiver &
                at(giver) == place_where_it_all_happens &
                (
                    at(receiver) == place_where_it_all_happens |
                    at(receiver) == somewhere_else_entirely |
                    lost(receiver)
                );
        };

        voice Tara {
            name: "Tara";
            gloss dread:
                "one hand flat on the page, as though it might otherwise get away from her",
                "and nothing else";
        };
        """,
    )


def test_what_cannot_be_read_is_not_formatted() -> None:
    text, diagnostics = format_text("type place")
    assert text == "type place;\n"
    assert not diagnostics
    text, diagnostics = format_text("type place type item;")
    assert text is None
    assert [one.code for one in diagnostics] == ["missing-semicolon"]


def test_nothing_formats_to_nothing() -> None:
    assert format_text("")[0] == ""
    assert format_text(" \n\n")[0] == ""
    assert format_text("// only this")[0] == "// only this\n"


# Comments anywhere.

_PIECES = re.findall(
    r'"a"|"b"|"Tara"|\w+|==|!=|[^\w\s]',
    """
    type place; entity Tara: character; property at(c: character): place; property n(): number;
    action go(who: character, to: place) {
        precondition: at(who) != to & (n() + 1 > 2 | at(who) == ?);
        effect: if (n() == 1) n() = 2 else n() = sum(c: character) 1;
        consenting: who;
        observing(c: character): at(c) == to;
    };
    utility(): (if (n() > 1) 1 else 0) + n();
    voice Tara { name: "Tara"; gloss dread: "a", "b"; };
    plan { goal: 1; };
    """,
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(_PIECES)),
            st.sampled_from(
                [" // c\n", "\n// d\n", " /* e */ ", "\n/* f */\n", "\n\n", "/* g\n h */"]
            ),
        ),
        max_size=8,
    )
)
def test_comments_anywhere_are_kept(inserted: list[tuple[int, str]]) -> None:
    pieces = [[piece] for piece in [*_PIECES, ""]]
    for place, comment in inserted:
        pieces[place].insert(0, comment)
    formatted(" ".join(" ".join(piece) for piece in pieces))


# Expressions nobody thought of, whatever their types.

_LEAVES = st.sampled_from(["a()", "p(c)", "x", "1", "-2", "?", "True", "believes(c, q(d))"])


def _grow(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = ["&", "|", "=", "==", "!=", ">=", "<=", ">", "<", "*", "/", "+", "-"]
    some = st.lists(inside, min_size=2, max_size=4)
    return st.one_of(
        st.tuples(st.sampled_from(operators), some).map(lambda t: f" {t[0]} ".join(t[1])),
        inside.map(lambda t: f"({t})"),
        inside.map(lambda t: f"!{t}"),
        inside.map(lambda t: f"believes(c, {t})"),
        inside.map(lambda t: f"{t} : place"),
        st.tuples(inside, inside).map(lambda t: f"if({t[0]}) {t[1]}"),
        st.tuples(inside, inside, inside).map(lambda t: f"if({t[0]}) {t[1]} else {t[2]}"),
        st.tuples(st.sampled_from(["forall", "exists", "sum", "product"]), inside).map(
            lambda t: f"{t[0]}(c : character) {t[1]}"
        ),
    )


EXPRESSIONS = st.recursive(_LEAVES, _grow, max_leaves=12)


@settings(max_examples=400, deadline=None)
@given(EXPRESSIONS, st.sampled_from([SABRE, MATHEMATICS]))
def test_any_expression_keeps_its_reading(text: str, reading: str) -> None:
    shape, codes = read_expression(text, reading)
    printed, _ = format_text(f"{reading}utility(): {text};")
    if codes:
        assert printed is None
        return
    assert printed is not None
    body = printed.removeprefix("unspoken 1;\n").removeprefix("utility():").rstrip().rstrip(";")
    assert read_expression(body, reading) == (shape, [])
    assert format_text(printed)[0] == printed


@settings(max_examples=200, deadline=None)
@given(EXPRESSIONS)
def test_brackets_make_both_readings_one(text: str) -> None:
    """What Sabre's reading prints is read alike by mathematics (sums may lean)."""
    printed, _ = format_text(f"action go() {{ effect: {text}; }};")
    if printed is None:
        return
    again, diagnostics = format_text(f"unspoken 1; {printed}")
    assert again is not None, render_all(diagnostics)
