"""Whoever answers questions to a story: what needs more than the chronicle, added to ``queries``.

    story.ask("why does Tara not knock?")

Receives a stage and a chronicle; hands on answers. Raises ``DiagnosticError`` for a question that
is not understood, with the nearest that are.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from unspoken.asking.staged import Staged
from unspoken.language import failure
from unspoken.queries.answer import Answer, Point
from unspoken.queries.case import Case
from unspoken.queries.query import Query, call_text
from unspoken.queries.questioning import Answering, Questioning

if TYPE_CHECKING:
    from unspoken.chronicle import Chronicle, Decision, Event
    from unspoken.chronicle.events import Chain
    from unspoken.model import Expression
    from unspoken.planning import Limits, Plan
    from unspoken.queries.query import Call, Head
    from unspoken.stage import Stage

PATIENCE = 5.0
"""Seconds for a question that has to be searched for."""


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
        self.plan = plan
        self.who = who
        self._staged = Staged(stage, chronicle, limits)
        self._deepened: dict[int, Questioning] = {}

    def ask(self, question: str) -> Answer:
        """The answer to a question. Raises DiagnosticError."""
        with self.stage.in_words():
            return self.questioning.ask(question)

    def best(self) -> tuple[str, ...]:
        """The questions whose answers tell most of the story."""
        return self.questioning.best()

    @cached_property
    def questioning(self) -> Questioning:
        return self._of(self._staged.chronicle)

    def _of(self, chronicle: Chronicle) -> Questioning:
        from unspoken.asking.rerun import exact

        model = self.stage.model
        if self.who is not None:
            case = Case(chronicle, model, root=self.who)
            return Questioning(case, self._of_minds, deepen=self._deeper)
        case = Case(chronicle, model, exact=exact(self.stage, chronicle))
        return Questioning(case, {**self._of_minds, **self._of_world}, self._possible, self._deeper)

    def _deeper(self, depth: int) -> Questioning:
        """The story gone through again with minds so deep, once for each depth."""
        from unspoken.asking.rerun import NotTheSame, deeper

        if depth in self._deepened:
            return self._deepened[depth]
        shallow = self._staged.chronicle
        try:
            made = deeper(self.stage.model, self.stage.ground, shallow, depth)
        except NotTheSame as error:
            raise failure(
                "minds-not-followed",
                minds=f"{depth} minds deep",
                depth=shallow.depth,
                why=str(error),
            ) from None
        return self._deepened.setdefault(depth, self._of(made))

    def _possible(self) -> list[Call]:
        events = self.stage.ground.events
        return [(event.name, event.arguments) for event in events if event.is_action]

    # What whoever has a mind can answer of it, interviewed or not

    @property
    def _of_minds(self) -> Mapping[Head, Answering]:
        return {
            "why": self._why,
            "wants": self._wishes,
            "fears": self._wishes,
            "feels": self._feels,
        }

    def _why(self, case: Case, query: Query, question: str) -> Answer:
        from unspoken.queries import deeds

        explain = self._explain if self._staged.chronicle.is_run else None
        return deeds.why(case, query, question, explain, self._gained)

    def _explain(self, who: str, decision: Decision) -> str:
        from unspoken.simulation.explain import words

        return words(who, self._staged.reasons.decision(decision))

    def _gained(
        self, case: Case, event: Event, who: str
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What a plan says that somebody gains by an act; where it does not, and nothing is to
        follow, what they wish that it meets, and what they dread that it ends."""
        from unspoken.asking.wishes import met

        act = call_text((event.name, event.arguments))
        for step in self.plan or ():
            if step.act == act:
                for reason in step.reasons:
                    if reason.character == who:
                        found = reason.gained or ((reason.goal,) if reason.goal else ())
                        told = tuple(text for text in found if text != "True")
                        if told:
                            return told, ()
        if any(one.then for one in event.intentions if one.character == who):
            return (), ()
        return met(case, event, who, self._staged.motives)

    def _wishes(self, case: Case, query: Query, question: str) -> Answer:
        from unspoken.asking.wishes import wished

        if case.root not in ((), query.minds):
            raise failure("question-not-understood", question=question)
        return wished(case, query, question, self._staged.motives)

    def _feels(self, case: Case, query: Query, question: str) -> Answer:
        from unspoken.queries import deeds

        return deeds.feels(case, query, question, self._staged.reasons.feeling)

    # What is asked of the world, past what happened in it

    @property
    def _of_world(self) -> Mapping[Head, Answering]:
        return {
            "common": self._common,
            "why not": self._why_not,
            "now": self._now,
            "unseen": self._unseen,
        }

    def _common(self, case: Case, query: Query, question: str) -> Answer:
        from unspoken.queries import comparing

        staged = self._staged

        def is_common(group: Chain, claim: Expression, moment: int) -> bool:
            acts = sum(event.is_act for event in case.chronicle.events[:moment])
            return staged.states[acts].common(group, claim)

        is_plan = not staged.chronicle.is_run and len(staged.states) > len(case.acts)
        return comparing.common(case, query, question, is_common if is_plan else None)

    def _why_not(self, case: Case, query: Query, question: str) -> Answer:
        assert query.act is not None
        act, staged = call_text(query.act), self._staged
        done = [one for one in case.acts if (one.name, one.arguments) == query.act]
        if done and query.when.relation == "end":
            words = f"But it does: {case.place(done[0])}, when {case.words.act(done[0])}."
            return Answer(question, query.text, "why not", None, words)
        until = staged.acts_until(case, query)
        found = (
            staged.why_not_now(act, until)
            if staged.chronicle.is_run
            else staged.why_not(act, until, seconds=PATIENCE)
        )
        head, *lines = (line.rstrip() for line in str(found).splitlines())
        words = head if head.endswith(".") else f"{head}:"
        return Answer(question, query.text, "why not", None, words, tuple(map(Point, lines)))

    def _now(self, case: Case, query: Query, question: str) -> Answer:
        from unspoken.asking.now import now

        return now(case, query, question, self._staged)

    def _unseen(self, case: Case, query: Query, question: str) -> Answer:
        from unspoken.asking.unseen import unseen

        return unseen(case, query, question, self._staged)
