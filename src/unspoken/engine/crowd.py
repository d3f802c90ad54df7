"""The door to crowds: the present state of a world of many people, spoken to by name.

Receives a model, lowers, numbers and grounds it (the engine's ``crowd``, in Rust). Unlike
``GroundWorld`` it keeps one state, changed in place, and asks nothing of what could have been: what
an act costs grows with those who perceive it, not with how many people there are or how long they
have lived. Minds have beliefs of their own in chains to ``depth``; beyond, whoever the innermost
one thinks of is taken to agree with it (``exact`` says whether that could ever show).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from msgspec.structs import replace

from unspoken import _engine
from unspoken.compiled import Numbering, lower, number, number_expression
from unspoken.engine.graph import NamedValue
from unspoken.engine.texts import tidy_call
from unspoken.model import Expression, Storyworld


class Act(NamedTuple):
    """A ground action: its text, ``tell(Ann, Ben)``, its schema's name, and who must consent."""

    text: str
    name: str
    consenting: tuple[str, ...]


class Happening(NamedTuple):
    """Something that happened in a round: an act; who did it (None: it happened of itself); whether
    it was done, or turned out to be impossible; and whose minds it changed."""

    act: str
    who: str | None
    done: bool
    touched: tuple[str, ...]


class Crowd:
    """The present state of a world, what is true and what everybody believes.

    What characters want is told with ``wish``; utilities count for nothing here. Raises EngineError
    (code, facts) if the world contradicts itself.
    """

    def __init__(self, world: Storyworld, depth: int = 2) -> None:
        self.world = world
        # Wishes would come to be utilities, which nobody asks for here.
        self.lowered = lower(replace(world, utilities=(), inner=replace(world.inner, wishes=())))
        self._numbering = Numbering(self.lowered)
        self.raw = _engine.Crowd(number(self.lowered), depth)
        self._entity_names = [entity.name for entity in self._numbering.entities]
        self.characters = tuple(self._entity_names[: self._numbering.characters])

    @property
    def depth(self) -> int:
        return self.raw.depth()

    @property
    def exact(self) -> int | None:
        """Chains of at most so many minds believe exactly what they would in ``GroundWorld``; None:
        nothing is certain."""
        return self.raw.exact()

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """Every ground action, by number."""
        names = [action.name for action in self.lowered.actions]
        return tuple(
            Act(text, names[schema], tuple(self.characters[who] for who in consenting))
            for text, schema, consenting in self.raw.actions()
        )

    @cached_property
    def _act_of(self) -> dict[str, int]:
        # Where overloads share a text, the first declared wins, as in the language.
        return {act.text: place for place, act in reversed(list(enumerate(self.acts)))}

    def act(self, text: str) -> int:
        """The number of the action written ``knock(Willow, Door)``. Raises KeyError where there is
        none, or where it can never happen."""
        return self._act_of[tidy_call(text)]

    def character(self, name: str) -> int:
        """The number of a character. Raises KeyError for a name that is nobody's."""
        number = self._numbering.entity[name]
        if number >= len(self.characters):
            raise KeyError(name)
        return number

    def value(self, fluent: str, minds: Sequence[str] = ()) -> NamedValue:
        """The value of a property of entities, written ``at(Tara)``, in truth or in nested minds,
        outermost first. Raises KeyError for one that does not exist."""
        name, _, rest = tidy_call(fluent).partition("(")
        arguments = [part.strip() for part in rest.removesuffix(")").split(",") if part.strip()]
        numbers = [self._numbering.entity[argument] for argument in arguments]
        chain = [self.character(who) for who in minds]
        for place, declared in enumerate(self.lowered.properties):
            if declared.name == name and len(declared.parameters) == len(numbers):
                try:
                    found = self.raw.fluent(place, numbers)
                except _engine.EngineError:
                    continue  # an overload
                value = self.raw.value(chain, found)
                if isinstance(value, int) and not isinstance(value, bool):
                    return self._entity_names[value]
                return value
        raise KeyError(fluent)

    def allows(self, act: str, minds: Sequence[str] = ()) -> bool:
        """Is an action possible, in truth or as nested minds believe?"""
        return self.raw.is_possible([self.character(who) for who in minds], self.act(act))

    def happens(self, act: str) -> bool:
        """Lets an action happen, whether or not it is possible, with all that it sets off. Has it
        changed anything?"""
        return self.raw.apply(self.act(act))

    def wish(
        self,
        whose: str,
        met: Expression,
        unmet: Expression,
        weight: float,
        applies: Expression | None = None,
        drive: tuple[Expression, float] | None = None,
    ) -> None:
        """Somebody wants something to be so (negative ``weight``: not to be so): closed conditions
        to be read in their mind, when it is met, when it certainly is not, and when it is a wish at
        all; ``drive``: a level in proportion to which it counts, and the highest there is."""
        self.raw.wish(
            self.character(whose),
            self._numbered(met),
            self._numbered(unmet),
            None if applies is None else self._numbered(applies),
            weight,
            None if drive is None else self._numbered(drive[0]),
            0.0 if drive is None else drive[1],
        )

    def dare(self, whose: str, daring: float) -> None:
        """How daring somebody is, 0 to 1 (0.5 where nothing is said)."""
        self.raw.dare(self.character(whose), daring)

    def decide(self, who: str) -> str | None:
        """The act that somebody would do now, as text; None: it waits."""
        act, _ = self.raw.decide(self.character(who))
        return None if act is None else self.acts[act].text

    def round(
        self, round: int, occasions: Sequence[int], order: Sequence[int], threads: int = 2
    ) -> tuple[Happening, ...]:
        """A round: these actions happen of themselves if they are possible by then, then these
        characters (by number) have their turns, in this order. The number of threads changes
        nothing but the time it takes."""
        happenings = self.raw.round(round, list(occasions), list(order), threads)
        names = self.characters
        return tuple(
            Happening(
                self.acts[act].text,
                None if who is None else names[who],
                done,
                tuple(names[one] for one in touched),
            )
            for act, who, done, touched in happenings
        )

    def size(self) -> dict[str, int]:
        """fluents, constants, actions, triggers; minds that are not as all others, and about how
        many bytes they take."""
        return self.raw.size()

    def _numbered(self, expression: Expression) -> str:
        return number_expression(self._numbering, expression)
