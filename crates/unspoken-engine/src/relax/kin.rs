//! What of a world matters to every relaxed problem: which effects are on which fluent, and which
//! fluents have values in common.
//!
//! Two fluents are *kin* when one is compared with the other or takes its value. Kin tell the same
//! values apart: those that any of them is compared with or set to by name. All other values are
//! one to them.

use crate::format::Comparator;
use crate::ground::{Atom, Condition, Reading, Term, Utility, World};
use crate::ids::{CharacterId, EventId, FluentId};
use crate::relax::network::{FALSE, FIRST_NAMED, OTHER, TRUE, UNKNOWN};
use crate::value::Value;

/// How seeing an act may mend what somebody believes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mend {
    /// To this value.
    To(Value),
    /// To whatever is the case; a whole number perhaps only as far as some number on the way there,
    /// which is between those that its place has then.
    Copy,
    /// To not knowing.
    Forget,
}

/// An act whose precondition speaks of a fluent, as read in these minds.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub event: EventId,
    pub chain: Box<[CharacterId]>,
    pub mend: Mend,
}

/// Looked up while problems are compiled.
#[derive(Clone, Debug)]
pub(super) struct Sources {
    /// By fluent: event and place of the effect, whoever's mind it is on.
    pub effects: Vec<Vec<(EventId, usize)>>,
    pub mentions: Vec<Vec<Mention>>,
    pub kin: Kin,
}

impl Sources {
    pub fn of(world: &World) -> Sources {
        let fluents = world.fluents.changing();
        let mut sources = Sources {
            effects: vec![Vec::new(); fluents],
            mentions: vec![Vec::new(); fluents],
            kin: Kin {
                above: (0..fluents).map(FluentId::from).collect(),
                named: vec![Vec::new(); fluents],
            },
        };
        for (place, event) in world.events.iter().enumerate() {
            let number = EventId::from(place);
            sources.kin.condition(world, &event.precondition);
            for condition in event.observing.each().unwrap_or_default() {
                sources.kin.condition(world, condition);
            }
            for (place, effect) in event.effects.iter().enumerate() {
                let target = effect.target.fluent;
                sources.kin.condition(world, &effect.condition);
                sources.kin.assigned(world, target, &effect.value);
                sources.effects[target.index()].push((number, place));
            }
            if place < world.actions {
                sources.mentioned(world, number, &event.precondition);
            }
        }
        for utility in world.utilities.iter().flatten() {
            match utility {
                Utility::Amount(term) => sources.kin.inside(world, term),
                Utility::Truth(condition) => sources.kin.condition(world, condition),
            }
        }
        sources
    }

    fn mentioned(&mut self, world: &World, event: EventId, condition: &Condition) {
        match condition {
            Condition::True | Condition::False => {}
            Condition::And(parts) | Condition::Or(parts) => {
                for part in parts {
                    self.mentioned(world, event, part);
                }
            }
            Condition::In(within) => self.mentioned(world, event, &within.condition),
            Condition::Atom(atom) => {
                let Atom {
                    comparator,
                    left,
                    right,
                } = atom.as_ref();
                let equal = *comparator == Comparator::Equal;
                match (left, right) {
                    (Term::Fluent(reading), Term::Constant(value)) if equal => {
                        self.mention(world, event, reading, Mend::To(*value));
                    }
                    _ => {
                        for term in [left, right] {
                            self.mentioned_in(world, event, term, equal, !equal);
                        }
                    }
                }
            }
        }
    }

    fn mentioned_in(
        &mut self,
        world: &World,
        event: EventId,
        term: &Term,
        copied: bool,
        forgotten: bool,
    ) {
        match term {
            Term::Constant(_) => {}
            Term::Fluent(reading) => {
                let whole = world.is_whole(reading.fluent);
                if copied || whole {
                    self.mention(world, event, reading, Mend::Copy);
                }
                if forgotten
                    && !whole
                    && !world
                        .boolean
                        .get(reading.fluent.index())
                        .is_some_and(|b| *b)
                {
                    self.mention(world, event, reading, Mend::Forget);
                }
            }
            Term::Arithmetic(_, operands) => {
                self.mentioned_in(world, event, &operands.0, copied, forgotten);
                self.mentioned_in(world, event, &operands.1, copied, forgotten);
            }
            Term::Choice(branches, otherwise) => {
                self.mentioned_in(world, event, otherwise, copied, forgotten);
                for (condition, term) in branches {
                    self.mentioned_in(world, event, term, copied, forgotten);
                    // That the branch was taken, or not taken, is mended like the rest.
                    each_atom(condition, &mut |atom| {
                        self.mentioned_in(world, event, &atom.left, true, true);
                        self.mentioned_in(world, event, &atom.right, true, true);
                    });
                }
            }
        }
    }

