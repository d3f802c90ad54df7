"""``unspoken run``: everybody acts on their own, round after round."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from unspoken.faces.cli.options import After, Json, Quiet, RunSeed, Turns, Until

if TYPE_CHECKING:
    from unspoken.chronicle import Decision, Event
    from unspoken.reasons import Reasons
    from unspoken.simulation.moment import Moment
    from unspoken.simulation.run import Simulation
    from unspoken.story import Story
    from unspoken.world import World


def run(
    story: Annotated[
        str,
        Parameter(
            name="STORY",
            help="A storyworld (file, folder, or shipped story's name); or a saved run, which is "
            "gone on with.",
        ),
    ],
    /,
    *,
    turns: Turns = None,
    until: Until = None,
    seed: RunSeed = None,
    after: After = None,
    save: Annotated[
        Path | None,
        Parameter(help="Save the chronicle here: `run` goes on with it, `tell` tells it."),
    ] = None,
    explain: Annotated[
        bool,
        Parameter(help="Under each deed, and what was not dared, what spoke for and against."),
    ] = False,
    why_not: Annotated[
        str | None,
        Parameter(
            name="--why-not",
            help="At the end: why its doer does not do this now, `confess(Tara, Willow)`.",
        ),
    ] = None,
    beliefs: Annotated[
        bool,
        Parameter(help="At the end: what each mind believes that it did not before, or wrongly."),
    ] = False,
    all_beliefs: Annotated[
        bool, Parameter(help="List every change of belief, too, and how drives drift back.")
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Let everybody act on their own: for what they wish and believe, as far as they dare.

    Prints what happens, round by round, with what is felt and what is not dared; the chronicle
    (`--save`, `--json`) holds everything, and `unspoken tell` makes prose of it. The same seed
    gives the same story. Ctrl-C keeps what has happened, and ends with 130.

    For example:

        unspoken run night_visit
        unspoken run night_visit --seed 7 --until "declared(Tara, Willow)" --explain
        unspoken run night_visit --turns 10 --save evening.json
        unspoken run evening.json --turns 10 --why-not "confess(Tara, Willow)"
        unspoken run night_visit --after evening.json
    """
    import unspoken
    from unspoken.faces.cli.main import INTERRUPTED
    from unspoken.faces.cli.searching import at_least
    from unspoken.faces.cli.terminal import FINE
    from unspoken.files import check_output, write_output
    from unspoken.sources import is_chronicle

    at_least("--turns", turns, 1, "a run has rounds")
    goes_on = is_chronicle(story)
    if goes_on:
        check_going_on(seed, after)
    is_the_same = goes_on and save is not None and save.resolve() == Path(story).resolve()
    check_output(save, *(one for one in (story, after) if one is not None and not is_the_same))
    listing = Listing(explain=explain, beliefs=all_beliefs)
    saved = time.monotonic()

    def on_moment(simulation: Simulation, moment: Moment) -> None:
        nonlocal saved
        if not json:
            listing.show(simulation, moment)
        if save is not None and time.monotonic() - saved > SAVE_EVERY:
            write_output(save, world.story_of(simulation, moment).to_json())
            saved = time.monotonic()

    if goes_on:
        left = unspoken.load_chronicle(story)
        world = world_of(left)
        check_act(world, why_not)
        listing.begin(left)
        ran = world.resume(left, turns, until, on_moment=on_moment)
    else:
        world = unspoken.load(story)
        check_act(world, why_not)
        start = None if after is None else unspoken.load_chronicle(after)
        ran = world.run(turns, until, seed or 0, start=start, on_moment=on_moment)
    if save is not None:
        ran.save(save)
    if json:
        sys.stdout.write(ran.to_json())
    elif beliefs:
        _print_beliefs(ran)
    if why_not is not None:
        said = ran.why_not_now(why_not)
        print(said, file=sys.stderr if json else sys.stdout)
    if not quiet:
        print(_ENDINGS[ran.ended], file=sys.stderr)
    return INTERRUPTED if ran.ended is None else FINE


