"""From what somebody names to a story that can be told: what ``tell`` and ``export`` begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unspoken.faces.cli.terminal import bad_option

if TYPE_CHECKING:
    from unspoken.story import Story


def story_of(
    story: str | None,
    *,
    run: bool,
    world: str | None,
    goal: float | None,
    author_limit: int | None,
    character_limit: int | None,
    epistemic_limit: int | None,
    seconds: float | None,
    seed: int,
    quiet: bool,
    turns: int | None = None,
) -> Story:
    """The story: of a world (None: the one that is shipped) planned, or run; or a saved one.

    A world whose author wants nothing, while its people have wishes, is run, unless the plan is
    asked for more precisely. Raises DiagnosticError for what is not there, and for what does not go
    together. ``turns``: the most rounds of a run, which
    it then is.
    """
    import unspoken
    from unspoken.faces.cli.searching import search
    from unspoken.sources import FLAGSHIP, is_chronicle

    limits = {
        "--goal": goal,
        "--author-limit": author_limit,
        "--character-limit": character_limit,
        "--epistemic-limit": epistemic_limit,
        "--seconds": seconds,
    }
    is_saved = story is not None and is_chronicle(story)
    run = run or turns is not None
    loaded = None if is_saved else unspoken.load(FLAGSHIP if story is None else story)
    if run:
        if is_saved:
            advice = "leave it out; `unspoken run` goes on with what is saved"
            asked: tuple[str, object] = ("--run", "on") if turns is None else ("--turns", turns)
            raise bad_option(*asked, "a saved chronicle is told as it is", advice)
        for option, value in limits.items():
            if value is not None:
                raise bad_option(option, value, "a run is not planned", "leave it or `--run` out")
    if loaded is None:
        assert story is not None
        return unspoken.load_chronicle(story, world)
    if run or (loaded.model.runs_by_itself and not any(limits.values())):
        return loaded.run(turns, seed=seed)
    return search(
        loaded,
        goal=goal,
        author_limit=author_limit,
        character_limit=character_limit,
        epistemic_limit=epistemic_limit,
        seconds=seconds,
        seed=seed,
        quiet=quiet,
    )
