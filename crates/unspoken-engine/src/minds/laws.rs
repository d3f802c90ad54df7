//! The triggers of a world, and how they fire at a state under work: its minds have not had their
//! turn, and it is no node yet.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::fault::Fault;
use crate::ground::beginning::Chain;
use crate::ground::{Reading, Snag, World};
use crate::ids::{CharacterId, EventId, FactsId, FluentId};
use crate::minds::change::{each_set, set_in};
use crate::minds::description::{Described, Description, Mind, Unfolding};
use crate::minds::percepts::{NOWHERE, Percepts};
use crate::minds::pins::Told;
use crate::minds::prospects::Index;
use crate::minds::settle::PATIENCE;
use crate::minds::{Minds, Owner};

/// What is known of triggers.
#[derive(Clone, Default)]
pub(super) struct Laws {
    pub index: Index,
    /// Its lists, by minds.
    pub percepts: Percepts,
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
            percepts: Percepts::new(world.characters),
            loud,
            deep,
        }
    }
}

impl Minds {
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
        unfolding.mindless = true;
        if world.actions == world.events.len() {
            return Ok(state.after);
        }
        let mut facts = state.after;
        self.look_around(unfolding, state, minds);
        let mut firings = 0;
        while let Some((place, trigger)) = self.due_in(unfolding, state.owner, facts)? {
            firings += 1;
            if firings > PATIENCE {
                return Err(self.blame(Fault::new("endless-triggers"), trigger));
            }
            let sort = self.outcomes.sort(trigger);
            unfolding.mindless &= sort.effects && !sort.tells;
            unfolding.loud |= self.laws.loud[place].contains(&state.owner);
            let heard = unfolding.told.news.len();
            facts = self.fired(unfolding, world, state.owner, facts, trigger)?;
            if let Some(own) = state.owner.character() {
                unfolding.facts[own.index()] = facts;
            }
            self.look_again(unfolding, facts, heard);
        }
        unfolding.mindless |= firings == 0;
        Ok(facts)
    }

    /// What triggers are due at a state under work because of each mind.
    fn look_around(&mut self, unfolding: &mut Unfolding, state: &Description, minds: &[Mind]) {
        let Laws {
            index, percepts, ..
        } = &mut self.laws;
        let list = index.prospects(&self.store, state.after);
        // What was quiet, and is as it was, is quiet still.
        let before = self
            .rest
            .is_settled(state.node)
            .then(|| index.prospects(&self.store, self.store.facts(state.node)));
        percepts.extend(|place| index.nth(place));
        unfolding.list = Some(list);
        unfolding.mindless = percepts.others(list).iter().all(|p| !p.is_open());
        unfolding.firsts.clear();
        for (character, mind) in (0..).map(CharacterId).zip(minds) {
            let part = percepts.part(list, character);
            let is_quiet = match mind {
                _ if percepts.is_empty(part) => {
                    unfolding.firsts.push(NOWHERE);
                    continue;
                }
                Mind::One(Described { state: mind, .. }) => {
                    before.is_some_and(|before| percepts.part(before, character) == part)
                        && mind.event.is_none()
                        && mind.after == mind.before
                }
                Mind::Own | Mind::Many(_) => false,
            };
            unfolding.mindless = false;
            unfolding.firsts.push(match is_quiet {
                true => NOWHERE,
                false => {
                    let values = self.store.values(unfolding.facts[character.index()]);
                    percepts.first(part, |fluent| values[fluent.index()])
                }
            });
        }
    }

    /// The same after a trigger fired, with the news from some place on.
    fn look_again(&mut self, unfolding: &mut Unfolding, facts: FactsId, heard: usize) {
        let Laws {
            index, percepts, ..
        } = &mut self.laws;
        let list = index.prospects(&self.store, facts);
        let moved = unfolding.list != Some(list);
        if moved {
            percepts.extend(|place| index.nth(place));
            unfolding.list = Some(list);
            unfolding.mindless &= percepts.others(list).iter().all(|p| !p.is_open());
        }
        for character in (0..self.world.characters).map(CharacterId::from) {
            let fresh = unfolding.told.news[heard..].iter();
            let own = unfolding.facts[character.index()] == facts;
            if !moved && !own && !fresh.into_iter().any(|news| news.mind == character) {
                continue;
            }
            let part = percepts.part(list, character);
            if percepts.is_empty(part) {
                unfolding.firsts[character.index()] = NOWHERE;
                continue;
            }
            unfolding.mindless = false;
            let values = self.store.values(unfolding.facts[character.index()]);
            let first = percepts.first(part, |fluent| {
                let told = unfolding.told.value(character, fluent);
                told.unwrap_or(values[fluent.index()])
            });
            unfolding.firsts[character.index()] = first;
        }
    }

    /// The first trigger due at a state under work, and its place.
    fn due_in(
        &self,
        unfolding: &Unfolding,
        owner: Owner,
        facts: FactsId,
    ) -> Result<Option<(usize, EventId)>, Fault> {
        let mut first = unfolding.firsts.iter().copied().min().unwrap_or(NOWHERE);
        let number = |place: u32| EventId::from(self.world.actions + place as usize);
        let list = unfolding.list.expect("looked up before");
        let others = self.laws.percepts.others(list);
        if !others.is_empty() {
            let view = unfolding.view(&self.store, owner, facts);
            for &prospect in others {
                if prospect.place > first {
                    break;
                }
                let holds = self.laws.index.holds(prospect, &view);
                if holds.map_err(|snag| self.snag(snag, number(prospect.place)))? {
                    first = prospect.place;
                    break;
                }
            }
        }
        Ok((first != NOWHERE).then(|| (first as usize, number(first))))
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
                    within => unfolding.told.tell(within, *fluent, value),
                }
            }
            return Ok(self.store.with(facts, &unfolding.changes));
        }
        let mut applied = std::mem::take(&mut unfolding.applied);
        let view = unfolding.view(&self.store, owner, facts);
        set_in(effects, &view, &mut applied).map_err(|snag| self.snag(snag, trigger))?;
        let numbers = &mut self.store.numbers;
        each_set(
            effects,
            &applied,
            owner,
            numbers,
            |within, fluent, value| match within {
                [] => unfolding.changes.push((fluent, value)),
                _ => unfolding.told.tell(within, fluent, value),
            },
        );
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
        let mut told = Told::default();
        for place in 0..self.laws.deep.len() {
            let chain = self.laws.deep[place].clone();
            let Mind::One(outermost) = minds[chain[0].index()] else {
                continue;
            };
            let mut described = outermost;
            for &character in &chain[1..] {
                self.told(world, &described.state, &mut told)?;
                let Mind::One(inner) = self.mind_in(world, &described, character, &told)? else {
                    return Err(Snag::PossibleWorlds.fault());
                };
                described = inner;
            }
            unfolding.deep.push((chain, described.state.after));
        }
        Ok(())
    }
}
