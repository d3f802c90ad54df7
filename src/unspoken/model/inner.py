"""What goes on inside characters, as authors write it: hunches and their signs, drives, wishes,
norms, temperaments, tells, channels between minds, rules that not everyone knows, and how a run
goes. Frozen values beside the world's actions and triggers.

``compiled/lower.py`` makes plain properties, triggers and effects of what is state (hunches, signs,
drives, rules) and utilities of wishes, so that the planner knows them too; ``simulation`` reads the
rest. The ideas: OCC as put in order by Steunebrink, Dastani and Meyer (2012).
"""

from __future__ import annotations

from typing import Literal as OneOf

from msgspec import Struct

from unspoken.model.expressions import (
    EntityTerm,
    Expression,
    Fluent,
    Property,
    Term,
    Variable,
    VariableTerm,
)
from unspoken.model.origin import Span, Written

FEELINGS = (
    *("hope", "fear", "joy", "satisfaction", "relief"),
    *("distress", "disappointment", "fears_confirmed"),
    *("reproach", "admiration", "guilt", "shame", "pride"),
    *("anger", "gratitude", "gratification", "remorse"),
    *("happy_for", "pity", "resentment", "gloating"),
    *("embarrassment", "dread", "jealousy", "love"),
)
"""Every word for a feeling: what may move a drive, show in a tell, be hidden or glossed."""

UNSPOKEN = "unspoken"
"""What a tell may betray besides feelings: that something is being held back."""

REFUSAL = "refusal"
"""And: that somebody who was asked does not take part."""


class Hunch(Written, frozen=True):
    """A boolean property that minds hold more or less surely: odds, from ``low`` (sure that not) to
    ``high`` (sure), 0 between. Declares the number property ``property``, with the parameters of
    the section; its value in a mind are that mind's odds, and the sign of them is what the mind
    believes of ``of`` (at 0 whatever it believed). Where the first argument of ``of`` is a
    character, it is taken to know its own heart."""

    property: Property
    of: Fluent
    low: int
    high: int
    origin: Span | None = None


class EventUse(Written, frozen=True):
    """Some events of one name: ``*`` (None) is whatever it is."""

    event: str
    arguments: tuple[Term | None, ...] = ()
    origin: Span | None = None


class Sign(Written, frozen=True):
    """What speaks for or against a hunch. The first parameter is the reader. Either an event that
    the reader perceives (``seen``), or a condition that comes to hold in the reader's mind
    (``when``; once for each filling of the parameters). ``weight`` odds are added."""

    name: str
    parameters: tuple[Variable, ...]
    of: Fluent
    """Of the hunch's own property: ``sure(other, reader)``."""
    weight: int
    seen: EventUse | None = None
    when: Expression | None = None
    condition: Expression | None = None
    """Read in the reader's mind, when the sign is given (``if``)."""
    origin: Span | None = None


DriveRole = OneOf["none", "liking", "trust", "deference", "anxiety"]
"""What a drive counts as besides scaling wishes: how much the first parameter likes the second
(others' fortune), believes its word, lets it have its way; or what takes away daring."""


class Drive(Written, frozen=True):
    """A bounded whole number in the state: a declared number property whose first parameter has
    the drive. It drifts back to ``baseline`` by half in ``half_life`` rounds (None: never)."""

    property: Property
    low: int
    high: int
    baseline: int
    half_life: float | None = None
    role: DriveRole = "none"
    moved_by: tuple[tuple[str, int], ...] = ()
    """Feelings (towards the second parameter, if there is one) that move the level, by how much
    for a feeling at its full strength."""
    origin: Span | None = None


class Wish(Written, frozen=True):
    """Something somebody wants to be so, or (negative weight) not to be so. The first parameter is
    whose wish it is; ``wants`` and ``condition`` are read in that mind. ``drive``: the weight
    counts in proportion to this drive's level."""

    name: str
    parameters: tuple[Variable | EntityTerm, ...]
    wants: Expression
    weight: float
    drive: Fluent | None = None
    condition: Expression | None = None
    """Only then is it a wish (``if``)."""
    origin: Span | None = None


NormKind = OneOf["lie", "reveal", "break_promise", "harm", "take", "abandon", "impose", "lose_face"]
"""Kinds of deeds that norms are about. ``lie`` (saying what one believes false) and ``harm`` (an
act that the actor believes thwarts somebody's wishes) are found without being told; the others, and
these too, by ``acts``; ``lose_face`` by what somebody would come to believe (``shows``)."""


class Norm(Written, frozen=True):
    """What its holder (first parameter) holds against a kind of deed, its own or another's.

    ``before``: counts only if the holder believes these to perceive it: one of the parameters,
    ``"anyone"`` besides the holder, or None: also when alone. ``weight`` None: absolute."""

    name: str
    parameters: tuple[Variable | EntityTerm, ...]
    against: NormKind
    weight: float | None
    acts: tuple[EventUse, ...] = ()
    shows: Expression | None = None
    """``lose_face``: what ``before`` must not come to believe."""
    before: VariableTerm | EntityTerm | OneOf["anyone"] | None = None
    condition: Expression | None = None
    origin: Span | None = None


