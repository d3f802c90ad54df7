"""The build back end: maturin, after a look at the Rust tool chain.

pip calls this before anything is built. Where Rust is missing or too old, one sentence says so
and what to do; without it the builder would fetch a tool chain of its own, or stop deep inside
cargo. Everything else is maturin's.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("MATURIN_NO_INSTALL_RUST", "1")

import maturin


def required_rust() -> tuple[int, int]:
    """The oldest Rust that the core builds with: ``rust-version`` of the workspace."""
    text = (Path(__file__).parent.parent / "Cargo.toml").read_text(encoding="utf-8")
    found = re.search(r'^rust-version = "(\d+)\.(\d+)', text, re.MULTILINE)
    assert found is not None, "Cargo.toml names a rust-version"
    return int(found[1]), int(found[2])


def trouble_with_rust() -> str | None:
    """What is wrong with the Rust tool chain on the PATH, in one sentence; None: nothing."""
    major, minor = required_rust()
    wanted = f"Rust {major}.{minor} or newer"
    cargo, rustc = shutil.which("cargo"), shutil.which("rustc")
    if cargo is None or rustc is None:
        missing = "cargo" if cargo is None else "rustc"
        return f"Unspoken's core is built with {wanted}, and no `{missing}` is on the PATH."
    said = subprocess.run([rustc, "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"(\d+)\.(\d+)", said.stdout)
    if version is None:
        return f"Unspoken's core is built with {wanted}, and `rustc --version` does not work here."
    if (int(version[1]), int(version[2])) < (major, minor):
        return f"Unspoken's core is built with {wanted}; here is {said.stdout.strip()}."
    return None


def _look_at_rust() -> None:
    trouble = trouble_with_rust()
    if trouble is not None:
        sys.exit(
            f"{trouble}\n"
            "Install it with your system's packages (cargo and rustc) or with rustup "
            "(https://rustup.rs), open a new terminal, and run the same command again."
        )


def get_requires_for_build_wheel(config_settings: dict[str, Any] | None = None) -> list[str]:
    _look_at_rust()
    wanted: list[str] = maturin.get_requires_for_build_wheel(config_settings)
    return wanted


get_requires_for_build_editable = get_requires_for_build_wheel
get_requires_for_build_sdist = maturin.get_requires_for_build_sdist
prepare_metadata_for_build_wheel = maturin.prepare_metadata_for_build_wheel
prepare_metadata_for_build_editable = maturin.prepare_metadata_for_build_editable
build_wheel = maturin.build_wheel
build_editable = maturin.build_editable
build_sdist = maturin.build_sdist
