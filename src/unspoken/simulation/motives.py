"""What moves everybody: the ground wishes, norms, hunches, drives and temperaments of a world.

Receives a grounded world; hands on, for each character, what an author's sections say of it, with
every variable filled in and every question numbered once. Everything is found by text, so that
the order of declarations decides nothing. Says what moves whom; what comes of it is not known here.

A declared utility joins in, term by term: each addend is a wish of the kind ``utility``. An author
may count in any units, wishes are counted from -1 to 1: so all terms of one utility are divided by
the greatest span that one of them can have (from its least to its greatest value; for a number
property the greatest number that the world's text ever gives it), unless that is below 1. What one
term is worth against another stays as it was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, TypeGuard

from msgspec import Struct

from unspoken.chronicle.events import MotiveKind
from unspoken.engine import (
    GroundWorld,
    NamedValue,
    Question,
    Questions,
    State,
    call_text,
    fluent_text,
    term_text,
)
from unspoken.language.printer import expression_text
from unspoken.model import (
    Arithmetic,
    DriveRole,
    EventUse,
    Expression,
    Fluent,
    NormKind,
    Operator,
    Quantifier,
    Quantity,
    Storyworld,
    Temperament,
)
from unspoken.model import Literal as Constant
from unspoken.model.substitute import fillings, substitute, substitute_term, substitute_use
from unspoken.simulation.memo import Memo
from unspoken.simulation.reading import fluents_of, surely, surely_not
from unspoken.simulation.spans import Spans


class GroundDrive(Struct, frozen=True, eq=False):
    """A drive of somebody's (``who``), towards ``whom`` if it has a second parameter."""

    text: str
    who: str
    whom: str | None
    role: DriveRole
    low: int
    high: int
    level: Question


class GroundHunch(Struct, frozen=True, eq=False):
    """Something that minds are more or less sure of. ``text``: of the odds, ``sure(W, T)``;
    ``of``: of what they are about, ``loves(W, T)``; ``heart``: whose own it is to know."""

    text: str
    of: str
    heart: str | None
    low: int
    high: int
    odds: Question
    believed: Question

    def bears_on(self, wish: GroundWish) -> bool:
        """Does a wish ask about it?"""
        return self.of in wish.reads or self.text in wish.reads

    def likelihood(self, who: str, believed: State) -> float:
        """How likely ``who`` takes it to be, 0 to 1, by the odds; of its own heart it is sure."""
        odds = self.odds.of(believed)
        if self.heart == who or not isinstance(odds, float):
            return 1.0 if self.believed.of(believed) else 0.0
        return max(0.0, min(1.0, (odds - self.low) / (self.high - self.low)))

    def supposing(self, so: bool) -> str:
        """The condition that it is so, or is not, as text."""
        return self.of if so else f"!{self.of}"


class Standing(NamedTuple):
    """How a wish stands in a believed state. ``strength``: what it weighs, in proportion to its
    drive; 0 where it is no wish. ``satisfied``: how far it is met, 1 or 0, or between where the
    mind does not know; of a term of a utility, what it comes to."""

    strength: float
    satisfied: float

    @property
    def worth(self) -> float:
        return self.strength * self.satisfied


