"""A town: so many people, generated under a seed, who meet, tell and mistell.

Everybody has three haunts and goes round them when they grow restless, knows some of those who
share a haunt, and notices these where they are; strangers nobody minds. Some *matters* come out in
time: each one person sees, and knows who did it. People who have heard of something burst to tell
it: to an acquaintance who is there, has not heard it as far as they know, and is not the one it is
told of. A tale loses its truth on the way: each mouth adds a *hop*, and from the third on it is
told of whomever the teller would rather believe it of. Some wish more strongly that one of their
acquaintances should not hear of a thing than they burst to tell it, and keep it from that one. What
listeners come to believe, of the matter and of each other, is nested belief like any other.

Only what is static and sparse ties people together (``knows``, ``haunt``, ``onward``), so the world
has so many ground acts for each person, however many people there are.
"""

from __future__ import annotations

import random

_LAWS = """\
property at(who : character) : place;
property haunt(who : person, where : place) : boolean;
property onward(who : person, from : place) : place;
property knows(who : character, whom : character) : boolean;
property scapegoat(who : person) : person;
property restless(who : person) : boolean;
property bursting(who : person) : boolean;
property heard(who : person, what : matter) : boolean;
property culprit(what : matter) : person;
property sees(what : matter, who : person) : boolean;
property tale(what : matter) : person;
property hops(what : matter) : number;

action go(who : person, from : place, to : place) {
    precondition: haunt(who, from) & onward(who, from) == to & at(who) == from;
    effect: at(who) = to & !restless(who);
    consenting: who;
    observing(c : character): c == who | knows(c, who) & (at(c) == from | at(c) == to);
};
action tell(who : person, whom : person, what : matter) {
    precondition: knows(who, whom) & at(who) == at(whom) & heard(who, what)
        & believes(who, heard(whom, what)) == False & believes(who, tale(what)) != whom;
    effect: heard(whom, what) & bursting(whom) & !bursting(who)
        & believes(whom, tale(what)) = (if(believes(who, hops(what)) >= 2) scapegoat(who)
                                        else believes(who, tale(what)))
        & believes(whom, hops(what)) = believes(who, hops(what)) + 1;
    consenting: who;
    observing(c : character): c == who | knows(c, who) & at(c) == at(who);
};
action fidget(who : person) {
    precondition: !restless(who);
    effect: restless(who);
    observing(c : character): c == who;
};
action brood(who : person) {
    precondition: !bursting(who);
    effect: bursting(who);
    observing(c : character): c == who;
};
action comes_out(what : matter, who : person, whom : person) {
    precondition: sees(what, who) & culprit(what) == whom & !heard(who, what);
    effect: heard(who, what) & bursting(who) & believes(who, tale(what)) = whom;
    observing(c : character): c == who;
};
trigger notice(who : person, whom : person, where : place) {
    precondition: knows(who, whom) & haunt(who, where) & haunt(whom, where)
        & at(who) == where & at(whom) == where & believes(who, at(whom)) != where;
    effect: believes(who, at(whom)) = where;
};
trigger miss(who : person, whom : person, where : place) {
    precondition: knows(who, whom) & haunt(who, where) & haunt(whom, where)
        & at(who) == where & at(whom) != where & believes(who, at(whom)) == where;
    effect: believes(who, at(whom)) = ?;
};
occasion fidget(who : person) { chance: 0.08; };
occasion brood(who : person) { chance: 0.03; };
occasion comes_out(what : matter, who : person, whom : person) { chance: 0.01; };
drive talkative(who : person) { from: 0; to: 10; baseline: 5; };
wish stir(who : person) { wants: !restless(who); weight: 0.3; };
wish tell_it(who : person) { wants: !bursting(who); weight: 0.8; drive: talkative(who); };
run { rounds: 40; foresight: 1; };
"""


