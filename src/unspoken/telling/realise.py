"""Sentence plans become sentences: mentions, verb forms, marks.

Receives paragraphs of plans, hands on paragraphs of spans. The last rules are applied here: what
to call whom, the tense of each register, capitals, and that no three sentences running open alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from unspoken.telling.draws import choose
from unspoken.telling.groups import group
from unspoken.telling.lexicon import PARTICLES
from unspoken.telling.morph import Person, Tense
from unspoken.telling.plan import (
    Options,
    Paragraph,
    ParagraphPlan,
    Piece,
    Register,
    Sentence,
    SentencePlan,
    Span,
)
from unspoken.telling.reference import Reach, Standing, note, refer
from unspoken.telling.setting import Setting
from unspoken.telling.template import Mention, Verb, Words
from unspoken.telling.view import View

CONNECTIVES = ("Then", "After that", "And then", "A moment later")
"""What a sentence may begin with where three would otherwise begin alike."""

CLAUSES_A_PIECE = 100
"""Pieces number their clauses apart, so that no two in a sentence have the same number."""

_GROUP_OF_OURS = {
    "They": "We",
    "they": "we",
    "Their": "Our",
    "their": "our",
    "them": "us",
    "themselves": "ourselves",
}
_GROUP = re.compile(r"[Tt]hey|[Tt]heir|them|themselves")
_NO_GROUP = re.compile(r"them|themselves")
"""Those that may be things named just before, as long as nobody has been called *they*."""
_MARKS = frozenset(",.;:?!")
_OWN = re.compile(r" own\b")
_WORD = re.compile(r"\w")
_OPENER = re.compile(r"[\w\u2019'-]+")
_FAR = {"here": "there", "now": "then"}


def realise(
    plans: Sequence[ParagraphPlan],
    views: Mapping[str | None, View],
    setting: Setting,
    options: Options,
) -> tuple[Paragraph, ...]:
    """The paragraphs in words, the sentences without provenance beyond their items."""
    realiser = _Realiser(views, setting, options, Reach(apart=options.apart))
    return tuple(realiser.paragraph(plan) for plan in plans)


class _Realiser(Struct):
    views: Mapping[str | None, View]
    setting: Setting
    options: Options
    reach: Reach
    openers: list[str] = field(default_factory=list)
    mind: str | None = None
    past: bool = False

    def paragraph(self, plan: ParagraphPlan) -> Paragraph:
        same = plan.mind == self.mind and plan.past == self.past
        self.reach.end_paragraph(same_mind=same)
        self.mind, self.past = plan.mind, plan.past
        sentences = tuple(self.sentence(s) for s in plan.sentences)
        return Paragraph(plan.mind, sentences, plan.past)

    def sentence(self, plan: SentencePlan) -> Sentence:
        spans = self._with_opener(plan, self._spans(plan))
        self.reach.end_sentence(plan.thinker if plan.thinker == plan.mind else None)
        return Sentence(
            spans=spans,
            form=plan.form,
            frame=plan.frame,
            mind=plan.mind,
            items=plan.items,
            thinker=plan.thinker,
            speaker=plan.speaker,
            elsewhere=plan.elsewhere,
            binding={role: one for p in plan.pieces for role, one in p.binding.items()},
        )

    def _with_opener(self, plan: SentencePlan, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """The sentence with a connective before it, if the last two began as it does."""
        first = opener("".join([span.text for span in spans]))
        if len(self.openers) >= 2 and self.openers[-2:] == [first, first]:
            key = ("connective", self.options.seed, plan.mind, *plan.items)
            connective = choose([c for c in CONNECTIVES if opener(c) != first], *key)
            if plan.form in ("FIT", "IT", "DT", "FDT"):
                connective = "And" if first != "and" else "But then"
            comma = "" if connective in ("Then", "And", "And then", "But then") else ","
            spans = (Span(f"{connective}{comma} "), *_lower_first(spans, plan))
            first = opener(connective)
        self.openers.append(first)
        return spans

    def _spans(self, plan: SentencePlan) -> tuple[Span, ...]:
        spans: list[Span] = []
        if plan.lead:
            spans.append(Span(plan.lead))
        tagged = self._is_tagged(plan)
        for place, piece in enumerate(plan.pieces):
            spans.extend(self._piece(piece, plan, tagged, place * CLAUSES_A_PIECE))
        spans.append(_as_it_is(plan.end))
        return _finished(spans, bool(plan.lead))

    def _is_tagged(self, plan: SentencePlan) -> bool:
        """Whether the thinker will stand in the narrator's words of this very sentence."""
        return plan.thinker is not None and any(
            piece.binding.get(role) == plan.thinker
            for piece in plan.pieces
            if piece.register == "narration" and piece.template is not None
            for role in piece.template.roles
        )

    def _piece(
        self, piece: Piece, plan: SentencePlan, tagged: bool, first_clause: int
    ) -> list[Span]:
        if piece.register == "quoted" or piece.template is None:
            return [Span(_typographic(piece.text), kind="quoted")]
        register = piece.register
        teller = plan.mind if self.options.person == "first" else None
        words = _Words(
            realiser=self,
            piece=piece,
            plan=plan,
            first_clause=first_clause,
            tense=self._tense(register),
            is_joint=plan.joint and teller is not None,
            tagged=tagged,
            speaks_as=plan.thinker if register == "direct" else teller,
            teller=teller,
        )
        return words.spans()

    def _tense(self, register: Register) -> Tense:
        if register == "direct":
            return "present"
        return "past" if self.past else self.options.tense


