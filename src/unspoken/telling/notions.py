"""How a thought or a belief is told: its category, its tag, its evidence.

The categories are Leech and Short's; their weights depend on the tense, since past-tense fiction
prefers free indirect thought and present-tense fiction direct. Guard kept here: the evidence rule;
another mind is only ever inferred.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from unspoken.model.telling import Thought
from unspoken.telling.anchor import tagged
from unspoken.telling.choosing import Choice, Choices
from unspoken.telling.draws import choose, draw, weigh
from unspoken.telling.plan import Form, Notion, Piece, SentencePlan, Unit
from unspoken.telling.template import (
    EXPERIENCER,
    SPACE,
    Mention,
    Template,
    Verb,
    Words,
    parse,
)

MARKED = re.compile(
    r"\b(?:must|maybe|perhaps|surely|of course|so|no doubt|probably|seem|seems|seemed|might|"
    r"as if|as though|looks?|looked|evidently|clearly|plainly|obviously|that much|somehow|guess|"
    r"suppose)\b|\?",
    re.IGNORECASE,
)
"""What shows that something about another mind is a guess."""

_DIRECT_ONLY = re.compile(
    r"\b(?:I|me|my|mine|myself|am|is|are|does|do|don['\u2019]t|doesn['\u2019]t|isn['\u2019]t|"
    r"aren['\u2019]t|can|can['\u2019]t|will|won['\u2019]t)\b|"
    r"\b(?:it|that|he|she|what|there|who|you|we|they)['\u2019](?:s|re|ll|ve)\b|"
    r"\b[A-Z]\w+['\u2019]ll\b"
)
"""Words that cannot be shifted: a wording with them is told as direct thought."""

_AT = re.compile(r",? (?:in|at|on) \{v\}")
_THERE = "And "
"""What comes before *there was Hugo*."""

DIRECT = 0.05
"""What direct thought is worth in a telling in the past."""
HIGH = 2.5
"""The stake from which a notion counts as intense."""
CUT_OFF, CUT_OFF_WHEN_HIGH = 0.6, 0.9
"""How likely a thought with a fragment is to be followed by it."""
TAGGED = 0.35
"""How likely an inference is to be marked by a tag rather than by *so* or *of course*."""
OF_OTHERS = 0.25
"""What direct thought without an *I* is worth, in a telling in the past: its present looks like a
slip."""
ALONE = 0.7
"""How likely the fragment is to have a paragraph to itself."""


class Notions(Struct):
    """Words what goes through a mind."""

    choices: Choices

    def plans(self, unit: Unit, notion: Notion) -> list[SentencePlan]:
        """The sentences in which a notion goes through a mind."""
        if notion.thought is None:
            return [self._belief(unit, notion)]
        thought = self.choices.setting.world.telling.thoughts[notion.thought]
        experiencer = thought.variables[0].name
        options: list[tuple[tuple[str, Form, str], float]] = []
        for form, texts in thought.forms:
            if form == "fragment" and len(thought.forms) > 1:
                continue
            for which, text in enumerate(texts):
                frame = f"thought {notion.thought}.{form}.{which}"
                for category, weight in self._categories(form, text, notion):
                    if weight > 0:
                        options.append(
                            ((frame, category, text), weight / 4 ** self.choices.used[frame])
                        )
        fresh = [option for option in options if option[0][0] != self.choices.last]
        options = fresh or options
        if self.choices.tagged:
            options = [option for option in options if option[0][1] != "DT"] or options
        frame, category, text = weigh(
            options, *self.choices.key("form", unit.mind, notion.at, notion.thought)
        )
        binding = {**notion.binding, EXPERIENCER: unit.mind or ""}
        plans = []
        for place, template in enumerate(parse(text, experiencer)):
            shifts = category if _can_shift(template) or category == "DT" else "FDT"
            plans.append(
                self._thought_plan(unit, notion, template, binding, shifts, f"{frame}#{place}")
            )
        plans.extend(self._cut_off(unit, notion, thought))
        if notion.elsewhere and ".fragment." not in frame:
            plans[0] = self._with_evidence(unit, notion, plans)
        return plans

    def _cut_off(self, unit: Unit, notion: Notion, thought: Thought) -> list[SentencePlan]:
        """A thinker who calls herself to order: a fragment after the thought, each once, often
        alone in its paragraph."""
        texts = dict(thought.forms).get("fragment", ()) if len(thought.forms) > 1 else ()
        frames = [(f"thought {notion.thought}.fragment.{i}", text) for i, text in enumerate(texts)]
        unused = [pair for pair in frames if not self.choices.used[pair[0]]]
        key = self.choices.key("fragment", unit.mind, notion.at, notion.thought)
        likely = CUT_OFF_WHEN_HIGH if notion.stake >= HIGH else CUT_OFF
        if not unused or draw(*key) >= likely:
            return []
        frame, text = choose(unused, "which", *key)
        alone = draw("alone", *key) < ALONE
        plans = [
            self._thought_plan(unit, notion, template, {}, "FDT", f"{frame}#{place}")
            for place, template in enumerate(parse(text, thought.variables[0].name))
        ]
        return [replace(plan, elsewhere=False, alone=alone) for plan in plans]

    def _categories(self, form: str, text: str, notion: Notion) -> list[tuple[Form, float]]:
        """The categories a wording can take, by the weights of the design's table."""
        made = _make(text)
        high = notion.stake >= HIGH
        present = self.choices.tense == "present"
        direct = DIRECT * (2.5 if high else 1.0) * (4.5 if present else 1.0)
        if form == "fragment":
            return [("FDT", 0.5 if high else 0.12)]
        if not made.shifts:
            return [("FDT", max(direct, 0.4))]
        # Who says I need not say whose thought it is.
        tagged_weight = direct if self.choices.options.person == "third" else 0.0
        if not (present or made.says_i):
            tagged_weight *= OF_OTHERS
        untagged = direct if present or made.says_i else 0.0
        if form == "plain" and not present:
            # What is told in thought is told in the past; a tag marks a guess, and nothing else.
            tagged_weight, untagged = tagged_weight * notion.elsewhere, 0.0
        inferred = 1.5 if notion.elsewhere and form == "question" else 1.0
        if form == "plain" and made.states:
            indirect = 0.15 if made.is_simple else 0.0
            return [("FIT", 0.55), ("IT", indirect), ("DT", tagged_weight), ("FDT", untagged)]
        exclaim = 0.6 if form != "exclaim" or high else 0.3
        return [("FIT", exclaim * inferred), ("FDT", untagged)]

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
            elsewhere=notion.elsewhere and ".fragment." not in frame,
        )
        if category == "DT":
            return tagged(plan, unit.mind or "")
        if category == "IT":
            verb = choose(
                ("think", "think", "suppose"), *self.choices.key("verb", unit.mind, notion.at)
            )
            head = parse(f"{{{EXPERIENCER}}} [{verb}] that")[0]
            head = Template((*head.parts, SPACE), "")
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
            return tagged(first, unit.mind or "")
        draws = draw(*self.choices.key("evidence", unit.mind, notion.at, notion.thought))
        # In a telling through one mind whose guess it is goes without saying, that it is one not.
        tag = draws < TAGGED and self.choices.has_heads and not self.choices.tagged
        if tag or not _takes_lead(first):
            return tagged(first, unit.mind or "")
        concluded = "No doubt " if self.choices.concluded else "So "
        return replace(first, lead=concluded if notion.fresh else "Of course ")

    def _belief(self, unit: Unit, notion: Notion) -> SentencePlan:
        """A change of belief in our own words: plain if it was perceived, else as inference."""
        wording = notion.wording
        assert wording is not None
        text, lead, form = wording.text, "", "FIT" if notion.surprise else "NI"
        if wording.seen and notion.seen and not notion.surprise:
            options: list[Choice] = [(f"seen {text}", (text, {})) for text in wording.seen]
            _, (text, _) = self.choices.least_used(options, "seen", unit.mind, notion.at)
        if notion.believer is not None:
            text = "{believer} [think] that " + text
            lead, form = "So ", "FIT"
        elif notion.surprise and notion.where:
            lead, text = _come_or_gone(text)
        elif notion.surprise:
            text += " after all"
            lead = "So "
        elif notion.opens:
            form = "FIT"  # what may be so is no conclusion
        elif notion.elsewhere:
            lead, form = "So ", "FIT"
        if notion.where and self.choices.scene == (unit.mind, wording.binding.get("v")):
            text = _AT.sub(" there", text) if lead != _THERE else _AT.sub("", text)
        binding = {**wording.binding, "believer": notion.believer or ""}
        template = parse(text)[0]
        return SentencePlan(
            form=form,  # type: ignore[arg-type]
            frame=f"{'seen' if notion.seen else 'belief'} {text}",
            pieces=(Piece("free" if form == "FIT" else "narration", template, binding),),
            mind=unit.mind,
            items=notion.items,
            thinker=unit.mind if form == "FIT" else None,
            lead=lead,
            elsewhere=notion.elsewhere,
        )


