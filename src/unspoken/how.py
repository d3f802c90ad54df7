"""How a story is to be told, as a caller says it.

Receives the settings of ``Story.telling``; hands on the options of ``telling``, or raises
``DiagnosticError`` for what does not go together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict

from unspoken import arguments
from unspoken.language import failure

if TYPE_CHECKING:
    from unspoken.stage import Stage
    from unspoken.telling import Options

Heads: TypeAlias = Literal["alternate", "limited", "replay", "omniscient", "camera"]
Person: TypeAlias = Literal["first", "third"]
Tense: TypeAlias = Literal["past", "present"]
Order: TypeAlias = Literal["chronological", "flashback"]
Form: TypeAlias = Literal["prose", "screenplay", "annotated"]


class How(TypedDict, total=False):
    """The settings of ``Story.telling``, for what passes them on."""

    heads: Heads | None
    person: Person
    tense: Tense
    order: Order
    hindsight: bool
    words: int | None
    seed: int | None


def options(
    stage: Stage,
    through: str | None,
    *,
    heads: Heads | None = None,
    person: Person = "third",
    tense: Tense = "past",
    order: Order = "chronological",
    hindsight: bool = False,
    words: int | None = None,
    seed: int | None = None,
    own_seed: int,
) -> Options:
    """How to tell it. ``own_seed``: the story's, where the caller asks for no other."""
    from unspoken.telling import Options

    arguments.one_of("person", person, Person)
    arguments.one_of("tense", tense, Tense)
    arguments.one_of("order", order, Order)
    arguments.at_least(1, words=words)
    if heads is None:
        heads = "alternate" if through is None else "limited"
    arguments.one_of("heads", heads, Heads)
    known = list(stage.characters)
    if through is not None:
        stage.somebody(through)
    if (through is None) == (heads == "limited"):
        raise failure("heads-and-through", heads=heads, through=through or "nobody", known=known)
    if person == "first" and heads not in ("limited", "replay"):
        raise failure("first-person-of-many", known=known)
    if hindsight and person != "first":
        raise failure("hindsight-of-nobody")
    view = {"alternate": "alternating", "camera": "external"}.get(heads, heads)
    return Options(
        view=view,  # type: ignore[arg-type]
        through=through,
        person=person,
        tense=tense,
        seed=own_seed if seed is None else seed,
        words=words,
        order=order,
        hindsight=hindsight,
    )
