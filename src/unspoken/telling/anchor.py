"""Whose eyes these are: the focal mind, named within two sentences of taking up its eyes, and with
whatever would read as the narrator's.

Receives the sentence plans of a paragraph, hands them on with a tag, a percept, or a glance added
where nothing in them named the mind.
"""

from __future__ import annotations

from msgspec.structs import replace

from unspoken.telling.choosing import Choices
from unspoken.telling.draws import choose
from unspoken.telling.plan import Piece, SentencePlan
from unspoken.telling.template import (
    ADDRESSEE,
    EXPERIENCER,
    SPACE,
    Mention,
    Template,
    Verb,
    Words,
    parse,
)

_WATCHING = ("{I} [look] on", "{I} [watch]", "{I} [keep] still")
_NOTICING = ("{I} [look] up", "{I} [turn] {my} head", "{I} [glance] that way")
"""What somebody does while others do something, or when something happens of itself."""


def anchored(
    mind: str | None, sentences: tuple[SentencePlan, ...], choices: Choices
) -> tuple[SentencePlan, ...]:
    """The sentences, the focal mind named in the first two at the latest."""
    if mind is None or choices.options.person == "first":
        return sentences
    named = any(_names(one, mind) or _tells_of_itself(one, mind) for one in sentences[:2])
    if named and not _asks_of_itself(sentences[0], mind):
        return sentences
    for place, sentence in enumerate(sentences[:2]):
        anchored = _name_focal(mind, sentence)
        if anchored is not None:
            return (*sentences[:place], anchored, *sentences[place + 1 :])
    item = sentences[0].items[:1]
    plain = sentences[0].pieces[0].binding
    of_itself = not any(plain.get(role) for role in plain if role != EXPERIENCER)
    texts = _NOTICING if of_itself else _WATCHING
    text = choose(texts, *choices.key("watch", mind, *item))
    watching = SentencePlan(
        form="NI",
        frame="watch",
        pieces=(Piece("narration", parse(text)[0], {EXPERIENCER: mind}),),
        mind=mind,
        items=sentences[0].items,
    )
    return (sentences[0], watching, *sentences[1:])


def owned(
    mind: str | None,
    sentences: tuple[SentencePlan, ...],
    before: SentencePlan | None,
    choices: Choices,
) -> tuple[SentencePlan, ...]:
    """The sentences, a guess at another's heart tagged where neither it nor the one before speaks
    of whoever guesses: it would read as the narrator's, or another head's. Where there is one head
    only, its guesses are marked, and need no name. ``before``: the last in the same head."""
    if mind is None or not choices.has_heads:
        return sentences
    found = []
    for sentence in sentences:
        lost = before is None or not (_speaks_of(before, mind) or before.thinker == mind)
        guess = sentence.form == "FIT" and sentence.thinker == mind and sentence.elsewhere
        if lost and guess and sentence.end == "." and not _speaks_of(sentence, mind):
            sentence = _name_focal(mind, sentence) or sentence
        found.append(sentence)
        before = sentence
    return tuple(found)


def _name_focal(mind: str, sentence: SentencePlan) -> SentencePlan | None:
    if sentence.form in ("FIT", "FDT") and sentence.thinker == mind:
        # The tag says whose guess it is; *so* or *of course* besides would be one mark too many.
        return tagged(
            replace(sentence, lead="") if sentence.frame[:7] == "thought" else sentence, mind
        )
    if sentence.form == "NV" and len(sentence.pieces) == 1:
        return _through_eyes(mind, sentence)
    if sentence.form == "NI" and sentence.frame.startswith("seen "):
        head = Template((*parse("{I} [see] that")[0].parts, SPACE), "")
        opening = Piece("narration", head, {EXPERIENCER: mind})
        pieces = (opening, *sentence.pieces)
        return replace(sentence, frame=sentence.frame + "+seen", pieces=pieces)
    if sentence.form == "NI" and sentence.frame.startswith("belief "):
        return tagged(sentence, mind)
    if sentence.form == "DS" and sentence.frame.endswith(" after"):
        quoted, tag, *rest = sentence.pieces
        verb = sentence.frame.split()[0]
        words = f"{{me}} [hear] {{agent}} {verb}" + (" {you}" if verb == "tell" else "")
        frame = "heard"
        if tag.binding.get(ADDRESSEE) == mind:
            frame = "ask after" if verb == "ask" else "tell after"
            words = f"{{agent}} [{frame[:-6]}] {{you}}"
        text = Template((SPACE, *parse(words)[0].parts), "")
        heard = Piece("narration", text, {**tag.binding, EXPERIENCER: mind})
        return replace(sentence, pieces=(quoted, heard, *rest), frame=frame)
    return None


