"""The order of telling: through whose eyes, and where a paragraph ends.

Receives the beats of one or more minds, hands on passages. Within one mind the order is that of its
view. With several minds a beat that they share is told once, through one of them; what it left in
the others follows within two beats, so that one mind's error stands beside the other's heart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import groupby, zip_longest

from msgspec import Struct, field
from msgspec.structs import replace

from unspoken.chronicle.events import Value
from unspoken.telling.draws import draw
from unspoken.telling.order import Stretch, Together
from unspoken.telling.plan import Beat, Notion, Passage, Unit
from unspoken.telling.view import OUTER, Item, LocalId
from unspoken.telling.wording import agents_of

PARAGRAPH = 4
"""How many units make about a paragraph."""
PARAGRAPHS_A_MIND = 3
STAYING = 1.2
"""What it is worth to stay in the mind where we are."""
SETTLED = 0.9
"""What it is worth besides, as long as little has been told through it: nobody is visited for a
sentence."""
VISIT = 3
"""How many units are more than a visit."""
WHIM = 0.8
"""How much of the choice is the seed's."""
OWN = 0.4
"""What it is worth to tell an act through whoever does it."""
STAYING_ON = 2.0
"""What it is worth to stay where we are, as long as nobody thinks anything of what happens."""
AHEAD = 0.6
"""What it is worth to tell what nobody does through whoever does what comes next."""
PATIENCE = 2
"""For how many beats a mind's notions may wait."""
ALONE = 1.7
"""What a feeling must weigh to be told late, and by itself."""
GREAT = 0.5
"""How strong a feeling must be to be all that is told of somebody."""
WEIGHT = 2.0
"""What a mind's notions may weigh before they are told without waiting."""

Told = int | tuple[int, str, tuple[Value, ...]]
"""What has been told: an act by its event's number; a law, which may be at work in several minds
at once, by its time, name and arguments."""

Place = tuple[int, int]
"""Where an item stands among all minds' items: its percept's time, then its event's number."""


def in_one_mind(stretches: Sequence[Stretch]) -> tuple[Passage, ...]:
    """A limited telling, or a camera's."""
    return tuple(
        replace(passage, past=stretch.past)
        for stretch in stretches
        for passage in _paragraphs(
            [unit for together in stretch.beats for _, beat in together for unit in _units(beat)]
        )
    )


def in_turn(
    stretches: Sequence[Stretch], place: Callable[[str | None, LocalId], Place], seed: int
) -> tuple[Passage, ...]:
    """An alternating telling. ``place`` says where an item of a mind stands among all: shared acts
    have the same event number. Where a stretch ends nothing waits any longer."""
    led = {
        (mind, cause)
        for stretch in stretches
        for together in stretch.beats
        for mind, beat in together
        for act in beat.acts
        for cause in act.causes
    }
    turns = _Turns(seed, led)
    passages: list[Passage] = []
    for stretch in stretches:
        for together, following in zip(stretch.beats, (*stretch.beats, ())[1:], strict=True):
            turns.tell(together, following, place)
        passages.extend(replace(one, past=stretch.past) for one in turns.passages(place))
    return tuple(passages)


def shared_beats(
    beats: Mapping[str | None, Sequence[Beat]], place: Callable[[str | None, LocalId], Place]
) -> tuple[Together, ...]:
    """The beats of all minds in order of time, those of one moment together."""
    placed: dict[Place, list[tuple[str | None, Beat]]] = {}
    for mind, own in beats.items():
        for beat in own:
            first = beat.acts[0].id if beat.acts else beat.first
            placed.setdefault(place(mind, first), []).append((mind, beat))
    return tuple(tuple(together) for _, together in sorted(placed.items(), key=lambda one: one[0]))


