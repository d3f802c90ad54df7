//! The utility as a sum of parts, so that what has not moved need not be worked out again.

use crate::format::Operator;
use crate::relax::amounts::Measure;

/// How high the utility may be.
#[derive(Clone, Debug)]
pub(super) struct Goal {
    pub measure: Measure,
    /// What is added and subtracted, and which end of it counts.
    pub parts: Vec<(Measure, bool)>,
    /// How: each step puts the next part on a stack, or takes two off it for what they come to.
    steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Part,
    Add,
    Subtract,
}

impl Goal {
    pub fn of(measure: Measure) -> Goal {
        let mut goal = Goal {
            measure: measure.clone(),
            parts: Vec::new(),
            steps: Vec::new(),
        };
        goal.take(measure, true);
        goal
    }

    fn take(&mut self, measure: Measure, up: bool) {
        let step = match &measure {
            Measure::Arithmetic(Operator::Add, _) => Step::Add,
            Measure::Arithmetic(Operator::Subtract, _) => Step::Subtract,
            _ => Step::Part,
        };
        match measure {
            Measure::Arithmetic(_, operands) if !matches!(step, Step::Part) => {
                let other = matches!(step, Step::Add) == up;
                self.take(operands.0, up);
                self.take(operands.1, other);
            }
            part => self.parts.push((part, up)),
        }
        self.steps.push(step);
    }

    /// The upper end, where the parts have these ends.
    pub fn height(&self, ends: &[f64], stack: &mut Vec<f64>) -> f64 {
        let mut ends = ends.iter();
        stack.clear();
        for step in &self.steps {
            let next = match step {
                Step::Part => *ends.next().expect("an end for each part"),
                Step::Add | Step::Subtract => {
                    let right = stack.pop().expect("two operands");
                    let left = stack.pop().expect("two operands");
                    match step {
                        Step::Subtract => left - right,
                        _ => left + right,
                    }
                }
            };
            stack.push(next);
        }
        stack.pop().expect("what all comes to")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relax::amounts::{Interval, Sight};
    use crate::relax::network::{Gate, NEVER, Place};

    /// Places with intervals of their own.
    struct Seen;

    impl Sight for Seen {
        fn open(&self, _: Gate) -> bool {
            true
        }

        fn interval(&self, place: Place) -> Interval {
            [(1.0, 20.0), (300.0, 4000.0), (5e4, 6e5), (7e6, 8e7)]
                .map(|(low, high)| Interval { low, high })[place as usize]
        }
    }

    /// Each part adds the end that makes for the upper end of the whole.
    #[test]
    fn parts_come_to_what_the_whole_comes_to() {
        let place = |place| Measure::Place {
            place,
            unknown: NEVER,
            other: NEVER,
        };
        let of = |operator, left, right| Measure::Arithmetic(operator, Box::new((left, right)));
        let (add, minus) = (Operator::Add, Operator::Subtract);
        let times = of(Operator::Multiply, place(0), place(1));
        for (whole, height) in [
            (of(minus, place(3), place(1)), 8e7 - 300.0),
            (
                of(minus, place(3), of(minus, place(2), place(1))),
                8e7 - 5e4 + 4000.0,
            ),
            (
                of(
                    minus,
                    of(add, place(3), place(0)),
                    of(add, place(1), place(2)),
                ),
                8e7 + 20.0 - 300.0 - 5e4,
            ),
            (of(minus, place(3), times), 8e7 - 300.0),
        ] {
            assert_eq!(whole.end(true, &Seen), height);
            let goal = Goal::of(whole);
            let parts = goal.parts.iter();
            let ends: Vec<f64> = parts.map(|(part, up)| part.end(*up, &Seen)).collect();
            assert_eq!(goal.height(&ends, &mut Vec::new()), height);
        }
    }
}
