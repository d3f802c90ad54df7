//! One search for whoever pursues something: the author in the world, a character in the world that
//! it believes in.
//!
//! Steps are taken off a queue, and only then is anybody asked for a reason (lazily: most steps are
//! never looked at). With [`Order::Breadth`] the queue is a breadth-first one, in which of the
//! steps to one layer those that may end the pursuit come first. With [`Order::Guided`] it follows
//! the relaxed plans of `relax`, greedily, and what is found is trimmed.
//!
//! # The author
//!
//! Nodes are distinct pairs of state and progress (see `demands`), reached by explained acts.
//! Whether an act is explained depends on the state alone, and so does the utility; hence, breadth
//! first, the first node at or above the goal with all demands met ends a shortest explained plan.
//! That plan is minimal: a proper subsequence that could stand against it would be an explained
//! plan, shorter, and do as much, and would have been found first. Any explained plan that does it
//! contains a minimal one (`thinnest` finds the shortest), which is why a greedy one will do too.
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
//! Claim 3: in any order, an accepted path, trimmed to its shortest subsequence that is as high, is
//! a valid reason. It keeps e1 (else its end would be a shadow); the rise and minimality follow as
//! in claim 1, since a subsequence of a subsequence is one.
//!
//! # What is left out, and why that is exact
//!
//! Of nodes (t, D): *dominated* ones, if a node (t, D') with D' within D is there, after no more
//! acts: whatever follows is as possible there, its shadows fewer. *Overshadowed* ones, if t is in
//! D: whatever follows, a shadow follows too. Loops are cases of the first. And those *too far off*:
//! D only grows, so the end must exceed what is the highest in D now, and `relax` says how many
//! acts that takes at least, counting on everybody (its argument stands there). Where not even
//! without a limit anything could be reached, no limit is to blame, and the refutation holds for
//! every budget.

use std::cmp::Reverse;

use super::nodes::{Candidate, Node, Nodes};
use super::quest::{Order, Path, Pursued, Quest};
use super::reasons::{Answer, Cut, ReasonId};
use super::watch::Halt;
use super::{Search, Story};
use crate::demands::Progress;
use crate::ids::{CharacterId, EventId, NodeId, SetId};
use crate::relax::{Aim, Outlook, Threshold, TooFar};
use crate::space::Space;

