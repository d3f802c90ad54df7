"""Worlds and stories from files and texts: where a caller of the library begins.

    world = unspoken.load("night.story")
    story = unspoken.load_chronicle("night.json")

Receives paths and texts; hands on worlds and stories. Whatever an author got wrong is raised as
``DiagnosticError``, whose text is the excerpt with the place marked.
"""

from __future__ import annotations

import time
from pathlib import Path

from unspoken import sources
from unspoken.language import failure, sound
from unspoken.model import Source
from unspoken.story import Story
from unspoken.world import World


def load(path: str | Path) -> World:
    """The storyworld in a file, in a folder (its ``world.story``), or shipped under that name.

    Raises DiagnosticError where there is none, or where it has mistakes.
    """
    return _read(sources.find(path))


def parse(text: str, name: str = "<text>") -> World:
    """The storyworld that a text describes. Raises DiagnosticError where it has mistakes."""
    return _read(Source(name, text))


def load_chronicle(path: str | Path, world: str | Path | None = None) -> Story:
    """The story that a saved chronicle keeps. Its world is the one it names, beside it or where
    one stands, unless ``world`` says where it is.

    Raises DiagnosticError where either is not there or not what it should be.
    """
    chronicle = sources.read_chronicle(path)
    if world is None:
        named = chronicle.source or chronicle.world
        beside = Path(path).parent / named
        if not (beside.exists() or Path(named).exists() or named in stories()):
            raise failure("chronicle-without-world", source=named)
        world = beside if beside.exists() else named
    return load(world).retell(chronicle)


def stories() -> list[str]:
    """The names of the stories that are shipped; ``load`` takes them."""
    return sources.shipped()


def _read(source: Source) -> World:
    from unspoken.language import parse

    sources.refuse_ledger(source.name, source.text)
    start = time.perf_counter()
    model = sound(parse(source.text, source.name, lints=False))
    return World(model, (time.perf_counter() - start) * 1000)
