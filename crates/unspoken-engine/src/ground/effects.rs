//! Effects: what an event makes of a state, as a sorted list of conditional assignments.

use std::cmp::Ordering;

use crate::fault::Fault;
use crate::format::{Comparator, Expression, Quantity};
use crate::ground::fluents::ranging;
use crate::ground::formula::{Condition, Reading, Snag, Term, Valuation};
use crate::ground::grounder::{Bindings, Grounder};
use crate::ground::kinds::Kind;
use crate::ids::CharacterId;
use crate::value::{Datum, Numbers, Value};

/// One conditional assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// When it applies.
    pub condition: Condition,
    /// What it sets, in whose minds.
    pub target: Reading,
    /// To what.
    pub value: Term,
}

/// Collects what an effect expression assigns when `guard` holds.
pub fn collect(
    grounder: &mut Grounder<'_>,
    expression: &Expression,
    guard: &Condition,
    minds: &[CharacterId],
    bindings: &mut Bindings,
    into: &mut Vec<Effect>,
) -> Result<(), Fault> {
    match expression {
        Expression::And(parts) => {
            for part in parts {
                collect(grounder, part, guard, minds, bindings, into)?;
            }
            Ok(())
        }
        Expression::Quantifier {
            quantity: Quantity::Forall,
            variable,
            over,
            body,
        } => {
            for value in ranging(grounder.world, *over)? {
                bindings.bind(*variable, Some(value));
                collect(grounder, body, guard, minds, bindings, into)?;
            }
            bindings.bind(*variable, None);
            Ok(())
        }
        Expression::If(branches, otherwise) => {
            let mut guard = guard.clone();
            for (condition, inner) in branches {
                let yes = grounder.condition(condition, true, minds, bindings)?;
                let no = grounder.condition(condition, false, minds, bindings)?;
                let applies = Condition::all([guard.clone(), yes]);
                if applies != Condition::False {
                    collect(grounder, inner, &applies, minds, bindings, into)?;
                }
                guard = Condition::all([guard, no]);
                if guard == Condition::False {
                    return Ok(());
                }
            }
            match otherwise {
                Some(inner) => collect(grounder, inner, &guard, minds, bindings, into),
                None => Ok(()),
            }
        }
        Expression::Believes(mind, inner) => {
            let chain = grounder.within(minds, *mind, bindings)?;
            collect(grounder, inner, guard, &chain, bindings, into)
        }
        Expression::Fluent { .. } => {
            set_truth(grounder, expression, guard, minds, bindings, true, into)
        }
        Expression::Not(inner) => match inner.as_ref() {
            Expression::Believes(mind, inner) => {
                let chain = grounder.within(minds, *mind, bindings)?;
                let negated = Expression::Not(inner.clone());
                collect(grounder, &negated, guard, &chain, bindings, into)
            }
            Expression::Not(inner) => collect(grounder, inner, guard, minds, bindings, into),
            Expression::Compare(
                comparator @ (Comparator::Equal | Comparator::Unequal),
                left,
                right,
            ) => {
                let opposite =
                    Expression::Compare(comparator.negated(), left.clone(), right.clone());
                collect(grounder, &opposite, guard, minds, bindings, into)
            }
            _ => set_truth(grounder, inner, guard, minds, bindings, false, into),
        },
        Expression::Assign(target, value)
        | Expression::Compare(Comparator::Equal, target, value) => {
            assign(grounder, target, value, guard, minds, bindings, true, into)
        }
        Expression::Compare(Comparator::Unequal, target, value)
            if grounder.kind(target, bindings)? == Kind::Boolean =>
        {
            assign(grounder, target, value, guard, minds, bindings, false, into)
        }
        Expression::Term(_)
            if grounder.condition(expression, true, minds, bindings)? == Condition::True =>
        {
            Ok(())
        }
        _ => Err(Fault::new("malformed-world").with("reason", "an effect is wanted")),
    }
}

