"""A search in a process of its own: a question as JSON in, what it took and found as JSON out.

``python searcher.py QUESTION``. Run by ``inside``; imports nothing of the benchmarks, and asks the
engine itself, because only there can ideas be left out and work be counted. What it finds is judged
by replay, after the clock has stopped.
"""

from __future__ import annotations

import json
import sys

import unspoken
from unspoken.engine import GroundWorld
from unspoken.planning.replay import replay
from unspoken.planning.solve import in_names


def main() -> None:
    question = json.loads(sys.argv[1])
    ground = GroundWorld(unspoken.load(question["world"]).model)
    known = ground.raw.size()["transitions"]
    search = ground.raw.search(
        question["goal"],
        question["author_limit"],
        question["character_limit"],
        question["epistemic_limit"],
        milliseconds=question["milliseconds"],
        budget=question["budget"],
        any=question["first_only"],
        without=question["without"],
    )
    while not search.wait(60.0):
        pass
    answer: dict[str, object] = dict(search.stats())
    answer["fresh"] = ground.raw.size()["transitions"] - known
    answer["outcome"] = search.outcome()
    answer["shortest"] = bool(answer["shortest"])
    raw = search.plan() if answer["outcome"] == "found" else None
    if raw is not None:
        verdict = replay(ground, in_names(ground, raw))
        limit = question["author_limit"]
        answer["acts"] = len(raw.acts)
        answer["valid"] = (
            verdict.is_valid
            and verdict.after is not None
            and verdict.after >= question["goal"]
            and (limit is None or len(raw.acts) <= limit)
        )
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
