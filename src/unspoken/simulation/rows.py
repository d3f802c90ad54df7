"""The table of feelings: what is felt under which conditions, as data, and how strongly.

Receives small inputs, plain numbers each; hands on words with strengths. An input says what
features it has, a row of ``ROWS`` which features it takes. Knows nothing of minds, worlds or time.

After Ortony, Clore and Collins (1988) as put in order by Steunebrink, Dastani and Meyer (2009,
2012) and formalised by Adam, Herzig and Longin (2009). Strength is |u(q-p)|: weight times the
change of probability; for a deed the norm's weight, times its gravity and audience. Where these are
silent or disagree:

- *Guilt* is for an own deed that wrongs; *shame* for an own deed against a norm of face, and beside
  guilt where others than those concerned see the deed. OCC calls both shame; the line between them
  is that of responsibility and of the eyes of others (Castelfranchi and Poggi 1990).
- A settled hope or fear hands its strength on: satisfaction, relief, disappointment and fears
  confirmed are at least as strong as the hope or fear that they settle still was.
- A *compound* takes the place of its parts (a special case of each, as by Steunebrink et al.).
- *Embarrassment* is before somebody who is here, also if they knew and only now come in; *dread*
  of somebody who is not here, or does not quite know yet. Both at once may be.
- *Jealousy* is towards the rival. *Love* needs a dear person, and something good from or to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct

from unspoken.simulation.fading import SLIGHT
from unspoken.simulation.feelings import Basis

Feature: TypeAlias = bool | str
Expectation: TypeAlias = Literal["hoped", "feared", "open"]
"""What was expected of a wish: that it comes out well, badly, or neither."""


class Deed(Struct, frozen=True):
    """What somebody did, by one of this mind's own norms. ``weight``: -1 to 1, less than 0 for what
    it holds against them, more for what does them credit. ``face``: the norm is about how one looks
    to others. ``onlookers``: others than those concerned saw it. ``toward``: of an own deed, who
    was wronged or helped. ``basis``: the belief that makes it one, if it can be taken back."""

    doer: str
    norm: str
    weight: float
    face: bool = False
    onlookers: bool = False
    toward: str | None = None
    basis: Basis = ()
    most: float = 1.0


# What is appraised: a change of one concern, or a deed. Each knows its features and its strength.


def is_settled(level: float, measured: bool) -> bool:
    """Is something certain (0 or 1), or an amount, of which there is no doubt?"""
    return measured or level <= SLIGHT or level >= 1.0 - SLIGHT


class Prospect(NamedTuple):
    """A wish of one's own becomes more or less likely, or is settled."""

    weight: float
    before: float
    after: float
    expected: Expectation = "open"
    measured: bool = False
    handed_on: float = 0.0
    """How strong the hope or fear is that this settles."""

    @property
    def gain(self) -> float:
        return self.weight * (self.after - self.before)

    def features(self) -> dict[str, Feature]:
        settled = is_settled(self.after, self.measured)
        return {"good": self.gain > 0, "settled": settled, "expected": self.expected}


class Thwarted(NamedTuple):
    """An act came to nothing (somebody refused, or it could not be done) by which a wish was to be
    furthered. The wish is no less open than before; what was reckoned on is gone."""

    hoped: float
    """What the act was to bring it, 0 to 1."""

    @property
    def gain(self) -> float:
        return -self.hoped

    def features(self) -> dict[str, Feature]:
        return {"reckoned_on": self.hoped > SLIGHT}


class Attribution(NamedTuple):
    """Somebody does something praiseworthy or blameworthy."""

    deed: Deed
    own: bool

    @property
    def gain(self) -> float:
        return self.deed.weight

    def features(self) -> dict[str, Feature]:
        deed = self.deed
        return {
            "good": self.gain > 0,
            "own": self.own,
            "face": deed.face,
            "onlookers": deed.onlookers,
        }


class Fortune(NamedTuple):
    """A wish of somebody else's is met or fails, as one believes."""

    liking: float
    weight: float
    before: float
    after: float
    measured: bool = False

    @property
    def gain(self) -> float:
        """What it is to oneself."""
        return self.liking * self.weight * (self.after - self.before)

    def features(self) -> dict[str, Feature]:
        settled = is_settled(self.after, self.measured)
        return {
            "good": self.weight * (self.after - self.before) > 0,
            "settled": settled,
            "liked": self.liking > 0,
        }


class Eyes(NamedTuple):
    """Somebody else comes to believe what they must not (as one believes), or comes in who does."""

    weight: float
    before: float
    after: float
    was_present: bool
    present: bool

    @property
    def found_out(self) -> float:
        """How much likelier it is that they believe it."""
        return self.weight * (self.after - self.before)

    @property
    def faced(self) -> float:
        """How much likelier it is that somebody believes it who is here."""
        return self.weight * (self.after * self.present - self.before * self.was_present)

    def features(self) -> dict[str, Feature]:
        return {
            "faced": self.present and self.faced > SLIGHT,
            "found_out": self.found_out > SLIGHT,
            "present": self.present,
            "sure": self.after >= 1.0 - SLIGHT,
        }


