//! Which of many events may be possible in a state, without asking each of them.
//!
//! Most of a precondition is usually about what is true, not about minds, so what is true leaves
//! few events open: its *prospects*, looked up by the facts alone. What is still to be asked of a
//! prospect is about minds: nothing, or one value in one mind (what a law of perception asks), or
//! some condition. Prospects are found by masks: most of what preconditions say of facts is a
//! conjunction of atoms that compare a fluent with a constant, and for each such fluent and value
//! a mask says which events that value does not forbid.

use hashbrown::HashTable;
use rustc_hash::FxHashMap;

use crate::format::Comparator;
use crate::ground::{Atom, Condition, Event, Reading, Snag, Term, Valuation};
use crate::ids::{CharacterId, FactsId, FluentId};
use crate::minds::Store;
use crate::minds::store::hash;
use crate::minds::view::Facts;
use crate::value::Value;

/// An event that what is true does not forbid.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Prospect {
    /// Its place among the events of the index.
    pub place: u32,
    test: Test,
}

/// What is still to be asked of a prospect.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Test {
    /// Nothing: it is possible.
    Passed,
    /// Is this the value in one mind?
    Is(CharacterId, FluentId, Value),
    /// Is this not the value in one mind?
    IsNot(CharacterId, FluentId, Value),
    /// The open part of its precondition.
    Open,
}

/// A list of prospects.
#[derive(Clone, Copy, PartialEq, Eq)]
struct ListId(u32);

/// An index over a list of events.
#[derive(Clone, Default)]
pub(super) struct Index {
    guards: Vec<Guard>,
    /// What the guards leave of each precondition.
    rest: Vec<Rest>,
    /// Is only the first event wanted that is possible?
    first: bool,
    /// The list for each valuation that was asked for.
    by_facts: Vec<Option<ListId>>,
    prospects: Vec<Prospect>,
    /// The end of each list; it begins where the one before ends.
    ends: Vec<u32>,
    table: HashTable<ListId>,
    /// The events left over, as a mask; scratch space.
    left: Vec<u64>,
}

/// What the guards leave of a precondition.
#[derive(Clone)]
struct Rest {
    /// About what is true; cannot fail.
    flat: Condition,
    /// About minds, or something that may fail and all that stands behind it.
    open: Condition,
}

#[derive(Clone)]
struct Guard {
    fluent: FluentId,
    tests: Vec<(usize, Comparator, Value)>,
    masks: FxHashMap<Value, Box<[u64]>>,
}

impl Index {
    /// Indexes events by their preconditions; `first`: only the first that is possible is wanted.
    pub fn of(events: &[Event], first: bool) -> Index {
        let mut tests: FxHashMap<FluentId, Vec<(usize, Comparator, Value)>> = FxHashMap::default();
        let mut rest = Vec::new();
        for (place, event) in events.iter().enumerate() {
            let single = std::slice::from_ref(&event.precondition);
            let parts = match &event.precondition {
                Condition::And(parts) => parts,
                _ => single,
            };
            let (mut flat, mut open) = (Vec::new(), Vec::new());
            let mut sure = true;
            for part in parts {
                // What stands behind something that may fail is not looked at before it.
                sure &= !part.may_fail();
                match simple(part).filter(|_| sure) {
                    Some((reading, comparator, &Term::Constant(value)))
                        if reading.chain.is_empty() && !value.is_number() =>
                    {
                        let tests = tests.entry(reading.fluent).or_default();
                        tests.push((place, comparator, value));
                    }
                    _ if sure && part.is_flat() => flat.push(part.clone()),
                    _ => open.push(part.clone()),
                }
            }
            rest.push(Rest {
                flat: Condition::all(flat),
                open: Condition::all(open),
            });
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
            first,
            ..Index::default()
        }
    }

    /// The prospects of a state, in order.
    pub fn prospects(&mut self, store: &Store, facts: FactsId) -> std::ops::Range<usize> {
        let known = self.by_facts.get(facts.index()).copied().flatten();
        let list = known.unwrap_or_else(|| self.list(store, facts));
        let start = match list.0 {
            0 => 0,
            place => self.ends[place as usize - 1] as usize,
        };
        start..self.ends[list.0 as usize] as usize
    }

    /// A prospect.
    #[inline]
    pub fn prospect(&self, place: usize) -> Prospect {
        self.prospects[place]
    }

    /// Is a prospect possible in a state that has the facts it was found by?
    #[inline]
    pub fn holds(&self, prospect: Prospect, view: &impl Valuation) -> Result<bool, Snag> {
        match prospect.test {
            Test::Passed => Ok(true),
            Test::Is(character, fluent, value) => Ok(view.value(&[character], fluent)? == value),
            Test::IsNot(character, fluent, value) => Ok(view.value(&[character], fluent)? != value),
            Test::Open => self.rest[prospect.place as usize].open.holds(view),
        }
    }

