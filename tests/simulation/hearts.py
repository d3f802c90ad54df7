"""Small worlds with inner lives, as text."""

from __future__ import annotations

from unspoken.chronicle.events import Decision
from unspoken.engine import GroundWorld, State, load
from unspoken.language import parse
from unspoken.simulation.choice import Disposition
from unspoken.simulation.deciding import Inner, decide
from unspoken.simulation.foresight import Foresight
from unspoken.simulation.motives import Motives
from unspoken.simulation.view import View

DOOR = """unspoken 1;
entity Ann : character;
entity Ben : character;
property loves(who : character, whom : character) : boolean;
property happy(who : character) : boolean;
property declared(who : character, whom : character) : boolean;
property hurt(who : character) : boolean;
action declare(who : character, whom : character) {
    precondition: who != whom & !declared(who, whom);
    effect: declared(who, whom) & believes(whom, loves(who, whom));
    consenting: who;
};
action embrace(who : character, whom : character) {
    precondition: who != whom & declared(whom, who) & loves(who, whom) & !happy(whom);
    effect: happy(who) & happy(whom);
    consenting: who;
};
action turn_away(who : character, whom : character) {
    precondition: who != whom & declared(whom, who) & !loves(who, whom) & !hurt(whom);
    effect: hurt(whom);
    consenting: who;
};
hunch sure(who : character, whom : character) { of: loves(who, whom); from: -3; to: 3; };
wish happiness(who : character) { wants: happy(who); weight: 1; };
wish pride(who : character) { wants: hurt(who); weight: -0.8; };
wish quiet(who : character, whom : character) {
    wants: hurt(whom);
    weight: 0.2;
    if: who != whom & !loves(who, whom);
};
loves(Ann, Ben);
loves(Ben, Ann);
believes(Ann, !loves(Ben, Ann));
"""
"""Two who love each other; Ann is not told. Add Ann's odds."""


def grounded(text: str) -> GroundWorld:
    world, diagnostics = parse(text)
    assert world is not None, [str(one) for one in diagnostics]
    return load(world)


def view(ground: GroundWorld, who: str, state: State | None = None) -> View:
    state = ground.initial if state is None else state
    return View.of(Motives(ground), state.mind(who))


def decision(
    ground: GroundWorld,
    who: str,
    state: State | None = None,
    disposition: Disposition | None = None,
) -> Decision:
    seen = view(ground, who, state)
    inner = Inner(disposition or Disposition(who))
    return decide(Foresight(seen.motives), seen, inner)
