//! Which of many events may be possible in a state, without asking each of them.
//!
//! Most of a precondition is usually a conjunction of atoms that compare one true fluent with a
//! constant. For each such fluent and each value that it was met with, a mask says which events
//! that value does not forbid; the masks of a state's values, put together, leave few events, and
//! of their preconditions only the rest is still to be looked at.

use rustc_hash::FxHashMap;

use crate::format::Comparator;
use crate::ground::{Atom, Condition, Event, Snag, Term};
use crate::ids::{FluentId, NodeId};
use crate::minds::Store;
use crate::value::Value;

/// An index over a list of events.
#[derive(Default)]
pub(super) struct Index {
    guards: Vec<Guard>,
    /// What the guards leave open of each precondition.
    rest: Vec<Condition>,
    /// The events left over, as a mask; scratch space.
    left: Vec<u64>,
}

struct Guard {
    fluent: FluentId,
    tests: Vec<(usize, Comparator, Value)>,
    masks: FxHashMap<Value, Box<[u64]>>,
}

impl Index {
    /// Indexes events by their preconditions.
    pub fn of(events: &[Event]) -> Index {
        let mut tests: FxHashMap<FluentId, Vec<(usize, Comparator, Value)>> = FxHashMap::default();
        let mut rest = Vec::new();
        for (place, event) in events.iter().enumerate() {
            let single = std::slice::from_ref(&event.precondition);
            let parts = match &event.precondition {
                Condition::And(parts) => parts,
                _ => single,
            };
            let mut open = Vec::new();
            let mut sure = true;
            for part in parts {
                match simple(part).filter(|_| sure) {
                    Some((fluent, comparator, value)) => {
                        let tests = tests.entry(fluent).or_default();
                        tests.push((place, comparator, value));
                    }
                    None => {
                        // What stands behind something that may fail is not looked at before it.
                        sure &= !may_fail(part);
                        open.push(part.clone());
                    }
                }
            }
            rest.push(Condition::all(open));
        }
        let mut guards: Vec<Guard> = tests
            .into_iter()
            .map(|(fluent, tests)| Guard {
                fluent,
                tests,
                masks: FxHashMap::default(),
            })
            .collect();
        guards.sort_unstable_by_key(|guard| guard.fluent);
        Index {
            guards,
            left: vec![0; events.len().div_ceil(64)],
            rest,
        }
    }

    /// Gives the places of the events whose preconditions hold in a state, in order, until `take`
    /// has enough. Fails at the place of an event whose precondition does.
    pub fn each(
        &mut self,
        store: &Store,
        node: NodeId,
        mut take: impl FnMut(usize) -> bool,
    ) -> Result<(), (Snag, usize)> {
        let count = self.rest.len();
        for (word, left) in self.left.iter_mut().enumerate() {
            let bits = (count - word * 64).min(64);
            *left = u64::MAX >> (64 - bits);
        }
        let values = store.values(store.facts(node));
        for guard in &mut self.guards {
            let mask = guard.mask(values[guard.fluent.index()], count);
            for (left, mask) in self.left.iter_mut().zip(mask) {
                *left &= mask;
            }
        }
        let at = store.at(node);
        for (word, &left) in self.left.iter().enumerate() {
            let mut left = left;
            while left != 0 {
                let place = word * 64 + left.trailing_zeros() as usize;
                left &= left - 1;
                let holds = self.rest[place].holds(&at);
                if holds.map_err(|snag| (snag, place))? && take(place) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

impl Guard {
    fn mask(&mut self, value: Value, events: usize) -> &[u64] {
        let Guard { tests, masks, .. } = self;
        // No number is among the constants here, so any number leaves what any other would.
        let value = if value.is_number() {
            Value::FALSE
        } else {
            value
        };
        masks.entry(value).or_insert_with(|| {
            let mut mask = vec![u64::MAX; events.div_ceil(64)];
            for &(place, comparator, wanted) in tests.iter() {
                if (value == wanted) != (comparator == Comparator::Equal) {
                    mask[place / 64] &= !(1 << (place % 64));
                }
            }
            mask.into()
        })
    }
}

/// An atom that compares a true fluent with a constant, if that is not a number (there may be no
/// end of those).
fn simple(condition: &Condition) -> Option<(FluentId, Comparator, Value)> {
    let Condition::Atom(atom) = condition else {
        return None;
    };
    match atom.as_ref() {
        Atom {
            comparator: comparator @ (Comparator::Equal | Comparator::Unequal),
            left: Term::Fluent(reading),
            right: Term::Constant(value),
        } if reading.chain.is_empty() && !value.is_number() => {
            Some((reading.fluent, *comparator, *value))
        }
        _ => None,
    }
}

fn may_fail(condition: &Condition) -> bool {
    fn computes(term: &Term) -> bool {
        match term {
            Term::Constant(_) | Term::Fluent(_) => false,
            Term::Arithmetic(..) => true,
            Term::Choice(branches, otherwise) => {
                computes(otherwise) || branches.iter().any(|(c, t)| may_fail(c) || computes(t))
            }
        }
    }
    match condition {
        Condition::True | Condition::False => false,
        Condition::And(parts) | Condition::Or(parts) => parts.iter().any(may_fail),
        Condition::Atom(atom) => computes(&atom.left) || computes(&atom.right),
    }
}
