//! Demands as Python states them, made those of the engine.

use pyo3::prelude::*;

use unspoken_engine::demands::{Demand, Demands, Keep, MOST_MUSTS};
use unspoken_engine::fault::Fault;
use unspoken_engine::ids::EventId;
use unspoken_engine::story::Story;

/// One thing to bring about: its kind, and a numbered expression or numbers of actions.
#[derive(FromPyObject)]
pub struct StatedDemand(String, Brought);

#[derive(FromPyObject)]
enum Brought {
    Pass(String),
    Act(Vec<usize>),
}

/// All that is demanded, as the keyword arguments of searches and replays have it.
#[derive(Default)]
pub struct StatedDemands {
    /// In this order.
    pub scenes: Vec<StatedDemand>,
    /// In any order.
    pub musts: Vec<StatedDemand>,
    /// Numbers of actions.
    pub never: Vec<usize>,
    /// After how many scenes, and what is not to be contradicted.
    pub keep: Vec<(usize, String)>,
}

impl StatedDemands {
    /// The demands, if what they say means something in this story.
    pub fn of(&self, story: &mut Story) -> Result<Demands, Fault> {
        if self.musts.len() > MOST_MUSTS {
            let found = Fault::new("too-many-demands").with("found", self.musts.len());
            return Err(found.with("most", MOST_MUSTS));
        }
        let mut keep = Vec::with_capacity(self.keep.len());
        for (from, holds) in &self.keep {
            keep.push(Keep {
                from: *from,
                holds: story.condition(holds)?,
            });
        }
        Ok(Demands {
            scenes: all(story, &self.scenes)?,
            musts: all(story, &self.musts)?,
            never: actions(story, &self.never)?,
            keep,
        })
    }
}

fn all(story: &mut Story, stated: &[StatedDemand]) -> Result<Vec<Demand>, Fault> {
    let one = |StatedDemand(kind, brought): &StatedDemand| match (kind.as_str(), brought) {
        ("pass", Brought::Pass(condition)) => Ok(Demand::Pass(story.condition(condition)?)),
        ("act", Brought::Act(acts)) => Ok(Demand::Act(actions(story, acts)?)),
        _ => Err(Fault::new("unknown-demand").with("kind", kind)),
    };
    stated.iter().map(one).collect()
}

/// Sorted, each once.
fn actions(story: &Story, numbers: &[usize]) -> Result<Vec<EventId>, Fault> {
    let mut found = numbers
        .iter()
        .map(|&number| story.action(number))
        .collect::<Result<Vec<EventId>, _>>()?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
