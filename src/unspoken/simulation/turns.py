"""Somebody's turn: what they decide, whether those they ask take part, and what comes of it.

Receives the course of a round and whose turn it is. Nothing is decided from anything but the views
of those who decide; the state is only asked whether what was decided can be done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from msgspec.structs import replace

from unspoken.chronicle import Decision, Event, EventNumber, Kind, Percept, Weighed
from unspoken.chronicle.lived import perceived
from unspoken.engine import GroundEvent, Telling
from unspoken.model import And
from unspoken.planning.facts import precondition
from unspoken.simulation import deciding
from unspoken.simulation.choice import (
    WAIT,
    Disposition,
    choose,
    pressure_after,
    strongest_restraint,
    takes_part,
    under_way,
    weigh,
)
from unspoken.simulation.content import facts_in, value_at
from unspoken.simulation.course import Course
from unspoken.simulation.deciding import Inner
from unspoken.simulation.explain import strength
from unspoken.simulation.moment import Chooser, Rebuff, Turn
from unspoken.simulation.view import View


def turn(course: Course, who: str, chooser: dict[str, Chooser]) -> bool:
    """Somebody's turn. Was anything done, or tried?"""
    decision = _decided(course, who, chooser.get(who))
    act = decision.chosen.act
    tried = act != WAIT
    outcome = _attempts(course, who, decision, chooser) if tried else None
    done = outcome == "done"
    record = course.records[who]
    kept = decision if done or not tried else replace(decision, chosen=Weighed(WAIT))
    record = replace(record, pressure=pressure_after(record.pressure, kept, course.round))
    if done:
        unsaid = {wish: why for wish, why in record.unsaid.items() if wish != act}
        rebuffed = {other: one for other, one in record.rebuffed.items() if other != act}
        record = replace(record, under_way=under_way(decision), unsaid=unsaid, rebuffed=rebuffed)
    elif tried:
        earlier = record.rebuffed.get(act, Rebuff())
        failed, refused = earlier.failed(course.round), earlier.refused(course.round)
        rebuff = refused if outcome == "refused" else failed
        record = replace(record, under_way=(), rebuffed={**record.rebuffed, act: rebuff})
    course.records[who] = record
    _leaves_unsaid(course, who, decision)
    if not tried:
        course.recall(who)
    return tried


def disposition(course: Course, who: str) -> Disposition:
    """How somebody chooses in this round."""
    simulation, record = course.simulation, course.records[who]
    return Disposition(
        who,
        simulation.seed,
        course.round,
        simulation.settings.temperature,
        simulation.motives.temperament(who).steadiness,
        record.under_way,
        record.pressure,
    )


def inner(course: Course, who: str) -> Inner:
    """What decides besides somebody's beliefs."""
    return Inner(disposition(course, who), _valence(course, who))


def _valence(course: Course, who: str) -> float:
    return course.records[who].mood.at(course.round).valence


def _decided(course: Course, who: str, chooser: Chooser | None) -> Decision:
    simulation, view = course.simulation, course.view(who)
    how, valence = disposition(course, who), _valence(course, who)
    record = course.records[who]
    options = [
        option
        for option in deciding.options(simulation.foresight, view, valence)
        if not record.gives_rest(option.act, course.round)
    ]
    decision = choose(options, how)
    if chooser is None:
        return decision
    everything = tuple(
        weigh(deciding.option(simulation.foresight, view, act, valence), how)
        for act in view.options()
    )
    return _chosen(course, view, chooser, (*everything, Weighed(WAIT)), decision, None)


def _chosen(
    course: Course,
    view: View,
    chooser: Chooser,
    options: tuple[Weighed, ...],
    decision: Decision,
    asked: str | None,
) -> Decision:
    """What a player makes of somebody's turn; what was wished stays what it was."""
    seen = Turn(
        view.who,
        course.round,
        view,
        options,
        decision,
        perceived(course.events, view.who),
        asked,
    )
    place = chooser(seen)
    if place is None or options[place].act == decision.chosen.act:
        return decision
    chosen = options[place]
    wished = decision.wished or decision.chosen
    return Decision(
        chosen,
        runner_up=decision.chosen,
        wished=wished if _held_back(wished, chosen) else None,
    )


def _held_back(wished: Weighed, chosen: Weighed) -> bool:
    return wished.act not in (WAIT, chosen.act) and bool(wished.restraints or wished.forbidden)


Outcome: TypeAlias = Literal["done", "failed", "refused"]


def _attempts(course: Course, who: str, decision: Decision, chooser: dict[str, Chooser]) -> Outcome:
    """Does what was decided, if it can be done and everybody who is asked takes part."""
    act = course.simulation.ground.action(decision.chosen.act)
    if not course.state.allows(act):
        _fails(course, who, act, decision)
        return "failed"
    for asked in sorted(set(act.consenting) - {who}):
        weighed, willing = _asked(course, asked, who, act, chooser.get(asked))
        if not willing:
            refusal = _refuses(course, asked, act, weighed)
            course.comes_to_nothing(who, decision, refusal, asked)
            return "refused"
    course.happens(act, decision=decision)
    return "done"


