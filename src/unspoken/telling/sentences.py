"""How each thing is said: the frame for an act, the category of a thought, tags, aggregation.

Receives passages, hands on paragraphs of sentence plans. Every choice is a draw keyed by seed,
stage, mind and local id, among what has been used least. Guards kept here: a frame's ``who`` and
``needs``, coloured wordings, the evidence rule (another mind is only ever inferred), the anchor
rule (whose eyes these are is clear within two sentences).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from unspoken.model.telling import Speech
from unspoken.telling.beats import Notion
from unspoken.telling.coloured import is_coloured
from unspoken.telling.draws import Key, choose, draw, weigh
from unspoken.telling.holds import holds
from unspoken.telling.manner import said
from unspoken.telling.plan import (
    Form,
    Options,
    ParagraphPlan,
    Passage,
    Piece,
    SentencePlan,
    Unit,
)
from unspoken.telling.setting import Setting
from unspoken.telling.template import (
    ADDRESSEE,
    EXPERIENCER,
    WORDS,
    Mention,
    Part,
    Template,
    Verb,
    Words,
    parse,
)
from unspoken.telling.view import Item, LocalId, View
from unspoken.telling.wording import Wording, act_wording, agents_of, infinitive

MARKED = re.compile(
    r"\b(?:must|maybe|perhaps|surely|of course|so|no doubt|probably|seem|seems|seemed|might|"
    r"as if|as though|looks?|looked|evidently|clearly|somehow|guess|suppose)\b|\?",
    re.IGNORECASE,
)
"""What shows that something about another mind is a guess."""

_DIRECT_ONLY = re.compile(
    r"\b(?:I|me|my|mine|myself|am|is|are|does|do|don['\u2019]t|doesn['\u2019]t|isn['\u2019]t|aren['\u2019]t|can|can['\u2019]t|"
    r"will|won['\u2019]t)\b|\b(?:it|that|he|she|what|there|who|you|we|they)['\u2019](?:s|re|ll|ve)\b|"
    r"\b[A-Z]\w+['\u2019]ll\b"
)
"""Words that cannot be shifted: a wording with them is told as direct thought."""

Choice = tuple[str, tuple[str, Mapping[str, str]]]
"""A frame's id, and its text with what fills its slots."""

_MOST = 5
"""Sentences in a paragraph."""


