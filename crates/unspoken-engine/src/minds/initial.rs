//! The beginning as a state, before any trigger.

use std::collections::BTreeMap;

use crate::fault::Fault;
use crate::ground::Beginning;
use crate::ground::beginning::Chain;
use crate::ids::{CharacterId, FactsId, FluentId, NodeId};
use crate::minds::{Batch, Minds, Ref};
use crate::value::Value;

impl Minds {
    /// The state in which everything is as was said, and each chain of minds of which nothing was
    /// said believes what the chain without its innermost mind does, but for what that one believes
    /// in whoever's mind.
    pub fn begin(&mut self, beginning: &Beginning) -> Result<NodeId, Fault> {
        if !beginning.choices.is_empty() || !beginning.informed.is_empty() {
            return self.begin_with_worlds(beginning);
        }
        let characters = self.world.characters;
        let mut batch = Batch::default();
        let mut places: BTreeMap<Chain, usize> = BTreeMap::new();
        for chain in std::iter::once(&Chain::default()).chain(beginning.pins.keys()) {
            places.insert(chain.clone(), batch.add(characters));
        }
        let mut shared = Shared::default();
        for (chain, &place) in &places {
            let values: Vec<Value> = (0..self.world.fluents.changing())
                .map(|fluent| beginning.read(chain, FluentId::from(fluent)))
                .collect();
            let facts = self.store.intern_facts(&values);
            batch.set_facts(place, facts);
            for character in (0..characters).map(CharacterId::from) {
                let mut deeper = chain.to_vec();
                deeper.push(character);
                let to = if chain.last() == Some(&character) {
                    place
                } else if let Some(&pinned) = places.get(deeper.as_slice()) {
                    pinned
                } else {
                    let believed = match beginning.within(&values, character) {
                        Some(believed) => self.store.intern_facts(&believed),
                        None => facts,
                    };
                    shared.place(believed, &mut batch, characters)
                };
                batch.set_edge(place, characters, character, Ref::new(to));
            }
        }
        while let Some((facts, place)) = shared.open.pop() {
            let values = self.store.values(facts).to_vec();
            for character in (0..characters).map(CharacterId::from) {
                let to = match beginning.within(&values, character) {
                    Some(believed) => {
                        let believed = self.store.intern_facts(&believed);
                        shared.place(believed, &mut batch, characters)
                    }
                    None => place,
                };
                batch.set_edge(place, characters, character, Ref::new(to));
            }
        }
        let mut ids = Vec::new();
        self.store.intern(&batch, &mut ids)?;
        Ok(ids[places[&Chain::default()]])
    }
}

/// States of minds of which nothing was said: in them everybody takes everybody to believe the same,
/// but for what some believe in whoever's mind. So each is known by its facts.
#[derive(Default)]
struct Shared {
    places: BTreeMap<FactsId, usize>,
    /// Those whose minds are not there yet.
    open: Vec<(FactsId, usize)>,
}

impl Shared {
    fn place(&mut self, facts: FactsId, batch: &mut Batch, characters: usize) -> usize {
        *self.places.entry(facts).or_insert_with(|| {
            let place = batch.add(characters);
            batch.set_facts(place, facts);
            self.open.push((facts, place));
            place
        })
    }
}
