//! Which events the facts leave open, as far as their preconditions are conjunctions of atoms that
//! compare one fluent with a constant: for each fluent and value a mask says which events it does
//! not forbid.
//!
//! Putting together a mask for each of many fluents takes long, and facts mostly differ in few. So
//! fluents are taken in bunches, and what the values of a bunch leave open is kept.

use rustc_hash::FxHashMap;

use crate::format::Comparator;
use crate::ids::FluentId;
use crate::value::Value;

/// A bunch keeps at most so many words of masks.
const MOST_WORDS: usize = 1 << 12;

/// What an event's precondition says of one fluent: place, comparison, constant (no number; there
/// may be no end of those).
pub(super) type Test = (usize, Comparator, Value);

/// The masks of a list of events.
#[derive(Clone, Default)]
pub(super) struct Guards {
    words: usize,
    /// Every event.
    all: Vec<u64>,
    bunches: Vec<Bunch>,
}

/// Fluents taken together.
#[derive(Clone, Default)]
struct Bunch {
    guards: Vec<Guard>,
    /// For all values together, counted in mixed radix, the mask, once it is known.
    masks: Vec<u64>,
    known: Vec<bool>,
}

/// What is said of one fluent.
#[derive(Clone)]
struct Guard {
    fluent: FluentId,
    /// How many slots the guards before it in the bunch make together.
    stride: usize,
    /// For each value up to the last that anything is said of, its slot.
    slots: Box<[u32]>,
    /// The events left open by the values that nothing is said of, numbers among them; then by
    /// each of the others.
    masks: Box<[u64]>,
}

impl Guards {
    /// The masks for what so many events say of fluents.
    pub fn of(tests: FxHashMap<FluentId, Vec<Test>>, events: usize) -> Guards {
        let words = events.div_ceil(64);
        let mut all = vec![u64::MAX; words];
        if events % 64 != 0 {
            all[words - 1] = u64::MAX >> (64 - events % 64);
        }
        let mut tests: Vec<(FluentId, Vec<Test>)> = tests.into_iter().collect();
        tests.sort_unstable_by_key(|&(fluent, _)| fluent);
        let mut bunches: Vec<Bunch> = Vec::new();
        let mut size = usize::MAX;
        for (fluent, tests) in tests {
            let mut guard = Guard::of(fluent, &tests, words);
            let slots = guard.masks.len() / words;
            if size.saturating_mul(slots * words) > MOST_WORDS {
                bunches.push(Bunch::default());
                size = 1;
            }
            guard.stride = size;
            size *= slots;
            let bunch = bunches.last_mut().expect("begun");
            bunch.guards.push(guard);
            bunch.known = vec![false; size];
            bunch.masks = vec![0; size * words];
        }
        Guards {
            words,
            all,
            bunches,
        }
    }

    /// The events left open, as a mask.
    pub fn open(&mut self, values: &[Value], into: &mut Vec<u64>) {
        into.clone_from(&self.all);
        for bunch in &mut self.bunches {
            for (left, mask) in into.iter_mut().zip(bunch.mask(values, self.words)) {
                *left &= mask;
            }
        }
    }
}

impl Bunch {
    fn mask(&mut self, values: &[Value], words: usize) -> &[u64] {
        let slot = |guard: &Guard| guard.slot(values[guard.fluent.index()]);
        let number: usize = self.guards.iter().map(|g| g.stride * slot(g)).sum();
        let mask = &mut self.masks[number * words..][..words];
        if !self.known[number] {
            mask.fill(u64::MAX);
            for guard in &self.guards {
                for (left, mask) in mask.iter_mut().zip(&guard.masks[slot(guard) * words..]) {
                    *left &= mask;
                }
            }
            self.known[number] = true;
        }
        mask
    }
}

impl Guard {
    fn of(fluent: FluentId, tests: &[Test], words: usize) -> Guard {
        let mut values: Vec<Value> = tests.iter().map(|&(_, _, value)| value).collect();
        values.sort_unstable();
        values.dedup();
        let last = values.last().map_or(0, |value| value.bits() as usize);
        let mut slots = vec![0; last + 1];
        let mut masks = vec![u64::MAX; (values.len() + 1) * words];
        for (mask, value) in masks
            .chunks_mut(words)
            .zip(std::iter::once(None).chain(values.iter().map(Some)))
        {
            for &(place, comparator, wanted) in tests {
                if (value == Some(&wanted)) != (comparator == Comparator::Equal) {
                    mask[place / 64] &= !(1 << (place % 64));
                }
            }
        }
        for (slot, value) in (1..).zip(values) {
            slots[value.bits() as usize] = slot;
        }
        Guard {
            fluent,
            stride: 1,
            slots: slots.into(),
            masks: masks.into(),
        }
    }

    #[inline]
    fn slot(&self, value: Value) -> usize {
        let slot = self.slots.get(value.bits() as usize);
        slot.map_or(0, |&slot| slot as usize)
    }
}
