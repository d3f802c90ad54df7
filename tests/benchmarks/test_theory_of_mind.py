"""Theory of mind measured: what both answer alike is counted; so is what shortcuts get right."""

from __future__ import annotations

import pytest

from benchmarks import theory_of_mind
from benchmarks.theory_of_mind import agreement
from unspoken.theory_of_mind import Answer, Answerer, Question, TemplateStory


def test_agreement_is_counted() -> None:
    rows = {(row.subject, row.who): row for row in agreement(300)}
    ours = rows["questions", "unspoken"]
    assert ours.facts == {"questions": 300, "stories": 10, "disagree": 0}
    assert all(row.verified for row in rows.values())
    orders = [rows[f"order {order}", "unspoken"] for order in range(7)]
    assert sum(row.median for row in orders) == 300
    assert all(row.unit == f"of {row.median:.0f}" for row in orders)
    assert orders[0].facts["truth"] == "100.0%"
    assert orders[1].facts["truth"] != "100.0%"


def test_disagreement_is_no(monkeypatch: pytest.MonkeyPatch) -> None:
    class Careless(Answerer):
        def answer(self, story: TemplateStory, question: Question) -> Answer:
            return "nowhere"

    monkeypatch.setattr(theory_of_mind, "Answerer", Careless)
    rows = list(agreement(60))
    assert not any(row.verified for row in rows)
    assert rows[0].facts["disagree"] == 60
