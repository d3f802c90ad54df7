"""The laws of a telling, each as a function that lists what breaks it.

They read sentences and spans, as a reader would, and share no code with what made them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import lemminflect
from msgspec.structs import replace

from unspoken.chronicle import Chronicle
from unspoken.model import Storyworld
from unspoken.telling import Paragraph, Sentence, Span, Telling

KNOWN_ERRORS = {
    ("broadcast", "VBD"): "broadcast",
    ("fit", "VBD"): "fitted",
    ("get", "VBN"): "got",
    ("knit", "VBD"): "knitted",
    ("knit", "VBN"): "knitted",
    ("lean", "VBN"): "leaned",
    ("lie", "VBN"): "lain",
    ("light", "VBN"): "lit",
    ("smell", "VBN"): "smelled",
    ("mishear", "VBD"): "misheard",
    ("mishear", "VBN"): "misheard",
    ("sting", "VBG"): "stinging",
}
"""Where lemminflect knows one form and we use another (British, or simply right)."""

MODALS = {
    "can": ("can", "could"),
    "may": ("may", "might"),
    "must": ("must", "must"),
    "should": ("should", "should"),
    "will": ("will", "would"),
    "would": ("would", "would"),
}
BE = {"past": {"1s": "was", "2s": "were", "3s": "was", "p": "were"}}
BE["present"] = {"1s": "am", "2s": "are", "3s": "is", "p": "are"}
PRONOUNS = {
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "I"),
}
THOUGHT = ("DT", "FDT", "FIT", "IT")
INFERENCE = re.compile(
    r"\?|\b(?:so|of course|must|maybe|perhaps|surely|no doubt|seem\w*|might|as if|as though|"
    r"that much|(?:think|thinks|thought|suppose|supposes|supposed|wonder|wonders|wondered) that|"
    r"\w+ (?:thinks?|thought|wonders?|wondered|guess(?:es|ed)?)[.;])",
    re.IGNORECASE,
)


def forms(lemma: str, tag: str) -> tuple[str, ...]:
    """The forms that the gold table allows."""
    if (lemma, tag) in KNOWN_ERRORS:
        return (KNOWN_ERRORS[lemma, tag],)
    return tuple(lemminflect.getInflection(lemma, tag))


def sentences(telling: Telling) -> Iterator[Sentence]:
    for paragraph in telling.paragraphs:
        yield from paragraph.sentences


# P5


def pronoun_of(entity: str, world: Storyworld) -> str | None:
    """The class of an entity's pronoun, from the declarations alone."""
    for voice in world.telling.voices:
        if voice.entity == entity and voice.pronoun is not None:
            return voice.pronoun
    types = next(world.types_of(e) for e in world.entities if e.name == entity)
    if "character" in types:
        return None
    if types & {"place", "room", "landform", "ship"}:
        return "it"  # never said of a place, but a reader may think of it
    return "they" if entity.endswith("s") and not entity.endswith("ss") else "it"


def unlicensed(telling: Telling, world: Storyworld) -> list[str]:
    """Pronouns that a reader could take for somebody else (or for nobody)."""
    found = []
    named: set[str] = set()
    mentioned: set[str] = set()
    lately: set[str] = set()
    """Mentioned in the paragraph before."""
    for before, paragraph in zip((None, *telling.paragraphs), telling.paragraphs, strict=False):
        if before is None or (before.mind, before.past) != (paragraph.mind, paragraph.past):
            named = set()
        last: frozenset[str] = frozenset()
        spoken_of: frozenset[str] = frozenset()
        seen: set[str] = set()
        lately, mentioned = mentioned, set()
        for sentence in paragraph.sentences:
            here: list[str] = []
            tagged = any(
                s.kind == "mention" and s.entity == sentence.thinker and not s.pronoun
                for s in sentence.spans
            )
            for span in sentence.spans:
                if span.kind != "mention" or span.entity is None:
                    continue
                if span.pronoun and not _is_clear(
                    span,
                    sentence,
                    here,
                    last,
                    spoken_of,
                    named,
                    seen,
                    mentioned | lately,
                    tagged,
                    telling,
                    world,
                ):
                    found.append(f"{span.text!r} ({span.entity}) in {sentence.text!r}")
                here.append(span.entity)
                if not span.pronoun:
                    named.add(span.entity)
                    seen.add(span.entity)
            own = sentence.thinker is not None and sentence.thinker == sentence.mind
            last = frozenset((*here, sentence.thinker) if own and sentence.thinker else here)
            spoken_of = frozenset(here)
            mentioned.update(here)
    return found


