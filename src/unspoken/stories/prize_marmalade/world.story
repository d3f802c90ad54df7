unspoken 1;

title "The Prize Marmalade";
note "What was said, what was heard, and who was behind the hatch.";
tags "comedy of manners", "gossip", "a secret kept";

plan { goal: 1; author_limit: 8; character_limit: 4; epistemic_limit: 2; };
run { rounds: 32; until: pardoned(); foresight: 2; minds: 1; };

type character;
type place;
type tale;

entity Hester : character;    // has won, with marmalade from a shop
entity Nell : character;      // her niece, who knows, and has promised
entity Ivy : character;       // Nell's friend
entity Basil : character;     // the verger; nobody ever asks him anything
entity Prudence : character;  // Mrs Bott, second for the twelfth time
entity Ambrose : character;   // the judge
entity Hall : place;
entity Kitchen : place;  // with the urn, and a hatch to the hall
entity Porch : place;
entity Garden : place;
entity Bought : tale;  // that it was bought
entity Botts : tale;   // that it was Bott's: the recipe was stolen
entity Goose : tale;   // that the judge had a goose for it

// ---- What is the case -------------------------------------------------------------------------

property at(who : character) : place;
property way(from : place, to : place) : boolean;
property so(what : tale) : boolean;
property knows_better(who : character, what : tale) : boolean;
property promised(who : character) : boolean;  // not to tell
property has(who : character, what : tale) : boolean;  // to tell
property told(who : character, whom : character, what : tale) : boolean;
property spread(who : character, what : tale) : boolean;
property said(who : character, whom : character) : tale;  // still in the air
property misheard(who : character, by : character) : boolean;
property impressed(who : character, by : character) : number;
property asked(who : character) : boolean;  // for the recipe
property owes(who : character, whom : character) : boolean;  // an answer
property awarded() : boolean;
property smoked() : boolean;
property listening(who : character) : boolean;
property thirsty(who : character) : boolean;
property hissing() : boolean;  // the urn
property drowned() : boolean;  // what is said beside it
property answered(who : character) : boolean;  // by the judge
property sorry(who : character) : boolean;
property accused() : boolean;
property confessed() : boolean;
property pardoned() : boolean;

forall(c : character) at(c) = Hall;
at(Basil) = Kitchen;
way(Hall, Kitchen);
way(Hall, Porch);
way(Hall, Garden);
way(Kitchen, Garden);  // by the back door
way(Kitchen, Hall);
way(Porch, Hall);
way(Garden, Hall);
way(Garden, Kitchen);
so(Bought);
promised(Nell);
has(Nell, Bought);
forall(t : tale) knows_better(Hester, t);
forall(t : tale) knows_better(Ambrose, t);
forall(t : tale) knows_better(Nell, t);
trust(Ivy, Nell) = 9;
trust(Basil, Ivy) = 6;
trust(Prudence, Basil) = 6;
loyalty(Nell, Hester) = 6;
loyalty(Ivy, Nell) = 5;

certain(Bought) = 3;
certain(Botts) = -1;
certain(Goose) = -1;

// Ambrose has had it for breakfast every day for eleven years. Nobody suspects that.
believes(Ivy, !so(Bought) & certain(Bought) = -1);
believes(Basil, !so(Bought) & certain(Bought) = -1);
believes(Prudence, !so(Bought) & certain(Bought) = -1);
forall(c : character) (believes(c, believes(Ivy, !so(Bought) & certain(Bought) = -1)));
forall(c : character) (believes(c, believes(Basil, !so(Bought) & certain(Bought) = -1)));
forall(c : character) (believes(c, believes(Prudence, !so(Bought) & certain(Bought) = -1)));
believes(Hester, believes(Ambrose, !so(Bought) & certain(Bought) = -1));
believes(Nell, believes(Ambrose, !so(Bought) & certain(Bought) = -1));
believes(Ivy, believes(Ambrose, !so(Bought) & certain(Bought) = -1));
believes(Basil, believes(Ambrose, !so(Bought) & certain(Bought) = -1));
believes(Prudence, believes(Ambrose, !so(Bought) & certain(Bought) = -1));

