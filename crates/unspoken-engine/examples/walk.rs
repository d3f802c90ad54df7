//! Transitions a second, without Python in between: along a random walk, as `benchmarks` walks,
//! and breadth first from the beginning (ten times as many), as a search goes; in fresh engines,
//! and the walk again.
//! `cargo run --release --example walk -- STEPS WORLD.json ...`

mod stroll;

use std::collections::{HashSet, VecDeque};
use std::time::Instant;

use stroll::Stroll;
use unspoken_engine::space::Space;
use unspoken_engine::story::Story;

/// From the beginning again after so many steps, about as long as stories are.
const LENGTH: usize = 30;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let steps: usize = arguments
        .next()
        .and_then(|steps| steps.parse().ok())
        .expect("the number of steps comes first");
    println!(
        "{:16} {:>9} {:>9} {:>9} {:>8} {:>8} {:>8} {:>8}",
        "world", "fresh/s", "again/s", "breadth/s", "applied", "states", "facts", "KiB"
    );
    for file in arguments {
        let world = std::fs::read_to_string(&file).expect("a file to read");
        let mut story = Story::begin(&world).expect("a world");
        let fresh = walk(&mut story, steps);
        let again = walk(&mut story, steps);
        let mut broad = Story::begin(&world).expect("a world");
        let breadth = breadth(&mut broad, 10 * steps);
        let name = file.rsplit('/').next().unwrap_or(&file);
        println!(
            "{:16} {:>9.0} {:>9.0} {:>9.0} {:>8} {:>8} {:>8} {:>8}",
            name.trim_end_matches(".json"),
            fresh,
            again,
            breadth,
            broad.minds().transitions(),
            broad.minds().store.len(),
            broad.minds().store.valuations(),
            broad.minds().bytes() / 1024,
        );
    }
}

/// So many random steps, the same every time; how many a second.
fn walk(story: &mut Story, steps: usize) -> f64 {
    let mut stroll = Stroll::new(LENGTH);
    let start = Instant::now();
    for _ in 0..steps {
        if stroll.step(story).is_none() {
            break;
        }
    }
    steps as f64 / start.elapsed().as_secs_f64()
}

/// So many transitions breadth first from the beginning; how many a second.
fn breadth(story: &mut Story, steps: usize) -> f64 {
    let mut seen = HashSet::from([story.initial()]);
    let mut waiting = VecDeque::from([story.initial()]);
    let mut choices = Vec::new();
    let mut taken = 0;
    let start = Instant::now();
    while let Some(state) = waiting.pop_front() {
        if taken >= steps {
            break;
        }
        choices.clear();
        story.possible(state, &mut choices).expect("possible acts");
        for &choice in &choices {
            let after = story.apply(state, choice).expect("a transition");
            taken += 1;
            if seen.insert(after) {
                waiting.push_back(after);
            }
        }
    }
    taken as f64 / start.elapsed().as_secs_f64()
}
