"""The two short stories when everybody acts on their own, without a word about inner lives."""

from __future__ import annotations

from tests.shipped import run
from unspoken.chronicle import Fact
from unspoken.chronicle.words import call_of
from unspoken.story import Story


def acts(story: Story) -> list[str]:
    return [call_of(one) for one in story.chronicle.events if one.kind in ("act", "say")]


def test_the_inspector_finds_out_and_lets_nobody_know() -> None:
    story = run("paste_diamonds")
    assert acts(story) == [
        "question(Vale, Pym)",
        "mislead(Pym, Vale, Study)",
        "go(Vale, Salon, Study)",
        "search(Vale, Study)",
        "go(Vale, Study, Salon)",
        "close_case(Vale)",
    ]
    sold, end = Fact("sold", ("Ottoline",)), len(story.chronicle.events)
    assert story.chronicle.value(("Vale",), sold, end) is True
    assert story.chronicle.value(("Ottoline", "Vale"), sold, end) is False


def test_somebody_reads_the_letter_and_takes_it_for_her_own() -> None:
    story = run("wrong_bench")
    reader = next(act for act in acts(story) if act.startswith("read_letter"))
    who = reader.partition("(")[2].partition(",")[0]
    end = len(story.chronicle.events)
    assert story.chronicle.value((who,), Fact("loves", ("Hugo", who)), end) is True
