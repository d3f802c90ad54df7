"""What of all that stirs in a mind is told: feelings, wishes not followed, sensed thoughts.

Receives the items of a view, hands on notions, and later the beats with those left out that would
make a flood: about one feeling a paragraph, the strongest first, gladly one whose cause is told
beside it. Deliberately does not know words, only whether there are any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from unspoken.chronicle.events import CHANGES
from unspoken.telling.plan import Beat, Notion
from unspoken.telling.sensed import has_words
from unspoken.telling.setting import Setting
from unspoken.telling.view import Item, LocalId, View

FAINT = 0.2
"""The strength below which a feeling is not told."""
BESIDE = 0.3
"""What it is worth that a feeling's cause, or what it makes its owner do, is told beside it."""
ATTENDED = 0.4
"""What it is worth that the mind's thought turned to it."""
AGAIN = 0.6
"""What a feeling told before is worth, each time."""
LEAST = 0.6
"""The stake below which something that stirs is not told."""

APART = 2
"""How many other things stand, at least, between a feeling of one's own and one that came from
another."""

Sort = Literal["feeling", "unsaid", "sensed", "wavering", "attempt", "memory"]

STRONG = 0.5
"""The strength from which another's feeling may stand right beside one's own, or a voice."""

GAP = {"feeling": 4, "unsaid": 4, "sensed": 6, "wavering": 10, "attempt": 0, "memory": 8}
"""How many other things are told, at least, between two of a sort: a paragraph's worth."""
LEGIBLE = 1
"""... between a thought or a wish that came whole and anything else that was sensed."""


def sort_of(item: Item) -> Sort:
    """What it is that stirs."""
    if item.is_sensed:
        return "sensed"
    if item.how == "remembered":
        return "memory"
    match item.kind:
        case "feel":
            return "feeling"
        case "unsaid":
            return "unsaid"
        case "fail":
            return "attempt"
        case _:
            return "wavering" if item.is_act else "sensed"


def stirrings(items: Sequence[Item], view: View, setting: Setting) -> tuple[Notion, ...]:
    """What stirs in a mind in one moment, beside its thoughts and beliefs."""
    items = [item for item in items if item.kind not in CHANGES]  # which are told as beliefs
    acts = [item for item in items if item.is_act]
    shown = {act.id for act in acts}
    is_voice = any(act.how == "sensed" for act in acts)
    found = []
    for item in items:
        stake = _stake(item, shown, view, setting, is_voice=is_voice)
        if stake is not None:
            attended = _attention(item, view)
            found.append(Notion((item.id, *attended), item.id, {}, stake, False, stirs=item))
    return tuple(found)


def _stake(
    item: Item, shown: set[LocalId], view: View, setting: Setting, *, is_voice: bool
) -> float | None:
    """What it would be worth to tell that an item stirs; None if it does not, or not enough.
    ``is_voice``: a thought in words comes through from somebody in that moment."""
    attended = ATTENDED if _attention(item, view) else 0.0
    if item.is_attempt:
        return 1.5
    if item.is_sensed:
        if any(_brings(act, item, view, setting) for act in _soon_after(item, view)):
            return None  # An act of the author's says that it came through.
        if is_voice and not _is_legible(item) and item.strength < STRONG:
            return None  # A voice drowns what is only felt.
        return _sensed_stake(item, setting)
    if item.kind == "feel":
        if item.strength < FAINT or item.how == "remembered":  # the thought of it is told
            return None
        shows = any(x.is_act and x.who is None for x in view.consequences.get(item.id, ()))
        beside = shows or shown & set(item.causes)
        return 0.3 + 1.2 * item.strength + attended + (BESIDE if beside else 0.0)
    if item.kind == "unsaid":
        return 0.8 + 1.4 * item.strength + attended
    if item.how == "remembered":
        return 0.1 + item.strength
    if item.is_act and item.wavered:
        return 0.8
    return None


def _sensed_stake(item: Item, setting: Setting) -> float | None:
    """What came whole weighs more than a fragment, however strong; a thought more than a feeling.
    None where there are no words for it: it is not to stand in the way of what there are words
    for."""
    if item.thought is None:
        return 0.8 + 0.4 * item.strength
    if not has_words(item.thought, item.who or "", setting):
        return None
    return (1.6 if _is_legible(item) else 1.2) + 0.6 * item.strength


