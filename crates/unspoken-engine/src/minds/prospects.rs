//! Which of many events may be possible in a state, without asking each of them.
//!
//! Most of a precondition is usually about what is true, not about minds, so what is true leaves
//! few events open: its *prospects*, looked up by the facts alone. What is still to be asked of a
//! prospect is about minds: nothing, or one value in one mind (what a law of perception asks), or
//! some condition.

use hashbrown::HashTable;
use rustc_hash::FxHashMap;

use crate::format::Comparator;
use crate::ground::{Atom, Condition, Event, Reading, Snag, Term, Valuation};
use crate::ids::{CharacterId, FactsId, FluentId};
use crate::minds::Store;
use crate::minds::guards::{self, Guards};
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
pub(super) struct ListId(std::num::NonZeroU32);

impl ListId {
    /// Its place among the lists.
    #[inline]
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// An index over a list of events.
#[derive(Clone, Default)]
pub(super) struct Index {
    guards: Guards,
    /// What the guards leave of each precondition.
    rest: Vec<Rest>,
    /// The list for each valuation that was asked for.
    by_facts: Vec<Option<ListId>>,
    prospects: Vec<Prospect>,
    /// The end of each list; it begins where the one before ends.
    ends: Vec<u32>,
    table: HashTable<ListId>,
    /// The events with more to be asked of facts than the guards do, as a mask.
    conditional: Box<[u64]>,
    /// For each event, the prospect that it is whatever the facts are, if there is one.
    fixed: Box<[Option<Prospect>]>,
    /// Those for which there is none, as a mask.
    varying: Box<[u64]>,
    /// If only the first event is wanted: those for which nothing is to be asked, as a mask.
    certain: Box<[u64]>,
    /// The lists of fixed prospects, by their masks.
    by_mask: FxHashMap<Box<[u64]>, ListId>,
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

impl Index {
    /// Indexes events by their preconditions; `first`: only the first that is possible is wanted.
    pub fn of(events: &[Event], first: bool) -> Index {
        let mut tests: FxHashMap<FluentId, Vec<guards::Test>> = FxHashMap::default();
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
        let words = events.len().div_ceil(64);
        let mut index = Index {
            guards: Guards::of(tests, events.len()),
            fixed: (0..)
                .zip(&rest)
                .map(|(place, rest)| Prospect::of(place, &rest.open, None))
                .collect(),
            conditional: vec![0; words].into(),
            varying: vec![0; words].into(),
            certain: vec![0; words].into(),
            rest,
            ..Index::default()
        };
        for (place, fixed) in index.fixed.iter().enumerate() {
            let (word, bit) = (place / 64, 1 << (place % 64));
            if index.rest[place].flat != Condition::True {
                index.conditional[word] |= bit;
            }
            match fixed {
                None => index.varying[word] |= bit,
                Some(prospect) if first && !prospect.is_open() => index.certain[word] |= bit,
                Some(_) => {}
            }
        }
        index
    }

    /// The prospects of a state: a list.
    #[inline]
    pub fn prospects(&mut self, store: &Store, facts: FactsId) -> ListId {
        let known = self.by_facts.get(facts.index()).copied().flatten();
        known.unwrap_or_else(|| self.list(store, facts))
    }

    /// The prospects in a list, in order.
    #[inline]
    pub fn slice(&self, list: ListId) -> &[Prospect] {
        &self.prospects[span(&self.ends, list)]
    }

    /// The prospects in the list that has this place, if there is one yet.
    pub fn nth(&self, place: usize) -> Option<&[Prospect]> {
        let number = u32::try_from(place + 1).ok()?;
        (place < self.ends.len()).then(|| self.slice(ListId(number.try_into().expect("over 0"))))
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
        self.guards.open(store.values(facts), &mut self.left);
        let view = Facts { store, facts };
        for (word, conditional) in self.conditional.iter().enumerate() {
            for place in places(&[self.left[word] & conditional]) {
                let flat = &self.rest[word * 64 + place].flat;
                if !flat.holds(&view).expect("this part of it cannot fail") {
                    self.left[word] &= !(1 << place);
                }
            }
        }
        self.cut_short();
        let varies = self.left.iter().zip(&self.varying).any(|(l, v)| l & v != 0);
        let known = match varies {
            true => None,
            false => self.by_mask.get(self.left.as_slice()).copied(),
        };
        let list = known.unwrap_or_else(|| self.list_of_left(store, facts, varies));
        if self.by_facts.len() <= facts.index() {
            self.by_facts.resize(store.valuations(), None);
        }
        self.by_facts[facts.index()] = Some(list);
        list
    }