NAMES = (
    "Agnes", "Bram", "Clara", "Dirk", "Edda", "Fritz", "Greta", "Hugo", "Ida", "Jasper", "Kaat",
    "Lukas",
)  # fmt: skip
PLACES = ("Well", "Market", "Mill", "Tavern", "Chapel", "Harbour")
MATTERS = ("Broken_Bell", "Lost_Purse", "Letter")
"""What things are called in a town so small that there are names for them."""
HE = {"Bram", "Dirk", "Fritz", "Hugo", "Jasper", "Lukas"}
_TOLD = """\
// How gossip goes, and what whoever hears of it makes of it: the town's own words for each matter.
frame brood(who : person) {
    text:
        "{who} [go] about like somebody about to sneeze",
        "There [be] something that {who} [have] to say to somebody",
        "{who} [find] {who's} own company a little short of ears",
        "{who} [move] {who's} lips, and [look] round for somebody";
};
frame comes_out(what : matter, who : person, whom : person) {
    text:
        "{who} [look] twice, and then there [be] no more looking away",
        "{who} [put] two and two together";
};
frame tell(who : person, whom : person, what : matter) {
    who: agent;
    needs: hops(what) == 0;
    text:
        "{who} [tell] {whom} about {what}, and all of it [be] as {who} [past see] it",
        "{whom} [be] told about {what}, and by somebody who [past be] there";
};
frame tell(who : person, whom : person, what : matter) {
    who: agent;
    needs: hops(what) >= 2;
    text:
        "{who} [tell] {whom} about {what}, and [put] a name to it that {who} [like] better",
        "{whom} [hear] about {what} from {who}, with another name in it",
        "{who} [tell] {whom} about {what} as {who} [past hear] it, all but the name";
};
thought bell(me : person, other : person) {
    that: heard(me, Broken_Bell) & tale(Broken_Bell) == other;
    plain:
        "It [be] {other} who [have break] the bell",
        "{other} [have ring] the bell, then, until it cracked";
};
thought purse(me : person, other : person) {
    that: heard(me, Lost_Purse) & tale(Lost_Purse) == other;
    plain:
        "{other} [have find] the purse, then, and [have keep] quiet about it",
        "The purse [have be] in {other's} pocket all the time";
};
thought letter(me : person, other : person) {
    that: heard(me, Letter) & tale(Letter) == other;
    plain:
        "{other} [have read] the letter, then, and it [be] not even {other's}",
        "It [be] {other} who [have open] the letter";
};
"""


def called(words: tuple[str, ...], letter: str, count: int) -> list[str]:
    """So many names: words where there are enough, else numbers."""
    if count <= len(words):
        return list(words[:count])
    return [f"{letter}{number:0{len(str(count - 1))}}" for number in range(count)]


def town(people: int, seed: int = 2026, *, matters: int = 8, crowding: int = 6) -> str:
    """The world's text. ``crowding``: how many people there are to a place, about."""
    draw = random.Random(seed)
    names = called(NAMES, "P", people)
    places = called(PLACES, "L", max(4, people // crowding))
    things = called(MATTERS, "M", matters)
    about = f"// A town as benchmarks/town.py makes them: {people} people, seed {seed}."
    lines = [about, "unspoken 1;", "", "type place;", "type person : character;", "type matter;"]
    for kind, entities in (("person", names), ("place", places), ("matter", things)):
        lines += [f"entity {name} : {kind};" for name in entities]
    lines += ["", _LAWS]
    # Haunts lie near one another, so that those who share one often share two.
    haunts = {}
    for name in names:
        home = draw.randrange(len(places))
        near = [(home + step) % len(places) for step in (-2, -1, 1, 2)]
        haunts[name] = [places[place] for place in dict.fromkeys([home, *draw.sample(near, 2)])]
    visitors: dict[str, list[str]] = {place: [] for place in places}
    for name in names:
        for place in haunts[name]:
            visitors[place].append(name)
    friends: dict[str, set[str]] = {name: set() for name in names}
    for name in names:
        others = sorted({other for place in haunts[name] for other in visitors[place]} - {name})
        for other in draw.sample(others, min(4, len(others))):
            friends[name].add(other)
            friends[other].add(name)
    for name in names:
        own = haunts[name]
        known = sorted(friends[name])
        lines += [f"haunt({name}, {place});" for place in own]
        lines += [
            f"onward({name}, {here}) = {there};"
            for here, there in zip(own, own[1:] + own[:1], strict=True)
        ]
        lines += [f"knows({name}, {other});" for other in known]
        lines.append(f"at({name}) = {own[0]};")
        lines.append(f"talkative({name}) = {draw.randint(2, 10)};")
        lines.append(f"scapegoat({name}) = {draw.choice(known or names)};")
        if known and draw.random() < 0.2:
            other, what = draw.choice(known), draw.choice(things)
            lines.append(
                f"wish hush_{name}({name}) {{ wants: heard({other}, {what}); weight: -0.9; }};"
            )
    for number, thing in enumerate(things):
        culprit = draw.choice(names)
        witness = draw.choice([name for name in names if name != culprit])
        lines += [f"culprit({thing}) = {culprit};", f"sees({thing}, {witness});"]
        if number == 0:
            lines += [f"heard({witness}, {thing});", f"bursting({witness});"]
            lines.append(f"believes({witness}, tale({thing}) = {culprit});")
    if names == list(NAMES) and things == list(MATTERS):
        voices = (
            f"voice {name} {{ pronoun: {'he' if name in HE else 'she'}; }};" for name in names
        )
        lines += ["", *voices, _TOLD]
    return "\n".join(lines) + "\n"
