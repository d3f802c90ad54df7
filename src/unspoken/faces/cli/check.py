"""``unspoken check``: what is wrong with storyworlds, where, and what to do about it."""

from __future__ import annotations

import sys

from unspoken.faces.cli.options import Json, Quiet, Worlds


def check(*worlds: Worlds, json: Json = False, quiet: Quiet = False) -> int:
    """Point out the mistakes in storyworlds.

    Every mistake of every file comes in one run, with its line, a mark, and what to do. Warnings
    alone leave the exit code at 0.

    For example:

        unspoken check night.story
        unspoken check *.story --json
    """
    from unspoken import sources
    from unspoken.faces.cli.terminal import (
        FINE,
        counted,
        exit_code,
        wants_colour,
        write_json,
    )
    from unspoken.language import (
        Diagnostic,
        DiagnosticError,
        as_json,
        has_errors,
        parse,
        render_all,
    )
    from unspoken.telling.lints import lint

    found: list[Diagnostic] = []
    for name in worlds:
        try:
            source = sources.find(name)
        except DiagnosticError as error:
            found.extend(error.diagnostics)
        else:
            world, diagnostics = parse(source.text, source.name)
            found.extend(diagnostics)
            if world is not None and not has_errors(diagnostics):
                found.extend(lint(world))
    errors = [diagnostic for diagnostic in found if diagnostic.severity == "error"]
    warnings = len(found) - len(errors)
    if json:
        write_json(
            {
                "files": list(worlds),
                "errors": len(errors),
                "warnings": warnings,
                "diagnostics": [as_json(diagnostic) for diagnostic in found],
            }
        )
    else:
        if found:
            sys.stdout.write(render_all(found, colour=wants_colour(sys.stdout)) + "\n")
        if not quiet:
            parts = [counted(len(errors), "error"), counted(warnings, "warning")]
            said = " and ".join(part for part in parts if part) or "nothing to mend"
            print(f"{said} in {counted(len(worlds), 'file')}")
    return exit_code(errors) if has_errors(found) else FINE
