"""``unspoken new``: a storyworld to begin from, as a file of one's own."""

from __future__ import annotations

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

    own = sorted(file.name.removesuffix(".story") for file in _folder().iterdir())
    return [*own, *shipped()]


def _text(template: str) -> str:
    from unspoken.sources import find

    file = _folder() / f"{template}.story"
    return file.read_text("utf-8") if file.is_file() else find(template).text


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
    """Start a storyworld from a template.

    Writes NAME.story; a file that is there already is never written over.

    For example:

        unspoken new letter
        unspoken new manor --template paste_diamonds
    """
    from unspoken.faces.cli.terminal import write_json
    from unspoken.files import write_new
    from unspoken.sources import failure

    known = templates()
    if template not in known:
        raise failure("no-such-template", name=template, known=known)
    path = Path(name if name.endswith(".story") else f"{name}.story")
    write_new(path, _text(template))
    if json:
        write_json({"file": str(path), "template": template})
    elif not quiet:
        print(f"{path} is yours. Next: unspoken tell {path}")
