unspoken 1;

title "Paste Diamonds";
note "A mystery whose detective finds out, and lets nobody know that he has.";
tags "mystery", "a secret kept";

plan { goal: 2; author_limit: 6; character_limit: 4; epistemic_limit: 2; };
run { foresight: 4; };

type room : holder;
type character : holder;
type thing;
type inspector : character;
type butler : character;

entity Vale : inspector;
entity Ottoline : character;  // the countess, who has sold her diamonds and wears paste
entity Pym : butler;          // who carried them to the shop for her
entity Salon : room;
entity Study : room;
entity Ticket : thing;  // the pawnbroker's

property at(who : character) : room;
property at(what : thing) : holder;
property sold(who : character) : boolean;
property asked(who : character) : boolean;  // owes the inspector an answer
property answered(who : character) : boolean;
property clue(where : room) : boolean;  // a place worth looking at
property searched(where : room) : boolean;
property closed() : boolean;  // the case

at(Vale) = Salon;
at(Ottoline) = Salon;
at(Pym) = Salon;
at(Ticket) = Study;
sold(Ottoline);

// The inspector takes it for a theft. Everybody thinks that he thinks so.
believes(Vale, !sold(Ottoline) & at(Ticket) = ?);
believes(Ottoline, believes(Vale, !sold(Ottoline) & at(Ticket) = ?));
believes(Pym, believes(Vale, !sold(Ottoline) & at(Ticket) = ?));
// She told the butler that she had burnt the ticket. She could not.
believes(Pym, at(Ticket) = ?);
believes(Pym, believes(Ottoline, at(Ticket) = ?));

action question(who : inspector, witness : butler) {
    precondition: !asked(witness) & !answered(witness) & at(who) == at(witness);
    effect: asked(witness);
    consenting: who;
    observing(c : character): at(c) == at(who);
};

// The butler sends him where, for all he knows, there is nothing left to find.
action mislead(witness : butler, whom : inspector, where : room) {
    precondition:
        asked(witness) &
        at(witness) == at(whom) &
        at(witness) != where &
        believes(witness, at(Ticket)) != where;
    effect: !asked(witness) & answered(witness) & clue(where);
    consenting: witness;
    observing(c : character): c == witness;
};

trigger take_hint(who : inspector, where : room) {
    precondition: clue(where) & !believes(who, clue(where));
    effect: believes(who, clue(where)) & believes(who, answered(Pym)) & believes(who, !asked(Pym));
};

action go(who : character, from : room, to : room) {
    precondition: at(who) == from & from != to;
    effect: at(who) = to;
    consenting: who;
    observing(c : character): at(c) == from | at(c) == to;
};

action search(who : inspector, where : room) {
    precondition: at(who) == where & clue(where) & !searched(where);
    effect: searched(where) & if(at(Ticket) == where) at(Ticket) = who;
    consenting: who;
    observing(c : character): at(c) == where;
};

trigger find(who : inspector) {
    precondition: at(Ticket) == who & believes(who, at(Ticket)) != who;
    effect: believes(who, at(Ticket)) = who & believes(who, sold(Ottoline));
};

action close_case(who : inspector) {
    precondition: at(who) == Salon & searched(Study) & !closed();
    effect: closed();
    consenting: who;
    observing(c : character): at(c) == Salon;
};

utility():
    (if(believes(Vale, sold(Ottoline))) 1 else 0) +
    (if(closed() & believes(Ottoline, believes(Vale, !sold(Ottoline)))) 1 else 0);

utility(Vale): (sum(r : room) if(searched(r)) 1 else 0) + (if(closed()) 1 else 0);
utility(Ottoline): if(believes(Vale, sold(Ottoline))) 0 else 1;
utility(Pym): (if(asked(Pym)) -1 else 0) + (if(believes(Vale, sold(Ottoline))) -2 else 0);

// ---- How it is told ---------------------------------------------------------------------------

voice Vale { pronoun: he; manner: terse; };
voice Ottoline { pronoun: she; };
voice Pym { pronoun: he; };
speech question(who : inspector, witness : butler) {
    gist: "ask {witness} what {witness} [have] seen";
    says: "Where would you look, in my place?";
};
speech mislead(witness : butler, whom : inspector, where : room) {
    gist: "send {whom} to {where}";
    says: "One hears that thieves go for a desk, sir", "I should begin with the study";
};
frame take_hint(who : inspector, where : room) {
    text: "The answer [be] a butler's: it [point] at the study, and [look] the other way";
};
frame go(who : character, from : room, to : room) {
    needs: to == Study & who == Vale;
    text: "{who} [cross] the hall to the study, hands behind {who's} back";
};
frame go(who : character, from : room, to : room) {
    needs: to == Salon;
    text: "{who} [come] back among the company, neither faster nor slower than {who} [past go]";
};
frame search(who : inspector, where : room) {
    text: "{who} [go] through the desk as one reads a dull book, for the sake of the last page";
};
frame find(who : inspector) {
    who: any;
    text: "Under the blotter there [be] a pawnbroker's ticket, and on the ticket a name";
};
frame close_case(who : inspector) {
    text: "Burglars, {who} [tell] the company, and long over the hills by now";
};

thought burnt(me : butler, other : character) {
    that: at(Ticket) == ? & other == Ottoline;
    plain: "Nothing [be] left in the study to find. {other} [past burn] the lot, and [past say] so";
};
thought solved(me : inspector) {
    that: sold(Ottoline) & at(Ticket) == me;
    plain: "So the thief [be] the lady of the house, and what she had stolen [be] her own";
};
thought safe(me : character, other : character) {
    that: sold(me) & believes(other, !sold(me)) & closed();
    plain: "{other} [know] nothing, and never [will]";
};