def _asked(
    course: Course, asked: str, by: str, act: GroundEvent, chooser: Chooser | None
) -> tuple[Weighed, bool]:
    """What somebody who is asked to take part makes of it, by its own motives; and: does it?"""
    view = course.view(asked)
    weighed = deciding.consent(course.simulation.foresight, view, act, inner(course, asked))
    willing = takes_part(weighed)
    if chooser is not None:
        refusal = Weighed(WAIT)
        by_itself = Decision(weighed if willing else refusal)
        decision = _chosen(course, view, chooser, (weighed, refusal), by_itself, by)
        willing = decision.chosen.act != WAIT
    return weighed, willing


def _refused_by(weighed: Weighed) -> float:
    """How strong a refusal is, 0 to 1: what is left against it after all that speaks for it.
    Nothing outweighs an absolute norm, nor the will of a player who refuses for somebody that
    would have taken part: it overcame whatever spoke for it, and nobody knows by how much."""
    if weighed.forbidden or takes_part(weighed):
        return 1.0
    return min(1.0, -weighed.total)


def _refuses(course: Course, asked: str, act: GroundEvent, weighed: Weighed) -> EventNumber:
    """Perceived also by all who took part in the asking."""
    refusal = replace(
        _undone(course, "refuse", asked, act, act.consenting),
        strength=_refused_by(weighed),
        toward=act.consenting[0] if act.consenting[0] != asked else None,
        because="" if takes_part(weighed) else strongest_restraint(weighed),
        decision=Decision(Weighed(WAIT), runner_up=weighed),
    )
    course.events.append(refusal)
    course.shows(asked, refusal)
    return refusal.number


def _fails(course: Course, who: str, act: GroundEvent, decision: Decision) -> None:
    """Somebody cannot do what they thought they could, which whoever would have seen the act sees;
    and finds out what stood in the way, as far as it can be known."""
    failure = replace(_undone(course, "fail", who, act, (who,)), decision=decision)
    course.events.append(failure)
    course.learn(_in_the_way(course, who, act), "noticed", failure.number, failed=act)
    course.settle()
    course.comes_to_nothing(who, decision, failure.number, None)


def _undone(
    course: Course, kind: Kind, who: str, act: GroundEvent, knowing: Sequence[str]
) -> Event:
    """That nothing comes of an act, by ``who``. Perceived by who knows of it in any case, and by
    whoever would have seen the act."""
    names = course.simulation.names
    seen = (name for name in names if name in knowing or course.state.observes(act, name))
    return Event(
        number=EventNumber(len(course.events)),
        time=course.time,
        kind=kind,
        who=who,
        name=act.name,
        arguments=act.arguments,
        percepts={name: Percept("did" if name == who else "saw", course.time) for name in seen},
        participants=act.consenting,
        line=None if act.schema.origin is None else act.schema.origin.line,
    )


def _in_the_way(course: Course, who: str, act: GroundEvent) -> Iterator[Telling]:
    """The facts by which the precondition of an act fails, as they are."""
    simulation = course.simulation
    whole = precondition(act)
    for part in whole.parts if isinstance(whole, And) else (whole,):
        if course.state.evaluate(part) is True:
            continue
        for held in facts_in(simulation.ground, simulation.ground.world, part, course.state):
            value = value_at(course.state, held.minds, held.fluent)
            yield from simulation.contents.surely((who, *held.minds), str(held.fluent), value)


def _leaves_unsaid(course: Course, who: str, decision: Decision) -> None:
    """Notes what somebody wished and did not do: once for each restraint that held them back, and
    again when it is wished in another degree."""
    wished = decision.wished
    if wished is None:
        return
    why = strongest_restraint(wished)
    record = course.records[who]
    noted = f"{why}, {strength(wished.pull)}"
    if record.unsaid.get(wished.act) == noted:
        return
    unsaid = dict(sorted({**record.unsaid, wished.act: noted}.items()))
    course.records[who] = replace(record, unsaid=unsaid)
    act = course.simulation.ground.action(wished.act)
    others = (name for name in act.arguments if name in course.simulation.names and name != who)
    event = course.goes_on(
        Event(
            number=EventNumber(len(course.events)),
            time=course.time,
            kind="unsaid",
            who=who,
            name=act.name,
            arguments=act.arguments,
            strength=min(1.0, wished.pull),
            toward=next((str(name) for name in others), None),
            about=decision.chosen.act,
            because=why,
            decision=decision,
        )
    )
    course.attend(who, [event])
    course.settle()
