"""A state as plain data: every state that minds lead to from it, by the texts of fluents and the
names of characters, so that it can be kept in a file and read in another engine, of this world or
of another chapter's.

Comes before ``ground`` on the line, which writes and reads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from msgspec import Struct

NamedValue: TypeAlias = bool | float | str | None
"""None unknown; a str is an entity's name."""

Json: TypeAlias = Any


class GraphNode(Struct, frozen=True):
    """A state among those of a graph.

    ``facts``: by text (``at(Tara)``), in alphabetical order, what the fluents that can change are;
    of all but the first node, only those that are not as in the first. ``minds``: for each
    character that does not take this very state to be the case, the place of the one it believes
    in, or of all those that it takes to be possible; by name, in alphabetical order.
    """

    facts: Mapping[str, NamedValue]
    minds: Mapping[str, int | tuple[int, ...]]

    def worlds(self, who: str, place: int) -> tuple[int, ...]:
        """The places of what somebody takes to be possible in this node, which is at ``place``."""
        there = self.minds.get(who, place)
        return (there,) if isinstance(there, int) else there


class StateGraph(Struct, frozen=True):
    """A state, and all that is on anybody's mind in it: ``nodes[0]``, and the states that minds
    lead to from there, numbered breadth first, characters taken in alphabetical order. Equal for
    states that no question about any mind, however nested, can tell apart."""

    nodes: tuple[GraphNode, ...]

    def value(self, place: int, fluent: str, otherwise: NamedValue = None) -> NamedValue:
        """What a fluent is in the node at ``place``; ``otherwise`` where the graph does not have
        it."""
        facts = self.nodes[place].facts
        return facts[fluent] if fluent in facts else self.nodes[0].facts.get(fluent, otherwise)

    @property
    def has_worlds(self) -> bool:
        """Does any mind in it take several worlds to be possible?"""
        return any(not isinstance(p, int) for node in self.nodes for p in node.minds.values())

    def plain(self) -> Json:
        """As JSON has it."""
        return [
            {
                "facts": dict(node.facts),
                "minds": {
                    who: place if isinstance(place, int) else list(place)
                    for who, place in node.minds.items()
                },
            }
            for node in self.nodes
        ]

    @classmethod
    def of(cls, plain: Json) -> StateGraph:
        """What ``plain`` gave, perhaps by way of a file. Raises ValueError for anything else."""
        if not isinstance(plain, list) or not plain:
            raise ValueError("a list of states is wanted")
        return cls(tuple(_node(node, len(plain)) for node in plain))

    @classmethod
    def compact(
        cls, nodes: Sequence[tuple[Mapping[str, NamedValue], Mapping[str, Sequence[int]]]]
    ) -> StateGraph:
        """The graph of states that are written out in full: all facts, all minds."""
        first, _ = nodes[0]
        return cls(
            tuple(
                GraphNode(
                    {
                        text: facts[text]
                        for text in sorted(facts)
                        if not place or differs(facts[text], first[text])
                    },
                    {
                        who: minds[who][0] if len(minds[who]) == 1 else tuple(minds[who])
                        for who in sorted(minds)
                        if list(minds[who]) != [place]
                    },
                )
                for place, (facts, minds) in enumerate(nodes)
            )
        )


def differs(left: NamedValue, right: NamedValue) -> bool:
    """Are these different values? (To Python, True is the number 1.)"""
    return isinstance(left, bool) != isinstance(right, bool) or left != right


def _node(node: Json, count: int) -> GraphNode:
    match node:
        case {"facts": dict(facts), "minds": dict(minds), **others} if not others:
            pass
        case _:
            raise ValueError("a state has facts and minds")
    for text, value in facts.items():
        if not isinstance(value, bool | int | float | str | None):
            raise ValueError(f"{text} has no value that a fluent can have")
    places: dict[str, int | tuple[int, ...]] = {}
    for who, there in minds.items():
        several = there if isinstance(there, list) else [there]
        if isinstance(there, list) and len(set(map(repr, there))) < max(2, len(there)):
            raise ValueError(f"the mind of {who} is no set of worlds")
        for place in several:
            if isinstance(place, bool) or not isinstance(place, int) or not 0 <= place < count:
                raise ValueError(f"the mind of {who} leads nowhere")
        places[who] = tuple(several) if isinstance(there, list) else there
    values = {text: float(v) if _is_int(v) else v for text, v in facts.items()}
    return GraphNode(values, places)


def _is_int(value: NamedValue | int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