// ---- What happens by itself -------------------------------------------------------------------

action boil() {
    precondition: !hissing();
    effect: hissing();
    observing(c : character): at(c) == Kitchen;
};
action simmer() {
    precondition: hissing();
    effect: !hissing();
    observing(c : character): at(c) == Kitchen;
};
action thirst(who : character) {
    precondition: awarded() & !thirsty(who) & who != Ambrose & who != Hester;
    effect: thirsty(who);
    observing(c : character): c == who;
};
action chill(who : character) {
    precondition: who == Ambrose & at(who) == Garden & smoked() & !thirsty(who);
    effect: thirsty(who);
    observing(c : character): c == who;
};
action blush(who : character) {
    precondition: True;
    effect: True;
    observing(c : character): at(c) == at(who);
};

// ---- What they do -----------------------------------------------------------------------------

action award(judge : character, winner : character) {
    precondition: judge == Ambrose & winner == Hester & !awarded();
    effect: awarded() & owes(winner, judge);
    consenting: judge;
    observing(c : character): at(c) == Hall;
};

action walk(who : character, from : place, to : place) {
    precondition: at(who) == from & way(from, to) & !listening(who);
    effect:
        at(who) = to &
        forall(c : character)
            (if(at(c) == to)
                believes(who, at(c) = to)
            else if(c != who & believes(who, at(c)) == to)
                believes(who, at(c) = ?));
    consenting: who;
    observing(c : character):
        at(c) == from |
        at(c) == to |
        (at(c) == Porch | at(c) == Kitchen) & (from == Garden | to == Garden);
};

action draw_aside(who : character, friend : character) {
    precondition:
        awarded() & who != friend & at(who) == Hall & at(friend) == Hall & has(who, Bought);
    effect: at(who) = Porch & at(friend) = Porch & listening(friend);
    consenting: who;
    observing(c : character): at(c) == Hall | at(c) == Porch;
};

action smoke(who : character) {
    precondition: who == Ambrose & at(who) == Garden & !smoked();
    effect: smoked();
    consenting: who;
    observing(c : character): at(c) == Garden;
};

action pour_tea(who : character) {
    precondition: at(who) == Kitchen & thirsty(who);
    effect: !thirsty(who);
    consenting: who;
    observing(c : character): at(c) == Kitchen;
};

// Through the hatch one hears every word that is said in the hall.
action tell(who : character, whom : character, what : tale) {
    precondition: who != whom & at(who) == at(whom) & has(who, what) & !told(who, whom, what);
    effect:
        told(who, whom, what) &
        spread(who, what) &
        !listening(whom) &
        (if(promised(who)) promised(whom)) &
        (if(trust(whom, who) >= 5 & !believes(whom, so(what)))
            impressed(whom, who) = (if(what == Goose) 2 else 1)) &
        (if(drowned() & at(who) == Kitchen & what == Bought)
            said(who, whom) = what
        else
            (has(whom, what) & believes(whom, believes(who, so(what)))));
    consenting: who;
    observing(c : character):
        c == who |
        at(c) == at(who) & !(drowned() & at(who) == Kitchen & what == Bought) |
        at(who) == Hall & at(c) == Kitchen;
};

// Nothing was ever made duller by Basil's, or anybody's, telling it again.
action embroider(who : character, what : tale) {
    precondition: believes(who, so(what)) & what != Goose & !has(who, Goose) & limelight(who) >= 7;
    effect: has(who, Goose);
    consenting: who;
    observing(c : character): c == who;
};

action ask_recipe(who : character, winner : character) {
    precondition: awarded() & winner == Hester & who != winner & at(who) == at(winner) & !asked(who);
    effect: asked(who) & owes(winner, who);
    consenting: who;
    observing(c : character): at(c) == at(who);
};

