"""Template stories as storyworlds: the world of a setting, as text; a story's steps as its acts.

The world's text says who perceives what, and what everybody makes of it; the engine knows nothing
of this page. Who is in a room is perceived at once by all of them, and so known to all that all
know it, however deep: that takes one act, whose precondition is all of who is there and who is
not. So groups of people are entities, and every company that may be met is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from unspoken.language import format_text
from unspoken.theory_of_mind.story import (
    ELSEWHERE,
    Setting,
    Step,
    TemplateStory,
    Whereabouts,
    entity,
)

OPENLY = ("enter", "leave", "move", "look", "say", "doze", "wake")
"""Kinds of steps in whose course it is seen who is there."""

WHOLE = 6
"""With so many people, a world has every company that they can form; with more, only those that a
story needs, for they are many."""

LAWS = """\
// Where everybody is, and in what everything lies. Nobody knows where anything lies at first.
property at(who : character) : place;
property lies(what : thing) : container;
forall(c : character) at(c) = Elsewhere;
// What somebody last said of a thing, rightly or not.
property said(who : character, what : thing) : container;
// Whose word somebody believes. Everybody knows these, but for what somebody presumes.
property trusts(who : character, whom : character) : boolean;
// Who does not attend, and perceives nothing; whom somebody watches in secret.
property distracted(who : character) : boolean;
property watches(who : character) : character;
// What never changes.
property stands(where : container) : room;
property open(where : container) : boolean;
property member(who : character, of : company) : boolean;

// Known to nobody, and known to everybody.
action lay(what : thing, where : container) {
    effect: lies(what) = where;
    observing(c : character): False;
};
action trust(who : character, whom : character) { effect: trusts(who, whom); };
action distrust(who : character, whom : character) { effect: !trusts(who, whom); };
action presume(who : character, whom : character) {
    effect: believes(who, trusts(whom, who));
    observing(c : character): c == who;
};

// Whoever perceives what somebody openly does in a room sees who is there and who is not.
action found(who : character, here : room, with : company) {
    precondition:
        !member(who, with) &
        at(who) == here &
        (forall(c : character)
            if(c == who) True elseif(member(c, with)) at(c) == here else at(c) != here);
    effect: at(who) = here;
    observing(c : character): c == who | at(c) == here & !distracted(c) | watches(c) == who;
};
action enter(who : character, here : room) {
    precondition: at(who) == Elsewhere;
    effect: at(who) = here;
    observing(c : character): c == who | at(c) == here & !distracted(c) | watches(c) == who;
};
// When somebody has come in, those there see what lies in the open, and what does not.
action see(what : thing, where : container) {
    precondition: lies(what) == where;
    effect: lies(what) = where;
    observing(c : character): at(c) == stands(where) & !distracted(c);
};
action miss(what : thing, here : room) {
    effect:
        forall(w : container)
            if(open(w) & stands(w) == here & lies(what) == w) lies(what) = ?;
    observing(c : character): at(c) == here & !distracted(c);
};
action leave(who : character, here : room) {
    precondition: at(who) == here;
    effect: at(who) = Elsewhere;
    observing(c : character): c == who | at(c) == here & !distracted(c) | watches(c) == who;
};
action move(who : character, what : thing, where : container) {
    precondition: at(who) == stands(where);
    effect: lies(what) = where;
    observing(c : character):
        c == who | at(c) == stands(where) & !distracted(c) | watches(c) == who;
};

// Whoever looks in learns what is in there; others see that, and take it to be what they think.
action look(who : character, where : container) {
    precondition: at(who) == stands(where);
    effect:
        forall(t : thing)
            if(lies(t) == where)
                believes(who, lies(t)) = where
            elseif(believes(who, lies(t)) == where)
                believes(who, lies(t)) = ?;
    observing(c : character):
        c == who | at(c) == stands(where) & !distracted(c) | watches(c) == who;
};
action peek(who : character, where : container) {
    precondition: at(who) == stands(where);
    effect:
        forall(t : thing)
            if(lies(t) == where)
                believes(who, lies(t)) = where
            elseif(believes(who, lies(t)) == where)
                believes(who, lies(t)) = ?;
    observing(c : character): c == who | watches(c) == who;
};

// Whoever hears a claim and trusts whoever makes it believes it, and believes it to be meant.
action say(who : character, what : thing, where : container, here : room) {
    precondition: at(who) == here;
    effect:
        said(who, what) = where &
        (forall(h : character)
            if(h != who & trusts(h, who) & (at(h) == here & !distracted(h) | watches(h) == who))
                (believes(h, lies(what)) = where & believes(h, believes(who, lies(what))) = where));
    observing(c : character): c == who | at(c) == here & !distracted(c) | watches(c) == who;
};
action tell(who : character, whom : character, what : thing, where : container) {
    effect:
        said(who, what) = where &
        (forall(h : character)
            if(h != who & trusts(h, who) & (h == whom & !distracted(h) | watches(h) == who))
                (believes(h, lies(what)) = where & believes(h, believes(who, lies(what))) = where));
    observing(c : character): c == who | c == whom & !distracted(c) | watches(c) == who;
};

