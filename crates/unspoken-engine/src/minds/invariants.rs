//! What must be true of the store, said independently of how it is kept so.

use crate::fault::Fault;
use crate::ids::NodeId;
use crate::minds::store::{Belief, Store};

impl Store {
    /// Checks that no two states are equal, by the definition: start with "equal facts", and tell
    /// states apart whose minds were told apart, until nothing moves. Slow.
    pub fn check_invariants(&self) -> Result<(), Fault> {
        let broken = |what: &str, node: usize, other: usize| {
            Err(Fault::new("broken-invariant")
                .with("what", what)
                .with("state", node)
                .with("other", other))
        };
        let mut classes: Vec<u32> = self.facts.iter().map(|facts| facts.0).collect();
        let mut count = distinct(&classes);
        loop {
            let mut signatures = Vec::with_capacity(self.len());
            for node in 0..self.len() {
                let mut signature = vec![vec![classes[node]]];
                for &edge in self.edges(NodeId::from(node)) {
                    let mut worlds = match edge.belief() {
                        Belief::One(mind) => vec![classes[mind.index()]],
                        Belief::Many(set) => {
                            let worlds = self.set(set);
                            if worlds.len() < 2 || !worlds.is_sorted_by(|a, b| a < b) {
                                return broken("a set of worlds is not one", node, set.index());
                            }
                            worlds.iter().map(|world| classes[world.index()]).collect()
                        }
                    };
                    worlds.sort_unstable();
                    worlds.dedup();
                    signature.push(worlds);
                }
                signatures.push(signature);
            }
            let mut sorted: Vec<&Vec<Vec<u32>>> = signatures.iter().collect();
            sorted.sort_unstable();
            sorted.dedup();
            classes = signatures
                .iter()
                .map(|signature| sorted.binary_search(&signature).expect("it is there") as u32)
                .collect();
            if sorted.len() == count {
                break;
            }
            count = sorted.len();
        }
        let mut first = vec![usize::MAX; count];
        for (node, &class) in classes.iter().enumerate() {
            let seen = &mut first[class as usize];
            if *seen != usize::MAX {
                return broken("two states are equal", *seen, node);
            }
            *seen = node;
        }
        Ok(())
    }
}

fn distinct(classes: &[u32]) -> usize {
    let mut sorted = classes.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.len()
}
