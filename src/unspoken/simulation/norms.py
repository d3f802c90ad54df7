"""Which norms a deed breaks, as somebody sees it who would have to keep them.

Receives a view and an act; hands on breaches. Everything is judged in the judge's own believed
world: what the act does there, and who perceives it there. The same judgement serves for one's own
options (what it would be) and for others' deeds (what it was, by *my* norms).

``lie``: the act has an effect on somebody's beliefs, and what it makes them believe is not what
the actor believes. ``harm``: as the actor believes, it leaves somebody else's wishes worse off; it
counts by how much. ``lose_face``: somebody comes to believe what the norm says they must not, or to
think it likelier; it counts by how much. The rest is what authors say it is (``acts``).
"""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from unspoken.engine import GroundEvent, NamedValue, State, fluent_text, term_text
from unspoken.language.printer import expression_text
from unspoken.model import (
    Action,
    And,
    Assign,
    Believes,
    Comparison,
    Expression,
    Fluent,
    If,
    Not,
    Quantifier,
    Quantity,
    Storyworld,
    Term,
)
from unspoken.model.substitute import fillings, substitute
from unspoken.simulation.fading import SLIGHT
from unspoken.simulation.motives import Assertion, GroundNorm, Motives
from unspoken.simulation.uses import means
from unspoken.simulation.view import View

ANYONE = "anyone"


class Breach(Struct, frozen=True):
    """That a deed breaks a norm: ``audience`` (0 to 1), how much it counts by who perceives it;
    ``gravity`` (0 to 1), by what it does; ``seen_by``, before whom, by name."""

    norm: GroundNorm
    audience: float
    gravity: float
    seen_by: tuple[str, ...]

    @property
    def weight(self) -> float:
        """What it costs one of middling daring; 1 for an absolute norm."""
        weight = 1.0 if self.norm.weight is None else self.norm.weight
        return weight * self.audience * self.gravity


def breaches(view: View, act: GroundEvent) -> tuple[Breach, ...]:
    """The norms of its own that somebody would break by an act."""
    judged = (breach(norm, view.who, view, act) for norm in view.norms)
    return tuple(one for one in judged if one is not None)


def blamed(view: View, act: GroundEvent, actor: str) -> tuple[Breach, ...]:
    """Those of the view's own norms that somebody else breaks by an act: what the actor would have
    to keep if it were its norm. The view is the one before the act."""
    judged = []
    for norm in view.norms:
        kept = view.motives.norm_for(norm, actor)
        judged.append(None if kept is None else breach(kept, actor, view, act))
    return tuple(one for one in judged if one is not None)


def breach(norm: GroundNorm, actor: str, view: View, act: GroundEvent) -> Breach | None:
    """Whether ``actor`` breaks a norm by an act, as the view's owner judges it."""
    before = view.believed if actor == view.who else view.believed.mind(actor)
    named = any(means(use, act) for use in norm.acts)
    if norm.shows is not None and not named:
        learnt = _learn(norm, actor, view.motives, before, before.after(act))
        seen_by, gravity = tuple(learnt), max(learnt.values(), default=0.0)
    else:
        gravity = 1.0 if named else _gravity(norm, actor, view.motives, before, act)
        if gravity <= 0:
            return None
        others = (other for other in view.motives.characters if other != actor)
        seen_by = tuple(other for other in others if before.observes(act, other))
    audience = _audience(norm, seen_by)
    return Breach(norm, audience, gravity, seen_by) if audience > 0 else None


def _audience(norm: GroundNorm, seen_by: tuple[str, ...]) -> float:
    if norm.before is None and norm.shows is None:
        return 1.0
    if norm.before in (None, ANYONE):
        return 1.0 - 0.5 ** len(seen_by)
    return 1.0 if norm.before in seen_by else 0.0


def _gravity(
    norm: GroundNorm, actor: str, motives: Motives, before: State, act: GroundEvent
) -> float:
    if norm.against == "lie":
        return 1.0 if lies(motives, actor, before, act) else 0.0
    if norm.against == "harm":
        return min(1.0, fsum(harms(motives, actor, before, act).values()))
    return 0.0


