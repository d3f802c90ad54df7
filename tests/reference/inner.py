"""Hunches, signs, drives, rules and wishes, read straight from what the author wrote: the judge of
``unspoken.compiled.lower``, with which it shares no code.

Receives a model with an inner life; hands on a ``Judge`` whose events also move odds, ask for rules
and are followed by signs that come to hold, and whose utilities have wishes in them. Each law
stands where it applies, one ground event in one state at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

from msgspec import Struct
from msgspec.structs import replace

from tests.reference.expressions import (
    ALWAYS,
    AllOf,
    Amount,
    AnyOf,
    Assignment,
    Atom,
    Calculate,
    Chain,
    Choose,
    Condition,
    Constant,
    Environment,
    Filling,
    Grounder,
    Read,
    Value,
    all_of,
    holds,
    term,
)
from tests.reference.semantics import (
    Beginning,
    Event,
    Imagined,
    Judge,
    Laws,
    State,
    View,
    assigned,
    parts_of,
    reader,
    unfold,
    value,
)
from unspoken.model import (
    Action,
    Comparator,
    Operator,
    Property,
    Sign,
    Storyworld,
    Trigger,
    Variable,
    VariableTerm,
)

Place = tuple[Chain, int]


class Odds(Struct, frozen=True):
    """A hunch, filled in: of which fluent which other one is the odds."""

    of: int
    odds: int
    low: float
    high: float
    heart: str | None
    whose: int | None
    """The place of the heart among the arguments of the odds."""

    def sure(self, truth: object) -> float:
        return self.high if truth else self.low


class Given(Struct, frozen=True):
    """A sign, filled in: what speaks by how much for which odds of its reader."""

    reader: str
    event: str
    arguments: tuple[object, ...]
    condition: Condition
    odds: int
    weight: float


class Wished(Struct, frozen=True):
    """A wish, filled in: whose, how much, when it is one, and what it counts in proportion to."""

    whose: str
    weight: float
    wants: Condition
    only_if: Condition
    level: int | None
    high: float

    def worth(self, view: View) -> float:
        """What it adds to its owner's utility, if this is how things are."""
        if not holds(self.only_if, reader(view)) or not holds(self.wants, reader(view)):
            return 0.0
        if self.level is None:
            return self.weight
        return self.weight * number(view.facts[self.level]) / self.high


class Inner(Struct, frozen=True, eq=False):
    """Everything about inner lives, filled in."""

    characters: tuple[str, ...]
    hunches: tuple[Odds, ...]
    signs: tuple[Given, ...]
    drives: dict[int, tuple[float, float]]

    def about(self, fluent: int) -> list[Odds]:
        return [hunch for hunch in self.hunches if hunch.of == fluent]

    def of_odds(self, fluent: int) -> Odds | None:
        return next((hunch for hunch in self.hunches if hunch.odds == fluent), None)


ANYTHING = object()


