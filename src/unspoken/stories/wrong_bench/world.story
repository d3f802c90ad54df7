unspoken 1;

title "The Wrong Bench";
note "Three people, one letter, and by supper three different engagements.";
tags "comedy of errors";

plan { goal: 3; author_limit: 9; character_limit: 4; epistemic_limit: 2; };

type place : holder;
type character : holder;
type thing;

entity Hugo : character;
entity Mabel : character;
entity Agatha : character;       // her aunt
entity Parlour : place;
entity Garden : place;
entity Letter : thing;           // to the lady of the bench; it names nobody

property at(who : character) : place;
property at(what : thing) : holder;
property likes(who : character) : place;
property loves(who : character, whom : character) : boolean;
property read(who : character) : boolean;
property blessing(from : character) : boolean;         // to marry the niece
property heard_yes(who : character) : boolean;

at(Hugo) = Garden;
at(Mabel) = Parlour;
at(Agatha) = Parlour;
at(Letter) = Hugo;
likes(Mabel) = Garden;
likes(Agatha) = Garden;
likes(Hugo) = Parlour;
loves(Hugo, Mabel);
loves(Mabel, Hugo);

// Nobody has said a word about anything.
believes(Mabel, !loves(Hugo, Mabel));
believes(Agatha, !loves(Hugo, Mabel) & !loves(Mabel, Hugo));
believes(Hugo, !loves(Mabel, Hugo) & believes(Mabel, !loves(Hugo, Mabel)));
believes(Hugo, likes(Agatha) = Parlour);               // aunts do, he supposes
believes(Mabel, at(Letter) = ?);
believes(Agatha, at(Letter) = ?);

action leave_letter(who : character, where : place) {
  precondition: at(who) == where & at(Letter) == who & !read(who);
  effect: at(Letter) = where;
  consenting: who;
  observing(c : character): at(c) == where;
};

action go(who : character, from : place, to : place) {
  precondition: at(who) == from & from != to;
  effect: at(who) = to;
  consenting: who;
  observing(c : character): at(c) == from | at(c) == to;
};

trigger see_letter(who : character, where : place) {
  precondition: at(who) == where & at(Letter) == where & believes(who, at(Letter)) != where;
  effect: believes(who, at(Letter)) = where;
};

// Whoever reads it takes it to be her own.
action read_letter(who : character, where : place) {
  precondition: at(who) == where & at(Letter) == where & !read(who) & who != Hugo;
  effect: at(Letter) = who & read(who) & believes(who, loves(Hugo, who));
  consenting: who;
  observing(c : character): at(c) == where;
};

// "Yes," she says; and he hears an aunt give him her niece.
action say_yes(who : character, whom : character) {
  precondition: read(who) & whom == Hugo & loves(whom, who) & at(who) == at(whom)
    & !heard_yes(whom);
  effect: heard_yes(whom) & blessing(who)
    & believes(whom, blessing(who)) & believes(whom, heard_yes(whom));
  consenting: who;
  observing(c : character): at(c) == at(who) & c != whom;
};

utility():
  (if (believes(Agatha, loves(Hugo, Agatha))) 1 else 0)
  + (if (believes(Mabel, loves(Hugo, Agatha))) 1 else 0)
  + (if (believes(Hugo, blessing(Agatha))) 1 else 0);

utility(Hugo):
  (if (believes(Mabel, loves(Hugo, Mabel))) 2 else 0) + (if (at(Hugo) == likes(Hugo)) 1 else 0);

utility(Mabel):
  (if (at(Mabel) == likes(Mabel)) 1 else 0) + (if (read(Mabel)) 1 else 0);

utility(Agatha):
  (if (at(Agatha) == likes(Agatha)) 1 else 0) + (if (read(Agatha)) 1 else 0)
  + (if (loves(Hugo, Agatha) & heard_yes(Hugo)) 2 else 0);
