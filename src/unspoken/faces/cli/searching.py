"""What the commands that search have in common: limits and demands, seen to from a terminal.

Receives the options; checks that they can mean something, and hands on the ``Story``, or all
stories.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from unspoken.faces.cli.progress import Progress
from unspoken.faces.cli.terminal import bad_option

if TYPE_CHECKING:
    from unspoken.results import Stories
    from unspoken.story import Story
    from unspoken.world import World


YEARS = 1e9
"""Seconds that nobody waits for."""

UNTRIED = "stopped: not all was tried (`--seconds N` goes on for so long)"
"""Where the work set by default for a search with many stories in it came to nothing."""

Texts = list[str] | None


def search(
    world: World,
    *,
    goal: float | None,
    author_limit: int | None,
    character_limit: int | None,
    epistemic_limit: int | None,
    seconds: float | None,
    seed: int,
    quiet: bool,
    must: Texts = None,
    never: Texts = None,
    through: Texts = None,
    demands_only: bool = False,
    budget: float | None = None,
    first_only: bool = False,
) -> Story:
    """The story, or the best so far when time is up or somebody presses Ctrl-C.

    Raises DiagnosticError for a limit that nothing can keep.
    """
    _check(goal, author_limit, character_limit, epistemic_limit)
    _check_demands(goal, demands_only, must, never, through)
    if budget is not None and not budget >= 0:
        raise bad_option("--budget", budget, "time does not go back", "0 takes the first story met")
    with Progress("planning", quiet=quiet) as progress:
        return world.plan(
            goal,
            author_limit,
            character_limit,
            epistemic_limit,
            must=must or (),
            never=never or (),
            through=through or (),
            demands_only=demands_only,
            budget=budget,
            first_only=first_only,
            seconds=patience(seconds),
            seed=seed,
            on_progress=progress.update,
        )


def search_all(
    world: World,
    progress: Progress,
    *,
    goal: float | None,
    author_limit: int | None,
    character_limit: int | None,
    epistemic_limit: int | None,
    seconds: float | None,
    must: Texts,
    never: Texts,
    through: Texts,
    demands_only: bool,
) -> Stories:
    """All stories; as for ``search``."""
    _check(goal, author_limit, character_limit, epistemic_limit)
    _check_demands(goal, demands_only, must, never, through)
    return world.solutions(
        goal,
        author_limit,
        character_limit,
        epistemic_limit,
        must=must or (),
        never=never or (),
        through=through or (),
        demands_only=demands_only,
        seconds=patience(seconds),
        on_progress=progress.update,
    )


def _check(
    goal: float | None, author: int | None, character: int | None, epistemic: int | None
) -> None:
    if goal is not None and not math.isfinite(goal):
        raise bad_option("--goal", goal, "a goal is a number", "leave it out for the least rise")
    at_least("--author-limit", author, 1, "a story has at least one act")
    at_least("--character-limit", character, 1, "whoever acts looks at least one act ahead")
    at_least("--epistemic-limit", epistemic, 0, "minds cannot be less deep than not at all")


def _check_demands(goal: float | None, demands_only: bool, *demands: Texts) -> None:
    if demands_only and not any(demands):
        raise bad_option(
            "--demands-only", "on", "nothing is demanded", "add `--must`, `--never` or `--through`"
        )
    if demands_only and goal is not None:
        raise bad_option("--goal", goal, "`--demands-only` has none", "leave one of them out")


def patience(seconds: float | None) -> float | None:
    """How long somebody waits; None: nobody has said. Raises DiagnosticError for no time at all."""
    if seconds is not None and not seconds > 0:
        raise bad_option("--seconds", seconds, "time must pass", "leave it out to wait for the end")
    return None if seconds is None else min(seconds, YEARS)


def at_least(option: str, value: int | None, least: int, reason: str) -> None:
    """Raises DiagnosticError for a number below the least that makes sense."""
    if value is not None and value < least:
        raise bad_option(option, value, reason, f"{least} is the least")
