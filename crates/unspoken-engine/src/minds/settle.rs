//! Triggers: laws that every mind knows, and lets work until nothing moves.
//!
//! A round works through a state and its minds: at each, as whose mind it is, the first trigger
//! (in order) whose precondition holds fires, again and again, and tells the minds in it what it
//! says of them; then each mind has its turn. Rounds are repeated until one changes nothing.
//!
//! An event and its first round are described together, and that round is nearly always all, so
//! that no state has to be kept that is not at rest. Why: in a second round a trigger can only be
//! due at a state if what it reads in minds within has changed since the state's turn in the
//! first. So call a trigger *loud* in somebody's mind if what it sets there is, seen from some
//! state further out, the very value in a chain of minds that some trigger reads. As long as none
//! such fires, every state that was left quiet stays quiet. (What a state tells its minds it tells
//! before their turn.) If a loud one fires, every state is asked once more.

use rustc_hash::FxHashSet;

use crate::fault::Fault;
use crate::ids::{CharacterId, EventId, NodeId};
use crate::minds::change::{packed, set_in};
use crate::minds::{Belief, Minds, Owner};

/// More firings in one place, or more rounds, than any story needs.
pub(crate) const PATIENCE: usize = 10_000;

impl Minds {
    /// The settled state after an event; its precondition is not looked at.
    pub fn apply(&mut self, node: NodeId, event: EventId) -> Result<NodeId, Fault> {
        if let Some(after) = self.memo.after(node, Some(event), Owner::NOBODY) {
            return Ok(after);
        }
        self.transitions += 1;
        if self.world.several {
            let after = self.in_rounds(node, event)?;
            self.memo.insert(node, Some(event), Owner::NOBODY, after);
            return Ok(after);
        }
        // A fault is found again in the rounds, one by one, which know best where it lies.
        let Ok(after) = self.at_once(node, event) else {
            return self.in_rounds(node, event);
        };
        #[cfg(debug_assertions)]
        {
            assert_eq!(self.in_rounds(node, event), Ok(after), "a shortcut");
            self.check_against_worlds(node, event, after);
        }
        if self.memo.after(node, Some(event), Owner::NOBODY).is_none() {
            self.memo.insert(node, Some(event), Owner::NOBODY, after);
        }
        Ok(after)
    }

    /// The settled state after an event, the first round of triggers taken with it.
    fn at_once(&mut self, node: NodeId, event: EventId) -> Result<NodeId, Fault> {
        let world = &*std::sync::Arc::clone(&self.world);
        let before = self.store.facts(node);
        let described = self.stepped(world, node, before, event, Owner::NOBODY, None)?;
        let swept = self.described(world, described, true)?;
        match self.rest.is_settled(swept) {
            true => Ok(swept),
            false => self.settle(swept, Owner::NOBODY),
        }
    }

    /// The same, the event by itself, then round by round.
    fn in_rounds(&mut self, node: NodeId, event: EventId) -> Result<NodeId, Fault> {
        let stepped = self.step(node, event, Owner::NOBODY)?;
        self.settle(stepped, Owner::NOBODY)
    }

    /// The settled state, changed as somebody's mind.
    pub fn settle(&mut self, node: NodeId, owner: Owner) -> Result<NodeId, Fault> {
        let mut now = node;
        let mut seen = FxHashSet::default();
        loop {
            let next = self.sweep(now, owner)?;
            if next == now {
                self.rested(now);
                return Ok(now);
            }
            if seen.len() > PATIENCE || !seen.insert(now) {
                return Err(self.endless(now, owner));
            }
            now = next;
        }
    }

    /// One round of triggers.
    pub(super) fn sweep(&mut self, node: NodeId, owner: Owner) -> Result<NodeId, Fault> {
        if self.world.several {
            return self.swept(node, owner);
        }
        let world = &*std::sync::Arc::clone(&self.world);
        self.described(world, self.unmoved(node, owner), true)
    }

    /// Is a state known to be at rest as somebody's mind?
    pub(super) fn is_settled(&self, node: NodeId, owner: Owner) -> bool {
        let own = |character| self.store.mind(node, character) == Ok(node);
        self.rest.is_settled(node) && owner.character().is_none_or(own)
    }

    /// Is no trigger due at any of these states?
    pub(super) fn are_quiet(&mut self, nodes: &[NodeId]) -> Result<bool, Fault> {
        for &node in nodes {
            if !self.rest.is_settled(node) && self.due(node)?.is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Notes that a state is at rest, and so are all minds in it.
    fn rested(&mut self, node: NodeId) {
        let mut waiting = vec![node];
        while let Some(node) = waiting.pop() {
            if self.rest.is_settled(node) {
                continue;
            }
            self.rest.settled(node);
            for &edge in self.store.edges(node) {
                match edge.belief() {
                    Belief::One(mind) => waiting.push(mind),
                    Belief::Many(set) => waiting.extend_from_slice(self.store.set(set)),
                }
            }
        }
    }

    /// The first trigger whose precondition holds in a state.
    pub(super) fn due(&mut self, node: NodeId) -> Result<Option<EventId>, Fault> {
        let prospects = self
            .laws
            .index
            .prospects(&self.store, self.store.facts(node));
        let view = self.store.at(node);
        for &prospect in self.laws.index.slice(prospects) {
            let trigger = EventId::from(self.world.actions + prospect.place as usize);
            let holds = self.laws.index.holds(prospect, &view);
            if holds.map_err(|snag| self.snag(snag, trigger))? {
                return Ok(Some(trigger));
            }
        }
        Ok(None)
    }

    /// The state after one trigger.
    pub(super) fn fire_one(
        &mut self,
        node: NodeId,
        trigger: EventId,
        owner: Owner,
    ) -> Result<NodeId, Fault> {
        let effects = &self.world.event(trigger).effects;
        let mut applied = Vec::new();
        set_in(effects, &self.store.at(node), &mut applied)
            .map_err(|snag| self.snag(snag, trigger))?;
        let pins = packed(effects, &applied, owner, &mut self.store);
        let world = &*std::sync::Arc::clone(&self.world);
        self.pinned(world, node, &pins, owner)
    }

    /// The fault of minds that never come to rest, with one of the triggers to blame.
    fn endless(&mut self, node: NodeId, owner: Owner) -> Fault {
        let mut waiting = vec![(node, owner)];
        let mut seen = FxHashSet::default();
        while let Some((node, owner)) = waiting.pop() {
            if !seen.insert((node, owner)) {
                continue;
            }
            match self.due(node) {
                Err(fault) => return fault,
                Ok(Some(trigger)) => {
                    return self.blame(Fault::new("endless-triggers"), trigger);
                }
                Ok(None) => {}
            }
            for character in (0..self.world.characters).map(CharacterId::from) {
                if !owner.is(character) {
                    let minds = self.store.worlds(node, &[character]);
                    waiting.extend(minds.into_iter().map(|mind| (mind, Owner::mind(character))));
                }
            }
        }
        Fault::new("endless-triggers")
    }
}
