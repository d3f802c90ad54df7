"""Inner lives as an author writes them: read into the model, printed, read again."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings

from tests.inner_strategies import lives
from unspoken.language import format_text, has_errors, parse, render_all, to_text
from unspoken.model import (
    Comparator,
    Comparison,
    EntityTerm,
    EventUse,
    Fluent,
    Literal,
    RunSettings,
    Storyworld,
    Temperament,
    Variable,
    VariableTerm,
)

GROUND = dedent("""\
    entity Tara : character;
    entity Willow : character;
    entity Hall : place;
    entity Room : place;
    property at(who : character) : place;
    property loves(who : character, whom : character) : boolean;
    property linked(a : character, b : character) : boolean;
    at(Tara) = Room;
    action smile(who : character, whom : character) {
        effect: linked(who, whom);
        consenting: who;
    };
    action knock(who : character) {
        effect: at(who) = Hall;
        consenting: who;
    };
    action go(who : character, to : place) {
        effect: at(who) = to;
        consenting: who;
    };
    action blush(who : character, whom : character) {
        effect: linked(who, whom);
    };
    action thunder() {
        effect: forall(a : character) forall(b : character) !linked(a, b);
    };
    trigger meet(a : character, b : character) {
        precondition: at(a) == at(b) & !linked(a, b);
        effect: linked(a, b);
    };