// Seen by the others in the room, or by nobody, themselves not excepted.
action doze(who : character, here : room) {
    precondition: at(who) == here;
    effect: distracted(who);
    observing(c : character): c != who & at(c) == here & !distracted(c) | watches(c) == who;
};
action wake(who : character, here : room) {
    precondition: at(who) == here;
    effect: !distracted(who);
    observing(c : character): c != who & at(c) == here & !distracted(c) | watches(c) == who;
};
action drift(who : character) {
    effect: distracted(who);
    observing(c : character): False;
};
action return(who : character) {
    effect: !distracted(who);
    observing(c : character): False;
};
action spy(who : character, whom : character) {
    effect: watches(who) = whom;
    observing(c : character): c == who;
};
action stop(who : character, whom : character) {
    effect: watches(who) = ?;
    observing(c : character): c == who;
};
"""


def company(people: tuple[str, ...]) -> str:
    """What a storyworld calls the company of some people."""
    return "With_" + ("_".join(map(entity, people)) or "nobody")


def companies(story: TemplateStory) -> frozenset[tuple[str, ...]]:
    """Those that a world for this story, and perhaps others in its setting, must have."""
    people = story.setting.people
    if len(people) <= WHOLE:
        sizes = range(len(people))
        return frozenset(some for size in sizes for some in combinations(people, size))
    return frozenset(
        _others(
            now,
            one.arguments[0],
            one.arguments[1] if one.kind == "enter" else now.at(one.arguments[0]),
        )
        for one, now in story.moments()
        if one.kind in OPENLY
    )


def world_text(setting: Setting, met: frozenset[tuple[str, ...]]) -> str:
    """The storyworld of a setting in which these companies may be met."""
    groups = sorted(met, key=lambda some: (len(some), [setting.people.index(one) for one in some]))
    lines = [
        "unspoken 1;",
        'note "Who is where, and what lies in what, and who thinks what of it.";',
        "type room : place;",
        *(f"type {name} : entity;" for name in ("container", "thing", "company")),
        f"entity {entity(ELSEWHERE)} : place;",
        *(f"entity {entity(name)} : room;" for name in setting.rooms),
        *(f"entity {entity(name)} : character;" for name in setting.people),
        *(f"entity {entity(one.name)} : container;" for one in setting.containers),
        *(f"entity {entity(name)} : thing;" for name in setting.things),
        *(f"entity {company(some)} : company;" for some in groups),
        "",
        LAWS,
        *(f"stands({entity(one.name)}) = {entity(one.room)};" for one in setting.containers),
        *(f"open({entity(one.name)});" for one in setting.containers if one.open),
        *(f"member({entity(who)}, {company(some)});" for some in groups for who in some),
    ]
    return "\n".join(lines) + "\n"


def acts(story: TemplateStory) -> Iterator[list[str]]:
    """What each step of a story is in the storyworld: one act, several, or none."""
    for one, now in story.moments():
        calls = _calls(one, now)
        yield [f"{name}({', '.join(map(entity, words))})" for name, *words in calls]


def story_text(story: TemplateStory) -> str:
    """The storyworld of a story, its acts below as comments."""
    lines = ["", f"// What happens in {story.name}:"]
    for one, deeds in zip(story.steps, acts(story), strict=True):
        lines += [f"// {one}", *(f"//     {deed}" for deed in deeds)]
    text = world_text(story.setting, companies(story)) + "\n".join(lines) + "\n"
    return format_text(text)[0] or text


def _calls(one: Step, now: Whereabouts) -> Iterator[tuple[str, ...]]:
    match one.kind, one.arguments:
        case "remark", _:
            return
        case "enter", (who, room):
            yield "enter", who, room
            yield _found(now, who, room)
            yield from _in_view(now, room)
        case "show", (thing, box):
            yield "see", thing, box
        case "wake", (who,):
            yield "wake", who, now.at(who)
            yield _found(now, who, now.at(who))
        case (("say" | "doze"), (who, *_)):
            yield _found(now, who, now.at(who))
            yield one.kind, *one.arguments, now.at(who)
        case (("leave" | "move" | "look"), (who, *_)):
            yield _found(now, who, now.at(who))
            yield one.kind, *one.arguments
        case _:
            yield one.kind, *one.arguments


def _found(now: Whereabouts, who: str, room: str) -> tuple[str, ...]:
    return "found", who, room, company(_others(now, who, room))


def _others(now: Whereabouts, who: str, room: str) -> tuple[str, ...]:
    return tuple(other for other in now.company(room) if other != who)


def _in_view(now: Whereabouts, room: str) -> Iterator[tuple[str, ...]]:
    """What lies in the open in a room, thing by thing, and what does not."""
    open_here = [one.name for one in now.setting.containers if one.open and one.room == room]
    for thing in now.setting.things if open_here else ():
        box = now.lies.get(thing)
        yield ("see", thing, box) if box in open_here else ("miss", thing, room)
