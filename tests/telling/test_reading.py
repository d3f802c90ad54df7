"""What a reader stumbles over: whose thought it is, to whom one speaks, the same thing twice."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

import unspoken
from tests.telling.ways import Told, planned, run
from unspoken.chronicle.events import EventNumber
from unspoken.telling import Options, tell

NAPS = """
unspoken 1;
entity Ann : character;  entity Bea : character;
property rested(who : character) : boolean;
action nap(who : character) {
    precondition: !rested(who);  effect: rested(who);  consenting: who;
};
utility(): (if(rested(Ann)) 1 else 0) + (if(rested(Bea)) 1 else 0);
utility(Ann): if(rested(Ann)) 1 else 0;
utility(Bea): if(rested(Bea)) 1 else 0;
"""


def told(story: Told | None, **options: object) -> str:
    assert story is not None
    return tell(story.chronicle, story.world, Options(**options)).text  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(5))
def test_a_thought_that_names_its_thinker_has_no_tag(seed: int) -> None:
    text = told(planned("night_visit"), seed=seed)
    assert not re.search(r"(?:her head|the size of a coin)[^.]*, Tara thought", text)
    assert "In Tara\u2019s head Willow had sat here often" in text or "In her head" in text


def test_a_remark_among_several_is_made_to_somebody() -> None:
    assert "Vale asked Pym, “" in told(planned("paste_diamonds"))
    night = told(planned("night_visit"), view="limited", through="Willow")
    assert "Tara asked, “" in night  # there are only two of them
    bench = told(planned("wrong_bench"), view="limited", through="Agatha")
    assert "“My dear Hugo, the answer is yes,” Aunt Agatha said." in bench  # it says so itself


def test_who_speaks_to_the_focal_mind_is_not_overheard() -> None:
    text = told(run("night_visit", 0, None), seed=4)
    assert "“I know it\u2019s late,” Willow told Tara, “" in text


def test_what_another_holds_has_whose_it_is() -> None:
    """*Tara had it from Willow: Tara loves me*: whose *me*?"""
    text = told(run("night_visit", 0, None), view="limited", through="Tara")
    assert re.search(r"(?:Tara|She) loves me, Willow thought, and [^.]+\.", text)


def test_two_who_do_the_same() -> None:
    world = unspoken.parse(NAPS)
    text = tell(world.plan(goal=2).chronicle, world.model, Options(view="external")).text
    assert text == "Ann napped. So did Bea."


def test_two_who_do_the_same_in_their_authors_words() -> None:
    frame = 'frame nap(who : character) { text: "{who} [take] {who\'s} shoes to bed"; };'
    world = unspoken.parse(NAPS + frame)
    text = tell(world.plan(goal=2).chronicle, world.model, Options(view="external")).text
    assert text == "Ann took Ann\u2019s shoes to bed. So did Bea."


def test_what_was_thought_from_the_beginning_is_thought_once() -> None:
    text = told(run("night_visit", 1, None), seed=1)
    assert text.count("For an hour Tara had read") == 1


GUESS = """
unspoken 1;
plan { goal: 1; };
entity Colin : character;
entity Greta : character;
property here(who : character) : boolean;
property loves(a : character, b : character) : boolean;
loves(Colin, Greta);
loves(Greta, Colin);
believes(Greta, !loves(Colin, Greta));
action arrive(who : character) {
  effect: here(who);
  consenting: who;
  observing(c : character): c == c;
};
utility(): if(here(Colin)) 1 else 0;
utility(Colin): if(here(Colin)) 1 else 0;
voice Colin { pronoun: he; };
voice Greta { pronoun: she; };
thought unloved(me : character, other : character) {
  that: loves(me, other) & !loves(other, me);
  plain: "{other} [do not] care for {me}";
};
"""


@pytest.mark.parametrize("seed", range(4))
def test_a_guess_is_not_the_narrators(seed: int) -> None:
    """*Of course he didn't care for Greta*, with nothing before it of Greta, is anybody's."""
    told = unspoken.parse(GUESS).plan().tell(through="Greta", seed=seed)
    assert re.search(r"Greta (?:saw|thought)", told), told


LIMITED = [("paste_diamonds", "Ottoline"), ("night_visit", "Tara"), ("night_visit", "Willow")]


@pytest.mark.parametrize(("name", "through"), LIMITED)
def test_one_head_need_not_say_whose_guess_it_is(name: str, through: str) -> None:
    """*So he knew nothing*, and not *he knew nothing, she thought*; nor one *so* upon another."""
    for seed in range(6):
        text = told(planned(name), view="limited", through=through, seed=seed)
        _, *later = text.split("\n\n") if name == "night_visit" else ("", text)
        guesses = re.findall(r"[^.?!]+, (?:she|Tara|Willow|Ottoline) thought[.;]", " ".join(later))
        assert not [g for g in guesses if re.match(r" ?(?:He|She|Tara|Willow|Vale) ", g)], text
        assert not re.search(r"(?<=[.?!] )So [^.?!]*[.?!] So ", text), text


def test_a_smile_that_answers_a_smile_is_another() -> None:
    """What the one who smiles and those who look on may both be told is told once."""
    for seed in range(8):
        text = told(run("night_visit", 0, None), view="limited", through="Tara", seed=seed)
        smiles = re.findall(r"Something in \S+ face gave, and was a smile", text)
        assert len(smiles) < 2, text


WALKS = """
unspoken 1;
type place;
entity Ann : character;  entity Bea : character;
entity Hall : place;  entity Barn : place;  entity Yard : place;
property at(who : character) : place;
at(Ann) = Hall;  at(Bea) = Hall;
action walk(who : character, from : place, to : place) {
  precondition: at(who) == from;  effect: at(who) = to;  consenting: who;
};
utility(): if(at(Ann) == Barn) 1 else 0;  utility(Ann): if(at(Ann) == Barn) 1 else 0;
voice Ann { pronoun: she; };  voice Bea { pronoun: she; };
"""


def test_two_ways_that_do_not_join_are_two() -> None:
    """What lies between was not seen."""
    world = unspoken.parse(WALKS, "walks")
    (first,) = world.plan(goal=1).chronicle.acts()
    chronicle = world.plan(goal=1).chronicle

    def ways(*ends: tuple[str, str]) -> str:
        walks = (replace(first, arguments=("Ann", a, b), changes=()) for a, b in ends)
        events = tuple(
            replace(walk, number=EventNumber(i), time=i + 1, causes=(), intentions=())
            for i, walk in enumerate(walks)
        )
        told = replace(chronicle, events=events)
        return tell(told, world.model, Options(view="external")).text

    assert "and on to the yard" in ways(("Hall", "Barn"), ("Barn", "Yard"))
    assert " and walked" not in ways(("Hall", "Barn"), ("Yard", "Hall"))


def test_a_question_and_the_next_have_one_tag() -> None:
    """*Was that meant for her? Willow wondered. Is what now?*, and not *she thought* besides."""
    texts = [told(planned("night_visit"), seed=seed) for seed in range(6)]
    assert any("Willow wondered. Is what now?" in text for text in texts)
    assert not any(re.search(r"Willow wondered\. Is what now[^.]*she thought", t) for t in texts)


def test_a_thought_in_the_present_shows_at_once_that_it_is_one() -> None:
    """*She sailed back. She has said yes. I have an aunt's blessing*: a slip, until the *I*."""
    for seed in range(12):
        text = told(planned("wrong_bench"), view="limited", through="Hugo", seed=seed)
        assert "has said yes" not in text, text


