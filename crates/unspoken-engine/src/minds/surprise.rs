//! What an observer mends in its mind when it sees what it thought impossible.

use std::borrow::Cow;

use crate::fault::Fault;
use crate::format::Comparator;
use crate::ground::beginning::{Chain, pack};
use crate::ground::{Atom, Condition, Reading, Snag, Term, Valuation, World};
use crate::ids::{CharacterId, EventId, FactsId, FluentId, NodeId};
use crate::minds::description::Description;
use crate::minds::flat::Outcome;
use crate::minds::pins::{Pins, own, pin};
use crate::minds::span::{self, Span};
use crate::minds::{Minds, Owner};
use crate::value::{Datum, Numbers, Value};

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
        let repairs = self
            .repairs(world, &outer.before(&self.store), mind, event, observer)?
            .pins(&mut self.store.numbers);
        let own = own(&repairs);
        if own == repairs.len() {
            return Ok((mind, self.with_own(facts, &repairs), None));
        }
        let mended = self.pinned(world, mind, &repairs, Owner::mind(observer))?;
        Ok((mended, self.store.facts(mended), None))
    }

    /// What the observer has to mend: of the atoms that make the precondition true in the outer
    /// state, those false in its mind. What an `==` speaks of it takes to be as it is; what any
    /// other atom speaks of it no longer knows; but whole numbers it takes no farther than it must.
    /// Nothing, if the event was possible in its mind or is impossible in the outer state.
    pub(super) fn repairs(
        &self,
        world: &World,
        outer: &impl Valuation,
        mind: NodeId,
        event: EventId,
        observer: CharacterId,
    ) -> Result<Mends, Fault> {
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
) -> Result<Mends, Snag> {
    let precondition = &world.event(event).precondition;
    let mut repair = Repair {
        outer,
        mind,
        owner: Owner::mind(observer),
        world,
        steps: false,
        seen: Vec::new(),
        mends: Mends::default(),
    };
    if !precondition.holds(mind)? && precondition.holds(outer)? {
        if !world.whole.is_empty() {
            precondition.readings(&mut |reading| repair.steps |= world.is_whole(reading.fluent));
        }
        repair.collect(precondition)?;
        repair.step()?;
    }
    Ok(repair.mends)
}

/// What an observer has to mend. Numbers that nobody has met yet have no value until it does.
#[derive(Default)]
pub(crate) struct Mends {
    pins: Pins,
    /// Whole numbers, as far as they have been taken.
    whole: Vec<(Chain, FluentId, Datum)>,
}

impl Mends {
    /// The same as values.
    pub fn pins(self, numbers: &mut Numbers) -> Pins {
        let mut pins = self.pins;
        for (chain, fluent, to) in self.whole {
            pin(&mut pins, &chain, fluent, pack(to, numbers));
        }
        pins
    }
}

