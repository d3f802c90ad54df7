"""A narrator who knows more than the mind does at its hour, and says so now and then.

Receives the sentence plans of a unit, hands them on with a word of its own behind them where there
is one. Who that narrator is, is elsewhere: ``omniscient`` knows how things are, ``hindsight`` what
the mind came to think. Kept here: that it is sparing, and only speaks behind something asserted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from unspoken.telling.choosing import Choice, Choices
from unspoken.telling.plan import Piece, SentencePlan, Unit
from unspoken.telling.template import EXPERIENCER, parse

FRAGMENT = ".fragment."
"""In the frame of a thinker's call to order, which gives way: the narrator has the last word."""

_HEDGED = re.compile(
    r"\b(?:maybe|perhaps|might|seem\w*|as if|as though|probably|guess\w*|somehow|if only|"
    r"what if)\b|\?",
    re.IGNORECASE,
)


class Narrator:
    """``gap``: after how many sentences it may speak again."""

    def __init__(self, gap: int) -> None:
        self.gap = self.since = gap

    def told(self, unit: Unit, plans: list[SentencePlan], choices: Choices) -> list[SentencePlan]:
        """The sentences of a unit, with the narrator's own."""
        self.since += len(plans)
        if not plans or self.since <= self.gap:
            return plans
        aside = self.aside(unit, [one for one in plans if FRAGMENT not in one.frame], choices)
        if aside is None:
            return plans
        self.since = 0
        return [*(one for one in plans if FRAGMENT not in one.frame), aside]

    def aside(
        self, unit: Unit, plans: Sequence[SentencePlan], choices: Choices
    ) -> SentencePlan | None:
        """What there is to say of a unit, if anything."""
        raise NotImplementedError


def asserts(plans: Sequence[SentencePlan]) -> bool:
    """Whether sentences say something outright: no question, no guess."""
    return bool(plans) and not any(
        _HEDGED.search(f"{one.lead} {_plain(one)} {one.end}") for one in plans
    )


def _plain(plan: SentencePlan) -> str:
    return " ".join(
        piece.text if piece.template is None else piece.template.plain + piece.template.end
        for piece in plan.pieces
    )


def in_own_words(
    texts: Sequence[str], stage: str, unit: Unit, binding: Mapping[str, str], choices: Choices
) -> SentencePlan:
    """One of a narrator's sentences about the mind of a unit."""
    options: list[Choice] = [(f"{stage} {i}", (text, binding)) for i, text in enumerate(texts)]
    place = unit.items[-1] if unit.items else unit.notion.at if unit.notion else 0
    frame, (text, _) = choices.least_used(options, stage, unit.mind, place)  # type: ignore[arg-type]
    piece = Piece("narration", parse(text)[0], {**binding, EXPERIENCER: unit.mind or ""})
    return SentencePlan("N", frame, (piece,), unit.mind, unit.items)
