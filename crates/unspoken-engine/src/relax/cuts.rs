//! A better bound than the first layer: acts that cannot all be left out, set after set.
//!
//! A *cut* is a set of acts one of which every relaxed plan has. Cuts without an act in common cost
//! an act each; so, after each cut, its acts cost nothing any more, and how many layers the aim is
//! then away still counts. The bound is the number of cuts plus those layers, whichever cut it is
//! the highest after. (LM-cut: Helmert and Domshlak 2009.)
//!
//! A cut is found backwards from the aim through what is still wanting when free acts alone have
//! been done: of a gate that wants all, the one that was last to open; of one that wants any, all;
//! of a number or a test, everything that it may move by. None of these can be the first to open
//! but by an act that has not been free: those acts are the cut.

use crate::format::Operator;
use crate::ids::EventId;
use crate::relax::amounts::Measure;
use crate::relax::layers::{Layers, Looking};
use crate::relax::network::{Gate, Kind, Network, Place};
use crate::relax::plan::{Past, Target};

/// Scratch space for cuts.
#[derive(Clone, Debug, Default)]
pub(super) struct Cutter {
    /// The cut for which a gate or place was last found wanting.
    gates: Vec<u32>,
    places: Vec<u32>,
    run: u32,
    waiting: Vec<Gate>,
    moving: Vec<Place>,
    /// Gates of effects that lead into what is wanting.
    crossing: Vec<Gate>,
    acts: Vec<EventId>,
}

impl Cutter {
    /// The acts of a cut, if there is one, all of them not free. The layers are a run with the acts
    /// that are free, which did not reach the aim at once.
    pub fn cut(&mut self, network: &Network, layers: &Layers, aim: Looking<'_>) -> &[EventId] {
        self.run += 1;
        self.gates.resize(network.kinds.len(), 0);
        self.places.resize(network.seeds.len(), 0);
        self.crossing.clear();
        let passed = network
            .passed
            .filter(|gate| layers.layer[*gate as usize] > 0);
        match (passed, aim.mark) {
            (Some(passed), _) => self.want(layers, passed),
            (None, Some(mark)) => self.want_amount(layers, &network.goal.measure, Target::of(mark)),
            (None, None) => {}
        }
        loop {
            if let Some(gate) = self.waiting.pop() {
                self.wanting(network, layers, aim, gate);
            } else if let Some(place) = self.moving.pop() {
                self.unmoved(network, layers, aim, place);
            } else {
                break;
            }
        }
        self.acts.clear();
        for &gate in &self.crossing {
            // What is wanting itself comes too late.
            if self.gates[gate as usize] != self.run {
                self.acts.extend(network.act(gate));
            }
        }
        &self.acts
    }

    fn want(&mut self, layers: &Layers, gate: Gate) {
        if layers.layer[gate as usize] > 0 && self.gates[gate as usize] != self.run {
            self.gates[gate as usize] = self.run;
            self.waiting.push(gate);
        }
    }

    fn want_moved(&mut self, place: Place) {
        if self.places[place as usize] != self.run {
            self.places[place as usize] = self.run;
            self.moving.push(place);
        }
    }

    fn want_any(&mut self, layers: &Layers, measure: &Measure) {
        let (mut places, mut gates) = (Vec::new(), Vec::new());
        measure.reads(&mut places, &mut gates);
        for gate in gates {
            self.want(layers, gate);
        }
        for place in places {
            self.want_moved(place);
        }
    }

    fn wanting(&mut self, network: &Network, layers: &Layers, aim: Looking<'_>, gate: Gate) {
        match network.kinds[gate as usize] {
            Kind::All => {
                // Or will be the last, as far as it has come.
                let before = network.before.row(gate).iter();
                let last = before.max_by_key(|gate| layers.layer[**gate as usize]);
                self.want(layers, *last.expect("it wants two or more"));
            }
            Kind::Any => {
                for &before in network.any_before.row(gate) {
                    let act = network.act(before);
                    if act.is_none_or(|act| !aim.is_banned(act.0)) {
                        self.want(layers, before);
                    }
                }
                for &before in network.act_before.row(gate) {
                    self.want_act(network, layers, aim, before);
                }
            }
            Kind::Number(place) => self.want_moved(place),
            Kind::Test(test) => {
                let test = &network.tests[test as usize];
                self.want_any(layers, &test.left);
                self.want_any(layers, &test.right);
            }
        }
    }

    fn want_act(&mut self, network: &Network, layers: &Layers, aim: Looking<'_>, gate: Gate) {
        let act = network.act(gate).expect("only acts take time");
        if aim.is_banned(act.0) {
        } else if aim.is_free(act.0) {
            self.want(layers, gate);
        } else {
            self.crossing.push(gate);
        }
    }

    fn unmoved(&mut self, network: &Network, layers: &Layers, aim: Looking<'_>, place: Place) {
        for &number in network.place_assignments.row(place) {
            let assignment = &network.assignments[number as usize];
            let act = network.act(assignment.gate);
            if act.is_some_and(|act| aim.is_banned(act.0)) {
                continue;
            }
            let free = act.is_none_or(|act| aim.is_free(act.0));
            if assignment.later && !free {
                self.crossing.push(assignment.gate);
            } else if layers.layer[assignment.gate as usize] > 0 {
                self.want(layers, assignment.gate);
            } else {
                self.want_any(layers, &assignment.measure);
            }
        }
    }

    /// Of a sum that is to be high: a part that the rest cannot do without, if there is one.
    fn want_amount(&mut self, layers: &Layers, measure: &Measure, target: Target) {
        match measure {
            Measure::Constant(_) => {}
            Measure::Place { .. } => self.want_any(layers, measure),
            Measure::Arithmetic(operator @ (Operator::Add | Operator::Subtract), operands) => {
                let minus = *operator == Operator::Subtract;
                let (left, right) = (&operands.0, &operands.1);
                let (up, other) = (target.up, target.up != minus);
                let sum = |left: f64, right: f64| if minus { left - right } else { left + right };
                let start = Past::at(layers, 0);
                let now = [left.end(up, &start), right.end(other, &start)];
                let most = [left.bound(up), right.bound(other)];
                if !target.met(sum(most[0], now[1])) {
                    let mark = if minus {
                        most[0] - target.mark
                    } else {
                        target.mark - most[0]
                    };
                    let target = Target {
                        up: other,
                        mark,
                        ..target
                    };
                    self.want_amount(layers, right, target);
                } else if !target.met(sum(now[0], most[1])) {
                    let mark = if minus {
                        target.mark + most[1]
                    } else {
                        target.mark - most[1]
                    };
                    self.want_amount(layers, left, Target { mark, ..target });
                } else {
                    self.want_any(layers, measure);
                }
            }
            Measure::Arithmetic(..) => self.want_any(layers, measure),
            Measure::Choice(alternatives) => {
                for (gate, measure) in alternatives {
                    if !target.met(measure.bound(target.up)) {
                        continue;
                    }
                    if layers.layer[*gate as usize] > 0 {
                        self.want(layers, *gate);
                    } else {
                        self.want_amount(layers, measure, target);
                    }
                }
            }
        }
    }
}
