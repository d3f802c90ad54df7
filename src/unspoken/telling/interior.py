"""How what stirs in a mind is told: feelings, the wavering before an act, attempts that fail.

The author's ``inside`` words come first, then those of ``feelings``; none comes twice in a telling.
What was not said or done is in ``unsaid``, thoughts that came from elsewhere in ``sensed``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from unspoken.telling import feelings
from unspoken.telling.choosing import Choices
from unspoken.telling.draws import weigh
from unspoken.telling.plan import Form, Notion, Piece, SentencePlan, Unit
from unspoken.telling.salience import sort_of
from unspoken.telling.sensed import Sensed
from unspoken.telling.template import (
    ADDRESSEE,
    EXPERIENCER,
    Mention,
    Template,
    Words,
    parse,
)
from unspoken.telling.unsaid import Unsaid
from unspoken.telling.view import Item
from unspoken.telling.wording import infinitive

Option = tuple[str, Form, str]
"""A frame's id, the form, the text."""

_OWN = re.compile(r"\{(?:I|me|my|mine|myself)\}")
_HANGS = re.compile(r"\{my\}[^\[]*$")
"""A touch that cannot stand by itself: *her mouth dry*."""
_BESIDE = ("touch ", "inside ")
_SHORT = 9
"""How many words a sentence has at most that a feeling is still put beside."""


class Interior(Struct, dict=True):
    """Words what stirs in a mind. ``opening``: how what stirred last was told."""

    choices: Choices
    opening: str = ""

    def __post_init__(self) -> None:
        self.unsaid = Unsaid(self.choices)
        self.sensed = Sensed(self.choices)

    def plans(self, unit: Unit, notion: Notion, before: SentencePlan | None) -> list[SentencePlan]:
        """The sentences that tell it, after the one that stands before it in its passage; none, if
        all has been said that could be."""
        assert notion.stirs is not None
        match sort_of(notion.stirs):
            case "feeling":
                return self._feeling(unit, notion, notion.stirs, before)
            case "unsaid":
                return self.unsaid.plans(unit, notion, notion.stirs)
            case "sensed":
                return self.sensed.notion(unit, notion, notion.stirs)
            case "memory":
                return self._memory(unit, notion, notion.stirs)
            case "attempt":
                return self._attempt(unit, notion, notion.stirs)
            case "wavering":
                options = [
                    ((f"wavering {i}", "NI", text), 1.0) for i, text in enumerate(feelings.WAVERING)
                ]
                return self._chosen(unit, notion, options, {})  # type: ignore[arg-type]

    def _feeling(
        self, unit: Unit, notion: Notion, feeling: Item, before: SentencePlan | None
    ) -> list[SentencePlan]:
        binding = (
            {ADDRESSEE: feeling.toward} if feeling.toward and feeling.toward != unit.mind else {}
        )
        word = feeling.name
        own = self.choices.setting.voice(unit.mind or "")
        authored = dict(own.inside).get(word, ()) if own is not None else ()
        options: list[tuple[Option, float]] = [
            ((f"inside {word}.{i}", "NI", text), 1.0) for i, text in enumerate(authored)
        ]
        if not any(self._is_fresh(frame, text, binding) for (frame, _, text), _ in options):
            options = list(self._by_strength(word, feeling.strength))
        if unit.mind and self.choices.setting.pronoun(unit.mind) is None:
            # Whoever has no pronoun is named each time: once is enough.
            options = [one for one in options if len(_OWN.findall(one[0][2])) < 2] or options
        if before is None:
            # What opens a passage names whose eyes these are.
            options = [one for one in options if _OWN.search(one[0][2])] or options
        if not _takes_beside(before):
            # What is no sentence needs one to stand beside.
            options = [one for one in options if not one[0][0].startswith("touch ")] or options
            options = [one for one in options if not _HANGS.match(one[0][2])] or options
        return self._chosen(unit, notion, options, binding)

    def _by_strength(self, word: str, strength: float) -> Iterator[tuple[Option, float]]:
        """The core's words for a feeling as strong as this: a body's, a touch, a thought."""
        slight, great = feelings.SLIGHT.get(word, ()), feelings.GREAT.get(word, ())
        if slight and strength < feelings.SLIGHTLY:
            yield from _weighted(f"slight {word}", "NI", slight, 0.5)
            return
        direct = 3.0 if self.choices.tense == "present" else 1.0
        if great and strength >= feelings.GREATLY:
            yield from _weighted(f"great {word}", "NI", great, 2.0)
        yield from _weighted(f"body {word}", "NI", feelings.BODY.get(word, ()), 0.5)
        yield from _weighted(f"touch {word}", "NI", feelings.TOUCH.get(word, ()), 0.3)
        yield from _weighted(f"words {word}", "FDT", feelings.WORDS.get(word, ()), 0.2 * direct)

    def _memory(self, unit: Unit, notion: Notion, memory: Item) -> list[SentencePlan]:
        """Something that was felt before comes back; none if there are no words for it."""
        felt = memory.thought
        if felt is None or felt.kind != "feel" or felt.name not in feelings.NOUNS:
            return []
        noun = feelings.NOUNS[felt.name]
        options: list[tuple[Option, float]] = [
            ((f"memory {i}", "NI", text % noun), 1.0) for i, text in enumerate(feelings.MEMORIES)
        ]
        return self._chosen(unit, notion, options, {})

    def _chosen(
        self,
        unit: Unit,
        notion: Notion,
        options: Sequence[tuple[Option, float]],
        binding: Mapping[str, str],
    ) -> list[SentencePlan]:
        """One of the options that have not been used, as sentences."""
        assert notion.stirs is not None
        fresh = [pair for pair in options if self._is_fresh(pair[0][0], pair[0][2], binding)]
        if not fresh:
            return []
        key = self.choices.key("stirs", unit.mind, notion.at, notion.stirs.name)
        other = [pair for pair in fresh if _opening(pair[0][2]) != self.opening] or fresh
        frame, form, text = weigh(other, *key)
        self.opening = _opening(text)
        if form == "FDT":
            pieces = (Piece("quoted", text=text),)
            plan = SentencePlan(form, frame, pieces, unit.mind, notion.items, unit.mind, end="")
            return [plan]
        binding = {**binding, EXPERIENCER: unit.mind or ""}
        return [
            SentencePlan(
                form=form,
                frame=frame if place == 0 else f"{frame}#{place}",
                pieces=(Piece("narration", template, binding),),
                mind=unit.mind,
                items=notion.items,
                end=template.end or ".",
            )
            for place, template in enumerate(parse(text))
        ]

    def _is_fresh(self, frame: str, text: str, binding: Mapping[str, str]) -> bool:
        """Whether a text has not been used yet, and has somebody for its slot."""
        return not self.choices.used[frame] and (ADDRESSEE in binding or "{you" not in text)

    def _attempt(self, unit: Unit, notion: Notion, attempt: Item) -> list[SentencePlan]:
        """An act that came to nothing; what stood in the way is a belief, and told as one."""
        mind = unit.mind or ""
        act = infinitive(attempt.name, attempt.arguments, mind, self.choices.setting)
        texts = (f"{{I}} [try] to {act.text}, and [can not]", f"{{I}} [go] to {act.text}, in vain")
        options = [((f"attempt {i}", (text, act.binding))) for i, text in enumerate(texts)]
        frame, (text, _) = self.choices.least_used(options, "attempt", mind, notion.at)
        binding = {**act.binding, EXPERIENCER: mind}
        pieces = (Piece("narration", parse(text)[0], binding),)
        return [SentencePlan("NI", frame, pieces, unit.mind, notion.items)]


