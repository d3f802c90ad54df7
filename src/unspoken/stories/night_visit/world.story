unspoken 1;

title "The Night Visit";
note "Between two scenes that stand, this must have happened.";
fandom "Buffy the Vampire Slayer";
characters "Willow", "Tara", "Buffy";
pairing "Willow/Tara";
rating "General";
tags "missing scene", "mutual pining", "first kiss", "mind link";

// The whole way from the club to the answer takes 22 acts. Nobody needs to look further ahead than
// Willow does when she leaves: two walks, a knock, a door, an apology.
plan { goal: 3; author_limit: 22; character_limit: 5; epistemic_limit: 2; };
run { rounds: 40; until: declared(Willow, Tara); foresight: 5; minds: 2; thoughts: 2; };

type person;
type character : person;
type place;
type thing;
type spot;
type matter;

entity Willow : character;
entity Tara : character;
entity Buffy : character;
entity Oz : person;  // gone, but not out of everybody's mind
entity Bronze : place;
entity Path : place;
entity Graveyard : place;
entity Landing : place;  // before Tara's door
entity Room : place;     // Tara's
entity Book : thing;
entity Lap : spot;
entity Floor : spot;
entity Shelf : spot;
entity Hearing : matter;  // what a question can be about
entity Heart : matter;

// ---- What is the case -------------------------------------------------------------------------

property at(who : character) : place;
property lies(what : thing) : spot;
property way(from : place, to : place) : boolean;
property danger() : boolean;     // the town's, always at the wrong time
property gathering() : boolean;  // the friends' evening
property closing() : boolean;    // the club, for tonight
property lights() : boolean;     // up, and nobody looks well in them
property open() : boolean;       // Tara's door
property knocked() : boolean;
property refused(who : character, whom : character) : boolean;  // this morning
property sorry(who : character, whom : character) : boolean;
property invited(who : character) : boolean;
property distance(one : character, other : character) : number;  // 3 apart, 2 side by side, 1 hands, 0 lips
property pair(one : character, other : character) : boolean;     // the two, in the order of speaking of them
property partner(who : character) : person;
property offered() : boolean;  // the spell refused this morning
property leaning() : boolean;  // against each other
property lamp() : boolean;     // Tara's, lit
property strokes() : number;   // of the clock over the campus, since ten
property eyes_shut(who : character) : boolean;
property shy(who : character) : boolean;

// ---- Hearts -----------------------------------------------------------------------------------

property loves(who : character, whom : character) : boolean;
property declared(who : character, whom : character) : boolean;
property glad(who : character) : boolean;
property weeping(who : character) : boolean;
property composed(who : character) : boolean;
property doubting(who : character) : boolean;
property frightened(who : character) : boolean;  // of having been found out
property smiled(who : character, whom : character) : boolean;
property blushed(who : character, whom : character) : boolean;
property misses(who : character, whom : person) : boolean;

// ---- The link ---------------------------------------------------------------------------------

property bonded(one : character, other : character) : boolean;  // by the spells they have done
property linked(one : character, other : character) : boolean;
property startled(who : character) : boolean;
property wondering(who : character) : boolean;             // could she have heard me?
property puzzled(who : character) : boolean;               // heard, and not understood
property owes(who : character, about : matter) : boolean;  // an answer

// ---- How things stand -------------------------------------------------------------------------

at(Willow) = Bronze;
at(Buffy) = Bronze;
at(Tara) = Room;
lies(Book) = Lap;
way(Bronze, Path);
way(Path, Landing);
way(Path, Graveyard);
gathering();
refused(Willow, Tara);
distance(Willow, Tara) = 3;
pair(Willow, Tara);
shy(Tara);
bonded(Willow, Tara);
lamp();
loves(Willow, Tara);
loves(Tara, Willow);
misses(Willow, Oz);

// Each is sure of not being loved, and of having hidden it.
believes(Tara, !loves(Willow, Tara));
believes(Tara, partner(Willow) = Oz);
believes(Tara, believes(Willow, !loves(Tara, Willow)));
believes(Willow, !loves(Tara, Willow));
believes(Willow, believes(Tara, !loves(Willow, Tara)));
believes(Tara, sure(Willow, Tara) = -3);
believes(Willow, sure(Tara, Willow) = -3);
believes(Tara, believes(Willow, sure(Tara, Willow) = -3));
believes(Willow, believes(Tara, sure(Willow, Tara) = -2));
believes(Willow, lies(Book) = Shelf);  // Tara keeps things tidy
believes(Buffy, !loves(Willow, Tara) & !loves(Tara, Willow));

// ---- What happens by itself -------------------------------------------------------------------

action alarm() {
    precondition: gathering() & !danger();
    effect: danger();
    observing(c : character): at(c) == Bronze;
};

// The evening can also end by itself.
action last_song() {
    precondition: gathering() & !danger() & !lights() & !closing();
    effect: closing();
    observing(c : character): at(c) == Bronze;
};

action lights_up() {
    precondition: closing() & !lights();
    effect: lights();
    observing(c : character): at(c) == Bronze;
};

// It gets late for a visit, and then too late.
action clock_strikes() {
    precondition: strokes() < 3;
    effect: strokes() = strokes() + 1;
};

