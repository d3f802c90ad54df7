//! A state written out, and read again: every state that minds lead to from it, with the values of
//! all changing fluents and whom it leads to. Exact to any depth, since states are finite graphs.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::fault::Fault;
use crate::ids::{CharacterId, FluentId, NodeId};
use crate::minds::{Batch, Minds, Owner, Ref};
use crate::value::Value;

/// One of the states of a graph, which are numbered from 0, the state itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Of every changing fluent, in order.
    pub values: Vec<Value>,
    /// For each character, in order, the numbers of the states that it takes to be possible: of the
    /// one that it believes in, or several, in rising order.
    pub minds: Vec<Vec<usize>>,
}

impl Minds {
    /// A state as a graph, numbered breadth first from it, characters taken in this order (which
    /// must have each of them once), and the worlds of one mind by what is told apart in them.
    pub fn graph(&self, root: NodeId, order: &[CharacterId]) -> Vec<Written> {
        let marks = self.marks(root, order);
        let mut places = FxHashMap::from_iter([(root, 0)]);
        let mut met = vec![root];
        let mut graph = Vec::new();
        while let Some(&node) = met.get(graph.len()) {
            let mut minds = vec![Vec::new(); self.world.characters];
            for &character in order {
                let mut worlds = self.store.worlds(node, &[character]);
                worlds.sort_by_key(|world| marks.get(world));
                let there = &mut minds[character.index()];
                there.extend(worlds.into_iter().map(|world| match places.entry(world) {
                    Entry::Occupied(place) => *place.get(),
                    Entry::Vacant(place) => {
                        met.push(world);
                        *place.insert(met.len() - 1)
                    }
                }));
                there.sort_unstable();
            }
            graph.push(Written {
                values: self.store.values(self.store.facts(node)).to_vec(),
                minds,
            });
        }
        graph
    }

    /// Marks that order the states reached from one by what is so in them and in the minds there,
    /// whatever their numbers are. Needed only where a mind holds several.
    fn marks(&self, root: NodeId, order: &[CharacterId]) -> FxHashMap<NodeId, usize> {
        let (mut met, mut known) = (vec![root], FxHashSet::from_iter([root]));
        let mut several = false;
        let mut place = 0;
        while let Some(&node) = met.get(place) {
            for &character in order {
                let worlds = self.store.worlds(node, &[character]);
                several |= worlds.len() > 1;
                met.extend(worlds.into_iter().filter(|&world| known.insert(world)));
            }
            place += 1;
        }
        if !several {
            return FxHashMap::default();
        }
        let values = |node: &NodeId| self.store.values(self.store.facts(*node));
        let by_value = |left: &NodeId, right: &NodeId| {
            let pairs = values(left).iter().zip(values(right));
            let each = pairs.map(|(&left, &right)| self.store.numbers.order(left, right));
            each.fold(Ordering::Equal, Ordering::then)
        };
        met.sort_by(by_value);
        let mut marks = FxHashMap::default();
        let mut mark = 0;
        for (place, &node) in met.iter().enumerate() {
            if place > 0 && by_value(&met[place - 1], &node) != Ordering::Equal {
                mark += 1;
            }
            marks.insert(node, mark);
        }
        // Told apart further by their minds, until that tells no more apart.
        loop {
            let signature = |node: NodeId| {
                let minds = order.iter().map(|&character| {
                    let worlds = self.store.worlds(node, &[character]);
                    let mut there: Vec<usize> = worlds.iter().map(|world| marks[world]).collect();
                    there.sort_unstable();
                    there.dedup();
                    there
                });
                (marks[&node], minds.collect::<Vec<_>>())
            };
            let signed: BTreeMap<_, Vec<NodeId>> = met.iter().fold(
                BTreeMap::default(),
                |mut signed: BTreeMap<_, Vec<NodeId>>, &node| {
                    signed.entry(signature(node)).or_default().push(node);
                    signed
                },
            );
            if signed.len() == mark + 1 {
                return marks;
            }
            mark = signed.len() - 1;
            let finer = signed.into_values().enumerate();
            marks = finer
                .flat_map(|(mark, nodes)| nodes.into_iter().map(move |node| (node, mark)))
                .collect();
        }
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
            for (who, worlds) in minds.iter().enumerate() {
                for &mind in worlds {
                    // Whoever believes something believes that it does.
                    match graph.get(mind) {
                        None => return Err(malformed("a mind leads nowhere")),
                        Some(within) if within.minds.get(who) != Some(worlds) => {
                            return Err(malformed("somebody is wrong about its own mind"));
                        }
                        Some(_) => {}
                    }
                }
                let to = match worlds.as_slice() {
                    [] => return Err(malformed("a mind leads nowhere")),
                    &[mind] => Ref::new(mind),
                    _ if !self.world.several => return Err(Fault::new("possible-worlds")),
                    several => batch.add_set(several.iter().map(|&mind| Ref::new(mind)).collect()),
                };
                batch.set_edge(place, characters, CharacterId::from(who), to);
            }
        }
        let mut ids = Vec::new();
        self.store.intern(&batch, &mut ids)?;
        self.settle(ids[0], Owner::NOBODY)
    }
}
