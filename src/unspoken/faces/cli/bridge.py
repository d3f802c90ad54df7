"""``unspoken bridge``: the missing scene between scenes that stand."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from unspoken.faces.cli.options import (
    CharacterLimit,
    EpistemicLimit,
    Json,
    LongSearch,
    Quiet,
    Seed,
    World,
)

if TYPE_CHECKING:
    from unspoken.planning.bridge import Bridge, Candidate
    from unspoken.results import Bridged


def bridge(
    world: World,
    scenes: Annotated[
        Path | None,
        Parameter(
            name="SCENES",
            help="A file of scenes; what the options say comes on top of it. Without it and "
            "--scene: the file beside the world's that has its name and ends in `.scenes`.",
        ),
    ] = None,
    /,
    *,
    scene: Annotated[
        tuple[str, ...],
        Parameter(
            help="A scene that stands: facts and acts with commas between. Once for each scene, in "
            "order.",
            negative="",
        ),
    ] = (),
    keep: Annotated[
        tuple[str, ...],
        Parameter(help="A fact that nothing contradicts, from the first scene on.", negative=""),
    ] = (),
    never: Annotated[
        tuple[str, ...],
        Parameter(help="An act that does not happen, such as `walk(*, Path, *)`.", negative=""),
    ] = (),
    given: Annotated[
        tuple[str, ...],
        Parameter(help="Something more about the beginning: `at(Tara) = Hall`.", negative=""),
    ] = (),
    cast: Annotated[
        tuple[str, ...],
        Parameter(name="--with", help="Somebody who should take part.", negative=""),
    ] = (),
    within: Annotated[
        int | None,
        Parameter(help="The most acts. Default: the `author_limit` of the world's `plan` section."),
    ] = None,
    candidates: Annotated[
        int | None, Parameter(help="How many different stories to show, at most. [default: 5]")
    ] = None,
    brief: Annotated[
        bool, Parameter(help="Of each story only the acts that not every one has.")
    ] = False,
    explain: Annotated[
        bool, Parameter(help="Under each story, all reasons of everybody, as trees.")
    ] = False,
    tell: Annotated[bool, Parameter(help="Tell one of them as prose, too: see --pick.")] = False,
    save: Annotated[
        Path | None, Parameter(help="Save the chronicle of one of them here: see --pick.")
    ] = None,
    pick: Annotated[int, Parameter(help="Which of them to tell or save.")] = 1,
    character_limit: CharacterLimit = None,
    epistemic_limit: EpistemicLimit = None,
    seconds: LongSearch = None,
    seed: Seed = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Find the missing scene: what can have happened between scenes that stand.

    A scene is a set of facts, also about minds, that hold together at some time, and of acts that
    have happened by then. Short for facts about who knows what: `knows(Tara, FACT)`,
    `knows_only(Tara, FACT)`, `mistaken(Tara, FACT)`, `nobody_knows(FACT)`. In a file:

        scene "At the club": gathering(), at(Willow) == Bronze;
        keep: knows_only(Willow, loves(Willow, Tara));
        scene "The answer": declared(Willow, Tara), happens confess(Tara, *);
        with: Tara;  within: 24;  candidates: 3;

    Several stories come out, no two alike: the shorter, the less that a reader of the scenes must
    be told besides, and the more of those `--with` whom it should be, the better. Or, if there are
    none, the first fact that cannot be reached, and what stands in the way.

    Ends with 0 if there is a story; with 1 if there is none within the limits, or none was found.

    For example:

        unspoken bridge night_visit
        unspoken bridge night_visit --scene "gathering()" --scene "declared(Tara, Willow)"
        unspoken bridge night.story night.scenes --tell --pick 2
    """
    import unspoken
    from unspoken import sources
    from unspoken.faces.cli.progress import Progress
    from unspoken.faces.cli.searching import UNTRIED, at_least, patience
    from unspoken.faces.cli.terminal import FINE, WRONG, bad_option, write_json, write_prose
    from unspoken.files import check_output, write_output

    at_least("--within", within, 1, "a story has at least one act")
    at_least("--candidates", candidates, 1, "there is at least one to show")
    at_least("--character-limit", character_limit, 1, "whoever acts looks at least one act ahead")
    at_least("--epistemic-limit", epistemic_limit, 0, "minds cannot be less deep than not at all")
    at_least("--pick", pick, 1, "the first is 1")
    check_output(save)
    loaded = unspoken.load(world)
    source = sources.read(scenes) if scenes is not None else None
    if source is None and not scene:
        source = sources.scenes_of(world)
    script = None if source is None else loaded.read_scenes(source.text, source.name)
    with Progress("bridging", quiet=quiet) as progress:
        found = loaded.bridge(
            *scene,
            script=script,
            keep=keep,
            never=never,
            given=given,
            cast=cast,
            within=within,
            candidates=candidates,
            character_limit=character_limit,
            epistemic_limit=epistemic_limit,
            seconds=patience(seconds),
            seed=seed or 0,
            on_progress=progress.update,
        )
    if (tell or save is not None) and found.found and pick > len(found.stories):
        last = len(found.stories)
        raise bad_option("--pick", pick, f"there are {last}", f"choose from 1 to {last}")
    if save is not None and found.found:
        write_output(save, found.stories[pick - 1].to_json())
    if json:
        write_json(_as_data(found, tell=pick if tell and found.found else None))
    else:
        print(found.text(brief=brief, explain=explain), end="")
        if tell and found.found:
            print()
            write_prose(found.stories[pick - 1].tell())
    if found.bridge.outcome == "stopped" and seconds is None and not quiet:
        print(f"{UNTRIED}; there may be a story", file=sys.stderr)
    return FINE if found.found else WRONG


