"""``unspoken ask``: who knows what, since when, from whom, and why, in a story or a ledger."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from unspoken.faces.cli.options import (
    AuthorLimit,
    CharacterLimit,
    EpistemicLimit,
    Goal,
    Json,
    Quiet,
    RunSeed,
    Seconds,
    Turns,
)

if TYPE_CHECKING:
    from unspoken.asking.asker import Asker
    from unspoken.queries.answer import Answer
    from unspoken.queries.questioning import Questioning


def ask(
    story: Annotated[
        str,
        Parameter(
            name="STORY",
            help="A storyworld (file, folder, or shipped story's name), a ledger, or a saved "
            "chronicle.",
        ),
    ],
    /,
    *question: Annotated[
        str,
        Parameter(
            name="QUESTION",
            help="In English, or in the language of `queries/ASKING.md`. [default: those that this "
            "story answers best]",
        ),
    ],
    as_: Annotated[
        str | None,
        Parameter(name="--as", help="Ask this character, who answers by what they know."),
    ] = None,
    full: Annotated[
        bool, Parameter(name="--full", help="All there is, each thing with what it rests on.")
    ] = False,
    run: Annotated[
        bool,
        Parameter(
            name="--run",
            help="Do not plan the world: let everybody act on their own, as `unspoken run`.",
        ),
    ] = False,
    turns: Turns = None,
    seed: RunSeed = None,
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
    """Ask who knows what, since when, from whom, who is wrong, and why somebody does a thing.

    A world is planned first, or run, as `unspoken tell` does it. Each question is in quotation
    marks. An answer says since when and by what act, and under it what it rests on. A question that
    is not understood is answered with the nearest that are. Without a question: a page of those
    that this story answers best.

    For example:

        unspoken ask night_visit "does Willow know that Tara loves her?"
        unspoken ask night_visit "what does Tara think Willow thinks?" "who is wrong?"
        unspoken ask night_visit "believes(Tara, believes(Willow, loves(Tara, Willow))) after 6"
        unspoken ask night_visit "what if Tara had not seen that Willow knocked?"
        unspoken ask novel.ledger "does Ben know that Anna burnt the will?"
        unspoken ask novel.ledger
    """
    from unspoken.faces.cli.searching import at_least
    from unspoken.faces.cli.terminal import FINE, WRONG, report, write_json
    from unspoken.language import Diagnostic, DiagnosticError, as_json

    at_least("--turns", turns, 1, "a run has rounds")
    asked: Asker | Questioning | None = _of_ledger(story, as_)
    if asked is None:
        from unspoken.faces.cli.told import story_of

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
        asked = told.asker(as_)
    answers: list[Answer] = []
    faults: list[Diagnostic] = []
    questions = question or asked.best()
    for text in questions:
        try:
            answers.append(asked.ask(text))
        except DiagnosticError as error:
            faults += error.diagnostics
            if not json:  # in the order in which it was asked
                sys.stdout.flush()
                report(error.diagnostics)
            continue
        if not json:
            _print(
                answers[-1],
                first=len(answers) == 1,
                alone=len(questions) == 1,
                full=full,
                quiet=quiet,
            )
    if json:
        write_json(
            {
                "answers": [answer.as_json() for answer in answers],
                "diagnostics": [as_json(fault) for fault in faults],
            }
        )
    return WRONG if faults else FINE


def _print(answer: Answer, *, first: bool, alone: bool, full: bool, quiet: bool) -> None:
    if not first:
        print()
    if not alone:
        print(f"> {answer.question}")
    print(answer.text(brief=quiet, full=full))


def _of_ledger(story: str, who: str | None) -> Questioning | None:
    """Who answers for a ledger, or a saved chronicle of one; None: it is neither."""
    from unspoken import sources

    if sources.is_chronicle(story):
        from unspoken.queries.case import is_of_ledger
        from unspoken.queries.questioning import of_ledger

        chronicle = sources.read_chronicle(story)
        return of_ledger(chronicle, None, who) if is_of_ledger(chronicle) else None
    if Path(story).is_file() and sources.is_ledger(source := sources.read(Path(story))):
        from unspoken.novel import Novel

        return Novel(source).questioning(who)
    return None
