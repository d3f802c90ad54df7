"""Thoughts that reach another mind: what it is like to hear one, and to have let one go.

Only what passed is told: a fragment is heard without what it is about. The thinker, who has it
whole, tells what it had meant to keep.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from unspoken.chronicle.events import Fact
from unspoken.telling.choosing import Choice, Choices
from unspoken.telling.feelings import NOUNS
from unspoken.telling.plan import Form, Notion, Piece, SentencePlan, Unit
from unspoken.telling.setting import Passing, Setting
from unspoken.telling.template import EXPERIENCER, Template, Words, parse
from unspoken.telling.unsaid import wished
from unspoken.telling.view import Content, Item, LocalId
from unspoken.telling.wording import Wording, belief_wording

_FIRST = (
    "{I} [hear] it as plainly as a voice, and the voice [be] {x's}",
    "It [come] to {me} clear as a voice, and the voice [be] {x's}",
    "The words [be] {x's}, and {I} [hear] them, though {x's} lips [be] still",
)
_AGAIN = (
    "That [be] {x} again, and not a word aloud",
    "It [be] {x's} thought, and it [reach] {me} whole",
    "{x's} thought again, as plain as print",
)
_BRIEFLY = (
    "{x} again, inside {my} head",
    "{x}, as near as {my} own thinking",
    "{x} again, underneath {my} own thoughts",
)
"""Those for when it is no wonder any more."""
_OF_ITSELF = (
    *_AGAIN,
    "Not said; not in a voice. {x's}, all the same",
    "Nobody [past speak], and {I} [past hear] {x}",
)
"""Those for a thought that no act of the author's brings."""
_FIRST_FRAGMENT = (
    "Something [brush] the edge of {my} mind, in {x's} voice, and [be] gone",
    "Half a thought [go] by that [be not] {mine}. It [have] {x's} voice, and no beginning",
)
_FRAGMENT_AGAIN = (
    "There it [be] again: {x's} voice, a scrap of it, without its sense",
    "{I} [catch] the tail of something of {x's}, and [can not] tell what it [hang] from",
    "Another scrap [come] through from {x}, torn at both ends",
    "It [come] and [be] gone, {x's}, like talk through a wall",
)
_WENT = ("{I} [feel] it go over to {x}", "It [go] from {me} to {x}, and no word of it aloud")
"""What somebody makes of a thought that the other has now."""
_BETWEEN = "Something [pass] between {one} and {other}, and [be not] for anybody else"
_FELT = (
    "There [be] %s in {me} that [be not] {mine}: it [come] from {x}",
    "From {x}, without a word, [come] %s",
    "{I} [feel] %s come over from {x}, like the heat of another room",
    "Not {mine}, that %s; it [have] {x's} weight to it",
    "For a moment {I} [wear] {x's} %s, like somebody else's coat",
    "{x's} %s [come] in by some door that {I} [past not know] of",
)
"""What it is like to have what another feels."""
_HELD = (
    "{x} [think], and {I} [have] every word",
    "{x} [think], and to {me} it [be] plain as print",
    "{x} [think], and {I} [read] it as off a page",
)
"""What comes after something that another holds to be so, in that one's words."""
_KEPT = (
    "That [be not] meant for {x}",
    "{I} [past mean] to keep that",
    "It [be] out before {I} [can] shut it in",
    "Not that; that [be] to stay where it [be]",
)
"""What somebody makes of a thought that slipped."""


