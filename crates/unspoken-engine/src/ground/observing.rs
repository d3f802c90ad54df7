//! Who sees an action.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::fault::Fault;
use crate::format::{Comparator, Expression, Term as LiftedTerm};
use crate::ground::formula::{Condition, Snag, Term, Valuation};
use crate::ground::grounder::{Bindings, Grounder};
use crate::ground::kinds::{Kind, range_kind};
use crate::ids::{CharacterId, EntityId, FluentId};
use crate::value::{Datum, Value};

/// Who sees an action: those for whom a condition holds.
#[derive(Clone, Debug)]
pub enum Observing {
    /// Everybody, always.
    Everybody,
    /// A condition for each character.
    Each(Box<[Condition]>),
    /// One condition in which the observer is left open: worlds of crowds have these alone.
    Open(Box<Seeing>),
}

/// A condition on an observer who is left open.
#[derive(Clone, Debug)]
pub enum Seeing {
    /// Says nothing about the observer.
    Closed(Condition),
    /// Certain characters, whatever is the case; in order.
    Among(Arc<[CharacterId]>),
    /// A comparison.
    Compare(Comparator, OpenTerm, OpenTerm),
    /// All of these.
    All(Box<[Seeing]>),
    /// Any of these.
    Any(Box<[Seeing]>),
    /// Whatever cannot be left open: for each character.
    Each(Box<[Condition]>),
}

/// Something that has a value, perhaps another for each observer.
#[derive(Clone, Debug)]
pub enum OpenTerm {
    /// The observer.
    Observer,
    /// A fluent that the observer is an argument of, in nested minds.
    Fluent(Box<[CharacterId]>, Arc<Table>),
    /// The same for all.
    Closed(Term),
}

/// Fluents by observer.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its place among all tables of a world.
    pub place: usize,
    /// By character.
    pub slots: Box<[Slot]>,
    /// The fluents among them that change, in order, and whose they are.
    pub members: Box<[(FluentId, CharacterId)]>,
}

/// A fluent, of one observer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// One that changes.
    Fluent(FluentId),
    /// One that never does.
    Constant(Value),
}

impl Observing {
    /// The conditions, where they are written out for each; `None`: everybody sees it.
    #[inline]
    pub fn each(&self) -> Option<&[Condition]> {
        match self {
            Observing::Everybody => None,
            Observing::Each(conditions) => Some(conditions),
            Observing::Open(_) => unreachable!("only in worlds that were grounded for a crowd"),
        }
    }
}

impl Table {
    /// Whose fluent it is, if it is in the table and changes.
    pub fn member(&self, fluent: FluentId) -> Option<CharacterId> {
        let first = self.members.first()?.0;
        // They are mostly side by side.
        let guess = fluent.0.checked_sub(first.0)? as usize;
        if let Some(&(there, whose)) = self.members.get(guess) {
            if there == fluent {
                return Some(whose);
            }
        }
        let place = self
            .members
            .binary_search_by_key(&fluent, |&(f, _)| f)
            .ok()?;
        Some(self.members[place].1)
    }
}

impl OpenTerm {
    fn evaluate(&self, observer: CharacterId, valuation: &impl Valuation) -> Result<Datum, Snag> {
        match self {
            OpenTerm::Observer => Ok(Datum::Entity(EntityId(observer.0))),
            OpenTerm::Closed(term) => term.evaluate(valuation),
            OpenTerm::Fluent(chain, table) => {
                let value = match table.slots[observer.index()] {
                    Slot::Constant(value) => value,
                    Slot::Fluent(fluent) => valuation.value(chain, fluent)?,
                };
                Ok(valuation.numbers().datum(value))
            }
        }
    }

    /// The longest chain of minds in it.
    fn depth(&self) -> usize {
        let mut depth = 0;
        match self {
            OpenTerm::Observer => {}
            OpenTerm::Fluent(chain, _) => depth = chain.len(),
            OpenTerm::Closed(term) => term.readings(&mut |r| depth = depth.max(r.chain.len())),
        }
        depth
    }
}

