//! One event, before any trigger: what becomes of a state and of every mind in it.
//!
//! The result is described coinductively: every new state is an old one, or an old one after the
//! event as somebody's mind, or one of these with some values pinned; and what a character
//! believes in a described state is a described state. The descriptions that are met become a
//! batch of new nodes, which is interned.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::fault::Fault;
use crate::ground::beginning::{Chain, pack};
use crate::ground::effects::applicable;
use crate::ground::{Reading, Snag, World};
use crate::ids::{CharacterId, EventId, FactsId, FluentId, NodeId};
use crate::minds::store::Belief;
use crate::minds::{Batch, Minds, Owner, Ref};
use crate::value::Value;

/// A value set in nested minds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Pin {
    pub chain: Chain,
    pub fluent: FluentId,
    pub value: Value,
}

/// Pins sorted by chain and fluent, one for each.
pub(super) type Pins = Vec<Pin>;

/// Sets a pin, over an earlier one for the same place.
pub(super) fn pin(pins: &mut Pins, chain: &[CharacterId], fluent: FluentId, value: Value) {
    match pins.binary_search_by(|pin| (&*pin.chain, pin.fluent).cmp(&(chain, fluent))) {
        Ok(place) => pins[place].value = value,
        Err(place) => pins.insert(
            place,
            Pin {
                chain: chain.into(),
                fluent,
                value,
            },
        ),
    }
}

/// The pins for a character's mind, as seen from there.
fn pins_of(pins: &[Pin], character: CharacterId) -> Pins {
    let start = pins.partition_point(|pin| match pin.chain.first() {
        None => true,
        Some(&first) => first < character,
    });
    pins[start..]
        .iter()
        .take_while(|pin| pin.chain.first() == Some(&character))
        .map(|pin| Pin {
            chain: pin.chain[1..].into(),
            ..*pin
        })
        .collect()
}

/// A described state without its pins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Base {
    /// As it was.
    Old(NodeId),
    /// After an event, as somebody's mind.
    Stepped(NodeId, EventId, Owner),
    /// After a round of triggers, as somebody's mind.
    Swept(NodeId, Owner),
}

/// A described state: as what, and with which values pinned in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Description {
    base: Base,
    pins: Pins,
    owner: Owner,
}

/// Descriptions on their way to becoming a batch.
#[derive(Default)]
pub(super) struct Unfolding {
    batch: Batch,
    ids: Vec<NodeId>,
    /// Descriptions without pins, which are most.
    plain: FxHashMap<Base, usize>,
    pinned: FxHashMap<Description, usize>,
    waiting: Vec<(usize, Description)>,
    values: Vec<Value>,
    /// Is there anything in it that is not as it was?
    moved: bool,
}

impl Unfolding {
    fn clear(&mut self) {
        self.batch.clear();
        self.plain.clear();
        self.pinned.clear();
        self.waiting.clear();
        self.moved = false;
    }
}

impl Minds {
    /// The state after an event, before triggers. The precondition is not looked at.
    pub fn step(&mut self, node: NodeId, event: EventId, owner: Owner) -> Result<NodeId, Fault> {
        self.described(Base::Stepped(node, event, owner), Pins::new(), owner)
            .map_err(|fault| self.blame(fault, event))
    }

    /// The state with some values set in it and in its minds.
    pub(super) fn pinned(
        &mut self,
        node: NodeId,
        pins: Pins,
        owner: Owner,
    ) -> Result<NodeId, Fault> {
        self.described(Base::Old(node), pins, owner)
    }

    /// Says at which event a fault arose, unless that is known.
    pub(super) fn blame(&self, fault: Fault, event: EventId) -> Fault {
        if fault.facts.contains_key("event") {
            return fault;
        }
        fault.with("event", self.world.event_text(event, &self.store.numbers))
    }

    /// The state of a description.
    pub(super) fn described(
        &mut self,
        base: Base,
        pins: Pins,
        owner: Owner,
    ) -> Result<NodeId, Fault> {
        let mut unfolding = self.spare.pop().unwrap_or_default();
        unfolding.clear();
        let result = self.unfold(&mut unfolding, base, pins, owner);
        self.spare.push(unfolding);
        result
    }

