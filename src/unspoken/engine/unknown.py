"""What is raised for a name that a grounded world does not know. A leaf of the engine's."""

from __future__ import annotations

from collections.abc import Iterable


class Unknown(KeyError):
    """A name that nothing of its ``kind`` has in this world, said so that whoever asked can read
    it; a mind, a fluent or an act that was written wrongly, mostly."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        super().__init__(name)
        self._kind, self._known = kind, known

    def __str__(self) -> str:
        from unspoken.language.diagnostics import closest

        near = closest(self.args[0], self._known)
        meant = f"; did you mean `{near}`?" if near else ""
        return f"this world has no {self._kind} `{self.args[0]}`{meant}"
