//! Ground conditions and terms, and what they mean in a valuation.
//!
//! Conditions are negation-normal trees: negation has been pushed into the comparisons, where it
//! has a meaning of its own for unknown values. They are evaluated directly, never multiplied out.

use crate::fault::Fault;
use crate::format::{Comparator, Operator};
use crate::ids::{CharacterId, FluentId};
use crate::value::{Datum, Numbers, Value};

/// A fluent as read in nested minds, outermost first; no mind stands next to itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reading {
    /// The minds; none for what is true.
    pub chain: Box<[CharacterId]>,
    /// The fluent.
    pub fluent: FluentId,
}

/// Something that has a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// Always the same.
    Constant(Value),
    /// A fluent's value.
    Fluent(Reading),
    /// Computed from numbers; unknown where one of them is.
    Arithmetic(Operator, Box<(Term, Term)>),
    /// The term of the first branch whose condition holds, or else the last one.
    Choice(Box<[(Condition, Term)]>, Box<Term>),
}

/// Two terms compared. Truth values are compared by `==` only: a boolean fluent is one of these
/// with True or False on the right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Atom {
    /// How.
    pub comparator: Comparator,
    /// What.
    pub left: Term,
    /// With what; the constant, if there is one.
    pub right: Term,
}

/// A formula in negation normal form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// Always.
    True,
    /// Never.
    False,
    /// A comparison.
    Atom(Box<Atom>),
    /// All of two or more.
    And(Box<[Condition]>),
    /// Any of two or more.
    Or(Box<[Condition]>),
    /// Something about the worlds that a mind takes to be possible. Only in worlds where minds may
    /// hold several: with one for each, a condition is about fluents read along chains of minds.
    In(Box<Within>),
}

/// What is said of the worlds of a mind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Within {
    /// Whose.
    pub mind: CharacterId,
    /// Of all of them (it believes so), or of any of them (it takes that to be possible)?
    pub all: bool,
    /// What, read in each.
    pub condition: Condition,
}

/// Why something has no truth or value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Snag {
    /// A number divided by zero.
    DivisionByZero,
    /// Arithmetic beyond the finite numbers, which are all that text can say.
    NotANumber,
    /// A mind that takes several worlds to be possible, where one was expected.
    PossibleWorlds,
    /// An effect that gives this fluent two values at once.
    Contradiction(FluentId),
}

impl Snag {
    /// The fault to report.
    pub fn fault(self) -> Fault {
        Fault::new(match self {
            Snag::DivisionByZero => "division-by-zero",
            Snag::NotANumber => "not-a-number",
            Snag::PossibleWorlds => "possible-worlds",
            Snag::Contradiction(_) => "contradictory-effect",
        })
    }
}

/// Where fluents have values: a state, or the beginning while it is being made.
pub trait Valuation {
    /// The value of a fluent in nested minds.
    fn value(&self, chain: &[CharacterId], fluent: FluentId) -> Result<Value, Snag>;
    /// The value of a fluent in one mind.
    #[inline]
    fn value_in(&self, mind: CharacterId, fluent: FluentId) -> Result<Value, Snag> {
        self.value(&[mind], fluent)
    }
    /// Is something so of the worlds of a mind? Only states that are kept can say.
    fn within(&self, _within: &Within) -> Result<bool, Snag> {
        Err(Snag::PossibleWorlds)
    }
    /// The numbers that values refer to.
    fn numbers(&self) -> &Numbers;
}

impl Comparator {
    /// What holds when this does not (among known values of one kind).
    #[must_use]
    pub fn negated(self) -> Comparator {
        match self {
            Comparator::Equal => Comparator::Unequal,
            Comparator::Unequal => Comparator::Equal,
            Comparator::AtLeast => Comparator::Less,
            Comparator::Less => Comparator::AtLeast,
            Comparator::AtMost => Comparator::More,
            Comparator::More => Comparator::AtMost,
        }
    }