def _is_legible(item: Item) -> bool:
    """Whether it is a thought or a wish that came whole: words, and not a colour."""
    return item.is_sensed and item.thought is not None and item.thought.kind != "feel"


def _soon_after(thought: Item, view: View) -> Iterator[Item]:
    """What the mind has from then to the end of the next moment."""
    later = (view.items[place] for place in range(thought.id, len(view.items)))
    return takewhile(lambda item: item.time <= thought.time + 1, later)


def _brings(act: Item, thought: Item, view: View, setting: Setting) -> bool:
    """Whether an act is a sensed thought's coming through, as it came: whole or not. An act that
    says what came brings that and nothing else."""
    if not act.is_act or act.who is not None:
        return False
    passing = setting.passing(act.name, act.arguments)
    if passing is None or passing.thinker != thought.who:
        return False
    if passing.whole is not (thought.thought is not None):
        return False
    came = {cause for cause in act.causes if view.items[cause].is_sensed}
    return not came or not came.isdisjoint((thought.id, *thought.causes))


def _attention(item: Item, view: View) -> tuple[LocalId, ...]:
    """The mind's own thoughts that turned to an item."""
    if item.kind not in ("feel", "unsaid") or item.who != view.mind:
        return ()
    return tuple(
        later.id
        for later in view.consequences.get(item.id, ())
        if later.kind == "think"
        and not later.is_act
        and later.who == view.mind
        and later.how == "thought"
    )


class _Candidate(Struct, frozen=True):
    """What stirs, at its place among the beats."""

    beat: int
    place: int
    unit: int
    """How many other things are told before it."""
    stake: float
    item: Item
    sort: Sort
    content: object
    """What is the same if the same thing stirs again."""


def salient(beats: Sequence[Beat]) -> tuple[Beat, ...]:
    """The beats, with no more of what stirs than a reader can bear."""
    candidates = list(_candidates(beats))
    kept: list[_Candidate] = []
    for one in sorted(candidates, key=lambda one: (-one.stake, one.unit)):
        if all(_bears(one, other) for other in kept):
            repeats = sum(one.content == other.content for other in kept)
            if one.stake * AGAIN**repeats >= LEAST:
                kept.append(one)
    left_out = {(one.beat, one.place) for one in candidates}
    left_out -= {(one.beat, one.place) for one in kept}
    return tuple(
        replace(
            beat, notions=tuple(x for n, x in enumerate(beat.notions) if (b, n) not in left_out)
        )
        for b, beat in enumerate(beats)
    )


def _candidates(beats: Sequence[Beat]) -> Iterator[_Candidate]:
    unit = 0
    for b, beat in enumerate(beats):
        unit += len(beat.acts) + sum(notion.stirs is None for notion in beat.notions)
        for n, notion in enumerate(beat.notions):
            item = notion.stirs
            if item is not None:
                sort = sort_of(item)
                yield _Candidate(b, n, unit, notion.stake, item, sort, _content(item, sort))


def _bears(one: _Candidate, kept: _Candidate) -> bool:
    """Whether two can both be told where they stand."""
    sort, other = one.sort, kept.sort
    apart = abs(one.unit - kept.unit)
    if one.content == kept.content:
        return sort == "attempt" or apart >= 2 * GAP[sort]
    if sort == other:
        near = _is_legible(one.item) or _is_legible(kept.item)
        return apart >= (LEGIBLE if near else GAP[sort])
    if {sort, other} == {"feeling", "wavering"}:
        return apart >= GAP["feeling"]
    if {sort, other} == {"feeling", "sensed"} and _is_felt(one.item) and _is_felt(kept.item):
        sensed = one.item if sort == "sensed" else kept.item
        return sensed.strength >= STRONG or apart >= APART
    return True


def _is_felt(item: Item) -> bool:
    """Whether it is a feeling: one's own, or one that came from another."""
    return "feel" in (item.kind, item.thought and item.thought.kind)


def _content(item: Item, sort: Sort) -> object:
    match sort:
        case "feeling":
            return item.name
        case "memory":
            return item.thought, item.toward
        case "sensed" if item.thought is not None:
            return item.who, item.thought
        case "sensed" | "wavering":
            return item.id
        case _:
            return sort, item.name, item.arguments
