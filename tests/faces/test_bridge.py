"""``unspoken bridge`` and ``unspoken infer``: words in; text, data and exit codes out."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest

from tests.faces.conftest import ENDLESS, SHORTEST, Unspoken

SCENES = """\
scene "Strangers": mistaken(Ada, !loves(Ben, Ada)), !together();
keep: loves(Ada, Ben);
scene "The end": together();
with: Ada;
"""


@pytest.fixture
def scenes(folder: Path) -> Path:
    """A file of scenes that belongs to letter.story."""
    path = folder / "letter.scenes"
    path.write_text(SCENES, encoding="utf-8")
    return path


def test_scenes_by_options(unspoken: Unspoken) -> None:
    said = unspoken("bridge", "letter.story", "--scene", "!together()", "--scene", "together()")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0].startswith("From “scene 1” to “scene 2”: ")
    assert "   “scene 1”" in lines
    assert any("embrace(Ada, Ben)" in line and "Ada, for together()" in line for line in lines)


@pytest.mark.usefixtures("scenes")
def test_the_scenes_beside_the_world(unspoken: Unspoken) -> None:
    said = unspoken("bridge", "letter.story")
    assert said.code == 0
    assert said.out.startswith("From “Strangers” to “The end”")
    assert unspoken("bridge", "letter.story", "letter.scenes").out == said.out
    # Whoever says what stands does not mean that file.
    other = unspoken("bridge", "letter.story", "--scene", "together()")
    assert other.out.startswith("To “scene 1”")
    more = unspoken("bridge", "letter.story", "letter.scenes", "--scene", "loves(Ada, Ben)")
    assert more.out.startswith("From “Strangers” to “scene 3”")


def test_a_shipped_story_has_its_scenes(unspoken: Unspoken) -> None:
    said = unspoken("bridge", "night_visit", "--brief", "--candidates", "2")
    assert said.code == 0
    assert said.out.startswith("From “At the club” to “Both have said it” within 24 acts: 2 ways")
    assert [line[:2] for line in said.out.splitlines() if line[:1].isdigit()] == ["1.", "2."]


def test_as_data(unspoken: Unspoken, scenes: Path) -> None:
    said = unspoken("bridge", "letter.story", scenes, "--json", "--tell", "--within", 3)
    data = json.loads(said.out)
    assert (said.code, data["outcome"], data["within"], data["whole"]) == (0, "found", 3, True)
    assert [scene["title"] for scene in data["scenes"]] == ["Strangers", "The end"]
    first = data["candidates"][0]
    assert first["plan"] == SHORTEST
    assert [step["act"] for step in first["reasons"]] == SHORTEST
    assert first["reasons"][1]["reasons"][0]["character"] == "Ben"
    assert (first["lead_in"], first["met"], first["absent"]) == (0, [0, 3], [])
    assert first["cost"] == 3 + len(first["news"]["names"]) + len(first["news"]["facts"])
    assert data["told"]["pick"] == 1
    assert "Ada" in data["told"]["text"]
    assert data["impasse"] is None


def test_told_and_saved(unspoken: Unspoken, folder: Path, scenes: Path) -> None:
    said = unspoken("bridge", "letter.story", scenes, "--tell", "--save", "found.json")
    assert said.code == 0
    told = unspoken("tell", "found.json")
    assert told.code == 0
    assert said.out.endswith("\n\n" + told.out)
    assert (folder / "found.json").exists()


def test_one_of_them_is_picked(unspoken: Unspoken, scenes: Path) -> None:
    said = unspoken("bridge", "letter.story", scenes, "--tell", "--pick", 99)
    assert said.code == 2
    assert "--pick cannot be `99`: there " in said.err


def test_the_reasons_as_trees(unspoken: Unspoken, scenes: Path) -> None:
    said = unspoken("bridge", "letter.story", scenes, "--explain", "--candidates", 1)
    assert "╰─ Ben, for together()" in said.out


def test_more_about_the_beginning(unspoken: Unspoken) -> None:
    knowing = ("--given", "believes(Ben, loves(Ada, Ben))", "--scene", "together()")
    said = unspoken("bridge", "letter.story", *knowing, "--json")
    assert json.loads(said.out)["candidates"][0]["plan"] == SHORTEST[1:]


def test_none_and_why(unspoken: Unspoken) -> None:
    words = ("bridge", "letter.story", "--scene", "together(), !loves(Ada, Ben)", "--within", 4)
    said = unspoken(*words)
    assert said.code == 1
    assert said.out.startswith("No story leads to “scene 1” within 4 acts.\n")
    data = json.loads(unspoken(*words, "--json").out)
    assert (data["outcome"], data["candidates"]) == ("impossible", [])
    assert data["impasse"]["item"] == "!loves(Ada, Ben)"
    assert data["impasse"]["proved"] is True


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--within", 0), "--within cannot be `0`"),
        (("--candidates", 0), "--candidates cannot be `0`"),
        (("--pick", 0), "--pick cannot be `0`"),
        (("--character-limit", 0), "--character-limit cannot be `0`"),
        (("--seconds", 0), "--seconds cannot be `0"),
    ],
)
def test_numbers_that_mean_nothing(
    unspoken: Unspoken, words: tuple[object, ...], complaint: str
) -> None:
    said = unspoken("bridge", "letter.story", "--scene", "together()", *words)
    assert said.code == 2
    assert complaint in said.err


def test_every_mistake_in_one_run(unspoken: Unspoken) -> None:
    said = unspoken(
        "bridge", "letter.story", "--scene", "togeter()", "--keep", "embrace", "--with", "Bem"
    )
    assert said.code == 1
    assert said.err.count("error: ") == 3
    assert "scene 1:1:1" in said.err
    assert "did you mean `together`?" in said.err


# Inferring


def test_what_explains_it(unspoken: Unspoken) -> None:
    said = unspoken("infer", "letter.story", "--happened", "embrace", "--within", 4)
    assert said.code == 0
    assert said.out.startswith("One story explains embrace:\n")
    assert "Ben, in confess(Ben, Ada):" in said.out


def test_an_inference_as_data(unspoken: Unspoken) -> None:
    words = ("--happened", "confess(*, Ada)", "--suppose", "believes(Ben, loves(Ada, Ben))")
    data = json.loads(unspoken("infer", "letter.story", *words, "--within", 4, "--json").out)
    assert data["happened"] == ["confess(*, Ada)"]
    written, knowing = data["supposed"]
    assert written["supposed"] == "the world as it is written"
    assert written["plans"][0] == SHORTEST[:2]
    assert written["must"] == ["find_letter(Ben)"]
    assert knowing["plans"][0] == [SHORTEST[1]]
    (part,) = [one for one in knowing["parts"] if one["act"] == SHORTEST[1]]
    assert part["character"] == "Ben"
    assert part["intentions"][0]["then"] == [SHORTEST[2]]
    beliefs = {one["belief"]: one for one in part["beliefs"]}
    belief = beliefs["believes(Ben, loves(Ada, Ben))"]
    assert (belief["value"], belief["truth"], belief["minds"]) == (True, True, ["Ben"])


def test_nothing_explains_it(unspoken: Unspoken) -> None:
    words = ("infer", "letter.story", "--happened", "embrace", "--within", 2)
    said = unspoken(*words)
    assert said.code == 1
    assert said.out.startswith("Nothing explains embrace (within 2 acts).\n")
    assert json.loads(unspoken(*words, "--json").out)["supposed"][0]["plans"] == []


def test_an_order_that_cannot_be(unspoken: Unspoken) -> None:
    events = ("--happened", "embrace", "--happened", "confess(Ben, Ada)", "--within", 4)
    assert unspoken("infer", "letter.story", *events).code == 0
    assert unspoken("infer", "letter.story", *events, "--in-order").code == 1


def test_stopped_in_time(unspoken: Unspoken) -> None:
    said = unspoken("bridge", "night_visit", "--seconds", 1e-9)
    assert said.code == 1
    assert said.out == "No story was found within 24 acts; not all was tried.\n"
    said = unspoken("infer", "night_visit", "--happened", "kiss", "--seconds", 1e-9)
    assert said.code == 1
    assert said.out == "Nothing was found that explains kiss (within 22 acts); not all was tried.\n"
    assert said.err == "stopped: the search was cut short; there may be an explanation\n"
    words = ("infer", "night_visit", "--happened", "kiss", "--seconds", 1e-9, "--json")
    assert json.loads(unspoken(*words).out)["supposed"][0]["cut_short"] is True


def test_a_fixed_amount_of_work_ends_what_would_go_on_for_ever(
    unspoken: Unspoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    from unspoken.planning import gather, recognition

    for module in (gather, recognition):
        monkeypatch.setattr(module, "Effort", functools.partial(gather.Effort, each=300))
    Path("endless.story").write_text(ENDLESS, encoding="utf-8")
    longer = "not all was tried (`--seconds N` goes on for so long)"
    said = unspoken("bridge", "endless.story", "--scene", "coins(Ada) > 100")
    assert (said.code, said.out) == (1, "No story was found; not all was tried.\n")
    assert said.err == f"stopped: {longer}; there may be a story\n"
    said = unspoken("infer", "endless.story", "--happened", "coins(Ada) > 100")
    assert (said.code, said.out) == (
        1,
        "Nothing was found that explains coins(Ada) > 100; not all was tried.\n",
    )
    assert said.err == f"stopped: {longer}; there may be an explanation\n"
    assert unspoken("infer", "endless.story", "--happened", "coins(Ada) > 100", "--quiet").err == ""


def test_an_inference_cut_short_says_how_far_it_came(
    unspoken: Unspoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time is up after the first story."""
    from unspoken.planning.gather import Searching

    solve = Searching.solve

    def and_no_more(searching: Searching, *demands: Any) -> Any:
        solution = solve(searching, *demands)
        searching.cut_short = True
        return solution

    monkeypatch.setattr(Searching, "solve", and_no_more)
    words = ("infer", "letter.story", "--happened", "embrace", "--within", 4)
    said = unspoken(*words)
    assert said.code == 0
    assert said.out.startswith("At least one story explains embrace:\n")
    assert said.err == "stopped: at least 1 story explains embrace; the search was cut short\n"
    assert unspoken(*words, "--quiet").err == ""