action brush_hands(one : character, other : character) {
    precondition: pair(one, other) & distance(one, other) == 2;
    effect: distance(one, other) = 1;
    observing(c : character): c == one | c == other;
};

// A thought that slips through a link nobody knows of: only the hearer notices.
action stray_thought(thinker : character, hearer : character) {
    precondition: linked(thinker, hearer) & !startled(hearer) & shy(thinker);
    effect: startled(hearer);
    observing(c : character): c == hearer;
};

// Guarded, and still it slips; heard, and not understood.
action slip(thinker : character, hearer : character) {
    precondition:
        linked(thinker, hearer) &
        believes(thinker, linked(thinker, hearer)) &
        shy(thinker) &
        !puzzled(hearer) &
        !declared(thinker, hearer);
    effect: puzzled(hearer);
    observing(c : character): c == thinker | c == hearer;
};

// What the body does of itself.
action smile(who : character, whom : character) {
    precondition:
        who != whom &
        !smiled(who, whom) &
        (at(whom) == at(who) | open() & at(who) != Bronze & at(whom) != Bronze);
    effect: smiled(who, whom);
    observing(c : character):
        c == who |
        at(c) == at(who) |
        open() &
        (at(c) == Room | at(c) == Landing) &
        at(who) != Bronze;
};

// In the dark nobody sees it.
action blush(who : character, whom : character) {
    precondition: who != whom & !blushed(who, whom) & at(whom) == at(who);
    effect: blushed(who, whom);
    observing(c : character): c == who | at(c) == at(who) & (at(c) != Room | lamp());
};

// ---- What they do -----------------------------------------------------------------------------

action patrol(hero : character) {
    precondition: danger() & at(hero) == Bronze & hero == Buffy;
    effect: !danger() & !gathering() & at(hero) = Graveyard;
    consenting: hero;
    observing(c : character): at(c) == Bronze;
};

action say_goodnight(hero : character) {
    precondition: lights() & gathering() & at(hero) == Bronze & hero == Buffy;
    effect: !lights() & !gathering() & at(hero) = Graveyard;
    consenting: hero;
    observing(c : character): at(c) == Bronze;
};

action walk(who : character, from : place, to : place) {
    precondition: at(who) == from & way(from, to) & !gathering();
    effect: at(who) = to;
    consenting: who;
    observing(c : character): at(c) == from | at(c) == to;
};

// Whoever is inside hears a knock, and not whose.
action knock(who : character) {
    precondition: at(who) == Landing & !open() & !knocked();
    effect: knocked() & forall(c : character) if(at(c) == Room) believes(c, knocked());
    consenting: who;
    observing(c : character): c == who;
};

action open_door(host : character) {
    precondition: at(host) == Room & knocked() & !open();
    effect: open();
    consenting: host;
    observing(c : character): at(c) == Room | at(c) == Landing;
};

action apologise(who : character, whom : character) {
    precondition:
        refused(who, whom) &
        !sorry(who, whom) &
        at(whom) == Room &
        (at(who) == Room | open() & at(who) == Landing);
    effect: sorry(who, whom);
    consenting: who;
    observing(c : character): at(c) == Room | at(c) == Landing;
};

action invite(host : character, guest : character) {
    precondition: open() & at(host) == Room & at(guest) == Landing & !invited(guest);
    effect: invited(guest);
    consenting: host;
    observing(c : character): at(c) == Room | at(c) == Landing;
};

action come_in(guest : character) {
    precondition: open() & at(guest) == Landing & invited(guest);
    effect: at(guest) = Room & !open() & !knocked() & !invited(guest);
    consenting: guest;
    observing(c : character): at(c) == Room | at(c) == Landing;
};

action leave(guest : character, host : character) {
    precondition: pair(guest, host) & at(guest) == Room & strokes() >= 3 & !declared(host, guest);
    effect:
        at(guest) = Path &
        distance(guest, host) = 3 &
        !leaning() &
        !linked(guest, host) &
        !linked(host, guest);
    consenting: guest;
    observing(c : character): at(c) == Room;
};

action sit_down(one : character, other : character) {
    precondition:
        pair(one, other) &
        at(one) == Room &
        at(other) == Room &
        distance(one, other) == 3;
    effect: distance(one, other) = 2;
    consenting: one, other;
    observing(c : character): at(c) == Room;
};

// There is still the spell. It takes joined hands.
action offer_spell(host : character, guest : character) {
    precondition: pair(guest, host) & distance(guest, host) == 2 & sorry(guest, host) & !offered();
    effect: offered();
    consenting: host;
    observing(c : character): at(c) == Room;
};

action join_hands(one : character, other : character) {
    precondition: pair(one, other) & offered() & distance(one, other) == 2;
    effect: distance(one, other) = 1 & !offered();
    consenting: one, other;
    observing(c : character): c == one | c == other;
};

action test_link(thinker : character, hearer : character) {
    precondition: wondering(thinker) & startled(hearer);
    effect: !wondering(thinker) & if(linked(thinker, hearer)) owes(hearer, Hearing);
    consenting: thinker;
    observing(c : character): c == thinker | c == hearer & linked(thinker, hearer);
};

