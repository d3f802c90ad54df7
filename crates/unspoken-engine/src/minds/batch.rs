//! New states on their way in: a graph of nodes that point at each other or at interned ones.

use crate::ids::{CharacterId, FactsId, NodeId, SetId};
use crate::minds::store::{Belief, Edge};

const NEW: u32 = 1 << 30;
const SETS: u32 = 1 << 31;

/// Where an edge of a new node leads: packed, two bits say which sort it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ref(u32);

/// A reference unpacked.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Old(NodeId),
    New(usize),
    OldSet(SetId),
    NewSet(usize),
}

impl Ref {
    /// To another node of the batch.
    pub fn new(place: usize) -> Ref {
        Ref(NEW | u32::try_from(place).expect("a small batch"))
    }

    /// To an interned node.
    pub fn node(node: NodeId) -> Ref {
        Ref(node.0)
    }

    /// To whatever an interned node's edge leads to.
    pub fn edge(edge: Edge) -> Ref {
        match edge.belief() {
            Belief::One(node) => Ref(node.0),
            Belief::Many(set) => Ref(SETS | set.0),
        }
    }

    /// The interned node, if it leads to one.
    pub fn interned(self) -> Option<NodeId> {
        match self.place() {
            Place::Old(node) => Some(node),
            _ => None,
        }
    }

    pub(super) fn place(self) -> Place {
        let number = self.0 & !(NEW | SETS);
        match (self.0 & SETS != 0, self.0 & NEW != 0) {
            (false, false) => Place::Old(NodeId(number)),
            (false, true) => Place::New(number as usize),
            (true, false) => Place::OldSet(SetId(number)),
            (true, true) => Place::NewSet(number as usize),
        }
    }
}

/// New nodes, not yet interned.
#[derive(Clone, Default)]
pub struct Batch {
    pub(super) facts: Vec<FactsId>,
    pub(super) edges: Vec<Ref>,
    pub(super) sets: Vec<Vec<Ref>>,
}

impl Batch {
    /// Empties it.
    pub fn clear(&mut self) {
        self.facts.clear();
        self.edges.clear();
        self.sets.clear();
    }

    /// How many nodes it has.
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// Is there nothing in it?
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// A new node; its facts and edges are to be set.
    pub fn add(&mut self, characters: usize) -> usize {
        self.facts.push(FactsId(u32::MAX));
        let edges = self.edges.len() + characters;
        self.edges.resize(edges, Ref::node(NodeId(0)));
        self.facts.len() - 1
    }

    /// What is true in a new node.
    pub fn set_facts(&mut self, place: usize, facts: FactsId) {
        self.facts[place] = facts;
    }

    /// What a character believes in a new node.
    pub fn set_edge(&mut self, place: usize, characters: usize, character: CharacterId, to: Ref) {
        self.edges[place * characters + character.index()] = to;
    }

    /// A reference to a set of possible worlds.
    pub fn add_set(&mut self, worlds: Vec<Ref>) -> Ref {
        self.sets.push(worlds);
        Ref(SETS | NEW | u32::try_from(self.sets.len() - 1).expect("a small batch"))
    }
}

/// The strongly connected components of a batch, each before those that point at it.
pub(super) fn components(batch: &Batch, characters: usize) -> Vec<Vec<usize>> {
    const UNSEEN: u32 = u32::MAX;
    let successors: Vec<Vec<usize>> = (0..batch.len())
        .map(|place| {
            let mut found = Vec::new();
            for &reference in &batch.edges[place * characters..][..characters] {
                match reference.place() {
                    Place::New(target) => found.push(target),
                    Place::NewSet(set) => {
                        found.extend(batch.sets[set].iter().filter_map(
                            |inner| match inner.place() {
                                Place::New(target) => Some(target),
                                _ => None,
                            },
                        ));
                    }
                    _ => {}
                }
            }
            found
        })
        .collect();
    let mut found = Vec::new();
    let mut index = vec![UNSEEN; batch.len()];
    let mut lowest = vec![0_u32; batch.len()];
    let mut open = vec![false; batch.len()];
    let mut stack = Vec::new();
    let mut next = 0;
    let mut path: Vec<(usize, usize)> = Vec::new();
    for root in 0..batch.len() {
        if index[root] != UNSEEN {
            continue;
        }
        path.push((root, 0));
        while let Some(&mut (place, ref mut child)) = path.last_mut() {
            if *child == 0 {
                index[place] = next;
                lowest[place] = next;
                next += 1;
                stack.push(place);
                open[place] = true;
            }
            if let Some(&target) = successors[place].get(*child) {
                *child += 1;
                if index[target] == UNSEEN {
                    path.push((target, 0));
                } else if open[target] {
                    lowest[place] = lowest[place].min(index[target]);
                }
                continue;
            }
            path.pop();
            if let Some(&(parent, _)) = path.last() {
                lowest[parent] = lowest[parent].min(lowest[place]);
            }
            if lowest[place] == index[place] {
                let start = stack
                    .iter()
                    .rposition(|&p| p == place)
                    .expect("on the stack");
                let component = stack.split_off(start);
                for &member in &component {
                    open[member] = false;
                }
                found.push(component);
            }
        }
    }
    found
}
