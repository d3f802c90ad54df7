"""The reasons of a plan as a tree for people: who means to do what, sees whom do what, and why;
and why there is none.

Receives a plan or a solution; hands on text. (``text`` has the same as a file to be read again.)
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import TypeAlias

from unspoken.planning.plan import Plan, Reason, Solution, Step


def tree(plan: Plan, only: Container[str] | None = None) -> str:
    """Each act (or of some ``only``) with its number and, under it, the reason of everybody who
    takes part:

    2. row()
       ├─ Nora, for at(Bell) == Nora (0 to 1): row(), then
       │  ├─ dive()
       │  ╰─ take(Nora, Bell)
       ╰─ Olaf, for at(Bell) == Olaf (0 to 1): row(), then
          ├─ dive()
          │  ╰─ Nora, for at(Bell) == Nora (0 to 1): dive(), then
          │     ╰─ take(Nora, Bell)
          ╰─ take(Olaf, Bell)
    """
    lines: list[str] = []
    width = len(str(len(plan)))
    for number, step in enumerate(plan, start=1):
        if only is not None and step.act not in only:
            continue
        lines.append(f"{number:>{width}}. {step.act}")
        lines.extend(hang(" " * (width + 2), reason_branches(step)))
    return "".join(f"{line}\n" for line in lines)


Branch: TypeAlias = tuple[str, "Sequence[Branch]"]
"""A line and what hangs under it."""


def reason_branches(step: Step) -> list[Branch]:
    """The reasons for an act."""
    return [
        (headline(step.act, reason), [(s.act, reason_branches(s)) for s in reason.rest])
        for reason in step.reasons
    ]


def headline(act: str, reason: Reason) -> str:
    """Who wants what, and does the act for it."""
    rise = ""
    if reason.before is not None and reason.after is not None:
        rise = f" ({reason.before:g} to {reason.after:g})"
    then = ", then" if reason.rest else ""
    what = " & ".join(reason.gained) or reason.goal or "more"
    return f"{reason.character}, for {what}{rise}: {act}{then}"


def hang(margin: str, branches: Sequence[Branch]) -> Iterator[str]:
    """Lines with their branches, drawn."""
    for place, (line, under) in enumerate(branches):
        last = place == len(branches) - 1
        yield margin + ("╰─ " if last else "├─ ") + line
        yield from hang(margin + ("   " if last else "│  "), under)


def why_none(solution: Solution) -> str:
    """Why a search found no solution, in half a sentence; empty where it found one."""
    if solution.outcome == "found":
        return ""
    if solution.most is not None:
        most = f"the author's utility can come to {solution.most:g} at most"
        return f"{most}, whatever happens, and never to {solution.goal:g}"
    limits = {
        "author limit": solution.limits.author,
        "character limit": solution.limits.character,
        "epistemic limit": solution.limits.epistemic,
    }
    named = [f"{name} {value}" for name, value in limits.items() if value is not None]
    within = f" within {', '.join(named)}" if named else ""
    if not solution.demands:
        if solution.outcome == "impossible":
            least = f"the author's utility does not reach {solution.goal:g}{within}"
            return f"everything was tried, and {least}"
        before = f"before the author's utility reached {solution.goal:g}{within}"
        return f"the search was stopped {before}"
    what = "does all that is demanded"
    if solution.goal is not None:
        what = f"brings the author's utility to {solution.goal:g} and {what}"
    if solution.outcome == "impossible":
        return f"everything was tried, and no story {what}{within}"
    return f"the search was stopped before it met a story that {what}{within}"
