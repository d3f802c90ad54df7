//! One aim from many states: a network to run, and what was seen with it.
//!
//! What is seen depends on the view, the mark and the delays alone, so it is remembered: states look
//! alike that differ in what does not matter for the aim; a search that begins anew with more
//! patience comes to the same states again, and so does one that first puts a step on its queue and
//! then takes it.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::ground::{Condition, World};
use crate::ids::{CharacterId, EventId, NodeId};
use crate::minds::Store;
use crate::relax::cuts::Cutter;
use crate::relax::layers::{Layers, Looking, Reach};
use crate::relax::network::Network;
use crate::relax::plan::Planner;
use crate::relax::view::View;
use crate::relax::{Aim, Outlook, TooFar};
use crate::value::Numbers;

/// Views of so much size in all are remembered (16 MB); then all is forgotten.
const MOST_SEEN: usize = 1 << 22;

/// What of an aim a problem is made for; the rest may be different each time.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct AimKey {
    pub whose: Option<CharacterId>,
    pub utility: bool,
    pub pass: Vec<Condition>,
    pub acts: Vec<Vec<EventId>>,
}

impl AimKey {
    pub fn of(aim: &Aim) -> AimKey {
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

/// What was seen.
#[derive(Clone, Debug)]
enum Seen {
    /// The aim cannot be reached.
    Never,
    /// Not with fewer acts than this.
    Far(u32),
    Near(Near),
    /// Perhaps it is reached. Behind two minds more may be the case than is, so each state is to be
    /// asked itself.
    Here,
}

/// What was seen where a relaxed plan was looked for.
#[derive(Clone, Debug)]
struct Near {
    /// As far as layers tell.
    outlook: Outlook,
    /// The acts of the relaxed plan.
    plan: u32,
    /// No fewer acts will do, as far as cuts were looked for.
    bound: u32,
    /// Are there no more cuts?
    settled: bool,
}

impl Near {
    /// What it tells of so many acts, if that is enough to tell.
    fn within(&self, acts: u32) -> Option<Result<Outlook, TooFar>> {
        if self.plan <= acts {
            return Some(self.outlook.clone().within(acts));
        }
        if self.bound > acts {
            return Some(Err(TooFar { ever: true }));
        }
        self.settled.then(|| {
            Ok(Outlook {
                at_least: self.bound,
                ..self.outlook.clone()
            })
        })
    }
}

/// A problem made for an aim, room to work on it, and what was seen.
#[derive(Clone)]
pub(super) struct Problem {
    key: Arc<AimKey>,
    network: Arc<Network>,
    layers: Layers,
    planner: Planner,
    cutter: Cutter,
    /// Acts that belong to a cut.
    free: Vec<bool>,
    /// What is looked at.
    view: View,
    /// What was seen without delays, and with the latest ones.
    plain: Memory,
    delayed: Memory,
    delays: Vec<u8>,
}

/// What was seen by views.
#[derive(Clone, Default)]
struct Memory {
    seen: FxHashMap<View, Seen>,
    /// Of the views.
    size: usize,
}

impl Memory {
    fn clear(&mut self) {
        self.seen.clear();
        self.size = 0;
    }

    fn keep(&mut self, view: &View, seen: Seen) {
        self.size += view.size();
        if self.size > MOST_SEEN {
            self.clear();
            self.size = view.size();
        }
        self.seen.insert(view.clone(), seen);
    }
}

impl Problem {
    pub fn new(key: AimKey, network: Network) -> Problem {
        Problem {
            key: Arc::new(key),
            network: Arc::new(network),
            layers: Layers::default(),
            planner: Planner::default(),
            cutter: Cutter::default(),
            free: Vec::new(),
            view: View::default(),
            plain: Memory::default(),
            delayed: Memory::default(),
            delays: Vec::new(),
        }
    }

    pub fn fits(&self, aim: &Aim) -> bool {
        self.key.fits(aim)
    }

    /// See [`crate::space::Space::outlook`].
    pub fn look(
        &mut self,
        world: &World,
        store: &Store,
        state: NodeId,
        aim: &Aim,
        within: u32,
    ) -> Result<Outlook, TooFar> {
        self.view.read(&self.network, store, state, aim.utility);
        let told = |seen: &Seen| match seen {
            Seen::Never => Some(Err(TooFar { ever: false })),
            Seen::Far(layer) => (within < *layer).then_some(Err(TooFar { ever: true })),
            Seen::Near(near) => near.within(within),
            Seen::Here => {
                let reached = is_reached(world, store, state, aim);
                Some(Outlook::unknown(reached).within(within))
            }
        };
        if !aim.delays.is_empty() && aim.delays != self.delays {
            self.delayed.clear();
            self.delays.clear();
            self.delays.extend_from_slice(aim.delays);
        }
        let remembers = aim.never.is_empty();
        let memory = match aim.delays.is_empty() {
            true => &self.plain,
            false => &self.delayed,
        };
        let known = memory.seen.get(&self.view).filter(|_| remembers);
        if let Some(said) = known.and_then(told) {
            return said;
        }
        let seen = self.look_closely(&store.numbers, aim, within);
        let said = told(&seen).expect("it was looked at for that");
        if remembers {
            let memory = match aim.delays.is_empty() {
                true => &mut self.plain,
                false => &mut self.delayed,
            };
            memory.keep(&self.view, seen);
        }
        said
    }

    fn look_closely(&mut self, numbers: &Numbers, aim: &Aim, within: u32) -> Seen {
        let Problem {
            network,
            layers,
            planner,
            cutter,
            free,
            view,
            ..
        } = self;
        free.clear();
        let looking = Looking {
            mark: aim.utility,
            never: aim.never,
            free: &[],
        };
        layers.delays.clear();
        layers.delays.extend_from_slice(aim.delays);
        let reached = match layers.reach(network, view, numbers, looking, within) {
            Reach::At(layer) => layer,
            Reach::Never => return Seen::Never,
            Reach::Beyond => {
                return match layers.go_on(network, looking, u32::MAX) {
                    Reach::At(layer) => Seen::Far(layer),
                    Reach::Beyond | Reach::Never => Seen::Never,
                };
            }
        };
        let at_least = reached.max(network.apart);
        if at_least == 0 {
            return Seen::Here;
        }
        let (plan, helpful) = planner.plan(network, layers, aim.utility, reached);
        let mut near = Near {
            outlook: Outlook {
                at_least,
                about: plan.max(at_least),
                helpful: helpful.into(),
            },
            plan,
            bound: at_least,
            settled: false,
        };
        // Cuts are never more than the acts of a plan, so only a long plan may be ruled out.
        if plan > within {
            free.resize(network.events, false);
            let (mut cuts, mut layer) = (0, reached);
            while near.bound <= within {
                let cut = match layer {
                    0 => &[],
                    _ => cutter.cut(network, layers, Looking { free, ..looking }),
                };
                if cut.is_empty() {
                    near.settled = true;
                    break;
                }
                for act in cut {
                    free[act.index()] = true;
                }
                cuts += 1;
                let freer = Looking { free, ..looking };
                layer = match layers.reach(network, view, numbers, freer, within - cuts) {
                    Reach::At(layer) => layer,
                    Reach::Beyond | Reach::Never => within - cuts + 1,
                };
                near.bound = near.bound.max(cuts + layer);
            }
        }
        Seen::Near(near)
    }
}

/// Is nothing left to be done? Where that cannot be said, perhaps not.
fn is_reached(world: &World, store: &Store, state: NodeId, aim: &Aim) -> bool {
    let at = store.at(state);
    let high = aim
        .utility
        .is_none_or(|mark| match world.utility(aim.whose, &at) {
            Ok(height) => height.is_some_and(|height| mark.reached(height)),
            Err(_) => true,
        });
    let holds = |condition: &&Condition| condition.holds(&at).unwrap_or(true);
    high && aim.pass.iter().all(holds)
}
