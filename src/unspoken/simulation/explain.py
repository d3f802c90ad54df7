"""Decisions in words for people: the deed, what spoke for it and against it, what was not dared;
and why somebody does not do a thing.

Receives decisions of the chronicle, or a mind's own view; hands on short sentences. Whatever it
says of a mind comes from that mind's view: what was believed, not what was so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from unspoken.chronicle.events import Decision, Motive, Weighed
from unspoken.chronicle.words import motive_text
from unspoken.engine import GroundEvent
from unspoken.planning.facts import FluentValue, lacking
from unspoken.simulation.choice import WAIT, choose, weigh
from unspoken.simulation.deciding import Inner, option, options
from unspoken.simulation.foresight import Foresight
from unspoken.simulation.norms import harms, lies
from unspoken.simulation.view import View

FEW = 3
"""Motives named on either side; what is weaker goes unsaid, unless amounts are asked for."""


def words(who: str, decision: Decision, *, exact: bool = False) -> str:
    """How somebody came to do what they did, a line for each matter; ``exact`` adds amounts."""
    return "\n".join(_lines(who, decision, exact))


def refused(decision: Decision, *, exact: bool = False) -> str:
    """What spoke for and against what somebody was asked to take part in, and did not."""
    asked = decision.runner_up
    return "" if asked is None else "\n".join(_sides(asked, exact, ""))


def _lines(who: str, decision: Decision, exact: bool) -> Iterator[str]:
    chosen, wished, other = decision.chosen, decision.wished, decision.runner_up
    yield f"{who} waits." if chosen.act == WAIT else f"{who}: {chosen.act}."
    yield from _sides(chosen, exact, "  ")
    if decision.torn:
        yield f"  Whatever {who} might do, {_listed(decision.torn, 'and')} would be broken."
    if wished is not None:
        yield f"  Nothing held back, it would have been: {wished.act}."
        yield from _sides(wished, exact, "    ")
    if other is None or (wished is not None and other.act == wished.act):
        if decision.hesitated:
            yield "  It was a near thing."
    else:
        near = "A near thing was" if decision.hesitated else "The next best was"
        yield f"  {near} {_deed(other)}{_amount(other.total, exact)}."
        yield from _sides(other, exact, "    ")


def _sides(weighed: Weighed, exact: bool, margin: str) -> Iterator[str]:
    shown = None if exact else FEW
    for motive in weighed.pulls[:shown]:
        yield f"{margin}for it: {in_words(motive, exact=exact)}"
    for motive in weighed.restraints[:shown]:
        yield f"{margin}against it: {in_words(motive, exact=exact)}"
    for norm in weighed.forbidden:
        yield f"{margin}against it, whatever speaks for it: {norm}"


def _deed(weighed: Weighed) -> str:
    return "to wait" if weighed.act == WAIT else weighed.act


def in_words(motive: Motive, *, exact: bool = False) -> str:
    """A motive with how much it counts, and why it is thought to come to that."""
    said = f"{motive_text(motive)}, {strength(motive.amount)}{_amount(motive.amount, exact)}"
    if motive.supposing:
        likely = likelihood(motive.likelihood)
        said += f"; if {_listed(motive.supposing, 'and')}, which is {likely}"
        if exact:
            said += f" ({motive.likelihood:.2f})"
    if motive.then:
        said += f"; by {', then '.join(motive.then)}"
    return said


def strength(amount: float) -> str:
    """How much something counts, in a word."""
    size = abs(amount)
    for least, word in (
        (0.8, "very strongly"),
        (0.5, "strongly"),
        (0.25, "somewhat"),
        (0.1, "a little"),
    ):
        if size >= least:
            return word
    return "hardly"


def likelihood(chance: float) -> str:
    """How likely something is taken to be, in a word."""
    words = (
        (1.0, "certain"),
        (0.8, "very likely"),
        (0.6, "likely"),
        (0.4, "as likely as not"),
        (0.2, "unlikely"),
    )
    return next((word for least, word in words if chance >= least), "very unlikely")


def _amount(amount: float, exact: bool) -> str:
    return f" ({amount:+.2f})" if exact else ""


def _listed(texts: Sequence[str], last: str) -> str:
    *others, end = texts
    return f"{', '.join(others)} {last} {end}" if others else end


Finding: TypeAlias = Literal[
    "does",
    "others",
    "impossible",
    "rebuffed",
    "unwilling",
    "nothing",
    "forbidden",
    "restrained",
    "rather",
]
"""``does``: it would do it now. ``others``: it is not its to begin. ``impossible``: it believes the
act impossible. ``rebuffed``: it has just tried in vain. ``unwilling``: it believes that somebody
would not join in. ``nothing``: nothing that it wishes would come of it. ``forbidden``,
``restrained``: a norm, or what speaks against it, is in the way. ``rather``: it would rather do
something else."""


class WhyNot(Struct, frozen=True):
    """Why ``who`` does not do an act, as things stand to its mind. Depending on the finding:
    ``lacking``, the facts by which the act seems impossible; ``unwilling``, who would not join in;
    ``weighed``, the act with what speaks for it and against; ``rather``, what it does instead;
    ``lies`` and ``harms``, what it would say that it believes false, and whom it would harm."""

    who: str
    act: str
    finding: Finding
    begins: str | None = None
    lacking: tuple[FluentValue, ...] = ()
    unwilling: tuple[str, ...] = ()
    weighed: Weighed | None = None
    rather: Weighed | None = None
    lies: tuple[str, ...] = ()
    harms: tuple[str, ...] = ()

    def words(self, *, exact: bool = False) -> str:
        return "\n".join(_why_not_lines(self, exact))

    def __str__(self) -> str:
        return self.words()


def why_not(
    foresight: Foresight, view: View, act: GroundEvent, inner: Inner, *, rebuffed: bool = False
) -> WhyNot:
    """Why the view's owner does not do an act now. ``rebuffed``: it came to nothing just before."""
    who, text = view.who, str(act)
    if act.consenting[:1] != (who,):
        begins = act.consenting[0] if act.consenting else None
        return WhyNot(who, text, "others", begins=begins)
    if not view.believed.allows(act):
        return WhyNot(who, text, "impossible", lacking=lacking(view.believed, act))
    if rebuffed:
        return WhyNot(who, text, "rebuffed")
    weighed = weigh(option(foresight, view, act, inner.valence), inner.disposition)
    if not weighed.pulls:
        against = foresight.unwilling(view, act)
        finding: Finding = "unwilling" if against else "nothing"
        return WhyNot(who, text, finding, unwilling=against, weighed=weighed)
    found = WhyNot(
        who,
        text,
        "forbidden",
        weighed=weighed,
        lies=tuple(one.text for one in lies(view.motives, who, view.believed, act)),
        harms=tuple(harms(view.motives, who, view.believed, act)),
    )
    if weighed.forbidden:
        return found
    decision = choose(options(foresight, view, inner.valence), inner.disposition)
    finding = "does" if decision.chosen.act == text else "rather"
    if finding == "rather" and decision.chosen.pull < weighed.pull:
        finding = "restrained"
    return WhyNot(
        who,
        text,
        finding,
        weighed=weighed,
        rather=decision.chosen,
        lies=found.lies,
        harms=found.harms,
    )


