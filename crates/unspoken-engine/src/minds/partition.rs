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
pub(super) fn classified(target: u32, classes: &[u32]) -> u32 {
    if target & INNER == 0 {
        target
    } else {
        classes[(target & !INNER) as usize] | INNER
    }
}

/// The coarsest partition of the members by facts and targets: a class for each, numbered in an
/// order that does not depend on the order of the members; and how many there are.
pub(super) fn refine(members: &Members, characters: usize) -> (Vec<u32>, usize) {
    let mut classes = vec![0_u32; members.facts.len()];
    let mut count = 1;
    let mut first = true;
    loop {
        let mut signatures: Vec<(Vec<u32>, usize)> = Vec::with_capacity(classes.len());
        for member in 0..classes.len() {
            let mut signature = vec![classes[member]];
            if first {
                signature.push(members.facts[member].0);
            } else {
                for character in 0..characters {
                    let mut targets: Vec<u32> = members
                        .targets(member * characters + character)
                        .iter()
                        .map(|&target| classified(target, &classes))
                        .collect();
                    targets.sort_unstable();
                    targets.dedup();
                    signature.push(targets.len() as u32);
                    signature.extend(targets);
                }
            }
            signatures.push((signature, member));
        }
        signatures.sort_unstable();
        let mut finer = 0;
        for place in 0..signatures.len() {
            if place > 0 && signatures[place].0 != signatures[place - 1].0 {
                finer += 1;
            }
            classes[signatures[place].1] = finer;
        }
        let now = finer as usize + 1;
        if now == count && !first {
            return (classes, count);
        }
        count = now;
        first = false;
    }
}
