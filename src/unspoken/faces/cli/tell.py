"""``unspoken tell``: a story as prose, through one mind, in turn through several, or none."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from unspoken.faces.cli.options import (
    AuthorLimit,
    CharacterLimit,
    EpistemicLimit,
    Goal,
    Json,
    Quiet,
    Seconds,
    Seed,
)

if TYPE_CHECKING:
    from unspoken.story import Story
    from unspoken.telling import Telling


def tell(
    story: Annotated[
        str | None,
        Parameter(
            name="STORY",
            help="A storyworld (file, folder, or shipped story's name), or a saved chronicle.",
        ),
    ] = None,
    /,
    *,
    through: Annotated[
        str | None,
        Parameter(help="Tell only what this character knows, thinks and feels."),
    ] = None,
    heads: Annotated[
        Literal["alternate", "limited", "camera"] | None,
        Parameter(
            help="From head to head, inside one (with --through), or inside none. "
            "[default: alternate]"
        ),
    ] = None,
    person: Annotated[
        Literal["first", "third"], Parameter(help="`first` needs --through.")
    ] = "third",
    tense: Literal["past", "present"] = "past",
    words: Annotated[int | None, Parameter(help="About how long, at most.")] = None,
    seed: Seed = None,
    run: Annotated[
        bool,
        Parameter(
            name="--run",
            help="Do not plan the world: let everybody act on their own, as `unspoken run`.",
        ),
    ] = False,
    save: Annotated[
        Path | None, Parameter(help="Save the chronicle here: `tell` takes it for a STORY.")
    ] = None,
    world: Annotated[
        str | None, Parameter(help="Where the world of a saved chronicle is, if it has moved.")
    ] = None,
    goal: Goal = None,
    author_limit: AuthorLimit = None,
    character_limit: CharacterLimit = None,
    epistemic_limit: EpistemicLimit = None,
    seconds: Seconds = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Tell a story as prose. Without STORY: the night visit, which is shipped.

    A world is planned first (see `unspoken plan` for the goal and the limits), or run; one whose
    author wants nothing, while its people have wishes, is always run. A saved chronicle is told as
    it is. Told through a mind, nothing is said that this mind cannot know.

    For example:

        unspoken tell
        unspoken tell --through Tara --person first --tense present
        unspoken tell night_visit --run --seed 3
        unspoken tell night_visit --save visit.json
        unspoken tell visit.json --heads camera --words 300
    """
    from unspoken.faces.cli.searching import at_least
    from unspoken.faces.cli.terminal import FINE, WRONG, report, write_json, write_prose
    from unspoken.faces.cli.told import story_of
    from unspoken.files import check_output, write_output
    from unspoken.language import as_json, problem

    at_least("--words", words, 1, "a telling has words")
    check_output(save, *(() if story is None else (story,)))
    told = story_of(
        story,
        run=run,
        world=world,
        goal=goal,
        author_limit=author_limit,
        character_limit=character_limit,
        epistemic_limit=epistemic_limit,
        seconds=seconds,
        seed=seed or 0,
        quiet=quiet,
    )
    telling = told.telling(through, heads=heads, person=person, tense=tense, words=words, seed=seed)
    if save is not None:
        write_output(save, told.to_json())
    doubts = [] if told.found else [problem("not-to-the-goal", None, why=told.why_none)]
    if json:
        write_json(_as_data(told, telling) | {"diagnostics": [as_json(doubt) for doubt in doubts]})
    else:
        write_prose(telling.text)
        report(doubts)
    return FINE if told.found else WRONG


def _as_data(story: Story, telling: Telling) -> dict[str, object]:
    return {
        "world": story.world.name,
        "outcome": story.outcome,
        "plan": list(story.acts),
        "options": asdict(telling.options),
        "apparatus": [[key, *values] for key, values in story.world.model.telling.apparatus],
        "paragraphs": [
            {
                "mind": paragraph.mind,
                "text": paragraph.text,
                "sentences": [
                    {
                        "text": sentence.text,
                        "form": sentence.form,
                        "mind": sentence.mind,
                        "events": list(sentence.events),
                        "lines": list(sentence.lines),
                    }
                    for sentence in paragraph.sentences
                ],
            }
            for paragraph in telling.paragraphs
        ],
    }
