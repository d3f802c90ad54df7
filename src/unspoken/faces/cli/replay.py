"""``unspoken replay``: whether a plan and all its reasons hold, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from unspoken.faces.cli.options import (
    DemandsOnly,
    Json,
    Must,
    Never,
    Quiet,
    Through,
    World,
)


def replay(
    world: World,
    plan: Annotated[Path, Parameter(help="A plan with reasons, as `plan --explain` prints it.")],
    /,
    *,
    must: Must = None,
    never: Never = None,
    through: Through = None,
    demands_only: DemandsOnly = False,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Check a plan and all its reasons, step by step.

    Every act must be possible, everybody who takes part must have a reason that holds in the
    world they believe in, the author's utility must rise, and nothing may be left out without
    loss. The check shares no code with the search. A plan does not say what was demanded of it:
    repeat the `--must`, `--never` and `--through` that it was found with.

    Ends with 0 if the plan is valid, with 1 and the first fault if not.

    For example:

        unspoken plan treasure.story --explain --output treasure.plan
        unspoken replay treasure.story treasure.plan
    """
    import unspoken
    from unspoken import sources
    from unspoken.faces.cli.terminal import FINE, WRONG, report, write_json
    from unspoken.language import as_json

    loaded = unspoken.load(world)
    source = sources.read(plan)
    verdict = loaded.replay(
        loaded.read_plan(source.text, source.name),
        must=must or (),
        never=never or (),
        through=through or (),
        demands_only=demands_only,
    )
    if json:
        write_json(
            {
                "valid": verdict.is_valid,
                "before": verdict.before,
                "after": verdict.after,
                "fault": None if verdict.fault is None else as_json(verdict.fault),
            }
        )
    elif verdict.fault is not None:
        report([verdict.fault])
    elif demands_only and not quiet:
        print("valid: all that is demanded comes about")
    elif not quiet:
        print(verdict, end="")
    return FINE if verdict.is_valid else WRONG
