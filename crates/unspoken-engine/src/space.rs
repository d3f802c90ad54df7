//! What a search needs to know of a story: states as numbers, actions, minds, utilities.
//!
//! Stands between the states (`minds`) and whatever searches them (`search`, `replay`), so that
//! neither knows the other. Deliberately absent: fluents and names; a condition is only handed
//! through.

use crate::fault::Fault;
use crate::ground::Condition;
use crate::ids::{CharacterId, EventId, NodeId};
use crate::relax::{Aim, Outlook, TooFar};

/// A space of states in which characters act for reasons.
pub trait Space {
    /// How many characters there are.
    fn characters(&self) -> usize;

    /// How many actions there are: the events `0..actions()`.
    fn actions(&self) -> usize;

    /// Who must consent to an action; empty for the author's own actions.
    fn consenting(&self, action: EventId) -> &[CharacterId];

    /// The settled initial state.
    fn initial(&self) -> NodeId;

    /// Does the action's precondition hold? Fails where its arithmetic does (division by zero).
    fn is_possible(&mut self, state: NodeId, action: EventId) -> Result<bool, Fault>;

    /// All actions whose precondition holds, in order, appended to `into`.
    fn possible(&mut self, state: NodeId, into: &mut Vec<EventId>) -> Result<(), Fault>;

    /// The settled state after an action. The precondition is the caller's business. A world that
    /// somebody imagines is a world like any other: its imaginer may be deceived in it, or not see
    /// what happens, and foresees just that.
    fn apply(&mut self, state: NodeId, action: EventId) -> Result<NodeId, Fault>;

    /// The state a character believes itself to be in. It may stand for several worlds that it
    /// takes to be possible: then what is possible there is possible in all of them, and a utility
    /// is the least that it is in any.
    fn mind(&mut self, state: NodeId, character: CharacterId) -> NodeId;

    /// The author's (`None`) or a character's utility; `None` where it is unknown.
    fn utility(&mut self, state: NodeId, whose: Option<CharacterId>) -> Result<Option<f64>, Fault>;

    /// How far off an aim is, or that so many acts will not do, whatever is done. Never says more
    /// than is certain; a space that knows nothing better says just whether the aim is reached.
    fn outlook(
        &mut self,
        state: NodeId,
        aim: &Aim,
        within: u32,
    ) -> Result<Result<Outlook, TooFar>, Fault> {
        Ok(Outlook::unknown(self.reached(state, aim)?).within(within))
    }

    /// May an aim be reached, as far as that is plain to see?
    fn reached(&mut self, state: NodeId, aim: &Aim) -> Result<bool, Fault> {
        let high = match aim.utility {
            None => true,
            Some(mark) => {
                let utility = self.utility(state, aim.whose)?;
                utility.is_some_and(|utility| mark.reached(utility))
            }
        };
        // What is to be passed cannot be judged here, so it may be so already.
        Ok(high && aim.acts.is_empty())
    }

    /// Does a condition, grounded in the same world, hold in a state?
    fn holds(&mut self, state: NodeId, condition: &Condition) -> Result<bool, Fault>;

    /// Is it certain that nothing ever explains a character's part in any act?
    fn never_consents(&mut self, _character: CharacterId) -> bool {
        false
    }
}
