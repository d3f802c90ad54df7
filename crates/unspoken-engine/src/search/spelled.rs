//! Past the limits: plans that spell out themselves why somebody acts.
//!
//! A reason too long, or minds too deep, for the limits is not looked for. But the plan around may
//! go on with the very acts of such a reason, and then it counts (as in Sabre, where it is there to
//! be seen). Only where the search within the limits comes to nothing, and a limit of the
//! characters or of minds kept something out, is this tried.
//!
//! An act e_i of a plan e1..en, the author's or a reason's, is *spelled out* for a character c if
//! for some j <= n the acts e_i..e_j are a reason of c's (1 to 4 of the definition, see above) in
//! the state b that c believes in (in a reason: that c is imagined to believe in) before e_i, where
//! everybody else's part in e_(i+1)..e_j has a reason within what is left of the limits, or a
//! reason of one act, or is spelled out by e_(i+1)..e_j in its turn.
//!
//! # How
//!
//! Breadth first over the author's plans by nodes (state, obligations). Where somebody's part in an
//! act has no reason within the limits, but for a limit, the node takes on an *obligation* (who,
//! believed state, place of the act). Each act that follows is one of its acts too: if the acts so
//! far are a reason, it is met; if they can never be the beginning of one, the node is given up.
//! A plan ends where none is open. Given up are obligations
//!
//! - where an act is not possible in the world imagined, or is the author's own, or leads to an
//!   unknown utility;
//! - where the world imagined comes back to an earlier state: what came between could be left out;
//! - that no reason whatever of the acts left to the author could meet. (That is a question for
//!   the search within limits, with limits as wide as what is left.)
//!
//! # What is claimed
//!
//! *Found*: a solution; each reason was checked by the definition, and so was the plan's
//! minimality. (It does not follow from its being the shortest: a subsequence may keep an act for a
//! reason that it no longer spells out.) No shorter plan was met.
//!
//! *Nothing found* is no more than that, for three reasons. Of several ways to the same state with
//! the same obligations, the first is followed, though another might be the one that makes a
//! minimal plan of what follows; likewise the first reason that meets an obligation is taken. And
//! the effort is bounded: by as much as the search within the limits took, or `LEAST_EFFORT`, so
//! that a verdict does not come later by more than that.

use rustc_hash::FxHashSet;

use super::quest::Path;
use super::reasons::{Answer, Budget, ReasonId};
use super::unlimited::DEEPEST;
use super::watch::Halt;
use super::{Request, Search, Story};
use crate::demands::Progress;
use crate::ids::{CharacterId, EventId, NodeId};
use crate::space::Space;

/// Effort that is never too much, in ticks: well below a second.
const LEAST_EFFORT: u64 = 100_000;

/// Somebody's part in an act, to be explained by what follows.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Obligation {
    who: CharacterId,
    /// The state it believes in before the act.
    believed: NodeId,
    /// Of the act in the author's plan.
    place: usize,
    /// Among those who consent to the act.
    seat: usize,
}

/// A beginning of the author's plan.
struct Beginning {
    state: NodeId,
    progress: Progress,
    acts: Vec<EventId>,
    /// None where there is an obligation.
    reasons: Vec<Vec<Option<ReasonId>>>,
    open: Vec<Obligation>,
}

/// What matters for how a beginning can go on: the state and progress, the acts since the first obligation, and
/// the obligations, counted from there.
type Key = ((NodeId, Progress), Vec<EventId>, Vec<Obligation>);

impl Beginning {
    fn key(&self) -> Key {
        let first = self
            .open
            .first()
            .map_or(self.acts.len(), |first| first.place);
        let mut open = self.open.clone();
        for obligation in &mut open {
            obligation.place -= first;
        }
        let place = (self.state, self.progress);
        (place, self.acts[first..].to_vec(), open)
    }

    /// With everybody's reasons, once there are no obligations.
    fn path(&self) -> Path {
        Path {
            acts: self.acts.clone(),
            reasons: self
                .reasons
                .iter()
                .map(|reasons| reasons.iter().flatten().copied().collect())
                .collect(),
        }
    }
}

/// Is something spelled out by the acts so far?
enum Spelled<T> {
    Out(T),
    /// Not by so few acts.
    Open,
    /// Nor by more.
    Never,
}

