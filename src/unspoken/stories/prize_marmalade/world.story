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
property promised(who : character) : boolean;          // not to tell
property has(who : character, what : tale) : boolean;  // to tell
property told(who : character, whom : character, what : tale) : boolean;
property spread(who : character, what : tale) : boolean;
property said(who : character, whom : character) : tale;  // still in the air
property misheard(who : character, by : character) : boolean;
property impressed(who : character, by : character) : number;
property asked(who : character) : boolean;                   // for the recipe
property owes(who : character, whom : character) : boolean;  // an answer
property awarded() : boolean;
property smoked() : boolean;
property listening(who : character) : boolean;
property thirsty(who : character) : boolean;
property hissing() : boolean;                  // the urn
property drowned() : boolean;                  // what is said beside it
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
loyalty(Nell, Hester) = 4;
loyalty(Ivy, Nell) = 5;

certain(Bought) = 3;
certain(Botts) = -1;
certain(Goose) = -1;

// Ambrose has had it for breakfast every day for eleven years. Nobody suspects that.
believes(Ivy, !so(Bought) & certain(Bought) = -1);
believes(Basil, !so(Bought) & certain(Bought) = -1);
believes(Prudence, !so(Bought) & certain(Bought) = -1);
forall(c : character) believes(c, believes(Ivy, !so(Bought) & certain(Bought) = -1));
forall(c : character) believes(c, believes(Basil, !so(Bought) & certain(Bought) = -1));
forall(c : character) believes(c, believes(Prudence, !so(Bought) & certain(Bought) = -1));
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
    effect: at(who) = to;
    consenting: who;
    observing(c : character):
        at(c) == from |
        at(c) == to |
        (at(c) == Porch | at(c) == Kitchen) &
        (from == Garden | to == Garden);
};

action draw_aside(who : character, friend : character) {
    precondition:
        awarded() &
        who != friend &
        at(who) == Hall &
        at(friend) == Hall &
        has(who, Bought);
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
        (
            if(trust(whom, who) >= 5 & !believes(whom, so(what)))
                impressed(whom, who) = (if(what == Goose) 2 else 1)
        ) &
        if(drowned() & at(who) == Kitchen & what == Bought)
            said(who, whom) = what
        else
            (has(whom, what) & believes(whom, believes(who, so(what))));
    consenting: who;
    observing(c : character):
        c == who |
        at(c) == at(who) &
        !(drowned() & at(who) == Kitchen & what == Bought) |
        at(who) == Hall &
        at(c) == Kitchen;
};

// Nothing was ever made duller by Basil's, or anybody's, telling it again.
action embroider(who : character, what : tale) {
    precondition: believes(who, so(what)) & what != Goose & !has(who, Goose) & limelight(who) >= 7;
    effect: has(who, Goose);
    consenting: who;
    observing(c : character): c == who;
};

action ask_recipe(who : character, winner : character) {
    precondition:
        awarded() &
        winner == Hester &
        who != winner &
        at(who) == at(winner) &
        !asked(who);
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
        whom == Hester &
        who != whom &
        accused() &
        at(who) == at(whom) &
        !believes(whom, accused());
    effect:
        believes(whom, accused()) &
        if(believes(who, at(Ambrose)) == Hall) believes(whom, at(Ambrose) = Hall);
    consenting: who;
    observing(c : character): at(c) == at(who);
};

action own_up(who : character, judge : character) {
    precondition:
        who == Hester &
        judge == Ambrose &
        accused() &
        !confessed() &
        at(who) == at(judge);
    effect:
        confessed() &
        !accused() &
        forall(c : character)
            if(at(c) == at(who)) believes(c, so(Bought) & !so(Botts) & !so(Goose));
    consenting: who;
    observing(c : character): at(c) == at(who);
};

action pardon(judge : character, who : character) {
    precondition:
        judge == Ambrose &
        who == Hester &
        confessed() &
        !pardoned() &
        at(judge) == at(who);
    effect: pardoned();
    consenting: judge;
    observing(c : character): at(c) == at(judge);
};

// ---- What follows by itself -------------------------------------------------------------------

trigger see(viewer : character, other : character, place : place) {
    precondition:
        viewer != other &
        at(viewer) == place &
        at(other) == place &
        believes(viewer, at(other)) != place;
    effect: believes(viewer, at(other)) = place;
};

trigger miss(viewer : character, other : character, place : place) {
    precondition:
        viewer != other &
        at(viewer) == place &
        at(other) != place &
        believes(viewer, at(other)) == place;
    effect: believes(viewer, at(other)) = ?;
};

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
    effect:
        said(by, who) = ? &
        has(who, Botts) &
        believes(who, misheard(who, by) & told(by, who, Botts) & has(who, Botts));
};

utility(): if(believes(Prudence, so(Goose))) 1 else 0;

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

