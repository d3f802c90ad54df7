"""The compiled engine: numbers in, numbers out (compiled/FORMAT.md). Only ``unspoken.engine``
imports this; the rest of the code goes through its State and Mind."""

from collections.abc import Sequence
from typing import Literal, TypeAlias, final

Value: TypeAlias = bool | float | int | None
"""None unknown, bool, float a number, int an entity."""

Chain: TypeAlias = Sequence[int]
"""Characters, outermost first; empty for what is true."""

FluentValue: TypeAlias = tuple[list[int], int, Value, Value, tuple[list[Value], list[Value]] | None]
"""chain, fluent, value before, value after; and where the worlds of a mind differ about it, the
values that it may have had and may have"""

class EngineError(Exception):
    """Something in the world or a limit of the engine. ``args`` are (code, facts): a stable code
    such as ``contradictory-effect`` and a dict of numbers and texts to make words from."""

@final
class Step:
    """One thing that happened on the actual level: the act, or a trigger it set off."""

    event: int
    before: int
    after: int

@final
class Trace:
    """A transition, looked at closely. ``settled`` is the state after everything."""

    steps: list[Step]
    settled: int
    observed: list[tuple[list[int], bool]]
    """For each chain of minds to the depth asked for (no character twice running): does the
    innermost, as the outer ones imagine, see the act?"""
    surprises: list[FluentValue]
    """What each chain of minds had to mend before it could see the act."""
    inferred: list[tuple[list[int], int]]
    """Triggers that fired in a mind of its own accord: chain, event."""

@final
class Plan:
    """Acts and, for each act, for each consenting character in order, a Reason."""

    acts: list[int]
    reasons: list[list[Reason]]
    utility: float | None

@final
class Reason:
    """Why a character does an act: the act starts ``plan``, the rest is what it means to do or
    sees others do. ``reasons`` has, for each act of ``rest``, a Reason for each consenting
    character other than the owner."""

    character: int
    rest: list[int]
    reasons: list[list[Reason]]
    utility_before: float
    utility_after: float

@final
class Search:
    """A search under way on a thread of its own."""

    def wait(self, seconds: float) -> bool:
        """True when it has ended. Releases the interpreter."""
    def stop(self) -> None: ...
    def progress(self) -> dict[str, int]:
        """depth, states, transitions, explanations: how far it is; best: acts of the shortest
        solution so far, or 0"""
    def outcome(self) -> Literal["found", "impossible", "stopped"]:
        """Call after ``wait`` said True; raises EngineError if the search failed."""
    def plan(self) -> Plan | None:
        """The solution; or, when stopped or impossible, the best plan that raises the author's
        utility though not to the goal, if one was met."""
    def furthest(self) -> tuple[int, int]:
        """The most that any explained story met of the demands: scenes, and a bit for each must."""
    def stats(self) -> dict[str, float]:
        """transitions, states, explanations, milliseconds; shortest, whether the solution is
        proven to be a shortest; where there is one, how the first was come by: first_acts,
        first_transitions, first_milliseconds"""

Demand: TypeAlias = tuple[Literal["pass"], str] | tuple[Literal["act"], Sequence[int]]
"""Something to bring about: a state in which a condition holds (a numbered expression, JSON), or
one of some actions."""

StatedReason: TypeAlias = tuple[int, Sequence[int], Sequence[Sequence["StatedReason"]]]
"""character, rest, reasons, as in Reason"""

@final
class Verdict:
    """What a replay found: the first thing that is wrong, if ``rule`` is not None."""

    utility_before: float | None
    utility_after: float | None
    """The author's, at the start and, where all acts were possible, at the end."""
    rule: (
        Literal[
            "empty-plan",
            "impossible-act",
            "author-act-expected",
            "unexplained-act",
            "superfluous-reason",
            "no-rise",
            "not-minimal",
            "demand-unmet",
            "forbidden-act",
            "contradicted-fact",
        ]
        | None
    )
    within: list[tuple[int, int]]
    """The reasons inside which it is, outermost first: which act of the plan around, whose reason
    for it. In a reason, act 0 is the explained act itself."""
    act: int | None
    """The act of the innermost plan; with ``no-rise`` the one that does not pay."""
    character: int | None
    """Who lacks a reason, or has one too many."""
    demand: tuple[Literal["scene", "must", "keep"], int] | None
    """What is demanded and never comes about, or is contradicted in ``state``; its place among its
    kind."""
    state: int | None
    """The state it shows in: where the act is not possible, where the reason is missing..."""
    before: float | None
    after: float | None
    """``no-rise``: what it is worth before the act and at the end; ``not-minimal``: at the end of
    the acts ``kept``, and of all."""
    kept: list[int]