class Rivalry(NamedTuple):
    """One whose affection one wishes for has it for somebody else, as one comes to believe."""

    weight: float
    before: float
    after: float

    @property
    def gain(self) -> float:
        return -self.weight * (self.after - self.before)

    def features(self) -> dict[str, Feature]:
        return {"lost": self.gain < 0}


class Encounter(NamedTuple):
    """One dear person, and what good just came from them or to them (0 to 1)."""

    liking: float
    good: float

    @property
    def gain(self) -> float:
        return self.liking * self.good

    def features(self) -> dict[str, Feature]:
        return {"dear": self.liking >= DEAR, "good": self.good > SLIGHT}


Input: TypeAlias = Prospect | Thwarted | Attribution | Fortune | Eyes | Rivalry | Encounter

DEAR = 0.75
"""Liking from which on one may feel love: three quarters of the most there is."""

ARRIVAL = 0.5
"""How good it is by itself that a dear person is here who was not."""


# The table.


class Row(NamedTuple):
    """A word, and the features of what is felt so (those not named may be anything)."""

    word: str
    input: type[Input]
    when: Mapping[str, Feature]

    def fires(self, given: Input) -> bool:
        if not isinstance(given, self.input):
            return False
        features = given.features()
        return all(features[name] == wanted for name, wanted in self.when.items())

    def __str__(self) -> str:
        when = ", ".join(f"{name}={value}" for name, value in self.when.items())
        return f"{self.word}({when})"


GOOD, BAD = {"good": True}, {"good": False}
MET, FAILED = {**GOOD, "settled": True}, {**BAD, "settled": True}
MINE, THEIRS = {"own": True}, {"own": False}

ROWS: tuple[Row, ...] = (
    Row("hope", Prospect, {**GOOD, "settled": False}),
    Row("fear", Prospect, {**BAD, "settled": False}),
    Row("joy", Prospect, MET),
    Row("satisfaction", Prospect, {**MET, "expected": "hoped"}),
    Row("relief", Prospect, {**MET, "expected": "feared"}),
    Row("distress", Prospect, FAILED),
    Row("disappointment", Prospect, {**FAILED, "expected": "hoped"}),
    Row("disappointment", Thwarted, {"reckoned_on": True}),
    Row("fears_confirmed", Prospect, {**FAILED, "expected": "feared"}),
    Row("reproach", Attribution, {**BAD, **THEIRS}),
    Row("admiration", Attribution, {**GOOD, **THEIRS}),
    Row("guilt", Attribution, {**BAD, **MINE, "face": False}),
    Row("shame", Attribution, {**BAD, **MINE, "face": True}),
    Row("shame", Attribution, {**BAD, **MINE, "onlookers": True}),
    Row("pride", Attribution, {**GOOD, **MINE}),
    Row("happy_for", Fortune, {**MET, "liked": True}),
    Row("pity", Fortune, {**FAILED, "liked": True}),
    Row("resentment", Fortune, {**MET, "liked": False}),
    Row("gloating", Fortune, {**FAILED, "liked": False}),
    Row("embarrassment", Eyes, {"faced": True}),
    Row("dread", Eyes, {"found_out": True, "present": False}),
    Row("dread", Eyes, {"found_out": True, "sure": False}),
    Row("jealousy", Rivalry, {"lost": True}),
    Row("love", Encounter, {"dear": True, "good": True}),
)
"""Every word but the compounds."""


class Compound(NamedTuple):
    """A word for what one event brings and what somebody did in it, taken together."""

    word: str
    event: str
    """What is felt about one's own wish."""
    deed: frozenset[str]
    """What is felt about the deed: any of these."""


COMPOUNDS: tuple[Compound, ...] = (
    Compound("anger", "distress", frozenset({"reproach"})),
    Compound("gratitude", "joy", frozenset({"admiration"})),
    Compound("gratification", "joy", frozenset({"pride"})),
    Compound("remorse", "distress", frozenset({"shame", "guilt"})),
)


def strength(word: str, given: Input) -> float:
    """0 to 1: how strong a word is for an input that a row of its takes."""
    if isinstance(given, Eyes):
        amount = given.faced if word == "embarrassment" else given.found_out
    else:
        amount = given.gain
    if isinstance(given, Prospect) and word in (
        *("satisfaction", "relief", "disappointment", "fears_confirmed"),
    ):
        amount = max(abs(amount), given.handed_on)
    return min(1.0, abs(amount))


def words(given: Input) -> dict[str, float]:
    """What is felt at an input, compounds aside: each word with its strength. Nothing where
    nothing is gained or lost."""
    found = {row.word: strength(row.word, given) for row in ROWS if row.fires(given)}
    return {word: amount for word, amount in found.items() if amount > SLIGHT}
