"""``unspoken completion``: the script that lets a shell complete our commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from unspoken.faces.cli.options import Quiet


def completion(
    shell: Literal["bash", "zsh", "fish", "powershell"] | None = None,
    /,
    *,
    install: Annotated[
        bool, Parameter(help="Put it where the shell looks, and name it in the shell's start file.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Complete commands with the tab key, in your shell.

    Prints the script; with `--install`, installs it. Without SHELL, the one you are in.

    For example:

        unspoken completion --install
        unspoken completion zsh > ~/.zfunc/_unspoken
    """
    from cyclopts.completion.detect import ShellDetectionError, detect_shell

    from unspoken.faces.cli.main import build_whole
    from unspoken.faces.cli.terminal import bad_option
    from unspoken.files import unwritable

    if shell is None:
        try:
            shell = detect_shell()
        except ShellDetectionError:
            raise bad_option(
                "SHELL", "", "the shell was not recognised", "say bash, zsh, fish or powershell"
            ) from None
    app = build_whole()
    if not install:
        print(app.generate_completion(shell=shell))
        return
    try:
        path: Path = app.install_completion(shell=shell)
    except OSError as error:
        raise unwritable(Path(error.filename or "~"), error) from None
    if not quiet:
        print(f"Completion for {shell} is in {path}. It works in the next terminal that you open.")
