// Two people, each sure of not being loved, and a letter that was never sent.
unspoken 1;
entity Ada : character;  entity Ben : character;
property loves(a : character, b : character) : boolean;  property together() : boolean;
loves(Ada, Ben);  believes(Ben, !loves(Ada, Ben));  believes(Ada, believes(Ben, !loves(Ada, Ben)));
loves(Ben, Ada);  believes(Ada, !loves(Ben, Ada));  believes(Ben, believes(Ada, !loves(Ben, Ada)));
action find_letter(Ben) { effect: believes(Ben, loves(Ada, Ben));  observing(c : character): c == Ben; };
action confess(a : character, b : character) { precondition: a != b & loves(a, b);
  effect: believes(b, loves(a, b));  consenting: a; };
action embrace(Ada, Ben) { precondition: believes(Ada, loves(Ben, Ada));  effect: together();  consenting: Ada, Ben; };
utility(): together();  utility(Ada): together() & loves(Ben, Ada);  utility(Ben): together() & loves(Ada, Ben);
speech confess(a : character, b : character) { gist: "tell {b} that {a} [love] {b}";  says: "I love you"; };
