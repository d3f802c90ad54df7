"""The laws of a telling, P1 to P17, one test each: every shipped world, run and planned, told in
every way.

Each test here is the law on real stories. Where it is held closer by, on random chronicles or
piece by piece, ``ELSEWHERE`` says where.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from tests.telling import laws
from tests.telling.interference import altered
from tests.telling.ways import SHIPPED, Told, every_way, planned, run
from unspoken.chronicle import Chronicle
from unspoken.export import FORMATS, edition, render
from unspoken.telling import Options, Telling, tell

ELSEWHERE = {
    "P1": "test_laws.py::test_the_same_bytes_in_every_process",
    "P2": "test_interference.py::test_ten_thousand_trials",
    "P3": "test_laws.py::test_frames_are_used_where_their_needs_hold",
    "P4": "test_laws.py::test_truth_does_not_colour_the_words",
    "P5": "test_laws.py::test_laws_of_prose",
    "P6": "test_template.py::test_a_verb_finds_its_subject",
    "P7": "test_morph.py::test_forms",
    "P8": "test_laws.py::test_laws_of_prose",
    "P9": "test_laws.py::test_laws_of_prose",
    "P10": "test_laws.py::test_laws_of_prose",
    "P11": "test_laws.py::test_laws_of_prose",
    "P12": "test_laws.py::test_laws_of_prose",
    "P13": "test_manner.py::test_a_stammer_keeps_every_word",
    "P14": "test_laws.py::test_every_act_that_somebody_perceived_is_told_once",
    "P15": "test_laws.py::test_a_budget_shortens",
    "P16": "test_laws.py::test_seeds_tell_differently",
    "P17": "../export/test_epub.py::test_epubcheck_has_nothing_to_say",
}
"""Where a law is held on random chronicles, or piece by piece."""


def stories(name: str) -> list[Told]:
    """A shipped world run, and planned where its author wants something."""
    return [run(name), *filter(None, [planned(name)])]


def tellings(name: str) -> Iterator[tuple[Told, Telling]]:
    """Every telling of a shipped world."""
    for told in stories(name):
        for way in every_way(told.chronicle):
            yield told, told.tell(way)


def test_every_law_is_held_where_the_table_says() -> None:
    here = Path(__file__).parent
    found = re.findall(r"^def test_p(\d+)_", Path(__file__).read_text(encoding="utf-8"), re.M)
    numbers = sorted({int(number) for number in found})
    assert numbers == list(range(1, 18))
    assert list(ELSEWHERE) == [f"P{n}" for n in numbers]
    for place in ELSEWHERE.values():
        file, _, test = place.partition("::")
        assert re.search(rf"^def {test}\(", (here / file).read_text(encoding="utf-8"), re.M), place


def digest() -> str:
    """Of every telling of two stories."""
    names = ("wrong_bench", "paste_diamonds")
    texts = (telling.text for name in names for _, telling in tellings(name))
    return blake2b("\n".join(texts).encode()).hexdigest()


def test_p1_the_same_bytes_in_every_process() -> None:
    command = "from tests.telling.test_table import digest; print(digest())"
    environment = {**os.environ, "PYTHONHASHSEED": "5"}
    said = subprocess.run(
        [sys.executable, "-c", command], env=environment, capture_output=True, check=True, text=True
    )
    assert said.stdout.strip() == digest()


@pytest.mark.parametrize("name", SHIPPED)
def test_p2_nothing_that_a_mind_does_not_perceive_is_in_its_telling(name: str) -> None:
    """Through each mind, however it is told; and in a replay each section is just that telling."""
    for told in stories(name):
        world, chronicle = told
        for way in every_way(chronicle, minds=2):
            if way.view == "limited":
                assert way.through is not None
                without = tell(altered(chronicle, way.through, Random(1)), world, way)
                assert without.text == told.tell(way).text, way
            elif way.view == "replay" and (way.hindsight or way == Options(view="replay")):
                for section in laws.sections(told.tell(way)):
                    mind = section.paragraphs[0].mind
                    only = told.tell(replace(way, view="limited", through=mind))
                    assert [p.text for p in section.paragraphs] == [p.text for p in only.paragraphs]


@pytest.mark.parametrize("name", SHIPPED)
def test_p3_a_sentence_rests_on_what_its_mind_has(name: str) -> None:
    """A camera's on what can be seen."""
    for told, telling in tellings(name):
        minds = {sentence.mind for sentence in laws.sentences(telling)}
        has = {who: {e.number for e in told.chronicle.of_mind(who or "")} for who in minds}
        for sentence in laws.sentences(telling):
            own = has[sentence.mind]
            assert sentence.mind is None or own.issuperset(sentence.events), sentence
            assert len(sentence.items) == len(sentence.events)


def flipped(chronicle: Chronicle) -> Chronicle:
    """The same minds in a world where everything is otherwise."""
    so = chronicle.beginning.get((), {})
    beginning = {c: dict(v) for c, v in chronicle.beginning.items()}
    for who in chronicle.characters:
        beginning[who,] = {**so, **beginning.get((who,), {})}
    beginning[()] = {f: (not v) if isinstance(v, bool) else None for f, v in so.items()}
    events = tuple(replace(event, changes=()) for event in chronicle.events)
    return replace(chronicle, beginning=beginning, events=events)


@pytest.mark.parametrize("name", SHIPPED)
def test_p4_truth_is_only_read_from_above(name: str) -> None:
    for told in stories(name):
        other = flipped(told.chronicle)
        for way in every_way(told.chronicle):
            if way.view != "omniscient":
                assert tell(other, told.world, way).text == told.tell(way).text, way


def test_p4_from_above_it_is_read() -> None:
    night = run("night_visit")
    above = Options(view="omniscient")
    assert tell(flipped(night.chronicle), night.world, above).text != night.tell(above).text