def test_what_is_so_already_needs_no_story(unspoken: Unspoken) -> None:
    said = unspoken("infer", "letter.story", "--happened", "!together()", "--within", 4)
    assert (said.code, said.out) == (0, "It is so from the beginning.\n")


def test_one_thing_unexplained_is_for_bridge_to_look_into(unspoken: Unspoken) -> None:
    said = unspoken("infer", "letter.story", "--happened", "embrace", "--within", 2)
    assert said.out == (
        "Nothing explains embrace (within 2 acts).\n"
        'What stands in the way: `unspoken bridge WORLD --scene "embrace"`.\n'
    )


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--happened", "embrase(Ada, *)"), "did you mean `embrace`?"),
        (("--happened", "togeter()"), "did you mean `together`?"),
        (
            ("--happened", "embrace", "--suppose", "together() | together()"),
            "`suppose` wants alternatives that differ",
        ),
        (("--happened", "embrace", "--suppose", "together() |"), "a value belongs here"),
        (("--happened", "embrace", "--suppose", ""), "a value belongs here"),
    ],
)
def test_what_cannot_be_inferred_from(
    unspoken: Unspoken, words: tuple[str, ...], complaint: str
) -> None:
    said = unspoken("infer", "letter.story", *words, "--within", 2)
    assert said.code == 1
    assert complaint in said.err