    /// The same comparison with its sides exchanged.
    #[must_use]
    pub fn mirrored(self) -> Comparator {
        match self {
            Comparator::Equal | Comparator::Unequal => self,
            Comparator::AtLeast => Comparator::AtMost,
            Comparator::AtMost => Comparator::AtLeast,
            Comparator::More => Comparator::Less,
            Comparator::Less => Comparator::More,
        }
    }

    /// Unknown is a value of its own; only numbers have an order, and for everything else `>=` and
    /// `<=` are `==`.
    #[inline]
    pub fn holds(self, left: Datum, right: Datum) -> bool {
        match (self, left, right) {
            (Comparator::Equal, _, _) => left == right,
            (Comparator::Unequal, _, _) => left != right,
            (Comparator::AtLeast, Datum::Number(l), Datum::Number(r)) => l >= r,
            (Comparator::AtMost, Datum::Number(l), Datum::Number(r)) => l <= r,
            (Comparator::More, Datum::Number(l), Datum::Number(r)) => l > r,
            (Comparator::Less, Datum::Number(l), Datum::Number(r)) => l < r,
            (Comparator::AtLeast | Comparator::AtMost, _, _) => left == right,
            (Comparator::More | Comparator::Less, _, _) => false,
        }
    }
}

impl Comparator {
    /// Does it hold between two terms in a valuation?
    #[inline]
    pub fn compares(
        self,
        left: &Term,
        right: &Term,
        valuation: &impl Valuation,
    ) -> Result<bool, Snag> {
        if let (Term::Fluent(reading), Term::Constant(right)) = (left, right) {
            let left = valuation.value(&reading.chain, reading.fluent)?;
            return Ok(match self {
                Comparator::Equal => left == *right,
                Comparator::Unequal => left != *right,
                _ => {
                    let numbers = valuation.numbers();
                    self.holds(numbers.datum(left), numbers.datum(*right))
                }
            });
        }
        Ok(self.holds(left.evaluate(valuation)?, right.evaluate(valuation)?))
    }
}

impl Operator {
    /// Unknown with an unknown operand, and where an operand is no number.
    pub fn apply(self, left: Datum, right: Datum) -> Result<Datum, Snag> {
        let (Datum::Number(left), Datum::Number(right)) = (left, right) else {
            return Ok(Datum::Unknown);
        };
        let result = match self {
            Operator::Multiply => left * right,
            Operator::Divide if right == 0.0 => return Err(Snag::DivisionByZero),
            Operator::Divide => left / right,
            Operator::Add => left + right,
            Operator::Subtract => left - right,
        };
        if !result.is_finite() {
            return Err(Snag::NotANumber);
        }
        Ok(Datum::Number(result + 0.0))
    }
}

impl Term {
    /// The value in a valuation.
    pub fn evaluate(&self, valuation: &impl Valuation) -> Result<Datum, Snag> {
        match self {
            Term::Constant(value) => Ok(valuation.numbers().datum(*value)),
            Term::Fluent(reading) => Ok(valuation
                .numbers()
                .datum(valuation.value(&reading.chain, reading.fluent)?)),
            Term::Arithmetic(operator, operands) => operator.apply(
                operands.0.evaluate(valuation)?,
                operands.1.evaluate(valuation)?,
            ),
            Term::Choice(branches, otherwise) => {
                for (condition, term) in branches {
                    if condition.holds(valuation)? {
                        return term.evaluate(valuation);
                    }
                }
                otherwise.evaluate(valuation)
            }
        }
    }

    /// Gives every reading in it.
    pub fn readings<'t>(&'t self, found: &mut dyn FnMut(&'t Reading)) {
        match self {
            Term::Constant(_) => {}
            Term::Fluent(reading) => found(reading),
            Term::Arithmetic(_, operands) => {
                operands.0.readings(found);
                operands.1.readings(found);
            }
            Term::Choice(branches, otherwise) => {
                for (condition, term) in branches {
                    condition.readings(found);
                    term.readings(found);
                }
                otherwise.readings(found);
            }
        }
    }

