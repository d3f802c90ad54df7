//! A relaxed plan, read backwards off the layers: what made it so, and what made that so.
//!
//! For every gate that is wanted, what opened it first; for every number that is wanted, the first
//! growth that is enough; of a sum, the part that is enough by itself the earliest, else both.

use crate::format::{Comparator, Operator};
use crate::ids::EventId;
use crate::relax::Threshold;
use crate::relax::amounts::{Interval, Measure, Sight};
use crate::relax::layers::{CLOSED, Layers, NOBODY};
use crate::relax::network::{Gate, Kind, NEVER, Network, Place};

/// Scratch space for relaxed plans.
#[derive(Clone, Debug, Default)]
pub(super) struct Planner {
    /// The run in which a gate, or a growth (for its high or low end), was last wanted.
    gates: Vec<u32>,
    growths: Vec<[u32; 2]>,
    run: u32,
    waiting: Vec<Gate>,
    /// Acts, each with the layer that it is done from.
    steps: Vec<(u32, EventId)>,
}

/// What is wanted of a number: this high (or low, unless `up`), or beyond.
#[derive(Clone, Copy)]
pub(super) struct Target {
    pub up: bool,
    pub mark: f64,
    pub beyond: bool,
}

impl Target {
    /// To reach a mark.
    pub fn of(mark: Threshold) -> Target {
        let (mark, beyond) = match mark {
            Threshold::Above(mark) => (mark, true),
            Threshold::AtLeast(mark) => (mark, false),
        };
        Target {
            up: true,
            mark,
            beyond,
        }
    }

    pub fn met(self, end: f64) -> bool {
        match (self.up, self.beyond) {
            (true, false) => end >= self.mark,
            (true, true) => end > self.mark,
            (false, false) => end <= self.mark,
            (false, true) => end < self.mark,
        }
    }
}

/// The layers as they were at some time.
#[derive(Clone, Copy)]
pub(super) struct Past<'l> {
    layers: &'l Layers,
    layer: u32,
    /// Growths before this one.
    until: u32,
}

impl<'l> Past<'l> {
    pub fn at(layers: &'l Layers, layer: u32) -> Past<'l> {
        let end = || u32::try_from(layers.growths.len()).expect("fewer than 2^32 growths");
        let until = layers.starts.get(layer as usize + 1).copied();
        Past {
            layers,
            layer,
            until: until.unwrap_or_else(end),
        }
    }

    /// The growths of a place until then, latest first.
    fn growths(self, place: Place) -> impl Iterator<Item = u32> {
        let mut next = self.layers.latest[place as usize];
        std::iter::from_fn(move || {
            while next != NOBODY {
                let number = next;
                next = self.layers.growths[number as usize].before;
                if number < self.until {
                    return Some(number);
                }
            }
            None
        })
    }
}

impl Sight for Past<'_> {
    fn open(&self, gate: Gate) -> bool {
        self.layers.layer[gate as usize] <= self.layer
    }

    fn interval(&self, place: Place) -> Interval {
        let latest = self.growths(place).next();
        latest.map_or(Interval::NONE, |number| {
            self.layers.growths[number as usize].interval
        })
    }
}

/// A sum (or difference) that is wanted.
#[derive(Clone, Copy)]
struct Sum<'m> {
    left: &'m Measure,
    right: &'m Measure,
    minus: bool,
}

impl Sum<'_> {
    /// The upper or lower end; not a number, which meets nothing, if one of them is none.
    fn end(self, up: bool, left: Past<'_>, right: Past<'_>) -> f64 {
        let (left, right) = (self.left.end(up, &left), self.right(up, right));
        self.of(left, right)
    }

    /// The end of the right side that makes for that end of the whole.
    fn right(self, up: bool, right: Past<'_>) -> f64 {
        self.right.end(up != self.minus, &right)
    }

    fn of(self, left: f64, right: f64) -> f64 {
        if self.minus {
            left - right
        } else {
            left + right
        }
    }
}

