//! How far off is what somebody wants, at least and about, and which acts lead towards it?
//!
//! Relaxed planning: an act adds to the values that a fluent may have and takes none away (FF:
//! Hoffmann and Nebel 2001; the first layer as a bound: Bonet and Geffner 2001; numbers as
//! intervals: Hoffmann 2003; cuts: Helmert and Domshlak 2009). Stands between the states and a
//! search, which asks through [`crate::space::Space::outlook`].
//!
//! `kin` looks a world over once. For each aim `compile` (with `conditions`, `measures` and
//! `supports`) makes a `network` of gates: only what the aim depends on. `layers` runs it from a
//! state, `plan` reads a relaxed plan off the layers, and `cuts` looks closer where that may pay.
//!
//! # What is claimed
//!
//! *`at_least`* and *`None`*: if acts a1..ak of those that count, done one after the other from the
//! state, reach the aim (in the sense of [`Aim`]), then `outlook` with `within >= k` is `Some` and
//! its `at_least` is k or less. It does not matter who has which reason for them. *`about`* is the
//! length of a relaxed plan, no bound on anything, and `helpful` those of its acts that are not
//! kept waiting.
//!
//! # Why
//!
//! A *place* is a fluent at a level: what is true (`Actual`), what c believes (`Mind(c)`), what
//! anybody takes to be so behind two or more minds (`Anywhere`). Let S(i) be the true states after
//! a1..ai. Claim: whatever value f has in S(i), in the state that c believes in there, or farther
//! on along its edges, that value is among those of its place at layer i; and what holds there has
//! an open gate at layer i. By induction on i and, within a layer, on the order in which things
//! happen in a transition.
//!
//! *Conditions.* A gate of a condition is open if some choice of its places' values, each by itself,
//! makes it hold; so it is open if the actual values do. That a condition fails has a gate of its
//! own, since with unknown numbers both it and its negation fail. Intervals contain what members
//! come to because rounding is monotone; a divisor that may be zero gives all numbers.
//!
//! *True facts* change by effects of the act, which is possible in S(i-1), so its gate is open at
//! layer i-1 with those of the effects' conditions; and by triggers, whose gates open within layer
//! i, where numbers that they change grow until they no longer do, or to infinity.
//!
//! *What c believes* changes in the ways of `semantics.md` 2.3 to 2.5: it is told (effects on
//! `[c]f`, judged and computed in the true state); it sees the act, if its observing condition
//! holds in the true state, and then every effect is judged and computed by what c believes, be
//! the act possible there or not; triggers fire by what it believes. Before it sees the act it is
//! surprised: a fluent of an `==` atom takes its value in the true state, one of another atom
//! becomes unknown; a whole number takes its value in the true state or one between that and what c
//! believed, so one that the interval has. That comes first: so effects are judged and computed at a level of their own,
//! `Seeing(c)`, which has what c believes and all that it may mend, already at layer i-1.
//!
//! *Behind two minds* the same happens relative to the mind before. There everything is one level
//! that includes what is true and what anybody believes, to which acts and triggers add as they
//! would in a mind, and at which everything may be unknown; so the mind before need not be told
//! apart. It starts with the values in every state along the edges.
//!
//! *The utility* is an interval, of which the upper end counts. Of two constants in a sum, that the
//! lesser may become the case is left out (`measures`): if it is so at first, its gate is open; if
//! not, that of the greater is, which is bound enough for both.
//!
//! *Values* that nothing compares and nothing names are one value (`kin`): no condition on a fluent
//! and a constant tells them apart, and two fluents of that value count as equal and as different.
//!
//! *Cuts.* If some acts cost nothing, the layers (which then count the others) bound what the others
//! cost by the same argument. A set of acts of which every way to the aim has one costs at least
//! one. An act is in one cut at most and is free from then on, so both bounds add up. That the set
//! is a cut: call a gate *wanting* as found by `cuts`; none is open before any act that is not free.
//! Look at the first wanting gate or place to change. One of kind `All` has its wanting part open
//! before it. One of kind `Any` opens by a gate before it, which was wanting too, or by an act of
//! the cut. A number or a test changes by a gate or place that it reads, wanting too, or by an act of
//! the cut. So an act of the cut was done.

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
use crate::value::Numbers;
use compile::Compiler;
use cuts::Cutter;
use kin::Sources;
use layers::{Layers, Looking};
use network::Network;
use plan::Planner;

/// What is wanted: a state of that utility, after all that is to be passed and to be done.
///
/// The author counts on every action, a character on those that somebody consents to (not
/// necessarily with a reason). Triggers cost nothing.
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
    /// By event: for so many acts more its effects are put off, and so much more it costs. For
    /// guessing: with delays `at_least` is not admissible. May be shorter, or empty.
    pub delays: &'a [u8],
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
    /// No fewer acts will do; 0 where nothing is left to be done. With an eye to `within`: where
    /// that is `about` or more, no effort is spent on a bound that could not exceed it.
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
    /// By character.
    idle: Option<Arc<[bool]>>,
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
        self.problems[place].look(world, store, state, aim, within)
    }
}

impl Relax {
    /// Who never consents to anything: nothing that may happen in a world that they imagine ever
    /// raises their utility, and so nothing ever explains an act of theirs.
    ///
    /// What raises somebody's utility puts some fluent that it depends on to a value that it depends
    /// on, by an act or by a trigger that goes back to one. Where no act is among all that the
    /// utility goes back to, it stays as it is for good. Nobody counts on acts of the author's, or
    /// of those who never consent; but who else has to consent to the act that is explained does
    /// not matter, so all acts count that one consents to oneself.
    pub fn idle(&mut self, world: &World, numbers: &Numbers) -> Arc<[bool]> {
        if let Some(known) = &self.idle {
            return Arc::clone(known);
        }
        let sources = self
            .sources
            .get_or_insert_with(|| Arc::new(Sources::of(world)));
        let mut idle = vec![false; world.characters];
        loop {
            let found = (0..world.characters)
                .map(CharacterId::from)
                .filter(|who| !idle[who.index()])
                .find(|&who| !Compiler::may_gain(world, sources, numbers, who, &idle));
            match found {
                Some(who) => idle[who.index()] = true,
                None => break,
            }
        }
        let idle: Arc<[bool]> = idle.into();
        self.idle = Some(Arc::clone(&idle));
        idle
    }
}

impl Problem {
    fn look(
        &mut self,
        world: &World,
        store: &Store,
        state: NodeId,
        aim: &Aim,
        within: u32,
    ) -> Option<Outlook> {
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
        layers.delays.clear();
        layers.delays.extend_from_slice(aim.delays);
        let reached = layers.reach(network, store, state, looking, within)?;
        let mut at_least = reached.max(network.apart);
        if at_least == 0 {
            // Behind two minds more may be the case than is.
            let outlook = Outlook::unknown(is_reached(world, store, state, aim));
            return (outlook.at_least <= within).then_some(outlook);
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
