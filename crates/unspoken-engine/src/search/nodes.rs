//! The nodes of a pursuit, and the steps that wait for their turn: a container. What a node stands
//! for is told in `pursuit`.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::quest::Path;
use super::reasons::{Cut, ReasonId};
use crate::demands::Progress;
use crate::ids::{EventId, NodeId, SetId};

/// A node reached in a pursuit, and how.
pub(super) struct Node {
    pub(super) state: NodeId,
    pub(super) progress: Progress,
    pub(super) shadows: SetId,
    /// The highest known utility among the shadows.
    pub(super) bar: f64,
    /// Acts from the start.
    pub(super) steps: u32,
    pub(super) parent: u32,
    pub(super) act: EventId,
    pub(super) reasons: Box<[ReasonId]>,
    /// The previous node of the same state and progress.
    pub(super) namesake: Option<u32>,
}

/// When a step's turn comes: less is sooner, and no two are equal.
pub(super) type Turn = (u32, bool, u32);

/// A step that could be taken, if everybody had a reason.
pub(super) struct Candidate {
    pub(super) turn: Turn,
    /// Has its turn been set by how things look from where it leads?
    pub(super) looked: bool,
    pub(super) parent: u32,
    pub(super) act: EventId,
    pub(super) state: NodeId,
    pub(super) progress: Progress,
    pub(super) utility: Option<f64>,
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.turn == other.turn
    }
}

impl Eq for Candidate {}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.turn.cmp(&other.turn)
    }
}

/// The nodes of one pursuit, the latest of each state, and the steps waiting.
#[derive(Default)]
pub(super) struct Nodes {
    pub(super) list: Vec<Node>,
    pub(super) latest: FxHashMap<(NodeId, Progress), u32>,
    pub(super) waiting: BinaryHeap<Reverse<Candidate>>,
    pub(super) candidates: u32,
    pub(super) own_limit: bool,
    pub(super) inside: Cut,
}

impl Nodes {
    pub(super) fn push(&mut self, mut node: Node) -> u32 {
        let number = u32::try_from(self.list.len()).expect("fewer than 2^32 nodes");
        node.namesake = self.latest.insert((node.state, node.progress), number);
        self.list.push(node);
        number
    }

    /// Acts and reasons from the start to a node.
    pub(super) fn path(&self, mut number: u32) -> Path {
        let mut path = Path::default();
        while number > 0 {
            let node = &self.list[number as usize];
            path.acts.push(node.act);
            path.reasons.push(node.reasons.clone());
            number = node.parent;
        }
        path.acts.reverse();
        path.reasons.reverse();
        path
    }
}
