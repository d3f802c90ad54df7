//! Why somebody would not take part in an act: what the nearest thing to a reason lacks.
//!
//! A reason (`search`) may fail in several ways, and some are nearer than others. Where there is
//! none, it is asked in turn: is the act possible in the world that the character believes in? Is
//! there a plan that begins with it and would be a reason *if everybody played along*: possible,
//! worth more at the end than before, nothing of it to spare? Then some other person's part in it
//! lacks a reason, and that person is asked the same (once, not further). Is there such a plan if
//! the character looked further ahead? Is there one, but with the act to spare? Or does nothing
//! that begins with the act gain anything?
//!
//! Plans in which everybody plays along are tried breadth first, with *shadows* as in `pursuit`:
//! where subsequences without the act end, others playing along there too. A plan that ends above
//! all its shadows could not do without the act whatever others think. Of such plans, that one is
//! nearest in which the fewest others lack a reason, then the shortest.

use std::panic::resume_unwind;
use std::thread;
use std::time::Instant;

use rustc_hash::FxHashSet;

use super::reasons::{Answer, Budget, ReasonId};
use super::unlimited::{DEEPEST, Suppositions};
use super::watch::{Control, Halt, Watch};
use super::{Memory, Request, STACK_BYTES, Search, no_thread};
use crate::fault::Fault;
use crate::ids::{CharacterId, EventId, NodeId, SetId};
use crate::plan::Reason;
use crate::space::Space;

/// What a character makes of an act.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// Whose.
    pub character: CharacterId,
    /// The state that it believes in.
    pub believed: NodeId,
    /// What that is worth to it.
    pub before: Option<f64>,
    /// Why it would, or would not.
    pub finding: Finding,
}

/// Why somebody would or would not.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// It would, for this reason.
    Willing(Reason),
    /// It believes the act not to be possible.
    Impossible,
    /// What things are worth to it is unknown, before the act or after it.
    Unknown,
    /// It would gain by these acts, the asked one first, if others did their part.
    Others {
        /// The plan.
        acts: Vec<EventId>,
        /// What its end is worth.
        after: f64,
        /// The first act of it that somebody else has no reason for.
        place: usize,
        /// Who, and why not.
        account: Box<Account>,
    },
    /// It would gain by these acts, but they are more than anybody looks ahead.
    TooFar {
        /// The plan.
        acts: Vec<EventId>,
        /// What its end is worth.
        after: f64,
    },
    /// It would gain by these acts, but could do as well by some of them alone.
    Needless {
        /// The plan.
        acts: Vec<EventId>,
        /// What its end is worth.
        after: f64,
        /// The places of the acts that do as well.
        kept: Vec<usize>,
    },
    /// Nothing that begins with the act gains anything, as far as it looks ahead.
    NoGain {
        /// The most it could come to.
        most: f64,
        /// The most it could come to, whatever it began with, as far as that was tried.
        otherwise: f64,
    },
    /// Out of transitions or time, or told to stop.
    Unsettled,
}

