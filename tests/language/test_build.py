"""Worlds from Python: the same models as from text, and errors that show the Python line."""

from __future__ import annotations

import pytest

from unspoken.language import DiagnosticError, parse, to_text
from unspoken.language.build import (
    World,
    act,
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


def test_inner_lives_as_from_text() -> None:
    """The sections of ``test_inner``, from Python."""
    world = World("club")
    place = world.type("place")
    tara, willow = world.entities(character, "Tara", "Willow")
    hall = world.entity("Hall", place)
    at = world.property("at", who=character, returns=place)
    loves = world.property("loves", who=character, whom=character)
    linked = world.property("linked", who=character, whom=character)
    who, whom = character("who"), character("whom")
    sure = world.hunch("sure", who, whom, of=loves(who, whom), low=-2, high=4)
    fondness = world.drive(
        "fondness",
        who,
        whom,
        baseline=4,
        half_life=20.5,
        role="liking",
        moved_by={"gratitude": 2, "anger": -3},
    )
    secret = world.rule("secret", "meet", known=tara)
    world.initially(at(tara) == hall, believes(tara, sure(willow, tara)) == -2, secret())
    world.action("smile", who, whom, effect=linked(who, whom), consenting=who)
    world.action("knock", who, effect=at(who) == hall, consenting=who)
    world.action("blush", who, whom, effect=~linked(who, whom))
    world.trigger("meet", who, precondition=linked(who, tara), effect=~linked(who, tara))
    world.sign(
        "smiles",
        who,
        whom,
        seen=act("smile", whom, ...),
        of=sure(whom, who),
        weight=-1,
        condition=at(who) == hall,
    )
    world.sign("near", who, whom, when=at(who) == at(whom), of=sure(whom, who))
    world.wish(
        "near",
        who,
        whom,
        wants=[at(who) == at(whom), linked(who, whom)],
        weight=0.5,
        drive=fondness(who, whom),
        condition=loves(who, whom),
    )
    world.wish("apart", tara, whom, wants=linked(tara, whom), weight=-0.25)
    world.norm("honest", who, against="lie", weight=0.6)
    world.norm(
        "hidden",
        who,
        whom,
        against="lose_face",
        shows=loves(who, whom),
        before=whom,
        weight=None,
        condition=at(who) == hall,
    )
    world.norm("late", tara, against="impose", acts=["knock", act("smile", tara, ...)], weight=0.2)
    world.norm("quiet", who, against="harm", before="anyone", weight=1)
    world.norm("calm", who, against="take", acts="knock", before=willow, weight=1)
    world.temperament(tara, daring=0.3, composure=0.2)
    world.tell("blush", who, whom, who=who, toward=whom, feelings=["love", "unspoken"], above=0.4)
    world.occasion("blush", who, whom, chance=0.3, after=2)
    world.channel(
        "bond",
        who,
        whom,
        open=linked(who, whom),
        carries=["thoughts", "memories"],
        strength=0.2,
        whole=act("blush", who, whom),
        fragment="blush",
    )
    world.feelings(hide="gloating", half_life=3)
    world.run(rounds=12, until=at(tara) == at(willow), temperature=0.1)
    built = world.storyworld()

    written, diagnostics = parse(
        """
        type place; entity Tara : character; entity Willow : character; entity Hall : place;
        property at(who : character) : place;
        property loves(who : character, whom : character) : boolean;
        property linked(who : character, whom : character) : boolean;
        hunch sure(who : character, whom : character) { of: loves(who, whom); from: -2; to: 4; };
        drive fondness(who : character, whom : character) {
            baseline: 4; half_life: 20.5; role: liking; moved_by: gratitude 2, anger -3; };
        rule secret { of: meet; known: Tara; };
        at(Tara) = Hall; believes(Tara, sure(Willow, Tara)) = -2; secret();
        action smile(who : character, whom : character) {
            effect: linked(who, whom); consenting: who; };
        action knock(who : character) { effect: at(who) = Hall; consenting: who; };
        action blush(who : character, whom : character) { effect: !linked(who, whom); };
        trigger meet(who : character) {
            precondition: linked(who, Tara); effect: !linked(who, Tara); };
        sign smiles(who : character, whom : character) {
            seen: smile(whom, *); if: at(who) == Hall; for: sure(whom, who); weight: -1; };
        sign near(who : character, whom : character) {
            when: at(who) == at(whom); for: sure(whom, who); };
        wish near(who : character, whom : character) {
            wants: at(who) == at(whom) & linked(who, whom); weight: 0.5;
            drive: fondness(who, whom); if: loves(who, whom); };
        wish apart(Tara, whom : character) { wants: linked(Tara, whom); weight: -0.25; };
        norm honest(who : character) { against: lie; weight: 0.6; };
        norm hidden(who : character, whom : character) {
            against: lose_face; shows: loves(who, whom); before: whom; weight: absolute;
            if: at(who) == Hall; };
        norm late(Tara) { against: impose; acts: knock, smile(Tara, *); weight: 0.2; };
        norm quiet(who : character) { against: harm; before: anyone; weight: 1; };
        norm calm(who : character) { against: take; acts: knock(*); before: Willow; weight: 1; };
        temperament Tara { daring: 0.3; composure: 0.2; };
        tell blush(who : character, whom : character) {
            of: who; toward: whom; shows: love, unspoken; above: 0.4; };
        occasion blush(who : character, whom : character) { chance: 0.3; after: 2; };
        channel bond(who : character, whom : character) {
            open: linked(who, whom); carries: thoughts, memories; strength: 0.2;
            whole: blush(who, whom); fragment: blush; };
        feelings { hide: gloating; half_life: 3; };
        run { rounds: 12; until: at(Tara) == at(Willow); temperature: 0.1; };
        """,
        "club",
    )
    assert not diagnostics
    assert built == written
    assert parse(to_text(built), "club")[0] == built


def test_an_error_in_an_inner_life_shows_the_python_line() -> None:
    world = World("wrong")
    who = character("who")
    world.entity("Tara", character)
    calm = world.property("calm", who=character)
    world.wish("rest", who, wants=calm(who), weight=3)
    with pytest.raises(DiagnosticError) as caught:
        world.storyworld()
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "out-of-range"
    assert diagnostic.span is not None
    assert diagnostic.span.source.line_text(diagnostic.span.line).strip().startswith("world.wish(")