class InnerEvent(Event, frozen=True, eq=False):
    inner: Inner | None = None

    def sets(self, view: View) -> dict[Place, Value]:
        """What the author says, within bounds, and what becomes of everybody's odds."""
        assert self.inner is not None
        written = super().sets(view)
        watching = [c for c in self.inner.characters if self.kind == 0 and self.observes(c, view)]
        made = {c: super(InnerEvent, self).sets(view.mind(c)) for c in watching}
        result: dict[Place, Value] = {}
        authored: dict[Place, float] = {}
        for (chain, fluent), new in written.items():
            if self.inner.of_odds(fluent) is not None:
                if chain:
                    authored[chain, fluent] = number(new)
            elif fluent in self.inner.drives:
                result[chain, fluent] = within(number(new), *self.inner.drives[fluent])
            else:
                result[chain, fluent] = new
        for who in watching:
            for (chain, fluent), new in made[who].items():
                if not chain and self.inner.of_odds(fluent) is not None:
                    authored.setdefault(((who,), fluent), number(new))
        fixed: dict[Place, float] = {}
        for (chain, fluent), new in written.items():
            for hunch in self.inner.about(fluent):
                fixed.setdefault((chain, hunch.odds), hunch.sure(new))
        signs = self._signs(view, watching)
        for who in watching:
            left = self._left_to(who, made[who]) - authored.keys() - fixed.keys()
            for chain, hunch, odds in self._proven(who, view):
                if (chain, hunch.odds) not in left:
                    fixed.setdefault((chain, hunch.odds), odds)
            signs = {place: more for place, more in signs.items() if place not in left}
        for place in {**authored, **fixed, **signs}:
            known = self.inner.of_odds(place[1])
            assert known is not None
            more = signs.get(place, 0.0)
            if place in authored:
                result[place] = within(authored[place] + more, known.low, known.high)
            elif place in fixed:
                result[place] = fixed[place]
            else:
                before = number(value(view, *place))
                result[place] = within(before + more, known.low, known.high)
        return result

    def _left_to(self, who: str, made: dict[Place, Value]) -> set[Place]:
        """Odds that ``who``, seeing this, sets outright for itself."""
        assert self.inner is not None
        left: set[Place] = set()
        for chain, fluent in made:
            left |= {(around(who, chain), hunch.odds) for hunch in self.inner.about(fluent)}
            if chain and self.inner.of_odds(fluent) is not None:
                left.add((around(who, chain), fluent))
        return left

    def _proven(self, who: str, view: View) -> Iterator[tuple[Chain, Odds, float]]:
        """What ``who`` learns from the mere fact that this can happen."""
        assert self.inner is not None
        mind = view.mind(who)
        surprised = not holds(self.precondition, reader(mind))
        for atom, sure in needed(self.precondition, view):
            if not isinstance(atom.left, Read) or not isinstance(atom.right, Constant):
                continue
            chain, truth = atom.left.chain, atom.right.value
            if not isinstance(truth, bool) or not holds(atom, reader(view)):
                continue
            wrong = value(mind, chain, atom.left.fluent) != truth
            for hunch in self.inner.about(atom.left.fluent):
                if sure and not chain:
                    learns = wrong or who != hunch.heart
                else:
                    learns = wrong and (sure or surprised)
                if learns:
                    odds = hunch.sure(truth)
                    yield around(who, chain), hunch, within(odds, -1, 1) if chain else odds

    def _signs(self, view: View, watching: list[str]) -> dict[Place, float]:
        assert self.inner is not None
        total: dict[Place, float] = {}
        for sign in self.inner.signs:
            if (
                sign.reader in watching
                and self.name.startswith(f"{sign.event}(")
                and all(
                    wanted is ANYTHING or wanted == there
                    for wanted, there in zip(sign.arguments, self.arguments, strict=True)
                )
                and holds(sign.condition, reader(view.mind(sign.reader)))
            ):
                place = (sign.reader,), sign.odds
                total[place] = total.get(place, 0.0) + sign.weight
        return total


def needed(condition: Condition, view: View, sure: bool = True) -> Iterator[tuple[Atom, bool]]:
    """The atoms of what is met here; those that nothing could have stood in for are sure."""
    match condition:
        case Atom():
            yield condition, sure
        case AllOf(parts):
            for part in parts:
                yield from needed(part, view, sure)
        case AnyOf(parts):
            for part in parts:
                if holds(part, reader(view)):
                    yield from needed(part, view, False)


def around(who: str, chain: Chain) -> Chain:
    return chain if chain[:1] == (who,) else (who, *chain)


def number(new: Value) -> float:
    assert isinstance(new, float)
    return new


def within(new: float, low: float, high: float) -> float:
    return float(max(low, min(high, new)))


