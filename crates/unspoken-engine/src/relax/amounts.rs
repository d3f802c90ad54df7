//! What a term may come to, where only what fluents may be is known: numbers as intervals.
//!
//! Receives nothing of worlds: places and gates are numbers given by `network`. Every answer errs
//! to the side of *possible*.

use crate::format::{Comparator, Operator};
use crate::relax::network::{Gate, NEVER, Place};

/// All numbers from `low` to `high`; none where `low` is the greater.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    pub const NONE: Interval = Interval {
        low: f64::INFINITY,
        high: f64::NEG_INFINITY,
    };
    const ALL: Interval = Interval {
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
    };

    pub fn one(number: f64) -> Interval {
        Interval {
            low: number,
            high: number,
        }
    }

    pub fn is_none(self) -> bool {
        self.low > self.high
    }

    pub fn join(self, other: Interval) -> Interval {
        Interval {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
        }
    }

    /// The bound that matters to somebody who wants more, or less.
    pub fn end(self, up: bool) -> f64 {
        if up { self.high } else { self.low }
    }

    /// Rounding is monotone, so what the ends come to bounds what anything between comes to.
    fn apply(operator: Operator, left: Interval, right: Interval) -> Interval {
        if left.is_none() || right.is_none() {
            return Interval::NONE;
        }
        let corners = |of: fn(f64, f64) -> f64| {
            let mut all = Interval::NONE;
            for l in [left.low, left.high] {
                for r in [right.low, right.high] {
                    all = all.join(Interval::one(of(l, r)));
                }
            }
            all
        };
        match operator {
            Operator::Add => Interval {
                low: left.low + right.low,
                high: left.high + right.high,
            },
            Operator::Subtract => Interval {
                low: left.low - right.high,
                high: left.high - right.low,
            },
            // An infinite end stands for finite numbers without bound, so zero times it is zero.
            Operator::Multiply => corners(|l, r| if l == 0.0 || r == 0.0 { 0.0 } else { l * r }),
            Operator::Divide if right.low <= 0.0 && right.high >= 0.0 => Interval::ALL,
            Operator::Divide => corners(|l, r| {
                let quotient = l / r;
                if quotient.is_nan() { 0.0 } else { quotient }
            }),
        }
    }
}

/// What a term may come to: numbers, unknown, or something else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Amount {
    pub number: Interval,
    pub unknown: bool,
    pub other: bool,
}

impl Amount {
    pub const NOTHING: Amount = Amount {
        number: Interval::NONE,
        unknown: false,
        other: false,
    };

    pub fn number(number: f64) -> Amount {
        Amount {
            number: Interval::one(number),
            ..Amount::NOTHING
        }
    }

    fn join(self, with: Amount) -> Amount {
        Amount {
            number: self.number.join(with.number),
            unknown: self.unknown || with.unknown,
            other: self.other || with.other,
        }
    }

    fn kinds(self) -> [bool; 3] {
        [!self.number.is_none(), self.unknown, self.other]
    }

    /// May the comparison hold (or, `denied`, fail)?
    pub fn may(self, comparator: Comparator, denied: bool, right: Amount) -> bool {
        let left = self;
        let (l, r) = (left.number, right.number);
        let [some_left, unknown_left, other_left] = left.kinds();
        let [some_right, unknown_right, other_right] = right.kinds();
        let numbers = some_left && some_right;
        let (strange_left, strange_right) =
            (unknown_left || other_left, unknown_right || other_right);
        let not_numbers =
            strange_left && (some_right || strange_right) || some_left && strange_right;
        let same = unknown_left && unknown_right || other_left && other_right;
        let different = some_left && strange_right
            || unknown_left && (some_right || other_right)
            || other_left && (some_right || unknown_right || other_right);
        let single = l.low == l.high && l == r;
        match (comparator, denied) {
            (Comparator::Equal, false) | (Comparator::Unequal, true) => {
                numbers && l.low <= r.high && r.low <= l.high || same
            }
            (Comparator::Unequal, false) | (Comparator::Equal, true) => {
                numbers && !single || different
            }
            (Comparator::AtLeast, false) => numbers && l.high >= r.low || same,
            (Comparator::AtMost, false) => numbers && l.low <= r.high || same,
            (Comparator::More, false) => numbers && l.high > r.low,
            (Comparator::Less, false) => numbers && l.low < r.high,
            (Comparator::AtLeast, true) => numbers && l.low < r.high || different,
            (Comparator::AtMost, true) => numbers && l.high > r.low || different,
            (Comparator::More, true) => numbers && l.low <= r.high || not_numbers,
            (Comparator::Less, true) => numbers && l.high >= r.low || not_numbers,
        }
    }
}

