"""``unspoken plan``: the shortest story in which everybody has reasons, or all of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from unspoken.faces.cli.options import (
    Any,
    AuthorLimit,
    Budget,
    CharacterLimit,
    DemandsOnly,
    EpistemicLimit,
    Goal,
    Json,
    Must,
    Never,
    Output,
    Quiet,
    Seconds,
    Seed,
    Through,
    World,
)

if TYPE_CHECKING:
    from unspoken.faces.cli.progress import Progress
    from unspoken.planning import Plan
    from unspoken.results import Stories
    from unspoken.story import Story


def plan(
    world: World,
    /,
    *,
    goal: Goal = None,
    must: Must = None,
    never: Never = None,
    through: Through = None,
    demands_only: DemandsOnly = False,
    author_limit: AuthorLimit = None,
    character_limit: CharacterLimit = None,
    epistemic_limit: EpistemicLimit = None,
    explain: Annotated[
        bool, Parameter(help="Under each act, the reasons of everybody who takes part in it.")
    ] = False,
    why: Annotated[
        str | None,
        Parameter(
            name="--why",
            help="Instead of the story, the reasons for this act in it, as a tree: `knock`, "
            "`knock(Willow, *)`, or `*` for every act.",
        ),
    ] = None,
    all_: Annotated[
        bool,
        Parameter(
            name="--all",
            help="All stories within the limits, short ones first, as they are found.",
        ),
    ] = False,
    count: Annotated[bool, Parameter(help="Only how many stories there are.")] = False,
    any_: Any = False,
    budget: Budget = None,
    seconds: Seconds = None,
    output: Output = None,
    chronicle: Annotated[
        Path | None, Parameter(help="Save what happens, and what every mind makes of it, here.")
    ] = None,
    seed: Seed = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Find the shortest story in which everyone acts for reasons.

    Prints one act a line, and whether no story has fewer acts. The story raises the author's
    utility to the goal and does what is demanded of it, and whoever takes part in an act expects
    to gain by it, by what they believe. What is not given is taken from the world's `plan`
    section, and then has no limit. Ctrl-C gives the best so far.

    With `--all`, nothing of a story can be left out while everybody keeps their reasons (the same
    acts in another order are another story); a story a paragraph, or with `--json` a line. Without
    `--author-limit` that ends if what can happen is finite. Without `--character-limit` even the
    first may take long: a story is given when no shorter one is left, and that somebody has no
    reason is known only when all that they imagine was gone through.

    Ends with 0 if a story was found; with 1 if there is none within the limits, or time was up
    before it was found, or before all were; with 130 if Ctrl-C ended `--all` or `--count`.

    For example:

        unspoken plan night_visit --explain
        unspoken plan treasure.story --goal 1 --author-limit 4 --character-limit 4
        unspoken plan letter.story --all --author-limit 4 --never find_letter
    """
    import unspoken
    from unspoken.faces.cli.progress import Progress
    from unspoken.faces.cli.searching import search, search_all
    from unspoken.faces.cli.terminal import FINE, WRONG, bad_option, write_json
    from unspoken.files import check_output, write_output

    if all_ or count:
        for option, value in (("--output", output), ("--chronicle", chronicle), ("--why", why)):
            if value is not None:
                several = "--all" if all_ else "--count"
                raise bad_option(
                    option, value, f"`{several}` is not about one story", "leave it out"
                )
        with Progress("planning", so_far="what was found stays", quiet=quiet) as progress:
            stories = search_all(
                unspoken.load(world),
                progress,
                goal=goal,
                must=must,
                never=never,
                through=through,
                demands_only=demands_only,
                author_limit=author_limit,
                character_limit=character_limit,
                epistemic_limit=epistemic_limit,
                seconds=seconds,
            )
            with stories:
                if count:
                    return _count(stories, progress, json=json)
                return _all(stories, progress, explain=explain, json=json, quiet=quiet)
    check_output(output)
    check_output(chronicle)
    story = search(
        unspoken.load(world),
        goal=goal,
        must=must,
        never=never,
        through=through,
        demands_only=demands_only,
        author_limit=author_limit,
        character_limit=character_limit,
        epistemic_limit=epistemic_limit,
        budget=budget,
        first_only=any_,
        seconds=seconds,
        seed=seed or 0,
        quiet=quiet,
    )
    if not story.found:
        _say_why(story)
    if chronicle is not None and story.plan is not None:
        write_output(chronicle, story.to_json())
    if why is not None and story.plan is not None:
        text = _reasons_for(story, why)
    else:
        text = _text(story, explain=explain)
    if output is not None and story.plan is not None:
        write_output(output, text)
    if json:
        write_json(_as_data(story))
    elif output is None:
        print(text, end="")
    if story.found and not quiet and not json:
        print(_how_short(story), file=sys.stderr)
    return FINE if story.found else WRONG


