//! One event: what it makes true in a described state, who sees it, and what it tells minds.

use crate::fault::Fault;
use crate::ground::beginning::pack;
use crate::ground::effects::applicable;
use crate::ground::{Effect, Reading, Snag, Valuation, World};
use crate::ids::{CharacterId, EventId, FactsId, FluentId, NodeId};
use crate::minds::description::{Described, Description};
use crate::minds::flat::Outcome;
use crate::minds::pins::{Pin, Pins, PinsId, Told, own, pin, pins_on};
use crate::minds::view::Before;
use crate::minds::{Minds, Owner, Store};
use crate::value::{Datum, Numbers, Value};

impl Minds {
    /// The state after an event, before triggers. The precondition is not looked at.
    pub fn step(&mut self, node: NodeId, event: EventId, owner: Owner) -> Result<NodeId, Fault> {
        let world = &*std::sync::Arc::clone(&self.world);
        if self.world.several {
            let stepped = self.stepped_world(world, node, event, owner);
            return stepped.map_err(|fault| self.blame(fault, event));
        }
        let before = self.store.facts(node);
        self.stepped(world, node, before, event, owner, None)
            .and_then(|described| self.described(world, described, false))
            .map_err(|fault| self.blame(fault, event))
    }

    /// The state with some values set in it and in its minds.
    pub(super) fn pinned(
        &mut self,
        world: &World,
        node: NodeId,
        pins: &[Pin],
        owner: Owner,
    ) -> Result<NodeId, Fault> {
        if self.world.several {
            let pins = self.pins.intern(pins.to_vec());
            let changed = self.changed(world, owner, vec![(node, None, pins)])?;
            return Ok(changed[0]);
        }
        let mut described = self.unmoved(node, owner);
        let (own, others) = pins.split_at(own(pins));
        described.state.after = self.with_own(described.state.after, own);
        described.state.pins = self.pins.intern(others.to_vec());
        self.described(world, described, false)
    }

    /// Says at which event a fault arose, unless that is known.
    pub(super) fn blame(&self, fault: Fault, event: EventId) -> Fault {
        if fault.facts.contains_key("event") {
            return fault;
        }
        fault.with("event", self.world.event_text(event, &self.store.numbers))
    }

    /// A state described as what follows from an event, seen by its owner.
    pub(super) fn stepped(
        &mut self,
        world: &World,
        node: NodeId,
        before: FactsId,
        event: EventId,
        owner: Owner,
        outcome: Option<Outcome>,
    ) -> Result<Described, Fault> {
        let mut state = Description {
            node,
            before,
            after: before,
            event: Some(event),
            owner,
            pins: PinsId::NONE,
        };
        let Minds {
            outcomes, store, ..
        } = self;
        let Outcome {
            after, observers, ..
        } = outcome.unwrap_or_else(|| outcomes.outcome(world, store, before, event));
        let Effects { plain, telling } = Effects::of(world, event);
        state.after = match after {
            Some(after) => after,
            None => self.after(plain, &state, event)?,
        };
        if let Some(character) = owner.character() {
            let of_itself = on_mind(telling, character);
            if !of_itself.is_empty() {
                state.after = self.after(of_itself, &state, event)?;
            }
        }
        Ok(Described {
            state,
            untold: state.after,
            seen: observers,
        })
    }

    /// Does a character see the event of a description?
    pub(super) fn sees(
        &self,
        world: &World,
        described: &Described,
        character: CharacterId,
    ) -> Result<bool, Snag> {
        let state = &described.state;
        let Some(event) = state.event else {
            return Ok(false);
        };
        match (described.seen, world.event(event).observing.each()) {
            (_, None) => Ok(true),
            (Some(observers), _) => Ok(self.outcomes.includes(observers, character)),
            (None, Some(conditions)) => {
                conditions[character.index()].holds(&state.before(&self.store))
            }
        }
    }

    /// What the event of a description and those around it tell minds within it; these last.
    pub(super) fn told(
        &mut self,
        world: &World,
        state: &Description,
        into: &mut Told,
    ) -> Result<(), Fault> {
        into.clear();
        if let Some(event) = state.event {
            let Effects { telling, .. } = Effects::of(world, event);
            if self.outcomes.sort(event).constant {
                for Effect { target, value, .. } in telling {
                    let value = value.as_constant().expect("constants only");
                    match state.owner.within(&target.chain) {
                        [] => {}
                        within => into.tell(within, target.fluent, value),
                    }
                }
            } else if !telling.is_empty() {
                let mut applied = std::mem::take(&mut self.applied);
                let set = set_in(telling, &state.before(&self.store), &mut applied);
                set.map_err(|snag| self.snag(snag, event))?;
                let (owner, numbers) = (state.owner, &mut self.store.numbers);
                each_set(
                    telling,
                    &applied,
                    owner,
                    numbers,
                    |within, fluent, value| {
                        if !within.is_empty() {
                            into.tell(within, fluent, value);
                        }
                    },
                );
                self.applied = applied;
            }
        }
        for later in self.pins.list(state.pins) {
            into.tell(&later.chain, later.fluent, later.value);
        }
        Ok(())
    }

