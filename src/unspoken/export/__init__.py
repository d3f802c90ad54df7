"""A told story as a file: to read, to play, to work on.

    chronicle, model -> edition -> one of FORMATS -> bytes

Receives a chronicle and the model; an ``Edition`` is tellings of them with the author's apparatus,
a format is a pure function of it. The same world and seed give the same bytes. Knows neither the
engine nor where the bytes are written.
"""

from unspoken.export.edition import Edition, Line, Paragraph, Reading, Run, edition
from unspoken.export.formats import FORMATS, Format, format_of, render

__all__ = [
    "FORMATS",
    "Edition",
    "Format",
    "Line",
    "Paragraph",
    "Reading",
    "Run",
    "edition",
    "format_of",
    "render",
]