    /// Leaves out what stands behind an event that is possible, if only the first is wanted.
    fn cut_short(&mut self) {
        let mut past = false;
        for (left, certain) in self.left.iter_mut().zip(&self.certain) {
            if past {
                *left = 0;
                continue;
            }
            let found = *left & certain;
            if found != 0 {
                *left &= u64::MAX >> (63 - found.trailing_zeros());
                past = true;
            }
        }
    }

    /// The list of the events left over by the guards.
    fn list_of_left(&mut self, store: &Store, facts: FactsId, varies: bool) -> ListId {
        let values = store.values(facts);
        let start = self.prospects.len();
        for place in places(&self.left) {
            let open = &self.rest[place].open;
            let prospect = self.fixed[place].or_else(|| Prospect::of(place, open, Some(values)));
            self.prospects.extend(prospect);
        }
        if varies {
            return self.intern(start);
        }
        let list = self.added();
        self.by_mask.insert(self.left.as_slice().into(), list);
        list
    }

    /// A new list, of the prospects at the end.
    fn added(&mut self) -> ListId {
        let number = u32::try_from(self.ends.len() + 1).expect("fewer than 2^32 lists");
        let end = u32::try_from(self.prospects.len()).expect("fewer than 2^32 prospects");
        self.ends.push(end);
        ListId(number.try_into().expect("counted from 1"))
    }

    /// The list for the prospects from here on, which are at the end.
    fn intern(&mut self, start: usize) -> ListId {
        let key = |list: &[Prospect]| hash(list.iter().flat_map(|prospect| prospect.bits()));
        let hash = key(&self.prospects[start..]);
        let (prospects, ends) = (&self.prospects, &self.ends);
        let found = self.table.find(hash, |&list| {
            prospects[span(ends, list)] == prospects[start..]
        });
        if let Some(&list) = found {
            self.prospects.truncate(start);
            return list;
        }
        let list = self.added();
        let (prospects, ends) = (&self.prospects, &self.ends);
        self.table
            .insert_unique(hash, list, |&list| key(&prospects[span(ends, list)]));
        list
    }
}

/// The places in a mask.
fn places(mask: &[u64]) -> impl Iterator<Item = usize> {
    mask.iter().enumerate().flat_map(|(word, &bits)| {
        let mut left = bits;
        std::iter::from_fn(move || {
            let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(word * 64 + bit)
        })
    })
}

/// Where a list stands.
#[inline]
fn span(ends: &[u32], list: ListId) -> std::ops::Range<usize> {
    let start = match list.index() {
        0 => 0,
        place => ends[place - 1] as usize,
    };
    start..ends[list.index()] as usize
}

impl Prospect {
    /// An event of whose precondition this is open; `None` if that depends on facts not given.
    fn of(place: usize, open: &Condition, facts: Option<&[Value]>) -> Option<Prospect> {
        Some(Prospect {
            place: u32::try_from(place).expect("fewer than 2^32 events"),
            test: Test::of(open, facts)?,
        })
    }

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

    /// What it asks, if that is whether one mind has (or has not) a value.
    pub fn question(self) -> Option<(CharacterId, FluentId, Value, bool)> {
        match self.test {
            Test::Is(mind, fluent, value) => Some((mind, fluent, value, true)),
            Test::IsNot(mind, fluent, value) => Some((mind, fluent, value, false)),
            Test::Passed | Test::Open => None,
        }
    }

    /// Is there something to be asked about minds?
    #[inline]
    pub fn is_open(self) -> bool {
        self.test != Test::Passed
    }
}

impl Test {
    /// What is to be asked; `None` if that depends on facts not given.
    fn of(open: &Condition, facts: Option<&[Value]>) -> Option<Test> {
        if *open == Condition::True {
            return Some(Test::Passed);
        }
        let Some((reading, comparator, right)) = simple(open) else {
            return Some(Test::Open);
        };
        let value = match right {
            Term::Constant(value) => *value,
            Term::Fluent(right) if right.chain.is_empty() => facts?[right.fluent.index()],
            _ => return Some(Test::Open),
        };
        Some(match (&*reading.chain, comparator) {
            (&[character], Comparator::Equal) => Test::Is(character, reading.fluent, value),
            (&[character], Comparator::Unequal) => Test::IsNot(character, reading.fluent, value),
            _ => Test::Open,
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
