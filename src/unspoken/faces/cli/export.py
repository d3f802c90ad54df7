"""``unspoken export``: a story as a file that others read, play or work on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from unspoken.faces.cli.options import (
    AuthorLimit,
    CharacterLimit,
    EpistemicLimit,
    Goal,
    Heads,
    Hindsight,
    Json,
    Order,
    Output,
    Person,
    Quiet,
    Seconds,
    Seed,
)

if TYPE_CHECKING:
    from unspoken.export import Edition, Format
    from unspoken.queries import Questions


def export(
    story: Annotated[
        str | None,
        Parameter(
            name="STORY",
            help="A storyworld (file, folder, or shipped story's name), or a saved chronicle.",
        ),
    ] = None,
    /,
    *,
    as_: Annotated[
        str | None,
        Parameter(
            name="--as",
            help="markdown, text, html, epub, fountain, ink, twee, renpy or json. [default: what "
            "the ending of --output says]",
        ),
    ] = None,
    output: Output = None,
    through: Annotated[
        str | None,
        Parameter(help="Only what this character knows, thinks and feels: nobody else's eyes."),
    ] = None,
    heads: Heads = None,
    person: Person = "third",
    tense: Literal["past", "present"] = "past",
    order: Order = "chronological",
    hindsight: Hindsight = False,
    words: Annotated[
        int | None,
        Parameter(help="How many words each telling has at most."),
    ] = None,
    questions: Annotated[
        bool,
        Parameter(
            name="--questions",
            help="One telling, with questions to its reader about what each mind believed and "
            "wanted, and the key: Markdown, text or JSON.",
        ),
    ] = False,
    seed: Seed = None,
    run: Annotated[
        bool,
        Parameter(
            name="--run",
            help="Do not plan the world: let everybody act on their own, as `unspoken run`.",
        ),
    ] = False,
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
    """Write a story for others: to read (Markdown, text, HTML, EPUB), to play (Ink, Twee, Ren'Py),
    to film (Fountain), or as data (JSON).

    Told in turn (or as `--heads` says), through each who has much to do with it, and from outside:
    a page and a book let the reader change eyes, a game asks whose, and lets one change where two
    meet. Markdown and text have the first of these alone. Title, note, fandom, characters, pairing,
    rating and tags come along. The same story and seed give the same bytes; a file that somebody
    has changed is not written over.

    For example:

        unspoken export night_visit --output visit.epub
        unspoken export night_visit --output visit.html --seed 3
        unspoken export visit.json --as ink --output game.ink
        unspoken export --as markdown --through Tara --person first --tense present
        unspoken export --questions --output visit.md
    """
    from unspoken.export import FORMATS, render
    from unspoken.export.quiz import FORMATS as QUIZ_FORMATS
    from unspoken.faces.cli.searching import at_least
    from unspoken.faces.cli.terminal import FINE, WRONG, bad_option, counted, report, write_json
    from unspoken.faces.cli.told import story_of
    from unspoken.files import check_output, write_output
    from unspoken.language import as_json, failure, problem

    at_least("--words", words, 1, "a telling has words")
    format = _format(as_, output, FORMATS)
    if questions and format.name not in QUIZ_FORMATS:
        advice = "say --as markdown, text or json"
        raise bad_option("--questions", format.name, "questions are read, not played", advice)
    if output is None and not format.is_text:
        name = f"story{format.endings[0]}"
        raise failure("needs-a-file", format=format.name, name=name)
    check_output(output, *(() if story is None else (story,)))
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
    how: dict[str, Any] = {"heads": heads, "person": person, "tense": tense, "order": order}
    how |= {"hindsight": hindsight, "words": words, "seed": seed}
    asked: Questions | None = None
    if questions:
        from unspoken import __version__
        from unspoken.export.quiz import quiz, render_quiz

        asked = told.questions(through, **how)
        data = render_quiz(quiz(told.world.model, asked, __version__), format.name)
        about = counted(len(asked), "question") or "no questions"
        shown: dict[str, object] = {"format": format.name, "questions": len(asked)}
    else:
        edition = told.edition(through, **how)
        data = render(edition, format.name)
        about, shown = _eyes(edition, format), _as_data(edition, format)
    doubts = [] if told.found else [problem("not-to-the-goal", None, why=told.why_none)]
    if asked is not None and not asked.questions:
        doubts.append(problem("nothing-to-ask", None))
    if output is not None:
        write_output(output, data)
    if json:
        shown |= {"diagnostics": [as_json(doubt) for doubt in doubts]}
        shown |= {"text": data.decode()} if output is None else {"output": str(output)}
        write_json(shown)
    else:
        if output is None:
            print(data.decode(), end="")
        elif not quiet:
            print("; ".join(filter(None, (f"{output}: {format.what}", about))))
        report(doubts)
    return FINE if told.found else WRONG


def _format(name: str | None, output: Path | None, formats: tuple[Format, ...]) -> Format:
    """What was asked for. Raises DiagnosticError where that is nothing that there is."""
    from unspoken.export import format_of
    from unspoken.language import failure

    known = [each.name for each in formats]
    if name is not None:
        if name in known:
            return formats[known.index(name)]
        of_ending = next((each for each in formats if f".{name}" in each.endings), None)
        if of_ending is None:
            raise failure("no-such-format", name=name, known=known)
        return of_ending
    found = None if output is None else format_of(output)
    if found is None:
        path = "the export" if output is None else str(output)
        raise failure("unclear-format", path=path, known=known)
    return found


def _eyes(edition: Edition, format: Format) -> str:
    """Through whose eyes it can be read: ``both, in turn; Willow; Tara; from outside``."""
    return "; ".join(
        reading.label if reading.mind else reading.label.lower()
        for reading in format.readings(edition)
    )


def _as_data(edition: Edition, format: Format) -> dict[str, object]:
    return {
        "format": format.name,
        "title": edition.title,
        "identifier": str(edition.identifier),
        "readings": [
            {"key": one.key, "label": one.label, "mind": one.mind, "words": one.words}
            for one in format.readings(edition)
        ],
    }
