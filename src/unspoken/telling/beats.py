"""What there is to tell: a view's items gathered into beats.

Receives a view, hands on beats in the mind's order: the acts of a moment, and the notions (thoughts
worded by the author, beliefs, surprises) that they left in the mind. A change of belief about the
very fact that an act has just told is absorbed by it. Deliberately does not know sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec.structs import replace

from unspoken.chronicle.events import Chain, Fact, Value
from unspoken.model import (
    Believes,
    Fluent,
)
from unspoken.telling.holds import holds, obstacle
from unspoken.telling.lexicon import WHEREABOUTS
from unspoken.telling.narrowing import narrowed
from unspoken.telling.plan import Beat, Notion
from unspoken.telling.propositions import term
from unspoken.telling.salience import salient, stirrings
from unspoken.telling.setting import Setting
from unspoken.telling.thoughts import Way
from unspoken.telling.view import Item, LocalId, View
from unspoken.telling.wording import (
    agents_of,
    belief_wording,
    denial_wording,
    in_the_heart,
)

THOUGHTS_A_BEAT = 3
BELIEFS_A_BEAT = 2
"""Readers of other systems complain of floods; more than this and the rest stays silent."""
EARLY = 4
"""In how many beats what a mind thinks from the beginning is told."""


def beats(view: View, setting: Setting) -> tuple[Beat, ...]:
    """All that the view has to tell. Thoughts that were there from the beginning are spread over
    the mind's first quiet moments."""
    fresh = _Fresh(view, setting)
    found = []
    for _, group in groupby(view.items, key=lambda item: item.time):
        items = tuple(group)
        acts = _acts(items, view, setting)
        notions: tuple[Notion, ...] = ()
        if view.mind is not None:
            notions = (
                *_notions(items, acts, view, setting, fresh),
                *stirrings(items, view, setting),
            )
        if acts or notions:
            found.append(Beat(view.mind, items[0].id, acts, notions))
    with_first = _with_first_thoughts(_after_signs(found, view, setting), fresh)
    return salient(_once(with_first))


def _acts(items: tuple[Item, ...], view: View, setting: Setting) -> tuple[Item, ...]:
    """What is told of a moment as happening: acts (a camera hears no thought come through a
    channel); laws at work, outside or in this mind, if their
    author gave them a frame, each once."""
    told: list[Item] = []
    laws: set[tuple[str, tuple[Value, ...]]] = set()
    for item in items:
        if view.mind is None and setting.passing(item.name, item.arguments) is not None:
            continue
        if item.is_act or (item.kind in ("refuse", "fail") and not item.is_attempt):
            told.append(item)
            continue
        is_law = item.kind == "happen" or (item.how == "inferred" and len(item.minds) == 1)
        law = (item.name, item.arguments)
        if is_law and item.name and law not in laws and setting.frames(*law):
            laws.add(law)
            told.append(item)
    return tuple(told)


# Thoughts in the author's words


class _Fresh:
    """Which of the world's thoughts come up in a view, each once.

    What keeps a mind from a thought does so until it changes: of a thought that the mind has not,
    the first condition that does not hold is all that is watched. ``first``: those that it has
    from the beginning.
    """

    def __init__(self, view: View, setting: Setting) -> None:
        self.view = view
        self.setting = setting
        self.ways = setting.thoughts.of(view.mind or "")
        self.told: set[int] = set()
        self.held: set[int] = set()
        self.watched: defaultdict[Fact | str, list[int]] = defaultdict(list)
        self.first = [way for place, way in enumerate(self.ways) if self._has(place, LocalId(0))]

    def after(self, changed: Iterable[Fact], end: LocalId) -> Iterator[Way]:
        """Those that the mind has as these facts have changed, and never had before."""
        asked: set[int] = set()
        for fact in changed:
            asked.update(self.watched.pop(fact, ()))
            asked.update(self.watched.get(fact.property, ()))
        for place in sorted(asked - self.told):
            had = place in self.held
            if self._has(place, end) and not had:
                self.told.add(place)
                yield self.ways[place]

    def _has(self, place: int, before: LocalId) -> bool:
        """Whether the mind has a thought now; watches what may change that."""
        way = self.ways[place]
        against = obstacle(way, self.view, self.setting, before)
        for condition in way.conditions if against is None else (against,):
            for one in condition.reads:
                self.watched[one].append(place)
        if against is None:
            self.held.add(place)
        else:
            self.held.discard(place)
        return against is None


