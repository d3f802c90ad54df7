// two people, each sure of not being loved, and a letter
unspoken 1;
entity Ada : character; entity Ben : character;
property loves(who : character, whom : character) : boolean;  property together() : boolean;
loves(Ada, Ben) & loves(Ben, Ada) & believes(Ada, !loves(Ben, Ada)) & believes(Ben, !loves(Ada, Ben));
believes(Ben, believes(Ada, !loves(Ben, Ada)));
action find_letter(Ben) { effect: believes(Ben, loves(Ada, Ben)); observing(c : character): c == Ben; };
action confess(who : character, whom : character) { precondition: loves(who, whom) & who != whom;
  effect: believes(whom, loves(who, whom)); consenting: who; };
action embrace(Ada, Ben) { precondition: believes(Ada, loves(Ben, Ada)); effect: together(); consenting: Ada, Ben; };
utility(): together(); utility(Ada): together() & loves(Ben, Ada); utility(Ben): together() & loves(Ada, Ben);
speech confess(a : character, b : character) { gist: "tell {b} that {a} [love] {b}"; says: "I love you"; };
