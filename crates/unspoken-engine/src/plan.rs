//! A plan and the reasons for it, as values: what a search finds and a replay re-checks.

use crate::ids::{CharacterId, EventId};

/// Acts of a story, and why everybody takes their part in each.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// In order, from the initial state.
    pub acts: Vec<EventId>,
    /// For each act, a reason for each of its consenting characters, in their order.
    pub reasons: Vec<Vec<Reason>>,
}

/// Why a character takes part in an act: a plan of its own, in the world as it believes it to be,
/// that begins with that act.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// Whose reason it is.
    pub character: CharacterId,
    /// What it means to do, and sees others do, after the act.
    pub rest: Vec<EventId>,
    /// For each act of `rest`, a reason for each consenting character but this one, in order.
    pub reasons: Vec<Vec<Reason>>,
    /// Its utility in the world that it believes in, before the act; `None` where nobody worked
    /// it out (a plan read from text).
    pub before: Option<f64>,
    /// Its utility where it expects to end.
    pub after: Option<f64>,
}
