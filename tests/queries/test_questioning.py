"""Questions in English and in the formal language: what each is understood as, and its answer."""

from __future__ import annotations

import os
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec.structs
import pytest

import unspoken
from unspoken import DiagnosticError
from unspoken.chronicle import Fact, Value
from unspoken.queries.query import Query
from unspoken.queries.questioning import Questioning
from unspoken.queries.saying import Saying

BLUE_LETTER = files("unspoken.faces.cli") / "templates" / "blue_letter.ledger"

NIGHT: dict[str, str] = {
    # whether
    "does Willow know that Tara loves her?": "knows(Willow, loves(Tara, Willow))",
    "Does willow KNOW tara loves her": "knows(Willow, loves(Tara, Willow))",
    "is Willow aware that Tara is in love with her?": "knows(Willow, loves(Tara, Willow))",
    "does Tara think that Willow does not love her?": "believes(Tara, !loves(Willow, Tara))",
    "doesn't Tara think Willow loves her?": "believes(Tara, loves(Willow, Tara))",
    "is Tara sure that she loves Willow?": "believes(Tara, loves(Tara, Willow))",
    "does Tara think Willow knows that Tara loves her?": (
        "believes(Tara, knows(Willow, loves(Tara, Willow)))"
    ),
    "does Willow think that Tara thinks that she loves Tara?": (
        "believes(Willow, believes(Tara, loves(Willow, Tara)))"
    ),
    "does Tara love Willow?": "loves(Tara, Willow)",
    "is it true that Tara loves Willow?": "loves(Tara, Willow)",
    "is Tara in the room?": "at(Tara) == Room",
    "where is Willow?": "at(Willow)",
    "does Buffy know where Tara is?": "knows(Buffy, at(Tara) == Room)",
    "where does Buffy think Willow is?": "believes(Buffy, at(Willow))",
    "do Willow and Tara both know that Tara loves Willow?": (
        "(loves(Tara, Willow) & believes(Willow, loves(Tara, Willow))) & "
        "(loves(Tara, Willow) & believes(Tara, loves(Tara, Willow)))"
    ),
    # where, who and which
    "where is the book?": "lies(Book)",
    "where does Tara think Willow is after 2?": "believes(Tara, at(Willow)) after 2",
    "does Tara know where Willow is after 3?": "knows(Tara, at(Willow) == Path) after 3",
    "at(Willow) after 2": "at(Willow) after 2",
    "who is Willow's partner?": "partner(Willow)",
    "does Tara know who Willow's partner is?": "believes(Tara, partner(Willow))",
    "who loves Tara?": "which(x : character) loves(x, Tara)",
    "who does Willow love?": "which(x : character) loves(Willow, x)",
    "is Tara loved by Willow?": "loves(Willow, Tara)",
    "does Buffy love anybody?": "exists(x : character) loves(Buffy, x)",
    "who was in the room before Willow knocked?": (
        "which(x : character) at(x) == Room before knock(Willow)"
    ),
    "who does Tara think loves her?": "which(x : character) believes(Tara, loves(x, Tara))",
    "does Tara know who loves her?": (
        "exists(x : character) (loves(x, Tara) & believes(Tara, loves(x, Tara)))"
    ),
    "do Willow and Tara love each other?": "loves(Willow, Tara) & loves(Tara, Willow)",
    "does nobody know that Tara loves Willow?": "who knows loves(Tara, Willow)",
    # what was done
    "did Willow kiss Tara?": "happened(kiss(Willow, Tara))",
    "was Tara kissed by Willow?": "happened(kiss(Willow, Tara))",
    "was Tara kissed?": "happened(kiss(?, Tara))",
    "was Willow kissed?": "happened(kiss(?, Willow))",
    "was Buffy there when Willow knocked?": "perceived(Buffy: knock(Willow))",
    "what did everybody do?": "did()",
    "who else knows that Tara loves Willow?": "who knows loves(Tara, Willow)",
    "who doesn't know that Tara loves Willow?": "who knows loves(Tara, Willow)",
    "who knew that Tara loved Willow?": "who knows loves(Tara, Willow)",
    "what does Willow believe wrongly?": "wrong(Willow)",
    "who was deceived?": "lied()",
    "who was deceived by Tara?": "lied(Tara)",
    "who deceived Willow?": "lied() to Willow",
    "when did Willow kiss Tara?": "happened(kiss(Willow, Tara))",
    "did Tara kiss Willow?": "happened(kiss(Tara, Willow))",
    "who knocked?": "happened(knock(?))",
    "who saw that Willow knocked?": "perceived(: knock(Willow))",
    "did Tara see that Buffy knocked?": "perceived(Tara: knock(Buffy))",
    "what happened?": "did()",
    "what did Buffy do before act 3?": "did(Buffy) before 3",
    "what did Willow tell Tara?": "said(Willow) to Tara",
    "did Tara lie?": "lied(Tara)",
    "who lied to Willow?": "lied() to Willow",
    "what is Tara hiding from Buffy?": "hides(Tara) from Buffy",
    "what does Buffy not know?": "unknown(Buffy)",
    "what does Tara want?": "wants(Tara)",
    "what is Tara afraid of?": "fears(Tara)",
    # times
    "does Tara think that Willow loves her after act 6?": (
        "believes(Tara, loves(Willow, Tara)) after 6"
    ),
    "does Tara think that Willow loves her before 17?": (
        "believes(Tara, loves(Willow, Tara)) before 17"
    ),
    "who is wrong at the beginning?": "wrong() at the beginning",
    "what does Tara think after Willow knocked?": "thinks(Tara) after knock(Willow)",
    "where is Willow before Tara opened the door?": "at(Willow) before open_door(Tara)",
    # who
    "who knows that Tara loves Willow?": "who knows loves(Tara, Willow)",
    "who thinks Willow is at the Bronze?": "who believes at(Willow) == Bronze",
    # since when, how, from whom
    "when did Willow learn that Tara loves her?": ("since when knows(Willow, loves(Tara, Willow))"),
    "since when does Willow know that Tara loves her?": (
        "since when knows(Willow, loves(Tara, Willow))"
    ),
    "how did Tara find out that Willow loves her?": ("since when knows(Tara, loves(Willow, Tara))"),
    "who told Willow that Tara loves her?": "since when believes(Willow, loves(Tara, Willow))",
    "since when is Willow in the room?": "since when at(Willow) == Room",
    # what somebody thinks
    "what does Tara think?": "thinks(Tara)",
    "what does Tara think Willow thinks?": "thinks(Tara, Willow)",
    "what does Tara think Willow thinks about her?": "thinks(Tara, Willow) about Tara",
    "what does Tara think that Willow thinks Tara thinks?": "thinks(Tara, Willow, Tara)",
    "what does Willow know about Buffy?": "knowledge(Willow) about Buffy",
    # who is wrong
    "who is wrong?": "wrong()",
    "who is wrong about anything?": "wrong()",
    "is anybody wrong?": "wrong()",
    "what is everybody wrong about?": "wrong()",
    "does everybody know that Tara loves Willow?": "who knows loves(Tara, Willow)",
    "does anyone think that Tara loves Willow?": "who believes loves(Tara, Willow)",
    "what does everybody know?": "common()",
    "who is mistaken about Willow?": "wrong() about Willow",
    "what is Tara wrong about?": "wrong(Tara)",
    "is Willow wrong about Tara?": "wrong(Willow) about Tara",
    # common knowledge
    "what is common knowledge?": "common()",
    "what do Willow and Tara both know?": "common(Willow, Tara)",
    "what is common knowledge between Willow and Tara?": "common(Willow, Tara)",
    "is it common knowledge that Tara loves Willow?": "common(: loves(Tara, Willow))",
    "is it common knowledge among Willow and Tara that Tara loves Willow?": (
        "common(Willow, Tara: loves(Tara, Willow))"
    ),
    # what was perceived, wished, felt
    "what did Buffy see?": "perceived(Buffy)",
    "did Tara see that Willow knocked?": "perceived(Tara: knock(Willow))",
    "does Buffy know that Willow knocked?": "perceived(Buffy: knock(Willow))",
    "what did Tara leave unsaid?": "unsaid(Tara)",
    "what did Tara not dare to say?": "unsaid(Tara)",
    "what was left unsaid?": "unsaid()",
    "how does Tara feel about Willow?": "feels(Tara) about Willow",
    "what did Tara feel?": "feels(Tara)",
    # what changed
    "what changed Tara's mind?": "changed(Tara)",
    "what changed Tara\N{RIGHT SINGLE QUOTATION MARK}s mind about Willow?": (
        "changed(Tara) about Willow"
    ),
    "what changed Tara's mind about whether Willow loves her?": (
        "changed(Tara: loves(Willow, Tara))"
    ),
    # why, why not, what if
    "why did Tara open the door?": "why open_door(Tara)",
    "why did Willow knock?": "why knock(Willow)",
    "why didn't Buffy patrol?": "why not patrol(Buffy)",
    "why does Tara not confess to Willow?": "why not confess(Tara, Willow)",
    "what would Tara do now?": "now(Tara)",
    "what if Tara had not seen that Willow nodded at Tara?": "unseen(nod(Willow, Tara): Tara)",
    # the world's own words within English
    "does Tara know that composed(Tara)?": "knows(Tara, composed(Tara))",
    "who knows sorry(Willow, Tara)?": "who knows sorry(Willow, Tara)",
}
BENCH: dict[str, str] = {
    "does Mabel know that Hugo loves her?": "knows(Mabel, loves(Hugo, Mabel))",
    "is Mabel aware that he loves her?": "",
    "does Agatha think Hugo loves her?": "believes(Agatha, loves(Hugo, Agatha))",
    "does Hugo think that Agatha knows that he loves Mabel?": (
        "believes(Hugo, knows(Agatha, loves(Hugo, Mabel)))"
    ),
    "does Hugo love Mabel?": "loves(Hugo, Mabel)",
    "is it so that the letter is in the garden?": "at(Letter) == Garden",
    "where is the letter?": "at(Letter)",
    "does Hugo know where the letter is?": "knows(Hugo, at(Letter) == Agatha)",
    "where does Hugo think the letter is?": "believes(Hugo, at(Letter))",
    "who knows that Agatha has the letter?": "who knows at(Letter) == Agatha",
    "who believes that Hugo loves Agatha?": "who believes loves(Hugo, Agatha)",
    "when did Mabel come to think that Hugo loves Agatha?": (
        "since when believes(Mabel, loves(Hugo, Agatha))"
    ),
    "who told Mabel that Hugo loves Agatha?": "since when believes(Mabel, loves(Hugo, Agatha))",
    "how long is Hugo in the parlour?": "since when at(Hugo) == Parlour",
    "what does Hugo think Mabel thinks?": "thinks(Hugo, Mabel)",
    "what does Hugo believe about Agatha?": "thinks(Hugo) about Agatha",
    "who was wrong about the letter before act 4?": "wrong() about Letter before 4",
    "what is Hugo wrong about?": "wrong(Hugo)",
    "is Hugo wrong about Agatha?": "wrong(Hugo) about Agatha",
    "do Hugo and Mabel both know that Hugo loves Mabel?": (
        "(loves(Hugo, Mabel) & believes(Hugo, loves(Hugo, Mabel))) & "
        "(loves(Hugo, Mabel) & believes(Mabel, loves(Hugo, Mabel)))"
    ),
    "what do Hugo and Agatha both know?": "common(Hugo, Agatha)",
    "is it common knowledge that Hugo is in the parlour?": "common(: at(Hugo) == Parlour)",
    "what did Mabel hear?": "perceived(Mabel)",
    "did Hugo see Agatha read the letter?": "perceived(Hugo: read_letter(Agatha, Garden))",
    "does Hugo know that Agatha read the letter?": ("perceived(Hugo: read_letter(Agatha, Garden))"),
    "does Hugo know that Agatha has read?": "knows(Hugo, read(Agatha))",
    "what did Hugo want to do?": "unsaid(Hugo)",
    "how does Hugo feel about Mabel?": "feels(Hugo) about Mabel",
    "what changed Agatha's mind about the letter?": "changed(Agatha) about Letter",
    "when did Mabel change her mind about whether Hugo loves Agatha?": (
        "changed(Mabel: loves(Hugo, Agatha))"
    ),
    "why did Hugo leave the letter in the garden?": "why leave_letter(Hugo, Garden)",
    "why did Agatha tell Hugo yes?": "why say_yes(Agatha, Hugo)",
    "why did Mabel not read the letter?": "why not read_letter(Mabel, Garden)",
    "what will Hugo do next?": "now(Hugo)",
    "what if Agatha had not seen that Hugo left the letter?": (
        "unseen(leave_letter(Hugo, Garden): Agatha)"
    ),
    "is Hugo in the parlour after Hugo left the letter?": (
        "at(Hugo) == Parlour after leave_letter(Hugo, Garden)"
    ),
}
LETTER: dict[str, str] = {
    "does Ben know that Anna burnt the letter?": 'knows(Ben, "Anna burns the letter")',
    "does Ben know Anna has burned the letter": 'knows(Ben, "Anna burns the letter")',
    "does Aunt Edith know the house is mortgaged?": 'knows(Edith, "the house is mortgaged")',
    "does Mr Pell believe that Anna did not burn the letter?": (
        'believes(Mr Pell, !"Anna burns the letter")'
    ),
    "does Anna know that Ben knows that she burnt the letter?": (
        'knows(Anna, knows(Ben, "Anna burns the letter"))'
    ),
    "did Anna burn the letter?": '"Anna burns the letter"',
    "is the letter safe?": '"the letter is safe"',
    "who knows that the will was forged?": 'who knows "the will was forged"',
    "who suspects the will was forged in chapter 1?": (
        'who believes "the will was forged" in chapter 1'
    ),
    "when did the solicitor learn that the will was forged?": (
        'since when knows(Mr Pell, "the will was forged")'
    ),
    "who told Ben that Anna burnt the letter?": (
        'since when believes(Ben, "Anna burns the letter")'
    ),
    "what does Ben think about the letter?": "thinks(Ben) about letter",
    "what does Anna think Ben knows?": "knowledge(Anna, Ben)",
    "who is wrong about the letter in chapter 2?": "wrong() about letter in chapter 2",
    "what did Dora see?": "perceived(Dora)",
    "what changed Ben's mind about whether the letter is safe?": (
        'changed(Ben: "the letter is safe")'
    ),
    "what is common knowledge among Anna and Ben?": "common(Anna, Ben)",
    "is it common knowledge of Anna and Ben that the will was forged?": (
        'common(Anna, Ben: "the will was forged")'
    ),
    "why did Anna burn the letter?": "",
    'believes(Ben, "Anna burnt the letter" & !"the letter is safe")': (
        'believes(Ben, ("Anna burns the letter" & !"the letter is safe"))'
    ),
    'believes(Mr Pell, "the will was forged") in chapter 1': (
        'believes(Mr Pell, "the will was forged") in chapter 1'
    ),
}


