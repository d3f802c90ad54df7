"""Passages become paragraphs of sentence plans: everything worded, gathered, cut and anchored.

Receives passages; hands on what ``realise`` puts into words. How an act is told is in ``acts``, how
a thought is in ``notions``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from unspoken.telling.acts import Acts
from unspoken.telling.analepsis import entered, returned
from unspoken.telling.anchor import anchored, owned, tagged_once
from unspoken.telling.choosing import Choices
from unspoken.telling.interior import Interior, beside
from unspoken.telling.narrator import Narrator
from unspoken.telling.notions import Notions
from unspoken.telling.plan import (
    THOUGHT,
    Options,
    ParagraphPlan,
    Passage,
    SentencePlan,
    Unit,
)
from unspoken.telling.setting import Setting
from unspoken.telling.template import EXPERIENCER, Mention, Part, Template, Verb, Words, parse
from unspoken.telling.view import View

Told = tuple[bool, list[SentencePlan]]
"""Whether a unit is an act, and its sentences."""

_MOST = 5
"""Sentences in a paragraph."""


class Writer:
    """Words the passages of one telling, remembering what has been used."""

    def __init__(
        self,
        setting: Setting,
        views: Mapping[str | None, View],
        options: Options,
        narrator: Narrator | None = None,
    ) -> None:
        self.narrator = narrator
        self.choices = Choices(setting, views, options)
        self.acts = Acts(self.choices)
        self.notions = Notions(self.choices)
        self.interior = Interior(self.choices)

    def paragraphs(self, passages: Sequence[Passage]) -> tuple[ParagraphPlan, ...]:
        plans: list[ParagraphPlan] = []
        for passage in passages:
            self.choices.past = passage.past
            seam = bool(plans) and plans[-1].past != passage.past
            told: list[Told] = []
            for unit in passage.units:
                sentences = self._unit(unit, told[-1][1][-1] if told else None)
                if self.narrator is not None:
                    sentences = self.narrator.told(unit, sentences, self.choices)
                if sentences:
                    self._add(unit.act is not None, sentences, told)
            for group in _in_paragraphs(told, _MOST - seam):
                if seam:
                    group = (entered if passage.past else returned)(group, self.choices)
                before = plans[-1] if plans and plans[-1].mind == passage.mind else None
                if before is None:
                    group = anchored(passage.mind, group, self.choices)
                last = None if before is None else before.sentences[-1]
                group = owned(passage.mind, group, last, self.choices)
                plans.append(ParagraphPlan(passage.mind, tagged_once(group), passage.past))
                seam = False
        return _varied(plans)

    def _add(self, is_act: bool, sentences: list[SentencePlan], told: list[Told]) -> None:
        """Adds the sentences of a unit, or lengthens the one before by what its agent did next."""
        merged = None
        if told and len(sentences) == 1:
            last = told[-1][1][-1]
            merged = (
                _aggregated(last, sentences[0])
                or _both(last, sentences[0])
                or _passed_on(last, sentences[0])
                or beside(last, sentences[0])
            )
        if merged is not None:
            told[-1][1][-1] = merged
        else:
            told.append((is_act, sentences))
        self.choices.note(sentences)

    def _unit(self, unit: Unit, before: SentencePlan | None) -> list[SentencePlan]:
        if unit.act is not None:
            return self.acts.plans(unit, unit.act)
        assert unit.notion is not None
        if unit.notion.stirs is not None:
            return self.interior.plans(unit, unit.notion, before)
        return self.notions.plans(unit, unit.notion)


def _varied(plans: Sequence[ParagraphPlan]) -> tuple[ParagraphPlan, ...]:
    """The same plans, where the same frame came twice running a connective before the second; of
    two who do the same thing the second does it, too."""
    last = ""
    varied = []
    before: list[SentencePlan] = []
    for plan in plans:
        sentences = []
        for sentence in plan.sentences:
            told = sentence
            sentence = _likewise(sentence, before) or sentence
            before = [*before[-1:], told]
            if sentence.frame == last:
                sentence = _connected(sentence)
            last = sentence.frame
            sentences.append(sentence)
        varied.append(replace(plan, sentences=tuple(sentences)))
    return tuple(varied)


def _likewise(sentence: SentencePlan, before: Sequence[SentencePlan]) -> SentencePlan | None:
    """*So did Jasper*, right after *Edda brooded*; *Jasper brooded, too*, a sentence later, where
    it is no longer than that."""
    for distance, other in enumerate(reversed(before)):
        if not _is_same(sentence, other) or (distance and not _is_bare(sentence)):
            continue
        (piece,) = sentence.pieces
        if piece.template is None:
            continue
        text = Template((*piece.template.parts, Words(", too")), "")
        (role,) = piece.template.roles
        template = text if distance else parse(f"So [do {{{role}}}]")[0]
        link = "too" if distance else "so"
        frame = f"{sentence.frame}+{link}"
        return replace(sentence, frame=frame, pieces=(replace(piece, template=template),))
    return None


def _is_same(sentence: SentencePlan, other: SentencePlan) -> bool:
    """Whether two do one and the same thing, each by itself, in one and the same wording."""
    if other.frame.removesuffix("+seen") != sentence.frame:
        return False
    template = sentence.pieces[0].template
    if template is None or len(sentence.pieces) != 1 or len(other.pieces) != 1:
        return False
    if len(template.roles) != 1:
        return False
    (role,) = template.roles
    mine, others = sentence.pieces[0].binding, other.pieces[0].binding
    who, whose = mine.get(role, ""), others.get(role, "")
    swapped = {k: who if v == whose else v for k, v in others.items() if k != EXPERIENCER}
    same = swapped == {k: v for k, v in mine.items() if k != EXPERIENCER}
    if not same or who == whose or not isinstance(template.parts[0], Mention):
        return False
    return _is_bare(sentence) or (sentence.frame.startswith("frame ") and template.is_finite)


def _is_bare(sentence: SentencePlan) -> bool:
    """Whether it says that somebody does something, and no more, in our own words."""
    own = sentence.frame.startswith(("act ", "event ")) and len(sentence.pieces) == 1
    template = sentence.pieces[0].template
    if not own or template is None or len(template.parts) != 3:
        return False
    return isinstance(template.parts[0], Mention) and len(template.roles) == 1


def _connected(sentence: SentencePlan) -> SentencePlan:
    connective = "And" if sentence.form in THOUGHT else "Then"
    rest = sentence.lead[:1].lower() + sentence.lead[1:]
    return replace(sentence, lead=f"{connective} {rest}", frame=f"{sentence.frame}+{connective}")


def _in_paragraphs(told: Sequence[Told], most: int) -> list[tuple[SentencePlan, ...]]:
    """The sentences in paragraphs of about the same length, none of more than so many, cut before
    acts where that can be; those that stand alone, alone."""
    runs: list[list[list[SentencePlan]]] = [[]]
    for is_act, sentences in told:
        for place, sentence in enumerate(sentences):
            if sentence.alone:
                runs.extend(([[sentence]], []))
            elif not runs[-1] or (is_act and place == 0):
                runs[-1].append([sentence])
            else:
                runs[-1][-1].append(sentence)
    return [paragraph for run in runs if run for paragraph in _balanced(run, most)]


def _balanced(
    blocks: Sequence[Sequence[SentencePlan]], most: int
) -> list[tuple[SentencePlan, ...]]:
    """Blocks that belong together, in as few paragraphs as their length allows."""
    total = sum(map(len, blocks))
    share = -(-total // -(-total // most))
    paragraphs: list[list[SentencePlan]] = [[]]
    for block in blocks:
        if len(paragraphs[-1]) >= share or len(paragraphs[-1]) + len(block) > most:
            paragraphs.append([])
        paragraphs[-1].extend(block)
    return [tuple(p[i : i + most]) for p in paragraphs for i in range(0, len(p), most)]


def _aggregated(before: SentencePlan, after: SentencePlan) -> SentencePlan | None:
    """Two acts of one agent in our own words become one sentence; three do not."""
    if not (before.frame.startswith("act ") and after.frame.startswith("act ")):
        return None
    if "+" in before.frame or before.mind != after.mind:
        return None
    (first, *purpose), (second, *later) = before.pieces, after.pieces
    agents = [
        [entity for role, entity in piece.binding.items() if role.startswith("agent")]
        for piece in (first, second)
    ]
    if agents[0] != agents[1] or len(agents[0]) != 1 or not (first.template and second.template):
        return None
    renamed = {f"then {role}": entity for role, entity in second.binding.items()}
    goes_on = before.frame == after.frame and second.binding.get("from") == first.binding.get("to")
    if before.frame == after.frame and not goes_on:
        return None  # *went from the well to the mill and went from the tavern to the well*
    parts: tuple[Part, ...] = (Words(" and"), *map(_renamed, second.template.parts[1:]))
    if goes_on and "from" in second.binding and "to" in second.binding:
        parts = (Words(" and on to "), Mention("then to", "object", 0))
    joined = Template((*first.template.parts, *parts), "")
    return replace(
        before,
        frame=f"{before.frame}+{after.frame}",
        pieces=(
            replace(first, template=joined, binding={**first.binding, **renamed}),
            *(purpose or later),
        ),
        items=(*before.items, *after.items),
    )


_SEEN = ("belief {x} [", "seen {x} [", "belief there [", "seen there [")


def _both(before: SentencePlan, after: SentencePlan) -> SentencePlan | None:
    """*Ida and Bram weren't at the mill any more*; *and there was Ida, and Bram*: what is seen of
    one, and then of the other."""
    if not (before.frame.startswith(_SEEN) and after.frame.startswith(_SEEN)):
        return None
    texts = [one.frame.split(" ", 1)[1].replace("[stand]", "[be]") for one in (before, after)]
    first, second = before.pieces[0].binding, after.pieces[0].binding
    others = {**second, "x": first["x"]}
    if texts[0] != texts[1] or others != dict(first) or before.lead != after.lead:
        return None
    and_ = ", and" if texts[0].startswith("there ") else " and"
    text = texts[0].replace("{x}", f"{{x}}{and_} {{x2}}", 1)
    piece = replace(before.pieces[0], template=parse(text)[0], binding={**first, "x2": second["x"]})
    items = (*before.items, *after.items)
    return replace(before, frame=f"{before.frame}+both", pieces=(piece,), items=items)


_LINKS = 3
"""How many times more something may be passed on in one sentence."""


def _passed_on(before: SentencePlan, after: SentencePlan) -> SentencePlan | None:
    """*Bram told Jasper about the bell, and Jasper told Edda*: whoever something was done to does
    it to the next."""
    head, *links = before.frame.split("+")
    if not head.startswith("act ") or after.frame != head or before.mind != after.mind:
        return None
    if len(links) >= _LINKS or any(link != "passed" for link in links):
        return None
    if len(before.pieces) > 1 or len(after.pieces) > 1:
        return None
    (first,), (second,) = before.pieces, after.pieces
    given = ("agent", "other")
    same = {k: v for k, v in second.binding.items() if k not in given and k[:3] != "by "}
    last = first.binding.get(f"{len(links)} other" if links else "other")
    if (
        last is None
        or second.binding.get("agent") != last
        or not (first.template and second.template)
    ):
        return None
    if "other" not in second.binding or any(first.binding.get(k) != v for k, v in same.items()):
        return None
    roles = [getattr(part, "role", None) for part in second.template.parts]
    if "other" not in roles:
        return None
    place = len(links) + 1
    parts = [_linked(part, place) for part in second.template.parts[: roles.index("other") + 1]]
    joined = Template((*first.template.parts, Words(", and "), *parts), "")
    renamed = {f"{place} {role}": second.binding[role] for role in given}
    return replace(
        before,
        frame=f"{before.frame}+passed",
        pieces=(replace(first, template=joined, binding={**first.binding, **renamed}),),
        items=(*before.items, *after.items),
    )


def _linked(part: Part, place: int) -> Part:
    """A part of a clause of its own."""
    match part:
        case Mention(role, case, clause):
            return Mention(f"{place} {role}", case, clause + 10 * place)
        case Verb():
            subject = part.subject
            if isinstance(subject, tuple):
                subject = tuple(f"{place} {role}" for role in subject)
            return replace(part, subject=subject, clause=part.clause + 10 * place)
    return part


def _renamed(part: Part) -> Part:
    """A part of a second predicate, its slots kept apart from those of the first."""
    return replace(part, role=f"then {part.role}") if isinstance(part, Mention) else part