    fn unfold(
        &mut self,
        unfolding: &mut Unfolding,
        base: Base,
        pins: Pins,
        owner: Owner,
    ) -> Result<NodeId, Fault> {
        let world = Arc::clone(&self.world);
        let root = self.refer(unfolding, &world, base, pins, owner)?;
        if let Some(node) = root.interned() {
            return Ok(node);
        }
        while let Some((place, description)) = unfolding.waiting.pop() {
            self.expand(unfolding, &world, place, description)?;
        }
        if !unfolding.moved {
            return Ok(self.unmoved(unfolding));
        }
        let mut ids = std::mem::take(&mut unfolding.ids);
        self.store.intern(&unfolding.batch, &mut ids)?;
        for (&base, &place) in &unfolding.plain {
            match base {
                Base::Stepped(node, event, owner) => {
                    self.stepped.insert((node, event, owner), ids[place]);
                }
                Base::Swept(node, owner) => {
                    self.swept.insert((node, owner), ids[place]);
                }
                Base::Old(_) => {}
            }
        }
        let result = ids[0];
        unfolding.ids = ids;
        Ok(result)
    }

    /// A round in which no trigger fired leaves every state as it was.
    fn unmoved(&mut self, unfolding: &Unfolding) -> NodeId {
        let mut root = None;
        for (&base, &place) in &unfolding.plain {
            if let Base::Swept(node, owner) = base {
                self.swept.insert((node, owner), node);
                if place == 0 {
                    root = Some(node);
                }
            }
        }
        root.expect("only a round of triggers moves nothing")
    }

    /// The reference to a described state, which is put on the list of new ones if need be.
    fn refer(
        &mut self,
        unfolding: &mut Unfolding,
        world: &World,
        base: Base,
        pins: Pins,
        owner: Owner,
    ) -> Result<Ref, Fault> {
        let base = self.normal(world, base)?;
        let characters = world.characters;
        if !pins.is_empty() {
            let description = Description { base, pins, owner };
            if let Some(&place) = unfolding.pinned.get(&description) {
                return Ok(Ref::new(place));
            }
            let place = unfolding.batch.add(characters);
            unfolding.pinned.insert(description.clone(), place);
            unfolding.waiting.push((place, description));
            return Ok(Ref::new(place));
        }
        let known = match base {
            Base::Old(node) => Some(node),
            Base::Stepped(node, event, owner) => self.stepped.get(&(node, event, owner)).copied(),
            Base::Swept(node, owner) => self.swept.get(&(node, owner)).copied(),
        };
        if let Some(node) = known {
            unfolding.moved |= !matches!(base, Base::Swept(before, _) if before == node);
            return Ok(Ref::node(node));
        }
        if let Some(&place) = unfolding.plain.get(&base) {
            return Ok(Ref::new(place));
        }
        let place = unfolding.batch.add(characters);
        unfolding.plain.insert(base, place);
        unfolding.waiting.push((
            place,
            Description {
                base,
                pins: Pins::new(),
                owner: match base {
                    Base::Stepped(_, _, owner) | Base::Swept(_, owner) => owner,
                    Base::Old(_) => owner,
                },
            },
        ));
        Ok(Ref::new(place))
    }

    /// Where a mind believes in the very state, nobody is told anything of it, and it sees the
    /// event (or no trigger is due), the mind's new state is the actual one's: common knowledge
    /// stays one node.
    fn normal(&mut self, world: &World, base: Base) -> Result<Base, Fault> {
        let (Base::Stepped(node, _, owner) | Base::Swept(node, owner)) = base else {
            return Ok(base);
        };
        let Some(character) = owner.character() else {
            return Ok(base);
        };
        if self.store.edge(node, character).belief() != Belief::One(node) {
            return Ok(base);
        }
        match base {
            Base::Stepped(_, event, _) => {
                let told = world.event(event).effects[world.event(event).plain..]
                    .iter()
                    .any(|effect| effect.target.chain.first() == Some(&character));
                if !told && self.observes(node, event, character)? {
                    return Ok(Base::Stepped(node, event, Owner::NOBODY));
                }
            }
            Base::Swept(..) => {
                if self.due(node)?.is_none() {
                    return Ok(Base::Swept(node, Owner::NOBODY));
                }
            }
            Base::Old(_) => {}
        }
        Ok(base)
    }

