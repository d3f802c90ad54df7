"""How an author wants a world told: voices, frames, thoughts, manners of speech, apparatus.

Written in a storyworld beside the actions they speak of; read by ``chronicle`` (for the kind of
an act) and by ``telling``. Templates stay plain text here: ``telling`` understands them.
"""

from __future__ import annotations

from typing import Literal as OneOf

from msgspec import Struct

from unspoken.model.expressions import Expression, Variable
from unspoken.model.origin import Span, Written

Pronoun = OneOf["she", "he", "they", "it"]
Teller = OneOf["any", "agent", "witness"]
Mode = OneOf["aloud", "thought", "gesture"]
Words = tuple[str, ...]


class Manner(Struct, frozen=True):
    """A named way of speaking with its settings: ``stammer 15 50 "dtpbvwm"``."""

    name: str
    settings: tuple[float | str, ...] = ()


class Voice(Written, frozen=True):
    """How an entity is named and how it speaks.

    ``known_as``: what others call it until they know its name, by knower (``"stranger"``: all).
    ``gloss``: by feeling, how it shows from outside; ``inside``: how it feels, own telling only.
    """

    entity: str
    name: str | None = None
    pronoun: Pronoun | None = None
    article: str | None = None
    manners: tuple[Manner, ...] = ()
    known_as: tuple[tuple[str, str], ...] = ()
    gloss: tuple[tuple[str, Words], ...] = ()
    inside: tuple[tuple[str, Words], ...] = ()
    origin: Span | None = None


class Frame(Written, frozen=True):
    """Ways to tell an event. ``event`` and ``parameters`` select the action or trigger as a use
    would; the parameters' names are the slots of the text."""

    event: str
    parameters: tuple[Variable, ...]
    texts: Words
    who: Teller = "any"
    needs: tuple[Expression, ...] = ()
    origin: Span | None = None


class Thought(Written, frozen=True):
    """Ways to think a proposition, in the first person present. The first variable is the
    thinker; ``proposition`` is read in the thinker's mind. ``forms``: ``plain``, ``exclaim``,
    ``question``, ``fragment`` and so on, each with its wordings."""

    name: str
    variables: tuple[Variable, ...]
    proposition: Expression
    forms: tuple[tuple[str, Words], ...]
    origin: Span | None = None


class Speech(Written, frozen=True):
    """Makes an action an act of speech (or of thought, or a gesture that says something).

    ``gist``: for indirect speech, ``"ask {you} in"``. ``says``: the beats of the utterance; a
    rambler uses more of them."""

    event: str
    parameters: tuple[Variable, ...]
    mode: Mode = "aloud"
    gist: str | None = None
    says: Words = ()
    origin: Span | None = None


class Telling(Struct, frozen=True):
    """Everything an author says about the telling. ``apparatus``: title, note, author, fandom,
    characters, pairing, rating, series, tags, ... in the order given, each with its texts."""

    apparatus: tuple[tuple[str, Words], ...] = ()
    voices: tuple[Voice, ...] = ()
    frames: tuple[Frame, ...] = ()
    thoughts: tuple[Thought, ...] = ()
    speeches: tuple[Speech, ...] = ()
