"""Questions with their answers from a chronicle, for a reader who has one page of it.

Receives a chronicle, the model and a telling; hands on ``Questions``: only such as the page carries
the answer to, in its order, the options shuffled by keyed draws. Deterministic per seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from unspoken.chronicle.events import Chain, Chronicle, EventNumber
from unspoken.model import Storyworld
from unspoken.queries import beliefs, motives
from unspoken.queries.carried import Page, Place
from unspoken.queries.question import Asking, Draft, Kind
from unspoken.queries.saying import capital
from unspoken.queries.words import Words
from unspoken.telling import Telling
from unspoken.telling.draws import draw

__all__ = ["Kind", "Place", "Question", "Questions", "questions"]

ENOUGH = 12
"""How many questions there are at most, if nobody says."""
MOST_WRONG = 3
"""How many wrong options a question has at most; those with only one come last."""

_KINDS: tuple[Callable[[Asking], Iterator[Draft]], ...] = (
    beliefs.believed,
    motives.why,
    beliefs.mistaken,
    motives.wanted,
    motives.felt,
    beliefs.knew,
    motives.thinker,
)
"""Asked in turn, so that a short list has something of each."""
_OF_SEVERAL = (beliefs.mistaken, beliefs.knew)
"""What compares minds with each other or with the truth, which no page through one mind has."""


class Question(Struct, frozen=True):
    """``answer``: the place of the right one among the options. ``minds``, ``events`` and
    ``places``: whose mind it is about, and the evidence, in the chronicle and on the page."""

    kind: Kind
    minds: Chain
    text: str
    options: tuple[str, ...]
    answer: int
    events: tuple[EventNumber, ...]
    places: tuple[Place, ...]


class Questions(Struct, frozen=True):
    """A page, and what to ask whoever has read it."""

    telling: Telling
    questions: tuple[Question, ...]

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions)

    def __len__(self) -> int:
        return len(self.questions)


def questions(
    chronicle: Chronicle, storyworld: Storyworld, telling: Telling, most: int = ENOUGH
) -> Questions:
    """At most so many questions to a telling of a chronicle, of as many kinds as there are."""
    words = Words(storyworld)
    asking = Asking(Page(chronicle, words.setting, telling), words)
    seed = telling.options.seed
    kinds = [kind for kind in _KINDS if not (asking.page.is_of_one and kind in _OF_SEVERAL)]
    by_kind = [_drawn(kind(asking), seed) for kind in kinds]
    chosen: list[Draft] = []
    while any(by_kind) and len(chosen) < most:
        for drafts in by_kind:
            if drafts and len(chosen) < most:
                chosen.append(drafts.pop(0))
    chosen.sort(key=lambda draft: (max(draft.places), draft.stem))
    return Questions(telling, tuple(_finished(draft, seed) for draft in chosen))


def _drawn(drafts: Iterable[Draft], seed: int) -> list[Draft]:
    """Drafts that can be asked, in an order that the seed decides; the same thing once, and what is
    asked deepest first."""
    found: dict[tuple[Chain, str], Draft] = {}
    for draft in drafts:
        if draft.wrong:
            found.setdefault((draft.minds, draft.right), draft)
    return sorted(
        found.values(),
        key=lambda d: (
            len(d.wrong) == 1,
            -len(d.minds),
            draw("question", seed, d.stem, d.right),
        ),
    )


def _finished(draft: Draft, seed: int) -> Question:
    """The first wrong option, which is the nearest, and two of the others, mixed."""
    nearest, rest = draft.wrong[:1], draft.wrong[1:8]
    key = ("option", seed, draft.kind, draft.stem)
    rest = tuple(sorted(rest, key=lambda text: draw(*key, "which", text)))
    options = (draft.right, *nearest, *rest[: MOST_WRONG - 1])
    options = tuple(sorted(options, key=lambda text: draw(*key, "order", text)))
    return Question(
        draft.kind,
        draft.minds,
        draft.stem,
        tuple(map(capital, options)),
        options.index(draft.right),
        draft.events,
        draft.places,
    )
