//! How states change where minds may take several worlds to be possible: the general way, of which
//! `description` is the quick one for minds of one world each (debug builds compare the two).
//!
//! A mind under change is whose it is and its worlds: each of them an old one, in which an event
//! happens or not, with what is told there. A mind's worlds all have that mind (introspection), so
//! a mind is described as a whole; the descriptions that are met become a batch, as elsewhere.
//!
//! Whoever sees an event keeps the worlds in which it is possible (in none: all, each mended), and
//! of those the ones in which it would have told it just what it did tell (in none: all). Whoever
//! is told what fluents are keeps the worlds in which they are that already; what they are in none
//! they become in all. That is how suspects are eliminated. What a law tells its owner, within one
//! of several worlds of its own, is pinned there: no world is ruled out by what a law would do.

use rustc_hash::FxHashMap;

use crate::fault::Fault;
use crate::ground::World;
use crate::ground::worlds::too_many;
use crate::ids::{CharacterId, EventId, FactsId, FluentId, NodeId};
use crate::minds::change::{packed, set_in};
use crate::minds::pins::{Pin, Pins, PinsId, own, pin, pins_on};
use crate::minds::store::Edge;
use crate::minds::{Batch, Minds, Owner, Ref};
use crate::value::Value;

/// Among how many states a mind under change may be spread out.
const MOST_PLACES: usize = 1 << 22;

/// A world of a mind under change: an old one; the event, if its owner sees it; and what is told
/// there, to its owner (no chain) and to minds within.
pub(super) type Moved = (NodeId, Option<EventId>, PinsId);

/// Minds on their way to becoming a batch; `W` says how a world of theirs comes about.
pub(super) struct Spreading<W> {
    pub batch: Batch,
    pub met: Vec<(Owner, Vec<W>)>,
    /// The place of the first world of each, and what refers to all.
    pub places: FxHashMap<(Owner, Vec<W>), (usize, Ref)>,
}

impl<W: Clone + Eq + std::hash::Hash> Spreading<W> {
    pub fn new() -> Self {
        Spreading {
            batch: Batch::default(),
            met: Vec::new(),
            places: FxHashMap::default(),
        }
    }

    /// The first place of a mind, and what refers to it, which becomes so many states.
    pub fn refer(
        &mut self,
        owner: Owner,
        worlds: Vec<W>,
        count: usize,
        characters: usize,
    ) -> Result<(usize, Ref), Fault> {
        let key = (owner, worlds);
        if let Some(&known) = self.places.get(&key) {
            return Ok(known);
        }
        let first = self.batch.len();
        if first + count > MOST_PLACES {
            return Err(too_many(first + count));
        }
        for _ in 0..count {
            self.batch.add(characters);
        }
        let to = match count {
            1 => Ref::new(first),
            _ => self
                .batch
                .add_set((first..first + count).map(Ref::new).collect()),
        };
        self.met.push(key.clone());
        self.places.insert(key, (first, to));
        Ok((first, to))
    }
}

impl Minds {
    /// The state after an event, before triggers.
    pub(super) fn stepped_world(
        &mut self,
        world: &World,
        node: NodeId,
        event: EventId,
        owner: Owner,
    ) -> Result<NodeId, Fault> {
        let mut pins = Pins::new();
        if let Some(character) = owner.character() {
            pins = self.told_to(world, node, event, character)?;
            pins.truncate(own(&pins));
        }
        let pins = self.pins.intern(pins);
        Ok(self.changed(world, owner, vec![(node, Some(event), pins)])?[0])
    }

    /// What the worlds of a mind become, sorted: events and what is told, before triggers.
    pub(super) fn changed(
        &mut self,
        world: &World,
        owner: Owner,
        mut worlds: Vec<Moved>,
    ) -> Result<Vec<NodeId>, Fault> {
        worlds.sort_unstable();
        worlds.dedup();
        let count = worlds.len();
        let mut spreading = Spreading::new();
        spreading.refer(owner, worlds, count, world.characters)?;
        let mut place = 0;
        while let Some((owner, worlds)) = spreading.met.get(place).cloned() {
            let (first, itself) = spreading.places[&(owner, worlds.clone())];
            for (place, moved) in (first..).zip(worlds) {
                self.expand_world(world, &mut spreading, owner, moved, place, itself)?;
            }
            place += 1;
        }
        let mut ids = Vec::new();
        self.store.intern(&spreading.batch, &mut ids)?;
        ids.truncate(count);
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }

