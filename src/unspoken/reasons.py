"""Reasons of runs in plain words: what the library says when it is asked to explain, and the faces.

Receives decisions, and what stands in an act's way, as a run has them, where a term of a utility
is called by its text; hands on the same with a clause in its stead: *the wish that they are
together*. What has a name of its own (wishes, norms) keeps it.
"""

from __future__ import annotations

from functools import cached_property

from msgspec.structs import replace

from unspoken.chronicle.events import Decision, Event, Motive, Weighed
from unspoken.simulation.explain import WhyNot
from unspoken.simulation.motives import Motives
from unspoken.telling.plainly import Plainly


class Reasons:
    """Words for everybody's reasons, as nobody in particular puts them."""

    def __init__(self, motives: Motives) -> None:
        self._motives = motives

    @cached_property
    def _clauses(self) -> dict[str, str]:
        plainly = Plainly(self._motives.ground.world, None)
        found: dict[str, str] = {}
        for who in self._motives.characters:
            found.update(clauses(self._motives, who, plainly))
        return found

    @cached_property
    def _dreads(self) -> frozenset[str]:
        wishes = (one for who in self._motives.characters for one in self._motives.wishes(who))
        return frozenset(one.text for one in wishes if one.moves_as == "dread")

    def decision(self, decision: Decision) -> Decision:
        """The same decision, with clauses."""
        return replace(
            decision,
            chosen=self._weighed(decision.chosen),
            runner_up=decision.runner_up and self._weighed(decision.runner_up),
            wished=decision.wished and self._weighed(decision.wished),
        )

    def why_not(self, found: WhyNot) -> WhyNot:
        """The same finding, with clauses."""
        return replace(
            found,
            weighed=found.weighed and self._weighed(found.weighed),
            rather=found.rather and self._weighed(found.rather),
        )

    def feeling(self, event: Event) -> Event:
        """A feeling, about *the wish that*, or about *the dread*."""
        clause = self._clauses.get(event.about)
        if clause is not None:
            return replace(event, about=f"the wish that {clause}")
        if event.about in self._dreads:
            return replace(event, about=f"the dread {event.about}")
        return event

    def _weighed(self, weighed: Weighed) -> Weighed:
        return replace(
            weighed,
            pulls=tuple(map(self._motive, weighed.pulls)),
            restraints=tuple(map(self._motive, weighed.restraints)),
        )

    def _motive(self, motive: Motive) -> Motive:
        if motive.kind != "utility" or motive.name not in self._clauses:
            return motive
        return replace(motive, kind="wish", name=f"that {self._clauses[motive.name]}")


def clauses(motives: Motives, owner: str, plainly: Plainly) -> dict[str, str]:
    """What somebody's utility comes to in words, by the text of its terms: clauses."""
    found = (wish for wish in motives.wishes(owner) if wish.kind == "utility")
    return {wish.text: plainly.wish(wish.wants, wish.weight) for wish in found}