def _as_data(found: Bridged, *, tell: int | None) -> dict[str, object]:
    bridge = found.bridge
    told = {} if tell is None else {"told": {"pick": tell, "text": found.stories[tell - 1].tell()}}
    return {
        "outcome": bridge.outcome,
        "scenes": [
            {"title": scene.title, "items": [item.text for item in scene.items]}
            for scene in bridge.script.scenes
        ],
        "within": bridge.limits.author,
        "always": list(bridge.always),
        "stories": bridge.stories,
        "whole": bridge.whole,
        "candidates": [_candidate(candidate) for candidate in bridge.candidates],
        "impasse": _impasse(bridge),
        **told,
    }


def _candidate(candidate: Candidate) -> dict[str, object]:
    from unspoken.faces.cli.reasons import steps

    return {
        "plan": list(candidate.plan.acts),
        "reasons": steps(candidate.plan),
        "lead_in": candidate.lead_in,
        "met": list(candidate.met),
        "cost": candidate.cost,
        "absent": list(candidate.absent),
        "news": {
            "names": list(candidate.news.names),
            "facts": [str(held) for held in candidate.news.facts],
        },
    }


def _impasse(bridge: Bridge) -> dict[str, object] | None:
    impasse = bridge.impasse
    if impasse is None:
        return None
    return {
        "scene": impasse.scene,
        "title": impasse.title,
        "item": impasse.item.text,
        "beside": list(impasse.beside),
        "kept": [
            {"fact": one.fact, "plan": list(one.plan.acts), "act": one.act} for one in impasse.kept
        ],
        "never": list(impasse.never),
        "longer": impasse.longer,
        "so_far": list(impasse.so_far.acts),
        "fixed": impasse.fixed,
        "speaking": list(impasse.speaking),
        "ways": [
            {
                "act": way.act,
                "lacks": [str(fact) for fact in way.lacking],
                "accounts": [
                    {"character": account.character, "finding": account.finding}
                    for account in way.accounts
                ],
            }
            for way in impasse.ways
        ],
        "proved": impasse.proved,
    }