def _is_clear(
    span: Span,
    sentence: Sentence,
    here: Sequence[str],
    last: frozenset[str],
    spoken_of: frozenset[str],
    named: set[str],
    seen: set[str],
    mentioned: set[str],
    tagged: bool,
    telling: Telling,
    world: Storyworld,
) -> bool:
    assert span.entity is not None
    sort = PRONOUNS[span.text.lower()]
    if sort == "I":
        own = sentence.form in ("DT", "FDT") and span.entity == sentence.thinker
        return own or (telling.options.person == "first" and span.entity == sentence.mind)
    if sort != pronoun_of(span.entity, world):
        return False
    subjects = {
        s.entity
        for s in sentence.spans
        if s.kind == "mention" and s.case == "subject" and s.clause == span.clause
    }
    place = sentence.spans.index(span)
    if span.reflexive or sentence.spans[place + 1].text.startswith(" own"):
        return subjects == {span.entity} or (span.reflexive and span.entity in subjects)
    if span.case == "object" and span.entity in subjects and len(subjects) == 1:
        return False
    tag = (
        any(
            s.kind == "verb"
            and s.clause == span.clause
            and s.lemma in ("think", "wonder", "suppose", "guess")
            for s in sentence.spans
        )
        and sentence.form in THOUGHT
    )
    unsaid = sentence.form == "IS" and sentence.thinker not in here
    direct = sentence.form in ("DT", "FDT") or tag or unsaid
    barred = subjects if span.case == "object" else set()
    teller = sentence.mind if telling.options.person == "first" else None  # is I, and no rival
    near = {e for e in here if pronoun_of(e, world) == sort} - barred - {teller}
    if span.entity == sentence.thinker and not direct:
        first = span.entity in here or near <= {span.entity}
        others = {e for e in spoken_of if pronoun_of(e, world) == sort} - barred - {teller}
        lost = others and span.entity not in {*here, *spoken_of}
        return first and ((span.entity in named and not lost) or tagged)
    if span.entity == sentence.mind and span.entity not in seen:
        return False
    if near:
        return near == {span.entity}
    thinker = None if direct or sentence.thinker == teller else sentence.thinker
    if thinker and pronoun_of(thinker, world) == sort and thinker not in barred:
        return False
    earlier = {e for e in last if pronoun_of(e, world) == sort} - {teller}
    everyone = {c for c in world.characters if pronoun_of(c, world) == sort} - {teller}
    return earlier == {span.entity} or (
        everyone == {span.entity} and span.entity in mentioned | set(here)
    )


# P6, P7, P8


def disagreeing(telling: Telling) -> list[str]:
    """Verbs that do not agree with the subject a reader finds, or are no English form."""
    found = []
    for sentence in sentences(telling):
        for place, span in enumerate(sentence.spans):
            if span.kind != "verb" or span.lemma is None or span.tense is None:
                continue
            if span.text.lower().replace("\u2019", "'") not in finite(span):
                found.append(f"{span.text!r} for {span.lemma} in {sentence.text!r}")
            if span.subject and span.person != _person(sentence.spans, place):
                found.append(f"{span.text!r} is {span.person} in {sentence.text!r}")
    return found


def finite(span: Span) -> set[str]:
    assert span.lemma is not None
    assert span.tense is not None
    assert span.person is not None
    if span.lemma == "be":
        plain = {BE[span.tense][span.person]}
    elif span.lemma in MODALS:
        plain = {MODALS[span.lemma][span.tense == "past"]}
    elif span.tense == "past":
        plain = set(forms(span.lemma, "VBD"))
    else:
        plain = set(forms(span.lemma, "VBZ")) if span.person == "3s" else {span.lemma}
    negative = {f"{form} not" for form in plain} | {f"{form}n't" for form in plain}
    return (
        plain | negative | {"cannot", "won't", "can't"}
        if span.lemma in MODALS
        else (plain | negative)
    )


