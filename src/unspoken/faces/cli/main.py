"""Where the command line begins: which command is meant, and what to say when it cannot be done.

Receives the words after ``unspoken``; hands them to one command's file, imported only then, so
that ``--version`` loads nothing and no command loads another's needs. Turns every failure into a
message on standard error and an exit code: 0 fine, 1 the story is wrong or nothing was found,
2 the command was. Knows nothing of stories.
"""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

from unspoken import __version__

if TYPE_CHECKING:
    from cyclopts import App

OURS, INTERRUPTED = 70, 130

COMMANDS = (
    *("tell", "ask", "export", "run", "play", "plan", "why-not", "bridge", "infer", "replay"),
    *("test", "check", "matrix", "tom", "fmt", "new", "completion"),
)
"""In the manual's order. A command is the function of its name, in the file of its name (where
``-`` is ``_``)."""

HELP = """\
Unspoken: a story engine for characters with inner lives.

A WORLD is a storyworld file, a folder with a world.story in it, or the name of a shipped story.

Start with:

    unspoken tell                   a story that is shipped, told
    unspoken new letter             a storyworld of your own, in letter.story
    unspoken tell letter.story      what becomes of it

For a novel that is being written, and who knows what in it:

    unspoken new novel --template ledger
    unspoken check novel.ledger
    unspoken ask novel.ledger
"""


def build() -> App:
    """The commands, none of them imported yet."""
    from cyclopts import App, Parameter

    app = App(
        name="unspoken",
        help=HELP,
        help_format="markdown",
        version=__version__,
        default_parameter=Parameter(negative="", show_default=False),
        result_action="return_value",
        suppress_keyboard_interrupt=False,
    )
    for place, name in enumerate(COMMANDS):
        word = name.replace("-", "_")
        app.command(f"unspoken.faces.cli.{word}:{word}", name=name, sort_key=place)
    return app


def build_whole() -> App:
    """The same with every command imported, for help (what each does) and for completion."""
    app = build()
    for name in COMMANDS:
        app[name]
    return app


def run(arguments: list[str]) -> int:
    """Run a command line, the program's name left out; the exit code."""
    if arguments == ["--version"]:
        print(__version__)
        return 0
    from unspoken.faces.cli.terminal import FINE, USAGE, exit_code, report
    from unspoken.language import DiagnosticError, problem
    from unspoken.sources import reason

    try:
        app = build_whole() if arguments[:1] in ([], ["--help"], ["-h"]) else build()
        code = app(arguments)
        sys.stdout.flush()
        return FINE if code is None else int(code)
    except SystemExit as end:  # how cyclopts ends after it has explained a usage error
        return end.code if isinstance(end.code, int) else USAGE
    except DiagnosticError as error:
        report(error.diagnostics, json_too="--json" in arguments)
        return exit_code(error.diagnostics)
    except BrokenPipeError:
        # The reader (`| head`) has enough: nothing is wrong, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except OSError as error:  # files have messages of their own; this is standard output
        report([problem("unwritable-output", None, reason=reason(error))])
        return USAGE
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr)
        return INTERRUPTED
    except Exception as fault:
        if os.environ.get("UNSPOKEN_TRACEBACK"):
            raise
        print(
            f"error: Unspoken made a mistake of its own: {type(fault).__name__}: {fault}\n"
            "  = help: run the same command with UNSPOKEN_TRACEBACK=1 before it to see where, "
            "and please report it",
            file=sys.stderr,
        )
        return OURS


SELDOM = 200_000
"""Containers made before the interpreter looks for cycles: with its own 700 that is up to a quarter
of the time of a short command, which makes many values that stay."""


def main() -> None:
    """The ``unspoken`` program."""
    gc.set_threshold(SELDOM)
    if sys.stdout is None:  # closed by whoever started us
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what a terminal cannot show becomes `?`
            stream.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))
