//! One breadth-first search for whoever pursues something: the author in the world, a character in
//! the world that it believes in.
//!
//! # The author
//!
//! Breadth first over distinct states by explained acts. Whether an act is explained depends on
//! the state alone, and so does the utility; hence the first state found at or above the goal ends
//! a shortest explained plan. That plan is minimal: a proper subsequence that could stand against
//! it would be an explained plan, shorter, and at least as high, and would have been found first.
//! (This also holds for a best plan below the goal, which is kept only if it is higher than all
//! before it.)
//!
//! # A character
//!
//! Here the first act is forced, and minimality is no property of states: a plan e1..ek from b is
//! spoiled by a subsequence that leaves out e1 and does as well without it. So a node carries,
//! besides its state t, its *shadows* D: all states in which a subsequence of e2..ei can end,
//! begun in b, each of its acts possible and explained by the plan's own reasons. D starts as {b}
//! and each act turns D into D and what becomes of D by the act. A node is *accepted* if the
//! utility at t exceeds that at every shadow, and known at every state of the path.
//!
//! Claim 1: a shortest accepted path, where utilities are known, is a valid reason. *Rise*: b is in
//! D, so the end exceeds b. If an earlier state of the path were as high as the end, the path to
//! it would be accepted (its shadows are among the later ones) and shorter. *Minimal*: let s be a
//! subsequence that ends at least as high as the plan. It keeps e1, else its end is a shadow. Cut
//! s after its first highest state: still a proper subsequence, explained by the same reasons, as
//! high. Its shadows are ends of subsequences of the plan without e1, so shadows of the plan; so it
//! would be accepted, and is shorter.
//!
//! Claim 2: if a valid reason exists (with the reasons that we take for others' acts), then a path
//! is accepted: its minimality says that the end exceeds all shadows.
//!
//! Unknown utilities break claim 1 alone (s may pass through an unknown state). So an accepted path
//! is trimmed to its shortest subsequence that is as high; if that passes through an unknown, the
//! search is repeated with *all* proper subsequences as shadows, where acceptance is validity by
//! definition.
//!
//! Exact pruning, for nodes (t, D): *dominated*, if a node (t, D') with D' within D is there, no
//! longer: whatever follows is as possible there, its shadows fewer. *Overshadowed*, if t is in D:
//! whatever follows, a shadow follows too. Loops are cases of the first.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::reasons::{Answer, Budget, Cut, ReasonId};
use super::watch::Halt;
use super::{Search, Story};
use crate::ids::{CharacterId, EventId, NodeId, SetId};
use crate::space::Space;