action fib(who : character, whom : character) {
    precondition: who == Hester & owes(who, whom) & at(who) == at(whom);
    effect: !owes(who, whom);
    consenting: who;
    observing(c : character): at(c) == at(who);
};

action come_through(judge : character, whom : character) {
    precondition:
        judge == Ambrose &
        at(judge) == Kitchen &
        at(whom) == Hall &
        believes(judge, spread(whom, Goose)) &
        !answered(whom);
    effect: at(judge) = Hall & answered(whom) & accused();
    consenting: judge;
    observing(c : character): at(c) == Hall | at(c) == Kitchen;
};

action apologise(who : character, judge : character) {
    precondition: judge == Ambrose & answered(who) & !sorry(who) & at(who) == at(judge);
    effect: sorry(who);
    consenting: who;
    observing(c : character): at(c) == at(who);
};

action break_news(who : character, whom : character) {
    precondition:
        whom == Hester & who != whom & accused() & at(who) == at(whom) & !believes(whom, accused());
    effect:
        believes(whom, accused()) &
        (if(believes(who, at(Ambrose)) == Hall) believes(whom, at(Ambrose) = Hall));
    consenting: who;
    observing(c : character): at(c) == at(who);
};

action own_up(who : character, judge : character) {
    precondition:
        who == Hester & judge == Ambrose & accused() & !confessed() & at(who) == at(judge);
    effect:
        confessed() &
        !accused() &
        forall(c : character)
            if(at(c) == at(who)) (believes(c, so(Bought) & !so(Botts) & !so(Goose)));
    consenting: who;
    observing(c : character): at(c) == at(who);
};

action pardon(judge : character, who : character) {
    precondition: judge == Ambrose & who == Hester & confessed() & !pardoned() & at(judge) == at(who);
    effect: pardoned();
    consenting: judge;
    observing(c : character): at(c) == at(judge);
};

// ---- What follows by itself -------------------------------------------------------------------

trigger urn_drowns() {
    precondition: hissing() & !drowned();
    effect: drowned();
};
trigger urn_lets_hear() {
    precondition: !hissing() & drowned();
    effect: !drowned();
};

// "It's bought", says one; and the urn says: "It's Bott's".
trigger mishear(who : character, by : character) {
    precondition: said(by, who) == Bought & drowned();
    effect: said(by, who) = ? & has(who, Botts) &
        believes(who, misheard(who, by) & told(by, who, Botts) & has(who, Botts));
};

// ---- What goes on inside ----------------------------------------------------------------------

rule steam { of: urn_drowns, urn_lets_hear; };

hunch certain(what : tale) { of: so(what); };

sign hearsay(reader : character, other : character, what : tale) {
    seen: tell(other, reader, what);
    if: !knows_better(reader, what) & trust(reader, other) < 5;
    for: certain(what);
    weight: 1;
};
sign good_authority(reader : character, other : character, what : tale) {
    seen: tell(other, reader, what);
    if: !knows_better(reader, what) & trust(reader, other) >= 5;
    for: certain(what);
    weight: 3;
};
sign overheard(reader : character, other : character, whom : character, what : tale) {
    seen: tell(other, whom, what);
    if: reader != other & reader != whom & !knows_better(reader, what);
    for: certain(what);
    weight: 2;
};
sign half_heard(reader : character, other : character) {
    when: misheard(reader, other);
    if: !knows_better(reader, Botts);
    for: certain(Botts);
    weight: 3;
};
// Whoever has heard something sees it confirmed, whatever it was.
sign red_face(reader : character, other : character, what : tale) {
    seen: blush(other);
    if: other == Hester & certain(what) >= 0 & !knows_better(reader, what);
    for: certain(what);
    weight: 1;
};

drive trust(who : character, whom : character) { baseline: 3; role: trust; };
drive loyalty(who : character, whom : character) { role: liking; };
drive bursting(who : character) { baseline: 0; };
drive limelight(who : character) { baseline: 0; };
drive flustered(who : character) {
    baseline: 0;
    half_life: 6;
    moved_by: guilt 20, embarrassment 8;
};

