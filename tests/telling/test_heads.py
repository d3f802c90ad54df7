"""Once through each, from above, with a flashback, in hindsight, annotated: what each does on the
night visit, and on small stories made for it."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from tests import shipped
from tests.telling.laws import sections, sentences
from tests.telling.stirred import Stir, with_stirs
from tests.telling.test_stories import story
from tests.telling.ways import run
from unspoken.telling import NotI, Options, Telling, tell
from unspoken.telling.annotated import Note, annotated, as_text


def night(**options: object) -> Telling:
    return run("night_visit").tell(Options(**options))  # type: ignore[arg-type]


def asides(telling: Telling) -> list[str]:
    return [sentence.text for sentence in sentences(telling) if sentence.form == "N"]


# Once through each


def test_each_section_is_the_whole_of_one_mind() -> None:
    replay = night(view="replay")
    found = [section.paragraphs[0] for section in sections(replay)]
    assert [(first.heading, first.mind) for first in found] == [("Willow",) * 2, ("Tara",) * 2]
    for section in sections(replay):
        mind = section.paragraphs[0].mind
        own = night(view="limited", through=mind)
        assert section.text == f"{mind}\n\n{own.text}"


@pytest.mark.parametrize(
    ("name", "order"),
    [("night_visit", ["Willow", "Tara"]), ("paste_diamonds", ["Ottoline", "Pym", "Vale"])],
)
def test_whoever_makes_most_of_it_comes_last(name: str, order: list[str]) -> None:
    """She who dares nothing after her who came; he who finds out after those who hide it."""
    world, chronicle = run(name)
    replay = tell(chronicle, world, Options(view="replay"))
    assert [p.heading for p in replay.paragraphs if p.heading] == order


def test_a_budget_is_for_all_sections() -> None:
    full, short = night(view="replay"), night(view="replay", words=400)
    assert short.words <= 400 < full.words
    assert len(list(sections(short))) == 2


# From above


def test_who_is_wrong_is_said_to_be() -> None:
    """Each thinks that the other does not love her."""
    wrong = re.compile(
        r"(?:was|been) (?:more |as )?(?:wrong|mistaken)|all wrong|no nearer the truth"
    )
    for seed in range(4):
        first, second, *rest = asides(night(view="omniscient", seed=seed))
        assert wrong.search(first)
        assert wrong.search(second), second
        assert len(rest) <= 2, "sparingly"


def test_a_tale_that_is_only_told_is_not_wrong() -> None:
    """What a world says nothing of, it does not gainsay: Dirk did break the bell."""
    told = run("small_town", 0, 12)
    for seed in range(3):
        telling = told.tell(Options(view="omniscient", seed=seed))
        assert any(s.frame.startswith("thought ") for s in sentences(telling))
        assert asides(telling) == []


def test_who_is_right_is_not() -> None:
    """Without Tara's love, Willow is not wrong that she is by herself in this."""
    world, chronicle = run("night_visit")
    so = dict(chronicle.beginning[()])
    loves = next(f for f in so if f.property == "loves" and f.arguments == ("Tara", "Willow"))
    assert so[loves] is True
    alone = replace(chronicle, beginning={**chronicle.beginning, (): {**so, loves: False}})
    above = Options(view="omniscient")
    names = [thought.name for thought in world.telling.thoughts]
    frame = f"thought {names.index('unloved')}."
    for known, is_wrong in ((chronicle, True), (alone, False)):
        after = set()
        for seed in range(4):
            told = list(sentences(tell(known, world, replace(above, seed=seed))))
            own = [s.mind == "Willow" and s.frame.startswith(frame) for s in told]
            after.add(told[own.index(True) + 1].form)
        assert ("N" in after) is is_wrong


def test_nothing_is_said_of_what_both_say() -> None:
    """What neither said is told of those who both kept it to themselves, and of no others."""
    world, chronicle = story("night_visit")
    tara = Stir("brush_hands", "Tara", "confess", 0.7, "Willow", "unsaid", ("Tara", "Willow"))
    willow = Stir("brush_hands", "Willow", "confess", 0.7, "Tara", "unsaid", ("Willow", "Tara"))
    above = Options(view="omniscient")
    both = asides(tell(with_stirs(chronicle, (tara, willow)), world, above))
    assert any(t.startswith(("Nor did", "Neither of them")) for t in both), both
    heard = replace(willow, heard=("Tara", True))
    for stirs in ((tara,), (tara, heard)):
        one = asides(tell(with_stirs(chronicle, stirs), world, above))
        assert not any(t.startswith(("Nor did", "Neither of them")) for t in one), one