    /// About how many bytes the lists take.
    pub fn bytes(&self) -> usize {
        size_of::<Option<ListId>>() * self.by_facts.capacity()
            + size_of::<Prospect>() * self.prospects.capacity()
            + 9 * self.ends.capacity()
    }

    fn list(&mut self, store: &Store, facts: FactsId) -> ListId {
        let count = self.rest.len();
        for (word, left) in self.left.iter_mut().enumerate() {
            let bits = (count - word * 64).min(64);
            *left = u64::MAX >> (64 - bits);
        }
        let values = store.values(facts);
        for guard in &mut self.guards {
            let mask = guard.mask(values[guard.fluent.index()], count);
            for (left, mask) in self.left.iter_mut().zip(mask) {
                *left &= mask;
            }
        }
        let start = self.prospects.len();
        let view = Facts { store, facts };
        'words: for (word, &left) in self.left.iter().enumerate() {
            let mut left = left;
            while left != 0 {
                let place = word * 64 + left.trailing_zeros() as usize;
                left &= left - 1;
                let rest = &self.rest[place];
                let flat = rest.flat.holds(&view);
                if !flat.expect("this part of it cannot fail") {
                    continue;
                }
                let test = Test::of(&rest.open, values);
                self.prospects.push(Prospect {
                    place: u32::try_from(place).expect("fewer than 2^32 events"),
                    test,
                });
                if self.first && test == Test::Passed {
                    break 'words;
                }
            }
        }
        let list = self.intern(start);
        if self.by_facts.len() <= facts.index() {
            self.by_facts.resize(store.valuations(), None);
        }
        self.by_facts[facts.index()] = Some(list);
        list
    }

    /// The list for the prospects from here on, which are at the end.
    fn intern(&mut self, start: usize) -> ListId {
        let Index {
            prospects,
            ends,
            table,
            ..
        } = self;
        let of = |ends: &[u32], list: ListId| {
            let start = match list.0 {
                0 => 0,
                place => ends[place as usize - 1] as usize,
            };
            start..ends[list.0 as usize] as usize
        };
        let key = |list: &[Prospect]| hash(list.iter().flat_map(|prospect| prospect.bits()));
        let found = table.find(key(&prospects[start..]), |&list| {
            prospects[of(ends, list)] == prospects[start..]
        });
        if let Some(&list) = found {
            prospects.truncate(start);
            return list;
        }
        let list = ListId(u32::try_from(ends.len()).expect("fewer than 2^32 lists"));
        ends.push(u32::try_from(prospects.len()).expect("fewer than 2^32 prospects"));
        table.insert_unique(key(&prospects[start..]), list, |&list| {
            key(&prospects[of(ends, list)])
        });
        list
    }
}

impl Prospect {
    fn bits(self) -> [u32; 2] {
        let test = match self.test {
            Test::Passed => 0,
            Test::Open => 1,
            Test::Is(character, fluent, value) | Test::IsNot(character, fluent, value) => {
                character.0 ^ fluent.0.rotate_left(8) ^ value.bits().rotate_left(16)
            }
        };
        [self.place, test]
    }

    /// Is there something to be asked about minds?
    #[inline]
    pub fn is_open(self) -> bool {
        self.test != Test::Passed
    }
}

impl Test {
    fn of(open: &Condition, values: &[Value]) -> Test {
        if *open == Condition::True {
            return Test::Passed;
        }
        let Some((reading, comparator, right)) = simple(open) else {
            return Test::Open;
        };
        let value = match right {
            Term::Constant(value) => *value,
            Term::Fluent(right) if right.chain.is_empty() => values[right.fluent.index()],
            _ => return Test::Open,
        };
        match (&*reading.chain, comparator) {
            (&[character], Comparator::Equal) => Test::Is(character, reading.fluent, value),
            (&[character], Comparator::Unequal) => Test::IsNot(character, reading.fluent, value),
            _ => Test::Open,
        }
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

/// An atom that says whether a fluent's value is that of a term.
fn simple(condition: &Condition) -> Option<(&Reading, Comparator, &Term)> {
    let Condition::Atom(atom) = condition else {
        return None;
    };
    let Atom {
        comparator: comparator @ (Comparator::Equal | Comparator::Unequal),
        left,
        right,
    } = atom.as_ref()
    else {
        return None;
    };
    match (left, right) {
        (Term::Fluent(left), Term::Fluent(right_reading)) if left.chain.is_empty() => {
            // What is read in a mind stands on the left.
            Some((right_reading, *comparator, &atom.left))
        }
        (Term::Fluent(left), _) => Some((left, *comparator, right)),
        _ => None,
    }
}
