//! The strongly connected components of a batch (Tarjan 1972).

use crate::minds::batch::Batch;

const UNSEEN: u32 = u32::MAX;

/// The components of a batch, each before those that point at it; and room to find them in, which
/// is used again for the next batch.
#[derive(Clone, Default)]
pub(super) struct Components {
    members: Vec<usize>,
    ends: Vec<usize>,
    /// For each node, those that it points at; they begin where those of the one before end.
    successors: Vec<usize>,
    successors_end: Vec<usize>,
    index: Vec<u32>,
    lowest: Vec<u32>,
    open: Vec<bool>,
    stack: Vec<usize>,
    /// Nodes on the way from the root, and the successor of each that is to be looked at next.
    path: Vec<(usize, usize)>,
}

impl Components {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The nodes of one.
    pub fn get(&self, component: usize) -> &[usize] {
        &self.members[start(&self.ends, component)..self.ends[component]]
    }

    /// Finds those of a batch.
    pub fn find(&mut self, batch: &Batch, characters: usize) {
        let count = batch.len();
        self.members.clear();
        self.ends.clear();
        self.successors.clear();
        self.successors_end.clear();
        for place in 0..count {
            for &reference in &batch.edges[place * characters..][..characters] {
                batch.targets(reference, |target| self.successors.push(target));
            }
            self.successors_end.push(self.successors.len());
        }
        self.index.clear();
        self.index.resize(count, UNSEEN);
        self.lowest.clear();
        self.lowest.resize(count, 0);
        self.open.clear();
        self.open.resize(count, false);
        let mut next = 0;
        for root in 0..count {
            if self.index[root] == UNSEEN {
                self.find_from(root, &mut next);
            }
        }
    }

    fn find_from(&mut self, root: usize, next: &mut u32) {
        self.enter(root, next);
        while let Some(&mut (place, ref mut child)) = self.path.last_mut() {
            if *child < self.successors_end[place] {
                let target = self.successors[*child];
                *child += 1;
                if self.index[target] == UNSEEN {
                    self.enter(target, next);
                } else if self.open[target] {
                    self.lowest[place] = self.lowest[place].min(self.index[target]);
                }
                continue;
            }
            self.path.pop();
            if let Some(&(parent, _)) = self.path.last() {
                self.lowest[parent] = self.lowest[parent].min(self.lowest[place]);
            }
            if self.lowest[place] == self.index[place] {
                loop {
                    let member = self.stack.pop().expect("the place itself at last");
                    self.open[member] = false;
                    self.members.push(member);
                    if member == place {
                        break;
                    }
                }
                self.ends.push(self.members.len());
            }
        }
    }

    fn enter(&mut self, place: usize, next: &mut u32) {
        self.index[place] = *next;
        self.lowest[place] = *next;
        *next += 1;
        self.stack.push(place);
        self.open[place] = true;
        self.path.push((place, start(&self.successors_end, place)));
    }
}

fn start(ends: &[usize], place: usize) -> usize {
    if place == 0 { 0 } else { ends[place - 1] }
}
