"""What would make a reader wince: the same thing told twice, told by one after the other, told in
pieces, or told late."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

import pytest

import unspoken
from tests.telling.laws import sentences
from tests.telling.ways import run
from unspoken.telling import Options, Telling, tell
from unspoken.telling.manner import joined
from unspoken.telling.setting import Setting
from unspoken.telling.wording import act_wording


def night(**options: object) -> Telling:
    return run("night_visit").tell(Options(**options))  # type: ignore[arg-type]


GOSSIP = """
unspoken 1;
type person : character;  type matter;
entity Ann : person;  entity Ben : person;  entity Cyd : person;  entity Dan : person;
entity Bell : matter;
property heard(who : person, what : matter) : boolean;
property before(who : person, whom : person) : boolean;
heard(Ann, Bell);  before(Ann, Ben);  before(Ben, Cyd);
action tell(who : person, whom : person, what : matter) {
  precondition: before(who, whom) & heard(who, what);  effect: heard(whom, what);  consenting: who;
};
utility(): heard(Cyd, Bell);
utility(Ann): heard(Cyd, Bell);
utility(Ben): heard(Cyd, Bell);
"""


def test_what_is_passed_on_is_one_sentence() -> None:
    parsed = unspoken.parse(GOSSIP, "gossip")
    chronicle = parsed.plan(goal=1).chronicle
    text = tell(chronicle, parsed.model, Options("limited", "Dan")).text
    assert text.startswith("Ann told Ben about the bell, and Ben told Cyd.")


def test_a_shorter_telling_leaves_out_the_ways_first() -> None:
    world, chronicle = run("small_town", 1, 8)
    text = tell(chronicle, world, Options(words=120)).text
    assert " told " in text
    assert not re.search(r" went from| go from|fidget|brood", text)


def test_an_event_named_in_the_third_person() -> None:
    setting = Setting(unspoken.load("small_town").model)
    wording = act_wording("comes_out", ("Lost_Purse", "Agnes", "Bram"), (), setting)
    assert wording.text.startswith("{agent} [come] out to {other}")


def test_a_question_that_breaks_off_is_still_one() -> None:
    assert joined(["do you want to", "come in"]) == "Do you want to… come in?"
    assert joined(["do you want to", "I mean. Come in"]) == "Do you want to… I mean. Come in?"
    assert joined(["come in", "it's warm"]) == "Come in, it's warm."


def test_what_everybody_thinks_is_told_once() -> None:
    told = run("prize_marmalade", 0, 10)
    for seed in range(4):
        text = told.tell(Options(seed=seed)).text
        names = re.findall(r"like (\w+) to have anything to tell|what (\w+) had been", text)
        assert len(names) == len(set(names)), "of each teller by one head only"


@pytest.mark.parametrize("seed", range(6))
def test_a_touch_of_a_feeling_stands_beside_what_was_done(seed: int) -> None:
    """*A weight where Tara's breath should go* is no sentence."""
    for options in ({}, {"view": "limited", "through": "Tara"}):
        frames = [one.frame for one in sentences(night(seed=seed, **options))]
        assert not any(frame.startswith("touch ") for frame in frames)


@pytest.mark.parametrize("seed", range(6))
def test_it_is_explained_twice_that_a_thought_is_heard(seed: int) -> None:
    frames = [
        re.split(r"[#+]", one.frame)[0]
        for one in sentences(night(seed=seed, view="limited", through="Willow"))
    ]
    assert sum(frame.startswith("sensed") and "briefly" not in frame for frame in frames) <= 2


@pytest.mark.parametrize("seed", range(6))
def test_a_thought_of_oneself_takes_a_name_and_no_tag(seed: int) -> None:
    text = night(seed=seed).text
    assert not re.search(r"tipped her a little .{0,40}Tara thought", text)


def test_what_is_felt_is_not_told_after_what_came_of_it() -> None:
    """Through other eyes it waits, and for a face that shows something right after; but not past
    the next thing that somebody does before its owner."""
    _, chronicle = run("night_visit", 0, None)
    order = [(one.mind, max(one.events, default=-1), one) for one in sentences(night())]
    for place, (mind, latest, told) in enumerate(order):
        if told.frame.startswith(("body", "words")):
            later = [
                other.text
                for other_mind, event, other in order[:place]
                if other_mind == mind and event > latest and chronicle.events[event].who is not None
                if other.form in ("DS", "NV")
            ]
            assert not later, (told.text, later)


