"""``unspoken check``: what is wrong with storyworlds and ledgers, where, and what to do."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from unspoken.faces.cli.options import Files, Json, Quiet

if TYPE_CHECKING:
    from unspoken.language import Diagnostic
    from unspoken.ledger import Exempted


def check(
    *files: Files,
    intended: Annotated[
        bool,
        Parameter(
            name="--intended", help="List also what is exempted in ledgers, with the reasons."
        ),
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Point out the mistakes in storyworlds, in files of tests, and in ledgers.

    A ledger has a novel's scenes, plainly: who says what they cannot know, who is told what they
    know already, and the like. Every mistake of every file comes in one run, with its line, a mark,
    and what to do. Warnings alone leave the exit code at 0.

    For example:

        unspoken check night.story
        unspoken check novel.ledger --intended
        unspoken check *.story --json
    """
    from unspoken.faces.cli.terminal import (
        FINE,
        counted,
        exit_code,
        wants_colour,
        write_json,
    )
    from unspoken.language import as_json, has_errors, render, render_all

    found: list[Diagnostic] = []
    meant: list[Exempted] = []
    for name in files:
        its, exempted = _check(name)
        found += its
        meant += exempted
    errors = [diagnostic for diagnostic in found if diagnostic.severity == "error"]
    warnings = len(found) - len(errors)
    colour = wants_colour(sys.stdout)
    if json:
        write_json(
            {
                "files": list(files),
                "errors": len(errors),
                "warnings": warnings,
                "diagnostics": [as_json(diagnostic) for diagnostic in found],
                "intended": [
                    {"reason": one.reason, "diagnostic": as_json(one.diagnostic)} for one in meant
                ],
            }
        )
    else:
        if found:
            sys.stdout.write(render_all(found, colour=colour) + "\n")
        if intended:
            for one in meant:
                sys.stdout.write(f"intended: {one.reason}\n")
                sys.stdout.write(render(one.diagnostic, colour=colour) + "\n")
        if not quiet:
            parts = [counted(len(errors), "error"), counted(warnings, "warning")]
            said = " and ".join(part for part in parts if part) or "nothing to mend"
            more = f" ({len(meant)} intended)" if meant else ""
            print(f"{said}{more} in {counted(len(files), 'file')}")
    return exit_code(errors) if has_errors(found) else FINE


def _check(name: str) -> tuple[list[Diagnostic], list[Exempted]]:
    """What is found in a file, and what its author means to be so."""
    from unspoken import sources
    from unspoken.language import DiagnosticError, has_errors, parse

    try:
        if Path(name).suffix == sources.TESTS:
            return _check_tests(name), []
        source = sources.find(name)
    except DiagnosticError as error:
        return list(error.diagnostics), []
    if sources.is_ledger(source):
        from unspoken.novel import Novel

        novel = Novel(source)
        return list(novel.findings), list(novel.intended)
    from unspoken.simulation.lints import lint
    from unspoken.telling.lints import lint as lint_telling

    world, diagnostics = parse(source.text, source.name)
    if world is not None and not has_errors(diagnostics):
        diagnostics = [*diagnostics, *lint(world), *lint_telling(world)]
    return diagnostics, []


def _check_tests(name: str) -> list[Diagnostic]:
    """What is found in a file of tests; the world that it is about must stand beside it. Raises
    DiagnosticError where it does not, or has mistakes."""
    import unspoken
    from unspoken import sources
    from unspoken.language.story_tests import read_tests

    source = sources.read(Path(name))
    world = unspoken.load(Path(name).with_suffix(Path(sources.WORLD_FILE).suffix))
    return read_tests(source.text, world.model, source.name)[1]
