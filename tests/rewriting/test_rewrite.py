"""A telling through a language model and back: what is sent, what may stand, what is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from msgspec import Struct, field

import unspoken
from tests.rewriting.servers import paragraph_of, say, serving
from unspoken.chronicle.lived import lived
from unspoken.language import DiagnosticError
from unspoken.rewriting import Cache, EndpointError, Rewritten, rewrite
from unspoken.rewriting.brief import Brief
from unspoken.story import Story
from unspoken.telling import Options, Telling, tell


@cache
def story() -> Story:
    return unspoken.load("night_visit").plan(first_only=True)


class Model(Struct):
    """Answers by a function of the paragraph with its marks."""

    answer: Callable[[str], str]
    model: str = "a-model"
    asked: list[Brief] = field(default_factory=list)

    def ask(self, brief: Brief) -> str:
        self.asked.append(brief)
        return self.answer(paragraph_of({"messages": [{}, {"content": brief.user}]}))


def told(model: Model, telling: Telling | None = None, **how: object) -> Rewritten:
    telling = story().telling() if telling is None else telling
    return rewrite(story().chronicle, story().world.model, telling, model, **how)  # type: ignore[arg-type]


def then(text: str) -> str:
    """A small change that no gate minds."""
    return text.replace(" and ", ", and ", 1)


def test_what_passes_stands_and_what_does_not_is_told_as_it_was() -> None:
    before = story().telling()
    done = told(Model(lambda text: "Nonsense." if "alarm" in text else then(text)))
    assert [report.outcome for report in done.reports].count("refused") == 1
    assert done.reports[0].tries == 3
    assert done.telling.paragraphs[0] == before.paragraphs[0]
    for old, new, report in zip(
        before.paragraphs, done.telling.paragraphs, done.reports, strict=True
    ):
        if report.outcome != "rewritten":
            assert new == old
            continue
        (sentence,) = new.sentences
        assert {*sentence.events} == {event for one in old.sentences for event in one.events}
        assert new.mind == old.mind == sentence.mind
        assert "⟦" not in new.text
    speech = [span for p in before.paragraphs for one in p.sentences for span in one.spans]
    assert all(span.text in done.text for span in speech if "“" in span.text)
    assert {report.outcome for report in done.reports} == {"rewritten", "refused", "too short"}


def test_nothing_changes_where_the_answer_is_the_same() -> None:
    assert told(Model(lambda text: text)).text == story().telling().text


@pytest.mark.parametrize("heads", ["replay", "omniscient", "camera", "limited"])
def test_every_way_of_telling_can_be_sent(heads: str) -> None:
    one = {"through": "Tara", "person": "first", "hindsight": True} if heads == "limited" else {}
    telling = story().telling(heads=heads, order="flashback", **one)  # type: ignore[arg-type]
    done = told(Model(lambda text: text), telling)
    assert done.text == telling.text
    assert {report.outcome for report in done.reports} <= {"rewritten", "too short"}


def test_reasons_are_said_and_a_better_answer_taken() -> None:
    tried: dict[str, int] = {}

    def second(text: str) -> str:
        tried[text] = tried.get(text, 0) + 1
        return then(text) if tried[text] == 2 else f"{text} Xander came."

    model = Model(second)
    done = told(model)
    assert {r.tries for r in done.reports if r.outcome == "rewritten"} == {2}
    again = [brief.user for brief in model.asked if "Your last answer would not do" in brief.user]
    assert again
    assert all("\n- " in user.rpartition("would not do:")[2] for user in again)


@pytest.mark.parametrize("who", ["Willow", "Tara"])
def test_what_is_sent_is_within_one_mind(who: str) -> None:
    """To the byte the same where the chronicle has nothing but what this mind lived."""
    sent = []
    for chronicle in (story().chronicle, lived(story().chronicle, who)):
        model = Model(lambda text: "")
        telling = tell(chronicle, story().world.model, Options(view="limited", through=who))
        rewrite(chronicle, story().world.model, telling, model)
        sent.append(model.asked)
    assert sent[0] == sent[1] != []


def test_a_wrong_belief_is_sent_as_it_is_held() -> None:
    model = Model(lambda text: text)
    told(model)
    early = model.asked[: len(model.asked) // 2]
    hers = [brief.user for brief in early if "Told through: Willow." in brief.user]
    assert any("- Tara did not love Willow\n" in user for user in hers)
    assert not any("- Tara loved Willow\n" in user for user in hers)
    held = ("- Tara loved Willow\n", "- Willow thought that Tara did not love Willow\n")
    assert any(all(one in brief.user for one in held) for brief in model.asked)
    for brief in model.asked:
        mind = brief.user.partition("Told through: ")[2].partition(".")[0]
        earlier = brief.user.partition("Before this, through the same mind:\n")[2]
        earlier = earlier.partition("\nUnder the marks:")[0]
        own = {p.text for p in story().telling().paragraphs if p.mind == mind}
        assert {*filter(None, earlier.split("\n"))} <= own


def test_whoever_does_not_answer_is_soon_left_alone() -> None:
    def silent(text: str) -> str:
        raise EndpointError("it is asleep")

    model = Model(silent)
    done = told(model)
    assert len(model.asked) == 2
    assert done.text == story().telling().text
    reasons = [report.reasons for report in done.reports if report.outcome == "no answer"]
    assert reasons[0] == ("it is asleep",)
    assert reasons[-1] == ("nobody answered before",)


def test_a_cache_tells_the_same_again(tmp_path: Path) -> None:
    kept = Cache(tmp_path / "answers")
    first = told(Model(then), cache=kept)

    def never(text: str) -> str:
        raise AssertionError("asked")

    assert told(Model(never), cache=kept, cached_only=True) == first
    with pytest.raises(DiagnosticError, match="never asked of another"):
        told(Model(never, model="another"), cache=kept, cached_only=True)
    for path in (tmp_path / "answers").iterdir():
        path.write_text("{", encoding="utf-8")
    assert told(Model(then), cache=kept) == first, "what cannot be read is asked again"


def test_the_cache_is_not_trusted(tmp_path: Path) -> None:
    kept = Cache(tmp_path)
    told(Model(then), cache=kept)
    for path in tmp_path.iterdir():
        entry = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps(entry | {"answer": "Xander came."}), encoding="utf-8")
    done = told(Model(then), cache=kept)
    assert "Xander" not in done.text


def test_in_python(tmp_path: Path) -> None:
    with serving(lambda handler, body, n: say(handler, then(paragraph_of(body)))) as served:
        done = story().rewrite(served.url, "m", "Tara", key="k", cache=tmp_path, person="first")
    assert "rewritten" in {report.outcome for report in done.reports}
    again = story().rewrite(
        "https://example.org", "m", "Tara", cache=tmp_path, cached_only=True, person="first"
    )
    assert again == done
    kept = "".join(path.read_text("utf-8") for path in tmp_path.iterdir())
    assert "127.0.0.1" not in kept
    with pytest.raises(unspoken.DiagnosticError, match="cannot be asked: it is no"):
        story().rewrite("localhost", "m")
    with pytest.raises(unspoken.DiagnosticError, match="was never asked of m in this way"):
        story().rewrite("http://a.b", "m", cache=tmp_path / "other", cached_only=True)
