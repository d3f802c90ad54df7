"""What concerns a mind, read off its view: the numbers that appraisal works on.

Receives one mind's views before and after an event; hands on ``Concerns`` and ``Deed``s, and with
them what is felt. This is the only place where appraisal meets a world, and that world is a view:
what somebody believes, and believes of what others believe. What others think of one, and how
one's deed looks by a norm, is what *this* mind thinks of it, right or wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import fsum

from msgspec import Struct

from unspoken.chronicle.events import EventNumber, MotiveKind, Weighed
from unspoken.engine import GroundEvent, Question, State, call_text, fluent_text, term_text, text_of
from unspoken.model import (
    And,
    Believes,
    Comparator,
    Comparison,
    Expression,
    Fluent,
    Literal,
    Not,
    Or,
    Quantifier,
    Storyworld,
)
from unspoken.model.substitute import fillings, substitute
from unspoken.simulation.appraisal import Appraised, Concern, Concerns, Setback, appraise
from unspoken.simulation.content import fluent_named, value_at
from unspoken.simulation.fading import SLIGHT
from unspoken.simulation.feelings import Basis, Feelings
from unspoken.simulation.memo import Memo
from unspoken.simulation.motives import GroundDrive, GroundHunch, GroundWish, Motives
from unspoken.simulation.norms import ANYONE, Breach, blamed, breaches, lies
from unspoken.simulation.reading import fluents_of, surely, surely_not
from unspoken.simulation.rows import Deed
from unspoken.simulation.view import MOST_SUPPOSED, View

LIE = "lie"
"""The kind of basis that is an own lie: (LIE, untruth...), of which each is (within whose minds...,
about what, what was said)."""


class _Shown(Struct, frozen=True):
    """What a norm of face says must not be believed, to be asked of the mind that must not."""

    reads: frozenset[str]
    so: Question
    not_so: Question

    def likely(self, mind: View) -> float:
        """How likely it is to a mind, over the worlds that it takes to be possible."""
        read = [one for one in mind.unsure() if one.of in self.reads or one.text in self.reads]
        return fsum(
            supposed.likelihood * self._held(supposed.view.believed)
            for supposed in mind.suppose(read[:MOST_SUPPOSED])
        )

    def _held(self, state: State) -> float:
        if self.so.of(state):
            return 1.0
        return 0.0 if self.not_so.of(state) else 0.5


class _Heart(Struct, frozen=True):
    """That somebody (``whose``) feels something for somebody (``toward``), and by which names a
    wish can ask for it."""

    kind: str
    whose: str
    toward: str
    names: frozenset[str]
    read: GroundHunch | GroundDrive

    def likely(self, view: View) -> float:
        if isinstance(self.read, GroundHunch):
            return view.probability(self.read)
        level = self.read.level.of(view.believed)
        high = self.read.high
        return max(0.0, min(1.0, level / high)) if isinstance(level, float) and high > 0 else 0.0


class Stakes:
    """What is at stake for the characters of a world; made once for all of them."""

    def __init__(self, motives: Motives) -> None:
        self.motives = motives
        world = motives.ground.world
        self._known: Memo[tuple[int, str], Concerns] = Memo()
        self._named = {who: tuple(named(motives.wishes(who))) for who in motives.characters}
        self._shown = dict(self._faces(world))
        self._hearts = tuple(self._affections(world))
        self._rivals = {who: tuple(self._rivalries(world, who)) for who in motives.characters}

    def of(self, view: View) -> Concerns:
        """What concerns a mind, as it has it."""
        key = (view.believed.number, view.who)
        return self._known.get(key, lambda: self._worked_out(view))

    def _worked_out(self, view: View) -> Concerns:
        own = zip(self._named[view.who], view.standings, strict=True)
        wishes = {
            text: Concern(
                standing.strength,
                view.expected(wish),
                wish.kind == "utility",
                self._about(wish, view.who),
            )
            for (text, wish), standing in own
            if standing.strength
        }
        fortunes, harms = {}, {}
        for other in view.others():
            theirs = self.motives.standings(other, view.believed.mind(other))
            facts = self.motives.standings(other, view.believed)
            for (text, wish), held, fact in zip(self._named[other], theirs, facts, strict=True):
                if held.strength:
                    amount = wish.kind == "utility"
                    fortunes[other, text] = Concern(held.strength, held.satisfied, amount)
                    harms[other, text] = Concern(held.strength, fact.satisfied, amount)
        return Concerns(
            who=view.who,
            wishes=wishes,
            fortunes=fortunes,
            harms=harms,
            eyes=dict(self._eyes(view)),
            rivals=dict(self._rivalled(view)),
            liking={other: liking for other in view.others() if (liking := view.liking(other))},
            present=view.near(),
        )

    def appraise(
        self,
        before: View,
        after: View,
        standing: Feelings,
        cause: EventNumber,
        round: int,
        act: GroundEvent | None = None,
    ) -> Appraised:
        """What somebody feels after an event. ``act``: what was done, if it was an act and this
        mind perceived it; who did it is its first consenting character."""
        doer = act.consenting[0] if act is not None and act.consenting else None
        return appraise(
            self.of(before),
            self.of(after),
            standing,
            cause,
            round,
            doer=doer,
            deeds=() if act is None else self.deeds(before, act),
            vindicated=self._vindicated(after, standing),
        )

    def _vindicated(self, view: View, standing: Feelings) -> Iterator[Basis]:
        """Of the lies that somebody's feelings rest on, those of which all is true after all, as
        the liar now believes."""
        simple = (each for one in standing.kept for each in one.simple)
        for basis in dict.fromkeys(one.basis for one in simple if one.basis[:1] == (LIE,)):
            if all(self._is_so(view, *untruth) for untruth in basis[1:]):
                yield basis

    def _is_so(self, view: View, *untruth: str) -> bool:
        *minds, name, said = untruth
        fluent = fluent_named(self.motives.ground, name)
        return fluent is not None and text_of(value_at(view.believed, minds, fluent)) == said

    def thwarted(
        self,
        view: View,
        standing: Feelings,
        chosen: Weighed,
        cause: EventNumber,
        round: int,
        toward: str | None = None,
    ) -> Appraised:
        """What somebody feels whose act came to nothing: it reckoned on what spoke for it."""
        texts: dict[tuple[MotiveKind, str], str] = {
            (wish.kind, wish.text): text for text, wish in self._named[view.who]
        }
        hoped: dict[str, list[float]] = {}
        for motive in chosen.pulls:
            text = texts.get((motive.kind, motive.name))
            if text is not None:
                hoped.setdefault(text, []).append(motive.amount)
        setbacks = [
            Setback(text, min(1.0, fsum(amounts)), toward) for text, amounts in hoped.items()
        ]
        now = self.of(view)
        return appraise(now, now, standing, cause, round, thwarted=setbacks)

    def deeds(self, before: View, act: GroundEvent) -> tuple[Deed, ...]:
        """What an act is by a mind's norms, judged by how things were to it before.

        Blameworthy: it breaks one. Praiseworthy: it breaks none, and leaves somebody else better
        off, as its doer believes, by one who holds a norm against harm: that norm's other side.
        What a norm of face says must not come out is no deed (``Eyes``).
        """
        if not act.consenting:
            return ()
        doer = act.consenting[0]
        own = doer == before.who
        broken = breaches(before, act) if own else blamed(before, act, doer)
        wronged = [one for one in broken if one.norm.text not in self._shown]
        brought = self._brought(before, act, doer)
        if wronged:
            return tuple(self._blame(one, before, act, doer, brought) for one in wronged)
        return () if broken else tuple(self._praise(before, doer, brought))

    def _brought(self, before: View, act: GroundEvent, doer: str) -> dict[tuple[str, str], float]:
        """What an act brings to others' wishes than its doer's, in the world as the doer believes
        it to be, as this mind believes."""
        was = before.believed if doer == before.who else before.believed.mind(doer)
        now = was.after(act)
        gains = {}
        for other in self.motives.characters:
            if other != doer:
                stood, stands = (self.motives.standings(other, state) for state in (was, now))
                for (text, _), one, two in zip(self._named[other], stood, stands, strict=True):
                    gains[other, text] = two.worth - one.worth
        return {key: gain for key, gain in gains.items() if abs(gain) > SLIGHT}

    def _blame(
        self,
        broken: Breach,
        before: View,
        act: GroundEvent,
        doer: str,
        brought: Mapping[tuple[str, str], float],
    ) -> Deed:
        people = set(self.motives.characters) - {doer}
        concerned = [name for name in act.arguments if isinstance(name, str) and name in people]
        basis: Basis = ()
        toward = concerned[0] if concerned else None
        losses = {key: gain for key, gain in brought.items() if gain < 0}
        if broken.norm.against == "harm" and losses:
            key = min(losses, key=lambda key: (losses[key], key))
            basis, toward = _basis(before.who, key), key[0]
            concerned += [other for other, _ in losses]
        if broken.norm.against == "lie":
            told = before.believed if doer == before.who else before.believed.mind(doer)
            untruths = lies(self.motives, doer, told, act)
            concerned += [one.hearer for one in untruths]
            toward = concerned[0] if concerned else None
            if untruths and doer == before.who:
                said = ((*one.minds, one.fluent, text_of(one.value)) for one in untruths)
                basis = (LIE, *said)
        return Deed(
            doer=doer,
            norm=broken.norm.text,
            weight=-min(1.0, broken.weight),
            face=broken.norm.against == "lose_face",
            onlookers=bool(set(broken.seen_by).difference(concerned)),
            toward=toward,
            basis=basis,
            most=1.0 if broken.norm.weight is None else abs(broken.norm.weight),
        )

    def _praise(
        self, before: View, doer: str, brought: Mapping[tuple[str, str], float]
    ) -> Iterator[Deed]:
        gains = {key: gain for key, gain in brought.items() if gain > 0}
        if not gains or fsum(brought.values()) <= SLIGHT:
            return
        key = max(gains, key=lambda key: (gains[key], key))
        for norm in before.norms:
            if norm.against == "harm" and self.motives.norm_for(norm, doer) is not None:
                weight = 1.0 if norm.weight is None else abs(norm.weight)
                yield Deed(
                    doer=doer,
                    norm=norm.text,
                    weight=weight * min(1.0, fsum(brought.values())),
                    toward=key[0],
                    basis=_basis(before.who, key),
                    most=weight,
                )

    def _about(self, wish: GroundWish, who: str) -> str | None:
        """The one other character that a wish mentions."""
        others = [name for name in self.motives.characters if name in wish.mentions - {who}]
        return others[0] if len(others) == 1 else None

    def _eyes(self, view: View) -> Iterator[tuple[tuple[str, str], Concern]]:
        for norm in view.norms:
            shown = self._shown.get(norm.text)
            if shown is None:
                continue
            anyone = norm.before in (None, ANYONE)
            for other in view.others() if anyone else (norm.before or "",):
                if other in self.motives.characters and other != view.who:
                    weight = 1.0 if norm.weight is None else norm.weight
                    yield (norm.text, other), Concern(weight, shown.likely(view.of_mind(other)))

    def _rivalled(self, view: View) -> Iterator[tuple[tuple[str, str, str], Concern]]:
        for wish, text, heart, sign in self._rivals[view.who]:
            if (weight := sign * view.strength(wish)) > 0:
                key = (text, heart.whose, heart.toward)
                yield key, Concern(weight, heart.likely(view))

    def _faces(self, world: Storyworld) -> Iterator[tuple[str, _Shown]]:
        for norm in world.inner.norms:
            if norm.against != "lose_face" or norm.shows is None:
                continue
            for filling in fillings(world, norm.parameters):
                shows = substitute(norm.shows, filling.terms)
                text = call_text(norm.name, tuple(map(term_text, filling.arguments)))
                yield (
                    text,
                    _Shown(
                        frozenset(map(fluent_text, fluents_of(world, shows))),
                        self.motives.question(surely(shows)),
                        self.motives.question(surely_not(shows)),
                    ),
                )

    def _affections(self, world: Storyworld) -> Iterator[_Heart]:
        """What a character can feel for another: what a hunch is about that is a matter of the
        heart, and drives of the role ``liking``."""
        people = set(self.motives.characters)
        hunches = {one.text: one for one in self.motives.hunches}
        for hunch in world.inner.hunches:
            for filling in fillings(world, hunch.property.parameters):
                of = substitute(hunch.of, filling.terms)
                names = tuple(map(term_text, of.arguments))
                if len(names) == 2 and names[0] != names[1] and people.issuperset(names):
                    odds = fluent_text(Fluent(hunch.property, filling.arguments))
                    asked = frozenset({fluent_text(of), odds})
                    yield _Heart(of.property.name, *names, asked, hunches[odds])
        for drive in self.motives.drives:
            if drive.role == "liking" and drive.whom is not None and drive.whom != drive.who:
                name = drive.text.partition("(")[0]
                yield _Heart(name, drive.who, drive.whom, frozenset({drive.text}), drive)

    def _rivalries(
        self, world: Storyworld, who: str
    ) -> Iterator[tuple[GroundWish, str, _Heart, int]]:
        """Who else could have what somebody wishes for: for each wish that asks for another's
        affection, the same affection for a third; with 1 or -1, as the wish is for or against."""
        for text, wish in self._named[who]:
            for heart in self._hearts:
                if heart.toward != who:
                    continue
                sign = _asks(world, wish.wants, heart.names, who)
                for other in self._hearts if sign else ():
                    same = (other.kind, other.whose) == (heart.kind, heart.whose)
                    if same and other.toward != who:
                        yield wish, text, other, sign


def named(wishes: tuple[GroundWish, ...]) -> Iterator[tuple[str, GroundWish]]:
    """Wishes with the texts they are known by: a term of a utility that reads like a wish says
    that it is one."""
    taken = {wish.text for wish in wishes if wish.kind == "wish"}
    for wish in wishes:
        clash = wish.kind == "utility" and wish.text in taken
        yield (f"{wish.text} (utility)" if clash else wish.text), wish


def _basis(who: str, key: tuple[str, str]) -> Basis:
    """The belief that somebody's wish was thwarted or furthered: one's own, or another's."""
    other, text = key
    return ("wish", text) if other == who else ("harm", other, text)