def _opening(text: str) -> str:
    """How a text opens (*something in*, *there was*): a reader hears that before the words."""
    return " ".join(text.split()[:2])


def _weighted(
    frame: str, form: Form, texts: Sequence[str], weight: float
) -> Iterator[tuple[Option, float]]:
    """A list's texts, each with its part of the list's weight."""
    for i, text in enumerate(texts):
        yield (f"{frame}.{i}", form, text), weight / len(texts)


def beside(before: SentencePlan, feeling: SentencePlan) -> SentencePlan | None:
    """``Tara shut the door, her mouth dry``: a feeling that is no sentence, put beside what its
    owner has just done; None where that would not read well."""
    template = feeling.pieces[0].template
    if template is None or template.is_finite or not feeling.frame.startswith(_BESIDE):
        return None
    if feeling.mind != before.mind or feeling.end != "." or not _takes_beside(before):
        return None
    piece = replace(feeling.pieces[0], template=Template((Words(", "), *template.parts), ""))
    return replace(
        before,
        frame=f"{before.frame}+{feeling.frame}",
        pieces=(*before.pieces, piece),
        items=(*before.items, *feeling.items),
    )


def _takes_beside(before: SentencePlan | None) -> bool:
    """Whether a sentence is short and plain, and tells what its own mind did."""
    if before is None or before.form != "NV" or before.end != "." or len(before.pieces) > 1:
        return False
    act = before.pieces[0].template
    if act is None or "+" in before.frame or "," in act.plain:
        return False
    opening = act.parts[0]
    own = isinstance(opening, Mention) and opening.case == "subject"
    if not own or before.pieces[0].binding.get(opening.role) != before.mind:  # type: ignore[union-attr]
        return False
    return len(act.plain.split()) + len(act.parts) <= _SHORT
