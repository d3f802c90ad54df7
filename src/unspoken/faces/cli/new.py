"""``unspoken new``: a storyworld to begin from, as a file of one's own."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from unspoken.faces.cli.options import Json, Quiet

DEFAULT = "letter"


def templates() -> dict[str, str]:
    """The templates' names with their first comment lines, in alphabetical order."""
    folder = files("unspoken.faces.cli") / "templates"
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".story")), key=lambda f: f.name)
    return {
        f.name.removesuffix(".story"): f.read_text("utf-8").splitlines()[0].removeprefix("// ")
        for f in found
    }


def new(
    name: str,
    /,
    *,
    template: Annotated[
        str, Parameter(name=["--template", "-t"], help="What to begin from.", show_default=True)
    ] = DEFAULT,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Start a storyworld from a template.

    Writes NAME.story; a file that is there already is never written over.

    For example:

        unspoken new letter
        unspoken new manor --template secret
    """
    from unspoken.faces.cli.terminal import write_json
    from unspoken.files import write_new
    from unspoken.sources import failure

    known = templates()
    if template not in known:
        raise failure("no-such-template", name=template, known=list(known))
    path = Path(name if name.endswith(".story") else f"{name}.story")
    text = (files("unspoken.faces.cli") / "templates" / f"{template}.story").read_text("utf-8")
    write_new(path, text)
    if json:
        write_json({"file": str(path), "template": template})
    elif not quiet:
        print(f"{path} is yours ({known[template]}).\nNext: unspoken tell {path}")