class InnerJudge(Judge):
    """A world in which minds read signs."""

    def __init__(self, world: Storyworld) -> None:
        given = {
            number: Property(f"{sign.name}.given", sign.parameters, "boolean")
            for number, sign in enumerate(world.inner.signs)
            if sign.when is not None
        }
        super().__init__(
            replace(world, properties=(*world.properties, *given.values())), constants={}
        )
        settling = [law for hunch in self.inner.hunches for law in settle(hunch)]
        coming = [
            law for number, mark in given.items() for law in self._comes(self._signs[number], mark)
        ]
        self.laws = Laws((*self.triggers, *settling, *coming))
        self.wishes = tuple(self._wished())

    def _ground(self, constants: object) -> None:
        grounder = Grounder(self.world)
        life = self.world.inner
        hunches = []
        for hunch in life.hunches:
            for filling in grounder.fillings(hunch.property.parameters):
                of = grounder.fluent(hunch.of, filling.environment)
                place = self.world.properties.index(hunch.property)
                odds = grounder.fluents.index((place, filling.arguments))
                arguments = [term(one, filling.environment) for one in hunch.of.arguments]
                heart = arguments[0] if arguments else None
                known = str(heart) if heart in self.characters else None
                names = [one.name for one in hunch.property.parameters if isinstance(one, Variable)]
                first = hunch.of.arguments[0] if hunch.of.arguments else None
                whose = names.index(first.name) if isinstance(first, VariableTerm) else None
                hunches.append(Odds(of, odds, float(hunch.low), float(hunch.high), known, whose))
        drives = {
            fluent: (float(drive.low), float(drive.high))
            for drive in life.drives
            for fluent, (place, _) in enumerate(grounder.fluents)
            if self.world.properties[place] == drive.property
        }
        self._hunches = hunches
        self._signs = life.signs
        self._rules = [
            (rule, grounder.fluents.index((self.world.properties.index(rule.property), ())))
            for rule in life.rules
        ]
        signs = [
            given
            for sign in life.signs
            if sign.seen is not None
            for filling in grounder.fillings(sign.parameters)
            if (given := filled(grounder, sign, filling, hunches)) is not None
        ]
        self.inner = Inner(self.characters, tuple(hunches), tuple(signs), drives)
        super()._ground({})

    def whole(self) -> list[Property]:
        """Odds and levels: nobody who is surprised loses count of them."""
        life = self.world.inner
        return [one.property for one in (*life.hunches, *life.drives)]

    def _event(self, place: int, schema: Action | Trigger, filling: Filling) -> Event:
        """A rule is a condition of each of its events."""
        event = super()._event(place, schema, filling)
        fields = {name: getattr(event, name) for name in event.__struct_fields__}
        rules = (
            Atom(Comparator.EQ, Read((), fluent), Constant(True))
            for rule, fluent in self._rules
            if schema.name in rule.events
        )
        fields["precondition"] = all_of((event.precondition, *rules))
        return InnerEvent(**fields, inner=self.inner)

    def _comes(self, sign: Sign, mark: Property) -> Iterator[Event]:
        """A sign that comes to hold in its reader's mind: given once, and then marked there."""
        grounder, place = Grounder(self.world), self.world.properties.index(mark)
        for filling in grounder.fillings(sign.parameters):
            who, environment = str(filling.arguments[0]), filling.environment
            if not is_read(grounder, sign, filling, self._hunches):
                continue
            known = next(
                one for one in self._hunches if one.odds == grounder.fluent(sign.of, environment)
            )
            given = grounder.fluents.index((place, filling.arguments))
            assert sign.when is not None
            asked = [sign.when] if sign.condition is None else [sign.when, sign.condition]
            yield Event(
                1,
                -1,
                (),
                f"{sign.name} is given to {who}",
                all_of(
                    (
                        *(grounder.condition(one, environment, (who,)) for one in asked),
                        Atom(Comparator.EQ, Read((who,), given), Constant(False)),
                    )
                ),
                (
                    Assignment(ALWAYS, (who,), given, Constant(True)),
                    Assignment(ALWAYS, (who,), known.odds, more(who, known, sign.weight)),
                ),
            )

    def _wished(self) -> Iterator[Wished]:
        grounder = Grounder(self.world)
        highest = {drive.property: float(drive.high) for drive in self.world.inner.drives}
        for wish in self.world.inner.wishes:
            for filling in grounder.fillings(wish.parameters):
                environment = filling.environment
                only_if: Condition = ALWAYS
                if wish.condition is not None:
                    only_if = grounder.condition(wish.condition, environment)
                yield Wished(
                    str(filling.arguments[0]),
                    wish.weight,
                    grounder.condition(wish.wants, environment),
                    only_if,
                    None if wish.drive is None else grounder.fluent(wish.drive, environment),
                    1.0 if wish.drive is None else highest[wish.drive.property],
                )

    def utility(self, state: State, character: str | None) -> float | None:
        """What its author wrote, and its wishes on top."""
        written = super().utility(state, character)
        if written is None:
            return None
        wished = (one.worth(state) for one in self.wishes if one.whose == character)
        return fsum((written, *wished))

    def unsettled_initial(self) -> State:
        default = {"boolean": False, "number": 0.0}
        baselines = {drive.property: float(drive.baseline) for drive in self.world.inner.drives}
        declared = [self.world.properties[place] for place, _ in self.fluents]
        beginning = Beginning(
            tuple(baselines.get(p, default.get(p.range)) for p in declared),
            unknown=frozenset(
                (who, fluent)
                for rule, fluent in self._rules
                for who in self.characters
                if who not in rule.known
            ),
        )
        pins, grounder = beginning.pins, Grounder(self.world)
        for _, fluent in self._rules:
            pins[(), fluent] = True
        of_odds: list[Assignment] = []
        for statement in self.world.initial:
            for part in parts_of(statement):
                assignments = list(grounder.assignments(part, {}))
                of_odds += (a for a in assignments if self.inner.of_odds(a.fluent))
                plain = [a for a in assignments if not self.inner.of_odds(a.fluent)]
                made = assigned(plain, beginning.value, "the beginning")
                for (chain, fluent), new in made.items():
                    if fluent in self.inner.drives:
                        new = within(number(new), *self.inner.drives[fluent])
                    pins[chain, fluent] = new
                    for hunch in self.inner.about(fluent):
                        pins[chain, hunch.odds] = hunch.sure(new)
        everybodys = [assignment for assignment in of_odds if not assignment.chain]
        general = [place for a in everybodys for place in self._odds_given(a, beginning)]
        for who in self.characters:
            for _, odds in general:
                pins[(who,), odds] = beginning.value((who,), odds)
        for _, odds in general:
            pins[(), odds] = 0.0
        for assignment in of_odds:
            if assignment.chain:
                self._odds_given(assignment, beginning)
        return unfold(Imagined(beginning, ()), self.characters)

    def _odds_given(self, assignment: Assignment, beginning: Beginning) -> list[Place]:
        """Whose odds a statement says."""
        made = assigned([assignment], beginning.value, "the beginning")
        for place, new in made.items():
            hunch = self.inner.of_odds(place[1])
            assert hunch is not None
            beginning.pins[place] = within(number(new), hunch.low, hunch.high)
        return list(made)


