//! What is true, what is believed: exceptions to common valuations.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::crowd::draft::{Draft, SheetId};
use crate::ground::{Slot, Table};
use crate::ids::{CharacterId, FluentId};
use crate::minds::Owner;
use crate::value::Value;

/// A valuation; whoever has it takes everybody to have it, to any depth.
#[derive(Clone, Debug)]
pub(super) struct Common {
    pub values: Box<[Value]>,
    /// For each table that was asked for, by value, whose fluents have it.
    holders: OnceLock<Holders>,
}

type Holders = Vec<OnceLock<FxHashMap<Value, Vec<CharacterId>>>>;

impl Common {
    /// Those whose fluent of a table has a value.
    pub fn holders(&self, tables: usize, table: &Table, value: Value) -> &[CharacterId] {
        let all = self.holders.get_or_init(|| vec![OnceLock::new(); tables]);
        let by_value = all[table.place].get_or_init(|| {
            let mut by_value: FxHashMap<Value, Vec<CharacterId>> = FxHashMap::default();
            for (character, slot) in (0..).map(CharacterId).zip(&table.slots) {
                let value = match *slot {
                    Slot::Constant(value) => value,
                    Slot::Fluent(fluent) => self.values[fluent.index()],
                };
                by_value.entry(value).or_default().push(character);
            }
            by_value
        });
        by_value.get(&value).map_or(&[], Vec::as_slice)
    }
}

/// The place of a common valuation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct CommonId(pub u32);

/// The place of a mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct MindId(pub u32);

/// Where beliefs are kept: a mind of its own, or a common one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Mind(MindId),
    Common(CommonId),
}

/// A state: the true one, or one that a chain of minds believes in.
#[derive(Clone, Debug)]
pub(super) struct Mind {
    /// What is so, save for the exceptions.
    pub base: CommonId,
    /// Fluents with another value, in order.
    pub exceptions: Vec<(FluentId, Value)>,
    /// Characters whose minds are not as `rest`, in order.
    pub minds: Vec<(CharacterId, MindId)>,
    /// What everybody else believes here.
    pub rest: CommonId,
}

/// The present state and all minds in it.
#[derive(Clone, Debug)]
pub(super) struct Store {
    /// Chains of so many minds have beliefs of their own.
    pub depth: u32,
    /// How many tables there are.
    tables: usize,
    commons: Vec<Common>,
    minds: Vec<Mind>,
}

/// The true state.
pub(super) const ACTUAL: MindId = MindId(0);

impl Store {
    /// No minds yet.
    pub fn new(depth: u32, tables: usize) -> Store {
        Store {
            depth,
            tables,
            commons: Vec::new(),
            minds: Vec::new(),
        }
    }

    /// How many minds there are that differ from a common one.
    pub fn len(&self) -> usize {
        self.minds.len()
    }

    /// About how many bytes they take.
    pub fn bytes(&self) -> usize {
        let commons = self
            .commons
            .iter()
            .map(|c| c.values.len() * size_of::<Value>());
        let minds = self.minds.iter().map(|mind| {
            mind.exceptions.capacity() * size_of::<(FluentId, Value)>()
                + mind.minds.capacity() * size_of::<(CharacterId, MindId)>()
        });
        commons.sum::<usize>() + minds.sum::<usize>() + self.minds.capacity() * size_of::<Mind>()
    }

    /// A common valuation's place.
    pub fn common(&mut self, values: Vec<Value>) -> CommonId {
        let same = |common: &Common| *common.values == *values;
        let place = self.commons.iter().position(same).unwrap_or_else(|| {
            self.commons.push(Common {
                values: values.into(),
                holders: OnceLock::new(),
            });
            self.commons.len() - 1
        });
        CommonId(u32::try_from(place).expect("fewer than 2^32 valuations"))
    }

    /// A new mind.
    pub fn mind(&mut self, base: CommonId, rest: CommonId) -> MindId {
        let place = u32::try_from(self.minds.len()).expect("fewer than 2^32 minds");
        self.minds.push(Mind {
            base,
            exceptions: Vec::new(),
            minds: Vec::new(),
            rest,
        });
        MindId(place)
    }

    /// Puts a mind within another.
    pub fn nest(&mut self, outer: MindId, character: CharacterId, inner: MindId) {
        let minds = &mut self.minds[outer.0 as usize].minds;
        match minds.binary_search_by_key(&character, |&(whose, _)| whose) {
            Ok(place) => minds[place].1 = inner,
            Err(place) => minds.insert(place, (character, inner)),
        }
    }

