//! States that stand for several worlds, as what somebody who takes these to be possible goes by.

use crate::fault::Fault;
use crate::ids::{EventId, NodeId};
use crate::minds::Minds;
use crate::minds::store::{Belief, Edge};

impl Minds {
    /// The state after an action, where a state may stand for several worlds: what all of them
    /// become. It counts as one mind's view of what may be, not as a mind that sees the action.
    #[inline]
    pub fn apply_to(&mut self, state: NodeId, action: EventId) -> Result<NodeId, Fault> {
        if !state.is_several() {
            return self.apply(state, action);
        }
        let worlds = self.store.each(state);
        let after = worlds.iter().map(|&world| self.apply(world, action));
        let after = after.collect::<Result<Vec<NodeId>, Fault>>()?;
        Ok(self.store.edge_to(after).state())
    }

    /// Is an event possible in every world that a state stands for?
    #[inline]
    pub fn allows(&self, state: NodeId, event: EventId) -> Result<bool, Fault> {
        match Edge::of_state(state).belief() {
            Belief::One(node) => self.is_possible(node, event),
            Belief::Many(set) => {
                for &world in self.store.set(set) {
                    if !self.is_possible(world, event)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
        }
    }

    /// The actions possible in every world that a state stands for, in order, appended to `into`.
    #[inline]
    pub fn possible_in(&mut self, state: NodeId, into: &mut Vec<EventId>) -> Result<(), Fault> {
        if !state.is_several() {
            return self.possible(state, into);
        }
        let (worlds, mut first) = (self.store.each(state), Vec::new());
        self.possible(worlds[0], &mut first)?;
        for action in first {
            if self.allows(state, action)? {
                into.push(action);
            }
        }
        Ok(())
    }
}