    /// Tells a character, in its described state, what it is told, over what it believes by then.
    pub(super) fn tell(&mut self, state: &mut Description, character: CharacterId, told: &Told) {
        if !told.news.is_empty() {
            let mut changes = std::mem::take(&mut self.changes);
            changes.clear();
            let heard = told.news.iter().filter(|news| news.mind == character);
            changes.extend(heard.map(|news| (news.fluent, news.value)));
            if !changes.is_empty() {
                state.after = self.store.with(state.after, &changes);
            }
            self.changes = changes;
        }
        let within = pins_on(&told.pins, character);
        if !within.is_empty() {
            let mut inner = self.pins.list(state.pins).to_vec();
            for told in within {
                pin(&mut inner, &told.chain[1..], told.fluent, told.value);
            }
            state.pins = self.pins.intern(inner);
        }
    }

    /// Facts with the pins that are on nobody's mind.
    pub(super) fn with_own(&mut self, facts: FactsId, pins: &[Pin]) -> FactsId {
        if pins.is_empty() {
            return facts;
        }
        let changes: Vec<(FluentId, Value)> =
            pins.iter().map(|pin| (pin.fluent, pin.value)).collect();
        self.store.with(facts, &changes)
    }

    /// What is true in a described state after effects on facts, or on its owner's mind.
    fn after(
        &mut self,
        effects: &[Effect],
        state: &Description,
        event: EventId,
    ) -> Result<FactsId, Fault> {
        let mut applied = std::mem::take(&mut self.applied);
        let set = set_in(effects, &state.before(&self.store), &mut applied);
        set.map_err(|snag| self.snag(snag, event))?;
        let mut changes = std::mem::take(&mut self.changes);
        changes.clear();
        let (owner, numbers) = (state.owner, &mut self.store.numbers);
        each_set(effects, &applied, owner, numbers, |_, fluent, value| {
            changes.push((fluent, value));
        });
        let after = self.store.with(state.after, &changes);
        (self.applied, self.changes) = (applied, changes);
        Ok(after)
    }
}

impl Description {
    /// The state before the event.
    pub fn before<'s>(&self, store: &'s Store) -> Before<'s> {
        Before {
            store,
            node: self.node,
            facts: self.before,
            owner: self.owner,
        }
    }
}

/// An event's effects on facts and on minds.
struct Effects<'w> {
    plain: &'w [Effect],
    telling: &'w [Effect],
}

impl<'w> Effects<'w> {
    fn of(world: &'w World, event: EventId) -> Effects<'w> {
        let event = world.event(event);
        let (plain, telling) = event.effects.split_at(event.plain);
        Effects { plain, telling }
    }
}

/// Of sorted effects, those on what a character believes.
fn on_mind(effects: &[Effect], character: CharacterId) -> &[Effect] {
    let whose: &[CharacterId] = &[character];
    let start = effects.partition_point(|effect| &*effect.target.chain < whose);
    let length = effects[start..].partition_point(|effect| &*effect.target.chain == whose);
    &effects[start..start + length]
}

/// What effects set: those whose conditions hold here, with values computed here.
pub(super) fn set_in(
    effects: &[Effect],
    view: &impl Valuation,
    applied: &mut Vec<(usize, Datum)>,
) -> Result<(), Snag> {
    applied.clear();
    applicable(effects, view, applied)
}

/// The same, found by its place in a state that is changed as somebody's mind. What the owner is
/// told of its own mind comes last, over what it sees.
pub(super) fn each_set(
    effects: &[Effect],
    applied: &[(usize, Datum)],
    owner: Owner,
    numbers: &mut Numbers,
    mut found: impl FnMut(&[CharacterId], FluentId, Value),
) {
    for of_itself in [false, true] {
        for &(place, datum) in applied {
            let Reading { chain, fluent } = &effects[place].target;
            let within = owner.within(chain);
            if (within.len() != chain.len()) == of_itself {
                found(within, *fluent, pack(datum, numbers));
            }
        }
    }
}

/// The same as pins.
pub(super) fn packed(
    effects: &[Effect],
    applied: &[(usize, Datum)],
    owner: Owner,
    store: &mut Store,
) -> Pins {
    let mut pins = Pins::new();
    each_set(
        effects,
        applied,
        owner,
        &mut store.numbers,
        |within, fluent, value| pin(&mut pins, within, fluent, value),
    );
    pins
}
