"""A round as it goes on: what somebody does, and what that does within everybody.

Receives a moment; hands on the next. One thing happens at a time. After each, every mind whose
beliefs it changed feels something or nothing, and may attend to it; what a mind feels, holds back
or thinks may show (``tells``) and may pass to others (``channels``), and that is again something
that happens, until all is quiet. What goes on in a mind is decided by its view alone.

Three permissions are decided in three places and nowhere else. Which *character* perceives a thing:
``Event.percepts``, written here and in ``chronicle.record`` and kept by everything after. Which the
*narration* may tell: the view of ``telling``, which is made from percepts. Which a *player* may
see: ``Turn.perceived``, the percepts of the one character they play.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from unspoken.chronicle import Decision, Event, EventNumber, How, Percept
from unspoken.chronicle.record import Entry, Place
from unspoken.engine import GroundEvent, Mind, Telling
from unspoken.simulation.appraisal import Appraised
from unspoken.simulation.channels import Passage, recovered
from unspoken.simulation.content import possible, value_at
from unspoken.simulation.drives import Moved, push
from unspoken.simulation.feelings import Feeling
from unspoken.simulation.moment import Moment, Witness
from unspoken.simulation.motives import GroundDrive
from unspoken.simulation.thoughts import (
    attended,
    gone_back_to,
    having_attended,
    keeping,
    recalled,
    salience,
)
from unspoken.simulation.view import View

if TYPE_CHECKING:
    from unspoken.simulation.run import Simulation


class Happening(Struct, frozen=True):
    """Something that happened: the event and, of an act, what it was; everybody's mind before it
    and after it. ``echo``: it came of a drive's moving. It is felt, and moves no drive again: a
    feeling about a drive's level that moves that very drive would go on for ever."""

    number: EventNumber
    act: GroundEvent | None
    before: Mapping[str, Mind]
    after: Mapping[str, Mind]
    events: tuple[Event, ...]
    echo: bool = False


class Involuntary(Struct, frozen=True):
    """An action of the author's that something within somebody sets off."""

    act: GroundEvent
    causes: tuple[EventNumber, ...]
    percepts: Mapping[str, Percept]


