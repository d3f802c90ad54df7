//! How far off is what somebody wants, at least and about, and which acts lead towards it?
//!
//! Relaxed planning: an act adds to the values that a fluent may have and takes none away. Stands
//! between the states and a search, which asks through [`crate::space::Space::outlook`].

mod amounts;
mod compile;
mod conditions;
mod cuts;
mod kin;
mod layers;
mod measures;
mod network;
mod plan;
mod supports;

use std::sync::Arc;

use crate::ground::{Condition, World};
use crate::ids::{CharacterId, EventId, NodeId};
use crate::minds::Store;
use compile::Compiler;
use cuts::Cutter;
use kin::Sources;
use layers::{Layers, Looking};
use network::Network;
use plan::Planner;

/// What is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Aim<'a> {
    /// Who wants it: a character, who counts on no act of the author's; or (`None`) the author.
    pub whose: Option<CharacterId>,
    /// How high the utility of `whose` is to be at the end.
    pub utility: Option<Threshold>,
    /// What is to hold at some time, each by itself, now or later.
    pub pass: &'a [&'a Condition],
    /// Groups of actions of each of which at least one is still to be done.
    pub acts: &'a [&'a [EventId]],
    /// By event: what must not be done. May be shorter, or empty.
    pub never: &'a [bool],
}

/// A mark for a utility.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Threshold {
    /// More than this.
    Above(f64),
    /// This or more.
    AtLeast(f64),
}

impl Threshold {
    /// Is that height enough?
    pub fn reached(self, height: f64) -> bool {
        match self {
            Threshold::Above(mark) => height > mark,
            Threshold::AtLeast(mark) => height >= mark,
        }
    }
}

/// How things look from a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// No fewer acts will do; 0 where nothing is left to be done.
    pub at_least: u32,
    /// The acts of a plan in which nothing stands in the way of anything else.
    pub about: u32,
    /// Those of them that may be possible at once, sorted.
    pub helpful: Arc<[EventId]>,
}

impl Outlook {
    /// Nothing is known but whether anything is left to be done.
    pub fn unknown(reached: bool) -> Outlook {
        Outlook {
            at_least: u32::from(!reached),
            about: u32::from(!reached),
            helpful: Arc::new([]),
        }
    }
}

/// What of an aim a problem is made for; the rest may be different each time.
#[derive(Clone, Debug, PartialEq)]
struct AimKey {
    whose: Option<CharacterId>,
    utility: bool,
    pass: Vec<Condition>,
    acts: Vec<Vec<EventId>>,
}

impl AimKey {
    fn of(aim: &Aim) -> AimKey {
        AimKey {
            whose: aim.whose,
            utility: aim.utility.is_some(),
            pass: aim
                .pass
                .iter()
                .map(|&condition| condition.clone())
                .collect(),
            acts: aim.acts.iter().map(|group| group.to_vec()).collect(),
        }
    }

    fn fits(&self, aim: &Aim) -> bool {
        self.whose == aim.whose
            && self.utility == aim.utility.is_some()
            && self.pass.len() == aim.pass.len()
            && self
                .pass
                .iter()
                .zip(aim.pass)
                .all(|(own, other)| own == *other)
            && self.acts.len() == aim.acts.len()
            && self
                .acts
                .iter()
                .zip(aim.acts)
                .all(|(own, other)| own == other)
    }
}

/// A problem made for an aim, and room to work on it.
#[derive(Clone)]
struct Problem {
    key: Arc<AimKey>,
    network: Arc<Network>,
    layers: Layers,
    planner: Planner,
    cutter: Cutter,
    /// Acts that belong to a cut.
    free: Vec<bool>,
}

/// The relaxed problems of a world, made as they are asked for.
#[derive(Clone, Default)]
pub struct Relax {
    sources: Option<Arc<Sources>>,
    problems: Vec<Problem>,
}

impl Relax {
    /// How an aim looks from a state; see [`crate::space::Space::outlook`].
    pub fn outlook(
        &mut self,
        world: &World,
        store: &Store,
        state: NodeId,
        aim: &Aim,
        within: u32,
    ) -> Option<Outlook> {
        let known = self.problems.iter().position(|known| known.key.fits(aim));
        let place = known.unwrap_or_else(|| {
            let sources = self
                .sources
                .get_or_insert_with(|| Arc::new(Sources::of(world)));
            let key = AimKey::of(aim);
            let network = Compiler::network(world, sources, &store.numbers, &key);
            self.problems.push(Problem {
                network: Arc::new(network),
                key: Arc::new(key),
                layers: Layers::default(),
                planner: Planner::default(),
                cutter: Cutter::default(),
                free: Vec::new(),
            });
            self.problems.len() - 1
        });
        self.problems[place].look(store, state, aim, within)
    }
}

impl Problem {
    fn look(&mut self, store: &Store, state: NodeId, aim: &Aim, within: u32) -> Option<Outlook> {
        let Problem {
            network,
            layers,
            planner,
            cutter,
            free,
            ..
        } = self;
        free.clear();
        let looking = Looking {
            mark: aim.utility,
            never: aim.never,
            free: &[],
        };
        let reached = layers.reach(network, store, state, looking, within)?;
        let mut at_least = reached.max(network.apart);
        if at_least == 0 {
            return Some(Outlook::unknown(true));
        }
        let (about, helpful) = planner.plan(network, layers, aim.utility, reached);
        let outlook = Outlook {
            at_least,
            about: about.max(at_least),
            helpful: helpful.into(),
        };
        // Cuts are never more than the acts of a plan, so only a long plan may be ruled out.
        if about > within {
            free.resize(network.events, false);
            let (mut cuts, mut layer) = (0, reached);
            while layer > 0 && at_least <= within {
                let cut = cutter.cut(network, layers, Looking { free, ..looking });
                if cut.is_empty() {
                    break;
                }
                for act in cut {
                    free[act.index()] = true;
                }
                cuts += 1;
                let freer = Looking { free, ..looking };
                layer = layers.reach(network, store, state, freer, within - cuts)?;
                at_least = at_least.max(cuts + layer);
            }
        }
        (at_least <= within).then_some(Outlook {
            at_least,
            ..outlook
        })
    }
}
