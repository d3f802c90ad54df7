//! Walks through explained places, depth first, and the distances that prune them. What is pruned
//! and why nothing is lost by it is said in `solutions`.

use super::Search;
use super::quest::Path;
use super::solutions::{Edge, Graph, Place};
use super::watch::Halt;
use crate::ids::NodeId;
use crate::space::Space;

/// The walks of one length, one after the other.
pub(super) struct Walk {
    length: usize,
    frames: Vec<Frame>,
    distances: Distances,
}

/// One place of a walk.
struct Frame {
    place: u32,
    /// The next edge to try; once it was taken, the one before it.
    next: usize,
    /// Sorted, each once.
    shadows: Vec<Place>,
    /// Ends below this level are at or below the bar.
    level: usize,
}

/// What came of a step.
pub(super) enum Stride {
    On,
    /// A walk of the whole length, minimal if it should come to an end, and where it does.
    Arrived(Path, NodeId),
    /// There are no more.
    Over,
}

impl Walk {
    pub(super) fn new(length: u32, distances: Distances) -> Walk {
        let start = Frame {
            place: 0,
            next: 0,
            shadows: Vec::new(),
            level: 0,
        };
        Walk {
            length: length as usize,
            frames: vec![start],
            distances,
        }
    }

    /// Tries one edge. If it halts, the edge is tried again.
    pub(super) fn advance<S: Space>(
        &mut self,
        search: &mut Search<'_, S>,
        graph: &Graph,
    ) -> Result<Stride, Halt> {
        let Some(frame) = self.frames.last() else {
            return Ok(Stride::Over);
        };
        let Some(edge) = graph.edges[frame.place as usize].get(frame.next) else {
            self.frames.pop();
            return Ok(Stride::On);
        };
        search.watch.tick()?;
        let left = self.length - self.frames.len();
        let next = follow(&mut self.distances, search, graph, frame, edge, left)?;
        let mut stride = Stride::On;
        if let (Some(next), 0) = (&next, left) {
            let path = self.path(graph);
            if self.distances.length.is_none() || search.is_minimal(&path)? {
                stride = Stride::Arrived(path, graph.place(next.place).0);
            }
        }
        self.frames.last_mut().expect("one was looked at").next += 1;
        if left > 0 {
            self.frames.extend(next);
        }
        Ok(stride)
    }

    /// Acts and reasons up to the edge that the last frame is at.
    fn path(&self, graph: &Graph) -> Path {
        let (mut acts, mut reasons) = (Vec::new(), Vec::new());
        for (number, frame) in self.frames.iter().enumerate() {
            let is_last = number + 1 == self.frames.len();
            let taken = if is_last { frame.next } else { frame.next - 1 };
            let edge = &graph.edges[frame.place as usize][taken];
            acts.push(edge.act);
            reasons.push(edge.reasons.clone());
        }
        Path { acts, reasons }
    }
}

impl<S: Space> Search<'_, S> {
    /// Is it so by definition that nothing of a story can be left out?
    fn is_minimal(&mut self, path: &Path) -> Result<bool, Halt> {
        let start = self.space.initial();
        Ok(self.thinnest_story(start, path)?.len() == path.acts.len())
    }
}

/// Where an edge leads, unless the walk is given up there; `left` acts are to go from it.
fn follow<S: Space>(
    distances: &mut Distances,
    search: &mut Search<'_, S>,
    graph: &Graph,
    frame: &Frame,
    edge: &Edge,
    left: usize,
) -> Result<Option<Frame>, Halt> {
    if !distances.lead_up(graph, frame.level, left, edge.to) {
        return Ok(None);
    }
    let mut shadows = frame.shadows.clone();
    shadows.push(graph.place(frame.place));
    let demands = &search.request.demands;
    for &(state, progress) in &frame.shadows {
        if search.is_possible(state, edge.act)? && search.all_hold(state, &edge.reasons)? {
            let after = search.apply(state, edge.act)?;
            let followed = demands.follow(search.space, progress, edge.act, after)?;
            shadows.extend(followed.map(|progress| (after, progress)));
        }
    }
    shadows.sort_unstable();
    shadows.dedup();
    if shadows.binary_search(&graph.place(edge.to)).is_ok() {
        return Ok(None);
    }
    let numbers = || shadows.iter().filter_map(|&shadow| graph.number(shadow));
    let highest = numbers()
        .filter_map(|number| graph.end(number))
        .reduce(f64::max);
    let level = frame
        .level
        .max(highest.map_or(0, |bar| distances.level_above(bar)));
    if !distances.lead_up(graph, level, left, edge.to) {
        return Ok(None);
    }
    shadows.retain(|&shadow| match graph.number(shadow) {
        Some(number) => distances.may_lead_up(graph, level, left, number),
        None => !graph.is_far(shadow),
    });
    Ok(Some(Frame {
        place: edge.to,
        next: 0,
        shadows,
        level,
    }))
}

