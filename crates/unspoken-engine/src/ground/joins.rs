//! What a parameter can stand for, by what never changes: of two thousand people, only those whom
//! somebody knows, if an action's precondition says so. Parameters are filled one after the other;
//! the more a precondition ties them to those before, the less is tried in vain.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::format::{Comparator, Expression, Term as LiftedTerm};
use crate::ground::fluents::constant;
use crate::ground::grounder::{Bindings, Grounder};
use crate::value::Value;

/// For what some arguments of a property are, what the one left out may be, if it is to hold.
type Relation = FxHashMap<Box<[Value]>, FxHashSet<Value>>;

/// Relations that were asked for, by property and place of the argument left out; `None` where
/// that rules too little out.
#[derive(Default)]
pub(super) struct Joins {
    relations: FxHashMap<(usize, usize), Option<Relation>>,
}

impl Joins {
    /// The only values of a variable with which a condition can hold, the variables bound being
    /// what they are; `None`: any.
    pub fn candidates(
        &mut self,
        grounder: &mut Grounder<'_>,
        condition: &Expression,
        slot: usize,
        bindings: &Bindings,
    ) -> Option<FxHashSet<Value>> {
        match condition {
            Expression::And(parts) => parts
                .iter()
                .filter_map(|part| self.candidates(grounder, part, slot, bindings))
                .min_by_key(FxHashSet::len),
            Expression::Or(parts) => {
                let mut together = FxHashSet::default();
                for part in parts {
                    together.extend(self.candidates(grounder, part, slot, bindings)?);
                }
                Some(together)
            }
            Expression::Believes(_, inner) => self.candidates(grounder, inner, slot, bindings),
            Expression::Compare(Comparator::Equal, left, right) => {
                let one = |value| [value].into_iter().collect();
                if is_variable(left, slot) {
                    grounder.certain(right, bindings).map(one)
                } else if is_variable(right, slot) {
                    grounder.certain(left, bindings).map(one)
                } else {
                    None
                }
            }
            Expression::Fluent {
                property,
                arguments,
                ..
            } if grounder.world.properties[*property].range == 0 => {
                let mut place = None;
                let mut others = Vec::new();
                for (at, argument) in arguments.iter().enumerate() {
                    match argument {
                        LiftedTerm::Variable(s) if *s == slot && place.is_none() => {
                            place = Some(at);
                        }
                        LiftedTerm::Variable(s) => others.push(bindings.get(*s)?),
                        LiftedTerm::Constant(c) => {
                            others.push(constant(*c, grounder.numbers).ok()?)
                        }
                    }
                }
                let place = place?;
                let relation = self
                    .relations
                    .entry((*property, place))
                    .or_insert_with(|| relation(grounder, *property, place));
                let found = relation.as_ref()?.get(&*others);
                Some(found.cloned().unwrap_or_default())
            }
            _ => None,
        }
    }
}

fn is_variable(expression: &Expression, slot: usize) -> bool {
    matches!(expression, Expression::Term(LiftedTerm::Variable(s)) if *s == slot)
}

/// What may make a truth value True, unless that is most of it.
fn relation(grounder: &Grounder<'_>, property: usize, place: usize) -> Option<Relation> {
    let fluents = grounder.fluents;
    let open = |fluent: &_| fluents.constant(*fluent) != Some(Value::FALSE);
    let (mut all, mut left) = (0_usize, 0_usize);
    for fluent in fluents.of_property(property) {
        all += 1;
        left += usize::from(open(&fluent));
    }
    if 2 * left > all {
        return None;
    }
    let mut relation = Relation::default();
    for fluent in fluents.of_property(property).filter(open) {
        let mut others = fluents.fluent(fluent).arguments.into_vec();
        let own = others.remove(place);
        relation.entry(others.into()).or_default().insert(own);
    }
    Some(relation)
}
