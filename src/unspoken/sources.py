"""Where storyworlds come from: a file, a folder with a world in it, or the shipped stories.

Receives what somebody wrote for a world (a path or a name); hands on a ``Source``: its text with
the name to show; of a saved chronicle, the chronicle. Every way in which that can fail is a
diagnostic. Does not know the language.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from unspoken.language import failure
from unspoken.language.diagnostics import closest
from unspoken.model import Source

if TYPE_CHECKING:
    from unspoken.chronicle import Chronicle

WORLD_FILE = "world.story"
"""What the world in a folder is called."""

SCENES = ".scenes"
"""The ending of a file of scenes; one of the same name as a world belongs to it."""

TESTS = ".tests"
"""The ending of a file of tests; likewise."""

BLESSED = ".blessed"
"""The ending of a folder of texts that the tests of a world have blessed; likewise."""

LEDGER = ".ledger"
"""The ending of a ledger: plain scenes, and who knows what in them."""

FLAGSHIP = "night_visit"
"""The shipped story that is told when no other is named."""


def shipped() -> list[str]:
    """The names of the stories that are shipped, in alphabetical order."""
    return sorted(folder.name for folder in _stories().iterdir() if (folder / WORLD_FILE).is_file())


def find(world: str | Path) -> Source:
    """The storyworld meant by a path or a shipped story's name: a file or folder of that name
    comes first. Raises DiagnosticError."""
    path = Path(world)
    if os.path.isdir(path):
        if not (path / WORLD_FILE).is_file():
            raise failure("folder-without-world", path=str(path), file=WORLD_FILE)
        path = path / WORLD_FILE
    if str(world) in shipped() and not os.path.lexists(path):
        text = (_stories() / str(world) / WORLD_FILE).read_text(encoding="utf-8")
        return Source(str(world), text)
    if not os.path.lexists(path):
        names = shipped() if len(path.parts) == 1 else []
        meant = _meant(path, names)
        raise failure("no-such-file", name=str(world), suggestion=meant, stories=shipped())
    return read(path)


def scenes_of(world: str | Path) -> Source | None:
    """The scenes that belong to a world, if it has any. Raises DiagnosticError as ``find``."""
    return beside(find(world), SCENES)


def beside(world: Source, ending: str) -> Source | None:
    """What belongs to a world, if it is there: the file beside its own, of the same name with
    another ending. Raises DiagnosticError where it cannot be read."""
    path = path_beside(world, ending)
    if path is None or not path.is_file():
        return None
    name = f"{world.name}/{path.name}" if is_shipped(world) else str(path)
    return Source(name, decoded(read_bytes(path), name))


_TEST = re.compile(r'^\s*test\s*"', re.MULTILINE)


def with_tests(folder: Path) -> list[str]:
    """The storyworlds in a folder, or below it, that seem to have tests, in alphabetical order.
    What is hidden, or was installed, is left alone."""
    found: list[str] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name not in ("node_modules", "site-packages")
        )
        for name in sorted(names):
            path = Path(place) / name
            if path.suffix != Path(WORLD_FILE).suffix:
                continue
            if path.with_suffix(TESTS).is_file() or _TEST.search(read(path).text):
                found.append(str(path))
    return found


def path_beside(world: Source, ending: str) -> Path | None:
    """Where that would be; None: the world has no file."""
    if is_shipped(world):
        return Path(str(_stories() / world.name / WORLD_FILE)).with_suffix(ending)
    path = Path(world.name)
    return path.with_suffix(ending) if path.is_file() else None


def is_shipped(world: Source) -> bool:
    """Whether it is one of the shipped stories, by its name."""
    return world.name in shipped() and not os.path.lexists(world.name)


def read(path: Path) -> Source:
    """A text file as a source. Raises DiagnosticError where it cannot be read as text."""
    return Source(str(path), decoded(read_bytes(path), str(path)))


def read_bytes(path: Path) -> bytes:
    """A file's content. Raises DiagnosticError where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise failure("no-such-file", name=str(path), suggestion=_meant(path)) from None
    except IsADirectoryError:
        raise failure("is-a-folder", path=str(path)) from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise failure("unreadable-file", path=str(path), reason=reason(error)) from None


def find_ledger(path: str | Path) -> Source:
    """The ledger in a file. Raises DiagnosticError where there is none."""
    file = Path(path)
    if not os.path.lexists(file):
        raise failure("no-such-file", name=str(path), suggestion=_meant(file), stories=shipped())
    return read(file)


_LEDGER_LINE = re.compile(r"(title|people|group|chapter|scene)\b[^:;{]*:|chapter\s+\S+\s*$", re.I)


def is_ledger(source: Source) -> bool:
    """Whether a text is a ledger: by its name's ending, or, where that is none of ours, by its
    first line."""
    ending = Path(source.name).suffix
    if ending in (LEDGER, Path(WORLD_FILE).suffix):
        return ending == LEDGER
    for line in source.text.splitlines():
        if line.strip() and not line.lstrip().startswith(("#", "//")):
            return _LEDGER_LINE.match(line.strip()) is not None
    return False


def refuse_ledger(name: str, text: str) -> None:
    """Raises DiagnosticError where a text is a ledger, and so no storyworld."""
    if is_ledger(Source(name, text)):
        raise failure("ledger-is-no-world", path=name)


def is_chronicle(path: str) -> bool:
    """Whether a file is meant as a saved chronicle: JSON, which no storyworld is."""
    file = Path(path)
    if file.suffix == ".json":
        return True
    try:
        with file.open("rb") as opened:
            return opened.read(512).lstrip().startswith(b"{")
    except (OSError, ValueError):
        return False


def read_chronicle(path: str | Path) -> Chronicle:
    """What a saved chronicle keeps, its world left alone. Raises DiagnosticError."""
    from unspoken.chronicle import from_json

    return from_json(read(Path(path)).text, str(path))


def decoded(data: bytes, name: str) -> str:
    """The text of a file's bytes: UTF-8, with or without a byte order mark."""
    if b"\0" in data:
        raise failure("not-a-text", path=name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise failure("not-utf-8", path=name, line=line) from None


def reason(error: Exception) -> str:
    """What the operating system said, without its number."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return said[:1].lower() + said[1:]


def _stories() -> Traversable:
    return files("unspoken") / "stories"


def _meant(path: Path, names: Iterable[str] = ()) -> str | None:
    """What may have been meant by a file that is not there: one in the same folder that is called
    so but for its ending, or nearly so with the same one (a world's, if it has none); or one of
    ``names``."""
    ending = path.suffix or Path(WORLD_FILE).suffix
    try:
        found = sorted(path.parent.iterdir(), key=lambda one: (one.suffix != ending, one.name))
    except (OSError, ValueError):
        found = []
    stems = {name: name for name in names}
    for file in found:
        if file.suffix == ending or file.stem == path.stem:
            stems.setdefault(file.stem, str(path.parent / file.name))
    near = closest(path.stem, stems)
    return None if near is None else stems[near]
