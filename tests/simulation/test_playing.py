"""Playing somebody: asked at every turn, with what is chosen done, and all of it taken back."""

from __future__ import annotations

import pytest

from tests.simulation.runs import HEAD, log, simulation
from unspoken.simulation.playing import Play

FLATTERY = f"""{HEAD}
run {{ rounds: 6; }};
property sung(who : character) : boolean;
property danced() : boolean;
property hummed() : boolean;
action sing(who : character) {{ precondition: !sung(who); effect: sung(who); consenting: who; }};
action hum(Ann) {{ precondition: !hummed(); effect: hummed(); consenting: Ann; }};
action dance(one : character, other : character) {{
  precondition: one == Ben & other == Ann & !danced(); effect: danced();
  consenting: one, other;
}};
wish music(Ann) {{ wants: sung(Ann); weight: 0.5; }};
wish company(Ben) {{ wants: danced(); weight: 0.5; }};
norm shy(Ann) {{ against: lose_face; acts: sing(Ann); before: anyone; weight: 1; }};
temperament Ann {{ daring: 0; }};
"""
DONE = ("act", "refuse")


def game(text: str = FLATTERY, who: str = "Ann", seed: int = 0) -> Play:
    return Play(simulation(text, seed), who)


def place(play: Play, act: str) -> int:
    assert play.turn is not None
    return [option.act for option in play.turn.options].index(act)


def stands(play: Play) -> tuple[object, ...]:
    """All that a player could look at, and what would be saved."""
    turn = play.turn
    assert turn is not None
    asked = (turn.round, turn.options, turn.decision, turn.asked, turn.view.believed)
    return (asked, play.perceived, play.moment)


def to_own_turn(play: Play) -> None:
    while play.turn is not None and play.turn.asked is not None:
        play.choose(None)


def test_one_is_asked_in_ones_turn_and_when_somebody_asks() -> None:
    play, asked = game(), set()
    while play.turn is not None:
        asked.add(play.turn.asked)
        play.choose(None)
    assert asked == {None, "Ben"}
    assert play.ended == "rounds"


def test_by_itself_it_goes_as_the_run_does() -> None:
    play = game()
    while play.turn is not None:
        play.choose(None)
    *_, ran = simulation(FLATTERY).moments(rounds=6)
    assert play.moment.events[: len(ran.events)] == ran.events


def test_what_is_not_dared_may_be_dared() -> None:
    play = game()
    to_own_turn(play)
    assert play.turn is not None
    assert play.turn.decision.chosen.act == ""
    assert play.turn.decision.wished is not None
    assert play.turn.decision.wished.act == "sing(Ann)"
    play.choose(place(play, "sing(Ann)"))
    assert "sing(Ann)" in log(play.moment, "act") or any(
        event.name == "sing" for event in play.perceived
    )


def test_what_nobody_has_a_reason_for_may_be_done() -> None:
    play = game()
    to_own_turn(play)
    play.choose(place(play, "hum(Ann)"))
    while play.turn is not None:
        play.choose(None)
    assert "hum(Ann)" in log(play.moment, "act")


@pytest.mark.parametrize(("option", "happens"), [(0, "dance(Ben, Ann)"), (1, None)])
def test_one_takes_part_or_refuses(option: int, happens: str | None) -> None:
    play = game()
    while play.turn is not None and play.turn.asked is None:
        play.choose(None)
    assert play.turn is not None
    assert play.turn.asked == "Ben"
    assert [one.act for one in play.turn.options] == ["dance(Ben, Ann)", ""]
    play.choose(option)
    done = [event.name for event in play.perceived if event.kind == "act"]
    refused = [event.who for event in play.perceived if event.kind == "refuse"]
    assert ("dance" in done) == (happens is not None)
    assert refused == ([] if happens else ["Ann"])


def test_everything_can_be_taken_back() -> None:
    play = game(seed=2)
    seen = []
    while play.turn is not None:
        seen.append(stands(play))
        play.choose(len(seen) % len(play.turn.options))
    for before in reversed(seen):
        assert play.undo()
        assert stands(play) == before
    assert not play.undo()


def test_the_same_choices_the_same_story() -> None:
    def played(options: list[int]) -> list[str]:
        play = game()
        for option in options:
            if play.turn is None:
                break
            play.choose(min(option, len(play.turn.options) - 1))
        return log(play.moment)

    assert played([0, 1, 1, 0, 1]) == played([0, 1, 1, 0, 1])
    assert played([0, 0, 0, 0]) != played([1, 1, 1, 1])


def test_a_choice_that_is_none() -> None:
    play = game()
    with pytest.raises(IndexError):
        play.choose(99)
    with pytest.raises(IndexError):
        play.choose(-1)
    while play.turn is not None:
        play.choose(None)
    with pytest.raises(ValueError, match="over"):
        play.choose(0)


LATE = f"""{HEAD}
run {{ rounds: 20; until: rung(); }};
property awake() : boolean; property rung() : boolean;
property napped() : boolean;
awake();
action ring() {{ precondition: !rung(); effect: rung(); }};
action nap(Ann) {{ precondition: !napped(); effect: napped(); consenting: Ann; }};
action nod(Ben) {{ effect: awake(); consenting: Ben; }};
occasion ring() {{ chance: 1; after: 9; }};
"""


def test_while_nothing_changes_whoever_waits_goes_on_waiting() -> None:
    play = game(LATE)
    assert play.turn is not None
    assert [one.act for one in play.turn.options] == ["nap(Ann)", ""]
    play.choose(None)
    assert play.turn is None, "asked once, though ten rounds have gone by"
    assert play.moment.round == 10
    assert play.ended == "until"
    assert play.undo()
    assert play.moment.round == 0


def test_it_says_why_it_is_over() -> None:
    still = game(LATE.replace("precondition: !rung()", "precondition: rung()"))
    still.choose(None)
    assert still.ended == "quiet"
    short = game(LATE.replace("rounds: 20", "rounds: 2"))
    short.choose(None)
    assert short.ended == "rounds"


def test_where_nothing_can_be_done_but_wait_nobody_is_asked() -> None:
    play = game(LATE.replace("consenting: Ann;", "consenting: Ben;"))
    assert play.turn is None
    assert play.moment.round == 10


SECRET = f"""{FLATTERY}
property whispered() : boolean;
action whisper(Ben) {{ precondition: !whispered(); effect: whispered(); consenting: Ben;
  observing(c : character): c == Ben; }};
wish secret(Ben) {{ wants: whispered(); weight: 0.9; }};
"""


def test_the_player_sees_what_the_character_perceived_and_nothing_else() -> None:
    play = game(SECRET)
    while play.turn is not None:
        assert all(event.name != "whisper" for event in play.perceived)
        assert all("Ann" in event.percepts for event in play.lived.events)
        play.choose(None)
    assert "whisper(Ben)" in log(play.moment, "act")
