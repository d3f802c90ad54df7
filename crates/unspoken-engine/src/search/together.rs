//! Two at once, when there is a plan: one tries everything shorter, to the end, the other goes on
//! guessing, for the case that the first does not come to an end in time.
//!
//! If the first comes to an end, its answer alone counts: the story that it found, or, if there is
//! none, the one that both began with. So what is proven does not depend on which thread was faster.

use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;

use super::unlimited::Within;
use super::watch::Halt;
use super::{STACK_BYTES, Search, Solved, no_thread};
use crate::ids::NodeId;
use crate::space::Space;

/// Sets a mark even if its owner ends by a panic.
struct Mark(Arc<AtomicBool>);

impl Drop for Mark {
    fn drop(&mut self) {
        self.0.store(true, Relaxed);
    }
}

/// Guessing with more patience than this is no use.
const MOST_ROUNDS: u32 = 40;

impl<S: Space + Clone + Send> Search<'_, S> {
    /// Is a second thread of use? Not where transitions are counted out, which is done one by one.
    pub(super) fn may_use_threads(&self) -> bool {
        self.request.ideas.together
            && self.request.transitions.is_none()
            && thread::available_parallelism().is_ok_and(|count| count.get() > 1)
    }

    /// The solution, which there is, made shorter, and whether it is proven to be a shortest.
    pub(super) fn story_together(
        &mut self,
        start: NodeId,
        floor: f64,
        first_round: u32,
        mut slice: u64,
    ) -> Result<Option<(Solved, bool)>, Halt> {
        let request = self.request;
        let begun_with = self.solution.clone();
        let (mut space, mut memory) = (self.space.clone(), self.memory.clone());
        let solution = self.solution.clone();
        let (ended, needless) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
        let mut watch = self.watch.fork();
        watch.until(Some(needless.clone()));
        let mark = Mark(ended.clone());
        let try_everything = move || {
            let _mark = mark;
            let mut search = Search::new(&mut space, &mut memory, request, watch);
            search.solution = solution;
            let limit = search.author_limit();
            let within = search.story_within_limits(request, start, floor, limit);
            search.watch.transitions();
            Ok(match within? {
                Within::Story(story) => Some(search.told(&story)),
                Within::Nothing(..) => None,
            })
        };
        let (proof, guessing) = thread::scope(|scope| {
            let deep = thread::Builder::new().stack_size(STACK_BYTES);
            let running = deep
                .spawn_scoped(scope, try_everything)
                .map_err(no_thread)?;
            self.watch.until(Some(ended));
            let mut guessing = Ok(());
            for round in first_round..MOST_ROUNDS {
                guessing = self.guess(start, floor, round, slice);
                if self.is_least() {
                    needless.store(true, Relaxed);
                }
                if guessing.is_err() || self.is_least() {
                    break;
                }
                slice = slice.saturating_mul(2);
            }
            self.watch.until(None);
            let proof = running.join().unwrap_or_else(|panic| resume_unwind(panic));
            Ok::<_, Halt>((proof, guessing))
        })?;
        match (proof, guessing) {
            (Ok(Some(shortest)), _) => Ok(Some((shortest, request.character_limit.is_some()))),
            (Ok(None), _) => Ok(begun_with.map(|solution| (solution, true))),
            (Err(Halt::Fault(fault)), _) | (_, Err(Halt::Fault(fault))) => Err(Halt::Fault(fault)),
            (Err(_), _) => Ok(self.proven(self.is_least())),
        }
    }
}
