//! Triggers: laws that every mind knows, and lets work until nothing moves.
//!
//! A round works through a state and its minds: at each, as whose mind it is, the first trigger
//! (in order) whose precondition holds fires, again and again, and tells the minds in it what it
//! says of them; then each mind has its turn. Rounds are repeated until one changes nothing.
//!
//! One round is nearly always all, and then an event and its round can be described together,
//! so that no state has to be kept that is not at rest. Why: in a second round a trigger can only
//! be due at a state if what it reads in minds within has changed since the state's turn in the
//! first. So call a trigger *loud* in somebody's mind if what it sets there is, seen from some
//! state further out, the very value in a chain of minds that some trigger reads. As long as none
//! such fires, every state that was left quiet stays quiet. (What a state tells its minds it tells
//! before their turn.) If a loud one fires, the rounds are done one by one.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::fault::Fault;
use crate::ground::beginning::Chain;
use crate::ground::{Reading, World};
use crate::ids::{CharacterId, EventId, FluentId, NodeId};
use crate::minds::change::{packed, set_in};
use crate::minds::description::{Description, Fired, Mind, Unfolding};
use crate::minds::pins::{Pins, own, pin};
use crate::minds::prospects::Index;
use crate::minds::view::After;
use crate::minds::{Minds, Owner};

/// More firings in one place, or more rounds, than any story needs.
const PATIENCE: usize = 10_000;

/// What is known of triggers.
#[derive(Clone, Default)]
pub(super) struct Laws {
    pub index: Index,
    /// For each trigger, those in whose minds it is loud.
    loud: Vec<Box<[Owner]>>,
    /// The chains of two and more minds that triggers read, and their ends.
    deep: Vec<Chain>,
}

impl Laws {
    /// Nothing has happened yet under the triggers of a world.
    pub fn of(world: &World) -> Laws {
        let triggers = &world.events[world.actions..];
        let mut read: FxHashMap<FluentId, FxHashSet<Chain>> = FxHashMap::default();
        for trigger in triggers {
            let mut found = |reading: &Reading| {
                read.entry(reading.fluent)
                    .or_default()
                    .insert(reading.chain.clone());
            };
            trigger.precondition.readings(&mut found);
            for effect in &trigger.effects {
                effect.condition.readings(&mut found);
                effect.value.readings(&mut found);
            }
        }
        let mut deep: Vec<Chain> = read
            .values()
            .flatten()
            .flat_map(|chain| (0..chain.len().saturating_sub(1)).map(|from| chain[from..].into()))
            .collect();
        deep.sort_unstable();
        deep.dedup();
        let loud = triggers
            .iter()
            .map(|trigger| {
                let mut owners: Vec<Owner> = Vec::new();
                for Reading { chain, fluent } in trigger.effects.iter().map(|e| &e.target) {
                    for read in read.get(fluent).into_iter().flatten() {
                        owners.extend((0..read.len()).filter_map(|place| {
                            let owner = Owner::mind(read[place]);
                            (owner.within(chain) == &read[place + 1..]).then_some(owner)
                        }));
                    }
                }
                owners.sort_unstable();
                owners.dedup();
                owners.into()
            })
            .collect();
        Laws {
            index: Index::of(triggers, true),
            loud,
            deep,
        }
    }
}

impl Minds {
    /// The settled state after an event; its precondition is not looked at.
    pub fn apply(&mut self, node: NodeId, event: EventId) -> Result<NodeId, Fault> {
        if let Some(after) = self.memo.after(node, Some(event), Owner::NOBODY) {
            return Ok(after);
        }
        self.transitions += 1;
        // A fault is found again in the rounds, one by one, which know best where it lies.
        if let Ok(Some(after)) = self.at_once(node, event) {
            debug_assert_eq!(
                self.in_rounds(node, event).ok(),
                Some(after),
                "one round was all"
            );
            return Ok(after);
        }
        let after = self.in_rounds(node, event)?;
        self.memo.insert(node, Some(event), Owner::NOBODY, after);
        Ok(after)
    }

