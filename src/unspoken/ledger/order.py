"""In which order the scenes happen, whatever the order in which they are told.

Receives scenes as told, with their clocks and what they are moved to; hands on their places in
story time, and which of them cannot be put in order. Scenes follow one another as told, by their
clocks; what is moved ``before`` or ``after`` another scene stands right beside it, and the rest
goes on as if it were not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from unspoken.ledger.model import Scene


class Knot(NamedTuple):
    """A scene that cannot stand where it is to stand. ``other``: the scene it is moved to;
    ``side``: ``before`` or ``after`` it; ``why``: what speaks against it, the scenes in it as
    their places between braces."""

    scene: int
    side: str
    other: int
    why: str


def story_order(scenes: Sequence[Scene]) -> tuple[tuple[int, ...], list[Knot]]:
    """The places of all scenes in the order in which they happen; and what cannot be."""
    knots: list[Knot] = []
    anchors: dict[int, tuple[str, int]] = {}
    for place, scene in enumerate(scenes):
        if scene.moved is not None:
            if scene.moved.after is not None:
                anchors[place] = ("after", scene.moved.after)
            elif scene.moved.before is not None:
                anchors[place] = ("before", scene.moved.before)
    for place in list(anchors):
        if place in anchors and (ring := _ring(place, anchors)):
            side, other = anchors.pop(ring[-1])
            steps = [f"{{{one}}} is {anchors[one][0]} {{{anchors[one][1]}}}" for one in ring[:-1]]
            why = ", and ".join(steps) if steps else "no scene is beside itself"
            knots.append(Knot(ring[-1], side, other, why))
    beside: dict[tuple[str, int], list[int]] = {}
    for place, anchor in anchors.items():
        beside.setdefault(anchor, []).append(place)
    main = sorted(
        (place for place in range(len(scenes)) if place not in anchors),
        key=lambda place: (scenes[place].clock, place),
    )
    order = _flat(main, beside)
    knots += _against(scenes, anchors, order)
    return tuple(order), sorted(knots)


def _ring(place: int, anchors: dict[int, tuple[str, int]]) -> list[int]:
    """The scenes, from the first told on, that are each moved to the next and the last to the
    first; none if there is no such ring through ``place``."""
    path = [place]
    while path[-1] in anchors:
        following = anchors[path[-1]][1]
        if following == place:
            return path
        if following in path:
            return []
        path.append(following)
    return []


def _flat(main: list[int], beside: dict[tuple[str, int], list[int]]) -> list[int]:
    """Everything in one row: what is moved before a scene, the scene, what is moved after it."""
    order: list[int] = []
    waiting: list[tuple[int, bool]] = [(place, False) for place in reversed(main)]
    while waiting:
        place, opened = waiting.pop()
        if opened or not (("before", place) in beside or ("after", place) in beside):
            order.append(place)
            continue
        waiting += [(one, False) for one in reversed(beside.get(("after", place), []))]
        waiting.append((place, True))
        waiting += [(one, False) for one in reversed(beside.get(("before", place), []))]
    return order


def _against(
    scenes: Sequence[Scene], anchors: dict[int, tuple[str, int]], order: list[int]
) -> list[Knot]:
    """Moved scenes whose own clock, or whose other side, says otherwise."""
    where = {place: rank for rank, place in enumerate(order)}
    knots = []
    for place, (side, other) in anchors.items():
        scene, moved = scenes[place], scenes[place].moved
        if scene.when is not None:
            late = scene.clock > scenes[other].clock
            early = scene.clock < scenes[other].clock
            if (side == "before" and late) or (side == "after" and early):
                knots.append(Knot(place, side, other, f"it says `when: {scene.when}`"))
                continue
        end = moved.before if side == "after" and moved is not None else None
        if end is not None and (end == place or where[end] < where[place]):
            why = f"{{{end}}} comes before {{{other}}}"
            if end == other:
                why = "that is the scene it comes after"
            elif end == place:
                why = "no scene is beside itself"
            knots.append(Knot(place, "before", end, why))
    return knots