def _person(spans: Sequence[Span], place: int) -> str:
    """Person and number of the subject: the mentions of this clause that are in its case."""
    clause = spans[place].clause
    near = [s for s in spans if s.kind == "mention" and s.case == "subject" and s.clause == clause]
    number = len(spans[place].subject)
    subjects = [s for s in near if spans.index(s) <= place + 2][-number:]
    if number > 1:
        return "p"
    text = subjects[-1].text.lower()
    if text == "i":
        return "1s"
    plural = text == "they" or (
        text.startswith("the ") and text.endswith("s") and not text.endswith(("ss", "us", "is"))
    )
    return "p" if plural else "3s"


def out_of_tense(telling: Telling) -> list[str]:
    """Verbs of the narrator's that are not in the narrator's tense. (In the present, what was so
    before is in the simple past; a flashback is in the past in any telling.)"""
    return [
        f"{span.text!r} in {sentence.text!r}"
        for paragraph in telling.paragraphs
        if paragraph.past or telling.options.tense == "past"
        for sentence in paragraph.sentences
        for span in sentence.spans
        if span.kind == "verb" and sentence.form not in ("DT", "FDT") and span.tense != "past"
    ]


def badly_entered(telling: Telling) -> list[str]:
    """Flashbacks that are not entered with one clause that goes back before the telling's tense
    and left with a word that comes back; all verbs of that clause count as one."""
    found = []
    for section in sections(telling):
        for before, after in pairwise(section.paragraphs):
            if before.past == after.past:
                continue
            first = after.sentences[0]
            if not after.past and not first.frame.startswith("return "):
                found.append(f"not left: {first.text!r}")
            if not after.past:
                continue
            heads = [s for s in first.spans if s.kind == "verb"]
            had = [s.lemma for s in heads if s.lemma == "have" and s.tense == "past"]
            if "earlier" not in first.frame:
                found.append(f"not entered: {first.text!r}")
            if len(had) != (telling.options.tense == "past") and "past " not in first.frame:
                found.append(f"{len(had)} pluperfects: {first.text!r}")
    return found


def sections(telling: Telling) -> Iterator[Telling]:
    """The tellings of which a replay is made; any other is one."""
    current: list[Paragraph] = []
    for paragraph in telling.paragraphs:
        if paragraph.heading and current:
            yield replace(telling, paragraphs=tuple(current))
            current = []
        current.append(paragraph)
    yield replace(telling, paragraphs=tuple(current))


# P9, P10, P11


def repeated(telling: Telling) -> list[str]:
    """The same frame twice running; three sentences running that open alike."""
    told = list(sentences(telling))
    found = [f"{a.frame} twice" for a, b in pairwise(told) if a.frame == b.frame]
    openers = [re.findall(r"[\w\u2019'-]+", sentence.text.lower())[0] for sentence in told]
    for i in range(len(openers) - 2):
        if len(set(openers[i : i + 3])) == 1:
            found.append(f"three sentences open with {openers[i]!r}: {told[i].text!r} ...")
    return found


def unanchored(telling: Telling) -> list[str]:
    """Paragraphs after a change of eyes in which the focal mind is not named within two sentences
    (nor speaks as I)."""
    found = []
    before = None
    for paragraph in telling.paragraphs:
        mind = paragraph.mind
        if mind is not None and mind != before and telling.options.person == "third":
            spans = [span for s in paragraph.sentences[:2] for span in s.spans]
            if not any(s.entity == mind and not s.pronoun for s in spans):
                found.append(paragraph.text)
        before = mind
    return found


def too_long(telling: Telling) -> list[str]:
    return [p.text for p in telling.paragraphs if not 1 <= len(p.sentences) <= 6]


def unmarked(telling: Telling) -> list[str]:
    """What only another mind can know, told as if it were seen."""
    found = []
    for paragraph in telling.paragraphs:
        doubtful = [s for s in paragraph.sentences if s.elsewhere]
        for _, group in groupby(doubtful, key=lambda s: (s.items, re.split("[#+]", s.frame)[0])):
            told = list(group)
            text = " ".join(s.text for s in told)
            own = any(
                span.kind == "mention" and PRONOUNS.get(span.text.lower()) == "I"
                for s in told
                if s.form in ("DT", "FDT")
                for span in s.spans
            )
            if not INFERENCE.search(text) and not (own and telling.options.person == "third"):
                found.append(text)
    return found


