//! Why somebody would take part in an act: asks, and remembers the answers.
//!
//! A reason depends on the believed state alone (states are equal iff no belief differs), so an
//! answer is kept under (believed state, character, act). A reason that was found serves every
//! question whose budget it fits; a refutation serves every question with no more budget than its
//! own, and, where no limit had a part in it, every question whatever.

use std::ops::BitOrAssign;

use rustc_hash::FxHashMap;

use super::Search;
use super::quest::{Order, Path, Pursued, Quest};
use super::watch::Halt;
use crate::ids::{CharacterId, EventId, NodeId};
use crate::space::Space;

/// How far a reason may reach: acts, the explained one first; and minds within minds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Budget {
    pub(super) length: u32,
    pub(super) depth: u32,
}

impl Budget {
    pub(super) fn covers(self, need: Budget) -> bool {
        need.length <= self.length && need.depth <= self.depth
    }
}

/// Which limits kept something out of a search that failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) length: bool,
    pub(super) depth: bool,
    /// Not a limit, but a supposition had a part in it (see `unlimited`).
    pub(super) supposed: bool,
    /// Nor that: it was given up for now (see `guided`).
    pub(super) effort: bool,
}

impl BitOrAssign for Cut {
    fn bitor_assign(&mut self, other: Cut) {
        self.length |= other.length;
        self.depth |= other.depth;
        self.supposed |= other.supposed;
        self.effort |= other.effort;
    }
}

/// Why would somebody, believing in this state, take part in that act?
pub(super) type Question = (NodeId, CharacterId, EventId);

/// A reason that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ReasonId(u32);

/// A reason, with the reasons inside it by number.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) character: CharacterId,
    /// The explained act first; nobody's reason beside that one.
    pub(super) path: Path,
    pub(super) before: f64,
    pub(super) after: f64,
    /// The least budget that it fits.
    need: Budget,
}

pub(super) enum Answer<T> {
    Explained(T),
    Unexplained(Cut),
}

#[derive(Clone, Default)]
struct Answers {
    found: Vec<ReasonId>,
    /// Nothing within these.
    refuted: Vec<Budget>,
}

/// Everything found out about reasons.
#[derive(Clone, Default)]
pub(super) struct Reasons {
    known: Vec<Known>,
    answers: FxHashMap<Question, Answers>,
    /// Whether a reason holds in a believed state other than the one it was found for.
    holding: FxHashMap<(ReasonId, NodeId), bool>,
}

impl Reasons {
    pub(super) fn get(&self, id: ReasonId) -> &Known {
        &self.known[id.0 as usize]
    }

    /// Notes a reason, valid in this believed state.
    pub(super) fn add(
        &mut self,
        character: CharacterId,
        believed: NodeId,
        path: Path,
        before: f64,
        after: f64,
    ) -> ReasonId {
        let id = ReasonId(u32::try_from(self.known.len()).expect("fewer than 2^32 reasons"));
        let need = self.need(&path);
        self.known.push(Known {
            character,
            path,
            before,
            after,
            need,
        });
        self.holding.insert((id, believed), true);
        id
    }

    /// One more answer to a question; of those that need the same, the first is kept.
    fn answer(&mut self, question: Question, id: ReasonId) {
        let need = self.get(id).need;
        let Reasons { known, answers, .. } = self;
        let found = &mut answers.entry(question).or_default().found;
        if !found
            .iter()
            .any(|&old| need.covers(known[old.0 as usize].need))
        {
            found.push(id);
        }
    }

    /// The least budget for a path: an act alone always passes; of a longer reason, act i has
    /// i - 1 acts before it, and minds in it are one deeper.
    fn need(&self, path: &Path) -> Budget {
        if path.acts.len() == 1 {
            return Budget {
                length: 1,
                depth: 0,
            };
        }
        let mut need = Budget {
            length: u32::try_from(path.acts.len()).expect("a short plan"),
            depth: 1,
        };
        for (acts_before, reasons) in (0..).zip(&path.reasons) {
            for &reason in reasons {
                let inner = self.get(reason).need;
                need.length = need.length.max(acts_before + inner.length);
                need.depth = need.depth.max(1 + inner.depth);
            }
        }
        need
    }
}

impl Answers {
    fn recall(&self, reasons: &Reasons, budget: Budget) -> Option<Answer<ReasonId>> {
        let fits = |id: &&ReasonId| budget.covers(reasons.get(**id).need);
        if let Some(&id) = self.found.iter().find(fits) {
            return Some(Answer::Explained(id));
        }
        let refuted = self.refuted.iter().find(|known| known.covers(budget))?;
        Some(Answer::Unexplained(Cut {
            length: refuted.length != u32::MAX,
            depth: refuted.depth != u32::MAX,
            ..Cut::default()
        }))
    }
}

