"""Appraisal: what a mind comes to feel when what it believes changes.

Receives what concerns ONE mind before and after an event, as plain numbers (``Concerns``; there is
no world, true or believed, in here), and the deeds it saw in it; hands on feelings, by the table in
``rows``. Decided here, where the literature is silent:

- *Expected* is what was hoped for: a standing hope (or joy) about the same wish, or a standing fear
  (or distress), whichever is stronger; if neither stands, what was held more likely than not. What
  was certain, or even, was not expected: then there is joy or distress and no more.
- A *compound* is made of the strongest joy or distress of the event, and of the praise or blame by
  one norm. It is stronger than either: 1 - (1-a)(1-b). Each of the two rests on what it rested on
  before: when one ground is taken back, the other feeling is left, and is noticed as what it is.
- A feeling *ends* when the belief that it rests on is taken back: one about something settled, as
  soon as it is no longer so; any other is lessened by as much as the turn weighs (a deed, by as
  much as its norm makes of that). What was bad and was no wish of one's own (guilt, dread...)
  turns into relief, as strong as what ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from unspoken.chronicle.events import EventNumber
from unspoken.simulation.fading import SLIGHT, combined
from unspoken.simulation.feelings import Basis, Feeling, Feelings, Key, once_each
from unspoken.simulation.rows import (
    ARRIVAL,
    COMPOUNDS,
    Attribution,
    Deed,
    Encounter,
    Expectation,
    Eyes,
    Fortune,
    Prospect,
    Rivalry,
    Thwarted,
    is_settled,
    words,
)


class Concern(Struct, frozen=True):
    """How things stand with something that matters: what it weighs (-1 to 1), and how likely (or
    how far) it is so to this mind. ``measured``: an amount rather than a chance: never unsettled
    by lying between. ``toward``: the one other person that it is about, if there is just one."""

    weight: float
    level: float
    measured: bool = False
    toward: str | None = None


class Concerns(Struct, frozen=True):
    """Everything that appraisal looks at, as one mind (``who``) has it at one moment.

    ``wishes``: its own, by text. ``fortunes``: others' wishes, by (other, text), met or not to the
    other's mind as this mind believes; ``harms``: the same held against what this mind believes to
    be so. ``eyes``: by (norm, other), how likely the other believes what the norm of face says it
    must not. ``rivals``: by (wish, loved, rival), how likely the one whose affection this mind
    wishes for has it for somebody else. ``liking``: by other, -1 to 1. ``present``: who is here.
    """

    who: str
    wishes: Mapping[str, Concern] = field(default_factory=dict)
    fortunes: Mapping[tuple[str, str], Concern] = field(default_factory=dict)
    harms: Mapping[tuple[str, str], Concern] = field(default_factory=dict)
    eyes: Mapping[tuple[str, str], Concern] = field(default_factory=dict)
    rivals: Mapping[tuple[str, str, str], Concern] = field(default_factory=dict)
    liking: Mapping[str, float] = field(default_factory=dict)
    present: frozenset[str] = frozenset()


class Setback(NamedTuple):
    """That something one reckoned on by an act came to nothing: which wish it was to further, by
    how much (0 to 1), and who refused, if anybody."""

    wish: str
    hoped: float
    toward: str | None = None


HOPED = frozenset({"hope", "joy", "satisfaction", "gratitude", "gratification"})
FEARED = frozenset({"fear", "distress", "disappointment", "fears_confirmed", "anger", "remorse"})
"""Standing feelings about a wish that make a good or bad outcome the expected one."""

OPEN = frozenset({"hope", "fear"})
"""What is felt while a wish is open, and ends when it is settled."""

DEEDS = frozenset({"reproach", "admiration", "guilt", "shame", "pride"})
"""What is felt about a deed by a norm, which makes its own of what the deed comes to."""

SETTLED = frozenset(
    {
        *("joy", "satisfaction", "relief", "distress", "disappointment", "fears_confirmed"),
        *("anger", "gratitude", "gratification", "remorse"),
        *("happy_for", "pity", "resentment", "gloating"),
    }
)
"""What is felt about something settled, and ends as soon as that turns again."""

TURNS: Mapping[str, str] = {
    "guilt": "relief",
    "shame": "relief",
    "embarrassment": "relief",
    "dread": "relief",
    "jealousy": "relief",
    "pride": "disappointment",
    "admiration": "disappointment",
}
"""What a feeling turns into when the belief behind it is taken back. About one's own wishes, and
others', the rows say it themselves: there is a change to be appraised. So they do where a deed
is judged by what it did to one's own wish."""


