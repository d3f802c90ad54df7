"""In what order the moments are told: as they came, or from the middle on, with a flashback.

Receives the beats of one or more minds in the order of time, hands on stretches of them. A
flashback is for something that points back: an act whose causes, in the view of a mind that
perceived it, lie before the scene that it belongs to. Then the telling begins with that scene, goes
back from it to the beginning, and comes back to go on. Nobody knows anything earlier by that: what
a mind makes of a moment is settled before it is decided when the moment is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from unspoken.chronicle.events import EventNumber
from unspoken.telling.plan import Beat
from unspoken.telling.view import Item, LocalId

Together = tuple[tuple[str | None, Beat], ...]
"""The beats of one moment, of all minds that have one."""

Led = Callable[[str | None, LocalId], frozenset[EventNumber]]
"""An item of a mind's view: its event, and all that led to it, as far as whoever tells knows."""

OPENING = 3
"""How many moments with acts the scene has, at most, that a flashback is told from."""
LEAST, MOST = 0.15, 0.65
"""How much of the story may lie before that scene."""
MIDDLE = 0.35
"""How much of it does, best."""
NEW_FACE = 1.0
"""What it is worth that the scene begins with somebody of whom there was nothing before."""
SPEECH = 0.4
"""What it is worth that it begins with something that is said."""
LENGTH = 0.2
"""What each moment of the scene is worth."""


class Stretch(Struct, frozen=True):
    """Moments that are told one after another. ``past``: in a flashback."""

    beats: tuple[Together, ...]
    past: bool = False


def flashback(moments: Sequence[Together], led: Led) -> tuple[Stretch, ...]:
    """The moments in the order of telling; as they came, where nothing points back."""
    scene = max(_scenes(moments, led), key=lambda one: one.worth, default=None)
    if scene is None:
        return (Stretch(tuple(moments)),)
    return (
        Stretch(tuple(moments[scene.begins : scene.ends])),
        Stretch(tuple(moments[: scene.begins]), past=True),
        Stretch(tuple(moments[scene.ends :])),
    )


class _Scene(Struct, frozen=True):
    begins: int
    ends: int
    worth: float


def _scenes(moments: Sequence[Together], led: Led) -> Iterator[_Scene]:
    """Where a telling could begin: with a few moments of which one, at least, points back to what
    was before them. They are not the story's last."""
    acting = [i for i, moment in enumerate(moments) if _acts(moment)]
    back = [frozenset().union(*(led(m, item) for m, item in _items(moments[i]))) for i in acting]
    for first in range(1, len(acting) - 1):
        begins = acting[first]
        share = first / len(acting)
        if not LEAST <= share <= MOST or any(map(_is_wonder, moments[:begins])):
            continue
        before = {n for i in acting[:first] for n in _events(moments[i], led)}
        known = set().union(*map(_who, moments[:begins]))
        start = NEW_FACE * bool(_who(moments[begins]) - known)
        start += SPEECH * any(act.kind == "say" for _, act in _acts(moments[begins]))
        for last in range(first, min(first + OPENING, len(acting) - 1)):
            pointing = before & frozenset().union(*back[first : last + 1])
            if pointing:
                worth = start + len(pointing) / len(before) + LENGTH * (last - first)
                yield _Scene(begins, acting[last] + 1, worth - 2 * abs(share - MIDDLE))


def _acts(moment: Together) -> list[tuple[str | None, Item]]:
    return [(mind, act) for mind, beat in moment for act in beat.acts]


def _items(moment: Together) -> Iterator[tuple[str | None, LocalId]]:
    """Everything in a moment that can point back."""
    for mind, beat in moment:
        yield from ((mind, act.id) for act in beat.acts)
        yield from ((mind, item) for notion in beat.notions for item in notion.items)


def _events(moment: Together, led: Led) -> Iterator[EventNumber]:
    """The events of a moment's acts: of what led to each, the last."""
    for mind, act in _acts(moment):
        yield max(led(mind, act.id))


def _who(moment: Together) -> set[str]:
    return {name for _, act in _acts(moment) for name in act.participants}


def _is_wonder(moment: Together) -> bool:
    """Whether a thought comes through from another: the first time is a wonder, and no reader
    should hear of the second before it."""
    acts = any(act.how == "sensed" for _, act in _acts(moment))
    stirs = (notion.stirs for _, beat in moment for notion in beat.notions)
    return acts or any(item is not None and item.is_sensed for item in stirs)
