"""One wording, many results: templates through every person, tense and form."""

from __future__ import annotations

import pytest

from tests.telling.worlds import WORLD
from unspoken.telling.plan import Options, ParagraphPlan, Piece, Register, SentencePlan
from unspoken.telling.realise import realise
from unspoken.telling.setting import Setting
from unspoken.telling.template import EXPERIENCER, Verb, parse

SETTING = Setting(WORLD)


def told(
    text: str,
    register: Register = "narration",
    *,
    tense: str = "past",
    person: str = "third",
    mind: str = "Dan",
) -> str:
    """A template as the only sentence of Dan's telling, {x} being Bea and {y} Cyd. Dan has been
    named already."""
    thought = register != "narration"
    named = SentencePlan(
        "NV", "name", (Piece("narration", parse("{who} [wait]")[0], {"who": mind}),), mind, ()
    )
    slots = {"x": "Bea", "y": "Cyd", "who": "Dan", "lamp": "Lamp", EXPERIENCER: mind}
    sentences = [
        SentencePlan(
            "FIT" if thought else "NV",
            f"frame {place}",
            (Piece(register, template, slots),),
            mind,
            (),
            thinker=mind if thought else None,
            end=template.end or ".",
        )
        for place, template in enumerate(parse(text, "me"))
    ]
    options = Options(tense=tense, person=person, view="limited", through=mind)  # type: ignore[arg-type]
    plan = ParagraphPlan(mind, (named, *sentences))
    (paragraph,) = realise((plan,), {}, SETTING, options)
    text = " ".join(sentence.text for sentence in paragraph.sentences[1:])
    return text.replace("\u2019", "'")


@pytest.mark.parametrize(
    ("register", "tense", "person", "expected"),
    [
        ("direct", "past", "third", "Bea hates me."),
        ("free", "past", "third", "Bea hated him."),
        ("free", "present", "third", "Bea hates him."),
        ("free", "past", "first", "Bea hated me."),
        ("free", "present", "first", "Bea hates me."),
    ],
)
def test_one_wording(register: Register, tense: str, person: str, expected: str) -> None:
    assert told("{x} [hate] {me}", register, tense=tense, person=person) == expected


@pytest.mark.parametrize(
    ("text", "past", "present"),
    [
        ("{x} [do not] think of {me}", "Bea didn't think of him.", "Bea doesn't think of him."),
        ("{x} never [will]", "Bea never would.", "Bea never will."),
        ("{x} [past oil] it", "Bea had oiled it.", "Bea oiled it."),
        ("{x} [have find] {me} out", "Bea had found him out.", "Bea has found him out."),
        (
            "{x} [ask] {me} to see {x}",
            "Bea asked him to see her.",
            "Bea asks him to see her.",
        ),
        ("{x} [be bend] over it", "Bea was bent over it.", "Bea is bent over it."),
        ("{x} [should not] know", "Bea shouldn't know.", "Bea shouldn't know."),
        ("{x} [not know] {my} name", "Bea didn't know his name.", "Bea doesn't know his name."),
        (
            "How long [have {x} be] kind?",
            "How long had Bea been kind?",
            "How long has Bea been kind?",
        ),
        ("[do {x} know]?", "Did Bea know?", "Does Bea know?"),
        ("[be not {x}] tired?", "Wasn't Bea tired?", "Isn't Bea tired?"),
        ("It [be] late {now}", "It was late now.", "It is late now."),
        ("{x} [says!] so", "Bea says so.", "Bea says so."),
        ("{I} [be] glad", "He was glad.", "He is glad."),
        ("It [be] {mine}", "It was his.", "It is his."),
        ("{x} and {y} [be] here", "Bea and Cyd were here.", "Bea and Cyd are here."),
        ("{x's} hands [be] cold", "Bea's hands were cold.", "Bea's hands are cold."),
        ("{x} [wash] {x's} hands", "Bea washed her hands.", "Bea washes her hands."),
        ("{x} [see] {x} in it", "Bea saw herself in it.", "Bea sees herself in it."),
    ],
)
def test_groups(text: str, past: str, present: str) -> None:
    assert told(text, "free") == past
    assert told(text, "free", tense="present") == present


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{who} [lift] a hand, [lower] it, and [knock]", "I lift a hand, lower it, and knock."),
        (
            "{who} [find] no word that [be] any use, and [go]",
            "I find no word that is any use, and go.",
        ),
        (
            "{who} [run], and only at the edge of the light [see] it",
            "I run, and only at the edge of the light see it.",
        ),
        ("{who} [be] late, and the streets [be] dark", "I am late, and the streets are dark."),
        ("{who} [talk] to {x} and {y} [laugh]", "I talk to Bea and Cyd laughs."),
        ("{who} [go], and what [be] left [be] coats", "I go, and what is left is coats."),
        ("{who} [go] no faster than {who} had come", "I go no faster than I had come."),
        (
            "Here [be] a room, where even the pens [lie] straight",
            "Here is a room, where even the pens lie straight.",
        ),
    ],
)
def test_a_verb_finds_its_subject(text: str, expected: str) -> None:
    assert told(text, tense="present", person="first") == expected


def test_phrasal_verbs_and_pronouns() -> None:
    assert told("{who} [find] {lamp} and [pick up] {lamp}") == "He found a lamp and picked it up."


def test_sentences_are_cut_apart() -> None:
    first, second, third = parse("Stop. Stop it! Why [do] it hurt?")
    assert (first.end, second.end, third.end) == (".", "!", "?")
    assert not first.is_finite
    assert any(isinstance(part, Verb) for part in third.parts)


def test_far_in_indirect_thought() -> None:
    assert (
        told("It [be] late {now} and dark {here}", "indirect") == "It was late then and dark there."
    )