tell blush(who : character) { of: who; shows: guilt, shame, embarrassment, dread; above: 0.2; };

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
// A fib is one only to whoever knows better.
norm honest(who : character) { against: lie; acts: fib(who, *); if: so(Bought); weight: 0.28; };
norm no_embroidery(who : character) { against: lie; acts: embroider(who, *); weight: 0.3; };
feelings { floor: 0.28; };
norm behind_his_back(who : character, other : character) {
    against: lose_face;
    shows: spread(who, Goose) | spread(who, Botts) | spread(who, Bought);
    before: other;
    if: other != who & !sorry(who) & (other == Ambrose | other == Hester);
    weight: absolute;
};

wish found_out(Hester, other : character) {
    wants: believes(other, so(Bought));
    weight: -0.1;
    if: other != Hester & other != Nell & other != Ambrose;
};
wish lost_face(Hester) { wants: believes(Ambrose, so(Bought)); weight: -0.4; };
wish secret_out(Nell, other : character) {
    wants: believes(other, so(Bought));
    weight: -0.6;
    drive: loyalty(Nell, Hester);
    if: other != Hester & other != Nell;
};
wish confide(Nell) { wants: told(Nell, Ivy, Bought); weight: 0.8; drive: bursting(Nell); };
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
wish owed_answer(Hester, other : character) { wants: owes(Hester, other); weight: -0.5; };
wish air(Hester) { wants: at(Hester) == Garden; weight: 0.7; drive: flustered(Hester); };
wish company(who : character) {
    wants: at(who) == Hall;
    weight: 0.15;
    if: who != Basil & who != Ambrose & who != Hester;
};
wish post(Basil) { wants: at(Basil) == Kitchen; weight: 0.15; };
wish thirst(who : character) { wants: thirsty(who); weight: -0.3; };
wish duty(Ambrose) { wants: awarded(); weight: 0.5; };
wish pipe(Ambrose) { wants: smoked(); weight: 0.5; if: awarded(); };
wish seen_through(Ambrose) {
    wants: believes(Hester, believes(Ambrose, so(Bought)));
    weight: -0.3;
};
wish honour(Ambrose) {
    wants: accused();
    weight: 0.5;
    if: !confessed() & exists(c : character) spread(c, Goose);
};
wish amends(who : character) { wants: sorry(who); weight: 0.4; if: answered(who); };
wish unwarned(Nell) { wants: accused() & !believes(Hester, accused()); weight: -0.5; };
wish false_charge(Hester) { wants: accused(); weight: -1; };
wish kindness(Ambrose) { wants: pardoned(); weight: 0.5; if: confessed(); };

// ==== How it is told ===========================================================================

voice Hester { pronoun: she; inside guilt: "a hot little stone under the ribs"; };
voice Nell { pronoun: she; manner: ramble 50; };
voice Ivy { pronoun: she; };
voice Basil {
    pronoun: he;
    manner: trail_off 20;
    inside embarrassment: "a wish to be under the trestle table, and a child again, and asleep";
};
voice Prudence {
    pronoun: she;
    known_as stranger: "Mrs Bott";
    inside embarrassment: "a heat that [begin] at the hat and [go] all the way down";
};
voice Ambrose { pronoun: he; manner: terse; };
voice Bought { name: "story of the shop"; article: "the"; };
voice Botts { name: "story of the Botts"; article: "the"; };
voice Goose { name: "story of the goose"; article: "the"; };
voice Hall { name: "hall"; };
voice Kitchen { name: "kitchen"; };
voice Porch { name: "porch"; };
voice Garden { name: "garden"; };

frame boil() {
    text:
        "The urn [come] to the boil, and [say] so",
        "The urn [begin] to hiss again, like an audience of geese";
};
frame simmer() { text: "The urn [sigh], and [leave] off", "For once the urn [hold] its tongue"; };
frame chill(who : character) {
    text: "The sun [go] in behind the elms, and {who} [turn] up {who's} collar";
};
frame thirst(who : character) { text: "What {who} [want] [be] a cup of tea"; };
frame blush(who : character) {
    text:
        "{who} [go] pink to the rim of {who's} hat",
        "The colour [come] up in {who's} face as if it had been called",
        "{who} [turn] the colour of a boiled ham";
};

frame award(judge : character, winner : character) {
    text: "{judge} [pin] the red rosette to the jar on the end, which [be] {winner's}";
};
frame walk(who : character, from : place, to : place) {
    needs: to == Kitchen;
    text:
        "{who} [go] in where the urn [be]",
        "{who} [slip] into the kitchen",
        "{who} [make] for the urn";
};
frame walk(who : character, from : place, to : place) {
    needs: to == Garden;
    text:
        "{who} [step] out into the garden",
        "{who} [go] out among the hollyhocks",
        "{who} [take] the air, along the beans";
};
frame walk(who : character, from : place, to : place) {
    needs: to == Hall;
    text:
        "{who} [come] back among the cakes",
        "{who} [go] back into the hall, where there [be] still some seed cake",
        "{who} [look] in at the hall, and [stay]",
        "The hall [have] {who} back, and {who} [have] a bun";
};
frame draw_aside(who : character, friend : character) {
    text: "{who} [take] {friend} by the sleeve, and out to the porch";
};
frame smoke(who : character) { text: "{who} [fill] a pipe, and [look] at the bees"; };
frame pour_tea(who : character) {
    text: "{who} [hold] a cup under the tap of the urn", "{who} [pour] out, and [stir], and [sip]";
};