class Appraised(NamedTuple):
    """All that is felt after an event; of that, what has ``arisen`` now, as strong as this event
    made it (mood and drives are moved by that), and what is ``noticed`` (can be told, or show), as
    strong as it is together with what there was of it; and what ended with it (as strong as it
    still was; of a compound, its parts), being taken back. The strongest first."""

    feelings: Feelings
    arisen: tuple[Feeling, ...]
    noticed: tuple[Feeling, ...]
    ended: tuple[Feeling, ...]


def appraise(
    before: Concerns,
    after: Concerns,
    standing: Feelings,
    cause: EventNumber,
    round: int,
    *,
    doer: str | None = None,
    deeds: Sequence[Deed] = (),
    thwarted: Sequence[Setback] = (),
    vindicated: Iterable[Basis] = (),
) -> Appraised:
    """What a mind feels after an event by which it came from ``before`` to ``after``.

    ``doer``: who did it, if anybody and if this mind knows. ``deeds``: what it was by this mind's
    norms. ``thwarted``: what was reckoned on and came to nothing. ``vindicated``: of lies that it
    told, those that turn out to be true. The order of what is in these decides nothing. What
    concerns the mind only since now (a wish that was none before) is not appraised: there is
    nothing that it changed from.
    """
    felt: list[Feeling] = []
    turns: dict[Basis, float] = {}

    def feel(
        found: dict[str, float], about: str, toward: str | None, basis: Basis, most: float
    ) -> None:
        for word, amount in found.items():
            top = min(1.0, abs(most))
            felt.append(Feeling(word, amount, cause, about, toward, round, basis, top))

    for text, (was, now) in _both(before.wishes, after.wishes):
        basis: Basis = ("wish", text)
        prospect = _prospect(was, now, standing.on(basis, round))
        turns[basis] = prospect.gain
        toward = now.toward or (doer if doer != after.who else None)
        feel(words(prospect), text, toward, basis, now.weight)
    for setback in thwarted:
        basis, hoped = ("wish", setback.wish), setback.hoped
        concern = after.wishes.get(setback.wish)
        toward = setback.toward or (concern.toward if concern is not None else None)
        feel(words(Thwarted(hoped)), setback.wish, toward, basis, hoped)
    turns.update(dict.fromkeys(vindicated, 1.0))
    for deed in deeds:
        own = deed.doer == after.who
        toward = deed.toward if own else deed.doer
        feel(words(Attribution(deed, own)), deed.norm, toward, deed.basis, deed.most)
    for (other, text), (was, now) in _both(before.fortunes, after.fortunes):
        basis = ("fortune", other, text)
        liking = after.liking.get(other, 0.0)
        fortune = Fortune(liking, now.weight, was.level, now.level, now.measured)
        turns[basis] = fortune.gain
        feel(words(fortune), text, other, basis, liking * now.weight)
    for (other, text), (was, now) in _both(before.harms, after.harms):
        turns["harm", other, text] = now.weight * (now.level - was.level)
    for (norm, other), (was, now) in _both(before.eyes, after.eyes):
        basis = ("eyes", norm, other)
        eyes = Eyes(
            *(now.weight, was.level, now.level), other in before.present, other in after.present
        )
        turns[basis] = -eyes.found_out
        feel(words(eyes), norm, other, basis, now.weight)
    for (wish, loved, rival), (was, now) in _both(before.rivals, after.rivals):
        basis = ("rival", wish, loved, rival)
        rivalry = Rivalry(now.weight, was.level, now.level)
        turns[basis] = rivalry.gain
        feel(words(rivalry), wish, rival, basis, now.weight)
    for other, liking in sorted(after.liking.items()):
        arrived = other in after.present and other not in before.present
        pleasing = [one.strength for one in felt if one.pleasant and one.toward == other]
        good = max([ARRIVAL if arrived else 0.0, *pleasing])
        feel(words(Encounter(liking, good)), "", other, (), liking)

    settled: set[Basis] = {
        ("wish", text)
        for text, concern in after.wishes.items()
        if is_settled(concern.level, concern.measured)
    }
    kept, ended = _taken_back(standing, turns, settled, round)
    for one in ended:
        if one.word in TURNS and one.basis[:1] != ("wish",):
            felt.append(replace(one, word=TURNS[one.word], cause=cause, round=round, low=0.0))
    floor, hidden = standing.settings.floor, standing.settings.hidden
    arisen = [one for one in _compounded(felt, hidden) if one.word not in hidden]
    arisen.sort(key=lambda one: (-one.strength, one.key))
    anew = {one.key for one in arisen if one.strength >= floor}
    feelings, noticed = kept.added(arisen, round).noticed(anew, round)
    return Appraised(feelings, tuple(arisen), noticed, ended)


