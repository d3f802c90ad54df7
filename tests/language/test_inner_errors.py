"""What is wrong or doubtful about inner lives: said where it is, and several things in one run.

That each message is provoked by its own world is for ``test_messages``; here is what must not be
said, what is said together, and how reading goes on.
"""

from __future__ import annotations

from textwrap import dedent

import pytest

from unspoken.language import parse, render_all

GROUND = dedent("""\
    entity Tara : character;
    entity Willow : character;
    entity Hall : place;
    property at(who : character) : place;
    property loves(who : character, whom : character) : boolean;
    property linked(a : character, b : character) : boolean;
    property count(who : character) : number;
    action smile(who : character) {
        effect: at(who) = Hall;
        consenting: who;
    };
    action blush(who : character) {
        effect: count(who) = count(who) + 1;
    };
    action kiss(who : character, whom : character) {
        effect: loves(who, whom);
        consenting: who, whom;
    };
    hunch sure(who : character, whom : character) { of: loves(who, whom); };
    sign smiles(reader : character, other : character) {
        seen: smile(other); for: sure(other, reader); };
""")


def said(text: str) -> list[tuple[str, int]]:
    """What is said of the ground and these lines: codes, and lines of the latter, from 1."""
    first = GROUND.count("\n")
    found = [one for one in parse(GROUND + dedent(text))[1] if one.code != "unused-property"]
    return [(one.code, one.span.line - first if one.span is not None else 0) for one in found]


def codes(text: str) -> list[str]:
    return [code for code, _ in said(text)]


def test_the_ground_is_in_order() -> None:
    assert said("") == []


def test_several_faults_are_said_in_one_run_each_in_its_place() -> None:
    assert said("""\
        wish near(who : character) { wants: loves(who); weight: 2; };
        norm late(who : character) { against: imposing; weight: 0.5; };
        drive calm(who : character) { half_life: 0; moved_by: bliss 2, joy; };
        temperament Xander { daring: 1; };
        tell blush(who : character) { of: whom; shows: shyness; above: 7; };
        rule secret { of: magic; known: Hall, Buffy; };
        run { rounds: 0; until: at(Tara); foresight: 1.5; };
        action go(who : character) {
            effect: at(who) = Nowhere;
        };
    """) == [
        ("wrong-count", 1),
        ("out-of-range", 1),
        ("unknown-value", 2),
        ("out-of-range", 3),
        ("unknown-value", 3),
        ("wrong-item", 3),
        ("unknown-name", 4),
        ("unknown-value", 5),
        ("unknown-value", 5),
        ("out-of-range", 5),
        ("unknown-event", 6),
        ("not-a-character", 6),
        ("unknown-name", 6),
        ("out-of-range", 7),
        ("not-boolean", 7),
        ("wrong-item", 7),
        ("unknown-name", 9),
    ]


def test_a_section_that_cannot_be_read_does_not_hide_the_next() -> None:
    assert said("""\
        wish near(who : character) wants: loves(who, who); };
        sign (reader : character) { weight: ; };
        norm late(who character) { against: lie; weight: 0.5; };
        channel bond(a : character, b : character) { open: linked(a b); strength: ; };
        wish far(who : character) { wants: at(who) == Nowhere; };
    """)[-1] == ("unknown-name", 5)


def test_what_a_section_lacks_is_not_said_where_an_entry_could_not_be_read() -> None:
    assert (
        codes("""
        hunch h(who : character) { of loves(who, who); };
        sign s(r : character) { seen knock(r); for: sure(r, r); };
        norm n(who : character) { against: take; acts: ; weight: 1; };
        frame blush(who : character) { text "{who} [blush]"; };
    """)
        == ["expected"] * 4
    )


def test_a_parameter_that_hides_somebody() -> None:
    assert codes("""
        wish near(Tara : character) { wants: at(Tara) == Hall; };
    """) == ["hidden-name"]


def test_a_forgotten_semicolon_is_said_once() -> None:
    assert said("""\
        drive calm(who : character) {
            from: 0
            to: 10;
            half_life: 3
        }
        wish quiet(who : character) { wants: at(who) == Hall }
        wish far(who : character) { wants: at(who) != Hall; };
    """) == [
        ("missing-semicolon", 2),
        ("missing-semicolon", 5),
        ("missing-semicolon", 6),
    ]