/// What everybody who must consent makes of an act in a state, in their order. The limits of the
/// request count, and its time; its transitions are those for each question.
pub fn why_not<S: Space + Send>(
    space: &mut S,
    state: NodeId,
    act: EventId,
    request: &Request,
    control: &Control,
) -> Result<Vec<Account>, Fault> {
    thread::scope(|scope| {
        let work = || {
            let mut memory = Memory::default();
            let watch = Watch::new(control, request, Instant::now());
            let mut search = Search::new(space, &mut memory, request, watch);
            let everybody = search.space.consenting(act).to_vec();
            everybody
                .into_iter()
                .map(|who| {
                    let believed = search.space.mind(state, who);
                    let budget = search.whole_budget();
                    search.account(who, believed, act, budget, true)
                })
                .collect()
        };
        let deep = thread::Builder::new().stack_size(STACK_BYTES);
        let running = deep.spawn_scoped(scope, work).map_err(no_thread)?;
        running.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// Effort for plans that nobody need agree to, in ticks.
const PATIENCE: u64 = 300_000;

/// How many plans that would do if everybody played along are compared.
const CANDIDATES: usize = 64;

/// By so many acts further ahead than anybody looks is something worth it looked for.
const FURTHER: u32 = 6;

/// A state reached if everybody plays along.
struct Node {
    state: NodeId,
    shadows: SetId,
    /// The node before, and the act in between.
    before: Option<(usize, EventId)>,
}

/// What came of plans in which everybody plays along.
#[derive(Default)]
struct Tried {
    /// Ends above all shadows.
    ends: Vec<(Vec<EventId>, f64)>,
    /// A shortest that ends above the beginning, though not above all shadows.
    spare: Option<(Vec<EventId>, f64)>,
    /// The most it came to.
    most: f64,
    /// Was everything tried, as far as it was to be?
    whole: bool,
}

impl<S: Space> Search<'_, S> {
    fn whole_budget(&self) -> Budget {
        Budget {
            length: self.request.character_limit.unwrap_or(u32::MAX),
            depth: self.request.epistemic_limit.unwrap_or(DEEPEST),
        }
    }

    /// `asking`: also why others would not.
    fn account(
        &mut self,
        character: CharacterId,
        believed: NodeId,
        act: EventId,
        budget: Budget,
        asking: bool,
    ) -> Result<Account, Fault> {
        let before = self.space.utility(believed, Some(character))?;
        let finding = match self.finding(character, believed, act, budget, asking) {
            Ok(finding) => finding,
            Err(Halt::Fault(fault)) => return Err(fault),
            Err(Halt::Stopped | Halt::Unfinished) => Finding::Unsettled,
        };
        Ok(Account {
            character,
            believed,
            before,
            finding,
        })
    }

    fn finding(
        &mut self,
        who: CharacterId,
        believed: NodeId,
        act: EventId,
        budget: Budget,
        asking: bool,
    ) -> Result<Finding, Halt> {
        if !self.is_possible(believed, act)? {
            return Ok(Finding::Impossible);
        }
        let after = self.apply(believed, act)?;
        for state in [believed, after] {
            if self.utility(state, Some(who))?.is_none() {
                return Ok(Finding::Unknown);
            }
        }
        if let Some(reason) = self.settled(believed, who, act, budget)? {
            return Ok(Finding::Willing(self.memory.reasons.value(reason)));
        }
        let ahead = if budget.depth == 0 { 1 } else { budget.length };
        let near = self.play_along(who, believed, Some(act), ahead)?;
        if let Some(finding) = self.nearest(who, believed, &near.ends, budget, asking)? {
            return Ok(finding);
        }
        let mut spare = near.spare;
        if ahead < u32::MAX {
            let further = ahead.saturating_add(FURTHER);
            let far = self.play_along(who, believed, Some(act), further)?;
            if let Some((acts, after)) = far.ends.into_iter().next() {
                return Ok(Finding::TooFar { acts, after });
            }
            spare = spare.or(far.spare);
        }
        if let Some((acts, after)) = spare {
            let kept = self.enough(who, believed, &acts, after)?;
            return Ok(Finding::Needless { acts, after, kept });
        }
        if !near.whole {
            return Ok(Finding::Unsettled);
        }
        let at_all = self.play_along(who, believed, None, ahead)?;
        Ok(Finding::NoGain {
            most: near.most,
            otherwise: at_all.most,
        })
    }

    /// A reason, asked for to the end (see `unlimited`).
    fn settled(
        &mut self,
        believed: NodeId,
        who: CharacterId,
        act: EventId,
        budget: Budget,
    ) -> Result<Option<ReasonId>, Halt> {
        loop {
            if self.request.character_limit.is_none() {
                self.suppositions = Some(Suppositions::default());
            }
            let answer = self.explain(believed, who, act, budget);
            let supposed = self.suppositions.take();
            match answer? {
                Answer::Explained(reason) => return Ok(Some(reason)),
                Answer::Unexplained(_) if supposed.is_some_and(|supposed| supposed.wrong) => {}
                Answer::Unexplained(_) => return Ok(None),
            }
        }
    }

    /// Of plans that would do if everybody played along, the one that lacks least; and what it
    /// lacks.
    fn nearest(
        &mut self,
        who: CharacterId,
        believed: NodeId,
        plans: &[(Vec<EventId>, f64)],
        budget: Budget,
        asking: bool,
    ) -> Result<Option<Finding>, Halt> {
        let mut best: Option<(usize, usize)> = None; // how many lacks, which plan
        let mut lack = None;
        for (number, (acts, _)) in plans.iter().enumerate() {
            let lacks = self.lacks(who, believed, acts, budget)?;
            if !lacks.is_empty() && best.is_none_or(|(fewest, _)| lacks.len() < fewest) {
                best = Some((lacks.len(), number));
                lack = Some(lacks[0]);
            }
        }
        let (Some((_, number)), Some((place, other, mind))) = (best, lack) else {
            return Ok(None);
        };
        let (acts, after) = plans[number].clone();
        let inside = budget.inside(place);
        let account = match asking {
            true => self.account(other, mind, acts[place], inside, false)?,
            false => Account {
                character: other,
                believed: mind,
                before: self.utility(mind, Some(other))?,
                finding: Finding::Unsettled,
            },
        };
        Ok(Some(Finding::Others {
            acts,
            after,
            place,
            account: Box::new(account),
        }))
    }

    /// Which acts of a plan, the first aside, somebody else has no reason for, and who, in which
    /// state that they are imagined to believe in.
    fn lacks(
        &mut self,
        who: CharacterId,
        believed: NodeId,
        acts: &[EventId],
        budget: Budget,
    ) -> Result<Vec<(usize, CharacterId, NodeId)>, Halt> {
        let mut lacks = Vec::new();
        let mut state = believed;
        for (place, &act) in acts.iter().enumerate() {
            if place > 0 {
                for other in self.space.consenting(act).to_vec() {
                    let mind = self.space.mind(state, other);
                    let asked = other != who;
                    let inside = budget.inside(place);
                    if asked && self.settled(mind, other, act, inside)?.is_none() {
                        lacks.push((place, other, mind));
                    }
                }
            }
            state = self.apply(state, act)?;
        }
        Ok(lacks)
    }

    /// Tries all plans of so many acts that begin with `first` (None: with anything), everybody
    /// playing along.
    fn play_along(
        &mut self,
        who: CharacterId,
        believed: NodeId,
        first: Option<EventId>,
        ahead: u32,
    ) -> Result<Tried, Halt> {
        let outer = self.watch.allow(PATIENCE);
        let mut tried = Tried::default();
        let result = self.try_along(who, believed, first, ahead, &mut tried);
        let is_spent = self.watch.is_spent();
        self.watch.restore(outer);
        match result {
            Ok(()) => tried.whole = true,
            Err(Halt::Unfinished) if is_spent => {}
            Err(halt) => return Err(halt),
        }
        Ok(tried)
    }

    fn try_along(
        &mut self,
        who: CharacterId,
        believed: NodeId,
        first: Option<EventId>,
        ahead: u32,
        tried: &mut Tried,
    ) -> Result<(), Halt> {
        let Some(before) = self.utility(believed, Some(who))? else {
            return Ok(());
        };
        let (state, shadows, left) = match first {
            Some(act) => (
                self.apply(believed, act)?,
                vec![believed],
                ahead.saturating_sub(1),
            ),
            None => (believed, Vec::new(), ahead),
        };
        let shadows = self.memory.sets.intern(shadows);
        tried.most = self.utility(state, Some(who))?.unwrap_or(before);
        let mut met = FxHashSet::from_iter([(state, shadows)]);
        let mut nodes = vec![Node {
            state,
            shadows,
            before: None,
        }];
        let mut layer = 0..1;
        for _ in 0..left {
            let first_new = nodes.len();
            for number in layer {
                let Node { state, shadows, .. } = nodes[number];
                for &act in self.possible(state)?.iter() {
                    if self.space.consenting(act).is_empty() {
                        continue; // nobody expects the author to act
                    }
                    let after = self.apply(state, act)?;
                    let Some(utility) = self.utility(after, Some(who))? else {
                        continue; // from here on nothing would be a rise
                    };
                    tried.most = tried.most.max(utility);
                    let (shadows, bar) = self.follow_along(who, shadows, act)?;
                    let is_gain = first.is_some() && utility > before;
                    let is_end = is_gain && utility > bar;
                    if is_end || is_gain && tried.spare.is_none() {
                        let plan = (path(&nodes, first, number, act), utility);
                        if !is_end {
                            tried.spare = Some(plan);
                        } else if tried.ends.len() < CANDIDATES {
                            tried.ends.push(plan);
                        }
                    }
                    let is_shadow = self.memory.sets.contains(shadows, after);
                    if !is_end && !is_shadow && met.insert((after, shadows)) {
                        nodes.push(Node {
                            state: after,
                            shadows,
                            before: Some((number, act)),
                        });
                    }
                }
            }
            layer = first_new..nodes.len();
            if layer.is_empty() || tried.ends.len() == CANDIDATES {
                break;
            }
        }
        Ok(())
    }

    /// The shadows after an act, everybody playing along, and their height.
    fn follow_along(
        &mut self,
        who: CharacterId,
        shadows: SetId,
        act: EventId,
    ) -> Result<(SetId, f64), Halt> {
        let mut all = self.memory.sets.get(shadows).to_vec();
        for state in all.clone() {
            if self.is_possible(state, act)? {
                all.push(self.apply(state, act)?);
            }
        }
        let mut bar = f64::NEG_INFINITY;
        for &state in &all {
            bar = bar.max(self.utility(state, Some(who))?.unwrap_or(bar));
        }
        Ok((self.memory.sets.intern(all), bar))
    }

    /// The places of the fewest acts of a plan, the first not among them, that do as well when
    /// everybody plays along.
    fn enough(
        &mut self,
        who: CharacterId,
        believed: NodeId,
        acts: &[EventId],
        height: f64,
    ) -> Result<Vec<usize>, Halt> {
        let mut ends = vec![(believed, Vec::new())];
        for (place, &act) in acts.iter().enumerate().skip(1) {
            for (state, kept) in ends.clone() {
                if self.is_possible(state, act)? {
                    let mut kept: Vec<usize> = kept;
                    kept.push(place);
                    ends.push((self.apply(state, act)?, kept));
                }
            }
            ends.sort_by(|a, b| (a.0, a.1.len(), &a.1).cmp(&(b.0, b.1.len(), &b.1)));
            ends.dedup_by_key(|(state, _)| *state);
        }
        let mut best: Vec<usize> = (1..acts.len()).collect();
        for (state, kept) in ends {
            let is_high = self.utility(state, Some(who))?.is_some_and(|u| u >= height);
            if is_high && (kept.len(), &kept) < (best.len(), &best) {
                best = kept;
            }
        }
        Ok(best)
    }
}

/// The acts up to a node, and one more.
fn path(nodes: &[Node], first: Option<EventId>, mut number: usize, last: EventId) -> Vec<EventId> {
    let mut acts = vec![last];
    while let Some((parent, act)) = nodes[number].before {
        acts.push(act);
        number = parent;
    }
    acts.extend(first);
    acts.reverse();
    acts
}