""")


def read(text: str) -> Storyworld:
    """The world of the ground and these sections, printed and read again on the way."""
    world, diagnostics = parse(GROUND + dedent(text), "club.story")
    assert world is not None, render_all(diagnostics)
    again, diagnostics = parse(to_text(world), world.name)
    assert again == world, render_all(diagnostics)
    once, _ = format_text(GROUND + dedent(text))
    assert once is not None
    assert format_text(once)[0] == once
    assert parse(once, "club.story")[0] == world
    return world


def codes(text: str) -> list[str]:
    return [one.code for one in parse(GROUND + dedent(text))[1]]


WHO, WHOM = Variable("who", "character"), Variable("whom", "character")


def test_a_hunch_declares_a_number_that_every_expression_knows() -> None:
    world = read("""
        believes(Tara, sure(Willow, Tara)) = -2;
        hunch sure(who : character, whom : character) { of: loves(who, whom); from: -2; to: 4; };
    """)
    (hunch,) = world.inner.hunches
    assert (hunch.low, hunch.high) == (-2, 4)
    assert hunch.of.property.name == "loves"
    assert hunch.property == world.properties[-1]
    assert (hunch.property.parameters, hunch.property.range) == ((WHO, WHOM), "number")


def test_properties_of_sections_come_behind_the_declared_in_the_order_of_the_text() -> None:
    world = read("""
        rule secret { of: meet; known: Tara; };
        drive fear(who : character) { };
        hunch sure(who : character, whom : character) { of: loves(who, whom); };
        property late() : boolean;
        late();
        secret();
    """)
    names = [one.name for one in world.properties]
    assert names == ["at", "loves", "linked", "late", "secret", "fear", "sure"]
    (rule,) = world.inner.rules
    assert (rule.events, rule.known, rule.property.range) == (("meet",), ("Tara",), "boolean")
    (hunch,) = world.inner.hunches
    assert (hunch.low, hunch.high) == (-3, 3)
    (drive,) = world.inner.drives
    assert (drive.low, drive.high, drive.baseline, drive.half_life) == (0, 10, 0, None)


def test_a_sign_is_seen_or_inferred() -> None:
    world = read("""
        hunch sure(who : character, whom : character) { of: loves(who, whom); };
        sign smiles(reader : character, other : character) {
            seen: smile(other, *); if: at(reader) == Room; for: sure(other, reader); weight: -2; };
        sign near(reader : character, other : character) {
            when: at(other) == at(reader); for: sure(other, reader); };
    """)
    seen, inferred = world.inner.signs
    assert seen.seen == EventUse("smile", (VariableTerm("other"), None))
    assert (seen.weight, seen.when) == (-2, None)
    assert seen.of.property is world.inner.hunches[0].property
    assert (inferred.weight, inferred.seen) == (1, None)
    assert isinstance(inferred.when, Comparison)


def test_wishes_of_anybody_and_of_one() -> None:
    world = read("""
        drive affection(who : character, whom : character) {
            from: 0; to: 10; baseline: 4; half_life: 20.5; role: liking;
            moved_by: gratitude 2, anger -3; };
        wish near(who : character, whom : character) {
            wants: linked(who, whom); weight: 0.5; drive: affection(who, whom);
            if: loves(who, whom); };
        wish apart(Tara, whom : character) { wants: linked(Tara, whom); weight: -0.25; };
    """)
    (drive,) = world.inner.drives
    assert (drive.role, drive.half_life, drive.baseline) == ("liking", 20.5, 4)
    assert drive.moved_by == (("gratitude", 2), ("anger", -3))
    near, apart = world.inner.wishes
    assert isinstance(near.condition, Fluent)
    assert near.drive is not None
    assert near.drive.property == drive.property
    assert apart.parameters == (EntityTerm("Tara"), WHOM)
    assert (apart.weight, apart.drive, apart.condition) == (-0.25, None, None)


def test_norms() -> None:
    world = read("""
        norm honest(who : character) { against: lie; weight: 0.6; };
        norm hidden(who : character, whom : character) {
            against: lose_face; shows: loves(who, whom); before: whom; weight: absolute;
            if: at(who) == Room; };
        norm late(Tara) {
            against: impose; acts: knock, go(Tara, *), smile(*, Willow); before: anyone;
            weight: 0.2; };
        norm quiet(who : character) { against: harm; before: Willow; weight: 1; };
    """)
    honest, hidden, late, quiet = world.inner.norms
    assert (honest.weight, honest.before, honest.acts) == (0.6, None, ())
    assert hidden.weight is None
    assert hidden.before == VariableTerm("whom")
    assert late.acts == (
        EventUse("knock", (None,)),
        EventUse("go", (EntityTerm("Tara"), None)),
        EventUse("smile", (None, EntityTerm("Willow"))),
    )
    assert late.before == "anyone"
    assert quiet.before == EntityTerm("Willow")


def test_what_happens_of_itself() -> None:
    world = read("""
        temperament Tara { daring: 0.3; composure: 0.2; };
        tell blush(who : character, whom : character) {
            of: who; toward: whom; shows: embarrassment, unspoken; above: 0.4; };
        occasion thunder() { chance: 0.3; after: 2; };
        channel bond(thinker : character, hearer : character) {
            open: linked(thinker, hearer); carries: feelings, memories;
            whole: blush(thinker, hearer); fragment: thunder(); };
    """)
    assert world.inner.temperaments == (Temperament("Tara", 0.3, 0.2),)
    (tell,) = world.inner.tells
    assert (tell.who, tell.toward) == (VariableTerm("who"), VariableTerm("whom"))
    assert (tell.feelings, tell.above) == (("embarrassment", "unspoken"), 0.4)
    (occasion,) = world.inner.occasions
    assert (occasion.event, occasion.chance, occasion.after) == ("thunder", 0.3, 2)
    (channel,) = world.inner.channels
    assert channel.carries == ("feelings", "memories")
    assert (channel.strength, channel.concealment) == (0.3, 0.4)
    assert channel.fragment == EventUse("thunder")


def test_settings() -> None:
    world = read("""
        feelings { hide: gloating, jealousy; half_life: 2.5; floor: 0; };
        run { rounds: 12; until: loves(Tara, Willow); foresight: 2; minds: 1; thoughts: 0;
              temperature: 0.1; };
    """)
    feelings, run = world.inner.feelings, world.inner.run
    assert (feelings.hidden, feelings.half_life, feelings.floor) == (
        ("gloating", "jealousy"),
        2.5,
        0,
    )
    assert run.until is not None
    assert run == RunSettings(12, run.until, 2, 1, 0, 0.1)


def test_operators_in_sections_bind_as_in_mathematics() -> None:
    world = read("""
        property worth(who : character) : number;
        worth(Tara) = 1;
        wish rich(who : character) { wants: worth(who) - 1 - 1 >= 2 * 3 + 1; };
    """)
    (wish,) = world.inner.wishes
    assert isinstance(wish.wants, Comparison)
    assert wish.wants.comparator is Comparator.GE
    assert wish.wants.right != Literal(0)
    assert "worth(who) - 1 - 1 >= 2 * 3 + 1" in to_text(world)


@pytest.mark.parametrize(
    "word",
    [
        *("hunch", "sign", "drive", "wish", "norm", "temperament", "tell"),
        *("occasion", "channel", "presence", "rule", "feelings", "run"),
    ],
)
def test_the_words_are_not_reserved(word: str) -> None:
    text = (
        f"type {word};\nentity Ann : character, {word};\nentity {word} : {word};\n"
        f"property {word}({word} : {word}) : boolean;\n"
        f"property much({word} : character) : number;\n"
        f"{word}(Ann);\nmuch(Ann) = 1;\n{word}({word}) = True;\n"
        f"action {word}({word} : {word}) {{\n    precondition: {word}({word});\n"
        f"    effect: !{word}({word});\n}};\n"
        f"utility(Ann): if({word}(Ann)) 1 else 0;\n"
        f"property best() : {word};\n"
        f"best() = (if(much(Ann) == 1)\n{word} else (Ann));\n"
        f"best() = if(much(Ann) == 1)\n{word}\nelse Ann;\n"
    )
    world, diagnostics = parse(text)
    assert world is not None, render_all(diagnostics)
    assert not has_errors(diagnostics)
    assert len(world.initial) == 5
    assert parse(to_text(world), world.name)[0] == world


@settings(max_examples=40, deadline=None)
@given(lives())
def test_invented_inner_lives_are_printed_and_read_again(world: Storyworld) -> None:
    text = to_text(world)
    again, diagnostics = parse(text, world.name)
    assert again == world, render_all(diagnostics)
    assert format_text(text)[0] == text
    again, diagnostics = parse("unspoken 1; " + text, world.name)
    assert again is not None, render_all(diagnostics)
    assert again.inner == world.inner  # in sections, operators bind as in mathematics anyway
