// A town as benchmarks/town.py makes them: 12 people, seed 2026.
unspoken 1;

type place;
type person : character;
type matter;
entity Agnes : person;
entity Bram : person;
entity Clara : person;
entity Dirk : person;
entity Edda : person;
entity Fritz : person;
entity Greta : person;
entity Hugo : person;
entity Ida : person;
entity Jasper : person;
entity Kaat : person;
entity Lukas : person;
entity Well : place;
entity Market : place;
entity Mill : place;
entity Tavern : place;
entity Broken_Bell : matter;
entity Lost_Purse : matter;
entity Letter : matter;

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
    precondition:
        knows(who, whom) &
        at(who) == at(whom) &
        heard(who, what) &
        believes(who, heard(whom, what)) == False &
        believes(who, tale(what)) != whom;
    effect:
        heard(whom, what) &
        bursting(whom) &
        !bursting(who) &
        believes(whom, tale(what)) =
            (if(believes(who, hops(what)) >= 2) scapegoat(who) else believes(who, tale(what))) &
        believes(whom, hops(what)) = believes(who, hops(what)) + 1;
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
    precondition:
        knows(who, whom) &
        haunt(who, where) &
        haunt(whom, where) &
        at(who) == where &
        at(whom) == where &
        believes(who, at(whom)) != where;
    effect: believes(who, at(whom)) = where;
};

trigger miss(who : person, whom : person, where : place) {
    precondition:
        knows(who, whom) &
        haunt(who, where) &
        haunt(whom, where) &
        at(who) == where &
        at(whom) != where &
        believes(who, at(whom)) == where;
    effect: believes(who, at(whom)) = ?;
};

occasion fidget(who : person) { chance: 0.08; };
occasion brood(who : person) { chance: 0.03; };
occasion comes_out(what : matter, who : person, whom : person) { chance: 0.01; };
drive talkative(who : person) { from: 0; to: 10; baseline: 5; };
wish stir(who : person) { wants: !restless(who); weight: 0.3; };
wish tell_it(who : person) { wants: !bursting(who); weight: 0.8; drive: talkative(who); };
run { rounds: 40; foresight: 1; };

