"""How what was not said, or not done, is told.

A wish that lost against a restraint stays in its own mind, and is told there: as the words that
were not said, as a command to oneself, as an act that would have been easy. Never twice running in
the same shape.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from unspoken.chronicle.events import Value
from unspoken.model.inner import NormKind
from unspoken.telling.choosing import Choices
from unspoken.telling.draws import choose, draw, weigh
from unspoken.telling.manner import joined, with_names
from unspoken.telling.plan import Form, Notion, Piece, SentencePlan, Unit
from unspoken.telling.setting import Setting
from unspoken.telling.template import ADDRESSEE, EXPERIENCER, SPACE, Template, parse
from unspoken.telling.view import Item
from unspoken.telling.wording import Wording, infinitive

_LONG = 5
"""From how many words on a command to oneself is not said twice."""
_GOING = re.compile(r" from \{from\} to \{to\}")
_CUT_FROM = 3
"""From how many words on an utterance can break off."""
_CLAUSE = re.compile(r" (?:that|whether|if|what|why|how|who|where|when) ")

_SELF_COMMANDS = ("No.", "Not now.", "Not like this.", "No, no.", "Later.")
"""What cuts a thought off."""

_OF_WORDS = (
    ("ready", "{I} [have] it ready, and [do not] %s", 0.07),
    ("mouth", "It [be] in {my} mouth to %s, and it [stay] there", 0.07),
)
"""Shapes for what could have been said: an id, a text, a weight."""
_OF_DEEDS = (
    ("easy", "How easy it would have been to %s", 0.25),
    ("not", "{I} [do not] %s", 0.3),
    ("breath", "{I} [come] within a breath of it, and [do not] %s", 0.25),
    ("moment", "{I} [have] a moment to %s; it [wait], and [go]", 0.25),
    ("know", "{I} [know] just how to %s, and [do] nothing of the kind", 0.2),
)
"""Shapes for anything that could have been done."""
_FREE = ("easy", "instead")
"""Those that are the mind's own words."""
_WAITED = ("moment", "know")
"""Those that are for where nothing was done."""
_INSTEAD = ("instead", "It [be] that, or %s", 0.4)
"""... where something else was done, and is told just before."""
_STILL = "{I} [do] nothing, with all {my} strength"
"""What follows a command to oneself where nothing was done."""

_REASONS: Mapping[NormKind, tuple[str, ...]] = {
    "lie": ("It would have been a lie",),
    "reveal": ("It [be not] {mine} to tell",),
    "break_promise": ("There [be] a promise in the way",),
    "harm": ("Somebody would have paid for it",),
    "take": ("It [be not] {mine}, and that [be] that",),
    "abandon": ("One [do not] leave people",),
    "impose": ("It [be] a great deal to ask of anybody", "One [do not] just ask"),
    "lose_face": ("It would have been out, then, and no way to put it back",),
}
"""What held one back, by the kind of norm."""
_REASONED = 0.4
"""How likely it is that the reason is told."""


class Wished(Struct, frozen=True):
    """What could have been said or done: ``said`` its words (empty: none), ``act`` as an
    infinitive, ``reported`` if that is the gist of a speech, with clauses of its own."""

    said: str
    act: Wording
    reported: bool = False

    @property
    def commands(self) -> bool:
        """Whether the command sounds like one: said once, a gist reads as a stage direction."""
        return not self.reported or self.command != self.act.text

    @property
    def command(self) -> str:
        """The act as one tells oneself to do it: *tell her, tell her now*."""
        head = _CLAUSE.split(self.act.text)[0]
        if head != self.act.text and not head.startswith("say"):
            return f"{head}, {head} now"
        short = len(head.split()) < _LONG and "[" not in head
        return f"{head}, {head} now" if short else self.act.text


def wished(name: str, arguments: tuple[Value, ...], who: str, setting: Setting) -> Wished:
    """An act that somebody wanted, in words."""
    act = infinitive(name, arguments, who, setting)
    speech = setting.speech(name, arguments)
    if speech is None:
        return Wished("", act)
    written, bindings = speech
    names = {k: v for k, v in bindings.items() if isinstance(v, str)}
    said = ""
    if written.says and written.mode == "aloud":
        said = joined([with_names(written.says[0], names, setting)])
    if written.gist is None:
        return Wished(said, act)
    other = next((v for v in names.values() if v != who and setting.sort(v) == "character"), "")
    gist = Wording(written.gist.strip(" ."), {**names, ADDRESSEE: other, EXPERIENCER: who})
    return Wished(said, gist, reported=True)


