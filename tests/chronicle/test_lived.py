"""What one mind has of a chronicle: enough to tell it through that mind, and nothing else."""

from __future__ import annotations

import pytest

import unspoken
from unspoken.chronicle import Chronicle, to_json
from unspoken.chronicle.lived import lived, perceived
from unspoken.telling import Options, tell


@pytest.fixture(scope="module")
def evening() -> unspoken.Story:
    return unspoken.load("night_visit").run()


@pytest.mark.parametrize("who", ["Willow", "Tara", "Buffy"])
@pytest.mark.parametrize("seed", [0, 3])
def test_it_is_told_as_the_whole_is_through_that_mind(
    evening: unspoken.Story, who: str, seed: int
) -> None:
    world = evening.world.model
    how = Options("limited", who, person="first", tense="present", seed=seed)
    own = lived(evening.chronicle, who)
    assert tell(own, world, how).text == tell(evening.chronicle, world, how).text


def events_of(chronicle: Chronicle) -> str:
    return to_json(chronicle).partition('"events"')[2]


def test_nothing_that_was_not_perceived_is_in_it(evening: unspoken.Story) -> None:
    whole = evening.chronicle
    buffys = lived(whole, "Buffy")
    assert "knock" in events_of(whole)
    assert "knock" not in events_of(buffys)
    assert {event.who for event in buffys.events if event.kind == "feel"} <= {"Buffy"}
    for who in whole.characters:
        own = lived(whole, who)
        assert own.ending is None
        assert [event.number for event in own.events] == list(range(len(own.events)))
        for event in own.events:
            assert not event.changes, "what changed in truth need not have been noticed"
            assert set(event.percepts) <= {who}
            assert event.who == who or event.decision is None, "another's reasons"
            assert {one.character for one in event.intentions} <= {who}
        for chain in own.beginning:
            assert chain[:1] in ((), (who,))


def test_the_truth_at_the_beginning_is_what_was_believed(evening: unspoken.Story) -> None:
    whole = evening.chronicle
    taras = lived(whole, "Tara")
    (love,) = [
        fact
        for fact in whole.beginning[()]
        if fact.property == "loves" and fact.arguments == ("Willow", "Tara")
    ]
    assert whole.value((), love, before=0) is True
    assert taras.value((), love, before=0) is False
    assert taras.value(("Tara",), love, before=0) is False


def test_what_came_through_whole_is_there(evening: unspoken.Story) -> None:
    """A thought that was heard is told by what it was about, which its hearer did not perceive."""
    events = evening.chronicle.events
    heard = {
        event.causes[0]
        for event in events
        if event.kind == "think"
        and not event.name
        and event.who != "Willow"
        and "Willow" in event.percepts
        and event.percepts["Willow"].whole
    }
    assert heard <= {event.number for event in perceived(events, "Willow")}