impl Budget {
    /// For others' reasons within a reason, at an act with so many acts before it.
    pub(super) fn inside(self, acts_before: usize) -> Budget {
        let before = u32::try_from(acts_before).expect("a short plan");
        Budget {
            length: self.length.saturating_sub(before),
            depth: self.depth.saturating_sub(1),
        }
    }

    /// The same, or as wide as so many acts can ask for.
    fn widened(self, acts: u32) -> Budget {
        Budget {
            length: self.length.max(acts),
            depth: self.depth.max(acts.min(DEEPEST)),
        }
    }
}

impl<S: Space> Search<'_, S> {
    /// A solution that spells out what is beyond the limits; `budget` is what everybody's reasons
    /// may use otherwise.
    pub(super) fn story_spelled_out(
        &mut self,
        request: &Request,
        start: NodeId,
        floor: f64,
        budget: Budget,
    ) -> Result<Option<Story>, Halt> {
        let outer = self.watch.allow(self.watch.spent().max(LEAST_EFFORT));
        let mut result = Ok(Spelled::Open);
        // Without a limit for the author, one act more each time.
        let most = request.author_limit.unwrap_or(u32::MAX);
        for limit in request.author_limit.unwrap_or(1)..=most {
            result = self.spell_out(start, floor, limit, budget);
            if !matches!(result, Ok(Spelled::Open)) {
                break;
            }
        }
        self.watch.restore(outer);
        match result {
            Ok(Spelled::Out(story)) => Ok(Some(story)),
            Ok(Spelled::Open | Spelled::Never) | Err(Halt::Unfinished) => Ok(None),
            Err(halt) => Err(halt),
        }
    }

    fn spell_out(
        &mut self,
        start: NodeId,
        floor: f64,
        limit: u32,
        budget: Budget,
    ) -> Result<Spelled<Story>, Halt> {
        let mut too_few = false;
        let mut met: FxHashSet<Key> = FxHashSet::default();
        let request = self.request;
        let demands = &request.demands;
        let Some(progress) = demands.begin(self.space, start)? else {
            return Ok(Spelled::Never);
        };
        let mut layer = vec![Beginning {
            state: start,
            progress,
            acts: Vec::new(),
            reasons: Vec::new(),
            open: Vec::new(),
        }];
        for left in (1..=limit).rev() {
            let mut next = Vec::new();
            for from in &layer {
                for &act in self.possible(from.state)?.iter() {
                    if !demands.allow(act) {
                        continue;
                    }
                    let after = self.apply(from.state, act)?;
                    let followed = demands.follow(self.space, from.progress, act, after)?;
                    let Some(progress) = followed else {
                        continue;
                    };
                    let utility = self.utility(after, None)?;
                    let is_end = self.is_story(floor, utility, progress);
                    if left == 1 && !is_end {
                        too_few = true;
                        continue;
                    }
                    let now = match self.go_on(from, act, (after, progress), left, budget)? {
                        Spelled::Out(now) => now,
                        Spelled::Open => {
                            too_few = true;
                            continue;
                        }
                        Spelled::Never => continue,
                    };
                    if is_end && now.open.is_empty() {
                        let path = now.path();
                        let kept = self.thinnest_story(start, &path)?;
                        if kept.len() == path.acts.len() {
                            return Ok(Spelled::Out(Story { path, utility }));
                        }
                    }
                    // With nothing open, whatever else is open there is no advantage.
                    let settled = ((after, progress), Vec::new(), Vec::new());
                    if !met.contains(&settled) && met.insert(now.key()) {
                        next.push(now);
                    }
                }
            }
            layer = next;
        }
        let unfinished = too_few || !layer.is_empty();
        Ok(if unfinished {
            Spelled::Open
        } else {
            Spelled::Never
        })
    }

    /// A beginning with one act more, the first of so many left.
    fn go_on(
        &mut self,
        from: &Beginning,
        act: EventId,
        (after, progress): (NodeId, Progress),
        left: u32,
        budget: Budget,
    ) -> Result<Spelled<Beginning>, Halt> {
        let mut now = Beginning {
            state: after,
            progress,
            acts: from.acts.clone(),
            reasons: from.reasons.clone(),
            open: Vec::new(),
        };
        now.acts.push(act);
        for obligation in &from.open {
            let acts = &now.acts[obligation.place..];
            match self.spelled(obligation.who, obligation.believed, acts, budget)? {
                Spelled::Out(reason) => {
                    now.reasons[obligation.place][obligation.seat] = Some(reason);
                }
                Spelled::Open if left > 1 => now.open.push(obligation.clone()),
                Spelled::Open => return Ok(Spelled::Open),
                Spelled::Never => return Ok(Spelled::Never),
            }
        }
        let place = from.acts.len();
        let mut reasons = Vec::new();
        for (seat, who) in self.space.consenting(act).to_vec().into_iter().enumerate() {
            let believed = self.space.mind(from.state, who);
            match self.explain(believed, who, act, budget)? {
                Answer::Explained(reason) => reasons.push(Some(reason)),
                Answer::Unexplained(cut) if cut.length || cut.depth => {
                    if left == 1 {
                        return Ok(Spelled::Open);
                    }
                    let widest = self.explain(believed, who, act, budget.widened(left))?;
                    match widest {
                        Answer::Explained(_) => {}
                        Answer::Unexplained(cut) if cut.length || cut.depth => {
                            return Ok(Spelled::Open);
                        }
                        Answer::Unexplained(_) => return Ok(Spelled::Never),
                    }
                    reasons.push(None);
                    now.open.push(Obligation {
                        who,
                        believed,
                        place,
                        seat,
                    });
                }
                Answer::Unexplained(_) => return Ok(Spelled::Never),
            }
        }
        now.reasons.push(reasons);
        Ok(Spelled::Out(now))
    }

    /// Are these acts, all of them, a reason of `who`'s for the first, beyond the limits?
    fn spelled(
        &mut self,
        who: CharacterId,
        believed: NodeId,
        acts: &[EventId],
        budget: Budget,
    ) -> Result<Spelled<ReasonId>, Halt> {
        let Some(before) = self.utility(believed, Some(who))? else {
            return Ok(Spelled::Never);
        };
        let mut after = before;
        let mut states = vec![believed];
        let mut reasons = Vec::with_capacity(acts.len());
        let mut waiting = false;
        for (place, &act) in acts.iter().enumerate() {
            let state = states[place];
            let consenting = self.space.consenting(act).to_vec();
            if consenting.is_empty() || !self.is_possible(state, act)? {
                return Ok(Spelled::Never);
            }
            let mut known = Vec::new();
            for other in consenting {
                if place == 0 || other == who {
                    continue; // partners in the first act are not asked
                }
                let mind = self.space.mind(state, other);
                match self.spelled_within(other, mind, &acts[place..], budget.inside(place))? {
                    Spelled::Out(reason) => known.push(reason),
                    Spelled::Open => waiting = true,
                    Spelled::Never => return Ok(Spelled::Never),
                }
            }
            reasons.push(known.into());
            let next = self.apply(state, act)?;
            match self.utility(next, Some(who))? {
                Some(utility) if !states.contains(&next) => after = utility,
                _ => return Ok(Spelled::Never),
            }
            states.push(next);
        }
        let path = Path {
            acts: acts.to_vec(),
            reasons,
        };
        if waiting || !self.is_reason(who, believed, &path)? {
            return Ok(Spelled::Open);
        }
        let reason = self.memory.reasons.add(who, believed, path, before, after);
        Ok(Spelled::Out(reason))
    }

    /// Has `who` a reason for the first of these acts, within the limits or by some of the acts?
    fn spelled_within(
        &mut self,
        who: CharacterId,
        believed: NodeId,
        acts: &[EventId],
        budget: Budget,
    ) -> Result<Spelled<ReasonId>, Halt> {
        match self.explain(believed, who, acts[0], budget)? {
            Answer::Explained(reason) => return Ok(Spelled::Out(reason)),
            Answer::Unexplained(cut) if cut.length || cut.depth => {}
            Answer::Unexplained(_) => return Ok(Spelled::Never),
        }
        for count in 2..=acts.len() {
            let spelled = self.spelled(who, believed, &acts[..count], budget)?;
            if !matches!(spelled, Spelled::Open) {
                return Ok(spelled);
            }
        }
        Ok(Spelled::Open)
    }
}
