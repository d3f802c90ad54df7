"""The telling from end to end: chronicle and storyworld in, prose with its provenance out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec.structs import replace

from unspoken.chronicle.events import Chronicle
from unspoken.model import Storyworld
from unspoken.telling.beats import beats
from unspoken.telling.because import Because
from unspoken.telling.budget import within, without_routine
from unspoken.telling.discourse import Place, in_one_mind, in_turn, shared_beats
from unspoken.telling.hindsight import Hindsight
from unspoken.telling.narrator import Narrator
from unspoken.telling.omniscient import Omniscient
from unspoken.telling.order import Stretch, flashback
from unspoken.telling.plan import Beat, Options, Paragraph, Passage, Sentence, Telling
from unspoken.telling.realise import realise
from unspoken.telling.sentences import Writer
from unspoken.telling.setting import Setting
from unspoken.telling.view import LocalId, Trail, View, view_and_trail


class UnknownMind(ValueError):
    """There is nobody of that name to tell through. ``known``: who there is."""

    def __init__(self, name: str | None, known: tuple[str, ...]) -> None:
        super().__init__(name, known)
        self.name = name
        self.known = known


class NotOneMind(ValueError):
    """Who says *I* tells what one mind has: in a limited view, or in the sections of a replay.
    ``known``: who there is."""

    def __init__(self, known: tuple[str, ...]) -> None:
        super().__init__(known)
        self.known = known


class NotI(ValueError):
    """Hindsight is an *I*'s."""


def tell(chronicle: Chronicle, storyworld: Storyworld, options: Options | None = None) -> Telling:
    """A chronicle as prose.

    Raises UnknownMind for a limited view through nobody, NotOneMind for a first person that is not
    somebody's, NotI for hindsight in the third.
    """
    options = options or Options()
    if options.view == "limited" and options.through not in chronicle.characters:
        raise UnknownMind(options.through, chronicle.characters)
    if options.person == "first" and options.view not in ("limited", "replay"):
        raise NotOneMind(chronicle.characters)
    if options.hindsight and options.person != "first":
        raise NotI
    setting = Setting.of(storyworld)
    seen = {mind: view_and_trail(chronicle, mind) for mind in _minds(chronicle, options)}
    views = {mind: view for mind, (view, _) in seen.items()}
    trails = {mind: trail for mind, (_, trail) in seen.items()}
    of_mind = {mind: beats(each, setting) for mind, each in views.items()}
    if options.view == "omniscient":
        of_mind[None] = _unperceived(of_mind[None], chronicle, trails[None])
    of_mind = dict(without_routine(of_mind, setting))
    if options.view == "replay":
        return _replayed(chronicle, setting, of_mind, options)
    if options.view == "alternating":
        heads = _heads(chronicle, of_mind)
        views = {mind: each for mind, each in views.items() if mind in heads}
        of_mind = {mind: each for mind, each in of_mind.items() if mind in heads}

    def told(kept: Mapping[str | None, tuple[Beat, ...]]) -> Telling:
        passages = _passages(kept, trails, chronicle, setting, options)
        narrator = _narrator(chronicle, views, setting, options)
        plans = Writer(setting, views, options, narrator).paragraphs(passages)
        return Telling(realise(plans, views, setting, options), options)

    words = options.words
    telling = told(of_mind) if words is None else within(words, of_mind, views, setting, told)
    if options.view == "alternating" and not telling.paragraphs:
        # Nobody perceived anything: then a camera is all there is.
        return tell(chronicle, storyworld, replace(options, view="external"))
    return _with_provenance(telling, chronicle, trails)