impl Planner {
    /// How many acts a relaxed plan for the aim has, and those among them that are possible now.
    pub fn plan(
        &mut self,
        network: &Network,
        layers: &Layers,
        mark: Option<Threshold>,
        reached: u32,
    ) -> (u32, Vec<EventId>) {
        self.run += 1;
        self.gates.resize(network.kinds.len(), 0);
        self.growths
            .resize(layers.growths.len().max(self.growths.len()), [0; 2]);
        self.steps.clear();
        if let Some(passed) = network.passed {
            self.want(network, layers, passed);
        }
        if let Some(mark) = mark {
            let past = Past::at(layers, reached);
            self.want_amount(network, &network.goal.measure, Target::of(mark), past);
        }
        while let Some(gate) = self.waiting.pop() {
            self.explain(network, layers, gate);
        }
        self.steps.sort_unstable();
        self.steps.dedup();
        let now = self.steps.iter().take_while(|(layer, _)| *layer == 0);
        let helpful = now.map(|(_, act)| *act).collect();
        let costs = self.steps.iter().map(|(_, act)| 1 + layers.delay(act.0));
        let count = costs.sum();
        (count, helpful)
    }

    fn want(&mut self, network: &Network, layers: &Layers, gate: Gate) {
        if self.gates[gate as usize] == self.run {
            return;
        }
        self.gates[gate as usize] = self.run;
        let layer = layers.layer[gate as usize];
        if let Some(act) = network.act(gate) {
            self.steps.push((layer, act));
        }
        // What is so already wants nothing.
        if layer > 0 && layer != CLOSED {
            self.waiting.push(gate);
        }
    }

    fn explain(&mut self, network: &Network, layers: &Layers, gate: Gate) {
        match network.kinds[gate as usize] {
            Kind::All => {
                for &before in network.before.row(gate) {
                    self.want(network, layers, before);
                }
            }
            Kind::Any => {
                let by = layers.by[gate as usize];
                if by != NEVER {
                    self.want(network, layers, by);
                }
            }
            Kind::Number(place) => {
                let past = Past::at(layers, layers.layer[gate as usize]);
                if let Some(first) = past.growths(place).last() {
                    let mark = layers.growths[first as usize].interval.high;
                    let target = Target {
                        up: true,
                        mark,
                        beyond: false,
                    };
                    self.want_growth(network, layers, first, target);
                }
            }
            Kind::Test(test) => {
                let past = Past::at(layers, layers.layer[gate as usize]);
                self.want_test(network, test, past);
            }
        }
    }

    fn want_test(&mut self, network: &Network, test: u32, past: Past<'_>) {
        let test = &network.tests[test as usize];
        let sum = Sum {
            left: &test.left,
            right: &test.right,
            minus: true,
        };
        let comparator = if test.denied {
            test.comparator.negated()
        } else {
            test.comparator
        };
        let (up, beyond) = match comparator {
            Comparator::AtLeast => (true, false),
            Comparator::More => (true, true),
            Comparator::AtMost => (false, false),
            Comparator::Less => (false, true),
            Comparator::Equal => {
                let start = Past::at(past.layers, 0);
                (sum.end(true, start, start) < 0.0, false)
            }
            Comparator::Unequal => {
                // Any difference will do.
                let start = Past::at(past.layers, 0);
                let up = sum.end(true, past, past) > sum.end(true, start, start);
                (up, true)
            }
        };
        let target = Target {
            up,
            mark: 0.0,
            beyond,
        };
        if target.met(sum.end(up, past, past)) {
            self.want_sum(network, sum, target, past);
        } else {
            self.want_all(network, &test.left, past);
            self.want_all(network, &test.right, past);
        }
    }

