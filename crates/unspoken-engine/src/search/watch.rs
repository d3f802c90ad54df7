//! Progress that others may read while a search runs, and when it must stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use crate::fault::Fault;
use crate::search::Request;

/// Shared between a search and whoever watches it. The counts only ever grow.
#[derive(Debug, Default)]
pub struct Control {
    /// Set it to make the search stop soon.
    pub stop: AtomicBool,
    /// Acts of the author's plans being looked at.
    pub depth: AtomicU64,
    /// Distinct states of the world reached by explained acts.
    pub states: AtomicU64,
    /// Transitions asked of the space.
    pub transitions: AtomicU64,
    /// Questions after a reason that memory could not answer.
    pub explanations: AtomicU64,
    /// Acts of the shortest solution so far; 0 if there is none.
    pub best: AtomicU64,
}

/// Why a search cannot go on.
#[derive(Debug)]
pub(super) enum Halt {
    Stopped,
    /// Out of what was allowed for a part of the search.
    Unfinished,
    Fault(Fault),
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Self {
        Halt::Fault(fault)
    }
}

/// The searching side of a [`Control`].
pub(super) struct Watch<'a> {
    control: &'a Control,
    started: Instant,
    most_transitions: u64,
    deadline: Option<Instant>,
    until: Option<Arc<AtomicBool>>,
    transitions: u64,
    /// Of these, how many others have been told of.
    told: u64,
    ticks: u64,
    next_look: u64,
    /// Where the part of the search under way is to be given up, in ticks.
    allowed: u64,
}

/// Where a part of a search is to be given up, in ticks.
#[must_use]
pub(super) struct Allowance(u64);

/// About what a relaxed plan costs in remembered transitions.
const TICKS_FOR_AN_OUTLOOK: u64 = 16;

/// Looking at the clock and at shared memory costs more than a remembered transition.
const TICKS_BETWEEN_LOOKS: u64 = 256;

impl<'a> Watch<'a> {
    pub(super) fn new(control: &'a Control, request: &Request, started: Instant) -> Self {
        Watch {
            control,
            started,
            most_transitions: request.transitions.unwrap_or(u64::MAX),
            deadline: request
                .milliseconds
                .and_then(|limit| started.checked_add(Duration::from_millis(limit))),
            until: None,
            transitions: 0,
            told: 0,
            ticks: 0,
            next_look: 0,
            allowed: u64::MAX,
        }
    }

    /// Of the same search, for another thread, which may take what time is left.
    pub(super) fn fork(&self) -> Watch<'a> {
        Watch {
            control: self.control,
            started: self.started,
            most_transitions: self.most_transitions,
            deadline: self.deadline,
            until: None,
            transitions: 0,
            told: 0,
            ticks: 0,
            next_look: 0,
            allowed: u64::MAX,
        }
    }

    /// From now on, stop when this is set.
    pub(super) fn until(&mut self, ended: Option<Arc<AtomicBool>>) {
        self.until = ended;
    }

    /// Counts a transition about to be asked for.
    pub(super) fn transition(&mut self) -> Result<(), Halt> {
        if self.transitions >= self.most_transitions {
            return Err(Halt::Stopped);
        }
        self.transitions += 1;
        self.tick()
    }

    /// To be called in every loop that could be long.
    pub(super) fn tick(&mut self) -> Result<(), Halt> {
        if self.ticks >= self.next_look {
            self.next_look = self.ticks + TICKS_BETWEEN_LOOKS;
            self.tell();
            let late = self.deadline.is_some_and(|end| Instant::now() >= end);
            let ended = self.until.as_ref().is_some_and(|end| end.load(Relaxed));
            if late || ended || self.control.stop.load(Relaxed) {
                return Err(Halt::Stopped);
            }
        }
        if self.ticks >= self.allowed {
            return Err(Halt::Unfinished);
        }
        self.ticks += 1;
        Ok(())
    }

    /// How much was done so far.
    pub(super) fn spent(&self) -> u64 {
        self.ticks
    }

    /// What follows may cost so much, within what was allowed already, which is given back.
    pub(super) fn allow(&mut self, ticks: u64) -> Allowance {
        let outer = Allowance(self.allowed);
        self.allowed = self.allowed.min(self.ticks.saturating_add(ticks));
        outer
    }

    /// What follows may cost what was allowed before.
    pub(super) fn restore(&mut self, outer: Allowance) {
        self.allowed = outer.0;
    }

    /// Is everything used up that was allowed?
    pub(super) fn is_spent(&self) -> bool {
        self.ticks >= self.allowed
    }

    /// Counts a look ahead, which costs as much as several transitions.
    pub(super) fn outlook(&mut self) -> Result<(), Halt> {
        self.ticks = self.ticks.saturating_add(TICKS_FOR_AN_OUTLOOK);
        self.tick()
    }

    /// From now on, stop when so many milliseconds for making a plan shorter are over.
    pub(super) fn improve(&mut self, budget: Option<u64>) {
        let end = budget.and_then(|budget| self.started.checked_add(Duration::from_millis(budget)));
        self.deadline = match (self.deadline, end) {
            (Some(deadline), Some(end)) => Some(deadline.min(end)),
            (deadline, end) => deadline.or(end),
        };
    }

    pub(super) fn solution(&self, acts: usize) {
        self.control.best.store(acts as u64, Relaxed);
    }

    /// Since the search began.
    pub(super) fn milliseconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64() * 1000.0
    }

    pub(super) fn depth(&self, depth: u32) {
        self.control.depth.fetch_max(depth.into(), Relaxed);
    }

    pub(super) fn state(&self) {
        self.control.states.fetch_add(1, Relaxed);
    }

    pub(super) fn explanation(&self) {
        self.control.explanations.fetch_add(1, Relaxed);
    }

    /// Transitions asked for by all threads of the search.
    pub(super) fn transitions(&mut self) -> u64 {
        self.tell();
        self.control.transitions.load(Relaxed)
    }

    fn tell(&mut self) {
        let new = self.transitions - self.told;
        self.control.transitions.fetch_add(new, Relaxed);
        self.told = self.transitions;
    }

    pub(super) fn states(&self) -> u64 {
        self.control.states.load(Relaxed)
    }

    pub(super) fn explanations(&self) -> u64 {
        self.control.explanations.load(Relaxed)
    }
}
