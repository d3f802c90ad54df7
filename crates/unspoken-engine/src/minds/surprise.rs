//! What an observer mends in its mind when it sees what it thought impossible.

use std::borrow::Cow;

use crate::fault::Fault;
use crate::format::Comparator;
use crate::ground::{Atom, Condition, Snag, Term, Valuation, World};
use crate::ids::{CharacterId, EventId, NodeId};
use crate::minds::step::Pins;
use crate::minds::{Minds, Owner};
use crate::value::Value;

impl Minds {
    /// The state that an observer takes to have been the case, now that it sees the event.
    pub(super) fn mended(
        &mut self,
        world: &World,
        outer: NodeId,
        mind: NodeId,
        event: EventId,
        observer: CharacterId,
    ) -> Result<NodeId, Fault> {
        let pins = self.repairs(world, outer, mind, event, observer)?;
        if pins.is_empty() {
            return Ok(mind);
        }
        self.pinned(mind, pins, Owner::mind(observer))
    }

    /// What the observer has to mend: of the atoms that make the precondition true in the outer
    /// state, those false in its mind. What an `==` speaks of it takes to be as it is; what any
    /// other atom speaks of it no longer knows. Nothing, if the event was possible in its mind or
    /// is impossible in the outer state.
    pub(super) fn repairs(
        &self,
        world: &World,
        outer: NodeId,
        mind: NodeId,
        event: EventId,
        observer: CharacterId,
    ) -> Result<Pins, Fault> {
        let precondition = &world.event(event).precondition;
        let mut repair = Repair {
            outer: self.store.at(outer),
            mind: self.store.at(mind),
            owner: Owner::mind(observer),
            boolean: &world.boolean,
            pins: Pins::new(),
        };
        let mend = |repair: &mut Repair<'_, _>| {
            if !precondition.holds(&repair.mind)? && precondition.holds(&repair.outer)? {
                repair.collect(precondition)?;
            }
            Ok(())
        };
        mend(&mut repair).map_err(|snag| self.snag(snag, event))?;
        Ok(repair.pins)
    }
}

struct Repair<'a, V> {
    outer: V,
    mind: V,
    owner: Owner,
    boolean: &'a [bool],
    pins: Pins,
}

impl<V: Valuation> Repair<'_, V> {
    /// Goes through the atoms of every true disjunct of a condition that holds in the outer state.
    fn collect(&mut self, condition: &Condition) -> Result<(), Snag> {
        match condition {
            Condition::True | Condition::False => Ok(()),
            Condition::And(parts) => parts.iter().try_for_each(|part| self.collect(part)),
            Condition::Or(parts) => {
                for part in parts {
                    if part.holds(&self.outer)? {
                        self.collect(part)?;
                    }
                }
                Ok(())
            }
            Condition::Atom(atom) => {
                let left = self.chosen(&atom.left)?;
                let right = self.chosen(&atom.right)?;
                let atom = &Atom {
                    comparator: atom.comparator,
                    left: left.into_owned(),
                    right: right.into_owned(),
                };
                if atom.holds(&self.mind)? {
                    return Ok(());
                }
                self.mend(&atom.left, atom.comparator)?;
                self.mend(&atom.right, atom.comparator)
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
                    if condition.holds(&self.outer)? {
                        self.collect(condition)?;
                        return self.chosen(branch);
                    }
                    let denied = condition.negated();
                    if denied.holds(&self.outer)? {
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
                    super::step::pin(&mut self.pins, chain, reading.fluent, value);
                }
                Ok(())
            }
        }
    }
}
