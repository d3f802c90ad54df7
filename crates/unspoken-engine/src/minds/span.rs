//! What atoms say while a number is anywhere in a span; and the first number, from one end, with
//! which they hold.
//!
//! A surprised mind moves whole numbers no farther than it must (`surprise`), and nothing says that
//! what must hold holds from some number on. So spans are judged: where an atom fails throughout, no
//! number in the span will do, and where all hold throughout, its first does; else each half is
//! judged, the nearer first. Rounded arithmetic is monotone, so the ends of spans bound every value
//! in between, and the answer is that of trying one number after the other. Where the number is read
//! once on one side of each comparison, or at most with the same effect, few spans need to be
//! judged; where it is read several times and cancels out (`x - x`), nearly every number may be.

use crate::format::{Comparator, Operator};
use crate::ground::{Atom, Reading, Snag, Term};
use crate::value::{Datum, Numbers};

/// What a term comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Span {
    /// Nothing: it makes no sense.
    Nonsense,
    Is(Datum),
    /// A number, not below the first and not above the second.
    Between(f64, f64),
    /// That remains to be seen.
    Open,
}

impl From<Result<Datum, Snag>> for Span {
    fn from(found: Result<Datum, Snag>) -> Span {
        found.map_or(Span::Nonsense, Span::Is)
    }
}

impl Span {
    /// Its ends, if it is sure to be a number.
    fn ends(self) -> Option<(f64, f64)> {
        match self {
            Span::Is(Datum::Number(number)) => Some((number, number)),
            Span::Between(low, high) => Some((low, high)),
            _ => None,
        }
    }

    fn apply(self, operator: Operator, right: Span) -> Span {
        match (self, right) {
            (Span::Nonsense, _) | (_, Span::Nonsense) => Span::Nonsense,
            (Span::Is(left), Span::Is(right)) => operator.apply(left, right).into(),
            (Span::Open, _) | (_, Span::Open) => Span::Open,
            _ => match (self.ends(), right.ends()) {
                (Some(left), Some(right)) => calculate(operator, left, right),
                _ => Span::Is(Datum::Unknown), // one is no number
            },
        }
    }
}

fn calculate(operator: Operator, left: (f64, f64), right: (f64, f64)) -> Span {
    if operator == Operator::Divide && right.0 <= 0.0 && right.1 >= 0.0 {
        return Span::Open;
    }
    let corners = [
        (left.0, right.0),
        (left.0, right.1),
        (left.1, right.0),
        (left.1, right.1),
    ];
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for (left, right) in corners {
        match operator.apply(Datum::Number(left), Datum::Number(right)) {
            Ok(Datum::Number(corner)) => (low, high) = (low.min(corner), high.max(corner)),
            _ => return Span::Open,
        }
    }
    Span::Between(low, high)
}

/// Does an atom without conditionals hold of whatever is read? None: of some, or of none. Not, if
/// it makes no sense.
pub(super) fn holds(
    atom: &Atom,
    numbers: &Numbers,
    read: &dyn Fn(&Reading) -> Span,
) -> Option<bool> {
    let left = amount(&atom.left, numbers, read);
    let right = amount(&atom.right, numbers, read);
    match (left, right) {
        (Span::Nonsense, _) | (_, Span::Nonsense) => Some(false),
        (Span::Open, _) | (_, Span::Open) => None,
        (Span::Is(left), Span::Is(right)) => Some(atom.comparator.holds(left, right)),
        (Span::Between(number, _), Span::Is(other)) if right.ends().is_none() => {
            Some(atom.comparator.holds(Datum::Number(number), other))
        }
        (Span::Is(other), Span::Between(number, _)) if left.ends().is_none() => {
            Some(atom.comparator.holds(other, Datum::Number(number)))
        }
        _ => compare(atom.comparator, left.ends()?, right.ends()?),
    }
}

fn compare(comparator: Comparator, left: (f64, f64), right: (f64, f64)) -> Option<bool> {
    let apart = left.1 < right.0 || right.1 < left.0;
    match comparator {
        Comparator::Equal => apart.then_some(false),
        Comparator::Unequal => apart.then_some(true),
        Comparator::Less if left.1 < right.0 => Some(true),
        Comparator::Less if left.0 >= right.1 => Some(false),
        Comparator::AtMost if left.1 <= right.0 => Some(true),
        Comparator::AtMost if left.0 > right.1 => Some(false),
        Comparator::Less | Comparator::AtMost => None,
        Comparator::More | Comparator::AtLeast => compare(comparator.mirrored(), right, left),
    }
}

/// What a term without conditionals comes to.
fn amount(term: &Term, numbers: &Numbers, read: &dyn Fn(&Reading) -> Span) -> Span {
    match term {
        Term::Constant(value) => Span::Is(numbers.datum(*value)),
        Term::Fluent(reading) => read(reading),
        Term::Arithmetic(operator, operands) => {
            amount(&operands.0, numbers, read).apply(*operator, amount(&operands.1, numbers, read))
        }
        Term::Choice(..) => unreachable!("the branches have been chosen"),
    }
}

/// Beyond this, not every whole number is a 64-bit float.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Spans that are judged at most: as many as it takes to try all numbers up to a million, above 0
/// and below.
const MOST: u32 = 1 << 22;

/// The first whole number between two numbers, from the first on, with which everything holds, as
/// `judged` says of the numbers in a span: of all that it does, of none, or (None) of some or none.
/// None, if there is none, or it is not found in so many spans.
pub(super) fn first_between(
    from: f64,
    to: f64,
    judged: impl Fn(Span) -> Option<bool>,
) -> Option<f64> {
    if from.abs() > EXACT || to.abs() > EXACT {
        return None;
    }
    let up = to > from;
    let (low, high) = match up {
        true => (from.floor() + 1.0, to.ceil() - 1.0),
        false => (to.floor() + 1.0, from.ceil() - 1.0),
    };
    let mut waiting = vec![(low, high)];
    for _ in 0..MOST {
        let (low, high) = waiting.pop()?;
        let span = match low < high {
            true => Span::Between(low, high),
            false if low > high => continue,
            false => Span::Is(Datum::Number(low)),
        };
        match judged(span) {
            Some(false) => {}
            Some(true) => return Some(if up { low } else { high }),
            None => {
                let middle = low + ((high - low) / 2.0).floor();
                let halves = [(low, middle), (middle + 1.0, high)];
                waiting.extend(if up { [halves[1], halves[0]] } else { halves });
            }
        }
    }
    None
}

#[cfg(test)]
#[path = "span_tests.rs"]
mod tests;