    /// Does it read nobody's mind?
    pub fn is_flat(&self) -> bool {
        match self {
            Term::Constant(_) => true,
            Term::Fluent(reading) => reading.chain.is_empty(),
            Term::Arithmetic(_, operands) => operands.0.is_flat() && operands.1.is_flat(),
            Term::Choice(branches, otherwise) => {
                let flat =
                    |(condition, term): &(Condition, Term)| condition.is_flat() && term.is_flat();
                otherwise.is_flat() && branches.iter().all(flat)
            }
        }
    }

    /// May its arithmetic have no result?
    pub fn may_fail(&self) -> bool {
        match self {
            Term::Constant(_) | Term::Fluent(_) => false,
            Term::Arithmetic(..) => true,
            Term::Choice(branches, otherwise) => {
                let fails =
                    |(condition, term): &(Condition, Term)| condition.may_fail() || term.may_fail();
                otherwise.may_fail() || branches.iter().any(fails)
            }
        }
    }

    /// The fluent, if the term is nothing else.
    pub fn as_fluent(&self) -> Option<&Reading> {
        match self {
            Term::Fluent(reading) => Some(reading),
            _ => None,
        }
    }

    /// The constant, if the term is one.
    pub fn as_constant(&self) -> Option<Value> {
        match self {
            Term::Constant(value) => Some(*value),
            _ => None,
        }
    }
}

impl Atom {
    /// The truth in a valuation.
    #[inline]
    pub fn holds(&self, valuation: &impl Valuation) -> Result<bool, Snag> {
        self.comparator.compares(&self.left, &self.right, valuation)
    }
}

