//! What is true, what is believed: exceptions to common valuations.

use crate::crowd::draft::{Draft, SheetId};
use crate::ids::{CharacterId, FluentId};
use crate::minds::Owner;
use crate::value::Value;

/// A valuation; whoever has it takes everybody to have it, to any depth.
#[derive(Clone, Debug)]
pub(super) struct Common {
    pub values: Box<[Value]>,
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
    commons: Vec<Common>,
    minds: Vec<Mind>,
}

/// The true state.
pub(super) const ACTUAL: MindId = MindId(0);

impl Store {
    /// No minds yet.
    pub fn new(depth: u32) -> Store {
        Store {
            depth,
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
