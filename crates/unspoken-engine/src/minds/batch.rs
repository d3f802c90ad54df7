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

    /// Each new node that a reference leads to.
    #[inline]
    pub(super) fn targets(&self, reference: Ref, mut each: impl FnMut(usize)) {
        match reference.place() {
            Place::New(target) => each(target),
            Place::NewSet(set) => {
                for world in &self.sets[set] {
                    if let Place::New(target) = world.place() {
                        each(target);
                    }
                }
            }
            Place::Old(_) | Place::OldSet(_) => {}
        }
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
