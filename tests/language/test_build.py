"""Worlds from Python: the same models as from text, and errors that show the Python line."""

from __future__ import annotations

import pytest

from unspoken.language import DiagnosticError, parse, to_text
from unspoken.language.build import (
    World,
    believes,
    boolean,
    character,
    exists,
    forall,
    number,
    product,
    total,
    unknown,
    when,
)


def note() -> World:
    world = World("note")
    place = world.type("place")
    tara, willow = world.entities(character, "Tara", "Willow")
    hall, attic = world.entities(place, "Hall", "Attic")
    at = world.property("at", who=character, returns=place)
    lit = world.property("lit", where=place)
    count = world.property("count", who=character, returns=number)

    world.about(title="The Note", tags=["letters", "a misunderstanding"])
    world.plan(goal=1, author_limit=4)
    world.initially(
        at(tara) == hall,
        at(willow) == attic,
        lit(hall) & ~lit(attic),
        believes(tara, at(willow) == None),  # noqa: E711
        believes(tara, believes(willow, at(tara) == attic)),
        forall(character("c"), count(character("c")) == 2),
    )
    who, to, c, p = character("who"), place("to"), character("c"), place("p")
    world.action(
        "walk",
        who,
        to,
        precondition=(at(who) != to) & exists(p, lit(p)) & ((count(who) > 0) | (who == tara)),
        effect=[
            at(who) == to,
            count(who) == count(who) - 1,
            when(to == hall, lit(hall)),
        ],
        consenting=who,
        observing=(c, (at(c) == to) | (at(c) == at(who))),
    )
    world.trigger(
        "see",
        who,
        c,
        precondition=[at(who) == at(c), believes(who, at(c)) != at(c)],
        effect=believes(who, at(c)).becomes(at(c)),
    )
    world.utility(at(tara) == at(willow))
    world.utility(total(c, count(c)) + when(lit(hall), 1, 0) * 2, of=tara)
    world.voice(
        tara,
        name="Tara",
        pronoun="she",
        manner=[("stammer", 15, 50, "dt"), ("terse",)],
        known_as={"stranger": "the girl"},
        gloss={"dread": ["one hand flat", "very still"]},
    )
    world.frame("walk", who, to, text="{who} [walk] to {to}", needs=at(who) == to)
    world.thought("alone", who, that=at(who) == attic, plain="{I} [be] alone", fragment="Alone.")
    return world


AS_TEXT = """
title "The Note"; tags "letters", "a misunderstanding";
plan { goal: 1; author_limit: 4; };
type place;
entity Tara : character; entity Willow : character; entity Hall : place; entity Attic : place;
property at(who : character) : place;
property lit(where : place) : boolean;
property count(who : character) : number;
at(Tara) = Hall;
at(Willow) = Attic;
lit(Hall) & !lit(Attic);
believes(Tara, at(Willow) = ?);
believes(Tara, believes(Willow, at(Tara) = Attic));
forall(c : character) count(c) = 2;
action walk(who : character, to : place) {
    precondition: at(who) != to & (exists(p : place) lit(p)) & (count(who) > 0 | who == Tara);
    effect: at(who) = to & count(who) = count(who) - 1 & if(to == Hall) lit(Hall);
    consenting: who;
    observing(c : character): at(c) == to | at(c) == at(who);
};
trigger see(who : character, c : character) {
    precondition: at(who) == at(c) & believes(who, at(c)) != at(c);
    effect: believes(who, at(c)) = at(c);
};
utility(): at(Tara) == at(Willow);
utility(Tara): (sum(c : character) count(c)) + ((if(lit(Hall)) 1 else 0) * 2);
voice Tara {
    name: "Tara"; pronoun: she; manner: stammer 15 50 "dt", terse;
    known_as stranger: "the girl"; gloss dread: "one hand flat", "very still";
};
frame walk(who : character, to : place) {
    text: "{who} [walk] to {to}"; needs: at(who) == to;
};
thought alone(who : character) {
    that: at(who) == Attic; plain: "{I} [be] alone"; fragment: "Alone.";
};
"""


def test_the_same_world_as_from_text() -> None:
    built = note().storyworld()
    written, diagnostics = parse(AS_TEXT, "note")
    assert not diagnostics
    assert built == written
    assert parse(to_text(built), "note")[0] == built


def test_pieces_know_the_line_that_made_them() -> None:
    built = note().storyworld()
    origin = built.actions[0].origin
    assert origin is not None
    assert origin.source.name == __file__
    assert origin.source.line_text(origin.line).strip() == "world.action("


def test_an_error_shows_the_python_line() -> None:
    world = World("wrong")
    place = world.type("place")
    tara = world.entity("Tara", character)
    at = world.property("at", who=character, returns=place)
    world.initially(at(tara) == tara)
    with pytest.raises(DiagnosticError) as caught:
        world.storyworld()
    text = str(caught.value)
    assert "error: `at` cannot have this value" in text
    assert "test_build.py" in text
    assert "world.initially(at(tara) == tara)" in text
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.span is not None
    marked = diagnostic.span.source.text[diagnostic.span.start : diagnostic.span.end]
    assert marked == "at(tara) == tara"


def test_all_errors_are_said_together() -> None:
    world = World("wrong")
    thing = world.type("thing")
    lamp = world.entity("Lamp", thing)
    lit = world.property("lit", what=thing)
    bright = world.property("bright", returns=number)
    world.initially(believes(lamp, lit(lamp)), bright() == True)  # noqa: E712
    world.action("dim", precondition=bright(), effect=lit(lamp) | lit(lamp))
    _, diagnostics = world.checked()
    codes = [diagnostic.code for diagnostic in diagnostics]
    assert codes == ["not-boolean", "not-an-effect", "not-a-character", "wrong-value"]


def test_other_values() -> None:
    world = World("values")
    tara = world.entity("Tara", character)
    n = world.property("n", who=character, returns=number)
    loud = world.property("loud", who=tara, how=boolean)
    c = character("c")
    world.initially(n(tara).becomes(unknown), loud(tara, True), ~loud(tara, False))
    world.utility(product(c, 1 - n(c)) / 2 + 3 * n(tara))
    world.utility(when(tara.is_a(character), 1.5, 0), of=tara)
    expected = """
        entity Tara : character;
        property n(who : character) : number;
        property loud(Tara, how : boolean) : boolean;
        n(Tara) = ?;
        loud(Tara, True);
        !loud(Tara, False);
        utility(): ((product(c : character) (1 - n(c))) / 2) + (3 * n(Tara));
        utility(Tara): if(Tara : character) 1.5 else 0;
    """
    assert world.storyworld() == parse(expected, "values")[0]


@pytest.mark.parametrize("name", ["Tara Maclay", "", "3d", "a-b", "True", "x;", "what?!"])
def test_names_are_such_as_text_can_say(name: str) -> None:
    with pytest.raises(DiagnosticError, match="cannot be a name") as caught:
        World("names").entity(name, character)
    assert caught.value.diagnostics[0].code == "bad-name"


def test_python_cannot_ask_for_the_truth() -> None:
    world = World("truth")
    p = world.property("p")
    with pytest.raises(DiagnosticError, match="neither true nor false yet") as caught:
        p() and p()
    assert caught.value.diagnostics[0].code == "truth-of-expression"


def test_foreign_values_are_refused() -> None:
    world = World("foreign")
    p = world.property("p")
    with pytest.raises(DiagnosticError, match="a Python str has no meaning") as caught:
        world.initially(p() == "yes")
    assert caught.value.diagnostics[0].code == "foreign-value"
    assert "test_build.py" in str(caught.value)
