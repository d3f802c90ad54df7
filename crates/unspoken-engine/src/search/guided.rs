//! A first plan soon, where the shortest would take long: greedy, lazy, and with bounded patience.
//!
//! The author's steps are taken in the order of their relaxed plans, and only a step whose turn has
//! come is explained (Ware and Siler 2021 call the opposite explanation-first). Asking for a reason
//! follows relaxed plans too, in the world that the character believes in, and is given up after so
//! many ticks: then the step is put off, not refuted. Each round has more patience, lets characters
//! look further and minds be deeper, up to the limits (a reason within smaller limits is one within
//! the limits). So with rounds enough nothing is missed.
//!
//! Every reason found is one (claim 3 of `pursuit`), and so is every refutation in which nothing was
//! given up; both are remembered for all searches alike. What is found is trimmed to be minimal,
//! and from then on only shorter plans are looked for, by the same means and by `unlimited` in turn.

use super::pursuit::{Order, Path, Pursued, Quest};
use super::reasons::{Answer, Budget, Cut, Question};
use super::watch::Halt;
use super::{Search, Story};
use crate::ids::NodeId;
use crate::space::Space;

/// How a guided search is to go about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guiding {
    /// Ticks to spend on a reason; on one inside it, a part of that.
    pub(super) effort: u64,
    /// Of the acts to go, against the acts so far.
    pub(super) weight: u32,
}

/// A question that was put off.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tried {
    budget: Budget,
    effort: u64,
}

impl Tried {
    /// Would asking again within this budget, with this effort, be the same again?
    pub(super) fn covers(self, budget: Budget, effort: u64) -> bool {
        self.budget.covers(budget) && self.effort >= effort
    }
}

const LEAST_EFFORT: u64 = 500;
const EFFORT_GROWTH: u64 = 4;
/// What a question inside a reason may cost, as a part of what the reason may.
const SHARE_INSIDE: u64 = 4;

impl<S: Space> Search<'_, S> {
    /// A story of at most so many acts, if this round (from 0) comes upon one.
    pub(super) fn story_guided(
        &mut self,
        start: NodeId,
        floor: f64,
        author_limit: Option<u32>,
        round: u32,
    ) -> Result<Option<Story>, Halt> {
        let length = 8 + 4 * round;
        let length = self
            .request
            .character_limit
            .map_or(length, |l| l.min(length));
        let depth = 1 + round / 2;
        let depth = self.request.epistemic_limit.map_or(depth, |d| d.min(depth));
        let guiding = Guiding {
            effort: LEAST_EFFORT.saturating_mul(EFFORT_GROWTH.saturating_pow(round)),
            weight: 5,
        };
        let quest = Quest::Author {
            start,
            floor,
            limit: author_limit.unwrap_or(u32::MAX),
            budget: Budget { length, depth },
        };
        self.guiding = Some(guiding);
        let order = Order::Guided {
            weight: guiding.weight,
        };
        let pursued = self.pursue(&quest, order);
        self.guiding = None;
        match pursued? {
            Pursued::Reached(path, utility) => Ok(Some(Story { path, utility })),
            Pursued::Exhausted { .. } => Ok(None),
            Pursued::Doubtful => unreachable!("the author's plan is trimmed, never doubted"),
        }
    }

    /// A reason, or that there is none, or neither with this effort.
    pub(super) fn try_for_reason(
        &mut self,
        question: Question,
        budget: Budget,
        guiding: Guiding,
    ) -> Result<Answer<(Path, f64, f64)>, Halt> {
        let outer = self.watch.allow(guiding.effort);
        self.guiding = Some(Guiding {
            effort: guiding.effort / SHARE_INSIDE,
            ..guiding
        });
        let order = Order::Guided {
            weight: guiding.weight,
        };
        let answer = self.find_reason(question, budget, order);
        self.guiding = Some(guiding);
        self.watch.restore(outer);
        let given_up = match answer {
            Err(Halt::Unfinished) if !self.watch.is_spent() => true,
            Ok(Answer::Unexplained(cut)) => cut.effort,
            _ => false,
        };
        if !given_up {
            return answer;
        }
        let effort = guiding.effort;
        self.memory.tried.insert(question, Tried { budget, effort });
        Ok(Answer::Unexplained(Cut {
            effort: true,
            ..Cut::default()
        }))
    }
}
