"""``python -m benchmarks.stages``: what `unspoken tell` does, from nothing, and the processor's
milliseconds for each stage of it, as JSON."""

from __future__ import annotations

import time

SPENT = {"interpreter": time.process_time() * 1000}


def lap(stage: str) -> None:
    """Since the stage before."""
    SPENT[stage] = time.process_time() * 1000 - sum(SPENT.values())


def main() -> None:
    import gc
    import json

    from unspoken.faces.cli.main import SELDOM

    gc.set_threshold(SELDOM)
    import cyclopts

    lap(f"import {cyclopts.__name__}")
    import unspoken.faces.cli.tell
    import unspoken.faces.cli.terminal
    import unspoken.world

    lap("import the language")
    world = unspoken.load("night_visit")
    lap("read the world")
    ground = world.ground
    lap("ground it")
    import unspoken.planning

    lap("import the planner")
    story = world.plan()
    lap("search")
    assert story.found
    assert ground is world.ground
    _ = story.chronicle
    lap("write the chronicle")
    import unspoken.telling

    lap("import the telling")
    told = story.telling()
    lap("tell")
    assert told.words > 100
    print(json.dumps(SPENT))


if __name__ == "__main__":
    main()