    fn mention(&mut self, world: &World, event: EventId, reading: &Reading, mend: Mend) {
        if world.fluents.constant(reading.fluent).is_none() {
            self.mentions[reading.fluent.index()].push(Mention {
                event,
                chain: reading.chain.clone(),
                mend,
            });
        }
    }
}

fn each_atom(condition: &Condition, see: &mut impl FnMut(&Atom)) {
    match condition {
        Condition::True | Condition::False => {}
        Condition::And(parts) | Condition::Or(parts) => {
            for part in parts {
                each_atom(part, see);
            }
        }
        Condition::In(within) => each_atom(&within.condition, see),
        Condition::Atom(atom) => see(atom),
    }
}

/// Families of fluents, as a forest.
#[derive(Clone, Debug)]
pub(super) struct Kin {
    above: Vec<FluentId>,
    /// Of the root of a family.
    named: Vec<Vec<Value>>,
}

impl Kin {
    /// Who stands for the family.
    pub fn head(&self, fluent: FluentId) -> FluentId {
        let mut head = fluent;
        while self.above[head.index()] != head {
            head = self.above[head.index()];
        }
        head
    }

    /// The values that the family of this head tells apart.
    pub fn named(&self, head: FluentId) -> &[Value] {
        &self.named[head.index()]
    }

    /// The slot of a value that is no number.
    pub fn slot(&self, head: FluentId, value: Value) -> u32 {
        match value {
            Value::UNKNOWN => UNKNOWN,
            Value::FALSE => FALSE,
            Value::TRUE => TRUE,
            _ => {
                let place = self.named(head).iter().position(|known| *known == value);
                place.map_or(OTHER, |place| {
                    FIRST_NAMED + u32::try_from(place).expect("few values")
                })
            }
        }
    }

    fn name(&mut self, world: &World, fluent: FluentId, value: Value) {
        if world.fluents.constant(fluent).is_some() || value.as_entity().is_none() {
            return;
        }
        let head = self.head(fluent);
        let named = &mut self.named[head.index()];
        if !named.contains(&value) {
            named.push(value);
        }
    }

    fn unite(&mut self, world: &World, left: FluentId, right: FluentId) {
        match (world.fluents.constant(left), world.fluents.constant(right)) {
            (None, None) => {
                let (left, right) = (self.head(left), self.head(right));
                if left != right {
                    self.above[right.index()] = left;
                    for value in std::mem::take(&mut self.named[right.index()]) {
                        if !self.named[left.index()].contains(&value) {
                            self.named[left.index()].push(value);
                        }
                    }
                }
            }
            (None, Some(value)) => self.name(world, left, value),
            (Some(value), None) => self.name(world, right, value),
            (Some(_), Some(_)) => {}
        }
    }

    /// A fluent is set to, or compared with, a term.
    fn assigned(&mut self, world: &World, fluent: FluentId, term: &Term) {
        match term {
            Term::Constant(value) => self.name(world, fluent, *value),
            Term::Fluent(reading) => self.unite(world, fluent, reading.fluent),
            Term::Arithmetic(..) => self.inside(world, term),
            Term::Choice(branches, otherwise) => {
                self.assigned(world, fluent, otherwise);
                for (condition, term) in branches {
                    self.condition(world, condition);
                    self.assigned(world, fluent, term);
                }
            }
        }
    }

    fn compared(&mut self, world: &World, left: &Term, right: &Term) {
        match (left, right) {
            (Term::Fluent(reading), _) => self.assigned(world, reading.fluent, right),
            (_, Term::Fluent(reading)) => self.assigned(world, reading.fluent, left),
            (Term::Choice(branches, otherwise), _) => {
                self.compared(world, otherwise, right);
                for (condition, term) in branches {
                    self.condition(world, condition);
                    self.compared(world, term, right);
                }
            }
            (_, Term::Choice(..)) => self.compared(world, right, left),
            _ => {
                self.inside(world, left);
                self.inside(world, right);
            }
        }
    }

    /// The comparisons within a term.
    fn inside(&mut self, world: &World, term: &Term) {
        match term {
            Term::Constant(_) | Term::Fluent(_) => {}
            Term::Arithmetic(_, operands) => {
                self.inside(world, &operands.0);
                self.inside(world, &operands.1);
            }
            Term::Choice(branches, otherwise) => {
                self.inside(world, otherwise);
                for (condition, term) in branches {
                    self.condition(world, condition);
                    self.inside(world, term);
                }
            }
        }
    }

    /// The comparisons within a condition.
    pub fn condition(&mut self, world: &World, condition: &Condition) {
        each_atom(condition, &mut |atom| {
            self.compared(world, &atom.left, &atom.right);
        });
    }
}
