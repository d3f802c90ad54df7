//! What can be said of an expression before it is ground: the sort of its values, and what is
//! certain of it while some variables are not yet filled.

use crate::fault::Fault;
use crate::format::{Expression, Quantity, Term as LiftedTerm};
use crate::ground::fluents::{constant, ranging};
use crate::ground::grounder::{Bindings, Grounder, malformed};
use crate::value::Value;

/// What sort of values an expression has. Unlike sorts are never equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// True or False, never unknown.
    Boolean,
    /// Numbers or unknown.
    Number,
    /// Things or unknown.
    Thing,
    /// Nothing but unknown.
    Unknown,
    /// Several of these, in the branches of a conditional.
    Mixed,
}

/// The sort of a property's values.
pub fn range_kind(range: usize) -> Kind {
    match range {
        0 => Kind::Boolean,
        1 => Kind::Number,
        _ => Kind::Thing,
    }
}

impl Grounder<'_> {
    /// What sort of values an expression has.
    pub fn kind(&self, expression: &Expression, bindings: &Bindings) -> Result<Kind, Fault> {
        Ok(match expression {
            Expression::Unknown => Kind::Unknown,
            Expression::Term(LiftedTerm::Variable(slot)) => match bindings.get(*slot) {
                Some(value) if value.is_boolean() => Kind::Boolean,
                _ => Kind::Thing,
            },
            Expression::Term(LiftedTerm::Constant(fixed)) => match fixed {
                crate::format::Constant::Entity(_) => Kind::Thing,
                crate::format::Constant::Boolean(_) => Kind::Boolean,
                crate::format::Constant::Number(_) => Kind::Number,
            },
            Expression::Fluent { property, .. } => {
                let declared = self
                    .world
                    .properties
                    .get(*property)
                    .ok_or_else(|| malformed(format!("there is no property {property}")))?;
                range_kind(declared.range)
            }
            Expression::Believes(_, inner) => self.kind(inner, bindings)?,
            Expression::Arithmetic(..)
            | Expression::Quantifier {
                quantity: Quantity::Sum | Quantity::Product,
                ..
            } => Kind::Number,
            Expression::If(branches, otherwise) => {
                let mut found = None;
                let missing =
                    Expression::Term(LiftedTerm::Constant(crate::format::Constant::Boolean(true)));
                let last = otherwise.as_deref().unwrap_or(&missing);
                for value in branches.iter().map(|(_, value)| value).chain([last]) {
                    found = Some(match (found, self.kind(value, bindings)?) {
                        (None, kind) => kind,
                        (Some(old), kind) if old == kind => kind,
                        (Some(Kind::Unknown), kind @ (Kind::Number | Kind::Thing)) => kind,
                        (Some(kind @ (Kind::Number | Kind::Thing)), Kind::Unknown) => kind,
                        _ => Kind::Mixed,
                    });
                }
                found.expect("a conditional has a last branch")
            }
            _ => Kind::Boolean,
        })
    }

    /// What is already certain of a condition while some variables are not yet filled.
    pub fn decided(&mut self, expression: &Expression, bindings: &mut Bindings) -> Option<bool> {
        match expression {
            Expression::And(parts) | Expression::Or(parts) => {
                let deciding = matches!(expression, Expression::Or(_));
                let mut open = false;
                for part in parts {
                    match self.decided(part, bindings) {
                        Some(truth) if truth == deciding => return Some(deciding),
                        Some(_) => {}
                        None => open = true,
                    }
                }
                (!open).then_some(!deciding)
            }
            Expression::Not(inner) => self.decided(inner, bindings).map(|truth| !truth),
            Expression::Believes(_, inner) => self.decided(inner, bindings),
            Expression::Compare(comparator, left, right) => {
                let left = self.certain(left, bindings)?;
                let right = self.certain(right, bindings)?;
                Some(comparator.holds(self.numbers.datum(left), self.numbers.datum(right)))
            }
            Expression::Is(inner, over) if *over > 1 => {
                let value = self.certain(inner, bindings)?;
                Some(ranging(self.world, *over).ok()?.contains(&value))
            }
            Expression::Term(_) | Expression::Fluent { .. } => self
                .certain(expression, bindings)
                .filter(|value| value.is_boolean())
                .map(|value| value == Value::TRUE),
            _ => None,
        }
    }

    /// A value that is certain already.
    pub fn certain(&mut self, expression: &Expression, bindings: &Bindings) -> Option<Value> {
        match expression {
            Expression::Term(LiftedTerm::Variable(slot)) => bindings.get(*slot),
            Expression::Term(LiftedTerm::Constant(fixed)) => constant(*fixed, self.numbers).ok(),
            Expression::Unknown => Some(Value::UNKNOWN),
            Expression::Fluent {
                property,
                arguments,
                ..
            } => {
                let arguments = arguments
                    .iter()
                    .map(|argument| match argument {
                        LiftedTerm::Variable(slot) => bindings.get(*slot),
                        LiftedTerm::Constant(fixed) => constant(*fixed, self.numbers).ok(),
                    })
                    .collect::<Option<Vec<_>>>()?;
                let fluent = self.fluents.find(*property, &arguments)?;
                self.fluents.constant(fluent)
            }
            Expression::Believes(_, inner) => self.certain(inner, bindings),
            _ => None,
        }
    }
}
