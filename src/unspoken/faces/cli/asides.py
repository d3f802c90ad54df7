"""What a player asks aside, in the words of the mind that is played: ``w``, what speaks for an act
and against it; ``m NAME``, what it makes of another.

Receives what that mind has weighed or holds; hands on lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from unspoken.chronicle import Decision, Motive, Value, Weighed
    from unspoken.simulation.impression import Held, Impression
    from unspoken.simulation.motives import Motives
    from unspoken.simulation.view import View
    from unspoken.telling.plainly import Plainly


class OwnReasons:
    """Words for what ``who`` weighs."""

    def __init__(self, motives: Motives, who: str, plainly: Plainly) -> None:
        from unspoken.reasons import clauses

        self._ground = ground = motives.ground
        self._terms = clauses(motives, who, plainly)
        self._who = who
        self._plainly = plainly
        self._fluents = {str(fluent): fluent for fluent in ground.fluents}

    def of_decision(self, decision: Decision) -> Iterator[str]:
        """What one would do by oneself, and why; and what one would rather do."""
        chosen, wished, other = decision.chosen, decision.wished, decision.runner_up
        yield f"I would {self.deed(chosen.act)}."
        if chosen.act:
            yield from self.of_option(chosen)
        elif wished is None:
            yield "  Nothing that I could do draws me."
        if decision.torn:
            norms = " and ".join(_short(norm, self._who) for norm in decision.torn)
            yield f"  Whatever I did, {norms} would be broken."
        if wished is not None:
            yield f"I would rather {self.deed(wished.act)}, and do not dare."
            yield from self.of_option(wished)
        if other is not None and (wished is None or other.act != wished.act):
            near = "It is a near thing; else" if decision.hesitated else "Else"
            yield f"{near} I would {self.deed(other.act)}."

    def of_option(self, weighed: Weighed) -> Iterator[str]:
        """What speaks for an act and against it."""
        for motive in weighed.pulls:
            yield f"  for it: {self._motive(motive)}"
        for motive in weighed.restraints:
            yield f"  against it: {self._motive(motive)}"
        for norm in weighed.forbidden:
            yield f"  against it, whatever speaks for it: {_short(norm, self._who)}"
        if not (weighed.pulls or weighed.restraints or weighed.forbidden):
            yield "  Nothing that I wish would come of it, and nothing that I fear."

    def deed(self, act: str) -> str:
        """An act of one's own, or to wait."""
        return self.clause(act) if act else "wait"

    def clause(self, act: str, doer: str | None = None) -> str:
        event = self._ground.action(act)
        return self._plainly.act(event.name, event.arguments, doer)

    def _motive(self, motive: Motive) -> str:
        from unspoken.simulation.explain import in_words

        term = self._terms.get(motive.name) if motive.kind == "utility" else None
        name = f"`{_short(motive.name, self._who)}`" if term is None else f"that {term}"
        supposing = tuple(self._condition(one) for one in motive.supposing)
        kind = motive.kind if term is None else "wish"
        said = in_words(replace(motive, kind=kind, name=name, supposing=supposing, then=()))
        if not motive.then:
            return said
        return f"{said}; then {', and then '.join(map(self._foreseen, motive.then))}"

    def _foreseen(self, act: str) -> str:
        event = self._ground.action(act)
        return self._plainly.would(event.name, event.arguments, event.consenting[0])

    def _condition(self, text: str) -> str:
        from unspoken.chronicle.events import Fact

        fluent = self._fluents.get(text.removeprefix("!"))
        if fluent is None:
            return text
        fact = Fact(fluent.name, fluent.arguments)
        return self._plainly.said(fact, not text.startswith("!"))


MOST = 12
"""Facts shown, unless more is asked for."""
WISHES = 4
"""Wishes shown, unless more is asked for: the strongest."""

_SURE = (
    (1.0, "[be] sure that"),
    (0.8, "[be] nearly sure that"),
    (0.6, "[think] that"),
    (0.4, "[can not] tell whether"),
    (0.2, "hardly [think] that"),
    (0.0, "[can] hardly believe that"),
)


def sentences(
    found: Impression, plainly: Plainly, named: Mapping[str, str], *, more: bool = False
) -> Iterator[str]:
    """At most a dozen, and how many are left out; with ``more`` all. ``named``: clauses for what
    the other wishes without a name for it."""
    told = list(dict.fromkeys(_sentence(one, found, plainly) for one in found.held))
    yield from told if more else told[:MOST]
    open_ones = [one for one in found.wanted if one.is_so == one.against]
    for verb, is_dread in (("wishes", False), ("would be rid of", True)):
        wishes = [
            f"that {named[one.name]}" if one.name in named else f"`{_short(one.name, found.of)}`"
            for one in open_ones
            if (one.against and one.name not in named) == is_dread
        ]
        if wishes:
            some = wishes if more else wishes[:WISHES]
            yield f"{plainly.name(found.of)} {verb}: {', '.join(some)}."
    if not more and len(told) > MOST:
        yield f"({len(told) - MOST} more: m {found.of} more)"


def whereabouts(view: View, plainly: Plainly) -> Iterator[str]:
    """Where everybody is, as far as one knows."""
    from unspoken.chronicle.events import Fact
    from unspoken.telling.lexicon import WHEREABOUTS

    for who in (view.who, *view.others()):
        for fluent, value in view.believed.values():
            is_place = fluent.name.lower() in WHEREABOUTS
            if is_place and fluent.arguments == (who,) and isinstance(value, str):
                text = plainly.fact(Fact(fluent.name, fluent.arguments), value)
                if text is not None:
                    yield f"{text}."


def _sentence(held: Held, found: Impression, plainly: Plainly) -> str:
    from unspoken.chronicle.events import Fact

    fact = Fact(held.fluent.name, held.fluent.arguments)
    holder = found.of if held.theirs else found.whose

    def said(how: str, value: Value) -> str:
        return f"{plainly.held(holder, how, fact, value)}."

    if held.likelihood is not None:
        chance = held.likelihood or 1.0
        how = next(how for least, how in _SURE if chance >= least)
        return said(how, held.likelihood > 0)
    if not held.theirs:
        return f"{plainly.said(fact, held.value)}."
    if held.value is None or held.value is False:
        return said("[do not] know that", held.own)
    return said("[believe] that", held.value)


def _short(wish: str, owner: str) -> str:
    """A wish's name, without whose it is."""
    name, _, rest = wish.partition("(")
    others = [one for one in rest.rstrip(")").split(", ") if one and one != owner]
    return f"{name} ({', '.join(others)})" if others else name