class _Words(Struct):
    """The spans of one piece: what each slot became decides what its verb agrees with."""

    realiser: _Realiser
    piece: Piece
    plan: SentencePlan
    first_clause: int
    """What the clauses of this piece are counted from."""
    tense: Tense
    is_joint: bool
    """Whether those who act together are *we*."""
    tagged: bool
    """Whether the thinker will be named in the sentence."""
    speaks_as: str | None
    """Who says I: the thinker in its own words, the teller in a first person telling."""
    teller: str | None
    """Who says I throughout, in a telling in the first person."""
    joined: bool = False
    """Whether those who act together have been called *they*."""
    persons: dict[str, Person] = field(default_factory=dict)
    subjects: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def spans(self) -> list[Span]:
        template, binding = self.piece.template, self.piece.binding
        assert template is not None
        for clause, roles in template.subjects.items():
            self.subjects[clause] = tuple([binding.get(role, role) for role in roles])
        parts = template.parts
        spans: list[Span] = []
        for place, part in enumerate(parts, 1):
            if isinstance(part, Words):
                text = part.text
                if self.piece.register == "indirect" and not spans:
                    text = text[:1].lower() + text[1:]
                elif self.is_joint:
                    text = self._ours(text)
                spans.append(_as_it_is(text))
            elif isinstance(part, Verb):
                spans.extend(self._verb(part))
            elif isinstance(part, Mention):
                following = parts[place] if place < len(parts) else None
                after = following.text if isinstance(following, Words) else ""
                alone = following is None or after[:1] in _MARKS
                own = after.startswith(" own") and _OWN.match(after) is not None
                spans.append(self._mention(part, absolute=alone, own=own))
            else:
                near = self.piece.register in ("direct", "free")
                spans.append(Span(part.word if near else _FAR[part.word]))
        return _with_particles_last(spans)

    def _mention(self, part: Mention, *, absolute: bool = False, own: bool = False) -> Span:
        realiser = self.realiser
        entity = self.piece.binding.get(part.role)
        if not entity:
            entity = part.role if realiser.setting.types(part.role) else ""
        if not entity:
            return Span(part.role)
        bound = part.case == "object" or own
        subjects = self.subjects.get(part.clause, ()) if bound else ()
        standing = Standing(
            case=part.case,
            absolute=absolute,
            own=own,
            subjects=subjects,
            thinker=self.plan.thinker if self._is_free() else None,
            tagged=self.tagged,
            focal=self.plan.mind,
            speaks_as=self.speaks_as,
            teller=self.teller,
        )
        view = realiser.views.get(self.plan.mind)
        named = refer(entity, standing, realiser.reach, view, realiser.setting)
        note(entity, named, realiser.reach)
        self.persons[part.role] = named.person
        return Span(
            _typographic(named.text),
            kind="mention",
            entity=entity,
            case=part.case,
            clause=self.first_clause + part.clause,
            pronoun=named.pronoun,
            reflexive=named.reflexive,
        )

    def _is_free(self) -> bool:
        """Whether these are somebody's thought or words as another gives them: there the thinker
        is the one whom a pronoun means first."""
        reported = self.plan.form == "IS" and self.plan.thinker in self.realiser.reach.here
        return reported or self.piece.register in ("free", "indirect")

    def _ours(self, text: str) -> str:
        """Words that speak of those who act together, when one of them is telling."""
        parts = []
        for word in re.split(r"\b", text):
            self.joined = self.joined or word.lower() in ("they", "their")
            is_group = _GROUP.fullmatch(word) and (self.joined or not _NO_GROUP.fullmatch(word))
            parts.append(_GROUP_OF_OURS[word] if is_group else word)
        return "".join(parts)

    def _verb(self, part: Verb) -> list[Span]:
        inside = None if part.inside is None else self._mention(part.inside)
        person = self._person(part)
        contracts = part.contracted or self.piece.register != "narration"
        words = group(
            part.words, self.tense, person, part.past, part.negated, inside is not None, contracts
        )
        verb = Span(
            _typographic(words.form),
            kind="verb",
            lemma=words.lemma,
            tense=words.tense,
            person=person,
            clause=self.first_clause + part.clause,
            subject=part.subject if isinstance(part.subject, tuple) else (),
        )
        after = [Span(words.tail)] if words.tail else []
        return [verb, *after] if inside is None else [verb, Span(" "), inside, *after]

    def _person(self, part: Verb) -> Person:
        if not isinstance(part.subject, tuple):
            return part.subject
        if len(part.subject) > 1:
            return "p"
        return self.persons.get(part.subject[0], "3s")