_UPWARD = {Comparator.GT: 1, Comparator.GE: 1, Comparator.LT: -1, Comparator.LE: -1}


def _asks(world: Storyworld, wants: Expression, names: frozenset[str], who: str) -> int:
    """Does a condition ask for one of these fluents in the mind of its owner (1), for its opposite
    (-1), or for neither (0)? Of several mentions the first decides."""
    match wants:
        case Fluent():
            own = all(term_text(mind) == who for mind in wants.minds)
            return 1 if own and fluent_text(wants) in names else 0
        case Not(inner):
            return -_asks(world, inner, names, who)
        case Believes(character, inner):
            return _asks(world, inner, names, who) if term_text(character) == who else 0
        case And(parts) | Or(parts):
            return next((sign for part in parts if (sign := _asks(world, part, names, who))), 0)
        case Quantifier(_, variable, body):
            bodies = (substitute(body, one.terms) for one in fillings(world, (variable,)))
            return next((sign for part in bodies if (sign := _asks(world, part, names, who))), 0)
        case Comparison(Comparator.EQ | Comparator.NE, left, Literal(bool() as value)):
            equal = wants.comparator is Comparator.EQ
            return _asks(world, left, names, who) * (1 if equal == value else -1)
        case Comparison(comparator, left, Literal()):
            return _asks(world, left, names, who) * _UPWARD.get(comparator, 0)
        case _:
            return 0
