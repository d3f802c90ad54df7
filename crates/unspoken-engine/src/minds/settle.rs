//! Triggers: laws that every mind knows, and lets work until nothing moves.
//!
//! A round works through a state and its minds: at each, as whose mind it is, the first trigger
//! (in order) whose precondition holds fires, again and again, and tells the minds in it what it
//! says of them; then each mind has its turn. Rounds are repeated until one changes nothing.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::fault::Fault;
use crate::ground::World;
use crate::ids::{EventId, NodeId};
use crate::minds::index::Index;
use crate::minds::step::{Base, Pins};
use crate::minds::{Minds, Owner};

/// More firings in one place, or more rounds, than any story needs.
const PATIENCE: usize = 10_000;

const UNTRIED: u32 = u32::MAX;
const QUIET: u32 = u32::MAX - 1;

/// What is known of the triggers at each state.
#[derive(Default)]
pub(super) struct Laws {
    /// For each node the first trigger that is due, or that none is, or that nobody has looked.
    due: Vec<u32>,
    fired: FxHashMap<(NodeId, Owner), NodeId>,
    index: Index,
}

impl Laws {
    /// Nothing is known yet of the triggers of a world.
    pub fn of(world: &World) -> Laws {
        Laws {
            index: Index::of(&world.events[world.actions..]),
            ..Laws::default()
        }
    }
}

impl Minds {
    /// The settled state, changed as somebody's mind.
    pub fn settle(&mut self, node: NodeId, owner: Owner) -> Result<NodeId, Fault> {
        let mut now = node;
        let mut seen = FxHashSet::default();
        loop {
            let next = self.sweep(now, owner)?;
            if next == now {
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
        self.described(Base::Swept(node, owner), Pins::new(), owner)
    }

    /// The first trigger whose precondition holds in a state.
    pub(super) fn due(&mut self, node: NodeId) -> Result<Option<EventId>, Fault> {
        if self.laws.due.len() <= node.index() {
            self.laws.due.resize(self.store.len(), UNTRIED);
        }
        match self.laws.due[node.index()] {
            QUIET => return Ok(None),
            UNTRIED => {}
            event => return Ok(Some(EventId(event))),
        }
        let mut first = None;
        let each = self.laws.index.each(&self.store, node, |place| {
            first = Some(EventId::from(self.world.actions + place));
            true
        });
        each.map_err(|(snag, place)| self.snag(snag, EventId::from(self.world.actions + place)))?;
        self.laws.due[node.index()] = first.map_or(QUIET, |event| event.0);
        Ok(first)
    }

    /// The state after one trigger.
    pub(super) fn fire_one(
        &mut self,
        node: NodeId,
        trigger: EventId,
        owner: Owner,
    ) -> Result<NodeId, Fault> {
        let world = Arc::clone(&self.world);
        let pins = self.set_by(&world, node, trigger, owner)?;
        self.pinned(node, pins, owner)
    }

    /// The state in which no trigger is due any more; its minds have not had their turn.
    pub(super) fn fire(&mut self, node: NodeId, owner: Owner) -> Result<NodeId, Fault> {
        let Some(first) = self.due(node)? else {
            return Ok(node);
        };
        if let Some(&fired) = self.laws.fired.get(&(node, owner)) {
            return Ok(fired);
        }
        let mut now = self.fire_one(node, first, owner)?;
        let mut seen = FxHashSet::from_iter([node]);
        while let Some(trigger) = self.due(now)? {
            if seen.len() > PATIENCE || !seen.insert(now) {
                return Err(self.blame(Fault::new("endless-triggers"), trigger));
            }
            now = self.fire_one(now, trigger, owner)?;
        }
        self.laws.fired.insert((node, owner), now);
        Ok(now)
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
            for character in (0..self.world.characters).map(crate::ids::CharacterId::from) {
                if let Ok(mind) = self.store.mind(node, character) {
                    if !owner.is(character) {
                        waiting.push((mind, Owner::mind(character)));
                    }
                }
            }
        }
        Fault::new("endless-triggers")
    }
}
