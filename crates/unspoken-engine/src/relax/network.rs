//! The relaxed problem as a network of gates that open and never close.
//!
//! Receives nothing; `compile` builds it and `layers` lets it run. A gate stands for something
//! that may be the case: that a fluent has a value, that a condition holds, that an effect
//! applies. It opens when enough of the gates before it are open.

use crate::format::Comparator;
use crate::ids::{CharacterId, EventId, FluentId};
use crate::relax::amounts::Measure;
use crate::relax::goal::Goal;

/// A place among the gates.
pub(super) type Gate = u32;

/// A place among the places.
pub(super) type Place = u32;

/// Open from the start.
pub(super) const ALWAYS: Gate = 0;

/// No gate at all: what can never be the case.
pub(super) const NEVER: Gate = u32::MAX;

/// No action.
pub(super) const NO_ACT: u32 = u32::MAX;

/// Whose values are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Level {
    /// What is true, now and for good: a copy that nothing adds to.
    Still,
    /// What is true.
    Actual,
    /// What this character believes.
    Mind(CharacterId),
    /// What this character takes to have been so, seeing an act that it thought impossible.
    Seeing(CharacterId),
    /// What anybody anywhere takes to be so.
    Anywhere,
}

impl Level {
    /// Where a chain of minds leads from here.
    pub fn within(self, chain: &[CharacterId]) -> Level {
        match (self, chain) {
            (_, []) => self,
            (Level::Actual, [mind]) => Level::Mind(*mind),
            (Level::Mind(own) | Level::Seeing(own), [mind]) if own == *mind => self,
            (Level::Still, _) => unreachable!("only what is true is looked at as it is now"),
            _ => Level::Anywhere,
        }
    }
}

/// How a gate opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// When all those before it are open.
    All,
    /// When one of those before it is.
    Any,
    /// When the place has a number.
    Number(Place),
    /// When the test may come out so.
    Test(u32),
}

/// A fluent at a level, and the gates of the values it may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seed {
    pub fluent: FluentId,
    /// Where in `Network::slots` its own begin.
    pub slots: u32,
    /// Where in `Network::values` those of its kin begin, and how many there are.
    pub values: u32,
    pub named: u32,
}

/// A comparison of amounts; `denied`: that it fails.
#[derive(Clone, Debug)]
pub(super) struct Test {
    pub gate: Gate,
    pub comparator: Comparator,
    pub denied: bool,
    pub left: Measure,
    pub right: Measure,
}

/// A number that a place takes when a gate is open.
#[derive(Clone, Debug)]
pub(super) struct Assignment {
    pub place: Place,
    pub measure: Measure,
    /// The gate of the effect.
    pub gate: Gate,
    /// Whether it takes an act, and so counts from the next layer on.
    pub later: bool,
    /// The first that gives the place the same measure.
    pub like: u32,
}

/// What is to be looked at when a gate opens or a place grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    Test(u32),
    /// A part of the goal.
    Part(u32),
    /// An assignment, whose gate it is.
    Assignment(u32),
}

/// Lists, one after another.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy> Rows<T> {
    pub fn of(rows: &[Vec<T>]) -> Rows<T> {
        let mut packed = Rows {
            starts: vec![0],
            items: Vec::with_capacity(rows.iter().map(Vec::len).sum()),
        };
        for row in rows {
            packed.items.extend_from_slice(row);
            let end = u32::try_from(packed.items.len()).expect("fewer than 2^32 links");
            packed.starts.push(end);
        }
        packed
    }

    #[inline]
    pub fn row(&self, place: u32) -> &[T] {
        let place = place as usize;
        &self.items[self.starts[place] as usize..self.starts[place + 1] as usize]
    }
}

/// Slots that every place has, before those of named values.
pub(super) const UNKNOWN: u32 = 0;
pub(super) const NUMBER: u32 = 1;
/// A value that nothing compares it with.
pub(super) const OTHER: u32 = 2;
pub(super) const FALSE: u32 = 3;
pub(super) const TRUE: u32 = 4;
pub(super) const FIRST_NAMED: u32 = 5;

/// A relaxed problem, ready to run from any state.
#[derive(Clone, Debug)]
pub(super) struct Network {
    pub kinds: Vec<Kind>,
    /// How many of the gates before a gate have to open.
    pub wanting: Vec<u32>,
    /// The gates before a gate of kind `All`.
    pub before: Rows<Gate>,
    /// The gates before a gate of kind `Any`: at once, and by an act.
    pub any_before: Rows<Gate>,
    pub act_before: Rows<Gate>,
    /// The gates after a gate, at once.
    pub now: Rows<Gate>,
    /// The gates after a gate, in the next layer: it takes an act.
    pub later: Rows<Gate>,
    /// How many events there are.
    pub events: usize,
    /// That act, or `NO_ACT`.
    pub acts: Vec<u32>,
    /// Does nothing follow from a gate but other gates, at once?
    pub plain: Vec<bool>,
    /// Who reads a gate, and who a place.
    pub gate_readers: Rows<Reader>,
    pub place_readers: Rows<Reader>,
    /// The assignments to a place.
    pub place_assignments: Rows<u32>,
    pub tests: Vec<Test>,
    pub assignments: Vec<Assignment>,
    /// By place.
    pub seeds: Vec<Seed>,
    /// The levels, in order, and their places.
    pub levels: Vec<(Level, Vec<Place>)>,
    /// The gates of the values of places.
    pub slots: Vec<Gate>,
    /// Slots by value (its bits), for each family of fluents; what lies beyond is some other value.
    pub values: Vec<u32>,
    /// What has to open besides the goal; `None` if it cannot.
    pub passed: Option<Gate>,
    /// The utility.
    pub goal: Goal,
    /// So many groups of acts have none in common: no fewer acts will do.
    pub apart: u32,
}

impl Network {
    /// The act behind a gate.
    pub fn act(&self, gate: Gate) -> Option<EventId> {
        let act = self.acts[gate as usize];
        (act != NO_ACT).then_some(EventId(act))
    }
}