/// A term over places.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Measure {
    Constant(Amount),
    Place {
        place: Place,
        /// May it be unknown, may it be anything else but a number?
        unknown: Gate,
        other: Gate,
    },
    Arithmetic(Operator, Box<(Measure, Measure)>),
    /// One of these, each behind the gate that says when it may be that one.
    Choice(Box<[(Gate, Measure)]>),
}

/// What may be the case at some time.
pub(super) trait Sight {
    fn open(&self, gate: Gate) -> bool;
    fn interval(&self, place: Place) -> Interval;
}

impl Measure {
    pub fn amount(&self, sight: &impl Sight) -> Amount {
        match self {
            Measure::Constant(amount) => *amount,
            Measure::Place {
                place,
                unknown,
                other,
            } => Amount {
                number: sight.interval(*place),
                unknown: *unknown != NEVER && sight.open(*unknown),
                other: *other != NEVER && sight.open(*other),
            },
            Measure::Arithmetic(operator, operands) => {
                let left = operands.0.amount(sight);
                let right = operands.1.amount(sight);
                let unsure = left.unknown || left.other || right.unknown || right.other;
                Amount {
                    number: Interval::apply(*operator, left.number, right.number),
                    unknown: unsure,
                    other: false,
                }
            }
            Measure::Choice(alternatives) => {
                let mut amount = Amount::NOTHING;
                for (gate, measure) in alternatives {
                    if sight.open(*gate) {
                        amount = amount.join(measure.amount(sight));
                    }
                }
                amount
            }
        }
    }

    /// The upper or lower end of the number that it may come to; not a number where it comes to
    /// none.
    pub fn end(&self, up: bool, sight: &impl Sight) -> f64 {
        let of = |number: Interval| match number.is_none() {
            true => f64::NAN,
            false => number.end(up),
        };
        match self {
            Measure::Constant(amount) => of(amount.number),
            Measure::Place { place, .. } => of(sight.interval(*place)),
            Measure::Arithmetic(Operator::Add, operands) => {
                operands.0.end(up, sight) + operands.1.end(up, sight)
            }
            Measure::Arithmetic(Operator::Subtract, operands) => {
                operands.0.end(up, sight) - operands.1.end(!up, sight)
            }
            Measure::Arithmetic(..) => of(self.amount(sight).number),
            Measure::Choice(alternatives) => {
                let mut end = f64::NAN;
                for (gate, measure) in alternatives {
                    if sight.open(*gate) {
                        let other = measure.end(up, sight);
                        end = if up { end.max(other) } else { end.min(other) };
                    }
                }
                end
            }
        }
    }

    /// What it never goes beyond, upwards or downwards, whatever is the case.
    pub fn bound(&self, up: bool) -> f64 {
        let far = |up: bool| {
            if up { f64::INFINITY } else { f64::NEG_INFINITY }
        };
        match self {
            Measure::Constant(amount) if amount.number.is_none() => far(!up),
            Measure::Constant(amount) => amount.number.end(up),
            Measure::Arithmetic(Operator::Add, operands) => {
                operands.0.bound(up) + operands.1.bound(up)
            }
            Measure::Arithmetic(Operator::Subtract, operands) => {
                operands.0.bound(up) - operands.1.bound(!up)
            }
            Measure::Place { .. } | Measure::Arithmetic(..) => far(up),
            Measure::Choice(alternatives) => {
                let bounds = alternatives.iter().map(|(_, measure)| measure.bound(up));
                if up {
                    bounds.fold(far(false), f64::max)
                } else {
                    bounds.fold(far(true), f64::min)
                }
            }
        }
    }

