//! What an event does with facts: as long as it reads nobody's mind, that depends on the facts
//! alone, and is the same in every mind that has them.

use hashbrown::HashTable;
use rustc_hash::FxHashMap;

use crate::format::Comparator;
use crate::ground::beginning::pack;
use crate::ground::effects::applicable;
use crate::ground::{Condition, Event, Snag, Term, World};
use crate::ids::{CharacterId, EventId, FactsId, FluentId};
use crate::minds::Store;
use crate::minds::store::hash;
use crate::minds::view::Facts;
use crate::value::{Datum, Value};

/// What of an event reads nobody's mind.
#[derive(Clone, Copy)]
pub(super) struct Sort {
    /// Its effects on facts.
    pub effects: bool,
    /// Who observes it.
    pub observing: bool,
    /// Its precondition.
    pub precondition: bool,
    /// Does it tell minds anything?
    pub tells: bool,
    /// Does it set, whatever is the case, constants and those at most one mind deep?
    pub constant: bool,
}

impl Sort {
    pub fn of(event: &Event) -> Sort {
        let plain = &event.effects[..event.plain];
        let observing = event.observing.each().unwrap_or_default();
        Sort {
            effects: plain
                .iter()
                .all(|effect| effect.condition.is_flat() && effect.value.is_flat()),
            observing: observing.iter().all(|condition| condition.is_flat()),
            precondition: event.precondition.is_flat(),
            tells: event.plain < event.effects.len(),
            constant: event.effects.windows(2).all(|e| e[0].target != e[1].target)
                && event.effects.iter().all(|effect| {
                    effect.condition == Condition::True
                        && effect.value.as_constant().is_some()
                        && effect.target.chain.len() <= 1
                }),
        }
    }
}

/// A set of characters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct ObserversId(u32);

/// What becomes of facts by an event. What failed to be found out, or reads minds, is missing.
#[derive(Clone, Copy)]
pub(super) struct Outcome {
    /// The facts after its effects on facts.
    pub after: Option<FactsId>,
    /// Who observes it.
    pub observers: Option<ObserversId>,
    /// Is it possible?
    pub possible: Option<bool>,
}

#[derive(Clone, Copy)]
struct Entry {
    facts: FactsId,
    event: EventId,
    after: FactsId,
    /// Observers; the two highest bits: possible, impossible.
    rest: u32,
}

const MISSING: u32 = (1 << 30) - 1;
const POSSIBLE: u32 = 1 << 31;
const IMPOSSIBLE: u32 = 1 << 30;

impl Entry {
    fn outcome(self) -> Outcome {
        let observers = self.rest & MISSING;
        Outcome {
            after: (self.after.0 != u32::MAX).then_some(self.after),
            observers: (observers != MISSING).then_some(ObserversId(observers)),
            possible: match self.rest & !MISSING {
                POSSIBLE => Some(true),
                IMPOSSIBLE => Some(false),
                _ => None,
            },
        }
    }
}

/// Atoms that say whether a fluent has a value, or has not.
type Plain = Box<[(FluentId, bool, Value)]>;

/// Every outcome that was asked for.
#[derive(Clone, Default)]
pub(super) struct Outcomes {
    table: HashTable<Entry>,
    observers: Vec<Box<[u64]>>,
    observers_table: FxHashMap<Box<[u64]>, u32>,
    sorts: Vec<Sort>,
    /// The preconditions that are conjunctions of atoms that say whether a fluent has a value.
    plain: Vec<Option<Plain>>,
    changes: Vec<(FluentId, Value)>,
    applied: Vec<(usize, Datum)>,
}

impl Outcomes {
    /// Nothing is known yet of the events of a world.
    pub fn of(world: &World) -> Outcomes {
        let mut outcomes = Outcomes::default();
        let events = world.events.iter();
        events.for_each(|event| outcomes.add(event, &world.whole));
        outcomes
    }

    /// Takes in one more event, the next by number, of a world with these whole numbers.
    pub fn add(&mut self, event: &Event, whole: &[bool]) {
        self.sorts.push(Sort::of(event));
        self.plain.push(plain(&event.precondition, whole));
    }

    /// What of an event reads nobody's mind.
    #[inline]
    pub fn sort(&self, event: EventId) -> Sort {
        self.sorts[event.index()]
    }

