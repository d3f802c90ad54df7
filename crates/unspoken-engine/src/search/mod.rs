//! Finds the shortest story that raises the author's utility to a goal, with a reason for every
//! act of everybody who takes part in it.
//!
//! Knows states only through [`Space`]. One mechanism, `pursuit`, serves the author and, inside
//! the minds, every character; `reasons` asks it on a character's behalf and remembers the
//! answers; `minimal` leaves out what a plan can do without. `guided` comes by a first plan soon,
//! `unlimited` tries everything, also without limits that were not given, `spelled` goes past limits
//! where a plan itself shows why; this file takes them in turn. `solutions` gives all plans, not
//! one, `beginnings` single reasons while a story runs, and `why_not` says what is lacking; all use
//! the same parts.
//!
//! # What is sought
//!
//! The definition is Sabre's (Ware and Siler 2021, with the limits of its version 0.8).
//!
//! A *reason* of character c for act a, in the state b that c believes in, is a plan a = e1..ek:
//!
//! 1. each act is possible when it comes, starting from b, and none is the author's own;
//! 2. c's utility at the end is higher than at every earlier state of the plan (so each act is
//!    still worth doing when it comes); an unknown utility is never a rise, before or after;
//! 3. each of e2..ek has a reason for each of its consenting characters other than c, in the state
//!    that c, at that moment, imagines them to believe in. The partners of e1 are not asked;
//! 4. it is *minimal*: no proper subsequence (order kept, leaving out e1 allowed) ends at least as
//!    high for c, where each act kept after the first omission must be possible and explained by
//!    the very reasons of this plan, which must hold (1 to 4) in the states it now comes in.
//!
//! A *solution* is a plan of at least one act from the initial state, each act explained for all
//! its consenting characters, that ends at or above the goal and above the start, and is minimal
//! for the author in the sense of 4.
//!
//! *Limits*: the author's bounds the acts of the solution. The characters' limit T bounds how far
//! from the author's act anybody's imagination reaches: a reason has at most T acts, and a reason
//! for the i-th act of a plan with budget m has budget m - (i - 1). The epistemic limit E bounds
//! the nesting of minds searched. Reasons of a single act are accepted beyond T and E. Longer ones
//! are accepted too where the plan spells them out (defined in `spelled`), but only looked for where
//! there is no solution within the limits.
//!
//! # What is claimed
//!
//! *Found*: the plan is a solution; if `shortest` is set, no solution within the limits is shorter.
//! It is the shortest that was met: within the limits, if one was met there, or else of those that
//! spell out what is beyond them. *Impossible*: no solution exists within the limits (and none
//! beyond them was met that spells itself out; that search is not exhaustive). All this holds up to
//! one choice: where an act of somebody else inside a reason has several reasons, the first found
//! is taken, and minimality is judged by it. Another that happens not to hold where that one does
//! could in principle make a plan minimal that we refuse.
//!
//! Effort is counted in steps of work, not in time, so the course of a search is the same on every
//! machine; only where time or a person ends it does it matter how far it got.

mod beginnings;
mod guided;
mod minimal;
mod nodes;
mod pursuit;
mod quest;
mod reasons;
mod request;
mod shadows;
mod solutions;
mod spelled;
mod together;
mod unlimited;
mod walks;
mod watch;
mod why_not;

use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use rustc_hash::{FxHashMap, FxHashSet};

pub use beginnings::{Beginning, Beginnings, Deed, Effort};
pub use request::{First, Ideas, Outcome, Report, Request};
pub use solutions::{Solution, Solutions};
pub use watch::Control;
pub use why_not::{Account, Finding, why_not};

use crate::demands::Progress;
use crate::fault::Fault;
use crate::ids::{CharacterId, EventId, NodeId};
use crate::plan::{Plan, Reason};
use crate::space::Space;
use guided::{Delays, Guiding, Tried, Try};
use quest::{Order, Path, Quest};
use reasons::{Budget, Question, Reasons};
use shadows::Sets;
use unlimited::{Suppositions, Within};
use watch::{Halt, Watch};

