"""What stirs in a mind, told: made-up moments of the party and of the night visit."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from msgspec.structs import replace

from tests.telling.laws import broken, sentences
from tests.telling.stirred import NIGHT, Stir, with_stirs
from tests.telling.test_stories import every_way, story
from tests.telling.worlds import CHARACTERS, WORLD, renumbered
from unspoken.chronicle.events import (
    Chronicle,
    Decision,
    Event,
    EventNumber,
    Fact,
    How,
    Percept,
    Value,
    Weighed,
)
from unspoken.model import FEELINGS
from unspoken.telling import Options, feelings, tell, view
from unspoken.telling.beats import _belief
from unspoken.telling.salience import FAINT
from unspoken.telling.setting import Setting
from unspoken.telling.tells import FELT, SHOWN
from unspoken.telling.template import parse
from unspoken.telling.unsaid import _OF_DEEDS, _OF_WORDS

TRUTH: dict[Fact, Value] = {
    **{
        Fact(name, (c,)): value
        for c in CHARACTERS
        for name, value in (("at", "Hall"), ("hungry", False), ("secret", False))
    },
    **{Fact("loves", (a, b)): False for a in CHARACTERS for b in CHARACTERS if a != b},
    **{Fact("at", (thing,)): "Hall" for thing in ("Lamp", "Papers")},
}


def party(*events: Event) -> Chronicle:
    """Only what is given happens."""
    numbered = tuple(replace(e, number=EventNumber(i)) for i, e in enumerate(events))
    return Chronicle("party", CHARACTERS, (), {(): TRUTH}, numbered, 2)


def event(kind: str, who: str | None, name: str = "", *arguments: str, **more: object) -> Event:
    """An event that everybody given in ``seen`` (who did it: did) perceives at its time."""
    time = more.pop("time", 1)
    how = {"feel": "thought", "unsaid": "thought", "think": "thought"}.get(kind, "did")
    seen = more.pop("seen", ())
    percepts = {c: Percept("saw", time) for c in seen}  # type: ignore[arg-type, union-attr]
    if who is not None:
        percepts[who] = Percept(how, time)  # type: ignore[arg-type]
    percepts |= more.pop("percepts", {})  # type: ignore[arg-type]
    return Event(EventNumber(0), time, kind, who, name, arguments, percepts=percepts, **more)  # type: ignore[arg-type]


def through(mind: str | None, *events: Event, seed: int = 0) -> str:
    options = (
        Options(view="external", seed=seed)
        if mind is None
        else Options(view="limited", through=mind, seed=seed)
    )
    return tell(party(*events), WORLD, options).text


def sensed(hearer: str, whole: bool) -> dict[str, Percept]:
    how: How = "sensed"
    return {hearer: Percept(how, 1, whole)}


def test_every_feeling_has_words() -> None:
    for table in (feelings.BODY, feelings.TOUCH, feelings.WORDS, feelings.NOUNS):
        assert set(table) == set(FEELINGS)


def test_the_words_for_feelings_parse() -> None:
    tables = (feelings.BODY, feelings.SLIGHT, feelings.GREAT)
    for table, finite in (*((whole, True) for whole in tables), (feelings.TOUCH, False)):
        assert set(table) <= set(FEELINGS)
        for texts in table.values():
            for text in texts:
                (template,) = parse(text)
                assert (template.is_finite or " would " in text) == finite, text
                assert set(template.roles) <= {"I", "you"}, text
    for text in (text for table in (SHOWN, FELT) for texts in table.values() for text in texts):
        (template,) = parse(text)
        assert set(template.roles) == {"agent"}, text


def test_no_feeling_opens_with_an_it_that_is_nothing() -> None:
    """*It rose in her like bread*: the reader looks back for what rose."""
    tables = (feelings.BODY, feelings.SLIGHT, feelings.GREAT, feelings.TOUCH)
    texts = [text for table in tables for texts in table.values() for text in texts]
    texts += [*feelings.MEMORIES, *feelings.WAVERING]
    assert not [text for text in texts if re.match(r"It\b|\{I\} \[feel\] it\b(?! in)", text)]


def test_feelings_that_follow_do_not_open_alike() -> None:
    """Not *Something in her rang*, *Something in her ran*, *Something in her clapped*."""
    words = ("joy", "relief", "distress", "satisfaction", "guilt", "pride", "hope", "gratitude")
    waves = [event("act", "Bea", "wave", "Bea", "Ann", seen=["Ann"], time=t) for t in range(80)]
    felt = {
        10 * place: event("feel", "Ann", word, strength=0.5, time=10 * place)
        for place, word in enumerate(words)
    }
    events = [one for t, wave in enumerate(waves) for one in (wave, felt.get(t)) if one]
    for seed in range(40):
        told = [
            " ".join(sentence.text.split()[:2])
            for sentence in sentences(
                tell(party(*events), WORLD, Options("limited", "Ann", seed=seed))
            )
            if sentence.frame.startswith(("body", "great", "slight"))
        ]
        assert ("Something in",) * 2 not in pairwise(told), told


@pytest.mark.parametrize("word", sorted(feelings.GREAT))
def test_words_go_by_strength(word: str) -> None:
    """What is slight has quiet words, and never the great ones; what is great has none of the
    quiet."""
    wave = event("act", "Bea", "wave", "Bea", "Ann", seen=["Ann"])

    def frames(strength: float) -> set[str]:
        felt = event("feel", "Ann", word, strength=strength)
        tellings = (
            tell(party(wave, felt), WORLD, Options("limited", "Ann", seed=seed))
            for seed in range(25)
        )
        return {s.frame.rpartition("+")[2].split(" ")[0] for t in tellings for s in sentences(t)}

    assert frames(0.25) - {"frame"} == {"slight"}
    assert not frames(0.5) & {"slight", "great"}
    assert "great" in frames(0.9)
    assert "slight" not in frames(0.9)


def test_a_feeling_is_its_owners_alone() -> None:
    wave = event("act", "Bea", "wave", "Bea", "Ann", seen=["Ann"])
    felt = event("feel", "Ann", "shame", strength=1.0, toward="Bea")
    assert through("Bea", wave, felt) == through("Bea", wave)
    assert through(None, wave, felt) == through(None, wave)
    assert "skin of Ann" in through("Ann", wave, felt)


def test_what_is_faint_is_not_told() -> None:
    wave = event("act", "Bea", "wave", "Bea", "Ann", seen=["Ann"])
    felt = event("feel", "Ann", "shame", strength=FAINT / 2)
    assert through("Ann", wave, felt) == through("Ann", wave)


def test_the_authors_words_come_first_and_once() -> None:
    felt = [event("feel", "Ann", "hope", strength=0.9, toward="Bea", time=t) for t in (1, 40)]
    waves = [event("act", "Ann", "wave", "Ann", "Dan", time=t) for t in range(2, 40)]
    text = through("Ann", felt[0], *waves, felt[1])
    moth, knuckles = text.count("moth at the lamp"), text.count("knuckles")
    assert (moth, knuckles) == (1, 1)


def test_a_phrase_stands_beside_what_was_just_done() -> None:
    texts = set()
    for seed in range(30):
        go = event("act", "Cyd", "take", "Cyd", "Lamp")
        texts.add(through("Cyd", go, event("feel", "Cyd", "fear", strength=0.8), seed=seed))
    assert "Cyd took a lamp, Cyd\u2019s mouth dry." in texts
    assert not any(". Cyd\u2019s mouth dry" in text for text in texts)


@pytest.mark.parametrize("seed", range(6))
def test_an_unspoken_wish_takes_another_shape_each_time(seed: int) -> None:
    wishes = [
        event("unsaid", "Bea", "ask_in", "Bea", who, strength=0.8, time=5 * i)
        for i, who in enumerate(("Ann", "Cyd", "Dan"))
    ]
    waves = [event("act", "Bea", "wave", "Bea", "Dan", time=t) for t in range(16) if t % 5]
    telling = tell(
        party(*sorted((*wishes, *waves), key=lambda e: e.time)),
        WORLD,
        Options(view="limited", through="Bea", seed=seed),
    )
    shapes = [s.frame for s in sentences(telling) if s.frame.startswith("unsaid ")]
    shapes = [shape for shape in shapes if shape != "unsaid still"]
    assert len(shapes) == 3
    assert all(a != b for a, b in pairwise(shapes))


def test_from_where_one_might_have_gone_goes_without_saying() -> None:
    go = event("unsaid", "Bea", "go", "Bea", "Hall", "RedKitchen", strength=0.8)
    told = [through("Bea", go, seed=seed) for seed in range(9)]
    assert any(re.search(r"go to Red Kitchen", text) for text in told), told
    assert not any("from the" in text for text in told)


def test_shapes_of_what_was_not_done() -> None:
    texts = {
        through("Bea", event("unsaid", "Bea", "wave", "Bea", "Dan", strength=0.8), seed=seed)
        for seed in range(40)
    }
    assert "Bea did not wave to Dan." in texts
    command = "Wave to Dan, wave to him now. Bea did nothing, with all her strength."
    assert command in texts
    assert len(texts) >= len(_OF_DEEDS)
    said = {
        through("Bea", event("unsaid", "Bea", "ask_in", "Bea", "Dan", strength=0.8), seed=seed)
        for seed in range(40)
    }
    assert any(re.search("Do you want to… Bea didn\u2019t say", text) for text in said)
    assert len(said) > len(_OF_WORDS)


def test_what_passes_whole_is_what_it_is_about() -> None:
    wish = event(
        "unsaid", "Bea", "whisper", "Bea", "Dan", strength=0.9, percepts=sensed("Ann", True)
    )
    assert "Tell the man in grey" in through("Ann", wish).replace("Dan", "the man in grey")
    other = replace(wish, about="wave(Bea, Dan)", because="hidden(Bea, Dan)")
    assert through("Ann", wish) == through("Ann", other)


def test_a_fragment_has_no_meaning() -> None:
    wish = event(
        "unsaid", "Bea", "whisper", "Bea", "Cyd", strength=0.9, percepts=sensed("Ann", False)
    )
    felt = replace(wish, kind="feel", name="dread", arguments=(), toward="Ann")
    assert through("Ann", wish) == through("Ann", felt)
    assert "Bea" in through("Ann", wish)
    assert view(party(wish), "Ann").items[0].thought is None


def test_what_is_sensed_of_a_feeling_has_its_name() -> None:
    felt = event("feel", "Bea", "joy", strength=0.9, percepts=sensed("Ann", True))
    assert "gladness" in through("Ann", felt)
    assert "gladness" not in through("Bea", felt)


WHISPER = event(
    "unsaid", "Bea", "whisper", "Bea", "Dan", strength=0.3, percepts=sensed("Ann", True)
)
"""A wish of Bea's, not a strong one, that comes to Ann whole: to tell Dan something."""