def test_what_nobody_perceives_is_told_from_above() -> None:
    world, chronicle = run("wrong_bench")
    number = next(event.number for event in chronicle.acts())
    events = tuple(replace(e, percepts={}) if e.number == number else e for e in chronicle.events)
    unseen = replace(chronicle, events=events)
    above, turns = Options(view="omniscient"), Options()
    assert any(number in s.events for s in sentences(tell(unseen, world, above)))
    assert not any(number in s.events for s in sentences(tell(unseen, world, turns)))


# In hindsight


def test_hindsight_knows_what_was_learnt() -> None:
    for who, other in (("Tara", "Willow"), ("Willow", "Tara")):
        back = night(view="limited", through=who, person="first", hindsight=True)
        (learnt,) = asides(back)
        assert re.fullmatch(f"I did not know yet that (she|{other}) loved me.", learnt)
        assert asides(night(view="limited", through=who, person="first")) == []


def test_hindsight_knows_nothing_that_was_never_learnt() -> None:
    """Ottoline never hears that she has been found out."""
    world, chronicle = run("paste_diamonds")
    options = Options("limited", "Ottoline", person="first", hindsight=True)
    assert asides(tell(chronicle, world, options)) == []


def test_hindsight_is_an_is() -> None:
    with pytest.raises(NotI):
        night(view="limited", through="Tara", hindsight=True)


# With a flashback


@pytest.mark.parametrize("seed", range(5))
def test_the_night_visit_begins_at_the_door(seed: int) -> None:
    told = night(order="flashback", seed=seed)
    past = [p.past for p in told.paragraphs]
    first = past.index(True)
    assert past == [False] * first + [True] * sum(past) + [False] * (len(past) - first - sum(past))
    assert "alarm" not in "".join(p.text for p in told.paragraphs[:first])
    assert " had " in told.paragraphs[first].sentences[0].text
    assert "alarm" in told.paragraphs[first].text


def test_a_flashback_in_the_present_is_in_the_past() -> None:
    told = night(order="flashback", tense="present")
    past = [p for p in told.paragraphs if p.past]
    assert past
    verbs = [v for p in past for s in p.sentences for v in s.spans if v.kind == "verb"]
    assert " had " not in past[0].sentences[0].text
    assert {v.tense for v in verbs if v.text != "is"} == {"past"}


def test_where_nothing_points_back_it_is_told_in_order() -> None:
    world, chronicle = run("small_town")
    for mind in chronicle.characters:
        plain = Options("limited", mind)
        told = tell(chronicle, world, replace(plain, order="flashback"))
        if not any(paragraph.past for paragraph in told.paragraphs):
            assert told.text == tell(chronicle, world, plain).text
            break
    else:
        pytest.fail("everybody's telling has a flashback")


# Annotated


def notes(telling: Telling, words: str) -> list[Note]:
    """The notes beside the sentence with these words."""
    world, chronicle = run("night_visit")
    for one in annotated(telling, chronicle, world):
        if words in one.sentence.text:
            return list(one.notes)
    raise AssertionError(f"{words!r} is not told")


def test_what_is_said_has_what_was_meant_and_heard() -> None:
    asked = {note.label: (note.who, note.text) for note in notes(night(), "come in?”")}
    assert asked["meant"] == ("Tara", "to ask Willow in, and that Willow would come in")
    assert asked["heard as"] == ("Willow", "Willow has been invited")
    assert asked["unsaid"][0] == "Tara"
    assert asked["unsaid"][1].startswith("tell Willow that Tara likes her")


def test_the_rest_has_what_it_rests_on() -> None:
    assert [note.text for note in notes(night(), "turned the handle")][-1] == "Willow knocks"
    said = as_text(annotated(night(), *reversed(run("night_visit"))))
    assert "\n    because: Willow knocks\n" in said


@pytest.mark.parametrize("name", ["night_visit", "small_town"])
def test_notes_are_in_words(name: str) -> None:
    """Nothing stands in them as a storyworld writes it, and what goes on does so small."""
    world, chronicle = run(name)
    for one in annotated(tell(chronicle, world), chronicle, world):
        for note in one.notes:
            assert not re.search(r"_|\w\(|; (?:The|A|There) |^(?:The|A|There) ", note.text), note


def test_beside_one_minds_telling_stands_only_what_it_has() -> None:
    telling = night(view="limited", through="Willow")
    world, chronicle = run("night_visit")
    for one in annotated(telling, chronicle, world):
        for note in one.notes:
            assert note.who in (None, "Willow"), note
            assert all("Willow" in chronicle.events[n].percepts for n in note.events), note


def test_every_form_is_the_storys() -> None:
    story = shipped.run("night_visit")
    assert story.tell(as_="annotated").startswith("[")
    played = story.tell(as_="screenplay")
    assert played.startswith("Title: ")
    assert "WILLOW" in played
    assert story.tell(heads="replay", person="first").count("\n\nTara\n\n") == 1
