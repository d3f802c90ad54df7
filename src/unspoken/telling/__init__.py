"""Prose from a chronicle, through minds that know only what they know.

    chronicle -> view -> beats -> discourse -> sentences -> realise -> Telling

Receives a chronicle and the model; hands on a ``Telling``. Knows neither the engine nor the search.
"""

from unspoken.telling.plan import Form, Options, Paragraph, Sentence, Span, Telling
from unspoken.telling.tell import NotI, NotOneMind, UnknownMind, tell
from unspoken.telling.view import Item, LocalId, View, times_of, trace, view

__all__ = [
    "Form",
    "Item",
    "LocalId",
    "NotI",
    "NotOneMind",
    "Options",
    "Paragraph",
    "Sentence",
    "Span",
    "Telling",
    "UnknownMind",
    "View",
    "tell",
    "times_of",
    "trace",
    "view",
]
