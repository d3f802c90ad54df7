"""A story in parts that can be played: where it can be cut, and where one can change eyes.

Receives an edition. Every reading is cut at the same moments of story time, so that a change of
eyes leads to the same moment as somebody else has it, and never to what comes later.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from unspoken.export.edition import Edition, Reading
from unspoken.export.texts import Line, Paragraph

LONG, SHORT = 110, 35
"""Words of the first reading that is played: a scene that has so many ends with the paragraph; one
that has fewer goes on although somebody came."""


class Part(Struct, frozen=True):
    """A reading's piece of a scene. ``name``: unique among the parts. ``onward``: the name of the
    part that comes next in this reading; None at the end. ``across``: the readings that have this
    scene, too, through minds that were there, each with the name of its part."""

    name: str
    reading: Reading
    scene: int
    paragraphs: tuple[Paragraph, ...]
    onward: str | None
    across: tuple[tuple[Reading, str], ...]


def parts(edition: Edition) -> tuple[Part, ...]:
    """All parts, reading by reading, each reading's in order."""
    ends = scene_ends(edition)
    cut = {
        reading.key: {
            scene: piece
            for scene, (after, end) in enumerate(pairwise((-1, *ends)), start=1)
            if (piece := tuple(_between(reading, after, end)))
        }
        for reading in edition.eyes
    }
    found = []
    for reading in edition.eyes:
        scenes = sorted(cut[reading.key])
        for scene, onward in zip(scenes, [*scenes[1:], None], strict=True):
            after, end = (-1, *ends)[scene - 1], ends[scene - 1]
            across = tuple(
                (other, _name(other, scene))
                for other in edition.eyes
                if other is not reading
                and scene in cut[other.key]
                and _met(edition, reading.mind, other.mind, after, end)
            )
            found.append(
                Part(
                    name=_name(reading, scene),
                    reading=reading,
                    scene=scene,
                    paragraphs=cut[reading.key][scene],
                    onward=None if onward is None else _name(reading, onward),
                    across=across,
                )
            )
    return tuple(found)


def starts(found: tuple[Part, ...]) -> tuple[tuple[Reading, str], ...]:
    """Each reading with the name of the part that it begins with."""
    begins: dict[str, tuple[Reading, str]] = {}
    for part in found:
        begins.setdefault(part.reading.key, (part.reading, part.name))
    return tuple(begins.values())


def _name(reading: Reading, scene: int) -> str:
    return f"{reading.key}_{scene}"


def _met(edition: Edition, one: str | None, other: str | None, after: int, end: int) -> bool:
    """Whether two minds perceived something together in that time; a reading in turn is
    everybody's."""
    return any(
        after < shared.time <= end and {one, other} - {None} <= shared.minds
        for shared in edition.shared
    )


def scene_ends(edition: Edition) -> tuple[int, ...]:
    """The story time with which each scene ends, rising. Of a single reading only its own length
    counts, as its mind does not know who else is where."""
    last = max((time for one in edition.eyes for _, _, time in _reached(one)), default=0)
    main = list(_reached(edition.eyes[0]))
    arrivals = set() if len(edition.eyes) == 1 else set(_arrivals(edition))
    ends: list[int] = []
    words = 0
    for (paragraph, line, time), (_, _, upcoming) in pairwise(main):
        words += len(line.text.split())
        if upcoming == time or time >= last:
            continue
        arrived = any(time < arrival <= upcoming for arrival in arrivals)
        closes = line is paragraph.lines[-1]
        if (arrived and words >= SHORT) or (closes and words >= LONG):
            # What happens between the two belongs to what it leads to.
            ends.append(time)
            words = 0
    return (*ends, last)


def _reached(reading: Reading) -> Iterator[tuple[Paragraph, Line, int]]:
    """Each line with the story time that the reading has come to: in turn, one mind may still be at
    a moment that another has left behind, and is told of after it."""
    time = 0
    for paragraph in reading.paragraphs:
        for line in paragraph.lines:
            time = max(time, line.time)
            yield paragraph, line, time


def _arrivals(edition: Edition) -> Iterator[int]:
    """The times at which somebody is there who was not: whoever leaves, or does something unseen,
    begins no scene."""
    there: frozenset[str] = frozenset()
    for shared in edition.shared:
        if not shared.minds <= there:
            if there:
                yield shared.time
            there = shared.minds


def _between(reading: Reading, after: int, end: int) -> Iterator[Paragraph]:
    """A reading's paragraphs of a stretch of time, those that lie across its edge cut."""
    within = (one for one in _reached(reading) if after < one[2] <= end)
    for _, lines in groupby(within, key=lambda one: id(one[0])):
        found = list(lines)
        yield replace(found[0][0], lines=tuple(line for _, line, _ in found))
