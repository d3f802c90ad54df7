"""What the formats that can be played say to whoever plays."""

from __future__ import annotations

from unspoken.export.edition import Edition, Reading

WHOSE = "Through whose eyes?"
ONWARD = "Go on"
ABOUT = "About this story"
AGAIN = "Once more, through other eyes"
BACK = "Back"
END = "The end"


def across(reading: Reading) -> str:
    """The same moment through other eyes."""
    if reading.mind is None:
        return f"The same moment, {reading.label[:1].lower()}{reading.label[1:]}"
    return f"The same moment, through {reading.label}\u2019s eyes"


def about(edition: Edition) -> tuple[str, ...]:
    """The apparatus, a line each."""
    lines = [edition.title, edition.note, *(f"{name}: {said}" for name, said in edition.rows)]
    return tuple(filter(None, lines))
