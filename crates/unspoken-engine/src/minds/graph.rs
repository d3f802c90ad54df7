//! A state written out, and read again: every state that minds lead to from it, with the values of
//! all changing fluents and whom it leads to. Exact to any depth, since states are finite graphs.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::fault::Fault;
use crate::ids::{CharacterId, FluentId, NodeId};
use crate::minds::{Batch, Minds, Owner, Ref};
use crate::value::Value;

/// One of the states of a graph, which are numbered from 0, the state itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Of every changing fluent, in order.
    pub values: Vec<Value>,
    /// For each character, in order, the number of the state that it believes in.
    pub minds: Vec<usize>,
}

impl Minds {
    /// A state as a graph, numbered breadth first from it, characters taken in this order (which
    /// must have each of them once). Fails where a mind takes several worlds to be possible.
    pub fn graph(&self, root: NodeId, order: &[CharacterId]) -> Result<Vec<Written>, Fault> {
        let mut places = FxHashMap::from_iter([(root, 0)]);
        let mut met = vec![root];
        let mut graph = Vec::new();
        while let Some(&node) = met.get(graph.len()) {
            let mut minds = vec![0; self.world.characters];
            for &character in order {
                let mind = self.store.mind(node, character).map_err(|s| s.fault())?;
                minds[character.index()] = match places.entry(mind) {
                    Entry::Occupied(place) => *place.get(),
                    Entry::Vacant(place) => {
                        met.push(mind);
                        *place.insert(met.len() - 1)
                    }
                };
            }
            graph.push(Written {
                values: self.store.values(self.store.facts(node)).to_vec(),
                minds,
            });
        }
        Ok(graph)
    }

    /// The state that a graph describes, settled: where no law is due, that is the very one it was
    /// written from. Fails if it describes no state, or one that this world can never come to.
    pub fn of_graph(&mut self, graph: &[Written]) -> Result<NodeId, Fault> {
        let (characters, width) = (self.world.characters, self.world.fluents.changing());
        let malformed = |reason: &str| Fault::new("malformed-graph").with("reason", reason);
        if graph.is_empty() {
            return Err(malformed("no state is in it"));
        }
        let mut batch = Batch::default();
        for Written { values, minds } in graph {
            if values.len() != width || minds.len() != characters {
                return Err(malformed("a state is not whole"));
            }
            for (fluent, &value) in values.iter().enumerate() {
                let fluent = FluentId::from(fluent);
                if !self.world.may_be(fluent, value) {
                    return Err(self.beyond_reach(fluent, value));
                }
            }
            let place = batch.add(characters);
            batch.set_facts(place, self.store.intern_facts(values));
            for (who, &mind) in minds.iter().enumerate() {
                // Whoever believes something believes that it does.
                match graph.get(mind) {
                    None => return Err(malformed("a mind leads nowhere")),
                    Some(within) if within.minds.get(who) != Some(&mind) => {
                        return Err(malformed("somebody is wrong about its own mind"));
                    }
                    Some(_) => {}
                }
                batch.set_edge(place, characters, CharacterId::from(who), Ref::new(mind));
            }
        }
        let mut ids = Vec::new();
        self.store.intern(&batch, &mut ids)?;
        self.settle(ids[0], Owner::NOBODY)
    }
}
