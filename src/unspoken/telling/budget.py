"""What is left out: what goes on all the time; and, within a number of words, what matters least.

Receives beats and a way to tell them; hands on the longest telling that fits. An act that a kept
item is caused by is kept; a notion may always go. Deliberately does not know words' costs: it tells
and counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from msgspec.structs import replace

from unspoken.telling.plan import Beat, Telling
from unspoken.telling.setting import Setting, is_going
from unspoken.telling.view import Item, LocalId, View
from unspoken.telling.wording import agents_of

Beats = Mapping[str | None, tuple[Beat, ...]]
Key = tuple[str | None, str, int, int]
"""A mind, ``act`` or ``notion``, a beat's place, a place in the beat."""

ON_THE_WAY = 0.4
"""How much it matters that somebody went somewhere."""
OF_ITSELF = 0.3
"""How much it matters what happened, or stirred, of itself."""
LITTLE = 0.9
"""What hardly weighs in a mind."""
ROUTINE = 12
"""As often as this is a habit: to have gone on, or to have stirred of itself, and nobody wrote a
word about it. It is then told only where something came of it (ellipsis)."""
HABIT = 6
"""... and as often, if it only stirred of itself, and left nothing whatever in the mind."""


def without_routine(beats: Beats, setting: Setting) -> Beats:
    """The beats without what goes on all the time and leaves little in the mind that tells it."""
    acts = {(mind, act.id): act for mind, own in beats.items() for beat in own for act in beat.acts}
    often = Counter(act.name for act in acts.values())
    ways = _habitual_ways(beats, setting)

    def is_mere(act: Item, beat: Beat) -> bool:
        if act.name in ways:
            return _is_way(act, setting)
        return _is_aside(act, setting) and often[act.name] >= enough(act, beat)

    def enough(act: Item, beat: Beat) -> int:
        return ROUTINE if act.who is not None or beat.notions else HABIT

    def is_routine(beat: Beat) -> bool:
        return (
            bool(beat.acts)
            and all(is_mere(act, beat) for act in beat.acts)
            and all(n.thought is None and n.stake < LITTLE for n in beat.notions)
        )

    return {m: tuple(b for b in own if not is_routine(b)) for m, own in beats.items()}


def _habitual_ways(beats: Beats, setting: Setting) -> set[str]:
    """By what acts people go about all the time, in some mind's view, whether or not an author has
    words for it: where they are then, what they do there says."""
    gone = Counter(
        (mind, act.name)
        for mind, own in beats.items()
        for beat in own
        for act in beat.acts
        if _is_way(act, setting)
    )
    return {name for (_, name), times in gone.items() if times >= ROUTINE}


def within(
    words: int,
    beats: Beats,
    views: Mapping[str | None, View],
    setting: Setting,
    told: Callable[[Beats], Telling],
) -> Telling:
    """The telling with as few of the lowest stakes left out as the budget asks for; what weighs
    most is always told, even where that alone is longer."""
    order = _by_stake(beats, views, setting)
    low, high = 0, max(len(order) - 1, 0)
    while low < high:
        middle = (low + high) // 2
        if told(_without(beats, frozenset(order[:middle]))).words <= words:
            high = middle
        else:
            low = middle + 1
    return told(_without(beats, frozenset(order[:low])))


def _by_stake(beats: Beats, views: Mapping[str | None, View], setting: Setting) -> list[Key]:
    """What may be left out, cheapest first; an act comes after everything it is the cause of."""
    stakes: dict[Key, float] = {}
    for mind, own in beats.items():
        view = views[mind]
        for b, beat in enumerate(own):
            for n, notion in enumerate(beat.notions):
                stakes[mind, "notion", b, n] = notion.stake
            for a, act in enumerate(beat.acts):
                stakes[mind, "act", b, a] = _stake(act, view, mind, setting)
    return sorted(stakes, key=lambda key: (stakes[key], str(key[0]), key[1:]))


def _stake(act: Item, view: View, mind: str | None, setting: Setting) -> float:
    """An act weighs more than what it caused, so that causes outlive their consequences; unless
    nobody wrote a word about it, and it is on the way or of itself."""
    if _is_aside(act, setting):
        # A reader who sees somebody there knows that they went.
        return OF_ITSELF if act.who is None else ON_THE_WAY
    base = 1.0 + 0.4 * (mind in agents_of(act)) + 0.5 * (act.kind in ("say", "think"))
    return base + 0.3 * _consequences(act.id, view)


def _is_way(act: Item, setting: Setting) -> bool:
    """Whether somebody goes somewhere, and nothing is said on the way."""
    silent = act.kind == "act" and setting.speech(act.name, act.arguments) is None
    return silent and act.who is not None and is_going(act.name)


def _is_aside(act: Item, setting: Setting) -> bool:
    worded = setting.frames(act.name, act.arguments) or setting.speech(act.name, act.arguments)
    shows = setting.betrays(act.name, act.arguments) or setting.passing(act.name, act.arguments)
    if worded or shows or act.kind != "act":
        return False
    return act.who is None or is_going(act.name)


def _consequences(cause: LocalId, view: View) -> int:
    """How many items would not be there without it, in the view."""
    found: set[LocalId] = set()
    waiting = [cause]
    while waiting:
        led = [item.id for item in view.consequences.get(waiting.pop(), ())]
        waiting += [one for one in led if one not in found]
        found.update(led)
    return len(found)


def _without(beats: Beats, left_out: frozenset[Key]) -> Beats:
    kept: dict[str | None, tuple[Beat, ...]] = {}
    for mind, own in beats.items():
        fewer = []
        for b, beat in enumerate(own):
            acts = tuple(
                act for a, act in enumerate(beat.acts) if (mind, "act", b, a) not in left_out
            )
            notions = tuple(
                n for i, n in enumerate(beat.notions) if (mind, "notion", b, i) not in left_out
            )
            if acts or any(n.items for n in notions):
                fewer.append(replace(beat, acts=acts, notions=notions))
        kept[mind] = tuple(fewer)
    return kept
