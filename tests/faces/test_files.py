"""Writing so that nothing is lost: whole or not at all, never over other work."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from unspoken import DiagnosticError, files


def test_a_new_file_has_the_permissions_that_files_have(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.touch()
    files.write_new(tmp_path / "a", "text")
    assert (tmp_path / "a").read_text() == "text"
    assert (tmp_path / "a").stat().st_mode == other.stat().st_mode


def test_never_over_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    with pytest.raises(DiagnosticError, match=r"there is a .* already"):
        files.write_new(path, "new")
    assert path.read_text() == "old"


def test_rewriting_keeps_the_link_and_the_permissions(tmp_path: Path) -> None:
    path, link = tmp_path / "a", tmp_path / "link"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    files.rewrite(link, b"old", b"new")
    assert link.is_symlink()
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_what_changed_underneath_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("what somebody else wrote")
    with pytest.raises(DiagnosticError, match="changed by somebody else"):
        files.rewrite(path, b"what we read", b"what we would write")
    assert path.read_text() == "what somebody else wrote"


def test_what_vanished_underneath_is_not_brought_back(tmp_path: Path) -> None:
    with pytest.raises(DiagnosticError, match="cannot be written: no such file"):
        files.rewrite(tmp_path / "a", b"what we read", b"what we would write")
    assert not (tmp_path / "a").exists()


def test_a_failure_half_way_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiagnosticError, match="no space left on device"):
        files.rewrite(path, b"old", b"new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a"]


def test_output_may_be_written_over_and_may_be_no_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    files.write_output(path, "knock(Ada)\n")
    files.write_output(path, "wait()\n")
    assert path.read_text() == "wait()\n"
    files.write_output(Path(os.devnull), "three")
    with pytest.raises(DiagnosticError, match="is a directory"):
        files.write_output(tmp_path, "four")


@pytest.mark.parametrize(
    "old",
    [
        'scene "A": together();\n',
        "unspoken 1; entity Ada : character;",
        "My notes.\n",
        'print("x")\n',
        '{"mine": 1}',
        b"\xff\0",
    ],
)
def test_output_never_takes_the_place_of_what_is_no_result(
    tmp_path: Path, old: str | bytes
) -> None:
    path = tmp_path / "a"
    path.write_bytes(old if isinstance(old, bytes) else old.encode())
    before = path.read_bytes()
    with pytest.raises(DiagnosticError, match="not written over"):
        files.write_output(path, "wait()\n")
    assert path.read_bytes() == before