class Unsaid(Struct):
    """Words wishes that were not followed. ``last``: the shape of the one before."""

    choices: Choices
    last: str = ""

    def plans(self, unit: Unit, notion: Notion, item: Item) -> list[SentencePlan]:
        """The sentences that tell one; none, if no other shape than the last would do."""
        wish = wished(item.name, item.arguments, unit.mind or "", self.choices.setting)
        # From where one might have gone, being there, goes without saying.
        act = replace(wish.act, text=_GOING.sub(" to {to}", wish.act.text))
        wish = replace(wish, act=act)
        shapes = [shape for shape in self._shapes(wish, item) if shape[0] != self.last]
        if not shapes:
            return []
        used = self.choices.used
        weighted = [((s, text), weight / 4 ** used[f"unsaid {s}"]) for s, text, weight in shapes]
        shape, text = weigh(weighted, *self.choices.key("unsaid", unit.mind, notion.at))
        self.last = shape
        return [*self._told(unit, notion, item, wish, shape, text), *self._reason(notion, item)]

    def _shapes(self, wish: Wished, item: Item) -> Iterator[tuple[str, str, float]]:
        """The shapes that an unspoken wish can take: an id, a text, a weight."""
        if wish.said:
            yield "said", wish.said, 0.5
            if len(wish.said.split()) >= _CUT_FROM:
                yield "cut", wish.said, 0.15
        if wish.commands:
            yield "command", wish.command, 0.15
        others = _OF_WORDS if wish.said or wish.reported else _OF_DEEDS
        if item.about and not wish.reported:
            others = (*others, _INSTEAD)
        for shape, text, weight in others:
            if not (item.about and shape in _WAITED):
                yield shape, text % wish.act.text, weight

    def _told(
        self, unit: Unit, notion: Notion, item: Item, wish: Wished, shape: str, text: str
    ) -> list[SentencePlan]:
        mind = unit.mind or ""
        binding = {**wish.act.binding, EXPERIENCER: mind}
        form: Form = "IS" if wish.reported else "NI"
        pieces: tuple[Piece, ...]
        end = "."
        if shape == "said":
            asks = text.endswith("?")
            words = text[:-1] + "," if text.endswith(".") else text
            tag = parse("{I} [don't ask]" if asks else "{I} [don't say]")[0]
            behind = Piece("narration", Template((SPACE, *tag.parts), ""), binding)
            form, pieces = "DT", (Piece("quoted", text=words), behind)
        elif shape == "cut":
            every = text.split()
            kept = " ".join(every[: math.ceil(len(every) / 2)]).rstrip(",;.")
            command = choose(_SELF_COMMANDS, *self.choices.key("cut", mind, notion.at))
            form, pieces, end = "FDT", (Piece("quoted", text=f"{kept}… {command}"),), ""
        elif shape == "command":
            form, pieces = "FDT", (Piece("direct", parse(text)[0], binding),)
        elif shape in _FREE:
            form, pieces = "FIT", (Piece("free", parse(text)[0], binding),)
        else:
            pieces = (Piece("narration", parse(text)[0], binding),)
        thinker = mind if form != "NI" else None
        frame = f"unsaid {shape}"
        plan = SentencePlan(form, frame, pieces, unit.mind, notion.items, thinker, end=end)
        if shape != "command" or item.about:
            return [plan]
        still = Piece("narration", parse(_STILL)[0], binding)
        return [plan, SentencePlan("NI", "unsaid still", (still,), unit.mind, notion.items)]

    def _reason(self, notion: Notion, item: Item) -> list[SentencePlan]:
        """What held it back, now and then, each reason once."""
        norm = self.choices.setting.norm(item.because)
        mind = item.who
        if norm is None or draw(*self.choices.key("reason", mind, notion.at)) >= _REASONED:
            return []
        frames = [(f"reason {norm.against}.{i}", t) for i, t in enumerate(_REASONS[norm.against])]
        fresh = [(frame, text) for frame, text in frames if not self.choices.used[frame]]
        if not fresh:
            return []
        frame, text = fresh[0]
        self.choices.used[frame] += 1
        piece = Piece("narration", parse(text)[0], {EXPERIENCER: mind or ""})
        return [SentencePlan("NI", frame, (piece,), mind, notion.items)]
