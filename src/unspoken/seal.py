"""How our own exports are known again: a seal in them, true as long as nobody changes the file.

An export may be written over, work that somebody has done on it may not. Receives bytes, knows no
format: the seal is sixteen digits in a colophon, a hash of all the rest. ``export`` sets it,
``files`` looks for it.
"""

from __future__ import annotations

import re
from hashlib import blake2b

UNSET = "0" * 16
"""What stands in the place of a seal until everything else is written."""

_SEAL = re.compile(rb"Told by Unspoken [^\n]{1,80}?, seal ([0-9a-f]{16})")


def colophon(version: str, seed: int) -> str:
    """The line that says who told it, with a place for the seal."""
    return f"Told by Unspoken {version}, seed {seed}, seal {UNSET}."


def seal(data: bytes) -> bytes:
    """The same bytes with the last seal that is unset set. Raises ValueError where there is none:
    every format writes the colophon last."""
    found = list(_SEAL.finditer(data))
    if not found or found[-1].group(1) != UNSET.encode():
        raise ValueError("an export without its colophon")
    last = found[-1]
    return data[: last.start(1)] + _digest(data) + data[last.end(1) :]


def is_sealed(data: bytes) -> bool:
    """Whether this is an export of ours as we wrote it."""
    return any(
        found.group(1) == _digest(data[: found.start(1)] + UNSET.encode() + data[found.end(1) :])
        for found in _SEAL.finditer(data)
    )


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=8).hexdigest().encode()
