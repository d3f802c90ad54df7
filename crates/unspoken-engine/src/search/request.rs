//! What is asked of a search and what it answers: values only.

use crate::demands::{Demands, Progress};
use crate::plan::Plan;

/// What to look for, and how far. A limit that is `None` is none.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The author's utility to reach (and the start's to exceed). `None`: the demands are all.
    pub goal: Option<f64>,
    /// What else the story must do.
    pub demands: Demands,
    /// Most acts of the story.
    pub author_limit: Option<u32>,
    /// How many acts ahead of the author's act, itself counted, anybody looks.
    pub character_limit: Option<u32>,
    /// How deeply minds within minds are searched.
    pub epistemic_limit: Option<u32>,
    /// Stop after asking the space for so many transitions.
    pub transitions: Option<u64>,
    /// Stop after so much time.
    pub milliseconds: Option<u64>,
    /// Once there is a plan, stop looking for a shorter one after so much time (counted from the
    /// beginning).
    pub budget: Option<u64>,
    /// Stop at the first plan.
    pub any: bool,
    /// Which ideas to use; all, but for measuring what each is worth.
    pub ideas: Ideas,
}

/// What a search may be made without, to measure what it brings. Answers stay right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ideas {
    /// Trying everything for a moment before anything is guessed.
    pub breadth: bool,
    /// A greedy first plan (`guided`).
    pub guided: bool,
    /// Leaving out nodes that relaxed plans say are too far from anything.
    pub cuts: bool,
    /// Remembering what remains of a reason as a reason.
    pub suffixes: bool,
    /// Counting less on acts that were asked about in vain.
    pub delays: bool,
    /// A second thread, where a plan is there and to be made shorter.
    pub together: bool,
}

impl Ideas {
    /// Does without an idea; false if there is none of that name.
    pub fn without(&mut self, name: &str) -> bool {
        *match name {
            "breadth" => &mut self.breadth,
            "guided" => &mut self.guided,
            "cuts" => &mut self.cuts,
            "suffixes" => &mut self.suffixes,
            "delays" => &mut self.delays,
            "together" => &mut self.together,
            _ => return false,
        } = false;
        true
    }
}

impl Default for Ideas {
    fn default() -> Ideas {
        Ideas {
            breadth: true,
            guided: true,
            cuts: true,
            suffixes: true,
            delays: true,
            together: true,
        }
    }
}

/// How a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There is a plan.
    Found,
    /// There is none within these limits, everything was tried; and none was met beyond them.
    Impossible,
    /// Told to stop, or out of transitions or time.
    Stopped,
}

/// What a search gives back.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// How it ended.
    pub outcome: Outcome,
    /// The solution; otherwise the best plan met that raises the author's utility, if any.
    pub plan: Option<Plan>,
    /// The author's utility at the end of `plan`.
    pub utility: Option<f64>,
    /// Is it proven that no shorter plan would do, within the limits?
    pub shortest: bool,
    /// The most that any explained story met of the demands.
    pub furthest: Progress,
    /// How the first plan was come by.
    pub first: Option<First>,
    /// Transitions asked of the space.
    pub transitions: u64,
    /// States of the world at which a story was continued or ended; again, where the search began
    /// anew.
    pub states: u64,
    /// Questions after a reason that memory could not answer.
    pub explanations: u64,
    /// How long it took.
    pub milliseconds: f64,
}

/// A first plan, which may not be the shortest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct First {
    /// How many acts it has.
    pub acts: usize,
    /// Transitions asked for until then.
    pub transitions: u64,
    /// How long it took.
    pub milliseconds: f64,
}