SHORT_OF_IT = "// not what was wanted, only the best that was met\n"
"""Heads a plan that is none; to whatever reads plans a comment."""


def _text(story: Story, *, explain: bool) -> str:
    head = "" if story.found or story.plan is None else SHORT_OF_IT
    return head + (story.text if explain else "".join(f"{act}\n" for act in story.acts))


def _how_short(story: Story) -> str:
    assert story.solution is not None
    acts = f"{len(story.acts)} act{'' if len(story.acts) == 1 else 's'}"
    if story.solution.shortest:
        return f"found: {acts}; no story has fewer"
    return f"found: {acts}; not proven that no story has fewer"


def _reasons_for(story: Story, pattern: str) -> str:
    """The reasons for the acts that fit, as a tree."""
    from unspoken.language import Diagnostic, DiagnosticError, failure
    from unspoken.planning.demands import ANY, matching
    from unspoken.planning.explain import tree

    assert story.plan is not None
    if pattern == ANY:
        return tree(story.plan)
    acts = matching(story.world.ground, pattern, "--why")
    if isinstance(acts, Diagnostic):
        raise DiagnosticError([acts])
    names = {str(act) for act in acts}
    if not names & set(story.acts):
        raise failure("not-in-the-story", pattern=pattern, known=list(dict.fromkeys(story.acts)))
    return tree(story.plan, only=names)


def _all(stories: Stories, progress: Progress, *, explain: bool, json: bool, quiet: bool) -> int:
    from unspoken.faces.cli.main import INTERRUPTED
    from unspoken.faces.cli.terminal import FINE, WRONG, write_json_line

    found = 0
    interrupted = False
    try:
        for story in stories:
            progress.wipe()
            assert story.plan is not None
            if json:
                write_json_line(_plan_data(story.plan))
            else:
                print(("\n" if found else "") + _text(story, explain=explain), end="")
            sys.stdout.flush()
            found += 1
    except KeyboardInterrupt:
        interrupted = True
    progress.wipe()
    if json:
        write_json_line({"solutions": found, "all": stories.ended})
    elif not quiet:
        print(_how_many(found, stories), file=sys.stderr)
    if interrupted:
        return INTERRUPTED
    return FINE if stories.ended and found else WRONG


def _count(stories: Stories, progress: Progress, *, json: bool) -> int:
    from unspoken.faces.cli.main import INTERRUPTED
    from unspoken.faces.cli.terminal import FINE, WRONG, write_json_line

    counted = stories.count()
    progress.wipe()
    if json:
        write_json_line({"solutions": counted.number, "all": counted.is_all})
    else:
        print(counted.number)
        if not counted.is_all:
            print(_how_many(counted.number, stories), file=sys.stderr)
    if counted.was_interrupted:
        return INTERRUPTED
    return FINE if counted.is_all and counted.number else WRONG


ENDLESS_REASONS = (
    "try --character-limit: without it, to be sure that somebody has no reason takes going through "
    "all that they imagine"
)


def _how_many(number: int, stories: Stories) -> str:
    found = f"{number} {'story' if number == 1 else 'stories'}"
    if stories.ended:
        return f"all: {found}; there are no more within the limits"
    if not number and stories.limits.character is None:
        return f"stopped: {found} so far; there may be more ({ENDLESS_REASONS})"
    missing = {
        "--author-limit": stories.limits.author,
        "--character-limit": stories.limits.character,
    }
    advice = " and ".join(option for option, limit in missing.items() if limit is None)
    return f"stopped: {found} so far; there may be more" + (f" (try {advice})" if advice else "")


def _as_data(story: Story) -> dict[str, object]:
    solution = story.solution
    assert solution is not None
    stats, plan = dict(solution.stats), story.plan
    return {
        "outcome": story.outcome,
        "shortest": solution.shortest,
        "goal": solution.goal,
        **({"utility": None, "plan": [], "reasons": []} if plan is None else _plan_data(plan)),
        "limits": {
            "author": solution.limits.author,
            "character": solution.limits.character,
            "epistemic": solution.limits.epistemic,
        },
        "stats": {
            "parsing_milliseconds": story.world.milliseconds["parsing"],
            "compiling_milliseconds": story.world.milliseconds["compiling"],
            "searching_milliseconds": stats.pop("milliseconds"),
            **stats,
        },
    }


def _plan_data(plan: Plan) -> dict[str, object]:
    from unspoken.faces.cli.reasons import steps

    return {
        "utility": plan.utility,
        "plan": list(plan.acts),
        "reasons": steps(plan),
    }


def _say_why(story: Story) -> None:
    found = "nothing was found" if story.plan is None else "the best that was met is short of that"
    print(f"{story.outcome}: {story.why_none}; {found}", file=sys.stderr, flush=True)