impl<S: Space> Search<'_, S> {
    /// A plan for what is pursued, in this order; among equals, what came up first in event order.
    pub(super) fn pursue(&mut self, quest: &Quest, order: Order) -> Result<Pursued, Halt> {
        let (shadows, bar) = self.first_shadows(quest)?;
        let Some(progress) = self.first_progress(quest)? else {
            return Ok(Pursued::Exhausted {
                own_limit: false,
                inside: Cut::default(),
            });
        };
        let wants_a_rise = quest.owner().is_some() || self.request.goal.is_some();
        if !wants_a_rise && self.request.demands.are_met(progress) {
            let utility = self.utility(quest.start(), None)?;
            return Ok(Pursued::Reached(Path::default(), utility));
        }
        if quest.owner().is_none() && progress.met() > self.furthest.met() {
            self.furthest = progress;
        }
        let mut nodes = Nodes::default();
        nodes.push(Node {
            state: quest.start(),
            progress,
            shadows,
            bar,
            steps: 0,
            parent: 0,
            act: EventId(0),
            reasons: [].into(),
            namesake: None,
        });
        self.expand(quest, order, &mut nodes, 0)?;
        while let Some(Reverse(mut candidate)) = nodes.waiting.pop() {
            self.watch.tick()?;
            if let Order::Guided { weight } = order {
                if !candidate.looked {
                    if self.look(quest, weight, &mut nodes, &mut candidate)? {
                        nodes.waiting.push(Reverse(candidate));
                    }
                    continue;
                }
            }
            let Some(number) = self.take(quest, &mut nodes, &candidate)? else {
                continue;
            };
            let bar = nodes.list[number as usize].bar;
            if self.is_end(quest, bar, candidate.utility, candidate.progress) {
                return self.finish(quest, nodes.path(number), candidate.utility);
            }
            self.expand(quest, order, &mut nodes, number)?;
        }
        Ok(Pursued::Exhausted {
            own_limit: nodes.own_limit,
            inside: nodes.inside,
        })
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

    /// What the start itself meets of the demands; None if it contradicts them.
    fn first_progress(&mut self, quest: &Quest) -> Result<Option<Progress>, Halt> {
        Ok(match quest {
            Quest::Author { start, .. } => {
                let demands = &self.request.demands;
                demands.begin(self.space, *start)?
            }
            Quest::Character { .. } => Some(Progress::default()),
        })
    }

    /// Puts the steps from a node that are worth asking about on the queue.
    fn expand(
        &mut self,
        quest: &Quest,
        order: Order,
        nodes: &mut Nodes,
        number: u32,
    ) -> Result<(), Halt> {
        let Node {
            state,
            progress,
            shadows,
            bar,
            steps,
            ..
        } = nodes.list[number as usize];
        let (step, left) = (steps + 1, quest.limit() - steps);
        if left == 0 {
            nodes.own_limit = true;
            return Ok(());
        }
        let owner = quest.owner();
        if owner.is_none() {
            self.watch.depth(step);
        }
        let outlook = match order {
            Order::Breadth if !self.cuts(quest) => None,
            _ => match self.outlook(quest, state, progress, bar, left)? {
                Ok(outlook) => Some(outlook),
                Err(TooFar { ever }) => {
                    nodes.own_limit |= ever;
                    return Ok(());
                }
            },
        };
        let last = left == 1;
        for &act in self.possible(state)?.iter() {
            if owner.is_some() && self.space.consenting(act).is_empty() {
                continue; // nobody expects the author to act
            }
            if owner.is_none() && !self.request.demands.allow(act) || self.is_barred(state, act) {
                continue;
            }
            if let Some(cut) = self.refusal(owner, state, act, quest.budget(step))? {
                nodes.inside |= cut;
                continue;
            }
            let after = self.apply(state, act)?;
            let progress = if owner.is_none() && !self.request.demands.is_empty() {
                let demands = &self.request.demands;
                match demands.follow(self.space, progress, act, after)? {
                    Some(progress) => progress,
                    None => continue,
                }
            } else {
                progress
            };
            // The shadows will be these or more.
            if self.is_dominated(nodes, (after, progress), shadows, step) {
                continue;
            }
            let utility = self.utility(after, owner)?;
            if owner.is_some() && utility.is_none() {
                continue; // from here on nothing would be a rise
            }
            let is_end = self.is_end(quest, bar, utility, progress);
            if last && !is_end && !self.would_improve(quest, utility, progress) {
                nodes.own_limit = true;
                continue;
            }
            let turn = match (order, &outlook) {
                (Order::Guided { weight }, Some(outlook)) => {
                    let helpful = outlook.helpful.binary_search(&act).is_ok();
                    let to_go = outlook.about.saturating_sub(u32::from(helpful));
                    2 * (step + weight * to_go) + u32::from(!helpful)
                }
                _ => step,
            };
            nodes.candidates += 1;
            nodes.waiting.push(Reverse(Candidate {
                turn: (turn, !is_end, nodes.candidates),
                looked: is_end,
                parent: number,
                act,
                state: after,
                progress,
                utility,
            }));
        }
        Ok(())
    }

    /// Are nodes to be left out that are too far from what is pursued? Not where the limit is only a
    /// width on the way to a greater one.
    fn cuts(&self, quest: &Quest) -> bool {
        self.cutting
            && match quest {
                Quest::Author { .. } => self.author_limit().is_some(),
                Quest::Character { .. } => true,
            }
    }

    /// Sets a step's turn by how things look from where it leads, before anybody is asked for a
    /// reason. False if from there it is too far.
    fn look(
        &mut self,
        quest: &Quest,
        weight: u32,
        nodes: &mut Nodes,
        candidate: &mut Candidate,
    ) -> Result<bool, Halt> {
        let from = &nodes.list[candidate.parent as usize];
        let (step, bar) = (from.steps + 1, from.bar);
        let left = quest.limit() - step;
        let Candidate {
            state, progress, ..
        } = *candidate;
        let outlook = match self.outlook(quest, state, progress, bar, left)? {
            Ok(outlook) => outlook,
            Err(TooFar { ever }) => {
                nodes.own_limit |= ever;
                return Ok(false);
            }
        };
        candidate.looked = true;
        candidate.turn.0 = 2 * (step + weight * outlook.about) + candidate.turn.0 % 2;
        Ok(true)
    }

    /// How far it is to what is pursued.
    pub(super) fn outlook(
        &mut self,
        quest: &Quest,
        state: NodeId,
        progress: Progress,
        bar: f64,
        within: u32,
    ) -> Result<Result<Outlook, TooFar>, Halt> {
        let (mut pass, mut acts) = (Vec::new(), Vec::new());
        let request = self.request;
        let utility = match quest {
            Quest::Author { floor, .. } => {
                request.demands.missing(progress, &mut pass, &mut acts);
                match request.goal {
                    Some(goal) if goal > *floor => Some(Threshold::AtLeast(goal)),
                    Some(_) => Some(Threshold::Above(*floor)),
                    None => None,
                }
            }
            Quest::Character { .. } => Some(Threshold::Above(bar)),
        };
        let aim = Aim {
            whose: quest.owner(),
            utility,
            pass: &pass,
            acts: &acts,
            never: &[],
            delays: match self.guiding {
                Some(_) if request.ideas.delays => &self.memory.delays.by_act,
                _ => &[],
            },
        };
        self.watch.outlook()?;
        let within = match self.guiding {
            Some(_) => u32::MAX,
            None => within,
        };
        Ok(self.space.outlook(state, &aim, within)?)
    }

    fn is_end(&self, quest: &Quest, bar: f64, utility: Option<f64>, progress: Progress) -> bool {
        match quest {
            Quest::Author { floor, .. } => self.is_story(*floor, utility, progress),
            Quest::Character { .. } => utility.is_some_and(|utility| utility > bar),
        }
    }

    /// Is this all that the author wants, where the start is worth `floor`?
    pub(super) fn is_story(&self, floor: f64, utility: Option<f64>, progress: Progress) -> bool {
        let is_high = |goal: f64| utility.is_some_and(|high| high >= goal && high > floor);
        self.request.demands.are_met(progress) && self.request.goal.is_none_or(is_high)
    }

    /// Would the step make the best plan so far, though not what the author wants?
    fn would_improve(&self, quest: &Quest, utility: Option<f64>, progress: Progress) -> bool {
        let Quest::Author { floor, .. } = quest else {
            return false;
        };
        // More demands met come first, then a higher utility.
        if progress.met() != self.furthest.met() {
            return progress.met() > self.furthest.met();
        }
        let best = self.best.as_ref().and_then(|best| best.utility);
        self.request.goal.is_some()
            && utility.is_some_and(|utility| utility > best.unwrap_or(*floor))
    }

    /// Takes a step if everybody else has a reason to and it leads somewhere new.
    fn take(
        &mut self,
        quest: &Quest,
        nodes: &mut Nodes,
        candidate: &Candidate,
    ) -> Result<Option<u32>, Halt> {
        let &Candidate {
            parent,
            act,
            state,
            progress,
            utility,
            ..
        } = candidate;
        let from = &nodes.list[parent as usize];
        let (from_state, from_shadows, from_bar) = (from.state, from.shadows, from.bar);
        let step = from.steps + 1;
        let place = (state, progress);
        if self.is_dominated(nodes, place, from_shadows, step) {
            return Ok(None); // by a node met meanwhile
        }
        if let Some(cut) = self.refusal(quest.owner(), from_state, act, quest.budget(step))? {
            nodes.inside |= cut;
            return Ok(None); // found out meanwhile
        }
        let reasons = match self.explain_all(quest.owner(), from_state, act, quest.budget(step))? {
            Answer::Explained(reasons) => {
                self.memory.delays.note(act, true);
                reasons
            }
            Answer::Unexplained(cut) => {
                self.memory.delays.note(act, false);
                nodes.inside |= cut;
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
        if self.memory.sets.contains(shadows, state)
            || self.is_dominated(nodes, place, shadows, step)
        {
            return Ok(None);
        }
        let improves = self.would_improve(quest, utility, progress);
        let number = nodes.push(Node {
            state,
            progress,
            shadows,
            bar,
            steps: step,
            parent,
            act,
            reasons,
            namesake: None,
        });
        if let Quest::Author { start, .. } = quest {
            self.watch.state();
            if improves {
                self.furthest = progress;
                let (path, utility) = self.trim_story(*start, nodes.path(number))?;
                self.best = Some(Story { path, utility });
            }
        }
        Ok(Some(number))
    }

    /// The plan that an accepted path stands for.
    fn finish(&mut self, quest: &Quest, path: Path, utility: Option<f64>) -> Result<Pursued, Halt> {
        Ok(match quest {
            Quest::Author { start, .. } => {
                let (path, utility) = self.trim_story(*start, path)?;
                Pursued::Reached(path, utility)
            }
            Quest::Character {
                who,
                believed,
                first,
                ..
            } => {
                let height = utility.expect("a character's end is known");
                let path = path.after(*first);
                match self.trim_reason(*who, *believed, path, height)? {
                    Some((path, height)) => Pursued::Reached(path, Some(height)),
                    None => Pursued::Doubtful,
                }
            }
        })
    }

    /// Is there a node there in no more steps, with no shadow outside `shadows`?
    fn is_dominated(
        &self,
        nodes: &Nodes,
        place: (NodeId, Progress),
        shadows: SetId,
        steps: u32,
    ) -> bool {
        let mut number = nodes.latest.get(&place).copied();
        while let Some(place) = number {
            let node = &nodes.list[place as usize];
            if node.steps <= steps && self.memory.sets.is_subset(node.shadows, shadows) {
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
            if !self.is_barred(state, act)
                && self.is_possible(state, act)?
                && self.all_hold(state, reasons)?
            {
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
