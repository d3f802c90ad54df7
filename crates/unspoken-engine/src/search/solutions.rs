//! All stories that do, one after the other: by length, then by their acts in event order, each
//! sequence of acts once.
//!
//! What a solution is, is said in `search`; with demands, "as high" becomes "meets the demands and
//! ends as high". Here only the strict limits count: stories that spell out what lies beyond them
//! are not among these.
//!
//! # How
//!
//! *Places* are pairs of a state and the progress of the demands. Acts that are possible, allowed
//! and explained for everybody lead from place to place; whether an act is explained depends on the
//! state alone, and so does what a place is worth. So stories are walks in a graph, and what can be
//! said of walks without walking them is said of places. For length n = 1, 2, ...:
//!
//! 1. *Grow*: the places n - 1 acts from the beginning are continued, each place once. What is
//!    relaxed to be too far from any end (`relax`: no fewer acts will ever do) is left out: places
//!    are met first with the most acts left that they are ever met with.
//! 2. *Walk*: all walks of n acts, depth first, that are not pruned.
//! 3. *Probe*: where the graph is complete (nothing new was met), is there any walk of n + 1 acts
//!    that would not be pruned? If not, there are no more stories of any length.
//!
//! # What is pruned, and why nothing is lost
//!
//! An *end* is a place that meets all demands, at or above the goal and above the start. A walk
//! carries its *shadows*: the places where proper subsequences of it can end, their acts after the
//! first omission possible and explained by the walk's own reasons. The *bar* is the highest end
//! among the shadows. A walk at place v with r acts to go is given up if
//!
//! * *far*: no end above the bar is exactly r acts from v. A story must end higher than all its
//!   shadows that are ends, or it is not minimal; and shadows stay shadows when the walk goes on (an
//!   act may be left out). How far a place is from such ends is counted back from them, once for all
//!   walks. That what is explained is explained whatever came before makes this exact: the walk to
//!   come is one in the graph.
//! * *overshadowed*: v is itself a shadow. Whatever follows can follow the shadow too, at the same
//!   places, so explained by the same reasons, and comes to the same end: not minimal. A walk that
//!   comes back to a place is a case of this, so none goes in circles, and in a graph that is
//!   complete the walks come to an end.
//!
//! A *shadow* is forgotten if no end above the bar is r acts or fewer from it. A subsequence that
//! goes on from there takes at most r of the acts to come, explained by reasons that hold there, so
//! it is a walk in the graph too, and comes to no end that could stand against the whole.
//!
//! All this rests on the graph having every explained act. As `search` says, it lacks those that can
//! only be explained by a reason with another reason inside it than the one taken. Stories with
//! such acts are missed. A shadow might be forgotten wrongly by that; so what comes out is judged
//! once more, by the definition (`thinnest_story`), and dropped iff it is not minimal.

use std::panic::resume_unwind;
use std::thread;
use std::time::Instant;

use rustc_hash::{FxHashMap, FxHashSet};

use super::quest::{Path, Quest};
use super::reasons::{Answer, Budget, ReasonId};
use super::unlimited::{DEEPEST, Suppositions};
use super::walks::{Distances, Stride, Walk};
use super::watch::{Control, Halt, Watch};
use super::{Memory, Request, STACK_BYTES, Search, no_thread};
use crate::demands::Progress;
use crate::fault::Fault;
use crate::ids::{EventId, NodeId};
use crate::plan::Plan;
use crate::space::Space;

/// A story and where it ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// Its acts and reasons.
    pub plan: Plan,
    /// The author's utility at its end.
    pub utility: Option<f64>,
}

/// All solutions of a request, with everything found out on the way.
///
/// Of the request, `goal`, `demands` and the limits count. Without a limit for the characters, a
/// question after a reason is asked to the end, which in an endless imagination it does not have.
pub struct Solutions {
    request: Request,
    memory: Memory,
    graph: Graph,
    stage: Stage,
    /// Acts of the stories under way.
    length: u32,
}

/// A state and how far the demands are met in it.
pub(super) type Place = (NodeId, Progress);

