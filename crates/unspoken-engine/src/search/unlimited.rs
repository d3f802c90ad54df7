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

use super::pursuit::{Pursued, Quest};
use super::reasons::{Budget, Cut, Question};
use super::watch::Halt;
use super::{Request, Search, Story};
use crate::ids::NodeId;
use crate::space::Space;

/// Deepest nesting of minds in an attempt to settle everything; bounded by the stack.
const DEEPEST: u32 = 10_000;

/// Answers taken for granted until something speaks against them.
#[derive(Default)]
pub(super) struct Suppositions {
    /// Questions being answered right now.
    pub(super) open: FxHashSet<Question>,
    /// Those of them that came up meanwhile and got the answer no.
    pub(super) supposed: FxHashSet<Question>,
    /// Refuted on the strength of suppositions.
    pub(super) refuted: FxHashMap<Question, Cut>,
    /// Was one of the supposed explained after all?
    pub(super) wrong: bool,
}

impl<S: Space> Search<'_, S> {
    /// The solution, or None if there is none within the limits.
    pub(super) fn story(&mut self, request: &Request) -> Result<Option<Story>, Halt> {
        let start = self.space.initial();
        let Some(floor) = self.utility(start, None)? else {
            return Ok(None); // an unknown start can never be exceeded
        };
        let (mut on_attempts, mut next_attempt) = (0, 0);
        for width in 1.. {
            let length = request.character_limit.unwrap_or(width);
            let widening = request.character_limit.is_none();
            let quest = Quest::Author {
                start,
                floor,
                goal: request.goal,
                limit: match request.author_limit {
                    Some(limit) => limit,
                    None if widening => width,
                    None => u32::MAX,
                },
                budget: Budget {
                    length,
                    // No reason is nested deeper than it is long.
                    depth: request.epistemic_limit.unwrap_or(length),
                },
            };
            match self.pursue(&quest)? {
                Pursued::Reached(path, utility) => return Ok(Some(Story { path, utility })),
                Pursued::Exhausted { own_limit, inside } => {
                    let width_mattered = inside.length
                        || (inside.depth && request.epistemic_limit.is_none())
                        || (own_limit && request.author_limit.is_none());
                    if !widening || !width_mattered {
                        return Ok(None);
                    }
                }
                Pursued::Doubtful => unreachable!("the author's plan is trimmed, never doubted"),
            }
            let on_rounds = self.watch.spent() - on_attempts;
            if on_rounds >= next_attempt {
                next_attempt = 2 * on_rounds;
                if let Some(settled) = self.attempt(request, start, floor, on_rounds)? {
                    return Ok(settled);
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
        allowance: u64,
    ) -> Result<Option<Option<Story>>, Halt> {
        let quest = Quest::Author {
            start,
            floor,
            goal: request.goal,
            limit: request.author_limit.unwrap_or(u32::MAX),
            budget: Budget {
                length: u32::MAX,
                depth: request.epistemic_limit.unwrap_or(DEEPEST),
            },
        };
        self.watch.allow(Some(allowance));
        let result = loop {
            self.suppositions = Some(Suppositions::default());
            let result = self.pursue(&quest);
            if !(result.is_ok() && self.suppositions.as_ref().is_some_and(|s| s.wrong)) {
                break result;
            }
        };
        self.suppositions = None;
        self.watch.allow(None);
        match result {
            Ok(Pursued::Reached(path, utility)) => Ok(Some(Some(Story { path, utility }))),
            Ok(Pursued::Exhausted { inside, .. }) => {
                let too_deep = inside.depth && request.epistemic_limit.is_none();
                Ok((!too_deep).then_some(None))
            }
            Ok(Pursued::Doubtful) => unreachable!("the author's plan is trimmed, never doubted"),
            Err(Halt::Unfinished) => Ok(None),
            Err(halt) => Err(halt),
        }
    }
}