struct Repair<'a, O, M> {
    outer: &'a O,
    mind: &'a M,
    owner: Owner,
    world: &'a World,
    /// Does the precondition speak of whole numbers?
    steps: bool,
    /// If so, every atom of every true disjunct, as it is in the outer state.
    seen: Vec<Atom>,
    mends: Mends,
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
            Condition::In(_) => self.collect_in(&mut Vec::new(), condition),
            Condition::Atom(atom) => {
                let left = self.chosen(&atom.left)?;
                let right = self.chosen(&atom.right)?;
                if self.steps {
                    self.seen.push(Atom {
                        comparator: atom.comparator,
                        left: left.clone().into_owned(),
                        right: right.clone().into_owned(),
                    });
                }
                if atom.comparator.compares(&left, &right, self.mind)? {
                    return Ok(());
                }
                self.mend(&left, atom.comparator)?;
                self.mend(&right, atom.comparator)
            }
        }
    }

    /// The same of a condition on the worlds of minds, each with whether it is about all of them.
    /// What holds in all of them outside, the observer takes that mind to believe; what only some
    /// of them leave open, it takes that mind not to know.
    fn collect_in(
        &mut self,
        minds: &mut Vec<(CharacterId, bool)>,
        condition: &Condition,
    ) -> Result<(), Snag> {
        match condition {
            Condition::True | Condition::False => Ok(()),
            Condition::And(parts) => parts
                .iter()
                .try_for_each(|part| self.collect_in(minds, part)),
            Condition::Or(parts) => {
                for part in parts {
                    if along(minds, part).holds(self.outer)? {
                        self.collect_in(minds, part)?;
                    }
                }
                Ok(())
            }
            Condition::In(within) => {
                minds.push((within.mind, within.all));
                let collected = self.collect_in(minds, &within.condition);
                minds.pop();
                collected
            }
            Condition::Atom(atom) => {
                if along(minds, condition).holds(self.mind)? {
                    return Ok(());
                }
                let everywhere: Vec<(CharacterId, bool)> =
                    minds.iter().map(|&(mind, _)| (mind, true)).collect();
                let sure = along(&everywhere, condition).holds(self.outer)?;
                let equal = sure && atom.comparator == Comparator::Equal;
                let mut readings = Vec::new();
                plain(&atom.left, &mut readings);
                plain(&atom.right, &mut readings);
                for reading in readings {
                    let mut chain: Vec<CharacterId> = minds.iter().map(|one| one.0).collect();
                    chain.extend(&reading.chain);
                    chain.dedup();
                    let value = match equal || self.world.is_whole(reading.fluent) {
                        true => self.outer.value(&chain, reading.fluent)?,
                        false => Value::UNKNOWN,
                    };
                    self.learn(&chain, reading.fluent, value);
                }
                Ok(())
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
            Term::Fluent(reading) if self.world.is_whole(reading.fluent) => Ok(()), // see `step`
            Term::Fluent(reading) => {
                let value = if comparator == Comparator::Equal {
                    self.outer.value(&reading.chain, reading.fluent)?
                } else if self.world.boolean[reading.fluent.index()] {
                    return Ok(());
                } else {
                    Value::UNKNOWN
                };
                self.learn(&reading.chain, reading.fluent, value);
                Ok(())
            }
        }
    }

    /// Mends one fluent.
    fn learn(&mut self, chain: &[CharacterId], fluent: FluentId, value: Value) {
        if value == Value::UNKNOWN && self.world.boolean[fluent.index()] {
            return;
        }
        let chain = self.owner.within(chain);
        let mut pins = self.mends.pins.iter();
        let earlier = pins.find(|pin| *pin.chain == *chain && pin.fluent == fluent);
        // A known value beats unknown, and otherwise the first counts.
        if earlier.is_none_or(|pin| pin.value == Value::UNKNOWN) {
            pin(&mut self.mends.pins, chain, fluent, value);
        }
    }

    /// Mends whole numbers, one after the other, until all that is seen holds of them: each goes
    /// from what the mind took it to be towards what it is, by whole steps, and no farther than
    /// it must. Others count as they have been taken so far, or else as they are; with all of them
    /// as they are everything holds, so there is always such a number.
    fn step(&mut self) -> Result<(), Snag> {
        let seen = std::mem::take(&mut self.seen);
        while let Some(reading) = self.wrong(&seen) {
            let to = self.nearest(&seen, reading)?;
            let chain = self.owner.within(&reading.chain).into();
            self.mends.whole.push((chain, reading.fluent, to));
        }
        Ok(())
    }

    /// The first whole number not yet taken in an atom that fails in the mind as mended so far.
    fn wrong<'t>(&self, seen: &'t [Atom]) -> Option<&'t Reading> {
        seen.iter().find_map(|atom| {
            let mended = |reading: &Reading| self.mended(reading).into();
            if span::holds(atom, self.mind.numbers(), &mended) == Some(true) {
                return None;
            }
            let mut first = None;
            each(atom, &mut |reading| {
                let wrong = self.world.is_whole(reading.fluent) && self.taken(reading).is_none();
                first = first.or(wrong.then_some(reading));
            });
            first
        })
    }

    /// The first whole number, on the way from what the mind holds to what is so, with which all
    /// that is seen of it holds.
    fn nearest(&self, seen: &[Atom], reading: &Reading) -> Result<Datum, Snag> {
        let datum = |value| self.mind.numbers().datum(value);
        let held = datum(self.mind.value(&reading.chain, reading.fluent)?);
        let so = datum(self.outer.value(&reading.chain, reading.fluent)?);
        let (Datum::Number(from), Datum::Number(to)) = (held, so) else {
            return Ok(so);
        };
        let about: Vec<&Atom> = seen
            .iter()
            .filter(|atom| {
                let mut found = false;
                each(atom, &mut |other| found |= self.are_one(reading, other));
                found
            })
            .collect();
        let fits = |span: Span| {
            let read = |other: &Reading| match self.are_one(reading, other) {
                true => span,
                false => self.outside(other).into(),
            };
            let mut all = Some(true);
            for atom in &about {
                match span::holds(atom, self.mind.numbers(), &read) {
                    Some(true) => {}
                    Some(false) => return Some(false),
                    None => all = None,
                }
            }
            all
        };
        if fits(Span::Is(held)) == Some(true) {
            return Ok(held);
        }
        Ok(span::first_between(from, to, fits).map_or(so, Datum::Number))
    }

    /// Are two readings one to the mind?
    fn are_one(&self, left: &Reading, right: &Reading) -> bool {
        left.fluent == right.fluent
            && self.owner.within(&left.chain) == self.owner.within(&right.chain)
    }

    /// What a whole number has been taken to be.
    fn taken(&self, reading: &Reading) -> Option<Datum> {
        let chain = self.owner.within(&reading.chain);
        let whole = &self.mends.whole;
        let one = whole
            .iter()
            .find(|one| one.1 == reading.fluent && *one.0 == *chain);
        one.map(|one| one.2)
    }

    /// The value in the outer state, but for what has been taken.
    fn outside(&self, reading: &Reading) -> Result<Datum, Snag> {
        match self.taken(reading) {
            Some(taken) => Ok(taken),
            None => Term::Fluent(reading.clone()).evaluate(self.outer),
        }
    }

    /// The value in the mind, with what it has come to know.
    fn mended(&self, reading: &Reading) -> Result<Datum, Snag> {
        if let Some(taken) = self.taken(reading) {
            return Ok(taken);
        }
        let chain = self.owner.within(&reading.chain);
        let mut pins = self.mends.pins.iter();
        let known = pins.find(|pin| pin.fluent == reading.fluent && *pin.chain == *chain);
        let value = match known.filter(|pin| pin.value != Value::UNKNOWN) {
            Some(pin) => pin.value,
            None => self.mind.value(&reading.chain, reading.fluent)?,
        };
        Ok(self.mind.numbers().datum(value))
    }
}

/// A condition on the worlds of nested minds.
fn along(minds: &[(CharacterId, bool)], condition: &Condition) -> Condition {
    let wrapped = |inner, &(mind, all): &(CharacterId, bool)| Condition::along(&[mind], all, inner);
    minds.iter().rev().fold(condition.clone(), wrapped)
}

/// The readings that a term comes to without conditionals.
fn plain<'t>(term: &'t Term, into: &mut Vec<&'t Reading>) {
    match term {
        Term::Constant(_) | Term::Choice(..) => {}
        Term::Fluent(reading) => into.push(reading),
        Term::Arithmetic(_, operands) => {
            plain(&operands.0, into);
            plain(&operands.1, into);
        }
    }
}

/// Gives every reading of an atom.
fn each<'t>(atom: &'t Atom, found: &mut impl FnMut(&'t Reading)) {
    atom.left.readings(found);
    atom.right.readings(found);
}