def _notions(
    items: tuple[Item, ...],
    happening: tuple[Item, ...],
    view: View,
    setting: Setting,
    fresh: _Fresh,
) -> tuple[Notion, ...]:
    inner = [item for item in items if item.fact is not None]
    if not inner:
        return ()
    end = LocalId(items[-1].id + 1)
    thoughts = []
    covered: set[str] = set()
    changed = frozenset(item.fact for item in inner if item.fact is not None)
    for way in fresh.after(changed, end):
        about = setting.thoughts.properties[way.thought]
        behind = [i for i in inner if i.fact and i.fact.property in about]
        surprised = "surprise" in [i.kind for i in behind]
        sources = tuple([i.id for i in behind])
        notion = _thought(way, sources, end, view, setting, surprised=surprised)
        thoughts.append(notion)
        covered |= about
    thoughts.sort(key=lambda notion: -notion.stake)
    kept = sorted(thoughts[:THOUGHTS_A_BEAT], key=lambda notion: notion.thought or 0)
    left: list[Notion] = []
    told: frozenset[Fact] = frozenset()
    if view.has_worlds:
        acts = (item for item in happening if item.is_act)
        done = {e for act in acts for e in setting.effects(act.name, act.arguments)}
        # What an act makes so in the world, telling it tells.
        made = {fact.property for minds, fact in done if not minds}
        for facts, notion in narrowed(items, view, setting, frozenset(covered | made)):
            left.append(notion)
            told |= facts
    plain = _beliefs(happening, inner, view, setting, frozenset(covered), told)
    return (*left, *plain, *kept)


def _thought(
    way: Way,
    sources: tuple[LocalId, ...],
    at: LocalId,
    view: View,
    setting: Setting,
    *,
    surprised: bool = False,
    fresh: bool = True,
) -> Notion:
    assert view.mind is not None
    elsewhere = is_elsewhere(setting.thoughts.parts[way.thought], view.mind, way.binding)
    return Notion(
        items=sources,
        at=at,
        binding=way.binding,
        stake=1.5 + 0.5 * elsewhere + 1.0 * surprised,
        elsewhere=elsewhere,
        thought=way.thought,
        surprise=surprised,
        fresh=fresh,
    )


def is_elsewhere(parts: Iterable[object], thinker: str, binding: Mapping[str, str]) -> bool:
    """Whether a proposition of these parts is about what goes on in somebody other than the
    thinker."""
    for part in parts:
        if isinstance(part, Believes) and term(part.character, binding) != thinker:
            return True
        if isinstance(part, Fluent):
            if any(term(mind, binding) != thinker for mind in part.minds):
                return True
            fact = Fact(part.property.name, tuple(term(a, binding) for a in part.arguments))
            if in_the_heart(fact, thinker):
                return True
    return False


def _after_signs(found: Sequence[Beat], view: View, setting: Setting) -> tuple[Beat, ...]:
    """The beats, where a reading of somebody waits for what shows in them right after: a law may
    let a mind infer what goes on in another a moment before the face says so. It is told only if
    it is still so then. What is felt towards that one is told after it, too."""
    beats = list(found)
    for i, following in enumerate(beats[1:]):
        shown = _shown(following, setting) - {view.mind}
        waiting = [n for n in beats[i].notions if _waits(n, shown)]
        if waiting:
            over = beats[i + 2].first if i + 2 < len(beats) else LocalId(len(view.items))
            still = (
                n if n.stirs is not None else replace(n, at=over)
                for n in waiting
                if n.stirs is not None or _still_holds(n, view, setting, over)
            )
            kept = tuple(n for n in beats[i].notions if n not in waiting)
            beats[i] = replace(beats[i], notions=kept)
            beats[i + 1] = replace(beats[i + 1], notions=(*still, *beats[i + 1].notions))
    return tuple(beats)


def _shown(beat: Beat, setting: Setting) -> set[str | None]:
    """Who is betrayed in a beat, if nothing else happens in it."""
    found = [setting.betrays(act.name, act.arguments) for act in beat.acts]
    return {one[0] for one in found if one is not None} if all(found) else set()


def _waits(notion: Notion, shown: set[str | None]) -> bool:
    """Whether this is what somebody now makes of another's heart, in the author's words, or feels
    towards that one, who shows something right after."""
    if notion.stirs is not None:
        return notion.stirs.kind == "feel" and notion.stirs.toward in shown
    reads = notion.thought is not None and notion.fresh and notion.elsewhere
    return reads and bool(shown & set(notion.binding.values()))


def _with_first_thoughts(found: tuple[Beat, ...], fresh: _Fresh) -> tuple[Beat, ...]:
    """Adds what the mind thinks from the beginning to its first beats: one or two to each in which
    it thinks little else, as long as it still thinks so when the beat is over, for the acts of a
    beat are told first."""
    view, setting, start = fresh.view, fresh.setting, LocalId(0)
    waiting = [_thought(way, (), start, view, setting, fresh=False) for way in fresh.first]
    beats = list(found)
    for i, beat in enumerate(found[:EARLY]):
        room = 2 - (len(beat.notions) if beat.acts else 0)
        now = beat.first
        over = found[i + 1].first if i + 1 < len(found) else LocalId(len(view.items))
        still = [n for n in waiting if _still_holds(n, view, setting, over)]
        given = tuple(replace(n, at=now) for n in still[: max(room, 0)])
        waiting = still[len(given) :]
        beats[i] = replace(beat, notions=(*given, *beat.notions))
    return tuple(beats)