# P12


def misspelt(telling: Telling) -> list[str]:
    """Faults of orthography, told apart by a word each."""
    faults = {
        "double space": r"  ",
        "space before a mark": r" [,.;:?!…”]",
        "two end marks": r"[.?!][.?!,]|,[.?!]|…[.,]|[.?!…],",
        "a slot": r"[{}\[\]]",
        "a before a vowel": r"\b[Aa] [aeio]\w",
        "an before a consonant": r"\b[Aa]n [bcdfgjkpqtvwyz]\w",
        "a straight quote": r"[\"']",
        "no capital": r"(?:^|[.] )[a-z]",
    }
    found = []
    for paragraph in telling.paragraphs:
        text = paragraph.text
        if text.count("“") != text.count("”"):
            found.append(f"unbalanced quotes: {text!r}")
        if not re.search(r"[.?!…]”?$", text):
            found.append(f"no end: {text!r}")
        for fault, pattern in faults.items():
            if re.search(pattern, text):
                found.append(f"{fault}: {text!r}")
    return found


# P14


def told_twice_or_never(telling: Telling, expected: set[int]) -> list[str]:
    """Events told in no sentence, or again after something else was told."""
    runs = [
        event
        for event, _ in groupby(
            event for sentence in sentences(telling) for event in sorted(set(sentence.events))
        )
    ]
    order: list[tuple[int, ...]] = [s.events for s in sentences(telling)]
    found = [f"event {event} is never told" for event in sorted(expected - set(runs))]
    for event in sorted(expected):
        places = [i for i, events in enumerate(order) if event in events]
        if places and places[-1] - places[0] >= len(places):
            found.append(f"event {event} is told again")
    return found


# What is set off is told after what set it off


def told_before_its_cause(telling: Telling, chronicle: Chronicle) -> list[str]:
    """Sentences about what something set off, within the view of the mind that they are told
    through, that stand before the first sentence about that something."""
    told = list(sentences(telling))
    first: dict[int, int] = {}
    for place, sentence in enumerate(told):
        for event in sentence.events:
            first.setdefault(event, place)
    return [
        f"{sentence.text!r} before {told[first[cause]].text!r}"
        for place, sentence in enumerate(told)
        for event in sentence.events
        for cause in _set_off_by(event, sentence.mind, chronicle)
        if first.get(cause, -1) > place
    ]


def _set_off_by(event: int, mind: str | None, chronicle: Chronicle) -> set[int]:
    """All that led to an event, as far as this mind (or a camera) perceived it."""
    found: set[int] = set()
    left = [event]
    while left:
        for cause in chronicle.events[left.pop()].causes:
            perceived = mind is None or mind in chronicle.events[cause].percepts
            if perceived and cause not in found:
                found.add(cause)
                left.append(cause)
    return found


def out_of_order(telling: Telling) -> list[str]:
    """Flashbacks that are not the beginning of what stands around them: told in the order of their
    minds, what is in the flashback comes before all that is not."""
    found = []
    for section in sections(telling):
        minds = {sentence.mind for sentence in sentences(section)}
        for mind in minds:
            past: list[int] = []
            rest: list[int] = []
            for paragraph in section.paragraphs:
                for sentence in paragraph.sentences:
                    if sentence.mind == mind:
                        (past if paragraph.past else rest).extend(sentence.items)
            if past and rest and max(past) >= min(rest):
                found.append(f"{mind}: {max(past)} in the flashback, {min(rest)} out of it")
    return found


def in_order(telling: Telling) -> Telling:
    """The same sentences as they came: what is in the flashback first."""
    ordered = []
    for section in sections(telling):
        ordered += sorted(section.paragraphs, key=lambda paragraph: not paragraph.past)
    return replace(telling, paragraphs=tuple(ordered))


def broken(telling: Telling, world: Storyworld) -> list[str]:
    """Everything that breaks a law in a telling of any world."""
    found = [*badly_entered(telling), *out_of_order(telling)]
    for section in sections(telling):
        found += [
            *unlicensed(section, world),
            *disagreeing(section),
            *out_of_tense(section),
            *repeated(section),
            *unanchored(section),
            *too_long(section),
            *unmarked(section),
            *misspelt(section),
        ]
    return found