@cache
def story(name: str) -> unspoken.Story:
    return unspoken.load(name).plan()


@cache
def questioning(name: str) -> Questioning:
    if name == "blue_letter":
        return unspoken.load_ledger(str(BLUE_LETTER)).questioning()
    return story(name).asker().questioning


ASKED = [
    *(("night_visit", question, form) for question, form in NIGHT.items()),
    *(("wrong_bench", question, form) for question, form in BENCH.items()),
    *(("blue_letter", question, form) for question, form in LETTER.items()),
]


@pytest.mark.parametrize(("name", "question", "form"), ASKED)
def test_what_a_question_is_understood_as(name: str, question: str, form: str) -> None:
    query = questioning(name).query(question)
    if not form:
        assert query is None or query.head not in questioning(name).answering
        return
    assert query is not None
    assert query.text == form


@pytest.mark.parametrize(("name", "question", "form"), [one for one in ASKED if one[2]])
def test_the_formal_language_gives_the_question_back(name: str, question: str, form: str) -> None:
    def without_places(query: Query | None) -> object:
        assert query is not None
        when = query.when if not query.when.call else msgspec.structs.replace(query.when, act=None)
        return msgspec.structs.replace(query, when=when), query.text

    asked = questioning(name)
    assert without_places(asked.query(form)) == without_places(asked.query(question))


