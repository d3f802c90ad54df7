"""What names refer to, what fits where, and what comes of it in the model."""

from __future__ import annotations

from textwrap import dedent

import pytest

from unspoken.language import parse, render_all, to_text
from unspoken.model import Assign, Believes, EntityTerm, Fluent, Storyworld, Type, VariableTerm


def read(text: str) -> Storyworld:
    world, diagnostics = parse(dedent(text))
    assert world is not None, render_all(diagnostics)
    return world


def codes(text: str) -> list[str]:
    return [diagnostic.code for diagnostic in parse(dedent(text))[1]]


# Types and entities.


def test_types_come_to_be_when_they_are_needed() -> None:
    world = read("type room : place; entity Hall : room; entity Key : thing, tool;")
    assert [one.name for one in world.types] == ["room", "place", "thing", "tool"]
    assert world.types[0] == Type("room", ("place",))
    assert world.types[1] == Type("place", ("entity",))


def test_declaring_again_adds() -> None:
    world = read(
        """
        type room : place; type room : secret;
        entity Hall : room; entity Hall : shelter;
        type character : place;
        entity Tara : character;
        """
    )
    assert world.types[0].parents == ("place", "secret")
    assert world.entities[0].types == ("room", "shelter")
    assert world.ancestors("character") == {"character", "place", "entity"}


def test_order_between_kinds_is_free() -> None:
    parts = [
        "type girl : character;",
        "entity Tara : girl;",
        "property p(c : girl) : boolean;",
        "p(Tara);",
        "utility(): p(Tara);",
    ]
    assert read("".join(parts)) == read("".join(reversed(parts)))


@pytest.mark.parametrize(
    "text",
    [
        "type a : a;",
        "type a : b; type b : c; type c : a;",
        "type a : character; type character : a;",
        "type entity : a;",
    ],
)
def test_circles_of_types(text: str) -> None:
    assert codes(text) == ["type-cycle"]


def test_two_ways_to_the_same_type_are_no_circle() -> None:
    read("type a; type b : a; type c : a; type d : b, c; entity X : d;")


# Overloads.

OVERLOADS = """
type place; type house : place; type item;
entity Tara : character; entity Hall : house; entity Key : item; entity Cart : house, item;
property at(c : character) : place;
property at(i : item) : place;
property w(h : house) : number;
property w(p : place) : boolean;
property size(i : item) : number;
property size(Hall) : place;
property b(t : boolean) : number;
"""


@pytest.mark.parametrize(
    ("use", "range_", "first"),
    [
        ("at(Tara)", "place", "character"),
        ("at(Key)", "place", "item"),
        ("w(Hall)", "number", "house"),
        ("w(Cart)", "number", "house"),
        ("w(x)", "boolean", "place"),
        ("b(True)", "number", "boolean"),
        ("b(t)", "number", "boolean"),
    ],
)
def test_the_first_declared_signature_that_fits_is_meant(use: str, range_: str, first: str) -> None:
    world = read(
        OVERLOADS
        + "property p() : boolean;"
        + f"action go(x : place, t : boolean) {{ precondition: {use} == {use}; effect: p(); }};"
    )
    comparison = world.actions[0].precondition
    fluent = comparison.left  # type: ignore[union-attr]
    assert isinstance(fluent, Fluent)
    assert fluent.property.range == range_
    assert fluent.property.parameters[0].type == first  # type: ignore[union-attr]


def test_a_variable_fits_by_its_declared_type_only() -> None:
    text = "property p(h : house) : boolean; action go(x : place) { effect: p(x); };"
    assert codes(OVERLOADS + text) == ["wrong-argument"]


def test_signatures_that_cannot_be_told_apart() -> None:
    assert codes("action a() { }; trigger a() { };")[0] == "repeated-signature"
    assert codes("entity T : character; action a(T) { }; action a(c : character) { };") == [
        "ambiguous-signature"
    ]
    assert (
        codes(
            "type x; entity T : character; action a(T) { effect: p(); }; action a(c : x)"
            "{ effect: p(); }; property p() : boolean;"
        )
        == []
    )


# Names.


