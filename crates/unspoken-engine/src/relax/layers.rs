//! Runs a network from a view of a state: layer after layer, what may be the case after so many acts.

use crate::relax::Threshold;
use crate::relax::amounts::{Interval, Sight};
use crate::relax::network::{ALWAYS, Gate, NEVER, NO_ACT, NUMBER, Network, OTHER, Place, Reader};
use crate::relax::view::View;
use crate::value::{Datum, Numbers};

/// Numbers that still grow after so many layers may as well be anything, and so may those that
/// laws still change after so many rounds.
const LAYERS: u32 = 64;
const ROUNDS: u32 = 4;

/// Not open.
pub(super) const CLOSED: u32 = u32::MAX;

/// Nobody made it so: it was so.
pub(super) const NOBODY: u32 = u32::MAX;

/// An interval as it was from some time on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Growth {
    pub interval: Interval,
    pub layer: u32,
    /// By which assignment, or `NOBODY`.
    pub by: u32,
    /// The growth of the same place before, or `NOBODY`.
    pub before: u32,
}

/// Where an aim may be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// On this layer, and on none before.
    At(u32),
    /// On no layer so far.
    Beyond,
    /// On none at all.
    Never,
}

/// What is looked for, and what with.
#[derive(Clone, Copy)]
pub(super) struct Looking<'a> {
    /// Of the utility, if there is one.
    pub mark: Option<Threshold>,
    /// By event: what must not be done, and what counts for nothing. May be shorter.
    pub never: &'a [bool],
    pub free: &'a [bool],
}

impl Looking<'_> {
    #[inline]
    pub fn is_banned(self, act: u32) -> bool {
        self.never.get(act as usize).is_some_and(|never| *never)
    }

    #[inline]
    pub fn is_free(self, act: u32) -> bool {
        self.free.get(act as usize).is_some_and(|free| *free)
    }
}

/// What may be the case, and since when; scratch space for any number of runs.
#[derive(Clone, Debug, Default)]
pub(super) struct Layers {
    /// How many gates are still wanting before each gate.
    wanting: Vec<u32>,
    /// The layer in which each gate opened.
    pub layer: Vec<u32>,
    /// The gate before it that opened it.
    pub by: Vec<Gate>,
    intervals: Vec<Interval>,
    /// The latest growth of each place.
    pub latest: Vec<u32>,
    pub growths: Vec<Growth>,
    /// How many growths there were before each layer.
    pub starts: Vec<u32>,
    now: u32,
    queue: Vec<Gate>,
    next: usize,
    /// Effects that have become possible on this layer.
    coming: Vec<Gate>,
    /// By event, in layers; may be shorter.
    pub delays: Vec<u8>,
    /// Effects of acts that are put off, each with the layer that it becomes possible on.
    put_off: Vec<(u32, Gate)>,
    delivered: Vec<Gate>,
    /// Tests to be made on this layer.
    tests: Vec<u32>,
    looking: Vec<u32>,
    /// Is a test waiting, or was it passed for good?
    test_waits: Vec<bool>,
    /// The ends of the goal's parts, and how high it is; which parts may have moved.
    ends: Vec<f64>,
    height: f64,
    stirred: Vec<u32>,
    stack: Vec<f64>,
    /// May the aim be reached as it was not before?
    goal_waits: bool,
    /// Assignments whose effects are possible.
    at_once: Vec<u32>,
    in_time: Vec<u32>,
    /// The layer on which an assignment, or one like it, last counted for the next.
    counted: Vec<u32>,
    grown: Vec<(u32, Interval)>,
    moved: bool,
}

impl Sight for Layers {
    #[inline]
    fn open(&self, gate: Gate) -> bool {
        self.layer[gate as usize] != CLOSED
    }

    #[inline]
    fn interval(&self, place: Place) -> Interval {
        self.intervals[place as usize]
    }
}

impl Layers {
    /// The first layer at which the aim may be reached, looked for within so many acts.
    pub fn reach(
        &mut self,
        network: &Network,
        view: &View,
        numbers: &Numbers,
        aim: Looking<'_>,
        within: u32,
    ) -> Reach {
        self.clear(network);
        self.open_gate(ALWAYS, NEVER);
        self.seed(network, view, numbers);
        self.go_on(network, aim, within)
    }

    /// The same, on from where the layers have come to.
    pub fn go_on(&mut self, network: &Network, aim: Looking<'_>, within: u32) -> Reach {
        let Some(passed) = network.passed else {
            return Reach::Never;
        };
        loop {
            if self.settle(network, aim, passed) {
                return Reach::At(self.now);
            }
            if self.now >= within {
                return Reach::Beyond;
            }
            if !self.act(network) {
                return Reach::Never;
            }
        }
    }