def _why_not_lines(found: WhyNot, exact: bool) -> Iterator[str]:
    who, weighed = found.who, found.weighed
    match found.finding:
        case "does":
            yield f"{who} would: {found.act}."
        case "others" if found.begins is None:
            yield f"Nobody decides on {found.act}: it happens of itself, or not."
        case "others":
            yield f"{who} does not: it is {found.begins}'s to begin."
        case "impossible":
            facts = _listed([f"`{fact}`" for fact in found.lacking], "and")
            yield f"{who} does not, believing that {facts}."
        case "rebuffed":
            yield f"{who} has just tried, in vain, and lets some time pass."
        case "unwilling":
            others = _listed(found.unwilling, "and")
            yield f"{who} does not, believing that {others} would not join in."
        case "nothing":
            yield f"{who} does not: nothing that {who} wishes would come of it."
        case "forbidden" if weighed is not None:
            yield f"{who} does not, whatever speaks for it: {_listed(weighed.forbidden, 'and')}."
        case "restrained":
            yield f"{who} wishes to, and does not{_because(weighed)}."
        case "rather" if found.rather is not None:
            yield f"{who} does not: it is better {_deed_in_words(found.rather)}."
    for lie in found.lies:
        yield f"  It would say what {who} believes false: {lie}."
    for harmed in found.harms:
        yield f"  It would harm {harmed}."
    if weighed is not None:
        yield from _sides(weighed, exact, "  ")
    if found.finding in ("restrained", "rather") and found.rather and found.rather.act != WAIT:
        yield f"  Instead: {found.rather.act}."
        yield from _sides(found.rather, exact, "    ")


def _deed_in_words(weighed: Weighed) -> str:
    return "to wait" if weighed.act == WAIT else f"to do this: {weighed.act}"


def _because(weighed: Weighed | None) -> str:
    """The strongest restraint, as the end of a sentence."""
    if weighed is None or not weighed.restraints:
        return ""
    worst = weighed.restraints[0]
    if worst.kind == "norm":
        return f" because of {worst.name}"
    if worst.then:
        return f" for fear of {worst.then[-1]}"
    return f" because of {motive_text(worst)}"