class Writer:
    """Words the passages of one telling, remembering what has been used."""

    def __init__(self, setting: Setting, views: Mapping[str | None, View], options: Options):
        self.setting = setting
        self.views = views
        self.options = options
        self._used: Counter[str] = Counter()
        self._last = ""
        self._purposes: set[tuple[str | None, str, tuple[object, ...]]] = set()

    def paragraphs(self, passages: Sequence[Passage]) -> tuple[ParagraphPlan, ...]:
        plans: list[ParagraphPlan] = []
        for passage in passages:
            told: list[list[SentencePlan]] = []
            for unit in passage.units:
                self._add(self._unit(unit), told)
            for group in _in_paragraphs(told):
                if not plans or plans[-1].mind != passage.mind:
                    group = self._anchored(passage.mind, group)
                plans.append(ParagraphPlan(passage.mind, group))
        return tuple(plans)

    def _add(self, sentences: list[SentencePlan], told: list[list[SentencePlan]]) -> None:
        """Adds the sentences of a unit, or lengthens the one before by what its agent did next."""
        merged = None
        if told and len(sentences) == 1:
            merged = _aggregated(told[-1][-1], sentences[0])
        if merged is not None:
            told[-1][-1] = merged
        else:
            told.append(sentences)
        self._last = told[-1][-1].frame
        self._used.update(sentence.frame for sentence in sentences)

    def _unit(self, unit: Unit) -> list[SentencePlan]:
        if unit.act is not None:
            return self._act(unit, unit.act)
        assert unit.notion is not None
        return self._notion(unit, unit.notion)

    # Acts

    def _act(self, unit: Unit, act: Item) -> list[SentencePlan]:
        speech = self.setting.speech(act.name, act.arguments)
        framed = self._framed(unit, act, speech)
        if speech is None or speech[0].mode == "gesture":
            return framed or [self._default_act(unit, act)]
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
        frame, (text, binding) = self._least_used(texts, "frame", unit.mind, act.id)
        binding = {"agent": act.who or "", EXPERIENCER: unit.mind or "", **binding}
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
                )
            )
        return plans

    def _frame_texts(self, unit: Unit, act: Item) -> list[Choice]:
        view = self.views[unit.mind]
        is_agent = unit.mind is not None and unit.mind == act.who
        found: list[Choice] = []
        for place, frame, bindings in self.setting.frames(act.name, act.arguments):
            if frame.who == ("witness" if is_agent else "agent"):
                continue
            before = _after_surprises(view, act)
            if not all(holds(n, view, self.setting, bindings, before) for n in frame.needs):
                continue
            roles = {k: v for k, v in bindings.items() if isinstance(v, str)}
            for which, text in enumerate(frame.texts):
                declared = is_agent or frame.needs or frame.who == "witness" or act.who is None
                if declared or not is_coloured(text):
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

    def _default_act(self, unit: Unit, act: Item) -> SentencePlan:
        wording = act_wording(act.name, act.arguments, agents_of(act), self.setting)
        text, binding = wording.text, dict(wording.binding)
        purpose = self._purpose(unit, act)
        if purpose is not None:
            roles = {f"to {role}": entity for role, entity in purpose.binding.items()}
            text += " to " + re.sub(r"\{(\w+)", r"{to \1", purpose.text)
            binding |= roles
        return SentencePlan(
            form="NV",
            frame=f"act {act.name}",
            pieces=(Piece("narration", parse(text)[0], binding),),
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
        agent = self.setting.agent(name, arguments)
        if key in self._purposes or agent != unit.mind:
            return None
        if self.setting.speech(name, arguments) is not None:
            return None
        if self.setting.frames(name, arguments):
            return None
        self._purposes.add(key)
        return infinitive(name, arguments, agent, self.setting)

    # Speech, and thought as an act

    def _words(self, act: Item, speech: Speech, bindings: Mapping[str, object]) -> str:
        """What was said, the same for whoever tells it. Empty if the author gave no words."""
        voice = self.setting.voice(_speaker(act, bindings))
        names = {k: self.setting.name(v) for k, v in bindings.items() if isinstance(v, str)}
        beats = [_filled(beat, names) for beat in speech.says]
        key: tuple[Key, ...] = ("words", self.options.seed, act.name, *map(str, act.arguments))
        aloud = speech.mode == "aloud"
        locked = {word for name in names.values() for word in name.split()}
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
        if framed:
            # What the speaker does stands before the words and says whose they are.
            quoted = Piece("quoted", text=_quoted(words))
            line = replace(framed[-1], form="DS", frame="words", pieces=(quoted,), end="")
            return [*framed, replace(line, speaker=speaker)]
        return [self._tagged_speech(unit, act, words, speaker)]

    def _tagged_speech(self, unit: Unit, act: Item, words: str, speaker: str) -> SentencePlan:
        verb = "ask" if words.endswith("?") else "say"
        front = draw(*self._key("tag", unit.mind, act.id)) < 0.2
        if front:
            tag = Template((*parse(f"{{agent}} [{verb}]")[0].parts, Words(", ")), "")
            pieces = (
                Piece("narration", tag, {"agent": speaker}),
                Piece("quoted", text=_quoted(words)),
            )
        else:
            inner = words[:-1] + "," if words.endswith(".") else words
            tag = parse(f"{{agent}} [{verb}]")[0]
            pieces = (
                Piece("quoted", text=_quoted(inner)),
                Piece("narration", Template((_SPACE, *tag.parts), ""), {"agent": speaker}),
            )
        return SentencePlan(
            form="DS",
            frame=f"{verb} {'before' if front else 'after'}",
            pieces=pieces,
            mind=unit.mind,
            items=(act.id,),
            end="" if front else ".",
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
        addressee = next(
            (v for v in roles.values() if v != speaker and self.setting.sort(v) == "character"),
            "",
        )
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
            return [self._tag_thought(thought, thinker)]
        if unit.mind is None:
            return framed
        if framed:
            return [thought, *framed]
        return [thought, self._sensed(unit, act, thinker)]

    def _sensed(self, unit: Unit, act: Item, thinker: str) -> SentencePlan:
        """What it is like to hear a thought: a wonder at first, then less of one."""
        first = "sensed" not in self._used
        self._used["sensed"] += 1
        texts = _FIRST_SENSED if first else _SENSED_AGAIN
        stage = "sensed" if first else "sensed again"
        options: list[Choice] = [(f"{stage} {i}", (text, {})) for i, text in enumerate(texts)]
        frame, (text, _) = self._least_used(options, "sensed", unit.mind, act.id)
        binding = {"agent": thinker, EXPERIENCER: unit.mind or ""}
        return SentencePlan(
            form="NI",
            frame=frame,
            pieces=(Piece("narration", parse(text)[0], binding),),
            mind=unit.mind,
            items=(act.id,),
        )

    # Notions

    def _notion(self, unit: Unit, notion: Notion) -> list[SentencePlan]:
        if notion.thought is None:
            return [self._belief(unit, notion)]
        thought = self.setting.world.telling.thoughts[notion.thought]
        experiencer = thought.variables[0].name
        options: list[tuple[tuple[str, Form, str], float]] = []
        for form, texts in thought.forms:
            for which, text in enumerate(texts):
                frame = f"thought {notion.thought}.{form}.{which}"
                for category, weight in self._categories(form, text, notion):
                    if weight > 0:
                        options.append(((frame, category, text), weight / 4 ** self._used[frame]))
        frame, category, text = weigh(
            options, *self._key("form", unit.mind, notion.at, notion.thought)
        )
        binding = {**notion.binding, EXPERIENCER: unit.mind or ""}
        plans = []
        for place, template in enumerate(parse(text, experiencer)):
            shifts = category if _can_shift(template) or category == "DT" else "FDT"
            plans.append(
                self._thought_plan(unit, notion, template, binding, shifts, f"{frame}#{place}")
            )
        if notion.elsewhere:
            plans[0] = self._with_evidence(unit, notion, plans)
        return plans

    def _categories(self, form: str, text: str, notion: Notion) -> list[tuple[Form, float]]:
        """The categories a wording can take, by the weights of the design's table."""
        templates = parse(text)
        shiftable = all(_can_shift(template) for template in templates)
        high = notion.stake >= 2.5
        present = self.options.tense == "present"
        direct = 0.075 * (2.5 if high else 1.0) * (3.0 if present else 1.0)
        if form == "fragment":
            return [("FDT", 0.5 if high else 0.12)]
        if not shiftable:
            return [("FDT", max(direct, 0.4))]
        inferred = 1.5 if notion.elsewhere and form == "question" else 1.0
        if form == "plain" and len(templates) == 1 and not templates[0].end.startswith(("?", "!")):
            indirect = 0.15 if _is_clause(templates[0]) else 0.0
            return [("FIT", 0.55), ("IT", indirect), ("DT", direct), ("FDT", direct)]
        exclaim = 0.6 if form != "exclaim" or high else 0.3
        return [("FIT", exclaim * inferred), ("FDT", direct)]

    def _thought_plan(
        self,
        unit: Unit,
        notion: Notion,
        template: Template,
        binding: Mapping[str, str],
        category: Form,
        frame: str,
    ) -> SentencePlan:
        register = {"FIT": "free", "IT": "indirect"}.get(category, "direct")
        pieces: tuple[Piece, ...] = (Piece(register, template, binding),)  # type: ignore[arg-type]
        plan = SentencePlan(
            form=category,
            frame=frame,
            pieces=pieces,
            mind=unit.mind,
            items=notion.items,
            thinker=unit.mind,
            end=template.end or ".",
            elsewhere=notion.elsewhere,
        )
        if category == "DT":
            return self._tag_thought(plan, unit.mind or "")
        if category == "IT":
            verb = choose(("think", "think", "suppose"), *self._key("verb", unit.mind, notion.at))
            head = parse(f"{{{EXPERIENCER}}} [{verb}] that")[0]
            head = Template((*head.parts, _SPACE), "")
            opening = Piece("narration", head, {EXPERIENCER: unit.mind or ""})
            return replace(plan, pieces=(opening, *pieces))
        return plan

    def _with_evidence(
        self, unit: Unit, notion: Notion, plans: Sequence[SentencePlan]
    ) -> SentencePlan:
        """The first sentence, marked as the focal mind's own inference unless it is so already."""
        first = plans[0]
        plain = " ".join(p.template.plain for plan in plans for p in plan.pieces if p.template)
        if first.form in ("IT", "DT") or any("?" in p.end for p in plans) or MARKED.search(plain):
            return first
        if any(isinstance(v, Verb) and v.words[0] == "must" for v in _parts(first)):
            return first
        if first.form == "FDT" or first.pieces[0].template is None:
            return self._tag_thought(first, unit.mind or "")
        draws = draw(*self._key("evidence", unit.mind, notion.at, notion.thought))
        if draws < 0.35 or not _takes_lead(first):
            return self._tag_thought(first, unit.mind or "")
        return replace(first, lead="So " if notion.fresh else "Of course ")

    def _tag_thought(self, plan: SentencePlan, thinker: str) -> SentencePlan:
        """``..., Tara thought.`` A question or a cry keeps its mark before the tag."""
        body = plan.pieces[-1]
        question = plan.end.startswith("?") or body.text.endswith("?")
        verb = "wonder" if question and plan.form == "FIT" else "think"
        if body.register == "quoted":
            text = body.text[:-1] + "," if body.text.endswith(".") else body.text
            pieces = (*plan.pieces[:-1], replace(body, text=text))
        else:
            mark = "," if plan.end in (".", "") else plan.end
            pieces = (*plan.pieces, Piece("quoted", text=mark))
        tag = Template((_SPACE, *parse(f"{{{EXPERIENCER}}} [{verb}]")[0].parts), "")
        named = Piece("narration", tag, {EXPERIENCER: thinker})
        return replace(
            plan,
            form="DT" if plan.form == "FDT" else plan.form,
            frame=plan.frame + "+tag",
            pieces=(*pieces, named),
            end=".",
        )

    def _belief(self, unit: Unit, notion: Notion) -> SentencePlan:
        """A change of belief in our own words: plain if it was perceived, else as inference."""
        wording = notion.wording
        assert wording is not None
        text, lead, form = wording.text, "", "FIT" if notion.surprise else "NI"
        if notion.believer is not None:
            text = "{believer} [think] that " + text
            lead, form = "So ", "FIT"
        elif notion.surprise:
            if notion.past:
                text = text.replace("[", "[past ", 1).replace("[past not ", "[past not ", 1)
            text += " after all"
            lead = "So "
        elif notion.elsewhere:
            lead, form = "So ", "FIT"
        binding = {**wording.binding, "believer": notion.believer or ""}
        template = parse(text)[0]
        return SentencePlan(
            form=form,  # type: ignore[arg-type]
            frame=f"belief {wording.text}" + (" of another" if notion.believer else ""),
            pieces=(Piece("free" if form == "FIT" else "narration", template, binding),),
            mind=unit.mind,
            items=notion.items,
            thinker=unit.mind if form == "FIT" else None,
            lead=lead,
            elsewhere=notion.elsewhere,
        )

    # The anchor

    def _anchored(
        self, mind: str | None, sentences: tuple[SentencePlan, ...]
    ) -> tuple[SentencePlan, ...]:
        """The sentences, the focal mind named in the first two at the latest."""
        if mind is None or self.options.person == "first":
            return sentences
        unnamed_thought = sentences[0].form in ("FIT", "FDT") and not _names(sentences[0], mind)
        if any(_names(sentence, mind) for sentence in sentences[:2]) and not unnamed_thought:
            return sentences
        for place, sentence in enumerate(sentences[:2]):
            anchored = self._name_focal(mind, sentence)
            if anchored is not None:
                return (*sentences[:place], anchored, *sentences[place + 1 :])
        item = sentences[0].items[:1]
        text = choose(_WATCHING, *self._key("watch", mind, *item))
        watching = SentencePlan(
            form="NI",
            frame="watch",
            pieces=(Piece("narration", parse(text)[0], {EXPERIENCER: mind}),),
            mind=mind,
            items=sentences[0].items,
        )
        return (sentences[0], watching, *sentences[1:])

    def _name_focal(self, mind: str, sentence: SentencePlan) -> SentencePlan | None:
        if sentence.form in ("FIT", "FDT") and sentence.thinker == mind:
            return self._tag_thought(sentence, mind)
        if sentence.form == "NV" and len(sentence.pieces) == 1:
            return _through_eyes(mind, sentence)
        if sentence.form == "DS" and sentence.frame.endswith(" after"):
            quoted, tag = sentence.pieces
            verb = sentence.frame.split()[0]
            text = Template((_SPACE, *parse(f"{{me}} [hear] {{agent}} {verb}")[0].parts), "")
            heard = Piece("narration", text, {**tag.binding, EXPERIENCER: mind})
            return replace(sentence, pieces=(quoted, heard), frame="heard")
        return None

    # Choosing

    def _key(self, stage: str, mind: str | None, *rest: Key) -> tuple[Key, ...]:
        return (stage, self.options.seed, mind, *rest)

    def _least_used(
        self,
        options: Sequence[Choice],
        stage: str,
        mind: str | None,
        item: LocalId,
    ) -> tuple[str, tuple[str, Mapping[str, str]]]:
        """One of the options used least so far, never the last one again if there is another."""
        fresh = [option for option in options if option[0] != self._last] or list(options)
        least = min(self._used[frame] for frame, _ in fresh)
        best = [option for option in fresh if self._used[option[0]] == least]
        return choose(best, *self._key(stage, mind, item))


_SPACE = Words(" ")

_FIRST_SENSED = (
    "{I} [hear] it as plainly as a voice, and the voice [be] {agent's}",
    "It [come] to {me} clear as a voice, and the voice [be] {agent's}",
    "The words [be] {agent's}, and {I} [hear] them, though {agent's} lips [be] still",
)
_SENSED_AGAIN = (
    "That [be] {agent} again, and not a word aloud",
    "It [be] {agent's} thought, and it [reach] {me} whole",
    "{I} [hear] that, too, in the quiet",
)
_WATCHING = ("{I} [look] up", "{I} [look] on", "{I} [keep] still")


def _quoted(words: str) -> str:
    return f"“{words}”"


def _filled(beat: str, names: Mapping[str, str]) -> str:
    """A beat with names for its slots; the speaker's own words need no agreement."""
    return re.sub(
        r"\{(\w+)('s)?\}", lambda m: names.get(m.group(1), m.group(1)) + (m.group(2) or ""), beat
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


def _can_shift(template: Template) -> bool:
    """Whether a sentence can change person and tense."""
    return _DIRECT_ONLY.search(template.plain) is None


def _is_clause(template: Template) -> bool:
    """Whether a sentence is a single clause that begins with its subject, so that *that*, *so* or
    *of course* can stand before it."""
    first = template.parts[0]
    if "," in template.plain:
        return False
    if isinstance(first, Words):
        return re.match(r"(?:It|There|This|That) $", first.text) is not None
    return isinstance(first, Mention) and first.case == "subject"


def _takes_lead(plan: SentencePlan) -> bool:
    template = plan.pieces[0].template
    return template is not None and _is_clause(template)


def _parts(plan: SentencePlan) -> list[object]:
    return [part for piece in plan.pieces if piece.template for part in piece.template.parts]


def _after_surprises(view: View, act: Item) -> LocalId:
    """The moment in which a condition of an act is judged: before it, but with those mistakes
    mended that the sight of it mends."""
    place = act.id + 1
    while place < len(view.items) and view.items[place].kind == "surprise":
        place += 1
    return LocalId(place)


def _in_paragraphs(told: Sequence[Sequence[SentencePlan]]) -> list[tuple[SentencePlan, ...]]:
    """The sentences in paragraphs that are not too long, cut between units."""
    paragraphs: list[list[SentencePlan]] = []
    for sentences in told:
        if not paragraphs or len(paragraphs[-1]) + len(sentences) > _MOST:
            paragraphs.append([])
        paragraphs[-1].extend(sentences)
    return [tuple(paragraph) for paragraph in paragraphs]


def _names(sentence: SentencePlan, mind: str) -> bool:
    """Whether a sentence will name a mind: in the narrator's words, not in its own."""
    return any(
        piece.binding.get(role) == mind
        for piece in sentence.pieces
        if piece.template is not None and piece.register == "narration"
        for role in piece.template.roles
    )


def _through_eyes(mind: str, sentence: SentencePlan) -> SentencePlan | None:
    """``Tara saw Willow shake her head``: a witnessed act as its witness's percept, if all its
    verbs are the agent's and plain."""
    piece = sentence.pieces[0]
    template = piece.template
    if template is None or not template.parts:
        return None
    opening = template.parts[0]
    if not isinstance(opening, Mention) or opening.case != "subject":
        return None
    subject = opening.role
    verbs = [part for part in template.parts if isinstance(part, Verb)]
    simple = all(
        verb.subject == (subject,)
        and not (verb.negated or verb.past or verb.inside)
        and verb.words[0] not in ("be", "have", "can", "could", "will", "would", "must", "do")
        for verb in verbs
    )
    if not verbs or not simple or piece.binding.get(subject) == mind:
        return None
    bare = tuple(
        Words(" ".join(part.words)) if isinstance(part, Verb) else part for part in template.parts
    )
    bare = (replace(opening, case="object"), *bare[1:])
    head = parse("{me} [see]")[0].parts
    seen = Template((*head, _SPACE, *bare), template.end)
    binding = {**piece.binding, EXPERIENCER: mind}
    return replace(
        sentence,
        frame=sentence.frame + "+seen",
        pieces=(replace(piece, template=seen, binding=binding),),
    )


def _aggregated(before: SentencePlan, after: SentencePlan) -> SentencePlan | None:
    """Two acts of one agent in our own words become one sentence; three do not."""
    if not (before.frame.startswith("act ") and after.frame.startswith("act ")):
        return None
    if "+" in before.frame or len(before.pieces) != 1 or before.mind != after.mind:
        return None
    first, second = before.pieces[0], after.pieces[0]
    agents = [
        [entity for role, entity in piece.binding.items() if role.startswith("agent")]
        for piece in (first, second)
    ]
    if agents[0] != agents[1] or len(agents[0]) != 1 or not (first.template and second.template):
        return None
    renamed = {f"then {role}": entity for role, entity in second.binding.items()}
    goes_on = before.frame == after.frame and second.binding.get("from") == first.binding.get("to")
    parts: tuple[Part, ...] = (Words(" and"), *map(_renamed, second.template.parts[1:]))
    if goes_on and "from" in second.binding and "to" in second.binding:
        parts = (Words(" and on to "), Mention("then to", "object", 0))
    joined = Template((*first.template.parts, *parts), "")
    return replace(
        before,
        frame=f"{before.frame}+{after.frame}",
        pieces=(replace(first, template=joined, binding={**first.binding, **renamed}),),
        items=(*before.items, *after.items),
    )


def _renamed(part: Part) -> Part:
    """A part of a second predicate, its slots kept apart from those of the first."""
    return replace(part, role=f"then {part.role}") if isinstance(part, Mention) else part