impl Condition {
    /// The truth in a valuation; parts are looked at from left to right until it is decided.
    pub fn holds(&self, valuation: &impl Valuation) -> Result<bool, Snag> {
        match self {
            Condition::True => Ok(true),
            Condition::False => Ok(false),
            Condition::Atom(atom) => atom.holds(valuation),
            Condition::And(parts) => {
                for part in parts {
                    if !part.holds(valuation)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Condition::Or(parts) => {
                for part in parts {
                    if part.holds(valuation)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Condition::In(within) => valuation.within(within),
        }
    }

    /// Gives every reading in it; those in a mind's worlds as they are read there.
    pub fn readings<'t>(&'t self, found: &mut dyn FnMut(&'t Reading)) {
        match self {
            Condition::True | Condition::False => {}
            Condition::And(parts) | Condition::Or(parts) => {
                for part in parts {
                    part.readings(found);
                }
            }
            Condition::In(within) => within.condition.readings(found),
            Condition::Atom(atom) => {
                atom.left.readings(found);
                atom.right.readings(found);
            }
        }
    }

    /// Does it read nobody's mind?
    pub fn is_flat(&self) -> bool {
        match self {
            Condition::True | Condition::False => true,
            Condition::And(parts) | Condition::Or(parts) => parts.iter().all(Condition::is_flat),
            Condition::Atom(atom) => atom.left.is_flat() && atom.right.is_flat(),
            Condition::In(_) => false,
        }
    }

    /// May arithmetic in it have no result?
    pub fn may_fail(&self) -> bool {
        match self {
            Condition::In(within) => within.condition.may_fail(),
            Condition::True | Condition::False => false,
            Condition::And(parts) | Condition::Or(parts) => parts.iter().any(Condition::may_fail),
            Condition::Atom(atom) => atom.left.may_fail() || atom.right.may_fail(),
        }
    }

    /// The negation, pushed to the atoms. (Not what holds whenever this does not: of an unknown
    /// number both `n > 3` and its negation fail.)
    #[must_use]
    pub fn negated(&self) -> Condition {
        match self {
            Condition::True => Condition::False,
            Condition::False => Condition::True,
            Condition::And(parts) => Condition::any(parts.iter().map(Condition::negated)),
            Condition::Or(parts) => Condition::all(parts.iter().map(Condition::negated)),
            Condition::Atom(atom) => {
                let Atom {
                    comparator,
                    left,
                    right,
                } = atom.as_ref().clone();
                let (comparator, right) = match right {
                    Term::Constant(truth)
                        if truth.is_boolean() && comparator == Comparator::Equal =>
                    {
                        (
                            comparator,
                            Term::Constant(Value::boolean(truth == Value::FALSE)),
                        )
                    }
                    _ => (comparator.negated(), right),
                };
                Condition::Atom(Box::new(Atom {
                    comparator,
                    left,
                    right,
                }))
            }
            Condition::In(within) => {
                let condition = within.condition.negated();
                Condition::along(&[within.mind], !within.all, condition)
            }
        }
    }

    /// It holds in all worlds (or any) of nested minds, outermost first.
    #[must_use]
    pub fn along(chain: &[CharacterId], all: bool, condition: Condition) -> Condition {
        chain
            .iter()
            .rev()
            .fold(condition, |condition, &mind| match condition {
                Condition::True | Condition::False => condition,
                condition => Condition::In(Box::new(Within {
                    mind,
                    all,
                    condition,
                })),
            })
    }

    /// A truth value.
    pub fn constant(value: bool) -> Condition {
        if value {
            Condition::True
        } else {
            Condition::False
        }
    }

    /// All of them, simplified.
    pub fn all(parts: impl IntoIterator<Item = Condition>) -> Condition {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Condition::True => {}
                Condition::False => return Condition::False,
                Condition::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => Condition::True,
            1 => flat.swap_remove(0),
            _ => Condition::And(flat.into()),
        }
    }

    /// Any of them, simplified.
    pub fn any(parts: impl IntoIterator<Item = Condition>) -> Condition {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Condition::False => {}
                Condition::True => return Condition::True,
                Condition::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => Condition::False,
            1 => flat.swap_remove(0),
            _ => Condition::Or(flat.into()),
        }
    }

    /// A comparison, decided where it can be, with its constant on the right.
    pub fn compare(comparator: Comparator, left: Term, right: Term, numbers: &Numbers) -> Self {
        match (&left, &right) {
            (Term::Constant(l), Term::Constant(r)) => {
                Condition::constant(comparator.holds(numbers.datum(*l), numbers.datum(*r)))
            }
            (Term::Fluent(l), Term::Fluent(r)) if l == r => Condition::constant(matches!(
                comparator,
                Comparator::Equal | Comparator::AtLeast | Comparator::AtMost
            )),
            (Term::Constant(_), _) => Condition::Atom(Box::new(Atom {
                comparator: comparator.mirrored(),
                left: right,
                right: left,
            })),
            _ => Condition::Atom(Box::new(Atom {
                comparator,
                left,
                right,
            })),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: Datum = Datum::Number(3.0);

    #[test]
    fn unknown_is_a_value_of_its_own() {
        use Comparator::*;
        let truths = |left, right| {
            [Equal, Unequal, AtLeast, AtMost, More, Less].map(|c| c.holds(left, right))
        };
        let (no, yes) = (false, true);
        assert_eq!(
            truths(Datum::Unknown, KNOWN),
            [no, yes, no, no, no, no],
            "a test and its negation both fail"
        );
        assert_eq!(
            truths(Datum::Unknown, Datum::Unknown),
            [yes, no, yes, yes, no, no]
        );
        let thing = Datum::Entity(crate::ids::EntityId(0));
        let other = Datum::Entity(crate::ids::EntityId(1));
        assert_eq!(truths(thing, thing), [yes, no, yes, yes, no, no]);
        assert_eq!(truths(thing, other), [no, yes, no, no, no, no]);
        assert_eq!(
            truths(KNOWN, Datum::Number(2.0)),
            [no, yes, yes, no, yes, no]
        );
    }

    #[test]
    fn arithmetic_is_exact_about_what_it_cannot_do() {
        let zero = Datum::Number(0.0);
        assert_eq!(
            Operator::Divide.apply(KNOWN, zero),
            Err(Snag::DivisionByZero)
        );
        assert_eq!(
            Operator::Divide.apply(Datum::Unknown, zero),
            Ok(Datum::Unknown)
        );
        assert_eq!(
            Operator::Subtract.apply(KNOWN, KNOWN),
            Ok(Datum::Number(0.0))
        );
        let huge = Datum::Number(f64::MAX);
        assert_eq!(Operator::Add.apply(huge, huge), Err(Snag::NotANumber));
    }
}