def test_a_section_that_is_not_understood_does_not_make_its_property_unknown() -> None:
    assert codes("""\
        drive calm(who : character) { from: 0, to 10; };
        wish quiet(who : character) { wants: calm(who) > 3; };
    """) == ["wrong-item"]


@pytest.mark.parametrize(
    ("section", "code"),
    [
        ("norm n(who : character) { against: reveal; weight: 0.5; };", "norm-needs"),
        ("norm n(who : character) { against: lose_face; weight: 1; };", "norm-needs"),
        (
            "norm n(who : character) { against: lose_face; shows: loves(who, who); weight: 1; };",
            "norm-needs",
        ),
        ("norm n(who : character) { against: lie; weight: -0.5; };", "out-of-range"),
        ("norm n(who : character) { against: lie; weight: never; };", "unknown-value"),
        ("norm n(who : character) { against: lie; };", "missing-key"),
        ("norm n(Hall) { against: lie; weight: 1; };", "not-a-character"),
        ("norm n(who) { against: lie; weight: 1; };", "unknown-parameter"),
        ("norm n(w : character) { against: lie; before: Hall; weight: 1; };", "not-a-character"),
        ("norm n(w : character) { against: lie; before: nobody; weight: 1; };", "unknown-name"),
        ("norm n(w : character, o : character) { against: lie; weight: 1; };", "idle-parameter"),
        ("believes(Tara, Willow);", "bad-believes"),
        ("wish w(where : place) { wants: at(Tara) == where; };", "not-a-character"),
        ("wish w(who : character) { weight: 1; };", "missing-key"),
        ("wish w(who : character) { wants: count(who); };", "not-boolean"),
        ("wish w(who : character) { wants: at(who) == Hall; drive: count(who); };", "not-a-drive"),
        ("wish w(who : character) { wants: at(who) == Hall, at(who) != Hall; };", "wrong-item"),
        ("sign s(r : character) { seen: smile(r); for: loves(r, r); };", "not-a-hunch"),
        ("sign s(r : character) { seen: smile(r), kiss; for: sure(r, r); };", "wrong-item"),
        ("sign s(r : character) { seen: smile(Hall); for: sure(r, r); };", "wrong-argument"),
        ("sign s(r : character) { seen: smile(r, *); for: sure(r, r); };", "wrong-count"),
        ("sign s(r : character) { seen: loves(r, *); for: sure(r, r); };", "unknown-event"),
        ("sign s(r : character) { seen: smile(r); for: sure(r, r); weight: 0.5; };", "wrong-item"),
        ("sign s(Tara) { seen: smile(Tara); for: sure(Tara, Tara); };", "parameter-without-type"),
        ("hunch again(who : character) { of: loves(who, Tara); };", "repeated-hunch"),
        ("hunch sure(a : character, b : character) { of: linked(a, b); };", "repeated-signature"),
        ("drive d(who : character) { baseline: 11; };", "out-of-range"),
        ("drive d(who : character) { half_life: -2; };", "out-of-range"),
        ("drive d(who : character) { role: hatred; };", "unknown-value"),
        ("drive d() { };", "held-by-nobody"),
        ("occasion kiss(a : character, b : character) { chance: 0.5; };", "not-of-itself"),
        ("occasion blush(who : character) { chance: 1.5; };", "out-of-range"),
        ("occasion blush(who : character) { chance: 0.5; after: -1; };", "out-of-range"),
        ("occasion blush(who : place) { chance: 0.5; };", "no-such-event"),
        ("occasion blush(who : character) { after: 1; };", "missing-key"),
        ("tell smile(who : character) { of: who; shows: joy; };", "not-of-itself"),
        ("tell blush(who : character) { of: who; };", "missing-key"),
        ("feelings { floor: 2; };", "out-of-range"),
        ("feelings { hide: unspoken; };", "unknown-value"),
        ("run { minds: -1; };", "out-of-range"),
        ("run { temperature: -0.1; };", "out-of-range"),
        ("run { rounds: 3; }; run { rounds: 4; };", "repeated-section"),
        ("temperament Tara { }; temperament Tara { daring: 1; };", "repeated-section"),
        ("temperament Tara { boldness: 1; };", "unknown-key"),
        ("rule r { known: Tara; };", "missing-key"),
    ],
)
def test_one_fault_is_one_message(section: str, code: str) -> None:
    assert codes(section) == [code], render_all(parse(GROUND + section)[1])