def test_a_fragment_does_not_stand_in_the_way_of_what_came_whole() -> None:
    strong = event(
        "unsaid", "Cyd", "wave", "Cyd", "Bea", strength=1.0, percepts=sensed("Ann", False)
    )
    text = through("Ann", strong, WHISPER)
    assert text.startswith("Tell the man in grey")
    assert "Cyd" not in text


def test_nor_does_what_came_whole_and_there_are_no_words_for() -> None:
    mind = event("believe", "Cyd", minds=("Cyd",), fact=Fact("loves", ("Cyd", "Bea")))
    thought = event("think", "Cyd", strength=1.0, percepts=sensed("Ann", True), about="believe")
    thought = replace(thought, causes=(EventNumber(0),))
    assert through("Ann", mind, thought) == ""
    assert "Tell the man in grey" in through("Ann", mind, thought, WHISPER)


def test_a_part_that_slips_does_not_tell_what_came_whole() -> None:
    slip = event("act", None, "slip", "Bea", "Ann", seen=["Ann", "Bea"])
    assert "Tell the man in grey" in through("Ann", WHISPER, slip)
    leak = event("act", None, "leak", "Bea", "Ann", seen=["Ann", "Bea"], causes=(EventNumber(0),))
    joy = event("feel", "Bea", "joy", strength=0.9, percepts=sensed("Ann", True))
    assert through("Ann", WHISPER, leak).count("Tell the man in grey") == 1
    assert "gladness" in through("Ann", WHISPER, joy, leak), "it brought the wish, and no more"


