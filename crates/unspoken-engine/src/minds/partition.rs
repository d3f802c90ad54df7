//! Which nodes of a component are equal, given the interned nodes that it points at.

use crate::ids::FactsId;

/// Marks a target that is a member.
pub(super) const INNER: u32 = 1 << 31;

/// A component under work: where each edge of each member leads. A target is an interned node, or
/// with the bit `INNER` a member.
#[derive(Default)]
pub(super) struct Members {
    pub facts: Vec<FactsId>,
    pub targets: Vec<u32>,
    /// For each member and character, the end of its targets; they begin where the others end.
    pub ends: Vec<usize>,
    /// Is there a set of possible worlds among the targets?
    pub several: bool,
}

impl Members {
    pub fn targets(&self, edge: usize) -> &[u32] {
        let start = if edge == 0 { 0 } else { self.ends[edge - 1] };
        &self.targets[start..self.ends[edge]]
    }
}

/// A target, with a member's class for the member.
fn classified(target: u32, classes: &[u32]) -> u32 {
    if target & INNER == 0 {
        target
    } else {
        classes[(target & !INNER) as usize] | INNER
    }
}

/// Writes down the classes of an edge's targets: how many, and which, each once, in order.
pub(super) fn sign(targets: &[u32], classes: &[u32], into: &mut Vec<u32>) {
    if let &[target] = targets {
        into.extend([1, classified(target, classes)]);
        return;
    }
    let mut targets: Vec<u32> = targets.iter().map(|&t| classified(t, classes)).collect();
    targets.sort_unstable();
    targets.dedup();
    into.push(targets.len() as u32);
    into.extend(targets);
}

/// The coarsest partition of the members by facts and targets: a class for each, numbered in an
/// order that does not depend on the order of the members; and how many there are.
pub(super) fn refine(members: &Members, characters: usize) -> (Vec<u32>, usize) {
    let mut classes = vec![0_u32; members.facts.len()];
    let mut count = 1;
    let mut first = true;
    let mut signatures = Vec::with_capacity(classes.len() * (1 + 2 * characters));
    let mut ends = Vec::with_capacity(classes.len());
    let mut order: Vec<usize> = (0..classes.len()).collect();
    loop {
        signatures.clear();
        ends.clear();
        for member in 0..classes.len() {
            signatures.push(classes[member]);
            if first {
                signatures.push(members.facts[member].0);
            } else {
                for character in 0..characters {
                    let targets = members.targets(member * characters + character);
                    sign(targets, &classes, &mut signatures);
                }
            }
            ends.push(signatures.len());
        }
        let signature = |member: usize| {
            let start = if member == 0 { 0 } else { ends[member - 1] };
            &signatures[start..ends[member]]
        };
        order.sort_unstable_by_key(|&member| (signature(member), member));
        let mut finer = 0;
        for place in 0..order.len() {
            if place > 0 && signature(order[place]) != signature(order[place - 1]) {
                finer += 1;
            }
            classes[order[place]] = finer;
        }
        let now = finer as usize + 1;
        if now == count && !first {
            return (classes, count);
        }
        count = now;
        first = false;
    }
}
