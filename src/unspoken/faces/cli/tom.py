"""``unspoken tom``: theory-of-mind questions, made up, answered, and question sets scored."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from unspoken.faces.cli.options import Json, Output, Quiet, Seed

if TYPE_CHECKING:
    from unspoken.theory_of_mind import Recipe
    from unspoken.theory_of_mind.formats import Reading
    from unspoken.theory_of_mind.score import Report
    from unspoken.theory_of_mind.story import Answer, Question, TemplateStory

    Labelled = tuple[TemplateStory, list[tuple[Question, Answer]]]


def tom(
    what: Annotated[
        Literal["generate", "answer", "score", "world"],
        Parameter(help="Make stories up; answer a set; compare its answers; print a storyworld."),
    ],
    file: Annotated[str | None, Parameter(help="A question set, for all but `generate`.")] = None,
    /,
    *,
    format_: Annotated[
        str,
        Parameter(
            name="--format",
            help="How the set is written: `template` (what `generate --json` writes), `babi` "
            "(ToM-bAbi, ToMi), `hitom`, `exploretom`, or your own, as `module:attribute`. "
            "[default: template]",
        ),
    ] = "template",
    stories: Annotated[int, Parameter(help="Make up so many. [default: 1]")] = 1,
    questions: Annotated[int, Parameter(help="So many about each. [default: 10]")] = 10,
    orders: Annotated[
        str, Parameter(help="How deep they ask: `2`, or from and to. [default: 0-6]")
    ] = "0-6",
    people: Annotated[
        str, Parameter(help="How many there are: `4`, or from and to. [default: 3-5]")
    ] = "3-5",
    steps: Annotated[
        str, Parameter(help="How much happens: `20`, or from and to. [default: 10-24]")
    ] = "10-24",
    hard: Annotated[
        bool,
        Parameter(
            help="Only questions that no shortcut answers (the truth; a mind left out; always "
            "`not known`), the deepest first."
        ),
    ] = False,
    unanswered: Annotated[bool, Parameter(help="Leave the answers out.")] = False,
    story: Annotated[int, Parameter(help="For `world`: which story of the set. [default: 1]")] = 1,
    seed: Seed = None,
    output: Output = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Ask who thinks that who thinks where what is: theory-of-mind stories and question sets.

    `generate` makes stories up, with questions and the right answers, in English or (`--json`) as a
    set that can be read again. `answer` answers the questions of a set, `score` counts where the
    set says the same, by how deep they ask, and shows the other ones, with what each mind holds and
    since when. `world` prints a story of a set as a storyworld, and its acts as comments.

    Lines that are not understood are listed with their numbers, and their stories left out. Ends
    with 1 if there are any, if an answer of the set is another than ours, or if no question was met
    that could be made up.

    For example:

        unspoken tom generate --seed 7
        unspoken tom generate --stories 100 --hard --json --output set.jsonl
        unspoken tom score set.jsonl
        unspoken tom score questions.txt --format babi
    """
    from unspoken.faces.cli.terminal import FINE, WRONG, bad_option
    from unspoken.files import check_output, write_output
    from unspoken.theory_of_mind import labelled

    check_output(output, *([] if file is None else [file]))
    code = FINE
    made: _Counted | None = None
    said: Iterator[str]
    if what == "generate":
        if file is not None:
            raise bad_option("FILE", file, "`generate` reads no file", "leave it out")
        for option, number in (("--stories", stories), ("--questions", questions)):
            if number < 1:
                raise bad_option(option, number, "it is one at least", "say how many")
        recipe = _recipe(questions, orders, people, steps)
        made = _Counted(labelled(stories, seed or 0, recipe, hard=hard))
        said = _made(made, unanswered, json)
    else:
        if file is None:
            raise bad_option("FILE", "", f"`{what}` reads a question set", "name its file")
        reading = _read(file, format_)
        if not quiet:
            for problem in reading.problems:
                print(f"{file}, {problem}", file=sys.stderr)
        code = WRONG if reading.problems else FINE
        if what == "answer":
            said = _answers(reading, json)
        elif what == "world":
            said = iter([_world(reading, story)])
        else:
            report = _report(reading, quiet)
            said = iter([_scores(report, reading, json)])
            code = WRONG if report.misses else code
    if output is None:
        sys.stdout.writelines(said)
    else:
        write_output(output, "".join(said))
        if not quiet:
            print(f"{output} is written")
    if made is not None and made.questions < stories * questions:
        if not quiet:
            print(_fewer(made.questions, stories * questions, hard), file=sys.stderr)
        code = FINE if made.questions else WRONG
    return code


class _Counted:
    """Stories with their questions, counted as they go by."""

    def __init__(self, made: Iterator[Labelled]) -> None:
        self._made = made
        self.questions = 0

    def __iter__(self) -> Iterator[Labelled]:
        for story, asked in self._made:
            self.questions += len(asked)
            yield story, asked