impl Seeing {
    /// Does an observer see it?
    pub fn holds(&self, observer: CharacterId, valuation: &impl Valuation) -> Result<bool, Snag> {
        match self {
            Seeing::Closed(condition) => condition.holds(valuation),
            Seeing::Each(conditions) => conditions[observer.index()].holds(valuation),
            Seeing::Among(characters) => Ok(characters.binary_search(&observer).is_ok()),
            Seeing::Compare(comparator, left, right) => Ok(comparator.holds(
                left.evaluate(observer, valuation)?,
                right.evaluate(observer, valuation)?,
            )),
            Seeing::All(parts) => {
                for part in parts {
                    if !part.holds(observer, valuation)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Seeing::Any(parts) => {
                for part in parts {
                    if part.holds(observer, valuation)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }

    /// Gives every table in it.
    pub fn tables<'s>(&'s self, found: &mut impl FnMut(&'s Table)) {
        match self {
            Seeing::Closed(_) | Seeing::Each(_) | Seeing::Among(_) => {}
            Seeing::All(parts) | Seeing::Any(parts) => {
                parts.iter().for_each(|part| part.tables(found));
            }
            Seeing::Compare(_, left, right) => {
                for term in [left, right] {
                    if let OpenTerm::Fluent(_, table) = term {
                        found(table);
                    }
                }
            }
        }
    }

    /// How many minds deep it reads.
    pub fn depth(&self) -> usize {
        let of = |condition: &Condition| {
            let mut depth = 0;
            condition.readings(&mut |r| depth = depth.max(r.chain.len()));
            depth
        };
        match self {
            Seeing::Closed(condition) => of(condition),
            Seeing::Among(_) => 0,
            Seeing::Each(conditions) => conditions.iter().map(of).max().unwrap_or(0),
            Seeing::Compare(_, left, right) => left.depth().max(right.depth()),
            Seeing::All(parts) | Seeing::Any(parts) => {
                parts.iter().map(Seeing::depth).max().unwrap_or(0)
            }
        }
    }
}

/// A property, and its arguments without the observer.
type Pattern = (usize, Vec<Option<Value>>);

/// Fluents by observer that were asked for.
#[derive(Default)]
pub(super) struct Tables {
    known: FxHashMap<Pattern, Arc<Table>>,
    /// Those for whom something that never changes is so, or is not so; `None`: it may change, or
    /// they are most.
    fixed: FxHashMap<(Pattern, bool), Option<Arc<[CharacterId]>>>,
}

/// Grounds conditions on an observer who is left open.
pub(super) struct Opener<'g, 'w> {
    pub grounder: &'g mut Grounder<'w>,
    pub tables: &'g mut Tables,
    /// The slot of the observer.
    pub observer: usize,
}

impl Opener<'_, '_> {
    /// The condition, or its negation.
    pub fn seeing(
        &mut self,
        expression: &Expression,
        positive: bool,
        bindings: &mut Bindings,
    ) -> Result<Seeing, Fault> {
        if !speaks_of(expression, self.observer) {
            let closed = self
                .grounder
                .condition(expression, positive, &[], bindings)?;
            return Ok(Seeing::Closed(closed));
        }
        match expression {
            Expression::And(parts) | Expression::Or(parts) => {
                let parts = parts
                    .iter()
                    .map(|part| self.seeing(part, positive, bindings))
                    .collect::<Result<_, _>>()?;
                return Ok(match matches!(expression, Expression::And(_)) == positive {
                    true => Seeing::All(parts),
                    false => Seeing::Any(parts),
                });
            }
            Expression::Not(inner) => return self.seeing(inner, !positive, bindings),
            Expression::Compare(comparator, left, right) => {
                let kinds = [
                    self.grounder.kind(left, bindings)?,
                    self.grounder.kind(right, bindings)?,
                ];
                let alike = kinds == [Kind::Thing; 2] || kinds == [Kind::Number; 2];
                if alike {
                    let left = self.term(left, bindings)?;
                    let right = self.term(right, bindings)?;
                    if let (Some(left), Some(right)) = (left, right) {
                        let comparator = match positive {
                            true => *comparator,
                            false => comparator.negated(),
                        };
                        return Ok(Seeing::Compare(comparator, left, right));
                    }
                }
            }
            Expression::Fluent { property, .. }
                if range_kind(self.grounder.world.properties[*property].range) == Kind::Boolean =>
            {
                if let Some(characters) = self.among(expression, positive, bindings)? {
                    return Ok(Seeing::Among(characters));
                }
                if let Some(left) = self.term(expression, bindings)? {
                    let right = OpenTerm::Closed(Term::Constant(Value::boolean(positive)));
                    return Ok(Seeing::Compare(Comparator::Equal, left, right));
                }
            }
            _ => {}
        }
        self.each(expression, positive, bindings).map(Seeing::Each)
    }

    /// The conditions for each character.
    fn each(
        &mut self,
        expression: &Expression,
        positive: bool,
        bindings: &mut Bindings,
    ) -> Result<Box<[Condition]>, Fault> {
        each(self.grounder, self.observer, expression, positive, bindings)
    }

    /// In whose minds a fluent is read, and of what it is one, the observer left open; `None` if
    /// that is not all there is to it.
    fn pattern(
        &mut self,
        expression: &Expression,
        bindings: &Bindings,
    ) -> Result<Option<(Vec<CharacterId>, Pattern)>, Fault> {
        let observer = LiftedTerm::Variable(self.observer);
        let Expression::Fluent {
            property,
            arguments,
            minds,
        } = expression
        else {
            return Ok(None);
        };
        if minds.contains(&observer) {
            return Ok(None);
        }
        let mut chain = Vec::new();
        for &mind in minds {
            chain = self.grounder.within(&chain, mind, bindings)?;
        }
        let mut pattern = Vec::new();
        for &argument in arguments {
            pattern.push(match argument == observer {
                true => None,
                false => Some(self.grounder.argument(argument, bindings)?),
            });
        }
        Ok(Some((chain, (*property, pattern))))
    }

    /// Those for whom a fluent is True (or False), if that never changes and they are few.
    fn among(
        &mut self,
        expression: &Expression,
        wanted: bool,
        bindings: &Bindings,
    ) -> Result<Option<Arc<[CharacterId]>>, Fault> {
        let Some((_, pattern)) = self.pattern(expression, bindings)? else {
            return Ok(None);
        };
        let Grounder { fluents, world, .. } = *self.grounder;
        let found = self.tables.fixed.entry((pattern, wanted));
        let found = found.or_insert_with_key(|((property, pattern), _)| {
            let mut found = Vec::new();
            for character in (0..world.characters).map(CharacterId::from) {
                let observer = Value::entity(EntityId(character.0));
                let arguments: Vec<Value> = pattern.iter().map(|a| a.unwrap_or(observer)).collect();
                let value = fluents.constant(fluents.find(*property, &arguments)?)?;
                if value == Value::boolean(wanted) {
                    found.push(character);
                }
            }
            (2 * found.len() <= world.characters).then(|| found.into())
        });
        Ok(found.clone())
    }

    fn term(
        &mut self,
        expression: &Expression,
        bindings: &mut Bindings,
    ) -> Result<Option<OpenTerm>, Fault> {
        if !speaks_of(expression, self.observer) {
            let term = self.grounder.term(expression, &[], bindings)?;
            return Ok(Some(OpenTerm::Closed(term)));
        }
        let (chain, key) = match expression {
            Expression::Term(_) => return Ok(Some(OpenTerm::Observer)),
            _ => match self.pattern(expression, bindings)? {
                Some(found) => found,
                None => return Ok(None),
            },
        };
        let Grounder { fluents, world, .. } = *self.grounder;
        let property = key.0;
        if let Some(table) = self.tables.known.get(&key) {
            return Ok(Some(OpenTerm::Fluent(chain.into(), Arc::clone(table))));
        }
        let mut slots = Vec::new();
        let mut members = Vec::new();
        for character in (0..world.characters).map(CharacterId::from) {
            let observer = Value::entity(EntityId(character.0));
            let arguments: Vec<Value> = key.1.iter().map(|a| a.unwrap_or(observer)).collect();
            let Some(fluent) = fluents.find(property, &arguments) else {
                return Ok(None);
            };
            slots.push(match fluents.constant(fluent) {
                Some(value) => Slot::Constant(value),
                None => {
                    members.push((fluent, character));
                    Slot::Fluent(fluent)
                }
            });
        }
        members.sort_unstable();
        let table = Arc::new(Table {
            place: self.tables.known.len(),
            slots: slots.into(),
            members: members.into(),
        });
        self.tables.known.insert(key, Arc::clone(&table));
        Ok(Some(OpenTerm::Fluent(chain.into(), table)))
    }
}

/// An observer's condition, for each character.
pub(super) fn each(
    grounder: &mut Grounder<'_>,
    observer: usize,
    expression: &Expression,
    positive: bool,
    bindings: &mut Bindings,
) -> Result<Box<[Condition]>, Fault> {
    let mut conditions = Vec::new();
    for character in 0..grounder.world.characters {
        bindings.bind(observer, Some(Value::entity(EntityId::from(character))));
        conditions.push(grounder.condition(expression, positive, &[], bindings)?);
    }
    bindings.bind(observer, None);
    Ok(conditions.into())
}

/// Does an expression speak of a variable? (Every binder has a slot of its own.)
fn speaks_of(expression: &Expression, slot: usize) -> bool {
    let is = |term: &LiftedTerm| *term == LiftedTerm::Variable(slot);
    let within = |inner: &Expression| speaks_of(inner, slot);
    match expression {
        Expression::Unknown => false,
        Expression::Term(term) => is(term),
        Expression::Fluent {
            arguments, minds, ..
        } => arguments.iter().chain(minds).any(is),
        Expression::Believes(mind, inner) => is(mind) || within(inner),
        Expression::And(parts) | Expression::Or(parts) => parts.iter().any(within),
        Expression::Not(inner) | Expression::Is(inner, _) => within(inner),
        Expression::If(branches, otherwise) => {
            let branch =
                |(condition, value): &(Expression, Expression)| within(condition) || within(value);
            branches.iter().any(branch) || otherwise.as_deref().is_some_and(within)
        }
        Expression::Quantifier { body, .. } => within(body),
        Expression::Possible(mind, inner) => mind.as_ref().is_some_and(is) || within(inner),
        Expression::Knows(mind, inner) => is(mind) || within(inner),
        Expression::Assign(left, right)
        | Expression::Compare(_, left, right)
        | Expression::Arithmetic(_, left, right) => within(left) || within(right),
    }
}
