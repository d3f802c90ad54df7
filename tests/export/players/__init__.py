"""Players that need more than Python. Where one is missing the test is skipped, saying so; where
``UNSPOKEN_PLAYERS=all`` it fails, so that in CI every one of them really plays.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

HERE = Path(__file__).parent
INSTALL = "npm install --prefix tests/export/players --no-package-lock"


def missing(why: str) -> NoReturn:
    """A player is not here."""
    if os.environ.get("UNSPOKEN_PLAYERS") == "all":
        pytest.fail(f"{why}; UNSPOKEN_PLAYERS=all wants it")
    pytest.skip(why)


def compiled(ink: bytes) -> str:
    """A story as inkjs compiles it, as JSON; the compiler has nothing to say about it."""
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules" / "inkjs").is_dir():
        missing(f"Ink's compiler is not installed: {INSTALL}")
    done = subprocess.run(
        [node, HERE / "compile.cjs"], input=ink, cwd=HERE, capture_output=True, check=True
    )
    answer = json.loads(done.stdout)
    assert answer["said"] == []
    story: str = answer["story"]
    return story.removeprefix("\ufeff")  # bink takes a byte order mark for a mistake
