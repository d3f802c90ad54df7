"""What an author wrote for the telling and most likely did not mean: warnings for ``check``.

Receives a world in which nothing is wrong; hands on diagnostics. As in ``language/lints.py``, a
warning must be nearly always right; so a verb that is merely unknown passes, and one that looks
like another, or inflected, or like no English word, does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from unspoken.language.diagnostics import Diagnostic, closest, problem
from unspoken.language.facts import truth
from unspoken.model import (
    FEELINGS,
    REFUSAL,
    UNSPOKEN,
    Action,
    And,
    Comparator,
    Comparison,
    Or,
    Storyworld,
    Trigger,
    Variable,
    VariableTerm,
)
from unspoken.model.origin import Span
from unspoken.model.substitute import substitute
from unspoken.model.telling import Frame, Words
from unspoken.telling.coloured import is_coloured
from unspoken.telling.lexicon import ACTS
from unspoken.telling.morph import is_verb, lemma_of, past, third
from unspoken.telling.setting import split_name
from unspoken.telling.template import _TOKEN, Verb, parse
from unspoken.telling.verbs import CONTRACTED_NOT, IRREGULAR, MODALS, REGULAR

_LEMMAS = sorted({*REGULAR, *IRREGULAR})


def lint(world: Storyworld) -> list[Diagnostic]:
    """Warnings about frames, thoughts and glosses, in the order in which they stand; and that there
    is nobody of whom anything could be told."""
    found = [
        *_nobody(world),
        *_brackets(world),
        *_verbs(world),
        *_gists(world),
        *(one for frame in world.telling.frames for one in _frame(frame, world)),
        *_thoughts(world),
        *_glosses(world),
    ]
    return sorted(found, key=lambda one: (one.span.start if one.span else 0, one.code))


def _nobody(world: Storyworld) -> Iterator[Diagnostic]:
    if not world.characters:
        yield problem("nobody-in-it", None, world=world.name)


# Brackets


def _brackets(world: Storyworld) -> Iterator[Diagnostic]:
    """Texts in which a bracket or a brace has no other half, and those that say nothing."""
    said = ((speech.says, speech.origin) for speech in world.telling.speeches)
    for texts, origin in (*_texts(world), *said):
        for text in texts:
            left = _TOKEN.sub("", text)
            if not text.strip() or "[]" in text or any(mark in left for mark in "[]{}"):
                yield problem("broken-text", origin, text=text)


_FIRST_PERSON = re.compile(r"\{(?:I|me|my|mine|myself)\}")


def _gists(world: Storyworld) -> Iterator[Diagnostic]:
    """First persons where nobody says *I*: a gist tells of its speaker as of anybody."""
    for speech in world.telling.speeches:
        if found := _FIRST_PERSON.search(speech.gist or ""):
            slots = [one.name for one in speech.parameters]
            yield problem("first-person-gist", speech.origin, slot=found[0], slots=slots)


# Verbs


def _verbs(world: Storyworld) -> Iterator[Diagnostic]:
    """Verbs that are not in their base form, or look misspelt."""
    known = {*MODALS, *ACTS, *_own_verbs(world)}
    for texts, origin in _texts(world):
        seen: set[str] = set()
        for word in (word for text in texts for word in _heads(text)):
            if word in known or is_verb(word) or word in seen:
                continue
            seen.add(word)
            if (lemma := lemma_of(word) or _base(word)) is not None:
                yield problem("inflected-verb", origin, word=word, lemma=lemma)
                continue
            other = closest(word, _LEMMAS)
            slipped = other is not None and _is_slip(word, other)
            if slipped or _NOT_ENGLISH.search(word):
                forms = f"{third(word)}, {past(word)}"
                yield problem("unknown-verb", origin, word=word, forms=forms, suggestion=other)


def _own_verbs(world: Storyworld) -> set[str]:
    """The verbs that the world's own acts are named by."""
    names = [*(one.name for one in world.actions), *(one.name for one in world.triggers)]
    return {split_name(name)[0].lower() for name in names if split_name(name)}


def _texts(world: Storyworld) -> Iterator[tuple[Words, Span | None]]:
    telling = world.telling
    for frame in telling.frames:
        yield frame.texts, frame.origin
    for thought in telling.thoughts:
        yield tuple(text for _, texts in thought.forms for text in texts), thought.origin
    for speech in telling.speeches:
        yield (speech.gist,) if speech.gist else (), speech.origin
    for voice in telling.voices:
        glosses = (*voice.gloss, *voice.inside)
        yield tuple(text for _, texts in glosses for text in texts), voice.origin


def _heads(text: str) -> Iterator[str]:
    """The word of each verb group that will be inflected."""
    for template in parse(text):
        for part in template.parts:
            if isinstance(part, Verb) and part.words:
                yield part.words[0].lower()