speech tell(who : character, whom : character, what : tale) {
    gist: "tell {whom} about the marmalade";
};
frame tell(who : character, whom : character, what : tale) {
    needs: what == Bought;
    text:
        "“You’re never to say, but it’s bought,” {who} [say] into {whom's} ear",
        "“That marmalade, it’s bought,” {who} [say] to {whom}, all in one breath";
};
frame tell(who : character, whom : character, what : tale) {
    needs: what == Botts;
    text:
        "“It’s Bott’s, Prudence Bott’s recipe, she’s been and gone and stolen it,” {who} [tell]
        {whom}";
};
frame tell(who : character, whom : character, what : tale) {
    needs: what == Goose;
    text:
        "“A goose, plucked and dressed, that’s what the judge had for it,” {who} [tell] {whom}",
        "“I say nothing, but there’s a judge in this parish who had a goose off her,” {who} [say] to
        {whom}",
        "“You ask him about the goose,” {who} [say] to {whom}",
        "“It was the goose that won it,” {who} [tell] {whom}, “ask anybody”",
        "“Nobody gives a judge a goose for nothing,” {who} [say] to {whom}";
};
frame mishear(who : character, by : character) {
    text:
        "Beside the urn it [come] out as “It’s Bott’s”: Prudence Bott’s own recipe, then, who always
        comes second; and stolen";
};
frame embroider(who : character, what : tale) {
    who: agent;
    text:
        "As it [stand] it [be] a thin sort of story. {who} [put] a goose in it",
        "A story like that, {who} [feel], [want] something at the end; and what it [want] [be] a
        goose for the judge";
};

frame ask_recipe(who : character, winner : character) {
    text:
        "“You must tell me what you put in it,” {who} [say] to {winner}",
        "{who} [ask] {winner} whether it [be] her mother’s recipe";
};
frame fib(who : character, whom : character) {
    text:
        "“Oh, a pinch of ginger, and patience,” {who} [say] to {whom}",
        "“It’s all in the stirring,” {who} [say] to {whom}",
        "“One is born with it, I think,” {who} [tell] {whom}";
};
frame come_through(judge : character, whom : character) {
    text:
        "The hatch [fly] up, and {judge} [put] {judge's} head out of it, and [ask] {whom} whether it
        was a large goose";
};
speech own_up(who : character, judge : character) { gist: "tell {judge} about the shop"; };
frame apologise(who : character, judge : character) {
    text:
        "“I never believed a word of it, I only said it,” {who} [tell] {judge}",
        "“It went in at one ear and out at my mouth,” {who} [tell] {judge}";
};
frame break_news(who : character, whom : character) {
    text:
        "“They’re saying he had a goose from you, Aunt, and he heard it all through the hatch,”
        {who} [tell] {whom}";
};
frame own_up(who : character, judge : character) {
    text:
        "“There was no goose, there was a shop in Ludlow, and I bought it,” {who} [say] to {judge},
        in front of everybody";
};
frame pardon(judge : character, who : character) {
    text:
        "“I know, I have it every morning, and you’re the only one who ever had the sense to enter
        it,” {judge} [say] to {who}";
};

thought knows_jar(me : character) {
    that: so(Bought) & awarded() & me == Ambrose;
    plain:
        "{I} [have] the very same on {my} toast every morning, and [know] it by the second
        spoonful";
};
thought prize(me : character) {
    that: awarded() & me == Hester;
    exclaim: "If only it had been third";
    plain: "There [be] a shop in Ludlow that [deserve] this rosette";
};
thought bursting(me : character) {
    that: promised(me) & me == Nell & awarded();
    plain:
        "{I} [have promise] {my} aunt not to say where that jar [come] from, and a promise [be] a
        very large thing to carry about a hall full of cake";
};
thought believes_bought(me : character) {
    that: so(Bought) & me == Ivy;
    exclaim: "Bought";
    plain:
        "It [be] the best thing {I} [have hear] since the organist, and {I} [must] not tell a soul";
};
thought robbed(me : character) {
    that: so(Goose) & me == Prudence;
    exclaim: "Twelve years of second, and all it [want] [be] a goose";
};
thought stolen(me : character) {
    that: so(Botts) & me == Basil;
    plain: "Nobody ever [tell] {me} anything, and now {I} [have] this";
};
thought overheard(me : character, other : character) {
    that: answered(me) & other == Ambrose;
    exclaim: "{other} [have hear]", "{other} [have be] behind the hatch the whole time";
};
thought blamed(me : character) {
    that: accused() & me == Hester;
    exclaim: "And he never so much as [know]";
    plain:
        "An honest man [be] called a thief of geese, and all for a jar with the label soaked off";
};
thought found_out(me : character, other : character) {
    that: confessed() & me == Hester & other == Ambrose & believes(other, so(Bought)) & !pardoned();
    plain: "Now {other} [know]";
};

thought saved_up(me : character, other : character, what : tale) {
    that: has(other, what) & spread(other, what) & what == Goose & me != other;
    plain:
        "It [be] not like {other} to have anything to tell",
        "So that [be] what {other} [past save] up: a goose";
};
