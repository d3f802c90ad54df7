//! Random graphs against the definition: equal states get one id, unequal ones two.

use super::*;
use crate::ids::CharacterId;
use crate::value::{Numbers, Value};

/// A small generator of our own: the same graphs on every machine (Steele et al. 2014, SplitMix).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}

/// A batch as it was meant, kept to be compared with what became of it.
struct Meant {
    facts: Vec<FactsId>,
    /// For each node and character, the worlds believed in: new (true) or interned.
    worlds: Vec<Vec<Vec<(bool, usize)>>>,
}

fn invent(
    random: &mut Random,
    store: &mut Store,
    characters: usize,
    several: bool,
) -> (Batch, Meant) {
    let size = 1 + random.below(5);
    let mut batch = Batch::default();
    let mut meant = Meant {
        facts: Vec::new(),
        worlds: Vec::new(),
    };
    for _ in 0..size {
        batch.add(characters);
    }
    for place in 0..size {
        let facts = store.intern_facts(&[Value::boolean(random.below(2) == 0)]);
        batch.set_facts(place, facts);
        meant.facts.push(facts);
        let mut all = Vec::new();
        for character in (0..characters).map(CharacterId::from) {
            let count = if several && random.below(3) == 0 {
                2
            } else {
                1
            };
            let mut worlds = Vec::new();
            for _ in 0..count {
                if store.is_empty() || random.below(5) < 3 {
                    worlds.push((true, random.below(size)));
                } else {
                    worlds.push((false, random.below(store.len())));
                }
            }
            let refs: Vec<Ref> = worlds
                .iter()
                .map(|&(new, number)| match new {
                    true => Ref::new(number),
                    false => Ref::node(NodeId::from(number)),
                })
                .collect();
            let to = match refs.as_slice() {
                [one] => *one,
                _ => batch.add_set(refs),
            };
            batch.set_edge(place, characters, character, to);
            all.push(worlds);
        }
        meant.worlds.push(all);
    }
    (batch, meant)
}

/// Is each new node equal to the interned one, assuming that they all are? (That is what a
/// bisimulation is: assuming it must lead to no difference.)
fn became(store: &Store, meant: &Meant, ids: &[NodeId]) -> bool {
    (0..ids.len()).all(|place| {
        store.facts(ids[place]) == meant.facts[place]
            && meant.worlds[place]
                .iter()
                .enumerate()
                .all(|(character, worlds)| {
                    let mut wanted: Vec<NodeId> = worlds
                        .iter()
                        .map(|&(new, number)| match new {
                            true => ids[number],
                            false => NodeId::from(number),
                        })
                        .collect();
                    wanted.sort_unstable();
                    wanted.dedup();
                    store.worlds(ids[place], &[CharacterId::from(character)]) == wanted
                })
    })
}

fn check(characters: usize, several: bool, seed: u64, rounds: usize) {
    let mut random = Random(seed);
    let mut ids = Vec::new();
    for _ in 0..rounds {
        let mut store = Store::new(characters, 1, Numbers::default());
        for _ in 0..8 {
            let (batch, meant) = invent(&mut random, &mut store, characters, several);
            store.intern(&batch, &mut ids).unwrap();
            assert!(became(&store, &meant, &ids), "the states are as meant");
            let before = store.len();
            let first = ids.clone();
            store.intern(&batch, &mut ids).unwrap();
            assert_eq!((store.len(), &first), (before, &ids), "known again");
        }
        store.check_invariants().unwrap();
    }
}

#[test]
fn random_graphs_of_one_mind() {
    check(1, false, 1, 150);
}

#[test]
fn random_graphs_of_two_minds() {
    check(2, false, 2, 300);
}

#[test]
fn random_graphs_of_three_minds() {
    check(3, false, 3, 150);
}

#[test]
fn random_graphs_with_possible_worlds() {
    check(1, true, 4, 150);
    check(2, true, 5, 300);
}

#[test]
fn a_node_may_equal_one_that_it_points_at() {
    let mut store = Store::new(2, 1, Numbers::default());
    let facts = store.intern_facts(&[Value::TRUE]);
    let (a, b) = (CharacterId(0), CharacterId(1));
    let mut ids = Vec::new();
    let mut common = Batch::default();
    common.add(2);
    common.set_facts(0, facts);
    common.set_edge(0, 2, a, Ref::new(0));
    common.set_edge(0, 2, b, Ref::new(0));
    store.intern(&common, &mut ids).unwrap();
    let known = ids[0];
    let mut folding = Batch::default();
    folding.add(2);
    folding.set_facts(0, facts);
    folding.set_edge(0, 2, a, Ref::new(0));
    folding.set_edge(0, 2, b, Ref::node(known));
    store.intern(&folding, &mut ids).unwrap();
    assert_eq!(ids, [known]);
}

#[test]
fn a_cycle_of_equal_nodes_is_one_node() {
    let mut store = Store::new(1, 1, Numbers::default());
    let facts = store.intern_facts(&[Value::FALSE]);
    let mut ids = Vec::new();
    let mut cycle = Batch::default();
    for place in 0..5 {
        cycle.add(1);
        cycle.set_facts(place, facts);
    }
    for place in 0..5 {
        cycle.set_edge(place, 1, CharacterId(0), Ref::new((place + 1) % 5));
    }
    store.intern(&cycle, &mut ids).unwrap();
    assert_eq!(store.len(), 1);
    assert_eq!(ids, [ids[0]; 5]);
}
