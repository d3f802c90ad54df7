"""How an act is told: the author's frame, or our own words; speech; thoughts that are acts.

Guards kept here: a frame's ``who`` and ``needs``, and coloured wordings. What was said is the same
whoever tells it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from unspoken.chronicle.events import Value
from unspoken.model.telling import Speech
from unspoken.telling.aloud import is_open, is_said, owner_of
from unspoken.telling.anchor import tagged
from unspoken.telling.choosing import Choice, Choices
from unspoken.telling.draws import Key, draw
from unspoken.telling.holds import holds
from unspoken.telling.lexicon import WHEREABOUTS
from unspoken.telling.manner import said, with_names
from unspoken.telling.plan import Piece, SentencePlan, Unit
from unspoken.telling.refusals import failure, refusal
from unspoken.telling.sensed import Sensed
from unspoken.telling.setting import Passing
from unspoken.telling.tells import tell
from unspoken.telling.template import (
    ADDRESSEE,
    EXPERIENCER,
    SPACE,
    WORDS,
    Template,
    Words,
    parse,
)
from unspoken.telling.view import Item, LocalId, View
from unspoken.telling.wording import Wording, act_wording, agents_of, infinitive

LONG = 14
"""How many words it takes before a tag goes into the middle of an utterance."""
_BREATH = re.compile(r"(.{3,60}?)([,.?!…]) ((?:[\w'-]+ ){2}[\w'-]+.*)$")
"""Where a tag can go: after a few words, before a few more."""


class Acts(Struct, dict=True):
    """Words acts. ``told``: the purposes given already, each once."""

    choices: Choices
    told: set[tuple[str | None, str, tuple[Value, ...]]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.sensed = Sensed(self.choices)

    def plans(self, unit: Unit, act: Item) -> list[SentencePlan]:
        """The sentences that tell an act through a mind."""
        if act.kind == "refuse":
            return [refusal(unit, act, self.choices)]
        if act.kind == "fail":
            return [failure(unit, act, self.choices)]
        passing = self.choices.setting.passing(act.name, act.arguments)
        told = self._told(unit, act, passing)
        if passing is not None and not passing.whole and unit.mind == passing.thinker:
            told += self.sensed.kept(unit, passing.hearer, (act.id,), act.id)
        return told

    def _told(self, unit: Unit, act: Item, passing: Passing | None) -> list[SentencePlan]:
        speech = self.choices.setting.speech(act.name, act.arguments)
        framed = self._framed(unit, act, speech)
        if speech is None or speech[0].mode == "gesture":
            return framed or self._unframed(unit, act, passing)
        words = self._words(act, *speech)
        if speech[0].mode == "thought":
            return self._thought_act(unit, act, framed, words, *speech)
        return self._speech_act(unit, act, framed, words, *speech)

    def _framed(
        self,
        unit: Unit,
        act: Item,
        speech: tuple[Speech, Mapping[str, object]] | None,
    ) -> list[SentencePlan]:
        """The act in its author's words; empty if no frame is for this mind now."""
        texts = self._frame_texts(unit, act)
        if not texts:
            return []
        frame, (text, binding) = self.choices.least_used(texts, "frame", unit.mind, act.id)
        binding = {"agent": act.who or "", EXPERIENCER: unit.mind or "", **binding}
        people = {v for v in binding.values() if self.choices.setting.sort(v) == "character"}
        joint = unit.mind in {v for k, v in binding.items() if k != EXPERIENCER} and len(people) > 1
        plans = []
        for place, template in enumerate(parse(text)):
            pieces = self._with_words(template, binding, act, speech)
            plans.append(
                SentencePlan(
                    form="DS" if len(pieces) > 1 else "NV",
                    frame=frame if place == 0 else f"{frame}#{place}",
                    pieces=pieces,
                    mind=unit.mind,
                    items=(act.id,),
                    end="" if pieces[-1].register == "quoted" else template.end or ".",
                    speaker=act.who if len(pieces) > 1 else None,
                    joint=joint,
                )
            )
        return plans

    def _frame_texts(self, unit: Unit, act: Item) -> list[Choice]:
        view = self.choices.views[unit.mind]
        setting = self.choices.setting
        who = owner_of(act, setting)
        is_agent = unit.mind is not None and unit.mind == who
        found: list[Choice] = []
        for place, frame, bindings in setting.frames(act.name, act.arguments):
            if frame.who == ("witness" if is_agent else "agent"):
                continue
            before = _after_surprises(view, act)
            if not all(holds(n, view, setting, bindings, before) for n in frame.needs):
                continue
            roles = {k: v for k, v in bindings.items() if isinstance(v, str)}
            for which, text in enumerate(frame.texts):
                if (is_agent or is_open(frame, text, who)) and is_said(text, act, self.choices):
                    found.append((f"frame {place}.{which}", (text, roles)))
        return found

    def _with_words(
        self,
        template: Template,
        binding: Mapping[str, str],
        act: Item,
        speech: tuple[Speech, Mapping[str, object]] | None,
    ) -> tuple[Piece, ...]:
        """A frame's sentence, cut where the words of the speech go."""
        if WORDS not in template.roles or speech is None:
            return (Piece("narration", template, binding),)
        place = next(i for i, p in enumerate(template.parts) if getattr(p, "role", None) == WORDS)
        words = self._words(act, *speech)
        before = Template(template.parts[:place], "")
        after = Template(template.parts[place + 1 :], "")
        if after.parts and words.endswith("."):
            words = words[:-1] + ("" if after.plain.startswith(",") else ",")
        pieces = [Piece("narration", before, binding)] if before.parts else []
        pieces.append(Piece("quoted", text=_quoted(words)))
        if after.parts:
            pieces.append(Piece("narration", after, binding))
            pieces.append(Piece("quoted", text=template.end or "."))
        return tuple(pieces)

    def _unframed(self, unit: Unit, act: Item, passing: Passing | None) -> list[SentencePlan]:
        """An act without words of its author's: a tell in the words for such, what passed of a
        thought, anything else by its name."""
        if passing is not None:
            return self.sensed.through(unit, act, passing)
        betrayed = tell(unit, act, self.choices)
        return [self._default_act(unit, act) if betrayed is None else betrayed]

    def _default_act(self, unit: Unit, act: Item) -> SentencePlan:
        wording = act_wording(act.name, act.arguments, agents_of(act), self.choices.setting)
        pieces = [Piece("narration", parse(wording.text)[0], wording.binding)]
        purpose = self._purpose(unit, act)
        if purpose is not None:
            template = parse(f", meaning to {purpose.text}")[0]
            pieces.append(Piece("narration", template, purpose.binding))
        return SentencePlan(
            form="NV",
            frame=f"{'act' if act.who is not None else 'event'} {act.name}",
            pieces=tuple(pieces),
            mind=unit.mind,
            items=(act.id,),
        )

    def _purpose(self, unit: Unit, act: Item) -> Wording | None:
        """What the act was the first step to, in its agent's own telling: once, and only if it
        was further off than the next step."""
        intention = act.intention
        if intention is None or intention.character != unit.mind or len(intention.then) < 2:
            return None
        name, arguments = intention.then[-1]
        key = (unit.mind, name, arguments)
        agent = self.choices.setting.agent(name, arguments)
        if key in self.told or agent != unit.mind:
            return None
        if self.choices.setting.speech(name, arguments) is not None:
            return None
        if self.choices.setting.frames(name, arguments):
            return None
        self.told.add(key)
        return infinitive(name, arguments, agent, self.choices.setting)

    # Speech, and thought as an act

    def _words(self, act: Item, speech: Speech, bindings: Mapping[str, object]) -> str:
        """What was said, the same for whoever tells it. Empty if the author gave no words."""
        setting = self.choices.setting
        entities = {k: v for k, v in bindings.items() if isinstance(v, str)}
        beats = [with_names(beat, entities, setting) for beat in speech.says]
        key: tuple[Key, ...] = (
            "words",
            self.choices.options.seed,
            act.name,
            *map(str, act.arguments),
        )
        aloud = speech.mode == "aloud"
        locked = {word for e in entities.values() for word in setting.name(e).split()}
        voice = setting.voice(_speaker(act, bindings))
        manners = voice.manners if voice is not None and aloud else ()
        return said(beats, manners, locked, *key) if beats else ""

    def _speech_act(
        self,
        unit: Unit,
        act: Item,
        framed: list[SentencePlan],
        words: str,
        speech: Speech,
        bindings: Mapping[str, object],
    ) -> list[SentencePlan]:
        if any(plan.form == "DS" for plan in framed) or (framed and not words):
            return framed
        if not words:
            return [self._reported(unit, act, speech, bindings)]
        speaker = _speaker(act, bindings)
        to = self._addressee(speaker, bindings)
        called = bool(to) and self.choices.setting.name(to).split()[-1] in words
        known = self.choices.talking == {speaker, to} or called
        known = known or not self._is_company(unit, act, speaker)
        self.choices.talking = frozenset((speaker, to))
        if framed:
            # What the speaker does stands before the words and says whose they are.
            quoted = Piece("quoted", text=_quoted(words))
            line = replace(framed[-1], form="DS", frame="words", pieces=(quoted,), end="")
            return [*framed, replace(line, speaker=speaker)]
        return [self._tagged_speech(unit, act, words, speaker, to, known=known)]

    def _addressee(self, speaker: str, bindings: Mapping[str, object]) -> str:
        """To whom somebody speaks: the first other character of the act."""
        others = (v for v in bindings.values() if isinstance(v, str) and v != speaker)
        return next((one for one in others if self.choices.setting.sort(one) == "character"), "")

    def _is_company(self, unit: Unit, act: Item, speaker: str) -> bool:
        """Whether more than two are there, for all this mind knows, when somebody speaks."""
        view = self.choices.views[unit.mind]
        where: dict[str, Value] = {}
        for fact in view.beginning.get((unit.mind or "",), {}):
            if fact.property in WHEREABOUTS and len(fact.arguments) == 1:
                place = view.value((unit.mind or "",), fact, act.id)
                where.setdefault(str(fact.arguments[0]), place)
        people = self.choices.setting.characters
        return sum(where.get(one) == where.get(speaker) for one in people) > 2

    def _tagged_speech(
        self, unit: Unit, act: Item, words: str, speaker: str, to: str, *, known: bool
    ) -> SentencePlan:
        """``known``: it need not be said to whom."""
        named = "" if known or not to else " {you}"
        verb = "ask" if words.endswith("?") else "tell" if named else "say"
        roles = {"agent": speaker, ADDRESSEE: to}
        long = len(words.split()) >= LONG
        front = not long and draw(*self.choices.key("tag", unit.mind, act.id)) < 0.2
        if self.choices.last == f"{verb} {'before' if front else 'after'}":
            front = not front
        pieces: tuple[Piece, ...]
        if front:
            tag = Template((*parse(f"{{agent}} [{verb}]{named}")[0].parts, Words(", ")), "")
            pieces = (
                Piece("narration", tag, roles),
                Piece("quoted", text=_quoted(words)),
            )
        else:
            tag = Template((SPACE, *parse(f"{{agent}} [{verb}]{named}")[0].parts), "")
            pieces = _around(words, Piece("narration", tag, roles))
        return SentencePlan(
            form="DS",
            frame=f"{verb} {'before' if front else 'after'}",
            pieces=pieces,
            mind=unit.mind,
            items=(act.id,),
            end="" if front or len(pieces) > 2 else ".",
            speaker=speaker,
        )

    def _reported(
        self, unit: Unit, act: Item, speech: Speech, bindings: Mapping[str, object]
    ) -> SentencePlan:
        """A speech act without its words: from the gist, or from the action's name."""
        if speech.gist is None:
            return self._default_act(unit, act)
        speaker = _speaker(act, bindings)
        roles = {k: v for k, v in bindings.items() if isinstance(v, str)}
        addressee = self._addressee(speaker, bindings)
        verb, _, rest = speech.gist.strip().partition(" ")
        binding = {
            **roles,
            "agent": speaker,
            ADDRESSEE: addressee,
            EXPERIENCER: speaker,
        }
        template = parse(f"{{agent}} [{verb}] {rest}".rstrip(" ."))[0]
        return SentencePlan(
            form="IS",
            frame=f"gist {act.name}",
            pieces=(Piece("narration", template, binding),),
            mind=unit.mind,
            items=(act.id,),
            thinker=speaker,
        )

    def _thought_act(
        self,
        unit: Unit,
        act: Item,
        framed: list[SentencePlan],
        words: str,
        speech: Speech,
        bindings: Mapping[str, object],
    ) -> list[SentencePlan]:
        """A thought that is an act. Its thinker has the words as they came; whoever senses them
        through a channel has them too, and the wonder of it."""
        thinker = _speaker(act, bindings)
        if any(plan.form == "DS" for plan in framed):
            return [_as_thought(plan, thinker) for plan in framed]
        if not words:
            return framed or [self._reported(unit, act, speech, bindings)]
        own = unit.mind == thinker
        thought = SentencePlan(
            form="FDT",
            frame="thought act",
            pieces=(Piece("quoted", text=words),),
            mind=unit.mind,
            items=(act.id,),
            thinker=thinker,
            end="",
        )
        if own and framed:
            return [*framed, thought]
        if own:
            again = self.choices.last == thought.frame
            return [thought if again else tagged(thought, thinker)]
        if unit.mind is None:
            return framed
        if framed:
            return [thought, *framed]
        return [thought, *self.sensed.heard(unit, thinker, (act.id,), act.id)]


