"""From a world, a goal and limits to a story in which everybody has a reason; and back: from a
story with its reasons to a verdict.

    solution = solve(load(world), goal=1, limits=Limits(author=5, character=5, epistemic=2))
    print(print_plan(solution.plan))           # the text form, read again by read_plan
    print(tree(solution.plan))                 # for people
    replay(ground, solution.plan).is_valid

The search and the judge are Rust, and strangers to each other; this part speaks for them in names.
Deliberately does not know prose.
"""

from unspoken.planning.demands import Demands, Keep, Scene
from unspoken.planning.explain import tree, why_none
from unspoken.planning.plan import Limits, Outcome, Plan, Reason, Solution, Step
from unspoken.planning.replay import Place, Verdict, replay
from unspoken.planning.solutions import Count, Solutions, count
from unspoken.planning.solve import default_goal, solve
from unspoken.planning.text import print_plan, read_plan
from unspoken.planning.why_not import Account, WhyNot, why_not

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
    "replay",
    "solve",
    "tree",
    "why_none",
    "why_not",
]
