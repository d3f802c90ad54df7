"""A small storyworld with everything that authors can say about telling, and chronicles of it that
nobody planned: for the laws, which must hold of any chronicle, sensible or not."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from hypothesis.strategies import SearchStrategy
from msgspec.structs import replace

from tests.chance import either, invented, pick, some
from unspoken.chronicle.events import (
    Chain,
    Chronicle,
    Decision,
    Event,
    EventNumber,
    Fact,
    How,
    Intention,
    Kind,
    Percept,
    Value,
    Weighed,
)
from unspoken.language import parse
from unspoken.model import (
    FEELINGS,
    TRUE,
    UNSPOKEN,
    Channel,
    EventUse,
    InnerLife,
    Norm,
    Storyworld,
    Tell,
    Variable,
    VariableTerm,
)

TEXT = """
unspoken 1;
type character : holder;
type place : holder;
type thing;
entity Ann : character;
entity Bea : character;
entity Cyd : character;
entity Dan : character;
entity Hall : place;
entity RedKitchen : place;
entity Lamp : thing;
entity Papers : thing;
property at(who : character) : place;
property at(what : thing) : holder;
property loves(who : character, whom : character) : boolean;
property hungry(who : character) : boolean;
property secret(who : character) : boolean;
action go(who : character, from : place, to : place) { effect: at(who) = to; consenting: who; };
action take(who : character, what : thing) { effect: at(what) = who; consenting: who; };
action wave(who : character, whom : character) { effect: secret(whom); consenting: who; };
action ask_in(who : character, whom : character) { effect: secret(whom); consenting: who; };
action whisper(who : character, whom : character) {
  effect: believes(whom, loves(who, whom)); consenting: who;
};
action wish(who : character, whom : character) { effect: secret(who); consenting: who; };
action bell() { effect: secret(Ann); };
action blush(who : character, whom : character) { effect: secret(who); };
action bite_lip(who : character, whom : character) { };
action slip(thinker : character, hearer : character) { };
action leak(thinker : character, hearer : character) { };
action dance(one : character, other : character) { effect: secret(one); consenting: one, other; };
trigger lamp_falls() { precondition: secret(Ann) & at(Lamp) != Hall; effect: at(Lamp) = Hall; };
voice Ann {
  pronoun: she; manner: stammer 60 80 "bdgptkwly";
  gloss love: "one hand flat on the wall", "{I} [have] one hand flat on the wall";
  inside hope: "a moth at the lamp of {my} chest", "Something [knock]. It [have] {your} knuckles";
};
voice Bea { pronoun: she; manner: ramble 80, trail_off 30; };
voice Dan { pronoun: he; known_as Ann: "the man in grey"; };
voice Lamp { article: "a"; };
frame wave(who : character, whom : character) {
  text: "{who} [wave] at {whom}", "{who} [lift] a hand and [wave] it at {whom}",
    "{who} [wave], and {who's} sleeve [slip], for nobody [be] looking";
};
frame wave(who : character, whom : character) {
  who: agent;
  needs: loves(who, whom);
  text: "{who} [wave] at {whom}, whom {who} [past love] since Easter";
};
frame wave(who : character, whom : character) {
  who: witness;
  needs: at(who) == Hall;
  text: "Across the hall {who} [wave]";
};
frame bell() { text: "A bell [ring]. It [be] late"; };
frame lamp_falls() { text: "Something [fall] in the hall", "There [be] a crash"; };
frame dance(one : character, other : character) {
  text: "{one} and {other} [turn] once round the floor",
    "{one} [turn] {other} about and [let] {one's} hand rest, and {other} [laugh]";
};
speech ask_in(who : character, whom : character) {
  gist: "ask {you} in";
  says: "do you want to", "come in, {whom}", "it's warm in here", "well, warmer";
};
speech whisper(who : character, whom : character) { gist: "tell {whom} the truth"; };
speech wish(who : character, whom : character) {
  mode: thought;
  says: "will you look at me", "just once";
};
thought unloved(me : character, other : character) {
  that: loves(me, other) & !loves(other, me);
  plain: "{other} [do not] love {me}", "{I} [be] nothing to {other}";
  exclaim: "{other} never [will] love {me}!";
  question: "How long [have {other} be] this kind about {me}?";
  fragment: "Stop. Stop it.";
};
thought known(me : character, other : character) {
  that: believes(other, secret(me));
  plain: "{other} [have find] {me} out", "{other} [know] {my} secret";
  question: "[do {other} know]?";
};
thought fed(me : character) {
  that: hungry(me);
  plain: "{I} [be] hungry {now}", "I'm starving";
};
thought hers(me : character, what : thing) {
  that: at(what) == me;
  plain: "{what} [be] {mine}";
};
"""

WHO, WHOM = Variable("who", "character"), Variable("whom", "character")
BOTH = (VariableTerm("who"), VariableTerm("whom"))
INNER = InnerLife(
    norms=(
        Norm("hidden", (WHO, WHOM), "lose_face", 0.5),
        Norm("late", (WHO,), "impose", 0.2),
        Norm("honest", (WHO,), "lie", 0.2),
    ),
    tells=(
        Tell("blush", (WHO, WHOM), BOTH[0], ("embarrassment", "love")),
        Tell("bite_lip", (WHO, WHOM), BOTH[0], (UNSPOKEN,)),
    ),
    channels=(
        Channel(
            "bond",
            (WHO, WHOM),
            TRUE,
            whole=EventUse("leak", BOTH),
            fragment=EventUse("slip", BOTH),
        ),
    ),
)

ACTS: Mapping[str, tuple[str, ...]] = {
    "go": ("who", "place", "place"),
    "take": ("who", "thing"),
    "wave": ("who", "who"),
    "ask_in": ("who", "who"),
    "whisper": ("who", "who"),
    "wish": ("who", "who"),
    "bell": (),
    "blush": ("who", "who"),
    "bite_lip": ("who", "who"),
    "slip": ("who", "who"),
    "leak": ("who", "who"),
    "dance": ("who", "who"),
}
NOBODYS = ("bell", "blush", "bite_lip", "slip", "leak")
CHARACTERS = ("Ann", "Bea", "Cyd", "Dan")
PLACES = ("Hall", "RedKitchen")
THINGS = ("Lamp", "Papers")


def world() -> Storyworld:
    parsed, diagnostics = parse(TEXT, "party")
    assert parsed is not None, [str(d) for d in diagnostics]
    return replace(parsed, inner=INNER)


WORLD = world()

FACTS: tuple[tuple[Fact, tuple[Value, ...]], ...] = (
    *((Fact("at", (c,)), (*PLACES, None)) for c in CHARACTERS),
    *((Fact("at", (t,)), (*PLACES, *CHARACTERS, None)) for t in THINGS),
    *((Fact("loves", (a, b)), (False, True)) for a in CHARACTERS for b in CHARACTERS if a != b),
    *((Fact(name, (c,)), (False, True)) for name in ("hungry", "secret") for c in CHARACTERS),
)


def chains(depth: int) -> tuple[Chain, ...]:
    found: list[Chain] = []
    last: list[Chain] = [()]
    for _ in range(depth):
        last = [(*chain, c) for chain in last for c in CHARACTERS if chain[-1:] != (c,)]
        found.extend(last)
    return tuple(found)


CHAINS = chains(3)


def chronicles() -> SearchStrategy[Chronicle]:
    return invented(_chronicle)


def _chronicle(chance: Random) -> Chronicle:
    """Any chronicle: acts that nobody explained, percepts and changes of mind as they come."""
    beginning: dict[Chain, dict[Fact, Value]] = {
        (): {fact: pick(chance, values) for fact, values in FACTS}
    }
    for chain in some(chance, CHAINS, 0, 6):
        chosen = some(chance, FACTS, 0, 4)
        beginning[chain] = {fact: pick(chance, values) for fact, values in chosen}
    events: list[Event] = []
    for time in range(1, chance.randint(1, 9) + 1):
        _moment(chance, time, events)
    return Chronicle(
        world="party",
        characters=CHARACTERS,
        entities=tuple((e.name, e.types) for e in WORLD.entities),
        beginning=beginning,
        events=tuple(events),
        depth=3,
    )


def _moment(chance: Random, time: int, events: list[Event]) -> None:
    act = _act(chance, time, EventNumber(len(events)), events)
    events.append(act)
    minds = sorted({*some(chance, CHARACTERS, 0, 3), *act.percepts})
    if either(chance):
        events.append(
            Event(
                number=EventNumber(len(events)),
                time=time,
                kind="happen",
                who=None,
                name="lamp_falls",
                causes=(act.number,),
                percepts={m: Percept("noticed", time) for m in minds if either(chance)},
                line=40,
            )
        )
    for mind in minds:
        for _ in range(chance.randint(0, 3)):
            events.append(_change(chance, mind, time, act, EventNumber(len(events))))
        for _ in range(chance.randint(0, 2)):
            events.append(_stirring(chance, mind, time, act, EventNumber(len(events))))
            if either(chance):
                events.append(_thought(chance, mind, events[-1], EventNumber(len(events))))
    if chance.randint(0, 3) == 0:
        events.append(_refusal(chance, time, EventNumber(len(events))))


def _act(chance: Random, time: int, number: EventNumber, events: list[Event]) -> Event:
    name = pick(chance, sorted(ACTS))
    pools = {"who": CHARACTERS, "place": PLACES, "thing": THINGS}
    arguments: list[Value] = []
    for sort in ACTS[name]:
        arguments.append(pick(chance, [p for p in pools[sort] if p not in arguments]))
    who = None if name in NOBODYS else arguments[0]
    assert who is None or isinstance(who, str)
    participants = tuple(str(a) for a in arguments) if name == "dance" else (who,) if who else ()
    kind: Kind = {"ask_in": "say", "whisper": "say", "wish": "think"}.get(name, "act")  # type: ignore[assignment]
    own: How = "thought" if kind == "think" else "did"
    seen: How = "sensed" if kind == "think" else "saw"
    others = some(chance, CHARACTERS)
    late = chance.randint(0, 1)
    percepts = {
        c: Percept(own if c in participants else seen, time + (0 if c in participants else late))
        for c in CHARACTERS
        if c in participants or c in others
    }
    then = (("wave", (who, "Bea")), ("take", (who, "Lamp")))
    return Event(
        number=number,
        time=time,
        kind=kind,
        who=who,
        name=name,
        arguments=tuple(arguments),
        causes=tuple(e.number for e in events[-2:] if either(chance)),
        percepts=percepts,
        participants=participants,
        intentions=tuple(Intention(p, then, 0.0, 1.0) for p in participants),
        decision=Decision(Weighed(name), hesitated=either(chance)) if who else None,
        line=20 + len(arguments),
    )


def _change(chance: Random, mind: str, time: int, act: Event, number: EventNumber) -> Event:
    fact, values = pick(chance, FACTS)
    chain = pick(chance, [c for c in CHAINS if c[0] == mind and len(c) < 3])
    kind: Kind = pick(chance, ("believe", "believe", "surprise"))
    how: How = pick(chance, ("saw", "told", "noticed", "inferred"))
    name, arguments = act.name, act.arguments
    if how == "inferred" and either(chance):
        name, arguments = "lamp_falls", ()
    return Event(
        number=number,
        time=time,
        kind=kind,
        who=mind,
        name=name,
        arguments=arguments,
        causes=(act.number,),
        percepts={mind: Percept(how, time)},
        minds=chain,
        fact=fact,
        before=pick(chance, values),
        after=pick(chance, values),
        line=30,
    )


def _wish(chance: Random, mind: str) -> tuple[str, tuple[Value, ...]]:
    name = pick(chance, sorted(set(ACTS) - set(NOBODYS)))
    pools = {"who": CHARACTERS, "place": PLACES, "thing": THINGS}
    arguments: list[Value] = [mind]
    for sort in ACTS[name][1:]:
        arguments.append(pick(chance, [p for p in pools[sort] if p not in arguments]))
    return name, tuple(arguments[: len(ACTS[name])])


def _stirring(chance: Random, mind: str, time: int, act: Event, number: EventNumber) -> Event:
    """A feeling, a wish that was not followed, an attempt that came to nothing."""
    kind: Kind = pick(chance, ("feel", "feel", "unsaid", "fail"))
    if kind == "fail":
        return _failure(chance, mind, time, number)
    causes = (act.number,) if mind in act.percepts else ()
    event = Event(
        number=number,
        time=time,
        kind=kind,
        who=mind,
        name="",
        causes=causes,
        percepts={mind: Percept("thought", time)} | _sensed(chance, mind, time),
        minds=(mind,),
        strength=pick(chance, (0.1, 0.3, 0.6, 1.0)),
        line=50,
    )
    if kind == "feel":
        toward = pick(chance, (None, *(c for c in CHARACTERS if c != mind)))
        word = pick(chance, FEELINGS)
        return replace(event, name=word, toward=toward, about="near(Ann, Bea)")
    name, arguments = _wish(chance, mind)
    about = pick(chance, ("", "bell()"))
    because = pick(chance, ("hidden(Ann, Bea)", "late(Ann)", "honest(Ann)", "x()"))
    return replace(event, name=name, arguments=arguments, about=about, because=because)


def _failure(chance: Random, mind: str, time: int, number: EventNumber) -> Event:
    name, arguments = _wish(chance, mind)
    percepts = {c: Percept("saw", time) for c in CHARACTERS if either(chance)}
    return Event(
        number=number,
        time=time,
        kind="fail",
        who=mind,
        name=name,
        arguments=arguments,
        percepts={**percepts, mind: Percept("did", time)},
        participants=(mind,),
        line=50,
    )


def _sensed(chance: Random, mind: str, time: int) -> dict[str, Percept]:
    """Perhaps somebody who senses it, or a fragment of it."""
    if chance.randint(0, 2):
        return {}
    hearer = pick(chance, [c for c in CHARACTERS if c != mind])
    return {hearer: Percept("sensed", time, either(chance))}


def _thought(chance: Random, mind: str, about: Event, number: EventNumber) -> Event:
    """A thought that is no act."""
    percepts = {mind: Percept("thought", about.time)} | _sensed(chance, mind, about.time)
    return Event(
        number=number,
        time=about.time,
        kind="think",
        who=mind,
        name="",
        causes=(about.number,),
        percepts=percepts,
        strength=about.strength,
        about=about.kind,
        line=60,
    )


def _refusal(chance: Random, time: int, number: EventNumber) -> Event:
    asker, asked = some(chance, CHARACTERS, 2, 2)
    percepts = {c: Percept("saw", time) for c in CHARACTERS if either(chance)}
    return Event(
        number=number,
        time=time,
        kind="refuse",
        who=asked,
        name="dance",
        arguments=(asker, asked),
        percepts={**percepts, asked: Percept("did", time)},
        participants=(asked,),
        line=70,
    )


def renumbered(events: list[Event]) -> tuple[Event, ...]:
    """The events numbered anew in their order; causes follow, causes that are gone go."""
    numbers = {event.number: EventNumber(place) for place, event in enumerate(events)}
    return tuple(
        replace(
            event,
            number=numbers[event.number],
            causes=tuple([numbers[cause] for cause in event.causes if cause in numbers]),
        )
        for event in events
    )
