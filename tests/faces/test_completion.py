"""``unspoken completion``: the script for each shell."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.faces.conftest import Unspoken
from unspoken.faces.cli.main import COMMANDS


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_every_command_is_completed(unspoken: Unspoken, shell: str) -> None:
    said = unspoken("completion", shell)
    assert said.code == 0
    assert all(name in said.out for name in COMMANDS)
    assert "--character-limit" in said.out


def test_bash_understands_it(unspoken: Unspoken) -> None:
    if shutil.which("bash") is None:
        pytest.skip("no bash here")
    script = unspoken("completion", "bash").out
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def test_an_unknown_shell(unspoken: Unspoken) -> None:
    said = unspoken("completion", "csh")
    assert said.code == 2
    assert "powershell" in said.err


def test_installing(unspoken: Unspoken, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    said = unspoken("completion", "fish", "--install")
    assert said.code == 0
    written = list(tmp_path.rglob("unspoken.fish"))
    assert len(written) == 1
    assert str(written[0]) in said.out
