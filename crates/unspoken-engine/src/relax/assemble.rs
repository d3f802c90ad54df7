//! The gates of a problem, once there are all of them, put together as a network to run.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::ids::FluentId;
use crate::relax::amounts::Measure;
use crate::relax::compile::{Compiler, Draft};
use crate::relax::goal::Goal;
use crate::relax::network::{
    FALSE, FIRST_NAMED, Gate, Kind, Level, NEVER, NO_ACT, Network, OTHER, Place, Reader, Rows,
    Seed, TRUE, UNKNOWN,
};
use crate::value::Value;

/// Who reads what, by number of it.
type Readers = Vec<Vec<Reader>>;

impl Compiler<'_> {
    pub(super) fn assembled(self, passed: Gate, goal: Measure, apart: u32) -> Network {
        let gates = self.gates.len();
        let goal = Goal::of(goal);
        let (mut gate_readers, place_readers) = self.readers(&goal);
        let mut place_assignments = vec![Vec::new(); self.places.len()];
        for (number, assignment) in (0..).zip(&self.assignments) {
            gate_readers[assignment.gate as usize].push(Reader::Assignment(number));
            place_assignments[assignment.place as usize].push(number);
        }
        let (mut any_before, mut act_before) = (vec![Vec::new(); gates], vec![Vec::new(); gates]);
        for (number, gate) in (0..).zip(&self.gates) {
            for &after in &gate.now {
                if self.gates[after as usize].kind == Some(Kind::Any) {
                    any_before[after as usize].push(number);
                }
            }
            for &after in &gate.later {
                act_before[after as usize].push(number);
            }
        }
        let is_plain = |(gate, readers): (&Draft, &Vec<Reader>)| {
            gate.act.is_none() && gate.later.is_empty() && readers.is_empty()
        };
        let rows = |of: fn(&Draft) -> &Vec<u32>| {
            let rows: Vec<Vec<u32>> = self.gates.iter().map(|gate| of(gate).clone()).collect();
            Rows::of(&rows)
        };
        let kinds: Vec<Kind> = self
            .gates
            .iter()
            .map(|gate| gate.kind.expect("every gate has a kind"))
            .collect();
        let mut levels: BTreeMap<Level, Vec<Place>> = BTreeMap::new();
        for (place, spot) in (0..).zip(&self.places) {
            levels.entry(spot.level).or_default().push(place);
        }
        let Seeds {
            seeds,
            slots,
            values,
        } = self.seeds();
        Network {
            wanting: self
                .gates
                .iter()
                .zip(&kinds)
                .map(|(gate, kind)| match kind {
                    Kind::All => u32::try_from(gate.before.len()).expect("few parts"),
                    _ => 1,
                })
                .collect(),
            kinds,
            before: rows(|gate| &gate.before),
            any_before: Rows::of(&any_before),
            act_before: Rows::of(&act_before),
            now: rows(|gate| &gate.now),
            later: rows(|gate| &gate.later),
            acts: self
                .gates
                .iter()
                .map(|gate| gate.act.map_or(NO_ACT, |act| act.0))
                .collect(),
            plain: self.gates.iter().zip(&gate_readers).map(is_plain).collect(),
            gate_readers: Rows::of(&gate_readers),
            place_readers: Rows::of(&place_readers),
            place_assignments: Rows::of(&place_assignments),
            events: self.world.events.len(),
            tests: self.tests,
            assignments: self.assignments,
            seeds,
            levels: levels.into_iter().collect(),
            slots,
            values,
            passed: (passed != NEVER).then_some(passed),
            goal,
            apart,
        }
    }

    /// The tests and the parts of the goal that read each gate, and each place.
    fn readers(&self, goal: &Goal) -> (Readers, Readers) {
        let mut by_gate = vec![Vec::new(); self.gates.len()];
        let mut by_place = vec![Vec::new(); self.places.len()];
        let tests = (0..).map(Reader::Test).zip(&self.tests);
        let tests = tests.map(|(reader, test)| (reader, vec![&test.left, &test.right]));
        let parts = (0..).map(Reader::Part).zip(&goal.parts);
        let parts = parts.map(|(reader, (part, _))| (reader, vec![part]));
        let (mut places, mut gates) = (Vec::new(), Vec::new());
        for (reader, measures) in tests.chain(parts) {
            for measure in measures {
                measure.reads(&mut places, &mut gates);
            }
            for (read, by) in [(&mut places, &mut by_place), (&mut gates, &mut by_gate)] {
                for one in read.drain(..) {
                    let row: &mut Vec<Reader> = &mut by[one as usize];
                    if row.last() != Some(&reader) {
                        row.push(reader);
                    }
                }
            }
        }
        (by_gate, by_place)
    }

    fn seeds(&self) -> Seeds {
        let mut found = Seeds::default();
        let mut values_of: FxHashMap<FluentId, (u32, u32)> = FxHashMap::default();
        for spot in &self.places {
            let values = &mut found.values;
            let (start, length) = *values_of.entry(spot.head).or_insert_with(|| {
                let named = self.kin.named(spot.head).iter().map(|value| value.bits());
                let length = named.max().map_or(3, |most| most + 1);
                let start = values.len();
                values.resize(start + length as usize, OTHER);
                for (slot, value) in [
                    (UNKNOWN, Value::UNKNOWN),
                    (FALSE, Value::FALSE),
                    (TRUE, Value::TRUE),
                ] {
                    values[start + value.bits() as usize] = slot;
                }
                for (slot, value) in (FIRST_NAMED..).zip(self.kin.named(spot.head)) {
                    values[start + value.bits() as usize] = slot;
                }
                (u32::try_from(start).expect("few values"), length)
            });
            found.seeds.push(Seed {
                fluent: spot.fluent,
                slots: u32::try_from(found.slots.len()).expect("few values"),
                values: start,
                named: length,
            });
            found.slots.extend_from_slice(&spot.slots);
        }
        found
    }
}

/// As in [`Network`].
#[derive(Default)]
struct Seeds {
    seeds: Vec<Seed>,
    slots: Vec<Gate>,
    values: Vec<u32>,
}
