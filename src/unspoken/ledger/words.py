"""The words of a ledger: what people can do in it, how they can be there, what a line can begin
with. Plain tables; ``reading`` reads by them, and what they mean is said here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from unspoken.ledger.model import (
    ASLEEP,
    EAVESDROPPING,
    HERE,
    HIDING,
    ON_THE_TELEPHONE,
    OUT_OF_EARSHOT,
    PRESENCES,
    Presence,
)

KEYS = (
    *("title", "people", "group", "chapter", "scene", "present", "when", "before", "after"),
    *("happens", "revealed", "no longer", "secret", "same", "contradict"),
)
"""What a line begins with that is not about what somebody does."""

Reach = Literal[
    "aloud",  # whoever is within hearing hears it
    "alone",  # those who are addressed, and nobody else; they are there
    "afar",  # those who are addressed, wherever they are
    "within",  # nobody
]


class Verb(NamedTuple):
    """Something that people do with a fact. ``forms``: how it is written, singular and plural.
    ``to``: whether somebody is addressed (``""``: nobody; ``everybody``: all who hear it).
    ``needs``: whether one must know the fact for it."""

    forms: tuple[str, ...]
    reach: Reach = "within"
    to: Literal["", "names", "everybody"] = ""
    needs: bool = False
    is_lie: bool = False


VERBS: Mapping[str, Verb] = {
    "tells": Verb(("tells", "tell"), "aloud", "names", needs=True),
    "says": Verb(("says", "say"), "aloud", "everybody", needs=True),
    "whispers to": Verb(("whispers to", "whisper to"), "alone", "names", needs=True),
    "writes to": Verb(("writes to", "write to"), "afar", "names", needs=True),
    "lies to": Verb(("lies to", "lie to"), "aloud", "names", is_lie=True),
    "lies": Verb(("lies", "lie"), "aloud", "everybody", is_lie=True),
    "uses": Verb(("uses", "use"), needs=True),
    "learns": Verb(("learns", "learn")),
    "believes": Verb(("believes", "believe")),
    "suspects": Verb(("suspects", "suspect")),
    "forgets": Verb(("forgets", "forget")),
    "knows": Verb(("knows", "know")),
}
"""By the name under which they stand in a chronicle."""


class Move(NamedTuple):
    """Somebody's coming, going, or being there otherwise. ``out_of``: how one is before (None:
    not there); ``into``: how one is after. ``state``: why it cannot be, where one is not so."""

    forms: tuple[str, ...]
    out_of: tuple[Presence | None, ...]
    into: Presence | None


_AWAKE = (HERE, HIDING, EAVESDROPPING, OUT_OF_EARSHOT, ON_THE_TELEPHONE)

MOVES: Mapping[str, Move] = {
    "enters": Move(("enters", "enter"), (None,), HERE),
    "leaves": Move(("leaves", "leave"), _AWAKE, None),
    "wakes": Move(("wakes", "wake", "wakes up", "wake up"), (ASLEEP,), HERE),
    "falls asleep": Move(("falls asleep", "fall asleep"), _AWAKE, ASLEEP),
    "hides": Move(("hides", "hide"), (HERE, OUT_OF_EARSHOT), HIDING),
    "comes out": Move(("comes out", "come out"), (HIDING, EAVESDROPPING), HERE),
    "steps aside": Move(("steps aside", "step aside"), (HERE,), OUT_OF_EARSHOT),
    "comes back": Move(("comes back", "come back"), (OUT_OF_EARSHOT,), HERE),
}

AS_WELL: Mapping[str, Presence] = {
    **{presence.name: presence for presence in PRESENCES},
    "sleeping": ASLEEP,
    "unconscious": ASLEEP,
    "hidden": HIDING,
    "in hiding": HIDING,
    "listening": EAVESDROPPING,
    "on the phone": ON_THE_TELEPHONE,
}
"""What can stand in brackets behind somebody who is present: other words are as good."""

EVERYBODY = ("everybody", "everyone", "all")

_LEARNS = "write `{who} learns: ...`; or `happens: ...`, where everybody who is there sees it"

INSTEAD: Mapping[str, str] = {
    **dict.fromkeys(("sees", "notices", "discovers", "realises", "realizes", "finds"), _LEARNS),
    **dict.fromkeys(("hears", "reads", "overhears", "remembers"), "write `{who} learns: ...`"),
    **dict.fromkeys(("thinks", "assumes", "supposes"), "write `{who} believes: ...`"),
    **dict.fromkeys(("guesses", "wonders", "doubts"), "write `{who} suspects: ...`"),
    **dict.fromkeys(("acts", "does"), "write `{who} uses: ...`, with the fact that it takes"),
    "asks": "a question tells nothing: leave it out, or write what `{who} tells` by it",
    "whispers": "write to whom: `{who} whispers to Ben: ...`",
    "writes": "write to whom: `{who} writes to Ben: ...`",
    "arrives": "write `{who} enters`",
    "goes": "write `{who} leaves`",
}
"""What to write for words that one may well think of; behind a name."""

DOINGS = frozenset((*VERBS, *MOVES))
"""Everything that somebody does: lines that begin with who."""