action nod(hearer : character, thinker : character) {
    precondition: owes(hearer, Hearing) & startled(hearer) & linked(thinker, hearer);
    effect: !owes(hearer, Hearing);
    consenting: hearer;
    observing(c : character): c == hearer | c == thinker;
};

// What they have now takes no hands at all.
action move_closer(one : character, other : character) {
    precondition:
        pair(one, other) &
        distance(one, other) == 1 &
        believes(one, linked(one, other)) &
        believes(other, linked(one, other)) &
        !leaning();
    effect: leaning();
    consenting: one, other;
    observing(c : character): c == one | c == other;
};

// What is asked in thought carries more than the question.
action ask_in_thought(thinker : character, hearer : character) {
    precondition: puzzled(thinker) & linked(thinker, hearer) & !owes(hearer, Heart);
    effect: !puzzled(thinker) & owes(hearer, Heart);
    consenting: thinker;
    observing(c : character): c == thinker | c == hearer;
};

action dry_eyes(who : character) {
    precondition: weeping(who) & !leaning();
    effect: !weeping(who) & composed(who);
    consenting: who;
    observing(c : character): at(c) == Room;
};

action cup_cheek(one : character, other : character) {
    precondition: weeping(other) & pair(one, other) & distance(one, other) <= 1;
    effect: !weeping(other) & composed(other);
    consenting: one, other;
    observing(c : character): c == one | c == other;
};

action shut_eyes(who : character) {
    precondition:
        shy(who) &
        !eyes_shut(who) &
        !weeping(who) &
        (owes(who, Heart) | believes(who, loves(Willow, who)));
    effect: eyes_shut(who);
    consenting: who;
    observing(c : character): at(c) == Room;
};

// Asked outright, she cannot say it to anybody's face.
action confess(who : character, whom : character) {
    precondition:
        who != whom &
        loves(who, whom) &
        !declared(who, whom) &
        !declared(whom, who) &
        !weeping(who) &
        (!shy(who) | !owes(who, Heart) | eyes_shut(who)) &
        (at(whom) == at(who) | open() & at(who) == Room & at(whom) == Landing);
    effect: declared(who, whom) & !owes(who, Heart) & believes(whom, loves(who, whom));
    consenting: who;
    observing(c : character): at(c) == Room | at(c) == Landing;
};

action kiss(one : character, other : character) {
    precondition:
        pair(one, other) &
        declared(other, one) &
        distance(one, other) > 0 &
        at(one) == Room &
        at(other) == Room;
    effect: distance(one, other) = 0 & !eyes_shut(one) & !eyes_shut(other);
    consenting: one, other;
    observing(c : character): at(c) == Room;
};

action answer(who : character, whom : character) {
    precondition: loves(who, whom) & declared(whom, who) & doubting(whom) & !declared(who, whom);
    effect: declared(who, whom) & !doubting(whom) & believes(whom, loves(who, whom));
    consenting: who;
    observing(c : character): at(c) == Room;
};

// Who is told it at the door need not be asked in first.
action answer_at_the_door(who : character, whom : character) {
    precondition:
        loves(who, whom) &
        declared(whom, who) &
        !declared(who, whom) &
        open() &
        at(who) == Landing &
        at(whom) == Room;
    effect: declared(who, whom) & believes(whom, loves(who, whom));
    consenting: who;
    observing(c : character): at(c) == Room | at(c) == Landing;
};

// ---- What follows by itself -------------------------------------------------------------------

trigger book_falls() {
    precondition: knocked() & lies(Book) == Lap;
    effect: lies(Book) = Floor;
};

trigger see_at(viewer : character, other : character, place : place) {
    precondition:
        viewer != other &
        at(other) == place &
        (at(viewer) == place | open() & at(viewer) == Room & place == Landing) &
        believes(viewer, at(other)) != place;
    effect: believes(viewer, at(other)) = place;
};

trigger see_book(viewer : character) {
    precondition: at(viewer) == Room & lies(Book) == Floor & believes(viewer, lies(Book)) == Shelf;
    effect: believes(viewer, lies(Book)) = Floor;
};

// She stands there, at this hour: it can only mean that she has found out.
trigger fear_discovery(who : character, whom : character) {
    precondition:
        loves(who, whom) &
        shy(who) &
        open() &
        at(who) == Room &
        at(whom) == Landing &
        !sorry(whom, who) &
        !frightened(who);
    effect: frightened(who) & believes(who, believes(whom, loves(who, whom)));
};

// An apology is another reason to have come; and she is glad, and it shows.
trigger relief(who : character, whom : character) {
    precondition: sorry(whom, who) & !glad(who);
    effect: glad(who);
};

trigger calm(who : character, whom : character) {
    precondition:
        sorry(whom, who) &
        !declared(who, whom) &
        believes(who, believes(whom, loves(who, whom)));
    effect: believes(who, believes(whom, !loves(who, whom)));
};

trigger link_opens(one : character, other : character) {
    precondition:
        bonded(one, other) &
        pair(one, other) &
        distance(one, other) <= 1 &
        !linked(one, other);
    effect: linked(one, other) & linked(other, one);
};

trigger link_is_mutual(one : character, other : character) {
    precondition: linked(one, other) & !linked(other, one);
    effect: linked(other, one);
};