/// How far places are from ends, by how high the ends are.
pub(super) struct Distances {
    /// What ends are worth, lowest first: a level is a place in here.
    levels: Vec<f64>,
    /// By level, once asked for.
    tables: Vec<Option<Table>>,
    /// The length of the walks asked about; none: of any.
    length: Option<usize>,
}

/// Which places come to an end of some level or above...
struct Table {
    /// ... in exactly so many acts, among those that walks come to with so many acts left...
    exactly: Vec<Places>,
    /// ... and in so many or fewer.
    within: Vec<Places>,
}

impl Distances {
    /// For walks of exactly so many acts.
    pub(super) fn exactly(graph: &Graph, length: u32) -> Distances {
        Distances::new(graph, Some(length as usize))
    }

    /// For walks of any length, in a complete graph: far is only what leads to no end.
    pub(super) fn at_all(graph: &Graph) -> Distances {
        Distances::new(graph, None)
    }

    fn new(graph: &Graph, length: Option<usize>) -> Distances {
        let mut levels: Vec<f64> = graph.ends.iter().copied().flatten().collect();
        levels.sort_unstable_by(f64::total_cmp);
        levels.dedup();
        Distances {
            tables: levels.iter().map(|_| None).collect(),
            levels,
            length,
        }
    }

    /// The lowest level that is higher.
    fn level_above(&self, utility: f64) -> usize {
        self.levels.partition_point(|&level| level <= utility)
    }

    /// Do exactly so many acts lead from a place to an end of a level or above?
    fn lead_up(&mut self, graph: &Graph, level: usize, acts: usize, place: u32) -> bool {
        let is_any = self.length.is_none();
        let table = self.table(graph, level);
        table.is_some_and(|table| table.exactly[if is_any { 0 } else { acts }].has(place))
    }

    /// Do so many acts or fewer?
    fn may_lead_up(&mut self, graph: &Graph, level: usize, acts: usize, place: u32) -> bool {
        let is_any = self.length.is_none();
        let table = self.table(graph, level);
        table.is_some_and(|table| match is_any {
            true => table.exactly[0].has(place),
            false => table.within[acts].has(place),
        })
    }

    fn table(&mut self, graph: &Graph, level: usize) -> Option<&Table> {
        let lowest = *self.levels.get(level)?;
        let known = &mut self.tables[level];
        Some(known.get_or_insert_with(|| match self.length {
            Some(length) => Table::of(graph, length, lowest),
            None => Table::at_all(graph, lowest),
        }))
    }
}

impl Table {
    fn of(graph: &Graph, length: usize, lowest: f64) -> Table {
        let mut exactly = vec![Places::of(graph.within[length], |n| {
            is_high(graph, n, lowest)
        })];
        let mut within = vec![exactly[0].clone()];
        for acts in 1..=length {
            // With so many left, a walk of that length is at most this far from the beginning.
            let count = graph.within[length - acts];
            let (ends, near) = (&exactly[acts - 1], &within[acts - 1]);
            let leads = Places::of(count, |n| {
                graph.edges[n].iter().any(|edge| ends.has(edge.to))
            });
            let nearer = Places::of(count, |n| leads.has(number(n)) || near.has(number(n)));
            exactly.push(leads);
            within.push(nearer);
        }
        Table { exactly, within }
    }

    /// In any number of acts.
    fn at_all(graph: &Graph, lowest: f64) -> Table {
        let count = graph.edges.len();
        let mut from: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (place, edges) in graph.edges.iter().enumerate() {
            for edge in edges {
                from[edge.to as usize].push(place);
            }
        }
        let mut leads = vec![false; count];
        let mut waiting: Vec<usize> = (0..count).filter(|&n| is_high(graph, n, lowest)).collect();
        while let Some(place) = waiting.pop() {
            if !std::mem::replace(&mut leads[place], true) {
                waiting.extend(&from[place]);
            }
        }
        Table {
            exactly: vec![Places::of(count, |n| leads[n])],
            within: Vec::new(),
        }
    }
}

fn is_high(graph: &Graph, place: usize, lowest: f64) -> bool {
    graph
        .end(number(place))
        .is_some_and(|utility| utility >= lowest)
}

fn number(place: usize) -> u32 {
    u32::try_from(place).expect("fewer than 2^32 places")
}

/// A set of places, a bit for each of the first so many.
#[derive(Clone)]
struct Places(Box<[u64]>);

impl Places {
    fn of(count: usize, is_in: impl Fn(usize) -> bool) -> Places {
        let mut words = vec![0; count.div_ceil(64)];
        for place in (0..count).filter(|&place| is_in(place)) {
            words[place / 64] |= 1 << (place % 64);
        }
        Places(words.into())
    }

    fn has(&self, place: u32) -> bool {
        let (word, bit) = (place as usize / 64, place % 64);
        self.0.get(word).is_some_and(|word| word >> bit & 1 == 1)
    }
}