haunt(Agnes, Well);
haunt(Agnes, Market);
haunt(Agnes, Mill);
onward(Agnes, Well) = Market;
onward(Agnes, Market) = Mill;
onward(Agnes, Mill) = Well;
knows(Agnes, Edda);
knows(Agnes, Fritz);
knows(Agnes, Greta);
knows(Agnes, Hugo);
knows(Agnes, Ida);
knows(Agnes, Lukas);
at(Agnes) = Well;
talkative(Agnes) = 9;
scapegoat(Agnes) = Ida;
haunt(Bram, Well);
haunt(Bram, Tavern);
haunt(Bram, Market);
onward(Bram, Well) = Tavern;
onward(Bram, Tavern) = Market;
onward(Bram, Market) = Well;
knows(Bram, Clara);
knows(Bram, Greta);
knows(Bram, Hugo);
knows(Bram, Ida);
knows(Bram, Jasper);
at(Bram) = Well;
talkative(Bram) = 7;
scapegoat(Bram) = Greta;
haunt(Clara, Tavern);
haunt(Clara, Market);
haunt(Clara, Well);
onward(Clara, Tavern) = Market;
onward(Clara, Market) = Well;
onward(Clara, Well) = Tavern;
knows(Clara, Bram);
knows(Clara, Fritz);
knows(Clara, Hugo);
knows(Clara, Ida);
knows(Clara, Jasper);
knows(Clara, Lukas);
at(Clara) = Tavern;
talkative(Clara) = 9;
scapegoat(Clara) = Ida;
haunt(Dirk, Tavern);
haunt(Dirk, Mill);
haunt(Dirk, Market);
onward(Dirk, Tavern) = Mill;
onward(Dirk, Mill) = Market;
onward(Dirk, Market) = Tavern;
knows(Dirk, Fritz);
knows(Dirk, Hugo);
knows(Dirk, Jasper);
knows(Dirk, Kaat);
knows(Dirk, Lukas);
at(Dirk) = Tavern;
talkative(Dirk) = 9;
scapegoat(Dirk) = Kaat;
haunt(Edda, Well);
haunt(Edda, Mill);
haunt(Edda, Tavern);
onward(Edda, Well) = Mill;
onward(Edda, Mill) = Tavern;
onward(Edda, Tavern) = Well;
knows(Edda, Agnes);
knows(Edda, Ida);
knows(Edda, Jasper);
knows(Edda, Kaat);
knows(Edda, Lukas);
at(Edda) = Well;
talkative(Edda) = 2;
scapegoat(Edda) = Jasper;
haunt(Fritz, Well);
haunt(Fritz, Mill);
onward(Fritz, Well) = Mill;
onward(Fritz, Mill) = Well;
knows(Fritz, Agnes);
knows(Fritz, Clara);
knows(Fritz, Dirk);
knows(Fritz, Kaat);
at(Fritz) = Well;
talkative(Fritz) = 3;
scapegoat(Fritz) = Kaat;
haunt(Greta, Tavern);
haunt(Greta, Well);
haunt(Greta, Market);
onward(Greta, Tavern) = Well;
onward(Greta, Well) = Market;
onward(Greta, Market) = Tavern;
knows(Greta, Agnes);
knows(Greta, Bram);
knows(Greta, Hugo);
knows(Greta, Ida);
knows(Greta, Jasper);
knows(Greta, Kaat);
at(Greta) = Tavern;
talkative(Greta) = 10;
scapegoat(Greta) = Hugo;
haunt(Hugo, Tavern);
haunt(Hugo, Well);
haunt(Hugo, Mill);
onward(Hugo, Tavern) = Well;
onward(Hugo, Well) = Mill;
onward(Hugo, Mill) = Tavern;
knows(Hugo, Agnes);
knows(Hugo, Bram);
knows(Hugo, Clara);
knows(Hugo, Dirk);
knows(Hugo, Greta);
knows(Hugo, Ida);
knows(Hugo, Jasper);
at(Hugo) = Tavern;
talkative(Hugo) = 4;
scapegoat(Hugo) = Dirk;
haunt(Ida, Mill);
haunt(Ida, Well);
haunt(Ida, Tavern);
onward(Ida, Mill) = Well;
onward(Ida, Well) = Tavern;
onward(Ida, Tavern) = Mill;
knows(Ida, Agnes);
knows(Ida, Bram);
knows(Ida, Clara);
knows(Ida, Edda);
knows(Ida, Greta);
knows(Ida, Hugo);
knows(Ida, Jasper);
knows(Ida, Kaat);
knows(Ida, Lukas);
at(Ida) = Mill;
talkative(Ida) = 9;
scapegoat(Ida) = Bram;
haunt(Jasper, Well);
haunt(Jasper, Market);
haunt(Jasper, Mill);
onward(Jasper, Well) = Market;
onward(Jasper, Market) = Mill;
onward(Jasper, Mill) = Well;
knows(Jasper, Bram);
knows(Jasper, Clara);
knows(Jasper, Dirk);
knows(Jasper, Edda);
knows(Jasper, Greta);
knows(Jasper, Hugo);
knows(Jasper, Ida);
knows(Jasper, Lukas);
at(Jasper) = Well;
talkative(Jasper) = 9;
scapegoat(Jasper) = Hugo;
wish hush_Jasper(Jasper) { wants: heard(Ida, Broken_Bell); weight: -0.9; };
haunt(Kaat, Mill);
haunt(Kaat, Tavern);
haunt(Kaat, Market);
onward(Kaat, Mill) = Tavern;
onward(Kaat, Tavern) = Market;
onward(Kaat, Market) = Mill;
knows(Kaat, Dirk);
knows(Kaat, Edda);
knows(Kaat, Fritz);
knows(Kaat, Greta);
knows(Kaat, Ida);
knows(Kaat, Lukas);
at(Kaat) = Mill;
talkative(Kaat) = 9;
scapegoat(Kaat) = Dirk;
wish hush_Kaat(Kaat) { wants: heard(Greta, Letter); weight: -0.9; };
haunt(Lukas, Market);
haunt(Lukas, Mill);
haunt(Lukas, Tavern);
onward(Lukas, Market) = Mill;
onward(Lukas, Mill) = Tavern;
onward(Lukas, Tavern) = Market;
knows(Lukas, Agnes);
knows(Lukas, Clara);
knows(Lukas, Dirk);
knows(Lukas, Edda);
knows(Lukas, Ida);
knows(Lukas, Jasper);
knows(Lukas, Kaat);
at(Lukas) = Market;
talkative(Lukas) = 10;
scapegoat(Lukas) = Kaat;
wish hush_Lukas(Lukas) { wants: heard(Kaat, Broken_Bell); weight: -0.9; };
culprit(Broken_Bell) = Dirk;
sees(Broken_Bell, Bram);
heard(Bram, Broken_Bell);
bursting(Bram);
believes(Bram, tale(Broken_Bell) = Dirk);
culprit(Lost_Purse) = Jasper;
sees(Lost_Purse, Agnes);
culprit(Letter) = Ida;
sees(Letter, Edda);

voice Agnes { pronoun: she; };
voice Bram { pronoun: he; };
voice Clara { pronoun: she; };
voice Dirk { pronoun: he; };
voice Edda { pronoun: she; };
voice Fritz { pronoun: he; };
voice Greta { pronoun: she; };
voice Hugo { pronoun: he; };
voice Ida { pronoun: she; };
voice Jasper { pronoun: he; };
voice Kaat { pronoun: she; };
voice Lukas { pronoun: he; };
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
