"""The acts of a plan with everybody's reasons, as data: what several commands print with --json."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unspoken.planning import Reason, Step


def steps(plan: Iterable[Step]) -> list[dict[str, object]]:
    """Each act with its reasons."""
    return [{"act": step.act, "reasons": [of(reason) for reason in step.reasons]} for step in plan]


def of(reason: Reason) -> dict[str, object]:
    """``then`` has the acts that are to follow, as ``steps``."""
    return {
        "character": reason.character,
        "goal": reason.goal,
        "gained": list(reason.gained),
        "before": reason.before,
        "after": reason.after,
        "then": steps(reason.rest),
    }