def filled(grounder: Grounder, sign: Sign, filling: Filling, hunches: list[Odds]) -> Given | None:
    """A sign for these; None where somebody would read itself without being meant to."""
    environment: Environment = filling.environment
    assert sign.seen is not None
    if not is_read(grounder, sign, filling, hunches):
        return None
    who = str(filling.arguments[0])
    odds = grounder.fluent(sign.of, environment)
    arguments = tuple(
        ANYTHING if argument is None else term(argument, environment)
        for argument in sign.seen.arguments
    )
    condition: Condition = ALWAYS
    if sign.condition is not None:
        condition = grounder.condition(sign.condition, environment)
    return Given(who, sign.seen.event, arguments, condition, odds, sign.weight)


def is_read(grounder: Grounder, sign: Sign, filling: Filling, hunches: list[Odds]) -> bool:
    """Nobody reads its own heart, unless the sign says that it is about its reader's."""
    odds = grounder.fluent(sign.of, filling.environment)
    hunch = next(hunch for hunch in hunches if hunch.odds == odds)
    reader = VariableTerm(sign.parameters[0].name)
    own = hunch.whose is not None and sign.of.arguments[hunch.whose] == reader
    return own or hunch.heart != filling.arguments[0]


def more(who: str, hunch: Odds, weight: float) -> Amount:
    """The odds that somebody has, and so much more, within bounds."""
    total = Calculate(Operator.ADD, Read((who,), hunch.odds), Constant(float(weight)))
    over, under = Constant(hunch.high), Constant(hunch.low)
    return Choose(
        (
            (Atom(Comparator.GT, total, over), over),
            (Atom(Comparator.LT, total, under), under),
        ),
        total,
    )


def settle(hunch: Odds) -> Iterator[Event]:
    """A mind believes what the sign of its odds says, and that the heart in question knows it."""
    minds: list[Chain] = [()] if hunch.heart is None else [(), (hunch.heart,)]
    for truth, comparator in ((True, Comparator.GT), (False, Comparator.LT)):
        leaning = Atom(comparator, Read((), hunch.odds), Constant(0.0))
        otherwise = Atom(Comparator.EQ, Read((), hunch.of), Constant(not truth))
        assignments = tuple(Assignment(ALWAYS, m, hunch.of, Constant(truth)) for m in minds)
        yield Event(1, -1, (), "settles", AllOf((leaning, otherwise)), assignments)
