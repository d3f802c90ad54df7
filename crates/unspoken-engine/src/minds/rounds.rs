//! Triggers where minds may take several worlds to be possible: the general way, of which `laws` and
//! `settle` are the quick one.

use crate::fault::Fault;
use crate::ground::World;
use crate::ids::{CharacterId, EventId, NodeId};
use crate::minds::change::{packed, set_in};
use crate::minds::pins::{Pin, Pins};
use crate::minds::settle::PATIENCE;
use crate::minds::worlds::Spreading;
use crate::minds::{Minds, Owner, Ref};

impl Minds {
    /// One round of triggers.
    pub(super) fn swept(&mut self, root: NodeId, owner: Owner) -> Result<NodeId, Fault> {
        let world = &*std::sync::Arc::clone(&self.world);
        let mut spreading = Spreading::new();
        let mut fired: Vec<Vec<NodeId>> = Vec::new();
        let to = self.swept_mind(world, &mut spreading, &mut fired, owner, vec![root])?;
        if let Some(node) = to.interned() {
            return Ok(node);
        }
        let mut place = 0;
        while let Some((owner, worlds)) = spreading.met.get(place).cloned() {
            let (first, itself) = spreading.places[&(owner, worlds)];
            for (place, node) in (first..).zip(fired[place].clone()) {
                spreading.batch.set_facts(place, self.store.facts(node));
                for character in (0..world.characters).map(CharacterId::from) {
                    let to = if owner.is(character) {
                        itself
                    } else {
                        let mind = self.store.worlds(node, &[character]);
                        let whose = Owner::mind(character);
                        self.swept_mind(world, &mut spreading, &mut fired, whose, mind)?
                    };
                    spreading
                        .batch
                        .set_edge(place, world.characters, character, to);
                }
            }
            place += 1;
        }
        let mut ids = Vec::new();
        self.store.intern(&spreading.batch, &mut ids)?;
        Ok(ids[0])
    }

    /// The reference to a mind after its triggers have fired, the minds in it not having had their
    /// turn.
    fn swept_mind(
        &mut self,
        world: &World,
        spreading: &mut Spreading<NodeId>,
        fired: &mut Vec<Vec<NodeId>>,
        owner: Owner,
        worlds: Vec<NodeId>,
    ) -> Result<Ref, Fault> {
        let edge = self.store.edge_to(worlds.clone());
        let own = |&node: &NodeId| match owner.character() {
            Some(character) => self.store.edge(node, character) == edge,
            None => true,
        };
        if worlds.iter().all(|&node| self.rest.is_settled(node)) && worlds.iter().all(own) {
            return Ok(Ref::edge(edge));
        }
        let key = (owner, worlds);
        if let Some(&(_, known)) = spreading.places.get(&key) {
            return Ok(known);
        }
        let after = self.fired_in(world, owner, key.1.clone())?;
        let count = after.len();
        fired.push(after);
        Ok(spreading.refer(owner, key.1, count, world.characters)?.1)
    }

    /// The worlds of a mind after triggers have fired in them, in step, until none is due in any.
    fn fired_in(
        &mut self,
        world: &World,
        owner: Owner,
        mut worlds: Vec<NodeId>,
    ) -> Result<Vec<NodeId>, Fault> {
        let mut last = None;
        for _ in 0..PATIENCE {
            match self.fired_once(world, owner, &worlds)? {
                None => return Ok(worlds),
                Some((events, after)) => {
                    last = events.into_iter().flatten().next();
                    worlds = after;
                }
            }
        }
        let endless = Fault::new("endless-triggers");
        Err(match last {
            Some(trigger) => self.blame(endless, trigger),
            None => endless,
        })
    }

    /// The first triggers due in the worlds of a mind, and what these become; `None` if none is.
    #[expect(clippy::type_complexity, reason = "both sides of one step")]
    pub(super) fn fired_once(
        &mut self,
        world: &World,
        owner: Owner,
        worlds: &[NodeId],
    ) -> Result<Option<(Vec<Option<EventId>>, Vec<NodeId>)>, Fault> {
        let (mut moved, mut fired) = (Vec::new(), Vec::new());
        for &node in worlds {
            let due = self.due_in_world(world, owner, node, worlds.len() > 1)?;
            fired.push(due.as_ref().map(|due| due.0));
            let pins = self.pins.intern(due.map_or_else(Pins::new, |due| due.1));
            moved.push((node, None, pins));
        }
        if fired.iter().all(Option::is_none) {
            return Ok(None);
        }
        let after = self.changed(world, owner, moved)?;
        Ok(Some((fired, after)))
    }

    /// The first trigger that is due in a world of a mind, and what it sets there. Of one among
    /// several, only a trigger that changes something: what it would tell its owner is not news to
    /// the world in which it is so.
    fn due_in_world(
        &mut self,
        world: &World,
        owner: Owner,
        node: NodeId,
        several: bool,
    ) -> Result<Option<(EventId, Pins)>, Fault> {
        if !several {
            let Some(trigger) = self.due(node)? else {
                return Ok(None);
            };
            return Ok(Some((trigger, self.settings(world, owner, node, trigger)?)));
        }
        for place in world.actions..world.events.len() {
            let trigger = EventId::from(place);
            if self.is_possible(node, trigger)? {
                let pins = self.settings(world, owner, node, trigger)?;
                let news = |pin: &Pin| {
                    let there = self.store.worlds(node, &pin.chain);
                    self.store.agreed(&there, pin.fluent) != pin.value
                };
                if pins.iter().any(news) {
                    return Ok(Some((trigger, pins)));
                }
            }
        }
        Ok(None)
    }

    /// Everything that a trigger sets in a world of somebody's.
    fn settings(
        &mut self,
        world: &World,
        owner: Owner,
        node: NodeId,
        trigger: EventId,
    ) -> Result<Pins, Fault> {
        let effects = &world.event(trigger).effects;
        let mut applied = Vec::new();
        set_in(effects, &self.store.at(node), &mut applied).map_err(|s| self.snag(s, trigger))?;
        Ok(packed(effects, &applied, owner, &mut self.store))
    }

    /// Minds of one world each change in the quick way as they do in this one.
    #[cfg(debug_assertions)]
    pub(super) fn check_against_worlds(&mut self, node: NodeId, event: EventId, after: NodeId) {
        let world = &*std::sync::Arc::clone(&self.world);
        let mut general = self
            .stepped_world(world, node, event, Owner::NOBODY)
            .expect("what succeeds in one way does in the other");
        for _ in 0..PATIENCE {
            let next = self.swept(general, Owner::NOBODY).expect("likewise");
            if next == general {
                break;
            }
            general = next;
        }
        assert_eq!(general, after, "one world each, in the general way");
    }
}
