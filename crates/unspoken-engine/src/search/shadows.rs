//! Sets of states, interned: where subsequences of a plan can lead.

use rustc_hash::FxHashMap;

use crate::ids::{NodeId, SetId};

/// Every set met, each once.
#[derive(Clone, Default)]
pub(super) struct Sets {
    sets: Vec<Box<[NodeId]>>,
    ids: FxHashMap<Box<[NodeId]>, SetId>,
}

impl Sets {
    /// The set of these states, in any order, with any repeats.
    pub(super) fn intern(&mut self, mut states: Vec<NodeId>) -> SetId {
        states.sort_unstable();
        states.dedup();
        if let Some(&id) = self.ids.get(states.as_slice()) {
            return id;
        }
        let id = SetId::from(self.sets.len());
        let states: Box<[NodeId]> = states.into();
        self.sets.push(states.clone());
        self.ids.insert(states, id);
        id
    }

    pub(super) fn get(&self, id: SetId) -> &[NodeId] {
        &self.sets[id.index()]
    }

    pub(super) fn contains(&self, id: SetId, state: NodeId) -> bool {
        self.get(id).binary_search(&state).is_ok()
    }

    /// Is everything in `inner` also in `outer`?
    pub(super) fn is_subset(&self, inner: SetId, outer: SetId) -> bool {
        if inner == outer {
            return true;
        }
        let mut outer = self.get(outer).iter();
        self.get(inner)
            .iter()
            .all(|state| outer.by_ref().any(|other| other == state))
    }
}