def _come_or_gone(text: str) -> tuple[str, str]:
    """That somebody is not where they were, or is where nobody thought: a lead and a text. *Ida
    wasn't at the mill any more*; *and there was Hugo, at the well*."""
    if "[not " in text:
        return "", f"{text} any more"
    return _THERE, text.replace("{x} [be] ", "there [be] {x}, ")


class _Make(Struct, frozen=True):
    """What a wording is like. ``shifts``: it can change person and tense. ``says_i``: as direct
    thought each of its sentences shows as such among narration in the past, by its *I*, or by
    having no verb whose tense could look like a slip. ``states``: it is one sentence, which neither
    asks nor cries; ``is_simple``: with its subject first, and no comma."""

    shifts: bool
    says_i: bool
    states: bool
    is_simple: bool


@lru_cache(maxsize=4096)
def _make(text: str) -> _Make:
    templates = parse(text)
    first = templates[0]
    opens = isinstance(first.parts[0], Mention)
    return _Make(
        shifts=all(map(_can_shift, templates)),
        says_i=all(EXPERIENCER in one.roles or not one.is_finite for one in templates),
        states=len(templates) == 1 and not first.end.startswith(("?", "!")),
        is_simple=opens and _is_clause(first) and "," not in first.plain,
    )


def _can_shift(template: Template) -> bool:
    """Whether a sentence can change person and tense."""
    return _DIRECT_ONLY.search(template.plain) is None


def _is_clause(template: Template) -> bool:
    """Whether a sentence begins with its subject, so that *so* or *of course* can stand before
    it."""
    first = template.parts[0]
    if isinstance(first, Words):
        return re.match(r"(?:It|There|This|That) $", first.text) is not None
    return isinstance(first, Mention) and first.case == "subject"


def _takes_lead(plan: SentencePlan) -> bool:
    template = plan.pieces[0].template
    return template is not None and _is_clause(template)


def _parts(plan: SentencePlan) -> list[object]:
    return [part for piece in plan.pieces if piece.template for part in piece.template.parts]