def test_what_another_feels_strongly_may_stand_beside_what_one_feels() -> None:
    own = event("feel", "Ann", "joy", strength=1.0)
    joy = event("feel", "Bea", "joy", strength=0.9, percepts=sensed("Ann", True))
    alone = through("Ann", own)
    strong, weak = (through("Ann", own, replace(joy, strength=s)) for s in (0.9, 0.2))
    assert (alone in strong, "gladness" in strong) == (True, True)
    assert (alone in weak, "gladness" in weak) == (True, False)


def test_a_voice_drowns_what_is_only_felt() -> None:
    voice = event("think", None, "dance", "Bea", "Dan", percepts=sensed("Ann", True))
    felt = event("feel", "Bea", "joy", strength=0.3, percepts=sensed("Ann", True))
    assert through("Ann", voice, felt) == through("Ann", voice)
    later = replace(felt, time=2, percepts={c: Percept("sensed", 2) for c in ("Ann", "Bea")})
    assert "gladness" in through("Ann", voice, later)
    assert "gladness" in through("Ann", voice, replace(felt, strength=0.9))


def test_whoever_lets_slip_a_thought_had_meant_to_keep_it() -> None:
    slip = event("act", None, "slip", "Bea", "Ann", seen=["Ann", "Bea"])
    assert "Ann" in through("Bea", slip)
    assert through("Bea", slip) != through("Ann", slip)
    assert through("Cyd", replace(slip, percepts={"Cyd": Percept("saw", 1)})).startswith(
        "Something"
    )
    assert through(None, slip) == ""


