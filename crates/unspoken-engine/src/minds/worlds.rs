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
use crate::minds::settle::PATIENCE;
use crate::minds::store::{Belief, Edge};
use crate::minds::{Batch, Minds, Owner, Ref};
use crate::value::Value;

/// Among how many states a mind under change may be spread out.
const MOST_PLACES: usize = 1 << 22;

/// A world of a mind under change: an old one; the event, if its owner sees it; and what is told
/// there, to its owner (no chain) and to minds within.
pub(super) type Moved = (NodeId, Option<EventId>, PinsId);

/// Minds on their way to becoming a batch; `W` says how a world of theirs comes about.
struct Spreading<W> {
    batch: Batch,
    met: Vec<(Owner, Vec<W>)>,
    /// The place of the first world of each, and what refers to all.
    places: FxHashMap<(Owner, Vec<W>), (usize, Ref)>,
}

impl<W: Clone + Eq + std::hash::Hash> Spreading<W> {
    fn new() -> Self {
        Spreading {
            batch: Batch::default(),
            met: Vec::new(),
            places: FxHashMap::default(),
        }
    }

    /// The first place of a mind, and what refers to it, which becomes so many states.
    fn refer(
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
