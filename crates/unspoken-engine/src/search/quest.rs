//! What a pursuit is after, and what comes of it: values only. Used by `pursuit`, and by whoever
//! sends it.

use super::reasons::{Budget, Cut, ReasonId};
use crate::ids::{CharacterId, EventId, NodeId};

/// Who pursues what, from where, how far.
pub(super) enum Quest {
    /// The author, from the initial state, what the request wants.
    Author {
        start: NodeId,
        /// The utility there, to be exceeded.
        floor: f64,
        limit: u32,
        /// For everybody's reasons.
        budget: Budget,
    },
    /// A character that believes in `believed` and looks for a reason for `first`.
    Character {
        who: CharacterId,
        believed: NodeId,
        first: EventId,
        after_first: NodeId,
        /// For this reason.
        budget: Budget,
        /// Whether all proper subsequences are shadows, not only those without the first act.
        all_shadows: bool,
    },
}

impl Quest {
    pub(super) fn owner(&self) -> Option<CharacterId> {
        match self {
            Quest::Author { .. } => None,
            Quest::Character { who, .. } => Some(*who),
        }
    }

    pub(super) fn start(&self) -> NodeId {
        match self {
            Quest::Author { start, .. } => *start,
            Quest::Character { after_first, .. } => *after_first,
        }
    }

    /// Most steps from the start.
    pub(super) fn limit(&self) -> u32 {
        match self {
            Quest::Author { limit, .. } => *limit,
            Quest::Character { budget, .. } => budget.length - 1,
        }
    }

    /// What others may use to explain their part in the step (counted from 1).
    pub(super) fn budget(&self, step: u32) -> Budget {
        match self {
            Quest::Author { budget, .. } => *budget,
            // The step is act step + 1 of the reason: budget m - (i - 1).
            Quest::Character { budget, .. } => Budget {
                length: budget.length - step,
                depth: budget.depth - 1,
            },
        }
    }
}

/// In which order steps are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Fewest acts first.
    Breadth,
    /// Acts so far plus so many times the acts to go, as the relaxed plan has it.
    Guided { weight: u32 },
}

/// Acts with the reasons of those who must have one, in step.
#[derive(Clone, Default)]
pub(super) struct Path {
    pub(super) acts: Vec<EventId>,
    pub(super) reasons: Vec<Box<[ReasonId]>>,
}

impl Path {
    /// The act alone, which nobody else is asked about.
    pub(super) fn of(act: EventId) -> Path {
        Path {
            acts: vec![act],
            reasons: vec![[].into()],
        }
    }

    /// Of the acts, only those at these places.
    pub(super) fn only(&self, kept: &[usize]) -> Path {
        Path {
            acts: kept.iter().map(|&place| self.acts[place]).collect(),
            reasons: kept
                .iter()
                .map(|&place| self.reasons[place].clone())
                .collect(),
        }
    }

    /// From one of the acts on, in which nobody else is asked about the first.
    pub(super) fn from(&self, place: usize) -> Path {
        let mut path = Path {
            acts: self.acts[place..].to_vec(),
            reasons: self.reasons[place..].to_vec(),
        };
        path.reasons[0] = [].into();
        path
    }

    /// The same after one more act that nobody else is asked about.
    pub(super) fn after(self, first: EventId) -> Path {
        let mut path = Path::of(first);
        path.acts.extend(self.acts);
        path.reasons.extend(self.reasons);
        path
    }
}

pub(super) enum Pursued {
    /// The path, and the utility at its end.
    Reached(Path, Option<f64>),
    /// Nothing, and whether limits had a part in it.
    Exhausted { own_limit: bool, inside: Cut },
    /// An accepted path that does not stand because of unknown utilities (see above).
    Doubtful,
}
