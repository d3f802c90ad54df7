//! From lifted expressions to ground conditions and terms: variables filled, quantifiers expanded,
//! constants folded, negation pushed inwards.

use crate::fault::Fault;
use crate::format::{
    Comparator, Expression, NumberedWorld, Operator, Quantity, Term as LiftedTerm,
};
use crate::ground::fluents::{Fluents, constant, ranging};
use crate::ground::formula::{Condition, Reading, Term};
use crate::ground::kinds::Kind;
use crate::ids::{CharacterId, FluentId};
use crate::value::{Datum, Numbers, Value};

/// Values of the variables of one definition, by slot.
#[derive(Clone, Debug, Default)]
pub struct Bindings(Vec<Option<Value>>);

impl Bindings {
    /// Fills a variable.
    pub fn bind(&mut self, slot: usize, value: Option<Value>) {
        if self.0.len() <= slot {
            self.0.resize(slot + 1, None);
        }
        self.0[slot] = value;
    }

    /// The value of a variable.
    pub fn get(&self, slot: usize) -> Option<Value> {
        self.0.get(slot).copied().flatten()
    }
}

/// Grounds the expressions of one world.
pub struct Grounder<'w> {
    /// The lifted world.
    pub world: &'w NumberedWorld,
    /// Its fluents; constants among them are folded.
    pub fluents: &'w Fluents,
    /// The same before any was found to be constant.
    pub unfolded: &'w Fluents,
    /// The numbers met.
    pub numbers: &'w mut Numbers,
    /// May minds hold several worlds? Then what they believe is kept apart from what is believed.
    pub several: bool,
}

/// The fault of a numbered world that makes no sense.
pub(super) fn malformed(reason: impl ToString) -> Fault {
    Fault::new("malformed-world").with("reason", reason)
}