def _replayed(
    chronicle: Chronicle,
    setting: Setting,
    of_mind: Mapping[str | None, tuple[Beat, ...]],
    options: Options,
) -> Telling:
    """The story once through each head, each its whole limited telling.

    Whoever has least of its own comes first, whoever has most comes last: every telling then says
    what those before it had to leave open, and the one that kept most to itself is the answer.
    """
    own = {mind: sum(n.stake for b in each for n in b.notions) for mind, each in of_mind.items()}
    heads = [mind for mind in chronicle.characters if mind in _heads(chronicle, of_mind)]
    heads.sort(key=lambda mind: own[mind])
    headings = sum(len(setting.name(mind).split()) for mind in heads)
    left = None if options.words is None else options.words - headings
    each = None if left is None else max(left // max(len(heads), 1), 1)
    paragraphs: list[Paragraph] = []
    for mind in heads:
        through = replace(options, view="limited", through=mind, words=each)
        first, *rest = tell(chronicle, setting.world, through).paragraphs or (None,)
        if first is not None:
            name = setting.name(mind)
            paragraphs += (replace(first, heading=name[:1].upper() + name[1:]), *rest)
    return Telling(tuple(paragraphs), options)


def _unperceived(seen: tuple[Beat, ...], chronicle: Chronicle, trail: Trail) -> tuple[Beat, ...]:
    """What a camera saw and nobody else did."""
    left = (
        replace(
            beat,
            acts=tuple(a for a in beat.acts if not chronicle.events[trail[a.id][1]].percepts),
        )
        for beat in seen
    )
    return tuple(beat for beat in left if beat.acts)


def _narrator(
    chronicle: Chronicle,
    views: Mapping[str | None, View],
    setting: Setting,
    options: Options,
) -> Narrator | None:
    """Who knows more than the mind does at its hour: everything, or what it came to know."""
    if options.view == "omniscient":
        return Omniscient(chronicle, views, setting)
    if options.hindsight:
        return Hindsight(views[options.through], setting)
    return None


HEAD_SHARE = 3
"""A character is a head of an alternating telling if it does at least this part (a third) of what
the busiest does."""


def _minds(chronicle: Chronicle, options: Options) -> tuple[str | None, ...]:
    """Whose views a telling may use, and no others."""
    if options.view == "limited":
        return (options.through,)
    if options.view == "external":
        return (None,)
    return (*chronicle.characters, None) if options.view == "omniscient" else chronicle.characters


def _heads(chronicle: Chronicle, of_mind: Mapping[str | None, tuple[Beat, ...]]) -> set[str]:
    """Through whom an alternating telling goes: the characters who do much; those to whom a thought
    comes that the author gave words to; and whoever else is needed so that no act is lost which
    somebody perceived."""
    acts = list(chronicle.acts())
    done = Counter(name for event in acts for name in set(event.participants))
    least = max(max(done.values(), default=0) / HEAD_SHARE, 1)
    heads = {
        name
        for name in chronicle.characters
        if done[name] >= least
        or any(n.fresh and n.thought is not None for beat in of_mind[name] for n in beat.notions)
    }
    for event in acts:
        if event.percepts and not heads & set(event.percepts):
            agent = event.who
            heads.add(agent if agent in event.percepts and agent else min(event.percepts))
    return heads


def _passages(
    kept: Mapping[str | None, tuple[Beat, ...]],
    trails: Mapping[str | None, Trail],
    chronicle: Chronicle,
    setting: Setting,
    options: Options,
) -> tuple[Passage, ...]:
    def place(mind: str | None, item: LocalId) -> Place:
        return trails[mind][item]

    moments = shared_beats(kept, place)
    found: tuple[Stretch, ...] = (Stretch(moments),)
    if options.order == "flashback":
        one = options.through if options.view == "limited" else None
        because = Because.of(chronicle, one, setting)
        found = flashback(moments, lambda mind, item: because.led(trails[mind][item][1]))
    return in_one_mind(found) if len(kept) == 1 else in_turn(found, place, options.seed)


def _with_provenance(
    telling: Telling, chronicle: Chronicle, trails: Mapping[str | None, Trail]
) -> Telling:
    """The same telling with the chronicle's numbers and the world's lines beside each sentence."""

    def traced(sentence: Sentence) -> Sentence:
        trail = trails[sentence.mind]
        events = tuple([trail[item][1] for item in sentence.items])
        lines = dict.fromkeys([chronicle.events[number].line for number in events])
        lines.pop(None, None)
        return replace(sentence, events=events, lines=tuple(lines))

    paragraphs = tuple(
        replace(p, sentences=tuple(traced(s) for s in p.sentences)) for p in telling.paragraphs
    )
    return replace(telling, paragraphs=paragraphs)