fn set_truth(
    grounder: &mut Grounder<'_>,
    target: &Expression,
    guard: &Condition,
    minds: &[CharacterId],
    bindings: &mut Bindings,
    truth: bool,
    into: &mut Vec<Effect>,
) -> Result<(), Fault> {
    if grounder.kind(target, bindings)? != Kind::Boolean {
        return Err(Fault::new("malformed-world").with("reason", "an effect is wanted"));
    }
    into.push(Effect {
        condition: guard.clone(),
        target: grounder.reading(target, minds, bindings)?,
        value: Term::Constant(Value::boolean(truth)),
    });
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "the context of every effect")]
fn assign(
    grounder: &mut Grounder<'_>,
    target: &Expression,
    value: &Expression,
    guard: &Condition,
    minds: &[CharacterId],
    bindings: &mut Bindings,
    positive: bool,
    into: &mut Vec<Effect>,
) -> Result<(), Fault> {
    let reading = grounder.reading(target, minds, bindings)?;
    if grounder.kind(target, bindings)? != Kind::Boolean {
        into.push(Effect {
            condition: guard.clone(),
            target: reading,
            value: grounder.term(value, minds, bindings)?,
        });
        return Ok(());
    }
    if grounder.kind(value, bindings)? != Kind::Boolean {
        return Err(Fault::new("malformed-world").with("reason", "a truth value is wanted"));
    }
    for truth in [true, false] {
        let wanted = truth == positive;
        let holds = grounder.truth(value, wanted, minds, bindings)?;
        let condition = Condition::all([guard.clone(), holds]);
        if condition != Condition::False {
            into.push(Effect {
                condition,
                target: reading.clone(),
                value: Term::Constant(Value::boolean(truth)),
            });
        }
    }
    Ok(())
}

/// Sorts effects by target, value and condition; of those that apply to one target the last wins.
pub fn sort(effects: &mut Vec<Effect>, numbers: &Numbers) {
    effects.sort_by(|left, right| {
        left.target
            .cmp(&right.target)
            .then_with(|| value_order(&left.value, &right.value, numbers))
            .then_with(|| left.condition.cmp(&right.condition))
    });
    effects.dedup();
}

/// The target, if there is one, that sorted effects give two different constants unconditionally.
/// (Values still to be computed may turn out to be the same.)
pub fn contradiction(effects: &[Effect]) -> Option<&Reading> {
    let mut before: Option<&Effect> = None;
    for effect in effects {
        if effect.condition != Condition::True || effect.value.as_constant().is_none() {
            continue;
        }
        if before.is_some_and(|before| before.target == effect.target) {
            return Some(&effect.target);
        }
        before = Some(effect);
    }
    None
}

fn value_order(left: &Term, right: &Term, numbers: &Numbers) -> Ordering {
    match (left, right) {
        (Term::Constant(l), Term::Constant(r)) => numbers.order(*l, *r),
        (Term::Constant(_), _) => Ordering::Less,
        (_, Term::Constant(_)) => Ordering::Greater,
        _ => left.cmp(right),
    }
}

/// What sorted effects assign in a valuation, all at once: one value for a target, sorted by
/// target, appended to `into` as (place among the effects, value). Two unconditional values that
/// turn out to be different contradict each other. Values that are new numbers
/// come as they are, since a valuation cannot number them.
pub fn applicable(
    effects: &[Effect],
    valuation: &impl Valuation,
    into: &mut Vec<(usize, Datum)>,
) -> Result<(), Snag> {
    let start = into.len();
    for (place, effect) in effects.iter().enumerate() {
        if !effect.condition.holds(valuation)? {
            continue;
        }
        let value = effect.value.evaluate(valuation)?;
        if let Some(last) = into[start..].last_mut() {
            if effects[last.0].target == effect.target {
                let sure = [last.0, place].map(|place| effects[place].condition == Condition::True);
                if sure == [true, true] && value != last.1 {
                    return Err(Snag::Contradiction(effects[place].target.fluent));
                }
                // The last one wins; a computed thing stands among the constants by its value.
                if !precedes(value, last.1) {
                    *last = (place, value);
                }
                continue;
            }
        }
        into.push((place, value));
    }
    Ok(())
}

fn precedes(value: Datum, other: Datum) -> bool {
    match (value, other) {
        (Datum::Entity(value), Datum::Entity(other)) => value < other,
        (Datum::Unknown, Datum::Entity(_)) => true,
        _ => false,
    }
}

/// Finds the fluents that an effect expression names, variables unfilled.
pub fn targets(expression: &Expression, found: &mut impl FnMut(&Expression)) {
    match expression {
        Expression::And(parts) => parts.iter().for_each(|part| targets(part, found)),
        Expression::If(branches, otherwise) => {
            for (_, inner) in branches {
                targets(inner, found);
            }
            if let Some(inner) = otherwise {
                targets(inner, found);
            }
        }
        Expression::Quantifier { body, .. } => targets(body, found),
        Expression::Believes(_, inner)
        | Expression::Not(inner)
        | Expression::Possible(_, inner)
        | Expression::Knows(_, inner) => targets(inner, found),
        Expression::Assign(target, _) | Expression::Compare(_, target, _) => targets(target, found),
        Expression::Fluent { .. } => found(expression),
        _ => {}
    }
}

/// The plain effects among sorted effects come first; this many.
pub fn plain(effects: &[Effect]) -> usize {
    effects.partition_point(|effect| effect.target.chain.is_empty())
}
