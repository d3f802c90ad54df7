//! Transitions a second, without Python in between: along a random walk, as `benchmarks` walks,
//! and breadth first from the beginning (ten times as many), as a search goes; in fresh engines,
//! and the walk again.
//! `cargo run --release --example walk -- STEPS WORLD.json ...`

use std::collections::{HashSet, VecDeque};
use std::time::Instant;

use unspoken_engine::ids::NodeId;
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
    let mut draw = 2026_u64;
    let mut choices = Vec::new();
    let (mut state, mut taken): (NodeId, usize) = (story.initial(), 0);
    let start = Instant::now();
    for _ in 0..steps {
        choices.clear();
        if taken < LENGTH {
            story.possible(state, &mut choices).expect("possible acts");
        }
        if choices.is_empty() {
            (state, taken) = (story.initial(), 0);
            story.possible(state, &mut choices).expect("possible acts");
        }
        if choices.is_empty() {
            break;
        }
        // Splitmix64 (Steele, Lea and Flood 2014).
        draw = draw.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = draw;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        let choice = usize::try_from(mixed % choices.len() as u64).expect("a small number");
        state = story.apply(state, choices[choice]).expect("a transition");
        taken += 1;
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
