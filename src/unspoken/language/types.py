"""Which type extends which, and what follows for a thing of that type.

A *sort* is what the checker knows about a thing: the set of all types that it surely has. A thing
fits where a type is wanted if that type is in its sort; so an entity fits by any of its types and
a variable by its declared type or what that extends.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from unspoken.model import BUILT_IN_TYPES, Span, Type

Sort: TypeAlias = frozenset[str]

BOOLEAN: Sort = frozenset(("boolean",))
NUMBER: Sort = frozenset(("number",))
UNKNOWN: Sort = frozenset(("?",))
"""The sort of ``?``, which fits wherever something can be unknown."""
ANY: Sort = frozenset(("*",))
"""The sort of what has already been complained about: it fits everywhere."""

CLOSED = ("boolean", "number")
"""Built-in types that cannot be extended and extend nothing."""


def fits(sort: Sort, wanted: str) -> bool:
    """Whether a thing of that sort may stand where the type is wanted (``?`` aside)."""
    return wanted in sort or sort == ANY


class Types:
    """The types of a world while it is read. ``declare`` all of them first."""

    def __init__(self) -> None:
        self._parents: dict[str, list[str]] = {}
        self._origins: dict[str, Span | None] = {}
        self._sorts: dict[str, Sort] = {}

    def declare(self, name: str, parents: Iterable[str], origin: Span | None) -> None:
        """Declare a type, or give a declared one more parents."""
        known = self._parents.setdefault(name, [])
        self._origins.setdefault(name, origin)
        for parent in parents:
            if parent not in known:
                known.append(parent)
        self._sorts.clear()

    def forget_parents(self, name: str) -> None:
        """Take a type out of the circle that it closed."""
        self._parents[name] = []
        self._sorts.clear()

    def is_known(self, name: str) -> bool:
        return name in self._parents or name in BUILT_IN_TYPES

    def origin(self, name: str) -> Span | None:
        return self._origins.get(name)

    def names(self) -> tuple[str, ...]:
        """All types, built-in ones first."""
        declared = (name for name in self._parents if name not in BUILT_IN_TYPES)
        return (*BUILT_IN_TYPES, *declared)

    def model(self) -> tuple[Type, ...]:
        """The declared types, in order."""
        return tuple(
            Type(name, tuple(parents) or ("entity",), self._origins[name])
            for name, parents in self._parents.items()
        )

    def sort(self, name: str) -> Sort:
        """A type and everything it extends; ``ANY`` for one that is not known."""
        sort = self._sorts.get(name)
        if sort is None:
            sort = self._sorts[name] = self._closure(name)
        return sort

    def sort_of_all(self, names: Iterable[str]) -> Sort:
        """The sort of a thing that has several types."""
        found: set[str] = set()
        for name in names:
            found |= self.sort(name)
        return ANY if found >= ANY else frozenset(found)

    def _closure(self, name: str) -> Sort:
        if name in CLOSED:
            return frozenset((name,))
        if not self.is_known(name):
            return ANY
        found = {"entity"}
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting.extend(self._parents.get(one, ()))
        return frozenset(found)

    def cycle(self) -> list[str] | None:
        """Types that extend each other in a circle, if any: first to last, the first again."""
        done: set[str] = set()
        for root in self._parents:
            path: list[str] = []
            branches = [iter((root,))]
            while branches:
                name = next(branches[-1], None)
                if name is None:
                    branches.pop()
                    if path:
                        done.add(path.pop())
                elif name in path:
                    return [*path[path.index(name) :], name]
                elif name not in done:
                    path.append(name)
                    parents = self._parents.get(name, ())
                    branches.append(iter(tuple(parents)))
        return None