@pytest.mark.parametrize(("name", "question", "form"), [one for one in ASKED if one[2]])
def test_everything_understood_is_answered(name: str, question: str, form: str) -> None:
    answer = questioning(name).ask(question)
    assert answer.question == question
    assert answer.form == form
    assert answer.words[-1] in ".:"
    assert "None" not in answer.text(full=True)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("where was Willow at the beginning?", "Willow was at the Bronze, from the beginning."),
        ("where is Willow at the beginning?", "Willow is at the Bronze, from the beginning."),
        ("did Willow know that Tara loved her before 3?", "No: Willow thought that Tara did not"),
        ("who was in the room before Willow knocked?", "Tara was in the room, from the beginning."),
        ("who thought Willow was in the room at the beginning?", "Nobody thought that Willow was"),
    ],
)
def test_what_was_so_is_said_in_the_tense_of_the_question(question: str, words: str) -> None:
    assert questioning("night_visit").ask(question).words.startswith(words)


GARBLED = (
    "",
    "?",
    "Tara",
    "what about Tara?",
    "does Ben now the will?",
    "does Willow know that Tara eats fish on Fridays?",
    "why did the letter?",
    "when did Ben learn about the weather?",
    "who who who",
    "does Giles know that Tara loves Willow?",
    "what if nothing had happened?",
    "how many people are there?",
)


