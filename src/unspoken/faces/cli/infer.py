"""``unspoken infer``: what explains what is known to have happened."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from unspoken.faces.cli.options import (
    CharacterLimit,
    EpistemicLimit,
    Json,
    LongSearch,
    Quiet,
    World,
)

if TYPE_CHECKING:
    from unspoken.planning.recognition import Inference, Part, Recognition


def infer(
    world: World,
    /,
    *,
    happened: Annotated[
        tuple[str, ...],
        Parameter(
            help="An act that happened, with `*` for any argument, or a fact that held once.",
            negative="",
        ),
    ] = (),
    in_order: Annotated[bool, Parameter(help="It happened in the order given.")] = False,
    suppose: Annotated[
        tuple[str, ...],
        Parameter(
            help="What may have been so at the beginning: `FACT | FACT`. Each is tried; one alone "
            "beside the world as it is written.",
            negative="",
        ),
    ] = (),
    within: Annotated[
        int | None,
        Parameter(help="The most acts. Default: the `author_limit` of the world's `plan` section."),
    ] = None,
    character_limit: CharacterLimit = None,
    epistemic_limit: EpistemicLimit = None,
    seconds: LongSearch = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Infer what must have happened, and who must have believed what.

    From what is known to have happened to the stories that explain it: everybody in them acts for
    reasons of their own. Says what else must have happened, what may have, and what cannot; and,
    for everybody who took part, what they meant by it, and which beliefs, right or wrong, that
    rested on.

    Ends with 0 if there is an explanation; with 1 if there is none within the limits, or none was
    found. Stopped by Ctrl-C or --seconds, or for want of them, it says what was found by then, and
    that it was stopped.

    For example:

        unspoken infer paste_diamonds --happened "search(Vale, Study)"
        unspoken infer night_visit --happened "knock(Willow)" --happened "kiss" --in-order
    """
    import unspoken
    from unspoken.faces.cli.progress import Progress
    from unspoken.faces.cli.searching import UNTRIED, at_least, patience
    from unspoken.faces.cli.terminal import FINE, WRONG, write_json

    at_least("--within", within, 1, "a story has at least one act")
    at_least("--character-limit", character_limit, 1, "whoever acts looks at least one act ahead")
    at_least("--epistemic-limit", epistemic_limit, 0, "minds cannot be less deep than not at all")
    with Progress("inferring", quiet=quiet) as progress:
        found = unspoken.load(world).infer(
            *happened,
            in_order=in_order,
            suppose=suppose,
            within=within,
            character_limit=character_limit,
            epistemic_limit=epistemic_limit,
            seconds=patience(seconds),
            on_progress=progress.update,
        )
    if json:
        write_json(_as_data(found))
    else:
        print(found, end="")
    if found.cut_short and not quiet:
        print(_how_far(found), file=sys.stderr)
    elif any(one.outcome == "stopped" for _, one in found.supposed) and not quiet:
        print(f"{UNTRIED}; there may be an explanation", file=sys.stderr)
    return FINE if found.found else WRONG


def _how_far(found: Inference) -> str:
    stories = max(len(one.plans) for _, one in found.supposed)
    if not stories:
        return "stopped: the search was cut short; there may be an explanation"
    what = " and ".join(item.text for item in found.supposed[0][1].happened)
    explain = "story explains" if stories == 1 else "stories explain"
    return f"stopped: at least {stories} {explain} {what}; the search was cut short"


def _as_data(found: Inference) -> dict[str, object]:
    return {
        "happened": [item.text for item in found.supposed[0][1].happened],
        "supposed": [{"supposed": name, **_one(one)} for name, one in found.supposed],
    }


def _one(one: Recognition) -> dict[str, object]:
    return {
        "outcome": one.outcome,
        "plans": [list(plan.acts) for plan in one.plans],
        "must": list(one.must),
        "may": [{"act": act, "stories": count} for act, count in one.may],
        "cannot": list(one.cannot),
        "parts": [_part(part) for part in one.parts],
        "unexplained": list(one.unexplained),
        "whole": one.whole,
        "cut_short": one.cut_short,
    }


def _part(part: Part) -> dict[str, object]:
    return {
        "act": part.act,
        "character": part.character,
        "stories": part.stories,
        "intentions": [
            {
                "gained": [str(held) for held in one.gained],
                "then": list(one.then),
                "stories": one.stories,
            }
            for one in part.intentions
        ],
        "beliefs": [
            {
                "belief": str(one.held),
                "minds": list(one.held.minds),
                "fluent": one.held.fluent,
                "value": one.held.value,
                "truth": one.truth,
                "stories": one.stories,
            }
            for one in part.beliefs
        ],
    }