@final
class Solutions:
    """All solutions, by length, then by their acts in the order of events. The engine works, and
    is busy, only while it is asked."""

    def next(self, transitions: int | None = None) -> Plan | None:
        """The next one. None if there are no more, or when stopped, or soon after so many
        transitions; then ask again. Releases the interpreter."""
    def skip(self, most: int, transitions: int | None = None) -> int:
        """Passes over so many, or as many as there are before ``next`` would give None; gives back
        how many."""
    def stop(self) -> None:
        """For another thread than the one that is in ``next`` or ``skip``."""
    def ended(self) -> bool:
        """Were all given?"""
    def progress(self) -> dict[str, int]:
        """depth, the acts of the stories it is at; states, transitions, explanations"""

@final
class Account:
    """What a character makes of an act, in the state ``believed``, worth ``before`` to it."""

    character: int
    believed: int
    before: float | None
    finding: Literal[
        "willing",
        "impossible",
        "unknown",
        "others",
        "too-far",
        "needless",
        "no-gain",
        "unsettled",
    ]
    """It would, for ``reason``. It believes the act impossible; what things are worth to it is
    unknown. It would gain by ``acts`` (to ``after``), if in act ``place`` somebody else took part,
    whose ``account`` this is; or if anybody looked so far ahead; or if not the acts ``kept`` alone
    did as well. It would come to ``most``, while with anything it can come to ``otherwise``. It was
    not settled, for want of time or of effort."""
    reason: Reason | None
    acts: list[int]
    after: float | None
    place: int | None
    account: Account | None
    kept: list[int]
    most: float | None
    otherwise: float | None

@final
class Engine:
    """A grounded world and every state that it has met."""

    def __init__(self, numbered_world: str) -> None: ...
    def fluents(self) -> list[tuple[int, list[Value]]]: ...
    def events(self) -> list[tuple[int, int, list[Value], list[int]]]:
        """kind, schema, arguments, consenting characters"""
    def initial(self) -> int:
        """The settled initial state."""
    def mind(self, state: int, character: int) -> int: ...
    def value(self, state: int, chain: Chain, fluent: int) -> Value: ...
    def values(self, state: int) -> list[Value]:
        """Every fluent's value, in the order of ``fluents``."""
    def utility(self, state: int, character: int | None) -> float | None: ...
    def worlds(self, state: int) -> list[int]:
        """The states that a state stands for: several, of a mind that takes several worlds to be
        possible. Its number is then none of theirs; everything else takes it, too."""
    def values_of(self, state: int, fluent: int) -> list[Value]:
        """The values that a fluent has in these, each once, in order."""
    def evaluate(self, state: int, expression: str) -> Value:
        """A numbered expression (JSON, no free slots) read in a state; conditions give a bool."""
    def question(self, expression: str) -> int:
        """Keeps a numbered expression, grounded, under a number for ``ask``."""
    def ask(self, state: int, question: int) -> Value:
        """What ``evaluate`` says of the expression."""
    def ask_all(self, state: int, questions: Sequence[int]) -> list[Value]:
        """What ``ask`` says, of each."""
    def possible(self, state: int) -> list[int]:
        """Actions whose precondition holds, in order."""
    def options(self, state: int, character: int) -> list[int]:
        """Those of them whose first consenting character this is."""
    def is_possible(self, state: int, event: int) -> bool: ...
    def observes(self, state: int, event: int, character: int) -> bool: ...
    def outlook(
        self,
        state: int,
        character: int | None,
        above: float | None = None,
        at_least: float | None = None,
        through: Sequence[str] = ...,
        acts: Sequence[Sequence[int]] = ...,
        never: Sequence[int] = ...,
        within: int = ...,
    ) -> tuple[int, int, list[int]] | None:
        """How far off it looks that somebody's utility is above (or at least) so much, that each
        of the numbered conditions has held, and that an act of each group has been done: no fewer
        acts than so many, about so many, and which ones help now. None: not within so many acts,
        whatever is done; without ``within``: never. A character counts on no act of the
        author's."""
    def never_consents(self, character: int) -> bool:
        """Is it certain that nothing ever explains a character's part in any act?"""
    def may_be(self, fluent: int, value: Value) -> bool:
        """May a fluent ever have this value, in truth or in a mind?"""
    def fits(self, fluent: int, value: Value) -> bool:
        """Is it at least the kind of value that the fluent has?"""
    def graph(self, state: int, order: Sequence[int]) -> list[tuple[list[Value], list[list[int]]]]:
        """Every state that minds lead to from here, breadth first with characters taken in this
        order: of each, the values of the changing fluents, and for each character the places in
        this list of the states that it takes to be possible."""
    def state_of(self, graph: Sequence[tuple[Sequence[Value], Sequence[Sequence[int]]]]) -> int:
        """The settled state that ``graph`` describes."""
    def mint(self, pins: Sequence[tuple[Chain, int, Value]], observers: Sequence[int]) -> int:
        """The event of telling chains of minds values of fluents, seen by ``observers``; the same
        one for the same content. Numbered after ``events``; no search knows of it."""
    def apply(self, state: int, event: int) -> int:
        """The settled state after an action, or after what was told; the precondition is the
        caller's business."""
    def trace(self, state: int, event: int, depth: int) -> Trace: ...
    def trace_initial(self, depth: int) -> Trace:
        """How the initial statements settled: triggers only."""
    def differences(self, before: int, after: int, depth: int) -> list[FluentValue]:
        """Every value that differs along chains of at most so many minds, nobody twice running."""
    def search(
        self,
        goal: float | None,
        author_limit: int | None = None,
        character_limit: int | None = None,
        epistemic_limit: int | None = None,
        *,
        transitions: int | None = None,
        milliseconds: int | None = None,
        budget: int | None = None,
        any: bool = False,
        scenes: Sequence[Demand] = (),
        musts: Sequence[Demand] = (),
        never: Sequence[int] = (),
        keep: Sequence[tuple[int, str]] = (),
        without: Sequence[str] = (),
    ) -> Search:
        """Looks for a shortest story that reaches the goal (None: that meets the demands) and, once
        there is one, for shorter ones until ``budget`` milliseconds have gone by since the
        beginning; with ``any`` not at all. ``without``: ideas to do without, for measuring what
        they bring (``Ideas`` in the engine's search)."""
    def solutions(
        self,
        goal: float | None,
        author_limit: int | None = None,
        character_limit: int | None = None,
        epistemic_limit: int | None = None,
        *,
        scenes: Sequence[Demand] = (),
        musts: Sequence[Demand] = (),
        never: Sequence[int] = (),
        keep: Sequence[tuple[int, str]] = (),
    ) -> Solutions:
        """All stories within the limits that ``search`` could give back."""
    def why_not(
        self,
        state: int,
        act: int,
        character_limit: int | None = None,
        epistemic_limit: int | None = None,
        milliseconds: int | None = None,
    ) -> list[Account]:
        """What everybody who must consent makes of an act, in their order. Ctrl-C gets through."""
    def reason(
        self,
        believed: int,
        character: int,
        act: int,
        *,
        character_limit: int,
        epistemic_limit: int,
        work: int,
        without: Sequence[tuple[int | None, int]] = (),
    ) -> tuple[list[int], float, float] | None:
        """Why a character that believes in a state would begin with an action there: the acts after
        that one, its utility before and after. None if for no reason within the limits, or none
        that so much work (transitions, and what costs as much) finds. It would not do what is in
        ``without`` itself: each an action, in a state, or in any. Depends on nothing that was
        asked before."""
    def replay(
        self,
        acts: Sequence[int],
        reasons: Sequence[Sequence[StatedReason]],
        goal_wanted: bool = True,
        *,
        scenes: Sequence[Demand] = (),
        musts: Sequence[Demand] = (),
        never: Sequence[int] = (),
        keep: Sequence[tuple[int, str]] = (),
    ) -> Verdict:
        """Re-checks a plan and its reasons, step by step, without limits. Where no goal is wanted,
        nothing need be gained, and whatever the demands do not need is one act too many."""
    def size(self) -> dict[str, int]:
        """fluents, constants, actions, triggers, states, transitions, bytes"""
    def check_invariants(self) -> None:
        """Raises EngineError if two states with different ids are equal, or the other way."""

