"""What is well-formed and most likely not meant: warnings about a whole world."""

from __future__ import annotations

from unspoken.language.checking import Checker, Place
from unspoken.language.diagnostics import Diagnostic
from unspoken.language.tree import File
from unspoken.model import Storyworld


def lint(file: File, world: Storyworld, check: Checker, place: Place) -> list[Diagnostic]:
    """Warnings about a world in which nothing is wrong."""
    return []
