"""Answers that name whom, where and when; and that nothing is answered but what was asked."""

from __future__ import annotations

import pytest

import unspoken
from unspoken import DiagnosticError
from unspoken.chronicle.record import record

TEAPOT = """
unspoken 1;
entity Nora : character; entity Colin : character; entity Greta : character;
entity Kitchen : place; entity Shed : place; entity Cat : culprit; entity Ring : thing;
entity Shards : thing;
type character : culprit, holder; type place : holder;
property at(who : character) : place;
property lies_in(what : thing) : holder;
property broke(who : culprit) : boolean;
property loves(a : character, b : character) : boolean;
property angry(a : character, b : character) : boolean;
property engaged(a : character, b : character) : boolean;
property culprit() : culprit;
at(Nora) = Kitchen; at(Colin) = Shed; at(Greta) = Kitchen;
lies_in(Shards) = Shed; lies_in(Ring) = Colin; broke(Colin); culprit() = Colin;
believes(Nora, !broke(Colin) & lies_in(Shards) = ? & culprit() = Cat);
loves(Colin, Greta); loves(Greta, Colin); believes(Nora, !loves(Greta, Colin));
believes(Colin, believes(Nora, !broke(Colin)));
action go(who : character, from : place, to : place) {
  precondition: at(who) == from & from != to; effect: at(who) = to; consenting: who;
};
action blame_cat(who : character, to : character) {
  effect: believes(to, broke(Cat)); consenting: who;
};
action propose(who : character, to : character) { effect: lies_in(Ring) = to; consenting: who; };
action accept(who : character, of : character) { effect: engaged(who, of); consenting: who; };
utility(Nora): (if(exists(c : character) angry(Nora, c)) 1 else 0)
  + (if(engaged(Greta, Colin)) -1 else 0);
voice Nora { pronoun: she; }; voice Colin { pronoun: he; }; voice Greta { pronoun: she; };
voice Cat { name: "the cat"; pronoun: it; article: ""; };
speech blame_cat(who : character, to : character) {
  gist: "tell {to} that the cat [break] the teapot"; says: "It was the cat";
};
speech propose(who : character, to : character) {
  gist: "ask {to} for {to's} hand"; says: "Would you";
};
"""
ACTS = (
    "go(Colin, Shed, Kitchen)",
    "blame_cat(Colin, Nora)",
    "propose(Colin, Greta)",
    "accept(Greta, Colin)",
)


@pytest.fixture(scope="module")
def teapot() -> unspoken.Story:
    world = unspoken.parse(TEAPOT)
    return world.retell(record(world.ground, [*map(world.ground.action, ACTS)], depth=2))


def said(story: unspoken.Story, question: str) -> str:
    answer = story.ask(question)
    return " / ".join((answer.words, *(point.words for point in answer.points if point.words)))


