//! Searching without limits that were not given: wider and wider, and now and then to the end.
//!
//! If the characters' limit is absent, the author's search is made again and again with limits
//! 1, 2, 3, ... for what was not given, until a solution is met, or a round ends in which no width
//! kept anything out. So a refutation in an endless believed world cannot hide a short solution;
//! the plan found is the shortest among those whose reasons look no further than the last width.
//!
//! Rounds alone would often never end where there is nothing to find: whether Ann goes may depend on
//! whether Ben would come back, and that on whether Ann would go again, one act and one mind later.
//! So between rounds, whenever as much was spent on them again, an attempt is made to settle the
//! question without any width. There a question that comes up while it is being answered is
//! *supposed* to have the answer no. What is found is sound all the same, since reasons only build on
//! reasons found. What is refuted may rest on suppositions; if one of them turns out wrong (its
//! reason is found after all), everything refuted so is forgotten and the attempt begins again,
//! knowing more. When none turns out wrong, the reasons found are closed: nothing else follows
//! from them. This computes the least fixed point that the definition asks for (a reason is a finite
//! tree), as tabled evaluation of logic programs does (Chen and Warren 1996). An attempt is given up
//! when it has cost as much as the rounds so far.

use rustc_hash::{FxHashMap, FxHashSet};

use super::quest::{Order, Pursued, Quest};
use super::reasons::{Budget, Cut, Question};
use super::watch::Halt;
use super::{Request, Search, Story};
use crate::ids::NodeId;
use crate::space::Space;

/// Deepest nesting of minds where no limit is given; bounded by the stack.
pub(super) const DEEPEST: u32 = 10_000;

/// Answers taken for granted until something speaks against them.
#[derive(Default)]
pub(super) struct Suppositions {
    /// Questions being answered right now.
    pub(super) open: FxHashSet<Question>,
    /// Those of them that came up meanwhile and got the answer no.
    pub(super) supposed: FxHashSet<Question>,
    /// Refuted on the strength of suppositions, within this budget.
    pub(super) refuted: FxHashMap<Question, (Budget, Cut)>,
    /// Was one of the supposed explained after all?
    pub(super) wrong: bool,
}

/// What the search within the limits comes to.
pub(super) enum Within {
    Story(Story),
    /// None, with which budget for everybody's reasons (the last, where they grew), and what kept
    /// anything out.
    Nothing(Budget, Cut),
}

impl<S: Space> Search<'_, S> {
    /// The solution within the limits, if there is one.
    pub(super) fn story_within_limits(
        &mut self,
        request: &Request,
        start: NodeId,
        floor: f64,
        author_limit: Option<u32>,
    ) -> Result<Within, Halt> {
        let (mut on_attempts, mut next_attempt) = (0, 0);
        for width in 1.. {
            let length = request.character_limit.unwrap_or(width);
            let widening = request.character_limit.is_none();
            let budget = Budget {
                length,
                // No reason is nested deeper than it is long.
                depth: request.epistemic_limit.unwrap_or(length),
            };
            let quest = Quest::Author {
                start,
                floor,
                limit: match author_limit {
                    Some(limit) => limit,
                    None if widening => width,
                    None => u32::MAX,
                },
                budget,
            };
            match self.pursue(&quest, Order::Breadth)? {
                Pursued::Reached(path, utility) => {
                    return Ok(Within::Story(Story { path, utility }));
                }
                Pursued::Exhausted { own_limit, inside } => {
                    let width_mattered = inside.length
                        || (inside.depth && request.epistemic_limit.is_none())
                        || (own_limit && author_limit.is_none());
                    if !widening || !width_mattered {
                        return Ok(Within::Nothing(budget, inside));
                    }
                }
                Pursued::Doubtful => unreachable!("the author's plan is trimmed, never doubted"),
            }
            let on_rounds = self.watch.spent() - on_attempts;
            if on_rounds >= next_attempt {
                next_attempt = 2 * on_rounds;
                match self.attempt(request, start, floor, author_limit, on_rounds)? {
                    Some(Pursued::Reached(path, utility)) => {
                        return Ok(Within::Story(Story { path, utility }));
                    }
                    Some(Pursued::Exhausted { inside, .. }) => {
                        return Ok(Within::Nothing(budget, inside));
                    }
                    Some(Pursued::Doubtful) => {
                        unreachable!("the author's plan is trimmed, never doubted")
                    }
                    None => {}
                }
                on_attempts = self.watch.spent() - on_rounds;
            }
        }
        unreachable!("widths do not end")
    }

    /// Tries to settle everything at once, for so many transitions. None: it was given up.
    fn attempt(
        &mut self,
        request: &Request,
        start: NodeId,
        floor: f64,
        author_limit: Option<u32>,
        allowance: u64,
    ) -> Result<Option<Pursued>, Halt> {
        let quest = Quest::Author {
            start,
            floor,
            limit: author_limit.unwrap_or(u32::MAX),
            budget: Budget {
                length: u32::MAX,
                depth: request.epistemic_limit.unwrap_or(DEEPEST),
            },
        };
        let outer = self.watch.allow(allowance);
        let result = loop {
            self.suppositions = Some(Suppositions::default());
            let result = self.pursue(&quest, Order::Breadth);
            if !(result.is_ok() && self.suppositions.as_ref().is_some_and(|s| s.wrong)) {
                break result;
            }
        };
        self.suppositions = None;
        self.watch.restore(outer);
        match result {
            Ok(Pursued::Exhausted { inside, .. })
                if inside.depth && request.epistemic_limit.is_none() =>
            {
                Ok(None) // too deep
            }
            Ok(pursued) => Ok(Some(pursued)),
            Err(Halt::Unfinished) if !self.watch.is_spent() => Ok(None),
            Err(halt) => Err(halt),
        }
    }
}