    /// An event and one round of triggers, if that is all.
    fn at_once(&mut self, node: NodeId, event: EventId) -> Result<Option<NodeId>, Fault> {
        let world = std::sync::Arc::clone(&self.world);
        let before = self.store.facts(node);
        let described = self.stepped(&world, node, before, event, Owner::NOBODY)?;
        self.described(described, true, false)
    }

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
        let swept = self.described(self.unmoved(node, owner), true, true)?;
        Ok(swept.expect("patience"))
    }

    /// Is a state known to be at rest as somebody's mind?
    pub(super) fn is_settled(&self, node: NodeId, owner: Owner) -> bool {
        let own = |character| self.store.mind(node, character) == Ok(node);
        self.rest.is_settled(node) && owner.character().is_none_or(own)
    }

    /// Notes that a state is at rest, and so are all minds in it.
    fn rested(&mut self, node: NodeId) {
        let mut waiting = vec![node];
        while let Some(node) = waiting.pop() {
            if self.rest.is_settled(node) {
                continue;
            }
            self.rest.settled(node);
            let minds = (0..self.world.characters).map(CharacterId::from);
            waiting.extend(minds.filter_map(|character| self.store.mind(node, character).ok()));
        }
    }

    /// The first trigger whose precondition holds in a state.
    pub(super) fn due(&mut self, node: NodeId) -> Result<Option<EventId>, Fault> {
        let prospects = self
            .laws
            .index
            .prospects(&self.store, self.store.facts(node));
        let view = self.store.at(node);
        for place in prospects {
            let prospect = self.laws.index.prospect(place);
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
        self.pinned(node, &pins, owner)
    }

    /// Lets triggers fire at a described state until none is due.
    pub(super) fn fire(
        &mut self,
        unfolding: &mut Unfolding,
        world: &World,
        state: &Description,
        minds: &[Mind],
    ) -> Result<Fired, Fault> {
        unfolding.facts.clear();
        for mind in minds {
            unfolding.facts.push(match mind {
                Mind::Own => state.after,
                Mind::One(described) => described.state.after,
                Mind::Many(_) => return Err(crate::ground::Snag::PossibleWorlds.fault()),
            });
        }
        self.look_deep(unfolding, world, minds)?;
        let owner = state.owner;
        let mut fired = Fired {
            facts: state.after,
            told: Pins::new(),
            mindless: true,
        };
        let mut applied = Vec::new();
        let mut firings = 0;
        loop {
            let prospects = self.laws.index.prospects(&self.store, fired.facts);
            let view = After {
                store: &self.store,
                owner,
                facts: fired.facts,
                minds: &unfolding.facts,
                deep: &unfolding.deep,
                told: &fired.told,
            };
            let mut due = None;
            for place in prospects {
                let prospect = self.laws.index.prospect(place);
                fired.mindless &= !prospect.is_open();
                let trigger = EventId::from(world.actions + prospect.place as usize);
                let holds = self.laws.index.holds(prospect, &view);
                if holds.map_err(|snag| self.snag(snag, trigger))? {
                    due = Some((prospect.place as usize, trigger));
                    break;
                }
            }
            let Some((place, trigger)) = due else {
                return Ok(fired);
            };
            firings += 1;
            if firings > PATIENCE {
                return Err(self.blame(Fault::new("endless-triggers"), trigger));
            }
            let sort = self.outcomes.sort(trigger);
            fired.mindless &= sort.effects && !sort.tells;
            unfolding.loud |= self.laws.loud[place].contains(&owner);
            let effects = &world.event(trigger).effects;
            set_in(effects, &view, &mut applied).map_err(|snag| self.snag(snag, trigger))?;
            let pins = packed(effects, &applied, owner, &mut self.store);
            let (here, within) = pins.split_at(own(&pins));
            fired.facts = self.with_own(fired.facts, here);
            for later in within {
                pin(&mut fired.told, &later.chain, later.fluent, later.value);
            }
        }
    }

    /// Finds what is true in the minds within minds that triggers read, before any trigger.
    fn look_deep(
        &mut self,
        unfolding: &mut Unfolding,
        world: &World,
        minds: &[Mind],
    ) -> Result<(), Fault> {
        unfolding.deep.clear();
        for place in 0..self.laws.deep.len() {
            let chain = self.laws.deep[place].clone();
            let Mind::One(outermost) = minds[chain[0].index()] else {
                continue;
            };
            let mut state = outermost.state;
            for &character in &chain[1..] {
                let told = self.told(world, &state)?;
                let seen = self.seen(world, &state);
                let told = crate::minds::pins::pins_on(&told, character);
                let Mind::One(inner) = self.mind_in(world, &state, seen, character, told)? else {
                    return Err(crate::ground::Snag::PossibleWorlds.fault());
                };
                state = inner.state;
            }
            unfolding.deep.push((chain, state.after));
        }
        Ok(())
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
