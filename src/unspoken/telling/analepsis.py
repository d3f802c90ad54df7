"""The seams of a flashback: one pluperfect on the way in, a word on the way out.

Receives the sentence plans of the paragraph at a seam, hands them on. What lies between the seams
is in the simple past; *had* in every sentence is what makes flashbacks unreadable.
"""

from __future__ import annotations

from msgspec.structs import replace

from unspoken.telling.choosing import Choices
from unspoken.telling.draws import choose
from unspoken.telling.morph import is_auxiliary, participle
from unspoken.telling.plan import Piece, SentencePlan
from unspoken.telling.template import Part, Verb, Words, parse

_BEFORE = ("Earlier, ", "Before that, ", "Some time before, ")
"""What leads into a sentence that goes back."""
_BACK = (
    "It [past begin] before that",
    "There [past be] a beginning to it",
    "That [past not be] the beginning",
)
"""What goes back by itself, where the sentence that follows cannot."""
_NOW = ("That [be] how it [come] to this", "So it [come] to this", "And so to this")
"""What comes back."""


def entered(sentences: tuple[SentencePlan, ...], choices: Choices) -> tuple[SentencePlan, ...]:
    """The first paragraph of a flashback: its first clause in the pluperfect (in the simple past,
    in a telling in the present), or one put before it."""
    first = sentences[0]
    key = choices.key("earlier", first.mind, *first.items)
    has_had = choices.options.tense == "past"
    parts = _gone_back(first, has_had=has_had)
    if parts is not None:
        template = replace(first.pieces[0].template, parts=parts)  # type: ignore[type-var]
        pieces = (replace(first.pieces[0], template=template), *first.pieces[1:])
        lead = choose(_BEFORE, *key)
        return (
            replace(first, pieces=pieces, lead=lead, frame=f"{first.frame}+earlier"),
            *sentences[1:],
        )
    text = choose(_BACK, *key)
    text = text if has_had else text.replace("[past ", "[")
    return (_narrated(text, "earlier", first), *sentences)


def returned(sentences: tuple[SentencePlan, ...], choices: Choices) -> tuple[SentencePlan, ...]:
    """The first paragraph after a flashback."""
    first = sentences[0]
    key = choices.key("return", first.mind, *first.items)
    return (_narrated(choose(_NOW, *key), "return", first), *sentences)


def _narrated(text: str, frame: str, beside: SentencePlan) -> SentencePlan:
    piece = Piece("narration", parse(text)[0], {})
    return SentencePlan("NV", f"{frame} {text}", (piece,), beside.mind, beside.items)


def _gone_back(plan: SentencePlan, *, has_had: bool) -> tuple[Part, ...] | None:
    """The parts of an act's sentence, those of its first clause gone back in time; None where that
    would not read well."""
    template = plan.pieces[0].template
    if plan.form != "NV" or plan.lead or template is None or not template.parts:
        return None
    verbs = [part for part in template.parts if isinstance(part, Verb)]
    if not verbs or any(not _is_plain(verb) for verb in verbs[:1]):
        return None
    if isinstance(template.parts[0], Words) and template.parts[0].text[:1] in "“\u2018":
        return None
    clause = [verb for verb in verbs if verb.clause == verbs[0].clause]
    if any(not _is_plain(verb) or verb.words[0] == "be" for verb in clause[1:]):
        return None
    if not has_had:
        return template.parts
    return tuple(
        replace(part, past=True)
        if part is clause[0]
        else Words(" ".join((participle(part.words[0]), *part.words[1:])))
        if isinstance(part, Verb) and any(part is verb for verb in clause)
        else part
        for part in template.parts
    )


def _is_plain(verb: Verb) -> bool:
    """Whether a verb group is a verb in the narrator's tense, and nothing else."""
    head = verb.words[0]
    helps = is_auxiliary(head) and head != "be"
    return not (verb.past or verb.negated or verb.inside or helps or head in ("have", "do"))
