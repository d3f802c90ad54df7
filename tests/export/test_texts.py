"""What is cleaned, once, for all formats."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from unspoken.export.texts import Run, clean, clean_runs, slugs, spaced

runs = st.lists(st.builds(Run, st.text(" \n\u00a0ab.\x00", max_size=6), st.booleans()), max_size=6)


@given(st.text())
def test_clean_texts_are_one_line_that_every_format_can_hold(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert len(once.splitlines()) <= 1
    assert "  " not in once
    assert once == once.strip()
    assert not any(unicodedata.category(each) in ("Cc", "Cs") for each in once)


@given(runs)
def test_runs_are_cleaned_as_one_text(given_runs: list[Run]) -> None:
    cleaned = clean_runs(given_runs)
    assert "".join(run.text for run in cleaned) == clean("".join(r.text for r in given_runs))
    for one in cleaned:
        assert one.text
        assert not one.thought or one.text == one.text.strip()


def test_names_become_keys() -> None:
    names = ["Ada", "ada", "Ädä", "In Turn", "李", "李小", "r2"]
    keys = slugs(names)
    assert list(keys) == names
    assert len(set(keys.values())) == len(names)
    assert keys["Ada"] == "ada"
    assert keys["In Turn"] != "in_turn"
    assert all(key.isascii() and key.isidentifier() for key in keys.values())


def test_names_of_worlds_become_titles() -> None:
    assert spaced("wrong_bench") == "Wrong bench"
    assert spaced("LowChair") == "Low Chair"
