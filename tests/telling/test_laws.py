"""The laws hold of every telling of every chronicle."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.telling.laws import (
    broken,
    in_order,
    sections,
    sentences,
    told_before_its_cause,
    told_twice_or_never,
)
from tests.telling.worlds import CHARACTERS, WORLD, chronicles
from unspoken.chronicle.events import Chronicle, Event, EventNumber, Fact, Percept
from unspoken.telling import NotOneMind, Options, UnknownMind, tell, view

orders = st.sampled_from(("chronological", "chronological", "flashback"))
limited = st.builds(
    Options,
    view=st.just("limited"),
    through=st.sampled_from(CHARACTERS),
    person=st.sampled_from(("first", "third")),
    tense=st.sampled_from(("past", "present")),
    seed=st.integers(0, 9),
    order=orders,
)
looking_back = st.builds(
    Options,
    view=st.just("limited"),
    through=st.sampled_from(CHARACTERS),
    person=st.just("first"),
    seed=st.integers(0, 9),
    hindsight=st.just(True),
)
others = st.builds(
    Options,
    view=st.sampled_from(("alternating", "external", "omniscient", "replay")),
    tense=st.sampled_from(("past", "present")),
    seed=st.integers(0, 9),
    order=orders,
)


CARRIED = ("slip", "leak")
"""Acts that are a thought's coming through a channel: a camera does not hear them."""


@given(chronicles(), st.one_of(limited, others))
def test_nothing_is_told_before_what_set_it_off(chronicle: Chronicle, options: Options) -> None:
    for section in sections(in_order(tell(chronicle, WORLD, options))):
        assert told_before_its_cause(section, chronicle) == []


@given(chronicles(), st.one_of(limited, looking_back, others))
def test_laws_of_prose(chronicle: Chronicle, options: Options) -> None:
    assert broken(tell(chronicle, WORLD, options), WORLD) == []


@given(chronicles(), limited)
def test_every_act_that_a_mind_perceived_is_told_once(
    chronicle: Chronicle, options: Options
) -> None:
    acts = {
        event.number
        for event in chronicle.events
        if event.is_act and options.through in event.percepts
    }
    assert told_twice_or_never(tell(chronicle, WORLD, options), acts) == []


@given(chronicles(), others)
def test_every_act_that_somebody_perceived_is_told_once(
    chronicle: Chronicle, options: Options
) -> None:
    """Once by each head, in a replay; by an omniscient telling what nobody perceived, too."""
    seen = {
        event.number
        for event in chronicle.events
        if event.kind in ("act", "say") and event.name not in CARRIED
    }
    for section in sections(tell(chronicle, WORLD, options)):
        acts = {event.number for event in chronicle.events if event.is_act and event.percepts}
        if options.view == "replay":
            mind = section.paragraphs[0].mind if section.paragraphs else None
            acts = {number for number in acts if mind in chronicle.events[number].percepts}
        elif options.view == "external":
            acts = seen
        elif options.view == "omniscient":
            acts |= seen
        assert told_twice_or_never(section, acts) == []


@given(chronicles(), st.one_of(limited, others))
def test_a_sentence_has_only_its_minds_events(chronicle: Chronicle, options: Options) -> None:
    for sentence in sentences(tell(chronicle, WORLD, options)):
        if sentence.mind is not None:
            for number in sentence.events:
                assert sentence.mind in chronicle.events[number].percepts


@given(chronicles(), limited)
def test_frames_are_used_where_their_needs_hold(chronicle: Chronicle, options: Options) -> None:
    """The three frames for waving: one says what only the agent knows, unless its author declares
    what a witness must hold."""
    own = view(chronicle, options.through)
    assert options.through is not None
    for sentence in sentences(tell(chronicle, WORLD, options)):
        for item in (own.items[i] for i in sentence.items if own.items[i].name == "wave"):
            who, whom = item.arguments
            is_agent = who == options.through
            after = item.id + 1
            while after < len(own.items) and own.items[after].kind == "surprise":
                after += 1
            if "since Easter" in sentence.text:
                loves = Fact("loves", (who, whom))
                assert is_agent
                assert own.value((options.through,), loves, after) is True
            if "Across the hall" in sentence.text:
                assert not is_agent
                assert own.value((options.through,), Fact("at", (who,)), after) == "Hall"
            if "nobody" in sentence.text:
                assert is_agent


@given(chronicles(), st.integers(5, 60))
def test_a_budget_shortens(chronicle: Chronicle, words: int) -> None:
    full = tell(chronicle, WORLD, Options())
    short = tell(chronicle, WORLD, Options(words=words))
    assert short.words <= max(full.words, words)
    least = tell(chronicle, WORLD, Options(words=1))
    assert short.words <= max(words, least.words)
    assert bool(short.paragraphs) == bool(full.paragraphs)
    assert broken(short, WORLD) == []


def party() -> Chronicle:
    """Ann waves at Bea, who loves her, and Bea asks her in."""
    beginning = dict.fromkeys((Fact("loves", ("Ann", "Bea")), Fact("secret", ("Bea",))), False)
    beginning[Fact("loves", ("Bea", "Ann"))] = True
    both = {"Ann": Percept("did", 1), "Bea": Percept("saw", 1)}
    answer = {"Ann": Percept("saw", 2), "Bea": Percept("did", 2)}
    first = Event(EventNumber(0), 1, "act", "Ann", "wave", ("Ann", "Bea"), percepts=both)
    second = Event(EventNumber(1), 2, "say", "Bea", "ask_in", ("Bea", "Ann"), percepts=answer)
    return Chronicle("party", CHARACTERS, (), {(): beginning}, (first, second), 2)


def test_the_same_bytes_in_every_process() -> None:
    code = (
        "from tests.telling.test_laws import party; from tests.telling.worlds import WORLD;"
        "from unspoken.telling import tell; print(ascii(tell(party(), WORLD).text))"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert texts == {ascii(tell(party(), WORLD).text) + "\n"}


def test_seeds_tell_differently() -> None:
    texts = {tell(party(), WORLD, Options(seed=seed)).text for seed in range(20)}
    assert len(texts) > 4


def test_truth_does_not_colour_the_words() -> None:
    """The same belief, once right and once wrong: Bea's own telling cannot tell which."""
    chronicle = party()
    loved = {**chronicle.beginning[()], Fact("loves", ("Ann", "Bea")): True}
    mistaken = replace(
        chronicle,
        beginning={(): loved, ("Bea",): {Fact("loves", ("Ann", "Bea")): False}},
    )
    options = Options(view="limited", through="Bea")
    assert tell(mistaken, WORLD, options).text == tell(chronicle, WORLD, options).text


def test_nobody_of_that_name() -> None:
    with pytest.raises(UnknownMind) as caught:
        tell(party(), WORLD, Options(view="limited", through="Eve"))
    assert (caught.value.name, caught.value.known) == ("Eve", CHARACTERS)


def test_i_is_one_person() -> None:
    with pytest.raises(NotOneMind):
        tell(party(), WORLD, Options(person="first"))
