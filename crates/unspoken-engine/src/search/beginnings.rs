//! Why somebody would begin with an act: reasons asked for one at a time, while a story runs, with
//! bounded work.
//!
//! What is answered depends on the question alone, and not on what was asked before: a run that is
//! saved and taken up again elsewhere must go on as it would have. So each question is worked out
//! from nothing but the states (where transitions are remembered, but count as work all the same),
//! and what is kept is whole answers with the work that they took: with less work there is none.
//!
//! Whoever asks may rule out *deeds*, each an act in the state in which it would be done, or in any:
//! the owner then looks for a way without them, as if they were impossible to it (in its plan, and in
//! what its plan is held against to be minimal). To others, and to the owner as others imagine it,
//! they are as possible as ever.

use std::panic::resume_unwind;
use std::thread;
use std::time::Instant;

use rustc_hash::FxHashMap;

use super::quest::Order;
use super::reasons::{Answer, Budget, Question};
use super::watch::{Control, Halt, Watch};
use super::{Memory, Request, STACK_BYTES, Search, no_thread};
use crate::fault::Fault;
use crate::ids::{EventId, NodeId};
use crate::space::Space;

/// How far somebody looks, and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Effort {
    /// Most acts of a reason, the first among them; at least 1.
    pub character_limit: u32,
    /// How deep minds may be within minds in which reasons are looked for.
    pub epistemic_limit: u32,
    /// In ticks: transitions, and what costs about as much.
    pub work: u64,
}

/// Why somebody would begin with an act.
#[derive(Clone, Debug, PartialEq)]
pub struct Beginning {
    /// What it means to do, and sees others do, after the act.
    pub rest: Vec<EventId>,
    /// Its utility in the world that it believes in, before the act.
    pub before: f64,
    /// Its utility where it expects to end.
    pub after: f64,
}

/// An act, in the state in which it would be done, or in any.
pub type Deed = (Option<NodeId>, EventId);

/// What came of a question within limits.
#[derive(Clone)]
enum Outcome {
    /// A reason or none, and what that took.
    Settled(Option<Beginning>, u64),
    /// Not settled with so much work.
    Open(u64),
}

/// As in [`Effort`].
type Limits = (u32, u32);

/// Every question that was asked, and what came of it.
#[derive(Clone, Default)]
pub struct Beginnings {
    outcomes: FxHashMap<(Question, Limits, Box<[Deed]>), Outcome>,
}

/// Minds in minds as deep as this need no stack of their own.
const SHALLOW: u32 = 8;

impl Beginnings {
    /// Why would somebody, believing in a state, begin with that act, and go on without these deeds?
    /// `None` if for no reason, or for none that so much effort finds.
    ///
    /// As (`believed`, `who`, `act`).
    pub fn reason<S: Space + Send>(
        &mut self,
        space: &mut S,
        question: Question,
        effort: Effort,
        without: &[Deed],
    ) -> Result<Option<Beginning>, Fault> {
        let mut barred = without.to_vec();
        barred.sort_unstable();
        barred.dedup();
        let limits = (effort.character_limit, effort.epistemic_limit);
        let key = (question, limits, barred.into_boxed_slice());
        let known = self.outcomes.get(&key);
        if let Some(answer) = known.and_then(|known| known.within(effort.work)) {
            return Ok(answer);
        }
        let outcome = if effort.epistemic_limit.min(effort.character_limit) <= SHALLOW {
            work_out(space, question, effort, without)?
        } else {
            thread::scope(|scope| {
                let work = || work_out(space, question, effort, without);
                let deep = thread::Builder::new().stack_size(STACK_BYTES);
                let running = deep.spawn_scoped(scope, work).map_err(no_thread)?;
                running.join().unwrap_or_else(|panic| resume_unwind(panic))
            })?
        };
        let answer = outcome.within(effort.work).flatten();
        self.outcomes.insert(key, outcome);
        Ok(answer)
    }
}

impl Outcome {
    /// The answer that so much work gives, if that is known.
    fn within(&self, work: u64) -> Option<Option<Beginning>> {
        match self {
            Outcome::Settled(answer, took) if *took <= work => Some(answer.clone()),
            Outcome::Settled(..) => Some(None),
            Outcome::Open(tried) => (work <= *tried).then_some(None),
        }
    }
}

fn work_out<S: Space>(
    space: &mut S,
    question: Question,
    effort: Effort,
    without: &[Deed],
) -> Result<Outcome, Fault> {
    let request = Request {
        character_limit: Some(effort.character_limit),
        epistemic_limit: Some(effort.epistemic_limit),
        ..Request::default()
    };
    let budget = Budget {
        length: effort.character_limit.max(1),
        depth: effort.epistemic_limit,
    };
    let (mut memory, control) = (Memory::default(), Control::default());
    let watch = Watch::new(&control, &request, Instant::now());
    let mut search = Search::new(space, &mut memory, &request, watch);
    search.barred.extend(without);
    let _ = search.watch.allow(effort.work);
    match search.find_reason(question, budget, Order::Breadth) {
        Ok(answer) => {
            let reason = match answer {
                Answer::Explained((path, before, after)) => Some(Beginning {
                    rest: path.acts[1..].to_vec(),
                    before,
                    after,
                }),
                Answer::Unexplained(_) => None,
            };
            Ok(Outcome::Settled(reason, search.watch.spent()))
        }
        Err(Halt::Stopped | Halt::Unfinished) => Ok(Outcome::Open(effort.work)),
        Err(Halt::Fault(fault)) => Err(fault),
    }
}