// Someone who hears a thought looks up; the other sees it, and wonders.
trigger look_up(hearer : character, thinker : character) {
    precondition:
        startled(hearer) &
        linked(thinker, hearer) &
        hearer != thinker &
        !believes(thinker, linked(thinker, hearer)) &
        !believes(thinker, startled(hearer));
    effect:
        wondering(thinker) &
        believes(thinker, startled(hearer)) &
        believes(thinker, wondering(thinker));
};

trigger weep(who : character, whom : character) {
    precondition:
        owes(who, Heart) &
        shy(who) &
        loves(who, whom) &
        linked(whom, who) &
        !composed(who) &
        !weeping(who);
    effect: weeping(who) & believes(whom, weeping(who));
};

// A kiss can mean nothing. It has before.
trigger doubt(who : character, whom : character) {
    precondition:
        shy(who) &
        pair(whom, who) &
        distance(whom, who) == 0 &
        !declared(whom, who) &
        !doubting(who);
    effect: doubting(who);
};

// ---- What they want ---------------------------------------------------------------------------

utility():
    (if(distance(Willow, Tara) == 0) 1 else 0) +
    (if(declared(Tara, Willow)) 1 else 0) +
    (if(declared(Willow, Tara)) 1 else 0);

// ---- What goes on inside ------------------------------------------------------------------------

hunch sure(who : character, whom : character) { of: loves(who, whom); from: -4; to: 4; };

sign visit(reader : character, other : character) {
    when: at(reader) == Room & at(other) == Landing & open();
    if: loves(reader, other);
    for: sure(other, reader);
    weight: 1;
};
sign apology(reader : character, other : character) {
    seen: apologise(other, reader);
    for: sure(other, reader);
    weight: 1;
};
sign care(reader : character, other : character) {
    seen: ask_in_thought(other, reader);
    for: sure(other, reader);
    weight: 1;
};
sign caress(reader : character, other : character) {
    seen: cup_cheek(other, reader);
    for: sure(other, reader);
    weight: 1;
};
sign nearness(reader : character, other : character) {
    seen: move_closer(other, reader);
    for: sure(other, reader);
    weight: 1;
};

sign smiling(reader : character, other : character) {
    seen: smile(other, reader);
    if: loves(reader, other) & !shy(reader);  // who is shy thinks it was meant for someone else
    for: sure(other, reader);
    weight: 1;
};
sign blushing(reader : character, other : character) {
    seen: blush(other, reader);
    if: loves(reader, other);
    for: sure(other, reader);
    weight: 1;
};

tell smile(who : character, whom : character) {
    of: who;
    toward: whom;
    shows: joy, relief, gratitude, happy_for;
    above: 0.25;
};
tell blush(who : character, whom : character) {
    of: who;
    toward: whom;
    shows: embarrassment, dread, love, unspoken;
    above: 0.4;
};

// It stood in the part of the chapter that Tara did not read: two whose bond is pure enough can
// hear each other think.
rule bond_rule { of: link_opens; };

channel bond(thinker : character, hearer : character) {
    open: linked(thinker, hearer);
    carries: thoughts, wishes, feelings;
    strength: 0.25;
    concealment: 0.1;
    whole: stray_thought(thinker, hearer);
    fragment: slip(thinker, hearer);
};

occasion alarm() { chance: 0.25; };
occasion last_song() { chance: 0.15; };
occasion lights_up() { chance: 0.6; };
occasion clock_strikes() { chance: 0.18; after: 8; };
occasion brush_hands(one : character, other : character) { chance: 0.4; };

temperament Willow { daring: 0.45; };
temperament Tara { daring: 0.25; composure: 0.1; };
temperament Buffy { daring: 0.9; };

norm hidden(who : character, other : character) {
    against: lose_face;
    shows: loves(who, other);
    before: other;
    if: loves(who, other) & !loves(other, who);
    weight: 0.5;
};
norm late(Willow) { against: impose; acts: knock(Willow); weight: 0.1; };

sign kissing(reader : character, other : character) {
    seen: kiss(other, reader);
    for: sure(other, reader);
    weight: 8;
};

wish danger(Buffy) { wants: danger(); weight: -0.5; };
wish lights(Buffy) { wants: lights(); weight: -0.25; };

wish amends_owed(Willow) { wants: refused(Willow, Tara) & !sorry(Willow, Tara); weight: -0.5; };
wish keeping_her_up(Willow) {  // some people get up at seven
    wants: at(Willow) == Room & strokes() >= 3;
    if: !declared(Tara, Willow) & !owes(Tara, Heart) & !weeping(Tara);
    weight: -0.75;
};
wish lingering(Willow) { wants: invited(Willow); weight: -0.0625; };  // one does not stand in a door
wish open_offer(Willow) { wants: offered(); weight: -0.0625; };
wish unanswered(Willow) { wants: owes(Willow, Hearing); weight: -0.0625; };
wish puzzlement(Willow) { wants: puzzled(Willow); weight: -0.25; };
wish tears(Willow) { wants: weeping(Tara); weight: -0.5; };
wish answered(Willow) {
    wants: declared(Willow, Tara) & at(Willow) == Landing;
    if: declared(Tara, Willow);
    weight: 0.75;
};
wish doubt(Willow) { wants: doubting(Tara); weight: -0.25; };
wish near(Willow) { wants: distance(Willow, Tara) < 3; if: loves(Willow, Tara); weight: 0.25; };
wish nearer(Willow) { wants: leaning(); if: loves(Willow, Tara); weight: 0.25; };
wish kissed(Willow) { wants: distance(Willow, Tara) == 0 & loves(Tara, Willow); weight: 0.75; };
wish unwanted(Willow) { wants: distance(Willow, Tara) == 0 & !loves(Tara, Willow); weight: -0.75; };

