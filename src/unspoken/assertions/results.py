"""What came of tests: plain values, and their words.

``running`` makes them; the faces, ``junit`` and authors' Python read them.
"""

from __future__ import annotations

from msgspec import Struct

from unspoken.assertions.blessed import Kept
from unspoken.language import Diagnostic, render
from unspoken.model import StoryTest


class Result(Struct, frozen=True):
    """What came of one test.

    ``seeds``: of the stories it was over; ``met``: in how many of them all that it claims holds.
    ``faults``: what does not hold. ``kept``: the texts that are to be as they were blessed.
    ``notes``: what is to be known besides. ``newly``: what has been blessed just now.
    """

    test: StoryTest
    seeds: tuple[int, ...] = ()
    met: int = 0
    faults: tuple[Diagnostic, ...] = ()
    kept: tuple[Kept, ...] = ()
    notes: tuple[str, ...] = ()
    newly: tuple[Kept, ...] = ()

    @property
    def title(self) -> str:
        return self.test.title

    @property
    def holds(self) -> bool:
        """Is all as it is asserted?"""
        return not self.faults

    def __bool__(self) -> bool:
        return self.holds

    def __str__(self) -> str:
        return self.text()

    def text(self, *, colour: bool = False) -> str:
        """What does not hold, as a person reads it; of what holds, only that."""
        parts = [render(fault, colour=colour) for fault in self.faults]
        parts += [differences(one, colour=colour) for one in self.kept if one.state == "changed"]
        return "\n".join(parts) if parts else f"{self.title}: holds\n"


class Report(Struct, frozen=True):
    """What came of the tests of a world. ``stopped``: somebody had enough before all were done."""

    world: str
    results: tuple[Result, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
    stopped: bool = False

    @property
    def holds(self) -> bool:
        """Did all hold, and were all done?"""
        return not self.stopped and all(result.holds for result in self.results)

    def __bool__(self) -> bool:
        return self.holds

    def __str__(self) -> str:
        return "\n".join(str(result) for result in self.results)


MOST = 8
"""As many places as anybody looks at in one go."""

_GONE, _NEW = "\x1b[31;9m{}\x1b[0m", "\x1b[32m{}\x1b[0m"


def differences(kept: Kept, *, colour: bool = False) -> str:
    """Where a text is not as it was blessed: each place on a line, with words around it."""
    places = kept.differences
    unit = "line" if kept.is_a_list else "paragraph"
    lines = [f"{kept.path}: [-gone-] {{+new+}}" if not colour else f"{kept.path}:"]
    for place in places[:MOST]:
        shown = place.marked(_GONE, _NEW) if colour else place.marked()
        lines.append(f"  {unit} {place.where}: {shown}")
    if len(places) > MOST:
        lines.append(f"  and {len(places) - MOST} more places")
    return "\n".join(lines) + "\n"
