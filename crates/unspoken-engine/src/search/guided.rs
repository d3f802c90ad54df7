//! A first plan soon, where the shortest would take long: greedy, lazy, and with bounded patience.
//!
//! The author's steps are taken in the order of their relaxed plans, and only a step whose turn has
//! come is explained (Ware and Siler 2021 call the opposite explanation-first). Asking for a reason
//! follows relaxed plans too, in the world that the character believes in, and is given up after so
//! many ticks: then the step is put off, not refuted. Each round has more patience, and is made
//! once without minds in the minds of those who give reasons and once with (a reason within smaller
//! limits is one within the limits).
//!
//! Relaxed plans know nothing of consent: they count on whoever could help. So an act that was asked
//! about in vain is counted on less, from experience ([`Delays`]): it then costs more, and takes
//! effect later, in the plans that give the order. No more than the order depends on it.
//!
//! Every reason found is one (claim 3 of `pursuit`), and so is every refutation in which nothing was
//! given up; both are remembered for all searches alike. What is found is trimmed to be minimal,
//! and from then on only shorter plans are looked for, by the same means and by `unlimited` in turn.

use super::quest::{Order, Path, Pursued, Quest};
use super::reasons::{Answer, Budget, Cut, Question};
use super::watch::Halt;
use super::{FORESIGHT, Search, Story};
use crate::ids::{EventId, NodeId};
use crate::space::Space;

/// How a guided search is to go about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guiding {
    /// Ticks to spend on a reason; on one inside it, a part of that.
    pub(super) effort: u64,
    /// Of the acts to go, against the acts so far.
    pub(super) weight: u32,
}

/// One way to go about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Try {
    pub(super) round: u32,
    /// How deep minds may be.
    pub(super) depth: u32,
    /// Of the acts to go, against the acts so far.
    pub(super) weight: u32,
    /// Ticks.
    pub(super) patience: u64,
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

/// What acts were asked about in vain, and so how much less to count on them.
#[derive(Clone, Default)]
pub(super) struct Delays {
    /// How often there were reasons, and how often not, by event.
    asked: Vec<(u32, u32)>,
    /// In acts, by event.
    pub(super) by_act: Vec<u8>,
}

impl Delays {
    pub(super) fn note(&mut self, act: EventId, explained: bool) {
        let place = act.index();
        if self.asked.len() <= place {
            self.asked.resize(place + 1, (0, 0));
            self.by_act.resize(place + 1, 0);
        }
        let (with, without) = &mut self.asked[place];
        *(if explained { &mut *with } else { &mut *without }) += 1;
        let in_vain = *without / (REDEEMED_BY_A_REASON * *with + 1);
        let steps = u32::BITS - in_vain.leading_zeros();
        self.by_act[place] = MOST_DELAY.min(u8::try_from(steps).expect("at most 32"));
    }
}

/// One reason makes up for so many times without.
const REDEEMED_BY_A_REASON: u32 = 4;
const MOST_DELAY: u8 = 4;
/// So many questions may use up all the patience of a round.
const REASONS_IN_A_ROUND: u64 = 40;
/// What a question inside a reason may cost, as a part of what the reason may.
const SHARE_INSIDE: u64 = 4;

impl<S: Space> Search<'_, S> {
    /// A story of at most so many acts, if one is come upon with so much patience.
    pub(super) fn story_guided(
        &mut self,
        start: NodeId,
        floor: f64,
        author_limit: Option<u32>,
        one: Try,
    ) -> Result<Option<Story>, Halt> {
        let far = FORESIGHT + 2 * one.round;
        let length = self.request.character_limit.unwrap_or(far);
        let most_depth = self.request.epistemic_limit.unwrap_or(u32::MAX);
        let depth = one.depth.min(most_depth);
        let guiding = Guiding {
            effort: one.patience / REASONS_IN_A_ROUND,
            weight: one.weight,
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
        let outer = self.watch.allow(one.patience);
        let pursued = self.pursue(&quest, order);
        self.watch.restore(outer);
        self.guiding = None;
        match pursued {
            Ok(Pursued::Reached(path, utility)) => Ok(Some(Story { path, utility })),
            Ok(Pursued::Exhausted { .. }) => Ok(None),
            Ok(Pursued::Doubtful) => unreachable!("the author's plan is trimmed, never doubted"),
            Err(Halt::Unfinished) if !self.watch.is_spent() => Ok(None),
            Err(halt) => Err(halt),
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
