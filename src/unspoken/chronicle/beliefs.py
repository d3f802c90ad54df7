"""What minds hold at the end of a chronicle that is worth a look: what they did not hold at its
beginning, and what they are wrong about.

Receives a chronicle; hands on facts with whose they are, mind by mind. Of what somebody takes
another to believe, only what it does not believe itself: the rest goes without saying.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from unspoken.chronicle.events import Chain, Chronicle, Fact, Value


class Belief(NamedTuple):
    """``minds``: outermost first, one or two. ``wrong``: it is not so; or, of what another is taken
    to believe, the other does not."""

    minds: Chain
    fact: Fact
    value: Value
    wrong: bool


def telling_beliefs(chronicle: Chronicle, besides: Container[str] = ()) -> Iterator[Belief]:
    """What is new or wrong in every mind at the end. ``besides``: properties left out."""
    now: dict[tuple[Chain, Fact], Value] = {}
    for event in chronicle.events:
        now.update((((), change.fact), change.after) for change in event.changes)
        if event.fact is not None:
            now[event.minds, event.fact] = event.after

    def before(chain: Chain, fact: Fact) -> Value:
        values = chronicle.beginning.get(chain, {})
        return values[fact] if fact in values or not chain else before(chain[:-1], fact)

    def at_end(chain: Chain, fact: Fact) -> Value:
        return now[chain, fact] if (chain, fact) in now else before(chain, fact)

    facts = [one for one in chronicle.beginning.get((), {}) if one.property not in besides]
    for who in chronicle.characters:
        others = [other for other in chronicle.characters if other != who]
        for chain in ((who,), *((who, other) for other in others)):
            for fact in facts:
                value = at_end(chain, fact)
                wrong = value != at_end(chain[1:], fact)
                if len(chain) > 1 and value == at_end(chain[:-1], fact):
                    continue
                if wrong or value != before(chain, fact):
                    yield Belief(chain, fact, value, wrong)
