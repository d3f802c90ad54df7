//! Interning a batch of new states, exactly, up to bisimulation.
//!
//! With one world for each mind a state is a Moore machine over the alphabet of characters (Moore
//! 1956), and being indistinguishable is equivalence of machines; with sets of possible worlds it
//! is bisimulation (Park 1981). A batch is a graph of new nodes that point at each other or at
//! interned ones. Its strongly connected components (Tarjan 1972) are taken bottom up, so that a
//! component points only at itself and at interned nodes, which are pairwise distinguishable:
//!
//! 1. If any of its nodes equals an interned node, then all do, each one a node of its own
//!    (whatever equals an interned node has equal successors); and these lie within one interned
//!    component. If that is one the new component points at, walking both together finds it.
//! 2. Otherwise no new node equals an interned node that the component points at, so partition
//!    refinement (Moore; Hopcroft 1971 is its fast form) with those as constants merges exactly
//!    the equal new nodes. Classes are numbered by sorting what they are told apart by, which does
//!    not depend on how the batch was written down.
//! 3. The merged component in that order is its canonical form, found by comparing all of it.

use crate::fault::Fault;
use crate::ids::{FactsId, NodeId};
use crate::minds::batch::{Batch, Place, Ref};
use crate::minds::partition::{INNER, Members, refine, sign};
use crate::minds::store::{Belief, Component, Edge, Store, hash};

const ITSELF: u32 = u32::MAX;

impl Store {
    /// Interns a batch: the id of each of its nodes, in `ids`.
    pub fn intern(&mut self, batch: &Batch, ids: &mut Vec<NodeId>) -> Result<(), Fault> {
        self.room_for(batch.len())?;
        ids.clear();
        ids.resize(batch.len(), NodeId(u32::MAX));
        if batch.len() == 1 {
            self.component(batch, &[0], ids);
        } else {
            let mut components = std::mem::take(&mut self.room);
            components.find(batch, self.characters);
            for component in 0..components.len() {
                self.component(batch, components.get(component), ids);
            }
            self.room = components;
        }
        #[cfg(debug_assertions)]
        if self.len() <= 96 {
            self.check_invariants()?;
        }
        Ok(())
    }

    fn component(&mut self, batch: &Batch, places: &[usize], ids: &mut [NodeId]) {
        if let [place] = *places {
            if let Some(id) = self.single(batch, place, ids) {
                ids[place] = id;
                return;
            }
        }
        let members = self.members(batch, places, ids);
        if let Some(images) = self.fold(&members) {
            for (&place, image) in places.iter().zip(images) {
                ids[place] = image;
            }
            return;
        }
        let (classes, count) = refine(&members, self.characters);
        let first = self.canonical(&members, &classes, count);
        for (&place, class) in places.iter().zip(classes) {
            ids[place] = NodeId(first.0 + class);
        }
    }

    /// A component of one node that is in no set of its own: the common case.
    fn single(&mut self, batch: &Batch, place: usize, ids: &[NodeId]) -> Option<NodeId> {
        let facts = batch.facts[place];
        let refs = &batch.edges[place * self.characters..][..self.characters];
        let start = self.edges.len();
        let mut loops = false;
        for reference in refs {
            let edge = match reference.place() {
                Place::Old(node) => Edge::one(node),
                Place::New(inner) if inner == place => {
                    loops = true;
                    Edge::one(NodeId::from(self.facts.len()))
                }
                Place::New(inner) => Edge::one(ids[inner]),
                Place::OldSet(set) => Edge::many(set),
                Place::NewSet(set) => {
                    let outer: Option<Vec<NodeId>> = batch.sets[set]
                        .iter()
                        .map(|world| match world.place() {
                            Place::Old(node) => Some(node),
                            Place::New(inner) if inner != place => Some(ids[inner]),
                            _ => None,
                        })
                        .collect();
                    let Some(outer) = outer else {
                        self.edges.truncate(start);
                        return None;
                    };
                    self.edge_to(outer)
                }
            };
            self.edges.push(edge);
        }
        // The edges stand where those of the next node belong: it is there already if it is new.
        let found = if loops {
            self.find_loop(facts, start)
        } else {
            self.find_node(facts, &self.edges[start..])
        };
        if let Some(node) = found {
            self.edges.truncate(start);
            return Some(node);
        }
        Some(self.added(facts))
    }

    /// The interned node with these facts and edges.
    fn find_node(&self, facts: FactsId, edges: &[Edge]) -> Option<NodeId> {
        // If it has edges to itself, they are among these.
        for edge in edges {
            if let Belief::One(node) = edge.belief() {
                if self.facts(node) == facts && self.edges(node) == edges {
                    return Some(node);
                }
            }
        }
        let key = hash([facts.0].into_iter().chain(edges.iter().map(|e| e.bits())));
        self.nodes_table
            .find(key, |&node| {
                self.facts(node) == facts && self.edges(node) == edges
            })
            .copied()
    }