class Sensed(Struct):
    """Words thoughts that came through from somebody else."""

    choices: Choices

    def notion(self, unit: Unit, notion: Notion, item: Item) -> list[SentencePlan]:
        """A thought that came through of itself, without an act of the author's to say so."""
        return self.passed(unit, item.who or "", item.thought, notion.items, notion.at)

    def through(self, unit: Unit, act: Item, passing: Passing) -> list[SentencePlan]:
        """An act that is a thought's coming through, and has no words of its author's: to the
        hearer what came, to the thinker that it went; others can only see the two of them."""
        if unit.mind == passing.hearer:
            content = _reached(passing, act, self.choices.views[unit.mind].items)
            return self.passed(unit, passing.thinker, content, (act.id,), act.id)
        if unit.mind == passing.thinker:
            return self.line(unit, passing.hearer, (act.id,), act.id, _WENT, _WENT, "went")
        binding = {"one": passing.thinker, "other": passing.hearer}
        (template,) = parse(_BETWEEN)
        piece = Piece("narration", template, binding)
        return [SentencePlan("NV", "between", (piece,), unit.mind, (act.id,))]

    def passed(
        self,
        unit: Unit,
        thinker: str,
        content: Content | None,
        items: tuple[LocalId, ...],
        at: LocalId,
    ) -> list[SentencePlan]:
        """What came of somebody's thought, and the wonder of it; of a fragment, that it came."""
        if content is not None and content.kind == "feel" and content.name in NOUNS:
            noun = NOUNS[content.name]
            texts = [text % noun for text in _FELT]
            return self.line(unit, thinker, items, at, texts, texts, "felt")
        thought = None if content is None else self._words(unit, thinker, content, items)
        if thought is None:
            return self.line(unit, thinker, items, at, _FIRST_FRAGMENT, _FRAGMENT_AGAIN)
        if content is not None and content.fact is not None:
            return [self._attributed(unit, thinker, at, thought)]
        return [thought, *self.line(unit, thinker, items, at, _FIRST, _OF_ITSELF)]

    def _attributed(
        self, unit: Unit, thinker: str, at: LocalId, thought: SentencePlan
    ) -> SentencePlan:
        """What another holds to be so, with whose it is: by itself it would be taken for what this
        mind holds, and its *me* for this one."""
        options: list[Choice] = [(f"held {i}", (text, {})) for i, text in enumerate(_HELD)]
        frame, (text, _) = self.choices.least_used(options, "sensed", unit.mind, at)
        tag = Template((Words(", "), *parse(text)[0].parts), "")
        binding = {"x": thinker, EXPERIENCER: unit.mind or ""}
        pieces = (*thought.pieces, Piece("narration", tag, binding))
        return replace(thought, frame=frame, pieces=pieces)

    def heard(
        self, unit: Unit, thinker: str, items: tuple[LocalId, ...], at: LocalId
    ) -> list[SentencePlan]:
        """What it is like to hear a thought: a wonder at first, then less of one."""
        return self.line(unit, thinker, items, at, _FIRST, _AGAIN)

    def kept(
        self, unit: Unit, hearer: str, items: tuple[LocalId, ...], at: LocalId
    ) -> list[SentencePlan]:
        """What it is like to have let slip what was to be kept; each saying once."""
        unused = [text for i, text in enumerate(_KEPT) if not self.choices.used[f"kept {i}"]]
        return self.line(unit, hearer, items, at, _KEPT, _KEPT, "kept") if unused else []

    def line(
        self,
        unit: Unit,
        other: str,
        items: tuple[LocalId, ...],
        at: LocalId,
        first: Sequence[str],
        again: Sequence[str],
        stage: str = "",
    ) -> list[SentencePlan]:
        """One of the ways to say it, the first time and later."""
        what = stage or ("sensed" if first is _FIRST else "fragment")
        before = self.choices.used[f"{what} by {unit.mind}"]
        self.choices.used[f"{what} by {unit.mind}"] += 1
        is_first = not before
        stage = what if is_first or first is again else f"{what} again"
        texts = first if is_first else again
        if first is _FIRST and before >= 2:
            stage, texts = f"{what} briefly", _BRIEFLY
        options: list[Choice] = [(f"{stage} {i}", (text, {})) for i, text in enumerate(texts)]
        frame, (text, _) = self.choices.least_used(options, "sensed", unit.mind, at)
        binding = {"x": other, EXPERIENCER: unit.mind or ""}
        return [
            SentencePlan(
                form="NI",
                frame=frame if place == 0 else f"{frame}#{place}",
                pieces=(Piece("narration", template, binding),),
                mind=unit.mind,
                items=items,
                end=template.end or ".",
            )
            for place, template in enumerate(parse(text))
        ]

    def _words(
        self, unit: Unit, thinker: str, content: Content, items: tuple[LocalId, ...]
    ) -> SentencePlan | None:
        """The thought itself, in its thinker's words; None if there are none for it."""
        found = _piece(content, thinker, self.choices.setting)
        if found is None:
            return None
        piece, end = found
        form: Form = "FDT"
        frame = f"thought of {content.kind}"
        return SentencePlan(form, frame, (piece,), unit.mind, items, thinker, end=end)


def has_words(content: Content, thinker: str, setting: Setting) -> bool:
    """Whether what came whole of somebody's mind can be told."""
    if content.kind == "feel":
        return content.name in NOUNS
    return _piece(content, thinker, setting) is not None


def _piece(content: Content, thinker: str, setting: Setting) -> tuple[Piece, str] | None:
    """A wish or a belief in its thinker's words, with its closing mark."""
    if content.kind == "unsaid":
        wish = wished(content.name, content.arguments, thinker, setting)
        if wish.said:
            return Piece("quoted", text=wish.said), ""
        binding = {**wish.act.binding, EXPERIENCER: thinker}
        return Piece("direct", parse(wish.command)[0], binding), "."
    wording = None if content.fact is None else _belief(content, content.fact, setting)
    if wording is None:
        return None
    return Piece("direct", parse(wording.text)[0], wording.binding), "."


def _belief(content: Content, fact: Fact, setting: Setting) -> Wording | None:
    wording = belief_wording(fact, content.after, setting)
    if wording is None or len(content.minds) > 2 or content.after is None:
        return None
    if not content.minds[1:]:
        return wording
    binding = {**wording.binding, "believer": content.minds[1]}
    return Wording("{believer} [think] that " + wording.text, binding)


def _reached(passing: Passing, act: Item, items: Sequence[Item]) -> Content | None:
    """What an act that is a thought's coming through brought, if it came whole."""
    for cause in act.causes:
        found = items[cause]
        if found.is_sensed and found.who == passing.thinker:
            return found.thought
    return None