    /// Is it a number whatever is the case?
    pub fn is_sure(&self) -> bool {
        match self {
            Measure::Constant(amount) => !amount.number.is_none(),
            Measure::Place { .. } => false,
            Measure::Arithmetic(_, operands) => operands.0.is_sure() && operands.1.is_sure(),
            Measure::Choice(alternatives) => alternatives.iter().all(|(_, one)| one.is_sure()),
        }
    }

    /// Every place and every gate that the amount depends on.
    pub fn reads(&self, places: &mut Vec<Place>, gates: &mut Vec<Gate>) {
        match self {
            Measure::Constant(_) => {}
            Measure::Place {
                place,
                unknown,
                other,
            } => {
                places.push(*place);
                gates.extend([*unknown, *other].iter().filter(|gate| **gate != NEVER));
            }
            Measure::Arithmetic(_, operands) => {
                operands.0.reads(places, gates);
                operands.1.reads(places, gates);
            }
            Measure::Choice(alternatives) => {
                for (gate, measure) in alternatives {
                    gates.push(*gate);
                    measure.reads(places, gates);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Datum;

    /// Whatever operands are in the intervals, the result is; and what comparisons of members say
    /// is said to be possible.
    #[test]
    fn intervals_contain_what_their_members_come_to() {
        let points = [-3.0, -1.0, -0.5, 0.0, 0.1, 1.0, 2.0, 7.0];
        let intervals: Vec<Interval> = points
            .iter()
            .flat_map(|&low| points.iter().map(move |&high| Interval { low, high }))
            .chain([Interval::ALL])
            .chain(points.iter().map(|&low| Interval {
                low,
                high: f64::INFINITY,
            }))
            .filter(|interval| !interval.is_none())
            .collect();
        let inside = |interval: Interval| {
            let far = [1e9, -1e9];
            let all = points.into_iter().chain(far);
            all.filter(move |&x| interval.low <= x && x <= interval.high)
        };
        let operators = [
            Operator::Add,
            Operator::Subtract,
            Operator::Multiply,
            Operator::Divide,
        ];
        for &left in &intervals {
            for &right in &intervals {
                for l in inside(left) {
                    for r in inside(right) {
                        for operator in operators {
                            let result = operator.apply(Datum::Number(l), Datum::Number(r));
                            let Ok(Datum::Number(result)) = result else {
                                continue;
                            };
                            let bounds = Interval::apply(operator, left, right);
                            assert!(
                                bounds.low <= result && result <= bounds.high,
                                "{l} {operator:?} {r} = {result} not in {bounds:?}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn what_holds_of_members_may_hold() {
        use crate::ids::EntityId;
        let datums = [
            Datum::Number(1.0),
            Datum::Number(2.0),
            Datum::Unknown,
            Datum::Entity(EntityId(0)),
            Datum::Entity(EntityId(1)),
        ];
        let amount = |set: u32| {
            let mut amount = Amount::NOTHING;
            for (place, datum) in datums.iter().enumerate() {
                if set & (1 << place) != 0 {
                    amount = amount.join(match datum {
                        Datum::Number(number) => Amount::number(*number),
                        Datum::Unknown => Amount {
                            unknown: true,
                            ..Amount::NOTHING
                        },
                        _ => Amount {
                            other: true,
                            ..Amount::NOTHING
                        },
                    });
                }
            }
            amount
        };
        use Comparator::*;
        for comparator in [Equal, Unequal, AtLeast, AtMost, More, Less] {
            for left in 1..1 << datums.len() {
                for right in 1..1 << datums.len() {
                    let mut may = [false, false];
                    for (i, &l) in datums.iter().enumerate() {
                        for (j, &r) in datums.iter().enumerate() {
                            if left & (1 << i) != 0 && right & (1 << j) != 0 {
                                may[usize::from(!comparator.holds(l, r))] = true;
                            }
                        }
                    }
                    for denied in [false, true] {
                        let said = amount(left).may(comparator, denied, amount(right));
                        // One entity is not told from another here: then anything is possible.
                        let exact = (left | right) & 0b11000 == 0;
                        assert!(
                            said >= may[usize::from(denied)],
                            "{left:b} {comparator:?} {right:b} {denied}"
                        );
                        if exact {
                            assert_eq!(said, may[usize::from(denied)], "{left:b} {right:b}");
                        }
                    }
                }
            }
        }
    }
}
