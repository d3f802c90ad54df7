"""Whatever is written, reading says what is wrong and goes on: several errors in one run, none
that only follows from another, and never an exception."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unspoken.language import format_text, parse, render_all, to_text


def check_codes(text: str, *expected: str) -> None:
    _, diagnostics = parse(dedent(text), "bad.story")
    found = [f"{one.span.line}: {one.code}" for one in diagnostics if one.span is not None]
    assert found == list(expected), render_all(diagnostics)


def check_picture(text: str, expected: str) -> None:
    _, diagnostics = parse(dedent(text).strip("\n"), "bad.story")
    assert render_all(diagnostics).strip() == dedent(expected).strip()


def test_several_errors_are_found_in_one_run() -> None:
    check_picture(
        """
        type place;
        type letter;
        entity Hall : place;
        property at(l : letter) : place;
        property sealed(l : letter) : boolean;

        action hide(a : character, l : leter, d : place) {
            precondition: sealed(l & at(l) != d;
            effct: at(l) = d;
            consenting: a;
        };

        action leave(a : character, d : plaec) {
            effect: at(a) = ;
        }
        """,
        """
        error: no type is called `leter`
          ┌─ bad.story:7:32
          │
        7 │ action hide(a : character, l : leter, d : place) {
          │                                ^^^^^ not declared anywhere
          │
          = help: did you mean `letter`?

        error: expected `)` but found `&`
          ┌─ bad.story:8:27
          │
        8 │     precondition: sealed(l & at(l) != d;
          │                           ^ `)` belongs here
          ├─ bad.story:8:25
          │
        8 │     precondition: sealed(l & at(l) != d;
          │                         ^ closes this one

        error: `effct` is not a part of an action
          ┌─ bad.story:9:5
          │
        9 │     effct: at(l) = d;
          │     ^^^^^ expected `precondition`, `effect`, `consenting` or `observing`
          │
          = help: did you mean `effect`?

        error: no type is called `plaec`
           ┌─ bad.story:13:33
           │
        13 │ action leave(a : character, d : plaec) {
           │                                 ^^^^^ not declared anywhere
           │
           = help: did you mean `place`?

        error: `at` wants a letter here
           ┌─ bad.story:14:16
           │
        14 │     effect: at(a) = ;
           │                ^ a is a character
           ├─ bad.story:4:10
           │
         4 │ property at(l : letter) : place;
           │          ^^^^^^^^^^^^^^ declared here
           │
           = help: it is declared as `at(l : letter)`

        error: expected a value but found `;`
           ┌─ bad.story:14:20
           │
        14 │     effect: at(a) = ;
           │                    ^ a value belongs here
        """,
    )


def test_a_forgotten_semicolon_is_said_once() -> None:
    check_codes(
        """
        type place
        entity Hall : place;
        property lit(p : place) : boolean
        lit(Hall)
        property p() : boolean;
        action go() {
            precondition: lit(Hall)
            effect: !lit(Hall)
        }
        utility(): p();
        """,
        "2: missing-semicolon",
        "4: missing-semicolon",
        "5: missing-semicolon",
        "8: missing-semicolon",
        "10: missing-semicolon",
    )


def test_a_forgotten_brace_does_not_swallow_what_follows() -> None:
    check_codes(
        """
        property p() : boolean;
        action go() {
            effect: p();
        action stay() {
            effect: !q();
        };
        """,
        "4: unclosed-bracket",
        "6: unknown-property",
    )


def test_a_forgotten_bracket_is_shown_where_it_belongs() -> None:
    check_codes(
        """
        property p(c : character) : boolean;
        action go(who : character {
            effect: forall(c : character p(c);
        };
        action stay(who : character) {
            effect: p(who;
        };
        """,
        "3: unclosed-bracket",
        "4: unclosed-bracket",
        "7: unclosed-bracket",
    )


def test_uses_of_what_could_not_be_declared_are_not_complained_about() -> None:
    check_codes(
        """
        type place;
        entity Hall place;
        property lit(p ; place) : boolean;
        lit(Hall);
        """,
        "3: entity-without-type",
        "4: expected",
    )


def test_one_wrong_condition_does_not_hide_another() -> None:
    check_codes(
        """
        property p(c : character) : boolean;
        property n() : number;
        action go(who : character) {
            precondition: p(nobody) & n() & (p(who) == n() + p(who)) & m();
            effect: p(who) | p(who) & n() = ?;
        };
        """,
        "5: unknown-name",
        "5: not-boolean",
        "5: not-number",
        "5: unknown-property",
        "6: not-an-effect",
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("}", "stray-bracket"),
        ("{", "unclosed-bracket"),
        (")", "stray-bracket"),
        ("type", "expected"),
        ("action go()", "expected"),
        ("action go() {", "unclosed-bracket"),
        ("utility(", "unclosed-bracket"),
        ("a b c d", "unknown-definition"),
        ('"a text"', "text-as-value"),
        ("unspoken 1 type place;", "missing-semicolon"),
        ("@", "bad-word"),
        ("x-1", "minus-trap"),
        ("]", "expected-value"),
        ("plan {", "unclosed-bracket"),
        ("plan { goal 1 };", "expected"),
        ("voice {};", "expected"),
        ("frame x {};", "missing-brackets"),
        ("property p(x : y", "unclosed-bracket"),
    ],
)
def test_fragments(text: str, code: str) -> None:
    world, diagnostics = parse(text)
    assert world is None
    assert diagnostics[0].code == code, render_all(diagnostics)
    assert format_text(text)[0] is None


def test_nothing_is_a_world() -> None:
    world, diagnostics = parse("")
    assert world is not None
    assert not diagnostics


_SOUP = """type entity property action trigger utility precondition effect consenting observing
plan voice frame thought speech goal who text needs that unspoken title forall exists sum
product believes if elseif else True False ? place Tara c p n at x 1 -2 3.5 -0 "a" "{x}" " @ _
hunch sign drive wish norm temperament tell occasion channel rule feelings run of from to for seen
when wants weight acts shows before open half_life absolute anyone joy
( ) ( ) ( ) { } { } [ ] , ; ; ; : : * / + - & | ! = == != >= <= > < // /* */"""
_WORDS = st.sampled_from(_SOUP.split())


@settings(max_examples=500, deadline=None)
@given(st.lists(_WORDS, max_size=60), st.sampled_from([" ", "\n", ""]))
def test_token_soup_never_raises(words: list[str], between: str) -> None:
    text = between.join(words)
    _, diagnostics = parse(text)
    render_all(diagnostics, colour=True)
    format_text(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_text_never_raises(text: str) -> None:
    _, diagnostics = parse(text)
    render_all(diagnostics)
    format_text(text)


_OUTSIDE = """unspoken 1; title "T"; plan { goal: 1; }; type place; entity Tara : character;
entity Hall : place; property at(c : character) : place; property n(c : character) : number;
at(Tara) = Hall; believes(Tara, n(Tara) = 2);
action go(who : character, to : place) { precondition: at(who) != to & (n(who) > 1 | at(who) == ?);
effect: at(who) = to & if (n(who) == 1) n(who) = 2; consenting: who; observing(c : character):
at(c) == to; };
utility(): sum(c : character) if (at(c) == Hall) 1 else 0;
frame go(who : character, to : place) { text: "{who} [go] to {to}"; needs: at(who) == to; };
thought th(me : character) { that: at(me) == Hall; plain: "{I} [be] here"; };
"""


_INSIDE = """type place; entity Tara : character; entity Hall : place;
property at(c : character) : place; property loves(a : character, b : character) : boolean;
believes(Tara, sure(Tara, Tara)) = -2;
action go(who : character, to : place) { effect: at(who) = to; consenting: who; };
action blush(who : character) { effect: calm(who) = calm(who) - 1; };
hunch sure(who : character, whom : character) { of: loves(who, whom); from: -3; to: 3; };
sign near(reader : character, other : character) { seen: go(other, *); if: at(reader) == Hall;
for: sure(other, reader); weight: -1; };
drive calm(who : character) { from: 0; to: 10; half_life: 2.5; role: anxiety; moved_by: joy 2; };
wish home(Tara) { wants: at(Tara) == Hall & calm(Tara) > 2; weight: 0.5; drive: calm(Tara); };
norm late(who : character) { against: impose; acts: go, go(who, Hall); before: anyone;
weight: absolute; };
norm shy(who : character) { against: lose_face; shows: loves(who, Tara); before: Tara; weight: 1; };
temperament Tara { daring: 0.5; }; tell blush(who : character) { of: who; shows: shame, unspoken; };
occasion blush(who : character) { chance: 0.1; };
channel bond(a : character, b : character) { open: at(a) == at(b); carries: feelings, wishes;
whole: blush(b); }; rule magic { of: blush; known: Tara; };
feelings { hide: gloating; floor: 0.2; }; run { rounds: 3; until: loves(Tara, Tara); };
"""


@pytest.mark.parametrize("sound", [_OUTSIDE, _INSIDE])
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_spoiled_world_never_raises(sound: str, data: st.DataObject) -> None:
    words = sound.split()
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(words) - 1))
        spoil = data.draw(st.sampled_from(["drop", "double", "swap", "cut"]))
        if spoil == "drop":
            del words[place]
        elif spoil == "double":
            words.insert(place, words[place])
        elif spoil == "swap":
            words[place] = data.draw(_WORDS)
        else:
            words[place] = words[place][: len(words[place]) // 2]
    text = " ".join(words)
    world, diagnostics = parse(text)
    render_all(diagnostics)
    printed, _ = format_text(text)
    if world is not None:
        assert printed is not None
        assert parse(printed)[0] == world


@pytest.mark.parametrize("version", ["", "unspoken 1;"])
@pytest.mark.parametrize(
    ("before", "middle", "after"),
    [
        ("(", "p()", ")"),
        ("!(", "p()", ")"),
        ("believes(Tara, ", "p() & p()", ")"),
        ("believes(Tara, p() & ", "p()", ")"),
        ("if(p()) (", "p()", ")"),
        ("(p() | ", "p()", ")"),
        ("(exists(c : character) ", "p()", ")"),
        ("(1 == 1 + (", "1", "))"),
    ],
)
def test_whatever_is_not_too_deep_can_be_worked_with(
    version: str, before: str, middle: str, after: str
) -> None:
    worked = 0
    for depth in range(10, 62):
        text = f"{version} entity Tara : character; property p() : boolean; action go() "
        text += f"{{ precondition: {before * depth}{middle}{after * depth}; effect: p(); }};"
        world, diagnostics = parse(text)
        if world is None:
            assert {one.code for one in diagnostics} <= {"too-deep", "not-number"}
            break
        worked = depth
        printed, _ = format_text(text)
        assert printed is not None
        assert parse(printed)[0] == world
        assert parse(to_text(world))[0] == world
    assert worked >= 15 or "1 + (" in before
