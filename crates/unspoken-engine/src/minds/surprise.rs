//! What an observer mends in its mind when it sees what it thought impossible.

use std::borrow::Cow;

use crate::fault::Fault;
use crate::format::Comparator;
use crate::ground::{Condition, Snag, Term, Valuation, World};
use crate::ids::{CharacterId, EventId, FactsId, FluentId, NodeId};
use crate::minds::description::Description;
use crate::minds::flat::Outcome;
use crate::minds::pins::{Pins, own, pin};
use crate::minds::{Minds, Owner};
use crate::value::Value;

impl Minds {
    /// The state that an observer takes to have been the case, now that it sees the event: the
    /// node whose edges are its minds, and what is true in it; and what becomes of that, if that
    /// was found out.
    pub(super) fn mended(
        &mut self,
        world: &World,
        outer: &Description,
        mind: NodeId,
        event: EventId,
        observer: CharacterId,
    ) -> Result<(NodeId, FactsId, Option<Outcome>), Fault> {
        let facts = self.store.facts(mind);
        let Minds {
            outcomes, store, ..
        } = self;
        let outcome = outcomes.outcome(world, store, facts, event);
        if outcome.possible == Some(true) {
            return Ok((mind, facts, Some(outcome)));
        }
        if let Some(atoms) = outcomes.plain(event) {
            // What `repairs` would find, without going far.
            let values = store.values(facts);
            let mut changes: Vec<(FluentId, Value)> = Vec::new();
            for &(fluent, equal, value) in atoms {
                if (values[fluent.index()] == value) == equal {
                    continue;
                }
                let to = match equal {
                    true => value,
                    false if world.boolean[fluent.index()] => continue,
                    false => Value::UNKNOWN,
                };
                match changes.iter_mut().find(|change| change.0 == fluent) {
                    Some(change) if change.1 == Value::UNKNOWN => change.1 = to,
                    Some(_) => {}
                    None => changes.push((fluent, to)),
                }
            }
            let seen = outcomes.outcome(world, store, outer.before, event).possible;
            return Ok(match seen == Some(true) {
                true => (mind, store.with(facts, &changes), None),
                false => (mind, facts, Some(outcome)),
            });
        }
        let repairs = self.repairs(world, &outer.before(&self.store), mind, event, observer)?;
        let own = own(&repairs);
        if own == repairs.len() {
            return Ok((mind, self.with_own(facts, &repairs), None));
        }
        let mended = self.pinned(world, mind, &repairs, Owner::mind(observer))?;
        Ok((mended, self.store.facts(mended), None))
    }

    /// What the observer has to mend: of the atoms that make the precondition true in the outer
    /// state, those false in its mind. What an `==` speaks of it takes to be as it is; what any
    /// other atom speaks of it no longer knows. Nothing, if the event was possible in its mind or
    /// is impossible in the outer state.
    pub(super) fn repairs(
        &self,
        world: &World,
        outer: &impl Valuation,
        mind: NodeId,
        event: EventId,
        observer: CharacterId,
    ) -> Result<Pins, Fault> {
        mending(world, event, outer, &self.store.at(mind), observer)
            .map_err(|snag| self.snag(snag, event))
    }
}

/// What an observer has to mend in its mind, where the event is seen in an outer state.
pub(crate) fn mending(
    world: &World,
    event: EventId,
    outer: &impl Valuation,
    mind: &impl Valuation,
    observer: CharacterId,
) -> Result<Pins, Snag> {
    let precondition = &world.event(event).precondition;
    let mut repair = Repair {
        outer,
        mind,
        owner: Owner::mind(observer),
        boolean: &world.boolean,
        pins: Pins::new(),
    };
    if !precondition.holds(mind)? && precondition.holds(outer)? {
        repair.collect(precondition)?;
    }
    Ok(repair.pins)
}

struct Repair<'a, O, M> {
    outer: &'a O,
    mind: &'a M,
    owner: Owner,
    boolean: &'a [bool],
    pins: Pins,
}

impl<O: Valuation, M: Valuation> Repair<'_, O, M> {
    /// Goes through the atoms of every true disjunct of a condition that holds in the outer state.
    fn collect(&mut self, condition: &Condition) -> Result<(), Snag> {
        match condition {
            Condition::True | Condition::False => Ok(()),
            Condition::And(parts) => parts.iter().try_for_each(|part| self.collect(part)),
            Condition::Or(parts) => {
                for part in parts {
                    if part.holds(self.outer)? {
                        self.collect(part)?;
                    }
                }
                Ok(())
            }
            Condition::Atom(atom) => {
                let left = self.chosen(&atom.left)?;
                let right = self.chosen(&atom.right)?;
                if atom.comparator.compares(&left, &right, self.mind)? {
                    return Ok(());
                }
                self.mend(&left, atom.comparator)?;
                self.mend(&right, atom.comparator)
            }
        }
    }

    /// A term without conditionals: each is the branch taken in the outer state, and that it was
    /// taken is a condition beside the atom.
    fn chosen<'t>(&mut self, term: &'t Term) -> Result<Cow<'t, Term>, Snag> {
        match term {
            Term::Constant(_) | Term::Fluent(_) => Ok(Cow::Borrowed(term)),
            Term::Arithmetic(operator, operands) => {
                let left = self.chosen(&operands.0)?.into_owned();
                let right = self.chosen(&operands.1)?.into_owned();
                Ok(Cow::Owned(Term::Arithmetic(
                    *operator,
                    Box::new((left, right)),
                )))
            }
            Term::Choice(branches, otherwise) => {
                for (condition, branch) in branches {
                    if condition.holds(self.outer)? {
                        self.collect(condition)?;
                        return self.chosen(branch);
                    }
                    let denied = condition.negated();
                    if denied.holds(self.outer)? {
                        self.collect(&denied)?;
                    }
                }
                self.chosen(otherwise)
            }
        }
    }

    fn mend(&mut self, term: &Term, comparator: Comparator) -> Result<(), Snag> {
        match term {
            Term::Constant(_) => Ok(()),
            Term::Arithmetic(_, operands) => {
                self.mend(&operands.0, comparator)?;
                self.mend(&operands.1, comparator)
            }
            Term::Choice(..) => unreachable!("the branches have been chosen"),
            Term::Fluent(reading) => {
                let value = if comparator == Comparator::Equal {
                    self.outer.value(&reading.chain, reading.fluent)?
                } else if self.boolean[reading.fluent.index()] {
                    return Ok(());
                } else {
                    Value::UNKNOWN
                };
                let chain = self.owner.within(&reading.chain);
                let earlier = self
                    .pins
                    .iter()
                    .find(|pin| *pin.chain == *chain && pin.fluent == reading.fluent);
                // A known value beats unknown, and otherwise the first counts.
                if earlier.is_none_or(|pin| pin.value == Value::UNKNOWN) {
                    pin(&mut self.pins, chain, reading.fluent, value);
                }
                Ok(())
            }
        }
    }
}
