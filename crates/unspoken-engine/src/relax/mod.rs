//! How far off is what somebody wants, at least and about, and which acts lead towards it?
//!
//! Relaxed planning: an act adds to the values that a fluent may have and takes none away. Stands
//! between the states and a search, which asks through [`crate::space::Space::outlook`].

use std::sync::Arc;

use crate::ground::Condition;
use crate::ids::{CharacterId, EventId};

/// What is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Aim<'a> {
    /// Who wants it: a character, who counts on no act of the author's; or (`None`) the author.
    pub whose: Option<CharacterId>,
    /// How high the utility of `whose` is to be at the end.
    pub utility: Option<Threshold>,
    /// What is to hold at some time, each by itself, now or later.
    pub pass: &'a [&'a Condition],
    /// Groups of actions of each of which at least one is still to be done.
    pub acts: &'a [&'a [EventId]],
    /// By event: what must not be done. May be shorter, or empty.
    pub never: &'a [bool],
}

/// A mark for a utility.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Threshold {
    /// More than this.
    Above(f64),
    /// This or more.
    AtLeast(f64),
}

impl Threshold {
    /// Is that height enough?
    pub fn reached(self, height: f64) -> bool {
        match self {
            Threshold::Above(mark) => height > mark,
            Threshold::AtLeast(mark) => height >= mark,
        }
    }
}

/// How things look from a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// No fewer acts will do; 0 where nothing is left to be done.
    pub at_least: u32,
    /// The acts of a plan in which nothing stands in the way of anything else.
    pub about: u32,
    /// Those of them that may be possible at once, sorted.
    pub helpful: Arc<[EventId]>,
}

impl Outlook {
    /// Nothing is known but whether anything is left to be done.
    pub fn unknown(reached: bool) -> Outlook {
        Outlook {
            at_least: u32::from(!reached),
            about: u32::from(!reached),
            helpful: Arc::new([]),
        }
    }
}
