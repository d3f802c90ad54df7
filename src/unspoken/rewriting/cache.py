"""Answers kept, so that a telling can be replayed: a file each, named by model and prompt.

Receives a model's name and a brief; hands on the answer that was given. Not trusted: the gate reads
every answer anew. No address and no key is ever in it.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from unspoken.files import unwritable, write_new
from unspoken.rewriting.brief import Brief

VERSION = 1


class Cache(Struct, frozen=True):
    """``folder``: made when it is needed."""

    folder: Path

    def get(self, model: str, brief: Brief) -> str | None:
        """None: it was never asked, or what is there is not readable."""
        try:
            data = json.loads(self._path(model, brief).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        if not isinstance(data, dict) or data.get("unspoken_rewriting") != VERSION:
            return None
        answer = data.get("answer")
        return answer if isinstance(answer, str) else None

    def put(self, model: str, brief: Brief, answer: str) -> None:
        """Raises DiagnosticError where it cannot be written."""
        data = {
            "unspoken_rewriting": VERSION,
            "model": model,
            "system": brief.system,
            "user": brief.user,
            "answer": answer,
        }
        path = self._path(model, brief)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(path, error) from None
        write_new(path, json.dumps(data, indent=1) + "\n")

    def _path(self, model: str, brief: Brief) -> Path:
        key = "\0".join((str(VERSION), model, brief.system, brief.user))
        return self.folder / f"{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()}.json"