/// Who pursues what, from where, how far.
pub(super) enum Quest {
    /// The author, from the initial state: at least `goal`, and more than `floor`.
    Author {
        start: NodeId,
        floor: f64,
        goal: f64,
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
    fn owner(&self) -> Option<CharacterId> {
        match self {
            Quest::Author { .. } => None,
            Quest::Character { who, .. } => Some(*who),
        }
    }

    fn start(&self) -> NodeId {
        match self {
            Quest::Author { start, .. } => *start,
            Quest::Character { after_first, .. } => *after_first,
        }
    }

    /// Most steps from the start.
    fn limit(&self) -> u32 {
        match self {
            Quest::Author { limit, .. } => *limit,
            Quest::Character { budget, .. } => budget.length - 1,
        }
    }

    /// What others may use to explain their part in the step (counted from 1).
    fn budget(&self, step: u32) -> Budget {
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

/// Acts with the reasons of those who must have one, in step.
#[derive(Clone)]
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

    /// The same after one more act that nobody else is asked about.
    fn after(self, first: EventId) -> Path {
        let mut path = Path::of(first);
        path.acts.extend(self.acts);
        path.reasons.extend(self.reasons);
        path
    }
}

pub(super) enum Pursued {
    /// The path, and the utility at its end.
    Reached(Path, f64),
    /// Nothing, and whether limits had a part in it.
    Exhausted { own_limit: bool, inside: Cut },
    /// An accepted path that does not stand because of unknown utilities (see above).
    Doubtful,
}

/// A state reached in a pursuit, and how.
struct Node {
    state: NodeId,
    shadows: SetId,
    /// The highest known utility among the shadows.
    bar: f64,
    parent: u32,
    act: EventId,
    reasons: Box<[ReasonId]>,
    /// The previous node of the same state.
    namesake: Option<u32>,
}

/// A step that could be taken, if everybody had a reason.
struct Candidate {
    parent: u32,
    act: EventId,
    state: NodeId,
    utility: Option<f64>,
}

/// The nodes of one pursuit, and the latest of each state.
struct Nodes {
    list: Vec<Node>,
    latest: FxHashMap<NodeId, u32>,
}

impl Nodes {
    fn push(&mut self, mut node: Node) -> u32 {
        let number = u32::try_from(self.list.len()).expect("fewer than 2^32 nodes");
        node.namesake = self.latest.insert(node.state, number);
        self.list.push(node);
        number
    }

    /// Acts and reasons from the start to a node.
    fn path(&self, mut number: u32) -> Path {
        let (mut acts, mut reasons) = (Vec::new(), Vec::new());
        while number > 0 {
            let node = &self.list[number as usize];
            acts.push(node.act);
            reasons.push(node.reasons.clone());
            number = node.parent;
        }
        acts.reverse();
        reasons.reverse();
        Path { acts, reasons }
    }
}

impl<S: Space> Search<'_, S> {
    /// Shortest first; among equals, what was reached first in event order.
    pub(super) fn pursue(&mut self, quest: &Quest) -> Result<Pursued, Halt> {
        let (shadows, bar) = self.first_shadows(quest)?;
        let mut nodes = Nodes {
            list: Vec::new(),
            latest: FxHashMap::default(),
        };
        nodes.push(Node {
            state: quest.start(),
            shadows,
            bar,
            parent: 0,
            act: EventId(0),
            reasons: [].into(),
            namesake: None,
        });
        let (mut own_limit, mut inside) = (false, Cut::default());
        let mut layer = 0..nodes.list.len();
        for step in 1.. {
            if layer.is_empty() {
                break;
            }
            if step > quest.limit() {
                own_limit = true;
                break;
            }
            if quest.owner().is_none() {
                self.watch.depth(step);
            }
            // Nobody is asked for reasons before it is known which steps lead to the end: those
            // come first, and on the last layer nothing else is of use.
            let (ends, others) = self.candidates(quest, step, &nodes, layer, &mut inside)?;
            let last = step == quest.limit();
            let first_new = nodes.list.len();
            let count = ends.len();
            for (place, candidate) in ends.into_iter().chain(others).enumerate() {
                if last && place >= count && !self.would_improve(quest, &candidate) {
                    own_limit = true;
                    continue;
                }
                self.watch.tick()?;
                let taken = self.take(quest, step, &mut nodes, candidate, &mut inside)?;
                if let Some((number, utility)) = taken {
                    return self.finish(quest, nodes.path(number), utility);
                }
            }
            layer = first_new..nodes.list.len();
        }
        Ok(Pursued::Exhausted { own_limit, inside })
    }

    /// The shadows before anything happened, and their height.
    fn first_shadows(&mut self, quest: &Quest) -> Result<(SetId, f64), Halt> {
        Ok(match quest {
            Quest::Author { .. } => (self.memory.sets.intern(Vec::new()), f64::NEG_INFINITY),
            Quest::Character { who, believed, .. } => {
                let bar = self.utility(*believed, Some(*who))?;
                (
                    self.memory.sets.intern(vec![*believed]),
                    bar.unwrap_or(f64::NEG_INFINITY),
                )
            }
        })
    }

    /// The steps from a layer worth asking about: those that could end the pursuit, and the rest.
    fn candidates(
        &mut self,
        quest: &Quest,
        step: u32,
        nodes: &Nodes,
        layer: Range<usize>,
        inside: &mut Cut,
    ) -> Result<(Vec<Candidate>, Vec<Candidate>), Halt> {
        let (mut ends, mut others) = (Vec::new(), Vec::new());
        let owner = quest.owner();
        for place in layer {
            let Node {
                state,
                shadows,
                bar,
                ..
            } = nodes.list[place];
            for &act in self.possible(state)?.iter() {
                if owner.is_some() && self.space.consenting(act).is_empty() {
                    continue; // nobody expects the author to act
                }
                if let Some(cut) = self.refusal(owner, state, act, quest.budget(step))? {
                    *inside |= cut;
                    continue;
                }
                let after = self.apply(state, act)?;
                // The shadows will be these or more.
                if self.is_dominated(nodes, after, shadows) {
                    continue;
                }
                let utility = self.utility(after, owner)?;
                if owner.is_some() && utility.is_none() {
                    continue; // from here on nothing would be a rise
                }
                let candidate = Candidate {
                    parent: u32::try_from(place).expect("fewer than 2^32 nodes"),
                    act,
                    state: after,
                    utility,
                };
                if Self::is_end(quest, bar, utility) {
                    ends.push(candidate);
                } else {
                    others.push(candidate);
                }
            }
        }
        Ok((ends, others))
    }

    fn is_end(quest: &Quest, bar: f64, utility: Option<f64>) -> bool {
        utility.is_some_and(|utility| match quest {
            Quest::Author { goal, floor, .. } => utility >= *goal && utility > *floor,
            Quest::Character { .. } => utility > bar,
        })
    }

    /// Would the step make the best plan so far, though not reach the author's goal?
    fn would_improve(&self, quest: &Quest, candidate: &Candidate) -> bool {
        let Quest::Author { floor, .. } = quest else {
            return false;
        };
        let best = self.best.as_ref().map_or(*floor, |best| best.utility);
        candidate.utility.is_some_and(|utility| utility > best)
    }

    /// Takes a step if everybody else has a reason to and it leads somewhere new. Gives back the
    /// new node, with its utility, if the pursuit could end there.
    fn take(
        &mut self,
        quest: &Quest,
        step: u32,
        nodes: &mut Nodes,
        candidate: Candidate,
        inside: &mut Cut,
    ) -> Result<Option<(u32, f64)>, Halt> {
        let Candidate {
            parent,
            act,
            state,
            utility,
        } = candidate;
        let from = &nodes.list[parent as usize];
        let (from_state, from_shadows, from_bar) = (from.state, from.shadows, from.bar);
        if self.is_dominated(nodes, state, from_shadows) {
            return Ok(None); // by a node of this very layer
        }
        if let Some(cut) = self.refusal(quest.owner(), from_state, act, quest.budget(step))? {
            *inside |= cut;
            return Ok(None); // found out on this very layer
        }
        let reasons = match self.explain_all(quest.owner(), from_state, act, quest.budget(step))? {
            Answer::Explained(reasons) => reasons,
            Answer::Unexplained(cut) => {
                *inside |= cut;
                return Ok(None);
            }
        };
        let (shadows, bar) = match quest {
            Quest::Author { .. } => (from_shadows, from_bar),
            Quest::Character {
                who, all_shadows, ..
            } => {
                let omitted = all_shadows.then_some(from_state);
                self.follow(*who, from_shadows, from_bar, act, &reasons, omitted)?
            }
        };
        if self.memory.sets.contains(shadows, state) || self.is_dominated(nodes, state, shadows) {
            return Ok(None);
        }
        let number = nodes.push(Node {
            state,
            shadows,
            bar,
            parent,
            act,
            reasons,
            namesake: None,
        });
        if let Quest::Author { floor, .. } = quest {
            self.watch.state();
            let best = self.best.as_ref().map_or(*floor, |best| best.utility);
            if let Some(utility) = utility.filter(|&utility| utility > best) {
                let trimmed = self.trim(None, quest.start(), nodes.path(number), utility)?;
                self.best = trimmed.map(|(path, utility)| Story { path, utility });
            }
        }
        Ok(utility
            .filter(|&utility| Self::is_end(quest, bar, Some(utility)))
            .map(|utility| (number, utility)))
    }

    /// The plan that an accepted path stands for.
    fn finish(&mut self, quest: &Quest, path: Path, utility: f64) -> Result<Pursued, Halt> {
        let (start, path) = match quest {
            Quest::Author { start, .. } => (*start, path),
            Quest::Character {
                believed, first, ..
            } => (*believed, path.after(*first)),
        };
        Ok(match self.trim(quest.owner(), start, path, utility)? {
            Some((path, utility)) => Pursued::Reached(path, utility),
            None => Pursued::Doubtful,
        })
    }

    /// Is there a node of this state, with no shadow outside `shadows`?
    fn is_dominated(&self, nodes: &Nodes, state: NodeId, shadows: SetId) -> bool {
        let mut number = nodes.latest.get(&state).copied();
        while let Some(place) = number {
            let node = &nodes.list[place as usize];
            if self.memory.sets.is_subset(node.shadows, shadows) {
                return true;
            }
            number = node.namesake;
        }
        false
    }

    /// The shadows after an act explained by `reasons`, and their height; with `omitted`, the
    /// state that leaving out this very act would lead to is one of them.
    fn follow(
        &mut self,
        who: CharacterId,
        shadows: SetId,
        mut bar: f64,
        act: EventId,
        reasons: &[ReasonId],
        omitted: Option<NodeId>,
    ) -> Result<(SetId, f64), Halt> {
        let before = self.memory.sets.get(shadows).to_vec();
        let mut after = before.clone();
        for state in before {
            if self.is_possible(state, act)? && self.all_hold(state, reasons)? {
                after.push(self.apply(state, act)?);
            }
        }
        after.extend(omitted);
        for &state in &after {
            if let Some(utility) = self.utility(state, Some(who))? {
                bar = bar.max(utility);
            }
        }
        Ok((self.memory.sets.intern(after), bar))
    }
}
