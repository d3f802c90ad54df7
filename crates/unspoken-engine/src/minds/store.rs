//! Interned states: facts, and for every character an edge to what it believes.
//!
//! A state's id is its identity: two ids are equal iff no question of any depth tells the states
//! apart. How that is kept is the business of `intern`; here is only what has been kept.

use std::hash::Hasher;

use hashbrown::HashTable;
use rustc_hash::{FxHashMap, FxHasher};

use crate::fault::Fault;
use crate::ground::{Condition, Snag, Valuation, Within};
use crate::ids::{CharacterId, FactsId, FluentId, NodeId, SetId};
use crate::minds::components::Components;
use crate::value::{Datum, Numbers, Value};

const MANY: u32 = 1 << 31;
/// References in a batch need two bits for themselves.
const MOST_NODES: usize = 1 << 30;

/// What a character believes: packed, with one bit that says which of the two it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Edge(u32);

/// An edge unpacked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Belief {
    /// It takes one world to be the case.
    One(NodeId),
    /// It takes several worlds to be possible.
    Many(SetId),
}

impl Edge {
    /// To one world.
    #[inline]
    pub fn one(node: NodeId) -> Edge {
        debug_assert!(node.index() < MOST_NODES);
        Edge(node.0)
    }

    /// To several possible worlds.
    #[inline]
    pub fn many(set: SetId) -> Edge {
        debug_assert!(set.index() < MOST_NODES);
        Edge(set.0 | MANY)
    }

    /// Which of the two it is.
    #[inline]
    pub fn belief(self) -> Belief {
        if self.0 & MANY == 0 {
            Belief::One(NodeId(self.0))
        } else {
            Belief::Many(SetId(self.0 & !MANY))
        }
    }

    pub(super) fn bits(self) -> u32 {
        self.0
    }

    /// The mind as a state, which is what whoever has it goes by: a node, or, with a number that
    /// no node has, several (see [`Store::each`]).
    #[inline]
    pub fn state(self) -> NodeId {
        NodeId(self.0)
    }

    /// The place of its node, or of its set of worlds.
    pub fn place(self) -> usize {
        (self.0 & !MANY) as usize
    }

    /// The mind that a state stands for.
    #[inline]
    pub fn of_state(state: NodeId) -> Edge {
        Edge(state.0)
    }
}

impl NodeId {
    /// Does it stand for several worlds?
    #[inline]
    pub fn is_several(self) -> bool {
        self.0 & MANY != 0
    }
}

/// A strongly connected set of nodes, which stand next to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Component {
    pub first: u32,
    pub length: u32,
}

/// Every state that was met.
#[derive(Clone, Default)]
pub struct Store {
    pub(super) characters: usize,
    width: usize,
    values: Vec<Value>,
    /// The hash of each valuation: a sum over its fluents, so that a change of few costs little.
    hashes: Vec<u64>,
    facts_table: HashTable<FactsId>,
    /// A valuation under work.
    scratch: Vec<Value>,
    pub(super) facts: Vec<FactsId>,
    pub(super) edges: Vec<Edge>,
    /// Of nodes that are not alone in theirs.
    pub(super) components: FxHashMap<NodeId, Component>,
    /// Nodes without edges to themselves, by facts and edges.
    pub(super) nodes_table: HashTable<NodeId>,
    /// Nodes with edges to themselves, by facts and edges with a mark for "itself".
    pub(super) loops_table: HashTable<NodeId>,
    /// Larger components, by their canonical form.
    pub(super) components_table: FxHashMap<Box<[u32]>, NodeId>,
    sets: Vec<Box<[NodeId]>>,
    sets_table: FxHashMap<Box<[NodeId]>, SetId>,
    /// Room to find components of batches in.
    pub(super) room: Components,
    /// The numbers that values refer to.
    pub numbers: Numbers,
}

pub(super) fn hash(parts: impl IntoIterator<Item = u32>) -> u64 {
    let mut hasher = FxHasher::default();
    for part in parts {
        hasher.write_u32(part);
    }
    hasher.finish()
}

/// Are two valuations the same? (Looks at all of both, which is quick.)
#[inline]
fn same(left: &[Value], right: &[Value]) -> bool {
    let differs = |(left, right): (&Value, &Value)| left.bits() ^ right.bits();
    left.iter()
        .zip(right)
        .map(differs)
        .fold(0, |all, d| all | d)
        == 0
}

/// What a fluent with a value adds to the hash of a valuation (the idea is Zobrist's, 1970).
#[inline]
fn share(fluent: FluentId, value: Value) -> u64 {
    let mut mixed = (u64::from(fluent.0) << 32 | u64::from(value.bits()))
        .wrapping_add(0x9E37_79B9_7F4A_7C15)
        .wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 32)
}

impl Store {
    /// An empty store for states of so many characters and changing fluents.
    pub fn new(characters: usize, fluents: usize, numbers: Numbers) -> Store {
        Store {
            characters,
            width: fluents,
            numbers,
            ..Store::default()
        }
    }