def _quoted(words: str) -> str:
    return f"“{words}”"


def _around(words: str, tag: Piece) -> tuple[Piece, ...]:
    """What was said with a tag after it; after its first breath, if it is long."""
    breath = _BREATH.match(words) if len(words.split()) >= LONG else None
    if breath is None:
        said_first = words[:-1] + "," if words.endswith(".") else words
        return Piece("quoted", text=_quoted(said_first)), tag
    first, mark, rest = breath.groups()
    after = ", " if mark == "," else ". "
    first += "," if mark in ",." else mark
    return (
        Piece("quoted", text=_quoted(first)),
        tag,
        Piece("quoted", text=after + _quoted(rest)),
    )


def _speaker(act: Item, bindings: Mapping[str, object]) -> str:
    """Whose words they are: whoever does the act, or, if it is nobody's, its first character."""
    if act.who is not None:
        return act.who
    return next((name for name in bindings.values() if isinstance(name, str)), "")


def _as_thought(plan: SentencePlan, thinker: str | None) -> SentencePlan:
    """A frame with words in it, when these are thought and not spoken: no quotation marks."""
    pieces = tuple(
        replace(piece, text=piece.text.strip("“”")) if piece.register == "quoted" else piece
        for piece in plan.pieces
    )
    if plan.form != "DS":
        return plan
    return replace(plan, form="DT", pieces=pieces, thinker=thinker, speaker=None)


def _after_surprises(view: View, act: Item) -> LocalId:
    """The moment in which a condition of an act is judged: before it, but with those mistakes
    mended that the sight of it mends."""
    place = act.id + 1
    while place < len(view.items) and view.items[place].kind == "surprise":
        place += 1
    return LocalId(place)