wish unopened_door(Tara) { wants: knocked() & !open() & at(Willow) != Room; weight: -0.0625; };
wish company(Tara) {
    wants: at(Willow) == Room & (loves(Willow, Tara) | !believes(Willow, loves(Tara, Willow)));
    weight: 0.25;
};
wish near(Tara) { wants: distance(Willow, Tara) < 3; if: loves(Tara, Willow); weight: 0.25; };
wish nearer(Tara) { wants: leaning(); if: loves(Tara, Willow); weight: 0.25; };
wish touch(Tara) { wants: distance(Willow, Tara) < 2; if: loves(Tara, Willow); weight: 0.25; };
wish wondering(Tara) { wants: wondering(Tara); weight: -0.25; };
wish tears(Tara) { wants: weeping(Tara); weight: -0.25; };
wish unsaid(Tara) { wants: owes(Tara, Heart); weight: -0.25; };
wish said(Tara) { wants: declared(Tara, Willow) & loves(Willow, Tara); weight: 0.75; };
wish spurned(Tara) { wants: declared(Tara, Willow) & !loves(Willow, Tara); weight: -1; };
wish kissed(Tara) { wants: distance(Willow, Tara) == 0 & loves(Willow, Tara); weight: 0.75; };
wish unwanted(Tara) { wants: distance(Willow, Tara) == 0 & !loves(Willow, Tara); weight: -0.75; };

// ==== How it is told ===========================================================================

voice Willow { pronoun: she; manner: ramble 70; };
voice Tara { pronoun: she; manner: stammer 30 50 "bdgptkwlmys", trail_off 15; };
voice Buffy { pronoun: she; manner: terse; };
voice Oz { name: "Oz"; pronoun: he; article: ""; };
voice Bronze { name: "Bronze"; article: "the"; };
voice Path { name: "path"; article: "the"; };
voice Landing { name: "landing"; article: "the"; };
voice Graveyard { name: "graveyard"; article: "the"; };
voice Room { name: "room"; article: "the"; };
voice Book { name: "book"; article: "the"; };

frame alarm() {
    text:
        "The alarm [go] off in the middle of a song, small and shrill and not to be argued with",
        "Somebody's pocket [begin] to shriek: the alarm, again, and on the stage the singer [look]
        hurt";
};

frame last_song() {
    text:
        "The band [begin] the slow one that [mean] there [be] no other after it",
        "Somebody [stack] the first chairs, and the singer [thank] everybody for coming";
};

frame lights_up() {
    text:
        "The lights [come] up, and everybody [look] at their shoes",
        "Then the big lights [go] on, as they do, without mercy";
};

speech say_goodnight(hero : character) { gist: "say goodnight"; says: "that's me", "night, all"; };

frame patrol(hero : character) {
    who: agent;
    text: "{hero} [make] a sorry face at the table, and [run] for it";
};
frame patrol(hero : character) {
    who: witness;
    text:
        "{hero} [be] gone before the last note [have fade], and the evening [go] with {hero}",
        "{hero} [make] a sorry face and [run], and what [be] left at the table [be] coats";
};

