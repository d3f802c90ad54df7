"""Secrets: between whom, who hears of them, and when one is none any more.

Receives, from ``along``, the lines that begin and end them and every step; hands its findings to a
``Collector``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from unspoken.ledger.course import Holding, Step
from unspoken.ledger.findings import Collector
from unspoken.ledger.model import Claim, Line
from unspoken.ledger.reasons import names
from unspoken.ledger.room import Room
from unspoken.ledger.words import VERBS


class _Secret(NamedTuple):
    line: Line
    value: bool | None
    keepers: frozenset[str]


class Secrets:
    """The secrets that there are by now. ``held``: what everybody holds, kept by ``along``."""

    def __init__(
        self, people: Sequence[str], held: Mapping[Holding, bool | None], found: Collector
    ) -> None:
        self.people, self.held = people, held
        self.say = found.say
        self.kept: dict[str, _Secret] = {}

    def begin(self, line: Line, claim: Claim) -> None:
        """From here on it is one."""
        for name in line.who:
            if self.held.get(((name,), claim.fact)) is not claim.value:
                self.say("keeper-unaware", line, line.about, who=name, fact=line.words)
        if self.all_know(claim.fact, claim.value):
            self.say("secret-of-all", line, line.about, fact=line.words)
        else:
            self.kept[claim.fact] = _Secret(line, claim.value, frozenset(line.who))

    def all_know(self, fact: str, value: bool | None) -> bool:
        """Whether there is nobody left who does not."""
        return all(self.held.get(((one,), fact)) is value for one in self.people)

    def take(self, step: Step) -> None:
        """It comes out, or somebody has come to know it: does everybody now?"""
        claim = step.line.claim
        if step.line.verb == "revealed" and claim is not None:
            self.kept.pop(claim.fact, None)
        for belief in step.beliefs if self.kept else ():
            secret = self.kept.get(belief.fact)
            if secret is None or len(belief.minds) != 1 or belief.after is not secret.value:
                continue
            if self.all_know(belief.fact, secret.value):
                del self.kept[belief.fact]
                self.say(
                    "secret-of-all",
                    secret.line,
                    secret.line.about,
                    [("last", step.line.span)],
                    fact=secret.line.words,
                    last=belief.minds[0],
                )

    def let_slip(self, line: Line, claim: Claim, room: Room) -> None:
        """Somebody says it: who hears it who should not, and is in plain sight?"""
        secret = self.kept.get(claim.fact)
        if secret is None or claim.minds or VERBS[line.verb].is_lie:
            return
        new = [
            name
            for name, how in room.there.items()
            if how.hears
            and how.seen
            and name not in (*line.who, *room.addressed(line), *secret.keepers)
            and self.held.get(((name,), claim.fact)) is None
        ]
        if new:
            self.say(
                "secret-let-slip",
                line,
                None,
                [("secret", secret.line.span)],
                who=names(line.who),
                whom=names(new),
                fact=line.words,
                verb="hears" if len(new) == 1 else "hear",
            )