def test_whoever_stands_before_a_norm_may_be_anyone() -> None:
    (found,) = parse(
        GROUND + "norm n(w : character) { against: lie; before: nobody; weight: 1; };"
    )[1]
    assert "`anyone`" in (found.help or "")


@pytest.mark.parametrize(
    "said_of",
    ["acts: kiss(w, o);", "before: o;", "shows: loves(w, o); before: anyone;", "if: loves(w, o);"],
)
def test_a_parameter_that_a_norm_speaks_of_is_not_idle(said_of: str) -> None:
    against = "lose_face" if "shows" in said_of else "lie"
    norm = f"norm n(w : character, o : character) {{ against: {against}; {said_of} weight: 1; }};"
    assert codes(norm) == []


def test_a_hunch_and_a_drive_are_not_the_same() -> None:
    assert codes("""
        drive calm(who : character) { half_life: 3; };
        wish w(who : character) { wants: at(who) == Hall; drive: sure(who, who); };
        sign s(r : character) { seen: smile(r); for: calm(r); };
    """) == ["not-a-drive", "not-a-hunch"]


def test_wishes_of_different_people_may_share_a_name() -> None:
    assert not codes("""
        wish near(Tara, whom : character) { wants: at(Tara) == at(whom); };
        wish near(Willow, whom : character) { wants: at(Willow) == at(whom); };
        wish near(who : character) { wants: at(who) == Hall; };
        norm near(who : character) { against: lie; weight: 1; };
    """)
    assert codes("""
        wish near(Tara, whom : character) { wants: at(Tara) == at(whom); };
        wish near(who : character, Willow) { wants: at(who) == at(Willow); };
    """) == ["same-name"]


def test_acts_that_count_for_something_need_no_effect() -> None:
    nod = "action nod(who : character) { consenting: who; };\n"
    assert codes(nod) == ["no-effect"]
    assert not codes(
        nod
        + """
        sign nods(reader : character, other : character) {
            seen: nod(other); for: sure(other, reader); };
    """
    )


# Channels.


def channel(condition: str, more: str = "") -> list[str]:
    head = "channel bond(a : character, b : character) { open: "
    return codes(f"{head}{condition}; }};\n{more}")


OPENS = "action touch(a : character, b : character) { effect: linked(a, b); };\n"
CLOSES = "action part(a : character, b : character) { effect: !linked(a, b); };\n"
CLOSES_FOR_ALL = "trigger sleep() { precondition: linked(Tara, Willow); effect: " + (
    "forall(a : character) forall(b : character) linked(a, b) = False; };\n"
)


@pytest.mark.parametrize(
    ("condition", "more", "code"),
    [
        ("linked(a, b)", OPENS + CLOSES, None),
        ("linked(a, b)", OPENS + CLOSES_FOR_ALL, None),
        ("linked(a, b)", OPENS, "channel-never-closes"),
        ("linked(a, b)", "linked(Tara, Willow);", "channel-never-closes"),
        ("linked(a, b)", CLOSES, "channel-never-opens"),
        ("linked(a, b)", "linked(Tara, Willow);\n" + CLOSES, None),
        ("linked(a, b) & linked(b, a)", OPENS, "channel-never-closes"),
        ("linked(a, b) & at(a) == at(b)", OPENS, None),
        ("linked(a, b) | at(a) == Hall", OPENS, "channel-never-closes"),
        ("!linked(a, b)", OPENS, None),
        ("!linked(a, b)", CLOSES, "channel-never-closes"),
        ("loves(a, b)", "", "channel-never-closes"),
        ("believes(b, loves(a, b))", "", None),
        ("believes(b, at(a) == at(b)) & loves(a, b)", "", None),
        ("count(a) > 2", "", None),
        ("exists(c : character) (linked(a, c) & linked(c, b))", OPENS, "channel-never-closes"),
        ("at(a) == Hall", "", "channel-never-closes"),
        ("at(a) != Hall", "", None),
        ("True", "", None),
        ("a != a", "", None),
        ("True == False", "", "channel-never-opens"),
        ("calm(a) > 3", "drive calm(who : character) { half_life: 3; };", None),
    ],
)
def test_channels_open_and_close(condition: str, more: str, code: str | None) -> None:
    assert channel(condition, more) == ([code] if code else [])


# Drives.


