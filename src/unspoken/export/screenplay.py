"""A telling as a screenplay: what the camera sees is action, what it hears is dialogue.

Receives a telling from outside in the present tense, and tellings through minds beside it. A
thought that is an act of the story (it may be sensed) is a voice over; every other is a note to
whoever plays its thinker, where it comes up: in the first person, for it stands under the thinker's
name. Knows no format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from unspoken.chronicle.events import Chronicle
from unspoken.export.texts import clean
from unspoken.telling import Sentence, Telling
from unspoken.telling.plan import Span
from unspoken.telling.reference import PRONOUNS

THOUGHT = ("DT", "FDT", "FIT", "IT")

_SPOKEN = re.compile("“([^”]*)”?([^“]*)")
"""What is said, and what stands between that and what is said next."""
_PLAIN_SAYING = ("say", "think")


class Element(Struct, frozen=True):
    """``action`` and ``note`` are texts; ``speech`` and ``voice`` (over) have a speaker, ``who``,
    by name, and ``manner``, how it is said. ``time``: story time."""

    kind: Literal["action", "speech", "voice", "note"]
    text: str
    time: int
    who: str = ""
    manner: str = ""


Screenplay = tuple[Element, ...]


def screenplay(
    seen: Telling,
    within: Iterable[Telling],
    chronicle: Chronicle,
    times: Mapping[int, int],
    names: Mapping[str, str],
) -> Screenplay:
    """What is seen, with what goes on within put where it comes up. ``within``: each through one
    mind, which says *I*. ``times``: of the events, to whoever sees. ``names``: of the characters,
    by their entities."""
    placed: list[tuple[int, Element]] = []
    voiced: set[int] = set()
    inner = tuple(within)
    minds = {telling.options.through for telling in inner}
    for telling in (seen, *inner):
        reached = -1
        for sentence in _sentences(telling):
            reached = max([reached, *sentence.events])
            thinks = sentence.form in THOUGHT
            if (thinks and sentence.mind in minds) if telling is seen else not thinks:
                continue
            if voiced.issuperset(sentence.events) and sentence.events:
                continue
            time = times[reached] if reached >= 0 else 0
            is_act = any(
                chronicle.events[number].kind == "think" and chronicle.events[number].is_act
                for number in sentence.events
            )
            element = _element(sentence, time, names, is_act)
            if element.kind == "voice":
                voiced.update(sentence.events)
            if element.text:
                placed.append((reached, element))
    # What is seen comes before what somebody makes of it.
    return tuple(element for _, element in sorted(placed, key=lambda one: one[0]))


def _sentences(telling: Telling) -> Iterator[Sentence]:
    for paragraph in telling.paragraphs:
        yield from paragraph.sentences


def _element(sentence: Sentence, time: int, names: Mapping[str, str], is_act: bool) -> Element:
    text = clean(sentence.text)
    thinker = names.get(sentence.thinker or "", "")
    if sentence.form in THOUGHT:
        if sentence.form in ("DT", "FDT") and is_act and thinker:
            return Element("voice", _thought(sentence), time, thinker)
        spans = _untagged(sentence)
        # Where its thinker is spoken of, it is in the words of whoever senses it.
        sensed = any(span.entity == sentence.thinker and not _says_i(span) for span in spans)
        whose = names.get(sentence.mind or "", "") if sensed else thinker
        text = _ended(clean("".join(span.text for span in spans)))
        return Element("note", f"{whose}: {text}" if whose else text, time)
    speaker = names.get(sentence.speaker or "", "")
    spoken = _spoken(text)
    if sentence.form == "DS" and speaker and spoken:
        return Element("speech", spoken, time, speaker, _manner(sentence))
    return Element("action", text, time)


def _spoken(text: str) -> str:
    """What stands in quotation marks, as it is said without anything between."""
    parts = [
        _ended(part) if between.rstrip().endswith(".") else part
        for part, between in _SPOKEN.findall(text)
        if part
    ]
    return _ended(" ".join(parts))


def _thought(sentence: Sentence) -> str:
    """The thinker's own words, without who thought them."""
    quoted = "".join(span.text for span in sentence.spans if span.kind == "quoted")
    return _ended(clean(quoted)) if sentence.form == "DT" else clean(sentence.text)


def _untagged(sentence: Sentence) -> tuple[Span, ...]:
    """A thought without who thinks it: what stands up to the mark that led over to that, and what
    goes on after a semicolon."""
    spans = sentence.spans
    marks = [place for place, span in enumerate(spans) if span.kind == "quoted"]
    if not marks:
        return spans
    on = (place for place in range(marks[-1], len(spans)) if spans[place].text.startswith(";"))
    goes_on = next(on, None)
    return spans[: marks[-1] + 1] if goes_on is None else spans[: marks[-1]] + spans[goes_on:]


def _says_i(span: Span) -> bool:
    return span.pronoun and span.text.lower() in PRONOUNS["I"].values()


def _ended(words: str) -> str:
    """A comma that led over to who said it becomes the end that it stands for."""
    return f"{words[:-1]}." if words.endswith(",") else words


def _manner(sentence: Sentence) -> str:
    """What else is said between the quoted words than who says them: how."""
    said = False
    rest = []
    for span in sentence.spans:
        if span.kind == "verb":
            if span.lemma not in _PLAIN_SAYING:
                return ""
            said = True
        elif said and span.kind != "quoted":
            rest.append(span.text)
    return re.sub("“[^”]*”?", "", clean("".join(rest))).strip(" ,.;:—-")
