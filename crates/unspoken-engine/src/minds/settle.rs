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

use rustc_hash::{FxHashMap, FxHashSet};

use crate::fault::Fault;
use crate::ground::beginning::Chain;
use crate::ground::{Reading, Snag, World};
use crate::ids::{CharacterId, EventId, FactsId, FluentId, NodeId};
use crate::minds::change::{packed, set_in};
use crate::minds::description::{Description, Mind, Unfolding};
use crate::minds::pins::{pin, pins_on};
use crate::minds::prospects::Index;
use crate::minds::view::News;
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
        let Ok(after) = self.at_once(node, event) else {
            return self.in_rounds(node, event);
        };
        #[cfg(debug_assertions)]
        assert_eq!(self.in_rounds(node, event), Ok(after), "a shortcut");
        if self.memo.after(node, Some(event), Owner::NOBODY).is_none() {
            self.memo.insert(node, Some(event), Owner::NOBODY, after);
        }
        Ok(after)
    }

    /// The settled state after an event, the first round of triggers taken with it.
    fn at_once(&mut self, node: NodeId, event: EventId) -> Result<NodeId, Fault> {
        let world = &*std::sync::Arc::clone(&self.world);
        let before = self.store.facts(node);
        let described = self.stepped(world, node, before, event, Owner::NOBODY)?;
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

    /// Lets triggers fire at a described state until none is due: what is true there now. What
    /// they told minds is left in the unfolding.
    pub(super) fn fire(
        &mut self,
        unfolding: &mut Unfolding,
        world: &World,
        state: &Description,
        minds: &[Mind],
    ) -> Result<FactsId, Fault> {
        unfolding.facts.clear();
        for mind in minds {
            unfolding.facts.push(match mind {
                Mind::Own => state.after,
                Mind::One(described) => described.state.after,
                Mind::Many(_) => return Err(Snag::PossibleWorlds.fault()),
            });
        }
        if !self.laws.deep.is_empty() {
            self.look_deep(unfolding, world, minds)?;
        }
        let mut facts = state.after;
        let mut firings = 0;
        let mut known = 0..0;
        unfolding.mindless = true;
        while let Some((place, trigger)) = self.due_in(unfolding, state.owner, facts, known)? {
            firings += 1;
            if firings > PATIENCE {
                return Err(self.blame(Fault::new("endless-triggers"), trigger));
            }
            let sort = self.outcomes.sort(trigger);
            unfolding.mindless &= sort.effects && !sort.tells;
            let law = trigger.index() - world.actions;
            unfolding.loud |= self.laws.loud[law].contains(&state.owner);
            let told = unfolding.news.len();
            let after = self.fired(unfolding, world, state.owner, facts, trigger)?;
            known = match after == facts && unfolding.told.is_empty() {
                true => told..place,
                false => 0..0,
            };
            facts = after;
            if let Some(own) = state.owner.character() {
                unfolding.facts[own.index()] = facts;
            }
        }
        unfolding.mindless |= firings == 0;
        Ok(facts)
    }

    /// The first trigger due at a state under work, and its place among the prospects. Those
    /// before `known.end` were not due when the news from `known.start` on were not yet told.
    fn due_in(
        &mut self,
        unfolding: &mut Unfolding,
        owner: Owner,
        facts: FactsId,
        known: std::ops::Range<usize>,
    ) -> Result<Option<(usize, EventId)>, Fault> {
        let prospects = self.laws.index.prospects(&self.store, facts);
        let view = unfolding.view(&self.store, owner, facts);
        let mut mindless = unfolding.mindless;
        let mut due = None;
        let list = self.laws.index.slice(prospects).iter().enumerate();
        for (place, &prospect) in list {
            let fresh = &view.news[known.start..];
            if place < known.end && !fresh.iter().any(|&news| prospect.minds(news)) {
                continue;
            }
            mindless &= !prospect.is_open();
            let trigger = || EventId::from(self.world.actions + prospect.place as usize);
            let holds = match prospect.quick(|mind, fluent| view.value_of(mind, fluent)) {
                Some(holds) => holds,
                None => self
                    .laws
                    .index
                    .holds(prospect, &view)
                    .map_err(|snag| self.snag(snag, trigger()))?,
            };
            if holds {
                due = Some((place, trigger()));
                break;
            }
        }
        unfolding.mindless = mindless;
        Ok(due)
    }

    /// What is true after one trigger at a state under work.
    fn fired(
        &mut self,
        unfolding: &mut Unfolding,
        world: &World,
        owner: Owner,
        facts: FactsId,
        trigger: EventId,
    ) -> Result<FactsId, Fault> {
        let effects = &world.event(trigger).effects;
        unfolding.changes.clear();
        if self.outcomes.sort(trigger).constant {
            for effect in effects {
                let Reading { chain, fluent } = &effect.target;
                let value = effect.value.as_constant().expect("constants only");
                match owner.within(chain) {
                    [] => unfolding.changes.push((*fluent, value)),
                    within => unfolding.news.push(News {
                        mind: within[0],
                        fluent: *fluent,
                        value,
                    }),
                }
            }
            return Ok(self.store.with(facts, &unfolding.changes));
        }
        let mut applied = std::mem::take(&mut unfolding.applied);
        let view = unfolding.view(&self.store, owner, facts);
        set_in(effects, &view, &mut applied).map_err(|snag| self.snag(snag, trigger))?;
        for pinned in packed(effects, &applied, owner, &mut self.store) {
            match *pinned.chain {
                [] => unfolding.changes.push((pinned.fluent, pinned.value)),
                [mind] => unfolding.news.push(News {
                    mind,
                    fluent: pinned.fluent,
                    value: pinned.value,
                }),
                _ => pin(
                    &mut unfolding.told,
                    &pinned.chain,
                    pinned.fluent,
                    pinned.value,
                ),
            }
        }
        unfolding.applied = applied;
        Ok(self.store.with(facts, &unfolding.changes))
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
            let mut described = outermost;
            for &character in &chain[1..] {
                let told = self.told(world, &described.state)?;
                let told = pins_on(&told, character);
                let Mind::One(inner) = self.mind_in(world, &described, character, told)? else {
                    return Err(Snag::PossibleWorlds.fault());
                };
                described = inner;
            }
            unfolding.deep.push((chain, described.state.after));
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