@pytest.mark.parametrize(
    ("name", "question", "answer"),
    [
        ("night_visit", "where is Willow at the beginning?", "Willow is at the Bronze"),
        (
            "night_visit",
            "where does Tara think Willow is after 4?",
            "Tara thinks that Willow is at",
        ),
        ("paste_diamonds", "where is Vale after 3?", "Vale is in the study, since act 3"),
        ("wrong_bench", "where is Agatha after 3?", "Aunt Agatha is in the garden, since act 3"),
        ("paste_diamonds", "where does Pym think the ticket is?", "Pym does not know where the"),
    ],
)
def test_where_somebody_is_at_the_time_that_is_asked(name: str, question: str, answer: str) -> None:
    assert said(unspoken.load(name).plan(), question).startswith(answer)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("did Greta see that Greta proposed?", "No: it never happened that Greta asked somebody"),
        ("did Greta see that Colin proposed to Nora?", "No: it never happened that Colin asked N"),
        ("why did Colin go to the shed?", "It never happened that Colin went from somewhere to"),
        ("did Colin go to the shed?", "No: it never happened that Colin went from somewhere"),
        ("did Colin go to the kitchen?", "Yes: act 1, when Colin went from the shed to the kit"),
        ("did Greta blame the cat?", "No: it never happened that Greta told somebody"),
        ("who blamed the cat?", "Act 2, when Colin told Nora that the cat broke the teapot."),
        ("who proposed to Nora?", "Nobody: it never happened that somebody asked Nora"),
        ("what happened before Colin proposed?", "What happened: / act 1: Colin went"),
        ("what did Greta do?", "act 4: Greta accepted Colin."),
        ("what did Greta do before 3?", "Greta did nothing."),
        ("who lied to Nora?", "Colin lied to Nora: / act 2: Colin told Nora that the cat broke"),
        ("did Greta lie?", "No: Greta made nobody believe what Greta held to be false."),
    ],
)
def test_an_act_is_theirs_who_did_it(teapot: unspoken.Story, question: str, answer: str) -> None:
    assert said(teapot, question).startswith(answer)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("is Greta engaged?", "Yes: Greta is engaged to Colin, since act 4"),
        ("is Colin engaged?", "Yes: Greta is engaged to Colin, since act 4"),
        ("is Nora engaged?", "No: Nora is not engaged to anybody."),
        ("is Nora angry?", "No: Nora is not angry with anybody."),
        ("who is engaged?", "Greta is engaged to Colin, since act 4"),
        ("does anybody love Nora?", "No: nobody loves Nora."),
        ("who does Colin love?", "Colin loves Greta, from the beginning."),
        ("who loves whom?", "Colin and Greta: / Colin loves Greta"),
        ("who has the ring?", "Greta has the ring, since act 3"),
        ("where is the ring at the beginning?", "Colin has the ring, from the beginning."),
        ("does Nora know where the shards are?", "No: Nora does not know where the shards are."),
        ("who is the culprit?", "The culprit is Colin, from the beginning."),
        ("culprit()", "The culprit is Colin, from the beginning."),
        ("does Nora know who the culprit is?", "No: Nora thinks that the culprit is the cat."),
        ("who does Nora think the culprit is?", "Nora thinks that the culprit is the cat"),
        ("does Nora know who broke the teapot?", "No: Nora thinks that the cat broke something."),
        ("what does Nora want?", "Nora wants: / that Nora is angry with somebody; that is not so"),
        ("what does Nora fear?", "Nora fears: / that Greta is engaged to Colin; so it is"),
        (
            "what is Colin hiding from Nora?",
            "What Colin is hiding: / Colin broke something; from Nora",
        ),
        ("what does Nora not know?", "Nora does not know of 4 things: / Greta loves Colin; Nora"),
    ],
)
def test_an_answer_names_whom(teapot: unspoken.Story, question: str, answer: str) -> None:
    assert said(teapot, question).startswith(answer)


@pytest.mark.parametrize(
    ("question", "help"),
    [
        ("did Colin break the window?", "nobody and nothing in this story is called the window"),
        ("where is Tara?", "nobody and nothing in this story is called Tara"),
        ("wher is Nora?", "did you mean: where is Nora?"),
        (
            "does Nora know that Collin loves Greta?",
            "did you mean: does Nora know that Colin loves",
        ),
    ],
)
def test_no_word_of_a_question_is_passed_over(
    teapot: unspoken.Story, question: str, help: str
) -> None:
    with pytest.raises(DiagnosticError) as raised:
        teapot.ask(question)
    assert help in str(raised.value)


def test_what_is_accounted_for_is_understood(teapot: unspoken.Story) -> None:
    assert teapot.ask("did Colin break the teapot?").form == "broke(Colin)"


def test_why_not_of_what_can_never_be() -> None:
    world = "entity Ann : character; entity Ben : character; entity Bob : dog;\n"
    world += "property fed(who : dog) : boolean; property good(who : character) : boolean;\n"
    world += "action feed(who : character, whom : dog) { precondition: good(who);"
    world += " effect: fed(whom); consenting: who; };\ngood(Ann); utility(): fed(Bob);\n"
    with pytest.raises(DiagnosticError) as raised:
        unspoken.parse(f"unspoken 1; {world}").plan(goal=1).ask("why not feed(Ben, Bob)")
    assert raised.value.diagnostics[0].code != "not-an-act"
