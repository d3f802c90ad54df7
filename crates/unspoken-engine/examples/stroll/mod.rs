//! A random walk through a world, the same every time: what the examples measure on.

use unspoken_engine::ids::NodeId;
use unspoken_engine::space::Space;
use unspoken_engine::story::Story;

/// Where a walk has got to.
pub struct Stroll {
    /// From the beginning again after so many steps, about as long as stories are.
    length: usize,
    taken: usize,
    state: Option<NodeId>,
    draw: u64,
    choices: Vec<unspoken_engine::ids::EventId>,
}

impl Stroll {
    /// At the beginning.
    pub fn new(length: usize) -> Stroll {
        Stroll {
            length,
            taken: 0,
            state: None,
            draw: 2026,
            choices: Vec::new(),
        }
    }

    /// The state after a step more; None where nothing can happen even at the beginning.
    pub fn step(&mut self, story: &mut Story) -> Option<NodeId> {
        let mut state = self.state.unwrap_or_else(|| story.initial());
        self.choices.clear();
        if self.taken < self.length {
            story
                .possible(state, &mut self.choices)
                .expect("possible acts");
        }
        if self.choices.is_empty() {
            (state, self.taken) = (story.initial(), 0);
            story
                .possible(state, &mut self.choices)
                .expect("possible acts");
        }
        if self.choices.is_empty() {
            return None;
        }
        let choice = self.next() % self.choices.len() as u64;
        let choice = usize::try_from(choice).expect("a small number");
        let after = story
            .apply(state, self.choices[choice])
            .expect("a transition");
        self.taken += 1;
        self.state = Some(after);
        self.state
    }

    /// Splitmix64 (Steele, Lea and Flood 2014).
    fn next(&mut self) -> u64 {
        self.draw = self.draw.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.draw;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}