def _once(found: Sequence[Beat]) -> tuple[Beat, ...]:
    """The beats without the author's thoughts that have been given already: what was there from
    the beginning may cease, and come back."""
    given: set[tuple[int, tuple[tuple[str, str], ...]]] = set()
    beats = []
    for beat in found:
        keys = [(n.thought, tuple(n.binding.items())) for n in beat.notions]
        again = {key for key in keys if key in given}
        notions = [n for n, key in zip(beat.notions, keys, strict=True) if key not in again]
        given |= {(thought, binding) for thought, binding in keys if thought is not None}
        beats.append(replace(beat, notions=tuple(notions)))
    return tuple(beats)


def _still_holds(notion: Notion, view: View, setting: Setting, before: LocalId) -> bool:
    assert notion.thought is not None
    thought = setting.world.telling.thoughts[notion.thought]
    return holds(thought.proposition, view, setting, notion.binding, before)


# Beliefs in our own words


def _beliefs(
    happening: tuple[Item, ...],
    inner: list[Item],
    view: View,
    setting: Setting,
    covered: frozenset[str],
    told: frozenset[Fact],
) -> tuple[Notion, ...]:
    """What changed in the mind and no act or law has told: new whereabouts, corrections, what
    others must now believe. ``happening``: what is told as such. ``told``: what is so or not is
    told of these."""
    acts = [item for item in happening if item.is_act]
    if any(setting.speech(act.name, act.arguments) for act in acts):
        return ()
    changes: dict[tuple[Chain, Fact], list[Item]] = {}
    for item in inner:
        if len(item.minds) <= 2 and item.fact and item.fact.property not in covered:
            changes.setdefault((item.minds, item.fact), []).append(item)
    if not changes:
        return ()
    # What an act changes in the world, telling it tells.
    effects = {effect for act in acts for effect in setting.effects(act.name, act.arguments)}
    parts = (one for act in acts for one in (*agents_of(act), *map(str, act.arguments)))
    present = {one for one in parts if setting.sort(one) == "character"}
    laws = [item for item in happening if item.kind == "happen"]
    brought = {effect for law in laws for effect in setting.effects(law.name, law.arguments)}
    found = []
    for (minds, fact), changed in changes.items():
        if ((), fact) in effects or (minds, fact) in brought:
            continue
        if fact in told and not minds[1:]:
            continue
        if minds[1:] and ((minds[:1], fact) in changes or (minds[1:], fact) not in effects):
            continue
        if fact.property in WHEREABOUTS and fact.arguments[0] in present:
            continue
        notion = _belief(minds, fact, changed, view, setting)
        if notion is not None:
            found.append(notion)
    best = sorted(found, key=lambda notion: (-notion.stake, notion.items))[:BELIEFS_A_BEAT]
    return tuple(sorted(best, key=lambda notion: notion.items))


def _is_at(view: View, fact: Fact, place: Value, at: LocalId) -> bool:
    """Whether whoever's view it is takes itself to be where somebody else is, or was."""
    mind = view.mind or ""
    try:
        return view.value((mind,), Fact(fact.property, (mind,)), at) == place
    except KeyError:
        return False  # the world does not say where this mind is


def _belief(
    minds: Chain,
    fact: Fact,
    changed: list[Item],
    view: View,
    setting: Setting,
) -> Notion | None:
    assert view.mind is not None
    first, last = changed[0], changed[-1]
    before, after = first.before, last.after
    surprise = first.kind == "surprise" and not minds[1:]
    if before == after or (fact.arguments[:1] == (view.mind,) and not surprise):
        return None
    wording = (
        denial_wording(fact, before, setting)
        if after is None
        else belief_wording(fact, after, setting)
    )
    if wording is None or (minds[1:] and after is None):
        return None
    is_where = fact.property in WHEREABOUTS  # somebody has gone somewhere, as people do
    is_person = is_where and setting.sort(str(fact.arguments[0])) == "character"
    if is_person and minds[1:]:
        return None  # that somebody has seen where somebody is
    # Somebody comes or is gone before one's eyes only where one is.
    where = is_person and _is_at(view, fact, before if after is None else after, last.id)
    corrected = surprise or (before is not None and (after is None or where))
    return Notion(
        items=tuple(item.id for item in changed),
        at=LocalId(last.id + 1),
        binding=wording.binding,
        stake=(2.0 if not is_where else 0.8) if corrected else 1.0 if minds[1:] else 0.6,
        elsewhere=bool(minds[1:]) or in_the_heart(fact, view.mind),
        wording=wording,
        believer=minds[1] if minds[1:] else None,
        surprise=corrected,
        seen=last.how in ("saw", "noticed") and where is is_person,
        where=where,
    )