/// Places met, in the order of their distance from the beginning, and the acts between them.
#[derive(Default)]
pub(super) struct Graph {
    places: Vec<Place>,
    /// The utility of those that are ends; without a goal, all ends are worth the same.
    pub(super) ends: Vec<Option<f64>>,
    numbers: FxHashMap<Place, u32>,
    /// Met, and too far from any end to be worth a number.
    far: FxHashSet<Place>,
    /// Of the places continued so far, which are the first ones.
    pub(super) edges: Vec<Vec<Edge>>,
    /// How many places are so many acts or fewer from the beginning.
    pub(super) within: Vec<usize>,
}

/// An act explained where it leads from.
pub(super) struct Edge {
    pub(super) act: EventId,
    pub(super) reasons: Box<[ReasonId]>,
    pub(super) to: u32,
}

/// Everybody's reasons for an act, and where it leads.
type Explained = (Box<[ReasonId]>, Place);

impl Graph {
    pub(super) fn place(&self, number: u32) -> Place {
        self.places[number as usize]
    }

    /// Unless it was never met.
    pub(super) fn number(&self, place: Place) -> Option<u32> {
        self.numbers.get(&place).copied()
    }

    pub(super) fn is_far(&self, place: Place) -> bool {
        self.far.contains(&place)
    }

    /// What a place that was met is worth as an end, if it is one.
    pub(super) fn end(&self, number: u32) -> Option<f64> {
        self.ends[number as usize]
    }
}

enum Stage {
    Begin,
    Grow,
    Walk(Walk),
    Probe(Walk),
    Ended,
}

/// What a call came to.
enum Pause {
    Met(Path, NodeId),
    Nothing,
}

impl Solutions {
    /// Nothing is done before the first is asked for.
    pub fn new(request: Request) -> Solutions {
        Solutions {
            request,
            memory: Memory::default(),
            graph: Graph::default(),
            stage: Stage::Begin,
            length: 0,
        }
    }

    /// Were all given?
    pub fn have_ended(&self) -> bool {
        matches!(self.stage, Stage::Ended)
    }

    /// The next one. None if there are no more, or if told to stop, or soon after so many
    /// transitions: then ask again. Errors are faults of the space.
    pub fn next<S: Space + Send>(
        &mut self,
        space: &mut S,
        control: &Control,
        transitions: Option<u64>,
    ) -> Result<Option<Solution>, Fault> {
        let mut found = None;
        self.run(space, control, transitions, |search, path, end| {
            found = Some(Solution {
                plan: search.plan(path),
                utility: search.space.utility(end, None)?,
            });
            Ok(false)
        })?;
        Ok(found)
    }

    /// Passes over so many, or as many as there are until it would stop; gives back how many.
    pub fn skip<S: Space + Send>(
        &mut self,
        space: &mut S,
        control: &Control,
        most: u64,
        transitions: Option<u64>,
    ) -> Result<u64, Fault> {
        let mut skipped = 0;
        if most > 0 {
            self.run(space, control, transitions, |_, _, _| {
                skipped += 1;
                Ok(skipped < most)
            })?;
        }
        Ok(skipped)
    }