def _names(sentence: SentencePlan, mind: str) -> bool:
    """Whether a sentence will name a mind: in the narrator's words, not in its own."""
    return any(
        piece.binding.get(role) == mind
        for piece in sentence.pieces
        if piece.template is not None and piece.register == "narration"
        for role in piece.template.roles
    )


def _speaks_of(sentence: SentencePlan, mind: str) -> bool:
    """Whether a sentence will mention somebody, in whoever's words, or gives theirs."""
    return sentence.speaker == mind or any(
        piece.binding.get(role) == mind
        for piece in sentence.pieces
        if piece.template is not None
        for role in piece.template.roles
    )


def _tells_of_itself(sentence: SentencePlan, mind: str) -> bool:
    """Whether it is a thought in the narrator's tense that tells something of its thinker: with the
    name for *I* it needs no tag. *The mattress tipped Tara a little*; *in Tara's head*. Not what
    is in another's: *he didn't care for Greta* would be the narrator's to know."""
    return _is_of_itself(sentence, mind) and sentence.end == "." and not sentence.elsewhere


def _asks_of_itself(sentence: SentencePlan, mind: str) -> bool:
    """Whether it is one that asks: with the name for *I* it would be somebody else's question. *Was
    that meant for Willow?*"""
    named = _names(sentence, mind)
    return not named and _is_of_itself(sentence, mind) and sentence.end != "."


def _is_of_itself(sentence: SentencePlan, mind: str) -> bool:
    own = sentence.form == "FIT" and sentence.thinker == mind
    return own and any(
        piece.register == "free" and piece.template and EXPERIENCER in piece.template.roles
        for piece in sentence.pieces
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
    seen = Template((*head, SPACE, *bare), template.end)
    binding = {**piece.binding, EXPERIENCER: mind}
    return replace(
        sentence,
        frame=sentence.frame + "+seen",
        pieces=(replace(piece, template=seen, binding=binding),),
    )


def tagged(plan: SentencePlan, thinker: str) -> SentencePlan:
    """``..., Tara thought.`` A question or a cry keeps its mark before the tag."""
    body = plan.pieces[-1]
    question = plan.end.startswith("?") or body.text.endswith("?")
    verb = "wonder" if question and plan.form == "FIT" else "think"
    if verb == "think" and _gives_a_thought(body):
        verb = "guess"
    rest: list[Piece] = []
    if body.template is None:
        text = body.text[:-1] + "," if body.text.endswith(".") else body.text
        pieces = (*plan.pieces[:-1], replace(body, text=text))
    else:
        first, *rest = _at_semicolon(body)
        mark = "," if rest or plan.end in (".", "") else plan.end
        pieces = (*plan.pieces[:-1], first, Piece("quoted", text=mark))
    tag = Template((SPACE, *parse(f"{{{EXPERIENCER}}} [{verb}]")[0].parts), "")
    named = Piece("narration", tag, {EXPERIENCER: thinker})
    return replace(
        plan,
        form="DT" if plan.form == "FDT" else plan.form,
        frame=plan.frame + "+tag",
        pieces=(*pieces, named, *rest),
        end=".",
    )


def tagged_once(sentences: tuple[SentencePlan, ...]) -> tuple[SentencePlan, ...]:
    """The sentences, without the tag of a thought in a mind's very words right after another of its
    thoughts that has one. *Was that meant for her? Willow wondered. Is what now?*"""
    found: list[SentencePlan] = []
    for sentence in sentences:
        before = found[-1] if found else None
        again = before is not None and before.thinker == sentence.thinker is not None
        if again and before is not None and before.frame.endswith("+tag"):
            sentence = _untagged(sentence)
        found.append(sentence)
    return tuple(found)


def _untagged(plan: SentencePlan) -> SentencePlan:
    """The words alone, if they are quoted and end as a question or a cry does."""
    words, *rest = plan.pieces
    asks = plan.form == "DT" and words.register == "quoted" and words.text.endswith(("?", "!"))
    if not asks or len(rest) != 1 or not plan.frame.endswith("+tag"):
        return plan
    frame = plan.frame.removesuffix("+tag")
    return replace(plan, form="FDT", frame=frame, pieces=(words,), end="")


def _gives_a_thought(body: Piece) -> bool:
    """Whether it says itself that somebody thinks something."""
    parts = () if body.template is None else body.template.parts
    return any(isinstance(part, Verb) and part.words[0] == "think" for part in parts)


def _at_semicolon(body: Piece) -> tuple[Piece, ...]:
    """What is told before a semicolon and from there on: the tag goes between."""
    parts = () if body.template is None else body.template.parts
    for place, part in enumerate(parts):
        if isinstance(part, Words) and ";" in part.text:
            before, mark, after = part.text.partition(";")
            first = Template((*parts[:place], Words(before)), "")
            rest = Template((Words(mark + after), *parts[place + 1 :]), "")
            return replace(body, template=first), replace(body, template=rest)
    return (body,)
