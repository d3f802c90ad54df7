"""The prize marmalade when everybody acts on their own: who hears what from whom, what becomes of
it on the way, who is embarrassed before whom; and how it goes when something is taken away."""

from __future__ import annotations

from importlib.resources import files

import unspoken
from tests import shipped
from unspoken.chronicle import Event, Fact
from unspoken.chronicle.words import call_of, line, value_text
from unspoken.story import Story

TEXT = files("unspoken").joinpath("stories", "prize_marmalade", "world.story").read_text()
GOSSIPS = ("Ivy", "Basil", "Prudence")


def fete(*changes: tuple[str, str], rounds: int) -> Story:
    """Run the afternoon, with statements of its world (each there just once) replaced."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return unspoken.parse(text, "fete").run(rounds)


def as_it_is() -> Story:
    return shipped.run("prize_marmalade")


def acts(story: Story) -> list[str]:
    return [call_of(event) for event in happened(story)]


def happened(story: Story) -> list[Event]:
    return [event for event in story.chronicle.events if event.kind in ("act", "say", "happen")]


def first(story: Story, act: str) -> Event:
    return next(event for event in happened(story) if call_of(event) == act)


def feels(story: Story, who: str, word: str) -> list[Event]:
    return [
        event
        for event in story.chronicle.events
        if (event.kind, event.who, event.name) == ("feel", who, word)
    ]


def embarrassed(story: Story) -> set[str | None]:
    events = story.chronicle.events
    return {event.who for event in events if (event.kind, event.name) == ("feel", "embarrassment")}


def believes(story: Story, who: str, tale: str, at: int | None = None) -> object:
    when = len(story.chronicle.events) if at is None else at
    return story.chronicle.value((who,), Fact("so", (tale,)), when)


def after(story: Story, act: str) -> int:
    """The number before which an act and what it brings about have all been written down."""
    events = happened(story)
    voluntary = [event for event in events if event.kind in ("act", "say")]
    place = voluntary.index(first(story, act))
    return int(voluntary[place + 1].number)


def test_each_hop_has_its_own_version() -> None:
    story = as_it_is()
    chain = (
        ("tell(Nell, Ivy, Bought)", "Ivy", "Bought"),  # told
        ("tell(Ivy, Basil, Bought)", "Basil", "Botts"),  # misheard
        ("tell(Basil, Prudence, Goose)", "Prudence", "Goose"),  # embroidered
    )
    for act, hearer, version in chain:
        number = first(story, act).number
        assert believes(story, hearer, version, int(number)) is False
        assert believes(story, hearer, version, after(story, act)) is True
    heard = after(story, "tell(Basil, Prudence, Goose)")
    assert [believes(story, "Basil", tale, heard) for tale in ("Bought", "Botts", "Goose")] == [
        False,
        True,
        False,
    ]
    assert believes(story, "Prudence", "Bought", heard) is False


def test_what_is_said_beside_the_urn_reaches_nobody_as_it_was_said() -> None:
    story = as_it_is()
    said = first(story, "tell(Ivy, Basil, Bought)")
    assert set(said.percepts) == {"Ivy"}
    misheard = first(story, "mishear(Basil, Ivy)")
    assert misheard.causes == (said.number,)
    # She has no idea.
    bought = Fact("so", ("Bought",))
    told = after(story, "tell(Ivy, Basil, Bought)")
    assert story.chronicle.value(("Ivy", "Basil"), bought, told) is True
    assert story.chronicle.value(("Basil",), bought, told) is False


def test_the_embroidery_is_a_choice_and_weighs_on_who_made_it() -> None:
    story = as_it_is()
    choice = first(story, "embroider(Basil, Botts)")
    assert choice.decision is not None
    assert any(one.name.startswith("wonder(Basil") for one in choice.decision.chosen.pulls)
    assert any(one.name == "no_embroidery(Basil)" for one in choice.decision.chosen.restraints)
    assert any(choice.number in one.causes for one in feels(story, "Basil", "guilt"))


def test_a_drive_that_moves_is_listed_by_where_it_moves_to() -> None:
    moved = next(event for event in happened(as_it_is()) if not event.name)
    assert line(moved) == f"now flustered(Hester) == {value_text(moved.changes[0].after)}"


def test_it_is_the_judge_who_hears_it_and_nobody_sees_him() -> None:
    story = as_it_is()
    told = first(story, "tell(Prudence, Nell, Goose)")
    assert story.chronicle.value((), Fact("at", ("Ambrose",)), int(told.number)) == "Kitchen"
    assert told.percepts["Ambrose"].how == "saw"
    assert believed_place(story, "Prudence", int(told.number)) != "Kitchen"


def believed_place(story: Story, who: str, at: int) -> object:
    return story.chronicle.value((who,), Fact("at", ("Ambrose",)), at)


def test_who_is_embarrassed_before_whom_and_by_what() -> None:
    story = as_it_is()
    found_out = first(story, "come_through(Ambrose, Prudence)")
    felt = feels(story, "Prudence", "embarrassment")
    assert felt[0].toward == "Ambrose"
    assert felt[0].causes == (found_out.number,)
    assert felt[0].about == "behind_his_back(Prudence, Ambrose)"
    # It was out before, and she was at her ease as long as she did not know it.
    spread = Fact("spread", ("Prudence", "Goose"))
    before = int(found_out.number)
    assert story.chronicle.value(("Ambrose",), spread, before) is True
    assert story.chronicle.value(("Prudence", "Ambrose"), spread, before) is False


def test_she_dares_not_own_up_and_then_does_to_one_who_knew_all_along() -> None:
    story = as_it_is()
    events = story.chronicle.events
    held_back = next(
        event
        for event in events
        if event.kind == "unsaid" and call_of(event) == "own_up(Hester, Ambrose)"
    )
    owned_up = first(story, "own_up(Hester, Ambrose)")
    assert held_back.because == "lost_face(Hester)"
    assert held_back.number < owned_up.number
    assert believes(story, "Ambrose", "Bought", 0) is True
    knows = Fact("so", ("Bought",))
    assert story.chronicle.value(("Hester", "Ambrose"), knows, int(owned_up.number)) is False
    assert story.ended == "until"
    last = [event for event in happened(story) if event.name][-1]
    assert call_of(last) == "pardon(Ambrose, Hester)"
    assert story.tell()


def test_under_another_seed_the_secret_keeps() -> None:
    story = shipped.run("prize_marmalade", 4, 14)
    assert "tell(Prudence, Ivy, Goose)" in acts(story)
    assert not embarrassed(story)
    assert not any(act.startswith(("come_through", "own_up")) for act in acts(story))
    assert believes(story, "Prudence", "Goose") is True
    assert believes(story, "Prudence", "Bought") is False


def test_if_the_urn_is_off_nothing_is_misheard() -> None:
    boil = "occasion boil() { chance: 0.5; };"
    story = fete((boil, "occasion boil() { chance: 0.5; after: 99; };"), rounds=8)
    assert "tell(Ivy, Basil, Bought)" in acts(story)
    assert not any(act.startswith("mishear") for act in acts(story))
    assert believes(story, "Basil", "Bought") is True
    assert believes(story, "Basil", "Botts") is False


def test_if_the_niece_is_more_loyal_nobody_learns_anything() -> None:
    story = fete(("\nloyalty(Nell, Hester) = 4;", "\nloyalty(Nell, Hester) = 10;"), rounds=8)
    assert not any(act.startswith("tell(") for act in acts(story))
    for who in GOSSIPS:
        assert believes(story, who, "Bought") is False


def test_if_the_judge_is_really_away_nobody_is_embarrassed() -> None:
    chill = "occasion chill(who : character) { chance: 0.3; after: 6; };"
    story = fete((chill, chill.replace("6", "99")), rounds=11)
    assert "tell(Prudence, Nell, Goose)" in acts(story)
    assert not embarrassed(story)


def test_one_blush_is_read_rightly_and_wrongly() -> None:
    story = as_it_is()
    events = {event.number: event for event in story.chronicle.events}
    read: dict[int, set[object]] = {}
    for event in events.values():
        if event.kind == "believe" and event.minds == ("Ivy",) and event.fact is not None:
            blushes = [cause for cause in event.causes if events[cause].name == "blush"]
            surer = event.fact.property == "certain" and _number(event.after) > _number(
                event.before
            )
            for blush in blushes if surer else ():
                read.setdefault(blush, set()).add(event.fact.arguments[0])
    # She has heard both by then: that it was bought, and that there was a goose.
    assert {"Bought", "Goose"} in read.values()


def _number(value: object) -> float:
    assert isinstance(value, float)
    return value