/// Searches. Errors are faults of the space (a world that contradicts itself on the way).
pub fn solve<S: Space + Clone + Send>(
    space: &mut S,
    request: &Request,
    control: &Control,
) -> Result<Report, Fault> {
    let started = Instant::now();
    thread::scope(|scope| {
        let search = || search(space, request, control, started);
        let deep = thread::Builder::new().stack_size(STACK_BYTES);
        let running = deep.spawn_scoped(scope, search).map_err(no_thread)?;
        running.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// Effort, in ticks, for trying everything before anything is guessed: small stories need no more.
const FIRST_SLICE: u64 = 20_000;

/// Effort, in ticks, that is worth a thread.
const WORTH_A_THREAD: u64 = 80_000;

/// How many acts ahead anybody looks while there is no limit and no need to look further.
const FORESIGHT: u32 = 8;

/// Minds within minds within minds: the search calls itself as deeply as reasons nest.
const STACK_BYTES: usize = 256 << 20;

fn no_thread(error: std::io::Error) -> Fault {
    Fault::new("no-thread").with("error", error)
}

fn search<S: Space + Clone + Send>(
    space: &mut S,
    request: &Request,
    control: &Control,
    started: Instant,
) -> Result<Report, Fault> {
    let mut memory = Memory::default();
    let mut search = Search::new(
        space,
        &mut memory,
        request,
        Watch::new(control, request, started),
    );
    let (outcome, solved, shortest) = match search.story() {
        Ok(Some((solved, shortest))) => (Outcome::Found, Some(solved), shortest),
        Ok(None) => (Outcome::Impossible, None, false),
        Err(Halt::Stopped | Halt::Unfinished) => match search.solution.take() {
            Some(solved) => (Outcome::Found, Some(solved), false),
            None => (Outcome::Stopped, None, false),
        },
        Err(Halt::Fault(fault)) => return Err(fault),
    };
    let best = search.best.take();
    let given = solved.or_else(|| best.map(|story| search.told(&story)));
    Ok(Report {
        outcome,
        utility: given.as_ref().and_then(|given| given.utility),
        plan: given.map(|given| given.plan),
        shortest,
        furthest: search.furthest,
        first: search.first,
        transitions: search.watch.transitions(),
        states: search.watch.states(),
        explanations: search.watch.explanations(),
        milliseconds: started.elapsed().as_secs_f64() * 1000.0,
    })
}

/// The author's plan and where it ends.
struct Story {
    path: Path,
    /// None only where no goal was set.
    utility: Option<f64>,
}

/// A story as values, which mean the same in every search.
#[derive(Clone)]
struct Solved {
    plan: Plan,
    utility: Option<f64>,
}

/// What is remembered of a space; true whatever is looked for in it.
#[derive(Clone, Default)]
struct Memory {
    sets: Sets,
    reasons: Reasons,
    /// Possible actions by state.
    options: FxHashMap<NodeId, Arc<[EventId]>>,
    utilities: FxHashMap<(NodeId, Option<CharacterId>), Option<f64>>,
    /// Questions put off.
    tried: FxHashMap<Question, Tried>,
    delays: Delays,
}

/// A search at work.
struct Search<'a, S> {
    space: &'a mut S,
    memory: &'a mut Memory,
    request: &'a Request,
    watch: Watch<'a>,
    /// Are nodes left out that relaxed plans say are too far from what is wanted?
    cutting: bool,
    /// How to look for reasons, unless exhaustively.
    guiding: Option<Guiding>,
    /// What the owner of the pursuit under way would not do.
    barred: FxHashSet<Deed>,
    /// What is taken for granted while limits are absent.
    suppositions: Option<Suppositions>,
    /// The best story so far that is no solution: the most demands met, then the highest utility.
    best: Option<Story>,
    /// The most that any story met of the demands.
    furthest: Progress,
    /// The shortest solution so far.
    solution: Option<Solved>,
    first: Option<First>,
}

impl<'a, S: Space> Search<'a, S> {
    fn new(
        space: &'a mut S,
        memory: &'a mut Memory,
        request: &'a Request,
        watch: Watch<'a>,
    ) -> Search<'a, S> {
        Search {
            space,
            memory,
            request,
            watch,
            cutting: request.ideas.cuts,
            guiding: None,
            barred: FxHashSet::default(),
            suppositions: None,
            best: None,
            furthest: Progress::default(),
            solution: None,
            first: None,
        }
    }
}

impl<S: Space + Clone + Send> Search<'_, S> {
    /// The solution, and whether it is proven to be a shortest within the limits: found by trying
    /// everything, in turns with a greedy search, each with more patience every time; past the
    /// limits only if there is none within.
    fn story(&mut self) -> Result<Option<(Solved, bool)>, Halt> {
        let request = self.request;
        let start = self.space.initial();
        let floor = match (self.utility(start, None)?, request.goal) {
            (Some(floor), _) => floor,
            (None, None) => f64::NEG_INFINITY,
            (None, Some(_)) => return Ok(None), // an unknown start can never be exceeded
        };
        let mut slice = FIRST_SLICE;
        for round in 0.. {
            if self.is_least() {
                return Ok(self.proven(true));
            }
            let outer = self.watch.allow(match request.ideas {
                Ideas { guided: false, .. } => u64::MAX,
                Ideas { breadth: false, .. } if round == 0 => 0,
                _ => slice,
            });
            let everything = self.story_within_limits(request, start, floor, self.author_limit());
            self.watch.restore(outer);
            match everything {
                Ok(Within::Story(story)) => {
                    self.solved(&story);
                    return match request.character_limit {
                        Some(_) => Ok(self.proven(true)),
                        None => self.look_further(start, floor),
                    };
                }
                Ok(Within::Nothing(..)) if self.solution.is_some() => {
                    return Ok(self.proven(true));
                }
                Ok(Within::Nothing(budget, cut)) => {
                    let limited = (cut.length && request.character_limit.is_some())
                        || (cut.depth && request.epistemic_limit.is_some());
                    let spelled = match limited {
                        true => self.story_spelled_out(request, start, floor, budget)?,
                        false => None,
                    };
                    if spelled.is_none() && self.best.is_none() {
                        self.look_around(start, floor)?;
                    }
                    return Ok(spelled.map(|story| (self.told(&story), false)));
                }
                Err(Halt::Unfinished) if !self.watch.is_spent() => {}
                Err(halt) => return Err(halt),
            }
            if self.solution.is_some() && slice >= WORTH_A_THREAD && self.may_use_threads() {
                return self.story_together(start, floor, round, slice);
            }
            self.guess(start, floor, round, slice)?;
            if request.any && self.solution.is_some() {
                return Ok(self.proven(false));
            }
            slice = slice.saturating_mul(2);
        }
        unreachable!("rounds do not end")
    }
}