def test_the_innermost_binder_wins() -> None:
    world = read(
        """
        entity Tara : character; property p(c : character) : boolean;
        action go(Tara : character) {
            precondition: p(Tara) & forall(Tara : character) p(Tara);
            effect: p(Tara);
            consenting: Tara, Tara;
        };
        action stay(Tara) { effect: p(Tara); consenting: Tara; };
        """
    )
    assert world.actions[0].effect == Fluent(world.properties[0], (VariableTerm("Tara"),))
    assert world.actions[0].consenting == (VariableTerm("Tara"),)
    assert world.actions[1].parameters == (EntityTerm("Tara"),)
    assert world.actions[1].effect == Fluent(world.properties[0], (EntityTerm("Tara"),))


def test_words_are_not_reserved() -> None:
    world = read(
        """
        type type; type action : type; entity if : type; entity else : action;
        property utility(forall : type) : boolean; property goal() : type;
        utility(if); goal() = else;
        action effect(trigger : type) {
            precondition: utility(trigger); effect: !utility(trigger);
        };
        """
    )
    assert parse(to_text(world), world.name)[0] == world


# Beliefs.


def test_believes_around_a_fluent_is_a_fluent_with_minds() -> None:
    world = read(
        """
        entity A : character; entity B : character;
        property x() : number; property y() : number; property p() : boolean;
        believes(A, believes(B, x())) = 1;
        believes(A, x()) = y();
        believes(A, x() = y());
        believes(A, (p()));
        """
    )
    x, y, p = world.properties
    a, b = EntityTerm("A"), EntityTerm("B")
    nested, copied, thought, bracketed = world.initial
    assert isinstance(nested, Assign)
    assert nested.fluent == Fluent(x, (), (a, b))
    assert copied == Assign(Fluent(x, (), (a,)), Fluent(y))
    assert thought == Believes(a, Assign(Fluent(x), Fluent(y)))
    assert bracketed == Fluent(p, (), (a,))


# What fits where.

GROUND = """
type place; type house : place; entity Hall : house; entity Tara : character;
property at(c : character) : place; property home(c : character) : house;
property p() : boolean; property q() : boolean; property n() : number;
"""


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("at(Tara) = Hall", []),
        ("at(Tara) = home(Tara)", []),
        ("home(Tara) = at(Tara)", ["wrong-value"]),
        ("at(Tara) = ?", []),
        ("n() = ?", []),
        ("p() = ?", ["unknown-boolean"]),
        ("p() = q() & q()", []),  # `=` binds tighter: two effects
        ("p() = (q() | q())", []),
        ("p() = (n() == 1)", []),
        ("n() = p()", ["wrong-value"]),
        ("n() = n() + 1", []),
        ("n() = p() + 1", ["not-number"]),
        ("n() == 1", ["comparison-as-effect"]),
        ("n() != 1", ["not-an-effect"]),
        ("p() != q()", ["comparison-as-effect"]),
        ("p() | q()", ["not-an-effect"]),
        ("exists(c : character) p()", ["not-an-effect"]),
        ("!p() & q()", []),
        ("!(p() & q())", ["not-an-effect"]),
        ("if(p()) q()", []),
        ("if(p()) q() else n() = 1", []),
        ("forall(c : character) at(c) = Hall", []),
        ("at(Tara) = (if(p()) Hall else home(Tara))", []),
        ("home(Tara) = (if(p()) Hall else at(Tara))", ["wrong-value"]),
        ("at(Tara) = (if(p()) Hall else ?)", []),
        ("at(Tara) = (if(p()) Hall else 1)", ["mixed-branches"]),
        ("believes(Hall, p())", ["not-a-character"]),
        ("believes(Tara, n() + 1 == 2)", ["not-an-effect"]),
        ("True", ["not-an-effect"]),
        ("p", ["not-an-effect"]),
    ],
)
def test_statements(statement: str, expected: list[str]) -> None:
    use = "utility(): p() & q() & n() == n() & home(Tara) == at(Tara);"
    assert codes(f"{GROUND} {statement}; {use}") == expected


