//! Walks at random through numbered worlds and says how fast, as `benchmarks` does, without Python
//! in between: `cargo run --release --example walk -- STEPS WORLD.json ...`.

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
        "{:16} {:>9} {:>9} {:>8} {:>8} {:>8} {:>8}",
        "world", "fresh/s", "again/s", "applied", "states", "facts", "KiB"
    );
    for file in arguments {
        let world = std::fs::read_to_string(&file).expect("a file to read");
        let mut story = Story::begin(&world).expect("a world");
        let fresh = walk(&mut story, steps);
        let again = walk(&mut story, steps);
        let name = file.rsplit('/').next().unwrap_or(&file);
        println!(
            "{:16} {:>9.0} {:>9.0} {:>8} {:>8} {:>8} {:>8}",
            name.trim_end_matches(".json"),
            fresh,
            again,
            story.minds().transitions(),
            story.minds().store.len(),
            story.minds().store.valuations(),
            story.minds().bytes() / 1024,
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
