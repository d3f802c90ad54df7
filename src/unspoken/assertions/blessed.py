"""Texts that an author has blessed: where they are kept, and what has become of them.

Receives what a telling comes to now; hands on a ``Kept`` for each, with the differences. They stand
in a folder beside the world that has its name and ends in ``.blessed``, one file each, under the
test's title: ``night.blessed/willow-comes-to-know/tara-first.txt``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypeAlias

from msgspec import Struct

from unspoken import sources
from unspoken.assertions.difference import Place, places
from unspoken.files import make_folder, rewrite, write_new
from unspoken.model import Retelling, StoryTest
from unspoken.model.tests import ACTS, slug

State: TypeAlias = Literal["same", "changed", "new"]


class Kept(Struct, frozen=True):
    """A text beside what was blessed of it. ``was`` None: nothing was."""

    path: Path
    retelling: Retelling
    seed: int
    text: str
    was: str | None
    read: bytes | None

    @property
    def state(self) -> State:
        if self.was is None:
            return "new"
        return "same" if self.was == self.text else "changed"

    @property
    def differences(self) -> tuple[Place, ...]:
        """Where it differs from what was blessed."""
        if self.was is None:
            return ()
        return places(self.was, self.text, by_line=self.is_a_list)

    @property
    def is_a_list(self) -> bool:
        """Is it the acts, one on a line, and no prose?"""
        return self.retelling.eyes == ACTS

    def bless(self) -> None:
        """Keep the text as it is now. Raises DiagnosticError where that cannot be done, or
        somebody has changed the file since it was read."""
        if self.state == "same":
            return
        if self.read is None:
            make_folder(self.path.parent)
            write_new(self.path, self.text)
        else:
            rewrite(self.path, self.read, self.text.encode("utf-8"))


def kept(folder: Path, test: StoryTest, retelling: Retelling, seed: int, text: str) -> Kept:
    """A text beside what was blessed of it. Raises DiagnosticError for a file that is no text."""
    path = _path(folder, test, retelling, seed)
    text = text.rstrip("\n") + "\n" if text.strip() else ""
    if not path.is_file():
        return Kept(path, retelling, seed, text, None, None)
    read = sources.read_bytes(path)
    was = sources.decoded(read, str(path)).replace("\r\n", "\n")
    return Kept(path, retelling, seed, text, was, read)


def by_nobody(folder: Path, tests: Sequence[StoryTest]) -> list[Path]:
    """The texts that stand there, and that none of these tests blesses."""
    blessed = {
        _path(folder, test, retelling, seed)
        for test in tests
        for retelling in test.blessed
        for seed in test.seeds
    }
    return [path for path in sorted(folder.glob("*/*.txt")) if path not in blessed]


def _path(folder: Path, test: StoryTest, retelling: Retelling, seed: int) -> Path:
    words = slug(str(retelling))
    name = f"{words}-seed-{seed}.txt" if test.runs > 1 else f"{words}.txt"
    return folder / test.slug / name
