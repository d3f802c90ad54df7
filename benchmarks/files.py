"""Long files: what it takes to read a world of so many lines, and to format it.

One kind of text only, an action and a trigger again and again under other names. Read as Sabre
reads, with a mix of operators that is warned about in every action.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from benchmarks.measure import Measurement, milliseconds
from unspoken.language import format_text, parse

LINES = (2_500, 5_000, 10_000, 20_000)

HEAD = """
type place;
entity Tara : character;
entity Hall : place;
property at(c : character) : place;
property alive(c : character) : boolean;
property n(c : character) : number;
"""

EVENTS = """
// Somebody goes somewhere.
action go_{0}(who : character, from : place, to : place) {{
    precondition:
        from != to &
        alive(who) &
        (n(who) > 1 | n(who) + 1 < 2 * n(who) + 1) &
        at(who) == from;
    effect:
        at(who) = to &
        if(n(who) > 3) n(who) = n(who) - 1;
    consenting: who;
    observing(c : character): alive(c) & (at(c) == from | at(c) == to);
}};

trigger see_{0}(viewer : character, other : character, place : place) {{
    precondition:
        alive(viewer) &
        at(viewer) == place &
        at(other) == place &
        believes(viewer, at(other) != place);
    effect:
        believes(viewer, at(other) = place);
}};
"""


def long_file(lines: int) -> str:
    """A world of at least so many lines."""
    times = -(-(lines - HEAD.count("\n")) // EVENTS.count("\n"))
    return HEAD + "".join(EVENTS.format(number) for number in range(times))


def reading(runs: int) -> Iterator[Measurement]:
    """Files of more and more lines: read with everything that ``check`` looks at, and formatted.

    ``us a line`` stays where it is as long as the work grows with the lines.
    """
    for lines in LINES:
        text = long_file(lines)
        parsed: list[float] = []
        formatted: list[float] = []
        sound = True
        for _ in range(runs):
            spent, (world, _) = milliseconds(lambda text=text: parse(text))  # type: ignore[misc]
            parsed.append(spent)
            spent, (printed, _) = milliseconds(lambda text=text: format_text(text))  # type: ignore[misc]
            formatted.append(spent)
            sound = sound and world is not None and printed is not None
        for task, times in (("parse", parsed), ("format", formatted)):
            name = f"{lines:,} lines"
            found = Measurement(f"reading: {task}", name, "ms", tuple(times), verified=sound)
            yield replace(found, facts={"us a line": found.median * 1000 / lines})