impl Grounder<'_> {
    /// The value of an argument.
    pub fn argument(&mut self, term: LiftedTerm, bindings: &Bindings) -> Result<Value, Fault> {
        match term {
            LiftedTerm::Variable(slot) => bindings
                .get(slot)
                .ok_or_else(|| malformed(format!("the variable in slot {slot} is not bound"))),
            LiftedTerm::Constant(fixed) => constant(fixed, self.numbers),
        }
    }

    /// A character named by a term.
    pub fn character(
        &mut self,
        term: LiftedTerm,
        bindings: &Bindings,
    ) -> Result<CharacterId, Fault> {
        let value = self.argument(term, bindings)?;
        match value.as_entity() {
            Some(entity) if entity.index() < self.world.characters => Ok(CharacterId(entity.0)),
            _ => Err(malformed(format!("{value:?} is not a character"))),
        }
    }

    /// A chain with one more mind at its end.
    pub fn within(
        &mut self,
        minds: &[CharacterId],
        inner: LiftedTerm,
        bindings: &Bindings,
    ) -> Result<Vec<CharacterId>, Fault> {
        let character = self.character(inner, bindings)?;
        let mut chain = minds.to_vec();
        if chain.last() != Some(&character) {
            chain.push(character);
        }
        Ok(chain)
    }

    /// A fluent read in minds, constants not folded.
    pub fn reading(
        &mut self,
        expression: &Expression,
        minds: &[CharacterId],
        bindings: &Bindings,
    ) -> Result<Reading, Fault> {
        match expression {
            Expression::Fluent {
                property,
                arguments,
                minds: inner,
            } => {
                let mut chain = minds.to_vec();
                for &mind in inner {
                    chain = self.within(&chain, mind, bindings)?;
                }
                let fluent = self.fluent(*property, arguments, bindings)?;
                Ok(Reading {
                    chain: chain.into(),
                    fluent,
                })
            }
            Expression::Believes(mind, inner) => {
                let chain = self.within(minds, *mind, bindings)?;
                self.reading(inner, &chain, bindings)
            }
            _ => Err(malformed("a fluent is wanted")),
        }
    }

    fn fluent(
        &mut self,
        property: usize,
        arguments: &[LiftedTerm],
        bindings: &Bindings,
    ) -> Result<FluentId, Fault> {
        let arguments = arguments
            .iter()
            .map(|&argument| self.argument(argument, bindings))
            .collect::<Result<Vec<_>, _>>()?;
        self.fluents
            .find(property, &arguments)
            .ok_or_else(|| malformed(format!("there is no property {property} of {arguments:?}")))
    }

    /// The condition that an expression is, or that its negation is.
    pub fn condition(
        &mut self,
        expression: &Expression,
        positive: bool,
        minds: &[CharacterId],
        bindings: &mut Bindings,
    ) -> Result<Condition, Fault> {
        if self.several && !minds.is_empty() {
            let condition = self.condition(expression, positive, &[], bindings)?;
            return Ok(Condition::along(minds, positive, condition));
        }
        let together = |parts: Vec<Condition>, conjunction: bool| {
            if conjunction == positive {
                Condition::all(parts)
            } else {
                Condition::any(parts)
            }
        };
        match expression {
            Expression::And(parts) | Expression::Or(parts) => {
                let grounded = parts
                    .iter()
                    .map(|part| self.condition(part, positive, minds, bindings))
                    .collect::<Result<Vec<_>, _>>()?;
                Ok(together(grounded, matches!(expression, Expression::And(_))))
            }
            Expression::Not(inner) => self.condition(inner, !positive, minds, bindings),
            Expression::Believes(mind, inner) => {
                let chain = self.within(minds, *mind, bindings)?;
                self.condition(inner, positive, &chain, bindings)
            }
            Expression::Quantifier {
                quantity: quantity @ (Quantity::Forall | Quantity::Exists),
                variable,
                over,
                body,
            } => {
                let mut parts = Vec::new();
                for value in ranging(self.world, *over)? {
                    bindings.bind(*variable, Some(value));
                    parts.push(self.condition(body, positive, minds, bindings)?);
                }
                bindings.bind(*variable, None);
                Ok(together(parts, *quantity == Quantity::Forall))
            }
            Expression::If(branches, otherwise) => {
                self.conditional(branches, otherwise.as_deref(), positive, minds, bindings)
            }
            Expression::Compare(comparator, left, right) => {
                let comparator = if positive {
                    *comparator
                } else {
                    comparator.negated()
                };
                self.comparison(comparator, left, right, minds, bindings)
            }
            Expression::Is(inner, over) => self.type_test(inner, *over, positive, minds, bindings),
            Expression::Term(_) | Expression::Fluent { .. } => {
                if self.kind(expression, bindings)? != Kind::Boolean {
                    return Err(malformed("a truth value is wanted"));
                }
                if let Some((mind, inner)) = self.outermost(expression) {
                    let chain = self.within(minds, mind, bindings)?;
                    return self.condition(&inner, positive, &chain, bindings);
                }
                let term = self.term(expression, minds, bindings)?;
                let wanted = Term::Constant(Value::boolean(positive));
                Ok(Condition::compare(
                    Comparator::Equal,
                    term,
                    wanted,
                    self.numbers,
                ))
            }
            Expression::Unknown
            | Expression::Assign(..)
            | Expression::Arithmetic(..)
            | Expression::Possible(..)
            | Expression::Knows(..)
            | Expression::Quantifier { .. } => Err(malformed("a condition is wanted")),
        }
    }

    /// A fluent read in minds, where several worlds may be in them: whose the outermost is, and
    /// what is read in it.
    fn outermost(&self, expression: &Expression) -> Option<(LiftedTerm, Expression)> {
        match expression {
            Expression::Fluent {
                property,
                arguments,
                minds,
            } if self.several => {
                let (&mind, inner) = minds.split_first()?;
                let inner = Expression::Fluent {
                    property: *property,
                    arguments: arguments.clone(),
                    minds: inner.to_vec(),
                };
                Some((mind, inner))
            }
            _ => None,
        }
    }

    /// The condition that an expression has this truth value. Where it is what somebody believes
    /// and several worlds may be in that mind, that has the value which all of them have, so that
    /// it may be neither.
    pub fn truth(
        &mut self,
        expression: &Expression,
        truth: bool,
        minds: &[CharacterId],
        bindings: &mut Bindings,
    ) -> Result<Condition, Fault> {
        if !self.several {
            return self.condition(expression, truth, minds, bindings);
        }
        if !minds.is_empty() {
            let condition = self.truth(expression, truth, &[], bindings)?;
            return Ok(Condition::along(minds, true, condition));
        }
        if let Some((mind, inner)) = self.outermost(expression) {
            let chain = self.within(minds, mind, bindings)?;
            return self.truth(&inner, truth, &chain, bindings);
        }
        match expression {
            Expression::Believes(mind, inner) => {
                let chain = self.within(minds, *mind, bindings)?;
                self.truth(inner, truth, &chain, bindings)
            }
            _ => self.condition(expression, truth, minds, bindings),
        }
    }

    /// Without `else`, `if(a) b` is "a implies b"; otherwise the branches are told apart by their
    /// conditions.
    fn conditional(
        &mut self,
        branches: &[(Expression, Expression)],
        otherwise: Option<&Expression>,
        positive: bool,
        minds: &[CharacterId],
        bindings: &mut Bindings,
    ) -> Result<Condition, Fault> {
        if let ([(condition, value)], None) = (branches, otherwise) {
            let parts = [
                self.condition(condition, !positive, minds, bindings)?,
                self.condition(value, positive, minds, bindings)?,
            ];
            return Ok(if positive {
                Condition::any(parts)
            } else {
                Condition::all(parts)
            });
        }
        let mut alternatives = Vec::new();
        let mut earlier = Vec::new();
        for (condition, value) in branches {
            let mut parts = earlier.clone();
            parts.push(self.condition(condition, true, minds, bindings)?);
            parts.push(self.condition(value, positive, minds, bindings)?);
            alternatives.push(Condition::all(parts));
            earlier.push(self.condition(condition, false, minds, bindings)?);
        }
        earlier.push(match otherwise {
            Some(value) => self.condition(value, positive, minds, bindings)?,
            None => Condition::constant(positive),
        });
        alternatives.push(Condition::all(earlier));
        Ok(Condition::any(alternatives))
    }

    fn comparison(
        &mut self,
        comparator: Comparator,
        left: &Expression,
        right: &Expression,
        minds: &[CharacterId],
        bindings: &mut Bindings,
    ) -> Result<Condition, Fault> {
        use Comparator::{AtLeast, AtMost, Equal, Less, More, Unequal};
        let kinds = (self.kind(left, bindings)?, self.kind(right, bindings)?);
        let comparator = match (comparator, kinds) {
            (_, (Kind::Mixed, _) | (_, Kind::Mixed)) => comparator,
            (AtLeast | AtMost, (Kind::Number, _) | (_, Kind::Number)) => comparator,
            (AtLeast | AtMost, _) => Equal,
            _ => comparator,
        };
        match kinds {
            (Kind::Boolean, Kind::Boolean) => {
                // Truth values are compared as formulas, so that no atom but `== value` has a
                // boolean fluent in it.
                if matches!(comparator, More | Less) {
                    return Ok(Condition::False);
                }
                if self.several && comparator == Unequal {
                    let alike = self.comparison(Equal, left, right, minds, bindings)?;
                    return Ok(alike.negated());
                }
                let mut alternatives = Vec::new();
                for truth in [true, false] {
                    let other = truth == (comparator == Equal);
                    alternatives.push(Condition::all([
                        self.truth(left, truth, minds, bindings)?,
                        self.truth(right, other, minds, bindings)?,
                    ]));
                }
                Ok(Condition::any(alternatives))
            }
            (Kind::Boolean, Kind::Number | Kind::Thing | Kind::Unknown)
            | (Kind::Number | Kind::Thing | Kind::Unknown, Kind::Boolean)
            | (Kind::Number, Kind::Thing)
            | (Kind::Thing, Kind::Number) => Ok(Condition::constant(comparator == Unequal)),
            (Kind::Thing | Kind::Unknown, Kind::Thing | Kind::Unknown)
                if matches!(comparator, More | Less) =>
            {
                Ok(Condition::False)
            }
            _ => {
                let left = self.term(left, minds, bindings)?;
                let right = self.term(right, minds, bindings)?;
                Ok(Condition::compare(comparator, left, right, self.numbers))
            }
        }
    }

    /// An unknown value is of no type.
    fn type_test(
        &mut self,
        inner: &Expression,
        over: usize,
        positive: bool,
        minds: &[CharacterId],
        bindings: &mut Bindings,
    ) -> Result<Condition, Fault> {
        let kind = self.kind(inner, bindings)?;
        if over <= 1 {
            let wanted = [Kind::Boolean, Kind::Number][over];
            if kind != wanted {
                return Ok(Condition::constant(!positive));
            }
            if over == 0 {
                return Ok(Condition::constant(positive));
            }
            let comparator = if positive {
                Comparator::Unequal
            } else {
                Comparator::Equal
            };
            let term = self.term(inner, minds, bindings)?;
            let unknown = Term::Constant(Value::UNKNOWN);
            return Ok(Condition::compare(comparator, term, unknown, self.numbers));
        }
        if matches!(kind, Kind::Boolean | Kind::Number) {
            return Ok(Condition::constant(!positive));
        }
        let term = self.term(inner, minds, bindings)?;
        let comparator = if positive {
            Comparator::Equal
        } else {
            Comparator::Unequal
        };
        let parts = ranging(self.world, over)?.into_iter().map(|entity| {
            Condition::compare(
                comparator,
                term.clone(),
                Term::Constant(entity),
                self.numbers,
            )
        });
        Ok(if positive {
            Condition::any(parts)
        } else {
            Condition::all(parts)
        })
    }

    /// The term that an expression is.
    pub fn term(
        &mut self,
        expression: &Expression,
        minds: &[CharacterId],
        bindings: &mut Bindings,
    ) -> Result<Term, Fault> {
        match expression {
            Expression::Unknown => Ok(Term::Constant(Value::UNKNOWN)),
            Expression::Term(term) => Ok(Term::Constant(self.argument(*term, bindings)?)),
            Expression::Fluent { .. } => {
                let reading = self.reading(expression, minds, bindings)?;
                Ok(match self.fluents.constant(reading.fluent) {
                    Some(value) => Term::Constant(value),
                    None => Term::Fluent(reading),
                })
            }
            Expression::Believes(mind, inner) => {
                let chain = self.within(minds, *mind, bindings)?;
                self.term(inner, &chain, bindings)
            }
            Expression::Arithmetic(operator, left, right) => {
                let left = self.term(left, minds, bindings)?;
                let right = self.term(right, minds, bindings)?;
                Ok(self.arithmetic(*operator, left, right))
            }
            Expression::Quantifier {
                quantity: quantity @ (Quantity::Sum | Quantity::Product),
                variable,
                over,
                body,
            } => {
                let (operator, neutral) = match quantity {
                    Quantity::Sum => (Operator::Add, 0.0),
                    _ => (Operator::Multiply, 1.0),
                };
                let mut result = None;
                for value in ranging(self.world, *over)? {
                    bindings.bind(*variable, Some(value));
                    let term = self.term(body, minds, bindings)?;
                    result = Some(match result {
                        None => term,
                        Some(before) => self.arithmetic(operator, before, term),
                    });
                }
                bindings.bind(*variable, None);
                Ok(match result {
                    Some(term) => term,
                    None => Term::Constant(self.numbers.value(neutral).expect("a number")),
                })
            }
            Expression::If(branches, otherwise) => {
                let mut grounded = Vec::new();
                let mut last = None;
                for (condition, value) in branches {
                    let condition = self.condition(condition, true, minds, bindings)?;
                    if condition == Condition::False {
                        continue;
                    }
                    let value = self.term(value, minds, bindings)?;
                    if condition == Condition::True {
                        last = Some(value);
                        break;
                    }
                    grounded.push((condition, value));
                }
                let last = match (last, otherwise) {
                    (Some(last), _) => last,
                    (None, Some(otherwise)) => self.term(otherwise, minds, bindings)?,
                    (None, None) => Term::Constant(Value::TRUE),
                };
                if grounded.is_empty() {
                    return Ok(last);
                }
                Ok(Term::Choice(grounded.into(), Box::new(last)))
            }
            _ => {
                // A formula used as a value.
                let condition = self.condition(expression, true, minds, bindings)?;
                Ok(match condition {
                    Condition::True => Term::Constant(Value::TRUE),
                    Condition::False => Term::Constant(Value::FALSE),
                    condition => Term::Choice(
                        Box::new([(condition, Term::Constant(Value::TRUE))]),
                        Box::new(Term::Constant(Value::FALSE)),
                    ),
                })
            }
        }
    }

    /// Folded where both sides are constants and there is a result; what has none fails only
    /// when it is wanted.
    fn arithmetic(&mut self, operator: Operator, left: Term, right: Term) -> Term {
        if let (Some(l), Some(r)) = (left.as_constant(), right.as_constant()) {
            match operator.apply(self.numbers.datum(l), self.numbers.datum(r)) {
                Ok(Datum::Number(number)) => {
                    return Term::Constant(self.numbers.value(number).expect("a finite number"));
                }
                Ok(_) => return Term::Constant(Value::UNKNOWN),
                Err(_) => {}
            }
        }
        Term::Arithmetic(operator, Box::new((left, right)))
    }
}