def test_a_tell_shows_and_says_nothing() -> None:
    """Which feeling it is, onlookers do not know: the page is the same for every one."""
    blush = event("act", None, "blush", "Ann", "Bea", seen=["Ann", "Bea"], causes=(EventNumber(0),))
    for seed in range(8):
        love = event("feel", "Ann", "love", strength=0.9, toward="Bea")
        told = {
            through("Bea", replace(love, name=word), blush, seed=seed)
            for word in ("love", "embarrassment")
        }
        assert len(told) == 1
        (text,) = told
        assert "hand flat on the wall" in text  # The gloss of what it may show.
        assert "hand flat" not in through("Ann", love, blush, seed=seed)


def test_that_somebody_has_seen_where_somebody_is_goes_without_saying() -> None:
    """Where a thing is, as somebody supposes, may be the story."""
    notions = []
    for thing in ("Cyd", "Lamp"):
        fact = Fact("at", (thing,))
        knows = event("believe", "Ann", percepts={"Ann": Percept("noticed", 1)}, fact=fact)
        knows = replace(knows, minds=("Ann", "Bea"), before="Hall", after="RedKitchen")
        own = view(party(knows), "Ann")
        notions.append(_belief(("Ann", "Bea"), fact, list(own.items), own, Setting.of(WORLD)))
    assert [notion is None for notion in notions] == [True, False]


