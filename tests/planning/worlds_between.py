"""A world with several ways to the same end: bridges and inferences are tried on it."""

from __future__ import annotations

WAYS = """
unspoken 1;
type place;
type character : person;
type person;
entity Ann : character;
entity Ben : character;
entity Cat : character;
entity Hall : place;
entity Yard : place;
property at(who : character) : place;
property rain() : boolean;
property ill(who : character) : boolean;
property has_key(who : character) : boolean;
property locked() : boolean;
property inside() : boolean;
at(Ann) = Yard;
at(Ben) = Hall;
at(Cat) = Hall;
locked();
has_key(Cat);
ill(Ben);
believes(Ann, !ill(Ben));
believes(Cat, !ill(Ben));
action rains() { precondition: !rain(); effect: rain(); };
// Ben lets her in, if it rains; Cat, if she asks; and a window can be broken.
action let_in(Ben) { precondition: rain() & locked(); effect: !locked(); consenting: Ben; };
action ask(Ann, Cat) {
    precondition: locked() & has_key(Cat);
    effect: !has_key(Cat) & has_key(Ann);
    consenting: Ann, Cat;
};
action unlock(Ann) { precondition: locked() & has_key(Ann); effect: !locked(); consenting: Ann; };
action break_in(Ann) {
    precondition: locked() & !ill(Ben);
    effect: !locked() & inside() & at(Ann) = Hall;
    consenting: Ann;
};
action enter(who : character) {
    precondition: !locked() & at(who) == Yard;
    effect: at(who) = Hall & if(who == Ann) inside();
    consenting: who;
};
utility(): inside();
utility(Ann): inside();
utility(Ben): if(rain() & locked()) 0 else 1;
utility(Cat): if(has_key(Cat)) 0 else 1;
"""