    fn want_amount(
        &mut self,
        network: &Network,
        measure: &Measure,
        target: Target,
        past: Past<'_>,
    ) {
        match measure {
            Measure::Arithmetic(operator @ (Operator::Add | Operator::Subtract), operands) => {
                let sum = Sum {
                    left: &operands.0,
                    right: &operands.1,
                    minus: *operator == Operator::Subtract,
                };
                self.want_sum(network, sum, target, past);
            }
            _ if target.met(measure.end(target.up, &Past::at(past.layers, 0))) => {}
            Measure::Constant(_) => {}
            Measure::Place { place, .. } => {
                let enough = |number: &u32| {
                    let growth = &past.layers.growths[*number as usize];
                    target.met(growth.interval.end(target.up))
                };
                let mut growths = past.growths(*place).peekable();
                let latest = growths.peek().copied();
                if let Some(number) = growths.take_while(enough).last().or(latest) {
                    self.want_growth(network, past.layers, number, target);
                }
            }
            Measure::Arithmetic(..) => self.want_all(network, measure, past),
            Measure::Choice(alternatives) => {
                let enough = |(gate, measure): &&(Gate, Measure)| {
                    past.open(*gate) && target.met(measure.end(target.up, &past))
                };
                let first = |(gate, _): &&(Gate, Measure)| past.layers.layer[*gate as usize];
                if let Some((gate, measure)) = alternatives.iter().filter(enough).min_by_key(first)
                {
                    self.want(network, past.layers, *gate);
                    self.want_amount(network, measure, target, past);
                }
            }
        }
    }

    /// Of a sum whichever side is enough by itself first, or else both.
    fn want_sum(&mut self, network: &Network, sum: Sum<'_>, target: Target, past: Past<'_>) {
        let up = target.up;
        let start = Past::at(past.layers, 0);
        let (left_at_first, right_at_first) = (sum.left.end(up, &start), sum.right(up, start));
        if target.met(sum.of(left_at_first, right_at_first)) {
            return;
        }
        let (mut left, mut right) = (true, true);
        for layer in 1..=past.layer {
            let then = Past::at(past.layers, layer);
            if target.met(sum.of(sum.left.end(up, &then), right_at_first)) {
                right = false;
                break;
            }
            if target.met(sum.of(left_at_first, sum.right(up, then))) {
                left = false;
                break;
            }
        }
        let end = |measure: &Measure, up: bool, moved: bool| {
            measure.end(up, if moved { &past } else { &start })
        };
        let other = if sum.minus { !up } else { up };
        if left {
            let beside = end(sum.right, other, right);
            let mark = if sum.minus {
                target.mark + beside
            } else {
                target.mark - beside
            };
            self.want_amount(network, sum.left, Target { mark, ..target }, past);
        }
        if right {
            let beside = end(sum.left, up, left);
            let mark = if sum.minus {
                beside - target.mark
            } else {
                target.mark - beside
            };
            let target = Target {
                up: other,
                mark,
                ..target
            };
            self.want_amount(network, sum.right, target, past);
        }
    }

    /// Everything that a measure has come to until then.
    fn want_all(&mut self, network: &Network, measure: &Measure, past: Past<'_>) {
        let (mut places, mut gates) = (Vec::new(), Vec::new());
        measure.reads(&mut places, &mut gates);
        for gate in gates {
            if past.layers.layer[gate as usize] == past.layer {
                self.want(network, past.layers, gate);
            }
        }
        for place in places {
            if let Some(latest) = past.growths(place).next() {
                for up in [true, false] {
                    let interval = past.layers.growths[latest as usize].interval;
                    let target = Target {
                        up,
                        mark: interval.end(up),
                        beyond: false,
                    };
                    let measure = Measure::Place {
                        place,
                        unknown: NEVER,
                        other: NEVER,
                    };
                    self.want_amount(network, &measure, target, past);
                }
            }
        }
    }

    fn want_growth(&mut self, network: &Network, layers: &Layers, number: u32, target: Target) {
        let wanted = &mut self.growths[number as usize][usize::from(target.up)];
        if *wanted == self.run {
            return;
        }
        *wanted = self.run;
        let growth = layers.growths[number as usize];
        if growth.by == NOBODY {
            return;
        }
        let assignment = &network.assignments[growth.by as usize];
        let past = if assignment.later {
            let layer = growth.layer - 1;
            if let Some(act) = network.act(assignment.gate) {
                self.steps.push((layer, act));
            }
            Past::at(layers, layer)
        } else {
            Past {
                layers,
                layer: growth.layer,
                until: number,
            }
        };
        self.want(network, layers, assignment.gate);
        self.want_amount(network, &assignment.measure, target, past);
    }
}
