//! Looks from random states of numbered worlds at what everybody wants, and says how long a look
//! takes and what it says: `cargo run --release --example outlook -- STATES WORLD.json ...`.

mod stroll;

use std::hint::black_box;
use std::time::Instant;

use stroll::Stroll;
use unspoken_engine::ids::{CharacterId, NodeId};
use unspoken_engine::relax::{Aim, Threshold};
use unspoken_engine::space::Space;
use unspoken_engine::story::Story;

/// From the beginning again after so many steps, about as long as stories are.
const LENGTH: usize = 12;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments
        .next()
        .and_then(|count| count.parse().ok())
        .expect("the number of states comes first");
    println!(
        "{:16} {:>7} {:>9} {:>9} {:>6} {:>9} {:>6} {:>6} {:>8} {:>8}",
        "world",
        "whose",
        "first us",
        "us",
        "never",
        "at least",
        "cuts",
        "about",
        "cut us",
        "helpful"
    );
    for file in arguments {
        let world = std::fs::read_to_string(&file).expect("a file to read");
        let mut story = Story::begin(&world).expect("a world");
        let name = file.rsplit('/').next().unwrap_or(&file);
        let name = name.trim_end_matches(".json").to_owned();
        let states = walk(&mut story, count);
        let author = std::iter::once(None);
        let characters = (0..story.characters()).map(|c| Some(CharacterId::from(c)));
        for whose in author.chain(characters) {
            look(&mut story, &name, whose, &states);
        }
    }
}

/// How one's next gain of utility looks from each of these states, or from one's mind in it.
fn look(story: &mut Story, name: &str, whose: Option<CharacterId>, states: &[NodeId]) {
    let mut questions = Vec::new();
    for &state in states {
        let state = whose.map_or(state, |who| story.mind(state, who));
        if let Ok(Some(utility)) = story.utility(state, whose) {
            questions.push((state, utility));
        }
    }
    let mut ask_within = |&(state, utility): &(NodeId, f64), within: u32| {
        let aim = Aim {
            whose,
            utility: Some(Threshold::Above(utility)),
            pass: &[],
            acts: &[],
            never: &[],
            delays: &[],
        };
        let outlook = story.outlook(state, &aim, within);
        outlook.expect("an outlook").ok()
    };
    let mut ask = |question: &(NodeId, f64)| ask_within(question, u32::MAX);
    let Some(first) = questions.first() else {
        return;
    };
    let start = Instant::now();
    black_box(ask(first));
    let first = start.elapsed().as_secs_f64();
    let start = Instant::now();
    for question in &questions {
        black_box(ask(question));
    }
    let each = start.elapsed().as_secs_f64() / questions.len() as f64;
    let said: Vec<_> = questions
        .iter()
        .filter_map(|question| Some((question, ask(question)?)))
        .collect();
    // Asked to look closer, whether fewer acts than about may be enough.
    let start = Instant::now();
    let closer: Vec<_> = said
        .iter()
        .map(|(question, one)| match one.about {
            0 => 0,
            about => ask_within(question, about - 1).map_or(about, |closer| closer.at_least),
        })
        .collect();
    let close = start.elapsed().as_secs_f64() / said.len().max(1) as f64;
    let said: Vec<_> = said.into_iter().map(|(_, one)| one).collect();
    let of = |number: usize| number as f64 / said.len().max(1) as f64;
    println!(
        "{name:16} {:>7} {:>9.1} {:>9.2} {:>6} {:>9.2} {:>6.2} {:>6.2} {:>8.2} {:>8.2}",
        whose.map_or("author".to_owned(), |who| who.0.to_string()),
        first * 1e6,
        each * 1e6,
        questions.len() - said.len(),
        of(said.iter().map(|one| one.at_least as usize).sum()),
        of(closer.iter().map(|&bound| bound as usize).sum()),
        of(said.iter().map(|one| one.about as usize).sum()),
        close * 1e6,
        of(said.iter().map(|one| one.helpful.len()).sum()),
    );
}

/// Distinct states on random walks, the same every time.
fn walk(story: &mut Story, count: usize) -> Vec<NodeId> {
    let mut stroll = Stroll::new(LENGTH);
    let mut states = vec![story.initial()];
    states.extend((0..count * 4).map_while(|_| stroll.step(story)));
    states.sort_unstable();
    states.dedup();
    let step = states.len().div_ceil(count).max(1);
    states.into_iter().step_by(step).collect()
}