def _is_slip(word: str, other: str) -> bool:
    """Whether a word is another with two letters changed about, or with one of them doubled. (One
    letter wrong is too often another verb: *stack*, *stick*.)"""
    if len(word) == len(other):
        wrong = [place for place in range(len(word)) if word[place] != other[place]]
        return sorted(word) == sorted(other) and wrong[-1] - wrong[0] == 1
    return any(word == other[:place] + other[place - 1 :] for place in range(1, len(other) + 1))


_NOT_ENGLISH = re.compile(r"^[^aeiouy]{4,}$|[^aeiouytz]z$|q(?!u)|^([^aeiou])\1|([a-z])\2\2")
"""What no English verb looks like, interjections (*hmm*) aside, which are shorter."""

_INFLECTED = re.compile(r"^(.*[aeiouy].*?)(?:(?<![suia])s|(?<!e)ed|ing)$")
_BASES = frozenset({"embed", "canvas", "chorus", "offing"})
_CONTRACTED = {form.replace("'", ""): form for form in CONTRACTED_NOT.values()}


def _base(word: str) -> str | None:
    """What an unknown word that looks inflected looks inflected from: a known verb, if one is near
    (*breks*: *break*). ``doesnt`` has lost its apostrophe."""
    if word in _CONTRACTED:
        return "don't" if word == "doesnt" else _CONTRACTED[word]
    found = _INFLECTED.match(word)
    if found is None or word in _BASES or len(word) < 5:
        return None
    near = closest(found[1], [one for one in _LEMMAS if one[0] == word[0]])
    return near or found[1]


# Frames


def _frame(frame: Frame, world: Storyworld) -> Iterator[Diagnostic]:
    events: list[Action | Trigger] = [one for one in world.actions if one.name == frame.event]
    events += (one for one in world.triggers if one.name == frame.event)
    of_tell = any(one.event == frame.event for one in world.inner.tells)
    if all(_is_never_told(frame, event) for event in events):
        yield problem("frame-never-used", frame.origin, name=frame.event)
    elif frame.who == "agent" and not of_tell and not any(_has_agent(one) for one in events):
        yield problem("frame-without-agent", frame.origin, name=frame.event)
    elif _is_for_agent_alone(frame, world) and any(_has_witnesses(one) for one in events):
        yield problem("frame-for-agent-alone", frame.origin, name=frame.event)


def _is_never_told(frame: Frame, event: Action | Trigger) -> bool:
    """Whether nobody can hold what is needed just before the event, for it could not happen then.
    (Sight mends what was believed wrongly: ``needs`` are asked after that.)"""
    if len(event.parameters) != len(frame.parameters):
        return False
    terms = {
        one.name: VariableTerm(slot.name)
        for one, slot in zip(event.parameters, frame.parameters, strict=True)
        if isinstance(one, Variable)
    }
    return truth(And((*frame.needs, substitute(event.precondition, terms)))) is False


def _has_agent(event: Action | Trigger) -> bool:
    return isinstance(event, Action) and bool(event.consenting)


def _has_witnesses(event: Action | Trigger) -> bool:
    """Whether others may see what somebody does."""
    if not isinstance(event, Action) or not event.consenting:
        return False
    if event.observing is None:
        return True
    observer, condition = event.observing.variable.name, event.observing.condition
    return not all(
        isinstance(part, Comparison)
        and part.comparator is Comparator.EQ
        and part.left == VariableTerm(observer)
        and part.right in event.consenting
        for part in (condition.parts if isinstance(condition, Or) else (condition,))
    )


def _is_for_agent_alone(frame: Frame, world: Storyworld) -> bool:
    """Whether a frame for anyone is kept from those who look on, who have no other."""
    frames = [one for one in world.telling.frames if one.event == frame.event]
    return frame.who == "any" and not any(map(_is_for_witnesses, frames))


def _is_for_witnesses(frame: Frame) -> bool:
    if frame.who == "any":
        return bool(frame.needs) or not all(map(is_coloured, frame.texts))
    return frame.who == "witness"


# Thoughts


def _thoughts(world: Storyworld) -> Iterator[Diagnostic]:
    for thought in world.telling.thoughts:
        if truth(thought.proposition) is False:
            yield problem("thought-never-had", thought.origin, name=thought.name)


# Glosses


def _glosses(world: Storyworld) -> Iterator[Diagnostic]:
    """Words for what nobody ever feels, or shows."""
    shown = {*FEELINGS, UNSPOKEN, REFUSAL}
    for voice in world.telling.voices:
        for key, known, glosses in (
            ("gloss", shown, voice.gloss),
            ("inside", set(FEELINGS), voice.inside),
        ):
            for word, _ in glosses:
                if word not in known:
                    yield problem(
                        "unknown-feeling", voice.origin, key=key, name=word, known=sorted(known)
                    )