    pub fn delay(&self, act: u32) -> u32 {
        self.delays.get(act as usize).copied().unwrap_or(0).into()
    }

    fn clear(&mut self, network: &Network) {
        let gates = network.kinds.len();
        self.wanting.clear();
        self.wanting.extend_from_slice(&network.wanting);
        self.layer.clear();
        self.layer.resize(gates, CLOSED);
        self.by.resize(gates, NEVER);
        self.intervals.clear();
        self.intervals.resize(network.seeds.len(), Interval::NONE);
        self.latest.clear();
        self.latest.resize(network.seeds.len(), NOBODY);
        self.growths.clear();
        self.starts.clear();
        self.starts.push(0);
        self.now = 0;
        self.queue.clear();
        self.next = 0;
        self.coming.clear();
        self.put_off.clear();
        self.tests.clear();
        self.test_waits.clear();
        self.test_waits.resize(network.tests.len(), false);
        let parts = network.goal.parts.len();
        self.ends.clear();
        self.ends.resize(parts, f64::NAN);
        self.height = f64::NAN;
        self.stirred.clear();
        self.stirred.extend((0..).take(parts));
        self.goal_waits = true;
        self.counted.clear();
        self.counted.resize(network.assignments.len(), CLOSED);
        self.at_once.clear();
        self.in_time.clear();
        self.moved = false;
    }

    #[inline]
    fn open_gate(&mut self, gate: Gate, by: Gate) {
        if self.layer[gate as usize] == CLOSED {
            self.layer[gate as usize] = self.now;
            self.by[gate as usize] = by;
            self.queue.push(gate);
        }
    }

    #[inline]
    fn count_down(&mut self, gate: Gate, by: Gate) {
        let wanting = &mut self.wanting[gate as usize];
        if *wanting > 0 {
            *wanting -= 1;
            if *wanting == 0 {
                self.open_gate(gate, by);
            }
        }
    }

    // The state.

    fn seed(&mut self, network: &Network, view: &View, numbers: &Numbers) {
        view.each(network, |place, value| {
            let seed = &network.seeds[place as usize];
            let slot = if value.is_number() {
                if let Datum::Number(number) = numbers.datum(value) {
                    self.grow(network, place, Interval::one(number), NOBODY);
                }
                NUMBER
            } else if value.bits() < seed.named {
                network.values[(seed.values + value.bits()) as usize]
            } else {
                OTHER
            };
            let gate = network.slots[(seed.slots + slot) as usize];
            if gate != NEVER {
                self.open_gate(gate, NEVER);
            }
        });
    }

    // One layer.

    /// Opens all that needs no act. True, and not all perhaps, if the aim may be reached.
    fn settle(&mut self, network: &Network, aim: Looking<'_>, passed: Gate) -> bool {
        let mut rounds = 0;
        loop {
            if self.goal_waits {
                self.goal_waits = false;
                if self.is_reached(network, aim, passed) {
                    return true;
                }
            }
            if let Some(&gate) = self.queue.get(self.next) {
                self.next += 1;
                self.pass(network, gate, aim, passed);
            } else if !self.tests.is_empty() {
                self.look(network);
            } else if !self.at_once.is_empty() && self.moved {
                self.moved = false;
                rounds += 1;
                self.calculate(network, rounds > ROUNDS);
            } else {
                self.queue.clear();
                self.next = 0;
                return false; // or it would have been found out
            }
        }
    }

    fn is_reached(&mut self, network: &Network, aim: Looking<'_>, passed: Gate) -> bool {
        let mut moved = false;
        while let Some(part) = self.stirred.pop() {
            let (measure, up) = &network.goal.parts[part as usize];
            let end = measure.end(*up, self);
            moved |= self.ends[part as usize] != end;
            self.ends[part as usize] = end;
        }
        if moved {
            self.height = network.goal.height(&self.ends, &mut self.stack);
        }
        self.open(passed) && aim.mark.is_none_or(|mark| mark.reached(self.height))
    }

    fn stir(&mut self, part: u32) {
        self.goal_waits = true;
        self.stirred.push(part);
    }

