"""Questions to a story: those that its chronicle answers, and those that need its world gone on
with or gone through again: what somebody would do now, why not, what if it had not been seen.

    story.ask("what would Tara do now?")

Receives a stage and a chronicle; hands on answers. ``queries`` reads the questions and answers the
most of them; here is only what needs the engine. Raises ``DiagnosticError`` for a question that is
not understood, with the nearest that are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from unspoken.language import failure
from unspoken.queries.answer import Answer, Point
from unspoken.queries.asking import Questioning
from unspoken.queries.case import Case
from unspoken.queries.query import Query, call_text
from unspoken.queries.saying import capital

if TYPE_CHECKING:
    from unspoken.chronicle import Chronicle, Decision
    from unspoken.chronicle.events import Chain, Fact
    from unspoken.engine import GroundEvent, GroundWorld, State
    from unspoken.engine.ground import Reason
    from unspoken.model import Expression, Storyworld
    from unspoken.planning import Limits, Plan
    from unspoken.queries.query import Call, Head
    from unspoken.reasons import Reasons
    from unspoken.simulation.moment import Moment
    from unspoken.simulation.motives import Motives
    from unspoken.simulation.run import Simulation
    from unspoken.stage import Stage

PATIENCE = 5.0
"""Seconds for a question that has to be searched for."""
WORK = 200_000
"""Transitions looked at for a reason."""


class Asker:
    """A story of a world, to be asked. ``who``: only what they know of it is answered."""

    def __init__(
        self,
        stage: Stage,
        chronicle: Chronicle,
        plan: Plan | None = None,
        limits: Limits | None = None,
        who: str | None = None,
    ) -> None:
        self.stage = stage
        self.chronicle = chronicle
        self.plan = plan
        self._limits = limits
        self.who = who

    @cached_property
    def questioning(self) -> Questioning:
        return self._questioning(self.chronicle)

    def _questioning(self, chronicle: Chronicle) -> Questioning:
        from unspoken.rerun import exact

        model = self.stage.model
        if self.who is not None:
            own: Mapping[Head, Callable[[Case, Query, str], Answer]] = {
                "why": self._why,
                **self._of_hearts,
            }
            return Questioning(Case(chronicle, model, root=self.who), own, deepen=self._deeper)
        case = Case(chronicle, model, exact=exact(self.stage, chronicle))
        return Questioning(case, self._more, self._possible, self._deeper)

    def _possible(self) -> list[Call]:
        events = self.stage.ground.events
        return [(event.name, event.arguments) for event in events if event.is_action]

    @property
    def _more(self) -> Mapping[Head, Callable[[Case, Query, str], Answer]]:
        return {
            "why": self._why,
            "common": self._common,
            "why not": self._why_not,
            "now": self._now,
            "unseen": self._unseen,
            **self._of_hearts,
        }

    @property
    def _of_hearts(self) -> Mapping[Head, Callable[[Case, Query, str], Answer]]:
        return {"wants": self._wishes, "fears": self._wishes, "feels": self._feels}

    @cached_property
    def _motives(self) -> Motives:
        from unspoken.simulation.motives import Motives

        return Motives(self.stage.ground)

    @cached_property
    def _reasons(self) -> Reasons:
        from unspoken.reasons import Reasons

        return Reasons(self._motives)

    def _wishes(self, case: Case, query: Query, question: str) -> Answer:
        from unspoken.wishes import wished

        if case.root not in ((), query.minds):
            raise failure("question-not-understood", question=question)
        return wished(case, query, question, self._motives)

    def _feels(self, case: Case, query: Query, question: str) -> Answer:
        from unspoken.queries import deeds

        return deeds.feels(case, query, question, self._reasons.feeling)

    def ask(self, question: str) -> Answer:
        """The answer to a question. Raises DiagnosticError."""
        with self.stage.in_words():
            return self.questioning.ask(question)

    def best(self) -> tuple[str, ...]:
        """The questions whose answers tell most of the story."""
        return self.questioning.best()

    def _deeper(self, depth: int) -> Questioning:
        from unspoken.rerun import NotTheSame, deeper

        try:
            made = deeper(self.stage.model, self.stage.ground, self.chronicle, depth)
        except NotTheSame as error:
            raise failure(
                "minds-not-followed",
                minds=f"{depth} minds deep",
                depth=self.chronicle.depth,
                why=str(error),
            ) from None
        return self._questioning(made)

    # Why, and why not

    def _why(self, case: Case, query: Query, question: str) -> Answer:
        from unspoken.queries import deeds

        explain = None if self.chronicle.ending is None else self._explain
        return deeds.why(case, query, question, explain, self._gained)

    def _said(self, decision: Decision) -> Decision:
        return self._reasons.decision(decision)

    def _explain(self, who: str, decision: Decision) -> str:
        from unspoken.simulation.explain import words

        return words(who, self._said(decision))

    def _gained(self, act: str, who: str) -> tuple[str, ...]:
        """What a plan says that somebody gains by an act."""
        for step in self.plan or ():
            if step.act == act:
                for reason in step.reasons:
                    if reason.character == who:
                        found = reason.gained or ((reason.goal,) if reason.goal else ())
                        return tuple(text for text in found if text != "True")
        return ()

    def _why_not(self, case: Case, query: Query, question: str) -> Answer:
        assert query.act is not None
        text = call_text(query.act)
        done = [act for act in case.acts if (act.name, act.arguments) == query.act]
        if done and query.when.relation == "end":
            words = f"But it does: {case.place(done[0])}, when {case.words.act(done[0])}."
            return Answer(question, query.text, "why not", None, words)
        head, *lines = self._against(text, query).splitlines()
        points = tuple(Point(line.rstrip()) for line in lines)
        words = head.rstrip() if head.rstrip().endswith(".") else f"{head.rstrip()}:"
        return Answer(question, query.text, "why not", None, words, points)

    def _against(self, act: str, query: Query) -> str:
        until = None if query.when.relation == "end" else self._acts_until(query)
        if self.chronicle.ending is not None:
            return self._against_in_a_run(act, until)
        from unspoken.chronicle.fit import acts_of
        from unspoken.planning.why_not import why_not

        acts = acts_of(self.chronicle)[:until]
        return str(why_not(self.stage.ground, act, acts, self.limits, seconds=PATIENCE))

    def _against_in_a_run(self, act: str, until: int | None) -> str:
        from unspoken.planning.why_not import one_act
        from unspoken.reasons import Reasons

        simulation, moment = self._moment(until)
        found = simulation.why_not(moment, one_act(simulation.ground, act, "act"))
        return str(Reasons(simulation.motives).why_not(found))

    def _moment(self, until: int | None) -> tuple[Simulation, Moment]:
        """A run and a moment of it: its end, or the last round over before that act is."""
        from unspoken.rerun import NotTheSame, again
        from unspoken.simulation.saving import resume

        try:
            if until is None:
                return resume(self.stage.model, self.chronicle)
            return again(self.stage.model, self.chronicle, depth=self.chronicle.depth, until=until)
        except NotTheSame as error:
            raise failure("not-gone-through-again", why=str(error)) from None

    def _acts_until(self, query: Query) -> int:
        moment = self.questioning.case.moment(query.when)
        return sum(event.is_act for event in self.chronicle.events[:moment])

    @property
    def limits(self) -> Limits:
        from unspoken.planning import Limits

        settings = self.stage.model.plan
        return self._limits or Limits(None, settings.character_limit, settings.epistemic_limit)

    # What everybody knows that everybody knows

    def _common(self, case: Case, query: Query, question: str) -> Answer:
        from unspoken.queries import comparing

        is_plan = self.chronicle.ending is None and len(self._states) > len(case.acts)
        return comparing.common(case, query, question, self._is_common if is_plan else None)

    def _is_common(self, group: Chain, claim: Expression, moment: int) -> bool:
        acts = sum(event.is_act for event in self.chronicle.events[:moment])
        return self._states[acts].common(group, claim)

    # What would be

    def _now(self, case: Case, query: Query, question: str) -> Answer:
        who = query.minds[0]
        until = None if query.when.relation == "end" else self._acts_until(query)
        if self.chronicle.ending is not None:
            return self._decides(case, query, question, who, until)
        from unspoken.chronicle.fit import acts_of

        ground = self.stage.ground
        state: State = ground.initial
        for text in acts_of(self.chronicle)[:until]:
            state = state.after(text)
        found = [
            (act, reason)
            for act in state.options(who)
            if (reason := self._reason(ground, state, who, act)) is not None
        ]
        found.sort(key=lambda pair: (pair[1].before - pair[1].after, str(pair[0])))
        say, points = case.words, []
        for act, reason in found:
            then = "; ".join(map(str, reason.acts))
            rest = f", and then: {then}" if then else ""
            points.append(
                Point(
                    f"{say.would((act.name, act.arguments), who)}"
                    f" ({reason.before:g} to {reason.after:g}){rest}",
                    str(act),
                    (who,),
                )
            )
        if not found:
            name = say.name(who)
            words = f"{name} would do nothing: there is no act by which {name} expects to gain."
        else:
            best = found[0][0]
            words = f"{say.would((best.name, best.arguments), who)}."
        return Answer(question, query.text, "now", None, capital(words), tuple(points))

    def _reason(
        self, ground: GroundWorld, state: State, who: str, act: GroundEvent
    ) -> Reason | None:
        """Why somebody would begin with an act, as they believe things to stand."""
        limits = self.limits
        mind = state.mind(who)
        if not mind.allows(act):
            return None
        return ground.reason(
            mind,
            who,
            act,
            character_limit=3 if limits.character is None else limits.character,
            epistemic_limit=1 if limits.epistemic is None else limits.epistemic,
            work=WORK,
        )

    def _decides(
        self, case: Case, query: Query, question: str, who: str, until: int | None
    ) -> Answer:
        from unspoken.simulation.choice import WAIT
        from unspoken.simulation.explain import words as explained

        simulation, moment = self._moment(until)
        decision = simulation.decision(moment, who)
        lines = explained(who, self._said(decision)).splitlines()
        act = decision.chosen.act
        say = case.words
        if act == WAIT:
            words = f"{say.name(who)} would wait."
        else:
            event = simulation.ground.action(act)
            words = f"{say.would((event.name, event.arguments), who)}."
        points = (Point("\n  ".join(line.strip() for line in lines[1:]), act, (who,)),)
        return Answer(
            question, query.text, "now", None, capital(words), points if lines[1:] else ()
        )

    def _unseen(self, case: Case, query: Query, question: str) -> Answer:
        from unspoken.rerun import unseen

        assert query.act is not None
        (who,), (name, arguments) = query.minds[:1], query.act
        say = case.words
        done = [act for act in case.acts if (act.name, act.arguments) == query.act]
        if not done:
            raise failure("not-in-the-story", pattern=call_text(query.act), known=_acts(case))
        seen = [act for act in done if who in act.percepts]
        told = f"{say.name(who)} had not perceived that {say.act(done[0])}"
        if not seen or who in done[0].participants:
            why = "took part in it" if seen else "did not perceive it"
            words = f"{say.name(who)} {why}: nothing would be otherwise."
            return Answer(question, query.text, "unseen", False, words)
        world = unseen(self.stage.model, name, arguments, who)
        made, acts, stopped = self._otherwise(world, case)
        points = []
        if stopped:
            points.append(Point(stopped))
        points += _differences(case, made, acts)
        if not points:
            return Answer(
                question,
                query.text,
                "unseen",
                False,
                f"If {told}, nothing else would be otherwise.",
            )
        return Answer(question, query.text, "unseen", True, f"If {told}:", tuple(points))

    def _otherwise(self, world: Storyworld, case: Case) -> tuple[Chronicle, int, str]:
        """The story in that world, as far as it goes on as it did: for so many acts; and where it
        does not."""
        from unspoken.chronicle.fit import acts_of
        from unspoken.chronicle.record import record
        from unspoken.engine import load

        acts = acts_of(self.chronicle)
        if self.chronicle.ending is not None:
            from unspoken.rerun import again

            simulation, moment = again(world, self.chronicle, depth=self.chronicle.depth)
            made = simulation.chronicle(moment)
            others = acts_of(made)
            pairs = enumerate(zip(acts, others, strict=False), start=1)
            place = next((n for n, (one, other) in pairs if one != other), None)
            if place is None and len(acts) == len(others):
                return made, len(acts), ""
            place = place or min(len(acts), len(others)) + 1
            before = f"`{acts[place - 1]}`" if place <= len(acts) else "the end"
            now = f"`{others[place - 1]}`" if place <= len(others) else "the end"
            told = f"It would go on otherwise from act {place}: {now}, and not {before}"
            return made, len(others), told
        ground, stopped = load(world), ""
        state: State = ground.initial
        done: list[GroundEvent] = []
        last = len(acts)
        for place, text in enumerate(acts, start=1):
            try:
                act = ground.action(text)
            except KeyError:
                continue  # nothing would come of it
            if not state.allows(act):
                stopped = f"It would end before act {place}: `{text}` could not be done"
                last = place - 1
                break
            unwilling = self._unwilling(ground, state, act, case, place)
            if unwilling:
                why = f"{unwilling} would have no reason for `{text}`"
                stopped = f"It would not go on from act {place}: {why}"
                last = place - 1
                break
            done.append(act)
            state = state.after(act)
        return record(ground, done, depth=self.chronicle.depth), last, stopped

    def _unwilling(
        self, ground: GroundWorld, state: State, act: GroundEvent, case: Case, place: int
    ) -> str:
        """Who has no reason for an act any more, of those who had one."""
        before = self._states[place - 1]
        for who in act.consenting:
            own = self.stage.ground.action(str(act))
            if state.mind(who).graph() == before.mind(who).graph():
                continue
            had = self._reason(self.stage.ground, before, who, own) is not None
            if had and self._reason(ground, state, who, act) is None:
                return case.words.name(who)
        return ""

    @cached_property
    def _states(self) -> list[State]:
        from unspoken.rerun import states

        return states(self.stage.ground, self.chronicle)


def _acts(case: Case) -> list[str]:
    return list(dict.fromkeys(call_text((act.name, act.arguments)) for act in case.acts))


def _differences(case: Case, made: Chronicle, acts: int) -> list[Point]:
    """Who holds otherwise at the end of another course than after so many acts of this one."""
    from unspoken.queries.holding import fact_form, is_heart

    other = Case(made, case.storyworld)
    here = next((e.number for e in case.acts[acts : acts + 1]), len(case.chronicle.events))
    there, say, points = len(made.events), case.words, []
    chains: list[Chain] = [(a,) for a in case.characters]
    chains += [(a, b) for a in case.characters for b in case.characters if a != b]
    for minds in chains:
        for fact in case.facts:
            value = other.value(fact, there, minds)
            before = case.value(fact, here, minds)
            if value == before:
                continue
            now = say.clause(say.holding(minds, say.fact(fact, value)))
            rank = (len(minds), not _is_plain(fact, value, is_heart(fact)))
            points.append((rank, Point(capital(now), fact_form(case, fact), minds, value, before)))
    points.sort(key=lambda pair: pair[0])
    return [point for _, point in points]


def _is_plain(fact: Fact, value: object, heart: bool) -> bool:
    return heart and isinstance(value, bool)
