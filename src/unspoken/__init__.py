"""Unspoken: a story engine for characters with inner lives.

    import unspoken

    world = unspoken.load("night.story")
    story = world.plan(goal=1)
    print(story.tell(through="Tara"))

The public names, flat. They are imported when first used, so that ``import unspoken`` costs next
to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unspoken.language import Diagnostic, DiagnosticError
    from unspoken.loading import load, load_chronicle, parse, stories
    from unspoken.minds import Minds
    from unspoken.novel import Novel, load_ledger, parse_ledger
    from unspoken.story import Story
    from unspoken.world import World

__version__ = "0.1.0"

__all__ = [
    "Diagnostic",
    "DiagnosticError",
    "Minds",
    "Novel",
    "Story",
    "World",
    "__version__",
    "load",
    "load_chronicle",
    "load_ledger",
    "parse",
    "parse_ledger",
    "stories",
]

_HOME = {
    "Diagnostic": "unspoken.language",
    "DiagnosticError": "unspoken.language",
    **dict.fromkeys(("Novel", "load_ledger", "parse_ledger"), "unspoken.novel"),
    "Minds": "unspoken.minds",
    "Story": "unspoken.story",
    "World": "unspoken.world",
    **dict.fromkeys(("load", "load_chronicle", "parse", "stories"), "unspoken.loading"),
}


def __getattr__(name: str) -> object:
    """A public name, imported from where it lives (PEP 562)."""
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