@final
class Crowd:
    """A grounded world in its present state, and no other: for runs of many people. Fluents and
    events have the same numbers as an ``Engine`` of the same numbered world gives them. Minds have
    beliefs of their own in chains to ``depth``; beyond, they are taken to agree with the
    innermost."""

    def __init__(self, numbered_world: str, depth: int) -> None: ...
    def value(self, chain: Chain, fluent: int) -> Value: ...
    def is_possible(self, chain: Chain, event: int) -> bool: ...
    def apply(self, event: int) -> bool:
        """Changes the state by an action and what it sets off; the precondition is the caller's
        business. Has that changed anything? If it fails, nothing has."""
    def actions(self) -> list[tuple[str, int, list[int]]]:
        """Of every action by number: its text, its schema, who must consent."""
    def fluent(self, property: int, arguments: Sequence[int]) -> int:
        """The number of a property of entities."""
    def wish(
        self,
        whose: int,
        met: str,
        unmet: str,
        applies: str | None,
        weight: float,
        drive: str | None = None,
        highest: float = 0.0,
    ) -> None:
        """Somebody wants something to be so: numbered expressions (JSON), to be read in its mind.
        ``drive``: a level in proportion to which it counts, of which there is at most
        ``highest``."""
    def dare(self, whose: int, daring: float) -> None:
        """How daring somebody is, 0 to 1."""
    def decide(self, who: int) -> tuple[int | None, float]:
        """The act that somebody would do now (None: it waits), and what it is to it."""
    def round(
        self, round: int, occasions: Sequence[int], order: Sequence[int], threads: int
    ) -> list[tuple[int, int | None, bool, list[int]]]:
        """A round: actions that happen of themselves, as far as they are possible, then everybody's
        turn. Each thing that happened: the act, who did it, whether it was done (or turned out to
        be impossible), whose minds it changed."""
    def depth(self) -> int: ...
    def exact(self) -> int | None:
        """Chains of at most so many minds believe exactly what they would at any depth; None:
        nothing is certain."""
    def size(self) -> dict[str, int]:
        """fluents, constants, actions, triggers; minds that are not as all others, and their
        bytes"""