frame walk(who : character, from : place, to : place) {
    who: agent;
    needs: from == Bronze;
    text:
        "{who} [be] out in the dark with one arm in {who's} coat before {who} [know] where {who}
        [be] going. {who's} feet [know]",
        "{who} [leave] at a run, and only at the edge of the lamplight [notice] which way {who} [be]
        going";
};

frame walk(who : character, from : place, to : place) {
    who: witness;
    needs: from == Bronze;
    text: "{who} [stand] up, and [be] out of the door with one arm in {who's} coat";
};
frame walk(who : character, from : place, to : place) {
    who: agent;
    needs: to == Landing;
    text:
        "{who} [take] the stairs fast, then less fast, then one at a time, {who's} fingers busy with
        the hem of {who's} sweater",
        "{who} [climb] slower at every turn of the stairs, and [tug] at a sweater that [past look]
        all right in the mirror";
};

frame knock(who : character) { who: witness; text: "{who} [lift] a hand and [knock]"; };
frame knock(who : character) {
    who: agent;
    text:
        "{who} [knock], as quietly as a person can and still call it knocking",
        "{who} [lift] a hand, [lower] it, [lift] it again, and [knock]";
};

frame book_falls() {
    text:
        "The book [slide] off the lap it [past be] lying in and [land] on its open face",
        "The book [go] to the floor with a slap, its pages bent under it";
};

frame open_door(host : character) {
    who: agent;
    text:
        "{host} [breathe] in, [hold] it, and [turn] the handle",
        "{host} [stand] with a hand on the cold knob for the length of a breath, and [open] the
        door";
};
frame open_door(host : character) {
    who: witness;
    text:
        "The knob [squeak] round, and there {host} [be]",
        "The door [open], and {host} [stand] in it with {host's} lips parted";
};

frame apologise(who : character, whom : character) {
    who: agent;
    text: "It all [come] out in the wrong order";
};
speech apologise(who : character, whom : character) {
    gist: "say to {whom} that {who} [be] sorry";
    says:
        "I know it's late",
        "it's so late, I've been rude twice in one day now",
        "I said no to you like it was nothing, and it wasn't nothing",
        "I was out with everybody, and it kept being the wrong everybody",
        "I'm sorry",
        "I'm sorry is the short version";
};

speech invite(host : character, guest : character) {
    gist: "ask {guest} in";
    says: "do you want to", "come in", "you could come in";
};

frame clock_strikes() {
    needs: strokes() == 0;
    text:
        "Somewhere over the campus a clock [strike], and [take] its time about it",
        "A clock [strike], over there where people are asleep";
};
frame clock_strikes() {
    needs: strokes() == 1;
    text: "The clock again, one stroke longer", "The clock [have] more to say than it had before";
};
frame clock_strikes() {
    needs: strokes() >= 2;
    text:
        "Once more the clock, and so late that one [can] count along",
        "The clock once more. It [be] no hour for a visit";
};

frame leave(guest : character, host : character) {
    who: agent;
    text: "{guest} [get] up, [say] something about the morning, and [be] outside";
};
frame leave(guest : character, host : character) {
    who: witness;
    text: "{guest} [look] at {guest's} watch, [say] something about the morning, and [go]";
};

frame come_in(guest : character) {
    who: agent;
    text: "{guest} [step] over the sill, and the door [close] behind {guest} with hardly a click";
};
frame come_in(guest : character) {
    who: witness;
    text:
        "Then {guest} [be] inside, and the door [be] shut, and the room [be] half the size",
        "{guest} [come] in sideways, as if past somebody asleep";
};

frame sit_down(one : character, other : character) {
    text:
        "They [sit] down on the bed, a careful hand's breadth apart",
        "There [be] one chair and one bed, so they [sit] on the bed";
};

frame smile(who : character, whom : character) {
    who: agent;
    text:
        "{who} [smile] before {who} [can] decide not to",
        "A smile [be] out before {who} [can] see to it",
        "Something in {who's} face [give], and [be] a smile";
};
frame smile(who : character, whom : character) {
    who: witness;
    text:
        "Something in {who's} face [give], and [be] a smile",
        "A smile [get] as far as one corner of {who's} mouth, and then as far as the other",
        "{who} [smile], late and all at once";
};

frame blush(who : character, whom : character) {
    text:
        "The colour [come] up {who's} neck as far as the ears",
        "{who} [go] red, slowly and completely";
};

frame brush_hands(one : character, other : character) {
    text:
        "On the blanket the backs of their hands [touch], and neither hand [move]",
        "Their hands [meet] on the blanket by accident, and [stay] by something else";
};

speech stray_thought(thinker : character, hearer : character) {
    mode: thought;
    gist: "think of {hearer}";
    says: "what if it isn't only guilt", "don't, don't be stupid";
};

frame look_up(hearer : character, thinker : character) {
    who: witness;
    text: "{hearer} [look] up, quick, the way one looks up at one's name";
};

speech offer_spell(host : character, guest : character) {
    gist: "ask whether {guest} [want] to do the spell after all";
    says: "we could still do the spell", "if you want";
};

frame join_hands(one : character, other : character) {
    who: agent;
    text:
        "{one} [turn] up {one's} palms, as the book [have] it, and {other} [lay] {other's} own on
        them",
        "For this spell hands [have] to be joined, so they [join] hands";
};
frame join_hands(one : character, other : character) {
    who: witness;
    text: "Their hands [be] joined, for the spell; and no one [begin] the spell";
};

speech test_link(thinker : character, hearer : character) {
    mode: thought;
    gist: "ask without a word whether {hearer} [hear] {thinker}";
    says: "can you hear me";
};

frame nod(hearer : character, thinker : character) {
    text: "{hearer} [nod]", "{hearer} [nod], a small nod, and a very quick one";
};

speech slip(thinker : character, hearer : character) {
    mode: thought;
    gist: "think what {thinker} had meant to keep";
    says: "is it now", "is now when I say it";
};

speech ask_in_thought(thinker : character, hearer : character) {
    mode: thought;
    gist: "ask in thought what {hearer} [mean]";
    says: "is what now", "Tara, what is it";
};

frame move_closer(one : character, other : character) {
    who: agent;
    text:
        "{one} [move] over until their shoulders [touch], and [stay]",
        "This [need] no hands, so {one} [lean] against {other} instead";
};
frame move_closer(one : character, other : character) {
    who: witness;
    text: "The mattress [give]; {one} [be] warm all down one side of {other}";
};

frame dry_eyes(who : character) {
    text:
        "{who} [wipe] {who's} face with a sleeve, and [sit] up straight",
        "{who} [put] the heels of both hands to {who's} eyes until it [be] over";
};

frame weep(who : character, whom : character) {
    who: any;
    text:
        "A tear [get] as far as {who's} chin, and {who} [do] nothing about it",
        "{who's} eyes [fill], and one of them [run] over";
};

frame cup_cheek(one : character, other : character) {
    who: agent;
    text:
        "{one} [lay] a palm against {other's} cheek, because nothing else in the room [be]
        possible";
};
frame cup_cheek(one : character, other : character) {
    who: witness;
    text: "{one's} palm [come] up, warm, and [fit] itself to {other's} cheek";
};

frame shut_eyes(who : character) {
    who: agent;
    text:
        "{who} [shut] {who's} eyes, so that whatever [come] next need not be looked at. In the dark
        {who} [have say] it a hundred times, and the dark [have take] it well";
};
frame shut_eyes(who : character) { who: witness; text: "{who} [shut] {who's} eyes"; };

speech confess(who : character, whom : character) {
    gist: "tell {whom} that {who} [like] {whom}";
    says: "I like you";
};

frame kiss(one : character, other : character) {
    who: agent;
    text:
        "{one} [find] no word that [be] any use, and [kiss] {other}. It [be] short, and afterwards
        the room [be] somewhere else";
};
frame kiss(one : character, other : character) {
    who: witness;
    text: "The bed [creak]; a hand [slide] down to {other's} neck; and {one} [kiss] {other}";
};

speech answer(who : character, whom : character) {
    gist: "tell {whom} that {who} [like] {whom} too";
    says:
        "I do",
        "I like you too",
        "I think I have for ages, I was just slow about the word for it",
        "and I'm not going back to not knowing";
};

speech answer_at_the_door(who : character, whom : character) {
    gist: "tell {whom} that {who} [like] {whom} too";
    says:
        "oh, that's good",
        "I had an apology all ready, all the way up the stairs",
        "and it was only ever this",
        "I like you too";
};

// ---- Thoughts, in the thinker's own words -------------------------------------------------------

thought reading(me : character, other : character) {
    that: shy(me) & loves(me, other) & at(me) == Room & !open() & at(other) != Room;
    plain:
        "For an hour {I} [have read] how to draw a thing towards one, and [have think] of {other's}
        sleeves, and of how {other} [breathe] in before a spell, as one [do] before cold water. The
        next chapter [be] about what grows between two who work their spells together; {I} [have not
        get] as far as that";
};

thought unloved(me : character, other : character) {
    that: loves(me, other) & !loves(other, me);
    exclaim: "{other} [do not] think of {me} like that, and never [will]";
    plain:
        "{other} [do not lie] awake over {me}; that much [be] clear",
        "{other} [be] a friend, and that [be] what a friend [be]";
    fragment: "Stop it.", "Stop.";
};

thought plans(me : character, other : character) {
    that: gathering() & refused(me, other);
    plain:
        "{I} [past tell] {other} that there were plans, and these [be] the plans: a sticky table,
        four straws in one glass, a band that [tune] longer than it [play]";
};

thought missing(me : character, other : person) {
    that: misses(me, other) & gathering();
    plain:
        "{I} still [miss] {other}, though less often, and with less of his face",
        "{I} [miss] {other} in the evenings, mostly, and tonight {I} [have forget] to";
};

thought spoken_for(me : character, other : character) {
    that: loves(me, other) & partner(other) == Oz;
    plain: "{other's} heart [be] in a van somewhere, with Oz and a guitar";
    question: "How long [do {other} mean] to wait for Oz, who [have go] off in a van?";
};

thought guilt(me : character, other : character) {
    that: refused(me, other) & !sorry(me, other) & !gathering();
    plain:
        "{I} [past turn] {other} down, and for this",
        "{other} [past ask] for one evening, with {other's} eyes on the floor, and {I} [past say]
        no, with {mine} on the clock";
    question: "What if it [be] something that mattered?";
};

thought whose_magic(me : character, other : character) {
    that: at(me) == Path & refused(me, other) & !sorry(me, other) & !gathering();
    plain:
        "It [be] the magic, probably. With every spell that {I} [do] hand in hand with {other},
        something [stay] joined a little longer after the hands let go. Only magic [do not] make a
        person count the hours since breakfast";
};

thought speech_lost(me : character, other : character) {
    that: at(me) == Landing & refused(me, other) & !sorry(me, other) & !open();
    plain:
        "At the foot of the stairs there [past be] a whole speech, and {I} [past drop] some of it on
        every landing";
};

thought who_knocks(me : character) {
    that: knocked() & !open() & at(me) == Room & shy(me);
    question: "Who [come] up here so late?", "Who [knock] at this hour?";
};

thought at_the_door(me : character, other : character) {
    that: at(other) == Landing & at(me) == Room & loves(me, other);
    exclaim: "Of all the people it might have been";
    plain: "It [be] {other}, out of breath, with the cold still in {other's} hair";
};

thought found_out(me : character, other : character) {
    that: shy(me) & loves(me, other) & !loves(other, me) & believes(other, loves(me, other));
    exclaim:
        "{other} [know]. Somebody [have tell] {other}, or {my} own face",
        "{other} [have find] out";
    plain: "{other} [have come] to say, kindly, that it [will] never happen";
};

thought not_found_out(me : character, other : character) {
    that: loves(me, other) & sorry(other, me) & believes(other, !loves(me, other));
    plain:
        "So it [be] only about this morning. {I} [be] glad. {I} [be], nearly, glad",
        "So {other} [know] nothing, and [be] only being kind. {I} [be] glad of it, or [will] be";
    exclaim: "So {other} still [want] to spend an evening with {me}";
};

thought speechless(me : character, other : character) {
    that:
        open() &
        lamp() &
        at(me) == Landing &
        at(other) == Room &
        loves(me, other) &
        !sorry(me, other);
    plain:
        "There [past be] one sentence left of the speech, and now the lamp [be] behind {other}, and
        {I} [have] none";
};

thought pleased(me : character, other : character) {
    that: glad(other) & sorry(me, other) & !smiled(other, me);
    plain: "That [be] a smile. So something in all that [past be] right";
    question: "[Be] that a smile?";
};

thought forgiven(me : character, other : character) {
    that: smiled(other, me) & sorry(me, other) & !shy(me);
    plain:
        "So {I} [past get] something right, in all that",
        "So among so many words there [past be] a right one, and {I} [past say] it";
};

thought odd_book(me : character) {
    that: lies(Book) == Floor & at(me) == Room & !shy(me);
    plain:
        "{I} [see] a book on the floor, in a room where even the pencils [lie] straight",
        "A book [lie] on the floor. {I} [past not know] that anything {here} ever [lie] on the
        floor";
};

thought her_room(me : character, other : character) {
    that: at(me) == Room & at(other) == Room & !shy(me) & distance(me, other) == 3;
    plain:
        "The room [smell] of candles, and of the tea that {other} [make] for people and [forget] to
        drink";
};

thought idle_hands(me : character, other : character) {
    that: distance(me, other) == 2 & !shy(me) & loves(me, other);
    question: "Where [do one put] one's hands, as a rule?";
};

thought larger_room(me : character, other : character) {
    that: at(me) == Room & at(other) == Room & shy(me) & distance(other, me) == 3;
    plain: "In {my} head {other} [have sit] {here} often, and it [have be] a larger room";
};

thought side_by_side(me : character, other : character) {
    that: distance(other, me) == 2 & shy(me);
    plain: "The mattress [tip] {me} a little towards {other}, and {I} [let] it";
};

thought so_small(me : character, other : character) {
    that: distance(other, me) == 1 & shy(me) & loves(me, other);
    plain: "It [be] nothing. It [be] the size of a coin, and {I} [can feel] nothing else";
};

thought heard(me : character, other : character) {
    that: linked(other, me) & startled(me);
    question: "[Do {other} say] that, or [do {other} think] it?";
    exclaim:
        "And nothing in {other's} face [past move]. The magic [past carry] a warmth across, in their
        spells, and never a word";
};

thought overheard(me : character, other : character) {
    that: wondering(me) & startled(other);
    question: "[Can {other} hear] it?";
};

thought open_book(me : character, other : character) {
    that: linked(me, other) & shy(me);
    exclaim:
        "So this [be] what the spells [past tie]: {other} [hear] {me} think. {other} [hear] all of
        it, and there [be] a great deal of it";
    plain:
        "So the spells [past tie] something wide enough for thoughts, and there [be] nowhere left to
        put them, not a drawer, not a shelf";
};

thought puzzled(me : character) {
    that: puzzled(me);
    plain: "It [come] to {me} like one line out of the middle of somebody else's letter";
    question: "Was that meant for {me}?";
};

thought cannot_bear(me : character, other : character) {
    that: weeping(other) & loves(me, other);
    exclaim: "Anything, anything, only not tears";
    plain: "It [be] unbearable, and it [be] so small";
};

thought hope(me : character, other : character) {
    that:
        loves(other, me) &
        loves(me, other) &
        !declared(other, me) &
        !declared(me, other) &
        !composed(me);
    question:
        "What if it [be] not only a kindness?",
        "What if {other} [have be] just as wrong about {me}?";
};

thought hand(me : character, other : character) {
    that: loves(other, me) & loves(me, other) & !declared(me, other) & composed(me);
    plain: "A hand like that [do not] lie";
    question: "What if a hand like that [do not] lie?";
};

thought whose_hand(me : character, other : character) {
    that: composed(other) & !shy(me) & loves(me, other) & !declared(other, me);
    plain: "{my} hand [past set] out as a friend's, and somewhere on the way [past stop] being one";
};

thought told(me : character, other : character) {
    that: declared(other, me) & loves(other, me) & !shy(me);
    plain:
        "So that [be] what all the silence [past be] about",
        "So it [be] not a friend, or not only, to whom {I} [past walk] all this way";
};

thought certain(me : character, other : character) {
    that: declared(other, me) & declared(me, other) & shy(me) & linked(me, other);
    plain:
        "{other} [be] clever, and kind, and red-haired, and here, and {I} [will] have to believe it.
        And {other} [have hear] every word of that too";
};

thought at_last(me : character, other : character) {
    that: declared(other, me) & declared(me, other) & shy(me) & !linked(me, other);
    plain: "{other} [be] clever, and kind, and red-haired, and at {my} door";
};

thought doubt(me : character) {
    that: doubting(me);
    plain:
        "A kiss might mean nothing. Some people [hand] them out like matches",
        "A kiss might mean nothing. Such things [past mean] nothing before";
};
