"""The acts of a plan with everybody's reasons, as data: what several commands print with --json."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unspoken.planning import Step


def steps(plan: Iterable[Step]) -> list[dict[str, object]]:
    """Each act with its reasons; ``then`` has the acts that are to follow, in the same form."""
    return [
        {
            "act": step.act,
            "reasons": [
                {
                    "character": reason.character,
                    "goal": reason.goal,
                    "before": reason.before,
                    "after": reason.after,
                    "then": steps(reason.rest),
                }
                for reason in step.reasons
            ],
        }
        for step in plan
    ]