def _with_particles_last(spans: list[Span]) -> list[Span]:
    """*picked up the gun* stays, *picked up it* becomes *picked it up*."""
    for place, verb in enumerate(spans[:-3]):
        if verb.kind != "verb":
            continue
        particle, space, mention = spans[place + 1 : place + 4]
        phrasal = space.text == " " and particle.text.strip() in PARTICLES
        if phrasal and mention.pronoun and mention.case == "object":
            spans[place + 1 : place + 4] = [space, mention, particle]
    return spans


def opener(text: str) -> str:
    """What a sentence opens with: its first word, whatever marks stand before it."""
    found = _OPENER.search(text)
    return found.group().lower() if found else ""


@lru_cache(maxsize=4096)
def _as_it_is(text: str) -> Span:
    """Words that no mention and no verb changes."""
    return Span(_typographic(text))


@lru_cache(maxsize=4096)
def _typographic(text: str) -> str:
    return text.replace("'", "\u2019").replace("...", "…").replace('"', "”")


def _finished(spans: list[Span], led: bool) -> tuple[Span, ...]:
    """Marks and capitals put right: one end mark, a capital first."""
    kept = [span for span in spans if span.text]
    if led and len(kept) > 1:
        kept[1] = _decapitalised(kept[1])
    for place, span in enumerate(kept):
        found = _WORD.search(span.text)
        if found is not None:
            at = found.start()
            capital = span.text[:at] + span.text[at].upper() + span.text[at + 1 :]
            if capital != span.text:
                kept[place] = replace(span, text=capital)
            break
    return tuple(kept)


def _decapitalised(span: Span) -> Span:
    """A first word after a lead, small again, unless it is a name or I."""
    if (span.kind == "mention" and not span.pronoun) or span.text.startswith(("I ", "I\u2019")):
        return span
    if span.text == "I":
        return span
    return replace(span, text=span.text[:1].lower() + span.text[1:])


def _lower_first(spans: tuple[Span, ...], plan: SentencePlan) -> tuple[Span, ...]:
    if spans[0].kind == "quoted":
        return spans
    if spans[0].kind == "mention" and not spans[0].pronoun:
        name = spans[0].text
        return (
            (replace(spans[0], text="the" + name[3:]), *spans[1:])
            if name.startswith("The ")
            else spans
        )
    return (_decapitalised(spans[0]), *spans[1:])