def harms(motives: Motives, actor: str, before: State, act: GroundEvent) -> dict[str, float]:
    """Whose wishes an act leaves worse off, and by how much, as far as its actor knows: the wishes
    are held against the facts, so that a theft harms before it is noticed."""
    after = before.after(act)
    found = {}
    for other in motives.characters:
        if other != actor:
            was, would_be = motives.standings(other, before), motives.standings(other, after)
            lost = fsum(one.worth for one in was) - fsum(one.worth for one in would_be)
            if lost > SLIGHT:
                found[other] = lost
    return found


class Untruth(NamedTuple):
    """Something that a liar makes somebody (``hearer``) believe: as text; about what; and what."""

    text: str
    hearer: str
    minds: tuple[str, ...]
    fluent: str
    value: NamedValue


def lies(motives: Motives, actor: str, before: State, act: GroundEvent) -> tuple[Untruth, ...]:
    """What an act tells others that its actor, in whose believed world it is done, believes
    otherwise: beliefs that its effect puts into their minds, by text. Saying what one does not
    know is no lie."""
    told = motives.tellings.get(act.number, lambda: tuple(_tellings(motives, act)))
    if not told:
        return ()
    after = before.after(act)
    found = set()
    for one in told:
        if one.hearer == actor or (one.guard is not None and not one.guard.of(before)):
            continue
        own, theirs = one.own.of(after), one.theirs.of(after)
        if own is not None and theirs is not None and own != theirs:
            found.add(Untruth(one.text, one.hearer, one.minds, one.fluent, theirs))
    return tuple(sorted(found, key=lambda one: one.text))


def _tellings(motives: Motives, act: GroundEvent) -> Iterator[Assertion]:
    """What the effect of an act puts into minds, each to be asked of states."""
    if not isinstance(act.schema, Action) or act.schema.effect is None:
        return
    world = motives.ground.world
    for guard, fluent in _told(world, substitute(act.schema.effect, act.terms)):
        if not world.inner.declares(fluent.property.name):
            yield Assertion(
                expression_text(fluent),
                term_text(fluent.minds[0]),
                tuple(map(term_text, fluent.minds[1:])),
                fluent_text(fluent),
                None if guard is None else motives.question(guard),
                motives.question(replace(fluent, minds=fluent.minds[1:])),
                motives.question(fluent),
            )


def _told(
    world: Storyworld,
    effect: Expression,
    guard: Expression | None = None,
    minds: tuple[Term, ...] = (),
) -> Iterator[tuple[Expression | None, Fluent]]:
    """The beliefs that an effect assigns, each with the condition under which it does."""
    match effect:
        case Fluent():
            whose = (*minds, *effect.minds)
            if whose:
                yield guard, replace(effect, minds=whose)
        case Not(inner) | Assign(inner, _) | Comparison(_, inner, _):
            yield from _told(world, inner, guard, minds)
        case And(parts):
            for part in parts:
                yield from _told(world, part, guard, minds)
        case Believes(character, inner):
            yield from _told(world, inner, guard, (*minds, character))
        case Quantifier(Quantity.FORALL, variable, body):
            for filling in fillings(world, (variable,)):
                yield from _told(world, substitute(body, filling.terms), guard, minds)
        case If(branches, otherwise):
            earlier = [] if guard is None else [guard]
            for condition, branch in branches:
                for mind in reversed(minds):
                    condition = Believes(mind, condition)
                yield from _told(world, branch, And((*earlier, condition)), minds)
                earlier.append(Not(condition))
            if otherwise is not None:
                yield from _told(world, otherwise, And(tuple(earlier)), minds)


def _learn(
    norm: GroundNorm, actor: str, motives: Motives, before: State, after: State
) -> dict[str, float]:
    """Who comes to believe what the norm says they must not, and by how much surer they are."""
    if norm.before in (None, ANYONE):
        others = [other for other in motives.characters if other != actor]
    else:
        others = [other for other in motives.characters if other == norm.before]
    found = {}
    for other in others:
        was, will_be = before.mind(other), after.mind(other)
        if was != will_be:
            surer = norm.shown(other, will_be) - norm.shown(other, was)
            if surer > SLIGHT:
                found[other] = surer
    return found
