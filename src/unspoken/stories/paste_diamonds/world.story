unspoken 1;

title "Paste Diamonds";
note "A mystery whose detective finds out, and lets nobody know that he has.";
tags "mystery", "a secret kept";

plan { goal: 2; author_limit: 6; character_limit: 4; epistemic_limit: 2; };

type room : holder;
type character : holder;
type thing;

entity Vale : character;         // the inspector
entity Ottoline : character;     // the countess, who has sold her diamonds and wears paste
entity Pym : character;          // the butler, who carried them to the shop
entity Salon : room;
entity Study : room;
entity Shop : holder;            // where the real ones are
entity Diamonds : thing;
entity Ticket : thing;           // the pawnbroker's

property at(who : character) : room;
property at(what : thing) : holder;
property sold(who : character) : boolean;
property asked(who : character) : boolean;             // owes the inspector an answer
property answered(who : character) : boolean;
property clue(where : room) : boolean;                 // a place worth looking at
property searched(where : room) : boolean;
property loyal(who : character, whom : character) : boolean;
property closed() : boolean;                           // the case

at(Vale) = Salon;
at(Ottoline) = Salon;
at(Pym) = Salon;
at(Diamonds) = Shop;
at(Ticket) = Study;
sold(Ottoline);
loyal(Pym, Ottoline);

// The inspector takes it for a theft. Everybody thinks that he thinks so.
believes(Vale, !sold(Ottoline) & at(Diamonds) = ? & at(Ticket) = ?);
believes(Ottoline, believes(Vale, !sold(Ottoline) & at(Diamonds) = ? & at(Ticket) = ?));
believes(Pym, believes(Vale, !sold(Ottoline) & at(Diamonds) = ? & at(Ticket) = ?));
// She told the butler that she had burnt the ticket. She could not.
believes(Pym, at(Ticket) = ?);
believes(Pym, believes(Ottoline, at(Ticket) = ?));

action question(who : character, witness : character) {
  precondition: who == Vale & witness != who & !asked(witness) & !answered(witness)
    & at(who) == at(witness);
  effect: asked(witness);
  consenting: who;
  observing(c : character): at(c) == at(who);
};

// The butler sends him where, for all he knows, there is nothing left to find.
action mislead(witness : character, whom : character, where : room) {
  precondition: asked(witness) & whom == Vale & loyal(witness, Ottoline) & at(witness) != where
    & believes(witness, at(Ticket)) != where & at(witness) == at(whom);
  effect: !asked(witness) & answered(witness) & clue(where);
  consenting: witness;
  observing(c : character): c == witness;
};

trigger take_hint(who : character, where : room) {
  precondition: who == Vale & clue(where) & !believes(who, clue(where));
  effect: believes(who, clue(where)) & believes(who, answered(Pym)) & believes(who, !asked(Pym));
};

action go(who : character, from : room, to : room) {
  precondition: at(who) == from & from != to;
  effect: at(who) = to;
  consenting: who;
  observing(c : character): at(c) == from | at(c) == to;
};

action search(who : character, where : room) {
  precondition: at(who) == where & clue(where) & !searched(where);
  effect: searched(where) & if (at(Ticket) == where) at(Ticket) = who;
  consenting: who;
  observing(c : character): at(c) == where;
};

trigger find(who : character) {
  precondition: at(Ticket) == who & believes(who, at(Ticket)) != who;
  effect: believes(who, at(Ticket)) = who & believes(who, at(Diamonds)) = Shop
    & believes(who, sold(Ottoline)) & believes(who, !sold(Pym));
};

// Announced to the whole house: burglars, long gone.
action close_case(who : character) {
  precondition: who == Vale & at(who) == Salon & searched(Study) & !closed();
  effect: closed();
  consenting: who;
  observing(c : character): at(c) == Salon;
};

utility():
  (if (believes(Vale, sold(Ottoline))) 1 else 0)
  + (if (closed() & believes(Ottoline, believes(Vale, !sold(Ottoline)))) 1 else 0);

utility(Vale): (sum(r : room) (if (searched(r)) 1 else 0)) + (if (closed()) 1 else 0);

utility(Ottoline): if (believes(Vale, sold(Ottoline))) 0 else 1;

utility(Pym): (if (asked(Pym)) -1 else 0) + (if (believes(Vale, sold(Ottoline))) -2 else 0);

// ---- How it is told ---------------------------------------------------------------------------

voice Vale { pronoun: he; manner: terse 60; };
voice Ottoline { pronoun: she; };
voice Pym { pronoun: he; };

speech question(who : character, witness : character) {
  gist: "ask {witness} what {witness} [have] seen";
  says: "Where would you look, in my place?";
};
speech mislead(witness : character, whom : character, where : room) {
  gist: "send {whom} to {where}";
  says: "One hears that thieves go for a desk, sir", "I should begin with the study";
};
frame go(who : character, from : room, to : room) {
  needs: to == Study;
  text: "{who} [cross] the hall to the study, hands behind {who's} back";
};
frame go(who : character, from : room, to : room) {
  needs: to == Salon;
  text: "{who} [come] back among the company, neither faster nor slower than {who} had gone";
};
frame search(who : character, where : room) {
  text: "{who} [go] through the desk drawer by drawer, as one reads a dull book for the sake of its last page";
};
frame find(who : character) {
  who: any;
  text: "Under the blotter there [be] a pawnbroker's ticket, and on the ticket a name";
};
frame close_case(who : character) {
  text: "Burglars, {who} [tell] the company, and long over the hills by now";
};

thought burnt(me : character) {
  that: at(Ticket) == ? & loyal(me, Ottoline);
  plain: "There [be] nothing left in the study to find. She burnt it; she [have say] so";
};
thought solved(me : character) {
  that: sold(Ottoline) & at(Ticket) == me;
  plain: "So the thief [be] the lady of the house, and what she had stolen [be] her own";
};
thought safe(me : character, other : character) {
  that: sold(me) & believes(other, !sold(me)) & closed();
  plain: "{other} [know] nothing, and never [will]";
};
