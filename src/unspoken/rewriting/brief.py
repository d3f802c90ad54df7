"""What a language model is told: one paragraph, and what its mind has; nothing else.

Receives one mind's view, the paragraph, and what this mind was told through before; hands on a
prompt. It is a function of these alone, so that what goes on elsewhere cannot change a byte of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from unspoken.chronicle.events import Chain, Fact
from unspoken.queries.words import Words
from unspoken.rewriting.locks import Locked
from unspoken.telling import Form, LocalId, Options, View
from unspoken.telling.lexicon import IN_THE_HEART, WHEREABOUTS
from unspoken.telling.plan import Paragraph
from unspoken.telling.setting import split_name

FACTS = 12
"""How many of a mind's beliefs are said at most."""
EARLIER = 2
"""How many of the same mind's paragraphs before."""

_FORMS: dict[Form, str] = {
    "NV": "what can be seen and heard",
    "NI": "what somebody takes in or feels",
    "DS": "direct speech",
    "IS": "reported speech",
    "DT": "direct thought, with a tag",
    "FDT": "direct thought",
    "FIT": "free indirect thought",
    "IT": "indirect thought",
    "N": "what the narrator knows better than the mind did then",
}

SYSTEM = """\
You rewrite one paragraph of a story so that it reads better. Answer with the paragraph alone: no \
heading, no comment, no quotation marks of your own.
- Marks such as ⟦1⟧ stand for words that must stay: each comes back exactly once, in the same order.
- Say what the paragraph says: nothing that happens is left out, nothing is added. No new people, \
places, things, names, numbers or times.
- Stay in the one mind through which it is told. What goes on in anybody else it can only guess: \
keep every *must*, *so*, *perhaps* and question that marks a guess.
- Keep the tense and the person, and about the length.\
"""


class Brief(Struct, frozen=True):
    """A prompt in two parts, as chat endpoints take it."""

    system: str
    user: str

    def again(self, reasons: Sequence[str]) -> Brief:
        """The same, with why the last answer would not do."""
        listed = "\n".join(f"- {reason}" for reason in reasons)
        return Brief(self.system, f"{self.user}\n\nYour last answer would not do:\n{listed}")


def brief(
    view: View,
    paragraph: Paragraph,
    locked: Locked,
    earlier: Sequence[Paragraph],
    words: Words,
    options: Options,
) -> Brief:
    """The prompt for a paragraph. ``earlier``: those of the same mind before it, as they were told
    without a model."""
    eyes = "nobody: a camera" if view.mind is None else words.names([view.mind])
    facts = list(_facts(view, paragraph, words))[:FACTS]
    lines = [
        f"Told through: {eyes}. Person: {options.person}. Tense: {options.tense}.",
        *([f"What {eyes} takes to be so:", *(f"- {fact}" for fact in facts)] if facts else []),
        *_voice(view, words),
    ]
    if earlier:
        lines += ["Before this, through the same mind:", *(one.text for one in earlier[-EARLIER:])]
    lines += ["Under the marks:"]
    lines += [f"⟦{place}⟧ {span.text}" for place, span in enumerate(locked.spans, start=1)]
    forms = dict.fromkeys(_FORMS[sentence.form] for sentence in paragraph.sentences)
    lines += [f"In it, in this order: {', '.join(forms)}.", "The paragraph:", locked.text]
    return Brief(SYSTEM, "\n".join(lines))


def _facts(view: View, paragraph: Paragraph, words: Words) -> Iterator[str]:
    """What a mind holds, rightly or not, of the hearts and whereabouts of those in a paragraph, and
    of what each of them holds of these."""
    if view.mind is None:
        return
    before = LocalId(max((i for s in paragraph.sentences for i in s.items), default=-1) + 1)
    here = [
        span.entity
        for sentence in paragraph.sentences
        for span in sentence.spans
        if span.entity is not None and words.setting.sort(span.entity) == "character"
    ]
    people = list(dict.fromkeys((view.mind, *here)))
    known = (fact for fact in view.beginning[(view.mind,)] if _is_of(fact, people))
    for fact in sorted(known, key=lambda fact: (fact.property, repr(fact.arguments))):
        chains: list[Chain] = [(view.mind,)]
        chains += [(view.mind, other) for other in people[1:] if fact.arguments[0] == view.mind]
        for minds in chains:
            value = view.value(minds, fact, before)
            said = None if value is None else words.fact(fact, value)
            if said is not None:
                yield said if len(minds) == 1 else f"{words.names(minds[1:])} thought that {said}"


def _is_of(fact: Fact, people: Sequence[str]) -> bool:
    about = {word.lower() for word in split_name(fact.property)} & (IN_THE_HEART | WHEREABOUTS)
    inner = [one for one in fact.arguments if isinstance(one, str)]
    return bool(about and inner) and set(inner) <= set(people) and len(set(inner)) == len(inner)


def _voice(view: View, words: Words) -> Iterator[str]:
    voice = words.setting.voice(view.mind or "")
    if voice is not None and voice.manners:
        yield f"In speech: {', '.join(one.name.replace('_', ' ') for one in voice.manners)}."