@pytest.mark.parametrize(
    ("utility", "expected"),
    [
        ("n()", []),
        ("p()", []),
        ("if(p()) 1", ["missing-else"]),
        ("if(p()) q()", []),
        ("if(p()) 1 else 0", []),
        ("at(Tara)", ["not-a-utility"]),
        ("?", ["not-a-utility"]),
        ("sum(c : character) p()", ["not-number"]),
        ("believes(Tara, n() + 1)", []),
        ("product(c : character) n()", []),
        ("n() = 1", ["assignment-in-condition"]),
    ],
)
def test_utilities(utility: str, expected: list[str]) -> None:
    use = "action go() { precondition: p() & n() == 1 & home(Tara) == at(Tara); effect: q(); };"
    assert codes(f"{GROUND} {use} utility(): {utility};") == expected


def test_the_last_utility_counts() -> None:
    world = read(f"{GROUND} utility(Tara): n(); utility(): p(); utility(Tara): 2;")
    assert [one.character for one in world.utilities] == [None, "Tara"]
    assert to_text(world).count("utility(Tara)") == 1


@pytest.mark.parametrize("kind", ["character", "entity", "soul"])
def test_observers_range_over_characters_and_more(kind: str) -> None:
    go = f"action go() {{ effect: p(); observing(c : {kind}): p(); }};"
    assert "observing-type" not in codes(f"type character : soul; {GROUND} {go}")


def test_observers_do_not_range_over_some_characters() -> None:
    go = "action go() { effect: p(); observing(c : girl): p(); };"
    assert "observing-type" in codes(f"type girl : character; {GROUND} {go}")


# Comments.


def test_a_comment_documents_what_follows() -> None:
    world = read(
        """
        property p() : boolean; // no documentation of anything
        /** Goes away.
         *  For good. */
        action go() { effect: p(); };
        // Not this.

        // Comes back,
        // perhaps.
        action come() { effect: !p(); };
        action stay() { effect: p(); };
        """
    )
    assert [action.documentation for action in world.actions] == [
        "Goes away.\nFor good.",
        "Comes back,\nperhaps.",
        "",
    ]


# Sections.


def test_a_frame_may_name_a_fixed_thing_by_a_variable() -> None:
    assert codes(
        """
        type item; entity Key : item; property p() : boolean;
        action take(who : character, Key) { effect: p(); };
        frame take(who : character, what : item) { text: "{who} [take] {what}"; };
        frame take(who : character, what : character) { text: "{who} [take] {what}"; };
        """
    ) == ["no-such-event"]


@pytest.mark.parametrize(
    ("manner", "right"),
    [
        ('stammer 0 100 "dt", trail_off 20 10, ramble 70, terse', True),
        ("stammer 2000 30", False),
        ("stammer 20 30 40", False),
        ('stammer "d" "t"', False),
        ('trail_off 20 "d"', False),
        ("ramble 70 10", False),
        ("terse 60", False),
    ],
)
def test_manners_are_bounded(manner: str, right: bool) -> None:
    found = codes(f"entity Tara : character; voice Tara {{ manner: {manner}; }};")
    assert found == ([] if right else ["wrong-item"])


def test_sections_are_read() -> None:
    world = read(
        """
        title "One"; tags "a", "b  \\"c\\"", "d
           e";
        entity Tara : character; property p(c : character) : boolean;
        action go(who : character) { effect: p(who); };
        plan { goal: 1.5; author_limit: 3; };
        voice Tara { pronoun: she; article: ""; manner: stammer 15 "db", terse;
            known_as stranger: "a girl"; known_as Tara: "me";
            gloss joy: "x"; inside joy: "y", "z"; };
        speech go(who : character) {
            mode: thought; gist: "{who} [go]"; says: "I go", "now"; };
        """
    )
    assert world.telling.apparatus == (("title", ("One",)), ("tags", ("a", 'b  "c"', "d e")))
    assert (world.plan.goal, world.plan.author_limit, world.plan.epistemic_limit) == (1.5, 3, None)
    (voice,) = world.telling.voices
    assert (voice.pronoun, voice.article, voice.name) == ("she", "", None)
    assert [one.settings for one in voice.manners] == [(15.0, "db"), ()]
    assert voice.known_as == (("stranger", "a girl"), ("Tara", "me"))
    assert voice.inside == (("joy", ("y", "z")),)
    (speech,) = world.telling.speeches
    assert (speech.mode, speech.says) == ("thought", ("I go", "now"))
    assert parse(to_text(world), world.name)[0] == world
