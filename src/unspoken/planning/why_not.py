"""Why something does not happen: which precondition, whose consent, and what the nearest thing to
a reason lacks.

Receives acts; hands on values (``WhyNot``), and late, with ``words``, text. The asking is Rust
(``crates/unspoken-engine/src/search/why_not.rs``).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from unspoken.engine import GroundEvent, GroundWorld, Mind
from unspoken.language import Diagnostic, DiagnosticError, problem
from unspoken.model import Source, Span
from unspoken.planning.demands import matching
from unspoken.planning.explain import Branch, hang, headline, reason_branches
from unspoken.planning.facts import FluentValue, lacking, read, worth_text
from unspoken.planning.plan import Limits, Reason
from unspoken.planning.solve import NO_LIMITS, counted, named_reason

if TYPE_CHECKING:
    from unspoken.engine import raw as raw_types

Finding: TypeAlias = Literal[
    "willing",
    "impossible",
    "unknown",
    "others",
    "too-far",
    "needless",
    "no-gain",
    "unreasoned",
    "unsettled",
]
"""``willing``: it would, for a reason. ``impossible``: it does not believe the act possible.
``unknown``: what things are worth to it is unknown. ``others``: it would gain, if somebody else did
their part. ``too-far``: it would gain, but only further ahead than anybody looks. ``needless``: it
would gain as much without the act. ``no-gain``: nothing that begins with the act gains anything.
``unreasoned``: it has no reason, but what it could begin with the act was too much to go through to
tell what the nearest to one lacks. ``unsettled``: there was not enough time to tell."""


class Account(Struct, frozen=True):
    """What a character makes of an act, in the world that it believes in.

    ``before``: what that world is worth to it; ``values``: the facts that make it so. Depending on
    the finding: ``reason``; ``lacking``, by which the precondition fails to its mind; ``plan``,
    what it could begin with the act, and ``after``, what that would come to; ``other``, whose part
    in ``plan[place]`` is in doubt, and what they are taken to make of it; ``kept``, the acts of the
    plan that do as well alone; ``most``, what beginning with the act comes to at most, and
    ``otherwise``, what anything does.
    """

    character: str
    finding: Finding
    before: float | None
    values: tuple[FluentValue, ...] = ()
    reason: Reason | None = None
    lacking: tuple[FluentValue, ...] = ()
    plan: tuple[str, ...] = ()
    after: float | None = None
    place: int | None = None
    other: Account | None = None
    kept: tuple[str, ...] = ()
    most: float | None = None
    otherwise: float | None = None


class WhyNot(Struct, frozen=True):
    """``lacking``: the facts by which the act's precondition fails in the world, none where it is
    possible; ``accounts``: what each character makes of it whose consent it takes."""

    act: str
    after: tuple[str, ...]
    lacking: tuple[FluentValue, ...]
    accounts: tuple[Account, ...]
    limits: Limits

    @property
    def nothing_against(self) -> bool:
        """It could happen: a story may have it, if it is of any use there."""
        return not self.lacking and all(one.finding == "willing" for one in self.accounts)

    @property
    def is_settled(self) -> bool:
        return all(one.finding not in ("unreasoned", "unsettled") for one in self.accounts)

    def __str__(self) -> str:
        return words(self)


def why_not(
    ground: GroundWorld,
    act: str,
    after: tuple[str, ...] = (),
    limits: Limits = NO_LIMITS,
    *,
    seconds: float | None = None,
) -> WhyNot:
    """Why ``act`` does not happen after these acts, done from the beginning for whatever reasons.

    ``limits.author`` does not matter. ``seconds`` bounds the effort. Raises DiagnosticError for
    acts that do not exist, or of ``after``, that are not possible; EngineError if the world
    contradicts itself on the way.
    """
    event = one_act(ground, act, "act")
    state = ground.initial
    done: list[str] = []
    for number, text in enumerate(after, start=1):
        step = one_act(ground, text, f"act {number} before it")
        missing = lacking(state, step)
        if missing:
            raise DiagnosticError([_impossible(text, step, number, missing)])
        state = state.after(step)
        done.append(str(step))
    milliseconds = None if seconds is None else max(0, round(seconds * 1000))
    begun = time.monotonic()
    raw = ground.raw.why_not(
        state.number,
        event.number,
        counted(limits.character),
        counted(limits.epistemic),
        milliseconds,
    )
    spent = 1000 * (time.monotonic() - begun)
    is_late = milliseconds is not None and spent >= milliseconds
    accounts = tuple(
        _account(state.mind(ground.characters[one.character]), event, one, is_late=is_late)
        for one in raw
    )
    return WhyNot(str(event), tuple(done), lacking(state, event), accounts, limits)


def one_act(ground: GroundWorld, text: str, name: str) -> GroundEvent:
    """The act of that text. Raises DiagnosticError, which calls the text ``name``, where there is
    none, or where several fit."""
    if ground.has_action(text):
        return ground.action(text)
    fits = matching(ground, text, name)
    if isinstance(fits, Diagnostic):
        raise DiagnosticError([fits])
    span = Span(Source(name, text), 0, len(text))
    known = [str(event) for event in fits]
    raise DiagnosticError([problem("not-one-act", span, text=text, known=known)])


def _impossible(
    text: str, step: GroundEvent, number: int, missing: tuple[FluentValue, ...]
) -> Diagnostic:
    span = Span(Source(f"act {number} before it", text), 0, len(text))
    because = " and ".join(f"`{fact}`" for fact in missing)
    return problem("impossible-act", span, act=str(step), because=because, whose_world="the world")


def _account(
    mind: Mind, event: GroundEvent, raw: raw_types.Account, *, is_late: bool = False
) -> Account:
    """``mind``: the state that the account is about, as whoever imagines whom imagines it.

    Whether there is a reason is asked first; so what is unsettled though time was left lacks one.
    Others are asked about only where it was found that they lack one.
    """
    ground = mind.ground
    owner = mind.whose[-1]
    acts = [ground.events[act] for act in raw.acts]
    other = None
    if raw.account is not None:
        assert raw.place is not None
        imagined = mind.along(acts[: raw.place])[-1]
        theirs = imagined.mind(ground.characters[raw.account.character])
        theirs = Mind(ground, theirs.number, (*mind.whose, theirs.whose[-1]))
        other = _account(theirs, acts[raw.place], raw.account)
    return Account(
        character=owner,
        finding="unreasoned" if raw.finding == "unsettled" and not is_late else raw.finding,
        before=raw.before,
        values=_values(mind, owner),
        reason=None if raw.reason is None else named_reason(mind, event, raw.reason),
        lacking=lacking(mind, event) if raw.finding == "impossible" else (),
        plan=tuple(map(str, acts)),
        after=raw.after,
        place=raw.place,
        other=other,
        kept=tuple(str(acts[place]) for place in raw.kept),
        most=raw.most,
        otherwise=raw.otherwise,
    )


def _values(mind: Mind, owner: str) -> tuple[FluentValue, ...]:
    for utility in mind.ground.world.utilities:
        if utility.character == owner:
            return read(mind, utility.expression)
    return ()


# Words

FEW = 4
"""More facts than these explain nothing."""


def words(why: WhyNot) -> str:
    """For people: the act and, under it, what stands in its way, as a tree."""
    when = "at the beginning"
    if why.after:
        number = len(why.after)
        when = f"after {why.after[-1]}" + (f", act {number}" if number > 1 else "")
    branches: list[Branch] = []
    if why.lacking:
        branches.append((f"it is not possible while {_facts(why.lacking)}", ()))
    branches.extend(_branch(why, why.act, one, why.lacking) for one in why.accounts)
    if why.nothing_against:
        whoever = "and whoever takes part has a reason" if why.accounts else "and needs no reasons"
        branches.append((f"nothing stands in its way: it is possible, {whoever}", ()))
    return f"{why.act}, {when}\n" + "".join(f"{line}\n" for line in hang("", branches))


def _branch(
    why: WhyNot,
    act: str,
    account: Account,
    known: tuple[FluentValue, ...] = (),
    *,
    level: int = 0,
    before: int = 0,
) -> Branch:
    """``known``: why the act is not possible, if that is said already. ``level``: how deep in
    others' minds this is; ``before``: how many acts ahead."""
    who, plan = account.character, ", ".join(account.plan)
    gain = f"{worth_text(account.before)} to {worth_text(account.after)}"
    match account.finding:
        case "willing":
            assert account.reason is not None
            line = headline(act, account.reason)
            return line, [(s.act, reason_branches(s)) for s in account.reason.rest]
        case "impossible":
            facts = _facts(account.lacking)
            same = account.lacking == known
            line = (
                f"{who} knows that it is not"
                if same
                else f"{who} does not believe it possible: {facts}"
            )
        case "unknown":
            line = f"{who} does not know what it is worth{_worth_by(account)}"
        case "too-far":
            reach = _reach(why.limits, level, before + len(account.plan))
            line = f"{who} would gain by {plan} ({gain}), but {reach}"
        case "needless":
            alone = ", ".join(account.kept)
            line = f"{who} does not need it: by {plan} ({gain}) {who} gains no more than by {alone}"
        case "no-gain":
            line = f"{who} gains nothing by it: {_no_gain(account)}"
        case "unreasoned" if level > 1:
            line = f"{who} has no reason for it"  # nobody is asked further than that
        case "unreasoned":
            line = f"{who} has no reason for it; what one would lack is {_too_much(why.limits)}"
        case "unsettled":
            line = f"whether {who} has a reason was not settled in time"
        case "others":
            assert account.other is not None
            assert account.place is not None
            other, theirs = account.other.character, account.plan[account.place]
            line = f"{who} would gain by {plan} ({gain}), if {other} took part in {theirs}"
            place = before + account.place
            text, under = _branch(why, theirs, account.other, level=level + 1, before=place)
            return line, [(f"but, as {who} sees it, {text}", under)]
    return line, ()


