"""The template language: what an author writes once, parsed for every person and tense.

    {role} {role's}         who or what fills the slot, named as reference decides
    {I} {me} {my} {mine} {myself}  the experiencer; {you} the one addressed
    {here} {now}            near in direct and free indirect thought, far in indirect
    {words}                 (frames of speech) the words themselves, quoted
    [verb]                  agrees with the slot before it, or with the words before it
    [be bend] [have be]     after be and have, participles follow
    [not know] [do not]     negation; [will go], [past oil] (had oiled), [says!] (left as it is)
    [have {x} be]           the subject inside: a question

Receives text; hands on ``Template``: one sentence as parts, in which each verb knows its subject
and each slot its case. Deliberately does not know entities or tenses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from unspoken.telling.morph import Person, is_verb
from unspoken.telling.verbs import words

Case = Literal["subject", "object", "possessive"]

EXPERIENCER = "I"
"""The role of {I}, {me}, {my}: the mind whose thought it is, or the speaker."""
ADDRESSEE = "you"
WORDS = "words"
HERE = ("here", "now")


class Words(Struct, frozen=True):
    """Text that stays as it is."""

    text: str


class Mention(Struct, frozen=True):
    """A slot. Mentions of one ``clause`` share a verb: that decides about reflexives."""

    role: str
    case: Case
    clause: int


class Verb(Struct, frozen=True):
    """A verb group: the first word is inflected, the rest follows from it.

    ``subject``: the roles it agrees with (two or more: plural), or the person and number of the
    words that stand before it. ``inside``: a subject between the first word and the rest.
    """

    words: tuple[str, ...]
    negated: bool
    past: bool
    subject: tuple[str, ...] | Person
    clause: int
    inside: Mention | None = None
    contracted: bool = False
    """Written ``[don't]``: contracted in narration too."""


class Near(Struct, frozen=True):
    """A word of nearness: *here*, *now*."""

    word: str


SPACE = Words(" ")

Part = Words | Mention | Verb | Near


class Template(Struct, frozen=True, dict=True):
    """One sentence, ``end`` its closing mark ("" if the author gave none)."""

    parts: tuple[Part, ...]
    end: str

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The roles mentioned, in order, the inverted subjects too."""
        found = []
        for part in self.parts:
            if isinstance(part, Mention):
                found.append(part.role)
            elif isinstance(part, Verb) and part.inside is not None:
                found.append(part.inside.role)
        return tuple(dict.fromkeys(found))

    @cached_property
    def subjects(self) -> Mapping[int, tuple[str, ...]]:
        """By clause, the roles that its first verb agrees with, where these are roles."""
        found: dict[int, tuple[str, ...]] = {}
        for part in self.parts:
            if isinstance(part, Verb) and isinstance(part.subject, tuple):
                found.setdefault(part.clause, part.subject)
        return found

    @cached_property
    def is_finite(self) -> bool:
        """Whether there is a verb group: a sentence that tense can shift."""
        return any(isinstance(part, Verb) for part in self.parts)

    @cached_property
    def plain(self) -> str:
        """The author's own words, without slots and verbs."""
        return " ".join(part.text.strip() for part in self.parts if isinstance(part, Words))


_TOKEN = re.compile(r"\{([^{}]*)\}|\[([^\[\]]*)\]")
_END = re.compile(r"(?<=[.!?…])[\"”]?\s+(?=[A-Z{\[\"“*])")
_FINAL = re.compile(r"\s*(\.\.\.|…|[.!?]+)$")
_ADVERBS = words(
    """also always already almost even ever hardly just maybe nearly never now often once only
    perhaps probably quite rather really scarcely simply still soon suddenly surely then too
    truly somehow almost finally"""
)
_LINKS = frozenset(["and", "but", "or", "then", "yet"])
_OPENS = re.compile(r"(?:,|\b(?:that|when|if|because|so|but|while|as|then))\s*$")
_FINITE = re.compile(
    r" (?:was|were|had|did|could|would|should|might|must|is|are|has|does|can|will|may)\b"
)
_LAST_LINK = re.compile(r"\b(?:and|but|or|then|yet) ((?:(?!\b(?:and|but|or|then|yet)\b)[^,;:])*)$")
_PERSONS: Mapping[str, Person] = {
    "i": "1s",
    "you": "2s",
    "we": "p",
    "they": "p",
    "these": "p",
    "those": "p",
}
_RELATIVE = words("that which who")
_CONTROLLED = re.compile(r" (?:not )?to [a-z]+ (?:[a-z]+ )*")
"""What whoever stands before it is to do: *ask {to} to marry {me}*, who is not the one asking."""
_PREPOSITIONS = words(
    """about above across after against along among around at before behind below beneath beside
    between beyond by down during for from in inside into like near of off on onto out over past
    round through to toward towards under until up upon with within without"""
)
_WITHIN = re.compile(
    r"(?<=[\w”]) (?:at|behind|beneath|beside|between|by|from|in|inside|into|of|on|onto|over|"
    r"through|to|under|with|within) $"
)
"""A preposition after a noun, before a slot."""
_NOT_SUBJECT = words("""what as than if when while because so""")
_AMBIGUOUS_AFTER_BE = words(
    """open close clear warm dry clean free calm slow quiet own wet shut empty cool lower live long
    like near past present right still smooth"""
)


@lru_cache(maxsize=4096)
def parse(text: str, experiencer: str | None = None) -> tuple[Template, ...]:
    """The sentences of a text. ``experiencer``: the variable that {I} and {me} stand for."""
    pieces = _END.split(" ".join(text.split()))
    return tuple(_sentence(piece, experiencer) for piece in pieces if piece)


def _sentence(text: str, experiencer: str | None) -> Template:
    final = _FINAL.search(text)
    end = final.group(1) if final else ""
    return Template(_parts(text[: final.start()] if final else text, experiencer), end)


class _Clauses:
    """Which subject the next verb has, as the parts go by."""

    def __init__(self) -> None:
        self.clause = 0
        self.clauses = 0
        """The number of the last clause begun."""
        self.subject: tuple[str, ...] | Person = "3s"
        self.slots: list[tuple[int, str]] = []
        self.since = ""
        self.opens = True
        """Whether the last slots stand where a clause begins."""
        self.seen_verb = False

    def begin(self) -> int:
        """The number of a new clause; the first verb's is 0."""
        self.clauses += self.seen_verb
        return self.clauses


def _parts(text: str, experiencer: str | None) -> tuple[Part, ...]:
    parts: list[Part] = []
    state = _Clauses()
    at = 0
    for token in _TOKEN.finditer(text):
        if token.start() > at:
            words = text[at : token.start()]
            parts.append(Words(words))
            state.since += words
        at = token.end()
        if token.group(1) is not None:
            part = _slot(token.group(1).strip(), experiencer, state.clause)
            controlled = state.slots and _CONTROLLED.fullmatch(state.since)
            if controlled and isinstance(part, Mention) and token.group(1).strip() != "myself":
                state.clauses += 1
                part = Mention(part.role, part.case, state.clauses)
            within = _WITHIN.search(state.since)
            if isinstance(part, Mention) and part.case != "possessive" and within:
                # Something in {x} [stir]: what stands in a phrase is not what stirs.
                state.since = state.since[: within.start()]
            elif isinstance(part, Mention) and part.case != "possessive":
                joins = re.fullmatch(r"\s*,?\s*and\s+", state.since) is not None
                if not joins:
                    state.opens = not state.seen_verb or _OPENS.search(state.since) is not None
                before = state.slots if joins and state.opens else ()
                state.slots = [*before, (len(parts), part.role)]
                state.since = ""
            elif isinstance(part, Mention):
                state.since += "\x00"
            parts.append(part)
        else:
            _verb(token.group(2).strip(), experiencer, parts, state)
    if at < len(text):
        parts.append(Words(text[at:]))
    return tuple(_subject_of_words(parts))


def _subject_of_words(parts: list[Part]) -> list[Part]:
    """The parts, those mentions in subject case that stand before a verb in plain words: *than
    {who} had gone*."""
    clause = max((part.clause for part in parts if isinstance(part, Mention | Verb)), default=0)
    found = list(parts)
    for place, (part, following) in enumerate(pairwise(parts)):
        text = following.text if isinstance(following, Words) else ""
        if isinstance(part, Mention) and part.case == "object" and _FINITE.match(text):
            clause += 1
            found[place] = Mention(part.role, "subject", clause)
    return found


def _slot(name: str, experiencer: str | None, clause: int) -> Mention | Near:
    if name in HERE:
        return Near(name)
    owner = name.removesuffix("'s").removesuffix("\u2019s")
    case: Case = "object" if owner == name else "possessive"
    fixed: dict[str, tuple[str, Case]] = {
        "I": (EXPERIENCER, "subject"),
        "me": (EXPERIENCER, "object"),
        "myself": (EXPERIENCER, "object"),
        "my": (EXPERIENCER, "possessive"),
        "mine": (EXPERIENCER, "possessive"),
        "you": (ADDRESSEE, "object"),
        "your": (ADDRESSEE, "possessive"),
    }
    if name in fixed and name != experiencer:
        role, case = fixed[name]
        return Mention(role, case, clause)
    return Mention(EXPERIENCER if owner == experiencer else owner, case, clause)


def _verb(text: str, experiencer: str | None, parts: list[Part], state: _Clauses) -> None:
    """Adds a verb group to the parts, with its subject, which becomes a subject by this."""
    if text.endswith("!"):
        parts.append(Words(text[:-1]))
        state.since += text
        return
    inner = _TOKEN.search(text)
    given = _TOKEN.sub(" ", text).split()
    expanded = [part for w in given for part in _expand(w)]
    past = expanded[:1] == ["past"] and len(expanded) > 1
    negated = "not" in expanded
    rest = tuple(w for w in expanded[1 if past else 0 :] if w != "not")
    lead = "".join(w + " " for w in rest if w in _ADVERBS and rest.index(w) == 0)
    if lead:
        parts.append(Words(lead))
        rest = rest[1:]
    if not rest:
        parts.append(Words(" ".join(given)))
        return
    inside: Mention | None = None
    subject: tuple[str, ...] | Person
    if inner is not None and inner.group(1) is not None:
        found = _slot(inner.group(1).strip(), experiencer, 0)
        assert isinstance(found, Mention)
        state.clause = clause = state.begin()
        inside = Mention(found.role, "subject", clause)
        state.subject = subject = (found.role,)
    else:
        subject, clause = _subject(parts, state)
    contracted = any(word.endswith(("n't", "n\u2019t")) for word in given)
    parts.append(Verb(rest, negated, past, subject, clause, inside, contracted))
    state.seen_verb = True
    state.slots, state.since = [], ""


def _subject(parts: list[Part], state: _Clauses) -> tuple[tuple[str, ...] | Person, int]:
    """The subject of a verb at the end of the parts, and its clause: the slots before it, the words
    before it, or the subject of the verb before."""
    since = state.since.lower().replace(",", " ").split()
    if state.slots and all(word in _ADVERBS or word == "both" for word in since):
        state.clause = state.begin()
        for place, role in state.slots:
            parts[place] = Mention(role, "subject", state.clause)
        state.subject = tuple(role for _, role in state.slots)
        return state.subject, state.clause
    bare = [word for word in since if word not in _ADVERBS]
    tail = _LAST_LINK.search(state.since.lower())
    adverbial = (
        tail is not None
        and ([w for w in tail.group(1).split() if w not in _ADVERBS][:1] or [""])[0]
        in _PREPOSITIONS
    )
    listed = state.since.rstrip().endswith(",") and state.seen_verb
    if not bare or bare[-1] in _LINKS or listed or adverbial:
        # Lifted a hand, lowered it, and only then knocked.
        return state.subject, state.clause
    if bare[-1] in _RELATIVE:
        # No word that was any use: the main clause goes on after it.
        return _person_of(bare[-2]) if bare[1:] else "3s", state.begin()
    if bare[-1] in _NOT_SUBJECT:
        return "3s", state.begin()  # What was left; faster than was wise.
    state.clause = state.begin()
    is_one = "the number of " in " ".join(bare)
    state.subject = "3s" if is_one else _person_of(bare[-1])
    return state.subject, state.clause


def _person_of(word: str) -> Person:
    """Person and number of a subject that is plain words, by the last of them."""
    last = re.sub(r"[^\w\x00']", "", word)
    if last in _PERSONS:
        return _PERSONS[last]
    many = last.endswith("s") and not last.endswith(("ss", "us", "is", "'s"))
    return "p" if many or last in ("people", "feet", "men", "women", "children") else "3s"


def _expand(word: str) -> tuple[str, ...]:
    """A word of a verb group as lemmas: *don't*, *cannot*."""
    plain = word.replace("\u2019", "'")
    if plain[:1].isupper() and plain != "I":
        plain = word = plain.lower()
    if plain == "cannot":
        return ("can", "not")
    special = {"won't": "will", "can't": "can", "shan't": "shall"}
    if plain.endswith("n't"):
        return (special.get(plain, plain.removesuffix("n't")), "not")
    return (word,)


def is_done(word: str) -> bool:
    """Whether a word is no verb that we know, but looks like the participle of one."""
    return len(word) > 4 and word.endswith("ed") and not is_verb(word)


def takes_participle(auxiliary: str, word: str) -> bool:
    """Whether a word after *be* or *have* in a verb group is to become a participle."""
    if word.endswith("ing") and not is_verb(word):
        return False
    if auxiliary == "have":
        return word != "to" and (is_verb(word) or is_done(word))
    return is_verb(word) and word not in _AMBIGUOUS_AFTER_BE