tell blush(who : character) {
    of: who;
    shows: guilt, shame, embarrassment, dread;
    above: 0.2;
};

occasion boil() { chance: 0.5; };
occasion simmer() { chance: 0.15; };
occasion chill(who : character) { chance: 0.3; after: 6; };
occasion thirst(who : character) { chance: 0.03; };

limelight(Basil) = 9;
limelight(Ivy) = 6;
bursting(Nell) = 8;

temperament Ivy { daring: 0.6; };
temperament Hester { daring: 0.4; };

norm promise(who : character, other : character) {
    against: reveal;
    acts: tell(who, other, Bought);
    if: promised(who);
    weight: 0.2;
};
norm honest(who : character) { against: lie; acts: fib(who, *), embroider(who, *); weight: 0.25; };
norm behind_his_back(who : character, other : character) {
    against: lose_face;
    shows: spread(who, Goose) | spread(who, Botts) | spread(who, Bought);
    before: other;
    if: other != who & !sorry(who) & (other == Ambrose | other == Hester);
    weight: absolute;
};

wish secret(Hester, other : character) {
    wants: believes(other, so(Bought));
    weight: -0.1;
    if: other != Hester & other != Nell & other != Ambrose;
};
wish face(Hester) { wants: believes(Ambrose, so(Bought)); weight: -0.4; };
wish secret(Nell, other : character) {
    wants: believes(other, so(Bought));
    weight: -0.6;
    drive: loyalty(Nell, Hester);
    if: other != Hester & other != Nell & other != Ivy;
};
wish confide(Nell) {
    wants: told(Nell, Ivy, Bought);
    weight: 0.8;
    drive: bursting(Nell);
};
wish attention(who : character, other : character) {
    wants: impressed(other, who) >= 1;
    weight: 0.5;
    drive: limelight(who);
    if: who != other & other != Ambrose & other != Hester;
};
wish wonder(who : character, other : character) {
    wants: impressed(other, who) >= 2;
    weight: 0.6;
    drive: limelight(who);
    if: limelight(who) >= 7 & !answered(who) & who != other & other != Ambrose & other != Hester;
};
wish grievance(Prudence, other : character) {
    wants: told(Prudence, other, Botts) | told(Prudence, other, Goose);
    weight: 0.5;
    if:
        other != Prudence &
        other != Ambrose &
        other != Hester &
        !answered(Prudence) &
        !told(other, Prudence, Goose) &
        (so(Botts) | so(Goose));
};
wish curious(who : character) {
    wants: asked(who);
    weight: 0.3;
    if: exists(t : tale) (t != Bought & certain(t) >= 0 & !knows_better(who, t));
};
wish manners(Hester, other : character) { wants: owes(Hester, other); weight: -0.5; };
wish air(Hester) { wants: at(Hester) == Garden; weight: 0.7; drive: flustered(Hester); };
wish company(who : character) { wants: at(who) == Hall; weight: 0.15; if: who != Basil & who != Ambrose & who != Hester; };
wish post(Basil) { wants: at(Basil) == Kitchen; weight: 0.15; };
wish tea(who : character) { wants: thirsty(who); weight: -0.3; };
wish duty(Ambrose) { wants: awarded(); weight: 0.5; };
wish pipe(Ambrose) { wants: smoked(); weight: 0.5; if: awarded(); };
wish tact(Ambrose) {
    wants: believes(Hester, believes(Ambrose, so(Bought)));
    weight: -0.3;
};
wish honour(Ambrose) {
    wants: accused();
    weight: 0.5;
    if: !confessed() & exists(c : character) spread(c, Goose);
};
wish amends(who : character) { wants: sorry(who); weight: 0.4; if: answered(who); };
wish warn(Nell) { wants: accused() & !believes(Hester, accused()); weight: -0.5; };
wish fairness(Hester) { wants: accused(); weight: -1; };
wish kindness(Ambrose) { wants: pardoned(); weight: 0.5; if: confessed(); };
