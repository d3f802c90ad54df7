// Two people, each nearly sure of not being loved, and faces that give them away.
unspoken 1;
entity Ann : character;  entity Ben : character;
property loves(a : character, b : character) : boolean;
property told(a : character, b : character) : boolean;
loves(Ann, Ben);  believes(Ben, sure(Ann, Ben) = -2);
loves(Ben, Ann);  believes(Ann, sure(Ben, Ann) = -2);
hunch sure(a : character, b : character) { of: loves(a, b); };  // odds, from -3 to 3
action speak(a : character, b : character) { precondition: loves(a, b) & !told(a, b);
  effect: told(a, b) & believes(b, loves(a, b));  consenting: a; };
action blush(a : character, b : character) { precondition: a != b;  effect: True; };  // nobody's doing
tell blush(a : character, b : character) { of: a;  toward: b;  shows: unspoken;  above: 0.1; };
sign blushing(reader : character, a : character) { seen: blush(a, reader);  for: sure(a, reader); };
wish loved(a : character, b : character) { wants: told(a, b) & loves(b, a);  weight: 0.6; };
wish refused(a : character, b : character) { wants: told(a, b) & !loves(b, a);  weight: -0.6; };
speech speak(a : character, b : character) { gist: "tell {b} that {a} [love] {b}";  says: "I love you"; };
voice Ann { pronoun: she; };  voice Ben { pronoun: he; };