def _print_beliefs(ran: Story) -> None:
    """What is new or wrong in every mind, mind by mind."""
    from unspoken.chronicle.beliefs import telling_beliefs
    from unspoken.chronicle.words import held_text

    # What nobody wrote, and what is no fact that one could be wrong about: odds, levels, laws.
    inner = ran.world.model.inner
    facts = ran.chronicle.beginning.get((), {})
    besides = {one.property for one in facts if "." in one.property or inner.declares(one.property)}
    of = None
    for held in telling_beliefs(ran.chronicle, besides):
        if of != held.minds[0]:
            of = held.minds[0]
            print(f"{of} believes:")
        wrongly = " (wrong)" if held.wrong else ""
        print(f"  {held_text(held.minds[1:], held.fact, held.value)}{wrongly}")


SAVE_EVERY = 5.0
"""Seconds after which what has happened so far is saved, where it is to be saved at all."""

_ENDINGS: dict[str | None, str] = {
    "until": "ended: what it was to go on until has come about",
    "quiet": "ended: nobody has anything more to do",
    "rounds": "ended: the rounds are over (--turns for more)",
    None: "stopped; what has happened is kept",
}


def check_going_on(seed: int | None, after: str | None) -> None:
    """Raises DiagnosticError for what a saved run has settled already."""
    from unspoken.faces.cli.terminal import bad_option

    if seed is not None:
        reason = "a saved run goes on with the seed that it began with"
        raise bad_option("--seed", seed, reason, "leave it out, or run the world anew")
    if after is not None:
        reason = "a saved run has its beginning"
        advice = "leave it out to go on with the run; name the world for a next chapter"
        raise bad_option("--after", after, reason, advice)


def check_act(world: World, act: str | None) -> None:
    """Raises DiagnosticError for an act that does not exist, before anything goes on."""
    from unspoken.planning.why_not import one_act

    if act is not None:
        one_act(world.ground, act, "act")


def world_of(story: Story) -> World:
    """The world of a saved run."""
    from unspoken.world import World

    assert isinstance(story.world, World)
    return story.world


class Listing:
    """What happened, printed as it happens: by rounds, what goes on within set in further."""

    def __init__(self, *, explain: bool, beliefs: bool) -> None:
        self._explain = explain
        self._beliefs = beliefs
        self._shown = 0
        self._explained: dict[str, Decision] = {}
        self._reasons: Reasons | None = None

    def begin(self, story: Story) -> None:
        """What happened in this one was shown before."""
        self._shown = len(story.chronicle.events)

    def show(self, simulation: Simulation, moment: Moment) -> None:
        """What is new at a moment."""
        from unspoken.chronicle.words import is_of_minds, line
        from unspoken.reasons import Reasons

        self._reasons = reasons = self._reasons or Reasons(simulation.motives)
        heading = f"round {moment.round}\n"
        for event in moment.events[self._shown :]:
            text = line(reasons.feeling(event) if event.kind == "feel" else event)
            if text is None or (is_of_minds(event) and not self._beliefs):
                continue
            within = event.kind in ("feel", "unsaid", "believe") or not event.is_act
            print(f"{heading}{'    ' if within else '  '}{text}")
            heading = ""
            if self._explain:
                self._say_why(event, reasons)
        self._shown = len(moment.events)
        sys.stdout.flush()

    def _say_why(self, event: Event, reasons: Reasons) -> None:
        """How it was decided; a deed and what was left undone for it were decided as one."""
        from unspoken.simulation.explain import refused, words

        if event.decision is None or event.who is None:
            return
        if event.kind == "unsaid" and self._explained.get(event.who) == event.decision:
            return
        self._explained[event.who] = event.decision
        decision = reasons.decision(event.decision)
        if event.kind == "refuse":
            said = refused(decision).splitlines()
        else:
            said = words(event.who, decision).splitlines()[1:]
        for each in said:
            print(f"      {each.strip() if not each.startswith('    ') else each[2:]}")