K = TypeVar("K", str, tuple[str, str], tuple[str, str, str])


def _both(
    before: Mapping[K, Concern], after: Mapping[K, Concern]
) -> Iterator[tuple[K, tuple[Concern, Concern]]]:
    """What matters now and was there before, by text: how it was, and how it is."""
    for key in sorted(before.keys() & after.keys()):
        if after[key].weight:
            yield key, (before[key], after[key])


def _prospect(was: Concern, now: Concern, standing: Iterable[Feeling]) -> Prospect:
    """The change of a wish, with what was expected of it."""
    hoped = combined(*(one.strength for one in standing if one.word in HOPED))
    feared = combined(*(one.strength for one in standing if one.word in FEARED))
    expected: Expectation = "open"
    if abs(hoped - feared) > SLIGHT:
        expected = "hoped" if hoped > feared else "feared"
    elif not now.measured and SLIGHT < was.level < 1.0 - SLIGHT:
        likely = was.level if now.weight > 0 else 1.0 - was.level
        if abs(likely - 0.5) > SLIGHT:
            expected = "hoped" if likely > 0.5 else "feared"
    open_word = "hope" if expected == "hoped" else "fear"
    handed_on = combined(*(one.strength for one in standing if one.word == open_word))
    return Prospect(
        now.weight,
        was.level,
        now.level,
        expected,
        now.measured,
        min(abs(now.weight), handed_on) if expected != "open" else 0.0,
    )


def _taken_back(
    standing: Feelings, turns: Mapping[Basis, float], settled: set[Basis], round: int
) -> tuple[Feelings, tuple[Feeling, ...]]:
    """What stands after beliefs turned, and what of it ended, as strong as that was."""

    def left(one: Feeling) -> float:
        if one.word in OPEN and one.basis in settled:
            return 0.0
        gain = turns.get(one.basis, 0.0) if one.basis else 0.0
        if abs(gain) <= SLIGHT or (gain > 0) == one.pleasant:
            return one.strength
        if one.word in SETTLED:
            return 0.0
        return one.strength - abs(gain) * (one.most if one.word in DEEDS else 1.0)

    simple = (each for one in standing.all(round) for each in one.simple)
    lost = ((one, one.strength - max(0.0, left(one))) for one in simple)
    ended = tuple(replace(one, strength=amount) for one, amount in lost if amount > SLIGHT)
    return standing.changed(left, round), ended


def _compounded(felt: Sequence[Feeling], hidden: Sequence[str]) -> list[Feeling]:
    """What arose, with compounds in place of what they are made of."""
    arisen = list(felt)
    for compound in COMPOUNDS:
        events = [one for one in arisen if one.word == compound.event]
        deeds = [one for one in arisen if one.word in compound.deed]
        if compound.word in hidden or not events or not deeds:
            continue
        event, deed = min(events, key=_strongest), min(deeds, key=_strongest)
        parts = [event, *(one for one in deeds if one.about == deed.about)]
        whole = replace(
            event,
            word=compound.word,
            strength=combined(event.strength, deed.strength),
            toward=deed.toward or event.toward,
            most=combined(event.most, deed.most),
            parts=once_each(parts),
        )
        arisen = [one for one in arisen if one not in parts]
        arisen.append(whole)
    return arisen


def _strongest(one: Feeling) -> tuple[float, Key]:
    return (-one.strength, one.key)