impl<S: Space> Search<'_, S> {
    /// One greedy round.
    fn guess(&mut self, start: NodeId, floor: f64, round: u32, slice: u64) -> Result<(), Halt> {
        // Minds in minds cost most and are needed least, so they come second.
        for depth in [1, 2 + round] {
            let deepest = self.request.epistemic_limit.unwrap_or(u32::MAX);
            if depth > 1 && (round == 0 || deepest < 2) {
                continue;
            }
            // To get there soon, then to get there sooner (restarting weighted A*: Richter, Thayer
            // and Ruml 2010).
            let weight = match self.solution {
                None => 5,
                Some(_) => 3 - round % 3,
            };
            let one = Try {
                round,
                depth,
                weight,
                patience: slice,
            };
            if let Some(story) = self.story_guided(start, floor, self.author_limit(), one)? {
                self.solved(&story);
                if self.request.any || self.is_least() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// A solution was found without a limit to how far anybody looks ahead. Might a shorter one be
    /// found by looking further? Tried with a few times the effort so far.
    fn look_further(&mut self, start: NodeId, floor: f64) -> Result<Option<(Solved, bool)>, Halt> {
        let outer = self.watch.allow(4 * self.watch.spent().max(FIRST_SLICE));
        let is_shortest = loop {
            if self.is_least() {
                break Ok(true);
            }
            match self.story_within_limits(self.request, start, floor, self.author_limit()) {
                Ok(Within::Story(story)) => self.solved(&story),
                Ok(Within::Nothing(..)) => break Ok(true),
                Err(halt) => break Err(halt),
            }
        };
        self.watch.restore(outer);
        match is_shortest {
            Ok(shortest) => Ok(self.proven(shortest)),
            Err(Halt::Unfinished) if !self.watch.is_spent() => Ok(self.proven(false)),
            Err(halt) => Err(halt),
        }
    }

    /// Could no story whatever have fewer acts?
    fn is_least(&self) -> bool {
        let least = usize::from(self.request.goal.is_some());
        let solution = self.solution.as_ref();
        solution.is_some_and(|solution| solution.plan.acts.len() <= least)
    }

    /// Where the goal is out of reach, and that was clear from afar: what can be had instead, for a
    /// little effort. The verdict stands, however this ends.
    fn look_around(&mut self, start: NodeId, floor: f64) -> Result<(), Halt> {
        let request = self.request;
        let limit = request.author_limit.unwrap_or(u32::MAX);
        let length = request.character_limit.unwrap_or(limit.min(FORESIGHT));
        let quest = Quest::Author {
            start,
            floor,
            limit,
            budget: Budget {
                length,
                depth: request.epistemic_limit.unwrap_or(length),
            },
        };
        let cutting = std::mem::replace(&mut self.cutting, false);
        let outer = self.watch.allow(FIRST_SLICE);
        let looked = self.pursue(&quest, Order::Breadth);
        self.watch.restore(outer);
        self.cutting = cutting;
        match looked {
            Err(Halt::Fault(fault)) => Err(Halt::Fault(fault)),
            _ => Ok(()),
        }
    }

    /// Most acts of a story worth finding; None: any number.
    fn author_limit(&self) -> Option<u32> {
        match &self.solution {
            None => self.request.author_limit,
            Some(solution) => {
                let shorter = solution.plan.acts.len().saturating_sub(1);
                Some(u32::try_from(shorter).expect("a short plan"))
            }
        }
    }

    /// Takes in a solution shorter than any so far.
    fn solved(&mut self, story: &Story) {
        let acts = story.path.acts.len();
        self.first.get_or_insert(First {
            acts,
            transitions: self.watch.transitions(),
            milliseconds: self.watch.milliseconds(),
        });
        self.watch.solution(acts);
        self.solution = Some(self.told(story));
        self.watch.improve(self.request.budget);
    }

    fn proven(&mut self, shortest: bool) -> Option<(Solved, bool)> {
        self.solution.take().map(|solution| (solution, shortest))
    }

    /// The values that a story stands for.
    fn told(&self, story: &Story) -> Solved {
        Solved {
            plan: self.plan(&story.path),
            utility: story.utility,
        }
    }

    /// The values that a path stands for.
    fn plan(&self, path: &Path) -> Plan {
        Plan {
            acts: path.acts.clone(),
            reasons: path
                .reasons
                .iter()
                .map(|ids| {
                    ids.iter()
                        .map(|&id| self.memory.reasons.value(id))
                        .collect()
                })
                .collect(),
        }
    }

    fn utility(&mut self, state: NodeId, whose: Option<CharacterId>) -> Result<Option<f64>, Halt> {
        if let Some(&known) = self.memory.utilities.get(&(state, whose)) {
            return Ok(known);
        }
        let utility = self.space.utility(state, whose)?;
        self.memory.utilities.insert((state, whose), utility);
        Ok(utility)
    }

    fn possible(&mut self, state: NodeId) -> Result<Arc<[EventId]>, Halt> {
        if let Some(known) = self.memory.options.get(&state) {
            return Ok(known.clone());
        }
        let mut events = Vec::new();
        self.space.possible(state, &mut events)?;
        let events: Arc<[EventId]> = events.into();
        self.memory.options.insert(state, events.clone());
        Ok(events)
    }

    fn is_possible(&mut self, state: NodeId, act: EventId) -> Result<bool, Halt> {
        Ok(self.space.is_possible(state, act)?)
    }

    /// Would the owner of the pursuit under way not do this here?
    fn is_barred(&self, state: NodeId, act: EventId) -> bool {
        let has = |at| self.barred.contains(&(at, act));
        !self.barred.is_empty() && (has(None) || has(Some(state)))
    }

    /// Looks into somebody else's reasons, to whom nothing is barred.
    fn unbarred<T>(&mut self, look: impl FnOnce(&mut Self) -> Result<T, Halt>) -> Result<T, Halt> {
        let barred = std::mem::take(&mut self.barred);
        let found = look(self);
        self.barred = barred;
        found
    }

    fn apply(&mut self, state: NodeId, act: EventId) -> Result<NodeId, Halt> {
        self.watch.transition()?;
        Ok(self.space.apply(state, act)?)
    }
}

impl Reasons {
    /// A reason as a tree of values.
    fn value(&self, id: reasons::ReasonId) -> Reason {
        let known = self.get(id);
        Reason {
            character: known.character,
            rest: known.path.acts[1..].to_vec(),
            reasons: known.path.reasons[1..]
                .iter()
                .map(|ids| ids.iter().map(|&id| self.value(id)).collect())
                .collect(),
            before: Some(known.before),
            after: Some(known.after),
        }
    }
}
