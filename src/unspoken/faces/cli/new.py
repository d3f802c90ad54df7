"""``unspoken new``: a storyworld or a ledger to begin from, as a file of one's own."""

from __future__ import annotations

import shlex
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from unspoken.faces.cli.options import Json, Quiet

DEFAULT = "letter"


def templates() -> list[str]:
    """What one can begin from: our templates, then the shipped stories."""
    from unspoken.sources import shipped

    return [*sorted(_own()), *shipped()]


def _own() -> dict[str, Traversable]:
    """Our templates, by name; a file's ending is that of what is made of it."""
    return {file.name.partition(".")[0]: file for file in _folder().iterdir()}


def ending(template: str) -> str:
    """The ending of what a template makes: a storyworld's, or a ledger's."""
    from unspoken.sources import WORLD_FILE

    file = _own().get(template)
    return Path(WORLD_FILE if file is None else file.name).suffix


def _text(template: str) -> str:
    from unspoken.sources import find

    file = _own().get(template)
    return find(template).text if file is None else file.read_text("utf-8")


def _folder() -> Traversable:
    return files("unspoken.faces.cli") / "templates"


def new(
    name: str,
    /,
    *,
    template: Annotated[
        str,
        Parameter(
            name=["--template", "-t"],
            help="What to begin from: a template, or a shipped story.",
            show_default=True,
        ),
    ] = DEFAULT,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Start a storyworld, or a ledger, from a template.

    Writes NAME.story, or NAME.ledger; a file that is there already is never written over.

    For example:

        unspoken new letter
        unspoken new manor --template paste_diamonds
        unspoken new novel --template ledger
    """
    from unspoken.faces.cli.terminal import write_json
    from unspoken.files import write_new
    from unspoken.language import failure
    from unspoken.sources import LEDGER

    known = templates()
    if template not in known:
        raise failure("no-such-template", name=template, known=known)
    its = ending(template)
    path = Path(name if name.endswith(its) else f"{name}{its}")
    write_new(path, _text(template))
    if json:
        write_json({"file": str(path), "template": template})
    elif not quiet:
        following = "check" if its == LEDGER else "tell"
        print(f"{path} is yours. Next: unspoken {following} {shlex.quote(str(path))}")