def test_an_attempt_that_fails() -> None:
    tried = event("fail", "Ann", "take", "Ann", "Lamp", seen=["Ann", "Bea"], participants=("Ann",))
    why = event("surprise", "Ann", "take", "Ann", "Lamp", percepts={"Ann": Percept("noticed", 1)})
    why = replace(why, minds=("Ann",), fact=Fact("at", ("Lamp",)), before="Hall", after="Dan")
    vain = r"Ann (tried to take a lamp, and could not|went to take a lamp, in vain)\."
    text = through("Ann", tried, why)
    assert re.match(vain, text)
    assert "the man in grey had" in text
    assert re.fullmatch(vain, through("Ann", tried)), "why, she may not know"
    seen = {through(mind, tried, why, seed=seed) for mind in ("Bea", None) for seed in range(12)}
    assert seen == {
        "Ann tried to take a lamp, and failed.",
        "Ann went to take a lamp, in vain.",
        "Bea saw Ann try to take a lamp, and fail.",
        "Bea saw Ann go to take a lamp, in vain.",
    }
    assert not through("Dan", tried, why)


def test_somebody_who_was_asked_does_not_take_part() -> None:
    no = event("refuse", "Bea", "dance", "Ann", "Bea", seen=["Ann"], participants=("Ann", "Bea"))
    texts = {through(mind, no, seed=seed) for mind in ("Ann", None) for seed in range(12)}
    assert "Ann began to dance with Bea, and Bea drew back." in texts
    assert all("dance" in text for text in texts)


def test_a_near_thing_is_wavered_over_by_whoever_does_it() -> None:
    wave = event("act", "Ann", "wave", "Ann", "Bea", seen=["Bea"])
    near = replace(wave, decision=Decision(Weighed("wave(Ann, Bea)"), hesitated=True))
    assert through("Ann", near).endswith(through("Ann", wave).split(" ", 1)[1])
    assert len(through("Ann", near)) > len(through("Ann", wave))
    assert through("Bea", near) == through("Bea", wave)


# The night visit


def test_laws_hold_where_much_stirs() -> None:
    world, chronicle = story("night_visit")
    stirred = with_stirs(chronicle)
    for options in every_way(stirred):
        for seed in range(3):
            told = tell(stirred, world, replace(options, seed=seed))
            assert broken(told, world) == [], options


def test_feelings_season_and_do_not_flood() -> None:
    """However much stirs: about one a paragraph, each wording once."""
    world, chronicle = story("night_visit")
    flood = tuple(
        Stir(stir.after, who, word, 0.9, "Tara" if who == "Willow" else "Willow")
        for stir in NIGHT
        for who in ("Willow", "Tara")
        for word in ("joy", "fear", "love", "shame", "hope")
    )
    plain = tell(chronicle, world)
    told = tell(with_stirs(chronicle, flood), world)
    frames = [
        frame
        for sentence in sentences(told)
        for frame in re.findall(r"(?:body|touch|words) \w+\.\d", sentence.frame)
    ]
    assert 3 <= len(frames) <= len(plain.paragraphs)
    assert len(set(frames)) == len(frames)
    assert told.words < 1.35 * plain.words


def test_a_mind_tells_the_same_whatever_stirs_in_the_other() -> None:
    world, chronicle = story("night_visit")
    stirred = with_stirs(chronicle)
    for mind in ("Willow", "Tara"):
        own = tuple(stir for stir in NIGHT if stir.who == mind)
        options = Options(view="limited", through=mind)
        alone = with_stirs(chronicle, own)
        assert tell(alone, world, options).text == tell(stirred, world, options).text


def test_nothing_that_stirs_is_seen() -> None:
    world, chronicle = story("night_visit")
    camera = Options(view="external")
    assert tell(with_stirs(chronicle), world, camera).text == tell(chronicle, world, camera).text


def test_numbers_do_not_matter() -> None:
    _, chronicle = story("night_visit")
    stirred = with_stirs(chronicle)
    assert renumbered(list(stirred.events)) == stirred.events