    #[inline]
    pub fn at(&self, mind: MindId) -> &Mind {
        &self.minds[mind.0 as usize]
    }

    /// The value of a fluent.
    #[inline]
    pub fn value(&self, place: Place, fluent: FluentId) -> Value {
        match place {
            Place::Common(common) => self.commons[common.0 as usize].values[fluent.index()],
            Place::Mind(mind) => {
                let mind = self.at(mind);
                match mind.exceptions.binary_search_by_key(&fluent, |&(f, _)| f) {
                    Ok(place) => mind.exceptions[place].1,
                    Err(_) => self.commons[mind.base.0 as usize].values[fluent.index()],
                }
            }
        }
    }

    /// Those whose fluent of a table has a value in a place, appended in order to `into`; a draft
    /// may say otherwise of some (`values`).
    pub fn holders(
        &self,
        place: Place,
        values: &[(FluentId, Value)],
        table: &Table,
        value: Value,
        into: &mut Vec<CharacterId>,
    ) {
        let (base, exceptions): (_, &[(FluentId, Value)]) = match place {
            Place::Common(common) => (common, &[]),
            Place::Mind(mind) => (self.at(mind).base, &self.at(mind).exceptions),
        };
        let start = into.len();
        let drafted = |fluent| values.iter().find(|&&(f, _)| f == fluent);
        let common = &self.commons[base.0 as usize];
        for &character in common.holders(self.tables, table, value) {
            let excepted = match table.slots[character.index()] {
                Slot::Constant(_) => false,
                Slot::Fluent(fluent) => {
                    let found = exceptions.binary_search_by_key(&fluent, |&(f, _)| f);
                    found.is_ok() || drafted(fluent).is_some()
                }
            };
            if !excepted {
                into.push(character);
            }
        }
        // A table's fluents mostly stand side by side; so do the exceptions among them.
        let (Some(&(first, _)), Some(&(last, _))) = (table.members.first(), table.members.last())
        else {
            return;
        };
        let from = exceptions.partition_point(|&(fluent, _)| fluent < first);
        for &(fluent, other) in &exceptions[from..] {
            if fluent > last {
                break;
            }
            if other == value && drafted(fluent).is_none() {
                into.extend(table.member(fluent));
            }
        }
        let heard = values.iter().filter(|&&(_, drafted)| drafted == value);
        into.extend(heard.filter_map(|&(fluent, _)| table.member(fluent)));
        into[start..].sort_unstable();
    }

    /// What a character believes, as believed in another place (not in its own mind).
    #[inline]
    pub fn believed(&self, place: Place, character: CharacterId) -> Place {
        match place {
            Place::Common(_) => place,
            Place::Mind(mind) => {
                let mind = self.at(mind);
                match mind.minds.binary_search_by_key(&character, |&(c, _)| c) {
                    Ok(place) => Place::Mind(mind.minds[place].1),
                    Err(_) => Place::Common(mind.rest),
                }
            }
        }
    }

    /// Enters what a draft says of the actual state and of the minds in it.
    pub fn enter(&mut self, draft: &Draft, root: SheetId) {
        debug_assert_eq!(draft.sheet(root).owner, Owner::NOBODY);
        self.enter_sheet(draft, root, ACTUAL);
    }

    fn enter_sheet(&mut self, draft: &Draft, sheet: SheetId, into: MindId) {
        let sheet = draft.sheet(sheet);
        let mind = &mut self.minds[into.0 as usize];
        for &(fluent, value) in &sheet.values {
            let base = self.commons[mind.base.0 as usize].values[fluent.index()];
            let exceptions = &mut mind.exceptions;
            match exceptions.binary_search_by_key(&fluent, |&(f, _)| f) {
                Ok(place) if value == base => {
                    exceptions.remove(place);
                }
                Ok(place) => exceptions[place].1 = value,
                Err(_) if value == base => {}
                Err(place) => exceptions.insert(place, (fluent, value)),
            }
        }
        for &(character, inner) in &sheet.minds {
            if draft.is_blank(inner) {
                continue;
            }
            let place = match self.believed(Place::Mind(into), character) {
                Place::Mind(mind) => mind,
                Place::Common(common) => {
                    let mind = self.mind(common, common);
                    self.nest(into, character, mind);
                    mind
                }
            };
            self.enter_sheet(draft, inner, place);
        }
    }
}
