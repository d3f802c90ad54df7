"""Writing files so that nothing is ever lost: whole or not at all, and never over other work.

Receives a path and a text, or bytes; the file has either its old content or all of the new one.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from unspoken.language import DiagnosticError, failure
from unspoken.seal import is_sealed
from unspoken.sources import reason


def write_new(path: Path, text: str) -> None:
    """A file that was not there before. Raises DiagnosticError where one is."""
    if path.exists() or path.is_symlink():
        raise failure("file-exists", path=str(path))
    _replace(path, text.encode("utf-8"))


def make_folder(path: Path) -> None:
    """A folder, and those around it, where there are none. Raises DiagnosticError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path, error) from None


def write_output(path: Path, result: str | bytes) -> None:
    """What an option like ``--output`` names: our own results may be written over. Raises
    DiagnosticError where something else would be lost."""
    check_output(path)
    data = result.encode("utf-8") if isinstance(result, str) else result
    if path.exists() and not path.is_file():
        _write_through(path, data)  # a terminal, a pipe: /dev/stdout
    else:
        _replace(path, data)


def check_output(path: Path | None, *read: str | Path) -> None:
    """Whether a result may be written there: where nothing is, or a plan, a chronicle or an export
    (nobody having changed it) that is none of the files just ``read``. Asked before the work, too,
    so that none is in vain. Raises DiagnosticError."""
    if path is None or not path.is_file():
        return
    try:
        data = path.read_bytes()
        is_read = any(os.path.exists(one) and path.samefile(one) for one in read)
    except OSError as error:
        raise unwritable(path, error) from None
    if is_read or not _is_result(data):
        raise failure("not-written-over", path=str(path))


_RESULT_LINE = re.compile(
    r"""
      (\|\s*)* ( [^\s()|,;]+ \( [^()"';]* \) | goal \( .* \) )  # a plan's, bars before it
    | \d+\.\ [^\s()|,]+ \( .* \)  # an act with its reasons,
    | \s* [│├╰] .*  # in a tree under it
    """,
    re.VERBOSE,
)


def _is_result(data: bytes) -> bool:
    """A chronicle, an export as we wrote it, or a plan in any form in which one is printed; nothing
    at all is one, too."""
    if is_sealed(data):
        return True
    if data.lstrip().startswith(b"{"):
        return b'"unspoken_chronicle"' in data[:512]
    try:
        lines = [line.strip() for line in data.decode("utf-8").splitlines()]
    except UnicodeDecodeError:
        return False
    return all(_RESULT_LINE.fullmatch(line) for line in lines if line)


def rewrite(path: Path, read: bytes, written: bytes) -> None:
    """A file's new content, where it still has the content that was read. Raises DiagnosticError
    where somebody changed it in between."""
    try:
        now = path.read_bytes()
    except OSError as error:
        raise unwritable(path, error) from None
    if now != read:
        raise failure("changed-underneath", path=str(path))
    _replace(path, written)


def _write_through(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(path, error) from None


def _replace(path: Path, data: bytes) -> None:
    """A temporary file beside it, then one rename. Follows a link; keeps the permissions."""
    target = Path(os.path.realpath(path))
    temporary: str | None = None
    try:
        if target.is_dir():
            raise IsADirectoryError(21, "is a directory")
        mode = target.stat().st_mode & 0o7777 if target.exists() else None
        if mode is not None and not os.access(target, os.W_OK):
            raise PermissionError(13, "permission denied")
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is None:
            umask = os.umask(0)
            os.umask(umask)
            mode = 0o666 & ~umask
        os.chmod(temporary, mode)
        os.replace(temporary, target)
        temporary = None
    except OSError as error:
        raise unwritable(path, error) from None
    finally:
        if temporary is not None:
            os.unlink(temporary)


def unwritable(path: Path, error: OSError) -> DiagnosticError:
    """What the operating system refused, as a fault of the command."""
    return failure("unwritable-file", path=str(path), reason=reason(error))