    fn expand_world(
        &mut self,
        world: &World,
        spreading: &mut Spreading<Moved>,
        owner: Owner,
        (node, event, pins): Moved,
        place: usize,
        itself: Ref,
    ) -> Result<(), Fault> {
        let pins = self.pins.list(pins).to_vec();
        let mut facts = self.store.facts(node);
        let mut telling = Pins::new();
        if let Some(event) = event {
            facts = self.facts_after(world, node, event)?;
            telling = self.telling(world, node, event, owner)?;
        }
        let facts = self.with_own(facts, &pins[..own(&pins)]);
        spreading.batch.set_facts(place, facts);
        for character in (0..world.characters).map(CharacterId::from) {
            let to = if owner.is(character) {
                itself
            } else {
                let mut told = stripped(&telling, character);
                for later in stripped(&pins, character) {
                    pin(&mut told, &later.chain, later.fluent, later.value);
                }
                let worlds = self.narrowed(world, node, event, character, &told)?;
                let mind = Owner::mind(character);
                match self.unmoved_edge(node, character, &worlds) {
                    Some(edge) => Ref::edge(edge),
                    None => {
                        let count = worlds.len();
                        spreading.refer(mind, worlds, count, world.characters)?.1
                    }
                }
            };
            spreading
                .batch
                .set_edge(place, world.characters, character, to);
        }
        Ok(())
    }

    /// The worlds of a character's mind in a world, as they come out of an event that happens
    /// there, with what it is told.
    fn narrowed(
        &mut self,
        world: &World,
        node: NodeId,
        event: Option<EventId>,
        character: CharacterId,
        told: &Pins,
    ) -> Result<Vec<Moved>, Fault> {
        let mut worlds = self.store.worlds(node, &[character]);
        let seen = match event {
            Some(event) if self.observes(node, event, character)? => Some(event),
            _ => None,
        };
        let mut fits = true;
        if let Some(event) = seen {
            worlds = self.conceivable(world, node, event, character)?;
            let heard = self.told_to(world, node, event, character)?;
            let mut alike = Vec::new();
            for &one in &worlds {
                if self.told_to(world, one, event, character)? == heard {
                    alike.push(one);
                }
            }
            fits = !alike.is_empty();
            if fits {
                worlds = alike;
            }
        }
        let mut after = Vec::new();
        for &one in &worlds {
            let facts = match seen {
                Some(event) => self.facts_after(world, one, event)?,
                None => self.store.facts(one),
            };
            after.push((one, facts));
        }
        if fits {
            let told = told[..own(told)].iter();
            let told: Vec<(FluentId, Value)> = told.map(|pin| (pin.fluent, pin.value)).collect();
            let value = |&(_, facts): &(NodeId, FactsId), fluent| self.store.value(facts, fluent);
            keep(&mut after, &told, value);
        }
        let mut moved = Vec::new();
        for (one, facts) in after {
            let mut pins = Pins::new();
            if let (Some(event), false) = (seen, fits) {
                pins = self.told_to(world, one, event, character)?;
                pins.truncate(own(&pins));
            }
            for later in told {
                pin(&mut pins, &later.chain, later.fluent, later.value);
            }
            pins.retain(|pin| {
                !pin.chain.is_empty() || self.store.value(facts, pin.fluent) != pin.value
            });
            moved.push((one, seen, self.pins.intern(pins)));
        }
        moved.sort_unstable();
        moved.dedup();
        Ok(moved)
    }

    /// An observer's worlds, in none of which the event was possible, mended.
    fn mended_worlds(
        &mut self,
        world: &World,
        outer: NodeId,
        worlds: &[NodeId],
        event: EventId,
        observer: CharacterId,
    ) -> Result<Vec<NodeId>, Fault> {
        let mut moved = Vec::new();
        for &one in worlds {
            let repairs = self.repairs(world, &self.store.at(outer), one, event, observer)?;
            let repairs = repairs.pins(&mut self.store.numbers);
            moved.push((one, None, self.pins.intern(repairs)));
        }
        match moved.iter().all(|moved| moved.2 == PinsId::NONE) {
            true => Ok(worlds.to_vec()),
            false => self.changed(world, Owner::mind(observer), moved),
        }
    }

