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
entity Agatha : character;  // her aunt
entity Parlour : place;
entity Garden : place;
entity Letter : thing;  // to the lady of the bench; it names nobody

property at(who : character) : place;
property at(what : thing) : holder;
property likes(who : character) : place;
property loves(who : character, whom : character) : boolean;
property read(who : character) : boolean;
property blessing(from : character) : boolean;  // to marry the niece
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
believes(Mabel, !loves(Hugo, Mabel));
believes(Agatha, !loves(Hugo, Mabel) & !loves(Mabel, Hugo));
believes(Hugo, !loves(Mabel, Hugo) & believes(Mabel, !loves(Hugo, Mabel)));
believes(Hugo, likes(Agatha) = Parlour);  // aunts do, he supposes
believes(Mabel, at(Letter) = ?);
believes(Agatha, at(Letter) = ?);

action leave_letter(who : character, bench : place) {
    precondition: bench == Garden & at(who) == bench & at(Letter) == who & !read(who);
    effect: at(Letter) = bench;
    consenting: who;
    observing(c : character): c == who;
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
    precondition:
        at(who) == where &
        at(Letter) == where &
        at(Hugo) != where &
        who != Hugo &
        !read(who);
    effect: at(Letter) = who & read(who) & believes(who, loves(Hugo, who));
    consenting: who;
    observing(c : character): at(c) == where;
};

// "Yes," she says; and he hears an aunt give him her niece.
action say_yes(who : character, whom : character) {
    precondition:
        read(who) &
        whom == Hugo &
        believes(who, loves(whom, who)) &
        at(who) == at(whom) &
        !heard_yes(whom);
    effect:
        heard_yes(whom) &
        blessing(who) &
        believes(whom, blessing(who)) &
        forall(c : character)
            if(at(c) == at(who) & c != who & c != whom) believes(c, loves(whom, who));
    consenting: who;
    observing(c : character): at(c) == at(who) & c != whom;
};

utility():
    (if(believes(Agatha, loves(Hugo, Agatha))) 1 else 0) +
    (if(believes(Mabel, loves(Hugo, Agatha))) 1 else 0) +
    (if(believes(Hugo, blessing(Agatha))) 1 else 0);
utility(Hugo):
    (if(believes(Mabel, loves(Hugo, Mabel))) 2 else 0) + (if(at(Hugo) == likes(Hugo)) 1 else 0);
utility(Mabel): (if(at(Mabel) == likes(Mabel)) 1 else 0) + (if(read(Mabel)) 1 else 0);
utility(Agatha):
    (if(at(Agatha) == likes(Agatha)) 1 else 0) +
    (if(read(Agatha)) 1 else 0) +
    (if(loves(Hugo, Agatha) & heard_yes(Hugo)) 2 else 0);

// ---- How it is told ---------------------------------------------------------------------------

voice Hugo { pronoun: he; manner: stammer 20 20 "bdmp", trail_off 40; };
voice Mabel { pronoun: she; };
voice Agatha { name: "Aunt Agatha"; pronoun: she; known_as stranger: "the aunt"; };
frame leave_letter(who : character, bench : place) {
    text: "{who} [put] the letter on the bench where the sun [come] first";
};
frame go(who : character, from : place, to : place) {
    needs: to == Parlour & who == Hugo;
    text: "{who} [bolt] for the house", "{who} [make] for the house, scarlet to the collar";
};
frame go(who : character, from : place, to : place) {
    needs: to == Garden & who == Agatha;
    text: "{who} [take] a parasol and {who's} temper out among the roses";
};
frame go(who : character, from : place, to : place) {
    needs: to == Parlour & who != Hugo;
    text: "{who} [sail] back into the parlour by way of the looking-glass";
};
frame see_letter(who : character, where : place) {
    text: "{who} [sit] down on a letter", "There, under a pebble, {who} [find] a letter";
};
frame read_letter(who : character, where : place) {
    text: "{who} [read] the letter standing, and [read] it sitting, and [count] the adjectives";
};
speech say_yes(who : character, whom : character) {
    gist: "tell {whom} yes";
    says: "My dear Hugo", "the answer is yes", "it was always going to be yes";
};
thought hopes(me : character, other : character) {
    that: loves(me, other) & !believes(other, loves(me, other)) & me == Hugo;
    plain: "{other} [go] to that bench every day of {other's} life";
};
thought adored(me : character, other : character) {
    that: loves(other, me) & read(me);
    plain: "It [be] plain whom {other} [past mean]", "There [be] only one lady of that bench";
};
thought jilted(me : character, other : character, rival : character) {
    that: loves(me, other) & loves(other, rival) & rival != me;
    plain: "So it [be] {rival}. It [have be] {rival} all along";
};
thought blessed(me : character, aunt : character) {
    that: blessing(aunt) & loves(me, Mabel);
    exclaim:
        "{aunt} [have say] yes. {me} [have] an aunt's blessing on it, and so {me} [have] Mabel";
};