    /// Fills a new node in: its facts, and a description for each of its edges.
    fn expand(
        &mut self,
        unfolding: &mut Unfolding,
        world: &World,
        place: usize,
        description: Description,
    ) -> Result<(), Fault> {
        let Description { base, pins, owner } = description;
        let (node, mut set) = match base {
            Base::Old(node) => (node, Pins::new()),
            Base::Stepped(node, event, owner) => (node, self.set_by(world, node, event, owner)?),
            Base::Swept(node, owner) => (self.fire(node, owner)?, Pins::new()),
        };
        unfolding.moved |= match base {
            Base::Swept(before, _) => node != before,
            _ => true,
        };
        for later in pins {
            pin(&mut set, &later.chain, later.fluent, later.value);
        }
        let facts = self.with_own(unfolding, self.store.facts(node), &set);
        unfolding.batch.set_facts(place, facts);
        for character in (0..world.characters).map(CharacterId::from) {
            let to = if owner.is(character) {
                Ref::new(place)
            } else {
                let inner = pins_of(&set, character);
                self.believed(unfolding, world, base, node, character, inner)?
            };
            unfolding
                .batch
                .set_edge(place, world.characters, character, to);
        }
        Ok(())
    }

    /// What a character believes in a described state that was made of `node`, with pins on it.
    fn believed(
        &mut self,
        unfolding: &mut Unfolding,
        world: &World,
        base: Base,
        node: NodeId,
        character: CharacterId,
        pins: Pins,
    ) -> Result<Ref, Fault> {
        let changed = match base {
            Base::Old(_) => false,
            Base::Stepped(_, event, _) => self.observes(node, event, character)?,
            Base::Swept(..) => true,
        };
        let edge = self.store.edge(node, character);
        let Belief::One(mind) = edge.belief() else {
            if changed || !pins.is_empty() {
                return Err(Snag::PossibleWorlds.fault());
            }
            return Ok(Ref::edge(edge));
        };
        let owner = Owner::mind(character);
        let base = match base {
            _ if !changed => Base::Old(mind),
            Base::Stepped(_, event, _) => {
                let mended = self.mended(world, node, mind, event, character)?;
                Base::Stepped(mended, event, owner)
            }
            _ => Base::Swept(mind, owner),
        };
        self.refer(unfolding, world, base, pins, owner)
    }

    /// Facts with the pins that are not on anybody's mind.
    fn with_own(&mut self, unfolding: &mut Unfolding, facts: FactsId, pins: &[Pin]) -> FactsId {
        if pins.first().is_none_or(|pin| !pin.chain.is_empty()) {
            return facts;
        }
        unfolding.values.clear();
        unfolding.values.extend_from_slice(self.store.values(facts));
        for pin in pins.iter().take_while(|pin| pin.chain.is_empty()) {
            unfolding.values[pin.fluent.index()] = pin.value;
        }
        self.store.intern_facts(&unfolding.values)
    }

    /// What an event sets in a state that is changed as somebody's mind: effects whose conditions
    /// hold here, with values computed here. What the owner is told of its own mind comes last,
    /// over what it sees.
    pub(super) fn set_by(
        &mut self,
        world: &World,
        node: NodeId,
        event: EventId,
        owner: Owner,
    ) -> Result<Pins, Fault> {
        let effects = &world.event(event).effects;
        let mut applied = Vec::new();
        applicable(effects, &self.store.at(node), &mut applied)
            .map_err(|snag| self.snag(snag, event))?;
        let mut pins = Pins::new();
        for own in [false, true] {
            for &(place, datum) in &applied {
                let Reading { chain, fluent } = &effects[place].target;
                let within = owner.within(chain);
                if (within.len() != chain.len()) == own {
                    let value = pack(datum, &mut self.store.numbers);
                    pin(&mut pins, within, *fluent, value);
                }
            }
        }
        Ok(pins)
    }
}
