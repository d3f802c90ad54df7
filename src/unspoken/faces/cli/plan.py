"""``unspoken plan``: the shortest story in which everybody has reasons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from unspoken.faces.cli.options import (
    AuthorLimit,
    CharacterLimit,
    EpistemicLimit,
    Goal,
    Json,
    Output,
    Quiet,
    Seconds,
    Seed,
    World,
)

if TYPE_CHECKING:
    from unspoken.world import Story


def plan(
    world: World,
    /,
    *,
    goal: Goal = None,
    author_limit: AuthorLimit = None,
    character_limit: CharacterLimit = None,
    epistemic_limit: EpistemicLimit = None,
    explain: Annotated[
        bool, Parameter(help="Under each act, the reasons of everybody who takes part in it.")
    ] = False,
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

    Prints one act a line. The story raises the author's utility to the goal, and whoever takes
    part in an act expects to gain by it, by what they believe. What is not given is taken from
    the world's `plan` section, and then has no limit. Ctrl-C gives the best so far.

    Ends with 0 if a story was found; with 1 if there is none within the limits, or the search was
    stopped before it found one.

    For example:

        unspoken plan night_visit --explain
        unspoken plan treasure.story --goal 1 --author-limit 4 --character-limit 4
    """
    import unspoken
    from unspoken.faces.cli.searching import search
    from unspoken.faces.cli.terminal import FINE, WRONG, write_json
    from unspoken.files import write_output

    story = search(
        unspoken.load(world),
        goal=goal,
        author_limit=author_limit,
        character_limit=character_limit,
        epistemic_limit=epistemic_limit,
        seconds=seconds,
        seed=seed or 0,
        quiet=quiet,
    )
    if chronicle is not None and story.plan is not None:
        write_output(chronicle, story.to_json())
    text = story.text if explain else "".join(f"{act}\n" for act in story.acts)
    if output is not None and story.plan is not None:
        write_output(output, text)
    if json:
        write_json(_as_data(story))
    elif output is None:
        print(text, end="")
    if not story.found:
        _say_why(story)
    return FINE if story.found else WRONG


def _as_data(story: Story) -> dict[str, object]:
    solution = story.solution
    assert solution is not None
    stats = dict(solution.stats)
    return {
        "outcome": story.outcome,
        "goal": solution.goal,
        "utility": None if story.plan is None else story.plan.utility,
        "plan": list(story.acts),
        "reasons": [] if story.plan is None else [_step(step) for step in story.plan],
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


def _step(step: object) -> dict[str, object]:
    from unspoken.planning import Step

    assert isinstance(step, Step)
    return {
        "act": step.act,
        "reasons": [
            {
                "character": reason.character,
                "goal": reason.goal,
                "before": reason.before,
                "after": reason.after,
                "then": [_step(later) for later in reason.rest],
            }
            for reason in step.reasons
        ],
    }


def _say_why(story: Story) -> None:
    import sys

    found = "this is the best that was met" if story.plan is not None else "nothing was found"
    print(f"{story.outcome}: {story.why_not}; {found}", file=sys.stderr)
