"""``unspoken matrix``: who knows what in a ledger or a chronicle, since when, and from whom."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from unspoken.faces.cli.options import Json, Quiet

if TYPE_CHECKING:
    from unspoken.chronicle import Chronicle


def matrix(
    file: Annotated[str, Parameter(help="A ledger, or a saved chronicle.")],
    /,
    *,
    chapter: Annotated[
        str | None, Parameter(help="At the end of this chapter. [default: at the end of all]")
    ] = None,
    people: Annotated[
        str | None, Parameter(help="Only of these, with commas between: `Anna, Ben`.")
    ] = None,
    facts: Annotated[
        str | None,
        Parameter(help="Only facts with one of these words in them, with commas between."),
    ] = None,
    html: Annotated[
        Path | None, Parameter(name="--html", help="Write it as a page of its own to this file.")
    ] = None,
    save: Annotated[
        Path | None, Parameter(name="--save", help="Keep the chronicle, as JSON, in this file.")
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show who knows what, since when, and from whom.

    Facts stand below each other, people side by side. What somebody is wrong about is marked, and
    so is what they only suspect. On a page (`--html`) it stands chapter by chapter, too.

    For example:

        unspoken matrix novel.ledger
        unspoken matrix novel.ledger --chapter 3 --people "Anna, Ben"
        unspoken matrix novel.ledger --html who-knows-what.html
    """
    from unspoken.faces.cli.terminal import write_json
    from unspoken.files import check_output, write_output
    from unspoken.ledger.matrix import matrix_of
    from unspoken.ledger.matrix_text import WIDTH, text_of

    for path in (html, save):
        check_output(path, file)
    chronicle = _chronicle(file)
    found = matrix_of(chronicle, chapter, _listed(people), _listed(facts))
    if html is not None:
        from unspoken import __version__
        from unspoken.ledger.matrix_html import html_of

        write_output(html, html_of(found, __version__))
    if save is not None:
        from unspoken.chronicle import to_json

        write_output(save, to_json(chronicle))
    written = [path for path in (html, save) if path is not None]
    if json:
        from msgspec import to_builtins

        data = to_builtins(found)
        write_json(data | {"files": [str(path) for path in written]})
    elif not written:
        terminal = sys.stdout.isatty()
        width = shutil.get_terminal_size().columns if terminal else WIDTH
        sys.stdout.write(text_of(found, width))
    elif not quiet:
        size = f"{len(found.rows)} facts, {len(found.people)} people"
        print("\n".join(f"{path}: {size}" for path in written))


def _listed(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def _chronicle(file: str) -> Chronicle:
    """What happens in a ledger that can be read, or what a chronicle keeps."""
    from unspoken import sources
    from unspoken.language import failure
    from unspoken.novel import Novel

    if sources.is_chronicle(file):
        return sources.read_chronicle(file)
    source = sources.find_ledger(file)
    if not sources.is_ledger(source):
        raise failure("no-ledger", path=file)
    return Novel(source).chronicle