    /// Goes on until `take`, given a story and its end, wants no more.
    fn run<S: Space + Send>(
        &mut self,
        space: &mut S,
        control: &Control,
        transitions: Option<u64>,
        take: impl FnMut(&mut Search<'_, S>, &Path, NodeId) -> Result<bool, Fault> + Send,
    ) -> Result<(), Fault> {
        if self.have_ended() {
            return Ok(());
        }
        thread::scope(|scope| {
            let work = || self.work(space, control, transitions, take);
            let deep = thread::Builder::new().stack_size(STACK_BYTES);
            let running = deep.spawn_scoped(scope, work).map_err(no_thread)?;
            running.join().unwrap_or_else(|panic| resume_unwind(panic))
        })
    }

    fn work<S: Space>(
        &mut self,
        space: &mut S,
        control: &Control,
        transitions: Option<u64>,
        mut take: impl FnMut(&mut Search<'_, S>, &Path, NodeId) -> Result<bool, Fault>,
    ) -> Result<(), Fault> {
        let most = transitions.unwrap_or(u64::MAX);
        let Solutions {
            request,
            memory,
            graph,
            stage,
            length,
        } = self;
        let watch = Watch::new(control, request, Instant::now());
        let mut search = Search::new(space, memory, request, watch);
        let mut tour = Tour {
            search: &mut search,
            graph,
            stage,
            length,
        };
        let result = loop {
            match tour.step() {
                Ok(Pause::Met(path, end)) => match take(tour.search, &path, end) {
                    Ok(true) => {}
                    Ok(false) => break Ok(()),
                    Err(fault) => break Err(fault),
                },
                Ok(Pause::Nothing) => {}
                Err(Halt::Fault(fault)) => break Err(fault),
                Err(_) => break Ok(()),
            }
            if matches!(tour.stage, Stage::Ended) || tour.search.watch.transitions() >= most {
                break Ok(());
            }
        };
        search.watch.transitions(); // told
        result
    }
}

/// A call at work. Every step is done wholly or, if it must halt, not at all.
struct Tour<'a, 's, S> {
    search: &'a mut Search<'s, S>,
    graph: &'a mut Graph,
    stage: &'a mut Stage,
    length: &'a mut u32,
}

impl<S: Space> Tour<'_, '_, S> {
    fn step(&mut self) -> Result<Pause, Halt> {
        self.search.watch.tick()?;
        match self.stage {
            Stage::Begin => self.begin(),
            Stage::Grow => {
                self.grow()?;
                Ok(Pause::Nothing)
            }
            Stage::Walk(_) => self.walk(),
            Stage::Probe(_) => {
                self.probe()?;
                Ok(Pause::Nothing)
            }
            Stage::Ended => Ok(Pause::Nothing),
        }
    }

    fn begin(&mut self) -> Result<Pause, Halt> {
        let search = &mut *self.search;
        let (start, request) = (search.space.initial(), search.request);
        let known = search.utility(start, None)?.is_some() || request.goal.is_none();
        let progress = match known {
            true => request.demands.begin(search.space, start)?,
            false => None, // an unknown start can never be exceeded
        };
        let Some(progress) = progress else {
            *self.stage = Stage::Ended;
            return Ok(Pause::Nothing);
        };
        if request.goal.is_none() && request.demands.are_met(progress) {
            *self.stage = Stage::Ended; // nothing need happen, so nothing more is minimal
            let nothing = Path {
                acts: Vec::new(),
                reasons: Vec::new(),
            };
            return Ok(Pause::Met(nothing, start));
        }
        self.enter((start, progress))?;
        self.graph.within.push(1);
        self.lengthen();
        Ok(Pause::Nothing)
    }

    /// Goes on to stories of one more act.
    fn lengthen(&mut self) {
        if self
            .search
            .request
            .author_limit
            .is_some_and(|limit| *self.length >= limit)
        {
            *self.stage = Stage::Ended;
        } else {
            *self.length += 1;
            self.search.watch.depth(*self.length);
            *self.stage = Stage::Grow;
        }
    }

    /// The number of a place, be it new.
    fn enter(&mut self, place: Place) -> Result<u32, Halt> {
        if let Some(&number) = self.graph.numbers.get(&place) {
            return Ok(number);
        }
        let end = self.end(place)?;
        let number = u32::try_from(self.graph.places.len()).expect("fewer than 2^32 places");
        self.graph.numbers.insert(place, number);
        self.graph.places.push(place);
        self.graph.ends.push(end);
        self.search.watch.state();
        Ok(number)
    }

    /// What a place is worth as an end, if it is one.
    fn end(&mut self, (state, progress): Place) -> Result<Option<f64>, Halt> {
        let request = self.search.request;
        if !request.demands.are_met(progress) {
            return Ok(None);
        }
        let Some(goal) = request.goal else {
            return Ok(Some(0.0));
        };
        let start = self.search.space.initial();
        let floor = self.search.utility(start, None)?;
        let utility = self.search.utility(state, None)?;
        Ok(utility.filter(|&utility| utility >= goal && floor.is_some_and(|f| utility > f)))
    }

    /// Continues one more place, or finds that all of this distance are.
    fn grow(&mut self) -> Result<(), Halt> {
        let number = self.graph.edges.len();
        let frontier = *self.graph.within.last().expect("the beginning at least");
        if number == frontier {
            self.graph.within.push(self.graph.places.len());
            let back = Distances::exactly(self.graph, *self.length);
            *self.stage = Stage::Walk(Walk::new(*self.length, back));
            return Ok(());
        }
        let place = self.graph.places[number];
        let mut steps = Vec::new();
        for &act in self.search.possible(place.0)?.iter() {
            if let Some((reasons, after)) = self.explained(place, act)? {
                steps.push((act, reasons, after));
            }
        }
        let mut edges = Vec::with_capacity(steps.len());
        for (act, reasons, after) in steps {
            let to = self.enter(after)?;
            edges.push(Edge { act, reasons, to });
        }
        self.graph.edges.push(edges);
        Ok(())
    }

    /// Everybody's reasons for an act in a place, and where it leads, if it may be done.
    fn explained(
        &mut self,
        (state, progress): Place,
        act: EventId,
    ) -> Result<Option<Explained>, Halt> {
        let demands = &self.search.request.demands;
        if !demands.allow(act) {
            return Ok(None);
        }
        let budget = self.budget();
        if self.search.refusal(None, state, act, budget)?.is_some() {
            return Ok(None);
        }
        let after = self.search.apply(state, act)?;
        let followed = demands.follow(self.search.space, progress, act, after)?;
        let Some(after) = followed.map(|progress| (after, progress)) else {
            return Ok(None);
        };
        if after == (state, progress) || self.is_too_far(after)? {
            return Ok(None);
        }
        let reasons = self.reasons(state, act)?;
        Ok(reasons.map(|reasons| (reasons, after)))
    }

    /// Is a place, met now, too far from every end? It cannot be met with more acts left than now.
    fn is_too_far(&mut self, place: Place) -> Result<bool, Halt> {
        if self.graph.numbers.contains_key(&place) {
            return Ok(false);
        }
        if self.graph.far.contains(&place) {
            return Ok(true);
        }
        let request = self.search.request;
        let start = self.search.space.initial();
        let left = match request.author_limit {
            Some(limit) => limit - *self.length,
            None => u32::MAX,
        };
        let is_far = if left == 0 {
            self.end(place)?.is_none()
        } else {
            let quest = Quest::Author {
                start,
                floor: self
                    .search
                    .utility(start, None)?
                    .unwrap_or(f64::NEG_INFINITY),
                limit: left,
                budget: self.budget(),
            };
            let outlook = self.search.outlook(&quest, place.0, place.1, 0.0, left)?;
            outlook.is_err()
        };
        if is_far {
            self.graph.far.insert(place);
        }
        Ok(is_far)
    }

    fn budget(&self) -> Budget {
        let request = self.search.request;
        let deepest = request.character_limit.unwrap_or(DEEPEST);
        Budget {
            length: request.character_limit.unwrap_or(u32::MAX),
            // No reason is nested deeper than it is long.
            depth: request.epistemic_limit.unwrap_or(deepest),
        }
    }

    fn reasons(&mut self, state: NodeId, act: EventId) -> Result<Option<Box<[ReasonId]>>, Halt> {
        let budget = self.budget();
        loop {
            if self.search.request.character_limit.is_none() {
                self.search.suppositions = Some(Suppositions::default());
            }
            let answer = self.search.explain_all(None, state, act, budget);
            let supposed = self.search.suppositions.take();
            match answer? {
                Answer::Explained(reasons) => return Ok(Some(reasons)),
                // Asked again, it knows more (see `unlimited`).
                Answer::Unexplained(_) if supposed.is_some_and(|supposed| supposed.wrong) => {}
                Answer::Unexplained(_) => return Ok(None),
            }
        }
    }

    /// One step of the walks of this length.
    fn walk(&mut self) -> Result<Pause, Halt> {
        let Stage::Walk(walk) = &mut *self.stage else {
            unreachable!("asked while walking");
        };
        match walk.advance(self.search, self.graph)? {
            Stride::On => {}
            Stride::Arrived(path, end) => return Ok(Pause::Met(path, end)),
            Stride::Over => {
                let length = *self.length as usize;
                let is_complete = self.graph.within[length] == self.graph.within[length - 1];
                if is_complete {
                    let further = Distances::at_all(self.graph);
                    *self.stage = Stage::Probe(Walk::new(*self.length + 1, further));
                } else {
                    self.lengthen();
                }
            }
        }
        Ok(Pause::Nothing)
    }

    /// One step of the walks that are longer.
    fn probe(&mut self) -> Result<(), Halt> {
        let Stage::Probe(walk) = &mut *self.stage else {
            unreachable!("asked while probing");
        };
        match walk.advance(self.search, self.graph)? {
            Stride::On => {}
            Stride::Arrived(..) => self.lengthen(),
            Stride::Over => *self.stage = Stage::Ended,
        }
        Ok(())
    }
}
