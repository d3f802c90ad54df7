//! What an author demands of a story beside its end: scenes to pass through, acts that must or
//! must never occur, facts that must not be contradicted.
//!
//! Stands between the states (`minds`, through [`Space`]) and whatever judges stories (`search`,
//! `replay`). How far a story has met its demands is a small value, [`Progress`], that each act
//! carries on; so a search for a story with demands is a search over pairs (state, progress). This
//! is the product with a deterministic monitor that planning with temporally extended goals uses
//! (Bacchus and Kabanza 1998; Baier and McIlraith 2006), for the few forms that authors ask for.
//!
//! Every demand is met by the earliest occasion: scenes are a subsequence of what happens, so an
//! early match never spoils a later one. (What is to be kept from a scene on is kept from that
//! earliest occasion on; that is a rule, not a theorem.)

use crate::fault::Fault;
use crate::ground::Condition;
use crate::ids::{EventId, NodeId};
use crate::space::Space;

/// Something that a story must bring about once.
#[derive(Clone, Debug)]
pub enum Demand {
    /// A state, the initial one included, in which this holds.
    Pass(Condition),
    /// One of these acts; sorted.
    Act(Vec<EventId>),
}

/// A fact that must not be contradicted.
#[derive(Clone, Debug)]
pub struct Keep {
    /// From the first state on in which so many scenes have been met (0: from the beginning)...
    pub from: usize,
    /// ... this holds, in every state to the end.
    pub holds: Condition,
}

/// Everything demanded; nothing by default.
#[derive(Clone, Debug, Default)]
pub struct Demands {
    /// To be met in this order. One state may meet several in a row, one act only one.
    pub scenes: Vec<Demand>,
    /// To be met in any order; at most [`MOST_MUSTS`].
    pub musts: Vec<Demand>,
    /// Acts that do not occur; sorted.
    pub never: Vec<EventId>,
    /// What is not to be contradicted.
    pub keep: Vec<Keep>,
}

/// As many as progress has room for.
pub const MOST_MUSTS: usize = 32;

/// How far a story has met its demands: scenes, and which of the musts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Progress {
    /// How many scenes, from the first on.
    pub scenes: u32,
    /// A bit for each must.
    pub musts: u32,
}

impl Progress {
    /// How many demands have been met.
    pub fn met(self) -> u32 {
        self.scenes + self.musts.count_ones()
    }

    /// Is all that the other has met met here too?
    pub fn covers(self, other: Progress) -> bool {
        self.scenes >= other.scenes && self.musts & other.musts == other.musts
    }
}

impl Demands {
    /// Is nothing demanded?
    pub fn is_empty(&self) -> bool {
        self.scenes.is_empty()
            && self.musts.is_empty()
            && self.never.is_empty()
            && self.keep.is_empty()
    }

    /// Is all of it done? (What is to be kept and never to be done is seen to on the way.)
    pub fn are_met(&self, progress: Progress) -> bool {
        progress.scenes as usize == self.scenes.len()
            && progress.musts.count_ones() as usize == self.musts.len()
    }

    /// What is still to be met: conditions, and groups of acts.
    pub fn missing<'a>(
        &'a self,
        progress: Progress,
        pass: &mut Vec<&'a Condition>,
        acts: &mut Vec<&'a [EventId]>,
    ) {
        let scenes = self.scenes.iter().skip(progress.scenes as usize);
        let musts = self.musts.iter().enumerate();
        let musts = musts.filter(|(place, _)| progress.musts & (1 << place) == 0);
        for demand in scenes.chain(musts.map(|(_, must)| must)) {
            match demand {
                Demand::Pass(condition) => pass.push(condition),
                Demand::Act(group) => acts.push(group),
            }
        }
    }

    /// May this act occur at all?
    pub fn allow(&self, act: EventId) -> bool {
        self.never.binary_search(&act).is_err()
    }

    /// Progress in the initial state; None if it contradicts what is to be kept.
    pub fn begin<S: Space + ?Sized>(
        &self,
        space: &mut S,
        start: NodeId,
    ) -> Result<Option<Progress>, Fault> {
        self.look(space, Progress::default(), start)
    }

    /// Progress after an allowed act that has led to a state; None if that contradicts what is to
    /// be kept.
    pub fn follow<S: Space + ?Sized>(
        &self,
        space: &mut S,
        mut progress: Progress,
        act: EventId,
        after: NodeId,
    ) -> Result<Option<Progress>, Fault> {
        let is_done = |demand: &Demand| match demand {
            Demand::Act(acts) => acts.binary_search(&act).is_ok(),
            Demand::Pass(_) => false,
        };
        if self
            .scenes
            .get(progress.scenes as usize)
            .is_some_and(is_done)
        {
            progress.scenes += 1;
        }
        for (place, must) in self.musts.iter().enumerate() {
            if is_done(must) {
                progress.musts |= 1 << place;
            }
        }
        self.look(space, progress, after)
    }

    /// What a state adds to the progress.
    fn look<S: Space + ?Sized>(
        &self,
        space: &mut S,
        mut progress: Progress,
        state: NodeId,
    ) -> Result<Option<Progress>, Fault> {
        while let Some(Demand::Pass(condition)) = self.scenes.get(progress.scenes as usize) {
            if !space.holds(state, condition)? {
                break;
            }
            progress.scenes += 1;
        }
        for (place, must) in self.musts.iter().enumerate() {
            if progress.musts & (1 << place) == 0 {
                if let Demand::Pass(condition) = must {
                    if space.holds(state, condition)? {
                        progress.musts |= 1 << place;
                    }
                }
            }
        }
        for keep in &self.keep {
            if keep.from <= progress.scenes as usize && !space.holds(state, &keep.holds)? {
                return Ok(None);
            }
        }
        Ok(Some(progress))
    }
}