@pytest.mark.parametrize("name", ["night_visit", "wrong_bench", "paste_diamonds", "blue_letter"])
@pytest.mark.parametrize("question", GARBLED)
def test_what_is_offered_instead_is_understood_and_answered(name: str, question: str) -> None:
    asked = questioning(name)
    with pytest.raises(DiagnosticError) as raised:
        asked.ask(question)
    (fault,) = raised.value.diagnostics
    nearest = str(fault.facts["nearest"]).strip().splitlines()
    assert len(nearest) == 5
    assert len({(query.head if query else None) for query in map(asked.query, nearest)}) > 1
    for one in nearest:
        assert asked.ask(one).words


@pytest.mark.parametrize("name", ["night_visit", "wrong_bench", "paste_diamonds", "blue_letter"])
def test_the_best_questions_are_answered(name: str) -> None:
    asked = questioning(name)
    best = asked.best()
    assert len(best) >= 8
    for one in best:
        answer = asked.ask(one)
        assert "Never" not in answer.words
        assert "Nothing" not in answer.words


@pytest.mark.parametrize(
    ("question", "code", "mark"),
    [
        ("knows(Tara, opn())", "unknown-property", "opn"),
        ("who knows loves(Tara Willow)", "text-as-value", ""),
        ("wrong(Tarra)", "nobody-of-that-name", "Tarra"),
        ("why knok(Willow)", "no-such-action", "knok(Willow)"),
        ("why not knock(Willow, Tara)", "not-an-act", "knock(Willow, Tara)"),
        ("common(Willow, Tara: lovs(Tara, Willow))", "unknown-property", "lovs"),
        ("unseen(knok(Willow): Tara)", "no-such-action", "knok(Willow)"),
        ("perceived()", "expected", ""),
    ],
)
def test_what_is_wrong_in_the_formal_language_is_marked(
    question: str, code: str, mark: str
) -> None:
    with pytest.raises(DiagnosticError) as raised:
        story("night_visit").ask(question)
    (found,) = raised.value.diagnostics
    if mark:
        assert found.code == code
        assert found.span is not None
        assert question[found.span.start : found.span.end] == mark


