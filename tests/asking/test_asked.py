"""Questions that need a story's world: minds deeper than its chronicle, now, why not, what if."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

import unspoken
from tests import shipped
from tests.faces.conftest import LETTER
from unspoken import DiagnosticError
from unspoken.asking import rerun
from unspoken.asking.rerun import deeper
from unspoken.chronicle import Chronicle
from unspoken.chronicle.record import record
from unspoken.engine import GroundWorld
from unspoken.language import parse_condition
from unspoken.model import Storyworld

DEEP = "loves(Tara, Willow)"
for who in ("Willow", "Tara") * 3:
    DEEP = f"believes({who}, {DEEP})"


LAMP = """
unspoken 1; entity Ann : character; entity Ben : character;
property lit() : boolean; property done() : boolean;
action light(Ann) { precondition: !lit(); effect: lit(); consenting: Ann; };
action read(Ben) { precondition: lit(); effect: done(); consenting: Ben; };
utility(): done(); utility(Ann): lit(); utility(Ben): done();
"""


@pytest.fixture(scope="module")
def planned() -> unspoken.Story:
    return unspoken.load("night_visit").plan()


@pytest.fixture(scope="module")
def ran() -> unspoken.Story:
    return unspoken.load("night_visit").run()


@pytest.fixture(scope="module")
def letter() -> unspoken.Story:
    return unspoken.parse(LETTER, "letter").plan()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("why did Buffy patrol?", "Buffy patrolled: Buffy did it because there was danger."),
        (
            "why did Tara tell Willow that she liked her?",
            "Tara told Willow that Tara liked her: Tara did it so that Tara had declared her love"
            " to Willow and Willow loved her, and because Tara owed something about the heart.",
        ),
    ],
)
def test_of_an_act_that_leads_to_no_other_why_is_the_wish_it_meets(
    question: str, words: str
) -> None:
    assert shipped.planned("night_visit").ask(question).words == words


def test_minds_of_a_plan_as_deep_as_one_asks(planned: unspoken.Story) -> None:
    claim, _ = parse_condition(DEEP, planned.world.model)
    assert claim is not None
    assert planned.chronicle.depth == 3
    for act, state in enumerate(planned.states):
        answer = planned.ask(f"{DEEP} after {act}")
        assert answer.verdict is (state.evaluate(claim) is True), act
    (point,) = planned.ask(DEEP).points
    assert [one.act for one in point.evidence] == [point.stretches[-1].since]


def test_minds_of_a_run_as_deep_as_one_asks(ran: unspoken.Story) -> None:
    claim, _ = parse_condition(DEEP, ran.world.model)
    assert claim is not None
    assert ran.ask(DEEP).verdict is (ran.final.evaluate(claim) is True)


def test_a_story_is_gone_through_once_for_each_depth(
    planned: unspoken.Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths: list[int] = []

    def counted(world: Storyworld, ground: GroundWorld, story: Chronicle, depth: int) -> Chronicle:
        depths.append(depth)
        return deeper(world, ground, story, depth)

    monkeypatch.setattr(rerun, "deeper", counted)
    asked = unspoken.load("night_visit").retell(planned.chronicle)
    for question in (DEEP, f"!{DEEP}", DEEP):
        asked.ask(question)
    assert len(depths) == len(set(depths)) > 0


def test_a_saved_chronicle_is_gone_through_again(
    ran: unspoken.Story, planned: unspoken.Story, tmp_path: Path
) -> None:
    for story in (ran, planned):
        path = tmp_path / "a.json"
        story.save(path)
        assert unspoken.load_chronicle(path).ask(DEEP) == story.ask(DEEP)


def test_what_somebody_played_is_not_run_again(ran: unspoken.Story) -> None:
    events = ran.chronicle.events
    changed = replace(events[0], name="last_song")
    other = ran.world.retell(replace(ran.chronicle, events=(changed, *events[1:])))  # type: ignore[attr-defined]
    assert other.ask("believes(Tara, lamp())")
    with pytest.raises(DiagnosticError) as raised:
        other.ask(DEEP)
    (found,) = raised.value.diagnostics
    assert found.code == "minds-not-followed"
    assert found.help == (
        "they cannot be followed deeper: gone through again, another story comes out"
    )


def test_why_in_a_plan(letter: unspoken.Story) -> None:
    answer = letter.ask("why did Ben confess to Ada?")
    assert answer.words == (
        "Ben confessed to Ada: Ben did it so that they were together, and expected that Ada would "
        "embrace Ben."
    )
    assert [(one.minds, one.value, one.truth) for one in answer.points] == [(("Ben",), 1.0, 0.0)]
    assert letter.ask("why find_letter(Ben)").words == "Nobody decided on it: Ben found the letter."


def test_why_not(letter: unspoken.Story, ran: unspoken.Story) -> None:
    early = letter.ask("why did Ada not confess to Ben? at the beginning")
    assert early.words == "confess(Ada, Ben), at the beginning:"
    assert "Ada gains nothing by it" in early.text()
    done = letter.ask("why did Ben not confess to Ada?")
    assert done.words == "But it does: act 2, when Ben confessed to Ada."
    then = ran.ask("why not confess(Tara, Willow) after 7")
    assert then.words.startswith("Tara wishes to, and does not")
    assert "spurned(Tara)" in then.words
    assert ran.ask("why not confess(Tara, Willow)").words.startswith("But it does: act 25")


def test_what_somebody_would_do(letter: unspoken.Story, ran: unspoken.Story) -> None:
    assert letter.ask("what would Ben do after 1?").words == "Ben would confess to Ada."
    nothing = letter.ask("what would Ada do at the beginning?")
    assert nothing.words == ("Ada would do nothing: there is no act by which Ada expects to gain.")
    acts = [event for event in ran.chronicle.acts() if event.who == "Willow"]
    first = acts[0]
    answer = ran.ask(f"now(Willow) before {first.time}")
    assert answer.points[0].fact.startswith("walk(Willow")


def test_what_if_it_had_gone_unseen(planned: unspoken.Story) -> None:
    lamp = unspoken.parse(LAMP).plan()
    assert lamp.acts == ("light(Ann)", "read(Ben)")
    unseen = lamp.ask("what if Ben had not seen that Ann lit?")
    assert unseen.form == "unseen(light(Ann): Ben)"
    assert unseen.verdict is True
    assert [point.words for point in unseen.points[:2]] == [
        "It would not go on from act 2: Ben would have no reason for `read(Ben)`",
        "Ben thinks that it is not lit",
    ]
    own = planned.ask("what if Willow had not seen that Willow knocked?")
    assert own.words == "Willow took part in it: nothing would be otherwise."
    away = planned.ask("what if Buffy had not seen that Willow knocked?")
    assert (away.verdict, away.words) == (
        False,
        "Buffy did not perceive it: nothing would be otherwise.",
    )
    nod = planned.ask("what if Tara had not seen that Willow nodded at her?")
    assert any(
        point.minds == ("Tara",) and point.fact == "linked(Willow, Tara)" and point.value is False
        for point in nod.points
    )


def test_who_does_not_hear_it_is_not_told(letter: unspoken.Story) -> None:
    answer = letter.ask("what if Ada had not heard that Ben confessed to Ada?")
    assert [point.words for point in answer.points][:2] == [
        "It would end before act 3: `embrace(Ada, Ben)` could not be done",
        "Ada thinks that Ben does not love Ada",
    ]


@pytest.mark.parametrize(
    ("effect", "held"),
    [
        ("believes(w, lit())", {("Cat", "lit()", False)}),
        ("believes(w, !dark())", {("Cat", "dark()", True)}),
        ("!believes(w, dark())", {("Cat", "dark()", True)}),
        (
            "forall(c : character) if(c == w) believes(c, lit()) else believes(c, !dark())",
            {("Cat", "lit()", False)},
        ),
        (
            "believes(w, believes(Ben, lit() & !dark()))",
            {("Cat > Ben", "lit()", False), ("Cat > Ben", "dark()", True)},
        ),
    ],
)
def test_who_does_not_perceive_it_believes_nothing_by_it(
    effect: str, held: set[tuple[str, str, bool]]
) -> None:
    world = unspoken.parse(
        "unspoken 1; entity Ann : character; entity Ben : character; entity Cat : character;"
        "property lit() : boolean; property dark() : boolean; dark();"
        "action say(w : character) { effect: " + effect + "; };"
    )
    told = world.retell(record(world.ground, [world.ground.action("say(Cat)")], depth=2))
    points = told.ask("unseen(say(Cat): Cat)").points
    own = {(" > ".join(p.minds), p.fact, p.value) for p in points if p.minds[0] == "Cat"}
    assert held <= own
    told = world.retell(record(world.ground, [world.ground.action("say(Ann)")], depth=2))
    others = told.ask("unseen(say(Ann): Cat)").points
    assert not [point for point in others if point.minds == ("Ann",)], "Ann is told all the same"


def test_whoever_is_asked_does_not_look_into_others(planned: unspoken.Story) -> None:
    for question in ("what would Willow do now?", "why not invite(Tara, Willow)"):
        with pytest.raises(DiagnosticError) as raised:
            planned.ask(question, as_="Tara")
        assert raised.value.diagnostics[0].code in ("question-not-understood", "no-such-action")


def test_what_if_of_a_later_chapter_is_not_gone_through_again() -> None:
    world = unspoken.parse(
        "unspoken 1; entity Ann : character; entity Ben : character; property lit() : boolean;"
        "action light(Ann) { precondition: !lit(); effect: lit(); consenting: Ann; };"
        "utility(Ann): lit();"
    )
    later = world.run(rounds=1, start=world.run(rounds=0))
    assert later.acts == ("light(Ann)",)
    with pytest.raises(DiagnosticError, match="cannot be gone through again"):
        later.ask("unseen(light(Ann): Ben)")
