"""The telling from end to end: chronicle and storyworld in, prose with its provenance out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from unspoken.chronicle.events import Chronicle, EventNumber
from unspoken.model import Storyworld
from unspoken.telling.beats import beats
from unspoken.telling.budget import within, without_routine
from unspoken.telling.discourse import Place, in_one_mind, in_turn
from unspoken.telling.plan import Beat, Options, Paragraph, Passage, Sentence, Telling
from unspoken.telling.realise import realise
from unspoken.telling.sentences import Writer
from unspoken.telling.setting import Setting
from unspoken.telling.view import LocalId, View, times_of, trace, view


class UnknownMind(ValueError):
    """There is nobody of that name to tell through. ``known``: who there is."""

    def __init__(self, name: str | None, known: tuple[str, ...]) -> None:
        super().__init__(name, known)
        self.name = name
        self.known = known


class NotOneMind(ValueError):
    """A first person telling needs a view through one mind. ``known``: who there is."""

    def __init__(self, known: tuple[str, ...]) -> None:
        super().__init__(known)
        self.known = known


def tell(chronicle: Chronicle, storyworld: Storyworld, options: Options | None = None) -> Telling:
    """A chronicle as prose.

    Raises UnknownMind for a limited view through nobody, NotOneMind for a first person telling
    that is not a limited one.
    """
    options = options or Options()
    if options.view == "limited" and options.through not in chronicle.characters:
        raise UnknownMind(options.through, chronicle.characters)
    if options.person == "first" and options.view != "limited":
        raise NotOneMind(chronicle.characters)
    setting = Setting(storyworld)
    views = _views(chronicle, options)
    of_mind = without_routine({m: beats(each, setting) for m, each in views.items()}, setting)
    if options.view == "alternating":
        heads = _heads(chronicle, of_mind)
        views = {mind: each for mind, each in views.items() if mind in heads}
        of_mind = {mind: each for mind, each in of_mind.items() if mind in heads}

    def told(kept: Mapping[str | None, tuple[Beat, ...]]) -> Telling:
        passages = _passages(kept, views, chronicle, options.seed)
        plans = Writer(setting, views, options).paragraphs(passages)
        return Telling(realise(plans, views, setting, options), options)

    words = options.words
    telling = told(of_mind) if words is None else within(words, of_mind, views, setting, told)
    if options.view == "alternating" and not telling.paragraphs:
        # Nobody perceived anything: then a camera is all there is.
        return tell(chronicle, storyworld, replace(options, view="external"))
    return _with_provenance(telling, chronicle)


HEAD_SHARE = 3
"""A character is a head of an alternating telling if it does at least this part (a third) of what
the busiest does."""


def _views(chronicle: Chronicle, options: Options) -> dict[str | None, View]:
    """The views that a telling may use, and no others."""
    if options.view == "limited":
        return {options.through: view(chronicle, options.through)}
    if options.view == "external":
        return {None: view(chronicle, None)}
    return {character: view(chronicle, character) for character in chronicle.characters}


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
    views: Mapping[str | None, View],
    chronicle: Chronicle,
    seed: int,
) -> tuple[Passage, ...]:
    minds = [mind for mind in views if mind is not None]
    if len(views) == 1:
        return in_one_mind(next(iter(kept.values())))
    numbers = {mind: trace(chronicle, mind) for mind in minds}
    times = {mind: times_of(chronicle, mind) for mind in minds}

    def place(mind: str, item: LocalId) -> Place:
        return times[mind][item], numbers[mind][item]

    return in_turn({mind: kept[mind] for mind in minds}, place, seed)


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
        Paragraph(p.mind, tuple(traced(s) for s in p.sentences)) for p in telling.paragraphs
    )
    return replace(telling, paragraphs=paragraphs)
