"""Small worlds for planning, as text."""

from __future__ import annotations

from unspoken.engine import GroundWorld, load
from unspoken.language import parse

GATE = """
entity Ann : character;
entity Ben : character;
property paid() : boolean;
property there() : boolean;
property open() : boolean;
property out() : boolean;
action pay() { precondition: !paid(); effect: paid(); consenting: Ann; };
action reach() { precondition: paid() & !there(); effect: there(); consenting: Ann; };
action open() { precondition: there() & !open(); effect: open(); consenting: Ben; };
action leave() { precondition: open() & !out(); effect: out(); consenting: Ben; };
action sing() { effect: paid(); consenting: Ann, Ben; };
action thaw() { effect: there(); };
utility(): paid() & out();
utility(Ann): if(open()) 2 else 0;
utility(Ben): out();
"""
"""Ann pays and reaches a gate, because she expects Ben to open it, because he wants to leave."""

GATE_PLAN = """\
pay()
| reach()
| open()
| | leave()
| | goal(Ben, out() == True)
| goal(Ann, open() == True)
reach()
| open()
| | leave()
| | goal(Ben, out() == True)
| goal(Ann, open() == True)
open()
| leave()
| goal(Ben, out() == True)
leave()
| goal(Ben, out() == True)
goal(paid() == True & out() == True)
"""

COUNTING = """
entity Ann : character;
property n() : number;
property done(c : character) : boolean;
action count(c : character) { effect: n() = n() + 1; consenting: c; };
action rest(c : character) { effect: n() = n() - 1; consenting: c; };
utility(): n();
utility(Ann): n();
"""
"""A world without end."""


def grounded(text: str) -> GroundWorld:
    world, diagnostics = parse(text)
    assert world is not None, [str(one) for one in diagnostics]
    return load(world)