    /// How many states it has.
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// How many valuations its states have between them.
    pub fn valuations(&self) -> usize {
        self.hashes.len()
    }

    /// True before the first state.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// How many characters there are.
    pub fn characters(&self) -> usize {
        self.characters
    }

    /// About how many bytes the states take.
    pub fn bytes(&self) -> usize {
        let tables =
            self.facts_table.capacity() + self.nodes_table.capacity() + self.loops_table.capacity();
        let keys: usize = self.components_table.keys().map(|key| key.len() + 8).sum();
        let sets: usize = self.sets.iter().map(|set| 2 * set.len() + 8).sum();
        4 * (self.values.capacity()
            + self.facts.capacity()
            + self.edges.capacity()
            + 4 * self.components.capacity()
            + keys
            + sets)
            + 8 * self.hashes.capacity()
            + 5 * tables
    }

    /// The id of a valuation.
    pub fn intern_facts(&mut self, values: &[Value]) -> FactsId {
        debug_assert_eq!(values.len(), self.width);
        let key = values.iter().enumerate().fold(0, |key: u64, (place, &v)| {
            key.wrapping_add(share(FluentId::from(place), v))
        });
        self.scratch.clear();
        self.scratch.extend_from_slice(values);
        self.intern_scratch(key)
    }

    /// The id of a valuation in which some fluents have other values; the last counts.
    pub(super) fn with(&mut self, facts: FactsId, changes: &[(FluentId, Value)]) -> FactsId {
        let mut key = self.hashes[facts.index()];
        let mut values = std::mem::take(&mut self.scratch);
        values.clear();
        values.extend_from_slice(self.values(facts));
        for &(fluent, value) in changes {
            let old = std::mem::replace(&mut values[fluent.index()], value);
            key = key
                .wrapping_sub(share(fluent, old))
                .wrapping_add(share(fluent, value));
        }
        self.scratch = values;
        if key == self.hashes[facts.index()] && same(&self.scratch, self.values(facts)) {
            return facts;
        }
        self.intern_scratch(key)
    }

    fn intern_scratch(&mut self, key: u64) -> FactsId {
        let Store {
            width,
            values,
            hashes,
            facts_table,
            scratch,
            ..
        } = self;
        let width = *width;
        let found = facts_table.find(key, |id| {
            hashes[id.index()] == key && same(&values[id.index() * width..][..width], scratch)
        });
        if let Some(&id) = found {
            return id;
        }
        let id = FactsId::from(hashes.len());
        values.extend_from_slice(scratch);
        hashes.push(key);
        facts_table.insert_unique(key, id, |&id| hashes[id.index()]);
        id
    }

    /// The values of all changing fluents.
    #[inline]
    pub fn values(&self, facts: FactsId) -> &[Value] {
        &self.values[facts.index() * self.width..][..self.width]
    }

    /// The value of a changing fluent.
    #[inline]
    pub fn value(&self, facts: FactsId, fluent: FluentId) -> Value {
        debug_assert!(fluent.index() < self.width);
        self.values[facts.index() * self.width + fluent.index()]
    }

    /// What is true in a state.
    #[inline]
    pub fn facts(&self, node: NodeId) -> FactsId {
        self.facts[node.index()]
    }

    /// What a character believes in a state.
    #[inline]
    pub fn edge(&self, node: NodeId, character: CharacterId) -> Edge {
        self.edges[node.index() * self.characters + character.index()]
    }

    /// What each character believes in a state.
    #[inline]
    pub fn edges(&self, node: NodeId) -> &[Edge] {
        &self.edges[node.index() * self.characters..][..self.characters]
    }

    /// The one state that a character believes in.
    #[inline]
    pub fn mind(&self, node: NodeId, character: CharacterId) -> Result<NodeId, Snag> {
        match self.edge(node, character).belief() {
            Belief::One(mind) => Ok(mind),
            Belief::Many(_) => Err(Snag::PossibleWorlds),
        }
    }

    /// How many sets of possible worlds it has.
    pub fn sets(&self) -> usize {
        self.sets.len()
    }

    /// The worlds that a state stands for: itself, if it is one.
    pub fn each(&self, state: NodeId) -> Vec<NodeId> {
        match Edge::of_state(state).belief() {
            Belief::One(node) => vec![node],
            Belief::Many(set) => self.set(set).to_vec(),
        }
    }

    /// What a character believes in a state, which may stand for several worlds, as a state.
    pub fn mind_of(&mut self, state: NodeId, character: CharacterId) -> NodeId {
        match Edge::of_state(state).belief() {
            Belief::One(node) => self.edge(node, character).state(),
            Belief::Many(_) => {
                let worlds = self.worlds(state, &[character]);
                self.edge_to(worlds).state()
            }
        }
    }

    /// The members of a set of possible worlds, sorted; two or more.
    pub fn set(&self, set: SetId) -> &[NodeId] {
        &self.sets[set.index()]
    }