    /// The interned node equal to a node with edges to itself, which stands at the end.
    fn find_loop(&self, facts: FactsId, start: usize) -> Option<NodeId> {
        let edges = &self.edges[start..];
        let itself = Edge::one(NodeId::from(self.facts.len()));
        // It may equal a node that it points at.
        for &edge in edges {
            let Belief::One(node) = edge.belief() else {
                continue;
            };
            if edge != itself
                && self.facts(node) == facts
                && self
                    .edges(node)
                    .iter()
                    .zip(edges)
                    .all(|(&old, &new)| old == if new == itself { Edge::one(node) } else { new })
            {
                return Some(node);
            }
        }
        let key = loop_hash(facts, edges, itself);
        self.loops_table
            .find(key, |&node| {
                let old_self = Edge::one(node);
                self.facts(node) == facts
                    && self.edges(node).iter().zip(edges).all(|(&old, &new)| {
                        (old == old_self) == (new == itself) && (new == itself || old == new)
                    })
            })
            .copied()
    }

    /// Takes in the node whose edges stand at the end, which is a component of its own.
    fn added(&mut self, facts: FactsId) -> NodeId {
        let node = NodeId::from(self.facts.len());
        self.facts.push(facts);
        self.register(node);
        node
    }

    /// The component that an interned node is of.
    fn component_of(&self, node: u32) -> Component {
        let alone = Component {
            first: node,
            length: 1,
        };
        *self.components.get(&NodeId(node)).unwrap_or(&alone)
    }

    fn register(&mut self, node: NodeId) {
        let Store {
            characters,
            facts,
            edges,
            nodes_table,
            loops_table,
            ..
        } = self;
        let edges_of = |node: NodeId| &edges[node.index() * *characters..][..*characters];
        let key = |node: NodeId| {
            hash(
                [facts[node.index()].0]
                    .into_iter()
                    .chain(edges_of(node).iter().map(|edge| edge.bits())),
            )
        };
        if edges_of(node).contains(&Edge::one(node)) {
            let key =
                |node: NodeId| loop_hash(facts[node.index()], edges_of(node), Edge::one(node));
            loops_table.insert_unique(key(node), node, |&node| key(node));
        } else {
            nodes_table.insert_unique(key(node), node, |&node| key(node));
        }
    }

    fn members(&self, batch: &Batch, places: &[usize], ids: &[NodeId]) -> Members {
        let mut local = vec![ITSELF; batch.len()];
        for (member, &place) in (0..).zip(places) {
            local[place] = member;
        }
        let edges = places.len() * self.characters;
        let mut members = Members {
            facts: places.iter().map(|&place| batch.facts[place]).collect(),
            targets: Vec::with_capacity(edges),
            ends: Vec::with_capacity(edges),
            several: false,
        };
        let target = |reference: Ref| match reference.place() {
            Place::Old(node) => node.0,
            Place::New(place) => match local[place] {
                ITSELF => ids[place].0,
                member => member | INNER,
            },
            Place::OldSet(_) | Place::NewSet(_) => unreachable!("sets are flat"),
        };
        for &place in places {
            for &reference in &batch.edges[place * self.characters..][..self.characters] {
                let start = members.targets.len();
                match reference.place() {
                    Place::OldSet(set) => {
                        members.targets.extend(self.set(set).iter().map(|n| n.0));
                        members.several = true;
                    }
                    Place::NewSet(set) => {
                        members
                            .targets
                            .extend(batch.sets[set].iter().map(|&reference| target(reference)));
                        members.targets[start..].sort_unstable();
                        members.several = true;
                    }
                    _ => members.targets.push(target(reference)),
                }
                members.ends.push(members.targets.len());
            }
        }
        members
    }

    /// The interned nodes that the members equal, if they lie in a component pointed at.
    fn fold(&self, members: &Members) -> Option<Vec<NodeId>> {
        let mut tried: Vec<Component> = Vec::new();
        for edge in 0..members.ends.len() {
            for &outer in members.targets(edge) {
                if outer & INNER != 0 {
                    continue;
                }
                let component = self.component_of(outer);
                if tried.contains(&component) {
                    continue;
                }
                tried.push(component);
                let images = if members.several {
                    self.fold_by_refinement(members, component)
                } else {
                    let member = edge / self.characters;
                    (component.first..component.first + component.length)
                        .find_map(|image| self.walk(members, member, NodeId(image)))
                };
                if images.is_some() {
                    return images;
                }
            }
        }
        None
    }