impl<S: Space> Search<'_, S> {
    /// Is it known at no cost that not everybody who consents, but `owner`, has a reason for an
    /// act, and what kept it out? One refusal is enough.
    pub(super) fn refusal(
        &mut self,
        owner: Option<CharacterId>,
        state: NodeId,
        act: EventId,
        budget: Budget,
    ) -> Result<Option<Cut>, Halt> {
        for place in 0..self.space.consenting(act).len() {
            let who = self.space.consenting(act)[place];
            if Some(who) == owner {
                continue;
            }
            let believed = self.space.mind(state, who);
            let known = self.recall((believed, who, act), budget);
            if let Some(Answer::Unexplained(cut)) = known {
                return Ok(Some(cut));
            }
            if !self.space.is_possible(believed, act)? {
                return Ok(Some(Cut::default()));
            }
        }
        Ok(None)
    }

    /// A reason for an act for each of its consenting characters but `owner`, in their order.
    pub(super) fn explain_all(
        &mut self,
        owner: Option<CharacterId>,
        state: NodeId,
        act: EventId,
        budget: Budget,
    ) -> Result<Answer<Box<[ReasonId]>>, Halt> {
        let others = self.space.consenting(act).iter().copied();
        let others: Vec<CharacterId> = others.filter(|&who| Some(who) != owner).collect();
        let others: Vec<(CharacterId, NodeId)> = others
            .into_iter()
            .map(|who| (who, self.space.mind(state, who)))
            .collect();
        let mut reasons = Vec::with_capacity(others.len());
        for (who, believed) in others {
            match self.explain(believed, who, act, budget)? {
                Answer::Explained(reason) => reasons.push(reason),
                Answer::Unexplained(cut) => return Ok(Answer::Unexplained(cut)),
            }
        }
        Ok(Answer::Explained(reasons.into()))
    }

    fn recall(&self, question: Question, budget: Budget) -> Option<Answer<ReasonId>> {
        let answers = self.memory.reasons.answers.get(&question);
        let known = answers.and_then(|answers| answers.recall(&self.memory.reasons, budget));
        if known.is_some() {
            return known;
        }
        if let Some(guiding) = self.guiding {
            let tried = self.memory.tried.get(&question);
            if tried.is_some_and(|tried| tried.covers(budget, guiding.effort)) {
                return Some(Answer::Unexplained(Cut {
                    effort: true,
                    ..Cut::default()
                }));
            }
        }
        let (within, cut) = self.suppositions.as_ref()?.refuted.get(&question)?;
        within.covers(budget).then_some(Answer::Unexplained(*cut))
    }

    /// A reason of `who`, who believes in `believed`, for `act`.
    pub(super) fn explain(
        &mut self,
        believed: NodeId,
        who: CharacterId,
        act: EventId,
        budget: Budget,
    ) -> Result<Answer<ReasonId>, Halt> {
        let question = (believed, who, act);
        let budget = Budget {
            length: budget.length.max(1),
            ..budget
        };
        if let Some(answer) = self.recall(question, budget) {
            return Ok(answer);
        }
        if let Some(suppositions) = &mut self.suppositions {
            if !suppositions.open.insert(question) {
                suppositions.supposed.insert(question);
                return Ok(Answer::Unexplained(Cut {
                    supposed: true,
                    ..Cut::default()
                }));
            }
        }
        self.watch.explanation();
        let answer = self.unbarred(|search| match search.guiding {
            None => search.find_reason(question, budget, Order::Breadth),
            Some(guiding) => search.try_for_reason(question, budget, guiding),
        })?;
        if let Some(suppositions) = &mut self.suppositions {
            suppositions.open.remove(&question);
            match answer {
                Answer::Explained(_) => {
                    suppositions.wrong |= suppositions.supposed.contains(&question);
                }
                Answer::Unexplained(cut) if cut.supposed => {
                    suppositions.refuted.insert(question, (budget, cut));
                    return Ok(Answer::Unexplained(cut));
                }
                Answer::Unexplained(_) => {}
            }
        }
        Ok(match answer {
            Answer::Explained((path, before, after)) => {
                let id = self.memory.reasons.add(who, believed, path, before, after);
                self.memory.reasons.answer(question, id);
                if self.request.ideas.suffixes {
                    self.remember_suffixes(id, believed)?;
                }
                Answer::Explained(id)
            }
            Answer::Unexplained(cut) if cut.effort => Answer::Unexplained(cut),
            Answer::Unexplained(cut) => {
                // Where a limit kept nothing out, none would.
                let refuted = Budget {
                    length: if cut.length { budget.length } else { u32::MAX },
                    depth: if cut.depth { budget.depth } else { u32::MAX },
                };
                let answers = self.memory.reasons.answers.entry(question).or_default();
                answers.refuted.retain(|old| !refuted.covers(*old));
                answers.refuted.push(refuted);
                Answer::Unexplained(cut)
            }
        })
    }

    /// What remains of a reason once its first act is done is a reason too, for the second act, in
    /// the state imagined by then: it rises from there (2), its acts are explained in the same
    /// states (3), and whatever could be left out of it could be left out of the whole (4). So
    /// somebody who goes on as intended need not be asked again.
    fn remember_suffixes(&mut self, id: ReasonId, believed: NodeId) -> Result<(), Halt> {
        let known = self.memory.reasons.get(id);
        let (who, path, end) = (known.character, known.path.clone(), known.after);
        let mut state = believed;
        for place in 1..path.acts.len() {
            state = self.apply(state, path.acts[place - 1])?;
            let act = path.acts[place];
            if !self.space.consenting(act).contains(&who) {
                continue; // nobody will ask
            }
            let Some(before) = self.utility(state, Some(who))? else {
                return Ok(());
            };
            let suffix = path.from(place);
            let id = self.memory.reasons.add(who, state, suffix, before, end);
            self.memory.reasons.answer((state, who, act), id);
        }
        Ok(())
    }

    /// The act alone if that is worth it, else what it can be the beginning of.
    pub(super) fn find_reason(
        &mut self,
        (believed, who, act): Question,
        budget: Budget,
        order: Order,
    ) -> Result<Answer<(Path, f64, f64)>, Halt> {
        let never = Ok(Answer::Unexplained(Cut::default()));
        if !self.is_possible(believed, act)? {
            return never;
        }
        let Some(before) = self.utility(believed, Some(who))? else {
            return never;
        };
        let after_first = self.apply(believed, act)?;
        let Some(at_once) = self.utility(after_first, Some(who))? else {
            return never;
        };
        if at_once > before {
            return Ok(Answer::Explained((Path::of(act), before, at_once)));
        }
        if after_first == believed {
            return never; // whatever follows can be done without it
        }
        if budget.length <= 1 || budget.depth == 0 {
            return Ok(Answer::Unexplained(Cut {
                length: budget.length <= 1,
                depth: budget.depth == 0,
                ..Cut::default()
            }));
        }
        for all_shadows in [false, true] {
            let quest = Quest::Character {
                who,
                believed,
                first: act,
                after_first,
                budget,
                all_shadows,
            };
            match self.pursue(&quest, order)? {
                Pursued::Reached(path, after) => {
                    let after = after.expect("a character's end is known");
                    return Ok(Answer::Explained((path, before, after)));
                }
                Pursued::Exhausted { own_limit, inside } => {
                    let mut cut = inside;
                    cut.length |= own_limit;
                    return Ok(Answer::Unexplained(cut));
                }
                Pursued::Doubtful => {}
            }
        }
        unreachable!("with all shadows nothing is in doubt")
    }

    /// Do these reasons hold for their owners in this state?
    pub(super) fn all_hold(&mut self, state: NodeId, reasons: &[ReasonId]) -> Result<bool, Halt> {
        for &reason in reasons {
            let who = self.memory.reasons.get(reason).character;
            let believed = self.space.mind(state, who);
            if !self.holds(reason, believed)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Is this very reason, acts and reasons, one for its owner in this believed state?
    fn holds(&mut self, reason: ReasonId, believed: NodeId) -> Result<bool, Halt> {
        if let Some(&known) = self.memory.reasons.holding.get(&(reason, believed)) {
            return Ok(known);
        }
        let known = self.memory.reasons.get(reason);
        let (who, path) = (known.character, known.path.clone());
        let answer = self.unbarred(|search| search.is_reason(who, believed, &path))?;
        self.memory
            .reasons
            .holding
            .insert((reason, believed), answer);
        Ok(answer)
    }

    /// Is this path, with its reasons, one for `who` in the state that it believes in?
    pub(super) fn is_reason(
        &mut self,
        who: CharacterId,
        believed: NodeId,
        path: &Path,
    ) -> Result<bool, Halt> {
        let mut heights = Vec::with_capacity(path.acts.len() + 1);
        let mut state = believed;
        for (&act, reasons) in path.acts.iter().zip(&path.reasons) {
            let Some(height) = self.utility(state, Some(who))? else {
                return Ok(false);
            };
            heights.push(height);
            if !self.is_possible(state, act)? || !self.all_hold(state, reasons)? {
                return Ok(false);
            }
            state = self.apply(state, act)?;
        }
        let Some(end) = self.utility(state, Some(who))? else {
            return Ok(false);
        };
        if heights.iter().any(|&height| height >= end) {
            return Ok(false);
        }
        let kept = self.thinnest(who, believed, path, end)?;
        Ok(kept.len() == path.acts.len())
    }
}
