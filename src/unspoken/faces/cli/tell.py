"""``unspoken tell``: a story as prose, through one mind, several, or none; or as a screenplay, or
annotated."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter
from msgspec import to_builtins

from unspoken.faces.cli.options import (
    AuthorLimit,
    CharacterLimit,
    EpistemicLimit,
    Goal,
    Heads,
    Hindsight,
    Json,
    Order,
    Person,
    Quiet,
    Seconds,
    Seed,
    Turns,
)

if TYPE_CHECKING:
    from unspoken.rewriting import Rewritten
    from unspoken.story import Story
    from unspoken.telling import Options, Telling
    from unspoken.telling.annotated import Annotated as Noted


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
    heads: Heads = None,
    person: Person = "third",
    tense: Literal["past", "present"] = "past",
    order: Order = "chronological",
    hindsight: Hindsight = False,
    as_: Annotated[
        Literal["prose", "screenplay", "annotated"],
        Parameter(
            name="--as",
            help="`screenplay`: in Fountain, as `unspoken export`. `annotated`: with what was "
            "meant, left unsaid and heard, and what the rest rests on.",
        ),
    ] = "prose",
    words: Annotated[
        int | None, Parameter(help="How many words at most, if more than one thing is told.")
    ] = None,
    seed: Seed = None,
    run: Annotated[
        bool,
        Parameter(
            name="--run",
            help="Do not plan the world: let everybody act on their own, as `unspoken run`.",
        ),
    ] = False,
    turns: Turns = None,
    rewrite: Annotated[
        str | None,
        Parameter(
            help="Have a language model reword it, paragraph by paragraph, behind an "
            "OpenAI-compatible endpoint (http://localhost:8080/v1), where that leaks nothing that "
            "we can see. UNSPOKEN_API_KEY is the key, if it wants one."
        ),
    ] = None,
    model: Annotated[str | None, Parameter(help="Which model: `--rewrite` needs it.")] = None,
    cache: Annotated[
        Path | None,
        Parameter(help="Keep what the model answers in this folder, and take it from there."),
    ] = None,
    cached_only: Annotated[
        bool,
        Parameter(
            name="--cached-only", help="Ask nothing that is not in the cache: told as it was told."
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
        unspoken tell night_visit --run --seed 3 --turns 20
        unspoken tell night_visit --save visit.json
        unspoken tell visit.json --heads camera --words 300
        unspoken tell --heads omniscient --order flashback
        unspoken tell --through Tara --person first --hindsight
        unspoken tell --as annotated
        unspoken tell --rewrite http://localhost:8080/v1 --model NAME --cache answers
    """
    from unspoken.faces.cli.rewriting import as_data, became, check_together, key
    from unspoken.faces.cli.searching import at_least
    from unspoken.faces.cli.terminal import FINE, WRONG, report, write_json, write_prose
    from unspoken.faces.cli.told import story_of
    from unspoken.files import check_output, write_output
    from unspoken.language import as_json, problem

    at_least("--words", words, 1, "a telling has words")
    at_least("--turns", turns, 1, "a run has rounds")
    if as_ == "screenplay":
        _fit_to_film(heads, person, order, hindsight=hindsight)
    asked = {"--model": model, "--cache": cache, "--cached-only": cached_only}
    check_together(rewrite, as_, asked)
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
        turns=turns,
    )
    shown: dict[str, object]
    rewritten: Rewritten | None = None
    doubts = [] if told.found else [problem("not-to-the-goal", None, why=told.why_none)]
    if as_ == "screenplay":
        from unspoken.export import render

        played = told.screenplay(through, words=words, seed=seed)
        text = render(played, "fountain").decode()
        shown = _story(told, played.options) | {
            "elements": [to_builtins(element) for element in played.screenplay],
            "text": text,
        }
    else:
        how: dict[str, Any] = {"heads": heads, "person": person, "tense": tense, "order": order}
        how |= {"hindsight": hindsight, "words": words, "seed": seed}
        if rewrite is None:
            telling = told.telling(through, **how)
        else:
            how |= {"key": key(), "cache": cache, "cached_only": cached_only}
            rewritten = told.rewrite(rewrite, model or "", through, **how)
            telling = rewritten.telling
        if order == "flashback" and not any(one.past for one in telling.paragraphs):
            doubts.append(problem("nothing-points-back", None))
        notes: tuple[Noted, ...] = ()
        text = telling.text
        if as_ == "annotated":
            from unspoken.telling.annotated import as_text

            notes = told.annotated(telling)
            text = as_text(notes) if notes else text
        shown = _story(told, telling.options) | {"paragraphs": _paragraphs(telling, notes)}
        if rewritten is not None:
            shown["rewriting"] = as_data(rewritten)
    if save is not None:
        write_output(save, told.to_json())
    if rewritten is not None and not json and not quiet:
        print(became(rewritten), file=sys.stderr)
    if json:
        write_json(shown | {"diagnostics": [as_json(doubt) for doubt in doubts]})
    else:
        write_prose(text)
        report(doubts)
    return FINE if told.found else WRONG


def _fit_to_film(heads: str | None, person: str, order: str, *, hindsight: bool) -> None:
    """Raises DiagnosticError for what a screenplay, from outside and in the present, cannot be."""
    from unspoken.faces.cli.terminal import bad_option

    asked = {
        "--heads": None if heads in ("camera", "limited") else heads,
        "--person": None if person == "third" else person,
        "--order": None if order == "chronological" else order,
        "--hindsight": "on" if hindsight else None,
    }
    for option, value in asked.items():
        if value is not None:
            reason = "a screenplay shows what is seen and heard, in the present and in order"
            raise bad_option(option, value, reason, "leave it or `--as screenplay` out")


def _story(story: Story, options: Options) -> dict[str, object]:
    return {
        "world": story.world.name,
        "outcome": story.outcome,
        "plan": list(story.acts),
        "options": to_builtins(options),
        "apparatus": [[key, *values] for key, values in story.world.model.telling.apparatus],
    }


def _paragraphs(telling: Telling, notes: tuple[Noted, ...]) -> list[dict[str, object]]:
    """The telling as data; with its notes, where there are any."""
    noted = iter(notes)
    told: list[dict[str, object]] = []
    for paragraph in telling.paragraphs:
        sentences = []
        for sentence in paragraph.sentences:
            data: dict[str, object] = {
                "text": sentence.text,
                "form": sentence.form,
                "mind": sentence.mind,
                "events": list(sentence.events),
                "lines": list(sentence.lines),
            }
            if notes:
                data["notes"] = [to_builtins(note) for note in next(noted).notes]
            sentences.append(data)
        told.append(
            {
                "mind": paragraph.mind,
                "heading": paragraph.heading or None,
                "flashback": paragraph.past,
                "text": paragraph.text,
                "sentences": sentences,
            }
        )
    return told
