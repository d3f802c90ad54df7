"""A missing or too old Rust tool chain is said in a sentence, before anything is built."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The build back end, with a stand-in for the builder behind it."""
    builder = ModuleType("maturin")
    for hook in ("requires_for_build_wheel", "requires_for_build_sdist"):
        setattr(builder, f"get_{hook}", lambda settings=None: ["from the builder"])
    for hook in ("wheel", "editable"):
        setattr(builder, f"prepare_metadata_for_build_{hook}", None)
        setattr(builder, f"build_{hook}", None)
    builder.build_sdist = None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "maturin", builder)
    spec = importlib.util.spec_from_file_location("backend", ROOT / "packaging" / "backend.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tools(folder: Path, monkeypatch: pytest.MonkeyPatch, **said: str) -> None:
    """Programs on the PATH that say something; no others are there."""
    for name, words in said.items():
        program = folder / name
        program.write_text(f"#!/bin/sh\necho '{words}'\n", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_it_wants_what_cargo_is_told(backend: Any) -> None:
    major, minor = backend.required_rust()
    text = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    assert f'rust-version = "{major}.{minor}"' in text
    assert f"{major}.{minor} or newer" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")
def test_what_is_said(backend: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tools(tmp_path, monkeypatch)
    assert "no `cargo` is on the PATH" in backend.trouble_with_rust()
    with pytest.raises(SystemExit, match=r"built with Rust .* or newer[\s\S]*rustup"):
        backend.get_requires_for_build_wheel()
    tools(tmp_path, monkeypatch, cargo="cargo 1.63.0")
    assert "no `rustc` is on the PATH" in backend.trouble_with_rust()
    tools(tmp_path, monkeypatch, rustc="rustc 1.63.0 (4b91a6ea7 2022-08-08)")
    assert "here is rustc 1.63.0" in backend.trouble_with_rust()
    tools(tmp_path, monkeypatch, rustc="")
    assert "does not work here" in backend.trouble_with_rust()
    tools(tmp_path, monkeypatch, rustc="rustc 1.95.0 (f2d3ce0bd 2026-03-21)")
    assert backend.trouble_with_rust() is None
    assert backend.get_requires_for_build_wheel() == ["from the builder"]