class _Turns(Struct):
    """Who is telling, what has been told, and what waits in the other minds."""

    seed: int
    led: Set[tuple[str | None, LocalId]]
    """What something else that is told came of, in whose view."""
    runs: list[tuple[str | None, list[Unit]]] = field(default_factory=list)
    told: set[Told] = field(default_factory=set)
    waiting: dict[str | None, list[Unit]] = field(default_factory=dict)
    patience: dict[str | None, int] = field(default_factory=dict)
    thought: dict[tuple[int | None, frozenset[str]], str | None] = field(default_factory=dict)
    """Who first had each of the author's thoughts about these people."""

    @property
    def current(self) -> str | None:
        return self.runs[-1][0] if self.runs else None

    def tell(
        self,
        together: Together,
        following: Together,
        place: Callable[[str | None, LocalId], Place],
    ) -> None:
        def key(mind: str | None, act: Item) -> Told:
            return (
                place(mind, act.id)[1]
                if act.kind in OUTER - {"happen"}
                else (
                    place(mind, act.id)[0],
                    act.name,
                    act.arguments,
                )
            )

        together = tuple((mind, self._first_to_think(mind, beat)) for mind, beat in together)
        for mind, beat in together:
            self._settle(mind, beat)
            new = any(notion.fresh for notion in beat.notions)
            if mind in self.waiting and new and not self._is_slight(self.waiting[mind]):
                self._turn_to(mind)  # what went on in it comes before what goes on next
        if any(mind is None for mind, _ in together):
            for mind in list(self.waiting):
                self._turn_to(mind)  # what nobody perceives waits for nobody
        for _, beat in together:
            for doer in map(_doer, beat.acts):
                if doer in self.waiting:
                    self._turn_to(doer)  # and before what it does about it
        able = tuple((m, b) for m, b in together if any(key(m, a) not in self.told for a in b.acts))
        next_does = {doer for _, beat in following for doer in map(_doer, beat.acts)}
        worth = {m: self._worth(m, b, able) + AHEAD * _leads(m, b, next_does) for m, b in able}
        tells = max(able, key=lambda pair: worth[pair[0]]) if able else None
        if tells is not None and self.runs and tells[0] != self.current and self._can_wait(able):
            # Nobody is visited for what only goes on in one mind, or of itself: it waits there.
            together = tuple(sorted(together, key=lambda pair: pair != tells))
            tells = None
        for mind, beat in together:
            if tells is not None and mind == tells[0]:
                self._turn_to(mind)
                acts = tuple(act for act in beat.acts if key(mind, act) not in self.told)
                self.told |= {key(mind, act) for act in acts}
                self.runs[-1][1].extend(_units(replace(beat, acts=acts)))
        for mind, beat in together:
            # What the teller could not see stays with those who could.
            left = tuple(act for act in beat.acts if key(mind, act) not in self.told)
            if (tells is None or mind != tells[0]) and (left or beat.notions):
                self.told |= {key(mind, act) for act in left}
                # Nor where somebody is, which whoever tells can see.
                late = tuple(n for n in beat.notions if not (n.opens or n.where))
                units = _units(replace(beat, acts=left, notions=late))
                if units:
                    self.waiting.setdefault(mind, []).extend(units)
                    self.patience.setdefault(mind, PATIENCE)
        self._let_wait()

    def passages(self, place: Callable[[str | None, LocalId], Place]) -> Iterator[Passage]:
        """What has been told since this was last asked, what waits at its end; not what somebody
        only feels (*something in her clapped*), unless it is great, what it is about comes right
        before, and we do not go back then to the head where we were."""
        for mind in list(self.waiting):
            if self.current != mind and self.runs and self._is_slight(self.waiting[mind]):
                self._drop(mind)
            else:
                self._turn_to(mind)

        def events(mind: str | None, items: Iterable[LocalId]) -> set[int]:
            return {place(mind, item)[1] for item in items}

        kept: list[tuple[str | None, list[Unit]]] = []
        after = [mind for mind, _ in self.runs[1:]]
        for (mind, units), following in zip_longest(self.runs, after):
            if all(map(_felt, units)):
                last, before = kept[-1] if kept else (None, [])
                is_visit = not before or last == following
                just = set() if is_visit else events(last, before[-1].items)
                felt = ((unit, _felt(unit)) for unit in units)
                units = [
                    unit
                    for unit, item in felt
                    if item and item.strength >= GREAT and just & events(mind, item.causes)
                ]
            if units:
                kept.append((mind, units))
        for mind, run in groupby(kept, key=lambda one: one[0]):
            for passage in _paragraphs([unit for _, units in run for unit in units]):
                yield replace(passage, mind=mind)
        self.runs = []

    def _first_to_think(self, mind: str | None, beat: Beat) -> Beat:
        """The beat without what another has thought already, of the same people."""
        kept = []
        for notion in beat.notions:
            about = _about(mind, notion)
            if notion.thought is None or self.thought.setdefault(about, mind) == mind:
                kept.append(notion)
        return replace(beat, notions=tuple(kept))

    def _settle(self, mind: str | None, beat: Beat) -> None:
        """What a mind still feels of what was before something new happens to it is told now, or,
        if it is slight, not at all."""
        waiting = self.waiting.get(mind, ())
        only_feels = all(u.notion and u.notion.stirs for u in waiting)
        is_own = any(_doer(act) == mind for act in beat.acts)
        if waiting and beat.acts and only_feels and not is_own:
            if sum(u.notion.stake for u in waiting if u.notion) >= ALONE:
                self._turn_to(mind)
            else:
                self._drop(mind)

    def _worth(self, mind: str | None, beat: Beat, able: Together) -> float:
        stakes = [n.stake for n in beat.notions]
        stakes += [u.notion.stake for u in self.waiting.get(mind, ()) if u.notion is not None]
        whim = WHIM * draw("eyes", self.seed, mind, beat.first)
        private = {one for one, of in able if of.notions or one in self.waiting}
        worth = whim + 0.5 * sum(stakes) + OWN * any(mind in agents_of(act) for act in beat.acts)
        if self.runs and mind == self.current:
            units = self.runs[-1][1]
            short = len(units) // PARAGRAPH < PARAGRAPHS_A_MIND
            if short and len(list(_paragraphs(units))) < PARAGRAPHS_A_MIND:
                worth += STAYING if private else STAYING_ON
                worth += SETTLED * (len(units) < VISIT)
            elif private - {mind}:
                worth -= 10.0
        return worth

    def _turn_to(self, mind: str | None) -> None:
        if not self.runs or self.current != mind:
            self.runs.append((mind, []))
        self.runs[-1][1].extend(self.waiting.pop(mind, ()))
        self.patience.pop(mind, None)

    def _can_wait(self, able: Together) -> bool:
        """Whether all that happens is what a law does within one mind, or is nobody's doing,
        leaves nothing in anybody, and nothing comes of it."""
        acts = [(mind, act) for mind, beat in able for act in beat.acts]
        notions = [notion for _, beat in able for notion in beat.notions]
        if all(act.who is None and not act.arguments and act.kind == "act" for _, act in acts):
            return not notions and not any((mind, act.id) in self.led for mind, act in acts)
        is_within = len(able) == 1 and all(act.kind not in OUTER - {"happen"} for _, act in acts)
        return is_within and all(notion.thought is None for notion in notions)

    def _is_slight(self, units: Sequence[Unit]) -> bool:
        """Whether it would not be worth a visit to tell this by itself: what is felt, or guessed
        in our own words, or what a law did within a mind and nothing came of."""
        stake = sum(unit.notion.stake for unit in units if unit.notion is not None)
        return stake < ALONE and all(map(self._is_passing, units))

    def _is_passing(self, unit: Unit) -> bool:
        if unit.act is not None:
            return (
                unit.act.kind not in OUTER - {"happen"} and (unit.mind, unit.act.id) not in self.led
            )
        notion = unit.notion
        guessed = notion is not None and notion.thought is None and notion.believer is not None
        return guessed or (notion is not None and notion.stirs is not None)

    def _drop(self, mind: str | None) -> None:
        """What waits in a mind is not told; what it was the first to think, others may."""
        for unit in self.waiting.pop(mind):
            if unit.notion is not None:
                self.thought.pop(_about(mind, unit.notion), None)
        del self.patience[mind]

    def _let_wait(self) -> None:
        for mind in list(self.waiting):
            stake = sum(u.notion.stake for u in self.waiting[mind] if u.notion is not None)
            if stake >= WEIGHT:
                self._turn_to(mind)
            elif self.patience[mind] <= 0:
                if self._is_slight(self.waiting[mind]):
                    self._drop(mind)  # What stirred has long since settled.
                else:
                    self._turn_to(mind)
            else:
                self.patience[mind] -= 1