def _fewer(found: int, wanted: int, hard: bool) -> str:
    kind = "hard questions were" if hard else "questions that differ were"
    return (
        f"{found or 'none'} of {wanted}: no more {kind} met; another `--seed`, "
        "more `--steps` or `--people`, or other `--orders` may have them"
    )


def _recipe(questions: int, orders: str, people: str, steps: str) -> Recipe:
    from unspoken.theory_of_mind import Recipe

    least, most = _span("--orders", orders, 0, 20)
    return Recipe(
        questions=questions,
        orders=tuple(range(least, most + 1)),
        people=_span("--people", people, 2, 8),
        steps=_span("--steps", steps, 1, 1000),
    )


def _span(option: str, text: str, least: int, most: int) -> tuple[int, int]:
    """``3-5``, or ``4``, as from and to."""
    from unspoken.faces.cli.terminal import bad_option

    first, _, last = text.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal()):
        raise bad_option(option, text, "it is no number", "say `4`, or `3-5`")
    found = int(first), int(last or first)
    if not least <= found[0] <= found[1] <= most:
        raise bad_option(option, text, f"it goes from {least} to {most}", "say `4`, or `3-5`")
    return found


def _made(made: Iterable[Labelled], unanswered: bool, json: bool) -> Iterator[str]:
    """Story by story, as they are made."""
    from unspoken.theory_of_mind.story import to_json
    from unspoken.theory_of_mind.words import RULES, report_lines

    if not json:
        yield RULES
    for story, asked in made:
        if json:
            yield to_json(story, asked, answers=not unanswered) + "\n"
        else:
            yield "\n" + "\n".join(report_lines(story, asked, answers=not unanswered)) + "\n"


def _read(file: str, name: str) -> Reading:
    from unspoken.faces.cli.terminal import bad_option
    from unspoken.sources import read
    from unspoken.theory_of_mind.formats import SHIPPED, find

    try:
        found = find(name)
    except KeyError:
        known = ", ".join(f"`{one.name}`" for one in SHIPPED)
        advice = f"there are {known}; your own is `module:attribute`"
        raise bad_option("--format", name, "no format is called that", advice) from None
    text = read(Path(file)).text
    reading = found.read(text)
    first = text[: len(text) - len(text.lstrip())].count("\n") + 1
    if not reading.cases and (not reading.problems or reading.problems[0].line == first):
        # Not even what it begins with is understood.
        others = [one.name for one in SHIPPED if one.name != name and one.read(text).cases]
        advice = f"it reads as `--format {others[0]}`" if others else "is it of another `--format`?"
        raise bad_option("FILE", file, f"there is no question in it, read as `{name}`", advice)
    return reading


def _answers(reading: Reading, json: bool) -> Iterator[str]:
    from json import dumps

    from unspoken.theory_of_mind import Answerer
    from unspoken.theory_of_mind.story import answer_text

    answerer = Answerer()
    for case in reading.cases:
        said = answer_text(answerer.answer(case.story, case.question))
        if json:
            row = {"line": case.line, "question": case.asked, "answer": said}
            yield dumps(row, ensure_ascii=False) + "\n"
        else:
            yield f"{case.line}: {case.asked} {said}\n"


def _report(reading: Reading, quiet: bool) -> Report:
    from unspoken.faces.cli.progress import Counting
    from unspoken.theory_of_mind import score

    with Counting("answering", len(reading.cases), quiet=quiet) as progress:
        return score(progress.over(reading.cases))


def _scores(report: Report, reading: Reading, json: bool) -> str:
    from json import dumps

    if json:
        data = {
            "scores": [
                {"of": what, "right": right, "asked": asked} for what, right, asked in report.rows()
            ],
            "unlabelled": report.unlabelled,
            "misses": [miss.data() for miss in report.misses],
            "problems": [{"line": one.line, "why": one.why} for one in reading.problems],
        }
        return dumps(data, ensure_ascii=False, indent=2) + "\n"
    lines = [line for miss in report.misses for line in (*miss.lines(), "")]
    lines += [f"{what:10} {right:6} of {asked}" for what, right, asked in report.rows()]
    for what, count in (
        ("questions to which the set has no answer", report.unlabelled),
        ("lines that are not understood", len(reading.problems)),
    ):
        if count:
            lines.append(f"{what}: {count}")
    return "\n".join(lines) + "\n"


def _world(reading: Reading, number: int) -> str:
    from unspoken.faces.cli.terminal import bad_option
    from unspoken.theory_of_mind.world import story_text

    stories = list({id(case.story): case.story for case in reading.cases}.values())
    if not 1 <= number <= len(stories):
        raise bad_option("--story", number, f"the set has {len(stories)}", "say which, from 1")
    return story_text(stories[number - 1])
