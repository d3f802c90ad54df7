"""Worlds made for measuring how effort grows: people, rooms in a row, things to be fetched.

Some walkers stand in the hall with an elder, who alone knows that the things lie in the last of
the rooms. Everybody wants them in the hall. The elder does not walk, but can tell; a walker carries
one thing at a time; what is done is noticed where it is done. Acts undo things here (who walks is
no longer where he was, who takes has no free hand), which is what looking ahead overlooks: there is
something to refute. Two things take nine acts in two rooms, thirteen in three.
"""

from __future__ import annotations

from itertools import pairwise

_LAWS = """\
property at(who : character) : room;
property lies(what : thing) : place;
property full(who : walker) : boolean;
property next(from : room, to : room) : boolean;

action tell(who : elder, whom : walker, what : thing, where : room) {
    precondition: at(who) == at(whom) & believes(who, lies(what)) == where;
    effect: believes(whom, lies(what) = where);
    consenting: who;
    observing(c : character): at(c) == at(who);
};
action go(who : walker, from : room, to : room) {
    precondition: at(who) == from & next(from, to);
    effect: at(who) = to;
    consenting: who;
    observing(c : character): at(c) == from | at(c) == to;
};
action take(who : walker, what : thing, where : room) {
    precondition: at(who) == where & lies(what) == where & !full(who);
    effect: lies(what) = who & full(who);
    consenting: who;
    observing(c : character): at(c) == where;
};
action put_down(who : walker, what : thing, where : room) {
    precondition: at(who) == where & lies(what) == who;
    effect: lies(what) = where & !full(who);
    consenting: who;
    observing(c : character): at(c) == where;
};
trigger see(who : character, what : thing, where : room) {
    precondition: at(who) == where & lies(what) == where & believes(who, lies(what)) != where;
    effect: believes(who, lies(what) = where);
};
"""


def fetching(walkers: int, rooms: int = 2, things: int = 2) -> str:
    """The world's text, with so many of each (two rooms at least). The author's utility is the
    number of things in the hall."""
    people = [f"Walker{i}" for i in range(1, walkers + 1)]
    row = ["Hall", *(f"Room{i}" for i in range(2, rooms + 1))]
    goods = [f"Thing{i}" for i in range(1, things + 1)]
    minds = ["Elder", *people]
    lines = ["unspoken 1;", "", "type place;", "type room : place;", "type character : place;"]
    lines += ["type elder : character;", "type walker : character;", "type thing;"]
    lines += ["entity Elder : elder;", *(f"entity {name} : walker;" for name in people)]
    lines += [f"entity {name} : room;" for name in row]
    lines += [f"entity {name} : thing;" for name in goods]
    lines += ["", _LAWS]
    lines += [f"next({a}, {b}); next({b}, {a});" for a, b in pairwise(row)]
    lines += [f"at({name}) = Hall;" for name in minds]
    lines += [f"lies({thing}) = {row[-1]};" for thing in goods]
    for thing in goods:
        for name in people:
            ignorant = f"believes({name}, lies({thing}) = ?)"
            others = [other for other in minds if other != name]
            lines += [f"{ignorant};", *(f"believes({other}, {ignorant});" for other in others)]
    fetched = "sum(t : thing) if(lies(t) == Hall) 1 else 0"
    lines += ["", f"utility(): {fetched};"]
    lines += [f"utility({name}): {fetched};" for name in minds]
    return "\n".join(lines) + "\n"