class GroundWish(Struct, frozen=True, eq=False):
    """What ``owner`` wants to be so (negative ``weight``: not to be so), or a term of its utility,
    in shares of the greatest span. Known by ``kind`` and ``text``."""

    kind: Literal["wish", "utility"]
    text: str
    owner: str
    weight: float
    wants: Expression
    drive: GroundDrive | None
    mentions: frozenset[str]
    """Whom and what it is about, by name."""
    reads: frozenset[str]
    """The fluents that it reads, as text, in whatever mind."""
    _met: Question
    _unmet: Question | None = None
    """None: whatever it reads is always known, so what is not met is unmet."""
    _applies: Question | None = None
    _middle: float = 0.0
    """What an unknown term of a utility counts as."""

    @property
    def moves_as(self) -> MotiveKind:
        """What it is among motives."""
        return "dread" if self.kind == "wish" and self.weight < 0 else self.kind

    @property
    def questions(self) -> tuple[Question, ...]:
        """All that ``standing`` wants to know, in order."""
        level = None if self.drive is None else self.drive.level
        asked = (self._met, self._unmet, self._applies, level)
        return tuple(question for question in asked if question is not None)

    def standing(self, answers: Iterator[NamedValue]) -> Standing:
        """How it stands by the answers to its questions."""
        met = next(answers)
        unmet = None if self._unmet is None else next(answers)
        applies = True if self._applies is None else next(answers)
        level = None if self.drive is None else next(answers)
        if self.kind == "utility":
            return Standing(1.0, float(met) * self.weight if is_number(met) else self._middle)
        satisfied = 1.0 if met else 0.5
        if not met and (unmet or self._unmet is None):
            satisfied = 0.0
        if not applies:
            return Standing(0.0, satisfied)
        if self.drive is None:
            return Standing(self.weight, satisfied)
        if not is_number(level) or self.drive.high == 0:
            return Standing(0.0, satisfied)
        return Standing(self.weight * level / self.drive.high, satisfied)

    def at(self, believed: State) -> Standing:
        """How it stands in a state; of many wishes, ``Motives.standings`` is faster."""
        return self.standing(question.of(believed) for question in self.questions)

    def strength(self, believed: State) -> float:
        return self.at(believed).strength

    def satisfied(self, believed: State) -> float:
        return self.at(believed).satisfied

    def worth(self, believed: State) -> float:
        """What things as they stand are worth by this wish."""
        return self.at(believed).worth


class GroundNorm(Struct, frozen=True, eq=False):
    """What ``holder`` holds against a kind of deed. ``before``: a name, ``"anyone"``, or None."""

    text: str
    schema: str
    arguments: tuple[str, ...]
    holder: str
    against: NormKind
    weight: float | None
    acts: tuple[EventUse, ...]
    before: str | None
    shows: Question | None
    """Asked of the mind of whoever must not come to believe it."""
    _hunch: GroundHunch | None
    """The one that it is about, if it is about just that."""
    _applies: Question | None

    def applies(self, believed: State) -> bool:
        return self._applies is None or bool(self._applies.of(believed))

    def shown(self, other: str, believed: State) -> float:
        """How likely somebody (``other``, believing this) takes what must not be shown."""
        if self._hunch is not None:
            return self._hunch.likelihood(other, believed)
        return 1.0 if self.shows is not None and self.shows.of(believed) else 0.0


class Assertion(NamedTuple):
    """Something that the effect of an act makes somebody (``hearer``) believe, as ``text``: about
    what (``minds``, within whose, and ``fluent``, as text), whether it does (``guard``; None:
    always), what the teller makes of it, and what the hearer does."""

    text: str
    hearer: str
    minds: tuple[str, ...]
    fluent: str
    guard: Question | None
    own: Question
    theirs: Question


