//! How far off is what somebody wants, at least and about, and which acts lead towards it?
//!
//! Relaxed planning: an act adds to the values that a fluent may have and takes none away (FF:
//! Hoffmann and Nebel 2001; the first layer as a bound: Bonet and Geffner 2001; numbers as
//! intervals: Hoffmann 2003; cuts: Helmert and Domshlak 2009). Stands between the states and a
//! search, which asks through [`crate::space::Space::outlook`].
//!
//! `kin` looks a world over once. For each aim `compile` (with `conditions`, `measures`, `supports`
//! and `assemble`) makes a `network` of gates: only what the aim depends on. `layers` runs it from a
//! `view` of a state, `plan` reads a relaxed plan off the layers, and `cuts` looks closer where that
//! may pay. `problem` takes them in turn, and remembers what was seen.
//!
//! # What is claimed
//!
//! *`at_least`* and *[`TooFar`]*: if acts a1..ak of those that count, done one after the other from
//! the state, reach the aim (in the sense of [`Aim`]), then `outlook` with `within >= k` is `Ok`, and
//! its `at_least` is k or less; with a smaller `within` it may be `TooFar`, but one that says that
//! more acts might do. It does not matter who has which reason for them. *`about`* is the length of
//! a relaxed plan, no bound on anything, and `helpful` those of its acts that are not kept waiting.
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
//! believed, so one that the interval has. That comes first: so effects are judged and computed at a
//! level of their own, `Seeing(c)`, which has what c believes and all that it may mend, already at
//! layer i-1.
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
mod assemble;
mod compile;
mod conditions;
mod cuts;
mod goal;
mod kin;
mod layers;
mod measures;
mod network;
mod plan;
mod problem;
mod supports;
mod view;

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::ground::{Condition, World};
use crate::ids::{CharacterId, EventId, NodeId};
use crate::minds::Store;
use crate::value::Numbers;
use compile::Compiler;
use kin::Sources;
use problem::{AimKey, Problem};

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

/// A mark for a utility, which is a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Threshold {
    /// More than this.
    Above(f64),
    /// This or more.
    AtLeast(f64),
}

impl Eq for Threshold {}

impl Hash for Threshold {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (Threshold::Above(mark) | Threshold::AtLeast(mark)) = self;
        (mark + 0.0).to_bits().hash(state);
    }
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

/// What is wanted cannot be reached within so many acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFar {
    /// Might it be, with more of them?
    pub ever: bool,
}

impl Outlook {
    /// If so many acts may do.
    pub fn within(self, acts: u32) -> Result<Outlook, TooFar> {
        match self.at_least <= acts {
            true => Ok(self),
            false => Err(TooFar { ever: true }),
        }
    }

    /// Nothing is known but whether anything is left to be done.
    pub fn unknown(reached: bool) -> Outlook {
        Outlook {
            at_least: u32::from(!reached),
            about: u32::from(!reached),
            helpful: Arc::new([]),
        }
    }
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
    ) -> Result<Outlook, TooFar> {
        let known = self.problems.iter().position(|known| known.fits(aim));
        let place = known.unwrap_or_else(|| {
            let sources = self
                .sources
                .get_or_insert_with(|| Arc::new(Sources::of(world)));
            let key = AimKey::of(aim);
            let network = Compiler::network(world, sources, &store.numbers, &key);
            self.problems.push(Problem::new(key, network));
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