def _no_gain(account: Account) -> str:
    assert account.most is not None
    assert account.before is not None
    assert account.otherwise is not None
    words = f"from {worth_text(account.before)}{_worth_by(account)} it leads to"
    words += f" {worth_text(account.most)} at most"
    if account.otherwise > max(account.most, account.before):
        words += f", something else to {worth_text(account.otherwise)}"
    return words


def _worth_by(account: Account) -> str:
    return f" ({_facts(account.values)})" if 0 < len(account.values) <= FEW else ""


def _reach(limits: Limits, level: int, ahead: int) -> str:
    if limits.epistemic is not None and limits.epistemic <= level:
        what = "into minds beyond the act at hand" if level == 0 else "deeper into minds"
        return f"nobody looks {what} (epistemic limit {limits.epistemic})"
    limit = limits.character
    return (
        f"that is {ahead} acts ahead, and nobody looks more than {limit} (character limit {limit})"
    )


def _too_much(limits: Limits) -> str:
    limit = limits.character
    if limit is None:
        return (
            "too much to go through, as nobody's looking ahead has a limit (set a character limit)"
        )
    return f"too much to go through, {limit} acts ahead (set a lower character limit)"


def _facts(facts: tuple[FluentValue, ...]) -> str:
    return " and ".join(f"`{fact}`" for fact in facts)
