"""``unspoken tell``: prose from a world, or from a saved chronicle."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.faces.conftest import LETTER, SHORTEST, Unspoken
from tests.rewriting.servers import paragraph_of, say, serving
from unspoken.chronicle import VERSION


def test_the_shipped_story(unspoken: Unspoken) -> None:
    said = unspoken("tell")
    assert said.code == 0, said.err
    assert len(said.out.split()) >= 250
    assert "Tara" in said.out
    assert "Willow" in said.out
    assert said.out == unspoken("tell", "night_visit").out


def test_a_world_is_planned_and_told(unspoken: Unspoken) -> None:
    said = unspoken("tell", "letter.story")
    assert said.code == 0
    assert "Ada" in said.out
    assert "Ben" in said.out
    assert said.err == ""


def test_the_same_seed_the_same_words(unspoken: Unspoken) -> None:
    assert unspoken("tell", "--seed", 5).out == unspoken("tell", "--seed", 5).out
    assert len({unspoken("tell", "--seed", seed).out for seed in range(5)}) > 1


def test_saved_and_told_again(unspoken: Unspoken) -> None:
    first = unspoken("tell", "letter.story", "--save", "a.json")
    assert first.code == 0
    assert unspoken("tell", "a.json").out == first.out
    Path("sub").mkdir()
    Path("a.json").rename("sub/a.json")
    assert unspoken("tell", "sub/a.json").out == first.out
    Path("letter.story").rename("sub/letter.story")
    assert unspoken("tell", "sub/a.json").out == first.out
    Path("sub/letter.story").rename("other.story")
    lost = unspoken("tell", "sub/a.json")
    assert lost.code == 1
    assert "the world of this chronicle, `letter.story`, is not to be found" in lost.err
    assert unspoken("tell", "sub/a.json", "--world", "other.story").out == first.out


def test_a_chronicle_of_a_shipped_story(unspoken: Unspoken) -> None:
    first = unspoken("tell", "wrong_bench", "--save", "a.json")
    assert unspoken("tell", "a.json").out == first.out


def test_through_one_mind(unspoken: Unspoken) -> None:
    tellings = {
        unspoken("tell", "letter.story", *how).out
        for how in (
            ["--through", "Ada"],
            ["--through", "Ben"],
            ["--through", "Ben", "--heads", "limited", "--person", "first"],
            ["--through", "Ben", "--tense", "present"],
            ["--heads", "camera"],
        )
    }
    assert len(tellings) == 5
    assert "letter" not in unspoken("tell", "letter.story", "--through", "Ada").out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--through", "Bem"], "did you mean `Ben`?"),
        (["--through", "Zoe"], "its characters: `Ada` and `Ben`"),
        (
            ["--through", "Ben", "--heads", "camera"],
            "cannot have `camera` heads and go through Ben",
        ),
        (["--heads", "limited"], "say --through with one of `Ada` or `Ben`"),
        (["--person", "first"], "the first person needs one mind"),
        (["--words", "0"], "--words cannot be `0`"),
        (["--words", "few"], "few"),
        (["--heads", "alternat"], "alternate"),
        (["--tense", "future"], "past"),
        (["--hindsight"], "hindsight needs somebody who says `I`"),
        (["--as", "screenplay", "--heads", "replay"], "--heads cannot be `replay`"),
        (["--as", "screenplay", "--order", "flashback"], "--order cannot be `flashback`"),
        (["--heads", "omniscient", "--through", "Ben"], "cannot have `omniscient` heads"),
    ],
)
def test_what_cannot_be_told(unspoken: Unspoken, words: list[str], complaint: str) -> None:
    said = unspoken("tell", "letter.story", *words)
    assert said.code == 2
    assert complaint in " ".join(said.err.replace("│", " ").split())
    assert said.out == ""


def test_json(unspoken: Unspoken) -> None:
    data = json.loads(unspoken("tell", "letter.story", "--json").out)
    assert data["plan"] == SHORTEST
    sentences = [s for p in data["paragraphs"] for s in p["sentences"]]
    assert sentences
    lines = LETTER.splitlines()
    assert any("confess" in lines[number - 1] for s in sentences for number in s["lines"])


def test_a_screenplay_is_the_one_that_is_exported(unspoken: Unspoken) -> None:
    exported = unspoken("export", "wrong_bench", "--as", "fountain")
    assert unspoken("tell", "wrong_bench", "--as", "screenplay").out == exported.out
    data = json.loads(unspoken("tell", "wrong_bench", "--as", "screenplay", "--json").out)
    assert data["text"] == exported.out
    assert ("speech", "Aunt Agatha") in {(one["kind"], one["who"]) for one in data["elements"]}


def test_annotated_as_data(unspoken: Unspoken) -> None:
    data = json.loads(unspoken("tell", "night_visit", "--as", "annotated", "--json").out)
    found = [n for p in data["paragraphs"] for s in p["sentences"] for n in s["notes"]]
    assert {"heard as", "meant"} <= {note["label"] for note in found}
    assert all(note["events"] for note in found)


def test_sections_and_flashbacks_as_data(unspoken: Unspoken) -> None:
    told = json.loads(unspoken("tell", "letter.story", "--heads", "replay", "--json").out)
    assert [p["heading"] for p in told["paragraphs"]] == ["Ben", "Ada"]
    night = json.loads(unspoken("tell", "--order", "flashback", "--json").out)
    assert len({p["flashback"] for p in night["paragraphs"]}) == 2


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "is no chronicle"),
        ("{", "is no chronicle"),
        ('{"a": 1}', "is no chronicle"),
        ("[]", "is no chronicle"),
        ('{"unspoken_chronicle": true}', "is no chronicle"),
        ('{"unspoken_chronicle": "1"}', "is no chronicle"),
        (f'{{"unspoken_chronicle": {VERSION + 1}}}', "was saved by a newer Unspoken"),
        (f'{{"unspoken_chronicle": {VERSION}}}', "with something wrong in it"),
        ("[" * 100_000, "is no chronicle"),
    ],
)
def test_what_is_no_chronicle(unspoken: Unspoken, text: str, complaint: str) -> None:
    Path("a.json").write_text(text, encoding="utf-8")
    said = unspoken("tell", "a.json")
    assert said.code == 1
    assert complaint in said.err


def test_a_chronicle_with_a_spoiled_part(unspoken: Unspoken) -> None:
    unspoken("tell", "letter.story", "--save", "a.json")
    whole = json.loads(Path("a.json").read_text(encoding="utf-8"))
    for key in whole:
        for value in (None, 7, [7], {"x": 7}):
            fits = (value == 7 and key in ("seed", "depth")) or (value is None and key == "source")
            if fits or key == "unspoken_chronicle":
                continue
            Path("a.json").write_text(json.dumps({**whole, key: value}), encoding="utf-8")
            said = unspoken("tell", "a.json")
            assert said.code == 1, (key, value)
            assert said.err.startswith("error: "), (key, value)


def test_a_chronicle_with_spoiled_events(unspoken: Unspoken) -> None:
    unspoken("tell", "letter.story", "--save", "a.json")
    text = Path("a.json").read_text(encoding="utf-8")
    spoilers = [
        ("confess", "confuse"),
        ('"Ada"', '"Eve"'),
        ('"loves"', '"hates"'),
        ('"kind": "act"', '"kind": "sing"'),
        ('"causes": [', '"causes": [99, '),
        ('"minds": ["Ben"]', '"minds": ["Bob"]'),
        ('"minds": []', '"minds": ["Ada"]'),
        ('"time": 2', '"time": -2'),
    ]
    for old, new in spoilers:
        assert old in text, old
        Path("a.json").write_text(text.replace(old, new), encoding="utf-8")
        said = unspoken("tell", "a.json")
        assert said.code == 1, (old, new)
        assert said.err.startswith("error: "), (old, new)


def test_a_chronicle_of_another_world(unspoken: Unspoken) -> None:
    unspoken("tell", "wrong_bench", "--save", "a.json")
    said = unspoken("tell", "a.json", "--world", "letter.story")
    assert said.code == 1
    assert "this chronicle is not of the world `letter`" in said.err


def test_a_missing_chronicle(unspoken: Unspoken) -> None:
    said = unspoken("tell", "a.json")
    assert said.code == 2
    assert "there is no `a.json` here" in said.err


def test_one_paragraph_a_line_for_programs_and_filled_for_people(folder: Path) -> None:
    words = [sys.executable, "-m", "unspoken", "tell"]
    plain = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert max(map(len, plain.splitlines())) > 100
    if not hasattr(os, "openpty"):
        pytest.skip("no terminals here")
    ours, theirs = os.openpty()
    environment = {**os.environ, "COLUMNS": "60"}
    with subprocess.Popen(words, stdout=theirs, env=environment):
        os.close(theirs)
        said = b""
        while True:
            try:
                part = os.read(ours, 1 << 16)
            except OSError:
                break
            if not part:
                break
            said += part
    assert max(map(len, said.decode().splitlines())) <= 60
    assert said.decode().split() == plain.split()


def test_a_world_whose_author_wants_nothing_is_run(unspoken: Unspoken) -> None:
    unspoken("new", "mine", "-t", "blush")
    told = unspoken("tell", "mine.story")
    assert (told.code, told.err) == (0, "")
    assert told.out == unspoken("tell", "mine.story", "--run").out
    assert "I love you" in told.out


def test_rewritten(unspoken: Unspoken, monkeypatch: pytest.MonkeyPatch) -> None:
    """What became of each paragraph goes to standard error, or stands in the JSON; the key goes to
    the endpoint and nowhere else."""
    monkeypatch.setenv("UNSPOKEN_API_KEY", "sk-secret")

    def answer(handler: BaseHTTPRequestHandler, body: dict[str, Any], n: int) -> None:
        text = paragraph_of(body)
        say(handler, "Nonsense." if "alarm" in text else text.replace(" and ", ", and "))

    with serving(answer) as served:
        how = ("tell", "--rewrite", served.url, "--model", "m", "--cache", "answers")
        told = unspoken(*how)
        asked = len(served.asked)
        again = unspoken(*how, "--cached-only", "--json")
        quiet = unspoken(*how, "--quiet")
    assert asked == len(served.asked), "the rest came from the cache"
    assert {headers["Authorization"] for _, headers, _ in served.asked} == {"Bearer sk-secret"}
    assert told.code == again.code == 0
    assert told.err.startswith("rewritten: ")
    assert "\n  paragraph 1, refused: the marks are not all there" in told.err
    assert (quiet.out, quiet.err) == (told.out, "")
    data = json.loads(again.out)
    assert data["rewriting"][0]["outcome"] == "refused"
    assert len(data["rewriting"]) == len(data["paragraphs"])
    assert told.out == "\n\n".join(one["text"] for one in data["paragraphs"]) + "\n"
    kept = [
        told.out,
        told.err,
        again.out,
        *(p.read_text("utf-8") for p in Path("answers").iterdir()),
    ]
    assert not any("sk-secret" in text for text in kept)


@pytest.mark.parametrize(
    "words",
    [
        "--rewrite http://a.b",
        "--model m",
        "--cache c",
        "--rewrite http://a.b --model m --cached-only",
    ],
)
def test_what_belongs_to_rewriting_goes_together(unspoken: Unspoken, words: str) -> None:
    said = unspoken("tell", "letter.story", *words.split())
    assert said.code == 2
    assert "= help: say --" in said.err


def test_where_the_author_wants_nothing_a_run_is_named(unspoken: Unspoken) -> None:
    Path("idle.story").write_text(LETTER.replace("utility(): together();", ""), encoding="utf-8")
    assert "`--run`" in unspoken("tell", "idle.story").err
    assert unspoken("tell", "idle.story", "--run").code == 0