@pytest.mark.parametrize("name", SHIPPED)
def test_p5_every_pronoun_is_licensed(name: str) -> None:
    for told, telling in tellings(name):
        for section in laws.sections(telling):
            assert laws.unlicensed(section, told.world) == [], telling.options


@pytest.mark.parametrize("name", SHIPPED)
def test_p6_verbs_agree_with_their_subjects(name: str) -> None:
    for _, telling in tellings(name):
        assert laws.disagreeing(telling) == [], telling.options


@pytest.mark.parametrize("name", SHIPPED)
def test_p7_verbs_have_the_forms_of_the_gold_table(name: str) -> None:
    for _, telling in tellings(name):
        for sentence in laws.sentences(telling):
            for span in sentence.spans:
                form = span.text.lower().replace("\u2019", "'")
                assert span.kind != "verb" or form in laws.finite(span), sentence.text


@pytest.mark.parametrize("name", SHIPPED)
def test_p8_one_tense_and_one_pluperfect_into_a_flashback(name: str) -> None:
    for _, telling in tellings(name):
        assert laws.out_of_tense(telling) == [], telling.options
        assert laws.badly_entered(telling) == [], telling.options


@pytest.mark.parametrize("name", SHIPPED)
def test_p9_no_frame_twice_running_and_no_three_openers(name: str) -> None:
    for _, telling in tellings(name):
        for section in laws.sections(telling):
            assert laws.repeated(section) == [], telling.options


@pytest.mark.parametrize("name", SHIPPED)
def test_p10_whoever_looks_is_named_in_two_sentences(name: str) -> None:
    for _, telling in tellings(name):
        assert laws.unanchored(telling) == [], telling.options
        assert laws.too_long(telling) == [], telling.options


@pytest.mark.parametrize("name", SHIPPED)
def test_p11_other_minds_are_inferred(name: str) -> None:
    for _, telling in tellings(name):
        assert laws.unmarked(telling) == [], telling.options


@pytest.mark.parametrize("name", SHIPPED)
def test_p12_spelling_and_marks(name: str) -> None:
    for _, telling in tellings(name):
        assert laws.misspelt(telling) == [], telling.options


@pytest.mark.parametrize("name", SHIPPED)
def test_p13_what_is_said_is_the_same_in_every_telling(name: str) -> None:
    """A stammer is in the air, not in the hearer or in the order."""
    for told, telling in tellings(name):
        said = _said(told.tell(Options(view="external")))
        for section in laws.sections(telling):
            for number, words in _said(section).items():
                assert said.get(number, words) == words, telling.options


def _said(telling: Telling) -> dict[int, str]:
    """By event, the words of its speech. (What stands in a frame is the frame's.)"""
    found: dict[int, str] = {}
    for sentence in laws.sentences(telling):
        quoted = "".join(span.text for span in sentence.spans if span.kind == "quoted")
        if "“" in quoted and len(sentence.events) == 1:
            said = "".join(re.findall("“([^”]*)”", quoted)).lower()
            found[sentence.events[0]] = re.sub(r"[\W_]+", " ", said).strip()
    return found


@pytest.mark.parametrize("name", SHIPPED)
def test_p14_everything_is_told_once(name: str) -> None:
    """Once per mind in a replay. A flashback tells what is told in order, elsewhere."""
    for told, telling in tellings(name):
        chronicle = told.chronicle
        acts = {e.number for e in chronicle.events if e.is_act and e.percepts}
        for section in laws.sections(telling) if telling.paragraphs else ():
            mind = section.paragraphs[0].mind
            if telling.options.view in ("limited", "replay"):
                acts = {e.number for e in chronicle.events if e.is_act and mind in e.percepts}
            elif telling.options.view == "external":
                acts = set()
            assert laws.told_twice_or_never(section, acts) == [], telling.options
        if telling.options.order == "flashback":
            plain = told.tell(replace(telling.options, order="chronological"))
            assert _acts(telling, chronicle) == _acts(plain, chronicle)
            assert laws.out_of_order(telling) == [], telling.options


def _acts(telling: Telling, chronicle: Chronicle) -> set[int]:
    told = {number for sentence in laws.sentences(telling) for number in sentence.events}
    return {number for number in told if chronicle.events[number].is_act}


@pytest.mark.parametrize("name", SHIPPED)
def test_p15_a_budget_is_kept(name: str) -> None:
    """Or goes as far down as a telling does."""
    told = run(name)
    for way in every_way(told.chronicle, minds=1):
        if way.tense == "past":
            least = told.tell(replace(way, words=1)).words
            short = told.tell(replace(way, words=80)).words
            assert short <= max(80, least), way


@pytest.mark.parametrize("name", SHIPPED)
def test_p16_seeds_tell_differently(name: str) -> None:
    told = run(name)
    for way in (Options(order="flashback"), Options(view="omniscient"), Options(view="replay")):
        texts = {told.tell(replace(way, seed=seed)).text for seed in range(5)}
        assert len(texts) >= 4, way


@pytest.mark.parametrize("name", SHIPPED)
def test_p17_every_export_of_every_telling_is_written(name: str) -> None:
    world, chronicle = run(name)
    for way in every_way(chronicle, minds=1):
        if (way.tense == "past" and way.order == "flashback") or way.hindsight:
            here = edition(chronicle, world, way, "0")
            for each in FORMATS:
                assert render(here, each.name), (each.name, way)


@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_is_told_before_what_set_it_off(name: str) -> None:
    """Of a flashback, in the order in which it was."""
    for told, telling in tellings(name):
        for section in laws.sections(laws.in_order(telling)):
            assert laws.told_before_its_cause(section, told.chronicle) == [], telling.options
