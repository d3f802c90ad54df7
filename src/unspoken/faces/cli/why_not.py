"""``unspoken why-not``: what stands in the way of an act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from unspoken.faces.cli.options import CharacterLimit, EpistemicLimit, Json, Quiet, World

if TYPE_CHECKING:
    from unspoken.planning import Account


def why_not(
    world: World,
    act: Annotated[str, Parameter(name="ACT", help="As a plan has it: `knock(Willow)`.")],
    /,
    *,
    after: Annotated[
        str | None,
        Parameter(
            help="The acts before it, from the beginning: `alarm(); patrol(Buffy)`; or how many of "
            "the story that `plan` finds."
        ),
    ] = None,
    character_limit: CharacterLimit = None,
    epistemic_limit: EpistemicLimit = None,
    seconds: Annotated[
        float | None, Parameter(help="Ask for so many seconds at most. [default: 10]")
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Say what stands in the way of an act.

    Which fact makes it impossible; and of everybody who would have to take part, whether they
    believe it possible, and what they would gain: the nearest thing to a reason, and what it lacks.
    That may be another's part in it, one act too many, or that they can do as well without.

    Ends with 0 if the question was settled, with 1 if not: for want of time (`--seconds`), or as
    there was too much to go through without a nearer `--character-limit`.

    For example:

        unspoken why-not night_visit "invite(Tara, Willow)" --after 6
        unspoken why-not letter.story "confess(Ben, Ada)"
    """
    import unspoken
    from unspoken.faces.cli.searching import at_least, patience
    from unspoken.faces.cli.terminal import FINE, WRONG, write_json

    del quiet  # there is nothing but the result
    at_least("--character-limit", character_limit, 1, "whoever acts looks at least one act ahead")
    at_least("--epistemic-limit", epistemic_limit, 0, "minds cannot be less deep than not at all")
    loaded = unspoken.load(world)
    acts: tuple[str, ...] = ()
    if after is not None and after.strip().isdigit():
        story = loaded.plan(character_limit=character_limit, epistemic_limit=epistemic_limit)
        acts = story.acts_until(int(after))
    elif after is not None:
        acts = tuple(text.strip() for text in after.split(";") if text.strip())
    why = loaded.why_not(
        act,
        acts,
        character_limit=character_limit,
        epistemic_limit=epistemic_limit,
        seconds=patience(10.0 if seconds is None else seconds),
    )
    if json:
        write_json(
            {
                "act": why.act,
                "after": list(why.after),
                "possible": not why.lacking,
                "lacking": [str(fact) for fact in why.lacking],
                "accounts": [_as_data(account) for account in why.accounts],
            }
        )
    else:
        print(why, end="")
    return FINE if why.is_settled else WRONG


def _as_data(account: Account) -> dict[str, object]:
    from unspoken.faces.cli import reasons

    return {
        "character": account.character,
        "finding": account.finding,
        "before": account.before,
        "values": [str(value) for value in account.values],
        "reason": None if account.reason is None else reasons.of(account.reason),
        "lacking": [str(fact) for fact in account.lacking],
        "plan": list(account.plan),
        "after": account.after,
        "place": account.place,
        "other": None if account.other is None else _as_data(account.other),
        "kept": list(account.kept),
        "most": account.most,
        "otherwise": account.otherwise,
    }
