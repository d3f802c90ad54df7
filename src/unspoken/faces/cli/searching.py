"""What ``plan`` and ``tell`` have in common: a search with its limits, seen to from a terminal.

Receives the options; checks that they can mean something, and hands on the ``Story``.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from unspoken.faces.cli.progress import Progress
from unspoken.faces.cli.terminal import bad_option

if TYPE_CHECKING:
    from unspoken.world import Story, World


YEARS = 1e9
"""Seconds that nobody waits for."""


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
) -> Story:
    """The story, or the best so far when time is up or somebody presses Ctrl-C.

    Raises DiagnosticError for a limit that nothing can keep.
    """
    if goal is not None and not math.isfinite(goal):
        raise bad_option("--goal", goal, "a goal is a number", "leave it out for the least rise")
    at_least("--author-limit", author_limit, 1, "a story has at least one act")
    at_least("--character-limit", character_limit, 1, "whoever acts looks at least one act ahead")
    at_least("--epistemic-limit", epistemic_limit, 0, "minds cannot be less deep than not at all")
    if seconds is not None and not seconds > 0:
        raise bad_option("--seconds", seconds, "time must pass", "leave it out to wait for the end")
    if seconds is not None and seconds > YEARS:
        seconds = None
    with Progress("planning", quiet=quiet) as progress:
        return world.plan(
            goal,
            author_limit,
            character_limit,
            epistemic_limit,
            seconds=seconds,
            seed=seed,
            on_progress=progress.update,
        )


def at_least(option: str, value: int | None, least: int, reason: str) -> None:
    """Raises DiagnosticError for a number below the least that makes sense."""
    if value is not None and value < least:
        raise bad_option(option, value, reason, f"{least} is the least; leave it out for no limit")