    /// The edge that a mind has already, if nothing happened to it.
    fn unmoved_edge(&self, node: NodeId, character: CharacterId, worlds: &[Moved]) -> Option<Edge> {
        let edge = self.store.edge(node, character);
        let before = self.store.each(edge.state());
        let unmoved = worlds.len() == before.len()
            && worlds.iter().zip(&before).all(|(moved, &one)| {
                *moved == (one, None, PinsId::NONE) && self.store.edge(one, character) == edge
            });
        unmoved.then_some(edge)
    }

    /// What is true after an event's effects on facts.
    fn facts_after(
        &mut self,
        world: &World,
        node: NodeId,
        event: EventId,
    ) -> Result<FactsId, Fault> {
        let facts = self.store.facts(node);
        let outcome = self.outcomes.outcome(world, &mut self.store, facts, event);
        if let Some(after) = outcome.after {
            return Ok(after);
        }
        let plain = &world.event(event).effects[..world.event(event).plain];
        let mut applied = Vec::new();
        set_in(plain, &self.store.at(node), &mut applied).map_err(|s| self.snag(s, event))?;
        let pins = packed(plain, &applied, Owner::NOBODY, &mut self.store);
        Ok(self.with_own(facts, &pins))
    }

    /// What an event tells minds in a world of somebody's.
    fn telling(
        &mut self,
        world: &World,
        node: NodeId,
        event: EventId,
        owner: Owner,
    ) -> Result<Pins, Fault> {
        let telling = &world.event(event).effects[world.event(event).plain..];
        let mut applied = Vec::new();
        set_in(telling, &self.store.at(node), &mut applied).map_err(|s| self.snag(s, event))?;
        let mut pins = packed(telling, &applied, owner, &mut self.store);
        pins.drain(..own(&pins));
        Ok(pins)
    }

    /// What an event tells a character in a world, as its mind has it.
    fn told_to(
        &mut self,
        world: &World,
        node: NodeId,
        event: EventId,
        character: CharacterId,
    ) -> Result<Pins, Fault> {
        let told = self.telling(world, node, event, Owner::NOBODY)?;
        Ok(stripped(&told, character))
    }

    /// The worlds that an observer takes to have been possible before an event that it sees.
    pub(super) fn conceivable(
        &mut self,
        world: &World,
        outer: NodeId,
        event: EventId,
        observer: CharacterId,
    ) -> Result<Vec<NodeId>, Fault> {
        let worlds = self.store.worlds(outer, &[observer]);
        let mut possible = Vec::new();
        for &one in &worlds {
            if self.is_possible(one, event)? {
                possible.push(one);
            }
        }
        match possible.is_empty() {
            true => self.mended_worlds(world, outer, &worlds, event, observer),
            false => Ok(possible),
        }
    }
}

/// Keeps the worlds in which fluents have values that somebody is told they have: of those values,
/// all that they have in any of them. If they have these in none together, keeps all worlds.
pub(super) fn keep<W>(
    worlds: &mut Vec<W>,
    told: &[(FluentId, Value)],
    value: impl Fn(&W, FluentId) -> Value,
) {
    let known = told.iter().filter(|&&(fluent, so)| {
        let mut worlds = worlds.iter();
        worlds.any(|world| value(world, fluent) == so)
    });
    let known: Vec<(FluentId, Value)> = known.copied().collect();
    let is_so = |world: &W| known.iter().all(|&(fluent, so)| value(world, fluent) == so);
    if worlds.iter().any(is_so) {
        worlds.retain(is_so);
    }
}

/// What pins set in a character's mind, as seen from inside it.
fn stripped(pins: &[Pin], character: CharacterId) -> Pins {
    let within = pins_on(pins, character).iter();
    let inner = within.map(|pin| Pin {
        chain: pin.chain[1..].into(),
        ..pin.clone()
    });
    inner.collect()
}
