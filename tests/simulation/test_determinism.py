"""The same world and seed, the same story: on any day, in any process, however it is written."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Mapping
from random import Random

import pytest
from msgspec.structs import replace

from tests.simulation.runs import HEAD, last, log, run, simulation
from tests.simulation.test_within import BLUSH, FOND, GIFTS, SECRET
from unspoken.chronicle import Event, to_json
from unspoken.language import parse
from unspoken.model import Storyworld
from unspoken.simulation.run import Simulation

PARTY = (
    HEAD
    + """
entity Cat : character;
type place; entity Hall : place; entity Yard : place;
property at(who : character) : place;
property loves(who : character, whom : character) : boolean;
property red(who : character) : boolean;
property told(who : character, whom : character) : boolean;
property music() : boolean;
property linked(who : character, whom : character) : boolean;
at(Ann) = Hall; at(Ben) = Hall; at(Cat) = Yard;
loves(Ann, Ben); loves(Cat, Ben); loves(Ben, Cat);
forall(a : character) forall(b : character) sure(a, b) = 0;
linked(Cat, Ben);
believes(Cat, at(Ben) = Yard);
action go(who : character, to : place) {
    precondition: at(who) != to;
    effect: at(who) = to;
    consenting: who;
    observing(c : character): at(c) == at(who) | at(c) == to;
};
action tell(who : character, whom : character) {
    precondition: who != whom & at(who) == at(whom) & !told(who, whom);
    effect: told(who, whom) & if(loves(who, whom)) believes(whom, loves(who, whom));
    consenting: who;
    observing(c : character): at(c) == at(who);
};
action dance(who : character, whom : character) {
    precondition: who != whom & at(who) == at(whom) & music();
    effect: !music();
    consenting: who, whom;
    observing(c : character): at(c) == at(who);
};
action blush(who : character, whom : character) {
    precondition: who != whom & !red(who);
    effect: red(who);
    observing(c : character): at(c) == at(who);
};
action play() { precondition: !music(); effect: music(); };
action storm() { effect: at(Cat) = Yard; };
trigger see(viewer : character, other : character) {
    precondition: at(viewer) == at(other) & believes(viewer, at(other)) != at(other);
    effect: believes(viewer, at(other)) = at(other);
};
hunch sure(who : character, whom : character) { of: loves(who, whom); from: -3; to: 3; };
sign blushing(reader : character, other : character) {
    seen: blush(other, reader); for: sure(other, reader); weight: 2;
};
tell blush(who : character, whom : character) {
    of: who; toward: whom; shows: unspoken, joy, happy_for; above: 0.3;
};
drive fondness(who : character, whom : character) {
    from: -4; to: 8; baseline: 2; half_life: 3; role: liking; moved_by: joy 4, distress -3;
};
wish near(who : character, whom : character) {
    wants: at(who) == at(whom); weight: 0.6; if: who != whom & loves(who, whom);
};
wish out(who : character, whom : character) {
    wants: told(who, whom); weight: 0.5; if: who != whom & loves(who, whom);
};
wish dance(who : character) { wants: music(); weight: -0.3; };
norm hidden(who : character, whom : character) {
    against: lose_face; shows: loves(who, whom); before: whom; weight: 0.7;
};
channel bond(thinker : character, hearer : character) {
    open: linked(thinker, hearer); carries: thoughts, wishes, feelings; strength: 0.2;
};
occasion play() { chance: 0.4; };
occasion storm() { chance: 0.1; after: 2; };
temperament Ann { daring: 0.3; };
temperament Cat { daring: 0.8; composure: 0.2; };
run { rounds: 8; foresight: 2; temperature: 0.05; };
"""
)

WORLDS = {"party": PARTY, "secret": SECRET, "blush": BLUSH, "fond": FOND, "gifts": GIFTS}


def saved(text: str, seed: int) -> str:
    simulated = simulation(text, seed)
    return to_json(simulated.chronicle(last(simulated.moments())))


def test_a_party_is_something_to_look_at() -> None:
    """Else what follows would say nothing."""
    seen = {event.kind for seed in range(3) for event in run(PARTY, seed=seed).events}
    assert {"act", "believe", "feel", "think", "unsaid", "happen"} <= seen
    assert log(run(PARTY, seed=0)) != log(run(PARTY, seed=1))


def test_the_same_bytes_in_any_process() -> None:
    script = (
        "from tests.simulation.test_determinism import PARTY, saved\n"
        "import sys; sys.stdout.write(saved(PARTY, 3))\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": str(seed), "PYTHONPATH": ":".join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in (0, 1)
    }
    assert said == {saved(PARTY, 3)}


def shuffled(world: Storyworld, random: Random) -> Storyworld:
    """The same world, declared in another order; only the order of triggers, which is the order
    in which laws set in, and of what is said of the beginning is part of what a world means."""

    def anyhow(parts: Iterable[object]) -> tuple[object, ...]:
        return tuple(random.sample(list(parts), len(list(parts))))

    inner = world.inner
    sections = (
        *("hunches", "signs", "drives", "wishes", "norms", "temperaments"),
        *("tells", "occasions", "channels", "rules"),
    )
    mixed: Mapping[str, object] = {name: anyhow(getattr(inner, name)) for name in sections}
    return replace(
        world,
        entities=anyhow(world.entities),  # type: ignore[arg-type]
        actions=anyhow(world.actions),  # type: ignore[arg-type]
        inner=replace(inner, **mixed),  # type: ignore[arg-type]
    )


def without_lines(events: Iterable[Event]) -> list[Event]:
    return [replace(event, line=None) for event in events]


@pytest.mark.parametrize("name", WORLDS)
def test_the_order_of_declarations_decides_nothing(name: str) -> None:
    world, _ = parse(WORLDS[name])
    assert world is not None
    before = without_lines(last(Simulation(world, 1).moments()).events)
    for seed in range(3):
        other = shuffled(world, Random(seed))
        again = without_lines(last(Simulation(other, 1).moments()).events)
        assert again == before


def test_what_nobody_has_any_use_for_changes_nothing() -> None:
    more = """
property hat(who : character) : boolean;
action put_on(who : character) { precondition: !hat(who); effect: hat(who); consenting: who; };
action take_off(who : character) { precondition: hat(who); effect: !hat(who); consenting: who; };
action abc(who : character) { effect: hat(who); consenting: who; observing(c : character): False; };
"""
    # As far ahead as is looked without running out of patience: it is counted in work, and there
    # is more to look through with more to do.
    party = PARTY.replace("foresight: 2;", "foresight: 1;")
    before, after = run(party, seed=2), run(party + more, seed=2)
    assert without_lines(after.events) == without_lines(before.events)
