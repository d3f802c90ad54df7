"""A world of ten thousand lines is read in well under a second on an idle machine."""

from __future__ import annotations

import time

from unspoken.language import format_text, parse

_HEAD = """
type place;
entity Tara : character;
entity Hall : place;
property at(c : character) : place;
property alive(c : character) : boolean;
property n(c : character) : number;
"""

_EVENTS = """
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


def test_ten_thousand_lines() -> None:
    text = _HEAD + "".join(_EVENTS.format(number) for number in range(420))
    assert text.count("\n") > 10_000
    started = time.process_time()
    world, diagnostics = parse(text)
    read = time.process_time() - started
    assert world is not None
    assert {one.code for one in diagnostics} == {"surprising-mix"}
    started = time.process_time()
    printed, _ = format_text(text)
    formatted = time.process_time() - started
    assert printed is not None
    assert read < 2.5, f"{read:.2f} s"
    assert formatted < 2.5, f"{formatted:.2f} s"
