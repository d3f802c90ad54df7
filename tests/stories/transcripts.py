"""Transcripts of what the shipped stories come to: a line ``$ unspoken ...``, then what it prints.

``python -m tests.stories.transcripts`` writes them anew; read the difference as a reader would.
"""

from __future__ import annotations

import contextlib
import io
import shlex
from importlib.resources import files
from pathlib import Path

from unspoken.faces.cli.main import run

STORIES = Path(str(files("unspoken").joinpath("stories")))

TELLINGS = {
    "plan": "plan {story} --explain",
    "telling": "tell {story}",
    "telling-seed-7": "tell {story} --seed 7",
    "camera": "tell {story} --heads camera",
}

THROUGH = {
    "night_visit": {
        "through-tara": "tell {story} --through Tara",
        "through-willow": "tell {story} --through Willow --person first --tense present",
        "from-above": "tell {story} --run --heads omniscient --order flashback",
        "annotated": "tell {story} --run --as annotated",
        "bridge": "bridge {story}",
        "questions": "ask {story}",
        "asked": "ask {story} --run --seed 7"
        ' "when did Tara learn that Willow loves her?"'
        ' "does Willow think that Tara knows that Willow loves her? after 12"'
        ' "what does Tara think Willow thinks about her? after 6"'
        ' "what was left unsaid?" "why did Tara open the door?" "how does Tara feel about Willow?"'
        ' "what if Tara had not seen that Willow smiled at Tara?"'
        ' "why does Tara not confess to Willow? after 9" "what did Buffy see?"',
    },
    "paste_diamonds": {
        "through-ottoline": "tell {story} --through Ottoline",
        "through-vale": "tell {story} --through Vale --person first",
        "questions": "ask {story}",
        "infer": 'infer {story} --happened "knows(Vale, sold(Ottoline))" '
        '--suppose "believes(Pym, at(Ticket) = ?) | believes(Pym, at(Ticket) = Study)"',
    },
    "prize_marmalade": {
        "run": "run {story} --turns 10",
        "questions": "ask {story} --turns 10",
    },
    "small_town": {
        "run": "run {story} --turns 6 --seed 3 --quiet",
        "told": "tell {story} --run --seed 3 --words 200",
        "questions": "ask {story} --turns 6 --seed 3",
    },
    "wrong_bench": {
        "through-hugo": "tell {story} --through Hugo --person first",
        "through-mabel": "tell {story} --through Mabel",
        "questions": "ask {story}",
        "once-each": "tell {story} --heads replay",
        "screenplay": "tell {story} --as screenplay",
    },
}
"""Some heads of each story, for there is one page a head; and what else can be asked of it."""

RUNS = {"prize_marmalade", "small_town"}
"""Stories to be run rather than planned."""


def transcripts() -> dict[Path, str]:
    """Where each transcript is kept, and the words after ``unspoken`` that give it."""
    return {
        STORIES / story / "expected" / f"{name}.txt": command.format(story=story)
        for story, own in THROUGH.items()
        for name, command in (own if story in RUNS else {**TELLINGS, **own}).items()
    }


def transcript(command: str) -> str:
    """The command and what it prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = run(shlex.split(command))
    assert code == 0, command
    return f"$ unspoken {command}\n{printed.getvalue()}"


if __name__ == "__main__":
    for path, command in transcripts().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(transcript(command), encoding="utf-8")
