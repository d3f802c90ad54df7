"""Reasons of runs in plain words: a term of a utility is called by what it comes to."""

from __future__ import annotations

import unspoken


def test_no_reason_is_told_as_it_is_written() -> None:
    story = unspoken.load("wrong_bench").run(1)
    said = story.explain("leave_letter(Hugo, Garden)")
    assert "for it: the wish that Mabel thinks that Hugo loves her, very strongly" in said
    assert "utility" not in story.explain()
    assert "if(" not in story.explain()
    would = str(story.why_not_now("go(Hugo, Garden, Parlour)"))
    assert would.startswith("Hugo would: go(Hugo, Garden, Parlour).\n")
    assert "for it: the wish that Hugo is where he likes, strongly" in would


def test_what_has_a_name_keeps_it() -> None:
    story = unspoken.load("night_visit").run(12)
    assert "the dread amends_owed(Willow)" in story.explain("knock(Willow)")
    assert "the norm late(Willow)" in story.explain("knock(Willow)")