class Course:
    """One round so far. Mutable; lives no longer than the round."""

    def __init__(
        self, simulation: Simulation, moment: Moment, witness: Witness | None = None
    ) -> None:
        self.simulation = simulation
        self._witness = witness
        self.opening = moment.opening
        self.round = moment.round
        self.time = moment.time
        self.state = moment.state
        self.events = list(moment.events)
        self.records = dict(moment.minds)
        self.held = moment.held
        self._happenings: deque[Happening] = deque()
        self._involuntary: deque[Involuntary] = deque()
        self._shown: set[str] = set()
        self._echo = False
        self._thoughts: dict[str, int] = {}

    def view(self, who: str) -> View:
        """What somebody believes now."""
        return View.of(self.simulation.motives, self.state.mind(who))

    # What happens.

    def happens(
        self,
        act: GroundEvent,
        *,
        decision: Decision | None = None,
        causes: tuple[EventNumber, ...] = (),
        percepts: Mapping[str, Percept] | None = None,
    ) -> None:
        """An act, and all that it brings about in the world and in everybody."""
        self._do(act, decision, causes, percepts or {})
        self.settle()

    def learn(
        self,
        told: Iterable[Telling],
        how: How,
        cause: EventNumber | None,
        *,
        observers: Iterable[str] = (),
        failed: GroundEvent | None = None,
    ) -> tuple[Event, ...]:
        """Something comes to minds from without (``failed``: by an act that turned out to be
        impossible). Hands on what was written down of it; the rest is for ``settle``."""
        news = [one for one in possible(self.simulation.ground, told) if self._is_news(one)]
        if not news:
            return ()
        number = EventNumber(len(self.events))
        entry = self.simulation.recorder.told(
            self.state,
            self.simulation.ground.mint(news, observers),
            self._place(),
            how,
            causes=() if cause is None else (cause,),
            kind="believe" if failed is None else "surprise",
            about=failed,
        )
        # What failed is nobody's deed, to be proud of or guilty for.
        self._write(entry, number if cause is None else cause, None)
        return entry.events

    def _is_news(self, told: Telling) -> bool:
        chain, fluent, value = told
        assert not isinstance(fluent, str)
        return value_at(self.state, chain, fluent) != value

    def _place(self) -> Place:
        return Place(len(self.events), self.time)

    def settle(self) -> None:
        """Goes through what it does within everybody, until nothing more comes of it."""
        while self._happenings or self._involuntary:
            if self._happenings:
                self._within_all(self._happenings.popleft())
            else:
                next_one = self._involuntary.popleft()
                # Each at most once a round: a blush at somebody's blush must not go on for ever.
                if str(next_one.act) not in self._shown and self.state.allows(next_one.act):
                    self._shown.add(str(next_one.act))
                    percepts = {
                        who: replace(percept, time=self.time + 1)
                        for who, percept in next_one.percepts.items()
                    }
                    self._do(next_one.act, None, next_one.causes, percepts)
        until = self.simulation.until
        self.held = until is not None and until.of(self.state) is True

    def _do(
        self,
        act: GroundEvent,
        decision: Decision | None,
        causes: tuple[EventNumber, ...],
        percepts: Mapping[str, Percept],
    ) -> None:
        self.time += 1
        number = EventNumber(len(self.events))
        intentions = () if decision is None else self.simulation.intentions(act, decision)
        entry = self.simulation.recorder.act(
            self.state,
            act,
            self._place(),
            intentions=intentions,
            decision=decision,
            causes=causes,
            percepts=percepts,
        )
        self._write(entry, number, act)

    def _write(self, entry: Entry, number: EventNumber, act: GroundEvent | None) -> None:
        before = self._minds()
        self.state = entry.settled
        self.events += entry.events
        if self._witness is not None:
            self._witness(len(self.events), self.state)
        after = self._minds()
        self._happenings.append(Happening(number, act, before, after, entry.events, self._echo))

    def _minds(self) -> Mapping[str, Mind]:
        return {who: self.state.mind(who) for who in self.simulation.names}

    # What goes on within.

    def _within_all(self, happening: Happening) -> None:
        self._echo = happening.echo
        for who in self.simulation.names:
            if happening.before[who] != happening.after[who]:
                self._within(who, happening)
        self._echo = False

    def _within(self, who: str, happening: Happening) -> None:
        simulation = self.simulation
        saw = happening.act is not None and who in self.events[happening.number].percepts
        appraised = simulation.stakes.appraise(
            View.of(simulation.motives, happening.before[who]),
            View.of(simulation.motives, happening.after[who]),
            self.records[who].feelings,
            happening.number,
            self.round,
            happening.act if saw else None,
        )
        seen = (one for one in happening.events if one.who == who and one.kind == "surprise")
        self._feels(who, appraised, happening.number, tuple(seen))

    def comes_to_nothing(
        self, who: str, decision: Decision, cause: EventNumber, toward: str | None
    ) -> None:
        """What somebody reckoned on by an act is not to be had that way: it could not be done, or
        ``toward`` refused."""
        appraised = self.simulation.stakes.thwarted(
            self.view(who), self.records[who].feelings, decision.chosen, cause, self.round, toward
        )
        self._feels(who, appraised, cause, ())
        self.settle()

    def _feels(
        self, who: str, appraised: Appraised, cause: EventNumber, seen: tuple[Event, ...]
    ) -> None:
        """What somebody comes to feel is written down, moves mood and drives, and may be attended
        to; ``seen``: what else might be."""
        record = self.records[who]
        mood = record.mood.nudged(appraised.arisen, self.round)
        self.records[who] = replace(record, feelings=appraised.feelings, mood=mood)
        feelings = [self.goes_on(self._felt(who, feeling)) for feeling in appraised.noticed]
        self.records[who] = keeping(feelings, self.records[who])
        if not self._echo:
            self._moves(who, appraised.arisen, feelings[0].number if feelings else cause)
        self.attend(who, (*seen, *feelings))

    def _felt(self, who: str, feeling: Feeling) -> Event:
        return Event(
            number=EventNumber(len(self.events)),
            time=self.time,
            kind="feel",
            who=who,
            name=feeling.word,
            causes=(feeling.cause,) if 0 <= feeling.cause < len(self.events) else (),
            strength=feeling.strength,
            toward=feeling.toward,
            about=feeling.about,
        )

    def attend(self, who: str, inner: Iterable[Event]) -> None:
        """A thought of what draws the mind most, if it has not had enough of them this round."""
        if self._has_thought_enough(who):
            return
        event = attended(inner, self.records[who])
        if event is not None:
            self.records[who] = having_attended(event, self.records[who])
            self._thinks_of(who, event, "thought", salience(event))

    def recall(self, who: str) -> None:
        """What comes back to somebody who has nothing to do, of what it felt earlier. What it felt
        in an earlier chapter is no event of this one yet, for a thought to be of."""
        if self._has_thought_enough(who):
            return
        found = recalled(self.records[who], self.round)
        if found is not None:
            memory, feeling = found
            if memory.event >= 0:
                event = self.events[memory.event]
            else:
                percepts = {who: Percept("remembered", self.time)}
                event = replace(self._felt(who, feeling), percepts=percepts)
                self.events.append(event)
            self.records[who] = gone_back_to(feeling, event, self.records[who])
            self._thinks_of(who, event, "remembered", feeling.strength)
            self.settle()

    def _has_thought_enough(self, who: str) -> bool:
        return self._thoughts.get(who, 0) >= self.simulation.settings.thoughts

    def _thinks_of(self, who: str, event: Event, how: How, strength: float) -> None:
        self._thoughts[who] = self._thoughts.get(who, 0) + 1
        thought = Event(
            number=EventNumber(len(self.events)),
            time=self.time,
            kind="think",
            who=who,
            name="",
            causes=(event.number,),
            strength=strength,
            toward=event.toward,
            about=event.kind,
        )
        self.goes_on(thought, how)

    def goes_on(self, event: Event, how: How = "thought") -> Event:
        """Something within somebody, perceived by its owner and by those it passes to; and what it
        sets off."""
        assert event.who is not None
        who = event.who
        passages, self.records[who] = self.simulation.channels.passing(
            event, self.events, self.state, self.records[who], is_memory=how == "remembered"
        )
        sensed = {one.hearer: Percept("sensed", self.time, one.whole) for one in passages}
        event = replace(event, percepts={who: Percept(how, self.time), **sensed})
        self.events.append(event)
        mind = self.state.mind(who)
        for passage in passages:
            self._passes(event, passage, mind)
        self.shows(who, event)
        return event

    def shows(self, who: str, event: Event) -> None:
        """What betrays, to whoever sees it, what somebody feels, holds back or refuses."""
        for act in self.simulation.tells.due(event):
            noticed = {who: Percept("noticed", self.time)}
            self._involuntary.append(Involuntary(act, (event.number,), noticed))

    def _passes(self, event: Event, passage: Passage, mind: Mind) -> None:
        told = self.simulation.channels.learned(event, self.events, passage, mind)
        self.learn(told, "sensed", event.number)
        percepts = {
            mind.whose[-1]: Percept("noticed", self.time),
            passage.hearer: Percept("sensed", self.time, passage.whole),
        }
        for act in passage.acts:
            if str(act) not in self._shown and self.state.allows(act):
                self._involuntary.append(Involuntary(act, (event.number,), percepts))
                return

    # Drives: their levels are state, which their owner knows; others believe of them what they did.

    def _moves(self, who: str, felt: Sequence[Feeling], cause: EventNumber) -> None:
        for drive in self.simulation.motives.drives_of(who):
            declared = self.simulation.declared(drive)
            moved = self._moved(drive)
            pushed = moved.pushed(declared, push(declared, drive.whom, felt), self.round)
            if pushed != moved:
                self._keep(drive, pushed)
                self._set(drive, pushed.at(declared, self.round), cause)

    def _moved(self, drive: GroundDrive) -> Moved:
        """Since when a drive drifts from where. An act can set its level, too."""
        level = int(drive.level.of(self.state) or 0)
        kept = self.records[drive.who].moved.get(drive.text)
        if kept is None or kept.at(self.simulation.declared(drive), self.round) != level:
            return Moved(level, self.round)
        return kept

    def _keep(self, drive: GroundDrive, moved: Moved) -> None:
        record = self.records[drive.who]
        kept = {**record.moved, drive.text: moved}
        self.records[drive.who] = replace(record, moved=dict(sorted(kept.items())))

    def _set(self, drive: GroundDrive, level: int, cause: EventNumber | None) -> None:
        self._echo = True
        self.learn([((), drive.text, float(level))], "noticed", cause, observers=(drive.who,))
        self._echo = False

    # Its end.

    def ends(self, quiet: int) -> Moment:
        """The moment after the round: drives drift, effort is recovered from."""
        for drive in self.simulation.motives.drives:
            declared = self.simulation.declared(drive)
            moved = self._moved(drive)
            if moved.at(declared, self.round) != declared.baseline:
                self._keep(drive, moved)
                self._set(drive, moved.at(declared, self.round + 1), None)
        self.settle()
        return Moment(
            opening=self.opening,
            state=self.state,
            round=self.round + 1,
            quiet=quiet,
            time=self.time,
            minds={who: recovered(self.records[who]) for who in self.simulation.names},
            events=tuple(self.events),
            held=self.held,
        )