    /// Walks the members and the interned nodes together, from one pair taken to be equal.
    fn walk(&self, members: &Members, member: usize, image: NodeId) -> Option<Vec<NodeId>> {
        const NONE: NodeId = NodeId(u32::MAX);
        if members.facts[member] != self.facts(image) {
            return None;
        }
        let mut images = vec![NONE; members.facts.len()];
        images[member] = image;
        let mut waiting = vec![member];
        while let Some(member) = waiting.pop() {
            for (place, &edge) in self.edges(images[member]).iter().enumerate() {
                let Belief::One(image) = edge.belief() else {
                    return None;
                };
                let target = members.targets(member * self.characters + place)[0];
                if target & INNER == 0 {
                    if target != image.0 {
                        return None;
                    }
                    continue;
                }
                let inner = (target & !INNER) as usize;
                if images[inner] == NONE {
                    if members.facts[inner] != self.facts(image) {
                        return None;
                    }
                    images[inner] = image;
                    waiting.push(inner);
                } else if images[inner] != image {
                    return None;
                }
            }
        }
        Some(images)
    }

    /// The same with sets of possible worlds, where a walk would have to guess.
    fn fold_by_refinement(&self, members: &Members, component: Component) -> Option<Vec<NodeId>> {
        let count = members.facts.len();
        let mut joint = Members {
            facts: members.facts.clone(),
            several: true,
            ..Members::default()
        };
        let within = component.first..component.first + component.length;
        let inner = |node: u32| {
            if within.contains(&node) {
                (node - component.first + count as u32) | INNER
            } else {
                node
            }
        };
        for edge in 0..members.ends.len() {
            joint
                .targets
                .extend(members.targets(edge).iter().map(|&target| {
                    if target & INNER != 0 {
                        target
                    } else {
                        inner(target)
                    }
                }));
            joint.ends.push(joint.targets.len());
        }
        for node in within.clone() {
            joint.facts.push(self.facts(NodeId(node)));
            for &edge in self.edges(NodeId(node)) {
                match edge.belief() {
                    Belief::One(target) => joint.targets.push(inner(target.0)),
                    Belief::Many(set) => {
                        joint
                            .targets
                            .extend(self.set(set).iter().map(|n| inner(n.0)));
                    }
                }
                joint.ends.push(joint.targets.len());
            }
        }
        let (classes, _) = refine(&joint, self.characters);
        classes[..count]
            .iter()
            .map(|class| {
                classes[count..]
                    .iter()
                    .position(|other| other == class)
                    .map(|place| NodeId(component.first + place as u32))
            })
            .collect()
    }

    /// The first of the interned nodes for these classes, in their order; new if need be.
    fn canonical(&mut self, members: &Members, classes: &[u32], count: usize) -> NodeId {
        let mut representatives = vec![0; count];
        for (member, &class) in classes.iter().enumerate() {
            representatives[class as usize] = member;
        }
        let mut key = Vec::with_capacity(count * (1 + 2 * self.characters));
        for &member in &representatives {
            key.push(members.facts[member].0);
            for character in 0..self.characters {
                let edge = member * self.characters + character;
                sign(members.targets(edge), classes, &mut key);
            }
        }
        let simple = count == 1 && key.len() == 1 + 2 * self.characters;
        if simple {
            // One node with edges to itself, kept with the others of that sort.
            let start = self.edges.len();
            let itself = Edge::one(NodeId::from(self.facts.len()));
            for character in 0..self.characters {
                let target = key[2 + 2 * character];
                self.edges.push(if target & INNER != 0 {
                    itself
                } else {
                    Edge::one(NodeId(target))
                });
            }
            if let Some(node) = self.find_loop(FactsId(key[0]), start) {
                self.edges.truncate(start);
                return node;
            }
            return self.added(FactsId(key[0]));
        }
        if let Some(&first) = self.components_table.get(key.as_slice()) {
            return first;
        }
        let first = NodeId::from(self.facts.len());
        let mut rest = key.as_slice();
        for _ in 0..count {
            self.facts.push(FactsId(rest[0]));
            rest = &rest[1..];
            for _ in 0..self.characters {
                let (targets, after) = rest[1..].split_at(rest[0] as usize);
                let worlds = targets
                    .iter()
                    .map(|&target| match target & INNER {
                        0 => NodeId(target),
                        _ => NodeId(first.0 + (target & !INNER)),
                    })
                    .collect();
                let edge = self.edge_to(worlds);
                self.edges.push(edge);
                rest = after;
            }
            self.components.insert(
                NodeId::from(self.facts.len() - 1),
                Component {
                    first: first.0,
                    length: count as u32,
                },
            );
        }
        for place in 0..count {
            self.register(NodeId(first.0 + place as u32));
        }
        self.components_table.insert(key.into(), first);
        first
    }
}

fn loop_hash(facts: FactsId, edges: &[Edge], itself: Edge) -> u64 {
    let marked = edges
        .iter()
        .map(|&edge| if edge == itself { ITSELF } else { edge.bits() });
    hash([facts.0].into_iter().chain(marked))
}

#[cfg(test)]
#[path = "intern_tests.rs"]
mod tests;