    /// What follows from an open gate.
    #[inline]
    fn pass(&mut self, network: &Network, gate: Gate, aim: Looking<'_>, passed: Gate) {
        let act = network.acts[gate as usize];
        let mut free = false;
        if act != NO_ACT {
            if aim.is_banned(act) {
                return;
            }
            free = aim.is_free(act);
        }
        self.goal_waits |= gate == passed;
        self.moved = true;
        for &after in network.now.row(gate) {
            self.count_down(after, gate);
        }
        if network.plain[gate as usize] {
            return;
        }
        let later = network.later.row(gate);
        if free {
            for &after in later {
                self.count_down(after, gate);
            }
        } else if !later.is_empty() {
            match self.delay(act) {
                0 => self.coming.push(gate),
                delay => self.put_off.push((self.now + 1 + delay, gate)),
            }
        }
        for &reader in network.gate_readers.row(gate) {
            match reader {
                Reader::Test(test) => self.ask(test),
                Reader::Part(part) => self.stir(part),
                Reader::Assignment(number) => {
                    if network.assignments[number as usize].later && !free {
                        self.in_time.push(number);
                    } else {
                        self.at_once.push(number);
                    }
                }
            }
        }
    }

    fn ask(&mut self, test: u32) {
        if !self.test_waits[test as usize] {
            self.test_waits[test as usize] = true;
            self.tests.push(test);
        }
    }

    fn look(&mut self, network: &Network) {
        std::mem::swap(&mut self.tests, &mut self.looking);
        while let Some(number) = self.looking.pop() {
            let test = &network.tests[number as usize];
            let left = test.left.amount(self);
            if left.may(test.comparator, test.denied, test.right.amount(self)) {
                self.open_gate(test.gate, NEVER); // and need not be asked again
            } else {
                self.test_waits[number as usize] = false;
            }
        }
    }

    // Numbers.

    fn grow(&mut self, network: &Network, place: Place, with: Interval, by: u32) {
        let before = self.intervals[place as usize];
        let joined = before.join(with);
        if with.is_none() || joined == before {
            return;
        }
        self.intervals[place as usize] = joined;
        self.moved = true;
        let number = u32::try_from(self.growths.len()).expect("fewer than 2^32 growths");
        self.growths.push(Growth {
            interval: joined,
            layer: self.now,
            by,
            before: std::mem::replace(&mut self.latest[place as usize], number),
        });
        if before.is_none() {
            let seed = &network.seeds[place as usize];
            let gate = network.slots[(seed.slots + NUMBER) as usize];
            if gate != NEVER {
                self.open_gate(gate, NEVER);
            }
        }
        for &reader in network.place_readers.row(place) {
            match reader {
                Reader::Test(test) => self.ask(test),
                Reader::Part(part) => self.stir(part),
                Reader::Assignment(_) => unreachable!("of these it reads the gates"),
            }
        }
    }

    /// One round of what laws make of numbers; if that goes on for too long, without end.
    fn calculate(&mut self, network: &Network, widen: bool) {
        for at in 0..self.at_once.len() {
            let number = self.at_once[at];
            let assignment = &network.assignments[number as usize];
            let result = assignment.measure.amount(self).number;
            let result = self.widened(assignment.place, result, widen);
            self.grow(network, assignment.place, result, number);
        }
    }

    fn widened(&self, place: Place, mut result: Interval, widen: bool) -> Interval {
        let before = self.intervals[place as usize];
        if widen && !result.is_none() && !before.is_none() {
            if result.low < before.low {
                result.low = f64::NEG_INFINITY;
            }
            if result.high > before.high {
                result.high = f64::INFINITY;
            }
        }
        result
    }

    /// On to the next layer. False if it is the same as this one.
    fn act(&mut self, network: &Network) -> bool {
        std::mem::swap(&mut self.coming, &mut self.delivered);
        self.coming.clear();
        self.grown.clear();
        for at in 0..self.in_time.len() {
            let number = self.in_time[at];
            let assignment = &network.assignments[number as usize];
            let counted = &mut self.counted[assignment.like as usize];
            if *counted == self.now {
                continue;
            }
            *counted = self.now;
            let result = assignment.measure.amount(self).number;
            let result = self.widened(assignment.place, result, self.now >= LAYERS);
            if !result.is_none() {
                self.grown.push((number, result));
            }
        }
        self.now += 1;
        let now = self.now;
        let delivered = &mut self.delivered;
        self.put_off.retain(|&(due, gate)| {
            if due == now {
                delivered.push(gate);
            }
            due > now
        });
        let growths = self.growths.len();
        self.starts
            .push(u32::try_from(growths).expect("fewer than 2^32 growths"));
        for at in 0..self.delivered.len() {
            let gate = self.delivered[at];
            for &after in network.later.row(gate) {
                self.count_down(after, gate);
            }
        }
        for at in 0..self.grown.len() {
            let (number, interval) = self.grown[at];
            let place = network.assignments[number as usize].place;
            self.grow(network, place, interval, number);
        }
        !self.queue.is_empty() || self.growths.len() > growths || !self.put_off.is_empty()
    }
}
