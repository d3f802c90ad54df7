//! What is known of states and of what becomes of them.

use hashbrown::HashTable;
use rustc_hash::FxHashMap;

use crate::ground::World;
use crate::ids::{EventId, NodeId};
use crate::minds::description::{Described, Description};
use crate::minds::pins::PinsId;
use crate::minds::store::hash;
use crate::minds::{Owner, Store};

/// What described states turned out to be.
#[derive(Clone, Default)]
pub(super) struct Memo {
    /// Settled states, of descriptions that follow from a state, an event and an owner: these
    /// and the node, as three numbers.
    plain: HashTable<[u32; 3]>,
    owners: u64,
    /// Settled states, of all other descriptions.
    others: FxHashMap<Description, NodeId>,
    /// States before any trigger.
    pub stepped: FxHashMap<Description, NodeId>,
}

impl Memo {
    /// Nothing is known yet of a world.
    pub fn of(world: &World) -> Memo {
        let memo = Memo {
            owners: world.characters as u64 + 1,
            ..Memo::default()
        };
        let fits = memo.has_room_for(world.events.len());
        assert!(fits, "fewer than 2^34 events as somebody's mind");
        memo
    }

    /// Can so many events be told apart?
    pub fn has_room_for(&self, events: usize) -> bool {
        let most = (events as u64 + 1).checked_mul(self.owners);
        most.is_some_and(|most| most < 1 << 34)
    }

    /// Nodes are fewer than 2^30; that leaves 34 bits for event and owner.
    #[inline]
    fn key(&self, node: NodeId, event: Option<EventId>, owner: Owner) -> [u32; 2] {
        let event = event.map_or(0, |event| u64::from(event.0) + 1);
        let whose = owner
            .character()
            .map_or(0, |character| u64::from(character.0) + 1);
        let key = u64::from(node.0) << 34 | (event * self.owners + whose);
        [(key >> 32) as u32, key as u32]
    }

    /// The settled state after an event, as somebody's mind, if it is known.
    #[inline]
    pub fn after(&self, node: NodeId, event: Option<EventId>, owner: Owner) -> Option<NodeId> {
        let key = self.key(node, event, owner);
        let found = self
            .plain
            .find(hash(key), |entry| entry[..2] == key)
            .map(|entry| entry[2]);
        found.map(NodeId)
    }

    /// Keeps it.
    pub fn insert(&mut self, node: NodeId, event: Option<EventId>, owner: Owner, after: NodeId) {
        let [first, second] = self.key(node, event, owner);
        self.plain
            .insert_unique(hash([first, second]), [first, second, after.0], |entry| {
                hash([entry[0], entry[1]])
            });
    }

    /// The settled state of a description, if it is known.
    #[inline]
    pub fn recall(&self, store: &Store, described: Described) -> Option<NodeId> {
        let Description {
            node, event, owner, ..
        } = described.state;
        match is_plain(store, described) {
            true => self.after(node, event, owner),
            false => self.others.get(&described.state).copied(),
        }
    }

    /// Keeps the settled state of a description.
    pub fn remember(&mut self, store: &Store, described: Described, settled: NodeId) {
        let Description {
            node, event, owner, ..
        } = described.state;
        match is_plain(store, described) {
            true => self.insert(node, event, owner, settled),
            false => {
                self.others.insert(described.state, settled);
            }
        }
    }

    /// About how many bytes it takes.
    pub fn bytes(&self) -> usize {
        13 * self.plain.capacity()
            + (size_of::<Description>() + 5) * (self.others.capacity() + self.stepped.capacity())
    }
}

/// Was nothing told to its owner or within, and nothing mended?
#[inline]
fn is_plain(store: &Store, described: Described) -> bool {
    let Description {
        node,
        before,
        after,
        pins,
        ..
    } = described.state;
    after == described.untold && before == store.facts(node) && pins == PinsId::NONE
}

/// Which states are at rest, with all minds in them: no trigger is due anywhere, and each mind
/// believes of itself what it believes.
#[derive(Clone, Default)]
pub(super) struct Rest {
    bits: Vec<u64>,
}

impl Rest {
    /// Notes that a state is at rest.
    #[inline]
    pub fn settled(&mut self, node: NodeId) {
        let word = node.index() / 64;
        if self.bits.len() <= word {
            self.bits.resize(word + 1, 0);
        }
        self.bits[word] |= 1 << (node.index() % 64);
    }

    /// Is a state known to be at rest?
    #[inline]
    pub fn is_settled(&self, node: NodeId) -> bool {
        self.bits
            .get(node.index() / 64)
            .is_some_and(|word| word & (1 << (node.index() % 64)) != 0)
    }
}