@pytest.mark.parametrize(
    ("entries", "effect", "code"),
    [
        ("", "calm(who) = calm(who) + 2", "drive-never-falls"),
        ("", "calm(who) = 1 + calm(who)", "drive-never-falls"),
        ("", "believes(who, calm(who)) = calm(who) + 1", "drive-never-falls"),
        ("half_life: 20;", "calm(who) = calm(who) + 2", None),
        ("", "calm(who) = calm(who) - 2", None),
        ("", "calm(who) = 5", None),
        ("", "calm(who) = count(who)", None),
        ("moved_by: joy 2, fear -1;", "calm(who) = calm(who) + 2", None),
        ("moved_by: joy 2;", "count(who) = 1", "drive-never-falls"),
        ("", "count(who) = 1", None),
    ],
)
def test_drives_that_only_rise(entries: str, effect: str, code: str | None) -> None:
    text = (
        f"drive calm(who : character) {{ {entries} }};\n"
        f"action rest(who : character) {{ precondition: calm(who) > 0; effect: {effect}; }};\n"
    )
    assert codes(text) == ([code] if code else [])


# Absolutes.


@pytest.mark.parametrize(
    ("norms", "forbidden"),
    [
        (["(who : character) { acts: smile(who)", "(who : character) { acts: kiss(who, *)"], True),
        (["(who : character) { acts: smile, kiss"], True),
        (["(Tara) { acts: smile(Tara), kiss(Tara, *)"], True),
        (["(who : character, whom : character) { acts: smile, kiss(who, whom)"], True),
        (["(who : character, Willow) { acts: smile, kiss(who, Willow)"], False),
        (["(who : character) { acts: smile(who)"], False),
        (["(who : character) { acts: smile(who), kiss(*, who)"], False),
        (["(who : character) { if: at(who) == Hall; acts: smile, kiss"], False),
        (["(who : character) { before: anyone; acts: smile, kiss"], False),
        (["(Tara) { acts: smile", "(Willow) { acts: kiss"], False),
    ],
)
def test_absolutes_that_leave_nothing_to_do(norms: list[str], forbidden: bool) -> None:
    text = "".join(
        f"norm n{number}{norm}; against: take; weight: absolute; }};\n"
        for number, norm in enumerate(norms)
    )
    assert codes(text) == (["everything-forbidden"] if forbidden else [])


def test_each_norm_that_forbids_everything_is_named_once() -> None:
    (found,) = parse(
        """
        entity Tara : character; entity Willow : character;
        property gone(who : character) : boolean;
        action leave(who : character) { effect: gone(who); consenting: who; };
        action stay(who : character) { effect: !gone(who); consenting: who; };
        norm loyal(who : character) { against: abandon; acts: leave; weight: absolute; };
        norm tactful(who : character) { against: impose; acts: stay, leave; weight: absolute; };
        """
    )[1]
    assert found.label == "together with `loyal`, nothing is left"
    assert found.facts["who"] == "Tara"


# Wishes.


@pytest.mark.parametrize(
    ("wants", "moves"),
    [
        ("at(who) == Hall", True),
        ("believes(Willow, loves(who, Willow))", True),
        ("sure(who, Willow) > 1", True),
        ("!linked(who, Willow)", False),
        ("True", False),
        ("exists(c : character) linked(who, c)", False),
        ("exists(c : character) (linked(who, c) & at(c) == Hall)", True),
    ],
)
def test_wishes_that_nothing_moves(wants: str, moves: bool) -> None:
    text = f"wish w(who : character) {{ wants: {wants}; }};\nlinked(Tara, Tara);"
    assert codes(text) == ([] if moves else ["wish-never-changes"])


def test_hunches_are_not_about_what_somebody_believes() -> None:
    of = "hunch known(who : character, by : character) { of: believes(by, loves(who, by)); };"
    found = parse(GROUND.replace("hunch sure", of + "hunch sure"))[1]
    assert [one.code for one in found if one.severity == "error"] == ["wrong-item"]


def test_actions_give_odds_to_all_who_see_them_and_triggers_to_whom_they_name() -> None:
    assert codes("action swear(a : character) { effect: sure(a, Tara) = 2; consenting: a; };") == []
    need = "loves(a, Tara) & believes(Tara, sure(a, Tara)) < 2"
    law = f"trigger dawns(a : character) {{ precondition: {need}; effect: %s; }};"
    assert codes(law % "believes(Tara, sure(a, Tara) = 2)") == []
    assert codes(law % "forall(b : character) if(b != a) sure(b, Tara) = 2") == ["odds-of-nobody"]