@pytest.mark.parametrize(
    ("name", "property", "arguments", "value", "words"),
    [
        ("prize_marmalade", "accused", (), True, "somebody has been accused"),
        ("prize_marmalade", "accused", (), False, "nobody has been accused"),
        ("night_visit", "gathering", (), True, "there is a gathering"),
        ("night_visit", "gathering", (), False, "there is no gathering"),
        ("night_visit", "lights", (), True, "the lights are there"),
        ("night_visit", "composed", ("Tara",), True, "Tara is composed"),
        ("night_visit", "sorry", ("Willow", "Tara"), False, "Willow is not sorry towards Tara"),
        (
            "night_visit",
            "declared",
            ("Willow", "Tara"),
            True,
            "Willow has declared her love to Tara",
        ),
        ("paste_diamonds", "sold", ("Ottoline",), False, "Ottoline has not sold anything"),
        ("wrong_bench", "at", ("Letter",), None, "it is not known where the letter is"),
    ],
)
def test_facts_in_words(
    name: str, property: str, arguments: tuple[str, ...], value: Value, words: str
) -> None:
    say = Saying(unspoken.load(name).model)
    assert say.clause(say.fact(Fact(property, arguments), value)) == words


def test_other_wordings_that_a_ledger_says_are_the_same() -> None:
    novel = unspoken.parse_ledger(
        "people: Ben, Anna\n"
        "same: Anna burns the will; the will is ashes; Anna keeps the will not\n"
        "scene: Hall\npresent: Anna, Ben\nhappens: Anna burns the will\n"
    )
    for question in (
        "does Ben know that Anna burnt the will?",
        "does Ben know that the will was ashes?",
        'knows(Ben, "Anna did not keep the will")',
    ):
        answer = novel.ask(question)
        assert answer.form == 'knows(Ben, "Anna burns the will")'
        assert answer.verdict is True
    assert novel.ask("did Anna keep the will?").verdict is False


