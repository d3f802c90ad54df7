"""From a world, a goal and limits to a story in which everybody has a reason; and back: from a
story with its reasons to a verdict.

    solution = solve(load(world), goal=1, limits=Limits(author=5, character=5, epistemic=2))
    print(print_plan(solution.plan))           # the text form, read again by read_plan
    print(tree(solution.plan))                 # for people
    replay.replay(ground, solution.plan).is_valid

The search and the judge are Rust, and strangers to each other; this part speaks for them in names.
Deliberately does not know prose.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from unspoken.planning.demands import Demands, Keep, Scene
from unspoken.planning.plan import Limits, Outcome, Plan, Reason, Solution, Step
from unspoken.planning.solve import default_goal, solve

if TYPE_CHECKING:
    from unspoken.planning.explain import tree, why_none
    from unspoken.planning.replay import Place, Verdict
    from unspoken.planning.solutions import Count, Solutions, count
    from unspoken.planning.text import print_plan, read_plan
    from unspoken.planning.why_not import Account, WhyNot

__all__ = [
    "Account",
    "Count",
    "Demands",
    "Keep",
    "Limits",
    "Outcome",
    "Place",
    "Plan",
    "Reason",
    "Scene",
    "Solution",
    "Solutions",
    "Step",
    "Verdict",
    "WhyNot",
    "count",
    "default_goal",
    "print_plan",
    "read_plan",
    "solve",
    "tree",
    "why_none",
]

# What finding a story does not need is imported when it is first asked for (PEP 562). A judgement
# and a question have the names of their files: `replay.replay`, `why_not.why_not`.
_LATER = {
    **dict.fromkeys(("tree", "why_none"), "explain"),
    **dict.fromkeys(("Place", "Verdict"), "replay"),
    **dict.fromkeys(("Count", "Solutions", "count"), "solutions"),
    **dict.fromkeys(("print_plan", "read_plan"), "text"),
    **dict.fromkeys(("Account", "WhyNot"), "why_not"),
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