class Motives:
    """Everything that moves the characters of a grounded world."""

    def __init__(self, ground: GroundWorld) -> None:
        self.ground = ground
        world, inner = ground.world, ground.world.inner
        self.characters = tuple(sorted(ground.characters))
        self.drives = tuple(sorted(self._drives(world), key=lambda drive: drive.text))
        self.hunches = tuple(sorted(self._hunches(world), key=lambda hunch: hunch.text))
        wishes = sorted(
            (*self._wishes(world), *self._utilities(world)), key=lambda wish: (wish.kind, wish.text)
        )
        norms = tuple(sorted(self._norms(world), key=lambda norm: norm.text))
        everybody = self.characters
        self._standings: Memo[tuple[int, str], tuple[Standing, ...]] = Memo()
        self._alike: Memo[tuple[str, tuple[NamedValue, ...]], tuple[Standing, ...]]
        self._alike = Memo()
        self.tellings: Memo[int, tuple[Assertion, ...]] = Memo()
        """What acts put into minds, by their number; for ``norms``."""
        self._applying: Memo[tuple[int, str], tuple[GroundNorm, ...]] = Memo()
        self._wishes_of = {who: tuple(w for w in wishes if w.owner == who) for who in everybody}
        self._norms_of = {who: tuple(n for n in norms if n.holder == who) for who in everybody}
        self._drives_of = {who: tuple(d for d in self.drives if d.who == who) for who in everybody}
        self._asked = {
            who: Questions(ground, [q for wish in self._wishes_of[who] for q in wish.questions])
            for who in everybody
        }
        self._presences = self._presence(world)
        temperaments = {one.character: one for one in inner.temperaments}
        self._temperaments = {
            who: temperaments.get(who, Temperament(who)) for who in self.characters
        }

    def wishes(self, who: str) -> tuple[GroundWish, ...]:
        """By text, utility terms among them. Raises KeyError for a name that is nobody's."""
        return self._wishes_of[who]

    def standings(self, who: str, believed: State) -> tuple[Standing, ...]:
        """How the wishes of ``who`` stand in a state, in their order; the very same tuple where
        nothing that they read differs."""

        def of_answers(answers: tuple[NamedValue, ...]) -> tuple[Standing, ...]:
            left = iter(answers)
            return tuple(wish.standing(left) for wish in self._wishes_of[who])

        def of_state() -> tuple[Standing, ...]:
            answers = tuple(self._asked[who].of(believed))
            return self._alike.get((who, answers), lambda: of_answers(answers))

        return self._standings.get((believed.number, who), of_state)

    def norms(self, who: str) -> tuple[GroundNorm, ...]:
        return self._norms_of[who]

    def norms_at(self, who: str, believed: State) -> tuple[GroundNorm, ...]:
        """Those that apply in a state."""
        norms = self._norms_of[who]
        return self._applying.get(
            (believed.number, who), lambda: tuple(one for one in norms if one.applies(believed))
        )

    def drives_of(self, who: str) -> tuple[GroundDrive, ...]:
        return self._drives_of[who]

    def temperament(self, who: str) -> Temperament:
        """As declared, or middling."""
        return self._temperaments[who]

    def presence(self, who: str) -> Mapping[str, tuple[Question, ...]] | None:
        """By everybody else, what is to be asked of a mind of ``who`` to find whether they are
        there: any of these. None: the world does not say."""
        return self._presences.get(who)

    def norm_for(self, norm: GroundNorm, somebody: str) -> GroundNorm | None:
        """The same norm as ``somebody`` would have to keep it, by which the holder judges others'
        deeds; None where it is a norm for its holder alone."""
        wanted = call_text(norm.schema, (somebody, *norm.arguments[1:]))
        return next((one for one in self._norms_of[somebody] if one.text == wanted), None)

    def question(self, expression: Expression) -> Question:
        """A closed expression, to be asked of states: numbered once."""
        return self.ground.question(expression)

    def _presence(self, world: Storyworld) -> dict[str, dict[str, tuple[Question, ...]]]:
        found: dict[str, dict[str, tuple[Question, ...]]] = {}
        if world.inner.presences:
            found = {
                who: {other: () for other in self.characters if other != who}
                for who in self.characters
            }
        for presence in sorted(world.inner.presences, key=lambda one: one.name):
            for filling in fillings(world, presence.parameters):
                who, other = map(term_text, filling.arguments)
                if who != other:
                    question = self.question(substitute(presence.when, filling.terms))
                    found[who][other] += (question,)
        return found

    def _drives(self, world: Storyworld) -> Iterator[GroundDrive]:
        for drive in world.inner.drives:
            for filling in fillings(world, drive.property.parameters):
                names = tuple(map(term_text, filling.arguments))
                fluent = Fluent(drive.property, filling.arguments)
                yield GroundDrive(
                    text=call_text(drive.property.name, names),
                    who=names[0],
                    whom=names[1] if len(names) > 1 else None,
                    role=drive.role,
                    low=drive.low,
                    high=drive.high,
                    level=self.question(fluent),
                )

    def _hunches(self, world: Storyworld) -> Iterator[GroundHunch]:
        people = frozenset(self.characters)
        for hunch in world.inner.hunches:
            for filling in fillings(world, hunch.property.parameters):
                of = substitute(hunch.of, filling.terms)
                first = term_text(of.arguments[0]) if of.arguments else None
                text = call_text(hunch.property.name, tuple(map(term_text, filling.arguments)))
                yield GroundHunch(
                    text=text,
                    of=fluent_text(of),
                    heart=first if first in people else None,
                    low=hunch.low,
                    high=hunch.high,
                    odds=self.question(Fluent(hunch.property, filling.arguments)),
                    believed=self.question(of),
                )

    def _wishes(self, world: Storyworld) -> Iterator[GroundWish]:
        drives = {drive.text: drive for drive in self.drives}
        for wish in world.inner.wishes:
            for filling in fillings(world, wish.parameters):
                wants = substitute(wish.wants, filling.terms)
                names = tuple(map(term_text, filling.arguments))
                drive = None
                if wish.drive is not None:
                    drive = drives[fluent_text(substitute(wish.drive, filling.terms))]
                condition = wish.condition and substitute(wish.condition, filling.terms)
                reads = tuple(fluents_of(world, wants))
                always_known = all(fluent.property.range == "boolean" for fluent in reads)
                if condition is not None:
                    reads += tuple(fluents_of(world, condition))
                yield GroundWish(
                    kind="wish",
                    text=call_text(wish.name, names),
                    owner=names[0],
                    weight=wish.weight,
                    wants=wants,
                    drive=drive,
                    mentions=frozenset((*names, *_mentioned(reads))),
                    reads=frozenset(map(fluent_text, reads)),
                    _met=self.question(surely(wants)),
                    _unmet=None if always_known else self.question(surely_not(wants)),
                    _applies=None if condition is None else self.question(condition),
                )

    def _utilities(self, world: Storyworld) -> Iterator[GroundWish]:
        spans = Spans(world)
        # A later utility of the same owner replaces an earlier one.
        for owner, utility in {one.character: one for one in world.utilities}.items():
            if owner is None:
                continue
            factors: dict[str, float] = {}
            terms: dict[str, Expression] = {}
            for sign, term in _terms(world, utility.expression):
                if not isinstance(term, Constant):  # which is so anyway
                    text = expression_text(term)
                    terms[text] = term
                    factors[text] = factors.get(text, 0.0) + sign
            ranges = {text: spans.of(term) for text, term in terms.items()}
            unit = max(
                [1.0, *(abs(factors[text]) * (high - low) for text, (low, high) in ranges.items())]
            )
            for text, term in terms.items():
                reads = tuple(fluents_of(world, term))
                weight = factors[text] / unit
                yield GroundWish(
                    kind="utility",
                    text=f"-({text})" if weight < 0 else text,
                    owner=owner,
                    weight=weight,
                    wants=term,
                    drive=None,
                    mentions=frozenset(_mentioned(reads)),
                    reads=frozenset(map(fluent_text, reads)),
                    _met=self.question(term),
                    _middle=weight * sum(ranges[text]) / 2,
                )

    def _norms(self, world: Storyworld) -> Iterator[GroundNorm]:
        hunches = {hunch.of: hunch for hunch in self.hunches}
        for norm in world.inner.norms:
            for filling in fillings(world, norm.parameters):
                names = tuple(map(term_text, filling.arguments))
                before = norm.before
                first = (
                    before
                    if before is None or isinstance(before, str)
                    else term_text(substitute_term(before, filling.terms))
                )
                shows = norm.shows and substitute(norm.shows, filling.terms)
                bare = isinstance(shows, Fluent) and not shows.minds
                hunch = hunches.get(expression_text(shows)) if shows and bare else None
                condition = norm.condition and substitute(norm.condition, filling.terms)
                yield GroundNorm(
                    text=call_text(norm.name, names),
                    schema=norm.name,
                    arguments=names,
                    holder=names[0],
                    against=norm.against,
                    weight=norm.weight,
                    acts=tuple(substitute_use(use, filling.terms) for use in norm.acts),
                    before=first,
                    shows=None if shows is None else self.question(shows),
                    _hunch=hunch,
                    _applies=None if condition is None else self.question(condition),
                )


def is_number(value: NamedValue) -> TypeGuard[float]:
    """A number, or a truth, which counts as 1 or 0."""
    return isinstance(value, (bool, float))


def _terms(
    world: Storyworld, expression: Expression, sign: float = 1.0
) -> Iterator[tuple[float, Expression]]:
    """The addends of a utility, with their signs; sums over entities spelled out."""
    match expression:
        case Arithmetic(Operator.ADD, left, right):
            yield from _terms(world, left, sign)
            yield from _terms(world, right, sign)
        case Arithmetic(Operator.SUBTRACT, left, right):
            yield from _terms(world, left, sign)
            yield from _terms(world, right, -sign)
        case Quantifier(Quantity.SUM, variable, body):
            for filling in fillings(world, (variable,)):
                yield from _terms(world, substitute(body, filling.terms), sign)
        case _:
            yield sign, expression


def _mentioned(fluents: Iterable[Fluent]) -> Iterator[str]:
    for fluent in fluents:
        for term in (*fluent.minds, *fluent.arguments):
            if not isinstance(term, Constant):
                yield term.name