def test_whoever_is_lied_to_in_a_ledger_lied_to_nobody() -> None:
    novel = unspoken.parse_ledger(
        "people: Nora, Sam\nscene: Hall\npresent: Nora, Sam\nSam lies to Nora: the cup was whole\n"
    )
    assert novel.ask("did Nora lie?").verdict is False
    assert novel.ask("who lied?").text() == (
        "Sam lied:\n  line 4: Sam lied to Nora, that the cup was whole"
    )


def test_a_phrase_that_no_ledger_has() -> None:
    question = 'knows(Ben, "Anna burns the willow")'
    with pytest.raises(DiagnosticError) as raised:
        unspoken.load_ledger(str(BLUE_LETTER)).ask(question)
    (found,) = raised.value.diagnostics
    assert found.code == "no-such-fact"
    assert found.span is not None
    assert question[found.span.start : found.span.end] == '"Anna burns the willow"'


def test_the_page_of_a_ledger() -> None:
    """``UNSPOKEN_BLESS=1`` writes what comes out, to be read before it is kept."""
    asked = questioning("blue_letter")
    page = "\n".join(f"> {one}\n{asked.ask(one).text(full=True)}\n" for one in asked.best())
    path = Path(__file__).parent / "expected" / "blue_letter.txt"
    if os.environ.get("UNSPOKEN_BLESS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(page, encoding="utf-8")
    assert page == path.read_text(encoding="utf-8")
