"""The formats there are: one line each, and one file each, which is imported when it is needed.

A format's file has a function ``write(edition)``: text, or bytes where the format is no text. It
ends with the colophon, whose seal is set here.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import Literal

from msgspec import Struct

from unspoken.export.edition import Edition, Reading
from unspoken.seal import seal


class Format(Struct, frozen=True):
    """``name``: what it is called, and its file here. ``endings``: of files that are meant to be
    in it, the usual one first. ``is_text``: it can be shown on a terminal. ``has``: which readings
    of an edition are in it: the first, those that are played, or all; a screenplay is none of
    them."""

    name: str
    endings: tuple[str, ...]
    what: str
    is_text: bool = True
    has: Literal["all", "first", "played", "none"] = "all"

    def readings(self, edition: Edition) -> tuple[Reading, ...]:
        """Those of an edition that are in a file of this format."""
        match self.has:
            case "first":
                return edition.readings[:1]
            case "played":
                return edition.eyes
            case "none":
                return ()
            case "all":
                return edition.readings

    def write(self, edition: Edition) -> str | bytes:
        """The whole file, its seal not yet set."""
        written: str | bytes = import_module(f"unspoken.export.{self.name}").write(edition)
        return written


FORMATS = (
    Format("markdown", (".md", ".markdown"), "Markdown (CommonMark)", has="first"),
    Format("text", (".txt",), "plain text", has="first"),
    Format("html", (".html", ".htm"), "a page that can be read through any eyes"),
    Format("epub", (".epub",), "a book for e-readers (EPUB 3)", is_text=False),
    Format("fountain", (".fountain", ".spmd"), "a screenplay", has="none"),
    Format("ink", (".ink",), "to be played, with Ink", has="played"),
    Format("twee", (".twee", ".tw"), "to be played, with Twine", has="played"),
    Format("renpy", (".rpy",), "to be played, with Ren'Py", has="played"),
    Format("json", (".json",), "data, with what each sentence was made from"),
)
"""A new format is a line here and a file of its name."""


def format_of(path: str | PurePath) -> Format | None:
    """The format that a file's ending stands for, if it does."""
    ending = PurePath(path).suffix.lower()
    return next((each for each in FORMATS if ending in each.endings), None)


def render(edition: Edition, name: str) -> bytes:
    """An edition in the format of that name. Raises KeyError where there is no such format."""
    formats = {each.name: each for each in FORMATS}
    written = formats[name].write(edition)
    return seal(written.encode() if isinstance(written, str) else written)