MEETING = """
unspoken 1;
type place;
entity Ann : character;  entity Bea : character;
entity Hall : place;  entity Barn : place;  entity Yard : place;
property at(who : character) : place;
at(Ann) = Hall;  at(Bea) = Yard;  believes(Bea, at(Ann) = Barn);
action walk(who : character, from : place, to : place) {
  precondition: at(who) == from & from != to;  effect: at(who) = to;  consenting: who;
  observing(c : character): c == who;
};
trigger notice(who : character, whom : character, where : place) {
  precondition: at(who) == where & at(whom) == where & believes(who, at(whom)) != where;
  effect: believes(who, at(whom)) = where;
};
utility(): if(at(Bea) == Hall) 1 else 0;  utility(Bea): if(at(Bea) == Hall) 1 else 0;
"""


def test_somebody_where_nobody_thought_is_come_upon() -> None:
    world = unspoken.parse(MEETING, "meeting")
    text = tell(world.plan(goal=1).chronicle, world.model, Options("limited", "Bea")).text
    assert text == "Bea walked from the yard to the hall. And there was Ann."


@pytest.mark.parametrize("seed", range(4))
def test_where_an_author_marks_a_guess_we_do_not(seed: int) -> None:
    """*Of course Tara didn't lie awake over her; that much was clear.*"""
    for through in ("Tara", "Willow"):
        text = told(run("night_visit", 0, None), view="limited", through=through, seed=seed)
        assert not re.search(r"(?:Of course|So|No doubt) [^.]*; that much", text)


def test_a_thought_of_several_sentences_is_in_the_past_like_what_is_around_it() -> None:
    """*So this is what the spells tied: she hears me think. Willow hears all of it*."""
    for seed in range(6):
        assert "hears all of it" not in told(planned("night_visit"), seed=seed)


def test_the_judge_puts_his_own_head_out() -> None:
    """*I put his head out of it*."""
    fair = run("prize_marmalade", 0, 32)
    text = told(fair, view="limited", through="Ambrose", person="first")
    assert "I put my head out of it" in text