    /// The edge to these worlds; to one world if they are the same.
    ///
    /// # Panics
    /// On no worlds at all: nobody believes in nothing.
    pub fn edge_to(&mut self, mut worlds: Vec<NodeId>) -> Edge {
        worlds.sort_unstable();
        worlds.dedup();
        match worlds.as_slice() {
            [] => panic!("a mind has at least one world"),
            [world] => Edge::one(*world),
            _ => {
                let worlds: Box<[NodeId]> = worlds.into();
                if let Some(&set) = self.sets_table.get(&worlds) {
                    return Edge::many(set);
                }
                let set = SetId::from(self.sets.len());
                self.sets.push(worlds.clone());
                self.sets_table.insert(worlds, set);
                Edge::many(set)
            }
        }
    }

    /// Every world that a chain of minds takes to be possible in a state, sorted.
    pub fn worlds(&self, state: NodeId, chain: &[CharacterId]) -> Vec<NodeId> {
        let mut worlds = self.each(state);
        for &character in chain {
            let mut next = Vec::new();
            for &world in &worlds {
                match self.edge(world, character).belief() {
                    Belief::One(mind) => next.push(mind),
                    Belief::Many(set) => next.extend_from_slice(self.set(set)),
                }
            }
            next.sort_unstable();
            next.dedup();
            worlds = next;
        }
        worlds
    }

    /// Does a condition hold in a state: in all worlds that it stands for?
    #[inline]
    pub fn holds(&self, state: NodeId, condition: &Condition) -> Result<bool, Snag> {
        if !state.is_several() {
            return condition.holds(&self.at(state));
        }
        for world in self.each(state) {
            if !condition.holds(&self.at(world))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The value that a fluent has in all these worlds; unknown where they differ.
    pub(super) fn agreed(&self, worlds: &[NodeId], fluent: FluentId) -> Value {
        let value = |world| self.value(self.facts(world), fluent);
        let first = value(worlds[0]);
        match worlds.iter().all(|&world| value(world) == first) {
            true => first,
            false => Value::UNKNOWN,
        }
    }

    /// The values that a fluent has in these worlds, each once, in order.
    pub fn values_in(&self, worlds: &[NodeId], fluent: FluentId) -> Vec<Value> {
        let values = worlds
            .iter()
            .map(|&world| self.value(self.facts(world), fluent));
        let mut values: Vec<Value> = values.collect();
        values.sort_unstable_by(|&left, &right| self.numbers.order(left, right));
        values.dedup();
        values
    }

    /// The amount that something comes to in a state; unknown where its worlds differ.
    #[inline]
    pub fn amount(
        &self,
        state: NodeId,
        amount: impl Fn(&At<'_>) -> Result<Datum, Snag>,
    ) -> Result<Datum, Snag> {
        if !state.is_several() {
            return amount(&self.at(state));
        }
        let mut found = None;
        for world in self.each(state) {
            let here = amount(&self.at(world))?;
            if found.is_some_and(|found| found != here) {
                return Ok(Datum::Unknown);
            }
            found = Some(here);
        }
        Ok(found.expect("a mind has at least one world"))
    }

    /// The value of a fluent in nested minds of a state; unknown where their worlds differ.
    #[inline]
    pub fn value_along(
        &self,
        state: NodeId,
        chain: &[CharacterId],
        fluent: FluentId,
    ) -> Result<Value, Snag> {
        match state.is_several() {
            true => Ok(self.agreed(&self.worlds(state, chain), fluent)),
            false => self.at(state).value(chain, fluent),
        }
    }

    /// A state to read fluents in.
    #[inline]
    pub fn at(&self, node: NodeId) -> At<'_> {
        At { store: self, node }
    }

    pub(super) fn room_for(&self, nodes: usize) -> Result<(), Fault> {
        if self.len() + nodes > MOST_NODES {
            return Err(Fault::new("too-many-states").with("limit", MOST_NODES));
        }
        Ok(())
    }
}

/// A state as a valuation.
#[derive(Clone, Copy)]
pub struct At<'s> {
    store: &'s Store,
    node: NodeId,
}

impl Valuation for At<'_> {
    #[inline]
    fn value(&self, chain: &[CharacterId], fluent: FluentId) -> Result<Value, Snag> {
        let mut node = self.node;
        for (place, &character) in chain.iter().enumerate() {
            match self.store.edge(node, character).belief() {
                Belief::One(mind) => node = mind,
                Belief::Many(_) => {
                    let worlds = self.store.worlds(node, &chain[place..]);
                    return Ok(self.store.agreed(&worlds, fluent));
                }
            }
        }
        Ok(self.store.value(self.store.facts(node), fluent))
    }

    fn within(&self, within: &Within) -> Result<bool, Snag> {
        for world in self.store.worlds(self.node, &[within.mind]) {
            if within.condition.holds(&self.store.at(world))? != within.all {
                return Ok(!within.all);
            }
        }
        Ok(within.all)
    }

    #[inline]
    fn numbers(&self) -> &Numbers {
        &self.store.numbers
    }
}
