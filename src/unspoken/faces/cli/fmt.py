"""``unspoken fmt``: storyworlds in one form, with every comment kept."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from unspoken.faces.cli.options import Json, Quiet, Worlds


def fmt(
    *worlds: Worlds,
    check: Annotated[
        bool, Parameter(help="Write nothing; say which files would change, and end with 1.")
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Format storyworlds; no comment is lost.

    Files are changed in place, each at a stroke. A file that has mistakes stays as it is, and so
    does one that somebody else changes in the meantime. What the world means never changes.

    For example:

        unspoken fmt night.story
        unspoken fmt --check *.story
    """
    from unspoken import sources
    from unspoken.faces.cli.terminal import FINE, WRONG, exit_code, report, write_json
    from unspoken.files import rewrite
    from unspoken.language import Diagnostic, DiagnosticError, as_json, format_text

    found: list[Diagnostic] = []
    changed: list[str] = []
    for name in worlds:
        path = Path(name)
        try:
            before = sources.read_bytes(path)
            text = sources.decoded(before, str(path))
            sources.refuse_ledger(str(path), text)
            formatted, diagnostics = format_text(text, str(path))
            if formatted is None:
                found.extend(d for d in diagnostics if d.severity == "error")
                continue
            after = _as_it_was_kept(formatted, before)
            if after != before:
                changed.append(name)
                if not check:
                    rewrite(path, before, after)
        except DiagnosticError as error:
            found.extend(error.diagnostics)
    if json:
        write_json({"changed": changed, "diagnostics": [as_json(d) for d in found]})
    else:
        report(found)
        if not quiet or check:
            for name in changed:
                sys.stdout.write(f"{name} {'would change' if check else 'formatted'}\n")
    if found:
        return exit_code(found)
    return WRONG if check and changed else FINE


def _as_it_was_kept(text: str, before: bytes) -> bytes:
    """With the line ends and the byte order mark that the file had."""
    if b"\r\n" in before:
        text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    return mark + text.encode("utf-8")