    /// The precondition, if it is a conjunction of atoms that say whether a fluent has a value (or
    /// that a whole number has).
    #[inline]
    pub fn plain(&self, event: EventId) -> Option<&[(FluentId, bool, Value)]> {
        self.plain[event.index()].as_deref()
    }

    /// Is a character among the observers?
    #[inline]
    pub fn includes(&self, observers: ObserversId, character: CharacterId) -> bool {
        let place = character.index();
        self.observers[observers.0 as usize][place / 64] & (1 << (place % 64)) != 0
    }

    /// What becomes of facts by an event.
    #[inline]
    pub fn outcome(
        &mut self,
        world: &World,
        store: &mut Store,
        facts: FactsId,
        event: EventId,
    ) -> Outcome {
        let key = hash([facts.0, event.0]);
        let known = self
            .table
            .find(key, |entry| entry.facts == facts && entry.event == event);
        match known {
            Some(entry) => entry.outcome(),
            None => self.find_out(world, store, facts, event, key),
        }
    }

    /// About how many bytes they take.
    pub fn bytes(&self) -> usize {
        (size_of::<Entry>() + 1) * self.table.capacity()
    }

    fn find_out(
        &mut self,
        world: &World,
        store: &mut Store,
        facts: FactsId,
        number: EventId,
        key: u64,
    ) -> Outcome {
        let sort = self.sort(number);
        let event = world.event(number);
        let after = match sort.effects {
            true => self.facts_after(store, facts, event).ok(),
            false => None,
        };
        let view = Facts { store, facts };
        let possible = match sort.precondition {
            true => event.precondition.holds(&view).ok(),
            false => None,
        };
        let mut observers = None;
        if sort.observing {
            let mut set = vec![0_u64; world.characters.div_ceil(64)];
            let mut failed = false;
            for place in 0..world.characters {
                let sees = match event.observing.each() {
                    None => Ok(true),
                    Some(conditions) => conditions[place].holds(&view),
                };
                failed |= sees.is_err();
                set[place / 64] |= u64::from(sees == Ok(true)) << (place % 64);
            }
            if !failed {
                observers = Some(self.intern(set.into()));
            }
        }
        let entry = Entry {
            facts,
            event: number,
            after: after.unwrap_or(FactsId(u32::MAX)),
            rest: observers.map_or(MISSING, |id| id.0)
                | match possible {
                    Some(true) => POSSIBLE,
                    Some(false) => IMPOSSIBLE,
                    None => 0,
                },
        };
        self.table
            .insert_unique(key, entry, |entry| hash([entry.facts.0, entry.event.0]));
        entry.outcome()
    }

    /// The facts after an event's effects on facts.
    fn facts_after(
        &mut self,
        store: &mut Store,
        facts: FactsId,
        event: &Event,
    ) -> Result<FactsId, Snag> {
        let effects = &event.effects[..event.plain];
        self.applied.clear();
        applicable(effects, &Facts { store, facts }, &mut self.applied)?;
        self.changes.clear();
        for &(place, datum) in &self.applied {
            let value = match effects[place].value {
                Term::Constant(value) => value,
                _ => pack(datum, &mut store.numbers),
            };
            self.changes.push((effects[place].target.fluent, value));
        }
        Ok(store.with(facts, &self.changes))
    }

    fn intern(&mut self, set: Box<[u64]>) -> ObserversId {
        if let Some(&id) = self.observers_table.get(&set) {
            return ObserversId(id);
        }
        let id = u32::try_from(self.observers.len()).expect("few sets");
        assert!(id < MISSING, "fewer than 2^30 sets of observers");
        self.observers.push(set.clone());
        self.observers_table.insert(set, id);
        ObserversId(id)
    }
}

fn plain(condition: &Condition, whole: &[bool]) -> Option<Plain> {
    let single = std::slice::from_ref(condition);
    let parts = match condition {
        Condition::And(parts) => parts,
        _ => single,
    };
    let plain = |part: &Condition| {
        let Condition::Atom(atom) = part else {
            return None;
        };
        match (&atom.left, atom.comparator, &atom.right) {
            (
                Term::Fluent(reading),
                comparator @ (Comparator::Equal | Comparator::Unequal),
                &Term::Constant(value),
            ) if reading.chain.is_empty()
                && (comparator == Comparator::Equal
                    || !whole.get(reading.fluent.index()).is_some_and(|&is| is)) =>
            {
                Some((reading.fluent, comparator == Comparator::Equal, value))
            }
            _ => None,
        }
    };
    parts.iter().map(plain).collect()
}