class Temperament(Written, frozen=True):
    """How somebody is. ``daring``: 0 to 1, what takes away from restraints. ``composure``: 0 to 1,
    how much more feeling it takes before it shows. ``steadiness``: what counts for going on with
    what is already under way."""

    character: str
    daring: float = 0.5
    composure: float = 0.0
    steadiness: float = 0.05
    origin: Span | None = None


class Tell(Written, frozen=True):
    """What betrays a feeling: the author's action of that name happens of itself when ``who`` (one
    of its parameters) comes to feel one of ``feelings`` at ``above`` (0 to 1) or more; or to hold
    something back (``unspoken``), or not to do what it is asked (``refusal``). Who observes the
    action perceives it; signs say what it means."""

    event: str
    parameters: tuple[Variable, ...]
    who: VariableTerm
    feelings: tuple[str, ...]
    above: float = 0.5
    toward: VariableTerm | None = None
    """Of the parameters, towards whom the feeling must be; of a refusal, who asked."""
    origin: Span | None = None


class Occasion(Written, frozen=True):
    """When an action of the author's happens of itself in a run: each round with ``chance``, from
    round ``after`` on. Actions of the author's with no occasion, tell or channel happen when
    otherwise nobody would do anything."""

    event: str
    parameters: tuple[Variable, ...]
    chance: float
    after: int = 0
    origin: Span | None = None


Carried = OneOf["thoughts", "feelings", "wishes", "memories"]


class Channel(Written, frozen=True):
    """Lets what goes on in one mind be perceived by another (``sensed``). The first two parameters
    are the thinker and the hearer. ``open``: read in the world; whether the thinker guards its
    thoughts depends on whether it believes it open. What is weaker than ``strength`` (0 to 1) does
    not pass; of a guarded mind, what is weaker than ``strength + concealment`` does not, and what
    does then is a fragment. ``whole`` and ``fragment``: actions of the author's that happen when a
    thought comes through, so that the world's own rules can go on from there."""

    name: str
    parameters: tuple[Variable, ...]
    open: Expression
    carries: tuple[Carried, ...] = ("thoughts", "feelings", "wishes")
    strength: float = 0.3
    concealment: float = 0.4
    whole: EventUse | None = None
    fragment: EventUse | None = None
    origin: Span | None = None


class Presence(Written, frozen=True):
    """That somebody (the second parameter) is there with the first, as the first believes
    (``when``). Where a world says nothing of it, who is there is guessed: whoever would perceive
    most of what one could do."""

    name: str
    parameters: tuple[Variable, ...]
    when: Expression
    origin: Span | None = None


class Rule(Written, frozen=True):
    """A rule of the world that only some know: declares the boolean ``property`` (no parameters),
    true, and a condition of every event in ``events``; those not in ``known`` do not believe it,
    until something makes them."""

    property: Property
    events: tuple[str, ...]
    known: tuple[str, ...] = ()
    origin: Span | None = None


class FeelingSettings(Struct, frozen=True):
    """``hidden``: words that this world does without. ``half_life``: in rounds. ``floor``: what is
    weaker (0 to 1) is not felt."""

    hidden: tuple[str, ...] = ()
    half_life: float = 4.0
    floor: float = 0.1


class RunSettings(Struct, frozen=True):
    """How a run goes, where nobody says otherwise. ``rounds``: at most. ``until``: it ends when
    this holds. ``foresight``: how many acts ahead characters look. ``minds``: how deep into others'
    minds they look for reasons. ``thoughts``: at most so many for each mind and round.
    ``temperature``: of choice; 0 takes the best always."""

    rounds: int = 40
    until: Expression | None = None
    foresight: int = 3
    minds: int = 2
    thoughts: int = 1
    temperature: float = 0.0


class InnerLife(Struct, frozen=True):
    """Everything an author says about what goes on inside; in the order of the text."""

    hunches: tuple[Hunch, ...] = ()
    signs: tuple[Sign, ...] = ()
    drives: tuple[Drive, ...] = ()
    wishes: tuple[Wish, ...] = ()
    norms: tuple[Norm, ...] = ()
    temperaments: tuple[Temperament, ...] = ()
    tells: tuple[Tell, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    channels: tuple[Channel, ...] = ()
    presences: tuple[Presence, ...] = ()
    rules: tuple[Rule, ...] = ()
    feelings: FeelingSettings = FeelingSettings()
    run: RunSettings = RunSettings()

    def declares(self, name: str) -> bool:
        """Is a property of that name declared by a hunch, a drive or a rule?"""
        declared = [
            *(hunch.property for hunch in self.hunches),
            *(drive.property for drive in self.drives),
            *(rule.property for rule in self.rules),
        ]
        return any(one.name == name for one in declared)