TOWN = ("small_town", 0, 40)
FAIR = ("prize_marmalade", 0, 10)
FELT = ("body", "slight", "great", "words", "inside", "touch", "memory")


@pytest.mark.parametrize("told", [TOWN, FAIR], ids=lambda told: str(told[0]))
def test_nobody_is_looked_into_only_to_feel(told: tuple[str, int, int]) -> None:
    """*Something in Nell clapped*, between two paragraphs of others: at what? At what was told
    right before, and then greatly; or it is left out."""
    _, chronicle = run(*told)
    for seed in range(3):
        before: set[int] = set()
        telling = run(*told).tell(Options(seed=seed))
        for _, paragraphs in groupby(telling.paragraphs, key=lambda one: one.mind):
            told_now = [s for paragraph in paragraphs for s in paragraph.sentences]
            if all(sentence.frame.startswith(FELT) for sentence in told_now):
                felt = [chronicle.events[event] for s in told_now for event in s.events]
                feelings = [event for event in felt if event.kind == "feel"]
                assert feelings, told_now
                assert all(before & set(event.causes) for event in feelings), told_now
                assert all(event.strength >= 0.5 for event in feelings), told_now
            before = set(told_now[-1].events)


def test_who_comes_and_goes_is_no_discovery() -> None:
    """Told once, of the place where we are, and of several together."""
    telling = run(*TOWN).tell(Options())
    text = telling.text
    assert not re.search(r"So \w+ (?:was|wasn\u2019t) (?:at|in) the \w+ after all", text)
    assert re.search(r" to the (\w+)\. And there was \w+\.", text)
    assert re.search(r"And there was \w+, and \w+\.", text)
    seen = [s for s in sentences(telling) if s.frame.startswith(("seen {x} [", "belief {x} ["))]
    assert not [a.text for a, b in pairwise(seen) if a.text == b.text]


def test_what_comes_to_nothing_again_and_again_is_left_out() -> None:
    text = run(*TOWN).tell(Options()).text
    assert "fidgeted" in text
    assert not re.search(r"^\w+ fidgeted\.$", text, re.MULTILINE)


# Nobody is visited for a sentence


def visits(telling: Telling) -> list[list[str]]:
    """What is told through one head, and then through another."""
    return [
        [sentence.text for paragraph in run for sentence in paragraph.sentences]
        for _, run in groupby(telling.paragraphs, key=lambda one: one.mind)
    ]


@pytest.mark.parametrize("seed", range(3))
def test_what_a_head_perceives_is_told_by_it(seed: int) -> None:
    """Each who came by and found a letter had a paragraph of one line."""
    told = visits(run("wrong_bench").tell(Options(seed=seed)))
    assert len(told) <= 4
    assert all(len(sentences) > 1 for sentences in told), told


def test_a_run_ends_on_what_matters() -> None:
    last = run("wrong_bench").tell(Options()).paragraphs[-1]
    assert last.mind == "Mabel"
    assert "guessed" not in last.text


def test_what_happens_of_itself_waits_for_a_head_that_is_there() -> None:
    """*For once the urn held its tongue. Basil looked up.* A paragraph, six times over."""
    told = visits(run("prize_marmalade", 0, 32).tell(Options()))
    urn = [sentences for sentences in told if sentences[0].startswith(("The urn", "For once"))]
    assert sum(len(sentences) == 2 for sentences in urn) <= 2, urn


def test_ways_gone_all_the_time_are_left_out_though_they_have_words() -> None:
    """Between hall, garden and urn people go all day; where they are, what they do there says."""
    world, chronicle = run("prize_marmalade", 0, 32)
    ways = {event.number for event in chronicle.events if event.name == "walk"}
    told = list(sentences(tell(chronicle, world, Options())))
    assert 0 < sum(bool(ways & set(sentence.events)) for sentence in told) <= len(told) // 10


def test_nobody_commands_herself_in_the_words_of_a_stage_direction() -> None:
    """*Tell Ivy about the marmalade.*"""
    for seed in range(3):
        text = run("prize_marmalade", 0, 32).tell(Options(seed=seed)).text
        assert not re.search(r"(?:^|[.?!] )Tell \w+ about [^,.]*\.", text)
