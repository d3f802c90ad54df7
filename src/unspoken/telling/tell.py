"""The telling from end to end: chronicle and storyworld in, prose with its provenance out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from unspoken.chronicle.events import Chronicle, EventNumber
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
from unspoken.telling.view import LocalId, View, trace, trail, view


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
    views = _views(chronicle, options)
    of_mind = {mind: beats(each, setting) for mind, each in views.items()}
    if options.view == "omniscient":
        of_mind[None] = _unperceived(of_mind[None], chronicle)
    of_mind = dict(without_routine(of_mind, setting))
    if options.view == "replay":
        return _replayed(chronicle, setting, of_mind, options)
    if options.view == "alternating":
        heads = _heads(chronicle, of_mind)
        views = {mind: each for mind, each in views.items() if mind in heads}
        of_mind = {mind: each for mind, each in of_mind.items() if mind in heads}

    def told(kept: Mapping[str | None, tuple[Beat, ...]]) -> Telling:
        passages = _passages(kept, chronicle, setting, options)
        narrator = _narrator(chronicle, views, setting, options)
        plans = Writer(setting, views, options, narrator).paragraphs(passages)
        return Telling(realise(plans, views, setting, options), options)

    words = options.words
    telling = told(of_mind) if words is None else within(words, of_mind, views, setting, told)
    if options.view == "alternating" and not telling.paragraphs:
        # Nobody perceived anything: then a camera is all there is.
        return tell(chronicle, storyworld, replace(options, view="external"))
    return _with_provenance(telling, chronicle)


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
    each = None if options.words is None else max(options.words // max(len(heads), 1), 1)
    paragraphs: list[Paragraph] = []
    for mind in heads:
        through = replace(options, view="limited", through=mind, words=each)
        first, *rest = tell(chronicle, setting.world, through).paragraphs or (None,)
        if first is not None:
            name = setting.name(mind)
            paragraphs += (replace(first, heading=name[:1].upper() + name[1:]), *rest)
    return Telling(tuple(paragraphs), options)


def _unperceived(seen: tuple[Beat, ...], chronicle: Chronicle) -> tuple[Beat, ...]:
    """What a camera saw and nobody else did."""
    numbers = trace(chronicle, None)
    left = (
        replace(
            beat,
            acts=tuple(a for a in beat.acts if not chronicle.events[numbers[a.id]].percepts),
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


def _views(chronicle: Chronicle, options: Options) -> dict[str | None, View]:
    """The views that a telling may use, and no others."""
    if options.view == "limited":
        return {options.through: view(chronicle, options.through)}
    if options.view == "external":
        return {None: view(chronicle, None)}
    inner: dict[str | None, View] = {c: view(chronicle, c) for c in chronicle.characters}
    return inner | {None: view(chronicle, None)} if options.view == "omniscient" else inner


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
    chronicle: Chronicle,
    setting: Setting,
    options: Options,
) -> tuple[Passage, ...]:
    places = {mind: trail(chronicle, mind) for mind in kept}

    def place(mind: str | None, item: LocalId) -> Place:
        return places[mind][item]

    moments = shared_beats(kept, place)
    found: tuple[Stretch, ...] = (Stretch(moments),)
    if options.order == "flashback":
        one = options.through if options.view == "limited" else None
        because = Because.of(chronicle, one, setting)
        found = flashback(moments, lambda mind, item: because.led(places[mind][item][1]))
    return in_one_mind(found) if len(kept) == 1 else in_turn(found, place, options.seed)


def _with_provenance(telling: Telling, chronicle: Chronicle) -> Telling:
    """The same telling with the chronicle's numbers and the world's lines beside each sentence."""
    numbers: dict[str | None, tuple[EventNumber, ...]] = {}

    def traced(sentence: Sentence) -> Sentence:
        if sentence.mind not in numbers:
            numbers[sentence.mind] = trace(chronicle, sentence.mind)
        events = tuple(numbers[sentence.mind][item] for item in sentence.items)
        lines = (chronicle.events[number].line for number in events)
        found = dict.fromkeys(line for line in lines if line is not None)
        return replace(sentence, events=events, lines=tuple(found))

    paragraphs = tuple(
        replace(p, sentences=tuple(traced(s) for s in p.sentences)) for p in telling.paragraphs
    )
    return replace(telling, paragraphs=paragraphs)
