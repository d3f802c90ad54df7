//! When a condition may hold, or fail: its gate.

use crate::format::Comparator;
use crate::ground::{Condition, Term};
use crate::relax::compile::Compiler;
use crate::relax::network::{ALWAYS, Gate, Level, NEVER, NUMBER, OTHER, Place};
use crate::value::Value;

/// A term that is no formula.
pub(super) enum Simple<'t> {
    Constant(Value),
    Place(Place),
    Arithmetic,
    Choice(&'t [(Condition, Term)], &'t Term),
}

impl<'w> Compiler<'w> {
    /// When a condition may hold (or, denied, fail).
    pub(super) fn condition(
        &mut self,
        level: Level,
        condition: &'w Condition,
        denied: bool,
    ) -> Gate {
        match condition {
            Condition::True if denied => NEVER,
            Condition::False if !denied => NEVER,
            Condition::True | Condition::False => ALWAYS,
            // Nothing is relaxed where minds may hold several worlds.
            Condition::In(_) => ALWAYS,
            Condition::Atom(atom) => {
                self.comparison(level, atom.comparator, &atom.left, &atom.right, denied)
            }
            Condition::And(parts) | Condition::Or(parts) => {
                let gates: Vec<Gate> = parts
                    .iter()
                    .map(|part| self.condition(level, part, denied))
                    .collect();
                if matches!(condition, Condition::And(_)) == denied {
                    self.any(gates)
                } else {
                    self.all(gates)
                }
            }
        }
    }

    pub(super) fn simple<'t>(&mut self, level: Level, term: &'t Term) -> Simple<'t> {
        match term {
            Term::Constant(value) => Simple::Constant(*value),
            Term::Fluent(reading) => match self.world.fluents.constant(reading.fluent) {
                Some(value) => Simple::Constant(value),
                None => Simple::Place(self.place(level.within(&reading.chain), reading.fluent)),
            },
            Term::Arithmetic(..) => Simple::Arithmetic,
            Term::Choice(branches, otherwise) => Simple::Choice(branches, otherwise),
        }
    }

    /// The branches of a conditional term, each with the gate that says when it may be taken.
    pub(super) fn branches(
        &mut self,
        level: Level,
        branches: &'w [(Condition, Term)],
        otherwise: &'w Term,
    ) -> Vec<(Gate, &'w Term)> {
        let mut not_before = ALWAYS;
        let mut found = Vec::with_capacity(branches.len() + 1);
        for (condition, term) in branches {
            let yes = self.condition(level, condition, false);
            found.push((self.all([not_before, yes]), term));
            let no = self.condition(level, condition, true);
            not_before = self.all([not_before, no]);
        }
        found.push((not_before, otherwise));
        found.retain(|(gate, _)| *gate != NEVER);
        found
    }

    /// The same for a comparison, of which there is one gate, however many events ask for it.
    fn comparison(
        &mut self,
        level: Level,
        comparator: Comparator,
        left: &'w Term,
        right: &'w Term,
        denied: bool,
    ) -> Gate {
        let compared = (level, comparator, denied, left, right);
        if let Some(&known) = self.compared.get(&compared) {
            return known;
        }
        let gate = self.compare(level, comparator, left, right, denied);
        self.compared.insert(compared, gate);
        gate
    }

    fn compare(
        &mut self,
        level: Level,
        comparator: Comparator,
        left: &'w Term,
        right: &'w Term,
        denied: bool,
    ) -> Gate {
        let (l, r) = (self.simple(level, left), self.simple(level, right));
        let plain = |value: Value| !value.is_number();
        match (l, r) {
            (Simple::Choice(branches, otherwise), _) => {
                let branches = self.branches(level, branches, otherwise);
                let each = branches.into_iter().map(|(gate, left)| {
                    let so = self.comparison(level, comparator, left, right, denied);
                    self.all([gate, so])
                });
                let each: Vec<Gate> = each.collect();
                self.any(each)
            }
            (_, Simple::Choice(..)) => {
                self.comparison(level, comparator.mirrored(), right, left, denied)
            }
            (Simple::Constant(l), Simple::Constant(r)) => {
                let holds = comparator.holds(self.numbers.datum(l), self.numbers.datum(r));
                if holds == denied { NEVER } else { ALWAYS }
            }
            (Simple::Place(place), Simple::Constant(value)) if plain(value) => {
                self.is(place, comparator, value, denied)
            }
            (Simple::Constant(value), Simple::Place(place)) if plain(value) => {
                self.is(place, comparator.mirrored(), value, denied)
            }
            (Simple::Place(left), Simple::Place(right)) => {
                self.alike(comparator, left, right, denied)
            }
            _ => {
                let left = self.measure(level, left, true, None);
                let right = self.measure(level, right, true, None);
                self.test(comparator, denied, left, right)
            }
        }
    }

    /// Compares a place with a value that is no number.
    fn is(&mut self, place: Place, comparator: Comparator, value: Value, denied: bool) -> Gate {
        let slot = self.kin.slot(self.places[place as usize].head, value);
        let same = match comparator {
            Comparator::Equal | Comparator::AtLeast | Comparator::AtMost => true,
            Comparator::Unequal => false,
            Comparator::More | Comparator::Less => return if denied { ALWAYS } else { NEVER },
        };
        if same != denied {
            self.slot(place, slot)
        } else {
            self.but(place, &[slot])
        }
    }

    /// Compares two places.
    fn alike(&mut self, comparator: Comparator, left: Place, right: Place, denied: bool) -> Gate {
        let mut ways = Vec::new();
        if !self.is_boolean(left) && !self.is_boolean(right) {
            let (l, r) = (self.number(left), self.number(right));
            ways.push(self.test(comparator, denied, l, r));
        }
        let same = match (comparator, denied) {
            (Comparator::More | Comparator::Less, false) => None,
            (Comparator::More | Comparator::Less, true) => {
                ways.push(self.but(left, &[NUMBER]));
                ways.push(self.but(right, &[NUMBER]));
                None
            }
            (Comparator::Unequal, _) => Some(denied),
            _ => Some(!denied),
        };
        if let Some(same) = same {
            for slot in self.slots(left) {
                let this = self.slot(left, slot);
                // Values without a name of their own may be the same or not.
                if slot == OTHER || same && slot != NUMBER {
                    let that = self.slot(right, slot);
                    ways.push(self.all([this, that]));
                }
                if !same {
                    let that = self.but(right, &[slot]);
                    ways.push(self.all([this, that]));
                }
            }
        }
        self.any(ways)
    }
}

/// Does it speak of what anybody believes?
pub(super) fn about_minds(condition: &Condition) -> bool {
    pub(super) fn term(of: &Term) -> bool {
        match of {
            Term::Constant(_) => false,
            Term::Fluent(reading) => !reading.chain.is_empty(),
            Term::Arithmetic(_, operands) => term(&operands.0) || term(&operands.1),
            Term::Choice(branches, otherwise) => {
                term(otherwise) || branches.iter().any(|(c, t)| about_minds(c) || term(t))
            }
        }
    }
    match condition {
        Condition::True | Condition::False => false,
        Condition::And(parts) | Condition::Or(parts) => parts.iter().any(about_minds),
        Condition::Atom(atom) => term(&atom.left) || term(&atom.right),
        Condition::In(_) => true,
    }
}
