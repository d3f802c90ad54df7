"""What is well-formed and most likely not meant; and what looks like it and is meant."""

from __future__ import annotations

from textwrap import dedent

import pytest

from unspoken.language import parse, render_all

GROUND = """
type place;
entity Tara : character;
entity Willow : character;
entity Hall : place;
entity Attic : place;
property at(c : character) : place;
property p() : boolean;
property q() : boolean;
property n() : number;
property m() : number;
at(Tara) = Hall & p() & q() & n() = 1 & m() = 1;
"""


def warnings(text: str) -> list[str]:
    world, diagnostics = parse(GROUND + dedent(text))
    assert world is not None, render_all(diagnostics)
    return [diagnostic.code for diagnostic in diagnostics]


def trigger(precondition: str, effect: str, parameters: str = "") -> str:
    return f"trigger t({parameters}) {{ precondition: {precondition}; effect: {effect}; }};"


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        ("entity Tara : place;", ["unlike-types"]),
        ("entity Tara : character;", []),
        ("type witch : character; entity Tara : witch;", []),
        ("entity Cat : character, place;", []),
    ],
)
def test_two_things_of_one_name(again: str, expected: list[str]) -> None:
    assert warnings(again) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("p() & q() | p()", ["surprising-mix"]),
        ("(p() & q()) | p()", []),
        ("p() & (q() | p())", []),
        ("n() + m() * 2 > 1", ["surprising-mix"]),
        ("n() + (m() * 2) > 1", []),
        ("n() - m() - 1 > 1", ["surprising-mix"]),
        ("n() - m() + 1 > 1", []),
        ("n() + m() - 1 > 1", []),
        ("n() - (m() - 1) > 1", []),
        ("8 / n() / 2 > 1", ["product-compared", "surprising-mix"]),
        ("n() * m() >= 0", ["product-compared"]),
        ("2 * n() >= 0", []),
        ("n() / 2 >= 0", []),
        ("p() & !p()", ["never-possible"]),
        ("False", ["never-possible"]),
        ("Tara == Willow", ["never-possible"]),
        ("Tara != Willow", []),
        ("at(Tara) == Hall & at(Tara) == Attic", ["never-possible"]),
        ("at(Tara) == Hall & at(Willow) == Attic", []),
        ("at(Tara) == Hall & believes(Willow, at(Tara) == Attic)", []),
        ("believes(Willow, p() & !p())", ["never-possible"]),
        ("at(Tara) == 1", ["unlike-comparison"]),
        ("at(Tara) > Hall", ["unordered-comparison"]),
    ],
)
def test_conditions(condition: str, expected: list[str]) -> None:
    assert warnings(f"action a() {{ precondition: {condition}; effect: p(); }};") == expected


def test_files_of_mathematics_have_no_surprising_mixes() -> None:
    text = "unspoken 1;" + GROUND + "action a() { precondition: p() & q() | p(); effect: p(); };"
    assert parse(text)[1] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (trigger("p()", "q()"), ["endless-trigger"]),
        (trigger("p()", "p()"), ["endless-trigger"]),
        (trigger("p()", "!p()"), []),
        (trigger("p() & !q()", "q()"), []),
        (trigger("at(Tara) == Hall", "at(Tara) = Hall"), ["endless-trigger"]),
        (trigger("at(Tara) != Hall", "at(Tara) = Hall"), []),
        (trigger("at(Tara) == Hall", "at(Willow) = Attic"), []),
        (trigger("n() > 1", "n() = 0"), []),
        (trigger("n() > 1", "m() = 0"), ["endless-trigger"]),
        (trigger("p()", "believes(Tara, p())"), ["endless-trigger"]),
        (trigger("p() & believes(c, !p())", "believes(c, p())", "c : character"), []),
        (trigger("p() & believes(c, p()) != p()", "believes(c, p()) = p()", "c : character"), []),
        (trigger("at(c) == x & at(c) != Hall", "at(c) = Hall", "c : character, x : place"), []),
        (trigger("n() != sum(c : character) 1", "n() = sum(c : character) 1"), []),
        (trigger("True", "q()"), ["endless-trigger"]),
        (trigger("p()", "True"), ["no-effect"]),
        (
            trigger("p()", "!p()") + "trigger u() { precondition: !p(); effect: p(); };",
            ["undoing-triggers"],
        ),
        (
            trigger("p() & q()", "!p()") + "trigger u() { precondition: !p(); effect: p(); };",
            ["undoing-triggers"],
        ),
        (
            trigger("p() & q()", "!p()")
            + "trigger u() { precondition: !p() & !q(); effect: p(); };",
            [],
        ),
        (
            trigger("at(c) == Hall", "at(c) = Attic", "c : character")
            + "trigger u(d : character) { precondition: at(d) == Attic; effect: at(d) = Hall; };",
            ["undoing-triggers"],
        ),
        (
            trigger("at(c) == Hall", "at(c) = Attic", "c : character")
            + "trigger u(d : place) { precondition: at(Tara) == d & !p(); effect: p(); };",
            [],
        ),
        ("action a() { precondition: p(); };", ["no-effect"]),
        ("property unheard_of(c : character) : boolean;", ["unused-property"]),
    ],
)
def test_events(text: str, expected: list[str]) -> None:
    assert warnings(text) == expected