def _felt(unit: Unit) -> Item | None:
    """The feeling, or the memory of one, that a unit tells; None if it tells anything else."""
    stirs = None if unit.notion is None else unit.notion.stirs
    return stirs if stirs and (stirs.kind == "feel" or stirs.how == "remembered") else None


def _about(mind: str | None, notion: Notion) -> tuple[int | None, frozenset[str]]:
    """Which of the author's thoughts it is, and of whom besides its thinker."""
    return notion.thought, frozenset(notion.binding.values()) - {mind or ""}


def _doer(act: Item) -> str:
    """Who does it; if nobody does, whom it is first about."""
    return act.who or str(next(iter(act.arguments), ""))


def _leads(mind: str | None, beat: Beat, next_does: set[str]) -> bool:
    """Whether what happens is nobody's and about nobody, and this mind does what comes next."""
    return mind in next_does and not any(agents_of(act) or act.arguments for act in beat.acts)


def _units(beat: Beat) -> list[Unit]:
    """A beat's units: the acts, what was in the mind before them, what they left in it.

    What stirs follows the thoughts that came, or the acts if none did; it wavers before it acts,
    and what led to an act within the moment comes before that.
    What came from without, another's feeling or an act that failed, comes before what the mind
    makes of all that.
    """
    wavering = [n for n in beat.notions if n.stirs is not None and n.stirs.is_act]
    perceived = [n for n in beat.notions if n.stirs is not None and _is_perceived(n.stirs)]
    stirs = [n for n in beat.notions if n.stirs and n not in wavering and n not in perceived]
    opening = [n for n in beat.notions if n.opens]
    before = [n for n in beat.notions if not n.fresh and n not in opening]
    after = [n for n in beat.notions if n.fresh and n.stirs is None]
    ordered = [*perceived, *((*before, *after, *stirs) if after else (*stirs, *before))]
    units = [Unit(beat.mind, notion=notion) for notion in opening]
    for act in beat.acts:
        led = [n for n in ordered if set(n.items) & set(act.causes)]
        ordered = [n for n in ordered if n not in led]
        led += [n for n in wavering if n.stirs is act]
        units += (Unit(beat.mind, notion=notion) for notion in led)
        units.append(Unit(beat.mind, act=act))
    return [*units, *(Unit(beat.mind, notion=notion) for notion in ordered)]


def _is_perceived(item: Item) -> bool:
    return item.is_attempt or item.is_sensed


def _paragraphs(units: Sequence[Unit]) -> Iterator[Passage]:
    """Cut where somebody else begins to speak. How long a paragraph may be is for later."""
    current: list[Unit] = []
    speaker: str | None = None
    for unit in units:
        speaks = unit.act.who if unit.act is not None and unit.act.kind == "say" else None
        sensed = unit.act is not None and unit.act.how == "sensed"
        new_voice = sensed or _is_new_voice(current, speaker, speaks)
        if current and new_voice:
            yield Passage(current[0].mind, tuple(current))
            current, speaker = [], None
        current.append(unit)
        speaker = speaks or speaker
    if current:
        yield Passage(current[0].mind, tuple(current))


def _is_new_voice(current: Sequence[Unit], speaker: str | None, speaks: str | None) -> bool:
    if speaks is None or not current:
        return False
    if speaker is not None:
        return speaks != speaker
    agents = {agent for unit in current if unit.act is not None for agent in agents_of(unit.act)}
    thinks = current[-1].act is None and current[-1].mind != speaks
    return thinks or bool(agents - {speaks})
