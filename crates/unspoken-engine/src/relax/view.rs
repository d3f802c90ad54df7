//! What a network reads of a state: the values at its places, and no more. States that it cannot
//! tell apart look alike.

use rustc_hash::FxHashSet;

use crate::ids::{CharacterId, NodeId};
use crate::minds::{Belief, Store};
use crate::relax::Threshold;
use crate::relax::network::{Level, Network, Place};
use crate::value::Value;

/// The values at places, and what they are to come to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct View {
    mark: Option<Threshold>,
    /// At each level in turn, in how many worlds that differ (in these values)...
    worlds: Vec<u32>,
    /// ... and the values there, world by world, in the order of the places.
    values: Vec<Value>,
}

impl View {
    /// Reads a state.
    pub fn read(
        &mut self,
        network: &Network,
        store: &Store,
        state: NodeId,
        mark: Option<Threshold>,
    ) {
        self.mark = mark;
        self.worlds.clear();
        self.values.clear();
        for (level, places) in &network.levels {
            let start = self.values.len();
            match level {
                Level::Still | Level::Actual => self.add(network, store, state, places, start),
                Level::Mind(who) => match store.edge(state, *who).belief() {
                    Belief::One(mind) => self.add(network, store, mind, places, start),
                    Belief::Many(set) => {
                        for &world in store.set(set) {
                            self.add(network, store, world, places, start);
                        }
                    }
                },
                Level::Seeing(_) => {} // comes of the others
                Level::Anywhere => {
                    for world in everywhere(store, state) {
                        self.add(network, store, world, places, start);
                    }
                }
            }
            let count = (self.values.len() - start) / places.len();
            self.worlds.push(u32::try_from(count).expect("few worlds"));
        }
    }

    /// Adds a world of a level, unless one like it is there.
    fn add(
        &mut self,
        network: &Network,
        store: &Store,
        world: NodeId,
        places: &[Place],
        start: usize,
    ) {
        let values = store.values(store.facts(world));
        let new = self.values.len();
        let fluents = places
            .iter()
            .map(|&place| network.seeds[place as usize].fluent);
        self.values
            .extend(fluents.map(|fluent| values[fluent.index()]));
        let (old, new) = self.values[start..].split_at(new - start);
        if old.chunks(places.len()).any(|world| world == new) {
            self.values.truncate(start + old.len());
        }
    }

    /// Each place with a value that it has.
    pub fn each(&self, network: &Network, mut found: impl FnMut(Place, Value)) {
        let mut values = self.values.iter();
        for ((_, places), &worlds) in network.levels.iter().zip(&self.worlds) {
            for _ in 0..worlds {
                for (&place, &value) in places.iter().zip(values.by_ref()) {
                    found(place, value);
                }
            }
        }
    }

    /// About how many words of four bytes it takes to remember something by it.
    pub fn size(&self) -> usize {
        64 + self.worlds.len() + self.values.len()
    }
}

/// Every world that anybody believes in, or is believed to, and so on.
fn everywhere(store: &Store, state: NodeId) -> Vec<NodeId> {
    let mut found = vec![state];
    let mut seen = FxHashSet::from_iter([state]);
    let mut place = 0;
    while place < found.len() {
        let node = found[place];
        place += 1;
        for character in (0..store.characters()).map(CharacterId::from) {
            let worlds = match store.edge(node, character).belief() {
                Belief::One(mind) => &[mind][..],
                Belief::Many(set) => store.set(set),
            };
            for &world in worlds {
                if seen.insert(world) {
                    found.push(world);
                }
            }
        }
    }
    found
}
